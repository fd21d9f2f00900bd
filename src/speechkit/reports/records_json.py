"""A comparison as JSON, version 1 (docs/reuse-json.md)."""

import json
import re
from typing import Any

from ..reuse.records import Cluster, Comparison, Document, Leftover, Match, Place, Swap
from .wording import strongest_first

VERSION = 1
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def comparison_json(comparison: Comparison) -> str:
    """Return the comparison as JSON, version 1: the same text for the same comparison.

    Chinese stands as it is. Halves of surrogate pairs, such as in names of files that are not in the encoding
    of the system, are escaped, so that the text can be written in UTF-8 and read back to the same names.
    """
    record = {
        "version": VERSION,
        "documents": [_document(document) for document in comparison.documents],
        "matches": [_match(match) for match in strongest_first(comparison.matches)],
        "clusters": [_cluster(cluster) for cluster in comparison.clusters],
        "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in comparison.skipped],
    }
    return escape_surrogates(json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def escape_surrogates(text: str) -> str:
    """Return JSON with each half of a surrogate pair written as its escape."""
    return _LONE_SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "path": document.path,
        "characters": document.characters,
        "own": _share(document.own),
        "borrowed": _share(document.borrowed),
        "formula": _share(document.formula),
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "a": _place(match.a),
        "b": _place(match.b),
        "kind": str(match.kind),
        "flagged": match.flagged,
        "resemblance": _share(match.resemblance),
        "containment_a": _share(match.containment_a),
        "containment_b": _share(match.containment_b),
        "evidence": round(match.evidence, 1),
        "confidence": round(match.confidence, 3),
        "runs": [[run.a_begin, run.a_end, run.b_begin, run.b_end] for run in match.runs],
        "swaps": [_swap(swap) for swap in match.swaps],
        "leftovers": [_leftover(leftover) for leftover in match.leftovers],
        "reason": match.reason,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"document": place.document, "begin": place.begin, "end": place.end}


def _swap(swap: Swap) -> dict[str, Any]:
    return {"a": swap.a, "b": swap.b, "a_begin": swap.a_begin, "b_begin": swap.b_begin, "what": swap.what}


def _leftover(leftover: Leftover) -> dict[str, Any]:
    return {
        "document": leftover.document,
        "begin": leftover.begin,
        "end": leftover.end,
        "text": leftover.text,
        "belongs_to": leftover.belongs_to,
    }


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {"documents": list(cluster.documents), "source": cluster.source, "reason": cluster.reason}


def _share(share: float) -> float:
    """Four digits: a character in ten thousand."""
    return round(share, 4)
