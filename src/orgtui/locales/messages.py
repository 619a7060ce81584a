"""Every template the package can say, read from its source: a tool for whoever keeps the catalogues."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

WORDING = frozenset(("N_", "sentence", "Sentence", "refuse", "say"))
"""Functions whose first argument is a template."""

FIELDS: Mapping[str, frozenset[str]] = {
    "Kind": frozenset(("wrong", "right")),
    "Command": frozenset(("label", "help")),
}
"""Classes some fields of which are templates."""

KEYWORDS = frozenset(("says", "details", "needs", "help", "description"))
"""Keywords that are templates, whatever is called."""

RECORDS = "model/records.py"
"""Where the words stand that files choose from, and the names of fields: lists of differences say both."""

OUTSIDE = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "argument %(argument_name)s: %(message)s",
    "expected one argument",
    "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid %(type)s value: %(value)r",
    "%(prog)s: error: %(message)s\n",
)
"""What the standard library says in our name."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Module:
    """A module of the package: its constants, and where its other names come from."""

    path: str
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    within: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            self.within |= dict.fromkeys(ast.iter_child_nodes(node), node)
            match node:
                case ast.ImportFrom(module=str(source), names=names):
                    path = source.partition(".")[2].replace(".", "/") + ".py"
                    self.imported |= {each.asname or each.name: (path, each.name) for each in names}
        for statement in self.tree.body:
            match statement:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        self.constants |= {name: each for name, each in _bound(target, value) if each}
                case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                    self.constants[name] = value

    def functions_around(self, node: ast.AST) -> Iterator[Function]:
        """The functions a node is in, the nearest first."""
        above = self.within.get(node)
        while above is not None:
            if isinstance(above, Function):
                yield above
            above = self.within.get(above)


class Messages:
    """The templates found, each with where it is said first, and the templates that cannot be told.

    A function of the package that hands a parameter on as a template is one whose argument is a template.
    """

    def __init__(self, root: Path = PACKAGE) -> None:
        self.modules = [
            Module(path.relative_to(root).as_posix(), ast.parse(path.read_text("utf-8")))
            for path in sorted(root.rglob("*.py"))
            if path != Path(__file__)
        ]
        self._by_path = {module.path: module for module in self.modules}
        self.found: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self._parameters: dict[tuple[str, str], int] = {}
        self._open: set[ast.AST] = set()
        known = -1
        while known != len(self._parameters):
            known = len(self._parameters)
            for module in self.modules:
                for node in ast.walk(module.tree):
                    if isinstance(node, ast.Call):
                        self._call(module, node)
                    elif isinstance(node, ast.FunctionDef):
                        self._summary(module, node)
        self._words()
        self.found |= dict.fromkeys(OUTSIDE, "argparse")

    def _call(self, module: Module, call: ast.Call) -> None:
        name = _called(call)
        given = {each.arg: each.value for each in call.keywords}
        if name in WORDING and call.args:
            self._take(module, call.args[0])
        for keyword in KEYWORDS & given.keys():
            self._take(module, given[keyword])
        if name in FIELDS:
            order = self._fields_of(name)
            for each in FIELDS[name]:
                if each in given:
                    self._take(module, given[each])
                elif order.index(each) < len(call.args):
                    self._take(module, call.args[order.index(each)])
        for (function, parameter), position in list(self._parameters.items()):
            if function == name and parameter in given:
                self._take(module, given[parameter])
            elif function == name and position < len(call.args):
                self._take(module, call.args[position])

    def _summary(self, module: Module, function: ast.FunctionDef) -> None:
        """The first line of a rule's page is said in the list of rules."""
        decorators = [_called(each) for each in function.decorator_list if isinstance(each, ast.Call)]
        page = ast.get_docstring(function)
        if "rule" in decorators and page is not None:
            self.found.setdefault(page.partition("\n")[0], f"{module.path}:{function.lineno}")

    def _fields_of(self, name: str) -> list[str]:
        return [
            each.target.id
            for module in self.modules
            for node in module.tree.body
            if isinstance(node, ast.ClassDef) and node.name == name
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        ]

    def _take(self, module: Module, value: ast.expr, pick: int | None = None) -> None:
        """Find every text that an expression can be; `pick` is the place of the template in a pair."""
        match value:
            case ast.Constant(value=str(text)) if text:
                self.found.setdefault(text, f"{module.path}:{value.lineno}")
            case ast.Tuple(elts=values) if pick is not None and not _holds_tuples(values):
                self._each(module, values[pick : pick + 1], None)
            case ast.IfExp(body=one, orelse=other):
                self._each(module, (one, other), pick)
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                self._each(module, values, pick)
            case ast.Dict(values=values):
                self._each(module, values, pick)
            case ast.Subscript(value=whole) | ast.Starred(value=whole) | ast.GeneratorExp(elt=whole):
                self._take(module, whole, pick)
            case ast.Call(func=ast.Attribute(value=whole, attr="items" | "values")):
                self._take(module, whole, pick)
            case ast.Call(func=ast.Name(id="cast"), args=[_, whole]):
                self._take(module, whole, pick)
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, *otherwise]):
                self._each(module, (table, *otherwise), pick)
            case ast.Name(id=name):
                self._name(module, value, name, pick)
            case ast.JoinedStr() | ast.BinOp():
                self.unknown[f"{module.path}:{value.lineno}"] = ast.unparse(value)
            case _:
                pass  # a sentence that was made elsewhere, a field of a record, or no template at all

    def _each(self, module: Module, values: Iterable[ast.expr], pick: int | None) -> None:
        for value in values:
            self._take(module, value, pick)

    def _name(self, module: Module, node: ast.expr, name: str, pick: int | None) -> None:
        """Follow a name: to who gives the parameter, to what the function binds it to, to a constant."""
        if node in self._open:
            return
        for function in module.functions_around(node):
            annotations = _parameters(function)
            if name in annotations:
                if annotations[name] == "str":
                    self._parameters[function.name, name] = list(annotations).index(name)
                return
            given = list(_given(function, name))
            if given:
                self._open.add(node)
                for value, place in given:
                    self._take(module, value, pick if place is None else place)
                self._open.discard(node)
                return
        if name in module.constants:
            self._take(module, module.constants[name], pick)
        elif name in module.imported:
            path, original = module.imported[name]
            source = self._by_path.get(path)
            if source is not None and original in source.constants:
                self._take(source, source.constants[original], pick)

    def _words(self) -> None:
        """The words that values are chosen from, and the names of fields."""
        module = self._by_path[RECORDS]
        for value in module.constants.values():
            match value:
                case ast.Subscript(value=ast.Name(id="Literal"), slice=words):
                    self._take(module, words)
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                for name in self._fields_of(node.name):
                    self.found.setdefault(name, module.path)


def _parameters(function: Function) -> dict[str, str]:
    """The annotations of a function's parameters, in the order of a call."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {
        each.arg: "" if each.annotation is None else ast.unparse(each.annotation)
        for each in arguments
        if each.arg != "self"
    }


def _given(function: Function, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """What a name of a function is bound to, and its place if that is a pair or a list of pairs."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[target], value=value) | ast.NamedExpr(target=target, value=value):
                pass
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                pass
            case _:
                continue
        match target:
            case ast.Name(id=bound) if bound == name:
                yield value, None
            case ast.Tuple(elts=targets):
                names = [each.id if isinstance(each, ast.Name) else "" for each in targets]
                if name in names:
                    items = isinstance(value, ast.Call) and _called(value) == "items"
                    yield value, None if items else names.index(name)


def _holds_tuples(values: Iterable[ast.expr]) -> bool:
    return any(isinstance(each, ast.Tuple) for each in values)


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr | None]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            for each, its_value in zip(targets, values, strict=True):
                yield from _bound(each, its_value)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
