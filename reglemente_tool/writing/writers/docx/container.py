"""The file around the text: an Open Packaging container, the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_CORE = "docProps/core.xml"
_MAIN = "word/document.xml"
_TYPES = {
    _MAIN: f"{_DOCUMENT}.document.main+xml",
    "word/styles.xml": f"{_DOCUMENT}.styles+xml",
    "word/settings.xml": f"{_DOCUMENT}.settings+xml",
    "word/header.xml": f"{_DOCUMENT}.header+xml",
    "word/footer.xml": f"{_DOCUMENT}.footer+xml",
    "word/footer-first.xml": f"{_DOCUMENT}.footer+xml",
    "word/comments.xml": f"{_DOCUMENT}.comments+xml",
    "word/footnotes.xml": f"{_DOCUMENT}.footnotes+xml",
    _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
}
"""What a document of ours can consist of."""


def relation(part: str) -> str:
    """Return the id by which the document refers to a part: "header" to "word/header.xml"."""
    return part.rpartition("/")[2].partition(".")[0]


def packed(parts: Mapping[str, etree._Element], pictures: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return the file that holds `parts`, by their names in it; "word/document.xml" and "docProps/core.xml" are among them.

    `pictures` are PNG files, by their names in it.
    """
    files = {
        "[Content_Types].xml": _content_types(parts, bool(pictures)),
        "_rels/.rels": _relations({
            "document": (f"{_OFFICE}/officeDocument", _MAIN),
            "core": (f"{_PACKAGE}/relationships/metadata/core-properties", _CORE),
        }),
        "word/_rels/document.xml.rels": _relations({
            relation(name): (f"{_OFFICE}/{relation(name).partition('-')[0]}", name.removeprefix("word/"))
            for name in parts
            if name not in (_MAIN, _CORE)
        } | {relation(name): (f"{_OFFICE}/image", name.removeprefix("word/")) for name in pictures}),
        **parts,
    }  # fmt: skip
    content = {name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True) for name, tree in files.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in {**content, **pictures}.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # The earliest that there is: no clock is asked.
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # Else it would tell Windows from other systems.
            archive.writestr(entry, data)
    return file.getvalue()


def _plainly(space: str) -> dict[str, str]:
    """The names of this space need no prefix. (None is what lxml asks for here, and what its stubs do not know of.)"""
    return {None: space}  # type: ignore[dict-item]


def _content_types(parts: Mapping[str, etree._Element], pictures: bool) -> etree._Element:
    space = f"{_PACKAGE}/content-types"
    types = etree.Element(f"{{{space}}}Types", nsmap=_plainly(space))
    drawn = (("png", "image/png"),) if pictures else ()
    for extension, kind in (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), *drawn):
        etree.SubElement(types, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    for name in parts:
        etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{name}", ContentType=_TYPES[name])
    return types


def _relations(targets: Mapping[str, tuple[str, str]]) -> etree._Element:
    space = f"{_PACKAGE}/relationships"
    relations = etree.Element(f"{{{space}}}Relationships", nsmap=_plainly(space))
    for id, (kind, target) in targets.items():
        etree.SubElement(relations, f"{{{space}}}Relationship", Id=id, Type=kind, Target=target)
    return relations
