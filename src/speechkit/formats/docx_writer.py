"""Word files, written as the XML they consist of.

A new file needs a dozen small parts. Writing them directly keeps out what a library's template brings along
(theme fonts, blue headings, foreign metadata) and takes a few milliseconds.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from ..manuscript import Manuscript
from .docx_styles import BLANK_LINE, BODY, EVEN_PAGE, ODD_PAGE, STYLE_IDS, W, styles_xml
from .layout import Layout, twips
from .lines import HEAD, Kind, Line, lines_of
from .structure import implicit
from .titles import break_title, width

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FALLBACK_DATE = date(2000, 1, 1)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

# “”‘’…— belong to both scripts; the hint has them drawn from the East Asian font.
_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def docx_bytes(manuscript: Manuscript, layout: Layout) -> bytes:
    """Return the content of a Word file, the same bytes for the same manuscript and layout."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _parts(manuscript, layout).items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # it would tell the machine's system otherwise
            archive.writestr(entry, _DECLARATION + content)
    return buffer.getvalue()


def _parts(manuscript: Manuscript, layout: Layout) -> dict[str, str]:
    footers = _footers(layout)
    return {
        "[Content_Types].xml": _content_types(footers),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core_properties(manuscript),
        "word/document.xml": _document(manuscript, layout),
        "word/_rels/document.xml.rels": _relationships(
            *((f"{_OFFICE}/{name}", f"{name}.xml") for name in ("styles", "settings", "fontTable")),
            *((f"{_OFFICE}/footer", name) for name in footers),
        ),
        "word/styles.xml": styles_xml(layout),
        "word/settings.xml": _settings(layout),
        "word/fontTable.xml": _font_table(layout),
        **{f"word/{name}": content for name, content in footers.items()},
    }


def _content_types(footers: Sequence[str] | dict[str, str]) -> str:
    parts = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_MAIN_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_MAIN_TYPE}.styles+xml",
        "/word/settings.xml": f"{_MAIN_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{_MAIN_TYPE}.fontTable+xml",
        **{f"/word/{name}": f"{_MAIN_TYPE}.footer+xml" for name in footers},
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core_properties(manuscript: Manuscript) -> str:
    stamp = f"{(_parse_date(manuscript.date) or _FALLBACK_DATE).isoformat()}T00:00:00Z"
    author = escape(manuscript.byline.name if manuscript.byline else "")
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(manuscript.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>{times}<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _parse_date(text: str) -> date | None:
    match = re.fullmatch(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?", text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _settings(layout: Layout) -> str:
    even_and_odd = "<w:evenAndOddHeaders/>" if layout.page_number else ""
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{even_and_odd}'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        # Without it Word opens the file in compatibility mode.
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table(layout: Layout) -> str:
    entries = "".join(
        f"<w:font w:name={quoteattr(font)}><w:altName w:val={quoteattr(substitute)}/>"
        '<w:charset w:val="86"/></w:font>'
        for font, substitute in sorted(layout.substitutes.items())
    )
    return f'<w:fonts xmlns:w="{W}">{entries}</w:fonts>'


def _footers(layout: Layout) -> dict[str, str]:
    if not layout.page_number:
        return {}
    before, after = layout.page_number.form.split("{页码}")
    field = f'<w:fldSimple w:instr=" PAGE ">{_run("1")}</w:fldSimple>'
    content = f"{_run(before)}{field}{_run(after)}"
    return {
        name: f'<w:ftr xmlns:w="{W}">{_paragraph(style, content)}</w:ftr>'
        for name, style in (("footer1.xml", ODD_PAGE), ("footer2.xml", EVEN_PAGE))
    }


def _run(text: str) -> str:
    return f'<w:r>{_HINT}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _document(manuscript: Manuscript, layout: Layout) -> str:
    body = "".join(_body(lines_of(manuscript, [Kind(name) for name in layout.head_order]), layout))
    return f'<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{body}{_section(layout)}</w:body></w:document>'


def _body(lines: Sequence[Line], layout: Layout) -> Iterator[str]:
    shown, indents = implicit(lines), _signature_indents(lines, layout)
    for index, line in enumerate(lines):
        before = lines[index - 1].kind if index else None
        if before in HEAD and line.kind not in HEAD:
            yield from [_paragraph(BLANK_LINE, "")] * layout.blank_after_head
        if line.kind is Kind.SIGNATURE:
            yield from [_paragraph(BLANK_LINE, "")] * layout.blank_before_signature
        assert line.kind
        is_body = line.kind is Kind.PARAGRAPH and shown[index].kind is None
        style = BODY if is_body else STYLE_IDS[line.kind]
        yield _paragraph(style, _content(line, layout), indents.get(index, ""))


def _content(line: Line, layout: Layout) -> str:
    if line.kind is not Kind.TITLE:
        return _run(line.text)
    return "<w:r><w:br/></w:r>".join(map(_run, break_title(line.text, int(layout.title.characters))))


def _signature_indents(lines: Sequence[Line], layout: Layout) -> dict[int, str]:
    """Return the right indents that a style can't carry, as they depend on how long unit and date are.

    The date begins two characters to the right of the unit; if it is the longer one it keeps the indent
    of the style, and the unit moves (GB/T 9704-2012 7.3.5.3).
    """
    style = layout.signature
    indents: dict[int, str] = {}
    for index, (unit, day) in enumerate(pairwise(lines)):
        if unit.kind is not Kind.SIGNATURE or day.kind is not Kind.SIGNATURE_DATE or style.alignment != "居右":
            continue
        excess = width(unit.text) - width(day.text)
        moved, by = (index + 1, excess - 2) if excess >= 0 else (index, 2 - excess)
        indent = max(0.0, style.right_indent + by)
        indents[moved] = (
            f'<w:ind w:rightChars="{round(100 * indent)}" w:right="{round(indent * layout.character_pitch)}"/>'
        )
    return indents


def _section(layout: Layout) -> str:
    paper, margins = layout.paper, layout.margins
    first = 4  # after styles, settings and the font table
    footers = "".join(
        f'<w:footerReference w:type="{kind}" r:id="rId{first + number}"/>'
        for number, kind in enumerate(("default", "even") if layout.page_number else ())
    )
    grid = (
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{layout.line_pitch}"'
        f' w:charSpace="{layout.character_space}"/>'
        if layout.grid
        else ""
    )
    return (
        f'<w:sectPr>{footers}<w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"/>'
        f'<w:pgMar w:top="{twips(margins.top)}" w:right="{twips(margins.right)}" w:bottom="{twips(margins.bottom)}"'
        f' w:left="{twips(margins.left)}" w:header="850" w:footer="{_footer_distance(layout)}" w:gutter="0"/>'
        f'<w:cols w:space="425"/>{grid}</w:sectPr>'
    )


def _footer_distance(layout: Layout) -> int:
    """Return the distance from the lower edge of the sheet to that of the page number, in twips.

    The dashes, half way up the line, have to be `gap` below the type area.
    """
    if not (page := layout.page_number):
        return twips(layout.margins.bottom) // 2
    return max(0, twips(layout.margins.bottom - page.gap) - round(10 * page.size))
