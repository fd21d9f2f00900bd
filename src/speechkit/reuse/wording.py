"""Wording that has been used before: what drafting asks so as not to say the same again."""

from collections.abc import Callable, Iterable

import numpy as np

from .collection import gram_hashes
from .normalisation import normalise

GRAM = 8
SHARE = 0.4
"""A text of whose 8-grams this share stands in past texts says what has been said."""


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
