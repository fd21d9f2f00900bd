"""The meeting: all that is known before the first word is written."""

from datetime import datetime
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .agenda import AgendaItem
from .fields import (
    Before,
    Clause,
    Clauses,
    Count,
    Deadline,
    DocumentTitle,
    Figures,
    Line,
    Lines,
    Minutes,
    Record,
    Reference,
    References,
    Truth,
    listed,
)
from .moments import Moment

EventKind = Literal[
    "动员会",
    "推进会",
    "部署会",
    "调度会",
    "工作会",
    "现场会",
    "座谈会",
    "表彰会",
    "总结会",
    "启动仪式",
    "签约仪式",
    "揭牌仪式",
    "其他",
]
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)
Tone = Literal["鼓劲", "严肃", "务实", "亲切", ""]
Level = Literal["省", "市", "县", "镇", "单位", ""]


class Region(Record):
    """地区: how the place is named and names itself."""

    shorthand = "名称"

    name: Line = Field("", alias="名称", description="地名，如“清河县”")
    own: Line = Field("", alias="自称", description="怎么称自己，如“我县”；不写则按层级")
    whole: Line = Field("", alias="全域", description="怎么称全境，如“全县”；不写则按层级")


class Group(Record):
    """参会: a group that attends, with its number where it is known."""

    shorthand = "群体"

    name: Line = Field(..., alias="群体", min_length=1, description="哪些人，如“各镇党委书记、镇长”")
    count: Count = Field(None, alias="人数", description="这个群体到会多少人")


class PreviousMeeting(Record):
    """往次会议: what has gone before."""

    shorthand = "名称"

    name: Line = Field(..., alias="名称", min_length=1, description="那次会议的名称")
    time: Line = Field("", alias="时间", description="什么时候开的，如“今年3月”")
    outcome: Clause = Field("", alias="内容", description="那次会议定了什么")


class JointMeeting(Record):
    """合并会议: a second meeting held together with this one (…暨…)."""

    shorthand = "名称"

    name: Line = Field(..., alias="名称", min_length=1, description="另一个会的名称")
    topic: Line = Field("", alias="主题", description="另一个会的主题")


class Event(Record):
    """会议: the meeting itself."""

    name: Line = Field("", alias="名称", description="会议的全称，标题里用")
    short_name: Line = Field("", alias="简称", description="名称的简短说法；不写就用名称")
    kind: EventKind = Field(
        "其他",
        alias="类型",
        description="动员会、推进会、部署会、调度会、工作会、现场会、座谈会、表彰会、总结会、启动仪式、签约仪式、揭牌仪式、其他，选一种",
    )
    topic: Line = Field("", alias="主题", description="为了什么事，如“创建国家卫生县城”，不带“工作”“会议”")
    short_topic: Line = Field("", alias="主题简称", description="主题的简短说法，如“创卫”；不写就用主题")
    subject: Line = Field("", alias="题材", description="用哪个题材的语料；不写则由主题认出")
    tone: Tone = Field(
        "", alias="语气", description="鼓劲、严肃、务实、亲切，选一种；不写，则动员会、推进会、启动仪式用鼓劲"
    )
    time: Moment | None = Field(
        None, alias="时间", description="什么时候开，如“2026-08-20 09:00”“2026年8月20日”"
    )
    place: Line = Field("", alias="地点", description="开会的地点")
    decided_by: Lines = Field((), alias="决定机关", description="谁决定召开，如“县委”“县政府”")
    region: Region = Field(
        default_factory=Region, alias="地区", description="哪个地方，写名称就行，如“清河县”"
    )
    level: Level = Field("", alias="层级", description="省、市、县、镇、单位，选一种；“我县”“全县”由它得来")
    host: Reference = Field("", alias="主持人", description="主持会议的人，人员里的姓名或代号")
    salutation: Clause = Field(
        "", alias="称呼", description="开头怎么称呼大家，如“各位领导、同志们”；不写则按会议类型"
    )
    background: Clauses = Field((), alias="背景", description="为什么开这个会，短句")
    purpose: Clauses = Field((), alias="任务", description="这次会议要办成什么，如“部署下半年工作”")
    slogans: Lines = Field((), alias="口号", description="会上要喊的口号")
    platform: References = Field(
        (), alias="主席台", description="在主席台就座的人，按座次，人员里的姓名或代号"
    )
    attendance: Annotated[tuple[Group, ...], Before(listed)] = Field(
        (), alias="参会", description="参加会议的有哪些人，按顺序"
    )
    expected: Count = Field(None, alias="应到", description="应到多少人，需要报人数的会才写")
    present: Count = Field(None, alias="实到", description="实到多少人，和“应到”一起写")
    discipline: Clauses = Field((), alias="纪律", description="会议纪律，如“不随意走动”")
    attendance_checked_by: Lines = Field((), alias="考勤单位", description="负责统计到会情况的单位")
    preparation: Clauses = Field((), alias="会前准备", description="开会前请大家做的事")
    previous: Annotated[tuple[PreviousMeeting, ...], Before(listed)] = Field(
        (), alias="往次会议", description="以前开过的相关会议"
    )
    joint: Annotated[tuple[JointMeeting, ...], Before(listed)] = Field(
        (), alias="合并会议", description="合在一起开的另一个会（……暨……）"
    )

    @model_validator(mode="after")
    def _present_within_expected(self) -> Self:
        if self.expected and self.present and self.present > self.expected:
            raise PydanticCustomError("present", "实到人数多于应到人数")
        return self


class Person(Record):
    """人员: a person, in order of rank unless 位次 says otherwise."""

    shorthand = "姓名"

    key: Line = Field("", alias="代号", description="姓名未定时用它指代，如“书记”")
    name: Line = Field("", alias="姓名", description="姓名；没定就不写，写代号")
    post: Line = Field("", alias="职务", description="职务，先高后低，党内在前，如“县委副书记、县长”")
    unit: Line = Field("", alias="单位", description="职务里没写单位时写在这里，如“县住建局”")
    rank: Count = Field(None, alias="位次", description="位次，1最高；都不写则按人员的先后")
    address: Line = Field(
        "", alias="称呼", description="第二次提到时的称呼，如“王县长”；不写则由姓和职务得来"
    )
    guest: Truth = Field(False, alias="来宾", description="是不是来宾，写“是”或“否”")

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if not (self.key or self.name or self.post):
            raise PydanticCustomError("nameless", "人员至少要写姓名、代号、职务中的一项")
        return self

    def answers_to(self, reference: str) -> bool:
        """Return whether this is the person a reference means."""
        return reference in {self.key, self.name} or (
            not self.name and not self.key and reference == self.post
        )


class Goal(Record):
    """目标: what is to be reached, and by when."""

    shorthand = "内容"

    text: Clause = Field(
        ..., alias="内容", min_length=1, description="要达到什么，如“通过国家卫生县城技术评估”"
    )
    deadline: Deadline = Field("", alias="时限", description="到什么时候，如“2026年9月底”")


class Task(Record):
    """任务: what is asked, to which standard, by when, of whom."""

    shorthand = "名称"

    name: Clause = Field(
        ..., alias="名称", min_length=1, description="做什么事，动词开头，如“完善城区基础设施”"
    )
    keyword: Line = Field("", alias="关键词", description="一到四个字，如“硬件”，标题用")
    heading: Line = Field("", alias="标题", description="自拟的小标题")
    measures: Clauses = Field((), alias="措施", description="怎么做，短句列表")
    standard: Clauses = Field((), alias="标准", description="做到什么程度，短句列表")
    deadline: Deadline = Field("", alias="时限", description="什么时候完成，如“8月底”")
    lead: Lines = Field((), alias="牵头单位", description="牵头的单位")
    support: Lines = Field((), alias="配合单位", description="配合的单位")


class Requirement(Record):
    """要求: a demand with, where known, its deadline and who is asked."""

    shorthand = "内容"

    heading: Line = Field("", alias="标题", description="这条要求的小标题；有标题的单独成段")
    text: Clauses = Field(..., alias="内容", min_length=1, description="要求做什么，短句")
    deadline: Deadline = Field("", alias="时限", description="什么时候做到，如“8月25日”")
    units: Lines = Field((), alias="单位", description="要求谁做")


class SpeechHeadings(Record):
    """小标题: the first-level headings that the writer wants."""

    understanding: Line = Field("", alias="认识", description="“为什么做”这一部分的一级标题")
    tasks: Line = Field("", alias="任务", description="“做什么”这一部分的一级标题")
    safeguards: Line = Field("", alias="保障", description="“怎么保证做成”这一部分的一级标题")


class Speech(Record):
    """讲话: what a leader's speech is to say."""

    speaker: Reference = Field("", alias="讲话人", description="谁来讲，人员里的姓名或代号")
    title: Line = Field(
        "", alias="题目", description="自拟的标题；不写则用议程里讲话的题目，也没有就是“在……上的讲话”"
    )
    subtitle: Line = Field("", alias="副题", description="副标题，自拟题目时用")
    minutes: Minutes = Field(None, alias="分钟", description="讲多少分钟，决定稿子的长短；不写不限")
    rate: Annotated[int, Field(ge=80, le=400)] = Field(
        200, alias="语速", description="每分钟念多少字；不写就是200"
    )
    stance: Literal["部署", "强调", "总结", ""] = Field(
        "",
        alias="立场",
        description="部署（由他部署工作）、强调（别人已部署，他再强调）、总结，选一种；不写则由议程得来",
    )
    tone: Tone = Field("", alias="语气", description="鼓劲、严肃、务实、亲切，选一种；不写则随会议")
    occasion: Clauses = Field((), alias="场合", description="这是一次什么样的会，短句")
    background: Clauses = Field(
        (), alias="背景", description="为什么现在讲这件事，短句；第一篇讲话没写时，用会议的背景"
    )
    significance: Clauses = Field((), alias="意义", description="这件工作的意义，短句")
    figures: Figures = Field((), alias="数据", description="说明现状的数据")
    progress: Clauses = Field((), alias="进展", description="前一段的进展，短句")
    problems: Clauses = Field((), alias="问题", description="存在的问题，短句")
    goals: Annotated[tuple[Goal, ...], Before(listed)] = Field((), alias="目标", description="总的目标")
    tasks: Annotated[tuple[Task, ...], Before(listed)] = Field(
        (), alias="任务", description="要抓的几项任务，每项一个二级标题"
    )
    requirements: Annotated[tuple[Requirement, ...], Before(listed)] = Field(
        (), alias="要求", description="保障方面的要求"
    )
    wishes: Clauses = Field((), alias="寄语", description="结尾送给大家的一句话，如“一鼓作气，干出样子”")
    headings: SpeechHeadings = Field(
        SpeechHeadings(), alias="小标题", description="自拟的一级标题；不写就从语料里选一组"
    )


class Practice(Record):
    """做法 or 成效: one of them, with its figures."""

    shorthand = "内容"

    heading: Line = Field("", alias="标题", description="这一条的小标题")
    text: Clauses = Field((), alias="内容", description="做了什么，短句")
    figures: Figures = Field((), alias="数据", description="这一条的数据")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.text or self.figures):
            raise PydanticCustomError("empty", "至少要写“内容”或“数据”")
        return self


class NextStep(Record):
    """下一步: what the unit will do, and by when."""

    shorthand = "内容"

    heading: Line = Field("", alias="标题", description="这一条的小标题")
    text: Clauses = Field(..., alias="内容", min_length=1, description="打算做什么，短句")
    deadline: Deadline = Field("", alias="时限", description="什么时候完成，如“10月底”")


class ReportHeadings(Record):
    """小标题: the first-level headings that the writer wants."""

    practices: Line = Field("", alias="做法", description="“做法”部分的一级标题")
    results: Line = Field("", alias="成效", description="“成效”部分的一级标题")
    problems: Line = Field("", alias="问题", description="“问题”部分的一级标题")
    next_steps: Line = Field("", alias="打算", description="“下一步”部分的一级标题")
    suggestions: Line = Field("", alias="建议", description="“建议”部分的一级标题")


class Report(Record):
    """汇报: what a unit reports."""

    unit: Line = Field("", alias="单位", description="汇报的单位，如“城关镇”")
    own: Line = Field("", alias="自称", description="怎么称自己，如“我镇”“我局”")
    speaker: Reference = Field("", alias="汇报人", description="谁来汇报，人员里的姓名或代号")
    occasion: Literal["汇报", "交流发言", "表态发言"] = Field(
        "汇报", alias="场合", description="汇报、交流发言、表态发言，选一种；不写就是汇报"
    )
    title: DocumentTitle = Field(
        "", alias="题目", description="自拟的标题；不写则用议程里发言的题目，也没有则由主题和场合得来"
    )
    minutes: Minutes = Field(None, alias="分钟", description="讲多少分钟，决定材料的长短；不写不限")
    rate: Annotated[int, Field(ge=80, le=400)] = Field(
        200, alias="语速", description="每分钟念多少字；不写就是200"
    )
    date: Moment | None = Field(None, alias="日期", description="落款日期；不写就是会议的日期")
    overview: Clauses = Field((), alias="情况", description="基本情况，短句")
    practices: Annotated[tuple[Practice, ...], Before(listed)] = Field(
        (), alias="做法", description="主要做法，一条一项"
    )
    results: Annotated[tuple[Practice, ...], Before(listed)] = Field(
        (), alias="成效", description="取得的成效，一条一项"
    )
    problems: Clauses = Field((), alias="问题", description="存在的问题，短句")
    next_steps: Annotated[tuple[NextStep, ...], Before(listed)] = Field(
        (), alias="下一步", description="下一步打算，一条一项"
    )
    suggestions: Clauses = Field((), alias="建议", description="请上级支持的事项，短句")
    headings: ReportHeadings = Field(
        ReportHeadings(), alias="小标题", description="自拟的一级标题；不写就从语料里选一组"
    )


class Hosting(Record):
    """主持: what the host adds of his own."""

    requirements: Annotated[tuple[Requirement, ...], Before(listed)] = Field(
        (), alias="要求", description="会议结束前，主持人就贯彻落实提的要求"
    )


class Proofing(Record):
    """校对: what the proofreader is told."""

    off: Lines = Field((), alias="停用", description="不用的校对规则，写规则的编号")


class Meeting(Record):
    """A meeting file, validated."""

    event: Event = Field(default_factory=Event, alias="会议", description="会议本身：名称、时间、主题……")
    people: Annotated[tuple[Person, ...], Before(listed)] = Field(
        (), alias="人员", description="文中出现的人，按位次从高到低"
    )
    agenda: Annotated[tuple[AgendaItem, ...], Before(listed)] = Field(
        (), alias="议程", description="会议的各项议程，按顺序"
    )
    hosting: Hosting = Field(default_factory=Hosting, alias="主持", description="主持人自己要说的")
    speeches: Annotated[tuple[Speech, ...], Before(listed)] = Field(
        (), alias="讲话", description="领导的讲话，一份讲话稿一项"
    )
    reports: Annotated[tuple[Report, ...], Before(listed)] = Field(
        (), alias="汇报", description="单位的汇报、发言，一份材料一项"
    )
    proofing: Proofing = Field(default_factory=Proofing, alias="校对", description="校对文稿时的要求")

    def person(self, reference: str) -> Person | None:
        """Return the person a reference means, None for an empty or unknown one."""
        return next((p for p in self.people if reference and p.answers_to(reference)), None)

    def highest(self) -> Person | None:
        """Return the highest leader: the lowest 位次, or the first person where none is given."""
        ranked = [p for p in self.people if p.rank]
        if ranked:
            return min(ranked, key=lambda p: p.rank or 0)
        return self.people[0] if self.people else None

    def when(self) -> datetime | None:
        """Return when the meeting begins (midnight where only the day is known)."""
        return self.event.time.at if self.event.time else None


REFERENCE_FIELDS = frozenset(
    {"host", "platform", "speaker", "presenters", "guests", "unveilers", "counterpart"}
)
"""Names of the fields that hold references."""
