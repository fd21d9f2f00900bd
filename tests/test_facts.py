"""What templates see of a meeting, and what is taken down when they use it."""

from typing import Any

import pytest

from speechkit.facts import Mention, Recorder, View, person_mention, wrap
from speechkit.filters import MISSING, MissingFactError, TemplateError
from speechkit.meeting import Person, Speech
from speechkit.templating import holds, render


def speech_view(recorder: Recorder, **derived: Any) -> View:
    speech = Speech.model_validate(
        {
            "分钟": 15,
            "进展": ["新建公厕12座", "改造农贸市场3个"],
            "数据": [{"指标": "绿化覆盖率", "数值": "38.5", "单位": "%", "比较": "比上年提高2个百分点"}],
            "目标": [{"内容": "通过评估", "时限": "2026-12-31"}],
            "任务": [{"名称": "整治市场", "牵头单位": "县委宣传部"}],
        }
    )
    return View(recorder, "讲话[0]", speech, derived)


@pytest.mark.parametrize(
    ("source", "text", "paths"),
    [
        ("{{讲话.分钟}}", "15", {"讲话[0].分钟"}),
        (
            "{{讲话.进展|顿号}}",
            "新建公厕12座、改造农贸市场3个",
            {"讲话[0].进展", "讲话[0].进展[0]", "讲话[0].进展[1]"},
        ),
        ("{{讲话.进展[1]}}", "改造农贸市场3个", {"讲话[0].进展", "讲话[0].进展[1]"}),
        ("{{讲话.进展|中文}}项", "两项", {"讲话[0].进展"}),
        (
            "{{讲话.数据|逗号}}",
            "绿化覆盖率38.5%，比上年提高2个百分点",
            {"讲话[0].数据", "讲话[0].数据[0]"},
        ),
        (
            "{% for 目标 in 讲话.目标 %}{{目标.时限}}前{{目标.内容}}{% endfor %}",
            "2026年12月31日前通过评估",
            {"讲话[0].目标", "讲话[0].目标[0].时限", "讲话[0].目标[0].内容"},
        ),
    ],
)
def test_uses_are_taken_down(source: str, text: str, paths: set[str]) -> None:
    recorder = Recorder()
    assert render(source, {"讲话": speech_view(recorder)}) == text
    assert {path for path, _ in recorder.collect()} == paths
    assert recorder.collect() == ()


@pytest.mark.parametrize(
    ("year", "spoken"), [(2026, "12月31日"), (2025, "2026年12月31日"), (None, "2026年12月31日")]
)
def test_a_deadline_goes_without_the_year_of_the_meeting(year: int | None, spoken: str) -> None:
    source = "{% for 目标 in 讲话.目标 %}{{目标.时限}}{% endfor %}"
    assert render(source, {"讲话": speech_view(Recorder(year))}) == spoken


@pytest.mark.parametrize(
    ("deadline", "spoken"),
    [("12月", "12月底"), ("2026年9月", "9月底"), ("2027年3月", "2027年3月底"), ("9月上旬", "9月上旬")],
)
def test_a_month_is_over_at_its_end(deadline: str, spoken: str) -> None:
    assert Recorder(2026).spoken_deadline(deadline) == spoken


def test_the_year_alone_is_a_deadline() -> None:
    assert Recorder(2026).spoken_deadline("2026年底") == "2026年底"


@pytest.mark.parametrize("source", ["{{讲话.讲话人}}", "{{讲话.问题|顿号}}", "{{讲话.小标题.认识}}"])
def test_what_is_not_given_is_missing(source: str) -> None:
    with pytest.raises(MissingFactError):
        render(source, {"讲话": speech_view(Recorder())})


def test_unknown_keys_are_errors() -> None:
    with pytest.raises(TemplateError, match="变量"):
        render("{{讲话.主题曲}}", {"讲话": speech_view(Recorder())})


def test_a_record_can_not_be_printed() -> None:
    with pytest.raises(TemplateError):
        render("{{讲话}}", {"讲话": speech_view(Recorder())})


@pytest.mark.parametrize(
    ("value", "expected"), [(None, MISSING), ("", MISSING), ([], MISSING), (0, 0), ("甲", "甲")]
)
def test_derived_facts(value: Any, expected: Any) -> None:
    assert speech_view(Recorder(), 立场=value)["立场"] == expected


@pytest.mark.parametrize("value", [None, "", ()])
def test_nothing_wraps_to_missing(value: Any) -> None:
    assert wrap(Recorder(), "会议.地点", value) is MISSING


def test_what_a_record_is_about_leaves_out_its_units() -> None:
    task = speech_view(Recorder())["任务"][0]
    assert holds('任务|提到("市场")', {"任务": task})
    assert not holds('任务|提到("宣传")', {"任务": task})


def mention(recorder: Recorder, name: str = "王志强") -> Mention:
    person = Person.model_validate({"姓名": name, "职务": "县长", "来宾": "是"})
    return person_mention(recorder, "议程[0].讲话人", person, (f"县长{name}", "王县长"), False)


def test_persons_are_marks_until_the_order_is_known() -> None:
    recorder = Recorder()
    who = mention(recorder)
    text = render("请{{人}}讲话。", {"人": who})
    assert "王" not in text
    assert recorder.mentioned == [who]
    assert recorder.collect() == (("议程[0].讲话人", "县长王志强"),)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{人.全称}}", "县长王志强"),
        ("{{人.简称}}", "王县长"),
        ("{{人.姓名}}", "王志强"),
        ("{{人.职务}}", "县长"),
    ],
)
def test_fixed_forms_of_a_person(source: str, text: str) -> None:
    recorder = Recorder()
    assert render(source, {"人": mention(recorder)}) == text
    assert recorder.mentioned == []
    assert recorder.collect() == (("议程[0].讲话人", text),)


def test_the_same_person_counts_once() -> None:
    recorder = Recorder()
    assert len({mention(recorder), mention(recorder), mention(recorder, "李明")}) == 2
