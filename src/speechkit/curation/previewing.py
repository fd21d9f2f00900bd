"""Previewing: how every phrase of a slot reads with the facts of a meeting, or why it has no place there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..corpus import Corpus, Phrase, load_corpus, untold
from ..drafting import Draft, draft, own_taste, seed_of, trace
from ..expressions import condition_references, is_element, references, spoken
from ..facts import TOKEN
from ..filters import MISSING, MissingFactError, TemplateError
from ..meeting import Meeting
from ..outline import Outline, load_outlines
from ..plain import lookup
from ..planning import PlannedSlot, plan
from ..staging import Stage, stages
from ..supply import PhrasingError, Taste
from ..templating import holds, render
from .lookup import UnknownNameError, nearest

_NAMED = 3
"""So many words of a detail are named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One phrase in one place."""

    phrase: Phrase
    text: str
    """How it reads; empty where it has no place."""
    reason: str
    """Why it has none."""
    is_chosen: bool
    """Whether the draft with the seed has it, here or elsewhere."""


@dataclass(frozen=True, slots=True)
class Showing:
    """One place of a slot in a document, with its phrases."""

    document: str
    number: int
    """Which of the places of the slot in the document, from 1."""
    readings: tuple[Reading, ...]


def preview(
    meeting: Meeting,
    slot: str,
    *,
    seed: str = "",
    corpora: Sequence[Path] = (),
    outlines: Sequence[Path] = (),
) -> tuple[Showing, ...]:
    """Return all places of a slot in the documents of a meeting; none where no document has the slot.

    Where a phrase keeps drafts from being written, none is chosen. The other arguments are those of `draft`.
    Raises `UnknownNameError` for a slot without phrases, and what `draft` raises.
    """
    corpus = load_corpus(corpora)
    if slot not in corpus.phrases:
        raise UnknownNameError(f"语料里没有“{slot[:60]}”这个槽{nearest(slot, corpus.phrases)}")
    drafts = iter(_drafts(meeting, seed, corpora, outlines))
    # As many documents as there are stages, in the same order.
    return tuple(
        showing
        for outline in load_outlines(outlines)
        for stage in stages(meeting, corpus.forms, outline.source)
        for showing in _Document(meeting, corpus, outline, stage, seed, next(drafts, None)).showings(slot)
    )


def _drafts(
    meeting: Meeting, seed: str, corpora: Sequence[Path], outlines: Sequence[Path]
) -> tuple[Draft, ...]:
    try:
        return draft(meeting, seed=seed, corpora=corpora, outlines=outlines)
    except PhrasingError:
        return ()


@dataclass(frozen=True)
class _Document:
    meeting: Meeting
    corpus: Corpus
    outline: Outline
    stage: Stage
    seed: str
    draft: Draft | None

    @property
    def name(self) -> str:
        return self.draft.name if self.draft else self.outline.genre

    def showings(self, slot: str) -> Iterator[Showing]:
        planned = plan(self.outline, self.stage, seed_of(self.meeting, self.seed, self.name))
        places = (place for place in planned.slots() if place.name == slot)
        taste = own_taste(self.corpus, self.meeting, self.stage, "")
        used = [row["phrases"] for row in trace(self.draft.manuscript)] if self.draft else []
        chosen = frozenset(id_ for ids in used if isinstance(ids, list) for id_ in ids)
        for number, place in enumerate(places, 1):
            readings = (
                self.reading(phrase, place, taste, phrase.id in chosen)
                for phrase in self.corpus.phrases.get(slot, ())
            )
            yield Showing(self.name, number, tuple(readings))

    def reading(self, phrase: Phrase, slot: PlannedSlot, taste: Taste, is_chosen: bool) -> Reading:
        reason = self.unsuited(phrase, taste) or _strays(untold(self.corpus.details_in(phrase), slot.about))
        text = ""
        try:
            if not reason and not holds(phrase.use.condition, slot.scope):
                reason = _fails(phrase, slot)
            text = "" if reason else render(phrase.text, slot.scope).strip()
            reason = reason or ("" if text else "写出来是空的")
        except MissingFactError:
            reason = _lacking(phrase, slot)
        except TemplateError as error:
            reason = str(error)
        named = TOKEN.sub(lambda match: self.stage.recorder.mentioned[int(match[1])].full, text)
        return Reading(phrase, named, reason, is_chosen)

    def unsuited(self, phrase: Phrase, taste: Taste) -> str:
        """Return why topic, tone or level keep a phrase out, with its marks or with its words."""
        words = "、".join(self.corpus.unfit_words(phrase, taste.level))
        unfit = f"在{taste.level}一级不说“{words}”（forms.yaml的“层级”）" if words else ""
        return _unmarked_for(phrase, taste) or unfit


def _strays(details: Sequence[tuple[str, ...]]) -> str:
    told = "；".join("、".join(words[:_NAMED]) for words in details)
    return f"说到的细目会议文件没有说到：{told}" if details else ""


def _unmarked_for(phrase: Phrase, taste: Taste) -> str:
    use = phrase.use
    if use.topic and use.topic != taste.topic:
        return f"只用于题材“{use.topic}”，这场会{_own('是', taste.topic, '没有认出题材')}"
    if use.untopical and taste.topic:
        return f"只用于认不出题材的会，这场会的题材是“{taste.topic}”"
    if use.tones and taste.tone not in use.tones:
        return f"只用于语气{'、'.join(use.tones)}，这份文稿{_own('是', taste.tone, '没有写语气')}"
    if use.levels and taste.level not in use.levels:
        return f"只用于层级{'、'.join(use.levels)}，这场会{_own('是', taste.level, '没有写层级')}"
    return ""


def _own(verb: str, value: str, none: str) -> str:
    return f"{verb}“{value}”" if value else none


def _fails(phrase: Phrase, slot: PlannedSlot) -> str:
    lacking = _missing([reference.path for reference in condition_references(phrase.use.condition)], slot)
    told = f"（没有{'、'.join(lacking)}）" if lacking else ""
    return f"条件不成立：{phrase.use.condition}{told}"


def _lacking(phrase: Phrase, slot: PlannedSlot) -> str:
    printed = [reference.path for reference in references(phrase.text) if not reference.optional]
    missing = _missing(printed, slot) or _missing([r.path for r in references(phrase.text)], slot)
    return f"缺{'、'.join(missing)}" if missing else "缺它要写出的数据"


def _missing(paths: Sequence[tuple[str, ...]], slot: PlannedSlot) -> list[str]:
    """Those of the paths, as far as they don't go into lists, that the meeting file doesn't give."""
    found: dict[str, None] = {}
    for path in paths:
        plain = path[: next((n for n, step in enumerate(path) if is_element(step) or step == "?"), len(path))]
        try:
            if lookup(".".join(plain), slot.scope) is MISSING:
                found[spoken(plain)] = None
        except TemplateError:
            continue
    return list(found)


def shown(showings: Sequence[Showing]) -> Iterator[str]:
    """Yield the lines that show places and phrases: what would be chosen is marked with ＊."""
    for showing in showings:
        usable = [reading for reading in showing.readings if reading.text]
        yield f"{showing.document}，第{showing.number}处：{len(showing.readings)}条里能用的有{len(usable)}条"
        for reading in usable:
            yield f"  {'＊' if reading.is_chosen else '　'}{_short(reading.phrase)}  {reading.text}"
        for reading in showing.readings:
            if not reading.text:
                yield f"  ×{_short(reading.phrase)}  {reading.reason}"


def _short(phrase: Phrase) -> str:
    return phrase.id.removeprefix(f"{phrase.slot}/")
