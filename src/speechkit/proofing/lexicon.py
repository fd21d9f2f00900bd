"""Confused words (易混词): a lexicon as data, one pass over the text for all of it.

An entry is a literal with conditions on what stands right before and after it. All literals make one pattern,
a trie, so that the cost of the pass hardly depends on how many there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

from ..resources import resource_folder
from ..yamlfile import YamlFile, load_yaml
from .findings import Hit
from .rules import check_keys, compiled, listed
from .text import Text

_KEYS = ("改", "前", "后", "除", "错", "对")
_BUNDLED = "words.yaml"
_AROUND = 16
"""Characters on each side that conditions may look at."""
_MIXED = "用词.混写"


@dataclass(frozen=True, slots=True)
class Entry:
    """词条: a word that is wrong, or wrong in some contexts."""

    rule: str
    wrong: str
    right: str
    before: re.Pattern[str] | None
    """What has to end right before the word."""
    after: re.Pattern[str] | None
    """What has to begin right after it."""
    unless: re.Pattern[str] | None
    """What makes it right where it touches the word."""
    flagged: tuple[str, ...]
    """Sentences in which it must be found."""
    passed: tuple[str, ...]
    """Sentences in which it must not."""

    @property
    def is_conditional(self) -> bool:
        """Whether it is wrong in some contexts only."""
        return bool(self.before or self.after or self.unless)

    def applies(self, text: str, begin: int, end: int) -> bool:
        """Return whether the word at a place of a text is wrong there."""
        low, high = max(begin - _AROUND, 0), end + _AROUND
        if self.after is not None and not self.after.match(text, end, high):
            return False
        if self.before is not None and not self.before.search(text, low, begin):
            return False
        return self.unless is None or not any(
            m.start() < end and m.end() > begin for m in self.unless.finditer(text, low, high)
        )


@dataclass(frozen=True)
class Lexicon:
    """词表."""

    entries: tuple[Entry, ...]
    variants: tuple[tuple[str, ...], ...]
    """混写: ways to write the same term, of which one text should keep to one; the best comes first."""

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset({entry.wrong for entry in self.entries}.union(*self.variants))

    @cached_property
    def _candidates(self) -> re.Pattern[str]:
        """Where a word may begin, by two characters: a pattern of all words would try them one by one."""
        firsts, seconds = ("".join(sorted({word[n : n + 1] for word in self._words})) for n in (0, 1))
        if not firsts:
            return re.compile(r"(?!)")
        short = any(len(word) == 1 for word in self._words)
        return re.compile(f"[{re.escape(firsts)}]" + ("" if short else f"(?=[{re.escape(seconds)}])"))

    @cached_property
    def _by_first(self) -> Mapping[str, re.Pattern[str]]:
        alike = defaultdict(set)
        for word in self._words:
            alike[word[0]].add(word)
        return {first: re.compile(trie_pattern(words)) for first, words in alike.items()}

    @cached_property
    def _by_word(self) -> Mapping[str, list[Entry]]:
        known = defaultdict(list)
        for entry in self.entries:
            known[entry.wrong].append(entry)
        return known

    @cached_property
    def _variants(self) -> frozenset[str]:
        return frozenset(word for group in self.variants for word in group)

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """For each word: its length and those of the words that begin it, longest first."""
        words = self._words
        return {w: tuple(n for n in range(len(w), 0, -1) if w[:n] in words) for w in words}

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the wrong words of a text, the longest at each place, then terms written in several ways."""
        taken = 0
        spellings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for candidate in self._candidates.finditer(text):
            begin = candidate.start()
            match = self._by_first[candidate[0]].match(text, begin)
            if match is None:
                continue
            for length in self._lengths[match[0]]:
                word = text[begin : begin + length]
                if word in self._variants:
                    spellings[word].append((begin, begin + length))
                hit = self._hit(text, word, begin) if begin >= taken else None
                if hit is not None:
                    taken = hit.end
                    yield hit
        yield from self._mixed(spellings)

    def _hit(self, text: str, word: str, begin: int) -> Hit | None:
        end = begin + len(word)
        for entry in self._by_word.get(word, ()):
            if entry.applies(text, begin, end):
                return Hit(entry.rule, begin, end, entry.right)
        return None

    def _mixed(self, spellings: Mapping[str, list[tuple[int, int]]]) -> Iterator[Hit]:
        for group in self.variants:
            used = [word for word in group if word in spellings]
            if len(used) > 1:
                keep, *rest = used
                places = sorted(place for word in rest for place in spellings[word])
                yield Hit(
                    _MIXED, *places[0], keep, values={"写法": "”“".join(used)}, others=tuple(places[1:])
                )


def trie_pattern(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of some words at a place, with common beginnings shared."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root)


def _branches(node: dict[str, Any]) -> str:
    parts, leaves = [], []
    for char, below in sorted(node.items()):
        if not char:
            continue
        rest = _branches(below)
        if rest:
            parts.append(re.escape(char) + rest)
        else:
            leaves.append(re.escape(char))
    if leaves:
        # A class instead of single branches: the engine tests it in one step.
        parts.append(f"[{''.join(leaves)}]" if len(leaves) > 1 else leaves[0])
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return f"{body}?" if "" in node else body


class _Folders(Protocol):
    """What this check needs of a Context, whose module imports this one."""

    @property
    def folders(self) -> tuple[Path, ...]: ...


def find_confusions(text: Text, context: _Folders) -> Iterator[Hit]:
    """Yield the words of a text that the lexicon calls wrong, and terms written in several ways."""
    return _loaded(context.folders).find(text.text)


@lru_cache(maxsize=4)
def _loaded(folders: tuple[Path, ...]) -> Lexicon:
    return load_lexicon(folders)


def load_lexicon(folders: Iterable[Path] = ()) -> Lexicon:
    """Return the bundled lexicon, extended by the files with 词表 or 混写 of some folders.

    A word of a folder takes the place of the bundled entries for that word. Raises YamlError for a file that
    can't be used.
    """
    entries: dict[str, list[Entry]] = {}
    variants: dict[tuple[str, ...], None] = {}
    bundled = resource_folder("templates") / "proofing" / _BUNDLED
    for path in (bundled, *(path for folder in folders for path in sorted(folder.glob("*.yaml")))):
        file = load_yaml(path)
        data = file.data if isinstance(file.data, dict) else {}
        entries.update(_entries(file, data.get("词表") or {}))
        variants.update(dict.fromkeys(_groups(file, data.get("混写") or [])))
    return Lexicon(tuple(entry for words in entries.values() for entry in words), tuple(variants))


def _entries(file: YamlFile, data: Any) -> dict[str, list[Entry]]:
    if not isinstance(data, dict) or not all(isinstance(words, dict) for words in data.values()):
        raise file.error("“词表”下面应当是“规则编号: {错词: [正词, 例句]}”", ("词表",))
    found: dict[str, list[Entry]] = {}
    for rule, words in data.items():
        for wrong, value in words.items():
            path = ("词表", rule, wrong)
            several = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
            places = [((*path, i), v) for i, v in enumerate(value)] if several else [(path, value)]
            new = [_entry(file, rule, wrong, v, place) for place, v in places]
            found.setdefault(wrong, []).extend(new)
    return found


def _entry(file: YamlFile, rule: str, wrong: str, value: Any, path: tuple[Any, ...]) -> Entry:
    if isinstance(value, list):
        value = {"改": value[0] if value else None, "错": value[1:]}
    if not isinstance(value, dict):
        raise file.error(f"“{wrong}”要写成“[正词, 例句]”，或者写改、错等键", path)
    check_keys(file, value, _KEYS, path)
    if not wrong or not isinstance(value.get("改"), str):
        raise file.error(f"“{wrong}”没有写应当改成什么", path)
    for key in ("前", "后", "除"):
        if value.get(key) is not None and not isinstance(value[key], str):
            raise file.error(f"“{key}”应当是一行正则表达式", (*path, key))
    before = f"(?:{value['前']})$" if value.get("前") else None
    compiled(file, value, "前", path)
    return Entry(
        rule,
        wrong,
        value["改"],
        # $ alone would also match before a line break at the end of the window.
        re.compile(before[:-1] + r"\Z", re.MULTILINE) if before else None,
        compiled(file, value, "后", path),
        compiled(file, value, "除", path),
        listed(value.get("错")),
        listed(value.get("对")),
    )


def _groups(file: YamlFile, data: Any) -> Iterator[tuple[str, ...]]:
    for number, group in enumerate(data if isinstance(data, list) else [data]):
        words = listed(group) if isinstance(group, list) else ()
        if len(words) < 2 or not all(isinstance(word, str) and word for word in words):
            raise file.error("“混写”的每一项应当是“[正写, 另一写法]”", ("混写", number))
        yield words
