"""Dates and figures: what holds for all of them, not only for the examples in the data."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from speechkit.proofing.arithmetic import find_figures
from speechkit.proofing.context import Context
from speechkit.proofing.findings import Hit
from speechkit.proofing.numbers import find_dates, find_numerals
from speechkit.proofing.text import Text

CONTEXT = Context()
WEEKDAYS = "一二三四五六日"


def dates_in(text: str) -> list[Hit]:
    return list(find_dates(Text(text), CONTEXT))


def figures_in(text: str) -> list[Hit]:
    return list(find_figures(Text(text), CONTEXT))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_right_or_named(day: date, weekday: str) -> None:
    hits = dates_in(f"定于{day.year}年{day.month}月{day.day}日（星期{weekday}）召开。")
    is_ = WEEKDAYS[day.weekday()]
    assert [hit.values["星期"] for hit in hits] == ([] if weekday == is_ else [is_])


@given(st.integers(1, 15), st.integers(0, 40), st.integers(1900, 2100))
def test_a_day_exists_or_is_named(month: int, day: int, year: int) -> None:
    try:
        exists = bool(date(year, month, day))
    except ValueError:
        exists = False
    assert bool(dates_in(f"截至{year}年{month}月{day}日。")) is not exists


def test_the_whole_date_is_the_place() -> None:
    text = "截至2025年2月29日。"
    (hit,) = dates_in(text)
    assert text[hit.begin : hit.end] == "2025年2月29日"


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_growth_that_is_right_passes(first: int, last: int) -> None:
    if last <= first:
        return
    growth = (last - first) / first * 100
    assert not figures_in(f"合作社由{first}家增加到{last}家，增长{growth:.1f}%。")
    assert figures_in(f"合作社由{first}家增加到{last}家，增长{(growth + 5) * 2 + 400:.1f}%。") or first < 3


@given(st.lists(st.integers(1, 500), min_size=2, max_size=5), st.integers(-3, 3))
def test_a_sum_is_right_or_named(numbers: list[int], error: int) -> None:
    total = sum(numbers) + error
    if total < 0:
        return
    items = "、".join(f"设备{number}台" for number in numbers)
    assert bool(figures_in(f"购置{items}，共{total}台。")) is bool(error)


@given(st.text("0123456789０９年月日一二三〇零十由从增加到，、共其中:：%％个百分点\r\n\ud800", max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    for check in (find_dates, find_numerals, find_figures):
        for hit in check(Text(text), CONTEXT):
            assert 0 <= hit.begin < hit.end <= len(text)
