"""Files, folders and manuscripts become the materials of a comparison."""

import os
from pathlib import Path

import pytest

from sourcefiles import core, docx, pdf, plain
from speechkit import formats
from speechkit.formats import legacy
from speechkit.manuscript import Heading, Manuscript, Paragraph, Signature
from speechkit.materials import collect_materials, guess_unit, material_of
from speechkit.reuse.records import Material, Skipped


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}的内容。", encoding="utf-8")


def test_files_of_all_kinds(tmp_path: Path) -> None:
    put(tmp_path, "城关镇汇报.txt", "教育局总结.md")
    times = core("2026-03-05T08:00:00Z", "2026-03-06T08:00:00Z", "王砚秋")
    (tmp_path / "县委办公室发言.docx").write_bytes(docx(plain("段"), core=times))
    (tmp_path / "稿.pdf").write_bytes(pdf(("一页",), info="/CreationDate (D:20260305)"))
    names = ["城关镇汇报.txt", "教育局总结.md", "县委办公室发言.docx", "稿.pdf"]
    materials, skipped = collect_materials([tmp_path / name for name in names])
    assert not skipped
    paths = [str(tmp_path / name) for name in names]
    assert materials == (
        Material(paths[0], "城关镇汇报.txt的内容。", paths[0], "城关镇"),
        Material(paths[1], "教育局总结.md的内容。", paths[1], "教育局"),
        Material(paths[2], "段", paths[2], "县委办公室", "2026-03-05T08:00:00Z", "2026-03-06T08:00:00Z"),
        Material(paths[3], "一页", paths[3], "", "2026-03-05T00:00:00Z", ""),
    )


def test_folder_is_searched_to_its_depth(tmp_path: Path) -> None:
    names = ["乙.txt", "甲.TXT", "二/深/丙.md", "一/丁.txt"]
    passed_over = [".藏.txt", "~$甲.docx", ".夹/戊.txt", "表.xlsx", "没有扩展名", "图.docx.png"]
    put(tmp_path, *names, *passed_over)
    materials, skipped = collect_materials([tmp_path])
    found = ["乙.txt", "甲.TXT", "一/丁.txt", "二/深/丙.md"]
    assert [material.id for material in materials] == [str(tmp_path / name) for name in found]
    assert not skipped


def test_ids_are_the_paths_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "一/甲.txt", "乙.txt")
    monkeypatch.chdir(tmp_path)
    given = ["./一", "一/../乙.txt"]
    materials, _ = collect_materials(given)
    assert [material.id for material in materials] == [f"./一{os.sep}甲.txt", "一/../乙.txt"]
    assert [material.text for material in materials] == ["一/甲.txt的内容。", "乙.txt的内容。"]


def test_same_file_is_taken_once(tmp_path: Path) -> None:
    put(tmp_path, "夹/甲.txt", "夹/乙.txt")
    (tmp_path / "夹" / "又是甲.txt").symlink_to(tmp_path / "夹" / "甲.txt")
    (tmp_path / "夹" / "圈").symlink_to(tmp_path / "夹")
    folder = tmp_path / "夹"
    materials, skipped = collect_materials([folder / "甲.txt", folder, str(folder / "甲.txt"), folder])
    assert sorted(Path(material.path).name for material in materials) == ["乙.txt", "甲.txt"]
    assert len({material.id for material in materials}) == 2
    assert not skipped


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "_PROGRAMS", ())
    put(tmp_path, "甲.txt", "坏.docx", "表.xlsx")
    (tmp_path / "空.txt").touch()
    (tmp_path / "旧.rtf").write_bytes(b"{\\rtf1 x}")
    names = ["甲.txt", "坏.docx", "空.txt", "旧.rtf", "表.xlsx", "无.txt"]
    materials, skipped = collect_materials([tmp_path / name for name in names])
    assert [Path(material.id).name for material in materials] == ["甲.txt"]
    assert [Path(item.path).name for item in skipped] == names[1:]
    for item, word in zip(skipped, ["Word", "没有文字", "LibreOffice", "扩展名", "找不到"], strict=True):
        assert word in item.reason
        assert str(tmp_path) not in item.reason


def test_nothing_to_read(tmp_path: Path) -> None:
    put(tmp_path, "表.xlsx")
    assert collect_materials([]) == ((), ())
    materials, skipped = collect_materials([tmp_path])
    assert not materials
    assert [item.path for item in skipped] == [str(tmp_path)]
    assert "没有能读的文件" in skipped[0].reason


def test_folder_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "开/甲.txt", "锁/乙.txt")
    listed = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("锁"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    materials, skipped = collect_materials([tmp_path])
    assert [Path(material.path).name for material in materials] == ["甲.txt"]
    assert [Path(item.path).name for item in skipped] == ["锁"]
    assert "权限" in skipped[0].reason


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems only")
def test_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb3\xc7.txt")
    try:
        (tmp_path / name).write_text("汇报", encoding="utf-8")
    except OSError:
        pytest.skip("the file system refuses such names")
    materials, skipped = collect_materials([tmp_path])
    assert not materials
    assert "文件名" in skipped[0].reason
    skipped[0].path.encode()


def test_manuscript_as_material() -> None:
    manuscript = Manuscript(
        "整治工作汇报", blocks=(Heading("做法"), Paragraph("建了专班。"), Signature("城关镇", "2026年3月5日"))
    )
    material = material_of(manuscript, "草稿")
    assert (material.id, material.unit, material.path) == ("草稿", "城关镇", "")
    assert material.text == formats.render_text(manuscript)
    assert material_of(Manuscript("整治工作汇报"), "草稿").unit == ""


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("城关镇工作汇报", "城关镇"),
        ("3.城关镇汇报材料", "城关镇"),
        ("2026年城关镇创卫工作总结", "城关镇"),
        ("创卫工作汇报-教育局", "教育局"),
        ("关于创卫工作的汇报（城关镇）", "城关镇"),
        ("在全县创卫推进会上的发言（南门社区）", "南门社区"),
        ("县委办公室_终稿", "县委办公室"),
        ("县委社会工作部总结", "县委社会工作部"),
        ("住房和城乡建设局", "住房和城乡建设局"),
        ("东风街道办事处自查报告", "东风街道办事处"),
        ("市第一人民医院汇报", "市第一人民医院"),
        ("水务集团有限公司情况", "水务集团有限公司"),
        ("发改委交流发言", "发改委"),
        ("临江县工作汇报", "临江县"),
        ("妇联 汇报", "妇联"),
        ("工作部署会汇报", ""),
        ("乡村振兴汇报", ""),
        ("美丽乡村建设", ""),
        ("城乡环境整治", ""),
        ("农村工作汇报", ""),
        ("全县干部作风汇报", ""),
        ("全镇总结", ""),
        ("围绕中心工作", ""),
        ("各部门", ""),
        ("局面", ""),
        ("三月份汇报", ""),
        ("report 1", ""),
        ("", ""),
    ],
)
def test_unit_is_guessed_from_the_name(name: str, unit: str) -> None:
    assert guess_unit(name) == unit


def test_skipped_holds_path_and_reason(tmp_path: Path) -> None:
    path = str(tmp_path / "无.txt")
    assert collect_materials([path])[1] == (Skipped(path, "找不到这个文件，请检查路径和文件名"),)
