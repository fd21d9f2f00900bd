"""Draft speeches, host scripts and work reports for Chinese offices; find what materials share.

The public names are fetched from their modules when they are first used, so that `import speechkit` costs
next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checking import compare
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
    from .reuse.records import Comparison, Match, Material
    from .reviewing import proofread

    __version__: str

__all__ = [
    "Byline",
    "Comparison",
    "Cue",
    "Diagnostic",
    "Draft",
    "Drafted",
    "Heading",
    "Located",
    "Manuscript",
    "Match",
    "Material",
    "Meeting",
    "Paragraph",
    "Salutation",
    "Sentence",
    "Severity",
    "Signature",
    "Span",
    "SpeechkitError",
    "__version__",
    "compare",
    "draft",
    "load_layout",
    "load_meeting",
    "proofread",
    "read",
    "trace",
    "write",
]

_MODULES = {
    "checking": ("compare",),
    "diagnostics": ("Diagnostic", "Severity", "Span"),
    "drafting": ("Draft", "draft", "trace"),
    "errors": ("SpeechkitError",),
    "formats": ("load_layout", "read", "write"),
    "manuscript": (
        *("Byline", "Cue", "Drafted", "Heading", "Located"),
        *("Manuscript", "Paragraph", "Salutation", "Sentence", "Signature"),
    ),
    "meeting": ("Meeting", "load_meeting"),
    "reuse.records": ("Comparison", "Match", "Material"),
    "reviewing": ("proofread",),
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
