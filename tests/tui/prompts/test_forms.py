"""Forms by keys: what is typed, chosen, missing, refused, and shown of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App
from textual.pilot import Pilot

from orgtui.locales import translate
from orgtui.model.sentence import Ref, Sentence
from orgtui.tui.prompts.fields import Among, Field, Values
from orgtui.tui.prompts.forms import Form, Problem
from orgtui.tui.widgets.choices import Choice, Choices
from orgtui.views.base.row import Span
from tests.tui.fakes import PLAIN, lines

TEAMS = ("Brand", "Growth", "Press")


def among(*, several: bool = False) -> Among:
    def find(typed: str) -> Choices:
        fit = [name for name in TEAMS if typed.casefold() in name.casefold()]
        return Choices([Choice(Ref.to("team", name), (Span(name),)) for name in fit])

    return Among(find, lambda ref: ref.id, several)


def fields() -> list[Field]:
    return [
        Field("name", Sentence("Name"), needed=True),
        Field("title", Sentence("Title"), "Editor"),
        Field("team", Sentence("Team"), None, among()),
        Field("helps", Sentence("Helps"), (), among(several=True)),
        Field("why", Sentence("Why"), shown=lambda values: not values["name"]),
    ]


class FormApp(App[None]):
    """An app that shows one form and keeps the values that it accepts."""

    def __init__(self, *fields: Field) -> None:
        super().__init__()
        self.accepted: Values | None = None
        self.form = Form(
            PLAIN, translate, Sentence("New"), fields, Sentence("Add it"), self._accept, self._preview
        )

    def on_mount(self) -> None:
        self.push_screen(self.form)

    def _accept(self, values: Values) -> Problem | None:
        if values.get("title") == "Chief":
            return Problem(Sentence("There is a chief"), "title")
        self.accepted = values
        return None

    def _preview(self, values: Values) -> Sentence:
        return Sentence(" | ".join(f"{name}={value}" for name, value in values.items()))


@asynccontextmanager
async def shown(*asked: Field, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    async with FormApp(*asked).run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def form_of(pilot: Pilot[None]) -> Form:
    app = pilot.app
    assert isinstance(app, FormApp)
    return app.form


async def values(pilot: Pilot[None], *keys: str) -> Values:
    """The values after some keys."""
    await pilot.press(*keys)
    await pilot.pause()
    return form_of(pilot).values()


def text(pilot: Pilot[None]) -> str:
    return "\n".join(lines(pilot.app.screen))


async def test_what_is_typed_is_in_the_line_and_in_the_preview_at_once() -> None:
    async with shown(*fields()) as pilot:
        assert (await values(pilot, *"Ann"))["name"] == "Ann"
        assert "Name   Ann" in text(pilot)
        assert "name=Ann | title=Editor" in text(pilot)


async def test_a_text_that_is_there_is_replaced_by_typing_and_kept_by_an_arrow() -> None:
    async with shown(*fields()) as pilot:
        assert (await values(pilot, "tab", "X"))["title"] == "X"
        assert (await values(pilot, "shift+tab", "tab", "right", "Y"))["title"] == "XY"


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (200, 60)])
async def test_below_a_title_of_several_lines_it_is_typed_in_the_line_all_the_same(
    size: tuple[int, int],
) -> None:
    app = FormApp(*fields())
    app.form.heading = Sentence("A new team for everything that stands in a long title " * 4)
    async with app.run_test(size=size) as pilot:
        for key in ("tab", "tab", "shift+tab"):
            await pilot.press(key)
            await pilot.pause()
            pane, entry = app.form.list, app.form.entry
            assert app.form.title_line.size.height > 1
            assert entry.region.y == pane.region.y + pane.line_of(pane.cursor)
        assert "enter" in lines(app.screen)[app.form.keys.region.y]


@pytest.mark.parametrize("key", ["tab", "enter", "down"])
async def test_keys_that_go_on(key: str) -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("A", key, "B")
        assert (form_of(pilot).values()["name"], form_of(pilot).values()["title"]) == ("A", "B")
        await pilot.press("shift+tab", "C")
        assert form_of(pilot).values()["name"] == "C"


async def test_lines_go_round_by_tab_and_end_by_arrows() -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("up")
        assert form_of(pilot).list.cursor == 0
        await pilot.press("shift+tab")
        assert form_of(pilot).field is None
        await pilot.press("down", "x")
        assert form_of(pilot).field is None
        await pilot.press("tab")
        assert form_of(pilot).list.cursor == 0


@pytest.mark.parametrize(
    ("keys", "team"),
    [
        ("", None),
        ("g", "Growth"),
        ("down", "Brand"),
        ("down down", "Growth"),
        ("r down", "Growth"),  # Brand and Growth have it
        ("g backspace", None),
        ("down tab shift+tab down", "Growth"),
        ("down tab shift+tab backspace", None),
        ("down tab shift+tab p", "Press"),
    ],
)
async def test_one_of_a_list(keys: str, team: str | None) -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("tab", "tab", *keys.split())
        await pilot.press("tab")
        chosen = form_of(pilot).values()["team"]
        assert chosen == (None if team is None else Ref.to("team", team))


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("tab", ""),
        ("b enter p enter tab", "Brand Press"),
        ("b enter p tab", "Brand Press"),
        ("down enter down enter tab", "Brand Growth"),
        ("b enter b enter tab", ""),
        ("b enter p enter backspace tab", "Brand"),
        ("down enter enter", "Brand"),
    ],
)
async def test_several_of_a_list(keys: str, chosen: str) -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("tab", "tab", "tab", *keys.split())
        assert form_of(pilot).values()["helps"] == tuple(Ref.to("team", each) for each in chosen.split())
        assert form_of(pilot).list.cursor == 4, "it went on"


async def test_what_fits_nothing_is_said_and_stays() -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("tab", "tab", *"xyz", "tab")
        assert "Nothing fits “xyz”" in text(pilot)
        assert form_of(pilot).list.cursor == 2
        await pilot.press(*["backspace"] * 3)
        assert "Nothing fits" not in text(pilot)


async def test_an_incomplete_form_goes_to_what_is_missing_and_says_so() -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("shift+tab", "enter")
        form, app = form_of(pilot), pilot.app
        assert isinstance(app, FormApp)
        assert form.list.cursor == 0
        assert form.refusal is not None
        assert "Still needed: Name" in text(pilot)
        assert form.rows.state(form.fields[0]) == "wrong"
        assert form.rows.row(0, 40).left[0].role == "error"
        await pilot.press(*"Ann", "shift+tab", "enter")
        assert app.accepted is not None
        assert app.accepted["name"] == "Ann"
        assert not form.is_current


async def test_a_value_that_is_refused_is_gone_to() -> None:
    async with shown(*fields()) as pilot:
        await pilot.press("A", "tab", *"Chief", "shift+tab", "shift+tab", "enter")
        assert form_of(pilot).list.cursor == 1
        assert "There is a chief" in text(pilot)


async def test_a_line_that_does_not_matter_is_left_out() -> None:
    async with shown(*fields()) as pilot:
        assert "Why" in text(pilot)
        assert "why" not in await values(pilot, "A", "tab")
        assert "Why" not in text(pilot)


async def test_a_form_of_one_line_is_submitted_by_enter() -> None:
    async with shown(Field("name", Sentence("Name"), needed=True)) as pilot:
        await pilot.press("enter")
        assert "Still needed: Name" in text(pilot)
        await pilot.press(*"IT", "enter")
        app = pilot.app
        assert isinstance(app, FormApp)
        assert app.accepted == {"name": "IT"}


async def test_what_may_not_enter_is_refused_in_its_line() -> None:
    async with shown(*fields()) as pilot:
        form_of(pilot).entry.value = "a\u202eb"
        await pilot.press("tab")
        assert form_of(pilot).list.cursor == 0
        assert "cannot be used in a text" in text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (200, 60)])
async def test_a_long_form_scrolls_and_the_typed_text_stands_in_its_line(size: tuple[int, int]) -> None:
    many = [Field(f"f{number}", Sentence(f"Line {number}")) for number in range(14)]
    async with shown(*many, Field("team", Sentence("Team"), None, among()), size=size) as pilot:
        for number in range(14):
            await pilot.press(*f"typed{number}")
            await pilot.pause()
            assert any(
                f"Line {number} " in line and f"typed{number}" in line for line in lines(pilot.app.screen)
            )
            await pilot.press("tab")
        await pilot.press("g")
        await pilot.pause()
        assert any("Team" in line and " g" in line for line in lines(pilot.app.screen))
        assert any("Growth" in line for line in lines(pilot.app.screen))
