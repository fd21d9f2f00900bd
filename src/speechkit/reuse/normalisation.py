"""Normalisation: a text as read becomes the characters that count, each with its offset in the text.

What writers change without rewriting is taken out: width and case, punctuation, white space and line breaks,
page numbers, running heads; a run of digits becomes one symbol, so that changed figures still match.
"""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Offsets = NDArray[np.int32]

DIGIT = ord("0")
_PAGE_NUMBER = re.compile(
    r"^[ \t\u3000]*[-—–－·•]*[ \t\u3000]*第?[ \t\u3000]*\d{1,4}[ \t\u3000]*页?"
    r"(?:[ \t\u3000]*[/／共][ \t\u3000]*\d{1,4}[ \t\u3000]*页?)?[ \t\u3000]*[-—–－·•]*[ \t\u3000]*$",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+")
_RUNNING_HEAD_LENGTH = 40
_RUNNING_HEAD_TIMES = 3


@dataclass(frozen=True, slots=True)
class Normalised:
    """The characters of a text that count."""

    codes: Codes
    """Folded code points, shape (n,)."""
    offsets: Offsets
    """Where each stands in the text as read, shape (n,), ascending."""


def normalise(text: str) -> Normalised:
    """Return the characters of a text that count, with their offsets in it; lone surrogates are dropped."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _FOLD[points]
    for begin, end in _furniture(text):
        folded[begin:end] = 0
    kept = np.flatnonzero(folded)
    codes = folded[kept]
    digits = codes == DIGIT
    first = np.ones(len(codes), bool)
    first[1:] = ~(digits[1:] & digits[:-1])
    return Normalised(codes[first], kept[first].astype(np.int32))


def _furniture(text: str) -> list[tuple[int, int]]:
    """Spans of page numbers and running heads."""
    if "\n" not in text:
        return []
    spans = [match.span() for match in _PAGE_NUMBER.finditer(text)]
    lines = [match for match in _LINE.finditer(text) if len(match[0]) <= _RUNNING_HEAD_LENGTH]
    times = Counter(match[0].strip() for match in lines)
    heads = {line for line, n in times.items() if n >= _RUNNING_HEAD_TIMES and line}
    return spans + [match.span() for match in lines if match[0].strip() in heads] if heads else spans


def _fold_table() -> Codes:
    """Code point -> folded code point, 0 for what doesn't count."""
    table = np.zeros(0x110000, np.uint32)
    for begin, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480)):
        table[begin:end] = np.arange(begin, end)
    table[0x3007] = 0x3007
    for offset in (0, 0xFEE0):
        table[offset + 0x30 : offset + 0x3A] = DIGIT
        table[offset + 0x41 : offset + 0x5B] = np.arange(0x61, 0x7B)
        table[offset + 0x61 : offset + 0x7B] = np.arange(0x61, 0x7B)
    return table


_FOLD = _fold_table()
