"""Write the drafts of all examples anew: python tests/update_examples.py

To be run after a change to corpora, outlines or code that changes what is drafted; read what git shows as
changed before committing it.
"""

from collections.abc import Iterator
from pathlib import Path

from speechkit.drafting import draft
from speechkit.formats import render_markdown
from speechkit.meeting import load_meeting

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def folders() -> list[Path]:
    """Return the folders of the examples."""
    return sorted(path.parent for path in EXAMPLES.glob("*/meeting.yaml"))


def drafts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield file name and Markdown of each draft of an example."""
    for one in draft(load_meeting(folder / "meeting.yaml")):
        yield f"{one.name}.md", render_markdown(one.manuscript)


def main() -> None:
    for folder in folders():
        target = folder / "drafts"
        target.mkdir(exist_ok=True)
        for stale in target.glob("*.md"):
            stale.unlink()
        for name, text in drafts_of(folder):
            (target / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
