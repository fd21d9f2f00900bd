"""The records of a meeting: what they take, what they make of it, and what they refuse."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from speechkit.meeting import (
    EVENT_KINDS,
    ITEM_KINDS,
    AgendaItem,
    Event,
    Figure,
    Meeting,
    Person,
    Speech,
    Task,
)
from speechkit.meeting.agenda import KEYS_OF_KIND
from speechkit.meeting.fields import Record, tidy
from speechkit.meeting.keys import allowed_keys, keys_of
from speechkit.meeting.model import REFERENCE_FIELDS
from speechkit.meeting.moments import MomentValue, parse_moment


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("  县 委 书记 ", "县委书记"),
        ("全县,各镇", "全县，各镇"),
        ("中 , b", "中，b"),
        ("会议(扩大),研究: 3项", "会议（扩大），研究：3项"),
        ("iPhone 15 Pro", "iPhone 15 Pro"),
        ("3,000元", "3,000元"),
        ("9:30开会", "9:30开会"),
        ("38.5%,居前列", "38.5%，居前列"),
        ("王\u200b志强\ufeff", "王志强"),
        ("第一行\n  第二行", "第一行第二行"),
        ("甲\u3000乙", "甲乙"),
    ],
)
def test_a_line_is_tidied_as_it_may_stand_in_print(written: str, tidied: str) -> None:
    assert tidy(written) == tidied


@given(st.text("甲乙ab12 ,;:?!()，。（）“”《》%\u3000\u200b\n", max_size=15))
def test_tidying_changes_nothing_but_space_and_width_and_only_once(text: str) -> None:
    wide = str.maketrans(",;:?!()", "，；：？！（）", " \u3000\u200b\n")
    assert tidy(text).translate(wide) == text.translate(wide)
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("清扫街道。", "清扫街道"),
        ("清扫街道；", "清扫街道"),
        ("清扫街道，。", "清扫街道"),
        ("完成38.5%", "完成38.5%"),
    ],
)
def test_a_clause_loses_the_mark_at_its_end(written: str, kept: str) -> None:
    assert Speech(problems=(written,)).problems == (kept,)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("8月底前", "8月底"),
        ("9月30日之前。", "9月30日"),
        ("2026-09-30前", "2026年9月30日"),
        ("2026.9.30", "2026年9月30日"),
        ("年底以前", "年底"),
        ("2月29日", "2月29日"),
    ],
)
def test_a_deadline_is_kept_without_before(written: str, kept: str) -> None:
    assert Task(name="完善设施", deadline=written).deadline == kept


def test_a_title_is_kept_without_its_marks_but_not_two_titles() -> None:
    assert AgendaItem(kind="宣读文件", documents=("《实施方案》",)).documents[0].title == "实施方案"
    assert AgendaItem(kind="讲话", subject="《甲》和《乙》").subject == "《甲》和《乙》"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-08-20 09:00", "2026年8月20日9时"),
        ("2026-08-20T09:05:00", "2026年8月20日9时05分"),
        ("2026-8-20", "2026年8月20日"),
        ("2026.8.20 15时", "2026年8月20日15时"),
        ("2026年8月20日（星期四）下午2点半", "2026年8月20日14时30分"),
        ("2026年8月20日 周四 上午9:00", "2026年8月20日9时"),
        ("２０２６年８月２０日９：３０", "2026年8月20日9时30分"),
        ("2026年8月20日晚上7点", "2026年8月20日19时"),
        ("2026年8月20日中午12点", "2026年8月20日12时"),
        ("2026年8月20日下午15时整", "2026年8月20日15时"),
    ],
)
def test_a_moment_is_read_as_offices_write_it(written: str, said: str) -> None:
    assert str(parse_moment(written)) == said


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-29",
        "2026-08-20 25:00",
        "8月20日",
        "明天上午",
        "2026年8月20日晚上12点",
        "20260820",
        "2026-08-20 9:75",
    ],
)
def test_no_moment_is_guessed(written: str) -> None:
    with pytest.raises(ValidationError):
        Event(time=written)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0))
)
def test_what_a_moment_says_can_be_read_again(at: datetime) -> None:
    moment = MomentValue(at, True)
    assert parse_moment(str(moment)) == moment
    assert parse_moment(moment.day) == MomentValue(datetime.combine(at.date(), datetime.min.time()), False)


def test_dates_of_python_are_moments_too() -> None:
    assert Event(time=date(2026, 8, 20)).time == parse_moment("2026-08-20")
    assert Event(time=datetime(2026, 8, 20, 9)).time == parse_moment("2026-08-20 9:00")


@pytest.mark.parametrize("nothing", ["", None])
def test_nothing_is_nothing(nothing: Any) -> None:
    assert Event(name=nothing, time=nothing, expected=nothing, slogans=nothing, platform=nothing) == Event()
    assert Event(kind=None, region=None, tone=None) == Event()
    assert Meeting(people=nothing, agenda=nothing) == Meeting()


@pytest.mark.parametrize(
    "value",
    [True, [], {}, object(), 10**5000, "\x07", "\ue000", "\udcff", "\uffff"],
    ids=lambda v: type(v).__name__,
)
def test_what_is_no_line_of_text_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        Event(name=value)


@pytest.mark.parametrize(
    "value", [0, -1, 10**30, "三百", "1.5", "9" * 5000, [], {}], ids=lambda v: type(v).__name__
)
def test_what_is_no_number_of_people_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        Event(expected=value)


def test_numbers_may_stand_for_text_and_text_for_numbers() -> None:
    assert str(Figure(indicator="面积", value=38.5, unit="亩")) == "面积38.5亩"
    assert Event(expected=" １２ ").expected == 12


def test_records_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Event().name = "别的会"  # type: ignore[misc]


@pytest.mark.parametrize("kind", ITEM_KINDS)
def test_an_item_takes_the_keys_of_its_kind_and_no_others(kind: str) -> None:
    own = {name for names in KEYS_OF_KIND.values() for name in names}
    for name in own:
        alias = str(AgendaItem.model_fields[name].alias)
        tree = {"类型": kind, "名称": "某项", alias: _sample(keys_of(AgendaItem)[name].record)}
        if name in KEYS_OF_KIND[kind]:
            assert getattr(AgendaItem.model_validate(tree), name)
        else:
            with pytest.raises(ValidationError, match="类议程没有"):
                AgendaItem.model_validate(tree)


def _sample(record: type[Record] | None) -> Any:
    return [{next(iter(keys_of(record))): "甲"}] if record else "5"


def test_every_kind_has_its_keys() -> None:
    assert tuple(KEYS_OF_KIND) == ITEM_KINDS
    assert len(set(EVENT_KINDS)) == len(EVENT_KINDS)


def test_the_highest_leader_has_the_lowest_rank_else_stands_first() -> None:
    people = (Person(name="甲"), Person(name="乙", rank=2), Person(name="丙", rank=1))
    assert Meeting(people=people).highest() == people[2]
    assert Meeting(people=people[:1]).highest() == people[0]
    assert Meeting().highest() is None


def test_a_post_is_an_answer_only_where_there_is_no_name() -> None:
    meeting = Meeting(people=(Person(name="甲", post="县长"), Person(post="书记")))
    assert meeting.person("县长") is None
    assert meeting.person("书记") == meeting.people[1]
    assert meeting.person("") is None


def _records(record: type[Record], seen: set[type[Record]]) -> set[type[Record]]:
    if record not in seen:
        seen.add(record)
        for info in allowed_keys(record):
            if info.record:
                _records(info.record, seen)
    return seen


@pytest.mark.parametrize("record", sorted(_records(Meeting, set()), key=str))
def test_every_key_is_chinese_described_and_unlike_its_neighbours(record: type[Record]) -> None:
    infos = allowed_keys(record)
    assert len({info.chinese for info in infos} | {info.english for info in infos}) == 2 * len(infos)
    for info in infos:
        assert not info.chinese.isascii()
        assert info.english.isascii()
        assert info.field.description, info


def test_every_field_that_refers_to_people_is_known() -> None:
    infos = [info for record in _records(Meeting, set()) for info in allowed_keys(record)]
    described = {info.english for info in infos if "人员里的姓名或代号" in (info.field.description or "")}
    assert described <= REFERENCE_FIELDS
    assert {info.english for info in infos if info.refers} == REFERENCE_FIELDS
