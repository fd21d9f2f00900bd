"""What a meeting file says and what a draft says, laid side by side: for the property tests."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from speechkit.drafting import Draft
from speechkit.manuscript import Drafted, Heading, Paragraph
from speechkit.meeting import AgendaItem, Meeting
from speechkit.meeting.fields import Figure, Record
from speechkit.meeting.moments import MomentValue

HAN = r"\u3400-\u9fff"


def leaves(value: Any) -> Iterator[str]:
    """Yield every text of a record as a document may show it."""
    if isinstance(value, MomentValue):
        yield from (value.day, value.hour, str(value))
    elif isinstance(value, Figure):
        yield str(value)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    elif value not in ("", None) and not isinstance(value, bool):
        yield str(value)


def steps(items: tuple[AgendaItem, ...]) -> Iterator[AgendaItem]:
    """Yield all items and steps that are called in the meeting."""
    for item in items:
        if item.arrangement is None:
            yield item
            yield from steps(item.steps)


@dataclass(frozen=True)
class Case:
    """A meeting and one of its drafts."""

    meeting: Meeting
    draft: Draft
    index: int
    """Which of the speeches, or of the reports, it is the draft of."""

    @cached_property
    def told(self) -> str:
        """All that the meeting file says, and the sum of its numbers of people."""
        groups = self.meeting.event.attendance
        total = str(sum(group.count or 0 for group in groups))
        return "\n".join((*leaves(self.meeting), total))

    @cached_property
    def lines(self) -> list[str]:
        """The title and all blocks of the draft."""
        manuscript = self.draft.manuscript
        texts = [getattr(block, "text", "") or getattr(block, "unit", "") for block in manuscript.blocks]
        return [manuscript.title, *texts]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lines)

    @cached_property
    def sentences(self) -> list[tuple[str, Drafted, int]]:
        """Every sentence of the paragraphs with its origin and the number of its block."""
        found = []
        for number, block in enumerate(self.draft.manuscript.blocks):
            if isinstance(block, Paragraph):
                for sentence in block.sentences:
                    assert isinstance(sentence.origin, Drafted)
                    found.append((block.text[sentence.begin : sentence.end], sentence.origin, number))
        return found

    @cached_property
    def headings(self) -> list[Heading]:
        return [b for b in self.draft.manuscript.blocks if isinstance(b, Heading)]

    def from_slot(self, slot: str) -> list[str]:
        """Return the sentences that a slot's phrases stand in, in order."""
        prefix = f"{slot}/"
        return [
            text for text, origin, _ in self.sentences if any(p.startswith(prefix) for p in origin.phrases)
        ]

    def uses(self) -> list[str]:
        """Return the id of each use of a phrase: what runs on from sentence to sentence is one use."""
        found: list[str] = []
        block_before, last = -1, ""
        for _, origin, block in self.sentences:
            for n, phrase in enumerate(origin.phrases):
                if not (n == 0 and block == block_before and phrase == last):
                    found.append(phrase)
                last = phrase
            block_before = block
        return found


def cases_of(meeting: Meeting, drafts: Iterable[Draft]) -> list[Case]:
    """Return a case for each draft; the drafts of a genre come in the order of the meeting file."""
    count: Counter[str] = Counter()
    found = []
    for draft in drafts:
        found.append(Case(meeting, draft, count[draft.genre]))
        count[draft.genre] += 1
    return found


def missing_from(case: Case, facts: Iterable[str]) -> list[str]:
    """Return the facts that a draft doesn't hold; its own year may go unsaid."""
    time = case.meeting.event.time
    own_year = f"{time.at.year}年" if time else ""
    return [fact for fact in facts if fact not in case.text and fact.removeprefix(own_year) not in case.text]


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))
