"""A Word copy of a text, with a comment on every flagged passage."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..formats.errors import HostileFileError
from ..formats.files import read_bytes, write_bytes
from ..formats.marks import Mark, Source, Where
from ..formats.sources import read_source
from ..reuse.records import Comparison, Match, Place
from .errors import ReportError
from .shares import sides
from .wording import (
    KINDS,
    documents_of,
    leftover_words,
    names,
    percent,
    printable,
    strongest_first,
    swaps_words,
)

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

AUTHOR, _INITIALS = "查重", "查"
MOST_PLACES = 8
"""Other places that one comment names."""
LARGEST_PACKAGE = 400 * 1024 * 1024
"""In bytes, unpacked, pictures included."""
_COMMENTABLE = (Where.BODY, Where.TABLE)
"""Word lets nobody comment on text boxes and notes."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Remark:
    """What is to be said of a range of the text."""

    begin: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Copy:
    """A Word document with its paragraphs that can be commented on, each with its range of the text."""

    document: "Document"
    paragraphs: "list[tuple[Mark, _Element]]"


def annotate(
    path: Path, material_id: str, comparison: Comparison, target: Path, *, overwrite: bool = False
) -> int:
    """Write a copy of a file as .docx with comments on its flagged passages, and return how many there are.

    A comment says where else the passage stands, what kind of copying it is, what was swapped and what was
    forgotten. A .docx keeps its look; of any other file the text is taken. The file itself is never touched.
    Raises a FormatError, ReportError where the file is not the one that was compared or is the target.
    """
    if target.exists() and target.samefile(path):
        raise ReportError(f"{path}：带批注的要另存一份，请换一个文件名")
    content, count = annotated(path, material_id, comparison)
    write_bytes(target, content, overwrite=overwrite)
    return count


def annotated(path: Path, material_id: str, comparison: Comparison) -> tuple[bytes, int]:
    """Return the content of the copy and the number of comments; raises as `annotate` does."""
    source = read_source(path)
    known = {document.id: document.characters for document in comparison.documents}
    if known.get(material_id, len(source.text)) != len(source.text):
        raise ReportError(f"{path}：查重以后这个文件改过了，请重新查重")
    copy = _opened(path, source) or _retyped(source)
    remarks = _remarks(material_id, comparison)
    for remark in remarks:
        _comment(copy, remark)
    return _saved(copy.document), len(remarks)


# -- what is said --------------------------------------------------------------------------------------------


def _remarks(material_id: str, comparison: Comparison) -> list[_Remark]:
    """Put into words what is to be said, in the order of the text; passages that coincide share a comment."""
    named = names(documents_of(comparison))
    passages: dict[tuple[int, int], list[tuple[Match, Place, bool]]] = {}
    for match in strongest_first(comparison.flagged):
        for second, (here, there) in enumerate(sides(match)):
            if here.document == material_id:
                passages.setdefault((here.begin, here.end), []).append((match, there, bool(second)))
    return [
        _Remark(*where, tuple(_lines(found, material_id, named))) for where, found in sorted(passages.items())
    ]


def _lines(
    found: Sequence[tuple[Match, Place, bool]], material_id: str, named: Mapping[str, str]
) -> Iterator[str]:
    for match, there, second in found[:MOST_PLACES]:
        other = "本文" if there.document == material_id else f"“{named[there.document]}”"
        share = percent(match.containment_b if second else match.containment_a)
        yield f"{KINDS[match.kind]}：与{other}第{there.begin + 1}—{there.end}字雷同，本段有{share}见于那里。"
        if swaps := swaps_words(match.swaps):
            direction = "那里→这里" if second else "这里→那里"
            yield f"换了（{direction}）：{'；'.join(swaps)}。"
        yield from (f"忘改：{leftover_words(leftover, named)}。" for leftover in match.leftovers)
    if len(found) > MOST_PLACES:
        yield f"另有{len(found) - MOST_PLACES}处也有这一段。"


# -- where it is said ----------------------------------------------------------------------------------------


def _comment(copy: _Copy, remark: _Remark) -> None:
    from docx.text.run import Run

    reached = [pair for pair in copy.paragraphs if pair[0].begin < remark.end and remark.begin < pair[0].end]
    lines = list(remark.lines)
    if reached:
        begin, end = remark.begin, remark.end
    else:
        reached = _nearest(copy, remark.begin)
        begin, end = reached[0][0].begin, reached[-1][0].end
        lines.insert(0, "这一处在附近的文本框或注释里，那里不能加批注。")
    runs = _runs(reached, begin, end)
    if not runs:
        return
    comment = copy.document.comments.add_comment("\n".join(map(printable, lines)), AUTHOR, _INITIALS)
    # Without a time the copy is the same whenever it is made.
    element: Any = comment._comment_elm
    for name in [name for name in element.attrib if name.endswith("}date")]:
        del element.attrib[name]
    first, last = (Run(run, copy.document) for run in (runs[0], runs[-1]))  # type: ignore[arg-type]
    first.mark_comment_range(last, comment.comment_id)


def _nearest(copy: _Copy, offset: int) -> "list[tuple[Mark, _Element]]":
    before = [pair for pair in copy.paragraphs if pair[0].begin <= offset]
    return before[-1:] or copy.paragraphs[:1]


def _runs(paragraphs: "Iterable[tuple[Mark, _Element]]", begin: int, end: int) -> "list[_Element]":
    """Return the runs that hold exactly the characters of the range; runs across its ends are split."""
    runs = []
    for mark, paragraph in paragraphs:
        own = mark.begin + mark.lead
        for offset in (begin - own, end - own):
            _split_at(paragraph, offset)
        runs += [run for run, first, last in _spans(paragraph) if begin - own <= first and last <= end - own]
    return runs


def _spans(paragraph: "_Element") -> "Iterator[tuple[_Element, int, int]]":
    """Yield the runs that hold characters, with the offsets of these in the paragraph."""
    position = 0
    spans: list[tuple[_Element, int, int]] = []
    for element, text in _pieces(paragraph):
        parent = element.getparent()
        if parent is not None and str(parent.tag).endswith("main}r"):
            if spans and spans[-1][0] is parent:
                spans[-1] = (parent, spans[-1][1], position + len(text))
            else:
                spans.append((parent, position, position + len(text)))
        position += len(text)
    yield from spans


def _pieces(paragraph: "_Element") -> "Iterator[tuple[_Element, str]]":
    from ..formats.docx_text import pieces

    return pieces(paragraph)


def _split_at(paragraph: "_Element", offset: int) -> None:
    """Split the run that holds the characters before and after an offset into two of the same look."""
    position = 0
    for element, text in list(_pieces(paragraph)):
        if position <= offset < position + len(text):
            _split_run(element, offset - position)
            return
        position += len(text)


def _split_run(element: "_Element", offset: int) -> None:
    """Move what follows an offset in one of a run's elements into a new run behind it."""
    run = element.getparent()
    if run is None or not str(run.tag).endswith("main}r"):
        return
    siblings = [child for child in run if not str(child.tag).endswith("}rPr")]
    following = siblings[siblings.index(element) + bool(offset) :]
    if not offset and siblings[0] is element:
        return
    right = deepcopy(run)
    for child in list(right):
        if not str(child.tag).endswith("}rPr"):
            right.remove(child)
    if offset:
        tail = deepcopy(element)
        text = element.text or ""
        element.text, tail.text = text[:offset], text[offset:]
        for part in (element, tail):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        right.append(tail)
    for child in following:
        right.append(child)
    run.addnext(right)


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
    _check_size(content, path)
    try:
        document = Document(BytesIO(content))
        part = str(document.part.partname).lstrip("/")
        own = [mark for mark in source.marks if mark.part == part and mark.where in _COMMENTABLE]
        found = [(mark, _at(document.element, mark.path)) for mark in own]
        _ = document.comments
    except (PythonDocxError, OpcError, LxmlError, KeyError, ValueError, IndexError, zipfile.BadZipFile):
        return None
    return _Copy(document, found) if found else None


def _check_size(content: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return
    if unpacked > LARGEST_PACKAGE:
        raise HostileFileError(f"{path}：文件展开后大得不正常，不能打开")


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
    found: list[tuple[Mark, _Element]] = []
    for mark in source.marks:
        # The automatic number is text here, so nothing leads the paragraph.
        paragraph = document.add_paragraph(printable(source.text[mark.begin : mark.end]))
        found.append((Mark(mark.begin, mark.end, mark.paragraph), paragraph._p))
    return _Copy(document, found)


def _saved(document: "Document") -> bytes:
    """Return the file, the same bytes for the same document."""
    written = BytesIO()
    document.save(written)
    packed = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
