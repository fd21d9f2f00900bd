"""The commands for whoever keeps a corpus."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpuscase import SLOT
from speechkit.cli import main
from speechkit.cli_corpus import lint_command, preview_command, show_command, stats_command

ROOT = Path(__file__).resolve().parent.parent
CAMPAIGN = ROOT / "examples" / "campaign" / "meeting.yaml"
README = (ROOT / "README.md").read_text(encoding="utf-8")
TYPICAL = """\
短语:
  讲话.号召:
    甲1: 事情定下来，就要一件一件办出结果。
    甲2: '{{会议.名称}}开得及时，回去就办。'
"""
FAULTY = """\
短语:
  讲话.号召:
    甲1: 布署已经定了，
    甲2: '{{会议.名子}}开得及时。'
"""
QUICK = ("--drafts", "0")
_ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}|Traceback|Errno|Usage|Options|Missing")


@dataclass(frozen=True)
class Desk:
    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def own(self) -> Path:
        return self.folder / "corpora"

    def put(self, text: str, name: str = "corpora/own.yaml") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *args: str | Path) -> tuple[int, str, str]:
        code = main(["corpus", *map(str, args)])
        shown = self.capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return code, shown.out, shown.err

    def refused(self, *args: str | Path) -> str:
        code, out, err = self.run(*args)
        assert (code, out) == (2, "")
        assert not _ENGLISH.search(err.replace("speechkit corpus", "")), err
        assert len([line for line in err.splitlines() if not line.startswith("用法见：")]) == 1, err
        return err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_help(desk: Desk) -> None:
    code, out, _ = desk.run()
    assert code == 0
    assert all(name in out for name in ("stats", "show", "lint", "preview"))
    for command in ("stats", "show", "lint", "preview"):
        code, out, _ = desk.run(command, "--help")
        assert (code, out.startswith(f"用法：speechkit corpus {command}")) == (0, True)
        assert not _ENGLISH.search(out.replace("speechkit corpus", "")), out


# -- a typical corpus ----------------------------------------------------------------------------------------


def test_typical(desk: Desk) -> None:
    path = desk.put(TYPICAL)
    code, out, _ = desk.run("stats", "--corpora", desk.own)
    assert (code, "1个槽里有短语2条" in out) == (0, True)
    code, out, _ = desk.run("show", f"{SLOT}/通用/甲2", "--corpora", desk.own)
    assert (code, f"{path}：第4行" in out) == (0, True)
    assert desk.run("lint", "--corpora", desk.own, *QUICK) == (0, "没有发现问题\n", "")


def test_bundled(desk: Desk) -> None:
    code, out, _ = desk.run("stats", "--format", "json")
    assert (code, json.loads(out)["phrases"]["own"] > 500) == (0, True)
    code, out, _ = desk.run("show", "创卫")
    assert (code, "讲话.任务.推进" in out) == (0, True)
    assert desk.run("lint", "--rule", "变量")[0] == 0


def test_previews(desk: Desk) -> None:
    desk.put(TYPICAL)
    code, out, _ = desk.run("preview", CAMPAIGN, "--slot", SLOT, "--corpora", desk.own, "--seed", "乙")
    assert code == 0
    assert out.startswith("讲话稿，第1处：")
    assert re.search("[　＊]通用/甲2  云山县.*开得及时，回去就办。", out)
    assert "×" in out
    assert desk.run("preview", CAMPAIGN, "--slot", "主持.请.揭牌")[0] == 1


def test_corpora_beside_the_meeting_are_used(desk: Desk) -> None:
    desk.put(TYPICAL)
    meeting = desk.put(CAMPAIGN.read_text(encoding="utf-8"), "meeting.yaml")
    assert "通用/甲2" in desk.run("preview", meeting, "--slot", SLOT)[1]


def test_findings(desk: Desk) -> None:
    path = desk.put(FAULTY)
    code, out, err = desk.run("lint", "--corpora", desk.own, *QUICK)
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert f"警告：{path}：第3行：{SLOT}/通用/甲1：“布署”：写错的词，应当是部署" in lines
    assert any(line.startswith(f"错误：{path}：第4行：{SLOT}/通用/甲2：") for line in lines)
    assert lines[-1] == "共3处：变量1，句末1，用词1"


def test_findings_of_one_rule_as_json(desk: Desk) -> None:
    path = desk.put(FAULTY)
    code, out, _ = desk.run("lint", "--corpora", desk.own, "--rule", "用词", "--format", "json")
    told = json.loads(out)
    assert (code, told["version"], len(told["findings"])) == (1, 1, 1)
    page = (ROOT / "docs" / "corpus-json.md").read_text(encoding="utf-8")
    described = json.loads(re.findall(r"```json\n(.*?)```", page, re.DOTALL)[1])
    assert list(told["findings"][0]) == list(described["findings"][0])
    assert (told["findings"][0]["file"], told["findings"][0]["line"]) == (str(path), 3)


def test_trials_with_a_meeting_of_ones_own(desk: Desk) -> None:
    desk.put(TYPICAL)
    code, out, _ = desk.run(
        "lint", "--corpora", desk.own, "--drafts", "20", "--meeting", CAMPAIGN, "--rule", "选用"
    )
    assert (code, out) == (0, "没有发现问题\n")
    desk.put("短语:\n  讲话.号召:\n    甲1: {文: 好。, 条件: '会议.名称 == \"没有的会\"'}\n")
    code, out, _ = desk.run("lint", "--corpora", desk.own, "--drafts", "13")
    assert (code, "另有1条短语在试写的会议里用不上" in out) == (0, True)


def test_variables_that_only_a_draft_meets(desk: Desk) -> None:
    """What the check of variables reports keeps trials from running: that is no reason to stop."""
    desk.put(FAULTY)
    code, out, _ = desk.run("lint", "--corpora", desk.own, "--drafts", "13")
    assert code == 1
    assert "“会议.名子”" in out
    assert "没有试写" in out


def test_wording_of_past_texts(desk: Desk) -> None:
    past = desk.put("会上说了：事情定下来，就要一件一件办出结果！", "旧稿/去年.txt")
    desk.put(TYPICAL)
    code, out, _ = desk.run("lint", "--corpora", desk.own, *QUICK, "--against", past.parent)
    assert (code, "去年.txt" in out, out.splitlines()[-1]) == (1, True, "共1处：照抄1")
    past.write_text("另外的话，和语料没有一处相同。", encoding="utf-8")
    assert desk.run("lint", "--corpora", desk.own, *QUICK, "--against", past.parent)[0] == 0


# -- empty and broken corpora --------------------------------------------------------------------------------


def test_no_phrases(desk: Desk) -> None:
    desk.put("短语:\n")
    assert desk.run("stats", "--corpora", desk.own)[0] == 0
    assert desk.run("lint", "--corpora", desk.own, "--drafts", "2") == (0, "没有发现问题\n", "")


@pytest.mark.parametrize("command", ["stats", "lint"])
def test_empty_folder(desk: Desk, command: str) -> None:
    desk.own.mkdir()
    assert "没有语料文件" in desk.refused(command, "--corpora", desk.own)


BROKEN = (
    "短语: [",
    "",
    "短语:\n  讲话.号召: 好。\n",
    "短语:\n  讲话.号召:\n    甲: '{{ 主题 '\n",
    "- 甲\n",
    "\x00",
)


@pytest.mark.parametrize("text", BROKEN)
def test_broken_corpora(desk: Desk, text: str) -> None:
    path = desk.put(text)
    code, out, _ = desk.run("lint", "--corpora", desk.own)
    assert code == 1
    assert out.startswith(f"错误：{path}：")
    for args in (("stats",), ("show", SLOT)):
        code, out, err = desk.run(*args, "--corpora", desk.own)
        assert (code, out) == (2, "")
        assert err.startswith(str(path))
    code, out, err = desk.run("preview", CAMPAIGN, "--slot", SLOT, "--corpora", desk.own)
    assert (code, out, str(path) in err) == (2, "", True)


# -- wrong use -----------------------------------------------------------------------------------------------


def test_wrong_use(desk: Desk) -> None:
    desk.put(TYPICAL)
    absent = desk.folder / "没有"
    assert "没有这个文件夹" in desk.refused("lint", "--corpora", absent)
    assert "没有这个文件夹" in desk.refused("stats", "--outlines", absent)
    assert "是不是“变量”" in desk.refused("lint", "--rule", "变亮")
    assert "--drafts" in desk.refused("lint", "--drafts", "许多")
    assert "--drafts" in desk.refused("lint", "--drafts", "-1")
    assert "json" in desk.refused("stats", "--format", "xml")
    assert "没有这个文件" in desk.refused("lint", "--meeting", absent, "--drafts", "1")
    assert str(absent) in desk.refused("lint", "--against", absent)
    assert "讲话.号召" in desk.refused("show", "讲话.号招")
    assert "讲话.号召" in desk.refused("preview", CAMPAIGN, "--slot", "讲话.号招")
    assert "没有这个文件" in desk.refused("preview", absent, "--slot", SLOT)
    assert "缺少" in desk.refused("show")
    assert desk.refused("preview", CAMPAIGN)
    assert "是不是“lint”" in desk.refused("lnt")


def test_readme_names_the_options() -> None:
    options = {
        name
        for command in (stats_command, show_command, lint_command, preview_command)
        for param in command.params
        for name in param.opts
        if name.startswith("--")
    }
    section = README.split("## 管好语料")[1].split("\n## ")[0]
    assert options - {"--seed", "--outlines"} <= set(re.findall("--[a-z]+", section))
