"""What is known of templates, conditions and outlines without facts, and that drafting agrees."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from speechkit.corpus import load_corpus
from speechkit.curation.reachability import is_possible
from speechkit.curation.stations import Form, stations
from speechkit.curation.trials import starters
from speechkit.curation.vocabulary import Kind, variables_of
from speechkit.expressions import (
    All,
    Compares,
    Holds,
    Mentions,
    Not,
    Opaque,
    condition,
    condition_references,
    references,
)
from speechkit.facts import Mention, View
from speechkit.filters import MISSING, TemplateError
from speechkit.outline import SOURCES, load_outlines
from speechkit.planning import plan
from speechkit.staging import stages
from speechkit.templating import holds


def test_references_go_into_loops() -> None:
    loop = "{% for 件 in 讲话.任务 %}{{件.名称}}{{loop.index}}{% endfor %}"
    source = f"{{{{主题}}}}{loop}{{% if 本地 %}}{{{{全域}}}}{{% endif %}}"
    told = {str(reference): reference.optional for reference in references(source)}
    assert told == {"主题": False, "讲话.任务": True, "讲话.任务.名称": True, "本地": True, "全域": True}


def test_references_of_conditions() -> None:
    told = [str(reference) for reference in condition_references('项.轮次[0].来宾 and not 主题|提到("甲")')]
    assert told == ["项.轮次.来宾", "主题"]
    assert condition_references("") == ()


def test_conditions() -> None:
    assert condition("") == All(())
    assert condition("not 讲话.任务") == Not(Holds(("讲话", "任务")))
    assert condition('会议.类型 != "其他"') == Not(Compares(("会议", "类型"), "eq", ("其他",)))
    assert condition("2 < 讲话.任务|length") == Compares(("讲话", "任务"), "gt", (2,), counted=True)
    assert condition('主题|提到("甲", "乙")') == Mentions(("主题",), ("甲", "乙"))
    assert isinstance(condition("会议.应到 == 会议.实到"), Opaque)


def test_broken_conditions() -> None:
    with pytest.raises(TemplateError):
        condition("会议.类型 ==")


# -- outlines ------------------------------------------------------------------------------------------------


def test_every_bundled_slot_has_its_station() -> None:
    corpus, found = load_corpus(), stations(load_outlines())
    used = {station.name for station in found}
    assert set(corpus.phrases) <= used
    assert {
        (family, role) for family, sets in corpus.heading_sets.items() for s in sets for role in s.headings
    } <= {(station.name, station.role) for station in found}


def test_stations_know_what_stands_there() -> None:
    forms = {station.name: station.form for station in stations(load_outlines())}
    assert forms["讲话.号召"] is Form.SENTENCE
    assert forms["讲话.回顾.讲话"] is Form.CLAUSE
    assert forms["讲话.接.对症.引"] is Form.LINK
    assert forms["主持.提示.揭牌"] is Form.LINE
    assert forms["讲话.标题"] is Form.LINE
    assert forms["讲话.一级"] is Form.HEADING


def test_names_that_depend_on_facts(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "文种: 说明\n取自: 会议\n标题: 说明.标题\n正文:\n  - 段: ['说明.{{会议.地点}}.开头']\n",
        encoding="utf-8",
    )
    found = [station for station in stations(load_outlines([tmp_path])) if station.genre == "说明"]
    assert found[-1].is_for("说明.礼堂.开头")
    assert not found[-1].is_for("说明.礼堂.结尾")


def test_planned_slots_are_where_the_stations_say() -> None:
    """What drafting finds at a slot is what its stations say: names, ranges, and the conditions."""
    corpus, outlines = load_corpus(), load_outlines()
    found = stations(outlines)
    for meeting in starters():
        for outline in outlines:
            for stage in stages(meeting, corpus.forms, outline.source):
                for slot in plan(outline, stage).slots():
                    here = [s for s in found if s.is_for(slot.name) and s.genre == outline.genre]
                    assert here, slot.name
                    assert any(set(s.variables) <= set(slot.scope) and s.least == slot.least for s in here)


# -- variables -----------------------------------------------------------------------------------------------


def _disagreements(value: Any, kind: Kind, path: str) -> Iterator[str]:
    """Yield where a value that templates see and what is said of it differ."""
    if _differs(value, kind):
        yield f"{path}: {value!r}"
    elif isinstance(value, View):
        for key, inner in kind.keys.items():
            yield from _disagreements(value[key], inner, f"{path}.{key}")
    elif isinstance(value, list):
        for element in value:
            yield from _disagreements(element, kind.element(), f"{path}[]")


def _differs(value: Any, kind: Kind) -> bool:
    if value is MISSING:
        return kind.always
    if isinstance(value, Mention):
        return set(kind.keys) not in (set(), {"全称", "简称", "姓名", "职务"})
    if isinstance(value, str):
        return bool(kind.words) and value not in kind.words
    return isinstance(value, list) and not kind.many


@pytest.mark.parametrize("source", SOURCES)
def test_variables_are_those_of_drafting(source: str) -> None:
    corpus = load_corpus()
    for meeting in starters():
        for stage in stages(meeting, corpus.forms, source):
            told = variables_of(source, corpus.forms.word_lists)
            for name, value in stage.scope.items():
                assert list(_disagreements(value, told[name], name)) == []


def test_drafting_derives_no_key_that_is_not_listed() -> None:
    corpus = load_corpus()
    for source in SOURCES:
        for stage in stages(starters()[1], corpus.forms, source):
            for name, value in stage.scope.items():
                if isinstance(value, View):
                    assert set(value._derived) <= set(variables_of(source)[name].keys)


# -- what is possible ----------------------------------------------------------------------------------------


def test_what_holds_of_a_meeting_is_possible() -> None:
    """No condition that is true of some meeting passes for one that never can be."""
    corpus, outlines = load_corpus(), load_outlines()
    tried: set[tuple[str, str]] = set()
    for meeting in starters():
        for outline in outlines:
            for stage in stages(meeting, corpus.forms, outline.source):
                for slot in plan(outline, stage).slots():
                    for phrase in corpus.phrases.get(slot.name, ()):
                        key = (slot.name, phrase.use.condition)
                        if key not in tried and holds(phrase.use.condition, slot.scope):
                            tried.add(key)
                            stated = condition(phrase.use.condition)
                            assert is_possible([stated], variables_of(outline.source)), phrase.id
    assert len(tried) > 300


def test_too_much_to_try_passes() -> None:
    parts = [f"(主题|提到('甲{n}') or 会议.背景|length > {n} or 讲话.任务|提到('乙{n}'))" for n in range(40)]
    impossible = "会议.类型 == '推进会' and 会议.类型 == '表彰会'"
    assert not is_possible([condition(impossible)], variables_of("讲话"))
    assert is_possible([condition(" and ".join(parts))], variables_of("讲话"))
