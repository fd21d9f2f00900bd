"""语料: how things are said; phrases and heading sets, loaded from YAML, checked, and looked up by slot."""

from .loading import load_corpus
from .model import (
    GENERAL,
    LEVELS,
    TONES,
    Corpus,
    CorpusError,
    HeadingSet,
    Phrase,
    Place,
    Topics,
    Use,
    topic_of,
    untold,
)

__all__ = [
    "GENERAL",
    "LEVELS",
    "TONES",
    "Corpus",
    "CorpusError",
    "HeadingSet",
    "Phrase",
    "Place",
    "Topics",
    "Use",
    "load_corpus",
    "topic_of",
    "untold",
]
