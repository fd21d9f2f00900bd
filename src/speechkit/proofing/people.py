"""The people of a meeting as a text may name them: full names, posts, forms of address, rank."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ..meeting import AgendaItem, Meeting, Person
from ..resources import resource_folder
from ..yamlfile import load_yaml
from .lexicon import trie_pattern
from .text import Text

HAN = r"\u3400-\u9fff"
_RUN = re.compile(rf"[{HAN}、 \u3000]*\Z")
_LONGEST_RUN = 40
"""Characters before a name that can still be the post."""
JOINERS = "请由和与及向对让跟同"
"""What may stand right before a post or a name and is no part of it."""
_LINKS = f"{JOINERS}，、是"
_AFTER_SHORT = re.compile(rf"同志|[^{HAN}]|\Z|[、等作为在就代主宣讲发说分带准]|先后|出席|参加|传达|通报")


@lru_cache(maxsize=1)
def name_data() -> Mapping[str, Any]:
    """Return the words about names: titles, surnames, renamed units."""
    data: Mapping[str, Any] = load_yaml(resource_folder("templates") / "proofing" / "names.yaml").data
    return data


@lru_cache(maxsize=8)
def words(key: str) -> tuple[str, ...]:
    """Return the words of a group of the data."""
    return tuple(word.strip() for word in name_data()[key].split("、") if word.strip())


@dataclass(frozen=True)
class Member:
    """A person of the meeting file who has a name."""

    name: str
    post: str
    address: str
    rank: int
    is_guest: bool

    @cached_property
    def posts(self) -> tuple[str, ...]:
        """The whole post and its parts."""
        return tuple(dict.fromkeys(p for p in (self.post, *self.post.split("、")) if p))

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Forms of address, such as 周县长."""
        tails = [t for t in words("称呼") if any(part.endswith(t) for part in self.posts)]
        short = {self.name[:n] + tail for tail in tails for n in (1, 2) if len(self.name) > n}
        return frozenset(short | ({self.address} if self.address else set()))


@dataclass(frozen=True, slots=True)
class Mention:
    """A full name in a text: `text[begin:end]`, and what stands right before it and may be the post."""

    member: Member
    begin: int
    end: int
    run: str


@dataclass(frozen=True)
class Roster:
    """The people of a meeting."""

    members: tuple[Member, ...]

    @cached_property
    def owners(self) -> Mapping[str, tuple[Member, ...]]:
        """Who holds a post, for every post and part of one."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            for post in member.posts:
                found[post].append(member)
        return {post: tuple(members) for post, members in found.items()}

    @cached_property
    def names(self) -> Mapping[str, Member]:
        """The members by name."""
        return {member.name: member for member in self.members}

    @cached_property
    def named(self) -> re.Pattern[str]:
        """A pattern of all names."""
        return re.compile(trie_pattern(self.names) or r"(?!)")

    @cached_property
    def tailed(self) -> re.Pattern[str]:
        """What a post can end in."""
        return re.compile(f"(?:{'|'.join(words('职务尾'))})\\s*\\Z")

    def mentions(self, text: Text) -> Iterator[Mention]:
        """Yield the full names in a text; short ones only where they can't be part of other words."""
        for match in self.named.finditer(text.text):
            begin, end = match.span()
            line = text.line_at(begin)
            low = max(line.begin if line else 0, begin - _LONGEST_RUN)
            before = text.text[low:begin]
            after_post = before.endswith(tuple(self.owners))
            if len(match[0]) > 2 or after_post or self._is_name(before, text.text, end):
                found = _RUN.search(before)
                yield Mention(self.names[match[0]], begin, end, found[0].rstrip() if found else "")

    def _is_name(self, before: str, text: str, end: int) -> bool:
        if not _AFTER_SHORT.match(text, end):
            return False
        return (
            not before or not _is_han(before[-1]) or before[-1] in _LINKS or bool(self.tailed.search(before))
        )


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def roster_of(meeting: Meeting) -> Roster:
    """Return the people of a meeting who have names, with ranks counted from 1."""
    people = [person for person in meeting.people if person.name]
    return Roster(tuple(_member(person, n) for n, person in enumerate(people, 1)))


def _member(person: Person, number: int) -> Member:
    post = person.post
    if person.unit and not post.startswith(person.unit):
        post = person.unit + post
    return Member(person.name, post, person.address, person.rank or number, person.guest)


def agenda_leaves(items: Iterable[AgendaItem]) -> Iterator[AgendaItem]:
    """Yield the items of an agenda that are called, steps in place of what they are steps of."""
    for item in items:
        if item.arrangement is None:
            if item.steps:
                yield from agenda_leaves(item.steps)
            else:
                yield item


def order_of_calls(meeting: Meeting) -> list[str]:
    """Return the names of those who come up in the agenda, in its order."""
    references: list[str] = []
    for item in agenda_leaves(meeting.agenda):
        references += [document.speaker for document in item.documents]
        references += [turn.speaker for turn in item.turns]
        references += [name for batch in item.batches for name in batch.presenters]
        references += [*item.guests, *item.unveilers, item.speaker, item.counterpart]
    people = [meeting.person(reference) for reference in references]
    return [person.name for person in people if person and person.name]


def differs_by_one(left: str, right: str) -> bool:
    """Return whether two texts of one length differ in exactly one character."""
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1
