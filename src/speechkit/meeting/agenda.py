"""议程: the items of a meeting, each of a kind with keys of its own."""

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .fields import (
    Before,
    Clause,
    Clauses,
    DocumentTitle,
    Line,
    Lines,
    Minutes,
    Record,
    Reference,
    References,
    Truth,
    listed,
)

ItemKind = Literal[
    "奏唱国歌",
    "介绍来宾",
    "宣读文件",
    "通报情况",
    "工作汇报",
    "表态发言",
    "交流发言",
    "签订责任书",
    "项目签约",
    "表彰颁奖",
    "授牌授旗",
    "揭牌",
    "宣誓",
    "观看短片",
    "讨论审议",
    "表决",
    "现场观摩",
    "讲话",
    "主持人总结",
    "休会",
    "自定",
]
ITEM_KINDS: tuple[str, ...] = get_args(ItemKind)

_CHAIN = ("turns",)
KEYS_OF_KIND: dict[str, tuple[str, ...]] = {
    "奏唱国歌": (),
    "介绍来宾": ("speaker", "guests"),
    "宣读文件": ("documents",),
    "通报情况": _CHAIN,
    "工作汇报": _CHAIN,
    "表态发言": _CHAIN,
    "交流发言": _CHAIN,
    "签订责任书": ("document", "units", "counterpart"),
    "项目签约": ("batches",),
    "表彰颁奖": ("batches",),
    "授牌授旗": ("batches",),
    "揭牌": ("plaque", "unveilers"),
    "宣誓": ("speaker", "oath_takers"),
    "观看短片": ("film",),
    "讨论审议": ("documents",),
    "表决": ("matters",),
    "现场观摩": ("speaker", "stops"),
    "讲话": ("speaker", "subject"),
    "主持人总结": (),
    "休会": ("minutes",),
    "自定": (),
}


class Turn(Record):
    """发言: one of the speakers of a chain."""

    speaker: Reference = Field("", alias="发言人", description="人员里的姓名或代号；只有单位时不写")
    unit: Line = Field("", alias="单位", description="发言单位；只写单位时叫“请某某单位发言”")
    subject: DocumentTitle = Field("", alias="题目", description="发言或通报的题目、事项")
    category: Line = Field(
        "", alias="类别", description="什么样的发言，如“检讨发言”“典型发言”；不写就是议程项的类型"
    )
    points: Clauses = Field(
        (),
        alias="要点",
        description="说的内容本身，如“12个小区全部开工”，主持人回顾时用，也写进汇报材料",
    )
    minutes: Minutes = Field(None, alias="分钟", description="这一位的时限")


class Document(Record):
    """文件: a document that is read out or discussed."""

    shorthand = "标题"

    title: DocumentTitle = Field(..., alias="标题", min_length=1, description="文件标题，书名号可写可不写")
    speaker: Reference = Field("", alias="宣读人", description="宣读或说明的人，人员里的姓名或代号")
    points: Clauses = Field(
        (), alias="要点", description="文件的内容本身，如“明年6月底前通过评估”，主持人回顾时用"
    )


class Batch(Record):
    """批次: those who receive, sign or are honoured together."""

    award: DocumentTitle = Field("", alias="名目", description="奖项、牌匾、旗帜或项目的名称")
    recipients: Lines = Field((), alias="对象", description="获奖、受牌、受旗或签约的单位或个人")
    presenters: References = Field(
        (), alias="颁发人", description="颁奖、授牌、授旗的人或见证签约的人，人员里的姓名或代号"
    )


class Arrangement(Record):
    """安排: an item that stands in the agenda but is not called in the meeting."""

    status: Literal["会前已完成", "另行安排", "书面"] = Field(
        ..., alias="状态", description="会前已完成、另行安排、书面，三选一"
    )
    reason: Clause = Field("", alias="说明", description="原因或去向")
    mentioned: Truth = Field(
        True, alias="提及", description="主持词里要不要说明一句，写“是”或“否”；不写就是“是”"
    )


class AgendaItem(Record):
    """议程项: what happens, who does it, and how it is to be called."""

    kind: ItemKind = Field(
        ..., alias="类型", description="二十一种议程里的一种；都不合适就写“自定”，再写“串词”或“名称”"
    )
    name: Line = Field(
        "", alias="名称", description="在议程里怎么说，如“签订目标责任书”；不写就用类型的默认说法"
    )
    time: Line = Field("", alias="时间", description="这一项开始的时刻，可只给几项写")
    numbered: Truth = Field(True, alias="编号", description="写“否”则不算在“N项议程”里")
    arrangement: Arrangement | None = Field(None, alias="安排", description="会前已办、另行安排的，写在这里")
    points: Clauses = Field(
        (),
        alias="要点",
        description="这一项说的内容本身，如“12个小区全部开工”，主持人回顾时用，也写进讲话稿、汇报材料",
    )
    script: Clause = Field("", alias="串词", description="主持人的原话；写了就用它，不再套用语料")
    cue: Line = Field("", alias="提示", description="括号里的提示，如“颁奖”；不写就用默认的")
    minutes_each: Minutes = Field(None, alias="每人分钟", description="每位发言的时限")
    steps: Annotated[tuple["AgendaItem", ...], Before(listed)] = Field(
        (), alias="步骤", description="这一项里的几步，各有各的类型"
    )

    turns: Annotated[tuple[Turn, ...], Before(listed)] = Field(
        (), alias="发言", description="一个接一个的发言，每项写发言人，或只写单位"
    )
    documents: Annotated[tuple[Document, ...], Before(listed)] = Field(
        (), alias="文件", description="宣读或审议的文件，每项写标题、宣读人"
    )
    batches: Annotated[tuple[Batch, ...], Before(listed)] = Field(
        (), alias="批次", description="一批一批上台的对象和颁发人"
    )
    speaker: Reference = Field("", alias="讲话人", description="讲话、介绍、领誓或带队的人")
    subject: DocumentTitle = Field("", alias="题目", description="讲话的题目，可不写")
    guests: References = Field((), alias="来宾", description="介绍到的来宾，人员里的姓名或代号")
    unveilers: References = Field((), alias="揭牌人", description="揭牌的人，人员里的姓名或代号")
    plaque: DocumentTitle = Field("", alias="牌匾", description="牌匾上的名称，如“清河县政务服务中心”")
    film: DocumentTitle = Field("", alias="片名", description="短片的名称")
    oath_takers: Line = Field("", alias="宣誓人", description="宣誓的群体")
    units: Lines = Field((), alias="单位", description="上台签订责任书的单位")
    document: DocumentTitle = Field("", alias="文书", description="责任书的名称")
    counterpart: Reference = Field("", alias="签约人", description="代表上级签字的人")
    matters: Clauses = Field((), alias="事项", description="付诸表决的事项")
    stops: Lines = Field((), alias="地点", description="观摩的地点，按顺序")
    minutes: Minutes = Field(None, alias="时长", description="休会多少分钟")

    @model_validator(mode="after")
    def _keys_of_kind(self) -> "AgendaItem":
        own = {name for names in KEYS_OF_KIND.values() for name in names}
        for name in sorted(own & self.model_fields_set):
            if name not in KEYS_OF_KIND[self.kind]:
                raise PydanticCustomError(
                    "not_of_kind",
                    "“{kind}”这类议程没有“{key}”这个键{hint}",
                    {"kind": self.kind, "key": type(self).model_fields[name].alias, "hint": _hint(self.kind)},
                )
        if self.kind == "自定" and not (self.script or self.name):
            raise PydanticCustomError("no_script", "“自定”的议程要写“串词”或“名称”")
        return self


def _hint(kind: str) -> str:
    keys = [str(AgendaItem.model_fields[name].alias) for name in KEYS_OF_KIND[kind]]
    return f"，它自己的键是：{'、'.join(keys)}" if keys else "，它没有自己的键"
