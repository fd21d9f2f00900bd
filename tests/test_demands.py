"""Where 要 goes in what the meeting file asks for."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.corpus import load_corpus
from speechkit.demands import Grammar
from speechkit.facts import Noted, Recorder
from speechkit.filters import MISSING, MissingFactError
from speechkit.templating import render


@cache
def grammar() -> Grammar:
    return load_corpus().forms.grammar


@pytest.mark.parametrize(
    ("demand", "worded"),
    [
        ("加强日常管理", "要加强日常管理"),
        ("把任务分解到人", "要把任务分解到人"),
        ("各责任单位制定工作方案", "各责任单位要制定工作方案"),
        ("县级领导带头抓落实", "县级领导要带头抓落实"),
        ("分管领导每月调度一次", "分管领导要每月调度一次"),
        ("“一把手”每月过问一次，分管领导随时协调", "“一把手”要每月过问一次，分管领导要随时协调"),
        ("新开办的给一次性补助5000元", "新开办的给一次性补助5000元"),
        ("对成绩突出的给予表彰", "对成绩突出的要给予表彰"),
        ("从出锅到送达不超过两小时", "从出锅到送达不超过两小时"),
        ("从机关选派干部驻村", "要从机关选派干部驻村"),
        # The subject goes on after what looks like its end.
        ("各镇包联市级领导按时到村里走访", "各镇包联市级领导要按时到村里走访"),
        ("各级各部门树立“一盘棋”思想", "各级各部门要树立“一盘棋”思想"),
        ("县委组织部把这项工作纳入考核", "县委组织部要把这项工作纳入考核"),
        # Those whom something happens to.
        ("对整改不力的单位约谈主要负责人", "对整改不力的单位要约谈主要负责人"),
        ("对成绩突出的单位和个人及时表彰", "对成绩突出的单位和个人要及时表彰"),
        ("对虚于应付的严肃追究责任", "对虚于应付的要严肃追究责任"),
        ("对9座水库逐座检查", "要对9座水库逐座检查"),
        ("对转移资产的移送公安机关", "对转移资产的要移送公安机关"),
        ("按程序容缺办理的不追究经办人", "按程序容缺办理的不追究经办人"),
        ("监测员雨天每两小时巡查一次", "监测员雨天每两小时巡查一次"),
        ("从成员单位抽调骨干", "要从成员单位抽调骨干"),
        ("给保洁员办理意外伤害保险", "要给保洁员办理意外伤害保险"),
        ("设置员工积分奖励", "要设置员工积分奖励"),
        ("存在隐患的企业落实整改措施", "存在隐患的企业要落实整改措施"),
        ("所在单位建立台账", "所在单位要建立台账"),
        ("移交前的欠费单独挂账", "移交前的欠费单独挂账"),
        ("用血费用出院时在医院直接减免", "用血费用出院时在医院直接减免"),
        ("治理公告张贴到每个小区", "治理公告张贴到每个小区"),
        # Asked already, or nobody is asked.
        ("各乡镇必须按期完成", "各乡镇必须按期完成"),
        ("各单位要落实责任", "各单位要落实责任"),
        ("主要负责人亲自过问", "主要负责人要亲自过问"),
        ("每条产业链由一名领导任链长", "每条产业链由一名领导任链长"),
        ("一个项目一名县级领导包联", "一个项目一名县级领导包联"),
        ("行业主管部门负责人每月检查一次", "行业主管部门负责人要每月检查一次"),
        ("寄宿制学校改造12所", "寄宿制学校改造12所"),
        ("产业布局优化", "产业布局优化"),
        ("公安派出所逐户走访", "公安派出所要逐户走访"),
        ("县级领导联系学校每学期不少于2次", "县级领导要联系学校每学期不少于2次"),
        ("假期前组织教师逐户家访", "假期前组织教师逐户家访"),
        ("县包乡、乡包村、村包地块", "县包乡、乡包村、村包地块"),
        ("对问题突出的乡镇挂牌督办", "对问题突出的乡镇要挂牌督办"),
        ("为每家企业配一名专员", "要为每家企业配一名专员"),
        ("县级领导包抓重点路段", "县级领导要包抓重点路段"),
        ("在建工地安装在线监测", "在建工地安装在线监测"),
        ("网格员补贴列入预算", "网格员补贴列入预算"),
        ("主动投入后有困难的单位由财政部门支持", "主动投入后有困难的单位由财政部门支持"),
        ("整改照片由网格员上传", "整改照片由网格员上传"),
        ("派驻人员的补助列入财政预算", "派驻人员的补助列入财政预算"),
        ("把养护的经费列入预算", "要把养护的经费列入预算"),
        ("新建信息系统先报县数据局审核", "新建信息系统先报县数据局审核"),
        ("三级医院向每家卫生院派驻医师", "三级医院要向每家卫生院派驻医师"),
        ("培训补贴与上岗率挂钩", "培训补贴与上岗率挂钩"),
        ("整改的结果上报", "整改的结果上报"),
        ("不给社区增加台账", "不给社区增加台账"),
        ("泵房移交自来水公司统一管理", "泵房移交自来水公司统一管理"),
        ("渣土车密闭运输", "渣土车密闭运输"),
    ],
)
def test_where_the_demand_is_put(demand: str, worded: str) -> None:
    assert render("{{甲|要(乙)}}", {"甲": demand, "乙": grammar()}) == worded


def test_of_several_the_first_takes_it_and_each_that_names_somebody() -> None:
    demands = ["落实经费", "公开账目", "各单位制定方案"]
    worded = render("{{甲|要(乙)|分号}}", {"甲": demands, "乙": grammar()})
    assert worded == "要落实经费；公开账目；各单位要制定方案"


def test_each_of_several_takes_it_where_it_is_to_be_repeated() -> None:
    demands = ["落实经费", "对屡教不改的严肃处理", "必须公开账目"]
    worded = render("{{甲|各要(乙)|分号}}", {"甲": demands, "乙": grammar()})
    assert worded == "要落实经费；对屡教不改的要严肃处理；必须公开账目"
    assert render("{{甲|各要(乙)|分号}}", {"甲": "落实经费", "乙": grammar()}) == "要落实经费"
    with pytest.raises(MissingFactError):
        render("{{甲|各要(乙)|分号}}", {"甲": MISSING, "乙": grammar()})


def test_a_demand_that_is_not_given_is_missing() -> None:
    with pytest.raises(MissingFactError):
        render("{{甲|要(乙)}}", {"甲": MISSING, "乙": grammar()})


def test_where_a_demand_comes_from_is_still_known() -> None:
    recorder = Recorder()
    demand = Noted("各单位制定方案", "讲话[0].要求[0].内容[0]", recorder)
    render("{{甲|要(乙)}}", {"甲": demand, "乙": grammar()})
    assert recorder.collect() == (("讲话[0].要求[0].内容[0]", "各单位要制定方案"),)


@given(st.text(alphabet="各单位领导制定落实，；要对的不得由、2把", max_size=24))
def test_nothing_but_the_demand_is_put_in(demand: str) -> None:
    worded = grammar().demand(demand)
    left = iter(worded)
    assert all(character in left for character in demand)
    added = len(worded) - len(demand)
    assert added == worded.count("要") - demand.count("要")
    assert grammar().demand(worded) == worded or not added


@pytest.mark.parametrize(
    ("figures", "worded"),
    [
        (["排查隐患312处", "整改298处"], "已排查隐患312处，整改298处"),
        (["发现问题线索9条"], "已发现问题线索9条"),
        (["整改率98%"], "整改率98%"),
        (["改造公厕86座", "其中城区已开放40座"], "改造公厕86座，其中城区已开放40座"),
        (["共清运垃圾1.2万吨"], "共清运垃圾1.2万吨"),
    ],
)
def test_what_was_done_is_told_as_done(figures: list[str], worded: str) -> None:
    assert render("{{甲|已(乙)|逗号}}", {"甲": figures, "乙": grammar()}) == worded


def test_figures_that_are_not_given_are_missing() -> None:
    with pytest.raises(MissingFactError):
        render("{{甲|已(乙)|逗号}}", {"甲": MISSING, "乙": grammar()})
