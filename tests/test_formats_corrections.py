"""Corrections change the words at their places, and nothing else of the file."""

import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speechkit.formats.corrections import Change, corrected, replaced, without_overlaps
from speechkit.formats.errors import DamagedFileError, UnknownFormatError
from speechkit.formats.sources import Source, read_source
from test_reports_annotation import looks, word_file

TEXT = "在全县调度会上的讲话\n同志们:\n请各镇抓紧,抓实,抓细。\n会后,每周\t调度一次。"
WORDS = st.text("甲乙，。", max_size=4)


def changes_in(text: str) -> st.SearchStrategy[list[Change]]:
    place = st.tuples(st.integers(0, len(text)), st.integers(0, 6), WORDS)
    return st.lists(place, max_size=6).map(
        lambda found: [Change(b, min(b + n, len(text)), words) for b, n, words in found]
    )


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=60, deadline=None)
@given(changes_in(TEXT), st.integers(1, 9))
@example([Change(11, 15, "")], 1)
def test_word_file_changes_at_the_places_only(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change], step: int
) -> None:
    path = word_file(tmp_path_factory.mktemp("fix") / "甲.docx", TEXT, step)
    before = path.read_bytes()
    source = read_source(path)
    content, made = corrected(before, source, changes)
    path.write_bytes(content)
    assert _text(path) == _without_empty_lines(replaced(source.text, made))
    assert set(made) <= set(without_overlaps(changes))
    assert {n: p for n, p in parts(content).items() if n != "word/document.xml"} == {
        n: p for n, p in parts(before).items() if n != "word/document.xml"
    }
    if not made:
        assert looks(content) == looks(before)


def _without_empty_lines(text: str) -> str:
    """A paragraph that lost all its words stays in the file, and is not part of the text that is read."""
    return "\n".join(line for line in text.split("\n") if line)


def _text(path: Path) -> str:
    try:
        return read_source(path).text
    except Exception:
        return ""


@settings(max_examples=60, deadline=None)
@given(changes_in(TEXT))
def test_within_words_every_change_is_made(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change]
) -> None:
    path = word_file(tmp_path_factory.mktemp("fix") / "甲.docx", TEXT, 3)
    inside = [
        c
        for c in without_overlaps(changes)
        if c.begin < c.end and not set(TEXT[c.begin : c.end]) & {"\n", "\t"}
    ]
    _, made = corrected(path.read_bytes(), read_source(path), inside)
    assert made == inside


def test_look_stays_where_runs_meet(tmp_path: Path) -> None:
    path = word_file(tmp_path / "甲.docx", "请各镇抓紧,抓实。", 3)
    source = read_source(path)
    content, _ = corrected(path.read_bytes(), source, [Change(4, 7, "紧，抓"), Change(0, 1, "")])
    expected = [(c, bold) for (c, bold) in looks(path.read_bytes())][1:]
    assert [bold for _, bold in looks(content)] == [bold for _, bold in expected]
    assert "".join(c for c, _ in looks(content)) == "各镇抓紧，抓实。"


def test_numbers_tabs_and_paragraph_ends_are_left(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("抓好防汛", style="List Number")
    document.add_paragraph().add_run("甲\t乙")
    path = tmp_path / "甲.docx"
    document.save(str(path))
    source = read_source(path)
    lead = source.marks[0].lead
    assert lead
    tab, end = source.text.index("\t"), source.text.index("\n")
    wanted = [Change(0, 1, "二"), Change(end - 1, end + 2, "灾"), Change(tab, tab + 1, "")]
    content, made = corrected(path.read_bytes(), source, wanted)
    assert made == []
    path.write_bytes(content)
    assert read_source(path).text == source.text


def test_tables_and_text_after_tracked_changes_are_changed(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("正文")
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("表里,的字")
    path = tmp_path / "甲.docx"
    document.save(str(path))
    source = read_source(path)
    comma = source.text.index(",")
    content, _ = corrected(path.read_bytes(), source, [Change(comma, comma + 1, "，")])
    path.write_bytes(content)
    assert read_source(path).text == source.text.replace(",", "，")


@given(changes_in(TEXT.replace("\n", "\r\n")), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_text_file_comes_out_in_utf_8(changes: list[Change], encoding: str) -> None:
    text = TEXT.replace("\n", "\r\n")
    content, made = corrected(text.encode(encoding), Source("甲.txt", text), changes)
    assert content.decode("utf-8-sig") == replaced(text, made)
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")


@given(changes_in(TEXT))
def test_of_changes_that_overlap_the_first_is_made(changes: list[Change]) -> None:
    chosen = without_overlaps(changes)
    assert all(one.end <= two.begin for one, two in pairwise(chosen))
    assert bool(chosen) == bool(changes)


def test_other_kinds_are_refused() -> None:
    with pytest.raises(UnknownFormatError, match="另存为"):
        corrected(b"%PDF-", Source("甲.pdf", "字"), [Change(0, 1, "子")])


def test_another_file_by_now_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "甲.docx", TEXT)
    source = read_source(path)
    word_file(path, "别的\n文字")
    with pytest.raises(DamagedFileError, match="改过"):
        corrected(path.read_bytes(), source, [Change(0, 1, "到"), Change(12, 13, "甲")])
