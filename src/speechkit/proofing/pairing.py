"""Signs that come in pairs: quotation marks, brackets, book title marks, within a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from .findings import Hit
from .text import Text

_SIGNS = re.compile("[“”‘’（）()《》〈〉【】〔〕「」『』]")
_CLOSERS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_HALF = {"(": "（", ")": "）"}
_NUMBER = re.compile(r"(?:^|[\s；。，、：;,:])[\d一二三四五六七八九十a-zA-Z]{1,3}\Z")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_MOST_LINES = 5
"""Lines that a pair may be torn over where a text was broken around links."""


@dataclass
class _Scan:
    """What one paragraph leaves open, closes too much, and encloses."""

    opened: list[tuple[int, str]] = field(default_factory=list)
    unopened: list[tuple[int, str]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    nested: list[tuple[int, int]] = field(default_factory=list)
    """Pairs within a pair of the same sort."""


def find_pairs(text: Text) -> Iterator[Hit]:
    """Yield signs without their counterpart, half-width brackets, and signs nested in their own sort."""
    signs = [(m.start(), m[0]) for m in _SIGNS.finditer(text.text)]
    scans: list[tuple[int, _Scan]] = []
    for number, group in groupby(signs, key=lambda sign: _number_at(text, sign[0])):
        scans.append((number, _scanned(text.text, list(group))))
    yield from _half_width(text, scans)
    for _, scan in scans:
        yield from _nested(text.text, scan)
    yield from _unpaired(text, scans)


def _number_at(text: Text, offset: int) -> int:
    line = text.line_at(offset)
    return line.number if line else 0


def _scanned(text: str, signs: list[tuple[int, str]]) -> _Scan:
    scan, stack = _Scan(), []
    for at, raw in signs:
        sign = _HALF.get(raw, raw)
        if sign in _CLOSERS:
            stack.append((at, sign))
            continue
        if _is_apostrophe(text, at, sign):
            continue
        opener = _OPENERS[sign]
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][1] == opener), None)
        if depth is None:
            scan.unopened.append((at, sign))
            continue
        # What was opened inside and is still open can't be closed any more.
        scan.opened.extend(stack[depth + 1 :])
        begin = stack[depth][0]
        del stack[depth:]
        scan.pairs.append((begin, at))
        if any(other == opener for _, other in stack):
            scan.nested.append((begin, at))
    scan.opened.extend(stack)
    return scan


def _is_apostrophe(text: str, at: int, sign: str) -> bool:
    return sign == "’" and at > 0 and text[at - 1].isascii() and text[at - 1].isalnum()


def _half_width(text: Text, scans: list[tuple[int, _Scan]]) -> Iterator[Hit]:
    """Yield half-width brackets around or beside Chinese characters, by halves: each has its replacement."""
    whole, begins, ends = text.text, [], []
    for _, scan in scans:
        for begin, end in scan.pairs:
            if not ("(" in whole[begin] or ")" in whole[end]) or not _stands_in_chinese(whole, begin, end):
                continue
            if whole[begin] == "(":
                begins.append((begin, begin + 1))
            if whole[end] == ")":
                ends.append((end, end + 1))
    for places, replacement in ((sorted(begins), "（"), (sorted(ends), "）")):
        if places:
            yield Hit("标点.半角", *places[0], replacement, others=tuple(places[1:]))


def _stands_in_chinese(text: str, begin: int, end: int) -> bool:
    if _CHINESE.search(text, begin, end):
        return True
    before = text[begin - 1] if begin else "\n"
    return bool(_CHINESE.match(before)) or (
        before.isspace() and bool(_CHINESE.match(text[end + 1 : end + 2]))
    )


def _nested(text: str, scan: _Scan) -> Iterator[Hit]:
    """Yield titles within titles and quotations within quotations; inside stand the single forms."""
    for begin, end in scan.nested:
        if text[begin] == "《":
            yield Hit("标点.书名号套用", begin, end + 1, f"〈{text[begin + 1 : end]}〉")
        elif text[begin] == "“" and not scan.opened and not scan.unopened:
            yield Hit("标点.引号套用", begin, end + 1, f"‘{text[begin + 1 : end]}’")


def _unpaired(text: Text, scans: list[tuple[int, _Scan]]) -> Iterator[Hit]:
    whole = text.text
    carried = _carried_over(scans)
    continued = _continued_quotes(text, scans)
    for _, scan in scans:
        for at, sign in scan.opened:
            if at not in carried and at not in continued and not _is_arrow(whole, at):
                yield Hit("标点.配对", at, at + 1, values={"另一半": _CLOSERS[sign]})
        line = text.line_at(scan.unopened[0][0]) if scan.unopened else None
        for at, sign in scan.unopened:
            low = line.begin if line else 0
            is_marker = sign == "）" and _NUMBER.search(whole[max(low, at - 4) : at])
            if at not in carried and not is_marker and not _is_arrow(whole, at):
                yield Hit("标点.配对", at, at + 1, values={"另一半": _OPENERS[sign]})


def _is_arrow(text: str, at: int) -> bool:
    """Whether a title mark is doubled: so it points at something."""
    return text[at] in "《》" and text[at] in (text[at - 1 : at], text[at + 1 : at + 2])


def _carried_over(scans: list[tuple[int, _Scan]]) -> set[int]:
    """Return signs whose counterparts stand in one of the next lines: the line is broken, not the pair."""
    found: set[int] = set()
    pending: list[tuple[int, int, str]] = []
    for number, scan in scans:
        for at, sign in scan.unopened:
            near = [p for p in pending if number - p[0] <= _MOST_LINES and p[2] == _OPENERS[sign]]
            if near:
                pending.remove(near[-1])
                found |= {at, near[-1][1]}
        pending.extend((number, at, sign) for at, sign in scan.opened)
    return found


def _continued_quotes(text: Text, scans: list[tuple[int, _Scan]]) -> set[int]:
    """Return quotes that open a paragraph of a longer quotation: only its last paragraph closes it."""
    lines = {line.number: line for line in text.lines}
    found = set()
    for number, scan in scans:
        line, following = lines.get(number), lines.get(number + 1)
        if not line or not following or not following.text.startswith("“"):
            continue
        found |= {at for at, sign in scan.opened if sign == "“" and at == line.begin}
    return found
