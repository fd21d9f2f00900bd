"""Templates of corpora and outlines: Jinja2 in a sandbox, with our filters and nothing else.

Corpora pass from hand to hand, so a template may read the facts it is given and put words around them, no
more: no calls, no arithmetic, no imports, loops no deeper than data is.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .errors import SpeechkitError
from .numerals import chinese_count, chinese_numeral

MAX_TEMPLATE = 4000
MAX_LOOP_DEPTH = 3
# All that a phrase needs. Nothing here can call, keep a value, or make a long text out of a short one.
_ALLOWED = frozenset(
    {
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.Name,
        nodes.Const,
        nodes.Getattr,
        nodes.Getitem,
        nodes.Slice,
        nodes.Filter,
        nodes.If,
        nodes.For,
        nodes.CondExpr,
        nodes.Compare,
        nodes.Operand,
        nodes.Not,
        nodes.And,
        nodes.Or,
        nodes.Neg,
        nodes.List,
        nodes.Add,
        nodes.Concat,
    }
)
_NAMES = r"[^\W\d_]\w*(?:\[(?:0|-1)\])?(?:\.[^\W\d_]\w*(?:\[(?:0|-1)\])?)*"
_STEP = re.compile(r"\[(-?\d)\]|([^.\[]+)")
_FIELD = re.compile(rf"\{{\{{\s*({_NAMES})\s*((?:\|\s*[^\W\d_]\w*\s*)*)\}}\}}")
_WORD = r""""[^"\\{}%]*\""""
_WORDS = rf"{_WORD}(?:, ?{_WORD})*"
_ATOM = re.compile(
    rf"(?P<no>not )?(?P<path>{_NAMES})"
    rf"(?:\|提到\((?P<mentions>{_WORDS})\)"
    rf"|(?P<counted>\|length)? (?P<order>==|!=|>=|<=|>|<) (?P<number>\d{{1,4}})"
    rf"| (?P<out>not )?in \[(?P<among>{_WORDS})\]| (?P<equality>==|!=) (?P<word>{_WORD}))?"
)
_AND, _OR = " and ", " or "
_ORDERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


class TemplateError(SpeechkitError):
    """A template that can't be used: broken, forbidden, or naming an unknown variable."""


class MissingFactError(Exception):
    """A template printed a fact that the meeting file doesn't give: the phrase is not eligible."""


class Fact:
    """A value that a template may print although it is neither text nor number."""

    __slots__ = ()


class Missing(Fact):
    """A fact that is not given: false in a condition and any comparison, empty in a loop, never printed."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Any:
        return iter(())

    def __str__(self) -> str:
        raise MissingFactError

    def __getitem__(self, key: object) -> "Missing":
        return self

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


MISSING = Missing()


class Count(int):
    """A number of things, to be said with 两 where an ordinal has 二."""

    __slots__ = ()


def _finalize(value: Any) -> Any:
    if value is None or isinstance(value, list | tuple):
        raise MissingFactError
    if isinstance(value, bool) or not isinstance(value, str | int | float | Fact | Undefined):
        raise TypeError("not a text")
    return value


def _texts(value: Any) -> list[str]:
    many = value if isinstance(value, list | tuple) else [value]
    texts = [str(item) for item in many if not isinstance(item, Missing)]
    if not texts:
        raise MissingFactError
    return texts


def _joined(mark: str) -> Callable[[Any], str]:
    return lambda value: mark.join(_texts(value))


def _enumerated(value: Any) -> str:
    texts = _texts(value)
    # A comma is the next larger mark where an element already holds 、
    return ("，" if any("、" in text for text in texts) else "、").join(texts)


def _and(value: Any) -> str:
    *head, last = _texts(value)
    return f"{_enumerated(head)}和{last}" if head else last


def _numbered(mark: str, alone: str) -> Callable[[Any], str]:
    def number(value: Any) -> str:
        texts = _texts(value)
        if len(texts) == 1:
            return alone + texts[0]
        return "；".join(f"{chinese_numeral(n)}{mark}{text}" for n, text in enumerate(texts, 1))

    return number


def _wrapped(left: str, right: str) -> Callable[[Any], str]:
    return lambda value: "".join(
        text if text.startswith(left) else left + text + right for text in _texts(value)
    )


def _chinese(value: Any) -> str:
    if isinstance(value, Missing):
        raise MissingFactError
    number = Count(len(value)) if isinstance(value, list | tuple) else value
    if not 1 <= int(number) <= 99:
        return str(number)
    return chinese_count(number) if isinstance(number, Count) else chinese_numeral(int(number))


def _every(key: str) -> Callable[[Any], list[Any]]:
    return lambda value: [item[key] for item in value]


def _mentions(value: Any, *words: Any) -> bool:
    told = words_of(value)
    return any(word in told for word in words if not isinstance(word, Missing))


def words_of(value: Any) -> str:
    """Return what a fact says, or all facts of a list say; nothing for one that is not given."""
    many = value if isinstance(value, list | tuple) else [value]
    present = (one for one in many if not isinstance(one, Missing))
    return "\n".join(one.told() if hasattr(one, "told") else str(one) for one in present)


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "顿号": _enumerated,
    "和": _and,
    "逗号": _joined("，"),
    "分号": _joined("；"),
    "一是": _numbered("是", ""),
    "一要": _numbered("要", "要"),
    "书名": _wrapped("《", "》"),
    "引号": _wrapped("“", "”"),
    "中文": _chinese,
    "全称": _every("全称"),
    "名称": _every("名称"),
    "提到": _mentions,
    "length": lambda value: Count(len(value)),
}


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_finalize, autoescape=False, optimized=False
    )
    environment.globals.clear()
    environment.filters = dict(_FILTERS)
    return environment


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def parse_template(source: str) -> nodes.Template:
    """Return the syntax tree of a template; `TemplateError` as for `compile_template`."""
    if len(source) > MAX_TEMPLATE:
        raise TemplateError(f"模板太长（{len(source)}字，最多{MAX_TEMPLATE}字）")
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"模板写法有误：{_explain(error)}") from None
    except RecursionError:
        raise TemplateError("模板嵌套太深") from None
    if any(type(node) not in _ALLOWED for node in tree.find_all(nodes.Node)) or _reaches_inside(tree):
        raise TemplateError(
            "模板里只能引用数据、使用过滤器和{% if %}{% for %}，不能调用、引入、赋值、乘除或定义宏"
        )
    if "for" in source and _depth(tree) > MAX_LOOP_DEPTH:
        raise TemplateError(f"模板里的循环套得太深，最多{MAX_LOOP_DEPTH}层")
    return tree


def _reaches_inside(tree: nodes.Template) -> bool:
    """Return whether a template asks for Python's own attributes, such as __class__."""
    names = [node.attr for node in tree.find_all(nodes.Getattr)]
    names += [
        str(node.arg.value) for node in tree.find_all(nodes.Getitem) if isinstance(node.arg, nodes.Const)
    ]
    return any(name.startswith("_") for name in names)


def _explain(error: TemplateSyntaxError) -> str:
    if "No filter named" in str(error):
        name = str(error).split("named")[-1].strip(" '.")
        return f"没有“{name}”这个过滤器，可用的有{'、'.join(_FILTERS)}"
    return "请检查{{ }}、{% %}是否成对，引号是否闭合"


@lru_cache(maxsize=8192)
def compile_template(source: str) -> Template:
    """Return the compiled template; `TemplateError` for one that is broken or does what it must not."""
    environment = _environment()
    try:
        code = environment.compile(parse_template(source))
    except TemplateSyntaxError as error:
        raise TemplateError(f"模板写法有误：{_explain(error)}") from None
    return Template.from_code(environment, code, {})


def render(source: str, facts: Mapping[str, Any]) -> str:
    """Return the text of a template over the facts.

    Raises `MissingFactError` where it prints a fact that is not given, `TemplateError` where it names a
    variable that doesn't exist or breaks in another way.
    """
    if "{" not in source:
        return source
    try:
        if "{" not in _FIELD.sub("", source):
            return _FIELD.sub(lambda field: _filled(field, facts), source)
        template = compile_template(source)
        return "".join(template.root_render_func(template.new_context(dict(facts))))
    except (MissingFactError, TemplateError):
        raise
    except UndefinedError as error:
        raise TemplateError(f"模板用了不存在的变量：{error}") from None
    except Exception as error:
        raise TemplateError("模板无法展开，请检查过滤器用在了什么数据上") from error


def _filled(field: re.Match[str], facts: Mapping[str, Any]) -> str:
    """What a template prints that names nothing but a fact and a filter: most do, and compiling is slow."""
    value = lookup(field[1], facts)
    for name in field[2].split("|")[1:]:
        value = _plain_filter(name.strip())(value)
    return str(_finalize(value))


def _plain_filter(name: str) -> Callable[[Any], Any]:
    if name not in _FILTERS:
        raise TemplateError(f"没有“{name}”这个过滤器，可用的有{'、'.join(_FILTERS)}")
    return _FILTERS[name]


@lru_cache(maxsize=2048)
def compile_condition(expression: str) -> Template:
    """Return the compiled condition; `TemplateError` as for templates."""
    return compile_template("{% if " + expression + " %}1{% endif %}")


def holds(expression: str, facts: Mapping[str, Any]) -> bool:
    """Return whether a condition is true of the facts; a condition on a missing fact is false."""
    if not expression:
        return True
    rows = _plain_rows(expression)
    template = None if rows else compile_condition(expression)
    try:
        if template is None:
            return any(all(_is_true(atom, facts) for atom in row) for row in rows)
        return bool("".join(template.root_render_func(template.new_context(dict(facts)))))
    except MissingFactError:
        return False
    except TemplateError:
        raise
    except UndefinedError as error:
        raise TemplateError(f"条件用了不存在的变量：{error}") from None
    except Exception as error:
        raise TemplateError("条件无法判断，请检查比较的是不是同一种数据") from error


@lru_cache(maxsize=2048)
def _plain_rows(expression: str) -> tuple[tuple[dict[str, Any], ...], ...]:
    """Return the rows joined by “or” of parts joined by “and”, all of the common kinds; empty for any other.

    Nearly all conditions are such, and compiling them is slow.
    """
    rows: list[list[dict[str, Any]]] = [[]]
    begin = 0
    while atom := _ATOM.match(expression, begin):
        rows[-1].append({**atom.groupdict(), **{key: _words(atom[key]) for key in ("mentions", "among")}})
        begin = atom.end()
        if begin == len(expression):
            return tuple(map(tuple, rows))
        joint = next((joint for joint in (_AND, _OR) if expression.startswith(joint, begin)), None)
        if joint is None:
            return ()
        if joint == _OR:
            rows.append([])
        begin += len(joint)
    return ()


def _is_true(atom: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    value = lookup(atom["path"], facts)
    if atom["mentions"]:
        value = _mentions(value, *atom["mentions"])
    elif atom["order"]:
        measured = _FILTERS["length"](value) if atom["counted"] else value
        value = _ORDERS[atom["order"]](measured, int(atom["number"]))
    elif atom["among"]:
        value = (value in atom["among"]) is not bool(atom["out"])
    elif atom["equality"]:
        value = _ORDERS[atom["equality"]](value, atom["word"][1:-1])
    return bool(value) is not bool(atom["no"])


def _words(quoted: str | None) -> list[str]:
    return [word[1:-1] for word in re.findall(_WORD, quoted or "")]


def lookup(path: str, facts: Mapping[str, Any]) -> Any:
    """Return what a dotted path such as 讲话.任务 names in the facts; `TemplateError` for an unknown name."""
    try:
        value: Any = facts
        for index, key in _STEP.findall(path):
            value = value[int(index) if index else key]
    except (KeyError, TypeError, IndexError):
        raise TemplateError(f"没有“{path}”这个变量") from None
    return value


def literal_parts(source: str) -> Iterable[str]:
    """Return the pieces of a template that stand in every text it gives."""
    return _literals(source)


@lru_cache(maxsize=8192)
def _literals(source: str) -> tuple[str, ...]:
    pieces: list[str] = []
    rest = source
    while rest:
        head, brace, rest = rest.partition("{")
        pieces.append(head)
        if brace:
            # The template was checked before: what opens is closed.
            end = "}}" if rest.startswith("{") else "%}"
            rest = rest.partition(end)[2]
    return tuple(piece for piece in pieces if piece)
