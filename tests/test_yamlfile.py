"""YAML files are read as trees of plain text, or refused with file, line and advice."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechkit.yamlfile import MAX_BYTES, MAX_DEPTH, YamlError, YamlFile, load_yaml, parse_yaml

TEXT = "会议:\n  名称: 推进会\n  时间: 2026-08-20 09:00\n"


def refusal(text: str) -> str:
    with pytest.raises(YamlError) as error:
        parse_yaml(text, "会.yaml")
    return str(error.value)


@pytest.mark.parametrize(
    "scalar",
    [
        "9:00",
        "是",
        "否",
        "yes",
        "on",
        "true",
        "2026-08-20",
        "2026-08-20 09:00",
        "0012",
        "1e3",
        "1_000",
        ".5",
        "0x1F",
    ],
)
def test_scalars_stay_what_the_writer_wrote(scalar: str) -> None:
    assert parse_yaml(f"键: {scalar}\n列:\n  - {scalar}\n").data == {"键": scalar, "列": [scalar]}


def test_keys_stay_text_too() -> None:
    assert parse_yaml("01: 甲\n9:00: 乙\n是: 丙").data == {"01": "甲", "9:00": "乙", "是": "丙"}


def test_nothing_behind_a_key_is_none_and_quotes_keep_the_text() -> None:
    data = parse_yaml("甲:\n乙: ~\n丙: null\n丁: ''\n戊: '~'\n己: \"null\"").data
    assert data == {"甲": None, "乙": None, "丙": None, "丁": "", "戊": "~", "己": "null"}


def test_block_texts_and_aliases() -> None:
    data = parse_yaml("原: &a\n  - 甲\n  - 乙\n抄: *a\n长: >\n  一行\n  两行\n").data
    assert data == {"原": ["甲", "乙"], "抄": ["甲", "乙"], "长": "一行 两行\n"}


LINES = """\
会议:

  名称: 会
  # 说明
  参会:
    - {群体: 甲,
       人数: 3}
    - 乙
人员: []
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("会议",), 1),
        (("会议", "名称"), 3),
        (("会议", "参会"), 5),
        (("会议", "参会", 0), 6),
        (("会议", "参会", 0, "人数"), 7),
        (("会议", "参会", 1), 8),
        (("会议", "参会", 1, "人数"), 8),
        (("会议", "参会", 9), 5),
        (("会议", "时间"), 1),
        (("议程",), 1),
        (("人员", 0), 9),
    ],
)
def test_every_key_and_item_has_its_line_and_others_that_of_their_ancestor(
    path: tuple[str | int, ...], line: int
) -> None:
    assert parse_yaml(LINES).line(path) == line


def test_an_error_can_be_raised_for_what_stands_at_a_path() -> None:
    error = parse_yaml(LINES, "会.yaml").error("不对", ("会议", "参会", 1))
    assert str(error) == "会.yaml：第8行：不对"
    assert (error.diagnostic.file, error.diagnostic.line) == ("会.yaml", 8)


REFUSED = {
    "名称: 会\n主题: 事\n名称: 别的会": "第3行：键“名称”重复：第1行已经写过",
    "甲: {乙: 1, 丙: 2, 乙: 3}": "第1行：键“乙”重复",
    "甲:\n\t乙: 丙": "第2行：YAML缩进不能用Tab",
    "甲:\n  乙: 丙\n  \t丁: 戊": "第3行：YAML缩进不能用Tab",
    "\t甲: 乙": "第1行：YAML缩进不能用Tab",
    "名称：会\n主题: 事": "第1行：键的后面要用半角冒号加空格",
    "人员:\n  - 姓名：王\n    职务: 县长": "第2行：键的后面要用半角冒号加空格",
    "名称:会\n主题: 事": "第1行：键的冒号后面要有一个空格",
    "甲: [乙, 丙\n丁: 戊": "第1行：第4列：方括号没有配对",
    "甲: {乙: 丙\n丁: 戊": "第1行：第4列：花括号没有配对",
    "甲: '乙\n丙: 丁": "第1行：第4列：引号没有收尾",
    "甲: '乙'丙": "第1行：第7列：缩进或标点不对",
    "甲:\n  - 乙\n 丙: 丁": "第3行：第2列：缩进或标点不对",
    "- 甲\n乙: 丙": "第2行：第1列：缩进不对",
    "甲: 乙: 丙": "第1行：第5列：这里不能再有“: ”",
    "甲: %乙": "第1行：第4列：一句话不能以这个字符开头",
    "甲: @乙": "一句话不能以这个字符开头",
    "甲: - 乙": "列表“- ”要另起一行写",
    "甲: {{主题}}是大事": "键应当是一行文字；以“{”或“[”开头的文要整句加引号",
    "[甲]: 乙": "键应当是一行文字",
    "甲: *b": "“*b”前面没有定义“&b”",
    "&a 乙: 丙\n*a : 丁": "键不能用别名",
    "甲: &b [*b]": "“*b”前面没有定义“&b”",
    "甲: !!python/object:os.system 乙": "不支持标签",
    "甲: !!int 3": "不支持标签",
    "甲: !!map {乙: 丙}": "不支持标签",
    "甲: 乙\n---\n丙: 丁": "第2行：一个文件里只能有一份内容",
    "甲: 乙\x00": "第1行：第5列：含有NUL字符",
    "甲: 乙\n丙: 丁\x07": "第2行：第5列：含有看不见的控制字符U+0007",
    "甲: 乙\u2028丙: 丁": "含有看不见的控制字符U+2028",
    "甲: \udcff": "含有看不见的控制字符U+DCFF",
    "": "文件里没有内容",
    "# 只有注释\n": "文件里没有内容",
    "[" * 5000: f"嵌套太深，不能超过{MAX_DEPTH}层",
    "- " * 900: "嵌套太深",
    "{" * 900: "键应当是一行文字",
    "甲: |乙": "“|”“>”后面不能有字",
    "甲: *乙": "“*”“&”后面要有名字",
    '甲: "\\q"': "双引号里“\\”后面的写法不对",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text[:20]))
def test_what_a_data_file_must_not_hold_is_refused_with_line_and_advice(text: str) -> None:
    message = refusal(text)
    assert message.startswith("会.yaml：")
    assert REFUSED[text] in message


def test_of_two_faults_of_one_text_the_parser_may_meet_either_first() -> None:
    assert re.search("键应当是一行文字|嵌套太深", refusal("{" * 5000))


def test_text_with_a_full_width_colon_is_no_mistake_where_something_else_is() -> None:
    message = refusal("要求:\n  - 一是：抓紧\n  - 'x\n")
    assert "引号没有收尾" in message
    assert "第3行" in message


def test_a_billion_laughs_is_refused_at_once() -> None:
    rows = ["甲0: &a0 [哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈, 哈]"]
    rows += [f"甲{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    started = time.perf_counter()
    assert "别名（*）展开后太大" in refusal("\n".join(rows))
    assert time.perf_counter() - started < 1


def test_a_long_text_repeated_by_alias_is_refused() -> None:
    text = f"甲: &a {'长' * 100_000}\n乙: [{', '.join(['*a'] * 5000)}]"
    assert "别名（*）展开后太大" in refusal(text)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "gbk": lambda text: text.encode("gbk"),
    "gb18030": lambda text: text.encode("gb18030"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encodings_of_office_machines_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "会.yaml"
    path.write_bytes(ENCODINGS[encoding](TEXT))
    file = load_yaml(path)
    assert file.data == {"会议": {"名称": "推进会", "时间": "2026-08-20 09:00"}}
    assert file.line(("会议", "时间")) == 3
    assert file.path == str(path)


def broken(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(YamlError) as error:
        load_yaml(path)
    assert str(error.value).startswith(f"{path}：")
    return str(error.value)


def test_a_damaged_file_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    text = (TEXT * 3).replace("推进会", "创建国家卫生县城推进会").encode()
    message = broken(tmp_path / "会.yaml", text[:40] + b"\xff" + text[40:])
    assert "损坏的字节" in message
    assert "第2行" in message


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\xd8\x41\x00", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", b"\xff" * 50]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    assert broken(tmp_path / "会.yaml", content)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    assert "文件太大（5.0MB），不能超过5MB" in broken(tmp_path / "大.yaml", b"#" * (MAX_BYTES + 1))


def test_what_is_no_file_is_named_for_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    names: dict[Path | str, str] = {
        tmp_path / "没有.yaml": "没有这个文件",
        tmp_path: "这是一个文件夹",
        pipe: "这不是普通文件",
        "a\0b": "打不开这个文件|没有这个文件",
        "长" * 5000: "打不开这个文件",
    }
    for name, message in names.items():
        with pytest.raises(YamlError) as error:
            load_yaml(name)
        assert any(part in str(error.value) for part in message.split("|")), name


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "没有权限读这个文件" in broken(tmp_path / "会.yaml", TEXT.encode())


TREES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("甲乙丙丁ab: #'", min_size=1, max_size=4), inner, max_size=3),
    ),
    max_leaves=12,
)


def dumpable(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(dumpable, (*value, *value.values())))
    if isinstance(value, list):
        return all(map(dumpable, value))
    return value is None or not any(char in value for char in "\u2028\u2029\x85\ufffe\uffff")


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


@given(st.dictionaries(st.text("甲乙丙", min_size=1), TREES, min_size=1, max_size=4).filter(dumpable))
def test_any_tree_comes_back_and_every_place_has_a_line_after_its_parent(tree: dict[str, Any]) -> None:
    text = yaml.dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=False)
    file = parse_yaml(text)
    assert file.data == tree
    for place in places(tree):
        assert file.line(place[:-1]) <= file.line(place) <= text.count("\n") + 1


def outcome(read: Callable[[], YamlFile]) -> YamlFile | YamlError:
    try:
        return read()
    except YamlError as error:
        return error


@given(st.text("甲乙: -[]{}'\"\n\t#&*!|>%@`?,：\0\x07~", max_size=40))
def test_any_text_is_read_or_refused_with_a_line_of_it(text: str) -> None:
    result = outcome(lambda: parse_yaml(text, "f"))
    if isinstance(result, YamlError):
        assert result.diagnostic.message
        assert 0 <= result.diagnostic.line <= text.count("\n") + 2
    else:
        assert all(result.line(place) for place in places(result.data))


@given(st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "会.yaml"
    path.write_bytes(raw)
    result = outcome(lambda: load_yaml(path))
    assert isinstance(result, YamlFile) or str(result).startswith(str(path))


def test_what_stands_from_a_key_on_may_be_left_unread() -> None:
    file = parse_yaml("甲: [一, 二]\n乙: {丙: 丁}\n丙: 三\n戊: [\n", "头.yaml", until=["丙"])
    assert file.data == {"甲": ["一", "二"], "乙": {"丙": "丁"}}
    with pytest.raises(YamlError, match="没有内容"):
        parse_yaml("丙: 三\n", until=["丙"])
    assert parse_yaml("甲: 一\n", until=["丙"]).data == {"甲": "一"}
    assert parse_yaml("甲: 一\n丙: 二\n乙: 三\n", until=["乙", "丙"]).data == {"甲": "一"}
