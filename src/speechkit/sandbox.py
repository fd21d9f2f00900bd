"""Jinja2 in a sandbox, with our filters and nothing else: what templates of corpora and outlines may do.

Corpora pass from hand to hand, so a template may read the facts it is given and put words around them, no
more: no calls, no arithmetic, no imports, loops no deeper than data is. Nearly all templates are plain and
never come here; so this module, and Jinja2 with it, is imported only for those that do.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .filters import FILTERS, TemplateError, printable
from .plain import MAX_LOOP_DEPTH, MAX_TEMPLATE

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


def _finalize(value: Any) -> Any:
    return value if isinstance(value, Undefined) else printable(value)


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=_finalize, autoescape=False, optimized=False
    )
    environment.globals.clear()
    environment.filters = dict(FILTERS)
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
        return f"没有“{name}”这个过滤器，可用的有{'、'.join(FILTERS)}"
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


@lru_cache(maxsize=2048)
def compile_condition(expression: str) -> Template:
    """Return the compiled condition; `TemplateError` as for templates."""
    return compile_template("{% if " + expression + " %}1{% endif %}")


def expand(template: Template, facts: Mapping[str, Any]) -> str:
    """Return the text of a template over the facts; `TemplateError` where it names an unknown variable."""
    try:
        return "".join(template.root_render_func(template.new_context(dict(facts))))
    except UndefinedError as error:
        raise TemplateError(f"用了不存在的变量：{error}") from None
