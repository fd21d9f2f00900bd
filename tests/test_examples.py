"""The examples run as they stand, and their drafts are what the code gives now."""

from pathlib import Path

import pytest

from speechkit.drafting import draft
from speechkit.meeting import load_meeting
from update_examples import drafts_of, folders

WITH_GAPS = {"symposium", "untidy"}


@pytest.fixture(params=folders(), ids=lambda folder: str(folder.name))
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_drafts_are_up_to_date(folder: Path) -> None:
    """Where this fails after a change that is meant, run python tests/update_examples.py."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in (folder / "drafts").glob("*.md")}
    assert kept == dict(drafts_of(folder))


def test_nothing_is_missing_but_where_it_is_meant_to_be(folder: Path) -> None:
    gaps = any(one.has_gaps for one in draft(load_meeting(folder / "meeting.yaml")))
    assert gaps == (folder.name in WITH_GAPS)


def test_campaign_gives_three_documents() -> None:
    campaign = next(folder for folder in folders() if folder.name == "campaign")
    assert [name for name, _ in drafts_of(campaign)] == ["主持词.md", "讲话稿.md", "汇报材料.md"]


def test_several_speeches_are_told_apart() -> None:
    safety = next(folder for folder in folders() if folder.name == "safety")
    names = [name for name, _ in drafts_of(safety)]
    assert names == ["主持词.md", "讲话稿-沈静.md", "讲话稿-高远.md", "汇报材料.md"]


def test_lengths_are_met(folder: Path) -> None:
    for one in draft(load_meeting(folder / "meeting.yaml")):
        assert not any("要求约" in finding.message for finding in one.findings), one.name
