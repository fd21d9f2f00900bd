"""Files that are missing, damaged, hostile, or must not be touched."""

import io
import os
import stat
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechkit import formats
from speechkit.formats import docx_package, files
from speechkit.formats.errors import (
    DamagedFileError,
    EmptyFileError,
    FormatError,
    HostileFileError,
    MissingFileError,
    TargetExistsError,
    UnknownFormatError,
    UnreadableFileError,
    UnwritableTargetError,
)
from speechkit.manuscript import Manuscript, Paragraph

SMALL = Manuscript("简短的讲话", blocks=(Paragraph("完。"),))


@cache
def small_docx() -> bytes:
    from speechkit.formats.docx_writer import docx_bytes

    return docx_bytes(SMALL, formats.load_layout("gbt9704"))


def repacked(replace: dict[str, bytes | None]) -> bytes:
    """Return a Word file with some of its parts replaced, or left out where None."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_docx())) as old, zipfile.ZipFile(buffer, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()} | replace
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# --- suffix and place ---------------------------------------------------------------------------


def test_suffixes() -> None:
    assert formats.SUFFIXES == (".docx", ".md", ".txt")


@pytest.mark.parametrize("name", ["稿.pdf", "稿.doc", "稿", "稿.docx.bak", ".docx"])
def test_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormatError, match=r"能用的是\.docx、\.md、\.txt"):
        formats.read(tmp_path / name)
    with pytest.raises(UnknownFormatError):
        formats.write(SMALL, tmp_path / name)


def test_old_word_file_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"另存为\.docx"):
        formats.read(tmp_path / "稿.doc")


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_suffix_may_be_upper_case(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"稿{suffix.upper()}"
    formats.write(SMALL, path)
    assert formats.read(str(path)) == SMALL


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_missing_file_and_folder(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(MissingFileError, match="找不到"):
        formats.read(tmp_path / f"无{suffix}")
    folder = tmp_path / f"夹{suffix}"
    folder.mkdir()
    with pytest.raises(MissingFileError, match="文件夹"):
        formats.read(folder)
    with pytest.raises(UnwritableTargetError, match="文件夹"):
        formats.write(SMALL, folder)


@pytest.mark.parametrize("name", ["\0.txt", "长" * 300 + ".txt"])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError):
        formats.read(tmp_path / name)
    with pytest.raises(UnwritableTargetError):
        formats.write(SMALL, tmp_path / name)


def test_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "稿.txt").write_text("好", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFileError, match="权限"):
        formats.read(tmp_path / "稿.txt")


def test_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_FILE", 1 << 20)
    (tmp_path / "稿.txt").write_bytes(b"a" * ((1 << 20) + 1))
    with pytest.raises(UnreadableFileError, match="超过1兆"):
        formats.read(tmp_path / "稿.txt")


# --- writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_existing_file_is_not_overwritten_unasked(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"稿{suffix}"
    path.write_bytes(b"mine")
    with pytest.raises(TargetExistsError, match="已经有了"):
        formats.write(SMALL, path)
    assert path.read_bytes() == b"mine"
    formats.write(SMALL, path, overwrite=True)
    assert formats.read(path) == SMALL


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnwritableTargetError, match="没有文件夹"):
        formats.write(SMALL, tmp_path / "无" / "稿.txt")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="对根用户和Windows，文件夹总是可写的")
def test_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(UnwritableTargetError, match="写不进"):
        formats.write(SMALL, tmp_path / "稿.txt")
    tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("failing", ["write_bytes", "replace"])
def test_failed_writing_leaves_nothing_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "稿.txt"
    path.write_bytes(b"mine")

    def fail(self: Path, *_: object) -> None:
        if failing == "write_bytes":
            self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, failing, fail)
    with pytest.raises(UnwritableTargetError, match="No space left"):
        formats.write(SMALL, path, overwrite=True)
    assert path.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [path]


def test_written_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "常.txt").touch()
    formats.write(SMALL, tmp_path / "稿.txt")
    assert (tmp_path / "稿.txt").stat().st_mode == (tmp_path / "常.txt").stat().st_mode


@pytest.mark.parametrize("suffix", formats.SUFFIXES)
def test_same_bytes_every_time(tmp_path: Path, suffix: str) -> None:
    for name in ("甲", "乙"):
        formats.write(SMALL, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"甲{suffix}").read_bytes() == (tmp_path / f"乙{suffix}").read_bytes()


# --- damaged and hostile content ----------------------------------------------------------------

DOCUMENT = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:document>'
)
ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    + DOCUMENT % b"<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
)
OUTSIDE = (
    b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + DOCUMENT % b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>"
)
BROKEN: dict[str, tuple[Callable[[], bytes], type[FormatError]]] = {
    "empty": (lambda: b"", DamagedFileError),
    "text": (lambda: "同志们：".encode(), DamagedFileError),
    "cut off": (lambda: small_docx()[:2000], DamagedFileError),
    "encrypted or old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DamagedFileError),
    "no document": (lambda: repacked({"word/document.xml": None}), DamagedFileError),
    "a spreadsheet": (lambda: repacked({"word/document.xml": b"<workbook/>"}), DamagedFileError),
    "broken xml": (lambda: repacked({"word/document.xml": b"<w:document"}), DamagedFileError),
    "broken styles": (lambda: repacked({"word/styles.xml": b"\xff\xfe\0"}), DamagedFileError),
    "empty part": (lambda: repacked({"word/document.xml": b""}), DamagedFileError),
    "no text": (lambda: repacked({"word/document.xml": DOCUMENT % b"<w:body/>"}), EmptyFileError),
    "entities": (lambda: repacked({"word/document.xml": ENTITIES}), HostileFileError),
    "external entity": (lambda: repacked({"word/document.xml": OUTSIDE}), HostileFileError),
    "bomb": (
        lambda: repacked({"word/document.xml": b" " * (docx_package.LARGEST_PART + 1)}),
        HostileFileError,
    ),
    "bomb beside": (
        lambda: repacked({"word/styles.xml": b" " * (docx_package.LARGEST_PART + 1)}),
        HostileFileError,
    ),
    "many parts": (
        lambda: repacked({f"x{n}": b"" for n in range(docx_package.MOST_PARTS)}),
        HostileFileError,
    ),
    "deep nesting": (
        lambda: repacked({"word/document.xml": DOCUMENT % (b"<w:a>" * 5000 + b"</w:a>" * 5000)}),
        DamagedFileError,
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_word_files_are_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    make, error = BROKEN[case]
    path = tmp_path / "稿.docx"
    path.write_bytes(make())
    with pytest.raises(error) as raised:
        formats.read(path)
    assert str(raised.value).startswith(f"{path}：")
    assert "\n" not in str(raised.value)


def test_bomb_with_a_false_size_is_noticed(tmp_path: Path) -> None:
    """The size in the directory of the archive is what the attacker wrote there."""
    name = b"word/document.xml"
    content = bytearray(repacked({"word/document.xml": b" " * (docx_package.LARGEST_PART + 1)}))
    entry = content.rindex(name) - 46
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path = tmp_path / "稿.docx"
    path.write_bytes(content)
    with pytest.raises(FormatError):
        formats.read(path)


def test_encrypted_entry(tmp_path: Path) -> None:
    content = bytearray(small_docx())
    content[content.rindex(b"word/document.xml") - 46 + 8] |= 1
    path = tmp_path / "稿.docx"
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match="密码"):
        formats.read(path)


def refusal(path: Path) -> str | None:
    """Return the message with which the file is refused; anything but a FormatError fails the test."""
    try:
        formats.read(path)
    except FormatError as error:
        return str(error)
    return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damaged_word_file_raises_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(small_docx())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "稿.docx"
    path.write_bytes(content)
    assert (refusal(path) or f"{path}：").startswith(f"{path}：")


anything = st.one_of(
    st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))
)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=anything)
def test_any_bytes_are_read_or_refused(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"稿{suffix}"
    path.write_bytes(content)
    assert (refusal(path) or f"{path}：").startswith(f"{path}：")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("content", [b"", b"\n \n\t\n", b"\xef\xbb\xbf", b"\x01\n"])
def test_files_without_text(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"稿{suffix}"
    path.write_bytes(content)
    with pytest.raises((EmptyFileError, DamagedFileError)):
        formats.read(path)
