"""Break a title into lines: a trapezium or a diamond, no word broken (GB/T 9704-2012 7.3.1)."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import ceil, comb

from ..segmentation import words

_MOST_LAYOUTS = 20_000
"""With more ways than this to set the lines, they are simply filled."""
_SHORTEST_LAST_LINE = 4
_LINE = 12.0
_HOURGLASS = 60.0
_RECTANGLE = 2.0
_ORPHAN = 200.0

_CLOSING = frozenset("，。、；：！？”’）》】〉…—·,.;:!?)]}%‰")
_OPENING = frozenset("“‘（《【〈([{")
_LEANS_BACK = frozenset(
    [
        *"的了着过上中下里内前后之会年月日号届次个项期者性化区县市省州乡镇村局委办厅部院校词稿组等",
        *("会上", "会议", "大会", "仪式", "论坛", "工作", "活动", "行动"),
    ]
)
_LEANS_FORWARD = frozenset(["关于", "对于", "以及", *"在向对于从把被为和与及或暨第全各该新大副原总本"])
_QUOTED = re.compile("《[^《》]*》|“[^“”]*”")
_TIME = re.compile("(?:[0-9]年|[0-9]月|半年|季度|年度)$")
_OCCASION = ("会", "会议", "大会", "仪式", "活动", "论坛", "行动")


_WESTERN_WORD = re.compile("[!-~]+")
_WESTERN_WIDTH = 0.65
_GAP = 0.5


def room(text: str) -> float:
    """Return the room a text may take, in full-width characters.

    Digits and letters of Times New Roman take half a character; those of a font in its place may take
    more, and some programs set a gap on both sides of them.
    """
    western = _WESTERN_WORD.findall(text)
    letters = sum(map(len, western))
    return len(text) - letters + letters * _WESTERN_WIDTH + len(western) * _GAP


def break_title(title: str, characters: int) -> list[str]:
    """Return the title in lines of at most `characters` full-width characters; they join to the title.

    Names in 《》 and “” stay whole where they fit; a line breaks before 暨 and after the name of an
    occasion rather than elsewhere. A single word that is too long makes a line that is too long.
    """
    if room(title) <= characters:
        return [title]
    atoms = list(_atoms(title, characters))
    fewest = ceil(room(title) / characters)
    for number in range(fewest, len(atoms) + 1):
        layouts = list(_layouts(atoms, number, characters))
        if layouts:
            # One line more pays where it lets a line begin with 暨.
            return min((*layouts, *_layouts(atoms, number + 1, characters)), key=_cost)
        if comb(len(atoms) - 1, number - 1) > _MOST_LAYOUTS:
            break
    return _fill(atoms, characters)


def _atoms(title: str, characters: int) -> Iterator[str]:
    """Yield the parts that are not broken: words with what leans on them."""
    atom = ""
    for part in _parts(title, characters):
        if atom and not _coheres(atom, part, characters):
            yield atom
            atom = ""
        atom += part
    yield atom


def _parts(title: str, characters: int) -> Iterator[str]:
    position = 0
    for match in _QUOTED.finditer(title):
        yield from words(title[position : match.start()])
        whole = room(match[0]) <= characters - 2
        yield from (match[0],) if whole else words(match[0])
        position = match.end()
    yield from words(title[position:])


def _coheres(atom: str, part: str, characters: int) -> bool:
    """Whether no line may end between what is there of an atom and the next part."""
    if atom[-1].isascii() and part[0].isascii() and not atom[-1].isspace():
        return True
    if part[0].isspace() or part[0] in _CLOSING or atom[-1] in _OPENING:
        return True
    if room(atom + part) > characters:
        return False
    leaning = part in _LEANS_BACK or atom in _LEANS_FORWARD or atom[-1].isdigit()
    return leaning or (atom[-1] in _LEANS_FORWARD and words(atom)[-1] in _LEANS_FORWARD)


def _layouts(atoms: Sequence[str], number: int, characters: int) -> Iterator[list[str]]:
    """Yield the ways to set the atoms in so many lines; none where there are too many to look at."""
    if comb(len(atoms) - 1, number - 1) > _MOST_LAYOUTS:
        return
    for breaks in combinations(range(1, len(atoms)), number - 1):
        lines = ["".join(atoms[begin:end]) for begin, end in pairwise((0, *breaks, len(atoms)))]
        if max(map(room, lines)) <= characters:
            yield lines


def _cost(lines: Sequence[str]) -> float:
    widths = [room(line) for line in lines]
    mean = sum(widths) / len(widths)
    cost = sum((w - mean) ** 2 for w in widths) / len(widths)
    cost += _LINE * len(lines)
    cost += _RECTANGLE if max(widths) - min(widths) < 1 else 0
    inner = zip(widths, widths[1:], widths[2:], strict=False)
    cost += _HOURGLASS * sum(left > middle < right for left, middle, right in inner)
    cost += _ORPHAN if widths[-1] < _SHORTEST_LAST_LINE else 0
    return cost + sum(_break_cost(before, after) for before, after in pairwise(lines))


def _break_cost(before: str, after: str) -> float:
    if after.startswith("暨"):
        return -25.0
    if before.endswith(_OCCASION) or _TIME.search(before):
        return -8.0
    if before[-1] in _CLOSING or after[0] in _OPENING:
        return -4.0
    return 0.0


def _fill(atoms: Sequence[str], characters: int) -> list[str]:
    lines = [""]
    for atom in atoms:
        if lines[-1] and room(lines[-1] + atom) > characters:
            lines.append("")
        lines[-1] += atom
    return lines
