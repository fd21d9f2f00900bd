"""The starting files load as they stand, and with every key in them that is commented out."""

import re

import pytest

from speechkit.meeting import EVENT_KINDS, Meeting
from speechkit.meeting.fields import Record
from speechkit.meeting.keys import allowed_keys
from speechkit.meeting.loading import read_meeting
from speechkit.meeting.starters import UnknownKindError, starter
from speechkit.resources import resource_folder
from speechkit.yamlfile import parse_yaml

SPARE = re.compile(r"^( *)# ( *(?:- )?[\u4e00-\u9fff]+:(?: .*)?| *- .*)$", re.M)


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_a_starting_file_loads_and_is_for_its_kind(kind: str) -> None:
    meeting = read_meeting(parse_yaml(starter(kind), kind))
    assert meeting.event.kind == kind
    assert meeting.agenda
    assert meeting.speeches
    assert meeting.hosting.requirements
    assert meeting.person(meeting.event.host)


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_spare_key_of_a_starting_file_is_right_too(kind: str) -> None:
    text, spare = SPARE.subn(r"\1\2", starter(kind))
    assert spare > 20
    assert read_meeting(parse_yaml(text, kind)) != read_meeting(parse_yaml(starter(kind), kind))


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_a_starting_file_explains_itself_and_has_no_gap(kind: str) -> None:
    text = starter(kind)
    assert text.startswith(f"# {kind}的会议文件")
    assert text.count("#") > 40
    assert "待补：" not in text
    assert "\t" not in text
    assert max(map(len, text.splitlines())) <= 110


def test_the_starting_files_together_show_every_key() -> None:
    shown = set(re.findall(r"[\u4e00-\u9fff]+(?=:)", "".join(map(starter, EVENT_KINDS))))
    assert {info.chinese for record in _records(Meeting, set()) for info in allowed_keys(record)} - shown <= {
        "文"
    }


def _records(record: type[Record], seen: set[type[Record]]) -> set[type[Record]]:
    if record not in seen:
        seen.add(record)
        for info in allowed_keys(record):
            if info.record:
                _records(info.record, seen)
    return seen


def test_there_is_one_for_each_kind_and_no_other() -> None:
    files = {path.stem for path in (resource_folder("templates") / "meetings").iterdir()}
    assert files == set(EVENT_KINDS)


@pytest.mark.parametrize(("kind", "near"), [("推进", "推进会"), ("表彰大会", "表彰会"), ("签约", "签约仪式")])
def test_an_unknown_kind_names_the_nearest_and_all(kind: str, near: str) -> None:
    with pytest.raises(UnknownKindError, match=f"没有“{kind}”这种会议，是不是“{near}”") as error:
        starter(kind)
    assert "、".join(EVENT_KINDS) in str(error.value)


@pytest.mark.parametrize("kind", ["", "../outlines/speech", "x" * 500])
def test_a_kind_is_no_path(kind: str) -> None:
    with pytest.raises(UnknownKindError):
        starter(kind)
