"""The texts of one meeting side by side: one name and post for a person, and no passage said twice."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from .findings import Hit
from .hosting import GENRE as HOST_SCRIPT
from .people import HAN, JOINERS, differs_by_one, words
from .text import Text

if TYPE_CHECKING:
    from .context import Context

SHORTEST_PASSAGE = 20
"""Characters that two speakers hardly say alike by chance."""
_FRESH = 12
"""Characters of them that don't stand in the meeting file: lists of units and people may be said by both."""
_PIECE = 4
"""Characters in a row that count as taken from the meeting file."""
_HAN = re.compile(f"[{HAN}\\d]")
_QUOTED = re.compile("《[^》\r\n]*》|“[^”\r\n]*”")

# A post may hold one of these itself (国有): what follows still tells it from another.
_JOINED = re.compile(f"[{JOINERS}了是的有]")


@dataclass(frozen=True, slots=True)
class _Held:
    """A person with a post, as a text has it."""

    file: str
    posts: frozenset[str]
    name: str
    begin: int
    end: int


def proofread_together(texts: Sequence[Text], context: "Context") -> dict[str, list[Hit]]:
    """Return what the texts of one meeting have that doesn't go together, by the file of the text.

    The texts must have files of their own. Passages are looked for between host scripts and speeches only,
    and what stands in the meeting file may be said by both.
    """
    hits: dict[str, list[Hit]] = {text.file: [] for text in texts}
    held = [one for text in texts for one in _held(text)]
    for file, hit in (*_posts(held), *_names(held)):
        hits[file].append(hit)
    given = _plain(context.meeting.model_dump_json())[0] if context.meeting else ""
    for script in texts:
        for speech in texts:
            if script.genre == HOST_SCRIPT and speech.genre == "讲话稿":
                hits[script.file] += _taken_over(script, speech, given)
    return hits


def _held(text: Text) -> Iterator[_Held]:
    """Yield the persons with posts of a text: 县委副书记、县长周立新."""
    surnames = "".join(words("常见姓"))
    after = rf"同志|[^{HAN}]|\Z|作[了的重]|讲话|主持|宣读|介绍|代表|表示|指出|强调|发言|汇报|准备"
    pattern = re.compile(rf"[记长任席理]([{surnames}][{HAN}]{{1,2}}?)(?={after})")
    for match in pattern.finditer(text.text):
        begin = match.start(1)
        run = re.search(rf"[{HAN}、]*\Z", text.text[max(begin - 30, 0) : begin])
        parts = (_JOINED.split(part)[-1] for part in (run[0] if run else "").split("、"))
        posts = [post for post in parts if post.endswith(words("职务尾"))]
        if posts:
            yield _Held(text.file, frozenset(posts), match[1], *match.span(1))


def _posts(held: Sequence[_Held]) -> Iterator[tuple[str, Hit]]:
    """Yield persons who have another post in another text."""
    by_name: dict[str, list[_Held]] = defaultdict(list)
    for one in held:
        by_name[one.name].append(one)
    for name, ones in by_name.items():
        if len(name) < 2:
            continue
        told: set[str] = set()
        for first, other in combinations(ones, 2):
            if first.file == other.file or other.file in told or _agree(first.posts, other.posts):
                continue
            told.add(other.file)
            values = {"别处": first.file, "职务": "、".join(sorted(first.posts)), "姓名": name}
            yield other.file, Hit("合看.职务不一", other.begin, other.end, None, values)


def _agree(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether some post of one is one of the other, with or without what stands before it."""
    return any(a.endswith(b) or b.endswith(a) for a in left for b in right)


def _names(held: Sequence[_Held]) -> Iterator[tuple[str, Hit]]:
    """Yield holders of one post whose names differ by one character between texts."""
    told: set[tuple[str, str]] = set()
    for first, other in combinations(held, 2):
        if first.file == other.file or (other.file, other.name) in told or len(other.name) < 3:
            continue
        if differs_by_one(first.name, other.name) and _agree(first.posts, other.posts):
            told.add((other.file, other.name))
            values = {"别处": first.file, "另一名": first.name}
            yield other.file, Hit("合看.姓名不一", other.begin, other.end, None, values)


def _taken_over(script: Text, speech: Text, given: str) -> Iterator[Hit]:
    """Yield the passages of a host script that stand in a speech word for word."""
    plain, places = _plain(script.text)
    other, _ = _plain(speech.text)
    size = SHORTEST_PASSAGE
    known = {other[n : n + size]: n for n in range(len(other) - size, -1, -1)}
    allowed, fresh = _allowed(script, places), _fresh(plain, given)
    begin = 0
    while begin <= len(plain) - size:
        start = known.get(plain[begin : begin + size])
        if start is None or begin in allowed or sum(fresh[begin : begin + size]) < _FRESH:
            begin += 1
            continue
        end, stop = begin + size, start + size
        while end < len(plain) and stop < len(other) and plain[end] == other[stop]:
            end, stop = end + 1, stop + 1
        span = (places[begin], places[end - 1] + 1)
        values = {"字数": str(end - begin), "别处": speech.file, "开头": other[start : start + 8]}
        yield Hit("合看.抢话", *span, None, values)
        begin = end


def _fresh(plain: str, given: str) -> list[bool]:
    """Return for each character whether it comes from elsewhere than the meeting file."""
    pieces = {given[n : n + _PIECE] for n in range(len(given) - _PIECE + 1)}
    fresh = [True] * len(plain)
    for n in range(len(plain) - _PIECE + 1):
        if plain[n : n + _PIECE] in pieces:
            fresh[n : n + _PIECE] = [False] * _PIECE
    return fresh


def _allowed(script: Text, places: Sequence[int]) -> frozenset[int]:
    """Return where titles and quotations stand, as numbers of the characters that count."""
    quoted = [match.span() for match in _QUOTED.finditer(script.text)]
    titles = [(line.begin, line.end) for line in script.lines[:3] if not line.text.endswith("。")]
    inside: set[int] = set()
    for low, high in (*quoted, *titles):
        inside |= {n for n, place in enumerate(places) if low - SHORTEST_PASSAGE < place < high}
    return frozenset(inside)


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the characters that count, and where each stands."""
    found = [(match[0], match.start()) for match in _HAN.finditer(text)]
    return "".join(char for char, _ in found), [place for _, place in found]
