"""Facts: what templates may see of a meeting, under the keys of its file, each use recorded."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .filters import MISSING, Fact
from .meeting import Figure, Person
from .meeting.fields import Record
from .meeting.moments import MomentValue

MENTION_OPEN, MENTION_CLOSE = "\ue000", "\ue001"
_MONTH, _END = re.compile(r"\d月$"), "底"


class Recorder:
    """Takes down which facts a template used: path in the meeting file -> its text in a draft."""

    def __init__(self, year: int | None = None) -> None:
        self._used: dict[str, str] = {}
        self._own_year = re.compile(rf"^{year}年(?=\d)")
        self.mentioned: list[Mention] = []

    def note(self, path: str, text: str) -> None:
        """Take down one use; an empty text stands for the list as such, its number for instance."""
        self._used[path] = text

    def spoken_deadline(self, deadline: str) -> str:
        """Return a deadline as one says it at the meeting: without its year, a month alone with its end.

        A phrase puts 前 behind it, and 12月前 would be a month too early.
        """
        spoken = self._own_year.sub("", deadline)
        return spoken + _END if _MONTH.search(spoken) else spoken

    def token(self, mention: "Mention") -> str:
        """Return the mark that stands for a person until the order of mentions is known."""
        self.mentioned.append(mention)
        return f"{MENTION_OPEN}{len(self.mentioned) - 1}{MENTION_CLOSE}"

    def collect(self) -> tuple[tuple[str, str], ...]:
        """Return what was used since the last call."""
        used = tuple(self._used.items())
        self._used = {}
        return used


TOKEN = re.compile(f"{MENTION_OPEN}(\\d+){MENTION_CLOSE}")
"""What `Recorder.token` makes, with the number of the mention."""


class Mention(Fact):
    """A person in a text: in full at the first mention, briefly later; or a unit, always the same."""

    __slots__ = ("full", "guest", "is_self", "key", "name", "path", "post", "recorder", "short")

    def __init__(self, recorder: Recorder, path: str, full: str, short: str, **more: Any) -> None:
        self.recorder, self.path, self.full, self.short = recorder, path, full, short
        self.key: str = more.get("key", full)
        self.name: str = more.get("name", "")
        self.post: str = more.get("post", "")
        self.guest: bool = more.get("guest", False)
        self.is_self: bool = more.get("is_self", False)

    def __str__(self) -> str:
        self.recorder.note(self.path, self.full)
        return self.recorder.token(self)

    def __getitem__(self, key: str) -> Any:
        values = {"全称": self.full, "简称": self.short, "姓名": self.name, "职务": self.post}
        value = values[key]
        self.recorder.note(self.path, value)
        return value or MISSING

    def styled(self, style: str) -> "Mention":
        """Return the mention of the same person with a style after the name: 县教育局局长白桦同志."""
        more = {key: getattr(self, key) for key in ("key", "name", "post", "guest", "is_self")}
        full, short = self.full.removesuffix(style) + style, self.name + style
        return Mention(self.recorder, self.path, full, short, **more)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mention) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Noted(str):
    """A text of the meeting file that notes itself as used when a template writes it."""

    __slots__ = ("path", "recorder")
    path: str
    recorder: Recorder

    def __new__(cls, text: str, path: str, recorder: Recorder) -> "Noted":
        """Return the text under its path in the meeting file."""
        noted = super().__new__(cls, text)
        noted.path, noted.recorder = path, recorder
        return noted

    def __str__(self) -> str:
        text = super().__str__()
        self.recorder.note(self.path, text)
        return text

    def reworded(self, how: Callable[[str], str]) -> "Noted":
        """Return the text in other words, under the same path."""
        return Noted(how(super().__str__()), self.path, self.recorder)


class View:
    """A record of the meeting file under its Chinese keys, with derived facts beside them."""

    __slots__ = ("_derived", "_keys", "_path", "_record", "_recorder")

    def __init__(self, recorder: Recorder, path: str, record: Record, derived: Mapping[str, Any]) -> None:
        self._recorder, self._path, self._record, self._derived = recorder, path, record, derived
        self._keys = _keys(type(record))

    def __getitem__(self, key: str) -> Any:
        if key in self._derived:
            value = self._derived[key]
            return MISSING if value is None or (isinstance(value, str | list) and not value) else value
        name = self._keys.get(key)
        if name is None:
            raise KeyError(key)
        value = getattr(self._record, name)
        if name == _DEADLINE:
            value = self._recorder.spoken_deadline(value)
        return wrap(self._recorder, f"{self._path}.{key}", value)

    def __str__(self) -> str:
        raise TypeError(f"“{self._path}”是一组数据，不能直接写出")

    def told(self) -> str:
        """Return what the record is about: its text but for the units that do it, for conditions."""
        return told_of(self._record)


def told_of(*records: Record) -> str:
    """Return what records are about: their text but for the units that do it."""
    return "；".join(leaf for record in records for leaf in _leaves(record))


_DEADLINE = "deadline"
# 宣传部 among the units doesn't make a task one of 宣传.
_UNIT_FIELDS = frozenset({"lead", "support", "units", "unit"})
_KEYS: dict[type[Record], dict[str, str]] = {}


def _keys(kind: type[Record]) -> dict[str, str]:
    if kind not in _KEYS:
        _KEYS[kind] = {str(field.alias): name for name, field in kind.model_fields.items()}
    return _KEYS[kind]


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Record):
        for name in type(value).model_fields:
            if name not in _UNIT_FIELDS:
                yield from _leaves(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str) and value:
        yield value


class Facts(list[Any]):
    """A list of facts, each under its path."""

    def __init__(self, recorder: Recorder, path: str, values: tuple[Any, ...]) -> None:
        self.path = path
        super().__init__(wrap(recorder, f"{path}[{n}]", value) for n, value in enumerate(values))


def wrap(recorder: Recorder, path: str, value: Any) -> Any:
    """Return a value of the meeting file as templates see it, under its path in the file."""
    if value is None or value == "" or value == ():
        return MISSING
    if isinstance(value, Figure | MomentValue):
        value = str(value)
    if isinstance(value, tuple):
        recorder.note(path, "")
        return Facts(recorder, path, value)
    if isinstance(value, Record):
        return View(recorder, path, value, {})
    if isinstance(value, str):
        return Noted(value, path, recorder)
    if isinstance(value, int) and not isinstance(value, bool):
        recorder.note(path, str(value))
    return value


def path_of(fact: Any) -> str:
    """Return where a text, a list or a person stands in the meeting file; empty for what is derived."""
    return fact.path if isinstance(fact, Noted | Facts | Mention) else ""


def person_mention(
    recorder: Recorder, path: str, person: Person, forms: tuple[str, str], is_self: bool
) -> Mention:
    """Return the mention of a person whose full and short form are given."""
    full, short = forms
    return Mention(
        recorder,
        path,
        full,
        short,
        key=person.key or person.name or person.post,
        name=person.name,
        post=person.post,
        guest=person.guest,
        is_self=is_self,
    )
