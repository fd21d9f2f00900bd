"""Other systems from the package index on the same documents, each with the settings that suit it best.

They see the texts as the reuse check does, without punctuation and line breaks, each kept character with its
offset. Those that compare sentences find pairs of similar sentences; pairs that are neighbours in both texts
are one passage, as for any system that reports passages.
"""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from itertools import combinations

from reuse_measures import Pair
from reuse_planting import Place

from speechkit.reuse.normalisation import Normalised, normalise

_SENTENCE = re.compile(r"[^。！？!?.\n]{6,}")
GAP = 60
SHORTEST = 40
SHINGLE = 4
PERMUTATIONS = 64

Range = tuple[int, int]


def peers() -> dict[str, Callable[[Sequence[str], float], list[Pair]]]:
    """Return the systems that are installed, by name; each takes texts and its setting."""
    known = {"copydetect": copydetect, "datasketch": datasketch, "rensa": rensa}
    return {name: find for name, find in known.items() if find_spec(name)}


SETTINGS: dict[str, tuple[float, ...]] = {
    "copydetect": (12, 20, 30, 40),
    "datasketch": (0.4, 0.6, 0.8),
    "rensa": (0.4, 0.6, 0.8),
}
"""What is tried: length of the n-gram, or least resemblance of two sentences."""


def copydetect(texts: Sequence[str], gram: float) -> list[Pair]:
    """Winnowed fingerprints, every pair of documents."""
    from copydetect import CodeFingerprint, compare_files

    sides = [normalise(text) for text in texts]
    prints = [
        CodeFingerprint("", int(gram), 5, filter=False, fp=io.StringIO("".join(map(chr, side.codes))))
        for side in sides
    ]
    found: list[Pair] = []
    for a, b in combinations(range(len(texts)), 2):
        overlap, _, slices = compare_files(prints[a], prints[b])
        if overlap:
            ranges = [[(int(x), int(y)) for x, y in zip(*side, strict=True)] for side in slices]
            found += _passages(a, b, _common(prints, a, b, *ranges), sides)
    return found


def _common(prints: Sequence[object], a: int, b: int, first: list[Range], second: list[Range]) -> list[Pair]:
    """Slices are told for each file by itself: those with a text in common belong together."""
    texts = [str(getattr(prints[n], "filtered_code")) for n in (a, b)]  # noqa: B009
    pairs = []
    for begin, end in first:
        grams = {texts[0][k : k + 12] for k in range(begin, max(end - 11, begin + 1))}
        for low, high in second:
            if any(texts[1][k : k + 12] in grams for k in range(low, max(high - 11, low + 1))):
                pairs.append((Place(a, begin, end), Place(b, low, high)))
    return pairs


def datasketch(texts: Sequence[str], threshold: float) -> list[Pair]:
    """MinHash with locality-sensitive hashing over sentences."""
    from datasketch import MinHash, MinHashLSH

    sides, sentences, shingles = _sentences(texts)
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    sketches = MinHash.bulk([[s.encode() for s in each] for each in shingles], num_perm=PERMUTATIONS)
    with index.insertion_session() as session:
        for number, sketch in enumerate(sketches):
            session.insert(number, sketch)
    near = ((n, m) for n, sketch in enumerate(sketches) for m in index.query(sketch) if n < m)
    similar = [(n, m) for n, m in near if sketches[n].jaccard(sketches[m]) >= threshold]
    return _paired(similar, sentences, sides)


def rensa(texts: Sequence[str], threshold: float) -> list[Pair]:
    """MinHash in Rust, over sentences."""
    from rensa import RMinHash, RMinHashLSH

    sides, sentences, shingles = _sentences(texts)
    sketches = RMinHash.from_token_sets([sorted(each) for each in shingles], PERMUTATIONS, 1)
    index = RMinHashLSH(threshold, PERMUTATIONS, PERMUTATIONS // 4)
    for number, sketch in enumerate(sketches):
        index.insert(number, sketch)
    near = ((n, m) for n, sketch in enumerate(sketches) for m in index.query(sketch) if n < m)
    similar = [(n, m) for n, m in near if sketches[n].jaccard(sketches[m]) >= threshold]
    return _paired(similar, sentences, sides)


def _sentences(texts: Sequence[str]) -> tuple[list[Normalised], list[Place], list[set[str]]]:
    """The sentences of all texts as ranges of kept characters, and the shingles of each."""
    sides, places, shingles = [normalise(text) for text in texts], [], []
    for number, (text, side) in enumerate(zip(texts, sides, strict=True)):
        kept = "".join(map(chr, side.codes))
        for match in _SENTENCE.finditer(text):
            begin, end = side.offsets.searchsorted(match.span())
            if end - begin >= SHINGLE + 4:
                places.append(Place(number, int(begin), int(end)))
                shingles.append({kept[k : k + SHINGLE] for k in range(begin, end - SHINGLE + 1)})
    return sides, places, shingles


def _paired(
    similar: Iterable[tuple[int, int]], sentences: Sequence[Place], sides: Sequence[Normalised]
) -> list[Pair]:
    by_texts: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for n, m in similar:
        a, b = sentences[n], sentences[m]
        if a.document != b.document:
            by_texts[a.document, b.document].append((a, b))
    return [pair for (a, b), pairs in by_texts.items() for pair in _passages(a, b, pairs, sides)]


def _passages(a: int, b: int, pairs: Iterable[Pair], sides: Sequence[Normalised]) -> list[Pair]:
    """Join pairs that are close on both sides; give the offsets of the texts."""
    joined: list[list[int]] = []
    for x, y in sorted(pairs, key=lambda pair: (pair[0].begin, pair[1].begin)):
        for box in joined:
            if x.begin - box[1] <= GAP and y.begin - box[3] <= GAP and box[2] - y.end <= GAP:
                box[:] = box[0], max(box[1], x.end), min(box[2], y.begin), max(box[3], y.end)
                break
        else:
            joined.append([x.begin, x.end, y.begin, y.end])
    long = [box for box in joined if min(box[1] - box[0], box[3] - box[2]) >= SHORTEST]
    return [(_as_read(a, sides[a], *box[:2]), _as_read(b, sides[b], *box[2:])) for box in long]


def _as_read(number: int, side: Normalised, begin: int, end: int) -> Place:
    last = min(end, len(side.offsets)) - 1
    return Place(number, int(side.offsets[begin]), int(side.offsets[last]) + 1)
