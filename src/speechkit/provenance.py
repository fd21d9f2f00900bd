"""溯源: where every sentence of a draft came from, for machines and for readers; see docs/trace-format.md."""

import json
from collections.abc import Iterator

from .drafting import Draft, trace

VERSION = 1


def trace_json(draft: Draft, seed: str = "") -> str:
    """Return the trace of a draft as JSON.

    `seed` is the one it was drafted with, empty for the one derived from the meeting.
    """
    content = {"version": VERSION, "document": draft.name, "seed": seed, "sentences": trace(draft.manuscript)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def trace_table(draft: Draft) -> str:
    """Return the trace of a draft as a Markdown table."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield f"# {draft.name}：溯源"
    yield ""
    yield "| 块 | 文 | 短语 | 数据 |"
    yield "|---:|---|---|---|"
    for row in trace(draft.manuscript):
        yield "| " + " | ".join(map(_cell, row.values())) + " |"


def _cell(value: object) -> str:
    text = "、".join(value) if isinstance(value, list) else str(value)
    return text.replace("\\", "\\\\").replace("|", "\\|") or "—"
