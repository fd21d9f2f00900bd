"""A comparison for the terminal."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..reuse.records import Comparison, Match, Place
from .shares import most_similar, shared_characters
from .wording import (
    KINDS,
    documents_of,
    excerpt,
    leftover_words,
    names,
    one_line,
    percent,
    printable,
    strongest_first,
    swaps_words,
)

MOST_PASSAGES = 30
MOST_DOCUMENTS = 20
MOST_SWAPS = 6
_EXCERPT = 90


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: frozenset[int] = frozenset()
    """Columns that are set to the right."""
    note: str = ""
    is_spaced: bool = False
    """Whether rows have a blank line between them."""


def comparison_table(
    comparison: Comparison, texts: Mapping[str, str], width: int = 100, *, color: bool = False
) -> str:
    """Return the comparison as tables of `width` columns; `color` adds the escapes of a terminal.

    What is too much for a screen is counted and left to the other reports. Without the library rich the same
    is said in plain lines.
    """
    named = names(documents_of(comparison))
    summary = list(_summary(comparison))
    tables = [
        _passages(comparison, texts, named),
        _documents(comparison, named),
        _clusters(comparison, named),
        _skipped(comparison),
    ]
    tables = [table for table in tables if table.rows]
    try:
        return _rich(summary, tables, max(width, 40), color)
    except ImportError:
        return _plain(summary, tables)


def _summary(comparison: Comparison) -> Iterator[str]:
    found = len(comparison.flagged)
    yield f"比较了{len(comparison.documents)}份材料，标出{found}处雷同{_by_kind(comparison)}。"
    unflagged = Counter(KINDS[match.kind] for match in comparison.matches if not match.flagged)
    if unflagged:
        counted = "、".join(f"{kind}{count}处" for kind, count in unflagged.most_common())
        yield f"另有相同而不标的：{counted}。"
    forgotten = sum(len(match.leftovers) for match in comparison.flagged)
    if forgotten:
        yield f"其中忘改的名称{forgotten}处，请先看。"
    if comparison.skipped:
        yield f"有{len(comparison.skipped)}个文件没有比较，原因列在最后。"


def _by_kind(comparison: Comparison) -> str:
    counts = Counter(KINDS[match.kind] for match in comparison.flagged)
    return f"（{'、'.join(f'{kind}{count}' for kind, count in counts.most_common())}）" if counts else ""


def _passages(comparison: Comparison, texts: Mapping[str, str], named: Mapping[str, str]) -> _Table:
    flagged = strongest_first(comparison.flagged)
    rows = [
        (
            str(number),
            KINDS[match.kind],
            percent(match.resemblance),
            f"{_where(match.a, named)}\n{_where(match.b, named)}",
            "\n".join(_content(match, texts, named)),
        )
        for number, match in enumerate(flagged[:MOST_PASSAGES], 1)
    ]
    rest = len(flagged) - len(rows)
    note = f"还有{rest}处没有列出，全部的见网页或表格。" if rest else ""
    return _Table("雷同段落", ("序号", "种类", "吻合", "两处", "内容"), rows, frozenset({0, 2}), note, True)


def _where(place: Place, named: Mapping[str, str]) -> str:
    return f"{named[place.document]} 第{place.begin + 1}—{place.end}字"


def _content(match: Match, texts: Mapping[str, str], named: Mapping[str, str]) -> Iterator[str]:
    yield excerpt(texts.get(match.a.document, ""), match.a, _EXCERPT)
    swaps = swaps_words(match.swaps)
    if swaps:
        more = f"等{len(swaps)}种" if len(swaps) > MOST_SWAPS else ""
        yield f"换了：{'；'.join(swaps[:MOST_SWAPS])}{more}"
    for leftover in match.leftovers:
        yield f"忘改：{leftover_words(leftover, named)}"


def _documents(comparison: Comparison, named: Mapping[str, str]) -> _Table:
    similar = most_similar(shared_characters(comparison))
    ordered = sorted(comparison.documents, key=lambda document: (-document.borrowed, document.id))
    touched = [document for document in ordered if document.borrowed]
    rows = [
        (
            named[d.id],
            str(d.characters),
            percent(d.own),
            percent(d.borrowed),
            percent(d.formula),
            named[similar[d.id][0]] if d.id in similar else "",
        )
        for d in touched[:MOST_DOCUMENTS]
    ]
    rest = len(touched) - len(rows)
    note = f"还有{rest}份有雷同的没有列出。" if rest else ""
    columns = ("材料", "字数", "自写", "雷同", "套话", "最像")
    return _Table("雷同最多的材料", columns, rows, frozenset({1, 2, 3, 4}), note)


def _clusters(comparison: Comparison, named: Mapping[str, str]) -> _Table:
    rows = [
        (
            "、".join(named.get(document, printable(document)) for document in cluster.documents),
            named.get(cluster.source, printable(cluster.source)) or "看不出",
            one_line(cluster.reason),
        )
        for cluster in comparison.clusters
    ]
    return _Table("互相雷同的材料", ("材料", "可能的出处", "依据"), rows)


def _skipped(comparison: Comparison) -> _Table:
    rows = [(one_line(skipped.path), one_line(skipped.reason)) for skipped in comparison.skipped]
    return _Table("没有比较的文件", ("文件", "原因"), rows)


def _rich(summary: list[str], tables: list[_Table], width: int, color: bool) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    target = io.StringIO()
    console = Console(
        file=target,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        _environ={},
    )
    for line in summary:
        console.print(Text(line))
    for table in tables:
        drawn = Table(
            title=Text(table.title, style="bold"),
            title_justify="left",
            caption=Text(table.note) if table.note else None,
            caption_justify="left",
            box=box.SIMPLE_HEAD,
            show_lines=False,
            leading=int(table.is_spaced),
        )
        for number, column in enumerate(table.columns):
            is_number = number in table.numbers
            drawn.add_column(
                column,
                justify="right" if is_number else "left",
                no_wrap=is_number or column == "种类",
                overflow="fold",
            )
        for row in table.rows:
            drawn.add_row(*map(Text, row))
        console.print()
        console.print(drawn)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"


def _plain(summary: list[str], tables: list[_Table]) -> str:
    lines = [*summary]
    for table in tables:
        lines += ["", f"{table.title}（{'，'.join(table.columns)}）"]
        for row in table.rows:
            first, *others = "  ".join(cell for cell in row if cell).split("\n")
            lines += [f"  {first}", *(f"      {other}" for other in others)]
        lines += [table.note] if table.note else []
    return "\n".join(lines) + "\n"
