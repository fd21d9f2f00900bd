"""Starting files, one for each kind of meeting."""

from ..errors import SpeechkitError
from ..resources import resource_folder
from .complaints import perhaps
from .model import EVENT_KINDS


class UnknownKindError(SpeechkitError):
    """There is no such kind of meeting."""


def starter(kind: str) -> str:
    """Return the text of the starting file for a kind of meeting. Raises UnknownKindError."""
    if kind not in EVENT_KINDS:
        advice = f"会议类型只有：{'、'.join(EVENT_KINDS)}"
        raise UnknownKindError(f"没有“{kind[:30]}”这种会议{perhaps(kind, EVENT_KINDS)}；{advice}")
    return (resource_folder("templates") / "meetings" / f"{kind}.yaml").read_text("utf-8")
