"""What a template refers to, and what a condition says, read off the source without any facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import nodes

from .plain import REMEMBERED
from .sandbox import parse_template

ELEMENT = "[]"
"""In a path: one of the elements of a list."""
UNKNOWN = "?"
"""In a path: something that can't be told without facts; what follows is not known either."""
Path = tuple[str, ...]
_SWAPPED = {"lt": "gt", "gt": "lt", "lteq": "gteq", "gteq": "lteq"}
_NEGATED = {"ne": "eq", "notin": "in"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A fact that a template names."""

    path: Path
    """讲话.要求无题 and 单位 of each of them: ("讲话", "要求无题", "[]", "单位")."""
    optional: bool = False
    """Whether the template does without it: it stands in a condition or behind one."""

    def __str__(self) -> str:
        return spoken(self.path)


@dataclass(frozen=True, slots=True)
class Holds:
    """A path that is given and not empty."""

    path: Path


@dataclass(frozen=True, slots=True)
class Compares:
    """A path, or the number of its elements, compared with constants."""

    path: Path
    operator: str
    """eq, lt, lteq, gt, gteq or in."""
    constants: tuple[str | int, ...]
    counted: bool = False
    """Whether the number of elements is compared."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """A text that holds one of the words."""

    path: Path
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """What is not looked into: it may be true or false."""

    source: str


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """Conjunction; true of no parts."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """Disjunction; false of no parts."""

    parts: "tuple[Condition, ...]"


Atom = Holds | Compares | Mentions | Opaque
Condition = Atom | Not | All | Some


def is_element(step: str) -> bool:
    """Return whether a step of a path goes into a list: [], [0], [-1]."""
    return step.startswith("[")


def spoken(path: Path) -> str:
    """Return a path as a writer of templates knows it, without elements and what follows the known."""
    return ".".join(step for step in path if step != UNKNOWN and not is_element(step))


@lru_cache(maxsize=REMEMBERED)
def references(source: str) -> tuple[Reference, ...]:
    """Return the facts that a template names, each once. Raises `TemplateError`."""
    return tuple(dict.fromkeys(_references(parse_template(source), {}, False)))


def condition(source: str) -> Condition:
    """Return what a condition says; an empty one is always true. Raises `TemplateError`."""
    return _read(source)[0] if source else All(())


def condition_references(source: str) -> tuple[Reference, ...]:
    """Return the facts that a condition names, each once. Raises `TemplateError`."""
    return _read(source)[1] if source else ()


def atoms(stated: Condition) -> Iterator[Atom]:
    """Yield the atoms of a condition in order."""
    if isinstance(stated, Not):
        yield from atoms(stated.part)
    elif isinstance(stated, All | Some):
        for part in stated.parts:
            yield from atoms(part)
    else:
        yield stated


@lru_cache(maxsize=REMEMBERED)
def _read(source: str) -> tuple[Condition, tuple[Reference, ...]]:
    """What a condition says, and what it names: parsing takes longer than both."""
    found = parse_template("{% if " + source + " %}1{% endif %}").find(nodes.If)
    assert found is not None
    return _condition(found.test), tuple(dict.fromkeys(_references(found.test, {}, True)))


# -- references ----------------------------------------------------------------------------------------------

_Bound = Mapping[str, Path]
"""Names of loops -> the path of what they stand for."""


def _references(node: nodes.Node, bound: _Bound, optional: bool) -> Iterator[Reference]:
    path = _path(node, bound)
    if path:
        if path[0] != UNKNOWN:
            yield Reference(path, optional)
    elif isinstance(node, nodes.For):
        yield from _loop_references(node, bound, optional)
    elif isinstance(node, nodes.If | nodes.CondExpr):
        for child in node.iter_child_nodes():
            yield from _references(child, bound, True)
    else:
        for child in node.iter_child_nodes():
            yield from _references(child, bound, optional or _asks(node))


def _loop_references(node: nodes.For, bound: _Bound, optional: bool) -> Iterator[Reference]:
    yield from _references(node.iter, bound, True)
    source = _path(node.iter, bound)
    names = [name.name for name in node.target.find_all(nodes.Name)]
    names += [node.target.name] if isinstance(node.target, nodes.Name) else []
    element = (*source, ELEMENT) if source else (UNKNOWN,)
    inner = {**bound, **dict.fromkeys(names, element), "loop": (UNKNOWN,)}
    for child in (*node.body, *node.else_, *((node.test,) if node.test else ())):
        yield from _references(child, inner, True)


def _asks(node: nodes.Node) -> bool:
    """Whether it is a filter that takes what is missing for an answer."""
    return isinstance(node, nodes.Filter) and node.name in ("提到", "length")


def _path(node: nodes.Node | None, bound: _Bound) -> Path:
    """Return the path that an expression is; () where it is something else."""
    if isinstance(node, nodes.Name):
        return bound.get(node.name, (node.name,))
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, bound)
        return (*base, node.attr) if base else ()
    if isinstance(node, nodes.Getitem):
        return _item_path(node, _path(node.node, bound))
    return ()


def _item_path(node: nodes.Getitem, base: Path) -> Path:
    if not base:
        return ()
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return (*base, node.arg.value)
    if isinstance(node.arg, nodes.Slice):
        return (*base, UNKNOWN)
    # Two elements of a list are not the same thing to a condition.
    return (*base, f"[{_number(node.arg)}]")


def _number(node: nodes.Node) -> str:
    if isinstance(node, nodes.Neg):
        return f"-{_number(node.node)}"
    return str(node.value) if isinstance(node, nodes.Const) else ""


# -- conditions ----------------------------------------------------------------------------------------------


def _condition(node: nodes.Node) -> Condition:
    if isinstance(node, nodes.Not):
        return Not(_condition(node.node))
    if isinstance(node, nodes.And):
        return All((_condition(node.left), _condition(node.right)))
    if isinstance(node, nodes.Or):
        return Some((_condition(node.left), _condition(node.right)))
    if isinstance(node, nodes.Compare) and len(node.ops) == 1:
        return _comparison(node)
    if isinstance(node, nodes.Filter) and node.name == "提到" and _known(_path(node.node, {})):
        words = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if len(words) == len(node.args):
            return Mentions(_path(node.node, {}), tuple(map(str, words)))
    path = _path(node, {})
    return Holds(path) if _known(path) else Opaque(repr(node))


def _comparison(node: nodes.Compare) -> Condition:
    left, operator, right = node.expr, node.ops[0].op, node.ops[0].expr
    constants = _constants(right)
    if constants is None:
        left, right, operator = right, left, _SWAPPED.get(operator, operator)
        constants = _constants(right) if operator not in ("in", "notin") else None
    counted = isinstance(left, nodes.Filter) and left.name == "length"
    path = _path(left.node if isinstance(left, nodes.Filter) and counted else left, {})
    if constants is None or not _known(path):
        return Opaque(repr(node))
    stated = Compares(path, _NEGATED.get(operator, operator), constants, counted)
    return Not(stated) if operator in _NEGATED else stated


def _constants(node: nodes.Node) -> tuple[str | int, ...] | None:
    items = node.items if isinstance(node, nodes.List) else [node]
    values = [item.value for item in items if isinstance(item, nodes.Const)]
    fits = len(values) == len(items) and all(isinstance(value, str | int) for value in values)
    return tuple(values) if fits else None


def _known(path: Path) -> bool:
    return bool(path) and UNKNOWN not in path
