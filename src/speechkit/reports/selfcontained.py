"""HTML pages that need nothing beside themselves and do no harm, whatever the texts in them hold."""

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from ..resources import resource_folder
from .records_json import escape_surrogates


def selfcontained_page(name: str, styles: Sequence[str] = (), **shown: Any) -> str:
    """Return the page of a template with its style and script, `name`.css and `name`.js, in it.

    `styles` stand before its own style. The page loads nothing: its Content-Security-Policy allows only what
    is in it, by hash. All that is shown is escaped; data for the script is marked by `embedded_json`.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = resource_folder("templates") / "pages"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (
        "".join((folder / file).read_text(encoding="utf-8").replace("\r\n", "\n") for file in files)
        for files in ([*styles, f"{name}.css"], [f"{name}.js"])
    )
    return environment.get_template(f"{name}.html").render(
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        **shown,
    )


def embedded_json(value: Any) -> str:
    """Return JSON that can stand in a script element whatever the strings hold."""
    text = escape_surrogates(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    for character in "<>&\u2028\u2029\x7f":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
