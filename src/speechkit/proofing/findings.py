"""What a check finds, before the rule that it belongs to has put it into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a rule speaks of: half-open offsets in the text as read."""

    rule: str
    begin: int
    end: int
    replacement: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """What the rule's message names in braces beside 原文 and 改为."""
    others: tuple[tuple[int, int], ...] = ()
    """Further places of the same finding: what runs through a whole text is one finding."""
