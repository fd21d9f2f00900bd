"""Templates of corpora and outlines over the facts: what they print, and whether their conditions hold."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from .filters import MissingFactError, TemplateError, printable
from .plain import REMEMBERED, plain_condition, plain_template


def render(source: str, facts: Mapping[str, Any]) -> str:
    """Return the text of a template over the facts.

    Raises `MissingFactError` where it prints a fact that is not given, `TemplateError` where it names a
    variable that doesn't exist or breaks in another way.
    """
    if "{" not in source:
        return source
    with _explained("模板无法展开，请检查过滤器用在了什么数据上"):
        plain = plain_template(source)
        if plain:
            return "".join(str(printable(piece)) for piece in plain(facts))
        # Loading and compiling by Jinja2 take longer than all the rest of a phrase, and few phrases need it.
        from .sandbox import compile_template, expand

        return expand(compile_template(source), facts)


@contextmanager
def _explained(broken: str) -> Iterator[None]:
    """Say of whatever goes wrong in a template what the writer of the corpus can do about it."""
    try:
        yield
    except (MissingFactError, TemplateError):
        raise
    except Exception as error:
        raise TemplateError(broken) from error


def holds(expression: str, facts: Mapping[str, Any]) -> bool:
    """Return whether a condition is true of the facts; a condition on a missing fact is false."""
    if not expression:
        return True
    try:
        with _explained("条件无法判断，请检查比较的是不是同一种数据"):
            plain = plain_condition(expression)
            if plain:
                return bool(plain(facts))
            from .sandbox import compile_condition, expand

            return bool(expand(compile_condition(expression), facts))
    except MissingFactError:
        return False


def literal_parts(source: str) -> Iterable[str]:
    """Return the pieces of a template that stand in every text it gives."""
    return _literals(source)


@lru_cache(maxsize=REMEMBERED)
def _literals(source: str) -> tuple[str, ...]:
    pieces: list[str] = []
    rest = source
    while rest:
        head, brace, rest = rest.partition("{")
        pieces.append(head)
        if brace:
            # The template was checked before: what opens is closed.
            end = "}}" if rest.startswith("{") else "%}"
            rest = rest.partition(end)[2]
    return tuple(piece for piece in pieces if piece)
