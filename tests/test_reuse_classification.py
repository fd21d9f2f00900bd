import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reuse_matches import copied, repeated
from speechkit.reuse.alignment import MIN_CHARACTERS
from speechkit.reuse.classification import classify, mirrored
from speechkit.reuse.comparison import compare
from speechkit.reuse.evidence import THRESHOLD
from speechkit.reuse.formulas import Formulas, parse_formulas
from speechkit.reuse.records import Kind, Match, Material

CASES = (Path(__file__).parent / "cases" / "reuse_kinds.md").read_text("utf-8")
CASE = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.M | re.S)
BLOCK = re.compile(r"^```(\S+)\n(.*?)^```$", re.M | re.S)
KINDS = {
    "原样": Kind.VERBATIM,
    "改写": Kind.EDITED,
    "套改": Kind.RENAMED,
    "调序": Kind.REORDERED,
    "套话": Kind.FORMULA,
    "引用": Kind.QUOTED,
}
NO_FORMULAS = Formulas()
REPORT = (
    "去年入冬以来，我们把背街小巷的路灯逐盏登记，坏一盏修一盏。门前三包要一户一户签字，占道的摊点劝进市场，三个月里不收摊位费。"
    "沿街的空调外机统一装上滴水管，免得滴湿行人。石桥镇的垃圾由保洁员上门收，厨余的沤肥还田，能卖的攒起来换肥皂。"
    "2024年共修复路灯60盏，清运垃圾320吨，教育局局长王建国三次到现场督办，柳树村的村民送来了锦旗。"
)


def blocks(case: str) -> dict[str, str]:
    return dict(BLOCK.findall(case))


def expected(case: str) -> list[str]:
    return [line for line in blocks(case)["结果"].splitlines() if line]


def classified(case: str) -> Match:
    parts = blocks(case)
    formulas = parse_formulas(parts.get("套话", ""))
    if "乙" not in parts:
        return classify(repeated(parts["甲"]), parts["甲"], parts["甲"], formulas)
    return classify(copied(parts["甲"], parts["乙"]), parts["甲"], parts["乙"], formulas)


def told(match: Match) -> list[str]:
    """What a case file says of a match, but for the reason."""
    kind = next(chinese for chinese, kind in KINDS.items() if kind is match.kind)
    swaps = [f"换词：{swap.a}→{swap.b}（{swap.what}）" for swap in match.swaps]
    left = [f"忘改：{leftover.document} {leftover.text}" for leftover in match.leftovers]
    return [f"类别：{kind}", *swaps, *left]


@pytest.mark.parametrize("case", [pytest.param(body, id=title) for title, body in CASE.findall(CASES)])
def test_cases(case: str) -> None:
    match = classified(case)
    reasons = [line.removeprefix("理由：") for line in expected(case) if line.startswith("理由：")]
    assert told(match) == [line for line in expected(case) if not line.startswith("理由：")]
    assert match.flagged == (match.kind not in (Kind.FORMULA, Kind.QUOTED))
    assert bool(match.reason) == (not match.flagged)
    assert all(reason in match.reason for reason in reasons)


def test_no_case_is_lost() -> None:
    assert len(CASE.findall(CASES)) == CASES.count("\n## ") >= 15


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for at, length, put in edits:
        place = at % len(text)
        text = text[:place] + put + text[place + length :]
    return text


EDITS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 6),
        st.sampled_from(["", "枫桥镇", "2031", "李敏", "，", "\n— 3 —\n", "大力", "《某办法》", "水务局"]),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_offsets_slice_to_their_text(edits: list[tuple[int, int, str]]) -> None:
    other = edited(REPORT, edits)
    match = classify(copied(REPORT, other), REPORT, other, NO_FORMULAS)
    texts = {"甲": REPORT, "乙": other}
    for swap in match.swaps:
        assert REPORT[swap.a_begin :].startswith(swap.a)
        assert other[swap.b_begin :].startswith(swap.b)
        assert swap.a != swap.b
    for left in match.leftovers:
        assert texts[left.document][left.begin : left.end] == left.text
        assert {left.document, left.belongs_to} == {"甲", "乙"}


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_it_makes_no_difference_which_side_is_which(edits: list[tuple[int, int, str]]) -> None:
    other = edited(REPORT, edits)
    match = copied(REPORT, other)
    one, two = (
        classify(match, REPORT, other, NO_FORMULAS),
        classify(mirrored(match), other, REPORT, NO_FORMULAS),
    )
    assert replace(mirrored(one), swaps=()) == replace(two, swaps=())
    assert set(mirrored(one).swaps) == set(two.swaps)


@given(st.integers(0, 60), st.integers(60, 150))
@settings(max_examples=30, deadline=None)
def test_a_copy_is_verbatim_and_contained(begin: int, length: int) -> None:
    part = REPORT[begin : begin + length]
    assume(sum(char.isalnum() for char in part) > MIN_CHARACTERS)
    match = classify(copied(part, f"汇报如下。\n{part}"), part, f"汇报如下。\n{part}", NO_FORMULAS)
    assert match.kind is Kind.VERBATIM
    assert match.containment_a == match.containment_b == 1
    assert not match.swaps
    assert not match.leftovers


def test_a_flag_is_never_given() -> None:
    match = replace(copied(REPORT, REPORT), flagged=False, evidence=THRESHOLD - 1)
    assert not classify(match, REPORT, REPORT, NO_FORMULAS).flagged


def test_titles_in_a_long_copy_excuse_nothing() -> None:
    text = REPORT + "依据是《海州市农贸市场升级改造实施方案》《海州市背街小巷环境整治技术导则》。"
    assert classify(copied(text, text), text, text, NO_FORMULAS).flagged


@pytest.mark.parametrize(
    ("evidence", "says"),
    [(120.0, "在同类文稿里常见，平均每字"), (900.0, "相同的字零散，只占这一段的20%")],
)
def test_reasons_of_what_was_never_flagged(evidence: float, says: str) -> None:
    match = replace(copied(REPORT, REPORT), flagged=False, evidence=evidence, containment_b=0.2)
    assert says in classify(match, REPORT, REPORT, NO_FORMULAS).reason


def test_a_report_handed_in_twice() -> None:
    again = REPORT.replace("。", "。\n— 5 —\n").replace("，", ",")
    (result,) = compare([Material("一.txt", REPORT), Material("二.txt", again)]).matches
    assert (result.kind, result.flagged) == (Kind.VERBATIM, True)
    assert min(result.containment_a, result.containment_b) >= 0.99


@pytest.mark.parametrize("hostile", ["\ud800", "\x00\uffff", "𠀀𠀁", "（" * 300, "《" * 300, "年" * 300])
def test_odd_characters_do_no_harm(hostile: str) -> None:
    text = REPORT[:80] + hostile + REPORT[80:]
    assert classify(copied(text, text), text, text, NO_FORMULAS).kind is Kind.VERBATIM


def test_formulas_are_found_however_they_are_punctuated() -> None:
    formulas = parse_formulas("# 注释\n坏一盏,修一盏 # 行末注释\n短\n\n占道的摊点 劝进市场")
    assert len(formulas.phrases) == 2
    places = [REPORT[begin:end] for begin, end in formulas.places(REPORT)]
    assert sorted(places) == ["占道的摊点劝进市场", "坏一盏修一盏"]
