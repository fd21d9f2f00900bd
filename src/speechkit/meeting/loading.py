"""Load a meeting file, with every error named by line and key."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from ..diagnostics import Diagnostic
from ..errors import SpeechkitError
from ..yamlfile import Key, YamlFile, load_yaml
from .complaints import complaint
from .fields import Record, tidy
from .keys import KeyInfo, allowed_keys, keys_of
from .model import Meeting

Place = tuple[Key, ...]


class MeetingFileError(SpeechkitError):
    """A meeting file with errors in it; `diagnostics` holds them all, in the order of the file."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


def load_meeting(path: str | os.PathLike[str]) -> Meeting:
    """Return the meeting that a file describes.

    Raises YamlError where the file is not readable YAML, and MeetingFileError where it is, but not a meeting.
    """
    return read_meeting(load_yaml(path))


def read_meeting(file: YamlFile) -> Meeting:
    """Return the meeting that a YAML file describes. Raises MeetingFileError."""
    reading = _Reading(file)
    tree = reading.mapping(file.data, Meeting, (), ())
    meeting = _validated(tree, reading) if tree is not None else None
    if tree is not None:
        _check_people(tree, reading)
    if meeting is None or reading.found:
        raise MeetingFileError(tuple(sorted(reading.found, key=lambda found: found.line)))
    return meeting
