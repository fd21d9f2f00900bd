"""Figures of one text that don't agree: growth, sums, parts of a whole, an indicator with two values."""

import re
from collections.abc import Iterator

from .findings import Hit
from .text import Text

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_GROWTH = re.compile(
    rf"[由从]({_NUMBER})([万亿]*(?:[%％]|[^\d\W]{{0,3}}?))(增加|增长|提高|提升|上升|扩大|下降|减少|降低|降|压减)[到至为]"
    rf"({_NUMBER})([万亿]*(?:[%％]|[^\d\W]{{0,3}}?))[，,](增长|增加|提高|提升|上升|增幅达?|下降|减少|降低)了?"
    rf"({_NUMBER})([%％]|个百分点|倍)"
)
_FALLS = ("下降", "减少", "降低", "降", "压减")
_TOTAL = re.compile(rf"[，,、](?:共计?|合计|总计)({_NUMBER})([万亿]*[^\d\W万亿])(?![\w])")
_ITEM = re.compile(rf"[^\d，,。；;、和]{{1,12}}({_NUMBER})([万亿]*[^\d\W万亿])$")
_PART = re.compile(
    rf"({_NUMBER})([万亿]*[个名人户家件座处项所条起])[，,（(]其中[：:]?([^\d，,。；;、]{{0,8}})({_NUMBER})"
    r"([万亿]*[个名人户家件座处项所条起])(?!次)"
)
_PARTS = re.compile(
    rf"({_NUMBER})([万亿]*[个名人户家件座处项所条起])[，,（(]其中[：:]?((?:[^\d，,。；;、\n]{{1,8}}{_NUMBER}"
    r"[万亿]*[个名人户家件座处项所条起][、，]?){2,8})"
)
_LISTED = re.compile(rf"({_NUMBER})([万亿]*[个名人户家件座处项所条起])")
_SHARES = re.compile(rf"({_NUMBER})[:：∶]({_NUMBER})[:：∶]({_NUMBER})(?![:：∶\d])")
_INDUSTRIES = re.compile(r"三次产业[^。；\n]{0,30}\Z")
_INDICATOR = re.compile(
    rf"[率度口积程](?:(?<=率)|(?<=满意度|总人口|总面积|总里程))(?:已经?)?(?:达到|达|为|是)({_NUMBER})([万亿]*(?:[%％]|[^\d\W]))(?!左右|以[上下内])"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{4,12}\Z")
_APART = re.compile(
    r"[去今明前上]年|年|季度|月|力争|确保|目标|计划|预计|提高|提升|增长|超过|分别|其中|由|从|不低于|要|将|比|全[国省市]|推进|建成|实现"
)
"""What may be the reason for another value: another time, place, aim or part."""


def find_figures(text: Text, _context: object) -> Iterator[Hit]:
    """Yield figures that don't agree within a sentence, or over the text for an indicator named twice."""
    yield from _growths(text.text)
    yield from _totals(text.text)
    yield from _parts(text.text)
    yield from _listed_parts(text.text)
    yield from _shares(text.text)
    yield from _indicators(text)


def _slack(*numbers: str) -> list[float]:
    """Return half a unit of the last digit of each number: what rounding may have taken or given."""
    return [0.5 * 10 ** -len(number.partition(".")[2]) for number in numbers]


def _growths(text: str) -> Iterator[Hit]:
    for match in _GROWTH.finditer(text):
        start, unit, verb, end, end_unit, _, change, kind = match.groups()
        if (unit and unit != end_unit) or (verb in _FALLS) != (match[6] in _FALLS):
            continue
        low, high = _changes(start, end, kind, percent=end_unit in ("%", "％"))
        if low is None or high is None:
            continue
        slack = _slack(change)[0] + 1e-9
        if not low - slack <= float(change) <= high + slack:
            values = {
                "起": start + (unit or end_unit),
                "止": end + end_unit,
                "应是": _told((low + high) / 2, kind),
            }
            yield Hit("数字.增幅不符", match.start(), match.end(), values=values)


def _changes(start: str, end: str, kind: str, *, percent: bool) -> tuple[float | None, float | None]:
    """Return between which values the change between two numbers lies; None where it can't be told."""
    first, last = float(start), float(end)
    slack = _slack(start, end)
    if kind == "个百分点":
        return (abs(last - first) - sum(slack), abs(last - first) + sum(slack)) if percent else (None, None)
    if percent or first <= slack[0]:
        return None, None
    scale = 100 if kind != "倍" else 1
    ratios = [
        abs((last + sign_end * slack[1]) / (first + sign * slack[0]) - 1) * scale
        for sign, sign_end in ((1, -1), (-1, 1))
    ]
    return min(ratios), max(ratios)


def _told(value: float, kind: str) -> str:
    return f"{value:.1f}".removesuffix(".0") + kind


def _totals(text: str) -> Iterator[Hit]:
    for match in _TOTAL.finditer(text):
        clause_begin = max(text.rfind(mark, 0, match.start()) for mark in "，,。；;：:\n") + 1
        items = [_ITEM.match(item) for item in re.split("[、和]", text[clause_begin : match.start()])]
        if len(items) < 2 or not all(item and item[2] == match[2] for item in items):
            continue
        total = sum(float(item[1]) for item in items if item)
        slack = sum(_slack(match[1], *(item[1] for item in items if item)))
        if abs(total - float(match[1])) > (slack if "." in text[clause_begin : match.end()] else 0.01):
            values = {"和": f"{total:g}{match[2]}", "共": match[1] + match[2]}
            yield Hit("数字.合计不符", clause_begin, match.end(), values=values)


def _parts(text: str) -> Iterator[Hit]:
    for match in _PART.finditer(text):
        whole, unit, _, part, part_unit = match.groups()
        if unit == part_unit and float(part) > float(whole):
            values = {"部分": part + part_unit, "共": whole + unit}
            yield Hit("数字.部分超过整体", match.start(), match.end(), values=values)


def _listed_parts(text: str) -> Iterator[Hit]:
    """Parts listed after 其中 that come to more than the whole."""
    for match in _PARTS.finditer(text):
        whole, unit = match[1], match[2]
        parts = [part for part in _LISTED.finditer(match[3]) if part[2] == unit]
        total = sum(float(part[1]) for part in parts)
        if len(parts) > 1 and total > float(whole) + 0.01:
            values = {"部分": f"{total:g}{unit}", "共": whole + unit}
            yield Hit("数字.部分超过整体", match.start(), match.end(), values=values)


def _shares(text: str) -> Iterator[Hit]:
    for match in _SHARES.finditer(text):
        if not _INDUSTRIES.search(text, max(match.start() - 40, 0), match.start()):
            continue
        total = sum(float(share) for share in match.groups())
        if abs(total - 100) > sum(_slack(*match.groups())) + 1e-9:
            yield Hit("数字.构成不足百", match.start(), match.end(), values={"和": f"{total:g}"})


def _indicators(text: Text) -> Iterator[Hit]:
    known: dict[tuple[str, str], str] = {}
    for match in _INDICATOR.finditer(text.text):
        value, unit = match.groups()
        begin = max(text.text.rfind(mark, 0, match.start()) for mark in "。；;\n") + 1
        name = _NAME.search(text.text, max(begin, match.start() - 11), match.start() + 1)
        if name is None or _APART.search(text.text, begin, match.end()):
            continue
        before = known.setdefault((name[0], unit), value)
        if float(before) != float(value):
            values = {"指标": name[0], "前值": before + unit}
            yield Hit("数字.数值不一", match.start() + 1, match.end(), values=values)
