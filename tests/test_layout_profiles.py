"""Layout profiles: the numbers are data, and wrong data is named."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from speechkit.formats import load_layout
from speechkit.formats.errors import LayoutError
from speechkit.formats.layout import POINT_SIZES, twips
from speechkit.resources import resource_folder

BUNDLED = resource_folder("templates") / "layouts"


def profile(folder: Path, text: str, name: str = "本单位") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> list[str]:
    """Return what is said of a profile based on the bundled one, without the path in front."""
    path = profile(folder, f"基于: gbt9704\n{text}")
    with pytest.raises(LayoutError) as raised:
        load_layout("本单位", [folder])
    lines = str(raised.value).splitlines()
    assert all(line.startswith(f"{path}：") for line in lines)
    return [line.removeprefix(f"{path}：") for line in lines]


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_bundled_profile_loads(path: Path) -> None:
    assert load_layout(path.stem).note


def test_profile_is_frozen() -> None:
    with pytest.raises(ValidationError):
        load_layout("gbt9704").note = "别的"  # type: ignore[misc]


def test_point_sizes() -> None:
    sizes = [42, 36, 26, 24, 22, 18, 16, 15, 14, 12]
    assert list(POINT_SIZES.values()) == sizes


@pytest.mark.parametrize(
    ("millimetres", "expected"), [(210, 11906), (297, 16838), (37, 2098), (28, 1588), (35, 1984), (26, 1474)]
)
def test_lengths_as_word_rounds_them(millimetres: float, expected: int) -> None:
    assert twips(millimetres) == expected


def test_numbers_of_the_grid_are_computed() -> None:
    layout = load_layout("gbt9704")
    assert layout.type_area == (8844, 12756)
    assert layout.line_pitch == 579
    assert abs(layout.character_space - -848) <= 1
    assert layout.character_pitch * 28 == pytest.approx(8844)


def test_reading_profile_changes_some_of_it() -> None:
    printed, reading = load_layout("gbt9704"), load_layout("reading")
    assert (reading.body.size, reading.pitch(reading.body)) == (18, 600)
    assert (reading.title.size, reading.pitch(reading.title)) == (24, 700)
    assert reading.body.font == printed.body.font
    assert reading.margins == printed.margins
    assert reading.grid is None


# --- a user's own profiles ----------------------------------------------------------------------


def test_rival_margins_need_no_code(tmp_path: Path) -> None:
    profile(tmp_path, "基于: gbt9704\n页边距: {上: 34.58, 下: 32.58}\n正文: {行距: 29.45}\n")
    layout = load_layout("本单位", [tmp_path])
    assert layout.margins.left == 28
    assert layout.pitch(layout.body) == layout.pitch(layout.title) == 589
    assert 22 * layout.pitch(layout.body) <= layout.type_area[1]
    assert layout.title.font == "方正小标宋简体"


def test_some_values_override_and_sizes_have_names(tmp_path: Path) -> None:
    profile(
        tmp_path,
        "基于: reading\n正文: {行距: 33}\n串词: {加粗: 是}\n一级标题: {字号: 小一, 行距: 35.5}\n页码: 无\n",
    )
    layout = load_layout("本单位", [tmp_path])
    assert (layout.body.size, layout.body.pitch, layout.body.first_indent) == (18, 33, 2)
    assert (layout.heading_1.size, layout.heading_1.pitch, layout.heading_1.font) == (24, 35.5, "黑体")
    assert (layout.heading_2.pitch, layout.call.bold, layout.cue.bold) == (33, True, False)
    assert layout.page_number is None


def test_profile_by_path(tmp_path: Path) -> None:
    path = profile(tmp_path, "基于: gbt9704\n说明: 甲\n", name="某")
    assert load_layout(str(path)).note == "甲"


def test_own_folder_goes_first_and_may_build_on_what_it_replaces(tmp_path: Path) -> None:
    profile(tmp_path, "基于: gbt9704\n说明: 本单位的\n", name="gbt9704")
    layout = load_layout("gbt9704", [tmp_path])
    assert layout.note == "本单位的"
    assert layout.grid == load_layout("gbt9704").grid


def test_complete_profile_needs_no_base(tmp_path: Path) -> None:
    profile(tmp_path, (BUNDLED / "gbt9704.yaml").read_text(encoding="utf-8"))
    assert load_layout("本单位", [tmp_path]) == load_layout("gbt9704")


def test_gbk_profile(tmp_path: Path) -> None:
    (tmp_path / "本单位.yaml").write_bytes("基于: gbt9704\n说明: 大字\n".encode("gbk"))
    assert load_layout("本单位", [tmp_path]).note == "大字"


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("页边矩: {上: 30}", "第2行：页边矩：没有这个键，是不是“页边距”？"),
        ("页边距: {上边: 30}", "第2行：页边距.上边：没有这个键，是不是“上”？"),
        ("正文:\n  字号: 三号\n  color: 红", "第4行：正文.color：没有这个键，能写的是字体、字号、行距、"),
        ("正文:\n  字号: 特大", "第3行：正文.字号：要写初号、"),
        ("正文: {字号: 400}", "第2行：正文.字号：要写初号、"),
        ("正文: {行距: 宽}", "第2行：正文.行距：要写“网格”，或5到200之间的磅数"),
        ("纸张: {宽: A4}", "第2行：纸张.宽：要写数字"),
        ("纸张: {宽: nan}", "第2行：纸张.宽：要写数字"),
        ("纸张: {宽: 9999}", "第2行：纸张.宽：不能大于550"),
        ("页边距: {上: -1}", "第2行：页边距.上：不能小于0"),
        ("题下空行: 一行", "第2行：题下空行：要写整数"),
        ("题下空行: 1.5", "第2行：题下空行：要写整数"),
        ("串词: {加粗: 也许}", "第2行：串词.加粗：要写“是”或“否”"),
        ("标题: {对齐: 中间}", "第2行：标题.对齐：只能是居左、居中、居右、两端"),
        ("标题: {字体: }", "第2行：标题.字体：要写文字"),
        ("标题: {字体: ''}", "第2行：标题.字体：不能为空"),
        ("标题: {字体: '宋体\"/>'}", "第2行：标题.字体：不能有尖括号、引号和&"),
        ("标题: 黑体", "第2行：标题：要写成“{键: 值}”"),
        ("题下次序: [日期]", "第1行：整个版式：“题下次序”要把副标题、日期、署名各写一次"),
        ("题下次序: 日期", "第2行：题下次序：要写成列表"),
        ("题下次序: [日期, 署名, 副题]", "第2行：题下次序.2：只能是副标题、日期、署名"),
        ("正文: {字号: 三号, 行距: 20}", "第1行：整个版式：标题的行距小于字号，字会被切掉"),
        ("网格: 无", "第1行：整个版式：没有网格时，“行距”要写磅数"),
        ("网格: {每页行数: 60}", "第1行：整个版式：标题、副标题、日期、署名、称呼、正文、"),
        ("页边距: {左: 100, 右: 100}", "第1行：整个版式：页边距太大"),
        ("页码: {形式: 第页}", "第2行：页码：“形式”里要有一处“{页码}”"),
        ("页码: {单页: 两端}", "第2行：页码.单页：只能是居左、居中、居右"),
        ("替代字体: {仿宋: [宋体]}", "第2行：替代字体.仿宋：要写文字"),
    ],
)
def test_wrong_entries_are_named_with_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    assert any(line.startswith(message) for line in refused(tmp_path, text)), refused(tmp_path, text)


def test_all_wrong_entries_are_named_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, "纸张: {宽: 宽, 高: 高}\n正文: {行距: 密}\n页马: 无\n")
    assert [line.split("：")[:2] for line in found] == [
        ["第2行", "纸张.宽"],
        ["第2行", "纸张.高"],
        ["第3行", "正文.行距"],
        ["第4行", "页马"],
    ]


def test_missing_entry_of_a_profile_without_base(tmp_path: Path) -> None:
    text = (BUNDLED / "gbt9704.yaml").read_text(encoding="utf-8").replace("西文字体:", "说明2:")
    path = profile(tmp_path, text)
    with pytest.raises(LayoutError) as raised:
        load_layout("本单位", [tmp_path])
    assert f"{path}：第8行：西文字体：缺少这一项" in str(raised.value)


def test_errors_name_the_file_they_are_in(tmp_path: Path) -> None:
    base = profile(tmp_path, "基于: gbt9704\n纸张: {宽: 宽}\n", name="底版")
    profile(tmp_path, "基于: 底版\n说明: 甲\n")
    with pytest.raises(LayoutError) as raised:
        load_layout("本单位", [tmp_path])
    assert str(raised.value) == f"{base}：第2行：纸张.宽：要写数字"


def test_unknown_profile_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="没有叫“大字版”的版式，能用的是gbt9704、reading"):
        load_layout("大字版", [tmp_path])


def test_unknown_base_is_named_with_its_line(tmp_path: Path) -> None:
    path = profile(tmp_path, "说明: 甲\n基于: 无此版\n")
    with pytest.raises(LayoutError) as raised:
        load_layout("本单位", [tmp_path])
    assert str(raised.value).startswith(f"{path}：第2行：基于：没有叫“无此版”的版式")


@pytest.mark.parametrize("text", ["基于: [gbt9704]", "基于: {a: b}"])
def test_base_that_is_no_name(tmp_path: Path, text: str) -> None:
    profile(tmp_path, text)
    with pytest.raises(LayoutError, match="第1行：基于：要写另一个版式的名称"):
        load_layout("本单位", [tmp_path])


def test_profiles_based_on_one_another(tmp_path: Path) -> None:
    profile(tmp_path, "基于: 乙\n", name="甲")
    profile(tmp_path, "基于: 甲\n", name="乙")
    with pytest.raises(LayoutError, match="没有叫“甲”的版式"):
        load_layout("甲", [tmp_path])


def test_file_based_on_itself_by_path(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text(f"基于: {path}\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="绕回"):
        load_layout(str(path))


@pytest.mark.parametrize(
    "content", [b"", b"- a\n", b"a: [", b"\xff\xfe\0\xd8", b"a: 1\na: 2\n", b"x: !!python/object:os.x {}"]
)
def test_broken_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.yaml"
    path.write_bytes(content)
    with pytest.raises(LayoutError) as raised:
        load_layout(str(path))
    assert str(raised.value).startswith(f"{path}：")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="没有这个文件"):
        load_layout(str(tmp_path / "无.yaml"))
