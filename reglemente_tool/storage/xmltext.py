"""Lines of XML out, one element tree in: the only module that knows characters and the schema (`safexml` is the parser).

A file is written line by line, so that one stycke or strecksats is one line of the file, and is read by a parser that
opens nothing, follows nothing and has limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pkgutil import get_data

from lxml import etree

from reglemente_tool.errors import CannotStore, Place
from reglemente_tool.safexml import MAX_BYTES, line_of, rooted

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# "&" first, so that no reference is written twice. One replacement for each is faster than a table of all: most words hold none.
_IN_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_IN_ATTRIBUTE = (*_IN_TEXT, ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"))

# --- out ----------------------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    """Return `text` as it stands between two tags; every letter of it comes back."""
    for letter, reference in _IN_TEXT:
        text = text.replace(letter, reference)
    return text


def opening(tag: str, attributes: Mapping[str, str], *, closed: bool = False) -> str:
    """Return a start tag (or an empty element) with the attributes in the order given."""
    written = [tag]
    for name, value in attributes.items():
        for letter, reference in _IN_ATTRIBUTE:
            value = value.replace(letter, reference)
        written.append(f'{name}="{value}"')
    return f"<{' '.join(written)}{'/' if closed else ''}>"


def one_line(tag: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element that holds only words."""
    return f"{opening(tag, attributes or {})}{escaped(text)}</{tag}>"


def document(lines: Iterable[str]) -> bytes:
    """Return a file of `lines`. Raises CannotStore for a character that XML cannot hold."""
    text = "\n".join([DECLARATION, *lines]) + "\n"
    wrong = _FORBIDDEN.search(text)
    if wrong is not None:
        around = _FORBIDDEN.sub("□", text[max(0, wrong.start() - 30) : wrong.end() + 30]).replace("\n", " ")
        raise CannotStore(
            f"Texten innehåller ett styrtecken (U+{ord(wrong[0]):04X}) som inte kan sparas: ”{around}”.",
            hint="Ta bort tecknet i den text som lästes in och försök igen.",
        )
    return text.encode("utf-8")


# --- in -----------------------------------------------------------------------------------------------------------


def parse(data: bytes, name: str) -> etree._Element:
    """Return the root element of the file `name`, valid against the schema.

    Raises CannotStore, with name and line, for what is too large, is no XML in UTF-8, has a DOCTYPE, comments or
    processing instructions, is nested too deep, or does not follow the schema.
    """
    if len(data) <= MAX_BYTES and not data.strip():
        raise refused(name, 0, "filen är tom", hint="Hämta den ur git, eller ur en säkerhetskopia.")
    root = rooted(
        data,
        lambda line, what, hint: refused(name, line, what, hint=hint),
        damaged="Filen är skadad, eller ändrad för hand. Hämta den ur git, eller ur en säkerhetskopia.",
        strays="kommentarer och bearbetningsinstruktioner kan inte sparas där",
    )
    if root.getprevious() is not None or root.getnext() is not None:
        raise refused(name, 1, "det står något utanför filens rotelement", hint="Ta bort det.")
    schema = _schema()
    if not schema.validate(root):
        raise refused(name, *_fault(schema.error_log), hint="Jämför med en fil som programmet har skrivit.")
    return root


def refused(name: str, line: int, what: str, *, hint: str = "") -> CannotStore:
    """Return the error that file `name` is wrong at `line` (0: nowhere in particular) in the way `what` says."""
    where = f"{name or 'filen'}, rad {line}" if line else (name or "filen")
    return CannotStore(f"{where}: {what}.", place=Place(document=where), hint=hint)


def fault_at(name: str, element: etree._Element, what: str, *, hint: str = "") -> CannotStore:
    """Return the error that `element` of file `name` is wrong in the way `what` says."""
    return refused(name, line_of(element), what, hint=hint)


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Return the element's attributes by name."""
    return dict(element.items())  # type: ignore[arg-type]  # names and values may be bytes only in Python 2


def tag_of(element: etree._Element) -> str:
    """Return the element's name."""
    return str(element.tag)


@cache
def _schema() -> etree.RelaxNG:
    source = get_data("reglemente_tool.storage", "schema/reglemente.rng")
    assert source is not None
    return etree.RelaxNG(etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True)))


# The telling ones first: the schema's reader says several things about one fault.
_MESSAGES = (
    (r"Invalid attribute (\S+) for element (\S+)", "attributet {0} hör inte hemma i <{1}>, eller har ett värde som inte går att läsa"),
    (r"Element (\S+) failed to validate attributes", "ett attribut i <{0}> saknas, hör inte hemma där eller går inte att läsa"),
    (r"Did not expect text in element (\S+) content", "det står ord utanför elementen i <{0}>"),
    (r"Did not expect element text there", "det står ord utanför elementen"),
    (r"Expecting element (\S+), got (\S+)", "där skulle elementet <{0}> stå, men där står <{1}>"),
    (r"Element (\S+) has extra content: (\S+)", "elementet <{1}> kan inte stå där i <{0}>"),
    (r"Extra element (\S+) in interleave", "elementet <{0}> kan inte stå där"),
    (r"Did not expect element (\S+) there", "elementet <{0}> kan inte stå där"),
    (r"Element (\S+) failed to validate content", "elementet <{0}> har ett innehåll som inte hör dit"),
    (r"Expecting an? (?:element|attribute|text)", "något saknas"),
)


def _fault(log: Iterable[etree._LogEntry]) -> tuple[int, str]:
    """Return (line, Swedish sentence) for what the schema's reader has said."""
    entries = [(entry.line, entry.message) for entry in log]
    for pattern, sentence in _MESSAGES:
        for line, said in entries:
            match = re.match(pattern, said)
            if match is not None:
                return line, sentence.format(*match.groups())
    return (entries[0][0] if entries else 0), "filen följer inte registrets format"
