"""Document planning: an outline over the facts of one document gives the plan of its parts."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .errors import SpeechkitError
from .facts import Mention, Noted, View, path_of
from .filters import MISSING, Count, TemplateError, words_of
from .outline import AnyOf, Each, LineNode, Node, Outline, ParagraphNode, PartNode, SectionNode, Slot
from .plain import lookup
from .staging import Stage
from .templating import holds, render

Scope = Mapping[str, Any]
MAX_PART_DEPTH = 12
ABOUT = "所述"
"""The variable that holds what a place is about, in the words of the meeting file."""
NUMBERED = "列举"
"""The variable that is true where phrases are numbered: nothing there may open with 首先 or 同时."""
LINK = ".引"
"""What the names of slots end in that lead to what follows and end with a comma or a colon."""


class PlanningError(SpeechkitError):
    """An outline that can't be laid over the facts: an unknown variable, or a part that holds itself."""


@dataclass(frozen=True, eq=False)
class PlannedSlot:
    """A slot with the facts in reach; `path` names it and stays when other slots come or go."""

    name: str
    least: int
    most: int
    clause: bool
    scope: Scope = field(repr=False)
    path: str
    told: tuple[str, ...] = ()
    """Paths of facts: where other phrases of the section tell them all, nothing need stand here."""
    listed: str = ""
    """The list in which its phrases are numbered in one sentence, with those of its neighbours in a loop."""
    item: str = ""
    """The item of the list that it belongs to in a loop, where what is said of one element has one number."""
    apart: bool = False
    """What is numbered are sentences of their own."""
    pertinent: bool = False
    """Only for phrases made for what this place is about."""
    joined: str = ""
    """Its phrase goes on with the sentence before it."""
    topical: bool = False
    """Phrases of the meeting's own topic come before general ones."""

    @property
    def about(self) -> str:
        """What the meeting file says of what this place is about: an element of a list, or all the data."""
        return str(self.scope.get(ABOUT, ""))

    @property
    def is_link(self) -> bool:
        """Whether a connective may stand here, where there is something on both sides."""
        return self.least == 0 and self.name.endswith(LINK)


@dataclass(frozen=True, eq=False)
class PlannedParagraph:
    """段."""

    slots: tuple[PlannedSlot, ...]
    call: bool


@dataclass(frozen=True, eq=False)
class PlannedLine:
    """称呼 or 提示."""

    kind: str
    slot: PlannedSlot


@dataclass(frozen=True, eq=False)
class PlannedSection:
    """节; `own` is the heading the writer gave, `family` where one is to be chosen else."""

    role: str
    level: int
    family: str
    own: str
    own_key: str
    """Where the writer's heading stands in the meeting file."""
    scope: Scope = field(repr=False)
    blocks: tuple["PlannedBlock", ...]


PlannedBlock = PlannedParagraph | PlannedLine | PlannedSection


@dataclass(frozen=True, eq=False)
class Plan:
    """All parts of one document in order, not yet worded."""

    title: PlannedSlot
    date: str
    byline: Mention | None
    signatory: str
    blocks: tuple[PlannedBlock, ...]

    def paragraphs(self) -> Iterator[PlannedParagraph]:
        """Yield all paragraphs in order."""
        return (block for block in walk(self.blocks) if isinstance(block, PlannedParagraph))

    def sections(self) -> Iterator[PlannedSection]:
        """Yield all sections in order, outer before inner."""
        return (block for block in walk(self.blocks) if isinstance(block, PlannedSection))

    def slots(self) -> Iterator[PlannedSlot]:
        """Yield all slots in order, the title's first."""
        yield self.title
        yield from slots_of(self.blocks)


def walk(blocks: tuple[PlannedBlock, ...]) -> Iterator[PlannedBlock]:
    """Yield blocks and all blocks within them, in order."""
    for block in blocks:
        yield block
        if isinstance(block, PlannedSection):
            yield from walk(block.blocks)


def numbers_in_list(said: Sequence[PlannedSlot]) -> list[int]:
    """Return the number of each phrase of a list, given the slot of each; none where there is one item only.

    Phrases of one item, which a loop says of one element, have one number.
    """
    items = [slot.item or str(n) for n, slot in enumerate(said)]
    order = {item: n for n, item in enumerate(dict.fromkeys(items), 1)}
    return [order[item] for item in items] if len(order) > 1 and said[0].listed else []


def slots_of(blocks: tuple[PlannedBlock, ...]) -> Iterator[PlannedSlot]:
    """Yield the slots of blocks and of all blocks within them, in order."""
    for block in walk(blocks):
        if isinstance(block, PlannedParagraph):
            yield from block.slots
        elif isinstance(block, PlannedLine):
            yield block.slot


def plan(outline: Outline, stage: Stage, seed: str = "") -> Plan:
    """Return the plan of one document; `seed` decides where the outline leaves a choice (任选).

    Raises `PlanningError` where the outline names what doesn't exist.
    """
    try:
        scope = {**stage.scope, "首": True, "末": True, "序": 1, NUMBERED: False, ABOUT: stage.told}
        scope["点数"] = Count(_first_level(outline, scope))
        planner = _Planner(outline, seed)
        byline = _text_at(outline.byline, scope)
        return Plan(
            title=planner.slot(outline.title, scope, ""),
            date=str(_text_at(outline.date, scope) or ""),
            byline=byline if isinstance(byline, Mention) else None,
            signatory=str(_text_at(outline.signatory, scope) or ""),
            blocks=tuple(planner.blocks(outline.body, scope, "", 0)),
        )
    except TemplateError as error:
        raise PlanningError(f"大纲“{outline.genre}”：{error}") from None


def _first_level(outline: Outline, scope: Scope) -> int:
    """How many points the speech announces: its sections of the first level."""
    sections = (node for node in outline.body if isinstance(node, SectionNode) and node.level == 1)
    return sum(holds(section.when, scope) for section in sections)


def _text_at(path: str, scope: Scope) -> Any:
    value = lookup(path, scope) if path else MISSING
    return None if value is MISSING else value


@dataclass(frozen=True)
class _Planner:
    outline: Outline
    seed: str
    taken: dict[AnyOf, list[Node]] = field(default_factory=dict)
    """What was chosen so far at each choice."""

    def blocks(self, nodes: tuple[Node, ...], scope: Scope, path: str, depth: int) -> Iterator[PlannedBlock]:
        if depth > MAX_PART_DEPTH:
            raise PlanningError(f"大纲“{self.outline.genre}”：部件套得太深，可能引用了自己")
        for n, node in enumerate(nodes):
            here = f"{path}/{n}"
            if isinstance(node, Each):
                for key, inner in self.elements(node, scope):
                    yield from self.blocks(node.parts, inner, f"{here}[{key}]", depth + 1)
            elif not holds(node.when, scope):
                continue
            elif isinstance(node, PartNode):
                yield from self.blocks(self.outline.parts[node.name], scope, here, depth + 1)
            elif isinstance(node, SectionNode):
                yield self.section(node, scope, here, depth)
            elif isinstance(node, AnyOf):
                yield from self.blocks(self.one_of(node, scope), scope, here, depth + 1)
            else:
                yield from self.leaf(node, scope, here)

    def one_of(self, node: AnyOf, scope: Scope) -> tuple[Node, ...]:
        """Return the option whose turn it is: the one taken least often so far, by lots among equals."""
        taken = self.taken.setdefault(node, [])
        options = [option for option in node.options if holds(option.when, scope)]
        if not options:
            return ()
        times = Counter(taken)
        fresh = [option for option in options if option not in taken[-1:]] or options
        fewest = min(times[option] for option in fresh)
        rng = random.Random(f"{self.seed}/{len(self.taken)}/{len(taken)}")
        taken.append(rng.choice([option for option in fresh if times[option] == fewest]))
        return (taken[-1],)

    def leaf(self, node: ParagraphNode | LineNode, scope: Scope, path: str) -> Iterator[PlannedBlock]:
        if isinstance(node, LineNode):
            yield PlannedLine(node.kind, self.slot(node.slot, scope, path))
            return
        slots = tuple(self.slots(node.parts, scope, path))
        if slots:
            yield PlannedParagraph(slots, node.call)

    def section(self, node: SectionNode, scope: Scope, path: str, depth: int) -> PlannedSection:
        own = _text_at(node.own, scope)
        blocks = tuple(self.blocks(node.parts, scope, path, depth))
        return PlannedSection(
            node.role, node.level, node.family, str(own or ""), getattr(own, "path", ""), scope, blocks
        )

    def slots(
        self, parts: tuple[Slot | Each, ...], scope: Scope, path: str, item: str = ""
    ) -> Iterator[PlannedSlot]:
        for n, part in enumerate(parts):
            here = f"{path}.{n}"
            if isinstance(part, Each):
                for key, inner in self.elements(part, scope):
                    element = f"{here}[{key}]"
                    yield from self.slots(part.parts, inner, element, item or element)
            elif holds(part.when, scope):
                yield self.slot(part, scope, here, item)

    def slot(self, slot: Slot, scope: Scope, path: str, item: str = "") -> PlannedSlot:
        told = tuple(path_of(value) for name in slot.told if (value := lookup(name, scope)) is not MISSING)
        name = render(slot.name, scope)
        if slot.about:
            scope = {**scope, ABOUT: words_of(lookup(slot.about, scope))}
        if slot.listed:
            scope = {**scope, NUMBERED: True}
        return PlannedSlot(
            name,
            slot.least,
            slot.most,
            slot.clause,
            scope,
            path,
            told,
            (item.rpartition("[")[0] or path) if slot.listed else "",
            item if slot.listed else "",
            slot.apart,
            slot.pertinent,
            slot.joined,
            slot.topical,
        )

    def elements(self, node: Each, scope: Scope) -> Iterator[tuple[int, Scope]]:
        listed = lookup(node.source, scope)
        kept = [value for value in listed if holds(node.when, {**scope, node.name: value})]
        for n, value in enumerate(kept):
            place = {"首": n == 0, "末": n == len(kept) - 1, "序": n + 1}
            about = {ABOUT: words_of(value)} if isinstance(value, View | Noted) else {}
            yield n, {**scope, node.name: value, **place, **about}
