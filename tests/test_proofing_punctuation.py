"""Punctuation, residue and line ends on any text: offsets hold, certain changes settle, gaps stay visible."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.proofing.breaks import find_breaks
from speechkit.proofing.context import Context
from speechkit.proofing.findings import Hit
from speechkit.proofing.proofreading import findings_in
from speechkit.proofing.punctuation import find_punctuation
from speechkit.proofing.residue import find_residue
from speechkit.proofing.rules import load_rules
from speechkit.proofing.text import Text

CONTEXT = Context(load_rules())
SIGNS = "，。、；：？！,.;:?!()（）《》〈〉“”‘’\"'【】-—…"
WORDS = "一二第镇县月日书记请宣读是12ax×&<>#*_\ud800"
TEXTS = st.text(alphabet=f"{SIGNS}{WORDS} \u3000\xa0\u200b\n\r\t\f", max_size=120)


def hits(text: str) -> list[Hit]:
    read = Text(text)
    return [*find_punctuation(read), *find_residue(read, CONTEXT), *find_breaks(read)]


def corrected(text: str, rules: set[str]) -> str:
    """Return a text with the certain changes of some rules, in all their places."""
    changes = [
        (begin, end, finding.diagnostic.replacement or "")
        for finding in findings_in(Text(text), CONTEXT, checks=(find_punctuation, find_residue))
        if finding.is_certain and finding.diagnostic.rule in rules
        for begin, end in ((finding.span.begin, finding.span.end), *finding.others)
    ]
    for begin, end, replacement in sorted(changes, reverse=True):
        text = text[:begin] + replacement + text[end:]
    return text


@given(TEXTS)
def test_places_are_not_empty_and_lie_in_the_text(text: str) -> None:
    for hit in hits(text):
        for begin, end in ((hit.begin, hit.end), *hit.others):
            assert 0 <= begin < end <= len(text)


@given(TEXTS)
def test_places_of_one_finding_are_in_order_and_apart(text: str) -> None:
    for hit in hits(text):
        places = [(hit.begin, hit.end), *hit.others]
        assert all(one[1] <= other[0] for one, other in pairwise(places))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("同志们:会议(第二次)开始,请坐好!", "同志们：会议（第二次）开始，请坐好！"),
        ('实施"双创"和"双修"行动。', "实施“双创”和“双修”行动。"),
        ("宣读《关于印发《方案》的通知》。", "宣读《关于印发〈方案〉的通知》。"),
        ("1、抓硬件。\n2、抓软件。", "1.抓硬件。\n2.抓软件。"),
    ],
)
def test_certain_changes_reach_every_place(text: str, expected: str) -> None:
    rules = {"标点.半角", "标点.直引号", "标点.书名号套用", "标点.序号顿号"}
    assert corrected(text, rules) == expected


@pytest.mark.parametrize(
    "text", ["请副书记 宣读通知，大家欢迎。", "至少需要 万以上，请支持。", "（8月 日），开会。"]
)
def test_taking_out_spaces_does_not_hide_a_gap(text: str) -> None:
    assert corrected(text, {"残留.空格"}) == text


def test_what_runs_through_a_text_is_one_finding() -> None:
    found = [hit for hit in hits("提高认识,抓好落实。\n" * 50) if hit.rule == "标点.半角"]
    assert [len(hit.others) for hit in found] == [49]
