"""Word files, written as the XML they consist of.

A new file needs a dozen small parts. Writing them directly keeps out what a library's template brings along
(theme fonts, blue headings, foreign metadata) and takes a few milliseconds.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from ..manuscript import Manuscript
from .docx_styles import BLANK_LINE, BODY, EVEN_PAGE, ODD_PAGE, STYLE_IDS, kind_styles, styles_xml
from .lines import HEAD, Align, Kind, Line, lines_of, width
from .structure import implicit
from .titles import break_title
from .wordml import OFFICE, paragraph, root, run, tag

if TYPE_CHECKING:
    from .layout import Layout, TextStyle

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = ("styles", "settings", "fontTable")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_UNDATED = date(2000, 1, 1)


def docx_bytes(manuscript: Manuscript, layout: "Layout") -> bytes:
    """Return the content of a Word file, the same bytes for the same manuscript and layout."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _parts(manuscript, layout).items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it tells which system the file comes from
            archive.writestr(entry, _DECLARATION + content)
    return buffer.getvalue()


def _parts(manuscript: Manuscript, layout: "Layout") -> dict[str, str]:
    footers = _footers(layout)
    related = [(f"{OFFICE}/{name}", f"{name}.xml") for name in _RELATED]
    related += [(f"{OFFICE}/footer", f"{name}.xml") for name in footers]
    top = [
        (f"{OFFICE}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    return {
        "[Content_Types].xml": _content_types(footers),
        "_rels/.rels": _relationships(top),
        "docProps/core.xml": _core_properties(manuscript),
        "word/document.xml": root("document", tag("body", *_body(manuscript, layout), _section(layout))),
        "word/_rels/document.xml.rels": _relationships(related),
        "word/styles.xml": styles_xml(layout),
        "word/settings.xml": _settings(layout),
        "word/fontTable.xml": _font_table(layout),
        **{f"word/{name}.xml": content for name, content in footers.items()},
    }


def _content_types(footers: Iterable[str]) -> str:
    kinds = {
        "document": "document.main",
        **{name: name for name in _RELATED},
        **dict.fromkeys(footers, "footer"),
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    core = f'<Override PartName="/docProps/core.xml" ContentType="{_PACKAGE_TYPE}.core-properties+xml"/>'
    defaults = (
        f'<Default Extension="rels" ContentType="{_PACKAGE_TYPE}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{core}{overrides}</Types>'


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core_properties(manuscript: Manuscript) -> str:
    """Return title, author and dates as the manuscript gives them, not as the machine does."""
    author = escape(manuscript.byline.name if manuscript.byline else "")
    stamp = f'xsi:type="dcterms:W3CDTF">{(_parse_date(manuscript.date) or _UNDATED).isoformat()}T00:00:00Z'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(manuscript.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _parse_date(text: str) -> date | None:
    match = re.fullmatch(r"([0-9]{4})\s*[年./-]\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?", text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _settings(layout: "Layout") -> str:
    version = tag(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return root(
        "settings",
        tag("zoom", percent=100) + tag("defaultTabStop", val=420),
        tag("evenAndOddHeaders") if layout.page_number else "",
        tag("characterSpacingControl", val="doNotCompress"),
        tag("compat", version),  # without it Word opens the file in compatibility mode
        tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _font_table(layout: "Layout") -> str:
    fonts = (
        tag("font", tag("altName", val=substitute) + tag("charset", val=86), name=font)
        for font, substitute in sorted(layout.substitutes.items())
    )
    return root("fonts", *fonts)


def _footers(layout: "Layout") -> dict[str, str]:
    if not layout.page_number:
        return {}
    before, after = layout.page_number.form.split("{页码}")
    content = run(before) + tag("fldSimple", run("1"), instr=" PAGE ") + run(after)
    styles = {"footer1": ODD_PAGE, "footer2": EVEN_PAGE}
    return {name: root("ftr", paragraph(style, content)) for name, style in styles.items()}


def _body(manuscript: Manuscript, layout: "Layout") -> Iterator[str]:
    lines = lines_of(manuscript, [Kind(name) for name in layout.head_order])
    indents = _signature_indents(lines, layout)
    for index, (line, style) in enumerate(zip(lines, _style_ids(lines, layout), strict=True)):
        before = lines[index - 1].kind if index else None
        after = lines[index + 1].kind if index + 1 < len(lines) else None
        if before in HEAD and line.kind not in HEAD:
            yield paragraph(BLANK_LINE, "") * layout.blank_after_head
        if line.kind is Kind.SIGNATURE:
            yield paragraph(BLANK_LINE, "") * layout.blank_before_signature
        # A page with nothing but unit and date is not accepted: text goes with them.
        keep = tag("keepNext") if after is Kind.SIGNATURE else ""
        yield paragraph(style, _content(line, layout), keep + indents.get(index, ""))


def _style_ids(lines: Sequence[Line], layout: "Layout") -> Iterator[str]:
    styles = kind_styles(layout)
    # A reader of the file sees the lines where the profile puts them.
    placed = [replace(line, align=_align(styles[line.kind])) for line in lines if line.kind]
    for line, shown in zip(placed, implicit(placed), strict=True):
        assert line.kind
        is_body = line.kind is Kind.PARAGRAPH and shown.kind is None
        yield BODY if is_body else STYLE_IDS[line.kind]


def _align(style: "TextStyle") -> Align:
    if style.alignment in {"居中", "居右"}:
        return Align.FAR
    return Align.INDENTED if style.first_indent else Align.FLUSH


def _content(line: Line, layout: "Layout") -> str:
    if line.kind is not Kind.TITLE:
        return run(line.text)
    return "<w:r><w:br/></w:r>".join(map(run, break_title(line.text, layout.title.characters)))


def _signature_indents(lines: Sequence[Line], layout: "Layout") -> dict[int, str]:
    """Return the right indents that a style can't carry, as they depend on how long unit and date are.

    The date begins two characters to the right of the unit; if it is the longer one it keeps the indent
    of the style, and the unit moves (GB/T 9704-2012 7.3.5.3).
    """
    style = layout.signature
    indents: dict[int, str] = {}
    for index, (unit, day) in enumerate(pairwise(lines)):
        if (unit.kind, day.kind, style.alignment) != (Kind.SIGNATURE, Kind.SIGNATURE_DATE, "居右"):
            continue
        excess = width(unit.text) - width(day.text)
        moved, by = (index + 1, excess - 2) if excess >= 0 else (index, 2 - excess)
        indent = max(0.0, style.right_indent + by)
        length = round(indent * layout.character_pitch)
        indents[moved] = tag("ind", rightChars=round(100 * indent), right=length)
    return indents


def _section(layout: "Layout") -> str:
    first = len(_RELATED) + 1
    footers = "".join(
        f'<w:footerReference w:type="{kind}" r:id="rId{number}"/>'
        for number, kind in enumerate(("default", "even") if layout.page_number else (), first)
    )
    margins = dict(zip(("top", "right", "bottom", "left"), layout.edges, strict=True))
    grid = {"type": "linesAndChars", "linePitch": layout.line_pitch, "charSpace": layout.character_space}
    return tag(
        "sectPr",
        footers,
        tag("pgSz", w=layout.sheet[0], h=layout.sheet[1]),
        tag("pgMar", **margins, header=margins["top"] // 2, footer=layout.footer_distance, gutter=0),
        tag("cols", space=425),
        tag("docGrid", **grid) if layout.grid else "",
    )
