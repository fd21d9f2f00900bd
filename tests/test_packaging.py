"""What ships, and what the README promises about it."""

import os
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import speechkit
from speechkit.resources import resource_folder

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
FIRST_COMMAND = "python3 -m pip install . && speechkit draft examples/campaign/meeting.yaml -o drafts/"
TEST_COMMAND = "python3 -m pip install -e '.[test]' && python3 -m pytest"


def test_version_is_the_one_of_the_project() -> None:
    assert speechkit.__version__ == PROJECT["project"]["version"]


def test_command_is_there() -> None:
    module, function = PROJECT["project"]["scripts"]["speechkit"].split(":")
    assert callable(getattr(import_module(module), function))


def test_package_tells_checkers_that_it_is_typed() -> None:
    assert (ROOT / "src" / "speechkit" / "py.typed").is_file()


@pytest.mark.parametrize("name", ["templates", "corpora"])
def test_data_is_found_in_a_checkout(name: str) -> None:
    assert resource_folder(name) == ROOT / name
    assert any(resource_folder(name).rglob("*.yaml"))


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return a folder with the package laid out as in a wheel."""
    for package in WHEEL["packages"]:
        shutil.copytree(ROOT / package, tmp_path / Path(package).name)
    for source, target in WHEEL["force-include"].items():
        shutil.copytree(ROOT / source, tmp_path / target)
    return tmp_path


def test_wheel_carries_its_data(installed: Path) -> None:
    code = (
        "import sys, speechkit.corpus, speechkit.outline\n"
        "from speechkit.resources import resource_folder\n"
        "corpus = speechkit.corpus.load_corpus()\n"
        "print(resource_folder('corpora'), len(corpus.phrases), len(speechkit.outline.load_outlines()))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=installed,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    folder, slots, outlines = done.stdout.split()
    assert Path(folder) == installed / "speechkit" / "corpora"
    assert int(slots) > 50
    assert int(outlines) == 3


@pytest.mark.parametrize("command", [FIRST_COMMAND, TEST_COMMAND])
def test_readme_gives_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("command", [FIRST_COMMAND, TEST_COMMAND])
def test_ci_runs_the_two_commands(command: str) -> None:
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_version_is_in_the_changelog() -> None:
    assert f"## {speechkit.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
