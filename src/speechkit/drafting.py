"""Drafting: a meeting becomes its documents."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .corpus import Corpus, Topics, load_corpus, topic_of
from .diagnostics import Diagnostic, Severity
from .manuscript import Block, Drafted, Manuscript, Origin, Paragraph, Signature
from .meeting import Meeting
from .outline import Outline, load_outlines
from .phrasing import TOLERANCE, choose
from .planning import plan
from .realization import realize
from .staging import Stage, stages
from .supply import Taste

_GAP = re.compile("【待补：([^】]*)】")
_MOST_NAMED = 6
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f【】：]')

GENERAL_SHARE = 0.3
"""A speech gets longer by saying more of its meeting: this much of it may fit any other."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted document."""

    name: str
    """File name without suffix: 讲话稿, or 讲话稿-张三 where there are several."""
    genre: str
    """文种: 讲话稿, 主持词 or 汇报材料."""
    manuscript: Manuscript
    findings: tuple[Diagnostic, ...]
    """Gaps (warnings) and remarks on length (suggestions)."""

    @property
    def has_gaps(self) -> bool:
        """Whether something has to be filled in before the document can be used."""
        return any(finding.severity is not Severity.SUGGESTION for finding in self.findings)


def draft(
    meeting: Meeting,
    *,
    genres: Iterable[str] = (),
    seed: str = "",
    corpora: Sequence[Path] = (),
    outlines: Sequence[Path] = (),
    avoid: Callable[[str], bool] | None = None,
) -> tuple[Draft, ...]:
    """Return the documents of a meeting: planning, phrasing, realization.

    `genres` limits them (讲话稿, 主持词, 汇报材料); `seed` changes the choice of phrases and defaults to
    one derived from the meeting; folders of `corpora` and `outlines` extend and override the bundled ones.
    `avoid` tells of a text whether it has been used elsewhere. Raises `CorpusError`, `OutlineError`,
    `YamlError` or `PhrasingError` for corpora and outlines that can't be used.
    """
    wanted = set(genres)
    corpus = load_corpus(corpora, lambda topics: topic_of_meeting(topics, meeting))
    drafts: list[Draft] = []
    for outline in load_outlines(outlines):
        if not wanted or outline.genre in wanted:
            staged = stages(meeting, corpus.forms, outline.source)
            names = _names(outline.genre, [stage.label for stage in staged])
            heard: frozenset[str] = frozenset()
            for name, stage in zip(names, staged, strict=True):
                # The document's name keeps two speeches of one meeting from sounding alike.
                taste = own_taste(corpus, meeting, stage, seed_of(meeting, seed, name), avoid)
                drafts.append(_draft(name, outline, corpus, stage, replace(taste, heard=heard)))
                heard |= _phrases(drafts[-1].manuscript)
    return tuple(drafts)


def _draft(name: str, outline: Outline, corpus: Corpus, stage: Stage, taste: Taste) -> Draft:
    planned = plan(outline, stage, taste.seed)
    wording = choose(planned, corpus, stage.recorder, taste)
    manuscript = realize(planned, wording, stage.recorder, corpus.forms)
    findings = (*wording.findings, *_gaps(manuscript), *_passed(stage), *_length(manuscript, stage))
    return Draft(name, outline.genre, manuscript, findings)


def own_taste(
    corpus: Corpus, meeting: Meeting, stage: Stage, seed: str, avoid: Callable[[str], bool] | None = None
) -> Taste:
    """Return what the phrases of a document have to suit; `seed` is the document's own."""
    topic = topic_of_meeting(corpus.topics, meeting)
    return Taste(topic, stage.tone, meeting.event.level, seed, stage.target, avoid, GENERAL_SHARE)


def topic_of_meeting(topics: Topics, meeting: Meeting) -> str:
    """Return the topic of the corpora that a meeting is about; may be empty."""
    event = meeting.event
    return topic_of(topics, event.subject, event.topic, event.short_topic, event.name)


def seed_of(meeting: Meeting, seed: str, name: str) -> str:
    """Return the seed of the document of a name: the user's `seed`, if any, with the meeting's own.

    With the same seed two meetings of one office shall not have their general remarks in common.
    """
    return f"{seed}/{_own_seed(meeting)}/{name}"


def _own_seed(meeting: Meeting) -> str:
    """A seed that stays while the writer fills the file in: only name and day of the meeting count."""
    event = meeting.event
    told = f"{event.name}|{event.topic}|{event.time.day if event.time else ''}"
    return hashlib.sha256(told.encode()).hexdigest()


def _names(genre: str, labels: Sequence[str]) -> list[str]:
    if len(labels) == 1:
        return [genre]
    names: list[str] = []
    for n, label in enumerate(labels, 1):
        safe = _UNSAFE_IN_NAMES.sub("", label)[:40].strip(". ") or str(n)
        name = f"{genre}-{safe}"
        names.append(name if name not in names else f"{name}-{n}")
    return names


def _phrases(manuscript: Manuscript) -> frozenset[str]:
    """The ids of all phrases of a document: who speaks next had better say it in other words."""
    origins = [origin for block in manuscript.blocks for _, origin in _told(block)]
    return frozenset(id_ for origin in origins if isinstance(origin, Drafted) for id_ in origin.phrases)


def _gaps(manuscript: Manuscript) -> list[Diagnostic]:
    """One finding for everything that has to be filled in."""
    texts = [manuscript.title, *(text for block in manuscript.blocks for text, _ in _told(block))]
    if manuscript.byline:
        texts.append(manuscript.byline.name)
    missing = dict.fromkeys(gap for text in texts for gap in _GAP.findall(text))
    return [Diagnostic(f"会议文件里缺少：{gap}", Severity.WARNING) for gap in missing]


def _passed(stage: Stage) -> list[Diagnostic]:
    """One finding for every deadline that lies before the day of the meeting."""
    advice = "会议召开时已经过了，请核对；是以后年份的，写上年份"
    return [Diagnostic(f"时限“{text}”在{advice}", Severity.SUGGESTION, key=key) for key, text in stage.passed]


def _length(manuscript: Manuscript, stage: Stage) -> list[Diagnostic]:
    """One finding where the document is shorter or longer than was asked for, with what would fill it."""
    length, target = manuscript.spoken_length, stage.target
    if target is None or abs(length - target) <= target * TOLERANCE:
        return []
    if length < target:
        wanted = "、".join(stage.lacking[:_MOST_NAMED]) or "更多的进展、数据、问题和任务措施"
        advice = f"数据和语料只够写这么多；会议文件里再写上{wanted}，文章才能写实写长"
    else:
        advice = "会议文件里必须写进去的内容已超出这个长度；请删减数据，或者增加分钟数"
    return [Diagnostic(f"要求约{target}字，写成约{length}字。{advice}", Severity.SUGGESTION)]


def trace(manuscript: Manuscript) -> list[dict[str, object]]:
    """Return where every sentence came from: number of the block, text, phrase ids and keys of the data."""
    rows: list[dict[str, object]] = []
    for number, block in enumerate(manuscript.blocks):
        for text, origin in _told(block):
            phrases, keys = (origin.phrases, origin.keys) if isinstance(origin, Drafted) else ((), ())
            rows.append({"block": number, "text": text, "phrases": list(phrases), "keys": list(keys)})
    return rows


def _told(block: Block) -> list[tuple[str, Origin | None]]:
    if isinstance(block, Paragraph):
        return [(block.text[s.begin : s.end], s.origin) for s in block.sentences]
    if isinstance(block, Signature):
        return [(block.unit, block.origin)]
    return [(block.text, block.origin)]
