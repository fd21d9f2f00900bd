"""The page: complete without scripts, right in its offsets, and safe whatever the texts hold."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportcase import BAILU, CHENGGUAN, TEXTS, comparison
from speechkit.reports import page as page_module
from speechkit.reports.page import comparison_page, utf16_offsets
from speechkit.reports.segments import Mark, segments
from speechkit.reports.selfcontained import embedded_json
from speechkit.reuse.records import Cluster, Comparison, Document, Kind, Match, Place, Skipped


class Page(HTMLParser):
    """The elements of a page, and the text outside of style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.raw:
            self.raw[self._inside].append(data)
        else:
            self.words += data


def data_of(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Page(page).raw["script"][0])
    return found


def in_units(text: str, begin: int, end: int) -> str:
    """What JavaScript's slice gives."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * begin : 2 * end].decode("utf-16-le", "surrogatepass")


def test_list_is_complete_without_scripts() -> None:
    shown = Page(comparison_page(comparison(), TEXTS))
    rows = [
        attrs for tag, attrs in shown.elements if tag == "li" and (attrs.get("class") or "").startswith("row")
    ]
    assert [row["data-kind"] for row in rows] == ["verbatim", "renamed", "reordered", "edited", "formula"]
    for words in (
        "垃圾从收集到转运不超过四个小时",
        "数字：86→52",
        "忘改",
        "不是完整的Word文件",
        "这样的话很多材料里都有",
    ):
        assert words in shown.words


def test_offsets_slice_to_the_passages_in_units_of_a_browser() -> None:
    found = comparison()
    wide = {document: f"𠮷𠮷{text}" for document, text in TEXTS.items()}
    moved = replace(found, matches=tuple(_moved(match, 2) for match in found.matches))
    data = data_of(comparison_page(moved, wide))
    for match, shown in zip(sorted(found.matches, key=lambda m: -m.evidence), data["matches"], strict=True):
        for place, (index, begin, end, flat) in ((match.a, shown["a"]), (match.b, shown["b"])):
            passage = TEXTS[place.document][place.begin : place.end]
            assert in_units(data["documents"][index]["text"], begin, end) == passage
            assert flat[-3] == end


def _moved(match: Match, by: int) -> Match:
    def place(old: Place) -> Place:
        return Place(old.document, old.begin + by, old.end + by)

    return replace(match, a=place(match.a), b=place(match.b), runs=(), swaps=(), leftovers=())


def test_segments_join_and_mark_what_differs() -> None:
    match = next(m for m in comparison().matches if m.kind is Kind.RENAMED)
    text = TEXTS[BAILU]
    cut = segments(match, text, second=True)
    assert "".join(text[s.begin : s.end] for s in cut) == text[match.b.begin : match.b.end]
    by_mark = {mark: "".join(text[s.begin : s.end] for s in cut if s.mark is mark) for mark in Mark}
    assert by_mark[Mark.SWAPPED] == "白鹭镇52周四"
    assert by_mark[Mark.FORGOTTEN] == "青石镇"
    assert by_mark[Mark.DIFFERENT] == ""


def test_policy_allows_exactly_our_style_and_script() -> None:
    page = comparison_page(comparison(), TEXTS)
    shown = Page(page)
    policy = next(a["content"] for t, a in shown.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for name, content in (("style", shown.raw["style"][0]), ("script", shown.raw["script"][1])):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not any("style" in attrs or any(a.startswith("on") for a in attrs) for _, attrs in shown.elements)
    assert not re.search(r"""(src|href)=["']?(https?:)?//|url\(|@import""", page)


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"'><img src=x onerror=alert(1)>",
    "]]>{{ 7 * 7 }}{% raw %}",
    "\u2028\u2029\x00\x1b\ud800&lt;",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile: str) -> None:
    document, other = f"{hostile}甲.txt", f"{hostile}乙.txt"
    texts = {document: hostile * 3, other: hostile * 3}
    match = Match(
        Place(document, 0, len(hostile)), Place(other, 0, len(hostile)), Kind.VERBATIM, True, 1, 1, 1, 300, 1,
        reason=hostile,
    )  # fmt: skip
    documents = tuple(Document(d, d, len(t), 0.5, 0.5, 0.0) for d, t in texts.items())
    found = Comparison(
        documents, (match,), (Cluster((document, other), other, hostile),), (Skipped(hostile, hostile),)
    )
    plain, shown = Page(comparison_page(comparison(), TEXTS)), Page(comparison_page(found, texts))
    assert [tag for tag, _ in shown.elements if tag in {"script", "img"}] == ["script", "script"]
    assert {tag for tag, _ in shown.elements} <= {tag for tag, _ in plain.elements}
    assert data_of(comparison_page(found, texts))["documents"][0]["text"] == hostile * 3
    comparison_page(found, texts).encode("utf-8")


@given(st.text(st.characters(exclude_categories=())))
def test_embedded_json_holds_anything(text: str) -> None:
    embedded = embedded_json({"text": text})
    assert not set(embedded) & set("<>&\u2028\u2029")
    assert json.loads(embedded.encode("utf-8"))["text"].encode("utf-16", "surrogatepass") == text.encode(
        "utf-16", "surrogatepass"
    )


@given(st.text(st.sampled_from("a字𠮷😀")), st.data())
def test_offsets_in_units_count_wide_characters_twice(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert utf16_offsets(text)(offset) == len(text[:offset].encode("utf-16-le")) // 2


def test_matrix_stands_for_few_texts_and_clusters_for_many() -> None:
    assert "谁与谁雷同" in comparison_page(comparison(), TEXTS)
    pairs = [(f"{n}甲", f"{n}乙") for n in range(31)]
    matches = tuple(
        Match(Place(a, 0, 50), Place(b, 0, 50), Kind.VERBATIM, True, 1, 1, 1, 300, 1) for a, b in pairs
    )
    documents = tuple(Document(d, "", 100, 0.5, 0.5, 0) for pair in pairs for d in pair)
    clusters = tuple(Cluster(pair, "", "") for pair in pairs)
    page = comparison_page(Comparison(documents, matches, clusters), {d.id: "字" * 100 for d in documents})
    assert "谁与谁雷同" not in page
    assert "互相雷同的材料" in page
    assert "30乙" in page


def test_passages_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MOST_FLAGGED", 3)
    shown = Page(comparison_page(comparison(), TEXTS))
    assert "证据最强的3处，另有1处" in re.sub(r"\s", "", shown.words)


def test_texts_nobody_needs_are_not_embedded() -> None:
    found = comparison()
    fewer = replace(
        found, matches=tuple(m for m in found.matches if CHENGGUAN not in (m.a.document, m.b.document))
    )
    page = comparison_page(fewer, TEXTS)
    assert "𠮷祥里另报" not in page
    assert "𠮷祥里另报" in comparison_page(found, TEXTS)


def test_nothing_found_is_said() -> None:
    page = comparison_page(Comparison((Document("甲", "甲", 10, 1.0, 0.0, 0.0),), (), ()), {"甲": "字" * 10})
    assert "没有发现抄来的段落" in page


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30)), min_size=1, max_size=4))
def test_ranges_that_do_not_fit_break_nothing(ranges: list[tuple[int, int]]) -> None:
    matches = tuple(
        Match(Place("甲", *place), Place("乙", 0, 5), Kind.EDITED, True, 0.5, 1, 1, 300, 1)
        for place in ranges
    )
    comparison_page(Comparison((), matches, ()), {"甲": "字" * 20, "乙": ""})
