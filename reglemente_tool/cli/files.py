"""Files that a person points at: found, weighed before they are opened, and read."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from reglemente_tool.cli.output import misfit
from reglemente_tool.errors import CannotRead, Place, ReglementeError
from reglemente_tool.reading.casehead import meeting_line
from reglemente_tool.reading.document import Document
from reglemente_tool.reading.sources import source_for
from reglemente_tool.reading.wording import ReadCharter, read_charter, read_document
from reglemente_tool.reading.wording.mistaken import refuse_mistaken_text

LARGEST = 40_000_000
"""Bytes. A file larger than this is not even opened."""


PLAIN = (".txt",)
"""What is read here and not in a process of its own: decoding is all that is done."""


def source(name: str) -> str | Document:
    """Return what the file `name` holds, or standard input for "-": a document, or plain text as it is. Raises CannotRead."""
    if name == "-":
        pasted = sys.stdin.buffer.read(LARGEST + 1)
        if len(pasted) > LARGEST:
            raise CannotRead(f"Texten är större än {LARGEST // 1_000_000} MB.", hint="Kontrollera att det är rätt text.")
        return str(source_for(".txt").read(pasted))
    path = Path(name)
    if path.is_dir():
        raise misfit(f"{name} är en mapp.", "Ange en fil i den.")
    if not path.is_file():
        raise misfit(f"Filen {name} finns inte.", "Kontrollera stavningen och i vilken mapp du står.")
    reader = source_for(path.suffix)
    if path.stat().st_size > LARGEST:
        raise CannotRead(f"Filen är större än {LARGEST // 1_000_000} MB.", hint="Kontrollera att det är rätt fil.")
    try:
        data = path.read_bytes()
        if path.suffix.lower() in PLAIN:
            return str(reader.read(data))
        from reglemente_tool.cli.importing.apart import read_apart

        return read_apart(data, path.suffix.lower())
    except ReglementeError as error:
        raise error.at(Place(name)) from None


def source_text(name: str) -> str:
    """Return the words of the file `name`, or of standard input for "-", as running text. Raises CannotRead.

    The day of the meeting, which a protocol often has in its running head alone, comes first.
    """
    found = source(name)
    if not isinstance(found, Document):
        return found
    day = meeting_line(one.text for one in found.left_out if one.what == "sidhuvud")
    return f"{day}\n\n{found.text}" if day else found.text


def charter_in(name: str) -> ReadCharter:
    """Return the charter that the file `name` holds. Raises CannotRead."""
    return charter_of(source(name))


def charter_of(found: str | Document) -> ReadCharter:
    """Return the charter that a document, or a text, holds. Raises CannotRead."""
    if isinstance(found, Document):
        return read_document(found)
    doubts = refuse_mistaken_text(found)
    read = read_charter(found)
    return replace(read, problems=(*doubts, *read.problems))
