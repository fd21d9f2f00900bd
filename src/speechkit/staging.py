"""Set the stage for one document: the facts of the meeting as its speaker, host or unit has them."""

from dataclasses import dataclass
from typing import Any

from .completeness import report_lacks, speech_lacks
from .deadlines import passed_deadlines
from .facts import Noted, Recorder, View, told_of, wrap
from .filters import MISSING
from .forms import Forms
from .meeting import Meeting, Person, Report, Requirement, Speech
from .meeting.fields import Record
from .views import Views, held

_TALKS = frozenset({"讲话", "主持人总结"})
_SAID = 0.6
"""A point most of whose pairs of characters stand in the data of a speech is told by it as it is."""
_IS = "是"
"""What an occasion has that says what the meeting is."""
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
    passed: tuple[tuple[str, str], ...] = ()
    """Key and text of the deadlines that lie before the day of the meeting."""
    told: str = ""
    """What the meeting file says of what the document is about."""


def _recalled(items: list[View]) -> list[View]:
    """What one looks back on: no ceremony, and nothing that the agenda doesn't count."""
    return [item for item in items if item["编号"] and item["类型"] not in _CEREMONIAL]


def _background(views: Views, speech: Speech, index: int) -> dict[str, Any]:
    """What the first speech says of the occasion where it has nothing of its own: what the meeting has."""
    event = views.meeting.event
    if speech.background or index or not event.background:
        return {}
    return {"背景": wrap(views.recorder, "会议.背景", event.background)}


def stage_host_script(meeting: Meeting, forms: Forms) -> Stage:
    """Return the stage of the host script."""
    host = meeting.person(meeting.event.host)
    views = Views(meeting, forms, host)
    agenda = views.agenda()
    scope = views.scope(agenda)
    items = list(held(agenda))
    summed_up = next((n for n, item in enumerate(items) if item["类型"] == "主持人总结"), len(items))
    scope["前项"] = _recalled(items[:summed_up]) or MISSING
    scope["主持"] = views.view("主持", meeting.hosting, 要求=views.points_of_host() or MISSING)
    told = told_of(meeting)
    return Stage(
        "会议",
        views.recorder,
        scope,
        "",
        forms.tone(meeting.event),
        speaker=host,
        passed=_passed(meeting, "主持", meeting.hosting),
        told=told,
    )


def _passed(meeting: Meeting, source: str, told: Record) -> tuple[tuple[str, str], ...]:
    held = meeting.event.time
    return tuple(passed_deadlines(source, told, held.at.date())) if held else ()


def stage_speech(meeting: Meeting, forms: Forms, index: int) -> Stage:
    """Return the stage of one of the speeches; what has gone before it is 前项."""
    speech = meeting.speeches[index]
    speaker = meeting.person(speech.speaker)
    views = Views(meeting, forms, speaker)
    agenda = views.agenda()
    scope = views.scope(agenda)
    scope["前项"] = _recalled(_before(list(held(agenda)))) or MISSING
    gap = forms.gap(f"{forms.roles['讲话']}{forms.gaps['姓名']}")
    view = views.view(
        f"讲话[{index}]",
        speech,
        讲话人=views.mention(f"讲话[{index}].讲话人", speech.speaker, forms.roles["讲话"]),
        题目=views.title(f"讲话[{index}]", speech),
        立场=speech.stance or _stance(scope["前项"]),
        场合=_occasion(views, f"讲话[{index}].场合", speech, scope["会议"]["仪式"]) or MISSING,
        意义=_significance(views, f"讲话[{index}].意义", speech) or MISSING,
        要点=_points(views, speech) or MISSING,
        **_background(views, speech, index),
        **_requirements(views, f"讲话[{index}].要求", speech),
    )
    scope["讲话"] = view
    target = speech.minutes * speech.rate if speech.minutes else None
    label = (speaker.name or speaker.key or speaker.post) if speaker else gap
    return Stage(
        "讲话",
        views.recorder,
        scope,
        label,
        speech.tone or forms.tone(meeting.event),
        target,
        speaker,
        speech_lacks(speech),
        _passed(meeting, f"讲话[{index}]", speech),
        told_of(meeting.event, speech),
    )


def _significance(views: Views, path: str, speech: Speech) -> list[Noted]:
    event = views.meeting.event
    topic = event.short_topic or event.topic
    told = wrap(views.recorder, path, speech.significance) or ()
    return [text.reworded(lambda said: views.forms.significance(said, topic)) for text in told]


def _occasion(views: Views, path: str, speech: Speech, ceremony: bool) -> list[Noted]:
    """What kind of meeting it is, as a sentence: what only names the kind gets a subject."""
    forms = views.forms
    subject = forms.ceremony_is if ceremony else forms.meeting_is
    told: list[Noted] = []
    for one in wrap(views.recorder, path, speech.occasion) or ():
        before = forms.also_is if any(_IS in said for said in told) else subject
        told.append(one.reworded(lambda text, before=before: forms.occasion(text, before)))
    return told


def _points(views: Views, told: Speech | Report) -> list[Noted]:
    """What the host will say that the speaker said, but for what his data says already."""
    said = told_of(told)
    return [point for point in views.points(told) if _share_said(point, said) < _SAID]


def _share_said(point: str, said: str) -> float:
    pairs = [point[n : n + 2] for n in range(len(point) - 1)]
    return sum(pair in said for pair in pairs) / max(1, len(pairs))


def _stance(before: list[View]) -> str:
    """One who speaks after others have spoken adds to what they laid out; else he lays it out himself."""
    return "强调" if any(item["类型"] == "讲话" for item in before) else "部署"


def _requirements(views: Views, path: str, speech: Speech) -> dict[str, Any]:
    made = [
        views.view(f"{path}[{n}]", requirement, **_told_apart(views, f"{path}[{n}].内容", requirement))
        for n, requirement in enumerate(speech.requirements)
    ]
    return {
        "要求有题": [view for view in made if view["标题"]] or MISSING,
        "要求无题": [view for view in made if not view["标题"]] or MISSING,
    }


def _told_apart(views: Views, path: str, requirement: Requirement) -> dict[str, Any]:
    """What is done already (told first), what is asked, what to expect for it (told last)."""
    told: list[Noted] = wrap(views.recorder, path, requirement.text)
    grammar = views.forms.grammar
    parts: dict[str, list[Noted]] = {"已办": [], "所求": [], "奖惩": []}
    for one in told:
        part = "已办" if grammar.is_done(one) else "奖惩" if grammar.is_sanction(one) else "所求"
        parts[part].append(one)
    return parts if parts["所求"] else {"已办": [], "所求": told, "奖惩": []}


def _before(items: list[View]) -> list[View]:
    """What has gone before the speaker: up to the item in which he speaks, else all but the speeches."""
    for n, item in enumerate(items):
        if item["类型"] == "讲话" and item["本人"]:
            return items[:n]
    return [item for item in items if item["类型"] not in _TALKS]


def stage_report(meeting: Meeting, forms: Forms, index: int) -> Stage:
    """Return the stage of one of the work reports."""
    report = meeting.reports[index]
    speaker = meeting.person(report.speaker)
    views = Views(meeting, forms, speaker)
    scope = views.scope(views.agenda())
    day = report.date or meeting.event.time
    scope["汇报"] = views.view(
        f"汇报[{index}]",
        report,
        单位=_report_unit(views, index, speaker),
        题目=views.title(f"汇报[{index}]", report),
        日期=day.day if day else None,
        汇报人=views.mention(f"汇报[{index}].汇报人", report.speaker),
        要点=_points(views, report) or MISSING,
    )
    scope["前项"] = MISSING
    return Stage(
        "汇报",
        views.recorder,
        scope,
        _label(report, speaker),
        meeting.event.tone,
        _target(report),
        speaker,
        report_lacks(report),
        _passed(meeting, f"汇报[{index}]", report),
        told_of(meeting.event, report),
    )


def _report_unit(views: Views, index: int, speaker: Person | None) -> Any:
    unit = views.meeting.reports[index].unit
    if not unit and speaker and speaker.unit:
        return views.noted(f"人员[{views.meeting.people.index(speaker)}].单位", speaker.unit)
    return views.noted(f"汇报[{index}].单位", unit or views.forms.gap("汇报单位"))


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
