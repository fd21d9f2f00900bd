"""The word lists of the reuse check: what names end in, and what counts as policy wording."""

import re
from dataclasses import dataclass
from functools import cache

from ..resources import resource_folder
from ..yamlfile import YamlFile, load_yaml

_NAME_KEYS = ("地名后缀", "泛称", "单位后缀", "不是单位", "独有单位后缀", "称谓", "姓")


@dataclass(frozen=True, slots=True)
class NameWords:
    """What names of places, units and people are known by."""

    place_endings: tuple[str, ...]
    generic: frozenset[str]
    """What makes of a place ending a sort of place rather than one place."""
    unit_endings: tuple[str, ...]
    no_units: frozenset[str]
    own_units: tuple[str, ...]
    """Endings of units that only one place has."""
    titles: frozenset[str]
    """Posts and forms of address that stand beside a person's name."""
    surnames: frozenset[str]


@cache
def name_words() -> NameWords:
    """Return the bundled lists. Raises YamlError where a list is missing or unknown."""
    file = load_yaml(resource_folder("templates") / "reuse" / "names.yaml")
    lists = {key: tuple(re.findall(r"[^、\s]+", file.data[key])) for key in _checked(file, _NAME_KEYS)}
    return NameWords(
        _longest_first(lists["地名后缀"]),
        frozenset(lists["泛称"]),
        _longest_first(lists["单位后缀"]),
        frozenset(lists["不是单位"]),
        _longest_first(lists["独有单位后缀"]),
        frozenset(lists["称谓"]),
        frozenset("".join(lists["姓"])),
    )


@cache
def policy_pattern() -> re.Pattern[str]:
    """Return the pattern of policy wording. Raises YamlError for a list that is missing or unreadable."""
    file = load_yaml(resource_folder("templates") / "reuse" / "wording.yaml")
    patterns = file.data[_checked(file, ("政策表述",))[0]]
    for number, pattern in enumerate(patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            raise file.error(f"这不是正则表达式（{error}）", ("政策表述", number)) from None
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE)


def _checked(file: YamlFile, keys: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [key for key in file.data if key not in keys]
    missing = [key for key in keys if not file.data.get(key)]
    if unknown or missing:
        what = f"没有这个键“{unknown[0]}”" if unknown else f"缺少“{missing[0]}”"
        raise file.error(f"{what}，可用的键：{'、'.join(keys)}", tuple(unknown[:1]))
    return keys


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
