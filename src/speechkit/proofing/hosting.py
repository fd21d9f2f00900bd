"""The host script against the agenda: every item called, in order, by the right name, and counted right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..numerals import chinese_numeral, parse_chinese_numeral
from .findings import Hit
from .people import Member, Roster, agenda_leaves, roster_of
from .text import Text

if TYPE_CHECKING:
    from ..meeting import AgendaItem, Meeting
    from .context import Context

GENRE = "主持词"
_CALL = re.compile(
    r"(?:请|欢迎)([^。；！？\r\n请]{1,50}?)(宣读|发言|讲话|汇报|通报|表态|交流)(《[^》\r\n]{1,60}》)?"
)
_COUNT = re.compile(
    r"(?<![还另剩])(?:共?有|安排了?|分为|共|进行|设|是)(?:以下|下列)?([一二三四五六七八九十两]{1,3}|\d{1,2})[个项](?:主要)?议程"
)
_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})项(?:议程)?")
_KINDS = {"讲话": ("讲话",), "发言": ("表态发言", "交流发言"), "表态": ("表态发言",), "交流": ("交流发言",)}
_REGION = "省市县区旗州镇乡"


@dataclass(frozen=True)
class Call:
    """What the host has to call: one speaker of one item, or one document that is read."""

    kind: str
    told: str
    """How a message names it."""
    title: str
    member: Member | None
    unit: str

    def names(self) -> set[str]:
        """Return the words of which one must stand in the script."""
        keys = {f"《{self.title}》"} if self.title else set()
        if self.member:
            keys |= {self.member.name, self.member.post, *self.member.addresses}
        if self.unit:
            keys |= {self.unit, self.unit.lstrip(_REGION) if len(self.unit) > 3 else self.unit}
        return keys - {""}


def check_hosting(text: Text, context: "Context") -> Iterator[Hit]:
    """Yield what a host script calls otherwise than the agenda."""
    meeting = context.meeting
    if meeting is None or not meeting.agenda or text.genre != GENRE:
        return
    calls = list(_calls(meeting))
    yield from _counts(text, meeting)
    if "议程" in text.text:
        yield from _missing(text, calls)
    yield from _sequence(text, calls, roster_of(meeting))


def _calls(meeting: "Meeting") -> Iterator[Call]:
    members = roster_of(meeting).names

    def member(reference: str) -> Member | None:
        person = meeting.person(reference)
        return members.get(person.name) if person else None

    for item in agenda_leaves(meeting.agenda):
        if item.kind == "宣读文件":
            for document in item.documents:
                told = f"宣读《{document.title}》"
                yield Call(item.kind, told, document.title, member(document.speaker), "")
        for turn in item.turns:
            who = member(turn.speaker)
            yield Call(item.kind, (who.name if who else turn.unit) + item.kind, "", who, turn.unit)
        speaker = member(item.speaker)
        # A host who speaks himself doesn't call himself by name.
        is_host = meeting.person(item.speaker) == meeting.person(meeting.event.host)
        if item.kind == "讲话" and speaker and not is_host:
            yield Call(item.kind, f"{speaker.name}讲话", "", speaker, "")


def _missing(text: Text, calls: list[Call]) -> Iterator[Hit]:
    plain = re.sub(r"\s", "", text.text)
    missing = [call.told for call in calls if call.names() and not any(key in plain for key in _musts(call))]
    if missing and text.lines:
        first = text.lines[0]
        yield Hit("主持词.漏项", first.begin, first.end, None, {"漏": "、".join(missing)})


def _musts(call: Call) -> set[str]:
    """A document has to be named by its title; who reads it is not enough."""
    return {call.title, f"《{call.title}》"} if call.title else call.names()


def _counts(text: Text, meeting: "Meeting") -> Iterator[Hit]:
    number = sum(1 for item in meeting.agenda if _is_numbered(item))
    values = {"应为": chinese_numeral(number) if 0 < number < 100 else str(number)}
    for match in _COUNT.finditer(text.text):
        said = _value(match[1])
        if said is not None and said != number:
            yield Hit("主持词.议程数", *match.span(1), None, values)
    for match in _ORDINAL.finditer(text.text):
        said = _value(match[1])
        if match[0].endswith("议程") and said is not None and said > number:
            yield Hit("主持词.议程数", *match.span(), None, values)


def _is_numbered(item: "AgendaItem") -> bool:
    return item.numbered and item.arrangement is None


def _value(text: str) -> int | None:
    if text.isascii():
        return int(text)
    return 2 if text == "两" else parse_chinese_numeral(text)


def _sequence(text: Text, calls: list[Call], roster: Roster) -> Iterator[Hit]:
    """Yield calls that come before one that the agenda puts ahead of them, and wrong readers."""
    latest, seen = -1, set()
    for match in _CALL.finditer(text.text):
        index = _called(match, calls)
        if index is None or index in seen:
            continue
        seen.add(index)
        call = calls[index]
        if index < latest:
            values = {"项": call.told, "先": calls[latest].told}
            yield Hit("主持词.次序", *match.span(), None, values)
        latest = max(latest, index)
        others = [m for m in roster.members if m.name in match[1]]
        if call.title and call.member and others and call.member not in others:
            values = {"标题": call.title, "应为": call.member.name}
            yield Hit("主持词.宣读人", *match.span(1), None, values)


def _called(match: re.Match[str], calls: list[Call]) -> int | None:
    """Return which call it is; None where it is none, or can't be told."""
    who, verb, title = match[1], match[2], (match[3] or "")[1:-1]
    if verb == "宣读":
        return next((n for n, call in enumerate(calls) if title and call.title == title), None)
    kinds = _KINDS.get(verb)
    near = [
        n
        for n, call in enumerate(calls)
        if not call.title and (not kinds or call.kind in kinds) and any(key in who for key in call.names())
    ]
    return near[0] if len(near) == 1 else None
