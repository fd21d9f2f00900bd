"""A text as read with a map back to the file it stands in."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from itertools import count

from .errors import EmptyFileError, UnreadableFileError

LARGEST_TEXT = 20_000_000
"""In characters; Chinese text of this length takes some 60 MB as a file."""

_LINE = re.compile(r"[^\r\n\f]+")
_EARLIEST_YEAR = 1990
"""Programs that don't know a date write the beginning of their calendar: 1601, 1970, 1980."""


class Where(StrEnum):
    """Where in a file a paragraph stands; the value is the label that a reader sees."""

    BODY = "正文"
    TABLE = "表格"
    TEXT_BOX = "文本框"
    FOOTNOTE = "脚注"
    ENDNOTE = "尾注"


@dataclass(frozen=True, slots=True)
class Mark:
    """One paragraph that is not empty: `text[begin:end]`, and where it stands in the file."""

    begin: int
    end: int
    paragraph: int
    """Number among the paragraphs of the file that are not empty, counted from 0."""
    where: Where = Where.BODY
    page: int = 0
    """Counted from 1; 0 where the kind of file has no fixed pages."""
    part: str = ""
    """Word files: name of the part in the package, such as word/document.xml."""
    path: tuple[int, ...] = ()
    """Word files: from the root of the part to the `w:p`, the index of the child at each step."""
    lead: int = 0
    """Characters at the beginning that no run of the paragraph holds: its automatic number."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself; each empty where it says nothing."""

    created: str = ""
    """As 2026-03-05T08:00:00Z."""
    modified: str = ""
    author: str = ""


@dataclass(frozen=True)
class Source:
    """来源文件: its text as read, and the way back into the file."""

    path: str
    text: str
    """For text files the decoded file as it is, without the byte order mark. Otherwise the paragraphs that
    are not empty, joined by line feeds."""
    created: str = ""
    """As 2026-03-05T08:00:00Z, from the file's properties; empty where there is none."""
    modified: str = ""
    author: str = ""
    listed: tuple[Mark, ...] = field(default=(), repr=False)
    """The marks, empty for text files: what their lines are can be seen from the text."""

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The paragraphs that are not empty, in the order of the text; at least one."""
        return self.listed or tuple(line_marks(self.text))

    def locate(self, offset: int) -> tuple[Mark, int]:
        """Return the paragraph at an offset in the text, and the offset in what that paragraph itself holds.

        Between two paragraphs the one before counts. Offsets into an automatic number give 0.
        """
        index = bisect_right(self.marks, offset, key=lambda mark: mark.begin) - 1
        mark = self.marks[max(index, 0)]
        return mark, max(min(offset, mark.end) - mark.begin - mark.lead, 0)


def line_marks(text: str, *, begin: int = 0, number: int = 0, page: int = 0) -> Iterator[Mark]:
    """Yield a mark for every line that is not blank; offsets and numbers count from `begin` and `number`."""
    numbers = count(number)
    for match in _LINE.finditer(text):
        if not match[0].isspace():
            yield Mark(begin + match.start(), begin + match.end(), next(numbers), page=page)


def make_source(file: str, text: str, marks: Iterable[Mark] = (), known: Properties | None = None) -> Source:
    """Return the source; raises EmptyFileError without any text, UnreadableFileError for far too much."""
    check_length(len(text), file)
    if not text or text.isspace():
        raise EmptyFileError(f"{file}：文件里没有文字")
    known = known or Properties()
    return Source(file, text, known.created, known.modified, known.author, tuple(marks))


def check_length(length: int, file: str) -> None:
    """Raise UnreadableFileError for a text of more than `LARGEST_TEXT` characters."""
    if length > LARGEST_TEXT:
        raise UnreadableFileError(f"{file}：文字超过{LARGEST_TEXT // 10_000}万字，不像是文稿，请拆分后再用")


def iso_time(moment: datetime | None) -> str:
    """Return a moment as 2026-03-05T08:00:00Z, one without time zone taken for UTC; "" for an absurd one."""
    if moment is None or not _EARLIEST_YEAR <= moment.year < 9999:
        return ""
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return utc.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
