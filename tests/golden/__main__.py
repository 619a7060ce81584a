"""`python -m tests.golden` writes the expected files anew; read their differences before committing them."""

from __future__ import annotations

from tests.golden.files import FOLDER, expected

for name, data in expected():
    (FOLDER / name).write_bytes(data)
