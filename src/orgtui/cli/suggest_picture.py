"""Suggested plans as a picture: all against one another, then the teams before and after the best."""

from __future__ import annotations

from pathlib import Path

from orgtui.api.suggesting import SuggestedState
from orgtui.cli.suggest_plan import as_plan
from orgtui.cli.suggest_text import in_short
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.drawing.front import Candidate, draw_front, stacked
from orgtui.exchange.writing.drawing.svg_text import svg_file
from orgtui.exchange.writing.drawing.tree import draw_trees
from orgtui.locales import translate
from orgtui.model.sentence import sentence
from orgtui.session.plan.planned import made_from


def picture(suggested: SuggestedState) -> bytes:
    """The plans, of which there is at least one, as an SVG file."""
    recommended = suggested.recommended
    assert recommended is not None
    state = suggested.state
    candidates = [
        Candidate(
            each.id.lstrip("p"),
            translate(each.name, suggested.names(each)),
            in_short(each),
            each.penalty,
            each.cost.touched,
            each is recommended,
        )
        for each in suggested.progress.plans
    ]
    chosen = sentence("Recommended: {plan}, {name}", plan=recommended.id, name=recommended.name)
    title = translate(chosen, suggested.names(recommended))
    now = sentence(
        "{organization} now: {points:point|points}",
        organization=state.organization.profile.name,
        points=suggested.progress.before.penalty,
    )
    planned = made_from(state.baseline, as_plan(suggested, recommended, None), Path(f"{recommended.id}.toml"))
    trees = draw_trees(build_report(state.baseline, planned, today=suggested.today))
    return svg_file(stacked([draw_front(candidates, title, translate(now)), *trees]))
