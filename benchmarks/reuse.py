"""How well and how fast passages that were copied are found, on real texts with copies planted into them.

    python benchmarks/reuse.py FOLDER [--background FOLDER] [--part NAME]...

FOLDER holds UTF-8 .txt files of the kind that is checked; the background is built from another folder, never
from the texts that are measured. Parts: planted, alone, unplanted, speed, scale, cold, peers; all of them
where none is named. The measures are those of the PAN text-alignment task. Times are CPU time. The exit code
is 1 where a bar is missed. Peers are measured where they are installed (`pip install '.[benchmark]'`).
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

import rjieba
from reuse_measures import Pair, Score, score
from reuse_peers import SETTINGS, peers
from reuse_planting import KINDS, Place, Planted, cut, plant, plant_pairs, read_folder, recombined

from speechkit.reuse import records
from speechkit.reuse.background import Background, build_background
from speechkit.reuse.comparison import compare

STATES = 5
LEAST = 3
"""As in the shipped background: rarer n-grams are left out."""
SMALL, LARGE = 1000, 10_000
COLD_RUNS = 9


@dataclass(frozen=True)
class Sources:
    texts: list[str]
    sections: list[str]
    background: Background
    others: list[str]
    """What the background is built from; together with the texts, material for the large runs."""
    states: int


@dataclass
class Bars:
    """Prints what was measured beside its bar, and remembers whether all were reached."""

    missed: bool = False

    def check(self, name: str, value: float, bar: float, *, least: bool) -> None:
        reached = value >= bar if least else value <= bar
        self.missed |= not reached
        sign = "≥" if least else "≤"
        print(f"  {name:<44}{value:>9.3f}   {sign} {bar:g}{'' if reached else '   MISSED'}")


def find(texts: Sequence[str], background: Background) -> list[Pair]:
    """Return the flagged passages of the texts."""
    materials = [records.Material(str(number), text) for number, text in enumerate(texts)]
    flagged = compare(materials, background=background).flagged
    return [(_as_number(match.a), _as_number(match.b)) for match in flagged]


def _as_number(place: records.Place) -> Place:
    return Place(int(place.document), place.begin, place.end)


def cpu_seconds(function: Callable[[], object]) -> float:
    before = time.process_time()
    function()
    return time.process_time() - before


def planted(sources: Sources, bars: Bars) -> None:
    scores = []
    for state in range(1, sources.states + 1):
        case = plant(sources.sections, state)
        scores.append(score(case.cases, find(case.texts, sources.background)))
    _tell("planted passages", scores, bars, 0.95)
    bars.check("recall, worst kind but heavy (mean)", min(_recalls(scores, but="heavy")), 0.95, least=True)
    bars.check("recall, heavy edits (mean)", mean(s.by_kind["heavy"] for s in scores), 0.90, least=True)
    bars.check("precision (mean)", mean(s.precision for s in scores), 0.95, least=True)
    bars.check("granularity (mean)", mean(s.granularity for s in scores), 1.05, least=False)


def alone(sources: Sources, bars: Bars) -> None:
    scores = []
    for state in range(1, sources.states + 1):
        case = plant_pairs(sources.sections, state)
        scores.append(score(case.cases, _pair_by_pair(case, sources.background)))
    _tell("two documents alone", scores, bars, 0.90)


def _pair_by_pair(case: Planted, background: Background) -> list[Pair]:
    found: list[Pair] = []
    for number in range(0, len(case.texts), 2):
        for a, b in find(case.texts[number : number + 2], background):
            found.append((_lift(a, number), _lift(b, number)))
    return found


def _lift(place: Place, by: int) -> Place:
    return Place(place.document + by, place.begin, place.end)


def _recalls(scores: Sequence[Score], but: str) -> list[float]:
    return [mean(s.by_kind[kind] for s in scores) for kind in scores[0].by_kind if kind != but]


def _tell(title: str, scores: Sequence[Score], bars: Bars, bar: float) -> None:
    kinds = [kind for kind in KINDS if kind in scores[0].by_kind]
    print(f"{title}, {len(scores)} random states")
    print("  " + "".join(f"{head:>10}" for head in ("plagdet", "precision", "recall", "granul.", *kinds)))
    rows = [
        (s.plagdet, s.precision, s.recall, s.granularity, *(s.by_kind[kind] for kind in kinds))
        for s in scores
    ]
    for row in rows:
        print("  " + "".join(f"{value:>10.3f}" for value in row))
    print("  " + "".join(f"{mean(column):>10.3f}" for column in zip(*rows, strict=True)) + "   mean")
    bars.check("plagdet (mean)", mean(s.plagdet for s in scores), bar, least=True)
    print(f"  {'plagdet (worst)':<44}{min(s.plagdet for s in scores):>9.3f}")


def unplanted(sources: Sources, bars: Bars) -> None:
    print(f"{len(sources.texts)} texts as they are")
    found = find(sources.texts, sources.background)
    for pair in found:
        print("  " + " | ".join(f"{p.document}:{_excerpt(sources.texts[p.document], p)}" for p in pair))
    rate = len(found) / sum(map(len, sources.texts)) * 100_000
    bars.check(f"flagged in 100,000 characters ({len(found)} in all)", rate, 1, least=False)


def _excerpt(text: str, place: Place) -> str:
    shown = " ".join(text[place.begin : place.end].split())
    return f"{shown[:30]}…{shown[-10:]} ({place.end - place.begin})" if len(shown) > 40 else shown


def speed(sources: Sources, bars: Bars) -> None:
    """Real texts, each section once: the sections are shorter, so that there are a thousand."""
    texts = sources.texts + sources.others
    sections = cut(texts, max(200, sum(map(len, texts)) // (SMALL + 60)))[:SMALL]
    print(f"{len(sections)} real documents, {sum(map(len, sections))} characters")
    _cut_all(sections)
    find(sections[:20], sources.background)
    cutting = min(cpu_seconds(lambda: _cut_all(sections)) for _ in range(3))
    comparing = min(cpu_seconds(lambda: find(sections, sources.background)) for _ in range(3))
    print(f"  {'million characters a second':<44}{sum(map(len, sections)) / comparing / 1e6:>9.3f}")
    bars.check("times the CPU time of cutting words", comparing / cutting, 5, least=False)


def _cut_all(texts: Sequence[str]) -> None:
    for text in texts:
        rjieba.cut(text)


def scale(sources: Sources, bars: Bars) -> None:
    """Documents out of recombined words, in processes of their own, so that memory is theirs."""
    print("recombined documents")
    context = multiprocessing.get_context("spawn")
    costs = {}
    for documents in (SMALL, LARGE):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "texts"
            texts = recombined(sources.texts + sources.others, documents)
            file.write_text("\f".join(texts), encoding="utf-8")
            with context.Pool(1) as pool:
                cutting, comparing, memory = pool.apply(_measure, (str(file), sources.background))
        costs[documents] = comparing / sum(map(len, texts))
        print(
            f"  {documents:>6} documents: {comparing:.2f} s, {comparing / cutting:.2f} × cutting, {memory} MB"
        )
    bars.check(f"cost of a character, {LARGE} to {SMALL}", costs[LARGE] / costs[SMALL], 2, least=False)
    bars.check(f"memory at {LARGE}, MB", memory, 1000, least=False)


def _measure(file: str, background: Background) -> tuple[float, float, int]:
    import resource

    texts = Path(file).read_text(encoding="utf-8").split("\f")
    find(texts[:20], background)
    comparing = cpu_seconds(lambda: find(texts, background))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rjieba.cut(texts[0])
    return cpu_seconds(lambda: _cut_all(texts)), comparing, memory


def cold(sources: Sources, bars: Bars) -> None:
    """Two files from the command line in a fresh process, beside bare imports."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.txt" for number in range(2)]
        for file, text in zip(files, plant_pairs(sources.sections, 1, 1).texts, strict=False):
            file.write_text(text, encoding="utf-8")
        program = "import sys; from speechkit.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, "compare", *map(str, files)]
        imports = [sys.executable, "-c", "import numpy, rjieba, click"]
        times = [(_child_seconds(command), _child_seconds(imports)) for _ in range(COLD_RUNS)]
    own, bare = (median(column) for column in zip(*times, strict=True))
    print(f"two files from cold: {own * 1000:.0f} ms, bare imports {bare * 1000:.0f} ms")
    bars.check("times the bare imports", own / bare, 5, least=False)


def _child_seconds(command: Sequence[str]) -> float:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"failed with {process.returncode}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def rivals(sources: Sources, bars: Bars) -> None:
    """Every peer with the best of its settings on the first random state, beside our own run."""
    print("peers, one random state, best setting")
    case = plant(sources.sections, 1)
    find(case.texts[:20], sources.background)
    own, own_seconds = _timed(lambda: find(case.texts, sources.background))
    ours = score(case.cases, own).plagdet
    print(f"  {'speechkit':<16}{own_seconds:>8.2f} s   plagdet {ours:.3f}")
    best = 0.0
    for name in SETTINGS.keys() - peers().keys():
        print(f"  {name:<16}not installed")
    for name, system in peers().items():
        runs = [(setting, _timed(partial(system, case.texts, setting))) for setting in SETTINGS[name]]
        plagdet, setting, seconds = max((score(case.cases, run[0]).plagdet, at, run[1]) for at, run in runs)
        best = max(best, plagdet)
        print(f"  {name:<16}{seconds:>8.2f} s   plagdet {plagdet:.3f}   ({setting:g})")
        if name != "rensa":
            bars.check(f"times the throughput of {name}", seconds / own_seconds, 10, least=True)
    bars.check("plagdet above the best of them", ours - best, 0.2, least=True)


def _timed(run: Callable[[], list[Pair]]) -> tuple[list[Pair], float]:
    before = time.process_time()
    found = run()
    return found, time.process_time() - before


PARTS: dict[str, Callable[[Sources, Bars], None]] = {
    "planted": planted,
    "alone": alone,
    "unplanted": unplanted,
    "speed": speed,
    "scale": scale,
    "cold": cold,
    "peers": rivals,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="the texts to measure on")
    parser.add_argument("--background", type=Path, help="default: national_reports beside the folder")
    parser.add_argument("--part", action="append", choices=PARTS, help="may be given more than once")
    parser.add_argument("--states", type=int, default=STATES, help="random states")
    options = parser.parse_args()
    texts = read_folder(options.folder)
    others = read_folder(options.background or options.folder.resolve().parent / "national_reports")
    background = build_background(others, least=LEAST)
    sources = Sources(texts, cut(texts), background, others, options.states)
    bars = Bars()
    for part in options.part or PARTS:
        PARTS[part](sources, bars)
    return int(bars.missed)


if __name__ == "__main__":
    sys.exit(main())
