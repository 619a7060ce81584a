"""`orgtui export`: every format at the command line, where it is written, and what is refused."""

from __future__ import annotations

import io
import re
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from orgtui.exchange.writing import formats
from orgtui.exchange.writing.formats import FORMATS
from orgtui.files.disk import writing
from tests.cli.running import Program, process
from tests.support import FOUR_DIVISIONS, SAMPLES, STARTUP

NAMES = [each.name for each in FORMATS]
ALL = ",".join(NAMES)
CHINESE = SAMPLES / "startup_a.zh.toml", SAMPLES / "startup_a.four-divisions.zh.plan.toml"
CANARY = "987654321"

HOSTILE = (
    "<script>alert(1)</script>",
    "a](javascript:x) **b** `c` | d",
    '"q" \\ \\N ]]> --> &amp; {{x}} %%',
    "=cmd|' /C calc'!A0",
    "@everyone #1 " + "长名字" * 60,
    "مدير التسويق 👩‍💻",
)
"""Names that are markup, formulas or escapes somewhere."""


PLAIN = ("csv", "dot", "hr-csv", "json")
"""Formats in which markup is nothing but text."""


def unpacked(data: bytes) -> bytes:
    """The bytes of a file; of an archive, those of all that is in it."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(each.encode() + archive.read(each) for each in archive.namelist())


def written(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with the sample organisation and its plan."""
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copy(STARTUP, folder / "a.toml")
    shutil.copy(FOUR_DIVISIONS, folder / "a.plan.toml")
    return folder


# -- every format ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_formats_are_written_and_are_the_same_in_another_process(
    orgtui: Program, tmp_path: Path, language: str
) -> None:
    """Nothing depends on the order of a hash, nor on what was exported before."""
    organization, plan = (STARTUP, FOUR_DIVISIONS) if language == "en" else CHINESE
    one, other = tmp_path / "1", tmp_path / "2"
    ran = orgtui("export", organization, "--plan", plan, "--to", ALL, "-o", one, "--lang", language)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(ran.out.splitlines()) == sorted(
        f"{'written: ' if language == 'en' else '已写入：'}{each}" for each in one.iterdir()
    )
    assert len(written(one)) >= len(FORMATS)
    assert all(written(one).values())
    backwards = ",".join(reversed(NAMES))
    again = process(
        f"PYTHONHASHSEED=7 orgtui export '{organization}' --plan '{plan}' --to {backwards} -o '{other}'"
        f" --lang {language}"
    )
    assert again.returncode == 0, again.stderr
    assert written(other) == written(one)


def test_organisations_without_a_plan_are_exported(orgtui: Program, tmp_path: Path) -> None:
    for organization in (STARTUP, SAMPLES / "healthy.zh.toml"):
        folder = tmp_path / organization.stem
        ran = orgtui("export", organization, "--to", ALL, "-o", folder)
        assert (ran.status, ran.err) == (0, "")
        assert all(written(folder).values())
        endings = [each.ending or ".svg" for each in FORMATS]
        assert [end for end in endings if not any(each.endswith(end) for each in written(folder))] == []


def test_no_pay_leaves_unless_it_is_asked_for(orgtui: Program, own: Path) -> None:
    text = STARTUP.read_text(encoding="utf-8").replace(
        "[organization]", '[files]\npay = "pay.csv"\n\n[organization]', 1
    )
    text = text.replace('name = "Brand and PR"', f'name = "Brand and PR"\npay_budget = {CANARY}', 1)
    (own / "a.toml").write_text(text, encoding="utf-8")
    (own / "a.toml").chmod(0o600)
    person = text.split("[[person]]")[1].split('id = "')[1].split('"')[0]
    (own / "pay.csv").write_text(f"person,annual_cost\n{person},{CANARY}\n", encoding="utf-8")
    for private in ("a.toml", "pay.csv"):
        (own / private).chmod(0o600)
    ran = orgtui("export", own / "a.toml", "--to", ALL, "-o", own / "without")
    assert (ran.status, ran.err) == (0, "")
    assert [
        name for name, data in written(own / "without").items() if CANARY.encode() in unpacked(data)
    ] == []
    assert CANARY not in ran.out
    assert orgtui("export", own / "a.toml", "--to", ALL, "-o", own / "with", "--with-pay").status == 0
    told = {name for name, data in written(own / "with").items() if CANARY.encode() in unpacked(data)}
    assert told == {"a.json", "a.xlsx"}


def test_any_name_is_written_as_text(orgtui: Program, own: Path) -> None:
    names = iter(each.replace("\\", "\\\\").replace('"', '\\"') for each in HOSTILE)
    text, count = re.subn(
        r'(?<=\n\[\[team\]\]\n)(id = .*\n)name = ".*"',
        lambda found: f'{found[1]}name = "{next(names)}"',
        STARTUP.read_text(encoding="utf-8"),
        count=len(HOSTILE),
    )
    assert count == len(HOSTILE)
    (own / "a.toml").write_text(text, encoding="utf-8")
    ran = orgtui("export", own / "a.toml", "--to", ALL, "-o", own / "out")
    assert (ran.status, ran.err) == (0, "")
    marked = {name for name, data in written(own / "out").items() if b"<script>alert" in unpacked(data)}
    assert marked <= {f"a{each.ending}" for each in FORMATS if each.name in PLAIN}
    assert marked


# -- where it is written -----------------------------------------------------------------------------


def test_files_are_private_and_told_with_their_paths(orgtui: Program, own: Path) -> None:
    folder = own / "out"
    ran = orgtui("export", own / "a.toml", "--plan", own / "a.plan.toml", "--to", "md,html", "-o", folder)
    assert ran.out.splitlines() == [f"written: {folder / 'a.md'}", f"written: {folder / 'a.html'}"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}


def test_a_group_shares_what_is_written_in_its_folder(orgtui: Program, own: Path) -> None:
    own.chmod(0o2770)
    assert orgtui("export", own / "a.toml", "--to", "md", "-o", own / "out").status == 0
    assert stat.S_IMODE((own / "out").stat().st_mode) == 0o2770
    assert stat.S_IMODE((own / "out" / "a.md").stat().st_mode) == 0o660


def test_a_file_is_named_as_asked_for(orgtui: Program, own: Path) -> None:
    assert orgtui("export", own / "a.toml", "--to", "md", "-o", own / "to the board.md").status == 0
    assert (own / "to the board.md").read_text(encoding="utf-8").startswith("# ")


def test_pictures_go_beside_the_first_of_them(orgtui: Program, own: Path) -> None:
    plan = own / "a.plan.toml"
    assert orgtui("export", own / "a.toml", "--plan", plan, "--to", "svg", "-o", own / "p.svg").status == 0
    names = {each.name for each in own.glob("p*.svg")}
    assert {"p.svg", "p.tree-after.svg", "p.tree-before.svg"} <= names


def test_standard_output_takes_one_format(orgtui: Program) -> None:
    ran = process(f"orgtui export '{STARTUP}' --to md -o -")
    assert ran.returncode == 0
    assert ran.stdout.startswith("# ")
    said = orgtui.refuses("export", STARTUP, "--to", "md,html", "-o", "-")
    assert said == ["orgtui: several formats do not fit on standard output; give a folder"]


def test_what_was_there_is_kept(orgtui: Program, own: Path) -> None:
    file = own / "r.md"
    file.write_text("# Edited by hand\n", encoding="utf-8")
    ran = orgtui("export", own / "a.toml", "--to", "md", "-o", file)
    assert ran.err == f"orgtui: what was in {file} is kept as {own / 'r.earlier-1.md'}\n"
    assert (own / "r.earlier-1.md").read_text(encoding="utf-8") == "# Edited by hand\n"
    assert orgtui("export", own / "a.toml", "--to", "md", "-o", file).err == ""


OTHERS = {
    "html": b"# A page of mine\n",
    "svg": b"<!doctype html><p>mine",
    "md": b"\x00\x01",
    "xlsx": b"name,title\n",
    "json": b"[organization]\n",
    "csv": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_written_over_a_file_of_another_kind(orgtui: Program, own: Path, name: str) -> None:
    file = own / "there.x"
    file.write_bytes(OTHERS[name])
    said = orgtui.refuses("export", own / "a.toml", "--to", name, "-o", file)
    assert said == [f"orgtui: {file} is there and is no {name}"]
    assert file.read_bytes() == OTHERS[name]


@pytest.mark.parametrize("name", ["md", "csv", "hr-csv", "dot", "mermaid"])
def test_a_plan_is_of_another_kind_than_any_text(orgtui: Program, own: Path, name: str) -> None:
    file = own / "a.plan.toml"
    kept = file.read_bytes()
    assert kept.startswith(b"#")
    said = orgtui.refuses("export", own / "a.toml", "--to", name, "-o", file)
    assert said == [f"orgtui: {file} is there and is no {name}"]
    assert file.read_bytes() == kept


def test_nothing_is_written_over_what_it_is_made_from(orgtui: Program, own: Path) -> None:
    for name in ("a.toml", "a.plan.toml"):
        kept = (own / name).read_bytes()
        said = orgtui.refuses(
            "export", own / "a.toml", "--plan", own / "a.plan.toml", "--to", "md", "-o", own / name
        )
        assert said == [f"orgtui: {own / name} is what the export is made from"]
        assert (own / name).read_bytes() == kept


def test_a_disk_that_is_full_leaves_what_was_there(
    orgtui: Program, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own / "r.html"
    assert orgtui("export", own / "a.toml", "--to", "html", "-o", file).status == 0
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write_all", full)
    said = orgtui.refuses("export", own / "a.toml", "--plan", own / "a.plan.toml", "--to", "html", "-o", file)
    assert said == [f"orgtui: {file} cannot be written: No space left on device"]
    assert file.read_bytes() == before
    assert sorted(each.name for each in own.iterdir()) == ["a.plan.toml", "a.toml", "r.html"]


# -- what is refused ---------------------------------------------------------------------------------


def test_an_unknown_format_is_refused_with_the_nearest(orgtui: Program, tmp_path: Path) -> None:
    said = orgtui.refuses("export", STARTUP, "--to", "htlm", "-o", tmp_path / "x")
    assert said[-1].endswith("htlm is no format; write html")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--only", "brnd"), 'no team is called "brnd"; the nearest is brand'),
        (("--with-pay",), "startup_a.toml names no pay file"),
    ],
)
def test_what_is_not_there_is_refused(
    orgtui: Program, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    said = orgtui.refuses("export", STARTUP, "--to", "md", "-o", tmp_path / "x.md", *arguments)
    assert said == [f"orgtui: {reason}"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(orgtui: Program, tmp_path: Path) -> None:
    file = tmp_path / "no" / "x.md"
    assert orgtui.refuses("export", STARTUP, "--to", "md", "-o", file) == [
        f"orgtui: there is no folder {file.parent}"
    ]


def test_several_formats_do_not_fit_in_a_file(orgtui: Program, tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    said = orgtui.refuses("export", STARTUP, "--to", "html,md", "-o", file)
    assert said == [f"orgtui: {file} is a file; several formats are written into a folder"]


def test_a_library_that_is_missing_is_named_before_anything_is_written(
    orgtui: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    said = orgtui.refuses("export", STARTUP, "--to", "md,pptx", "-o", tmp_path / "out")
    assert said == ["orgtui: pptx needs a library that is not installed: pip install 'orgtui[office]'"]
    assert list(tmp_path.iterdir()) == []


def test_one_part_is_exported_by_id_or_name(orgtui: Program, tmp_path: Path) -> None:
    by_id, by_name = tmp_path / "1.md", tmp_path / "2.md"
    assert orgtui("export", STARTUP, "--to", "md", "-o", by_id, "--only", "brand").status == 0
    assert orgtui("export", STARTUP, "--to", "md", "-o", by_name, "--only", "Brand and PR").status == 0
    assert by_id.read_bytes() == by_name.read_bytes()
