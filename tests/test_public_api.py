"""What `import speechkit` offers, and what it costs."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import speechkit

HEAVY = ("docx", "lxml", "jinja2", "pydantic", "yaml", "jieba", "rjieba")


def _loaded_after(code: str) -> list[str]:
    """Return those of the heavy libraries that a fresh Python has loaded after running the code."""
    report = f"import sys\n{code}\nprint('loaded', *(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.splitlines()[-1].split()[1:]


def test_import_loads_nothing_heavy() -> None:
    assert _loaded_after("import speechkit") == []


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["--version"],
        ["draft", "--help"],
        ["draft"],
        ["corpus", "lint", "--help"],
        ["corpus"],
        ["nonsense"],
    ],
)
def test_help_and_usage_errors_load_nothing_heavy(args: list[str]) -> None:
    assert _loaded_after(f"from speechkit.cli import main\nmain({args!r})") == []


@pytest.mark.parametrize("name", ["Manuscript", "Diagnostic", "SpeechkitError"])
def test_plain_types_load_nothing_heavy(name: str) -> None:
    assert _loaded_after(f"import speechkit\nspeechkit.{name}") == []


@pytest.mark.parametrize("name", speechkit.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(speechkit, name)
    assert value is getattr(speechkit, name)
    if name != "__version__":
        assert inspect.getdoc(value)


def test_checkers_see_the_names_that_programs_see() -> None:
    source = Path(speechkit.__file__).read_text(encoding="utf-8")
    imported = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    assert imported == set(speechkit.__all__) - {"__version__"}
    assert set(speechkit.__all__) <= set(dir(speechkit))


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="speachkit"):
        _ = speechkit.speachkit
