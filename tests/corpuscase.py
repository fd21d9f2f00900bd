"""A corpus to keep: files in a folder, and what the rules say of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from speechkit.curation.linting import Evidence, lint
from speechkit.curation.stock import Stock, load_stock
from speechkit.curation.trials import Trials
from speechkit.curation.wordlist import load_words
from speechkit.diagnostics import Diagnostic
from speechkit.reuse.wording import alike_pairs

SLOT = "讲话.号召"


@dataclass
class Shelf:
    """A folder of corpora."""

    folder: Path
    trials: Trials | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    def put(self, text: str, name: str = "own.yaml") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def phrases(self, *texts: str, slot: str = SLOT, name: str = "own.yaml") -> Path:
        """Write phrases of one slot, numbered 甲1, 甲2, …; each is a text or a mapping in one line."""
        rows = "".join(f"    甲{n}: {text}\n" for n, text in enumerate(texts, 1))
        return self.put(f"短语:\n  {slot}:\n{rows}", name)

    def stock(self) -> Stock:
        return load_stock([self.folder])

    def findings(self, rule: str) -> list[Diagnostic]:
        evidence = Evidence(load_words(), alike_pairs, self.trials, self.texts)
        return list(lint(self.stock(), evidence, [rule]))

    def told(self, rule: str, *texts: str, slot: str = SLOT) -> list[str]:
        """Return the messages of a rule on phrases of one slot."""
        self.phrases(*texts, slot=slot)
        return [finding.message for finding in self.findings(rule)]
