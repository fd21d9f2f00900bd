"""A document as far as it is worded: what it says where, and how another phrase would sound in a place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .facts import TOKEN, Mention, Recorder
from .planning import Plan, PlannedParagraph, PlannedSection, PlannedSlot, numbers_in_list, slots_of
from .repetition import SAME_OPENINGS, demands_too_much, opening, opens_row, sentences
from .supply import Chosen

NUMBER = "一是"
"""What a sentence opens with that numbers its phrases."""


@dataclass
class Composition:
    """The phrases and headings of a plan so far; slots without phrases are empty."""

    plan: Plan
    recorder: Recorder
    ranks: dict[str, dict[str, int]]
    """Where each phrase of a slot stands in the corpora."""
    chosen: dict[PlannedSlot, list[Chosen]] = field(init=False)
    headings: dict[PlannedSection, Chosen] = field(default_factory=dict)
    introduced: set[str] = field(default_factory=set)
    """Keys of those who have been named: they are named in full once."""
    length: int = 0
    """In characters, with headings, without the title."""

    def __post_init__(self) -> None:
        self.slots = list(self.plan.slots())
        self.chosen = {slot: [] for slot in self.slots}
        self.order = {slot: n for n, slot in enumerate(self.slots)}
        self.paragraph_of = {slot: p for p in self.plan.paragraphs() for slot in p.slots}
        sections = list(self.plan.sections())
        groups = [self.plan.blocks, *(section.blocks for section in sections)]
        self.rows = [[block for block in blocks if isinstance(block, PlannedSection)] for blocks in groups]
        self.section_slots = {section: list(slots_of(section.blocks)) for section in sections}
        # Inner sections come later and win: the heading nearest to the slot is the one that appears with it.
        self.section_of = {slot: section for section in sections for slot in self.section_slots[section]}

    def put(self, slot: PlannedSlot, chosen: Chosen) -> None:
        """Put a phrase into a slot."""
        self.length += self.cost(slot, chosen)
        self.introduced.update(mention.key for mention in self._mentions(chosen.text))
        self.chosen[slot] = self._in_order(slot, [*self.chosen[slot], chosen])

    def take_out(self, slot: PlannedSlot) -> Chosen:
        """Take the only phrase out of a slot and return it."""
        chosen = self.chosen[slot].pop()
        self.length -= self.cost(slot, chosen)
        return chosen

    # -- what may stand beside what

    def jars(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether a phrase would be heard as a repetition in a slot: of an opening, of demands, of a fact."""
        return (
            self.wears_opening(slot, chosen)
            or self.opens_alike(slot, chosen)
            or self._demands_too_much(slot, chosen)
            or self.tells_again(slot, chosen)
            or self.strays(slot, chosen)
        )

    def wears_opening(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether three sentences in a row would open with the same two characters."""
        if slot.clause or slot.listed or slot.joined:
            return False
        own = self._in_order(slot, [*self.chosen[slot], chosen])
        openings = self._openings_of(slot, own)
        return opens_row(self._openings_before(slot) + openings + self._openings_after(slot))

    def _demands_too_much(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether too many sentences of the section would be demands that open with 要."""
        section = self.section_of.get(slot)
        if section is None or slot.clause or slot.listed:
            return False
        row = [opening for s in self.section_slots[section] for opening in self._openings_in(s)]
        return demands_too_much([*row, *self._openings(slot, chosen)])

    def opens_alike(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether another phrase of the same paragraph opens with the same two characters."""
        paragraph = self.paragraph_of.get(slot)
        if paragraph is None or slot.clause or slot.joined:
            return False
        beside = [s for s in paragraph.slots if not s.clause and not s.joined]
        others = (self._openings(s, other)[:1] for s in beside for other in self.chosen[s])
        return any(self._openings(slot, chosen)[:1] == other for other in others)

    def tells_again(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether a phrase tells what its section has a slot for, and tells elsewhere already."""
        beside = list(self._beside(slot))
        paths = {path for s in (slot, *beside) for path in s.told if tells(chosen, path)}
        return any(tells(other, path) for path in paths for s in beside for other in self.chosen[s])

    def strays(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether a phrase carries none of the thoughts that its paragraph keeps to."""
        if not chosen.thoughts:  # most carry none, and this is asked of every candidate
            return False
        kept = self.thoughts_of(self.paragraph_of.get(slot))
        return bool(kept) and not kept & set(chosen.thoughts)

    def thoughts_of(self, paragraph: PlannedParagraph | None) -> set[str]:
        """Return the thoughts that all phrases of a paragraph that carry any have in common."""
        phrases = (chosen for slot in (paragraph.slots if paragraph else ()) for chosen in self.chosen[slot])
        carried = [set(chosen.thoughts) for chosen in phrases if chosen.thoughts]
        return set.intersection(*carried) if carried else set()

    def is_thought_of(self, slot: PlannedSlot, chosen: Chosen) -> bool:
        """Whether what a phrase would have its paragraph keep to is what another one keeps to."""
        own = self.paragraph_of.get(slot)
        kept = (self.thoughts_of(own) or set(chosen.thoughts)) & set(chosen.thoughts)
        others = (self.thoughts_of(paragraph) for paragraph in self.plan.paragraphs() if paragraph is not own)
        return bool(kept) and any(kept <= thoughts for thoughts in others)

    def is_told(self, slot: PlannedSlot) -> bool:
        """Whether the other phrases of the section tell all that a slot is there for."""
        if not slot.told:
            return False
        others = [chosen for other in self._beside(slot) for chosen in self.chosen[other]]
        return all(any(tells(chosen, path) for chosen in others) for path in slot.told)

    def _beside(self, slot: PlannedSlot) -> Iterator[PlannedSlot]:
        """Yield the other slots under the same heading, or of the paragraph where there is no heading."""
        section, paragraph = self.section_of.get(slot), self.paragraph_of.get(slot)
        around = self.section_slots[section] if section else paragraph.slots if paragraph else ()
        return (other for other in around if other is not slot)

    def last_before(self, slot: PlannedSlot) -> str:
        """What stands before the slot in its paragraph."""
        paragraph = self.paragraph_of.get(slot)
        slots = paragraph.slots[: paragraph.slots.index(slot) + 1] if paragraph else ()
        return next((self.spoken(self.chosen[s][-1].text) for s in reversed(slots) if self.chosen[s]), "")

    def may_open(self, slot: PlannedSlot) -> bool:
        """Whether an optional slot has news to tell, and something to follow unless it begins a paragraph."""
        if self.is_told(slot):
            return False
        paragraph = self.paragraph_of.get(slot)
        if paragraph is None or any(self.chosen[s] for s in paragraph.slots):
            return True
        return slot is next((s for s in paragraph.slots if not s.is_link), None)

    def calls_for_link(self, before: Iterable[PlannedSlot], after: PlannedSlot) -> bool:
        """Whether there is something on both sides; what announces itself needs no announcement."""
        following = self.chosen[after]
        if after.listed or not following or "：" in sentences(self.spoken(following[0].text))[0]:
            return False
        return any(self.chosen[slot] for slot in before)

    def is_listed(self, slot: PlannedSlot) -> bool:
        """Whether what a slot holds is numbered with more in one sentence."""
        if not slot.listed:  # most are not, and this is asked of every sentence around a candidate
            return False
        return bool(numbers_in_list([other for other in self._list_of(slot) for _ in self.chosen[other]]))

    def _list_of(self, slot: PlannedSlot) -> list[PlannedSlot]:
        """Return the slots whose phrases are numbered together with those of a slot."""
        paragraph = self.paragraph_of.get(slot)
        return [other for other in paragraph.slots if other.listed == slot.listed] if paragraph else [slot]

    # -- sentences

    def _openings_before(self, slot: PlannedSlot) -> list[str]:
        found: list[str] = []
        n = self.order[slot] - 1
        while n >= 0 and len(found) < SAME_OPENINGS - 1:
            found = self._openings_in(self.slots[n]) + found
            n -= 1
        return found[-(SAME_OPENINGS - 1) :]

    def _openings_after(self, slot: PlannedSlot) -> list[str]:
        found: list[str] = []
        n = self.order[slot] + 1
        while n < len(self.slots) and len(found) < SAME_OPENINGS - 1:
            found += self._openings_in(self.slots[n])
            n += 1
        return found[: SAME_OPENINGS - 1]

    def _openings_in(self, slot: PlannedSlot) -> list[str]:
        """Return how the sentences of a slot open; its clauses belong to the sentence before them."""
        if self.is_listed(slot):
            return [NUMBER] if slot is self._list_of(slot)[0] else []
        return self._openings_of(slot, self.chosen[slot]) if not slot.clause else []

    def _openings_of(self, slot: PlannedSlot, phrases: Iterable[Chosen]) -> list[str]:
        return [opening for chosen in phrases for opening in self._openings(slot, chosen)]

    def _openings(self, slot: PlannedSlot, chosen: Chosen) -> list[str]:
        """Return how the sentences open that begin with a phrase: not the one that it goes on with."""
        begun = sentences(self.spoken(chosen.text))[bool(slot.joined) :]
        return [opening(sentence) for sentence in begun]

    def _in_order(self, slot: PlannedSlot, phrases: Iterable[Chosen]) -> list[Chosen]:
        """Phrases of one slot stand in the order of the corpora, what comes first first."""
        ranks = self.ranks[slot.name]
        return sorted(phrases, key=lambda chosen: ranks[chosen.id])

    def spoken(self, text: str) -> str:
        """Return a text with everybody named briefly."""
        return TOKEN.sub(lambda match: self.recorder.mentioned[int(match[1])].short, text)

    # -- lengths

    def cost(self, slot: PlannedSlot, chosen: Chosen) -> int:
        """Return by how many characters a phrase lengthens the document: with full names and its heading."""
        if slot is self.plan.title:
            return 0
        new = {m.key: m for m in self._mentions(chosen.text) if m.key not in self.introduced}
        introductions = sum(len(mention.full) - len(mention.short) for mention in new.values())
        around = slot.clause + len(NUMBER) * self._takes_number(slot)
        return len(self.spoken(chosen.text)) + around + introductions + self._heading_cost(slot)

    def _takes_number(self, slot: PlannedSlot) -> bool:
        """Whether a phrase would open an item of a list: the others of the item have no number."""
        if not slot.listed:  # most are not, and this is asked of every candidate
            return False
        beside = (s for s in self._list_of(slot) if s is not slot and slot.item and s.item == slot.item)
        return not any(self.chosen[s] for s in beside)

    def _mentions(self, text: str) -> list[Mention]:
        """Return those whom a text names, but for the speaker himself."""
        named = [self.recorder.mentioned[int(n)] for n in TOKEN.findall(text)]
        return [mention for mention in named if not mention.is_self]

    def _heading_cost(self, slot: PlannedSlot) -> int:
        """Characters of the headings that appear with the first phrase under them."""
        around = [section for section, slots in self.section_slots.items() if slot in slots]
        empty = [s for s in around if not any(self.chosen[other] for other in self.section_slots[s])]
        return sum(len(self._heading_text(section)) for section in empty)

    def _heading_text(self, section: PlannedSection) -> str:
        chosen = self.headings.get(section)
        return self.spoken(chosen.text) if chosen else section.own

    # -- headings

    def is_alone(self, slot: PlannedSlot) -> bool:
        """Whether the slot is all that stands under its heading."""
        section = self.section_of.get(slot)
        return section is not None and self.section_slots[section] == [slot] and slot.most > 1

    def is_lone(self, slot: PlannedSlot) -> bool:
        """Whether a single phrase is all that stands under a heading."""
        return len(self.chosen[slot]) == 1 and self.is_alone(slot)

    def opens_heading(self, slot: PlannedSlot) -> bool:
        """Whether a heading would appear that none of its row waits for, as one that stands alone does."""
        section = self.section_of.get(slot)
        return bool(self._heading_cost(slot)) and not (section and len(self.filled_row(section)) == 1)

    def opens_paragraph(self, slot: PlannedSlot) -> bool:
        """Whether nothing stands in the paragraph of a slot."""
        return slot in self.paragraph_of and not self._phrases_around(slot)

    def is_lone_paragraph(self, slot: PlannedSlot) -> bool:
        """Whether a single phrase is all that stands in the paragraph of a slot."""
        return slot in self.paragraph_of and self._phrases_around(slot) == 1

    def _phrases_around(self, slot: PlannedSlot) -> int:
        return sum(len(self.chosen[other]) for other in self.paragraph_of[slot].slots)

    def filled_row(self, section: PlannedSection) -> list[PlannedSection]:
        """Return the sections with something under them that stand in one row with a section."""
        row = next(row for row in self.rows if section in row)
        return [one for one in row if any(self.chosen[slot] for slot in self.section_slots[one])]

    def given_beside(self, sections: Iterable[PlannedSection]) -> list[str]:
        """Return the writer's own headings that stand in one row with these sections."""
        wanted = set(sections)
        return [section.own for row in self.rows if wanted & set(row) for section in row if section.own]

    def drop_lone_headings(self) -> None:
        """A numbered heading of a lower level wants another beside it."""
        for section in list(self.headings):
            if section.level > 1 and self.filled_row(section) == [section]:
                del self.headings[section]


def tells(chosen: Chosen, path: str) -> bool:
    """Whether a phrase writes out the fact at a path of the meeting file, or an element of the list there."""
    return any(text and (used == path or used.startswith(f"{path}[")) for used, text in chosen.used)
