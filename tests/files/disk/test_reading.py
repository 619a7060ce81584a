"""Which files are read at all: regular ones, of a sensible size, in UTF-8."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from orgtui.files.disk.reading import FILE_MAX_BYTES
from orgtui.files.organization_file import load_organization
from orgtui.files.toml.problems import InvalidFile
from orgtui.rules.registry import known_rules

ORGANIZATION = 'format = 1\n[organization]\nname = "A"\nas_of = 2026-11-21\n[[team]]\nid = "a"\nname = "A"\n'


def said(path: str | Path) -> str:
    """The one thing that is said of a file, without its name."""
    with pytest.raises(InvalidFile) as caught:
        load_organization(path, known_rules())
    (problem,) = caught.value.problems
    return str(problem).removeprefix(f"{path}:")


def test_a_missing_file(tmp_path: Path) -> None:
    assert said(tmp_path / "nowhere.toml") == (
        "1: file: the file cannot be read (No such file or directory); "
        "name a file that is there and that you may read"
    )


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty0"])
def test_a_device(device: str) -> None:
    if not os.path.exists(device):
        pytest.skip(f"no {device} here")
    assert "not a regular file" in said(device) or "cannot be read" in said(device)


def test_a_folder(tmp_path: Path) -> None:
    assert said(tmp_path) == "1: file: this is not a regular file; name a file, no folder, pipe or device"


def test_a_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in said(tmp_path / "pipe")


def test_a_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        assert "cannot be read" in said(tmp_path / "socket")


def test_a_path_with_a_null(tmp_path: Path) -> None:
    assert said(f"{tmp_path}/a\0b.toml").endswith(
        "the file cannot be read (embedded null byte); name a file that is there and that you may read"
    )


def test_a_link_to_an_organisation(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text(ORGANIZATION)
    (tmp_path / "link.toml").symlink_to("real.toml")
    assert load_organization(tmp_path / "link.toml", known_rules()).profile.name == "A"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.touch()
    os.truncate(path, FILE_MAX_BYTES + 1)
    assert said(path) == (
        "1: file: the file is larger than 64 MiB; "
        "keep people in a file of their own, or split the organisation"
    )


def test_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mark.toml"
    path.write_bytes(b"\xef\xbb\xbf" + ORGANIZATION.encode())
    assert said(path) == (
        "1: file: the file begins with a byte order mark; save it as UTF-8 without byte order mark"
    )


@pytest.mark.parametrize("encoding", ["latin-1", "gb18030", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "other.toml"
    path.write_bytes(ORGANIZATION.replace('"A"', '"Zoë"').encode(encoding))
    assert "is not UTF-8" in said(path)
    assert "save it as UTF-8" in said(path)


def test_the_line_of_a_wrong_byte(tmp_path: Path) -> None:
    path = tmp_path / "byte.toml"
    path.write_bytes(b"format = 1\n# \xff\n")
    assert said(path) == "2: file: byte 14 of the file is not UTF-8; save it as UTF-8"


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.touch()
    with pytest.raises(InvalidFile) as caught:
        load_organization(path, known_rules())
    assert [each.key for each in caught.value.problems] == [
        "organization.name",
        "organization.as_of",
        "team",
    ]


def test_a_hostile_file_name_is_spelled_out(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;x\x07.toml"
    with pytest.raises(InvalidFile) as caught:
        load_organization(path, known_rules())
    assert "\x1b" not in str(caught.value)
    assert "a\\x1b]0;x\\x07.toml:1: " in str(caught.value)
