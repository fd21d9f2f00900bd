"""The spreadsheet: a sheet per purpose, and no text that turns into a formula."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from reportcase import TEXTS, comparison
from speechkit.formats.errors import TargetExistsError
from speechkit.reports.errors import MissingLibraryError
from speechkit.reports.workbook import workbook, workbook_bytes
from speechkit.reuse.records import Comparison, Document, Skipped

openpyxl = pytest.importorskip("openpyxl")


def test_sheets_have_what_their_names_say() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(comparison(), TEXTS)))
    assert book.sheetnames == ["各单位", "雷同段落", "套话引用", "没有比较"]
    units = list(book["各单位"].values)
    assert units[0][:4] == ("材料", "字数", "自写", "雷同")
    assert [row[0] for row in units[1:]] == ["柳林乡", "青石镇", "白鹭镇", "城关街道"]
    assert units[1][6] == "青石镇"
    flagged = list(book["雷同段落"].values)
    assert [row[1] for row in flagged[1:]] == ["原样", "套改", "调序", "改写"]
    assert "数字：86→52" in flagged[2][14]
    assert "青石镇" in flagged[2][15]
    assert list(book["套话引用"].values)[1][-1] == "这样的话很多材料里都有"
    assert list(book["没有比较"].values)[1] == ("材料/坏文件.docx", "不是完整的Word文件")


def test_header_is_frozen_and_can_be_filtered() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(comparison(), TEXTS)))
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width > 5
    assert book["各单位"]["C2"].number_format == "0%"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", '=HYPERLINK("http://x")', "#N/A", "\t=", "{="])
def test_no_text_becomes_a_formula(start: str) -> None:
    name = f"{start}1+1"
    document = Document(name, name, 10, 1.0, 0.0, 0.0)
    content = workbook_bytes(Comparison((document,), (), (), (Skipped(name, name),)), {name: name})
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert len(cells) > 10
    assert {cell.data_type for cell in cells} == {"s"}


def test_unwritable_characters_and_empty_comparisons_make_a_book() -> None:
    found = comparison()
    text = "\x00\x0b\ud800\ufffe" * 80
    hostile = replace(found, skipped=(Skipped(text, text),))
    openpyxl.load_workbook(BytesIO(workbook_bytes(hostile, dict.fromkeys(TEXTS, text))))
    openpyxl.load_workbook(BytesIO(workbook_bytes(Comparison((), (), ()), {})))


def test_existing_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(TargetExistsError):
        workbook(comparison(), TEXTS, target)
    assert target.read_bytes() == b"mine"
    workbook(comparison(), TEXTS, target, overwrite=True)
    assert openpyxl.load_workbook(target).sheetnames


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingLibraryError, match="pip install openpyxl"):
        workbook_bytes(comparison(), TEXTS)
