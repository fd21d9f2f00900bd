"""Read whole files and write them so that a half-written one never remains."""

import os
from pathlib import Path

from .errors import MissingFileError, TargetExistsError, UnreadableFileError, UnwritableTargetError

LARGEST_FILE = 64 * 1024 * 1024
"""In bytes; a speech of ten thousand characters takes 40 thousand, with pictures a few million."""


def read_bytes(path: Path) -> bytes:
    """Return the content of the file.

    Raises MissingFileError for a missing file or a folder, UnreadableFileError for what can't be opened or
    is larger than `LARGEST_FILE`.
    """
    try:
        if path.is_dir():
            raise MissingFileError(f"{path}：这是文件夹，请写出其中的文件名")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise MissingFileError(f"{path}：找不到这个文件，请检查路径和文件名") from error
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path}：打不开这个文件（{_reason(error)}），请检查权限") from error
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(f"{path}：文件超过{LARGEST_FILE >> 20}兆，不像是文稿，请拆分后再用")
    return content


def write_bytes(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write `content` aside and move it to `path` when it is complete.

    Raises TargetExistsError for a file that is there already unless `overwrite`, UnwritableTargetError where
    the folder is missing or refuses.
    """
    check_target(path, overwrite=overwrite)
    aside = path.parent / f".speechkit-{os.urandom(6).hex()}.tmp"
    try:
        try:
            aside.write_bytes(content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise UnwritableTargetError(f"{path}：写不进这个位置（{_reason(error)}），请换一个文件夹") from error


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise what `write_bytes` would raise, as far as it can be known before the content is there."""
    try:
        if path.is_dir():
            raise UnwritableTargetError(f"{path}：这是文件夹，请写出要生成的文件名")
        if not path.parent.is_dir():
            raise UnwritableTargetError(f"{path}：没有文件夹“{path.parent}”，请先建好")
        if path.exists() and not overwrite:
            raise TargetExistsError(f"{path}：这个文件已经有了，请换一个文件名，或者指明要覆盖")
    except (OSError, ValueError) as error:
        raise UnwritableTargetError(f"{path}：不能用作文件名（{_reason(error)}）") from error


def _reason(error: Exception) -> str:
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
