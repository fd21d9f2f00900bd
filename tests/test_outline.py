"""Outlines: what they may hold, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from speechkit.outline import (
    AnyOf,
    Each,
    LineNode,
    Outline,
    OutlineError,
    ParagraphNode,
    PartNode,
    SectionNode,
    Slot,
    load_outlines,
)

HEAD = "文种: 便条\n取自: 会议\n标题: 便条.标题\n"


def load(folder: Path, text: str) -> Outline:
    (folder / "便条.yaml").write_text(text, encoding="utf-8")
    return next(outline for outline in load_outlines([folder]) if outline.genre == "便条")


def test_bundled_outlines() -> None:
    assert {(outline.genre, outline.source) for outline in load_outlines()} == {
        ("讲话稿", "讲话"),
        ("主持词", "会议"),
        ("汇报材料", "汇报"),
    }


def test_every_kind_of_node(tmp_path: Path) -> None:
    outline = load(
        tmp_path,
        HEAD
        + """
日期: 会议.日期
正文:
  - 称呼: 便条.称呼
  - 提示: 便条.提示
    当: 会议.地点
  - 段: [便条.头, 便条.身 0-2, {槽: 便条.尾, 当: 末, 说过则免: [会议.地点, 会议.日期], 所述: 会议.背景}]
  - 串词:
      - 每: 项
        取自: 议程
        当: 项.序号
        分句: 便条.项.{{项.类型}}
  - 节: 甲
    级: 2
    标题组: 便条.标题组
    自拟: 会议.名称
    正文:
      - 部件: 结尾
  - 每: 项
    取自: 议程
    正文: [{段: [便条.项]}]
  - 任选:
      - 段: [{槽: 便条.条 0-3, 列举: 是}]
      - {部件: 结尾, 当: 议程}
    当: 会议.地点
部件:
  结尾:
    - 段: [便条.结尾]
""",
    )
    assert outline.body == (
        LineNode("称呼", Slot("便条.称呼")),
        LineNode("提示", Slot("便条.提示"), "会议.地点"),
        ParagraphNode(
            (
                Slot("便条.头"),
                Slot("便条.身", 0, 2),
                Slot("便条.尾", when="末", told=("会议.地点", "会议.日期"), about="会议.背景"),
            )
        ),
        ParagraphNode(
            (Each("项", "议程", "项.序号", (Slot("便条.项.{{项.类型}}", clause=True),)),), call=True
        ),
        SectionNode("甲", 2, "便条.标题组", "会议.名称", "", (PartNode("结尾"),)),
        Each("项", "议程", "", (ParagraphNode((Slot("便条.项"),)),)),
        AnyOf((ParagraphNode((Slot("便条.条", 0, 3, listed=True),)), PartNode("结尾", "议程")), "会议.地点"),
    )
    assert outline.parts == {"结尾": (ParagraphNode((Slot("便条.结尾"),)),)}
    assert (outline.title, outline.date, outline.byline) == (Slot("便条.标题"), "会议.日期", "")


def test_what_is_numbered_may_be_sentences_of_their_own(tmp_path: Path) -> None:
    outline = load(tmp_path, HEAD + "正文: [{段: [{槽: 便条.条 0-3, 列举: 逐句}]}]\n")
    assert outline.body == (ParagraphNode((Slot("便条.条", 0, 3, listed=True, apart=True),)),)


def test_a_user_replaces_an_outline_of_the_same_file_name(tmp_path: Path) -> None:
    (tmp_path / "speech.yaml").write_text(
        "文种: 讲话稿\n取自: 讲话\n标题: 讲话.标题\n正文: [{段: [讲话.号召]}]\n", encoding="utf-8"
    )
    outlines = load_outlines([tmp_path])
    assert len(outlines) == len(load_outlines())
    speech = next(outline for outline in outlines if outline.genre == "讲话稿")
    assert speech.body == (ParagraphNode((Slot("讲话.号召"),)),)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("文种: 便条\n取自: 会议\n标题: 甲\n正文: [{任选: {段: [甲]}}]\n", 4, "列表"),
        ("文种: 便条\n取自: 会议\n标题: 甲\n正文: [{段: [{槽: 甲, 列举: 一是}]}]\n", 4, "只能写“是”"),
        ("文种: 便条\n取自: 会议\n标题: 甲\n正文: [{段: [{槽: 甲, 连句: 顿号}]}]\n", 4, "或者“分号”"),
        (
            "文种: 便条\n取自: 会议\n标题: 甲\n"
            "正文: [{段: [{每: 事, 取自: 议项, 各槽: [{槽: 甲, 列举: 是}, {槽: 乙, 列举: 逐句}]}]}]\n",
            4,
            "每一处都要一样写",
        ),
        (
            "文种: 便条\n取自: 会议\n标题: 甲\n"
            "正文: [{段: [{每: 事, 取自: 议项, 各槽: [{槽: 甲, 列举: 是}, 乙]}]}]\n",
            4,
            "每一处都要一样写",
        ),
        ("文种: 便条\n取自: 会议\n标题: 甲\n", 1, "正文"),
        ("取自: 会议\n标题: 甲\n正文: [{段: [甲]}]\n", 1, "文种"),
        ("文种: 便条\n取自: 天上\n标题: 甲\n正文: [{段: [甲]}]\n", 2, "讲话、会议、汇报"),
        (HEAD + "正文:\n  - 段: [甲]\n    当当: 乙\n", 6, "当当"),
        (HEAD + "正文:\n  - 断: [甲]\n", 5, "看不懂"),
        (HEAD + "正文:\n  - 甲\n", 5, "看不懂"),
        (HEAD + "正文: 甲\n", 4, "列表"),
        (HEAD + "正文:\n  - 段: 甲\n", 5, "槽的列表"),
        (HEAD + "正文:\n  - 段:\n      - 甲 2-1\n", 6, "2-1"),
        (HEAD + "正文:\n  - 段:\n      - 甲 几句\n", 6, "几句"),
        (HEAD + "正文:\n  - 段:\n      - [甲]\n", 6, "槽应当"),
        (HEAD + "正文:\n  - 节: 甲\n    级: 5\n    正文: [{段: [甲]}]\n", 6, "1到4"),
        (HEAD + "正文:\n  - 部件: 没有\n", 5, "没有"),
        (HEAD + "正文:\n  - 每: 项\n    取自: 议程\n", 5, "列表"),
        (HEAD + "正文:\n  - {段: [{每: 项, 取自: 议程, 分句: [甲]}]}\n", 5, "槽"),
        (HEAD + "正文:\n  - {段: [{每: 项, 取自: 议程, 各槽: 甲}]}\n", 5, "列表"),
        (HEAD + "正文:\n  - {段: [{每: 项, 取自: 议程}]}\n", 5, "分句"),
        (HEAD + "正文:\n  - {段: [{每: 项, 取自: 议程, 分句: 甲, 各槽: [乙]}]}\n", 5, "各槽"),
        (HEAD + "正文:\n  - {段: [{槽: 甲, 切题: 对}]}\n", 5, "只能写“是”"),
        ("- 甲\n", 1, "键: 值"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(OutlineError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert str(tmp_path / "便条.yaml") in message
    assert says in message
    assert f"第{line}行" in message
