"""An outline over the facts gives the plan of a document."""

from pathlib import Path
from typing import Any

import pytest

from speechkit.corpus import load_corpus
from speechkit.meeting import Meeting
from speechkit.outline import Outline, load_outlines
from speechkit.planning import Plan, PlannedLine, PlannedParagraph, PlannedSection, PlanningError, plan
from speechkit.staging import stages

FORMS = load_corpus().forms
MEETING: dict[str, Any] = {
    "会议": {"名称": "防火会", "时间": "2026-08-20", "主题": "防火", "纪律": ["不吸烟"]},
    "人员": [{"姓名": "何敏", "职务": "县长"}],
    "讲话": [
        {
            "讲话人": "何敏",
            "任务": [{"名称": "设卡", "措施": "设卡32处"}, {"名称": "巡山", "牵头单位": ["林业局"]}],
            "小标题": {"认识": "自拟的标题"},
        }
    ],
    "汇报": [{"单位": "城关镇"}],
}


def outline(folder: Path, body: str, head: str = "", source: str = "讲话") -> Outline:
    text = f"文种: 便条\n取自: {source}\n标题: 便条.标题\n{head}\n正文:\n{body}\n"
    (folder / "便条.yaml").write_text(text, encoding="utf-8")
    return next(one for one in load_outlines([folder]) if one.genre == "便条")


def planned(folder: Path, body: str, head: str = "", source: str = "讲话", seed: str = "") -> Plan:
    stage = stages(Meeting.model_validate(MEETING), FORMS, source)[0]
    return plan(outline(folder, body, head, source), stage, seed)


def slots(plan: Plan) -> list[str]:
    return [slot.name for slot in plan.slots()][1:]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("- 段: [甲, 乙 0-2]", ["甲", "乙"]),
        ("- {段: [甲], 当: 讲话.任务}", ["甲"]),
        ("- {段: [甲], 当: not 讲话.任务}", []),
        ("- 段: [甲, {槽: 乙, 当: 讲话.问题}]", ["甲"]),
        ("- {称呼: 甲}\n- {提示: 乙, 当: 会议.地点}", ["甲"]),
        ("- {每: 任务, 取自: 讲话.任务, 正文: [{段: ['甲.{{序}}']}]}", ["甲.1", "甲.2"]),
        ("- {每: 任务, 取自: 讲话.任务, 当: 任务.措施, 正文: [{段: ['甲.{{任务.名称}}']}]}", ["甲.设卡"]),
        ("- {每: 任务, 取自: 讲话.问题, 正文: [{段: [甲]}]}", []),
        (
            "- 段: [{每: 任务, 取自: 讲话.任务, 分句: '甲{% if 首 %}首{% endif %}{% if 末 %}末{% endif %}'}]",
            ["甲首", "甲末"],
        ),
        ("- 段: [{每: 任务, 取自: 讲话.任务, 各槽: [甲, 乙 0-1]}, 丙]", ["甲", "乙", "甲", "乙", "丙"]),
    ],
)
def test_what_comes_after_what(tmp_path: Path, body: str, names: list[str]) -> None:
    assert slots(planned(tmp_path, body)) == names


def test_parts_are_set_in(tmp_path: Path) -> None:
    body = "- 部件: 头\n- 部件: 头\n部件:\n  头: [{段: [甲]}]"
    assert slots(planned(tmp_path, body)) == ["甲", "甲"]


ANY = "- 任选:\n    - 段: [甲]\n    - 部件: 两段\n    - {段: [丁], 当: 讲话.问题}\n"
TWO = "部件:\n  两段: [{段: [乙]}, {段: [丙]}]\n"


def test_one_of_several_by_lots(tmp_path: Path) -> None:
    """Every option that may stand comes at some seed, and the same seed gives the same one."""
    found = {seed: tuple(slots(planned(tmp_path, ANY + TWO, seed=seed))) for seed in map(str, range(20))}
    assert set(found.values()) == {("甲",), ("乙", "丙")}
    assert found == {seed: tuple(slots(planned(tmp_path, ANY + TWO, seed=seed))) for seed in found}


def test_one_of_none_is_nothing(tmp_path: Path) -> None:
    assert (
        slots(planned(tmp_path, "- 任选: [{段: [甲], 当: 讲话.问题}]\n- {任选: [{段: [乙]}], 当: 讲话.问题}"))
        == []
    )


def test_in_a_loop_another_option_each_time(tmp_path: Path) -> None:
    nodes = "{任选: [{段: [甲]}, {段: [乙]}]}"
    body = f"- {{每: 任务, 取自: 讲话.任务, 正文: [{nodes}]}}"
    for seed in map(str, range(10)):
        assert sorted(slots(planned(tmp_path, body, seed=seed))) == ["乙", "甲"]


def test_in_a_loop_the_only_option_comes_again(tmp_path: Path) -> None:
    body = "- {每: 任务, 取自: 讲话.任务, 正文: [{任选: [{段: [甲]}, {段: [乙], 当: 讲话.问题}]}]}"
    assert slots(planned(tmp_path, body)) == ["甲", "甲"]


def test_paths_tell_slots_apart_and_stay(tmp_path: Path) -> None:
    body = "- 段: [甲]\n- {每: 任务, 取自: 讲话.任务, 正文: [{段: [乙]}]}\n- 段: [丙]"
    paths = [slot.path for slot in planned(tmp_path, body).slots()]
    assert len(set(paths)) == len(paths)
    less = body.replace("取自: 讲话.任务", "取自: 讲话.任务, 当: 任务.措施")
    assert {slot.path for slot in planned(tmp_path, less).slots()} < set(paths)


def test_kinds_of_blocks(tmp_path: Path) -> None:
    section = "{节: 认识, 级: 2, 标题组: 组, 自拟: 讲话.小标题.认识, 正文: [{段: [丙]}]}"
    body = f"- 称呼: 甲\n- 串词: [乙]\n- {section}"
    line, call, headed = planned(tmp_path, body).blocks
    assert isinstance(line, PlannedLine)
    assert isinstance(call, PlannedParagraph)
    assert call.call
    assert isinstance(headed, PlannedSection)
    assert (headed.role, headed.level, headed.family, headed.own) == ("认识", 2, "组", "自拟的标题")


def test_a_section_without_own_heading(tmp_path: Path) -> None:
    (section,) = planned(tmp_path, "- {节: 任务, 自拟: 讲话.小标题.任务, 正文: [{段: [甲]}]}").sections()
    assert section.own == ""


def test_a_paragraph_without_slots_is_left_out(tmp_path: Path) -> None:
    assert planned(tmp_path, "- 段: [{槽: 甲, 当: 讲话.问题}]").blocks == ()


def test_points_are_the_sections_of_the_first_level(tmp_path: Path) -> None:
    body = (
        "- {节: 甲, 正文: [{段: [甲]}, {节: 小, 级: 2, 正文: [{段: [甲]}]}]}\n"
        "- {节: 乙, 当: 讲话.问题, 正文: [{段: [甲]}]}\n- {节: 丙, 当: 讲话.任务, 正文: [{段: [甲]}]}\n"
    )
    assert slots(planned(tmp_path, "- 段: ['{{点数|中文}}']\n" + body))[0] == "两"


def test_a_text_that_is_told_for_itself(tmp_path: Path) -> None:
    """Of a list of texts, each is what its own place is about, and is told from its own place in the file."""
    body = "- 段: [{每: 条, 取自: '讲话.任务[0].措施', 各槽: [{槽: '甲.{{条}}', 切题: 是}]}]"
    (_, slot) = planned(tmp_path, body).slots()
    assert (slot.name, slot.about, slot.pertinent) == ("甲.设卡32处", "设卡32处", True)
    assert slot.scope["条"].path == "讲话[0].任务[0].措施[0]"


def test_what_a_place_is_about(tmp_path: Path) -> None:
    """One task where tasks are told one by one, else all of the speech; who does it is left out."""
    body = (
        "- 段: [甲]\n- {每: 任务, 取自: 讲话.任务, 正文: [{段: [乙]}]}\n- 段: [{槽: 丙, 所述: 会议.纪律}]\n"
    )
    _, whole, *tasks, narrow = planned(tmp_path, body).slots()
    assert narrow.about == "不吸烟"
    assert [slot.about for slot in tasks] == ["设卡；设卡32处", "巡山"]
    assert all(word in whole.about for word in ("防火", "设卡32处", "巡山"))
    assert "林业局" not in whole.about


def test_head(tmp_path: Path) -> None:
    head = "日期: 会议.日期\n署名: 讲话.讲话人"
    made = planned(tmp_path, "- 段: [甲]", head)
    assert made.date == "2026年8月20日"
    assert made.byline is not None
    assert (made.byline.full, made.signatory) == ("县长何敏", "")
    assert planned(tmp_path, "- 段: [甲]", "落款: 汇报.单位", "汇报").signatory == "城关镇"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("- {段: [甲], 当: 讲话.没有}", "变量"),
        ("- {段: [甲], 当: 没有}", "变量"),
        ("- {每: 项, 取自: 讲话.没有, 正文: [{段: [甲]}]}", "讲话.没有"),
        ("- {节: 甲, 自拟: 没有.标题, 正文: [{段: [甲]}]}", "没有.标题"),
        ("- 段: ['{{没有}}']", "变量"),
        ("- 部件: 头\n部件:\n  头: [{部件: 头}]", "引用了自己"),
    ],
)
def test_an_outline_that_does_not_fit_the_facts(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(PlanningError, match=says) as caught:
        planned(tmp_path, body)
    assert "便条" in str(caught.value)


def test_bundled_outlines_fit_a_bare_meeting() -> None:
    bare = Meeting.model_validate({"讲话": [{"讲话人": ""}], "汇报": [{"单位": ""}]})
    for one in load_outlines():
        for stage in stages(bare, FORMS, one.source):
            assert plan(one, stage).blocks
