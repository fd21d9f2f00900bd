"""Realization: a plan and its wording become a manuscript, every sentence with its origin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

from .demands import undemanding
from .facts import TOKEN, Mention, Recorder
from .forms import Forms
from .manuscript import (
    Block,
    Byline,
    Cue,
    Drafted,
    Heading,
    Manuscript,
    Paragraph,
    Salutation,
    Sentence,
    Signature,
)
from .numerals import chinese_numeral
from .phrasing import Wording
from .planning import (
    Plan,
    PlannedBlock,
    PlannedLine,
    PlannedParagraph,
    PlannedSection,
    PlannedSlot,
    numbers_in_list,
)
from .segmentation import split_sentences
from .supply import Chosen

_Piece = tuple[PlannedSlot, Chosen, str]
"""A phrase in its place, with its text."""
BREATH = 300
"""Characters of a list of sentences that are heard as one; a longer one has a paragraph for each item."""
_ROW = re.compile(f"{TOKEN.pattern}(?:、{TOKEN.pattern})*(?:和{TOKEN.pattern})?")


def realize(plan: Plan, wording: Wording, recorder: Recorder, forms: Forms) -> Manuscript:
    """Return the manuscript of a worded plan; what got no words is left out, and headings over it."""
    realizer = _Realizer(wording, recorder, forms)
    title = "".join(realizer.resolve(chosen.text) for chosen in wording.phrases.get(plan.title, ()))
    blocks = list(realizer.blocks(plan.blocks))
    if plan.signatory:
        blocks.append(Signature(plan.signatory, plan.date))
    return Manuscript(
        title=title or plan.title.name,
        date="" if plan.signatory else plan.date,
        byline=_byline(plan.byline),
        blocks=tuple(blocks),
    )


def _byline(speaker: Mention | None) -> Byline | None:
    if speaker is None:
        return None
    return Byline(speaker.name, speaker.post) if speaker.name else Byline(speaker.full)


@dataclass
class _Realizer:
    wording: Wording
    recorder: Recorder
    forms: Forms
    seen: set[str] = field(default_factory=set)

    def blocks(self, planned: tuple[PlannedBlock, ...]) -> Iterator[Block]:
        made = [(block, list(self.block(block))) for block in planned]
        headed = [block for block, told in made if told and isinstance(block, PlannedSection)]
        for block, told in made:
            is_lone = isinstance(block, PlannedSection) and headed == [block] and block.level > 1
            yield from _without_heading(told) if is_lone else told

    def block(self, block: PlannedBlock) -> Iterator[Block]:
        if isinstance(block, PlannedSection):
            yield from self.section(block)
        elif isinstance(block, PlannedLine):
            yield from self.line(block)
        else:
            yield from self.paragraph(block)

    def section(self, section: PlannedSection) -> Iterator[Block]:
        blocks = list(self.blocks(section.blocks))
        if not blocks:
            return
        chosen = self.wording.headings.get(section)
        if section.own:
            yield Heading(section.own, section.level, Drafted((), (section.own_key,)))
        elif chosen:
            yield Heading(self.resolve(chosen.text), section.level, _origin([chosen]))
        yield from blocks

    def line(self, line: PlannedLine) -> Iterator[Block]:
        for chosen in self.wording.phrases.get(line.slot, ()):
            block = Salutation if line.kind == "称呼" else Cue
            yield block(self.resolve(chosen.text), origin=_origin([chosen]))

    def paragraph(self, paragraph: PlannedParagraph) -> Iterator[Paragraph]:
        for told in _in_breaths(self.pieces(paragraph)):
            pieces = [(chosen, self.resolve(text)) for _, chosen, text in told]
            text = "".join(worded for _, worded in pieces)
            if text:
                yield Paragraph(text, paragraph.call, tuple(_sentences(text, pieces)))

    def pieces(self, paragraph: PlannedParagraph) -> list[_Piece]:
        """Return phrases with their text; neighbouring clauses get their ； and the last one its 。"""
        said = [(slot, chosen) for slot in paragraph.slots for chosen in self.wording.phrases.get(slot, ())]
        lists = [list(one) for _, one in groupby(said, lambda pair: pair[0].listed or pair[0].path)]
        worded = list(_joined([piece for one in lists for piece in _numbered(one)]))
        following = [*(slot for slot, _, _ in worded[1:]), None]
        return [
            (slot, chosen, text + _clause_end(slot, after))
            for (slot, chosen, text), after in zip(worded, following, strict=False)
        ]

    def resolve(self, text: str) -> str:
        """Return the text with everybody named: in full, later briefly, the speaker himself as 我."""
        return _ROW.sub(self.row, text)

    def row(self, match: re.Match[str]) -> str:
        """Return one person, or a row; with commas where a post such as 县委副书记、县长 holds a 、 itself.

        A row that the speaker opens is joined after him, as in 我和王县长、李局长.
        """
        names = [self.name(self.recorder.mentioned[int(n)]) for n in TOKEN.findall(match[0])]
        comma = "，" if any("、" in name for name in names) else "、"
        if len(names) > 1 and names[0] == self.forms.own_pronoun:
            return f"{names[0]}和{comma.join(names[1:])}"
        joined = comma.join(names[:-1])
        return f"{joined}{'和' if '和' in match[0] else comma}{names[-1]}" if joined else names[-1]

    def name(self, mention: Mention) -> str:
        if mention.is_self:
            return self.forms.own_pronoun
        if mention.key in self.seen:
            return mention.short
        self.seen.add(mention.key)
        return mention.full


def _in_breaths(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Yield what stands in one paragraph each: a long list of sentences is parted before its items."""
    items = [slot.item if slot.apart else "" for slot, _, _ in pieces]
    told = sum(len(text) for (_, _, text), item in zip(pieces, items, strict=True) if item)
    if told <= BREATH or len(set(items) - {""}) < 2:
        yield pieces
        return
    for _, one in groupby(zip(items, pieces, strict=True), lambda pair: pair[0]):
        yield [piece for _, piece in one]


def _without_heading(blocks: list[Block]) -> list[Block]:
    """Return a section whose heading opens its first paragraph: a number wants another one beside it."""
    match blocks:
        case [Heading(text=text, origin=Drafted() as origin), Paragraph() as first, *rest]:
            opening = f"{text}。"
            end = len(opening)
            moved = (replace(one, begin=one.begin + end, end=one.end + end) for one in first.sentences)
            sentences = (Sentence(0, end, origin), *moved)
            return [replace(first, text=opening + first.text, sentences=sentences), *rest]
    return blocks


def _numbered(phrases: list[tuple[PlannedSlot, Chosen]]) -> list[_Piece]:
    """Return the phrases of a list with their texts, its items numbered if there are several."""
    numbers = numbers_in_list([slot for slot, _ in phrases])
    if not numbers:
        return [(slot, chosen, chosen.text) for slot, chosen in phrases]
    pieces: list[_Piece] = []
    for (slot, chosen), before, n, after in zip(
        phrases, [0, *numbers], numbers, [*numbers[1:], 0], strict=False
    ):
        mark = "" if n == before else f"{chinese_numeral(n)}是"
        end = "。" if not after else "，" if after == n else "；"
        text = undemanding(chosen.text) if mark else chosen.text
        pieces.append((slot, chosen, mark + (text if slot.apart else text.removesuffix("。") + end)))
    return pieces


def _joined(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Yield phrases with their texts; a sentence that the next phrase goes on with ends in its mark."""
    for (slot, chosen, text), following in zip_longest(pieces, pieces[1:]):
        joint = following[0].joined if following is not None and text.endswith("。") else ""
        yield slot, chosen, text.removesuffix("。") + joint if joint else text


def _clause_end(slot: PlannedSlot, following: PlannedSlot | None) -> str:
    if not slot.clause:
        return ""
    return "；" if following is not None and following.clause else "。"


def _origin(pieces: list[Chosen], text: str | None = None) -> Drafted:
    """The phrases, and those of their facts that stand in the text (counts and lists as such always)."""
    keys = [
        path for piece in pieces for path, value in piece.used if text is None or not value or value in text
    ]
    return Drafted(tuple(piece.id for piece in pieces), tuple(dict.fromkeys(keys)))


def _sentences(text: str, pieces: list[tuple[Chosen, str]]) -> Iterator[Sentence]:
    edges: list[tuple[int, int, Chosen]] = []
    position = 0
    for chosen, worded in pieces:
        edges.append((position, position + len(worded), chosen))
        position += len(worded)
    for begin, end in split_sentences(text):
        within = [chosen for first, last, chosen in edges if first < end and begin < last]
        yield Sentence(begin, end, _origin(within, text[begin:end]))
