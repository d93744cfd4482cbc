"""Web pages (.html): headings, paragraphs, lists and tables; menus, footers and other furniture of the site are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.sources._guard import LARGEST_MARKUP, kind_of, refuse_large, refuse_other
from reglemente_tool.reading.sources._numbering import numeral
from reglemente_tool.reading.sources._pieces import STRUCK, broken_at, cells, folded, struck_out

SUFFIX = (".html", ".htm")

_SILENT = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "button", "select", "form", "input", "textarea"}
_FURNITURE = {"nav": "meny", "footer": "sidfot", "aside": "sidoruta"}
_ROLES = {"navigation": "meny", "contentinfo": "sidfot", "complementary": "sidoruta", "search": "sökruta", "dialog": "dialogruta"}
_CLASS = re.compile(
    r"(?i)(?:^|[\s_-])(?:(?P<k>cookies?|kakor|consent)|(?P<m>nav|navigation|menu|meny|breadcrumbs?|brodsmul\w*|toc|innehallsforteckning|"
    r"skip(?:-?link)?)|(?P<f>footer|sidfot)|(?P<r>share|dela|contact|kontakt(?:box|ruta)?|sidebar|related|relaterat|social))(?=$|[\s_-])"
)
_CLASS_NAMES = {"k": "kakruta", "m": "meny", "f": "sidfot", "r": "ruta"}
_UNSEEN = re.compile(r"(?i)\b(?:visually-?hidden|sr-only|screen-?reader(?:-text)?)\b")
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dt", "fieldset", "figcaption", "figure", "header",
    "html", "main", "p", "pre", "section", "summary", "hgroup",
}  # fmt: skip
_STRUCK = {"del", "s", "strike"}
_STRONG, _SLANTED = {"b", "strong"}, {"i", "em", "u"}
_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLED = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
_LINED = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_OWN_MARK = re.compile(r"(?P<label>[–—•·▪*-]|\d{1,3}[.)]|[a-zåäö][.)])\s+(?P<words>\S.*)", re.DOTALL)
_LONE_MARK = re.compile(r"[^\w\s]|\(?(?:\d{1,3}|[a-zåäö]|[ivx]+)[.)]")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)
_LONG_CELL = 700


def read(data: bytes) -> Document:
    """Return the page. Raises CannotRead for what is no web page or is too large."""
    from lxml.etree import ParserError
    from lxml.html import document_fromstring

    refuse_large(data, LARGEST_MARKUP)
    if kind_of(data):
        refuse_other(data, "en webbsida eller XML-fil", "en webbsida")
    text, guessed = _decoded(data)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if "\0" in text or "<" not in text:
        raise CannotRead("Filen är ingen webbsida.", hint="Är den vanlig text, så ge den ändelsen .txt.")
    try:
        root = document_fromstring(text)
    except (ValueError, ParserError):
        raise CannotRead("Webbsidan är tom eller trasig.", hint="Spara sidan på nytt från webbläsaren.") from None
    if _too_deep(root):
        raise CannotRead("Webbsidan har orimligt många lager i varandra och läses inte.", hint="Spara sidan på nytt från webbläsaren.")
    walker = _Walker(notes=_notes(root))
    walker.walk(_main(root))
    walker.flush()
    problems = [*struck_out(walker.left_out, "Sidan")]
    if guessed:
        said = "Sidan är inte i UTF-8 utan lästes som äldre Windows-text (cp1252)."
        problems.append(Problem("TECKENKODNING", said, level=Level.VARNING, hint="Kontrollera att å, ä, ö och tankstreck blev rätt."))
    return Document(tuple(walker.pieces), tuple(walker.left_out), tuple(problems))


def _decoded(data: bytes) -> tuple[str, bool]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), False
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:4096])
    try:
        return data.decode(named[1].decode() if named else "cp1252"), named is None
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", errors="replace"), True


_DEEPEST = 200
"""The parser gives up a little below this, and drops the rest without a word."""


def _too_deep(root: Any) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node]
    return bool(level)


def _main(root: Any) -> Any:
    """The part of the page that is the text itself, where the page says so; else all of it."""
    found = [e for path in ("//main", "//*[@role='main']", "//article") for e in root.xpath(path)]
    whole = len(root.text_content())
    return next((e for e in found if len(e.text_content()) * 4 > whole), root)


def _notes(root: Any) -> dict[str, Any]:
    """Footnotes by the id that references point at."""
    named = {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    found = {}
    for link in root.iter("a"):
        target = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
        mark = (link.text_content() or "").strip("[]() ")
        inside = (link.getparent() is not None and link.getparent().tag == "sup") or link.find("sup") is not None
        if target in named and (inside or link.get("role") == "doc-noteref") and len(mark) <= 3:
            found[target] = named[target]
    return found


@dataclass(slots=True)
class _Walker:
    notes: dict[str, Any] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    words: list[tuple[str, int]] = field(default_factory=list)
    role: Role = Role.TEXT
    label: str = ""
    level: int = 0
    indent: float = 0.0
    weight: int = 0
    called: list[str] = field(default_factory=list)

    def flush(self) -> None:
        """End the paragraph that is being gathered."""
        text = "".join(word for word, _ in self.words)
        if text.strip():
            weight = min(w for word, w in self.words if word.strip())
            piece = Piece(text, self.role, self.label, self.level, self.indent, 0.0, weight)
            own = _OWN_MARK.fullmatch(text.strip()) if self.role is Role.ITEM and self.label == "•" else None
            if own is not None:
                piece = replace(piece, label=own["label"], text=own["words"])
            self.pieces += broken_at(piece)
            if self.role is Role.ITEM:
                self.role, self.label = Role.TEXT, ""
        self.words = []
        for name in self.called:
            note = self.notes.get(name)
            words = re.sub(r"^\W*\d{1,3}\W+|\s*[↩↑^]\W*$", "", folded(note.text_content())) if note is not None else ""
            self.pieces += [Piece(words, Role.NOTE)] if words else []
        self.called = []

    def walk(self, node: Any) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _SILENT or self._left_out(node):
            return
        if tag == "br":
            self.words.append(("\n", 2))
        elif re.fullmatch(r"h[1-6]", tag):
            self._block(node, Role.HEADING, level=int(tag[1]))
        elif tag in ("ul", "ol"):
            self._list(node)
        elif tag == "table":
            self._table(node)
        elif tag == "dl":
            self._facts(node)
        elif tag in _BLOCKS:
            self._block(node, self.role if self.role is Role.ITEM else Role.TEXT)
        else:
            weight = self.weight
            self.weight = 2 if tag in _STRONG else max(weight, 1) if tag in _SLANTED else weight
            called = (node.get("href") or "")[1:] if tag == "a" else ""
            if called and called in self.notes:
                self.called.append(called)
            elif not (tag == "sup" and node.find("a") is not None and (node.find("a").get("href") or "")[1:] in self.notes):
                self._inside(node)
            else:
                self.called.append(node.find("a").get("href")[1:])
            self.weight = weight

    def _inside(self, node: Any) -> None:
        self._say(node.text)
        for child in node:
            self.walk(child)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            self.words.append((re.sub(r"[ \t\r\n\f]+", " ", text), self.weight))

    def _block(self, node: Any, role: Role, level: int = 0) -> None:
        gathered = "".join(w for w, _ in self.words).strip()
        if role is Role.ITEM and _LONE_MARK.fullmatch(gathered):
            # The page prints the mark itself, beside the words.
            self.label, self.words = gathered, []
        elif gathered or role is not Role.ITEM:
            self.flush()
        weight = self.weight
        self.role, self.level = role, level
        self._inside(node)
        self.flush()
        self.role, self.level, self.weight = Role.TEXT, 0, weight

    def _left_out(self, node: Any) -> bool:
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        hidden = node.get("hidden") is not None or re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", node.get("style") or "")
        if node.tag in _STRUCK or _LINED.search(node.get("style") or ""):
            what = STRUCK
        elif hidden or _UNSEEN.search(names) or node.get("aria-hidden") == "true":
            what = "dold text"
        elif node.get("id") in self.notes:
            return True
        else:
            match = _CLASS.search(names) if node.tag in ("div", "section", "ul", "ol", "p", "header", "span", "table") else None
            what = _FURNITURE.get(str(node.tag)) or _ROLES.get(node.get("role") or "") or ""
            what = what or (_CLASS_NAMES[match.lastgroup or "r"] if match is not None else "")
            if node.tag == "header" and not node.xpath(".//h1") and node.getparent() is not None and node.getparent().tag == "body":
                what = what or "sidhuvud"
            if what and node.xpath(".//h1") and match is not None:
                return False
        if what:
            words = folded(node.text_content())
            self.left_out += [LeftOut(what, words)] if words else []
        return bool(what)

    def _list(self, node: Any) -> None:
        self.flush()
        before = (self.role, self.label, self.level, self.indent)
        deeper = 20.0 if any(a.tag in ("ul", "ol") for a in node.iterancestors()) else 0.0
        indent = self.indent + deeper
        style = re.search(r"list-style(?:-type)?\s*:\s*([a-z-]+)", node.get("style") or "")
        form = _TYPES.get(_STYLED.get(style[1], "") if style else node.get("type") or "", "decimal")
        items = [child for child in node if child.tag == "li"]
        count = _int(node.get("start"), len(items) if node.get("reversed") is not None else 1)
        step = -1 if node.get("reversed") is not None else 1
        for child in node:
            if child.tag != "li":
                self.walk(child)
                continue
            count = _int(child.get("value"), count)
            self.flush()
            self.role, self.level, self.indent = Role.ITEM, 0, indent
            self.label = "•" if node.tag == "ul" else f"{numeral(count, form)}."
            if not self._left_out(child):
                self._inside(child)
            self.flush()
            count += step
        self.role, self.label, self.level, self.indent = before
        if self.role is Role.ITEM:
            self.role, self.label = Role.TEXT, ""

    def _table(self, node: Any) -> None:
        self.flush()
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
        if node.xpath(".//h1|.//h2|.//h3|.//table") or any(len(c.text_content()) > _LONG_CELL for row in rows for c in row):
            # A table that only lays out the page.
            for row in rows:
                for cell in row:
                    self._block(cell, Role.TEXT)
            return
        first = ""
        for row in rows:
            text = cells([_text(cell) for cell in row if cell.tag in ("td", "th")])
            if text.strip(" |") and text != first:
                self.pieces.append(Piece(text, Role.ROW if "|" in text else Role.TEXT, close=bool(first)))
                first = first or text

    def _facts(self, node: Any) -> None:
        self.flush()
        term: list[str] = []
        for child in node.iter("dt", "dd"):
            if child.tag == "dt":
                term.append(_text(child))
            else:
                self.pieces.append(Piece(cells([" ".join(term), _text(child)]), Role.ROW, close=True))
                term = []


def _text(node: Any) -> str:
    for line_break in node.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return str(node.text_content())


def _int(text: str | None, missing: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else missing
