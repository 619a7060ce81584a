"""Lists to choose from: the likeliest first, each with what speaks for it."""

from __future__ import annotations

import re
from pathlib import Path

from orgtui.changes.operations.teams import DissolveTeam, MergeTeams
from orgtui.model.records import Area, Function, Person, Team
from orgtui.model.sentence import Ref
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.forms import Form
from tests.organizations import write_small
from tests.tui.small import Driver, opened

AREAS = (
    Area("brand", "Brand work"),
    Area("growth", "Growth work"),
    Function("content", "Content", "brand", "brand", ("awareness",), {"copy": 3}),
    Function("pr", "PR", "brand", "brand", ("awareness",), {"press": 3}),
    Function("seo", "SEO", "growth", "growth", ("inquiry",)),
    Team("web", "Web", "marketing", "sun"),
    Function("site", "Site", "growth", "web", ("inquiry",)),
    Person("sun", "web", "Sun Li", functions={"site": 100}),
    Person("gao", "web", "Gao Fei", functions={"site": 100}),
    Person("zhang", "brand", "Zhang Wei", functions={"content": 100}, skills={"copy": 3, "press": 2}),
)


def offered(driver: Driver) -> list[str]:
    """The names in the list, in their order, with what is said at the right of each."""
    prompt = driver.app.screen
    assert isinstance(prompt, ChoicePrompt), driver.text
    rows = (prompt.list.rows.row(index, 80) for index in range(len(prompt.list.rows)))
    return [" | ".join("".join(s.text for s in side) for side in (row.left, row.right)) for row in rows]


async def test_the_likeliest_stands_first_in_every_list(tmp_path: Path) -> None:
    write_small(tmp_path, *AREAS)
    async with opened(tmp_path) as driver:
        session = driver.workspace.session
        await driver.go("team:brand")
        await driver.press("L")
        assert offered(driver) == [
            "Zhang Wei | covers 2 of 2 functions  Brand",
            "Li Na | covers 1 of 2 functions  Brand",
            "Xu Lei | covers 1 of 2 functions  Brand",
            "Gao Fei | Web",
            "Chen Jing | Marketing",
            "王磊 | Growth",
            "Sun Li | Web",
        ]
        await driver.press("escape")

        await driver.go("team:web")
        await driver.press("M")
        await driver.until(lambda: all(re.search("home|stranger|×", row) for row in offered(driver)))
        scores = {
            team: session.preview([MergeTeams("web", team)], lambda view: None, graph_lane=False)
            for team in ("growth", "brand")
        }
        first, *others = offered(driver)
        points = {"growth": 3, "brand": -6}
        said = {}
        for team, preview in scores.items():
            score = preview.difference.balance + points[team]
            said[team] = driver.workspace.scene.signs.signed(score)
        assert first == f"Growth | {said['growth']} home  Marketing"
        assert f"Brand | {said['brand']} stranger  Marketing" in others
        await driver.press("escape")

        await driver.press("d")
        form = driver.app.screen
        assert isinstance(form, Form), driver.text
        held = {field.answer for field in form.fields}
        assert held == {Ref("team:growth")}, "what is like it takes over"
        await driver.press("enter", "enter", "enter")
        [step] = session.steps
        assert step.changes == (DissolveTeam("web", "growth", "growth"),)


async def test_scores_follow_what_others_change(tmp_path: Path) -> None:
    write_small(tmp_path, *AREAS)
    async with opened(tmp_path) as driver:
        await driver.go("team:web")
        await driver.press("M")
        await driver.until(lambda: "home" in offered(driver)[0])
        before = offered(driver)
        driver.workspace.session.do([MergeTeams("growth", "brand")])
        await driver.until(lambda: offered(driver) != before)
        await driver.until(lambda: "stranger" not in "".join(offered(driver)))
