"""Proofreading: the checks over one text, and their hits put into words, in the order of the text."""

from collections.abc import Callable, Collection, Iterable, Iterator

from ..diagnostics import Diagnostic, Span
from .aloud import find_aloud
from .arithmetic import find_figures
from .breaks import find_breaks
from .context import Context
from .doubling import find_doublings
from .findings import Finding, Hit
from .foreign import check_foreign
from .hosting import check_hosting
from .lexicon import find_confusions
from .numbers import find_dates, find_numerals
from .patterns import find_patterns
from .punctuation import find_punctuation
from .repetition import find_repetition
from .residue import find_residue
from .roster import check_roster
from .rules import Rule, rule_named
from .structure import find_structure
from .text import Text
from .units import check_units

Check = Callable[[Text, Context], Iterable[Hit]]

CHECKS: tuple[Check, ...] = (
    find_confusions,
    find_doublings,
    find_dates,
    find_numerals,
    find_figures,
    find_structure,
    find_repetition,
    find_aloud,
    find_breaks,
    find_punctuation,
    find_residue,
    check_roster,
    check_units,
    check_foreign,
    check_hosting,
)
"""All checks in code; each yields hits of rules that the data puts into words."""


def proofread_text(
    text: Text, context: Context, *, off: Collection[str] = (), checks: Iterable[Check] = CHECKS
) -> list[Diagnostic]:
    """Return the findings in a text, in its order; `off` names rules that are switched off."""
    return [finding.diagnostic for finding in findings_in(text, context, off=off, checks=checks)]


def findings_in(
    text: Text,
    context: Context,
    *,
    off: Collection[str] = (),
    checks: Iterable[Check] = CHECKS,
    more: Iterable[Hit] = (),
) -> list[Finding]:
    """Return the findings in a text as reports need them, in its order; `more` are hits found elsewhere."""
    active = [rule for rule in context.rules.values() if _applies(rule, text, off)]
    known = {rule.id for rule in active}
    checked = (hit for check in checks for hit in check(text, context))
    hits = [*find_patterns(text, active), *checked, *more]
    chosen = sorted({(hit.begin, hit.end, hit.rule): hit for hit in hits if hit.rule in known}.items())
    return [_told(text, context, hit) for _, hit in chosen]


def _applies(rule: Rule, text: Text, off: Collection[str]) -> bool:
    if rule.id in off or text.file.lower().endswith(rule.not_for):
        return False
    return not rule.genres or text.genre in rule.genres


def _told(text: Text, context: Context, hit: Hit) -> Finding:
    rule = rule_named(context.rules, hit.rule)
    line = text.line_at(hit.begin)
    original = " ".join(text.text[hit.begin : hit.end].split())
    values = {"原文": original, "改为": hit.replacement or "", "次数": str(1 + len(hit.others)), **hit.values}
    message = rule.message
    for key, value in values.items():
        message = message.replace(f"{{{key}}}", value)
    diagnostic = Diagnostic(
        message,
        rule.severity,
        file=text.file,
        line=line.number if line else 0,
        span=Span(hit.begin, hit.end),
        rule=rule.id,
        replacement=hit.replacement,
    )
    is_certain = rule.certain and hit.replacement is not None
    return Finding(diagnostic, rule.source, text.excerpt(hit.begin, hit.end), hit.others, is_certain)


def certain_changes(context: Context, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings whose replacement is mechanical and sure."""
    for finding in findings:
        rule = context.rules.get(finding.rule)
        if rule and rule.certain and finding.replacement is not None:
            yield finding
