"""Stations: where the outlines use a slot or a family of headings, and what is known there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from ..expressions import (
    Compares,
    Condition,
    Holds,
    Opaque,
    Path,
    atoms,
    condition,
    references,
    spoken,
)
from ..filters import TemplateError
from ..outline import AnyOf, Each, LineNode, Node, Outline, ParagraphNode, PartNode, SectionNode, Slot
from ..planning import LINK
from .vocabulary import ANYTHING, GIVEN, TEXT, Kind, Variables, variables_of

_COUNTED = ("首", "末", "序")
"""What every loop of an outline brings with it."""
_DEEPEST = 2
"""How often a part of an outline is gone into within itself."""
_EXPRESSION = re.compile(r"\{\{\s*(.*?)\s*\}\}")


class Form(StrEnum):
    """What stands in a slot, which decides how it ends."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    LINK = "link"
    LINE = "line"
    HEADING = "heading"


@dataclass(frozen=True)
class Station:
    """One use of a slot, or of a role of a family of headings."""

    name: str
    form: Form
    least: int
    genre: str
    variables: Variables
    conditions: tuple[Condition, ...]
    """What holds of the facts wherever the outline comes here."""
    role: str = ""
    pattern: re.Pattern[str] | None = None
    """For a name that depends on facts that are not enumerated."""

    def is_for(self, name: str, role: str = "") -> bool:
        """Return whether the entries of a slot or family, and of a role, may stand here."""
        return self.role == role and (
            self.pattern.fullmatch(name) is not None if self.pattern else self.name == name
        )


@dataclass(frozen=True)
class _Here:
    variables: Variables
    conditions: tuple[Condition, ...] = ()
    parts: tuple[str, ...] = ()

    def given(self, source: str) -> "_Here":
        return replace(self, conditions=(*self.conditions, condition(source))) if source else self


def stations(outlines: Iterable[Outline], word_lists: Iterable[str] = ()) -> tuple[Station, ...]:
    """Return all uses of slots and families in the outlines. Raises `TemplateError`."""
    names = tuple(word_lists)
    return tuple(station for outline in outlines for station in _Walker(outline, names).stations())


@dataclass(frozen=True)
class _Walker:
    outline: Outline
    word_lists: tuple[str, ...]

    def stations(self) -> Iterator[Station]:
        here = _Here(variables_of(self.outline.source, self.word_lists))
        yield from self.slot(self.outline.title, here, Form.LINE)
        yield from self.nodes(self.outline.body, here)

    def nodes(self, nodes: Iterable[Node], here: _Here) -> Iterator[Station]:
        for node in nodes:
            if isinstance(node, Each):
                yield from self.nodes(node.parts, self.within(node, here))
            else:
                yield from self.node(node, here.given(node.when))

    def node(self, node: Node, here: _Here) -> Iterator[Station]:
        if isinstance(node, PartNode):
            if here.parts.count(node.name) < _DEEPEST:
                inner = replace(here, parts=(*here.parts, node.name))
                yield from self.nodes(self.outline.parts[node.name], inner)
        elif isinstance(node, AnyOf):
            yield from self.nodes(node.options, here)
        elif isinstance(node, SectionNode):
            if node.family:
                yield self.station(node.family, here, Form.HEADING, 0, node.role)
            yield from self.nodes(node.parts, here)
        elif isinstance(node, LineNode):
            yield from self.slot(node.slot, here, Form.LINE)
        elif isinstance(node, ParagraphNode):
            yield from self.slots(node.parts, here)

    def slots(self, parts: Iterable[Slot | Each], here: _Here) -> Iterator[Station]:
        for part in parts:
            if isinstance(part, Each):
                yield from self.slots(part.parts, self.within(part, here))
            else:
                yield from self.slot(part, here.given(part.when))

    def within(self, node: Each, here: _Here) -> _Here:
        """What is known of one element of the list that the node goes through."""
        source = tuple(node.source.split("."))
        listed = _kind_at(source, here.variables)
        if listed is None:
            raise TemplateError(f"大纲“{self.outline.genre}”：没有“{node.source}”这个变量")
        element = listed.element() if listed.many else ANYTHING
        bound = {node.name: element, "首": TEXT, "末": TEXT, "序": GIVEN}
        kept = [Holds(source), *here.conditions]
        # The names mean something else inside.
        hidden = {node.name, *_COUNTED}
        known = tuple(one for one in kept if hidden.isdisjoint(_heads(one)))
        return replace(here, variables={**here.variables, **bound}, conditions=known).given(node.when)

    def slot(self, slot: Slot, here: _Here, form: Form | None = None) -> Iterator[Station]:
        form = form or (Form.CLAUSE if slot.clause else Form.SENTENCE)
        paths = [reference.path for reference in references(slot.name)]
        kinds = {path: _kind_at(path, here.variables) or ANYTHING for path in paths}
        if not all(kind.words for kind in kinds.values()):
            pattern = re.compile(".+".join(map(re.escape, _EXPRESSION.split(slot.name)[::2])))
            yield replace(self.station(slot.name, here, form, slot.least), pattern=pattern)
            return
        for words in product(*(kind.words for kind in kinds.values())):
            told = dict(zip(paths, words, strict=True))
            name = _worded(slot.name, told)
            stated = tuple(Compares(path, "eq", (word,)) for path, word in told.items())
            inner = replace(here, conditions=(*here.conditions, *stated))
            yield self.station(name, inner, form, slot.least)

    def station(self, name: str, here: _Here, form: Form, least: int, role: str = "") -> Station:
        is_link = form is Form.SENTENCE and name.endswith(LINK)
        return Station(
            name,
            Form.LINK if is_link else form,
            least,
            self.outline.genre,
            here.variables,
            here.conditions,
            role,
        )


def _worded(name: str, told: Mapping[Path, str]) -> str:
    words = {spoken(path): word for path, word in told.items()}
    return _EXPRESSION.sub(lambda match: words[match[1]], name)


def _kind_at(path: Path, variables: Variables) -> Kind | None:
    kind = variables.get(path[0])
    return kind.at(path[1:]) if kind else None


def _heads(stated: Condition) -> set[str]:
    return {atom.path[0] for atom in atoms(stated) if not isinstance(atom, Opaque)}
