# ruff: noqa: E501
"""Charters as municipalities' own templates set them: a check that the import is not tuned to the layouts measured so far.

Word files by python-docx with real fields (a table of contents that is a field, page numbers), cover pages with tables of facts,
numbered headings, all the usual ways of writing a § and marking a list, footers with addresses, annexes with delegation and with who
answers for what; and the PDF that LibreOffice makes of each, tagged and untagged. `python bench/municipal.py [-v] [NAME …]` measures;
all text is invented, nothing here is held.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from importing import differences, measured, row
from rendering import office_pdfs

from reglemente_tool.reading.sources import source_for
from reglemente_tool.reading.wording import read_document

Facit = list[tuple[str, str, str]]


class Municipal:
    """A Word file that is being written, and what it is to be read as."""

    def __init__(self, font: str = "Calibri", size: float = 11) -> None:
        self.word = docx.Document()
        self.word.styles["Normal"].font.name, self.word.styles["Normal"].font.size = font, Pt(size)
        self.facit: Facit = []

    def say(self, text: str, *blocks: tuple[str, str, str], style: str = "", bold: bool = False, size: float = 0, italic: bool = False, centred: bool = False) -> None:
        p = self.word.add_paragraph(style=style or None)
        run = p.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
        if centred:
            p.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.facit += blocks

    def title(self, text: str, **how: object) -> None:
        self.say(text, ("titel", "", text), **how)  # type: ignore[arg-type]

    def fact(self, text: str, **how: object) -> None:
        self.say(text, ("metadata", "", text), **how)  # type: ignore[arg-type]

    def facts(self, *rows: tuple[str, ...], optional: bool = False) -> None:
        self.rows(*rows, level="metadata")

    def rows(self, *rows: tuple[str, ...], level: str = "tabellrad") -> None:
        table = self.word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for cells in rows:
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = text
            self.facit.append((level, "", " | ".join(cells).strip()))

    def heading(self, text: str, level: int = 1, number: str = "", to: str = "") -> None:
        self.word.add_heading(f"{number}{' ' if number else ''}{text}", level)
        self.facit.append((to or f"rubrik{level}", number.rstrip("."), text))

    def paragraf(self, printed: str, number: str, title: str = "", *, how: str = "bold") -> None:
        shown = f"{printed} {title}".strip()
        if how == "heading":
            self.word.add_heading(shown, 2)
        else:
            self.say(shown, bold=how == "bold", italic=how == "italic")
        self.facit.append(("paragraf", number, title))

    def run_in(self, printed: str, number: str, text: str, *, tab: bool = False) -> None:
        p = self.word.add_paragraph()
        p.add_run(printed).bold = True
        p.add_run(("\t" if tab else " ") + text)
        self.facit += [("paragraf", number, ""), ("stycke", "", text)]

    def stycke(self, text: str) -> None:
        self.say(text, ("stycke", "", text))

    def items(self, *words: str, mark: str = "•", level: str = "strecksats", style: str = "", tab: bool = True) -> None:
        for at, text in enumerate(words):
            number = str(at + 1) if "1" in mark else chr(97 + at) if "a" in mark else ""
            shown = mark.replace("1", number).replace("a", number or "a") if number else mark
            if style:
                self.say(text, style=style)
            else:
                self.say(shown + ("\t" if tab else " ") + text)
                self.word.paragraphs[-1].paragraph_format.left_indent = Pt(36)
                self.word.paragraphs[-1].paragraph_format.first_line_indent = Pt(-18)
            self.facit.append((level, number, text))

    def contents(self, *entries: tuple[str, int], field: bool = True, heading: str = "Innehållsförteckning") -> None:
        """A table of contents: as Word makes it, or typed with leaders."""
        self.say(heading, bold=True, size=14)
        if field:
            self._field_part("begin")
        for at, (text, page) in enumerate(entries):
            p = self.word.add_paragraph()
            if field and at == 0:
                p._p.insert(0, self._pending)
                p._p.insert(1, self._instruction('TOC \\o "1-3" \\h \\z \\u'))
                p._p.insert(2, self._char("separate"))
            p.add_run(f"{text}\t{page}" if field else f"{text} {'.' * (70 - len(text))} {page}")
        if field:
            self.word.paragraphs[-1]._p.append(self._char("end"))
        self.word.add_page_break()

    def _field_part(self, kind: str) -> None:
        self._pending = self._char(kind)

    @staticmethod
    def _char(kind: str) -> object:
        r, c = OxmlElement("w:r"), OxmlElement("w:fldChar")
        c.set(qn("w:fldCharType"), kind)
        r.append(c)
        return r

    @staticmethod
    def _instruction(code: str) -> object:
        r, c = OxmlElement("w:r"), OxmlElement("w:instrText")
        c.text = f" {code} "
        r.append(c)
        return r

    def running(self, head: str = "", foot: tuple[str, ...] = (), *, pages: str = "Sid {}({})", in_foot: bool = False, first: str | None = None) -> None:
        """Header and footer with page numbers that Word counts; `first` is the header of the first page where it has one of its own."""
        section = self.word.sections[0]
        section.different_first_page_header_footer = first is not None
        p = (section.footer if in_foot else section.header).paragraphs[0]
        p.add_run(f"{head}\t\t{pages.split('{}')[0]}" if not in_foot else pages.split("{}")[0])
        for at, code in enumerate(("PAGE", "NUMPAGES")[: pages.count("{}")]):
            for part in (self._char("begin"), self._instruction(code), self._char("separate")):
                p._p.append(part)
            p.add_run("1")
            p._p.append(self._char("end"))
            p.add_run(pages.split("{}")[at + 1])
        if in_foot and head:
            section.header.paragraphs[0].text = head
        for text in foot:
            q = section.footer.add_paragraph()
            q.add_run(text).font.size = Pt(8)
        if first:
            section.first_page_header.paragraphs[0].text = first
            for text in foot:
                section.first_page_footer.add_paragraph().add_run(text).font.size = Pt(8)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()


TASKS = ("förskola och pedagogisk omsorg", "grundskola och fritidshem", "anpassad grundskola", "elevhälsa")
LONG = "Nämnden ska följa utvecklingen inom sitt verksamhetsområde och ta de initiativ som behövs, och den ska samråda med andra nämnder när ett ärende berör deras ansvar."
SHORT = "Nämnden ska verka för samråd med dem som använder dess tjänster."


def cover_table() -> Municipal:
    """A cover with a table of facts, a contents field, decimal headings over "1 §", a footer with the address."""
    m = Municipal()
    m.running("Norrboda kommun", ("Norrboda kommun · Storgatan 1 · 999 99 Norrboda", "Tfn 0999-99 99 99 · kommunen@norrboda.example · Org.nr 999999-9999"), pages="{} ({})", first="")
    m.title("Reglemente för barn- och utbildningsnämnden", style="Title")
    m.facts(("Antagen av", "Kommunfullmäktige"), ("Datum", "2022-11-28 § 154"), ("Diarienummer", "KS 2022/00318"), ("Dokumentansvarig", "Kommunsekreteraren"), ("Gäller från", "2023-01-01"), ("Ersätter", "Reglemente antaget 2018-12-17 § 201"))
    m.word.add_page_break()
    m.contents(("1 Nämndens uppdrag", 3), ("1.1 Ansvar", 3), ("1.2 Uppgifter", 3), ("2 Arbetsformer", 4), ("2.1 Sammanträden", 4), ("2.2 Kallelse", 4))
    m.heading("Nämndens uppdrag", 1, "1")
    m.heading("Ansvar", 2, "1.1")
    m.paragraf("1 §", "1")
    m.stycke(LONG)
    m.heading("Uppgifter", 2, "1.2")
    m.paragraf("2 §", "2")
    m.stycke("Nämnden fullgör kommunens uppgifter inom")
    m.items(*TASKS, style="List Bullet")
    m.stycke(SHORT)
    m.heading("Arbetsformer", 1, "2")
    m.heading("Sammanträden", 2, "2.1")
    m.paragraf("3 §", "3")
    m.stycke("Nämnden sammanträder på dag och tid som nämnden bestämmer.")
    m.heading("Kallelse", 2, "2.2")
    m.paragraf("4 §", "4")
    m.stycke("Ordföranden kallar till sammanträdena.")
    return m


def dotted() -> Municipal:
    """A contents list typed with leaders, "§ 1 Title" as headings, items with *, "Sid 3(12)" in the header."""
    m = Municipal("Times New Roman", 12)
    m.running("NORRBODA KOMMUN", pages="Sid {}({})")
    m.fact("Kommunal författningssamling", size=14)
    m.title("REGLEMENTE FÖR TEKNISKA NÄMNDEN", bold=True, size=18)
    m.fact("Antaget av kommunfullmäktige 2010-06-14, § 88. Reviderat 2014-11-24, § 140, och 2018-12-10, § 177.")
    m.contents(("§ 1 Verksamhetsområde", 1), ("§ 2 Delegering", 1), ("§ 3 Organisation", 2), ("§ 4 Uppföljning", 2), field=False, heading="INNEHÅLL")
    m.paragraf("§ 1", "1", "Verksamhetsområde")
    m.stycke("Tekniska nämnden ansvarar för")
    m.items("gator och vägar,", "vatten och avlopp,", "renhållning, samt", "kommunens fastigheter.", mark="*", tab=False)
    m.stycke("Nämnden har dessutom hand om trafikfrågor.")
    m.paragraf("§ 2", "2", "Delegering")
    m.stycke("Nämnden ska besluta i följande grupper av ärenden:")
    m.items("ärenden om upplåtelse av allmän plats,", "ärenden om lokala trafikföreskrifter, och", "yttranden i sådana ärenden.", mark="1)", level="punkt")
    m.paragraf("§ 3", "3", "Organisation")
    m.stycke(LONG)
    m.paragraf("§ 4", "4", "Uppföljning")
    m.stycke(SHORT)
    return m


def run_in_dots() -> Municipal:
    """"1.§" with text on the line, headings slanted, letters a) b), a dash without a list style, signatures of the printing office at the foot."""
    m = Municipal("Garamond", 11)
    m.running("Reglemente för valnämnden", ("Postadress: Norrboda kommun, 999 99 Norrboda   Besöksadress: Storgatan 1   Organisationsnummer: 999999-9999",), pages="{}", in_foot=True)
    m.title("Reglemente för valnämnden", bold=True, size=16, centred=True)
    m.fact("Gäller från: 2019-01-01", centred=True)
    m.fact("Dnr: KSN-2018-0123", centred=True)
    m.say("Nämndens uppgifter", ("rubrik1", "", "Nämndens uppgifter"), italic=True)
    m.run_in("1.§", "1", "Valnämnden är lokal valmyndighet och fullgör de uppgifter som följer av vallagen (2005:837).")
    m.run_in("2.§", "2", "Nämnden ska särskilt")
    m.items("utse vallokaler,", "förordna röstmottagare, och", "svara för utbildning.", mark="a)", level="bokstav")
    m.say("Sammansättning", ("rubrik1", "", "Sammansättning"), italic=True)
    m.run_in("3.§", "3", "Valnämnden har fem ledamöter och fem ersättare.")
    m.run_in("4.§", "4", "Om nämnden inte har bestämt något annat ska ersättare")
    m.items("kallas till varje sammanträde", "få handlingarna", mark="–", tab=False)
    m.stycke("En ersättare som har börjat tjänstgöra har företräde, oberoende av turordningen.")
    return m


def tabbed() -> Municipal:
    """§ and text side by side with a tab, chapters in capitals "KAPITEL 1", hyphens as list marks with a following capital."""
    m = Municipal("Arial", 10)
    m.running("", pages="Sida {} av {}", in_foot=True)
    m.facts(("Dokumenttyp", "Reglemente", "Beslutad av", "Kommunfullmäktige"), ("Dokumentnamn", "Reglemente för socialnämnden", "Beslutsdatum", "2021-04-26"), ("Version", "3", "Diarienummer", "2021/0147"))
    m.title("Reglemente för socialnämnden", style="Title")
    m.heading("KAPITEL 1 NÄMNDENS UPPGIFTER", 1)
    m.facit[-1] = ("kapitel", "1", "NÄMNDENS UPPGIFTER")
    m.run_in("1 §", "1", "Socialnämnden fullgör kommunens uppgifter inom socialtjänsten.", tab=True)
    m.run_in("2 §", "2", "Nämnden ansvarar för", tab=True)
    m.items("Stöd till barn och familjer", "Missbruksvård", "Ekonomiskt bistånd", mark="-")
    m.heading("KAPITEL 2 ARBETSFORMER", 1)
    m.facit[-1] = ("kapitel", "2", "ARBETSFORMER")
    m.run_in("1 §", "1", "Nämnden sammanträder en gång i månaden.", tab=True)
    m.stycke("Sammanträdena är inte offentliga.")
    m.run_in("2 §", "2", "Ordföranden ska", tab=True)
    m.items("leda arbetet,", "bereda ärendena, samt", "bevaka att besluten verkställs.", mark="1.", level="punkt")
    return m


def annexes() -> Municipal:
    """Annexes with the delegation and with who answers for what, each on a page of its own; a title again in the header."""
    m = Municipal("Calibri", 11.5)
    m.running("Reglemente för miljö- och byggnämnden", ("Norrboda kommun",), pages="{}({})")
    m.title("Reglemente för miljö- och byggnämnden", style="Title")
    m.fact("Beslutad av kommunfullmäktige den 25 september 2017, § 112")
    m.heading("Uppdrag", 1)
    m.paragraf("§ 1", "1", how="italic")
    m.stycke(LONG)
    m.paragraf("§ 2", "2", how="italic")
    m.stycke("Ärenden som har delegerats framgår av bilaga 1 och ansvaret av bilaga 2.")
    m.heading("Arbetsformer", 1)
    m.paragraf("§ 3", "3", how="italic")
    m.stycke(SHORT)
    m.word.add_page_break()
    m.heading("Bilaga 1 Delegering", 1)
    m.facit[-1] = ("bilaga", "1", "Delegering")
    m.rows(("Nr", "Ärende", "Delegat"), ("1.1", "Bygglov för komplementbyggnad", "Handläggare"), ("1.2", "Rivningslov", "Bygglovschef"), ("1.3", "Strandskyddsdispens", "Arbetsutskottet"))
    m.word.add_page_break()
    m.heading("Bilaga 2 Ansvar", 1)
    m.facit[-1] = ("bilaga", "2", "Ansvar")
    m.stycke("Av tabellen framgår vem som svarar för vad.")
    m.rows(("Område", "Ansvarig nämnd", "Medverkar"), ("Tillsyn enligt miljöbalken", "Miljö- och byggnämnden", "Kommunstyrelsen"), ("Översiktsplan", "Kommunstyrelsen", "Miljö- och byggnämnden"))
    return m


def plain_numbers() -> Municipal:
    """Numbered headings "1.", "1.1" instead of §§, an ingress, "Innehållsförteckning" as a field, facts on lines of their own."""
    m = Municipal("Calibri", 11)
    m.running("Norrboda kommun", pages="{}")
    m.fact("Norrboda kommun")
    m.title("Reglemente för kultur- och fritidsnämnden", style="Title")
    m.fact("Fastställt av: Kommunfullmäktige")
    m.fact("Fastställt den: 2024-02-26, § 14")
    m.fact("Ansvarig för revidering: Kultur- och fritidschefen")
    m.contents(("1. Inledning", 2), ("2. Ansvarsområde", 2), ("2.1 Kultur", 2), ("2.2 Fritid", 2), ("3. Ekonomi", 3))
    m.heading("Inledning", 1, "1.")
    m.stycke("Utöver det som föreskrivs i kommunallagen gäller bestämmelserna i detta reglemente.")
    m.heading("Ansvarsområde", 1, "2.")
    m.heading("Kultur", 2, "2.1")
    m.stycke("Nämnden ansvarar för")
    m.items("bibliotek", "kulturskola", "konst", style="List Bullet")
    m.heading("Fritid", 2, "2.2")
    m.stycke(LONG)
    m.heading("Ekonomi", 1, "3.")
    m.stycke(SHORT)
    return m


LAYOUTS: tuple[Callable[[], Municipal], ...] = (cover_table, dotted, run_in_dots, tabbed, annexes, plain_numbers)


def main(arguments: list[str]) -> int:
    """Measure every layout as Word and as PDF."""
    chosen = [a for a in arguments if not a.startswith("-")]
    made = {f.__name__: f() for f in LAYOUTS if not chosen or f.__name__ in chosen}
    words = {name: m.bytes() for name, m in made.items()}
    files = [(name, "docx", ".docx", data) for name, data in words.items()]
    for tagged in (True, False):
        files += [(name, f"pdf {'taggad' if tagged else 'otaggad'}", ".pdf", data) for name, data in office_pdfs(words, tagged).items()]
    for name, kind, suffix, data in files:
        read = read_document(source_for(suffix).read(data))
        found: list[dict[str, object]] = [{"niva": b.level, "nr": b.number, "markor": b.marker, "text": b.text} for b in read.blocks]
        facit: list[dict[str, object]] = [{"niva": level, "nr": number, "markor": "", "text": text} for level, number, text in made[name].facit]
        print(row(f"{name}, {kind}", measured(facit, found), len(facit)))
        if "-v" in arguments:
            differences(facit, found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
