"""Hand over several files together: all of them arrive, or none."""

import errno
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from tempfile import mkdtemp

from .errors import SpeechkitError

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOENT: "这里不能建文件夹",
    errno.EISDIR: "没有写出文件名",
}
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class DeliveryError(SpeechkitError):
    """Files that can't be put where they are wanted; nothing was changed there."""


@contextmanager
def delivery(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield an empty folder; the files put into it are moved into `folder` when the block ends.

    `folder` is made where it is missing. If anything fails, the block included, all is as it was before.
    Raises DeliveryError, for existing files unless `overwrite`.
    """
    with _refusals(folder), _folder_made(folder):
        aside = Path(mkdtemp(prefix=".speechkit-", dir=folder))
        try:
            yield aside
            _move(aside, folder, overwrite)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into a DeliveryError."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"系统拒绝，错误号{error.errno}")
        raise DeliveryError(f"{folder}：写不进去（{reason}），请换一个位置") from None
    except UnicodeEncodeError:
        advice = "请先设置环境变量“LC_ALL=C.UTF-8”再运行"
        raise DeliveryError(f"{str(folder)!a}：系统的文件名编码写不了中文，{advice}") from None
    except ValueError:
        raise DeliveryError(f"{str(folder)!a}：不能用作文件夹名") from None


@contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """Make the folder, and unmake what had to be made if the block fails."""
    missing = list(takewhile(lambda path: not path.exists(), (folder, *folder.parents)))
    _check_writable(missing[-1].parent if missing else folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise


def _check_writable(folder: Path) -> None:
    if not folder.is_dir():
        raise DeliveryError(f"{folder}：这是文件，这里要的是文件夹，请换一个名字")
    if _is_locked(folder) or not os.access(folder, os.W_OK | os.X_OK):
        raise DeliveryError(f"{folder}：这个文件夹是只读的，请换一个文件夹，或者改它的权限")


def _is_locked(path: Path) -> bool:
    """Whether the path is marked as read-only; an administrator could write there nevertheless."""
    return not path.stat().st_mode & _WRITABLE


def _move(aside: Path, folder: Path, overwrite: bool) -> None:
    files = sorted(aside.iterdir())
    existing = [target for file in files if os.path.lexists(target := folder / file.name)]
    _check_existing(existing, overwrite)
    kept = aside / "kept"
    kept.mkdir()
    for target in existing:
        shutil.copy2(target, kept / target.name, follow_symlinks=False)
    try:
        for file in files:
            file.replace(folder / file.name)
    except BaseException:
        _restore(files, folder, kept)
        raise


def _check_existing(existing: Sequence[Path], overwrite: bool) -> None:
    folders = [path for path in existing if path.is_dir()]
    if folders:
        raise DeliveryError(f"{_listed(folders)}：这是文件夹，不能用作文件名，请改名或换一个位置")
    if existing and not overwrite:
        raise DeliveryError(f"{_listed(existing)}：已经有了；要覆盖请加--force，不然请换一个位置")
    locked = [path for path in existing if path.exists() and _is_locked(path)]
    if locked:
        raise DeliveryError(f"{_listed(locked)}：是只读的，不覆盖；请改它的权限，或者换一个位置")


def _listed(paths: Sequence[Path]) -> str:
    return "、".join(map(str, paths))


def _restore(files: Sequence[Path], folder: Path, kept: Path) -> None:
    for file in files:
        backup, target = kept / file.name, folder / file.name
        if os.path.lexists(file):
            continue  # it has not been moved
        if os.path.lexists(backup):
            backup.replace(target)
        else:
            target.unlink(missing_ok=True)
