"""Reading the JSON of chart libraries: people nested below their managers, or flat with id and parent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orgtui.exchange.problems import CannotRead, ImportProblem
from orgtui.exchange.reading.delimited import decode
from orgtui.exchange.reading.json_objects import Located, parse_json
from orgtui.exchange.reading.scim import is_scim, read_scim
from orgtui.exchange.rows import ReadOptions, Row, Sheet, SheetChoice
from orgtui.model.sentence import sentence

_BELOW = ("children", "_children", "subordinates", "reports", "directreports", "direct_reports", "nodes")
_LISTS = (
    "nodes",
    "data",
    "employees",
    "people",
    "users",
    "members",
    "items",
    "results",
    "value",
    "Resources",
)
_ID = ("id", "key", "employeeId", "personId")
_PARENT = ("pid", "parentId", "parent", "parent_id", "managerId", "manager")
GROUP = "stpid"
"""The field that names the group in which a person stands."""

GROUP_TAGS = frozenset({"department", "group", "team"})


def read_json(data: bytes, options: ReadOptions) -> SheetChoice:
    """The people of a JSON file; raises CannotRead if it is none, or holds no list of objects."""
    text, encoding, problems = decode(data, options.encoding)
    value = parse_json(text)
    if is_scim(value):
        assert isinstance(value, dict)
        return read_scim(value, text)
    objects = _objects(value)
    if not objects:
        raise CannotRead(sentence("there is no list of people in this JSON"))
    nodes, nested = _flattened(objects)
    groups = {
        _text(_first(node, _ID)): node for node in nodes if GROUP_TAGS & {tag.lower() for tag in _tags(node)}
    }
    people = [node for node in nodes if _text(_first(node, _ID)) not in groups or node not in groups.values()]
    fields = list(dict.fromkeys(key for node in people for key in node if not isinstance(node[key], Located)))
    if groups and GROUP not in fields:
        fields.append(GROUP)
    rows = [Row(1, fields)]
    rows += [Row(node.line, [_cell(node, key, groups) for key in fields]) for node in people]
    notes = tuple(
        ImportProblem(
            node.line,
            "note",
            "row-is-a-team",
            sentence("{name} is a team", name=_group_name(identity, node)),
            identity,
            name=_group_name(identity, node),
        )
        for identity, node in groups.items()
    )
    read = {"encoding": encoding, "format": "nested" if nested else "nodes"}
    return SheetChoice((Sheet(tuple(rows), read, (*problems, *notes), True),))


def _objects(value: object) -> list[Located]:
    """The objects of the outermost list; an object alone is a chart with one person at the top."""
    if isinstance(value, Located):
        lists = [value[key] for key in _LISTS if isinstance(value.get(key), list)]
        if not lists or _first(value, ("name", "title")) is not None:
            return [value]
        value = lists[0]
    return [each for each in value if isinstance(each, Located)] if isinstance(value, list) else []


def _flattened(objects: Sequence[Located]) -> tuple[list[Located], bool]:
    """Every object in file order, nested ones with the id of the one above; whether any was nested."""
    nodes: list[Located] = []
    nested = False
    waiting: list[tuple[Located, str | None]] = [(each, None) for each in reversed(objects)]
    while waiting:
        node, above = waiting.pop()
        nodes.append(node)
        below = [
            each
            for key in node
            if key.lower() in _BELOW and isinstance(node[key], list)
            for each in node[key]
            if isinstance(each, Located)
        ]
        if above is not None and _first(node, _PARENT) is None:
            node["parentId"] = above
        if below:
            nested = True
            if _first(node, _ID) is None:
                node["id"] = f"line-{node.line}-{len(nodes)}"
        waiting += [(each, _text(_first(node, _ID))) for each in reversed(below)]
    for node in nodes:
        for key in [key for key in node if isinstance(node[key], list) and key.lower() in _BELOW]:
            del node[key]
    return nodes, nested


def _cell(node: Located, key: str, groups: Mapping[str, Located]) -> str:
    if key == GROUP:
        return "/".join(_group_path(_text(node.get(GROUP)), groups))
    value = _text(node.get(key))
    if key in _PARENT and groups:
        # Who stands in a group without a manager reports to whom the group hangs below.
        group = groups.get(value) or (groups.get(_text(node.get(GROUP))) if not value else None)
        if group is not None:
            return _text(_first(group, _PARENT))
    return value


def _group_path(identity: str, groups: Mapping[str, Located]) -> list[str]:
    path: list[str] = []
    seen: set[str] = set()
    while identity in groups and identity not in seen:
        seen.add(identity)
        path.insert(0, _group_name(identity, groups[identity]))
        identity = _text(groups[identity].get(GROUP)) or _text(_first(groups[identity], _PARENT))
    return path


def _group_name(identity: str, node: Located) -> str:
    return _text(_first(node, ("name", "title", "label"))) or identity


def _tags(node: Located) -> Iterator[str]:
    tags = node.get("tags")
    yield from map(_text, tags if isinstance(tags, list) else [tags])


def _first(node: Mapping[str, Any], keys: Sequence[str]) -> object:
    return next((node[key] for key in keys if node.get(key) not in (None, "")), None)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ", ".join(str(each) for each in value if isinstance(each, str | int | float))
    return str(value)
