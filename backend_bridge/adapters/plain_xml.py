"""XML of which nothing is taken but elements, attributes and texts: a file that declares a document type is refused, in any encoding."""

import xml.etree.ElementTree as ET
from pathlib import Path

from backend_bridge.adapters.refusals import InputRefusedError


class _Plain(ET.TreeBuilder):
    """Builds the tree; the parser tells it of a document type, which alone can declare an entity, before any of it is read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002  # the parser's own call
        raise InputRefusedError([f"{self._path}: declares entities, which a file of a track has no use for"])


def root_of(path: Path) -> ET.Element:
    """The outermost element of a file.

    Raises `InputRefusedError` where it declares a document type, `ET.ParseError`, `ValueError` or `LookupError` where it is no XML or
    its encoding is none that is known.
    """
    parser = ET.XMLParser(target=_Plain(path))  # noqa: S314  # without a document type there is no entity to expand
    parser.feed(path.read_bytes())
    root: ET.Element = parser.close()
    return root
