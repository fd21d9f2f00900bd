"""How people and places are named."""

from dataclasses import replace

import pytest

from speechkit.corpus import load_corpus
from speechkit.meeting import Event, Person

FORMS = load_corpus().forms


def person(**fields: str) -> Person:
    return Person.model_validate(fields)


@pytest.mark.parametrize(
    ("post", "short"),
    [
        ("县委书记", "王书记"),
        ("县委副书记、县长", "王县长"),
        ("县委副书记", "王书记"),
        ("县委常委、常务副县长", "王县长"),
        ("县委常委、组织部部长", "王部长"),
        ("副市长、市公安局局长", "王市长"),
        ("县委常委、县纪委书记、县监委主任", "王书记"),
        ("县人大常委会主任", "王主任"),
        ("县政协主席", "王主席"),
        ("城关镇党委书记", "王书记"),
        ("公安局治安大队大队长", "王大队长"),
        ("市政府秘书长", "王秘书长"),
        ("恒远集团董事长、总经理", "王董事长"),
        ("县委委员", "王志强同志"),
        ("教师", "王志强同志"),
        ("", "王志强同志"),
    ],
)
def test_short_form(post: str, short: str) -> None:
    assert FORMS.short(person(姓名="王志强", 职务=post)) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("欧阳青", "欧阳局长"),
        ("诸葛正", "诸葛局长"),
        ("马骏", "马局长"),
        ("东方", "东局长"),
        ("司徒", "司局长"),
    ],
)
def test_surnames(name: str, short: str) -> None:
    assert FORMS.short(person(姓名=name, 职务="局长")) == short


def test_a_shared_short_form_takes_the_whole_name() -> None:
    assert FORMS.short(person(姓名="王志强", 职务="副县长"), shared=True) == "王志强县长"


def test_the_writer_may_say_how_someone_is_addressed() -> None:
    assert FORMS.short(person(姓名="余生", 职务="研究员", 称呼="余老师"), shared=True) == "余老师"


def test_without_a_name_the_post_stands_for_the_person() -> None:
    unnamed = person(代号="书记", 职务="县委书记")
    assert FORMS.full(unnamed) == "县委书记【待补：县委书记姓名】"
    assert FORMS.short(unnamed) == "县委书记"
    assert FORMS.full(person(代号="来宾甲")) == "【待补：来宾甲姓名】"


@pytest.mark.parametrize(
    ("unit", "post", "full"),
    [
        ("", "县委书记", "县委书记王志强"),
        ("云山县", "县委书记", "云山县委书记王志强"),
        ("云山县", "县委副书记、县长", "云山县委副书记、县长王志强"),
        ("云山县", "县长", "云山县县长王志强"),
        ("江北省", "省委书记", "江北省委书记王志强"),
        ("城关镇", "镇党委书记", "城关镇党委书记王志强"),
        ("城关镇", "镇长", "城关镇镇长王志强"),
        ("县住建局", "局长", "县住建局局长王志强"),
        ("县住建局", "县住建局局长", "县住建局局长王志强"),
        ("县住建局", "局党组书记、局长", "县住建局党组书记、局长王志强"),
        ("恒远集团", "", "恒远集团王志强"),
    ],
)
def test_full_form(unit: str, post: str, full: str) -> None:
    assert FORMS.full(person(姓名="王志强", 职务=post, 单位=unit)) == full
    assert FORMS.full(person(姓名="王志强", 职务=post), unit) == full


def test_the_own_unit_counts_before_that_of_the_occasion() -> None:
    assert FORMS.full(person(姓名="王强", 职务="局长", 单位="县水务局"), "指挥部") == "县水务局局长王强"


@pytest.mark.parametrize(
    ("event", "region"),
    [
        ({"层级": "县"}, ("我县", "全县")),
        ({"层级": "市"}, ("我市", "全市")),
        ({"层级": "县", "地区": {"名称": "澜溪区", "自称": "我区", "全域": "全区"}}, ("我区", "全区")),
        ({"层级": "县", "地区": {"全域": "全旗"}}, ("我县", "全旗")),
        ({"地区": "云山县"}, ("", "")),
    ],
)
def test_region(event: dict[str, object], region: tuple[str, str]) -> None:
    assert FORMS.region(Event.model_validate(event)) == region


def test_a_gap_says_what_is_missing() -> None:
    assert FORMS.gap("会议名称") == "【待补：会议名称】"
    assert FORMS.gap("旗子的颜色") == "【待补：旗子的颜色】"


@pytest.mark.parametrize(("topic", "bare"), [("防火工作", "防火"), ("防火", "防火"), ("工作", "工作")])
def test_a_topic_leaves_out_what_phrases_add(topic: str, bare: str) -> None:
    assert FORMS.bare_topic(topic) == bare


@pytest.mark.parametrize(
    ("told", "whole"),
    [
        ("是改善民生的需要", "做好防火工作是改善民生的需要"),
        ("事关群众安居乐业", "做好防火工作事关群众安居乐业"),
        ("森林关系着下游的水源", "森林关系着下游的水源"),
    ],
)
def test_a_significance_gets_a_subject(told: str, whole: str) -> None:
    assert FORMS.significance(told, "防火工作") == whole
    assert FORMS.significance(told, "") == told


@pytest.mark.parametrize("subject", ["做好{简题}", "抓好{主题.__class__}", "抓好{0}{"])
def test_braces_in_the_forms_of_a_user_are_no_code(subject: str) -> None:
    forms = replace(FORMS, subject=subject)
    assert forms.significance("是大事", "防火") == subject + "是大事"


def test_an_item_is_called_after_its_document() -> None:
    assert FORMS.document_item("签订责任书", "防火责任书") == "签订《防火责任书》"
    assert not FORMS.document_item("签订责任书", "")
    assert not FORMS.document_item("讲话", "防火责任书")


def test_every_kind_of_item_has_a_name() -> None:
    from speechkit.meeting import ITEM_KINDS

    assert set(FORMS.item_names) == set(ITEM_KINDS)
