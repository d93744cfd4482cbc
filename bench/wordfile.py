# ruff: noqa: E501
"""The layouts as Word itself saves them: what a file holds that has been typed, moved, numbered and commented for years.

Runs cut in the middle of words with spelling marks and revision ids between, Swedish style names over English ones, numbering bound
to styles with instances that begin anew, content controls, fields (contents, cross references, page numbers), text boxes twice over
in `mc:AlternateContent`, tracked changes and moves, comments, footnotes with their separators, three headers, sections.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from layouts import El, Layout

_NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006", "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml", "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}  # fmt: skip
_ROOT = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NS.items()) + ' mc:Ignorable="w14 w15"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DEFAULT = 'w:default="1" '
_DATE = 'w:author="Kansliet" w:date="2021-05-03T09:12:00Z"'

_STYLES = [
    ("Normal", "Normal", "", '<w:pPr><w:spacing w:after="120"/></w:pPr>'), ("Brdtext", "Body Text", "Normal", ""),
    ("Rubrik", "Title", "Normal", '<w:rPr><w:sz w:val="44"/></w:rPr>'),
    ("Rubrik1", "heading 1", "Normal", '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr>'),
    ("Rubrik2", "heading 2", "Normal", '<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="25"/></w:rPr>'),
    ("Paragrafrubrik", "Paragrafrubrik", "Rubrik2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    ("Paragrafnummer", "Paragrafnummer", "Normal", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr>'),
    ("Liststycke", "List Paragraph", "Normal", '<w:pPr><w:ind w:left="720"/><w:contextualSpacing/></w:pPr>'),
    ("Punktlista", "List Bullet", "Normal", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
    ("Innehllsfrteckningsrubrik", "TOC Heading", "Rubrik1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
    ("Innehll1", "toc 1", "Normal", ""), ("Innehll2", "toc 2", "Normal", ""), ("Sidhuvud", "header", "Normal", ""),
    ("Sidfot", "footer", "Normal", ""), ("Fotnotstext", "footnote text", "Normal", '<w:rPr><w:sz w:val="20"/></w:rPr>'),
]  # fmt: skip


class WordFile:
    """One document. How § numbers and lists are made is chosen by the layout's place: typed, bound to styles, in tabs or boxes."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.at = int(str(layout.style["at"]))
        self.dice = random.Random(f"word-{layout.name}")
        self.ids = 100
        self.next: dict[bool, int] = {}
        self.nums: list[str] = []
        self.notes: list[str] = []
        self.automatic = self.at % 4 in (0, 3)
        self.changed = 0

    def id(self) -> int:
        self.ids += 1
        return self.ids

    # Runs.

    def runs(self, text: str, props: str = "") -> str:
        """The words as Word keeps them: cut where somebody once stopped typing."""
        made: list[str] = []
        d = self.dice
        for piece in re.split(r"(\t|\n|\u00ad|(?<=\w)-(?=\w)|\d+ kap\. \d+ §)", text):
            if not piece:
                continue
            if piece in "\t\n\u00ad-":
                tag = {"\t": "<w:tab/>", "\n": "<w:br/>", "\u00ad": "<w:softHyphen/>", "-": "<w:noBreakHyphen/>"}[piece]
                made.append(f"<w:r><w:rPr>{props}</w:rPr>{tag}</w:r>")
            elif re.fullmatch(r"\d+ kap\. \d+ §", piece) and d.random() < 0.6:
                made.append(self.reference(piece, props))
            else:
                made += self.cut(piece, props)
        if made and d.random() < 0.15:
            made.insert(0, f'<w:bookmarkStart w:id="{self.id()}" w:name="_Hlk{self.ids}"/>')
            made.append(f'<w:bookmarkEnd w:id="{self.ids}"/>')
        return "".join(made)

    def cut(self, text: str, props: str) -> Iterator[str]:
        while text:
            size = self.dice.choice((3, 7, 11, 24, 60, 200))
            part, text = text[:size], text[size:]
            rsid = f"{self.dice.randrange(16**8):08X}"
            run = f'<w:r w:rsidR="{rsid}"><w:rPr>{props}<w:lang w:val="sv-SE"/></w:rPr>%s<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            run %= "<w:lastRenderedPageBreak/>" if self.dice.random() < 0.03 else ""
            match self.dice.randrange(12):
                case 0:
                    run = f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>'
                case 1:
                    run = f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="PersonName">{run}</w:smartTag>'
                case 2:
                    run = f'<w:ins w:id="{self.id()}" {_DATE}>{run}</w:ins>'
                case 3:
                    run = f'<w:del w:id="{self.id()}" {_DATE}><w:r><w:delText xml:space="preserve">struket </w:delText></w:r></w:del>{run}'
                case 4:
                    run = f'<w:sdt><w:sdtPr><w:alias w:val="Fält"/><w:id w:val="{self.id()}"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>'
                case 5:
                    id = self.id()
                    run = (f'<w:commentRangeStart w:id="{id}"/>{run}<w:commentRangeEnd w:id="{id}"/>'
                           f'<w:r><w:rPr><w:rStyle w:val="Kommentarsreferens"/></w:rPr><w:commentReference w:id="{id}"/></w:r>')  # fmt: skip
            yield run

    def reference(self, shown: str, props: str) -> str:
        """A cross reference: a field whose result is what is shown."""
        result = f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{shown}</w:t></w:r>'
        if self.dice.random() < 0.4:
            return f'<w:fldSimple w:instr=" REF _Ref{self.id()} \\h ">{result}</w:fldSimple>'
        return self.field(f" REF _Ref{self.id()} \\r \\h ", result)

    @staticmethod
    def field(code: str, result: str) -> str:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        return f'{mark("begin")}<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{mark("separate")}{result}{mark("end")}'

    # Paragraphs.

    def p(self, content: str, style: str = "", num: tuple[int, int] | None = None, more: str = "", mark: str = "") -> str:
        props = f'<w:pStyle w:val="{style}"/>' if style else ""
        props += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
        props += more + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
        id = f"{self.dice.randrange(16**8):08X}"
        return f'<w:p w14:paraId="{id}" w:rsidR="{id}" w:rsidRDefault="{id}"><w:pPr>{props}</w:pPr>{content}</w:p>'

    def words(self, text: str) -> str:
        """Running text: as it is, or moved here, or after something struck out."""
        style = "Brdtext" if self.at % 2 else ""
        self.changed += 1
        if self.changed % 9 == 4:
            gone = f'<w:del w:id="{self.id()}" {_DATE}><w:r><w:delText>Ett helt stycke som har strukits.</w:delText></w:r></w:del>'
            return self.p(gone, style, mark=f'<w:del w:id="{self.id()}" {_DATE}/>') + self.p(self.runs(text), style)
        if self.changed % 9 == 7:
            name, id = f"flytt{self.id()}", self.ids
            inner = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
            gone = (f'<w:moveFromRangeStart w:id="{id}" {_DATE} w:name="{name}"/><w:moveFrom w:id="{self.id()}" {_DATE}>{inner}</w:moveFrom>')
            come = (f'<w:moveToRangeStart w:id="{self.id()}" {_DATE} w:name="{name}"/><w:moveTo w:id="{self.id()}" {_DATE}>{inner}</w:moveTo>')
            return (self.p(gone, style, mark=f'<w:moveFrom w:id="{self.id()}" {_DATE}/>') + f'<w:moveFromRangeEnd w:id="{id}"/>'
                    + self.p(come, style, mark=f'<w:moveTo w:id="{self.id()}" {_DATE}/>'))  # fmt: skip
        return self.p(self.runs(text), style)

    @staticmethod
    def box(inner: str) -> str:
        """A text box, in both forms that Word writes."""
        content = f"<w:txbxContent>{inner}</w:txbxContent>"
        return (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}'
                f"</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
                f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")  # fmt: skip

    def element(self, at: int, e: El) -> str:
        plain = f"{e.label} {e.text}".strip()
        if e.look == "title":
            if self.at == 2:
                return self.p(self.box(self.p(self.runs(e.text), "Rubrik")))
            return self.p(self.runs(e.text), "Rubrik") if self.at % 3 else self.p(self.runs(e.text, '<w:b/><w:sz w:val="40"/>'))
        if e.look == "cover":
            return f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Cover Pages"/></w:docPartObj></w:sdtPr><w:sdtContent>{self.p(self.runs(e.text))}</w:sdtContent></w:sdt>'
        if e.look == "fact":
            return self.p(self.runs(e.text.replace(": ", ":\t", 1) if self.at % 2 else e.text))
        if e.look == "toc":
            return self.contents()
        if e.look in ("h1", "h2"):
            return self.heading(e, plain)
        if e.look in ("number", "run-in"):
            return self.paragraf(at, e, plain)
        if e.look == "item":
            return self.item(at, e)
        return self.words(e.text)

    def heading(self, e: El, plain: str) -> str:
        if "§" in e.label and self.automatic and self.counted(e):
            return self.p(self.runs(e.text), "Paragrafrubrik", self.instance(e))
        level = int(e.look[1])
        if self.at % 4 == 1:
            slanted = bool(self.layout.style.get("slanted")) and level == 2
            look = "<w:i/>" if slanted else f'<w:rStyle w:val="Stark"/><w:sz w:val="{30 if level == 1 else 25}"/>'
            return self.p(self.runs(plain, look))
        broken = '<w:r><w:br w:type="page"/></w:r>' if level == 1 and self.dice.random() < 0.2 else ""
        toc = f'<w:bookmarkStart w:id="{self.id()}" w:name="_Toc{self.ids}"/>{{}}<w:bookmarkEnd w:id="{self.ids}"/>'
        return self.p(broken + toc.format(self.runs(plain)), f"Rubrik{level}")

    def counted(self, e: El) -> bool:
        """True when the number is one that Word can count to, and the whole label is the number and the sign."""
        number = next((b[1] for b in e.blocks if b[0] == "paragraf"), "")
        return number.isdigit()

    def instance(self, e: El) -> tuple[int, int]:
        """The list instance that displays the label of `e`: the style's own, or one that begins anew."""
        number = int(next(b[1] for b in e.blocks if b[0] == "paragraf"))
        before = e.label.startswith("§")
        expected = self.next.get(before, 1)
        self.next[before] = number + 1
        if number == expected and before and self.layout.style.get("auto"):
            return (1, 0)
        id = len(self.nums) + 10
        self.nums.append(
            f'<w:num w:numId="{id}"><w:abstractNumId w:val="{1 if before else 4}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{number}"/></w:lvlOverride></w:num>'
        )
        return (id, 0)

    def paragraf(self, at: int, e: El, plain: str) -> str:
        automatic = self.automatic and self.counted(e)
        if e.look == "number":
            if automatic:
                return self.p("", "Paragrafnummer", self.instance(e))
            if self.at % 4 == 2 and self.counted(e):
                return self.p(self.box(self.p(self.runs(e.label))))
            return self.p(self.runs(e.label, "<w:b/><w:bCs/>"))
        if automatic:
            return self.p(self.runs(e.text), "", self.instance(e))
        return self.p(self.runs(f"{e.label}\t{e.text}" if self.at % 2 else plain))

    def item(self, at: int, e: El) -> str:
        els = self.layout.els
        if self.at % 4 == 2:
            return self.p(self.runs(f"{e.label}\t{e.text}"), "Liststycke", more=f'<w:ind w:left="{360 * (e.depth + 2)}" w:hanging="360"/>')
        first = at
        while els[first - 1].look == "item" and (e.depth > 0 or els[first - 1].depth >= e.depth):
            first -= 1
        marks = {x.blocks[0][2] for x in els[first:at + 1] if x.depth == e.depth}
        niva, number, marker, _ = e.blocks[0]
        if niva == "strecksats":
            definition = {"•": 2, "–": 5, "-": 6, "o": 7}[marker]
            if marker == "•" and self.at % 4 == 1 and len(marks) == 1:
                return self.p(self.runs(e.text), "Punktlista")
            return self.p(self.runs(e.text), "Liststycke", (definition, e.depth))
        form = 8 if niva == "bokstav" else 3 if marker.endswith(".") else 9
        key = f"lista-{first if e.depth == 0 else at - (int(number) - 1 if number.isdigit() else ord(number) - 97)}-{form}"
        known = getattr(self, "lists", {})
        if key not in known:
            id = len(self.nums) + 10
            start = int(number) if number.isdigit() else ord(number) - 96
            self.nums.append(f'<w:num w:numId="{id}"><w:abstractNumId w:val="{form}"/><w:lvlOverride w:ilvl="{e.depth}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>')
            known[key] = id
            self.lists = known
        return self.p(self.runs(e.text), "Liststycke", (known[key], e.depth))

    def contents(self) -> str:
        """A table of contents: a field over many paragraphs, in a content control or not."""
        entries = [(x.look, f"{x.label} {x.text}".strip()) for x in self.layout.els if x.look in ("h1", "h2") and x.text]
        made = []
        for n, (look, text) in enumerate(entries):
            page = self.field(f" PAGEREF _Toc{n} \\h ", f"<w:r><w:t>{n // 4 + 2}</w:t></w:r>")
            entry = f'<w:hyperlink w:anchor="_Toc{n}">{"".join(self.cut(text, ""))}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
            if n == 0:
                entry = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + entry
            made.append(self.p(entry, f"Innehll{look[1]}"))
        made.append(self.p('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
        heading = self.p(self.runs("Innehåll"), "Innehllsfrteckningsrubrik")
        if self.at % 2:
            return heading + "".join(made)
        return f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{heading}{"".join(made)}</w:sdtContent></w:sdt>'

    def table(self, rows: list[El]) -> str:
        made = []
        for at, e in enumerate(rows):
            inner = [f'<w:tc><w:tcPr><w:tcW w:w="2400" w:type="dxa"/></w:tcPr>{self.p(self.runs(c))}</w:tc>' for c in e.cells]
            if at == 1 and len(inner) > 1:
                inner[1] = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{inner[1]}</w:sdtContent></w:sdt>"
            head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if at == 0 and len(rows) > 4 else ""
            made.append(f'<w:tr w:rsidR="00A1">{head}{"".join(inner)}</w:tr>')
        grid = "".join('<w:gridCol w:w="2400"/>' for _ in rows[0].cells)
        return f'<w:tbl><w:tblPr><w:tblStyle w:val="Tabellrutnt"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(made)}</w:tbl>'

    def body(self) -> Iterator[str]:
        els = self.layout.els
        at = 0
        while at < len(els):
            if els[at].look == "row":
                end = at
                while end < len(els) and els[end].look == "row":
                    end += 1
                yield self.table(els[at:end]) + self.p("")
                at = end
                continue
            made = self.element(at, els[at])
            if at + 1 < len(els) and els[at + 1].look == "note":
                id = len(self.notes) + 1
                self.notes.append(els[at + 1].text)
                reference = f'<w:r><w:rPr><w:rStyle w:val="Fotnotsreferens"/></w:rPr><w:footnoteReference w:id="{id}"/></w:r>'
                made = made.removesuffix("</w:p>") + reference + "</w:p>"
                at += 1
            at += 1
            yield made + (self.p("", more='<w:sectPr><w:type w:val="continuous"/></w:sectPr>') if at == len(els) // 2 else "")

    # The parts.

    def numbering(self) -> str:
        def levels(form: str, text: str, font: str = "", more: str = "") -> str:
            made = []
            for at in range(9):
                shown = text if form == "bullet" else text.replace("%1", f"%{at + 1}")
                fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:hint="default"/></w:rPr>' if font else ""
                made.append(f'<w:lvl w:ilvl="{at}" w:tplc="041D000F"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more if at == 0 else ""}<w:lvlText w:val={quoteattr(shown)}/>'
                            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{720 * (at + 1)}" w:hanging="360"/></w:pPr>{fonts}</w:lvl>')
            return "".join(made)

        linked = '<w:pStyle w:val="Paragrafnummer"/><w:suff w:val="space"/>'
        made = [
            levels("decimal", "§ %1", more=linked), levels("bullet", "\uf0b7", "Symbol"), levels("decimal", "%1."), levels("decimal", "%1 §"),
            levels("bullet", "–", "Times New Roman"), levels("bullet", "-", "Calibri"), levels("bullet", "o", "Courier New"), levels("lowerLetter", "%1)"),
            levels("decimal", "%1)"),
        ]  # fmt: skip
        definitions = "".join(f'<w:abstractNum w:abstractNumId="{n}" w15:restartNumberingAfterBreak="0"><w:nsid w:val="0A{n}B1C2D"/><w:multiLevelType w:val="hybridMultilevel"/><w:tmpl w:val="5E{n}"/>{text}</w:abstractNum>' for n, text in enumerate(made, 1))
        own = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(made) + 1))
        return f"<w:numbering {_ROOT}>{definitions}{own}{''.join(self.nums)}</w:numbering>"

    def running(self, text: str) -> str:
        page = self.field(" PAGE ", "<w:r><w:t>2</w:t></w:r>")
        return "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' + (page if at < text.count("{}") else "")
                       for at, part in enumerate(text.split("{}")))  # fmt: skip

    def bytes(self) -> bytes:
        style = self.layout.style
        body = "".join(self.body())
        water = f'<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject" type="#_x0000_t136"><v:textpath string="{style["watermark"]}"/></v:shape></w:pict></w:r>' if style.get("watermark") else ""
        refs = "".join(f'<w:{part}Reference w:type="{kind}" r:id="{part}{n}"/>' for part in ("header", "footer") for n, kind in enumerate(("default", "first", "even"), 1))
        parts = {"word/document.xml": f"<w:document {_ROOT}><w:body>{body}<w:sectPr>{refs}<w:titlePg/></w:sectPr></w:body></w:document>"}
        parts["word/styles.xml"] = f"<w:styles {_ROOT}>" + '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>' + "".join(
            f'<w:style w:type="paragraph" {DEFAULT if id == "Normal" else ""}w:styleId="{id}"><w:name w:val="{name}"/>'
            + (f'<w:basedOn w:val="{base}"/>' if base else "") + f"{props}</w:style>" for id, name, base, props in _STYLES
        ) + '<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style></w:styles>'  # fmt: skip
        parts["word/numbering.xml"] = self.numbering()
        separators = "".join(f'<w:footnote w:type="{kind}" w:id="{n}">{self.p("<w:r><w:separator/></w:r>")}</w:footnote>' for n, kind in ((-1, "separator"), (0, "continuationSeparator")))
        own = '<w:r><w:rPr><w:rStyle w:val="Fotnotsreferens"/></w:rPr><w:footnoteRef/></w:r>'
        notes = "".join(f'<w:footnote w:id="{n}">{self.p(own + self.runs(" " + note), "Fotnotstext")}</w:footnote>' for n, note in enumerate(self.notes, 1))
        parts["word/footnotes.xml"] = f"<w:footnotes {_ROOT}>{separators}{notes}</w:footnotes>"
        parts["word/comments.xml"] = f"<w:comments {_ROOT}></w:comments>"
        for n in (1, 2, 3):
            head = str(style.get("head") or "") + (f" {('', 'förstasida', '2019-11-04')[n - 1]}" if style.get("vary") else "")
            parts[f"word/header{n}.xml"] = f"<w:hdr {_ROOT}>{self.p(water + self.running(head), 'Sidhuvud')}</w:hdr>"
            parts[f"word/footer{n}.xml"] = f"<w:ftr {_ROOT}>{self.p(self.running(str(style.get('foot') or '')), 'Sidfot')}</w:ftr>"
        kinds = [("styles", "styles"), ("numbering", "numbering"), ("footnotes", "footnotes"), ("comments", "comments")]
        kinds += [(f"{part}{n}", part) for part in ("header", "footer") for n in (1, 2, 3)]
        parts["word/_rels/document.xml.rels"] = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
            f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{name}.xml"/>' for name, kind in kinds) + "</Relationships>"  # fmt: skip
        parts["_rels/.rels"] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>'
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>' for name, kind in [("document", "document.main"), *kinds])
        parts["[Content_Types].xml"] = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
        return out.getvalue()


def docx_of_word(layout: Layout) -> bytes:
    """The layout as a file of Word's own."""
    return WordFile(layout).bytes()
