"""What the program writes for the samples, byte for byte."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from orgtui.changes.parse import parse_change
from orgtui.cli.main import run
from orgtui.exchange.writing.formats import Options, format_named
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from tests.exchange.writing.reports import sample_report, spoken
from tests.support import SAMPLES

FOLDER = Path(__file__).parent
BEGIN = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PLAN = ".plan.toml"


def expected() -> Iterator[tuple[str, bytes]]:
    """Every file by name: reports of samples and sample plans, exports, a session's plan."""
    for path in sorted(SAMPLES.glob("*.toml")):
        if path.name.endswith(PLAN):
            yield f"{path.name.removesuffix(PLAN)}.plan.json", report(_organization_of(path), "--plan", path)
        else:
            yield f"{path.stem}.json", report(path)
    yield "startup_a.accepts.json", report_with_acceptances()
    yield from exports()
    yield "session.plan.toml", plan_of_a_session()


EXPORTS = {"md": ".md", "hr-csv": ".hr.csv", "json": ".export.json"}
"""The formats of exports that are compared whole, with the endings of their files here."""


def exports() -> Iterator[tuple[str, bytes]]:
    """The restructuring of Startup A as programs and people get it, in English and Chinese."""
    for language, infix in (("en", ""), ("zh_CN", ".zh")):
        with spoken(language):
            for name, ending in EXPORTS.items():
                found = format_named(name)
                assert found is not None
                data, *_ = found.write(sample_report(language), Options()).values()
                yield f"startup_a.four-divisions{infix}{ending}", data


def _organization_of(plan: Path) -> Path:
    """`startup_a.four-divisions.zh.plan.toml` belongs to `startup_a.zh.toml`."""
    name, _, *language = plan.name.removesuffix(PLAN).split(".")
    return SAMPLES / ".".join([name, *language, "toml"])


def report(*arguments: str | Path) -> bytes:
    """What `orgtui check --format json` prints."""
    printed = io.BytesIO()
    output = io.TextIOWrapper(printed, encoding="utf-8")
    with patch.dict(os.environ, ORGTUI_LANG="en"), redirect_stdout(output):
        run(["check", "--format", "json", *map(str, arguments)])
    output.flush()
    return printed.getvalue()


ACCEPTANCES = """
[[accept]]
code = "P203"
subjects = ["team:design"]
why = "A third designer comes in spring"
by = "chen"
until = 2027-03-31

[[accept]]
code = "S302"
subjects = ["person:chen-jing"]
why = "Over since yesterday, so it is back"
until = 2026-11-20

[[accept]]
code = "P207"
subjects = ["team:web"]
why = "Nothing is found about it any more"

[[accept]]
code = "S401"
subjects = ["team:web"]
why = "Its rule is asleep: nobody can tell"
"""


def report_with_acceptances() -> bytes:
    """The report on a sample with findings accepted, accepted until yesterday, and accepted in vain."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "startup_a.toml"
        file.write_bytes((SAMPLES / "startup_a.toml").read_bytes() + ACCEPTANCES.encode())
        return report(file)


CHANGES: list[list[dict[str, object]]] = [
    [{"op": "move_function", "function": "content", "to": "brand", "people": ["zhang-wei"]}],
    [{"op": "rename", "kind": "team", "id": "brand", "name": "Brand"}],
    [{"op": "merge_teams", "team": "design", "into": "brand"}],
    [{"op": "rename", "kind": "team", "id": "brand", "name": "品牌与内容"}],
    [{"op": "set_learning", "person": "lin-yue", "skill": "marketing-automation", "on": True}],
    [
        {"op": "add_goal", "goal": "win-rate", "name": "Win rate", "core": True, "target": 0.25},
        {"op": "take_goal", "team": "sdr", "goal": "win-rate"},
    ],
    [{"op": "move_person", "person": "tang-yi", "to": "events"}],
    [{"op": "move_person", "person": "tang-yi", "to": "brand"}],
    [
        {
            "op": "accept",
            "code": "S402",
            "subjects": ["purpose:lead capture"],
            "why": "Fairs need a form that works offline",
            "by": "chen",
            "until": "2027-06-30",
        }
    ],
]


def plan_of_a_session() -> bytes:
    """The plan file that a session leaves: some steps undone, dropped and explained, then decided about."""
    minutes = count()

    def clock() -> datetime:
        return BEGIN + timedelta(minutes=next(minutes))

    # The clock is read in one private function: a session offers no other.
    with TemporaryDirectory() as folder, patch("orgtui.session.timeline.acting._now", clock):
        organization = Path(folder) / "startup_a.toml"
        organization.write_bytes((SAMPLES / "startup_a.toml").read_bytes())
        opened = open_session(organization)
        session = opened.session
        session.author = "chen"
        for changes in CHANGES:
            session.do([parse_change(each) for each in changes])
        session.say_why(1, "One voice from brand message to lead content")
        session.drop(5)
        session.undo()
        session.redo()
        session.set_wave([3], 2)
        session.describe_wave(1, "One voice", date(2027, 1, 4))
        session.describe_wave(2, "One studio", None)
        session.review("xu-lei", "keep")
        session.review("wu-di", "close")
        session.sign_off("brand")
        session.sign_off("sdr")
        session.set_status("proposed")
        fold(opened)
        session.close()
        return opened.plan_path.read_bytes()
