"""Chosen phrases become a manuscript, people named as they should be, every sentence with its origin."""

from typing import Any

import pytest

from speechkit.corpus import Corpus, Phrase, Place, Use, load_corpus
from speechkit.facts import Mention, Noted, Recorder, View
from speechkit.manuscript import (
    Byline,
    Cue,
    Drafted,
    Heading,
    Manuscript,
    Paragraph,
    Salutation,
    Sentence,
    Signature,
)
from speechkit.meeting import Event
from speechkit.outline import Each, LineNode, Outline, ParagraphNode, SectionNode, Slot
from speechkit.phrasing import choose
from speechkit.planning import plan
from speechkit.realization import BREATH, realize
from speechkit.staging import Stage
from speechkit.supply import Taste

FORMS = load_corpus().forms
PLACE = Place("", 1)


def somebody(recorder: Recorder, full: str, short: str, **more: Any) -> Mention:
    return Mention(recorder, f"人员.{short}", full, short, **more)


def realized(
    phrases: dict[str, str], *body: Any, scope: dict[str, Any] | None = None, recorder: Recorder, **head: str
) -> Manuscript:
    made = {
        slot: (Phrase(f"{slot}/通用/01", slot, text, Use(), True, Place("", 1)),)
        for slot, text in phrases.items()
    }
    corpus = Corpus(made, {}, {}, FORMS)
    outline = Outline(
        "便条",
        "会议",
        Slot(head.get("title", "标题"), 0, 1),
        head.get("date", ""),
        head.get("byline", ""),
        head.get("signatory", ""),
        body,
    )
    planned = plan(outline, Stage("会议", recorder, scope or {}, ""))
    return realize(planned, choose(planned, corpus, recorder, Taste()), recorder, FORMS)


def paragraph(*slots: str, call: bool = False) -> ParagraphNode:
    return ParagraphNode(tuple(Slot(slot) for slot in slots), call)


def texts(manuscript: Manuscript) -> list[str]:
    return [paragraph.text for paragraph in manuscript.paragraphs]


def test_a_lone_lower_heading_opens_its_paragraph_instead() -> None:
    phrases = {"甲": "各单位要领会。责任要到人。", "乙": "经费要保障。"}
    first = SectionNode("责任", 2, "", "会.责任", "", (paragraph("甲"),))
    other = SectionNode("经费", 2, "", "会.经费", "", (paragraph("乙"),))
    scope = {"会": {"责任": "落实责任", "经费": "保障经费"}}
    alone = realized(phrases, first, scope=scope, recorder=Recorder())
    (told,) = alone.blocks
    assert isinstance(told, Paragraph)
    assert told.text == "落实责任。各单位要领会。责任要到人。"
    said = [(told.text[one.begin : one.end], one.origin) for one in told.sentences]
    assert [text for text, _ in said] == ["落实责任。", "各单位要领会。", "责任要到人。"]
    assert isinstance(said[0][1], Drafted)
    assert said[0][1].phrases == ()
    both = realized(phrases, first, other, scope=scope, recorder=Recorder())
    assert [block.text for block in both.blocks if isinstance(block, Heading)] == ["落实责任", "保障经费"]


def test_kinds_of_blocks() -> None:
    phrases = {"称": "同志们", "提": "鼓掌", "甲": "开会。", "乙": "请某发言。"}
    body = (
        LineNode("称呼", Slot("称")),
        SectionNode("节", 1, "", "会.题", "", (paragraph("甲"), LineNode("提示", Slot("提")))),
        paragraph("乙", call=True),
    )
    manuscript = realized(phrases, *body, scope={"会": {"题": "自拟"}}, recorder=Recorder())
    assert manuscript.blocks == (
        Salutation("同志们"),
        Heading("自拟", 1),
        Paragraph("开会。"),
        Cue("鼓掌"),
        Paragraph("请某发言。", call=True),
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("查得细。", "改得快。"), "一是查得细；二是改得快。"),
        (("查得细。", "改得快吗？", "改得快；改得好。", "查。改。"), "查得细。"),
    ],
)
def test_what_is_listed_is_numbered_in_one_sentence(words: tuple[str, ...], text: str) -> None:
    """Unless there is only one thing, and what is no single statement can't be one of several."""
    made = tuple(Phrase(f"甲/通用/{n}", "甲", one, Use(), False, PLACE) for n, one in enumerate(words))
    outline = Outline(
        "便条", "会议", Slot("标题", 0, 1), "", "", "", (ParagraphNode((Slot("甲", 0, 4, listed=True),)),)
    )
    recorder = Recorder()
    planned = plan(outline, Stage("会议", recorder, {}, ""))
    wording = choose(planned, Corpus({"甲": made}, {}, {}, FORMS), recorder, Taste(target=60))
    manuscript = realize(planned, wording, recorder, FORMS)
    assert texts(manuscript) == [text]
    (sentence,) = next(iter(manuscript.paragraphs)).sentences
    assert isinstance(sentence.origin, Drafted)
    assert len(sentence.origin.phrases) == text.count("是") or text == words[0]


def told_of(things: list[str], made: list[tuple[str, str, str]], *parts: Slot | Each) -> Manuscript:
    """A paragraph over 会.件, out of phrases given as slot, text and condition."""
    phrases = [
        Phrase(f"{slot}/通用/{n}", slot, one, Use(condition=condition), True, PLACE)
        for n, (slot, one, condition) in enumerate(made)
    ]
    slots = {slot: tuple(p for p in phrases if p.slot == slot) for slot, _, _ in made}
    recorder = Recorder()
    scope = {"会": {"件": [Noted(thing, f"件[{n}]", recorder) for n, thing in enumerate(things)]}}
    outline = Outline("便条", "会议", Slot("标题", 0, 1), "", "", "", (ParagraphNode(parts),))
    planned = plan(outline, Stage("会议", recorder, scope, ""))
    wording = choose(planned, Corpus(slots, {}, {}, FORMS), recorder, Taste())
    return realize(planned, wording, recorder, FORMS)


@pytest.mark.parametrize(
    ("things", "text"),
    [
        # 要 is said once for both; a noun such as 要点 keeps it. A second sentence of its own begins anew.
        (["修路"], "要修路，夯实路基。还要算账。"),
        (["架桥"], "要架桥，要点是桥墩。桥面随后。还要算账。"),
        (["修路", "种树", "架桥"], "要修路，夯实路基。种树。要架桥，要点是桥墩。桥面随后。还要算账。"),
    ],
)
def test_a_phrase_goes_on_with_the_sentence_before_it(things: list[str], text: str) -> None:
    made = [
        ("件", "{{件}}。", '件|提到("树")'),
        ("件", "要{{件}}。", 'not 件|提到("树")'),
        ("怎么做", "要夯实路基。", '件|提到("路")'),
        ("怎么做", "要点是桥墩。桥面随后。", '件|提到("桥")'),
        ("后", "还要算账。", ""),
    ]
    loop = Each("件", "会.件", "", (Slot("件"), Slot("怎么做", 0, 1, joined="，")))
    manuscript = told_of(things, made, loop, Slot("后"))
    assert texts(manuscript) == [text]
    assert all(sentence.origin for p in manuscript.paragraphs for sentence in p.sentences)


def test_a_phrase_goes_on_after_a_semicolon_with_its_own_demand() -> None:
    made = [("件", "要{{件}}。", ""), ("又", "要{{件}}。", ""), ("怎么做", "要夯实路基。", '件|提到("路")')]
    once, again = Slot("件", when="序 == 1"), Slot("又", when="序 == 2", joined="；")
    loop = Each("件", "会.件", "", (once, again, Slot("怎么做", 0, 1, joined="，")))
    manuscript = told_of(["修路", "种树"], made, loop)
    assert texts(manuscript) == ["要修路，夯实路基；要种树。"]


@pytest.mark.parametrize(
    ("things", "text"),
    [
        (
            ["修路", "种树", "架桥"],
            "先抓这些：一是修路，修到村口，路基夯实；二是种树；三是架桥，桥墩立稳。还要算账。",
        ),
        (["修路"], "要修路，修到村口。路基夯实。还要算账。"),
    ],
)
def test_what_a_loop_lists_is_numbered_in_one_sentence(things: list[str], text: str) -> None:
    """Each with words of its own, none that would take up the one before."""
    made = [
        ("件", "同时，{{件}}。", "not 列举"),
        ("件", "要{{件}}，修到村口。", '件|提到("路")'),
        ("件", "{{件}}。", '件|提到("树")'),
        ("件", "要{{件}}。", '件|提到("桥")'),
        ("怎么做", "路基夯实。", '件|提到("路")'),
        ("怎么做", "先看土。再选苗。", '件|提到("树")'),
        ("怎么做", "桥墩立稳。", '件|提到("桥")'),
        ("引.引", "先抓这些：", ""),
        ("后", "还要算账。", ""),
    ]
    loop = Each("件", "会.件", "", (Slot("件", listed=True), Slot("怎么做", 0, 1, listed=True)))
    assert texts(told_of(things, made, Slot("引.引", 0, 1), loop, Slot("后"))) == [text]


@pytest.mark.parametrize(
    ("things", "text"),
    [
        (
            ["修路", "种树", "架桥"],
            "一是修路，修到村口，路基夯实。路成了再看桥。二是种树。先看土。再选苗。三是架桥。还要算账。",
        ),
        (["修路"], "要修路，修到村口，路基夯实。路成了再看桥。还要算账。"),
    ],
)
def test_what_a_loop_lists_may_be_sentences_of_their_own(things: list[str], text: str) -> None:
    made = [
        ("件", "要{{件}}，修到村口。", '件|提到("路")'),
        ("件", "{{件}}。", 'not 件|提到("路")'),
        ("怎么做", "要路基夯实。", '件|提到("路")'),
        ("道理", "路成了再看桥。", '件|提到("路")'),
        ("道理", "先看土。再选苗。", '件|提到("树")'),
        ("后", "还要算账。", ""),
    ]
    slots = (
        Slot("件", listed=True, apart=True),
        Slot("怎么做", 0, 1, listed=True, apart=True, joined="，"),
        Slot("道理", 0, 1, listed=True, apart=True),
    )
    assert texts(told_of(things, made, Each("件", "会.件", "", slots), Slot("后"))) == [text]


@pytest.mark.parametrize("length", [BREATH // 2, BREATH])
def test_a_long_list_of_sentences_has_a_paragraph_for_each_item(length: int) -> None:
    advice = "路" * length
    made = [("先", "有两件事。", ""), ("件", "{{件}}。", ""), ("道理", f"{advice}。", '件|提到("桥")')]
    slots = (Slot("件", listed=True, apart=True), Slot("道理", 0, 1, listed=True, apart=True))
    loop = Each("件", "会.件", "", slots)
    found = texts(told_of(["修路", "架桥"], [*made, ("后", "还要算账。", "")], Slot("先"), loop, Slot("后")))
    told = ["有两件事。", "一是修路。", f"二是架桥。{advice}。", "还要算账。"]
    assert found == (told if length == BREATH else ["".join(told)])


def test_a_heading_over_nothing_is_left_out() -> None:
    body = (SectionNode("节", 1, "", "会.题", "", (ParagraphNode((Slot("无", 0, 1),)),)), paragraph("甲"))
    assert realized({"甲": "好。"}, *body, scope={"会": {"题": "自拟"}}, recorder=Recorder()).blocks == (
        Paragraph("好。"),
    )


def test_people_are_named_in_full_once() -> None:
    recorder = Recorder()
    scope = {
        "人": somebody(recorder, "县委副书记、县长周立新", "周县长"),
        "我": somebody(recorder, "县委书记陈国梁", "陈书记", is_self=True),
        "位": somebody(recorder, "城关镇", "城关镇"),
    }
    phrases = {"甲": "{{位}}请{{人}}到场。", "乙": "{{人}}和{{我}}去{{位}}。"}
    manuscript = realized(phrases, paragraph("甲"), paragraph("乙"), scope=scope, recorder=recorder)
    assert texts(manuscript) == ["城关镇请县委副书记、县长周立新到场。", "周县长和我去城关镇。"]


def test_the_first_mention_is_the_first_in_the_document() -> None:
    """Slots are filled in another order than they are read: optional ones come later."""
    recorder = Recorder()
    scope = {"人": somebody(recorder, "县长周立新", "周县长")}
    body = (ParagraphNode((Slot("甲", 0, 1), Slot("乙"))),)
    manuscript = realized(
        {"甲": "听{{人}}讲。", "乙": "{{人}}讲完了。"}, *body, scope=scope, recorder=recorder
    )
    assert texts(manuscript) == ["听县长周立新讲。周县长讲完了。"]


def test_long_posts_in_a_row_are_parted_by_commas() -> None:
    recorder = Recorder()
    people = [
        somebody(recorder, "县委常委、副县长何敏", "何县长"),
        somebody(recorder, "县纪委书记刘海涛", "刘书记"),
        somebody(recorder, "副县长吴启明", "吴县长"),
    ]
    phrases = {"甲": "{{人|顿号}}到会。", "乙": "{{人|和}}发言。"}
    manuscript = realized(phrases, paragraph("甲", "乙"), scope={"人": people}, recorder=recorder)
    assert texts(manuscript) == [
        "县委常委、副县长何敏，县纪委书记刘海涛，副县长吴启明到会。何县长、刘书记和吴县长发言。"
    ]


def test_a_row_that_the_speaker_opens() -> None:
    recorder = Recorder()
    own = somebody(recorder, "县长钟成", "钟县长", is_self=True)
    others = [somebody(recorder, f"副县长{name}", f"{name}县长") for name in ("林芳", "石志")]
    scope = {"三": [own, *others], "两": [own, others[0]], "后": [*others, own]}
    phrases = {
        "甲": "{{三|和}}颁奖。",
        "乙": "{{两|和}}讲话。",
        "丙": "{{三|顿号}}在场。",
        "丁": "{{后|和}}到了。",
    }
    manuscript = realized(phrases, *(paragraph(slot) for slot in phrases), scope=scope, recorder=recorder)
    assert texts(manuscript) == [
        "我和副县长林芳、副县长石志颁奖。",
        "我和林芳县长讲话。",
        "我和林芳县长、石志县长在场。",
        "林芳县长、石志县长和我到了。",
    ]


def test_clauses_run_on_and_are_closed() -> None:
    each = Each("项", "列", "", (Slot("{{项}}", clause=True),))
    phrases = {"引": "刚才，", "甲": "甲发言", "乙": "乙发言", "收": "都好。"}
    body = (ParagraphNode((Slot("引"), each, Slot("收"))),)
    manuscript = realized(phrases, *body, scope={"列": ["甲", "乙"]}, recorder=Recorder())
    assert texts(manuscript) == ["刚才，甲发言；乙发言。都好。"]


def test_sentences_tile_the_paragraph_and_know_their_origin() -> None:
    recorder = Recorder()
    event = Event.model_validate({"名称": "防火会", "地点": "县会堂", "纪律": ["不吸烟"]})
    scope = {"会议": View(recorder, "会议", event, {})}
    phrases = {"甲": "今天开{{会议.名称}}。地点在{{会议.地点}}，", "乙": "要做到{{会议.纪律|顿号}}。"}
    (made,) = realized(phrases, paragraph("甲", "乙"), scope=scope, recorder=recorder).paragraphs
    assert made.text == "今天开防火会。地点在县会堂，要做到不吸烟。"
    assert made.sentences == (
        Sentence(0, 7, Drafted(("甲/通用/01",), ("会议.名称",))),
        Sentence(7, 21, Drafted(("甲/通用/01", "乙/通用/01"), ("会议.地点", "会议.纪律", "会议.纪律[0]"))),
    )


def test_head() -> None:
    recorder = Recorder()
    scope = {
        "会议": {"日期": "2026年8月20日", "单位": "城关镇"},
        "人": somebody(recorder, "县长周立新", "周县长", name="周立新", post="县长"),
    }
    phrases = {"甲": "好。", "题": "在会上的讲话"}
    speech = realized(
        phrases, paragraph("甲"), scope=scope, recorder=recorder, title="题", date="会议.日期", byline="人"
    )
    assert (speech.title, speech.date, speech.byline) == (
        "在会上的讲话",
        "2026年8月20日",
        Byline("周立新", "县长"),
    )
    report = realized(
        phrases,
        paragraph("甲"),
        scope=scope,
        recorder=recorder,
        title="题",
        date="会议.日期",
        signatory="会议.单位",
    )
    assert (report.date, report.blocks[-1]) == ("", Signature("城关镇", "2026年8月20日"))


def test_a_speaker_without_a_name_stands_as_the_gap_he_is() -> None:
    recorder = Recorder()
    scope = {"人": somebody(recorder, "【待补：讲话人姓名】", "【待补：讲话人姓名】")}
    speech = realized({"甲": "好。"}, paragraph("甲"), scope=scope, recorder=recorder, byline="人")
    assert speech.byline == Byline("【待补：讲话人姓名】")
