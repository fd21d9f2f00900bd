"""Change some characters of a file, and nothing else of it."""

import codecs
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate

from lxml import etree

from .docx_package import STRICT, TRANSITIONAL, UNZIPPING_ERRORS, Package, W, check_package_size
from .docx_text import pieces
from .errors import DamagedFileError, UnknownFormatError
from .marks import Mark, Source

CORRECTABLE = (".docx", ".txt", ".md")
"""Kinds of file that can be changed in place; of others only the text is known."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MADE_OF_ELEMENTS = frozenset("\t\n\r\f")


@dataclass(frozen=True, slots=True)
class Change:
    """Put `text` in the place of the characters of a half-open range."""

    begin: int
    end: int
    text: str


def without_overlaps(changes: Iterable[Change]) -> list[Change]:
    """Return the changes in order, of those that overlap or touch at an insertion only the first."""
    chosen: list[Change] = []
    for change in sorted(changes, key=lambda change: (change.begin, change.end)):
        if not chosen or change.begin >= chosen[-1].end:
            chosen.append(change)
    return chosen


def corrected(content: bytes, source: Source, changes: Iterable[Change]) -> tuple[bytes, list[Change]]:
    """Return a file of the same kind with the changes, and the changes that could be made, in order.

    `content` is the file that `source` was read from. A .docx keeps its look: only the words of the runs at
    the places change; what stands in an automatic number, in two paragraphs or over a tab or a break is left
    as it is. A text file comes out in UTF-8. Of changes that overlap the first is made. Raises
    UnknownFormatError for other kinds of file, DamagedFileError where the file is another one by now.
    """
    wanted = without_overlaps(changes)
    if content.startswith(b"PK") and source.marks[0].part:
        return _corrected_docx(content, source, wanted)
    if not source.path.lower().endswith(CORRECTABLE[1:]):
        raise UnknownFormatError(f"{source.path}：这种文件不能直接改，请另存为.docx再用")
    text = replaced(source.text, wanted)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode("utf-8"), wanted


def replaced(text: str, changes: Iterable[Change]) -> str:
    """Return the text with the changes, which stand in order and don't overlap."""
    parts, position = [], 0
    for change in changes:
        parts += [text[position : change.begin], change.text]
        position = change.end
    return "".join((*parts, text[position:]))


# -- Word files ----------------------------------------------------------------------------------------------


def _corrected_docx(content: bytes, source: Source, changes: Sequence[Change]) -> tuple[bytes, list[Change]]:
    check_package_size(content, source.path)
    package = Package(content, source.path)
    roots: dict[str, etree._Element] = {}
    made: list[Change] = []
    for mark, inside in _by_paragraph(source, changes):
        if mark.part not in roots:
            root = package.parse(mark.part)
            if root is None:
                raise _changed(source)
            roots[mark.part] = root
        made += _correct(_at(roots[mark.part], mark, source), mark, inside, source)
    try:
        return _repacked(content, roots), sorted(made, key=lambda change: change.begin)
    except UNZIPPING_ERRORS:
        raise DamagedFileError(f"{source.path}：Word文件已损坏，请用Word打开检查，再另存为.docx") from None


def _by_paragraph(source: Source, changes: Iterable[Change]) -> Iterable[tuple[Mark, list[Change]]]:
    """Return the paragraphs with the changes that lie within the words of one, each with its own."""
    marks = source.marks
    found: dict[int, list[Change]] = {}
    for change in changes:
        index = max(0, bisect_right(marks, change.begin, key=lambda mark: mark.begin) - 1)
        mark = marks[index]
        if mark.begin + mark.lead <= change.begin and change.end <= mark.end:
            found.setdefault(index, []).append(change)
    return [(marks[index], inside) for index, inside in found.items()]


def _at(root: etree._Element, mark: Mark, source: Source) -> etree._Element:
    try:
        for index in mark.path:
            root = root[index]
    except IndexError:
        raise _changed(source) from None
    return root


def _changed(source: Source) -> DamagedFileError:
    return DamagedFileError(f"{source.path}：检查以后这个文件改过了，请重新检查")


def _correct(
    paragraph: etree._Element, mark: Mark, changes: Sequence[Change], source: Source
) -> list[Change]:
    """Make the changes in a paragraph and return those that could be made."""
    held = list(pieces(paragraph))
    if "".join(text for _, text in held) != source.text[mark.begin + mark.lead : mark.end]:
        raise _changed(source)
    begins = list(accumulate((len(text) for _, text in held), initial=mark.begin + mark.lead))[:-1]
    made = []
    edits: dict[int, list[Change]] = {}
    for change in changes:
        narrow = _narrowed(change, source.text)
        touched = _touched(narrow, begins)
        if _is_in_words(narrow, [held[n][0] for n in touched]):
            made.append(change)
            words = narrow.text
            for n in touched:
                low = max(begins[n], narrow.begin) - begins[n]
                high = min(begins[n] + len(held[n][1]), narrow.end) - begins[n]
                edits.setdefault(n, []).append(Change(low, max(low, high), words))
                words = ""
    for n, inside in edits.items():
        element = held[n][0]
        element.text = replaced(element.text or "", inside)
        element.set(_SPACE, "preserve")
    return made


@dataclass(frozen=True, slots=True)
class _Narrow:
    """A change without the characters that stay: those stand before and after it."""

    begin: int
    end: int
    text: str
    clings_back: bool
    """Whether an insertion belongs to the character before it."""


def _narrowed(change: Change, text: str) -> _Narrow:
    old, new = text[change.begin : change.end], change.text
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return _Narrow(change.begin + head, change.end - tail, new[head : len(new) - tail], head > 0)


def _touched(change: _Narrow, begins: Sequence[int]) -> range:
    """Return the numbers of the elements that hold what is replaced, or to which an insertion belongs."""
    low = change.begin - (change.begin == change.end and change.clings_back)
    first = max(0, bisect_right(begins, low) - 1)
    return range(first, max(first, bisect_right(begins, change.end - 1) - 1) + 1)


def _is_in_words(change: _Narrow, elements: Iterable[etree._Element]) -> bool:
    """Whether old and new are nothing but words: a tab or a break is an element of its own."""
    return _MADE_OF_ELEMENTS.isdisjoint(change.text) and all(one.tag == f"{W}t" for one in elements)


def _repacked(content: bytes, roots: dict[str, etree._Element]) -> bytes:
    """Return the package with the parts that changed; every other part is the same to the byte."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename in roots:
                part = _written(roots[entry.filename], part)
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _written(root: etree._Element, before: bytes) -> bytes:
    written: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    # The package was read as if it were of the common sort; it goes out as what it is.
    return written.replace(TRANSITIONAL, STRICT) if STRICT in before else written
