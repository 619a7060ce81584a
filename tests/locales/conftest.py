"""The source of the package and its messages, read once."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from orgtui.locales.extract import extract_catalogue
from tests.locales.sources import Module, modules


@pytest.fixture(scope="session")
def package() -> list[Module]:
    return modules()


@pytest.fixture(scope="session")
def template() -> Catalog:
    return extract_catalogue()


@pytest.fixture(scope="session")
def known(template: Catalog) -> set[str]:
    return {str(message.id) for message in template if message.id}
