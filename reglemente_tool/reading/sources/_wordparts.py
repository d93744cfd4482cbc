"""The parts of a Word file by what they are to each other: programs name them as they like, and say so in relationships.

Source: ECMA-376 part 2, 9 (relationships), and part 1 annex A for the two spellings of each name (transitional and strict).
"""

from __future__ import annotations

import posixpath

from lxml import etree

from reglemente_tool.errors import CannotRead
from reglemente_tool.reading.sources._guard import Parts
from reglemente_tool.reading.sources._numbering import Element, W

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def parsed(parts: Parts, name: str) -> Element | None:
    """Return the part as a tree, None when there is none. Raises CannotRead for one that is broken or has a document type."""
    data = parts.read(name)
    if not data:
        return None
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise CannotRead("Dokumentet har en egen dokumenttyp och läses inte.", hint="Öppna det i Word, spara det på nytt och försök igen.")
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, W[1:-1].encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise CannotRead("Dokumentet är trasigt.", hint="Öppna det i Word, spara det på nytt och försök igen.") from None


def related(parts: Parts, name: str) -> dict[str, list[str]]:
    """Return the names of the parts that `name` ("" for the file itself) refers to, by kind: "styles", "header" …"""
    folder, own = posixpath.split(name)
    found: dict[str, list[str]] = {}
    tree = parsed(parts, posixpath.join(folder, "_rels", f"{own}.rels"))
    for one in tree if tree is not None else ():
        target = one.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if one.get("TargetMode") != "External" and path in set(parts):
            found.setdefault((one.get("Type") or "").rpartition("/")[2], []).append(path)
    return found
