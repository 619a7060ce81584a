"""What the app refuses before it starts."""

from __future__ import annotations

import pytest

from orgtui.cli.main import run


def test_a_plan_without_its_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(["--plan", "new.plan.toml"])
    assert refused.value.code == 2
    assert "--plan needs ORG" in capsys.readouterr().err


def test_watching_without_an_organisation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(["--watch"])
    assert refused.value.code == 2
    assert "--watch needs ORG" in capsys.readouterr().err
