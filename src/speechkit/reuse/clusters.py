"""Clusters: which materials flagged passages tie together, and which of them is likely the source."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..numerals import parse_chinese_numeral
from .records import Cluster, Document, Match, Material, Place

RELATED = 0.25
"""Two groups are one where what ties them is at least this share of the strongest tie within either."""
_NUMERALS = "〇一二三四五六七八九"
_MONTH_OR_DAY = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE_LINE = re.compile(
    r"^[ \t\u3000（(]*(\d{4}|[一二][〇零○一二三四五六七八九]{3})年"
    rf"(?:{_MONTH_OR_DAY}月(?:{_MONTH_OR_DAY}日)?)?[ \t\u3000）)]*$",
    re.MULTILINE,
)

Ties = dict[tuple[str, str], float]


def cluster(
    documents: Sequence[Document], matches: Sequence[Match], materials: Sequence[Material]
) -> tuple[Cluster, ...]:
    """Return the groups of materials that flagged passages tie together, the largest first.

    A tie weighs what share of the shorter text the shared passages are. Ties are taken from the strongest
    down, and two groups are joined only by one that is comparable to those within them (the criterion of
    Felzenszwalb and Huttenlocher 2004), so that one short passage doesn't make one cluster of two sets of
    full copies; a single text joins the group that it shares most with. `documents` gives the order.
    """
    flagged = [m for m in matches if m.flagged and m.a.document != m.b.document]
    lengths = {material.id: len(material.text) for material in materials}
    ties = _ties(flagged, lengths)
    known = {material.id: material for material in materials}
    order = {id_: n for n, id_ in enumerate([*(d.id for d in documents), *known])}
    groups = sorted(
        (sorted(group, key=lambda id_: order.get(id_, len(order))) for group in _groups(ties)),
        key=lambda group: (-len(group), order.get(group[0], len(order))),
    )
    return tuple(_cluster(group, flagged, ties, known) for group in groups)


def _ties(matches: Iterable[Match], lengths: Mapping[str, int]) -> Ties:
    """For each pair of texts the share of the shorter one that flagged passages cover."""
    places: dict[tuple[str, str], tuple[list[Place], list[Place]]] = defaultdict(lambda: ([], []))
    for match in matches:
        first, second = sorted((match.a, match.b), key=lambda place: place.document)
        sides = places[first.document, second.document]
        sides[0].append(first)
        sides[1].append(second)
    ties = {}
    for pair, sides in places.items():
        side = 0 if lengths[pair[0]] <= lengths[pair[1]] else 1
        ties[pair] = _covered(sides[side]) / max(lengths[pair[side]], 1)
    return ties


def _covered(places: Iterable[Place]) -> int:
    total = reach = 0
    for place in sorted(places, key=lambda place: place.begin):
        total += max(0, place.end - max(place.begin, reach))
        reach = max(reach, place.end)
    return total


def _groups(ties: Ties) -> list[set[str]]:
    group = {id_: {id_} for pair in ties for id_ in pair}
    strongest: dict[str, float] = {}
    for (a, b), weight in sorted(ties.items(), key=lambda tie: (-tie[1], tie[0])):
        ours, theirs = group[a], group[b]
        if ours is theirs:
            continue
        # The strongest tie of a group is known by any of its members; a single text has none.
        inner = min(strongest.get(a, 0.0), strongest.get(b, 0.0))
        if inner and weight < RELATED * max(strongest[a], strongest[b]):
            continue
        ours |= theirs
        top = max(weight, strongest.get(a, 0.0), strongest.get(b, 0.0))
        for id_ in ours:
            group[id_], strongest[id_] = ours, top
    return [set(members) for members in {id(g): g for g in group.values()}.values()]


def _cluster(
    group: Sequence[str], matches: Sequence[Match], ties: Ties, known: Mapping[str, Material]
) -> Cluster:
    members = set(group)
    inner = [m for m in matches if m.a.document in members and m.b.document in members]
    source, reason = _source(group, inner, ties, known)
    return Cluster(tuple(group), source, reason)


def _source(
    group: Sequence[str], matches: Sequence[Match], ties: Ties, known: Mapping[str, Material]
) -> tuple[str, str]:
    """The likely source and why: by forgotten names first, then by dates, then by who shares with whom."""
    clues = (
        _by_leftovers(matches),
        _by_dates({id_: _text_date(known[id_].text) for id_ in group}, "文中落款日期{date}最早"),
        _by_dates({id_: known[id_].created for id_ in group}, "文件创建日期{date}最早"),
        _by_dates({id_: known[id_].modified for id_ in group}, "文件修改日期{date}最早"),
        _by_centre(group, ties),
    )
    told = [clue for clue in clues if clue]
    if not told:
        return "", ""
    source = told[0][0]
    return source, "；".join(reason for id_, reason in told if id_ == source)


def _by_leftovers(matches: Iterable[Match]) -> tuple[str, str] | None:
    """The text whose names stand, forgotten, in others, while none of theirs stand in it."""
    owners: dict[str, Counter[str]] = defaultdict(Counter)
    copies = set()
    for match in matches:
        for leftover in match.leftovers:
            owners[leftover.belongs_to][leftover.text] += 1
            copies.add(leftover.document)
    candidates = [owner for owner in owners if owner not in copies]
    if len(candidates) != 1:
        return None
    names = "、".join(sorted(owners[candidates[0]]))
    return candidates[0], f"别的材料里留着它的名称“{names}”没有改"


def _by_dates(dates: Mapping[str, str], reason: str) -> tuple[str, str] | None:
    """The text dated before all others; no text may lack its date, and the first two must differ."""
    ordered = sorted(dates.items(), key=lambda item: item[1])
    if any(not date for date in dates.values()) or len(ordered) < 2:
        return None
    (source, first), (_, second) = ordered[:2]
    # 2025 is not before 2025-03-01: of what is known of both, something has to differ.
    known = min(len(first), len(second))
    return (source, reason.format(date=first)) if first[:known] < second[:known] else None


def _text_date(text: str) -> str:
    """The date that stands on a line of its own, the last of them, as ISO date or its first parts."""
    lines = _DATE_LINE.findall(text)
    if not lines:
        return ""
    year, *rest = lines[-1]
    digits = "".join(char if char.isdigit() else str(max(_NUMERALS.find(char), 0)) for char in year)
    return "-".join([f"{int(digits)}", *(f"{_number(part):02}" for part in rest if part)])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else parse_chinese_numeral(text) or 0


def _by_centre(group: Sequence[str], ties: Ties) -> tuple[str, str] | None:
    """Of three or more, the only text that shares with every other."""
    if len(group) < 3:
        return None
    partners: dict[str, set[str]] = defaultdict(set)
    members = set(group)
    for a, b in ties:
        if {a, b} <= members:
            partners[a].add(b)
            partners[b].add(a)
    centres = [id_ for id_ in group if len(partners[id_]) == len(group) - 1]
    if len(centres) != 1:
        return None
    return centres[0], f"其余{len(group) - 1}份材料都与它有相同段落，彼此之间不全有"
