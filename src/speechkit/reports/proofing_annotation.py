"""A Word copy of a text, with a comment on every finding of the proofreader."""

from collections.abc import Iterator
from pathlib import Path

from ..formats.marks import Source
from ..proofing.findings import Finding
from .comments import Remark, commented
from .proofing_records import LEVELS, ProofreadFile, others_words

AUTHOR = "校对"
MOST_PLACES = 12
"""Further places that one comment names."""


def proofing_copy(file: ProofreadFile, source: Source) -> bytes:
    """Return the file as .docx with a comment on the very words of each finding.

    A .docx keeps its look; of any other file the text is taken. Raises a FormatError, ReportError where the
    file has changed since.
    """
    remarks = [
        Remark(finding.span.begin, finding.span.end, tuple(_lines(finding, file.text)))
        for finding in file.findings
    ]
    return commented(Path(file.path), source, remarks, AUTHOR)


def _lines(finding: Finding, text: str) -> Iterator[str]:
    told = finding.diagnostic
    yield f"{LEVELS[told.severity]}：{told.message}"
    if more := others_words(finding, text, MOST_PLACES):
        yield more
    yield f"{finding.source + '；' if finding.source else ''}规则“{told.rule}”"
