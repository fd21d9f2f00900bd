"""Word files of other people: nothing is passed over, structure is found where it shows."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from speechkit import formats
from speechkit.formats.numbering import format_number
from speechkit.formats.wordml import tag
from speechkit.manuscript import Block, Byline, Cue, Heading, Manuscript, Paragraph, Salutation, Signature

NAMESPACES = nsdecls("w", "m")


def add(document: Document, *paragraphs: str) -> None:
    """Add raw paragraphs: the content of `w:p`."""
    for content in paragraphs:
        element = parse_xml(f"<w:p {NAMESPACES}>{content}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, element)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(document: Document, folder: Path) -> Manuscript:
    path = folder / "来稿.docx"
    document.save(str(path))
    return formats.read(path)


def titled() -> Document:
    document = docx.Document()
    document.add_paragraph("整治工作情况汇报", style="Title")
    return document


def body(document: Document, folder: Path) -> list[Block]:
    manuscript = read(document, folder)
    assert manuscript.title == "整治工作情况汇报"
    return list(manuscript.blocks)


def test_built_in_styles(tmp_path: Path) -> None:
    document = titled()
    document.add_paragraph("——城关镇", style="Subtitle")
    document.add_heading("一、主要做法", 1)
    document.add_heading("（一）建立专班", 2)
    document.add_heading("没有序号的小标题", 3)
    document.add_heading("1.1 西式序号", 2)
    document.add_paragraph("各组分头行动。", style="Body Text")
    document.add_heading("深层标题", 7)
    manuscript = read(document, tmp_path)
    assert manuscript.subtitle == "城关镇"
    assert manuscript.blocks == (
        Heading("主要做法"),
        Heading("建立专班", 2),
        Heading("没有序号的小标题", 3),
        Heading("1.1 西式序号", 2),
        Paragraph("各组分头行动。"),
        Heading("深层标题", 4),
    )


def test_style_based_on_a_heading_counts_as_one(tmp_path: Path) -> None:
    document = titled()
    style = document.styles.add_style("本单位一级", 1)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("主要做法", style=style)
    assert body(document, tmp_path) == [Heading("主要做法")]


def test_look_alone(tmp_path: Path) -> None:
    document = docx.Document()
    rows: list[tuple[str, WD_ALIGN_PARAGRAPH | None]] = [
        ("在整治工作推进会上的讲话", WD_ALIGN_PARAGRAPH.CENTER),
        ("（2026年4月2日）", WD_ALIGN_PARAGRAPH.CENTER),
        ("县长　王建国", WD_ALIGN_PARAGRAPH.CENTER),
        ("", None),
        ("同志们：", None),
        ("一、认清形势", None),
        ("离验收还有九十天，短板不少。", None),
        ("（鼓掌）", None),
        ("县整治办", WD_ALIGN_PARAGRAPH.RIGHT),
        ("2026年4月2日", WD_ALIGN_PARAGRAPH.RIGHT),
    ]
    for text, alignment in rows:
        paragraph = document.add_paragraph(text)
        if alignment is not None:
            paragraph.alignment = alignment
        else:
            paragraph.paragraph_format.first_line_indent = Pt(32)
    manuscript = read(document, tmp_path)
    assert (manuscript.title, manuscript.date) == ("在整治工作推进会上的讲话", "2026年4月2日")
    assert manuscript.byline == Byline("王建国", "县长")
    assert manuscript.blocks == (
        Salutation("同志们"),
        Heading("认清形势"),
        Paragraph("离验收还有九十天，短板不少。"),
        Cue("鼓掌"),
        Signature("县整治办", "2026年4月2日"),
    )


def test_title_over_two_paragraphs_and_a_line_break(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("全县整治推进会\n暨迎检", style="Title")
    document.add_paragraph("动员会主持词", style="Title")
    document.add_paragraph("现在开会。")
    assert read(document, tmp_path).title == "全县整治推进会暨迎检动员会主持词"


def test_western_title_keeps_its_spaces(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Annual Report of\nthe County", style="Title")
    document.add_paragraph("正文。")
    assert read(document, tmp_path).title == "Annual Report of the County"


def test_tables_give_their_cells(tmp_path: Path) -> None:
    document = titled()
    document.add_paragraph("完成情况见表。")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("单位", "一、件数", "", "12"), strict=True
    ):
        cell.text = text
    document.add_paragraph("表后还有话。")
    texts = ["完成情况见表。", "单位", "一、件数", "12", "表后还有话。"]
    assert body(document, tmp_path) == [Paragraph(text) for text in texts]


def test_line_breaks_part_paragraphs(tmp_path: Path) -> None:
    document = titled()
    document.add_paragraph("第一件事已办完。\n第二件事在办。")
    assert body(document, tmp_path) == [Paragraph("第一件事已办完。"), Paragraph("第二件事在办。")]


def field(instruction: str, shown: str) -> str:
    begin, separate, end = (tag("r", tag("fldChar", fldCharType=t)) for t in ("begin", "separate", "end"))
    return begin + tag("r", tag("instrText", instruction)) + separate + run(shown) + end


DELETED = tag("del", tag("r", tag("delText", "删去")), id=1, author="a")
RUBY = tag("r", tag("ruby", tag("rt", run("yì")), tag("rubyBase", run("弋"))))
PLUS_MINUS, TICK = tag("sym", font="Arial", char="00B1"), tag("sym", font="Wingdings", char="F0FC")
MATH = "<m:oMath><m:r><m:t>5%</m:t></m:r></m:oMath>"
FRAGMENTS = {
    "tab": (run("甲") + tag("r", tag("tab")) + run("乙。"), "甲 乙。"),
    "hyphen": (run("甲") + tag("r", tag("noBreakHyphen")) + run("乙。"), "甲-乙。"),
    "insertion": (tag("ins", run("加上的"), id=1, author="a") + run("话。"), "加上的话。"),
    "deletion": (run("留下。") + DELETED, "留下。"),
    "moved away": (run("留下。") + tag("moveFrom", run("移走"), id=1, author="a"), "留下。"),
    "link": (tag("hyperlink", run("见附件。"), anchor="x"), "见附件。"),
    "field": (field("REF x", "表1") + run("所示。"), "表1所示。"),
    "content control": (tag("sdt", tag("sdtContent", run("控件里的字。"))), "控件里的字。"),
    "pinyin": (RUBY + run("江镇。"), "弋江镇。"),
    "formula": (run("增长") + MATH + run("。"), "增长5%。"),
    "symbol": (tag("r", PLUS_MINUS, TICK) + run("5。"), "±5。"),
    "nothing in it": (tag("bookmarkStart", id=1, name="x") + tag("proofErr") + run("好。"), "好。"),
}


@pytest.mark.parametrize("case", FRAGMENTS)
def test_what_stands_inside_a_paragraph(tmp_path: Path, case: str) -> None:
    content, text = FRAGMENTS[case]
    document = titled()
    add(document, content)
    assert body(document, tmp_path) == [Paragraph(text)]


def test_text_box_is_read_once(tmp_path: Path) -> None:
    document = titled()
    box = tag("txbxContent", tag("p", run("框里的话。")))
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choices = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent xmlns:mc='{compatibility}'>{choices}</mc:AlternateContent>"
    add(document, run("框外的话。") + tag("r", both))
    assert body(document, tmp_path) == [Paragraph("框外的话。"), Paragraph("框里的话。")]


# --- automatic numbering ------------------------------------------------------------------------


def number_parts(document: Document, levels: list[tuple[str, str]], *, override: int | None = None) -> None:
    """Give the file a list of its own, numId 77, with format and text of each level."""
    numbering = document.part.numbering_part.element
    rows = (
        tag("lvl", tag("start", val=1), tag("numFmt", val=form), tag("lvlText", val=text), ilvl=level)
        for level, (form, text) in enumerate(levels)
    )
    abstract = f"<w:abstractNum {NAMESPACES} w:abstractNumId='77'>{''.join(rows)}</w:abstractNum>"
    start = tag("lvlOverride", tag("startOverride", val=override), ilvl=0) if override else ""
    number = f"<w:num {NAMESPACES} w:numId='77'>{tag('abstractNumId', val=77)}{start}</w:num>"
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(number))


def numbered(level: int, text: str) -> str:
    return tag("pPr", tag("numPr", tag("ilvl", val=level), tag("numId", val=77))) + run(text)


CHINESE = [
    ("chineseCountingThousand", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
]


def test_automatic_numbers_become_headings(tmp_path: Path) -> None:
    document = titled()
    number_parts(document, CHINESE)
    for level, text in (
        (0, "主要做法"),
        (1, "建专班"),
        (1, "抓督查"),
        (2, "周调度"),
        (0, "下步打算"),
        (1, "再动员"),
    ):
        add(document, numbered(level, text))
    levels = [(1, "主要做法"), (2, "建专班"), (2, "抓督查"), (3, "周调度"), (1, "下步打算"), (2, "再动员")]
    assert body(document, tmp_path) == [Heading(text, level) for level, text in levels]


def test_automatic_numbers_of_long_paragraphs_stay_in_the_text(tmp_path: Path) -> None:
    document = titled()
    number_parts(document, CHINESE)
    sentence = "抓好老城区改造。年底前完成三个片区，涉及群众要逐户走到。"
    add(document, numbered(2, sentence), numbered(2, ""), numbered(2, sentence))
    assert body(document, tmp_path) == [Paragraph(f"1.{sentence}"), Paragraph(f"3.{sentence}")]


def test_numbers_count_through_their_levels(tmp_path: Path) -> None:
    document = titled()
    number_parts(document, [("decimal", "%1"), ("decimal", "%1.%2"), ("bullet", "\uf0b7")], override=3)
    for level in (0, 1, 1, 0, 1, 2):
        add(document, numbered(level, "级别不同的各项，都是完整的话。"))
    numbers = ["3", "3.1", "3.2", "4", "4.1", ""]
    assert body(document, tmp_path) == [Paragraph(f"{n}级别不同的各项，都是完整的话。") for n in numbers]


def test_numbers_given_by_a_style(tmp_path: Path) -> None:
    document = titled()
    number_parts(document, CHINESE)
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.insert(0, parse_xml(f"<w:numPr {NAMESPACES}><w:numId w:val='77'/></w:numPr>"))
    document.add_heading("主要做法", 1)
    plain = document.add_heading("附记", 1)
    plain._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {NAMESPACES}><w:numId w:val='0'/></w:numPr>"))
    manuscript = read(document, tmp_path)
    assert manuscript.blocks == (Heading("主要做法"), Heading("附记"))


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (11, "chineseCounting", "十一"),
        (100, "chineseCounting", "100"),
        (3, "japaneseCounting", "三"),
        (2, "upperLetter", "B"),
        (27, "lowerLetter", "27"),
        (1994, "upperRoman", "MCMXCIV"),
        (9, "lowerRoman", "ix"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (7, "decimal", "7"),
        (7, "none", ""),
        (7, "someday", "7"),
    ],
)
def test_number_formats(number: int, form: str, shown: str) -> None:
    assert format_number(number, form) == shown


# --- other kinds of package ---------------------------------------------------------------------


def changed(folder: Path, change: dict[str, str], document: Document) -> Path:
    """Save the document with some words replaced in all of its parts."""
    buffer = io.BytesIO()
    document.save(buffer)
    path = folder / "来稿.docx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in change.items():
                content = content.replace(before.encode(), after.encode())
            new.writestr(name, content)
    return path


def test_strict_open_xml(tmp_path: Path) -> None:
    document = titled()
    document.add_heading("一、做法", 1)
    change = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships/"
        ),
    }
    assert formats.read(changed(tmp_path, change, document)).blocks == (Heading("做法"),)


def test_footnotes_are_read(tmp_path: Path) -> None:
    document = titled()
    document.add_paragraph("正文有注。")
    buffer = io.BytesIO()
    document.save(buffer)
    note = tag("footnote", tag("p", run("注文在此。")), id=2)
    notes = f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>"
    relation = (
        "<Relationship Id='rId99' Target='footnotes.xml' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes'/></Relationships>"
    )
    path = tmp_path / "来稿.docx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", relation.encode())
            new.writestr(name, content)
        new.writestr("word/footnotes.xml", notes)
    assert formats.read(path).blocks == (Paragraph("正文有注。"), Paragraph("注文在此。"))


def test_paragraphs_typed_into_our_own_file(tmp_path: Path) -> None:
    """A writer who adds a heading as ordinary text is understood."""
    path = tmp_path / "稿.docx"
    formats.write(Manuscript("整治工作情况汇报", blocks=(Heading("做法"), Paragraph("好。"))), path)
    document = docx.Document(str(path))
    document.add_paragraph("二、打算", style="Body Text")
    document.add_paragraph("新加的话。")
    assert body(document, tmp_path) == [
        Heading("做法"),
        Paragraph("好。"),
        Heading("打算"),
        Paragraph("新加的话。"),
    ]
