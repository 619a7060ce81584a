"""Whether the files that an organisation was read from have changed on disk since."""

from __future__ import annotations

import os
from pathlib import Path

from orgtui.files.disk.referenced_files import referenced_path

Signature = tuple[int, ...]
"""Status fields that differ after a file was written or replaced; empty for a missing file."""


class OnDisk:
    """The file of an organisation and of its people; made before they are read, to miss nothing."""

    def __init__(self, organization: Path) -> None:
        self._organization = organization
        self._seen = {organization: _signature(organization)}

    def include(self, people: str | None) -> None:
        """Watch the people's file as well, if the organisation names one."""
        if people is not None:
            path = Path(referenced_path(self._organization, people))
            self._seen[path] = _signature(path)

    def has_changed(self) -> bool:
        """Whether a file has changed since the last call; one system call a file."""
        now = {path: _signature(path) for path in self._seen}
        changed = now != self._seen
        self._seen = now
        return changed


def _signature(path: Path) -> Signature:
    try:
        status = os.stat(path)
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
