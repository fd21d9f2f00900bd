"""The JSON Schema of the meeting file, for editors that complete and check while the writer types."""

from typing import Any

from pydantic.fields import FieldInfo

from .agenda import KEYS_OF_KIND, AgendaItem
from .fields import Record
from .keys import KeyInfo, allowed_keys, keys_of, parts
from .model import Meeting
from .moments import MomentValue

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "null"]}
_MOMENT: Schema = {"type": ["string", "null"]}
_TRUTH: Schema = {"enum": ["是", "否", "有", "无", "对", "不", True, False, None]}


def meeting_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a meeting file.

    Source: https://json-schema.org/draft/2020-12. What one key says of another (a person who is not in 人员,
    实到 above 应到) is left to load_meeting.
    """
    titles: dict[type[Record], str] = {Meeting: "会议文件"}
    _collect_titles(Meeting, titles)
    definitions = {record.__name__: _record(record, title) for record, title in titles.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "会议文件",
        "description": "起草讲话稿、主持词和汇报材料所用的数据；键用中文，也可用英文",
        "$ref": "#/$defs/Meeting",
        "$defs": definitions | {"Texts": {"title": "一项或若干项文字", **_one_or_many(_TEXT)}},
    }


def _collect_titles(record: type[Record], titles: dict[type[Record], str]) -> None:
    """Add the records that a record is made of, each under the key where it first stands."""
    for info in allowed_keys(record):
        if info.record and info.record not in titles:
            titles[info.record] = info.chinese
            _collect_titles(info.record, titles)


def _record(record: type[Record], title: str) -> Schema:
    properties = {name: _property(info, name) for name, info in keys_of(record).items()}
    rules = [_either(info) for info in allowed_keys(record) if info.field.is_required()]
    if record is AgendaItem:
        rules += [_only_in_kind(info) for info in allowed_keys(record) if _kinds(info)]
    mapping: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if rules:
        mapping["allOf"] = rules
    if not record.shorthand:
        return {"title": title, **mapping}
    plain = {"type": ["string", "number"], "description": f"只写一行文字，就是“{record.shorthand}”"}
    return {"title": title, "anyOf": [plain, mapping]}


def _property(info: KeyInfo, name: str) -> Schema:
    description = info.field.description or ""
    if name != info.chinese:
        description = f"即“{info.chinese}”：{description}"
    return {"title": info.chinese, "description": description, **_value(info)}


def _value(info: KeyInfo) -> Schema:
    if info.record is None:
        return {"$ref": "#/$defs/Texts"} if info.many else _plain(info)
    one = {"$ref": f"#/$defs/{info.record.__name__}"}
    return _one_or_many(one) if info.many else {"anyOf": [one, {"type": "null"}]}


def _one_or_many(one: Schema) -> Schema:
    items = {"anyOf": [one, {"type": "null"}]}
    return {"anyOf": [one, {"type": "array", "items": items}, {"type": "null"}]}


def _plain(info: KeyInfo) -> Schema:
    composed = list(parts(info.field.annotation))
    if info.choices:
        return {"enum": [*info.choices, None]}
    if MomentValue in composed:
        return _MOMENT
    if bool in composed:
        return _TRUTH
    return _whole_number(info) if int in composed else _TEXT


def _whole_number(info: KeyInfo) -> Schema:
    inner = [part for part in parts(info.field.annotation) if isinstance(part, FieldInfo)]
    bounds = [bound for field in (info.field, *inner) for bound in field.metadata]
    low, high = (next(getattr(b, name) for b in bounds if hasattr(b, name)) for name in ("ge", "le"))
    return {"type": ["integer", "string", "null"], "minimum": low, "maximum": high, "pattern": r"^\s*\d+\s*$"}


def _either(info: KeyInfo) -> Schema:
    return {"anyOf": [{"required": [info.chinese]}, {"required": [info.english]}]}


def _kinds(info: KeyInfo) -> list[str]:
    return [kind for kind, names in KEYS_OF_KIND.items() if info.english in names]


def _only_in_kind(info: KeyInfo) -> Schema:
    kinds = {"enum": _kinds(info)}
    return {"if": _either(info), "then": {"properties": {"类型": kinds, "kind": kinds}}}
