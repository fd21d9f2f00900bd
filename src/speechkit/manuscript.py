"""The document model: drafts and materials handed in are the same type.

Pure data. Heading markers (一、（一）1.（1）), the colon after a salutation and the brackets around a date or
a cue are never stored: `formats` writes them and takes them off on reading.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .errors import SpeechkitError


class ManuscriptError(SpeechkitError):
    """A text that can't be part of a manuscript: empty, of several lines, or with control characters."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """Origin of a drafted sentence."""

    phrases: tuple[str, ...]
    """Ids of the phrases it is made of; empty for text that stands as it is in the meeting file."""
    keys: tuple[str, ...] = ()
    """Paths in the meeting file of the data the sentence used, such as 讲话[0].任务[2].时限."""


@dataclass(frozen=True, slots=True)
class Located:
    """Origin of a sentence that was read from a file."""

    file: str
    paragraph: int
    """Number of the paragraph in the file, counted from 0."""
    offset: int
    """Offset of the first character in the text as read."""


Origin = Drafted | Located


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of a paragraph's text with its origin: `paragraph.text[begin:end]`."""

    begin: int
    end: int
    origin: Origin


def _check_line(text: str, what: str) -> None:
    if not text or text != text.strip():
        raise ManuscriptError(f"{what}不能为空，首尾不能有空白：{text!r}")
    # Cc, Cs and the two noncharacters cannot be written to XML, Zl and Zp would break the line.
    if any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in "\ufffe\uffff" for c in text):
        raise ManuscriptError(f"{what}不能含有换行或控制字符：{text!r}")


@dataclass(frozen=True, slots=True)
class Salutation:
    """称呼, such as 同志们 (without the colon)."""

    text: str
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _check_line(self.text, "称呼")


@dataclass(frozen=True, slots=True)
class Heading:
    """标题 of level 1 to 4, without its marker: the marker follows from level and position."""

    text: str
    level: int = 1
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _check_line(self.text, "小标题")
        if self.level not in (1, 2, 3, 4):
            raise ManuscriptError(f"标题级别只能是1到4：{self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """正文 paragraph; `call` marks the 串词 that calls somebody up, which some offices set in bold."""

    text: str
    call: bool = False
    sentences: tuple[Sentence, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        _check_line(self.text, "段落")
        if self.sentences:
            edges = [(0, 0), *((s.begin, s.end) for s in self.sentences), (len(self.text), 0)]
            if any(left[1] != right[0] for left, right in pairwise(edges)):
                raise ManuscriptError(f"句子的起止位置没有铺满段落：{self.text!r}")


@dataclass(frozen=True, slots=True)
class Cue:
    """提示 to the host, such as 宣读 (without the brackets)."""

    text: str
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _check_line(self.text, "提示")


@dataclass(frozen=True, slots=True)
class Signature:
    """落款 at the end of a report: unit, and date on the next line (may be empty)."""

    unit: str
    date: str = ""
    origin: Origin | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _check_line(self.unit, "署名")
        if self.date:
            _check_line(self.date, "日期")


Block = Salutation | Heading | Paragraph | Cue | Signature


@dataclass(frozen=True, slots=True)
class Byline:
    """Who speaks, under the title: 职务 and 姓名; for a report the unit as `name` with an empty post."""

    name: str
    post: str = ""

    def __post_init__(self) -> None:
        _check_line(self.name, "姓名")
        if self.post:
            _check_line(self.post, "职务")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One document: its head (title, subtitle, date, byline) and its blocks in order."""

    title: str
    subtitle: str = ""
    """Without the leading dash; empty where there is none."""
    date: str = ""
    """As shown, such as 2026年3月5日, without the brackets; empty where there is none."""
    byline: Byline | None = None
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        _check_line(self.title, "标题")
        for text, what in ((self.subtitle, "副标题"), (self.date, "日期")):
            if text:
                _check_line(text, what)

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The body paragraphs in order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def spoken_length(self) -> int:
        """Number of characters that are read aloud: salutations, headings and paragraphs."""
        spoken = (Salutation, Heading, Paragraph)
        return sum(len(block.text) for block in self.blocks if isinstance(block, spoken))
