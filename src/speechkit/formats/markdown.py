"""Markdown.

`#` is the title, `##` to `#####` are the headings, each with its marker; a line in `**` calls somebody up, a
cue stands in `*（…）*`. Everything else is told by its look as in plain text; where the look would mislead, a
comment in the line above names the kind, such as `<!-- 段落 -->`.

Other people's files: soft-wrapped lines are joined, list items and table cells become paragraphs, emphasis
and links keep their text.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from ..manuscript import Manuscript
from .errors import EmptyFileError
from .lines import HEADINGS, Align, Kind, Line, clean, lines_of
from .structure import heading_kind, implicit, looks_like_call, manuscript_of
from .text import decode

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|#]")
_LEADING = re.compile(r"^(?=[-+=])|(?<=^[0-9])(?=[.)](?:\s|$))|(?<=^[0-9]{2})(?=[.)](?:\s|$))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# An escaped character hides among the surrogates, which no text holds, until the markup is taken off.
_HIDING_PLACE = 0xD800
_HIDDEN = re.compile("[\ud800-\ud87f]")

_LABELS = {str(kind): kind for kind in Kind}
_HEADING = re.compile(r"(#{1,6})\s*([^#\s].*)")
_CLOSING_HASHES = re.compile(r"\s#+$")
_ITEM = re.compile(r"[-*+]\s+(\S.*)")
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={2,}")
_TABLE_RULE = frozenset("|:- ")
_BLOCK_START = re.compile(r"[#>|`~]|<!--|[-+*]|[0-9]+[.)]")
_SHORTEST_WRAPPED = 30
_UNWRAPPED = "。！？：；.!?:;”）)\\"
_INLINE = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)"), r"\1"),
    (re.compile(r"(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"<(https?://[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--.{0,2000}?-->"), ""),
)


def _hide(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(_HIDING_PLACE + ord(match[1])), text)


def _reveal(text: str) -> str:
    return _HIDDEN.sub(lambda match: chr(ord(match[0]) - _HIDING_PLACE), text)


def _plain(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return clean(_reveal(html.unescape(text)))


def _rows(text: str) -> Iterator[str]:
    """Yield the lines, soft-wrapped ones joined; a line that is short or ends a sentence is not wrapped."""
    row: list[str] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = _hide(clean(raw))
        if not row or not _is_wrapped(row, line):
            yield "".join(row)
            row = []
        elif row[-1][-1].isascii() and line[0].isascii():
            row.append(" ")
        row.append(line)
    yield "".join(row)


def _is_wrapped(row: list[str], line: str) -> bool:
    """Whether `line` goes on with what the row holds."""
    last = row[-1]
    full = len(last) >= _SHORTEST_WRAPPED and last[-1] not in _UNWRAPPED
    return full and bool(line) and not _BLOCK_START.match(line) and row[0][0] not in "#|<"


def _parts(row: str) -> Iterator[str]:
    """Yield the paragraphs in a row: the cells of a table, an item without its bullet, a quoted line."""
    row = re.sub(r"^(?:>\s*)+", "", row)
    if row.startswith("|"):
        yield from () if _TABLE_RULE.issuperset(row) else row.strip("|").split("|")
    elif match := _ITEM.fullmatch(row):
        yield match[1]
    elif not _RULE.fullmatch(row) and not row.startswith(("```", "~~~")):
        yield row.rstrip("\\")


def _kind(part: str, *, titled: bool, first: bool) -> tuple[Kind | None, str]:
    """Return what the markup says of a paragraph, and the paragraph without that markup."""
    if match := _HEADING.fullmatch(part):
        depth, content = len(match[1]), _CLOSING_HASHES.sub("", match[2])
        if depth == 1 and not titled and not heading_kind(_plain(content)):
            return Kind.TITLE, content
        return HEADINGS[min(max(depth - 2, 0), 3)], content
    match = re.fullmatch(r"\*\*([^*]+)\*\*", part)
    if match and not first and looks_like_call(_plain(match[1])):
        return Kind.CALL, match[1]
    if match := re.fullmatch(r"\*([（(][^*]*[）)])\*", part):
        return Kind.CUE, match[1]
    return None, part


def _lines(text: str) -> Iterator[Line]:
    label: Kind | None = None
    titled, first = False, True
    for row in _rows(text):
        if row.startswith("<!--") and row.endswith("-->"):
            label = _LABELS.get(row[4:-3].strip())
            continue
        for part in _parts(row):
            kind, content = _kind(part, titled=titled, first=first)
            if plain := _plain(content):
                yield Line(plain, label or kind)
                titled = titled or (label or kind) is Kind.TITLE
                label, first = None, False


def parse_markdown(content: bytes, *, file: str, title: str) -> Manuscript:
    """Return the manuscript in a Markdown file; raises DamagedFileError, and EmptyFileError without text."""
    lines = list(_lines(decode(content, file)))
    if not lines:
        raise EmptyFileError(f"{file}：文件里没有文字")
    return manuscript_of(lines, file=file, title=title)


def _block(line: Line, shown: Line) -> str:
    """Return one block; `shown` has no kind where the look of the line tells it."""
    text = _SPECIAL.sub(r"\\\g<0>", line.text)
    if line.kind in HEADINGS:
        return f"{'#' * (HEADINGS.index(line.kind) + 2)} {text}"
    if line.kind is Kind.CUE:
        return f"*{text}*"
    if line.kind is Kind.TITLE:
        block, tells = f"# {text}", not heading_kind(line.text)
    elif line.kind is Kind.CALL:
        block, tells = f"**{text}**", looks_like_call(line.text)
    else:
        block, tells = _LEADING.sub(r"\\", text), not shown.kind
    return block if tells else f"<!-- {line.kind} -->\n{block}"


def render_markdown(manuscript: Manuscript) -> str:
    """Return the manuscript as Markdown, blocks set apart by blank lines, with a line feed at the end."""
    lines = [replace(line, align=Align.FLUSH) for line in lines_of(manuscript)]
    blocks = (_block(line, shown) for line, shown in zip(lines, implicit(lines), strict=True))
    return "\n\n".join(blocks) + "\n"


def markdown_bytes(manuscript: Manuscript) -> bytes:
    """Return the content of a Markdown file, in UTF-8."""
    return render_markdown(manuscript).encode()
