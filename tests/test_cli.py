"""The command line: what it writes, what it says, how it refuses."""

import gc
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import speechkit
from speechkit import Signature, read
from speechkit.cli import main
from speechkit.meeting import EVENT_KINDS
from speechkit.output import without_collector

MEETING = """\
会议:
  名称: 青石县2026年秋季森林防火工作会议
  简称: 防火工作会
  类型: 工作会
  主题: 森林防火
  时间: 2026-09-18 15:00
  地点: 县政府三楼会议室
  决定机关: [县政府]
  地区: 青石县
  层级: 县
  主持人: 方远
人员:
  - {姓名: 梁永清, 职务: 县委副书记、县长}
  - {姓名: 方远, 职务: 副县长}
议程:
  - 类型: 通报情况
    发言:
      - {单位: 县林业局, 题目: 上半年森林防火情况}
  - 类型: 讲话
    讲话人: 梁永清
讲话:
  - 讲话人: 梁永清
    进展: [新修防火道18公里]
    问题: [野外用火屡禁不止]
    任务:
      - {名称: 管住野外火源, 措施: [设卡检查37处], 时限: 10月底, 牵头单位: 县林业局}
    要求: [{标题: 严格值班值守, 内容: [林区乡镇24小时值班]}]
汇报:
  - 单位: 白杨镇
    自称: 我镇
    做法: [{标题: 把住进山路口, 内容: [聘请护林员46名]}]
    问题: [护林员年龄偏大]
"""
DOCUMENTS = ("主持词", "讲话稿", "汇报材料")
FORMATS = ("--format", "docx", "--format", "md", "--format", "txt")
_ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}|Traceback|Errno|Usage|Options|Missing")


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """A folder to work in, with a meeting file."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def meeting(self) -> Path:
        return self.folder / "meeting.yaml"

    @property
    def drafts(self) -> Path:
        return self.folder / "drafts"

    def run(self, *args: str | Path) -> Outcome:
        code = main([str(arg) for arg in args])
        shown = self.capsys.readouterr()
        return Outcome(code, shown.out, shown.err)

    def draft(self, *args: str | Path) -> Outcome:
        return self.run("draft", self.meeting, "-o", self.drafts, *args)

    def put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def names(self) -> set[str]:
        """All files and folders in the folder, hidden ones included."""
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*")}

    def assert_refused(self, outcome: Outcome, *told: str) -> None:
        """One clear message in Chinese, exit code 2, nothing on standard output."""
        assert outcome.code == 2
        assert outcome.out == ""
        message = outcome.err.strip()
        assert all(word in message for word in told), message
        assert not _ENGLISH.search(message), message
        assert len([line for line in message.splitlines() if not line.startswith("用法见：")]) == 1, message


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.put("meeting.yaml", MEETING)
    return desk


# -- drafting ------------------------------------------------------------------------------------------------


def test_three_documents(desk: Desk) -> None:
    outcome = desk.draft()
    assert outcome.code == 0, outcome
    assert {path.name for path in desk.drafts.iterdir()} == {f"{name}.docx" for name in DOCUMENTS}
    for name in DOCUMENTS:
        length = read(desk.drafts / f"{name}.docx").spoken_length
        assert re.search(rf"{name}\.docx  {length}字，约\d+分钟\n", outcome.out)
    assert read(desk.drafts / "讲话稿.docx").title.startswith("在")


def test_all_formats_hold_the_same_text(desk: Desk) -> None:
    assert desk.draft(*FORMATS, "--format", "md").code == 0
    assert len(list(desk.drafts.iterdir())) == 9
    for name in DOCUMENTS:
        manuscripts = [read(desk.drafts / f"{name}.{suffix}") for suffix in ("docx", "md", "txt")]
        assert manuscripts[0] == manuscripts[1] == manuscripts[2]


def test_only_the_genres_asked_for(desk: Desk) -> None:
    assert desk.draft("--genre", "讲话稿").code == 0
    assert [path.name for path in desk.drafts.iterdir()] == ["讲话稿.docx"]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_seed_same_bytes_other_seed_other_words(desk: Desk) -> None:
    args, seen = (*FORMATS, "--trace"), []
    for folder, seed in (("a", "甲"), ("b", "甲"), ("c", "乙")):
        assert desk.run("draft", desk.meeting, "-o", desk.folder / folder, "--seed", seed, *args).code == 0
        seen.append(_bytes(desk.folder / folder))
    assert seen[0] == seen[1]
    assert seen[0]["讲话稿.txt"] != seen[2]["讲话稿.txt"]


def test_gaps_are_warnings(desk: Desk) -> None:
    desk.put("meeting.yaml", MEETING.replace("  主题: 森林防火\n", ""))
    outcome = desk.draft()
    assert outcome.code == 1
    assert "警告：讲话稿：会议文件里缺少：会议主题" in outcome.err
    assert (desk.drafts / "讲话稿.docx").is_file()


def test_remarks_on_length_are_no_failure(desk: Desk) -> None:
    desk.put(
        "meeting.yaml",
        MEETING.replace("讲话:\n  - 讲话人: 梁永清\n", "讲话:\n  - 讲话人: 梁永清\n    分钟: 170\n"),
    )
    outcome = desk.draft()
    assert outcome.code == 0
    assert "提示：讲话稿：要求约34000字" in outcome.err


def test_genres_without_data_are_named(desk: Desk) -> None:
    desk.put("meeting.yaml", MEETING.partition("讲话:\n  - 讲话人")[0])
    outcome = desk.draft()
    assert outcome.code == 0
    assert [path.name for path in desk.drafts.iterdir()] == ["主持词.docx"]
    assert "没有写讲话稿：会议文件里没有“讲话”" in outcome.out
    assert "没有写汇报材料：会议文件里没有“汇报”" in outcome.out
    desk.assert_refused(desk.draft("--genre", "汇报材料", "--force"), "没有“汇报”")


def test_the_collector_works_again_after_a_command_without_it() -> None:
    @without_collector
    def command(fails: bool) -> int:
        assert not gc.isenabled()
        return 1 // (not fails)

    assert command(False) == 1
    with pytest.raises(ZeroDivisionError):
        command(True)
    assert gc.isenabled()


def test_drafts_go_to_drafts_by_default(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    assert desk.run("draft", "meeting.yaml", "--genre", "主持词").code == 0
    assert (desk.drafts / "主持词.docx").is_file()


def test_missing_folders_are_made(desk: Desk) -> None:
    target = desk.folder / "会务" / "九月" / "文稿"
    assert desk.run("draft", desk.meeting, "-o", target).code == 0
    assert len(list(target.iterdir())) == 3


# -- provenance ----------------------------------------------------------------------------------------------


def _text(block: object) -> str:
    assert hasattr(block, "text")
    return str(block.text)


def test_trace_accounts_for_every_sentence(desk: Desk) -> None:
    assert desk.draft("--format", "md", "--trace", "--seed", "甲").code == 0
    trace = json.loads((desk.drafts / "讲话稿.trace.json").read_text(encoding="utf-8"))
    assert (trace["version"], trace["document"], trace["seed"]) == (1, "讲话稿", "甲")
    blocks: dict[int, str] = {}
    for row in trace["sentences"]:
        assert set(row) == {"block", "text", "phrases", "keys"}
        assert row["phrases"] or row["keys"] or row["text"] == "严格值班值守"
        blocks[row["block"]] = blocks.get(row["block"], "") + row["text"]
    manuscript = read(desk.drafts / "讲话稿.md")
    assert list(blocks.values()) == [
        _text(block) for block in manuscript.blocks if not isinstance(block, Signature)
    ]
    told = next(row for row in trace["sentences"] if "18公里" in row["text"])
    assert "讲话[0].进展[0]" in told["keys"]


def test_trace_table_is_a_table(desk: Desk) -> None:
    desk.put("meeting.yaml", MEETING.replace("新修防火道18公里", "新修防火道A|B段18公里"))
    assert desk.draft("--trace").code == 0
    rows = (desk.drafts / "讲话稿.溯源.md").read_text(encoding="utf-8").splitlines()[2:]
    assert len(rows) > 10
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
    assert any("新修防火道A\\|B段18公里" in row and "讲话[0].进展[0]" in row for row in rows)


# -- the user's own words, structure and layout --------------------------------------------------------------

OWN_OUTLINE = "文种: 短信\n取自: 会议\n标题: 主持.标题\n正文:\n  - 称呼: 讲话.称呼\n"


def _corpus(slot: str, text: str) -> str:
    """Return a corpus that puts a text in the place of every bundled phrase of a slot."""
    return f"短语:\n  {slot}:\n" + "".join(f'    "{n:02d}": "{text}"\n' for n in range(1, 60))


@pytest.mark.parametrize("beside", [True, False])
def test_own_corpora(desk: Desk, beside: bool) -> None:
    desk.put("corpora/own.yaml" if beside else "mine/own.yaml", _corpus("讲话.称呼", "各位护林防火的战友"))
    args = () if beside else ("--corpora", desk.folder / "mine")
    assert desk.draft("--format", "md", *args).code == 0
    text = (desk.drafts / "讲话稿.md").read_text(encoding="utf-8")
    assert "各位护林防火的战友" in text


@pytest.mark.parametrize("beside", [True, False])
def test_own_outlines(desk: Desk, beside: bool) -> None:
    desk.put("outlines/note.yaml" if beside else "mine/note.yaml", OWN_OUTLINE)
    args = () if beside else ("--outlines", desk.folder / "mine")
    assert desk.draft("--genre", "短信", *args).code == 0
    assert [path.name for path in desk.drafts.iterdir()] == ["短信.docx"]


def test_own_layout_beside_the_meeting_or_by_path(desk: Desk) -> None:
    layout = desk.put("layouts/office.yaml", "基于: gbt9704\n正文: {字号: 四号}\n")
    written = []
    for name in ("gbt9704", "office", str(layout)):
        assert desk.draft("--layout", name, "--force").code == 0
        written.append((desk.drafts / "讲话稿.docx").read_bytes())
    assert written[0] != written[1] == written[2]


# -- wrong input ---------------------------------------------------------------------------------------------

BROKEN_MEETINGS = {
    "broken YAML": (MEETING.replace("决定机关: [县政府]", "决定机关: [县政府"), "meeting.yaml：第"),
    "a tab": (MEETING.replace("  地点: ", "\t地点: "), "第7行"),
    "an unknown key": (MEETING.replace("  地点: ", "  地址: "), "第7行"),
    "a wrong type": (MEETING.replace("讲话:\n  - 讲话人: 梁永清", "讲话:\n  - 分钟: 一刻钟"), "第22行"),
    "no such date": (MEETING.replace("2026-09-18", "2026-09-31"), "第6行"),
    "an unknown person": (MEETING.replace("    讲话人: 梁永清", "    讲话人: 梁永庆"), "“梁永清”"),
    "an unknown kind of item": (MEETING.replace("类型: 通报情况", "类型: 通报问题"), "第16行"),
    "an empty file": ("", "没有内容"),
    "binary data": ("\0\1\2", "meeting.yaml"),
    "a list": ("- 会议\n", "顶层"),
}


@pytest.mark.parametrize("case", BROKEN_MEETINGS)
def test_broken_meeting_file(desk: Desk, case: str) -> None:
    text, told = BROKEN_MEETINGS[case]
    desk.put("meeting.yaml", text)
    desk.assert_refused(desk.draft(), "meeting.yaml", told)
    assert desk.names() == {"meeting.yaml"}


def test_every_error_is_told_at_once(desk: Desk) -> None:
    desk.put("meeting.yaml", MEETING.replace("  地点: ", "  地址: ").replace("2026-09-18", "2026-09-31"))
    outcome = desk.draft()
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 2


def test_no_meeting_file(desk: Desk) -> None:
    desk.assert_refused(desk.run("draft", desk.folder / "没有.yaml", "-o", desk.drafts), "没有.yaml")
    desk.assert_refused(desk.run("draft", desk.folder, "-o", desk.drafts), "文件夹")
    assert desk.names() == {"meeting.yaml"}


HOSTILE = (
    "{{ ''.__class__.__mro__ }}",
    "{{ 会议.__init__.__globals__ }}",
    "{% include '/etc/passwd' %}",
    "{% for 甲 in 9999999999 %}{% endfor %}",
    "{{ '甲' * 999999999 }}",
    "{{ 主题|attr('__class__') }}",
    "{{ 没有这个变量 }}",
    "{{ 主题",
)


@pytest.mark.parametrize("template", HOSTILE)
def test_hostile_template_in_own_corpus(desk: Desk, template: str) -> None:
    desk.put("corpora/own.yaml", _corpus("讲话.称呼", template))
    before = desk.names()
    outcome = desk.draft()
    assert (outcome.code, outcome.out) == (2, "")
    assert not _ENGLISH.search(outcome.err)
    # What can be seen to be wrong is told of every phrase, what shows in use of the first one.
    assert all(
        re.search(r"own\.yaml：第\d+行：.*“讲话.称呼/通用/\d+”：", line) for line in outcome.err.splitlines()
    )
    assert desk.names() == before


def test_broken_corpus_outline_and_layout(desk: Desk) -> None:
    broken = desk.put("mine/own.yaml", "短语: [\n").parent
    desk.assert_refused(desk.draft("--corpora", broken), "own.yaml：第")
    desk.assert_refused(desk.draft("--outlines", broken), "own.yaml：第")
    desk.assert_refused(desk.draft("--layout", broken / "own.yaml"), "own.yaml：第")
    assert not desk.drafts.exists()


MISUSES: Sequence[tuple[Sequence[str], str]] = (
    (["draft"], "缺少会议文件"),
    (["drafft", "m.yaml"], "是不是“draft”"),
    (["draft", "m.yaml", "another.yaml"], "多写了“another.yaml”"),
    (["draft", "m.yaml", "--gnre", "讲话稿"], "是不是“--genre”"),
    (["draft", "m.yaml", "-o"], "“-o”后面要写一个值"),
    (["draft", "m.yaml", "--force=1"], "“--force”后面不带值"),
    (["draft", "m.yaml", "--format", "doc"], "是不是“docx”"),
    (["--nonsense"], "没有“--nonsense”这个选项"),
    (["new"], "缺少会议类型"),
    (["schema", "x"], "多写了“x”"),
)


@pytest.mark.parametrize(("args", "told"), MISUSES)
def test_misuse(desk: Desk, args: Sequence[str], told: str) -> None:
    desk.assert_refused(desk.run(*args), told)


def test_misuse_of_options_with_a_good_meeting(desk: Desk) -> None:
    desk.assert_refused(desk.draft("--genre", "讲话"), "是不是“讲话稿”")
    desk.assert_refused(desk.draft("--layout", "gbt9705"), "gbt9704")
    desk.assert_refused(desk.draft("--corpora", desk.folder / "x"), "没有这个文件夹")
    desk.assert_refused(desk.draft("--outlines", desk.meeting), "不是文件夹")
    assert desk.names() == {"meeting.yaml"}


# -- targets -------------------------------------------------------------------------------------------------


def test_existing_targets_are_kept(desk: Desk) -> None:
    mine = desk.put("drafts/讲话稿.docx", "改了三遍的稿子")
    desk.assert_refused(desk.draft(), "讲话稿.docx", "--force")
    assert mine.read_text(encoding="utf-8") == "改了三遍的稿子"
    assert desk.names() == {"meeting.yaml", "drafts", "drafts/讲话稿.docx"}
    assert desk.draft("--force").code == 0
    assert read(mine).title.startswith("在")


@pytest.mark.parametrize("what", ["folder", "parent", "file"])
def test_read_only_targets(desk: Desk, what: str) -> None:
    mine = desk.put("drafts/讲话稿.docx", "定稿")
    locked, target = {
        "folder": (desk.drafts, desk.drafts),
        "parent": (desk.drafts, desk.drafts / "new" / "newer"),
        "file": (mine, desk.drafts),
    }[what]
    before = desk.names()
    mode = locked.stat().st_mode
    locked.chmod(0o555)
    try:
        desk.assert_refused(desk.run("draft", desk.meeting, "-o", target, "--force"), str(locked), "只读")
    finally:
        locked.chmod(mode)
    assert mine.read_text(encoding="utf-8") == "定稿"
    assert desk.names() == before


def test_targets_of_the_wrong_kind(desk: Desk) -> None:
    note = desk.put("note.txt", "便条")
    (desk.drafts / "讲话稿.docx").mkdir(parents=True)
    before = desk.names()
    desk.assert_refused(desk.run("draft", desk.meeting, "-o", note), "这是文件")
    desk.assert_refused(desk.run("draft", desk.meeting, "-o", note / "x"), "这是文件")
    desk.assert_refused(desk.draft("--force"), "讲话稿.docx", "文件夹")
    desk.assert_refused(desk.run("draft", desk.meeting, "-o", desk.folder / ("长" * 200)), "名字太长")
    assert desk.names() == before


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("existing", [True, False])
def test_interrupted_writing_leaves_all_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failure: BaseException, existing: bool
) -> None:
    if existing:
        desk.put("drafts/主持词.docx", "旧的主持词")
        desk.put("drafts/讲话稿.docx", "旧的讲话稿")
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    moved: list[Path] = []
    replace = Path.replace

    def fail_at_the_third(path: Path, target: Path) -> Path:
        moved.append(path)
        if len(moved) == 3 + 3:  # each document was moved once already, by the writer of its format
            raise failure
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_third)
    outcome = desk.draft("--force")
    assert outcome.code == (130 if isinstance(failure, KeyboardInterrupt) else 2)
    assert not _ENGLISH.search(outcome.err)
    assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before
    assert desk.drafts.exists() == existing


def test_failure_while_rendering_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("speechkit.provenance.trace_table", fail)
    assert desk.draft("--trace").code == 130
    assert desk.names() == {"meeting.yaml"}


# -- new and schema ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_new_gives_a_file_that_can_be_drafted(desk: Desk, kind: str) -> None:
    target = desk.folder / "新建" / "会议.yaml"
    assert desk.run("new", kind, "-o", target).code == 0
    assert desk.run("new", kind).out == target.read_text(encoding="utf-8")
    assert desk.run("draft", target, "-o", desk.drafts).code in (0, 1)
    assert (desk.drafts / "主持词.docx").is_file()


def test_new_keeps_an_existing_file(desk: Desk) -> None:
    desk.assert_refused(desk.run("new", "推进会", "-o", desk.meeting), "--force")
    assert desk.meeting.read_text(encoding="utf-8") == MEETING
    assert desk.run("new", "推进会", "-o", desk.meeting, "--force").code == 0
    assert desk.meeting.read_text(encoding="utf-8") != MEETING


def test_new_of_an_unknown_kind(desk: Desk) -> None:
    desk.assert_refused(desk.run("new", "推进大会", "-o", desk.folder / "x.yaml"), "推进会")
    assert desk.names() == {"meeting.yaml"}


def test_help_names_every_kind(desk: Desk) -> None:
    shown = desk.run("new", "--help").out.replace("\n", "")
    assert f"会议的类型有{'、'.join(EVENT_KINDS)}。" in shown


def test_schema(desk: Desk) -> None:
    target = desk.folder / "schema.json"
    assert desk.run("schema", "-o", target).code == 0
    text = target.read_text(encoding="utf-8")
    assert desk.run("schema").out == text
    assert json.loads(text)["$schema"].startswith("https://json-schema.org/")
    assert all(f'"{key}"' in text for key in ("会议", "人员", "议程", "讲话", "汇报"))


# -- the console ---------------------------------------------------------------------------------------------


def test_version(desk: Desk) -> None:
    assert desk.run("--version").out == f"speechkit {speechkit.__version__}\n"


@pytest.mark.parametrize(
    "args", [(), ("--help",), ("draft", "--help"), ("new", "--help"), ("schema", "--help")]
)
def test_help_is_chinese(desk: Desk, args: Sequence[str]) -> None:
    outcome = desk.run(*args)
    assert outcome.code == 0
    assert outcome.out.startswith("用法：speechkit")
    assert "选项：\n" in outcome.out
    assert not _ENGLISH.search(outcome.out)


def _fail_with(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def test_interruption(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechkit.drafting.draft", _fail_with(KeyboardInterrupt()))
    outcome = desk.draft()
    assert (outcome.code, outcome.out) == (130, "")
    assert outcome.err.strip() == "已中断"
    assert desk.names() == {"meeting.yaml"}


def test_our_own_mistakes_give_one_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechkit.drafting.draft", _fail_with(ZeroDivisionError("division by zero")))
    outcome = desk.draft()
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    assert "ZeroDivisionError" in outcome.err
    assert "维护者" in outcome.err
    monkeypatch.setenv("SPEECHKIT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        desk.draft()


def _process(args: Sequence[str], **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "speechkit", *args]
    return subprocess.run(command, capture_output=True, env={**os.environ, **env}, check=False)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_streams_that_know_no_chinese(encoding: str) -> None:
    done = _process(["drafft"], PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 2
    assert done.stderr.decode("utf-8").startswith("没有“drafft”这个命令")


def test_chinese_encodings_are_kept() -> None:
    done = _process(["--help"], PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert done.stdout.decode("gbk").startswith("用法：")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="这个系统没有/dev/full")
def test_output_that_cannot_be_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    full = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115, PTH123
    monkeypatch.setattr(sys, "stdout", full)
    assert main(["--help"]) == 2
    monkeypatch.undo()
    assert desk.capsys.readouterr().err == "系统拒绝读写屏幕输出（错误号28）\n"
    with pytest.raises(OSError, match="28"):
        full.close()


def test_reader_that_has_enough(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with io.TextIOWrapper(os.fdopen(write_end, "wb"), encoding="utf-8") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        assert main(["--help"]) == 141
    monkeypatch.undo()
    assert desk.capsys.readouterr().err == ""
