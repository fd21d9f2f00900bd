"""Structure (结构层次): markers that don't count on, sets of items and headings, and what was announced."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..numerals import chinese_numeral, parse_chinese_numeral
from ..parallelism import parallelism
from ..resources import resource_folder
from ..yamlfile import load_yaml
from .findings import Hit
from .markers import CIRCLED, SPOKEN_WORDS, Counting, Fault, Flaw, Group, Item, count_items
from .text import Text

_HEADING_ENDS = "。；：！？，、,;:!?.…"
_LONGEST_HEADING = 40
_FEWEST_PARALLEL, _MOST_PARALLEL = 3, 6
"""Sets of fewer headings are no row; longer ones are lists, which nobody hears as one."""
_UNEVEN = 0.42
"""Parallelism from which down a set is mentioned. Real sets of headings that nobody objects to reach 0.45."""
_EVEN = 1.6
_PERIOD = re.compile("[0-9]年|时期")
"""In the headings of a report by years, which say what is in them and nothing more."""
_TALK = re.compile(r"[讲谈提]|强调")
_TO_FIRST_HEADING = 400
"""Characters that may stand between 我讲三点意见 and the first of them."""
_AFTER_COUNT = re.compile(r"[：:。！!][\s”’」』）)]*")


@dataclass(frozen=True)
class _Words:
    """词: what announces a number of items."""

    count: re.Pattern[str]


@cache
def _words() -> _Words:
    data = load_yaml(resource_folder("templates") / "proofing" / "structure.yaml").data["词"]
    measures, nouns = "|".join(data["量词"]), "|".join(data["列举对象"])
    return _Words(
        re.compile(
            rf"([一二两三四五六七八九十0-9]{{1,2}})(?<![0-9.．][0-9])(?<![0-9.．][0-9][0-9])(?:"
            rf"(?:{measures})[^，。；：！？,;:!?\r\n“”《》]{{0,4}}?(?:{nouns})|个方面|方面|[点条])(?=[：:。！!])"
        )
    )


def find_structure(text: Text, _context: object) -> Iterator[Hit]:
    """Yield what is wrong with the numbering, the sets of items and the headings of a text."""
    counting = count_items(text)
    yield from _told_faults(counting)
    for group in counting.groups:
        yield from _run_on_items(text, group)
        yield from _uneven_ends(text, group)
        yield from _empty_headings(text, group)
        yield from _unlike_headings(group)
    yield from _wrong_counts(text, counting.groups)
    yield from _skipped_levels(text, counting.groups)
    yield from _wrong_first_level(text, counting.groups)


def _told_faults(counting: Counting) -> Iterator[Hit]:
    for fault in counting.faults:
        item, before = fault.item, fault.before
        values = {"应为": _expected(fault), "前面": _marker(before) if before else "", "这里": _marker(item)}
        yield Hit(fault.flaw.value, item.begin, item.end, values=values)


def _expected(fault: Fault) -> str:
    """Return the marker that should stand where the fault is."""
    item, before = fault.item, fault.before
    if before is None:
        return _written(item.family, 1, item.form)
    return _written(before.family, before.number + 1, fault.form)


def _marker(item: Item) -> str:
    return _written(item.family, item.number, item.form)


def _written(family: str, number: int, form: str) -> str:
    """Return a marker as it is written."""
    if family in "345":
        plain = {"3": f"{number}{form}", "4": f"（{number}）{form}"}
        return CIRCLED[min(number, len(CIRCLED)) - 1] if family == "5" else plain[family]
    if family == "次":
        return (*SPOKEN_WORDS, "最后")[min(number, 4) - 1]
    numeral = chinese_numeral(min(number, 99))
    patterns = {
        "1": f"{numeral}{form}",
        "2": f"（{numeral}）{form}",
        "第": f"第{numeral}",
        "其": f"其{numeral}",
    }
    return patterns.get(family, numeral + family)


def _run_on_items(text: Text, group: Group) -> Iterator[Hit]:
    """Yield spoken items in the middle of a line while their siblings have lines of their own."""
    if group.level:
        return
    first, rest = group.items[0], group.items[1:]
    starting = [item for item in group.items if item.at_start]
    inside = [item for item in rest if not item.at_start and item.before in "。！？ \u3000\t"]
    if len(starting) >= 2 and len(inside) < len(starting):
        for item in inside:
            yield _run_on(item)
    if rest and rest[0].at_start and first.before.isspace() and not first.at_start and first.line.level:
        lead = text.text[first.line.begin : first.begin].strip()
        if lead[-1] not in _HEADING_ENDS:
            yield _run_on(first)


def _run_on(item: Item) -> Hit:
    return Hit(Flaw.RUN_ON.value, item.begin, item.end, values={"这里": _marker(item)})


def _uneven_ends(text: Text, group: Group) -> Iterator[Hit]:
    """Yield the item of a chain inside one line that ends with another stop than all others."""
    items = group.items
    if group.level or len(items) < 3 or any(item.line is not items[0].line for item in items):
        return
    ends = [text.text[item.begin - 1] for item in items[1:]]
    counts = {end: ends.count(end) for end in ends}
    if len(counts) != 2 or not set(counts) <= set("，；。,;"):
        return
    usual, odd = sorted(counts, key=lambda end: (-counts[end], end != "；"))
    for item, end in zip(items[1:], ends, strict=True):
        if end == odd:
            values = {"常用": usual, "这里": _marker(item)}
            yield Hit("列举.末尾", item.begin - 1, item.begin, usual, values)


def _empty_headings(text: Text, group: Group) -> Iterator[Hit]:
    """Yield headings with nothing under them, while other headings of the set have text."""
    if group.level not in (1, 2) or not all(item.at_start for item in group.items):
        return
    empty = [item for item in group.items if _is_empty(text, item)]
    if 2 * len(empty) < len(group.items):
        for item in empty:
            yield Hit("标题.无内容", item.begin, item.line.end, values={"标题": item.line.text})


def _is_empty(text: Text, item: Item) -> bool:
    """Whether the line after a heading is one of the same or a higher level, or there is none."""
    line = item.line
    if not line.is_heading or line.text[-1] in _HEADING_ENDS:
        return False
    below = next(iter(text.lines[line.number : line.number + 1]), None)
    return below is None or (below.is_heading and below.level <= line.level)


def _unlike_headings(group: Group) -> Iterator[Hit]:
    """Yield one suggestion for a set of headings that are built differently."""
    titles = [_title(item) for item in group.items]
    if group.level not in (1, 2) or not _FEWEST_PARALLEL <= len(titles) <= _MOST_PARALLEL or "" in titles:
        return
    if any(map(_PERIOD.search, titles)) or _is_even(titles):
        return
    if parallelism(titles).total < _UNEVEN:
        first = group.items[0]
        values = {"标题": "”“".join(titles), "数": str(len(titles))}
        others = tuple((item.begin, item.line.end) for item in group.items[1:])
        yield Hit("标题.不对称", first.begin, first.end + len(titles[0]), values=values, others=others)


def _is_even(titles: Sequence[str]) -> bool:
    """Whether headings are so much of one length that there is no need to look at their words."""
    lengths = [len(title) for title in titles]
    clauses = {len(re.findall("[，,、]", title)) for title in titles}
    return len(clauses) == 1 and max(lengths) <= _EVEN * min(lengths)


def _title(item: Item) -> str:
    """Return the text of a heading, also of one that has text after it; nothing for an item of a list."""
    after = item.line.text[item.end - item.line.begin :]
    title = re.split(r"[。；：！？;:!?]", after, maxsplit=1)[0].strip()
    return title if item.at_start and len(title) <= _LONGEST_HEADING else ""


def _wrong_counts(text: Text, groups: Iterable[Group]) -> Iterator[Hit]:
    """Yield announced numbers that are not those of the items that follow at once."""
    firsts = {group.items[0].begin: group for group in groups if group.items[0].number == 1}
    headings = [begin for begin, group in firsts.items() if group.level and group.items[0].at_start]
    for match in _words().count.finditer(text.text):
        said = _value(match[1])
        stop = _AFTER_COUNT.match(text.text, match.end())
        group = firsts.get(stop.end()) if stop else None
        talked = _TALK.search(text.text, max(0, match.start() - 6), match.start())
        if group is None and talked:
            after = next((begin for begin in headings if begin > match.end()), None)
            near = after is not None and after - match.end() <= _TO_FIRST_HEADING
            group = firsts[after] if after is not None and near else None
        if group is None or said is None or len(group.items) in (1, said):
            continue
        if match[1].isdigit() and not talked and text.text[match.end()] not in "：:":
            continue
        values = {"所说": match[1], "实有": str(len(group.items)), "末项": _marker(group.last)}
        yield Hit("列举.数目", match.start(), match.end(), values=values)


def _value(figure: str) -> int | None:
    if figure.isdigit():
        return int(figure)
    return 2 if figure == "两" else parse_chinese_numeral(figure)


def _skipped_levels(text: Text, groups: Sequence[Group]) -> Iterator[Hit]:
    """Yield the first set that stands below a heading two levels up, in a text that has the level between.

    With two levels only, 一、 and then 1. is allowed, as is leaving one out everywhere.
    """
    parents: dict[int, Item] = {}
    used: dict[tuple[int, int], list[Item]] = {}
    written = [group for group in groups if group.level and group.items[0].at_start]
    for item in sorted((i for group in written for i in group.items), key=lambda i: i.begin):
        above = max((level for level in parents if level < item.level), default=0)
        if item.number == 1 and above and not _has_spoken_between(groups, parents[above], item):
            used.setdefault((above, item.level), []).append(item)
        parents = {level: known for level, known in parents.items() if level < item.level} | {
            item.level: item
        }
    for (above, level), items in used.items():
        between = level - 1
        if above < between and (above, between) in used and (between, level) in used:
            first, *others = items
            values = {
                "上层": _written(str(above), 1, "、" if above == 1 else ""),
                "中层": _written(str(between), 1, "." if between == 3 else ""),
                "这里": _marker(first),
            }
            spans = tuple((item.begin, item.end) for item in others)
            yield Hit("编号.越级", first.begin, first.end, values=values, others=spans)


def _has_spoken_between(groups: Iterable[Group], above: Item, item: Item) -> bool:
    return any(
        above.begin < other.begin < item.begin and other.at_start
        for group in groups
        if not group.level
        for other in group.items
    )


def _wrong_first_level(text: Text, groups: Iterable[Group]) -> Iterator[Hit]:
    """Yield the first （一） of a text without 一、 and without headings that bear no marker."""
    written = [group for group in groups if group.level and group.items[0].at_start]
    second = [group for group in written if group.level == 2 and len(group.items) > 1]
    if not second or any(group.level == 1 for group in groups):
        return
    prose = next((n for n, line in enumerate(text.lines) if len(line.text) > _LONGEST_HEADING), 0)
    bare = (line for line in text.lines[prose:] if not line.level and len(line.text) <= _LONGEST_HEADING)
    if any(line.text[-1] not in _HEADING_ENDS and "、" not in line.text for line in bare):
        return
    first = second[0].items[0]
    others = tuple((item.begin, item.end) for group in second for item in group.items if item is not first)
    yield Hit("编号.首层", first.begin, first.end, "一、", values={"这里": _marker(first)}, others=others)
