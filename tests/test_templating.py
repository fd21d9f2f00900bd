"""Templates: what they may do, what they can't, and what the filters give."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit import templating
from speechkit.corpus import Use
from speechkit.filters import MISSING, Count, MissingFactError, TemplateError, words_of
from speechkit.plain import lookup, plain_condition, plain_template
from speechkit.sandbox import compile_template
from speechkit.templating import holds, literal_parts, render


@pytest.mark.parametrize(
    ("source", "facts", "text"),
    [
        ("{{甲|顿号}}", {"甲": ["东", "西", "北"]}, "东、西、北"),
        ("{{甲|顿号}}", {"甲": ["东", "西、南", "北"]}, "东，西、南，北"),
        ("{{甲|顿号}}", {"甲": "东"}, "东"),
        ("{{甲|和}}", {"甲": ["东", "西", "北"]}, "东、西和北"),
        ("{{甲|和}}", {"甲": ["东"]}, "东"),
        ("{{甲|逗号}}", {"甲": ["东", "西"]}, "东，西"),
        ("{{甲|分号}}", {"甲": ["东", "西"]}, "东；西"),
        ("{{甲|一是}}", {"甲": ["东", "西"]}, "一是东；二是西"),
        ("{{甲|一是}}", {"甲": ["东"]}, "东"),
        ("{{甲|顿号}}", {"甲": ["东", "各县（市、区）"]}, "东、各县（市、区）"),
        ("{{甲|顿号}}", {"甲": ["东、南", "西"]}, "东、南，西"),
        ("{{甲|一要}}", {"甲": ["东", "西"]}, "一要东；二要西"),
        ("{{甲|一要}}", {"甲": ["东"]}, "要东"),
        ("{{甲|书名}}", {"甲": ["东", "西"]}, "《东》《西》"),
        ("{{甲|书名}}", {"甲": "《东》"}, "《东》"),
        ("{{甲|引号}}", {"甲": "东"}, "“东”"),
        ("{{甲|中文}}项", {"甲": ["东", "西"]}, "两项"),
        ("{{甲|中文}}项", {"甲": Count(2)}, "两项"),
        ("{{甲|length|中文}}项", {"甲": ["东", "西"]}, "两项"),
        ("第{{甲|中文}}项", {"甲": 2}, "第二项"),
        ("{{甲|中文}}", {"甲": 120}, "120"),
        ("{{甲|名称|和}}", {"甲": [{"名称": "东"}, {"名称": "西"}]}, "东和西"),
        ("{% for 项 in 甲 %}{{loop.index|中文}}{{项}}{% endfor %}", {"甲": ["东", "西"]}, "一东二西"),
        ("没有变量", {}, "没有变量"),
    ],
)
def test_render(source: str, facts: dict[str, Any], text: str) -> None:
    assert render(source, facts) == text


@pytest.mark.parametrize(
    "source", ["{{甲}}", "{{甲.乙}}", "{{甲|顿号}}", "{{甲|中文}}", "{{列|分号}}", "{{列}}"]
)
def test_a_missing_fact_is_never_printed(source: str) -> None:
    with pytest.raises(MissingFactError):
        render(source, {"甲": MISSING, "列": []})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", True),
        ("甲", False),
        ("not 甲", True),
        ("甲|length > 1", False),
        ("甲|length == 0", True),
        ("甲.乙.丙", False),
        ("甲 > 1", False),
        ("甲 <= 1", False),
        ("乙|length == 2", True),
        ('乙|提到("垃圾", "东")', True),
        ('乙|提到("垃圾")', False),
        ("乙|提到(甲)", False),
        ("丙|提到(乙)", True),
        ("乙[1]|提到(丙)", False),
        ('甲|提到("东")', False),
        ('乙|提到("%")', False),
        ('丙 in ["东", "西"]', True),
    ],
)
def test_conditions(condition: str, expected: bool) -> None:
    assert holds(condition, {"甲": MISSING, "乙": ["东", "西"], "丙": "东"}) is expected


FACTS = {"甲": MISSING, "乙": ["东", "西"], "丙": "东", "丁": {"戊": ["南"]}, "己": Count(3), "庚": 0}
WORDS = st.lists(st.sampled_from("东西南北"), min_size=1, max_size=3).map(
    lambda ws: ", ".join(f'"{w}"' for w in ws)
)
ATOMS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "not "]),
    st.sampled_from(
        ["甲", "甲[0]", "乙", "乙[-1]", "丙", "丁", "丁.戊", "丁.戊[0]", "己", "庚", "没有", "丁.没有"]
    ),
    st.one_of(
        st.just(""),
        WORDS.map("|提到({})".format),
        st.builds(
            "{} {} {}".format,
            st.sampled_from(["", "|length"]),
            st.sampled_from(["==", "!=", ">", "<", ">=", "<="]),
            st.integers(0, 3),
        ),
        WORDS.map(" in [{}]".format),
        WORDS.map(" not in [{}]".format),
        st.builds(' {} "{}"'.format, st.sampled_from(["==", "!="]), st.sampled_from("东西")),
    ),
)
CONDITIONS = st.recursive(
    st.one_of(
        ATOMS, st.sampled_from(["(甲 or 丙) == 丙", "丙 in 乙", "丁.戊[0] not in 乙", "乙[:1] == 乙[-2:-1]"])
    ),
    lambda parts: st.one_of(
        st.builds("{} and {}".format, parts, parts),
        st.builds("{} or {}".format, parts, parts),
        st.builds("not {}".format, parts),
        st.builds("({})".format, parts),
    ),
    max_leaves=5,
)
PRINTED = st.sampled_from(
    ["{{丙}}", "{{乙|和}}", "{{乙|一是}}", "{{甲}}", "{{没有}}", "{{甲 or 丙}}", "{{乙|中文}}"]
)
TEMPLATES = st.recursive(
    st.one_of(st.sampled_from(["东。", "（西）"]), PRINTED),
    lambda parts: st.one_of(
        st.builds("{}{}".format, parts, parts),
        st.builds("{{% if {} %}}{}{{% endif %}}".format, CONDITIONS, parts),
        st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, CONDITIONS, parts, parts),
        st.builds(
            "{{% if {} %}}{}{{% elif {} %}}{}{{% endif %}}".format, CONDITIONS, parts, CONDITIONS, parts
        ),
        CONDITIONS.map(lambda condition: '{{"东" if ' + condition + " else 丙}}"),
    ),
    max_leaves=6,
)
REPEATED = st.builds(
    "{{% for {} in {} %}}{}{{% endfor %}}".format,
    st.sampled_from(["项", "乙", "丙"]),
    st.sampled_from(["乙", "乙[1:]", "甲", "丙", "丁", "丁.戊", "己", "没有", "项"]),
    st.one_of(
        TEMPLATES,
        st.builds(
            "{}{{{{{}}}}}{{% if {} %}}、{{% endif %}}".format,
            TEMPLATES,
            st.sampled_from(["项", "loop.index|中文", "丙 if loop.first else 项", "loop.last"]),
            st.sampled_from(["not loop.last", "loop.first", "项 == 丙", "loop.index > 1 and 项 in 乙"]),
        ),
    ),
)
NESTED = st.builds(
    "{{% for 项 in {} %}}{}{}{{{{loop.index}}}}{{% endfor %}}".format,
    st.sampled_from(["乙", "丙", "甲"]),
    REPEATED,
    TEMPLATES,
)


def outcome(work: Callable[[str, dict[str, Any]], Any], source: str) -> Any:
    """What work on a source over the facts gives, or how it fails."""
    try:
        return work(source, FACTS)
    except (TemplateError, MissingFactError) as error:
        return type(error)


def by_the_engine(work: Callable[[str, dict[str, Any]], Any], source: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templating, "plain_condition", lambda source: None)
        patch.setattr(templating, "plain_template", lambda source: None)
        return outcome(work, source)


@given(CONDITIONS)
def test_a_plain_condition_means_what_the_template_engine_makes_of_it(condition: str) -> None:
    assert plain_condition(condition) is not None
    assert outcome(holds, condition) == by_the_engine(holds, condition)


@given(CONDITIONS)
def test_a_condition_that_wants_words_fails_without_them(condition: str) -> None:
    wanted = Use(condition=condition).wanted
    if wanted and outcome(holds, condition) is True:
        told = ((words_of(lookup(variable, FACTS)), words) for variable, words in wanted)
        assert any(word in text for text, words in told for word in words)


@given(st.one_of(TEMPLATES, REPEATED, NESTED))
def test_a_plain_template_gives_what_the_template_engine_makes_of_it(source: str) -> None:
    assert plain_template(source) is not None
    assert outcome(render, source) == by_the_engine(render, source)


@pytest.mark.parametrize(
    "source",
    [
        "{% for 项 in 甲 if 项 %}{{项}}{% endfor %}",
        "{% for 项 in 甲 if 项 else 乙 %}{{项}}{% endfor %}",
        "{% for 项 in 甲 recursive %}{{项}}{% endfor %}",
        "{% for 项, 丁 in 甲 %}{{项}}{% endfor %}",
        "{% for loop in 甲 %}{{loop}}{% endfor %}",
        "{% for 项 in 甲 %}{{项}}{% else %}无{% endfor %}",
        "{% for 项 in 甲 %}{{loop.revindex}}{% endfor %}",
        "{% for 项 in 甲 %}{{loop}}{% endfor %}",
        "{% for 项 in 甲 %}{% if 项 %}东{% endfor %}{% endif %}",
        "{% for 项 in 甲 %}{{项}}",
        "{% for a in 甲 %}" * 4 + "东" + "{% endfor %}" * 4,
        "{{甲._乙}}",
        "{{甲.乙()}}",
        "{{甲 + 乙}}",
        "{{甲 < 乙 < 丙}}",
        "{{'东'}}",
        "{{甲|没有}}",
        "{{甲 if 乙}}",
        "{# 东 #}",
        "{%- if 甲 %}东{% endif %}",
        "{% if 甲 %}东",
        "东{% endif %}",
        "{{甲",
        "{{甲}}\n",
        "{{" + "(" * 5000 + "甲" + ")" * 5000 + "}}",
    ],
)
def test_what_is_not_plain_is_left_to_the_engine(source: str) -> None:
    assert plain_template(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "{{甲()}}",
        "{{甲.__class__}}",
        "{{甲.__class__.__mro__}}",
        "{{''.__class__.__base__.__subclasses__()}}",
        "{{'东' * 1000000}}",
        "{{2 ** 100}}",
        "{% macro 宏() %}{% endmacro %}",
        "{% include '别的' %}",
        "{% import '别的' as 别 %}",
        "{% extends '别的' %}",
        "{% set 丙 = 甲.append('东') %}",
        "{% call 甲() %}{% endcall %}",
        "{{ self }}",
        "{{ true }}",
        "{% for 项 in 甲 %}{{ loop }}{% endfor %}",
        "{{ namespace }}",
        "{{ lipsum }}",
        "{{ range }}",
        "{{ cycler }}",
        "{{甲|attr('x')}}",
        "{{甲|map('upper')}}",
        "{% for a in 甲 %}{% for b in 甲 %}{% for c in 甲 %}{% for d in 甲 %}东{% endfor %}{% endfor %}"
        "{% endfor %}{% endfor %}",
        "{{甲",
        "{% if 甲 %}",
        "{{甲|没有的过滤器}}",
        "{{没有的变量}}",
        "{{" + "(" * 3000 + "甲" + ")" * 3000 + "}}",
        "东" * 5000 + "{{甲}}",
    ],
)
def test_what_a_template_must_not_do(source: str) -> None:
    with pytest.raises((TemplateError, MissingFactError)) as caught:
        render(source, {"甲": ["东"]})
    if caught.type is TemplateError:
        assert any("\u4e00" <= char <= "\u9fff" for char in str(caught.value))


def test_an_unknown_filter_is_named_with_those_there_are() -> None:
    with pytest.raises(TemplateError, match=r"顿号.*书名"):
        compile_template("{{甲|顿}}")


def test_facts_stay_as_they_are() -> None:
    facts = {"甲": ["东", "西"]}
    render("{{甲|顿号}}{% for 项 in 甲 %}{{项}}{% endfor %}", facts)
    assert facts == {"甲": ["东", "西"]}


def test_lookup() -> None:
    facts = {"讲话": {"任务": ["东"]}, "无": MISSING}
    assert lookup("讲话.任务", facts) == ["东"]
    assert lookup("无.有.没有", facts) is MISSING
    with pytest.raises(TemplateError, match=r"讲话\.目标"):
        lookup("讲话.目标", facts)


def test_literal_parts() -> None:
    source = "请{{甲}}上台{% if 乙 %}，由{{乙}}颁奖{% endif %}。"
    assert list(literal_parts(source)) == ["请", "上台", "，由", "颁奖", "。"]


def test_a_list_mentions_what_any_of_its_items_does() -> None:
    facts = {"讲话": {"任务": ["做实签约", "下沉专家"]}}
    assert holds('讲话.任务|提到("专家")', facts)
    assert not holds('讲话.任务|提到("检查")', facts)
    assert render('{% if 讲话.任务|提到("签约", "检查") and 1 %}有{% endif %}', facts) == "有"
