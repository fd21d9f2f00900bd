"""Deadlines that have passed before the meeting begins: a slip of the writer's that all would hear."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from .meeting.fields import Record

_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日|(上旬|中旬)?)(?!.*[至到—–~-])")
_LAST_OF = {"上旬": 10, "中旬": 20}
_SPAN = timedelta(days=120)
"""A month without its year that has passed longer ago means the next year's."""


def passed_deadlines(source: str, told: Record, held: date) -> Iterator[tuple[str, str]]:
    """Yield key and text of each deadline in what is told at `source` that lies before the meeting."""
    for name, field in type(told).model_fields.items():
        value, key = getattr(told, name), f"{source}.{field.alias}"
        if name == "deadline" and has_passed(value, held):
            yield key, value
        for n, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, Record):
                yield from passed_deadlines(f"{key}[{n}]", item, held)


def has_passed(deadline: str, held: date) -> bool:
    """Return whether a deadline such as 8月10日, 8月底 or 2026年8月 lies before a day.

    One that is no date, such as 汛期前, or a span of days has not; nor has one without its year that lies
    more than a third of a year back, which is next year's.
    """
    match = _DAY.match(deadline)
    if not match:
        return False
    year, month, day, part = match.groups()
    try:
        last = _last_day(int(year or held.year), int(month), int(day or _LAST_OF.get(part, 0)))
    except ValueError:
        return False
    return last < held and (bool(year) or held - last < _SPAN)


def _last_day(year: int, month: int, day: int) -> date:
    if day:
        return date(year, month, day)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
