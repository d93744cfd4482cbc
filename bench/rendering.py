"""The layouts as files: Word (automatic and typed numbers), web page, Markdown, PDF (tagged, untagged, two columns).

LibreOffice and Chromium make PDFs too where they are installed; `rendered` leaves them out where they are not.
"""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from layouts import El, Layout, decomposed
from wordfile import docx_of_word

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def entries(layout: Layout) -> list[str]:
    """The lines of a table of contents: every heading and titled §."""
    return [f"{e.label} {e.text}".strip() for e in layout.els if e.look in ("h1", "h2") and e.text]


# Word.


class _Word:
    """Raw OOXML, so that what is tested is what Word writes and not what a library thinks it writes."""

    def __init__(self, layout: Layout, auto: bool, tracked: bool = True) -> None:
        self.layout, self.auto, self.tracked = layout, auto, tracked
        self.abstracts: list[str] = []
        self.nums: list[str] = []
        self.known: dict[object, int] = {}
        self.notes: list[str] = []
        self.expected: dict[str, int] = {}

    def num(self, key: object, levels: list[tuple[str, str]], start: int = 1) -> int:
        """A list instance of its own for `key`."""
        if key not in self.known:
            id = len(self.abstracts) + 1
            made = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="{start if at == 0 else 1}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{escape(text)}"/>'
                f'<w:pPr><w:ind w:left="{720 * (at + 1)}" w:hanging="360"/></w:pPr>'
                + ('<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>' if text == "\uf0b7" else "") + "</w:lvl>"
                for at, (form, text) in enumerate(levels)
            )  # fmt: skip
            self.abstracts.append(f'<w:abstractNum w:abstractNumId="{id}">{made}</w:abstractNum>')
            self.nums.append(f'<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>')
            self.known[key] = id
        return self.known[key]

    def p(self, text: str, style: str = "", num: tuple[int, int] | None = None, bold: bool = False, size: int = 0, ind: str = "",
          italic: bool = False) -> str:  # fmt: skip
        props = f'<w:pStyle w:val="{style}"/>' if style else ""
        if num:
            props += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
        run = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + (f'<w:sz w:val="{size}"/>' if size else "")
        half = len(text) // 2
        runs = "".join(self.run(part, run) for part in (text[:half], text[half:]) if part)
        return f"<w:p><w:pPr>{props}{ind}</w:pPr>{runs}</w:p>"

    @staticmethod
    def run(text: str, props: str) -> str:
        pieces = []
        for piece in re.split(r"(\t|\n)", text):
            pieces.append({"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
        return f"<w:r><w:rPr>{props}</w:rPr>{''.join(pieces)}</w:r>"

    def element(self, at: int, e: El) -> str:
        plain = f"{e.label} {e.text}".strip()
        level = int(e.look[1]) if e.look in ("h1", "h2") else 0
        big = {1: 30, 2: 24}.get(level, 0)
        if e.look == "title":
            return self.p(e.text, "Title") if self.auto else self.p(e.text, bold=True, size=36)
        if e.look == "toc":
            made = [self.p("Innehåll", "TOCHeading")]
            return "".join([*made, *(self.p(f"{entry}\t{n // 4 + 2}", "TOC1") for n, entry in enumerate(entries(self.layout)))])
        if e.look in ("h1", "h2"):
            if not self.auto:
                slanted = bool(self.layout.style.get("slanted")) and level == 2
                return self.p(plain, bold=not slanted, italic=slanted, size=big)
            if "§" in e.label:
                return self.p(e.text, f"Heading{level}", (self.paragraf(e), 0))
            if re.fullmatch(r"\d\.(?:\d)?", e.label):
                return self.p(e.text, f"Heading{level}", (self.num("decimal", [("decimal", "%1."), ("decimal", "%1.%2")]), level - 1))
            return self.p(plain, f"Heading{level}")
        if e.look in ("number", "run-in"):
            if self.auto and any(b[0] == "paragraf" and b[1].isdigit() for b in e.blocks):
                return self.p(e.text or "", "", (self.paragraf(e), 0)) if e.text else self.p(plain, "Heading3")
            return self.p(f"{e.label} {e.text}".strip() if e.look == "run-in" else e.label, bold=e.look == "number")
        if e.look == "item":
            return self.item(at, e)
        return self.p(e.text)

    def paragraf(self, e: El) -> int:
        number = next(b[1] for b in e.blocks if b[0] == "paragraf")
        form = e.label.replace(number, "%1", 1)
        if self.expected.get(form) != int(number):
            self.known.pop(("par", form), None)
        self.expected[form] = int(number) + 1
        return self.num(("par", form), [("decimal", form)], int(number))

    def item(self, at: int, e: El) -> str:
        if not self.auto:
            return self.p(f"{e.label}\t{e.text}", ind=f'<w:ind w:left="{360 * (e.depth + 1)}" w:hanging="360"/>')
        first = at
        while self.layout.els[first - 1].look == "item" and (e.depth > 0 or self.layout.els[first - 1].depth >= e.depth):
            first -= 1
        outer = self.layout.els[first]
        listed = self.layout.els[first:]
        inner = next((x for x in listed if x.look == "item" and x.depth == 1), None)
        start = int(outer.blocks[0][1]) if outer.blocks[0][1].isdigit() else 1
        levels = [self.form(outer), self.form(inner) if inner else ("bullet", "–")]
        # The inner list starts anew below each item, so the whole list is one instance.
        return self.p(e.text, "", (self.num(("list", first), levels, start), e.depth))

    @staticmethod
    def form(e: El) -> tuple[str, str]:
        niva, number, marker, _ = e.blocks[0]
        if niva == "strecksats":
            return "bullet", "\uf0b7" if marker == "•" else marker
        return ("decimal" if niva == "punkt" else "lowerLetter"), marker.replace(number, "%1", 1)

    def body(self) -> Iterator[str]:
        els = self.layout.els
        at = 0
        while at < len(els):
            if els[at].look == "row":
                end = at
                while end < len(els) and els[end].look == "row":
                    end += 1
                cell = "<w:tc><w:tcPr/>{}</w:tc>"
                rows = ("".join(cell.format(self.p(c)) for c in e.cells) for e in els[at:end])
                yield f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
                at = end
                continue
            made = self.element(at, els[at])
            if at + 1 < len(els) and els[at + 1].look == "note":
                self.notes.append(els[at + 1].text)
                made = made.removesuffix("</w:p>") + f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r></w:p>'
                at += 1
            yield made
            if not self.auto and self.tracked and at == len(els) // 2:
                yield '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr><w:del w:id="2" w:author="x"><w:r><w:delText>Struket stycke.</w:delText></w:r></w:del></w:p>'
            at += 1

    def bytes(self) -> bytes:
        body = "".join(self.body())
        head = self.layout.style.get("head") or ""
        heading = "".join(
            f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
            for n in (1, 2, 3)
        )
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="h" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="f" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
            "word/document.xml": f'<w:document {_W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr></w:body></w:document>',
            "word/footnotes.xml": f"<w:footnotes {_W}>{''.join(f'<w:footnote w:id=%s{n}%s>{self.p(note)}</w:footnote>' % (chr(34), chr(34)) for n, note in enumerate(self.notes, 1))}</w:footnotes>",
            "word/header1.xml": f"<w:hdr {_W}>{self.p(str(head))}</w:hdr>",
            "word/styles.xml": f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="{60 if self.layout.style.get("gap") else 160}"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:rPr><w:sz w:val="40"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style><w:style w:type="paragraph" w:styleId="TOCHeading"><w:name w:val="TOC Heading"/></w:style>{heading}</w:styles>',
            "word/numbering.xml": f"<w:numbering {_W}>{''.join(self.abstracts)}{''.join(self.nums)}</w:numbering>",
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return out.getvalue()


def docx_auto(layout: Layout) -> bytes:
    """Styles and automatic numbers throughout."""
    return _Word(layout, auto=True).bytes()


def docx_typed(layout: Layout) -> bytes:
    """No styles: bold and size by hand, numbers and marks typed, and a tracked deletion."""
    return _Word(layout, auto=False).bytes()


def docx_for_print(layout: Layout) -> bytes:
    """As `docx_typed`, without tracked changes: LibreOffice prints what is deleted too."""
    return _Word(layout, auto=False, tracked=False).bytes()


# The web.


def _html_body(layout: Layout) -> Iterator[str]:
    els = layout.els
    e = html.escape
    at = 0
    open_lists: list[str] = []
    for at, el in enumerate(els):
        if el.look == "note":
            continue
        called = sum(x.look == "note" for x in els[: at + 2])
        mark = f'<sup><a href="#fn{called}">{called}</a></sup>' if at + 1 < len(els) and els[at + 1].look == "note" else ""
        depth = el.depth + 1 if el.look == "item" else 0
        before = els[at - 1] if at else None
        fresh = el.look == "item" and el.depth == 0 and before is not None and before.look == "item" and before.blocks[0][0] != el.blocks[0][0]
        while len(open_lists) > depth or (fresh and open_lists):
            yield f"</li></{open_lists.pop()}>"
            fresh = fresh and bool(open_lists)
        if el.look == "row":
            if before is None or before.look != "row":
                yield "<table>"
            yield "<tr>" + "".join(f"<td>{e(c)}</td>" for c in el.cells) + "</tr>"
            if at + 1 == len(els) or els[at + 1].look != "row":
                yield "</table>"
        elif el.look == "item":
            niva, number, _marker, text = el.blocks[0]
            if len(open_lists) < depth:
                tag = "ul" if niva == "strecksats" else "ol"
                kind = f' start="{number}"' if niva == "punkt" else ' type="a"' if niva == "bokstav" else ""
                open_lists.append(tag)
                yield f"<{tag}{kind}>"
            else:
                yield "</li>"
            yield f"<li>{e(el.text or text)}{mark}"
        elif el.look == "title":
            yield f"<h1>{e(el.text)}</h1>"
        elif el.look in ("h1", "h2"):
            yield f"<h{int(el.look[1]) + 1}>{e(f'{el.label} {el.text}'.strip())}</h{int(el.look[1]) + 1}>"
        elif el.look == "number":
            following = els[at + 1] if at + 1 < len(els) else None
            broken = int(str(layout.style["at"])) % 3 == 0 and following is not None and following.look == "text"
            yield f"<p><strong>{el.label}</strong><br>" if broken else f"<p><strong>{el.label}</strong></p>"
        elif el.look == "toc":
            yield "<nav><ul>" + "".join(f"<li><a href='#x'>{e(t)}</a></li>" for t in entries(layout)) + "</ul></nav>"
        else:
            following_break = before is not None and before.look == "number" and int(str(layout.style["at"])) % 3 == 0 and el.look == "text"
            yield ("" if following_break else "<p>") + e(f"{el.label} {el.text}".strip()).replace("stycke", "styc&shy;ke") + mark + "</p>"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"
    notes = [el.text for el in els if el.look == "note"]
    if notes:
        yield "<hr>" + "".join(f'<p id="fn{n}">{n}. {e(note)}</p>' for n, note in enumerate(notes, 1))


def web(layout: Layout) -> bytes:
    """A page of a municipality's site, with its furniture."""
    body = "\n".join(_html_body(layout))
    page = (
        '<!doctype html><html lang="sv"><head><title>Reglemente - Kommunen</title></head><body><div id="cookie-banner"><p>Vi använder kakor.</p>'
        '<button>Godkänn</button></div><header><a href="/">Till startsidan</a></header><nav><ul><li>Start</li><li>Politik</li></ul></nav>'
        f'<div class="breadcrumb">Start / Politik</div><main><article>{body}</article></main><aside class="kontakt"><p>Ring oss</p></aside>'
        "<footer><p>Kommunen, Storgatan 1</p></footer></body></html>"
    )
    return page.encode()


def printed(layout: Layout) -> bytes:
    """A plain page for a browser to print."""
    style = "body{font-family:serif;font-size:11pt} ul,ol{margin:4pt 0}"
    return f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>x</title><style>{style}</style></head><body>{"".join(_html_body(layout))}</body></html>'.encode()


def markdown(layout: Layout) -> bytes:
    """Markdown as a person writes it."""
    lines: list[str] = []
    for at, el in enumerate(layout.els):
        before = layout.els[at - 1].look if at else ""
        if el.look == "note":
            lines[-1] += f"[^{sum(x.look == 'note' for x in layout.els[: at + 1])}]"
            continue
        words = f"{el.label} {el.text}".strip()
        if el.look == "row":
            if before != "row":
                lines += ["", "| " + " | ".join(el.cells) + " |", "|" + "---|" * len(el.cells)]
            else:
                lines.append("| " + " | ".join(el.cells) + " |")
        elif el.look == "item":
            niva, _, marker, text = el.blocks[0]
            lines += ([""] if before != "item" else []) + ["   " * el.depth + ("- " if niva == "strecksats" else f"{marker} ") + text]
        elif el.look == "toc":
            continue
        else:
            marks = {"title": "# ", "h1": "## ", "h2": "### "}.get(el.look, "")
            lines += ["", marks + (re.sub(r"^(\d+)\.", r"\1\\.", words) if el.look == "run-in" else words)]
    lines += [""] + [f"[^{n}]: {note}" for n, note in enumerate((el.text for el in layout.els if el.look == "note"), 1)]
    return ("\n".join(lines).strip() + "\n").encode()


# PDF, set by typst.

# ruff: noqa: E501
_TEMPLATE = """
#let d = json(bytes(sys.inputs.d))
#set document(title: "Reglemente")
#set page(paper: "a4", background: rotate(-45deg, text(60pt, fill: luma(220), d.watermark)), columns: d.columns, margin: (x: if d.columns > 1 { 16mm } else { 28mm }, y: 26mm),
  header: context { set text(size: 8pt); d.head.replace("{}", str(here().page()), count: 1).replace("{}", str(counter(page).final().first()), count: 1) },
  footer: context { set text(size: 8pt); align(center, d.foot.replace("{}", str(here().page()), count: 1).replace("{}", str(counter(page).final().first()), count: 1)) })
#set text(lang: "sv", size: d.size * 1pt, hyphenate: d.hyphenate, font: d.font)
#set par(justify: d.justify, spacing: d.gap * 1em, leading: 0.62em)
#show heading: set text(size: d.size * 1.0pt)
#show heading.where(level: 2): set text(size: d.size * 1.28pt)
#let heads(e) = if e.at("slanted", default: false) { par(emph(e.text)) } else { heading(level: e.level, e.text) }
#for e in d.els {
  if e.look == "title" { if d.caps { block(text(size: 17pt, weight: "bold", e.text)) } else { heading(level: 1, text(size: 19pt, e.text)) } }
  else if e.look == "head" { heads(e) }
  else if e.look == "toc" { heading(level: 2, [Innehåll]); for t in e.entries { block(spacing: 0.6em, [#t #box(width: 1fr, repeat[.]) 3]) } }
  else if e.look == "number" { block(above: 1.2em, below: d.gap * 0.9em, sticky: true, strong(e.text)) }
  else if e.look == "list" { enum(numbering: n => e.labels.at(n - 1), indent: 6pt, body-indent: 6pt, spacing: if d.gap < 0.8 { 0.62em } else { 0.7em },
    ..e.items.map(i => { i.text; if i.inner.len() > 0 { enum(numbering: n => i.inner.at(n - 1).label, ..i.inner.map(x => x.text)) } })) }
  else if e.look == "table" { table(columns: e.rows.at(0).len(), inset: 5pt, ..e.rows.flatten()) }
  else if e.at("note", default: "") != "" { par([#e.text#footnote(e.note)]) }
  else { par(e.text) }
}
"""


def _typst_els(layout: Layout) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for el in layout.els:
        above = made[-1] if made else {}
        if el.look == "note":
            above["note"] = el.text
            continue
        if el.look == "item":
            if el.depth:
                above["items"][-1]["inner"].append({"label": el.label, "text": el.text})  # type: ignore[index]
                continue
            if above.get("look") != "list":
                made.append({"look": "list", "items": [], "labels": []})
            made[-1]["items"].append({"text": el.text, "inner": []})  # type: ignore[attr-defined]
            made[-1]["labels"].append(el.label)  # type: ignore[attr-defined]
        elif el.look == "row":
            if above.get("look") != "table":
                made.append({"look": "table", "rows": []})
            made[-1]["rows"].append(list(el.cells))  # type: ignore[attr-defined]
        elif el.look == "toc":
            made.append({"look": "toc", "entries": entries(layout)})
        elif el.look in ("h1", "h2"):
            slanted = el.look == "h2" and bool(layout.style.get("slanted"))
            made.append({"look": "head", "level": int(el.look[1]) + 1, "text": f"{el.label} {el.text}".strip(), "slanted": slanted})
        elif el.look == "number":
            made.append({"look": "number", "text": el.label})
        else:
            made.append({"look": "title" if el.look == "title" else "text", "text": f"{el.label} {el.text}".strip()})
    return made


def _typst(layout: Layout, *, tags: bool, columns: int = 1) -> bytes:
    import typst

    at = int(str(layout.style["at"]))
    data = {
        "els": _typst_els(layout), "columns": columns, "head": layout.style.get("head", ""), "foot": layout.style.get("foot", ""),
        "size": [10, 11, 10.5, 12][at % 4] if columns == 1 else 9.5, "hyphenate": at % 3 != 1 or columns > 1, "justify": at % 2 == 1,
        "gap": 0.62 if layout.style.get("gap") == "small" and not tags else [1.1, 1.3, 0.95][at % 3], "caps": bool(layout.style.get("caps")), "watermark": layout.style.get("watermark", ""),
        "font": ["Libertinus Serif", "New Computer Modern"][at % 2],
    }  # fmt: skip
    made = typst.compile(_TEMPLATE.encode(), sys_inputs={"d": json.dumps(data)}, format="pdf", pdf_tags=tags, ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def pdf_tagged(layout: Layout) -> bytes:
    """Tagged by typst."""
    return _typst(layout, tags=True)


def pdf_untagged(layout: Layout) -> bytes:
    """Without tags."""
    return _typst(layout, tags=False)


def pdf_columns(layout: Layout) -> bytes:
    """Two columns, without tags."""
    return _typst(layout, tags=False, columns=2)


# Other programs.


def office_pdfs(documents: dict[str, bytes], tagged: bool) -> dict[str, bytes]:
    """Word files as PDF by LibreOffice, all in one run; {} where it is not installed."""
    if shutil.which("soffice") is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in documents.items():
            Path(folder, f"{name}.docx").write_bytes(data)
        options = '{"UseTaggedPDF":{"type":"boolean","value":"%s"}}' % ("true" if tagged else "false")
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", f"pdf:writer_pdf_Export:{options}",
             "--outdir", f"{folder}/ut", *(str(p) for p in sorted(Path(folder).glob("*.docx")))],
            check=True, capture_output=True, timeout=240,
        )  # fmt: skip
        return {name: Path(folder, "ut", f"{name}.pdf").read_bytes() for name in documents}


def browser_pdf(page: bytes) -> bytes:
    """A page printed by Chromium, b"" where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        return b""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.html").write_bytes(page)
        subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/p", "--no-pdf-header-footer",
             f"--print-to-pdf={folder}/x.pdf", f"{folder}/x.html"], check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return Path(folder, "x.pdf").read_bytes()


FORMATS: dict[str, tuple[str, Callable[[Layout], bytes]]] = {
    "docx-auto": (".docx", docx_auto), "docx-skriven": (".docx", docx_typed), "docx-word": (".docx", docx_of_word), "html": (".html", web), "markdown": (".md", markdown),
    "pdf-taggad": (".pdf", pdf_tagged), "pdf-otaggad": (".pdf", pdf_untagged), "pdf-spalter": (".pdf", pdf_columns),
}  # fmt: skip

__all__ = ["FORMATS", "browser_pdf", "decomposed", "docx_auto", "docx_for_print", "office_pdfs", "printed"]
