"""What can keep a report from being made."""

from ..errors import SpeechkitError


class MissingLibraryError(SpeechkitError):
    """A report that takes a library which is not installed."""


class ReportError(SpeechkitError):
    """A report that can't be made of this comparison or file."""
