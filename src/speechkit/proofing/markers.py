"""Numbered items of a text (序次语): their markers, the sets they stand in, and where counting goes wrong.

Two kinds are told apart. Markers of headings, 一、（一）1.（1）①, count where they begin a line. Spoken ones,
一是…二是…, 第一，…第二，…, 首先…其次…, count anywhere a clause begins.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from ..numerals import parse_chinese_numeral
from .text import Line, Text

_NUMERAL = "[一二三四五六七八九十]{1,3}"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
SPOKEN_WORDS = ("首先", "其次", "再次")
_MARKER = re.compile(
    rf"""
      (?P<one>{_NUMERAL}) (?:
          (?P<comma>[、.．](?![0-9一二三四五六七八九十]+[、产])) | (?P<word>是|要|靠|抓|不准|不得)
      )
    | [（(](?P<two>{_NUMERAL})[）)](?P<after_two>[、.．，]?)
    | [（(](?P<four>[0-9]{{1,2}})[）)](?P<after_four>[、.．，]?)
    | 第(?P<ordinal>{_NUMERAL})[，、,]
    | 其(?P<pronoun>[一二三四五])[，、,]
    | (?P<adverb>首先|其次|再次)[，,]
    | (?P<circled>[{CIRCLED}])
    """,
    re.VERBOSE,
)
_FIGURE_AT_START = re.compile(r"([0-9]{1,2})(?:([.．、])|([)）]))([0-9]?)")
_FIGURE_INSIDE = re.compile(r"[。；;！ \u3000]([0-9]{1,2})([.．、])(?![0-9年月日])")
_CANDIDATE = re.compile(
    r"[一二三四五六七八九十第其首再（(①-⑳]"
    r"(?:(?<=[，。；：！？、,;:!?.…—”’」』》）) \t\u3000\r\n\f\xa0].)|(?<=\A.))"
)
"""Where a marker may begin: after a stop. It begins with a class, which is found ten times as fast."""
_SENTENCE_END = frozenset("。！？!?…. \t\u3000\xa0”）)")
_ITEM_END = frozenset("。；！？;\n")
_COORDINATE = frozenset({"是", "要", "第", "其", "次"})
"""Spoken markers of which one may be mistaken for another; 一看二慢三通过 is no such chain."""
_LEVELS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}


@dataclass(frozen=True, slots=True)
class Item:
    """A marker in the text, `text[begin:end]`."""

    family: str
    """"1" to "5" for 一、（一）1.（1）①; the word after the numeral for spoken ones: 是, 要, 第, 其, 次."""
    number: int
    begin: int
    end: int
    line: Line
    before: str
    """The character before it, a line feed where it begins its line."""
    form: str = ""
    """What follows the numeral: 、 or . or nothing."""
    is_doubtful: bool = False
    """Whether it may as well be a decimal number: 21.5."""

    @property
    def at_start(self) -> bool:
        """Whether it begins its line."""
        return self.begin == self.line.begin

    @property
    def level(self) -> int:
        """1 to 5 for a heading's marker, 0 for a spoken one."""
        return _LEVELS.get(self.family, 0)


class Flaw(Enum):
    """What can be wrong with a marker."""

    JUMP = "编号.跳号"
    REPEAT = "编号.重号"
    START = "编号.起始"
    MIXED = "编号.混用"
    RUN_ON = "编号.接排"


@dataclass(frozen=True, slots=True)
class Fault:
    """A marker that doesn't go on from the one before it."""

    flaw: Flaw
    item: Item
    before: Item | None = None
    form: str = ""
    """What follows the numerals of its set."""


@dataclass(slots=True)
class Group:
    """Items that count on from each other."""

    family: str
    items: list[Item] = field(default_factory=list)

    @property
    def last(self) -> Item:
        """The latest of its items."""
        return self.items[-1]

    @property
    def level(self) -> int:
        """The level of the headings it consists of, 0 for spoken items."""
        return _LEVELS.get(self.family, 0)


def find_items(text: Text) -> list[Item]:
    """Return all markers that begin a line or a clause, in order."""
    items = [*_written_items(text), *_figures(text)]
    return sorted(items, key=lambda item: item.begin)


def _written_items(text: Text) -> Iterator[Item]:
    source = text.text
    for candidate in _CANDIDATE.finditer(source):
        begin = candidate.start()
        match = _MARKER.match(source, begin)
        if match is None or match.end() == len(source):
            continue
        line = text.line_at(begin)
        known = _numbered(match)
        if line is None or known is None:
            continue
        family, number, form = known
        before = "\n" if begin == line.begin else source[begin - 1]
        yield Item(family, number, begin, match.end(), line, before, form)


def _numbered(match: re.Match[str]) -> tuple[str, int, str] | None:
    kind = match.lastgroup or ""
    if match["circled"]:
        return "5", CIRCLED.index(match["circled"]) + 1, ""
    if match["adverb"]:
        return "次", SPOKEN_WORDS.index(match["adverb"]) + 1, ""
    if match["four"]:
        return "4", int(match["four"]), match["after_four"]
    numeral = match["one"] or match["two"] or match["ordinal"] or match["pronoun"]
    number = parse_chinese_numeral(numeral)
    if number is None:
        return None
    families = {"comma": "1", "after_two": "2", "two": "2", "ordinal": "第", "pronoun": "其"}
    if kind == "word":
        return match["word"], number, ""
    return families[kind], number, match["comma"] or match["after_two"] or ""


def _figures(text: Text) -> Iterator[Item]:
    """1. and 1、 are too frequent in figures to be looked for everywhere."""
    for line in text.lines:
        if "0" <= line.text[0] <= "9":
            match = _FIGURE_AT_START.match(line.text)
            if match and match.end() < len(line.text):
                form, end = match[2] or match[3], line.begin + match.start(4)
                yield Item("3", int(match[1]), line.begin, end, line, "\n", form, bool(match[4]))
    for match in _FIGURE_INSIDE.finditer(text.text):
        found = text.line_at(match.start())
        if found is not None and found.begin <= match.start():
            before = text.text[match.start()]
            yield Item("3", int(match[1]), match.start(1), match.end(), found, before, match[2])


@dataclass(slots=True)
class Counting:
    """Puts the items of one text into sets, and notes the faults."""

    groups: list[Group] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _open: list[Group] = field(default_factory=list)
    """Sets that may go on, the innermost last."""
    _passing: dict[str, Item] = field(default_factory=dict)
    """Markers of headings inside a line, by family: the first of each since a line began with one."""

    def add(self, item: Item) -> None:
        """Count one item."""
        if not item.level:
            self._add_spoken(item)
        elif item.at_start:
            self._add_heading(item)
        else:
            self._add_inside(item)

    def _add_heading(self, item: Item) -> None:
        group = self._find(item.family)
        if item.is_doubtful and (group is None or item.number != group.last.number + 1):
            return
        self._close_deeper(item.level)
        if item.number == 1:
            if group is not None and item.level <= 2 and len(group.items) == 1 and group.last.at_start:
                self._go_on(group, item, Flaw.REPEAT)
            else:
                self._begin(item, instead_of=group)
        elif group is not None:
            self._go_on(group, item, _flaw(group, item))
        else:
            self._add_unannounced(item)
        self._passing.clear()

    def _add_unannounced(self, item: Item) -> None:
        """Take in a heading that is not the first of its set, while there is no set that it belongs to."""
        missed = self._passing.get(item.family)
        if missed is not None and missed.number == item.number - 1:
            self.faults.append(Fault(Flaw.RUN_ON, missed, item))
            self._begin(missed)
            self._go_on(self._open[-1], item, None)
            return
        above = next((group for group in reversed(self._open) if group.level), None)
        if above is not None and above.last.number == item.number - 1 and above.level == item.level - 1:
            self._go_on(above, item, Flaw.MIXED)
            return
        self.faults.append(Fault(Flaw.START, item))
        self._begin(item)

    def _add_inside(self, item: Item) -> None:
        """Take in a heading's marker in the middle of a line, which mostly is none."""
        first = self._passing.setdefault(item.family, item)
        if item.before not in _SENTENCE_END or (first.number == 1 and first is not item):
            return
        group = self._find(item.family)
        if group is not None and group.last.at_start and item.number == group.last.number + 1 > 1:
            self._go_on(group, item, Flaw.RUN_ON)

    def _add_spoken(self, item: Item) -> None:
        group = self._find(item.family)
        if group is not None and self._is_stale(group, item):
            self._open.remove(group)
            group = None
        if item.number == 1:
            self._begin(item, instead_of=group)
        elif group is not None and group.last.number == item.number - 1:
            self._go_on(group, item, None)
        elif mixed := self._mistaken_for(item):
            self._go_on(mixed, item, Flaw.MIXED)
        elif group is not None:
            self._go_on(group, item, _flaw(group, item))
        else:
            if item.before in _ITEM_END:
                self.faults.append(Fault(Flaw.START, item))
            self._begin(item)

    @staticmethod
    def _is_stale(group: Group, item: Item) -> bool:
        """Whether a chain ended with its paragraph: inside one, and nothing goes on from it."""
        last = group.last
        if last.line is item.line or last.number == item.number - 1:
            return False
        return not (item.at_start and any(known.at_start for known in group.items))

    def _mistaken_for(self, item: Item) -> Group | None:
        """Return the innermost chain where it wants the item's number but another word."""
        inner = self._open[-1] if self._open else None
        if inner is None or inner.level or item.family not in _COORDINATE or inner.family not in _COORDINATE:
            return None
        near = inner.last.line is item.line or (inner.last.at_start and item.at_start)
        return inner if near and inner.last.number == item.number - 1 else None

    def _find(self, family: str) -> Group | None:
        return next((group for group in reversed(self._open) if group.family == family), None)

    def _close_deeper(self, level: int) -> None:
        for index, group in enumerate(self._open):
            if group.level > level:
                del self._open[index:]
                return

    def _begin(self, item: Item, instead_of: Group | None = None) -> None:
        if instead_of is not None:
            del self._open[self._open.index(instead_of) :]
        group = Group(item.family, [item])
        self.groups.append(group)
        self._open.append(group)

    def _go_on(self, group: Group, item: Item, flaw: Flaw | None) -> None:
        if flaw is not None:
            self.faults.append(Fault(flaw, item, group.last, group.items[0].form))
        group.items.append(item)
        del self._open[self._open.index(group) + 1 :]


def _flaw(group: Group, item: Item) -> Flaw | None:
    """Return what is wrong with an item where it comes after those of a set."""
    if item.number > group.last.number + 1:
        return Flaw.JUMP
    if item.number <= group.last.number:
        return Flaw.REPEAT
    return Flaw.MIXED if item.form != group.items[0].form else None


def count_items(text: Text) -> Counting:
    """Return the items of a text in their sets, and what is wrong with their markers."""
    counting = Counting()
    for item in find_items(text):
        counting.add(item)
    return counting
