"""The Word files as pages: LibreOffice sets them, with substitutes for the licensed fonts."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from itertools import pairwise

import pytest
from pypdf import PageObject, PdfReader

from speechkit import formats
from speechkit.manuscript import (
    Byline,
    Cue,
    Heading,
    Manuscript,
    Paragraph,
    Salutation,
    Signature,
)

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
if SOFFICE is None and not os.environ.get("CI"):
    pytest.skip("没有安装LibreOffice，无法检查排版后的页面", allow_module_level=True)

MILLIMETRE = 72 / 25.4
# Characters of full width that may begin and end a line, so that lines break at the width alone.
PLAIN = "".join(map(chr, range(0x6C11, 0x6C41)))
STEP = "任务要分到岗位、落到人头，对照“周调度、月通报”的办法逐项过、逐项改，6月底前见到实效……绝不拖延。"
SPEECH = Manuscript(
    "在青山县国家卫生县城创建工作推进会暨背街小巷改造攻坚启动大会上的讲话",
    subtitle="打好整治攻坚战",
    date="2026年3月5日",
    byline=Byline("李向前", "县委书记"),
    blocks=(
        Salutation("同志们"),
        Paragraph(STEP * 6),
        Heading("认清形势，把短板找准"),
        Heading("差距在哪里", 2),
        Heading("设施", 3),
        Heading("管网", 4),
        Paragraph(STEP * 12),
        Paragraph("下面，请县住建局局长王建国同志发言。", call=True),
        Cue("发言"),
        Heading("压实责任，把任务做完"),
        Paragraph(STEP * 12),
        Paragraph(STEP * 5),
        Signature("青山县创建工作指挥部办公室", "2026年3月5日"),
    ),
)
FULL = Manuscript("满页", blocks=(Paragraph(PLAIN * 60),))


@dataclass(frozen=True)
class Piece:
    """Some text on a page; x and y in points from the lower left corner, y of its baseline."""

    text: str
    x: float
    y: float
    size: float


def pieces(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def visit(text: str, current: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            x = matrix[4] * current[0] + current[4]
            y = matrix[5] * current[3] + current[5]
            found.append(Piece(text.strip(), x, y, size * abs(matrix[3] * current[3])))

    page.extract_text(visitor_text=visit)
    return found


def lines(page: PageObject) -> list[tuple[float, str]]:
    """Return height and text of each line, from the top of the page; the last one is the page number."""
    rows: dict[int, list[Piece]] = {}
    for piece in pieces(page):
        rows.setdefault(round(piece.y), []).append(piece)
    joined = ((y, "".join(p.text for p in sorted(row, key=lambda p: p.x))) for y, row in rows.items())
    return sorted(joined, reverse=True)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """Return the files as LibreOffice sets them."""
    assert SOFFICE, "LibreOffice is missing"
    folder = tmp_path_factory.mktemp("pages")
    for name, manuscript in (("speech", SPEECH), ("full", FULL)):
        for layout in ("gbt9704", "reading"):
            formats.write(manuscript, folder / f"{name}-{layout}.docx", layout=formats.load_layout(layout))
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {path.stem: PdfReader(path) for path in folder.glob("*.pdf")}


ALL = ["speech-gbt9704", "speech-reading", "full-gbt9704", "full-reading"]


def test_all_files_are_set(pdfs: dict[str, PdfReader]) -> None:
    assert set(pdfs) == set(ALL)


def test_full_page_has_22_lines_of_28_characters(pdfs: dict[str, PdfReader]) -> None:
    page = [text for _, text in lines(pdfs["full-gbt9704"].pages[1])]
    assert len(page) == 22 + 1
    assert [len(text) for text in page[:-1]] == [28] * 22


def test_lines_fill_the_type_area(pdfs: dict[str, PdfReader]) -> None:
    page = pdfs["full-gbt9704"].pages[1]
    heights = [y for y, _ in lines(page)][:-1]
    pitches = {round(above - below, 1) for above, below in pairwise(heights)}
    assert pitches <= {28, 29, 30}  # the heights are whole points
    assert (heights[0] - heights[-1]) / 21 == pytest.approx(28.95, abs=0.05)
    assert 297 * MILLIMETRE - heights[0] > 37 * MILLIMETRE
    assert heights[-1] > 35 * MILLIMETRE


def test_reading_copy_holds_fewer_and_larger_characters(pdfs: dict[str, PdfReader]) -> None:
    page = [text for _, text in lines(pdfs["full-reading"].pages[1])]
    assert len(page) == 21 + 1
    assert {len(text) for text in page[:-1]} == {24}


@pytest.mark.parametrize("name", ["speech-gbt9704", "speech-reading"])
def test_all_text_is_there_and_in_order(pdfs: dict[str, PdfReader], name: str) -> None:
    shown = "".join(text for page in pdfs[name].pages for _, text in lines(page)[:-1])
    shown = re.sub(r"\s", "", shown)
    position = 0
    for block in SPEECH.blocks:
        text = block.unit if isinstance(block, Signature) else block.text
        position = shown.index(re.sub(r"\s", "", text), position)
    assert shown.startswith(SPEECH.title)
    assert shown.endswith("2026年3月5日")


@pytest.mark.parametrize("name", ALL)
def test_number_of_pages(pdfs: dict[str, PdfReader], name: str) -> None:
    """A page of the official layout holds 480 to 540 characters of real text, 616 at most."""
    manuscript = SPEECH if name.startswith("speech") else FULL
    characters = {"gbt9704": (480, 620), "reading": (380, 510)}[name.split("-")[1]]
    pages = len(pdfs[name].pages)
    assert manuscript.spoken_length / characters[1] <= pages <= manuscript.spoken_length / characters[0] + 2


@pytest.mark.parametrize("name", ALL)
def test_page_number_is_outside_and_below_the_type_area(pdfs: dict[str, PdfReader], name: str) -> None:
    middle = 210 * MILLIMETRE / 2
    for number, page in enumerate(pdfs[name].pages, 1):
        height, text = lines(page)[-1]
        assert re.sub(r"\s", "", text) == f"—{number}—"
        places = [p.x for p in pieces(page) if round(p.y) == round(height)]
        assert min(places) > middle if number % 2 else max(places) < middle
        # The baseline is a little below the dash, which is 7 mm below the type area.
        assert 35 - 10.5 < height / MILLIMETRE < 35 - 7


@pytest.mark.parametrize("name", ALL)
def test_no_line_covers_another(pdfs: dict[str, PdfReader], name: str) -> None:
    for page in pdfs[name].pages:
        sizes = {round(p.y): p.size for p in pieces(page)}
        heights = [y for y, _ in lines(page)]
        for above, below in pairwise(heights):
            assert above - below >= sizes[round(below)]


@pytest.mark.parametrize("name", ALL)
def test_text_begins_inside_the_type_area(pdfs: dict[str, PdfReader], name: str) -> None:
    for page in pdfs[name].pages:
        for piece in pieces(page):
            assert piece.x >= 28 * MILLIMETRE - 1
            assert piece.y <= (297 - 37) * MILLIMETRE


def test_title_breaks_where_it_should(pdfs: dict[str, PdfReader]) -> None:
    top = [text for _, text in lines(pdfs["speech-gbt9704"].pages[0])]
    assert top[0].endswith("推进会")
    assert top[1].startswith("暨")
    assert [top[2], top[3]] == ["——打好整治攻坚战", "（2026年3月5日）"]


def test_signature_is_not_alone_on_its_page(pdfs: dict[str, PdfReader]) -> None:
    for name in ("speech-gbt9704", "speech-reading"):
        texts = [text for _, text in lines(pdfs[name].pages[-1])]
        assert len(texts) >= 4
