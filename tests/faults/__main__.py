"""`python -m tests.faults`: the drills at length, and the page that says what came of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.calls import Faults, fail_every_call
from tests.faults.damage import Damage, damage_files
from tests.faults.drills import Crowd, Kills, kill_one_after_another, work_as_users, work_together
from tests.faults.latency import Latency, see_changes
from tests.users import LI, WANG

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
KILLS = 1000
PROCESSES = 8
SECONDS = 120
USER_SECONDS = 30
DAMAGED_FILES = 2000
CHANGES_SEEN = 200

BEGIN = """\
# Reliability

What `make soak` found in its last run. A change is acknowledged when the call that makes it returns; the
screen shows it only then. It is lost if it is not in the log afterwards.

| drill | | figure |
| --- | --- | ---: |
"""

END = """
The calls that fail are `open`, `pread`, `write` (short, disk full, input/output error), `fdatasync`,
`fsync`, `fchmod`, `link`, `fstat`, `replace` (another device, no permission) and `flock` (busy, no locks).
After each failure the session said what had happened and went on, or said why nothing could be changed any
more.
Opened again, it held everything that was acknowledged. No log was repaired by hand, and nothing was ever
removed from one.

`make test` runs the same drills for a shorter time. It also tries logs that are cut at every byte of their
last lines or altered further back, a disk that is full and then has space again, folders and files that are
removed, replaced or made read-only under an open session, and a clock that goes backwards. No program can
promise that a disk keeps what it said it has written.
"""

Row = tuple[str, str, float]


def rows(
    kills: Kills, crowd: Crowd, users: Crowd | None, faults: Faults, damage: Damage, seen: dict[str, Latency]
) -> list[Row]:
    """The lines of the table: the drill where it begins, what was counted, and how many."""
    return [
        (
            "A session at work is killed (`kill -9`) at any moment, the next one goes on",
            "killed",
            kills.killed,
        ),
        ("", "changes acknowledged", kills.acknowledged),
        ("", "of these lost", kills.lost),
        (
            f"{crowd.processes} sessions at once on one plan for {SECONDS} seconds, one killed now and then",
            "killed",
            crowd.killed,
        ),
        ("", "changes acknowledged", crowd.acknowledged),
        ("", "of these lost", crowd.lost),
        ("", "sessions at the end", crowd.replicas),
        ("", "different states among these, one that joins and one replayed by hand", crowd.states),
        *(_rows_of_users(users) if users is not None else ()),
        ("Every system call of the store fails, in every way", "faults injected", faults.injected),
        ("", "changes acknowledged before and after", faults.acknowledged),
        ("", "of these lost", faults.lost),
        (
            "Organisation, plan, people, pay and log are damaged (fixed seed) and read",
            "files",
            damage.files,
        ),
        ("", "refused in words", damage.refused),
        ("", "anything else", len(damage.failures)),
        *(
            row
            for beside, latency in seen.items()
            for row in (
                (f"A change on another's screen, {beside}", "changes", latency.changes),
                ("", "median, ms", round(latency.median_ms)),
                ("", "99 of 100 within, ms", round(latency.p99_ms)),
            )
        ),
    ]


def _rows_of_users(users: Crowd) -> list[Row]:
    return [
        (
            f"Two users of the computer, {users.processes} sessions for {USER_SECONDS} seconds, some killed",
            "killed",
            users.killed,
        ),
        ("", "changes acknowledged", users.acknowledged),
        ("", "of these lost", users.lost),
        ("", "different states at the end", users.states),
    ]


def main() -> None:
    """Run the drills, telling on standard error what is going on, and write the page."""
    with TemporaryDirectory() as folder:
        homes = [Path(folder) / name for name in ("kills", "crowd", "calls", "damage", "users")]
        for home in homes:
            home.mkdir()
        _tell(f"killing {KILLS} processes at work, one after another")
        kills = kill_one_after_another(homes[0], KILLS, seed=7)
        _tell(f"{kills}; letting {PROCESSES} work together for {SECONDS} seconds")
        crowd = work_together(homes[1], PROCESSES, SECONDS, seed=7)
        _tell(f"{crowd}; failing every call")
        faults = fail_every_call(homes[2])
        _tell(f"{faults}; damaging {DAMAGED_FILES} files")
        damage = damage_files(homes[3], DAMAGED_FILES, seed=7)
        _tell(f"{damage}; being two users")
        users = None
        if os.geteuid() == 0:
            users = work_as_users(homes[4], (LI, WANG), 4, USER_SECONDS, seed=7)
        _tell(f"{users}; looking at changes of others")
        seen = {
            words: see_changes(Path(folder) / words, CHANGES_SEEN, beside_a_busy_loop=busy)
            for words, busy in (("nothing else running", False), ("beside a busy loop", True))
        }
        _tell(f"{seen}")
    table = "".join(
        f"| {drill} | {what} | {figure:,} |\n"
        for drill, what, figure in rows(kills, crowd, users, faults, damage, seen)
    )
    PAGE.write_text(BEGIN + table + END, "utf-8")
    crowds = [crowd] if users is None else [crowd, users]
    lost = kills.lost + faults.lost + sum(each.lost for each in crowds)
    if damage.failures:
        sys.exit("\n".join(damage.failures))
    if lost or any(each.states != 1 for each in crowds):
        sys.exit("something acknowledged was lost, or two ended with different states")


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
