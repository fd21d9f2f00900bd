"""The check of files for reuse, as a user of the command or of the library has it."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

import speechkit
from speechkit.cli import speechkit as command
from speechkit.manuscript import Manuscript, Paragraph

COPIED = (
    "入冬以后，石桥镇把三十七座老堰塘逐一清淤，塘底的旧木桩全部起走，塘埂改用卵石干砌，"
    "每座塘边立一块水位尺，由放牛的老汉轮流看守，谁家田里缺水，先到塘长那里领一张蓝票。"
)
OWN = (
    "我镇的图书馆原来是粮站的仓库，梁上还留着过磅的铁钩。去年腊月开馆，头一个来借书的是修鞋的刘师傅。",
    "城南小学的食堂换了新灶，炊事员每天五点起来揉面，孩子们最爱吃的是红糖三角，一个月要用掉九袋糖。",
    "渡口的老船工退休那天，把舵柄擦得发亮，交给了他带出来的两个徒弟，岸上站满了送行的乡亲。",
)


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "石桥镇.txt").write_text(OWN[0] + COPIED, "utf-8")
    (folder / "柳河镇.txt").write_bytes((COPIED.replace("石桥镇", "柳河镇") + OWN[1]).encode("gbk"))
    (folder / "城关镇.txt").write_text(OWN[2], "utf-8")
    return folder


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, ["compare", *map(str, arguments)], standalone_mode=False)
    code = result.return_value if result.exception is None else 2
    return code, result.output, str(result.exception or "")


def test_the_table_names_who_shares_with_whom(handed_in: Path) -> None:
    code, said, _ = run(handed_in)
    assert code == 1
    assert "石桥镇" in said
    assert "柳河镇" in said


def test_json_offsets_slice_back_to_the_passage(handed_in: Path) -> None:
    code, said, _ = run(handed_in, "--format", "json")
    found = json.loads(said)
    flagged = [match for match in found["matches"] if match["flagged"]]
    assert (code, found["version"], len(flagged)) == (1, 1, 1)
    sides = {Path(side["document"]).stem: side for side in (flagged[0]["a"], flagged[0]["b"])}
    side = sides["石桥镇"]
    passage = (OWN[0] + COPIED)[side["begin"] : side["end"]]
    assert "三十七座老堰塘" in passage
    assert "刘师傅" not in passage


def test_nothing_shared_is_nothing_found(handed_in: Path) -> None:
    (handed_in / "柳河镇.txt").unlink()
    code, said, _ = run(handed_in, "--format", "json")
    assert code == 0
    assert not any(match["flagged"] for match in json.loads(said)["matches"])


def test_past_material_is_compared_with(handed_in: Path, tmp_path: Path) -> None:
    past = tmp_path / "旧稿.txt"
    past.write_text(OWN[2], "utf-8")
    (handed_in / "柳河镇.txt").unlink()
    code, said, _ = run(handed_in, "--against", past, "--format", "json")
    matches = [match for match in json.loads(said)["matches"] if match["flagged"]]
    assert code == (1 if matches else 0)
    assert {Path(d["path"]).stem for d in json.loads(said)["documents"]} == {"石桥镇", "城关镇"}


def test_set_phrases_of_the_office_are_not_flagged(handed_in: Path, tmp_path: Path) -> None:
    formula = tmp_path / "套话.txt"
    formula.write_text("\n".join(COPIED.split("，")), "utf-8")
    code, _, _ = run(handed_in, "--formula", formula, "--format", "json")
    assert code == 0


def test_a_file_that_cannot_be_read_is_named_and_the_rest_compared(handed_in: Path) -> None:
    (handed_in / "坏的.docx").write_bytes(b"PK\x03\x04 not a document")
    code, said, _ = run(handed_in, "--format", "json")
    found = json.loads(said)
    assert code == 1
    assert [Path(one["path"]).name for one in found["skipped"]] == ["坏的.docx"]
    assert found["skipped"][0]["reason"]


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_reports_are_written_once(handed_in: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"报告.{form}"
    assert run(handed_in, "--format", form, "-o", target)[0] == 1
    before = target.read_bytes()
    code, _, error = run(handed_in, "--format", form, "-o", target)
    assert code == 2
    assert "--force" in error
    assert target.read_bytes() == before


def test_copies_with_comments_leave_the_files_alone(handed_in: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in handed_in.iterdir()}
    assert run(handed_in, "--format", "docx", "-o", tmp_path / "批注")[0] == 1
    copies = sorted((tmp_path / "批注").iterdir())
    assert [copy.name for copy in copies] == ["柳河镇-批注.docx", "石桥镇-批注.docx"]
    for copy in copies:
        with ZipFile(copy) as archive:
            assert "word/comments.xml" in archive.namelist()
    assert {path.name: path.read_bytes() for path in handed_in.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "html"], "-o"),
        (["--format", "pptx"], "pptx"),
    ],
)
def test_wrong_use_is_said(handed_in: Path, arguments: list[str], says: str) -> None:
    code, _, error = run(handed_in, *arguments)
    assert code == 2
    assert says in error


def test_nothing_to_compare_is_said(tmp_path: Path) -> None:
    code, _, error = run(tmp_path)
    assert code == 2
    assert "没有可以比对的文件" in error


def test_manuscripts_are_compared() -> None:
    first, second, third = (
        Manuscript(title, blocks=(Paragraph(text),))
        for title, text in zip("甲乙丙", (OWN[0] + COPIED, COPIED + OWN[1], OWN[2]), strict=True)
    )
    comparison = speechkit.compare([first, second, third])
    assert [{m.a.document, m.b.document} for m in comparison.flagged] == [{"0", "1"}]
    assert comparison.documents[2].borrowed == 0
    assert speechkit.compare([third], against=[first]).flagged == ()


def test_drafts_keep_away_from_past_wording(tmp_path: Path) -> None:
    meeting = tmp_path / "meeting.yaml"
    meeting.write_text(
        "会议: {名称: 秋收工作推进会, 主题: 秋收, 类型: 推进会}\n人员: [{姓名: 田禾, 职务: 镇长}]\n"
        "讲话: [{讲话人: 田禾, 分钟: 5, 任务: [抢收晚稻, 腾出晒场]}]\n",
        "utf-8",
    )
    first, second = tmp_path / "first", tmp_path / "second"
    common = ["draft", str(meeting), "--genre", "讲话稿", "--format", "txt"]
    CliRunner().invoke(command, [*common, "-o", str(first)], standalone_mode=False)
    CliRunner().invoke(command, [*common, "-o", str(second), "--avoid", str(first)], standalone_mode=False)
    past, later = ((folder / "讲话稿.txt").read_text("utf-8") for folder in (first, second))
    sentences = {line for line in past.split("。") if len(line) > 20}
    kept = [line for line in later.split("。") if line in sentences]
    assert len(sentences) > 8
    assert len(kept) <= len(sentences) // 5
