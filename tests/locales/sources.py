"""The source of the package as syntax trees, and what is said in it that no extraction can see."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, nodes

from orgtui.locales.extract import KEYWORDS, PACKAGE

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Module:
    """A module of the package; `within` holds the node around each node, `others` all modules by path."""

    path: str
    tree: ast.Module
    others: dict[str, Module] = field(repr=False)
    within: dict[ast.AST, ast.AST] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            self.within |= dict.fromkeys(ast.iter_child_nodes(node), node)

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call, with the name of what is called."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                    yield name, node

    def functions_around(self, node: ast.AST) -> Iterator[Function]:
        """The functions a node is in, the nearest first."""
        above = self.within.get(node)
        while above is not None:
            if isinstance(above, Function):
                yield above
            above = self.within.get(above)

    def values_of(self, name: ast.Name) -> tuple[Module, list[ast.expr]]:
        """What a name is bound to in its function, else in a module, and where; nothing for a parameter."""
        for function in self.functions_around(name):
            if name.id in parameters(function):
                return self, []
            values = [value for node in ast.walk(function) for value in _bound(node, name.id)]
            if values:
                return self, values
        return self.constant(name.id)

    def constant(self, name: str) -> tuple[Module, list[ast.expr]]:
        """What a name of the module is bound to, here or in the module it is imported from."""
        for node in self.tree.body:
            match node:
                case ast.ImportFrom(module=str(source), names=names):
                    path = source.partition(".")[2].replace(".", "/") + ".py"
                    for each in names:
                        if name == (each.asname or each.name) and path in self.others:
                            return self.others[path].constant(each.name)
        return self, [value for node in self.tree.body for value in _bound(node, name)]


def modules(folder: Path = PACKAGE) -> list[Module]:
    """Every module of the package, by path."""
    every: dict[str, Module] = {}
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder).as_posix()
        every[path] = Module(path, ast.parse(file.read_text("utf-8")), every)
    return [*every.values()]


def marked(module: Module) -> Iterator[str]:
    """Every literal that is the first argument of a function of the extraction."""
    for name, call in module.calls():
        match call.args:
            case [ast.Constant(value=str(text)), *_] if name in KEYWORDS and text:
                yield text


def said_in_pages(folder: Path = PACKAGE) -> Iterator[str]:
    """What the templates of pages say; raises ValueError for what is no literal."""
    for file in sorted(folder.rglob("*.j2")):
        for call in Environment().parse(file.read_text("utf-8")).find_all(nodes.Call):
            match call:
                case nodes.Call(node=nodes.Name(name="say"), args=[nodes.Const(value=str(text)), *_]):
                    yield text
                case nodes.Call(node=nodes.Name(name="say")):
                    raise ValueError(f"{file.name}:{call.lineno}: what is said is put together")


def past_the_extraction(every: Iterable[Module], known: Collection[str]) -> list[str]:
    """Where a template is put together at run time, or is a literal that is not among the messages known.

    Names are followed to what their function or a module binds them to, and parameters to the calls of
    their function, one call back.
    """
    every = list(every)
    taking = {name: {(0, "template")} for name in KEYWORDS}
    for module in every:
        for name, parameter in _handing_on(module):
            taking.setdefault(name, set()).add(parameter)
    return [
        f"{owner.path}:{each.lineno}: {ast.unparse(each)}"
        for module in every
        for name, call in module.calls()
        for place, parameter in taking.get(name, ())
        for template in _argument(call, place, parameter)
        for owner, each in _leaves(module, template, frozenset())
        if not _is_known(each, known)
    ]


def _handing_on(module: Module) -> Iterator[tuple[str, tuple[int, str]]]:
    """The functions that hand a parameter on as a template, each with its place and name."""
    for name, call in module.calls():
        if name in KEYWORDS and call.args and isinstance(call.args[0], ast.Name):
            parameter = call.args[0].id
            for function in module.functions_around(call):
                names = parameters(function)
                if names.get(parameter) == "str" and function.name not in KEYWORDS:
                    yield function.name, (list(names).index(parameter), parameter)


def parameters(function: Function) -> dict[str, str]:
    """The annotations of a function's parameters, in the order of a call."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {
        each.arg: "" if each.annotation is None else ast.unparse(each.annotation)
        for each in arguments
        if each.arg != "self"
    }


def _argument(call: ast.Call, place: int, name: str) -> list[ast.expr]:
    return call.args[place : place + 1] or [each.value for each in call.keywords if each.arg == name]


def _leaves(module: Module, value: ast.expr, seen: frozenset[str]) -> Iterator[tuple[Module, ast.expr]]:
    """Everything that an expression can be, and the module it stands in; a tuple is taken as a whole."""
    match value:
        case ast.Name(id=name) if name not in seen:
            (module, parts), seen = module.values_of(value), seen | {name}
        case ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            pass
        case ast.Tuple(elts=parts) if any(isinstance(each, ast.Tuple) for each in parts):
            pass
        case ast.Subscript(value=whole) | ast.Starred(value=whole):
            parts = [whole]
        case ast.Call(func=ast.Attribute(value=table, attr="get" | "items" | "values"), args=given):
            parts = [table, *given[1:]]
        case _:
            yield module, value
            return
    for part in parts:
        yield from _leaves(module, part, seen)


def _is_known(leaf: ast.expr, known: Collection[str]) -> bool:
    match leaf:
        case ast.Constant(value=str(text)):
            return text in known or not text
        case ast.Tuple(elts=parts):
            return not parts or any(_is_known(each, known) for each in parts)
        case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format" | "join")):
            return False
    return True


def _bound(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a node binds a name to: its value, or what holds it."""
    match node:
        case ast.Assign(targets=[target], value=value) | ast.NamedExpr(target=target, value=value):
            pass
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            pass
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            pass
        case _:
            return
    names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
    if name in names:
        yield value
