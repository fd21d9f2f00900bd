"""The schema that editors use takes what the loader takes and refuses what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from speechkit.meeting import EVENT_KINDS, ITEM_KINDS, MeetingFileError
from speechkit.meeting.loading import read_meeting
from speechkit.meeting.schema import meeting_schema
from speechkit.meeting.starters import starter
from speechkit.yamlfile import load_yaml, parse_yaml

SCHEMA = meeting_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
EXAMPLES = sorted((Path(__file__).parent.parent / "examples").rglob("meeting.yaml"))


def faults(tree: Any) -> list[str]:
    return [
        f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in VALIDATOR.iter_errors(tree)
    ]


def test_it_is_a_schema_and_can_be_written_down() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_starting_file_passes(kind: str) -> None:
    assert faults(parse_yaml(starter(kind)).data) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_passes(path: Path) -> None:
    assert faults(load_yaml(path).data) == []


def test_there_are_examples() -> None:
    assert EXAMPLES


ACCEPTED = [
    "event: {name: 会, host: 甲}\npeople: [{name: 甲}]\nspeeches: [{speaker: 甲, tasks: [完善设施]}]",
    "会议: {name: 会, 参会: 各镇, 地区: 清河县}\n讲话: {任务: 完善设施, 分钟: 8}",
    "会议:\n人员:\n议程: []\n",
    "议程: [{类型: 表彰颁奖, 步骤: [{kind: 宣读文件, documents: 通报}, {类型: 讲话}]}]",
    "讲话: {数据: [新建公厕12座, {指标: 绿化率, 数值: 38.5}]}",
]
REFUSED = [
    "- 会议",
    "会议: {名: 会}",
    "会议: {名称: [会]}",
    "会议: 推进会",
    "会议: {类型: 推进}",
    "会议: {应到: 三百}",
    "议程: [{名称: 某项}]",
    "议程: [{类型: 讲话, 文件: 通知}]",
    "议程: [{kind: 讲话, documents: 通知}]",
    "议程: [{类型: 宣读文件, 步骤: [{类型: 讲话, 地点: 某处}]}]",
    "人员: [{姓名: 甲, 来宾: 也许}]",
    "讲话: {任务: [{措施: 清扫}]}",
    "讲话: {要求: [{时限: 月底}]}",
    "人员: [[甲]]",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_loader_takes_passes(text: str) -> None:
    file = parse_yaml(text)
    read_meeting(file)
    assert faults(file.data) == []


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_loader_refuses_fails(text: str) -> None:
    file = parse_yaml(text)
    with pytest.raises(MeetingFileError):
        read_meeting(file)
    assert faults(file.data)


def test_values_of_an_editor_s_own_yaml_pass() -> None:
    tree = {
        "会议": {"时间": "2026-08-20", "应到": 20, "实到": 18},
        "人员": [{"姓名": "甲", "来宾": True, "位次": 1}],
        "讲话": [{"分钟": 8, "数据": [{"指标": "绿化率", "数值": 38.5}]}],
    }
    assert faults(tree) == []


def mappings(schema: Any) -> list[dict[str, Any]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = [schema] if isinstance(schema, dict) and schema.get("type") == "object" else []
    return own + [mapping for value in inner for mapping in mappings(value)]


def test_every_property_tells_in_chinese_what_it_is_for() -> None:
    for mapping in mappings(SCHEMA):
        assert mapping["additionalProperties"] is False
        for name, value in mapping["properties"].items():
            assert not value["title"].isascii()
            assert not value["description"].isascii(), name
            assert name.isascii() == value["description"].startswith(f"即“{value['title']}”")


def test_the_words_of_enumerations_are_offered() -> None:
    definitions = SCHEMA["$defs"]
    assert definitions["Event"]["properties"]["类型"]["enum"] == [*EVENT_KINDS, None]
    assert definitions["AgendaItem"]["properties"]["kind"]["enum"] == [*ITEM_KINDS, None]
