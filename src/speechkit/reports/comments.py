"""Native Word comments on exact ranges of a text: in a copy of the Word file itself, or in a new one."""

import struct
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, count, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ..formats.docx_package import W, check_package_size
from ..formats.files import read_bytes
from ..formats.marks import Mark, Source, Where
from .errors import ReportError
from .wording import printable

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_COMMENTABLE = (Where.BODY, Where.TABLE)
"""Word lets nobody comment on text boxes and notes."""
_RUN, _RUN_PROPERTIES = f"{W}r", f"{W}rPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = b"\x00\x00\x21\x00"
"""Time and date of 1980-01-01 in an archive."""
_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
_ENTRY, _LENGTHS = 46, struct.Struct("<HHH")
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
        mark = copy.marks[number]
        held = list(_pieces(copy.paragraphs[number]))
        words = copy.source.text[mark.begin + mark.lead : mark.end]
        if copy.is_original and "".join(text for _, text in held) != words:
            raise ReportError(f"{copy.source.path}：检查以后这个文件改过了，请重新检查")
        self.runs: list[_Element] = []
        self.begins: list[int] = []
        self.ends: list[int] = []
        for element, begin, end in _split(held, sorted(offsets)):
            run = element.getparent()
            if run is None or run.tag != _RUN:
                continue
            if self.runs and self.runs[-1] is run:
                self.ends[-1] = end
            else:
                self.runs.append(run)
                self.begins.append(begin)
                self.ends.append(end)

    def first_from(self, offset: int) -> int:
        """Return the number of the first run that begins at an offset or later, the last run without one."""
        return min(bisect_left(self.begins, offset), len(self.runs) - 1)

    def last_before(self, offset: int) -> int:
        """Return the number of the last run that ends at an offset or earlier, the first run without one."""
        return max(bisect_right(self.ends, offset) - 1, 0)


def _pieces(paragraph: "_Element") -> "Iterator[tuple[_Element, str]]":
    from ..formats.docx_text import pieces

    return pieces(paragraph)


def _split(
    held: "Sequence[tuple[_Element, str]]", offsets: Sequence[int]
) -> "list[tuple[_Element, int, int]]":
    """Split runs at the offsets into runs of the same look; return the elements with what they hold."""
    ends = list(accumulate(len(text) for _, text in held))
    parts: list[tuple[_Element, int, int]] = []
    # From the end on, so that what lies before a cut stays where it is.
    for (element, text), end in zip(reversed(held), reversed(ends), strict=True):
        begin = end - len(text)
        inside = offsets[bisect_left(offsets, begin) : bisect_left(offsets, end)]
        run = element.getparent()
        if not inside or run is None or run.tag != _RUN:
            parts.append((element, begin, end))
            continue
        cuts = [begin, *(offset for offset in inside if offset > begin), end]
        elements = _split_element(element, [cut - begin for cut in cuts])
        parts += reversed(
            [(one, low, high) for one, (low, high) in zip(elements, pairwise(cuts), strict=True)]
        )
        if inside[0] == begin:
            _part_before(element)
    return parts[::-1]


def _split_element(element: "_Element", cuts: Sequence[int]) -> "list[_Element]":
    """Cut the text of an element; each piece after the first goes into a run of its own behind the run."""
    elements = [element]
    if len(cuts) > 2:
        text = element.text or ""
        following = list(element.itersiblings())
        element.set(_SPACE, "preserve")
        element.text = text[: cuts[1]]
        for low, high in pairwise(cuts[1:]):
            tail = _twin(element)
            tail.text = text[low:high]
            _run_behind(elements[-1]).append(tail)
            elements.append(tail)
        for sibling in following:
            elements[-1].getparent().append(sibling)  # type: ignore[union-attr]
    return elements


def _part_before(element: "_Element") -> None:
    """Let the element begin a run of its own, with what follows it in its run."""
    before = element.getprevious()
    if before is not None and before.tag != _RUN_PROPERTIES:
        moved = [element, *element.itersiblings()]
        _run_behind(element).extend(moved)


def _run_behind(element: "_Element") -> "_Element":
    """Return a new run without content behind the run of an element, of the same look."""
    run = element.getparent()
    assert run is not None
    made = _twin(run)
    if len(run) and run[0].tag == _RUN_PROPERTIES:
        made.append(deepcopy(run[0]))
    run.addnext(made)
    return made


def _twin(element: "_Element") -> "_Element":
    """Return an empty element of the same name and attributes."""
    made = element.makeelement(element.tag)
    for key, value in element.attrib.items():
        made.set(key, value)
    return made


# -- what is said --------------------------------------------------------------------------------------------


def _write(copy: _Copy, places: Iterable[tuple[_Place, _Runs, _Runs]], author: str) -> None:
    from lxml.etree import fromstring

    listed: Any = copy.document.part._comments_part.element
    used = (int(number) for number in listed.xpath("./w:comment/@w:id"))
    numbers = count(max(used, default=-1) + 1)
    written: list[str] = []
    for place, first, last in places:
        if not (first.runs and last.runs):
            continue
        begin, end = first.first_from(place.begin), last.last_before(place.end)
        if first is last and begin > end:
            # What no run holds, such as a formula, lies between the two.
            begin, end = end, begin
        number = str(next(numbers))
        written.append(_comment(number, place.lines, author))
        _enclose(first.runs[begin], last.runs[end], number)
    # One parse of them all takes a fraction of the time of making their elements one by one.
    listed.extend(fromstring(f'<w:comments xmlns:w="{W[1:-1]}">{"".join(written)}</w:comments>'))


def _comment(number: str, lines: Sequence[str], author: str) -> str:
    """Return a comment without a time: the copy is the same whenever it is made."""
    first, *others = lines or ("",)
    paragraphs = [_paragraph(_REFERENCE, first), *(_paragraph("", line) for line in others)]
    return (
        f'<w:comment w:id="{number}" w:author="{author}" w:initials="{author[:1]}">'
        f"{''.join(paragraphs)}</w:comment>"
    )


def _paragraph(before: str, line: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{before}'
        f'<w:r><w:t xml:space="preserve">{escape(printable(line))}</w:t></w:r></w:p>'
    )


def _enclose(first: "_Element", last: "_Element", number: str) -> None:
    from lxml.etree import Element

    first.addprevious(Element(f"{W}commentRangeStart", {f"{W}id": number}))
    last.addnext(_reference_run(number))
    last.addnext(Element(f"{W}commentRangeEnd", {f"{W}id": number}))


def _reference_run(number: str) -> "_Element":
    from lxml.etree import Element, SubElement

    run = Element(_RUN)
    SubElement(SubElement(run, _RUN_PROPERTIES), f"{W}rStyle", {f"{W}val": "CommentReference"})
    SubElement(run, f"{W}commentReference", {f"{W}id": number})
    return run


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
        paragraph = body.makeelement(f"{W}p")
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
    content = bytearray(written.getvalue())
    with zipfile.ZipFile(written) as archive:
        at = archive.start_dir
        for entry in archive.infolist():
            # The time that python-docx wrote it stands in front of each entry and in the list at the end.
            content[entry.header_offset + 10 : entry.header_offset + 14] = _EPOCH
            content[at + 12 : at + 16] = _EPOCH
            at += _ENTRY + sum(_LENGTHS.unpack_from(content, at + 28))
    return bytes(content)
