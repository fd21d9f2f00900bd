"""The named styles of a Word file, out of a layout profile.

Every kind of line has a style of its own, so that a writer can restyle the whole file. Where Word has a
built-in style for it, that one is used: headings count as headings only by the name `heading 1`.
"""

from collections.abc import Iterator
from math import floor
from typing import TYPE_CHECKING

from .lines import HEADINGS, Kind
from .wordml import ALIGNMENTS, root, tag

if TYPE_CHECKING:
    from .layout import Layout, PageNumber, TextStyle

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
    Kind.TITLE: "Title",
    Kind.SUBTITLE: "Subtitle",
    Kind.DATE: "Date",
    Kind.SALUTATION: "Salutation",
    Kind.HEADING_1: "heading 1",
    Kind.HEADING_2: "heading 2",
    Kind.HEADING_3: "heading 3",
    Kind.HEADING_4: "heading 4",
    Kind.SIGNATURE: "Signature",
}
"""Names Word knows and shows in its own language; the other styles are called after their kind."""


def _fonts(east_asian: str, western: str) -> str:
    """Return the East Asian font apart from the western one; nothing comes from a theme."""
    return tag("rFonts", ascii=western, eastAsia=east_asian, hAnsi=western, cs=western)


def _size(points: float) -> str:
    return tag("sz", val=round(2 * points)) + tag("szCs", val=round(2 * points))


def _pitch(twips: int) -> str:
    return tag("spacing", before=0, after=0, line=twips, lineRule="exact")


def _indent(layout: "Layout", style: "TextStyle") -> str:
    """Return the indents in characters, and in twips for programs that do not count characters."""
    width = layout.character_pitch if style.size == layout.body.size else 20 * style.size
    lengths: dict[str, int] = {}
    for side, characters in (("left", 0.0), ("right", style.right_indent), ("firstLine", style.first_indent)):
        lengths |= {f"{side}Chars": round(100 * characters), side: round(width * characters)}
    return tag("ind", **lengths)


def _paragraph(layout: "Layout", style: "TextStyle", *, level: int = 0, keep_next: bool = False) -> str:
    return tag(
        "pPr",
        tag("keepNext") if keep_next else "",
        tag("snapToGrid", val=0),
        _pitch(layout.pitch(style)),
        _indent(layout, style),
        tag("jc", val=ALIGNMENTS[style.alignment]),
        tag("outlineLvl", val=level - 1) if level else "",
    )


def _run(layout: "Layout", style: "TextStyle") -> str:
    """Return the look of the characters, spaced so that a line holds as many of them as the grid says.

    The styles carry what the grid would do, and leave the grid itself. Where its cells are narrower than
    the characters, as with 28 of 16 points in 156 mm, Word squeezes the characters but LibreOffice gives
    each of them two cells; this way both set the same lines.
    """
    on_grid = layout.grid and style.size == layout.body.size
    # A twip to spare for programs that round the width of every character up.
    space = floor(layout.character_pitch - 20 * style.size) - 1 if on_grid else 0
    bold = int(style.bold)
    return tag(
        "rPr",
        _fonts(style.font, layout.western_font),
        tag("b", val=bold) + tag("bCs", val=bold),
        tag("snapToGrid", val=0) + tag("spacing", val=space),
        _size(style.size),
    )


def _style(style_id: str, name: str, *content: str, follower: str = "", base: str = "Normal") -> str:
    own = {} if name in {"Body Text", *BUILT_IN_NAMES.values()} else {"customStyle": 1}
    return tag(
        "style",
        tag("name", val=name) + tag("basedOn", val=base),
        tag("next", val=follower) if follower else "",
        tag("qFormat"),
        *content,
        type="paragraph",
        **own,
        styleId=style_id,
    )


def kind_styles(layout: "Layout") -> dict[Kind, "TextStyle"]:
    """Return how each kind of line looks."""
    return {
        Kind.PARAGRAPH: layout.body,
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


def _kind_style(layout: "Layout", kind: Kind, style: "TextStyle") -> str:
    if kind is Kind.PARAGRAPH:
        return _style(STYLE_IDS[kind], kind, follower=BODY, base=BODY)
    level = HEADINGS.index(kind) + 1 if kind in HEADINGS else 0
    # A title or a unit must not part from the lines that belong to it either.
    keep_next = bool(level) or kind in {Kind.TITLE, Kind.SUBTITLE, Kind.SIGNATURE}
    return _style(
        STYLE_IDS[kind],
        BUILT_IN_NAMES.get(kind, kind),
        _paragraph(layout, style, level=level, keep_next=keep_next),
        _run(layout, style),
        follower=BODY if level or kind in {Kind.SALUTATION, Kind.CUE, Kind.CALL} else "",
    )


def _page_style(page: "PageNumber", style_id: str, name: str, alignment: str) -> str:
    side = ALIGNMENTS[alignment]
    lengths = {f"{side}Chars": round(100 * page.indent), side: round(20 * page.size * page.indent)}
    return _style(
        style_id,
        name,
        tag(
            "pPr",
            # A line as high as its digits: their distance to the type area follows from the section alone.
            tag("snapToGrid", val=0) + _pitch(round(20 * page.size)),
            tag("ind", **lengths) if side != "center" else "",
            tag("jc", val=side),
        ),
        tag(
            "rPr",
            _fonts(page.font, page.font),
            tag("snapToGrid", val=0),
            tag("spacing", val=0),
            _size(page.size),
        ),
    )


def _defaults(layout: "Layout") -> str:
    return tag(
        "docDefaults",
        tag(
            "rPrDefault",
            tag(
                "rPr",
                _fonts(layout.body.font, layout.western_font),
                _size(layout.body.size),
                tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
            ),
        ),
        tag("pPrDefault"),
    )


def _normal(layout: "Layout") -> str:
    """Return the base of all styles: fonts and justification, but no exact pitch and no indent.

    What is put into a table, or is a picture, has this style; an exact pitch would clip it.
    """
    return tag(
        "style",
        tag("name", val="Normal") + tag("qFormat"),
        tag(
            "pPr",
            tag("widowControl", val=0),  # else a page may end a line early
            # As Word has it anyway; some versions of LibreOffice lose the punctuation if it is not said.
            tag("overflowPunct", val=1),
            tag("autoSpaceDE", val=0) + tag("autoSpaceDN", val=0),  # no gap between characters and digits
            tag("jc", val="both"),
        ),
        _run(layout, layout.body),
        type="paragraph",
        default=1,
        styleId="Normal",
    )


def _required() -> Iterator[str]:
    """Yield the defaults of the other types of style, as every Word file has them."""
    hidden = tag("uiPriority", val=99) + tag("semiHidden")
    margins = (tag(side, w=width, type="dxa") for side, width in (("left", 108), ("right", 108)))
    table = tag("tblPr", tag("tblInd", w=0, type="dxa"), tag("tblCellMar", *margins))
    for kind, style_id, name, content in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font", ""),
        ("table", "TableNormal", "Normal Table", table),
        ("numbering", "NoList", "No List", ""),
    ):
        yield tag("style", tag("name", val=name), hidden, content, type=kind, default=1, styleId=style_id)


def styles_xml(layout: "Layout") -> str:
    """Return the content of word/styles.xml."""
    body, page = layout.body, layout.page_number
    blank = body.model_copy(update={"first_indent": 0})
    return root(
        "styles",
        _defaults(layout),
        _normal(layout),
        *_required(),
        _style(BODY, "Body Text", _paragraph(layout, body), _run(layout, body)),
        *(_kind_style(layout, kind, style) for kind, style in kind_styles(layout).items()),
        _style(BLANK_LINE, "空行", _paragraph(layout, blank, keep_next=True), follower=BODY),
        _page_style(page, ODD_PAGE, "单页页码", page.odd) if page else "",
        _page_style(page, EVEN_PAGE, "双页页码", page.even) if page else "",
    )
