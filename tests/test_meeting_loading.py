"""Meeting files are read in all the forms writers give them, and every error is named at once."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechkit.meeting import Meeting, MeetingFileError, load_meeting
from speechkit.meeting.agenda import AgendaItem
from speechkit.meeting.fields import Record
from speechkit.meeting.keys import allowed_keys
from speechkit.meeting.loading import MAX_ERRORS, read_meeting
from speechkit.meeting.starters import starter
from speechkit.yamlfile import YamlError, parse_yaml

CASES = Path(__file__).parent / "cases" / "meeting_errors.md"
CASE = re.compile(r"^## (.+?)\n+```yaml\n(.*?)```\n+```text\n(.*?)```", re.M | re.S)


def loaded(text: str) -> Meeting:
    return read_meeting(parse_yaml(text, "会.yaml"))


def errors(text: str) -> MeetingFileError:
    with pytest.raises(MeetingFileError) as error:
        loaded(text)
    return error.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=title)
        for title, text, expected in CASE.findall(CASES.read_text("utf-8"))
    ],
)
def test_all_errors_are_told_with_line_key_and_advice(text: str, expected: str) -> None:
    error = errors(text)
    assert [str(found).removeprefix("会.yaml：") for found in error.diagnostics] == expected.splitlines()
    assert str(error) == "\n".join(f"会.yaml：{row}" for row in expected.splitlines())


def test_no_case_is_lost() -> None:
    assert len(CASE.findall(CASES.read_text("utf-8"))) == CASES.read_text("utf-8").count("\n## ")


def test_chinese_keys_english_names_and_a_mixture_mean_the_same() -> None:
    chinese = loaded(
        "会议: {名称: 推进会, 主持人: 王志强}\n人员: [{姓名: 王志强}]\n讲话: [{讲话人: 王志强, 分钟: 8}]"
    )
    english = loaded(
        "event: {name: 推进会, host: 王志强}\npeople: [{name: 王志强}]\n"
        "speeches: [{speaker: 王志强, minutes: 8}]"
    )
    mixture = loaded(
        "event: {名称: 推进会, host: 王志强}\n人员: [{name: 王志强}]\n"
        "speeches: [{讲话人: 王志强, minutes: 8}]"
    )
    assert chinese == english == mixture


def test_one_item_may_stand_without_its_list_and_one_text_without_its_mapping() -> None:
    short = loaded(
        "会议: {地区: 清河县, 参会: 各镇镇长, 主持人: 甲}\n人员: 甲\n"
        "讲话: {任务: 完善设施, 要求: 抓紧办, 数据: 新建公厕12座}"
    )
    long = loaded(
        "会议: {地区: {名称: 清河县}, 参会: [{群体: 各镇镇长}], 主持人: 甲}\n人员: [{姓名: 甲}]\n"
        "讲话: [{任务: [{名称: 完善设施}], 要求: [{内容: [抓紧办]}], 数据: [{文: 新建公厕12座}]}]"
    )
    assert short == long


def test_keys_with_nothing_behind_count_as_not_given() -> None:
    empty = loaded(
        "会议:\n  名称: 会\n  类型:\n  时间: ''\n  地区:\n  主席台:\n    -\n人员:\n议程: []\n讲话: ~\n"
    )
    assert empty == loaded("会议: {名称: 会}")


def test_values_stay_as_the_writer_wrote_them() -> None:
    meeting = loaded(
        "会议: {名称: 9:00, 时间: 2026-08-20 09:00, 应到: 12}\n"
        "人员: [{姓名: 是, 来宾: 是}]\n讲话: {数据: [{指标: 面积, 数值: 010, 单位: 亩}]}"
    )
    assert meeting.event.name == "9:00"
    assert meeting.when() == datetime(2026, 8, 20, 9)
    assert (meeting.event.expected, meeting.people[0].name, meeting.people[0].guest) == (12, "是", True)
    assert str(meeting.speeches[0].figures[0]) == "面积010亩"


def test_a_reference_may_be_a_name_a_key_or_the_post_of_a_nameless_person() -> None:
    meeting = loaded(
        "会议: {主席台: [王志强, 书记, 县政协主席]}\n"
        "人员: [{姓名: 王志强}, {代号: 书记, 姓名: 林国栋}, {职务: 县政协主席}]"
    )
    assert [meeting.person(name) for name in meeting.event.platform] == list(meeting.people)


def test_spaces_in_names_are_forgiven() -> None:
    assert loaded("会议: {主持人: 李 明}\n人员: [{姓名: 李  明}]").person("李明")


def test_lines_are_right_where_list_items_were_left_empty() -> None:
    found = errors(
        "讲话:\n  任务:\n    -\n    - 名称: 甲\n    -\n    - {名称: 乙, 时限: 2月30日}\n"
    ).diagnostics
    assert [(d.line, d.key) for d in found] == [(6, "讲话[0].任务[1].时限")]


def test_an_alias_that_repeats_an_error_is_told_at_each_place() -> None:
    found = errors("甲: 1\n人员: &a [{姓名: 王, 年龄: 3}]\n").diagnostics
    assert [d.line for d in found] == [1, 2]


def test_a_wrong_file_of_many_errors_is_given_up() -> None:
    people = "".join(f"  - 姓名: 王{n}\n" for n in range(20_000))
    found = errors(
        f"会议:\n  主席台: [{', '.join(f'李{n}' for n in range(20_000))}]\n人员:\n{people}"
    ).diagnostics
    assert len(found) == MAX_ERRORS + 1
    assert "错误太多" in found[-1].message


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_file_in_any_office_encoding_is_loaded(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "会.yaml", "会议:\n  名称: 推进会\n".encode(encoding))
    assert load_meeting(path).event.name == "推进会"


UNREADABLE: dict[str, Callable[[Path], Path]] = {
    "没有这个文件": lambda folder: folder / "没有.yaml",
    "这是一个文件夹": lambda folder: folder,
    "文件里没有内容": lambda folder: written(folder / "空.yaml", b""),
    "文件太大": lambda folder: written(folder / "大.yaml", b"a" * 6_000_000),
    "NUL": lambda folder: written(folder / "零.yaml", b"a: \0"),
    "不能用Tab": lambda folder: written(folder / "制表.yaml", "会议:\n\t名称: 会".encode()),
    "方括号没有配对": lambda folder: written(folder / "括号.yaml", "会议: [\n名称: 会".encode()),
}


@pytest.mark.parametrize("message", UNREADABLE)
def test_a_file_that_is_no_yaml_says_so(tmp_path: Path, message: str) -> None:
    with pytest.raises(YamlError, match=message):
        load_meeting(UNREADABLE[message](tmp_path))


def test_the_file_is_named_as_the_user_gave_it(tmp_path: Path) -> None:
    path = written(tmp_path / "会.yaml", "会议: {年: 1}".encode())
    with pytest.raises(MeetingFileError) as error:
        load_meeting(str(path))
    assert {found.file for found in error.value.diagnostics} == {str(path)}


# -- whatever the writer does, the answer is Chinese

RECORDS = [info.record for info in allowed_keys(Meeting) if info.record] + [AgendaItem]
KEYS = sorted({name for r in RECORDS for i in allowed_keys(r) for name in (i.chinese, i.english)})
WORDS = [
    "讲话",
    "推进会",
    "自定",
    "王志强",
    "是",
    "0",
    "-3",
    "1.5",
    "9" * 30,
    "2026-02-30",
    "2026-08-20",
    "：",
    "\u200b",
    "",
    None,
]
SCALARS = st.one_of(st.sampled_from(WORDS), st.text("甲乙、：《》，. 12年月日\ue000\u3000", max_size=12))
GARBAGE: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*KEYS, "", "甲", "１"]), inner, max_size=5),
    ),
    max_leaves=15,
)
ENGLISH = re.compile(r"[A-Za-z]{2,}[ _][A-Za-z]{2,}")


def complaints(tree: Any) -> tuple[str, ...]:
    """Return the messages a tree draws; anything but MeetingFileError goes through and fails the test."""
    file = parse_yaml("会议: {}", "会.yaml")
    object.__setattr__(file, "data", tree)
    try:
        read_meeting(file)
    except MeetingFileError as error:
        return tuple(found.message for found in error.diagnostics)
    return ()


def assert_chinese(messages: tuple[str, ...]) -> None:
    for message in messages:
        quoted = re.sub("|".join(map(re.escape, sorted(KEYS, key=len, reverse=True))), "", message)
        assert re.search("[\u4e00-\u9fff]", message)
        assert not ENGLISH.search(quoted), message


@given(GARBAGE)
def test_garbage_is_refused_in_chinese(tree: Any) -> None:
    assert_chinese(complaints(tree))


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A starting file with one to three of its values replaced by garbage."""
    tree = parse_yaml(starter(draw(st.sampled_from(["推进会", "启动仪式", "其他"])))).data
    for _ in range(draw(st.integers(1, 3))):
        parents = [node for node in _nodes(tree) if node]
        parent = draw(st.sampled_from(parents))
        key = draw(st.sampled_from(sorted(parent) if isinstance(parent, dict) else range(len(parent))))
        parent[key] = draw(GARBAGE)
    return tree


def _nodes(tree: Any) -> list[Any]:
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    own = [tree] if isinstance(tree, dict | list) else []
    return own + [node for value in inner for node in _nodes(value)]


@given(damaged())
@settings(max_examples=60)
def test_damaged_files_are_refused_in_chinese(tree: Any) -> None:
    assert_chinese(complaints(tree))


@given(GARBAGE)
@settings(max_examples=50, deadline=None)  # each example goes through all keys
def test_every_kind_of_value_meets_every_kind_of_key(value: Any) -> None:
    for record in _records(Meeting, set()):
        for info in allowed_keys(record):
            place = _place(Meeting, record, ())
            assert place is not None
            tree: Any = {info.chinese: value}
            for key in reversed(place):
                tree = {key: tree}
            assert_chinese(complaints(tree))


def _records(record: type[Record], seen: set[type[Record]]) -> list[type[Record]]:
    if record in seen:
        return []
    seen.add(record)
    return [record, *(r for info in allowed_keys(record) if info.record for r in _records(info.record, seen))]


def _place(here: type[Record], wanted: type[Record], path: tuple[str, ...]) -> tuple[str, ...] | None:
    if here is wanted:
        return path
    for info in allowed_keys(here):
        if info.record and info.record is not here:
            found = _place(info.record, wanted, (*path, info.chinese))
            if found is not None:
                return found
    return None
