"""Dates and numerals (GB/T 15835—2011): days that don't exist, weekdays, numerals of two kinds."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ..numerals import chinese_numeral, parse_chinese_numeral
from .findings import Hit
from .text import Text

_DATE = re.compile(r"[0-9]{1,2}月([0-9]{1,2})[日号]")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}年\Z")
_WEEKDAY = re.compile(r"\s?[（(，,]?\s?(?:星期|周)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_LEAP_YEAR = 2024
"""Stands for a year that isn't named: the 29th of February may exist."""
_CHINESE_YEAR = re.compile(r"[一二][〇○零oO0一二三四五六七八九]{3}年(\d{1,2}月)?")
_NUMERAL = "([一二三四五六七八九十]{1,3})"
_DIGIT_DATE = re.compile(
    rf"([0-9]{{1,4}})(?:年{_NUMERAL}月{_NUMERAL}日|月{_NUMERAL}日|世纪([一二三四五六七八九])十年代)"
)
_ZEROS = re.compile("[○零oO0]")
_FULL_WIDTH = re.compile("[０-９]+(?:[．.][０-９]+)?")
_TO_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: "."}
_YEAR_DIGITS = {char: str(digit) for digit, char in enumerate("〇一二三四五六七八九")}
_FIXED = re.compile(
    r"[1-58十](?:(?<=8)(?=项规定(?:精神|实施))|(?<=2)(?=会(?:期间|精神|召开|上|[。，])|个维护|个确立)"
    r"|(?<=1)(?=岗双责|票否决|把手)|(?<=3)(?=农(?:问题|工作|投入|领域)|会一课|严3实)"
    r"|(?<=4)(?=个意识|个自信|个全面|风问题)|(?<=5)(?=位一体)|(?<=[1十])([1-5])(?=五(?:规划|”)))"
)
"""定型词语: what stands with numerals in Chinese always."""
_UNITS = re.compile("平米|㎡|[Kk][Mm](?![A-Za-z])|公分|M2(?![0-9])")
_COUNTED = re.compile("[0-9余多万亿]")
_UNIT_NAMES = {"平米": "平方米", "㎡": "平方米", "km": "公里", "公分": "厘米", "m2": "平方米"}


def find_dates(text: Text, _context: object) -> Iterator[Hit]:
    """Yield days that don't exist and days with the weekday of another."""
    for match in _DATE.finditer(text.text):
        begin, end = match.span()
        if text.text[begin - 1 : begin].isdigit():
            continue
        named = _YEAR.search(text.text, max(begin - 6, 0), begin)
        year, month, day = (
            int(named[0][:4]) if named else None,
            int(match[0].partition("月")[0]),
            int(match[1]),
        )
        if named:
            begin = named.start()
        reason = _why_impossible(year, month, day)
        if reason:
            yield Hit("数字.不存在的日期", begin, end, values={"原因": reason})
        elif year:
            yield from _weekday(text.text, begin, end, date(year, month, day))


def _weekday(text: str, begin: int, end: int, day: date) -> Iterator[Hit]:
    said, is_ = _WEEKDAY.match(text, end), _WEEKDAYS[day.weekday()]
    if said and said[1].replace("天", "日") != is_:
        yield Hit("数字.星期不符", begin, said.end(), values={"星期": is_})


def _why_impossible(year: int | None, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"没有{month}月"
    last = monthrange(year or _LEAP_YEAR, month)[1]
    if 1 <= day <= last:
        return ""
    return f"{f'{year}年' if year else ''}{month}月只有{last}天" if day else "没有0日"


def find_numerals(text: Text, _context: object) -> Iterator[Hit]:
    """Yield numbers written with numerals of two kinds, in full width, or with another sign for 〇."""
    yield from _years(text.text)
    for match in _DIGIT_DATE.finditer(text.text):
        written = _in_digits(match)
        if written:
            yield Hit("数字.年份混用", match.start(), match.end(), written)
    for match in _FULL_WIDTH.finditer(text.text):
        yield Hit("数字.全角", match.start(), match.end(), match[0].translate(_TO_HALF_WIDTH))
    yield from _fixed_words(text.text)
    for match in _UNITS.finditer(text.text):
        if _COUNTED.match(text.text, match.start() - 1):
            yield Hit("数字.计量单位", match.start(), match.end(), _UNIT_NAMES[match[0].lower()])


def _fixed_words(text: str) -> Iterator[Hit]:
    for match in _FIXED.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isdigit() or before in (".", "第"):
            continue
        if match[1]:
            said = "十" + chinese_numeral(int(match[1]))
        else:
            is_count = match[0] == "2"
            said = "两" if is_count else chinese_numeral(int(match[0]))
        yield Hit("数字.固定词语", match.start(), match.end(), said)


def _years(text: str) -> Iterator[Hit]:
    for match in _CHINESE_YEAR.finditer(text):
        year = _ZEROS.sub("〇", match[0][:4])
        if match[1]:
            digits = "".join(_YEAR_DIGITS[char] for char in year)
            yield Hit("数字.年份混用", match.start(), match.end(), f"{digits}年{match[1]}")
        elif year != match[0][:4]:
            yield Hit("数字.年份零字", match.start(), match.start() + 5, f"{year}年")


def _in_digits(match: re.Match[str]) -> str:
    """Return a date or decade in digits, nothing where its numerals aren't ones."""
    digits, month, day, other_day, decade = match.groups()
    if decade:
        return f"{digits}世纪{parse_chinese_numeral(decade)}0年代"
    if other_day:
        number = parse_chinese_numeral(other_day)
        return f"{digits}月{number}日" if number else ""
    numbers = parse_chinese_numeral(month), parse_chinese_numeral(day)
    return f"{digits}年{numbers[0]}月{numbers[1]}日" if all(numbers) else ""
