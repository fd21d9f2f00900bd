"""Set the stage for one document: the facts of the meeting as its speaker, host or unit has them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .completeness import report_lacks, speech_lacks
from .facts import Mention, Noted, Recorder, View, person_mention, told_of, wrap
from .forms import Forms
from .meeting import AgendaItem, Batch, Document, Meeting, Person, Report, Requirement, Speech, Turn
from .meeting.fields import Record
from .meeting.model import Group
from .templating import MISSING, Count

# Where nobody is named for these, the host does it.
_HOST_BY_DEFAULT = frozenset({"介绍来宾", "主持人总结", "表决"})
_TALKS = frozenset({"讲话", "主持人总结"})
# Nobody looks back on these.
_CEREMONIAL = frozenset({"奏唱国歌", "休会"})


@dataclass(frozen=True)
class Stage:
    """What the templates of one document may see."""

    source: str
    """Where its data stands in the meeting file: 讲话, 会议 or 汇报."""
    recorder: Recorder
    scope: dict[str, Any]
    label: str
    """What tells this document from others of its genre: the speaker's name, the unit; may be empty."""
    tone: str = ""
    target: int | None = None
    """Wanted length in characters; None where nobody asked for one."""
    speaker: Person | None = None
    lacking: tuple[str, ...] = ()
    """Keys that the meeting file leaves empty and that would give the document more to say."""
    told: str = ""
    """What the meeting file says of what the document is about."""


@dataclass
class _Builder:
    meeting: Meeting
    forms: Forms
    itself: Person | None
    recorder: Recorder = field(default_factory=Recorder)

    def mention(self, path: str, reference: str, role: str = "", unit: str = "") -> Any:
        """A person, else the unit alone, else a gap where somebody has to be named, else nothing."""
        person = self.meeting.person(reference)
        if person:
            forms = (self.forms.full(person, unit), self.short(person))
            return person_mention(self.recorder, path, person, forms, person == self.itself)
        if unit:
            return Mention(self.recorder, path, unit, unit)
        if role:
            gap = self.forms.gap(f"{role}{self.forms.gaps['姓名']}")
            return Mention(self.recorder, path, gap, gap)
        return MISSING

    def short(self, person: Person) -> str:
        """Return the short form, with the whole name where two would be called 王县长."""
        short = self.forms.short(person)
        others = (other for other in self.meeting.people if other != person)
        return self.forms.short(person, shared=any(self.forms.short(other) == short for other in others))

    def mentions(self, path: str, references: tuple[str, ...]) -> list[Any]:
        return [self.mention(f"{path}[{n}]", reference) for n, reference in enumerate(references)]

    def view(self, path: str, record: Any, **derived: Any) -> View:
        return View(self.recorder, path, record, derived)

    # -- the agenda

    def agenda(self) -> list[View]:
        numbers = iter(range(1, 1000))
        ordinals = [next(numbers) if _is_numbered(item) else 0 for item in self.meeting.agenda]
        last = max(ordinals, default=0)
        return [
            self.item(f"议程[{n}]", item, ordinal, ordinal == last)
            for n, (item, ordinal) in enumerate(zip(self.meeting.agenda, ordinals, strict=True))
        ]

    def item(self, path: str, item: AgendaItem, ordinal: int, last: bool) -> View:
        turns = self.turns(path, item)
        steps = [self.item(f"{path}.步骤[{n}]", step, 0, False) for n, step in enumerate(item.steps)]
        speaker = self.meeting.person(item.speaker)
        return self.view(
            path,
            item,
            序号=ordinal or None,
            最后=bool(ordinal) and last,
            名称=self.noted(f"{path}.名称", item.name) or self.forms.item_names[item.kind],
            轮次=turns,
            步骤=steps,
            已办=item.arrangement is not None,
            重要=speaker is not None and speaker == self.meeting.highest() != self.itself,
            众人=_distinct(turn["人"] for turn in turns)
            + _distinct(p for turn in turns for p in turn["众人"]),
            各单位=_distinct(unit for turn in turns for unit in turn["单位"]),
            各名目=_distinct(turn["名目"] for turn in turns),
            要点=self.points(path, item) or MISSING,
            本人=any(turn["本人"] for turn in turns),
        )

    def turns(self, path: str, item: AgendaItem) -> list[View]:
        role = self.forms.roles.get(item.kind, "")
        parts = _parts(path, item)
        if not parts:
            return [] if item.steps else [self.turn(path, item, self.sole_speaker(path, item, role))]
        people = [self.part_speaker(where, part, role) for where, part in parts]
        return [
            self.turn(where, part, people[n], _to_prepare(people[n : n + 2]))
            for n, (where, part) in enumerate(parts)
        ]

    def sole_speaker(self, path: str, item: AgendaItem, role: str) -> Any:
        if item.counterpart:
            return self.mention(f"{path}.签约人", item.counterpart)
        if not item.speaker and item.kind in _HOST_BY_DEFAULT:
            return self.mention("会议.主持人", self.meeting.event.host, role)
        return self.mention(f"{path}.讲话人", item.speaker, role)

    def part_speaker(self, path: str, part: Turn | Document | Batch, role: str) -> Any:
        if isinstance(part, Batch):
            return MISSING
        unit = part.unit if isinstance(part, Turn) else ""
        key = "宣读人" if isinstance(part, Document) else "发言人"
        return self.mention(f"{path}.{key}", part.speaker, role, unit)

    def turn(self, path: str, part: Any, who: Any, following: Any = MISSING) -> View:
        crowd = self.crowd(path, part)
        return self.view(
            path,
            part,
            人=who,
            下一位=following,
            众人=crowd,
            人数=Count(len(crowd)) if crowd else None,
            单位=self.units(path, part) or MISSING,
            名目=self.subject(path, part),
            类别=self.noted(f"{path}.类别", getattr(part, "category", "")),
            要点=wrap(self.recorder, f"{path}.要点", getattr(part, "points", ())),
            分钟=part.minutes if isinstance(part, Turn) else None,
            本人=isinstance(who, Mention) and who.is_self,
            来宾=isinstance(who, Mention) and who.guest,
        )

    def crowd(self, path: str, part: Any) -> list[Any]:
        if isinstance(part, Batch):
            return self.mentions(f"{path}.颁发人", part.presenters)
        if isinstance(part, AgendaItem):
            return self.mentions(f"{path}.来宾", part.guests) + self.mentions(
                f"{path}.揭牌人", part.unveilers
            )
        return []

    def points(self, path: str, item: AgendaItem) -> list[Any]:
        """What was said in all of the item."""
        parts = [(path, item), *_parts(path, item)]
        told = [wrap(self.recorder, f"{where}.要点", getattr(part, "points", ())) for where, part in parts]
        return [point for points in told for point in points]

    def subject(self, path: str, part: Any) -> Any:
        """What a turn is about, whichever key holds it."""
        keys = (key for key in _SUBJECT_KEYS[type(part)] if getattr(part, key))
        key = next(keys, None)
        if key is None:
            return MISSING
        value = getattr(part, key)
        return self.noted(_under(path, part, key), value if isinstance(value, str) else "、".join(value))

    def units(self, path: str, part: Any) -> list[Any]:
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
            self.view(path, requirement, **({} if headed else self.unheaded(path, requirement)))
            for path, requirement in ((f"主持.要求[{n}]", r) for n, r in enumerate(requirements))
        ]

    def unheaded(self, path: str, requirement: Requirement) -> dict[str, Any]:
        heading = wrap(self.recorder, f"{path}.标题", requirement.heading)
        text = wrap(self.recorder, f"{path}.内容", requirement.text)
        return {"标题": None, "内容": [heading, *text] if heading else text}

    # -- the whole

    def scope(self, agenda: list[View]) -> dict[str, Any]:
        event = self.meeting.event
        own, whole = self.forms.region(event)
        topic = event.topic or self.forms.gap("会议主题")
        return {
            "会议": self.event_view(),
            "主题": self.noted("会议.主题", self.forms.bare_topic(topic)),
            "简题": self.noted("会议.主题简称", self.forms.bare_topic(event.short_topic or topic)),
            "本地": self.noted("会议.地区.自称", own),
            "全域": self.noted("会议.地区.全域", whole),
            "议程": agenda,
            "议项": [item for item in agenda if item["序号"]] or MISSING,
            "总结项": next((item for item in _held(agenda) if item["类型"] == "主持人总结"), MISSING),
        }

    def noted(self, path: str, text: str) -> Any:
        return Noted(text, path, self.recorder) if text else MISSING

    def event_view(self) -> View:
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
            主席台=self.mentions("会议.主席台", event.platform) or MISSING,
            主持人=self.mention("会议.主持人", event.host),
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


def _held(items: list[View]) -> Iterator[View]:
    """Yield the items and steps that are held in the meeting, in order."""
    for item in items:
        if not item["已办"]:
            if item["轮次"] or item["类型"] == "自定":
                yield item
            yield from _held(item["步骤"])


def _recalled(held: list[View]) -> list[View]:
    """What one looks back on: no ceremony, and nothing that the agenda doesn't count."""
    return [item for item in held if item["编号"] and item["类型"] not in _CEREMONIAL]


def stage_host_script(meeting: Meeting, forms: Forms) -> Stage:
    """Return the stage of the host script."""
    host = meeting.person(meeting.event.host)
    builder = _Builder(meeting, forms, host)
    agenda = builder.agenda()
    scope = builder.scope(agenda)
    held = list(_held(agenda))
    summed_up = next((n for n, item in enumerate(held) if item["类型"] == "主持人总结"), len(held))
    scope["前项"] = _recalled(held[:summed_up]) or MISSING
    scope["主持"] = builder.view("主持", meeting.hosting, 要求=builder.points_of_host() or MISSING)
    told = told_of(meeting)
    return Stage("会议", builder.recorder, scope, "", meeting.event.tone, speaker=host, told=told)


def stage_speech(meeting: Meeting, forms: Forms, index: int) -> Stage:
    """Return the stage of one of the speeches; what has gone before it is 前项."""
    speech = meeting.speeches[index]
    speaker = meeting.person(speech.speaker)
    builder = _Builder(meeting, forms, speaker)
    agenda = builder.agenda()
    scope = builder.scope(agenda)
    scope["前项"] = _recalled(_before(list(_held(agenda)))) or MISSING
    gap = forms.gap(f"{forms.roles['讲话']}{forms.gaps['姓名']}")
    view = builder.view(
        f"讲话[{index}]",
        speech,
        讲话人=builder.mention(f"讲话[{index}].讲话人", speech.speaker, forms.roles["讲话"]),
        立场=speech.stance or _stance(scope["前项"]),
        **_requirements(builder, f"讲话[{index}].要求", speech),
    )
    scope["讲话"] = view
    target = speech.minutes * speech.rate if speech.minutes else None
    label = (speaker.name or speaker.key or speaker.post) if speaker else gap
    return Stage(
        "讲话",
        builder.recorder,
        scope,
        label,
        speech.tone or meeting.event.tone,
        target,
        speaker,
        speech_lacks(speech),
        told_of(meeting.event, speech),
    )


def _stance(before: list[View]) -> str:
    """One who speaks after others have spoken adds to what they laid out; else he lays it out himself."""
    return "强调" if any(item["类型"] == "讲话" for item in before) else "部署"


def _requirements(builder: _Builder, path: str, speech: Speech) -> dict[str, Any]:
    views = [builder.view(f"{path}[{n}]", requirement) for n, requirement in enumerate(speech.requirements)]
    return {
        "要求有题": [view for view in views if view["标题"]] or MISSING,
        "要求无题": [view for view in views if not view["标题"]] or MISSING,
    }


def _before(held: list[View]) -> list[View]:
    """What has gone before the speaker: up to the item in which he speaks, else all but the speeches."""
    for n, item in enumerate(held):
        if item["类型"] == "讲话" and item["本人"]:
            return held[:n]
    return [item for item in held if item["类型"] not in _TALKS]


def stage_report(meeting: Meeting, forms: Forms, index: int) -> Stage:
    """Return the stage of one of the work reports."""
    report = meeting.reports[index]
    speaker = meeting.person(report.speaker)
    builder = _Builder(meeting, forms, speaker)
    scope = builder.scope(builder.agenda())
    day = report.date or meeting.event.time
    scope["汇报"] = builder.view(
        f"汇报[{index}]",
        report,
        单位=_report_unit(builder, index, speaker),
        日期=day.day if day else None,
        汇报人=builder.mention(f"汇报[{index}].汇报人", report.speaker),
    )
    scope["前项"] = MISSING
    return Stage(
        "汇报",
        builder.recorder,
        scope,
        _label(report, speaker),
        meeting.event.tone,
        _target(report),
        speaker,
        report_lacks(report),
        told_of(meeting.event, report),
    )


def _report_unit(builder: _Builder, index: int, speaker: Person | None) -> Any:
    unit = builder.meeting.reports[index].unit
    if not unit and speaker and speaker.unit:
        return builder.noted(f"人员[{builder.meeting.people.index(speaker)}].单位", speaker.unit)
    return builder.noted(f"汇报[{index}].单位", unit or builder.forms.gap("汇报单位"))


def _label(report: Report, speaker: Person | None) -> str:
    return report.unit or (speaker.unit or speaker.name if speaker else "")


def _target(report: Report) -> int | None:
    return report.minutes * report.rate if report.minutes else None


def stages(meeting: Meeting, forms: Forms, source: str) -> list[Stage]:
    """Return the stages of all documents whose data stands under `source`: 会议, 讲话 or 汇报."""
    if source == "会议":
        return [stage_host_script(meeting, forms)]
    if source == "讲话":
        return [stage_speech(meeting, forms, n) for n in range(len(meeting.speeches))]
    return [stage_report(meeting, forms, n) for n in range(len(meeting.reports))]
