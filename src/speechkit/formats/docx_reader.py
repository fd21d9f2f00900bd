"""Word files, read for their text and what each paragraph is.

Our own files tell the kind of a paragraph by its style. In other people's files the built-in styles do, and
everything else is told by its look. Nothing is passed over: text boxes, tables, footnotes, fields and
insertions are read, automatic numbers become text; only what has been deleted stays out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..manuscript import Manuscript
from .docx_package import Package, W
from .docx_styles import BUILT_IN_NAMES
from .errors import DamagedFileError, EmptyFileError
from .lines import Align, Kind, Line, clean, join_title
from .numbering import Numbering
from .structure import manuscript_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}pPr", f"{W}rPr", _FALLBACK})
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_CHARACTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}
_DEEPEST = 50
"""How many styles may be based on one another; more is a circle."""


@dataclass(frozen=True, slots=True)
class _Style:
    kind: Kind | None
    properties: tuple[etree._Element, ...]
    """`w:pPr` of the style and of those it is based on, the nearest first."""


class _Styles:
    def __init__(self, root: etree._Element | None) -> None:
        elements = root.findall(f"{W}style") if root is not None else []
        self._elements = {element.get(f"{W}styleId") or "": element for element in elements}
        self._default = next((e.get(f"{W}styleId") or "" for e in elements if _is_default(e)), "")
        self._known: dict[str, _Style] = {}

    def find(self, style_id: str | None) -> _Style:
        style_id = style_id or self._default
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str) -> _Style:
        kind: Kind | None = None
        properties = []
        for _ in range(_DEEPEST):
            if (element := self._elements.get(style_id)) is None:
                break
            kind = kind or _named_kind(_value(element, "name"))
            if (own := element.find(f"{W}pPr")) is not None:
                properties.append(own)
            style_id = _value(element, "basedOn")
        return _Style(kind, tuple(properties))


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(f"{W}val") or "") if child is not None else ""


_KINDS = {str(kind): kind for kind in Kind} | {name.lower(): kind for kind, name in BUILT_IN_NAMES.items()}
_KINDS |= {f"标题 {level}": _KINDS[f"heading {level}"] for level in range(1, 5)}
_KINDS |= {f"heading {level}": Kind.HEADING_4 for level in range(5, 10)}


def _named_kind(name: str) -> Kind | None:
    return _KINDS.get(name.lower())


def _attribute(properties: list[etree._Element], child: str, name: str) -> str:
    for element in properties:
        found = element.find(f"{W}{child}")
        if found is not None and (value := found.get(f"{W}{name}")) is not None:
            return value
    return ""


def _align(properties: list[etree._Element]) -> Align:
    if _attribute(properties, "jc", "val") in {"center", "right", "end"}:
        return Align.FAR
    indents = (_attribute(properties, "ind", name) for name in ("firstLineChars", "firstLine"))
    return Align.INDENTED if any(value.isdigit() and int(value) > 0 for value in indents) else Align.FLUSH


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """Yield the text of a paragraph, a line feed for a line break, but not that of text boxes in it."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _SKIPPED or tag == f"{W}p" or not isinstance(tag, str):
            continue
        if tag in (f"{W}t", f"{_MATH}t"):
            yield element.text or ""
        elif tag in _BREAKS:
            yield "\n"
        elif tag == f"{W}sym":
            yield _symbol(element)
        else:
            yield _CHARACTERS.get(tag, "")
            stack.extend(reversed(element))


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    # A private code is a picture in a font such as Wingdings and says nothing as text.
    return "" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF else chr(code)


def _is_skipped(paragraph: etree._Element) -> bool:
    return any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors())


class _Reader:
    def __init__(self, package: Package) -> None:
        self._styles = _Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))

    def lines(self, root: etree._Element) -> Iterator[Line]:
        for paragraph in root.iter(f"{W}p"):
            if not _is_skipped(paragraph):
                yield from self._paragraph_lines(paragraph)

    def _paragraph_lines(self, paragraph: etree._Element) -> Iterator[Line]:
        own = paragraph.find(f"{W}pPr")
        style = self._styles.find(_value(own, "pStyle") if own is not None else None)
        properties = [*([own] if own is not None else []), *style.properties]
        number = self._number(properties)
        text = "".join(_pieces(paragraph))
        parts = f"{number}{text}".split("\n") if clean(text) else []
        kind, align = style.kind, _align(properties)
        if kind is Kind.TITLE:
            parts = [join_title(parts)]
        elif next(paragraph.iterancestors(f"{W}tc"), None) is not None:
            kind = kind or Kind.PARAGRAPH
        for part in parts:
            indented = align is Align.FLUSH and part.startswith(("　", "  "))
            if text := clean(part):
                yield Line(text, kind, Align.INDENTED if indented else align)

    def _number(self, properties: list[etree._Element]) -> str:
        for element in properties:
            numbered = element.find(f"{W}numPr")
            if numbered is not None and (list_id := _value(numbered, "numId")):
                level = next((v for e in properties if (v := _level(e))), "0")
                return self._numbering.prefix(list_id, int(level) if level.isdigit() else 0)
        return ""


def _level(properties: etree._Element) -> str:
    numbered = properties.find(f"{W}numPr")
    return _value(numbered, "ilvl") if numbered is not None else ""


def parse_docx(content: bytes, *, file: str, title: str) -> Manuscript:
    """Return the manuscript in a Word file.

    Raises DamagedFileError, HostileFileError, and EmptyFileError where there is no text.
    """
    package = Package(content, file)
    root = package.parse(package.document)
    if root is None or root.tag != f"{W}document":
        raise DamagedFileError(f"{file}：里面没有Word文稿，请用Word或WPS另存为.docx")
    reader = _Reader(package)
    lines = list(reader.lines(root))
    for kind in ("footnotes", "endnotes"):
        if (notes := package.related(kind)) is not None:
            lines += reader.lines(notes)
    if not lines:
        raise EmptyFileError(f"{file}：文件里没有文字")
    return manuscript_of(lines, file=file, title=title)
