"""The comparison: from materials to shared passages and what each of them is, stage by stage."""

from collections.abc import Callable, Sequence

import numpy as np

from .alignment import MIN_CHARACTERS, Alignments, align
from .background import EMPTY, Background
from .candidates import candidates
from .classification import classify
from .clusters import cluster
from .collection import Collection, collect
from .evidence import THRESHOLD, Evidence, weigh
from .formulas import Formulas
from .records import Comparison, Document, Kind, Match, Material, Place, Run

NO_FORMULAS = Formulas()
MIN_DENSITY = 0.35
"""Share of a passage that has to be matched, on its longer side."""
LISTED = 60.0
"""Bits below which a shared passage isn't worth listing at all."""
_DOUBT = 60.0
"""Bits beyond the threshold by which the odds of a flag being right double and redouble."""


def compare(
    materials: Sequence[Material],
    against: Sequence[Material] = (),
    *,
    background: Background = EMPTY,
    formulas: Formulas = NO_FORMULAS,
    progress: Callable[[str], None] = lambda stage: None,
) -> Comparison:
    """Return the passages that the materials share with each other, within themselves and with `against`.

    Passages that texts of `against` share only with each other are not reported. The order of the materials
    makes no difference to what is found. `background` tells how common the wording is outside the materials,
    `formulas` are phrases that everybody in this office has to write. `progress` is told the name of each
    stage as it begins.
    """
    everything = [*materials, *against]
    ordered = sorted(everything, key=lambda material: (material.text, material.id))
    submitted = {material.id for material in materials}
    progress("normalise")
    collection = collect([material.text for material in ordered])
    progress("align")
    alignments = align(collection, candidates(collection))
    progress("weigh")
    evidence = weigh(collection, alignments, background)
    found = _matches(ordered, collection, evidence.alignments, evidence)
    progress("classify")
    texts = {material.id: material.text for material in everything}
    matches = tuple(
        classify(match, texts[match.a.document], texts[match.b.document], formulas)
        for match in found
        if match.a.document in submitted or match.b.document in submitted
    )
    documents = _documents(materials, matches)
    return Comparison(documents, matches, cluster(documents, matches, everything))


def _matches(
    materials: list[Material], collection: Collection, alignments: Alignments, evidence: Evidence
) -> tuple[Match, ...]:
    listed = np.flatnonzero(evidence.bits >= LISTED)
    runs = _runs_by_match(alignments)
    return tuple(_match(materials, collection, alignments, evidence, int(n), runs[int(n)]) for n in listed)


def _runs_by_match(alignments: Alignments) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for run, match in enumerate(alignments.run_match.tolist()):
        runs.setdefault(match, []).append(run)
    return runs


def _match(
    materials: list[Material],
    collection: Collection,
    alignments: Alignments,
    evidence: Evidence,
    number: int,
    run_numbers: list[int],
) -> Match:
    spans = alignments.spans
    runs = tuple(_run(collection, alignments, run) for run in run_numbers)
    a = _place(materials, collection, int(spans.a_begin[number]), int(spans.a_end[number]))
    b = _place(materials, collection, int(spans.b_begin[number]), int(spans.b_end[number]))
    sizes = (spans.a_end[number] - spans.a_begin[number], spans.b_end[number] - spans.b_begin[number])
    covered_a = _covered(alignments.run_a[run_numbers], alignments.run_length[run_numbers])
    covered_b = _covered(alignments.run_b[run_numbers], alignments.run_length[run_numbers])
    bits = float(evidence.bits[number])
    flagged = (
        bits >= THRESHOLD
        and covered_a >= MIN_CHARACTERS
        and min(covered_a / sizes[0], covered_b / sizes[1]) >= MIN_DENSITY
    )
    return Match(
        a=a,
        b=b,
        kind=Kind.VERBATIM if flagged else Kind.FORMULA,
        flagged=bool(flagged),
        resemblance=float((covered_a + covered_b) / sum(sizes)),
        containment_a=float(covered_a / sizes[0]),
        containment_b=float(covered_b / sizes[1]),
        evidence=round(bits, 1),
        confidence=round(1 / (1 + 2 ** ((THRESHOLD - bits) / _DOUBT)), 3),
        runs=runs,
    )


def _run(collection: Collection, alignments: Alignments, run: int) -> Run:
    a, b, length = (int(x[run]) for x in (alignments.run_a, alignments.run_b, alignments.run_length))
    offsets = collection.offsets
    return Run(
        int(offsets[a]), int(offsets[a + length - 1]) + 1, int(offsets[b]), int(offsets[b + length - 1]) + 1
    )


def _place(materials: list[Material], collection: Collection, begin: int, end: int) -> Place:
    offsets = collection.offsets
    document = materials[int(collection.document[begin])].id
    return Place(document, int(offsets[begin]), int(offsets[end - 1]) + 1)


def _covered(begins: np.ndarray, lengths: np.ndarray) -> int:
    """How many positions the runs cover."""
    order = np.argsort(begins)
    begins, ends = begins[order], begins[order] + lengths[order]
    reach = np.concatenate(([0], np.maximum.accumulate(ends)[:-1]))
    return int(np.maximum(ends - np.maximum(begins, reach), 0).sum())


def _documents(materials: Sequence[Material], matches: Sequence[Match]) -> tuple[Document, ...]:
    places: dict[str, list[tuple[Place, bool]]] = {material.id: [] for material in materials}
    for match in matches:
        for place in (match.a, match.b):
            if place.document in places:
                places[place.document].append((place, match.flagged))
    return tuple(_document(material, places[material.id]) for material in materials)


def _document(material: Material, places: Sequence[tuple[Place, bool]]) -> Document:
    """How much of a material is borrowed, formula and its own, in characters as read."""
    size = len(material.text)
    if not places:
        return Document(material.id, material.path, size, 1.0 if size else 0.0, 0.0, 0.0)
    borrowed, formula = np.zeros(size, bool), np.zeros(size, bool)
    for place, flagged in places:
        (borrowed if flagged else formula)[place.begin : place.end] = True
    share_borrowed = float(borrowed.mean())
    share_formula = float((formula & ~borrowed).mean())
    own = 1.0 - share_borrowed - share_formula
    return Document(material.id, material.path, size, own, share_borrowed, share_formula)
