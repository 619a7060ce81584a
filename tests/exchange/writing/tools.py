"""The programs that open what was exported: a browser, an office suite, graphviz, tools of Node.

None of them is needed to run orgtui. Tests that need one are marked with `needs`, and skipped with the reason
where it is missing; `make test` installs them where it may (`tests/tools.sh`).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NODE_MODULES = Path(__file__).parents[3] / ".venv" / "node" / "node_modules"
"""Where the packages of `tests/package.json` are."""

PATIENCE_S = 120
"""After how many seconds another program has failed."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skips a test where one of some programs is missing, as in `@needs("soffice", "pdftoppm")`.

    `chromium` stands for any browser of its family.
    """
    missing = [name for name in programs if (CHROMIUM if name == "chromium" else shutil.which(name)) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def needs_packages(*packages: str) -> pytest.MarkDecorator:
    """Skips a test where one of some packages of Node is missing."""
    missing = [name for name in packages if not (NODE_MODULES / name / "package.json").is_file()]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed from npm")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A Chromium without a window; the test is skipped if there is none."""
    if CHROMIUM is None:
        pytest.skip("chromium not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@cache
def _office_profile() -> TemporaryDirectory[str]:
    """The settings of the office suite, so that it neither reads nor waits for anybody's own."""
    return TemporaryDirectory(prefix="orgtui-office-")


def office_pdfs(*paths: Path) -> list[Path]:
    """What the office suite prints of documents of one folder, as a PDF beside each; needs `soffice`."""
    profile = Path(_office_profile().name).as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(paths[0].parent), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    pdfs = [path.with_suffix(".pdf") for path in paths]
    assert all(pdf.is_file() for pdf in pdfs), done.stderr.decode()
    return pdfs


def pdf_pages(pdf: Path, dots_per_inch: int = 60) -> list[Path]:
    """The pages of a PDF as PNG pictures beside it, in order; needs `pdftoppm`."""
    prefix = pdf.with_name(f"{pdf.stem}-page")
    command = ["pdftoppm", "-png", "-r", str(dots_per_inch), str(pdf), str(prefix)]
    subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    return sorted(pdf.parent.glob(f"{prefix.name}-*.png"))
