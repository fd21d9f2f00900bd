"""The kinds of value a meeting file is made of."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
_HALF_WIDTH_MARK = re.compile(rf"(?<=[{_HAN}”》）%％])[,;:?!()]|[,;:?!()](?=[{_HAN}“《])")
_SPACE_AT_HAN = re.compile(
    rf"(?<=[{_HAN}，。；：、！？“”（）《》])\s+|\s+(?=[{_HAN}，。；：、！？“”（）《》])"
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
_FULL_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_LEAP_YEAR = 2024


class Record(BaseModel):
    """A mapping of the meeting file: Chinese keys or English names, nothing unknown, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def tidy(text: str) -> str:
    """Return one line as it may stand in a document.

    White space is folded and taken out beside Chinese characters; half-width punctuation beside them becomes
    full-width. Nothing else changes: the words are the writer's.
    """
    line = _SPACE_AT_HAN.sub("", " ".join(text.split()))
    return _HALF_WIDTH_MARK.sub(lambda match: match[0].translate(_FULL_WIDTH), line)


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise PydanticCustomError("not_text", "应当是一行文字")
    text = str(value)
    bad = _CONTROL.search(text)
    if bad:
        raise PydanticCustomError("control", "含有不能写进文档的字符{code}", {"code": f"U+{ord(bad[0]):04X}"})
    return text


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
    for year, month, day in _FULL_DATE.findall(text):
        _real_date(int(year), int(month), int(day), text)
    for month, day in _MONTH_DAY.findall(text):
        _real_date(_LEAP_YEAR, int(month), int(day), text)


def _real_date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise PydanticCustomError("no_such_date", "没有“{text}”这一天", {"text": text}) from None


def _deadline(value: Any) -> str:
    line = re.sub(r"(之前|以前|前)$", "", _clause(value))
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
    return None if value == "" else value


def _truth(value: Any) -> Any:
    words = {"是": True, "有": True, "对": True, "否": False, "不": False, "无": False}
    return words.get(value, value) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line)]
"""One line of text, tidied."""
Clause = Annotated[str, BeforeValidator(_clause)]
"""One line without punctuation at its end, so that a phrase can take it in."""
DocumentTitle = Annotated[str, BeforeValidator(_title)]
"""A title without its 《》."""
Deadline = Annotated[str, BeforeValidator(_deadline)]
"""When something is due, without 前 at its end."""
Reference = Annotated[str, BeforeValidator(_line), Field(description="人员里的姓名或代号")]
Clauses = Annotated[tuple[Clause, ...], BeforeValidator(listed)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(listed)]
References = Annotated[tuple[Reference, ...], BeforeValidator(listed)]
Count = Annotated[int | None, BeforeValidator(_number), Field(ge=1, le=100_000)]
Minutes = Annotated[int | None, BeforeValidator(_number), Field(ge=1, le=600)]
Truth = Annotated[bool, BeforeValidator(_truth)]


class Figure(Record):
    """数据: an indicator with its value, or a ready-made text such as 新建公厕12座."""

    text: Clause = Field(
        "", alias="文", description="整句写好的数据，如“新建公厕12座”；写了它就不用写下面几项"
    )
    indicator: Line = Field("", alias="指标", description="如“城区绿化覆盖率”")
    value: Line = Field("", alias="数值", description="如“38.5”")
    unit: Line = Field("", alias="单位", description="如“%”“座”")
    comparison: Clause = Field("", alias="比较", description="如“比上年提高2.1个百分点”")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return value if isinstance(value, dict | Figure) else {"文": value}

    def __str__(self) -> str:
        stated = self.text or f"{self.indicator}{self.value}{self.unit}"
        return f"{stated}，{self.comparison}" if self.comparison else stated


Figures = Annotated[tuple[Figure, ...], BeforeValidator(listed)]
