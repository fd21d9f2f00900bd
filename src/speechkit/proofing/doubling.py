"""Words written twice in a row (重叠): 进行进行, 各乡镇各乡镇."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from ..segmentation import words
from .findings import Hit
from .rules import Rule
from .text import Text

_LENGTHS = (4, 3, 2)
"""Characters of the words looked for; single ones are in the lexicon, for 人人 and 天天 are right."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_RULE = "用词.重叠"
_AROUND = 10
"""Characters on each side that tell where words begin and end."""


class _Rules(Protocol):
    """What this check needs of a Context, whose module imports this one."""

    @property
    def rules(self) -> Mapping[str, Rule]: ...


def find_doublings(text: Text, context: _Rules) -> Iterator[Hit]:
    """Yield the words of two to four Chinese characters that stand twice in a row."""
    rule = context.rules.get(_RULE)
    unless = rule.unless if rule else None
    taken: list[tuple[int, int]] = []
    for length in _LENGTHS:
        for begin in _doubled(text.text, length):
            end = begin + 2 * length
            if any(begin < high and low < end for low, high in taken):
                continue
            word = text.text[begin : begin + length]
            if unless is not None and unless.match(text.text, begin):
                continue
            if _is_slip(text.text, begin, end, word):
                taken.append((begin, end))
                yield Hit(_RULE, begin, end, word)


def _doubled(text: str, length: int) -> Iterator[int]:
    """Yield where a text goes on with what it just said.

    The text xor itself, shifted by the length, is zero where both agree: three passes of big-integer
    arithmetic cost a tenth of a regular expression with a back reference.
    """
    if len(text) < 2 * length:
        return
    width, raw = 2, text.encode("utf-16-le", "surrogatepass")
    if len(raw) != 2 * len(text):
        width, raw = 4, text.encode("utf-32-le", "surrogatepass")
    shift = width * length
    differences = int.from_bytes(raw[shift:], "little") ^ int.from_bytes(raw[:-shift], "little")
    zeros = differences.to_bytes(len(raw) - shift, "little")
    run, at = bytes(shift), -1
    while (at := zeros.find(run, at + 1)) >= 0:
        if at % width == 0:
            yield at // width


def _is_slip(text: str, begin: int, end: int, word: str) -> bool:
    if not _CHINESE.fullmatch(word) or len(set(word)) == 1:
        return False
    # Three times is a figure of speech.
    before, after = text[max(begin - len(word), 0) : begin], text[end : end + len(word)]
    return word not in (before, after) and _are_words(text, begin, end)


def _are_words(text: str, begin: int, end: int) -> bool:
    """Whether words begin and end where the repetition does: 创业创新 repeats 业创 only by chance."""
    low = max(begin - _AROUND, 0)
    at, borders = low, {low}
    for word in words(text[low : end + _AROUND].encode("utf-8", "replace").decode("utf-8")):
        at += len(word)
        borders.add(at)
    return {begin, (begin + end) // 2, end} <= borders
