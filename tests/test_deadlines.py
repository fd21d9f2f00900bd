"""Which deadlines have passed before the meeting begins."""

from datetime import date

import pytest

from speechkit import draft
from speechkit.deadlines import has_passed
from speechkit.meeting import Meeting

HELD = date(2026, 8, 20)


@pytest.mark.parametrize(
    ("deadline", "passed"),
    [
        ("8月19日", True),
        ("8月20日", False),
        ("8月10日下班", True),
        ("7月", True),
        ("7月底", True),
        ("8月上旬", True),
        ("8月中旬", False),
        ("8月", False),
        ("8月底", False),
        ("2月底", False),  # next year's
        ("2026年2月底", True),
        ("2025年12月31日", True),
        ("2026年12月", False),
        ("2027年1月1日", False),
        ("8月10日至9月10日", False),
        ("汛期", False),
        ("13月", False),
        ("", False),
    ],
)
def test_what_lies_before_the_meeting(deadline: str, passed: bool) -> None:
    assert has_passed(deadline, HELD) is passed


def test_december_ends_with_the_year() -> None:
    assert has_passed("12月", date(2027, 1, 5)) is False
    assert has_passed("2026年12月", date(2027, 1, 5)) is True
    assert has_passed("2026年12月", date(2026, 12, 31)) is False


def test_the_writer_is_asked_about_each() -> None:
    meeting = Meeting.model_validate(
        {
            "会议": {"名称": "推进会", "时间": "2026-08-20", "主题": "治水"},
            "讲话": [
                {
                    "任务": [{"名称": "清河", "时限": "8月10日"}, {"名称": "护堤", "时限": "9月10日"}],
                    "要求": [{"内容": "报送方案", "时限": "2026年7月"}],
                }
            ],
            "主持": {"要求": [{"内容": "传达会议精神", "时限": "8月1日"}]},
        }
    )
    asked = {one.name: [f.key for f in one.findings if "已经过了" in f.message] for one in draft(meeting)}
    assert asked == {
        "讲话稿": ["讲话[0].任务[0].时限", "讲话[0].要求[0].时限"],
        "主持词": ["主持.要求[0].时限"],
    }
