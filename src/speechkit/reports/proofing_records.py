"""What the reports of a proofreading show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..diagnostics import Severity
from ..proofing.findings import Finding
from ..reuse.records import Skipped
from .wording import one_line

LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "必错",
    Severity.WARNING: "疑似",
    Severity.SUGGESTION: "提示",
}
"""Severity -> its name in reports, the worst first."""
RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(LEVELS)}

_MOST_WORDS = 60
"""Characters of further places that are worth repeating."""


@dataclass(frozen=True)
class ProofreadFile:
    """A file with what was found in it."""

    path: str
    text: str
    """As read: findings count its characters."""
    findings: tuple[Finding, ...] = ()
    """In the order of the text."""
    genre: str = ""

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        return Counter(finding.severity for finding in self.findings)


@dataclass(frozen=True)
class Proofreading:
    """All files of one run."""

    files: tuple[ProofreadFile, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def findings(self) -> Iterable[Finding]:
        """The findings of all files."""
        return (finding for file in self.files for finding in file.findings)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing but suggestions."""
        return all(finding.severity is Severity.SUGGESTION for finding in self.findings)


def counted(findings: Iterable[Finding]) -> str:
    """Return such as 必错2处、提示1处; empty for none."""
    counts = Counter(finding.severity for finding in findings)
    return "、".join(f"{name}{counts[level]}处" for level, name in LEVELS.items() if counts[level])


def others_words(finding: Finding, text: str, most: int) -> str:
    """Return what a finding says of its further places beyond its message; "" for nothing new."""
    message = finding.diagnostic.message
    others = dict.fromkeys(one_line(text[begin:end]) for begin, end in finding.others)
    own = one_line(text[finding.span.begin : finding.span.end])
    different = [f"“{other}”" for other in others if other != own and other not in message]
    if sum(map(len, different[:most])) > _MOST_WORDS:
        different = []
    number = len(finding.others)
    if different:
        return f"另有{number}处：{'、'.join(different[:most])}"
    is_said = f"{number + 1}处" in message
    return f"另有{number}处" if number and not is_said else ""
