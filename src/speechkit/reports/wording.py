"""How a comparison is put into words: the same in every report."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from ..reuse.records import Comparison, Kind, Leftover, Match, Place, Swap

KINDS: Mapping[Kind, str] = {
    Kind.VERBATIM: "原样",
    Kind.EDITED: "改写",
    Kind.RENAMED: "套改",
    Kind.REORDERED: "调序",
    Kind.FORMULA: "套话",
    Kind.QUOTED: "引用",
}
_WHAT: Mapping[str, str] = {
    "place": "地名",
    "unit": "单位",
    "person": "人名",
    "figure": "数字",
    "year": "年份",
    "word": "词语",
}
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")


def printable(text: str) -> str:
    """Return `text` with U+FFFD for what no terminal, page, sheet or Word file should be handed.

    These are controls but tab and line ends, overrides of the direction of writing, halves of surrogate pairs
    and the two non-characters; each is one character before and after.
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` in one line; a line break between Chinese characters leaves no space."""
    return printable(_BETWEEN_HAN.sub("", _SPACE.sub(" ", text)).strip())


def excerpt(text: str, place: Place, most: int) -> str:
    """Return the passage in one line of at most `most` characters, the middle left out of longer ones."""
    line = one_line(text[place.begin : place.end])
    if len(line) <= most:
        return line
    tail = most // 4
    return f"{line[: most - tail - 1]}…{line[-tail:]}"


def percent(share: float) -> str:
    """Return a share as a percentage; 0% and 100% are said of nothing and of the whole only."""
    if 0 < share < 0.01:
        return "不到1%"
    return "100%" if share >= 1 else f"{min(round(share * 100), 99)}%"


def documents_of(comparison: Comparison) -> list[str]:
    """Return the ids of all texts: those compared, then those of past material that matches refer to."""
    submitted = [document.id for document in comparison.documents]
    places = (place for match in comparison.matches for place in (match.a, match.b))
    return list(dict.fromkeys([*submitted, *sorted({place.document for place in places})]))


def names(ids: Iterable[str]) -> dict[str, str]:
    """Return a short name for every id: the file's own name, with folders or ending only where it takes them.

    Ids that differ in nothing that can be shown get a number.
    """
    pending = list(dict.fromkeys(ids))
    known: dict[str, str] = {}
    for name in (_stem, _file_name, _with_folder, printable):
        by_name: dict[str, list[str]] = {}
        for document in pending:
            by_name.setdefault(name(document), []).append(document)
        taken = set(known.values())
        known |= {same[0]: n for n, same in by_name.items() if n and len(same) == 1 and n not in taken}
        pending = [document for document in pending if document not in known]
    return known | {document: f"{printable(document)}#{n}" for n, document in enumerate(pending, 1)}


def _stem(document: str) -> str:
    return one_line(PurePath(document).stem)


def _file_name(document: str) -> str:
    return one_line(PurePath(document).name)


def _with_folder(document: str) -> str:
    return one_line("/".join(PurePath(document).parts[-2:]))


def swap_words(swap: Swap) -> str:
    """Return a swap as 年份：2024→2025."""
    sides = f"{one_line(swap.a) or '（无）'}→{one_line(swap.b) or '（无）'}"
    return f"{_WHAT.get(swap.what, '词语')}：{sides}"


def swaps_words(swaps: Iterable[Swap]) -> list[str]:
    """Return swaps in words, each once, the most frequent first."""
    counts: dict[str, int] = {}
    for swap in swaps:
        words = swap_words(swap)
        counts[words] = counts.get(words, 0) + 1
    ordered = sorted(counts, key=lambda words: -counts[words])
    return [f"{words}（{counts[words]}处）" if counts[words] > 1 else words for words in ordered]


def leftover_words(leftover: Leftover, named: Mapping[str, str]) -> str:
    """Return a forgotten name as 甲镇里的“乙镇”是丙县的."""
    owner = named.get(leftover.belongs_to, printable(leftover.belongs_to))
    where = named.get(leftover.document, printable(leftover.document))
    belongs = f"，本是“{owner}”的" if owner else ""
    return f"“{where}”里还写着“{one_line(leftover.text)}”{belongs}"


def strongest_first(matches: Iterable[Match]) -> list[Match]:
    """Return the matches, flagged ones first, by evidence and then by place, whatever their order was."""
    return sorted(matches, key=_strength)


def _strength(match: Match) -> tuple[bool, float, str, int, int, str, int, int]:
    a, b = match.a, match.b
    return (not match.flagged, -match.evidence, a.document, a.begin, a.end, b.document, b.begin, b.end)
