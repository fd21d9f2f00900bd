"""A comparison with a passage of every kind, and its texts, for the tests of the reports."""

from difflib import SequenceMatcher

from speechkit.reuse.records import (
    Cluster,
    Comparison,
    Document,
    Kind,
    Leftover,
    Match,
    Place,
    Run,
    Skipped,
    Swap,
)

_TASKS = (
    "今年以来，青石镇把背街小巷的清扫保洁交给三家专业公司，配齐保洁员86名，每条巷子挂牌公示负责人和投诉电话，"
    "垃圾从收集到转运不超过四个小时。镇里每周三晚上开一次碰头会，当场派单，下周三逐条对账。"
)
_RENAMED = (
    _TASKS.replace("青石镇", "白鹭镇", 1)
    .replace("86", "52")
    .replace("每周三", "每周四")
    .replace("镇里", "青石镇里")
)
_EDITED = (
    "集贸市场的改造分两步走：先把棚顶、水电和排污管网换成新的，再把活禽、水产和熟食三个区隔开，"
    "商户搬回来之前逐户谈话、逐户签字，没有一户上访。"
)
_REWRITTEN = (
    "集贸市场改造工程分两步推进：首先把棚顶、水电和下水管网全部换新，然后把活禽、水产与熟食三个区分开，"
    "商户回迁之前逐户走访、逐户签字，没有一户上访。"
)
_FORMULA = (
    "在县委、县政府的正确领导下，在县直有关部门的大力支持下，全镇上下齐心协力，各项工作取得了阶段性成效。"
)
_FIRST = "一是把老旧小区的楼道灯全部换成感应灯，居民夜里回家不再摸黑。"
_SECOND = "二是请退休教师当巡查员，发现乱贴小广告的，拍照发到群里，半小时内有人清理。"
_OWN = {
    "青石镇": "青石镇地处县城北郊，常住人口三万一千人，沿街商铺四百二十家。",
    "白鹭镇": "白鹭镇沿河而建，老街长两公里，雨季积水是多年的老毛病。",
    "柳林乡": "柳林乡山多路远，十一个村有九个不通班车，垃圾清运成本比平原高出一倍。",
    "城关街道": "城关街道管着全县六成的小区，人户分离的占三分之一。",
}

TEXTS = {
    "材料/青石镇.docx": f"青石镇创卫工作汇报\n{_OWN['青石镇']}\n{_FORMULA}\n{_TASKS}\n{_FIRST}\n{_SECOND}\n",
    "材料/白鹭镇.docx": f"白鹭镇创卫工作汇报\n{_OWN['白鹭镇']}\n{_FORMULA}\n{_RENAMED}\n{_EDITED}\n",
    "材料/柳林乡.txt": f"柳林乡创卫工作汇报\n{_OWN['柳林乡']}\n{_REWRITTEN}\n{_TASKS}\n",
    "材料/城关街道.docx": f"城关街道创卫汇报\n{_OWN['城关街道']}\n{_SECOND}\n{_FIRST}\n𠮷祥里另报。\n",
}
QINGSHI, BAILU, LIULIN, CHENGGUAN = TEXTS


def comparison() -> Comparison:
    """Return the comparison of `TEXTS`."""
    renamed = _match(Kind.RENAMED, QINGSHI, _TASKS, BAILU, _RENAMED, 512.4)
    matches = (
        _match(Kind.VERBATIM, QINGSHI, _TASKS, LIULIN, _TASKS, 731.0),
        _with_names(renamed),
        _match(Kind.EDITED, BAILU, _EDITED, LIULIN, _REWRITTEN, 398.2),
        _match(Kind.REORDERED, QINGSHI, f"{_FIRST}\n{_SECOND}", CHENGGUAN, f"{_SECOND}\n{_FIRST}", 460.7),
        _match(Kind.FORMULA, QINGSHI, _FORMULA, BAILU, _FORMULA, 120.0, "这样的话很多材料里都有"),
    )
    shares = {QINGSHI: (0.62, 0.16), BAILU: (0.58, 0.17), LIULIN: (0.71, 0.0), CHENGGUAN: (0.44, 0.0)}
    return Comparison(
        tuple(Document(d, d, len(TEXTS[d]), 1 - sum(x), *x) for d, x in shares.items()),
        matches,
        (Cluster((QINGSHI, BAILU, LIULIN), QINGSHI, "它的文件日期最早，别的材料里还留着它的地名"),),
        (Skipped("材料/坏文件.docx", "不是完整的Word文件"),),
    )


def _match(kind: Kind, a: str, a_text: str, b: str, b_text: str, evidence: float, reason: str = "") -> Match:
    a_begin, b_begin = TEXTS[a].index(a_text), TEXTS[b].index(b_text)
    blocks = SequenceMatcher(None, a_text, b_text, autojunk=False).get_matching_blocks()
    runs = tuple(
        Run(a_begin + x.a, a_begin + x.a + x.size, b_begin + x.b, b_begin + x.b + x.size)
        for x in blocks
        if x.size > 1
    )
    same = sum(run.a_end - run.a_begin for run in runs)
    return Match(
        Place(a, a_begin, a_begin + len(a_text)),
        Place(b, b_begin, b_begin + len(b_text)),
        kind,
        kind not in (Kind.FORMULA, Kind.QUOTED),
        2 * same / (len(a_text) + len(b_text)),
        same / len(a_text),
        same / len(b_text),
        evidence,
        0.97,
        runs,
        reason=reason,
    )


def _with_names(match: Match) -> Match:
    from dataclasses import replace

    a, b = TEXTS[QINGSHI], TEXTS[BAILU]
    swaps = tuple(
        Swap(old, new, a.index(old, match.a.begin), b.index(new, match.b.begin), what)
        for old, new, what in (
            ("青石镇", "白鹭镇", "place"),
            ("86", "52", "figure"),
            ("周三", "周四", "word"),
        )
    )
    left = b.index("青石镇", match.b.begin)
    return replace(match, swaps=swaps, leftovers=(Leftover(BAILU, left, left + 3, "青石镇", QINGSHI),))
