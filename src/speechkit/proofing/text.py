"""A text as the rules see it: its lines, sentences and words, each found when first asked for."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..numerals import split_heading_marker
from ..segmentation import tagged_words

_LINE = re.compile(r"[^\r\n\f]+")
_SENTENCE = re.compile(r"[^。！？!?…\r\n\f]+(?:[。！？!?…]+[”’」』）》】)\]\"']*)?")
_LONGEST_HEADING = 40
"""Characters of a line that can still be a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph that is not blank, without white space at its ends: `text[begin:end]`."""

    number: int
    """Counted from 1."""
    begin: int
    end: int
    text: str
    level: int
    """1 to 4 where it begins with a marker 一、（一）1.（1）, else 0."""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading with a marker: short, and no sentence."""
        return (
            self.level > 0
            and len(self.text) <= _LONGEST_HEADING
            and not self.text.endswith(("。", "；", "："))
        )


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its part of speech: `text[begin:end]`."""

    begin: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True)
class Text:
    """A text as read."""

    text: str
    file: str = ""
    genre: str = field(default="")
    """讲话稿, 主持词, 汇报材料 where that is known: what is read aloud has rules of its own."""

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs that are not blank."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        number = 0
        for match in _LINE.finditer(self.text):
            stripped = self._bare(match[0])
            if stripped:
                number += 1
                begin = match.start() + match[0].index(stripped)
                level = split_heading_marker(stripped)[0]
                yield Line(number, begin, begin + len(stripped), stripped, level)

    def _bare(self, line: str) -> str:
        """Return a line without white space at its ends and, in Markdown, without the mark of a heading."""
        bare = line.strip()
        return bare.lstrip("#").lstrip() if self.file.lower().endswith(".md") else bare

    @cached_property
    def _begins(self) -> list[int]:
        return [line.begin for line in self.lines]

    def line_at(self, offset: int) -> Line | None:
        """Return the line that an offset stands in; the one before it between two lines."""
        index = bisect_right(self._begins, offset) - 1
        return self.lines[index] if index >= 0 else None

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Half-open ranges of the sentences, none over the end of a line; blank ones are left out."""
        return tuple(m.span() for m in _SENTENCE.finditer(self.text) if not m[0].isspace())

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words with their parts of speech. Costs more than all rules that do without."""
        words, begin = [], 0
        for part, tag in tagged_words(self.text.encode("utf-8", "replace").decode("utf-8")):
            words.append(Word(begin, begin + len(part), part, tag))
            begin += len(part)
        return tuple(words)

    def excerpt(self, begin: int, end: int, around: int = 8) -> str:
        """Return a passage with some characters around it, on one line."""
        line = self.line_at(begin)
        low = max(begin - around, line.begin if line else 0)
        return " ".join(self.text[low : min(end + around, len(self.text))].split())
