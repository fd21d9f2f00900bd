"""PDF files with text."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from sourcefiles import pdf
from speechkit.formats import marks
from speechkit.formats.errors import (
    DamagedFileError,
    EmptyFileError,
    FormatError,
    MissingToolError,
    UnreadableFileError,
)
from speechkit.formats.pdf import pdf_source
from speechkit.formats.sources import read_source

PAGES = (("城关镇工作汇报", "一、建专班"), (), ("二、抓督查",))


def locked(password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(*PAGES))))
    writer.encrypt(password, "主人", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def refused(content: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        pdf_source(content, "来稿.pdf")
    assert str(caught.value).startswith("来稿.pdf：")
    return caught.value


def test_pages_are_joined_and_marked(tmp_path: Path) -> None:
    (tmp_path / "来稿.PDF").write_bytes(pdf(*PAGES))
    source = read_source(tmp_path / "来稿.PDF")
    assert source.text == "城关镇工作汇报\n一、建专班\n\n二、抓督查"
    assert [(source.text[m.begin : m.end], m.page, m.paragraph) for m in source.marks] == [
        ("城关镇工作汇报", 1, 0),
        ("一、建专班", 1, 1),
        ("二、抓督查", 3, 2),
    ]
    mark, inside = source.locate(source.text.index("督查"))
    assert (mark.page, inside) == (3, 3)


def test_lookalikes_become_ordinary_characters() -> None:
    assert pdf_source(pdf(("⼯作⼈员",)), "来稿.pdf").text == "工作人员"


def test_dates_and_author() -> None:
    info = "/CreationDate (D:20260305080000+08'00') /ModDate (D:20260306) /Author (Wang)"
    source = pdf_source(pdf(*PAGES, info=info), "来稿.pdf")
    assert (source.created, source.modified) == ("2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z")
    assert source.author == "Wang"


@pytest.mark.parametrize(
    "info", ["/CreationDate (yesterday)", "/CreationDate 7 /Author [1]", "/ModDate (D:0)"]
)
def test_absurd_properties_do_not_matter(info: str) -> None:
    source = pdf_source(pdf(*PAGES, info=info), "来稿.pdf")
    assert source.text.startswith("城关镇")
    assert (source.created, source.modified) == ("", "")


def test_scan_is_told_what_to_do() -> None:
    error = refused(pdf((), ()))
    assert isinstance(error, EmptyFileError)
    assert "只有图片" in str(error)


def test_locked_against_changes_only_can_be_read() -> None:
    assert pdf_source(locked(""), "来稿.pdf").text.startswith("城关镇")


def test_password() -> None:
    error = refused(locked("秘密"))
    assert isinstance(error, DamagedFileError)
    assert "密码" in str(error)


@pytest.mark.parametrize(
    "damage", [lambda c: c[:200], lambda c: b"", lambda c: c.replace(b"/Pages", b"/Pagez")]
)
def test_damaged_file(damage: Callable[[bytes], bytes]) -> None:
    refused(damage(pdf(*PAGES)))


def test_far_too_much_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "LARGEST_TEXT", 10)
    assert isinstance(refused(pdf(*PAGES)), UnreadableFileError)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    error = refused(pdf(*PAGES))
    assert isinstance(error, MissingToolError)
    assert "speechkit[pdf]" in str(error)
