"""What the proofreader finds and what it takes for defects that are none, and how fast it is.

    python benchmarks/proofreading.py FOLDER [--seeds FOLDER] [--part NAME]… [--list]

FOLDER holds UTF-8 .txt files of well edited texts: what is reported there is false but for page furniture and
the like, which --list shows for judgement. Defects of every class are planted into drafts of the example
meetings. --seeds are the real texts whose defects proofreading_seeds.yaml lists by place. Times are CPU time.
The exit code is 1 where a bar is missed.
"""

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import rjieba
import yaml
from proofreading_planting import NAMES, Defect, defects, names_plants, plants
from reuse import Bars, cpu_seconds
from reuse_planting import read_folder

from speechkit import draft, load_meeting
from speechkit.diagnostics import Severity
from speechkit.formats import render_text
from speechkit.meeting import Meeting
from speechkit.proofing.context import Context
from speechkit.proofing.findings import Finding
from speechkit.proofing.proofreading import findings_in
from speechkit.proofing.rules import load_rules
from speechkit.proofing.text import Text

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/meeting.yaml"))
SEEDS = Path(__file__).parent / "proofreading_seeds.yaml"
FURNITURE = ("残留",)
"""Rules that find true remains of web pages in these reports."""
STATES = 4
MUST = ("gaps", "residue", "structure", "punctuation", "numbers", "names")
LONG_FILE = 50_000
"""Characters of a file of a hundred pages."""


def planted(options: argparse.Namespace, bars: Bars) -> None:
    hits: dict[str, list[bool]] = defaultdict(list)
    missed: Counter[str] = Counter()
    for state in range(STATES):
        for path in EXAMPLES:
            meeting = load_meeting(path)
            for defect in _planted_into(meeting, state):
                seen = _sees(defect, Context(load_rules(), meeting))
                hits[defect.kind].append(seen)
                missed[f"{NAMES[defect.kind]}: {defect.name}"] += not seen
    print(f"defects planted into drafts, {sum(map(len, hits.values()))} in all")
    for kind in NAMES:
        recall = sum(hits[kind]) / max(len(hits[kind]), 1)
        if kind in MUST:
            bars.check(f"recall, {NAMES[kind]} ({len(hits[kind])})", recall, 0.95, least=True)
        else:
            print(f"  {f'recall, {NAMES[kind]} ({len(hits[kind])})':<44}{recall:>9.3f}")
    for name, times in missed.most_common():
        if times:
            print(f"    missed {times} times: {name}")


def _planted_into(meeting: Meeting, state: int) -> list[Defect]:
    rng = random.Random(state)
    every = plants()
    roster = [(person.post, person.name) for person in meeting.people if person.post and person.name]
    if len(roster) > 3:
        every["names"] |= names_plants(roster)
    texts = [render_text(one.manuscript) for one in draft(meeting, seed=str(state))]
    return [defect for text in texts for defect in defects(text, every, rng)]


def _sees(defect: Defect, context: Context) -> bool:
    findings = findings_in(Text(defect.text, genre="讲话稿"), context)
    return any(_fits(finding, defect) for finding in findings)


def _fits(finding: Finding, defect: Defect) -> bool:
    places = [(finding.span.begin, finding.span.end), *finding.others]
    near = any(begin <= defect.end and end >= defect.begin for begin, end in places)
    return near and finding.diagnostic.rule.startswith(defect.rules)


def precision(options: argparse.Namespace, bars: Bars) -> None:
    texts = read_folder(options.folder)
    context = Context(load_rules())
    counts: dict[Severity, Counter[str]] = {severity: Counter() for severity in Severity}
    for text in texts:
        for finding in findings_in(Text(text), context):
            counts[finding.severity][finding.diagnostic.rule] += 1
            if options.list and finding.severity is not Severity.SUGGESTION:
                print(f"    {finding.severity} {finding.diagnostic.rule} {finding.excerpt!r}")
    size = sum(map(len, texts)) / 10_000
    print(f"{len(texts)} real texts, {size:.1f} times 10,000 characters")
    for severity, name, bar in ((Severity.ERROR, "errors", 1), (Severity.WARNING, "warnings", 3)):
        own = {rule: n for rule, n in counts[severity].items() if not rule.startswith(FURNITURE)}
        print(f"  {severity}: {dict(counts[severity].most_common(12))}")
        bars.check(f"{name} beside page furniture, per 10,000", sum(own.values()) / size, bar, least=False)
    print(f"  suggestions per 10,000: {counts[Severity.SUGGESTION].total() / size:.1f}")


def seeds(options: argparse.Namespace, bars: Bars) -> None:
    if options.seeds is None:
        print("real texts with defects: none given")
        return
    listed = yaml.safe_load(SEEDS.read_text(encoding="utf-8"))
    context = Context(load_rules())
    seen, total = 0, 0
    for name, rows in listed.items():
        text = next(iter(options.seeds.glob(f"{name}*"))).read_text(encoding="utf-8")
        genre = {"1": "讲话稿", "2": "主持词", "5": "讲话稿"}.get(name, "汇报材料")
        findings = findings_in(Text(text, genre=genre), context)
        for row in rows:
            defect = Defect("", row["what"], text, row["at"], row["at"] + row["length"], tuple(row["rules"]))
            found = any(_fits(finding, defect) for finding in findings)
            seen, total = seen + found, total + 1
            if not found:
                print(f"    missed: text {name} at {row['at']}: {row['what']}")
    print(f"real texts with defects, {total} listed")
    bars.check("share reported by the right rule", seen / total, 1, least=True)


def speed(options: argparse.Namespace, bars: Bars) -> None:
    texts = read_folder(options.folder)
    context = Context(load_rules())
    findings_in(Text(texts[0]), context)
    rjieba.tag(texts[0])
    tagging = min(cpu_seconds(lambda: [rjieba.tag(text) for text in texts]) for _ in range(3))
    own = min(cpu_seconds(lambda: [findings_in(Text(text), context) for text in texts]) for _ in range(3))
    print(f"{sum(map(len, texts))} characters: {own:.2f} s, cutting and tagging {tagging:.2f} s")
    bars.check("times the CPU time of cutting and tagging", own / tagging, 5, least=False)


def comments(options: argparse.Namespace, bars: Bars) -> None:
    """A Word file of a hundred pages with a defect in every third paragraph."""
    from docx import Document

    from speechkit.reviewing import review

    text = "".join(read_folder(options.folder))[:LONG_FILE]
    document = Document()
    for number, line in enumerate(filter(str.strip, text.splitlines())):
        document.add_paragraph(f"{line}请xxx同志负责。" if number % 3 == 0 else line)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "long.docx"
        document.save(str(path))
        reviewed = review([path])
        (file,) = reviewed.result.files
        reviewed.annotated(file)
        writing = min(cpu_seconds(lambda: reviewed.annotated(file)) for _ in range(3))
        plain = min(cpu_seconds(lambda: _load_and_save(path)) for _ in range(3))
    print(f"{len(file.findings)} comments into a .docx of {LONG_FILE} characters: {writing:.2f} s")
    bars.check("times python-docx's loading and saving", writing / plain, 3, least=False)


def _load_and_save(path: Path) -> None:
    from docx import Document

    Document(str(path)).save(BytesIO())


PARTS: dict[str, Callable[[argparse.Namespace, Bars], None]] = {
    "planted": planted,
    "precision": precision,
    "seeds": seeds,
    "speed": speed,
    "comments": comments,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path, help="well edited texts")
    parser.add_argument("--seeds", type=Path, help="the texts that proofreading_seeds.yaml lists defects of")
    parser.add_argument("--part", action="append", choices=PARTS, help="may be given more than once")
    parser.add_argument("--list", action="store_true", help="show every error and warning on the real texts")
    options = parser.parse_args(arguments)
    bars = Bars()
    began = time.process_time()
    for part in options.part or PARTS:
        PARTS[part](options, bars)
    print(f"in all {time.process_time() - began:.0f} s")
    return int(bars.missed)


if __name__ == "__main__":
    sys.exit(main())
