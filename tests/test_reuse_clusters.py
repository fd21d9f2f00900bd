from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechkit.reuse.clusters import cluster
from speechkit.reuse.records import Cluster, Document, Kind, Leftover, Match, Material, Place

SIZE = 1000


def material(id_: str, text: str = "", created: str = "", modified: str = "") -> Material:
    return Material(id_, text or "字" * SIZE, created=created, modified=modified)


def shared(a: str, b: str, length: int, begin: int = 0) -> Match:
    places = Place(a, begin, begin + length), Place(b, begin, begin + length)
    return Match(*places, Kind.VERBATIM, True, 1.0, 1.0, 1.0, 500.0, 0.99)


def clusters(matches: list[Match], materials: list[Material]) -> tuple[Cluster, ...]:
    documents = [Document(m.id, "", len(m.text), 0.0, 0.0, 0.0) for m in materials]
    return cluster(documents, matches, materials)


def groups(matches: list[Match], names: str) -> set[str]:
    return {"".join(c.documents) for c in clusters(matches, [material(name) for name in names])}


def test_only_flagged_passages_between_different_texts_tie() -> None:
    unflagged = replace(shared("甲", "乙", 900), flagged=False)
    assert groups([unflagged, shared("丙", "丙", 900)], "甲乙丙") == set()


def test_copies_of_copies_are_one_cluster() -> None:
    assert groups([shared("甲", "乙", 900), shared("乙", "丙", 800)], "甲乙丙") == {"甲乙丙"}


def test_one_short_passage_ties_no_two_sets_of_full_copies() -> None:
    full = [shared("甲", "乙", 950), shared("丙", "丁", 950)]
    short = [shared(a, b, 60) for a in "甲乙" for b in "丙丁"]
    assert groups(full + short, "甲乙丙丁") == {"甲乙", "丙丁"}


def test_a_go_between_ties_them_no_more() -> None:
    ties = [shared("甲", "乙", 950), shared("丙", "丁", 950), shared("乙", "戊", 90), shared("戊", "丙", 80)]
    assert groups(ties, "甲乙丙丁戊") == {"甲乙戊", "丙丁"}


def test_a_short_passage_that_five_share_is_one_cluster() -> None:
    names = "甲乙丙丁戊"
    ties = [shared(a, b, 60 + (n + k) % 3) for n, a in enumerate(names) for k, b in enumerate(names) if n < k]
    assert groups(ties, names) == {names}


def test_passages_that_overlap_count_once() -> None:
    ties = [shared("甲", "乙", 950), shared("丙", "丁", 950)]
    ties += [shared("甲", "丙", 200, begin) for begin in (0, 5, 10, 15, 20)]
    assert groups(ties, "甲乙丙丁") == {"甲乙", "丙丁"}


@given(st.permutations([("甲", "乙", 900), ("乙", "丙", 300), ("丁", "戊", 500), ("丙", "丁", 100)]))
def test_the_order_of_the_matches_makes_no_difference(ties: list[tuple[str, str, int]]) -> None:
    assert groups([shared(*tie) for tie in ties], "甲乙丙丁戊") == {"甲乙丙", "丁戊"}


def source(matches: list[Match], materials: list[Material]) -> tuple[str, str]:
    (found,) = clusters(matches, materials)
    return found.source, found.reason


def test_nothing_tells() -> None:
    assert source([shared("甲", "乙", 900)], [material("甲"), material("乙")]) == ("", "")


def test_the_text_created_first_is_the_source() -> None:
    found = source(
        [shared("甲", "乙", 900)],
        [material("甲", created="2025-05-02"), material("乙", created="2025-04-30")],
    )
    assert found == ("乙", "文件创建日期2025-04-30最早")


@pytest.mark.parametrize(
    ("a", "b", "first"),
    [
        ("2025年3月1日", "2024年12月8日", "2024-12-08"),
        ("（2025年3月1日）", "二〇二四年十二月八日", "2024-12-08"),
        ("2025年3月", "　　２０２５年２月", "2025-02"),
    ],
)
def test_the_date_under_a_text_tells(a: str, b: str, first: str) -> None:
    texts = [material("甲", f"{'字' * SIZE}\n{a}\n"), material("乙", f"{'字' * SIZE}\n{b}")]
    assert source([shared("甲", "乙", 900)], texts) == ("乙", f"文中落款日期{first}最早")


@pytest.mark.parametrize(
    ("a", "b"), [("2025年", "2025年3月1日"), ("2025年3月1日", ""), ("2025年3月1日起施行", "2024年")]
)
def test_dates_that_do_not_compare_tell_nothing(a: str, b: str) -> None:
    texts = [material("甲", f"{'字' * SIZE}\n{a}"), material("乙", f"{'字' * SIZE}\n{b}")]
    assert source([shared("甲", "乙", 900)], texts) == ("", "")


def test_forgotten_names_tell_more_than_dates() -> None:
    match = replace(shared("甲", "乙", 900), leftovers=(Leftover("乙", 3, 6, "石桥镇", "甲"),))
    texts = [material("甲", created="2025-05-02"), material("乙", created="2025-04-30")]
    assert source([match], texts) == ("甲", "别的材料里留着它的名称“石桥镇”没有改")


def test_names_forgotten_on_both_sides_tell_nothing() -> None:
    left = (Leftover("乙", 3, 6, "石桥镇", "甲"), Leftover("甲", 9, 12, "柳林镇", "乙"))
    assert source([replace(shared("甲", "乙", 900), leftovers=left)], [material("甲"), material("乙")]) == (
        "",
        "",
    )


def test_the_text_that_shares_with_every_other_is_the_source() -> None:
    matches = [shared("乙", "甲", 400), shared("乙", "丙", 400, 500)]
    assert source(matches, [material(name) for name in "甲乙丙"])[0] == "乙"


def test_all_alike_have_no_centre() -> None:
    matches = [shared(a, b, 500) for a, b in ("甲乙", "乙丙", "甲丙")]
    assert source(matches, [material(name) for name in "甲乙丙"]) == ("", "")
