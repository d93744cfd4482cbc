"""A decision as a document: every amendment is said, the wordings stand there in full, and what is read back does the same."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from generated import BASE, LATER, charters, moments
from hypothesis import given
from lxml import html as lxml_html
from pdfgate import faults
from sample import amended, sample
from test_commands import typed
from test_documents import draft, register  # noqa: F401
from wordtext import W, body, part, settled, text
from wordtext import faults as word_faults

from reglemente_tool.amendments import types
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import ALL, Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Address, Kind, Reads
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision
from reglemente_tool.model.history import Change, Committee, Condition, Decision, Municipality, Revocation
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.saying import clause
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.decided import Annexed, decision_page
from reglemente_tool.writing.flow import Line, Role, flow
from reglemente_tool.writing.page import Page, plain
from reglemente_tool.writing.writers import docx, html, markdown, pdf, terminal
from reglemente_tool.writing.writers import text as as_text

PAR = Address.from_code


def said(amendment: Amendment) -> str:
    one = clause(amendment, "reglementet för parknämnden", "bilaga 1")
    assert one is not None
    return one.words


SAID = [
    (Repeal(target=PAR("par4")), "4 § i reglementet för parknämnden ska upphöra att gälla"),
    (Repeal(target=PAR("par2.st1.ss4"), expects="ansvara för torg"),
     "2 § första stycket fjärde strecksatsen i reglementet för parknämnden, ”ansvara för torg”, ska utgå"),
    (Reword(target=PAR("par3"), old="park", new="parker"), "i 3 § i reglementet för parknämnden ordet ”park” ska bytas ut mot ”parker”"),
    (Reword(target=PAR("par3"), old="i staden", new="", hits=2),
     "i 3 § i reglementet för parknämnden orden ”i staden” på samtliga 2 ställen ska strykas"),
    (Reword(target=Address(), old="park", new="torg", hits=ALL),
     "i hela reglementet för parknämnden ordet ”park” överallt ska bytas ut mot ”torg”"),
    (Substitute(target=PAR("par4"), reads=Reads.NY, wording=Provision(kind=Kind.PARAGRAF)),
     "den nya 4 § i reglementet för parknämnden ska ha följande lydelse:"),
    (Insert(target=PAR("par4").heading(), wording=Provision(kind=Kind.PARAGRAF, heading="Taxor")),
     "närmast före 4 § i reglementet för parknämnden ska införas en ny rubrik med följande lydelse:"),
    (Insert(target=PAR("par4a"), wording=Provision(kind=Kind.PARAGRAF, number="4 a")),
     "det i reglementet för parknämnden ska införas en ny paragraf, 4 a §, med följande lydelse:"),
    (Insert(target=PAR("par2.st1.ss3"), wording=Provision(kind=Kind.STRECKSATS)),
     "i 2 § första stycket i reglementet för parknämnden ska införas en ny tredje strecksats med följande lydelse:"),
    (Insert(target=PAR("par2.st2"), wording=Provision(kind=Kind.STYCKE)),
     "i 2 § i reglementet för parknämnden ska införas ett nytt andra stycke med följande lydelse:"),
    (Insert(target=PAR("par2.st1.p3"), wording=Provision(kind=Kind.PUNKT)),
     "i 2 § första stycket i reglementet för parknämnden ska införas en ny punkt, 3, med följande lydelse:"),
    (Rename(committee=CommitteeId("pn"), old="parknämnden", new="torgnämnden"), "parknämnden ska byta namn till torgnämnden"),
    (Dissolve(), "reglementet för parknämnden ska upphöra att gälla"),
    (Adopt(title="Reglemente för parknämnden", committee=CommitteeId("pn")), "anta reglemente för parknämnden enligt bilaga 1"),
]  # fmt: skip


@pytest.mark.parametrize(("amendment", "words"), SAID, ids=[words[:40] for _, words in SAID])
def test_each_amendment_has_its_words(amendment: Amendment, words: str) -> None:
    assert said(amendment) == words


def test_every_type_of_amendment_has_an_att_sats() -> None:
    assert {type(a) for a, _ in SAID} | {types()["betecknas"]} == set(types().values())


def test_times_are_told_once_or_by_the_numbers_of_their_att_satser() -> None:
    first, last = date(2027, 7, 1), date(2027, 12, 31)
    rule = "Äldre rätt gäller."
    gone, later = Repeal(target=PAR("par4")), Repeal(target=PAR("par5"))
    one = Change(charter=CharterId("a"), in_force_from=first, in_force_until=last, transitional=rule, amendments=(gone, later))
    when, last_one = Condition("när beslutet vunnit laga kraft"), Repeal(target=PAR("par6"))
    other = Change(charter=CharterId("a"), in_force_from=when, amendments=(last_one,))
    back = Revocation(annuls=DecisionId("gammalt"), in_force_from=first)
    about = {CharterId("a"): Annexed("Reglemente för a", None)}

    def told(*changes: Change) -> list[str]:
        decision = Decision(id=LATER, decided_on=first, changes=changes, revocations=(back,))
        page = decision_page(decision, about, revoked={back.annuls: "kommunfullmäktiges beslut 2020-01-01, § 4,"})
        return [line for line in protocol(page).splitlines() if line.startswith("att ")]

    assert told(one)[2:] == [
        "att beslutet ska gälla från och med den 1 juli 2027 till och med den 31 december 2027,",
        "att följande övergångsbestämmelse ska gälla: ”Äldre rätt gäller.”,",
        "att kommunfullmäktiges beslut 2020-01-01, § 4, ska upphöra att gälla från och med den 1 juli 2027.",
    ]
    assert told(one, other)[3:5] == [
        "att att-satserna 1 och 2 ska gälla från och med den 1 juli 2027 till och med den 31 december 2027,",
        "att att-sats 3 ska gälla när beslutet vunnit laga kraft,",
    ]


# --- the protocol says what the amendments do -------------------------------------------------------------------------


def decided(charter: Charter, change: Change, after: Charter) -> Page:
    decision = Decision(id=LATER, decided_on=date(2018, 6, 18), section="99", case_number="KS 2018/4", changes=(change,))
    return decision_page(decision, {charter.id: Annexed(charter.title, redline_page(charter, after))}, municipality="Ekby kommun")


def protocol(page: Page) -> str:
    """The att-satser as they would be pasted into the minutes."""

    def rows(line: Line, depth: int) -> list[str]:
        words = " ".join(part for part in (plain(line.label), plain(line.runs), " | ".join(map(plain, line.cells))) if part)
        inner = [row for one in line.inner for row in rows(one, depth + 1)]
        return ([words] if words else []) + inner

    made = [row for line in flow(page) if line.role is not Role.HEADING for row in rows(line, 0)]
    return "Kommunfullmäktige § 99\n\n" + "\n".join(row for row in made if not row.startswith("– Bilaga ")) + "\n"


def shape(provisions: tuple[Provision, ...]) -> list[object]:
    return [(p.kind, p.number, p.heading, p.text, p.closing, shape(p.children)) for p in provisions]


def applied(charter: Charter, change: Change) -> Charter | None:
    try:
        return apply_together(charter, change, LATER)
    except CannotApply:
        return None


def read_back(charter: Charter, protocol: str) -> Proposal:
    committee = Committee(id=charter.committee, name="parknämnden")
    standing = Standing(Municipality(name="Ekby kommun", code="9999", committees=(committee,)), (charter,))
    return propose(protocol, standing=standing, answers={"BESLUTSDATUM": "2018-06-18", "PARAGRAF": "99"})


@given(moments())
def test_what_is_read_back_does_the_same(moment: tuple[Charter, Change]) -> None:
    charter, change = replace(moment[0], title="Reglemente för parknämnden"), moment[1]
    after = applied(charter, change)
    if after is None:
        return
    read = read_back(charter, protocol(decided(charter, change, after)))
    assert not read.unread, "what the tool writes, the tool reads"
    if read.problems:
        return
    again = Change(charter=charter.id, in_force_from=change.in_force_from, amendments=tuple(s.amendment for s in read.suggestions))
    made = applied(charter, again)
    assert made is not None
    assert shape(made.body) == shape(after.body), protocol(decided(charter, change, after))


@given(moments())
def test_a_document_holds_every_new_word_and_either_wording(moment: tuple[Charter, Change]) -> None:
    charter, change = moment
    after = applied(charter, change)
    if after is None:
        return
    page = decided(charter, change, after)
    content = docx.write(page)
    assert word_faults(content) == []
    for accept, wording in ((True, after), (False, charter)):
        rows = text(settled(content, accept=accept))
        start = next(i for i, row in enumerate(rows) if row.style == "Bilaga")
        clean = text(body(docx.write(clean_page(wording))))[1:]
        assert [row.text for row in rows[start + 1 :]] == [row.text for row in clean]
    said_there = re.sub(r"\W", "", "".join(row.text for row in text(body(content))[:start]))
    for amendment in change.amendments:
        wording = getattr(amendment, "wording", None)
        for p in (wording, *wording.children) if wording else ():
            assert re.sub(r"\W", "", p.text) in said_there
    for format in (markdown, terminal, as_text, html):
        assert "Bilaga 1" in format.write(page).decode()


@given(charters())
def test_a_charter_adopted_new_is_its_own_annex(charter: Charter) -> None:
    adopt = Adopt(title=charter.title, committee=charter.committee, body=charter.body)
    change = Change(charter=charter.id, in_force_from=date(2018, 7, 1), amendments=(adopt,))
    decision = Decision(id=BASE, decided_on=date(2018, 6, 18), changes=(change,))
    page = decision_page(decision, {charter.id: Annexed(charter.title, clean_page(charter))})
    rows = text(body(docx.write(page)))
    assert rows[0].text == f"Antagande av reglemente för {charter.id}"
    assert [r.text for r in rows[-len(text(body(docx.write(clean_page(charter))))) + 1 :]] == [
        r.text for r in text(body(docx.write(clean_page(charter))))[1:]
    ]


# --- the files --------------------------------------------------------------------------------------------------------


def something_of_everything() -> Page:
    old, new = sample(), amended()
    long = Provision(kind=Kind.PARAGRAF, number="4 a", heading="Taxor", children=(
        Provision(kind=Kind.STYCKE, text="Nämnden ska", children=(
            Provision(kind=Kind.PUNKT, number="1", marker="1.", text="föreslå taxor, och"),
            Provision(kind=Kind.PUNKT, number="2", marker="2.", text="följa dem"),
        ), closing="när budgeten medger det."),
    ))  # fmt: skip
    amendments = (
        Insert(target=PAR("par4a"), wording=long),
        Repeal(target=PAR("par5")),
        Substitute(target=PAR("par4").heading(), wording=Provision(kind=Kind.PARAGRAF, heading="Avgifter")),
    )
    rule = "Äldre ärenden prövas enligt äldre rätt."
    change = Change(charter=old.id, in_force_from=date(2026, 7, 1), amendments=amendments, transitional=rule)
    decision = Decision(id=DecisionId("x"), decided_on=date(2026, 6, 17), section="88", case_number="KS 2026/5", changes=(change,))
    annexes = {old.id: Annexed(old.title, redline_page(old, new))}
    return decision_page(decision, annexes, municipality="Ekby kommun", draft="Utkast, inte antaget")


@pytest.mark.parametrize("form", ["lopande", "spalter"])
@pytest.mark.parametrize("markers", ["tecken", "ord"])
def test_the_pdf_passes_the_gate(form: str, markers: str) -> None:
    page = something_of_everything()
    content = pdf.write(page, form=form, markers=markers)
    assert faults(content) == []
    assert content == pdf.write(page, form=form, markers=markers)
    read = [re.sub(r"\s+", " ", p.get_textpage().get_text_range()) for p in pypdfium2.PdfDocument(io.BytesIO(content))]
    assert "att det i reglementet för miljö- och parknämnden ska införas en ny paragraf, 4 a §, med" in read[0]
    assert "följande lydelse: ”Taxor 4 a §" in read[0]
    assert "när budgeten medger det.”," in read[0]
    assert "Bilaga 1: Reglemente för miljö- och gatunämnden, med ändringarna" in read[0]
    assert read[1].lstrip().startswith("Ekby kommun UTKAST, INTE ANTAGET")
    assert "Bilaga 1: " in read[1]


@pytest.mark.parametrize("form", ["lopande", "spalter"])
def test_word_and_html(form: str) -> None:
    page = something_of_everything()
    content = docx.write(page, form=form)
    assert word_faults(content) == []
    assert content == docx.write(page, form=form)
    tree = lxml_html.fromstring(html.write(page, form=form).decode())
    assert len({*tree.xpath("//@id")}) == len(tree.xpath("//@id"))
    assert all(to[1:] in tree.xpath("//@id") for to in tree.xpath("//a/@href"))
    levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(b <= a + 1 for a, b in pairwise(levels))


# --- the commands -----------------------------------------------------------------------------------------------------


def test_an_enacted_decision(register: Path) -> None:  # noqa: F811
    name = draft("--galler-fran 2026-07-01 --beslutat 2026-06-17 --svar PARAGRAF=12")
    assert typed(f"reglemente infor {name} --svar FORTSATTER:2=ja --bekraftad-av kommunjurist")[0] == 0
    (id,) = [path.stem for path in Path("beslut/2026").iterdir()]
    for form in ("pdf", "docx", "html", "md"):
        assert typed(f"reglemente beslut {id} --som {form} --bara-andrat --ut b.{form}")[0] == 0
    assert faults(Path("b.pdf").read_bytes()) == []
    rows = [row.text for row in text(settled(Path("b.docx").read_bytes(), accept=True))]
    assert "att\tbeslutet ska gälla från och med den 1 juli 2026." in rows
    assert [row for row in rows if row.startswith("Bilaga ")] == [
        "Bilaga 1: Reglemente för socialnämnden", "Bilaga 2: Reglemente för kommunstyrelsen",
    ]  # fmt: skip
    assert "Det justerade protokollet gäller." in Path("b.md").read_text(encoding="utf-8")
    assert "Utkast" not in Path("b.md").read_text(encoding="utf-8")


def test_a_text_for_the_council_to_decide_on(register: Path) -> None:  # noqa: F811
    name = draft("--svar FORTSATTER:2=ja")
    code, _ = typed(f"reglemente prova {name} --beslutstext --som docx --ut b.docx")
    assert code == 1, "days are still to be told"
    rows = [row.text for row in text(body(Path("b.docx").read_bytes()))]
    assert "Utkast, inte antaget" in "".join(part(Path("b.docx").read_bytes(), "word/header.xml").itertext())
    assert "att\tbeslutet ska gälla från och med den [dag]." in rows
    code, shown = typed(f"reglemente prova {name} --beslutstext")
    assert "Sammanträdesdag: [dag]" in shown
    assert code == 1


def test_what_is_not_read_is_no_text_to_decide_on(register: Path) -> None:  # noqa: F811
    text_ = Path("beslut.txt").read_text(encoding="utf-8").rstrip(".\n") + ",\natt 3 § i reglementet för socialnämnden görs om i grunden.\n"
    Path("beslut.txt").write_text(text_, encoding="utf-8")
    typed("reglemente las beslut.txt")
    (made,) = Path("forslag").glob("*.xml")
    code, printed = typed(f"reglemente prova {made.stem} --beslutstext --som docx --ut b.docx")
    assert (code, Path("b.docx").exists()) == (1, False)
    assert "Beslutstexten kan inte skrivas än." in printed


def test_the_look_in_word(register: Path) -> None:  # noqa: F811
    Path("utseende").mkdir()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#1b4f9c"/></svg>'
    Path("utseende/vapen.svg").write_text(svg, encoding="utf-8")
    told = 'namn = "Ekby kommun, kansliet"\n[logotyp]\nfil = "vapen.svg"\ntext = "Ekbys vapen"\n[farger]\nrubrik = "#1b4f9c"\n'
    Path("utseende.toml").write_text(told, encoding="utf-8")
    assert typed("reglemente visa socialnämnden --som docx --ut v.docx")[0] == 0
    content = Path("v.docx").read_bytes()
    assert word_faults(content) == []
    assert "Ekby kommun, kansliet" in "".join(body(content).itertext())
    drawn = next(body(content).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    assert drawn.get("descr") == "Ekbys vapen"
    extent = drawn.getprevious()
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (36 * 36000, 18 * 36000)
    title = part(content, "word/styles.xml").find(f"{W}style[@{W}styleId='Title']/{W}rPr/{W}color")
    assert title.get(f"{W}val") == "1b4f9c"
    import docx as word

    assert len(word.Document(str(Path("v.docx"))).inline_shapes) == 1
    typed("reglemente visa socialnämnden --som docx --ut w.docx")
    assert Path("w.docx").read_bytes() == content
