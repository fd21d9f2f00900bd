"""What benchmarks/prose.py measures: drafts of the examples, and texts from files, as lines of prose."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_origin
from unittest.mock import patch

from prose_measures import LENGTH_TOLERANCE, MASK, hits, masker

from speechkit import drafting, read
from speechkit.corpus import Corpus, load_corpus
from speechkit.diagnostics import Severity
from speechkit.drafting import Draft, draft
from speechkit.manuscript import Block, Drafted, Heading, Manuscript, Origin, Paragraph, Salutation
from speechkit.meeting import Meeting, load_meeting
from speechkit.meeting.fields import Figure, Record
from speechkit.meeting.moments import MomentValue
from speechkit.outline import Outline, load_outlines
from speechkit.segmentation import split_sentences

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*/meeting.yaml"))
SPEECH = "讲话稿"
PROCESSES = 2
_RUN_IN = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_ENDS = tuple("。！？：；!?:;”）")


@dataclass(frozen=True)
class Line:
    """A sentence or a heading."""

    text: str
    masked: str
    """The text with data of the meeting masked."""
    phrases: tuple[str, ...] = ()
    formula: bool = False
    """Made of set formulas alone (可重复), which may stand more than once."""
    level: int = 0
    """Of a heading; 0 for a sentence."""


@dataclass(frozen=True)
class Prose:
    """A draft, or a text from a file."""

    name: str
    """Of the meeting and of the document, or of the file."""
    genre: str
    lines: tuple[Line, ...]
    seed: str = ""
    length: int = 0
    target: int | None = None
    minutes: int | None = None
    """Where they are not those of the meeting file."""
    excuse: str = ""
    """Why the length may miss the target, where the findings say so: 少 (too little data), 多 (too much)."""

    @property
    def sentences(self) -> list[str]:
        return [line.text for line in self.lines if not line.level]

    @property
    def sections(self) -> list[list[str]]:
        """The sentences under each heading of the first level, and those before the first one."""
        sections: list[list[str]] = [[]]
        for line in self.lines:
            if line.level == 1:
                sections.append([])
            elif not line.level:
                sections[-1].append(line.text)
        return [section for section in sections if section]

    @property
    def headings(self) -> list[list[str]]:
        """The headings that stand side by side, at least two each."""
        groups: dict[tuple[int, int], list[str]] = {}
        parent = 0
        for number, line in enumerate(self.lines):
            parent = number if line.level == 1 else parent
            if line.level:
                groups.setdefault((line.level, parent if line.level > 1 else 0), []).append(line.text)
        return [group for group in groups.values() if len(group) > 1]


@dataclass(frozen=True)
class Task:
    """A meeting to draft; with `minutes` its speeches alone, each as long as that."""

    path: Path
    seeds: tuple[str, ...]
    minutes: int | None = None


def drafts(tasks: Sequence[Task], processes: int = PROCESSES) -> list[Prose]:
    """Return the drafts of all tasks, in their order."""
    _words(), _outlines()  # read once, where processes are forked
    with ProcessPoolExecutor(processes) as pool:
        return [prose for found in pool.map(_drafts, tasks) for prose in found]


def verified(found: Sequence[Prose]) -> list[Prose]:
    """Return the drafts without the excuses that other drafts refute.

    Too little data: the same document and seed is as long as that when more minutes are asked for. Too much:
    the document is as short as that with another seed.
    """
    longest: dict[tuple[str, str], int] = {}
    shortest: dict[str, int] = {}
    for prose in found:
        longest[prose.name, prose.seed] = max(prose.length, longest.get((prose.name, prose.seed), 0))
        shortest[prose.name] = min(prose.length, shortest.get(prose.name, prose.length))
    return [
        replace(prose, excuse="")
        if prose.target
        and (
            (
                prose.excuse == "少"
                and longest[prose.name, prose.seed] >= prose.target * (1 - LENGTH_TOLERANCE)
            )
            or (prose.excuse == "多" and shortest[prose.name] <= prose.target * (1 + LENGTH_TOLERANCE))
        )
        else prose
        for prose in found
    ]


def texts(path: Path) -> Prose:
    """Return a text from a file: wrapped lines joined, run-in headings told from sentences.

    What stands before the salutation belongs to no speech.
    """
    return Prose(path.stem, SPEECH, tuple(_lines_of_text(read(path))))


def vocabulary() -> dict[str, str]:
    """Return the words of every phrase and heading set by id; of titles, which leave no trace, none."""
    titles = {outline.title.name for outline in _outlines()}
    return {number: words for number, words in _words().items() if number.split("/")[0] not in titles}


def _drafts(task: Task) -> list[Prose]:
    meeting = load_meeting(task.path)
    genres: list[str] = []
    if task.minutes:
        speeches = tuple(speech.model_copy(update={"minutes": task.minutes}) for speech in meeting.speeches)
        meeting, genres = meeting.model_copy(update={"speeches": speeches}), [SPEECH]
    mask = masker(_leaves(meeting))
    with (
        patch.object(drafting, "load_corpus", lambda folders, wanted: _corpus()),
        patch.object(drafting, "load_outlines", lambda folders: _outlines()),
    ):
        return [
            _prose(one, task, meeting, seed, mask)
            for seed in task.seeds
            for one in draft(meeting, genres=genres, seed=seed)
        ]


@cache
def _corpus() -> Corpus:
    return load_corpus()


@cache
def _outlines() -> Sequence[Outline]:
    return load_outlines()


@cache
def _words() -> dict[str, str]:
    corpus = _corpus()
    words = {phrase.id: phrase.text for phrases in corpus.phrases.values() for phrase in phrases}
    sets = (entry for entries in corpus.heading_sets.values() for entry in entries)
    return words | {entry.id: "\n".join(entry.headings.values()) for entry in sets}


@cache
def _formulas() -> frozenset[str]:
    return frozenset(p.id for phrases in _corpus().phrases.values() for p in phrases if p.repeatable)


def _prose(one: Draft, task: Task, meeting: Meeting, seed: str, mask: Callable[[str, str], str]) -> Prose:
    lines = tuple(
        Line(
            text,
            mask(text, MASK.join(_words().get(phrase, "") for phrase in phrases)) if phrases else MASK,
            phrases,
            bool(phrases) and _formulas().issuperset(phrases),
            level,
        )
        for text, phrases, level in _told(one.manuscript)
    )
    name = f"{task.path.parent.name}/{one.name}"
    length, target = one.manuscript.spoken_length, _target(one, meeting)
    return Prose(
        name, one.genre, lines, seed, length, target, task.minutes, _excuse(one, length, target or 0)
    )


def _told(manuscript: Manuscript) -> Iterator[tuple[str, tuple[str, ...], int]]:
    for block in manuscript.blocks:
        for text, origin, level in _of_block(block):
            yield text, origin.phrases if isinstance(origin, Drafted) else (), level


def _of_block(block: Block) -> list[tuple[str, Origin | None, int]]:
    if isinstance(block, Heading):
        return [(block.text, block.origin, block.level)]
    if isinstance(block, Paragraph):
        return [(block.text[s.begin : s.end], s.origin, 0) for s in block.sentences]
    return []


def _target(one: Draft, meeting: Meeting) -> int | None:
    """Speeches of a meeting are told apart by the name of the speaker, which ends the draft's name."""
    if one.genre != SPEECH:
        return None
    speeches = meeting.speeches
    if len(speeches) > 1:
        byline = one.manuscript.byline
        names = [meeting.person(speech.speaker) for speech in speeches]
        speeches = tuple(
            speech
            for speech, person in zip(speeches, names, strict=True)
            if person and byline and (person.name or person.post) == byline.name
        )
    return speeches[0].minutes * speeches[0].rate if speeches and speeches[0].minutes else None


def _excuse(one: Draft, length: int, target: int) -> str:
    """Suggestions are remarks on length; a warning with a key is a slot that the corpora have nothing for."""
    if not target or hits(length, target):
        return ""
    if any(f.key or f.severity is Severity.SUGGESTION for f in one.findings):
        return "少" if length < target else "多"
    return ""


def _leaves(value: Any) -> Iterator[str]:
    """Every text of a meeting that a document may show: choices out of a list (类型, 语气) are no data."""
    if isinstance(value, MomentValue):
        yield from (value.day, value.hour, str(value))
    elif isinstance(value, Figure):
        yield from (str(value), *_leaves_of_record(value))
    elif isinstance(value, Record):
        yield from _leaves_of_record(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, str):
        yield value


def _leaves_of_record(record: Record) -> Iterator[str]:
    for name, field in type(record).model_fields.items():
        if get_origin(field.annotation) is not Literal:
            yield from _leaves(getattr(record, name))


def _lines_of_text(manuscript: Manuscript) -> Iterator[Line]:
    blocks = list(manuscript.blocks)
    salutations = [n for n, block in enumerate(blocks) if isinstance(block, Salutation)]
    begin = salutations[0] if salutations and salutations[0] < 3 else 0
    rest = ""
    for block, following in pairwise([*blocks[begin:], None]):
        if isinstance(block, Heading):
            yield Line(block.text, block.text, level=block.level)
        elif isinstance(block, Paragraph):
            rest += block.text
            if block.text.endswith(_ENDS) or not isinstance(following, Paragraph):
                yield from _lines_of_paragraph(rest)
                rest = ""


def _lines_of_paragraph(text: str) -> Iterator[Line]:
    for begin, end in split_sentences(text):
        sentence = text[begin:end].strip()
        marker = _RUN_IN.match(sentence)
        if marker and begin == 0:
            heading = sentence[marker.end() :].rstrip("。")
            yield Line(heading, heading, level=2)
        elif sentence:
            yield Line(sentence, sentence)
