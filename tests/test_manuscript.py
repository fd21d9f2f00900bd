"""The document model refuses what can't be a document."""

import pytest

from speechkit.manuscript import (
    Byline,
    Cue,
    Drafted,
    Heading,
    Manuscript,
    ManuscriptError,
    Paragraph,
    Salutation,
    Sentence,
    Signature,
)

ORIGIN = Drafted(("讲话.领起/通用/01",))


@pytest.mark.parametrize(
    "text", ["", " ", "前有空格 ", " 后", "两\n行", "制表\t符", "\u2028", "\ud800", "\uffff"]
)
@pytest.mark.parametrize("kind", [Salutation, Heading, Paragraph, Cue, Signature, Byline, Manuscript])
def test_lines_are_single_and_full(kind: type, text: str) -> None:
    with pytest.raises(ManuscriptError):
        kind(text)


def test_error_names_what_and_where() -> None:
    with pytest.raises(ManuscriptError, match=r"小标题.*空白.*' 认识'"):
        Heading(" 认识")


@pytest.mark.parametrize("level", [0, 5])
def test_headings_have_four_levels(level: int) -> None:
    with pytest.raises(ManuscriptError, match=str(level)):
        Heading("认识", level)


def test_sentences_tile_their_paragraph() -> None:
    text = "先说成绩。再说问题。"
    kept = Paragraph(text, sentences=(Sentence(0, 5, ORIGIN), Sentence(5, 10, ORIGIN)))
    assert [text[s.begin : s.end] for s in kept.sentences] == ["先说成绩。", "再说问题。"]


@pytest.mark.parametrize("spans", [[(0, 5)], [(1, 10)], [(0, 5), (6, 10)], [(0, 6), (5, 10)], [(0, 11)]])
def test_sentences_that_do_not_tile(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ManuscriptError, match="铺满"):
        Paragraph("先说成绩。再说问题。", sentences=tuple(Sentence(b, e, ORIGIN) for b, e in spans))


def test_origins_do_not_count_in_comparisons() -> None:
    assert Heading("认识", 1, ORIGIN) == Heading("认识")
    assert Paragraph("好。", sentences=(Sentence(0, 2, ORIGIN),)) == Paragraph("好。")


def test_empty_parts_of_the_head_are_allowed() -> None:
    assert Manuscript("讲话", date="", byline=None).blocks == ()


@pytest.mark.parametrize("field", ["subtitle", "date"])
def test_head_is_checked(field: str) -> None:
    with pytest.raises(ManuscriptError):
        Manuscript("讲话", **{field: "两\n行"})  # type: ignore[arg-type]


def test_spoken_length_counts_what_is_read_aloud() -> None:
    manuscript = Manuscript(
        "题目",
        blocks=(
            Salutation("同志们"),
            Heading("认识"),
            Paragraph("开会。"),
            Cue("鼓掌"),
            Signature("城关镇", "2026年8月20日"),
        ),
    )
    assert manuscript.spoken_length == 3 + 2 + 3


def test_paragraphs_in_order() -> None:
    manuscript = Manuscript("题目", blocks=(Paragraph("一。"), Heading("中"), Paragraph("二。")))
    assert [paragraph.text for paragraph in manuscript.paragraphs] == ["一。", "二。"]
