"""What a comparison takes in and gives back."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Material:
    """材料: one text to compare, as read from a file or made from a manuscript."""

    id: str
    """Unique within a comparison; the path where it came from a file."""
    text: str
    """As read; all offsets are in its characters (code points)."""
    path: str = ""
    unit: str = ""
    """Who handed it in, where that is known."""
    created: str = ""
    """ISO date from the file's properties; empty where there is none."""
    modified: str = ""


class Kind(StrEnum):
    """How a shared passage is related to its twin."""

    VERBATIM = "verbatim"
    """原样."""
    EDITED = "edited"
    """改写."""
    RENAMED = "renamed"
    """套改: the same text with names, units, figures or years swapped."""
    REORDERED = "reordered"
    """调序."""
    FORMULA = "formula"
    """套话: what everybody has to write; not flagged."""
    QUOTED = "quoted"
    """引用: titles of documents, slogans, policy wording; not flagged."""


@dataclass(frozen=True, slots=True)
class Place:
    """A half-open range of characters in the text of a material as read."""

    document: str
    """Id of the material."""
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that is the same on both sides once normalised: text[a_begin:a_end] ~ text[b_begin:b_end]."""

    a_begin: int
    a_end: int
    b_begin: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Swap:
    """A name, unit, figure or year that differs between the two sides."""

    a: str
    b: str
    a_begin: int
    b_begin: int
    what: str
    """place, unit, person, figure, year or word."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """忘改: a foreign name left standing in a text that otherwise has its own."""

    document: str
    begin: int
    end: int
    text: str
    belongs_to: str
    """Id of the material whose name it is."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that two places share."""

    a: Place
    b: Place
    kind: Kind
    flagged: bool
    """Whether it is taken for copying; formula and quotations are listed without the flag."""
    resemblance: float
    """Symmetric, 0 to 1: matched characters of both sides over all characters of both sides."""
    containment_a: float
    """Share of a's passage that stands in b's, 0 to 1."""
    containment_b: float
    evidence: float
    """Bits: log-likelihood ratio of copying against independent writing."""
    confidence: float
    """0 to 1: how sure the flag is, from how far the evidence is beyond the threshold."""
    runs: tuple[Run, ...] = field(default=(), repr=False)
    swaps: tuple[Swap, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    reason: str = ""
    """Chinese, for passages that are not flagged: why."""


@dataclass(frozen=True, slots=True)
class Document:
    """How much of a material is its own. The three shares add up to 1 (0 for an empty text)."""

    id: str
    path: str
    characters: int
    own: float
    borrowed: float
    formula: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """串联: materials that flagged passages tie together."""

    documents: tuple[str, ...]
    source: str
    """Id of the likely source; empty where nothing tells."""
    reason: str
    """Chinese: why it is taken for the source."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be compared."""

    path: str
    reason: str
    """Chinese."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome: every shared passage with what it is."""

    documents: tuple[Document, ...]
    matches: tuple[Match, ...]
    clusters: tuple[Cluster, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def flagged(self) -> tuple[Match, ...]:
        """The matches that are taken for copying, the strongest evidence first."""
        return tuple(sorted((m for m in self.matches if m.flagged), key=lambda m: -m.evidence))
