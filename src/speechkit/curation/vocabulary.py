"""What templates may see: every variable with its keys and, where they are enumerated, its words.

The keys of the meeting file are read off its model; those that drafting derives are listed here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..expressions import UNKNOWN, Path, is_element
from ..meeting.agenda import AgendaItem, Batch, Document, Turn
from ..meeting.fields import Figure, Record
from ..meeting.keys import KeyInfo, keys_of
from ..meeting.model import Event, Hosting, Report, Requirement, Speech


@dataclass(eq=False)
class Kind:
    """What a variable is: a record with keys, a list of such, or plain."""

    keys: dict[str, "Kind"] = field(default_factory=dict)
    many: bool = False
    words: tuple[str, ...] = ()
    """The words allowed, where they are enumerated."""
    always: bool = False
    """Whether it is always given."""

    def at(self, path: Path) -> "Kind | None":
        """Return what a path below it names; None where there is nothing of the name."""
        kind = self
        for step in path:
            if step == UNKNOWN or kind is ANYTHING:
                return ANYTHING
            if is_element(step):
                kind = kind.element()
            elif kind.many or step not in kind.keys:
                return None
            else:
                kind = kind.keys[step]
        return kind

    def element(self) -> "Kind":
        """Return what one of its elements is."""
        return Kind(self.keys, False, self.words, True) if self.many else ANYTHING


Variables = Mapping[str, Kind]
TEXT = Kind()
ANYTHING = Kind()
"""What can't be told."""
GIVEN = Kind(always=True)
PERSON = Kind(dict.fromkeys(("全称", "简称", "姓名", "职务"), TEXT))


def _record(record: type[Record], **derived: Kind) -> Kind:
    return Kind({**_model_keys(record), **derived}, always=True)


def _model_keys(record: type[Record]) -> dict[str, Kind]:
    infos = [info for info in dict.fromkeys(keys_of(record).values()) if info.record is not record]
    return {info.chinese: _of_key(info) for info in infos}


def _of_key(info: KeyInfo) -> Kind:
    # A figure is written out as a whole.
    keys = _model_keys(info.record) if info.record and info.record is not Figure else {}
    given = not isinstance(info.field.default, bool) and bool(info.field.default)
    return Kind(keys, info.many, info.choices, info.field.is_required() or given)


def _many(kind: Kind) -> Kind:
    return Kind(kind.keys, True, kind.words)


def _shared(records: Iterable[type[Record]]) -> dict[str, Kind]:
    """The keys that all of the records have: what comes of any of them has only these for sure."""
    first, *others = (_model_keys(record) for record in records)
    return {key: kind for key, kind in first.items() if all(key in other for other in others)}


_TEXTS, _PEOPLE, _FLAG = _many(TEXT), _many(PERSON), Kind()
TURN = Kind(
    {
        **_shared((Turn, Document, Batch, AgendaItem)),
        **dict.fromkeys(("人", "下一位"), PERSON),
        **dict.fromkeys(("名目", "类别", "分钟", "人数", "文书"), TEXT),
        **dict.fromkeys(("本人", "来宾"), _FLAG),
        "众人": _PEOPLE,
        "单位": _TEXTS,
        "要点": _TEXTS,
    },
    always=True,
)
ITEM = _record(
    AgendaItem,
    **dict.fromkeys(("各单位", "各名目", "要点"), _TEXTS),
    **dict.fromkeys(("最后", "已办", "重要", "本人"), _FLAG),
    序号=TEXT,
    名称=GIVEN,
    轮次=_many(TURN),
    众人=_PEOPLE,
    同志=PERSON,
)
ITEM.keys["步骤"] = _many(ITEM)
REQUIREMENT = _record(Requirement)
SPOKEN_REQUIREMENT = _record(
    Requirement, 已办=Kind(many=True), 所求=Kind(many=True, always=True), 奖惩=Kind(many=True)
)
EVENT = _record(
    Event,
    **dict.fromkeys(("名称", "简称"), GIVEN),
    日期=TEXT,
    主席台=_PEOPLE,
    主持人=PERSON,
    总人数=TEXT,
    **dict.fromkeys(("仪式", "喜庆"), _FLAG),
)
_WORDS = Kind(many=True, always=True)
_EVERYWHERE: dict[str, Kind] = {
    "会议": EVENT,
    **dict.fromkeys(("主题", "简题", "点数", "所述"), GIVEN),
    **dict.fromkeys(("本地", "全域"), TEXT),
    **dict.fromkeys(("首", "末", "列举"), _FLAG),
    "序": GIVEN,
    "动词": _WORDS,
    "句法": GIVEN,
    "议程": _many(ITEM),
    "议项": _many(ITEM),
    "前项": _many(ITEM),
    "总结项": Kind(ITEM.keys),
}
_OWN: dict[str, dict[str, Kind]] = {
    "讲话": {
        "讲话": _record(
            Speech,
            讲话人=PERSON,
            要点=_TEXTS,
            要求有题=_many(SPOKEN_REQUIREMENT),
            要求无题=_many(SPOKEN_REQUIREMENT),
            立场=Kind(words=keys_of(Speech)["立场"].choices, always=True),
        )
    },
    "会议": {"主持": _record(Hosting, 要求=_many(REQUIREMENT))},
    "汇报": {"汇报": _record(Report, 单位=GIVEN, 日期=TEXT, 汇报人=PERSON, 要点=_TEXTS)},
}


def variables_of(source: str, word_lists: Iterable[str] = ()) -> dict[str, Kind]:
    """Return the variables of a document whose data stands under `source`: 讲话, 会议 or 汇报."""
    return {**dict.fromkeys(word_lists, _WORDS), **_EVERYWHERE, **_OWN[source]}
