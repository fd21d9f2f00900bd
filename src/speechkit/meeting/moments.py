"""Points in time as writers give them: a day, or a day and an hour."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ..numerals import format_date

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_WEEKDAY = re.compile(r"[\s(,]*(?:星期|周)[一二三四五六日天][\s),]*")
_HOUR = re.compile(
    r"[\sT,]*(凌晨|早上|上午|中午|下午|晚上|晚)?\s*(\d{1,2})\s*[:时点]\s*(?:(半)|(\d{1,2})\s*分?)?(?::\d\d)?整?"
)
_AFTERNOON = frozenset({"下午", "晚上", "晚"})


@dataclass(frozen=True, slots=True)
class MomentValue:
    """A day, and the hour where it is known."""

    at: datetime
    has_hour: bool

    @property
    def day(self) -> str:
        """The day as 2026年8月20日."""
        return format_date(self.at.date())

    @property
    def hour(self) -> str:
        """The hour as 9时 or 14时30分; empty where it is not known."""
        if not self.has_hour:
            return ""
        return f"{self.at.hour}时" + (f"{self.at.minute:02d}分" if self.at.minute else "")

    def __str__(self) -> str:
        return self.day + self.hour

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that takes whatever parse_moment takes."""
        return core_schema.no_info_plain_validator_function(parse_moment)


Moment = MomentValue


def parse_moment(value: Any) -> MomentValue | None:
    """Return the moment that a text or date means, None for an empty text.

    Takes 2026-08-20 09:00, 2026年8月20日, 2026年8月20日（星期四）下午2点半 and the like; the weekday is not
    looked at. Raises PydanticCustomError for what is no date, and for one that does not exist.
    """
    if value is None or value == "" or isinstance(value, MomentValue):
        return value or None
    if isinstance(value, datetime):
        return MomentValue(value.replace(tzinfo=None), True)
    if isinstance(value, date):
        return MomentValue(datetime(value.year, value.month, value.day), False)
    if not isinstance(value, str):
        raise PydanticCustomError("not_text", "应当是一行文字")
    text = unicodedata.normalize("NFKC", value).strip()
    day = _DAY.match(text)
    rest = _WEEKDAY.sub(" ", text[day.end() :], count=1).strip() if day else ""
    hour = _HOUR.fullmatch(rest)
    if not day or (rest and not hour):
        advice = "请写成“2026-08-20 09:00”或“2026年8月20日”"
        raise PydanticCustomError(
            "moment", "看不懂的时间“{value}”，{advice}", {"value": text[:30], "advice": advice}
        )
    try:
        at = datetime.combine(date(int(day[1]), int(day[2]), int(day[3])), _time_of_day(hour))
        return MomentValue(at, hour is not None)
    except ValueError:
        raise PydanticCustomError(
            "no_such_date", "没有“{value}”这个日期或时刻", {"value": text[:30]}
        ) from None


def _time_of_day(match: re.Match[str] | None) -> time:
    if match is None:
        return time()
    part, hour, half, minute = match[1], int(match[2]), match[3], match[4]
    if part in _AFTERNOON and hour < 12:
        hour += 12
    elif part in {"晚上", "晚", "凌晨"} and hour == 12:
        raise ValueError("twelve at night belongs to two days")
    return time(hour, 30 if half else int(minute or 0))
