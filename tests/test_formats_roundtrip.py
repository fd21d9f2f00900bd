"""What is written reads back the same, whatever the texts are."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from speechkit import formats
from speechkit.formats import docx_writer
from speechkit.manuscript import (
    Byline,
    Cue,
    Heading,
    Manuscript,
    ManuscriptError,
    Paragraph,
    Salutation,
    Signature,
)

SNIPPETS = [
    *("一、", "（一）", "(一)", "1.", "１．", "（1）", "十二、", "100.", "2026年", "3、", "第一", "一是"),
    *("同志们", "各位代表", "：", ":", "请", "。", "！", "？", "……", "——", "—", "，", "；", "、", "议程"),
    *(
        "（",
        "）",
        "(",
        ")",
        "《",
        "》",
        "“",
        "”",
        "‘",
        "’",
        "【",
        "】",
        "【段落】",
        "【标题】",
        "【待补：时间】",
    ),
    *(
        "#",
        "# ",
        "## ",
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~~~",
        "[a](b)",
        "![x](y)",
        "<b>",
        "</b>",
        "&amp;",
        "&",
    ),
    *(
        "- ",
        "+ ",
        "> ",
        "|",
        "| a | b |",
        "---",
        "===",
        "\\",
        "\\*",
        "<!-- 段落 -->",
        "<!--",
        "-->",
        "http://a.b/c_d",
    ),
    *(
        "  ",
        "　",
        "   ",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "\u2060",
        "0",
        "9",
        "A",
        "b c",
        "Hello World",
        "😀",
        "𠮷",
        "䶮",
        "é",
    ),
    *(
        "讲话",
        "主持词",
        "县教育局",
        "李向前",
        "县委书记",
        "2026年3月5日",
        "二〇二六年三月五日",
        "宣读",
        "的",
        "暨",
        "推进会",
    ),
    *(
        "落实工作责任",
        "要坚持问题导向，逐项整改",
        "在全县创建工作动员大会上的讲话",
        "]]>",
        "\ue000",
        "\U0010ffff",
        "\ufffd",
    ),
]
characters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
free = st.text(characters, min_size=1, max_size=12)
lines = (
    st.lists(st.one_of(st.sampled_from(SNIPPETS), free), min_size=1, max_size=6)
    .map("".join)
    .map(str.strip)
    .filter(bool)
)
optional = st.one_of(st.just(""), lines)
blocks = st.one_of(
    st.builds(Salutation, lines),
    st.builds(Heading, lines, st.integers(1, 4)),
    st.builds(Paragraph, lines, st.booleans()),
    st.builds(Cue, lines),
    st.builds(Signature, lines, optional),
)
manuscripts = st.builds(
    Manuscript,
    title=lines,
    subtitle=optional,
    date=optional,
    byline=st.one_of(st.none(), st.builds(Byline, lines, optional)),
    blocks=st.lists(blocks, max_size=6).map(tuple),
)
LAYOUT = formats.load_layout("gbt9704")


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
@given(manuscript=manuscripts)
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_reads_back_what_it_wrote(suffix: str, manuscript: Manuscript, tmp_path: Path) -> None:
    path = tmp_path / f"文稿{suffix}"
    formats.write(manuscript, path, layout=LAYOUT, overwrite=True)
    assert formats.read(path) == manuscript


@given(manuscript=manuscripts)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_odd_profile_does_not_mislead_the_reader(manuscript: Manuscript, tmp_path: Path) -> None:
    odd = "正文: {首行缩进: 0}\n标题: {首行缩进: 2, 对齐: 居左}\n日期: {对齐: 居左}\n称呼: {首行缩进: 2}\n"
    (tmp_path / "怪.yaml").write_text(
        f"基于: reading\n题下次序: [署名, 日期, 副标题]\n{odd}", encoding="utf-8"
    )
    path = tmp_path / "稿.docx"
    formats.write(manuscript, path, layout=formats.load_layout("怪", [tmp_path]), overwrite=True)
    assert formats.read(path) == manuscript


CALM = Manuscript(
    "讲话",
    blocks=(
        Paragraph("一、要落实。"),
        Heading("（一）双重序号"),
        Heading("、顿号开头", 2),
        Heading("2026年的任务", 3),
        Salutation("同志们："),
        Cue("（双层括号）"),
        Signature("甲"),
        Signature("乙", "不是日期"),
        Paragraph("2026年3月5日"),
    ),
)


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_texts_that_look_like_marks_of_their_own(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"稿{suffix}"
    formats.write(CALM, path, layout=LAYOUT)
    assert formats.read(path) == CALM


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_what_was_read_is_written_the_same(suffix: str, tmp_path: Path) -> None:
    """Reading and writing again changes no byte: nothing drifts from one round to the next."""
    first, second = tmp_path / f"甲{suffix}", tmp_path / f"乙{suffix}"
    formats.write(CALM, first, layout=LAYOUT)
    formats.write(formats.read(first), second, layout=LAYOUT)
    assert first.read_bytes() == second.read_bytes()


@given(text=st.text(max_size=8))
def test_what_a_manuscript_accepts_can_be_written(text: str) -> None:
    """What XML cannot hold is refused where the manuscript is made, not when it is half written."""
    try:
        manuscript = Manuscript("讲话", blocks=(Paragraph(text),))
    except ManuscriptError:
        return
    parts = docx_writer._parts(manuscript, LAYOUT)
    assert etree.fromstring(parts["word/document.xml"].encode()) is not None
