"""A set of hashes in which a great many others are looked up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .collection import Hashes

Indices = NDArray[np.int32]

LEAST_BITS, MOST_BITS = 10, 22
_SPARE_BITS = 3
"""Eight slots for each hash: few have to share one."""


@dataclass(frozen=True)
class Lookup:
    """Distinct hashes with a table of slots that leads to them."""

    keys: Hashes
    """Ascending, without 0."""
    table: Indices
    """The key in each slot, -1 where there is none."""
    crowded: NDArray[np.bool_]
    """Whether a slot is that of further keys than the one in it."""

    def find(self, hashes: Hashes) -> Indices:
        """Return the index in `keys` of each of these hashes, -1 where it is none."""
        if not len(self.keys):
            return np.full(len(hashes), -1, np.int32)
        slots = _slots(hashes, len(self.table))
        index = self.table[slots]
        # An empty slot leads to the last key, which is never met there.
        index[self.keys[index] != hashes] = -1
        if self.crowded.any():
            doubtful = np.flatnonzero(self.crowded[slots] & (index < 0))
            place = np.minimum(np.searchsorted(self.keys, hashes[doubtful]), len(self.keys) - 1)
            same = self.keys[place] == hashes[doubtful]
            index[doubtful[same]] = place[same]
        return index


def lookup(hashes: Hashes) -> Lookup:
    """Return the lookup of these hashes; 0 is no hash."""
    # Sorting is several times as fast as np.unique on arrays of this kind.
    keys = np.sort(hashes)
    keys = keys[np.diff(keys, prepend=np.uint64(0)) != 0]
    size = 1 << min(max(len(keys).bit_length() + _SPARE_BITS, LEAST_BITS), MOST_BITS)
    slots = _slots(keys, size)
    table = np.full(size, -1, np.int32)
    table[slots] = np.arange(len(keys), dtype=np.int32)
    crowded = np.zeros(size, bool)
    crowded[slots[table[slots] != np.arange(len(keys))]] = True
    return Lookup(keys, table, crowded)


def _slots(hashes: Hashes, size: int) -> NDArray[np.int64]:
    return (hashes & np.uint64(size - 1)).astype(np.int64)
