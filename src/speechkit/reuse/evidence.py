"""Evidence: how improbable it is that two authors of this genre wrote a shared passage independently.

The score of a match is a log-likelihood ratio in bits: what it costs to write the shared characters afresh
under a model of the genre, less what it costs to say where they were copied from. The model is a hierarchy
of character n-grams with Dirichlet smoothing (MacKay and Peto 1995) over the background and over all other
places of the collection. The occurrences that are the copies themselves are left out of it: those in the
match, and those in further texts that hold most of its long runs, so that a passage copied by five is not
taken for formula.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alignment import Alignments
from .background import ORDER, Background
from .collection import Collection, Hashes, Positions, expand, gram_hashes

Bits = NDArray[np.float64]

SMOOTHING = 2.0
"""Pseudo-count of the shorter context in each step of the hierarchy."""
ALPHABET = 4000.0
"""Characters that official prose draws from, for what was never seen."""
RUN_COST = 10.0
"""Bits that saying where a run begins and how long it is takes."""
LONG_RUN = 20
CLONE_SHARE = 0.6
"""A text that holds this share of a match's long runs is one more copy of it."""
MIN_LONG_GRAMS = 10
_TABLE_BITS = 22
_TABLE_SHIFTS = (42, 21, 3)


@dataclass(frozen=True)
class Evidence:
    """What speaks for copying, for each match."""

    bits: Bits
    """Log-likelihood ratio of copying against independent writing, shape (matches,)."""
    characters: Positions
    """Matched characters on the first side, shape (matches,)."""
    copies: Positions
    """Further texts that hold the passage, shape (matches,)."""


def weigh(collection: Collection, alignments: Alignments, background: Background) -> Evidence:
    """Return the evidence for each match."""
    count = len(alignments.spans)
    position, run = _matched(alignments, len(collection.codes))
    match = alignments.run_match[run]
    copies = _copies(collection, alignments, count)
    surprise = _surprise(collection, background, position, alignments.run_a[run], 2 + copies[match])
    gain = np.bincount(run, surprise, len(alignments.run_a)) - RUN_COST
    bits = np.bincount(alignments.run_match, np.maximum(gain, 0), count).astype(np.float64)
    return Evidence(bits, np.bincount(match, minlength=count), copies)


def _matched(alignments: Alignments, size: int) -> tuple[Positions, Positions]:
    """Every matched position of each match once, with the longest run that holds it."""
    order = np.lexsort((-alignments.run_length, alignments.run_match))
    begin = alignments.run_a[order]
    position, owner = expand(begin, begin + alignments.run_length[order])
    key = alignments.run_match[order][owner] * size + position
    _, first = np.unique(key, return_index=True)
    return position[first], order[owner[first]]


def _surprise(
    collection: Collection,
    background: Background,
    position: Positions,
    run_begin: Positions,
    copies: Positions,
) -> Bits:
    """Bits of each character in its context, by interpolation from the shortest context to the longest."""
    text_begin = collection.starts[collection.document[position]]
    where, back = np.unique(np.concatenate((position, position - 1)), return_inverse=True)
    own, before = back[: len(position)], back[len(position) :]
    probability = np.full(len(position), 1 / ALPHABET)
    context = np.full(len(position), float(len(collection.codes) + background.size))
    previous: Positions | None = None
    for n in range(1, ORDER + 1):
        begin = where - n + 1
        hashes = gram_hashes(collection.codes, n)
        needed = np.where(begin >= 0, hashes[np.maximum(begin, 0)], np.uint64(0))
        totals = occurrences(hashes, needed)
        known = background.count(needed, n)
        first = position - n + 1
        # A gram that begins before its run stands in one of the copies only.
        left_out = np.where(first >= run_begin, copies, 1)
        times = np.maximum(totals[own] - left_out, 0) + known[own]
        if previous is not None:
            context = np.maximum(previous[0][before] - left_out, 0) + previous[1][before]
        usable = first >= text_begin
        mixed = (times + SMOOTHING * probability) / (np.maximum(context, times) + SMOOTHING)
        probability = np.where(usable, mixed, probability)
        previous = np.stack((totals, known))
    bits: Bits = -np.log2(probability)
    return bits


def occurrences(hashes: Hashes, needed: Hashes) -> Positions:
    """Return how often each needed hash occurs among the hashes, shape of `needed`; 0 for the hash 0."""
    wanted, back = np.unique(needed, return_inverse=True)
    counts = np.zeros(len(wanted), np.int64)
    pending = np.flatnonzero(wanted != 0)
    for shift in _TABLE_SHIFTS:
        # One slot for each hash; those that find theirs taken are looked up by other bits of the hash.
        slots = _slots(wanted[pending], shift)
        table = np.full(1 << _TABLE_BITS, -1, np.int32)
        table[slots] = pending
        place = table[_slots(hashes, shift)]
        hit = np.flatnonzero(place >= 0)
        hit = hit[wanted[place[hit]] == hashes[hit]]
        counts += np.bincount(place[hit], minlength=len(wanted))
        pending = pending[table[slots] != pending]
        if not len(pending):
            return counts[back]
    found = np.sort(hashes[np.isin(hashes, wanted[pending])])
    last = wanted[pending]
    counts[pending] = np.searchsorted(found, last, "right") - np.searchsorted(found, last, "left")
    return counts[back]


def _slots(hashes: Hashes, shift: int) -> Positions:
    return ((hashes >> np.uint64(shift)) & np.uint64((1 << _TABLE_BITS) - 1)).astype(np.int64)


def _copies(collection: Collection, alignments: Alignments, count: int) -> Positions:
    """How many further texts hold most of the long runs of each match."""
    begin, owner = expand(alignments.run_a, alignments.run_a + alignments.run_length - LONG_RUN + 1)
    match = alignments.run_match[owner]
    key = np.unique(match * len(collection.codes) + begin)
    match, begin = key // len(collection.codes), key % len(collection.codes)
    hashes = gram_hashes(collection.codes, LONG_RUN)
    wanted, gram = np.unique(hashes[begin], return_inverse=True)
    place = np.flatnonzero(np.isin(hashes, wanted))
    holders = np.unique(
        np.searchsorted(wanted, hashes[place]) * collection.documents + collection.document[place]
    )
    held, holder = holders // collection.documents, holders % collection.documents
    index, which = expand(np.searchsorted(held, gram, "left"), np.searchsorted(held, gram, "right"))
    pairs, shared = np.unique(match[which] * collection.documents + holder[index], return_counts=True)
    match_of, text = pairs // collection.documents, pairs % collection.documents
    long = np.bincount(match, minlength=count)[match_of]
    spans = alignments.spans
    own = (text == collection.document[spans.a_begin[match_of]]) | (
        text == collection.document[spans.b_begin[match_of]]
    )
    copy = (shared >= CLONE_SHARE * long) & (long >= MIN_LONG_GRAMS) & ~own
    return np.bincount(match_of[copy], minlength=count)
