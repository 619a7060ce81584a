"""`orgtui git-setup`: let git merge plans and show them in sentences, in one repository."""

from __future__ import annotations

import shlex
import shutil
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from orgtui.cli.common import UserError, run_command
from orgtui.cli.git import GitFailed, git
from orgtui.cli.output import write_error
from orgtui.cli.parser import Parser
from orgtui.files.disk.writing import replace_file
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence

ATTRIBUTES = ".gitattributes"
LINE = "*.plan.toml merge=orgtui diff=orgtui"
LINE_WRITTEN = "merge.orgtui.line-written"
"""The key that tells whether this command wrote the line, or it came with the repository."""


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if git is set up, or as before, and 2 if nothing is written."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _set_up(options))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser(
        "orgtui git-setup",
        description=N_(
            "Let git merge plans by their changes and show them in sentences, in this repository."
        ),
    )
    parser.add_argument("--undo", action="store_true", help=N_("take back exactly what this command wrote"))
    return parser


def _set_up(options: Namespace) -> int:
    root = _root()
    attributes = root / ATTRIBUTES
    keys = (*settings(), *map(earlier, settings()), LINE_WRITTEN)
    config = {key: _config(root, key) for key in keys}
    before = attributes.read_bytes() if attributes.exists() else b""
    after = _attributes_after(before, undo=options.undo, was_written=config[LINE_WRITTEN] is not None)
    wanted = _without(config) if options.undo else _with(config)
    if not options.undo and (config[LINE_WRITTEN] or before != after):
        wanted[LINE_WRITTEN] = "true"
    differing = [key for key, value in config.items() if value != wanted.get(key)]
    if before == after and not differing:
        print(translate(sentence("nothing to do: this repository is as wanted")))
        return 0
    said = N_("takes out of {place}:") if options.undo else N_("writes to {place}:")
    if before != after:
        print(translate(sentence(said, place=attributes)))
        print(f"  {LINE}")
    if differing:
        print(translate(sentence(said, place=git(root, "rev-parse", "--git-path", "config").strip())))
    for key in differing:
        print(f"  {key} = {config[key] if options.undo else wanted.get(key) or config[key]}")
    said = N_("brings back:") if options.undo else N_("in the place of, which --undo brings back:")
    others = {key: (wanted if options.undo else config).get(key) for key in settings() if key in differing}
    others = {key: value for key, value in others.items() if _is_foreign(key, value)}
    if others:
        print(translate(Sentence(said)))
    for key, value in others.items():
        print(f"  {key} = {value}")
    _write(attributes, before, after)
    for key in differing:
        _set(root, key, wanted.get(key))
    done = N_("done") if options.undo else N_("done; `orgtui git-setup --undo` takes it back")
    print(translate(Sentence(done)))
    return 0


ENDINGS = {
    "merge.orgtui.name": "restructuring plans, by what their changes touch",
    "merge.orgtui.driver": " merge %O %A %B -o %A --path %P",
    "diff.orgtui.textconv": " diff --sentences",
}
"""What git is told, by key, without the program."""


def settings() -> Mapping[str, str]:
    """What git is told, by key; the program by its name if a shell finds it, else by its interpreter."""
    program = "orgtui" if shutil.which("orgtui") else f"{shlex.quote(sys.executable)} -P -m orgtui"
    return {key: f"{program}{end}" if end.startswith(" ") else end for key, end in ENDINGS.items()}


def earlier(key: str) -> str:
    """The key that keeps what somebody else had set under a key of ours."""
    section, _, name = key.rpartition(".")
    return f"{section}.earlier-{name}"


def _is_foreign(key: str, value: str | None) -> bool:
    """Whether a value was set by somebody else; the program may have moved since it was set by this one."""
    return value is not None and not value.endswith(ENDINGS[key])


def _with(config: Mapping[str, str | None]) -> dict[str, str | None]:
    """The configuration as wanted, what it replaces kept."""
    kept = {
        earlier(key): config[key] if _is_foreign(key, config[key]) else config[earlier(key)]
        for key in settings()
    }
    return {**settings(), **kept}


def _without(config: Mapping[str, str | None]) -> dict[str, str | None]:
    """The configuration as it was; what somebody else set since stays."""
    return {key: config[key] if _is_foreign(key, config[key]) else config[earlier(key)] for key in settings()}


def _attributes_after(before: bytes, *, undo: bool, was_written: bool) -> bytes:
    """The attributes as wanted; what somebody else wrote there stays."""
    if not undo:
        return with_line(before)
    return without_line(before) if was_written else before


def with_line(attributes: bytes) -> bytes:
    """The attributes of a repository with the line for plans as the last one, if it is not there."""
    if LINE.encode() in attributes.splitlines():
        return attributes
    if attributes and not attributes.endswith(b"\n"):
        return attributes + b"\n" + LINE.encode()
    return attributes + LINE.encode() + b"\n"


def without_line(attributes: bytes) -> bytes:
    """The attributes without the line for plans, to the byte as they were before it was added."""
    lines = attributes.splitlines(keepends=True)
    kept = b"".join(line for line in lines if line.strip() != LINE.encode())
    is_unended = bool(lines) and lines[-1] == LINE.encode()
    return kept.removesuffix(b"\n") if is_unended else kept


def _write(attributes: Path, before: bytes, after: bytes) -> None:
    """Write the attributes; a file that would be empty goes."""
    try:
        if before != after and after:
            replace_file(attributes, after)
        elif before != after:
            attributes.unlink()
    except OSError as error:
        raise write_error(attributes, error) from error


# -- git ---------------------------------------------------------------------------------------------


def _root() -> Path:
    """The top folder of the repository around the present one; raises UserError outside of one."""
    try:
        return Path(git(Path(), "rev-parse", "--show-toplevel").removesuffix("\n"))
    except GitFailed as error:
        raise UserError(
            sentence(
                "{folder} lies in no git repository; go to one, or make one with `git init`",
                folder=Path.cwd(),
            )
        ) from error


def _config(root: Path, key: str) -> str | None:
    try:
        return git(root, "config", "--local", "--get", key).removesuffix("\n")
    except GitFailed:
        return None


def _set(root: Path, key: str, value: str | None) -> None:
    """Set a key of the repository's own configuration; None takes it out."""
    change = ("--unset-all", key) if value is None else ("--replace-all", key, value)
    try:
        git(root, "config", "--local", *change)
    except GitFailed as error:
        raise UserError(
            sentence("git refuses to set {key}: {reason}", key=key, reason=error.reason)
        ) from error
