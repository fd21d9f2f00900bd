"""A comparison as a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..formats.files import write_bytes
from ..reuse.records import Comparison, Match
from .errors import MissingLibraryError
from .shares import lengths, most_similar, shared_characters
from .wording import (
    KINDS,
    documents_of,
    excerpt,
    leftover_words,
    names,
    one_line,
    printable,
    strongest_first,
    swaps_words,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 100_000
"""Excel opens a million; nobody reads them."""
_EXCERPT = 200
_MOST_IN_CELL = 32_000
"""Characters; Excel refuses more than 32,767."""

_Cell = str | int | float
_Row = tuple[_Cell, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: int
    format: str = "General"
    wraps: bool = False


_COUNT, _SHARE, _BITS = "#,##0", "0%", "0.0"
_UNIT_COLUMNS = (
    _Column("材料", 34),
    _Column("字数", 9, _COUNT),
    _Column("自写", 8, _SHARE),
    _Column("雷同", 8, _SHARE),
    _Column("套话引用", 10, _SHARE),
    _Column("雷同处数", 10, _COUNT),
    _Column("最像的材料", 34),
    _Column("与它相同字数", 14, _COUNT),
    _Column("占本材料", 10, _SHARE),
    _Column("文件", 50),
)
_PASSAGE_COLUMNS = (
    _Column("序号", 7, _COUNT),
    _Column("种类", 7),
    _Column("材料甲", 26),
    _Column("甲起", 8, _COUNT),
    _Column("甲止", 8, _COUNT),
    _Column("材料乙", 26),
    _Column("乙起", 8, _COUNT),
    _Column("乙止", 8, _COUNT),
    _Column("字数", 8, _COUNT),
    _Column("吻合", 8, _SHARE),
    _Column("证据（比特）", 13, _BITS),
    _Column("把握", 8, _SHARE),
    _Column("甲原文", 60, wraps=True),
    _Column("乙原文", 60, wraps=True),
)
_FLAGGED_COLUMNS = (*_PASSAGE_COLUMNS, _Column("换了什么", 40, wraps=True), _Column("忘改", 40, wraps=True))
_LISTED_COLUMNS = (*_PASSAGE_COLUMNS, _Column("为什么不标", 40, wraps=True))
_SKIPPED_COLUMNS = (_Column("文件", 50), _Column("原因", 60, wraps=True))


def workbook(
    comparison: Comparison, texts: Mapping[str, str], path: Path, *, overwrite: bool = False
) -> None:
    """Write the comparison as an .xlsx file: a sheet for units, flagged passages, formula and skipped files.

    Raises MissingLibraryError without openpyxl, a FormatError where the file can't be written.
    """
    write_bytes(path, workbook_bytes(comparison, texts), overwrite=overwrite)


def workbook_bytes(comparison: Comparison, texts: Mapping[str, str]) -> bytes:
    """Return the content of the .xlsx file; raises MissingLibraryError without openpyxl."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingLibraryError("写.xlsx表格要用openpyxl，请先运行：pip install openpyxl") from error
    from io import BytesIO

    named = names(documents_of(comparison))
    matches = strongest_first(comparison.matches)
    flagged = [match for match in matches if match.flagged]
    listed = [match for match in matches if not match.flagged]
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    _fill(book.create_sheet("各单位"), _UNIT_COLUMNS, _units(comparison, texts, named))
    _fill(book.create_sheet("雷同段落"), _FLAGGED_COLUMNS, _flagged(flagged, texts, named))
    _fill(book.create_sheet("套话引用"), _LISTED_COLUMNS, _listed(listed, texts, named))
    if comparison.skipped:
        rows = ((one_line(skipped.path), one_line(skipped.reason)) for skipped in comparison.skipped)
        _fill(book.create_sheet("没有比较"), _SKIPPED_COLUMNS, rows)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _units(comparison: Comparison, texts: Mapping[str, str], named: Mapping[str, str]) -> Iterator[_Row]:
    shared = shared_characters(comparison)
    similar = most_similar(shared)
    sizes = lengths(comparison, texts)
    counts = _count_passages(comparison.flagged)
    for document in sorted(comparison.documents, key=lambda document: (-document.borrowed, document.id)):
        other, characters = similar.get(document.id, ("", 0))
        yield (
            named[document.id],
            document.characters,
            document.own,
            document.borrowed,
            document.formula,
            counts.get(document.id, 0),
            named.get(other, ""),
            characters,
            characters / max(1, sizes[document.id]),
            one_line(document.path),
        )


def _count_passages(matches: Iterable[Match]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for match in matches:
        for document in {match.a.document, match.b.document}:
            counts[document] = counts.get(document, 0) + 1
    return counts


def _flagged(matches: Sequence[Match], texts: Mapping[str, str], named: Mapping[str, str]) -> Iterator[_Row]:
    for number, match in enumerate(matches, 1):
        swaps = "\n".join(swaps_words(match.swaps))
        leftovers = "\n".join(leftover_words(leftover, named) for leftover in match.leftovers)
        yield (*_passage(number, match, texts, named), swaps, leftovers)


def _listed(matches: Sequence[Match], texts: Mapping[str, str], named: Mapping[str, str]) -> Iterator[_Row]:
    for number, match in enumerate(matches, 1):
        yield (*_passage(number, match, texts, named), one_line(match.reason))


def _passage(number: int, match: Match, texts: Mapping[str, str], named: Mapping[str, str]) -> _Row:
    a, b = match.a, match.b
    return (
        number,
        KINDS[match.kind],
        named[a.document],
        a.begin + 1,
        a.end,
        named[b.document],
        b.begin + 1,
        b.end,
        max(a.end - a.begin, b.end - b.begin),
        match.resemblance,
        match.evidence,
        match.confidence,
        excerpt(texts.get(a.document, ""), a, _EXCERPT),
        excerpt(texts.get(b.document, ""), b, _EXCERPT),
    )


def _fill(sheet: "Worksheet", columns: Sequence[_Column], rows: Iterable[_Row]) -> None:
    """Write the header and the rows; what a user's text begins with never makes it a formula."""
    from openpyxl.cell.cell import TYPE_STRING
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    for number, column in enumerate(columns, 1):
        head = sheet.cell(1, number, column.title)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="4A5568")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    last = 1
    for last, row in enumerate(rows, 2):
        if last > MOST_ROWS:
            sheet.cell(last, 1, f"表格到此为止，超过{MOST_ROWS}行的请看网页或JSON")
            break
        for number, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            cell = sheet.cell(last, number)
            if isinstance(value, str):
                cell.value = printable(value)[:_MOST_IN_CELL]
                cell.data_type = TYPE_STRING
                cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
            else:
                cell.value = value
                cell.number_format = column.format
            cell.alignment = wrapped if column.wraps else top
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
