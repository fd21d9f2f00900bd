"""A proofreading as JSON, version 1 (docs/proofing-json.md)."""

import json
from typing import Any

from ..proofing.findings import Finding
from .proofing_records import ProofreadFile, Proofreading
from .records_json import escape_surrogates

VERSION = 1


def proofing_json(result: Proofreading) -> str:
    """Return the findings as JSON, version 1: the same text for the same findings.

    Chinese stands as it is; halves of surrogate pairs are escaped.
    """
    record = {
        "version": VERSION,
        "files": [_file(file) for file in result.files],
        "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in result.skipped],
    }
    return escape_surrogates(json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def _file(file: ProofreadFile) -> dict[str, Any]:
    return {
        "path": file.path,
        "characters": len(file.text),
        "findings": [_finding(finding) for finding in file.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    told = finding.diagnostic
    return {
        "rule": told.rule,
        "level": str(told.severity),
        "begin": finding.span.begin,
        "end": finding.span.end,
        "message": told.message,
        "replacement": told.replacement,
        "source": finding.source,
        "line": told.line,
        "excerpt": finding.excerpt,
        "others": [list(place) for place in finding.others],
    }
