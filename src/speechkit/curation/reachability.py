"""Whether a condition can ever be true: values are tried for what it names until it holds."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..expressions import (
    All,
    Atom,
    Compares,
    Condition,
    Holds,
    Mentions,
    Not,
    Opaque,
    Path,
    Some,
    atoms,
    is_element,
)
from .vocabulary import ANYTHING, Kind, Variables

_MOST_STEPS = 4000
"""After so many trials a condition passes for one that can be true."""
_LARGEST = 99
_MISSING = ""
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}
Value = str | int | bool


def kind_of(path: Path, variables: Variables) -> Kind:
    """Return what a path names; what is not known may be anything."""
    known = variables.get(path[0])
    return (known.at(path[1:]) if known else None) or ANYTHING


def is_possible(conditions: Sequence[Condition], variables: Variables) -> bool:
    """Return whether there are facts of which all the conditions are true."""
    return _Search(variables, _plainer(All(tuple(conditions)), variables)).run()


def _plainer(stated: Condition, variables: Variables) -> Condition:
    """Return the condition without what trying values says nothing about."""
    if isinstance(stated, Not):
        return Not(_plainer(stated.part, variables))
    if isinstance(stated, All | Some):
        return type(stated)(tuple(_plainer(part, variables) for part in stated.parts))
    if isinstance(stated, Opaque | Holds):
        return stated
    many = kind_of(stated.path, variables).many
    if isinstance(stated, Compares):
        return stated if stated.counted is many else Opaque(repr(stated))
    return All((Holds(stated.path), Opaque(repr(stated)))) if many else stated


@dataclass
class _Search:
    variables: Variables
    stated: Condition
    steps: int = 0
    domains: dict[object, Sequence[Value]] = field(default_factory=dict)

    def run(self) -> bool:
        for key, found in _by_key(self.stated).items():
            self.domains[key] = tuple(self.values(found))
        return self.search({})

    def search(self, tried: dict[object, Value]) -> bool:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return True
        truth = _truth(self.stated, tried)
        if truth is not None:
            return truth
        key = next(k for atom in atoms(self.stated) if _truth(atom, tried) is None and (k := _key(atom)))
        return any(self.search({**tried, key: value}) for value in self.domains[key])

    def values(self, found: list[Atom]) -> Iterator[Value]:
        """What is worth trying for all the atoms about one thing."""
        first = found[0]
        if isinstance(first, Opaque):
            yield from (True, False)
            return
        kind = kind_of(first.path, self.variables)
        if not kind.always and not is_element(first.path[-1]):
            yield _MISSING
        if kind.many:
            yield from _numbers(found)
        elif kind.words:
            yield from kind.words
        else:
            yield from _plain(found)


def _by_key(stated: Condition) -> dict[object, list[Atom]]:
    found: dict[object, list[Atom]] = {}
    for atom in atoms(stated):
        found.setdefault(_key(atom), []).append(atom)
    return found


def _key(atom: Atom) -> object:
    return atom.source if isinstance(atom, Opaque) else atom.path


def _numbers(found: list[Atom]) -> Iterator[int]:
    """Numbers around those that are asked for; a list has at least one element, or it is missing."""
    asked = {constant for one in found if isinstance(one, Compares) for constant in one.constants}
    near = {n + step for n in asked if isinstance(n, int) for step in (-1, 0, 1)}
    yield from sorted(n for n in near | {1} if 1 <= n <= _LARGEST)


def _plain(found: list[Atom]) -> Iterator[Value]:
    asked = [constant for one in found if isinstance(one, Compares) for constant in one.constants]
    if any(isinstance(constant, int) for constant in asked):
        yield from _numbers(found)
    words = dict.fromkeys(word for one in found if isinstance(one, Mentions) for word in one.words)
    texts = [*words, *(constant for constant in asked if isinstance(constant, str))]
    yield from texts
    # A text may speak of two things.
    yield from (f"{a}|{b}" for n, a in enumerate(words) for b in list(words)[n + 1 :])
    yield "|"


def _truth(stated: Condition, tried: Mapping[object, Value]) -> bool | None:
    """True, false, or None where that depends on what has not been tried yet."""
    if isinstance(stated, Not):
        inner = _truth(stated.part, tried)
        return None if inner is None else not inner
    if isinstance(stated, All | Some):
        decisive = isinstance(stated, Some)
        parts = [_truth(part, tried) for part in stated.parts]
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    value = tried.get(_key(stated))
    return None if value is None else _is_true(stated, value)


def _is_true(atom: Atom, value: Value) -> bool:
    if isinstance(atom, Compares):
        return _compared(atom, value)
    if isinstance(atom, Mentions):
        return isinstance(value, str) and any(word in value for word in atom.words)
    return bool(value)


def _compared(atom: Compares, value: Value) -> bool:
    if atom.counted:
        value = value if isinstance(value, int) else 0
    if atom.operator == "in":
        return value in atom.constants
    other = atom.constants[0] if atom.constants else ""
    if atom.operator == "eq":
        return value == other
    ordered = isinstance(value, int) and isinstance(other, int)
    return ordered and _ORDERS[atom.operator](value, other)
