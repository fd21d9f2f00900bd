"""What the commands share: exit codes, how results are shown or written, what is said meanwhile."""

import atexit
import gc
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from .console import Misuse

DONE, GAPS = 0, 1
MARKS = {"error": "错误", "warning": "警告", "suggestion": "提示"}
"""Severity -> how a finding begins."""
PATH = click.Path(path_type=Path)
_P = ParamSpec("_P")


def without_collector(command: Callable[_P, int]) -> Callable[_P, int]:
    """Let a command run without Python's search for cycles among its objects.

    For one that makes many objects, none of them in large cycles, and is soon over: looking through them
    again and again, and once more when Python exits, took a tenth of the time of a draft.
    """

    @wraps(command)
    def run(*args: _P.args, **options: _P.kwargs) -> int:
        searched = gc.isenabled()
        gc.disable()
        atexit.register(gc.freeze)
        try:
            return command(*args, **options)
        finally:
            if searched:
                gc.enable()

    return run


def progress(stage: str) -> None:
    """Say what is going on, where somebody is watching; nothing clears the line."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{stage}{'……' if stage else ''}", nl=False, err=True)


def terminal(output: Path | None) -> tuple[int, bool]:
    """Width of the terminal, and whether it shows colours."""
    return shutil.get_terminal_size((100, 24)).columns, output is None and sys.stdout.isatty()


def folders(beside: Path, others: Sequence[Path]) -> tuple[Path, ...]:
    """The folder beside the meeting file where there is one, then those the user named."""
    return (*((beside,) if beside.is_dir() else ()), *named_folders(others))


def named_folders(named: Sequence[Path]) -> tuple[Path, ...]:
    """The folders the user named; raises Misuse for one that isn't there."""
    for folder in named:
        if not folder.is_dir():
            raise Misuse(f"{folder}：{'这不是文件夹' if folder.exists() else '没有这个文件夹'}")
    return tuple(named)


def hand_over(content: str | bytes, target: Path | None, force: bool) -> int:
    """Write a text or a file's bytes to a file, or show them."""
    from .delivery import delivery

    if target is None:
        click.echo(content, nl=False)
        return DONE
    with delivery(target.parent, overwrite=force) as folder:
        if isinstance(content, str):
            write_text(folder / target.name, content)
        else:
            (folder / target.name).write_bytes(content)
    click.echo(f"已写好{target}")
    return DONE


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, with the same line breaks everywhere."""
    path.write_text(text, encoding="utf-8", newline="\n")
