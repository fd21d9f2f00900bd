"""Word files: every character a reader sees, once, and the way back to the run that holds it."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sourcefiles import NAMESPACES, box, core, docx, notes, paragraph, plain, run, table
from speechkit import formats
from speechkit.formats import docx_package, marks
from speechkit.formats.docx_text import docx_source, pieces
from speechkit.formats.errors import (
    DamagedFileError,
    EmptyFileError,
    FormatError,
    HostileFileError,
    UnreadableFileError,
)
from speechkit.formats.marks import Source, Where
from speechkit.formats.sources import read_source
from speechkit.formats.wordml import tag
from speechkit.manuscript import Heading, Manuscript, Paragraph, Salutation


def text_of(*body: str, **parts: str | bytes) -> str:
    return docx_source(docx(*body, **parts), "来稿.docx").text


def element_at(content: bytes, part: str, path: tuple[int, ...]) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        element = etree.fromstring(archive.read(part))
    for index in path:
        element = element[index]
    return element


def check_map(content: bytes, source: Source) -> None:
    """Every character of the text is found again in its paragraph of the file."""
    for mark in source.marks:
        held = "".join(text for _, text in pieces(element_at(content, mark.part, mark.path)))
        assert source.text[mark.begin + mark.lead : mark.end] == held
        for offset in range(mark.begin + mark.lead, mark.end):
            found, inside = source.locate(offset)
            assert found == mark
            assert held[inside] == source.text[offset]


# --- inside a paragraph -------------------------------------------------------------------------


def field(instruction: str, shown: str) -> str:
    begin, separate, end = (tag("r", tag("fldChar", fldCharType=t)) for t in ("begin", "separate", "end"))
    return f"{begin}{tag('r', tag('instrText', instruction))}{separate}{shown}{end}"


def nested_field() -> str:
    begin, end = (tag("r", tag("fldChar", fldCharType=t)) for t in ("begin", "end"))
    separate = tag("r", tag("fldChar", fldCharType="separate"))
    return f"{begin}{field('DOCPROPERTY', run('条件'))}{separate}{run('结果')}{end}"


def deleted(text: str) -> str:
    return tag("del", tag("r", tag("delText", text), tag("t", text)), id=1, author="a")


def hidden(*content: str, **attributes: str) -> str:
    return tag("r", tag("rPr", tag("vanish", **attributes)), *content)


FRAGMENTS = {
    "runs": (run("甲") + run("乙"), "甲乙"),
    "tab": (run("甲") + tag("r", tag("tab")) + run("乙"), "甲\t乙"),
    "line break": (tag("r", tag("t", "甲"), tag("br"), tag("t", "乙"), tag("cr")) + run("丙"), "甲\n乙\n丙"),
    "hyphens": (tag("r", tag("t", "甲"), tag("noBreakHyphen"), tag("softHyphen")) + run("乙"), "甲-乙"),
    "insertion": (run("留") + tag("ins", run("加"), id=1, author="a"), "留加"),
    "deletion": (run("留") + deleted("删"), "留"),
    "moved away": (run("留") + tag("moveFrom", run("移"), id=1), "留"),
    "moved here": (run("留") + tag("moveTo", run("移"), id=1), "留移"),
    "link": (tag("hyperlink", run("链接"), anchor="x"), "链接"),
    "field": (field("REF x", run("表1")) + run("所示"), "表1所示"),
    "simple field": (tag("fldSimple", run("2026"), instr="DATE"), "2026"),
    "field in a field": (nested_field() + run("在后"), "结果在后"),
    "end of a field alone": (tag("r", tag("fldChar", fldCharType="end")) + run("照读"), "照读"),
    "content control": (tag("sdt", tag("sdtContent", run("控件"))), "控件"),
    "pinyin": (tag("r", tag("ruby", tag("rt", run("yì")), tag("rubyBase", run("弋")))) + run("江"), "弋江"),
    "formula": ("<m:oMath><m:r><m:t>5%</m:t></m:r></m:oMath>", "5%"),
    "symbol": (tag("r", tag("sym", char="00B1"), tag("sym", char="F0FC"), tag("sym", char="D800")), "±"),
    "absurd symbol": (run("甲") + tag("r", *(tag("sym", char=c) for c in ("z", "", "-1", "F" * 99))), "甲"),
    "hidden": (run("见") + hidden(tag("t", "不见")) + run("到"), "见到"),
    "not hidden after all": (hidden(tag("t", "可见"), val="0"), "可见"),
    "hidden ends of fields": (field("TC", "") + hidden(tag("fldChar", fldCharType="end")) + run("见"), "见"),
    "note reference": (run("有注") + tag("r", tag("footnoteReference", id=2)) + run("。"), "有注。"),
    "white space in the file": ("<w:r><w:t>甲\n乙\t丙</w:t></w:r>", "甲 乙 丙"),
    "comments in the file": ("<!-- x --><w:r><!-- y --><w:t>甲</w:t></w:r><?z z?>", "甲"),
}


@pytest.mark.parametrize("case", FRAGMENTS)
def test_what_stands_inside_a_paragraph(case: str) -> None:
    content, text = FRAGMENTS[case]
    file = docx(paragraph(content))
    source = docx_source(file, "来稿.docx")
    assert source.text == text
    check_map(file, source)


# --- paragraphs ---------------------------------------------------------------------------------


def test_everything_has_its_place() -> None:
    file = docx(
        plain("第一段"),
        paragraph(),
        plain(" 　"),
        table(
            (plain("单位"), plain("件数")), (plain("城关镇"), paragraph(run("12"), box(plain("格里的框"))))
        ),
        paragraph(run("带框"), box(plain("框里一"), table((plain("框里的表"),))), run("的段")),
        tag("sdt", tag("sdtContent", plain("控件里的段"))),
        footnotes=notes("footnotes", plain("注一")),
        endnotes=notes("endnotes", plain("注二")),
    )
    source = docx_source(file, "来稿.docx")
    assert [(source.text[m.begin : m.end], m.where) for m in source.marks] == [
        ("第一段", Where.BODY),
        ("单位", Where.TABLE),
        ("件数", Where.TABLE),
        ("城关镇", Where.TABLE),
        ("12", Where.TABLE),
        ("格里的框", Where.TEXT_BOX),
        ("带框的段", Where.BODY),
        ("框里一", Where.TEXT_BOX),
        ("框里的表", Where.TEXT_BOX),
        ("控件里的段", Where.BODY),
        ("注一", Where.FOOTNOTE),
        ("注二", Where.ENDNOTE),
    ]
    assert source.text == "\n".join(source.text[m.begin : m.end] for m in source.marks)
    assert [m.paragraph for m in source.marks] == list(range(12))
    assert [m.part for m in source.marks[-3:]] == [
        f"word/{n}.xml" for n in ("document", "footnotes", "endnotes")
    ]
    check_map(file, source)


def test_box_for_old_programs_only() -> None:
    old = f"<mc:Fallback>{tag('txbxContent', plain('旧框'))}</mc:Fallback>"
    both = tag("r", f"<mc:AlternateContent>{old}</mc:AlternateContent>")
    assert text_of(paragraph(run("段"), both)) == "段\n旧框"


def test_deleted_row_and_box() -> None:
    row = tag("tr", tag("trPr", tag("del", id=1)), tag("tc", plain("删去的行")))
    gone = tag("del", box(plain("删去的框")), id=2)
    assert (
        text_of(tag("tbl", row, tag("tr", tag("tc", plain("留下")))), paragraph(run("段"), gone))
        == "留下\n段"
    )


def test_deleted_paragraph_mark_joins_paragraphs() -> None:
    ended = tag("pPr", tag("rPr", tag("del", id=1)))
    file = docx(
        paragraph(ended, run("前半")),
        plain("后半"),
        paragraph(ended, deleted("整段删去")),
        plain("另一段"),
    )
    source = docx_source(file, "来稿.docx")
    assert source.text == "前半后半\n另一段"
    check_map(file, source)


def level(index: int, form: str, text: str) -> str:
    return tag("lvl", tag("start", val=1), tag("numFmt", val=form), tag("lvlText", val=text), ilvl=index)


NUMBERING = (
    f"<w:numbering {NAMESPACES}>"
    + tag(
        "abstractNum",
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        abstractNumId=1,
    )
    + tag("num", tag("abstractNumId", val=1), numId=7)
    + "</w:numbering>"
)
STYLES = (
    f"<w:styles {NAMESPACES}>"
    + tag("style", tag("pPr", tag("numPr", tag("numId", val=7))), type="paragraph", styleId="一")
    + tag(
        "style",
        tag("basedOn", val="一"),
        tag("pPr", tag("numPr", tag("ilvl", val=1))),
        type="paragraph",
        styleId="二",
    )
    + tag("style", tag("basedOn", val="圈"), type="paragraph", styleId="圈", default=1)
    + "</w:styles>"
)


def numbered(text: str, index: int) -> str:
    return paragraph(tag("pPr", tag("numPr", tag("ilvl", val=index), tag("numId", val=7))), run(text))


def styled(style: str, text: str) -> str:
    return paragraph(tag("pPr", tag("pStyle", val=style)), run(text))


def test_automatic_numbers_are_text_but_in_no_run() -> None:
    body = [
        numbered("做法", 0),
        styled("二", "建专班"),
        numbered("抓督查", 1),
        styled("一", "打算"),
        plain("完"),
    ]
    file = docx(*body, numbering=NUMBERING, styles=STYLES)
    source = docx_source(file, "来稿.docx")
    assert source.text.split("\n") == ["一、做法", "（一）建专班", "（二）抓督查", "二、打算", "完"]
    assert [mark.lead for mark in source.marks] == [2, 3, 3, 2, 0]
    assert source.locate(1)[1] == 0
    check_map(file, source)


@pytest.mark.parametrize("index", ["²", "99", "-1", "x", "9" * 5000, ""])
def test_absurd_level(index: str) -> None:
    body = paragraph(tag("pPr", tag("numPr", tag("ilvl", val=index), tag("numId", val=7))), run("做法"))
    assert text_of(body, numbering=NUMBERING) == "一、做法"


def test_our_own_file_is_read_as_written(tmp_path: Path) -> None:
    manuscript = Manuscript(
        "汇报", blocks=(Salutation("同志们"), Heading("做法"), Paragraph("建了专班。"), Heading("打算"))
    )
    formats.write(manuscript, tmp_path / "稿.docx")
    assert read_source(tmp_path / "稿.docx").text.split("\n") == [
        "汇报",
        "同志们：",
        "一、做法",
        "建了专班。",
        "二、打算",
    ]


# --- properties ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2026-03-05T08:00:00Z", "2026-03-05T08:00:00Z"),
        ("2026-03-05T08:00:00+08:00", "2026-03-05T00:00:00Z"),
        ("2026-03-05", "2026-03-05T00:00:00Z"),
        ("1601-01-01T00:00:00Z", ""),
        ("9999-12-31T23:59:59-08:00", ""),
        ("昨天", ""),
        ("", ""),
    ],
)
def test_dates_of_the_file(stored: str, shown: str) -> None:
    source = docx_source(docx(plain("段"), core=core(stored, stored, " 王砚秋 ")), "来稿.docx")
    assert (source.created, source.modified, source.author) == (shown, shown, "王砚秋")


@pytest.mark.parametrize("broken", ["<x", "", "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"])
def test_broken_properties_do_not_matter(broken: str) -> None:
    source = docx_source(docx(plain("段"), core=broken), "来稿.docx")
    assert (source.text, source.created, source.author) == ("段", "", "")


# --- damaged and hostile files ------------------------------------------------------------------


def raises(error: type[FormatError], content: bytes, folder: Path, match: str) -> None:
    path = folder / "来稿.docx"
    path.write_bytes(content)
    with pytest.raises(error, match=match) as caught:
        read_source(path)
    assert str(caught.value).startswith(f"{path}：")


def test_damaged_files(tmp_path: Path) -> None:
    whole = docx(plain("段"))
    raises(DamagedFileError, whole[:-40], tmp_path, "另存为")
    raises(DamagedFileError, b"not a zip", tmp_path, "不是完整的Word文件")
    raises(DamagedFileError, docx(plain("段")[:-3]), tmp_path, "已损坏")
    raises(EmptyFileError, docx(paragraph()), tmp_path, "没有文字")


def test_entities_are_refused(tmp_path: Path) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    file = docx(plain("段"), footnotes=declared + notes("footnotes", plain("&e;")).encode())
    raises(HostileFileError, file, tmp_path, "外部声明")


def test_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "LARGEST_PART", 100_000)
    raises(HostileFileError, docx(plain("弹" * 100_000)), tmp_path, "大得不正常")


def test_small_file_that_makes_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "LARGEST_TEXT", 20_000)
    numbering = NUMBERING.replace("%1、", "长" * 1000 + "%1、")
    raises(UnreadableFileError, docx(*[numbered("段", 0)] * 50, numbering=numbering), tmp_path, "超过2万字")


# --- any file -----------------------------------------------------------------------------------

inline = st.lists(st.sampled_from([content for content, _ in FRAGMENTS.values()]), max_size=4)
paragraphs = st.builds(lambda parts: paragraph(*parts), inline)
blocks = st.one_of(
    paragraphs,
    st.builds(lambda first, second: table((first, second)), paragraphs, paragraphs),
    st.builds(lambda before, inside: paragraph(*before, box(inside)), inline, paragraphs),
    st.builds(lambda inside: numbered("编号", 1) + inside, paragraphs),
)


@given(st.lists(blocks, max_size=5), st.lists(paragraphs, max_size=2))
def test_every_character_leads_back_to_the_file(body: list[str], noted: list[str]) -> None:
    file = docx(*body, plain("末段"), numbering=NUMBERING, footnotes=notes("footnotes", *noted))
    source = docx_source(file, "来稿.docx")
    assert source.text.count("末段") == 1
    assert [mark.begin for mark in source.marks] == sorted(mark.begin for mark in source.marks)
    check_map(file, source)
