"""Reading aloud: minutes by section, and what the examples of the rules can't show."""

import builtins
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechkit.proofing.aloud import find_aloud, minutes_by_section
from speechkit.proofing.context import Context
from speechkit.proofing.rules import load_rules
from speechkit.proofing.text import Text

CONTEXT = Context(load_rules())
pieces = st.sampled_from(
    ["踔厉", "尚未", "5㎡", "修路" * 45, "一、", "。", "；", "\n", "\r\n", " ", "\ud800", "𠮷"]
)
texts = st.lists(pieces | st.text(max_size=3), max_size=30).map("".join)


@settings(deadline=None)  # the first text waits for the dictionary of readings
@given(texts)
def test_any_text_can_be_read_and_offsets_are_inside_it(text: str) -> None:
    for hit in find_aloud(Text(text, genre="讲话稿"), CONTEXT):
        for begin, end in ((hit.begin, hit.end), *hit.others):
            assert 0 <= begin < end <= len(text)


def test_what_nobody_reads_aloud_is_left_alone() -> None:
    assert not list(find_aloud(Text("踔厉奋发，尚未完工。", genre="汇报材料"), CONTEXT))
    assert not list(find_aloud(Text("踔厉奋发，尚未完工。"), CONTEXT))


def test_only_the_longest_sentences_are_named_but_all_are_counted() -> None:
    text = "".join("修" * (81 + n) + "。" for n in range(13))
    hits = [hit for hit in find_aloud(Text(text, genre="讲话稿"), CONTEXT) if hit.rule == "朗读.长句"]
    assert len(hits) == 10
    assert {hit.values["总数"] for hit in hits} == {"13"}
    assert min(int(hit.values["字数"]) for hit in hits) == 84


def test_rare_characters_are_named_without_the_dictionary_too(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pypinyin":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    (hit,) = find_aloud(Text("要踔厉，再踔厉。", genre="讲话稿"), CONTEXT)
    assert (hit.values["读音"], hit.others) == ("", ((5, 6),))


def test_a_rare_character_comes_with_its_reading() -> None:
    pytest.importorskip("pypinyin")
    (hit,) = find_aloud(Text("要踔厉。", genre="讲话稿"), CONTEXT)
    assert hit.values["读音"] == "（chuō）"


def test_minutes_of_each_section() -> None:
    text = Text("同志们：\n一、修路。" + "路" * 198 + "\n（一）备料\n二、通水\n" + "水" * 98)
    assert minutes_by_section(text, 100) == [("", 0.03), ("修路", 2.04), ("通水", 1.01)]


@given(texts, st.integers(1, 400))
def test_all_characters_are_in_some_section(text: str, rate: int) -> None:
    known = minutes_by_section(Text(text), rate)
    assert sum(minutes for _, minutes in known) * rate == pytest.approx(
        len([c for c in text if c.isalnum() or c == "_"])
    )


def test_a_rate_has_to_be_positive() -> None:
    with pytest.raises(ValueError, match="0"):
        minutes_by_section(Text("修路"), 0)
