"""Rules are data: what each must find and what it must let pass stands beside it."""

from pathlib import Path

import pytest

from speechkit.meeting import load_meeting
from speechkit.proofing.context import Context
from speechkit.proofing.errors import ProofingError
from speechkit.proofing.proofreading import proofread_text
from speechkit.proofing.rules import load_rules
from speechkit.proofing.text import Text
from speechkit.proofing.together import proofread_together
from speechkit.yamlfile import YamlError

RULES = load_rules()
SAMPLE = Path(__file__).parent / "cases" / "proofing_meeting.yaml"
CONTEXT = Context(RULES, load_meeting(SAMPLE))


def found(text: str, rule: str) -> list[str]:
    if rule.startswith("合看."):
        return found_together(text, rule)
    genre = next(iter(RULES[rule].genres), "")
    findings = proofread_text(Text(text, genre=genre), CONTEXT)
    return [finding.message for finding in findings if finding.rule == rule]


def found_together(example: str, rule: str) -> list[str]:
    """The example is a host script and a speech, with ==== between them."""
    script, speech = example.split("\n====\n")
    texts = [Text(script, "主持词", "主持词"), Text(speech, "讲话稿", "讲话稿")]
    hits = proofread_together(texts, CONTEXT)
    findings = [f for t in texts for f in proofread_text(t, CONTEXT, checks=[lambda t, _: hits[t.file]])]
    return [finding.message for finding in findings if finding.rule == rule]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_has_examples_of_both_sorts(rule: str) -> None:
    assert RULES[rule].wrong, "没有写“错”的例子"
    assert RULES[rule].right, "没有写“对”的例子"
    assert RULES[rule].source, "没有写依据"


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_finds_what_it_must_and_lets_the_rest_pass(rule: str) -> None:
    for text in RULES[rule].wrong:
        assert found(text, rule), text
    for text in RULES[rule].right:
        assert not found(text, rule), text


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_messages_are_filled_in(rule: str) -> None:
    for text in RULES[rule].wrong:
        assert not any("{" in message for message in found(text, rule))


def test_a_rule_of_ones_own_overrides_by_id(tmp_path: Path) -> None:
    (tmp_path / "自己的.yaml").write_text(
        "规则:\n  自己.一号:\n    级别: 提示\n    说明: 不用“{原文}”\n    样式: 亲们\n", encoding="utf-8"
    )
    context = Context(load_rules([tmp_path]))
    (finding,) = [f for f in proofread_text(Text("亲们好。"), context) if f.rule == "自己.一号"]
    assert (finding.message, finding.span and finding.span.begin) == ("不用“亲们”", 0)
    assert not [
        f for f in proofread_text(Text("亲们好。"), context, off={"自己.一号"}) if f.rule == "自己.一号"
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("规则:\n  甲:\n    级别: 很错\n    说明: 一\n", "级别只能是"),
        ("规则:\n  甲:\n    级别: 必错\n", "缺少“说明”"),
        ("规则:\n  甲:\n    级别: 必错\n    说明: 一\n    样子: 甲\n", "是不是“样式”"),
        ("规则:\n  甲:\n    级别: 必错\n    说明: 一\n    样式: '('\n", "不是正则表达式"),
        ("规则: 甲\n", "规则"),
    ],
)
def test_broken_rules_are_named_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "规则.yaml").write_text(text, encoding="utf-8")
    with pytest.raises((ProofingError, YamlError), match=says) as caught:
        load_rules([tmp_path])
    assert "规则.yaml" in str(caught.value)
