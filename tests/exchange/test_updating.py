"""What a newer export changes: HR's changes, all of them and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.exchange.record import dump_record
from orgtui.exchange.updating import NAMES_SHOWN
from orgtui.files.organization_file import dump_organization, load_organization, save_organization
from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.rules.registry import known_rules
from tests.exchange.imports import LATER, NOVEMBER, TODAY, having, imported, notes, told, updated
from tests.support import examples

ROWS = [
    (having("9,Zhao Yan,Event manager,Events,8,1"), {"joined": ["Zhao Yan in Events, on Events"]}),
    (having(without=("4",)), {"left": ["Xu Lei of Brand"]}),
    (having("4,Xu Lei,PR manager,Brand,2,1", "5,Zhang Wei,Content editor,Growth,3,1"),
     {"moved": ["Zhang Wei from Brand to Growth"], "new-manager": ["Zhang Wei: Li Na → Wang Wei"]}),
    (having("4,Xu Leilei,PR manager,Brand,2,1"), {"renamed": ["Xu Lei is now Xu Leilei"]}),
    (having("4,Xu Lei,PR lead,Brand,2,1"), {"retitled": ["Xu Lei: PR manager → PR lead"]}),
    (having("4,Xu Lei,,Brand,2,1"), {"retitled": ["Xu Lei: PR manager → –"]}),
    (having("6,Sun Li,SEO manager,Growth,3,0.5"), {"fte": ["Sun Li: 0.8 → 0.5"]}),
    (having("4,,PR manager,Brand,2,1"), {"state": ["Xu Lei left the seat, which is vacant"]}),
    (having("7,Ma Jun,Event manager,Live,8,1", "8,He Yi,Head of Events,Live,1,1"),
     {"team-renamed": ["Events is now Live"]}),
    (having("9,Zhao Yan,Clerk,Office,1,1"),
     {"joined": ["Zhao Yan in Office"], "team-new": ["Office below Marketing"]}),
    (having("7,Ma Jun,Event manager,Brand,2,1", "8,He Yi,Head of Events,Brand,2,1"),
     {
         "moved": ["Ma Jun from Events to Brand", "He Yi from Events to Brand"],
         "new-manager": ["Ma Jun: He Yi → Li Na", "He Yi: Chen Jing → Li Na"],
         "team-closed": ["Events"],
         "function-moved": ["Events from Events to Brand"],
     }),
    (having("4,Xu Lei,PR manager,Brand,1,1", "5,Zhang Wei,Content editor,Brand,4,1", without=("2",)),
     {
         "left": ["Li Na of Brand"],
         "new-manager": ["Xu Lei: Li Na → Chen Jing", "Zhang Wei: Li Na → Xu Lei"],
         "lead": ["Brand: Xu Lei instead of Li Na"],
     }),
    (having("4,Xu Lei,PR manager,Brand,1,1", "5,Zhang Wei,Content editor,Brand,1,1", without=("2",)),
     {
         "left": ["Li Na of Brand"],
         "new-manager": ["Xu Lei: Li Na → Chen Jing", "Zhang Wei: Li Na → Chen Jing"],
         "lead": ["Brand: nobody instead of Li Na"],
     }),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "says"), ROWS)
def test_what_changed_is_told(rows: tuple[str, ...], says: dict[str, list[str]]) -> None:
    assert told(updated(imported(), rows)) == says


@pytest.mark.parametrize("rows", [rows for rows, _ in ROWS])
def test_the_same_file_again_changes_nothing(rows: tuple[str, ...], tmp_path: Path) -> None:
    first = updated(imported(), rows, today=LATER)
    path = tmp_path / "org.toml"
    save_organization(first.organization, path)
    there = replace(imported(), organization=load_organization(path, known_rules()), record=first.record)
    again = updated(there, rows, today=LATER)
    assert again.changes == ()
    assert dump_organization(again.organization) == path.read_bytes()
    assert dump_record(again.record) == dump_record(first.record)


@pytest.mark.parametrize("rows", [rows for rows, _ in ROWS])
def test_what_comes_out_has_the_people_and_teams_of_the_file(rows: tuple[str, ...]) -> None:
    there, afresh = updated(imported(), rows).organization, imported(rows).organization

    def people(organization: object) -> set[tuple[object, ...]]:
        return {
            (p.id, p.name, p.title, p.state, p.fte, organization.teams[p.team].name)  # type: ignore[attr-defined]
            for p in organization.people.values()  # type: ignore[attr-defined]
        }

    assert people(there) == people(afresh)
    assert {team.name for team in there.teams.values()} == {team.name for team in afresh.teams.values()}


def test_the_organisation_that_is_given_stays_as_it_is() -> None:
    there = imported()
    before = dump_organization(there.organization)
    updated(there, having("9,Zhao Yan,Clerk,Office,1,1", without=("4",)))
    assert dump_organization(there.organization) == before


def test_the_day_follows_changes_only_and_never_goes_back() -> None:
    assert updated(imported(), NOVEMBER, today=LATER).organization.profile.as_of == TODAY
    left = having(without=("4",))
    assert updated(imported(), left, today=LATER).organization.profile.as_of == LATER
    assert updated(imported(today=LATER), left, today=TODAY).organization.profile.as_of == LATER


# -- what is not HR's ----------------------------------------------------------------------------


def filled(*others: Record) -> tuple[Record, ...]:
    """What nobody in HR knows of."""
    return (
        r.Profile("Marketing", TODAY, "Seen first", LATER, "CNY"),
        r.Pillar("scale", "Scale"),
        r.Goal("reach", "Reach", pillar="scale"),
        r.Team("brand", "Brand", "marketing", "2", ("reach",), "weekly", 100, ("cms",)),
        r.Tool("cms", "CMS"),
        r.Person(
            "4", "brand", "Xu Lei", "PR manager", functions={"pr": 50}, skills={"media": 4}, learning=("seo",)
        ),
        r.Handoff("pr", "seo", "press list", True),
        r.Share("person:4", "team:growth", "press", every="weekly"),
        r.Share("person:5", "team:growth", "texts"),
        r.Request("brand", "sales", "leads", 3),
        r.Mission("fair", "Fair", "4", ("4", "5"), "reach"),
        r.RuleSettings(ignore=("P101",)),
        r.Acceptance("P201", ("person:4",), "known"),
        r.Acceptance("P201", ("person:5",), "known"),
        *others,
    )  # fmt: skip


def test_everything_else_stays() -> None:
    there = imported().with_records(*filled())
    after = updated(there, having("9,Zhao Yan,Clerk,Office,1,1")).organization
    for table in ("pillar", "goal", "tool", "handoff", "share", "request", "mission", "rules", "accept"):
        assert [*after.tables[table].values()] == [*there.organization.tables[table].values()]
    assert after.people["4"] == there.organization.people["4"]
    assert after.teams["brand"] == there.organization.teams["brand"]
    assert after.profile == there.organization.profile


def test_who_left_leaves_nothing_dangling(tmp_path: Path) -> None:
    there = imported().with_records(*filled())
    after = updated(there, having(without=("4",))).organization
    assert "4" not in after.people
    assert after.missions["fair"] == r.Mission("fair", "Fair", None, ("5",), "reach")
    assert [share.source for share in after.shares.values()] == ["person:5"]
    assert [accepted.subjects for accepted in after.acceptances.values()] == [("person:5",)]
    save_organization(after, tmp_path / "org.toml")
    load_organization(tmp_path / "org.toml", known_rules())


def test_who_was_added_by_hand_stays_and_is_told() -> None:
    there = imported().with_records(
        r.Team("labs", "Labs", "marketing"),
        r.Person("guest", "labs", "Guo Ai"),
        r.Person("tmp", "brand", "Tan"),
    )
    found = updated(there, having(without=("4",)))
    assert told(found) == {"left": ["Xu Lei of Brand"]}
    assert notes(found) == ["only-here -", "only-here -"]
    assert found.organization.people["guest"].team == "labs"


def test_who_was_added_by_hand_and_is_in_the_file_now_is_one_person() -> None:
    there = imported().with_records(r.Person("zhao", "growth", "Zhao Yan", skills={"seo": 3}))
    found = updated(there, having("9,Zhao Yan,SEO manager,Growth,3,1"))
    assert told(found) == {"retitled": ["Zhao Yan: – → SEO manager"]}
    assert notes(found) == ["taken-as 9"]
    assert found.organization.people["zhao"].skills == {"seo": 3}
    assert found.record.people["9"] == "zhao"


def test_who_was_moved_by_hand_stays_there_until_hr_moves_them() -> None:
    focus = r.Team("auto", "Automation", "marketing", focus=r.Focus("seo", TODAY))
    there = imported().with_records(focus, r.Person("6", "auto", "Sun Li", "SEO manager", fte=80))
    assert told(updated(there, having(without=("4",)))) == {"left": ["Xu Lei of Brand"]}
    moved = told(updated(there, having("6,Sun Li,SEO manager,Brand,2,0.8")))
    assert moved["moved"] == ["Sun Li from Automation to Brand"]


def test_a_lead_that_was_set_by_hand_stays_until_hr_sets_another() -> None:
    there = imported().with_records(r.Team("brand", "Brand", "marketing", "4"))
    assert told(updated(there, having("6,Sun Li,SEO manager,Growth,3,0.5"))) == {"fte": ["Sun Li: 0.8 → 0.5"]}
    rows = having("5,Zhang Wei,Content editor,Brand,1,1", "4,Xu Lei,PR manager,Brand,5,1", without=("2",))
    assert told(updated(there, rows))["lead"] == ["Brand: Zhang Wei instead of Xu Lei"]


def test_a_lead_set_by_hand_who_leaves_leaves_no_lead() -> None:
    there = imported().with_records(r.Team("labs", "Labs", "marketing", "4"))
    assert told(updated(there, having(without=("4",))))["lead"] == ["Labs: nobody instead of Xu Lei"]


def test_who_was_taken_out_or_closed_by_hand_stays_so() -> None:
    there = imported().without("person:4", "function:pr")
    there = there.with_records(r.Person("5", "brand", "Zhang Wei", state="closed"))
    found = updated(there, having("4,Xu Lei,PR lead,Brand,2,1", "5,Zhang Wei,Editor,Brand,2,1"))
    assert told(found) == {}
    assert sorted(notes(found)) == ["closed-by-hand 5", "taken-out-by-hand 4"]
    assert found.record.people["4"] == "4"


def test_who_comes_back_has_the_same_id() -> None:
    there = imported()
    left = updated(there, having(without=("4",)))
    back = updated(replace(there, organization=left.organization, record=left.record), NOVEMBER)
    assert told(back) == {"joined": ["Xu Lei in Brand, on PR"]}
    assert back.organization.people["4"].name == "Xu Lei"


# -- ids -----------------------------------------------------------------------------------------


def test_a_position_that_somebody_else_takes_loses_the_skills_and_keeps_the_work() -> None:
    header = "position id,name,title,department,reports to position"
    rows = ("P1,Chen Jing,CMO,Marketing,", "P2,Li Na,SEO manager,Growth,P1")
    there = imported(rows, header).with_records(
        r.Person("p2", "growth", "Li Na", "SEO manager", functions={"seo": 100}, skills={"seo": 4})
    )
    found = updated(there, (rows[0], "P2,Xu Lei,SEO manager,Growth,P1"), header)
    assert told(found) == {"holder": ["Xu Lei sits where Li Na sat"]}
    seat = found.organization.people["p2"]
    assert (seat.name, seat.skills, seat.functions) == ("Xu Lei", {}, {"seo": 100})


def test_seats_without_ids_that_look_alike_are_several() -> None:
    header = "name,title,department"
    rows = ("Chen Jing,CMO,Marketing", ",Content editor,Brand", ",Content editor,Brand", "Li Na,Editor,Brand")
    there = imported(rows, header)
    assert len(set(there.record.people.values())) == 4
    assert updated(there, rows, header).changes == ()
    assert told(updated(there, rows[:2] + rows[3:], header))["left"] == ["(vacant) Content editor of Brand"]


def test_without_a_record_ids_and_unique_names_tell_who_is_who() -> None:
    there = imported()
    found = updated(there, having("4,Xu Lei,PR lead,Brand,2,1", without=("5",)), has_record=False)
    assert told(found) == {"retitled": ["Xu Lei: PR manager → PR lead"]}
    assert notes(found) == ["no-record -", "only-here -"]
    assert "5" in found.organization.people
    again = updated(
        replace(there, organization=found.organization, record=found.record), having(without=("5",))
    )
    assert told(again) == {"retitled": ["Xu Lei: PR lead → PR manager"]}


def test_without_a_record_by_names_alone() -> None:
    header = "name,title,department"
    rows = ("Chen Jing,CMO,Marketing", "Li Na,Editor,Brand", "Xu Lei,Editor,Brand", "Xu Lei,Editor,Growth")
    there = imported(rows, header)
    found = updated(there, (rows[0], "Li Na,Editor,Growth", *rows[2:]), header, has_record=False)
    assert told(found)["moved"] == ["Li Na from Brand to Growth"]
    # Two of one name cannot be told apart: they are neither taken for one another nor taken out.
    assert len([p for p in found.organization.people.values() if p.name == "Xu Lei"]) == 4


def test_who_is_said_to_have_left_leaves_also_without_a_record() -> None:
    header = "id,name,department,status"
    rows = ("1,Chen Jing,Marketing,active", "2,Li Na,Brand,active", "3,Xu Lei,Brand,active")
    found = updated(
        imported(rows, header), (*rows[:2], "3,Xu Lei,Brand,terminated"), header, has_record=False
    )
    assert told(found)["left"] == ["Xu Lei of Brand"]


# -- teams ---------------------------------------------------------------------------------------

PATHS = "id,name,department"


def test_a_team_that_moves_with_all_below_it_keeps_its_id() -> None:
    rows = (
        "1,Chen Jing,Marketing",
        "2,Li Na,Marketing/Brand",
        "3,Xu Lei,Marketing/Brand/PR",
        "4,Sun Li,Marketing/Brand/PR/China",
        "5,He Yi,Marketing/Growth",
    )
    later = (*rows[:2], "3,Xu Lei,Marketing/Growth/PR", "4,Sun Li,Marketing/Growth/PR/China", rows[4])
    found = updated(imported(rows, PATHS), later, PATHS)
    assert told(found) == {"team-moved": ["PR from Brand to Growth"]}
    assert found.record.teams["Growth/PR/China"] == "china"


def test_a_new_team_above_another_is_made_first() -> None:
    rows = ("1,Chen Jing,Marketing", "2,Li Na,Marketing/Brand", "3,Xu Lei,Marketing/PR")
    later = (*rows[:2], "3,Xu Lei,Marketing/Public/Press/PR")
    found = updated(imported(rows, PATHS), later, PATHS)
    assert told(found) == {
        "team-new": ["Public below Marketing", "Press below Public"],
        "team-moved": ["PR from Marketing to Press"],
    }


def test_two_teams_that_change_places() -> None:
    rows = ("1,Chen Jing,Marketing", "2,Li Na,Marketing/A", "3,Xu Lei,Marketing/A/B", "4,He Yi,Marketing/C")
    later = (rows[0], "3,Xu Lei,Marketing/B", "2,Li Na,Marketing/B/A", rows[3])
    found = updated(imported(rows, PATHS), later, PATHS)
    assert told(found) == {"team-moved": ["B from A to Marketing", "A from Marketing to B"]}


def test_a_team_that_was_dissolved_by_hand_stays_so() -> None:
    there = imported().without("team:events", "person:7", "person:8")
    there = there.with_records(
        r.Person("7", "marketing", "Ma Jun", "Event manager"),
        r.Person("8", "marketing", "He Yi", "Head of Events"),
    )
    found = updated(there, having("9,Zhao Yan,Clerk,Events,8,1"))
    assert told(found) == {"joined": ["Zhao Yan in Marketing, on Events"]}


# -- the law -------------------------------------------------------------------------------------

TEAMS = ("Marketing", "Brand", "Growth", "Events", "Labs")
ROW = st.tuples(
    st.sampled_from(("Chen Jing", "Li Na", "Wang Wei", "Xu Lei", "")),
    st.sampled_from(("CMO", "PR manager", "SEO manager", "Head of Brand", "")),
    st.sampled_from(TEAMS),
    st.sampled_from(("1", "0.5", "0")),
)
FILE = st.dictionaries(st.integers(1, 9), ROW, min_size=1, max_size=9).map(
    lambda people: tuple(
        f"{key},{name},{title},{team},,{fte}" for key, (name, title, team, fte) in people.items()
    )
)


@settings(deadline=None, max_examples=examples(35, 200))
@given(first=FILE, second=FILE, third=FILE)
def test_whatever_the_files_say_it_loads_and_ids_stay(
    tmp_path_factory: pytest.TempPathFactory,
    first: tuple[str, ...],
    second: tuple[str, ...],
    third: tuple[str, ...],
) -> None:
    there = imported(first)
    path = tmp_path_factory.mktemp("org") / "org.toml"
    for rows in (second, third):
        found = updated(there, rows)
        assert not [each for each in found.problems if each.severity == "error"]
        save_organization(found.organization, path)
        loaded = load_organization(path, known_rules())
        keys = found.record.people.keys() & there.record.people.keys()
        assert {key: found.record.people[key] for key in keys} == {
            key: there.record.people[key] for key in keys
        }
        assert set(loaded.people) == set(found.record.people.values())
        there = replace(there, organization=loaded, record=found.record)
        assert updated(there, rows).changes == ()


def test_a_lead_without_reports_stays_until_they_leave_the_team() -> None:
    alone = having("4,Xu Lei,PR manager,Growth,3,1", "5,Zhang Wei,Content editor,Growth,3,1")
    first = updated(imported(), alone)
    assert "lead" not in told(first)
    there = replace(imported(), organization=first.organization, record=first.record)
    assert updated(there, alone).changes == ()
    gone = (*(row for row in alone if not row.startswith("2,")), "2,Li Na,Head of Growth,Growth,3,1")
    assert "Brand" in told(updated(there, gone))["team-closed"]


def test_a_long_list_of_names_is_told_in_part() -> None:
    people = (r.Person(f"x{number}", "brand", f"Extra {number}") for number in range(NAMES_SHOWN + 3))
    found = updated(imported().with_records(*people), NOVEMBER)
    assert [translate(each.says).split(", ")[-1] for each in found.problems] == ["+3"]
