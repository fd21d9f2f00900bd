"""What the lines of a page are: from lines to a manuscript.

`recognise` is one pass over the lines. A writer asks it which lines it would take for something else
(`implicit`) and marks only those, so that what is written reads back the same by construction and an
ordinary text looks ordinary.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..manuscript import (
    Block,
    Byline,
    Cue,
    Heading,
    Located,
    Manuscript,
    Paragraph,
    Salutation,
    Sentence,
    Signature,
)
from ..numerals import split_heading_marker
from ..segmentation import split_sentences
from .lines import (
    HEAD,
    HEADINGS,
    Align,
    Kind,
    Line,
    join_title,
    remove_brackets,
    remove_colon,
    remove_dash,
    remove_marker,
    split_byline,
)

# A bracketed note such as （讨论稿） may stand among the lines under the title.
_HEAD_OR_CUE = HEAD | {Kind.CUE}
_LONGEST_HEAD = 8
_LONGEST_TITLE = 60
_LONG = 20
"""What is longer is hardly a special line; by these lines a text shows whether it indents its paragraphs."""
_LONGEST_HEADING = (40, 40, 30, 30)
_LONGEST_CLOSED_HEADING = 25
"""A heading that ends with a full stop or a question mark is a short one; others are paragraphs."""

_STOP = re.compile("[。！？；…!?;]")
_PUNCTUATION = re.compile("[，。！？；：…,!?;:]")
_YEAR = r"(?:\d{4}|[一二三四五六七八九〇○零]{4})"
_DATE = re.compile(rf"{_YEAR}\s*[年./-][\s\d一二三四五六七八九十年月日号./-]*")
_GENRE = re.compile(
    "(?:讲话|主持词|汇报|发言|材料|报告|致辞|稿|总结|方案|通知|意见|要点)(?:提纲|材料|稿)?[0-9]?$"
)
_UNIT = re.compile("(?:局|委|办|府|部|处|科|室|会|院|校|厂|司|队|所|站|镇|乡|县|市|区|街道|村|团|中心|公司)$")
_ADDRESS = re.compile(
    "(?:同志|领导|代表|委员|来宾|嘉宾|朋友|老师|同学|先生|女士|主任|书记|[省市县局部]长|主席|乡亲|们)$"
)
_CAPTION = re.compile("第[一二三四五六七八九十0-9]+篇\\s*[：:]")
"""What collections on the web set above the title of each text."""
_CALL = re.compile("请|议程|欢迎|掌声")


def heading_kind(text: str) -> Kind | None:
    """Return the heading that `text` looks like: one with a marker, short, and no full stop inside."""
    level, rest = split_heading_marker(text)
    if not level or _STOP.search(rest[:-1]) or rest[-1] in "，、；,;":
        return None
    closed = bool(_STOP.search(rest[-1]))
    longest = _LONGEST_CLOSED_HEADING if closed else _LONGEST_HEADING[level - 1]
    if len(rest) > longest or (closed and level > 2):
        return None
    return HEADINGS[level - 1]


def looks_like_call(text: str) -> bool:
    """Return whether a paragraph seems to call somebody up."""
    return bool(_CALL.search(text)) and not heading_kind(text)


def _is_dated(text: str) -> bool:
    return len(text) <= 24 and bool(_DATE.fullmatch(remove_brackets(text)))


def _is_cue(text: str) -> bool:
    return 2 < len(text) <= 32 and bool(re.fullmatch(r"[（(][^（）()。]+[）)]", text))


def _is_unit(text: str) -> bool:
    return len(text) <= 30 and not _PUNCTUATION.search(text)


class _Recognition:
    """The pass over the lines; it knows what the lines before were taken for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.kinds: list[Kind] = []
        self._titled = any(line.kind is Kind.TITLE for line in lines[:_LONGEST_HEAD])
        long = [line for line in lines if len(line.text) > _LONG]
        self._indents = sum(line.align is Align.INDENTED for line in long) * 5 > len(long)
        # How many lines there are before the title: one or none.
        captioned = len(lines) > 1 and _CAPTION.match(lines[0].text) and _is_unit(lines[1].text)
        self._caption = 1 if captioned else 0

    @property
    def _head(self) -> list[Kind]:
        return self.kinds[self._caption :]

    @property
    def _in_head(self) -> bool:
        return len(self.kinds) < _LONGEST_HEAD and _HEAD_OR_CUE.issuperset(self._head)

    def guess(self) -> Kind:
        """Return what the next line is by its look."""
        line = self.lines[len(self.kinds)]
        kind = self._guess_head(line) if self._in_head else None
        return kind or heading_kind(line.text) or self._guess_body(line)

    def _guess_head(self, line: Line) -> Kind | None:
        text = line.text
        if not self._head:
            if len(self.kinds) < self._caption:
                return Kind.PARAGRAPH
            return Kind.TITLE if self._is_title(text) else None
        if heading_kind(text):
            return None
        if re.match("[—―–-]{2}|[—―]", text) and not _STOP.search(text):
            return Kind.SUBTITLE
        if _is_dated(text):
            return Kind.DATE
        # Where the title is moved in by spaces, so are the lines under it.
        indented = line.align is Align.INDENTED and self.lines[self._caption].align is Align.FLUSH
        if indented or not _is_unit(text) or Kind.BYLINE in self.kinds:
            return None
        return self._guess_name(text)

    def _is_title(self, text: str) -> bool:
        return not self._titled and len(text) <= _LONGEST_TITLE and not re.search("[。；]|[：:]$", text)

    def _guess_name(self, text: str) -> Kind | None:
        if _is_cue(text):
            return None
        if split_byline(text)[0] or _UNIT.search(text) or 2 <= len(text) <= 4:
            return Kind.BYLINE
        return Kind.TITLE if self._continues_title(text) else None

    def _continues_title(self, text: str) -> bool:
        if self.kinds[-1] is not Kind.TITLE or len(self._head) > 2:
            return False
        following = self.lines[len(self.kinds) : len(self.kinds) + 2]
        return any(len(line.text) <= 30 and _GENRE.search(line.text) for line in following)

    def _guess_body(self, line: Line) -> Kind:
        if self._is_salutation(line):
            return Kind.SALUTATION
        if _is_cue(line.text):
            return Kind.CUE
        if self._is_signature_date(line):
            return Kind.SIGNATURE_DATE
        if self._is_signature(line):
            return Kind.SIGNATURE
        if line.align is Align.FLUSH and self._indents and _CALL.search(line.text):
            return Kind.CALL
        return Kind.PARAGRAPH

    def _is_salutation(self, line: Line) -> bool:
        text = line.text
        if text[-1] not in "：:" or not 1 < len(text) <= 40 or _STOP.search(text):
            return False
        opens = _HEAD_OR_CUE.issuperset(self.kinds[-1:]) and line.align is not Align.INDENTED
        return opens or bool(_ADDRESS.search(remove_colon(text)))

    def _is_signature(self, line: Line) -> bool:
        after = len(self.lines) - len(self.kinds) - 1
        if after > 2 or not _is_unit(line.text):
            return False
        dated = after == 1 and bool(_DATE.fullmatch(self.lines[-1].text))
        return dated or line.align is Align.FAR

    def _is_signature_date(self, line: Line) -> bool:
        return self.kinds[-1:] == [Kind.SIGNATURE] and bool(_DATE.fullmatch(line.text))


def recognise(lines: Sequence[Line]) -> list[Kind]:
    """Return the kind of each line: its own where it has one, else what it looks like."""
    recognition = _Recognition(lines)
    for line in lines:
        recognition.kinds.append(line.kind or recognition.guess())
    return recognition.kinds


def implicit(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without the kinds that `recognise` finds by itself."""
    bare = [replace(line, kind=None) for line in lines]
    recognition = _Recognition(bare)
    for line in lines:
        assert line.kind
        if recognition.guess() is not line.kind:
            bare[len(recognition.kinds)] = line
        recognition.kinds.append(line.kind)
    return bare


def _sentences(text: str, origin: Located) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(begin, end, replace(origin, offset=origin.offset + begin))
        for begin, end in split_sentences(text)
    )


def _block(kind: Kind, line: str, origin: Located) -> Block:
    if kind in HEADINGS:
        level, text = remove_marker(line, HEADINGS.index(kind) + 1)
        return Heading(text, level, replace(origin, offset=origin.offset + len(line) - len(text)))
    if kind is Kind.SALUTATION:
        return Salutation(remove_colon(line), origin)
    if kind is Kind.CUE:
        text = remove_brackets(line)
        return Cue(text, replace(origin, offset=origin.offset + line.index(text)))
    if kind is Kind.SIGNATURE:
        return Signature(line, origin=origin)
    return Paragraph(line, call=kind is Kind.CALL, sentences=_sentences(line, origin))


def _blocks(body: Sequence[tuple[Kind, str, Located]]) -> Iterator[Block]:
    for index, (kind, line, origin) in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        if kind is Kind.SIGNATURE and following and following[0] is Kind.SIGNATURE_DATE:
            yield Signature(line, following[1], origin)
        elif kind is not Kind.SIGNATURE_DATE or index == 0 or body[index - 1][0] is not Kind.SIGNATURE:
            yield _block(kind, line, origin)


def manuscript_of(lines: Sequence[Line], *, file: str, title: str) -> Manuscript:
    """Return the manuscript that `lines` show.

    `file` goes into the origins; `title` is for a page that has none. Offsets count in the text of all
    lines joined by line feeds.
    """
    head: dict[Kind, list[str]] = {}
    body: list[tuple[Kind, str, Located]] = []
    offset, before = 0, None
    for number, (line, kind) in enumerate(zip(lines, recognise(lines), strict=True)):
        # What is there twice, or late, stays in the body; only a title has several lines.
        if kind in HEAD and (kind not in head or kind is before is Kind.TITLE):
            head.setdefault(kind, []).append(line.text)
        else:
            body.append((kind, line.text, Located(file, number, offset)))
        offset, before = offset + len(line.text) + 1, kind
    return Manuscript(
        title=join_title(head.get(Kind.TITLE, [])) or title,
        subtitle=remove_dash(head.get(Kind.SUBTITLE, [""])[0]),
        date=remove_brackets(head.get(Kind.DATE, [""])[0]),
        byline=_byline(head),
        blocks=tuple(_blocks(body)),
    )


def _byline(head: dict[Kind, list[str]]) -> Byline | None:
    if Kind.BYLINE in head:
        post, name = split_byline(head[Kind.BYLINE][0])
        return Byline(name, post)
    post, name = (head.get(kind, [""])[0] for kind in (Kind.POST, Kind.NAME))
    return Byline(name or post, post if name else "") if name or post else None
