"""Which language is spoken, and that everything is said in it."""

from __future__ import annotations

import gc
import gettext
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from orgtui.cli.main import run
from orgtui.locales import current_language, join_list, set_language, translate
from orgtui.locales.language import CHINESE, ENGLISH, language_from_environment, parse_language
from orgtui.model.sentence import Ref, sentence

SAMPLES = Path(__file__).parents[2] / "sample_orgs"


@pytest.fixture(autouse=True)
def _english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")
    domain = gettext.textdomain()
    yield
    gettext.textdomain(domain)
    set_language(ENGLISH)
    gc.enable()


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_CN.UTF-8", CHINESE),
        ("zh-Hans", CHINESE),
        ("zh", CHINESE),
        ("ZH_sg@x", CHINESE),
        ("en_GB.UTF-8", ENGLISH),
        ("C", ENGLISH),
        ("C.UTF-8", ENGLISH),
        ("POSIX", ENGLISH),
        ("fr_FR", None),
        ("zhx", None),
        ("", None),
    ],
)
def test_names_of_languages(name: str, language: str | None) -> None:
    assert parse_language(name) == language


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, ENGLISH),
        ({"LANG": "zh_CN.UTF-8"}, CHINESE),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"}, ENGLISH),
        ({"LC_MESSAGES": "en_US", "LC_ALL": "zh_CN"}, CHINESE),
        ({"LC_ALL": "C", "ORGTUI_LANG": "zh"}, CHINESE),
        ({"LC_ALL": "zh_CN", "ORGTUI_LANG": "en"}, ENGLISH),
        ({"LC_ALL": "", "ORGTUI_LANG": "", "LANG": "zh_CN"}, CHINESE),
        ({"ORGTUI_LANG": "tlh", "LANG": "zh_CN"}, ENGLISH),
    ],
)
def test_the_first_variable_that_is_set_decides(environ: Mapping[str, str], language: str) -> None:
    assert language_from_environment(environ) == language


def test_a_sentence_is_translated_before_it_is_filled_in() -> None:
    set_language(CHINESE)
    said = sentence("{team} has {seats:seat|seats} and nobody who leads it", team=Ref("team:pr"), seats=3)
    assert translate(said, {Ref("team:pr"): "PR"}.__getitem__) == "「PR」有 3 个岗位，却没有负责人"
    assert translate(sentence("{wrong}; {right}", wrong=sentence("yes"), right=("a", "b"))) == "是；a、b"
    assert join_list("ab") == "a、b"


def test_the_language_spoken_is_known() -> None:
    assert current_language() == ENGLISH
    set_language(CHINESE)
    assert current_language() == CHINESE


def test_what_has_no_translation_is_said_in_english() -> None:
    set_language(CHINESE)
    assert translate(sentence("never heard of {x}", x=1)) == "never heard of 1"
    assert translate(sentence("")) == ""


@pytest.mark.parametrize(
    "arguments", [["--lang", "zh_CN", "check"], ["check", "--lang=zh"], ["check", "--lang", "zh-CN"]]
)
def test_a_check_speaks_the_language_asked_for(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, str(SAMPLES / "startup_a.zh.toml")]) == 1
    out = capsys.readouterr().out
    assert "C101  8 个团队分" in out
    assert "warning" not in out


def test_what_is_wrong_with_a_file_is_said_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGTUI_LANG", "zh_CN")
    file = tmp_path / "org.toml"
    file.write_text('format = 1\n[organization]\nname = "A"\n', "utf-8")
    assert run(["check", str(file)]) == 2
    assert "organization.as_of: 缺少这一项；请写日期，例如 2026-11-21，不带引号" in capsys.readouterr().err


def test_help_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["apply", "--help", "--lang", "zh_CN"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("用法：orgtui apply")
    assert "写出按方案调整后的组织。" in out


def test_a_language_without_words_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["rule", "--lang", "tlh"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "orgtui: no language is called “tlh”; there are en, zh_CN\n"


def test_applying_speaks_chinese_and_writes_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("startup_a.toml", "startup_a.four-divisions.plan.toml"):
        shutil.copy(SAMPLES / name, tmp_path)
    given = ["apply", str(tmp_path / "startup_a.toml"), str(tmp_path / "startup_a.four-divisions.plan.toml")]
    assert run([*given, "-o", str(tmp_path / "en.toml")]) == 0
    assert run([*given, "-o", str(tmp_path / "zh.toml"), "--lang", "zh_CN"]) == 0
    assert (tmp_path / "en.toml").read_bytes() == (tmp_path / "zh.toml").read_bytes()
    assert os.environ["LANGUAGE"] == CHINESE
    capsys.readouterr()


def test_names_in_a_list_have_quotes_of_their_own_in_chinese() -> None:
    set_language(CHINESE)
    teams = (Ref("team:pr"), Ref("team:seo"))
    said = sentence("Merge {teams} into {into}", teams=teams, into=Ref("team:web"))
    names = {teams[0]: "公关", teams[1]: "「搜索」组", Ref("team:web"): "网站"}
    assert translate(said, names.__getitem__) == "把「公关」、「『搜索』组」并入「网站」"
