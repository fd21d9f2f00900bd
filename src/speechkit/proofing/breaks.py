"""How lines end: page numbers, running heads, sentences broken over lines, paragraphs without an end."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .findings import Hit
from .text import Line, Text

_PAGE = re.compile(
    r"(?:[-—–－~·]\s*\d{1,3}\s*[-—–－~·]|第\s*\d{1,3}\s*页(?:[，,、/\s]*共\s*\d{1,4}\s*页)?|\d{1,3}(?:\s*/\s*\d{1,3})?)"
)
_PAGE_AT_END = re.compile(r"(?<=[\u4e00-\u9fff，、；,;])[ \t\u3000]+\d{1,3}$")
_FINAL = re.compile(r"[。！？：；…!?:;．.][”’」』）》】)\]\"']*$")
_CLOSED = re.compile(r"[”’」』）》】)\]\"'\d]$")
_STARTS_ANEW = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、是要]|第[一二三四五六七八九十]|[（(]?\d{1,2}[)）.．、]|[①-⑩●◆■—]|"
    r"首先|其次|再次|最后|同时[，,]|此外|另外|总之|同志们|各位|谢谢|下面[，,]|来源|附件"
)
_SENTENCE_SIGNS = re.compile(r"[，。；！？,;!?]")
_CREDIT = re.compile(r"(?:记者|通讯员|摄影|作者)[^。]{0,12}$")
_GOES_ON = "的和与及或对在把被将向从由各"
"""Characters that no sentence ends in."""
_LONGEST_RUNNING_HEAD = 30
_LEAST_REPEATS = 3
_SHORTEST_BROKEN = 12
_SHORTEST_BODY = 25
_INVISIBLE = "\u200b\ufeff\u2060 \t\u3000\xa0"


_FEW_BODIES, _NEARLY_ALL = 5, 0.85


def find_breaks(text: Text, _context: object = None) -> Iterator[Hit]:
    """Yield page numbers, running heads, broken sentences and paragraphs without final punctuation."""
    lines = [line for line in text.lines if line.text.strip(_INVISIBLE)]
    pages = [line for line in lines if _is_page_number(text, line)]
    numbers = {line.number for line in pages}
    for line in pages:
        yield Hit("残留.页码", line.begin, line.end)
    heads = list(_running_heads(lines, numbers))
    for same in heads:
        yield _gathered("残留.页眉", [(line.begin, line.end) for line in same])
    removed = numbers | {line.number for same in heads for line in same}
    yield from _ends([line for line in lines if line.number not in removed])


def _is_page_number(text: Text, line: Line) -> bool:
    """Whether a line holds a page number and nothing else; a subscript torn off is none: M2, PM2.5."""
    if len(line.text) >= _SHORTEST_BROKEN or not _PAGE.fullmatch(line.text):
        return False
    before = (
        text.text[: line.begin].rstrip()[-1:]
        if line.begin < 3
        else text.text[line.begin - 3 : line.begin].rstrip()[-1:]
    )
    return not (before.isascii() and before.isalpha())


def _gathered(rule: str, places: Sequence[tuple[int, int]], replacement: str | None = None) -> Hit:
    return Hit(rule, *places[0], replacement, others=tuple(places[1:]))


def _running_heads(lines: Sequence[Line], pages: set[int]) -> Iterator[list[Line]]:
    """Yield the lines of each short text that stands on several pages.

    Forms repeat their labels, so a running head also interrupts a sentence, or stands beside a page number,
    or is the title.
    """
    short = [line for line in lines if _may_run(line) and line.number not in pages]
    counts = Counter(line.text for line in short)
    for head in [text for text, count in counts.items() if count >= _LEAST_REPEATS]:
        same = [line for line in short if line.text == head]
        by_number = {line.number: line for line in lines}
        if head == lines[0].text or sum(_on_page_edge(line, by_number, pages) for line in same) * 2 >= len(
            same
        ):
            yield same


def _may_run(line: Line) -> bool:
    return 4 <= len(line.text) <= _LONGEST_RUNNING_HEAD and not line.level and not _FINAL.search(line.text)


def _on_page_edge(line: Line, lines: dict[int, Line], pages: set[int]) -> bool:
    if {line.number - 1, line.number + 1} & pages:
        return True
    before = lines.get(line.number - 1)
    return before is not None and len(before.text) > _LONGEST_RUNNING_HEAD and _is_open(before)


def _ends(lines: Sequence[Line]) -> Iterator[Hit]:
    """Yield what is wrong with the ends of lines that hold sentences."""
    closing, strict = _levels_that_close(lines), _closes_all(lines)
    broken: list[tuple[int, int]] = []
    for line, following in pairwise([*lines, None]):
        if line is None:
            continue
        page = _PAGE_AT_END.search(line.text) if following and len(line.text) >= _SHORTEST_BROKEN else None
        if page and following and not _STARTS_ANEW.match(following.text) and _is_body(following):
            yield Hit("残留.行末页码", line.begin + page.start(), line.end, "")
            broken.append((line.begin + page.start(), following.begin))
        elif following and _is_broken(line, following, closing):
            broken.append((line.end, following.begin))
        elif _lacks_end(line, strict):
            yield Hit("标点.句末缺失", line.end - 1, line.end)
    if broken:
        yield _gathered("残留.断行", broken)


def _levels_that_close(lines: Sequence[Line]) -> set[int]:
    """Return the levels of headings whose lines mostly are sentences: these are items, not headings."""
    total = Counter(line.level for line in lines if line.level)
    closed = Counter(line.level for line in lines if line.level and _FINAL.search(line.text))
    return {level for level, count in total.items() if count > 2 and closed[level] * 3 > count * 2}


def _is_body(line: Line) -> bool:
    return bool(_SENTENCE_SIGNS.search(line.text))


def _is_open(line: Line) -> bool:
    """Whether a line stops where no sentence can stop by its last character."""
    return not _FINAL.search(line.text)


def _is_broken(line: Line, following: Line, closing: set[int]) -> bool:
    """Whether a sentence goes on in the following line."""
    if len(line.text) < _SHORTEST_BROKEN or not _is_open(line) or _STARTS_ANEW.match(following.text):
        return False
    if line.text[-1] in _GOES_ON and "。" in line.text:
        return True
    if line.text[-1] in "，、《“（" and len(line.text) >= _SHORTEST_BODY:
        return True
    if _CLOSED.search(line.text) or not _is_body(following):
        return False
    return "。" in line.text or (
        line.level in closing and line.level > 2 and bool(re.search("[，,、]", line.text))
    )


def _closes_all(lines: Sequence[Line]) -> bool:
    """Whether nearly all paragraphs with a comma end with a sign, so that one without lacks it."""
    bodies = [line for line in lines if not line.level and re.search("[，,]", line.text)]
    closed = sum(bool(_FINAL.search(line.text)) for line in bodies)
    return len(bodies) > _FEW_BODIES and closed >= _NEARLY_ALL * len(bodies)


def _lacks_end(line: Line, strict: bool) -> bool:
    """Whether a paragraph that holds a whole sentence ends without a sign."""
    if len(line.text) < _SHORTEST_BODY or not _is_open(line) or not _is_body(line):
        return False
    if not "\u4e00" <= line.text[-1] <= "\u9fff" or _CREDIT.search(line.text):
        return False
    clauses = 1 if strict and not line.level else 3
    return "。" in line.text or len(re.findall("[，,；;]", line.text)) >= clauses
