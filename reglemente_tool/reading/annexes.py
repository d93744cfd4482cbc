"""Charters that a decision adopts "enligt bilaga", at the end of its text: below a line that says Bilaga, from its title on.

    Bilaga 1                       as a protocol with its annexes is pasted; or, for a file that a person has pointed at,
    Bilaga: styrelsen.docx
                                   blank lines and remarks ("# …") between
    Reglemente för kommunstyrelsen

Only what begins with the title of a charter is one. What stands above the first of them is the protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.naming import titled
from reglemente_tool.reading.wording import ReadCharter, read_charter


@dataclass(frozen=True, slots=True)
class Annex:
    """What one annex is called ("bilaga 1", "styrelsen.docx"), its number or "", and the charter in it.

    `unsure` is the line below which nobody can see whether an annex of the charter or the next one of the decision begins, or "".
    """

    name: str
    number: str
    read: ReadCharter
    unsure: str = ""

    @property
    def committee(self) -> str:
        """The committee that its title names, in normal form."""
        return titled(self.read.title)


_LONGEST_NAME = 100
_LINE = re.compile(r"[ \t]*Bilaga(?:[ \t]+(?P<number>\d{1,2}|[A-Z]))?(?:[ \t]*:[ \t]*(?P<file>\S.{0,120}?))?[ \t]*", re.IGNORECASE)
_TITLE = re.compile(
    r"[ \t]*(?:(?:gemensamt |allmänt )?reglemente|arbetsordning|instruktion)[ \t]+för[ \t]+\S.{2,120}"
    r"|[ \t]*\S.{2,80}s[ \t]+(?:reglemente|arbetsordning|instruktion)",
    re.IGNORECASE,
)


def with_annex(text: str, file: str, charter: str) -> str:
    """Return a decision's `text` with a charter in the text form after it, as the annex in `file`. `parted` takes them apart."""
    name = " ".join(file.split())[-_LONGEST_NAME:].strip()
    return f"{text.rstrip()}\n\nBilaga: {name}\n\n{charter.strip()}\n"


def parted(text: str) -> tuple[str, tuple[Annex, ...]]:
    """Return the protocol in `text`, and the charters that follow it as annexes. Never fails: what is no charter is no annex.

    Where a person has pointed at files, they alone are the annexes.
    """
    heads = list(_heads(text))
    if not heads or not text[: heads[0].start].strip():
        return text, ()
    said = text[: heads[0].start]
    heads = [head for head in heads if head.file] or heads
    ends = [head.start for head in heads[1:]] + [len(text)]
    found = [_annex(head, text[head.end : end]) for head, end in zip(heads, ends, strict=True)]
    return said, tuple(annex for annex in found if annex is not None)


@dataclass(frozen=True, slots=True)
class _Head:
    """The line above an annex: where it begins and ends, the file or the number that it says."""

    start: int
    end: int
    file: str
    number: str


def _heads(text: str) -> Iterator[_Head]:
    """The lines that a charter follows: below a file any title that names a committee, since a person has said that it is one. What is
    pasted must be a reglemente by name: a charter may have an arbetsordning as its annex.
    """
    at = 0
    last: _Head | None = None
    for line in text.splitlines(keepends=True):
        if match := _LINE.fullmatch(line.rstrip("\r\n")):
            last = _Head(at, at + len(line), match["file"] or "", match["number"] or "")
        elif last is not None and line.strip() and not line.startswith("# "):
            pasted = "reglemente" in line.lower() and _TITLE.fullmatch(line.rstrip("\r\n"))
            if titled(line) if last.file else pasted:
                yield last
            last = None
        at += len(line)


def _annex(head: _Head, text: str) -> Annex | None:
    try:
        read = read_charter(text)
    except CannotRead:
        return None
    # A file holds one charter. In what is pasted, "Bilaga 2" below "Bilaga 1" may be the charter's own or the decision's next.
    follows = () if head.file else (line.strip() for line in text.splitlines() if _LINE.fullmatch(line))
    return Annex(head.file or f"bilaga {head.number}".strip(), head.number, read, unsure=next(iter(follows), ""))


def unused(annexes: tuple[Annex, ...], adopting: frozenset[str]) -> tuple[Problem, ...]:
    """Return a warning for each annex that no clause is about; `adopting` are the committees whose charters some clause adopts."""
    every = any(name.startswith("*") for name in adopting)
    return tuple(
        Problem("FORSLAG", f"Ingen att-sats antar {a.read.title} ({a.name}).", level=Level.VARNING, hint="Den texten används inte.")
        for a in annexes if not every and a.committee not in adopting
    )  # fmt: skip
