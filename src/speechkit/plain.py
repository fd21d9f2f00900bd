"""Plain templates and conditions, worked out as they are read: nearly all are such, and compiling is slow.

Plain is what prints facts through filters, asks {% if %}, and goes through a list with {% for %}. It means
here what it means to Jinja2; of anything else `plain_template` and `plain_condition` say that it is not for
them.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from .filters import FILTERS, TemplateError

Facts = Mapping[str, Any]
Value = Callable[[Facts], Any]
"""What an expression comes to over the facts."""

_TAG = re.compile(r"\{\{(.*?)\}\}|\{%(?![-+]) *(if|elif|else|endif|for|endfor)\b(.*?)%\}", re.DOTALL)
_TOKEN = re.compile(
    r"""\s*(?:(?P<word>"[^"\\{}]*")|(?P<number>\d{1,4})|(?P<order>[=!<>]=|[<>])"""
    r"""|(?P<path>[^\W\d_]\w*(?:\[(?:-?\d|-?\d?:-?\d?)\]|\.[^\W\d_]\w*)*)|(?P<mark>[()\[\],|]))"""
)
_STEP = re.compile(r"\[(-?\d?)(:?)(-?\d?)\]|([^.\[]+)")
_GRAMMAR = frozenset(
    {"and", "or", "not", "in", "if", "else", "is", "true", "false", "none", "True", "False", "None"}
)
_LOOP = re.compile(r" *([^\W\d_]\w*) +in +(.*)")
_PLACES = frozenset({"loop.index", "loop.first", "loop.last"})
"""What a plain template asks of the place in a list."""
_END = ("", "")
REMEMBERED = 1 << 15
"""How many templates or conditions are kept once read: several times what the bundled corpora have."""
MAX_TEMPLATE = 4000
"""Longer templates are no phrases."""
MAX_LOOP_DEPTH = 3
"""Deeper loops are no phrases either: data is no deeper."""
_ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "in": lambda one, many: one in many,
    "not in": lambda one, many: one not in many,
}


class _NotPlainError(Exception):
    """The source has something that is left to Jinja2."""


def lookup(path: str, facts: Facts) -> Any:
    """Return what a dotted path such as 讲话.任务 names in the facts; `TemplateError` for an unknown name."""
    value: Any = facts
    try:
        for begin, colon, end, key in _STEP.findall(path):
            if key:
                value = value[key]
            elif colon:
                value = value[int(begin) if begin else None : int(end) if end else None]
            else:
                value = value[int(begin)]
    except (KeyError, TypeError, IndexError):
        raise TemplateError(f"没有“{path}”这个变量") from None
    return value


@lru_cache(maxsize=REMEMBERED)
def plain_condition(source: str) -> Value | None:
    """Return a condition to be asked of facts; None where it is not plain."""
    try:
        return _Expression(source).whole()
    except (_NotPlainError, RecursionError):
        return None


@lru_cache(maxsize=REMEMBERED)
def plain_template(source: str) -> Callable[[Facts], Iterator[Any]] | None:
    """Return a template whose pieces can be taken over facts; None where it is not plain."""
    if len(source) > MAX_TEMPLATE or "\n" in source:  # which line ends count is up to Jinja2
        return None
    try:
        return _Reader(source).template()
    except (_NotPlainError, RecursionError):
        return None


_Piece = Callable[[Facts], Iterator[Any]]


class _Reader:
    """Reads a template: text, what is printed, and what stands under conditions."""

    def __init__(self, source: str) -> None:
        self.source, self.position, self.tags = source, 0, _TAG.finditer(source)
        self.depth = 0

    def template(self) -> _Piece:
        pieces, end, _ = self.run()
        if end:
            raise _NotPlainError
        return _in_turn(pieces)

    def run(self) -> tuple[list[_Piece], str, str]:
        """Return the pieces up to the next elif, else or end, with its name and condition."""
        pieces: list[_Piece] = []
        for tag in self.tags:
            pieces += self.text(tag.start())
            self.position = tag.end()
            if tag[1] is not None:
                pieces.append(_printed(_Expression(tag[1]).whole()))
            elif tag[2] == "if":
                pieces.append(self.choice(tag[3]))
            elif tag[2] == "for":
                pieces.append(self.loop(tag[3]))
            else:
                return pieces, tag[2], tag[3]
        return [*pieces, *self.text(len(self.source))], "", ""

    def text(self, end: int) -> list[_Piece]:
        text = self.source[self.position : end]
        if "{" in text:  # a tag that is not plain, or an open one
            raise _NotPlainError
        return [lambda _: iter((text,))] if text else []

    def choice(self, test: str) -> _Piece:
        branches: list[tuple[Value, _Piece]] = []
        end = "if"
        while end in ("if", "elif"):
            asked = _Expression(test).whole()
            pieces, end, test = self.run()
            branches.append((asked, _in_turn(pieces)))
        if end == "else":
            pieces, end, test = self.run()
            branches.append((lambda _: True, _in_turn(pieces)))
        if end != "endif":
            raise _NotPlainError
        return lambda facts: next((piece(facts) for asked, piece in branches if asked(facts)), iter(()))

    def loop(self, head: str) -> _Piece:
        named = _LOOP.fullmatch(head)
        self.depth += 1
        if named is None or named[1] in _GRAMMAR or named[1] == "loop" or self.depth > MAX_LOOP_DEPTH:
            raise _NotPlainError
        listed = _Expression(named[2]).list_of_loop()
        pieces, end, _ = self.run()
        if end != "endfor":
            raise _NotPlainError
        self.depth -= 1
        return _repeated(named[1], listed, _in_turn(pieces))


def _in_turn(pieces: list[_Piece]) -> _Piece:
    return lambda facts: (text for piece in pieces for text in piece(facts))


def _repeated(name: str, listed: Value, body: _Piece) -> _Piece:
    def texts(facts: Facts) -> Iterator[Any]:
        elements = tuple(listed(facts))
        for n, element in enumerate(elements, 1):
            place = {"index": n, "first": n == 1, "last": n == len(elements)}
            yield from body({**facts, name: element, "loop": place})

    return texts


def _printed(value: Value) -> _Piece:
    return lambda facts: iter((value(facts),))


class _Expression:
    """Reads an expression by the precedence of Jinja2: if, or, and, not, comparison, filter, path."""

    def __init__(self, source: str) -> None:
        self.tokens = [*_tokens(source), _END]
        self.next = 0

    def whole(self) -> Value:
        return self.ended(self.one_or_other())

    def list_of_loop(self) -> Value:
        """As the whole, but `if` after it would choose among the elements."""
        return self.ended(self.filtered())

    def ended(self, value: Value) -> Value:
        if self.tokens[self.next] is not _END:
            raise _NotPlainError
        return value

    def take(self, text: str) -> bool:
        found = self.tokens[self.next][1] == text
        self.next += found
        return found

    def one_or_other(self) -> Value:
        value = self.any_of()
        if not self.take("if"):
            return value
        asked = self.any_of()
        if not self.take("else"):
            raise _NotPlainError
        other = self.one_or_other()
        return lambda facts: value(facts) if asked(facts) else other(facts)

    def any_of(self) -> Value:
        value = self.all_of()
        while self.take("or"):
            value = _either(value, self.all_of())
        return value

    def all_of(self) -> Value:
        value = self.negated()
        while self.take("and"):
            value = _both(value, self.negated())
        return value

    def negated(self) -> Value:
        if self.take("not"):
            value = self.negated()
            return lambda facts: not value(facts)
        return self.compared()

    def compared(self) -> Value:
        value = self.filtered()
        order = self.order()
        if not order:
            return value
        compare, other = _ORDERS[order], self.filtered()
        if self.order():  # a < b < c
            raise _NotPlainError
        return lambda facts: compare(value(facts), other(facts))

    def order(self) -> str:
        kind, text = self.tokens[self.next]
        if self.take("not"):
            if not self.take("in"):
                raise _NotPlainError
            return "not in"
        is_order = kind == "order" or text == "in"
        self.next += is_order
        return text if is_order else ""

    def filtered(self) -> Value:
        value = self.simple()
        while self.take("|"):
            kind, name = self.token()
            if kind != "path" or name not in FILTERS:
                raise _NotPlainError
            arguments = self.listed(")") if self.take("(") else []
            value = _through(name, value, arguments)
        return value

    def simple(self) -> Value:
        kind, text = self.token()
        if text == "(":
            value = self.one_or_other()
            if not self.take(")"):
                raise _NotPlainError
            return value
        if text == "[":
            items = self.listed("]")
            return lambda facts: [item(facts) for item in items]
        if kind == "word":
            return lambda _: text[1:-1]
        if kind == "number":
            number = int(text)
            return lambda _: number
        if kind != "path" or text in _GRAMMAR or (text.startswith("loop") and text not in _PLACES):
            raise _NotPlainError
        return lambda facts: lookup(text, facts)

    def listed(self, end: str) -> list[Value]:
        items: list[Value] = []
        while not self.take(end):
            if items and not self.take(","):
                raise _NotPlainError
            items.append(self.one_or_other())
        return items

    def token(self) -> tuple[str, str]:
        token = self.tokens[self.next]
        if token is _END:
            raise _NotPlainError
        self.next += 1
        return token


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    position, source = 0, source.rstrip()
    while position < len(source):
        found = _TOKEN.match(source, position)
        if found is None or found.lastgroup is None:
            raise _NotPlainError
        yield found.lastgroup, found[found.lastgroup]
        position = found.end()


def _either(one: Value, other: Value) -> Value:
    return lambda facts: one(facts) or other(facts)


def _both(one: Value, other: Value) -> Value:
    return lambda facts: one(facts) and other(facts)


def _through(name: str, value: Value, arguments: list[Value]) -> Value:
    make = FILTERS[name]
    return lambda facts: make(value(facts), *(argument(facts) for argument in arguments))
