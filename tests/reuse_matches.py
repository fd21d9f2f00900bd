"""Matches made by hand, so that what is tested doesn't hang on how matches are found and weighed."""

from difflib import SequenceMatcher

from speechkit.reuse.normalisation import Normalised, normalise
from speechkit.reuse.records import Kind, Match, Place, Run

BITS = 8.0
"""Evidence for each matched character."""
_LEAST = 4


def copied(a_text: str, b_text: str, a: str = "甲", b: str = "乙") -> Match:
    """Return the flagged match of all that two texts have in common, in whatever order."""
    x, y = normalise(a_text), normalise(b_text)
    return _match(x, y, _tiles(_text(x), _text(y)), a, b)


def repeated(text: str, document: str = "甲") -> Match:
    """Return the flagged match of what a text says in its first half and again in its second."""
    whole = normalise(text)
    middle = len(whole.codes) // 2
    first = Normalised(whole.codes[:middle], whole.offsets[:middle])
    second = Normalised(whole.codes[middle:], whole.offsets[middle:])
    return _match(first, second, _tiles(_text(first), _text(second)), document, document)


def _text(part: Normalised) -> str:
    return "".join(map(chr, part.codes.tolist()))


def _tiles(a: str, b: str) -> list[tuple[int, int, int]]:
    """Greedy string tiling (Wise 1993): the longest common stretch first, then the next of what is left."""
    tiles: list[tuple[int, int, int]] = []
    while True:
        at, to, size = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
        if size < _LEAST:
            return sorted(tiles)
        tiles.append((at, to, size))
        # What is taken matches nothing again.
        a = a[:at] + "\ue000" * size + a[at + size :]
        b = b[:to] + "\ue001" * size + b[to + size :]


def _match(x: Normalised, y: Normalised, tiles: list[tuple[int, int, int]], a: str, b: str) -> Match:
    runs = tuple(
        Run(
            int(x.offsets[i]),
            int(x.offsets[i + n - 1]) + 1,
            int(y.offsets[j]),
            int(y.offsets[j + n - 1]) + 1,
        )
        for i, j, n in tiles
    )
    covered = sum(n for _, _, n in tiles)
    a_size = max(i + n for i, _, n in tiles) - min(i for i, _, _ in tiles)
    b_size = max(j + n for _, j, n in tiles) - min(j for _, j, _ in tiles)
    return Match(
        a=Place(a, min(run.a_begin for run in runs), max(run.a_end for run in runs)),
        b=Place(b, min(run.b_begin for run in runs), max(run.b_end for run in runs)),
        kind=Kind.VERBATIM,
        flagged=True,
        resemblance=2 * covered / (a_size + b_size),
        containment_a=covered / a_size,
        containment_b=covered / b_size,
        evidence=BITS * covered,
        confidence=1.0,
        runs=runs,
    )
