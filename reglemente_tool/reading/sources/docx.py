"""Word documents (.docx): the text as Word shows it, with automatic numbers written out and tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.sources._guard import Parts, refuse_large, refuse_other
from reglemente_tool.reading.sources._numbering import Element, Numbering, W, indent_of, read_numbering
from reglemente_tool.reading.sources._pieces import STRUCK, broken_at, cells, paragraf_alone, struck_out
from reglemente_tool.reading.sources._tracked import changes_in, tracked
from reglemente_tool.reading.sources._wordparts import parsed, related
from reglemente_tool.reading.sources._wordruns import (
    MC,
    SKIPPED,
    Style,
    bold_styles,
    read_notes,
    read_styles,
    runs_of,
    toc_depth,
    value,
    words_of,
)

SUFFIX = ".docx"

_TOC_STYLE = re.compile(r"toc \d|innehåll \d|toc heading|innehållsförteckningsrubrik")
_FRAME = {"kommun", "uppgift", "status"}
_FRAME_SAYS = ("status", "utkast")
"""What `writing.writers.docx.frame` calls the paragraphs of a document's head; those that say as of when it holds are no text."""


def read(data: bytes) -> Document:
    """Return the document. Raises CannotRead for what is not a Word document, is broken, locked, swollen or has macros."""
    refuse_large(data)
    refuse_other(data, "ett Word-dokument eller en annan zip-fil", "ett Word-dokument (.docx)")
    parts = Parts(data)
    names = set(parts)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise CannotRead("Dokumentet innehåller makron och läses inte.", hint="Spara det i Word som .docx, utan makron, och försök igen.")
    main = related(parts, "").get("officeDocument", ["word/document.xml"])[0]
    body = parsed(parts, main)
    if body is None:
        raise CannotRead("Filen är inget Word-dokument: den saknar text.", hint="Öppna den i Word, spara den som .docx och försök igen.")
    if next(body.iter(f"{W}altChunk", f"{W}subDoc"), None) is not None:
        raise CannotRead(
            "Dokumentet hämtar en del av sin text ur en annan fil och läses inte, för den delen skulle saknas.",
            hint="Öppna det i Word och spara det på nytt, så hamnar all text i dokumentet.",
        )
    beside = related(parts, main)

    def part(kind: str) -> Element | None:
        return parsed(parts, beside[kind][0] if kind in beside else f"word/{kind}.xml")

    styles = part("styles")
    reader = _Reader(read_styles(styles), read_numbering(part("numbering")), bold_styles(styles))
    reader.notes = {**read_notes(part("footnotes"), "f"), **read_notes(part("endnotes"), "e")}
    story = body.find(f"{W}body")
    reader.story(story if story is not None else body)
    reader.end()
    for name in sorted(names):
        match = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if match is not None and (root := parsed(parts, name)) is not None:
            words = " ".join(" ".join(words_of(p) for p in root.iter(f"{W}p")).split())
            if words:
                reader.left_out.append(LeftOut("sidhuvud" if match[1] == "header" else "sidfot", words))
    return Document(tuple(reader.pieces), tuple(reader.left_out), (*_problems(body), *struck_out(reader.left_out, "Dokumentet")))


def _problems(body: Element) -> Iterator[Problem]:
    changed = changes_in(body)
    if changed:
        yield changed
    if next(body.iter(f"{W}commentReference"), None) is not None:
        yield Problem("KOMMENTARER", "Dokumentet har kommentarer i marginalen. De är inte med.", level=Level.VARNING)


@dataclass(slots=True)
class _Reader:
    """Walks the body and gathers pieces."""

    styles: dict[str, Style]
    numbering: Numbering
    strong: frozenset[str] = frozenset()
    notes: dict[str, str] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    held: list[Element] = field(default_factory=list)
    in_toc: int = 0

    @property
    def framed(self) -> bool:
        """True for a document that a register has written: what it says about itself has styles of its own."""
        return {style.name for style in self.styles.values()} >= _FRAME

    def story(self, parent: Element, *, toc: bool = False) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child, toc)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag == f"{W}sdt":
                gallery = value(child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    self.story(content, toc=toc or gallery == "Table of Contents")
            elif child.tag not in SKIPPED and child.tag != f"{W}sectPr" and len(child):
                self.story(child, toc=toc)

    def chain(self, id: str) -> Iterator[Style]:
        seen: set[str] = set()
        while id in self.styles and id not in seen:
            seen.add(id)
            yield self.styles[id]
            id = self.styles[id].based_on or ("*" if id != "*" else "-")

    def end(self) -> None:
        """The story is over: a paragraph whose mark is deleted has no other to join."""
        if self.held:
            self.paragraph(self.held.pop(), False, last=True)

    def paragraph(self, p: Element, toc: bool, *, last: bool = False) -> None:
        props = p.find(f"{W}pPr")
        gone = (p.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("del", "moveFrom"))
        if not last and any(gone):
            # The mark at its end is deleted: what is left of it joins the next paragraph.
            self.held.append(p)
            return
        sources = [*self.held, p]
        self.held = []
        style = value(props.find(f"{W}pStyle")) if props is not None else ""
        known = list(self.chain(style if style in self.styles else ""))
        runs = [run for source in sources for run in runs_of(source, self.strong)]
        before, inside = self.in_toc, any(run.toc for run in runs)
        for source in sources:
            self.in_toc = toc_depth(source, self.in_toc)
            for box in source.iter(f"{W}txbxContent"):
                if not any(a.tag in (f"{MC}Fallback", f"{W}txbxContent") for a in box.iterancestors()):
                    self.box(box)
        hidden = " ".join("".join(run.text for run in runs if run.hidden).split())
        self.left_out += [LeftOut("dold text", hidden)] if hidden else []
        struck = " ".join("".join(run.text for run in runs if run.struck and not run.hidden).split())
        self.left_out += [LeftOut(STRUCK, struck)] if struck else []
        runs = [run for run in runs if not run.hidden and not run.struck]
        text = "".join(run.text for run in runs)
        label, item, indent = self.label(props, style, known)
        if not text.strip() and "§" not in label:
            return
        if not text.strip():
            # The number stands alone: Word displays it though there is nothing else.
            text, label = label, ""
            runs = runs[:0]
        if toc or before or inside or (known and _TOC_STYLE.match(known[0].name)):
            self.left_out.append(LeftOut("innehållsförteckning", " ".join(text.split())))
            return
        worded = [run for run in runs if run.text.strip()]
        usual = next((s.size for s in known if s.size), 0.0)
        bold = next((s.bold for s in known if s.bold is not None), False)
        weight = 2 if all(bold if run.bold is None else run.bold for run in worded) else int(all(run.slanted for run in worded))
        weight = weight if worded else 2 * bold
        size = max((run.size or usual for run in worded), default=usual)
        if self.framed and known and known[0].name in _FRAME_SAYS:
            self.left_out.append(LeftOut("upplysning om dokumentet", " ".join(text.split())))
            return
        role, level = self.role(props, known)
        if role is Role.TEXT and item:
            role = Role.ITEM
        piece = Piece(text, role, label, level, indent, size, weight)
        if "§" in label and paragraf_alone(text.split("\t")[0][:12].strip(), begins=True):
            # Word's own number, and one that somebody has typed beside it.
            self.pieces.append(replace(piece, text=label, label=""))
            piece = replace(piece, label="", close=True)
        made = broken_at(piece)
        self.pieces += [replace(made[0], tracked=tracked(sources)), *made[1:]] if made else []
        for run in runs:
            for note in run.notes:
                if self.notes.get(note):
                    self.pieces.append(Piece(self.notes[note], Role.NOTE))

    def box(self, box: Element) -> None:
        """A text box is left out, but for a § number or a title in it: they belong to the text beside it."""
        inner = _Reader(self.styles, self.numbering, self.strong, self.notes)
        inner.story(box)
        self.left_out += inner.left_out
        number = len(inner.pieces) == 1 and paragraf_alone(inner.pieces[0].printed)
        kept = inner.pieces if number else [p for p in inner.pieces if p.role is Role.TITLE]
        self.pieces += kept
        words = " ".join(p.printed for p in inner.pieces if p not in kept)
        self.left_out += [LeftOut("textruta", words)] if words else []

    def role(self, props: Element | None, known: list[Style]) -> tuple[Role, int]:
        for style in known:
            match = re.fullmatch(r"(?:heading|rubrik) (\d)", style.name)
            if match is not None:
                return Role.HEADING, int(match[1])
            if style.name in ("title", "titel"):
                return Role.TITLE, 0
            if style.name in ("footnote text", "endnote text"):
                return Role.NOTE, 0
        own = value(props.find(f"{W}outlineLvl")) if props is not None else ""
        outline = int(own) if own.isdigit() else next((s.outline for s in known if s.outline is not None), 9)
        return (Role.HEADING, outline + 1) if outline < 9 else (Role.TEXT, 0)

    def label(self, props: Element | None, style: str, known: list[Style]) -> tuple[str, bool, float]:
        """Return the automatic label, whether it makes the paragraph a list item, and the indent of the first line."""
        own = indent_of(props.find(f"{W}ind")) if props is not None else None
        styled = next((s.indent for s in known if s.indent is not None), None)
        num = props.find(f"{W}numPr/{W}numId") if props is not None else None
        ilvl = props.find(f"{W}numPr/{W}ilvl") if props is not None else None
        at = int(value(ilvl)) if value(ilvl).isdigit() else None
        if num is not None:
            id = value(num)
        else:
            by = next((s for s in known if s.num is not None), None)
            id = by.num or "" if by is not None else ""
            if by is not None and at is None:
                named = next((n for n, s in self.styles.items() if s is by), style)
                at = by.ilvl if by.ilvl is not None else self.numbering.level_of_style(id, named)
        level = self.numbering.level(id, at or 0) if id not in ("", "0") else None
        if level is None:
            return "", False, own if own is not None else styled or 0.0
        label = self.numbering.label(id, at or 0)
        place = own if own is not None else level.indent if level.indent is not None else 18.0 * (at or 0)
        return label, bool(label) and "§" not in label and level.format != "none", place

    def table(self, table: Element) -> None:
        rows: list[list[list[Piece]]] = []
        for row in table.iter(f"{W}tr"):
            if next((a for a in row.iterancestors(f"{W}tbl")), None) is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            rows.append([])
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    inner = _Reader(self.styles, self.numbering, self.strong, self.notes)
                    inner.story(cell)
                    inner.end()
                    self.left_out += inner.left_out
                    rows[-1].append(inner.pieces)
        if _only_lays_out(rows):
            self.pieces += [piece for row in rows for cell in row for piece in cell]
            return
        header: list[str] = []
        for cells_of in rows:
            texts = ["\n".join(piece.printed for piece in cell if piece.role is not Role.NOTE) for cell in cells_of]
            if any(t.strip() for t in texts) and texts != header:
                self.pieces.append(Piece(cells(texts), Role.ROW, close=bool(header), tracked=tracked(list(row.iter(f"{W}p")))))
                header = header or texts
            self.pieces += [piece for cell in cells_of for piece in cell if piece.role is Role.NOTE]


_LONG_CELL = 700


def _only_lays_out(rows: list[list[list[Piece]]]) -> bool:
    """True for a table that is no table: one column, headings or other tables in its cells, §§ beside their numbers."""
    cells_of = [cell for row in rows for cell in row]
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if any(piece.role in (Role.HEADING, Role.TITLE, Role.ROW) for cell in cells_of for piece in cell):
        return True
    if any(sum(len(piece.text) for piece in cell) > _LONG_CELL for cell in cells_of):
        return True
    numbers = sum(bool(row and row[0]) and len(row[0]) == 1 and paragraf_alone(row[0][0].printed) for row in rows)
    return numbers > 1 and numbers * 4 >= len(rows) * 3 and max(len(row) for row in rows) == 2
