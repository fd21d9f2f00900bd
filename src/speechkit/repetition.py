"""Repetition: what a document has said so far, and how stale a phrase would sound after it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from .templating import literal_parts

RUN = 10
"""No run of so many characters of the corpora's own words stands twice in a document."""
SAME_OPENINGS = 3
"""No so many sentences in a row open alike."""
DEMAND = "要"
DEMANDS = 1 / 3
"""At most this share of the sentences of a section open with DEMAND."""
_IDIOM, _WORD = 4, 2
"""Characters of what wears out at once, and of what wears out when it is heard a third time."""
_WORN_AT = 3
_CONTRAST = 30
"""Neighbouring sentences whose lengths differ by so many characters have different rhythms."""
_MONOTONY = 0.6
_CASE, _LIMB = "[^，。；：的]{2,9}的[^，。；：的]{2,12}", "[^，。；：]{2,12}"
_MOULDS = tuple(
    map(
        re.compile,
        (
            f"{_CASE}[，；]{_CASE}[，。；]",  # 有困难的帮助解决，不配合的依法处理。
            "[，；][^，。；：]{0,9}才",  # 责任到了人，事情才有着落。
            f"(?:^|[。：]){_LIMB}，{_LIMB}[；，]{_LIMB}，{_LIMB}。",  # 管得严，立得住；管得松，守不住。
        ),
    )
)
"""Builds of a sentence that show by the third time, however they are worded."""
_MOULD_AGAIN, _MOULD_MOST = 0.1, 5
_SENTENCE = re.compile(r"[^。！？]+(?:[。！？]+[”）》]*|$)")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text without white space between them."""
    return [sentence.strip() for sentence in _SENTENCE.findall(text)]


def opening(sentence: str) -> str:
    """Return what a listener takes for the opening of a sentence: 要, or its first two characters."""
    return DEMAND if sentence.startswith(DEMAND) else sentence[:2]


def opens_row(openings: Sequence[str]) -> bool:
    """Return whether SAME_OPENINGS sentences in a row open alike."""
    rows = range(len(openings) - SAME_OPENINGS + 1)
    return any(len(set(openings[n : n + SAME_OPENINGS])) == 1 for n in rows)


def demands_too_much(openings: Sequence[str]) -> bool:
    """Return whether more than DEMANDS of the sentences are demands; one always may be."""
    return openings.count(DEMAND) > max(1.0, len(openings) * DEMANDS)


def monotony(text: str, before: str) -> float:
    """Return the cost of a text whose first sentence is nearly as long as the last one before it."""
    if not (text and before):
        return 0.0
    first, last = sentences(text)[0], sentences(before)[-1]
    return _MONOTONY * max(0.0, 1 - abs(len(first) - len(last)) / _CONTRAST)


@dataclass
class Heard:
    """The corpora's own words that a document has used."""

    subject: str = ""
    """What the document is about: the words of this come again and again, and don't wear out."""
    runs: set[str] = field(default_factory=set)
    grams: Counter[str] = field(default_factory=Counter)
    moulds: Counter[int] = field(default_factory=Counter)
    """How many phrases had each build of _MOULDS."""

    def __post_init__(self) -> None:
        self.lasting = _lasting(self.subject)

    def add(self, source: str) -> None:
        """Take down the words of a phrase, given as its template."""
        self.runs.update(_runs(source))
        self.grams.update(_grams(source, _IDIOM))
        self.grams.update(_grams(source, _WORD))
        self.moulds.update(_moulds_of(source))

    def repeats_run(self, source: str) -> bool:
        """Return whether a run of the phrase has been heard."""
        return any(run in self.runs for run in _runs(source))

    def wear(self, source: str) -> float:
        """Return how worn a phrase is: its words, 0 for fresh ones up to 2, and a little for its build."""
        built_alike = sum(min(self.moulds[mould], _MOULD_MOST) for mould in _moulds_of(source))
        words = self._share(source, _IDIOM, 1) + self._share(source, _WORD, _WORN_AT - 1)
        return words + _MOULD_AGAIN * built_alike

    def echo(self, source: str) -> float:
        """Return which share of the words of a phrase has been heard, 0 to 1."""
        return self._share(source, _WORD, 1)

    def _share(self, source: str, size: int, times: int) -> float:
        grams = _grams(source, size)
        worn = (gram for gram in grams if self.grams[gram] >= times and gram not in self.lasting[size])
        return sum(1 for _ in worn) / len(grams) if grams else 0.0


@lru_cache(maxsize=8)
def _lasting(subject: str) -> dict[int, frozenset[str]]:
    """Return the grams of a subject by their size; every paragraph of a document asks for the same."""
    return {size: frozenset(_windows(subject, size)) for size in (_IDIOM, _WORD)}


@cache
def _moulds_of(source: str) -> tuple[int, ...]:
    literals = literal_parts(source)
    return tuple(n for n, mould in enumerate(_MOULDS) if any(map(mould.search, literals)))


@cache
def _runs(source: str) -> tuple[str, ...]:
    return tuple(run for literal in literal_parts(source) for run in _windows(literal, RUN))


@cache
def _grams(source: str, size: int) -> tuple[str, ...]:
    stretches = (stretch for literal in literal_parts(source) for stretch in _HAN.findall(literal))
    return tuple(gram for stretch in stretches for gram in _windows(stretch, size))


def _windows(text: str, size: int) -> Iterable[str]:
    return (text[n : n + size] for n in range(len(text) - size + 1))
