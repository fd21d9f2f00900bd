"""What of a shared passage is no sign of copying: quotations, policy wording, an office's set phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .normalisation import normalise
from .words import policy_pattern

Marks = NDArray[np.int8]

QUOTED, POLICY, SET_PHRASE, RECAP = 1, 2, 3, 4

_CONTEXT = 90
"""Characters read on either side of a passage, so that marks that open or close outside it are seen."""
_QUOTATION = re.compile(r"《[^《》\n]{1,80}》|“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|(?<!\w)\"[^\"\n]{1,40}\"")
_CLAUSE_ENDS = str.maketrans(dict.fromkeys("，。；：！？,;:!?", "\n"))
_LEAST_PHRASE = 4
"""A set phrase of fewer characters would explain too much."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """套话: phrases of an office's own that everybody there has to write."""

    phrases: tuple[str, ...] = field(default=())
    """Normalised, the longest first."""

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the phrases stand in a text, as half-open offsets in it as read."""
        if not self.phrases:
            return
        normalised = normalise(text)
        folded = _joined(normalised.codes)
        for phrase in self.phrases:
            at = folded.find(phrase)
            while at >= 0:
                last = at + len(phrase) - 1
                yield int(normalised.offsets[at]), int(normalised.offsets[last]) + 1
                at = folded.find(phrase, last + 1)


def parse_formulas(text: str) -> Formulas:
    """Return the set phrases of a text with one on each line; # begins a comment, short ones are left out."""
    lines = (line.partition("#")[0] for line in text.splitlines())
    phrases = {_joined(normalise(line).codes) for line in lines}
    return Formulas(
        tuple(sorted((p for p in phrases if len(p) >= _LEAST_PHRASE), key=lambda p: (-len(p), p)))
    )


def mark(text: str, begin: int, end: int, formulas: Formulas) -> Marks:
    """Return for each character of text[begin:end] what explains it: 0 for nothing, else one of the marks."""
    low, high = max(0, begin - _CONTEXT), min(len(text), end + _CONTEXT)
    window = text[low:high]
    marks = np.zeros(len(window), np.int8)
    clauses = window.translate(_CLAUSE_ENDS)  # a line each, in the same places
    for wording in policy_pattern().finditer(clauses):
        first, last = clauses.rfind("\n", 0, wording.start()) + 1, clauses.find("\n", wording.end())
        marks[first : last if last >= 0 else len(clauses)] = POLICY
    for quotation in _QUOTATION.finditer(window):
        marks[quotation.start() : quotation.end()] = QUOTED
    for first, last in formulas.places(window):
        marks[first:last] = SET_PHRASE
    return marks[begin - low : end - low]


def _joined(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")
