"""Chinese numerals, dates and heading markers."""

from datetime import date

import pytest

from speechkit.numerals import (
    chinese_count,
    chinese_numeral,
    format_date,
    heading_marker,
    parse_chinese_numeral,
    split_heading_marker,
)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (2, "二"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numeral(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral


@pytest.mark.parametrize("number", range(1, 100))
def test_numerals_are_read_back(number: int) -> None:
    assert parse_chinese_numeral(chinese_numeral(number)) == number


@pytest.mark.parametrize("number", [0, 100, -1])
def test_only_small_numbers_have_numerals(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)


@pytest.mark.parametrize("text", ["", "两", "十十", "零", "百", "一二", "二三十"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_chinese_numeral(text) is None


def test_two_of_a_kind_are_liang() -> None:
    assert [chinese_count(n) for n in (1, 2, 3, 12)] == ["一", "两", "三", "十二"]


@pytest.mark.parametrize(
    ("level", "number", "marker"), [(1, 3, "三、"), (2, 12, "（十二）"), (3, 4, "4."), (4, 5, "（5）")]
)
def test_heading_marker(level: int, number: int, marker: str) -> None:
    assert heading_marker(level, number) == marker


@pytest.mark.parametrize("level", [0, 5])
def test_no_such_heading_level(level: int) -> None:
    with pytest.raises(ValueError, match=str(level)):
        heading_marker(level, 1)


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("一、提高认识", 1, "提高认识"),
        ("十二、 加强领导", 1, "加强领导"),
        ("（三）抓整治", 2, "抓整治"),
        ("(二)抓宣传", 2, "抓宣传"),
        ("1.完成公厕改造", 3, "完成公厕改造"),
        ("3．绿化", 3, "绿化"),
        ("（4）路灯", 4, "路灯"),
        ("1.5公里道路硬化", 0, "1.5公里道路硬化"),
        ("一是抓硬件", 0, "一是抓硬件"),
        ("一、", 0, "一、"),
        ("2026年工作要点", 0, "2026年工作要点"),
    ],
)
def test_split_heading_marker(line: str, level: int, text: str) -> None:
    assert split_heading_marker(line) == (level, text)


def test_dates_have_no_leading_zeros() -> None:
    assert format_date(date(2026, 3, 5)) == "2026年3月5日"
