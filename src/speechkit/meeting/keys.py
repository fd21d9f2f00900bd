"""The keys each mapping of a meeting file may have, read off the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from .agenda import KEYS_OF_KIND, AgendaItem
from .fields import Record
from .model import REFERENCE_FIELDS


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key of a mapping."""

    chinese: str
    english: str
    record: type[Record] | None
    """What the value, or each item of it, is made of; None for plain text and numbers."""
    choices: tuple[str, ...]
    """The words allowed, where they are enumerated."""
    refers: bool
    """Whether the value means persons."""


@cache
def keys_of(record: type[Record]) -> dict[str, KeyInfo]:
    """Return every key of a mapping, by its Chinese and by its English name; Chinese ones first."""
    infos = [
        KeyInfo(
            field.alias or name,
            name,
            next((part for part in _parts(field.annotation) if _is_record(part)), None),
            tuple(word for part in _parts(field.annotation) for word in _words(part)),
            name in REFERENCE_FIELDS,
        )
        for name, field in record.model_fields.items()
    ]
    return {info.chinese: info for info in infos} | {info.english: info for info in infos}


def allowed_keys(record: type[Record], kind: str | None = None) -> list[KeyInfo]:
    """Return the keys a mapping may have; for an agenda item, those of its kind and those of all kinds."""
    infos = list(dict.fromkeys(keys_of(record).values()))
    if record is not AgendaItem or kind not in KEYS_OF_KIND:
        return infos
    foreign = {name for names in KEYS_OF_KIND.values() for name in names} - set(KEYS_OF_KIND[kind])
    return [info for info in infos if info.english not in foreign]


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield the annotation and all it is composed of; a Literal whole."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for argument in get_args(annotation):
            yield from _parts(argument)


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, Record)


def _words(part: Any) -> tuple[str, ...]:
    return tuple(word for word in get_args(part) if word) if get_origin(part) is Literal else ()
