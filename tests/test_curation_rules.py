"""Each rule of the check of corpora: what breaks it, and what doesn't."""

from collections import Counter
from pathlib import Path

import pytest

from corpuscase import SLOT, Shelf
from speechkit.curation.linting import RULES, Evidence, lint
from speechkit.curation.stock import load_stock
from speechkit.curation.trials import Trials
from speechkit.curation.wordlist import load_words, read_words
from speechkit.reuse.wording import alike_pairs
from speechkit.yamlfile import YamlError, parse_yaml

GOOD = "事情定下来，就要一件一件办出结果。"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_a_finding_names_file_line_entry_and_rule(shelf: Shelf) -> None:
    path = shelf.phrases(GOOD, "'{{会议.名子}}开得及时。'")
    (finding,) = shelf.findings("variable")
    assert (finding.file, finding.line, finding.key, finding.rule) == (
        str(path),
        4,
        f"{SLOT}/通用/甲2",
        "variable",
    )


def test_a_good_corpus_is_clean(shelf: Shelf) -> None:
    shelf.phrases(GOOD, "{文: '{{会议.名称}}开得及时。', 条件: '会议.类型 == \"推进会\"', 语气: 严肃}")
    assert lint(shelf.stock(), Evidence(load_words(), alike_pairs)) == ()


def test_bundled_findings_are_left_out_by_default(shelf: Shelf) -> None:
    shelf.phrases(GOOD)
    everything = load_stock([shelf.folder], everything=True)
    assert len(everything.own) == len(everything.entries) > 1000
    assert [entry.text for entry in shelf.stock().own] == [GOOD]


def test_the_folder_one_stands_in(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.phrases(GOOD)
    monkeypatch.chdir(shelf.folder)
    assert [entry.text for entry in load_stock([Path()]).own] == [GOOD]


# -- variables, words of closed lists, conditions ------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "text", "says"),
    [
        (SLOT, "'{{主体}}办好。'", "“主体”这个变量，是不是“主题”"),
        (SLOT, "'{{任务.名称}}办好。'", "“任务”"),
        (SLOT, "'{{讲话.任务.名称}}办好。'", "逐项写"),
        (SLOT, "'{{会议.名称.简称}}办好。'", "“会议.名称.简称”"),
        (SLOT, "{文: 办好。, 条件: '讲话.认务'}", "“任务”"),
        (SLOT, "'{% for 件 in 讲话.任务 %}{{件.名子}}办好。{% endfor %}'", "“名称”"),
        (SLOT, "'{% if 会议.背静 %}办好。{% endif %}好。'", "“背景”"),
        ("讲话.任务.标准", "'{{任务.标堆|顿号}}。'", "“任务.标堆”"),
        ("主持.致谢", "'谢谢{{轮.发言人}}。'", "“轮.发言人”"),
        ("汇报.开头", "'{{讲话.讲话人}}要求办好。'", "“讲话”"),
    ],
)
def test_unknown_variables(shelf: Shelf, slot: str, text: str, says: str) -> None:
    (message,) = shelf.told("variable", text, slot=slot)
    assert says in message


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (SLOT, "'{{主题}}、{{讲话.讲话人.简称}}、{{会议.往次会议[0].名称}}。'"),
        (SLOT, "'{% for 件 in 讲话.任务 %}{{件.名称}}{{loop.index}}、{{件.措施|顿号}}。{% endfor %}'"),
        ("讲话.任务.标准", "'{{任务.标准|顿号}}，{{序}}。'"),
        ("主持.致谢", "'{{轮.人}}、{{轮.单位|顿号}}、{{项.轮次[0].人}}、{{项.步骤[0].名称}}。'"),
        ("讲话.回顾.讲话", "'{{项.众人|顿号}}{{项.各名目[0][-2:]}}'"),
        ("汇报.开头", "'{{汇报.汇报人}}、{{汇报.做法[0].数据|顿号}}、{{本地}}。'"),
        ("主持.要求.内容", "'{{要求.内容|顿号}}、{{主持.要求|length}}。'"),
    ],
)
def test_known_variables(shelf: Shelf, slot: str, text: str) -> None:
    assert shelf.told("variable", text, slot=slot) == []


def test_a_users_own_list_of_words_is_a_variable(shelf: Shelf) -> None:
    asks = "{文: 好。, 条件: '讲话.背景|提到(水情)'}"
    assert shelf.told("variable", asks)
    shelf.put("词表:\n  水情: [涨水, 暴雨]\n", "forms.yaml")
    assert not shelf.told("variable", asks)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("会议.类型 == '推进大会'", "“会议.类型”里没有“推进大会”，是不是“推进会”"),
        ("会议.类型 not in ['表彰会', '联欢会']", "“联欢会”"),
        ("会议.层级 == '乡'", "省"),
        ("讲话.语气 == '愤怒'", "鼓劲"),
        ("讲话.立场 == '反对'", "“反对”"),
        ("前项[-1].类型 == '领导讲话'", "“讲话”"),
        ("会议.类型|提到('动员', '团拜')", "带“团拜”"),
    ],
)
def test_words_that_no_closed_list_has(shelf: Shelf, condition: str, says: str) -> None:
    (message,) = shelf.told("value", f'{{文: 办好。, 条件: "{condition}"}}')
    assert says in message


def test_words_that_a_closed_list_has(shelf: Shelf) -> None:
    condition = "会议.类型 in ['表彰会', '推进会'] and 会议.层级 != '镇' and 会议.类型|提到('仪式')"
    assert shelf.told("value", f'{{文: 办好。, 条件: "{condition}"}}') == []


@pytest.mark.parametrize(
    "condition",
    [
        "会议.类型 == '推进会' and 会议.类型 == '表彰会'",
        "会议.类型 == '推进大会'",
        "会议.类型 == '推进会' and 会议.类型 not in ['推进会', '表彰会']",
        "not 会议.背景 and 会议.背景|length > 1",
        "讲话.任务|length > 3 and 讲话.任务|length < 3",
        "讲话.任务 and not 讲话.任务",
        "not 讲话.问题 and 讲话.问题|提到('手续')",
        "会议.类型|提到('仪式') and 会议.类型 == '推进会'",
        "主题|提到('防汛') and not 主题|提到('汛')",
        "not 会议.类型",
        "会议.层级 == '乡' or 会议.层级 == '村'",
    ],
)
def test_conditions_that_can_never_be_true(shelf: Shelf, condition: str) -> None:
    (message,) = shelf.told("condition", f'{{文: 办好。, 条件: "{condition}"}}')
    assert message.startswith("条件永远不成立")


@pytest.mark.parametrize(
    "condition",
    [
        "会议.类型 == '推进会' or 会议.类型 == '表彰会'",
        "会议.类型 not in ['表彰会'] and not 会议.称呼",
        "讲话.任务|length > 2 and 讲话.任务|length < 4",
        "讲话.任务|length == 0",
        "主题|提到('防汛', '抗旱') and not 主题|提到('防汛')",
        "主题|提到('防汛') and 主题|提到('抗旱')",
        "会议.实到 == 会议.应到",
        "前项[0].类型 == '讲话' and 前项[-1].类型 == '表态发言'",
        "讲话.寄语|提到('愿') and not 讲话.寄语|提到('祝')",
        "(会议.背景 or 讲话.背景) and not 会议.背景",
        "点数 > 2",
    ],
)
def test_conditions_that_may_be_true(shelf: Shelf, condition: str) -> None:
    assert shelf.told("condition", f'{{文: 办好。, 条件: "{condition}"}}') == []


@pytest.mark.parametrize(
    ("slot", "entry"),
    [
        # The outline opens the slot for other kinds of meeting only.
        ("讲话.保障.责任", "{文: 办好。, 条件: '会议.类型 == \"表彰会\"'}"),
        ("讲话.任务.标准", "{文: 办好。, 条件: 'not 任务.标准'}"),
        ("主持.请.表决", "{文: 请表决。, 条件: '项.类型 == \"讲话\"'}"),
        # A level of its own, and a condition on another.
        (SLOT, "{文: 办好。, 层级: 镇, 条件: '会议.层级 == \"县\"'}"),
    ],
)
def test_conditions_against_the_outline(shelf: Shelf, slot: str, entry: str) -> None:
    assert len(shelf.told("condition", entry, slot=slot)) == 1


def test_an_item_within_an_item_is_another_one(shelf: Shelf) -> None:
    assert shelf.told("condition", "{文: 请表决。, 条件: '项.步骤'}", slot="主持.请.表决") == []


def test_a_thought_that_only_one_phrase_carries(shelf: Shelf) -> None:
    kept = "{文: 办好。, 旨: 岸线}"
    messages = shelf.told("thought", kept, "{文: 办成。, 旨: [岸线, 岸县]}")
    assert messages == ["只有这一条的旨是“岸县”，没有可以和它接着说的话，是不是“岸线”"]
    assert shelf.told("thought", kept, kept) == []


# -- what is said twice --------------------------------------------------------------------------------------

SENTENCE = "垃圾中转站建在哪里，要先问一问住在旁边的人家愿不愿意。"
NEARLY = "垃圾中转站建在哪里，要先问一问住在附近的人家愿不愿意。"


def test_nearly_the_same_in_a_slot(shelf: Shelf) -> None:
    (message,) = shelf.told("duplicate", SENTENCE, NEARLY)
    assert "同一个槽里的“讲话.号召/通用/甲1”（own.yaml第3行）" in message


def test_nearly_the_same_in_another_slot(shelf: Shelf) -> None:
    shelf.phrases(SENTENCE, slot="讲话.民生", name="a.yaml")
    shelf.phrases(NEARLY, name="b.yaml")
    (finding,) = shelf.findings("duplicate")
    assert "别的槽里的" in finding.message
    named = {"讲话.号召/通用/甲1", "讲话.民生/通用/甲1"} - {finding.key}
    assert all(id_ in finding.message for id_ in named)


def test_nearly_the_same_as_a_bundled_one(shelf: Shelf) -> None:
    bundled = next(
        e for e in load_stock().entries if e.name == SLOT and "{" not in e.text and len(e.text) > 20
    )
    (message,) = shelf.told("duplicate", bundled.text)
    assert bundled.id in message


def test_not_the_same(shelf: Shelf) -> None:
    assert shelf.told("duplicate", SENTENCE, "巷子里的路灯坏了，三天之内没有人修，居民就会说话。") == []
    for one, other in (("语气: 严肃", "语气: 亲切"), ("条件: 讲话.任务", "条件: not 讲话.任务")):
        assert shelf.told("duplicate", f"{{文: {SENTENCE}, {one}}}", f"{{文: {NEARLY}, {other}}}") == []


def test_runs_that_two_phrases_share(shelf: Shelf) -> None:
    first = "谁家门前的事情谁先管起来，管不了的再往上报。"
    second = "道理不复杂：谁家门前的事情谁先管起来。"
    (message,) = shelf.told("run", first, second)
    assert "“谁家门前的事情谁先管起来”" in message
    assert "讲话.号召/通用/甲1" in message
    assert shelf.told("run", f"{{文: {first}, 可重复: 是}}", second) == []
    assert shelf.told("run", "谁家门前的{{主题}}事情谁先管起来。", second) == []


def test_runs_in_texts_of_two_genres(shelf: Shelf) -> None:
    shelf.phrases("谁家门前的事情谁先管起来。", name="a.yaml")
    shelf.phrases("谁家门前的事情谁先管起来，我镇就这么办。", slot="汇报.开头", name="b.yaml")
    assert shelf.findings("run") == []


# -- spelling ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("这就叫“一把手工程。", "“ 不成对"),
        ("这就叫一把手”工程。", "” 不成对"),
        ("（见附件。", "（ 不成对"),
        ("“甲（乙”丙）。", "” 不成对"),
        ("甲,乙。", "半角标点,"),
        ("甲(乙)。", "半角标点("),
        ('要讲"实"。', "半角引号"),
        ("要讲实 干。", "空格"),
        ("甲，，乙。", "标点重叠：，，"),
        ("甲，乙，。", "标点重叠：，。"),
    ],
)
def test_punctuation(shelf: Shelf, text: str, says: str) -> None:
    assert any(says in message for message in shelf.told("punctuation", f"'{text}'"))


@pytest.mark.parametrize(
    "text",
    [
        "他说：“好。”（掌声）",
        "'{{会议.名称}}、{{讲话.任务|length}}件。'",
        "'{% for 件 in 讲话.任务 %}{{件.名称}}{% if not loop.last %}；{% endif %}{% endfor %}。'",
        "'{% if 会议.背景[0] == \"x\" %}好，{% endif %}“{{主题}}”。'",
    ],
)
def test_good_punctuation(shelf: Shelf, text: str) -> None:
    assert shelf.told("punctuation", text) == []


@pytest.mark.parametrize(
    ("slot", "text", "says"),
    [
        (SLOT, "办好这件事", "句末缺少标点"),
        (SLOT, "办好这件事，", "句末缺少标点"),
        (SLOT, "'办好{{主题}}'", "句末缺少标点"),
        ("讲话.回顾.讲话", "'{{项.众人|顿号}}讲了话。'", "分句"),
        ("讲话.接.对症.引", "道理想明白了。", "逗号或冒号"),
        ("讲话.称呼", "同志们：", "称呼"),
        ("讲话.标题", "在会上的讲话。", "标题"),
    ],
)
def test_endings(shelf: Shelf, slot: str, text: str, says: str) -> None:
    (message,) = shelf.told("ending", text, slot=slot)
    assert says in message


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (SLOT, "他说：“好。”"),
        (SLOT, "'{% for 件 in 讲话.任务 %}{{件.名称}}办好。{% endfor %}'"),
        (SLOT, "行不行？"),
        ("讲话.回顾.讲话", "'{{项.众人|顿号}}讲了话'"),
        ("讲话.接.对症.引", "道理想明白了："),
        ("讲话.标题", "'在{{会议.名称}}上的讲话'"),
        ("没有.这个槽", "随便"),
    ],
)
def test_good_endings(shelf: Shelf, slot: str, text: str) -> None:
    assert shelf.told("ending", text, slot=slot) == []


def test_headings_have_no_mark_at_the_end(shelf: Shelf) -> None:
    shelf.put("标题组:\n  讲话.一级:\n    甲:\n      认识: 看清\n      任务: 抓住。\n")
    (finding,) = shelf.findings("ending")
    assert (finding.key, finding.line) == ("讲话.一级/通用/甲.任务", 3)


@pytest.mark.parametrize(
    "text",
    [
        "建成12个。",
        "提高５％。",
        "三个月内办好。",
        "投入二百万元。",
        "八月十五日以前办好。",
        "贯彻《防汛条例》。",
        "山东走在前面。",
    ],
)
def test_facts(shelf: Shelf, text: str) -> None:
    assert shelf.told("fact", text)


@pytest.mark.parametrize(
    "text", ["一年办一件。", "'贯彻《{{讲话.标题}}》。'", "'{{讲话.任务[0].名称}}。'", "几个月不见。"]
)
def test_no_facts(shelf: Shelf, text: str) -> None:
    assert shelf.told("fact", text) == []


@pytest.mark.parametrize("word", ["布署", "躺平", "众所周知", "脱贫攻坚", "其它"])
def test_words_that_must_not_be_used(shelf: Shelf, word: str) -> None:
    (message,) = shelf.told("word", f"这里说到{word}。")
    assert message.startswith(f"“{word}”：")


def test_words_that_may_be_used(shelf: Shelf) -> None:
    assert shelf.told("word", "部署、其他、应当做好、目的的确好。", "'{{布署}}'") == []


def test_word_list_that_is_wrong() -> None:
    with pytest.raises(YamlError, match="写错的词"):
        read_words(parse_yaml("写错的词:\n  - 布署\n", "words.yaml"))
    with pytest.raises(YamlError, match="固定提法"):
        read_words(parse_yaml("固定提法: {甲: 乙}\n", "words.yaml"))


# -- usage ---------------------------------------------------------------------------------------------------


def test_what_no_outline_uses(shelf: Shelf) -> None:
    shelf.put(
        "短语:\n  讲话.号招:\n    甲: 好。\n    乙: 也好。\n标题组:\n"
        "  讲话.一级:\n    甲: {认识: 看清, 任物: 抓住}\n  讲话.零级:\n    甲: {认识: 看清}\n"
    )
    told = [(finding.line, finding.message) for finding in shelf.findings("slot")]
    assert [line for line, _ in told] == [3, 7, 9]
    assert all(
        word in message for word, (_, message) in zip(("讲话.号招", "任物", "讲话.零级"), told, strict=True)
    )


def test_what_outlines_use(shelf: Shelf) -> None:
    assert shelf.told("slot", "'请{{轮.人}}表决。'", slot="主持.请.表决") == []


def test_never_chosen_and_chosen_too_often(shelf: Shelf) -> None:
    ids = [f"{SLOT}/通用/甲{n}" for n in (1, 2, 3, 4)]
    shelf.phrases(*(f"第{word}种说法。" for word in "甲乙丙丁"))
    shelf.trials = Trials(
        100,
        uses=Counter({ids[1]: 50, ids[2]: 10}),
        expected={ids[0]: 10.0, ids[1]: 10.0, ids[2]: 10.0},
        offered=Counter(dict.fromkeys(ids[:3], 100)),
    )
    told = [(finding.key, finding.message) for finding in shelf.findings("choice")]
    assert [key for key, _ in told] == ids[:2]
    assert "一次也没有选用" in told[0][1]
    assert "5.0倍" in told[1][1]


# -- other people's texts ------------------------------------------------------------------------------------

PAST = (
    "同志们：卖菜的摊子一天没有归拢到市场里去，街上的路就一天也走不通。"
    "按照《关于进一步做好城区市场管理工作的若干意见》办。"
)


def test_wording_of_past_texts(shelf: Shelf) -> None:
    shelf.texts = {"旧稿.docx": PAST}
    (message,) = shelf.told("source", "都知道，摊子一天没有归拢到市场里去，路就走不通。")
    assert "“摊子一天没有归拢到市场里去”和旧稿.docx" in message
    # Marks are no difference.
    assert shelf.told("source", "摊子，一天没有归拢，到市场里去。")


def test_titles_and_fixed_terms_are_nobodys_own(shelf: Shelf) -> None:
    term = "习近平新时代中国特色社会主义思想"
    shelf.texts = {"旧稿.docx": f"{PAST}以{term}为指导。"}
    assert (
        shelf.told("source", f"以{term}为指导。", "'按《关于进一步做好城区市场管理工作的若干意见》办。'")
        == []
    )


def test_eleven_characters_are_chance(shelf: Shelf) -> None:
    shelf.texts = {"旧稿.docx": PAST}
    assert shelf.told("source", "摊子一天没有归拢到市场。", "摊子一天没有{{主题}}归拢到市场里去。") == []


def test_every_rule_has_a_name() -> None:
    assert len(set(RULES.values())) == len(RULES)
