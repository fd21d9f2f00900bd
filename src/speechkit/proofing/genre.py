"""What sort of text it is: by its title, or by how it begins."""

import re

from .text import Text

_FIRST_LINES = 6
_LONGEST_TITLE = 60
_OF_TITLE = (
    ("主持词", re.compile("主持词|主持稿|主持讲话|串词")),
    ("汇报材料", re.compile("汇报|交流发言|表态发言|发言材料|发言稿|工作总结|情况报告")),
    ("讲话稿", re.compile("讲话|致辞|动员报告")),
)
_OF_TEXT = (
    (
        "主持词",
        re.compile("(?:进行|进入)(?:大会|会议)?第[一二三四五六]项(?:议程)?|现在开会|宣布.{0,4}会议纪律"),
    ),
    ("汇报材料", re.compile("(?:汇报|报告|交流|表态|发言)如下|作简要(?:交流|汇报)")),
    ("讲话稿", re.compile("我(?:再)?讲.{1,4}(?:点|个|方面)|我完全(?:同意|赞成)")),
)


def guess_genre(text: str) -> str:
    """Return 讲话稿, 主持词 or 汇报材料, and nothing where the text doesn't tell."""
    heads = [line.text for line in Text(text[:2000]).lines[:_FIRST_LINES]]
    for head in heads:
        if len(head) <= _LONGEST_TITLE and not head.endswith(("。", "；", "：", ":")):
            for genre, pattern in _OF_TITLE:
                if pattern.search(head):
                    return genre
    return next((genre for genre, pattern in _OF_TEXT if pattern.search(text)), "")
