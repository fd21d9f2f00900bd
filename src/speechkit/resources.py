"""Find templates/ and corpora/, in an installed wheel or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def resource_folder(name: str) -> Path:
    """Return the bundled folder `templates` or `corpora`.

    A wheel carries them inside the package; in a checkout (editable install) they are at the top level.
    """
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _CHECKOUT / name
