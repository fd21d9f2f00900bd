"""称谓: how people, places and items are named where the meeting file doesn't say. The words are data."""

from collections.abc import Mapping
from dataclasses import dataclass

from .demands import Grammar
from .meeting import Event, Person

GAP = "【待补：{}】"


@dataclass(frozen=True, slots=True)
class Forms:
    """The words of `corpora/forms.yaml`."""

    own_pronoun: str
    comrade: str
    passed_over: tuple[str, ...]
    """Posts that nobody is addressed by who has another one, such as 常委."""
    heads: tuple[str, ...]
    """Titles whose deputies stand above the head of an office: 副县长、公安局局长 is a 县长."""
    committees: tuple[str, ...]
    """What follows 县 in 县委书记: the committee takes the last character of the unit as its own."""
    titles: tuple[str, ...]
    """Short titles, the longest first."""
    compound_surnames: frozenset[str]
    regions: Mapping[str, tuple[str, str]]
    """Level -> (我县, 全县)."""
    unsaid: Mapping[str, tuple[str, ...]]
    """Level -> words that nobody there says of his own people: 各级, 基层 in a town."""
    tones: Mapping[str, str]
    """Kind of meeting -> the tone of its documents where the file names none."""
    grammar: Grammar
    """The words by which demands are read."""
    word_lists: Mapping[str, tuple[str, ...]]
    """Name -> words that conditions ask for by it: 可量 is 率, 不少于 and the like."""
    item_names: Mapping[str, str]
    document_items: Mapping[str, tuple[str, str]]
    """Kind of item -> its name where the file names the document, with a place for that; 责任书 for short."""
    gaps: Mapping[str, str]
    roles: Mapping[str, str]
    topic_tail: str
    """What phrases put behind a topic."""
    without_subject: tuple[str, ...]
    """What a significance opens with that has no subject: 是, 关系."""
    subject: str
    """What it gets for one, with a place for the topic."""
    whole: tuple[str, ...]
    """What is in an occasion that is told as a sentence: 是, 召开."""
    meeting_is: str
    """What is put before one that only names what kind of meeting it is: 这次会议是."""
    also_is: str
    """What is put before another one: 也是."""
    ceremony_is: str

    def bare_topic(self, topic: str) -> str:
        """Return a topic without the 工作 that phrases put behind it themselves."""
        return topic.removesuffix(self.topic_tail) or topic

    def significance(self, text: str, topic: str) -> str:
        """Return what the file says of the significance as a whole sentence, with a subject."""
        if not topic or not text.startswith(self.without_subject):
            return text
        # Replaced, not formatted: what stands between braces in a user's own file is no code.
        return self.subject.replace("{主题}", self.bare_topic(topic)) + text

    def occasion(self, text: str, before: str) -> str:
        """Return what the file says of the occasion with what goes before where it is no sentence yet."""
        return text if any(word in text for word in self.whole) else before + text

    def document_item(self, kind: str, document: str) -> str:
        """Return what an item is called after its document; empty where it is not called after one."""
        name, _ = self.document_items.get(kind, ("", ""))
        return name.replace("{文书}", document) if document else ""

    def gap(self, what: str) -> str:
        """Return the mark for something the data lacks and the text can't do without."""
        return GAP.format(self.gaps.get(what, what))

    def tone(self, event: Event) -> str:
        """Return the tone of a meeting: what the file says, else what its kind is used to; may be empty."""
        return event.tone or self.tones.get(event.kind, "")

    def region(self, event: Event) -> tuple[str, str]:
        """Return 我县 and 全县, each empty where neither file nor level tells."""
        own, whole = self.regions.get(event.level, ("", ""))
        return event.region.own or own, event.region.whole or whole

    def full(self, person: Person, unit: str = "") -> str:
        """Return post and name, as at the first mention: 县委副书记、县长王志强."""
        post = self._post(person.unit or unit, person.post)
        return post + (person.name or GAP.format(f"{post or person.key}{self.gaps['姓名']}"))

    def _post(self, unit: str, post: str) -> str:
        if post.startswith(unit):
            return post
        # 云山县 and 县委书记 are 云山县委书记, but 云山县 and 县长 are 云山县县长.
        shared = bool(unit) and post[:1] == unit[-1] and post[1:].startswith(self.committees)
        return unit + (post[1:] if shared else post)

    def short(self, person: Person, *, shared: bool = False) -> str:
        """Return how one is addressed from the second mention on: 王县长, or 王强县长 where it is shared."""
        if person.address:
            return person.address
        if not person.name:
            return person.post or self.full(person)
        title = self._short_title(person.post)
        called = self._surname(person.name) if title and not shared else person.name
        return called + (title or self.comrade)

    def _surname(self, name: str) -> str:
        return name[:2] if name[:2] in self.compound_surnames and len(name) > 2 else name[:1]

    def _short_title(self, post: str) -> str:
        # 县委副书记、县长 is addressed by the post held in full, 县委常委、副县长 by the one that is a post.
        # 副县长、公安局局长 by the one that stands higher.
        posts = [part for part in post.replace("，", "、").split("、") if part]
        ranked = sorted(posts, key=self._rank)
        return next((title for part in ranked for title in self.titles if part.endswith(title)), "")

    def _rank(self, post: str) -> tuple[bool, bool, bool]:
        """Return what sorts the posts of one person, the highest first."""
        return post.endswith(self.passed_over), not post.endswith(self.heads), "副" in post
