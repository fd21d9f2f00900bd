"""Copied passages planted into real texts, so that what has to be found is known."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import rjieba

KINDS = ("verbatim", "rewrapped", "renamed", "light", "heavy", "reordered", "five")
SIZE = 2500
SHORTEST, LONGEST = 60, 500
COPIES = 5
LIGHT, HEAVY = 14, 7
_HALF_WIDTH = str.maketrans("，。；：！？（）", ",.;:!?()")
_SENTENCE_END = re.compile(r"[。！？\n]")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?\s*")
_CLAUSE = re.compile(r"[^，。；！？]+[，。；！？]?\s*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_HAN = re.compile("[\u4e00-\u9fff]+")
_NAMES = ("nr", "ns", "nt", "nz")


@dataclass(frozen=True)
class Place:
    """A half-open range of a text."""

    document: int
    begin: int
    end: int


@dataclass(frozen=True)
class Case:
    """Two places of which one was copied from the other, or both from a third."""

    a: Place
    b: Place
    kind: str


@dataclass(frozen=True)
class Planted:
    texts: tuple[str, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Words:
    """What edits draw from: words by length, names by part of speech."""

    by_length: dict[int, list[str]]
    names: dict[str, list[str]]


@dataclass(frozen=True)
class _Copy:
    source: Place
    target: int
    text: str
    kind: str


def read_folder(folder: Path) -> list[str]:
    """Return the text files of a folder, in the order of their names."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def cut(texts: Iterable[str], size: int = SIZE) -> list[str]:
    """Return sections of whole paragraphs of `size` characters or more; the rest if it is half of one."""
    sections: list[str] = []
    for text in texts:
        section = ""
        for line in text.splitlines(keepends=True):
            section += line
            if len(section) >= size:
                sections.append(section)
                section = ""
        if len(section) > size // 2:
            sections.append(section)
    return sections


def vocabulary(texts: Iterable[str]) -> Words:
    """Return the words and names of the texts."""
    by_length: dict[int, set[str]] = {}
    names: dict[str, set[str]] = {tag: set() for tag in _NAMES}
    for text in texts:
        for word, tag in rjieba.tag(text):
            if _HAN.fullmatch(word):
                by_length.setdefault(len(word), set()).add(word)
            if tag in names:
                names[tag].add(word)
    return Words(
        {n: sorted(ws) for n, ws in by_length.items()}, {tag: sorted(ws) for tag, ws in names.items()}
    )


def plant(sections: Sequence[str], state: int, documents: int = 200, per_kind: int = 12) -> Planted:
    """Return some of the sections with copies planted into them, and where they are."""
    rng = random.Random(state)
    base = rng.sample(sections, min(documents, len(sections)))
    words = vocabulary(base)
    taken: dict[int, list[Place]] = {}
    copies: list[_Copy] = []
    for kind in KINDS:
        # Five copies and their source are 15 pairs: two such passages weigh enough.
        for _ in range(max(1, per_kind // 6) if kind == "five" else per_kind):
            copies += _copies(base, kind, taken, words, rng)
    return _insert(base, copies, taken, rng)


def plant_pairs(sections: Sequence[str], state: int, per_kind: int = 12) -> Planted:
    """Return pairs of sections, one after another, half of them with one passage copied, half with none."""
    rng = random.Random(state)
    kinds = [kind for kind in KINDS if kind != "five"] * per_kind
    words = vocabulary(sections)
    texts: list[str] = []
    cases: list[Case] = []
    for kind in [*kinds, *[""] * len(kinds)]:
        pair = rng.sample(sections, 2)
        taken: dict[int, list[Place]] = {}
        planted = _insert(pair, _copies(pair, kind, taken, words, rng) if kind else [], taken, rng)
        cases += [_lift(case, len(texts)) for case in planted.cases]
        texts += planted.texts
    return Planted(tuple(texts), tuple(cases))


def recombined(texts: Sequence[str], documents: int, state: int = 0) -> list[str]:
    """Return documents of `SIZE` characters whose every other word leads on from where it stands elsewhere.

    So they repeat phrases as real texts do, but no whole sentence, however many are made.
    """
    rng = random.Random(state)
    words = [word for text in texts for word in rjieba.cut(text)]
    places: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        places.setdefault(word, []).append(number)
    return [_recombined(words, places, rng) for _ in range(documents)]


def _recombined(words: Sequence[str], places: dict[str, list[int]], rng: random.Random) -> str:
    parts: list[str] = []
    size, number = 0, rng.randrange(len(words))
    while size < SIZE:
        parts.append(words[number])
        size += len(parts[-1])
        if rng.random() < 0.5:
            number = rng.choice(places[words[number]])
        number = (number + 1) % len(words)
    return "".join(parts)


def _copies(
    base: Sequence[str], kind: str, taken: dict[int, list[Place]], words: Words, rng: random.Random
) -> list[_Copy]:
    source = _passage(base, taken, rng)
    text = base[source.document][source.begin : source.end]
    others = [number for number in range(len(base)) if number != source.document]
    targets = rng.sample(others, COPIES if kind == "five" else 1)
    return [_Copy(source, target, _CHANGES[kind](text, words, rng), kind) for target in targets]


def _passage(base: Sequence[str], taken: dict[int, list[Place]], rng: random.Random) -> Place:
    """A stretch of whole sentences that nothing was copied from yet."""
    while True:
        number, length = rng.randrange(len(base)), rng.randint(SHORTEST, LONGEST)
        text = base[number]
        starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text) if m.end() + length < len(text))]
        begin = rng.choice(starts)
        end_of_sentence = _SENTENCE_END.search(text, begin + length - 1)
        end = end_of_sentence.end() if end_of_sentence else len(text)
        place = Place(number, begin, end)
        free = all(end <= other.begin or other.end <= begin for other in taken.get(number, ()))
        if SHORTEST <= end - begin <= LONGEST + 20 and free:
            taken.setdefault(number, []).append(place)
            return place


def _insert(
    base: Sequence[str], copies: Sequence[_Copy], taken: dict[int, list[Place]], rng: random.Random
) -> Planted:
    """Put each copy after some sentence of its target, not into a passage that was copied itself."""
    points: list[list[tuple[int, int]]] = [[] for _ in base]
    for number, copy in enumerate(copies):
        text = base[copy.target]
        ends = [0, *(m.end() for m in _SENTENCE_END.finditer(text))]
        free = [p for p in ends if not any(x.begin < p < x.end for x in taken.get(copy.target, ()))]
        points[copy.target].append((rng.choice(free), number))
    texts: list[str] = []
    placed: dict[int, Place] = {}
    for document, text in enumerate(base):
        parts, size, last = [], 0, 0
        for point, number in sorted(points[document]):
            parts += [text[last:point], copies[number].text]
            size += point - last
            placed[number] = Place(document, size, size + len(copies[number].text))
            size, last = placed[number].end, point
        texts.append("".join(parts) + text[last:])
    moved = [_moved(copy.source, points[copy.source.document], copies) for copy in copies]
    return Planted(tuple(texts), tuple(_cases(copies, moved, placed)))


def _moved(place: Place, points: Sequence[tuple[int, int]], copies: Sequence[_Copy]) -> Place:
    shift = sum(len(copies[number].text) for point, number in points if point <= place.begin)
    return Place(place.document, place.begin + shift, place.end + shift)


def _cases(copies: Sequence[_Copy], moved: Sequence[Place], placed: dict[int, Place]) -> Iterable[Case]:
    """Every two places with the same source are a case."""
    families: dict[Place, list[Place]] = {}
    for number, source in enumerate(moved):
        families.setdefault(source, [source]).append(placed[number])
    kinds = {source: copy.kind for source, copy in zip(moved, copies, strict=True)}
    for source, places in families.items():
        for k, a in enumerate(places):
            for b in places[k + 1 :]:
                yield Case(a, b, kinds[source])


def _lift(case: Case, by: int) -> Case:
    a, b = (Place(p.document + by, p.begin, p.end) for p in (case.a, case.b))
    return Case(a, b, case.kind)


def _rewrap(text: str, words: Words, rng: random.Random) -> str:
    """Hard line breaks, half-width punctuation, page numbers."""
    text = text.replace("\n", "").translate(_HALF_WIDTH)
    width, page = rng.randint(24, 36), rng.randint(1, 30)
    lines: list[str] = []
    for begin in range(0, len(text), width):
        lines.append(text[begin : begin + width])
        if rng.random() < 0.12:
            lines.append(rng.choice((f"— {page} —", f"{page}", f"第{page}页")))
            page += 1
    return "\n".join(lines)


def _rename(text: str, words: Words, rng: random.Random) -> str:
    """Another name of the same part of speech for every name, another figure for every figure."""
    names: dict[str, str] = {}
    parts: list[str] = []
    for word, tag in rjieba.tag(text):
        if words.names.get(tag):
            word = names.setdefault(word, rng.choice(words.names[tag]))
        parts.append(_FIGURE.sub(lambda _: str(rng.randint(1, 999)), word))
    return "".join(parts)


def _edit(text: str, words: Words, rng: random.Random, every: int) -> str:
    """One word in `every` characters replaced by one as long, left out, or followed by another."""
    tokens = list(rjieba.cut(text))
    han = [n for n, token in enumerate(tokens) if _HAN.fullmatch(token)]
    for n in rng.sample(han, min(max(1, len(text) // every), len(han))):
        choice = rng.random()
        if choice < 0.6:
            tokens[n] = rng.choice(words.by_length[len(tokens[n])])
        else:
            tokens[n] = "" if choice < 0.8 else tokens[n] + rng.choice(words.by_length[2])
    return "".join(tokens)


def _reorder(text: str, words: Words, rng: random.Random) -> str:
    """The sentences shuffled; where there are fewer than three, the clauses."""
    parts: list[str] = _SENTENCE.findall(text)
    if len(parts) < 3:
        parts = _CLAUSE.findall(text)
    return "".join(rng.sample(parts, len(parts)))


_CHANGES: dict[str, Callable[[str, Words, random.Random], str]] = {
    "verbatim": lambda text, words, rng: text,
    "rewrapped": _rewrap,
    "renamed": _rename,
    "light": lambda text, words, rng: _edit(text, words, rng, LIGHT),
    "heavy": lambda text, words, rng: _edit(text, words, rng, HEAVY),
    "reordered": _reorder,
    "five": lambda text, words, rng: text,
}
