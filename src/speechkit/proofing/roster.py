"""Names and posts against the meeting file: misspelt ones, wrong posts, order, forms of address."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from .findings import Hit
from .lexicon import trie_pattern
from .people import HAN, Member, Mention, Roster, differs_by_one, order_of_calls, roster_of, words
from .text import Text

if TYPE_CHECKING:
    from ..meeting import Meeting
    from .context import Context

_COMRADE = re.compile(rf"([{HAN}]{{3}})同志")
_ENDS_NAME = re.compile(
    rf"同志|[^{HAN}]|\Z|宣读|讲话|发言|主持|准备|汇报|作|为|围绕|传达"
    "|就|对|向|和|与|在|分别|先后|代表|强调|指出|要求|通报|介绍|致辞|签订|颁|讲了|授予|上台"
)
_GAP = re.compile(rf"(?:同志)?[、和及与]([{HAN}、]{{0,24}})\Z")
_OTHER_POST = ("副", "原", "前", "代", "老", "时任")
_REGIONS = "省市县区州盟旗镇乡"
_GREAT_SPEECH = "重要讲话"
_NOT_OURS = re.compile("总书记|中央|省委|上级|指示|批示")
_MIN_POST = 4


def check_roster(text: Text, context: "Context") -> Iterator[Hit]:
    """Yield what the text writes of the people of the meeting file otherwise than that file."""
    if context.meeting is None or not context.meeting.people:
        return
    roster = roster_of(context.meeting)
    mentions = list(roster.mentions(text))
    yield from _misspelt_names(text, roster)
    yield from _posts(mentions, roster)
    yield from _called_wrongly(text, mentions, roster)
    yield from _order(text, mentions, context.meeting)
    yield from _first_mentions(text, mentions, roster)
    yield from _great_speeches(text, roster)


def _misspelt_names(text: Text, roster: Roster) -> Iterator[Hit]:
    if not roster.owners:
        return
    taken: set[int] = set()
    for match in re.finditer(f"(?:{trie_pattern(roster.owners)})[ \u3000]*", text.text):
        hit = _misspelt(text, match.end(), roster.owners[match[0].rstrip()], roster)
        if hit is not None:
            taken.add(hit.begin)
            yield hit
    for match in _COMRADE.finditer(text.text):
        near = [n for n in roster.names if match[1] not in roster.names and differs_by_one(match[1], n)]
        if near and match.start() not in taken and match[1][0] == near[0][0]:
            yield Hit("名单.姓名可疑", *match.span(1), near[0])
    yield from _swapped(text, roster)


def _misspelt(text: Text, begin: int, owners: Iterable[Member], roster: Roster) -> Hit | None:
    if roster.named.match(text.text, begin):
        return None
    for member in owners:
        end = begin + len(member.name)
        written = text.text[begin:end]
        if not differs_by_one(written, member.name) or not all("\u3400" <= c <= "\u9fff" for c in written):
            continue
        values = {"职务": member.post}
        if len(written) > 2:
            return Hit("名单.姓名错字", begin, end, member.name, values)
        if written[0] == member.name[0] and _ENDS_NAME.match(text.text, end):
            return Hit("名单.姓名可疑", begin, end, member.name, values)
    return None


def _swapped(text: Text, roster: Roster) -> Iterator[Hit]:
    """Yield names whose last two characters have changed places."""
    turned = {name[:-2] + name[:-3:-1]: name for name in roster.names if len(name) > 2}
    for wrong in turned.keys() - roster.names.keys():
        for match in re.finditer(re.escape(wrong), text.text):
            member = roster.names[turned[wrong]]
            yield Hit("名单.姓名错字", *match.span(), member.name, {"职务": member.post})


def _posts(mentions: Iterable[Mention], roster: Roster) -> Iterator[Hit]:
    for mention in mentions:
        post = max((p for p in roster.owners if mention.run.endswith(p)), key=len, default="")
        if not post:
            yield from _misspelt_posts(mention)
        elif mention.member not in roster.owners[post] and not _is_other_post(mention, post):
            owner, member = roster.owners[post][0], mention.member
            values = {"姓名": member.name, "职务": member.post, "别人": owner.name}
            yield Hit(
                "名单.职务不符", mention.begin - len(post), mention.end, member.post + member.name, values
            )


def _is_other_post(mention: Mention, post: str) -> bool:
    """Whether a post of somebody else is here part of one that the meeting file doesn't give."""
    rest = mention.run[: -len(post)]
    return rest.endswith(_OTHER_POST) or f"常务{post}" in mention.member.posts or not mention.member.post


def _misspelt_posts(mention: Mention) -> Iterator[Hit]:
    for post in sorted(mention.member.posts, key=len, reverse=True):
        for length in (len(post), len(post) - 1, len(post) + 1):
            written = mention.run[-length:]
            if len(post) >= _MIN_POST and len(written) == length and _is_slip(written, post):
                values = {"姓名": mention.member.name, "职务": mention.member.post}
                yield Hit("名单.职务错字", mention.begin - length, mention.begin, post, values)
                return


def _is_slip(written: str, post: str) -> bool:
    """Whether a post is written with one character wrong, missing or too many."""
    if len(written) == len(post):
        if not differs_by_one(written, post) or "、" in written.replace("、", "", post.count("、")):
            return False
        place = next(i for i, (a, b) in enumerate(zip(written, post, strict=True)) if a != b)
        return written[place] not in "、 　" and (place > 0 or written[0] in _REGIONS)
    short, long = sorted((written, post), key=len)
    place = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if place == 0 or short != long[:place] + long[place + 1 :] or long[place] in f"副原前、{_REGIONS}":
        return False
    # 组织部长 for 组织部部长 is the usual short form.
    return not (short is written and long[place] in long[place - 1 : place])


def _called_wrongly(text: Text, mentions: Iterable[Mention], roster: Roster) -> Iterator[Hit]:
    """Yield forms of address that are somebody else's, and those that are nobody's."""
    titles = "|".join(words("称呼"))
    known = {address for member in roster.members for address in member.addresses}
    for mention in mentions:
        match = re.compile(titles).match(text.text, mention.end)
        if not match or not mention.member.post:
            continue
        is_own = any(post.endswith(match[0]) for post in mention.member.posts)
        if not is_own and any(post.endswith(match[0]) for post in roster.owners):
            values = {"姓名": mention.member.name, "职务": mention.member.post}
            yield Hit("名单.称呼不符", mention.begin, match.end(), None, values)
    surnames = "".join({*words("常见姓"), *(member.name[0] for member in roster.members)})
    called = re.compile(
        rf"(?:^|[^{HAN}]|[和请由向让与对])(([{surnames}])(?:{titles}))(?![们会])", re.MULTILINE
    )
    strangers = [m for m in called.finditer(text.text) if m[1] not in known]
    for said, group in groupby(sorted(strangers, key=lambda m: (m[1], m.start())), key=lambda m: m[1]):
        places = [match.span(1) for match in group]
        namesakes = [m for m in roster.members if m.name[0] == said[0]]
        rule = "名单.称呼不符" if namesakes else "名单.查无此人"
        person = namesakes[0] if namesakes else None
        values = {"姓名": person.name if person else "", "职务": person.post if person else ""}
        yield Hit(rule, *places[0], None, values, tuple(places[1:]))


def _order(text: Text, mentions: list[Mention], meeting: "Meeting") -> Iterator[Hit]:
    calls = order_of_calls(meeting)
    for group in _lists(text, mentions):
        members = [mention.member for mention in group]
        ranks = [member.rank for member in members]
        names = [member.name for member in members]
        unique = list(dict.fromkeys(names))
        if ranks == sorted(ranks) or any(m.is_guest for m in members) or len(unique) < len(names):
            continue
        if _is_within(names, calls):
            continue
        right = [m.name for m in sorted(members, key=lambda m: m.rank)]
        yield Hit("名单.位次", group[0].begin, group[-1].end, None, {"次序": "、".join(right)})


def _is_within(names: Iterable[str], calls: Iterable[str]) -> bool:
    """Whether names come in the order of some calls."""
    rest = iter(calls)
    return all(name in rest for name in names)


def _lists(text: Text, mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Yield the runs of names, with or without posts, that stand in a list."""
    group: list[Mention] = []
    for mention in mentions:
        gap = _GAP.match(text.text[group[-1].end : mention.begin]) if group else None
        if gap and (not gap[1] or any(gap[1].endswith(tail) for tail in words("职务尾"))):
            group.append(mention)
            continue
        if len(group) > 1:
            yield group
        group = [mention]
    if len(group) > 1:
        yield group


def _first_mentions(text: Text, mentions: Iterable[Mention], roster: Roster) -> Iterator[Hit]:
    seen: set[str] = set()
    title = re.compile(f"同志|{'|'.join(words('称呼'))}")
    for mention in mentions:
        line = text.line_at(mention.begin)
        if line is None or not re.search("[，。；：！？]", line.text):
            continue  # titles, bylines
        has_post = mention.run.endswith(tuple(mention.member.posts)) or roster.tailed.search(mention.run)
        is_bare = not has_post and not title.match(text.text, mention.end)
        if is_bare and mention.member.post and mention.member.name not in seen:
            whole = mention.member.post + mention.member.name
            yield Hit("名单.首次无职务", mention.begin, mention.end, whole)
        seen.add(mention.member.name)


def _great_speeches(text: Text, roster: Roster) -> Iterator[Hit]:
    if _GREAT_SPEECH not in text.text or not roster.members:
        return
    top = min(member.rank for member in roster.members)
    told = {n: m for m in roster.members for n in (m.name, *m.addresses)}
    told |= {post: owners[0] for post, owners in roster.owners.items() if len(owners) == 1}
    pattern = re.compile(trie_pattern(told))
    for match in re.finditer(_GREAT_SPEECH, text.text):
        clause = re.split("[。；！？\r\n]", text.text[max(match.start() - 60, 0) : match.start()])[-1]
        found = [(m.end(), told[m[0]]) for m in pattern.finditer(clause)]
        if not found or any(member.rank <= top for _, member in found):
            continue
        if len(clause) - found[-1][0] <= 25 and not _NOT_OURS.search(clause):
            highest = next(member for member in roster.members if member.rank == top)
            values = {"姓名": found[-1][1].name, "最高": highest.name}
            yield Hit("名单.重要讲话", *match.span(), "讲话", values)
