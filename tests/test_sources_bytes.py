"""Whatever bytes a file holds: a text, or one clear error."""

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcefiles import docx, pdf, plain
from speechkit.formats import legacy
from speechkit.formats.errors import FormatError
from speechkit.formats.sources import SOURCE_SUFFIXES, read_sources

BEGINNINGS = (
    b"",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1 ",
    b"\xff\xfe",
    b"\xfe\xff",
)


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    # How it bears random bytes is not ours to test, and each start takes seconds.
    monkeypatch.setattr(legacy, "_PROGRAMS", ())


def check(content: bytes, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"来稿{suffix}"
        path.write_bytes(content)
        source = next(read_sources([path]))
    if isinstance(source, FormatError):
        assert str(source).startswith(f"{path}：")
        assert "\n" not in str(source)
        return
    assert source.marks
    source.text.encode()
    assert "\0" not in source.text
    for mark in source.marks:
        assert not source.text[mark.begin : mark.end].isspace()
        assert source.locate(mark.begin)[0] == mark


@pytest.mark.parametrize("suffix", SOURCE_SUFFIXES)
@given(beginning=st.sampled_from(BEGINNINGS), content=st.binary(max_size=300))
def test_any_bytes(suffix: str, beginning: bytes, content: bytes) -> None:
    check(beginning + content, suffix)


@cache
def whole(suffix: str) -> bytes:
    return (
        pdf(("城关镇汇报", "做法"), ("打算",))
        if suffix == ".pdf"
        else docx(plain("城关镇汇报"), plain("做法"))
    )


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@settings(deadline=None)
@given(data=st.data())
def test_any_damage(suffix: str, data: st.DataObject) -> None:
    content = bytearray(whole(suffix))
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(content) - 1))
        content[begin : begin + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    check(bytes(content), suffix)


@given(
    part=st.sampled_from(["word/document.xml", "_rels/.rels", "word/styles.xml"]),
    content=st.binary(max_size=99),
)
@settings(max_examples=50)
def test_any_part(part: str, content: bytes) -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx(plain("汇报"), styles="<x/>"))) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    check(buffer.getvalue(), ".docx")


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_any_text(text: str, encoding: str) -> None:
    check(text.encode(encoding, "ignore"), ".txt")
