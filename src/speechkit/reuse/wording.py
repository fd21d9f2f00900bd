"""Wording that has been used before: in past texts, as drafting asks, or in the same collection."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from .collection import gram_hashes
from .normalisation import normalise

GRAM = 8
SHARE = 0.4
"""A text of whose 8-grams this share stands in past texts says what has been said."""

SHORT_GRAM = 3
_LEAST_GRAMS = 8
NEARLY_THE_SAME = 0.6
"""Two sentences that share this much of their short n-grams say the same."""


def used_wording(texts: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that tells whether a phrase stands, much as it is, in one of the texts."""
    grams = [gram_hashes(normalise(text).codes, GRAM) for text in texts]
    known = np.unique(np.concatenate(grams)) if grams else np.zeros(0, np.uint64)
    known = known[known != 0]

    def is_used(text: str) -> bool:
        hashes = gram_hashes(normalise(text).codes, GRAM)
        hashes = hashes[hashes != 0]
        return bool(len(hashes)) and float(np.isin(hashes, known).mean()) >= SHARE

    return is_used


def alike_pairs(texts: Sequence[str], share: float = NEARLY_THE_SAME) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of texts that are nearly the same, by number, with their resemblance (0 to 1, Dice).

    Marks, width and figures don't count. Texts of fewer than ten characters are like nothing.
    """
    grams = [_short_grams(text) for text in texts]
    holders: dict[int, list[int]] = {}
    for number, own in enumerate(grams):
        shared = Counter(other for gram in own for other in holders.get(gram, ()))
        for other, count in sorted(shared.items()):
            resemblance = 2 * count / (len(own) + len(grams[other]))
            if resemblance >= share:
                yield other, number, resemblance
        for gram in own:
            holders.setdefault(gram, []).append(number)


def _short_grams(text: str) -> frozenset[int]:
    hashes = gram_hashes(normalise(text).codes, SHORT_GRAM)
    grams = frozenset(hashes[hashes != 0].tolist())
    return grams if len(grams) >= _LEAST_GRAMS else frozenset()
