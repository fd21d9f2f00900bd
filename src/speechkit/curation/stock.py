"""Stock: the entries of corpora one by one, whose they are, and where the outlines use them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..corpus import Corpus, HeadingSet, Phrase, Place, Use, load_corpus
from ..diagnostics import Diagnostic, Severity
from ..outline import load_outlines
from ..templating import literal_parts
from .stations import Station, stations


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a corpus: a phrase, or one heading of a set."""

    id: str
    name: str
    """Slot or family."""
    role: str
    """Of a heading; empty for a phrase."""
    text: str
    use: Use
    repeatable: bool
    place: Place

    @property
    def genre(self) -> str:
        """The first part of the slot's name: 讲话, 主持, 汇报."""
        return self.name.partition(".")[0]

    @property
    def literals(self) -> tuple[str, ...]:
        """The pieces that stand in every text it gives, none of them broken by a fact."""
        return tuple(literal_parts(self.text))

    def finding(self, rule: str, message: str, severity: Severity = Severity.WARNING) -> Diagnostic:
        """Return a finding about this entry."""
        key = f"{self.id}.{self.role}" if self.role else self.id
        return Diagnostic(message, severity, self.place.file, self.place.line, key, rule=rule)


@dataclass(frozen=True)
class Stock:
    """The corpora at hand, with the outlines that use them."""

    corpus: Corpus
    stations: tuple[Station, ...]
    folders: tuple[Path, ...]
    """Where the entries lie that are looked at; empty for all of them."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, the bundled ones first."""
        phrases = (phrase for group in self.corpus.phrases.values() for phrase in group)
        sets = (entry for group in self.corpus.heading_sets.values() for entry in group)
        headings = (heading for entry in sets for heading in _of_set(entry))
        return (*map(_of_phrase, phrases), *headings)

    @cached_property
    def own(self) -> tuple[Entry, ...]:
        """The entries that are looked at."""
        return tuple(entry for entry in self.entries if self.is_own(entry))

    def is_own(self, entry: Entry | Phrase | HeadingSet) -> bool:
        """Return whether an entry lies in one of the folders that are looked at."""
        return not self.folders or entry.place.file in self._own_files

    @cached_property
    def _own_files(self) -> frozenset[str]:
        files = {entry.place.file for entry in self.entries}
        return frozenset(file for file in files if not set(Path(file).parents).isdisjoint(self.folders))

    def stations_of(self, entry: Entry) -> list[Station]:
        """Return where the outlines use an entry."""
        return self._stations_by_name.get((entry.name, entry.role), [])

    @cached_property
    def _stations_by_name(self) -> dict[tuple[str, str], list[Station]]:
        names = dict.fromkeys((entry.name, entry.role) for entry in self.entries)
        return {(name, role): [s for s in self.stations if s.is_for(name, role)] for name, role in names}


def load_stock(
    corpora: Sequence[Path] = (), outlines: Iterable[Path] = (), *, everything: bool = False
) -> Stock:
    """Return the bundled corpora with those in the folders, which are looked at unless it is `everything`.

    Raises `CorpusError`, `OutlineError`, `YamlError` or `TemplateError`.
    """
    folders = () if everything else tuple(corpora)
    corpus = load_corpus(corpora)
    return Stock(corpus, stations(load_outlines(outlines), corpus.forms.word_lists), folders)


def _of_phrase(phrase: Phrase) -> Entry:
    return Entry(phrase.id, phrase.slot, "", phrase.text, phrase.use, phrase.repeatable, phrase.place)


def _of_set(entry: HeadingSet) -> Iterator[Entry]:
    for role, text in entry.headings.items():
        yield Entry(entry.id, entry.family, role, text, entry.use, False, entry.place)
