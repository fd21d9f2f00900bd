"""Phrases and heading sets, looked up by slot and family."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..diagnostics import Diagnostic
from ..errors import SpeechkitError
from ..forms import Forms
from ..plain import REMEMBERED
from ..templating import literal_parts

GENERAL = "通用"
TONES = ("鼓劲", "严肃", "务实", "亲切")
LEVELS = ("省", "市", "县", "镇", "单位")
Topics = Mapping[str, tuple[str, ...]]
"""Topic -> the words by which a meeting is recognised as being about it."""
_SURVEY = 3
"""Of so many details one may be new."""
_ASKS = re.compile(r"(?:^|\(|and |or )([^\W\d_][\w.]*)\|提到\(")
_DENIED = re.compile(r"not \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
"""What is asked in here is what the facts must not speak of."""
_WORD = r'"[^"\\]*"'
_ASKED = rf"[^\W\d_][\w.]*\|提到\({_WORD}(?:, *{_WORD})*\)"
_ASKED_FIRST = re.compile(rf"(?s)(\()?({_ASKED}(?: or {_ASKED})*)(?(1)\))(?: and (?!.*(?:or|if))|$)")


class CorpusError(SpeechkitError):
    """Corpora that can't be used; `diagnostics` holds every error with file and line."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands, for messages."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Use:
    """When an entry may be used."""

    topic: str = ""
    """Only for meetings about it."""
    tones: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    condition: str = ""
    untopical: bool = False
    """Only for meetings whose topic no corpus knows: the others have phrases that say more."""

    @property
    def asks_for_words(self) -> bool:
        """Whether the condition wants words in the facts: the entry is made for what they speak of."""
        return bool(_asks(self.condition))

    def asks_about(self, variable: str) -> bool:
        """Whether the condition wants words in a certain variable."""
        return variable in _asks(self.condition)

    @property
    def wanted(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Variables, each with words: the condition fails unless one of them holds a word of its own.

        Empty where the condition doesn't begin with that. It is what most phrases fail for, and much less
        work than the condition.
        """
        return _wanted(self.condition)

    def suits(self, topic: str, tone: str, level: str) -> bool:
        """Return whether topic, tone and level allow it; an unknown one allows only the unmarked."""
        return (
            (not self.topic or self.topic == topic)
            and not (self.untopical and topic)
            and (not self.tones or tone in self.tones)
            and (not self.levels or level in self.levels)
        )


@lru_cache(maxsize=REMEMBERED)
def _asks(condition: str) -> tuple[str, ...]:
    return tuple(_ASKS.findall(_DENIED.sub("", condition) if "not (" in condition else condition))


@lru_cache(maxsize=REMEMBERED)
def _wanted(condition: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    first = _ASKED_FIRST.match(condition)
    asked = re.findall(_ASKED, first[2]) if first else ()
    variables = (one.partition("|")[0] for one in asked)
    words = (tuple(word[1:-1] for word in re.findall(_WORD, one)) for one in asked)
    return tuple(zip(variables, words, strict=True))


@dataclass(frozen=True, slots=True)
class Phrase:
    """短语: one way to fill a slot."""

    id: str
    slot: str
    text: str
    """Jinja2 source."""
    use: Use
    repeatable: bool
    """Set formula that may stand more than once in a document, such as the calls of a chain of speakers."""
    place: Place
    thoughts: tuple[str, ...] = ()
    """旨: the thoughts it carries; what stands in one paragraph shares one of them."""

    @property
    def texts(self) -> tuple[str, ...]:
        """Its templates."""
        return (self.text,)


@dataclass(frozen=True, slots=True)
class HeadingSet:
    """标题组: parallel headings by the role of their section, chosen together."""

    id: str
    family: str
    headings: Mapping[str, str]
    """Role -> Jinja2 source."""
    use: Use
    place: Place

    @property
    def texts(self) -> tuple[str, ...]:
        """Its templates."""
        return tuple(self.headings.values())


@dataclass(frozen=True)
class Corpus:
    """All phrases and heading sets that are at hand."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    """Slot -> phrases in the order of the files."""
    heading_sets: Mapping[str, tuple[HeadingSet, ...]]
    """Family -> sets."""
    topics: Topics
    forms: Forms
    details: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Topic, or "" for what is general -> the words of each of its details, as waste water is of 生态环境."""

    def words_of(self, topic: str) -> Iterator[str]:
        """Yield the words by which a topic and its details are known."""
        yield from self.topics.get(topic, ())
        for words in self.details.get(topic, ()) if topic else ():
            yield from words

    def suits(self, entry: Phrase | HeadingSet, topic: str, tone: str, level: str) -> bool:
        """Return whether topic, tone and level allow an entry, and its words suit the level."""
        return entry.use.suits(topic, tone, level) and not self.unfit_words(entry, level)

    def unfit_words(self, entry: Phrase | HeadingSet, level: str) -> list[str]:
        """Return the words of an entry that nobody says at a level: 各级 in a town. What is marked may."""
        unsaid = () if entry.use.levels else self.forms.unsaid.get(level, ())
        literals = [literal for text in entry.texts for literal in literal_parts(text)] if unsaid else []
        return [word for word in unsaid if any(word in literal for literal in literals)]

    def details_in(self, phrase: Phrase) -> list[tuple[str, ...]]:
        """Return the words of each detail that a phrase speaks of; none where a condition asks for words."""
        if phrase.use.asks_for_words:
            return []
        text = "".join(literal_parts(phrase.text))
        details = self.details.get(phrase.use.topic, ())
        return [words for words in details if any(word in text for word in words)]


def topic_of(topics: Topics, subject: str, *texts: str) -> str:
    """Return the topic a meeting names, else the one whose words its texts hold; may be empty."""
    if subject in topics:
        return subject
    told = "；".join((subject, *texts))
    hits = {topic: sum(told.count(word) for word in words) for topic, words in topics.items()}
    best = max(hits, key=lambda topic: hits[topic], default="")
    return best if best and hits[best] else ""


def untold(details: Sequence[tuple[str, ...]], about: str) -> list[tuple[str, ...]]:
    """Return the details that a phrase would bring up although the text of the meeting file does not.

    Empty where the phrase may stand. A third may be new: a phrase of many details surveys the topic.
    """
    new = [words for words in details if not any(word in about for word in words)]
    return new if len(new) > len(details) // _SURVEY else []
