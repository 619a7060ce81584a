"""Whether an organisation could be loaded from a file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from orgtui.files.organization_file import dump_organization, load_organization
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules


def assert_loads(organization: Organization) -> None:
    """Write the organisation and read it again: it is accepted, and the same."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "organization.toml"
        path.write_bytes(dump_organization(organization))
        assert load_organization(path, known_rules()) == organization
