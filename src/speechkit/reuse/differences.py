"""Differences: what the two sides of a match have that the other has not, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .names import FIGURE, NUMBER, WORD, YEAR, Word, read_words
from .normalisation import DIGIT, Normalised, normalise
from .records import Match, Place, Swap

Indices = NDArray[np.int64]

MIN_ANCHOR = 3
"""Fewer characters in common hold no place."""
MIN_MOVED = 10
"""Characters that stand elsewhere are a moved sentence from this length, a coincidence below it."""
_REACH = 16
"""Characters by which a difference grows at most to whole words."""
_FEW = 4
"""Words on both sides of a gap up to which the first stands for the first, and so on."""
_NOUNS = "nxjzl"
"""First letters of the tags of nouns, short forms, set phrases and words unknown to the dictionary."""
_TORN = re.compile(r"[.．]?[ \t]*\n")
"""A line that ends in a figure may go on with it in the next."""
_YEARS = ("19", "20")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch that is equal on both sides, counted in the characters that count."""

    a: int
    b: int
    length: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a match."""

    text: str
    """The whole text as read."""
    begin: int
    end: int
    normalised: Normalised
    """Of the passage only, with offsets in the whole text."""
    words: tuple[Word, ...]
    starts: Indices
    """Index in `normalised` of the first character of each word."""
    cuts: frozenset[int]
    """The same, and the end of the passage: where no word is cut."""

    @property
    def size(self) -> int:
        """Number of characters that count."""
        return len(self.normalised.codes)


@dataclass(frozen=True, slots=True)
class Differences:
    """How the two sides of a match differ."""

    a: Side
    b: Side
    anchors: tuple[Anchor, ...]
    """In the order of a, without overlaps."""
    moved: float
    """Share of the equal characters that stand in another order."""
    changed: float
    """Share of the characters of both sides that have no equal on the other, or are another figure."""
    swaps: tuple[Swap, ...]
    """In the order of a, each pair of wordings once."""
    named: float
    """Share of what changed that is names and figures put in place of others."""


def differences(match: Match, a_text: str, b_text: str) -> Differences:
    """Return how the two sides of a match differ."""
    a, b = _side(a_text, match.a), _side(b_text, match.b)
    anchors, moved = _in_place(_anchors(match, a, b))
    figures = _figures(a, b, anchors)
    named = float(sum(len(swap.a) + len(swap.b) for swap in figures))
    changed = a.size + b.size - 2 * sum(anchor.length for anchor in anchors) + named
    swaps: list[Swap] = []
    for gap in _gaps(anchors):
        size = gap[1] - gap[0] + gap[3] - gap[2]
        words = _whole_words(a, b, gap)
        found = [Swap(x.text, y.text, x.begin, y.begin, _what(x, y)) for x, y in _paired(*words)]
        named += size * _share((text for s in found if s.what != WORD for text in (s.a, s.b)), words)
        changed -= size * _share(_equal_words(*words), words)
        swaps += found
    ordered = sorted((*swaps, *figures), key=lambda swap: (swap.a_begin, swap.b_begin))
    return Differences(
        a,
        b,
        anchors,
        moved,
        min(1.0, changed / max(a.size + b.size, 1)),
        _once(ordered),
        named / changed if changed > 0 else 0.0,
    )


@lru_cache(maxsize=128)
def _normalised(text: str) -> Normalised:
    return normalise(text)


def _side(text: str, place: Place) -> Side:
    # The whole text is normalised: running heads and page numbers show in the whole only.
    whole = _normalised(text)
    low, high = np.searchsorted(whole.offsets, (place.begin, place.end))
    part = Normalised(whole.codes[low:high], whole.offsets[low:high])
    words = read_words(text, place.begin, place.end)
    starts = np.searchsorted(part.offsets, np.array([word.begin for word in words], np.int64))
    cuts = frozenset((*starts.tolist(), len(part.codes)))
    return Side(text, place.begin, place.end, part, words, starts.astype(np.int64), cuts)


def _anchors(match: Match, a: Side, b: Side) -> list[Anchor]:
    """The runs without overlaps, long ones first served; what is left of a run stays."""
    free_a, free_b = np.ones(a.size, bool), np.ones(b.size, bool)
    found = []
    for run in sorted(_indexed(match, a, b), key=lambda run: (-run.length, run.a, run.b)):
        free = free_a[run.a : run.a + run.length] & free_b[run.b : run.b + run.length]
        begin, length = _longest(free)
        if length >= MIN_ANCHOR:
            anchor = Anchor(run.a + begin, run.b + begin, length)
            free_a[anchor.a : anchor.a + length] = False
            free_b[anchor.b : anchor.b + length] = False
            found.append(anchor)
    return sorted(found, key=lambda anchor: anchor.a)


def _indexed(match: Match, a: Side, b: Side) -> Iterator[Anchor]:
    for run in match.runs:
        a_begin, a_end = np.searchsorted(a.normalised.offsets, (run.a_begin, run.a_end))
        b_begin, b_end = np.searchsorted(b.normalised.offsets, (run.b_begin, run.b_end))
        yield Anchor(int(a_begin), int(b_begin), int(min(a_end - a_begin, b_end - b_begin)))


def _longest(free: NDArray[np.bool_]) -> tuple[int, int]:
    """Begin and length of the longest stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    if not len(edges):
        return 0, 0
    lengths = edges[1::2] - edges[::2]
    best = int(np.argmax(lengths))
    return int(edges[2 * best]), int(lengths[best])


def _in_place(anchors: Sequence[Anchor]) -> tuple[tuple[Anchor, ...], float]:
    """The anchors without coincidences out of order, and the share that really moved."""
    if not anchors:
        return (), 0.0
    in_order = _heaviest_chain(anchors)
    kept = [n for n in range(len(anchors)) if n in in_order or anchors[n].length >= MIN_MOVED]
    total = sum(anchors[n].length for n in kept)
    moved = sum(anchors[n].length for n in kept if n not in in_order)
    return tuple(anchors[n] for n in kept), moved / total


def _heaviest_chain(anchors: Sequence[Anchor]) -> set[int]:
    """Indices of those anchors, ascending on both sides, that are longest together."""
    lengths = np.array([anchor.length for anchor in anchors], np.int64)
    b = np.array([anchor.b for anchor in anchors], np.int64)
    best, before = lengths.copy(), np.full(len(anchors), -1)
    for n in range(1, len(anchors)):
        weights = np.where(b[:n] < b[n], best[:n], 0)
        last = int(np.argmax(weights))
        if weights[last]:
            best[n], before[n] = lengths[n] + weights[last], last
    chain, at = set(), int(np.argmax(best))
    while at >= 0:
        chain.add(at)
        at = int(before[at])
    return chain


Gap = tuple[int, int, int, int]
"""Ranges on both sides between two anchors that follow each other on both: a_begin, a_end, b_begin, b_end."""


def _gaps(anchors: Sequence[Anchor]) -> Iterator[Gap]:
    rank = {anchor: n for n, anchor in enumerate(sorted(anchors, key=lambda anchor: anchor.b))}
    for left, right in pairwise(anchors):
        gap = (left.a + left.length, right.a, left.b + left.length, right.b)
        if rank[right] == rank[left] + 1 and (gap[0] < gap[1] or gap[2] < gap[3]):
            yield gap


def _share(texts: Iterable[str], words: tuple[list[Word], list[Word]]) -> float:
    """Share that some of the words of a gap have in its characters."""
    total = sum(len(word.text) for side in words for word in side)
    return sum(map(len, texts)) / total if total else 0.0


def _blocks(a: list[Word], b: list[Word]) -> Sequence[tuple[str, int, int, int, int]]:
    texts = [word.text for word in a], [word.text for word in b]
    return SequenceMatcher(None, *texts, autojunk=False).get_opcodes()


def _equal_words(a: list[Word], b: list[Word]) -> Iterator[str]:
    for what, a0, a1, b0, b1 in _blocks(a, b):
        if what == "equal":
            yield from (word.text for word in (*a[a0:a1], *b[b0:b1]))


def _whole_words(a: Side, b: Side, gap: Gap) -> tuple[list[Word], list[Word]]:
    """The words on both sides of a gap that grows, alike on both sides, until it cuts no word."""
    a0, a1, b0, b1 = gap
    back = next((k for k in range(_REACH) if a0 - k in a.cuts and b0 - k in b.cuts), 0)
    on = next((k for k in range(_REACH) if a1 + k in a.cuts and b1 + k in b.cuts), 0)
    return _between(a, a0 - back, a1 + on), _between(b, b0 - back, b1 + on)


def _between(side: Side, begin: int, end: int) -> list[Word]:
    """The words of a stretch that have characters that count."""
    low, high = np.searchsorted(side.starts, (begin, end))
    nexts = [*side.starts[low + 1 : high + 1].tolist(), side.size]
    counting = side.starts[low:high] < nexts[: high - low]
    return [side.words[n] for n in (np.flatnonzero(counting) + low).tolist()]


def _paired(a: list[Word], b: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Words of a gap that stand for each other."""
    for what, a0, a1, b0, b1 in _blocks(a, b):
        if what == "replace":
            yield from _counterparts(a[a0:a1], b[b0:b1])


def _counterparts(a: list[Word], b: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Word for word where there are as many on both sides, else names of one sort in turn."""
    if len(a) == len(b) <= _FEW:
        yield from zip(a, b, strict=True)
        return
    for what in sorted({word.what for word in a} - {WORD}):
        ours, theirs = ([word for word in words if word.what == what] for words in (a, b))
        if len(ours) == len(theirs):
            yield from ((x, y) for x, y in zip(ours, theirs, strict=True) if x.text != y.text)


def _what(a: Word, b: Word) -> str:
    """What a pair of words is: a name on one side makes a name of a noun that stands in its place."""
    if a.what == b.what or {a.what, b.what} == {FIGURE, YEAR}:
        return a.what
    if {a.what, b.what} & {FIGURE, YEAR}:
        return WORD
    if WORD not in (a.what, b.what):
        return a.what
    name, noun = (b, a) if a.what == WORD else (a, b)
    return name.what if noun.tag[0] in _NOUNS else WORD


def _figures(a: Side, b: Side, anchors: Iterable[Anchor]) -> list[Swap]:
    """Figures that differ within what is equal but for its figures."""
    swaps = []
    for anchor in anchors:
        at = np.flatnonzero(a.normalised.codes[anchor.a : anchor.a + anchor.length] == DIGIT)
        for k in at.tolist():
            ours, theirs = _figure(a, anchor.a + k), _figure(b, anchor.b + k)
            if ours and theirs and _digits(ours[0]) != _digits(theirs[0]):
                swaps.append(Swap(ours[0], theirs[0], ours[1], theirs[1], _figure_kind(a, ours)))
    return swaps


_NARROW = {ord("０") + n: ord("0") + n for n in range(10)}


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text)).translate(_NARROW)


def _figure(side: Side, index: int) -> tuple[str, int] | None:
    """The figure at an index of the passage and its offset; none for an item's marker or a torn figure."""
    begin = int(side.normalised.offsets[index])
    number = NUMBER.match(side.text, begin)
    if not number or number.end() > side.end:
        return None
    line_begin = side.text.rfind("\n", 0, begin) + 1
    marker = side.text[number.end() : number.end() + 1] in "、.．)）"
    if marker and not side.text[line_begin:begin].strip(" \t\u3000（("):
        return None
    if _TORN.match(side.text, number.end()):
        return None
    return number[0], begin


def _figure_kind(side: Side, figure: tuple[str, int]) -> str:
    text, begin = figure
    follows = side.text.startswith("年", begin + len(text))
    return YEAR if follows and len(text) == 4 and text.translate(_NARROW).startswith(_YEARS) else FIGURE


def _once(swaps: Iterable[Swap]) -> tuple[Swap, ...]:
    first: dict[tuple[str, str, str], Swap] = {}
    for swap in swaps:
        first.setdefault((swap.a, swap.b, swap.what), swap)
    return tuple(first.values())
