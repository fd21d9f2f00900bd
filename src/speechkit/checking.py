"""Checking files for reuse: they are read, compared, and what came of it is reported."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .errors import SpeechkitError
from .formats.sources import read_source
from .manuscript import Manuscript
from .materials import collect_materials, material_of
from .resources import resource_folder
from .reuse.background import EMPTY, Background, load_background
from .reuse.comparison import compare as compare_materials
from .reuse.formulas import Formulas, parse_formulas
from .reuse.records import Comparison, Material

REPORTS = ("table", "json", "html", "xlsx", "docx")
_STAGES = {"read": "读取", "normalise": "整理文字", "align": "比对", "weigh": "区分套话", "classify": "归类"}


class CheckingError(SpeechkitError):
    """Nothing to compare."""


@dataclass(frozen=True)
class Checked:
    """A comparison with the texts it is about."""

    comparison: Comparison
    texts: dict[str, str]
    """Id -> text as read."""

    def report(self, form: str, width: int = 100, color: bool = False) -> str:
        """Return the report as `table`, `json` or `html`."""
        if form == "json":
            from .reports.records_json import comparison_json

            return comparison_json(self.comparison)
        if form == "html":
            from .reports.page import comparison_page

            return comparison_page(self.comparison, self.texts)
        from .reports.table import comparison_table

        return comparison_table(self.comparison, self.texts, width, color=color)

    def workbook(self) -> bytes:
        """Return the spreadsheet; `MissingLibraryError` without openpyxl."""
        from .reports.workbook import workbook_bytes

        return workbook_bytes(self.comparison, self.texts)

    def annotated(self) -> dict[str, bytes]:
        """Return a Word copy with comments of each material that has flagged passages, by file name."""
        from .reports.annotation import annotated

        copies: dict[str, bytes] = {}
        flagged = {place.document for match in self.comparison.flagged for place in (match.a, match.b)}
        for document in self.comparison.documents:
            if document.id in flagged:
                name = _free(f"{Path(document.path).stem}-批注", copies)
                copies[name], _ = annotated(Path(document.path), document.id, self.comparison)
        return copies


def check(
    paths: Iterable[Path],
    against: Iterable[Path] = (),
    formula: Path | None = None,
    *,
    progress: Callable[[str], None] = lambda stage: None,
) -> Checked:
    """Return the comparison of the materials in `paths` with each other and with those in `against`.

    `formula` is a file of set phrases, one on each line. Files that can't be read are named in the result.
    `progress` is told in Chinese what is being done. Raises `CheckingError` where nothing could be read.
    """
    formulas = parse_formulas(read_source(formula).text) if formula else Formulas()
    progress(_STAGES["read"])
    materials, skipped = collect_materials(paths)
    past, unread = collect_materials(against)
    if not materials:
        reasons = "".join(f"\n{one.path}：{one.reason}" for one in skipped)
        raise CheckingError(f"没有可以比对的文件，请给出docx、txt、md、pdf文件或放它们的文件夹{reasons}")
    comparison = compare_materials(
        materials,
        _others(past, materials),
        background=shipped_background(),
        formulas=formulas,
        progress=lambda stage: progress(_STAGES[stage]),
    )
    texts = {material.id: material.text for material in (*materials, *past)}
    return Checked(replace(comparison, skipped=(*skipped, *unread)), texts)


def compare(
    manuscripts: Sequence[Manuscript | Material], against: Sequence[Manuscript | Material] = ()
) -> Comparison:
    """Return the passages that texts share with each other, within themselves and with those of `against`.

    Ids of manuscripts are their numbers, 0, 1, … and, going on, those of `against`; their offsets are in
    characters of `formats.render_text`.
    """
    everything = [_numbered(number, one) for number, one in enumerate((*manuscripts, *against))]
    size = len(manuscripts)
    return compare_materials(everything[:size], everything[size:], background=shipped_background())


def _numbered(number: int, one: Manuscript | Material) -> Material:
    return material_of(one, str(number)) if isinstance(one, Manuscript) else one


def shipped_background() -> Background:
    """Return the background of official prose that comes with the library."""
    path = resource_folder("templates") / "reuse" / "background.npz"
    return load_background(path) if path.is_file() else EMPTY


def _others(past: Iterable[Material], materials: Iterable[Material]) -> list[Material]:
    """Past material without what is being checked: nothing is a copy of itself."""
    ids = {material.id for material in materials}
    return [material for material in past if material.id not in ids]


def _free(stem: str, taken: Iterable[str]) -> str:
    names = set(taken)
    candidates = (f"{stem}{number}.docx" for number in ("", *range(2, 10_000)))
    return next(name for name in candidates if name not in names)
