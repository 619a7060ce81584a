"""`orgtui merge`: three plans in files become one, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import orgtui as api
from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import load_plan
from orgtui.rules.registry import known_rules
from tests.cli.running import Program
from tests.organizations import write_small

REVIEW = {"op": "set_review", "team": "growth", "review": "monthly"}
MERGE = {"op": "merge_teams", "team": "brand", "into": "growth"}
MOVE = {"op": "move_person", "person": "xu", "to": "marketing"}
GOAL = {"op": "take_goal", "team": "growth", "goal": "pipeline"}


def write_plan(path: Path, *changes: Mapping[str, object], more: str = "", **head: str) -> Path:
    """Write a plan for the small organisation beside it."""
    organization = load_organization(path.with_name("small.toml"), known_rules())
    plan = {"name": "P", "organization": "Acme Marketing", "baseline": baseline_hash(organization), **head}
    lines = ["format = 1", "[plan]", *(f'{key} = "{value}"' for key, value in plan.items()), more]
    for change in changes:
        lines += ["[[change]]", *(f"{key} = {_toml(value)}" for key, value in change.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def ops(path: Path) -> list[Any]:
    return [step.change["op"] for step in load_plan(path, parse_change).steps]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small(tmp_path)
    write_plan(tmp_path / "base.plan.toml", REVIEW)
    write_plan(tmp_path / "ours.plan.toml", REVIEW, MERGE, GOAL)
    write_plan(tmp_path / "theirs.plan.toml", REVIEW, MOVE, name="Theirs")
    return tmp_path


def paths(folder: Path) -> list[Path]:
    return [folder / f"{name}.plan.toml" for name in ("base", "ours", "theirs")]


def test_independent_changes_are_merged_and_replayed(orgtui: Program, folder: Path) -> None:
    theirs, new = write_plan(folder / "theirs.plan.toml", REVIEW, MOVE), folder / "new.plan.toml"
    write_plan(folder / "ours.plan.toml", REVIEW, GOAL)
    ran = orgtui("merge", *paths(folder)[:2], theirs, "-o", new)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[-2:] == [
        "3 changes in the merged plan: 1 come from ours, 1 from theirs",
        f"{new} is written",
    ]
    assert ops(new) == ["set_review", "move_person", "take_goal"]
    assert orgtui("check", folder / "small.toml", "--plan", new).status in (0, 1)
    assert load_plan(new, parse_change).steps[1].was == {"team": "brand"}


def test_a_conflict_is_told_in_words_and_ours_stays(orgtui: Program, folder: Path) -> None:
    new = folder / "new.plan.toml"
    ran = orgtui("merge", *paths(folder), "-o", new)
    assert ran.status == 1
    told = ran.out.splitlines()
    assert told[:5] == [
        "conflict 1: ours stays",
        "  base    nothing",
        "  ours    merged Brand into Growth",
        "  theirs  moved Xu Lei to Marketing",
        "  Xu Lei, team: base Brand, ours Growth, theirs Marketing",
    ]
    assert any(line.startswith("1 conflict to decide: ours stands in the plan") for line in told)
    assert ops(new) == ["set_review", "merge_teams", "take_goal"]
    assert load_plan(new, parse_change).name == "Theirs", "ours left the name as it was"


def test_a_side_is_chosen_for_all_or_for_one(orgtui: Program, folder: Path) -> None:
    write_plan(folder / "ours.plan.toml", REVIEW, MERGE, GOAL, name="Ours")
    new = folder / "new.plan.toml"
    assert orgtui("merge", *paths(folder), "-o", new, "--ours").status == 0
    assert ops(new) == ["set_review", "merge_teams", "take_goal"]
    assert orgtui("merge", *paths(folder), "-o", new, "--theirs").status == 0
    assert (ops(new), load_plan(new, parse_change).name) == (
        ["set_review", "move_person", "take_goal"],
        "Theirs",
    )
    ran = orgtui("merge", *paths(folder), "-o", new, "--take", "2=theirs")
    assert ran.status == 1
    assert "conflict 2 about plan.name: theirs is taken" in ran.out
    assert load_plan(new, parse_change).name == "Theirs"
    assert orgtui("merge", *paths(folder), "-o", new, "--take", "2=theirs,1=ours").status == 0
    assert orgtui.refuses("merge", *paths(folder), "-o", new, "--take", "7=ours") == [
        "orgtui: there is no conflict 7"
    ]
    assert (
        "names no side of a conflict" in orgtui.refuses("merge", *paths(folder), "-o", new, "--take", "7")[-1]
    )


def test_nobody_is_asked_without_a_terminal(orgtui: Program, folder: Path) -> None:
    new = folder / "new.plan.toml"
    (said,) = orgtui.refuses("merge", *paths(folder), "-o", new, "--ask")
    assert said.startswith("orgtui: --ask needs a terminal for its input and output")
    assert not new.exists()


def test_json_has_base_ours_and_theirs(orgtui: Program, folder: Path) -> None:
    ran = orgtui("merge", *paths(folder), "-o", folder / "new.plan.toml", "--json")
    assert ran.status == 1
    (conflict,) = ran.json["conflicts"]
    assert conflict["about"] == ["person:xu"]
    assert [conflict[side]["changes"] for side in ("base", "ours", "theirs")] == [[], [MERGE], [MOVE]]
    (touched,) = conflict["touched"]
    assert [touched[key] for key in ("subject", "key", "base", "ours", "theirs")] == [
        "person:xu",
        "team",
        "brand",
        "growth",
        "marketing",
    ]
    assert (conflict["kept"], conflict["settled"], ran.json["unsettled"]) == ("ours", False, 1)
    assert orgtui("merge", *paths(folder), "-o", folder / "new.plan.toml", "--format", "json").out == ran.out


def test_findings_that_come_of_both_together_are_told(orgtui: Program, folder: Path) -> None:
    one = {"op": "move_person", "person": "xu", "to": "marketing"}
    other = {"op": "move_person", "person": "zhang", "to": "marketing"}
    write_plan(folder / "ours.plan.toml", REVIEW, one)
    write_plan(folder / "theirs.plan.toml", REVIEW, other)
    told = orgtui("merge", *paths(folder), "-o", folder / "new.plan.toml").out.splitlines()
    ran = orgtui("merge", *paths(folder), "-o", folder / "new.plan.toml", "--json").json
    assert ran["together"], told
    assert all(each in ran["introduced"] for each in ran["together"])
    assert sum(line.startswith("only together") for line in told) == len(ran["together"])
    for side in ("ours", "theirs"):
        checked = orgtui(
            "check", folder / "small.toml", "--plan", folder / f"{side}.plan.toml", "--format", "json"
        )
        found = {(each["code"], *each["subjects"]) for each in checked.json["findings"]}
        assert not found & {(each["code"], *each["subjects"]) for each in ran["together"]}


def test_merging_with_the_base_or_oneself_gives_the_same_file(orgtui: Program, folder: Path) -> None:
    base, ours, _ = paths(folder)
    canonical, new = folder / "canonical.plan.toml", folder / "new.plan.toml"
    orgtui("merge", ours, ours, ours, "-o", canonical)
    for three in ((base, ours, base), (base, base, ours), (base, ours, ours)):
        assert orgtui("merge", *three, "-o", new).status == 0
        assert new.read_bytes() == canonical.read_bytes()
    assert load_plan(canonical, parse_change) == load_plan(ours, parse_change)


def test_waves_are_merged_by_number_and_a_summary_is_made_anew(orgtui: Program, folder: Path) -> None:
    wave = '[[wave]]\nnumber = {}\nname = "{}"\n'
    write_plan(folder / "base.plan.toml", more=wave.format(1, "One"))
    summary = {"op": "set_review", "team": "brand", "review": "monthly"}
    write_plan(
        folder / "ours.plan.toml", summary, more=wave.format(1, "First") + "[summary]\npeople_moved = 0\n"
    )
    write_plan(folder / "theirs.plan.toml", MOVE, more=wave.format(1, "One") + wave.format(2, "Two"))
    new = folder / "new.plan.toml"
    assert orgtui("merge", *paths(folder), "-o", new).status == 0
    merged = load_plan(new, parse_change)
    assert [(each.number, each.name) for each in merged.waves] == [(1, "First"), (2, "Two")]
    assert merged.summary is not None
    assert merged.summary.people_moved == 1
    assert orgtui("apply", folder / "small.toml", new, "-o", folder / "after.toml").status == 0


def test_an_approved_plan_with_other_changes_is_a_draft_and_a_conflict(orgtui: Program, folder: Path) -> None:
    write_plan(folder / "ours.plan.toml", REVIEW, GOAL, status="approved")
    write_plan(folder / "theirs.plan.toml", REVIEW, MOVE)
    new = folder / "new.plan.toml"
    for options, status in (([], 1), (["--take", "1=ours"], 0), (["--theirs"], 0)):
        ran = orgtui("merge", *paths(folder), "-o", new, *options)
        assert ran.status == status
        assert "conflict 1 about plan.status: neither stands in the plan" in ran.out
        assert "nobody approved these changes together: the merged plan is a draft" in ran.out
        assert load_plan(new, parse_change).status == "draft"


def signed(*teams: str, by: str = "chen") -> str:
    """Signatures of divisions, as a plan file has them."""
    return "\n".join(f'[[signoff]]\nteam = "{team}"\nby = "{by}"' for team in teams)


def signatures(plan: Path) -> list[tuple[str, str | None]]:
    return [(each.team, each.by) for each in load_plan(plan, parse_change).signoffs]


def test_a_signature_stays_only_where_its_division_came_out_as_signed(orgtui: Program, folder: Path) -> None:
    new = folder / "new.plan.toml"
    write_plan(folder / "base.plan.toml", REVIEW, more=signed("brand"))
    write_plan(folder / "ours.plan.toml", REVIEW, GOAL, more=signed("brand", "growth"))
    write_plan(folder / "theirs.plan.toml", REVIEW, MOVE, more=signed("brand", by="wang"))
    ran = orgtui("merge", *paths(folder), "-o", new)
    assert ran.status == 0
    assert signatures(new) == [("brand", "wang"), ("growth", "chen")], "Brand came out as Wang signed it"
    write_plan(folder / "theirs.plan.toml", REVIEW, MOVE)
    ran = orgtui("merge", *paths(folder), "-o", new)
    assert signatures(new) == [("growth", "chen")], "theirs took it away"
    write_plan(folder / "base.plan.toml", REVIEW)
    ran = orgtui("merge", *paths(folder), "-o", new)
    assert ran.status == 0
    assert signatures(new) == [("growth", "chen")]
    lost = "the signature of Brand by chen is taken away, as the division changes"
    assert lost in ran.out.splitlines()
    assert orgtui("merge", *paths(folder), "-o", new, "--json").json["unsigned"] == [
        {"team": "team:brand", "by": "chen", "message": lost}
    ]
    write_plan(folder / "ours.plan.toml", REVIEW, more=signed("growth"))
    write_plan(folder / "theirs.plan.toml", REVIEW, more=signed("growth", by="wang"))
    for options, by in ((["--ours"], "chen"), (["--theirs"], "wang")):
        assert orgtui("merge", *paths(folder), "-o", new, *options).status == 0
        assert signatures(new) == [("growth", by)], "who signed and when go together"


def test_an_empty_base_is_no_plan_in_common(orgtui: Program, folder: Path) -> None:
    (folder / "base.plan.toml").write_bytes(b"")
    write_plan(folder / "ours.plan.toml", GOAL)
    write_plan(folder / "theirs.plan.toml", MOVE)
    assert orgtui("merge", *paths(folder), "-o", folder / "new.plan.toml").status == 0
    assert ops(folder / "new.plan.toml") == ["move_person", "take_goal"]


def test_the_organisation_is_found_beside_the_plan_or_named(orgtui: Program, folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    copies = [each.rename(elsewhere / f"{each.stem}.tmp") for each in paths(folder)]
    new = folder / "new.plan.toml"
    (said,) = orgtui.refuses("merge", *copies, "-o", new)
    assert said.startswith("orgtui: no organisation beside ours.plan.tmp is in the state")
    assert orgtui("merge", *copies, "-o", new, "--org", folder / "small.toml").status == 1
    assert orgtui("merge", *copies, "-o", new, "--path", folder / "small.growth.plan.toml").status == 1
    other = folder / "other.toml"
    other.write_text((folder / "small.toml").read_text("utf-8").replace('"Brand"', '"Voice"'), "utf-8")
    (said,) = orgtui.refuses("merge", *copies, "-o", new, "--org", other)
    assert said.startswith("orgtui: both plans were made for another state of other.toml")


def test_every_problem_of_all_files_is_told_at_once(orgtui: Program, folder: Path) -> None:
    base, ours, theirs = paths(folder)
    write_plan(base, {"op": "move"})
    write_plan(ours, {"op": "move_person", "person": "xu"})
    theirs.unlink()
    new = folder / "new.plan.toml"
    told = orgtui.refuses("merge", base, ours, theirs, "-o", new)
    assert [line.partition(": ")[0] for line in told] == [f"{base}:8", f"{ours}:7", f"{theirs}:1"]
    assert not new.exists()
    told = orgtui.refuses("merge", base, ours, theirs, "-o", new, "--path", "acme.plan.toml")
    assert [line.partition(":")[0] for line in told] == [
        f"acme.plan.toml ({side})" for side in ("base", "ours", "theirs")
    ]


def test_a_plan_that_cannot_be_made_is_refused(orgtui: Program, folder: Path) -> None:
    write_plan(folder / "theirs.plan.toml", {"op": "move_person", "person": "nobody", "to": "growth"})
    (said,) = orgtui.refuses("merge", *paths(folder), "-o", folder / "new.plan.toml")
    assert said == "orgtui: theirs.plan.toml: change 1 cannot be made: There is no seat nobody"


def test_another_plan_that_stood_there_is_kept(orgtui: Program, folder: Path) -> None:
    new = write_plan(folder / "new.plan.toml", MOVE)
    before = new.read_bytes()
    ran = orgtui("merge", *paths(folder), "-o", new)
    assert "is kept as" in ran.err
    assert (folder / "new.earlier-1.plan.toml").read_bytes() == before
    ours = folder / "ours.plan.toml"
    assert orgtui("merge", *paths(folder), "-o", ours).err == "", "one of the three is not lost"


def test_programs_merge_as_well(orgtui: Program, folder: Path) -> None:
    merged = api.merge(*paths(folder))
    assert [each.kept for each in merged.conflicts] == ["ours"]
    ran = orgtui("merge", *paths(folder), "-o", folder / "new.plan.toml", "--json")
    assert ran.json == merged.as_dict() | {
        "conflicts": ran.json["conflicts"],
        "introduced": ran.json["introduced"],
    }
    assert (folder / "new.plan.toml").read_text("utf-8") == merged.plan
    assert api.merge(*paths(folder), take="theirs").unsettled == 0
    assert api.merge(*paths(folder), take={1: "theirs"}).unsettled == 0
    with pytest.raises(api.OrgtuiError, match=r"base\.plan\.toml:1"):
        api.merge(folder / "no" / "base.plan.toml", *paths(folder)[1:])
