"""What holds for every test."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings

# What tests start hundreds of times is compiled once, also where Python is told to keep nothing compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Programs under test are ended by signals, also where what started the tests ignores these.
for _number, _handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)

# How long an example takes says how busy the machine is. The suite draws the same on every machine, so that
# what passes here passes everywhere; `make soak` draws anew each time, wherever it runs.
settings.register_profile(
    "suite",
    settings.get_profile("default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=40,
    derandomize=True,
    database=None,
)
settings.register_profile(
    "thorough",
    settings.get_profile("default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=400,
)
settings.load_profile("suite")

GARBAGE = (50_000, 20, 50)
"""When garbage is looked for: seldom. A sixth of the time went by it."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect tests and leave what that makes alone afterwards: looking through it for garbage takes long."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _nobodys_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests read English and keep what they keep in folders of their own, whoever runs them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ORGTUI_LANG", "en")
        patched.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        patched.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield
