"""Defects planted into clean texts, so that what has to be found is known."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

NAMES = {
    "gaps": "1 gaps",
    "residue": "2 residue",
    "structure": "3 structure",
    "punctuation": "4 punctuation",
    "numbers": "5 numbers and dates",
    "names": "6 names",
    "foreign": "7 foreign residue",
    "words": "8 words",
}
_HAN = r"[\u4e00-\u9fff]"


@dataclass(frozen=True)
class Defect:
    """A text with one defect: where it is, and what the ids of the rules that may report it begin with."""

    kind: str
    name: str
    text: str
    begin: int
    end: int
    rules: tuple[str, ...]


Plant = Callable[[str, random.Random], tuple[str, int, int] | None]


def _replaced(pattern: str, put: str | Callable[[re.Match[str]], str], group: int = 0) -> Plant:
    """Put something in place of one of the places where a pattern stands."""

    def plant(text: str, rng: random.Random) -> tuple[str, int, int] | None:
        places = list(re.finditer(pattern, text))
        if not places:
            return None
        match = rng.choice(places)
        new = put(match) if callable(put) else put
        begin, end = match.span(group)
        return text[:begin] + new + text[end:], begin, begin + max(len(new), 1)

    return plant


def _after_sentence(sentence: str, mark: str = "") -> Plant:
    """Put a sentence with a defect after one of the sentences; `mark` is the part that is wrong."""

    def plant(text: str, rng: random.Random) -> tuple[str, int, int] | None:
        ends = [match.end() for match in re.finditer(r"。(?=[\u4e00-\u9fff])", text)]
        if not ends:
            return None
        at = rng.choice(ends)
        shift = sentence.index(mark) if mark else 0
        return text[:at] + sentence + text[at:], at + shift, at + shift + len(mark or sentence)

    return plant


def _paragraph(line: str) -> Plant:
    """Put a line of its own between two paragraphs."""

    def plant(text: str, rng: random.Random) -> tuple[str, int, int] | None:
        ends = [match.end() for match in re.finditer(r"。\n", text)]
        if not ends:
            return None
        at = rng.choice(ends)
        return f"{text[:at]}{line}\n{text[at:]}", at, at + len(line)

    return plant


def _heading(change: Callable[[str], str]) -> Plant:
    """Change the marker of a first-level heading that is not the first."""
    return _replaced(r"(?m)^([二三])、", lambda match: change(match[1]) + "、")


_NEXT = {"二": "三", "三": "四"}

_SENTENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "numbers": (
        ("这项工作2月30日前完成。", "2月30日"),
        ("验收定在11月31日。", "11月31日"),
        ("会议定于2026年8月20日（星期一）召开。", "2026年8月20日（星期一）"),
        ("汇总表下午15时前报送。", "下午15时"),
        ("全年共排查隐患１２０处。", "１２０"),
        ("这项制度从二零二五年起实行。", "二零二五年"),
        ("参加培训的有近50多人。", "近50多人"),
        ("各项费用大约3万元左右。", "大约3万元左右"),
        ("投诉量比去年减少了3倍。", "减少了3倍"),
        ("全年办结信访件86件，其中初访50件、重访40件。", "其中初访50件、重访40件"),
        ("受理量由200件增加到300件，增长20%。", "由200件增加到300件，增长20%"),
    ),
    "words": (
        ("有关单位要认真布署。", "布署"),
        ("双方当场签定了协议。", "签定"),
        ("截止目前已有三家单位报名。", "截止目前"),
        ("当前防汛形式严峻。", "形式严峻"),
        ("干部作风有些松驰。", "松驰"),
        ("希望大家再接再励。", "再接再励"),
        ("同志们一如继往支持这项工作。", "一如继往"),
        ("各单位要建立台帐。", "台帐"),
        ("领导班子作出了决择。", "决择"),
        ("要做好防犯工作。", "防犯"),
        ("群众反应的问题要件件有回音。", "反应"),
        ("会议要求坚决杜绝渡假式考察。", "渡假"),
        ("必竟条件有限。", "必竟"),
        ("要把这件事提到重要的的位置。", "的的"),
        ("要行使好手中的权利，管好公章。", "权利"),
        ("这是一项急待解决的难题。", "急待"),
        ("工程如期峻工。", "峻工"),
        ("干部要以身做则。", "以身做则"),
        ("大家要齐心和力。", "齐心和力"),
        ("不能墨守陈规。", "墨守陈规"),
    ),
    "residue": (
        ("本文来自某公文网，转载请注明出处。", "本文来自"),
        ("详情请登录www.example.com查看。", "www.example.com"),
        ("各单位要&nbsp;抓紧落实。", "&nbsp;"),
        ("各单位要**抓紧**落实。", "**抓紧**"),
        ("各单位要<b>抓紧</b>落实。", "<b>"),
        ("各单位要抓紧 落实任务。", "紧 落"),
        ("锟斤拷锟斤拷", "锟斤拷"),
        ("更多范文请关注公众号。", "关注公众号"),
    ),
    "gaps": (
        ("请xxx同志负责。", "xxx"),
        ("这项工作由××局承担。", "××"),
        ("联系人：【待补：姓名】。", "【待补：姓名】"),
        ("共投入资金____万元。", "____"),
        ("培训班于2026年8月 日开班。", "2026年8月 日"),
        ("实际至少需要 万元以上。", "需要 万"),
        ("请县委副书记 宣读文件。", "县委副书记 宣读"),
        ("现将情况汇报如下................", "................"),
    ),
    "foreign": (
        ("这是临泽县委、临泽县政府的统一部署。", "临泽县委、临泽县政府"),
        ("根据2012年工作安排，各单位要抓紧落实。", "2012年"),
        ("在座的都是我们临泽县的干部。", "临泽县"),
    ),
}
_RULES = {
    "gaps": ("空缺",),
    "residue": ("残留",),
    "structure": ("编号", "列举", "标题"),
    "punctuation": ("标点",),
    "numbers": ("数字", "日期", "时间", "数据", "用数"),
    "names": ("姓名", "职务", "单位", "称谓", "名单", "排序", "文件", "会议", "讲话"),
    "foreign": ("外地", "异地", "年份", "地名"),
    "words": ("用词",),
}

_PLANTS: dict[str, dict[str, Plant]] = {
    "residue": {
        "page number between paragraphs": _paragraph("— 3 —"),
        "broken line": _replaced(rf"{_HAN}{{12}}()(?={_HAN}{{12}})", "\n", 1),
    },
    "structure": {
        "heading jumps": _heading(lambda numeral: _NEXT[numeral]),
        "heading repeated": _heading(lambda numeral: "一" if numeral == "二" else "二"),
        "second level jumps": _replaced(r"(?m)^（二）", "（四）"),
        "count of opinions": _replaced(
            r"(?:讲|谈|强调)([两三四])[点个]", lambda m: {"两": "五", "三": "五", "四": "六"}[m[1]], 1
        ),
        "chain jumps": _after_sentence("要做好几件事：一是摸清底数；三是落实责任。", "三是"),
        "announced three, gave two": _after_sentence(
            "存在三个问题：一是底数不清；二是责任不明。", "三个问题"
        ),
        "heading without text": _paragraph("（九）空着的一节"),
    },
    "punctuation": {
        "half-width comma": _replaced(rf"(?<={_HAN})，(?={_HAN})", ","),
        "half-width full stop": _replaced(rf"(?<={_HAN})。(?={_HAN})", "."),
        "half-width brackets": _after_sentence("三家单位(含两家企业)已报名。", "(含两家企业)"),
        "doubled full stop": _replaced(r"(?<=。)(?=\n)", "。"),
        "doubled comma": _replaced(rf"(?<={_HAN}，)(?={_HAN})", "，"),
        "comma before full stop": _after_sentence("工作要抓紧，。", "，。"),
        "unclosed quotation mark": _after_sentence("要落实“一把手负责制，层层抓。", "“"),
        "unclosed title": _after_sentence("印发了《考核办法，各单位照办。", "《"),
        "no full stop at the end": _replaced(rf"(?<={_HAN}{{8}})。(?=\n)", ""),
        "three periods": _after_sentence("要抓教育、抓管理、抓监督...", "..."),
        "hyphens for a dash": _after_sentence("关键在人--干部队伍建设。", "--"),
        "comma after a numeral": _replaced(r"(?m)^([一二三])(、)", "，", 2),
        "straight quotation marks": _after_sentence('要落实"一岗双责"要求。', '"'),
        "comma between titles": _after_sentence("学习了《条例》，、《办法》。", "，、"),
    },
}


def _one_off(text: str, name: str, other: str) -> str:
    return text.replace(name, other, 1)


def names_plants(roster: list[tuple[str, str]]) -> dict[str, Plant]:
    """Return plants for a meeting with these posts and names, in order of rank."""
    plants: dict[str, Plant] = {}
    for post, name in roster[:4]:
        off = name[:-1] + "囧" if len(name) < 3 else name[0] + "囧" + name[2:]
        plants[f"{name}: one character off"] = _replaced(re.escape(f"{post}{name}"), f"{post}{off}")
    (post, name), (_, other) = roster[1], roster[2]
    plants["another's name after a post"] = _replaced(re.escape(f"{post}{name}"), f"{post}{other}")
    plants["重要讲话 of a lesser leader"] = _after_sentence(f"{post}{name}作了重要讲话。", "重要讲话")
    return plants


def plants() -> dict[str, dict[str, Plant]]:
    """Return all plants by kind and name, but for those that need a roster."""
    every = {kind: dict(_PLANTS.get(kind, {})) for kind in NAMES}
    for kind, sentences in _SENTENCES.items():
        for sentence, mark in sentences:
            every[kind][mark] = _after_sentence(sentence, mark)
    return every


def defects(text: str, kinds: dict[str, dict[str, Plant]], rng: random.Random) -> list[Defect]:
    """Return the text once for every plant that finds a place in it."""
    found: list[Defect] = []
    for kind, by_name in kinds.items():
        for name, plant in by_name.items():
            planted = plant(text, rng)
            if planted:
                found.append(Defect(kind, name, *planted, _RULES[kind]))
    return found
