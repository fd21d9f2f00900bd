"""Plain text and Markdown: the convention, and other people's files."""

import re
from pathlib import Path

import pytest

from speechkit import formats
from speechkit.formats import render_markdown, render_text
from speechkit.manuscript import (
    Block,
    Byline,
    Cue,
    Heading,
    Located,
    Manuscript,
    Paragraph,
    Salutation,
    Signature,
)

SCRIPT = Manuscript(
    "青山县创建国家卫生县城动员大会主持词",
    subtitle="迎检阶段",
    date="2026年3月5日",
    byline=Byline("李向前", "县委副书记、县长"),
    blocks=(
        Salutation("各位领导、同志们"),
        Paragraph("现在开会。今天的大会有两项议程，先听安排，再作部署，时间大约一个小时。"),
        Paragraph("下面，请县住建局局长王建国同志通报管网改造进展。", call=True),
        Cue("通报"),
        Heading("尽快传达"),
        Heading("分到岗位", 2),
        Heading("2026年的任务", 3),
        Heading("沿街商铺", 4),
        Paragraph("散会。"),
        Signature("县创建办", "2026年3月5日"),
    ),
)
SHOWN = """\
青山县创建国家卫生县城动员大会主持词
——迎检阶段
（2026年3月5日）
县委副书记、县长  李向前

各位领导、同志们：
　　现在开会。今天的大会有两项议程，先听安排，再作部署，时间大约一个小时。
下面，请县住建局局长王建国同志通报管网改造进展。
（通报）
一、尽快传达
（一）分到岗位
1. 2026年的任务
（1）沿街商铺
　　散会。
　　　　　　　　　　　　　　　　　　　　　　县创建办
　　　　　　　　　　　　　　　　　　　　2026年3月5日
"""
MARKED_DOWN = """\
# 青山县创建国家卫生县城动员大会主持词

——迎检阶段

（2026年3月5日）

县委副书记、县长  李向前

各位领导、同志们：

现在开会。今天的大会有两项议程，先听安排，再作部署，时间大约一个小时。

**下面，请县住建局局长王建国同志通报管网改造进展。**

*（通报）*

## 一、尽快传达

### （一）分到岗位

#### 1. 2026年的任务

##### （1）沿街商铺

散会。

县创建办

2026年3月5日
"""


def read_text(folder: Path, text: str, name: str = "来稿.txt", encoding: str = "utf-8") -> Manuscript:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return formats.read(path)


def test_ordinary_text_needs_no_labels() -> None:
    assert render_text(SCRIPT) == SHOWN


def test_ordinary_markdown_needs_no_labels() -> None:
    assert render_markdown(SCRIPT) == MARKED_DOWN


def test_files_hold_what_render_shows(tmp_path: Path) -> None:
    formats.write(SCRIPT, tmp_path / "稿.txt")
    formats.write(SCRIPT, tmp_path / "稿.md")
    assert (tmp_path / "稿.txt").read_bytes().decode() == SHOWN
    assert (tmp_path / "稿.md").read_bytes().decode() == MARKED_DOWN


def test_what_would_mislead_is_labelled() -> None:
    manuscript = Manuscript(
        "讲话", blocks=(Paragraph("一、总体要求"), Heading("很长。" * 20), Paragraph("好。"))
    )
    lines = render_text(manuscript).splitlines()
    assert lines[2] == "　　【段落】一、总体要求"
    assert lines[3] == f"【一级标题】一、{'很长。' * 20}"
    assert lines[4] == "　　好。"
    assert "<!-- 段落 -->\n一、总体要求" in render_markdown(manuscript)


def test_markup_in_the_text_is_escaped() -> None:
    shown = render_markdown(Manuscript("讲话", blocks=(Paragraph("1. 增长*5*%，见[附件](a_b)<br>。好。"),)))
    assert shown.splitlines()[2] == r"1\. 增长\*5\*%，见\[附件\](a\_b)\<br\>。好。"


def test_numbering_starts_again_under_each_higher_heading() -> None:
    levels = [1, 2, 2, 3, 3, 4, 2, 3, 1, 2, 3]
    shown = render_text(Manuscript("讲话", blocks=tuple(Heading("甲", level) for level in levels)))
    markers = ["一、", "（一）", "（二）", "1.", "2.", "（1）", "（三）", "1.", "二、", "（一）", "1."]
    assert shown.splitlines()[2:] == [f"{marker}甲" for marker in markers]


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_more_headings_than_chinese_numerals_go(tmp_path: Path, suffix: str) -> None:
    blocks = tuple(Heading(f"{n}号点位", level) for level in (1, 2, 3, 4) for n in range(1, 121))
    manuscript = Manuscript("点位清单", blocks=blocks)
    formats.write(manuscript, tmp_path / f"稿{suffix}")
    assert formats.read(tmp_path / f"稿{suffix}") == manuscript


# --- other people's plain text ------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, newline: str) -> None:
    assert read_text(tmp_path, SHOWN.replace("\n", newline), encoding=encoding) == SCRIPT


def test_big_endian_utf16(tmp_path: Path) -> None:
    assert read_text(tmp_path, "\ufeff" + SHOWN, encoding="utf-16-be") == SCRIPT


def test_one_damaged_byte_does_not_garble_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "来稿.txt"
    path.write_bytes(SHOWN.encode().replace("散会".encode(), b"\xff"))
    assert formats.read(path).blocks[0] == Salutation("各位领导、同志们")


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 90, "文稿\n".encode("utf-16-le") * 50]
)
def test_what_is_not_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "来稿.txt"
    path.write_bytes(content)
    with pytest.raises(formats.errors.DamagedFileError, match="UTF-8"):
        formats.read(path)


def test_control_characters_are_dropped(tmp_path: Path) -> None:
    manuscript = read_text(
        tmp_path, "讲话\x07稿\n\n　　一是\x0b抓\x00落实\ufffe，二是抓\t督查。\x1f\n" + "好。\n" * 9
    )
    assert manuscript.title == "讲话稿"
    assert manuscript.blocks[0] == Paragraph("一是 抓落实，二是抓 督查。")


def test_flush_left_paragraphs(tmp_path: Path) -> None:
    text = """\
在全县创建工作会议上的讲话
同志们:
这次会议是经县委同意召开的,主要任务是部署迎检工作,请大家认真领会。
一、认清形势,增强信心
当前,距离验收只有九十天了,各项指标还有不小差距。
(一)设施短板明显。老城区管网陈旧,公厕数量不足,群众反映强烈。
1.公厕不足。
2.完成改造十二座;
（二）责任落实
同志们:
让我们行动起来!
"""
    manuscript = read_text(tmp_path, text)
    assert manuscript.title == "在全县创建工作会议上的讲话"
    assert manuscript.blocks == (
        Salutation("同志们"),
        Paragraph("这次会议是经县委同意召开的,主要任务是部署迎检工作,请大家认真领会。"),
        Heading("认清形势,增强信心"),
        Paragraph("当前,距离验收只有九十天了,各项指标还有不小差距。"),
        Paragraph("(一)设施短板明显。老城区管网陈旧,公厕数量不足,群众反映强烈。"),
        Paragraph("1.公厕不足。"),
        Paragraph("2.完成改造十二座;"),
        Heading("责任落实", 2),
        Salutation("同志们"),
        Paragraph("让我们行动起来!"),
    )


def test_headings_may_be_indented_too(tmp_path: Path) -> None:
    manuscript = read_text(
        tmp_path, "工作汇报\n　　一、主要做法\n　　建立专班，逐项销号。\n\t二、下一步打算\n"
    )
    kinds = [type(block) for block in manuscript.blocks]
    assert kinds == [Heading, Paragraph, Heading]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "关于整治工作的汇报\n县住建局\n（2026年4月）\n",
            Manuscript("x", date="2026年4月", byline=Byline("县住建局")),
        ),
        ("    工作汇报\n    李　明\n", Manuscript("x", byline=Byline("李　明"))),
        ("工作汇报\n县委书记　李向前\n", Manuscript("x", byline=Byline("李向前", "县委书记"))),
        ("工作汇报\n二○二六年四月\n", Manuscript("x", date="二○二六年四月")),
        ("工作汇报\n--以城关镇为例\n", Manuscript("x", subtitle="以城关镇为例")),
    ],
)
def test_heads(tmp_path: Path, head: str, expected: Manuscript) -> None:
    found = read_text(tmp_path, head + "\n各位领导：\n　　现将有关情况汇报如下。\n")
    assert (found.subtitle, found.date, found.byline) == (expected.subtitle, expected.date, expected.byline)
    assert found.blocks == (Salutation("各位领导"), Paragraph("现将有关情况汇报如下。"))


def test_title_over_two_lines_is_one(tmp_path: Path) -> None:
    manuscript = read_text(tmp_path, "创建推进会暨背街小巷\n改造启动大会主持词\n同志们：\n现在开会。\n")
    assert manuscript.title == "创建推进会暨背街小巷改造启动大会主持词"


def test_caption_of_a_collection_is_not_the_title(tmp_path: Path) -> None:
    manuscript = read_text(tmp_path, "第三篇：推进会发言材料\n整治工作交流发言\n各位领导：\n汇报如下。\n")
    assert manuscript.title == "整治工作交流发言"
    assert manuscript.blocks[0] == Paragraph("第三篇：推进会发言材料")


def test_text_without_title_is_called_after_its_file(tmp_path: Path) -> None:
    manuscript = read_text(tmp_path, "同志们：\n现在开会。\n", name="主持词3.txt")
    assert manuscript.title == "主持词3"
    assert manuscript.blocks == (Salutation("同志们"), Paragraph("现在开会。"))


def test_signature_at_the_end(tmp_path: Path) -> None:
    manuscript = read_text(tmp_path, "工作汇报\n情况属实，特此报告。\n城关镇人民政府\n2026年4月2日\n")
    assert manuscript.blocks[-1] == Signature("城关镇人民政府", "2026年4月2日")


def test_nothing_is_skipped(tmp_path: Path) -> None:
    text = "汇报\n（讨论稿）\n（2026年4月）\n（2026年5月）\n县委书记  李向前\n县长  王建国\n"
    text += "某文\n二、\n（）\n：\n****\n"
    manuscript = read_text(tmp_path, text)
    shown = re.sub(r"【.*?】|\s", "", render_text(manuscript))
    for character in re.sub(r"\s", "", text):
        assert character in shown
        shown = shown.replace(character, "", 1)


# --- provenance ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_sentences_say_where_they_stand(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"稿{suffix}"
    formats.write(SCRIPT, path)
    lines = [line.lstrip("#* ").strip("*\u3000 ") for line in MARKED_DOWN.split("\n\n")]
    text = "\n".join(line.strip() for line in lines)
    manuscript = formats.read(path)
    for paragraph in manuscript.paragraphs:
        assert paragraph.sentences
        for sentence in paragraph.sentences:
            assert isinstance(sentence.origin, Located)
            assert sentence.origin.file == str(path)
            shown = paragraph.text[sentence.begin : sentence.end]
            assert text[sentence.origin.offset :].startswith(shown)
            assert text.split("\n")[sentence.origin.paragraph] == paragraph.text
    for block in manuscript.blocks:
        if isinstance(block, Salutation | Heading | Cue):
            assert isinstance(block.origin, Located)
            assert text[block.origin.offset :].startswith(block.text)


# --- other people's Markdown --------------------------------------------------------------------

BLOCKS: list[tuple[str, list[Block]]] = [
    (
        "- 第一条措施已经落实。\n- 第二条还没有。",
        [Paragraph("第一条措施已经落实。"), Paragraph("第二条还没有。")],
    ),
    ("> 引用的**话**在这里。", [Paragraph("引用的话在这里。")]),
    ("见[方案](http://a.cn/b)和`附件`。", [Paragraph("见方案和附件。")]),
    (
        "| 单位 | 数量 |\n|---|:--:|\n| 城关镇 | 12 |",
        [Paragraph(t) for t in ("单位", "数量", "城关镇", "12")],
    ),
    ("# 一、形势\n## （一）差距\n", [Heading("形势"), Heading("差距", 2)]),
    ("#形势#", [Heading("形势#")]),
    ("## 形势 ##", [Heading("形势")]),
    ("**请王建国同志发言。**", [Paragraph("请王建国同志发言。", call=True)]),
    ("**各位代表：**", [Salutation("各位代表")]),
    ("前一段。\n\n---\n\n***\n\n后一段。", [Paragraph("前一段。"), Paragraph("后一段。")]),
    ("A&amp;B、5 &lt; 6、2*3*4。", [Paragraph("A&B、5 < 6、234。")]),
    ("```\n代码一行\n```", [Paragraph("代码一行")]),
    ("<!-- 批注 -->\n正文在此。", [Paragraph("正文在此。")]),
    (
        "这一行写到三十个字以后由编辑器自动折到了下一行里面去所以中间没有\n标点，应当连起来读。",
        [Paragraph("这一行写到三十个字以后由编辑器自动折到了下一行里面去所以中间没有标点，应当连起来读。")],
    ),
    ("短句一\n短句二", [Paragraph("短句一"), Paragraph("短句二")]),
]


@pytest.mark.parametrize(("text", "blocks"), BLOCKS)
def test_foreign_markdown(tmp_path: Path, text: str, blocks: list[Block]) -> None:
    manuscript = read_text(
        tmp_path, f"# 关于整治工作的汇报\n\n现汇报如下。\n\n{text}\n\n完。\n", name="来稿.md"
    )
    assert manuscript.title == "关于整治工作的汇报"
    assert list(manuscript.blocks[1:-1]) == blocks


def test_long_markdown_takes_no_time(tmp_path: Path) -> None:
    text = (
        "# 长\n\n"
        + "*a " * 3000
        + "\n"
        + "连续不断的一行文字没有标点也没有空行一直写下去直到三十个字以上\n" * 3000
    )
    assert read_text(tmp_path, text, name="来稿.md").title == "长"
