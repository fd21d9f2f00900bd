"""Findings on what is used too little or too much: by the outlines, and in trials."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from ..diagnostics import Diagnostic, Severity
from .stock import Entry, Stock
from .trials import Trials

_ENOUGH_TURNS = 3.0
"""A phrase whose turn would have come so often and that was never chosen is one that never is."""
_TOO_OFTEN, _LEAST_USES = 4.0, 10
"""Chosen so many times as often as its neighbours, and so often at all."""
_TOPIC_AHEAD = 2.0
"""What has a topic of its own is meant to come before its neighbours."""


def slot_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every slot, family or role that no outline uses, at its first entry."""
    seen: set[tuple[str, str]] = set()
    for entry in stock.own:
        place = (entry.name, entry.role)
        if place not in seen and not stock.stations_of(entry):
            yield entry.finding("slot", _unused(entry, stock), Severity.SUGGESTION)
        seen.add(place)


def _unused(entry: Entry, stock: Stock) -> str:
    if not entry.role:
        return f"没有一份大纲用到“{entry.name}”这个槽，里面的短语永远不会用上"
    if any(station.name == entry.name for station in stock.stations):
        return f"没有一份大纲用到“{entry.name}”里的“{entry.role}”这个角色，这个标题永远不会用上"
    return f"没有一份大纲用到“{entry.name}”这族标题"


def thought_findings(stock: Stock) -> Iterator[Diagnostic]:
    """Yield one finding for every thought that a single phrase carries: most often it is misspelt."""
    phrases = [phrase for group in stock.corpus.phrases.values() for phrase in group]
    carriers = Counter(thought for phrase in phrases for thought in phrase.thoughts)
    known = [thought for thought, times in carriers.items() if times > 1]
    thoughts = {phrase.id: phrase.thoughts for phrase in phrases}
    for entry in stock.own:
        for thought in () if entry.role else thoughts[entry.id]:
            if carriers[thought] == 1:
                near = get_close_matches(thought, known, n=1, cutoff=0.4)
                advice = f"，是不是“{near[0]}”" if near else ""
                message = f"只有这一条的旨是“{thought}”，没有可以和它接着说的话{advice}"
                yield entry.finding("thought", message, Severity.SUGGESTION)


def choice_findings(stock: Stock, trials: Trials) -> Iterator[Diagnostic]:
    """Yield one finding for every phrase that trials never chose though they could, or chose too often."""
    for entry in stock.own:
        expected, uses = trials.expected.get(entry.id, 0.0), trials.uses[entry.id]
        if entry.role:
            continue
        if not uses and expected >= _ENOUGH_TURNS:
            places = trials.offered[entry.id]
            message = f"写了{trials.drafts}场会议的文稿，有{places}处可以用，一次也没有选用"
            yield entry.finding("choice", message, Severity.SUGGESTION)
        elif uses >= _LEAST_USES and uses > expected * _limit(entry):
            told = f"选用{uses}次，是同一处各条平均的{uses / expected:.1f}倍"
            message = f"写了{trials.drafts}场会议的文稿，{told}；再写几条可以替换它的"
            yield entry.finding("choice", message, Severity.SUGGESTION)


def _limit(entry: Entry) -> float:
    return _TOO_OFTEN * (_TOPIC_AHEAD if entry.use.topic else 1.0)


def beyond_reach(stock: Stock, trials: Trials) -> int:
    """Return how many of the phrases had no place in any of the drafts, so nothing can be said of them."""
    phrases = [entry for entry in stock.own if not entry.role]
    return sum(entry.id not in trials.offered for entry in phrases)
