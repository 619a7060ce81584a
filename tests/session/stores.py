"""The stores that the promises of `SessionStore` are tested on, each on a log of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from orgtui.session.log.file import log_beside
from orgtui.session.store import SessionStore, StoreFor


class Stores(Protocol):
    """One kind of store, and the sessions of several users on it."""

    def as_user(self, name: str) -> StoreFor:
        """What makes the stores of a user."""

    def connect(self, name: str = "chen", *, watch: bool = False) -> SessionStore:
        """The store of one more session on the same log; not opened yet."""


class LogsBesidePlan:
    """Log files beside a plan in a folder."""

    def __init__(self, folder: Path) -> None:
        self._plan = folder / "team.plan.toml"

    def as_user(self, name: str) -> StoreFor:
        def store_for(plan: Path, *, watch: bool = False) -> SessionStore:
            store = log_beside(plan, watch=watch)
            store.author = name
            return store

        return store_for

    def connect(self, name: str = "chen", *, watch: bool = False) -> SessionStore:
        return self.as_user(name)(self._plan, watch=watch)


STORES: Mapping[str, Callable[[Path], Stores]] = {"file": LogsBesidePlan}
"""Each kind of store by name, made in a folder that is empty but for the organisation."""
