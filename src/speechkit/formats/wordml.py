"""Write WordprocessingML as text."""

from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ALIGNMENTS = {"居左": "left", "居中": "center", "居右": "right", "两端": "both"}


def tag(name: str, /, *content: str, **attributes: object) -> str:
    """Return the element `w:name` with its attributes, all of the same namespace, and its content."""
    listed = "".join(f' w:{key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<w:{name}{listed}>{''.join(content)}</w:{name}>" if content else f"<w:{name}{listed}/>"


def root(name: str, *content: str) -> str:
    """Return the root element of a part."""
    return f'<w:{name} xmlns:w="{W}" xmlns:r="{OFFICE}">{"".join(content)}</w:{name}>'


def run(text: str) -> str:
    """Return a run of text; “”‘’…— belong to both scripts, the hint has them drawn in the East Asian font."""
    if not text:
        return ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f'<w:r>{hint}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph of a named style; `properties` are those that no style can carry."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
