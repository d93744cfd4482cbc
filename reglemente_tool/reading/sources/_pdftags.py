"""The structure tree of a tagged PDF: headings, paragraphs, lists and tables as whoever made it meant them.

Source: ISO 32000-1, 14.7 and 14.8.4 (standard structure types).
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field, replace
from typing import Any

from reglemente_tool.reading.document import LeftOut, Piece, Role
from reglemente_tool.reading.sources._hyphens import joined
from reglemente_tool.reading.sources._pdfchars import Char, Run, run_of
from reglemente_tool.reading.sources._pieces import BROKEN_ROW, cells, folded

_DEEPEST = 60
_INLINE = {"Span", "Link", "Em", "Strong", "Quote", "Reference", "Annot", "Sub", "Lbl", "Code", "Formula", "Ruby", "Warichu", "BibEntry"}
_TEXTS = {"P", "Caption", "BlockQuote", "FENote", "Note", "LBody", "TD", "TH"}

_LABEL = re.compile(r"(?:[^\w\s(§”\"»]|\(?(?:\d{1,3}|[a-zåäö]|[ivx]{1,4})[.)]|o(?=\s))\s*")


_TYPED = re.compile(r"(?:[–—•·▪-]|\d{1,2}[.)]|[a-zåäö][.)])\s+\S")


@dataclass(slots=True)
class _Found:
    piece: Piece
    y: float
    lines: int


@dataclass(slots=True)
class TagReader:
    """Reads page after page; `pieces` and `left_out` grow."""

    known: frozenset[str]
    found: list[_Found] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    letters: int = 0
    header: str = ""
    columns: list[float] = field(default_factory=list)
    fresh: bool = True
    height: float = 0.0

    def page(self, page: Any, number: int, letters: list[Char]) -> None:
        """Read one page: its part of the tree, with the letters of each piece of marked content."""
        import pypdfium2.raw as raw

        content: dict[int, list[Char]] = {}
        for char in letters:
            content.setdefault(char.mcid, []).append(char)
        tree = raw.FPDF_StructTree_GetForPage(page)
        if not tree:
            return
        self.fresh = True
        self.height = raw.FPDF_GetPageHeightF(page)
        try:
            walker = _Page(raw, number, content, self)
            for at in range(raw.FPDF_StructTree_CountChildren(tree)):
                element = raw.FPDF_StructTree_GetChildAtIndex(tree, at)
                if element:
                    walker.block(element, 0, 0)
        finally:
            raw.FPDF_StructTree_Close(tree)

    def down(self, y: float) -> float:
        """Return how far down the page `y` is, 0.0 to 1.0; -1.0 when that is not known."""
        return 1 - y / self.height if self.height > 0 and y >= 0 else -1.0

    def add(self, piece: Piece, y: float, lines: int, continues: bool = False) -> None:
        """Add a piece; one that goes on from the page before is joined (`continues`: the file says so), two on one line are cells."""
        above = self.found[-1] if self.found else None
        # The footnotes of the page before stand between the two halves of what was broken by it.
        at = next((n for n in range(len(self.found) - 1, -1, -1) if self.found[n].piece.role is not Role.NOTE), -1)
        last = self.found[at] if at >= 0 else None
        continues = continues and last is not None and not piece.label and last.piece.role is not Role.ROW
        if last is not None and self.fresh and last.piece.page != piece.page and (continues or _goes_on(last.piece, piece)):
            text, doubt = joined(last.piece.text, piece.text, self.known)
            doubts = (*last.piece.doubts, *((doubt,) if doubt else ()))
            above = last
            self.found[at] = _Found(replace(above.piece, text=text, doubts=doubts), above.y, above.lines + lines)
        elif above is not None and _one_line(above, piece, y):
            row = cells([*above.piece.text.split(" | "), piece.text])
            self.found[-1] = _Found(replace(above.piece, text=row, role=Role.ROW, close=True), y, 1)
        else:
            self.found.append(_Found(piece, y, lines))
        self.fresh = False

    def goes_on_in(self, texts: list[str]) -> bool:
        """Join the rest of a row that was broken by the page to the row; return False when `texts` is a row of its own."""
        above = self.found[-1].piece if self.found else None
        parts = above.text.split(" | ") if above is not None and above.role is Role.ROW else []
        if above is None or texts[0] or len(texts) != len(parts):
            return False
        whole = [joined(one, rest, self.known)[0] if rest else one for one, rest in zip(parts, texts, strict=True)]
        self.found[-1] = replace(self.found[-1], piece=replace(above, text=cells(whole), doubts=(*above.doubts, BROKEN_ROW)))
        self.fresh = False
        return True

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces so far."""
        return tuple(one.piece for one in self.found)


def _goes_on(above: Piece, piece: Piece) -> bool:
    if piece.label or above.role is Role.ROW or piece.role in (Role.HEADING, Role.TITLE, Role.ROW, Role.NOTE) or above.role is Role.HEADING:
        return False
    if piece.role is Role.ITEM:
        # An item that goes on says so; one that begins here may have a mark that is a drawing and no letter.
        return False
    if not above.text or re.search(r"[.:;!?]$", above.text):
        return piece.text[:1].islower() and not above.text.endswith(":") and piece.role is above.role
    return (piece.text[:1].islower() and piece.role is above.role) or above.text.endswith("-")


def _labelled(label: str, text: str) -> tuple[str, str]:
    """Return an item's label and words apart: some makers leave the label among the words."""
    if label and text.startswith(label):
        return label, text[len(label) :].lstrip()
    own = _LABEL.match(text) if not label else None
    return (own[0].strip(), text[own.end() :]) if own is not None else (label, text)


def _one_line(above: _Found, piece: Piece, y: float) -> bool:
    same = above.piece.page == piece.page and abs(above.y - y) < 1 and above.lines == 1
    cell = above.piece.role is Role.TEXT or (above.piece.role is Role.ROW and " | " in above.piece.text)
    return same and cell and piece.role is Role.TEXT and len(above.piece.text) < 120


def _broken_by_hand(runs: list[Run]) -> list[list[Run]]:
    """Cut a paragraph where a line begins with the mark of a list and the line above had room for it: a list that is only typed."""
    right = max((run.x1 for run in runs), default=0.0)
    parts: list[list[Run]] = []
    for run in runs:
        above = parts[-1][-1] if parts else None
        word = run.text.split(" ")[0]
        room = above is not None and above.x1 + (run.x1 - run.x0) * (len(word) + 1) / max(len(run.text), 1) < right - 1
        typed = _TYPED.match(run.text) is not None and above is not None and (room or above.text[-1] in ":,;." or run.text[0] in "•·▪")
        if above is None or typed:
            parts.append([run])
        else:
            parts[-1].append(run)
    return parts or [runs]


@dataclass(slots=True)
class _Page:
    raw: Any
    number: int
    content: dict[int, list[Char]]
    reader: TagReader
    fresh_table: bool = False
    columns: list[float] = field(default_factory=list)

    def type_of(self, element: Any) -> tuple[str, str]:
        def named(function: Any) -> str:
            length = function(element, None, 0)
            if length <= 2 or length > 400:
                return ""
            buffer = ctypes.create_string_buffer(length)
            function(element, buffer, length)
            return str(buffer.raw[: length - 2].decode("utf-16-le", "replace"))

        return named(self.raw.FPDF_StructElement_GetType), named(self.raw.FPDF_StructElement_GetObjType)

    def kids(self, element: Any) -> list[tuple[Any, int]]:
        """Return the children in order: an element, or the number of a piece of marked content."""
        found = []
        for at in range(min(self.raw.FPDF_StructElement_CountChildren(element), 20_000)):
            child = self.raw.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                found.append((child, -1))
            else:
                mcid = self.raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
                if mcid >= 0:
                    found.append((None, mcid))
        if not found:
            mcid = self.raw.FPDF_StructElement_GetMarkedContentID(element)
            found = [(None, mcid)] if mcid >= 0 else []
        return found

    def block(self, element: Any, depth: int, listed: int) -> None:
        kind, _ = self.type_of(element)
        if depth > _DEEPEST:
            return
        if kind in ("TOC", "TOCI", "Index"):
            words = folded(" ".join(run.text for run in self.lines(element)))
            self.reader.left_out += [LeftOut("innehållsförteckning", words, self.number)] if words else []
        elif kind == "Figure":
            self.reader.left_out.append(LeftOut("bild", folded(" ".join(run.text for run in self.lines(element))), self.number))
        elif kind in ("H", "Title") or re.fullmatch(r"H[1-6]", kind):
            self.say(element, Role.TITLE if kind == "Title" else Role.HEADING, level=int(kind[1:] or 1) if kind != "Title" else 0)
        elif kind in ("Note", "FENote"):
            self.say(element, Role.NOTE)
        elif kind == "L":
            for child, _ in self.kids(element):
                if child:
                    self.block(child, depth + 1, listed + 1)
        elif kind == "LI":
            self.item(element, depth, listed)
        elif kind == "Table":
            # A table that goes on from the page before has the columns that it had there.
            goes_on = self.reader.fresh and bool(self.reader.found) and self.reader.found[-1].piece.role is Role.ROW
            self.fresh_table, self.columns = not goes_on, self.reader.columns if goes_on else []
            self.table(element)
            self.reader.columns = self.columns
        elif self.holds_blocks(element):
            self.mixed(element, depth, listed)
        else:
            self.say(element, Role.TEXT)

    def holds_blocks(self, element: Any) -> bool:
        inside = self.type_of(element)[0]
        return any(child and not self.inline(child, inside) for child, _ in self.kids(element))

    def inline(self, element: Any, inside: str) -> bool:
        """True for words in a line. What has no meaning of its own (NonStruct) has that of what it stands in."""
        kind = self.type_of(element)[0]
        if kind != "NonStruct" or inside not in _TEXTS:
            return kind in _INLINE
        return all(self.inline(child, inside) for child, _ in self.kids(element) if child)

    def begins_elsewhere(self, element: Any, depth: int = 0) -> bool:
        """True when the first that the element holds stands on another page: it goes on here."""
        if depth > _DEEPEST or not self.raw.FPDF_StructElement_CountChildren(element):
            return False
        first = self.raw.FPDF_StructElement_GetChildAtIndex(element, 0)
        if first:
            return self.begins_elsewhere(first, depth + 1)
        return bool(self.raw.FPDF_StructElement_GetChildMarkedContentID(element, 0) < 0)

    def mixed(self, element: Any, depth: int, listed: int) -> None:
        """An element with blocks inside it; words of its own between them are paragraphs."""
        gathered: list[Char] = []
        inside = self.type_of(element)[0]
        for child, mcid in self.kids(element):
            if child and not self.inline(child, inside):
                self.emit(self.runs(gathered), Role.TEXT)
                gathered = []
                self.block(child, depth + 1, listed)
            else:
                gathered += self.chars(child) if child else self.content.get(mcid, [])
        self.emit(self.runs(gathered), Role.TEXT)

    def item(self, element: Any, depth: int, listed: int) -> None:
        label, rest = "", []
        for child, mcid in self.kids(element):
            kind = self.type_of(child)[0] if child else ""
            if kind == "Lbl":
                label = folded(" ".join(run.text for run in self.lines(child)))
            else:
                rest.append((child, mcid, kind))
        words: list[Char] = []
        blocks = []
        for child, mcid, kind in rest:
            if not child:
                words += self.content.get(mcid, [])
            elif kind in _INLINE or (kind in _TEXTS and not self.holds_blocks(child)):
                if words and kind == "P":
                    blocks.append(child)
                else:
                    words += self.chars(child)
            elif kind in ("LBody", "Div", "NonStruct"):
                for inner, inner_mcid in self.kids(child):
                    name = self.type_of(inner)[0] if inner else ""
                    if not inner:
                        words += self.content.get(inner_mcid, [])
                    elif name in _INLINE or (name == "P" and not words and not blocks):
                        words += self.chars(inner)
                    else:
                        blocks.append(inner)
            else:
                blocks.append(child)
        mark = "".join(char.text for char in words).strip()
        if not label and blocks and _LABEL.fullmatch(mark):
            # The page prints the mark itself, beside the words.
            label, (words, inner_blocks) = mark, self.opening(blocks[0])
            blocks[:1] = inner_blocks
        self.emit(self.runs(words), Role.ITEM, label=label, indent=20.0 * (listed - 1), continues=self.begins_elsewhere(element))
        for child in blocks:
            self.block(child, depth + 1, listed)

    def opening(self, element: Any) -> tuple[list[Char], list[Any]]:
        """Return the words that an element begins with, and the blocks after them; no words when it is not so simple."""
        words: list[Char] = []
        blocks: list[Any] = []
        inside = self.type_of(element)[0]
        for child, mcid in self.kids(element):
            if child and (blocks or not self.inline(child, inside)):
                blocks.append(child)
            elif blocks:
                return [], [element]
            else:
                words += self.chars(child) if child else self.content.get(mcid, [])
        return (words, blocks) if words else ([], [element])

    def table(self, element: Any) -> None:
        for child, _ in self.kids(element):
            if not child:
                continue
            if self.type_of(child)[0] != "TR":
                self.table(child)
                continue
            texts = self.cells_of(child)
            line = cells(texts)
            if not line.strip(" |") or line == self.reader.header:
                continue
            if self.reader.fresh and self.reader.goes_on_in(texts):
                continue
            first = not self.reader.found or self.reader.found[-1].piece.role is not Role.ROW or self.fresh_table
            self.fresh_table = False
            heads = all(self.type_of(cell)[0] == "TH" for cell, _ in self.kids(child) if cell)
            self.reader.header = line if heads else self.reader.header
            self.reader.letters += sum(c.isalnum() for c in line)
            top = self.reader.down(max((run.y + run.size for run in self.lines(child)), default=-1.0))
            self.reader.add(Piece(line, Role.ROW, close=not first, page=self.number, top=top), -1.0, 1)

    def cells_of(self, row: Any) -> list[str]:
        """Return the words of a row's cells. A cell without words has no place in the tree, so the others are placed by the columns."""
        found = [(self.lines(cell), self.text(cell)[0]) for cell, _ in self.kids(row) if cell]
        placed = [(min(run.x0 for run in runs), folded(text)) for runs, text in found if runs]
        if len(placed) < len(found) or len(placed) >= len(self.columns):
            self.columns = [x for x, _ in placed] if len(placed) == len(found) else self.columns
            return [folded(text) for _, text in found]
        texts = [""] * len(self.columns)
        for x, text in placed:
            texts[min(range(len(texts)), key=lambda at: abs(self.columns[at] - x))] = text
        return texts

    def chars(self, element: Any) -> list[Char]:
        found: list[Char] = []
        for child, mcid in self.kids(element):
            found += self.chars(child) if child else self.content.get(mcid, [])
        return found

    def lines(self, element: Any) -> list[Run]:
        return self.runs(self.chars(element))

    def runs(self, letters: list[Char]) -> list[Run]:
        parts: list[list[Char]] = []
        for char in letters:
            above = next((c for c in reversed(parts[-1]) if not c.text.isspace()), None) if parts else None
            if above is None or (abs(char.y - above.y) > 0.55 * max(char.size, above.size) and not char.text.isspace()):
                parts.append([])
            parts[-1].append(char)
        return [run_of(part) for part in parts if any(not c.text.isspace() for c in part)]

    def text(self, element: Any) -> tuple[str, tuple[str, ...]]:
        return self.joined(self.lines(element))

    def joined(self, runs: list[Run]) -> tuple[str, tuple[str, ...]]:
        text, doubts = runs[0].text if runs else "", []
        for run in runs[1:]:
            text, doubt = joined(text, run.text, self.reader.known)
            doubts += [doubt] if doubt else []
        return text, tuple(doubts)

    def say(self, element: Any, role: Role, level: int = 0) -> None:
        runs, continues = self.lines(element), self.begins_elsewhere(element)
        for part in _broken_by_hand(runs) if role is Role.TEXT else [runs]:
            self.emit(part, role, level=level, continues=continues)
            continues = False

    def emit(self, runs: list[Run], role: Role, *, label: str = "", level: int = 0, indent: float = 0.0,
             continues: bool = False) -> None:  # fmt: skip
        if not runs:
            return
        text, doubts = self.joined(runs)
        if role is Role.NOTE:
            text = re.sub(r"^\W*\d{1,2}(?:\W+|(?=[^\W\d_]))", "", text)
        weight = 2 if all(r.bold for r in runs) else int(all(r.slanted for r in runs))
        size = max(runs, key=lambda run: len(run.text)).size
        self.reader.letters += sum(c.isalnum() for c in text)
        if role is Role.ITEM:
            label, text = _labelled(label, text)
            role = Role.TEXT if "§" in label or re.match(r"§|\d{1,3}(?:\s?[a-z])?(?:\s*|\.)§", text) else role
        top = self.reader.down(runs[0].y + size)
        piece = Piece(folded(text), role, label, level, indent, size, weight, False, self.number, doubts, top)
        self.reader.add(piece, runs[0].y, len(runs), continues)
