import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.formats.lines import width
from speechkit.formats.titles import break_title
from speechkit.segmentation import words

TITLES = [
    "在全县国家卫生县城创建工作推进会暨背街小巷改造攻坚启动大会上的讲话",
    "在全市安全生产百日攻坚行动动员部署会议上的讲话",
    "全县2026年第二季度重大项目集中开工仪式主持词",
    "关于贯彻落实《县城环境综合整治三年行动实施方案》情况的汇报",
    "在县委理论学习中心组“学习贯彻新精神”专题研讨会上的发言",
    "在全县乡村振兴暨农村人居环境整治提升工作推进会议上的主持词",
    "在全省新型城镇化建设与城市更新现场推进会暨老旧小区改造工作部署会议开幕式上的主持词和总结讲话",
]


def starts(parts: list[str]) -> set[int]:
    """Return where each part begins in the text they join to."""
    return {sum(map(len, parts[:index])) for index in range(len(parts))}


def test_short_title_stays_on_one_line() -> None:
    assert break_title("在全县创建工作动员大会上的讲话", 20) == ["在全县创建工作动员大会上的讲话"]


def test_breaks_before_the_second_occasion() -> None:
    assert break_title(TITLES[0], 20) == [
        "在全县国家卫生县城创建工作推进会",
        "暨背街小巷改造攻坚启动大会上的讲话",
    ]


def test_a_line_more_rather_than_a_name_torn_apart() -> None:
    """Digits may take more than half a character: the first occasion does not fit into 20 with them."""
    assert break_title("在青山县2026年国家卫生县城创建工作推进会暨秋季秩序整治启动会上的讲话", 20) == [
        "在青山县2026年",
        "国家卫生县城创建工作推进会",
        "暨秋季秩序整治启动会上的讲话",
    ]


@pytest.mark.parametrize("characters", [14, 17, 20])
@pytest.mark.parametrize("title", TITLES)
def test_no_word_is_broken_and_no_line_is_too_long(title: str, characters: int) -> None:
    lines = break_title(title, characters)
    assert "".join(lines) == title
    assert starts(lines) <= starts(words(title))
    assert max(map(width, lines)) <= characters


@pytest.mark.parametrize("characters", [14, 17, 20])
@pytest.mark.parametrize("title", TITLES)
def test_lines_make_a_trapezium_or_a_diamond(title: str, characters: int) -> None:
    widths = [width(line) for line in break_title(title, characters)]
    assert widths[-1] >= 4
    triples = zip(widths, widths[1:], widths[2:], strict=False)
    assert not [t for t in triples if t[0] > t[1] < t[2]], "narrow in the middle like an hourglass"


@pytest.mark.parametrize("characters", [17, 20])
@pytest.mark.parametrize("title", TITLES)
def test_no_line_begins_or_ends_where_it_must_not(title: str, characters: int) -> None:
    lines = break_title(title, characters)
    assert not [line for line in lines[1:] if line[0] in "，、：》”）的了上会年"]
    assert not [line for line in lines[:-1] if line[-1] in "《“（在和与暨第"]


def test_names_in_quotes_stay_whole_where_they_fit() -> None:
    lines = break_title("在县委理论学习中心组“学习贯彻新精神”专题研讨会上的发言", 20)
    assert any("“学习贯彻新精神”" in line for line in lines)


def test_name_of_a_document_is_broken_only_if_it_must() -> None:
    lines = break_title("关于贯彻落实《县城环境整治方案》情况的汇报材料", 20)
    assert any("《县城环境整治方案》" in line for line in lines)


@given(
    st.text(st.sampled_from("在全县创建工作推进会暨的《》“” aB1，😀"), min_size=1, max_size=60),
    st.integers(4, 20),
)
def test_lines_always_join_to_the_title(title: str, characters: int) -> None:
    lines = break_title(title, characters)
    assert "".join(lines) == title
    assert all(lines)


def test_endless_title_takes_no_time() -> None:
    title = "在全县国家卫生县城创建工作推进会上的讲话" * 200
    lines = break_title(title, 20)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= 20
