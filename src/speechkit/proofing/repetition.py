"""Repetition (重复): sentences, passages, openings and idioms that a text uses again."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..resources import resource_folder
from ..yamlfile import load_yaml
from .findings import Hit
from .rules import compiled
from .text import Text

_FEWEST_OF_SENTENCE = 12
_FEWEST_OF_RUN = 20
_CLAUSE = re.compile(r"[^，。；：！？、,;:!?…\s“”‘’《》（）()]{8,}")
_NOT_SAID = re.compile(r"\W+")
_STOP = re.compile(r"[，。；：！？,;:!?\s]+")
_SENTENCE_END = frozenset("。！？!?…")
_CLOSING = "”’」』）)》 \u3000"
_NAMES = re.compile(r"《[^《》\r\n]*》?|“[^“”\r\n]*”?|\A[^《》]*》|\A[^“”]*”")
"""Titles and quoted slogans: they may be said again, also where a run begins or ends inside one."""
_Place = tuple[int, int]
_ALIKE = 4
_IDIOMS_APART = 1000
_IN_A_ROW = 3
_SHOWN = 16
"""Characters of what is repeated that a message shows."""


@dataclass(frozen=True)
class _Words:
    """词: idioms, set phrases that everybody must repeat, and words that open sentences."""

    idioms: frozenset[str]
    idiom_like: re.Pattern[str]
    """What has the first, second, third and fourth characters of idioms: few other places do."""
    formulas: re.Pattern[str]
    openings: re.Pattern[str]


@cache
def _words() -> _Words:
    file = load_yaml(resource_folder("templates") / "proofing" / "repetition.yaml")
    words = file.data["词"]
    idioms = frozenset("".join(f"{line} " for line in words["成语"]).split())
    classes = ["".join(sorted(set(chars))) for chars in zip(*idioms, strict=True)]
    formulas = compiled(file, words, "套话", ("词",))
    return _Words(
        idioms,
        re.compile("[{}](?=[{}][{}][{}])".format(*classes)),
        formulas or re.compile("(?!)"),
        re.compile("|".join(sorted(words["句首"], key=len, reverse=True))),
    )


def find_repetition(text: Text, _context: object) -> Iterator[Hit]:
    """Yield what a text says again."""
    sentences = list(_sentences_again(text))
    yield from sentences
    told = [(hit.begin, hit.end) for hit in sentences]
    yield from _runs_again(text, told)
    yield from _same_openings(text)
    yield from _idioms_again(text)


def _sentences_again(text: Text) -> Iterator[Hit]:
    """Yield each sentence that stands in the text more than once, at its second place.

    Sentences that follow each other at both places are one finding: a paragraph that was pasted twice.
    """
    again: tuple[_Place, _Place] | None = None
    for first, place in _pairs_of_sentences(text):
        if again is not None and _adjoin(text.text, again[0], first) and _adjoin(text.text, again[1], place):
            again = (again[0][0], first[1]), (again[1][0], place[1])
            continue
        if again is not None:
            yield _again("重复.句子", text, *again)
        again = first, place
    if again is not None:
        yield _again("重复.句子", text, *again)


def _pairs_of_sentences(text: Text) -> list[tuple[_Place, _Place]]:
    """Return each sentence that was there before, with its first place, by where it stands again.

    Only sentences that begin alike are compared: to strip all of them of their punctuation costs too much.
    """
    source, alike = text.text, defaultdict[str, list[_Place]](list)
    for begin, end in text.sentences:
        if end - begin < _FEWEST_OF_SENTENCE:
            continue
        if source[end - 1] in _SENTENCE_END or source[begin:end].rstrip(_CLOSING)[-1:] in _SENTENCE_END:
            while source[begin].isspace():
                begin += 1
            alike[source[begin : begin + _ALIKE]].append((begin, end))
    pairs = [pair for places in alike.values() if len(places) > 1 for pair in _equal(source, places)]
    return sorted(pairs, key=lambda pair: pair[1])


def _equal(source: str, places: list[_Place]) -> Iterator[tuple[_Place, _Place]]:
    seen: dict[str, _Place] = {}
    for place in places:
        passage = source[place[0] : place[1]]
        said = _NOT_SAID.sub("", passage)
        first = seen.setdefault(said, place)
        if (
            first != place
            and len(said) >= _FEWEST_OF_SENTENCE
            and not _is_exempt(passage, _FEWEST_OF_SENTENCE)
        ):
            yield first, place


def _without_blanks(source: str, begin: int, end: int) -> _Place:
    sentence = source[begin:end]
    return end - len(sentence.lstrip()), begin + len(sentence.rstrip())


def _adjoin(source: str, one: _Place, other: _Place) -> bool:
    return one[1] <= other[0] and not source[one[1] : other[0]].strip()


def _again(rule: str, text: Text, first: _Place, place: _Place) -> Hit:
    begin, end = place
    line = text.line_at(first[0])
    said = " ".join(text.text[begin:end].split()).strip("，。；：、！？, ")
    values = {
        "句子": said if len(said) <= _SHOWN else said[:_SHOWN] + "……",
        "行": str(line.number if line else 1),
    }
    return Hit(rule, begin, end, values=values, others=(first,))


def _is_exempt(passage: str, fewest: int) -> bool:
    """Whether what is left without names and set phrases is too little to be a repetition."""
    formula = _words().formulas.search
    clauses = (clause for clause in _STOP.split(_NAMES.sub("", passage)) if not formula(clause))
    return len(_NOT_SAID.sub("", "".join(clauses))) < fewest


def _runs_again(text: Text, told: list[_Place]) -> Iterator[Hit]:
    """Yield passages that stand in the text twice, word for word, and are no whole sentences."""
    source, last, covered = text.text, dict[str, int](), 0
    for match in _CLAUSE.finditer(source):
        clause, begin = match[0], match.start()
        first = last.get(clause)
        last[clause] = begin
        if first is None or begin < covered:
            continue
        low, high = _widened(text, first, begin)
        covered = high
        passage = source[low:high]
        if len(_NOT_SAID.sub("", passage)) < _FEWEST_OF_RUN or _is_exempt(passage, _FEWEST_OF_RUN):
            continue
        if not any(low < end and start < high for start, end in told):
            low, high = _without_blanks(source, low, high)
            yield _again("重复.语段", text, (low - begin + first, high - begin + first), (low, high))


def _widened(text: Text, first: int, second: int) -> _Place:
    """Return the longest passage around the second of two places that also stands around the first.

    It stays inside a line.
    """
    source, line = text.text, text.line_at(second)
    low, high = (line.begin, line.end) if line else (second, second)
    high = max(high, second)
    after = _agreeing(lambda n: source[second : second + n] == source[first : first + n], high - second)
    before = _agreeing(
        lambda n: source[second - n : second] == source[first - n : first], min(second - low, first)
    )
    return second - before, second + after


def _agreeing(agree: Callable[[int], bool], most: int) -> int:
    """Return the greatest number up to `most` for which two places agree, which all smaller ones do."""
    return bisect_left(range(1, most + 1), True, key=lambda n: not agree(n))


def _same_openings(text: Text) -> Iterator[Hit]:
    """Yield the third of three sentences of a paragraph that begin with the same word, once for each row."""
    row: list[_Place] = []
    word = ""
    opening = _words().openings
    previous = 0
    for begin, end in text.sentences:
        match = opening.match(text.text, begin)
        same = match is not None and match[0] == word and begin == previous
        previous = end
        if match is not None and same:
            row.append(match.span())
            continue
        yield from _told_row(row, word)
        word, row = (match[0], [match.span()]) if match else ("", [])
    yield from _told_row(row, word)


def _told_row(row: list[_Place], word: str) -> Iterator[Hit]:
    if len(row) >= _IN_A_ROW:
        values = {"词": word, "次数": str(len(row))}
        yield Hit("重复.句首", *row[2], values=values, others=tuple(row[:2] + row[3:]))


def _idioms_again(text: Text) -> Iterator[Hit]:
    """Yield idioms that come back before they are forgotten."""
    places: dict[str, list[_Place]] = defaultdict(list)
    known_idioms, source = _words().idioms, text.text
    for match in _words().idiom_like.finditer(source):
        begin = match.start()
        if (idiom := source[begin : begin + 4]) in known_idioms:
            places[idiom].append((begin, begin + 4))
    for idiom, known in places.items():
        for first, second in pairwise(known):
            if second[0] - first[0] <= _IDIOMS_APART:
                yield Hit("重复.成语", *second, values={"词": idiom}, others=(first,))
                break
