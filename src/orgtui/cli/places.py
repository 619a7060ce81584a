"""`orgtui places`: where functions, teams and people could go, the best place first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from orgtui.advice.fit import WORDS
from orgtui.api.checking import require_known_rules
from orgtui.api.placing import place_all, things_to_place
from orgtui.api.results import Place, Placement
from orgtui.cli.common import comma_list, iso_date, run_command, to_json
from orgtui.cli.parser import Parser
from orgtui.cli.state import load_state
from orgtui.locales import NameLookup, translate
from orgtui.model.records import Team
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.model.store import Organization
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.names import name_of
from orgtui.views.base.signs import UNICODE

BEST = 3
"""So many better places are told of each thing, as text, if nothing is asked about by name."""


def run(arguments: list[str]) -> int:
    """Run the command; returns 0, or 2 for bad input."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _places(options))


def make_parser() -> argparse.ArgumentParser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui places",
        description=N_("Show where functions, teams and people could go, the best place first."),
    )
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument(
        "things",
        metavar="KIND:ID",
        nargs="*",
        help=N_("what to place, such as function:sem; all functions and teams if nothing is named"),
    )
    parser.add_argument("--plan", type=Path, help=N_("place in the organisation with this plan applied"))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--select", type=comma_list, metavar="WORDS", help=N_("only these codes, names or families")
    )
    parser.add_argument("--ignore", type=comma_list, metavar="WORDS", default=(), help=N_("all but these"))
    parser.add_argument("--today", type=iso_date, metavar="DATE", help=N_("the day to judge by (YYYY-MM-DD)"))
    return parser


def _places(options: argparse.Namespace) -> int:
    require_known_rules((*(options.select or ()), *options.ignore))
    state = load_state(options.organization, options.plan)
    things = things_to_place(state.organization, options.things)
    placements = place_all(state, things, select=options.select, ignore=options.ignore, today=options.today)
    if options.format == "json":
        _write(_json_parts(placements))
    else:
        most = None if options.things else BEST
        _write(_text_parts(placements, state.organization, most))
    return 0


def _write(parts: Iterable[str]) -> None:
    """Write parts as they come: a large organisation has thousands of places for each of thousands."""
    for part in parts:
        sys.stdout.write(part)


def _json_parts(placements: Iterable[Placement]) -> Iterator[str]:
    """The JSON list of what is asked about, each with its places."""
    before = "["
    for placement in placements:
        yield f"{before}\n{to_json(placement.as_dict())}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _text_parts(
    placements: Iterable[Placement], organization: Organization, most: int | None
) -> Iterator[str]:
    """Each thing with where it is and a line for each of its places: rank, score, fit, team and why."""
    names = partial(name_of, organization)
    for number, placement in enumerate(placements):
        yield "\n" if number else ""
        yield f"{_heading(placement, organization, names)}\n"
        shown = [place for place in placement.places if most is None or (place.score or 0) > 0][:most]
        if not shown:
            yield translate(sentence("      no place is better")) + "\n"
        widest = max((cell_len(names(Ref.to("team", place.team))) for place in shown), default=0)
        for place in shown:
            yield f"{_line(place, names, widest)}\n"


def _heading(placement: Placement, organization: Organization, names: NameLookup) -> str:
    """The name of a thing, and the team where it is now with how it fits there."""
    what = Ref(placement.what)
    record = organization.tables[what.kind][what.id]
    here = record.parent if isinstance(record, Team) else record.team
    now = next((place for place in placement.places if place.team == here), None)
    if now is None:
        return names(what)
    told = sentence("{what}, now in {team}: {why}", what=what, team=Ref.to("team", now.team), why=now.why)
    return translate(told, names)


def _line(place: Place, names: NameLookup, widest: int) -> str:
    team = pad(names(Ref.to("team", place.team)), widest)
    if place.rank is None or place.score is None:
        return f"{UNICODE.refused:>4}                {team}  {place.refusal}"
    fit = pad(translate(WORDS[place.fit]), 8)
    return f"{place.rank:>4}  {UNICODE.signed(place.score):>4} {fit}  {team}  {place.why}"
