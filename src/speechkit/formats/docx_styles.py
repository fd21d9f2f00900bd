"""The named styles of a Word file, out of a layout profile.

Every kind of line has a style of its own, so that a writer can restyle the whole file. Where Word has a
built-in style for it, that one is used: headings count as headings only by the name `heading 1`.
"""

from collections.abc import Iterator

from .layout import Layout, TextStyle
from .lines import Kind

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

BODY = "BodyText"
BLANK_LINE = "BlankLine"
ODD_PAGE, EVEN_PAGE = "PageNumberOdd", "PageNumberEven"

STYLE_IDS = {
    Kind.TITLE: "Title",
    Kind.SUBTITLE: "Subtitle",
    Kind.DATE: "Date",
    Kind.BYLINE: "Byline",
    Kind.POST: "Post",
    Kind.NAME: "Name",
    Kind.SALUTATION: "Salutation",
    Kind.HEADING_1: "Heading1",
    Kind.HEADING_2: "Heading2",
    Kind.HEADING_3: "Heading3",
    Kind.HEADING_4: "Heading4",
    Kind.PARAGRAPH: "Verbatim",
    Kind.CALL: "Call",
    Kind.CUE: "Cue",
    Kind.SIGNATURE: "Signature",
    Kind.SIGNATURE_DATE: "SignatureDate",
}
"""A body paragraph takes the style `BODY`; Verbatim is for one that would be taken for something else."""

BUILT_IN_NAMES = {
    "Title": Kind.TITLE,
    "Subtitle": Kind.SUBTITLE,
    "Date": Kind.DATE,
    "Salutation": Kind.SALUTATION,
    "heading 1": Kind.HEADING_1,
    "heading 2": Kind.HEADING_2,
    "heading 3": Kind.HEADING_3,
    "heading 4": Kind.HEADING_4,
    "Signature": Kind.SIGNATURE,
}
_NAMES = {kind: name for name, kind in BUILT_IN_NAMES.items()}

_ALIGNMENTS = {"居左": "left", "居中": "center", "居右": "right", "两端": "both"}


def fonts(east_asian: str, western: str) -> str:
    """Return `w:rFonts`: the East Asian font apart from the western one, nothing from a theme."""
    return f'<w:rFonts w:ascii="{western}" w:eastAsia="{east_asian}" w:hAnsi="{western}" w:cs="{western}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


def _indent(layout: Layout, style: TextStyle) -> str:
    """Return the indents in characters; twips follow for programs that do not count characters."""
    width = layout.character_pitch if style.size == layout.body.size else 20 * style.size
    first, right = style.first_indent, style.right_indent
    return (
        f'<w:ind w:leftChars="0" w:left="0" w:rightChars="{round(100 * right)}" w:right="{round(width * right)}"'
        f' w:firstLineChars="{round(100 * first)}" w:firstLine="{round(width * first)}"/>'
    )


def _paragraph(layout: Layout, style: TextStyle, level: int = 0, *, keep_next: bool = False) -> str:
    return (
        "<w:pPr>"
        + ("<w:keepNext/>" if keep_next else "")
        + f'<w:spacing w:before="0" w:after="0" w:line="{layout.pitch(style)}" w:lineRule="exact"/>'
        + _indent(layout, style)
        + f'<w:jc w:val="{_ALIGNMENTS[style.alignment]}"/>'
        + (f'<w:outlineLvl w:val="{level - 1}"/>' if level else "")
        + "</w:pPr>"
    )


def _run(layout: Layout, style: TextStyle) -> str:
    bold = "" if style.bold else ' w:val="0"'
    font = fonts(style.font, layout.western_font)
    return f"<w:rPr>{font}<w:b{bold}/><w:bCs{bold}/>{_size(style.size)}</w:rPr>"


def _style(style_id: str, name: str, content: str, *, follower: str = "", base: str = "Normal") -> str:
    custom = "" if name in BUILT_IN_NAMES or name == "Body Text" else ' w:customStyle="1"'
    follows = f'<w:next w:val="{follower}"/>' if follower else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/>{follows}<w:qFormat/>{content}</w:style>'
    )


def _kinds(layout: Layout) -> dict[Kind, TextStyle]:
    return {
        Kind.TITLE: layout.title,
        Kind.SUBTITLE: layout.subtitle,
        Kind.DATE: layout.date,
        Kind.BYLINE: layout.byline,
        Kind.POST: layout.byline,
        Kind.NAME: layout.byline,
        Kind.SALUTATION: layout.salutation,
        Kind.HEADING_1: layout.heading_1,
        Kind.HEADING_2: layout.heading_2,
        Kind.HEADING_3: layout.heading_3,
        Kind.HEADING_4: layout.heading_4,
        Kind.CALL: layout.call,
        Kind.CUE: layout.cue,
        Kind.SIGNATURE: layout.signature,
        Kind.SIGNATURE_DATE: layout.signature,
    }


def _kind_styles(layout: Layout) -> Iterator[str]:
    for kind, style in _kinds(layout).items():
        level = int(kind.name[-1]) if kind.name.startswith("HEADING") else 0
        # A title or a unit must not part from the lines that belong to it either.
        keeps = bool(level) or kind in (Kind.TITLE, Kind.SUBTITLE, Kind.SIGNATURE)
        content = _paragraph(layout, style, level, keep_next=keeps) + _run(layout, style)
        follower = BODY if level or kind in (Kind.SALUTATION, Kind.CUE, Kind.CALL) else ""
        yield _style(STYLE_IDS[kind], _NAMES.get(kind, kind), content, follower=follower)


def _page_styles(layout: Layout) -> Iterator[str]:
    if not (page := layout.page_number):
        return
    width, chars = round(20 * page.size * page.indent), round(100 * page.indent)
    run = f"<w:rPr>{fonts(page.font, page.font)}{_size(page.size)}</w:rPr>"
    for style_id, name, side in ((ODD_PAGE, "单页页码", page.odd), (EVEN_PAGE, "双页页码", page.even)):
        edge = {"居左": "left", "居右": "right"}.get(side)
        indent = f'<w:ind w:{edge}Chars="{chars}" w:{edge}="{width}"/>' if edge else ""
        yield _style(
            style_id,
            name,
            # Off the grid, on a line as high as its digits: that alone fixes the distance to the type area.
            f'<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{round(20 * page.size)}"'
            f' w:lineRule="exact"/>{indent}<w:jc w:val="{_ALIGNMENTS[side]}"/></w:pPr>{run}',
        )


def _defaults(layout: Layout) -> str:
    font = fonts(layout.body.font, layout.western_font)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font}{_size(layout.body.size)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _foundation(layout: Layout) -> Iterator[str]:
    # No exact pitch here: text in a table or beside a picture is Normal, and an exact pitch would clip it.
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:jc w:val="both"/></w:pPr>'
        f"{_run(layout, layout.body)}</w:style>"
    )
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    yield (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def styles_xml(layout: Layout) -> str:
    """Return the content of word/styles.xml."""
    body = layout.body
    blank = body.model_copy(update={"first_indent": 0, "right_indent": 0, "bold": False})
    styles = (
        *_foundation(layout),
        _style(BODY, "Body Text", _paragraph(layout, body) + _run(layout, body)),
        _style(STYLE_IDS[Kind.PARAGRAPH], Kind.PARAGRAPH, "", base=BODY, follower=BODY),
        *_kind_styles(layout),
        _style(BLANK_LINE, "空行", _paragraph(layout, blank), follower=BODY),
        *_page_styles(layout),
    )
    return f'<w:styles xmlns:w="{W}">{_defaults(layout)}{"".join(styles)}</w:styles>'
