"""Old Word files, by way of LibreOffice: told by content, whatever the suffix says."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sourcefiles import core, docx, plain
from speechkit.formats import legacy
from speechkit.formats.errors import DamagedFileError, FormatError, MissingToolError, UnreadableFileError
from speechkit.formats.marks import Source
from speechkit.formats.sources import read_source, read_sources

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")


def rich_text(text: str) -> bytes:
    return b"{\\rtf1\\ansi " + "".join(f"\\u{ord(c)}?" for c in text).encode() + b"\\par}"


def old_word(folder: Path) -> bytes:
    """Return a true .doc file."""
    (folder / "新.docx").write_bytes(docx(plain("真正的旧格式。"), core=core("2026-03-05T08:00:00Z")))
    profile = f"-env:UserInstallation={(folder / '配置').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "新.docx")], check=True, capture_output=True, timeout=120)
    return (folder / "新.doc").read_bytes()


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a shell script in the place of LibreOffice; its arguments are the files to convert."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\nshift 8\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(legacy, "_PROGRAMS", (str(program),))


@needs_office
def test_old_files_of_all_kinds(tmp_path: Path) -> None:
    true_old = old_word(tmp_path)
    contents = {
        "-一.rtf": rich_text("富文本的汇报。"),
        "二.doc": rich_text("名为旧格式的富文本。"),
        "三.WPS": true_old,
        "四.doc": docx(plain("名为旧格式的新格式。")),
        "五.docx": true_old,
        "六.rtf": b"{\\rtf",
        "七.doc": OLE + "WordDocument".encode("utf-16-le") * 9,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    results = list(read_sources([tmp_path / name for name in contents]))
    assert [result.text for result in results if isinstance(result, Source)] == [
        "富文本的汇报。",
        "名为旧格式的富文本。",
        "真正的旧格式。",
        "名为旧格式的新格式。",
        "真正的旧格式。",
    ]
    assert all(isinstance(result, FormatError) for result in results[5:])
    assert isinstance(results[2], Source)
    assert results[2].created == "2026-03-05T08:00:00Z"
    assert results[2].marks[0].part == "word/document.xml"


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf"])
def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(legacy, "_PROGRAMS", ("no-such-program",))
    path = tmp_path / f"来稿{suffix}"
    path.write_bytes(rich_text("汇报"))
    with pytest.raises(MissingToolError, match=r"LibreOffice.*另存为\.docx"):
        read_source(path)


@pytest.mark.parametrize("content", [b"", b"text", OLE, OLE + "EncryptedPackage".encode("utf-16-le")])
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf"])
def test_what_is_no_word_file_is_not_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, content: bytes
) -> None:
    monkeypatch.setattr(legacy, "_PROGRAMS", ("no-such-program",))
    path = tmp_path / f"来稿{suffix}"
    path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        read_source(path)


def many(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.rtf" for number in range(count)]
    for path in paths:
        path.write_bytes(rich_text("汇报"))
    (folder / "新.docx").write_bytes(docx(plain("汇报")))
    return paths


def convert(folder: Path, fails_at: str, how: str) -> str:
    return (
        'mkdir -p "$(dirname "$1")/out"\n'
        'for f in "$@"; do\n'
        '  n=$(basename "$f" .rtf)\n'
        f'  if [ "$n" = "{fails_at}" ]; then {how}; fi\n'
        f'  cp "{folder}/新.docx" "$(dirname "$f")/out/$n.docx"\n'
        "done"
    )


@needs_shell
@pytest.mark.parametrize("how", ["exit 139", "sleep 60", "continue"])
def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(legacy, "_START_TIME", 1)
    monkeypatch.setattr(legacy, "_TIME_PER_FILE", 0)
    stand_in(tmp_path, monkeypatch, convert(tmp_path, "1", how))
    begin = time.monotonic()
    results = list(read_sources(many(tmp_path, 4)))
    assert time.monotonic() - begin < 20
    assert [isinstance(result, Source) for result in results] == [True, False, True, True]
    assert isinstance(results[1], DamagedFileError)


@needs_shell
def test_every_file_bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    assert all(isinstance(result, DamagedFileError) for result in read_sources(many(tmp_path, 3)))


@needs_shell
def test_nothing_is_left_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "_START_TIME", 1)
    monkeypatch.setattr(legacy, "_TIME_PER_FILE", 0)
    stand_in(tmp_path, monkeypatch, f'(sleep 2; touch "{tmp_path}/still-there") & wait')
    assert isinstance(next(read_sources(many(tmp_path, 1))), DamagedFileError)
    time.sleep(1.5)
    assert not (tmp_path / "still-there").exists()


@needs_shell
def test_program_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "")
    (tmp_path / "soffice").write_bytes(b"\x7fELF")
    assert isinstance(next(read_sources(many(tmp_path, 1))), UnreadableFileError)
