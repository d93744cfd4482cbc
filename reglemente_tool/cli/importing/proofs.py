"""importera --granska: the document and the text that it became, beside each other, for a person to go through."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, groupby, pairwise
from pathlib import Path

from reglemente_tool.cli.output import misfit
from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.model.address import Kind
from reglemente_tool.model.citation import cite, spell_ordinal
from reglemente_tool.reading.document import Document, Piece
from reglemente_tool.reading.pictures import Picture
from reglemente_tool.reading.sources import pdf
from reglemente_tool.reading.wording import Block, ReadCharter, read_charter
from reglemente_tool.reading.wording.standing import Standing, standings
from reglemente_tool.writing.proof import Doubt, Pin, Proof, ProofLine, Sheet, Shown, Words, write

_MADE_HERE = b'<meta name="generator" content="reglemente importera --granska">'


def write_proof(path: Path, made: bytes) -> None:
    """Write a proof, over one that was written before but over no other file. Raises NotPossible."""
    if path.suffix.lower() != ".html":
        raise misfit(f"Granskningssidan {path} måste sluta på .html.", "Skriv till exempel --granska granskning.html.")
    if not path.parent.is_dir():
        raise misfit(f"Mappen {path.parent} finns inte.", "Skapa den först.")
    if path.exists() and (not path.is_file() or _MADE_HERE not in path.read_bytes()[:4000]):
        raise misfit(f"Filen {path} finns redan och är ingen granskningssida.", "Ange ett annat namn efter --granska.")
    path.write_bytes(made)


def proof_page(
    name: str, found: str | Document, read: ReadCharter, facts: tuple[tuple[str, str], ...], original: ReadCharter | None = None
) -> bytes:
    """Return the proof of what was read of the document in the file `name`, as HTML; with `original`, of what a person made of it."""
    path = Path(name)
    pictures: tuple[Picture, ...] = ()
    if path.suffix.lower() == pdf.SUFFIX:
        from reglemente_tool.cli.importing.apart import pictures_apart

        with suppress(CannotRead):
            pictures = pictures_apart(path.read_bytes())
    if isinstance(found, str):
        document = as_document(found)
        if original is None:
            read = replace(read, blocks=_at_rows(read.blocks, found))
        else:
            original = replace(original, blocks=_at_rows(original.blocks, found))
    else:
        document = found
    return write(proof_of(read, document, path.name, pictures, facts, original))


def as_document(text: str) -> Document:
    """Return a plain text as a document with a piece for each line that is not blank, to be shown."""
    rows = [row for row in text.splitlines() if row.strip()]
    return Document(tuple(Piece(" ".join(row.split()), indent=6.0 * (len(row) - len(row.lstrip()))) for row in rows))


def _at_rows(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    pieces = accumulate(bool(row.strip()) for row in text.splitlines())
    at = [n - 1 for n in pieces]
    return tuple(replace(block, piece=at[block.row] if block.row < len(at) else -1) for block in blocks)


@dataclass(frozen=True, slots=True)
class _Origin:
    """A block beside what it was read from: `was` is what it read before a person corrected it, `corrected` that one has."""

    block: Block
    was: str = ""
    corrected: bool = False


def proof_of(
    read: ReadCharter, document: Document, source: str, pictures: tuple[Picture, ...], facts: tuple[tuple[str, str], ...],
    original: ReadCharter | None = None,
) -> Proof:  # fmt: skip
    """Return the proof of `read`; `document` is what stands on the left, `pictures` of its pages when it has any.

    With `original`, the reading of `document`, `read` is what a person has made of it: what differs is told.
    """
    origins = [_Origin(block) for block in read.blocks]
    if original is not None:
        # The text form that the person was given says some header facts in other words than the document.
        given = tuple(one.block for one in _corrected(read_charter(original.text).blocks, original.blocks))
        origins = list(_corrected(read.blocks, given))
    paged = any(piece.page for piece in document.pieces)
    doubts, of_block = _doubts(read.problems, read.blocks)
    lines = _lines(read, origins, of_block)
    left_out = original.left_out if original is not None else read.left_out
    if original is not None:
        kept = {(one.block.piece, one.was or one.block.printed) for one in origins}
        gone = [block for block in given if (block.piece, block.printed) not in kept]
    else:
        gone = []
    heads = [origin.block for origin in origins]
    placed = {block.piece for block in heads}
    cut = _pages(heads, document, len(pictures)) if paged else _groups(heads, document)
    sheets = []
    for heading, at, pieces in cut:
        page = int(heading.split()[-1]) if paged else 0
        picture = pictures[page - 1] if 0 < page <= len(pictures) else None
        out = [(one.what, one.text) for one in left_out if page and one.page == page]
        out += [("struket vid rättningen", b.printed) for b in gone if b.piece in pieces]
        sheets.append(
            Sheet(
                heading, tuple(lines[n] for n in at), picture.data if picture else b"", picture.width if picture else 0,
                picture.height if picture else 0, tuple(_pins(lines, heads, at)) if picture else (),
                () if picture else tuple(_shown(document.pieces[n], n in placed) for n in pieces), tuple(out),
            )
        )  # fmt: skip
    together = groupby(left_out, key=lambda one: (one.what, f"sida {one.page}" if one.page else ""))
    where = tuple((what, tuple(" ".join(one.text.split()) for one in some), place) for (what, place), some in together)
    changes = tuple((_who(t.by, t.day), t.fate, t.text) for piece in document.pieces for t in piece.tracked if t.fate and t.text.strip())
    named = {doubt.number: line for line in lines for doubt in line.doubts}
    listed = tuple(
        replace(d, anchor=named[d.number].anchor, place=named[d.number].cited or "till raden") if d.number in named else d for d in doubts
    )
    return Proof(read.title, source, tuple(_notes(source, paged, bool(pictures), original)), facts, listed, tuple(sheets), where, changes)


def _notes(source: str, paged: bool, drawn: bool, original: ReadCharter | None) -> Iterator[str]:
    text = "den rättade texten" if original is not None else "texten som den lästes"
    yield f"Till vänster står originalet, {source}, till höger {text}: vad varje rad lästes som står i grått."
    if paged and not drawn:
        yield "Sidorna i PDF-filen gick inte att rita. Till vänster står orden sida för sida, som de hittades. Ha originalet bredvid."
    elif not paged:
        yield "Dokumentet har inga sidor att avbilda. Till vänster står dess delar som de visas där, med tecken och nummer."
    yield "Rätta i textfilen från --text-ut och läs in den på nytt. Inget införs förrän du har bekräftat det med reglemente infor."


def _who(by: str, day: str) -> str:
    return ", ".join(part for part in (by, day) if part) or "anges inte"


# What is doubtful, and where.


def _doubts(problems: tuple[Problem, ...], blocks: tuple[Block, ...]) -> tuple[list[Doubt], dict[int, list[tuple[Doubt, Problem]]]]:
    """Return the doubts in order, and those of each block. One whose line comes again is told at each of its places, and as many
    that are alike are told at one each.
    """
    found: list[Doubt] = []
    of_block: dict[int, list[tuple[Doubt, Problem]]] = {}
    alike = Counter(problems)
    before: Counter[Problem] = Counter()
    for number, problem in enumerate(problems, 1):
        doubt = Doubt(number, problem.code, problem.message, problem.hint, problem.level is Level.FEL)
        found.append(doubt)
        places = _places(problem, blocks)
        if alike[problem] > 1:
            places = places[before[problem] : before[problem] + 1] or places[-1:]
        before[problem] += 1
        for at in places:
            of_block.setdefault(at, []).append((doubt, problem))
    return found, of_block


def _places(problem: Problem, blocks: Sequence[Block]) -> list[int]:
    told = [at for at, block in enumerate(blocks) if problem.message in block.doubts]
    if told:
        # A number that runs on into its text makes two blocks of one paragraph.
        return [at for at in told if any(q in blocks[at].text for q in _quoted(problem.message))] or told[-1:]
    line = " ".join(problem.place.line.split())
    if not line:
        return []
    same = [at for at, block in enumerate(blocks) if line in (block.printed, block.text)]
    # "4 § Nämnden …" is a number and a stycke on one row.
    return same or [
        at for at, (block, after) in enumerate(pairwise(blocks))
        if block.level == "paragraf" and block.row == after.row and line == f"{block.printed} {after.printed}"
    ]  # fmt: skip


def _quoted(message: str) -> list[str]:
    return [word for word in re.findall(r"”([^”]+)”", message) if word]


def _marked(block: Block, doubts: list[tuple[Doubt, Problem]]) -> Words:
    """The block's words with the doubtful ones apart."""
    text = block.text if block.text != block.marker else ""
    spans: list[tuple[int, int]] = []
    for _, problem in doubts:
        start, end = problem.place.start, problem.place.end
        if 0 <= start < end and problem.place.line == block.printed and end - start < len(block.printed):
            shift = len(block.printed) - len(text)
            spans.append((max(start - shift, 0), max(end - shift, 0)))
        for word in _quoted(problem.message):
            at = text.find(word)
            if at >= 0 and len(word) < len(text):
                spans.append((at, at + len(word)))
    made: list[tuple[str, str]] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at and end > start:
            made += [(text[at:start], ""), (text[start:end], "tveksamt")]
            at = end
    return tuple((words, fate) for words, fate in (*made, (text[at:], "")) if words)


# The lines of the text.


def _lines(read: ReadCharter, origins: list[_Origin], doubts: dict[int, list[tuple[Doubt, Problem]]]) -> list[ProofLine]:
    rows = read.text.splitlines()
    found = []
    for at, (origin, standing) in enumerate(zip(origins, standings(read.blocks, read.body), strict=True)):
        block = origin.block
        row = rows[block.row] if block.row < len(rows) else ""
        listed = block.level in ("punkt", "bokstav", "strecksats")
        depth = (len(row) - len(row.lstrip())) // 2 if listed else 0
        of_block = doubts.get(at, [])
        found.append(
            ProofLine(
                f"r{at + 1}", block.level, _name(block, standing), cite(standing.address) if standing is not None else "", block.marker,
                _marked(block, of_block), depth, tuple(doubt for doubt, _ in of_block), origin.was, origin.corrected,
            )
        )  # fmt: skip
    return found


_NAMES = {"titel": "titel", "metadata": "uppgift i huvudet", "fotnot": "fotnot"}


def _name(block: Block, standing: Standing | None) -> str:
    """What the block is in the charter, in a word or two."""
    if standing is None or standing.address.last is None:
        return _NAMES.get(block.level, "utan plats")
    kind, number = standing.address.last.kind, standing.address.last.number
    if standing.part == "avslutning":
        return "avslutning"
    if standing.part == "rubrik":
        return f"rubrik till {number} §" if kind is Kind.PARAGRAF and number else "rubrik"
    if kind is Kind.STYCKE:
        return f"{spell_ordinal(number)} stycket"
    if kind in (Kind.STRECKSATS, Kind.RAD):
        return f"{'strecksats' if kind is Kind.STRECKSATS else 'tabellrad'} {number}"
    return "paragraf" if kind is Kind.PARAGRAF else kind.value


def _pins(lines: list[ProofLine], blocks: list[Block], at: list[int]) -> Iterator[Pin]:
    for n in at:
        block, line = blocks[n], lines[n]
        if block.top < 0:
            continue
        if block.level in ("paragraf", "kapitel"):
            yield Pin(block.top, line.anchor, block.marker)
        for doubt in line.doubts:
            yield Pin(block.top, line.anchor, str(doubt.number), True)


# What stands beside what.

_Cut = tuple[str, list[int], range]
"""A heading, the lines that stand there (places in the row of blocks), the document's pieces that stand there."""


def _pages(blocks: list[Block], document: Document, pictures: int) -> Iterator[_Cut]:
    pages: list[int] = []
    for block in blocks:
        pages.append(block.page or (pages[-1] if pages else 1))
    last = max([pictures, *pages, *(piece.page for piece in document.pieces)], default=0)
    for page in range(1, last + 1):
        pieces = [n for n, piece in enumerate(document.pieces) if piece.page == page]
        yield f"Sida {page}", [n for n, p in enumerate(pages) if p == page], range(pieces[0], pieces[-1] + 1) if pieces else range(0)


def _groups(blocks: list[Block], document: Document) -> Iterator[_Cut]:
    """Cut before every §, with the headings right above it."""
    starts = [0]
    for at, block in enumerate(blocks):
        headed = at and blocks[at - 1].level in ("rubrik1", "rubrik2", "kapitel")
        if at and block.level in ("paragraf", "rubrik1", "rubrik2", "kapitel", "bilaga") and not headed:
            starts.append(at)
    first = 0
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(blocks)
        below = [block.piece for block in blocks[end:] if block.piece >= first]
        after = below[0] if below else len(document.pieces)
        yield "", list(range(start, end)), range(first, after)
        first = after


def _shown(piece: Piece, placed: bool) -> Shown:
    words = tuple((t.text, t.fate) for t in piece.tracked) or ((piece.text, ""),)
    return Shown(piece.role.value, piece.label, words, piece.indent, "" if placed else "inte med")


# What a person has corrected.

_ALIKE = 0.5
_NEAR = 8
"""So many lines ahead what a corrected line was is looked for."""


def _corrected(blocks: tuple[Block, ...], original: tuple[Block, ...]) -> Iterator[_Origin]:
    """Place the blocks of a corrected text where the lines stood that they were first read from."""
    here, there = [b.printed for b in blocks], [b.printed for b in original]
    last = Block("")
    for tag, i, j, k, m in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        left = list(range(i, j))
        for at in range(k, m):
            if tag == "equal":
                last = original[i + at - k]
                again = blocks[at].level != last.level
                yield _Origin(_placed(blocks[at], last), f"{last.level}: {last.printed}" if again else "", again)
                continue
            near = next((n for n in left[:_NEAR] if SequenceMatcher(None, there[n], here[at]).ratio() >= _ALIKE), None)
            if near is not None:
                last = original[near]
                left = left[left.index(near) + 1 :]
            yield _Origin(_placed(blocks[at], last), there[near] if near is not None else "", True)


def _placed(block: Block, like: Block) -> Block:
    return replace(block, page=like.page, top=like.top, piece=like.piece)
