"""States: who sits there, who is to come, who has left; what one word may mean twice is asked."""

from __future__ import annotations

import pytest

from tests.exchange.rosters import imported, states, told, words


def one(**cells: str) -> str:
    row = {"id": "2", "name": "Bob Ball", "department": "M", "manager": "1"} | cells
    ann = {"id": "1", "name": "Ann Ames", "department": "M"}
    return "".join(
        f"{','.join(values)}\n" for values in (row, [ann.get(key, "") for key in row], row.values())
    )


@pytest.mark.parametrize(
    ("word", "state", "code"),
    [
        ("Active", "filled", None),
        ("在职", "filled", None),
        ("Aktiv", "filled", None),
        ("On leave", "filled", "on-leave"),
        ("Maternity leave", "filled", "on-leave"),
        ("Elternzeit", "filled", "on-leave"),
        ("A - Active (On Leave)", "filled", "on-leave"),
        ("Notice period", "filled", "on-notice"),
        ("试用期", "filled", "probation"),
        ("未激活", "filled", "not-activated"),
        ("Planned", "planned", "planned"),
        ("待入职", "planned", "planned"),
        ("Open", "vacant", "vacant"),
        ("Frozen", "vacant", "vacant"),
        ("空缺", "vacant", "vacant"),
        ("Terminated", "out: terminated", "leaver-left-out"),
        ("Terminated - voluntary", "out: terminated - voluntary", "leaver-left-out"),
        ("离职", "out: 离职", "leaver-left-out"),
        ("Disabled", "out: disabled", "leaver-left-out"),
        ("Guest", "out: guest", "guest-left-out"),
        ("Closed", "out: closed", "closed-left-out"),
    ],
)
def test_words_of_states(word: str, state: str, code: str | None) -> None:
    proposal = imported(one(status=word))
    assert states(proposal)["2"] == state
    assert code is None or (3, code, "2") in told(proposal, "note")
    assert told(proposal) == []


def test_an_unknown_word_is_told_and_taken_as_filled() -> None:
    proposal = imported(one(status="Zorp"))
    assert states(proposal)["2"] == "filled"
    assert "Zorp" in words(proposal)


@pytest.mark.parametrize("word", ["inactive", "Inactive"])
def test_inactive_is_asked(word: str) -> None:
    assert told(imported(one(status=word))) == [(3, "inactive-left-or-on-leave", "2")]
    assert states(imported(one(status=word)))["2"] == "out: inactive"
    assert states(imported(one(status=word), {"inactive:inactive": "leave"}))["2"] == "filled"


@pytest.mark.parametrize(
    ("header", "cell", "state"),
    [
        ("Account enabled", "False", "out: false"),
        ("Account enabled", "True", "filled"),
        ("active", "false", "out: false"),
        ("Suspended", "yes", "out: yes"),
        ("Suspended", "no", "filled"),
        ("Vacant", "yes", "vacant"),
        ("userAccountControl", "514", "out: 514"),
        ("userAccountControl", "512", "filled"),
    ],
)
def test_flags(header: str, cell: str, state: str) -> None:
    assert states(imported(one(**{header: cell})))["2"] == state


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"start date": "2026-11-22"}, "planned"),
        ({"start date": "2026-11-21"}, "filled"),
        ({"start date": "22.11.2026"}, "planned"),
        ({"start date": "11/22/2026"}, "planned"),
        ({"start date": "22 Nov 2026"}, "planned"),
        ({"start date": '"Nov 22, 2026"'}, "planned"),
        ({"start date": "46348"}, "planned"),
        ({"入职日期": "2026年11月22日"}, "planned"),
        ({"end date": "2026-11-20"}, "out: terminated"),
        ({"end date": "2026-11-21"}, "filled"),
        ({"status": "Onboarding", "start date": "2026-12-01"}, "planned"),
        ({"status": "Onboarding", "start date": "2026-11-01"}, "filled"),
    ],
)
def test_days(cells: dict[str, str], state: str) -> None:
    assert states(imported(one(**cells)))["2"] == state


@pytest.mark.parametrize("name", ["Vacant", "TBH", "空缺", "N.N.", "（空缺）", ""])
def test_seats_without_holder(name: str) -> None:
    proposal = imported(one(name=name, title="Editor"))
    assert states(proposal)["2"] == "vacant"
    assert [member.entry.name for member in proposal.roster.members] == ["Ann Ames", None]


@pytest.mark.parametrize("title", ["Vacancy - Editor", "(vacant) Editor", "Editor (TBH)", "空缺：Editor"])
def test_vacancies_in_titles(title: str) -> None:
    (_, member) = imported(one(name="", title=title)).roster.members
    assert (member.entry.state, member.entry.title) == ("vacant", "Editor")


def test_what_stands_behind_a_name() -> None:
    (_, member) = imported(one(name="Bob Ball (On Leave)")).roster.members
    assert (member.entry.name, member.entry.state) == ("Bob Ball", "filled")


@pytest.mark.parametrize(
    ("cells", "fte"),
    [
        ({"fte": "0.5"}, 50),
        ({"fte": "0,5"}, 50),
        ({"fte": "80%"}, 80),
        ({"fte": "60"}, 60),
        ({"weekly hours": "20"}, 50),
        ({"Wochenstunden": "30,0"}, 75),
        ({"fte": ""}, 100),
    ],
)
def test_shares_of_a_week(cells: dict[str, str], fte: int) -> None:
    if "," in str(cells):
        cells = {key: f'"{cell}"' for key, cell in cells.items()}
    (_, member) = imported(one(**cells)).roster.members
    assert member.entry.fte == fte


def test_an_unreadable_share_is_an_error() -> None:
    assert told(imported(one(fte="half"))) == [(3, "fte-unreadable", "2")]
