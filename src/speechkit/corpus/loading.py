"""Corpora read from YAML files, checked, and put together: a user's own over the bundled ones."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..demands import Grammar
from ..diagnostics import Diagnostic
from ..filters import TemplateError
from ..forms import Forms
from ..resources import resource_folder
from ..yamlfile import YamlError, YamlFile, load_yaml
from .model import GENERAL, LEVELS, TONES, Corpus, CorpusError, HeadingSet, Phrase, Place, Topics, Use

FORMS_FILE = "forms.yaml"
_PHRASES = "短语"
_FILE_KEYS = ("题材", "识别", "细目", _PHRASES, "标题组")
_AFTER_TOPIC = ("细目", _PHRASES, "标题组")
"""What the bundled files say after their topic and its words."""
_PHRASE_KEYS = ("文", "题材", "语气", "层级", "条件", "旨", "可重复")
_NO_TOPIC = "无"
_GRAMMAR = {
    "actors": "主语",
    "manners": "谓语",
    "attributes": "定语",
    "settings": "状语",
    "names": "名称",
    "causatives": "使令",
    "modals": "情态",
    "objects": "宾语",
    "deeds": "办成",
    "indicators": "指标",
    "done": "已办",
    "sanctions": "奖惩",
}
_SHAPES: dict[type[Any], str] = {dict: "若干行“键: 值”", list: "列表", str: "一个词"}


def load_corpus(folders: Iterable[Path] = (), wanted: Callable[[Topics], str] | None = None) -> Corpus:
    """Return the bundled corpora, extended and overridden by those in `folders` (later folders win).

    `wanted` names, out of all topics and their words, the one that is wanted: of the bundled files of the
    others nothing but these words is read. Raises `CorpusError` with everything that is wrong in any file.
    The templates in `folders` are compiled to see whether they can be; those of the bundled corpora are taken
    on trust, for speed.
    """
    return _Loader().load(resource_folder("corpora"), tuple(folders), wanted)


class _Loader:
    def __init__(self) -> None:
        self.phrases: dict[str, Phrase] = {}
        self.heading_sets: dict[str, HeadingSet] = {}
        self.topics: dict[str, tuple[str, ...]] = {}
        self.details: dict[str, tuple[tuple[str, ...], ...]] = {}
        self.forms: dict[str, Any] = {}
        self.wrong: list[Diagnostic] = []

    def load(
        self, bundled: Path, folders: Sequence[Path], wanted: Callable[[Topics], str] | None = None
    ) -> Corpus:
        spared = self._spared(bundled, folders, wanted) if wanted else {}
        for folder in (bundled, *folders):
            for path in sorted(folder.rglob("*.yaml")):
                if path in spared:
                    self._topic(spared[path], spared[path].data)
                else:
                    self._file(path)
        entries: list[Phrase | HeadingSet] = [*self.phrases.values(), *self.heading_sets.values()]
        trusted = str(bundled)
        for entry in entries:
            if not entry.place.file.startswith(trusted):
                self._check_templates(entry)
        forms = self._forms()
        if self.wrong:
            raise CorpusError(self.wrong)
        return Corpus(
            _grouped(self.phrases, "slot"),
            _grouped(self.heading_sets, "family"),
            self.topics,
            forms,
            self.details,
        )

    def _spared(
        self, bundled: Path, folders: Sequence[Path], wanted: Callable[[Topics], str]
    ) -> dict[Path, YamlFile]:
        """Return the heads of the bundled files whose topic is not wanted."""
        heads = {path: _head(path, _AFTER_TOPIC) for path in bundled.rglob("*.yaml")}
        heads |= {path: _head(path, (_PHRASES,)) for folder in folders for path in folder.rglob("*.yaml")}
        known = _Loader()
        topics = {path: known._topic(head, head.data) for path, head in heads.items() if head}
        name = wanted(known.topics)
        return {
            path: head
            for path, head in heads.items()
            if head and path.is_relative_to(bundled) and topics[path] not in ("", name)
        }

    def _file(self, path: Path) -> None:
        try:
            file = load_yaml(path)
        except YamlError as error:
            self.wrong.append(error.diagnostic)
            return
        if not isinstance(file.data, dict):
            self._say(file, (), "语料文件最外层应当是“短语:”或“标题组:”")
        elif path.name == FORMS_FILE:
            self._merge_forms(file, (), self.forms, file.data)
        else:
            self._entries(file, file.data)

    def _entries(self, file: YamlFile, data: dict[str, Any]) -> None:
        self._known_keys(file, (), data, _FILE_KEYS)
        topic = self._topic(file, data)
        self.details[topic] = (*self.details.get(topic, ()), *self._details(file, data))
        for slot, number, entry in self._numbered(file, data, _PHRASES):
            phrase = self._phrase(file, topic, slot, number, entry)
            if phrase:
                self.phrases[phrase.id] = phrase
        for family, number, entry in self._numbered(file, data, "标题组"):
            heading_set = self._heading_set(file, topic, family, number, entry)
            if heading_set:
                self.heading_sets[heading_set.id] = heading_set

    def _topic(self, file: YamlFile, data: dict[str, Any]) -> str:
        topic, words = data.get("题材") or "", data.get("识别") or []
        if (
            not isinstance(topic, str)
            or not isinstance(words, list)
            or not all(isinstance(w, str) for w in words)
        ):
            self._say(file, ("题材",), "“题材”应当是一个词，“识别”应当是词的列表")
            return ""
        if topic:
            self.topics[topic] = (*self.topics.get(topic, ()), topic, *words)
        return topic

    def _details(self, file: YamlFile, data: dict[str, Any]) -> Iterator[tuple[str, ...]]:
        details = data.get("细目") or {}
        if not isinstance(details, dict):
            self._say(file, ("细目",), "“细目”下面应当是“名称: [词, …]”，一行一个")
            return
        for name, words in details.items():
            if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
                self._say(file, ("细目", name), f"“{name}”后面应当是词的列表，如[河, 水源, 污水]")
            else:
                yield tuple(words)

    def _numbered(self, file: YamlFile, data: dict[str, Any], key: str) -> Iterator[tuple[str, str, Any]]:
        groups = data.get(key) or {}
        if not isinstance(groups, dict):
            self._say(file, (key,), f"“{key}”下面应当是“槽名: 编号: 文”")
            return
        for name, entries in groups.items():
            if not isinstance(entries, dict):
                self._say(file, (key, name), "槽名下面应当是“编号: 文”，每条一个编号")
                continue
            yield from ((name, number, entry) for number, entry in entries.items())

    def _phrase(self, file: YamlFile, topic: str, slot: str, number: str, entry: Any) -> Phrase | None:
        path = (_PHRASES, slot, number)
        fields = {"文": entry} if isinstance(entry, str) else entry
        if not isinstance(fields, dict) or not isinstance(fields.get("文"), str):
            self._say(file, path, "短语应当是一句文，或者带“文:”的一组键")
            return None
        self._known_keys(file, path, fields, _PHRASE_KEYS)
        return Phrase(
            f"{slot}/{topic or GENERAL}/{number}",
            slot,
            fields["文"],
            self._use(file, path, topic, fields),
            fields.get("可重复") == "是",
            Place(file.path, file.line(path)),
            self._thoughts(file, path, fields),
        )

    def _heading_set(
        self, file: YamlFile, topic: str, family: str, number: str, entry: Any
    ) -> HeadingSet | None:
        path = ("标题组", family, number)
        fields = entry if isinstance(entry, dict) else {}
        headings = {role: text for role, text in fields.items() if role not in _PHRASE_KEYS}
        if not headings or not all(isinstance(text, str) for text in headings.values()):
            self._say(file, path, "标题组应当写成“角色: 标题”，一行一个")
            return None
        use = self._use(file, path, topic, fields)
        place = Place(file.path, file.line(path))
        return HeadingSet(f"{family}/{topic or GENERAL}/{number}", family, headings, use, place)

    def _check_templates(self, entry: Phrase | HeadingSet) -> None:
        from ..sandbox import compile_condition, compile_template  # only a user's own corpora are checked

        try:
            for text in entry.texts:
                compile_template(text)
            if entry.use.condition:
                compile_condition(entry.use.condition)
        except TemplateError as error:
            place = entry.place
            self.wrong.append(Diagnostic(f"“{entry.id}”：{error}", file=place.file, line=place.line))

    def _use(self, file: YamlFile, path: tuple[str, ...], topic: str, fields: dict[str, Any]) -> Use:
        tones = self._choices(file, path, fields, "语气", TONES)
        levels = self._choices(file, path, fields, "层级", LEVELS)
        condition = fields.get("条件") or ""
        if not isinstance(condition, str):
            self._say(file, (*path, "条件"), "“条件”应当是一个式子，如“讲话.任务|length > 2”")
            condition = ""
        untopical = bool(self._choices(file, path, fields, "题材", (_NO_TOPIC,)))
        return Use(topic, tones, levels, condition, untopical)

    def _choices(
        self,
        file: YamlFile,
        path: tuple[str, ...],
        fields: dict[str, Any],
        key: str,
        allowed: tuple[str, ...],
    ) -> tuple[str, ...]:
        value = fields.get(key)
        if not value:
            return ()
        chosen = [value] if isinstance(value, str) else value
        if not isinstance(chosen, list) or any(item not in allowed for item in chosen):
            self._say(file, (*path, key), f"“{key}”只能是{'、'.join(allowed)}")
            return ()
        return tuple(chosen)

    def _thoughts(self, file: YamlFile, path: tuple[str, ...], fields: dict[str, Any]) -> tuple[str, ...]:
        value = fields.get("旨")
        if not value:
            return ()
        thoughts = [value] if isinstance(value, str) else value
        if not isinstance(thoughts, list) or not all(isinstance(thought, str) for thought in thoughts):
            self._say(file, (*path, "旨"), "“旨”应当是一个词，或者词的列表，如[投入, 长短]")
            return ()
        return tuple(thoughts)

    def _known_keys(
        self, file: YamlFile, path: tuple[str, ...], data: dict[str, Any], known: tuple[str, ...]
    ) -> None:
        for key in data:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1, cutoff=0.3)
                advice = f"，是不是“{near[0]}”" if near else f"，可用的有{'、'.join(known)}"
                self._say(file, (*path, key), f"没有“{key}”这个键{advice}")

    def _say(self, file: YamlFile, path: tuple[str, ...], message: str) -> None:
        self.wrong.append(Diagnostic(message, file=file.path, line=file.line(path), key=".".join(path)))

    def _merge_forms(
        self, file: YamlFile, path: tuple[str, ...], into: dict[str, Any], more: dict[str, Any]
    ) -> None:
        """Put what a user says of forms over what is there; lists and words replace, mappings extend."""
        for key, value in more.items():
            known = into.get(key)
            if known is not None and type(value) is not type(known):
                self._say(
                    file, (*path, key), f"“{key}”应当是{_SHAPES[type(known)]}，写法见自带的{FORMS_FILE}"
                )
            elif isinstance(value, dict) and known is not None:
                self._merge_forms(file, (*path, key), known, value)
            else:
                into[key] = value

    def _forms(self) -> Forms:
        """Return the forms; called last, since without them all that is wrong has to be told at once."""
        try:
            address = self.forms["称谓"]
            return Forms(
                own_pronoun=address["自称"],
                comrade=address["无职务"],
                passed_over=tuple(address["略去"]),
                heads=tuple(address["首长"]),
                committees=tuple(address["委员会"]),
                titles=tuple(sorted(address["职务"], key=len, reverse=True)),
                compound_surnames=frozenset(address["复姓"]),
                regions={level: (form["自称"], form["全域"]) for level, form in self.forms["层级"].items()},
                unsaid={
                    level: _words("不说", form.get("不说", [])) for level, form in self.forms["层级"].items()
                },
                tones=self.forms["语气"],
                grammar=Grammar(
                    verbs=tuple(self.forms["动词"]),
                    **{name: tuple(self.forms["句法"][key]) for name, key in _GRAMMAR.items()},
                ),
                word_lists={name: _words(name, words) for name, words in self.forms["词表"].items()},
                item_names=self.forms["项名"],
                document_items={
                    kind: (form["名称"], form["简称"]) for kind, form in self.forms["有文书"].items()
                },
                gaps=self.forms["缺项"],
                roles=self.forms["角色"],
                topic_tail=address["主题尾"],
                without_subject=tuple(self.forms["意义"]["开头"]),
                subject=self.forms["意义"]["主语"],
                whole=tuple(self.forms["场合"]["整句"]),
                meeting_is=self.forms["场合"]["主语"],
                also_is=self.forms["场合"]["又"],
                ceremony_is=self.forms["场合"]["仪式"],
            )
        except (KeyError, TypeError, AttributeError) as error:
            self.wrong.append(Diagnostic(f"称谓与默认说法不全或写法不对：{error}", file=FORMS_FILE))
            raise CorpusError(self.wrong) from None


def _head(path: Path, until: Sequence[str]) -> YamlFile | None:
    """Return what a file says before some keys; None where that can't be read or is nothing."""
    try:
        head = load_yaml(path, until)
    except YamlError:
        return None
    return head if isinstance(head.data, dict) else None


def _words(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise TypeError(f"“{name}”应当是词的列表，如[涨水, 暴雨]")
    return tuple(value)


def _grouped(entries: Mapping[str, Any], key: str) -> dict[str, tuple[Any, ...]]:
    groups: dict[str, list[Any]] = {}
    for entry in entries.values():
        groups.setdefault(getattr(entry, key), []).append(entry)
    return {name: tuple(members) for name, members in groups.items()}
