"""Accept and reject tracked changes in a DOCX by its XML, by the standard's rules alone: nothing of the writer is used."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_COME, _GONE = ("ins", "moveTo"), ("del", "moveFrom")


@dataclass(frozen=True)
class Para:
    """A paragraph as a reader sees it: its style, its words, and whether it stands in a table."""

    style: str
    text: str
    row: bool = False


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part of the file, parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body(content: bytes) -> etree._Element:
    """The body of the document."""
    found = part(content).find(f"{W}body")
    assert found is not None
    return found


def settled(content: bytes, *, accept: bool) -> etree._Element:
    """The body after all changes have been accepted, or rejected."""
    here = copy.deepcopy(body(content))
    stay, go = (_COME, _GONE) if accept else (_GONE, _COME)
    for row in list(here.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{tag}") is not None for tag in go):
            row.getparent().remove(row)
    for table in list(here.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for change in list(here.iter(f"{W}pPrChange")):
        properties = change.getparent()
        if not accept:
            mark = properties.find(f"{W}rPr")
            properties[:] = [*change[0], *([] if mark is None else [mark])]
        else:
            properties.remove(change)
    for paragraph in list(here.iter(f"{W}p")):
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        unmarked = marks is not None and any(marks.find(f"{W}{tag}") is not None for tag in go)
        for tag in go:
            for change in paragraph.findall(f"{W}{tag}"):
                paragraph.remove(change)
        for tag in stay:
            for change in paragraph.findall(f"{W}{tag}"):
                at = paragraph.index(change)
                paragraph[at : at + 1] = list(change)
        if unmarked:
            _join(paragraph)
    return here


def _join(paragraph: etree._Element) -> None:
    """A paragraph whose mark goes: what is left of it begins the next one, which keeps its own style."""
    left = [child for child in paragraph if child.tag == f"{W}r"]
    following = paragraph.getnext()
    while following is not None and "Range" in following.tag:
        following = following.getnext()
    if left:
        assert following is not None
        assert following.tag == f"{W}p"
        following[1:1] = left
    paragraph.getparent().remove(paragraph)


def paras(here: etree._Element) -> list[Para]:
    """The paragraphs in order, those that are there only to part two tables left out."""
    made = []
    for p in here.iter(f"{W}p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        words = "".join("\t" if e.tag == f"{W}tab" else e.text or "" for e in p.iter(f"{W}t", f"{W}tab", f"{W}delText") if _in_run(e))
        row = next(p.iterancestors(f"{W}tc"), None) is not None
        if style.get(f"{W}val") != "Mellanrum":
            made.append(Para(style.get(f"{W}val"), words.strip() if row else words, row))
    return made


def _in_run(element: etree._Element) -> bool:
    return element.getparent().tag == f"{W}r"


_HEAD = {"Kommun", "Title", "Uppgift", "Status"}


def text(here: etree._Element) -> list[Para]:
    """The paragraphs of the charter's own text, with the title and without the rest of the head."""
    return [p for p in paras(here) if p.style not in _HEAD or p.style == "Title"]


def faults(content: bytes) -> list[str]:
    """What breaks the rules for the file that these tests know of."""
    found = []
    document = part(content)
    changes = list(document.iter(*(f"{W}{tag}" for tag in (*_COME, *_GONE, "pPrChange", "moveFromRangeStart", "moveToRangeStart"))))
    ids = Counter(e.get(f"{W}id") for e in (*changes, *document.iter(f"{W}commentReference")))
    found += [f"id {id} twice" for id, times in ids.items() if times > 1 or id is None]
    for e in changes:
        if not e.get(f"{W}author") or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e.get(f"{W}date") or ""):
            found.append(f"{e.tag} without author or date")
    found += _order(document)
    for way in ("moveFrom", "moveTo"):
        starts = {e.get(f"{W}id"): e.get(f"{W}name") for e in document.iter(f"{W}{way}RangeStart")}
        ends = [e.get(f"{W}id") for e in document.iter(f"{W}{way}RangeEnd")]
        if sorted(starts) != sorted(ends):
            found.append(f"{way}: ranges not closed")
    names = [sorted(e.get(f"{W}name") for e in document.iter(f"{W}{way}RangeStart")) for way in ("moveFrom", "moveTo")]
    if names[0] != names[1] or len(set(names[0])) != len(names[0]):
        found.append("moves without their other place")
    for e in document.iter(f"{W}t", f"{W}delText"):
        gone = next(e.iterancestors(f"{W}del"), None) is not None
        if gone is not (e.tag == f"{W}delText"):
            found.append(f"{e.tag} in the wrong place")
    for name, reference, item in (("comments", "commentReference", "comment"), ("footnotes", "footnoteReference", "footnote")):
        held = [e.get(f"{W}id") for e in part(content, f"word/{name}.xml").iter(f"{W}{item}") if not e.get(f"{W}type")]
        if sorted(held) != sorted(e.get(f"{W}id") for e in document.iter(f"{W}{reference}")):
            found.append(f"{name} and their references differ")
    styles = {e.get(f"{W}styleId") for e in part(content, "word/styles.xml").iter(f"{W}style")}
    used = {e.get(f"{W}val") for e in document.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    found += [f"style {name} is not there" for name in sorted(used - styles)]
    for cell in document.iter(f"{W}tc"):
        if cell[-1].tag != f"{W}p":
            found.append("a cell that does not end in a paragraph")
    return found


_SIGNS = {"ins": "{+%s+}", "del": "{-%s-}", "moveTo": "{»%s»}", "moveFrom": "{«%s«}"}


def shown(content: bytes) -> str:
    """The body as one can read it: a paragraph a line, its style first; what comes {+so+}, goes {-so-}, moves here {»so»} and
    away {«so«}; ¶ within such signs is the paragraph's mark; [comments] and (the style that was).
    """
    notes = {c.get(f"{W}id"): "".join(c.itertext()) for c in part(content, "word/comments.xml")}
    made = []
    for p in body(content).iter(f"{W}p"):
        made.append(f"{_style(p)}{_row(p)}: {''.join(_seen(child, notes) for child in p)}{_mark(p)}")
    return "\n".join(made)


def _style(p: etree._Element) -> str:
    now, was = (p.find(f"{W}pPr/{way}{W}pStyle") for way in ("", f"{W}pPrChange/{W}pPr/"))
    return (now.get(f"{W}val") if now is not None else "?") + (f" ({was.get(f'{W}val')})" if was is not None else "")


def _row(p: etree._Element) -> str:
    row = next(p.iterancestors(f"{W}tr"), None)
    fate = [] if row is None else [tag for tag in _SIGNS if row.find(f"{W}trPr/{W}{tag}") is not None]
    return f" {_SIGNS[fate[0]] % 'rad'}" if fate else ""


def _mark(p: etree._Element) -> str:
    return "".join(sign % "¶" for tag, sign in _SIGNS.items() if p.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None)


def _seen(e: etree._Element, notes: dict[str, str]) -> str:
    tag = e.tag.removeprefix(W)
    if tag in _SIGNS:
        inside = "".join(_seen(child, notes) for child in e)
        return inside if inside.startswith("[") else _SIGNS[tag] % inside
    if tag != "r":
        return ""
    found = e.find(f"{W}commentReference")
    if found is not None:
        return f"[{notes[found.get(f'{W}id')]}]"
    return "".join("→" if c.tag == f"{W}tab" else c.text or "" for c in e)


_PPR = ["pStyle", "keepNext", "tabs", "rPr", "sectPr", "pPrChange"]
_TRPR = ["cantSplit", "tblHeader", "ins", "del"]
_TBLPR = ["tblStyle", "tblW", "tblLayout", "tblLook"]
_SECTPR = ["headerReference", "footerReference", "pgSz", "pgMar", "titlePg"]
_TCPR = ["tcW", "gridSpan"]
_TBL = ["tblPr", "tblGrid", "tr"]


def _order(document: etree._Element) -> list[str]:
    """Elements that do not come in the order of the standard's schema."""
    found = []
    for parent, order in (("pPr", _PPR), ("trPr", _TRPR), ("tblPr", _TBLPR), ("sectPr", _SECTPR), ("tcPr", _TCPR), ("tbl", _TBL)):
        for e in document.iter(f"{W}{parent}"):
            names = [child.tag.removeprefix(W) for child in e]
            if any(name not in order for name in names) or names != sorted(names, key=order.index):
                found.append(f"{parent}: {names}")
    for p in document.iter(f"{W}p"):
        if any(child.tag == f"{W}pPr" for child in p[1:]):
            found.append("pPr is not first")
    return found
