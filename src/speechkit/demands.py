"""Demands: where 要 goes in what a meeting file asks for, and 已 in what it says was done."""

import re
from dataclasses import dataclass

DEMAND = "要"
DONE = "已"
MAX_SUBJECT = 20
"""Longer than this nobody is named who is to do something."""
_CLAUSE = re.compile("([，；])")
# 要 that asks already; 要求, 重要 don't.
_ASKS = re.compile("(?<![主重需首])要(?![求点素害领么])")
# 要 that a phrase asks with at its head; 要点, 要件 are nouns.
_OPENING = re.compile("^要(?![素害点求领件])")
# Of 有困难的单位由财政支持, 新建系统先报审, 不给社区增加台账 nobody asks the first word.
_OF_ANOTHER = re.compile("^不|^(?![把将])[^，；]*(?:的[^，；]*[列纳]|.由)|.{3,}先[报审办]")
# 按程序办理的不追究经办人: what is said of somebody who did something asks nobody to do it.
_OF_WHOEVER = re.compile("^[对按凡因][^，；]*的(?:不|移|依法|从|一律|责令|暂|允许|可以)")
# 新开办的给一次性补助, 从出锅到送达不超过两小时: a rule for whoever or whatever it is.
_RULE = re.compile("^[^对把将，；]{2,10}的(?:给|予以)|^从[^，；]+到[^，；]*不")
# 由县领导包抓, 一个项目一名县领导包抓: it is said already who is to do it.
_SHARED = re.compile("由|一[名位]|包.{1,2}、")
# 在医院直接减免: the hospital is where, not who; 存在隐患的企业, 在册企业 are who.
_SOMEWHERE = re.compile("(?<![存所正现])在(?![建校册岗职产编])")
_JOINS = ("、", "和", "与", "以及", "及其", "的", "或")
# These make something else of a verb: 整改的, 整改后, 考核结果.
_NO_VERB_BEFORE = ("的", "后", "时", "前的", "结果")
# 对成绩突出的单位和个人要及时表彰, 对虚于应付的要严肃追究.
_ABOUT = "对"
_CONCERNED = ("的", "个人", "问题", "行为", "现象")
_SOMEBODY = re.compile("员(?!工)")
_PREPOSITIONS = ("把", "将", "对", "按", "让", "以")


def undemanding(text: str) -> str:
    """Return a phrase without the 要 that it opens with."""
    return _OPENING.sub("", text)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words by which a demand is read; they come out of `corpora/forms.yaml`."""

    verbs: tuple[str, ...] = ()
    """What demands open with that can stand after 要."""
    actors: tuple[str, ...] = ()
    """What those end in who may be asked to do something: 部门, 领导."""
    manners: tuple[str, ...] = ()
    """What a predicate opens with beside a verb, after the one who is asked: 带头, 每, 把."""
    attributes: tuple[str, ...] = ()
    """What goes on with the name of the one who is asked: 各镇包联市级领导."""
    settings: tuple[str, ...] = ()
    """What stands after 要 and opens no subject although an actor may follow: 为各村, 从机关."""
    names: tuple[str, ...] = ()
    """Parts of names that look like a setting, a verb or a subject: 在建, 发放名单, 布局."""
    causatives: tuple[str, ...] = ()
    """What makes others do something: 组织, 督促."""
    modals: tuple[str, ...] = ()
    """What asks already, as 必须 does."""
    objects: tuple[str, ...] = ()
    """What is said of those who get something rather than do it: 网格员补贴列入预算."""
    deeds: tuple[str, ...] = ()
    """What a figure opens with beside a verb that tells what was done: 发现隐患12处."""
    indicators: tuple[str, ...] = ()
    """What follows a verb in the name of an indicator: 整改率98%."""
    done: tuple[str, ...] = ()
    """What tells what has been done rather than what to do: 已经成立领导小组."""
    sanctions: tuple[str, ...] = ()
    """What rewards or punishes: 表彰, 追究."""

    def accomplished(self, text: str) -> str:
        """Return a figure with 已 before what was done, 已整改隐患98处; as it is for an indicator."""
        is_deed = text.startswith((*self.verbs, *self.deeds)) and not text.startswith(self.indicators, 2)
        return DONE + text if is_deed else text

    def is_done(self, text: str) -> bool:
        """Whether a demand tells only what has been done already."""
        return any(word in text for word in self.done)

    def is_sanction(self, text: str) -> bool:
        """Whether a demand says what whoever does well or badly is to expect."""
        return any(word in text for word in self.sanctions)

    def demand(self, text: str) -> str:
        """Return a demand with 要 before its verb, after the one who is asked; as it is where unclear."""
        worded = self.addressed(text)
        is_plain = worded == text and not _OF_WHOEVER.search(text) and not self._is_asked(text)
        can_take = is_plain and self._opens_with_verb(text)
        return DEMAND + text if can_take else worded

    def addressed(self, text: str) -> str:
        """Return a demand with 要 after the one who is asked, if it names one; else as it is."""
        if self._is_asked(text):
            return text
        first, *rest = _CLAUSE.split(text)
        asked = self._asked(first)
        # A clause with a subject of its own is a demand of its own: 分管领导要具体抓.
        return text if asked == first else "".join([asked, *map(self._asked, rest)])

    def _is_asked(self, text: str) -> bool:
        """Whether a demand says so itself, or has a subject of its own kind."""
        said = _ASKS.search(text) or _OF_ANOTHER.search(text) or _RULE.search(text)
        return bool(said) or any(modal in text for modal in self.modals)

    def _opens_with_verb(self, text: str) -> bool:
        opens = text.startswith((*_PREPOSITIONS, *self.settings)) or self._is_deed(text)
        return opens and not text.startswith(self.names) and not text.startswith(_NO_VERB_BEFORE, 2)

    def _is_deed(self, text: str) -> bool:
        """Whether a text opens with a verb that doesn't name somebody by what he does, as 监测员."""
        return text.startswith(self.verbs) and not _SOMEBODY.match(text, 2)

    def _asked(self, clause: str) -> str:
        """Return a clause with 要 after its subject, or after those whom it is about; as it is without."""
        concerned = clause.startswith(_ABOUT)
        if not concerned and self._opens_with_verb(clause):
            return clause
        split = self._split(clause, (*self.actors, *_CONCERNED) if concerned else self.actors)
        return DEMAND.join(split) if split else clause

    def _split(self, clause: str, ends: tuple[str, ...]) -> tuple[str, str] | None:
        """Return subject and predicate; where the subject may go on (各村包联领导), only if it doesn't."""
        opens = (*self.verbs, *_PREPOSITIONS, *self.manners)
        shorter = None
        for end in range(2, min(MAX_SUBJECT, len(clause) - 1)):
            subject, predicate = clause[:end], clause[end:]
            if not subject.endswith(ends) or subject.endswith(self.names):
                continue
            if predicate.startswith((*_JOINS, *self.names)) or predicate.startswith(_NO_VERB_BEFORE, 2):
                continue
            # 组织教师家访: whoever follows is asked by the one who is asked.
            if any(word in subject[1:] for word in self.causatives):
                return shorter
            if (
                _SHARED.search(subject)
                or _SOMEWHERE.search(subject)
                or any(word in predicate[:4] for word in self.objects)
            ):
                return None
            if predicate.startswith(opens):
                if not predicate.startswith(self.attributes):
                    return subject, predicate
                shorter = shorter or (subject, predicate)
        return shorter
