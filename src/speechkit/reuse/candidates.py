"""Candidates: pairs of places that share rare fingerprints close together, by an inverted index.

Winnowing (Schleimer, Wilkerson and Aiken 2003) keeps about a third of all 8-grams and still finds every
common run of 12 characters. A fingerprint that very many texts hold tells nothing of a pair and is left out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .collection import Collection, Hashes, Positions, gram_hashes

GRAM = 8
WINDOW = 5
FREQUENCY_CAP = 24
"""A fingerprint in more places is not paired with all of them."""
NEIGHBOURS = 6
"""What stands in more places is paired with so many of the next, which is enough to tell that all have it."""
MOST_PLACES = 1000
"""A fingerprint in more places tells nothing of a pair."""
GAP = 100
"""Fingerprints of one candidate are at most so far apart, on both sides."""
MIN_WEIGHT = 2.0
"""A fingerprint in n places weighs 1 / (n - 1); a candidate needs more than one rare one."""
PIECE = 2000
"""A candidate is at most so long on either side; what belongs together is joined after alignment."""
SELF_DISTANCE = 60
"""Within one text only repetitions at least so far apart count."""
LIFT = 36
_PIECE_BITS = 16
_ODD = 0x9E3779B1


@dataclass(frozen=True)
class Spans:
    """Pairs of half-open ranges in a collection, a before b, shape (n,) each."""

    a_begin: Positions
    a_end: Positions
    b_begin: Positions
    b_end: Positions

    def __len__(self) -> int:
        return len(self.a_begin)


def candidates(collection: Collection) -> Spans:
    """Return the places that may share a passage."""
    a, b, weight = _seeds(collection)
    pair = collection.document[a].astype(np.int64) * collection.documents + collection.document[b]
    kept = _promising(pair, weight)
    a, b, weight, pair = a[kept], b[kept], weight[kept], pair[kept]
    seeds = Spans(a, a + GRAM, b, b + GRAM)
    group = _pieces(chain(numbered(pair), seeds, GAP), seeds)
    count = int(group.max(initial=-1)) + 1
    found = hull(group, seeds, count)
    kept = np.flatnonzero(np.bincount(group, weight, count) >= MIN_WEIGHT)
    return Spans(found.a_begin[kept], found.a_end[kept], found.b_begin[kept], found.b_end[kept])


def _pieces(group: NDArray[np.int64], seeds: Spans) -> NDArray[np.int64]:
    """Finer groups, each a piece of a long candidate: in a whole text the same formula stands many times."""
    whole = hull(group, seeds, int(group.max(initial=-1)) + 1)
    a = (seeds.a_begin - whole.a_begin[group]) // PIECE
    b = (seeds.b_begin - whole.b_begin[group]) // PIECE
    return numbered((((group << np.int64(_PIECE_BITS)) + a) << np.int64(_PIECE_BITS)) + b)


def _promising(pair: NDArray[np.int64], weight: NDArray[np.float64]) -> NDArray[np.int64]:
    """Seeds of pairs of texts that share enough altogether; most pairs share one fingerprint and no more.

    Pairs are told apart by a hash of theirs: where two have the same, both stay.
    """
    slots = (pair * _ODD) & ((1 << max(len(pair).bit_length() + 1, 8)) - 1)
    return np.flatnonzero(np.bincount(slots, weight)[slots] >= MIN_WEIGHT)


def fingerprints(collection: Collection) -> tuple[Hashes, Positions]:
    """Return the upper bits of the fingerprints of all texts, ascending, and where they stand."""
    hashes, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for begin, end in collection.blocks():
        grams = gram_hashes(collection.codes[begin:end], GRAM)
        chosen = winnow(grams)
        hashes.append(grams[chosen])
        places.append(chosen + begin)
    # One sort of one array is several times as fast as sorting by index: the place takes the lower bits.
    room = np.uint64(len(collection.codes).bit_length())
    packed = (np.concatenate(hashes) >> room << room) | np.concatenate(places).astype(np.uint64)
    packed.sort()
    return packed >> room, (packed & ((np.uint64(1) << room) - np.uint64(1))).astype(np.int64)


def winnow(hashes: Hashes) -> Positions:
    """Return the positions whose hash is the smallest of some window; hashes of 0 are none."""
    size = len(hashes) - WINDOW + 1
    if size <= 0:
        return np.flatnonzero(hashes)
    usable = np.where(hashes == 0, np.uint64(2**64 - 1), hashes)
    smallest = usable[:size].copy()
    for k in range(1, WINDOW):
        np.minimum(smallest, usable[k : k + size], out=smallest)
    chosen = np.zeros(len(hashes), bool)
    for k in range(WINDOW):
        chosen[k : k + size] |= smallest == usable[k : k + size]
    return np.flatnonzero(chosen & (hashes != 0))


def _seeds(collection: Collection) -> tuple[Positions, Positions, NDArray[np.float64]]:
    """Pairs of positions with the same fingerprint, a before b, and what each is worth."""
    hashes, places = fingerprints(collection)
    new = np.ones(len(places), bool)
    new[1:] = hashes[1:] != hashes[:-1]
    group = np.cumsum(new) - 1
    frequency = np.bincount(group)[group] if len(group) else group
    shared = (frequency >= 2) & (frequency <= MOST_PLACES)
    places, group, frequency = places[shared], group[shared], frequency[shared]
    first, second = _pairs(group, frequency)
    a, b = places[first], places[second]
    apart = (collection.document[a] != collection.document[b]) | (b - a >= SELF_DISTANCE)
    return a[apart], b[apart], 1.0 / (np.minimum(frequency[first][apart], FREQUENCY_CAP) - 1)


def _pairs(group: NDArray[np.int64], frequency: NDArray[np.int64]) -> tuple[Positions, Positions]:
    """All pairs within each group of a sorted array, of a large one only those near each other in it."""
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    few = frequency <= FREQUENCY_CAP
    for members, reach in ((np.flatnonzero(few), FREQUENCY_CAP), (np.flatnonzero(~few), NEIGHBOURS + 1)):
        for distance in range(1, min(reach, len(members))):
            same = np.flatnonzero(group[members[distance:]] == group[members[:-distance]])
            if not len(same):
                break
            firsts.append(members[same])
            seconds.append(members[same + distance])
    return np.concatenate(firsts), np.concatenate(seconds)


def numbered(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the keys renumbered from 0 in their order."""
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)


def chain(group: NDArray[np.int64], spans: Spans, gap: int) -> NDArray[np.int64]:
    """Return finer groups: parts more than `gap` apart on either side are not together.

    The order of the parts on the other side doesn't matter, so that moved sentences stay in their passage.
    """
    count = -1
    while len(group):
        group = _split(group, spans.a_begin, spans.a_end, gap)
        group = _split(group, spans.b_begin, spans.b_end, gap)
        if int(group.max()) + 1 == count:
            break
        count = int(group.max()) + 1
    return group


def _split(group: NDArray[np.int64], begin: Positions, end: Positions, gap: int) -> NDArray[np.int64]:
    # Groups are lifted apart, so that one key sorts by group and place, and one running maximum gives the
    # furthest end so far within each group.
    order = np.argsort((group << np.int64(LIFT)) + begin)
    ordered, begins = group[order], begin[order]
    lift = ordered << np.int64(LIFT)
    reach = np.maximum.accumulate(end[order] + lift) - lift
    new = np.ones(len(order), bool)
    new[1:] = (ordered[1:] != ordered[:-1]) | (begins[1:] - reach[:-1] > gap)
    finer = np.empty_like(group)
    finer[order] = np.cumsum(new) - 1
    return finer


def hull(group: NDArray[np.int64], spans: Spans, count: int) -> Spans:
    """Return the smallest ranges that hold all spans of each group, shape (count,)."""
    a_begin, b_begin = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).max)
    a_end, b_end = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.minimum.at(a_begin, group, spans.a_begin)
    np.maximum.at(a_end, group, spans.a_end)
    np.minimum.at(b_begin, group, spans.b_begin)
    np.maximum.at(b_end, group, spans.b_end)
    return Spans(a_begin, a_end, b_begin, b_end)
