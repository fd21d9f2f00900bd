"""The keys each mapping of a meeting file may have, read off the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

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
    many: bool
    """Whether the value is a list."""
    choices: tuple[str, ...]
    """The words allowed, where they are enumerated."""
    refers: bool
    """Whether the value means persons."""
    field: FieldInfo = dataclass_field(compare=False, repr=False)
    """The field of the model: description, bounds, whether it is required."""


@cache
def keys_of(record: type[Record]) -> dict[str, KeyInfo]:
    """Return every key of a mapping, by its Chinese and by its English name; Chinese ones first."""
    infos = [
        _key_info(name, field, list(parts(field.annotation))) for name, field in record.model_fields.items()
    ]
    return {info.chinese: info for info in infos} | {info.english: info for info in infos}


def allowed_keys(record: type[Record], kind: object = None) -> list[KeyInfo]:
    """Return the keys a mapping may have; for an agenda item, those of its kind and those of all kinds."""
    infos = list(dict.fromkeys(keys_of(record).values()))
    if record is not AgendaItem or not isinstance(kind, str) or kind not in KEYS_OF_KIND:
        return infos
    foreign = {name for names in KEYS_OF_KIND.values() for name in names} - set(KEYS_OF_KIND[kind])
    return [info for info in infos if info.english not in foreign]


def _key_info(english: str, field: FieldInfo, composed: list[Any]) -> KeyInfo:
    return KeyInfo(
        field.alias or english,
        english,
        record=next((part for part in composed if isinstance(part, type) and issubclass(part, Record)), None),
        many=any(get_origin(part) is tuple for part in composed),
        choices=next((_words(part) for part in composed if get_origin(part) is Literal), ()),
        refers=english in REFERENCE_FIELDS,
        field=field,
    )


def parts(annotation: Any) -> Iterator[Any]:
    """Yield the annotation and all it is composed of; a Literal whole."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for argument in get_args(annotation):
            yield from parts(argument)


def _words(literal: Any) -> tuple[str, ...]:
    return tuple(word for word in get_args(literal) if word)
