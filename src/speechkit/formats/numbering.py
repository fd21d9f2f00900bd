"""Automatic numbering of Word paragraphs as the text a reader sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..numerals import chinese_numeral
from .docx_package import W

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = frozenset(
    [
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        *("taiwaneseCountingThousand", "ideographDigital", "koreanCounting"),
    ]
)
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_SMALL_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DEEPEST = 9


def _roman(number: int) -> str:
    result = ""
    for value, digit in (*_ROMAN, *_SMALL_ROMAN):
        count, number = divmod(number, value)
        result += digit * count
    return result


def format_number(number: int, form: str) -> str:
    """Return a number as the `w:numFmt` called `form` shows it; in Arabic digits where that is unknown."""
    if form in _CHINESE and 1 <= number <= 99:
        return chinese_numeral(number)
    if form in {"upperLetter", "lowerLetter"} and 1 <= number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    if form in {"upperRoman", "lowerRoman"} and 1 <= number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    return "" if form == "none" else str(number)


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


def _value(element: etree._Element | None, name: str, default: str = "") -> str:
    child = element.find(f"{W}{name}") if element is not None else None
    return (child.get(f"{W}val") or default) if child is not None else default


def _integer(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else default


def _level(element: etree._Element) -> _Level:
    form = _value(element, "numFmt", "decimal")
    return _Level(_integer(_value(element, "start"), 1), form, _value(element, "lvlText"))


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {_integer(level.get(f"{W}ilvl") or "", 0): _level(level) for level in parent.findall(f"{W}lvl")}


class Numbering:
    """The counters of all lists of one file; ask for the paragraphs in their order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is not None:
            self._lists = dict(self._read(root))

    def _read(self, root: etree._Element) -> Iterator[tuple[str, tuple[str, dict[int, _Level]]]]:
        """Yield the levels of each list; lists over the same abstract one go on counting together."""
        abstract = {e.get(f"{W}abstractNumId"): _levels(e) for e in root.findall(f"{W}abstractNum")}
        for number in root.findall(f"{W}num"):
            base, name = _value(number, "abstractNumId"), number.get(f"{W}numId") or ""
            levels = dict(abstract.get(base, {}))
            overrides = number.findall(f"{W}lvlOverride")
            for override in overrides:
                index = _integer(override.get(f"{W}ilvl") or "", 0)
                levels |= _levels(override)
                known = levels.get(index, _Level(1, "decimal", ""))
                start = _integer(_value(override, "startOverride"), known.start)
                levels[index] = _Level(start, known.form, known.text)
            yield name, (f"{base}#{name}" if overrides else base, levels)

    def prefix(self, list_id: str, level: int) -> str:
        """Return the number that Word sets before the next paragraph of this list and level; "" for none."""
        counting, levels = self._lists.get(list_id, ("", {}))
        if level not in levels:
            return ""
        counters = self._counters.setdefault(counting, {})
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in range(level + 1, _DEEPEST):
            counters.pop(deeper, None)
        return self._text(levels, level, counters)

    @staticmethod
    def _text(levels: dict[int, _Level], level: int, counters: dict[int, int]) -> str:
        if levels[level].form == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = levels.get(index, levels[level])
            return format_number(counters.get(index, shown.start), shown.form)

        return re.sub(r"%([1-9])", number, levels[level].text).strip()
