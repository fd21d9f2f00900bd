"""Which phrase fills which slot: apt, fresh, long enough, and the same every time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from speechkit.corpus import Corpus, HeadingSet, Phrase, Place, Use, load_corpus
from speechkit.facts import Facts, Noted, Recorder
from speechkit.outline import Outline, ParagraphNode, SectionNode, Slot
from speechkit.phrasing import Wording, choose
from speechkit.planning import Plan, plan, slots_of
from speechkit.staging import Stage
from speechkit.supply import PhrasingError, Taste

FORMS = load_corpus().forms
PLACE = Place("语料.yaml", 7)


def phrases(slot: str, *texts: str, repeatable: bool = False, **use: Any) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(f"{slot}/通用/{n:02d}", slot, text, Use(**use), repeatable, PLACE)
        for n, text in enumerate(texts, 1)
    )


def corpus(*groups: tuple[Phrase, ...], heading_sets: Mapping[str, Any] | None = None) -> Corpus:
    by_slot: dict[str, tuple[Phrase, ...]] = {}
    for group in groups:
        by_slot[group[0].slot] = (*by_slot.get(group[0].slot, ()), *group)
    return Corpus(by_slot, heading_sets or {}, {}, FORMS)


def planned(*body: Any, scope: dict[str, Any] | None = None) -> tuple[Plan, Recorder]:
    recorder = Recorder()
    outline = Outline("便条", "会议", Slot("标题", 0, 0), "", "", "", body)
    told = (scope or {}).get("所述", "")
    return plan(outline, Stage("会议", recorder, scope or {}, "", told=told)), recorder


def worded(made: tuple[Plan, Recorder], words: Corpus, **taste: Any) -> tuple[list[str], Wording]:
    wording = choose(made[0], words, made[1], Taste(**{"seed": "一", **taste}))
    return [chosen.text for slot in made[0].slots() for chosen in wording.phrases[slot]], wording


def paragraph(*slots: Slot) -> ParagraphNode:
    return ParagraphNode(slots)


def messages(wording: Wording) -> list[str]:
    return [finding.message for finding in wording.findings]


def test_the_same_seed_chooses_the_same() -> None:
    words = corpus(phrases("甲", *(f"第{n}句话。" for n in "一二三四五六七八九")))
    texts = {
        seed: worded(planned(paragraph(Slot("甲"))), words, seed=seed)[0][0] for seed in map(str, range(30))
    }
    assert texts == {
        seed: worded(planned(paragraph(Slot("甲"))), words, seed=seed)[0][0] for seed in map(str, range(30))
    }
    assert len(set(texts.values())) > 5


def test_another_paragraph_leaves_the_choice_alone() -> None:
    """The writer who adds a part finds the rest as he left it."""
    words = corpus(
        phrases("甲", *(f"甲{n}。" for n in "一二三四五六七八九")),
        phrases("乙", *(f"乙{n}。" for n in "一二三四五")),
    )
    for seed in map(str, range(20)):
        before, _ = worded(planned(paragraph(Slot("甲"))), words, seed=seed)
        after, _ = worded(planned(paragraph(Slot("甲")), paragraph(Slot("乙"))), words, seed=seed)
        assert after[0] == before[0]


@pytest.mark.parametrize(
    ("use", "taste"),
    [
        ({"topic": "创卫"}, {"topic": "招商引资"}),
        ({"tones": ("严肃",)}, {"tone": "亲切"}),
        ({"tones": ("严肃",)}, {}),
        ({"levels": ("县",)}, {"level": "市"}),
        ({"condition": "会议.地点"}, {}),
        ({"condition": "not 会议"}, {}),
    ],
)
def test_what_does_not_suit_is_not_chosen(use: dict[str, Any], taste: dict[str, str]) -> None:
    made = planned(paragraph(Slot("甲")), scope={"会议": {"地点": "", "名称": "防火会"}})
    texts, wording = worded(made, corpus(phrases("甲", "不合适。", **use)), **taste)
    assert texts == []
    assert "甲" in messages(wording)[0]


def test_a_phrase_that_lacks_its_facts_is_not_chosen() -> None:
    from speechkit.filters import MISSING

    made = planned(paragraph(Slot("甲")), scope={"会议": {"地点": MISSING, "名称": "防火会"}})
    words = corpus(
        phrases("甲", "到{{会议.地点}}去。", "{{会议.名称}}开始。", "{{会议.名称|书名}}{{会议.地点}}。")
    )
    assert {worded(made, words, seed=str(n))[0][0] for n in range(20)} == {"防火会开始。"}


DETAILS = {"治污": (("河道", "排口"), ("烟囱",), ("秸秆", "火点"), ("噪声",))}


@pytest.mark.parametrize(
    ("told", "text", "stands"),
    [
        ("清理河道", "管住每个排口。", True),
        ("清理河道", "烟囱归谁管？", False),
        ("清理河道", "烟囱和河道归谁管？", False),
        ("清理河道；改造烟囱", "烟囱和河道归谁管？", True),
        ("清理河道；改造烟囱", "烟囱、河道、秸秆一起管。", True),
        ("清理河道", "烟囱、河道、秸秆一起管。", False),
        ("清理河道；改造烟囱", "烟囱、河道、秸秆、噪声一起管。", False),
        ("改造烟囱", "说到就要做到。", True),
    ],
)
def test_a_phrase_keeps_to_the_details_of_the_meeting(told: str, text: str, stands: bool) -> None:
    words = Corpus({"甲": phrases("甲", text, topic="治污")}, {}, {}, FORMS, DETAILS)
    made = planned(paragraph(Slot("甲")), scope={"所述": told})
    assert worded(made, words, topic="治污")[0] == ([text] if stands else [])


@pytest.mark.parametrize(
    ("text", "condition", "stands"),
    [
        ("说到就要做到。", "", False),
        ("说到就要做到。", '所述|提到("河道")', True),
        ("说到就要做到。", '所述|提到("烟囱")', False),
        ("说到就要做到。", '主题|提到("河道")', False),
        ("说到就要做到。", 'not 所述|提到("烟囱")', False),
        ("说到就要做到。", 'not 所述|提到("烟囱") and 所述|提到("河道")', True),
        ("管住每个排口。", "", True),
        ("烟囱归谁管？", "", False),
    ],
)
def test_a_place_may_ask_for_what_is_made_for_its_matter(text: str, condition: str, stands: bool) -> None:
    words = Corpus({"甲": phrases("甲", text, topic="治污", condition=condition)}, {}, {}, FORMS, DETAILS)
    made = planned(paragraph(Slot("甲", pertinent=True)), scope={"所述": "清理河道", "主题": "河道"})
    assert worded(made, words, topic="治污")[0] == ([text] if stands else [])


def test_topic_and_tone_come_more_often() -> None:
    general = phrases("甲", *(f"通用{n}。" for n in "一二三四五"))
    apt = tuple(
        Phrase(f"甲/创卫/{n}", "甲", f"创卫{n}。", Use("创卫", ("严肃",)), False, PLACE) for n in "一二三四五"
    )
    texts = [
        worded(planned(paragraph(Slot("甲"))), corpus(general, apt), topic="创卫", tone="严肃", seed=str(n))[
            0
        ][0]
        for n in range(200)
    ]
    assert 130 < sum("创卫" in text for text in texts) < 200


def test_what_is_made_for_the_matter_comes_more_often() -> None:
    general = phrases("甲", *(f"通用{n}。" for n in "一二三四五"))
    apt = phrases("甲", *(f"河道{n}。" for n in "一二三四五"), condition='所述|提到("河")')
    apt = tuple(replace(phrase, id=f"{phrase.id}/河") for phrase in apt)
    guarded = phrases("甲", *(f"别的{n}。" for n in "一二三四五"), condition='not 所述|提到("山")')
    guarded = tuple(replace(phrase, id=f"{phrase.id}/别") for phrase in guarded)
    made = planned(paragraph(Slot("甲")), scope={"所述": "清理河道"})
    words = corpus(general, apt, guarded)
    texts = [worded(made, words, seed=str(n))[0][0] for n in range(300)]
    shares = [sum(start in text for text in texts) for start in ("河道", "通用", "别的")]
    assert shares[0] > 1.5 * max(shares[1:])
    assert min(shares) > 20


def test_a_place_may_want_the_topic_of_the_meeting_first() -> None:
    general = phrases("甲", *(f"通用{n}。" for n in "一二三四五六七八九"))
    own = phrases("甲", "题材一。", "题材二。", topic="修路")
    words = corpus(general, tuple(replace(phrase, id=f"题材/{phrase.id}") for phrase in own))
    shares = {
        topical: sum(
            worded(planned(paragraph(Slot("甲", topical=topical))), words, seed=str(n), topic="修路")[0][0]
            in ("题材一。", "题材二。")
            for n in range(200)
        )
        for topical in (False, True)
    }
    assert shares[False] + 20 < shares[True] < 200


def test_a_thought_that_stands_in_the_paragraph_is_not_said_again() -> None:
    words = corpus(
        phrases("甲", "干部要走访群众，听取意见。"),
        phrases("乙", "多到群众中走访，意见当面听取。", "图纸和手续先准备好，再谈开工。"),
    )
    texts = [worded(planned(paragraph(Slot("甲"), Slot("乙"))), words, seed=str(n))[0][1] for n in range(20)]
    assert set(texts) == {"图纸和手续先准备好，再谈开工。"}
    apart = planned(paragraph(Slot("甲")), paragraph(Slot("乙")))
    assert len({worded(apart, words, seed=str(n))[0][1] for n in range(20)}) == 2


# -- no repetition


def test_no_phrase_twice_while_there_are_others() -> None:
    words = corpus(phrases("甲", *(f"第{n}句。" for n in "一二三四五")))
    for seed in map(str, range(10)):
        texts, _ = worded(planned(*[paragraph(Slot("甲"))] * 5), words, seed=seed)
        assert len(set(texts)) == 5


def test_set_formulas_take_turns() -> None:
    words = corpus(
        phrases("甲", "请某发言。", "由某发言。", repeatable=True), phrases("乙", "某说了一句不该再说的话。")
    )
    texts, _ = worded(planned(*[paragraph(Slot("甲"))] * 4), words)
    assert sorted(texts) == ["由某发言。"] * 2 + ["请某发言。"] * 2


def test_a_slot_that_must_be_filled_takes_a_formula_before_a_used_phrase() -> None:
    words = corpus(phrases("甲", "只此一句。"), tuple([*phrases("甲", "一", "套话。", repeatable=True)][1:]))
    for seed in map(str, range(10)):
        texts, _ = worded(planned(*[paragraph(Slot("甲"))] * 4), words, seed=seed)
        assert texts.count("只此一句。") == 1


def test_no_run_of_ten_characters_twice() -> None:
    words = corpus(
        phrases("甲", "大家要把这项工作牢牢抓在手上。"),
        phrases("乙", "各位要把这项工作牢牢抓在手上。", "这是另外的一句话。"),
    )
    for seed in map(str, range(10)):
        assert worded(planned(paragraph(Slot("甲")), paragraph(Slot("乙"))), words, seed=seed)[0][
            1
        ].startswith("这是")


def test_no_three_sentences_in_a_row_open_alike() -> None:
    words = corpus(phrases("甲", "我们先走。我们再看。"), phrases("乙", "我们后说。", "最后说一句。"))
    for seed in map(str, range(10)):
        assert (
            worded(planned(paragraph(Slot("甲")), paragraph(Slot("乙"))), words, seed=seed)[0][1]
            == "最后说一句。"
        )


def test_an_earlier_phrase_gives_way_to_the_only_one_there_is() -> None:
    words = corpus(phrases("甲", "今天开会。", "现在开会。"), phrases("乙", "今天的人都到了。今天的事不少。"))
    for seed in map(str, range(10)):
        assert (
            worded(planned(paragraph(Slot("甲")), paragraph(Slot("乙"))), words, seed=seed)[0][0]
            == "现在开会。"
        )


def test_no_two_phrases_of_a_paragraph_open_alike() -> None:
    words = corpus(phrases("甲", "同志们，走吧。好事在前。"), phrases("乙", "同志们，加油。", "大家加油。"))
    for seed in map(str, range(10)):
        assert worded(planned(paragraph(Slot("甲"), Slot("乙"))), words, seed=seed)[0][1] == "大家加油。"


def test_what_is_avoided_is_left_to_the_last() -> None:
    words = corpus(phrases("甲", "去年说过的话。", "今年的新话。"))
    avoid: Callable[[str], bool] = lambda text: "去年" in text  # noqa: E731
    for seed in map(str, range(10)):
        assert worded(planned(paragraph(Slot("甲"))), words, seed=seed, avoid=avoid)[0] == ["今年的新话。"]
    only_old = corpus(phrases("甲", "去年说过的话。"))
    assert worded(planned(paragraph(Slot("甲"))), only_old, avoid=avoid)[0] == ["去年说过的话。"]


# -- length


def long_slot() -> tuple[Any, Corpus]:
    texts = [
        f"{a}{b}起头，{a}{b}居中，{a}{b}收尾。" for a in "甲乙丙丁戊己庚辛壬癸" for b in "子丑寅卯辰巳午未"
    ]
    return planned(paragraph(Slot("甲", 1, 40)), paragraph(Slot("乙", 0, 40))), corpus(
        phrases("甲", *texts[:40]), phrases("乙", *texts[40:])
    )


@pytest.mark.parametrize("target", [100, 300, 500, 900])
def test_a_target_is_met(target: int) -> None:
    made, words = long_slot()
    texts, _ = worded(made, words, target=target)
    assert abs(sum(map(len, texts)) - target) <= target * 0.1


def test_both_slots_get_their_share() -> None:
    made, words = long_slot()
    _, wording = worded(made, words, target=900)
    counts = [len(chosen) for slot, chosen in wording.phrases.items() if slot.name in "甲乙"]
    assert abs(counts[0] - counts[1]) <= 1


@pytest.mark.parametrize("target", range(100, 140, 5))
def test_an_open_paragraph_is_filled_before_another_is_opened(target: int) -> None:
    """A single phrase makes no paragraph as long as there is room."""
    words = corpus(phrases("甲", *(f"{chr(n) * 5}。" for n in range(0x5000, 0x5100))))
    made = planned(paragraph(Slot("甲", 1, 4)), *(paragraph(Slot("甲", 0, 4)) for _ in range(6)))
    for seed in map(str, range(3)):
        _, wording = worded(made, words, target=target, seed=seed)
        counts = [len(wording.phrases[slot]) for slot in made[0].slots() if slot.name == "甲"]
        assert 1 not in counts


@pytest.mark.parametrize(("share", "most"), [(0.2, 40), (0.5, 100), (1.0, 210)])
def test_only_so_much_may_fit_any_meeting(share: float, most: int) -> None:
    """A text with little to tell is shorter than asked for."""
    general = phrases("甲", *(f"{c * 9}。" for c in "一二三四五六七八九十百千万亿上下左右东西"))
    made = planned(paragraph(Slot("甲", 0, 20)))
    texts, _ = worded(made, corpus(general), target=200, general_share=share)
    told = sum(map(len, texts))
    assert most - 20 <= told <= most


def test_what_the_meeting_itself_gives_rise_to_has_no_such_limit() -> None:
    own = phrases(
        "甲", *(f"{c * 9}。" for c in "一二三四五六七八九十百千万亿上下左右"), condition='题|提到("河")'
    )
    made = planned(paragraph(Slot("甲", 0, 20)), scope={"题": "河"})
    texts, _ = worded(made, corpus(own), target=150, general_share=0.1)
    assert sum(map(len, texts)) >= 140


def test_too_short_a_target_takes_the_shortest_phrases() -> None:
    words = corpus(phrases("甲", "这一句话说得特别长特别长特别长特别长特别长特别长。", "短。"))
    for seed in map(str, range(10)):
        assert worded(planned(paragraph(Slot("甲"))), words, seed=seed, target=5)[0] == ["短。"]


def test_without_a_target_optional_slots_get_one() -> None:
    made, words = long_slot()
    _, wording = worded(made, words)
    assert [len(chosen) for slot, chosen in wording.phrases.items() if slot.name in "甲乙"] == [1, 1]


def test_an_optional_slot_does_not_open_a_paragraph_that_stays_empty() -> None:
    words = corpus(phrases("乙", "这要求从何而来？"))
    texts, _ = worded(planned(paragraph(Slot("甲", 0, 1), Slot("乙", 0, 1))), words, target=100)
    assert texts == []


# -- headings


def heading_set(number: str, use: Use | None = None, **headings: str) -> HeadingSet:
    return HeadingSet(f"组/通用/{number}", "组", headings, use or Use(), PLACE)


def section(role: str, own: str = "") -> SectionNode:
    return SectionNode(role, 1, "组", own, "", (paragraph(Slot("甲")),))


WORDS = phrases("甲", *(f"第{n}句。" for n in "一二三四五六"))
SETS = {
    "组": (
        heading_set("01", 认识="看得清", 任务="走得稳", 保障="守得住"),
        heading_set("02", 认识="认识到位", 任务="任务到位", 保障="保障到位"),
        heading_set("03", 认识="只有一句"),
    )
}


@pytest.mark.parametrize("seed", "甲乙丙丁戊己庚辛")
def test_headings_come_out_of_one_set(seed: str) -> None:
    made = planned(section("认识"), section("任务"), section("保障"))
    _, wording = worded(made, corpus(WORDS, heading_sets=SETS), seed=seed)
    assert len({chosen.id for chosen in wording.headings.values()}) == 1
    assert len(wording.headings) == 3


def test_a_set_has_to_fit_the_sections_there_are() -> None:
    made = planned(section("认识"))
    ids = {
        chosen.id
        for n in range(30)
        for chosen in worded(made, corpus(WORDS, heading_sets=SETS), seed=str(n))[1].headings.values()
    }
    assert ids == {"组/通用/01", "组/通用/02", "组/通用/03"}


def test_own_headings_are_kept_and_the_others_still_parallel() -> None:
    scope = {"我": {"题": "自己的标题"}}
    made = planned(section("认识", "我.题"), section("任务"), section("保障"), scope=scope)
    _, wording = worded(made, corpus(WORDS, heading_sets=SETS))
    assert {heading.role for heading in wording.headings} == {"任务", "保障"}
    assert len({chosen.id for chosen in wording.headings.values()}) == 1


@pytest.mark.parametrize(
    ("own", "alike"),
    [("抓责任", "01"), ("责任到位", "02"), ("抓责任，促落实", "04"), ("责任压到每个岗位", "02")],
)
def test_of_the_sets_the_one_is_taken_that_is_built_like_the_own_headings(own: str, alike: str) -> None:
    sets = {"组": (*SETS["组"], heading_set("04", 任务="定任务，看进度", 保障="给保障，添底气"))}
    made = planned(section("认识", "我.题"), section("任务"), section("保障"), scope={"我": {"题": own}})
    for seed in map(str, range(10)):
        _, wording = worded(made, corpus(WORDS, heading_sets=sets), seed=seed)
        assert {chosen.id for chosen in wording.headings.values()} == {f"组/通用/{alike}"}


def inner(*roles: str) -> SectionNode:
    sections = tuple(SectionNode(role, 2, "组", "", "", (paragraph(Slot("甲", 0, 4)),)) for role in roles)
    return SectionNode("外", 1, "", "", "", (paragraph(Slot("乙")), *sections))


@pytest.mark.parametrize("target", range(10, 90, 10))
def test_a_lower_heading_never_stands_alone(target: int) -> None:
    words = corpus(WORDS, phrases("乙", "先说一句。"), heading_sets=SETS)
    made = planned(inner("认识", "任务", "保障"))
    for seed in map(str, range(10)):
        _, wording = worded(made, words, target=target, seed=seed)
        filled = [
            s for s in made[0].sections() if s.family and any(wording.phrases[x] for x in slots_of(s.blocks))
        ]
        assert len([s for s in filled if s in wording.headings]) == (len(filled) if len(filled) > 1 else 0)


@pytest.mark.parametrize("target", range(356, 392, 3))
def test_a_heading_has_more_than_one_phrase_under_it_where_there_is_room(target: int) -> None:
    words = corpus(phrases("甲", *(f"{chr(n) * 3}。" for n in range(0x5000, 0x5100))), heading_sets=SETS)
    sections = (
        SectionNode(role, 2, "组", "", "", (paragraph(Slot("甲", 0, 100)),))
        for role in ("认识", "任务", "保障")
    )
    made = planned(*sections)
    for seed in map(str, range(3)):
        _, wording = worded(made, words, target=target, seed=seed)
        assert 1 not in [len(wording.phrases[slot]) for slot in made[0].slots()]


def test_no_set_of_headings_is_a_finding() -> None:
    made = planned(section("认识"), section("结尾"))
    _, wording = worded(made, corpus(WORDS, heading_sets=SETS))
    assert wording.headings == {}
    assert any("组" in message for message in messages(wording))


# -- what is told already


def told() -> tuple[Plan, Recorder]:
    """A paragraph on one task: a slot for what to do, one for the units, one for the time."""
    recorder = Recorder()
    task = {
        "单位": Facts(recorder, "任务.单位", ("住建局", "水务局")),
        "时限": Noted("十月底", "任务.时限", recorder),
    }
    slots = (Slot("做"), Slot("谁", told=("任务.单位",)), Slot("何时", told=("任务.时限",)))
    outline = Outline("便条", "会议", Slot("标题", 0, 0), "", "", "", (paragraph(*slots),))
    return plan(outline, Stage("会议", recorder, {"任务": task}, "")), recorder


WHO, TIME = "{{任务.单位|顿号}}", "{{任务.时限}}"


@pytest.mark.parametrize("target", [None, 20, 60])
@pytest.mark.parametrize(
    "doing",
    [
        f"{WHO}办好，{TIME}前交账。",
        f"{TIME}前办好。",
        f"办好这件事，由{WHO}负责。",
        "办好这件事。",
        "办好{{任务.单位|中文}}家的事。",
    ],
)
def test_every_fact_is_told_once(doing: str, target: int | None) -> None:
    words = corpus(
        phrases("做", doing),
        phrases("谁", f"责任单位是{WHO}。", f"谁来办？{WHO}，{TIME}前办完。"),
        phrases("何时", f"完成时间是{TIME}。", f"{TIME}到期。"),
    )
    for seed in map(str, range(20)):
        texts, wording = worded(told(), words, seed=seed, target=target)
        assert "".join(texts).count("住建局、水务局") == 1
        assert "".join(texts).count("十月底") == 1
        assert messages(wording) == []


def test_what_told_a_fact_may_give_way_and_the_fact_is_still_told() -> None:
    """The first phrase opens like its neighbour, and is exchanged for one that tells less."""
    words = corpus(
        phrases("做", f"责任要清，{TIME}前办好。", "办好这件事。"),
        phrases("谁", f"责任单位是{WHO}。"),
        phrases("何时", f"完成时间是{TIME}。"),
    )
    for seed in map(str, range(20)):
        texts, _ = worded(told(), words, seed=seed)
        assert texts == ["办好这件事。", "责任单位是住建局、水务局。", "完成时间是十月底。"]


# -- thoughts


def thinking(slot: str, *told: tuple[str, str]) -> tuple[Phrase, ...]:
    """Phrases with their thoughts."""
    return tuple(
        Phrase(f"{slot}/通用/{n:02d}", slot, text, Use(), False, PLACE, tuple(thoughts.split()))
        for n, (text, thoughts) in enumerate(told, 1)
    )


def test_a_paragraph_keeps_to_one_thought() -> None:
    """What carries none may stand beside any; what shares one with each but not with all stays out."""
    words = corpus(
        thinking("理", ("账要算。", "投入"), ("路还长。", "长短"), ("钱要花在长处。", "投入 长短")),
        thinking("求", ("把钱管好。", "投入"), ("一直干下去。", "长短"), ("散会就办。", "")),
    )
    carried = {"账": {"投入"}, "路": {"长短"}, "钱": {"投入", "长短"}, "把": {"投入"}, "一": {"长短"}}
    for seed in map(str, range(40)):
        texts, _ = worded(planned(paragraph(Slot("理", 1, 3), Slot("求", 0, 3))), words, seed=seed, target=60)
        shared = [carried[text[0]] for text in texts if text[0] in carried]
        assert set.intersection(*shared), texts
        assert "散会就办。" in texts
        assert len(texts) > 2


def test_a_slot_that_must_be_filled_is_filled_with_another_thought_if_need_be() -> None:
    words = corpus(thinking("理", ("账要算。", "投入")), thinking("求", ("一直干下去。", "长短")))
    assert worded(planned(paragraph(Slot("理"), Slot("求"))), words)[0] == ["账要算。", "一直干下去。"]


def test_the_next_paragraph_takes_another_thought() -> None:
    words = corpus(
        thinking("理", ("账要算。", "投入"), ("钱要省。", "投入"), ("路还长。", "长短"), ("山还高。", "长短"))
    )
    for seed in map(str, range(20)):
        texts, _ = worded(planned(paragraph(Slot("理")), paragraph(Slot("理"))), words, seed=seed)
        assert {"账": 1, "钱": 1, "路": 2, "山": 2}[texts[0][0]] != {"账": 1, "钱": 1, "路": 2, "山": 2}[
            texts[1][0]
        ]


# -- what is numbered in one sentence


def test_a_list_is_announced_and_one_thing_is_not() -> None:
    words = corpus(
        phrases("引", "有这样几条："), phrases("条", "查得细。", "改得快。"), phrases("少", "只此一条。")
    )
    for seed in map(str, range(10)):
        many = planned(paragraph(Slot("引.引", 0, 1), Slot("条", 0, 3, listed=True)))
        few = planned(paragraph(Slot("引.引", 0, 1), Slot("少", 0, 3, listed=True)))
        named = Corpus({**words.phrases, "引.引": words.phrases["引"]}, {}, {}, FORMS)
        assert worded(many, named, seed=seed, target=30)[0] == ["有这样几条：", "查得细。", "改得快。"]
        assert worded(few, named, seed=seed, target=30)[0] == ["只此一条。"]


# -- errors


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("{{没有}}。", ""),
        ("好。", "没有.地点"),
        ("好。", '没有|提到("河")'),
        ("{{甲()}}。", ""),
        ("{{。", ""),
    ],
)
def test_a_broken_phrase_is_named_with_file_and_line(text: str, condition: str) -> None:
    with pytest.raises(PhrasingError) as caught:
        worded(planned(paragraph(Slot("甲"))), corpus(phrases("甲", text, condition=condition)))
    assert "语料.yaml：第7行" in str(caught.value)
    assert "甲/通用/01" in str(caught.value)
