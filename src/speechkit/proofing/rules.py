"""Rules as data: what is looked for, how sure a finding is, on what authority, and what to write instead.

A rule with 样式 is a pattern of the data. Any other speaks for a check in code, which finds: words are data.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..diagnostics import Severity
from ..resources import resource_folder
from ..yamlfile import YamlFile, load_yaml
from .errors import ProofingError

_LEVELS = {"必错": Severity.ERROR, "疑似": Severity.WARNING, "提示": Severity.SUGGESTION}
_KEYS = ("级别", "依据", "说明", "样式", "除", "改为", "可改", "文种", "不用于", "停用", "例")
_EXAMPLE_KEYS = ("错", "对")


@dataclass(frozen=True, slots=True)
class Rule:
    """规则."""

    id: str
    severity: Severity
    source: str
    """依据: clause of a standard, or practice."""
    message: str
    """What the writer is told; {原文}, {改为} and what else a check gives stand in braces."""
    pattern: re.Pattern[str] | None
    """None for a rule that a check in code speaks through."""
    unless: re.Pattern[str] | None
    """What is no finding although the pattern finds it: looked for in the line around it."""
    replacement: str | None
    """Template of `re.Match.expand`."""
    certain: bool
    """Whether the replacement is mechanical and sure, so that it may be made without being asked."""
    genres: frozenset[str]
    """Genres it is for; empty for all."""
    not_for: tuple[str, ...]
    """Suffixes of the files it is not for."""
    wrong: tuple[str, ...]
    """Texts in which it must find something."""
    right: tuple[str, ...]
    """Texts in which it must find nothing."""


def load_rules(folders: Iterable[Path] = ()) -> dict[str, Rule]:
    """Return the rules by id: the bundled ones, then those of the folders, which override by id.

    Raises ProofingError or YamlError for a file that can't be used.
    """
    rules: dict[str, Rule] = {}
    for folder in (resource_folder("templates") / "proofing", *folders):
        for path in sorted(folder.glob("*.yaml")):
            file = load_yaml(path)
            if isinstance(file.data, dict) and "规则" in file.data:
                rules.update(_rules(file))
    return rules


def _rules(file: YamlFile) -> dict[str, Rule]:
    listed = file.data["规则"]
    if not isinstance(listed, dict):
        raise file.error("“规则”下面应当是“编号: {级别: …, 说明: …}”", ("规则",))
    return {id_: _rule(file, id_, entry) for id_, entry in listed.items()}


def _rule(file: YamlFile, id_: str, entry: Any) -> Rule:
    path = ("规则", id_)
    if not isinstance(entry, dict):
        raise file.error(f"规则“{id_}”要写级别、说明和例", path)
    check_keys(file, entry, _KEYS, path)
    if entry.get("级别") not in _LEVELS:
        raise file.error(f"级别只能是{'、'.join(_LEVELS)}", (*path, "级别"))
    if not entry.get("说明"):
        raise file.error("缺少“说明”", path)
    examples = entry.get("例") or {}
    check_keys(file, examples, _EXAMPLE_KEYS, (*path, "例"))
    return Rule(
        id_,
        _LEVELS[entry["级别"]],
        entry.get("依据") or "",
        entry["说明"],
        compiled(file, entry, "样式", path),
        compiled(file, entry, "除", path),
        entry.get("改为") if "改为" in entry else None,
        entry.get("可改") == "是",
        frozenset(listed(entry.get("文种"))),
        listed(entry.get("不用于")),
        listed(examples.get("错")),
        listed(examples.get("对")),
    )


def check_keys(file: YamlFile, entry: Mapping[str, Any], known: Iterable[str], path: tuple[Any, ...]) -> None:
    """Raise the error of the first key that isn't known."""
    from difflib import get_close_matches

    names = list(known)
    for key in entry:
        if key not in names:
            near = get_close_matches(key, names, 1, 0.3)
            hint = f"，是不是“{near[0]}”" if near else ""
            raise file.error(f"没有“{key}”这个键{hint}；可用的键：{'、'.join(names)}", (*path, key))


def compiled(
    file: YamlFile, entry: Mapping[str, Any], key: str, path: tuple[Any, ...]
) -> re.Pattern[str] | None:
    """Return the pattern under a key, None where there is none."""
    if not entry.get(key):
        return None
    try:
        return re.compile(entry[key], re.MULTILINE)
    except re.error as error:
        raise file.error(f"“{key}”不是正则表达式（{error}）", (*path, key)) from None


def listed(value: Any) -> tuple[str, ...]:
    """Return a text or a list of texts as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def rule_named(rules: Mapping[str, Rule], id_: str) -> Rule:
    """Return a rule. Raises ProofingError where the data lacks what a check in code speaks through."""
    if id_ not in rules:
        raise ProofingError(f"校对规则里缺少“{id_}”，请恢复templates/proofing/里的规则文件")
    return rules[id_]
