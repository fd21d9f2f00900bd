"""Alignment: candidates become matches made of runs, the stretches that are equal on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .candidates import Spans, chain, hull, numbered
from .collection import Collection, Hashes, Positions, ending_hashes, expand

GRAM = 3
MARGIN = 100
"""How far beyond a candidate its neighbourhood is searched, on both sides."""
GAP = 40
"""Runs of one match are at most so far apart, on both sides."""
MIN_RUN = 4
MIN_CHARACTERS = 24
"""Matches of fewer characters are no passages."""
MAX_PLACES = 6
"""A 3-gram in more places of one neighbourhood aligns nothing."""
_GROUP_BITS = 20
_PORTION = 5000
_HASH_MASK = np.uint64((1 << (64 - _GROUP_BITS)) - 1)


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
    runs = [_runs(collection, part) for part in _portions(found)]
    a, b, length = (np.concatenate([run[k] for run in runs]) for k in range(3))
    return _matches(collection, a, b, length)


def _portions(found: Spans) -> Iterator[Spans]:
    """The candidates some at a time: all neighbourhoods at once take more memory than the texts."""
    for begin in range(0, max(len(found), 1), _PORTION):
        part = slice(begin, begin + _PORTION)
        yield Spans(found.a_begin[part], found.a_end[part], found.b_begin[part], found.b_end[part])


def _runs(collection: Collection, found: Spans) -> tuple[Positions, Positions, Positions]:
    """The stretches around each candidate that are equal on both sides: where they begin and how long."""
    a, b, group = _shared_grams(collection, found)
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
    # Neighbouring candidates find the same runs.
    order = np.lexsort((length, b, a, pair))
    once = np.ones(len(order), bool)
    once[:-1] = (a[order][1:] != a[order][:-1]) | (b[order][1:] != b[order][:-1])
    order = order[once]
    a, b, length, pair = a[order], b[order], length[order], pair[order]
    runs = Spans(a, a + length, b, b + length)
    match = chain(pair, runs, GAP)
    enough = np.bincount(match, length)[match] >= MIN_CHARACTERS if len(match) else match > 0
    match, a, b, length = numbered(match[enough]), a[enough], b[enough], length[enough]
    runs = Spans(a, a + length, b, b + length)
    return Alignments(hull(match, runs, int(match.max(initial=-1)) + 1), match, a, b, length)


def take_runs(alignments: Alignments, runs: Positions, count: int) -> Alignments:
    """Return the matches with only these runs; of a match without any the places are empty."""
    match, a, b = alignments.run_match[runs], alignments.run_a[runs], alignments.run_b[runs]
    length = alignments.run_length[runs]
    return Alignments(hull(match, Spans(a, a + length, b, b + length), count), match, a, b, length)


def _shared_grams(collection: Collection, found: Spans) -> tuple[Positions, Positions, Positions]:
    """Positions of equal 3-grams in the neighbourhoods of each candidate, with its number."""
    near = _neighbourhoods(collection, found)
    a, a_group = expand(near.a_begin, near.a_end)
    b, b_group = expand(near.b_begin, near.b_end)
    a_gram, b_gram = (_grams(collection, places) for places in (a, b))
    a, a_group, a_gram = (array[a_gram != 0] for array in (a, a_group, a_gram))
    a_key, b_key = _keys(a_gram, a_group), _keys(b_gram, b_group)
    # Most 3-grams stand on one side only; a small table tells that faster than sorting.
    kept = _may_stand_in(a_key, b_key)
    a, a_key, a_group = a[kept], a_key[kept], a_group[kept]
    kept = _may_stand_in(b_key, a_key)
    b, b_key = b[kept], b_key[kept]
    order = np.argsort(b_key, kind="stable")
    b, b_key = b[order], b_key[order]
    low, high = np.searchsorted(b_key, a_key, "left"), np.searchsorted(b_key, a_key, "right")
    few = high - low <= MAX_PLACES
    index, owner = expand(low[few], high[few])
    return a[few][owner], b[index], a_group[few][owner]


def _grams(collection: Collection, places: Positions) -> Hashes:
    # Beyond the last text there is nothing; the last code is 0 and stands for that.
    return ending_hashes(collection.codes, np.minimum(places + GRAM - 1, len(collection.codes) - 1), GRAM)


def _may_stand_in(keys: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Whether each key may be among the others; seldom true where it is not."""
    size = np.uint64((1 << max(len(others).bit_length() + 2, 8)) - 1)
    table = np.zeros(int(size) + 1, bool)
    table[_slots(others) & size] = True
    return np.asarray(table[_slots(keys) & size], bool)


def _slots(keys: Hashes) -> Hashes:
    return keys ^ (keys >> np.uint64(64 - _GROUP_BITS - 3))


def _keys(hashes: Hashes, group: Positions) -> Hashes:
    return (hashes & _HASH_MASK) | (group.astype(np.uint64) << np.uint64(64 - _GROUP_BITS))


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
