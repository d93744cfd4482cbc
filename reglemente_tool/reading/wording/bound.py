"""A memo or an extract from the minutes bound in before the charter: known when it is sure, else told as a doubt.

What comes before a charter in the same file is often the case that it was adopted in ("tjänsteskrivelse", "förslag till beslut").
It is known by lines that only such papers have. Nothing is thrown away: what is cut off is told piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.headings import has_verb
from reglemente_tool.reading.document import LeftOut, Piece, Role
from reglemente_tool.reading.wording.lines import leads_kapitel, leads_paragraf

WHAT = "handling före reglementet"

_SURE = re.compile(
    r"(?i)(?P<sign>tjänsteskrivelse|tjänsteutlåtande|(?:\w+s\s+)?förslag\s+till\s+(?:beslut|kommunfullmäktige)|beslutsunderlag|"
    r"protokollsutdrag|sammanträdesprotokoll|beslutet\s+(?:skickas|expedieras|delges)(?:\s+till)?|justerandes?\s+sign\w*|utdragsbestyrkande|"
    r"ärendebeskrivning|beslutsgång)\b(?:\W.{0,80})?"
)
_HINTING = re.compile(
    r"(?i)(?P<sign>sammanfattning(?:\s+av\s+ärendet)?|bakgrund|ärendet|handläggare|beredning|yrkanden?|ekonomiska\s+konsekvenser|"
    r"barnkonsekvensanalys|överväganden|bedömning|bilagor|expedieras|missiv)\b\W{0,2}(?:\s.{0,60})?"
)
_TITLE = re.compile(
    r"(?i)(?:\w*reglemente|arbetsordning|instruktion|bestämmelser)\s+för\s+\S.{2,110}|"
    r"\w+(?:nämndens?|styrelsens?|fullmäktiges?)\s+(?:reglemente|arbetsordning)"
)
_FIRST = re.compile(r"(?:§\s*1|1(?:\s*|\.)§|1\s*kap\.?|kap(?:itel|\.)?\s*1)(?![\d.]*\d)", re.IGNORECASE)
_LONGEST_SIGN = 90


def without_bound(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[LeftOut, ...], tuple[Problem, ...]]:
    """Return the pieces of the charter itself, what stood before it, and what a person should look at.

    Sure is: two signs of a memo (or one and two weaker ones), after the last of them and before the first § a line that is a
    charter's title, and that line at the head of a page of its own, or where there are no pages set as a heading.
    """
    first = next((at for at, piece in enumerate(pieces) if opens(piece.printed)), 0)
    signs = [(at, sign) for at, piece in enumerate(pieces[:first]) if (sign := _sign(piece, _SURE))]
    hints = {sign for piece in pieces[:first] if (sign := _sign(piece, _HINTING))}
    kinds = {sign for _, sign in signs}
    if not signs or (len(kinds) < 2 and len(hints) < 2):
        return pieces, (), ()
    last = signs[-1][0]
    title = next((at for at in range(last + 1, first) if _is_title(pieces[at])), None)
    cut = _cut(pieces, title, last) if title is not None else None
    if cut is None:
        return pieces, (), (_doubt(pieces[signs[0][0]]),)
    out = tuple(LeftOut(WHAT, piece.printed, piece.page) for piece in pieces[:cut])
    return pieces[cut:], out, (_told(pieces, cut),)


def signs(lines: Iterable[str]) -> bool:
    """True when one of the lines is one that only minutes and memos have."""
    return any(len(line) <= _LONGEST_SIGN and _SURE.fullmatch(line.strip()) for line in lines)


def opens(text: str) -> bool:
    """True for 1 § or chapter 1: a § of the minutes' own seldom has that number."""
    return _FIRST.match(text) is not None and (leads_paragraf(text) or leads_kapitel(text))


def _sign(piece: Piece, pattern: re.Pattern[str]) -> str:
    match = pattern.fullmatch(piece.text) if len(piece.text) <= _LONGEST_SIGN else None
    return " ".join(match["sign"].lower().split()) if match is not None else ""


def _is_title(piece: Piece) -> bool:
    words = piece.text.strip()
    return piece.role is not Role.ITEM and words[-1:] not in ".:;,?" and _TITLE.fullmatch(words) is not None and not has_verb(words)


def _cut(pieces: tuple[Piece, ...], title: int, last: int) -> int | None:
    """Return where the charter begins, None when its title is not set apart from what stands before it."""
    page = pieces[title].page
    if not page:
        return title if pieces[title].role in (Role.TITLE, Role.HEADING) or pieces[title].weight == 2 else None
    if page == pieces[last].page:
        return None
    # What stands above the title on its page is the charter's own cover: the name of the kommun, of a collection of statutes.
    head = next(at for at, piece in enumerate(pieces) if piece.page == page)
    cover = pieces[head:title]
    return head if len(cover) <= 4 and all(len(piece.text) < _LONGEST_SIGN and not has_verb(piece.text) for piece in cover) else None


_HINT = "Hör något av det till reglementet, så skriv in det i textformen."


def _told(pieces: tuple[Piece, ...], cut: int) -> Problem:
    page = pieces[cut].page
    where = f"sida {page}" if page else "den raden"
    message = f"Före reglementet står en annan handling, som en tjänsteskrivelse. Reglementet lästes från {where}."
    hint = f"Allt före står under Inte med i texten. {_HINT}"
    return Problem("ANNAN-HANDLING", message, Place(line=pieces[cut].printed), Level.VARNING, hint)


def _doubt(sign: Piece) -> Problem:
    seems = "Före reglementet ser det ut att stå en annan handling, som en tjänsteskrivelse."
    message = f"{seems} Var reglementet börjar är inte säkert, så allt lästes."
    hint = "Ta bort ur textformen det som inte hör till reglementet, och läs in den."
    return Problem("ANNAN-HANDLING", message, Place(line=sign.printed), Level.VARNING, hint)
