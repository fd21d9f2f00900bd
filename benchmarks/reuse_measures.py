"""The measures of the PAN text-alignment task (Potthast et al. 2010), in characters of both sides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from statistics import mean

from reuse_planting import Case, Place

Pair = tuple[Place, Place]


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    granularity: float
    by_kind: dict[str, float]
    """Recall of each kind."""

    @property
    def plagdet(self) -> float:
        total = self.precision + self.recall
        f1 = 2 * self.precision * self.recall / total if total else 0.0
        return f1 / log2(1 + self.granularity)


def score(cases: Sequence[Case], found: Sequence[Pair]) -> Score:
    """Return how well what was found covers the cases, each case and each find weighing the same."""
    planted = [_ordered((case.a, case.b)) for case in cases]
    detected = [_ordered(pair) for pair in found]
    hits = _overlapping(planted, detected)
    recall = [_share(case, hit) for case, hit in zip(planted, hits, strict=True)]
    kinds: dict[str, list[float]] = defaultdict(list)
    for case, share in zip(cases, recall, strict=True):
        kinds[case.kind].append(share)
    precise = [_share(d, hit) for d, hit in zip(detected, _overlapping(detected, planted), strict=True)]
    return Score(
        mean(precise) if precise else 0.0,
        mean(recall) if recall else 0.0,
        mean([len(hit) for hit in hits if hit] or [1]),
        {kind: mean(shares) for kind, shares in kinds.items()},
    )


def false_finds(cases: Sequence[Case], found: Sequence[Pair]) -> list[bool]:
    """Return for each find whether no case overlaps it."""
    planted = [_ordered((case.a, case.b)) for case in cases]
    return [not hit for hit in _overlapping([_ordered(pair) for pair in found], planted)]


def _ordered(pair: Pair) -> Pair:
    a, b = pair
    return (a, b) if (a.document, a.begin) <= (b.document, b.begin) else (b, a)


def _overlapping(these: Sequence[Pair], those: Sequence[Pair]) -> list[list[Pair]]:
    documents: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for pair in those:
        documents[pair[0].document, pair[1].document].append(pair)
    return [[y for y in documents[x[0].document, x[1].document] if _overlap(x, y)] for x in these]


def _overlap(x: Pair, y: Pair) -> bool:
    return all(p.begin < q.end and q.begin < p.end for p, q in zip(x, y, strict=True))


def _share(pair: Pair, hits: Sequence[Pair]) -> float:
    covered = sum(_covered(place, (hit[side] for hit in hits)) for side, place in enumerate(pair))
    return covered / sum(place.end - place.begin for place in pair)


def _covered(place: Place, others: Iterable[Place]) -> int:
    covered, reach = 0, place.begin
    for begin, end in sorted((other.begin, min(other.end, place.end)) for other in others):
        covered += max(0, end - max(begin, reach))
        reach = max(reach, end)
    return covered
