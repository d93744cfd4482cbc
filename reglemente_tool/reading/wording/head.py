"""What stands above the first provision of a document: the title, the header facts, and the title printed once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reglemente_tool.model.headings import has_verb
from reglemente_tool.reading.document import Piece, Role
from reglemente_tool.reading.wording.lines import FACT, leads_kapitel, leads_paragraf

_FURTHEST = 60
"""So many pieces down the title is looked for."""

_ACT = re.compile(r"(?i)reglement|arbetsordning|instruktion|bestämmelser|föreskrifter|stadga")
_FACT_WORD = re.compile(
    r"(?i)(?:antage[nt]|antogs|fastställ\w*|beslutad|beslutat|(?:senast\s+)?(?:reviderad|reviderat|ändrad|uppdaterad)|gäller|giltig\w*|"
    r"ersätter|dnr|diarie\w*|kfs|nr|dokument\w*|utgiven|utgivare|utges|version|flik|sign|utbytt|beslut(?:ande|sdatum|sinstans)|publicerad|"
    r"ikraftträdande|träder\s+i\s+kraft|revideras|sidan?|kommunal\s+författningssamling)\b"
)
_WHOSE = re.compile(r"(?:[A-ZÅÄÖ][\w-]*\s){1,4}(?i:kommun|stad)|Region\s[A-ZÅÄÖ][\w-]*(?:\s[A-ZÅÄÖ][\w-]*)?")
"""Whose the charter is, alone on its line: on a cover above the title or below it."""
_KEYED = re.compile(
    r"(?P<key>(?i:antage[nt]|fastställ[dt]|beslutad|beslutat|(?:senast\s+)?(?:reviderad|reviderat)|gäller\s+(?:från\s+och\s+med|från|"
    r"fr\.?\s?o\.?\s?m\.?)|dnr|diarienummer|diarienr|ersätter|kfs))(?:\s+(?:av|den))?:?\s+(?P<value>\S.*)"
)
_NEXT_KEY = re.compile(r"\s+(?=(?:Antage[nt]|Antagen|Gäller\s+från|Dnr|Diarienummer|Reviderad|Reviderat|Fastställ[dt])\b:)")
_SHORT = 200


@dataclass(frozen=True, slots=True)
class Head:
    """Places in the row of pieces: the title (None when there is none), the header facts, the title printed again."""

    title: int | None
    metadata: frozenset[int]
    again: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        """All of them."""
        return self.metadata | self.again | ({self.title} if self.title is not None else set())


def find_head(pieces: tuple[Piece, ...]) -> Head:
    """Find the head of a document. Above the title everything but sentences is a header fact; below it, what reads as one."""
    end = next((at for at, p in enumerate(pieces) if _opens(p)), len(pieces))
    title = _title(pieces, end)
    start = -1 if title is None else title
    metadata, again = set(), set()
    for at, piece in enumerate(pieces[:end]):
        same = title is not None and _folded(piece.text) == _folded(pieces[title].text)
        if at == title or piece.role in (Role.NOTE, Role.ITEM):
            continue
        if same:
            again.add(at)
        elif at < start:
            metadata |= {at} if not _sentence(piece) else set()
        elif _is_fact(piece):
            metadata.add(at)
        elif at > start and piece.role is Role.HEADING and not _blocked(pieces, at, end):
            # The first heading of the text: no facts stand below it.
            break
    return Head(title, frozenset(metadata), frozenset(again))


def _blocked(pieces: tuple[Piece, ...], at: int, end: int) -> bool:
    """True for a heading on a cover, with nothing but facts below it."""
    below = pieces[at + 1 : end]
    return bool(below) and _is_fact(below[0])


def _opens(piece: Piece) -> bool:
    return leads_paragraf(piece.printed) or leads_kapitel(piece.printed)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _sentence(piece: Piece) -> bool:
    return piece.role in (Role.TEXT, Role.ITEM) and ((has_verb(piece.text) and len(piece.text) > 40) or len(piece.text) > _SHORT)


def _is_fact(piece: Piece) -> bool:
    if piece.role is Role.ROW:
        return True
    text = piece.printed
    if len(text) > _SHORT or (piece.role is Role.HEADING and not re.search(r"\d", text)):
        return False
    if _FACT_WORD.match(text) is not None or _WHOSE.fullmatch(text) is not None:
        return True
    return FACT.fullmatch(text) is not None and not text.endswith(":")


def _title(pieces: tuple[Piece, ...], end: int) -> int | None:
    """The piece that names the charter: set as a title, or the largest that says what it is, or the first heading, or the first line."""
    head = [(at, p) for at, p in enumerate(pieces[: min(end, _FURTHEST)]) if p.role in (Role.TITLE, Role.HEADING, Role.TEXT)]
    named = [at for at, p in head if p.role is Role.TITLE]
    if named:
        return next((at for at in named if _ACT.search(pieces[at].text)), named[0])
    could = [(at, p) for at, p in head if not _sentence(p) and not _is_fact(p) and p.text[-1] not in ".:;,"]
    acts = [(at, p) for at, p in could if _ACT.search(p.text)]
    headings = [(at, p) for at, p in acts if p.role is Role.HEADING] or [
        (at, p) for at, p in could if p.role is Role.HEADING and (p.level == 1 or (at < 3 and p.size))
    ]
    if headings:
        return min(headings, key=lambda one: (-round(one[1].size), one[1].level or 9, one[0]))[0]
    first = next((at for at, _ in acts), None)
    if first is not None:
        return first
    return 0 if could and could[0][0] == 0 else None


def as_fact(piece: Piece) -> tuple[tuple[str, str], ...]:
    """Return the header facts that a piece says, as keys and values; () when it says none in so many words."""
    if piece.role is Role.ROW:
        parts = [part.strip().rstrip(":") for part in piece.text.split(" | ")]
        pairs = tuple(zip(parts[::2], parts[1::2], strict=False))
        return pairs if len(parts) % 2 == 0 and all(_key(k) and v for k, v in pairs) else ()
    return tuple(_facts(piece.printed))


def _facts(text: str) -> Iterator[tuple[str, str]]:
    for part in _NEXT_KEY.split(text):
        match = FACT.fullmatch(part) or _KEYED.fullmatch(part)
        if match is not None:
            yield match["key"], match["value"]


def _key(text: str) -> bool:
    return FACT.fullmatch(f"{text}: x") is not None


_STATED = (
    "antag", "fastställ", "beslutad", "beslutat", "beslutsdatum", "gäller fr", "dnr", "diarienummer", "senast revider", "reviderat",
    "kommun", "lydelse", "nuvarande lydelse gäller", "utkastet gäller",
)  # fmt: skip


def stated(key: str) -> bool:
    """True for header lines that the history itself tells, so that they can never disagree with it."""
    return key.lower().startswith(_STATED)
