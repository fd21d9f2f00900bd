"""Native Word comments on exact ranges of a text: in a copy of the Word file itself, or in a new one."""

import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..formats.docx_package import check_package_size
from ..formats.files import read_bytes
from ..formats.marks import Mark, Source, Where
from .errors import ReportError
from .wording import printable

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_COMMENTABLE = (Where.BODY, Where.TABLE)
"""Word lets nobody comment on text boxes and notes."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ELSEWHERE = "这一处在附近的文本框或注释里，那里不能加批注。"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a range of the text."""

    begin: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Copy:
    """A Word document with its paragraphs that can be commented on, each with its range of the text."""

    document: "Document"
    marks: Sequence[Mark]
    paragraphs: "Sequence[_Element]"
    source: Source
    is_original: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a comment goes: numbers of the first and last paragraph, and the offsets in them."""

    first: int
    begin: int
    last: int
    end: int
    lines: tuple[str, ...]


def commented(path: Path, source: Source, remarks: Iterable[Remark], author: str) -> bytes:
    """Return a copy of a file as .docx with the remarks as comments, the same bytes whenever it is made.

    A .docx keeps its look: runs are split where a range begins or ends within them, and nothing else changes.
    Of any other file the text is taken. Raises a FormatError, ReportError where the file isn't the one that
    `source` was read from any more.
    """
    copy = _opened(path, source) or _retyped(source)
    places = [place for remark in remarks if (place := _place(copy, remark))]
    cuts: dict[int, set[int]] = {}
    for place in places:
        cuts.setdefault(place.first, set()).add(place.begin)
        cuts.setdefault(place.last, set()).add(place.end)
    runs = {number: _Runs(copy, number, offsets) for number, offsets in cuts.items()}
    _write(copy, [(place, runs[place.first], runs[place.last]) for place in places], author)
    return _saved(copy.document)


# -- where it is said ----------------------------------------------------------------------------------------


def _place(copy: _Copy, remark: Remark) -> _Place | None:
    marks = copy.marks
    first = bisect_right(marks, remark.begin, key=lambda mark: mark.end)
    last = bisect_left(marks, remark.end, key=lambda mark: mark.begin) - 1
    lines = remark.lines
    if first > last:
        # Nothing of it can be commented on: the paragraph before stands for it.
        first = last = max(0, bisect_right(marks, remark.begin, key=lambda mark: mark.begin) - 1)
        lines = (_ELSEWHERE, *lines)
        begin, end = marks[first].begin, marks[first].end
    else:
        begin, end = max(remark.begin, marks[first].begin), min(remark.end, marks[last].end)
    own_begin, own_end = (at - marks[n].begin - marks[n].lead for at, n in ((begin, first), (end, last)))
    if first == last and own_end <= 0:
        # The range is the automatic number, which no run holds: the paragraph stands for it.
        own_begin, own_end = 0, marks[first].end - marks[first].begin - marks[first].lead
    return _Place(first, max(own_begin, 0), last, own_end, lines)


class _Runs:
    """The runs of a paragraph, split at some offsets, with the offsets of the characters they hold."""

    def __init__(self, copy: _Copy, number: int, offsets: Iterable[int]) -> None:
        paragraph = copy.paragraphs[number]
        mark = copy.marks[number]
        if copy.is_original:
            _check_same(paragraph, copy.source.text[mark.begin + mark.lead : mark.end], copy.source.path)
        _split(paragraph, sorted(offsets))
        spans = list(_spans(paragraph))
        self.runs = [run for run, _, _ in spans]
        self.begins = [begin for _, begin, _ in spans]
        self.ends = [end for _, _, end in spans]

    def first_from(self, offset: int) -> int:
        """Return the number of the first run that begins at an offset or later, the last run without one."""
        return min(bisect_left(self.begins, offset), len(self.runs) - 1)

    def last_before(self, offset: int) -> int:
        """Return the number of the last run that ends at an offset or earlier, the first run without one."""
        return max(bisect_right(self.ends, offset) - 1, 0)


def _check_same(paragraph: "_Element", text: str, file: str) -> None:
    if "".join(piece for _, piece in _pieces(paragraph)) != text:
        raise ReportError(f"{file}：检查以后这个文件改过了，请重新检查")


def _spans(paragraph: "_Element") -> "Iterator[tuple[_Element, int, int]]":
    """Yield the runs that hold characters, with the offsets of these in the paragraph."""
    position = 0
    spans: list[tuple[_Element, int, int]] = []
    for element, text in _pieces(paragraph):
        parent = element.getparent()
        if parent is not None and _is(parent, "r"):
            if spans and spans[-1][0] is parent:
                spans[-1] = (parent, spans[-1][1], position + len(text))
            else:
                spans.append((parent, position, position + len(text)))
        position += len(text)
    yield from spans


def _pieces(paragraph: "_Element") -> "Iterator[tuple[_Element, str]]":
    from ..formats.docx_text import pieces

    return pieces(paragraph)


def _is(element: "_Element", name: str) -> bool:
    return str(element.tag).endswith(f"main}}{name}")


def _split(paragraph: "_Element", offsets: Sequence[int]) -> None:
    """Split the runs that hold the characters before and after each offset into runs of the same look."""
    cuts: list[tuple[_Element, int]] = []
    position, at = 0, bisect_right(offsets, 0)
    for element, text in _pieces(paragraph):
        end = position + len(text)
        while at < len(offsets) and offsets[at] < end:
            cuts.append((element, offsets[at] - position))
            at += 1
        position = end
    # From the end on, so that what lies before a cut stays where it is.
    for element, offset in reversed(cuts):
        _split_run(element, offset)


def _split_run(element: "_Element", offset: int) -> None:
    """Move what follows an offset in one of a run's elements into a new run behind it."""
    run = element.getparent()
    if run is None or not _is(run, "r"):
        return
    before = element.getprevious()
    if not offset and (before is None or _is(before, "rPr")):
        return
    following = list(element.itersiblings())
    right = _twin(run)
    if len(run) and _is(run[0], "rPr"):
        right.append(deepcopy(run[0]))
    if offset:
        tail = _twin(element)
        text = element.text or ""
        element.text, tail.text = text[:offset], text[offset:]
        for part in (element, tail):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        right.append(tail)
    else:
        right.append(element)
    right.extend(following)
    run.addnext(right)


def _twin(element: "_Element") -> "_Element":
    """Return an empty element of the same name and attributes."""
    made = element.makeelement(element.tag)
    for key, value in element.attrib.items():
        made.set(key, value)
    return made


# -- what is said --------------------------------------------------------------------------------------------


def _write(copy: _Copy, places: Iterable[tuple[_Place, _Runs, _Runs]], author: str) -> None:
    listed: Any = copy.document.part._comments_part.element
    used = (int(number) for number in listed.xpath("./w:comment/@w:id"))
    numbers = count(max(used, default=-1) + 1)
    for place, first, last in places:
        if not (first.runs and last.runs):
            continue
        begin, end = first.first_from(place.begin), last.last_before(place.end)
        if first is last and begin > end:
            # What no run holds, such as a formula, lies between the two.
            begin, end = end, begin
        number = str(next(numbers))
        listed.append(_comment(number, place.lines, author))
        _enclose(first.runs[begin], last.runs[end], number)


def _comment(number: str, lines: Iterable[str], author: str) -> "_Element":
    """Return a comment without a time: the copy is the same whenever it is made."""
    comment = _element("w:comment", {"w:id": number, "w:author": author, "w:initials": author[:1]})
    for n, line in enumerate(lines):
        paragraph = _element("w:p")
        properties = _element("w:pPr")
        properties.append(_element("w:pStyle", {"w:val": "CommentText"}))
        paragraph.append(properties)
        if n == 0:
            paragraph.append(_reference_run("w:annotationRef"))
        run, text = _element("w:r"), _element("w:t")
        text.text = printable(line)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        paragraph.append(run)
        comment.append(paragraph)
    return comment


def _enclose(first: "_Element", last: "_Element", number: str) -> None:
    first.addprevious(_element("w:commentRangeStart", {"w:id": number}))
    last.addnext(_reference_run("w:commentReference", {"w:id": number}))
    last.addnext(_element("w:commentRangeEnd", {"w:id": number}))


def _reference_run(name: str, attributes: dict[str, str] | None = None) -> "_Element":
    run, properties = _element("w:r"), _element("w:rPr")
    properties.append(_element("w:rStyle", {"w:val": "CommentReference"}))
    run.append(properties)
    run.append(_element(name, attributes))
    return run


def _element(name: str, attributes: dict[str, str] | None = None) -> "_Element":
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made: Any = OxmlElement(name, {qn(key): value for key, value in (attributes or {}).items()})
    return made  # type: ignore[no-any-return]


# -- the copy ------------------------------------------------------------------------------------------------


def _opened(path: Path, source: Source) -> _Copy | None:
    """Return the Word file itself; None where it is none, or one that python-docx can't open."""
    from docx import Document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    content = read_bytes(path)
    if not content.startswith(b"PK"):
        return None
    check_package_size(content, str(path))
    try:
        document = Document(BytesIO(content))
        part = str(document.part.partname).lstrip("/")
        own = [mark for mark in source.marks if mark.part == part and mark.where in _COMMENTABLE]
        found = [_at(document.element, mark.path) for mark in own]
        _ = document.comments
    except (PythonDocxError, OpcError, LxmlError, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        return None
    return _Copy(document, own, found, source, True) if found else None


def _at(root: "_Element", path: Sequence[int]) -> "_Element":
    for index in path:
        root = root[index]
    return root


def _retyped(source: Source) -> _Copy:
    """Return a new Word document with the paragraphs of the text."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.core_properties.author = ""
    # The automatic number is text here, so nothing leads the paragraph.
    marks = [Mark(mark.begin, mark.end, mark.paragraph) for mark in source.marks]
    body = document.element.body
    last = body[-1]
    found = []
    for mark in marks:
        paragraph = _element("w:p")
        last.addprevious(paragraph)
        found.append(paragraph)
        _type(document, paragraph, printable(source.text[mark.begin : mark.end]))
    return _Copy(document, marks, found, source, False)


def _type(document: "Document", element: "_Element", text: str) -> None:
    from docx.text.paragraph import Paragraph

    paragraph: Any = Paragraph(element, document._body)  # type: ignore[arg-type]
    paragraph.add_run(text)


def _saved(document: "Document") -> bytes:
    """Return the file, the same bytes for the same document."""
    written = BytesIO()
    document.save(written)
    packed = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
