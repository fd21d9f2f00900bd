"""Load a meeting file, with every error named by line and key."""

import os
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..diagnostics import Diagnostic
from ..errors import SpeechkitError
from ..yamlfile import Key, YamlFile, load_yaml
from .complaints import complaint, nearest, perhaps, shortened
from .fields import Record, tidy
from .keys import KeyInfo, allowed_keys, keys_of
from .model import Meeting

Place = tuple[Key, ...]
MAX_ERRORS = 200
"""Reading ends there: whoever has so many errors has taken the wrong file."""
_EMPTY = (None, "")


class MeetingFileError(SpeechkitError):
    """A meeting file with errors in it; `diagnostics` holds them all, in the order of the file."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


def load_meeting(path: str | os.PathLike[str]) -> Meeting:
    """Return the meeting that a file describes.

    Raises YamlError where the file is not readable YAML, and MeetingFileError where it is, but not a meeting.
    """
    return read_meeting(load_yaml(path))


def read_meeting(file: YamlFile) -> Meeting:
    """Return the meeting that a YAML file describes. Raises MeetingFileError."""
    reading = _Reading(file)
    tree = reading.mapping(file.data, Meeting, (), ())
    meeting = reading.validated(tree)
    if isinstance(tree, dict):
        _check_people(tree, reading)
    if meeting is None or reading.found:
        raise MeetingFileError(tuple(sorted(reading.found, key=lambda found: found.line)))
    return meeting


class _Reading:
    """One file on its way to the model: brings all keys to Chinese and remembers where each came from.

    The tree given to the model has every list where the model has one and nothing empty in it, so that a
    place in the model's complaint is a place in this tree.
    """

    def __init__(self, file: YamlFile) -> None:
        self.found: list[Diagnostic] = []
        self._file = file
        self._origins: dict[Place, Place] = {}
        self._misspelt: set[Place] = set()

    def complain(self, message: str, place: Place) -> None:
        """Add an error at a place of the tree; the nearest place that stands in the file gives the line."""
        known = place
        while known and known not in self._origins:
            known = known[:-1]
        line = self._file.line(self._origins.get(known, ()))
        self.found.append(Diagnostic(message, file=self._file.path, line=line, key=_written(place)))
        if len(self.found) == MAX_ERRORS:
            self.found.append(Diagnostic(f"错误太多，先列出{MAX_ERRORS}处，改好再试", file=self._file.path))
            raise MeetingFileError(tuple(self.found))

    def line(self, place: Place) -> int:
        """Return the line of a place that stands in the file."""
        return self._file.line(self._origins[place])

    def mapping(self, value: Any, record: type[Record], place: Place, origin: Place) -> Any:
        """Return a mapping with its keys in Chinese, unknown ones left out; anything else as it is."""
        self._origins[place] = origin
        if not isinstance(value, dict):
            return value
        kind = value.get("类型", value.get("kind"))
        allowed = {name: info for info in allowed_keys(record, kind) for name in (info.chinese, info.english)}
        result: dict[str, Any] = {}
        for key, content in value.items():
            here, info = (*place, key), allowed.get(key)
            self._origins.setdefault(here, (*origin, key))
            if info is None:
                self._unknown(key, record, kind, place)
            elif info.chinese != key and info.chinese in value:
                self.complain(f"和“{info.chinese}”是同一个键，只能写一个", here)
            elif content not in _EMPTY:
                result[info.chinese] = self._value(content, info, (*place, info.chinese), (*origin, key))
        return result

    def _value(self, value: Any, info: KeyInfo, place: Place, origin: Place) -> Any:
        self._origins[place] = origin
        if not info.many:
            return self._item(value, info, place, origin)
        items: list[Any] = []
        for index, item in enumerate(value) if isinstance(value, list) else ((None, value),):
            if item not in _EMPTY:
                there = origin if index is None else (*origin, index)
                items.append(self._item(item, info, (*place, len(items)), there))
        return items

    def _item(self, value: Any, info: KeyInfo, place: Place, origin: Place) -> Any:
        if info.record:
            return self.mapping(value, info.record, place, origin)
        self._origins[place] = origin
        return value

    def _unknown(self, key: str, record: type[Record], kind: Any, place: Place) -> None:
        allowed, here = allowed_keys(record, kind), (*place, key)
        own = f"可用的键：{'、'.join(info.chinese for info in allowed)}"
        names = [name for info in allowed for name in (info.chinese, info.english)]
        inside = next((i.chinese for i in allowed if i.record and key in keys_of(i.record)), "")
        near = nearest(key, names)
        if key in keys_of(record):
            self.complain(f"“{kind}”这类议程没有这个键，{own}", here)
        elif inside and record is Meeting:
            self.complain(f"这里没有这个键，它写在“{inside}”里面（多缩进两格）", here)
        elif near:
            self._misspelt.add((*place, keys_of(record)[near].chinese))
            self.complain(f"没有这个键，是不是“{near}”？", here)
        else:
            self.complain(f"没有这个键，{own}", here)

    def validated(self, tree: Any) -> Meeting | None:
        """Return the meeting, or None after adding all that the model complains of."""
        if not isinstance(tree, dict):
            self.complain("会议文件的顶层应当是“会议:”“人员:”“议程:”这样的键，不能是列表或一段文字", ())
            return None
        try:
            return Meeting.model_validate(tree)
        except ValidationError as error:
            details = error.errors(include_url=False)
        for detail in details:
            if not self._said_already(detail, details):
                self.complain(complaint(detail, _choices(detail["loc"])), detail["loc"])
        return None

    def _said_already(self, detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
        """Whether an error follows from another: a key that was misspelt, a list short of its wrong items."""
        place = detail["loc"]
        if detail["type"] == "too_short":
            return any(other["loc"][:-1] == place for other in details)
        return detail["type"] == "missing" and place in self._misspelt


def _choices(place: Place) -> tuple[str, ...]:
    """Return the words allowed at a place of the tree."""
    record: type[Record] | None = Meeting
    info = None
    for key in place:
        if isinstance(key, str) and record and key in keys_of(record):
            info = keys_of(record)[key]
            record = info.record
    return info.choices if info else ()


def _written(place: Place) -> str:
    """Return a place as 讲话[0].任务[2].时限."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{shortened(key)}" for key in place).lstrip(".")


def _check_people(tree: dict[str, Any], reading: _Reading) -> None:
    """Add an error for each name that two persons answer to, and for each reference that means nobody."""
    people = [person if isinstance(person, dict) else {"姓名": person} for person in tree.get("人员", ())]
    known: dict[str, int] = {}
    for index, person in enumerate(people):
        for name in _names(person):
            first = known.setdefault(name, index)
            if first != index:
                line = reading.line(("人员", first))
                advice = "请用不同的“代号”分开"
                reading.complain(f"第{line}行的人也叫“{shortened(name)}”，{advice}", ("人员", index))
    for place, text in _references(tree, Meeting, ()):
        if text and text not in known:
            reading.complain(_nobody(text, people, tuple(known), isinstance(place[-1], int)), place)


def _names(person: dict[str, Any]) -> list[str]:
    names = [person[key] for key in ("姓名", "代号") if key in person] or [person.get("职务")]
    return list(dict.fromkeys(tidy(name) for name in names if isinstance(name, str)))


def _references(tree: Any, record: type[Record], place: Place) -> Iterator[tuple[Place, str]]:
    """Yield place and text of every value that is to mean a person."""
    for key, value in tree.items() if isinstance(tree, dict) else ():
        info, here = keys_of(record)[key], (*place, key)
        items = [((*here, i), item) for i, item in enumerate(value)] if info.many else [(here, value)]
        for there, item in items:
            if info.record:
                yield from _references(item, info.record, there)
            elif info.refers and isinstance(item, str):
                yield there, tidy(item)


def _nobody(text: str, people: list[dict[str, Any]], known: tuple[str, ...], listed: bool) -> str:
    parts = text.replace("，", "、").split("、")
    if len(parts) > 1 and all(part in known for part in parts):
        return f"几个人要写成列表：[{', '.join(parts)}]" if listed else "这里只能写一个人，几个人请各写一项"
    if any(person.get("职务") == text for person in people):
        return f"“{shortened(text)}”是职务，请写这个人的姓名，或给他加上“代号: {shortened(text)}”"
    return f"“人员”里没有“{shortened(text)}”{perhaps(text, known)}；请改正，或在“人员”里加上"
