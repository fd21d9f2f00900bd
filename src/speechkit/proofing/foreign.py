"""What is left of another place's text, or of another year's: names of places, years, phrases of the day."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..resources import resource_folder
from ..segmentation import tagged_words
from ..yamlfile import load_yaml
from .findings import Hit
from .lexicon import trie_pattern
from .text import Text

if TYPE_CHECKING:
    from ..meeting import Meeting
    from .context import Context

_RANKS = {"省": "省", "市": "市", "县": "县旗", "区": "区", "旗": "县旗", "镇": "镇乡", "乡": "镇乡"}
_OWN = re.compile("我([县区旗])(?![域直级位块分段间])")
_MOST = 4
"""How often a place stands in a text that is about it."""
_AROUND = 8
_SINCE = re.compile("以来|之后|上$")


def check_foreign(text: Text, context: "Context") -> Iterator[Hit]:
    """Yield places and years that belong to another text."""
    if context.meeting is not None:
        yield from _of_elsewhere(text, context.meeting)
        yield from _of_other_years(text, context.meeting)
    yield from _mixed_in(text)
    yield from _mixed_selves(text)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml(resource_folder("templates") / "proofing" / "foreign.yaml").data
    return data


@lru_cache(maxsize=8)
def _words(key: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in _data()[key].split("、") if word.strip())


def _places(text: str, suffixes: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a place of two characters and a suffix."""
    # The suffix is found first: it is what is rare.
    for found in re.finditer(f"[{suffixes}](?![级域直长乡镇份处])", text):
        match = _shape().match(text, max(found.start() - 2, 0), found.end())
        if match and match.end() == found.end() and not match[1].endswith(_words("泛称")):
            yield match


@lru_cache(maxsize=1024)
def _is_place(name: str) -> bool:
    """Whether the dictionary takes it for a place or a name: 支持县 of 支持县委 is none."""
    (word, tag), *rest = tagged_words(name)
    return not rest or (word == name[:-1] and tag.startswith(("ns", "nr", "nz")))


@lru_cache(maxsize=1)
def _shape() -> re.Pattern[str]:
    never = "".join(_words("非地名字"))
    return re.compile(f"((?![{never}])[一-龥](?![{never}])[一-龥])[省市县区旗镇乡]")


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    return re.compile("|".join(_words("参照")))


def _of_elsewhere(text: Text, meeting: "Meeting") -> Iterator[Hit]:
    region = meeting.event.region.name
    if not region or region[-1] not in _RANKS:
        return
    known = meeting.model_dump_json()
    if region[-1] in "县旗":
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for match in _places(text.text, _RANKS[region[-1]]):
            around = text.text[max(match.start() - _AROUND, 0) : match.end() + _AROUND]
            if (
                match[0] not in known
                and match[1] not in known
                and not _reference().search(around)
                and _is_place(match[0])
            ):
                found[match[0]].append(match.span())
        for name, places in found.items():
            # 商南 without 县 is as foreign once 商南县 stands in the text.
            short = [m.span() for m in re.finditer(re.escape(name[:-1]) + f"(?!{name[-1]})", text.text)]
            others = sorted({*places[1:], *short})
            yield Hit("外地.地名", *places[0], None, {"地区": region}, tuple(others))
    yield from _other_self(text, region)


def _other_self(text: Text, region: str) -> Iterator[Hit]:
    """Yield 我区 and 区委、区政府 in a county and the other way round."""
    others = {"县": "区", "区": "县", "旗": "县", "镇": "乡", "乡": "镇"}.get(region[-1], "")
    if not others:
        return
    pattern = f"我{others}(?![域直级位块分段间])|(?<![一-龥]){others}委、(?:{others}政府)?"
    places = [match.span() for match in re.finditer(pattern, text.text)]
    if places:
        yield Hit("外地.自称", *places[0], None, {"地区": region}, tuple(places[1:]))


def _of_other_years(text: Text, meeting: "Meeting") -> Iterator[Hit]:
    when = meeting.when()
    if when is None:
        return
    known = meeting.model_dump_json()
    for match in _years().finditer(text.text):
        year = match[1] or match[2] or match[3]
        if abs(int(year) - when.year) > 1 and f"{year}" not in known:
            before = text.text[max(match.start() - 2, 0) : match.start()]
            is_past = before.endswith(("自", "从", "于")) or "召开" in match[0]
            if not is_past and not _SINCE.match(text.text, match.end()):
                yield Hit("外地.年份", *match.span(), None, {"年": str(when.year)})
    yield from _old_phrases(text, when.year)


def _old_phrases(text: Text, year: int) -> Iterator[Hit]:
    last = {entry["词"]: int(entry["止"]) for entry in _data()["往年提法"]}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _phrases().finditer(text.text):
        listed = "重要思想" in text.text[max(match.start() - 12, 0) : match.start()]
        if year > last[match[0]] + 1 and not listed:
            found[match[0]].append(match.span())
    for phrase, places in found.items():
        yield Hit("外地.往年提法", *places[0], None, {"年": str(last[phrase])}, tuple(places[1:]))


@lru_cache(maxsize=1)
def _years() -> re.Pattern[str]:
    nouns = "|".join(sorted(_words("当年的事"), key=len, reverse=True))
    year = r"(?<!\d)((?:19|20)\d\d)"
    return re.compile(
        rf"{year}(?:年度?)?(?![\d年月]|\s*[—～至-])[一-龥“”]{{0,14}}?(?:{nouns})"
        rf"|今年（((?:19|20)\d\d)年）|^[（(]((?:19|20)\d\d)年\s*\d{{0,2}}\s*月",
        re.MULTILINE,
    )


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    return re.compile(trie_pattern(entry["词"] for entry in _data()["往年提法"]))


def _mixed_in(text: Text) -> Iterator[Hit]:
    """Yield a county that a text about another county takes for its own."""
    places = list(_places(text.text, "县旗"))
    counts = Counter(match[0] for match in places)
    if len(counts) < 2:
        return
    (home, times), (_, second) = counts.most_common(2)
    if times < _MOST or second * 3 > times or not _is_place(home):
        return
    for match in places:
        if counts[match[0]] == 1 and _is_at_home(text.text, match) and _is_place(match[0]):
            yield Hit("地名.混入", *match.span(), None, {"本地": home, "次": str(times)})


def _is_at_home(text: str, match: re.Match[str]) -> bool:
    """Whether a place is called our own, or its committee decides."""
    return text.endswith(("我们", "咱们"), 0, match.start()) or bool(
        re.compile("委、[县旗]政府|委、[一-龥]{2}[县旗]政府|委决定").match(text, match.end())
    )


def _mixed_selves(text: Text) -> Iterator[Hit]:
    """Yield 我区 in a text that says 我县 throughout, and the other way round."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _OWN.finditer(text.text):
        found[match[0]].append(match.span())
    if len(found) < 2:
        return
    (own, places), *rest = sorted(found.items(), key=lambda entry: -len(entry[1]))
    for _, others in rest:
        if len(places) >= 3 and len(others) * 3 <= len(places):
            values = {"本地": own, "次": str(len(places))}
            yield Hit("地名.自称混写", *others[0], None, values, tuple(others[1:]))
