"""JSON: complete, the same every time, and whatever the names hold."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportcase import QINGSHI, TEXTS, comparison
from speechkit.reports.records_json import comparison_json
from speechkit.reuse.records import (
    Cluster,
    Comparison,
    Document,
    Kind,
    Leftover,
    Match,
    Place,
    Run,
    Skipped,
    Swap,
)

SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "reuse-json.md"


def parsed(text: str) -> Comparison:
    record = json.loads(text)
    return Comparison(
        tuple(Document(**document) for document in record["documents"]),
        tuple(_match(match) for match in record["matches"]),
        tuple(Cluster(**(c | {"documents": tuple(c["documents"])})) for c in record["clusters"]),
        tuple(Skipped(**skipped) for skipped in record["skipped"]),
    )


def _match(match: dict[str, Any]) -> Match:
    return Match(
        **match
        | {
            "a": Place(**match["a"]),
            "b": Place(**match["b"]),
            "kind": Kind(match["kind"]),
            "runs": tuple(Run(*run) for run in match["runs"]),
            "swaps": tuple(Swap(**swap) for swap in match["swaps"]),
            "leftovers": tuple(Leftover(**leftover) for leftover in match["leftovers"]),
        }
    )


def test_what_is_read_back_writes_the_same() -> None:
    written = comparison_json(comparison())
    again = parsed(written)
    assert comparison_json(again) == written
    assert {m.kind for m in again.matches} == {m.kind for m in comparison().matches}
    swap = next(m for m in again.matches if m.swaps).swaps[0]
    assert TEXTS[QINGSHI][swap.a_begin :].startswith(swap.a)
    assert again.clusters == comparison().clusters


def test_order_of_matches_does_not_count() -> None:
    given_order = comparison()
    turned = replace(given_order, matches=given_order.matches[::-1])
    assert comparison_json(turned) == comparison_json(given_order)


def test_nothing_but_versions_and_empty_lists() -> None:
    empty = {"version": 1, "documents": [], "matches": [], "clusters": [], "skipped": []}
    assert json.loads(comparison_json(Comparison((), (), ()))) == empty


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_name_comes_back_from_utf_8(name: str) -> None:
    named = Comparison((Document(name, name, 3, 1.0, 0.0, 0.0),), (), (), (Skipped(name, "坏"),))
    again = parsed(comparison_json(named).encode("utf-8").decode("utf-8"))
    # A high half followed by a low half is one character in JSON.
    whole = name.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    assert again.documents[0].id == whole
    assert again.skipped[0].path == whole


def test_documentation_names_every_key() -> None:
    documented = SCHEMA.read_text(encoding="utf-8")
    record = json.loads(comparison_json(comparison()))
    example = json.loads(re.findall(r"```json\n(.*?)```", documented, re.DOTALL)[0])
    assert example.keys() == record.keys()
    for key in ("documents", "matches", "clusters", "skipped"):
        assert example[key][0].keys() == record[key][0].keys()
    assert all(f"`{kind}`" in documented for kind in Kind)
