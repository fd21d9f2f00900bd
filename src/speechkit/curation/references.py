"""Findings on what templates and conditions name: variables, words of closed lists, what can never be."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ..diagnostics import Diagnostic, Severity
from ..expressions import (
    Compares,
    Condition,
    Mentions,
    Opaque,
    Reference,
    atoms,
    condition,
    condition_references,
    references,
    spoken,
)
from .reachability import is_possible, kind_of
from .stations import Station
from .stock import Entry, Stock
from .vocabulary import Kind

_LEVEL = ("会议", "层级")


def variable_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every variable that an entry names and that isn't known where it may stand."""
    for entry in stock.own:
        for reference in _named(entry):
            for station in stock.stations_of(entry):
                advice = _unknown(reference, station)
                if advice is not None:
                    yield entry.finding("variable", f"{station.genre}的这一处{advice}", Severity.ERROR)
                    break


def value_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every word that a condition asks for and that the closed list doesn't have."""
    for entry in _once(stock):
        asked = dict.fromkeys(
            finding
            for station in stock.stations_of(entry)
            for finding in _strangers(_condition(entry), station)
        )
        yield from (entry.finding("value", message, Severity.ERROR) for message in asked)


def condition_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every entry whose condition can't be true anywhere an outline uses it."""
    for entry in _once(stock):
        places = stock.stations_of(entry)
        if not places or not (entry.use.condition or entry.use.levels):
            continue
        own = conditions_of(entry)
        if not any(is_possible(own, station.variables) for station in places):
            yield entry.finding("condition", f"条件永远不成立：{entry.use.condition}", Severity.ERROR)
        elif not any(is_possible((*own, *s.conditions), s.variables) for s in places):
            told = entry.use.condition or f"层级{'、'.join(entry.use.levels)}"
            message = f"条件和大纲里这一处的条件合不到一起，永远用不上：{told}"
            yield entry.finding("condition", message, Severity.ERROR)


def conditions_of(entry: Entry) -> tuple[Condition, ...]:
    """Return what has to hold for an entry to be used, as far as it can be told without facts."""
    levels = (Compares(_LEVEL, "in", entry.use.levels),) if entry.use.levels else ()
    return (_condition(entry), *levels)


def _once(stock: Stock) -> Iterator[Entry]:
    """The entries, but one heading for each set: they share the condition."""
    seen: set[str] = set()
    for entry in stock.own:
        if entry.id not in seen:
            seen.add(entry.id)
            yield entry


def _condition(entry: Entry) -> Condition:
    return condition(entry.use.condition)


def _named(entry: Entry) -> tuple[Reference, ...]:
    found = (*references(entry.text), *condition_references(entry.use.condition))
    return tuple({spoken(reference.path): reference for reference in found}.values())


def _unknown(reference: Reference, station: Station) -> str | None:
    head, *rest = reference.path
    kind = station.variables.get(head)
    if kind is None:
        return f"没有“{head}”这个变量{_perhaps(head, station.variables)}"
    if kind.at(tuple(rest)) is not None:
        return None
    return f"没有“{spoken(reference.path)}”这个变量{_perhaps_key(kind, rest)}"


def _perhaps_key(kind: Kind, rest: list[str]) -> str:
    """Advice on the first step that leads nowhere."""
    for n, step in enumerate(rest):
        if kind.at(tuple(rest[: n + 1])) is None:
            parent = kind.at(tuple(rest[:n]))
            if parent and parent.many:
                return "，这是列表，要用{% for %}逐项写"
            return _perhaps(step, parent.keys if parent else ())
    return ""


def _perhaps(word: str, words: Iterable[str]) -> str:
    known = list(words)
    near = get_close_matches(word, known, n=1, cutoff=0.4)
    if near:
        return f"，是不是“{near[0]}”"
    return f"，可用的有{'、'.join(known)}" if known else ""


def _strangers(stated: Condition, station: Station) -> Iterator[str]:
    for atom in atoms(stated):
        if isinstance(atom, Opaque):
            continue
        words = kind_of(atom.path, station.variables).words
        if isinstance(atom, Compares) and words and not atom.counted:
            for constant in atom.constants:
                if constant not in words:
                    yield f"“{spoken(atom.path)}”里没有“{constant}”{_perhaps(str(constant), words)}"
        elif isinstance(atom, Mentions) and words:
            for word in atom.words:
                if not any(word in known for known in words):
                    yield f"“{spoken(atom.path)}”里没有一个带“{word}”的{_perhaps(word, words)}"
