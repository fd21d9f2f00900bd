"""Draft speeches, host scripts and work reports for Chinese offices out of meeting data.

The public names are fetched from their modules when they are first used, so that `import speechkit` costs
next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .diagnostics import Diagnostic, Severity, Span
    from .drafting import Draft, draft, trace
    from .errors import SpeechkitError
    from .formats import load_layout, read, write
    from .manuscript import (
        Byline,
        Cue,
        Drafted,
        Heading,
        Located,
        Manuscript,
        Paragraph,
        Salutation,
        Sentence,
        Signature,
    )
    from .meeting import Meeting, load_meeting

    __version__: str

__all__ = [
    "Byline",
    "Cue",
    "Diagnostic",
    "Draft",
    "Drafted",
    "Heading",
    "Located",
    "Manuscript",
    "Meeting",
    "Paragraph",
    "Salutation",
    "Sentence",
    "Severity",
    "Signature",
    "Span",
    "SpeechkitError",
    "__version__",
    "draft",
    "load_layout",
    "load_meeting",
    "read",
    "trace",
    "write",
]

_MODULES = {
    "diagnostics": ("Diagnostic", "Severity", "Span"),
    "drafting": ("Draft", "draft", "trace"),
    "errors": ("SpeechkitError",),
    "formats": ("load_layout", "read", "write"),
    "manuscript": (
        *("Byline", "Cue", "Drafted", "Heading", "Located"),
        *("Manuscript", "Paragraph", "Salutation", "Sentence", "Signature"),
    ),
    "meeting": ("Meeting", "load_meeting"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("speechkit")
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
