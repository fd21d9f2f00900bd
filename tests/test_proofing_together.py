"""A meeting's texts against its file, its agenda and each other; clean drafts stay clean."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.diagnostics import Severity
from speechkit.drafting import draft
from speechkit.formats.text import render_text
from speechkit.meeting import Meeting, load_meeting
from speechkit.proofing.context import Context
from speechkit.proofing.findings import Finding
from speechkit.proofing.foreign import check_foreign
from speechkit.proofing.genre import guess_genre
from speechkit.proofing.hosting import check_hosting
from speechkit.proofing.proofreading import Check, findings_in
from speechkit.proofing.roster import check_roster
from speechkit.proofing.rules import load_rules
from speechkit.proofing.text import Text
from speechkit.proofing.together import proofread_together
from speechkit.proofing.units import check_units

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "cases" / "proofing_meeting.yaml"
FILES = (SAMPLE, *sorted(ROOT.glob("examples/*/meeting.yaml")))
CHECKS: tuple[Check, ...] = (check_roster, check_units, check_foreign, check_hosting)
RULES = {
    id_: rule
    for id_, rule in load_rules().items()
    if id_.partition(".")[0] in {"名单", "单位", "姓名", "外地", "地名", "主持词", "合看", "职务", "机构"}
}


@cache
def meeting_of(path: Path) -> Meeting:
    return load_meeting(path)


@cache
def drafted(path: Path, seed: str) -> tuple[Text, ...]:
    drafts = draft(meeting_of(path), seed=seed)
    return tuple(Text(render_text(d.manuscript), f"{d.name}.txt", d.genre) for d in drafts)


def findings(text: Text, context: Context, texts: tuple[Text, ...] = ()) -> list[Finding]:
    together = proofread_together(texts or (text,), context)
    return findings_in(text, context, checks=(*CHECKS, lambda text, _: together[text.file]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("seed", ["一", "二", "三", "四", "五", "六"])
def test_a_clean_set_of_drafts_has_neither_errors_nor_warnings(path: Path, seed: str) -> None:
    texts = drafted(path, seed)
    context = Context(RULES, meeting_of(path))
    found = [finding for text in texts for finding in findings(text, context, texts)]
    assert not [f"{f.diagnostic.rule} {f.excerpt}" for f in found if f.severity is not Severity.SUGGESTION]


def test_a_host_who_speaks_himself_need_not_be_called_by_name() -> None:
    path = next(path for path in FILES if path.parent.name == "untidy")
    text = next(text for text in drafted(path, "一") if text.genre == "主持词")
    host = meeting_of(path).person(meeting_of(path).event.host)
    assert host
    assert host.name not in text.text
    found = findings(text, Context(RULES, meeting_of(path)))
    assert "主持词.漏项" not in [finding.diagnostic.rule for finding in found]


def script(change: tuple[str, str]) -> list[str]:
    """Return the rules that speak of the sample's host script after a change."""
    text = next(text for text in drafted(SAMPLE, "一") if text.genre == "主持词")
    assert change[0] in text.text
    changed = Text(text.text.replace(*change), text.file, text.genre)
    found = findings(changed, Context(RULES, meeting_of(SAMPLE)))
    return [f.diagnostic.rule for f in found if f.severity is not Severity.SUGGESTION]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (("孙晓岚", "孙晓兰"), "名单.姓名错字"),
        (("韩雪", "韩学"), "名单.姓名可疑"),
        (("同志们：\n", "同志们：\n会议共有六项议程。\n"), "主持词.议程数"),
        (("城区市场秩序整治行动方案》", "城区市场秩序治理行动方案》"), "名单.文件标题"),
        (("关于划分城区创卫责任区的通知", "一个通知"), "主持词.漏项"),
        (("县委书记陈国梁", "县长陈国梁"), "名单.职务不符"),
        (("县住建局局长马骏", "县住健局局长马骏"), "名单.职务错字"),
        (("2026年国家卫生县城创建工作推进会暨", "2026年国家卫生县城创建工作推动会暨"), "名单.会议名称"),
    ],
)
def test_a_slip_planted_in_a_draft_is_found(change: tuple[str, str], rule: str) -> None:
    assert rule in script(change)


def test_the_host_who_takes_the_words_out_of_the_speakers_mouth_is_told() -> None:
    host, speech, *_ = sorted(
        drafted(SAMPLE, "一"), key=lambda t: ["主持词", "讲话稿", "汇报材料"].index(t.genre)
    )
    line = max((line.text for line in speech.lines), key=len)
    changed = Text(host.text + "\n" + line, host.file, host.genre)
    hits = proofread_together([changed, speech], Context(RULES, meeting_of(SAMPLE)))
    begin = len(host.text) + 1
    assert [hit for hit in hits[host.file] if hit.rule == "合看.抢话" and hit.begin >= begin]
    assert all(hit.end <= len(changed.text) for hit in hits[host.file])


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("请县卫健局局长韩雪发言。", "城关镇党委书记罗建平和县卫健局局长韩雪作了表态发言。", False),
        ("请县卫健局局长韩雪发言。", "听了县住建局局长韩雪的发言。县住建局局长韩雪讲话。", True),
        ("由县委书记陈国梁讲话。", "县委副书记陈国梁讲话。", True),
        ("请平和县县长何敏讲话。", "县长何敏讲话。", False),
        ("第一位发言的是县卫健局局长韩雪。", "我们听取了县卫健局局长韩雪发言。", False),
        ("第一位发言的是县卫健局局长韩雪。", "表态发言的有县住建局局长韩雪。", True),
        ("请县国有林场场长毕平发言。", "听取了县国有林场场长毕平发言。", False),
    ],
)
def test_a_person_with_another_post_in_another_text(one: str, other: str, found: bool) -> None:
    hits = proofread_together([Text(one, "甲.txt"), Text(other, "乙.txt")], Context(RULES, None))
    assert bool([hit for hit in hits["乙.txt"] if hit.rule == "合看.职务不一"]) is found


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("创卫推进会主持词\n同志们：\n现在开会。", "主持词"),
        ("在创卫推进会上的讲话\n陈国梁\n同志们：", "讲话稿"),
        ("护林防火交流发言材料\n各位领导：", "汇报材料"),
        ("同志们：\n现在进行大会第一项议程。", "主持词"),
        ("同志们：\n下面，我再讲三点意见。", "讲话稿"),
        ("各位领导：\n现将情况汇报如下。", "汇报材料"),
        ("今天天气很好。", ""),
        ("", ""),
    ],
)
def test_the_genre_is_told_by_title_or_beginning(text: str, genre: str) -> None:
    assert guess_genre(text) == genre


@pytest.mark.parametrize("seed", ["一", "二", "三"])
def test_the_genre_of_drafts_is_told(seed: str) -> None:
    for text in drafted(SAMPLE, seed):
        assert guess_genre(text.text) == text.genre


NAMES = ["县委书记", "陈国梁", "陈国粱", "何敏", "周县长", "卫生局", "青岭县", "委、县政府", "我区", "同志"]
WORDS = ["请", "欢迎", "宣读", "《", "》", "重要讲话", "第九项议程", "2012年", "工作安排", "主持词"]
PARTS = st.sampled_from([*NAMES, *WORDS, "、", "。", "\r\n", "\t", "\ud800"])


@given(
    st.lists(PARTS | st.text(max_size=3), max_size=30).map("".join), st.sampled_from(["主持词", "讲话稿", ""])
)
def test_hits_lie_within_any_text(content: str, genre: str) -> None:
    text = Text(content, "甲", genre)
    for context in (Context(RULES), Context(RULES, meeting_of(SAMPLE))):
        hits = [hit for check in CHECKS for hit in check(text, context)]
        hits += proofread_together([text, Text(content, "乙", "讲话稿")], context)["甲"]
        for hit in hits:
            assert hit.rule in RULES
            assert all(0 <= low < high <= len(content) for low, high in ((hit.begin, hit.end), *hit.others))


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("请石门林场场长毕升平发言。", set()),
        ("请毕升平发言。", {"名单.首次无职务"}),
        ("今天召开的是白河县秋季防火工作会议暨护林员培训班开班仪式。", set()),
        ("今天召开白河县秋季防火工作会暨护林员培训班开班仪式。", {"名单.会议名称"}),
    ],
)
def test_posts_and_names_of_meetings_in_any_words(said: str, rules: set[str]) -> None:
    """A post that ends in no usual title is one; what leads to a name is no part of it."""
    meeting = meeting_of(ROOT / "examples" / "untidy" / "meeting.yaml")
    found = findings(Text(said, "话.txt", "讲话稿"), Context(RULES, meeting))
    assert {f.diagnostic.rule for f in found} == rules
