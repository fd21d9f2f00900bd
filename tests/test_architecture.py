"""The house keeps its order: who may import whom, and how long things may get."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "speechkit"
FILES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    # the ground
    "errors": "",
    "diagnostics": "",
    "numerals": "",
    "segmentation": "",
    "parallelism": "numerals segmentation",
    "resources": "",
    "demands": "",
    "filters": "demands errors numerals",
    "plain": "filters",
    "sandbox": "filters plain",
    "templating": "filters plain sandbox",
    "expressions": "plain sandbox",
    "yamlfile": "errors diagnostics",
    "tables": "",
    # the data
    "meeting": "errors diagnostics numerals resources yamlfile",
    "manuscript": "errors",
    "forms": "demands meeting",
    "facts": "filters meeting",
    "corpus": "errors demands diagnostics filters plain resources sandbox yamlfile templating forms",
    "outline": "errors resources yamlfile",
    # drafting, stage by stage
    "completeness": "meeting",
    "deadlines": "meeting",
    "views": "facts filters forms meeting",
    "staging": "completeness deadlines meeting filters forms facts templating views",
    "planning": "errors facts filters outline plain staging templating",
    "repetition": "templating",
    "supply": "demands errors filters plain templating corpus facts planning",
    "composition": "facts planning repetition supply",
    "phrasing": "composition diagnostics corpus facts planning repetition supply",
    "realization": "demands numerals segmentation manuscript facts forms planning phrasing supply",
    "drafting": "diagnostics manuscript meeting corpus outline staging planning phrasing realization supply",
    # reuse, stage by stage
    "reuse": "numerals segmentation resources yamlfile",
    # proofreading
    "proofing": "errors diagnostics numerals parallelism segmentation resources yamlfile meeting",
    # keeping corpora
    "curation": (
        "errors diagnostics filters resources tables plain templating expressions yamlfile meeting facts"
        " corpus outline views staging planning repetition supply composition phrasing drafting"
    ),
    # files in and out
    "formats": "errors diagnostics numerals segmentation resources yamlfile manuscript",
    "reports": "diagnostics errors resources tables reuse proofing formats",
    "delivery": "errors",
    "materials": "errors formats manuscript reuse",
    # what the user meets
    "provenance": "drafting",
    "console": "errors",
    "checking": "errors formats manuscript materials reports resources reuse",
    "reviewing": "diagnostics errors formats manuscript materials meeting proofing reports",
    "output": "console delivery",
    "cli_proofread": "console delivery formats output proofing reports reviewing",
    "cli_corpus": "console corpus curation diagnostics materials meeting outline output reuse supply",
    "cli": (
        "__init__ checking cli_corpus cli_proofread console delivery drafting"
        " formats materials meeting outline output provenance reuse"
    ),
    "__main__": "cli",
    "__init__": "checking diagnostics drafting errors formats manuscript meeting reuse reviewing",
}
"""Module or package -> those of its siblings that it may import, wherever in the file the import stands."""

HOMES = {
    "click": "console output cli cli_corpus cli_proofread",
    "docx": "formats reports",
    "lxml": "formats reports",
    "numpy": "reuse",
    "pypdf": "formats",
    "pypinyin": "proofing",
    "jieba": "segmentation",
    "rjieba": "segmentation",
    "jinja2": "sandbox expressions reports",
    "markupsafe": "reports",
    "openpyxl": "reports",
    "rich": "tables",
    "pydantic": "meeting formats",
    "pydantic_core": "meeting formats",
    "yaml": "yamlfile",
}
"""Library -> the only modules that import it."""

LONGEST_FILE, LONGEST_FUNCTION = 410, 60


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _dotted(file: Path) -> tuple[str, ...]:
    """Return a file as a path of modules below the package: ("meeting", "model"), ("meeting", "__init__")."""
    return file.relative_to(PACKAGE).with_suffix("").parts


def _imports(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield what a file imports of this package, as paths of modules below it."""
    here = _dotted(file)
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: len(here) - node.level]
            path = (*base, *node.module.split(".")) if node.module else base
            for alias in node.names:
                yield _existing((*path, alias.name)) or _existing(path) or path


def _existing(path: tuple[str, ...]) -> tuple[str, ...]:
    target = PACKAGE.joinpath(*path)
    if target.with_suffix(".py").is_file() and path:
        return path
    return (*path, "__init__") if target.is_dir() else ()


def _libraries(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
    return names


def test_table_names_every_module() -> None:
    assert {_dotted(file)[0] for file in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_one_way(file: Path) -> None:
    module = _dotted(file)[0]
    imported = {path[0] for path in _imports(file)} - {module}
    assert imported <= set(MAY_IMPORT[module].split())


def test_table_has_no_circle() -> None:
    order = TopologicalSorter({module: others.split() for module, others in MAY_IMPORT.items()})
    assert len(list(order.static_order())) == len(MAY_IMPORT)


def test_no_two_files_import_each_other() -> None:
    # A package's front door may be lazy about what is behind it.
    graph = {_dotted(file): set(_imports(file)) for file in FILES if file.name != "__init__.py"}
    list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("library", HOMES)
def test_libraries_stay_at_home(library: str) -> None:
    users = {_dotted(file)[0] for file in FILES if library in _libraries(file)}
    assert users <= set(HOMES[library].split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    functions = [node for node in ast.walk(_tree(file)) if isinstance(node, ast.FunctionDef)]
    too_long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]
    assert not too_long
