"""PDF files that hold text, page by page."""

import importlib
import logging
import re
import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

from .errors import DamagedFileError, EmptyFileError, FormatError, MissingToolError
from .marks import Mark, Properties, Source, check_length, iso_time, line_marks, make_source

if TYPE_CHECKING:
    from pypdf import PdfReader

_UNREADABLE = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
_LOOKALIKES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
"""Radicals and compatibility forms, by which many programs write ordinary characters (⼯ for 工)."""


def pdf_source(content: bytes, file: str) -> Source:
    """Return the text of a PDF file, the pages joined by line feeds.

    Raises MissingToolError without pypdf, EmptyFileError for a scan, and DamagedFileError for what is damaged
    or takes a password.
    """
    _check_library(file)
    try:
        reader = _open(content, file)
        pages = _pages(reader, file)
        properties = _properties(reader)
    except FormatError:
        raise
    except Exception as error:
        # pypdf answers damage with whatever breaks first: KeyError, RecursionError, AttributeError and more.
        raise DamagedFileError(f"{file}：PDF已损坏，读不出来，请重新导出") from error
    return _join(pages, file, properties)


def _check_library(file: str) -> None:
    try:
        importlib.import_module("pypdf")
    except ImportError as error:
        advice = "请安装：python3 -m pip install 'speechkit[pdf]'，或者另存为.docx"
        raise MissingToolError(f"{file}：读PDF要用到pypdf，还没有安装。{advice}") from error
    # What it complains of while reading is no news to the user: either there is text or there is an error.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())


def _open(content: bytes, file: str) -> "PdfReader":
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(content))
    locked = DamagedFileError(f"{file}：PDF加了密码，请去掉密码后再用")
    try:
        # Many files are locked against changes only: they open with an empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
    except DependencyError as error:
        raise locked from error
    return reader


def _pages(reader: "PdfReader", file: str) -> list[str]:
    pages = []
    length = 0
    for page in reader.pages:
        pages.append(_plain(page.extract_text()))
        length += len(pages[-1]) + 1
        check_length(length, file)
    return pages


def _plain(text: str) -> str:
    """Return the text with ordinary characters for their lookalikes, one for one."""
    text = _UNREADABLE.sub("\ufffd", text)
    return _LOOKALIKES.sub(lambda match: _ordinary(match[0]), text)


def _ordinary(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _properties(reader: "PdfReader") -> Properties:
    known = reader.metadata
    if known is None:
        return Properties()
    try:
        created, modified = iso_time(known.creation_date), iso_time(known.modification_date)
    except (ValueError, TypeError, OverflowError):
        created = modified = ""
    author = known.author
    return Properties(created, modified, _UNREADABLE.sub("", author).strip() if author else "")


def _join(pages: list[str], file: str, properties: Properties) -> Source:
    marks: list[Mark] = []
    begin = 0
    for page, text in enumerate(pages, 1):
        marks += line_marks(text, begin=begin, number=len(marks), page=page)
        begin += len(text) + 1
    if pages and not marks:
        raise EmptyFileError(f"{file}：PDF里只有图片，没有文字，请用识别文字的软件转换，或者找电子版")
    return make_source(file, "\n".join(pages), marks, properties)
