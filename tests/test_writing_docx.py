"""DOCX: what is left when all changes are accepted is the new text, when all are rejected the old; and a file that Word opens."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx as word
import libreoffice
import pytest
from conftest import cases, expect, sections
from edited import pairs
from generated import charters
from hypothesis import given
from hypothesis import strategies as st
from sample import amended, at, changed, read, sample, without
from wordtext import Para, W, body, faults, paras, part, settled, shown, text

from reglemente_tool.compare import label
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE, Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, edit, walk
from reglemente_tool.model.identity import carry, name_body
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.columns import columns
from reglemente_tool.writing.page import Block, CannotWrite, Mark, Page, Run
from reglemente_tool.writing.writers import docx

EVIL = 'a\x00b \x1b[31m \u202edolt \ufffe\uffff \ud800 ]]> <w:t>&amp;"\' {{x}} \U0001f600 åäö é e\u0301'
WORD = "kommunalförbundsdirektionsledamotsersättningsreglementsbilaga"


def redline(**fields: object) -> Page:
    return replace(redline_page(sample(), amended(), municipality="Ekby kommun", status=("Förslag, inte beslutat.",)), **fields)


def clean(charter: Charter) -> list[Para]:
    return text(body(docx.write(clean_page(charter))))


# --- the laws -----------------------------------------------------------------------------------------------------


def holds(old: Charter, new: Charter) -> None:
    content = docx.write(redline_page(old, new))
    assert faults(content) == []
    assert text(settled(content, accept=True)) == clean(new)
    assert text(settled(content, accept=False)) == clean(old)


@given(pairs(), st.sampled_from(["", RUN_IN, TITLE_LINE]))
def test_accepted_it_is_the_new_text_and_rejected_the_old(both: tuple[Charter, Charter], layout: str) -> None:
    old, new = (replace(c, body=tuple(laid(p, layout) for p in c.body)) for c in both)
    holds(old, new)


def laid(p: Provision, layout: str) -> Provision:
    own = layout if p.kind is Kind.PARAGRAF else p.layout
    return replace(p, layout=own, children=tuple(laid(c, layout) for c in p.children))


@given(charters())
def test_a_clean_document_holds_the_text(charter: Charter) -> None:
    content = docx.write(clean_page(charter))
    assert faults(content) == []
    said = [charter.title, *lines(charter.body)]
    assert [re.sub(r"\s", "", p.text) for p in text(body(content))] == [re.sub(r"\s", "", line) for line in said]


def lines(provisions: Iterable[Provision]) -> list[str]:
    """The lines that a charter is printed in, said anew from the charter alone."""
    made: list[str] = []
    for p in provisions:
        apart = p.kind is Kind.PARAGRAF
        made += [p.heading, label(p)] if apart else []
        own = p.heading if p.kind in (Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA) else ""
        made += [] if apart else [f"{label(p)}{own}{p.text}"]
        made += [*lines(p.children), p.closing]
    return [line for line in made if line]


PAIRS = [p for p in cases("writing") if {"före", "efter"} <= sections(p).keys()]


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: p.stem)
def test_every_case_can_be_accepted_and_rejected(path: Path) -> None:
    holds(*both_in(path))


def test_the_sample_with_every_sort_of_change() -> None:
    holds(sample(), amended())
    holds(amended(), sample())


# --- cases --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", cases("docx"), ids=lambda p: p.stem)
def test_in_word(path: Path, request: pytest.FixtureRequest) -> None:
    old, new = both_in(path)
    holds(old, new)
    expect(request, path, "word", shown(docx.write(redline_page(old, new))).partition("avvisa alla så står den tidigare.\n")[2])


def both_in(path: Path) -> tuple[Charter, Charter]:
    """The two wordings of a case, the new one with the identities of what is alike in the old, also where it has moved."""
    found = sections(path)
    old, new = read(found["före"]), read(found["efter"])
    body = carry(old.body, tuple(map(nameless, new.body)))
    left = {p.wid for p in walk(old.body)} - {p.wid for p in walk(body)}
    moved = {(p.kind, p.text): p.wid for p in walk(old.body) if p.wid in left and p.text}

    def named(p: Provision) -> Provision:
        return replace(p, wid=p.wid or moved.get((p.kind, p.text), Wid("")), children=tuple(map(named, p.children)))

    return old, name_body(replace(new, body=tuple(map(named, body))), DecisionId("kf-2021-11-29-8"))


def nameless(p: Provision) -> Provision:
    return replace(p, wid=Wid(""), children=tuple(map(nameless, p.children)))


# --- what Word is told --------------------------------------------------------------------------------------------


def test_the_council_is_the_author_and_the_decisions_day_the_date() -> None:
    page = redline(facts=(("Antaget", "kommunfullmäktige 2019-02-25, § 31"), ("Senast reviderat", "kommunfullmäktige 2021-11-29, § 8"),
                          ("Gäller från", "2022-01-01")))  # fmt: skip
    changes = list(body(docx.write(page)).iter(f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"))
    assert {e.get(f"{W}author") for e in changes} == {"Kommunfullmäktige i Ekby kommun"}
    assert {e.get(f"{W}date") for e in changes} == {"2021-11-29T12:00:00Z", "2021-11-29T12:02:00Z"}


def test_nobody_has_made_the_changes_of_a_draft() -> None:
    page = redline(draft="Utkast, inte antaget", facts=(("Senast reviderat", "2020-02-02"), ("Gäller från", "2027-01-01")))
    made = {(e.get(f"{W}author"), e.get(f"{W}date")[:10]) for e in body(docx.write(page)).iter(f"{W}ins", f"{W}del")}
    assert made == {("Förslag till kommunfullmäktige i Ekby kommun", "2027-01-01")}


def test_a_shortened_redline_says_that_neither_wording_comes_out_whole() -> None:
    content = docx.write(redline_page(sample(), amended(), only_changed=True))
    assert faults(content) == []
    status = [p.text for p in paras(body(content)) if p.style == "Status"]
    assert status == [
        "Ändringarna är spårade. Bara de paragrafer som ändras står här, så ingen av lydelserna blir hel om de godkänns eller avvisas."
    ]


def test_paragraphs_in_a_row_differ_in_time() -> None:
    """Else LibreOffice makes one change of what comes at the end of a paragraph and the new paragraph after it."""
    for p in body(docx.write(redline())).iter(f"{W}p"):
        after = p.getnext()
        times = [{e.get(f"{W}date") for e in one.iter(f"{W}ins", f"{W}del")} for one in (p, after) if one is not None and one.tag == p.tag]
        assert all(len(found) <= 1 for found in times)
        assert len(times) < 2 or not all(times) or times[0] != times[1]


def test_notes_are_comments_and_belong_to_neither_wording() -> None:
    content = docx.write(redline())
    comments = ["".join(c.itertext()) for c in part(content, "word/comments.xml")]
    assert comments == [
        "Flyttad hit från tredje strecksatsen.", "Flyttad till första strecksatsen.", "Flyttat hit från 7 § andra stycket.",
        "Listans skiljetecken.", "Flyttat till 6 § andra stycket.", "Paragrafen upphör att gälla.", "Ny paragraf.", "Tidigare 12 §.",
    ]  # fmt: skip
    for way in (True, False):
        assert not any("lyttad" in p.text or "Ny paragraf" in p.text for p in paras(settled(content, accept=way)))
    assert {c.get(f"{W}author") for c in part(content, "word/comments.xml")} == {"Redaktionell anmärkning"}


def test_what_leaves_for_another_charter_goes_with_a_word_on_where() -> None:
    old, new = sample(), without(sample(), "par2.st1.ss4")
    page = redline_page(old, new, elsewhere={at(old, "par2.st1.ss4").wid: "flyttad till reglemente för kommunstyrelsen, 2 §"})
    content = docx.write(page)
    assert "{-informera om allemansrätten-}[Flyttad till reglemente för kommunstyrelsen, 2 §.]{-¶-}" in shown(content)
    assert faults(content) == []


def test_a_heading_that_comes_lays_those_under_it_deeper_and_rejected_lays_them_back() -> None:
    old = changed(sample(), "par6", heading="")
    assert "Heading3 (Heading2): 6 §" in shown(docx.write(redline_page(old, sample())))
    holds(old, sample())


def test_a_number_runs_on_to_the_next_stycke_when_its_own_goes() -> None:
    old = read("Reglemente för parknämnden\n\n1 § Första stycket.\n\nAndra stycket.\n\n2 § Övrigt.\n")
    new = without(old, "par1.st1")
    assert "BodyText: 1 § {-Första stycket.-}{-¶-}\nBodyText: Andra stycket." in shown(docx.write(redline_page(old, new)))
    holds(old, new)
    holds(new, old)


def test_a_number_alone_does_not_run_on_into_the_next_paragraf() -> None:
    old = read("Reglemente för parknämnden\n\n1 § Första.\n\n2 § Andra.\n\nTredje.\n")
    new = without(without(old, "par1.st1"), "par2.st1")
    assert [p.text for p in clean(new)[1:]] == ["1 §", "2 § Tredje."]
    holds(old, new)
    holds(new, old)


def test_a_row_that_gets_another_number_of_cells_goes_and_comes_whole() -> None:
    old, new = sample(), changed(sample(), "bil1.tab1.rad2", text="Grävtillstånd | parkchefen")
    assert "TabellText {-rad-}: {-Grävtillstånd-}{-¶-}" in shown(docx.write(redline_page(old, new)))
    holds(old, new)
    holds(new, old)


def test_a_charter_that_is_wholly_new_and_one_that_goes() -> None:
    nothing = Charter(CharterId("mpn"), "", CommitteeId(""))
    holds(nothing, replace(sample(), title=""))
    holds(replace(sample(), title=""), nothing)
    holds(sample(), replace(sample(), body=(), repealed=True))


def test_an_origin_is_a_footnote() -> None:
    content = docx.write(clean_page(sample(), origins={at(sample(), "par4").wid: "sedan 2021-01-01, KF § 9"}))
    notes = ["".join(n.itertext()) for n in part(content, "word/footnotes.xml") if not n.get(f"{W}type")]
    assert notes == [" Lydelse sedan 2021-01-01, KF § 9."]
    assert text(body(content)) == clean(sample())
    assert faults(content) == []


# --- the document -------------------------------------------------------------------------------------------------


def test_the_head_says_what_it_is() -> None:
    page = redline(draft="Utkast, inte antaget")
    content = docx.write(page)
    assert [p for p in paras(body(content)) if p.style in ("Kommun", "Uppgift", "Utkast", "Status")] == [
        Para("Kommun", "Ekby kommun"),
        Para("Uppgift", "Antaget:\tkommunfullmäktige 2019-02-25, § 31"),
        Para("Uppgift", "Gäller från:\t2019-04-01"),
        Para("Uppgift", "Dnr:\tKS 2018/77"),
        Para("Utkast", "Utkast, inte antaget"),
        Para("Status", "Förslag, inte beslutat."),
        Para("Status", "Ändringarna är spårade: godkänn alla så står den nya lydelsen här, avvisa alla så står den tidigare."),
    ]
    assert "".join(part(content, "word/header.xml").itertext()).startswith("Utkast, inte antaget. Ekby kommun")


def test_pages_are_counted_by_word() -> None:
    footer = part(docx.write(redline()), "word/footer.xml")
    assert "".join(footer.itertext()) == "Dnr KS 2018/77sid 1 (1)"
    assert [e.get(f"{W}instr").strip() for e in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_word_is_told_the_language_and_to_hyphenate_and_to_go_on_tracking() -> None:
    tracked, clean_one = docx.write(redline()), docx.write(clean_page(sample()))
    language = part(tracked, "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert language is not None
    assert language.get(f"{W}val") == "sv-SE"
    assert part(tracked, "word/settings.xml").find(f"{W}autoHyphenation") is not None
    assert [part(c, "word/settings.xml").find(f"{W}trackRevisions") is not None for c in (tracked, clean_one)] == [True, False]


def test_it_opens_as_a_document_with_styles_and_properties() -> None:
    opened = word.Document(io.BytesIO(docx.write(clean_page(sample(), municipality="Ekby kommun"))))
    styles = [p.style.name for p in opened.paragraphs]
    assert styles[:6] == ["Kommun", "Title", "Uppgift", "Uppgift", "Uppgift", "Heading 1"]
    assert {"Body Text", "Heading 2", "Heading 3", "List", "List 2"} <= set(styles)
    assert [[cell.text for cell in row.cells] for row in opened.tables[0].rows][1] == ["Grävtillstånd", "parkchefen", "högst ett år"]
    core = opened.core_properties
    assert (core.title, core.author, core.language) == ("Reglemente för miljö- och parknämnden", "Ekby kommun", "sv-SE")
    assert core.created is not None
    assert core.created.date() == date(2019, 4, 1)
    assert word.Document(io.BytesIO(docx.write(redline()))).core_properties.title.endswith("– ändringar")
    assert len(word.Document(io.BytesIO(docx.write(redline(), form="spalter"))).tables) == 1


@pytest.mark.parametrize("form", docx.FORMS)
def test_same_page_same_bytes(form: str) -> None:
    one = docx.write(redline(), form=form)
    assert one == docx.write(redline(), form=form)
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {(entry.date_time, entry.create_system) for entry in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


# --- two columns --------------------------------------------------------------------------------------------------


def test_two_columns_hold_both_wordings_and_nothing_is_tracked() -> None:
    page = redline(sides=("Nuvarande lydelse", "Föreslagen lydelse"))
    content = docx.write(page, form="spalter")
    assert faults(content) == []
    assert not list(body(content).iter(f"{W}ins", f"{W}del"))
    head, *rows = body(content).findall(f"{W}tbl/{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert [p.text for p in paras(head)] == ["Nuvarande lydelse", "Föreslagen lydelse"]
    assert len(rows) == len(columns(page))
    for old, charter in ((True, sample()), (False, amended())):
        said = []
        for row in rows:
            cells = row.findall(f"{W}tc")
            said += [p.text for p in paras(cells[0 if old else -1])]
        without_notes = re.sub(r" \((flytta|listans|tidigare|Ny para|Paragrafen)[^)]*\)", "", "".join(said))
        assert re.sub(r"\s", "", without_notes) == re.sub(r"\s", "", "".join(p.text for p in clean(charter)[1:]))


def test_changed_words_are_set_apart_in_the_columns() -> None:
    content = docx.write(redline(), form="spalter")
    apart = ["".join(r.itertext()) for r in body(content).iter(f"{W}r") if r.find(f"{W}rPr/{W}rStyle[@{W}val='Andrat']") is not None]
    assert "vart tredje" in apart
    assert "varje" in apart


@given(pairs())
def test_columns_of_anything_are_whole(both: tuple[Charter, Charter]) -> None:
    assert faults(docx.write(redline_page(*both), form="spalter")) == []


def test_what_it_does_not_know_it_refuses() -> None:
    with pytest.raises(CannotWrite) as error:
        docx.write(redline(), form="rutor")
    assert error.value.hint == "Välj lopande eller spalter."
    with pytest.raises(CannotWrite):
        docx.write(clean_page(sample()), form="spalter")


# --- long and strange text ----------------------------------------------------------------------------------------


def test_text_stays_text() -> None:
    old = changed(sample(), "par5.st1", text=EVIL)
    new = changed(old, "par4.st1", text=f"{EVIL} mera")
    new = replace(new, title=EVIL)
    holds(old, new)
    page = redline_page(old, new, municipality=EVIL, facts=((EVIL, EVIL),), status=(EVIL,), elsewhere={Wid(""): EVIL})
    assert faults(docx.write(page)) == []
    said = "".join(p.text for p in clean(old))
    assert "a␀b ␛[31m ⟨U+202E⟩dolt ⟨U+FFFE⟩⟨U+FFFF⟩ ⟨U+D800⟩ ]]> <w:t>&amp;\"' {{x}} \U0001f600 åäö é e\u0301" in said


def test_long_words_long_paragrafer_and_deep_lists() -> None:
    old = changed(sample(), "par5.st1", text=f"{WORD} gäller. " * 700)
    new = changed(old, "par5.st1", text=f"{WORD} gäller. " * 350 + "Ny mening. " + f"{WORD} gäller. " * 350)
    holds(old, new)
    deep: tuple[Provision, ...] = ()
    for depth in range(8, 0, -1):
        deep = (Provision(Kind.PUNKT, Wid(f"djup{depth}"), "1", "1.", text=f"led {depth}", children=deep),)
    nested = edit(sample(), at(sample(), "par5.st1").wid, lambda p: replace(p, children=deep))
    holds(sample(), nested)
    assert [p.style for p in clean(nested) if p.text.startswith("1.\tled")] == [
        "List", "List2", "List3", "List4", "List5", "List5", "List5", "List5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "odd",
    [
        Provision(Kind.PARAGRAF, Wid("a"), "1", "1 §"),
        Provision(Kind.STYCKE, Wid("a")),
        Provision(Kind.STYCKE, Wid("a"), text=" "),
        Provision(Kind.STRECKSATS, Wid("a")),
        Provision(Kind.KAPITEL, Wid("a")),
        Provision(Kind.TABELL, Wid("a")),
        Provision(Kind.RAD, Wid("a"), text="lös | rad"),
        Provision(Kind.TABELL, Wid("a"), children=tuple(Provision(Kind.RAD, Wid(row), text=row) for row in ("a | b", "c|d|e", "|", ""))),
        Provision(Kind.BILAGA, Wid("a"), marker="Bilaga", children=(Provision(Kind.AVSNITT, Wid("b"), heading="Avsnitt"),)),
    ],
    ids=lambda p: f"{p.kind.value}{len(p.children)}{len(p.text)}",
)
def test_odd_parts_come_and_go(odd: Provision) -> None:
    with_it = replace(sample(), body=(*sample().body, odd))
    holds(sample(), with_it)
    holds(with_it, sample())
    first = replace(sample(), body=(odd, *sample().body))
    holds(sample(), first)
    holds(first, sample())


def test_a_page_made_by_hand_needs_no_anchors() -> None:
    block = Block(kind=Kind.PARAGRAF, label=(Run("1 §", Mark.ADDED),), text=(Run("Ny.", Mark.ADDED),), mark=Mark.ADDED, level=1)
    content = docx.write(Page(title=(Run("Namn"),), blocks=(block,), redline=True))
    assert faults(content) == []
    assert [p.text for p in text(settled(content, accept=True))] == ["Namn", "1 §", "Ny."]
    assert [p.text for p in text(settled(content, accept=False))] == ["Namn"]


# --- a second opinion ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(bool(libreoffice.missing()), reason=libreoffice.missing())
def test_libreoffice_reads_the_same_two_texts_out_of_it() -> None:
    c, run_in = sample(), read("Reglemente för parknämnden\n\n1 § Första stycket.\n\nAndra stycket.\n\n2 § Övrigt.\n")
    gone = ("par2.st1.ss4", "par2.st1", "par2.st2", "par9", "bil1.tab1.rad3", "bil1.tab1", "bil1")
    both = {"allt": (c, amended()), "nummer": (run_in, without(run_in, "par1.st1")), "tomt": (c, replace(c, body=()))}
    both |= {code: (c, without(c, code)) for code in gone} | {path.stem: both_in(path) for path in (*PAIRS, *cases("docx"))}
    files = {name: docx.write(redline_page(old, new)) for name, (old, new) in both.items()}
    files |= {f"{name} tillbaka": docx.write(redline_page(new, old)) for name, (old, new) in both.items()}
    for name, ways in libreoffice.opinion(files).items():
        for way, told in ways.items():
            own = [(known(p.style), p.text.strip()) for p in paras(settled(files[name], accept=way == "accept")) if p.text.strip()]
            got = [(known(style), words.strip()) for style, words in told if words.strip()]
            assert [words for _, words in got] == [words for _, words in own], (name, way)
            assert got == own, (name, way)


def known(style: str) -> str:
    """A style by the name that LibreOffice has for it, or Word's id of it, in one spelling."""
    return {"Text body": "bodytext"}.get(style, style.replace(" ", "").lower())
