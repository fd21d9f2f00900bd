"""Proofreading files: what is read, what belongs together, what is put right and what is left alone."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from speechkit import Severity, draft, load_meeting, proofread
from speechkit.formats import render_text
from speechkit.reviewing import Reviewed, ReviewingError, review

SAMPLE = Path(__file__).parent / "cases" / "proofing_meeting.yaml"
CLEAN = "各镇要抓紧落实，把任务分解到村。各部门要主动配合，把服务送到一线。"
FAULTY = "各镇要抓紧落实,把任务分解到村。请xxx同志负责。会议布署了下一步工作。"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rules(reviewed: Reviewed) -> list[str]:
    return [finding.diagnostic.rule for finding in reviewed.result.files[0].findings]


def test_a_clean_text_has_no_findings() -> None:
    assert proofread(CLEAN) == []


def test_findings_slice_back_to_what_they_speak_of() -> None:
    found = {finding.rule: finding for finding in proofread(FAULTY)}
    places = {rule: FAULTY[f.span.begin : f.span.end] for rule, f in found.items() if f.span}
    assert places == {"标点.半角": ",", "空缺.叉号": "xxx", "用词.错别字": "布署"}
    assert found["用词.错别字"].replacement == "部署"
    assert {f.severity for f in found.values()} == {Severity.ERROR}


def test_a_rule_is_switched_off_by_id_or_by_its_kind() -> None:
    assert "空缺.叉号" not in {finding.rule for finding in proofread(FAULTY, off=["空缺.叉号"])}
    assert "空缺.叉号" not in {finding.rule for finding in proofread(FAULTY, off=["空缺"])}
    with pytest.raises(ReviewingError, match="是不是“空缺"):
        proofread(FAULTY, off=["空缺.叉"])


def test_words_of_ones_own_are_used(tmp_path: Path) -> None:
    written(
        tmp_path,
        "自己的.yaml",
        "规则:\n  本局.旧称:\n    级别: 疑似\n    依据: 惯例\n    说明: 写“{改为}”\n"
        "    样式: 建科股\n    改为: 设计股\n",
    )
    (finding,) = proofread("请建科股承办。", rules=[tmp_path])
    assert (finding.rule, finding.message, finding.replacement) == ("本局.旧称", "写“设计股”", "设计股")


@pytest.mark.parametrize("seed", ["甲", "乙"])
def test_our_own_drafts_of_a_meeting_have_no_faults(seed: str) -> None:
    meeting = load_meeting(SAMPLE)
    for one in draft(meeting, seed=seed):
        text = render_text(one.manuscript)
        found = [f for f in proofread(one.manuscript, meeting) if f.severity is not Severity.SUGGESTION]
        assert not found, [(f.rule, f.span and text[f.span.begin : f.span.end]) for f in found]


def test_the_meeting_file_tells_a_wrong_name() -> None:
    text = "请县委书记陈国良讲话。\n县委副书记、县长周立新主持。"
    found = proofread(text, load_meeting(SAMPLE))
    names = [f for f in found if f.rule == "名单.姓名错字"]
    assert [(text[f.span.begin : f.span.end], f.replacement) for f in names if f.span] == [
        ("陈国良", "陈国梁")
    ]
    assert not [f for f in proofread(text) if f.rule.startswith("名单")]


def test_the_texts_of_a_meeting_are_held_against_each_other(tmp_path: Path) -> None:
    written(tmp_path, "主持词.txt", "同志们：\n现在开会。请县住建局局长马骏发言。\n")
    written(tmp_path, "讲话稿.txt", "同志们：\n刚才，县住建局副局长马骏作了发言，讲得很好。\n")
    together = review([tmp_path], SAMPLE)
    found = {f.diagnostic.rule for file in together.result.files for f in file.findings}
    assert "合看.职务不一" in found
    alone = review([tmp_path / "主持词.txt"], SAMPLE)
    assert "合看.职务不一" not in rules(alone)


def test_what_cannot_be_read_is_named_and_the_rest_is_checked(tmp_path: Path) -> None:
    written(tmp_path, "好的.txt", FAULTY)
    written(tmp_path, "空的.txt", "")
    (tmp_path / "坏的.docx").write_bytes(b"PK\x03\x04damaged")
    reviewed = review([tmp_path])
    assert [Path(file.path).name for file in reviewed.result.files] == ["好的.txt"]
    assert {Path(one.path).name for one in reviewed.result.skipped} == {"空的.txt", "坏的.docx"}
    with pytest.raises(ReviewingError, match="文件里没有文字"):
        review([tmp_path / "空的.txt"])


def test_fixing_a_text_changes_the_reported_places_only(tmp_path: Path) -> None:
    path = written(tmp_path, "稿.txt", FAULTY)
    reviewed = review([path])
    corrected = reviewed.corrected(reviewed.result.files[0])
    assert corrected.content.decode() == FAULTY.replace(",", "，").replace("布署", "部署")
    assert path.read_text(encoding="utf-8") == FAULTY


def test_fixing_a_word_file_keeps_its_look(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("各镇要抓紧落实,").bold = True
    paragraph.add_run("会议布")
    paragraph.add_run("署了工作。")
    document.save(str(tmp_path / "稿.docx"))
    reviewed = review([tmp_path / "稿.docx"])
    content = reviewed.corrected(reviewed.result.files[0]).content
    (fixed,) = (p for p in Document(BytesIO(content)).paragraphs if p.text)
    assert fixed.text == "各镇要抓紧落实，会议部署了工作。"
    assert fixed.runs[0].bold
    assert not fixed.runs[-1].bold


PIECES = st.sampled_from(
    [
        ",",
        "，",
        "。",
        "。。",
        "布署",
        "签定",
        " ",
        "\n",
        "xxx",
        "各镇",
        "抓紧落实",
        "《办法",
        "》",
        "“",
        "3",
        "...",
        "的的",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25).map("".join))
def test_after_a_fix_nothing_that_was_fixed_is_reported(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    if not text.strip():
        return
    folder = tmp_path_factory.mktemp("fix")
    reviewed = review([written(folder, "稿.txt", text)])
    file = reviewed.result.files[0]
    corrected = reviewed.corrected(file)
    fixed = corrected.content.decode()
    # Outside the reported places nothing changes: what is left of both is the same.
    places = sorted(
        place
        for f in (*corrected.made, *corrected.left)
        for place in ((f.span.begin, f.span.end), *f.others)
        if text[slice(*place)] == text[f.span.begin : f.span.end]
    )
    position, kept = 0, []
    for begin, end in places:
        kept.append(text[position:begin])
        position = max(position, end)
    kept.append(text[position:])
    at = 0
    for piece in kept:
        at = fixed.index(piece, at) + len(piece)
    again = {f.rule for f in proofread(fixed)} if fixed.strip() else set()
    for finding in corrected.made:
        if finding.diagnostic.rule in again:
            wrong = text[finding.span.begin : finding.span.end]
            assert fixed.count(wrong) < text.count(wrong)
