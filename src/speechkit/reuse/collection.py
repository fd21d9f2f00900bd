"""All texts of a comparison side by side in flat arrays, and the n-grams over them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .normalisation import Codes, Offsets, normalise

Hashes = NDArray[np.uint64]
Positions = NDArray[np.int64]

# A fixed polynomial hash: the same n-gram has the same hash in every run and in every background table.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)

_BLOCK = 1 << 17


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

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Ranges of whole texts that tile the codes, small enough for the processor's cache."""
        ends = self.starts + self.lengths + 1
        begin = 0
        while begin < len(self.codes):
            text = int(np.searchsorted(ends, begin + _BLOCK))
            end = int(ends[min(text, self.documents - 1)])
            yield begin, end
            begin = end


def collect(texts: Sequence[str]) -> Collection:
    """Return the collection of the texts, in their order."""
    room = sum(map(len, texts)) + len(texts)
    codes, offsets = np.zeros(room, np.uint32), np.zeros(room, np.int32)
    lengths = np.zeros(len(texts), np.int64)
    end = 0
    for number, text in enumerate(texts):
        part = normalise(text)
        lengths[number] = size = len(part.codes)
        codes[end : end + size] = part.codes
        offsets[end : end + size] = part.offsets
        end += size + 1
    document = np.repeat(np.arange(len(texts), dtype=np.int32), lengths + 1)
    return Collection(codes[:end], offsets[:end], document, np.cumsum(lengths + 1) - lengths - 1, lengths)


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
    gram[:] = mixed(gram)
    # Texts are long: few n-grams run into the end of one.
    ends = np.flatnonzero(codes == 0)
    for k in range(n):
        broken = ends - k
        gram[broken[(broken >= 0) & (broken < size)]] = 0
    return hashes


@dataclass(frozen=True)
class Grams:
    """N-grams by the places of their last codes, with their polynomials so far."""

    ends: Positions | Offsets
    sums: Hashes


def longer(codes: Codes, grams: Grams, n: int) -> Grams:
    """Return the n-grams that are the grams with one more code before them.

    What would begin before the first text takes the 0 at the end of the last, as at any beginning of a text.
    """
    factor = np.uint64(pow(int(_BASE), n - 1, 1 << 64))
    return Grams(grams.ends, grams.sums + codes[grams.ends - (n - 1)] * factor)


def ending_hashes(codes: Codes, ends: Positions, n: int) -> Hashes:
    """Return the hash of the n-gram that ends with each of these positions; 0 where a text begins in it."""
    grams = Grams(ends, codes[ends].astype(np.uint64))
    whole = codes[ends] != 0
    for k in range(1, n):
        grams = longer(codes, grams, k + 1)
        whole &= codes[ends - k] != 0
    return np.asarray(mixed(grams.sums) * whole, np.uint64)


def mixed(sums: Hashes) -> Hashes:
    """Return the polynomials with every bit spread over all bits."""
    hashes = sums ^ (sums >> np.uint64(31))
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    return hashes


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the different values, ascending; sorting is several times as fast as np.unique here."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def expand(begins: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Return all positions of the half-open ranges one after another, and the number of the range of each."""
    lengths = np.maximum(ends - begins, 0)
    owner = np.repeat(np.arange(len(begins), dtype=np.int64), lengths)
    shift = begins - (np.cumsum(lengths) - lengths)
    return np.arange(len(owner), dtype=np.int64) + np.repeat(shift, lengths), owner
