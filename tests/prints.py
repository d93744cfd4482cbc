"""What `visa` prints of every wording in the example registers, and what comes back when that is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from reglemente_tool.cli.demo import examples
from reglemente_tool.cli.show import clean
from reglemente_tool.consolidate import charters, versions
from reglemente_tool.model.charter import Charter, CharterId, Provision, every
from reglemente_tool.reading.sources import source_for
from reglemente_tool.reading.wording import ReadCharter, read_charter, read_document
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import writer

FORMATS = ("text", "md", "html", "docx", "pdf")


@dataclass(frozen=True)
class Print:
    """One wording of one charter and the page that `visa` makes of it; `last` is True for the charter's latest."""

    name: str
    charter: Charter
    page: Page
    last: bool


@cache
def prints() -> tuple[Print, ...]:
    """Return every wording of every charter in every example register."""
    return tuple(_prints())


def _prints() -> Iterator[Print]:
    for file in sorted(examples().glob("*/register.xml")):
        register = Register.open(file.parent)
        for id in charters(register.history):
            made = [v for v in versions(register.history, id) if v.charter.body and not v.charter.repealed]
            for version in made:
                name = f"{file.parent.name} {id} {version.start}"
                yield Print(name, version.charter, clean(register, id, version.start), version is made[-1])


def returned(page: Page, format: str) -> ReadCharter:
    """Print the page and read what was printed."""
    made = writer(format)
    return read(made.write(page), made.SUFFIX)


def read(data: bytes, suffix: str) -> ReadCharter:
    """Read a file's bytes as a charter."""
    found = source_for(suffix).read(data)
    return read_charter(found) if isinstance(found, str) else read_document(found)


def unmarked(body: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Without what a laid-out page does not show: identities, sources, and how a §'s first line was printed."""
    return every(body, lambda p: replace(p, wid=CharterId(""), source=None, layout=""))  # type: ignore[arg-type]


def lost(one: Print, read: ReadCharter) -> list[str]:
    """Return what of the charter did not come back: "titel", "fakta", "text"."""
    parts = {
        "titel": read.title == one.charter.title, "fakta": read.facts == one.page.facts,
        "text": unmarked(read.body) == unmarked(one.charter.body),
    }  # fmt: skip
    return [what for what, right in parts.items() if not right]
