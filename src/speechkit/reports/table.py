"""A comparison for the terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping

from ..reuse.records import Comparison, Match, Place
from ..tables import Table, tables_text
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
    return tables_text(summary, tables, width, color=color)


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


def _passages(comparison: Comparison, texts: Mapping[str, str], named: Mapping[str, str]) -> Table:
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
    columns = ("序号", "种类", "吻合", "两处", "内容")
    return Table("雷同段落", columns, rows, frozenset({0, 2}), note, is_spaced=True, unbroken=frozenset({1}))


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


def _documents(comparison: Comparison, named: Mapping[str, str]) -> Table:
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
    return Table("雷同最多的材料", columns, rows, frozenset({1, 2, 3, 4}), note)


def _clusters(comparison: Comparison, named: Mapping[str, str]) -> Table:
    rows = [
        (
            "、".join(named.get(document, printable(document)) for document in cluster.documents),
            named.get(cluster.source, printable(cluster.source)) or "看不出",
            one_line(cluster.reason),
        )
        for cluster in comparison.clusters
    ]
    return Table("互相雷同的材料", ("材料", "可能的出处", "依据"), rows)


def _skipped(comparison: Comparison) -> Table:
    rows = [(one_line(skipped.path), one_line(skipped.reason)) for skipped in comparison.skipped]
    return Table("没有比较的文件", ("文件", "原因"), rows)
