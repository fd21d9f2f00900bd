"""What a text says again: what holds for any text."""

from hypothesis import given
from hypothesis import strategies as st

from speechkit.proofing.context import Context
from speechkit.proofing.repetition import find_repetition
from speechkit.proofing.text import Text

SENTENCE = "各村要赶在下月头一场雨之前把水渠清到田头。"
pieces = st.sampled_from(
    [
        SENTENCE,
        "水渠清到田头",
        "要",
        "我们",
        "全力以赴",
        "，",
        "。",
        "《",
        "》",
        "“",
        "”",
        "\n",
        "\r\n",
        " ",
        "\ud800",
    ]
)
texts = st.lists(pieces | st.text(max_size=3), max_size=40).map("".join)


@given(texts)
def test_any_text_can_be_read_and_places_say_the_same(text: str) -> None:
    for hit in find_repetition(Text(text), Context()):
        for begin, end in ((hit.begin, hit.end), *hit.others):
            assert 0 <= begin < end <= len(text)
        if hit.rule in ("重复.成语", "重复.句首", "重复.语段"):
            assert {text[begin:end] for begin, end in hit.others} == {text[hit.begin : hit.end]}


def test_a_paragraph_that_was_pasted_twice_is_one_finding() -> None:
    paragraph = f"{SENTENCE}先打井的村可以晚十天动工。其余的村本周之内就要全部开工。"
    hits = list(find_repetition(Text(f"{paragraph}\n{paragraph}"), Context()))
    assert [(hit.rule, hit.begin, hit.end) for hit in hits] == [
        ("重复.句子", len(paragraph) + 1, 2 * len(paragraph) + 1)
    ]


def test_an_idiom_may_come_back_when_it_is_forgotten() -> None:
    gap = "渠" * 1000
    assert not list(find_repetition(Text(f"全力以赴{gap}全力以赴"), Context()))
