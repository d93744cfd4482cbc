"""What stands around the text: the page's head, header and footer, the sheet, and what the file says of itself."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

from lxml import etree

from reglemente_tool.model.amendment import capital
from reglemente_tool.writing.letters import harmless
from reglemente_tool.writing.page import Page, Run, Runs, plain
from reglemente_tool.writing.writers.docx.container import relation
from reglemente_tool.writing.writers.docx.markup import TEXT_WIDTH, R, W, add, root
from reglemente_tool.writing.writers.docx.paragraphs import Paragraph

_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NO_DAY = date(2000, 1, 1)

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def day_of(page: Page, *facts: str) -> date:
    """Return the first date that the header facts called `facts` tell, in that order; the clock is never asked.

    For a page that tells none of them, 2000-01-01.
    """
    told = dict(page.facts)
    for found in _DAY.finditer(" ".join(told.get(fact, "") for fact in facts)):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return _NO_DAY


def by(page: Page) -> tuple[str, date]:
    """Return whose the changes are, and their day: the council's that decided them; in a draft nobody's yet, on the day it is for."""
    council = f"kommunfullmäktige{f' i {harmless(page.municipality)}' if page.municipality else ''}"
    if page.draft:
        return f"Förslag till {council}", day_of(page, "Sammanträdesdag", "Gäller från")
    return capital(council), day_of(page, "Sammanträdesdag", "Senast reviderat", "Antaget", "Gäller från")


def head(page: Page, explained: str = "", *, tracked: bool, name: str = "") -> tuple[Paragraph, ...]:
    """Return the paragraphs above the text: whose it is, its title, header facts, the honest line, and what needs explaining.

    `name` stands for the municipality's where its documents call it otherwise.
    """
    title = page.title if tracked else _words(plain(page.title))
    whose = "" if page.below else name or page.municipality
    made = [Paragraph(style="Kommun", runs=_words(whose))] if whose else []
    made.append(Paragraph(style="Bilaga" if page.below else "Title", runs=tuple(Run(harmless(run.text), run.mark) for run in title)))
    made += [Paragraph(style="Uppgift", label=(*_words(f"{key}:"), Run("\t")), runs=_words(value)) for key, value in page.facts]
    made += [Paragraph(style="Utkast", runs=_words(page.draft))] if page.draft else []
    made += [Paragraph(style="Status", runs=_words(line)) for line in (*page.status, explained) if line]
    return tuple(made)


def _words(text: str) -> Runs:
    return (Run(harmless(text)),)


def sheet(body: etree._Element) -> None:
    """Add what a body ends with: A4, margins, and which header and footer it has; the first page has no header."""
    section = add(body, "sectPr")
    for tag, kind, part in (("header", "default", "header"), ("footer", "default", "footer"), ("footer", "first", "footer-first")):
        add(section, f"{tag}Reference", type=kind).set(f"{{{R}}}id", relation(f"word/{part}.xml"))
    add(section, "pgSz", w=11906, h=16838)
    add(section, "pgMar", top=1588, right=1418, bottom=1531, left=1418, header=737, footer=737, gutter=0)
    add(section, "titlePg")


def header(page: Page, *, name: str = "") -> etree._Element:
    """Return the header of the pages after the first: whose document it is, what it is called, and that it is a draft."""
    part = root("hdr")
    left = ". ".join(harmless(text) for text in (page.draft, name or page.municipality) if text)
    _two_ends(part, "Header", left, harmless(plain(page.title)))
    return part


def footer(page: Page) -> etree._Element:
    """Return the footer: the dnr, and "sid 3 (12)" as Word counts."""
    number = page.case_number or next((value for key, value in page.facts if key.lower() in ("dnr", "diarienummer")), "")
    part = root("ftr")
    p = _two_ends(part, "Footer", harmless(f"Dnr {number}") if number else "", "sid ")
    _field(p, "PAGE")
    _text(p, " (")
    _field(p, "NUMPAGES")
    _text(p, ")")
    return part


def _two_ends(part: etree._Element, style: str, left: str, right: str) -> etree._Element:
    p = add(part, "p")
    properties = add(p, "pPr")
    add(properties, "pStyle", val=style)
    add(add(properties, "tabs"), "tab", val="right", pos=TEXT_WIDTH)
    _text(p, left)
    add(add(p, "r"), "tab")
    _text(p, right)
    return p


def _text(p: etree._Element, text: str) -> None:
    if text:
        t = add(add(p, "r"), "t")
        t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        t.text = text


def _field(p: etree._Element, code: str) -> None:
    field = add(p, "fldSimple", instr=f" {code} ")
    _text(field, "1")


def template(name: str) -> etree._Element:
    """Return a part that is the same in all documents: "styles" or "settings"."""
    source = files("reglemente_tool.writing").joinpath(f"templates/docx/{name}.xml").read_bytes()
    return etree.fromstring(source, etree.XMLParser(remove_blank_text=True, remove_comments=True))


def settings(*, tracked: bool) -> etree._Element:
    """Return the settings. In a document of tracked changes, the reader's own are tracked too."""
    part = template("settings")
    if not tracked:
        for element in part.findall(f"{{{W}}}trackRevisions"):
            part.remove(element)
    return part


def core(page: Page) -> etree._Element:
    """Return what the file says of itself: title, whose it is, language, and the day that the wording holds from."""
    spaces = {"cp": CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    part = etree.Element(f"{{{CORE}}}coreProperties", nsmap=spaces)
    etree.SubElement(part, f"{{{_DC}}}title").text = harmless(plain(page.title)) + (" – ändringar" if page.redline else "")
    etree.SubElement(part, f"{{{_DC}}}creator").text = harmless(page.municipality)
    etree.SubElement(part, f"{{{_DC}}}language").text = "sv-SE"
    day = day_of(page, "Gäller från", "Sammanträdesdag", "Senast reviderat", "Antaget")
    for name in ("created", "modified"):
        stamp = etree.SubElement(part, f"{{{_TERMS}}}{name}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        stamp.text = f"{day.isoformat()}T12:00:00Z"
    return part
