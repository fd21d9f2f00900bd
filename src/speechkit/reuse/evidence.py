"""Evidence: how improbable it is that two authors of this genre wrote a shared passage independently.

The score of a match is a log-likelihood ratio in bits: what it costs to write the shared characters afresh
under a model of the genre, less what it costs to say where they were copied from. The model is a hierarchy
of character n-grams with Dirichlet smoothing (MacKay and Peto 1995) over the background and over all other
places of the collection. The occurrences that are the copies themselves are left out of it: those in the
match, and those in further texts that hold nearly all of it, so that a passage copied by five is not taken
for formula.

Copying goes on where it left off: a run that follows the one before it, but for a few edited characters,
costs next to nothing. A run that stands somewhere else costs as much as a new passage. Two lists of the same
things in other words and another order are made of such runs, an edited copy is not. A match is the stretch
of its runs that scores highest, as in local alignment (Smith and Waterman 1981).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .alignment import Alignments, take_runs
from .background import ORDER, Background
from .collection import (
    Collection,
    Grams,
    Positions,
    distinct,
    ending_hashes,
    expand,
    gram_hashes,
    longer,
    mixed,
)
from .lookup import lookup

Bits = NDArray[np.float64]

THRESHOLD = 240.0
"""Bits from which a passage is taken for copied."""
SMOOTHING = 2.0
"""Pseudo-count of the shorter context in each step of the hierarchy."""
ALPHABET = 4000.0
"""Characters that official prose draws from, for what was never seen."""
STEP_COST = 2.0
"""Bits that an edit between two runs takes."""
JUMP_COST = 40.0
"""Bits that saying where a passage begins takes: one of a million places, on either side."""
SHIFT = 8
"""An edit adds or takes away at most so many characters."""
OVERLAP = 3
"""Where characters repeat around an edit, the runs beside it overlap."""
LONG_RUN = 12
CLONE_SHARE = 0.8
"""A text that holds this share of a match, in stretches of LONG_RUN, is one more copy of it."""
MIN_CLONE = 40
"""Characters that a further copy has at least."""
MOST_CLONES = 100
"""What stands in more texts says nothing of who copied whom."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for copying, for each match."""

    alignments: Alignments
    """The matches, without the runs at their ends that speak against them."""
    bits: Bits
    """Log-likelihood ratio of copying against independent writing, shape (matches,)."""
    characters: Positions
    """Matched characters on the first side, shape (matches,)."""
    copies: Positions
    """Further texts that hold the passage, shape (matches,)."""


def weigh(collection: Collection, alignments: Alignments, background: Background) -> Evidence:
    """Return the matches with the evidence for each."""
    count = len(alignments.spans)
    position, run = _matched(alignments, len(collection.codes))
    match = alignments.run_match[run]
    characters = np.bincount(match, minlength=count)
    copies = _copies(collection, alignments, characters)
    surprise = _surprise(collection, background, position, alignments.run_a[run], 2 + copies[match])
    gain = np.bincount(run, surprise, len(alignments.run_a)).astype(np.float64)
    covered = np.bincount(run, minlength=len(alignments.run_a))
    bits, kept = _best_stretch(alignments, gain, np.flatnonzero(covered), count)
    characters = np.bincount(alignments.run_match[kept], covered[kept], count).astype(np.int64)
    return Evidence(take_runs(alignments, kept, count), bits, characters, copies)


def _matched(alignments: Alignments, size: int) -> tuple[Positions, Positions]:
    """Every matched position of each match once, with the longest run that holds it."""
    order = np.lexsort((-alignments.run_length, alignments.run_match))
    begin = alignments.run_a[order]
    position, owner = expand(begin, begin + alignments.run_length[order])
    key = alignments.run_match[order][owner] * size + position
    _, first = np.unique(key, return_index=True)
    return position[first], order[owner[first]]


def _best_stretch(alignments: Alignments, gain: Bits, runs: Positions, count: int) -> tuple[Bits, Positions]:
    """The score of the best stretch of consecutive runs of each match, and the runs in it."""
    runs = runs[np.lexsort((alignments.run_a[runs], alignments.run_match[runs]))]
    runs = _without_strays(alignments, gain, runs)
    match = alignments.run_match[runs]
    total = np.cumsum(gain[runs] - _costs(alignments, runs))
    # A stretch that begins with a run pays a jump for it, whatever it would cost as a continuation.
    before = total - (gain[runs] - JUMP_COST)
    begin = _running_argmin(before, match)
    score = total - before[begin]
    bits = np.zeros(count)
    np.maximum.at(bits, match, score)
    best = np.flatnonzero((score == bits[match]) & (score > 0))
    _, first = np.unique(match[best], return_index=True)
    last = best[first]
    index, _ = expand(begin[last], last + 1)
    return bits, runs[index]


def _without_strays(alignments: Alignments, gain: Bits, runs: Positions) -> Positions:
    """The runs without those that stand by chance between two of which one follows the other."""
    for apart in (2, 2, 3):
        before, after = runs[:-apart], runs[apart:]
        between = _follows(alignments, before, after)
        stray = np.zeros(len(runs), bool)
        for k in range(1, apart):
            inner = runs[k : k + len(before)]
            alone = ~_follows(alignments, before, inner) & ~_follows(alignments, inner, after)
            stray[k : k + len(before)] |= between & alone & (gain[inner] < JUMP_COST)
        runs = runs[~stray]
    return runs


def _costs(alignments: Alignments, runs: Positions) -> Bits:
    """Bits that each run takes after the one before it."""
    costs = np.full(len(runs), JUMP_COST)
    costs[1:][_follows(alignments, runs[:-1], runs[1:])] = STEP_COST
    return costs


def _follows(alignments: Alignments, runs: Positions, others: Positions) -> NDArray[np.bool_]:
    """Whether each of the other runs goes on where the run left off, but for an edit."""
    a, b = alignments.run_a, alignments.run_b
    shift = np.abs((b[others] - a[others]) - (b[runs] - a[runs]))
    forward = b[others] >= b[runs] + alignments.run_length[runs] - OVERLAP
    together = alignments.run_match[runs] == alignments.run_match[others]
    return np.asarray(together & (shift <= SHIFT) & forward, bool)


def _running_argmin(values: Bits, group: Positions) -> Positions:
    """Index of the smallest value so far within each group; the groups are ascending."""
    # Each group is lifted below the one before it, so one running minimum serves all.
    lowered = values - group.astype(np.float64) * (1 << 24)
    least = np.minimum.accumulate(lowered)
    return np.maximum.accumulate(np.where(lowered == least, np.arange(len(values)), 0))


def _surprise(
    collection: Collection,
    background: Background,
    position: Positions,
    run_begin: Positions,
    copies: Positions,
) -> Bits:
    """Bits of each character in its context, by interpolation from the shortest context to the longest."""
    needed = np.zeros(len(collection.codes), bool)
    needed[position] = True
    # Before the first character stands the 0 at the end of the collection.
    needed[position - 1] = True
    where = np.flatnonzero(needed)
    index = np.cumsum(needed, dtype=np.int32) - 1
    own, before = index[position], index[position - 1]
    reach = position - collection.starts[collection.document[position]]
    probability = np.full(len(position), 1 / ALPHABET)
    context = np.full(len(position), float(len(collection.codes) + background.size))
    for n, (total, known) in enumerate(_counts(collection, background, where), 1):
        # A gram that begins before its run stands in one of the copies only.
        left_out = np.where(position - n + 1 >= run_begin, copies, 1)
        times = np.maximum(total[own] - left_out, 0) + known[own]
        longer_context = (times + SMOOTHING * probability) / (np.maximum(context, times) + SMOOTHING)
        probability = np.where(reach >= n - 1, longer_context, probability)
        context = np.maximum(total[before] - left_out, 0) + known[before]
    return np.asarray(-np.log2(probability), np.float64)


def _counts(
    collection: Collection, background: Background, ends: Positions
) -> Iterator[tuple[Positions, Positions]]:
    """How often the grams that end at these places stand in the collection and in the background, n = 1 …"""
    codes = collection.codes
    wanted, whole = Grams(ends, codes[ends].astype(np.uint64)), codes[ends] != 0
    yield np.bincount(codes)[codes[ends]] * whole, background.count(mixed(wanted.sums) * whole, 1)
    parts: Iterable[Grams] = (_characters(collection, *block) for block in collection.blocks())
    for n in range(2, ORDER + 1):
        wanted = longer(codes, wanted, n)
        whole &= codes[ends - n + 1] != 0
        hashes = mixed(wanted.sums) * whole
        known = lookup(hashes)
        totals = np.zeros(len(known.keys) + 1, np.int64)
        kept = []
        for part in parts:
            part = longer(codes, part, n)
            found = known.find(mixed(part.sums))
            hit = found >= 0
            totals += np.bincount(found[hit], minlength=len(totals))
            # A gram can only stand where its last n - 1 characters do.
            kept.append(Grams(part.ends[hit], part.sums[hit]))
        parts = kept
        index = known.find(hashes)
        yield totals[index], np.append(background.count(known.keys, n), 0)[index]


def _characters(collection: Collection, begin: int, end: int) -> Grams:
    ends = np.flatnonzero(collection.codes[begin:end]) + begin
    return Grams(ends.astype(np.int32), collection.codes[ends].astype(np.uint64))


def _copies(collection: Collection, alignments: Alignments, characters: Positions) -> Positions:
    """How many further texts hold nearly all of each match."""
    size, texts = len(collection.codes), collection.documents
    enough = characters[alignments.run_match] >= MIN_CLONE
    first, ends = alignments.run_a[enough], (alignments.run_a + alignments.run_length)[enough]
    begin, owner = expand(first, ends - LONG_RUN + 1)
    key = distinct(alignments.run_match[enough][owner] * size + begin)
    match, begin = key // size, key % size
    low, high, holder = _holders(collection, begin)
    few = (high - low > 2) & (high - low <= MOST_CLONES)
    index, which = expand(low[few], high[few])
    match, begin = match[few][which], begin[few][which]
    # By match and place they are in order already.
    pair = match * texts + holder[index]
    order = np.argsort(pair, kind="stable")
    pair, begin = pair[order], begin[order]
    new = np.ones(len(pair), bool)
    new[1:] = pair[1:] != pair[:-1]
    covered = np.full(len(pair), LONG_RUN)
    covered[1:] = np.where(new[1:], LONG_RUN, np.minimum(begin[1:] - begin[:-1], LONG_RUN))
    shared = np.bincount(np.cumsum(new) - 1, covered) if len(pair) else np.zeros(0)
    match, text = pair[new] // texts, pair[new] % texts
    spans = alignments.spans
    own = (text == collection.document[spans.a_begin[match]]) | (
        text == collection.document[spans.b_begin[match]]
    )
    copy = (shared >= CLONE_SHARE * characters[match]) & (shared >= MIN_CLONE) & ~own
    return np.bincount(match[copy], minlength=len(spans))


def _holders(collection: Collection, begins: Positions) -> tuple[Positions, Positions, Positions]:
    """The texts that hold the long gram at each place: where they begin and end in the last array."""
    wanted = ending_hashes(collection.codes, begins + LONG_RUN - 1, LONG_RUN)
    known = lookup(wanted)
    keys = [np.zeros(0, np.int64)]
    for begin, end in collection.blocks():
        found = known.find(gram_hashes(collection.codes[begin:end], LONG_RUN))
        place = np.flatnonzero(found >= 0)
        keys.append(found[place] * np.int64(collection.documents) + collection.document[begin + place])
    pairs = distinct(np.concatenate(keys))
    bounds = np.searchsorted(pairs, np.arange(len(known.keys) + 1) * collection.documents)
    gram = known.find(wanted)
    return bounds[gram], bounds[gram + 1], pairs % max(collection.documents, 1)
