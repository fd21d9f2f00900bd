"""Text files: read exactly as they are, in whatever encoding, with a map back to the lines."""

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.formats import marks
from speechkit.formats.errors import (
    DamagedFileError,
    EmptyFileError,
    MissingFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from speechkit.formats.marks import Mark, Source, line_marks
from speechkit.formats.sources import read_source, read_sources

TEXT = "　　城关镇汇报。\r\n\r\n一、做法\n  （一）建𠮷专班、压实责任，共12项。\r\n"
ENCODINGS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "UTF-16 LE with mark": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "UTF-16 BE with mark": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "UTF-16 LE": TEXT.encode("utf-16-le"),
    "UTF-16 BE": TEXT.encode("utf-16-be"),
    "GB 18030": TEXT.encode("gb18030"),
}


def stored(folder: Path, content: bytes, name: str = "来稿.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_is_the_decoded_file_as_it_is(tmp_path: Path, encoding: str, suffix: str) -> None:
    path = stored(tmp_path, ENCODINGS[encoding], f"来稿{suffix}")
    source = read_source(path)
    assert (source.path, source.text) == (str(path), TEXT)
    assert (source.created, source.modified, source.author) == ("", "", "")


@pytest.mark.parametrize(
    "text", ["Plain ASCII text\n", "中文，没有换行。", "甲、乙。\n" * 3000, "a, b\n一\nc, d\n城关镇\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_encoding_is_told_from_short_and_long_texts(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_source(stored(tmp_path, text.encode(encoding))).text == text


def test_ascii_in_pairs_is_no_utf16(tmp_path: Path) -> None:
    text = "an english text that reads as Chinese two by two, with a form\x0cfeed \x1b and 一个词 "
    assert read_source(stored(tmp_path, text.encode("gb18030"))).text == text


def test_marks_are_the_lines_that_are_not_blank(tmp_path: Path) -> None:
    source = read_source(stored(tmp_path, TEXT.encode()))
    assert [source.text[mark.begin : mark.end] for mark in source.marks] == [
        "　　城关镇汇报。",
        "一、做法",
        "  （一）建𠮷专班、压实责任，共12项。",
    ]
    assert [mark.paragraph for mark in source.marks] == [0, 1, 2]


@pytest.mark.parametrize(
    ("offset", "paragraph", "inside"),
    [(0, 0, 0), (4, 0, 4), (8, 0, 8), (10, 0, 8), (12, 1, 0), (13, 1, 1), (99, 2, 20), (-5, 0, 0)],
)
def test_locate(offset: int, paragraph: int, inside: int) -> None:
    mark, within = Source("来稿.txt", TEXT).locate(offset)
    assert (mark.paragraph, within) == (paragraph, inside)


@given(st.text(alphabet="甲a \n\r\f\t\u2028　", max_size=40))
def test_marks_hold_all_that_is_not_blank(text: str) -> None:
    listed = list(line_marks(text))
    assert [mark.paragraph for mark in listed] == list(range(len(listed)))
    assert "\n".join(text[m.begin : m.end] for m in listed).split() == text.split()
    covered = {i for mark in listed for i in range(mark.begin, mark.end)}
    assert all(i in covered or c.isspace() for i, c in enumerate(text))
    source = Source("来稿.txt", text)
    for mark in listed:
        for offset in range(mark.begin, mark.end):
            assert source.locate(offset) == (mark, offset - mark.begin)


# --- what can't be read -------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, " 　\r\n\f".encode()])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptyFileError, match="没有文字"):
        read_source(stored(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("汇报材料还没有写\0完就存了".encode(), "空字符"),
        ("城关镇的汇报，一、".encode("utf-16-le") + b"\x4e", "认不出|没有存完整"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "认不出"),
        ("城关镇的汇报。".encode("utf-16-le") + b"\x00\xd8", "认不出|没有存完整"),
        (bytes(range(32)) * 20, "认不出"),
        (b"\xff\xff\xff\xff\xff", "认不出"),
    ],
)
def test_what_is_no_text(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(DamagedFileError, match=message) as caught:
        read_source(stored(tmp_path, content))
    assert str(tmp_path / "来稿.txt") in str(caught.value)


def test_lone_surrogates_written_as_utf8(tmp_path: Path) -> None:
    source = read_source(stored(tmp_path, ("城关镇汇报工作。" * 20).encode() + b"\xed\xa0\x80"))
    assert source.text.startswith("城关镇")
    source.text.encode()


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="找不到"):
        read_source(tmp_path / "无.txt")
    for name in ("夹.txt", "夹"):
        (tmp_path / name).mkdir()
        with pytest.raises(MissingFileError, match="文件夹"):
            read_source(tmp_path / name)


@pytest.mark.parametrize("name", ["表.xlsx", "来稿", ".docx", "来稿.docx.bak"])
def test_unknown_suffix_is_told_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormatError, match=r"能用的是\.docx.*另存为\.docx"):
        read_source(stored(tmp_path, b"x", name))


@pytest.mark.parametrize("name", ["\0.txt", "长" * 300 + ".pdf"])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFileError):
        read_source(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    with pytest.raises(UnreadableFileError, match="不是普通文件"):
        read_source(tmp_path / "管.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="根用户什么都能读")
def test_file_without_permission(tmp_path: Path) -> None:
    path = stored(tmp_path, b"x")
    path.chmod(0)
    with pytest.raises(UnreadableFileError, match="权限"):
        read_source(path)


def test_far_too_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "LARGEST_TEXT", 30_000)
    assert read_source(stored(tmp_path, b"a" * 30_000)).text
    with pytest.raises(UnreadableFileError, match="超过3万字"):
        read_source(stored(tmp_path, b"a" * 30_001))


def test_many_files_keep_their_order(tmp_path: Path) -> None:
    paths = [stored(tmp_path, f"第{n}份".encode(), f"{n}.txt") for n in range(70)]
    paths[3].unlink()
    results = list(read_sources(paths))
    assert isinstance(results[3], MissingFileError)
    assert [r.text for r in results if isinstance(r, Source)] == [f"第{n}份" for n in range(70) if n != 3]


def test_records_say_what_they_are() -> None:
    mark = Mark(0, 2, 0)
    assert Source("甲.txt", "甲乙").marks == (mark,)
    assert Source("甲.docx", "甲乙", listed=(Mark(0, 2, 0, path=(0, 1)),)).marks[0].path == (0, 1)
