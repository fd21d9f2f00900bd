"""Numbering and sets of items: what holds for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.numerals import heading_marker
from speechkit.proofing.context import Context
from speechkit.proofing.markers import Flaw, count_items, find_items
from speechkit.proofing.structure import find_structure
from speechkit.proofing.text import Text

pieces = st.sampled_from(
    [
        "一、",
        "二、",
        "三、",
        "（一）",
        "(二)",
        "1.",
        "3.",
        "（1）",
        "①",
        "一是",
        "三要",
        "首先，",
        "其次，",
        "第二，",
        "四点意见：",
        "三个方面。",
        "修路",
        "。",
        "；",
        "\n",
        "\r\n",
        "\t",
        " ",
        "　",
        "\ud800",
        "21.5",
        "十十、",
    ]
)
texts = st.lists(pieces | st.text(max_size=3), max_size=30).map("".join)


@given(texts)
def test_any_text_can_be_read_and_offsets_are_inside_it(text: str) -> None:
    for hit in find_structure(Text(text), Context()):
        for begin, end in ((hit.begin, hit.end), *hit.others):
            assert 0 <= begin < end <= len(text)


@given(texts)
def test_an_item_slices_back_to_its_marker(text: str) -> None:
    for item in find_items(Text(text)):
        assert text[item.begin : item.end].strip()
        assert item.at_start == (text[item.line.begin : item.begin] == "")


@given(st.integers(1, 4), st.integers(2, 12), st.data())
def test_a_heading_that_is_taken_out_is_missed_at_its_place(
    level: int, number: int, data: st.DataObject
) -> None:
    lines = [f"{heading_marker(level, n)}修路\n先备料，再施工。" for n in range(1, number + 2)]
    assert not count_items(Text("\n".join(lines))).faults
    gone = data.draw(st.integers(1, number - 1))
    del lines[gone]
    (fault,) = count_items(Text("\n".join(lines))).faults
    assert (fault.flaw, fault.item.number) == (Flaw.JUMP, gone + 2)


@pytest.mark.parametrize("word", ["是", "要", "靠", "不准"])
@pytest.mark.parametrize("said", range(2, 7))
def test_announced_and_counted(word: str, said: int) -> None:
    numerals = "一二三四五六"
    for there in range(2, 7):
        items = "；".join(f"{numerals[n]}{word}修路" for n in range(there))
        hits = list(find_structure(Text(f"要抓好{numerals[said - 1]}个方面：{items}。"), Context()))
        assert [hit.rule for hit in hits] == ([] if there == said else ["列举.数目"])


def test_items_inside_items_are_counted_apart() -> None:
    text = "一要修路：一是备料，二是施工。二要通水：一是打井，二是铺管，三是蓄水。三要清渠。"
    assert [len(group.items) for group in count_items(Text(text)).groups] == [3, 2, 3]
