"""Chinese numerals, dates and heading markers (一、（一）1.（1）)."""

import re
from datetime import date

_DIGITS = "零一二三四五六七八九"
_NUMERAL = "[一二三四五六七八九十百]+"

_MARKERS = (
    (1, re.compile(rf"^({_NUMERAL})、\s*")),
    (2, re.compile(rf"^[（(]({_NUMERAL})[)）]\s*[、]?\s*")),
    (3, re.compile(r"^(\d{1,2})[.．](?!\d)\s*")),
    (4, re.compile(r"^[（(](\d{1,2})[)）]\s*")),
)


def chinese_numeral(number: int) -> str:
    """Return 1 to 99 as 一 to 九十九 (GB/T 15835 4.2: small ordinals and counts in running text)."""
    if not 1 <= number <= 99:
        raise ValueError(f"only 1 to 99 can be written: {number}")
    tens, units = divmod(number, 10)
    if not tens:
        return _DIGITS[units]
    head = "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units else "")


def chinese_count(number: int) -> str:
    """Return 1 to 99 as said before a measure word: 两 for 2 (两项, but 第二项), else the numeral."""
    return "两" if number == 2 else chinese_numeral(number)


def parse_chinese_numeral(text: str) -> int | None:
    """Return the value of 一 to 九十九, None for anything else."""
    match = re.fullmatch(rf"([{_DIGITS[1:]}]?)(十?)([{_DIGITS[1:]}]?)", text)
    if not match or not text:
        return None
    head, ten, tail = match.groups()
    if not ten:
        return _DIGITS.index(head) if head and not tail else None
    return (_DIGITS.index(head) if head else 1) * 10 + (_DIGITS.index(tail) if tail else 0)


def heading_marker(level: int, number: int) -> str:
    """Return 一、 （一） 1. or （1） for the level 1 to 4 (GB/T 9704-2012 7.3.3)."""
    if level == 1:
        return f"{chinese_numeral(number)}、"
    if level == 2:
        return f"（{chinese_numeral(number)}）"
    if level == 3:
        return f"{number}."
    if level == 4:
        return f"（{number}）"
    raise ValueError(f"no such heading level: {level}")


def split_heading_marker(text: str) -> tuple[int, str]:
    """Return the level of the marker that `text` begins with and the text after it; level 0 for no marker."""
    for level, pattern in _MARKERS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            return level, text[match.end() :]
    return 0, text


def format_date(day: date) -> str:
    """Return a date as 2026年3月5日, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
