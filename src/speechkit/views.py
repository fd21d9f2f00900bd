"""Views: what templates see of the records of a meeting, with what follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .facts import Mention, Noted, Recorder, View, person_mention, wrap
from .filters import MISSING, Count
from .forms import Forms
from .meeting import AgendaItem, Batch, Document, Meeting, Person, Report, Requirement, Speech, Turn
from .meeting.fields import Record
from .meeting.model import Group

# Where nobody is named for these, the host does it.
_HOST_BY_DEFAULT = frozenset({"介绍来宾", "主持人总结", "表决"})
_REPORTED = ("工作汇报", "交流发言", "表态发言")
# What is called so is no meeting that is opened and closed.
_CEREMONY = ("仪式", "典礼")
# Those who speak there are partners or guests as often as colleagues.
_AMONG_GUESTS = frozenset({"签约仪式", "揭牌仪式", "座谈会"})
# Nobody is told off there.
_FESTIVE = frozenset({"表彰会", "启动仪式", "签约仪式", "揭牌仪式"})


@dataclass
class Views:
    """Makes what templates see of one meeting, as one of those who speak there has it: `itself`."""

    meeting: Meeting
    forms: Forms
    itself: Person | None
    recorder: Recorder = field(init=False)

    def __post_init__(self) -> None:
        time = self.meeting.event.time
        self.recorder = Recorder(time.at.year if time else None)

    def mention(self, path: str, reference: str, role: str = "", unit: str = "") -> Any:
        """A person, else the unit alone, else a gap where somebody has to be named, else nothing."""
        person = self.meeting.person(reference)
        if person:
            forms = (self.forms.full(person, unit), self._short(person))
            return person_mention(self.recorder, path, person, forms, person == self.itself)
        if unit:
            return Mention(self.recorder, path, unit, unit)
        if role:
            gap = self.forms.gap(f"{role}{self.forms.gaps['姓名']}")
            return Mention(self.recorder, path, gap, gap)
        return MISSING

    def _short(self, person: Person) -> str:
        """Return the short form, with the whole name where two would be called 王县长."""
        short = self.forms.short(person)
        others = (other for other in self.meeting.people if other != person)
        return self.forms.short(person, shared=any(self.forms.short(other) == short for other in others))

    def _mentions(self, path: str, references: tuple[str, ...]) -> list[Any]:
        return [self.mention(f"{path}[{n}]", reference) for n, reference in enumerate(references)]

    def view(self, path: str, record: Any, **derived: Any) -> View:
        """Return a record under its path in the file, with what was derived of it."""
        return View(self.recorder, path, record, derived)

    # -- the agenda

    def agenda(self) -> list[View]:
        """Return all items of the agenda."""
        numbers = iter(range(1, 1000))
        ordinals = [next(numbers) if _is_numbered(item) else 0 for item in self.meeting.agenda]
        last = max(ordinals, default=0)
        return [
            self._item(f"议程[{n}]", item, ordinal, ordinal == last)
            for n, (item, ordinal) in enumerate(zip(self.meeting.agenda, ordinals, strict=True))
        ]

    def _item(self, path: str, item: AgendaItem, ordinal: int, last: bool) -> View:
        turns = self._turns(path, item, announced=ordinal > 0)
        steps = [self._item(f"{path}.步骤[{n}]", step, 0, False) for n, step in enumerate(item.steps)]
        speaker = self.meeting.person(item.speaker)
        important = speaker is not None and speaker == self.meeting.highest() != self.itself
        people = [*_distinct(turn["人"] for turn in turns), *_distinct(p for t in turns for p in t["众人"])]
        return self.view(
            path,
            item,
            序号=ordinal or None,
            最后=bool(ordinal) and last,
            名称=self._name(path, item),
            轮次=turns,
            步骤=steps,
            已办=item.arrangement is not None,
            重要=important,
            众人=people,
            各单位=_distinct(unit for turn in turns for unit in turn["单位"]),
            各名目=_distinct(turn["名目"] for turn in turns),
            要点=self._points(path, item) or MISSING,
            本人=any(turn["本人"] for turn in turns),
            同志=self._comrade(people, important) or MISSING,
        )

    def _comrade(self, people: list[Any], important: bool) -> Mention | None:
        """The one whose item it is, as colleagues call each other; nobody where guests may be among them."""
        who: Mention | None = people[0] if len(people) == 1 else None
        formal = important or self.meeting.event.kind in _AMONG_GUESTS
        if who is None or formal or not who.name or who.guest or who.is_self:
            return None
        return who.styled(self.forms.comrade)

    def _name(self, path: str, item: AgendaItem) -> Any:
        """The item's own name, else that of its kind; of several speeches, those of others by their post."""
        after_document = self.noted(f"{path}.文书", self.forms.document_item(item.kind, item.document))
        kind = after_document or self.forms.item_names[item.kind]
        speaker = self.meeting.person(item.speaker)
        namesakes = sum(one.kind == item.kind and not one.name for one in self.meeting.agenda)
        if item.name or item.kind != "讲话" or not speaker or speaker == self.itself or namesakes == 1:
            return self.noted(f"{path}.名称", item.name) or kind
        post = speaker.post.split("、")[-1]
        return self.noted(f"{path}.讲话人", f"{speaker.unit}{post}讲话") if post else kind

    def _turns(self, path: str, item: AgendaItem, announced: bool) -> list[View]:
        role = self.forms.roles.get(item.kind, "")
        parts = _parts(path, item)
        if not parts:
            who, signed = self._sole_speaker(path, item, role), self._signed(path, item, announced)
            return [] if item.steps else [self._turn(path, item, who, signed=signed)]
        people = [self._part_speaker(where, part, role) for where, part in parts]
        return [
            self._turn(where, part, people[n], _to_prepare(people[n : n + 2]))
            for n, (where, part) in enumerate(parts)
        ]

    def _sole_speaker(self, path: str, item: AgendaItem, role: str) -> Any:
        if item.counterpart:
            return self.mention(f"{path}.签约人", item.counterpart)
        if not item.speaker and item.kind in _HOST_BY_DEFAULT:
            return self.mention("会议.主持人", self.meeting.event.host, role)
        return self.mention(f"{path}.讲话人", item.speaker, role)

    def _part_speaker(self, path: str, part: Turn | Document | Batch, role: str) -> Any:
        if isinstance(part, Batch):
            return MISSING
        unit = part.unit if isinstance(part, Turn) else ""
        key = "宣读人" if isinstance(part, Document) else "发言人"
        return self.mention(f"{path}.{key}", part.speaker, role, unit)

    def _signed(self, path: str, item: AgendaItem, announced: bool) -> Any:
        """What is signed: 责任书 alone where the name of the item has just told which."""
        if item.kind not in self.forms.document_items:
            return MISSING
        is_told = not item.document or (announced and item.document in self._name(path, item))
        _, short = self.forms.document_items[item.kind]
        return short if is_told else self.noted(f"{path}.文书", f"《{item.document}》")

    def _turn(self, path: str, part: Any, who: Any, following: Any = MISSING, signed: Any = MISSING) -> View:
        crowd = self._crowd(path, part)
        return self.view(
            path,
            part,
            人=who,
            下一位=following,
            众人=crowd,
            人数=Count(len(crowd)) if crowd else None,
            单位=self._units(path, part) or MISSING,
            名目=self._subject(path, part),
            类别=self.noted(f"{path}.类别", getattr(part, "category", "")),
            要点=wrap(self.recorder, f"{path}.要点", getattr(part, "points", ())),
            分钟=part.minutes if isinstance(part, Turn) else None,
            本人=isinstance(who, Mention) and who.is_self,
            来宾=isinstance(who, Mention) and who.guest,
            文书=signed,
        )

    def _crowd(self, path: str, part: Any) -> list[Any]:
        if isinstance(part, Batch):
            return self._mentions(f"{path}.颁发人", part.presenters)
        if isinstance(part, AgendaItem):
            return self._mentions(f"{path}.来宾", part.guests) + self._mentions(
                f"{path}.揭牌人", part.unveilers
            )
        return []

    def _points(self, path: str, item: AgendaItem) -> list[Any]:
        """What was said in all of the item."""
        parts = [(path, item), *_parts(path, item)]
        told = [wrap(self.recorder, f"{where}.要点", getattr(part, "points", ())) for where, part in parts]
        return [point for points in told for point in points]

    def _subject(self, path: str, part: Any) -> Any:
        """What a turn is about, whichever key holds it."""
        keys = (key for key in _SUBJECT_KEYS[type(part)] if getattr(part, key))
        key = next(keys, None)
        if key is None:
            return MISSING
        value = getattr(part, key)
        return self.noted(_under(path, part, key), value if isinstance(value, str) else "、".join(value))

    def title(self, path: str, told: Speech | Report) -> Any:
        """Return the title of a speech or report: its own, else the one that the agenda has for it."""
        if told.title:
            return self.noted(f"{path}.题目", told.title)
        own = ((where, part.subject) for where, part in self._own_parts(told))
        return next((self.noted(f"{where}.题目", subject) for where, subject in own if subject), MISSING)

    def points(self, told: Speech | Report) -> list[Noted]:
        """Return what the agenda has somebody say, for the host to look back on."""
        own = (wrap(self.recorder, f"{where}.要点", part.points) for where, part in self._own_parts(told))
        return [point for points in own for point in points or ()]

    def _own_parts(self, told: Speech | Report) -> Iterator[tuple[str, Any]]:
        """Yield the items and turns in which a speech or report is given."""
        kinds, unit = (_REPORTED, told.unit) if isinstance(told, Report) else (("讲话",), "")
        for n, item in enumerate(self.meeting.agenda):
            parts = [(f"议程[{n}]", item), *_parts(f"议程[{n}]", item)] if item.kind in kinds else []
            yield from ((where, part) for where, part in parts if _is_by(part, told.speaker, unit))

    def _units(self, path: str, part: Any) -> list[Any]:
        """Who receives, signs, takes part or is visited, whichever key holds them."""
        told = [
            wrap(self.recorder, _under(path, part, key), getattr(part, key)) for key in _UNIT_KEYS[type(part)]
        ]
        return [unit for units in told for unit in (units if isinstance(units, list) else [units]) if unit]

    def points_of_host(self) -> list[View]:
        """The host's requirements; where only some have headings, a heading opens its text instead."""
        requirements = self.meeting.hosting.requirements
        headed = all(requirement.heading for requirement in requirements)
        return [
            self.view(path, requirement, **({} if headed else self._unheaded(path, requirement)))
            for path, requirement in ((f"主持.要求[{n}]", r) for n, r in enumerate(requirements))
        ]

    def _unheaded(self, path: str, requirement: Requirement) -> dict[str, Any]:
        heading = wrap(self.recorder, f"{path}.标题", requirement.heading)
        text = wrap(self.recorder, f"{path}.内容", requirement.text)
        return {"标题": None, "内容": [heading, *text] if heading else text}

    # -- the whole

    def scope(self, agenda: list[View]) -> dict[str, Any]:
        """Return what the templates of every document may name."""
        event = self.meeting.event
        own, whole = self.forms.region(event)
        topic = event.topic or self.forms.gap("会议主题")
        return {
            **self.forms.word_lists,
            "会议": self._event_view(),
            "主题": self.noted("会议.主题", self.forms.bare_topic(topic)),
            "简题": self.noted("会议.主题简称", self.forms.bare_topic(event.short_topic or topic)),
            "本地": self.noted("会议.地区.自称", own),
            "全域": self.noted("会议.地区.全域", whole),
            "动词": self.forms.grammar.verbs,
            "句法": self.forms.grammar,
            "议程": agenda,
            "议项": [item for item in agenda if item["序号"]] or MISSING,
            "总结项": next((item for item in held(agenda) if item["类型"] == "主持人总结"), MISSING),
        }

    def noted(self, path: str, text: str) -> Any:
        """Return a text that notes its use under a path; nothing for an empty one."""
        return Noted(text, path, self.recorder) if text else MISSING

    def _platform(self) -> list[Any]:
        """Those on the platform as the one who speaks names them: all but himself."""
        seated = self._mentions("会议.主席台", self.meeting.event.platform)
        return [one for one in seated if not (isinstance(one, Mention) and one.is_self)]

    def _event_view(self) -> View:
        event = self.meeting.event
        name = event.name or self.forms.gap("会议名称")
        if event.joint and "暨" not in name:
            name += "".join(f"暨{joint.name}" for joint in event.joint)
        return self.view(
            "会议",
            event,
            名称=self.noted("会议.名称", name),
            简称=self.noted("会议.简称" if event.short_name else "会议.名称", event.short_name or name),
            日期=self.noted("会议.时间", event.time.day if event.time else ""),
            主席台=self._platform() or MISSING,
            主持人=self.mention("会议.主持人", event.host),
            仪式=(event.kind.endswith("仪式") or event.kind == "其他")
            and any(word in name for word in _CEREMONY),
            喜庆=event.kind in _FESTIVE,
            总人数=self.noted("会议.参会", _total(event.attendance)),
        )


def _total(groups: tuple[Group, ...]) -> str:
    """The number of all who attend, where it is known of every group."""
    known = [group.count for group in groups if group.count]
    return str(sum(known)) if known and len(known) == len(groups) else ""


def _to_prepare(people: list[Any]) -> Any:
    """Who is asked to get ready: the next one, unless it is the same person or the host himself."""
    who, following = people[0], people[1] if len(people) > 1 else MISSING
    is_host = isinstance(following, Mention) and following.is_self
    return MISSING if is_host or following == who else following


def _is_numbered(item: AgendaItem) -> bool:
    return item.numbered and item.arrangement is None


def _distinct(values: Any) -> list[Any]:
    return list(dict.fromkeys(value for value in values if value is not MISSING and value is not None))


def _is_by(part: Any, speaker: str, unit: str) -> bool:
    """Whether an item or turn is a person's, or where nobody is named a unit's."""
    if isinstance(part, AgendaItem) or (speaker and part.speaker):
        return bool(speaker) and part.speaker == speaker
    return bool(unit) and isinstance(part, Turn) and part.unit == unit


def _parts(path: str, item: AgendaItem) -> list[tuple[str, Any]]:
    named = (("发言", item.turns), ("文件", item.documents), ("批次", item.batches))
    return [(f"{path}.{key}[{n}]", part) for key, parts in named for n, part in enumerate(parts)]


_SUBJECT_KEYS: dict[type[Record], tuple[str, ...]] = {
    AgendaItem: ("subject", "document", "plaque", "film", "matters"),
    Batch: ("award",),
    Document: ("title",),
    Turn: ("subject",),
}
_UNIT_KEYS: dict[type[Record], tuple[str, ...]] = {
    AgendaItem: ("units", "stops", "oath_takers"),
    Batch: ("recipients",),
    Document: (),
    Turn: ("unit",),
}


def _under(path: str, record: Record, name: str) -> str:
    return f"{path}.{type(record).model_fields[name].alias}"


def held(items: list[View]) -> Iterator[View]:
    """Yield the items and steps that are held in the meeting, in order."""
    for item in items:
        if not item["已办"]:
            if item["轮次"] or item["类型"] == "自定":
                yield item
            yield from held(item["步骤"])
