"""A proof: the document that was read on the left, the text that it became on the right, what is doubtful marked where it stands.

One HTML file with nothing outside it and no script, for a person to go through before the text counts.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reglemente_tool.writing.letters import harmless, unbroken

if TYPE_CHECKING:
    from jinja2 import Template

Words = tuple[tuple[str, str], ...]
"""A row of words, each with its fate: "" for plain words, else "tveksamt", "tillagt" or "struket"."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at. `number` counts from 1; `place` is the Swedish name of where it is, `anchor` the line's ("" for none)."""

    number: int
    code: str
    message: str
    hint: str = ""
    grave: bool = False
    anchor: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One block of the text: what it was read as.

    `name`    where it stands, in Swedish ("andra stycket", "strecksats 3"); `cited` the same in full
    `level`   the block's level; `depth` how deep in lists, from 0
    `doubts`  what is doubtful about it
    `was`     the words as they were first read, where a person has corrected them; `corrected` True for a line that is new or corrected
    """

    anchor: str
    level: str
    name: str
    cited: str
    marker: str
    words: Words
    depth: int = 0
    doubts: tuple[Doubt, ...] = ()
    was: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """A mark in the margin of a page's picture: how far down (0.0 to 1.0), the line it leads to, what it says, whether it is a doubt."""

    top: float
    anchor: str
    label: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a document that has no pictures, as it is shown there. `left_out` says that it is no part of the text."""

    role: str
    label: str
    words: Words
    indent: float = 0.0
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands side by side: a page, or a § with what the document shows of it, and the lines that begin there."""

    heading: str
    lines: tuple[ProofLine, ...]
    picture: bytes = b""
    width: int = 0
    height: int = 0
    pins: tuple[Pin, ...] = ()
    shown: tuple[Shown, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """All of it.

    `source`    the name of the file; `notes` Swedish sentences about what the left side shows
    `facts`     what was counted; `left_out` what stood in the document and is no part of the text: what, words, place
    `changes`   the tracked changes: who and when, what, the words
    """

    title: str
    source: str
    notes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...]
    sheets: tuple[Sheet, ...]
    left_out: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A proof in a table of many: the document, where its page is ("" when it could not be read), and what a person has to do."""

    file: str
    page: str
    title: str
    paragrafer: str
    doubts: int
    told: str


def write(proof: Proof) -> bytes:
    """Return the proof as UTF-8 HTML."""
    return _template("proof").render(proof=proof).encode()


def write_table(folder: str, rows: tuple[Listed, ...], others: tuple[str, ...]) -> bytes:
    """Return the table of the proofs of a folder as UTF-8 HTML; `others` are the files that no reader takes."""
    return _template("proofs").render(folder=folder, rows=rows, others=others).encode()


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("reglemente_tool.writing").joinpath("templates")
    environment = Environment(
        loader=FunctionLoader(lambda asked: folder.joinpath(asked).read_text(encoding="utf-8")),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters.update(calm=_calm, data_uri=_data_uri)
    return environment.get_template(f"{name}.html.jinja")


def _calm(text: str) -> str:
    return unbroken(harmless(text))


def _data_uri(data: bytes) -> str:
    return f"data:image/png;base64,{b64encode(data).decode()}"
