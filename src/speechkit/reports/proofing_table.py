"""A proofreading for the terminal."""

from collections import Counter
from collections.abc import Iterator

from ..proofing.aloud import minutes_by_section
from ..proofing.findings import Finding
from ..proofing.text import Text
from ..tables import Table, tables_text
from .proofing_records import LEVELS, RANK, ProofreadFile, Proofreading, counted, others_words
from .wording import one_line

MOST_FINDINGS = 80
"""Of one file on a screen, the worst of them; the other reports have them all."""
MOST_SECTIONS = 12
_READ_ALOUD = ("讲话稿", "主持词", "汇报材料")
_MOST_RULES, _MOST_OTHERS = 10, 3


def proofing_table(result: Proofreading, width: int = 100, *, color: bool = False) -> str:
    """Return the findings as tables of `width` columns, one for each file, in the order of the text.

    Without the library rich the same is said in plain lines.
    """
    tables = [table for file in result.files for table in (_findings(file), _minutes(file))]
    tables += [_rules(result), _skipped(result)]
    return tables_text(list(_summary(result)), tables, width, color=color)


def _summary(result: Proofreading) -> Iterator[str]:
    found = counted(result.findings)
    yield f"校对了{len(result.files)}份文稿，{found or '没有发现问题'}。"
    clean = [file for file in result.files if not file.findings]
    if clean and found:
        yield f"其中{len(clean)}份没有发现问题。"
    certain = sum(finding.is_certain for finding in result.findings)
    if certain:
        yield f"有{certain}处可以用--fix直接改好。"
    if result.skipped:
        yield f"有{len(result.skipped)}个文件没有校对，原因列在最后。"


def _findings(file: ProofreadFile) -> Table:
    worst = sorted(file.findings, key=lambda finding: RANK[finding.severity])[:MOST_FINDINGS]
    shown = sorted(worst, key=lambda finding: (finding.span.begin, finding.span.end))
    rest = len(file.findings) - len(shown)
    note = f"还有{rest}处没有列出，全部的见网页或JSON。" if rest else ""
    title = f"{one_line(file.path)}：{counted(file.findings)}"
    columns = ("行", "级别", "原文", "问题", "规则")
    return Table(
        title,
        columns,
        [_row(finding, file.text) for finding in shown],
        frozenset({0}),
        note,
        False,
        frozenset({1}),
    )


def _row(finding: Finding, text: str) -> tuple[str, ...]:
    told = finding.diagnostic
    more = others_words(finding, text, _MOST_OTHERS)
    return (
        str(told.line or ""),
        LEVELS[told.severity],
        one_line(finding.excerpt),
        one_line(told.message) + (f"（{more}）" if more else ""),
        one_line(told.rule),
    )


def _minutes(file: ProofreadFile) -> Table:
    """How long the sections take to read aloud; nothing of what nobody reads aloud."""
    sections = minutes_by_section(Text(file.text, file.path)) if file.genre in _READ_ALOUD else []
    total = sum(minutes for _, minutes in sections)
    rows = [(one_line(name) or "开头", f"{minutes:.1f}") for name, minutes in sections[:MOST_SECTIONS]]
    rest = len(sections) - len(rows)
    title = f"{one_line(file.path)}：念下来约{max(1, round(total))}分钟"
    note = f"还有{rest}节没有列出。" if rest else ""
    return Table(title, ("节", "分钟"), rows, frozenset({1}), note)


def _rules(result: Proofreading) -> Table:
    """The rules that found most, where many found something: what to switch off or to mind."""
    counts = Counter(finding.diagnostic.rule for finding in result.findings)
    rows = [(one_line(rule), str(count)) for rule, count in counts.most_common(_MOST_RULES)]
    return Table("报得最多的规则", ("规则", "处"), rows if len(counts) > 1 else [], frozenset({1}))


def _skipped(result: Proofreading) -> Table:
    rows = [(one_line(skipped.path), one_line(skipped.reason)) for skipped in result.skipped]
    return Table("没有校对的文件", ("文件", "原因"), rows)
