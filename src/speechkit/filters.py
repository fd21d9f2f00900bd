"""What templates make of facts: filters, and how a fact that is not given behaves."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .demands import DONE, Grammar
from .errors import SpeechkitError
from .numerals import chinese_count, chinese_numeral

_BRACKETED = re.compile("（[^（）]*）")


class TemplateError(SpeechkitError):
    """A template that can't be used: broken, forbidden, or naming an unknown variable."""


class MissingFactError(Exception):
    """A template printed a fact that the meeting file doesn't give: the phrase is not eligible."""


class Fact:
    """A value that a template may print although it is neither text nor number."""

    __slots__ = ()


class Missing(Fact):
    """A fact that is not given: false in a condition and any comparison, empty in a loop, never printed."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Any:
        return iter(())

    def __str__(self) -> str:
        raise MissingFactError

    def __getitem__(self, key: object) -> "Missing":
        return self

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


MISSING = Missing()


def printable(value: Any) -> Any:
    """Return what a template may print; raises `MissingFactError` for nothing and for lists."""
    if value is None or isinstance(value, list | tuple):
        raise MissingFactError
    if isinstance(value, bool) or not isinstance(value, str | int | float | Fact):
        raise TypeError("not a text")
    return value


class Count(int):
    """A number of things, to be said with 两 where an ordinal has 二."""

    __slots__ = ()


def _given(value: Any) -> list[Any]:
    """Return the elements of a list, or the one value, as far as they are given."""
    many = value if isinstance(value, list | tuple) else [value]
    return [item for item in many if not isinstance(item, Missing)]


def _texts(value: Any) -> list[str]:
    texts = [str(item) for item in _given(value)]
    if not texts:
        raise MissingFactError
    return texts


def _joined(mark: str) -> Callable[[Any], str]:
    return lambda value: mark.join(_texts(value))


def _enumerated(value: Any) -> str:
    texts = _texts(value)
    # A comma is the next larger mark where an element already holds 、, but for 各县（市、区）.
    return ("，" if any("、" in _BRACKETED.sub("", text) for text in texts) else "、").join(texts)


def _and(value: Any) -> str:
    *head, last = _texts(value)
    return f"{_enumerated(head)}和{last}" if head else last


def _numbered(mark: str, alone: str) -> Callable[[Any], str]:
    def number(value: Any) -> str:
        texts = _texts(value)
        if len(texts) == 1:
            return alone + texts[0]
        return "；".join(f"{chinese_numeral(n)}{mark}{text}" for n, text in enumerate(texts, 1))

    return number


def _wrapped(left: str, right: str) -> Callable[[Any], str]:
    return lambda value: "".join(
        text if text.startswith(left) else left + text + right for text in _texts(value)
    )


def _chinese(value: Any) -> str:
    if isinstance(value, Missing):
        raise MissingFactError
    number = Count(len(value)) if isinstance(value, list | tuple) else value
    if not 1 <= int(number) <= 99:
        return str(number)
    return chinese_count(number) if isinstance(number, Count) else chinese_numeral(int(number))


def _demanded(value: Any, grammar: Grammar) -> Any:
    """A demand with its 要; of several the first, and each that names who is asked."""
    if isinstance(value, list | tuple):
        return [
            _reworded(one, grammar.addressed if n else grammar.demand)
            for n, one in enumerate(value)
            if not isinstance(one, Missing)
        ]
    if isinstance(value, Missing):
        raise MissingFactError
    return _reworded(value, grammar.demand)


def _each_demanded(value: Any, grammar: Grammar) -> list[Any]:
    """Demands, each with its 要, as a speaker repeats it."""
    return [_reworded(one, grammar.demand) for one in _given(value)]


_TOLD_AS_DONE = (DONE, "共")


def _accomplished(value: Any, grammar: Grammar) -> list[Any]:
    """Figures with 已 before the first, for all of them, where it tells what was done."""
    figures = _given(value)
    if any(said in words_of(value) for said in _TOLD_AS_DONE):
        return figures
    return [one if n else _reworded(one, grammar.accomplished) for n, one in enumerate(figures)]


def _reworded(value: Any, how: Callable[[str], str]) -> Any:
    return value.reworded(how) if hasattr(value, "reworded") else how(str(value))


def _every(key: str) -> Callable[[Any], list[Any]]:
    return lambda value: [item[key] for item in value]


def _mentions(value: Any, *words: Any) -> bool:
    """Whether facts tell one of the words; those of forms.yaml come as lists."""
    told = words_of(value)
    return any(word in told for one in words for word in _given(one))


def words_of(value: Any) -> str:
    """Return what a fact says, or all facts of a list say; nothing for one that is not given."""
    return "\n".join(one.told() if hasattr(one, "told") else str(one) for one in _given(value))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "顿号": _enumerated,
    "和": _and,
    "逗号": _joined("，"),
    "分号": _joined("；"),
    "一是": _numbered("是", ""),
    "一要": _numbered("要", "要"),
    "书名": _wrapped("《", "》"),
    "引号": _wrapped("“", "”"),
    "中文": _chinese,
    "要": _demanded,
    "各要": _each_demanded,
    "已": _accomplished,
    "全称": _every("全称"),
    "名称": _every("名称"),
    "标题": _every("标题"),
    "提到": _mentions,
    "length": lambda value: Count(len(value)),
}
