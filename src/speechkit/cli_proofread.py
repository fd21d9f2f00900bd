"""The command that proofreads: it takes its arguments, calls the library, and says what came of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import Command, Misuse, check_words
from .output import DONE, GAPS, PATH, folders, hand_over, named_folders, progress, terminal

if TYPE_CHECKING:
    from .proofing.findings import Finding
    from .reviewing import Reviewed

_MOST_CHANGES = 40
"""Of one file on the screen."""


@click.command(
    "proofread",
    cls=Command,
    short_help="校对：找出文稿里的差错",
    help="校对：找出文稿里标点、数字、用词、格式、前后不一致的地方，有会议文件时还核对人名、职务、数字、日期。\n\n"
    "路径是文件或文件夹：docx、txt、md、pdf，装有LibreOffice时还有doc、wps、rtf。"
    "读不了的文件会说明原因，其余的照查。会议文件旁边的proofing文件夹里是自己的规则，会自动用上。\n\n"
    "有必错、疑似之处时退出码为1，没有或只有提示时为0，用法有误时为2。",
)
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=PATH)
@click.option(
    "--meeting", "meeting_file", metavar="会议文件", type=PATH, help="照会议文件核对人名、数字、日期"
)
@click.option("--rules", metavar="文件夹", type=PATH, multiple=True, help="另外的校对规则，可写几次")
@click.option("--off", metavar="规则", multiple=True, help="不用的规则，写编号，可写几次")
@click.option(
    "--format", "form", metavar="格式", default="table", help="table（默认）、json、html或docx（逐份加批注）"
)
@click.option("--fix", is_flag=True, help="另存一份改好的：只改确定无疑的，原文件不动")
@click.option(
    "-o", "--output", metavar="路径", type=PATH, help="写到哪里；docx和--fix写到文件夹，一份时也可写文件名"
)
@click.option("--force", is_flag=True, help="覆盖已有的文件")
def proofread_command(
    paths: Sequence[Path],
    meeting_file: Path | None,
    rules: Sequence[Path],
    off: Sequence[str],
    form: str,
    fix: bool,
    output: Path | None,
    force: bool,
) -> int:
    """Proofread files and report what is wrong, or put right what is sure."""
    from .reviewing import REPORTS, review

    check_words([form], REPORTS, "格式")
    if fix and form != "table":
        raise Misuse("--fix和--format不能同时用，请分两次做")
    if output is None and (fix or form in ("html", "docx")):
        raise Misuse(f"{'--fix' if fix else f'写{form}'}要用-o说明写到哪里")
    chosen = folders(meeting_file.parent / "proofing", rules) if meeting_file else named_folders(rules)
    reviewed = review(paths, meeting_file, rules=chosen, off=off, progress=progress)
    progress("")
    if output and fix:
        _fix(reviewed, output, force)
    elif output and form == "docx":
        _annotate(reviewed, output, force)
    else:
        hand_over(reviewed.report(form, *terminal(output)), output, force)
    return DONE if reviewed.result.is_clean else GAPS


# -- files that are written ----------------------------------------------------------------------------------


def _fix(reviewed: "Reviewed", output: Path, force: bool) -> None:
    """Write the corrected files and say what was changed."""
    from .formats.errors import FormatError

    contents: dict[str, bytes] = {}
    said: list[str] = []
    refused: list[str] = []
    target = _Target(reviewed, output, "修正")
    for file in reviewed.result.files:
        try:
            corrected = reviewed.corrected(file)
        except FormatError as error:
            refused.append(str(error))
            continue
        outcome = "没有可以直接改的"
        if corrected.changes or target.is_file:
            name = target.name(file.path, _suffix(file.path, corrected.content), contents)
            contents[name] = corrected.content
            outcome = f"改了{corrected.changes}处，存为{target.folder / name}"
        said += [f"{file.path}：{outcome}", *_changes(corrected.made)]
        said += _left(file.findings, corrected.made, corrected.left)
    refused += [f"{one.path}：{one.reason}" for one in reviewed.result.skipped]
    if not said:
        raise Misuse("\n".join(refused))
    _deliver(contents, target.folder, force)
    click.echo("\n".join(said))
    if refused:
        click.echo("\n".join(refused), err=True)


def _suffix(path: str, content: bytes) -> str:
    return ".docx" if content.startswith(b"PK") else Path(path).suffix


def _changes(made: Sequence["Finding"]) -> Iterable[str]:
    for finding in made[:_MOST_CHANGES]:
        yield _line("", finding)
    if len(made) > _MOST_CHANGES:
        yield f"  还改了{len(made) - _MOST_CHANGES}处，没有列出"


def _line(what: str, finding: "Finding") -> str:
    from .reports.wording import one_line

    told = finding.diagnostic
    return f"  {what}第{told.line}行  {one_line(finding.excerpt)}  {one_line(told.message)}"


def _left(
    findings: Sequence["Finding"], made: Sequence["Finding"], left: Sequence["Finding"]
) -> Iterable[str]:
    from .reports.proofing_records import counted

    for finding in left[:_MOST_CHANGES]:
        yield _line("没有改：", finding)
    done = {id(finding) for finding in (*made, *left)}
    rest = counted(finding for finding in findings if id(finding) not in done)
    if rest:
        yield f"  还有{rest}要自己看，不加--fix再查一次就列出来"


def _annotate(reviewed: "Reviewed", output: Path, force: bool) -> None:
    """Write a copy with comments of each file in which something was found."""
    target = _Target(reviewed, output, "批注")
    copies: dict[str, bytes] = {}
    for file in reviewed.result.files:
        if file.findings or target.is_file:
            copies[target.name(file.path, ".docx", copies)] = reviewed.annotated(file)
    _deliver(copies, target.folder, force)
    for name in copies:
        click.echo(f"已写好{target.folder / name}")
    if not copies:
        click.echo("没有发现问题，不用加批注")
    for one in reviewed.result.skipped:
        click.echo(f"没有校对{one.path}：{one.reason}", err=True)


class _Target:
    """Where files go: into a folder, or for a single one to the name that the user gave."""

    def __init__(self, reviewed: "Reviewed", output: Path, what: str) -> None:
        from .formats.corrections import CORRECTABLE

        self._what = what
        self._originals = [Path(path) for path in reviewed.sources]
        has_suffix = output.suffix.lower() in CORRECTABLE and not output.is_dir()
        self.is_file = has_suffix and len(self._originals) == 1
        if has_suffix and not self.is_file:
            raise Misuse(f"{output}：有几份文稿，-o要写文件夹")
        self.folder = output.parent if self.is_file else output
        self._name = output.name if self.is_file else ""

    def name(self, path: str, suffix: str, taken: Iterable[str]) -> str:
        """Return the name of the file that comes of a file; never that of an original."""
        if self._name and Path(self._name).suffix.lower() != suffix.lower():
            raise Misuse(f"{self._name}：{path}写出来是{suffix}文件，请改扩展名")
        stem = f"{Path(path).stem}-{self._what}"
        names = [self._name] if self._name else [f"{stem}{n}{suffix}" for n in ("", *range(2, 10_000))]
        name = next(name for name in names if name not in set(taken))
        place = self.folder / name
        if place.exists() and any(place.samefile(one) for one in self._originals if one.exists()):
            raise Misuse(f"{place}：原文件不能覆盖，请换一个位置")
        return name


def _deliver(contents: dict[str, bytes], folder: Path, force: bool) -> None:
    from .delivery import delivery

    if not contents:
        return
    with delivery(folder, overwrite=force) as aside:
        for name, content in contents.items():
            (aside / name).write_bytes(content)
