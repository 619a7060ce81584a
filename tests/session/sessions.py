"""Sessions on a small department, as they are opened from files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from orgtui.changes.base import Change
from orgtui.changes.parse import parse_change
from orgtui.files.organization_file import dump_organization
from orgtui.locales import translate
from orgtui.model.store import Organization
from orgtui.session.log.chain import BEFORE, CHECKSUM, START, line_hash
from orgtui.session.log.file import ChangeLog, log_path_for
from orgtui.session.plan.opening import CannotOpen, OpenedSession, open_session
from orgtui.session.session import Session
from orgtui.session.store import Entry
from tests.organizations import full_organization, write_organization


def write_department(folder: Path) -> Path:
    """The file of a small department."""
    return write_organization(folder / "team.toml", full_organization())


def renamed(team: str, name: str) -> list[Change]:
    return [parse_change({"op": "rename", "kind": "team", "id": team, "name": name})]


def moved(person: str, team: str) -> list[Change]:
    return [parse_change({"op": "move_person", "person": person, "to": team})]


def team_name(session: Session, team: str) -> str:
    return session.organization.teams[team].name


def state_hash(organization: Organization) -> str:
    """Everything an organisation holds, order included, in a few characters."""
    return hashlib.sha256(dump_organization(organization)).hexdigest()[:16]


def refusal(organization: Path, plan: Path | None = None, *, watch: bool = False) -> str:
    """Why a session cannot be opened; nothing is left locked."""
    with pytest.raises(CannotOpen) as refused:
        open_session(organization, plan, watch=watch)
    return translate(refused.value.sentence)


def notices(opened: OpenedSession) -> list[str]:
    return [translate(each) for each in opened.notices]


def write_log(plan: Path, entries: Iterable[Entry]) -> Path:
    """A log with a chain that holds, whatever its entries say."""
    path = log_path_for(plan)
    append_to_log(path, *entries)
    return path


def append_to_log(path: Path, *entries: Entry) -> None:
    """Append entries to a log as another session would, whatever they say."""
    log = ChangeLog(path)
    log.write(lambda _: entries)
    log.close()


def without_checksums(data: bytes) -> bytes:
    """A log as older versions wrote it."""
    last, lines = START, []
    for line in data.splitlines():
        entry = {key: value for key, value in json.loads(line).items() if key != CHECKSUM} | {BEFORE: last}
        lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode())
        last = line_hash(lines[-1])
    return b"\n".join((*lines, b""))
