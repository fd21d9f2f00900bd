"""Findings on what is said twice: phrases nearly the same, runs of characters, other people's texts."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..diagnostics import Diagnostic
from ..repetition import RUN
from .reachability import is_possible
from .references import conditions_of
from .stock import Entry, Stock
from .wordlist import Words

Alike = Callable[[Sequence[str]], Iterable[tuple[int, int, float]]]
"""Returns the pairs of texts that are nearly the same, with their resemblance from 0 to 1."""
FOREIGN_RUN = 12
"""So many Chinese characters that stand in another text too are copied."""
_MOST_NAMED = 4
_TITLE = re.compile("《[^《》]*》")
_NOT_HAN = re.compile(r"[^\u3400-\u9fff\n]+")


def duplicate_findings(stock: Stock, alike: Alike) -> Iterator[Diagnostic]:
    """Yield one finding for every phrase that is nearly the same as one before it, in its slot or another."""
    phrases = [entry for entry in stock.entries if not entry.role]
    nearest: dict[int, tuple[float, int]] = {}
    pairs = [*alike(["".join(entry.literals) for entry in phrases]), *_equal(phrases)]
    for a, b, share in pairs:
        first, second = _in_turn(stock, phrases, a, b)
        if second is not None and _meet(phrases[first], phrases[second], stock):
            nearest[second] = max(nearest.get(second, (0.0, 0)), (share, -first))
    for number, (share, other) in sorted(nearest.items()):
        entry, before = phrases[number], phrases[-other]
        where = "同一个槽里的" if entry.name == before.name else "别的槽里的"
        told = f"和{where}“{before.id}”（{_at(before)}）几乎一样，有{share:.0%}的文字相同"
        yield entry.finding("duplicate", told)


def run_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every run of characters that stands in several phrases of one genre."""
    by_genre: dict[str, list[Entry]] = defaultdict(list)
    for entry in stock.entries:
        if not entry.repeatable and not entry.role:
            by_genre[entry.genre].append(entry)
    for entries in by_genre.values():
        for run, holders in _shared_runs(entries):
            own = [entry for entry in holders if stock.is_own(entry)]
            if own:
                others = [other.id for other in holders if other is not own[-1]]
                more = f"等{len(others)}条" if len(others) > _MOST_NAMED else ""
                told = f"“{run}”在“{'”“'.join(others[:_MOST_NAMED])}”{more}里也有，一篇里只能用其中一条"
                yield own[-1].finding("run", told)


def source_findings(stock: Stock, texts: Mapping[str, str], words: Words) -> Iterator[Diagnostic]:
    """Yield one finding for every run of Chinese characters that an entry shares with a text, by its name.

    Titles of documents and fixed terms are nobody's own; marks between the characters don't count.
    """
    holders: dict[str, str] = {}
    for name, text in texts.items():
        for window in _windows(_bare(text, words)):
            holders.setdefault(window, name)
    for entry in stock.own:
        bare = _bare("\n".join(entry.literals), words)
        for begin, end in _stretches([window in holders for window in _line_windows(bare)], FOREIGN_RUN):
            run = bare[begin:end]
            source = holders[run[:FOREIGN_RUN]]
            yield entry.finding("source", f"“{run}”和{source}里的文字相同，请换成自己的话")


def _equal(phrases: Sequence[Entry]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of phrases of a slot that are the same, however short."""
    first: dict[tuple[str, str], int] = {}
    for number, phrase in enumerate(phrases):
        before = first.setdefault((phrase.name, phrase.text), number)
        if before != number:
            yield before, number, 1.0


def _in_turn(stock: Stock, phrases: Sequence[Entry], a: int, b: int) -> tuple[int, int | None]:
    """The two in order, the one to be named in a finding last; None where it is not to be looked at."""
    first, second = min(a, b), max(a, b)
    if not stock.is_own(phrases[second]):
        first, second = second, first
    return first, second if stock.is_own(phrases[second]) else None


def _meet(one: Entry, other: Entry, stock: Stock) -> bool:
    """Return whether both could be chosen for one document: not if their uses exclude each other."""
    if one.name != other.name:
        return True
    a, b = one.use, other.use
    if a.topic and b.topic and a.topic != b.topic:
        return True  # A text of one's own for each topic says something about it.
    apart = (a.tones and b.tones and not set(a.tones) & set(b.tones)) or (
        a.levels and b.levels and not set(a.levels) & set(b.levels)
    )
    conditions = (*conditions_of(one), *conditions_of(other))
    places = stock.stations_of(one)
    return not apart and (not places or any(is_possible(conditions, s.variables) for s in places))


def _at(entry: Entry) -> str:
    return f"{Path(entry.place.file).name}第{entry.place.line}行"


def _shared_runs(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each longest run with the entries that hold it, in the order of the entries."""
    holders: dict[str, dict[int, None]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for literal in entry.literals:
            for n in range(len(literal) - RUN + 1):
                holders[literal[n : n + RUN]][number] = None
    told: set[tuple[str, tuple[int, ...]]] = set()
    for number, entry in enumerate(entries):
        for literal in entry.literals:
            for run, group in _runs(literal, holders):
                if number == max(group) and (run, group) not in told:
                    told.add((run, group))
                    yield run, [entries[n] for n in group]


def _runs(literal: str, holders: Mapping[str, Mapping[int, None]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    begin = 0
    group: tuple[int, ...] = ()
    for n in range(len(literal) - RUN + 2):
        window = literal[n : n + RUN] if n <= len(literal) - RUN else ""
        here = tuple(holders.get(window, ()))
        here = here if len(here) > 1 else ()
        if here != group:
            if group:
                yield literal[begin : n + RUN - 1], group
            begin, group = n, here


def _bare(text: str, words: Words) -> str:
    """Nothing but Chinese characters, with line breaks where a title, a term or a paragraph parts them."""
    text = _TITLE.sub("\n", text)
    text = _NOT_HAN.sub("", text)
    for term in words.longest_first:
        text = text.replace(_NOT_HAN.sub("", term), "\n")
    return text


def _windows(bare: str) -> Iterator[str]:
    return (window for window in _line_windows(bare) if "\n" not in window)


def _line_windows(bare: str) -> Iterator[str]:
    return (bare[n : n + FOREIGN_RUN] for n in range(len(bare) - FOREIGN_RUN + 1))


def _stretches(flags: Iterable[bool], size: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges that neighbouring windows of a size cover."""
    begin: int | None = None
    last = -1
    for n, flag in enumerate(flags):
        if flag and begin is None:
            begin = n
        if not flag and begin is not None:
            yield begin, n - 1 + size
            begin = None
        last = n
    if begin is not None:
        yield begin, last + size
