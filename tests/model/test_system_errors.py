"""What the system refuses is said in the language of the program; a word it does not know stands as it is."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest

from orgtui.locales import current_language, set_language, translate
from orgtui.model.system_errors import REASONS, reason_of


@pytest.fixture
def in_chinese() -> Iterator[None]:
    before = current_language()
    set_language("zh_CN")
    yield
    set_language(before)


@pytest.mark.parametrize("number", REASONS)
def test_a_reason_is_worded_as_the_system_does(number: int) -> None:
    assert translate(reason_of(OSError(number, os.strerror(number)))) == os.strerror(number)


@pytest.mark.usefixtures("in_chinese")
def test_reasons_in_chinese(tmp_path: os.PathLike[str]) -> None:
    with pytest.raises(OSError, match="directory") as refused:
        open(tmp_path, "rb")  # noqa: SIM115
    assert translate(reason_of(refused.value)) == "这是文件夹"
    for number in REASONS:
        assert not translate(reason_of(OSError(number, os.strerror(number)))).isascii()


@pytest.mark.usefixtures("in_chinese")
def test_what_is_not_known_stands_as_it_is() -> None:
    assert translate(reason_of(OSError(errno.EDOM, "Out of {domain}"))) == "Out of {domain}"
    assert translate(reason_of(OSError(errno.ENOENT, "words of its own"))) == "words of its own"
    assert translate(reason_of(ValueError("embedded null byte"))) == "embedded null byte"
