"""Looking entries up: by slot or its beginning, by family, by topic, by id."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby

from ..corpus import GENERAL
from ..errors import SpeechkitError
from .stock import Entry, Stock

_MOST_NEAR = 3


class UnknownNameError(SpeechkitError):
    """Nothing in the corpora has the name."""


@dataclass(frozen=True)
class Found:
    """Entries that a name stands for."""

    entries: tuple[Entry, ...]
    is_one: bool
    """Whether one phrase or set of headings was meant."""


def find(stock: Stock, name: str) -> Found:
    """Return the entries of a slot, family, topic or id, or of all slots below a name such as 讲话.意义.

    Raises `UnknownNameError` with the nearest names.
    """
    wanted = name.strip()
    one = tuple(entry for entry in stock.entries if entry.id == wanted)
    if one:
        return Found(one, is_one=True)
    many = tuple(entry for entry in stock.entries if _is_of(entry, wanted))
    if not many:
        raise UnknownNameError(f"语料里没有“{name[:60]}”{_nearest(stock, wanted)}")
    return Found(many, is_one=False)


def _is_of(entry: Entry, name: str) -> bool:
    topic = entry.use.topic or GENERAL
    return name in (entry.name, topic, f"{entry.name}/{topic}") or entry.name.startswith(f"{name}.")


def _nearest(stock: Stock, name: str) -> str:
    if "/" in name:
        return nearest(name, (entry.id for entry in stock.entries))
    corpus = stock.corpus
    return nearest(name, (*corpus.phrases, *corpus.heading_sets, *corpus.topics))


def nearest(name: str, names: Iterable[str]) -> str:
    """Return the advice that follows the complaint on an unknown name."""
    known = list(dict.fromkeys(names))
    near = get_close_matches(name[:60], known, n=_MOST_NEAR, cutoff=0.5)
    near = near or [one for one in known if name and name in one][:_MOST_NEAR]
    if near:
        return f"，是不是{'、'.join(f'“{one}”' for one in near)}"
    return "，要写槽名、题材或短语的编号；槽名见speechkit corpus stats"


def shown(found: Found) -> Iterator[str]:
    """Yield the lines that show entries: one in full, many slot by slot with a line for each text."""
    if found.is_one:
        first = found.entries[0]
        yield from (first.id, f"  {first.place.file}：第{first.place.line}行", *_marks(first))
        yield from (f"  {_told(entry)}" for entry in found.entries)
        return
    for name, entries in groupby(found.entries, key=lambda entry: entry.name):
        yield name
        yield from (f"  {entry.id.removeprefix(f'{name}/')}  {_told(entry)}" for entry in entries)
    yield f"共{len({entry.id for entry in found.entries})}条"


def _told(entry: Entry) -> str:
    return f"{entry.role}：{entry.text}" if entry.role else entry.text


def _marks(entry: Entry) -> Iterator[str]:
    use = entry.use
    told = {
        "题材": use.topic or ("无" if use.untopical else ""),
        "语气": "、".join(use.tones),
        "层级": "、".join(use.levels),
        "条件": use.condition,
        "可重复": "是" if entry.repeatable else "",
    }
    yield from (f"  {key}：{value}" for key, value in told.items() if value)
