"""Measures of prose: what repeats, how sentences open and how long they are, how varied the words are.

All of them take text as it is heard. MASK stands where data of the meeting stood: a run or gram never reaches
over it, so that only the wording is compared.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean, pstdev

MASK = "\ufffc"
RUN = 10
GRAM = 8
DEMAND = "要"
LEAST_SENTENCES = 3
"""In a section of fewer sentences a share of them says nothing."""
LENGTH_TOLERANCE = 0.05
_GAP = "【待补：[^】]*】"
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSE_END = re.compile("[；;]")

Sections = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Repeat:
    """A run that two lines share, as long as it goes on; or one line with itself."""

    text: str
    earlier: int
    later: int


@dataclass(frozen=True)
class Lengths:
    """Of sentences, in characters without punctuation."""

    mean: float
    spread: float
    """Standard deviation of the population."""


def masker(data: Iterable[str]) -> Callable[[str, str], str]:
    """Return a function of a text and of the literal words around the data in it: the text with data masked.

    What stands in the literal words, too, is taken for wording: a topic file says 创卫 of its own. Gaps that
    have to be filled in are data.
    """
    wanted = sorted({text for text in data if len(text) > 1}, key=len, reverse=True)
    pattern = re.compile("|".join((_GAP, *map(re.escape, wanted))))
    return lambda text, literal: pattern.sub(lambda m: m[0] if m[0] in literal else MASK, text)


def repeats(lines: Sequence[str], size: int = RUN) -> list[Repeat]:
    """Return the runs of `size` characters or more that have stood before, in the order of the lines."""
    first: dict[str, tuple[int, int]] = {}
    found: list[Repeat] = []
    for number, line in enumerate(lines):
        begin, before, end = 0, (-1, -1), -1
        for n in range(len(line) - size + 1):
            run = line[n : n + size]
            place = first.setdefault(run, (number, n)) if MASK not in run else (number, n)
            if place == (number, n):
                continue
            if end == n + size - 1 and place == (before[0], before[1] + 1):
                found[-1] = Repeat(line[begin : n + size], place[0], number)
            else:
                begin = n
                found.append(Repeat(run, place[0], number))
            before, end = place, n + size
    return found


def demands(section: Sequence[str]) -> float:
    """Return the share of the sentences that open with 要."""
    return sum(sentence.startswith(DEMAND) for sentence in section) / len(section) if section else 0.0


def worst_demands(sections: Sections) -> float:
    """Return the share of demands in the section with most of them."""
    return max((demands(section) for section in sections if len(section) >= LEAST_SENTENCES), default=0.0)


def variety(sections: Sections) -> float:
    """Return the number of different two-character openings for each sentence."""
    openings = [sentence[:2] for section in sections for sentence in section]
    return len(set(openings)) / len(openings) if openings else 0.0


def lengths(sections: Sections, *, clauses: bool) -> Lengths:
    """Return mean and spread of the lengths of sentences; of what ； divides, too, where `clauses` is set."""
    sentences = [sentence for section in sections for sentence in section]
    parts = [part for s in sentences for part in (_CLAUSE_END.split(s) if clauses else [s])]
    sizes = [size for size in map(spoken, parts) if size]
    return Lengths(mean(sizes), pstdev(sizes)) if sizes else Lengths(0.0, 0.0)


def spoken(text: str) -> int:
    """Return the number of characters without punctuation and white space."""
    return sum(map(str.isalnum, text))


def han(sections: Sections) -> str:
    """Return the Chinese characters of a text: no punctuation, no figures."""
    return "".join(_HAN.findall("".join(sentence for section in sections for sentence in section)))


def distinct(text: str, size: int) -> float:
    """Return the share of different grams of `size` characters among all of them; depends on the length."""
    grams = _windows(text, size)
    return len(set(grams)) / len(grams) if grams else 0.0


def head(sections: Sections, size: int) -> list[list[str]]:
    """Return the first sentences that hold `size` Chinese characters."""
    kept: list[list[str]] = []
    for section in sections:
        kept.append([])
        for sentence in section:
            if size > 0:
                kept[-1].append(sentence)
                size -= len(_HAN.findall(sentence))
    return [section for section in kept if section]


def grams(lines: Iterable[str], size: int = GRAM) -> frozenset[str]:
    """Return the grams of the lines without punctuation; none of them reaches over data or another line."""
    return frozenset(gram for line in lines for gram in _windows(_bare(line), size) if MASK not in gram)


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the shorter text stands in the longer one, in grams."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def containments(texts: Sequence[frozenset[str]]) -> dict[tuple[int, int], float]:
    """Return the containment of every two of the texts."""
    pairs = combinations(range(len(texts)), 2)
    return {(n, m): containment(texts[n], texts[m]) for n, m in pairs}


def hits(length: int, target: int) -> bool:
    """Return whether a length is as near to the target as it has to be."""
    return abs(length - target) <= target * LENGTH_TOLERANCE


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char == MASK)


def _windows(text: str, size: int) -> list[str]:
    return [text[n : n + size] for n in range(len(text) - size + 1)]
