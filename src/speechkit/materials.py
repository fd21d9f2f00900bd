"""Collect the materials of a comparison from files, folders and manuscripts."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .formats import render_text
from .formats.sources import SOURCE_SUFFIXES, Source, read_sources
from .manuscript import Manuscript, Signature
from .reuse.records import Material, Skipped

_PASSED_OVER = (".", "~$")
"""How hidden files begin, and those that Word leaves beside a file that is open."""

# What a file name says beside the unit: it is cut there. 社会工作部 and 工作委员会 are units.
_CUT = re.compile(
    "汇报|总结|报告|发言|讲话|材料|方案|简报|自查|台账|经验|交流|典型|情况|工作(?![部委])|关于|附件|上报|报送|终稿|定稿"
    r"|第?[\d一二三四五六七八九十]+(?:年度?|月份?|日|季度|期|号|篇|稿|版)|[\W\d_的]+"
)
_UNITS = (
    "街道|社区|办事处|街道办|委员会|管委会|居委会|村委会|办公室|公司|集团|银行|中心"
    "|小学|中学|大学|学校|学院|医院|卫生院|幼儿园|总队|支队|大队|中队|派出所"
    "|司法所|财政所|卫生所|事务所|服务站|联合会|工会|协会|商会|妇联|残联|文联"
    "|工商联|党委|党组|党支部|党校|纪委|团委|政协|人大|政府|人民政府|法院|检察院"
    "|开发区|高新区|园区|新区|景区|县委|市委|区委|省委"
)
_ENDINGS = {
    "镇": "村区域长",
    "乡": "村镇土亲贤愁风情",
    "村": "民庄级务居容",
    "局": "面部势长限",
    "委": "员托派任会",
    "办": "理法事公好学案实会结",
    "部": "署门分位队长件",
    "厅": "长级",
    "院": "长落校",
    "厂": "房区长",
}
"""Last character of a unit of three and more -> what may not follow, because the two are another word."""
_ENDING = "|".join(f"{end}(?![{others}])" for end, others in _ENDINGS.items())
_PATTERNS = (
    re.compile(rf"\w{{0,14}}(?:{_UNITS})"),
    re.compile(rf"\w{{2,15}}(?:{_ENDING})"),
    re.compile(r"\w{2,4}[县市区旗]$"),
)
_NO_UNIT = re.compile(
    "^[全各本我该在]|[城农乡]村$|城乡$|[全干内局]部$|围绕|开展|推进|加强|做好|落实|全面|深入|创建"
)


def guess_unit(name: str) -> str:
    """Return the unit that the stem of a file name speaks of, such as 城关镇; "" where that is not sure."""
    for part in _CUT.split(name):
        found = [match[0] for pattern in _PATTERNS if (match := pattern.match(part))]
        if found and not _NO_UNIT.search(longest := max(found, key=len)):
            return longest
    return ""


def collect_sources(paths: Iterable[Path | str]) -> tuple[dict[str, Source], tuple[Skipped, ...]]:
    """Return the files in files and folders by path, in order, and what could not be read with the reason.

    Folders are searched to their depth, in the order of names; hidden files, lock files and other kinds of
    file are passed over there. The same file is taken once. Paths are as given.
    """
    found: list[str] = []
    skipped: list[Skipped] = []
    for item in _Search().files(paths):
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            found.append(item)
    sources: dict[str, Source] = {}
    for path, result in zip(found, read_sources(found), strict=True):
        if isinstance(result, Source):
            sources[path] = result
        else:
            skipped.append(Skipped(path, str(result).removeprefix(f"{Path(path)}：")))
    return sources, tuple(skipped)


def collect_materials(paths: Iterable[Path | str]) -> tuple[tuple[Material, ...], tuple[Skipped, ...]]:
    """Return the materials as `collect_sources` finds the files; their ids are their paths."""
    sources, skipped = collect_sources(paths)
    return tuple(_material(path, source) for path, source in sources.items()), skipped


def material_of(manuscript: Manuscript, id: str) -> Material:
    """Return a manuscript as a material; the offsets of a comparison are in `formats.render_text` of it."""
    signatures = [block.unit for block in manuscript.blocks if isinstance(block, Signature)]
    return Material(id, render_text(manuscript), unit=signatures[-1] if signatures else "")


def _material(path: str, source: Source) -> Material:
    unit = guess_unit(Path(path).stem)
    return Material(path, source.text, path, unit, source.created, source.modified)


class _Search:
    """Goes through files and folders, none of them twice."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def files(self, paths: Iterable[Path | str]) -> Iterator[str | Skipped]:
        for path in paths:
            name = os.fspath(path)
            if self._is_new(Path(name)):
                yield from self._folder(name) if Path(name).is_dir() else (_presentable(name),)

    def _is_new(self, path: "Path | os.DirEntry[str]") -> bool:
        try:
            known = path.stat()
        except (OSError, ValueError):
            # Whoever reads it says why.
            return True
        key = (known.st_dev, known.st_ino)
        # Some file systems know no such numbers.
        if known.st_ino and key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _folder(self, path: str) -> Iterator[str | Skipped]:
        """Yield the files below a folder; links to folders are followed, but never round in a circle."""
        found = False
        waiting = [path]
        while waiting:
            try:
                entries = _entries(waiting.pop())
            except OSError as error:
                found = True
                yield _unopened(error)
                continue
            waiting += [e.path for e in reversed(entries) if e.is_dir() and self._is_new(e)]
            for entry in entries:
                if entry.name.lower().endswith(SOURCE_SUFFIXES) and not entry.is_dir():
                    found = True
                    if self._is_new(entry):
                        yield _presentable(entry.path)
        if not found:
            yield Skipped(_shown(path), f"文件夹里没有能读的文件，能读的是{'、'.join(SOURCE_SUFFIXES)}")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as listed:
        entries = [entry for entry in listed if not entry.name.startswith(_PASSED_OVER)]
    return sorted(entries, key=lambda entry: entry.name)


def _unopened(error: OSError) -> Skipped:
    return Skipped(_shown(str(error.filename)), f"打不开这个文件夹（{error.strerror}），请检查权限")


def _presentable(path: str) -> str | Skipped:
    """Return the path if it can be shown and written down."""
    shown = _shown(path)
    return path if shown == path else Skipped(shown, "文件名里有乱码，请改名后再用")


def _shown(path: str) -> str:
    return path.encode("utf-8", "replace").decode("utf-8")
