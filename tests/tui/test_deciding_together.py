"""Two people review and sign one plan at once, each in an app of their own."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual._context import active_app

from tests.tui.small import Driver, opened


async def on(driver: Driver, *lines: str) -> None:
    """Take steps in one of several apps that run."""
    active_app.set(driver.app)
    await driver.take(*lines)


async def seen(driver: Driver, words: str) -> None:
    active_app.set(driver.app)
    await driver.until(lambda: words in driver.text)


async def test_both_see_what_the_other_decides_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as one, opened(tmp_path) as two:
        await on(one, "1 person:li, verdict_keep")
        await seen(two, "1 of 5 reviewed")
        assert "reviewed the seat of Li Na: keep as it is" in two.said
        await on(two, "1 person:chen, next_left")
        assert two.session.pane.ref == "person:zhang", "Li Na is not left"
        await on(two, "verdict_close")
        await seen(one, "2 of 5 reviewed")
        await on(one, "decisions, > Growth, s")
        await on(two, "decisions")
        await seen(two, "signed by ")
        await on(two, "> Growth, s")
        assert not two.workspace.session.signatures
        await on(one, "escape")
        await asyncio.sleep(0)
        active_app.set(one.app)
        await one.until(lambda: not one.workspace.session.signatures)
        await on(one, "decisions, > Growth, s, escape")
        active_app.set(two.app)
        await two.until(lambda: bool(two.workspace.session.signatures))
        await on(two, "escape, 1 person:wang, carry, 1 team:brand, drop")
        active_app.set(one.app)
        await one.until(lambda: "takes the signature of Growth by" in one.said)
        assert not one.workspace.session.signatures


async def test_nobody_changes_what_the_other_has_approved(tmp_path: Path) -> None:
    async with opened(tmp_path) as one, opened(tmp_path) as two:
        await on(one, "decisions, s, 'approve, enter, down, enter, escape")
        await seen(two, "approved")
        await on(two, "1 team:brand, rename")
        assert "approved this plan at " in two.said
        await on(two, "decisions, s, enter")
        assert two.workspace.session.status == "proposed"
        await seen(one, "proposed")
        await on(one, "1 team:brand, rename")
        assert "Another name for Brand" in one.text
