"""Lines of XML out, one element tree in: the only module that knows characters, parsers and the schema.

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

MAX_BYTES = 20_000_000
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)

# --- out ----------------------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    """Return `text` as it stands between two tags; every letter of it comes back."""
    return text.translate(_IN_TEXT)


def opening(tag: str, attributes: Mapping[str, str], *, closed: bool = False) -> str:
    """Return a start tag (or an empty element) with the attributes in the order given."""
    written = "".join(f' {name}="{value.translate(_IN_ATTRIBUTE)}"' for name, value in attributes.items())
    return f"<{tag}{written}{'/' if closed else ''}>"


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
    if len(data) > MAX_BYTES:
        raise refused(name, 0, f"filen är större än {MAX_BYTES // 1_000_000} MB")
    if b"\0" in data:
        raise refused(name, 0, "filen är inte text i UTF-8", hint="Spara den som UTF-8.")
    # A literal "<!DOCTYPE" cannot stand in text: "<" is always escaped there.
    if b"<!DOCTYPE" in data:
        line = data[: data.index(b"<!DOCTYPE")].count(b"\n") + 1
        raise refused(name, line, "filen har en DOCTYPE, och sådana öppnas inte", hint="Ta bort raden.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = str(error.msg).split(", line ")[0]
        raise refused(name, error.lineno or 0, "filen är inte giltig XML", hint=f"XML-läsaren säger: {reason}.") from error
    for stray in root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity):
        raise refused(name, _line(stray), "kommentarer och bearbetningsinstruktioner kan inte sparas där", hint="Ta bort dem.")
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
    return refused(name, _line(element), what, hint=hint)


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Return the element's attributes by name."""
    return {str(key): str(value) for key, value in element.attrib.items()}


def tag_of(element: etree._Element) -> str:
    """Return the element's name."""
    return str(element.tag)


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


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
