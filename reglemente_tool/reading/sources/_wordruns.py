"""The words of a Word document: runs as they read when every change is accepted, with what their styles say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reglemente_tool.reading.sources._numbering import Element, W, glyph, indent_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIPPED = {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr", f"{W}commentReference"}
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, as far as it says how the text is to be read. None and 0.0 where it says nothing."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    num: str | None = None
    ilvl: int | None = None
    bold: bool | None = None
    size: float = 0.0
    indent: float | None = None


def read_styles(root: Element | None) -> dict[str, Style]:
    """Return the paragraph styles by their ids: "" is the default style, "*" what holds for the whole document."""
    found: dict[str, Style] = {}
    if root is None:
        return found
    base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
    found["*"] = Style(size=half(base))
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type") not in ("paragraph", None):
            continue
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        num, ilvl = style.find(f"{W}pPr/{W}numPr/{W}numId"), style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        id = style.get(f"{W}styleId", "")
        found[id] = Style(
            name=value(style.find(f"{W}name")).lower(),
            based_on=value(style.find(f"{W}basedOn")),
            outline=int(value(outline)) if value(outline).isdigit() else None,
            num=value(num) if num is not None else None,
            ilvl=int(value(ilvl)) if value(ilvl).isdigit() else None,
            bold=toggle(style.find(f"{W}rPr/{W}b")),
            size=half(style.find(f"{W}rPr/{W}sz")),
            indent=indent_of(style.find(f"{W}pPr/{W}ind")),
        )
        if style.get(f"{W}default") in ("1", "true"):
            found[""] = replace(found[id], based_on="*")
    found.setdefault("", Style(based_on="*"))
    return found


def bold_styles(root: Element | None) -> frozenset[str]:
    """Return the character styles whose words are bold."""
    found: set[str] = set()
    for style in root.iter(f"{W}style") if root is not None else ():
        based = value(style.find(f"{W}basedOn"))
        if style.get(f"{W}type") == "character" and (toggle(style.find(f"{W}rPr/{W}b")) or based in found):
            found.add(style.get(f"{W}styleId", ""))
    return frozenset(found)


def value(element: Element | None) -> str:
    """Return the element's w:val, "" when there is none."""
    return element.get(f"{W}val", "") if element is not None else ""


def half(element: Element | None) -> float:
    """Return a size, which Word gives in half points, in points; 0.0 when there is none."""
    return float(value(element)) / 2 if value(element).replace(".", "", 1).isdigit() else 0.0


def toggle(element: Element | None) -> bool | None:
    """Return whether a property such as bold is on, None when nothing is said."""
    return None if element is None else element.get(f"{W}val", "1") not in _OFF


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look; `notes` are the footnotes referred to, `toc` says that a table of contents begins here.

    `struck` is True for words that are struck out by hand, which is no tracked change.
    """

    text: str
    bold: bool | None
    slanted: bool
    size: float
    hidden: bool
    toc: bool
    notes: tuple[str, ...]
    struck: bool = False


def runs_of(p: Element, strong: frozenset[str] = frozenset()) -> list[Run]:
    """Return a paragraph's runs; `strong` are the character styles whose words are bold."""
    found = []
    for run in walk(p, f"{W}r"):
        props = run.find(f"{W}rPr")
        bold = toggle(props.find(f"{W}b")) if props is not None else None
        if bold is None and props is not None and value(props.find(f"{W}rStyle")) in strong:
            bold = True
        hidden = bool(toggle(props.find(f"{W}vanish"))) if props is not None else False
        struck = props is not None and any(toggle(props.find(f"{W}{name}")) for name in ("strike", "dstrike"))
        slanted = props is not None and (bool(toggle(props.find(f"{W}i"))) or value(props.find(f"{W}u")) not in ("", "none"))
        size = half(props.find(f"{W}sz")) if props is not None else 0.0
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
        found.append(Run("".join(kept), bold, slanted, size, hidden, toc, tuple(notes), struck))
    return found


def walk(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the elements `wanted` below `parent` that are part of the text as it reads when all changes are accepted."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in SKIPPED and child.tag != f"{W}txbxContent":
            yield from walk(child, wanted)


def words_of(p: Element) -> str:
    """Return a paragraph's words, without what is hidden."""
    return "".join(run.text for run in runs_of(p) if not run.hidden)


def toc_depth(p: Element, depth: int) -> int:
    """Follow the fields through a paragraph: a table of contents is a field that spans many."""
    for run in walk(p, f"{W}r"):
        for child in run:
            if child.tag == f"{W}instrText" and (child.text or "").strip().upper().startswith("TOC "):
                depth = 1
            elif depth and child.tag == f"{W}fldChar":
                depth += {"begin": 1, "end": -1}.get(child.get(f"{W}fldCharType", ""), 0)
    return max(depth, 0)


def read_notes(root: Element | None, prefix: str) -> dict[str, str]:
    """Return the words of the footnotes by their ids, each after `prefix`."""
    found = {}
    for note in root if root is not None else ():
        words = " ".join(" ".join(words_of(p) for p in note.iter(f"{W}p")).split())
        if words and note.get(f"{W}type") in (None, "normal"):
            found[prefix + note.get(f"{W}id", "")] = words
    return found
