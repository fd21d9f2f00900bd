"""What holds for every text that is compared."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechkit.reuse import lookup as lookups
from speechkit.reuse.alignment import align
from speechkit.reuse.background import ORDER, build_background, load_background, save_background
from speechkit.reuse.candidates import candidates
from speechkit.reuse.collection import collect, ending_hashes, gram_hashes
from speechkit.reuse.comparison import compare
from speechkit.reuse.evidence import weigh
from speechkit.reuse.lookup import lookup
from speechkit.reuse.normalisation import normalise
from speechkit.reuse.records import Comparison, Match, Material

# Distinct enough that nothing but what a test plants is shared.
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 4000)]


def prose(seed: int, size: int) -> str:
    """Return sentences of random characters, a line for each paragraph."""
    rng = np.random.default_rng(seed)
    sentences = []
    while size > 0:
        length = int(rng.integers(12, 40))
        sentences.append("".join(rng.choice(CHARACTERS, length)) + str(rng.choice(["，", "。", "。\n"])))
        size -= length
    return "".join(sentences)


def compared(*texts: str) -> Comparison:
    return compare([Material(str(number), text) for number, text in enumerate(texts)])


def key(match: Match) -> tuple[object, ...]:
    sides = sorted((place.document, place.begin, place.end) for place in (match.a, match.b))
    return (*sides, match.kind, match.flagged)


def check_offsets(texts: list[str], comparison: Comparison) -> None:
    """Every run is the same on both sides once normalised, and inside its passage."""
    for match in comparison.matches:
        a, b = texts[int(match.a.document)], texts[int(match.b.document)]
        for run in match.runs:
            left = letters(a[run.a_begin : run.a_end])
            assert left
            assert left == letters(b[run.b_begin : run.b_end])
            assert match.a.begin <= run.a_begin < run.a_end <= match.a.end <= len(a)
            assert match.b.begin <= run.b_begin < run.b_end <= match.b.end <= len(b)
        assert min(run.a_begin for run in match.runs) == match.a.begin
        assert max(run.b_end for run in match.runs) == match.b.end


def letters(text: str) -> str:
    """Return the characters that count; a figure is one character and is cut by no run."""
    return "".join(map(chr, normalise(text).codes.tolist()))


def rewrapped(text: str, width: int, page: int = 1) -> str:
    """Return the text in lines of a width, with the numbers of pages between them."""
    lines = []
    for number, begin in enumerate(range(0, len(text), width)):
        lines.append(text[begin : begin + width])
        if number % 7 == 6:
            lines.append(f"— {page + number // 7} —")
    return "\n".join(lines)


seeds = st.integers(0, 2**32 - 1)
edits = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(["", "，", "新的", "1995", "\n"])), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, changes=edits, at=st.integers(0, 500))
def test_offsets_slice_back_to_what_is_equal(seed: int, changes: list[tuple[int, str]], at: int) -> None:
    passage = prose(seed, 400)
    copy = passage
    for place, word in changes:
        copy = copy[:place] + word + copy[place + 2 :]
    texts = [prose(seed + 1, 600) + passage, (other := prose(seed + 2, 600))[:at] + copy + other[at:]]
    comparison = compared(*texts)
    check_offsets(texts, comparison)
    assert any(match.flagged for match in comparison.matches)


@settings(max_examples=25, deadline=None)
@given(seed=seeds, order=st.permutations(range(4)))
def test_order_of_materials_makes_no_difference(seed: int, order: list[int]) -> None:
    passage = prose(seed, 200)
    texts = [passage + prose(seed + 1, 300), prose(seed + 2, 300) + passage, prose(seed + 3, 300)]
    texts.append(passage[60:] + texts[2][:90])
    materials = [Material(str(number), text) for number, text in enumerate(texts)]
    one, other = compare(materials), compare([materials[n] for n in order])
    assert sorted(map(key, one.matches)) == sorted(map(key, other.matches))
    assert {d.id: d for d in one.documents} == {d.id: d for d in other.documents}
    assert {m.evidence for m in one.matches} == {m.evidence for m in other.matches}


@settings(max_examples=25, deadline=None)
@given(seed=seeds, size=st.integers(0, 3000))
def test_unrelated_document_changes_no_flagged_passage(seed: int, size: int) -> None:
    passage = prose(seed, 250)
    texts = [
        prose(seed + 1, 300) + passage,
        passage[:120] + "另加一句话。" + passage[120:] + prose(seed + 2, 300),
    ]
    few, more = compared(*texts), compared(*texts, prose(seed + 3, size))
    assert few.flagged
    assert [key(match) for match in few.flagged] == [key(match) for match in more.flagged]
    assert few.documents == more.documents[:2]


@settings(max_examples=30, deadline=None)
@given(seed=seeds, size=st.integers(80, 4000), width=st.integers(9, 60), page=st.integers(1, 90))
def test_document_is_all_of_its_copy_however_wrapped(seed: int, size: int, width: int, page: int) -> None:
    text = prose(seed, size)
    copy = rewrapped(text.replace("\n", "").replace("，", ","), width, page)
    (match,) = compared(text, copy).matches
    assert match.flagged
    assert match.containment_a == match.containment_b == match.resemblance == 1
    places = {place.document: place for place in (match.a, match.b)}
    for document, whole in (("0", text), ("1", copy)):
        assert letters(whole[places[document].begin : places[document].end]) == letters(whole)


def test_running_heads_and_page_numbers_are_no_part_of_a_text() -> None:
    text = prose(5, 900).replace("\n", "")
    head = "某某市年度工作情况汇报"
    pages = [text[begin : begin + 300] for begin in range(0, len(text), 300)]
    headed = "\n".join(f"{head}\n{page}\n第 {number} 页" for number, page in enumerate(pages, 1))
    (match,) = compared(text, headed).matches
    assert match.containment_a == match.containment_b == 1
    assert letters(headed) == letters(text)


def test_page_numbers_of_every_form_are_left_out() -> None:
    lines = ["— 3 —", "-3-", "3", " 3 ", "第3页", "第 3 页 共 9 页", "3/9", "·3·"]
    assert [letters(f"甲\n{line}\n乙") for line in lines] == ["甲乙"] * len(lines)
    assert letters("甲\n3个\n乙") == "甲0个乙"


strange = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "So"]), max_size=100),
    st.sampled_from(
        ["", "\n", "甲", "\ufeff", "\ud800", "😀" * 50, "1" * 300, "甲\n" * 200, "同一行文字\r\n" * 99]
    ),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=20), st.integers(1, 60)),
)


@settings(max_examples=120, deadline=None)
@given(texts=st.lists(strange, max_size=4))
def test_any_text_is_compared(texts: list[str]) -> None:
    comparison = compared(*texts)
    assert [document.characters for document in comparison.documents] == list(map(len, texts))
    for document in comparison.documents:
        shares = document.own + document.borrowed + document.formula
        assert shares == pytest.approx(1 if document.characters else 0)
    check_offsets(texts, comparison)


@pytest.mark.parametrize("text", ["甲" * 100_000, "甲乙" * 50_000, "今天学习文件。\n" * 10_000])
def test_repetition_takes_neither_time_nor_memory(text: str) -> None:
    comparison = compared(text, text, prose(1, 300))
    assert len(comparison.documents) == 3


def test_nothing_to_compare() -> None:
    assert compare([]).matches == ()
    assert compared("", "").matches == ()
    assert compared("。，\n", "12").matches == ()


def test_past_material_is_not_compared_with_itself() -> None:
    text = prose(9, 300)
    past = [Material("past1", text), Material("past2", text)]
    assert compare([Material("new", prose(10, 300))], past).matches == ()
    assert len(compare([Material("new", text)], past).flagged) == 2


def test_passage_copied_by_many_is_not_taken_for_formula() -> None:
    passage = prose(3, 120)
    texts = [prose(50 + n, 400) + passage + prose(80 + n, 400) for n in range(6)]
    comparison = compared(*texts)
    assert len(comparison.flagged) == 6 * 5 // 2


def test_wording_of_the_background_is_no_evidence() -> None:
    phrase = prose(4, 60)
    texts = [prose(n, 300) + phrase + prose(n + 20, 300) for n in (30, 31)]
    assert compared(*texts).flagged
    background = build_background([phrase] * 20)
    materials = [Material(str(n), text) for n, text in enumerate(texts)]
    assert not compare(materials, background=background).flagged


def test_moved_sentences_are_one_passage() -> None:
    first, second, third = prose(61, 90), prose(62, 90), prose(63, 90)
    (match,) = compared(
        prose(1, 200) + first + second + third, prose(2, 200) + third + first + second
    ).matches
    assert match.flagged
    assert match.containment_a == match.containment_b == 1


def evidence(first: str, second: str) -> float:
    return sum(match.evidence for match in compared(prose(1, 200) + first, second + prose(2, 200)).matches)


def test_same_things_in_another_order_are_weaker_evidence() -> None:
    items = [prose(70 + n, 12)[:12] for n in range(10)]
    fillers = [prose(90 + n, 12)[:8] for n in range(20)]
    listed = "".join(item + filler for item, filler in zip(items, fillers[:10], strict=True))
    same = "".join(item + filler for item, filler in zip(items, fillers[10:], strict=True))
    moved = "".join(items[(n * 3) % 10] + filler for n, filler in enumerate(fillers[10:]))
    # Each of the nine that follow none costs a passage's beginning more.
    assert evidence(listed, moved) < evidence(listed, same) - 9 * 30


def test_edits_cost_little() -> None:
    passage = prose(95, 300)
    other = prose(96, 400)
    edited = "".join(other[n] if n % 20 == 19 else char for n, char in enumerate(passage))
    assert evidence(passage, edited) > 0.85 * evidence(passage, passage)


# The parts that the rest stands on.


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text("甲乙丙丁12", max_size=30), max_size=5), n=st.integers(1, 9))
def test_hashes_by_beginning_and_by_end_agree(texts: list[str], n: int) -> None:
    collection = collect(texts)
    begins = np.arange(max(len(collection.codes) - n + 1, 0))
    by_begin = gram_hashes(collection.codes, n)
    assert (by_begin[: len(begins)] == ending_hashes(collection.codes, begins + n - 1, n)).all()
    whole = [bool((collection.codes[k : k + n] != 0).all()) for k in begins]
    assert ((by_begin[: len(begins)] != 0) == whole).all()
    assert not by_begin[len(begins) :].any()


@settings(max_examples=60, deadline=None)
@given(
    keys=st.lists(st.integers(0, 2**64 - 1), max_size=60),
    others=st.lists(st.integers(0, 2**64 - 1), max_size=60),
    crowd=st.integers(1, 6),
)
def test_lookup_is_exact_however_crowded(keys: list[int], others: list[int], crowd: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookups, "MOST_BITS", crowd)
        table = lookup(np.array(keys, np.uint64))
    asked = np.array([*keys, *others, 0], np.uint64)
    found = table.find(asked)
    known = {int(one) for one in keys} - {0}
    assert table.keys.tolist() == sorted(known)
    assert [int(table.keys[n]) if n >= 0 else None for n in found] == [
        int(one) if int(one) in known else None for one in asked
    ]


@pytest.mark.parametrize("copies", [5, 30, 60])
def test_a_passage_that_many_copied_is_found_in_all_of_them(copies: int) -> None:
    passage = prose(21, 200)
    texts = [prose(100 + n, 300) + passage + prose(200 + n, 300) for n in range(copies)]
    comparison = compared(*texts, prose(22, 600))
    assert [len(cluster.documents) for cluster in comparison.clusters] == [copies]
    assert all(document.borrowed > 0.2 for document in comparison.documents[:-1])
    assert comparison.documents[-1].borrowed == 0


def test_a_long_text_against_its_copy_is_one_match_though_it_repeats_itself() -> None:
    refrains = [prose(300 + n, 60) for n in range(8)]
    text = "".join(prose(n, 150) + refrains[n % 8] for n in range(120))
    comparison = compared(text, text)
    between = [match for match in comparison.flagged if match.a.document != match.b.document]
    whole = max(between, key=lambda match: match.a.end - match.a.begin)
    assert whole.a.end - whole.a.begin == whole.b.end - whole.b.begin >= len(text) - 1
    assert whole.containment_a == whole.containment_b == 1


def test_evidence_is_the_same_with_a_crowded_table(monkeypatch: pytest.MonkeyPatch) -> None:
    passage = prose(11, 150)
    collection = collect([prose(12, 500) + passage, passage + prose(13, 500)])
    alignments = align(collection, candidates(collection))
    background = build_background([prose(14, 500) + passage[:40]])
    roomy = weigh(collection, alignments, background)
    monkeypatch.setattr(lookups, "MOST_BITS", 4)
    crowded = weigh(collection, alignments, background)
    assert roomy.bits.tolist() == crowded.bits.tolist()
    assert roomy.copies.tolist() == crowded.copies.tolist()


def test_background_survives_its_file(tmp_path: Path) -> None:
    background = build_background(["发展是第一要务。" * 3, "发展为了人民。"])
    save_background(background, tmp_path / "background.npz")
    loaded = load_background(tmp_path / "background.npz")
    assert loaded.size == background.size
    for n in range(1, ORDER + 1):
        grams = gram_hashes(normalise("发展是第一要务，发展为了谁").codes, n)
        assert loaded.count(grams, n).tolist() == background.count(grams, n).tolist()
    assert background.count(gram_hashes(normalise("发展").codes, 2), 2).tolist() == [4, 0]


def test_rare_grams_can_be_left_out() -> None:
    background = build_background(["发展发展发展", "人民"], least=2)
    assert background.count(gram_hashes(normalise("发展").codes, 2), 2)[0] == 3
    assert background.count(gram_hashes(normalise("人民").codes, 2), 2)[0] == 0
