"""How much of a text stands in which other text."""

from collections.abc import Iterable, Iterator, Mapping

from ..reuse.records import Comparison, Match, Place


def shared_characters(comparison: Comparison) -> dict[tuple[str, str], int]:
    """Return, for each pair of texts in both orders, how many characters of the first are in flagged passages
    that it shares with the second. A text repeats itself as its own pair.
    """
    ranges: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for match in comparison.flagged:
        for here, there in sides(match):
            ranges.setdefault((here.document, there.document), []).append((here.begin, here.end))
    return {pair: _covered(places) for pair, places in ranges.items()}


def sides(match: Match) -> Iterator[tuple[Place, Place]]:
    """Yield both places of a match, each with its counterpart."""
    yield match.a, match.b
    yield match.b, match.a


def most_similar(shared: Mapping[tuple[str, str], int]) -> dict[str, tuple[str, int]]:
    """Return for each text that shares anything which other it shares most with, and how many characters."""
    best: dict[str, tuple[str, int]] = {}
    for (document, other), characters in sorted(shared.items()):
        if document != other and characters > best.get(document, ("", 0))[1]:
            best[document] = (other, characters)
    return best


def lengths(comparison: Comparison, texts: Mapping[str, str]) -> dict[str, int]:
    """Return the characters of every text."""
    known = {document: len(text) for document, text in texts.items()}
    return known | {document.id: document.characters for document in comparison.documents}


def _covered(ranges: Iterable[tuple[int, int]]) -> int:
    total = reach = 0
    for begin, end in sorted(ranges):
        total += max(0, end - max(begin, reach))
        reach = max(reach, end)
    return total
