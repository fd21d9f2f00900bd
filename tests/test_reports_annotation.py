"""The Word copy: comments cover exactly the passage, and nothing else changes."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from reportcase import BAILU, LIULIN, QINGSHI, TEXTS, comparison
from speechkit.formats.sources import Source, read_source
from speechkit.reports.annotation import MOST_PLACES, annotate, annotated
from speechkit.reports.errors import ReportError
from speechkit.reuse.records import Comparison, Kind, Match, Place
from speechkit.reuse.records import Document as Measured

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_file(path: Path, text: str, step: int = 7) -> Path:
    """Write the lines of a text as paragraphs whose runs change their look every few characters."""
    document = Document()
    for line in text.splitlines():
        paragraph = document.add_paragraph()
        for begin in range(0, len(line), step):
            paragraph.add_run(line[begin : begin + step]).bold = begin % (2 * step) == 0
    document.save(str(path))
    return path


def covered(content: bytes) -> list[tuple[str, str]]:
    """Return the words that each comment covers, paragraphs joined, and what it says."""
    document = Document(BytesIO(content))
    open_ones: dict[str, str] = {}
    for element in document.element.body.iter():
        number = element.get(f"{W}id") or ""
        if element.tag == f"{W}commentRangeStart":
            open_ones[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_ones[number] += "\0"
        elif element.tag in (f"{W}t", f"{W}tab"):
            piece = element.text or "\t"
            open_ones = {n: t if t.endswith("\0") else t + piece for n, t in open_ones.items()}
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    return [(text.rstrip("\0"), said[number]) for number, text in open_ones.items()]


def looks(content: bytes) -> list[tuple[str, bool | None]]:
    """Return every character of the body with whether it is bold."""
    document = Document(BytesIO(content))
    return [(c, run.bold) for paragraph in document.paragraphs for run in paragraph.runs for c in run.text]


def one_passage(source: Source, begin: int, end: int, other: str = "别处.txt") -> Comparison:
    match = Match(Place("本文", begin, end), Place(other, 0, 9), Kind.VERBATIM, True, 1, 1, 1, 300, 1)
    return Comparison((Measured("本文", source.path, len(source.text), 0, 1, 0),), (match,), ())


def test_comments_cover_the_passages_and_say_all(tmp_path: Path) -> None:
    path = word_file(tmp_path / "白鹭镇.docx", TEXTS[BAILU])
    before = path.read_bytes()
    found = replace(comparison(), documents=())
    target = tmp_path / "白鹭镇（批注）.docx"
    assert annotate(path, BAILU, found, target) == 2
    assert path.read_bytes() == before
    comments = covered(target.read_bytes())
    places = [m.b if m.b.document == BAILU else m.a for m in found.matches if m.flagged]
    own = sorted((p for p in places if p.document == BAILU), key=lambda p: p.begin)
    assert [words for words, _ in comments] == [TEXTS[BAILU][p.begin : p.end] for p in own]
    assert "套改：与“青石镇”第93—188字雷同" in comments[0][1]
    assert "数字：86→52" in comments[0][1]
    assert "忘改：“白鹭镇”里还写着“青石镇”" in comments[0][1]
    assert looks(target.read_bytes()) == looks(before)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_range_is_covered_exactly(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("annotation") / "材料.docx"
    word_file(path, TEXTS[QINGSHI], data.draw(st.integers(1, 9)))
    source = read_source(path)
    begin = data.draw(st.integers(0, len(source.text) - 1))
    end = data.draw(st.integers(begin + 1, len(source.text)))
    content, _ = annotated(path, "本文", one_passage(source, begin, end))
    words = source.text[begin:end].replace("\n", "")
    if words:
        assert covered(content)[0][0] == words
    assert looks(content) == looks(path.read_bytes())
    written = path.with_name("copy.docx")
    written.write_bytes(content)
    assert read_source(written).text == source.text


def _with_table(document: Any) -> None:
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("表里的字和表外的字")


def _with_tabs_and_breaks(document: Any) -> None:
    run = document.add_paragraph().add_run("前\t中\n后")
    run.italic = True


def _with_comment(document: Any) -> None:
    paragraph = document.add_paragraph("早有批注的一段")
    document.add_comment(paragraph.runs, "旧的", "某人")


@pytest.mark.parametrize("build", [_with_table, _with_tabs_and_breaks, _with_comment])
def test_all_ranges_of_odd_files(build: Callable[[Any], None], tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("第一段")
    build(document)
    path = tmp_path / "材料.docx"
    document.save(str(path))
    source = read_source(path)
    for begin in range(len(source.text)):
        content, _ = annotated(path, "本文", one_passage(source, begin, len(source.text)))
        ours = next(words for words, said in covered(content) if "原样" in said)
        assert ours == source.text[begin:].replace("\n", "")
        copy = tmp_path / "copy.docx"
        copy.write_bytes(content)
        assert read_source(copy).text == source.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_files_become_word_files(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "柳林乡.txt"
    path.write_bytes(TEXTS[LIULIN].encode(encoding))
    content, count = annotated(path, LIULIN, comparison())
    assert count == 2
    comments = covered(content)
    assert comments[0][0].startswith("集贸市场改造工程")
    assert comments[1][0].startswith("今年以来，青石镇")
    assert "".join(p.text for p in Document(BytesIO(content)).paragraphs) == TEXTS[LIULIN].replace("\n", "")


def test_same_file_gives_the_same_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = word_file(tmp_path / "甲.docx", TEXTS[QINGSHI])
    found = replace(comparison(), documents=())
    first = annotated(path, QINGSHI, found)
    # Times in an archive are even seconds.
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert annotated(path, QINGSHI, found) == first


def test_passage_of_many_places_has_one_comment(tmp_path: Path) -> None:
    path = word_file(tmp_path / "甲.docx", "这一段被许多单位抄去了。")
    source = read_source(path)
    others = [one_passage(source, 0, 8, f"单位{n}.docx").matches[0] for n in range(MOST_PLACES + 3)]
    content, count = annotated(path, "本文", replace(one_passage(source, 0, 8), matches=tuple(others)))
    assert count == 1
    said = covered(content)[0][1]
    assert said.count("雷同") == MOST_PLACES
    assert "另有3处" in said


def test_file_changed_since_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "白鹭镇.docx", TEXTS[BAILU] + "后来加的一句。")
    with pytest.raises(ReportError, match="改过"):
        annotated(path, BAILU, comparison())


def test_original_is_never_the_target(tmp_path: Path) -> None:
    path = word_file(tmp_path / "白鹭镇.docx", TEXTS[BAILU])
    before = path.read_bytes()
    with pytest.raises(ReportError, match="另存"):
        annotate(path, BAILU, replace(comparison(), documents=()), path, overwrite=True)
    assert path.read_bytes() == before


def test_unflagged_passages_get_no_comment(tmp_path: Path) -> None:
    path = word_file(tmp_path / "甲.docx", TEXTS[QINGSHI])
    only = replace(
        comparison(), documents=(), matches=tuple(m for m in comparison().matches if not m.flagged)
    )
    content, count = annotated(path, QINGSHI, only)
    assert count == 0
    assert covered(content) == []
