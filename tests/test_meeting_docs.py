"""docs/meeting-format.md tells of every key, and what it shows can be loaded."""

import re
from pathlib import Path

import pytest

from speechkit.meeting import EVENT_KINDS, ITEM_KINDS, Meeting
from speechkit.meeting.agenda import KEYS_OF_KIND, AgendaItem
from speechkit.meeting.fields import Record
from speechkit.meeting.keys import allowed_keys
from speechkit.meeting.loading import read_meeting
from speechkit.yamlfile import parse_yaml

TEXT = (Path(__file__).parent.parent / "docs" / "meeting-format.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.M | re.S)
WHOLE = [block for block in BLOCKS if not block.startswith(" ")]


def _records(record: type[Record], seen: dict[type[Record], None]) -> list[type[Record]]:
    if record not in seen:
        seen[record] = None
        for info in allowed_keys(record):
            if info.record:
                _records(info.record, seen)
    return list(seen)


@pytest.mark.parametrize("record", _records(Meeting, {}), ids=lambda record: record.__name__)
def test_every_key_has_its_row_with_its_english_name_and_meaning(record: type[Record]) -> None:
    for info in allowed_keys(record):
        meaning = ("**必填。**" if info.field.is_required() else "") + str(info.field.description)
        assert f"| `{info.chinese}` | `{info.english}` | {meaning} |" in TEXT


@pytest.mark.parametrize("kind", ITEM_KINDS)
def test_every_kind_of_item_has_its_row_with_its_own_keys(kind: str) -> None:
    own = "、".join(f"`{AgendaItem.model_fields[name].alias}`" for name in KEYS_OF_KIND[kind])
    assert f"| {kind} | {own or '—'} |" in TEXT


def test_every_kind_of_meeting_is_named() -> None:
    assert "、".join(EVENT_KINDS) in TEXT


@pytest.mark.parametrize("block", WHOLE, ids=range(len(WHOLE)))
def test_what_is_shown_can_be_loaded(block: str) -> None:
    assert read_meeting(parse_yaml(block, "例")) != Meeting()


def test_most_of_what_is_shown_is_whole() -> None:
    assert len(WHOLE) >= 10
