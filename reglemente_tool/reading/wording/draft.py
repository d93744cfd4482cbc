"""A document -> the text form of a charter: what is title, header facts and headings, and what is no part of the text at all.

Everything else a charter's parts are known by stands in the text form's own rules (`wording.lines`, `wording.tree`). Where those
would read a line otherwise than the document itself says, the line says outright what it is ("= ", "\\ ").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from reglemente_tool.errors import CannotRead, Level, Place, Problem
from reglemente_tool.model.address import ITEMS
from reglemente_tool.model.headings import title_like
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.wording.blocks import Block
from reglemente_tool.reading.wording.bound import without_bound
from reglemente_tool.reading.wording.head import Head, as_fact, find_head
from reglemente_tool.reading.wording.lines import BULLETS, is_running, leads_kapitel, leads_paragraf
from reglemente_tool.reading.wording.mistaken import decided_in, refuse_mistaken
from reglemente_tool.reading.wording.ownprint import without_notices

MOST_PIECES = 10_000
LONGEST_PIECE = 20_000
"""No charter comes near: the longest known have some 2 500 paragraphs, and none of more than a page."""

_ROUNDS = 4
"""How often the form is read again to see that every line is read as what the document says. A round mends all lines at once."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The text form of a document, the blocks it is read as, what was left out, and what a person should look at."""

    text: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]


def drafted(document: Document, read: Callable[[str], tuple[Block, ...]]) -> Draft:
    """Return the draft of `document`; `read` reads a text form to blocks. Raises CannotRead when the document has no text."""
    if len(document.pieces) > MOST_PIECES or any(len(piece.printed) > LONGEST_PIECE for piece in document.pieces):
        raise CannotRead("Dokumentet är orimligt stort för att vara ett reglemente.", hint="Kontrollera att det är rätt fil.")
    worded, stands, notices, doubts = without_notices(document)
    pieces, bound, told = without_bound(worded)
    refuse_mistaken(pieces, document.left_out)
    told = told if bound or told else decided_in(pieces)
    pieces, contents = _without_contents(pieces)
    places = [stands[at] for at in _places(worded, pieces)]
    if not pieces:
        raise CannotRead("Dokumentet har ingen text.", hint="Kontrollera att det är rätt fil.")
    pieces = _with_headings(pieces)
    head = find_head(pieces)
    pieces = _with_ranks(pieces, head)
    marks: dict[int, str] = {}
    styled = sum(p.role is Role.HEADING and p.level > 0 for p in document.pieces) > 2
    for _ in range(_ROUNDS):
        text, rows = _form(pieces, head, marks)
        blocks = read(text)
        wrong = _misread(pieces, rows, blocks, styled)
        if all(marks.get(at) == mark for at, mark in wrong.items()):
            break
        marks |= wrong
    again = tuple(LeftOut("titeln en gång till", pieces[at].text, pieces[at].page) for at in sorted(head.again))
    saying_none = (pieces[at] for at in sorted(head.metadata) if not as_fact(pieces[at]))
    above = tuple(LeftOut("rad i dokumentets huvud", piece.printed, piece.page) for piece in saying_none)
    notes = tuple(p for p in pieces if p.role is Role.NOTE)
    return Draft(
        text=text,
        blocks=_in_order(pieces, places, head, rows, blocks),
        left_out=(*document.left_out, *notices, *bound, *contents, *above, *again),
        problems=(*told, *doubts, *_doubts(pieces), *(_note(p) for p in notes)),
    )


# Tables of contents.

_CONTENTS = re.compile(r"(?i)innehåll(?:sförteckning)?:?")
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}|_{5,}")
_PAGE = re.compile(r"[\s.…_]*(?<!\d)\d{1,3}$")
_FEWEST_ENTRIES = 4


def _without_contents(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[LeftOut, ...]]:
    """Take a table of contents away: entries that come again further down, whether with page numbers or not, and their heading."""
    whole = [_bare(p.printed) for p in pieces]
    entries = [_bare(_PAGE.sub("", p.printed)) for p in pieces]
    last = {word: at for at, word in enumerate(whole) if word and _entitles(pieces[at])}
    dotted = [_LEADERS.search(p.printed) is not None and p.role is not Role.ROW for p in pieces]
    out = {at for at, is_dotted in enumerate(dotted) if is_dotted}
    out |= {at for at, p in enumerate(pieces) if _CONTENTS.fullmatch(p.text) and (p.role is Role.HEADING or p.weight or p.size)}
    # Further down nothing is a table of contents: what comes again there is the text's own.
    furthest = next((at for at, p in enumerate(pieces) if leads_paragraf(p.printed) and last.get(entries[at], -1) <= at), len(pieces))
    at = 0
    while at < furthest:
        first, end = entries[at], at
        while end < len(pieces) and (end == at or first not in (whole[end], entries[end])):
            again = max(last.get(entries[end], -1), last.get(whole[end], -1))
            if again <= end and not dotted[end]:
                break
            end += 1
        if end - at >= _FEWEST_ENTRIES:
            out |= set(range(at, end))
            out |= {at - 1} if at and _CONTENTS.fullmatch(pieces[at - 1].text) else set()
            break
        at += 1
    left = tuple(LeftOut("innehållsförteckning", pieces[at].printed, pieces[at].page) for at in sorted(out))
    return tuple(p for at, p in enumerate(pieces) if at not in out), left


def _places(every: tuple[Piece, ...], kept: tuple[Piece, ...]) -> list[int]:
    """Return where in the document each piece that was kept stands."""
    places, at = [], 0
    for piece in kept:
        while every[at] is not piece:
            at += 1
        places.append(at)
        at += 1
    return places


def _entitles(piece: Piece) -> bool:
    """True for what a table of contents can point at."""
    return piece.role is Role.HEADING or bool(piece.weight) or leads_paragraf(piece.printed) or leads_kapitel(piece.printed)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


# Headings.


def _with_headings(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Let what is set as a heading be one: bold or large or slanted throughout, short, on its own."""
    sizes = Counter(round(p.size * 2) / 2 for p in pieces for _ in range(1 + len(p.text) // 40) if p.role is Role.TEXT and p.size)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    texts = [p for p in pieces if p.role is Role.TEXT]
    usual = {w for w in (1, 2) if sum(p.weight == w for p in texts) * 2 > len(texts)}

    def promoted(piece: Piece) -> Piece:
        set_apart = (piece.weight and piece.weight not in usual) or (body and piece.size > body * 1.08)
        words = _unnumbered(piece)
        running = is_running(words) or leads_paragraf(words)
        if piece.role in (Role.TEXT, Role.ITEM) and set_apart and running and _could_head(words):
            return replace(piece, role=Role.HEADING, level=0)
        return piece

    return tuple(promoted(p) for p in pieces)


def _could_head(text: str) -> bool:
    return title_like(text) or (leads_paragraf(text) and len(text) < 90 and text[-1] != ".")


def _with_ranks(pieces: tuple[Piece, ...], head: Head) -> tuple[Piece, ...]:
    """Give headings the levels 1 and 2, whatever they were called in the file. A §'s, a chapter's or an annex's line has none."""

    def ranked(at: int, piece: Piece) -> bool:
        return piece.role is Role.HEADING and at not in head.all and not leads_paragraf(piece.printed) and is_running(_unnumbered(piece))

    def key(piece: Piece) -> tuple[float, ...]:
        return (piece.level, 0, 0, 0) if piece.level else (9, -round(piece.size), not piece.text.isupper(), -piece.weight)

    keys = sorted({key(p) for at, p in enumerate(pieces) if ranked(at, p)})
    return tuple(
        replace(p, level=min(keys.index(key(p)) + 1, 2) if ranked(at, p) else 0) if p.role is Role.HEADING else p
        for at, p in enumerate(pieces)
    )


def _unnumbered(piece: Piece) -> str:
    return re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*|[A-ZÅÄÖ](?=[.)]))[.)]?\s+(?=[A-ZÅÄÖ])", "", piece.printed)


# The form.

_GLYPH = re.compile(r"\W")
_SAYS_OUTRIGHT = re.compile(r"(?:#|={1,2}|\\)\s")


def _form(pieces: tuple[Piece, ...], head: Head, marks: dict[int, str]) -> tuple[str, list[int]]:
    """Return the text form, and for each of its rows the piece that stands there (-1 for none)."""
    rows: list[tuple[str, int]] = []
    facts: list[tuple[str, int]] = []
    for at in sorted(head.metadata):
        made = as_fact(pieces[at])
        if made:
            facts += [(f"{key}: {value}", -1) for key, value in made]
        else:
            rows.append((f"# {pieces[at].printed}", -1))
    if rows:
        rows.append(("", -1))
    if head.title is not None:
        rows.append((pieces[head.title].printed, head.title))
    rows += [("", -1), *facts] if facts else []
    indents: list[float] = []
    above: Piece | None = None
    for at, piece in enumerate(pieces):
        if at in head.all or piece.role is Role.NOTE:
            continue
        words = _words(piece)
        listed = piece.role is Role.ITEM or (piece.role is Role.TEXT and not is_running(words) and not leads_paragraf(words))
        if piece.role is Role.ROW:
            rows += [("", -1)] if above is None or above.role is not Role.ROW or not piece.close else []
        elif not listed and not (piece.close and above is not None and above.role is not Role.ITEM) and not _bare_number(above):
            rows.append(("", -1))
        if listed:
            while indents and piece.indent < indents[-1] - 3:
                indents.pop()
            if not indents or piece.indent > indents[-1] + 6:
                indents.append(piece.indent)
            words = "  " * (len(indents) - 1) + words
        elif piece.role is not Role.TEXT or words[:1].isupper():
            indents = []
        mark = marks.get(at, "\\ " if _SAYS_OUTRIGHT.match(words) else "")
        rows.append((mark + words, at))
        above = piece
    notes = [p for p in pieces if p.role is Role.NOTE]
    if notes:
        rows += [("", -1), *((f"# Fotnot: {p.text}", -1) for p in notes)]
    return "\n".join(row for row, _ in rows) + "\n", [at for _, at in rows]


def _words(piece: Piece) -> str:
    """The piece as it stands in the text form: a glyph that no list is known by is a bullet."""
    if piece.role is Role.ITEM and (not piece.label or (_GLYPH.fullmatch(piece.label) and not re.fullmatch(rf"[{BULLETS}-]", piece.label))):
        return f"• {piece.text}"
    return piece.printed


def _bare_number(piece: Piece | None) -> bool:
    """True for a § number alone on its line: what stands below it is its text, with no blank line between."""
    return piece is not None and leads_paragraf(piece.printed) and (piece.role is Role.HEADING or len(piece.printed) < 8)


_HEADINGS = ("rubrik1", "rubrik2")


def _misread(pieces: tuple[Piece, ...], rows: list[int], blocks: tuple[Block, ...], styled: bool) -> dict[int, str]:
    """Return the pieces that were read otherwise than the document says, each with the mark that says it outright."""
    found: dict[int, str] = {}
    items = {kind.value for kind in ITEMS}
    for place, block in enumerate(blocks):
        at = rows[block.row]
        if at < 0 or block.level in ("titel", "metadata"):
            continue
        piece = pieces[at]
        if piece.role is Role.HEADING:
            run_in = block.level == "stycke" and place > 0 and blocks[place - 1].row == block.row
            if piece.level and block.level != f"rubrik{piece.level}" and block.level not in ("kapitel", "bilaga"):
                found[at] = "=" * piece.level + " "
            elif run_in or (not piece.level and block.level in ("stycke", *items)):
                found[at] = "= "
        elif piece.role is Role.TEXT and block.level in _HEADINGS and styled and not piece.weight:
            found[at] = "\\ "
    return found


# What is told.


def _in_order(
    pieces: tuple[Piece, ...], places: list[int], head: Head, rows: list[int], blocks: tuple[Block, ...]
) -> tuple[Block, ...]:
    """Return the blocks in the order of the document, title and header facts as they are printed there, notes where they belong."""
    first = {at: row for row, at in reversed(list(enumerate(rows))) if at >= 0}
    found: list[tuple[int, int, Block]] = []
    for place, block in enumerate(blocks):
        at = rows[block.row]
        if at >= 0 and at not in head.all:
            found.append((at, place, block))
    for at, piece in enumerate(pieces):
        level = "titel" if at == head.title else "metadata" if at in head.metadata else "fotnot" if piece.role is Role.NOTE else ""
        if level:
            found.append((at, 0, Block(level, "", "", piece.printed, first.get(at, 0))))
    return tuple(
        replace(block, page=pieces[at].page, doubts=pieces[at].doubts, top=pieces[at].top, piece=places[at])
        for at, _, block in sorted(found, key=lambda one: one[:2])
    )


def _doubts(pieces: tuple[Piece, ...]) -> list[Problem]:
    return [
        Problem("AVSTAVNING", doubt, Place(line=piece.printed), Level.VARNING, "Jämför med originalet.")
        for piece in pieces
        for doubt in piece.doubts
    ]


def _note(piece: Piece) -> Problem:
    return Problem(
        "FOTNOT",
        "Dokumentet har en fotnot. Den är inte med i reglementets text.",
        Place(line=piece.text),
        Level.VARNING,
        "Hör den till det som gäller, så skriv in den i textformen där den ska stå.",
    )
