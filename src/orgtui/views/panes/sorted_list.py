"""A list that stays sorted when items are added, removed or moved."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class SortedList(Generic[T]):
    """Items sorted by key, then by themselves, so items must be hashable and comparable."""

    def __init__(self, items: Iterable[tuple[Any, T]] = ()) -> None:
        self._rows: list[tuple[Any, T]] = sorted(items)
        self._keys: dict[T, Any] = {item: key for key, item in self._rows}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> T:
        return self._rows[index][1]

    def __iter__(self) -> Iterator[T]:
        return (item for _, item in self._rows)

    def __contains__(self, item: object) -> bool:
        return item in self._keys

    def put(self, item: T, key: Any) -> bool:
        """Add an item, or move it to its new key; returns whether anything changed."""
        if item in self._keys:
            if self._keys[item] == key:
                return False
            self.drop(item)
        insort(self._rows, (key, item))
        self._keys[item] = key
        return True

    def drop(self, item: T) -> bool:
        """Remove an item; returns whether it was there."""
        index = self.index(item)
        if index is None:
            return False
        del self._rows[index]
        del self._keys[item]
        return True

    def index(self, item: T) -> int | None:
        """The index of an item; None if it is absent."""
        if item not in self._keys:
            return None
        return bisect_left(self._rows, (self._keys[item], item))
