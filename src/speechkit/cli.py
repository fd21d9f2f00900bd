"""The commands: each takes its arguments, calls the library, and says what came of it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .cli_corpus import corpus_group
from .cli_proofread import proofread_command
from .console import Group, Misuse, check_words, run
from .output import (
    DONE,
    GAPS,
    MARKS,
    PATH,
    folders,
    hand_over,
    progress,
    terminal,
    without_collector,
    write_text,
)

if TYPE_CHECKING:
    from .checking import Checked
    from .drafting import Draft
    from .outline import Outline

RATE = 200
"""Characters a minute, for telling how long a text takes to read aloud."""
FORMATS = ("docx", "md", "txt")


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code: 0 done, 1 done with gaps, 2 nothing done."""
    return run(speechkit, "speechkit", args)


@click.group(
    cls=Group,
    invoke_without_command=True,
    help="会务文稿工具：照会议文件起草讲话稿、主持词和汇报材料。\n\n"
    "先用“speechkit new 推进会 -o meeting.yaml”建一个会议文件，填好后用“speechkit draft meeting.yaml”起草。",
)
@click.option("--version", is_flag=True, help="显示版本")
@click.pass_context
def speechkit(ctx: click.Context, version: bool) -> int:
    """Show version or help; the commands do the rest."""
    if version:
        from . import __version__

        click.echo(f"speechkit {__version__}")
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return DONE


@speechkit.command(
    "draft",
    short_help="照会议文件起草文稿",
    help="照会议文件起草讲话稿、主持词和汇报材料。\n\n"
    "会议文件旁边的corpora、outlines、layouts三个文件夹会自动用上。"
    "文稿里有【待补】时退出码为1，会议文件或选项有错时为2，这时什么也不写。",
)
@click.argument("meeting_file", metavar="会议文件", type=PATH)
@click.option(
    "-o", "--output", metavar="文件夹", type=PATH, default=Path("drafts"), help="写到哪里，默认是drafts"
)
@click.option(
    "--genre", "genres", metavar="文种", multiple=True, help="只写讲话稿、主持词或汇报材料，可写几次"
)
@click.option(
    "--format",
    "formats",
    metavar="格式",
    multiple=True,
    default=("docx",),
    help="docx、md或txt，可写几次，默认是docx",
)
@click.option("--seed", metavar="文字", default="", help="换一种写法：文字不同，选用的词句就不同")
@click.option("--layout", metavar="版式", default="", help="Word版式：gbt9704（默认）、reading，或版式文件")
@click.option("--corpora", metavar="文件夹", type=PATH, multiple=True, help="另外的语料，可写几次")
@click.option("--outlines", metavar="文件夹", type=PATH, multiple=True, help="另外的大纲，可写几次")
@click.option(
    "--avoid", metavar="路径", type=PATH, multiple=True, help="过去的文稿：里面用过的话尽量不再用，可写几次"
)
@click.option("--trace", is_flag=True, help="另写一份溯源：每句话出自哪条语料、哪项数据")
@click.option("--force", is_flag=True, help="覆盖已有的文件")
@without_collector
def draft_command(
    meeting_file: Path,
    output: Path,
    genres: Sequence[str],
    formats: Sequence[str],
    seed: str,
    layout: str,
    corpora: Sequence[Path],
    outlines: Sequence[Path],
    avoid: Sequence[Path],
    trace: bool,
    force: bool,
) -> int:
    """Draft the documents of a meeting and write them, all or none."""
    from .delivery import delivery
    from .drafting import draft
    from .formats import load_layout, write
    from .meeting import load_meeting
    from .outline import load_outlines
    from .provenance import trace_json, trace_table

    check_words(formats, FORMATS, "格式")
    formats = tuple(dict.fromkeys(formats))
    beside = meeting_file.parent
    corpora, outlines = folders(beside / "corpora", corpora), folders(beside / "outlines", outlines)
    meeting = load_meeting(meeting_file)
    wanted = _wanted(load_outlines(outlines), genres)
    is_used = _used_in(avoid) if avoid else None
    drafts = draft(meeting, genres=genres, seed=seed, corpora=corpora, outlines=outlines, avoid=is_used)
    absent = _absent(wanted, drafts)
    if not drafts:
        raise Misuse(f"{meeting_file}：{'；'.join(absent)}")
    profile = load_layout(layout or "gbt9704", folders(beside / "layouts", ()))
    with delivery(output, overwrite=force) as folder:
        for document in drafts:
            for suffix in formats:
                write(document.manuscript, folder / f"{document.name}.{suffix}", layout=profile)
            if trace:
                write_text(folder / f"{document.name}.trace.json", trace_json(document, seed))
                write_text(folder / f"{document.name}.溯源.md", trace_table(document))
    _report(drafts, formats, output, trace)
    click.echo("".join(f"{line}\n" for line in absent), nl=False)
    return GAPS if any(document.has_gaps for document in drafts) else DONE


@speechkit.command(
    "compare",
    short_help="查重：找出材料里雷同的段落",
    help="查重：找出几份材料之间、材料与旧稿之间、一份材料自身雷同的段落，把照抄、改写、套改、调序"
    "同套话、引用分开。\n\n"
    "路径是文件或文件夹：docx、txt、md、pdf，装有LibreOffice时还有doc、wps、rtf。"
    "读不了的文件会说明原因，其余的照查。有疑似抄用的段落时退出码为1，没有时为0，用法有误时为2。",
)
@click.argument("paths", metavar="路径...", nargs=-1, required=True, type=PATH)
@click.option("--against", metavar="路径", type=PATH, multiple=True, help="旧稿，只拿来对照，可写几次")
@click.option("--formula", metavar="文件", type=PATH, help="本单位的套话，一行一句，不算抄用")
@click.option(
    "--format",
    "form",
    metavar="格式",
    default="table",
    help="table（默认）、json、html、xlsx或docx（逐份加批注）",
)
@click.option("-o", "--output", metavar="文件", type=PATH, help="写到哪里；docx写到文件夹")
@click.option("--force", is_flag=True, help="覆盖已有的文件")
def compare_command(
    paths: Sequence[Path],
    against: Sequence[Path],
    formula: Path | None,
    form: str,
    output: Path | None,
    force: bool,
) -> int:
    """Compare materials and report the passages they share."""
    from .checking import REPORTS, check

    check_words([form], REPORTS, "格式")
    if output is None and form in ("html", "xlsx", "docx"):
        raise Misuse(f"写{form}要用-o说明写到哪里")
    checked = check(paths, against, formula, progress=progress)
    progress("")
    if form == "docx" and output:
        _annotate(checked, output, force)
    elif form == "xlsx" and output:
        hand_over(checked.workbook(), output, force)
    else:
        hand_over(checked.report(form, *terminal(output)), output, force)
    return GAPS if checked.comparison.flagged else DONE


@speechkit.command(
    "new",
    short_help="新建会议文件",
    help="写一份带说明的会议文件，填好就能起草；不写-o就显示在屏幕上。\n\n"
    "会议的类型有动员会、推进会、部署会、调度会、工作会、现场会、座谈会、表彰会、总结会、"
    "启动仪式、签约仪式、揭牌仪式、其他。",
)
@click.argument("kind", metavar="会议类型")
@click.option("-o", "--output", metavar="文件", type=PATH, help="写到哪个文件")
@click.option("--force", is_flag=True, help="覆盖已有的文件")
def new_command(kind: str, output: Path | None, force: bool) -> int:
    """Write a starting file for a kind of meeting."""
    from .meeting.starters import starter

    return hand_over(starter(kind), output, force)


@speechkit.command(
    "schema",
    short_help="输出会议文件的JSON Schema",
    help="输出会议文件的JSON Schema，编辑器有了它就能提示键名、检查写法。",
)
@click.option("-o", "--output", metavar="文件", type=PATH, help="写到哪个文件，不写就显示在屏幕上")
@click.option("--force", is_flag=True, help="覆盖已有的文件")
def schema_command(output: Path | None, force: bool) -> int:
    """Write the JSON Schema of meeting files."""
    import json

    from .meeting.schema import meeting_schema

    return hand_over(json.dumps(meeting_schema(), ensure_ascii=False, indent=2) + "\n", output, force)


speechkit.add_command(corpus_group)
speechkit.add_command(proofread_command)


def _used_in(paths: Sequence[Path]) -> "Callable[[str], bool]":
    """Tell of a text whether it stands in one of these files; a file that can't be read is an error."""
    from .materials import collect_materials
    from .reuse.wording import used_wording

    materials, skipped = collect_materials(paths)
    if skipped or not materials:
        reasons = "；".join(f"{one.path}：{one.reason}" for one in skipped)
        raise Misuse(reasons or f"{paths[0]}：里面没有可以读的文稿")
    return used_wording(material.text for material in materials)


def _annotate(checked: "Checked", folder: Path, force: bool) -> None:
    from .delivery import delivery

    copies = checked.annotated()
    with delivery(folder, overwrite=force) as aside:
        for name, content in copies.items():
            (aside / name).write_bytes(content)
    for name in copies:
        click.echo(f"已写好{folder / name}")
    if not copies:
        click.echo("没有疑似抄用的段落，不用加批注")


def _wanted(outlines: "Iterable[Outline]", genres: Sequence[str]) -> "list[Outline]":
    outlines = tuple(outlines)
    check_words(genres, [outline.genre for outline in outlines], "文种")
    return [outline for outline in outlines if not genres or outline.genre in genres]


def _absent(wanted: "Iterable[Outline]", drafts: "Iterable[Draft]") -> list[str]:
    """What was not drafted for want of data."""
    drafted = {draft.genre for draft in drafts}
    return [
        f"没有写{outline.genre}：会议文件里没有“{outline.source}”，要写就加上这个键"
        for outline in wanted
        if outline.genre not in drafted
    ]


def _report(drafts: "Iterable[Draft]", formats: Sequence[str], folder: Path, trace: bool) -> None:
    drafts = tuple(drafts)
    for draft in drafts:
        length = draft.manuscript.spoken_length
        size = f"{length}字，约{max(1, round(length / RATE))}分钟"
        for suffix in formats:
            click.echo(f"{folder / draft.name}.{suffix}  {size}")
        for ending in ("trace.json", "溯源.md") if trace else ():
            click.echo(f"{folder / draft.name}.{ending}")
    for draft in drafts:
        for finding in dict.fromkeys(draft.findings):
            click.echo(f"{MARKS[finding.severity]}：{draft.name}：{finding}", err=True)
