"""The meeting file: its model, and how it is loaded."""

from .agenda import ITEM_KINDS, AgendaItem, Arrangement, Batch, Document, Turn
from .fields import Figure
from .loading import MeetingFileError, load_meeting
from .model import EVENT_KINDS, Event, Meeting, Person, Report, Requirement, Speech, Task

__all__ = [
    "EVENT_KINDS",
    "ITEM_KINDS",
    "AgendaItem",
    "Arrangement",
    "Batch",
    "Document",
    "Event",
    "Figure",
    "Meeting",
    "MeetingFileError",
    "Person",
    "Report",
    "Requirement",
    "Speech",
    "Task",
    "Turn",
    "load_meeting",
]
