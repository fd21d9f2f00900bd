"""All texts of a comparison side by side in flat arrays, and the n-grams over them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .normalisation import Codes, Offsets, normalise

Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]

# A fixed polynomial hash: the same n-gram has the same hash in every run and in every background table.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True)
class Collection:
    """The normalised texts one after another, a zero code after each."""

    codes: Codes
    """Shape (n,)."""
    offsets: Offsets
    """Offset of each code in its text as read, shape (n,)."""
    document: NDArray[np.int32]
    """Number of the text each code belongs to, shape (n,)."""
    starts: Positions
    """Where each text begins, shape (documents,)."""
    lengths: Positions
    """How many codes each text has, shape (documents,)."""

    @property
    def documents(self) -> int:
        """Number of texts."""
        return len(self.starts)


def collect(texts: Sequence[str]) -> Collection:
    """Return the collection of the texts, in their order."""
    parts = [normalise(text) for text in texts]
    lengths = np.array([len(part.codes) for part in parts], np.int64)
    ends = np.cumsum(lengths + 1)
    starts = ends - lengths - 1
    total = int(ends[-1]) if len(parts) else 0
    codes, offsets = np.zeros(total, np.uint32), np.zeros(total, np.int64)
    for part, start, length in zip(parts, starts, lengths, strict=True):
        codes[start : start + length] = part.codes
        offsets[start : start + length] = part.offsets
    document = np.repeat(np.arange(len(parts), dtype=np.int32), lengths + 1)
    return Collection(codes, offsets, document, starts, lengths)


def gram_hashes(codes: Codes, n: int) -> Hashes:
    """Return the hash of the n-gram that begins at each code, shape of `codes`; 0 where a text ends in it."""
    size = len(codes) - n + 1
    hashes = np.zeros(len(codes), np.uint64)
    if size <= 0:
        return hashes
    wide = codes.astype(np.uint64)
    gram = hashes[:size]
    for k in range(n):
        gram *= _BASE
        gram += wide[k : k + size]
    _mix(gram)
    whole = np.ones(size, bool)
    for end in np.flatnonzero(codes == 0):
        whole[max(end - n + 1, 0) : end + 1] = False
    gram *= whole
    return hashes


def ending_hashes(codes: Codes, ends: Positions, n: int) -> Hashes:
    """Return the hash of the n-gram that ends with each of these positions; 0 where a text begins in it."""
    hashes = np.zeros(len(ends), np.uint64)
    whole = np.ones(len(ends), bool)
    for k in reversed(range(n)):
        # Before the first text there is nothing; the last code of a collection is 0 and stands for that.
        code = codes[ends - k] if k == 0 else codes[np.maximum(ends - k, -1)]
        hashes *= _BASE
        hashes += code
        whole &= code != 0
    _mix(hashes)
    hashes *= whole
    return hashes


def _mix(hashes: Hashes) -> None:
    """Spread every bit over all bits, in place."""
    hashes ^= hashes >> np.uint64(31)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)


def expand(begins: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Return all positions of the half-open ranges one after another, and the number of the range of each."""
    lengths = np.maximum(ends - begins, 0)
    owner = np.repeat(np.arange(len(begins), dtype=np.int64), lengths)
    first = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum()), dtype=np.int64) - first[owner] + begins[owner], owner
