"""Tables for the terminal: drawn by the library rich where it is installed, else in plain lines."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

_LEAST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title; lines of a cell are parted by line breaks."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: frozenset[int] = frozenset()
    """Columns that are set to the right."""
    note: str = ""
    is_spaced: bool = False
    """Whether rows have a blank line between them."""
    unbroken: frozenset[int] = frozenset()
    """Columns that are never folded, beside those of numbers."""


def tables_text(
    summary: Sequence[str], tables: Sequence[Table], width: int = 100, *, color: bool = False
) -> str:
    """Return lines and the tables under them, `width` columns wide; `color` adds the escapes of a terminal.

    Tables without rows are left out.
    """
    filled = [table for table in tables if table.rows]
    try:
        return _rich(summary, filled, max(width, _LEAST_COLUMNS), color)
    except ImportError:
        return _plain(summary, filled)


def _rich(summary: Sequence[str], tables: Sequence[Table], width: int, color: bool) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawing
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
        drawn = Drawing(
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
                no_wrap=is_number or number in table.unbroken,
                overflow="fold",
            )
        for row in table.rows:
            drawn.add_row(*map(Text, row))
        console.print()
        # A title of the drawing would be folded to its width.
        console.print(Text(table.title, style="bold"))
        console.print(drawn)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"


def _plain(summary: Sequence[str], tables: Sequence[Table]) -> str:
    lines = [*summary]
    for table in tables:
        lines += ["", f"{table.title}（{'，'.join(table.columns)}）"]
        for row in table.rows:
            first, *others = "  ".join(cell for cell in row if cell).split("\n")
            lines += [f"  {first}", *(f"      {other}" for other in others)]
        lines += [table.note] if table.note else []
    return "\n".join(lines) + "\n"
