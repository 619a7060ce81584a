"""The pictures of the documentation: a sample before and after its plan, as `orgtui export` draws them.

`python -m tests.pictures` writes them into `docs/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from orgtui.cli.main import run
from tests.exchange.writing.reports import spoken
from tests.support import SAMPLES

DOCS = Path(__file__).parent.parent / "docs"


def pictures() -> Iterator[tuple[Path, bytes]]:
    """Each picture with what the command makes of it today, in English and Chinese."""
    for language, infix in (("en", ""), ("zh", ".zh")):
        plan = f"startup_a.four-divisions{infix}"
        organization = str(SAMPLES / f"startup_a{infix}.toml")
        options = ["--plan", str(SAMPLES / f"{plan}.plan.toml"), "--lang", language, "--to", "svg"]
        with TemporaryDirectory() as folder, spoken("en"):
            run(["export", organization, *options, "-o", folder])
            drawn = (Path(folder) / f"{plan}.tree-both.svg").read_bytes()
        yield DOCS / f"before-after{infix}.svg", drawn


if __name__ == "__main__":
    for path, drawn in pictures():
        path.write_bytes(drawn)
