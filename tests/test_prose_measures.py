"""The measures of benchmarks/prose.py: each on texts whose value can be counted by hand."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

from prose_drafts import Line, Prose, verified
from prose_measures import (
    MASK,
    Lengths,
    Repeat,
    containment,
    containments,
    demands,
    distinct,
    grams,
    han,
    head,
    hits,
    lengths,
    masker,
    repeats,
    spoken,
    variety,
    worst_demands,
)

TEN = "甲乙丙丁戊己庚辛壬癸"


@pytest.mark.parametrize(
    ("data", "literal", "masked"),
    [
        (["创卫", "云山县"], "抓好工作。", f"{MASK}抓好{MASK}工作。"),
        (["创卫", "云山县"], "抓好创卫工作。", f"{MASK}抓好创卫工作。"),
        (["云山", "云山县"], "", f"{MASK}抓好创卫工作。"),
        (["县", ""], "", "云山县抓好创卫工作。"),
    ],
)
def test_data_is_masked_and_wording_is_not(data: list[str], literal: str, masked: str) -> None:
    assert masker(data)("云山县抓好创卫工作。", literal) == masked


def test_gaps_are_masked() -> None:
    assert masker([])("请【待补：发言人姓名】发言。", "") == f"请{MASK}发言。"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([TEN, f"前{TEN}"], [Repeat(TEN, 0, 1)]),
        ([f"{TEN}子丑", f"{TEN}子丑"], [Repeat(f"{TEN}子丑", 0, 1)]),
        ([TEN[:9], TEN[:9]], []),
        ([f"{TEN[:5]}{MASK}{TEN[5:]}"] * 2, []),
        ([TEN + TEN], [Repeat(TEN, 0, 0)]),
        ([TEN, TEN, TEN], [Repeat(TEN, 0, 1), Repeat(TEN, 0, 2)]),
        ([TEN, f"{TEN[::-1]}", f"{TEN}，{TEN[::-1]}"], [Repeat(TEN, 0, 2), Repeat(TEN[::-1], 1, 2)]),
    ],
)
def test_repeats_are_as_long_as_they_go(lines: list[str], found: list[Repeat]) -> None:
    assert repeats(lines) == found


@given(st.lists(st.text("甲乙", max_size=40), max_size=6))
def test_a_repeat_stands_where_it_says(lines: list[str]) -> None:
    for repeat in repeats(lines):
        assert len(repeat.text) >= 10
        assert repeat.text in lines[repeat.later]
        assert repeat.text[:10] in lines[repeat.earlier]
        assert repeat.earlier <= repeat.later


def test_demands_are_counted_in_sections_that_are_long_enough() -> None:
    assert demands(["要快。", "快。"]) == 0.5
    assert demands([]) == 0
    assert worst_demands([["要快。", "要好。"], ["要快。", "好。", "省。"], ["多。"] * 3]) == pytest.approx(
        1 / 3
    )
    assert worst_demands([["要快。"]]) == 0


def test_variety_is_of_openings() -> None:
    assert variety([["我们走。", "我们来。"], ["他们走。", "大家走。"]]) == 0.75
    assert variety([]) == 0


def test_lengths_leave_punctuation_out() -> None:
    assert lengths([["一二三，四。"], ["“一二”！"]], clauses=False) == Lengths(3, 1)
    assert lengths([["一二三；四。"]], clauses=False) == Lengths(4, 0)
    assert lengths([["一二三；四。"]], clauses=True) == Lengths(2, 1)
    assert lengths([], clauses=True) == Lengths(0, 0)
    assert spoken("完成35%，（好）") == 5


def test_distinct_is_of_chinese_characters() -> None:
    assert han([["第3次，会。"], ["议！"]]) == "第次会议"
    assert distinct("甲乙甲乙", 2) == pytest.approx(2 / 3)
    assert distinct("甲", 2) == 0


def test_head_keeps_whole_sentences() -> None:
    sections = [["一二三。", "四五六。"], ["七八九。"]]
    assert head(sections, 4) == [["一二三。", "四五六。"]]
    assert head(sections, 7) == sections
    assert head(sections, 100) == sections


def test_containment_is_of_the_shorter_text() -> None:
    assert grams(["一二，三四"], 3) == {"一二三", "二三四"}
    assert grams([f"一二{MASK}三四五", "六七"], 3) == {"三四五"}
    assert containment(frozenset("甲乙"), frozenset("乙丙丁")) == 0.5
    assert containment(frozenset(), frozenset("甲")) == 0
    assert containments([frozenset("甲"), frozenset("甲"), frozenset("乙")]) == {
        (0, 1): 1,
        (0, 2): 0,
        (1, 2): 0,
    }


@pytest.mark.parametrize(("length", "hit"), [(950, True), (1050, True), (949, False), (1051, False)])
def test_a_length_hits_within_five_percent(length: int, hit: bool) -> None:
    assert hits(length, 1000) is hit


def test_an_excuse_is_refuted_by_what_other_drafts_can() -> None:
    def speech(seed: str, length: int, target: int, excuse: str = "") -> Prose:
        return Prose("会/讲话稿", "讲话稿", (), seed, length, target, excuse=excuse)

    found = [
        speech("1", 900, 1000, "少"),
        speech("1", 1500, 1500),
        speech("2", 900, 1000, "少"),
        speech("2", 1400, 500, "多"),
        speech("2", 1400, 880, "多"),
    ]
    assert [prose.excuse for prose in verified(found)] == ["", "", "", "多", ""]
    assert [prose.excuse for prose in verified(found[:1] + found[2:3])] == ["少", "少"]


def test_sections_and_headings_follow_the_levels() -> None:
    levels = [0, 1, 0, 2, 0, 2, 0, 1, 2, 0]
    prose = Prose("会/讲话稿", "讲话稿", tuple(Line(str(n), str(n), level=k) for n, k in enumerate(levels)))
    assert prose.sections == [["0"], ["2", "4", "6"], ["9"]]
    assert prose.headings == [["1", "7"], ["3", "5"]]
