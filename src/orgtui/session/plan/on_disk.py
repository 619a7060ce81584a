"""Whether the files that an organisation was read from have changed on disk since."""

from __future__ import annotations

import os
from pathlib import Path

from orgtui.files.disk.beside import path_beside

Signature = tuple[int, ...]
"""What tells a file from itself after it was written or replaced; nothing for a file that is not there."""


class OnDisk:
    """The file of an organisation and that of its people; made before they are read, to miss nothing."""

    def __init__(self, organization: Path) -> None:
        self._organization = organization
        self._seen = {organization: _signature(organization)}

    def include(self, people: str | None) -> None:
        """Look at the people's file as well, where the organisation names one."""
        if people is not None:
            path = Path(path_beside(self._organization, people))
            self._seen[path] = _signature(path)

    def has_changed(self) -> bool:
        """Whether a file is another than at the last look: a system call for each."""
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
