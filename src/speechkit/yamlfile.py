"""YAML files as trees of plain text, with the line of every key: for meetings, corpora, outlines, layouts.

Safe by construction: events are read from the parser and nothing is ever constructed from a tag. Every scalar
stays text, so that 9:00, 是, 2026-08-20 and 0012 mean what the writer wrote.
"""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .diagnostics import Diagnostic
from .errors import SpeechkitError

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
MAX_ALIASED_NODES = 100_000
"""How many nodes all aliases of one file may stand for together: a billion laughs needs a billion."""

Key = str | int
Path_ = tuple[Key, ...]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class YamlError(SpeechkitError):
    """A file that cannot be read as YAML; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The tree of one YAML file: dicts, lists, str, and None where a value was left empty."""

    path: str
    """The path as the user gave it."""
    data: Any
    _lines: dict[int, tuple[int, dict[Key, int]]] = field(repr=False)
    """For the id of each dict and list in `data`: its first line, and the lines of its keys or items."""

    def line(self, path: Path_ = ()) -> int:
        """Return the line, from 1, of the key or item at a path, or of its nearest known ancestor."""
        line, node = self._lines.get(id(self.data), (1, {}))[0], self.data
        for key in path:
            known = self._lines.get(id(node), (1, {}))[1]
            if key not in known:
                break
            line, node = known[key], node[key]
        return line

    def error(self, message: str, path: Path_ = ()) -> YamlError:
        """Return the error to raise for what stands at a path."""
        return YamlError(Diagnostic(message, file=self.path, line=self.line(path)))


def load_yaml(path: str | os.PathLike[str], until: Sequence[str] = ()) -> YamlFile:
    """Return the tree of a YAML file in UTF-8, UTF-16 (with its mark) or GB18030.

    What stands from the first of the keys `until` of the first level on is not read, nor are its mistakes
    found.

    Raises YamlError for a file that cannot be opened, is empty, too large, not text, not YAML, or that uses
    what a data file has no need of: duplicate keys, tags, several documents, deep nesting, alias bombs.
    """
    name = os.fspath(path)
    return parse_yaml(_decoded(_bytes(name), name), name, until)


def parse_yaml(text: str, name: str = "", until: Sequence[str] = ()) -> YamlFile:
    """Return the tree of a YAML text; `name` is the file that errors are to name. Raises YamlError.

    `until` as for `load_yaml`.
    """
    if until:
        text = re.split(f"^(?:{'|'.join(until)}):", text, maxsplit=1, flags=re.MULTILINE)[0]
    bad = _UNWRITABLE.search(text)
    if bad:
        raise _at(name, text, bad.start(), _unwritable(bad[0]))
    tree = _Tree(name)
    try:
        data = tree.read(_LOADER(text))
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, name, text) from None
    except yaml.YAMLError:
        raise YamlError(Diagnostic("不是能读懂的YAML文件", file=name)) from None
    if not tree.lines and data is None:
        raise YamlError(Diagnostic("文件里没有内容（空的，或者只有注释）", file=name))
    return YamlFile(name, data, tree.lines)


def _bytes(name: str) -> bytes:
    try:
        path = Path(name)
        if path.is_dir():
            raise YamlError(Diagnostic("这是一个文件夹，要的是YAML文件", file=name))
        if not path.exists():
            raise YamlError(Diagnostic("没有这个文件，请检查路径和文件名", file=name))
        if not path.is_file():
            raise YamlError(Diagnostic("这不是普通文件，要的是YAML文件", file=name))
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise YamlError(
                Diagnostic(f"文件太大（{size / 1e6:.1f}MB），不能超过{MAX_BYTES / 1e6:.0f}MB", file=name)
            )
        return path.read_bytes()
    except PermissionError:
        raise YamlError(Diagnostic("没有权限读这个文件", file=name)) from None
    except (OSError, ValueError):
        raise YamlError(Diagnostic("打不开这个文件，请检查路径和文件名", file=name)) from None


def _decoded(raw: bytes, name: str) -> str:
    first = "utf-16" if raw.startswith(_UTF16_MARKS) else "utf-8-sig"
    try:
        return raw.decode(first)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        if first == "utf-8-sig" and not _nearly_utf8(raw):
            return raw.decode("gb18030")
    except UnicodeDecodeError:
        pass
    advice = "这里有损坏的字节，或文件不是文本；请用UTF-8编码重新保存"
    raise YamlError(Diagnostic(advice, file=name, line=line))


def _nearly_utf8(raw: bytes) -> bool:
    """Return whether so little is wrong with these bytes as UTF-8 that they are UTF-8, damaged.

    GB18030 gives a meaning to nearly all bytes; without this a single broken byte would turn the whole file
    into garbage that reads as valid.
    """
    text = raw.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < sum(char > "\x7f" for char in text)


def _unwritable(char: str) -> str:
    if char == "\0":
        return "含有NUL字符，不是文本文件；请用UTF-8编码另存为文本"
    return f"含有看不见的控制字符U+{ord(char):04X}，请删去后重打这一处"


def _at(name: str, text: str, offset: int, message: str) -> YamlError:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return YamlError(Diagnostic(f"第{column}列：{message}", file=name, line=line))


@dataclass(slots=True)
class _Frame:
    """A dict or list that is still being read."""

    node: Any
    lines: dict[Key, int]
    anchor: str | None
    size: int = 1
    key: str | None = None


class _Tree:
    """Builds the tree from the parser's events, with a stack of its own: no input can exhaust Python's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[int, tuple[int, dict[Key, int]]] = {}
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._aliased = 0
        self._root: Any = None
        self._documents = 0

    def read(self, loader: Any) -> Any:
        """Return the root of the one document that the loader's events describe."""
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: self._pass,
            yaml.StreamStartEvent: self._pass,
        }
        next_event = loader.get_event
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            handlers[kind](event)
        return self._root

    def _pass(self, event: Any) -> None:
        """Take no notice of an event that says nothing of the content."""

    def _fail(self, event: Any, message: str) -> YamlError:
        return YamlError(Diagnostic(message, file=self.name, line=event.start_mark.line + 1))

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._fail(event, "一个文件里只能有一份内容，请删去“---”，或者分成几个文件")

    def _scalar(self, event: Any) -> None:
        if event.tag is not None:
            raise self._fail(event, f"不支持标签“{event.tag}”，请删去；要原样写出感叹号就给整句加引号")
        value = event.value
        if len(value) < 5 and event.implicit[0] and value in _NULLS:
            value = None
        if event.anchor:
            self._anchors[event.anchor] = (value, 1 + len(event.value) // 100)
        self._put(value, event, 1)

    def _open(self, event: Any) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag is not None:
            raise self._fail(event, f"不支持标签“{event.tag}”，请删去")
        if len(self._stack) >= MAX_DEPTH:
            raise self._fail(event, f"嵌套太深，不能超过{MAX_DEPTH}层")
        if self._stack and isinstance(self._stack[-1].node, dict) and self._stack[-1].key is None:
            raise self._fail(event, "键应当是一行文字；以“{”或“[”开头的文要整句加引号")
        frame = _Frame({} if mapping else [], {}, event.anchor)
        self._put(frame.node, event, 0)
        self.lines[id(frame.node)] = (event.start_mark.line + 1, frame.lines)
        self._stack.append(frame)

    def _close(self, _event: Any) -> None:
        frame = self._stack.pop()
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.node, frame.size)
        if self._stack:
            self._stack[-1].size += frame.size

    def _alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            advice = "要原样写出星号就给整句加引号"
            raise self._fail(event, f"“*{event.anchor}”前面没有定义“&{event.anchor}”；{advice}")
        value, size = self._anchors[event.anchor]
        self._aliased += size
        if self._aliased > MAX_ALIASED_NODES:
            raise self._fail(event, "别名（*）展开后太大，请把内容直接写出来")
        self._put(value, event, size)

    def _put(self, value: Any, event: Any, size: int) -> None:
        if not self._stack:
            self._root = value
            return
        frame = self._stack[-1]
        frame.size += size
        node = frame.node
        if type(node) is list:
            frame.lines[len(node)] = event.start_mark.line + 1
            node.append(value)
        elif frame.key is None:
            self._key(frame, value, event)
        else:
            node[frame.key] = value
            frame.key = None

    def _key(self, frame: _Frame, value: Any, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            raise self._fail(event, "键不能用别名（*），请直接写出来")
        key = "" if value is None else value
        if key in frame.lines:
            raise self._fail(event, f"键“{key}”重复：第{frame.lines[key]}行已经写过，请合并或删去一处")
        frame.key = key
        frame.lines[key] = event.start_mark.line + 1


_PROBLEMS = (
    ("nesting depth", f"嵌套太深，不能超过{MAX_DEPTH}层"),
    ("could not find expected ':'", "这里少了“: ”（半角冒号加空格），或者上一行没有对齐"),
    ("mapping values are not allowed", "这里不能再有“: ”：文里有半角冒号时，整句要加引号；否则检查缩进"),
    ("found unexpected end of stream", "引号没有收尾"),
    ("unexpected document indicator", "引号里不能有单独的“---”或“...”"),
    ("unknown escape character", "双引号里“\\”后面的写法不对；请改用单引号"),
    ("expected ',' or ']'", "方括号没有配对，或者各项之间少了半角逗号"),
    ("expected ',' or '}'", "花括号没有配对，或者各项之间少了半角逗号；以“{”开头的文要整句加引号"),
    ("expected '-' indicator", "缩进不对：列表的各项都要以“- ”开头，左边对齐"),
    ("expected key", "缩进或标点不对：同一层的键要左边对齐；引号、花括号收尾以后不能再有字"),
    ("cannot start any token", "一句话不能以这个字符开头，请给整句加引号"),
    ("comment or line break", "“|”“>”后面不能有字；以它开头的文要整句加引号"),
    ("block sequence entries are not allowed", "列表“- ”要另起一行写，并且缩进对齐"),
    ("node content", "这里少了内容，或者多了一个括号"),
    ("directive", "不能以“%”开头，请给整句加引号"),
    ("expected alphabetic", "“*”“&”后面要有名字；要原样写出就给整句加引号"),
    ("tag", "“!”开头的文要整句加引号"),
    ("expected <document start>", "这里的缩进不对，或者顶层多了内容"),
)
_NOTICED_LATE = ("end of stream", "expected ':'", "expected ',' or")
"""Problems of something left open: where it was opened helps more than where that came to light."""
_TAB = re.compile(r"[ ]*\t")
_WIDE_COLON = re.compile(r"\s*(?:- +)?[^\s:：\"'#\-]{1,12}：")
_NARROW_COLON = re.compile(r"\s*(?:- +)?[^\x00-\x7f：]{1,8}:(?=[^\s:])")


def _syntax_error(error: yaml.MarkedYAMLError, name: str, text: str) -> YamlError:
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(part in problem for part in _NOTICED_LATE):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    # A key without its colon, or with the wrong one, is noticed only at the colon of the next line.
    suspects = (line, line - 1) if "mapping values" in problem or "expected ':'" in problem else (line,)
    found = _common_mistake(re.split("\r\n|\r|\n", text), suspects)
    if found:
        return YamlError(Diagnostic(found[1], file=name, line=found[0] + 1))
    says = next((chinese for english, chinese in _PROBLEMS if english in problem), "这里不合YAML的写法")
    return YamlError(Diagnostic(f"第{column + 1}列：{says}", file=name, line=line + 1))


def _common_mistake(rows: list[str], suspects: tuple[int, ...]) -> tuple[int, str] | None:
    """Return line (from 0) and advice for the first of some lines that has a mistake many make."""
    for number in suspects:
        row = rows[number] if 0 <= number < len(rows) else ""
        if _TAB.match(row):
            return number, "YAML缩进不能用Tab，请把行首的Tab换成空格"
        if _WIDE_COLON.match(row):
            return number, "键的后面要用半角冒号加空格“: ”，不能用全角冒号“：”"
        if _NARROW_COLON.match(row):
            return number, "键的冒号后面要有一个空格"
    return None
