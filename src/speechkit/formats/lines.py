"""A manuscript as the lines of a page: every format writes these and reads these.

Here the marks that `Manuscript` leaves out are put on and taken off: heading markers, the dash before a
subtitle, the brackets around a date or a cue, the colon after a salutation, the gap between 职务 and 姓名.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from ..manuscript import Block, Cue, Heading, Manuscript, Paragraph, Salutation, Signature
from ..numerals import heading_marker, split_heading_marker


class Kind(StrEnum):
    """What a line is; the value is the label that a reader of the file sees where a label is needed."""

    TITLE = "标题"
    SUBTITLE = "副标题"
    DATE = "日期"
    BYLINE = "署名"
    POST = "职务"
    NAME = "姓名"
    SALUTATION = "称呼"
    HEADING_1 = "一级标题"
    HEADING_2 = "二级标题"
    HEADING_3 = "三级标题"
    HEADING_4 = "四级标题"
    PARAGRAPH = "段落"
    CALL = "串词"
    CUE = "提示"
    SIGNATURE = "落款"
    SIGNATURE_DATE = "落款日期"


HEADINGS = (Kind.HEADING_1, Kind.HEADING_2, Kind.HEADING_3, Kind.HEADING_4)
HEAD_ORDER = (Kind.SUBTITLE, Kind.DATE, Kind.BYLINE)
"""The lines between title and body, in the usual order."""
HEAD = frozenset({Kind.TITLE, *HEAD_ORDER, Kind.POST, Kind.NAME})


class Align(Enum):
    """Where a line begins: at the margin, indented like a paragraph, or far in (centred or to the right)."""

    FLUSH = auto()
    INDENTED = auto()
    FAR = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, with the marks a reader sees; `kind` is None where it has to be recognised."""

    text: str
    kind: Kind | None = None
    align: Align = Align.FLUSH


_GAP = "  "
_BREAK = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LARGE_MARKERS = (
    re.compile(r"^\d{3,}、"),
    re.compile(r"^（\d{3,}）"),
    re.compile(r"^\d{3,}\.(?!\d)\s*"),
    re.compile(r"^（\d{3,}）"),
)


def clean(text: str) -> str:
    """Return `text` as one line without what neither XML nor a manuscript can hold, and without margins."""
    return _UNWRITABLE.sub("", _BREAK.sub(" ", text)).strip()


def width(text: str) -> float:
    """Return the width of a text in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _large_marker(level: int, number: int) -> str:
    return (f"{number}、", f"（{number}）", f"{number}.", f"（{number}）")[level - 1]


def add_marker(level: int, number: int, text: str) -> str:
    """Return a heading as it is printed, so that `remove_marker` gives back `level` and `text`."""
    marker = heading_marker(level, number) if number <= 99 else _large_marker(level, number)
    # A space keeps 1. and 2026年 apart; a 、 that belongs to the text must not pass for one of the marker.
    candidates = (f"{marker}{separator}{text}" for separator in ("", " ", "、"))
    return next((c for c in candidates if remove_marker(c, level) == (level, text)), f"{marker}{text}")


def remove_marker(text: str, level: int) -> tuple[int, str]:
    """Return level and text of a heading line; `level` counts where the line has no marker of its own."""
    found, rest = split_heading_marker(text)
    if found:
        return found, rest
    match = _LARGE_MARKERS[level - 1].match(text)
    return level, text[match.end() :] if match and match.end() < len(text) else text


def split_byline(text: str) -> tuple[str, str]:
    """Return 职务 and 姓名 of a line such as 县委书记  李向前; 职务 is empty for a name or a unit alone."""
    match = re.fullmatch(r"(.+?)\s{2,}(.+)", text) or re.fullmatch(r"(.{2,}?)\s(\S{2,4})", text)
    return (match[1].strip(), match[2].strip()) if match else ("", text)


def _byline_lines(manuscript: Manuscript) -> Iterator[Line]:
    if not (byline := manuscript.byline):
        return
    text = f"{byline.post}{_GAP}{byline.name}" if byline.post else byline.name
    if split_byline(text) == (byline.post, byline.name):
        yield Line(text, Kind.BYLINE)
        return
    if byline.post:
        yield Line(byline.post, Kind.POST)
    yield Line(byline.name, Kind.NAME)


def _head_lines(manuscript: Manuscript, order: Sequence[Kind]) -> Iterator[Line]:
    yield Line(manuscript.title, Kind.TITLE)
    for kind in order:
        if kind is Kind.SUBTITLE and manuscript.subtitle:
            yield Line(f"——{manuscript.subtitle}", kind)
        elif kind is Kind.DATE and manuscript.date:
            yield Line(f"（{manuscript.date}）", kind)
        elif kind is Kind.BYLINE:
            yield from _byline_lines(manuscript)


def _block_lines(block: Block, number: int) -> Iterator[Line]:
    match block:
        case Salutation(text):
            yield Line(f"{text}：", Kind.SALUTATION)
        case Heading(text, level):
            yield Line(add_marker(level, number, text), HEADINGS[level - 1])
        case Paragraph(text, call):
            yield Line(text, Kind.CALL) if call else Line(text, Kind.PARAGRAPH, Align.INDENTED)
        case Cue(text):
            yield Line(f"（{text}）", Kind.CUE)
        case Signature(unit, date):
            yield Line(unit, Kind.SIGNATURE, Align.FAR)
            if date:
                yield Line(date, Kind.SIGNATURE_DATE, Align.FAR)


def lines_of(manuscript: Manuscript, order: Sequence[Kind] = HEAD_ORDER) -> list[Line]:
    """Return the lines of `manuscript`, each with its kind; `order` is that of the lines under the title."""
    lines = list(_head_lines(manuscript, order))
    numbers = [0, 0, 0, 0]
    for block in manuscript.blocks:
        number = 0
        if isinstance(block, Heading):
            number = numbers[block.level - 1] + 1
            numbers[block.level - 1 :] = [number, *[0] * (4 - block.level)]
        lines += _block_lines(block, number)
    return lines


def remove_brackets(text: str) -> str:
    """Return what stands inside the pair of brackets around `text`; without such a pair `text` itself."""
    bracketed = len(text) > 2 and text[0] in "（(" and text[-1] in "）)"
    return text[1:-1].strip() or text if bracketed else text


def remove_dash(text: str) -> str:
    """Return a subtitle without the dash that leads it."""
    rest = text.removeprefix("——") if text.startswith("——") else text.lstrip("-—―–")
    return rest.strip() or text


def remove_colon(text: str) -> str:
    """Return a salutation without its colon."""
    return (text[:-1].strip() if text[-1] in "：:" else text) or text


def join_title(parts: Sequence[str]) -> str:
    """Return the lines of a title as one; a space is needed between western words only."""
    joined = ""
    for part in parts:
        edges = joined[-1:] + part[:1]
        joined += f" {part}" if len(edges) == 2 and edges.isascii() and edges.isalnum() else part
    return joined
