"""Supply: what the corpora have for each place of a plan, in the order in which lots were drawn."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from .corpus import Corpus, HeadingSet, Phrase, Place, untold
from .demands import undemanding
from .errors import SpeechkitError
from .facts import Recorder
from .filters import MissingFactError, TemplateError, words_of
from .plain import lookup
from .planning import ABOUT, PlannedSection, PlannedSlot, Scope
from .templating import holds, literal_parts, render

_BREAKS = re.compile("[。；？！]")
_TOPIC_WEIGHT, _TONE_WEIGHT, _MATTER_WEIGHT = 5.0, 4.0, 3.0
_TOPIC_MATTER_WEIGHT = 1.7
"""For a phrase of the topic that asks for words, too: it says more of the matter than one that fits all."""
_PERTINENT_WEIGHT = 4.0
"""How much more those of the topic count where all are made for the matter: they know it better."""


class PhrasingError(SpeechkitError):
    """A phrase that can't be used: the message names file, line and id."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What the choice is to suit."""

    topic: str = ""
    tone: str = ""
    level: str = ""
    seed: str = ""
    target: int | None = None
    """Wanted characters; None for no wish."""
    avoid: Callable[[str], bool] | None = None
    """Returns whether a text has been used elsewhere and had better not be used again."""
    general_share: float = 1.0
    """How much of the target may be what could be said at any meeting; more of it would be padding."""
    heard: frozenset[str] = frozenset()
    """Ids of the phrases and heading sets of the speeches before this one."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A phrase with its text; people are tokens still, until realization knows who comes first."""

    id: str
    text: str
    used: tuple[tuple[str, str], ...]
    """Path of each fact it used, with the text by which to find it."""
    thoughts: tuple[str, ...] = ()
    """旨 of the phrase."""
    general: bool = False
    """Whether it could be said at any meeting: it tells no fact, is of no topic, asks for no words."""


@dataclass
class Supply:
    """The phrases and sets of headings that suit a document."""

    corpus: Corpus
    recorder: Recorder
    taste: Taste
    brief: bool = False
    """Whether short phrases come first."""
    pools: dict[PlannedSlot, list[Phrase]] = field(default_factory=dict)
    ranks: dict[str, dict[str, int]] = field(default_factory=dict)
    """Where each phrase of a slot stands in the corpora."""
    details: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """The words of the details that a phrase speaks of."""
    told: dict[tuple[PlannedSlot, str], str | None] = field(default_factory=dict)
    """What a variable says in a slot; None for one that doesn't exist, of which the condition complains."""
    worded: dict[tuple[PlannedSlot, str], Chosen | None] = field(default_factory=dict)

    def pool(self, slot: PlannedSlot) -> list[Phrase]:
        """Return the phrases that suit a slot, what is more apt tending to come earlier."""
        if slot not in self.pools:
            phrases = self.corpus.phrases.get(slot.name, ())
            fitting = [phrase for phrase in phrases if self._suits(phrase) and self._belongs(slot, phrase)]
            self.ranks[slot.name] = {phrase.id: n for n, phrase in enumerate(phrases)}
            rng = random.Random(f"{self.taste.seed}/{slot.path}/{slot.name}")
            apt = _topic_weight(fitting) * (_PERTINENT_WEIGHT if slot.pertinent else 1.0)
            drawn = sorted(fitting, key=lambda phrase: self._lot(phrase, rng, apt), reverse=True)
            # After the draw: which words a place has is not to change the lots of the phrases that need none.
            self.pools[slot] = [phrase for phrase in drawn if self._has_wanted(slot, phrase)]
            if self.brief:
                self.pools[slot].sort(key=_length_class)
        return self.pools[slot]

    def _has_wanted(self, slot: PlannedSlot, phrase: Phrase) -> bool:
        """Whether a slot has the words that the condition of a phrase wants first of all."""
        wanted = phrase.use.wanted
        return not wanted or any(self._tells(slot, variable, words) for variable, words in wanted)

    def _tells(self, slot: PlannedSlot, variable: str, words: tuple[str, ...]) -> bool:
        key = (slot, variable)
        if key not in self.told:
            try:
                self.told[key] = words_of(lookup(variable, slot.scope))
            except TemplateError:
                self.told[key] = None
        told = self.told[key]
        return told is None or any(word in told for word in words)

    def _suits(self, entry: Phrase | HeadingSet) -> bool:
        return self.corpus.suits(entry, self.taste.topic, self.taste.tone, self.taste.level)

    def _belongs(self, slot: PlannedSlot, phrase: Phrase) -> bool:
        """Whether a slot takes a phrase: only one made for what it is about, where it asks so."""
        return not slot.pertinent or phrase.use.asks_about(ABOUT) or bool(self._details_in(phrase))

    def _lot(self, entry: Phrase | HeadingSet, rng: random.Random, apt: float = _TOPIC_WEIGHT) -> float:
        """Draw by weight (Efraimidis and Spirakis 2006): what is more apt tends to come earlier."""
        weight = (apt if entry.use.topic else 1.0) * (_TONE_WEIGHT if entry.use.tones else 1.0)
        if entry.use.asks_for_words:
            weight *= _TOPIC_MATTER_WEIGHT if entry.use.topic else _MATTER_WEIGHT
        return float(rng.random() ** (1.0 / weight))

    def candidate(self, slot: PlannedSlot, phrase: Phrase) -> Chosen | None:
        """Return a phrase with the facts of a slot; None where a fact is missing or its condition fails.

        A phrase that speaks of a detail (细目) of its topic stands only where the meeting file does so too.
        """
        key = (slot, phrase.id)
        if key not in self.worded:
            self.worded[key] = self._worded(slot, phrase) if self._keeps_to(slot.about, phrase) else None
        return self.worded[key]

    def _worded(self, slot: PlannedSlot, phrase: Phrase) -> Chosen | None:
        chosen = self._render(phrase.id, phrase.text, phrase.use.condition, slot.scope, phrase.place)
        if chosen is None or (slot.listed and not slot.apart and not _is_one_sentence(chosen.text)):
            return None
        # The clause that a phrase goes on with after a comma has said 要 for both.
        text = undemanding(chosen.text) if slot.joined == "，" else chosen.text
        is_own = chosen.used or phrase.use.topic or phrase.use.asks_for_words or phrase.repeatable
        return replace(chosen, text=text, thoughts=phrase.thoughts, general=not is_own)

    def _keeps_to(self, about: str, phrase: Phrase) -> bool:
        """Whether the meeting file speaks of the details of the topic that a phrase speaks of."""
        return not untold(self._details_in(phrase), about)

    def _details_in(self, phrase: Phrase) -> list[tuple[str, ...]]:
        details = self.details.get(phrase.id)
        if details is None:
            details = self.details[phrase.id] = self.corpus.details_in(phrase)
        return details

    def _render(self, id_: str, text: str, condition: str, scope: Scope, place: Place) -> Chosen | None:
        try:
            if not holds(condition, scope):
                return None
            self.recorder.collect()
            worded = render(text, scope).strip()
        except MissingFactError:
            return None
        except TemplateError as error:
            raise PhrasingError(f"{place.file}：第{place.line}行：短语“{id_}”：{error}") from None
        return Chosen(id_, worded, self.recorder.collect()) if worded else None

    def heading_set(
        self, family: str, sections: list[PlannedSection], given: Sequence[str] = ()
    ) -> tuple[HeadingSet, dict[PlannedSection, Chosen]] | None:
        """Return a set of headings that has one for each of the sections, and these; None where none has.

        Of the sets that may serve, one is taken that is built like the headings that are `given` beside them.
        """
        rng = random.Random(f"{self.taste.seed}/{family}")
        fitting = [s for s in self.corpus.heading_sets.get(family, ()) if self._suits(s)]
        drawn = sorted(fitting, key=lambda entry: self._lot(entry, rng), reverse=True)
        if self.brief:
            drawn.sort(key=lambda entry: sum(map(_length, entry.headings.values())))
        drawn.sort(key=lambda entry: entry.id in self.taste.heard)
        worded = ((entry, self._headings_of(entry, sections)) for entry in drawn)
        usable = ((entry, headings) for entry, headings in worded if headings is not None)
        if not given:
            return next(usable, None)
        return min(usable, key=lambda pair: _unlikeness(pair[1].values(), given), default=None)

    def _headings_of(
        self, entry: HeadingSet, sections: list[PlannedSection]
    ) -> dict[PlannedSection, Chosen] | None:
        headings: dict[PlannedSection, Chosen] = {}
        for section in sections:
            text = entry.headings.get(section.role)
            chosen = (
                self._render(entry.id, text, entry.use.condition, section.scope, entry.place)
                if text
                else None
            )
            if chosen is None:
                return None
            headings[section] = chosen
        return headings


def _topic_weight(phrases: Sequence[Phrase]) -> float:
    """What a phrase of the topic counts: together they come first as often as all the general ones."""
    topical = sum(bool(phrase.use.topic) for phrase in phrases)
    return max(_TOPIC_WEIGHT, (len(phrases) - topical) / topical) if topical else 1.0


def _is_one_sentence(text: str) -> bool:
    """Whether a phrase can be one of several in a sentence: 一是……；二是……。"""
    return text.endswith("。") and not _BREAKS.search(text[:-1])


def _unlikeness(chosen: Iterable[Chosen], given: Iterable[str]) -> int:
    """How differently headings are built, in characters of a pair; the tagger would take too long here."""
    pairs = [(_rhythm(one.text), _rhythm(other)) for one in chosen for other in given]
    return sum(abs(a - b) for one, other in pairs for a, b in zip_longest(one, other, fillvalue=0)) // len(
        pairs
    )


def _rhythm(heading: str) -> list[int]:
    return [len(clause) for clause in heading.split("，")]


def _length_class(phrase: Phrase) -> int:
    return _length(phrase.text) // 8


def _length(source: str) -> int:
    return sum(map(len, literal_parts(source)))
