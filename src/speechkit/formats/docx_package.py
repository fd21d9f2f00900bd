"""The parts of a Word file as parsed XML, opened with suspicion: it may be damaged or hostile."""

import posixpath
import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from .errors import DamagedFileError, HostileFileError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST_PART = 40 * 1024 * 1024
"""In bytes, unpacked. A speech takes some 100 kB; pictures are not unpacked."""
LARGEST_PACKAGE = 400 * 1024 * 1024
"""In bytes, unpacked, pictures included: for what writes the whole file again."""
MOST_PARTS = 10_000

UNZIPPING_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def check_package_size(content: bytes, file: str) -> None:
    """Raise HostileFileError for a file that is far larger unpacked than any Word file."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except UNZIPPING_ERRORS:
        return
    if unpacked > LARGEST_PACKAGE:
        raise HostileFileError(f"{file}：文件展开后大得不正常，不能打开")


class Package:
    """A Word file opened for reading; raises DamagedFileError or HostileFileError."""

    def __init__(self, content: bytes, file: str) -> None:
        self.file = file
        if content.startswith(_OLE):
            raise DamagedFileError(f"{file}：文件加了密码，或者是旧的.doc，请去掉密码或另存为.docx后再用")
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except UNZIPPING_ERRORS as error:
            raise self._damaged("不是完整的Word文件") from error
        if len(self._archive.namelist()) > MOST_PARTS:
            raise HostileFileError(f"{file}：文件里的部件多得不正常，不能打开")
        self.document = self._main_part()

    def _damaged(self, what: str) -> DamagedFileError:
        return DamagedFileError(f"{self.file}：{what}，请用Word或WPS打开检查，再另存为.docx")

    def _main_part(self) -> str:
        """Return the name of the part that holds the text."""
        root = self.parse("_rels/.rels")
        for entry in root.iter(f"{_PACKAGE}Relationship") if root is not None else ():
            if (entry.get("Type") or "").endswith("/officeDocument"):
                return (entry.get("Target") or "").lstrip("/")
        return "word/document.xml"

    def related_name(self, kind: str) -> str:
        """Return the name of the part that the text refers to as `kind`, such as styles; "" for none."""
        folder, name = posixpath.split(self.document)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        for entry in root.iter(f"{_PACKAGE}Relationship") if root is not None else ():
            if (entry.get("Type") or "").endswith(f"/{kind}") and entry.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join(folder, entry.get("Target") or "")).lstrip("/")
        return ""

    def related(self, kind: str) -> etree._Element | None:
        """Return the root of the part that the text refers to as `kind`; None without such a part."""
        name = self.related_name(kind)
        return self.parse(name) if name else None

    def parse(self, name: str) -> etree._Element | None:
        """Return the root of a part, None where it is missing."""
        if name not in self._archive.namelist():
            return None
        content = self._unpack(name).replace(STRICT, TRANSITIONAL)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self._damaged("Word文件的内容已损坏") from error
        if b"<!DOCTYPE" in content:
            raise HostileFileError(f"{self.file}：文件里有不该有的外部声明，不能打开")
        return root

    def _unpack(self, name: str) -> bytes:
        entry = self._archive.getinfo(name)
        if entry.flag_bits & 1:
            raise self._damaged("文件加了密码")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._damaged("文件的压缩方式不是Word的")
        too_large = HostileFileError(f"{self.file}：文件展开后大得不正常，不能打开")
        if entry.file_size > LARGEST_PART:
            raise too_large
        try:
            with self._archive.open(entry) as part:
                content = part.read(LARGEST_PART + 1)
        except UNZIPPING_ERRORS as error:
            raise self._damaged("Word文件已损坏") from error
        if len(content) > LARGEST_PART:
            raise too_large
        return content
