"""What can be wrong with a file or its place: one class per cause."""

from ..errors import SpeechkitError


class FormatError(SpeechkitError):
    """A file that can't be read or written."""


class UnknownFormatError(FormatError):
    """The suffix names no format that can be read or written."""


class MissingFileError(FormatError):
    """There is no such file, or it is a folder."""


class UnreadableFileError(FormatError):
    """The file is there but the system refuses to read it, or it is too large."""


class MissingToolError(FormatError):
    """A program or a library that this kind of file takes is not installed."""


class DamagedFileError(FormatError):
    """The content is not what the suffix promises: cut off, encrypted, or of another kind."""


class HostileFileError(FormatError):
    """The content is built to harm: a zip bomb, or XML with entities."""


class EmptyFileError(FormatError):
    """There is no text in the file."""


class TargetExistsError(FormatError):
    """The file to write is there already and must not be overwritten."""


class UnwritableTargetError(FormatError):
    """The folder is missing or does not let the file be written."""


class LayoutError(FormatError):
    """A layout profile that is missing or has wrong entries."""
