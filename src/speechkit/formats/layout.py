"""Layout profiles: the numbers of a page as data, typed and checked."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from math import floor
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ..resources import resource_folder
from ..yamlfile import YamlError, YamlFile, load_yaml
from .errors import LayoutError

POINT_SIZES = {
    "初号": 42,
    "小初": 36,
    "一号": 26,
    "小一": 24,
    "二号": 22,
    "小二": 18,
    "三号": 16,
    "小三": 15,
    "四号": 14,
    "小四": 12,
}
_BASE = "基于"
_BODY = "正文"
_INHERITED = ("字体", "字号", "行距")
_STYLES = (
    *("标题", "副标题", "日期", "署名", "称呼"),
    *("一级标题", "二级标题", "三级标题", "四级标题", "串词", "提示", "落款"),
)
_YES_NO = {"是": True, "否": False}


def _size(value: object) -> object:
    return POINT_SIZES.get(value, value) if isinstance(value, str) else value


def _yes_no(value: object) -> object:
    return _YES_NO.get(value, value) if isinstance(value, str) else value


def _optional(value: object) -> object:
    return None if value == "无" else value


Number = Annotated[float, Field(allow_inf_nan=False)]
PointSize = Annotated[Number, BeforeValidator(_size), Field(ge=5, le=100)]
Pitch = Literal["网格"] | Annotated[Number, Field(ge=5, le=200)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
SheetLength = Annotated[Number, Field(ge=50, le=550)]
Millimetres = Annotated[Number, Field(ge=0, le=1000)]
Characters = Annotated[Number, Field(ge=0, le=40)]
Font = Annotated[str, Field(min_length=1, max_length=31, pattern=r'^[^\x00-\x1f<>&"]+$')]
Alignment = Literal["居左", "居中", "居右", "两端"]
BlankLines = Annotated[int, Field(ge=0, le=20)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Paper(_Record):
    """Size of the sheet in millimetres."""

    width: Annotated[SheetLength, Field(alias="宽")]
    height: Annotated[SheetLength, Field(alias="高")]


class Margins(_Record):
    """From the edges of the sheet to the type area (版心), in millimetres."""

    top: Annotated[Millimetres, Field(alias="上")]
    bottom: Annotated[Millimetres, Field(alias="下")]
    left: Annotated[Millimetres, Field(alias="左")]
    right: Annotated[Millimetres, Field(alias="右")]


class Grid(_Record):
    """Lines a page and characters a line; they fill the type area."""

    lines: Annotated[int, Field(alias="每页行数", ge=1, le=100)]
    characters: Annotated[int, Field(alias="每行字数", ge=1, le=100)]


class TextStyle(_Record):
    """How one kind of paragraph looks; sizes and pitch in points, indents in characters."""

    font: Annotated[Font, Field(alias="字体")]
    size: Annotated[PointSize, Field(alias="字号")]
    pitch: Annotated[Pitch, Field(alias="行距")]
    bold: Annotated[YesNo, Field(alias="加粗")] = False
    alignment: Annotated[Alignment, Field(alias="对齐")] = "两端"
    first_indent: Annotated[Characters, Field(alias="首行缩进")] = 0
    right_indent: Annotated[Characters, Field(alias="右缩进")] = 0


class TitleStyle(TextStyle):
    """The title; it is broken into lines of at most `characters`."""

    characters: Annotated[int, Field(alias="每行字数", ge=4, le=100)]


class PageNumber(_Record):
    """Below the type area, on the outer side of odd and even pages."""

    font: Annotated[Font, Field(alias="字体")]
    size: Annotated[PointSize, Field(alias="字号")]
    form: Annotated[str, Field(alias="形式")]
    gap: Annotated[Millimetres, Field(alias="距版心")]
    odd: Annotated[Literal["居左", "居中", "居右"], Field(alias="单页")]
    even: Annotated[Literal["居左", "居中", "居右"], Field(alias="双页")]
    indent: Annotated[Characters, Field(alias="空字")]

    @model_validator(mode="after")
    def _check_form(self) -> Self:
        if self.form.count("{页码}") != 1:
            raise ValueError("“形式”里要有一处“{页码}”")
        return self


class Layout(_Record):
    """One layout profile (版式)."""

    note: Annotated[str, Field(alias="说明")] = ""
    paper: Annotated[Paper, Field(alias="纸张")]
    margins: Annotated[Margins, Field(alias="页边距")]
    grid: Annotated[Grid | None, Field(alias="网格"), BeforeValidator(_optional)]
    western_font: Annotated[Font, Field(alias="西文字体")]
    substitutes: Annotated[dict[Font, Font], Field(alias="替代字体", default_factory=dict)]
    head_order: Annotated[tuple[Literal["副标题", "日期", "署名"], ...], Field(alias="题下次序")]
    blank_after_head: Annotated[BlankLines, Field(alias="题下空行")]
    blank_before_signature: Annotated[BlankLines, Field(alias="落款前空行")]
    title: Annotated[TitleStyle, Field(alias="标题")]
    subtitle: Annotated[TextStyle, Field(alias="副标题")]
    date: Annotated[TextStyle, Field(alias="日期")]
    byline: Annotated[TextStyle, Field(alias="署名")]
    salutation: Annotated[TextStyle, Field(alias="称呼")]
    body: Annotated[TextStyle, Field(alias="正文")]
    heading_1: Annotated[TextStyle, Field(alias="一级标题")]
    heading_2: Annotated[TextStyle, Field(alias="二级标题")]
    heading_3: Annotated[TextStyle, Field(alias="三级标题")]
    heading_4: Annotated[TextStyle, Field(alias="四级标题")]
    call: Annotated[TextStyle, Field(alias="串词")]
    cue: Annotated[TextStyle, Field(alias="提示")]
    signature: Annotated[TextStyle, Field(alias="落款")]
    page_number: Annotated[PageNumber | None, Field(alias="页码"), BeforeValidator(_optional)]

    @model_validator(mode="after")
    def _check_whole(self) -> Self:
        if min(self.type_area) < 20 * self.body.size * 3:
            raise ValueError("页边距太大，版心排不下字")
        if self.grid is None and any(style.pitch == "网格" for style in self.styles.values()):
            raise ValueError("没有网格时，“行距”要写磅数")
        clipped = [name for name, style in self.styles.items() if self.pitch(style) < 20 * style.size]
        if clipped:
            raise ValueError(f"{'、'.join(clipped)}的行距小于字号，字会被切掉")
        if sorted(self.head_order) != sorted(("副标题", "日期", "署名")):
            raise ValueError("“题下次序”要把副标题、日期、署名各写一次")
        return self

    @property
    def styles(self) -> dict[str, TextStyle]:
        """The text styles by their Chinese names."""
        fields = ((type(self).model_fields[name].alias or "", value) for name, value in self)
        return {name: value for name, value in fields if isinstance(value, TextStyle)}

    @property
    def sheet(self) -> tuple[int, int]:
        """Width and height of the sheet in twips."""
        return twips(self.paper.width), twips(self.paper.height)

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Top, right, bottom and left margin in twips."""
        margins = self.margins
        return twips(margins.top), twips(margins.right), twips(margins.bottom), twips(margins.left)

    @property
    def type_area(self) -> tuple[int, int]:
        """Width and height of the type area (版心) in twips."""
        (width, height), (top, right, bottom, left) = self.sheet, self.edges
        return width - left - right, height - top - bottom

    @property
    def footer_distance(self) -> int:
        """From the lower edge of the sheet to that of the page number, in twips.

        The dashes, half way up the line, are to be `gap` below the type area.
        """
        if not (page := self.page_number):
            return self.edges[2] // 2
        return max(0, twips(self.margins.bottom - page.gap) - round(10 * page.size))

    @property
    def line_pitch(self) -> int:
        """Pitch of the grid in twips: the largest that holds all lines; that of the body without a grid."""
        return self.type_area[1] // self.grid.lines if self.grid else self.pitch(self.body)

    @property
    def character_pitch(self) -> float:
        """Width of a body character in twips, as the grid squeezes or stretches it."""
        return self.type_area[0] / self.grid.characters if self.grid else 20 * self.body.size

    @property
    def character_space(self) -> int:
        """What the grid adds to every character, in 1/4096 point as in `w:charSpace`."""
        return floor((self.character_pitch / 20 - self.body.size) * 4096)

    def pitch(self, style: TextStyle) -> int:
        """Return the line pitch of a style in twips."""
        return self.line_pitch if style.pitch == "网格" else round(20 * style.pitch)


def twips(millimetres: float) -> int:
    """Return a length in twips, rounded to a tenth of a point as Word does."""
    return round(round(millimetres / 25.4 * 72, 1) * 20)


def load_layout(name: str, folders: Sequence[Path] = ()) -> Layout:
    """Return the layout profile of this name, or in the file of this name.

    Raises LayoutError for a missing profile and for all wrong entries at once, with file, line and key.
    """
    chain = list(_chain(name, (*folders, resource_folder("templates") / "layouts")))
    data: dict[str, Any] = {}
    for file in reversed(chain):
        data = _merge(data, {key: value for key, value in file.data.items() if key != _BASE})
    try:
        return Layout.model_validate(_inherit(data))
    except ValidationError as error:
        problems = dict.fromkeys(_problems(error, chain))
        raise LayoutError("\n".join(problems)) from error


def _chain(name: str, folders: Sequence[Path]) -> Iterator[YamlFile]:
    """Yield the file of the profile, the one it is based on, and so on."""
    seen: list[Path] = []
    wanted: str | None = name
    place = ""
    while wanted is not None:
        path = _find(wanted, folders, seen, place)
        if path in seen:
            raise LayoutError(f"{place}绕回了“{wanted}”自己，请写别的版式")
        seen.append(path)
        file = _load(path)
        yield file
        wanted = file.data.get(_BASE)
        place = f"{file.path}：第{file.line((_BASE,))}行：{_BASE}："
        if not isinstance(wanted, str | None):
            raise LayoutError(f"{place}要写另一个版式的名称")


def _load(path: Path) -> YamlFile:
    try:
        file = load_yaml(path)
    except YamlError as error:
        raise LayoutError(str(error)) from error
    if not isinstance(file.data, dict):
        raise LayoutError(f"{path}：版式文件要写成“键: 值”，写法见自带的gbt9704.yaml")
    return file


def _find(name: str, folders: Sequence[Path], seen: Sequence[Path], place: str) -> Path:
    if Path(name).suffix.lower() in {".yaml", ".yml"}:
        return Path(name)
    for folder in folders:
        path = folder / f"{name}.yaml"
        if (
            path.is_file() and path not in seen
        ):  # a user's profile may be based on the bundled one it replaces
            return path
    known = sorted({path.stem for folder in folders for path in folder.glob("*.yaml")})
    raise LayoutError(f"{place}没有叫“{name}”的版式，能用的是{'、'.join(known)}；也可写出版式文件的路径")


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        nested = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if nested else value
    return merged


def _inherit(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with font, size and pitch of the body in every style that does not name its own."""
    body = data.get(_BODY)
    if not isinstance(body, dict):
        return data
    inherited = {key: body[key] for key in _INHERITED if key in body}
    styles = {key: data[key] for key in _STYLES if isinstance(data.get(key), dict)}
    return data | {key: inherited | style for key, style in styles.items()}


_EXPECTED = {
    "missing": "缺少这一项",
    "model_type": "要写成“{{键: 值}}”",
    "dict_type": "要写成“{{键: 值}}”",
    "tuple_type": "要写成列表，如“[副标题, 日期, 署名]”",
    "string_type": "要写文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长，不能超过{max_length}个字",
    "string_pattern_mismatch": "不能有尖括号、引号和&",
    "float_type": "要写数字",
    "float_parsing": "要写数字",
    "int_type": "要写整数",
    "int_parsing": "要写整数",
    "int_from_float": "要写整数",
    "bool_type": "要写“是”或“否”",
    "bool_parsing": "要写“是”或“否”",
    "finite_number": "要写数字",
    "literal_error": "只能是{expected}",
    "greater_than_equal": "不能小于{ge:g}",
    "less_than_equal": "不能大于{le:g}",
}


def _problems(error: ValidationError, chain: Sequence[YamlFile]) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        path = tuple(part for part in problem["loc"] if not _is_branch(part))
        file = next((file for file in chain if _holds(file.data, path)), None)
        if not file and path and path[0] != _BODY and path[-1] in _INHERITED:
            continue  # said once, of the body
        file = file or chain[0]
        place = f"{file.path}：第{file.line(path)}行：{'.'.join(map(str, path)) or '整个版式'}"
        yield f"{place}：{_explanation(dict(problem), path)}"


def _is_branch(part: object) -> bool:
    """Whether pydantic added this to a path to tell which type of a union it tried."""
    return isinstance(part, str) and (
        part.startswith(("literal[", "constrained", "function-")) or part == "float"
    )


def _holds(data: Any, path: Sequence[Any]) -> bool:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return isinstance(data, list)
        data = data[key]
    return True


def _explanation(problem: dict[str, Any], path: Sequence[Any]) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = _allowed_keys(path[:-1])
        near = get_close_matches(str(path[-1]), allowed, n=1, cutoff=0.3)
        return f"没有这个键，是不是“{near[0]}”？" if near else f"没有这个键，能写的是{'、'.join(allowed)}"
    if kind == "value_error":
        return str(context["error"])
    if path[-1:] == ("字号",):
        return f"要写{'、'.join(POINT_SIZES)}，或5到100之间的磅数"
    if path[-1:] == ("行距",):
        return "要写“网格”，或5到200之间的磅数"
    if kind == "literal_error":
        context = {"expected": context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")}
    return _EXPECTED.get(kind, "写法不对").format(**context)


def _allowed_keys(path: Sequence[Any]) -> list[str]:
    record: type[BaseModel] = Layout
    for key in path:
        field = next(field for field in record.model_fields.values() if field.alias == key)
        candidates = (field.annotation, *getattr(field.annotation, "__args__", ()))
        record = next(c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel))
    names = [field.alias or "" for field in record.model_fields.values()]
    return [*names, _BASE] if record is Layout else names
