"""The examples in the documentation work as they stand."""

import json
import re
from pathlib import Path

import pytest

from speechkit import load_layout, read
from speechkit.cli import draft_command, main

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTLINES = (ROOT / "docs" / "outline-format.md").read_text(encoding="utf-8")
TRACES = (ROOT / "docs" / "trace-format.md").read_text(encoding="utf-8")


def _block(text: str, language: str, start: str = "") -> str:
    """Return the first block of code in a language that begins with `start`."""
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return next(block for block in blocks if block.startswith(start))


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    """Return the shortest meeting file of the README."""
    path = tmp_path / "meeting.yaml"
    path.write_text(_block(README, "yaml", "会议:"), encoding="utf-8")
    return path


def test_shortest_meeting(meeting: Path, tmp_path: Path) -> None:
    assert main(["draft", str(meeting), "-o", str(tmp_path / "drafts")]) == 0
    assert {path.name for path in (tmp_path / "drafts").iterdir()} == {"讲话稿.docx", "主持词.docx"}


def test_layout_of_the_readme(tmp_path: Path) -> None:
    (tmp_path / "office.yaml").write_text(_block(README, "yaml", "# layouts"), encoding="utf-8")
    assert load_layout("office", [tmp_path]).body.font == "仿宋"


def test_program_of_the_readme(meeting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(meeting.parent)
    exec(compile(_block(README, "python"), "README.md", "exec"), {})
    assert read("讲话稿.docx").blocks


def test_outline_of_the_documentation(meeting: Path, tmp_path: Path) -> None:
    outlines = tmp_path / "outlines"
    outlines.mkdir()
    (outlines / "own.yaml").write_text(_block(OUTLINES, "yaml"), encoding="utf-8")
    # Its slots have no phrases yet: that is a warning, as the page says.
    assert main(["draft", str(meeting), "-o", str(tmp_path / "drafts"), "--genre", "情况说明"]) == 1
    assert (tmp_path / "drafts" / "情况说明.docx").is_file()


def test_trace_of_the_documentation(meeting: Path, tmp_path: Path) -> None:
    described = json.loads(_block(TRACES, "json"))
    assert main(["draft", str(meeting), "-o", str(tmp_path / "drafts"), "--trace"]) == 0
    written = json.loads((tmp_path / "drafts" / "讲话稿.trace.json").read_text(encoding="utf-8"))
    assert list(written) == list(described)
    assert list(written["sentences"][0]) == list(described["sentences"][0])


def test_readme_lists_every_option() -> None:
    options = {name for param in draft_command.params for name in param.opts if name.startswith("-")}
    chinese, english = README.split("## English")
    assert options == set(re.findall(r"--?[a-z]+", _table(chinese, "`-o")))
    assert {option for option in options if option.startswith("--")} - {"--output"} <= set(
        re.findall(r"--[a-z]+", english)
    )


def _table(text: str, first: str) -> str:
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first}"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1])
    return "\n".join(rows)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target
