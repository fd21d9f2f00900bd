"""Read any file that somebody hands in: its text with a map back to the file."""

import codecs
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from . import text
from .errors import DamagedFileError, FormatError, UnknownFormatError, UnreadableFileError
from .files import read_bytes
from .marks import Mark, Source, Where, make_source

__all__ = ["SOURCE_SUFFIXES", "Mark", "Source", "Where", "read_source", "read_sources"]

_GROUP = 64
"""Files that are read ahead, so that one start of LibreOffice serves many."""
_SAMPLE = 4096
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])
"""In UTF-16 the halves of line feeds and Chinese punctuation; in other encodings no text has them."""
_ORDINARY = re.compile("[\t\n\r -~—‘’“”…·\u3000-\u3020\u4e00-\u9fff\uff01-\uff5e]")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class _OldFile:
    """A file that LibreOffice has to convert."""

    file: str
    content: bytes


def _text_source(content: bytes, file: str) -> Source:
    decoded = _decode(content, file)
    if "\0" in decoded:
        raise DamagedFileError(f"{file}：文件里有空字符，可能没有存完整，请打开检查后另存为UTF-8编码")
    return make_source(file, decoded)


def _word_source(content: bytes, file: str) -> Source | _OldFile:
    from .docx_text import docx_source
    from .legacy import old_suffix

    # The suffix is often wrong: .doc that is .docx inside, and the other way round.
    if old_suffix(content):
        return _OldFile(file, content)
    return docx_source(content, file)


def _pdf_source(content: bytes, file: str) -> Source:
    from .pdf import pdf_source

    return pdf_source(content, file)


_READERS: dict[str, Callable[[bytes, str], Source | _OldFile]] = {
    ".docx": _word_source,
    ".txt": _text_source,
    ".md": _text_source,
    ".pdf": _pdf_source,
    ".doc": _word_source,
    ".wps": _word_source,
    ".rtf": _word_source,
}
SOURCE_SUFFIXES = tuple(_READERS)


def read_source(path: Path | str) -> Source:
    """Return the text of a file with a map back to it. Raises a FormatError.

    .docx, .txt, .md; .pdf where pypdf is installed; .doc, .wps and .rtf where LibreOffice is, by way of a
    .docx to which the marks then refer.
    """
    result = next(read_sources([path]))
    if isinstance(result, FormatError):
        raise result
    return result


def read_sources(paths: Iterable[Path | str]) -> Iterator[Source | FormatError]:
    """Yield for each path what `read_source` returns or raises; faster for many old files."""
    waiting = iter(paths)
    while group := list(islice(waiting, _GROUP)):
        yield from _finished([_read(Path(path)) for path in group])


def _read(path: Path) -> Source | _OldFile | FormatError:
    try:
        read = _reader(path)
        return read(read_bytes(path), str(path))
    except FormatError as error:
        return error


def _reader(path: Path) -> Callable[[bytes, str], Source | _OldFile]:
    suffix = path.suffix.lower()
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        # `read_bytes` says why.
        mode = stat.S_IFREG
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise UnreadableFileError(f"{path}：这不是普通文件，请先存成文件再用")
    if suffix not in _READERS and not stat.S_ISDIR(mode):
        shown = f"不认识扩展名“{path.suffix}”" if suffix else "文件名没有扩展名"
        raise UnknownFormatError(f"{path}：{shown}，能用的是{'、'.join(SOURCE_SUFFIXES)}，请另存为.docx")
    return _READERS.get(suffix, _text_source)


def _finished(read: list[Source | _OldFile | FormatError]) -> Iterator[Source | FormatError]:
    old = [item for item in read if isinstance(item, _OldFile)]
    converted = iter(_convert(old) if old else ())
    for item in read:
        yield next(converted) if isinstance(item, _OldFile) else item


def _convert(old: list[_OldFile]) -> Iterator[Source | FormatError]:
    from .docx_text import docx_source
    from .legacy import convert

    results = convert([item.content for item in old], [item.file for item in old])
    for item, result in zip(old, results, strict=True):
        if isinstance(result, FormatError):
            yield result
            continue
        try:
            yield docx_source(result, item.file)
        except FormatError as error:
            yield error


def _decode(content: bytes, file: str) -> str:
    if encoding := _unmarked_utf16(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            raise DamagedFileError(f"{file}：文件没有存完整，请打开检查后另存为UTF-8编码") from error
    return text.decode(content, file)


def _unmarked_utf16(content: bytes) -> str:
    """Return the encoding of what is plainly UTF-16 though no mark says so, "" for anything else."""
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # A text in another encoding may hold a stray control character, but not one in ten.
    if not controls or content.startswith(_MARKS) or (_is_utf8(sample) and controls * 10 < len(sample)):
        return ""
    return next((name for name in ("utf-16-le", "utf-16-be") if _is_plain(sample, name)), "")


def _is_utf8(sample: bytes) -> bool:
    try:
        # The sample may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _is_plain(sample: bytes, encoding: str) -> bool:
    decoded = sample.decode(encoding, "ignore")
    return len(_ORDINARY.sub("", decoded)) * 20 <= len(decoded)
