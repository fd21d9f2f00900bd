"""Rules that are patterns of the data: existence and substitution."""

from collections.abc import Iterable, Iterator

from .findings import Hit
from .rules import Rule
from .text import Text


def find_patterns(text: Text, rules: Iterable[Rule]) -> Iterator[Hit]:
    """Yield the places where the patterns of the rules stand."""
    for rule in rules:
        if rule.pattern is not None:
            yield from _found(text, rule)


def _found(text: Text, rule: Rule) -> Iterator[Hit]:
    assert rule.pattern is not None
    for match in rule.pattern.finditer(text.text):
        if match.end() == match.start():
            continue
        if rule.unless is not None and _is_exempt(text, rule, match.start(), match.end()):
            continue
        replacement = match.expand(rule.replacement) if rule.replacement is not None else None
        yield Hit(rule.id, match.start(), match.end(), replacement)


def _is_exempt(text: Text, rule: Rule, begin: int, end: int) -> bool:
    """Whether something in the line that is no finding touches the place."""
    assert rule.unless is not None
    line = text.line_at(begin)
    low, high = (line.begin, max(line.end, end)) if line else (begin, end)
    return any(m.start() < end and m.end() > begin for m in rule.unless.finditer(text.text, low, high))
