"""Findings on how an entry is written: punctuation, how it ends, facts, words that must not be used."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..diagnostics import Diagnostic
from .stations import Form
from .stock import Entry, Stock
from .wordlist import Words

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "「": "」",
    "『": "』",
    "〔": "〕",
}
_CLOSING = {right: left for left, right in _PAIRS.items()}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_HALF_WIDTH = re.compile(
    r"""[,;:?!()"']|(?<=[\u3400-\u9fff])\.|\.\.\.|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])"""
)
_DOUBLED = re.compile("[，、；：]{2,}|[。！？][，、；：。]|[，、；：]。")
_STOPS, _CLOSERS = "。！？", "”’）》】」』"
_MARKS = _STOPS + "，；：、"
_FACT = "某"
"""Stands for what a template takes from the meeting file."""
_BLOCK_END = re.compile(r"\{%[^{}]*%\}\s*$")
_DIGIT = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?[%％‰]?")
_NUMBER = "[一二三四五六七八九十百千两半]+"
_FIGURE = re.compile(
    rf"{_NUMBER}(?:个月|个工作日|日内|天内|天之内|周内|年内|年底|月底|月份|月初|万元|亿元|万亩|公里|平方米|平方公里|个百分点)"
    rf"|百分之{_NUMBER}|{_NUMBER}月{_NUMBER}日|二[〇零○][〇零○一二三四五六七八九]{{2}}年|十[一二三四五六七八九]五(?:规划|时期)"
)
_TITLE = re.compile("《([^《》]*)》")


def punctuation_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every mark of an entry that has no partner, is half-width or doubled."""
    for entry in stock.own:
        text = _filled(entry)
        found = (*_unpaired(text), *_narrow(text), *_doubled(text))
        yield from (entry.finding("punctuation", message) for message in dict.fromkeys(found))


def ending_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every entry that doesn't end as what stands in its slot has to."""
    for entry in stock.own:
        forms = {station.form for station in stock.stations_of(entry)}
        message = next((m for form in sorted(forms) if (m := _ENDINGS[form].complaint(entry))), "")
        if message:
            yield entry.finding("ending", message)


def fact_findings(stock: Stock, words: Words) -> Iterator[Diagnostic]:
    """Yield one finding for everything in an entry that only the meeting file may say."""
    for entry in stock.own:
        text = "\n".join(entry.literals)
        told = [match[0] for pattern in (_DIGIT, _FIGURE) for match in pattern.finditer(text)]
        told += [f"《{match[1]}》" for match in _TITLE.finditer(_filled(entry)) if match[1].strip(_FACT)]
        for word in dict.fromkeys(told):
            yield entry.finding("fact", f"“{word}”是具体的数字、时间或文件，只能来自会议文件，改用变量或泛称")
        for word, reason in words.facts_in(text).items():
            yield entry.finding("fact", f"“{word}”：{reason}")


def word_findings(stock: Stock, words: Words) -> Iterator[Diagnostic]:
    """Yield one finding for every word of an entry that must not be used, with the reason."""
    for entry in stock.own:
        for word, reason in words.forbidden_in("\n".join(entry.literals)).items():
            yield entry.finding("word", f"“{word}”：{reason}")


def _filled(entry: Entry) -> str:
    """The text with something in every place of a fact, as a reader sees its marks."""
    # What stands before a block and what stands behind it need not meet.
    shown = re.sub(r"\{%.*?%\}", "\n", entry.text)
    return re.sub(r"\{\{.*?\}\}", _FACT, shown)


def _unpaired(text: str) -> Iterator[str]:
    opened: list[str] = []
    for char in text:
        if char in _PAIRS:
            opened.append(char)
        elif char in _CLOSING and (not opened or opened.pop() != _CLOSING[char]):
            yield f"{char} 不成对"
            return
    if opened:
        yield f"{opened[-1]} 不成对"


def _narrow(text: str) -> Iterator[str]:
    for match in _HALF_WIDTH.finditer(text):
        mark = match[0]
        if mark.isspace():
            around = text[max(match.start() - 2, 0) : match.end() + 2]
            yield f"“{around}”中间有空格"
        elif mark in "\"'":
            yield f"半角引号{mark}，应当用“”"
        else:
            yield f"半角标点{mark}，应当用{_FULL_WIDTH.get(mark, '……')}"


def _doubled(text: str) -> Iterator[str]:
    yield from (f"标点重叠：{match[0]}" for match in _DOUBLED.finditer(text))


@dataclass(frozen=True)
class _Ending:
    allowed: str
    """Marks it has to end with; empty where it may end with none."""
    advice: str

    def complaint(self, entry: Entry) -> str:
        if self.allowed:
            return "" if _last(entry.text) in self.allowed else self.advice
        # The last mark of a block may part what it repeats.
        return self.advice if entry.text.rstrip()[-1:] in _MARKS else ""


_ENDINGS: Mapping[Form, _Ending] = {
    Form.SENTENCE: _Ending(_STOPS, "句末缺少标点，这个槽里写完整的话，以。！？收尾"),
    Form.CLAUSE: _Ending("", "分句不带句末标点，程序自己加"),
    Form.LINK: _Ending("，：", "引子以逗号或冒号收尾"),
    Form.LINE: _Ending("", "这里是标题、称呼或提示，不带句末标点"),
    Form.HEADING: _Ending("", "标题不带句末标点"),
}


def _last(text: str) -> str:
    """The mark at the end of a template, behind closing quotes and the ends of blocks; a fact has none."""
    rest = text.rstrip()
    while _BLOCK_END.search(rest):
        rest = _BLOCK_END.sub("", rest).rstrip()
    if rest.endswith("}}"):
        return _FACT
    rest = rest.rstrip(_CLOSERS)
    return rest[-1:] or _FACT
