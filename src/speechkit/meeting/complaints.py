"""What the model's refusals say to the writer: every validation error in Chinese."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Any, get_args

from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

_WHOLE_NUMBER = "应当是整数，如“300”，不带单位和别的字"
_YES_OR_NO = "应当写“是”或“否”"
_MAPPING = "应当在下一行缩进，写成若干行“键: 值”"
_LIST = "应当是列表，每项一行，以“- ”开头"
_MESSAGES = {
    "missing": "缺少必填的键“{key}”",
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_type": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "greater_than_equal": "数目太小，不能小于{ge}",
    "less_than_equal": "数目太大，不能大于{le}",
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "too_short": "至少要写一项",
    "string_too_short": "不能为空",
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": _LIST,
}
_BUILT_IN = frozenset(get_args(ErrorType))


def complaint(error: ErrorDetails, choices: tuple[str, ...]) -> str:
    """Return what a validation error says in Chinese; `choices` are the words that its key allows."""
    value, kind = error["input"], error["type"]
    if kind == "literal_error":
        return wrong_word(value, choices)
    if kind not in _BUILT_IN:
        return error["msg"]
    context: dict[str, Any] = error.get("ctx", {}) | {"key": error["loc"][-1] if error["loc"] else ""}
    message = _MESSAGES.get(kind, "写法不对").format_map(context)
    if message == _MAPPING and isinstance(value, str) and "：" in value:
        message += "；冒号要用半角“: ”，后面空一格"
    return message


def wrong_word(value: Any, choices: tuple[str, ...]) -> str:
    """Return that a value is none of the words allowed, and which comes nearest."""
    allowed = f"只能写：{'、'.join(choices)}"
    if not isinstance(value, str):
        return f"应当是一个词，{allowed}"
    return f"不能写“{shortened(value)}”{perhaps(value, choices)}；{allowed}"


def perhaps(word: str, words: Iterable[str]) -> str:
    """Return ，是不是“…” with the nearest of some words, nothing where none is near."""
    near = nearest(word, words)
    return f"，是不是“{near}”" if near else ""


def nearest(word: str, words: Iterable[str]) -> str:
    """Return the nearest of some words, empty where none is near; half of a Chinese word is near."""
    near = get_close_matches(word[:40], islice(words, 1000), n=1, cutoff=0.7 if word.isascii() else 0.5)
    return near[0] if near else ""


def shortened(text: str) -> str:
    """Return a text, cut where it is too long to be quoted."""
    return text if len(text) <= 30 else text[:29] + "…"
