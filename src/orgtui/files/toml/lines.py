"""The line numbers of keys in TOML files; computed only when there are problems to report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orgtui.files.toml.problems import KeyPath

BEGINNING_BYTES = 100_000
"""The lines of problems are looked for in so many bytes first."""

LONGER = 8
"""How much longer the next beginning is if they are not all there."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]\"']+?)\s*\]")
_PAIR = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


def line_numbers(text: str, paths: Iterable[KeyPath]) -> dict[KeyPath, int]:
    """The line number of each path, from 1: that of its key, or of the nearest enclosing table."""
    paths = list(paths)
    needed = {path[:length] for path in paths for length in range(1, len(path) + 1)}
    needed |= {_entry_after(path) for path in paths}
    lines: dict[KeyPath, int] = {}
    whole = text.encode()
    for source in _beginnings(whole):
        lines = {(): 1}
        for place, line in _positions(source, is_cut=source is not whole):
            if place in needed:
                lines.setdefault(place, line)
                if len(lines) > len(needed):
                    break
        if all(path in lines or _entry_after(path) in lines for path in paths):
            break

    def nearest(path: KeyPath) -> int:
        while path not in lines:
            path = path[:-1]
        return lines[path]

    return {path: nearest(path) for path in paths}


def _entry_after(path: KeyPath) -> KeyPath:
    """The entry after that of a path in a list of tables: where it begins, nothing of the path's can follow.

    The path itself if it is in no such list.
    """
    return (path[0], path[1] + 1) if len(path) > 2 and isinstance(path[1], int) else path


def _beginnings(source: bytes) -> Iterator[bytes]:
    """Longer and longer beginnings of a file, each up to a line that looks like a header; then all of it.

    Parsing takes seconds for a large file, and the first problems mostly stand near its beginning.
    """
    length = BEGINNING_BYTES
    while length < len(source) // LONGER:
        end = source.rfind(b"\n[", 0, length)
        if end >= 0:
            yield source[: end + 1]
        length *= LONGER
    yield source


def path_at_line(text: str, line: int) -> KeyPath:
    """The most likely path of the key or table on a line of invalid TOML."""
    lists: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for row in text.split("\n")[:line]:
        if header := _HEADER.match(row):
            table = _header_path(tuple(header[2].split(".")), header[1] == "[[", lists)
    pair = _PAIR.match(text.split("\n")[line - 1])
    return (*table, pair[1]) if pair else table


def _header_path(keys: tuple[str, ...], is_entry: bool, lists: dict[KeyPath, int]) -> KeyPath:
    """The path of a table header; `lists` has the last index of each list of tables so far."""
    path: KeyPath = ()
    for key in keys[:-1]:
        path = (*path, key)
        if path in lists:
            path = (*path, lists[path])
    path = (*path, keys[-1])
    if is_entry:
        lists[path] = lists.get(path, -1) + 1
        path = (*path, lists[path])
    elif path in lists:
        path = (*path, lists[path])
    return path


def _positions(source: bytes, *, is_cut: bool) -> Iterator[tuple[KeyPath, int]]:
    """The path and line number of every key, table and list entry of a TOML file; of one that is cut within a
    value, only those before."""
    import tree_sitter_toml
    from tree_sitter import Language, Node, Parser

    def line(node: Node) -> int:
        return node.start_point[0] + 1

    def keys(node: Node) -> list[str]:
        if node.type == "dotted_key":
            return [key for child in node.named_children for key in keys(child)]
        return [_unquoted(node.text or b"")]

    def pair(node: Node, table: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        key, *values = node.named_children
        path = table
        for each in keys(key):
            path = (*path, each)
            yield path, line(node)
        for written in values:
            yield from value(written, path)

    def value(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    yield from pair(child, path)
        elif node.type == "array":
            entries = [child for child in node.named_children if child.type != "comment"]
            for place, child in enumerate(entries):
                yield (*path, place), line(child)
                yield from value(child, (*path, place))

    lists: dict[KeyPath, int] = {}
    for node in Parser(Language(tree_sitter_toml.language())).parse(source).root_node.named_children:
        if is_cut and node.has_error:
            return
        if node.type == "pair":
            yield from pair(node, ())
        elif node.type in ("table", "table_array_element"):
            header, *rest = node.named_children
            table = _header_path(tuple(keys(header)), node.type == "table_array_element", lists)
            for length in range(1, len(table) + 1):
                yield table[:length], line(node)
            for child in rest:
                if child.type == "pair":
                    yield from pair(child, table)


def _unquoted(key: bytes) -> str:
    text = key.decode()
    if not text.startswith(("'", '"')):
        return text
    import tomli

    return next(iter(tomli.loads(f"{text} = 0")))
