"""How long speechkit takes, beside the bare import of what it is built on.

Run it with the Python that speechkit is installed in:

    python benchmarks/drafting.py [RUNS]

Every command runs in a process of its own, the commands in turn, so that a busy moment of the machine meets
all of them. Told are medians of CPU time (user and system, from `os.wait4`; not on Windows). The exit code is
1 where a bar is missed.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "campaign" / "meeting.yaml"
RUNS = 11


@dataclass(frozen=True)
class Comparison:
    """A command of speechkit beside the imports it may be a few times as slow as."""

    name: str
    command: Sequence[str]
    imports: str
    bar: float

    @property
    def baseline(self) -> Sequence[str]:
        return [sys.executable, "-c", f"import {self.imports}"]


def comparisons(folder: str) -> tuple[Comparison, ...]:
    # What the installed command does; where its script is, only the installer knows.
    speechkit = [sys.executable, "-c", "import sys; from speechkit.cli import main; sys.exit(main())"]
    drafting = [*speechkit, "draft", str(EXAMPLE), "-o", folder, "--force"]
    return (
        Comparison("speechkit --help", [*speechkit, "--help"], "click", 3),
        Comparison("three .docx, cold", drafting, "docx, jinja2, yaml, pydantic, click", 5),
    )


def cpu_seconds(command: Sequence[str]) -> float:
    """Return user and system time of a child process; it must succeed, or draft with gaps."""
    # An installed package has its bytecode; without it a source tree would be compiled anew in every run.
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=surroundings) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"failed with {process.returncode}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def measure(pairs: Sequence[Comparison], runs: int) -> list[tuple[float, float]]:
    """Return the medians of command and baseline for each comparison."""
    commands = [command for pair in pairs for command in (pair.command, pair.baseline)]
    for command in commands:
        cpu_seconds(command)  # files into the cache, bytecode written
    rounds = [[cpu_seconds(command) for command in commands] for _ in range(runs)]
    medians = [median(times) for times in zip(*rounds, strict=True)]
    return list(zip(medians[::2], medians[1::2], strict=True))


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    missed = False
    with TemporaryDirectory() as folder:
        pairs = comparisons(folder)
        print(f"CPU time in ms, medians of {runs} runs")
        print(f"{'':<20}{'speechkit':>10}{'imports':>10}{'ratio':>8}{'bar':>6}")
        for pair, (own, baseline) in zip(pairs, measure(pairs, runs), strict=True):
            ratio = own / baseline
            missed = missed or ratio > pair.bar
            print(f"{pair.name:<20}{own * 1000:>10.0f}{baseline * 1000:>10.0f}{ratio:>8.2f}{pair.bar:>6.0f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
