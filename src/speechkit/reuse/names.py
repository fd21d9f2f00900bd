"""Names: the words of a passage, with those that make one name of a place, unit or person put together."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..segmentation import tagged_words
from .words import NameWords, name_words

PLACE, UNIT, PERSON, FIGURE, YEAR, WORD = "place", "unit", "person", "figure", "year", "word"

_CONTEXT = 12
"""Characters read on either side of a passage, so that its first and last words come out whole."""
_SURROGATE = re.compile("[\ud800-\udfff]")
NUMBER = re.compile(r"[0-9０-９]+(?:[.．,][0-9０-９]+)*")
_YEAR = re.compile(
    r"(?<![0-9０-９〇零○一二三四五六七八九])"
    r"(?:(?:19|20|１９|２０)[0-9０-９]{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})(?=年)"
)
_NUMERAL = re.compile("[〇零○一二两三四五六七八九十百千万亿]")
_STEM_TAGS = frozenset({"ns", "nr", "nrt", "nrfg", "nz", "nt", "x"})
_UNIT_PARTS = frozenset({"n", "ns", "nt", "nz", "nr", "vn", "j", "l", "an", "x", "zg"})
_UNIT_PARTS_AT_MOST = 4
_LEAST_UNIT = 3
_HAN = re.compile(r"[\u3400-\u9fff]+")


class Word(NamedTuple):
    """A word of a text, or several that are one name."""

    text: str
    begin: int
    """Offset in the text as read."""
    tag: str
    what: str = WORD
    """place, unit, person, figure, year or word."""

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.begin + len(self.text)


def read_words(text: str, begin: int, end: int) -> tuple[Word, ...]:
    """Return the words of text[begin:end], names put together; the first and last may reach beyond it."""
    low, high = max(0, begin - _CONTEXT), min(len(text), end + _CONTEXT)
    words = _years(_tagged(text[low:high], low))
    for join in (_people, _places, _units):
        words = join(words, name_words())
    return tuple(word for word in words if word.begin < end and word.end > begin)


def place_ending(text: str) -> str:
    """Return what the name of a place ends in (省, 市, 县 …), or nothing."""
    return next((e for e in name_words().place_endings if text.endswith(e) and len(text) > len(e)), "")


def is_local(word: Word) -> bool:
    """Return whether a name belongs to one place: any county has a bureau of finance, but not this school."""
    if word.what == UNIT:
        return word.text.endswith(name_words().own_units)
    return word.what == PERSON or (
        word.what == PLACE and len(word.text) > 2 and place_ending(word.text) != ""
    )


def _tagged(text: str, offset: int) -> list[Word]:
    words = []
    for part, tag in tagged_words(_SURROGATE.sub("?", text)):
        words.append(Word(part, offset, tag, _what(part, tag)))
        offset += len(part)
    return words


def _what(text: str, tag: str) -> str:
    if (text[0].isdigit() and NUMBER.fullmatch(text)) or (tag in ("m", "mq") and _NUMERAL.search(text)):
        return FIGURE
    if tag == "ns" and len(text) > 1:
        return PLACE
    return UNIT if tag == "nt" else WORD


def _years(words: list[Word]) -> list[Word]:
    """Figures before 年 that can be a year; a year in Chinese numerals is one word."""
    text = "".join(word.text for word in words)
    first = words[0].begin if words else 0
    years = {place: match for match in _YEAR.finditer(text) for place in range(match.start(), match.end())}
    if not years:
        return words
    result: list[Word] = []
    for word in words:
        begin, end = word.begin - first, word.end - first
        year = years.get(begin)
        if year is None or (begin > year.start() and not (result and result[-1].what == YEAR)):
            result.append(word)
            continue
        if begin == year.start():
            result.append(Word(year[0], word.begin, "m", YEAR))
        if end > year.end():
            result.append(Word(text[year.end() : end], first + year.end(), "m"))
    return result


def _people(words: list[Word], known: NameWords) -> list[Word]:
    """A word tagged as a name is one only beside a post: the dictionary takes much for names."""
    titles = tuple(known.titles)

    def is_title(n: int) -> bool:
        return 0 <= n < len(words) and words[n].text.endswith(titles)

    return [
        word._replace(what=PERSON)
        if word.tag in ("nr", "nrt", "nrfg", "x")
        and 2 <= len(word.text) <= 4
        and word.text[0] in known.surnames
        and (is_title(n - 1) or is_title(n + 1))
        else word
        for n, word in enumerate(words)
    ]


def _places(words: list[Word], known: NameWords) -> list[Word]:
    endings = frozenset(known.place_endings)
    result: list[Word] = []
    for word in words:
        before = result[-1] if result else None
        if word.text in endings and before and _is_stem(before, word.text, known):
            result[-1] = Word(before.text + word.text, before.begin, "ns", PLACE)
        elif word.what == WORD and word.tag in _STEM_TAGS and _is_place(word.text, known):
            result.append(word._replace(what=PLACE))
        else:
            result.append(word)
    return result


def _is_stem(word: Word, ending: str, known: NameWords) -> bool:
    if word.text in known.generic or not _HAN.fullmatch(word.text) or word.what == PERSON:
        return False
    # A place name of one's own making is often a common noun to the dictionary: 柳树村, 石桥镇.
    common = word.tag == "n" and ending in "镇乡村"
    return len(word.text) > 1 and (word.tag in _STEM_TAGS or common) and not place_ending(word.text)


def _is_place(text: str, known: NameWords) -> bool:
    ending = place_ending(text)
    return bool(ending) and len(text) > 2 and text.removesuffix(ending) not in known.generic


def _units(words: list[Word], known: NameWords) -> list[Word]:
    result: list[Word] = []
    for word in words:
        ends = word.what != PERSON and word.tag[0] not in "vuadpc" and word.text.endswith(known.unit_endings)
        if not ends or word.text in known.no_units:
            result.append(word)
            continue
        first = _unit_begin(result)
        name = "".join(part.text for part in result[first:]) + word.text
        if len(name) < _LEAST_UNIT:
            result.append(word)
            continue
        begin = result[first].begin if first < len(result) else word.begin
        result[first:] = [Word(name, begin, "nt", UNIT)]
    return result


def _unit_begin(words: Sequence[Word]) -> int:
    """Index of the first of the words at the end that belong to the name of a unit."""
    first = len(words)
    while first and len(words) - first < _UNIT_PARTS_AT_MOST:
        word = words[first - 1]
        joins = word.tag in _UNIT_PARTS and word.what != PERSON and _HAN.fullmatch(word.text)
        linked = word.tag == "c" and first < len(words) and first > 1 and words[first - 2].tag in _UNIT_PARTS
        if not (joins or linked) or word.what == UNIT:
            break
        first -= 1
        if word.what == PLACE:
            break
    return first
