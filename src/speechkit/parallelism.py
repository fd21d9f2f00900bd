"""Parallelism of headings: how evenly a set of headings is built, from plain text.

Headings that stand side by side are heard side by side. They are parallel where they have as many clauses,
clauses as long, and words of one kind at the same places, while each still says something of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, zip_longest
from math import fsum
from typing import NamedTuple

from .numerals import split_heading_marker
from .segmentation import tagged_words

OPAQUE = 4
"""Characters for which a template's {{expression}} counts, whatever will stand in its place."""
ENOUGH_SHARED, ENOUGH_OWN = 1 / 2, 1 / 4
"""The shares of a heading's characters from which on it echoes the other, and has content of its own."""
_RHYTHM, _KIN = 0.3, 0.3
"""What a word of the same length is worth beside the very same word, and how much more one of its kind."""
_LENGTHS, _SHARED, _DISTINCT = 0.35, 0.5, 0.15
_PIECE = re.compile(r"(\{\{.*?\}\})|([，；：。！？,;:!?—…\s]+)|([^，；：。！？,;:!?—…\s{]+|\{)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parallelism:
    """How parallel a set of headings is, each part from 0 to 1, the mean over all pairs of headings."""

    clauses: float
    """Equal numbers of clauses."""
    lengths: float
    """Equal numbers of characters, clause by clause."""
    shared: float
    """The same words in the same order, or at least words as long and of the same kind."""
    distinct: float
    """Words of its own in each heading."""

    @property
    def total(self) -> float:
        """All parts in one, 0 to 1; headings with unlike numbers of clauses can't make up for it."""
        return self.clauses * (_LENGTHS * self.lengths + _SHARED * self.shared + _DISTINCT * self.distinct)


class _Word(NamedTuple):
    text: str
    kind: str
    length: int


_Clause = tuple[_Word, ...]


def parallelism(headings: Iterable[str]) -> Parallelism:
    """Return how parallel headings are, in whatever order; one alone, or none, is as parallel as can be.

    Markers such as （一） are left out of account; {{expressions}} are words of `OPAQUE` characters.
    """
    pairs = [_compare(one, other) for one, other in combinations(map(_clauses, sorted(headings)), 2)]
    if not pairs:
        return Parallelism(1.0, 1.0, 1.0, 1.0)
    return Parallelism(*(fsum(part) / len(pairs) for part in zip(*pairs, strict=True)))


def _clauses(heading: str) -> tuple[_Clause, ...]:
    clauses: list[list[_Word]] = [[]]
    for expression, stop, text in _PIECE.findall(split_heading_marker(heading.strip())[1]):
        if stop:
            clauses.append([])
        elif expression:
            clauses[-1].append(_Word(expression, "", OPAQUE))
        else:
            clauses[-1].extend(_words(text))
    return tuple(tuple(clause) for clause in clauses if clause)


@cache
def _words(text: str) -> tuple[_Word, ...]:
    """The finer distinctions of the tagger are left out: it calls one word vn here and v there."""
    return tuple(_Word(word, tag[:1], len(word)) for word, tag in tagged_words(text))


def _compare(one: Sequence[_Clause], other: Sequence[_Clause]) -> tuple[float, float, float, float]:
    most = max(len(one), len(other))
    if most == 0:
        return 1.0, 1.0, 1.0, 1.0
    couples = list(zip_longest(one, other, fillvalue=()))
    return (
        min(len(one), len(other)) / most,
        fsum(_closeness(_length(a), _length(b)) for a, b in couples) / most,
        fsum(_echo(a, b) for a, b in couples) / most,
        (_own(one, other) + _own(other, one)) / 2,
    )


def _length(clause: Iterable[_Word]) -> int:
    return sum(word.length for word in clause)


def _closeness(one: int, other: int) -> float:
    """Return 1 for equal lengths down to 0 where one is twice the other."""
    return max(0.0, 1 - abs(one - other) / max(1, min(one, other)))


def _echo(one: _Clause, other: _Clause) -> float:
    """Return 1 where enough of the longer clause is echoed in the other, in the same order, less below.

    Words and characters are both tried: 不留 may be one word for the segmenter where 不挂 is two.
    """
    echoed = max(_aligned(one, other), _aligned(_characters(one), _characters(other)))
    return min(1.0, echoed / (ENOUGH_SHARED * max(1, _length(one), _length(other))))


def _aligned(one: Sequence[_Word], other: Sequence[_Word]) -> float:
    """Return the most characters' worth of likeness that pairs of words in the same order add up to."""
    best = [0.0] * (len(other) + 1)
    for word in one:
        row = [0.0]
        for n, against in enumerate(other):
            row.append(max(row[n], best[n + 1], best[n] + word.length * _likeness(word, against)))
        best = row
    return best[-1]


def _characters(clause: _Clause) -> list[_Word]:
    return [
        piece
        for word in clause
        for piece in ([_Word(char, "", 1) for char in word.text] if word.kind else [word])
    ]


def _likeness(word: _Word, against: _Word) -> float:
    if word.text == against.text:
        return 1.0
    if word.length != against.length or not (word.kind and against.kind):
        return 0.0
    alike = sum(a == b for a, b in zip(word.text, against.text, strict=True)) / word.length
    return max(alike, _RHYTHM + _KIN * (word.kind == against.kind))


def _own(heading: Sequence[_Clause], other: Sequence[_Clause]) -> float:
    """Return 1 where enough of a heading's characters are in words that the other hasn't, less below."""
    words = [word for clause in heading for word in clause]
    theirs = {word.text for clause in other for word in clause}
    own = _length(word for word in words if word.text not in theirs)
    return min(1.0, own / (ENOUGH_OWN * max(1, _length(words))))
