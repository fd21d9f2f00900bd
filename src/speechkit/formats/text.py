"""Plain text.

The convention is the one people use by hand. Body paragraphs begin with two full-width spaces. What stands at
the margin is special: the title in the first line, under it subtitle (——), date （…） and 署名, a blank line,
the salutation with its colon, headings with their marker, a cue in （）, and in an indented text the
paragraph that calls somebody up. 落款 and its date stand far to the right. Where a line would be taken for
something else than it is, a label leads it, such as 【段落】 or 【二级标题】.

Other people's texts are read by the same look; a text without indents has its paragraphs at the margin.
"""

import codecs
import re
from collections.abc import Iterator

from ..manuscript import Manuscript
from .errors import DamagedFileError, EmptyFileError
from .lines import HEAD, Align, Kind, Line, clean, lines_of, width
from .structure import implicit, manuscript_of

_INDENT = "　　"
_COLUMNS = 28
_FAR_INDENT = 8
_LABELS = {f"【{kind}】": kind for kind in Kind}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(content: bytes, file: str) -> str:
    """Return the text in UTF-8, in UTF-16 with a byte order mark, or else in GB 18030 (GBK and GB 2312).

    Raises DamagedFileError for anything else.
    """
    for encoding, errors in _encodings(content):
        try:
            text = content.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text, encoding):
            return text
        break
    raise DamagedFileError(f"{file}：认不出文字编码，请用记事本另存为UTF-8编码的文本文件")


def _is_binary(text: str, encoding: str) -> bool:
    """Whether this is no text after all; a NUL in GB 18030 is UTF-16 without its mark."""
    sample = text[:4096]
    return len(_BINARY.findall(sample)) * 10 > len(sample) or (encoding == "gb18030" and "\0" in text)


def _encodings(content: bytes) -> Iterator[tuple[str, str]]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            yield encoding, "strict"
            return
    yield "utf-8", "strict"
    # GB 18030 makes something of nearly all bytes, and of UTF-8 with a single bad one it makes a mess.
    damaged = content.decode("utf-8", "replace")
    if damaged.count("\ufffd") * 20 < len(damaged) - len(damaged.encode("ascii", "ignore")):
        yield "utf-8", "replace"
    yield "gb18030", "strict"


def _align(margin: str) -> Align:
    indent = width(margin.replace("\t", _INDENT))
    if indent < 1:
        return Align.FLUSH
    return Align.FAR if indent >= _FAR_INDENT else Align.INDENTED


def _split_label(text: str) -> tuple[Kind | None, str]:
    label, bracket, rest = text.partition("】")
    kind = _LABELS.get(label + bracket)
    return (kind, rest.strip()) if kind and rest.strip() else (None, text)


def _lines(text: str) -> Iterator[Line]:
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
        kind, stripped = _split_label(clean(raw))
        if stripped:
            yield Line(stripped, kind, _align(raw[: len(raw) - len(raw.lstrip())]))


def parse_text(content: bytes, *, file: str, title: str) -> Manuscript:
    """Return the manuscript in a text file; raises DamagedFileError, and EmptyFileError without text."""
    lines = list(_lines(decode(content, file)))
    if not lines:
        raise EmptyFileError(f"{file}：文件里没有文字")
    return manuscript_of(lines, file=file, title=title)


def _margin(line: Line) -> str:
    if line.align is Align.FAR:
        return "　" * max(_FAR_INDENT, int(_COLUMNS - 2 - width(line.text)))
    return _INDENT if line.align is Align.INDENTED else ""


def _rows(lines: list[Line]) -> Iterator[str]:
    in_head = True
    for line, shown in zip(lines, implicit(lines), strict=True):
        if in_head and line.kind not in HEAD:
            in_head = False
            yield ""
        label = f"【{line.kind}】" if shown.kind or _split_label(line.text)[0] else ""
        yield f"{_margin(line)}{label}{line.text}"


def render_text(manuscript: Manuscript) -> str:
    """Return the manuscript as plain text, one paragraph a line, with a line feed at the end."""
    return "\n".join(_rows(lines_of(manuscript))) + "\n"


def text_bytes(manuscript: Manuscript) -> bytes:
    """Return the content of a text file, in UTF-8."""
    text = render_text(manuscript)
    # A title may begin with what would be taken for the byte order mark.
    return text.encode("utf-8-sig" if text.startswith("\ufeff") else "utf-8")
