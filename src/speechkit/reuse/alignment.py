"""Alignment: candidates become matches made of runs, the stretches that are equal on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .candidates import LIFT, Spans, chain, hull, numbered
from .collection import Collection, Hashes, Positions, expand, gram_hashes

GRAM = 3
MARGIN = 100
"""How far beyond a candidate its neighbourhood is searched, on both sides."""
GAP = 40
"""Runs of one match are at most so far apart, on both sides."""
MIN_RUN = 4
MIN_CHARACTERS = 40
"""Fewer matched characters are no passage, whatever the evidence."""
MAX_PLACES = 6
"""A 3-gram in more places of one neighbourhood aligns nothing."""
_PORTION = 400
"""Candidates that are looked at together: so few that what they take stays in the processor's cache."""
_LOW_BITS = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True)
class Alignments:
    """Matches between two places, each a set of runs."""

    spans: Spans
    """The places, shape (matches,)."""
    run_match: Positions
    """The match each run belongs to, shape (runs,)."""
    run_a: Positions
    run_b: Positions
    run_length: Positions


def align(collection: Collection, found: Spans) -> Alignments:
    """Return the matches in and around the candidates; matches of the same pair that touch are one."""
    grams = _grams(collection)
    runs = [_runs(collection, grams, part) for part in _portions(found)]
    a, b, length = (np.concatenate([run[k] for run in runs]) for k in range(3))
    return _matches(collection, a, b, length)


def _portions(found: Spans) -> Iterator[Spans]:
    """The candidates some at a time."""
    for begin in range(0, max(len(found), 1), _PORTION):
        part = slice(begin, begin + _PORTION)
        yield Spans(found.a_begin[part], found.a_end[part], found.b_begin[part], found.b_end[part])


def _runs(
    collection: Collection, grams: NDArray[np.uint32], found: Spans
) -> tuple[Positions, Positions, Positions]:
    """The stretches around each candidate that are equal on both sides: where they begin and how long."""
    a, b, group = _shared_grams(collection, grams, found)
    diagonal = b - a
    order = np.lexsort((a, diagonal, group))
    a, b, group, diagonal = a[order], b[order], group[order], diagonal[order]
    new = np.ones(len(a), bool)
    new[1:] = (group[1:] != group[:-1]) | (diagonal[1:] != diagonal[:-1]) | (a[1:] - a[:-1] > 1)
    first = np.flatnonzero(new)
    length = np.diff(np.append(first, len(a))) + GRAM - 1
    long = length >= MIN_RUN
    return a[first][long], b[first][long], length[long]


def _matches(collection: Collection, a: Positions, b: Positions, length: Positions) -> Alignments:
    pair = numbered(collection.document[a].astype(np.int64) * collection.documents + collection.document[b])
    pair, a, b, length = _merged(pair, a, b, length)
    runs = Spans(a, a + length, b, b + length)
    match = chain(pair, runs, GAP)
    enough = np.bincount(match, length)[match] >= MIN_CHARACTERS if len(match) else match > 0
    match, a, b, length = numbered(match[enough]), a[enough], b[enough], length[enough]
    runs = Spans(a, a + length, b, b + length)
    return Alignments(hull(match, runs, int(match.max(initial=-1)) + 1), match, a, b, length)


def _merged(
    pair: Positions, a: Positions, b: Positions, length: Positions
) -> tuple[Positions, Positions, Positions, Positions]:
    """The runs with those made one that overlap on a diagonal: neighbouring candidates find the same ones."""
    diagonal = b - a
    order = np.lexsort((a, diagonal, pair))
    pair, a, b, length, diagonal = pair[order], a[order], b[order], length[order], diagonal[order]
    other = np.zeros(len(a), bool)
    other[1:] = (pair[1:] != pair[:-1]) | (diagonal[1:] != diagonal[:-1])
    lift = np.cumsum(other) << np.int64(LIFT)
    reach = np.maximum.accumulate(a + length + lift) - lift
    new = np.ones(len(a), bool)
    new[1:] = other[1:] | (a[1:] > reach[:-1])
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(a))[: len(first)] - 1
    pair, a, b, length = pair[first], a[first], b[first], reach[last] - a[first]
    order = np.lexsort((b, a, pair))
    return pair[order], a[order], b[order], length[order]


def take_runs(alignments: Alignments, runs: Positions, count: int) -> Alignments:
    """Return the matches with only these runs; of a match without any the places are empty."""
    match, a, b = alignments.run_match[runs], alignments.run_a[runs], alignments.run_b[runs]
    length = alignments.run_length[runs]
    return Alignments(hull(match, Spans(a, a + length, b, b + length), count), match, a, b, length)


def _grams(collection: Collection) -> NDArray[np.uint32]:
    """Half of the hash of the 3-gram that begins at each code, 0 where a text ends in it."""
    grams = np.empty(len(collection.codes), np.uint32)
    for begin, end in collection.blocks():
        grams[begin:end] = gram_hashes(collection.codes[begin:end], GRAM) & _LOW_BITS
    return grams


def _shared_grams(
    collection: Collection, grams: NDArray[np.uint32], found: Spans
) -> tuple[Positions, Positions, Positions]:
    """Positions of equal 3-grams in the neighbourhoods of each candidate, with its number."""
    near = _neighbourhoods(collection, found)
    a, a_key = _keyed(grams, near.a_begin, near.a_end)
    b, b_key = _keyed(grams, near.b_begin, near.b_end)
    # Most 3-grams stand on one side only; a small table tells that faster than sorting.
    kept = _may_stand_in(a_key, b_key)
    a, a_key = a[kept], a_key[kept]
    kept = _may_stand_in(b_key, a_key)
    b, b_key = b[kept], b_key[kept]
    order = np.argsort(b_key)
    b, b_key = b[order], b_key[order]
    # The keys of the first side are looked up in order too: neighbours in memory are found together.
    order = np.argsort(a_key)
    a, a_key = a[order], a_key[order]
    low, high = np.searchsorted(b_key, a_key, "left"), np.searchsorted(b_key, a_key, "right")
    few = high - low <= MAX_PLACES
    index, owner = expand(low[few], high[few])
    group = (a_key >> np.uint64(32)).astype(np.int64)
    return a[few][owner], b[index], group[few][owner]


def _keyed(grams: NDArray[np.uint32], begins: Positions, ends: Positions) -> tuple[Positions, Hashes]:
    """The positions in these ranges that a 3-gram begins at, each with its gram and the range's number."""
    places, owner = expand(begins, ends)
    gram = grams[places]
    whole = gram != 0
    keys = (owner.astype(np.uint64) << np.uint64(32)) | gram
    return places[whole], keys[whole]


def _may_stand_in(keys: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Whether each key may be among the others; seldom true where it is not."""
    size = (1 << max(len(others).bit_length() + 2, 8)) - 1
    table = np.zeros(size + 1, bool)
    table[_slots(others) & size] = True
    return np.asarray(table[_slots(keys) & size], bool)


def _slots(keys: Hashes) -> NDArray[np.int64]:
    return (keys ^ (keys >> np.uint64(29))).view(np.int64)


def _neighbourhoods(collection: Collection, found: Spans) -> Spans:
    a_text, b_text = collection.document[found.a_begin], collection.document[found.b_begin]
    starts, ends = collection.starts, collection.starts + collection.lengths
    a_begin = np.maximum(found.a_begin - MARGIN, starts[a_text])
    a_end = np.minimum(found.a_end + MARGIN, ends[a_text])
    b_begin = np.maximum(found.b_begin - MARGIN, starts[b_text])
    b_end = np.minimum(found.b_end + MARGIN, ends[b_text])
    # Within one text the two neighbourhoods must not run into each other.
    middle = (found.a_end + found.b_begin) // 2
    same = a_text == b_text
    a_end = np.where(same, np.minimum(a_end, np.maximum(middle, found.a_end)), a_end)
    b_begin = np.where(same, np.maximum(b_begin, np.minimum(middle, found.b_begin)), b_begin)
    return Spans(a_begin, a_end, b_begin, b_end)
