"""A comparison as one HTML page that needs nothing beside itself."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from ..reuse.records import Cluster, Comparison, Document, Kind, Match, Place
from .segments import Mark, Segment, segments
from .selfcontained import embedded_json, selfcontained_page
from .shares import lengths, most_similar, shared_characters
from .wording import (
    KINDS,
    documents_of,
    leftover_words,
    names,
    one_line,
    percent,
    printable,
    strongest_first,
    swaps_words,
)

MOST_IN_MATRIX = 60
MOST_WITH_CLEAN = 14
"""Texts up to which those without anything in common stand in the matrix too."""
MOST_FLAGGED, MOST_LISTED = 3000, 1000
"""Passages on the page, the strongest first; JSON and spreadsheet have them all."""
MOST_DOCUMENTS = 600
_EXCERPT = 150
_LEVELS = 9
_MARK_CLASSES = {
    Mark.SAME: "",
    Mark.DIFFERENT: "differs",
    Mark.SWAPPED: "swapped",
    Mark.FORGOTTEN: "forgotten",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A passage in the list."""

    number: int
    kind: str
    kind_name: str
    a: "_Side"
    b: "_Side"
    length: int
    evidence: float
    resemblance: str
    confidence: str
    swaps: list[str]
    leftovers: list[str]
    reason: str


@dataclass(frozen=True, slots=True)
class _Side:
    index: int
    name: str
    begin: int
    end: int
    pieces: list[tuple[str, str]]
    """Class and text."""
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Bar:
    """A text with how much of it is its own; shares in hundredths."""

    index: int
    name: str
    path: str
    characters: int
    own: float
    borrowed: float
    formula: float
    borrowed_words: str
    formula_words: str
    similar: str
    similar_words: str


@dataclass(frozen=True, slots=True)
class _Cell:
    words: str
    level: int
    number: int | None
    """The strongest passage of the pair."""
    is_self: bool
    title: str


@dataclass(frozen=True, slots=True)
class _Group:
    members: list[tuple[str, bool]]
    """Name, and whether it is the likely source."""
    reason: str
    number: int | None


class _Page:
    """What the template shows, drawn from a comparison and its texts."""

    def __init__(self, comparison: Comparison, texts: Mapping[str, str]) -> None:
        self.comparison = comparison
        self.texts = texts
        self.ids = documents_of(comparison)
        self.index = {document: number for number, document in enumerate(self.ids)}
        self.named = names(self.ids)
        self.sizes = lengths(comparison, texts)
        self.shared = shared_characters(comparison)
        ordered = strongest_first(comparison.matches)
        self.flagged = [match for match in ordered if match.flagged]
        self.listed = [match for match in ordered if not match.flagged]
        self.shown = [*self.flagged[:MOST_FLAGGED], *self.listed[:MOST_LISTED]]
        self.number_of_pair = self._numbers_of_pairs()

    def _numbers_of_pairs(self) -> dict[frozenset[str], int]:
        numbers: dict[frozenset[str], int] = {}
        for number, match in enumerate(self.shown):
            if match.flagged:
                numbers.setdefault(frozenset((match.a.document, match.b.document)), number)
        return numbers

    # -- the list --------------------------------------------------------------------------------------------

    def rows(self, flagged: bool) -> list[_Row]:
        return [
            self._row(number, match) for number, match in enumerate(self.shown) if match.flagged == flagged
        ]

    def _row(self, number: int, match: Match) -> _Row:
        return _Row(
            number=number,
            kind=str(match.kind),
            kind_name=KINDS[match.kind],
            a=self._side(match, second=False),
            b=self._side(match, second=True),
            length=max(match.a.end - match.a.begin, match.b.end - match.b.begin),
            evidence=round(match.evidence, 1),
            resemblance=percent(match.resemblance),
            confidence=percent(match.confidence),
            swaps=swaps_words(match.swaps),
            leftovers=[leftover_words(leftover, self.named) for leftover in match.leftovers],
            reason=one_line(match.reason),
        )

    def _side(self, match: Match, *, second: bool) -> _Side:
        place = match.b if second else match.a
        text = self.texts.get(place.document, "")
        last = place.begin + _EXCERPT
        pieces = [
            (_MARK_CLASSES[segment.mark], one_line(text[segment.begin : min(segment.end, last)]))
            for segment in segments(match, text, second=second)
            if segment.begin < last
        ]
        name, index = self.named[place.document], self.index[place.document]
        return _Side(index, name, place.begin + 1, place.end, _joined(pieces), place.end > last)

    # -- the overview ----------------------------------------------------------------------------------------

    def bars(self) -> list[_Bar]:
        similar = most_similar(self.shared)
        ordered = sorted(self.comparison.documents, key=lambda d: (-d.borrowed, -d.formula, d.id))
        return [self._bar(document, similar) for document in ordered[:MOST_DOCUMENTS]]

    def _bar(self, document: Document, similar: Mapping[str, tuple[str, int]]) -> _Bar:
        other, characters = similar.get(document.id, ("", 0))
        return _Bar(
            index=self.index[document.id],
            name=self.named[document.id],
            path=one_line(document.path),
            characters=document.characters,
            own=round(document.own * 100, 2),
            borrowed=round(document.borrowed * 100, 2),
            formula=round(document.formula * 100, 2),
            borrowed_words=percent(document.borrowed),
            formula_words=percent(document.formula),
            similar=self.named.get(other, ""),
            similar_words=percent(characters / max(1, document.characters)) if other else "",
        )

    def matrix(self) -> tuple[list[str], list[list[_Cell]]] | None:
        """The names in their order and a row of cells for each; None where it would be too large to read."""
        involved = {document for pair in self.shared for document in pair}
        chosen = [d for d in self.ids if d in involved or len(self.ids) <= MOST_WITH_CLEAN]
        if not 1 < len(chosen) <= MOST_IN_MATRIX:
            return None
        order = self._clustered(chosen)
        return [self.named[d] for d in order], [[self._cell(d, other) for other in order] for d in order]

    def _clustered(self, chosen: Iterable[str]) -> list[str]:
        """What belongs together side by side, the largest clusters first."""
        clusters = sorted(self.comparison.clusters, key=lambda cluster: -len(cluster.documents))
        rank = {
            d: number for number, cluster in reversed(list(enumerate(clusters))) for d in cluster.documents
        }
        return sorted(chosen, key=lambda d: (rank.get(d, len(clusters)), self.named[d]))

    def _cell(self, document: str, other: str) -> _Cell:
        share = self.shared.get((document, other), 0) / max(1, self.sizes.get(document, 0))
        number = self.number_of_pair.get(frozenset((document, other))) if share else None
        level = min(_LEVELS, 1 + int(sqrt(share) * _LEVELS)) if share else 0
        here, there = self.named[document], "自身别处" if document == other else f"“{self.named[other]}”"
        title = f"“{here}”有{percent(share)}与{there}雷同" if share else ""
        return _Cell(percent(share) if share else "", level, number, document == other, title)

    def groups(self) -> list[_Group]:
        return [self._group(cluster) for cluster in self.comparison.clusters]

    def _group(self, cluster: Cluster) -> _Group:
        members = [(self.named.get(d, printable(d)), d == cluster.source) for d in cluster.documents]
        inside = set(cluster.documents)
        numbers = (number for pair, number in self.number_of_pair.items() if pair <= inside)
        return _Group(members, one_line(cluster.reason), min(numbers, default=None))

    # -- the texts for the side-by-side view -----------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        used = {place.document for match in self.shown for place in (match.a, match.b)}
        texts = {document: self.texts.get(document, "") for document in used}
        offsets = {document: utf16_offsets(text) for document, text in texts.items()}
        shares = {document.id: document for document in self.comparison.documents}
        return {
            "documents": [
                {
                    "name": self.named[document],
                    "text": texts.get(document, ""),
                    "shares": _shares(shares.get(document)),
                }
                for document in self.ids
            ],
            "matches": [
                {
                    "flagged": match.flagged,
                    "a": self._place(match, offsets),
                    "b": self._place(match, offsets, True),
                }
                for match in self.shown
            ],
        }

    def _place(
        self, match: Match, offsets: Mapping[str, Callable[[int], int]], second: bool = False
    ) -> list[int | list[int]]:
        place: Place = match.b if second else match.a
        units = offsets[place.document]
        cut = segments(match, self.texts.get(place.document, ""), second=second)
        return [self.index[place.document], units(place.begin), units(place.end), _flat(cut, units)]


def _shares(document: Document | None) -> list[float]:
    return [round(x, 4) for x in (document.borrowed, document.formula)] if document else []


def _flat(cut: Sequence[Segment], units: Callable[[int], int]) -> list[int]:
    """The ends, marks and runs of segments that begin where the one before ends."""
    return [number for s in cut for number in (units(s.end), int(s.mark), s.run)]


def utf16_offsets(text: str) -> Callable[[int], int]:
    """Return what turns an offset in characters into one in the units in which a browser counts."""
    wide = [position for position, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def _joined(pieces: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put neighbours of one class together; what cuts them are runs, of which a list has no need."""
    joined: list[tuple[str, str]] = []
    for name, text in pieces:
        if joined and joined[-1][0] == name:
            joined[-1] = (name, joined[-1][1] + text)
        elif text:
            joined.append((name, text))
    return joined


def comparison_page(comparison: Comparison, texts: Mapping[str, str]) -> str:
    """Return the comparison as one HTML page; `texts` are the texts as read, by id.

    The page loads nothing: style, script and texts are in it, and its Content-Security-Policy allows only
    those. Without scripts it is a list of passages; with them one can sort, filter and read side by side.
    """
    from markupsafe import Markup

    page = _Page(comparison, texts)
    counts = Counter(match.kind for match in page.shown)
    return selfcontained_page(
        "reuse",
        ["common.css"],
        data=Markup(embedded_json(page.data())),
        comparison=comparison,
        flagged=page.rows(True),
        listed=page.rows(False),
        hidden_flagged=len(page.flagged) - min(len(page.flagged), MOST_FLAGGED),
        hidden_listed=len(page.listed) - min(len(page.listed), MOST_LISTED),
        involved=len({d for match in page.flagged for d in (match.a.document, match.b.document)}),
        leftovers=sum(len(match.leftovers) for match in page.flagged),
        kinds=[(str(kind), KINDS[kind], counts[kind]) for kind in Kind if counts[kind]],
        bars=page.bars(),
        hidden_bars=max(0, len(comparison.documents) - MOST_DOCUMENTS),
        matrix=page.matrix(),
        documents=len(page.ids),
        groups=page.groups(),
        choices=sorted(_choices(page).items(), key=lambda choice: choice[1]),
        skipped=[(one_line(skipped.path), one_line(skipped.reason)) for skipped in comparison.skipped],
    )


def _choices(page: _Page) -> dict[int, str]:
    """The texts that have a passage on the page, by index."""
    used = {place.document for match in page.shown for place in (match.a, match.b)}
    return {page.index[document]: page.named[document] for document in used}
