"""Parallelism: what is heard as one row of headings, and that all bundled sets are."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.corpus import load_corpus
from speechkit.parallelism import OPAQUE, Parallelism, parallelism

BAR = 0.75
"""Of headings taken from different sets at random, one row in fifty gets so far."""

PARALLEL = [
    ("抓认识，着力凝聚共识", "抓重点，着力攻克难关", "抓责任，着力形成闭环"),
    ("在思想上求深", "在任务上求细", "在保障上求严"),
    ("统一思想，凝聚共识", "明确任务，精准发力", "压实责任，确保落地"),
    ("为什么非抓不可", "抓什么才算抓准", "怎么抓才能见效"),
    ("把{{主题}}的分量掂清楚", "把{{主题}}的任务分清楚", "把{{主题}}的责任定清楚"),
]
UNEVEN = [
    ("统一思想，凝聚共识", "抓落实", "切实加强对各项工作的组织领导，压实责任"),
    ("基本情况", "下一步怎么办，请各单位认真研究", "问题"),
    ("提高认识", "在城区和乡镇同时开展环境卫生大检查", "保障"),
]
words = st.sampled_from(["道路", "水源", "学校", "街巷", "田地", "工地", "河道", "市场", "车站", "库房"])
verbs = st.sampled_from(["修好", "管好", "看好", "守好", "办好"])


@st.composite
def evenly_built(draw: st.DrawFn) -> list[str]:
    """Return headings of one build: the same verbs at the same places, other things done to."""
    frame = draw(st.lists(verbs, min_size=2, max_size=4))
    rows = draw(st.integers(2, 4))
    things = draw(st.lists(words, min_size=rows, max_size=rows, unique=True))
    return ["，".join(f"{verb}{thing}" for verb in frame) for thing in things]


@pytest.mark.parametrize("headings", PARALLEL)
def test_parallel(headings: Sequence[str]) -> None:
    assert parallelism(headings).total >= BAR


@pytest.mark.parametrize("headings", UNEVEN)
def test_not_parallel(headings: Sequence[str]) -> None:
    assert parallelism(headings).total < BAR / 2


@pytest.mark.parametrize(
    ("part", "better", "worse"),
    [
        ("clauses", ["统一思想，凝聚共识", "明确任务，精准发力"], ["统一思想，凝聚共识", "明确任务"]),
        ("lengths", ["统一思想", "明确任务"], ["统一思想", "明确各项任务"]),
        ("shared", ["在思想上求深", "在任务上求细"], ["在思想上求深", "把任务分得细"]),
        ("distinct", ["主要做法", "主要成效"], ["主要做法", "主要做法"]),
    ],
)
def test_each_part_sees_what_it_is_for(part: str, better: list[str], worse: list[str]) -> None:
    assert getattr(parallelism(better), part) > getattr(parallelism(worse), part)
    assert parallelism(better).total > parallelism(worse).total


def test_words_may_be_cut_differently() -> None:
    """不留 is one word to a dictionary, 不挂 is two."""
    assert parallelism(["领导不挂空名", "责任不留空档"]).shared > 0.5


@pytest.mark.parametrize("headings", [[], ["主要做法"], ["", ""]])
def test_nothing_to_compare(headings: list[str]) -> None:
    assert parallelism(headings) == Parallelism(1.0, 1.0, 1.0, 1.0)


def test_a_heading_without_words_is_parallel_to_none() -> None:
    assert parallelism(["主要做法", ""]).total == 0


def test_markers_and_the_last_mark_do_not_count() -> None:
    bare = parallelism(["主要做法", "取得的成效"])
    assert parallelism(["一、主要做法", "（二）取得的成效。"]) == bare


def test_an_expression_is_a_word_of_fixed_length() -> None:
    """Whatever is inside it, marks that would end a clause too."""
    long = '{{任务.措施|提到("甲，乙：丙")}}'
    assert parallelism([f"抓好{long}", f"办好{'字' * OPAQUE}"]).lengths == 1
    assert parallelism([f"抓好{long}", "抓好{{主题}}"]).clauses == 1
    assert (
        parallelism([f"抓好{long}", f"办好{long}"]).shared
        > parallelism([f"抓好{long}", "办好{{主题}}"]).shared
    )


@given(
    st.lists(st.text(alphabet="抓好实，：{}主题 ab1“”的", max_size=12), max_size=4),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_parts_stay_in_range(headings: list[str], rng: Random) -> None:
    score = parallelism(headings)
    assert parallelism(rng.sample(headings, len(headings))) == score
    parts = (score.clauses, score.lengths, score.shared, score.distinct, score.total)
    assert all(0 <= part <= 1 for part in parts)


@given(evenly_built(), st.data())
def test_a_dropped_clause_costs(headings: list[str], data: st.DataObject) -> None:
    hurt = data.draw(st.integers(0, len(headings) - 1))
    clauses = headings[hurt].split("，")
    del clauses[data.draw(st.integers(0, len(clauses) - 1))]
    mutilated = [*headings[:hurt], "，".join(clauses), *headings[hurt + 1 :]]
    assert parallelism(mutilated).total < parallelism(headings).total


def test_every_bundled_set_is_parallel() -> None:
    corpus = load_corpus()
    scores = {
        entry.id: parallelism(entry.headings.values())
        for entries in corpus.heading_sets.values()
        for entry in entries
    }
    assert {id_: score for id_, score in scores.items() if score.total < BAR} == {}
