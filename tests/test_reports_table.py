"""The terminal: everything that matters is said, and nothing can write escapes."""

import builtins
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from reportcase import BAILU, TEXTS, comparison
from speechkit.reports.table import MOST_PASSAGES, comparison_table
from speechkit.reports.wording import excerpt, names, one_line, percent
from speechkit.reuse.records import Comparison, Place, Skipped


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def without_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    actual = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "rich":
            raise ImportError(name)
        return actual(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.parametrize("plain", [False, True])
def test_everything_is_said(plain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if plain:
        without_rich(monkeypatch)
    shown = comparison_table(comparison(), TEXTS, 140)
    for words in (
        "比较了4份材料，标出4处雷同",
        "原样",
        "改写",
        "套改",
        "调序",
        "套话1处",
        "忘改",
        "数字：86→52",
    ):
        assert words in shown
    for name in ("青石镇", "白鹭镇", "柳林乡", "城关街道", "坏文件.docx", "不是完整的Word文件", "可能的出处"):
        assert name in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    assert max(map(columns, comparison_table(comparison(), TEXTS, width).splitlines())) <= width


def test_strongest_stands_first_and_the_rest_is_counted() -> None:
    found = comparison()
    many = replace(found, matches=found.flagged * 20)
    shown = comparison_table(many, TEXTS, 120)
    assert f"还有{80 - MOST_PASSAGES}处没有列出" in shown
    ranks = [
        comparison_table(found, TEXTS, 120).index(kind, 120) for kind in ("原样 ", "套改 ", "调序 ", "改写 ")
    ]
    assert ranks == sorted(ranks)


def test_hostile_names_write_no_escapes_and_no_markup() -> None:
    hostile = "\x1b[31m红[bold]粗[/nothing]\udcff.txt"
    found = Comparison((), (), (), (Skipped(hostile, "\x07响"),))
    shown = comparison_table(found, {}, 100)
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[bold]粗[/nothing]" in shown
    shown.encode("utf-8")


def test_nothing_found_is_a_sentence() -> None:
    assert comparison_table(Comparison((), (), ()), {}, 80) == "比较了0份材料，标出0处雷同。\n"


def test_names_are_as_short_as_they_can_be() -> None:
    assert names(["甲/报告.docx", "乙/报告.docx", "丙/总结.docx", "总结.txt"]) == {
        "甲/报告.docx": "甲/报告.docx",
        "乙/报告.docx": "乙/报告.docx",
        "丙/总结.docx": "总结.docx",
        "总结.txt": "总结.txt",
    }
    assert len(set(names(["\udc80", "\udc81", "", " "]).values())) == 4


def test_excerpts_are_one_line_with_both_ends() -> None:
    text = "开头。\n第二行\r\nword two" + "字" * 300 + "结尾"
    assert one_line("开头\n第二行 a b") == "开头第二行 a b"
    short = excerpt(text, Place(BAILU, 0, len(text)), 40)
    assert len(short) == 40
    assert short.startswith("开头。第二行")
    assert short.endswith("结尾")


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (0.001, "不到1%"), (0.5, "50%"), (0.996, "99%"), (1, "100%")],
)
def test_percentages_say_all_and_nothing_of_all_and_nothing_only(share: float, words: str) -> None:
    assert percent(share) == words
