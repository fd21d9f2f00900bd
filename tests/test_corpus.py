"""Corpora: loading, overriding, topics, and what is said of a file that is wrong."""

from pathlib import Path

import pytest

from speechkit.corpus import CorpusError, Topics, Use, load_corpus, topic_of
from speechkit.sandbox import compile_template


def load(folder: Path, text: str, name: str = "自己的.yaml") -> object:
    (folder / name).write_text(text, encoding="utf-8")
    return load_corpus([folder])


def complaints(folder: Path, text: str, name: str = "自己的.yaml") -> list[tuple[int, str]]:
    with pytest.raises(CorpusError) as caught:
        load(folder, text, name)
    assert all(str(folder / name) in str(d) or d.file == "forms.yaml" for d in caught.value.diagnostics)
    return [(d.line, d.message) for d in caught.value.diagnostics]


def test_bundled_corpus_is_rich_enough() -> None:
    corpus = load_corpus()
    assert sum(map(len, corpus.phrases.values())) >= 500
    assert set(corpus.topics) >= {"创卫", "安全生产", "招商引资"}


def test_every_bundled_template_compiles() -> None:
    corpus = load_corpus()
    for phrase in (phrase for phrases in corpus.phrases.values() for phrase in phrases):
        compile_template(phrase.text)
        compile_template("{% if " + (phrase.use.condition or "1") + " %}{% endif %}")


def test_bundled_sets_of_headings_are_parallel() -> None:
    """Each heading has as many clauses as the others of its set."""
    corpus = load_corpus()
    for entry in (entry for entries in corpus.heading_sets.values() for entry in entries):
        clauses = {text: text.count("，") + text.count("：") for text in entry.headings.values()}
        assert len(set(clauses.values())) == 1, entry.id


def test_bundled_phrases_hold_no_facts() -> None:
    """Numbers and titles can only come from the meeting."""
    corpus = load_corpus()
    for phrase in (phrase for phrases in corpus.phrases.values() for phrase in phrases):
        outside = "".join(piece.rpartition("}")[2] for piece in phrase.text.split("{"))
        assert not any(char.isdigit() and char.isascii() for char in outside), phrase.id
        assert "《" not in outside or phrase.text.count("《") == phrase.text.count("《{{"), phrase.id


def test_a_user_adds_and_overrides_by_id(tmp_path: Path) -> None:
    before = {phrase.id: phrase for phrase in load_corpus().phrases["讲话.领起"]}
    (tmp_path / "我的.yaml").write_text(
        "短语:\n  讲话.领起:\n    '01': 现在讲{{点数|中文}}点。\n    甲1: 我说{{点数|中文}}点。\n",
        encoding="utf-8",
    )
    after = {phrase.id: phrase for phrase in load_corpus([tmp_path]).phrases["讲话.领起"]}
    assert set(after) - set(before) == {"讲话.领起/通用/甲1"}
    assert after["讲话.领起/通用/01"].text == "现在讲{{点数|中文}}点。"
    assert after["讲话.领起/通用/02"] == before["讲话.领起/通用/02"]


def test_only_the_wanted_topic_is_read(tmp_path: Path) -> None:
    """The words of all topics are known; a user's own files are read whole, to find what is wrong in them."""
    (tmp_path / "a.yaml").write_text(
        "题材: 集市\n识别: [赶集]\n短语: {讲话.号召: {'01': 赶集去。}}", encoding="utf-8"
    )
    whole, topics = load_corpus([tmp_path]), []

    def wanted(known: Topics) -> str:
        topics.append(dict(known))
        return "创卫"

    part = load_corpus([tmp_path], wanted)
    assert topics == [dict(whole.topics)] == [dict(part.topics)]
    assert part.heading_sets.keys() == whole.heading_sets.keys()
    for slot, phrases in whole.phrases.items():
        kept = tuple(p for p in phrases if p.use.topic in ("", "创卫", "集市"))
        assert part.phrases.get(slot, ()) == kept


def test_a_later_folder_wins(tmp_path: Path) -> None:
    for name in ("一", "二"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(
            f"短语: {{讲话.号召: {{'01': 第{name}本。}}}}", encoding="utf-8"
        )
    corpus = load_corpus([tmp_path / "一", tmp_path / "二"])
    assert next(p.text for p in corpus.phrases["讲话.号召"] if p.id.endswith("通用/01")) == "第二本。"


def test_attributes_of_a_phrase(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "题材: 防汛\n识别: [汛期, 洪水]\n短语:\n  讲话.号召:\n    '01':\n      文: 守住堤坝。\n"
        "      语气: 严肃\n      层级: [县, 镇]\n      条件: 讲话.任务\n      可重复: 是\n"
        "      旨: [堤坝, 汛期]\n",
        encoding="utf-8",
    )
    corpus = load_corpus([tmp_path])
    phrase = next(p for p in corpus.phrases["讲话.号召"] if p.id == "讲话.号召/防汛/01")
    assert phrase.use == Use("防汛", ("严肃",), ("县", "镇"), "讲话.任务")
    assert phrase.repeatable
    assert phrase.thoughts == ("堤坝", "汛期")
    assert (Path(phrase.place.file).name, phrase.place.line) == ("a.yaml", 5)
    assert corpus.topics["防汛"] == ("防汛", "汛期", "洪水")


def test_details_of_a_topic(tmp_path: Path) -> None:
    """Each is known by any of its words; templates don't count, nor phrases with a condition on words."""
    (tmp_path / "a.yaml").write_text(
        "题材: 治污\n细目: {水: [河道, 排口], 气: [烟囱]}\n短语:\n  讲话.号召:\n"
        "    '01': 管住排口。\n"
        "    '02': 烟囱和河道都管住。\n"
        "    '03': 都管住。\n"
        "    '04': '{% if 任务|提到(\"河道\") %}治好。{% endif %}'\n"
        "    '05': {文: 管住烟囱。, 条件: '所述|提到(\"厂\")'}\n"
        "    '06': {文: 管住烟囱。, 条件: 讲话.任务}\n",
        encoding="utf-8",
    )
    corpus = load_corpus([tmp_path])
    own = [p for p in corpus.phrases["讲话.号召"] if "/治污/" in p.id]
    water, air = ("河道", "排口"), ("烟囱",)
    assert [corpus.details_in(phrase) for phrase in own] == [[water], [water, air], [], [], [], [air]]


def test_attributes_of_a_set_of_headings(tmp_path: Path) -> None:
    text = (
        "标题组:\n  讲话.一级:\n    甲:\n      认识: 看清\n      语气: [严肃, 务实]\n      条件: 讲话.任务\n"
    )
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    (entry,) = [e for e in load_corpus([tmp_path]).heading_sets["讲话.一级"] if e.id.endswith("/甲")]
    assert (dict(entry.headings), entry.use) == (
        {"认识": "看清"},
        Use(tones=("严肃", "务实"), condition="讲话.任务"),
    )


@pytest.mark.parametrize(
    ("use", "taste", "suits"),
    [
        (Use(), ("", "", ""), True),
        (Use(), ("创卫", "严肃", "县"), True),
        (Use(topic="创卫"), ("创卫", "", ""), True),
        (Use(topic="创卫"), ("招商引资", "", ""), False),
        (Use(topic="创卫"), ("", "", ""), False),
        (Use(untopical=True), ("", "", ""), True),
        (Use(untopical=True), ("创卫", "", ""), False),
        (Use(tones=("严肃", "务实")), ("", "务实", ""), True),
        (Use(tones=("严肃",)), ("", "亲切", ""), False),
        (Use(tones=("严肃",)), ("", "", ""), False),
        (Use(levels=("县",)), ("", "", "市"), False),
        (Use(levels=("县",)), ("", "", "县"), True),
    ],
)
def test_when_a_phrase_suits(use: Use, taste: tuple[str, str, str], suits: bool) -> None:
    assert use.suits(*taste) is suits


@pytest.mark.parametrize(
    ("condition", "asks"),
    [
        ('所述|提到("河")', True),
        ('会议.喜庆 and (任务|提到("河") or 所述|提到("渠"))', True),
        ('not 所述|提到("河")', False),
        ('not (所述|提到("河") or 所述|提到("渠"))', False),
        ('not ((所述|提到("河") or 会议.喜庆) and 会议.仪式)', False),
        ('not (会议.喜庆 and 任务|提到("河")) and 所述|提到("渠")', True),
        ("会议.喜庆", False),
    ],
)
def test_whether_a_condition_asks_for_words_of_its_place(condition: str, asks: bool) -> None:
    assert Use(condition=condition).asks_about("所述") is asks


@pytest.mark.parametrize(
    ("text", "level", "suits"),
    [
        ("各级都要动手。", "镇", False),
        ("各级都要动手。", "县", True),
        ("各级都要动手。", "", True),
        ("大家都要动手。", "镇", True),
        ('\'{{"各村" if 会议.层级 == "镇" else "各级"}}都要动手。\'', "镇", True),
        ("{文: 各级都要动手。, 层级: [县, 镇]}", "镇", True),
    ],
)
def test_words_that_nobody_says_at_a_level(tmp_path: Path, text: str, level: str, suits: bool) -> None:
    (tmp_path / "a.yaml").write_text(f"短语:\n  讲话.号召:\n    甲: {text}\n", encoding="utf-8")
    (tmp_path / "forms.yaml").write_text("层级:\n  镇: {不说: [各级]}\n", encoding="utf-8")
    corpus = load_corpus([tmp_path])
    (phrase,) = [p for p in corpus.phrases["讲话.号召"] if p.id.endswith("/甲")]
    assert corpus.suits(phrase, "", "", level) is suits


@pytest.mark.parametrize(
    ("subject", "texts", "topic"),
    [
        ("", ("创建国家卫生县城", "创卫"), "创卫"),
        ("", ("安全生产", ""), "安全生产"),
        ("", ("", "", "秋季重点项目招商引资推介会"), "招商引资"),
        ("", ("推广节水灌溉", ""), ""),
        ("", (), ""),
        ("创卫", ("安全生产",), "创卫"),
        ("没有的题材", ("安全生产",), "安全生产"),
    ],
)
def test_topic_of_a_meeting(subject: str, texts: tuple[str, ...], topic: str) -> None:
    assert topic_of(load_corpus().topics, subject, *texts) == topic


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("短语:\n  讲话.号召:\n    '01': 好。\n    '02': {文: 好。, 语汽: 严肃}\n", 4, "“语气”"),
        ("短语:\n  讲话.号召:\n    '01': {文: 好。, 语气: 愤怒}\n", 3, "鼓劲、严肃、务实、亲切"),
        ("短语:\n  讲话.号召:\n    '01': {文: 好。, 层级: 村}\n", 3, "省、市、县、镇、单位"),
        ("短语:\n  讲话.号召:\n    '01': {文: 好。, 题材: 创卫}\n", 3, "只能是无"),
        ("短语:\n  讲话.号召:\n    '01': {语气: 严肃}\n", 3, "一句文"),
        ("短语:\n  讲话.号召:\n    '01': [甲, 乙]\n", 3, "一句文"),
        ("短语:\n  讲话.号召:\n    '01': {文: 好。, 条件: [甲]}\n", 3, "条件"),
        ("短语:\n  讲话.号召: 好。\n", 2, "编号: 文"),
        ("短语:\n  - 好。\n", 1, "槽名: 编号: 文"),
        ("标题组:\n  讲话.一级:\n    '01': 认识\n", 3, "角色: 标题"),
        ("标题组:\n  讲话.一级:\n    '01': {认识: [甲]}\n", 3, "角色: 标题"),
        ("短雨:\n  讲话.号召: {'01': 好。}\n", 1, "“短语”"),
        ("题材: [甲]\n短语: {讲话.号召: {'01': 好。}}\n", 1, "题材"),
        ("细目: [河]\n短语: {讲话.号召: {'01': 好。}}\n", 1, "名称: [词"),
        ("短语: {讲话.号召: {'01': 好。}}\n细目:\n  水: 河\n", 3, "词的列表"),
        ("细目:\n  水: []\n", 2, "词的列表"),
        ("- 好。\n", 1, "最外层"),
        ("短语:\n\t讲话.号召: 好。\n", 2, "Tab"),
        ("短语:\n  讲话.号召:\n    '01': 好。\n    '01': 也好。\n", 4, "重复"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = complaints(tmp_path, text)
    assert any(at == line and says in message for at, message in found), found


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    text = (
        "短语:\n  讲话.号召:\n    '01': {文: 好。, 语气: 愤怒}\n    '02': 3\n    '03': {文: 好。, 甲: 乙}\n"
    )
    (tmp_path / "b.yaml").write_text("- 甲\n", encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(tmp_path, text)
    assert len(caught.value.diagnostics) == 3


def test_a_user_changes_one_of_the_forms(tmp_path: Path) -> None:
    (tmp_path / "forms.yaml").write_text("称谓: {无职务: 先生}\n", encoding="utf-8")
    forms = load_corpus([tmp_path]).forms
    assert forms.comrade == "先生"
    assert forms.own_pronoun == load_corpus().forms.own_pronoun


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("层级: 县\n", 1, "键: 值"),
        ("称谓:\n  职务: 县长\n", 2, "列表"),
        ("称谓:\n  自称: [我]\n", 2, "一个词"),
    ],
)
def test_forms_that_are_wrong(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = complaints(tmp_path, text, "forms.yaml")
    assert any(at == line and says in message for at, message in found), found


def test_forms_that_lack_something(tmp_path: Path) -> None:
    """A level of one's own needs both of its forms."""
    assert "全域" in complaints(tmp_path, "层级: {乡: {自称: 我乡}}\n", "forms.yaml")[0][1]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("", ()),
        ('所述|提到("河")', (("所述", ("河",)),)),
        ('任务.名称|提到("河", "湖") and not 首', (("任务.名称", ("河", "湖")),)),
        ('所述|提到("河") or 要求.标题|提到("湖")', (("所述", ("河",)), ("要求.标题", ("湖",)))),
        ('(甲|提到("河") or 乙|提到("湖")) and 丙', (("甲", ("河",)), ("乙", ("湖",)))),
        ('甲|提到("河") or 乙|提到("湖") and 丙', (("甲", ("河",)), ("乙", ("湖",)))),
        # What follows might make it true without the words.
        ('甲|提到("河") or 丙', ()),
        ('甲|提到("河") and 乙 or 丙', ()),
        ('甲|提到("河") and (乙 or 丙)', ()),
        ('甲|提到("河") and 乙 if 丙 else 丁', ()),
        ('甲|提到("河")|length', ()),
        ('not 甲|提到("河")', ()),
        ('丙 and 甲|提到("河")', ()),
        ("甲|提到(主题)", ()),
        (r'甲|提到("\u6cb3")', ()),
    ],
)
def test_the_words_that_a_condition_wants_first(condition: str, wanted: object) -> None:
    assert Use(condition=condition).wanted == wanted


@pytest.mark.parametrize("text", ["词表:\n  水情: 涨水\n", "层级:\n  县: {不说: 各级}\n"])
def test_a_list_of_words_is_a_list(tmp_path: Path, text: str) -> None:
    """A bare word would be taken for a list of its characters."""
    (tmp_path / "forms.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="词的列表"):
        load_corpus([tmp_path])
