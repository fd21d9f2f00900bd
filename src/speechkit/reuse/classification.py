"""Classification: what kind of copying a shared passage is, or why it is none.

The flag is withdrawn where a passage is explained otherwise than by copying: where quotation, policy wording
and an office's set phrases are most of what is equal, and the rest of the evidence, taken in proportion to
the characters, doesn't suffice. An office's own set phrases are never evidence. Within one text, what says
the same thing twice in other words (the review of a year and the plan for the next, the agenda and its
summing-up) explains itself, as if it quoted itself: only longer stretches word for word are a passage pasted
twice.

What remains flagged is, in this order,

- VERBATIM 原样, where all but nothing (MOSTLY_EQUAL) differs once normalised, no figure and no name;
- REORDERED 调序, where sentences that make up MUCH_MOVED of the equal characters stand in another order;
- RENAMED 套改, where most (MOSTLY_NAMED) of what differs is names, figures or years put in place of others;
- EDITED 改写, where other words differ.
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .alignment import MIN_CHARACTERS
from .differences import Differences, differences
from .evidence import THRESHOLD
from .formulas import POLICY, QUOTED, RECAP, SET_PHRASE, Formulas, Marks, mark
from .leftovers import leftovers
from .names import WORD, read_words
from .records import Kind, Leftover, Match, Place, Run, Swap

MOSTLY_EQUAL = 0.02
MUCH_MOVED = 0.1
MOSTLY_NAMED = 0.5
PASTED = 20
"""Within one text, a stretch of so many characters word for word is no mere recapitulation."""
MOSTLY_EXPLAINED = 0.65
"""Share of the equal characters that otherwise explained are most of them."""
_EXAMPLE = 18
"""Characters of the example in a reason."""


@dataclass(frozen=True, slots=True)
class _Explained:
    """What of a match is explained otherwise than by copying."""

    characters: int
    """Matched characters of the first side."""
    shares: dict[int, float]
    """Share of the matched characters of both sides that each mark explains."""
    example: str
    """The longest wording that is explained."""

    @property
    def share(self) -> float:
        """Share of the matched characters that is explained at all."""
        return sum(self.shares.values())


def classify(match: Match, a_text: str, b_text: str, formulas: Formulas) -> Match:
    """Return the match with its kind, swaps, leftovers and reason; the flag may be taken away, never given.

    `a_text` and `b_text` are the whole texts as read. Which side is called a makes no difference.
    """
    if (b_text, match.b.begin, match.b.end) < (a_text, match.a.begin, match.a.end):
        return mirrored(classify(mirrored(match), b_text, a_text, formulas))
    explained = _explain(match, a_text, b_text, formulas)
    if not match.flagged or _is_explained(match, explained):
        return _unflagged(match, explained, a_text)
    found = differences(match, a_text, b_text)
    return replace(match, kind=_kind(found), swaps=found.swaps, leftovers=leftovers(match, found), reason="")


def _is_explained(match: Match, explained: _Explained) -> bool:
    discounts = [explained.shares[SET_PHRASE]]
    if explained.share >= MOSTLY_EXPLAINED:
        discounts.append(explained.share)
    left = 1 - max(discounts)
    return match.evidence * left < THRESHOLD or explained.characters * left < MIN_CHARACTERS


def mirrored(match: Match) -> Match:
    """Return the match with its sides exchanged."""
    swaps = (Swap(s.b, s.a, s.b_begin, s.a_begin, s.what) for s in match.swaps)
    return replace(
        match,
        a=match.b,
        b=match.a,
        containment_a=match.containment_b,
        containment_b=match.containment_a,
        runs=tuple(Run(run.b_begin, run.b_end, run.a_begin, run.a_end) for run in match.runs),
        swaps=tuple(sorted(swaps, key=lambda swap: (swap.a_begin, swap.b_begin))),
        leftovers=tuple(sorted(match.leftovers, key=_leftover_order)),
    )


def _leftover_order(leftover: Leftover) -> tuple[str, int]:
    return leftover.document, leftover.begin


def _kind(found: Differences) -> Kind:
    renamed = any(swap.what != WORD for swap in found.swaps)
    if found.changed <= MOSTLY_EQUAL and found.moved < MUCH_MOVED and not renamed:
        return Kind.VERBATIM
    if found.moved >= MUCH_MOVED:
        return Kind.REORDERED
    return Kind.RENAMED if renamed and found.named >= MOSTLY_NAMED else Kind.EDITED


def _explain(match: Match, a_text: str, b_text: str, formulas: Formulas) -> _Explained:
    sides = (
        (a_text, match.a, [(run.a_begin, run.a_end) for run in match.runs]),
        (b_text, match.b, [(run.b_begin, run.b_end) for run in match.runs]),
    )
    counts: Counter[int] = Counter()
    sizes, example = [], ""
    for text, place, runs in sides:
        marks = mark(text, place.begin, place.end, formulas)
        if match.a.document == match.b.document:
            _mark_recapitulation(marks, text, place, runs)
        matched = _matched(text, place, runs)
        counts.update(marks[matched].tolist())
        sizes.append(int(matched.sum()))
        example = example or _longest(text, place, marks, matched)
    total = max(sum(sizes), 1)
    shares = {what: counts[what] / total for what in (QUOTED, POLICY, SET_PHRASE, RECAP)}
    return _Explained(sizes[0], shares, example)


def _matched(text: str, place: Place, runs: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which characters of a place are matched and count: letters, figures and characters, no punctuation."""
    matched = np.zeros(place.end - place.begin, bool)
    for begin, end in runs:
        matched[begin - place.begin : end - place.begin] = True
    matched &= np.fromiter(map(str.isalnum, text[place.begin : place.end]), bool, len(matched))
    return matched


def _mark_recapitulation(marks: Marks, text: str, place: Place, runs: list[tuple[int, int]]) -> None:
    """Mark what a text may well say twice: names, and whatever is equal in short stretches only."""
    pasted = np.zeros(len(marks), bool)
    for begin, end in runs:
        if sum(char.isalnum() for char in text[begin:end]) >= PASTED:
            pasted[begin - place.begin : end - place.begin] = True
    for word in read_words(text, place.begin, place.end):
        if word.what != WORD:
            pasted[max(0, word.begin - place.begin) : word.end - place.begin] = False
    marks[~pasted & (marks == 0)] = RECAP


def _longest(text: str, place: Place, marks: Marks, matched: NDArray[np.bool_]) -> str:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ((marks > 0) & matched).astype(np.int8), [0]))))
    if not len(edges):
        return ""
    best = int(np.argmax(edges[1::2] - edges[::2]))
    begin, end = place.begin + int(edges[2 * best]), place.begin + int(edges[2 * best + 1])
    return _shortened(text[begin:end])


def _shortened(text: str) -> str:
    text = "".join(text.split())
    return text if len(text) <= _EXAMPLE else f"{text[:_EXAMPLE]}…"


_NAMES = {
    QUOTED: "书名号、引号里的文字",
    POLICY: "上级文件定好的提法",
    SET_PHRASE: "自备套话表里的说法",
    RECAP: "同一篇前后照应的话",
}


def _unflagged(match: Match, explained: _Explained, a_text: str) -> Match:
    quoted = explained.share - explained.shares[SET_PHRASE]
    kind = Kind.QUOTED if quoted >= MOSTLY_EXPLAINED else Kind.FORMULA
    reason = _reason(match, explained, a_text)
    return replace(match, kind=kind, flagged=False, swaps=(), leftovers=(), reason=reason)


def _reason(match: Match, explained: _Explained, a_text: str) -> str:
    size = explained.characters
    if match.flagged or explained.share >= MOSTLY_EXPLAINED:
        parts = [f"{_NAMES[what]}占{share:.0%}" for what, share in explained.shares.items() if share >= 0.01]
        rest = round(size * (1 - explained.share))
        verdict = f"其余{rest}字不足以认定抄写" if rest else "不能据此认定抄写"
        return f"相同的{size}字里，{'，'.join(parts)}（如“{explained.example}”），{verdict}"
    longest = max(match.runs, key=lambda run: run.a_end - run.a_begin, default=None)
    example = _shortened(a_text[longest.a_begin : longest.a_end]) if longest else ""
    if size < MIN_CHARACTERS:
        return f"相同的只有{size}字，不到{MIN_CHARACTERS}字（最长一处“{example}”）"
    if match.evidence >= THRESHOLD:
        share = min(match.containment_a, match.containment_b)
        return f"相同的字零散，只占这一段的{share:.0%}（最长一处“{example}”）"
    each = match.evidence / size
    return f"相同的{size}字在同类文稿里常见，平均每字{each:.1f}比特，不足以认定抄写（最长一处“{example}”）"
