"""Microplanning: which phrase fills which slot, so that the text is long enough and repeats nothing.

The choice is seeded per slot: the same meeting, seed and corpora give the same text, and a change to one part
of the meeting leaves the wording of the others alone as far as repetition allows.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field

from .composition import Composition
from .corpus import Corpus, Phrase
from .diagnostics import Diagnostic, Severity
from .facts import Recorder
from .planning import Plan, PlannedParagraph, PlannedSection, PlannedSlot
from .repetition import Heard, monotony
from .supply import Chosen, Supply, Taste

TOLERANCE = 0.05
NEW_HEADING = 0.45
"""How full the slots in place are to be before another heading or paragraph is opened."""
CHOICE = 5
"""Of so many phrases that may stand in a place the freshest is taken."""
_LATER = 0.12
"""What it costs to be drawn one place later."""
_GENERAL = 0.2
"""What it costs a phrase to be of no topic where those of the meeting's own are to come first."""
_ECHO = 4.0
"""What a phrase costs all of whose words stand in its paragraph."""
_THOUGHT_OF = 0.5
"""What a phrase costs whose thought another paragraph keeps to."""
_LINKED = 0.35
"""How many of the places for a connective get one."""


@dataclass(frozen=True)
class Wording:
    """The phrases of a plan."""

    phrases: dict[PlannedSlot, tuple[Chosen, ...]]
    headings: dict[PlannedSection, Chosen]
    findings: tuple[Diagnostic, ...]


def choose(plan: Plan, corpus: Corpus, recorder: Recorder, taste: Taste) -> Wording:
    """Return the wording of a plan: required slots first, then as much more as the target length wants.

    Where the required slots alone run over the target, they are filled anew with the shortest phrases.
    """
    chooser = _with_required(_Chooser(plan, corpus, recorder, taste))
    if taste.target and chooser.text.length > taste.target * (1 + TOLERANCE):
        chooser = _with_required(_Chooser(plan, corpus, recorder, taste, brief=True))
    if taste.target is None:
        chooser.fill_at_ease()
    else:
        chooser.fill_to(taste.target)
        chooser.fill_lone()
    chooser.link()
    chooser.text.drop_lone_headings()
    phrases = {slot: tuple(chosen) for slot, chosen in chooser.text.chosen.items()}
    return Wording(phrases, chooser.text.headings, tuple(chooser.findings))


def _with_required(chooser: "_Chooser") -> "_Chooser":
    chooser.choose_headings()
    for slot in chooser.text.slots:
        chooser.fill(slot, slot.least, required=True)
    chooser.vary_openings()
    return chooser


@dataclass
class _Chooser:
    plan: Plan
    corpus: Corpus
    recorder: Recorder
    taste: Taste
    brief: bool = False
    findings: list[Diagnostic] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    general: int = 0
    """Characters of what could be said at any meeting."""

    def __post_init__(self) -> None:
        self.supply = Supply(self.corpus, self.recorder, self.taste, self.brief)
        self.text = Composition(self.plan, self.recorder, self.supply.ranks)
        subject = "；".join((self.plan.title.about, *self.corpus.words_of(self.taste.topic)))
        self.said = Heard(subject)
        # A thought that comes again in the paragraph, in other words, brings its main words again.
        self.said_beside = defaultdict[PlannedParagraph | None, Heard](lambda: Heard(subject))

    # -- filling

    def fill(self, slot: PlannedSlot, count: int, *, required: bool) -> None:
        if self.text.is_told(slot):
            return
        while len(self.text.chosen[slot]) < count:
            pick = self.pick(slot) or (self.pick_at_all(slot) if required else None)
            if pick is None:
                if required:
                    self.note_empty(slot)
                return
            self.take(slot, *pick)

    def vary_openings(self) -> None:
        """Where sentences open alike, put another phrase into one of the places, if there is one."""
        for slot in self.text.slots:
            if len(self.text.chosen[slot]) == 1:
                self.vary(slot, self.text.take_out(slot))
        for slot in self.text.slots:
            if slot.told:  # what told its facts may have gone
                self.fill(slot, slot.least, required=True)

    def vary(self, slot: PlannedSlot, worn: Chosen) -> None:
        if not (self.text.wears_opening(slot, worn) or self.text.opens_alike(slot, worn)):
            self.text.put(slot, worn)
            return
        self.uses[worn.id] -= 1
        self.general -= len(worn.text) * worn.general
        pick = self.pick(slot) or self.pick_at_all(slot)
        if pick:
            self.take(slot, *pick)

    def pick(self, slot: PlannedSlot, limit: int | None = None) -> tuple[Phrase, Chosen] | None:
        """The freshest of the first candidates that repeat nothing and fit into `limit` more characters."""
        fitting: list[tuple[Phrase, Chosen]] = []
        for phrase in self.supply.pool(slot):
            if phrase.id in self.uses or self.said.repeats_run(phrase.text):
                continue
            chosen = self.supply.candidate(slot, phrase)
            if chosen is None or self.text.jars(slot, chosen) or self.is_avoided(phrase, chosen):
                continue
            if limit is None or (self.text.cost(slot, chosen) <= limit and not self.pads(chosen)):
                fitting.append((phrase, chosen))
            if len(fitting) == (1 if self.brief else CHOICE):
                break
        costs = [self.reluctance(slot, n, *pair) for n, pair in enumerate(fitting)]
        return fitting[costs.index(min(costs))] if fitting else None

    def pads(self, chosen: Chosen) -> bool:
        """Whether a phrase would lengthen the text by what fits any meeting, when enough of that is said."""
        room = self.taste.general_share * (self.taste.target or 0) - self.general
        return chosen.general and len(chosen.text) > room

    def reluctance(self, slot: PlannedSlot, n: int, phrase: Phrase, chosen: Chosen) -> float:
        """What speaks against a phrase that is the `n`-th of those that may stand in a slot."""
        general = _GENERAL * (slot.topical and not phrase.use.topic)
        return n * _LATER + general + self.dullness(slot, phrase, chosen)

    def dullness(self, slot: PlannedSlot, phrase: Phrase, chosen: Chosen) -> float:
        """How worn a phrase would sound in a slot, after all of the document and after its paragraph."""
        rhythm = monotony(self.text.spoken(chosen.text), self.text.last_before(slot))
        beside = self.said_beside[self.text.paragraph_of.get(slot)]
        thought_of = _THOUGHT_OF * self.text.is_thought_of(slot, chosen)
        return self.said.wear(phrase.text) + _ECHO * beside.echo(phrase.text) + rhythm + thought_of

    def pick_at_all(self, slot: PlannedSlot) -> tuple[Phrase, Chosen] | None:
        """For a slot that must be filled: the least repetitive candidate of all."""
        pairs = ((phrase, self.supply.candidate(slot, phrase)) for phrase in self.supply.pool(slot))
        worded = [(phrase, chosen) for phrase, chosen in pairs if chosen is not None]
        return min(worded, key=lambda pair: self.staleness(slot, *pair), default=None)

    def staleness(self, slot: PlannedSlot, phrase: Phrase, chosen: Chosen) -> tuple[int | bool, ...]:
        """How much a phrase would repeat here: the phrase itself, an opening, a run of characters."""
        used = self.uses.get(phrase.id, 0)
        bound = not phrase.repeatable
        wears = self.text.wears_opening(slot, chosen)
        alike = self.text.opens_alike(slot, chosen)
        avoided = self.is_avoided(phrase, chosen)
        repeats = bound and self.said.repeats_run(phrase.text)
        again = self.text.tells_again(slot, chosen)
        strays = self.text.strays(slot, chosen)
        return (again, bound and used > 0, wears, strays, repeats, avoided, alike, used)

    def is_avoided(self, phrase: Phrase, chosen: Chosen) -> bool:
        if phrase.id in self.taste.heard and not phrase.repeatable:
            return True
        return self.taste.avoid is not None and self.taste.avoid(self.text.spoken(chosen.text))

    def take(self, slot: PlannedSlot, phrase: Phrase, chosen: Chosen) -> None:
        self.text.put(slot, chosen)
        self.uses[phrase.id] = self.uses.get(phrase.id, 0) + 1
        self.general += len(chosen.text) * chosen.general
        self.said.add(phrase.text)
        self.said_beside[self.text.paragraph_of.get(slot)].add(phrase.text)

    def fill_at_ease(self) -> None:
        for slot in self.text.slots:
            if self.text.may_open(slot) and not slot.is_link:
                self.fill(slot, min(slot.most, max(slot.least, 1 + self.text.is_alone(slot))), required=False)

    def fill_to(self, target: int) -> None:
        """Add phrases where there is room, the emptiest slots first, until the target is met."""
        rng = random.Random(f"{self.taste.seed}/length")
        lots = {slot: rng.random() for slot in self.text.slots}
        open_slots = [s for s in self.text.slots if s.most > len(self.text.chosen[s]) and not s.is_link]
        while open_slots and self.text.length < target * (1 - TOLERANCE / 2):
            ready = [slot for slot in open_slots if self.text.may_open(slot)]
            if not ready:
                return
            slot = min(ready, key=lambda s: (self.fullness(s), lots[s]))
            if not self.add(slot) or len(self.text.chosen[slot]) >= slot.most:
                open_slots.remove(slot)

    def fill_lone(self) -> None:
        """Put a second phrase where only one stands under a heading, if there is room."""
        for slot in self.text.slots:
            if self.text.is_lone(slot):
                self.add(slot)

    def link(self) -> None:
        """Put connectives between what stands side by side, in some of the places for them."""
        for paragraph in self.plan.paragraphs():
            for n, slot in enumerate(paragraph.slots[:-1]):
                rng = random.Random(f"{self.taste.seed}/{slot.path}")
                following = paragraph.slots[n + 1]
                between = self.text.calls_for_link(paragraph.slots[:n], following)
                by_lot = between and rng.random() < _LINKED
                if slot.is_link and (by_lot or self.text.is_listed(following)):
                    self.add(slot)

    def add(self, slot: PlannedSlot) -> bool:
        """Put another phrase into a slot; return whether there was one for the room that is left."""
        pick = self.pick(slot, self.room())
        if pick:
            self.take(slot, *pick)
        return pick is not None

    def room(self) -> int | None:
        """Characters that may still be added; None where no length was asked for."""
        return int(self.taste.target * (1 + TOLERANCE)) - self.text.length if self.taste.target else None

    def fullness(self, slot: PlannedSlot) -> float:
        """How little a slot needs more.

        A heading wants more than one phrase, and so does a paragraph; neither is opened lightly.
        """
        if self.text.is_lone(slot) or self.text.is_lone_paragraph(slot):
            return 0.0
        opens = self.text.opens_heading(slot) or self.text.opens_paragraph(slot)
        return len(self.text.chosen[slot]) / slot.most + (NEW_HEADING if opens else 0.0)

    def note_empty(self, slot: PlannedSlot) -> None:
        message = f"语料里没有可用的短语，这一处空着：{slot.name}"
        self.findings.append(Diagnostic(message, Severity.WARNING, key=slot.name))

    # -- headings

    def choose_headings(self) -> None:
        sections = list(self.plan.sections())
        for family in dict.fromkeys(section.family for section in sections):
            wanting = [s for s in sections if s.family == family and not s.own]
            if family and wanting:
                self.take_headings(family, wanting)

    def take_headings(self, family: str, sections: list[PlannedSection]) -> None:
        found = self.supply.heading_set(family, sections, self.text.given_beside(sections))
        if found is None:
            message = f"语料里没有可用的标题组：{family}"
            self.findings.append(Diagnostic(message, Severity.WARNING, key=family))
            return
        entry, headings = found
        self.text.headings.update(headings)
        for text in entry.headings.values():
            self.said.add(text)
