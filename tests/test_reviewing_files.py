"""Proofreading files: what is found, what is written, what is refused."""

import json
import shutil
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from speechkit import Severity, SpeechkitError, proofread, read
from speechkit.cli import main
from speechkit.formats import render_text
from speechkit.formats.corrections import Change, replaced, without_overlaps
from speechkit.formats.sources import read_source
from speechkit.meeting import load_meeting
from speechkit.proofing.context import Context
from speechkit.proofing.findings import Finding
from speechkit.proofing.proofreading import findings_in
from speechkit.proofing.rules import Rule, load_rules
from speechkit.proofing.text import Text
from speechkit.reviewing import review
from test_reports_annotation import covered, word_file

SAMPLE = Path(__file__).parent / "cases" / "proofing_meeting.yaml"
RULES = load_rules()
TEXT = (
    "在全县护林防火调度会上的讲话\n同志们：\n"
    "请xx镇的同志先把情况说一说,再把打算说一说。\n散会以后,各自回去落实。\n"
)
OWN_RULE = "规则:\n  自己.一号:\n    级别: 疑似\n    说明: 不用“{原文}”\n    样式: 散会以后\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "讲话稿.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["proofread", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def rules_in(out: str) -> list[str]:
    return [finding["rule"] for one in json.loads(out)["files"] for finding in one["findings"]]


# -- the command ---------------------------------------------------------------------------------------------


def test_table_tells_what_is_wrong(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, file)
    assert code == 1
    assert "空缺.叉号" in out
    assert "标点.半角" in out
    assert "必错" in out


def test_json_offsets_slice_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, file, "--format", "json")
    (one,) = json.loads(out)["files"]
    assert (code, one["path"], one["characters"]) == (1, str(file), len(TEXT))
    places = {f["rule"]: TEXT[f["begin"] : f["end"]] for f in one["findings"]}
    assert places["空缺.叉号"] == "xx"
    assert places["标点.半角"] == ","


def test_nothing_found_is_code_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text("会议到此结束，散会。", encoding="utf-8")
    code, out, _ = run(capsys, tmp_path)
    assert (code, out) == (0, "校对了1份文稿，没有发现问题。\n")


def test_the_marks_of_markdown_are_none_of_its_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a draft is written as Markdown, its marks are right, and its headings are headings."""
    text = "# 讲话\n\n同志们：\n\n## 一、算清大账\n\n账要一笔一笔地算。\n\n## 三、落到实处\n\n散会就办。\n"
    found = {}
    for name in ("讲话稿.md", "讲话稿.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found[name] = set(rules_in(run(capsys, tmp_path / name, "--format", "json")[1]))
        (tmp_path / name).unlink()
    assert "残留.标记" in found["讲话稿.txt"] - found["讲话稿.md"]
    assert any(rule.startswith("编号.") for rule in found["讲话稿.md"])


def test_minutes_are_told_by_section_in_markdown_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "讲话稿.md"
    path.write_text("# 讲话\n\n同志们：\n\n## 一、算清大账\n\n" + "账要一笔一笔地算。" * 60 + "\n", "utf-8")
    assert "算清大账" in run(capsys, path)[1].split("念下来约")[1]


def test_suggestions_alone_are_code_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.txt").write_text("会议到此结束，散会以后回去。", encoding="utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "自己.yaml").write_text(OWN_RULE.replace("疑似", "提示"), encoding="utf-8")
    code, out, _ = run(capsys, tmp_path / "甲.txt", "--rules", rules)
    assert code == 0
    assert "提示1处" in out


def test_rules_are_switched_off_by_id_and_by_group(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, file, "--format", "json", "--off", "标点", "--off", "空缺.叉号")
    assert not [rule for rule in rules_in(out) if rule.startswith("标点.") or rule == "空缺.叉号"]


def test_meeting_file_brings_rules_and_switches_off(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meeting = file.with_name("meeting.yaml")
    said = SAMPLE.read_text(encoding="utf-8") + "\n校对:\n  停用: [空缺.叉号]\n"
    meeting.write_text(said, encoding="utf-8")
    own = file.with_name("proofing")
    own.mkdir()
    (own / "自己.yaml").write_text(OWN_RULE, encoding="utf-8")
    code, out, _ = run(capsys, file, "--meeting", meeting, "--format", "json")
    assert code == 1
    assert "自己.一号" in rules_in(out)
    assert "空缺.叉号" not in rules_in(out)


def test_what_cannot_be_read_is_named_and_the_rest_checked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file.with_name("坏.docx")).write_bytes(b"PK\x03\x04")
    code, out, _ = run(capsys, file.parent, "--format", "json")
    record = json.loads(out)
    assert code == 1
    assert [Path(one["path"]).name for one in record["files"]] == ["讲话稿.txt"]
    assert [Path(one["path"]).name for one in record["skipped"]] == ["坏.docx"]
    assert run(capsys, file.with_name("坏.docx"))[0] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--off", "空缺.叉"], "是不是“空缺.叉号”"),
        (["--format", "xlsx"], "xlsx"),
        (["--format", "html"], "-o"),
        (["--fix"], "-o"),
        (["--fix", "--format", "json", "-o", "甲"], "分两次"),
        (["--rules", "没有这个"], "没有这个"),
        (["--meeting", "没有.yaml"], "没有.yaml"),
    ],
)
def test_wrong_use_is_said(
    file: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, file, *arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_page_is_written_once(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "校对.html"
    assert run(capsys, file, "--format", "html", "-o", target)[0] == 1
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run(capsys, file, "--format", "html", "-o", target)[0] == 2
    assert run(capsys, file, "--format", "html", "-o", target, "--force")[0] == 1


def test_copies_with_comments(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = word_file(tmp_path / "甲.docx", TEXT)
    (tmp_path / "净.txt").write_text("会议到此结束，散会。", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    code, _, _ = run(capsys, tmp_path, "--format", "docx", "-o", tmp_path / "批注")
    assert code == 1
    assert {path.name for path in (tmp_path / "批注").iterdir()} == {"甲-批注.docx", "讲话稿-批注.docx"}
    assert "xx" in dict(covered((tmp_path / "批注" / "甲-批注.docx").read_bytes()))
    assert all(path.read_bytes() == content for path, content in before.items())
    assert run(capsys, word, "--format", "docx", "-o", tmp_path / "一份.docx")[0] == 1
    assert (tmp_path / "一份.docx").is_file()


# -- what is put right ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".docx", ".txt", ".md"])
def test_certain_changes_are_made_in_a_new_file(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"稿{suffix}"
    if suffix == ".docx":
        word_file(path, TEXT)
    else:
        path.write_bytes(TEXT.encode("gb18030"))
    before = path.read_bytes()
    old = read_source(path).text
    code, out, _ = run(capsys, path, "--fix", "-o", tmp_path / "新")
    assert code == 1
    assert "改了2处" in out
    assert "还有必错" in out
    assert path.read_bytes() == before
    new = read_source(tmp_path / "新" / f"稿-修正{suffix}").text
    assert new == old.replace(",", "，")
    _, again, _ = run(capsys, tmp_path / "新", "--format", "json")
    assert "标点.半角" not in rules_in(again)
    assert "空缺.叉号" in rules_in(again)


def test_original_is_never_overwritten(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    code, _, err = run(capsys, file, "--fix", "-o", file, "--force")
    assert code == 2
    assert "原文件不能覆盖" in err
    twin = file.with_name("讲话稿-修正.txt")
    shutil.copy(file, twin)
    assert run(capsys, file, twin, "--fix", "-o", file.parent, "--force")[0] == 2
    assert file.read_bytes() == twin.read_bytes() == before


def test_names_must_suit(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, file, "--fix", "-o", tmp_path / "新.docx")[0] == 2
    other = tmp_path / "另.txt"
    other.write_text(TEXT, encoding="utf-8")
    assert run(capsys, file, other, "--fix", "-o", tmp_path / "新.txt")[0] == 2


def test_what_cannot_be_changed_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = Document()
    document.add_paragraph("说一说")
    document.save(str(tmp_path / "甲.docx"))
    code, out, _ = run(capsys, tmp_path / "甲.docx", "--fix", "-o", tmp_path / "新")
    assert (code, out.count("没有可以直接改的")) == (0, 1)
    assert not (tmp_path / "新").exists()


CERTAIN = [rule for rule in RULES.values() if rule.certain]


@pytest.mark.parametrize("rule", CERTAIN, ids=lambda rule: str(rule.id))
def test_what_has_been_put_right_is_not_found_again(rule: Rule) -> None:
    context = Context(RULES, load_meeting(SAMPLE))
    for wrong in rule.wrong:
        text = Text(wrong, genre=next(iter(rule.genres), ""))
        sure = [f for f in findings_in(text, context) if f.diagnostic.rule == rule.id and f.is_certain]
        if not sure:
            # Half of a pair that lacks the other: found, but nobody knows where to put that.
            assert any(f.diagnostic.rule == rule.id for f in findings_in(text, context)), wrong
            continue
        right = replaced(wrong, without_overlaps(_changes(wrong, sure)))
        assert right != wrong
        again = findings_in(Text(right, genre=text.genre), context)
        assert not [f for f in again if f.diagnostic.rule == rule.id and f.is_certain], right


def _changes(text: str, found: Iterable[Finding]) -> Iterable[Change]:
    for finding in found:
        begin, end = finding.span.begin, finding.span.end
        same = [place for place in finding.others if text[slice(*place)] == text[begin:end]]
        for place in ((begin, end), *same):
            yield Change(*place, finding.diagnostic.replacement or "")


# -- the library ---------------------------------------------------------------------------------------------


def test_manuscript_file_and_text_are_the_same(file: Path) -> None:
    manuscript = read(file)
    rendered = render_text(manuscript)
    found = proofread(manuscript)
    gap = next(finding for finding in found if finding.rule == "空缺.叉号")
    assert gap.span is not None
    assert rendered[gap.span.begin : gap.span.end] == "xx"
    assert proofread(rendered) == found
    assert [f.rule for f in proofread(TEXT)] == [f.rule for f in proofread(file)]
    assert {f.file for f in proofread(file)} == {str(file)}


def test_rules_and_switches_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "自己.yaml").write_text(OWN_RULE, encoding="utf-8")
    found = proofread(TEXT, rules=[tmp_path], off=["标点"])
    assert "自己.一号" in {f.rule for f in found}
    assert not [f for f in found if f.rule.startswith("标点.")]
    assert all(isinstance(f.severity, Severity) for f in found)
    with pytest.raises(SpeechkitError, match="没有“不存在”"):
        proofread(TEXT, off=["不存在"])


def test_empty_text_has_nothing_wrong() -> None:
    assert proofread("") == []
    assert [finding.rule for finding in proofread("\ud800\r\n\t")] == ["残留.坏字符"]


def test_progress_is_told(file: Path) -> None:
    told: list[str] = []
    review([file], progress=told.append)
    assert told == ["读取", "校对（1/1）"]


def test_annotated_copy_opens(file: Path) -> None:
    reviewed = review([file])
    copy = reviewed.annotated(reviewed.result.files[0])
    assert len(list(Document(BytesIO(copy)).comments)) == len(reviewed.result.files[0].findings)
