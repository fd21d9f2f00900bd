"""The command line in Chinese: help, usage errors, streams and exit codes on top of click."""

import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import click

from .errors import SpeechkitError

MISUSE = 2
"""Exit code: the caller has to change something before it can work."""
INTERRUPTED = 130
PIPE_CLOSED = 141
_MOST_COLUMNS = 88
_NEVER_FIRST = frozenset("，。；：、！？）》”’,.;:!?)")


class Misuse(click.UsageError):
    """A command line that can't be carried out, with a message in Chinese."""


def check_words(words: Sequence[str], allowed: Sequence[str], what: str) -> None:
    """Raise Misuse for the first of the words that is not allowed."""
    for word in words:
        if word not in allowed:
            raise Misuse(f"没有“{word}”这个{what}{_perhaps(word, allowed)}；{_allowed(allowed)}")


class Command(click.Command):
    """A command whose help and usage errors are Chinese."""

    allow_extra_args = True
    """What is left over is refused by `parse_args`, in Chinese."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments in; raises Misuse for any that are left over."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not ctx.resilient_parsing:
            raise Misuse(f"多写了“{' '.join(rest)}”，名字里有空格时整个加引号", ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help."""
        return _chinese_help_option(super().get_help_option(ctx))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        formatter.write("\n".join(_help_lines(self, ctx, "")))


class Group(click.Group):
    """A group of commands whose help and usage errors are Chinese."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first argument names; raises Misuse where there is none."""
        if not args[0].startswith("-"):
            check_words(args[:1], self.list_commands(ctx), "命令")
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help."""
        return _chinese_help_option(super().get_help_option(ctx))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        formatter.write("\n".join(_help_lines(self, ctx, " 命令 …")))
        commands = [(name, command.short_help or "") for name, command in self.commands.items()]
        formatter.write("\n命令：\n" + "\n".join(_definitions(commands)) + "\n")


def run(command: click.Command, name: str, args: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; whatever goes wrong is one message in Chinese."""
    for stream in (sys.stdout, sys.stderr):
        _speak_chinese(stream)
    try:
        code = _invoke(command, name, sys.argv[1:] if args is None else args)
        sys.stdout.flush()
        return code
    except click.ClickException as error:
        return _fail(_explanation(error))
    except SpeechkitError as error:
        return _fail(str(error))
    except (KeyboardInterrupt, EOFError):
        _fail("已中断")
        return INTERRUPTED
    except BrokenPipeError:
        # Python would flush into the closed pipe once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        return _fail(f"系统拒绝读写{error.filename or '屏幕输出'}（错误号{error.errno}）")
    except Exception as error:
        if os.environ.get("SPEECHKIT_DEBUG"):
            raise
        kind = type(error).__name__
        return _fail(f"{name}自己出了错（{kind}），请报给维护者；加环境变量SPEECHKIT_DEBUG=1可看详情")


def _invoke(command: click.Command, name: str, args: Sequence[str]) -> int:
    try:
        with command.make_context(name, list(args)) as ctx:
            return int(command.invoke(ctx) or 0)
    except click.exceptions.Exit as error:
        return error.exit_code


def _fail(message: str) -> int:
    click.echo(message, err=True)
    return MISUSE


def _speak_chinese(stream: Any) -> None:
    """Make a stream take any text: Chinese in UTF-8 where its own encoding has none, the rest escaped."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    try:
        "汉".encode(stream.encoding)
        stream.reconfigure(errors="backslashreplace")
    except (UnicodeEncodeError, LookupError):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# -- usage errors --------------------------------------------------------------------------------------------


def _explanation(error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    advice = f"\n用法见：{ctx.command_path} --help" if ctx else ""
    return _complaint(error) + advice


def _complaint(error: click.ClickException) -> str:
    if isinstance(error, Misuse):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return f"没有“{error.option_name}”这个选项{_perhaps(error.option_name, _options(error.ctx))}"
    if isinstance(error, click.BadOptionUsage):
        takes_value = error.option_name in _options(error.ctx, with_value=True)
        return f"选项“{error.option_name}”{'后面要写一个值' if takes_value else '后面不带值'}"
    if isinstance(error, click.MissingParameter) and error.param:
        return f"缺少{error.param.metavar or error.param.name}"
    return "命令写得不对"


def _options(ctx: click.Context | None, *, with_value: bool = False) -> list[str]:
    params = ctx.command.get_params(ctx) if ctx else []
    options = [p for p in params if isinstance(p, click.Option) and not (with_value and p.is_flag)]
    return [name for option in options for name in option.opts]


def _perhaps(word: str, words: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word[:40], words, n=1, cutoff=0.5)
    return f"，是不是“{near[0]}”" if near else ""


def _allowed(words: Sequence[str]) -> str:
    return f"可用的是{'、'.join(words)}"


# -- help ----------------------------------------------------------------------------------------------------


def _chinese_help_option(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "显示这份说明"
    return option


def _help_lines(command: click.Command, ctx: click.Context, more: str) -> Iterator[str]:
    params = command.get_params(ctx)
    arguments = "".join(f" {p.metavar or p.name}" for p in params if isinstance(p, click.Argument))
    yield f"用法：{ctx.command_path} [选项]{arguments}{more}"
    yield ""
    for line in (command.help or "").splitlines():
        yield from _wrapped(line.strip(), _columns()) or [""]
    yield ""
    yield "选项："
    yield from _definitions([_option_row(p) for p in params if isinstance(p, click.Option)])
    yield ""


def _option_row(option: click.Option) -> tuple[str, str]:
    value = "" if option.is_flag or option.count else f" {option.metavar or option.name}"
    return ", ".join(sorted(option.opts, key=len)) + value, option.help or ""


def _definitions(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield names and explanations in two columns."""
    indent = max(_width(name) for name, _ in rows) + 4
    for name, text in rows:
        first, *others = _wrapped(text, _columns() - indent) or [""]
        yield f"  {name}{' ' * (indent - 2 - _width(name))}{first}"
        yield from (" " * indent + line for line in others)


def _columns() -> int:
    return max(40, min(_MOST_COLUMNS, shutil.get_terminal_size().columns - 2))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _wrapped(text: str, columns: int) -> list[str]:
    """Return the text in lines of so many columns; Chinese breaks anywhere but before closing punctuation."""
    lines = [""]
    for atom in _atoms(text):
        if lines[-1] and _width(lines[-1] + atom.rstrip()) > columns:
            lines.append("")
        lines[-1] += atom if lines[-1] else atom.lstrip()
    return [line.rstrip() for line in lines if line]


def _atoms(text: str) -> Iterator[str]:
    """Yield what must stay together: a western word, a Chinese character with the punctuation after it."""
    atom = ""
    for char in text:
        western = atom[-1:].isascii() and not atom[-1:].isspace() and char.isascii()
        if atom and not western and char not in _NEVER_FIRST:
            yield atom
            atom = ""
        atom += char
    yield atom
