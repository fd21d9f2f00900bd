"""Hypothesis strategies for meetings: valid, with anything left out that may be left out.

The words are made up and distinctive, so that a fact can be recognised wherever it turns up in a draft, and
no two facts of one meeting are alike.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from speechkit.meeting import EVENT_KINDS, Meeting


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PLACES = _words(
    "鹿鸣 鹤汀 雁栖 桐荫 枫桥 芦花 菱塘 榆关 柏坡 槐序 苔矶 藤萝 荻港 蓼溪 葭渚 茱萸 "
    "棠梨 楝树 檀溪 椿庭 萱草 芷兰 蘅芜 菖蒲"
)
THINGS = _words("石桥 堰塘 渡口 榨坊 陶窑 茶亭 水碓 磨坊 驿站 牌楼 戏台 晒场 粮仓 药圃 苗圃 窑洞 渠首 闸口")
DOING = _words("修缮 疏浚 清点 丈量 加固 粉刷 看护 腾退 补种 登记 盘活 翻修")
AILING = _words("年久失修 无人看管 账目不清 进度滞后 堆满杂物 时好时坏")
DONE = _words("焕然一新 全部通水 如期开放 运转正常 有人值守")
MEASURES = _words("座 处 口 间 亩 户")
SURNAMES = _words("嵇 阮 禤 郗 郄 仉 亓 逯 鄢 缑 佘 昝 欧阳 诸葛 令狐")
GIVEN = _words("砚秋 牧之 拾遗 听澜 望舒 既白 怀瑾 知微 云岫 若拙 守愚 归舟 临溪 映川 抱朴 问渠")
POSTS = _words(
    "县委书记 县委副书记、县长 县人大常委会主任 县政协主席 县委常委、常务副县长 "
    "县委常委、县纪委书记 县委常委、组织部部长 副县长 "
    "局长 镇长 党委书记 场长 董事长 研究员 大队长 护林员"
)
OFFICES = _words("农机局 档案局 盐务局 邮驿局 气象站 苗木公司 茶叶公司 运输队 合作社")
AWARDS = _words("先进集体 优秀护林员 模范班组 十佳能手 文明窗口")
HEADINGS = _words("打牢基础 理顺机制 练强队伍 用好资金 管住源头 守好底线")
TONES = ("鼓劲", "严肃", "务实", "亲切", "")
LEVELS = ("省", "市", "县", "镇", "单位", "")
TOPICS = (
    ("创建国家卫生县城", "创卫"),
    ("安全生产", ""),
    ("招商引资", ""),
    ("推广节水灌溉", "节水"),
    ("", ""),
)
DEADLINES = ("8月底", "9月15日", "2031-10-08", "明年3月", "第四季度前", "2031年12月底")

Make = Callable[[], Any]


class Ink:
    """Writes facts that no other fact of the same meeting equals or holds.

    Chance comes from a seed: drawn one by one, so many choices would make hypothesis repeat itself with small
    changes; a meeting that fails becomes smaller with the numbers of items and tasks.
    """

    def __init__(self, seed: int, fullness: int) -> None:
        self.rng = random.Random(seed)
        self.fullness = fullness
        """How likely, in tenths, anything is there that may be left out."""
        self._written: set[str] = set()
        self._number = 1000

    def one_of(self, words: Sequence[Any]) -> Any:
        return self.rng.choice(words)

    def chance(self) -> bool:
        return self.rng.randrange(10) < self.fullness

    def number(self, least: int, most: int) -> int:
        return self.rng.randint(least, most)

    def many(self, make: Make, least: int, most: int) -> list[Any]:
        return [make() for _ in range(self.number(least, most))]

    def thing(self) -> str:
        """A thing not named before: 鹿鸣石桥."""
        return self._new(THINGS)

    def unit(self) -> str:
        """A unit not named before: 鹿鸣农机局."""
        return self._new(OFFICES)

    def _new(self, kinds: Sequence[str]) -> str:
        for _ in range(200):
            word = str(self.one_of(PLACES) + self.one_of(kinds))
            if word not in self._written:
                self._written.add(word)
                return word
        self._number += 1
        return f"第{self._number}号{kinds[0]}"

    def counted(self) -> str:
        self._number += self.number(1, 9)
        return f"{self.thing()}{self._number}{self.one_of(MEASURES)}"

    def deed(self) -> str:
        """What is to be done, a verb with its object: 疏浚鹤汀堰塘1042座."""
        return str(self.one_of(DOING)) + (self.counted() if self.chance() else self.thing())

    def state(self) -> str:
        return self.thing() + str(self.one_of(AILING))

    def result(self) -> str:
        return self.thing() + str(self.one_of(DONE))

    def document(self) -> str:
        return f"关于{self.deed()}的{self.one_of(('通知', '方案', '决定', '意见'))}"

    def heading(self) -> str:
        return self.thing() + str(self.one_of(HEADINGS))


def _some(ink: Ink, **makers: Make) -> dict[str, Any]:
    """Return some of the keys, each with a value of its maker."""
    return {key: make() for key, make in makers.items() if ink.chance()}


def _people(ink: Ink) -> list[dict[str, Any]]:
    names = [surname + given for surname in SURNAMES for given in GIVEN]
    return [_person(ink, n, name) for n, name in enumerate(ink.rng.sample(names, ink.number(1, 9)))]


def _person(ink: Ink, number: int, name: str) -> dict[str, Any]:
    person: dict[str, Any] = {"职务": ink.one_of(POSTS)}
    if ink.number(0, 4):
        person["姓名"] = name
    else:
        person["代号"] = f"第{'甲乙丙丁戊己庚辛壬'[number]}位"
    if person["职务"] in ("局长", "镇长", "董事长", "研究员", "场长", "大队长", "护林员"):
        person["单位"] = ink.unit()
    if not ink.number(0, 6):
        person["来宾"] = "是"
    return person


class _Builder:
    def __init__(self, ink: Ink, most_tasks: int) -> None:
        self.ink, self.most_tasks = ink, most_tasks
        self.people = _people(self.ink)
        self.summed_up = False

    def reference(self) -> str:
        person = self.ink.one_of(self.people)
        return str(person.get("代号") or person["姓名"])

    def references(self) -> list[str]:
        return list(dict.fromkeys(self.ink.many(self.reference, 1, 3)))

    def list_of(self, make: Make, most: int = 3) -> Callable[[], list[Any]]:
        return lambda: self.ink.many(make, 1, most)

    # -- the event

    def event(self) -> dict[str, Any]:
        ink = self.ink
        topic, short = ink.one_of(TOPICS)
        name = f"{ink.thing()}工作会议"
        event = _some(
            ink,
            名称=lambda: name,
            简称=lambda: ink.thing() + "会",
            时间=lambda: ink.one_of(("2031-08-20 09:00", "2031年8月20日", "2031-08-20 14:30")),
            地点=lambda: ink.thing() + "礼堂",
            决定机关=lambda: [["县委", "县政府"], ["镇党委"]][ink.chance()],
            主持人=self.reference,
            背景=self.list_of(ink.state),
            任务=self.list_of(ink.deed),
            口号=self.list_of(lambda: "人人爱护" + ink.thing(), 2),
            主席台=self.references,
            参会=self.list_of(self.group, 5),
            纪律=self.list_of(lambda: "不得触碰" + ink.thing()),
            考勤单位=self.list_of(ink.unit, 2),
            会前准备=self.list_of(lambda: "请领取" + ink.thing() + "图册", 2),
            往次会议=self.list_of(self.previous, 2),
            地区=lambda: {"名称": "鹭洲县", "自称": "我县", "全域": "全县"},
        )
        event |= {"类型": ink.one_of(EVENT_KINDS), "语气": ink.one_of(TONES), "层级": ink.one_of(LEVELS)}
        event |= {"主题": topic, "主题简称": short}
        if ink.chance():
            event |= {"应到": 120, "实到": ink.one_of((87, 120))}
        if not ink.number(0, 3):
            event["合并会议"] = [{"名称": ink.thing() + "启动会", "主题": ink.deed()}]
        return event

    def group(self) -> dict[str, Any]:
        group = {"群体": self.ink.thing() + "负责人"}
        return group | _some(self.ink, 人数=lambda: self.ink.number(2, 399))

    def previous(self) -> dict[str, Any]:
        ink = self.ink
        return {"名称": ink.thing() + "动员会"} | _some(ink, 时间=lambda: "2030年11月", 内容=ink.deed)

    # -- the agenda

    def turn(self, kind: str) -> dict[str, Any]:
        turn = _some(self.ink, 发言人=self.reference, 单位=self.ink.unit, 要点=self.list_of(self.ink.deed, 2))
        if not self.ink.number(0, 5):
            turn["分钟"] = self.ink.number(3, 9)
        if kind in ("通报情况", "交流发言"):
            turn |= _some(self.ink, 题目=lambda: self.ink.thing() + "情况")
        if kind == "表态发言":
            turn |= _some(self.ink, 类别=lambda: self.ink.one_of(("表态发言", "检讨发言")))
        return turn

    def document(self) -> dict[str, Any]:
        return {"标题": self.ink.document()} | _some(
            self.ink, 宣读人=self.reference, 要点=self.list_of(self.ink.deed, 2)
        )

    def batch(self) -> dict[str, Any]:
        ink = self.ink
        batch = _some(
            ink,
            名目=lambda: ink.thing() + ink.one_of(AWARDS),
            对象=self.list_of(ink.unit, 4),
            颁发人=self.references,
        )
        return batch or {"名目": ink.thing() + "奖"}

    def item(self, *, inner: bool = False) -> dict[str, Any]:
        kind = self.ink.one_of(tuple(_OWN_KEYS))
        if kind == "主持人总结":
            # Nobody sums a meeting up twice.
            kind = "讲话" if self.summed_up else kind
            self.summed_up = True
        item: dict[str, Any] = {"类型": kind} | _OWN_KEYS[kind](self)
        common = _some(self.ink, 名称=lambda: self.ink.thing() + "环节", 时间=lambda: "9:40")
        if kind == "自定":
            item |= {"名称": self.ink.thing() + "环节"} | _some(
                self.ink, 串词=lambda: "请看" + self.ink.thing() + "模型", 提示=lambda: "展示模型"
            )
            return item
        if not self.ink.number(0, 3):
            item |= common
        rare = self.ink.number(0, 11)
        if rare == 0:
            item["编号"] = "否"
        elif rare == 1 and not inner:
            item["安排"] = {"状态": self.ink.one_of(("会前已完成", "另行安排", "书面"))}
            item["安排"] |= _some(self.ink, 说明=self.ink.deed, 提及=lambda: "否")
        elif rare == 2 and not inner and kind != "主持人总结":
            item = {"类型": kind, "名称": self.ink.thing() + "环节"}
            item["步骤"] = [self.item(inner=True) for _ in range(self.ink.number(1, 3))]
        elif rare == 3 and item.get("发言"):
            item["每人分钟"] = self.ink.number(3, 8)
        return item

    # -- speeches and reports

    def figure(self) -> Any:
        ink = self.ink
        if ink.chance():
            return ink.result() + str(ink.number(2000, 2999)) + "处"
        figure = {"指标": ink.thing() + "完好率", "数值": str(ink.number(300, 999) / 10), "单位": "%"}
        return figure | _some(ink, 比较=lambda: f"比上年提高{ink.number(31, 99) / 10}个百分点")

    def goal(self) -> dict[str, Any]:
        return {"内容": self.ink.deed()} | _some(self.ink, 时限=lambda: self.ink.one_of(DEADLINES))

    def task(self) -> dict[str, Any]:
        ink = self.ink
        return {"名称": ink.deed()} | _some(
            ink,
            关键词=lambda: ink.one_of(THINGS),
            标题=ink.heading,
            措施=self.list_of(ink.deed, 4),
            标准=self.list_of(ink.result, 2),
            时限=lambda: ink.one_of(DEADLINES),
            牵头单位=self.list_of(ink.unit, 2),
            配合单位=self.list_of(ink.unit),
        )

    def requirement(self) -> dict[str, Any]:
        ink = self.ink
        return {"内容": ink.many(ink.deed, 1, 3)} | _some(
            ink, 标题=ink.heading, 时限=lambda: ink.one_of(DEADLINES), 单位=self.list_of(ink.unit, 2)
        )

    def speech(self) -> dict[str, Any]:
        ink = self.ink
        speech = _some(
            ink,
            讲话人=self.reference,
            立场=lambda: ink.one_of(("部署", "强调", "总结")),
            语气=lambda: ink.one_of(TONES),
            场合=self.list_of(lambda: "这次会议是" + ink.deed() + "的动员会", 2),
            背景=self.list_of(ink.state),
            意义=self.list_of(ink.result),
            数据=self.list_of(self.figure, 4),
            进展=self.list_of(ink.result, 4),
            问题=self.list_of(ink.state, 4),
            目标=self.list_of(self.goal),
            要求=self.list_of(self.requirement, 4),
            寄语=self.list_of(lambda: "愿" + ink.thing() + "长青", 2),
            小标题=lambda: _some(ink, 认识=ink.heading, 任务=ink.heading, 保障=ink.heading),
        )
        speech["任务"] = ink.many(self.task, 0, self.most_tasks)
        if ink.chance():
            speech["分钟"] = ink.number(3, 40)
        return speech

    def practice(self) -> dict[str, Any]:
        ink = self.ink
        practice = _some(ink, 标题=ink.heading, 内容=self.list_of(ink.deed), 数据=self.list_of(self.figure))
        return practice if "内容" in practice or "数据" in practice else practice | {"内容": [ink.deed()]}

    def next_step(self) -> dict[str, Any]:
        ink = self.ink
        return {"内容": ink.many(ink.deed, 1, 3)} | _some(
            ink, 标题=ink.heading, 时限=lambda: ink.one_of(DEADLINES)
        )

    def report(self) -> dict[str, Any]:
        ink = self.ink
        return _some(
            ink,
            单位=ink.unit,
            自称=lambda: ink.one_of(("我局", "我镇", "我们")),
            汇报人=self.reference,
            场合=lambda: ink.one_of(("汇报", "交流发言", "表态发言")),
            题目=lambda: ink.thing() + "工作情况",
            分钟=lambda: ink.number(3, 15),
            日期=lambda: "2031-07-30",
            情况=self.list_of(ink.result),
            做法=self.list_of(self.practice, 5),
            成效=self.list_of(self.practice),
            问题=self.list_of(ink.state),
            下一步=self.list_of(self.next_step, 5),
            建议=self.list_of(ink.deed),
            小标题=lambda: _some(
                ink, 做法=ink.heading, 成效=ink.heading, 问题=ink.heading, 打算=ink.heading, 建议=ink.heading
            ),
        )


def _chain(kind: str) -> Callable[[_Builder], dict[str, Any]]:
    return lambda b: {"发言": b.ink.many(lambda: b.turn(kind), 0, 8)}


def _batches(b: _Builder) -> dict[str, Any]:
    return {"批次": b.ink.many(b.batch, 0, 4)}


def _documents(b: _Builder) -> dict[str, Any]:
    return {"文件": b.ink.many(b.document, 0, 4)}


def _ceremony(b: _Builder) -> dict[str, Any]:
    return _some(b.ink, 牌匾=lambda: b.ink.thing() + "中心", 揭牌人=b.references)


def _pledge(b: _Builder) -> dict[str, Any]:
    return _some(
        b.ink, 文书=lambda: b.ink.thing() + "责任书", 单位=b.list_of(b.ink.unit, 7), 签约人=b.reference
    )


_OWN_KEYS: dict[str, Callable[[_Builder], dict[str, Any]]] = {
    "奏唱国歌": lambda b: {},
    "介绍来宾": lambda b: _some(b.ink, 来宾=b.references, 讲话人=b.reference),
    "宣读文件": _documents,
    "通报情况": _chain("通报情况"),
    "工作汇报": _chain("工作汇报"),
    "表态发言": _chain("表态发言"),
    "交流发言": _chain("交流发言"),
    "签订责任书": _pledge,
    "项目签约": _batches,
    "表彰颁奖": _batches,
    "授牌授旗": _batches,
    "揭牌": _ceremony,
    "宣誓": lambda b: _some(b.ink, 讲话人=b.reference, 宣誓人=lambda: b.ink.thing() + "代表"),
    "观看短片": lambda b: _some(b.ink, 片名=lambda: b.ink.thing() + "纪事"),
    "讨论审议": _documents,
    "表决": lambda b: _some(b.ink, 事项=b.list_of(b.ink.deed, 2)),
    "现场观摩": lambda b: _some(b.ink, 地点=b.list_of(b.ink.thing, 4), 讲话人=b.reference),
    "讲话": lambda b: _some(b.ink, 讲话人=b.reference, 题目=lambda: b.ink.thing() + "的出路"),
    "主持人总结": lambda b: {},
    "休会": lambda b: _some(b.ink, 时长=lambda: b.ink.number(5, 30)),
    "自定": lambda b: {},
}


def _tree(seed: int, fullness: int, items: int, most_tasks: int) -> dict[str, Any]:
    ink = Ink(seed, fullness)
    builder = _Builder(ink, most_tasks)
    data = {
        "会议": builder.event(),
        "人员": builder.people,
        "议程": ink.many(builder.item, items, items),
        "讲话": ink.many(builder.speech, 0, 2),
        "汇报": ink.many(builder.report, 0, 2),
    }
    if ink.chance():
        data["主持"] = {"要求": ink.many(builder.requirement, 1, 4)}
    return data


def meeting_trees() -> st.SearchStrategy[dict[str, Any]]:
    """Trees of meeting files."""
    seeds = st.integers(0, 2**32)
    return st.builds(_tree, seeds, st.integers(0, 10), st.integers(0, 10), st.integers(0, 8))


def meetings() -> st.SearchStrategy[Meeting]:
    """Meetings that may lack anything but what the model requires."""
    return meeting_trees().map(Meeting.model_validate)
