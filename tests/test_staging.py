"""The facts of one document as its speaker, host or unit has them."""

from pathlib import Path
from typing import Any

import pytest

from speechkit.corpus import load_corpus
from speechkit.filters import MISSING
from speechkit.meeting import Meeting
from speechkit.staging import Stage, stages
from speechkit.templating import holds, render

FORMS = load_corpus().forms
PEOPLE = [
    {"姓名": "陈国梁", "职务": "县委书记"},
    {"姓名": "周立新", "职务": "县委副书记、县长"},
    {"姓名": "何敏", "职务": "副县长"},
    {"姓名": "马骏", "职务": "局长", "单位": "县住建局"},
]


def meeting(**parts: Any) -> Meeting:
    event = {"主持人": "周立新"} | parts.pop("会议", {})
    return Meeting.model_validate({"会议": event, "人员": PEOPLE} | parts)


def stage(source: str, **parts: Any) -> Stage:
    return stages(meeting(**parts), FORMS, source)[0]


def script(*items: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return stage("会议", 议程=list(items), **parts).scope


def names(mentions: Any) -> list[str]:
    return [mention.full for mention in mentions]


def kinds(items: Any) -> list[str]:
    return [str(item["类型"]) for item in items]


def test_one_stage_for_each_document() -> None:
    data = meeting(讲话=[{"讲话人": "陈国梁"}, {"讲话人": "何敏"}], 汇报=[{"单位": "城关镇"}])
    assert [s.label for s in stages(data, FORMS, "讲话")] == ["陈国梁", "何敏"]
    assert [s.label for s in stages(data, FORMS, "汇报")] == ["城关镇"]
    assert len(stages(data, FORMS, "会议")) == 1


# -- numbers


def test_ordinals_pass_over_what_is_not_numbered_or_not_held() -> None:
    items = script(
        {"类型": "奏唱国歌", "编号": "否"},
        {"类型": "表态发言"},
        {"类型": "讨论审议", "安排": {"状态": "另行安排"}},
        {"类型": "讲话", "步骤": [{"类型": "宣誓"}]},
    )["议程"]
    assert [item["序号"] or None for item in items] == [None, 1, None, 2]
    assert [item["最后"] for item in items] == [False, False, False, True]
    assert items[3]["步骤"][0]["序号"] is MISSING


def test_the_agenda_that_is_announced_has_numbered_items_only() -> None:
    scope = script({"类型": "奏唱国歌", "编号": "否"}, {"类型": "表态发言"}, {"类型": "讲话"})
    assert kinds(scope["议项"]) == ["表态发言", "讲话"]


def test_total_of_those_who_attend() -> None:
    known = [{"群体": "各镇镇长", "人数": 12}, {"群体": "局长", "人数": 30}]
    assert script(会议={"参会": known})["会议"]["总人数"] == "42"
    assert script(会议={"参会": [*known, "在家的县级领导"]})["会议"]["总人数"] is MISSING


# -- who


def test_a_colleague_alone_is_introduced_as_one() -> None:
    item = script({"类型": "通报情况", "发言": [{"发言人": "马骏"}]})["议程"][0]
    comrade = item["同志"]
    assert (comrade.full, comrade.short) == ("县住建局局长马骏同志", "马骏同志")
    # Named again elsewhere, as 马局长, he is not introduced again.
    assert comrade == item["众人"][0]


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"讲话人": "陈国梁", "类型": "讲话"}, "推进会"),
        ({"发言": [{"发言人": "马骏"}, {"发言人": "何敏"}], "类型": "表态发言"}, "推进会"),
        ({"发言": [{"单位": "县供电公司"}], "类型": "表态发言"}, "推进会"),
        ({"讲话人": "马骏", "类型": "讲话"}, "座谈会"),
    ],
)
def test_no_comrade_among_several_guests_or_above_all(parts: dict[str, Any], kind: str) -> None:
    assert script(parts, 会议={"类型": kind})["议程"][0]["同志"] is MISSING


def test_a_chain_knows_who_comes_next() -> None:
    turns = script(
        {
            "类型": "表态发言",
            "发言": [{"发言人": "马骏"}, {"单位": "城关镇"}, {"发言人": "何敏", "单位": "指挥部"}],
        }
    )["议程"][0]["轮次"]
    assert names(turn["人"] for turn in turns) == ["县住建局局长马骏", "城关镇", "指挥部副县长何敏"]
    assert names(turn["下一位"] for turn in turns[:-1]) == ["城关镇", "指挥部副县长何敏"]
    assert turns[-1]["下一位"] is MISSING


@pytest.mark.parametrize(
    ("item", "gap"),
    [
        ({"类型": "讲话"}, "【待补：讲话人姓名】"),
        ({"类型": "表态发言", "发言": [{}]}, "【待补：发言人姓名】"),
        ({"类型": "宣读文件", "文件": ["关于防火的通知"]}, "【待补：宣读人姓名】"),
        ({"类型": "通报情况", "发言": [{}]}, "【待补：通报人姓名】"),
        ({"类型": "工作汇报", "发言": [{}]}, "【待补：汇报人姓名】"),
        ({"类型": "宣誓"}, "【待补：领誓人姓名】"),
    ],
)
def test_gaps_where_somebody_has_to_be_named(item: dict[str, Any], gap: str) -> None:
    assert script(item)["议程"][0]["轮次"][0]["人"].full == gap


@pytest.mark.parametrize("kind", ["观看短片", "揭牌", "休会", "奏唱国歌", "签订责任书", "现场观摩"])
def test_no_gap_where_nobody_has_to_be_named(kind: str) -> None:
    assert script({"类型": kind})["议程"][0]["轮次"][0]["人"] is MISSING


@pytest.mark.parametrize("kind", ["介绍来宾", "主持人总结", "表决"])
def test_the_host_does_it_where_nobody_is_named(kind: str) -> None:
    turn = script({"类型": kind})["议程"][0]["轮次"][0]
    assert turn["人"].full == "县委副书记、县长周立新"
    assert turn["本人"]


def test_the_host_as_a_speaker_is_himself() -> None:
    items = script({"类型": "讲话", "讲话人": "周立新"}, {"类型": "讲话", "讲话人": "何敏"})["议程"]
    assert [item["轮次"][0]["本人"] for item in items] == [True, False]


def test_only_the_highest_leader_speaks_with_weight() -> None:
    items = script(
        {"类型": "讲话", "讲话人": "陈国梁"}, {"类型": "讲话", "讲话人": "何敏"}, {"类型": "讲话"}
    )["议程"]
    assert [item["重要"] for item in items] == [True, False, False]


def test_nobody_calls_his_own_speech_weighty() -> None:
    item = script({"类型": "讲话", "讲话人": "陈国梁"}, 会议={"主持人": "陈国梁"})["议程"][0]
    assert item["重要"] is False


def test_the_host_does_not_name_himself_among_those_on_the_platform() -> None:
    people = [{"姓名": "周宁", "职务": "县长"}, {"姓名": "何平", "职务": "副县长"}]
    event = {"名称": "会", "主持人": "何平", "主席台": ["周宁", "何平"]}
    assert names(stage("会议", 会议=event, 人员=people).scope["会议"]["主席台"]) == ["县长周宁"]


def test_guests_are_marked() -> None:
    people = [*PEOPLE, {"姓名": "郑宏图", "职务": "董事长", "来宾": "是"}]
    items = script({"类型": "讲话", "讲话人": "郑宏图"}, {"类型": "讲话", "讲话人": "何敏"}, 人员=people)[
        "议程"
    ]
    assert [item["轮次"][0]["来宾"] for item in items] == [True, False]


def test_two_with_the_same_short_form_keep_their_whole_names() -> None:
    people = [*PEOPLE, {"姓名": "何伟", "职务": "副县长"}]
    turns = script({"类型": "表态发言", "发言": [{"发言人": "何敏"}, {"发言人": "马骏"}]}, 人员=people)[
        "议程"
    ][0]["轮次"]
    assert [turn["人"].short for turn in turns] == ["何敏县长", "马局长"]


# -- what


@pytest.mark.parametrize(
    ("item", "subject", "units"),
    [
        (
            {"类型": "签订责任书", "文书": "防火责任书", "单位": ["甲镇", "乙镇"]},
            "防火责任书",
            ["甲镇", "乙镇"],
        ),
        ({"类型": "观看短片", "片名": "《山火》"}, "山火", []),
        ({"类型": "揭牌", "牌匾": "防火中心"}, "防火中心", []),
        ({"类型": "宣誓", "宣誓人": "全体队员"}, None, ["全体队员"]),
        ({"类型": "现场观摩", "地点": ["物资库", "瞭望塔"]}, None, ["物资库", "瞭望塔"]),
        ({"类型": "表决", "事项": ["通过章程", "选举会长"]}, "通过章程、选举会长", []),
        ({"类型": "表彰颁奖", "批次": [{"名目": "先进", "对象": "甲镇"}]}, "先进", ["甲镇"]),
        ({"类型": "宣读文件", "文件": ["《关于防火的通知》"]}, "关于防火的通知", []),
        ({"类型": "表态发言", "发言": [{"单位": "甲镇", "题目": "守住山"}]}, "守住山", ["甲镇"]),
    ],
)
def test_what_a_turn_is_about(item: dict[str, Any], subject: str | None, units: list[str]) -> None:
    turn = script(item)["议程"][0]["轮次"][0]
    assert (turn["名目"] or None) == subject
    assert list(turn["单位"]) == units


def test_an_item_gathers_what_its_turns_hold() -> None:
    item = script(
        {
            "类型": "表彰颁奖",
            "批次": [
                {"名目": "先进集体", "对象": ["甲镇", "乙镇"], "颁发人": ["陈国梁", "何敏"]},
                {"名目": "先进个人", "对象": ["甲镇"], "颁发人": ["陈国梁"]},
            ],
        }
    )["议程"][0]
    assert names(item["众人"]) == ["县委书记陈国梁", "副县长何敏"]
    assert item["各单位"] == ["甲镇", "乙镇"]
    assert item["各名目"] == ["先进集体", "先进个人"]


@pytest.mark.parametrize(
    ("item", "name", "signed"),
    [
        ({"文书": "防火责任书"}, "签订《防火责任书》", "责任书"),
        ({"文书": "防火责任书", "编号": False}, "签订《防火责任书》", "《防火责任书》"),
        ({"文书": "防火责任书", "名称": "现场签约"}, "现场签约", "《防火责任书》"),
        ({}, "签订责任书", "责任书"),
    ],
)
def test_a_document_is_named_in_full_once(item: dict[str, Any], name: str, signed: str) -> None:
    view = script({"类型": "签订责任书", "单位": ["甲镇"], **item})["议程"][0]
    assert (view["名称"], view["轮次"][0]["文书"]) == (name, signed)


def test_points_of_the_item_and_of_its_turns() -> None:
    item = script({"类型": "表态发言", "要点": "甲", "发言": [{"单位": "甲镇", "要点": ["乙", "丙"]}]})[
        "议程"
    ][0]
    assert list(item["要点"]) == ["甲", "乙", "丙"]


def test_a_joint_meeting_is_named_with_both_names() -> None:
    joint = [{"名称": "市场整治启动会"}]
    assert (
        script(会议={"名称": "创卫推进会", "合并会议": joint})["会议"]["名称"] == "创卫推进会暨市场整治启动会"
    )
    whole = "创卫推进会暨市场整治启动会"
    assert script(会议={"名称": whole, "合并会议": joint})["会议"]["名称"] == whole


@pytest.mark.parametrize(
    ("event", "source", "text"),
    [
        ({}, "{{主题}}", "【待补：会议主题】"),
        ({}, "{{会议.名称}}", "【待补：会议名称】"),
        ({"主题": "防火工作"}, "{{主题}}{{简题}}", "防火防火"),
        ({"主题": "防火", "主题简称": "林火"}, "{{主题}}{{简题}}", "防火林火"),
        ({"名称": "防火会"}, "{{会议.简称}}", "防火会"),
        ({"层级": "市"}, "{{本地}}{{全域}}", "我市全市"),
        ({"时间": "2026-08-20 09:00"}, "{{会议.日期}}", "2026年8月20日"),
    ],
)
def test_everyday_facts(event: dict[str, str], source: str, text: str) -> None:
    assert render(source, script(会议=event)) == text


def test_without_a_level_there_is_no_local_form() -> None:
    assert not holds("本地 or 全域", script())


# -- what has gone before

AGENDA: list[dict[str, Any]] = [
    {"类型": "奏唱国歌"},
    {"类型": "宣读文件", "文件": [{"标题": "通知", "宣读人": "何敏"}]},
    {"类型": "观看短片", "安排": {"状态": "会前已完成"}},
    {"类型": "讲话", "讲话人": "周立新"},
    {"类型": "休会"},
    {"类型": "讲话", "讲话人": "陈国梁"},
    {"类型": "揭牌"},
    {"类型": "主持人总结", "编号": "否"},
    {"类型": "交流发言", "发言": [{"单位": "甲镇"}]},
]


@pytest.mark.parametrize(
    ("speaker", "before"),
    [
        ("周立新", ["宣读文件"]),
        ("陈国梁", ["宣读文件", "讲话"]),
        ("何敏", ["宣读文件", "揭牌", "交流发言"]),
        ("", ["宣读文件", "揭牌", "交流发言"]),
    ],
)
def test_what_has_gone_before_a_speech(speaker: str, before: list[str]) -> None:
    scope = stage("讲话", 议程=AGENDA, 讲话=[{"讲话人": speaker}]).scope
    assert kinds(scope["前项"]) == before


def test_what_has_gone_before_the_host_sums_up() -> None:
    scope = script(*AGENDA)
    assert kinds(scope["前项"]) == ["宣读文件", "讲话", "讲话", "揭牌"]
    assert str(scope["总结项"]["类型"]) == "主持人总结"


def test_without_summing_up_the_whole_meeting_has_gone_before() -> None:
    scope = script(*AGENDA[:3], *AGENDA[5:7])
    assert kinds(scope["前项"]) == ["宣读文件", "讲话", "揭牌"]
    assert scope["总结项"] is MISSING


def test_steps_have_gone_before_one_by_one() -> None:
    steps = [{"类型": "宣读文件", "文件": ["决定"]}, {"类型": "表彰颁奖", "批次": [{"名目": "先进"}]}]
    scope = script({"类型": "表彰颁奖", "步骤": steps})
    assert kinds(scope["前项"]) == ["宣读文件", "表彰颁奖"]


# -- speeches and reports


@pytest.mark.parametrize(
    ("speech", "agenda", "stance"),
    [
        ({"立场": "总结"}, AGENDA, "总结"),
        ({}, AGENDA, "强调"),
        ({}, [], "部署"),
    ],
)
def test_stance(speech: dict[str, str], agenda: list[Any], stance: str) -> None:
    scope = stage("讲话", 议程=agenda, 讲话=[{"讲话人": "陈国梁"} | speech]).scope
    assert scope["讲话"]["立场"] == stance


@pytest.mark.parametrize(
    ("event", "told", "said"),
    [
        ({}, ["今年第一次现场会"], ["这次会议是今年第一次现场会"]),
        ({"名称": "项目签约仪式"}, ["今年第二次集中签约"], ["这次活动是今年第二次集中签约"]),
        ({}, ["这次会议是一次再动员", "也是一次总启动"], ["这次会议是一次再动员", "也是一次总启动"]),
        ({}, ["县委决定召开这次会议"], ["县委决定召开这次会议"]),
        ({}, ["第一次现场会", "一次再动员"], ["这次会议是第一次现场会", "也是一次再动员"]),
        ({}, ["这次会议是现场会", "一次再动员"], ["这次会议是现场会", "也是一次再动员"]),
        ({}, ["县委决定召开这次会议", "一次再动员"], ["县委决定召开这次会议", "这次会议是一次再动员"]),
    ],
)
def test_an_occasion_is_a_sentence(event: dict[str, Any], told: list[str], said: list[str]) -> None:
    kind = {"类型": "签约仪式"} if event else {"类型": "现场会"}
    scope = stage("讲话", 会议=event | kind, 讲话=[{"讲话人": "何敏", "场合": told}]).scope
    assert [str(one) for one in scope["讲话"]["场合"]] == said


def test_what_the_host_will_say_that_a_speaker_said_is_in_his_speech() -> None:
    people = [{"姓名": "周宁", "职务": "县长"}, {"姓名": "何平", "职务": "副县长"}]
    own = {"类型": "讲话", "讲话人": "周宁", "要点": ["先查干部占的", "滞后项目要排出赶工计划"]}
    agenda = [{"类型": "讲话", "讲话人": "何平", "要点": ["预算要一次审清"]}, own]
    task = {"名称": "赶上进度", "措施": ["滞后项目逐个排出赶工计划"]}
    speech = {"讲话人": "周宁", "任务": [task]}
    scope = stage("讲话", 人员=people, 议程=agenda, 讲话=[speech]).scope
    assert list(scope["讲话"]["要点"]) == ["先查干部占的"]


def test_what_the_host_will_say_that_a_unit_said_is_in_its_report() -> None:
    turn = {"单位": "柳湾镇", "要点": ["政策要讲在前面", "12个小区全部开工"]}
    report = {"单位": "柳湾镇", "成效": [{"内容": ["12个小区已经全部开工"]}]}
    agenda = [{"类型": "交流发言", "发言": [turn, {"单位": "城关镇", "要点": ["人手要配齐"]}]}]
    scope = stage("汇报", 议程=agenda, 汇报=[report]).scope
    assert list(scope["汇报"]["要点"]) == ["政策要讲在前面"]


def test_length_and_tone_of_a_speech() -> None:
    spoken = stage("讲话", 会议={"语气": "严肃"}, 讲话=[{"分钟": 10, "语速": 180}])
    assert (spoken.target, spoken.tone) == (1800, "严肃")
    assert stage("讲话", 会议={"语气": "严肃"}, 讲话=[{"语气": "亲切"}]).tone == "亲切"
    assert stage("讲话", 讲话=[{"讲话人": "何敏"}]).target is None


def test_requirements_with_and_without_a_heading() -> None:
    wanted = [{"标题": "严肃追责", "内容": "通报批评"}, {"内容": "每周调度"}]
    speech = stage("讲话", 讲话=[{"要求": wanted}]).scope["讲话"]
    assert [str(r["标题"]) for r in speech["要求有题"]] == ["严肃追责"]
    assert [list(r["内容"]) for r in speech["要求无题"]] == [["每周调度"]]


@pytest.mark.parametrize(
    ("text", "done", "asked", "sanctions"),
    [
        (
            ["对落实不力的严肃问责", "每月督查一次", "督查组已经成立", "成绩突出的予以表彰"],
            ["督查组已经成立"],
            ["每月督查一次"],
            ["对落实不力的严肃问责", "成绩突出的予以表彰"],
        ),
        (["每月督查一次"], [], ["每月督查一次"], []),
        (["县里成立了领导小组", "各单位成立专班"], ["县里成立了领导小组"], ["各单位成立专班"], []),
        # What is told apart would leave nothing to ask.
        (["制度已经印发", "对违反的严肃追究"], [], ["制度已经印发", "对违反的严肃追究"], []),
    ],
)
def test_what_is_done_and_what_to_expect_are_told_apart(
    text: list[str], done: list[str], asked: list[str], sanctions: list[str]
) -> None:
    speech = {"讲话人": "何敏", "要求": [{"标题": "强化督查", "内容": text}]}
    (made,) = stage("讲话", 讲话=[speech]).scope["讲话"]["要求有题"]
    told = {key: [str(one) for one in made[key]] for key in ("已办", "所求", "奖惩")}
    assert told == {"已办": done, "所求": asked, "奖惩": sanctions}


def test_an_unsettled_speaker_is_a_gap() -> None:
    assert stage("讲话", 讲话=[{}]).scope["讲话"]["讲话人"].full == "【待补：讲话人姓名】"


@pytest.mark.parametrize(
    ("report", "unit", "path"),
    [
        ({"单位": "城关镇", "汇报人": "马骏"}, "城关镇", "汇报[0].单位"),
        ({"汇报人": "马骏"}, "县住建局", "人员[3].单位"),
        ({}, "【待补：汇报单位】", "汇报[0].单位"),
    ],
)
def test_unit_of_a_report(report: dict[str, str], unit: str, path: str) -> None:
    told = stage("汇报", 汇报=[report])
    assert render("{{汇报.单位}}", told.scope) == unit
    assert told.recorder.collect() == ((path, unit),)


def test_date_of_a_report() -> None:
    event = {"时间": "2026-08-20"}
    assert stage("汇报", 会议=event, 汇报=[{"日期": "2026-08-18"}]).scope["汇报"]["日期"] == "2026年8月18日"
    assert stage("汇报", 会议=event, 汇报=[{"单位": "城关镇"}]).scope["汇报"]["日期"] == "2026年8月20日"


@pytest.mark.parametrize(
    ("kind", "name", "ceremony", "festive"),
    [
        ("签约仪式", "招商项目集中签约仪式", True, True),
        ("签约仪式", "招商项目集中签约会", False, True),
        ("其他", "护林员培训班开班典礼", True, False),
        ("其他", "护林员培训班", False, False),
        ("表彰会", "教师节表彰大会", False, True),
        ("工作会", "开工仪式筹备会", False, False),
    ],
)
def test_ceremonies_and_festive_meetings(kind: str, name: str, ceremony: bool, festive: bool) -> None:
    made = meeting(会议={"名称": name, "类型": kind, "主题": "防火"})
    event = stages(made, FORMS, "会议")[0].scope["会议"]
    assert (event["仪式"], event["喜庆"]) == (ceremony, festive)


def test_several_speeches_are_told_apart_by_the_posts_of_the_speakers() -> None:
    item = {"类型": "讲话"}
    agenda = [
        item | {"讲话人": "周立新"},
        item | {"讲话人": "陈国梁"},
        item | {"讲话人": "马骏", "名称": "发言"},
    ]
    made = meeting(议程=agenda, 会议={"主持人": "何敏"})
    items = stages(made, FORMS, "会议")[0].scope["议程"]
    assert [str(one["名称"]) for one in items] == ["县长讲话", "县委书记讲话", "发言"]
    alone = stages(meeting(议程=agenda[1:2]), FORMS, "会议")[0].scope["议程"]
    assert [str(one["名称"]) for one in alone] == ["领导讲话"]


@pytest.mark.parametrize(
    ("event", "own", "tone"),
    [
        ({"类型": "动员会"}, {}, "鼓劲"),
        ({"类型": "工作会"}, {}, ""),
        ({"类型": "动员会", "语气": "严肃"}, {}, "严肃"),
        ({"类型": "动员会", "语气": "严肃"}, {"语气": "亲切"}, "亲切"),
    ],
)
def test_the_kind_of_meeting_has_its_tone_where_none_is_given(
    event: dict[str, str], own: dict[str, str], tone: str
) -> None:
    assert stage("讲话", 会议=event, 讲话=[{"讲话人": "何敏", **own}]).tone == tone


TITLED = [
    {"类型": "通报情况", "发言": [{"单位": "城关镇", "题目": "通报"}]},
    {
        "类型": "交流发言",
        "发言": [{"单位": "城关镇", "题目": "抓早抓小"}, {"发言人": "马骏", "题目": "盯住工地"}],
    },
    {"类型": "讲话", "讲话人": "陈国梁", "题目": "干在前面"},
]


@pytest.mark.parametrize(
    ("source", "data", "title"),
    [
        ("汇报", {"单位": "城关镇"}, "抓早抓小"),
        ("汇报", {"单位": "城关镇", "题目": "自己的题目"}, "自己的题目"),
        ("汇报", {"单位": "县住建局", "汇报人": "马骏"}, "盯住工地"),
        ("汇报", {"单位": "北山镇"}, MISSING),
        ("讲话", {"讲话人": "陈国梁"}, "干在前面"),
        ("讲话", {"讲话人": "周立新"}, MISSING),
        ("讲话", {}, MISSING),
    ],
)
def test_a_title_is_taken_from_the_agenda(source: str, data: dict[str, str], title: Any) -> None:
    assert stage(source, 议程=TITLED, **{source: [data]}).scope[source]["题目"] == title


@pytest.mark.parametrize(("background", "told"), [("今年连续暴雨", True), ("今年少雨", False)])
def test_a_condition_may_ask_for_a_list_of_words(tmp_path: Path, background: str, told: bool) -> None:
    (tmp_path / "forms.yaml").write_text("词表:\n  水情: [涨水, 暴雨]\n", encoding="utf-8")
    forms = load_corpus([tmp_path]).forms
    scope = stages(meeting(讲话=[{"讲话人": "陈国梁", "背景": [background]}]), forms, "讲话")[0].scope
    assert holds("讲话.背景|提到(水情)", scope) is told
