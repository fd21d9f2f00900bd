"""A proofreading with a finding of every sort, for the tests of its reports."""

from speechkit.diagnostics import Diagnostic, Severity, Span
from speechkit.proofing.findings import Finding
from speechkit.reports.proofing_records import ProofreadFile, Proofreading
from speechkit.reuse.records import Skipped

TEXT = "在全县调度会上的讲话\n同志们:\n请xx同志讲话,各镇要抓紧,抓实。\n散会以后抓紧落实落实。"


def found(
    text: str,
    words: str,
    severity: Severity,
    rule: str,
    replacement: str | None = None,
    others: tuple[tuple[int, int], ...] = (),
) -> Finding:
    begin = text.index(words)
    span = Span(begin, begin + len(words))
    line = text[:begin].count("\n") + 1
    told = Diagnostic(f"“{words}”要改", severity, "甲.txt", line, "", span, rule, replacement)
    return Finding(told, "惯例", text[max(0, begin - 4) : span.end + 4], others, replacement is not None)


def findings(text: str = TEXT) -> tuple[Finding, ...]:
    comma = text.index(",")
    other = text.index(",", comma + 1)
    return (
        found(text, ":", Severity.ERROR, "标点.半角", "："),
        found(text, "xx", Severity.ERROR, "空缺.叉号"),
        found(text, ",", Severity.WARNING, "标点.逗号", "，", ((other, other + 1),)),
        found(text, "抓紧,抓实", Severity.SUGGESTION, "重复.字"),
        found(text, "落实落实", Severity.SUGGESTION, "重复.词"),
    )


def proofreading() -> Proofreading:
    files = (
        ProofreadFile("稿/甲.txt", TEXT, findings(), "讲话稿"),
        ProofreadFile("稿/乙.txt", "散会。"),
    )
    return Proofreading(files, (Skipped("稿/坏.docx", "文件已损坏"),))
