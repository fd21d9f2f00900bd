"""The kinds of value a meeting file is made of."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_HALF_WIDTH_MARK = re.compile(r"[,;:?!()]")
_FULL_WIDTH = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_SPACE = re.compile(r"\s+")
_FULL_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
# A phrase says 到…底 or …前完成 of a deadline; of these it can't.
_NO_DEADLINE = re.compile(
    "持续.*|长期.*|常年|全年|全程|日常|平时|经常.*|随时|立即|立刻|马上|尽快|.*起|常态化.*|每.*|无"
)
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Before:
    """Annotates a type with what turns the writer's value into it.

    The same as pydantic's BeforeValidator without its look at the function's signature, which for all the
    keys of a meeting costs more than reading a meeting file.
    """

    function: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the type with the function before it."""
        return core_schema.no_info_before_validator_function(self.function, handler(source))


class Record(BaseModel):
    """A mapping of the meeting file: Chinese keys or English names, nothing unknown, frozen."""

    # A record is built as part of the meeting; built for itself, each of them would be built twice.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)
    shorthand: ClassVar[str] = ""
    """The key that a plain text in place of the mapping stands for; empty where only a mapping will do."""

    @model_validator(mode="before")
    @classmethod
    def _mapping(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: content for key, content in value.items() if content is not None}
        plain = isinstance(value, str | int | float) and not isinstance(value, bool)
        return {cls.shorthand: value} if cls.shorthand and plain else value


def tidy(text: str) -> str:
    """Return one line as it may stand in a document.

    Invisible marks are dropped, white space is folded and taken out beside Chinese characters; half-width
    punctuation beside them becomes full-width. Nothing else changes: the words are the writer's.
    """
    if not text.isprintable():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    line, before = text.strip(), ""
    while line != before:
        before = line
        line = _HALF_WIDTH_MARK.sub(_widened, _SPACE.sub(_folded, line))
    return line


def _folded(space: re.Match[str]) -> str:
    before, after = space.string[space.start() - 1], space.string[space.end()]
    return "" if _is_wide(before) or _is_wide(after) else " "


def _widened(mark: re.Match[str]) -> str:
    text, begin, end = mark.string, mark.start(), mark.end()
    before, after = text[max(begin - 1, 0) : begin], text[end : end + 1]
    beside = (before and (_is_han(before) or before in "”》）%％")) or (
        after and (_is_han(after) or after in "“《")
    )
    return _FULL_WIDTH[mark[0]] if beside else mark[0]


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def _is_wide(char: str) -> bool:
    return _is_han(char) or char in "，。；：、！？“”（）《》"


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise PydanticCustomError("not_text", "应当是一行文字")
    try:
        text = str(value)
    except ValueError:  # an int of more digits than Python writes out
        raise PydanticCustomError("too_long", "数字太长") from None
    bad = "" if text.isprintable() else next(filter(_is_unwritable, text), "")
    if bad:
        raise PydanticCustomError("control", "含有不能写进文档的字符{code}", {"code": f"U+{ord(bad):04X}"})
    return text


def _is_unwritable(char: str) -> bool:
    """Return whether a character is a control, a surrogate, of private use, or none at all (U+FFFF)."""
    if unicodedata.category(char) in {"Cc", "Cs", "Co"}:
        return char not in "\t\n\r"
    return "\ufdd0" <= char <= "\ufdef" or ord(char) & 0xFFFE == 0xFFFE


def _line(value: Any) -> str:
    return tidy(_scalar(value))


def _clause(value: Any) -> str:
    line = _line(value).rstrip("。！？；，、：;,:.!? ")
    _check_dates(line)
    return line


def _title(value: Any) -> str:
    line = _line(value)
    if line.startswith("《") and line.endswith("》") and line.count("《") == 1:
        return line[1:-1]
    return line


def _check_dates(text: str) -> None:
    for found in _FULL_DATE.finditer(text):
        _check_date(int(found[1]), int(found[2]), int(found[3]), found[0])
    for found in _MONTH_DAY.finditer(text):
        _check_date(_LEAP_YEAR, int(found[1]), int(found[2]), found[0])


def _check_date(year: int, month: int, day: int, written: str) -> None:
    try:
        date(year, month, day)
    except ValueError:
        raise PydanticCustomError("no_such_date", "没有“{text}”这一天", {"text": written}) from None


def _deadline(value: Any) -> str:
    line = re.sub(r"(之前|以前|前)$", "", _clause(value))
    if _NO_DEADLINE.fullmatch(line):
        raise PydanticCustomError(
            "no_deadline",
            "“{text}”不是时限，时限写到什么时候为止，如“10月底”；长年要做的写进措施或要求的内容里",
            {"text": line},
        )
    match = _FULL_DATE.fullmatch(line)
    if not match:
        return line
    year, month, day = (int(part) for part in match.groups())
    return f"{year}年{month}月{day}日"


def listed(value: Any) -> Any:
    """Return a single value as a tuple of one, a list as a tuple without its empty items."""
    if value is None or value == "":
        return ()
    if isinstance(value, str | int | float | dict):
        return (value,)
    return (
        tuple(item for item in value if item is not None and item != "") if isinstance(value, list) else value
    )


def _number(value: Any) -> Any:
    return (unicodedata.normalize("NFKC", value).strip() or None) if isinstance(value, str) else value


def _truth(value: Any) -> Any:
    words = {"是": True, "有": True, "对": True, "否": False, "不": False, "无": False}
    return words.get(value, value) if isinstance(value, str) else value


Line = Annotated[str, Before(_line)]
"""One line of text, tidied."""
Clause = Annotated[str, Before(_clause)]
"""One line without punctuation at its end, so that a phrase can take it in."""
DocumentTitle = Annotated[str, Before(_title)]
"""A title without its 《》."""
Deadline = Annotated[str, Before(_deadline)]
"""When something is due, without 前 at its end."""
Reference = Annotated[str, Before(_line), Field(description="人员里的姓名或代号")]
Clauses = Annotated[tuple[Clause, ...], Before(listed)]
Lines = Annotated[tuple[Line, ...], Before(listed)]
References = Annotated[tuple[Reference, ...], Before(listed)]
Count = Annotated[Annotated[int, Field(ge=1, le=100_000)] | None, Before(_number)]
Minutes = Annotated[Annotated[int, Field(ge=1, le=600)] | None, Before(_number)]
Truth = Annotated[bool, Before(_truth)]


class Figure(Record):
    """数据: an indicator with its value, or a ready-made text such as 新建公厕12座."""

    shorthand = "文"

    text: Clause = Field(
        "", alias="文", description="整句写好的数据，如“新建公厕12座”；写了它就不用写下面几项"
    )
    indicator: Line = Field("", alias="指标", description="指标的名称，如“城区绿化覆盖率”")
    value: Line = Field("", alias="数值", description="数，如“38.5”")
    unit: Line = Field("", alias="单位", description="数的单位，如“%”“座”")
    comparison: Clause = Field("", alias="比较", description="和什么比、怎么样，如“比上年提高2.1个百分点”")

    def __str__(self) -> str:
        stated = self.text or f"{self.indicator}{self.value}{self.unit}"
        return f"{stated}，{self.comparison}" if self.comparison else stated


Figures = Annotated[tuple[Figure, ...], Before(listed)]
