"""大纲: what comes after what in a genre, loaded from templates/outlines/."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from .errors import SpeechkitError
from .resources import resource_folder
from .yamlfile import YamlFile, load_yaml

SOURCES = ("讲话", "会议", "汇报")
_T = TypeVar("_T")


class OutlineError(SpeechkitError):
    """An outline that can't be used."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for `least` to `most` phrases; the name may hold a template, as in 主持.请.{{项.类型}}."""

    name: str
    least: int = 1
    most: int = 1
    when: str = ""
    clause: bool = False
    """Its phrases are clauses: neighbours are joined by ； and the last one ends with 。"""
    told: tuple[str, ...] = ()
    """Variables; where other phrases of the section tell them all, nothing need stand here."""
    about: str = ""
    """A variable that holds all that this place is about, where it is less than the data at hand."""
    listed: bool = False
    """Its phrases, two or more, are numbered in one sentence: 一是……；二是……。"""
    apart: bool = False
    """What is numbered are sentences of their own: 一是……。……。二是……。"""
    pertinent: bool = False
    """Only for phrases made for what this place is about: its words, or a detail of its topic."""
    joined: str = ""
    """Its phrase goes on with the sentence before it, after this mark: a comma or a semicolon."""
    topical: bool = False
    """Phrases of the meeting's own topic come before general ones, where both are made for the matter."""


@dataclass(frozen=True, slots=True)
class Each:
    """逐项: the parts once for every element of a list."""

    name: str
    source: str
    when: str
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ParagraphNode:
    """段 or 串词: a paragraph of slots."""

    parts: tuple[Slot | Each, ...]
    call: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class LineNode:
    """称呼 or 提示: a line filled by one slot."""

    kind: str
    slot: Slot
    when: str = ""


@dataclass(frozen=True, slots=True)
class SectionNode:
    """节: a heading and what stands under it; without own words or a family it has no heading."""

    role: str
    level: int
    family: str
    own: str
    when: str
    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PartNode:
    """部件: a named piece of the outline, set in here."""

    name: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """任选: one of the nodes, by lots; inside a loop another one each time, as long as there are others."""

    options: tuple[Any, ...]
    when: str = ""


Node = ParagraphNode | LineNode | SectionNode | PartNode | AnyOf | Each


@dataclass(frozen=True)
class Outline:
    """The outline of a genre."""

    genre: str
    """文种, which also names the files: 讲话稿, 主持词, 汇报材料."""
    source: str
    title: Slot
    date: str
    byline: str
    signatory: str
    body: tuple[Node, ...]
    parts: dict[str, tuple[Node, ...]] = field(default_factory=dict)


def load_outlines(folders: Iterable[Path] = ()) -> tuple[Outline, ...]:
    """Return the bundled outlines, those of the same file name in `folders` in their place, others added.

    Raises `OutlineError` or `YamlError` naming file, line and key.
    """
    files: dict[str, Path] = {}
    for folder in (resource_folder("templates") / "outlines", *folders):
        files.update({path.name: path for path in sorted(folder.glob("*.yaml"))})
    return tuple(_Reader(load_yaml(path)).outline() for path in files.values())


_HEAD = ("文种", "取自", "标题", "日期", "署名", "落款", "正文", "部件")
_NODE_KEYS = {
    "段": ("段", "当"),
    "串词": ("串词", "当"),
    "称呼": ("称呼", "当"),
    "提示": ("提示", "当"),
    "节": ("节", "级", "标题组", "自拟", "当", "正文"),
    "每": ("每", "取自", "当", "正文"),
    "部件": ("部件", "当"),
    "任选": ("任选", "当"),
}
_MARKS = {"pertinent": "切题", "topical": "本题"}
_SLOT_KEYS = ("槽", "当", "说过则免", "所述", "连句", "列举", *_MARKS.values())
_YES = {"": False, "是": True}
_LISTS = {"": (False, False), "是": (True, False), "逐句": (True, True)}
_JOINTS = {"": "", "是": "，", "分号": "；"}
_EACH_KEYS = ("每", "取自", "当", "分句", "各槽")


class _Reader:
    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.parts: frozenset[str] = frozenset()

    def outline(self) -> Outline:
        data = self.file.data
        self._mapping(data, (), _HEAD)
        for key in ("文种", "取自", "标题", "正文"):
            if not data.get(key):
                raise self._error((), f"大纲缺少“{key}”")
        if data["取自"] not in SOURCES:
            raise self._error(("取自",), f"“取自”只能是{'、'.join(SOURCES)}")
        parts = data.get("部件") or {}
        self._mapping(parts, ("部件",), tuple(parts))
        self.parts = frozenset(parts)
        return Outline(
            genre=self._text(data, (), "文种"),
            source=data["取自"],
            title=self._slot(data["标题"], ("标题",)),
            date=self._text(data, (), "日期"),
            byline=self._text(data, (), "署名"),
            signatory=self._text(data, (), "落款"),
            body=self._nodes(data["正文"], ("正文",)),
            parts={name: self._nodes(nodes, ("部件", name)) for name, nodes in parts.items()},
        )

    def _nodes(self, data: Any, path: tuple[str | int, ...]) -> tuple[Node, ...]:
        if not isinstance(data, list):
            raise self._error(path, "这里应当是一个列表，每项以“- ”开头")
        return tuple(self._node(node, (*path, n)) for n, node in enumerate(data))

    def _node(self, data: Any, path: tuple[str | int, ...]) -> Node:
        kind = next((key for key in _NODE_KEYS if isinstance(data, dict) and key in data), None)
        if kind is None:
            raise self._error(path, f"看不懂的一项，每项应当是{'、'.join(_NODE_KEYS)}之一")
        self._mapping(data, path, _NODE_KEYS[kind])
        when = self._text(data, path, "当")
        if kind in ("段", "串词"):
            return ParagraphNode(self._parts(data[kind], (*path, kind)), kind == "串词", when)
        if kind in ("称呼", "提示"):
            return LineNode(kind, self._slot(data[kind], (*path, kind)), when)
        if kind == "部件":
            return self._part_node(data, path, when)
        if kind == "任选":
            return AnyOf(self._nodes(data[kind], (*path, kind)), when)
        body = self._nodes(data.get("正文"), (*path, "正文"))
        if kind == "每":
            return Each(self._text(data, path, "每"), self._text(data, path, "取自"), when, body)
        level = self._text(data, path, "级") or "1"
        if level not in ("1", "2", "3", "4"):
            raise self._error((*path, "级"), "“级”只能是1到4")
        family, own = self._text(data, path, "标题组"), self._text(data, path, "自拟")
        return SectionNode(self._text(data, path, "节"), int(level), family, own, when, body)

    def _part_node(self, data: Any, path: tuple[str | int, ...], when: str) -> PartNode:
        name = self._text(data, path, "部件")
        if name not in self.parts:
            raise self._error((*path, "部件"), f"大纲里没有“{name}”这个部件")
        return PartNode(name, when)

    def _parts(self, data: Any, path: tuple[str | int, ...]) -> tuple[Slot | Each, ...]:
        if not isinstance(data, list):
            raise self._error(path, "段里应当是槽的列表")
        return tuple(self._part(part, (*path, n)) for n, part in enumerate(data))

    def _part(self, data: Any, path: tuple[str | int, ...]) -> Slot | Each:
        if isinstance(data, dict) and "每" in data:
            self._mapping(data, path, _EACH_KEYS)
            name, source, when = (self._text(data, path, key) for key in ("每", "取自", "当"))
            return Each(name, source, when, self._each_parts(data, path))
        if isinstance(data, dict):
            self._mapping(data, path, _SLOT_KEYS)
            slot = self._slot(data.get("槽"), (*path, "槽"), self._text(data, path, "当"))
            told, about = self._texts(data, path, "说过则免"), self._text(data, path, "所述")
            marks: dict[str, Any] = {
                name: self._choice(data, path, key, _YES, "“是”") for name, key in _MARKS.items()
            }
            listed, apart = self._choice(
                data, path, "列举", _LISTS, "“是”（连成一句）或者“逐句”（每一项自成句子）"
            )
            joint = self._choice(data, path, "连句", _JOINTS, "“是”（用逗号接）或者“分号”")
            return replace(slot, told=told, about=about, joined=joint, listed=listed, apart=apart, **marks)
        return self._slot(data, path)

    def _choice(
        self,
        data: dict[str, Any],
        path: tuple[str | int, ...],
        key: str,
        choices: Mapping[str, _T],
        advice: str,
    ) -> _T:
        """Return what is meant by the value of a key that has a few; "" stands for a key that isn't there."""
        value = self._text(data, path, key)
        if value not in choices:
            raise self._error((*path, key), f"“{key}”只能写{advice}，不要就不写")
        return choices[value]

    def _each_parts(self, data: dict[str, Any], path: tuple[str | int, ...]) -> tuple[Slot | Each, ...]:
        if ("分句" in data) == ("各槽" in data):
            raise self._error(path, "段里的“每”应当写“分句”（一个槽）或者“各槽”（几个槽），写一样")
        if "分句" in data:
            return (self._slot(data["分句"], (*path, "分句"), clause=True),)
        parts = self._parts(data["各槽"], (*path, "各槽"))
        if len({(part.listed, part.apart) for part in parts if isinstance(part, Slot)}) > 1:
            raise self._error((*path, "各槽"), "有一处写了“列举”，“各槽”里每一处都要一样写，各项才连得起来")
        return parts

    def _slot(self, data: Any, path: tuple[str | int, ...], when: str = "", clause: bool = False) -> Slot:
        if not isinstance(data, str):
            raise self._error(path, "槽应当写成“槽名”或“槽名 0-2”")
        name, space, span = data.rpartition(" ")
        if not space or "}" in span:  # a blank within a template parts nothing
            return Slot(data, 1, 1, when, clause)
        least, _, most = span.partition("-")
        if not (least.isdigit() and most.isdigit() and int(least) <= int(most)):
            raise self._error(path, f"“{span}”看不懂，句数应当写成“0-2”这样")
        return Slot(name, int(least), int(most), when, clause)

    def _text(self, data: dict[str, Any], path: tuple[str | int, ...], key: str) -> str:
        value = data.get(key) or ""
        if not isinstance(value, str):
            raise self._error((*path, key), f"“{key}”应当是一行文字")
        return value

    def _texts(self, data: dict[str, Any], path: tuple[str | int, ...], key: str) -> tuple[str, ...]:
        value = data.get(key) or []
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self._error((*path, key), f"“{key}”应当是一个词，或者词的列表")
        return tuple(texts)

    def _mapping(self, data: Any, path: tuple[str | int, ...], known: tuple[str, ...]) -> None:
        if not isinstance(data, dict):
            raise self._error(path, "这里应当是“键: 值”")
        for key in data:
            if key not in known:
                raise self._error((*path, key), f"没有“{key}”这个键，可用的有{'、'.join(known)}")

    def _error(self, path: tuple[str | int, ...], message: str) -> OutlineError:
        return OutlineError(str(self.file.error(message, path)))
