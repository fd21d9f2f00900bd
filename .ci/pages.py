"""Convert the Word files under a folder to PDF and compare pages and text with what speechkit reads in them.

Called by `.ci/run` with LibreOffice and poppler-utils at hand: python .ci/pages.py FOLDER
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import speechkit

CHARACTERS_A_PAGE = 28 * 22
"""Of the printed official layout, the default."""
EMPTIEST = 0.35
"""How full the pages of a document are at least: a host script consists of short lines."""


def convert(files: list[Path], folder: Path) -> None:
    """Write a PDF beside each file."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    for directory in sorted({file.parent for file in files}):
        own = [str(file) for file in files if file.parent == directory]
        subprocess.run([*command, str(directory), *own], check=True, capture_output=True, timeout=300)


def output(*command: str | Path) -> str:
    """Return what a command prints."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def complaints(file: Path) -> Iterator[str]:
    """Yield what is wrong with the pages of a Word file."""
    manuscript = speechkit.read(file)
    pdf = file.with_suffix(".pdf")
    pages = int(re.findall(r"^Pages:\s+(\d+)$", output("pdfinfo", pdf), re.MULTILINE)[0])
    length = manuscript.spoken_length
    most = 1 + length / CHARACTERS_A_PAGE / EMPTIEST
    if not length / CHARACTERS_A_PAGE <= pages <= most:
        yield f"{pages} pages for {length} characters"
    text = re.sub(r"^\s*—\s*\d+\s*—\s*$", "", output("pdftotext", "-layout", pdf, "-"), flags=re.MULTILINE)
    shown = re.sub(r"\s", "", text)
    lines = [manuscript.title, *(paragraph.text for paragraph in manuscript.paragraphs)]
    yield from (f"not on the pages: {line}" for line in lines if re.sub(r"\s", "", line) not in shown)
    print(f"{file.parent.name}/{file.name}: {length} characters, {pages} pages")


def main() -> int:
    """Check all files; return 1 where anything is wrong."""
    folder = Path(sys.argv[1])
    files = sorted(folder.glob("*/*.docx"))
    if not files:
        raise SystemExit(f"no Word files under {folder}")
    convert(files, folder)
    wrong = [f"{file.parent.name}/{file.name}: {what}" for file in files for what in complaints(file)]
    for line in wrong:
        print(line)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
