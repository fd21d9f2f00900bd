"""Punctuation marks by GB/T 15834—2011: width, form, doubled marks, numbers of headings, ends of headings."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .findings import Hit
from .pairing import find_pairs
from .text import Line, Text

_C = "\u4e00-\u9fff"
_L, _R = f"[{_C}”’）》〉】％]", f"[{_C}“‘（《〈【]"
_N = "一二三四五六七八九十"
_SPACES = r"[ \u3000]*"


def _alone(signs: str) -> str:
    """The condition after a sign that none of the signs stands next to it: together they are doubled."""
    return rf"(?!{_SPACES}[{signs}])(?<![{signs}].)(?<![{signs}][ \u3000].)"


def _doubled(full: str, half: str) -> str:
    """A sign that stands twice, in full width or in both, or in half width beside Chinese."""
    either = f"(?:{_SPACES}[{full}{half}])"
    only_half = f"{half}(?<={_L}{half}){half}+|{half}{{2,}}(?={_R})"
    return f"{full}{either}+|{half}(?:{_SPACES}{half})*{_SPACES}{full}{either}*|{only_half}"


_GATHERED: tuple[tuple[str, re.Pattern[str], str | None], ...] = tuple(
    (rule, re.compile(pattern, re.MULTILINE), replacement)
    for rule, pattern, replacement in (
        ("标点.半角", rf",(?:(?<={_L},)|(?={_R})|(?<=[)%],)){_alone('，,')}", "，"),
        (
            "标点.半角",
            rf";(?:(?<={_L};)|(?={_R}))(?<!&nbsp;)(?<!&[a-z]{{4}};)(?<!&[a-z]{{5}};){_alone('；;')}",
            "；",
        ),
        ("标点.半角", rf":(?:(?<={_L}:)|(?={_R}))(?!//){_alone('：:')}", "："),
        ("标点.半角", rf"\?(?<={_L}\?)(?!\?)", "？"),
        ("标点.半角", rf"!(?<={_L}!)", "！"),
        ("标点.半角", rf"\.(?<=[{_C}”）》]\.)(?<!^[{_N}]\.)(?<!^[{_N}]{{2}}\.)(?=[{_C}“《（”]|\s*$)", "。"),
        (
            "标点.破折号",
            rf"[-－─―–](?<=[{_C}”》），,].)(?:(?<=-)-+|(?<=－)－+|(?<=[─―])[─―]*|(?<=–)–+)(?=[{_C}“《])",
            "——",
        ),
        ("标点.破折号", rf"—(?<=^—)(?=[{_C}“《\d])(?!\d{{1,3}}—)", "——"),
        (
            "标点.省略号",
            rf"[.．。](?<=[{_C}”》），,].)(?:(?<=\.)\.{{2,5}}(?!\.)|(?<=．)．{{2,5}}(?!．)|。。(?:。。。)?(?!。)(?<=。。。))",
            "……",
        ),
        ("标点.省略号", rf"…(?<=[{_C}”》），,].)(?!…)", "……"),
        ("标点.叠用", _doubled("，", ","), "，"),
        ("标点.叠用", r"。(?<!。。)(?:[ \u3000]+。+|。(?!。))(?:[ \u3000]+。+)*", "。"),
        ("标点.叠用", rf"、(?:{_SPACES}、)+", "、"),
        ("标点.叠用", _doubled("；", ";"), "；"),
        ("标点.叠用", _doubled("：", ":"), "："),
        ("标点.序号顿号", rf"[、，](?:(?<=^\d.)|(?<=^\d\d.))(?!\d|[{_N}]月)", "."),
        ("标点.括号序号", rf"[、，,](?:(?<=^[（(][{_N}\d][)）].)|(?<=^[（(][{_N}\d]{{2}}[)）].))", ""),
        ("标点.汉字序号", rf"[，．,.](?:(?<=^[{_N}].)|(?<=^十[{_N}].))(?![{_N}\d])", "、"),
        ("标点.行首", r"[，。、；！？）》〉】](?<=^.)(?=[^\r\n》])", None),
        ("标点.并列引号", r"、(?<=[”》]、)(?=[“《])", ""),
    )
)  # fmt: skip
"""Rule, pattern, replacement: all places of a pattern make one finding.

Patterns begin with the sign itself and look back afterwards: the engine then leaps from sign to sign.
"""
_STRAIGHT = re.compile('"')
_SINGLE = re.compile(rf"'(?=[^'\"\n]{{0,30}}[{_C}])[^'\"\n]{{1,40}}'")
_CHINESE = re.compile(f"[{_C}]")
_LONGEST_HEADING = 30


def find_punctuation(text: Text, _context: object = None) -> Iterator[Hit]:
    """Yield punctuation marks that are wrong in width, form or place."""
    for rule, pattern, replacement in _GATHERED:
        # A finding is put right in all its places alike: each way to write the sign is one of its own.
        ways: dict[str, list[tuple[int, int]]] = {}
        for match in pattern.finditer(text.text):
            ways.setdefault(match[0], []).append(match.span())
        for places in ways.values():
            yield from _gathered(rule, places, replacement)
    yield from _straight_quotes(text)
    yield from _heading_stops(text.lines)
    yield from find_pairs(text)


def _gathered(rule: str, places: Sequence[tuple[int, int]], replacement: str | None) -> Iterator[Hit]:
    if places:
        yield Hit(rule, *places[0], replacement, others=tuple(places[1:]))


def _straight_quotes(text: Text) -> Iterator[Hit]:
    """Yield straight quotes; opening and closing ones are told apart by their order in the paragraph."""
    by_line: dict[int, list[int]] = {}
    for match in _STRAIGHT.finditer(text.text):
        line = text.line_at(match.start())
        if line is not None and _CHINESE.search(line.text):
            by_line.setdefault(line.begin, []).append(match.start())
    paired = [marks for marks in by_line.values() if len(marks) % 2 == 0]
    single = [m.span() for m in _SINGLE.finditer(text.text)]
    for replacement, offset in (("“", 0), ("”", 1)):
        places = sorted((at, at + 1) for marks in paired for at in marks[offset::2])
        yield from _gathered("标点.直引号", places, replacement)
    yield from _gathered("标点.直引号", [(b, b + 1) for b, _ in single], "‘")
    yield from _gathered("标点.直引号", [(e - 1, e) for _, e in single], "’")
    odd = [(at, at + 1) for marks in by_line.values() if len(marks) % 2 for at in marks]
    yield from _gathered("标点.直引号", [p for p in odd if not _is_measure(text.text, p[0])], None)


def _is_measure(text: str, at: int) -> bool:
    """Whether a straight quote stands for inches or seconds."""
    return at > 0 and text[at - 1].isdigit()


def _heading_stops(lines: Sequence[Line]) -> Iterator[Hit]:
    """Yield the full stops of headings: short lines with a marker of the upper levels, with a text below."""
    found = []
    for line, following in pairwise(lines):
        if (
            line.level in (1, 2)
            and len(line.text) <= _LONGEST_HEADING
            and line.text.endswith("。")
            and line.text.count("。") == 1
            and " " not in line.text
            and (not following.level or following.level > line.level)
        ):
            found.append((line.end - 1, line.end))
    yield from _gathered("标点.标题句号", found, "")
