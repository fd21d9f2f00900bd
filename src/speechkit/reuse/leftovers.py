"""忘改: names of one side's place or people that were left standing in the other side's text."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from .differences import Anchor, Differences, Side
from .names import PERSON, PLACE, WORD, Word, is_local, place_ending, read_words
from .records import Leftover, Match, Swap
from .words import name_words

MIN_MENTIONS = 2
"""A text names its own place at least so often outside the passage."""


def leftovers(match: Match, found: Differences) -> tuple[Leftover, ...]:
    """Return the names in either side of a match that belong to the other side.

    A name is foreign where the copyist put his own in its place elsewhere in the passage and missed this
    one, or where each text has a name of the sort for itself throughout and the passage has the other's.
    Names that lawfully stand in both, of higher places and of bureaus that every county has, are not.
    """
    a, b = match.a.document, match.b.document
    if a == b:
        return ()
    in_b = [*_missed(found, turned=False), *_strangers(found.b, found.a, _b_words(found))]
    in_a = [*_missed(found, turned=True), *_strangers(found.a, found.b, _a_words(found))]
    spots = [Leftover(b, begin, end, found.b.text[begin:end], a) for begin, end in sorted(set(in_b))]
    spots += [Leftover(a, begin, end, found.a.text[begin:end], b) for begin, end in sorted(set(in_a))]
    return tuple(spots)


def _missed(found: Differences, *, turned: bool) -> Iterator[tuple[int, int]]:
    """Where the second side still has a name that it replaced elsewhere in the passage."""
    own, other = (found.b, found.a) if not turned else (found.a, found.b)
    equal = _equal(found.anchors, own, second=not turned)
    for swap in found.swaps:
        theirs, ours = (swap.a, swap.b) if not turned else (swap.b, swap.a)
        if not _is_replacement(swap, theirs, ours) or ours in other.text:
            continue
        if own.text.count(theirs) < own.text.count(ours):
            yield from (spot for spot in _occurrences(own, theirs) if _within(spot, equal))


def _is_replacement(swap: Swap, theirs: str, ours: str) -> bool:
    if swap.what == PLACE:
        return place_ending(theirs) != "" and place_ending(theirs) == place_ending(ours) and len(theirs) > 2
    return is_local(Word(theirs, 0, "", swap.what)) and swap.what != WORD


def _occurrences(side: Side, name: str) -> Iterator[tuple[int, int]]:
    at = side.text.find(name, side.begin, side.end)
    while at >= 0:
        yield at, at + len(name)
        at = side.text.find(name, at + len(name), side.end)


def _equal(anchors: Iterable[Anchor], side: Side, *, second: bool) -> list[tuple[int, int]]:
    """The stretches of a side, as read and ascending, that are equal on the other."""
    offsets = side.normalised.offsets
    begins = ((anchor.b if second else anchor.a, anchor.length) for anchor in anchors)
    return sorted((int(offsets[begin]), int(offsets[begin + length - 1]) + 1) for begin, length in begins)


def _within(spot: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the spans, ascending and without overlaps, holds the spot."""
    nearest = bisect_right(spans, spot[0], key=lambda span: span[0]) - 1
    return nearest >= 0 and spot[1] <= spans[nearest][1]


def _a_words(found: Differences) -> tuple[Word, ...]:
    return _equal_names(found.a, _equal(found.anchors, found.a, second=False))


def _b_words(found: Differences) -> tuple[Word, ...]:
    return _equal_names(found.b, _equal(found.anchors, found.b, second=True))


def _equal_names(side: Side, equal: Sequence[tuple[int, int]]) -> tuple[Word, ...]:
    return tuple(w for w in side.words if is_local(w) and _within((w.begin, w.end), equal))


def _strangers(own: Side, other: Side, shared: Iterable[Word]) -> Iterator[tuple[int, int]]:
    """Shared names that the other text has throughout, where this one has a name of the sort for itself."""
    for name in shared:
        if _outside(own, name.text) or _outside(other, name.text) < MIN_MENTIONS:
            continue
        theirs, ours = _chief(other, name), _chief(own, name)
        if theirs == name.text and ours and ours not in other.text:
            yield name.begin, name.end


def _outside(side: Side, name: str) -> int:
    """How often a name stands in the text outside the passage."""
    return side.text.count(name, 0, side.begin) + side.text.count(name, side.end)


def _chief(side: Side, like: Word) -> str:
    """The name of the same sort that the text has most often outside the passage; empty where it has none."""
    sort = _sort(side, like)
    names = Counter(
        name.text
        for name, others in _local_names(side.text)
        if others == sort and not (side.begin <= name.begin < side.end)
    )
    if not names:
        return ""
    name, times = min(names.items(), key=lambda item: (-item[1], item[0]))
    return name if times >= MIN_MENTIONS else ""


@lru_cache(maxsize=64)
def _local_names(text: str) -> tuple[tuple[Word, str], ...]:
    """The local names of a whole text, each with its sort."""
    words = read_words(text, 0, len(text))
    beside = zip(words, (*words[1:], None), strict=True)
    return tuple((word, _sort_of(word, after)) for word, after in beside if is_local(word))


def _sort(side: Side, name: Word) -> str:
    after = next((y for x, y in pairwise(side.words) if x.begin == name.begin), None)
    return _sort_of(name, after)


def _sort_of(name: Word, after: Word | None) -> str:
    """What makes two names rivals: places of one rank, holders of one post, units of one kind."""
    if name.what == PLACE:
        return place_ending(name.text)
    if name.what == PERSON:
        return f"{PERSON}:{after.text}" if after and after.text in name_words().titles else ""
    return next(ending for ending in name_words().own_units if name.text.endswith(ending))
