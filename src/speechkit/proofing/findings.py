"""What a check finds, before and after the rule that it belongs to has put it into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..diagnostics import Diagnostic, Severity, Span


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
    """Further places of the same finding: what runs through a whole text is one finding. The replacement goes
    for those that read the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit in words: what a report says of a place."""

    diagnostic: Diagnostic
    source: str = ""
    """依据: clause of a standard, or practice."""
    excerpt: str = ""
    """The place with some characters around it, on one line."""
    others: tuple[tuple[int, int], ...] = ()
    """Further places of the same finding."""
    is_certain: bool = False
    """Whether the replacement is mechanical and sure, so that it may be made without being asked."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.diagnostic.severity

    @property
    def span(self) -> Span:
        """Where it is: half-open offsets in the text as read."""
        return self.diagnostic.span or Span(0, 0)
