"""What is written reads back the same, whatever the texts are."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from speechkit import formats
from speechkit.manuscript import (
    Byline,
    Cue,
    Heading,
    Located,
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
    max_examples=int(__import__("os").environ.get("N", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_reads_back_what_it_wrote(suffix: str, manuscript: Manuscript, tmp_path: Path) -> None:
    path = tmp_path / f"文稿{suffix}"
    formats.write(manuscript, path, layout=LAYOUT, overwrite=True)
    assert formats.read(path) == manuscript
