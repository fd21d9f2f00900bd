"""What copying and converting leave in a text: entities, invisible characters, spaces."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Protocol

from .findings import Hit
from .rules import Rule
from .text import Text

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff]+")
_SPACES = re.compile("[ \xa0\u2002-\u200a\u202f\u3000]+")
_NO_BREAK = re.compile("[\xa0\u2007\u202f]+")
_SIGNS = "，。；：！？、“”‘’（）《》〈〉【】…,:;!?()"
_NAME = re.compile(r"(?:^|[^\u4e00-\u9fff])[\u4e00-\u9fff]\Z")
_NAME_END = re.compile(r"[\u4e00-\u9fff](?![\u4e00-\u9fff]|$)")
_SENTENCE_SIGNS = re.compile(r"[。；！？;!?]")
_CREDIT = re.compile(r"(?:记者|通讯员|摄影|作者)[^。]{0,12}\Z")
_SLOGAN = re.compile(r"“([\u4e00-\u9fff]{3,8})[ \u3000]([\u4e00-\u9fff]{3,8})”")
_COLUMN_GAP = 4
"""Spaces in a row that set columns or leave room for something, rather than slip in."""


class _Rules(Protocol):
    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules in force."""


def find_residue(text: Text, context: _Rules) -> Iterator[Hit]:
    """Yield entities, invisible characters and spaces between Chinese characters."""
    yield from _alike("残留.实体", [(m.span(), _decoded(m[0])) for m in _ENTITY.finditer(text.text)])
    invisible = [m.span() for m in _ZERO_WIDTH.finditer(text.text) if m.start()]
    yield from _alike("残留.零宽字符", [(span, "") for span in invisible])
    spaces = list(_inner_spaces(text))
    if spaces:
        left_out = _spoken_for(text, context.rules, spaces)
        yield from _alike("残留.空格", [(s, "") for s in spaces if s not in left_out])
    hard = [m.span() for m in _NO_BREAK.finditer(text.text) if not _is_inner(text.text, *m.span())]
    yield from _alike("残留.不换行空格", [(span, " ") for span in hard])


def _decoded(entity: str) -> str | None:
    char = unescape(entity)
    if char == entity:
        return None
    return " " if char == "\xa0" else char


def _alike(rule: str, places: Sequence[tuple[tuple[int, int], str | None]]) -> Iterator[Hit]:
    """Yield one hit for all places that are replaced alike."""
    groups = defaultdict(list)
    for place, replacement in places:
        groups[replacement].append(place)
    for replacement, (first, *others) in groups.items():
        yield Hit(rule, *first, replacement, others=tuple(others))


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char in _SIGNS


def _is_inner(text: str, begin: int, end: int) -> bool:
    """Whether a place has Chinese characters or signs on both sides, on one line."""
    return bool(begin) and end < len(text) and _is_chinese(text[begin - 1]) and _is_chinese(text[end])


def _inner_spaces(text: Text) -> Iterator[tuple[int, int]]:
    """Yield the spaces between Chinese characters of sentences.

    A title or a signature is set with spaces, a name of two characters too: 马　骏.
    """
    whole = text.text
    for match in _SPACES.finditer(whole):
        begin, end = match.span()
        if not _is_inner(whole, begin, end) or end - begin >= _COLUMN_GAP:
            continue
        line = text.line_at(begin)
        if line is None or not (line.level or _SENTENCE_SIGNS.search(whole, line.begin, line.end)):
            continue
        low = max(begin - 2, line.begin)
        is_name = _NAME.search(whole[low:begin]) and _NAME_END.match(whole, end, line.end)
        if not (is_name or _CREDIT.search(whole, line.begin, begin) or _is_in_slogan(whole, begin)):
            yield begin, end


def _is_in_slogan(text: str, at: int) -> bool:
    """Whether a space parts the halves of a slogan in quotation marks: “山清水秀 人和业兴”."""
    found = _SLOGAN.finditer(text, max(at - 10, 0), at + 12)
    return any(m.start() < at < m.end() and len(m[1]) == len(m[2]) for m in found)


def _spoken_for(
    text: Text, rules: Mapping[str, Rule], spaces: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return the spaces that stand for something: taken out they would hide a gap or a missing line break."""
    patterns = [
        r.pattern for id_, r in rules.items() if r.pattern and (id_.startswith("空缺.") or id_ == "残留.粘连")
    ]
    by_line = defaultdict(list)
    for space in spaces:
        if line := text.line_at(space[0]):
            by_line[line.begin, line.end].append(space)
    found: set[tuple[int, int]] = set()
    for (low, high), within in by_line.items():
        taken = [m.span() for pattern in patterns for m in pattern.finditer(text.text, low, high)]
        found.update(s for s in within if any(begin < s[1] and end > s[0] for begin, end in taken))
    return found
