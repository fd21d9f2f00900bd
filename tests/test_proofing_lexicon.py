"""The lexicon: every entry finds its example and lets its near miss pass; one pass finds them all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.proofing.context import Context
from speechkit.proofing.doubling import find_doublings
from speechkit.proofing.lexicon import Entry, Lexicon, load_lexicon, trie_pattern
from speechkit.proofing.rules import load_rules
from speechkit.proofing.text import Text
from speechkit.yamlfile import YamlError

LEXICON = load_lexicon()
CONTEXT = Context(load_rules())


@pytest.mark.parametrize("entry", LEXICON.entries, ids=lambda entry: entry.wrong)
def test_an_entry_finds_its_example_and_lets_the_near_miss_pass(entry: Entry) -> None:
    assert entry.rule in CONTEXT.rules
    assert entry.right != entry.wrong
    assert entry.flagged, "没有写“错”的例子"
    assert entry.passed or not entry.is_conditional, "有条件的词要写“对”的例子"
    for sentence in entry.flagged:
        found = [sentence[hit.begin : hit.end] for hit in LEXICON.find(sentence) if hit.rule == entry.rule]
        assert entry.wrong in found, sentence
    for sentence in entry.passed:
        assert not list(Lexicon((entry,), ()).find(sentence)), sentence


def test_what_is_put_right_is_not_found_again() -> None:
    for entry in LEXICON.entries:
        wrong = [hit for hit in LEXICON.find(entry.right) if hit.rule == "用词.错别字"]
        assert not wrong, entry.right


@given(st.lists(st.text("甲乙丙.[", min_size=1, max_size=3), min_size=1), st.text("甲乙丙.[x", max_size=30))
def test_a_trie_finds_the_longest_word_at_each_place(words: list[str], text: str) -> None:
    import re

    pattern = re.compile(trie_pattern(words))
    for begin in range(len(text)):
        match = pattern.match(text, begin)
        expected = max((word for word in words if text.startswith(word, begin)), key=len, default=None)
        assert (match[0] if match else None) == expected


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    for hit in [*LEXICON.find(text), *find_doublings(Text(text), CONTEXT)]:
        assert 0 <= hit.begin < hit.end <= len(text)


@pytest.mark.parametrize("before", ["", "😀", "\ud800"])
def test_doubled_words_have_their_offsets(before: str) -> None:
    text = f"{before}要对道路进行进行整治。"
    (hit,) = find_doublings(Text(text), CONTEXT)
    assert (text[hit.begin : hit.end], hit.replacement) == ("进行进行", "进行")


def test_mixed_spellings_are_one_finding() -> None:
    text = "签订甲，签定乙，签定丙。"
    (hit,) = [hit for hit in LEXICON.find(text) if hit.rule == "用词.混写"]
    assert (text[hit.begin : hit.end], len(hit.others), hit.replacement) == ("签定", 1, "签订")


def test_words_of_ones_own_extend_and_override(tmp_path: Path) -> None:
    own = "词表:\n  用词.易混:\n    亲们: [同志们, 亲们好。]\n    布署: [部署了, 布署。]\n"
    own += "混写:\n  - [甲方, 甲家]\n"
    (tmp_path / "词.yaml").write_text(own, encoding="utf-8")
    lexicon = load_lexicon([tmp_path])
    hits = [(hit.rule, hit.replacement) for hit in lexicon.find("亲们，布署甲方甲家")]
    assert hits == [("用词.易混", "同志们"), ("用词.易混", "部署了"), ("用词.混写", "甲方")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("词表: 甲\n", "词表"),
        ("词表:\n  用词.易混:\n    甲: {改: 乙, 左: 丙}\n", "没有“左”这个键"),
        ("词表:\n  用词.易混:\n    甲: {错: 乙}\n", "应当改成什么"),
        ("词表:\n  用词.易混:\n    甲: 乙\n", "要写成"),
        ("词表:\n  用词.易混:\n    甲: []\n", "应当改成什么"),
        ("词表:\n  用词.易混:\n    甲: {改: 乙, 前: '('}\n", "不是正则表达式"),
        ("词表:\n  用词.易混:\n    甲: {改: 乙, 后: [丙]}\n", "一行正则表达式"),
        ("混写:\n  - [甲]\n", "每一项"),
        ("混写: 甲\n", "每一项"),
    ],
)
def test_broken_words_are_named_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "词.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(YamlError, match=says) as caught:
        load_lexicon([tmp_path])
    assert "词.yaml：第" in str(caught.value)
