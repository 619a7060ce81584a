"""What every store of a session promises, whatever keeps the entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest

from orgtui.changes.refusal import Refused
from orgtui.locales import translate
from orgtui.model.sentence import Ref, sentence
from orgtui.session.log.chain import read_lines
from orgtui.session.store import Entry, LogBusy, LogError, LogReplaced, SessionStore
from tests.session.stores import Stores

ENTRIES: list[Entry] = [{"entry": "do", "changes": [], "why": f"reason {number} 因为"} for number in range(6)]


def reasons(entries: Sequence[Entry]) -> list[object]:
    return [entry["why"] for entry in entries]


def numbered(*numbers: int) -> list[object]:
    return reasons([ENTRIES[number] for number in numbers])


def write(store: SessionStore, *numbers: int) -> list[object]:
    """Write entries by number; the reasons of what others wrote before them."""
    unread: list[Entry] = []

    def compose(entries: Sequence[Entry]) -> list[Entry]:
        unread.extend(entries)
        return [ENTRIES[number] for number in numbers]

    store.write(compose)
    return reasons(unread)


def refusal(act: Callable[[], object], kind: type[LogError] = LogError) -> str:
    with pytest.raises(LogError) as refused:
        act()
    assert type(refused.value) is kind
    return translate(refused.value.sentence)


# -- reading and writing ---------------------------------------------------------------------------------


def test_a_log_begins_with_the_first_entry(store: SessionStore, stores: Stores) -> None:
    assert store.open() is False
    assert store.read() == ()
    assert store.count == 0
    write(store, 0)
    other = stores.connect()
    assert other.open() is True
    assert reasons(other.read()) == numbered(0)
    assert store.count == other.count == 1


def test_entries_are_read_as_they_were_written(store: SessionStore, stores: Stores) -> None:
    store.write(lambda _: ENTRIES[:2])
    entries = stores.connect().read()
    assert [{key: entry[key] for key in ENTRIES[0]} for entry in entries] == ENTRIES[:2]


def test_everybody_reads_what_others_wrote_once_and_in_one_order(stores: Stores) -> None:
    first, second, third = (stores.connect(name) for name in ("chen", "li", "wu"))
    assert write(first, 0) == []
    assert write(second, 1) == numbered(0)
    assert write(first, 2, 3) == numbered(1)
    assert reasons(second.read()) == numbered(2, 3)
    assert second.read() == ()
    assert reasons(third.read()) == numbered(0, 1, 2, 3)
    assert [store.count for store in (first, second, third)] == [4, 4, 4]


def test_one_s_own_entries_are_not_read_again(store: SessionStore) -> None:
    write(store, 0)
    assert store.read() == ()
    assert write(store, 1) == []


def test_what_is_decided_on_the_newest_entries_stands_directly_behind_them(
    store: SessionStore, stores: Stores
) -> None:
    """Whatever others write while it is decided: either they wait, or it is decided again."""
    write(store, 0)
    other, asked = stores.connect("li"), list[list[object]]()
    other.read()

    def compose(unread: Sequence[Entry]) -> list[Entry]:
        asked.append(reasons(unread))
        if len(asked) == 1:
            with suppress(LogError), other.exclusive(timeout_s=0.01):  # where nobody has to wait
                write(other, 1)
        return [ENTRIES[2]]

    store.write(compose)
    held = reasons(stores.connect().read())
    unread = [each for entries in asked for each in entries]
    assert held == [*numbered(0), *unread, *numbered(2)]


def test_nothing_is_written_where_nothing_is_decided(store: SessionStore, stores: Stores) -> None:
    write(store, 0)
    other = stores.connect("li")

    def refuse(unread: Sequence[Entry]) -> list[Entry]:
        raise Refused(sentence("There is nothing to do"))

    with pytest.raises(Refused):
        other.write(refuse)
    assert write(other) == []  # what was given to `compose` has been read
    assert reasons(stores.connect().read()) == numbered(0)
    assert write(other, 1) == []
    assert reasons(store.read()) == numbered(1)


def test_a_closed_store_goes_on_where_it_was(store: SessionStore, stores: Stores) -> None:
    write(store, 0)
    store.close()
    store.close()
    write(stores.connect("li"), 1)
    assert reasons(store.read()) == numbered(1)
    assert store.count == 2


# -- exclusive ---------------------------------------------------------------------------------------------


def test_nobody_else_writes_while_one_is_exclusive(store: SessionStore, stores: Stores) -> None:
    other = stores.connect("li")
    write(other, 0)
    with store.exclusive():
        assert reasons(store.read()) == numbered(0)
        with pytest.raises(LogError) as busy, other.exclusive(timeout_s=0.01):
            pass
        assert isinstance(busy.value, LogBusy)
        assert translate(busy.value.sentence).startswith(f"{store.name} is kept locked by ")
        assert other.read() == ()  # reading waits for nobody
        write(store, 1)
        write(store, 2)
        assert reasons(other.read()) == numbered(1, 2)
        with pytest.raises(LogError), other.exclusive(timeout_s=0.01):
            pass
    write(other, 3)
    assert reasons(store.read()) == numbered(3)


def test_others_may_write_again_after_a_failure(store: SessionStore, stores: Stores) -> None:
    with pytest.raises(RuntimeError), store.exclusive():
        raise RuntimeError
    with stores.connect("li").exclusive(timeout_s=0.01):
        pass


# -- another log in its place ------------------------------------------------------------------------------


def test_a_rotated_log_is_kept_and_everybody_hears_of_it(stores: Stores) -> None:
    first, second, third = (stores.connect(name) for name in ("chen", "li", "wu"))
    write(first, 0)
    second.read()
    third.read()
    with first.exclusive():
        kept = first.rotate()
    assert kept.startswith(first.name)
    assert kept != first.name
    assert first.open() is False
    assert first.count == 0
    said = f"{first.name} was begun anew by somebody else"
    assert refusal(second.read, LogReplaced) == said
    assert write(first, 1) == []
    assert refusal(second.read, LogReplaced) == said
    assert refusal(lambda: write(third, 2), LogReplaced) == said
    third.reset()
    assert third.count == 0
    assert write(third, 2) == numbered(1)
    assert third.count == 2


def test_logs_that_were_rotated_do_not_replace_each_other(store: SessionStore) -> None:
    names = set()
    for number in range(3):
        write(store, number)
        with store.exclusive():
            names.add(store.rotate())
    assert len(names) == 3


# -- the whole log -----------------------------------------------------------------------------------------


def test_contents_are_the_lines_of_all_that_was_read(store: SessionStore, stores: Stores) -> None:
    assert store.contents() == b""
    write(store, 0)
    write(stores.connect("li"), 1)
    assert reasons(read_lines(store.contents()).entries) == numbered(0)
    store.read()
    reading = read_lines(store.contents())
    assert reasons(reading.entries) == numbered(0, 1)
    assert reading.broken is None
    assert reading.end == len(store.contents())


# -- who is here -------------------------------------------------------------------------------------------


def test_sessions_see_each_other(stores: Stores) -> None:
    first = stores.connect().enter(watching=False)
    assert first.others() == ()
    second = stores.connect().enter(watching=True)
    second.point_at(Ref("team:pr"))
    (seen,) = first.others()
    assert (seen.watching, seen.cursor) == (True, Ref("team:pr"))
    (seen,) = second.others()
    assert (seen.watching, seen.cursor) == (False, None)
    second.point_at(None)
    assert [each.cursor for each in first.others()] == [None]
    second.leave()
    assert first.others() == ()
    first.leave()


# -- what a session makes of it --------------------------------------------------------------------------


def test_whoever_writes_is_known_by_the_store(stores: Stores) -> None:
    assert [stores.connect(name).author for name in ("chen", "li")] == ["chen", "li"]
