"""What is wrong with a piece of input or output, where, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: 必错, 疑似, 提示."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters (code points) in a text as read."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: bad data is a value, so that all of it can be shown at once."""

    message: str
    """What is wrong and what to do, in Chinese."""
    severity: Severity = Severity.ERROR
    file: str = ""
    """Path of the file as the user gave it; empty where the finding is about no file."""
    line: int = 0
    """Line in the file, counted from 1; 0 where there is none."""
    key: str = ""
    """Path of the key in the file, such as 讲话[0].任务[2].时限."""
    span: Span | None = None
    rule: str = ""
    replacement: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}：" if self.file else ""
        place += f"第{self.line}行：" if self.line else ""
        place += f"{self.key}：" if self.key else ""
        return place + self.message
