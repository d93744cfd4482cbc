"""XML from a file, by a parser that opens nothing, follows nothing and has limits: one boundary for every form that is kept as XML."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from lxml import etree

from reglemente_tool.errors import ReglementeError

MAX_BYTES = 20_000_000

Refused = Callable[[int, str, str], ReglementeError]
"""What makes the error of a file: from the line (0: nowhere in particular), what is wrong, and what to do."""


def rooted(data: bytes, refused: Refused, *, damaged: str, strays: str) -> etree._Element:
    """Return the root element of `data`.

    Raises what `refused` makes of what is too large, is no XML in UTF-8, has a DOCTYPE, comments or processing instructions, or is
    nested too deep. `damaged` is the hint for what is no XML, `strays` why comments cannot stand there.
    """
    if len(data) > MAX_BYTES:
        raise refused(0, f"filen är större än {MAX_BYTES // 1_000_000} MB", "")
    if b"\0" in data:
        raise refused(0, "filen är inte text i UTF-8", "Spara den som UTF-8.")
    # A literal "<!DOCTYPE" cannot stand in text: "<" is always escaped there.
    if b"<!DOCTYPE" in data:
        line = data[: data.index(b"<!DOCTYPE")].count(b"\n") + 1
        raise refused(line, "filen har en DOCTYPE, och sådana öppnas inte", "Ta bort raden.")
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise refused(error.lineno or 0, "filen är inte giltig XML", damaged) from error
    for stray in root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity):
        raise refused(line_of(stray), strays, "Ta bort dem.")
    return root


@cache
def _parser() -> etree.XMLParser:
    """One for all files: to make one takes as long as to read a short file."""
    return etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)


def line_of(element: etree._Element) -> int:
    """Return the line that the element stands on, 0 when the parser does not say."""
    return element.sourceline if isinstance(element.sourceline, int) else 0
