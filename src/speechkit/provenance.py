"""溯源: where every sentence of a draft came from, for machines and for readers; see docs/trace-format.md."""

import json
from collections.abc import Iterator
from typing import Any

from .drafting import Draft, trace

VERSION = 1


def trace_json(draft: Draft, seed: str = "") -> str:
    """Return the trace of a draft as JSON.

    `seed` is the one it was drafted with, empty for the one derived from the meeting.
    """
    content = {"version": VERSION, "document": draft.name, "seed": seed, "sentences": _rows(draft)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def trace_table(draft: Draft) -> str:
    """Return the trace of a draft as a Markdown table."""
    return "\n".join(_lines(draft)) + "\n"


def _rows(draft: Draft) -> list[dict[str, Any]]:
    return [row for row in trace(draft.manuscript) if row["text"]]


def _lines(draft: Draft) -> Iterator[str]:
    yield f"# {draft.name}：溯源"
    yield ""
    yield "| 段 | 文 | 短语 | 数据 |"
    yield "|---:|---|---|---|"
    for row in _rows(draft):
        cells = (row["text"], "、".join(row["phrases"]), "、".join(row["keys"]))
        yield f"| {row['block'] + 1} | {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|") or "—"
