"""Reading aloud (朗读): what trips the reader of a speech, and how long its sections take.

Rules for 讲话稿 and 主持词 only; that is in the data, so that an office may have them for reports too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from ..numerals import split_heading_marker
from ..resources import resource_folder
from ..yamlfile import load_yaml
from .findings import Hit
from .rules import Rule, compiled
from .text import Line, Text

_LONG, _RARE, _WRITTEN, _UNITS = "朗读.长句", "朗读.生僻字", "朗读.书面语", "朗读.单位符号"
_LONGEST_SENTENCE = 80
_MOST_SENTENCES = 10
_BREATH = re.compile(r"[^。！？；!?;\r\n\f]+")
"""A semicolon is breath enough: what counts is how far the reader has to go without a stop."""
_CHARACTER = re.compile(r"\w")
_LEVEL_TWO = 0xD8
"""First byte of GB/T 2312 where its second level begins; the first has the characters in daily use."""
_HEADING_TEXT = re.compile(r"[^。：；！？!?:;]{1,40}")
_HAN_BEFORE, _HAN_AFTER = re.compile(r"[\u4e00-\u9fff]*\Z"), re.compile(r"[\u4e00-\u9fff]+")
_LOOK_BEHIND = re.compile(r"(?:\(\?<[=!][^()]*\))+")
_NEVER = re.compile("(?!)")
_PINYIN_AROUND = 8


@dataclass(frozen=True, slots=True)
class _Written:
    """A written word and what is said instead of it."""

    head: str
    pattern: re.Pattern[str]
    said: str


@dataclass(frozen=True)
class _Words:
    """词: characters that everybody reads without help, written words, and units in symbols."""

    easy: frozenset[str]
    written: Mapping[str, tuple["_Written", ...]]
    """By their first characters."""
    head: re.Pattern[str]
    """Any of those characters: to look for them first is much faster than to try all patterns everywhere."""
    units: Mapping[str, str]
    unit: re.Pattern[str]


@cache
def _words() -> _Words:
    file = load_yaml(resource_folder("templates") / "proofing" / "aloud.yaml")
    words = file.data["词"]
    written = [
        _Written(_head(pattern), compiled(file, {"书面语": pattern}, "书面语", ("词",)) or _NEVER, said)
        for pattern, said in words["书面语"].items()
    ]
    heads = {word.head: tuple(w for w in written if w.head == word.head) for word in written}
    units = words["单位符号"]
    symbols = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    return _Words(
        frozenset("".join(words["常见字"])),
        heads,
        re.compile(f"[{''.join(heads)}]"),
        units,
        re.compile(rf"[0-9万亿]\s?({symbols})(?![A-Za-z²³])"),
    )


class RuleHolder(Protocol):
    """What this check needs of a Context, whose module imports this one."""

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by id."""
        ...


def _head(pattern: str) -> str:
    """Return the first character that a pattern takes, after what it only looks back at."""
    return _LOOK_BEHIND.sub("", pattern)[:1]


def find_aloud(text: Text, context: RuleHolder) -> Iterator[Hit]:
    """Yield what is hard to read aloud; nothing for genres that nobody reads aloud."""
    rule = context.rules.get(_LONG)
    if rule is None or (rule.genres and text.genre not in rule.genres):
        return
    yield from _long_sentences(text)
    yield from _rare_characters(text)
    yield from _written_words(text)
    for match in _words().unit.finditer(text.text):
        yield Hit(_UNITS, match.start(1), match.end(1), _words().units[match[1]])


def _long_sentences(text: Text) -> Iterator[Hit]:
    """Yield the longest sentences, not more than anyone would mend."""
    lengths = [
        (_length(text.text, *match.span()), *match.span())
        for match in _BREATH.finditer(text.text)
        if match.end() - match.start() > _LONGEST_SENTENCE
    ]
    worst = sorted((one for one in lengths if one[0] > _LONGEST_SENTENCE), reverse=True)
    for length, begin, end in worst[:_MOST_SENTENCES]:
        passage = text.text[begin:end]
        values = {"字数": str(length), "总数": str(len(worst))}
        begin, end = end - len(passage.lstrip()), begin + len(passage.rstrip())
        yield Hit(_LONG, begin, end, values=values)


def _length(source: str, begin: int, end: int) -> int:
    """Return the characters that are said; a document's title is read in one breath, but read it is."""
    return len(_CHARACTER.findall(source, begin, end))


def _rare_characters(text: Text) -> Iterator[Hit]:
    """Yield each character once that a reader may stumble over, with its other places."""
    rare = {char for char in set(text.text) if _is_rare(char)} - _words().easy
    if not rare:
        return
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in re.finditer(f"[{''.join(sorted(rare))}]", text.text):
        places[match[0]].append(match.span())
    for first, *others in places.values():
        values = {"读音": _pinyin(text.text, first[0])}
        yield Hit(_RARE, *first, values=values, others=tuple(others))


def _is_rare(char: str) -> bool:
    if not ("\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"):
        return False
    try:
        return char.encode("gb2312")[0] >= _LEVEL_TWO
    except UnicodeEncodeError:
        return True


def _pinyin(source: str, offset: int) -> str:
    """Return the reading of a character among its neighbours, nothing without the dictionary."""
    try:
        from pypinyin import Style, pinyin
    except ImportError:
        return ""
    before = _HAN_BEFORE.search(source, max(0, offset - _PINYIN_AROUND), offset)
    after = _HAN_AFTER.match(source, offset, offset + _PINYIN_AROUND)
    low, high = before.start() if before else offset, after.end() if after else offset + 1
    readings = pinyin(source[low:high], style=Style.TONE)
    # Characters that the dictionary lacks come back joined: then it is not certain whose reading is whose.
    return f"（{readings[offset - low][0]}）" if len(readings) == high - low else ""


def _written_words(text: Text) -> Iterator[Hit]:
    """Yield each written word once, with its other places."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    words, source = _words(), text.text
    for head in words.head.finditer(source):
        for word in words.written[head[0]]:
            match = word.pattern.match(source, head.start())
            if match is not None:
                places[match[0], word.said].append(match.span())
                break
    for (_, said), (first, *others) in places.items():
        yield Hit(_WRITTEN, *first, said, others=tuple(others))


def minutes_by_section(text: Text, rate: int = 200) -> list[tuple[str, float]]:
    """Return the first-level sections of a text with the minutes that they take to read.

    `rate` is in characters a minute; stops cost nothing of their own. What stands before the first heading
    comes first, without a name, if there is anything. Raises ValueError for a rate that is not positive.
    """
    if rate <= 0:
        raise ValueError(f"a rate in characters a minute: {rate}")
    sections: list[tuple[str, list[Line]]] = [("", [])]
    for line in text.lines:
        if line.level == 1:
            sections.append((_name(line), []))
        sections[-1][1].append(line)
    return [(name, _said(lines) / rate) for name, lines in sections if lines]


def _name(line: Line) -> str:
    title = split_heading_marker(line.text)[1]
    match = _HEADING_TEXT.match(title)
    return match[0] if match else title


def _said(lines: Iterable[Line]) -> int:
    return sum(len(_CHARACTER.findall(line.text)) for line in lines)
