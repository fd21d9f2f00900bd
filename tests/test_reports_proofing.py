"""The reports of a proofreading: complete, exact, and safe whatever the texts hold."""

import base64
import hashlib
import json
import re
import sys
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from proofingcase import TEXT, findings, proofreading
from speechkit.diagnostics import Diagnostic, Severity, Span
from speechkit.formats.sources import read_source
from speechkit.proofing.findings import Finding
from speechkit.reports.proofing_annotation import AUTHOR, proofing_copy
from speechkit.reports.proofing_json import proofing_json
from speechkit.reports.proofing_page import proofing_page
from speechkit.reports.proofing_records import ProofreadFile, Proofreading
from speechkit.reports.proofing_table import MOST_FINDINGS, proofing_table
from test_reports_annotation import covered, looks, word_file
from test_reports_page import Page

_PLACE = {"type": "integer", "minimum": 0}
_FINDING = {
    "rule": {"type": "string", "minLength": 1},
    "level": {"enum": ["error", "warning", "suggestion"]},
    "begin": _PLACE,
    "end": _PLACE,
    "message": {"type": "string"},
    "replacement": {"type": ["string", "null"]},
    "source": {"type": "string"},
    "line": _PLACE,
    "excerpt": {"type": "string"},
    "others": {
        "type": "array",
        "items": {"type": "array", "items": _PLACE, "minItems": 2, "maxItems": 2},
    },
}


def _record(properties: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(properties: dict[str, object]) -> dict[str, object]:
    return {"type": "array", "items": _record(properties)}


SCHEMA = _record(
    {
        "version": {"const": 1},
        "files": _list({"path": {"type": "string"}, "characters": _PLACE, "findings": _list(_FINDING)}),
        "skipped": _list({"path": {"type": "string"}, "reason": {"type": "string"}}),
    }
)
DOCUMENT = (Path(__file__).parent.parent / "docs" / "proofing-json.md").read_text("utf-8")


def one(text: str, begin: int, end: int, message: str = "有错", rule: str = "甲.乙") -> Proofreading:
    finding = Finding(
        Diagnostic(message, span=Span(begin, end), rule=rule, replacement=text[:2]), "依据", text
    )
    return Proofreading((ProofreadFile("a.txt", text, (finding,)),))


# -- JSON ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", [proofreading(), Proofreading(())], ids=["typical", "empty"])
def test_json_is_of_version_1(result: Proofreading) -> None:
    jsonschema.validate(json.loads(proofing_json(result)), SCHEMA)


def test_json_says_what_was_found() -> None:
    record = json.loads(proofing_json(proofreading()))
    assert record["skipped"] == [{"path": "稿/坏.docx", "reason": "文件已损坏"}]
    first, second = record["files"]
    assert (second["characters"], second["findings"]) == (3, [])
    assert [TEXT[f["begin"] : f["end"]] for f in first["findings"]][:3] == [":", "xx", ","]
    assert [TEXT[slice(*place)] for place in first["findings"][2]["others"]] == [","]


def test_json_is_documented_as_it_is() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```", DOCUMENT, re.M | re.S)
    jsonschema.validate(json.loads(example), SCHEMA)
    assert all(f"`{key}`" in DOCUMENT or f"[].{key}`" in DOCUMENT for key in _FINDING)


# How long it takes is no business of these tests.
@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_json_holds_anything(text: str) -> None:
    written = proofing_json(one(text, 0, 1)).encode("utf-8")
    jsonschema.validate(json.loads(written), SCHEMA)


# -- table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_plain", [False, True], ids=["rich", "plain"])
def test_table_names_all(is_plain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if is_plain:
        monkeypatch.setitem(sys.modules, "rich", None)
    shown = proofing_table(proofreading(), 120)
    for words in (
        "必错2处、疑似1处、提示2处",
        "另有1处",
        "标点.半角",
        "空缺.叉号",
        "稿/坏.docx",
        "文件已损坏",
        "念下来约1分钟",
    ):
        assert words in shown
    assert shown.index("空缺.叉号") < shown.index("重复.字")
    assert "其中1份没有发现问题" in shown


def test_table_of_nothing() -> None:
    assert proofing_table(Proofreading((ProofreadFile("a", "字"),))) == "校对了1份文稿，没有发现问题。\n"


def test_table_keeps_the_worst() -> None:
    text = "一二三四五" * 40
    many = [
        Finding(Diagnostic("轻", Severity.SUGGESTION, span=Span(n, n + 1), rule="轻.一")) for n in range(199)
    ]
    worst = Finding(Diagnostic("最重的", span=Span(199, 200), rule="重.一"))
    shown = proofing_table(Proofreading((ProofreadFile("a", text, (*many, worst)),)))
    assert "最重的" in shown
    assert f"还有{200 - MOST_FINDINGS}处没有列出" in shown


# -- page ----------------------------------------------------------------------------------------------------


def test_every_finding_has_its_mark_and_its_row() -> None:
    page = Page(proofing_page(proofreading()))
    ids = {attributes["id"] for _, attributes in page.elements if attributes.get("id")}
    numbers = [str(number) for number in range(1, 1 + len(findings()))]
    assert {f"{kind}{number}" for kind in "tf" for number in numbers} <= ids
    targets = {a["href"] for tag, a in page.elements if tag == "a"}
    assert all(target is not None and target[1:] in ids for target in targets)
    marked = " ".join(a.get("data-numbers") or "" for tag, a in page.elements if tag == "mark").split()
    assert set(marked) == set(numbers)
    # The comma is found twice, and lies in a finding that is lighter.
    assert marked.count("3") == 2
    assert ("mark", "warning", "3 4") in {
        (tag, a.get("class"), a.get("data-numbers")) for tag, a in page.elements
    }
    for words in ("稿/乙.txt", "文件已损坏", "改为", "惯例"):
        assert words in page.words


def test_text_is_whole_on_the_page() -> None:
    page = proofing_page(proofreading())
    body = re.search(r'<div class="text">(.*?)</div>', page, re.S)
    assert body is not None
    assert re.sub(r"<[^>]*>", "", body[1]) == TEXT


def test_page_allows_only_what_is_in_it() -> None:
    written = proofing_page(proofreading())
    page = Page(written)
    policy = next(a["content"] or "" for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256("".join(page.raw[kind]).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not [a for _, a in page.elements if "src" in a or any(name.startswith("on") for name in a)]
    assert not re.search(r"https?:|url\(|@import", written)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1), st.data())
def test_page_is_safe_whatever_the_text(text: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["", "<script>", '"><img onerror=x>', "</div>", "{{ 1 }}"])) + text
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    result = one(text, begin, end, text, text)
    shown = Page(proofing_page(result))
    usual = Page(proofing_page(one("字" * len(text), begin, end)))
    assert {tag for tag, _ in shown.elements} == {tag for tag, _ in usual.elements}
    assert [tag for tag, _ in shown.elements].count("script") == 1


def test_page_of_nothing() -> None:
    assert "没有发现问题" in Page(proofing_page(Proofreading((ProofreadFile("a", "字"),)))).words


# -- Word file -----------------------------------------------------------------------------------------------


def test_comments_stand_on_the_very_words(tmp_path: Path) -> None:
    path = word_file(tmp_path / "甲.docx", TEXT)
    before = path.read_bytes()
    copy = proofing_copy(ProofreadFile(str(path), TEXT, findings()), read_source(path))
    comments = covered(copy)
    assert sorted(words for words, _ in comments) == sorted([":", "xx", ",", "抓紧,抓实", "落实落实"])
    said = dict(comments)
    assert said["xx"] == "必错：“xx”要改\n惯例；规则“空缺.叉号”"
    assert "另有1处" in said[","]
    assert {comment.author for comment in Document(BytesIO(copy)).comments} == {AUTHOR}
    assert looks(copy) == looks(before)
    assert path.read_bytes() == before


def test_text_file_becomes_a_word_file_with_comments(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    copy = proofing_copy(ProofreadFile(str(path), TEXT, findings()), read_source(path))
    assert "xx" in dict(covered(copy))
    assert [p.text for p in Document(BytesIO(copy)).paragraphs] == TEXT.split("\n")


def test_findings_in_automatic_numbers_stand_on_the_paragraph(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("开头")
    document.add_paragraph("抓好防汛", style="List Number")
    path = tmp_path / "甲.docx"
    document.save(str(path))
    source = read_source(path)
    begin = source.marks[1].begin
    assert source.marks[1].lead
    told = Finding(Diagnostic("编号不对", span=Span(begin, begin + 1), rule="编号.一"))
    copy = proofing_copy(ProofreadFile(str(path), source.text, (told,)), source)
    assert [words for words, _ in covered(copy)] == ["抓好防汛"]


def test_file_changed_since_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "甲.docx", TEXT)
    source = read_source(path)
    word_file(path, TEXT.replace("同志们", "朋友们"))
    with pytest.raises(Exception, match="改过"):
        proofing_copy(ProofreadFile(str(path), TEXT, findings()), source)
