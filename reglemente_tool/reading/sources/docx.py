"""Word documents (.docx): the text as Word shows it, with automatic numbers written out and tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.sources._guard import Parts, refuse_large, refuse_other
from reglemente_tool.reading.sources._numbering import Element, Numbering, W, glyph, indent_of, read_numbering
from reglemente_tool.reading.sources._pieces import broken_at, cells
from reglemente_tool.reading.sources._tracked import changes_in, tracked

SUFFIX = ".docx"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr", f"{W}commentReference"}
_TOC_STYLE = re.compile(r"toc \d|innehåll \d|toc heading|innehållsförteckningsrubrik")
_FRAME = {"kommun", "uppgift", "status"}
_FRAME_SAYS = ("status", "utkast")
"""What `writing.writers.docx.frame` calls the paragraphs of a document's head; those that say as of when it holds are no text."""
_OFF = ("0", "false", "off")


def read(data: bytes) -> Document:
    """Return the document. Raises CannotRead for what is not a Word document, is broken, locked, swollen or has macros."""
    refuse_large(data)
    refuse_other(data, "ett Word-dokument eller en annan zip-fil", "ett Word-dokument (.docx)")
    parts = Parts(data)
    names = set(parts)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise CannotRead("Dokumentet innehåller makron och läses inte.", hint="Spara det i Word som .docx, utan makron, och försök igen.")
    body = _parsed(parts, "word/document.xml")
    if body is None:
        raise CannotRead("Filen är inget Word-dokument: den saknar text.", hint="Öppna den i Word, spara den som .docx och försök igen.")
    reader = _Reader(_styles(_parsed(parts, "word/styles.xml")), read_numbering(_parsed(parts, "word/numbering.xml")))
    reader.notes = {**_notes(_parsed(parts, "word/footnotes.xml"), "f"), **_notes(_parsed(parts, "word/endnotes.xml"), "e")}
    story = body.find(f"{W}body")
    reader.story(story if story is not None else body)
    reader.end()
    for name in sorted(names):
        match = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if match is not None and (root := _parsed(parts, name)) is not None:
            words = " ".join(" ".join(_words(p) for p in root.iter(f"{W}p")).split())
            if words:
                reader.left_out.append(LeftOut("sidhuvud" if match[1] == "header" else "sidfot", words))
    return Document(tuple(reader.pieces), tuple(reader.left_out), tuple(_problems(body)))


def _parsed(parts: Parts, name: str) -> Element | None:
    data = parts.read(name)
    if not data:
        return None
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise CannotRead("Dokumentet har en egen dokumenttyp och läses inte.", hint="Öppna det i Word, spara det på nytt och försök igen.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise CannotRead("Dokumentet är trasigt.", hint="Öppna det i Word, spara det på nytt och försök igen.") from None


def _problems(body: Element) -> Iterator[Problem]:
    changed = changes_in(body)
    if changed:
        yield changed
    if next(body.iter(f"{W}commentReference"), None) is not None:
        yield Problem("KOMMENTARER", "Dokumentet har kommentarer i marginalen. De är inte med.", level=Level.VARNING)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    num: str | None = None
    ilvl: int | None = None
    bold: bool | None = None
    size: float = 0.0
    indent: float | None = None


def _styles(root: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    if root is None:
        return found
    base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
    found["*"] = _Style(size=_half(base))
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type") not in ("paragraph", None):
            continue
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        num, ilvl = style.find(f"{W}pPr/{W}numPr/{W}numId"), style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        id = style.get(f"{W}styleId", "")
        found[id] = _Style(
            name=_val(style.find(f"{W}name")).lower(),
            based_on=_val(style.find(f"{W}basedOn")),
            outline=int(_val(outline)) if _val(outline).isdigit() else None,
            num=_val(num) if num is not None else None,
            ilvl=int(_val(ilvl)) if _val(ilvl).isdigit() else None,
            bold=_toggle(style.find(f"{W}rPr/{W}b")),
            size=_half(style.find(f"{W}rPr/{W}sz")),
            indent=indent_of(style.find(f"{W}pPr/{W}ind")),
        )
        if style.get(f"{W}default") in ("1", "true"):
            found[""] = replace(found[id], based_on="*")
    found.setdefault("", _Style(based_on="*"))
    return found


def _val(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _half(element: Element | None) -> float:
    return float(_val(element)) / 2 if _val(element).replace(".", "", 1).isdigit() else 0.0


def _toggle(element: Element | None) -> bool | None:
    return None if element is None else element.get(f"{W}val", "1") not in _OFF


@dataclass(slots=True)
class _Reader:
    """Walks the body and gathers pieces."""

    styles: dict[str, _Style]
    numbering: Numbering
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
                gallery = _val(child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    self.story(content, toc=toc or gallery == "Table of Contents")
            elif child.tag not in _SKIPPED and child.tag != f"{W}sectPr" and len(child):
                self.story(child, toc=toc)

    def chain(self, id: str) -> Iterator[_Style]:
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
        style = _val(props.find(f"{W}pStyle")) if props is not None else ""
        known = list(self.chain(style if style in self.styles else ""))
        runs = [run for source in sources for run in _runs(source)]
        before, inside = self.in_toc, any(run.toc for run in runs)
        for source in sources:
            self.in_toc = _toc_depth(source, self.in_toc)
            for box in source.iter(f"{W}txbxContent"):
                if not any(a.tag in (f"{_MC}Fallback", f"{W}txbxContent") for a in box.iterancestors()):
                    words = " ".join(" ".join(_words(inner) for inner in box.iter(f"{W}p")).split())
                    self.left_out += [LeftOut("textruta", words)] if words else []
        hidden = " ".join("".join(run.text for run in runs if run.hidden).split())
        self.left_out += [LeftOut("dold text", hidden)] if hidden else []
        runs = [run for run in runs if not run.hidden]
        text = "".join(run.text for run in runs)
        label, item, indent = self.label(props, style, known, bool(text.strip()))
        if not text.strip():
            return
        if toc or before or inside or (known and _TOC_STYLE.match(known[0].name)):
            self.left_out.append(LeftOut("innehållsförteckning", " ".join(text.split())))
            return
        worded = [run for run in runs if run.text.strip()]
        weight = 2 if all(self._bold(run, known) for run in worded) else int(all(run.slanted for run in worded))
        size = max((run.size or next((s.size for s in known if s.size), 0.0)) for run in worded)
        if self.framed and known and known[0].name in _FRAME_SAYS:
            self.left_out.append(LeftOut("upplysning om dokumentet", " ".join(text.split())))
            return
        role, level = self.role(props, known)
        if role is Role.TEXT and item:
            role = Role.ITEM
        piece = Piece(text, role, label, level, indent, size, weight)
        made = broken_at(piece)
        self.pieces += [replace(made[0], tracked=tracked(sources)), *made[1:]] if made else []
        for run in runs:
            for note in run.notes:
                if self.notes.get(note):
                    self.pieces.append(Piece(self.notes[note], Role.NOTE))

    @staticmethod
    def _bold(run: _Run, known: list[_Style]) -> bool:
        if run.bold is not None:
            return run.bold
        return next((s.bold for s in known if s.bold is not None), False)

    def role(self, props: Element | None, known: list[_Style]) -> tuple[Role, int]:
        for style in known:
            match = re.fullmatch(r"(?:heading|rubrik) (\d)", style.name)
            if match is not None:
                return Role.HEADING, int(match[1])
            if style.name in ("title", "titel"):
                return Role.TITLE, 0
            if style.name in ("footnote text", "endnote text"):
                return Role.NOTE, 0
        own = _val(props.find(f"{W}outlineLvl")) if props is not None else ""
        outline = int(own) if own.isdigit() else next((s.outline for s in known if s.outline is not None), 9)
        return (Role.HEADING, outline + 1) if outline < 9 else (Role.TEXT, 0)

    def label(self, props: Element | None, style: str, known: list[_Style], worded: bool) -> tuple[str, bool, float]:
        """Return the automatic label, whether it makes the paragraph a list item, and the indent of the first line."""
        own = indent_of(props.find(f"{W}ind")) if props is not None else None
        styled = next((s.indent for s in known if s.indent is not None), None)
        num = props.find(f"{W}numPr/{W}numId") if props is not None else None
        ilvl = props.find(f"{W}numPr/{W}ilvl") if props is not None else None
        at = int(_val(ilvl)) if _val(ilvl).isdigit() else None
        if num is not None:
            id = _val(num)
        else:
            by = next((s for s in known if s.num is not None), None)
            id = by.num or "" if by is not None else ""
            if by is not None and at is None:
                named = next((n for n, s in self.styles.items() if s is by), style)
                at = by.ilvl if by.ilvl is not None else self.numbering.level_of_style(id, named)
        level = self.numbering.level(id, at or 0) if id not in ("", "0") else None
        if level is None or not worded:
            return "", False, own if own is not None else styled or 0.0
        label = self.numbering.label(id, at or 0)
        place = own if own is not None else level.indent if level.indent is not None else 18.0 * (at or 0)
        return label, bool(label) and "§" not in label and level.format != "none", place

    def table(self, table: Element) -> None:
        header: list[str] = []
        for row in table.iter(f"{W}tr"):
            if next((a for a in row.iterancestors(f"{W}tbl")), None) is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            texts = []
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    inner = _Reader(self.styles, self.numbering, self.notes)
                    inner.story(cell)
                    inner.end()
                    self.left_out += inner.left_out
                    texts.append("\n".join(piece.printed for piece in inner.pieces))
            if any(t.strip() for t in texts) and texts != header:
                self.pieces.append(Piece(cells(texts), Role.ROW, close=bool(header), tracked=tracked(list(row.iter(f"{W}p")))))
                header = header or texts


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    bold: bool | None
    slanted: bool
    size: float
    hidden: bool
    toc: bool
    notes: tuple[str, ...]


def _runs(p: Element) -> list[_Run]:
    found = []
    for run in _walk(p, f"{W}r"):
        props = run.find(f"{W}rPr")
        bold = _toggle(props.find(f"{W}b")) if props is not None else None
        hidden = bool(_toggle(props.find(f"{W}vanish"))) if props is not None else False
        slanted = props is not None and (bool(_toggle(props.find(f"{W}i"))) or _val(props.find(f"{W}u")) not in ("", "none"))
        size = _half(props.find(f"{W}sz")) if props is not None else 0.0
        kept, notes, toc = [], [], False
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                kept.append(child.text or "")
            elif tag == f"{W}tab" or tag == f"{W}ptab":
                kept.append("\t")
            elif tag in (f"{W}br", f"{W}cr"):
                kept.append("\n")
            elif tag == f"{W}noBreakHyphen":
                kept.append("-")
            elif tag == f"{W}sym":
                code = child.get(f"{W}char", "")
                kept.append(glyph(chr(int(code, 16)), child.get(f"{W}font", "")) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else "")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                notes.append(("f" if "foot" in str(tag) else "e") + child.get(f"{W}id", ""))
            elif tag == f"{W}instrText" and (child.text or "").strip().upper().startswith("TOC "):
                toc = True
        found.append(_Run("".join(kept), bold, slanted, size, hidden, toc, tuple(notes)))
    return found


def _walk(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the elements `wanted` below `parent` that are part of the text as it reads when all changes are accepted."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in _SKIPPED and child.tag != f"{W}txbxContent":
            yield from _walk(child, wanted)


def _words(p: Element) -> str:
    return "".join(run.text for run in _runs(p) if not run.hidden)


def _toc_depth(p: Element, depth: int) -> int:
    """Follow the fields through a paragraph: a table of contents is a field that spans many."""
    for run in _walk(p, f"{W}r"):
        for child in run:
            if child.tag == f"{W}instrText" and (child.text or "").strip().upper().startswith("TOC "):
                depth = 1
            elif depth and child.tag == f"{W}fldChar":
                depth += {"begin": 1, "end": -1}.get(child.get(f"{W}fldCharType", ""), 0)
    return max(depth, 0)


def _notes(root: Element | None, prefix: str) -> dict[str, str]:
    found = {}
    for note in root if root is not None else ():
        words = " ".join(" ".join(_words(p) for p in note.iter(f"{W}p")).split())
        if words and note.get(f"{W}type") in (None, "normal"):
            found[prefix + note.get(f"{W}id", "")] = words
    return found
