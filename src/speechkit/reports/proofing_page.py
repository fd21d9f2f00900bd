"""A proofreading as one HTML page: the texts with marks in place, and the findings beside them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..proofing.findings import Finding
from .proofing_records import LEVELS, RANK, ProofreadFile, Proofreading
from .selfcontained import selfcontained_page
from .wording import names, one_line, printable

MOST_FINDINGS = 5000
"""On the page, the worst of them; JSON has them all."""
_AROUND, _EXCERPT = 12, 48
_SPACES = str.maketrans("\r\n\f\t", "    ")


@dataclass(frozen=True, slots=True)
class _Row:
    """A finding in the list."""

    number: int
    """Counted from 1 over all files."""
    level: str
    level_name: str
    rule: str
    message: str
    before: str
    words: str
    after: str
    is_cut: bool
    replacement: str | None
    source: str
    line: int
    others: int
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a text that the same findings are about."""

    text: str
    numbers: str
    """Of the findings, the worst first, with a space between; empty where there are none."""
    first: int
    level: str
    anchors: tuple[int, ...]
    """Numbers of the findings that begin here."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A file on the page."""

    index: int
    name: str
    path: str
    characters: int
    counts: list[tuple[str, str, int]]
    """Level, its name, how many findings."""
    segments: list[_Segment]
    rows: list[_Row]


def proofing_page(result: Proofreading) -> str:
    """Return the findings as one HTML page that loads nothing and needs no script to be read.

    With scripts one can filter by level, rule, file and words, and go from finding to finding.
    """
    kept = _kept(result)
    parts = list(_parts(result, kept))
    rows = [row for part in parts for row in part.rows]
    levels, rules = Counter(row.level for row in rows), Counter(row.rule for row in rows)
    return selfcontained_page(
        "proofing",
        ["common.css"],
        parts=parts,
        total=len(result.files),
        clean=[one_line(file.path) for file in result.files if not file.findings],
        levels=[
            (str(level), name, levels[str(level)]) for level, name in LEVELS.items() if levels[str(level)]
        ],
        rules=sorted(rules.items(), key=lambda item: (-item[1], item[0])),
        hidden=sum(len(file.findings) for file in result.files) - len(rows),
        skipped=[(one_line(skipped.path), one_line(skipped.reason)) for skipped in result.skipped],
    )


def _kept(result: Proofreading) -> set[int]:
    """Return the identities of the findings that are shown."""
    ordered = sorted(result.findings, key=lambda finding: RANK[finding.severity])
    return {id(finding) for finding in ordered[:MOST_FINDINGS]}


def _parts(result: Proofreading, kept: set[int]) -> Iterator[_Part]:
    named = names(file.path for file in result.files)
    number = 1
    for index, file in enumerate(result.files):
        shown = [finding for finding in file.findings if id(finding) in kept]
        if file.findings:
            yield _Part(
                index,
                named[file.path],
                one_line(file.path),
                len(file.text),
                [
                    (str(level), name, file.counts[level])
                    for level, name in LEVELS.items()
                    if file.counts[level]
                ],
                list(_segments(file.text, shown, number)),
                [_row(file, finding, n) for n, finding in enumerate(shown, number)],
            )
        number += len(shown)


def _row(file: ProofreadFile, finding: Finding, number: int) -> _Row:
    told, text = finding.diagnostic, file.text
    begin, end = finding.span.begin, finding.span.end
    last = min(end, begin + _EXCERPT)
    line_begin = max(text.rfind("\n", 0, begin) + 1, begin - _AROUND)
    line_end = text.find("\n", end, end + _AROUND)
    return _Row(
        number=number,
        level=str(told.severity),
        level_name=LEVELS[told.severity],
        rule=one_line(told.rule),
        message=one_line(told.message),
        before=_plain(text[line_begin:begin]),
        words=_plain(text[begin:last]),
        after=_plain(text[end : line_end if line_end >= 0 else end + _AROUND]) if last == end else "",
        is_cut=last < end,
        replacement=_plain(told.replacement) if told.replacement is not None else None,
        source=one_line(finding.source),
        line=told.line,
        others=len(finding.others),
        is_certain=finding.is_certain,
    )


def _plain(text: str) -> str:
    return printable(text).translate(_SPACES)


def _segments(text: str, findings: Sequence[Finding], first: int) -> Iterator[_Segment]:
    """Yield the text cut where a finding begins or ends, each stretch with the findings it belongs to."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    anchors: dict[int, list[int]] = {}
    level: dict[int, str] = {}
    rank: dict[int, int] = {}
    for number, finding in enumerate(findings, first):
        level[number], rank[number] = str(finding.severity), RANK[finding.severity]
        for begin, end in ((finding.span.begin, finding.span.end), *finding.others):
            if begin >= end:
                # A gap has nothing to mark: the character beside it stands for it.
                begin, end = (begin, begin + 1) if begin < len(text) else (max(0, begin - 1), begin)
            opening.setdefault(begin, []).append(number)
            closing.setdefault(end, []).append(number)
        anchors.setdefault(min(finding.span.begin, max(0, len(text) - 1)), []).append(number)
    # A finding may touch itself, as 的的 does: it is open as often as it has begun.
    active: Counter[int] = Counter()
    cuts = sorted({0, len(text), *opening, *closing, *anchors})
    for begin, end in pairwise(cuts):
        active.subtract(closing.get(begin, ()))
        active.update(opening.get(begin, ()))
        active = +active
        numbers = sorted(active, key=lambda number: (rank[number], number))
        yield _Segment(
            printable(text[begin:end]),
            " ".join(map(str, numbers)),
            numbers[0] if numbers else 0,
            level[numbers[0]] if numbers else "",
            tuple(anchors.get(begin, ())),
        )
