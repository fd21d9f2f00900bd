"""A Word copy of a text, with a comment on every flagged passage."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..formats.files import write_bytes
from ..formats.sources import read_source
from ..reuse.records import Comparison, Match, Place
from .comments import Remark, commented
from .errors import ReportError
from .shares import sides
from .wording import (
    KINDS,
    documents_of,
    leftover_words,
    names,
    percent,
    strongest_first,
    swaps_words,
)

AUTHOR = "查重"
MOST_PLACES = 8
"""Other places that one comment names."""


def annotate(
    path: Path, material_id: str, comparison: Comparison, target: Path, *, overwrite: bool = False
) -> int:
    """Write a copy of a file as .docx with comments on its flagged passages, and return how many there are.

    A comment says where else the passage stands, what kind of copying it is, what was swapped and what was
    forgotten. A .docx keeps its look; of any other file the text is taken. The file itself is never touched.
    Raises a FormatError, ReportError where the file is not the one that was compared or is the target.
    """
    if target.exists() and target.samefile(path):
        raise ReportError(f"{path}：带批注的要另存一份，请换一个文件名")
    content, count = annotated(path, material_id, comparison)
    write_bytes(target, content, overwrite=overwrite)
    return count


def annotated(path: Path, material_id: str, comparison: Comparison) -> tuple[bytes, int]:
    """Return the content of the copy and the number of comments; raises as `annotate` does."""
    source = read_source(path)
    known = {document.id: document.characters for document in comparison.documents}
    if known.get(material_id, len(source.text)) != len(source.text):
        raise ReportError(f"{path}：查重以后这个文件改过了，请重新查重")
    remarks = _remarks(material_id, comparison)
    return commented(path, source, remarks, AUTHOR), len(remarks)


# -- what is said --------------------------------------------------------------------------------------------


def _remarks(material_id: str, comparison: Comparison) -> list[Remark]:
    """Put into words what is to be said, in the order of the text; passages that coincide share a comment."""
    named = names(documents_of(comparison))
    passages: dict[tuple[int, int], list[tuple[Match, Place, bool]]] = {}
    for match in strongest_first(comparison.flagged):
        for second, (here, there) in enumerate(sides(match)):
            if here.document == material_id:
                passages.setdefault((here.begin, here.end), []).append((match, there, bool(second)))
    return [
        Remark(*where, tuple(_lines(found, material_id, named))) for where, found in sorted(passages.items())
    ]


def _lines(
    found: Sequence[tuple[Match, Place, bool]], material_id: str, named: Mapping[str, str]
) -> Iterator[str]:
    for match, there, second in found[:MOST_PLACES]:
        other = "本文" if there.document == material_id else f"“{named[there.document]}”"
        share = percent(match.containment_b if second else match.containment_a)
        yield f"{KINDS[match.kind]}：与{other}第{there.begin + 1}—{there.end}字雷同，本段有{share}见于那里。"
        if swaps := swaps_words(match.swaps):
            direction = "那里→这里" if second else "这里→那里"
            yield f"换了（{direction}）：{'；'.join(swaps)}。"
        yield from (f"忘改：{leftover_words(leftover, named)}。" for leftover in match.leftovers)
    if len(found) > MOST_PLACES:
        yield f"另有{len(found) - MOST_PLACES}处也有这一段。"
