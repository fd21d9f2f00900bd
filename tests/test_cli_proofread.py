"""The command that proofreads, as a user meets it."""

import json
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from docx import Document

from speechkit.cli import main

FAULTY = "各镇要抓紧落实,把任务分解到村。请xxx同志负责。"
SCHEMA = {
    "type": "object",
    "required": ["version", "files", "skipped"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 1},
        "files": {
            "items": {
                "required": ["path", "characters", "findings"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string"},
                    "characters": {"type": "integer"},
                    "findings": {
                        "items": {
                            "required": ["rule", "level", "begin", "end", "message", "replacement"],
                            "properties": {
                                "level": {"enum": ["error", "warning", "suggestion"]},
                                "begin": {"type": "integer"},
                                "end": {"type": "integer"},
                                "replacement": {"type": ["string", "null"]},
                                "others": {"items": {"minItems": 2, "maxItems": 2}},
                            },
                        }
                    },
                },
            }
        },
        "skipped": {"items": {"required": ["path", "reason"], "additionalProperties": False}},
    },
}


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["proofread", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


def test_findings_are_shown_with_their_rule(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, faulty)
    assert code == 1
    assert "空缺.叉号" in said
    assert "必错2处" in said


def test_a_clean_text_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "稿.txt"
    path.write_text("各镇要抓紧落实，把任务分解到村。", encoding="utf-8")
    assert run(capsys, path)[0] == 0


def test_json_is_as_documented(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, faulty, "--format", "json")
    told = json.loads(said)
    jsonschema.validate(told, SCHEMA)
    findings = told["files"][0]["findings"]
    assert code == 1
    assert told["files"][0]["characters"] == len(FAULTY)
    assert {FAULTY[f["begin"] : f["end"]] for f in findings} == {",", "xxx"}


def test_the_page_holds_the_text_and_nothing_of_it_is_markup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = tmp_path / "稿.txt"
    hostile.write_text(
        "请xxx同志负责。</script><script>alert(1)</script><img src=x onerror=y>", encoding="utf-8"
    )
    assert run(capsys, hostile, "--format", "html", "-o", tmp_path / "页.html")[0] == 1
    page = (tmp_path / "页.html").read_text(encoding="utf-8")
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_a_word_copy_has_comments_at_the_exact_words(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = faulty.parent / "批注"
    assert run(capsys, faulty, "--format", "docx", "-o", folder)[0] == 1
    (copy,) = folder.iterdir()
    document = Document(str(copy))
    assert len(list(document.comments)) == 2
    body = document.element.body.xml
    begin = body.index("commentRangeStart", body.index("commentRangeStart") + 1)
    assert ">xxx<" in body[begin : body.index("commentRangeEnd", begin)]


def test_a_fix_goes_into_a_new_file(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, faulty, "--fix", "-o", faulty.parent / "改.txt")
    assert code == 1
    assert "改了1处" in said
    assert (faulty.parent / "改.txt").read_text(encoding="utf-8") == FAULTY.replace(",", "，")
    assert faulty.read_text(encoding="utf-8") == FAULTY
    assert run(capsys, faulty, "--fix", "-o", faulty.parent / "改.txt")[0] == 2
    assert run(capsys, faulty, "--fix", "-o", faulty, "--force")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--format", "pdf"), "格式"),
        (("--fix",), "要用-o说明写到哪里"),
        (("--off", "没有的"), "没有“没有的”这条校对规则"),
        (("--meeting", "没有.yaml"), "没有这个文件"),
    ],
)
def test_wrong_use_is_told(
    faulty: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, _, told = run(capsys, faulty, *arguments)
    assert code == 2
    assert says in told
    assert "Traceback" not in told


def test_a_word_file_is_read_with_its_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "联系人：xxx"
    stream = BytesIO()
    document.save(stream)
    (tmp_path / "表.docx").write_bytes(stream.getvalue())
    code, said, _ = run(capsys, tmp_path / "表.docx")
    assert code == 1
    assert "空缺.叉号" in said
