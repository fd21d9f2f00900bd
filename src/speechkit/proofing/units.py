"""Units and documents under two names, and one person under two."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from .findings import Hit
from .lexicon import trie_pattern
from .people import HAN, differs_by_one, name_data, words
from .text import Text

if TYPE_CHECKING:
    from ..meeting import AgendaItem, Meeting
    from .context import Context

_REFORM = 2019
"""First year in which the names of before the reform of 2018 are out of use."""
_FORMER = re.compile("[原老前](?:[省市县区州旗]|[\u3400-\u9fff]{2,3}[省市县区州旗])?$")
_TITLE = re.compile("《([^《》\r\n]{4,60})》")
_EVENT = re.compile(
    rf"(?:召开|参加|举行|出席|在|今天的|这次)([{HAN}\d“”（）、]{{8,60}}?(?:会议|大会|会|仪式))"
    rf"(?=上的?|主持词|[^{HAN}\d“”（）、]|$)",
    re.MULTILINE,
)
_PLACES = tuple("市县区旗州盟、")
_ALIKE = 0.78
_MOST_CHANGED = 3
"""Characters of a meeting's name that may differ: what differs more is another meeting."""
_SHORTEST_NAME = 10


def check_units(text: Text, context: "Context") -> Iterator[Hit]:
    """Yield units by their former names, and persons whose name is written in two ways."""
    year = context.meeting.when() if context.meeting else None
    yield from _former_names(text, year is not None and year.year >= _REFORM)
    yield from _two_spellings(text)
    if context.meeting is not None:
        yield from _titles(text, context.meeting)
        yield from _meeting_names(text, context.meeting)


@lru_cache(maxsize=1)
def _renamed() -> tuple[re.Pattern[str], dict[str, tuple[bool, list[str]]]]:
    """Return a pattern of all former names, and for each whether it needs a place and the names of now."""
    known: dict[str, tuple[bool, list[str]]] = {}
    for group in name_data()["单位改名"]:
        known |= dict.fromkeys(group.get("旧", ()), (False, group["新"]))
        known |= dict.fromkeys(group.get("冠地名", ()), (True, group["新"]))
    return re.compile(trie_pattern(known)), known


def _former_names(text: Text, is_late: bool) -> Iterator[Hit]:
    pattern, known = _renamed()
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in pattern.finditer(text.text):
        before = text.text[max(match.start() - 5, 0) : match.start()]
        if not _FORMER.search(before) and (before.endswith(_PLACES) or not known[match[0]][0]):
            found[match[0]].append(match.span())
    for old, places in found.items():
        names = known[old][1]
        other = next((name for name in names if name in text.text), "")
        if other:
            yield Hit("单位.两名", *places[0], None, {"另一名": other}, tuple(places[1:]))
        if is_late:
            yield Hit("单位.旧名", *places[0], names[0], others=tuple(places[1:]))


@lru_cache(maxsize=1)
def _holder() -> re.Pattern[str]:
    surnames = "".join(words("常见姓"))
    after = rf"同志|[^{HAN}]|$|作[了的]|讲话|主持|宣读|介绍|代表|表示|指出|强调"
    return re.compile(rf"[记长任席理]([{surnames}][{HAN}]{{2}})(?={after})", re.MULTILINE)


def _two_spellings(text: Text) -> Iterator[Hit]:
    held: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for match in _holder().finditer(text.text):
        begin = match.start(1)
        run = re.search(rf"[{HAN}]*\Z", text.text[max(begin - 6, 0) : begin])
        post = run[0] if run else ""
        if not post.endswith(words("职务尾")):
            continue
        for name, place in held[post].items():
            if differs_by_one(name, match[1]) and match[1] not in held[post]:
                yield Hit("姓名.两写", *match.span(1), None, {"另一名": name}, (place,))
        held[post].setdefault(match[1], match.span(1))


def _known_titles(meeting: "Meeting") -> set[str]:
    titles = {document.title for item in _items(meeting.agenda) for document in item.documents}
    titles |= {item.document for item in _items(meeting.agenda) if item.document}
    titles |= {report.title for report in meeting.reports if report.title}
    return titles


def _items(items: Iterable["AgendaItem"]) -> Iterator["AgendaItem"]:
    for item in items:
        yield item
        yield from _items(item.steps)


def _titles(text: Text, meeting: "Meeting") -> Iterator[Hit]:
    known = _known_titles(meeting)
    spaceless = {_plain(title) for title in known}
    for match in _TITLE.finditer(text.text):
        written = _plain(match[1])
        if written in spaceless:
            continue
        likeness = {t: SequenceMatcher(None, written, _plain(t), autojunk=False).ratio() for t in known}
        best = max(known, key=lambda t: likeness[t], default="")
        if best and likeness[best] >= _ALIKE:
            yield Hit("名单.文件标题", *match.span(1), best)


def _plain(title: str) -> str:
    return re.sub(r"\s", "", title)


def _meeting_names(text: Text, meeting: "Meeting") -> Iterator[Hit]:
    event = meeting.event
    others = {event.short_name, *(e.name for e in event.previous), *(e.name for e in event.joint)}
    if len(event.name) < _SHORTEST_NAME:
        return
    for match in _EVENT.finditer(text.text):
        if event.name not in match[1] and match[1] not in others and _is_slip(match[1], event.name):
            yield Hit("名单.会议名称", *match.span(1), event.name)


def _is_slip(written: str, name: str) -> bool:
    """Whether a name is written with little changed; whole parts left out make a short form."""
    changed = 0
    for kind, a, b, c, d in SequenceMatcher(None, written, name, autojunk=False).get_opcodes():
        if kind == "insert" and d - c > 1:
            return False
        changed += 0 if kind == "equal" else max(b - a, d - c)
    return 0 < changed <= _MOST_CHANGED
