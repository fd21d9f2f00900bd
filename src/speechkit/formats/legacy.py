"""Old Word files (.doc), those of WPS (.wps) and rich text (.rtf), by way of LibreOffice."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from .errors import DamagedFileError, FormatError, MissingToolError, UnreadableFileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH_TEXT = b"{\\rtf"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format"}
"""Suffix -> how LibreOffice calls the format; left to guess, it opens a damaged file as plain text."""
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
_START_TIME, _TIME_PER_FILE = 60, 10
"""In seconds. A file takes a tenth of one, the first start on a slow disk half a minute."""

# Foreign files neither run macros nor fetch anything from elsewhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def old_suffix(content: bytes) -> str:
    """Return .doc or .rtf for what LibreOffice has to open, told by its content; "" for anything else."""
    if content.startswith(_RICH_TEXT):
        return ".rtf"
    return ".doc" if content.startswith(_OLE) and _WORD_STREAM in content else ""


def convert(contents: Sequence[bytes], files: Sequence[str]) -> list[bytes | FormatError]:
    """Return for each old file the same as .docx, or the error that says why not.

    One start of LibreOffice serves all. The same content gives the same paragraphs every time.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return [_without_program(file) for file in files]
    try:
        with TemporaryDirectory(prefix="speechkit-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            _prepare(folder, contents)
            for suffix in _FILTERS:
                _convert_all(program, folder, suffix)
            return [_result(folder, number, file) for number, file in enumerate(files)]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [UnreadableFileError(f"{file}：启动不了LibreOffice（{reason}）") for file in files]


def _without_program(file: str) -> FormatError:
    advice = "请安装LibreOffice（免费），或者用Word、WPS另存为.docx"
    return MissingToolError(f"{file}：读旧格式的文件要用到LibreOffice，这台电脑上没有找到。{advice}")


def _prepare(folder: Path, contents: Sequence[bytes]) -> None:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    for number, content in enumerate(contents):
        (folder / f"{number}{old_suffix(content)}").write_bytes(content)


def _convert_all(program: str, folder: Path, suffix: str) -> None:
    """Convert the files of this suffix, and go on behind one on which LibreOffice crashes or hangs."""
    waiting = sorted(folder.glob(f"*{suffix}"), key=lambda path: int(path.stem))
    while waiting and not _run(program, folder, waiting):
        waiting = [path for path in waiting if not _target(folder, path.stem).is_file()][1:]


def _target(folder: Path, stem: str) -> Path:
    return folder / "out" / f"{stem}.docx"


def _run(program: str, folder: Path, inputs: Sequence[Path]) -> bool:
    """Return whether LibreOffice came to its end."""
    options = ["--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    options += [f"--infilter={_FILTERS[inputs[0].suffix]}", "--convert-to", "docx"]
    command = [program, *options, "--outdir", str(folder / "out"), *map(str, inputs)]
    with _started(command) as process:
        try:
            return process.wait(_START_TIME + _TIME_PER_FILE * len(inputs)) == 0
        except subprocess.TimeoutExpired:
            return False


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program that leaves nothing running, neither after a time-out nor after Ctrl-C."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        yield process
    finally:
        # The program is a script that starts others.
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _result(folder: Path, number: int, file: str) -> bytes | FormatError:
    try:
        return _target(folder, str(number)).read_bytes()
    except OSError:
        return DamagedFileError(f"{file}：LibreOffice打不开这个文件，可能已损坏或加了密码，请另存为.docx")
