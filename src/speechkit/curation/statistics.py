"""Statistics: how much a corpus has for every slot and family, and what is marked how."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..corpus import GENERAL, HeadingSet, Phrase
from ..tables import Table, tables_text
from .stock import Stock

VERSION = 1
FEW = 15
"""A slot that a text must fill wants so many phrases, or texts will sound alike."""
_USES = {True: "必填", False: "可有可无"}
_UNUSED = "没有用到"


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of one slot or family."""

    name: str
    genres: tuple[str, ...]
    """Genres whose outlines use it; none where no outline does."""
    required: bool
    """Whether a text in which it stands must fill it."""
    own: int
    """Phrases, or sets of headings, in the files that are looked at."""
    total: int
    """The same with the bundled ones."""
    topics: dict[str, int]
    """Topic, or 通用 for none -> how many of the own ones."""
    tone: int
    """How many of the own ones are for certain tones."""
    level: int
    condition: int

    @property
    def is_few(self) -> bool:
        """Whether texts will sound alike for want of alternatives."""
        return self.required and self.total < FEW


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a corpus has."""

    slots: tuple[Count, ...]
    families: tuple[Count, ...]

    @property
    def few(self) -> tuple[Count, ...]:
        """The slots with few alternatives, the fewest first."""
        return tuple(sorted((c for c in self.slots if c.is_few), key=lambda count: count.total))


def statistics(stock: Stock) -> Statistics:
    """Return what the files have that are looked at, slot by slot; slots in use that they lack count 0."""
    used = (station.name for station in stock.stations if not station.role and station.pattern is None)
    phrases, sets = stock.corpus.phrases, stock.corpus.heading_sets
    slots = [_count(name, phrases.get(name, ()), stock) for name in dict.fromkeys((*phrases, *used))]
    families = [_count(name, entries, stock) for name, entries in sets.items()]
    # Whoever looks at his own files needs to see no more than what is in them.
    return Statistics(
        tuple(count for count in slots if count.own or not stock.folders),
        tuple(count for count in families if count.own),
    )


def _count(name: str, entries: Sequence[Phrase | HeadingSet], stock: Stock) -> Count:
    own = [entry for entry in entries if stock.is_own(entry)]
    uses = [s for s in stock.stations if s.name == name or (s.pattern and s.pattern.fullmatch(name))]
    return Count(
        name,
        tuple(dict.fromkeys(station.genre for station in uses)),
        any(station.least for station in uses),
        len(own),
        len(entries),
        dict(Counter(entry.use.topic or GENERAL for entry in own)),
        sum(bool(entry.use.tones) for entry in own),
        sum(bool(entry.use.levels) for entry in own),
        sum(bool(entry.use.condition) for entry in own),
    )


# -- reports -------------------------------------------------------------------------------------------------


def statistics_json(found: Statistics) -> str:
    """Return the statistics as JSON; docs/corpus-json.md describes it."""
    told = {
        "version": VERSION,
        "few": FEW,
        "phrases": _summed(found.slots),
        "heading_sets": _summed(found.families),
        "slots": [_row(count) for count in found.slots],
        "families": [_row(count) for count in found.families],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _summed(counts: Sequence[Count]) -> dict[str, object]:
    topics: Counter[str] = Counter()
    for count in counts:
        topics.update(count.topics)
    return {
        "own": sum(count.own for count in counts),
        "total": sum(count.total for count in counts),
        "topics": dict(topics),
        "tone": sum(count.tone for count in counts),
        "level": sum(count.level for count in counts),
        "condition": sum(count.condition for count in counts),
    }


def _row(count: Count) -> dict[str, object]:
    return {
        "name": count.name,
        "genres": list(count.genres),
        "required": count.required,
        "few": count.is_few,
        "own": count.own,
        "total": count.total,
        "topics": count.topics,
        "tone": count.tone,
        "level": count.level,
        "condition": count.condition,
    }


def statistics_table(found: Statistics, width: int = 100, *, color: bool = False) -> str:
    """Return the statistics as tables of `width` columns; `color` adds the escapes of a terminal."""
    few = found.few
    tables = [
        Table("各槽的短语", _COLUMNS, [_cells(count) for count in found.slots], _NUMBERS, unbroken=_UNBROKEN),
        Table(
            "各族的标题组",
            _COLUMNS,
            [_cells(count) for count in found.families],
            _NUMBERS,
            unbroken=_UNBROKEN,
        ),
        Table(
            f"备选少的槽：写文稿必须用到，却不到{FEW}条",
            ("槽", "合计"),
            [(count.name, str(count.total)) for count in few],
            frozenset({1}),
        ),
    ]
    return tables_text(list(_summary(found)), tables, width, color=color)


_COLUMNS = ("名称", "用处", "条数", "合计", "题材", "语气", "层级", "条件")
_NUMBERS, _UNBROKEN = frozenset({2, 3, 5, 6, 7}), frozenset({1})


def _cells(count: Count) -> tuple[str, ...]:
    topics = "、".join(f"{topic}{number}" for topic, number in count.topics.items())
    use = _USES[count.required] if count.genres else _UNUSED
    shares = (_share(number, count.own) for number in (count.tone, count.level, count.condition))
    return (count.name, use, str(count.own), str(count.total), topics, *shares)


def _summary(found: Statistics) -> Iterable[str]:
    phrases, sets = sum(c.own for c in found.slots), sum(c.own for c in found.families)
    filled = sum(bool(c.own) for c in found.slots)
    yield f"{filled}个槽里有短语{phrases}条，{len(found.families)}族标题里有标题组{sets}组。"
    marked = (
        f"{what}的{_share(sum(getattr(c, key) for c in found.slots), phrases)}"
        for what, key in (("标了语气", "tone"), ("标了层级", "level"), ("写了条件", "condition"))
    )
    if phrases:
        yield f"短语里{'，'.join(marked)}。"
    if found.few:
        yield f"必须用到而不到{FEW}条的槽有{len(found.few)}个，列在最后。"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""
