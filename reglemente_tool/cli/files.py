"""Files that a person points at: found, weighed before they are opened, and read."""

from __future__ import annotations

import sys
from pathlib import Path

from reglemente_tool.cli.output import misfit
from reglemente_tool.errors import CannotRead
from reglemente_tool.reading.sources import source_for

LARGEST = 40_000_000
"""Bytes. A file larger than this is not even opened."""


def source_text(name: str) -> str:
    """Return the text of the file `name`, or of standard input for "-". Raises CannotRead."""
    if name == "-":
        pasted = sys.stdin.buffer.read(LARGEST + 1)
        if len(pasted) > LARGEST:
            raise CannotRead(f"Texten är större än {LARGEST // 1_000_000} MB.", hint="Kontrollera att det är rätt text.")
        return str(source_for(".txt").read(pasted))
    path = Path(name)
    if not path.is_file():
        raise misfit(f"Filen {name} finns inte.", "Kontrollera stavningen och i vilken mapp du står.")
    source = source_for(path.suffix)
    if path.stat().st_size > LARGEST:
        raise CannotRead(f"Filen är större än {LARGEST // 1_000_000} MB.", hint="Kontrollera att det är rätt fil.")
    return str(source.read(path.read_bytes()))
