"""A passage cut into stretches: what stands on both sides, what differs, what was swapped or forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from ..reuse.records import Match, Place


class Mark(IntEnum):
    """What a stretch is in comparison with the other side."""

    SAME = 0
    DIFFERENT = 1
    SWAPPED = 2
    FORGOTTEN = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A half-open range of a text, all of one mark and of at most one run."""

    begin: int
    end: int
    mark: Mark
    run: int
    """Number of the run in the match, the same on both sides; -1 outside of runs."""


def segments(match: Match, text: str, *, second: bool) -> list[Segment]:
    """Return the first or second passage of a match in stretches that join without gaps."""
    place = match.b if second else match.a
    begin, end = max(0, place.begin), min(place.end, len(text))
    if begin >= end:
        return []
    runs = _runs(match, begin, end, second)
    marks = _marks(match, text[begin:end], place, runs, second)
    cuts = {
        0,
        end - begin,
        *(n for n in range(1, end - begin) if (marks[n], runs[n]) != (marks[n - 1], runs[n - 1])),
    }
    return [
        Segment(begin + first, begin + last, Mark(marks[first]), runs[first])
        for first, last in pairwise(sorted(cuts))
    ]


def _runs(match: Match, begin: int, end: int, second: bool) -> list[int]:
    """Return the number of the run for each character of the passage."""
    numbers = [-1] * (end - begin)
    for number, run in enumerate(match.runs):
        first, last = (run.b_begin, run.b_end) if second else (run.a_begin, run.a_end)
        for position in range(max(first, begin), min(last, end)):
            numbers[position - begin] = number
    return numbers


def _marks(match: Match, passage: str, place: Place, runs: list[int], second: bool) -> bytearray:
    marks = bytearray(len(passage))
    for first, last, mark in _ranges(match, passage, place, runs, second):
        for position in range(max(0, first), min(last, len(passage))):
            marks[position] = mark
    return marks


def _ranges(
    match: Match, passage: str, place: Place, runs: list[int], second: bool
) -> Iterator[tuple[int, int, Mark]]:
    """Yield what is marked, the weaker marks first; punctuation and spaces alone make no difference."""
    if match.runs:
        for position, character in enumerate(passage):
            if runs[position] < 0 and character.isalnum():
                yield position, position + 1, Mark.DIFFERENT
    for swap in match.swaps:
        begin = (swap.b_begin if second else swap.a_begin) - place.begin
        yield begin, begin + len(swap.b if second else swap.a), Mark.SWAPPED
    for leftover in match.leftovers:
        if leftover.document == place.document:
            yield leftover.begin - place.begin, leftover.end - place.begin, Mark.FORGOTTEN
