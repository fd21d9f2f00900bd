"""What the checks may know beside the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..meeting import Meeting
from .rules import Rule


@dataclass(frozen=True)
class Context:
    """The rules that speak, and the meeting that the text belongs to."""

    rules: Mapping[str, Rule] = field(default_factory=dict)
    meeting: Meeting | None = None
    folders: tuple[Path, ...] = ()
    """The user's own rules and words, beside the bundled ones."""
