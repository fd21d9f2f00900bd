"""Alignment: candidates become matches made of runs, the stretches that are equal on both sides."""

from dataclasses import dataclass

import numpy as np

from .candidates import Spans, chain, hull, numbered
from .collection import Collection, Positions, expand, gram_hashes

GRAM = 3
MARGIN = 100
"""How far beyond a candidate its neighbourhood is searched, on both sides."""
GAP = 40
"""Runs of one match are at most so far apart, on both sides."""
MIN_RUN = 4
MAX_PLACES = 6
"""A 3-gram in more places of one neighbourhood aligns nothing."""
_GROUP_BITS = 20
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
    a, b, group = _shared_grams(collection, found)
    diagonal = b - a
    order = np.lexsort((a, diagonal, group))
    a, b, group, diagonal = a[order], b[order], group[order], diagonal[order]
    new = np.ones(len(a), bool)
    new[1:] = (group[1:] != group[:-1]) | (diagonal[1:] != diagonal[:-1]) | (a[1:] - a[:-1] > 1)
    first = np.flatnonzero(new)
    length = np.diff(np.append(first, len(a))) + GRAM - 1
    long = length >= MIN_RUN
    return _matches(collection, a[first][long], b[first][long], length[long])


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
    return Alignments(hull(match, runs, int(match.max(initial=-1)) + 1), match, a, b, length)


def take_runs(alignments: Alignments, runs: Positions, count: int) -> Alignments:
    """Return the matches with only these runs; of a match without any the places are empty."""
    match, a, b = alignments.run_match[runs], alignments.run_a[runs], alignments.run_b[runs]
    length = alignments.run_length[runs]
    return Alignments(hull(match, Spans(a, a + length, b, b + length), count), match, a, b, length)


def _shared_grams(collection: Collection, found: Spans) -> tuple[Positions, Positions, Positions]:
    """Positions of equal 3-grams in the neighbourhoods of each candidate, with its number."""
    near = _neighbourhoods(collection, found)
    hashes = gram_hashes(collection.codes, GRAM)
    a, a_group = expand(near.a_begin, near.a_end)
    b, b_group = expand(near.b_begin, near.b_end)
    a_key, b_key = _keys(hashes[a], a_group), _keys(hashes[b], b_group)
    order = np.argsort(b_key, kind="stable")
    b, b_key = b[order], b_key[order]
    low = np.searchsorted(b_key, a_key, "left")
    hit = (
        np.flatnonzero((low < len(b_key)) & (b_key[np.minimum(low, len(b_key) - 1)] == a_key))
        if len(b_key)
        else low[:0]
    )
    low, high = low[hit], np.searchsorted(b_key, a_key[hit], "right")
    few = (high - low <= MAX_PLACES) & (hashes[a[hit]] != 0)
    index, owner = expand(low[few], high[few])
    source = hit[few][owner]
    return a[source], b[index], a_group[source]


def _keys(
    hashes: np.ndarray[tuple[int], np.dtype[np.uint64]], group: Positions
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
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
