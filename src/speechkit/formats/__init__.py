"""Read and write manuscripts by suffix: Word, Markdown, plain text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..manuscript import Manuscript
from .errors import UnknownFormatError
from .files import check_target, read_bytes, write_bytes
from .lines import clean
from .markdown import markdown_bytes, parse_markdown, render_markdown
from .text import parse_text, render_text, text_bytes

if TYPE_CHECKING:
    from .layout import Layout

__all__ = ["SUFFIXES", "load_layout", "read", "render_markdown", "render_text", "write"]

DEFAULT_LAYOUT = "gbt9704"


def _parse_docx(content: bytes, *, file: str, title: str) -> Manuscript:
    from .docx_reader import parse_docx

    return parse_docx(content, file=file, title=title)


def _docx_bytes(manuscript: Manuscript, layout: "Layout | None") -> bytes:
    from .docx_writer import docx_bytes

    return docx_bytes(manuscript, layout or load_layout(DEFAULT_LAYOUT))


_Parser = Callable[..., Manuscript]
_Writer = Callable[[Manuscript, "Layout | None"], bytes]

_PARSERS: dict[str, _Parser] = {".docx": _parse_docx, ".md": parse_markdown, ".txt": parse_text}
_WRITERS: dict[str, _Writer] = {
    ".docx": _docx_bytes,
    ".md": lambda manuscript, _layout: markdown_bytes(manuscript),
    ".txt": lambda manuscript, _layout: text_bytes(manuscript),
}
SUFFIXES = tuple(_PARSERS)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    advice = "，请先用Word或WPS另存为.docx" if suffix in {".doc", ".wps", ".rtf"} else ""
    shown = f"不认识扩展名“{path.suffix}”" if suffix else "文件名没有扩展名"
    raise UnknownFormatError(f"{path}：{shown}，能用的是{'、'.join(SUFFIXES)}{advice}")


def read(path: Path | str) -> Manuscript:
    """Return the manuscript in a .docx, .md or .txt file.

    Sentences, headings, salutations and cues carry their place: the number of the paragraph that is not
    empty, and the offset in the text of these paragraphs joined by line feeds. Raises a FormatError.
    """
    path = Path(path)
    parse = _PARSERS[_suffix(path)]
    return parse(read_bytes(path), file=str(path), title=clean(path.stem) or "无标题")


def write(
    manuscript: Manuscript, path: Path | str, *, layout: "Layout | None" = None, overwrite: bool = False
) -> None:
    """Write the manuscript in the format the suffix of `path` names, the same bytes for the same manuscript.

    `layout` (Word only) is by default the printed official one of GB/T 9704-2012. Raises a FormatError,
    TargetExistsError where the file is there already and `overwrite` is not set.
    """
    path = Path(path)
    render = _WRITERS[_suffix(path)]
    check_target(path, overwrite=overwrite)
    write_bytes(path, render(manuscript, layout), overwrite=overwrite)


def load_layout(name: str, folders: Sequence[Path] = ()) -> "Layout":
    """Return the layout profile of this name out of `folders`, then the bundled ones; or that of a file.

    Raises LayoutError with file, line and key.
    """
    from .layout import load_layout as load

    return load(name, folders)
