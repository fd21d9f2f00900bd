"""The Word files: every point of GB/T 9704-2012 and of practice, read from the XML that was written."""

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from speechkit import formats
from speechkit.formats.layout import Layout
from speechkit.manuscript import (
    Byline,
    Cue,
    Heading,
    Manuscript,
    Paragraph,
    Salutation,
    Signature,
)
from wordfile import W, WordFile, child, name_of, style_of, text_of, value

GBT9704 = formats.load_layout("gbt9704")
READING = formats.load_layout("reading")
SPEECH = Manuscript(
    "在青山县国家卫生县城创建工作推进会暨背街小巷改造攻坚启动大会上的讲话",
    subtitle="打好整治攻坚战",
    date="2026年3月5日",
    byline=Byline("李向前", "县委书记"),
    blocks=(
        Salutation("同志们"),
        Paragraph("会前，我到“三无”小区走了走……问题不少——都要改。"),
        Heading("认清形势"),
        Heading("差距在哪里", 2),
        Heading("设施", 3),
        Heading("管网", 4),
        Paragraph("老城区管网2026年6月底前改造到位，涉及AB两个片区。"),
        Paragraph("下面，请县住建局局长王建国同志发言。", call=True),
        Cue("发言"),
        Heading("压实责任"),
        Heading("厘清边界", 2),
        Paragraph("各司其职。"),
        Signature("青山县创建工作指挥部办公室", "2026年3月5日"),
    ),
)
Write = Callable[..., WordFile]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(manuscript: Manuscript = SPEECH, layout: Layout = GBT9704) -> WordFile:
        path = tmp_path / "稿.docx"
        formats.write(manuscript, path, layout=layout, overwrite=True)
        return WordFile(path)

    return write


def section(word: WordFile, name: str) -> dict[str, str]:
    element = child(word.document, f"body/sectPr/{name}")
    return {str(key).removeprefix(W): str(text) for key, text in element.attrib.items()}


# --- page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [GBT9704, READING])
def test_paper_is_a4(write: Write, layout: Layout) -> None:
    assert section(write(layout=layout), "pgSz") == {"w": "11906", "h": "16838"}


@pytest.mark.parametrize("layout", [GBT9704, READING])
def test_margins_leave_a_type_area_of_156_by_225_mm(write: Write, layout: Layout) -> None:
    margins = section(write(layout=layout), "pgMar")
    edges = [margins[edge] for edge in ("top", "left", "bottom", "right")]
    assert edges == ["2098", "1588", "1984", "1474"]


def test_grid_of_22_lines_and_28_characters_is_set(write: Write) -> None:
    grid = section(write(), "docGrid")
    assert grid["type"] == "linesAndChars"
    assert grid["linePitch"] == "579"
    assert abs(int(grid["charSpace"]) - -848) <= 1


def test_28_characters_and_22_lines_fit_the_type_area(write: Write) -> None:
    word = write()
    pitch = 20 * 16 + int(word.get("BodyText", "rPr/spacing") or 0)
    assert 28 * pitch <= 11906 - 1588 - 1474 < 29 * pitch
    line = int(word.get("BodyText", "pPr/spacing", "line") or 0)
    assert 22 * line <= 16838 - 2098 - 1984 < 23 * line


def test_reading_copy_has_no_grid(write: Write) -> None:
    word = write(layout=READING)
    assert word.document.find(f".//{W}docGrid") is None
    assert word.get("BodyText", "rPr/spacing") == "0"


def test_no_line_is_saved_for_widows(write: Write) -> None:
    assert write().get("BodyText", "pPr/widowControl") == "0"


# --- page numbers -------------------------------------------------------------------------------


def test_page_number_stands_between_dashes_and_counts_by_itself(write: Write) -> None:
    word = write()
    for name in ("word/footer1.xml", "word/footer2.xml"):
        footer = word.xml(name)
        assert text_of(footer) == "— 1 —"
        field = footer.find(f".//{W}fldSimple")
        assert field is not None
        assert (field.get(f"{W}instr") or "").strip() == "PAGE"


def test_odd_pages_carry_the_number_right_and_even_pages_left(write: Write) -> None:
    word = write()
    assert word.xml("word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    targets = {e.get("Id"): e.get("Target") for e in word.xml("word/_rels/document.xml.rels")}
    references = word.document.findall(f".//{W}footerReference")
    sides = {}
    for reference in references:
        footer = word.xml(f"word/{targets[reference.get(relation)]}")
        sides[reference.get(f"{W}type")] = style_of(child(footer, "p"))
    assert word.get(sides["default"], "pPr/jc") == "right"
    assert word.get(sides["default"], "pPr/ind", "rightChars") == "100"
    assert word.get(sides["even"], "pPr/jc") == "left"
    assert word.get(sides["even"], "pPr/ind", "leftChars") == "100"


def test_page_number_is_14_point_songti_dashes_and_digits_alike(write: Write) -> None:
    word = write()
    for style in (word.named("单页页码"), word.named("双页页码")):
        assert word.get(style, "rPr/sz") == "28"
        assert word.get(style, "rPr/rFonts", "eastAsia") == "宋体"
        assert word.get(style, "rPr/rFonts", "ascii") == "宋体"


def test_dash_of_the_page_number_is_7_mm_below_the_type_area(write: Write) -> None:
    word = write()
    line = int(word.get(word.named("单页页码"), "pPr/spacing", "line") or 0)
    margins = section(word, "pgMar")
    below = int(margins["bottom"]) - int(margins["footer"]) - line / 2
    assert below / 20 / 72 * 25.4 == pytest.approx(7, abs=0.1)


def test_profile_without_page_number_writes_no_footer(write: Write, tmp_path: Path) -> None:
    (tmp_path / "无页码.yaml").write_text("基于: gbt9704\n页码: 无\n", encoding="utf-8")
    word = write(layout=formats.load_layout("无页码", [tmp_path]))
    assert not [name for name in word.parts if "footer" in name]
    assert word.document.find(f".//{W}footerReference") is None


# --- fonts, sizes, indents ----------------------------------------------------------------------

LOOKS = {
    "Title": ("方正小标宋简体", "44", "center", "0"),
    "Subtitle": ("楷体_GB2312", "32", "center", "0"),
    "Date": ("楷体_GB2312", "32", "center", "0"),
    "署名": ("楷体_GB2312", "32", "center", "0"),
    "Salutation": ("仿宋_GB2312", "32", "both", "0"),
    "Body Text": ("仿宋_GB2312", "32", "both", "200"),
    "heading 1": ("黑体", "32", "both", "200"),
    "heading 2": ("楷体_GB2312", "32", "both", "200"),
    "heading 3": ("仿宋_GB2312", "32", "both", "200"),
    "heading 4": ("仿宋_GB2312", "32", "both", "200"),
    "串词": ("仿宋_GB2312", "32", "both", "200"),
    "提示": ("楷体_GB2312", "32", "both", "200"),
    "Signature": ("仿宋_GB2312", "32", "right", "0"),
    "落款日期": ("仿宋_GB2312", "32", "right", "0"),
}


@pytest.mark.parametrize(("name", "look"), LOOKS.items())
def test_font_size_alignment_and_indent_in_characters(
    write: Write, name: str, look: tuple[str, str, str, str]
) -> None:
    word = write()
    style = word.named(name)
    found = (
        word.get(style, "rPr/rFonts", "eastAsia"),
        word.get(style, "rPr/sz"),
        word.get(style, "pPr/jc"),
        word.get(style, "pPr/ind", "firstLineChars"),
    )
    assert found == look
    assert word.get(style, "rPr/rFonts", "ascii") == "Times New Roman"
    assert word.get(style, "rPr/rFonts", "hAnsi") == "Times New Roman"
    assert word.get(style, "rPr/b") == "0"


@pytest.mark.parametrize("name", LOOKS)
def test_line_pitch_is_exact_and_nothing_is_added_around(write: Write, name: str) -> None:
    word = write()
    style = word.named(name)
    assert word.get(style, "pPr/spacing", "line") == "579"
    assert word.get(style, "pPr/spacing", "lineRule") == "exact"
    assert word.get(style, "pPr/spacing", "before") == word.get(style, "pPr/spacing", "after") == "0"


def test_reading_copy_is_large(write: Write) -> None:
    word = write(layout=READING)
    title, body = word.named("Title"), word.named("Body Text")
    assert (word.get(title, "rPr/sz"), word.get(title, "pPr/spacing", "line")) == ("48", "700")
    assert (word.get(body, "rPr/sz"), word.get(body, "pPr/spacing", "line")) == ("36", "600")
    for name in ("heading 1", "heading 2", "heading 3", "heading 4"):
        assert word.get(word.named(name), "rPr/sz") == "36"


def test_reading_copy_has_nothing_smaller_than_the_body(write: Write) -> None:
    word = write(layout=READING)
    sizes = [int(e.get(f"{W}val") or 0) for e in word.xml("word/styles.xml").iter(f"{W}sz")]
    assert min(sizes) == 36


def test_calls_are_bold_where_the_profile_says_so(write: Write, tmp_path: Path) -> None:
    (tmp_path / "本单位.yaml").write_text("基于: gbt9704\n串词: {加粗: 是}\n", encoding="utf-8")
    word = write(layout=formats.load_layout("本单位", [tmp_path]))
    assert word.get(word.named("串词"), "rPr/b") == "1"
    assert word.get(word.named("Body Text"), "rPr/b") == "0"


# --- what goes wrong in generated Word files ----------------------------------------------------


def test_no_font_comes_from_a_theme(write: Write) -> None:
    word = write()
    assert not [name for name in word.parts if "theme" in name]
    for content in word.parts.values():
        assert not re.search(rb'w:\w+Theme="|w:theme\w*="', content)


def test_every_run_has_its_quotes_and_dashes_in_the_east_asian_font(write: Write) -> None:
    word = write()
    runs = [run for p in word.paragraphs for run in p.iter(f"{W}r") if run.find(f"{W}t") is not None]
    assert len(runs) > len(SPEECH.blocks)
    for name in ("word/footer1.xml", "word/footer2.xml"):
        runs += word.xml(name).iter(f"{W}r")
    for run in runs:
        assert value(child(run, "rPr/rFonts"), "hint") == "eastAsia"


def test_headings_count_as_headings(write: Write) -> None:
    word = write()
    for level in (1, 2, 3, 4):
        style = word.named(f"heading {level}")
        assert word.styles[style].get(f"{W}customStyle") is None
        assert word.get(style, "pPr/outlineLvl") == str(level - 1)
        assert word.has(style, "pPr/keepNext")


def test_no_style_keeps_the_colours_of_word_templates(write: Write) -> None:
    assert b"w:color" not in write().parts["word/styles.xml"]


def test_named_styles_carry_the_look(write: Write) -> None:
    word = write()
    names = {value(child(word.styles[style_of(p)], "name")) for p in word.paragraphs}
    assert names == {*LOOKS, "空行"}
    signed = {word.named("Signature"), word.named("落款日期")}
    for paragraph in word.paragraphs:
        properties = [name_of(e) for e in child(paragraph, "pPr")]
        allowed = {"pStyle", "ind"} if style_of(paragraph) in signed else {"pStyle", "keepNext"}
        assert set(properties) <= allowed
        for run in paragraph.iter(f"{W}rPr"):
            assert [e.tag for e in run] == [f"{W}rFonts"]


def test_exact_pitch_does_not_reach_tables(write: Write) -> None:
    """What is put into a table has the style Normal: an exact pitch there would clip pictures."""
    word = write()
    normal = word.named("Normal")
    assert word.styles[normal].get(f"{W}default") == "1"
    assert not word.has(normal, "pPr/spacing")
    assert not word.has(normal, "pPr/ind")
    assert word.xml("word/styles.xml").find(f"{W}docDefaults/{W}pPrDefault/{W}pPr") is None


def test_heading_markers_are_typed_text_and_start_again(write: Write) -> None:
    word = write()
    assert word.texts(word.named("heading 1")) == ["一、认清形势", "二、压实责任"]
    assert word.texts(word.named("heading 2")) == ["（一）差距在哪里", "（一）厘清边界"]
    assert word.texts(word.named("heading 3")) == ["1.设施"]
    assert word.texts(word.named("heading 4")) == ["（1）管网"]
    assert b"numPr" not in word.parts["word/document.xml"]
    assert "word/numbering.xml" not in word.parts


def test_no_fonts_are_bundled_but_substitutes_are_named(write: Write) -> None:
    word = write()
    assert all(name.endswith((".xml", ".rels")) for name in word.parts)
    table = word.xml("word/fontTable.xml")
    names = {value(e, "name"): value(child(e, "altName")) for e in table.iter(f"{W}font")}
    assert names["仿宋_GB2312"] == "仿宋"


def test_word_opens_it_in_its_own_mode(write: Write) -> None:
    setting = write().xml("word/settings.xml").find(f".//{W}compatSetting")
    assert setting is not None
    assert (setting.get(f"{W}name"), setting.get(f"{W}val")) == ("compatibilityMode", "15")


def test_language_is_chinese(write: Write) -> None:
    word = write()
    language = child(word.xml("word/styles.xml"), "docDefaults/rPrDefault/rPr/lang")
    assert value(language, "eastAsia") == "zh-CN"
    assert value(child(word.xml("word/settings.xml"), "themeFontLang"), "eastAsia") == "zh-CN"


def test_elements_stand_in_the_order_of_the_schema(write: Write) -> None:
    """Word refuses files whose properties are out of order."""
    order = {
        "pPr": "pStyle keepNext widowControl overflowPunct autoSpaceDE autoSpaceDN"
        " snapToGrid spacing ind jc outlineLvl",
        "rPr": "rFonts b bCs snapToGrid spacing sz szCs lang",
        "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
        "sectPr": "footerReference pgSz pgMar cols docGrid",
        "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    }
    word = write()
    for part in ("document", "styles", "settings", "footer1"):
        for element in word.xml(f"word/{part}.xml").iter():
            if expected := order.get(name_of(element)):
                places = [expected.split().index(name_of(inner)) for inner in element]
                assert places == sorted(places)


# --- head, salutation, signature ----------------------------------------------------------------


def test_title_is_broken_into_lines_within_one_paragraph(write: Write) -> None:
    word = write()
    (title,) = word.texts(word.named("Title"))
    lines = title.split("\n")
    assert "".join(lines) == SPEECH.title
    assert lines[1].startswith("暨")
    assert max(map(len, lines)) <= 20


def head(word: WordFile) -> list[str]:
    """Return text and place of everything up to the first body paragraph."""
    end = next(i for i, p in enumerate(word.paragraphs) if style_of(p) == word.named("Body Text"))
    return [text_of(p).replace("\n", "") for p in word.paragraphs[:end]]


def test_head_block_in_order_with_a_blank_line_before_the_salutation(write: Write) -> None:
    lines = [SPEECH.title, "——打好整治攻坚战", "（2026年3月5日）", "县委书记  李向前", "", "同志们："]
    assert head(write()) == lines


def test_name_may_stand_above_the_date(write: Write, tmp_path: Path) -> None:
    (tmp_path / "本单位.yaml").write_text("基于: gbt9704\n题下次序: [副标题, 署名, 日期]\n", encoding="utf-8")
    word = write(layout=formats.load_layout("本单位", [tmp_path]))
    assert head(word)[2:4] == ["县委书记  李向前", "（2026年3月5日）"]
    path = tmp_path / "换序.docx"
    formats.write(SPEECH, path, layout=formats.load_layout("本单位", [tmp_path]))
    assert formats.read(path) == SPEECH


def test_blank_line_follows_the_head_only(write: Write) -> None:
    word = write(
        Manuscript("汇报", blocks=(Paragraph("现汇报如下。"), Salutation("各位代表"), Paragraph("完。")))
    )
    assert [text_of(p) for p in word.paragraphs] == ["汇报", "", "现汇报如下。", "各位代表：", "完。"]


def right_indents(word: WordFile) -> list[int]:
    indents = []
    for name in ("Signature", "落款日期"):
        style = word.named(name)
        (paragraph,) = (p for p in word.paragraphs if style_of(p) == style)
        own = paragraph.find(f"{W}pPr/{W}ind")
        value = own.get(f"{W}rightChars") if own is not None else word.get(style, "pPr/ind", "rightChars")
        indents.append(int(value or 0))
    return indents


@pytest.mark.parametrize(
    ("unit", "day", "indents"),
    [
        # 13 characters, and 6 with digits of half width: the date begins at the unit's third character.
        ("青山县创建工作指挥部办公室", "2026年3月5日", [200, 200 + 700 - 200]),
        # The date is the longer one: it keeps two characters, and still begins two after the unit.
        ("教育局", "2026年3月5日", [200 + 300 + 200, 200]),
    ],
)
def test_date_of_the_signature_begins_two_characters_after_the_unit(
    write: Write, unit: str, day: str, indents: list[int]
) -> None:
    assert right_indents(write(Manuscript("汇报", blocks=(Signature(unit, day),)))) == indents


def test_signature_takes_text_to_the_next_page(write: Write) -> None:
    word = write()
    last = [p for p in word.paragraphs if style_of(p) == word.named("Body Text")][-1]
    assert last.find(f"{W}pPr/{W}keepNext") is not None
    assert word.has(word.named("空行"), "pPr/keepNext")
    assert word.has(word.named("Signature"), "pPr/keepNext")


def test_body_paragraph_that_looks_like_a_heading_stays_one_of_the_body(write: Write) -> None:
    word = write(Manuscript("汇报", blocks=(Paragraph("一、总体情况"), Paragraph("好。"))))
    styles = [style_of(p) for p in word.paragraphs[2:]]
    assert styles == [word.named("段落"), word.named("Body Text")]
    assert word.get(styles[0], "pPr/ind", "firstLineChars") == "200"
    assert word.get(styles[0], "rPr/rFonts", "eastAsia") == "仿宋_GB2312"


# --- the file -----------------------------------------------------------------------------------


def test_properties_come_from_the_manuscript(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    formats.write(SPEECH, path, layout=GBT9704)
    properties = docx.Document(str(path)).core_properties
    assert properties.title == SPEECH.title
    assert properties.author == properties.last_modified_by == "李向前"
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2026-03-05"
    assert properties.modified == properties.created
    assert properties.comments == properties.keywords == ""


@pytest.mark.parametrize("day", ["", "三月五日", "2026年13月40日", "２０２６年3月5日"])
def test_properties_without_a_real_date_are_fixed(tmp_path: Path, day: str) -> None:
    path = tmp_path / "稿.docx"
    formats.write(Manuscript("讲话", date=day), path, layout=GBT9704)
    properties = docx.Document(str(path)).core_properties
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2000-01-01"
    assert properties.author == ""


def test_no_library_leaves_its_name(write: Write) -> None:
    for content in write().parts.values():
        assert not re.search(rb"python|lxml|generat|Macintosh|Microsoft Office", content, re.IGNORECASE)


def test_same_manuscript_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "甲.docx", tmp_path / "乙.docx"]
    for path in paths:
        formats.write(SPEECH, path, layout=formats.load_layout("gbt9704"))
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_entries_carry_no_time_and_no_system(write: Write) -> None:
    for entry in write().entries:
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.create_system == 0


def test_python_docx_reads_the_same_texts(tmp_path: Path) -> None:
    path = tmp_path / "稿.docx"
    formats.write(SPEECH, path)
    texts = [p.text for p in docx.Document(str(path)).paragraphs]
    assert "会前，我到“三无”小区走了走……问题不少——都要改。" in texts


def test_default_layout_is_the_printed_official_one(tmp_path: Path) -> None:
    formats.write(SPEECH, tmp_path / "甲.docx")
    formats.write(SPEECH, tmp_path / "乙.docx", layout=GBT9704)
    assert (tmp_path / "甲.docx").read_bytes() == (tmp_path / "乙.docx").read_bytes()
