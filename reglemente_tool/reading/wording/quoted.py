"""The quoted new wording of one provision: ”3 § Nämnden består av …”, ”– hjälpmedel”, ”c) besluta om …”."""

from __future__ import annotations

import re
from dataclasses import replace

from reglemente_tool.errors import CannotRead, Place
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Provision
from reglemente_tool.model.headings import title_like
from reglemente_tool.reading.wording.lines import Line, read_lines
from reglemente_tool.reading.wording.tree import build, family

_NAMES = {
    Kind.KAPITEL: "ett kapitel", Kind.AVSNITT: "ett avsnitt", Kind.PARAGRAF: "en paragraf", Kind.STYCKE: "ett stycke",
    Kind.PUNKT: "en punkt", Kind.BOKSTAV: "en bokstav", Kind.STRECKSATS: "en strecksats", Kind.TABELL: "en tabell",
    Kind.RAD: "en tabellrad", Kind.BILAGA: "en bilaga", Kind.MENING: "en mening", Kind.LED: "ett led",
}  # fmt: skip

_CONTENTS = {
    Kind.KAPITEL: (Kind.AVSNITT, Kind.PARAGRAF, Kind.STYCKE, Kind.TABELL),
    Kind.AVSNITT: (Kind.PARAGRAF, Kind.STYCKE, Kind.TABELL),
    Kind.BILAGA: (Kind.STYCKE, Kind.TABELL),
}

_QUOTED = re.compile(r"[\"”“»„«](?P<words>[^\"”“»„«]*)[\"”“«»]", re.DOTALL)
_CHAPTER_FIRST = re.compile(r"\A[0-9]+(?:\s?[a-z])?\s*kap\.?\s+(?=(?:[0-9]+(?:\s?[a-z])?\s*§|§\s*[0-9]))")


def read_wording(text: str, kind: Kind) -> Provision:
    """Read the new wording of one provision of `kind`, in the text form; quotation marks around the whole are no part of it.

    A § may begin with its heading and its number, an item with its marker. A punkt that is printed with a glyph is a
    strecksats ("tolfte punkten" is said of bullets too). Raises CannotRead when the text is empty, or is not one
    provision of that kind.
    """
    words = text.strip()
    match = _QUOTED.fullmatch(words)
    if match is not None:
        words = match["words"].strip()
    if kind is Kind.PARAGRAF:
        words = _CHAPTER_FIRST.sub("", words, count=1)
    lines = read_lines(words)
    if not lines:
        raise CannotRead("Lydelsen är tom.", hint="Ange vad som ska stå.")
    if kind.virtual or kind is Kind.RAD:
        return Provision(kind=kind, text=" ".join(line.printed for line in lines))
    if kind.item:
        return _read_item(lines, kind)
    if kind is Kind.PARAGRAF:
        return _read_paragraf(lines)
    if kind is Kind.STYCKE:
        return _only(build(lines, inside=Kind.PARAGRAF)[0], kind, lines)
    return _read_container(lines, kind)


def _refuse(kind: Kind, lines: tuple[Line, ...], what: str) -> CannotRead:
    line = lines[0].printed
    return CannotRead(
        f"Lydelsen ska vara {_NAMES[kind]}, men {what}.",
        place=Place(line=line, end=len(line)),
        hint="Kontrollera vad beslutet säger ska ändras, och hur lydelsen är uppställd.",
    )


def _only(provisions: tuple[Provision, ...], kind: Kind, lines: tuple[Line, ...]) -> Provision:
    if len(provisions) != 1:
        raise _refuse(kind, lines, f"texten har {len(provisions)} delar")
    if provisions[0].kind is not kind:
        raise _refuse(kind, lines, f"texten är {_NAMES[provisions[0].kind]}")
    return provisions[0]


def _read_item(lines: tuple[Line, ...], kind: Kind) -> Provision:
    first = lines[0]
    if first.kind.item:
        if first.kind is not kind and not (kind is Kind.PUNKT and first.kind is Kind.STRECKSATS):
            raise _refuse(kind, lines, f"”{first.marker}” inleder {_NAMES[first.kind]}")
        kind = first.kind
        words = first.text
    else:
        words = first.printed
    # What stands below is read as it would be below a stycke with these words.
    stycken, _ = build((Line(words), *lines[1:]), inside=Kind.PARAGRAF)
    number, marker = (first.number, first.marker) if first.kind.item else ("", "")
    alone = len(stycken) == 1 and stycken[0].kind is Kind.STYCKE
    if not alone or any(p.kind is kind and family(p.kind, p.marker) == family(kind, marker or p.marker) for p in stycken[0].children):
        raise _refuse(kind, lines, "texten har flera delar")
    return replace(stycken[0], kind=kind, number=number, marker=marker)


def _read_paragraf(lines: tuple[Line, ...]) -> Provision:
    if any(line.kind is Kind.PARAGRAF for line in lines):
        return _only(build(lines)[0], Kind.PARAGRAF, lines)
    heading = ""
    if len(lines) > 1 and lines[0].leads is Kind.STYCKE and title_like(lines[0].text):
        heading, lines = lines[0].text, lines[1:]
    children, _ = build(lines, inside=Kind.PARAGRAF)
    if any(p.kind not in (Kind.STYCKE, Kind.TABELL) for p in children):
        raise _refuse(Kind.PARAGRAF, lines, "texten har ett kapitel eller en bilaga")
    return Provision(kind=Kind.PARAGRAF, heading=heading, children=children)


def _read_container(lines: tuple[Line, ...], kind: Kind) -> Provision:
    """A kapitel, avsnitt, bilaga or tabell: with its own first line, or only what it holds."""
    if lines[0].kind is kind or kind is Kind.TABELL:
        return _only(build(lines)[0], kind, lines)
    heading = ""
    if kind is Kind.AVSNITT and len(lines) > 1 and lines[0].leads is not None:
        heading, lines = lines[0].text, lines[1:]
    children, _ = build(lines, inside=Kind.BILAGA if kind is Kind.BILAGA else None)
    if any(p.kind not in _CONTENTS[kind] for p in children):
        raise _refuse(kind, lines, "texten har fler delar än så")
    return Provision(kind=kind, heading=heading, children=children)
