"""What wears out in a document: runs, openings, demands, idioms, and one rhythm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.repetition import Heard, demands_too_much, monotony, opening, opens_row, sentences

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E80), max_size=60)


def test_sentences_keep_their_closing_quotes() -> None:
    assert sentences("他说：“好。”我们走！走吗？") == ["他说：“好。”", "我们走！", "走吗？"]


@pytest.mark.parametrize(
    ("sentence", "opens"), [("要抓紧办。", "要"), ("要求很明确。", "要"), ("把事办好。", "把事")]
)
def test_opening(sentence: str, opens: str) -> None:
    assert opening(sentence) == opens


@pytest.mark.parametrize(
    ("openings", "alike"),
    [("甲甲甲", True), ("甲甲乙甲", False), ("乙甲甲甲乙", True), ("甲甲", False), ("", False)],
)
def test_three_in_a_row(openings: str, alike: bool) -> None:
    assert opens_row(openings) == alike


@pytest.mark.parametrize(
    ("openings", "too_much"),
    [("要", False), ("要要", True), ("要他要", True), ("要他们要你我", False), ("要他们要你", True)],
)
def test_a_third_of_the_sentences_may_be_demands(openings: str, too_much: bool) -> None:
    assert demands_too_much(list(openings)) == too_much


def test_a_sentence_as_long_as_the_one_before_it_is_monotonous() -> None:
    assert monotony("一二三四五六七八。", "九八七六五四三二。") > 0
    long = "这一句话要长得多，长得一口气念不完，念到后来连开头说的是什么都不大记得起来了。"
    assert monotony("短。", long) == 0
    assert monotony("这一句不长不短，居中。", long) < monotony(long, long)
    assert monotony("头一句。", "") == 0


def test_an_idiom_wears_out_at_once_and_a_word_at_the_third_time() -> None:
    heard = Heard()
    fresh = "水到渠成的事。"
    assert heard.wear(fresh) == 0
    heard.add("这叫水到渠成。")
    assert heard.wear(fresh) > 0
    words = Heard()
    words.add("力争上游。")
    assert words.wear("力争夺魁。") == 0
    words.add("力争先进。")
    assert words.wear("力争夺魁。") > 0


@pytest.mark.parametrize(
    ("built", "first", "second"),
    [
        (
            "开工早的抓紧收尾，起步晚的加快赶上。",
            "有困难的帮助解决，不配合的依法处理。",
            "材料齐全的当场受理，缺少材料的一次讲明。",
        ),
        ("工期抢回来，庄稼才不误时令。", "账目公开以后，村民才会放心。", "人到了现场，问题才看得准。"),
        (
            "起步早，后面从容；起步晚，处处被动。",
            "投入足，设施管用；投入少，欠账变多。",
            "盯得紧，隐患藏不住；盯得松，小病拖成大病。",
        ),
    ],
)
def test_a_build_wears_out_however_it_is_worded(built: str, first: str, second: str) -> None:
    heard, plain = Heard(), "工期排得紧凑，人手跟得上进度。"
    fresh = heard.wear(built)
    heard.add(first)
    once = heard.wear(built)
    heard.add(second)
    assert fresh == 0 < once < heard.wear(built)
    assert heard.wear(plain) == 0


def test_what_comes_from_data_wears_out_nothing() -> None:
    heard = Heard()
    heard.add("{{主题}}很重要。")
    heard.add("{{主题}}要抓好。")
    assert heard.wear("{{主题}}不简单。") == 0


@given(HAN, HAN)
def test_a_run_is_repeated_just_where_ten_characters_are_equal(one: str, other: str) -> None:
    heard = Heard()
    heard.add(one)
    shared = any(one[n : n + 10] in other for n in range(len(one) - 9))
    assert heard.repeats_run(other) == shared
    assert 0 <= heard.wear(other) <= 2


def test_the_words_of_the_subject_do_not_wear_out() -> None:
    phrases = ["农村公厕要有人管。", "公厕脏不脏看日常管护。", "公厕修好以后常去看看。"]
    plain, about = Heard(), Heard("新建农村公厕")
    for phrase in phrases[:2]:
        plain.add(phrase)
        about.add(phrase)
    assert plain.echo(phrases[2]) > about.echo(phrases[2]) == 0
    assert plain.wear(phrases[2]) > about.wear(phrases[2])
