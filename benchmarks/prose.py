"""How the drafts read: how near to the length asked for, how repetitive, how varied.

    python benchmarks/prose.py [TEXT...] [--seeds N] [--worst [N]] [--unused]

All examples are drafted with N seeds; the speeches of some of them again for 5 to 40 minutes. TEXTs are real
speeches (.txt, .docx, .md): the speeches of 15 minutes are laid beside them, all cut to the length of the
shortest, and have to be at least as good as the best of them. Runs and containment are of the wording alone:
data of the meeting is masked, set formulas (可重复) may repeat. A speech that says why it can't be as long as
asked for is left out, unless other drafts show that it can. `--worst` shows what to mend, with the ids of
the phrases, `--unused` the phrases that stand in no draft. The exit code is 1 where a bar is missed.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from unicodedata import east_asian_width

from prose_drafts import EXAMPLES, Line, Prose, Task, drafts, texts, verified, vocabulary
from prose_measures import (
    LEAST_SENTENCES,
    MASK,
    Repeat,
    Sections,
    containments,
    demands,
    distinct,
    grams,
    han,
    head,
    hits,
    lengths,
    repeats,
    variety,
    worst_demands,
)
from reuse import Bars

from speechkit.parallelism import parallelism
from speechkit.templating import literal_parts

SEEDS = 50
WORST = 10
SAMPLE = 500
"""Chinese characters of each draft that the shares of distinct grams of the examples are told of."""
SWEPT = ("campaign", "safety")
SWEEP = range(5, 41, 5)
MINUTES = 15
"""Of the speeches that are laid beside real ones."""
CONTAINED, HIT = 0.30, 0.95
ALL = "in all"
_WIDTH = 46


def evenness(prose: Prose) -> list[float]:
    """Return how parallel the headings are, for each group that stands side by side."""
    return [parallelism(headings).total for headings in prose.headings]


def by_genre(found: Sequence[Prose]) -> dict[str, list[Prose]]:
    groups: dict[str, list[Prose]] = {}
    for prose in found:
        groups.setdefault(prose.genre, []).append(prose)
    return groups | {ALL: list(found)}


def row(name: str, values: Iterable[float | None], digits: int = 3) -> None:
    cells = (f"{'—':>10}" if value is None else f"{value:>10.{digits}f}" for value in values)
    print(f"  {padded(name, _WIDTH)}" + "".join(cells))


def padded(text: str, width: int) -> str:
    """Return the text filled up to a width in which Chinese characters count two."""
    return text + " " * (width - sum(1 + (east_asian_width(char) in "WF") for char in text))


def average(values: Iterable[float]) -> float | None:
    listed = list(values)
    return mean(listed) if listed else None


# -- length


def hit_rate(found: Iterable[Prose]) -> float | None:
    """Return the share that hits its target, of those that don't say, and rightly, that they can't."""
    return average(hits(p.length, p.target) for p in found if p.target and not p.excuse)


def tell_length(groups: dict[str, list[Prose]], swept: dict[int, list[Prose]], bars: Bars) -> None:
    asked = [prose for prose in groups[ALL] if prose.target]
    print(f"length of speeches, within 5 % of 分钟 × 语速; {len(asked)} of the examples")
    _tell_hits("as asked in the examples", asked)
    for minutes, found in swept.items():
        _tell_hits(f"{minutes} minutes", found)
    for name in sorted({prose.name for found in swept.values() for prose in found}):
        rates = (hit_rate(p for p in found if p.name == name) for found in swept.values())
        told = "".join("     —" if rate is None else f"{rate:>6.2f}" for rate in rates)
        print(f"    {padded(name, 24)}{told}   by minutes")
    everything = [*asked, *(prose for found in swept.values() for prose in found)]
    bars.check("length hit, examples", hit_rate(asked) or 0.0, HIT, least=True)
    bars.check("length hit, examples and sweep", hit_rate(everything) or 0.0, HIT, least=True)


def _tell_hits(name: str, found: Sequence[Prose]) -> None:
    rate = hit_rate(found)
    told = "—" if rate is None else f"{rate:.3f}"
    said = Counter(prose.excuse for prose in found)
    print(
        f"  {name:<28}{told:>7} of {said['']:>4};  left out: {said['少']:>3} that lack data,"
        f" {said['多']:>3} that have too much"
    )


# -- repetition


def own_repeats(prose: Prose) -> list[Repeat]:
    """Return the runs that stand twice where at least one of the places is no set formula."""
    lines = prose.lines
    found = repeats([line.masked for line in lines])
    return [r for r in found if not (lines[r.earlier].formula or lines[r.later].formula)]


def all_containments(found: Sequence[Prose]) -> dict[str, dict[tuple[int, int], float]]:
    """Return for every document of a meeting the containment of every two seeds."""
    documents: dict[str, list[frozenset[str]]] = defaultdict(list)
    for prose in found:
        documents[prose.name].append(grams(line.masked for line in prose.lines))
    return {name: containments(of_seeds) for name, of_seeds in documents.items()}


def tell_repetition(
    groups: dict[str, list[Prose]], swept: Iterable[Prose], bars: Bars
) -> dict[str, dict[tuple[int, int], float]]:
    """Print what repeats; return the containment of every two seeds of each document."""
    print("repetition of the wording")
    print(f"  {'':<{_WIDTH}}" + "".join(f"{genre:>{10 - len(genre) * (genre != ALL)}}" for genre in groups))
    own = {genre: [own_repeats(prose) for prose in found] for genre, found in groups.items()}
    row("drafts with a run of 10 twice, share", (average(map(bool, r)) for r in own.values()))
    row("such runs in a draft, mean", (average(map(len, r)) for r in own.values()))
    row("such runs in a draft, most", (max(map(len, r), default=0) for r in own.values()), 0)
    contained = all_containments(groups[ALL])
    shares = {
        genre: [s for name in {p.name for p in found} for s in contained[name].values()]
        for genre, found in groups.items()
    }
    row("8-grams shared by two seeds, mean", map(average, shares.values()))
    row("8-grams shared by two seeds, worst pair", (max(s, default=None) for s in shares.values()))
    runs = sum(map(len, own[ALL])) + sum(len(own_repeats(prose)) for prose in swept)
    bars.check("runs of 10 repeated, all drafts and the sweep", runs, 0, least=False)
    for genre, of_genre in shares.items():
        if genre != ALL:
            bars.check(
                f"containment of two seeds, mean, {genre}", average(of_genre) or 0.0, CONTAINED, least=False
            )
    return contained


# -- style

Measure = Callable[[Sections], float]


def measures(sample: int) -> dict[str, Measure]:
    """Return the measures of style; distinct grams are those of the first `sample` Chinese characters."""
    return {
        "open with 要, worst section": worst_demands,
        "different openings for each sentence": variety,
        "distinct 2-grams": lambda sections: distinct(han(sections)[:sample], 2),
        "distinct 3-grams": lambda sections: distinct(han(sections)[:sample], 3),
        "distinct 4-grams": lambda sections: distinct(han(sections)[:sample], 4),
        "sentence (。！？), mean length": lambda sections: lengths(sections, clauses=False).mean,
        "sentence (。！？), spread": lambda sections: lengths(sections, clauses=False).spread,
        "sentence (。！？；), mean length": lambda sections: lengths(sections, clauses=True).mean,
        "sentence (。！？；), spread": lambda sections: lengths(sections, clauses=True).spread,
    }


LOWER = {"open with 要, worst section"}
NO_BAR = {"sentence (。！？), mean length", "sentence (。！？；), mean length"}


def tell_style(groups: dict[str, list[Prose]]) -> None:
    print(f"style, means of the drafts; distinct grams of the first {SAMPLE} Chinese characters")
    sections = {genre: [prose.sections for prose in found] for genre, found in groups.items()}
    long = {g: [s for s in found if len(han(s)) >= SAMPLE] for g, found in sections.items()}
    for name, measure in measures(SAMPLE).items():
        of = long if name.startswith("distinct") else sections
        row(name, (average(map(measure, found)) for found in of.values()))
    row("open with 要, worst section of all", (max(map(worst_demands, s)) for s in sections.values()))
    even = {genre: [v for prose in found for v in evenness(prose)] for genre, found in groups.items()}
    row("parallelism of headings", map(average, even.values()))
    row("parallelism of headings, worst", (min(values, default=None) for values in even.values()))


def tell_beside(speeches: Sequence[Prose], given: Sequence[Prose], bars: Bars) -> None:
    """Speeches of the library beside real ones of the same length."""
    compared = [prose.sections for prose in (*speeches, *given)]
    size = min(len(han(sections)) for sections in compared)
    own = [head(prose.sections, size) for prose in speeches]
    real = {prose.name: head(prose.sections, size) for prose in given}
    print(f"{len(own)} speeches of {MINUTES} minutes beside real ones, all cut to {size} Chinese characters")
    print(f"  {'':<{_WIDTH}}{'mean':>10}{'worst':>10}" + "".join(f"{name[:9]:>10}" for name in real))
    found: list[tuple[str, float, float, bool]] = []
    for name, measure in measures(size).items():
        values, theirs = [measure(s) for s in own], [measure(s) for s in real.values()]
        least = name not in LOWER
        row(name, (mean(values), min(values) if least else max(values), *theirs))
        if theirs and name not in NO_BAR:
            found.append((name, mean(values), max(theirs) if least else min(theirs), least))
    _tell_headings(speeches, given)
    for name, value, bar, least in found:
        bars.check(name, value, round(bar, 3), least=least)


def _tell_headings(speeches: Sequence[Prose], given: Sequence[Prose]) -> None:
    runs = [len(own_repeats(prose)) for prose in (*speeches, *given)]
    own = runs[: len(speeches)]
    row("runs of 10 repeated, whole texts", (mean(own), max(own), *runs[len(speeches) :]))
    values = [average(evenness(prose)) for prose in (*speeches, *given)]
    own_values = [value for value in values[: len(speeches)] if value is not None]
    row("parallelism of headings", (average(own_values), min(own_values), *values[len(speeches) :]))


# -- use of the corpora


def tell_use(found: Sequence[Prose]) -> list[str]:
    """Print how much of the corpora stands in the drafts; return the phrases that never do but might."""
    words = vocabulary()
    used = {phrase for prose in found for line in prose.lines for phrase in line.phrases}
    reached = {phrase.split("/")[0] for phrase in used}
    reachable = [phrase for phrase in words if phrase.split("/")[0] in reached]
    unused = [phrase for phrase in reachable if phrase not in used]
    print("use of the corpora, titles, salutations and cues aside")
    print(f"  {'phrases and heading sets':<{_WIDTH}}{len(words):>10}")
    print(f"  {'in slots that some draft has':<{_WIDTH}}{len(reachable):>10}")
    print(f"  {'of these never used':<{_WIDTH}}{len(unused):>10}")
    row("share used, of all", [len(used & words.keys()) / len(words)])
    row("share used, of those in slots that some draft has", [1 - len(unused) / len(reachable)])
    return unused


# -- what to mend


def tell_worst(
    found: Sequence[Prose],
    contained: dict[str, dict[tuple[int, int], float]],
    unused: Sequence[str],
    most: int,
) -> None:
    words = vocabulary()
    as_asked = [prose for prose in found if not prose.minutes]
    _show("runs of 10 that stand twice in a draft", _worst_runs(found, most))
    _show("sections with most sentences that open with 要", _worst_sections(found, most))
    _show("openings that are most common", _worst_openings(as_asked, most))
    _show("headings that are least parallel", _worst_headings(as_asked, most))
    slots = Counter(phrase.split("/")[0] for phrase in unused)
    _show("documents whose seeds are most alike", _worst_documents(contained, most))
    _show("phrases that most seeds share", _worst_phrases(as_asked, words, most))
    _show("speeches that miss their length", _worst_lengths(found, most))
    _show("slots with most phrases never used", (f"{n:>4}  {slot}" for slot, n in slots.most_common(most)))


def _show(title: str, lines: Iterable[str]) -> None:
    print(f"\n{title}")
    for line in lines:
        print(f"  {line}".rstrip())


def _worst_runs(found: Sequence[Prose], most: int) -> Iterator[str]:
    runs: Counter[str] = Counter()
    places: dict[str, tuple[Line, Line]] = {}
    for prose in found:
        for repeat in own_repeats(prose):
            runs[repeat.text] += 1
            places[repeat.text] = prose.lines[repeat.earlier], prose.lines[repeat.later]
    for text, times in runs.most_common(most):
        yield f"{times:>4}  {text}"
        yield from (f"        {line.text}  {_ids(line)}" for line in places[text])


def _worst_sections(found: Sequence[Prose], most: int) -> Iterator[str]:
    worst: dict[str, tuple[float, Prose, list[str]]] = {}
    for prose in found:
        for section in prose.sections:
            share = demands(section) if len(section) >= LEAST_SENTENCES else 0.0
            if share > worst.get(prose.name, (0.0,))[0]:
                worst[prose.name] = share, prose, section
    for share, prose, section in sorted(worst.values(), key=lambda entry: -entry[0])[:most]:
        yield f"{share:.2f} of {len(section)}  {prose.name}, seed {prose.seed}"
        kept = {sentence for sentence in section if sentence.startswith("要")}
        yield from (f"        {line.text}  {_ids(line)}" for line in prose.lines if line.text in kept)


def _worst_openings(found: Sequence[Prose], most: int) -> Iterator[str]:
    for genre, group in by_genre(found).items():
        openings: Counter[str] = Counter()
        phrases: dict[str, Counter[str]] = defaultdict(Counter)
        for line in (line for prose in group for line in prose.lines if not line.level):
            openings[line.text[:2]] += 1
            phrases[line.text[:2]].update(line.phrases[:1])
        total = openings.total()
        for text, times in openings.most_common(most if genre != ALL else 0):
            common = "、".join(phrase for phrase, _ in phrases[text].most_common(4))
            yield f"{times / total:.3f}  {genre}  {text}  {common}"


def _worst_documents(contained: dict[str, dict[tuple[int, int], float]], most: int) -> Iterator[str]:
    means = {name: mean(pairs.values()) for name, pairs in contained.items() if pairs}
    for name in sorted(means, key=lambda name: -means[name])[:most]:
        (n, m), share = max(contained[name].items(), key=lambda entry: entry[1])
        yield f"{means[name]:.3f} mean, {share:.3f} seeds {n + 1} and {m + 1}  {name}"


def _worst_phrases(found: Sequence[Prose], words: dict[str, str], most: int) -> Iterator[str]:
    """Weighed by the characters that a phrase makes the seeds of a document share."""
    seeds = Counter(prose.name for prose in found)
    uses: Counter[tuple[str, str]] = Counter()
    for prose in found:
        uses.update((prose.name, phrase) for phrase in {p for line in prose.lines for p in line.phrases})
    weights = {
        (name, phrase): times / seeds[name] * sum(map(len, literal_parts(words.get(phrase, ""))))
        for (name, phrase), times in uses.items()
        if times > seeds[name] / 2
    }
    for name, phrase in sorted(weights, key=lambda key: -weights[key])[:most]:
        yield f"{uses[name, phrase] / seeds[name]:.2f}  {name}  {phrase}  {words.get(phrase, '')[:60]}"


def _worst_headings(found: Sequence[Prose], most: int) -> Iterator[str]:
    worst = {
        tuple(headings): (parallelism(headings).total, prose)
        for prose in found
        for headings in prose.headings
    }
    for headings, (even, prose) in sorted(worst.items(), key=lambda entry: entry[1][0])[:most]:
        yield f"{even:.3f}  {prose.name}, seed {prose.seed}"
        yield from (f"        {line.text}  {_ids(line)}" for line in prose.lines if line.text in headings)


def _worst_lengths(found: Sequence[Prose], most: int) -> Iterator[str]:
    missed = [p for p in found if p.target and not p.excuse and not hits(p.length, p.target)]
    for prose in sorted(missed, key=lambda p: -abs(p.length / (p.target or 1) - 1))[:most]:
        asked = f", asked for {prose.minutes} minutes" if prose.minutes else ""
        yield f"{prose.length} for {prose.target}  {prose.name}, seed {prose.seed}{asked}"


def _ids(line: Line) -> str:
    return f"[{'、'.join(line.phrases)}]" if line.phrases and line.masked != MASK else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT", help="real speeches to lay beside")
    parser.add_argument(
        "--seeds", type=int, default=SEEDS, help=f"drafts of each document, by default {SEEDS}"
    )
    parser.add_argument(
        "--worst", type=int, nargs="?", const=WORST, default=0, help="how many of each to show"
    )
    parser.add_argument("--unused", action="store_true", help="list the phrases that stand in no draft")
    options = parser.parse_args()
    seeds = tuple(map(str, range(1, options.seeds + 1)))
    paths = [path for path in EXAMPLES if path.parent.name in SWEPT]
    tasks = [Task(path, seeds, minutes) for minutes in SWEEP for path in paths]
    everything = drafts([*(Task(path, seeds) for path in EXAMPLES), *tasks])
    claims = sum(prose.excuse != "" for prose in everything)
    everything = verified(everything)
    claims -= sum(prose.excuse != "" for prose in everything)
    found = [prose for prose in everything if not prose.minutes]
    swept = {minutes: [prose for prose in everything if prose.minutes == minutes] for minutes in SWEEP}
    groups, bars = by_genre(found), Bars()
    documents = ", ".join(f"{genre} {len(group)}" for genre, group in groups.items())
    print(f"{len(EXAMPLES)} examples, {options.seeds} seeds: {documents} drafts")
    tell_length(groups, swept, bars)
    print(f"  {claims} said they could not, and others show they could: they count as misses")
    contained = tell_repetition(groups, (prose for prose in everything if prose.minutes), bars)
    tell_style(groups)
    speeches = [p for p in swept[MINUTES] if p.target and hits(p.length, p.target)]
    tell_beside(speeches, [texts(path) for path in options.texts], bars)
    unused = tell_use(everything)
    if options.worst:
        tell_worst(everything, contained, unused, options.worst)
    if options.unused:
        _show("phrases that stand in no draft", unused)
    return int(bars.missed)


if __name__ == "__main__":
    sys.exit(main())
