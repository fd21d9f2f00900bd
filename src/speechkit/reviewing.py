"""Proofreading files: they are read, gone through, and what was found is reported or put right."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .diagnostics import Diagnostic
from .errors import SpeechkitError
from .formats import render_text
from .formats.corrections import Change, corrected
from .formats.files import read_bytes
from .formats.marks import Source
from .formats.sources import read_source
from .manuscript import Manuscript
from .materials import collect_sources
from .meeting import Meeting, load_meeting
from .proofing.context import Context
from .proofing.findings import Finding
from .proofing.genre import guess_genre
from .proofing.proofreading import findings_in
from .proofing.rules import Rule, load_rules
from .proofing.text import Text
from .proofing.together import proofread_together
from .reports.proofing_records import ProofreadFile, Proofreading

REPORTS = ("table", "json", "html", "docx")


class ReviewingError(SpeechkitError):
    """Nothing to proofread, or a rule that isn't there."""


@dataclass(frozen=True)
class Corrected:
    """修正稿: a file of the same kind with what is mechanical and sure put right."""

    content: bytes
    made: tuple[Finding, ...]
    """In the order of the text."""
    left: tuple[Finding, ...]
    """Sure, but not to be put right everywhere: automatic numbers, overlaps with what was made."""
    changes: int = 0
    """How many places were changed."""


@dataclass(frozen=True)
class Reviewed:
    """A proofreading with the files that it is about."""

    result: Proofreading
    sources: dict[str, Source]
    """By path as given."""

    def report(self, form: str, width: int = 100, color: bool = False) -> str:
        """Return the report as `table`, `json` or `html`."""
        if form == "json":
            from .reports.proofing_json import proofing_json

            return proofing_json(self.result)
        if form == "html":
            from .reports.proofing_page import proofing_page

            return proofing_page(self.result)
        from .reports.proofing_table import proofing_table

        return proofing_table(self.result, width, color=color)

    def annotated(self, file: ProofreadFile) -> bytes:
        """Return the file as .docx with comments. Raises a FormatError or ReportError."""
        from .reports.proofing_annotation import proofing_copy

        return proofing_copy(file, self.sources[file.path])

    def corrected(self, file: ProofreadFile) -> Corrected:
        """Return the file with what is mechanical and sure put right. Raises a FormatError."""
        wanted = {change: finding for finding in file.findings for change in _changes(finding, file.text)}
        content, changes = corrected(read_bytes(Path(file.path)), self.sources[file.path], wanted)
        done = set(changes)
        made: list[Finding] = []
        left: list[Finding] = []
        for finding in file.findings:
            own = _changes(finding, file.text)
            if own:
                (made if done.issuperset(own) else left).append(finding)
        return Corrected(content, tuple(made), tuple(left), len(changes))


def _changes(finding: Finding, text: str) -> list[Change]:
    """Return what a finding that is mechanical and sure changes: its place, and others that read the same."""
    replacement = finding.diagnostic.replacement
    if not finding.is_certain or replacement is None:
        return []
    begin, end = finding.span.begin, finding.span.end
    same = [place for place in finding.others if text[slice(*place)] == text[begin:end]]
    return [
        change for place in ((begin, end), *same) for change in _least(text[begin:end], place[0], replacement)
    ]


def _least(wrong: str, begin: int, right: str) -> list[Change]:
    """Return only what differs: what stands between a pair of marks may be another finding's to change."""
    if len(wrong) == len(right) > 1:
        pairs = enumerate(zip(wrong, right, strict=True), begin)
        return [Change(at, at + 1, new) for at, (old, new) in pairs if old != new]
    return [Change(begin, begin + len(wrong), right)]


def review(
    paths: Iterable[Path],
    meeting_file: Path | None = None,
    *,
    rules: Sequence[Path] = (),
    off: Collection[str] = (),
    progress: Callable[[str], None] = lambda stage: None,
) -> Reviewed:
    """Return what is wrong in files and folders.

    `rules` are folders of rules and words that add to the bundled ones or override them, `off` the rules that
    aren't wanted, beside those that the meeting file names. Files that can't be read are named in the result.
    `progress` is told in Chinese what is being done. Raises ReviewingError where nothing could be read, the
    errors of the meeting file and the rules.
    """
    meeting = load_meeting(meeting_file) if meeting_file else None
    context = Context(_rules(tuple(rules)), meeting, tuple(rules))
    unwanted = switched_off(context.rules, off, meeting)
    progress("读取")
    sources, skipped = collect_sources(paths)
    if not sources:
        reasons = "".join(f"\n{one.path}：{one.reason}" for one in skipped)
        raise ReviewingError(f"没有可以校对的文件，请给出docx、txt、md、pdf文件或放它们的文件夹{reasons}")
    texts = [_text(path, source.text) for path, source in sources.items()]
    # Only with a meeting file are several texts known to belong together.
    between = proofread_together(texts, context) if meeting and len(texts) > 1 else {}
    files = []
    for number, text in enumerate(texts, 1):
        progress(f"校对（{number}/{len(texts)}）")
        found = findings_in(text, context, off=unwanted, more=between.get(text.file, ()))
        files.append(ProofreadFile(text.file, text.text, tuple(found), text.genre))
    return Reviewed(Proofreading(tuple(files), tuple(skipped)), sources)


def proofread(
    manuscript: Manuscript | Path | str,
    meeting: Meeting | None = None,
    *,
    rules: Iterable[Path] = (),
    off: Collection[str] = (),
) -> list[Diagnostic]:
    """Return what is wrong in a manuscript, in the file at a path, or in a text, in its order.

    Spans are in characters of `formats.render_text` of a manuscript, of the text as read of a file. With a
    meeting the text is held against its names, numbers and dates too. `rules` are folders of rules that add
    to the bundled ones, `off` rules that aren't wanted. Raises a FormatError for the file, ReviewingError for
    a rule that isn't there.
    """
    context = Context(_rules(tuple(rules)), meeting, tuple(rules))
    path, text = "", manuscript
    if isinstance(manuscript, Manuscript):
        text = render_text(manuscript)
    elif isinstance(manuscript, Path):
        path, text = str(manuscript), read_source(manuscript).text
    unwanted = switched_off(context.rules, off, meeting)
    findings = findings_in(_text(path, str(text)), context, off=unwanted)
    return [finding.diagnostic for finding in findings]


def switched_off(
    rules: dict[str, Rule] | Iterable[str], off: Iterable[str], meeting: Meeting | None
) -> frozenset[str]:
    """Return the ids of the rules that are switched off; a name before the dot stands for all of its rules.

    Raises ReviewingError for what names no rule.
    """
    known = list(rules)
    unwanted: set[str] = set()
    for name in (*off, *(meeting.proofing.off if meeting else ())):
        meant = [id_ for id_ in known if id_ == name or id_.startswith(f"{name}.")]
        if not meant:
            raise ReviewingError(
                f"没有“{name}”这条校对规则{_perhaps(name, known)}；编号写在校对结果每一处的后面"
            )
        unwanted.update(meant)
    return frozenset(unwanted)


def _perhaps(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name[:40], known, 1, 0.5)
    return f"，是不是“{near[0]}”" if near else ""


@cache
def _bundled() -> dict[str, Rule]:
    return load_rules()


def _rules(folders: tuple[Path, ...]) -> dict[str, Rule]:
    return load_rules(folders) if folders else _bundled()


def _text(path: str, text: str) -> Text:
    """The text with its genre, told by the name of its file or by how it begins."""
    return Text(text, path, guess_genre(Path(path).stem) or guess_genre(text))
