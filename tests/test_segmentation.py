import logging
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit import segmentation
from speechkit.segmentation import split_sentences, tagged_words, words

TEXTS = [
    "在青山县国家卫生县城创建工作推进会上的讲话",
    "各乡镇要把农贸市场整治摆在突出位置，6月底前完成改造。",
    "老城区管网改造涉及三个社区、1240户居民，不能再拖了！",
    "请县住房和城乡建设局局长王建国同志发言，请市场监管局作准备。",
    "《县城环境整治三年行动方案》印发以后，各部门配合怎么样？",
    "AI巡查系统已在12个路口试点，平均每天发现问题30多个……",
]


def sentences(text: str) -> list[str]:
    return [text[begin:end] for begin, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天开会。明天检查。", ["今天开会。", "明天检查。"]),
        ("时间紧；任务重；标准高。", ["时间紧；任务重；标准高。"]),
        ("他说：“马上改！”会后就动了工。", ["他说：“马上改！”", "会后就动了工。"]),
        ("（此事要抓紧。）下一项。", ["（此事要抓紧。）", "下一项。"]),
        ("怎么办？！靠实干……靠长效。", ["怎么办？！", "靠实干……", "靠长效。"]),
        ("读《路在何方？》一书，深有启发。好。", ["读《路在何方？》一书，深有启发。", "好。"]),
        ("没有句号的一行", ["没有句号的一行"]),
        ("地址是a.com/?x=1，请登录。完", ["地址是a.com/?x=1，请登录。", "完"]),
        ("一段。  又一段。", ["一段。  ", "又一段。"]),
        ("。。", ["。。"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(st.sampled_from("开会。！？!?…；：，“”‘’（）《》a1 　\n"), max_size=40))
def test_sentences_tile_the_text(text: str) -> None:
    spans = split_sentences(text)
    assert [begin for begin, _ in spans] == [0, *(end for _, end in spans)][: len(spans)]
    assert "".join(sentences(text)) == text


@given(st.text(st.sampled_from("开会。！？…；”》")))
def test_only_the_last_sentence_can_lack_its_end(text: str) -> None:
    assert all(set(sentence) & set("。！？…") for sentence in sentences(text)[:-1])


def test_unclosed_title_marks_cost_no_time() -> None:
    assert len(split_sentences("《甲" * 50_000)) == 1


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_words_join_to_the_text(text: str) -> None:
    assert "".join(words(text)) == text


def test_words_are_words() -> None:
    assert words("国家卫生县城创建工作") == ["国家", "卫生", "县城", "创建", "工作"]


@pytest.mark.parametrize("text", TEXTS)
def test_both_segmenters_set_the_same_boundaries(text: str) -> None:
    rjieba = pytest.importorskip("rjieba")
    assert list(rjieba.cut(text)) == segmentation._python_segmenter()(text)


@pytest.mark.parametrize("text", [*TEXTS, "3.5万亩，占12%", "AI-12型、v1.5版、a_b", "二〇二五年𠀀"])
def test_both_taggers_set_the_same_boundaries(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba")
    native = tagged_words(text)
    monkeypatch.setattr(segmentation, "_tagger", segmentation._python_tagger)
    python = tagged_words(text)
    assert [word for word, _ in python] == [word for word, _ in native]
    # What the dictionary doesn't have, jieba leaves open and rjieba guesses.
    assert all(tag in (guess, "x") for (_, tag), (_, guess) in zip(python, native, strict=True))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_tagged_words_join_to_the_text(text: str) -> None:
    assert "".join(word for word, _ in tagged_words(text)) == text


def test_tags_tell_names_from_words() -> None:
    assert tagged_words("王建国到青山县") == [("王建国", "nr"), ("到", "v"), ("青山", "ns"), ("县", "zg")]


def test_without_rjieba_jieba_does_it_silently(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    segmentation._segmenter.cache_clear()
    try:
        with caplog.at_level(logging.DEBUG):
            assert words("全面整治市容环境") == ["全面", "整治", "市容", "环境"]
    finally:
        segmentation._segmenter.cache_clear()
    assert capfd.readouterr() == ("", "")


def test_segmenters_load_on_first_use_only() -> None:
    code = (
        "import sys; from speechkit import segmentation; segmentation.split_sentences('好。');"
        "assert not {'jieba', 'rjieba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
