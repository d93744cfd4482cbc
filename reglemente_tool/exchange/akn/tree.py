"""Elements: one way to make them, one way to write them out, and one safe way to read them in."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reglemente_tool.errors import CannotRead, Place, ReglementeError
from reglemente_tool.safexml import line_of, rooted

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:reglemente:akn:1"
"""The namespace of what the standard has no place for."""

_AKN = f"{{{AKN}}}"
_OWN = f"{{{OWN}}}"


class CannotExport(ReglementeError):
    """The document could not be made; nothing was written."""

    code = "UTSKRIFT"
    exit_code = 3


# --- out ----------------------------------------------------------------------------------------------------------


def root() -> etree._Element:
    """Return an empty akomaNtoso element."""
    return etree.Element(f"{_AKN}akomaNtoso", nsmap={None: AKN, "r": OWN})  # type: ignore[dict-item]


def add(parent: etree._Element, tag: str, attributes: Mapping[str, str] | None = None, text: str = "") -> etree._Element:
    """Put an element of Akoma Ntoso last in `parent` and return it. Raises CannotExport for a character that XML cannot hold."""
    try:
        made = etree.SubElement(parent, _AKN + tag, dict(attributes or {}))
        if text:
            made.text = text
    except ValueError as error:
        held = " ".join("".join(c if c.isprintable() else "□" for c in " ".join((text, *(attributes or {}).values()))).split())
        raise CannotExport(
            f"Texten innehåller ett styrtecken som inte kan skrivas i Akoma Ntoso: ”{held[:80]}”.",
            hint="Ta bort tecknet med reglemente ratta och försök igen.",
        ) from error
    return made


def own(name: str) -> str:
    """Return the name of an attribute or element of our own."""
    return _OWN + name


def write(made: etree._Element) -> bytes:
    """Return the file: UTF-8, one element a line where white space is no part of the text."""
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8", pretty_print=True)


# --- in -----------------------------------------------------------------------------------------------------------


def parse(data: bytes, name: str) -> etree._Element:
    """Return the root element of the file `name`. Opens nothing, follows nothing, has limits.

    Raises CannotRead, with name and line, for what is too large, is no XML in UTF-8, has a DOCTYPE, comments or processing
    instructions, or is nested too deep.
    """
    return rooted(
        data,
        lambda line, what, hint: refused(name, line, what, hint=hint),
        damaged="Filen är skadad, eller något annat än XML. Be den som gjorde den om en ny.",
        strays="kommentarer och bearbetningsinstruktioner kan inte läsas in",
    )


def document(data: bytes, name: str, tag: str) -> etree._Element:
    """Return the document element `tag` ("act", "doc") of an Akoma Ntoso file. Raises CannotRead, saying what the file is instead."""
    found = parse(data, name)
    if found.tag != f"{_AKN}akomaNtoso":
        raise refused(name, 0, f"filen är inte Akoma Ntoso 3.0 utan {_what(found)}", hint=_INSTEAD.get(str(found.tag), _ANY))
    held = parts(found, name)
    if len(held) != 1:
        raise fault(name, found, "filen ska hålla ett dokument och inget annat")
    if tag_of(held[0]) != tag:
        raise fault(name, held[0], f"filen är {_DOCUMENTS.get(tag_of(held[0]), f'ett dokument av slaget {tag_of(held[0])}')}",
                    hint=f"Det som kan läsas här är {_DOCUMENTS[tag]}.")  # fmt: skip
    return held[0]


_DOCUMENTS = {"act": "ett reglemente (act)", "doc": "ett beslut (doc)", "bill": "ett förslag (bill)"}
_ANY = "Ett reglemente i Akoma Ntoso skrivs med reglemente visa NÄMND --som akn."
_IN_REGISTER = "Den läses där den ligger, i sitt register. Ska texten till ett annat register, skriv den med visa --som akn."
_REGISTERS = {
    "reglemente": "ett reglemente i registrets egen form",
    "beslut": "ett beslut i registrets egen form",
    "forslag": "ett förslag i registrets egen form",
    "register": "ett registers register.xml",
    "rattelse": "en rättelse i registrets egen form",
}
_INSTEAD = dict.fromkeys(_REGISTERS, _IN_REGISTER)


def _what(found: etree._Element) -> str:
    tag = str(found.tag)
    if tag in _REGISTERS:
        return _REGISTERS[tag]
    if tag.endswith("}akomaNtoso"):
        return f"Akoma Ntoso i en annan version ({tag[1:].split('}')[0]})"
    return f"XML med rotelementet <{tag.split('}')[-1]}>"


def refused(name: str, line: int, what: str, *, hint: str = "") -> CannotRead:
    """Return the error that file `name` is wrong at `line` (0: nowhere in particular) in the way `what` says."""
    where = f"{name or 'filen'}, rad {line}" if line else (name or "filen")
    return CannotRead(f"{where}: {what}.", place=Place(document=where), hint=hint)


def fault(name: str, element: etree._Element, what: str, *, hint: str = "") -> CannotRead:
    """Return the error that `element` of file `name` is wrong in the way `what` says."""
    return refused(name, line_of(element), what, hint=hint)


def tag_of(element: etree._Element) -> str:
    """Return the element's name in Akoma Ntoso; a name of another namespace in full."""
    return str(element.tag).removeprefix(_AKN)


def words(element: etree._Element, name: str) -> str:
    """Return the words of an element that holds nothing else, exactly. Raises CannotRead for an element in it."""
    if len(element):
        raise fault(
            name, element[0], f"<{tag_of(element[0])}> inne i löpande text kan inte läsas in",
            hint="Ta bort märkningen och behåll orden.",
        )  # fmt: skip
    return element.text or ""


def parts(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements inside one that holds no words of its own. Raises CannotRead for words between them."""
    for text, by in ((element.text, element), *((child.tail, child) for child in element)):
        if (text or "").strip():
            raise fault(name, by, f"orden ”{' '.join((text or '').split())[:60]}” står utanför elementen i <{tag_of(element)}>")
    return list(element)
