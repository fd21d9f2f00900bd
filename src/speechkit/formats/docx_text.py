"""Word files as text with a map back to the words in the file.

Other than `docx_reader`, which tells what each paragraph is, this module keeps every character in its place:
`pieces` gives the characters of a paragraph element by element, so that a writer finds the run that holds
an offset.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from lxml import etree

from .docx_package import Package, W
from .errors import DamagedFileError, FormatError
from .marks import Mark, Properties, Source, Where, check_length, iso_time, make_source
from .numbering import Numbering

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TERMS, _CORE = "{http://purl.org/dc/terms/}", "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPH, _ALTERNATIVES, _BOX = f"{W}p", f"{_COMPATIBILITY}AlternateContent", f"{W}txbxContent"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}pPr", f"{W}rPr", f"{W}sectPr"})
_APART = _GONE | {_BOX, _PARAGRAPH}
_RUN, _RUN_PROPERTIES, _VANISH, _FIELD = f"{W}r", f"{W}rPr", f"{W}vanish", f"{W}fldChar"
_TEXT = frozenset({f"{W}t", f"{_MATH}t"})
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SPACES = str.maketrans("\t\n\r", "   ")
"""Word shows them as spaces where they stand in `w:t`."""
_WHERE = {f"{W}tc": Where.TABLE, _BOX: Where.TEXT_BOX}
_NOTES = {"footnotes": Where.FOOTNOTE, "endnotes": Where.ENDNOTE}
_OFF = frozenset({"0", "false", "off"})
_DEEPEST = 50
"""How many styles may be based on one another; more is a circle."""

_Found = tuple[etree._Element, tuple[int, ...], Where]


def docx_source(content: bytes, file: str) -> Source:
    """Return the text of a Word file: body, tables and text boxes in their order, then foot- and endnotes.

    Tracked changes count as accepted; automatic numbers and the results of fields are text; hidden text,
    comments, headers and footers are left out. Raises a FormatError.
    """
    package = Package(content, file)
    root = package.parse(package.document)
    if root is None or root.tag != f"{W}document":
        raise DamagedFileError(f"{file}：里面没有Word文稿，请用Word或WPS另存为.docx")
    transcript = _Transcript(package)
    transcript.add(package.document, root, Where.BODY)
    for kind, where in _NOTES.items():
        if (part := package.related_name(kind)) and (notes := package.parse(part)) is not None:
            transcript.add(part, notes, where)
    return make_source(file, "".join(transcript.text), transcript.marks, _properties(package))


class _Transcript:
    """The text so far, and its marks."""

    def __init__(self, package: Package) -> None:
        self.text: list[str] = []
        self.marks: list[Mark] = []
        self._file = package.file
        self._length = 0
        self._numbers = _Numbers(package)
        self._goes_on = False
        """Whether the end of the paragraph before has been deleted, so that the next one continues it."""
        self._begun = False
        """Whether the paragraph that is continued has text."""

    def add(self, part: str, root: etree._Element, where: Where) -> None:
        for element, path, place in _paragraphs(root, where):
            text = "".join(piece for _, piece in pieces(element))
            self._begun &= self._goes_on
            self._goes_on = _is_end_deleted(element)
            number = "" if self._goes_on else self._numbers.prefix(element)
            if text and not text.isspace():
                lead = "" if self._begun else number
                self._append("" if self._begun or not self.text else "\n")
                begin = self._length
                self._append(lead + text)
                mark = Mark(begin, self._length, len(self.marks), place, 0, part, path, len(lead))
                self.marks.append(mark)
                self._begun = True

    def _append(self, text: str) -> None:
        self.text.append(text)
        self._length += len(text)
        check_length(self._length, self._file)


def _paragraphs(root: etree._Element, where: Where) -> Iterator[_Found]:
    """Yield the paragraphs with their path from the root, each before those of the text boxes in it."""
    stack: list[_Found] = [(root, (), where)]
    while stack:
        element, path, where = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _GONE or _is_deleted_row(element):
            continue
        if element.tag == _PARAGRAPH:
            yield element, path, where
            if len(list(islice(element.iter(_PARAGRAPH), 2))) == 1:
                continue
        if where in (Where.BODY, Where.TABLE):
            where = _WHERE.get(element.tag, where)
        children = [(child, (*path, index), where) for index, child in enumerate(element)]
        stack.extend(reversed(_first_choice(children) if element.tag == _ALTERNATIVES else children))


def _first_choice(children: list[_Found]) -> list[_Found]:
    """Return the first of the alternatives, which all say the same."""
    return [child for child in children if isinstance(child[0].tag, str)][:1]


def _is_deleted_row(element: etree._Element) -> bool:
    return element.tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is not None


def _is_end_deleted(paragraph: etree._Element) -> bool:
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(
        properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )


def pieces(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements that hold the characters of a paragraph, each with its characters.

    Those of text boxes in it are left out: their paragraphs stand for themselves. The characters of a `w:t`
    are one to one those of its text; a tab, a break or a symbol is one character.
    """
    fields: list[bool] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _APART:
            continue
        if tag == _FIELD:
            _step(fields, element.get(f"{W}fldCharType"))
        elif text := _characters(element):
            if all(fields):
                yield element, text
        elif tag == _ALTERNATIVES:
            stack.extend([child for child in element if isinstance(child.tag, str)][:1])
        elif _is_hidden(element):
            stack.extend(reversed(element.findall(f"{W}fldChar")))
        else:
            stack.extend(reversed(element))


def _step(fields: list[bool], kind: str | None) -> None:
    """Follow the open fields, the outermost first: whether each shows its result or still says what it is."""
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields and kind == "end":
        fields.pop()


def _characters(element: etree._Element) -> str:
    if element.tag in _TEXT:
        text = element.text or ""
        return text if text.isprintable() else text.translate(_SPACES)
    return _symbol(element) if element.tag == f"{W}sym" else _CHARACTERS.get(element.tag, "")


def _symbol(element: etree._Element) -> str:
    try:
        character = chr(int(element.get(f"{W}char") or "", 16))
    except (ValueError, OverflowError):
        return ""
    # A private code, not printable, is a picture in a font such as Wingdings and says nothing as text.
    return character if character.isprintable() else ""


def _is_hidden(element: etree._Element) -> bool:
    if element.tag != _RUN:
        return False
    properties = next(element.iterchildren(_RUN_PROPERTIES), None)
    mark = next(properties.iterchildren(_VANISH), None) if properties is not None else None
    return mark is not None and mark.get(f"{W}val") not in _OFF


class _Numbers:
    """The automatic numbers of the paragraphs, to be asked in their order."""

    def __init__(self, package: Package) -> None:
        lists = package.related("numbering")
        self._numbering = Numbering(lists)
        # The styles are by far the longest part, and without lists they say nothing about numbers.
        without_lists = lists is None or lists.find(f"{W}num") is None
        root = None if without_lists else package.related("styles")
        elements = root.findall(f"{W}style") if root is not None else []
        self._styles = {element.get(f"{W}styleId") or "": element for element in elements}
        self._default = next((e.get(f"{W}styleId") or "" for e in elements if _is_default(e)), "")
        self._known: dict[str, tuple[str, str]] = {}

    def prefix(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(f"{W}pPr")
        list_id, level = _numbered(properties)
        style_id = _value(properties, "pStyle") or self._default
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        of_style = self._known[style_id]
        list_id, level = list_id or of_style[0], level or of_style[1]
        digit = level if level in "12345678" else ""
        return self._numbering.prefix(list_id, int(digit or 0)) if list_id else ""

    def _resolve(self, style_id: str) -> tuple[str, str]:
        list_id = level = ""
        for _ in range(_DEEPEST):
            if (style := self._styles.get(style_id)) is None:
                break
            found = _numbered(style.find(f"{W}pPr"))
            list_id, level = list_id or found[0], level or found[1]
            style_id = _value(style, "basedOn")
        return list_id, level


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def _numbered(properties: etree._Element | None) -> tuple[str, str]:
    """Return id of the list and level that `w:pPr` names, each empty where it doesn't."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    return _value(numbered, "numId"), _value(numbered, "ilvl")


def _value(element: etree._Element | None, name: str) -> str:
    child = element.find(f"{W}{name}") if element is not None else None
    return (child.get(f"{W}val") or "") if child is not None else ""


def _properties(package: Package) -> Properties:
    try:
        root = package.parse("docProps/core.xml")
    except FormatError:
        # The text is whole, and these are nice to have.
        root = None
    if root is None:
        return Properties()
    created, modified, author = (
        root.findtext(name) or "" for name in (f"{_TERMS}created", f"{_TERMS}modified", f"{_CORE}creator")
    )
    return Properties(_time(created), _time(modified), author.strip())


def _time(text: str) -> str:
    try:
        return iso_time(datetime.fromisoformat(text.strip()))
    except ValueError:
        return ""
