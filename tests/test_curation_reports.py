"""Statistics, look-ups, previews and trials of corpora."""

import json
import re
from pathlib import Path

import pytest

from corpuscase import SLOT, Shelf
from speechkit.corpus import load_corpus
from speechkit.curation.lookup import UnknownNameError, find, shown
from speechkit.curation.previewing import preview
from speechkit.curation.previewing import shown as shown_previews
from speechkit.curation.statistics import FEW, statistics, statistics_json, statistics_table
from speechkit.curation.stock import load_stock
from speechkit.curation.trials import run_trials, starters
from speechkit.drafting import draft, trace
from speechkit.meeting import Meeting, load_meeting
from speechkit.outline import load_outlines

ROOT = Path(__file__).resolve().parent.parent
CAMPAIGN = ROOT / "examples" / "campaign" / "meeting.yaml"
PAGE = (ROOT / "docs" / "corpus-json.md").read_text(encoding="utf-8")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    return load_meeting(CAMPAIGN)


# -- statistics ----------------------------------------------------------------------------------------------


def test_counts(shelf: Shelf) -> None:
    shelf.phrases("好。", "{文: 也好。, 语气: 严肃, 层级: [县, 镇]}", "{文: 都好。, 条件: 讲话.任务}")
    shelf.put("题材: 防汛\n短语:\n  讲话.号召:\n    乙1: 守住。\n  自己.的槽:\n    乙1: 守住。\n", "b.yaml")
    (call, own), families = (found := statistics(shelf.stock())).slots, found.families
    assert (call.name, call.own, call.topics) == (SLOT, 4, {"通用": 3, "防汛": 1})
    assert (call.tone, call.level, call.condition) == (1, 1, 1)
    assert call.total == 4 + len(load_corpus().phrases[SLOT])
    assert (call.required, call.genres, call.is_few) == (True, ("讲话稿",), call.total < FEW)
    assert (own.genres, own.required, own.is_few) == ((), False, False)
    assert families == ()


def test_everything_counts_the_slots_that_lack_phrases() -> None:
    found = statistics(load_stock())
    assert sum(count.own for count in found.slots) == sum(map(len, load_corpus().phrases.values()))
    assert all(count.own == count.total for count in found.slots)
    assert any(count.own == 0 and count.genres for count in found.slots)
    assert list(found.few) == sorted(found.few, key=lambda count: count.total)
    assert all(count.required and count.total < FEW for count in found.few)


def test_json_is_what_the_page_says(shelf: Shelf) -> None:
    described = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])
    shelf.phrases("{文: 都好。, 条件: 讲话.任务}")
    written = json.loads(statistics_json(statistics(shelf.stock())))
    assert list(written) == list(described)
    assert list(written["phrases"]) == list(described["phrases"])
    assert list(written["slots"][0]) == list(described["slots"][0])
    keys = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert set(written) | set(written["slots"][0]) <= keys


@pytest.mark.parametrize("has_rich", [True, False])
def test_tables(shelf: Shelf, has_rich: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_rich:
        monkeypatch.setitem(__import__("sys").modules, "rich", None)
    shelf.phrases("好。", "也好。")
    text = statistics_table(statistics(shelf.stock()), 100)
    assert "1个槽里有短语2条" in text
    assert re.search(r"讲话\.号召 +必填 +2 ", text)


def test_nothing_gives_no_table(shelf: Shelf) -> None:
    shelf.put("短语:\n")
    assert statistics_table(statistics(shelf.stock())) == "0个槽里有短语0条，0族标题里有标题组0组。\n"


# -- looking up ----------------------------------------------------------------------------------------------


def test_one_phrase(shelf: Shelf) -> None:
    path = shelf.phrases("好。", "{文: '{{主题}}好。', 语气: 严肃, 条件: 讲话.任务}")
    lines = list(shown(find(shelf.stock(), f"{SLOT}/通用/甲2")))
    assert lines == [
        f"{SLOT}/通用/甲2",
        f"  {path}：第4行",
        "  语气：严肃",
        "  条件：讲话.任务",
        "  {{主题}}好。",
    ]


def test_slots_topics_and_families() -> None:
    stock = load_stock()
    assert {entry.name for entry in find(stock, SLOT).entries} == {SLOT}
    assert {entry.name for entry in find(stock, "讲话.意义").entries} >= {"讲话.意义.条", "讲话.意义.析"}
    assert {entry.use.topic for entry in find(stock, "创卫").entries} == {"创卫"}
    family = list(shown(find(stock, "讲话.一级")))
    assert family[0] == "讲话.一级"
    assert "认识：" in family[1]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("讲话.号招", "讲话.号召"),
        ("创未", "创卫"),
        (f"{SLOT}/通用/012", f"{SLOT}/通用/01"),
        ("", "stats"),
        ("x" * 500, "x"),
    ],
)
def test_unknown_names(name: str, near: str) -> None:
    with pytest.raises(UnknownNameError, match=near):
        find(load_stock(), name)


# -- previews ------------------------------------------------------------------------------------------------


SHORT = """\
会议: {名称: 青石县防火工作会议, 类型: 工作会, 主题: 森林防火, 层级: 县, 语气: 务实}
人员: [{姓名: 梁永清, 职务: 县长}]
讲话: [{讲话人: 梁永清}]
"""


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("'{{会议.名称}}开得好。'", "青石县防火工作会议开得好。"),
        ("'{{讲话.讲话人.全称}}说。'", "县长梁永清说。"),
        ("{文: 好。, 语气: 亲切}", "只用于语气亲切，这份文稿是“务实”"),
        ("{文: 好。, 层级: 镇}", "只用于层级镇，这场会是“县”"),
        ("{文: 好。, 条件: 会议.合并会议}", "条件不成立：会议.合并会议（没有会议.合并会议）"),
        ("{文: 好。, 条件: '会议.类型 == \"推进会\"'}", '条件不成立：会议.类型 == "推进会"'),
        ("'{{会议.合并会议[0].名称}}好。'", "缺会议.合并会议"),
        ("'{{会议.背景|顿号}}，{{讲话.任务|中文}}件。'", "缺会议.背景、讲话.任务"),
        ("'{{会议.没有}}好。'", "没有“会议.没有”这个变量"),
    ],
)
def test_how_a_phrase_reads_and_why_it_cannot_stand(shelf: Shelf, entry: str, says: str) -> None:
    path = shelf.folder / "meeting" / "meeting.yaml"
    path.parent.mkdir()
    path.write_text(SHORT, encoding="utf-8")
    (shelf.folder / "corpora").mkdir()
    Shelf(shelf.folder / "corpora").phrases(entry)
    (showing,) = preview(load_meeting(path), SLOT, corpora=[shelf.folder / "corpora"])
    (reading,) = [r for r in showing.readings if r.phrase.id.endswith("甲1")]
    assert (reading.text or reading.reason) == says


def test_why_a_word_cannot_be_said_at_a_level(shelf: Shelf) -> None:
    path = shelf.put(SHORT, "meeting.txt")
    (shelf.folder / "corpora").mkdir()
    own = Shelf(shelf.folder / "corpora")
    own.phrases("各级都好。")
    own.put("层级:\n  县: {不说: [各级]}\n", "forms.yaml")
    (showing,) = preview(load_meeting(path), SLOT, corpora=[own.folder])
    (reading,) = [r for r in showing.readings if r.phrase.id.endswith("甲1")]
    assert reading.reason == "在县一级不说“各级”（forms.yaml的“层级”）"


def test_a_phrase_on_another_matter_has_no_place(shelf: Shelf) -> None:
    path = shelf.put(SHORT, "meeting.txt")
    (shelf.folder / "corpora").mkdir()
    own = Shelf(shelf.folder / "corpora")
    own.put(
        "细目: {水: [河道, 排口], 火: [森林, 山火]}\n短语: {讲话.号召: {甲1: 管住排口。, 甲2: 管住山火。}}\n"
    )
    (showing,) = preview(load_meeting(path), SLOT, corpora=[own.folder])
    told = {r.phrase.id[-2:]: r.text or r.reason for r in showing.readings if "甲" in r.phrase.id}
    assert told == {"甲1": "说到的细目会议文件没有说到：河道、排口", "甲2": "管住山火。"}


def test_other_topics_have_no_place(meeting: Meeting) -> None:
    showings = preview(meeting, "讲话.意义.实际")
    reasons = {r.reason for one in showings for r in one.readings if r.phrase.use.topic == "安全生产"}
    assert reasons == {"只用于题材“安全生产”，这场会是“创卫”"}


def test_the_marked_ones_are_those_of_the_draft(meeting: Meeting) -> None:
    for seed in ("", "乙"):
        (showing,) = preview(meeting, "讲话.进展", seed=seed)
        marked = {reading.phrase.id for reading in showing.readings if reading.is_chosen}
        speech = next(one for one in draft(meeting, seed=seed) if one.name == showing.document)
        used = {id_ for row in trace(speech.manuscript) for id_ in row["phrases"]}  # type: ignore[attr-defined]
        assert marked == {id_ for id_ in used if id_.startswith("讲话.进展/")}
        assert marked
        lines = list(shown_previews([showing]))
        assert sum(line.startswith("  ＊") for line in lines) == len(marked)


def test_every_place_is_shown(meeting: Meeting) -> None:
    showings = preview(meeting, "讲话.任务.缘由")
    assert [showing.number for showing in showings] == list(range(1, len(showings) + 1))
    assert (
        len({next(r.text for r in showing.readings if r.text) for showing in showings}) == len(showings) > 1
    )


def test_slots_that_are_not_there(meeting: Meeting) -> None:
    assert preview(meeting, "主持.请.揭牌") == ()
    with pytest.raises(UnknownNameError, match=r"讲话\.号召"):
        preview(meeting, "讲话.号招")


# -- trials --------------------------------------------------------------------------------------------------


def test_trials_count_what_is_chosen_and_what_might_have_been() -> None:
    corpus, outlines, told = load_corpus(), load_outlines(), list[int]()
    meetings = starters()[:2]
    trials = run_trials(corpus, outlines, meetings, 5, told.append)
    assert (trials.drafts, told) == (5, [1, 2, 3, 4, 5])
    phrases = {phrase.id for group in corpus.phrases.values() for phrase in group}
    assert {id_ for id_ in trials.uses if id_ in phrases} <= set(trials.offered)
    slots = {id_.partition("/")[0] for id_ in trials.expected}
    for slot in slots:
        uses = sum(n for id_, n in trials.uses.items() if id_.startswith(f"{slot}/"))
        expected = sum(n for id_, n in trials.expected.items() if id_.startswith(f"{slot}/"))
        assert expected == pytest.approx(uses), slot


def test_trials_are_the_same_each_time() -> None:
    corpus, outlines, meetings = load_corpus(), load_outlines(), starters()[:1]
    first, second = (run_trials(corpus, outlines, meetings, 3) for _ in range(2))
    assert first.uses == second.uses
    assert first.expected == second.expected
