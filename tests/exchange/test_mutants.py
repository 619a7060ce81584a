"""Whatever a file holds, an import ends: it is refused in words, or what is written is what was proposed."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

import pytest

from orgtui.cli.main import run
from orgtui.exchange.importing import ImportOptions, Source, propose, read_sources
from orgtui.exchange.problems import CannotRead
from orgtui.exchange.record import dump_record, load_record, record_path
from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.model.gate import escape_control_chars
from orgtui.rules.registry import known_rules
from tests.exchange.mutants import Mutant, mutants
from tests.exchange.rosters import TODAY, vocabulary

SECONDS = 10
"""The processor time after which an import is taken as endless."""

SHORT, LONG = 150, 2_000


class Endless(BaseException):
    """Nothing that catches errors may catch this."""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    def end(_: int, __: FrameType | None) -> None:
        raise Endless

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def comes_out_right(mutant: Mutant, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The outcome, after comparing what the command does with what is proposed."""
    file, written = folder / mutant.name, folder / "department.toml"
    file.write_bytes(mutant.data)
    status = run(["import", str(file), "-o", str(written), "--yes", "--today", TODAY.isoformat()])
    ran = capsys.readouterr()
    assert all(escape_control_chars(line) == line for text in ran for line in text.split("\n"))
    outcome = "unreadable"
    with suppress(CannotRead):
        sources = [Source(file.name, mutant.data)]
        request = ImportOptions(TODAY, vocabulary())
        proposal = propose(sources, read_sources(sources, request), request, {})
        outcome = proposal.outcome
    if outcome in ("unreadable", "refused"):
        assert status == 2
        assert f"{file.name}:" in ran.err
        assert list(folder.iterdir()) == [file]
        return outcome
    assert status == 0, ran.err
    assert proposal.organization is not None
    assert len(proposal.organization.people) == len(proposal.roster.members)
    assert len(proposal.organization.teams) == len(proposal.roster.teams)
    loaded = load_organization(written, known_rules())
    assert dump_organization(loaded) == dump_organization(proposal.organization)
    record = load_record(record_path(written))
    assert record is not None
    assert proposal.record is not None
    assert dump_record(record) == dump_record(proposal.record)
    again = propose(sources, read_sources(sources, request), request, {}, record)
    assert again.organization is not None
    assert dump_organization(again.organization) == dump_organization(loaded)
    for kind in ("json", "csv"):
        assert run(["import", str(file), "--yes", "--format", kind]) == 0
        printed = capsys.readouterr().out
        assert kind == "csv" or json.loads(printed)["outcome"] == outcome
    return outcome


def check(tried: Iterator[Mutant], capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    outcomes: dict[str, int] = {}
    for mutant in tried:
        with TemporaryDirectory() as folder:
            try:
                with processor_time(SECONDS):
                    outcome = comes_out_right(mutant, Path(folder), capsys)
            except BaseException as error:
                error.add_note(f"mutant {mutant.what}")
                raise
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


def test_changed_files(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = check(mutants(SHORT), capsys)
    assert {"imported", "asks", "refused", "unreadable"} <= outcomes.keys()


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_many_changed_files(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    size = LONG // 20
    check(islice(mutants(LONG), part * size, (part + 1) * size), capsys)
