"""A shelf: one output format in each file, with NAME, SUFFIX and `write(page) -> bytes`."""

from __future__ import annotations

from typing import Protocol, cast

from reglemente_tool.shelf import modules
from reglemente_tool.writing.page import CannotWrite, Page


class Writer(Protocol):
    """What a module on this shelf has. Options of its own are keywords of `write` with defaults."""

    NAME: str
    SUFFIX: str

    def write(self, page: Page) -> bytes:
        """Return the document; the same page gives the same bytes."""


def names() -> tuple[str, ...]:
    """Return the names of the formats there are, in alphabetical order."""
    return tuple(sorted(cast(Writer, module).NAME for module in modules(__name__)))


def writer(name: str) -> Writer:
    """Return the format called `name`. Raises CannotWrite, naming those that there are."""
    for module in modules(__name__):
        found = cast(Writer, module)
        if name == found.NAME:
            return found
    raise CannotWrite(f"Formatet ”{name}” finns inte.", hint=f"Välj något av {', '.join(names())}.")
