"""From a meeting to its drafts: names, gaps, seeds, folders of one's own, traces."""

import re
from pathlib import Path
from typing import Any

import pytest

from speechkit.corpus import CorpusError
from speechkit.diagnostics import Severity
from speechkit.drafting import Draft, draft
from speechkit.manuscript import Cue, Heading, Manuscript, Salutation
from speechkit.meeting import EVENT_KINDS, ITEM_KINDS, Meeting, load_meeting
from speechkit.planning import PlanningError
from speechkit.supply import PhrasingError

BASE: dict[str, Any] = {
    "会议": {"名称": "防火会", "主题": "森林防火", "时间": "2026-09-28", "主持人": "县长", "层级": "县"},
    "人员": [
        {"代号": "书记", "姓名": "陈国梁", "职务": "县委书记"},
        {"代号": "县长", "姓名": "钟成", "职务": "县委副书记、县长"},
        {"姓名": "马骏", "职务": "县林业局局长"},
        {"姓名": "余生", "职务": "研究员", "单位": "省林科院", "来宾": "是", "称呼": "余老师"},
    ],
}


def meeting(**parts: Any) -> Meeting:
    return Meeting.model_validate(BASE | parts)


def drafts(genre: str, **parts: Any) -> tuple[Draft, ...]:
    return draft(meeting(**parts), genres=[genre])


def text(manuscript: Manuscript) -> str:
    return "\n".join(getattr(block, "text", "") for block in manuscript.blocks)


def script(*items: dict[str, Any], **parts: Any) -> str:
    return text(drafts("主持词", 议程=list(items), **parts)[0].manuscript)


# -- which documents


def test_one_document_of_a_genre_bears_its_name() -> None:
    made = draft(meeting(讲话=[{"讲话人": "书记"}], 汇报=[{"单位": "红岩镇"}]))
    assert [(d.name, d.genre) for d in made] == [
        ("主持词", "主持词"),
        ("讲话稿", "讲话稿"),
        ("汇报材料", "汇报材料"),
    ]


@pytest.mark.parametrize(
    ("speeches", "names"),
    [
        ([{"讲话人": "书记"}, {"讲话人": "马骏"}], ["讲话稿-陈国梁", "讲话稿-马骏"]),
        ([{"讲话人": "书记"}, {"讲话人": "书记"}], ["讲话稿-陈国梁", "讲话稿-陈国梁-2"]),
        ([{"讲话人": "书记"}, {"分钟": 5}], ["讲话稿-陈国梁", "讲话稿-待补讲话人姓名"]),
    ],
)
def test_several_are_told_apart(speeches: list[dict[str, Any]], names: list[str]) -> None:
    assert [d.name for d in drafts("讲话稿", 讲话=speeches)] == names


@pytest.mark.parametrize("unit", ["县/林业局", "..", "a:b", "C:\\林业局", "con?", "长" * 90])
def test_names_can_be_file_names(unit: str) -> None:
    names = [d.name for d in drafts("汇报材料", 汇报=[{"单位": unit}, {"单位": "红岩镇"}])]
    assert len(set(names)) == 2
    for name in names:
        assert not set(name) & set('\\/:*?"<>|')
        assert len(name) < 60
        assert not name.endswith((".", "-"))


def test_only_the_genres_that_are_wanted() -> None:
    assert {d.genre for d in draft(meeting(讲话=[{}], 汇报=[{}]), genres=["汇报材料", "主持词"])} == {
        "汇报材料",
        "主持词",
    }


# -- gaps


def test_what_is_missing_is_said_once() -> None:
    (made,) = drafts("讲话稿", 会议={"类型": "推进会"}, 讲话=[{"任务": ["设卡"]}])
    gaps = [f.message for f in made.findings if f.severity is Severity.WARNING]
    assert gaps == [
        "会议文件里缺少：会议名称",
        "会议文件里缺少：会议主题",
        "会议文件里缺少：讲话人姓名",
    ]
    assert made.has_gaps


def test_a_full_meeting_has_no_gaps() -> None:
    (made,) = drafts("讲话稿", 讲话=[{"讲话人": "书记"}])
    assert not made.has_gaps


def test_a_length_that_is_not_met_is_no_gap() -> None:
    (made,) = drafts("讲话稿", 讲话=[{"讲话人": "书记", "分钟": 200}])
    assert [f.severity for f in made.findings] == [Severity.SUGGESTION]
    assert "40000" in made.findings[0].message
    assert not made.has_gaps


def test_nothing_at_all() -> None:
    made = draft(Meeting.model_validate({"讲话": [{}], "汇报": [{}]}))
    assert [d.genre for d in made] == ["主持词", "讲话稿", "汇报材料"]
    assert all(d.has_gaps for d in made)


# -- calls


def test_a_chain_is_called_one_by_one() -> None:
    called = script({"类型": "表态发言", "发言": [{"单位": "甲镇"}, {"单位": "乙镇"}, {"单位": "丙镇"}]})
    first, second, third = [line for line in called.split("\n") if re.search("请.镇(作表态)?发言", line)]
    assert "甲镇" in first
    assert "乙镇" in first
    assert "准备" in first
    assert "丙镇" in second
    assert "准备" in second
    assert "丙镇" in third
    assert "准备" not in third


def test_the_host_speaks_of_himself_as_i() -> None:
    called = script({"类型": "讲话", "讲话人": "县长"}, {"类型": "讲话", "讲话人": "书记"})
    assert "钟" not in called
    assert "我" in called


def test_guests_are_thanked() -> None:
    def is_thanked(speaker: str, name: str) -> bool:
        lines = script({"类型": "交流发言", "发言": [{"发言人": speaker}]}).split("\n")
        return any(name in line and "谢" in line for line in lines)

    assert is_thanked("余生", "余老师")
    assert not is_thanked("马骏", "马")


def test_people_are_introduced_once() -> None:
    called = script(
        {"类型": "通报情况", "发言": [{"发言人": "马骏"}]}, {"类型": "表态发言", "发言": [{"发言人": "马骏"}]}
    )
    assert called.count("县林业局局长马骏") == 1
    assert "马局长" in called


def test_what_is_done_or_put_off_is_named_with_its_reason_or_not_at_all() -> None:
    done = {"类型": "观看短片", "名称": "看警示片", "安排": {"状态": "会前已完成", "说明": "昨天已经看过"}}
    assert "昨天已经看过" in script(done, {"类型": "讲话"})
    silent = {**done, "安排": {"状态": "会前已完成", "说明": "昨天已经看过", "提及": "否"}}
    assert "看警示片" not in script(silent, {"类型": "讲话"})


def test_times_of_day_stand_before_their_items() -> None:
    (made,) = drafts("主持词", 议程=[{"类型": "通报情况", "时间": "8:40"}, {"类型": "讲话"}])
    cues = [block.text for block in made.manuscript.blocks if isinstance(block, Cue)]
    assert cues[0] == "8:40"
    assert sum("8:40" in cue for cue in cues) == 1


def test_the_writers_own_words_are_called_as_they_stand() -> None:
    called = script({"类型": "自定", "名称": "默哀", "串词": "请全体起立，默哀一分钟", "提示": "默哀毕"})
    assert "请全体起立，默哀一分钟。" in called
    assert "默哀毕" in called


def test_steps_are_called_each_by_its_kind() -> None:
    steps = [
        {"类型": "宣读文件", "文件": [{"标题": "表彰决定", "宣读人": "马骏"}]},
        {"类型": "表彰颁奖", "批次": [{"名目": "优秀护林员", "对象": "甲镇"}]},
    ]
    called = script({"类型": "表彰颁奖", "名称": "表彰先进", "步骤": steps}, {"类型": "讲话"})
    order = [called.index(word) for word in ("表彰先进", "《表彰决定》", "优秀护林员", "领导讲话")]
    assert called.count("第一项") + called.count("首先进行") <= 2
    assert order[0] < order[1] < order[2]


def test_salutation_is_the_meetings_own() -> None:
    event = BASE["会议"] | {"称呼": "各位护林员"}
    made = draft(meeting(会议=event, 讲话=[{"讲话人": "书记"}]), genres=["主持词", "讲话稿"])
    for one in made:
        salutation = next(b.text for b in one.manuscript.blocks if isinstance(b, Salutation))
        assert salutation == "各位护林员"


# -- choice

TASKS: list[Any] = [{"名称": "管住火源", "措施": "设卡32处"}, {"名称": "备足力量"}]
SPEECH: dict[str, Any] = {"讲话人": "书记", "分钟": 8, "任务": TASKS, "问题": ["火源难管"]}
RICH: dict[str, Any] = {"讲话": [SPEECH]}


def test_seeds() -> None:
    made = {seed: draft(meeting(**RICH), seed=seed) for seed in ("", "一", "二")}
    assert made[""] == draft(meeting(**RICH))
    assert made["一"] == draft(meeting(**RICH), seed="一")
    assert len({text(ds[1].manuscript) for ds in made.values()}) == 3


@pytest.mark.parametrize("level", ["", "县", "单位"])
@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_a_speech_of_any_meeting_has_words_for_every_place(kind: str, level: str) -> None:
    event = {"名称": "某会", "主题": "园林绿化", "类型": kind, "层级": level}
    (made,) = drafts("讲话稿", 会议=event, 讲话=[{"讲话人": "书记"}])
    assert not [finding.message for finding in made.findings if "没有可用" in finding.message]


@pytest.mark.parametrize("before", [kind for kind in ITEM_KINDS if kind != "自定"])
@pytest.mark.parametrize("kind", ["部署会", "座谈会", "签约仪式"])
def test_a_speech_after_anything_has_words_for_every_place(kind: str, before: str) -> None:
    event = {"名称": "某会", "主题": "园林绿化", "类型": kind}
    agenda = [{"类型": before}, {"类型": "讲话", "讲话人": "书记"}]
    (made,) = drafts("讲话稿", 会议=event, 议程=agenda, 讲话=[{"讲话人": "书记"}])
    assert not [finding.message for finding in made.findings if "没有可用" in finding.message]


@pytest.mark.parametrize("number", [1, 3, 5, 7])
@pytest.mark.parametrize("kind", ["推进会", "座谈会", "表彰会"])
def test_a_task_that_no_corpus_knows_has_words_for_every_place(kind: str, number: int) -> None:
    names = ("修订族谱", "调整菜篮子", "更新路牌", "清点库存")
    tasks = [{"名称": name, "措施": [f"把第{n}件事办好" for n in range(number)]} for name in names]
    speech = {"讲话人": "书记", "分钟": 15, "任务": tasks, "要求": [{"标题": "守时", "内容": ["已经排好班"]}]}
    event = {"名称": "某会", "主题": "族谱更新", "类型": kind}
    (made,) = drafts("讲话稿", 会议=event, 讲话=[speech])
    assert not [finding.message for finding in made.findings if "没有可用" in finding.message]


def test_another_task_leaves_the_wording_of_the_rest_alone() -> None:
    """The writer who adds a task finds what he has read before."""
    speech = SPEECH | {"分钟": None}
    more = speech | {"任务": [*TASKS, {"名称": "修好瞭望塔"}]}
    (before,), (after,) = drafts("讲话稿", 讲话=[speech]), drafts("讲话稿", 讲话=[more])
    old = [s for p in before.manuscript.paragraphs for s in p.text.split("。")]
    new = {s for p in after.manuscript.paragraphs for s in p.text.split("。")}
    assert sum(sentence in new for sentence in old) >= 0.8 * len(old)


def test_own_headings() -> None:
    speech = SPEECH | {"小标题": {"任务": "四句话要记牢"}}
    (made,) = drafts("讲话稿", 讲话=[speech])
    headings = [b.text for b in made.manuscript.blocks if isinstance(b, Heading) and b.level == 1]
    assert headings[1] == "四句话要记牢"
    assert len(headings) == 3


def test_avoid_is_asked() -> None:
    plain = text(draft(meeting(**RICH), genres=["讲话稿"])[0].manuscript)
    asked: list[str] = []

    def avoid(told: str) -> bool:
        asked.append(told)
        return told in plain

    other = text(draft(meeting(**RICH), genres=["讲话稿"], avoid=avoid)[0].manuscript)
    assert asked
    assert other != plain


# -- folders of one's own


def test_a_users_phrases_and_outlines(tmp_path: Path) -> None:
    (tmp_path / "便条.yaml").write_text(
        "文种: 便条\n取自: 会议\n标题: 便条.标题\n正文: [{段: [便条.话]}]\n", encoding="utf-8"
    )
    words = tmp_path / "词"
    words.mkdir()
    (words / "a.yaml").write_text(
        "短语:\n  便条.标题: {'01': '关于{{主题}}的便条'}\n  便条.话: {'01': '{{会议.名称}}开过了。'}\n",
        encoding="utf-8",
    )
    (made,) = draft(meeting(), genres=["便条"], corpora=[words], outlines=[tmp_path])
    assert (made.manuscript.title, text(made.manuscript)) == ("关于森林防火的便条", "防火会开过了。")


@pytest.mark.parametrize(
    "phrase",
    [
        "{{会议.名称.__class__}}",
        "{{会议['__class__']}}",
        "{{''.__class__.__mro__}}",
        "{% for a in 会议.参会 %}{{a.__init__()}}{% endfor %}",
        "{{ cycler.__init__ }}",
        "{{",
        "{% for a in 会议.参会 %}",
    ],
)
def test_a_hostile_or_broken_corpus(tmp_path: Path, phrase: str) -> None:
    """Whether the draw would have come upon it or not."""
    path = tmp_path / "坏.yaml"
    path.write_text(f'短语:\n  主持.称呼:\n    "99": "{phrase}"\n', encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        draft(meeting(), genres=["主持词"], corpora=[tmp_path])
    assert f"{path}：第3行" in str(caught.value)


def test_a_phrase_that_names_what_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('短语:\n  甲.话:\n    "01": "{{没有}}"\n', encoding="utf-8")
    (tmp_path / "b.yaml").write_text("文种: 便条\n取自: 会议\n标题: 甲.话\n正文: [{段: [甲.话]}]\n")
    words = tmp_path / "词"
    words.mkdir()
    (tmp_path / "a.yaml").rename(words / "a.yaml")
    with pytest.raises(PhrasingError, match="第3行"):
        draft(meeting(), genres=["便条"], corpora=[words], outlines=[tmp_path])


def test_an_outline_that_names_what_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "speech.yaml").write_text(
        "文种: 讲话稿\n取自: 讲话\n标题: 讲话.标题\n正文: [{段: [甲], 当: 讲话.主题曲}]\n", encoding="utf-8"
    )
    with pytest.raises(PlanningError, match="讲话稿"):
        draft(meeting(讲话=[{}]), outlines=[tmp_path])


def test_who_speaks_next_says_it_in_other_words() -> None:
    speeches = [SPEECH, SPEECH | {"讲话人": "县长"}]
    first, second = drafts("讲话稿", 讲话=speeches)
    said = [s for p in first.manuscript.paragraphs for s in p.text.split("。") if len(s) > 8]
    own = {s for p in second.manuscript.paragraphs for s in p.text.split("。")}
    facts = ("管住火源", "备足力量", "设卡32处", "火源难管")
    assert not [s for s in said if s in own and not any(fact in s for fact in facts)]


@pytest.mark.parametrize(
    ("sanctions", "apart"),
    [
        (["对敷衍塞责的严肃问责"], False),
        (["对敷衍塞责、隐情不报的单位和个人严肃问责", "对成绩突出的单位和个人在年底予以通报表彰"], True),
    ],
)
def test_many_words_of_praise_and_blame_have_a_paragraph_of_their_own(
    sanctions: list[str], apart: bool
) -> None:
    demand = {"标题": "强化督查", "内容": ["每月督查一次", "结果在全县通报", *sanctions]}
    for seed in "甲乙丙":
        (one,) = draft(meeting(讲话=[SPEECH | {"要求": [demand]}]), genres=["讲话稿"], seed=seed)
        (blamed,) = [p.text for p in one.manuscript.paragraphs if "敷衍塞责" in p.text]
        assert ("每月督查一次" not in blamed) == apart


@pytest.mark.parametrize("measures", [4, 5])
def test_four_measures_or_more_are_told_one_by_one(measures: int) -> None:
    told = [f"{verb}{number}号检查站" for number, verb in enumerate(["新建", "扩建", "改造", "修缮", "启用"])]
    task = {"名称": "建好检查站", "措施": told[:measures]}
    for seed in "甲乙丙":
        speech = {"讲话人": "书记", "任务": [task]}
        (one,) = draft(meeting(讲话=[speech]), genres=["讲话稿"], seed=seed)
        (row,) = [p.text for p in one.manuscript.paragraphs if "0号检查站" in p.text]
        numbered = re.findall("[一二三四五]是要?(?:新建|扩建|改造|修缮|启用)", row)
        assert len(numbered) == measures


EXAMPLES = Path(__file__).parent.parent / "examples"


def test_a_short_draft_says_what_would_fill_it() -> None:
    meeting = load_meeting(EXAMPLES / "safety" / "meeting.yaml")
    speech = meeting.speeches[1].model_copy(update={"minutes": 40})
    asked = meeting.model_copy(update={"speeches": (speech,)})
    (one,) = draft(asked, genres=["讲话稿"])
    (remark,) = [finding.message for finding in one.findings if "要求约" in finding.message]
    assert "再写上进展、数据、目标、任务" in remark
    assert "问题" not in remark.partition("再写上")[2].partition("，文章")[0]


def test_a_task_without_measures_is_named_where_the_draft_is_short() -> None:
    meeting = load_meeting(EXAMPLES / "safety" / "meeting.yaml")
    speech = meeting.speeches[0]
    bare = speech.tasks[0].model_copy(update={"measures": (), "deadline": ""})
    full = speech.model_copy(
        update={
            "minutes": 120,
            "tasks": (bare,),
            "significance": ("安全是底线",),
            "background": ("汛期将至",),
        }
    )
    (one,) = draft(meeting.model_copy(update={"speeches": (full,)}), genres=["讲话稿"])
    assert any("任务“整治危险化学品隐患”的措施、时限" in finding.message for finding in one.findings)
