"""Words that must not stand in a corpus, each with a reason, and terms that are nobody's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..resources import resource_folder
from ..yamlfile import YamlFile, load_yaml

_FACTS, _TERMS, _ALLOWED = "具体事实", "固定提法", "不在此列"


@dataclass(frozen=True)
class Words:
    """Words with the reason against them, and fixed terms."""

    forbidden: Mapping[str, str]
    """Word -> what is wrong with it and what to write instead."""
    facts: Mapping[str, str]
    """Names that only a meeting file may give -> the reason."""
    terms: tuple[str, ...]
    """Official terms that everybody has to write alike, the longest first."""
    allowed: Mapping[str, tuple[str, ...]]
    """Word -> longer words in which it is nothing wrong."""

    def forbidden_in(self, text: str) -> dict[str, str]:
        """Return those of the forbidden words that a text holds, with the reasons."""
        return self._held(self.forbidden, text)

    def facts_in(self, text: str) -> dict[str, str]:
        """Return those of the names that a text holds, with the reasons."""
        return self._held(self.facts, text)

    def _held(self, words: Mapping[str, str], text: str) -> dict[str, str]:
        return {word: reason for word, reason in words.items() if word in text and self._is_meant(word, text)}

    def _is_meant(self, word: str, text: str) -> bool:
        for longer in self.allowed.get(word, ()):
            text = text.replace(longer, "\n")
        return word in text

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        """The fixed terms in the order in which they are to be looked for."""
        return tuple(sorted(self.terms, key=len, reverse=True))


def load_words() -> Words:
    """Return the bundled list, templates/corpus/words.yaml. Raises `YamlError` naming file and line."""
    return read_words(load_yaml(resource_folder("templates") / "corpus" / "words.yaml"))


def read_words(file: YamlFile) -> Words:
    """Return the words of a list: groups of “word: reason”, and the three groups that are lists of words."""
    groups = file.data if isinstance(file.data, dict) else {}
    for name, group in groups.items():
        if not _is_group(name, group):
            expected = "写词的列表" if name == _TERMS else "一行一个“词: 理由”，或“理由: [词, …]”"
            raise file.error(f"“{name}”下面应当{expected}", (name,))
    forbidden = {
        word: f"{name}，{reason}"
        for name, group in groups.items()
        if name not in (_FACTS, _TERMS, _ALLOWED)
        for word, reason in group.items()
    }
    allowed = {word: tuple(longer) for word, longer in groups.get(_ALLOWED, {}).items()}
    facts = {word: reason for reason, words in groups.get(_FACTS, {}).items() for word in words}
    return Words(forbidden, facts, tuple(groups.get(_TERMS, ())), allowed)


def _is_group(name: str, group: Any) -> bool:
    if name == _TERMS:
        return _is_list(group)
    if not isinstance(group, dict):
        return False
    values: Sequence[Any] = tuple(group.values())
    return all(map(_is_list if name in (_FACTS, _ALLOWED) else _is_text, values))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
