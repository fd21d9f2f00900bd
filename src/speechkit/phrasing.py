"""Microplanning: which phrase fills which slot, so that the text is long enough and repeats nothing.

The choice is seeded per slot: the same meeting, seed and corpora give the same text, and a change to one part
of the meeting leaves the wording of the others alone as far as repetition allows.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from .corpus import Corpus, Phrase
from .diagnostics import Diagnostic, Severity
from .facts import TOKEN, Mention, Recorder
from .planning import Plan, PlannedSection, PlannedSlot, slots_of
from .repetition import (
    SAME_OPENINGS,
    Heard,
    demands_too_much,
    monotony,
    opening,
    opens_row,
    sentences,
)
from .supply import Chosen, Supply, Taste

TOLERANCE = 0.05
NEW_HEADING = 0.3
"""How full the slots in place are to be before another heading is opened."""
CHOICE = 5
"""Of so many phrases that may stand in a place the freshest is taken."""
_LATER = 0.08
"""What it costs to be drawn one place later."""
_LINKED = 0.5
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
    if taste.target and chooser.length > taste.target * (1 + TOLERANCE):
        chooser = _with_required(_Chooser(plan, corpus, recorder, taste, brief=True))
    if taste.target is None:
        chooser.fill_at_ease()
    else:
        chooser.fill_to(taste.target)
    chooser.link()
    phrases = {slot: tuple(chosen) for slot, chosen in chooser.chosen.items()}
    return Wording(phrases, chooser.headings, tuple(chooser.findings))


def _with_required(chooser: "_Chooser") -> "_Chooser":
    chooser.choose_headings()
    for slot in chooser.slots:
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
    slots: list[PlannedSlot] = field(default_factory=list)
    chosen: dict[PlannedSlot, list[Chosen]] = field(default_factory=dict)
    headings: dict[PlannedSection, Chosen] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    said: Heard = field(default_factory=Heard)
    introduced: set[str] = field(default_factory=set)
    """Keys of those who have been named: they are named in full once."""
    length: int = 0

    def __post_init__(self) -> None:
        self.slots = list(self.plan.slots())
        self.chosen = {slot: [] for slot in self.slots}
        self.order = {slot: n for n, slot in enumerate(self.slots)}
        self.supply = Supply(self.corpus, self.recorder, self.taste, self.brief)
        self.paragraph_of = {slot: p for p in self.plan.paragraphs() for slot in p.slots}

    # -- what may stand beside what

    def wears_opening(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether three sentences in a row would open with the same two characters."""
        if slot.clause:
            return False
        own = self.in_order(slot, [*self.chosen[slot], chosen])
        return opens_row(self.openings_before(slot) + self.openings_of(own) + self.openings_after(slot))

    def demands_too_much(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether too many sentences of the section would be demands that open with 要."""
        section = self.section_of.get(slot)
        if section is None or slot.clause:
            return False
        row = [opening for s in self.section_slots[section] for opening in self.openings_in(s)]
        return demands_too_much([*row, *self.openings(chosen.text)])

    def opens_alike(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether another phrase of the same paragraph opens with the same two characters."""
        paragraph = self.paragraph_of.get(slot)
        if paragraph is None or slot.clause:
            return False
        others = (other for s in paragraph.slots if not s.clause for other in self.chosen[s])
        return any(self.openings(chosen.text)[:1] == self.openings(other.text)[:1] for other in others)

    def openings_before(self, slot: PlannedSlot) -> list[str]:
        found: list[str] = []
        n = self.order[slot] - 1
        while n >= 0 and len(found) < SAME_OPENINGS - 1:
            found = self.openings_in(self.slots[n]) + found
            n -= 1
        return found[-(SAME_OPENINGS - 1) :]

    def openings_after(self, slot: PlannedSlot) -> list[str]:
        found: list[str] = []
        n = self.order[slot] + 1
        while n < len(self.slots) and len(found) < SAME_OPENINGS - 1:
            found += self.openings_in(self.slots[n])
            n += 1
        return found[: SAME_OPENINGS - 1]

    def openings_in(self, slot: PlannedSlot) -> list[str]:
        """Return how the sentences of a slot open; its clauses belong to the sentence before them."""
        return self.openings_of(self.chosen[slot]) if not slot.clause else []

    def openings_of(self, phrases: Iterable[Chosen]) -> list[str]:
        return [opening for chosen in phrases for opening in self.openings(chosen.text)]

    def in_order(self, slot: PlannedSlot, phrases: Iterable[Chosen]) -> list[Chosen]:
        """Phrases of one slot stand in the order of the corpora, what comes first first."""
        ranks = self.supply.ranks[slot.name]
        return sorted(phrases, key=lambda chosen: ranks[chosen.id])

    def openings(self, text: str) -> list[str]:
        return [opening(sentence) for sentence in sentences(self.spoken(text))]

    def spoken(self, text: str) -> str:
        return TOKEN.sub(lambda match: self.recorder.mentioned[int(match[1])].short, text)

    def may_open(self, slot: PlannedSlot) -> bool:
        """Whether an optional slot has something to follow: only the first of a paragraph may begin it."""
        paragraph = self.paragraph_of.get(slot)
        return paragraph is None or slot is paragraph.slots[0] or any(self.chosen[s] for s in paragraph.slots)

    # -- filling

    def fill(self, slot: PlannedSlot, count: int, *, required: bool) -> None:
        while len(self.chosen[slot]) < count:
            pick = self.pick(slot) or (self.pick_at_all(slot) if required else None)
            if pick is None:
                if required:
                    self.note_empty(slot)
                return
            self.take(slot, *pick)

    def vary_openings(self) -> None:
        """Where sentences open alike, put another phrase into one of the places, if there is one."""
        for slot in self.slots:
            if len(self.chosen[slot]) == 1:
                self.vary(slot, self.chosen[slot].pop())

    def vary(self, slot: PlannedSlot, worn: Chosen) -> None:
        if not (self.wears_opening(slot, worn) or self.opens_alike(slot, worn)):
            self.chosen[slot].append(worn)
            return
        self.uses[worn.id] -= 1
        self.length -= self.cost(slot, worn)
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
            if chosen is None or self.jars(slot, chosen) or self.is_avoided(phrase, chosen):
                continue
            if limit is None or self.cost(slot, chosen) <= limit:
                fitting.append((phrase, chosen))
            if len(fitting) == (1 if self.brief else CHOICE):
                break
        before = self.last_before(slot)
        costs = [
            n * _LATER + self.said.wear(phrase.text) + monotony(self.spoken(chosen.text), before)
            for n, (phrase, chosen) in enumerate(fitting)
        ]
        return fitting[costs.index(min(costs))] if fitting else None

    def jars(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        return (
            self.wears_opening(slot, chosen)
            or self.opens_alike(slot, chosen)
            or self.demands_too_much(slot, chosen)
        )

    def last_before(self, slot: PlannedSlot) -> str:
        """What stands before the slot in its paragraph."""
        paragraph = self.paragraph_of.get(slot)
        slots = paragraph.slots[: paragraph.slots.index(slot) + 1] if paragraph else ()
        return next((self.spoken(self.chosen[s][-1].text) for s in reversed(slots) if self.chosen[s]), "")

    def pick_at_all(self, slot: PlannedSlot) -> tuple[Phrase, Chosen] | None:
        """For a slot that must be filled: the least repetitive candidate of all."""
        pairs = ((phrase, self.supply.candidate(slot, phrase)) for phrase in self.supply.pool(slot))
        worded = [(phrase, chosen) for phrase, chosen in pairs if chosen is not None]
        return min(worded, key=lambda pair: self.staleness(slot, *pair), default=None)

    def staleness(self, slot: PlannedSlot, phrase: Phrase, chosen: Chosen) -> tuple[int | bool, ...]:
        """How much a phrase would repeat here: the phrase itself, an opening, a run of characters."""
        used = self.uses.get(phrase.id, 0)
        bound = not phrase.repeatable
        wears = self.wears_opening(slot, chosen)
        alike = self.opens_alike(slot, chosen)
        avoided = self.is_avoided(phrase, chosen)
        repeats = bound and self.said.repeats_run(phrase.text)
        return (bound and used > 0, wears, repeats, avoided, alike, used)

    def is_avoided(self, phrase: Phrase, chosen: Chosen) -> bool:
        if phrase.id in self.taste.heard and not phrase.repeatable:
            return True
        return self.taste.avoid is not None and self.taste.avoid(self.spoken(chosen.text))

    def take(self, slot: PlannedSlot, phrase: Phrase, chosen: Chosen) -> None:
        self.length += self.cost(slot, chosen)
        self.introduced.update(mention.key for mention in self.mentions(chosen.text))
        self.chosen[slot] = self.in_order(slot, [*self.chosen[slot], chosen])
        self.uses[phrase.id] = self.uses.get(phrase.id, 0) + 1
        self.said.add(phrase.text)

    def cost(self, slot: PlannedSlot, chosen: Chosen) -> int:
        if slot is self.plan.title:
            return 0
        new = {m.key: m for m in self.mentions(chosen.text) if m.key not in self.introduced}
        introductions = sum(len(mention.full) - len(mention.short) for mention in new.values())
        return len(self.spoken(chosen.text)) + slot.clause + introductions + self.heading_cost(slot)

    def mentions(self, text: str) -> list[Mention]:
        """Return those whom a text names, but for the speaker himself."""
        named = [self.recorder.mentioned[int(n)] for n in TOKEN.findall(text)]
        return [mention for mention in named if not mention.is_self]

    def heading_cost(self, slot: PlannedSlot) -> int:
        """Characters of the headings that appear with the first phrase under them."""
        around = [section for section, slots in self.section_slots.items() if slot in slots]
        empty = [s for s in around if not any(self.chosen[other] for other in self.section_slots[s])]
        return sum(len(self.heading_text(section)) for section in empty)

    def heading_text(self, section: PlannedSection) -> str:
        chosen = self.headings.get(section)
        return self.spoken(chosen.text) if chosen else section.own

    def fill_at_ease(self) -> None:
        for slot in self.slots:
            if self.may_open(slot) and not slot.is_link:
                self.fill(slot, min(slot.most, max(slot.least, 1 + self.is_alone(slot))), required=False)

    def fill_to(self, target: int) -> None:
        """Add phrases where there is room, the emptiest slots first, until the target is met."""
        rng = random.Random(f"{self.taste.seed}/length")
        lots = {slot: rng.random() for slot in self.slots}
        open_slots = [s for s in self.slots if s.most > len(self.chosen[s]) and not s.is_link]
        while open_slots and self.length < target * (1 - TOLERANCE / 2):
            ready = [slot for slot in open_slots if self.may_open(slot)]
            if not ready:
                return
            slot = min(ready, key=lambda s: (self.fullness(s), lots[s]))
            pick = self.pick(slot, self.room())
            if pick:
                self.take(slot, *pick)
            if pick is None or len(self.chosen[slot]) >= slot.most:
                open_slots.remove(slot)

    def link(self) -> None:
        """Put connectives between what stands side by side, in some of the places for them."""
        for paragraph in self.plan.paragraphs():
            for n, slot in enumerate(paragraph.slots[:-1]):
                rng = random.Random(f"{self.taste.seed}/{slot.path}")
                between = self.calls_for_link(paragraph.slots[:n], paragraph.slots[n + 1])
                wanted = slot.is_link and between and rng.random() < _LINKED
                pick = self.pick(slot, self.room()) if wanted else None
                if pick:
                    self.take(slot, *pick)

    def calls_for_link(self, before: Iterable[PlannedSlot], after: PlannedSlot) -> bool:
        """Whether there is something on both sides; what announces itself needs no announcement."""
        following = self.chosen[after]
        if not following or "：" in sentences(self.spoken(following[0].text))[0]:
            return False
        return any(self.chosen[slot] for slot in before)

    def room(self) -> int | None:
        """Characters that may still be added; None where no length was asked for."""
        return int(self.taste.target * (1 + TOLERANCE)) - self.length if self.taste.target else None

    def fullness(self, slot: PlannedSlot) -> float:
        """How little a slot needs more: a heading wants more than one sentence, and is not opened lightly."""
        count = len(self.chosen[slot])
        if count == 1 and self.is_alone(slot):
            return 0.0
        return count / slot.most + (NEW_HEADING if self.heading_cost(slot) else 0.0)

    def is_alone(self, slot: PlannedSlot) -> bool:
        """Whether the slot is all that stands under its heading."""
        section = self.section_of.get(slot)
        return section is not None and self.section_slots[section] == [slot] and slot.most > 1

    def note_empty(self, slot: PlannedSlot) -> None:
        message = f"语料里没有可用的短语，这一处空着：{slot.name}"
        self.findings.append(Diagnostic(message, Severity.WARNING, key=slot.name))

    # -- headings

    def choose_headings(self) -> None:
        sections = list(self.plan.sections())
        self.section_slots = {section: list(slots_of(section.blocks)) for section in sections}
        # Inner sections come later and win: the heading nearest to the slot is the one that appears with it.
        self.section_of = {slot: section for section in sections for slot in self.section_slots[section]}
        for family in dict.fromkeys(section.family for section in sections):
            wanting = [s for s in sections if s.family == family and not s.own]
            if family and wanting:
                self.take_headings(family, wanting)

    def take_headings(self, family: str, sections: list[PlannedSection]) -> None:
        found = self.supply.heading_set(family, sections)
        if found is None:
            message = f"语料里没有可用的标题组：{family}"
            self.findings.append(Diagnostic(message, Severity.WARNING, key=family))
            return
        entry, headings = found
        self.headings.update(headings)
        for text in entry.headings.values():
            self.said.add(text)
