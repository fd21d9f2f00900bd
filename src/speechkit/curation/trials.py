"""Trials: many drafts, to see which phrases are chosen, how often, and how often they might have been."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..corpus import TONES, Corpus, Phrase
from ..drafting import own_taste
from ..meeting import Meeting
from ..meeting.loading import read_meeting
from ..meeting.model import EVENT_KINDS
from ..meeting.starters import starter
from ..outline import Outline
from ..phrasing import choose
from ..planning import Plan, PlannedSlot, plan
from ..staging import Stage, stages
from ..supply import Supply, Taste
from ..yamlfile import parse_yaml

Progress = Callable[[int], None]
"""Is told how many drafts are done."""


@dataclass
class Trials:
    """What came of so many drafts."""

    drafts: int = 0
    uses: Counter[str] = field(default_factory=Counter)
    """Id of a phrase or set of headings -> how often it was chosen."""
    expected: dict[str, float] = field(default_factory=dict)
    """Id of a phrase -> how often it would have been chosen were all that may stand in a place alike."""
    offered: Counter[str] = field(default_factory=Counter)
    """Id of a phrase -> in how many places it might have stood."""


def starters() -> tuple[Meeting, ...]:
    """Return the meetings of the starting files, which have something of everything."""
    return tuple(read_meeting(parse_yaml(starter(kind), f"{kind}.yaml")) for kind in EVENT_KINDS)


def run_trials(
    corpus: Corpus,
    outlines: Sequence[Outline],
    meetings: Sequence[Meeting],
    drafts: int,
    progress: Progress = lambda done: None,
) -> Trials:
    """Return what came of so many drafts of the meetings in turn, each with a seed of its own.

    After a first round as they stand, topic, tone and level are drawn, so that phrases for each of them have
    their turn. The same arguments give the same result. Raises `PhrasingError` or `PlanningError`.
    """
    runner = _Runner(corpus, outlines)
    for number in range(drafts):
        turn, at = divmod(number, len(meetings))
        runner.draft(meetings[at], at, number, is_first=turn == 0)
        progress(number + 1)
    return runner.trials


def _documents(
    meeting: Meeting, corpus: Corpus, outlines: Sequence[Outline], number: int
) -> Iterator[tuple[str, Stage, Plan]]:
    for outline in outlines:
        for n, stage in enumerate(stages(meeting, corpus.forms, outline.source)):
            document = f"{outline.genre}/{n}"
            yield document, stage, plan(outline, stage, f"{number}/{document}")


def _taste(corpus: Corpus, meeting: Meeting, stage: Stage, seed: str, rng: random.Random | None) -> Taste:
    own = own_taste(corpus, meeting, stage, seed)
    if rng is None:
        return own
    topic = rng.choice(["", *corpus.topics])
    tone = rng.choice(["", *TONES])
    # Some conditions ask for the level of the meeting, which stays.
    return replace(own, topic=topic, tone=tone)


@dataclass
class _Runner:
    corpus: Corpus
    outlines: Sequence[Outline]
    trials: Trials = field(default_factory=Trials)
    known: dict[tuple[int, str, str, str], tuple[Phrase, ...]] = field(default_factory=dict)
    """Which phrases the facts of a place allow: the same in every draft of a meeting."""

    def draft(self, meeting: Meeting, at: int, number: int, *, is_first: bool) -> None:
        rng = None if is_first else random.Random(number)
        for document, stage, planned in _documents(meeting, self.corpus, self.outlines, number):
            taste = _taste(self.corpus, meeting, stage, f"{number}/{document}", rng)
            wording = choose(planned, self.corpus, stage.recorder, taste)
            self.trials.uses.update({chosen.id for chosen in wording.headings.values()})
            for slot, chosen in wording.phrases.items():
                self.trials.uses.update(one.id for one in chosen)
                usable = self.usable((at, document, slot.path, slot.name), slot, stage)
                marks = taste.topic, taste.tone, taste.level
                self.count(len(chosen), [p.id for p in usable if self.corpus.suits(p, *marks)])
        self.trials.drafts += 1

    def usable(self, key: tuple[int, str, str, str], slot: PlannedSlot, stage: Stage) -> tuple[Phrase, ...]:
        if key not in self.known:
            supply = Supply(self.corpus, stage.recorder, Taste())
            phrases = self.corpus.phrases.get(slot.name, ())
            self.known[key] = tuple(p for p in phrases if supply.candidate(slot, p) is not None)
        return self.known[key]

    def count(self, chosen: int, fitting: Sequence[str]) -> None:
        self.trials.offered.update(fitting)
        share = min(1.0, chosen / len(fitting)) if fitting else 0.0
        for id_ in fitting:
            self.trials.expected[id_] = self.trials.expected.get(id_, 0.0) + share
