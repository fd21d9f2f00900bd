"""Look into a written Word file."""

import zipfile
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def steps(path: str) -> str:
    """Return a path such as pPr/jc with the namespace at every step."""
    return "/".join(f"{W}{step}" for step in path.split("/"))


def child(element: etree._Element, path: str) -> etree._Element:
    found = element.find(steps(path))
    assert found is not None, f"{element.tag} has no {path}"
    return found


def value(element: etree._Element, attribute: str = "val") -> str:
    found = element.get(f"{W}{attribute}")
    assert found is not None, f"{element.tag} has no {attribute}"
    return found


def name_of(element: etree._Element) -> str:
    return str(element.tag).removeprefix(W)


def text_of(paragraph: etree._Element) -> str:
    return "".join("\n" if e.tag == f"{W}br" else e.text or "" for e in paragraph.iter(f"{W}t", f"{W}br"))


def style_of(paragraph: etree._Element) -> str:
    return value(child(paragraph, "pPr/pStyle"))


class WordFile:
    """The parts of a Word file, its paragraphs, and the properties styles give them."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
        self.document = self.xml("word/document.xml")
        self.styles = {value(e, "styleId"): e for e in self.xml("word/styles.xml").iter(f"{W}style")}

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    @property
    def paragraphs(self) -> list[etree._Element]:
        return list(self.document.iter(f"{W}p"))

    def texts(self, style: str) -> list[str]:
        return [text_of(p) for p in self.paragraphs if style_of(p) == style]

    def named(self, name: str) -> str:
        """Return the id of the style of this name."""
        found = [i for i, e in self.styles.items() if value(child(e, "name")) == name]
        assert len(found) == 1, name
        return found[0]

    def get(self, style: str, path: str, attribute: str = "val") -> str | None:
        """Return what a style says, or the nearest of those it is based on: `path` like pPr/jc."""
        current: str | None = style
        while current:
            element = self.styles[current]
            found = element.find(steps(path))
            if found is not None and (text := found.get(f"{W}{attribute}")) is not None:
                return text
            base = element.find(f"{W}basedOn")
            current = base.get(f"{W}val") if base is not None else None
        return None

    def has(self, style: str, path: str) -> bool:
        return self.styles[style].find(steps(path)) is not None
