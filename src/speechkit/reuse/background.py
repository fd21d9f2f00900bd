"""Background: how often official prose uses which n-grams, as hashed counts without any text."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .collection import Hashes, gram_hashes
from .normalisation import normalise

ORDER = 6
"""Longest n-gram that is counted."""


@dataclass(frozen=True)
class Background:
    """Counts of the 1- to ORDER-grams of some texts."""

    hashes: tuple[NDArray[np.uint32], ...]
    """Upper halves of the hashes of the n-grams, ascending, for n = 1 … ORDER."""
    counts: tuple[NDArray[np.int64], ...]
    size: int
    """Number of characters counted."""

    def count(self, hashes: Hashes, n: int) -> NDArray[np.int64]:
        """Return how often the background has each of these n-grams, shape of `hashes`."""
        known, counts = self.hashes[n - 1], self.counts[n - 1]
        if not len(known):
            return np.zeros(len(hashes), np.int64)
        wanted = _half(hashes)
        place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        return np.where((known[place] == wanted) & (hashes != 0), counts[place], 0)


def _half(hashes: Hashes) -> NDArray[np.uint32]:
    """Half of the bits tell n-grams apart as well: one in ten thousand is taken for another."""
    return (hashes >> np.uint64(32)).astype(np.uint32)


def build_background(texts: Iterable[str], *, least: int = 1) -> Background:
    """Return the background of some texts, without the n-grams that occur less than `least` times."""
    codes = [normalise(text).codes for text in texts]
    joined = np.concatenate([np.append(part, 0) for part in codes]) if codes else np.zeros(0, np.uint32)
    hashes, counts = [], []
    for n in range(1, ORDER + 1):
        grams = gram_hashes(joined.astype(np.uint32), n)
        found, times = np.unique(_half(grams[grams != 0]), return_counts=True)
        hashes.append(found[times >= least])
        counts.append(times[times >= least].astype(np.int64))
    return Background(tuple(hashes), tuple(counts), sum(len(part) for part in codes))


EMPTY = build_background(())


def save_background(background: Background, path: Path) -> None:
    """Write a background to a compressed file."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for n in range(ORDER):
        arrays[f"h{n + 1}"] = background.hashes[n]
        arrays[f"c{n + 1}"] = background.counts[n].astype(np.uint32)
    np.savez_compressed(path, allow_pickle=False, size=np.array(background.size), **arrays)


def load_background(path: Path) -> Background:
    """Return a background from the file that `save_background` wrote."""
    with np.load(path, allow_pickle=False) as data:
        hashes = tuple(data[f"h{n}"] for n in range(1, ORDER + 1))
        counts = tuple(data[f"c{n}"].astype(np.int64) for n in range(1, ORDER + 1))
        return Background(hashes, counts, int(data["size"]))
