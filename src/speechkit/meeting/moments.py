"""Points in time as writers give them: a day, or a day and an hour."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..numerals import format_date

_PATTERN = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"[\sT]*(?P<half>上午|下午|晚上|晚)?\s*((?P<hour>\d{1,2})\s*[:：时点]\s*(?P<minute>\d{1,2})?\s*分?(:\d\d)?)?"
)


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


def parse_moment(value: Any) -> Any:
    """Return the moment that a text or date means, None for an empty text."""
    if value is None or value == "" or isinstance(value, MomentValue):
        return value or None
    if isinstance(value, datetime):
        return MomentValue(value.replace(tzinfo=None), True)
    if isinstance(value, date):
        return MomentValue(datetime(value.year, value.month, value.day), False)
    match = _PATTERN.fullmatch(str(value).strip())
    if not match:
        raise PydanticCustomError(
            "moment",
            "看不懂的时间“{value}”，请写成“2026-08-20 09:00”或“2026年8月20日”",
            {"value": str(value)},
        )
    hour = int(match["hour"] or 0)
    if match["half"] in {"下午", "晚上", "晚"} and hour < 12:
        hour += 12
    try:
        at = datetime(*(int(match[k]) for k in ("year", "month", "day")), hour, int(match["minute"] or 0))
    except ValueError:
        raise PydanticCustomError(
            "no_such_date", "没有“{value}”这个日期或时刻", {"value": str(value)}
        ) from None
    return MomentValue(at, match["hour"] is not None)


Moment = Annotated[MomentValue, BeforeValidator(parse_moment), WithJsonSchema({"type": "string"})]
