"""The commands for whoever keeps a corpus, each thin."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import Group, Misuse, check_words
from .output import DONE, GAPS, MARKS, PATH, folders, hand_over, named_folders, progress, terminal

if TYPE_CHECKING:
    from .curation.stock import Stock
    from .curation.trials import Trials
    from .diagnostics import Diagnostic

DRAFTS = 200
"""Meetings that `lint` has drafted: some seconds on an ordinary machine."""
MOST_DRAFTS = 100_000

_corpora = click.option(
    "--corpora", metavar="文件夹", type=PATH, multiple=True, help="自己的语料，可写几次；不写就是自带的"
)
_outlines = click.option(
    "--outlines", metavar="文件夹", type=PATH, multiple=True, help="另外的大纲，可写几次"
)
_everything = click.option("--all", "everything", is_flag=True, help="写了--corpora时，自带的语料也算在内")


@click.group(
    "corpus",
    cls=Group,
    invoke_without_command=True,
    short_help="统计、查看、检查语料",
    help="统计、查看、检查语料：自带的，或者用--corpora指定的自己的语料。",
)
@click.pass_context
def corpus_group(ctx: click.Context) -> int:
    """Show the help; the commands do the rest."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return DONE


@corpus_group.command(
    "stats",
    short_help="统计各槽有多少短语",
    help="统计各槽有多少短语、各族有多少标题组，哪些槽备选太少。",
)
@_corpora
@_outlines
@_everything
@click.option("--format", "form", metavar="格式", default="table", help="table（默认）或json")
def stats_command(corpora: Sequence[Path], outlines: Sequence[Path], everything: bool, form: str) -> int:
    """Show how much the corpora have."""
    check_words([form], ("table", "json"), "格式")
    from .curation.statistics import statistics, statistics_json, statistics_table

    found = statistics(_stock(corpora, outlines, everything))
    if form == "json":
        return hand_over(statistics_json(found), None, False)
    width, color = terminal(None)
    return hand_over(statistics_table(found, width, color=color), None, False)


@corpus_group.command(
    "show",
    short_help="查看一个槽、一个题材或一条短语",
    help="查看一个槽、一个题材的全部短语，或一条短语和它所在的文件、行。名字可以只写前几段，如“讲话.意义”。",
)
@click.argument("name", metavar="槽|题材|编号")
@_corpora
@_outlines
def show_command(name: str, corpora: Sequence[Path], outlines: Sequence[Path]) -> int:
    """Show the entries that a name stands for."""
    from .curation.lookup import find, shown

    return _say(shown(find(_stock(corpora, outlines, True), name)))


@corpus_group.command(
    "lint",
    short_help="检查语料",
    help="检查语料：不存在的变量，永远不成立的条件，几乎一样的短语，重复的长串，标点，具体事实，不该用的词，"
    "没有大纲用到的槽，总也选不上或选得太多的短语。写了--corpora时只查自己的。\n\n"
    "有问题时退出码为1，没有时为0，用法有误时为2。",
)
@_corpora
@_outlines
@_everything
@click.option("--rule", "rules", metavar="名称", multiple=True, help="只查这一条，可写几次")
@click.option(
    "--drafts",
    metavar="数",
    default=str(DRAFTS),
    help=f"试写多少场会议来看选用的情况，默认{DRAFTS}，写0就不试写",
)
@click.option(
    "--meeting", "meetings", metavar="会议文件", type=PATH, multiple=True, help="试写时用上，可写几次"
)
@click.option(
    "--against", metavar="路径", type=PATH, multiple=True, help="不能照抄的文稿（文件或文件夹），可写几次"
)
@click.option("--format", "form", metavar="格式", default="text", help="text（默认）或json")
def lint_command(
    corpora: Sequence[Path],
    outlines: Sequence[Path],
    everything: bool,
    rules: Sequence[str],
    drafts: str,
    meetings: Sequence[Path],
    against: Sequence[Path],
    form: str,
) -> int:
    """Say what is wrong with the corpora."""
    from .corpus import CorpusError
    from .curation.linting import RULES, Evidence, lint
    from .curation.wordlist import load_words
    from .reuse.wording import alike_pairs

    check_words([form], ("text", "json"), "格式")
    check_words(rules, tuple(RULES.values()), "检查项")
    wanted = [rule for rule, name in RULES.items() if name in rules]
    count = _number(drafts)
    texts = _texts(against)
    try:
        stock = _stock(corpora, outlines, everything)
    except CorpusError as error:
        # What can't be loaded is what there is to be found.
        return _tell(error.diagnostics, form)
    asked = count if not wanted or "choice" in wanted else 0
    trials, remark = _trials(stock, outlines, meetings, asked)
    progress("检查")
    found = lint(stock, Evidence(load_words(), alike_pairs, trials, texts), wanted)
    progress("")
    return _tell(found, form, remark)


@corpus_group.command(
    "preview",
    short_help="看一个槽的短语在一场会里怎么写",
    help="看一个槽的短语套上一场会议的数据怎么写；用不上的，说明为什么。＊是起草时会选用的。\n\n"
    "会议文件旁边的corpora、outlines文件夹会自动用上。这场会用不到这个槽时退出码为1。",
)
@click.argument("meeting_file", metavar="会议文件", type=PATH)
@click.option("--slot", metavar="槽", required=True, help="哪个槽，如讲话.大局")
@click.option("--seed", metavar="文字", default="", help="换一种写法，看选用的是哪几条")
@click.option("--corpora", metavar="文件夹", type=PATH, multiple=True, help="另外的语料，可写几次")
@_outlines
def preview_command(
    meeting_file: Path, slot: str, seed: str, corpora: Sequence[Path], outlines: Sequence[Path]
) -> int:
    """Show how the phrases of a slot read in the documents of a meeting."""
    from .curation.previewing import preview, shown
    from .meeting import load_meeting

    beside = meeting_file.parent
    corpora, outlines = folders(beside / "corpora", corpora), folders(beside / "outlines", outlines)
    showings = preview(load_meeting(meeting_file), slot, seed=seed, corpora=corpora, outlines=outlines)
    if not showings:
        click.echo(
            f"这场会的文稿用不到“{slot}”：大纲里用它的地方条件不成立，或者会议文件里没有那份文稿的数据"
        )
        return GAPS
    return _say(shown(showings))


# -- what the commands share ---------------------------------------------------------------------------------


def _stock(corpora: Sequence[Path], outlines: Sequence[Path], everything: bool) -> "Stock":
    from .curation.stock import load_stock

    own = named_folders(corpora)
    for folder in own:
        if not any(folder.rglob("*.yaml")):
            raise Misuse(f"{folder}：里面没有语料文件（.yaml）")
    return load_stock(own, named_folders(outlines), everything=everything)


def _number(told: str) -> int:
    if not (told.isascii() and told.isdigit() and int(told) <= MOST_DRAFTS):
        raise Misuse(f"“--drafts {told}”看不懂，要写0到{MOST_DRAFTS}的数")
    return int(told)


def _texts(paths: Sequence[Path]) -> dict[str, str]:
    """The texts that must not be copied, by name; a file that can't be read is an error."""
    from .materials import collect_materials

    materials, skipped = collect_materials(paths)
    if skipped or (paths and not materials):
        raise Misuse("；".join(f"{one.path}：{one.reason}" for one in skipped) or f"{paths[0]}：里面没有文稿")
    return {material.id: material.text for material in materials}


def _trials(
    stock: "Stock", outlines: Sequence[Path], meetings: Sequence[Path], drafts: int
) -> "tuple[Trials | None, str]":
    """What came of so many drafts, and what is to be said of them."""
    from .curation.trials import run_trials, starters
    from .curation.usage import beyond_reach
    from .meeting import load_meeting
    from .outline import load_outlines
    from .supply import PhrasingError

    if not drafts:
        return None, ""
    all_meetings = (*map(load_meeting, meetings), *starters())

    def tell(done: int) -> None:
        if done % 10 == 0:
            progress(f"试写第{done}场，共{drafts}场")

    try:
        trials = run_trials(stock.corpus, load_outlines(outlines), all_meetings, drafts, tell)
    except PhrasingError as error:
        progress("")
        return None, f"没有试写，先改好这一条：{error}"
    untold = beyond_reach(stock, trials)
    advice = "看不出会不会选用，可用--meeting加上合适的会议文件"
    return trials, f"另有{untold}条短语在试写的会议里用不上，{advice}" if untold else ""


def _tell(found: "Sequence[Diagnostic]", form: str, remark: str = "") -> int:
    from .curation.linting import RULES, counted, findings_json

    if form == "json":
        hand_over(findings_json(found), None, False)
        return GAPS if found else DONE
    for finding in found:
        click.echo(f"{MARKS[finding.severity]}：{finding}")
    numbers = "，".join(f"{RULES[rule]}{number}" for rule, number in counted(found).items())
    click.echo(
        f"共{len(found)}处：{numbers}" if numbers else f"共{len(found)}处" if found else "没有发现问题"
    )
    if remark:
        click.echo(remark)
    return GAPS if found else DONE


def _say(lines: Iterable[str]) -> int:
    click.echo("".join(f"{line}\n" for line in lines), nl=False)
    return DONE
