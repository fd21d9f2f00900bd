"""Linting: all rules over a stock, their findings in the order of the files."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..diagnostics import Diagnostic
from .likeness import Alike, duplicate_findings, run_findings, source_findings
from .references import condition_findings, value_findings, variable_findings
from .spelling import ending_findings, fact_findings, punctuation_findings, word_findings
from .stock import Stock
from .trials import Trials
from .usage import choice_findings, slot_findings, thought_findings
from .wordlist import Words

VERSION = 1
RULES = {
    "variable": "变量",
    "value": "取值",
    "condition": "条件",
    "duplicate": "近似",
    "run": "重复",
    "punctuation": "标点",
    "ending": "句末",
    "fact": "事实",
    "word": "用词",
    "slot": "闲置",
    "thought": "旨",
    "choice": "选用",
    "source": "照抄",
}
"""Rule -> its name for those who keep a corpus."""


@dataclass(frozen=True)
class Evidence:
    """What rules need beside the corpora themselves; a rule that lacks its own says nothing."""

    words: Words
    alike: Alike | None = None
    trials: Trials | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    """Name -> text of what must not be copied."""


def lint(stock: Stock, evidence: Evidence, rules: Iterable[str] = ()) -> tuple[Diagnostic, ...]:
    """Return the findings of the rules, or of all, by file and line; bundled files come first."""
    checks = _checks(stock, evidence)
    wanted = tuple(rules) or tuple(RULES)
    found = [finding for rule in RULES if rule in wanted for finding in checks[rule]()]
    order = {file: n for n, file in enumerate(dict.fromkeys(entry.place.file for entry in stock.entries))}
    return tuple(sorted(found, key=lambda finding: (order[finding.file], finding.line)))


def counted(findings: Sequence[Diagnostic]) -> dict[str, int]:
    """Return how many findings each rule has, in the order of the rules, without those that have none."""
    numbers = {rule: sum(finding.rule == rule for finding in findings) for rule in RULES}
    return {rule: number for rule, number in numbers.items() if number}


def findings_json(findings: Sequence[Diagnostic]) -> str:
    """Return findings as JSON; docs/corpus-json.md describes it."""
    rows = [
        {
            "rule": finding.rule,
            "severity": str(finding.severity),
            "file": finding.file,
            "line": finding.line,
            "entry": finding.key,
            "message": finding.message,
        }
        for finding in findings
    ]
    return json.dumps({"version": VERSION, "findings": rows}, ensure_ascii=False, indent=1) + "\n"


def _checks(stock: Stock, evidence: Evidence) -> dict[str, Callable[[], Iterator[Diagnostic]]]:
    alike, trials, words = evidence.alike, evidence.trials, evidence.words
    return {
        "variable": lambda: variable_findings(stock),
        "value": lambda: value_findings(stock),
        "condition": lambda: condition_findings(stock),
        "duplicate": lambda: duplicate_findings(stock, alike) if alike else iter(()),
        "run": lambda: run_findings(stock),
        "punctuation": lambda: punctuation_findings(stock),
        "ending": lambda: ending_findings(stock),
        "fact": lambda: fact_findings(stock, words),
        "word": lambda: word_findings(stock, words),
        "slot": lambda: slot_findings(stock),
        "thought": lambda: thought_findings(stock),
        "choice": lambda: choice_findings(stock, trials) if trials else iter(()),
        "source": lambda: source_findings(stock, evidence.texts, words),
    }
