"""Documents come in: what Word displays, what a page shows, what is no text, what is refused, and that nothing is lost.

The measured share of what is read right is bench/importing.py's business; here stand the rules, one at a time, and the laws.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import NS, level, par, run, word, zipped
from generated import charters
from hypothesis import given, settings
from hypothesis import strategies as st
from test_commands import typed

from reglemente_tool.errors import CannotRead
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision, every
from reglemente_tool.reading.document import Document, Piece, Role
from reglemente_tool.reading.sources import docx, html, markdown, pdf, source_for, sources
from reglemente_tool.reading.sources._hyphens import joined, words_in
from reglemente_tool.reading.sources._numbering import numeral
from reglemente_tool.reading.wording import read_charter, read_document
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import html as html_writer
from reglemente_tool.writing.writers import writer

UNDERLAG = Path(__file__).parent.parent / "charters" / "underlag"
EXAMPLES = sorted(path for path in UNDERLAG.rglob("*.txt") if path.parent.name != "beslut")


def printed(document: Document) -> list[str]:
    return [piece.printed for piece in document.pieces]


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.level, b.number, b.text) for b in read_document(document).blocks]


def abstract(id: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id}">{more}{"".join(levels)}</w:abstractNum>'


def num(id: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


# Word: automatic numbers.


def test_word_numbers_are_written_out_as_displayed() -> None:
    numbering = abstract(1, level(0, "decimal", "§ %1")) + abstract(2, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))
    numbering += num(1, 1) + num(2, 2)
    made = word(
        par("Nämndens uppgifter", num=1), par("parker", num=2), par("träd", num=2, ilvl=1), par("buskar", num=2, ilvl=1),
        par("gator", num=2), par("skyltar", num=2, ilvl=1), par("Sammanträden", num=1), numbering=numbering,
    )  # fmt: skip
    assert printed(docx.read(made)) == [
        "§ 1 Nämndens uppgifter", "1. parker", "a) träd", "b) buskar", "2. gator", "a) skyltar", "§ 2 Sammanträden",
    ]  # fmt: skip


def test_lists_that_share_a_definition_go_on_and_one_with_a_start_of_its_own_begins_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(1, level(0, "decimal", "%1.")) + num(1, 1) + num(2, 1) + num(3, 1, anew)
    made = word(*(par("led", num=n) for n in (1, 1, 2, 3, 3, 1)), numbering=numbering)
    assert [p.label for p in docx.read(made).pieces] == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_paragraphs_begin_anew_in_each_chapter_unless_the_file_says_not() -> None:
    for restart, wanted in (("", ["1 kap", "1 §", "2 §", "2 kap", "1 §"]), ('<w:lvlRestart w:val="0"/>', ["1 kap", "1 §", "2 §", "2 kap", "3 §"])):  # noqa: E501
        numbering = abstract(1, level(0, "decimal", "%1 kap"), level(1, "decimal", "%2 §", restart)) + num(1, 1)
        made = word(*(par("Ord", num=1, ilvl=at) for at in (0, 1, 1, 0, 1)), numbering=numbering)
        assert [p.label for p in docx.read(made).pieces] == wanted


def test_legal_numbers_and_levels_that_show_those_above() -> None:
    numbering = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + num(1, 1)
    made = word(par("Ett", num=1), par("Två", num=1, ilvl=1), numbering=numbering)
    assert [p.label for p in docx.read(made).pieces] == ["I.", "1.1"]


@pytest.mark.parametrize(
    ("glyph", "font", "shown"),
    [("\uf0b7", "Symbol", "•"), ("\uf0a7", "Wingdings", "▪"), ("o", "Courier New", "o"), ("–", "Arial", "–"), ("\uf02d", "Symbol", "–"), ("\uf0e8", "Wingdings", "•")],  # noqa: E501
)
def test_bullets_of_every_font_are_list_items(glyph: str, font: str, shown: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    numbering = abstract(1, f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{glyph}"/>{fonts}</w:lvl>') + num(1, 1)
    made = docx.read(word(par("Reglemente"), par("1 §"), par("Nämnden sköter"), par("parker", num=1), numbering=numbering))
    assert made.pieces[-1].label == shown
    assert blocks(made)[-1] == ("strecksats", "", "parker")


@pytest.mark.parametrize(("value", "form", "shown"), [(27, "lowerLetter", "aa"), (4, "upperRoman", "IV"), (3, "decimalZero", "03"), (2, "none", "")])  # noqa: E501
def test_forms_of_numbers(value: int, form: str, shown: str) -> None:
    assert numeral(value, form) == shown


# Word: what else a body holds.


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    body = par(run("Nämnden ska ") + '<w:del w:id="1"><w:r><w:delText>inte </w:delText></w:r></w:del>' + f'<w:ins w:id="2">{run("alltid ")}</w:ins>' + run("höra."))  # noqa: E501
    joined_mark = '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>' + run("Den som ") + "</w:p>" + par("berörs ska höras.")
    document = docx.read(word(body, joined_mark))
    assert printed(document) == ["Nämnden ska alltid höra.", "Den som berörs ska höras."]
    assert [p.code for p in document.problems] == ["SPARADE-ANDRINGAR"]


def test_what_is_no_text_is_left_out_and_listed() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{par('Ring oss')}</w:txbxContent></w:pict></w:r>{run('Nämnden.')}</w:p>"
    header = f"<w:hdr {NS}>{par('Författningssamling')}</w:hdr>"
    hidden = par(run("Synligt.") + run("Dolt.", "<w:vanish/>"))
    document = docx.read(word(box, hidden, parts={"word/header1.xml": header}))
    assert printed(document) == ["Nämnden.", "Synligt."]
    assert {(one.what, one.text) for one in document.left_out} == {("textruta", "Ring oss"), ("sidhuvud", "Författningssamling"), ("dold text", "Dolt.")}  # noqa: E501


def test_a_footnote_stands_after_its_block_and_is_told() -> None:
    notes = f'<w:footnotes {NS}><w:footnote w:id="5">{par("Se bilagan.")}</w:footnote></w:footnotes>'
    body = [par("Reglemente", style="T"), par("1 §"), par(run("Nämnden.") + '<w:r><w:footnoteReference w:id="5"/></w:r>')]
    document = docx.read(word(*body, par("2 §"), par("Ord."), parts={"word/footnotes.xml": notes}))
    assert blocks(document)[2:4] == [("stycke", "", "Nämnden."), ("fotnot", "", "Se bilagan.")]
    assert "FOTNOT" in [p.code for p in read_document(document).problems]


def test_content_controls_and_tables_are_read() -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{par(t)}</w:tc>" for t in ("Råd", "")) + "</w:tr>"
    document = docx.read(word(f"<w:sdt><w:sdtContent>{par('Inuti.')}</w:sdtContent></w:sdt>", f"<w:tbl>{row}</w:tbl>"))
    assert printed(document) == ["Inuti.", "Råd |"]


def test_a_table_of_contents_goes_and_lists_that_come_again_stay() -> None:
    toc = [Piece("Innehåll", weight=2), *(Piece(f"{name} {n}") for n, name in enumerate(("Parker", "Torg", "Gator", "Träd"), 1))]
    lists = [piece for _ in range(2) for piece in (Piece("1 §"), Piece("Nämnden sköter"), *(Piece(w, Role.ITEM, "•") for w in "abcde"))]
    heads = [piece for name in ("Parker", "Torg", "Gator", "Träd") for piece in (Piece(name, Role.HEADING, level=1), Piece("Nämnden har hand om det."))]  # noqa: E501
    read = read_document(Document((Piece("Reglemente", Role.TITLE), *toc, *heads, *lists)))
    assert [b.text for b in read.blocks].count("a") == 2
    assert [one.what for one in read.left_out] == ["innehållsförteckning"] * 5
    assert [b.text for b in read.blocks if b.level == "rubrik1"] == ["Parker", "Torg", "Gator", "Träd"]


# The web, Markdown.


def test_a_page_without_its_furniture_and_with_its_numbers() -> None:
    page = """<html><body><nav><ul><li>Start</li></ul></nav><main><h1>Reglemente</h1><p><b>1 §</b><br>Nämnden sköter
        <ol start="3"><li>parker<li value="7">torg</ol><ol type="a"><li>bäckar</ol></main><footer>Kommunen</footer></body></html>"""
    document = html.read(page.encode())
    assert printed(document) == ["Reglemente", "1 §", "Nämnden sköter", "3. parker", "7. torg", "a. bäckar"]


def test_markdown() -> None:
    text = "# Reglemente\n\n## Uppgifter\n\n**1 §**\nNämnden sköter\nalla\n\n- *parker*\n- torg[^1]\n\n1\\. Inte en lista.\n\n[^1]: Se bilagan.\n"  # noqa: E501
    document = markdown.read(text.encode())
    assert [p.text for p in document.pieces if p.role is Role.ITEM] == ["parker", "torg"]
    assert document.pieces[-2].text == "Se bilagan."
    assert document.pieces[-1].role is Role.TEXT


# PDF.


@pytest.mark.parametrize(
    ("line", "below", "whole"),
    [
        ("nämn-", "den ska", "nämnden ska"), ("miljö-", "och byggnämnden", "miljö- och byggnämnden"), ("e-", "tjänst", "e-tjänst"),
        ("IT-", "stöd", "IT-stöd"), ("hus\u00ad", "båt", "husbåt"), ("vid", "vägen", "vid vägen"), ("el-", "ler", "eller"),
    ],
)  # fmt: skip
def test_words_broken_at_the_line_end(line: str, below: str, whole: str) -> None:
    assert joined(line, below, words_in("eller"))[0] == whole


def test_a_doubt_is_told_only_where_the_document_does_not_know_the_word() -> None:
    assert joined("nämn-", "den", words_in("Nämnden ska"))[1] == ""
    assert "”nämnden”" in joined("nämn-", "den", frozenset())[1]


def typeset(source: str, *, tags: bool) -> bytes:
    import typst

    made = typst.compile(source.encode(), format="pdf", pdf_tags=tags, ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("tags", [True, False])
def test_a_page_number_inside_a_list_and_a_running_head_are_no_items(tags: bool) -> None:
    items = "\n".join(f"- uppgift nummer {n} i listan" for n in range(70))
    source = '#set page(header: [Hamnnämnden], footer: context counter(page).display("1 (1)", both: true))\n#set text(lang: "sv")\n'
    read = read_document(pdf.read(typeset(f"{source}= Reglemente för hamnnämnden\n\n*§ 1*\n\nNämnden ansvarar för\n\n{items}\n\nOrd efter.", tags=tags)))  # noqa: E501
    assert [b.text for b in read.blocks if b.level == "strecksats"] == [f"uppgift nummer {n} i listan" for n in range(70)]
    assert [b.level for b in read.blocks if b.level != "strecksats"] == ["titel", "paragraf", "stycke", "stycke"]
    assert read.left_out


def tagged(words: list[str], tree: list[object]) -> bytes:
    """A PDF page whose lines are pieces of marked content, tagged as `tree` says: [type, child, …], a number for a piece of content."""
    import io

    import pikepdf

    pdf_ = pikepdf.new()
    font = pdf_.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
                                                 Encoding=pikepdf.Name.WinAnsiEncoding))  # fmt: skip
    lines = [f"/P <</MCID {at}>> BDC BT /F 11 Tf {72 + 20 * (len(w) > 1)} {700 - 14 * at} Td ({w}) Tj ET EMC" for at, w in enumerate(words)]
    page = pdf_.add_blank_page(page_size=(595, 842)).obj
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = pdf_.make_stream("\n".join(lines).encode("cp1252"))
    page.StructParents = 0
    parents: dict[int, object] = {}

    def element(node: list[object], above: object) -> object:
        made = pdf_.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{node[0]}"), P=above, Pg=page))
        kids = []
        for child in node[1:]:
            if isinstance(child, int):
                parents[child] = made
                kids.append(child)
            else:
                kids.append(element(child, made))  # type: ignore[arg-type]
        made.K = pikepdf.Array(kids)
        return made

    root = pdf_.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    root.K = pikepdf.Array([element(tree, root)])
    root.ParentTree = pdf_.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([parents[n] for n in sorted(parents)])])))
    pdf_.Root.StructTreeRoot, pdf_.Root.MarkInfo = root, pikepdf.Dictionary(Marked=True)
    out = io.BytesIO()
    pdf_.save(out)
    return out.getvalue()


def test_an_item_whose_mark_stands_beside_its_words_is_one() -> None:
    words = ["Reglemente", "1 §", "Nämnden sköter", "•", "kajer", "•", "bryggor", "a)", "av trä", "som är kommunens."]
    inner = ["L", ["LI", ["Span", 7], ["Div", 8]]]
    listed = ["L", ["LI", ["Span", 3], ["Div", 4]], ["LI", ["Span", 5], ["Div", 6, inner]]]
    found = pdf.read(tagged([w.replace(")", "\\)") for w in words], ["Document", ["H1", 0], ["P", 1], ["P", 2], listed, ["P", 9]]))
    assert [(p.role, p.printed) for p in found.pieces[3:]] == [
        (Role.ITEM, "• kajer"), (Role.ITEM, "• bryggor"), (Role.ITEM, "a) av trä"), (Role.TEXT, "som är kommunens."),
    ]  # fmt: skip
    # Words on both sides of a list cannot be the words of the item alone: nothing is lost.
    both = ["L", ["LI", ["Span", 3], ["Div", 4, inner, 6]]]
    kept = pdf.read(tagged([w.replace(")", "\\)") for w in words], ["Document", ["H1", 0], ["P", 1, 2], both, ["P", 5, 9]]))
    assert all(word in " ".join(p.printed for p in kept.pieces) for word in words)


def test_words_inside_words_of_no_meaning_are_one_paragraph() -> None:
    tree: list[object] = ["Document", ["H1", 0], ["P", ["NonStruct", 1], ["NonStruct", ["NonStruct", 2]], ["NonStruct", 3]]]
    found = pdf.read(tagged(["Reglemente", "Nämnden har hand om", "kajer", "och bryggor."], tree))
    assert [p.text for p in found.pieces] == ["Reglemente", "Nämnden har hand om kajer och bryggor."]


def test_a_blank_before_a_letter_that_reaches_out() -> None:
    from reglemente_tool.reading.sources._pdfchars import Char, run_of

    def line(gap: float) -> str:
        return run_of([Char("h", 0, 5, 0, 10, False, False, 0), Char("j", 5 + gap, 8 + gap, 0, 10, False, False, 0)]).text

    assert (line(1.2), line(-0.3), line(0.5)) == ("h j", "hj", "hj")


TWO_PAGES = """#set page(header: context if {head} [#text(size: {size}pt)[{words}]], footer: context if {foot} [#text(size: 8pt)[
  Hamngatan 1, 999 99 Norrboda\\ Org.nr 999999-9999]])
#set text(lang: "sv")
= Reglemente för hamnnämnden

*§ 1*

{text}

*§ 2*

{text}
"""
LONG = "\n\n".join(f"Nämnden ska enligt punkt {n} hålla kajer i gott skick{', alltid' * (n * 5 % 8)}." for n in range(24))


@pytest.mark.parametrize(("size", "words"), [(8, "Norrboda kommun"), (11, "Norrboda kommun, Reglemente för hamnnämnden")])
def test_what_stands_in_the_margin_of_one_page_alone_is_no_text(size: int, words: str) -> None:
    on = {"head": "counter(page).get().first() > 1", "foot": "counter(page).get().first() == 1", "size": size, "words": words}
    source = TWO_PAGES.format(text=LONG, **on)
    read = read_document(pdf.read(typeset(source, tags=False)))
    assert [b.text for b in read.blocks if b.level == "stycke"] == 2 * LONG.split("\n\n")
    assert [one.text for one in read.left_out] == ["Hamngatan 1, 999 99 Norrboda", "Org.nr 999999-9999", words]
    alone = read_document(pdf.read(typeset(TWO_PAGES.format(text="Nämnden leder arbetet.", **{**on, "head": "true"}), tags=False)))
    assert [b.text for b in alone.blocks if b.level == "stycke"] == 2 * ["Nämnden leder arbetet."]
    assert words in [one.text for one in alone.left_out]


def test_small_print_where_other_pages_have_text_stays() -> None:
    table = "#text(size: 8pt)[#table(columns: 2, stroke: none, ..range(48).map(n => [uppgift #n i delegationen]))]"
    source = f"#set page(margin: 40pt)\n= Reglemente för hamnnämnden\n\n*§ 1*\n\n{LONG}\n\n{table}\n\n*§ 2*\n\n{LONG}"
    read = read_document(pdf.read(typeset(source, tags=False)))
    found = " ".join(b.text for b in read.blocks)
    assert all(f"uppgift {n} i delegationen" in found for n in range(48))


def test_a_number_at_the_end_of_a_cell_is_no_page_number_and_a_cell_of_two_lines_is_one() -> None:
    rows = r"[Översiktsplan], [Kommunstyrelsen], [Tillsyn enligt\ miljöbalken], [Miljö- och\ byggnämnden]"
    table = f"#table(columns: 2, row-gutter: 0pt, inset: (x: 5pt, y: 2.2pt), stroke: none, [Område], [Ansvarig], {rows})"
    read = read_document(pdf.read(typeset(f"#set par(leading: 0.4em)\n= Reglemente för hamnnämnden\n\n*1 §*\n\nSå här.\n\n{table}", tags=False)))  # noqa: E501
    found = [b.text for b in read.blocks if b.level == "tabellrad"]
    assert found[-1] == "Tillsyn enligt miljöbalken | Miljö- och byggnämnden"
    last = "#set par(leading: 0.4em)\n= Reglemente\n\n*1 §*\n\nBeslutet är\n\n#table(columns: 2, stroke: none, inset: 1pt, [A], [KF §], [], [201])"  # noqa: E501
    assert "201" in read_document(pdf.read(typeset(last, tags=False))).text


def test_a_scanned_document_is_told_to_be_one() -> None:
    with pytest.raises(CannotRead, match="inskannad"):
        pdf.read(typeset("#rect(width: 90%, height: 90%)", tags=False))


# What is refused.

_DOC = f"<w:document {NS}><w:body>{par('Ord')}</w:body></w:document>"


@pytest.mark.parametrize(
    ("suffix", "data", "says"),
    [
        (".docx", zipped({"word/document.xml": "a" * 60_000_000}), "växer orimligt"),
        (".docx", zipped({"word/document.xml": _DOC, "word/vbaProject.bin": b"x"}), "makron"),
        (".docx", zipped({"word/document.xml": f"<!DOCTYPE a [<!ENTITY b 'c'>]>{_DOC}"}), "dokumenttyp"),
        (".docx", zipped({"word/document.xml": _DOC})[:80], "trasig"),
        (".docx", zipped({"word/document.xml": _DOC[:-9]}), "trasigt"),
        (".docx", zipped({"xl/workbook.xml": "<a/>"}), "inget Word-dokument"),
        (".docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
        (".docx", b"%PDF-1.7", "en PDF-fil"),
        (".pdf", b"%PDF-1.7\n" + b"\0" * 400, "trasig"),
        (".pdf", b"PK\x03\x04", "Word-dokument"),
        (".html", b"<div>" * 3000 + b"Reglemente", "lager"),
        (".html", b"%PDF-1.7", "PDF"),
        (".md", b"\x89PNG", "bild"),
        (".docx", b"", "tom"),
        (".pdf", b"", "tom"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes of a zip hold the time at which it was made
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(suffix: str, data: bytes, says: str) -> None:
    with pytest.raises(CannotRead) as caught:
        source_for(suffix).read(data)
    assert says in caught.value.message
    assert caught.value.hint


def test_a_document_too_large_for_a_charter_is_refused() -> None:
    with pytest.raises(CannotRead, match="orimligt stort"):
        read_document(Document(tuple(Piece("Ord.") for _ in range(10_001))))


@given(st.sampled_from(sorted(sources())), st.binary(max_size=300))
@settings(max_examples=40)
def test_noise_is_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        found = source_for(suffix).read(data)
        read_charter(found) if isinstance(found, str) else read_document(found)
    except CannotRead as error:
        refused = error.message
    else:
        refused = "."
    assert refused.endswith(".")


# Laws.

_WORDS = st.text(st.sampled_from("abcå ÄÖ§1.–•:=\\#|)"), min_size=1, max_size=25).map(str.strip).filter(lambda t: any(c.isalnum() for c in t))  # noqa: E501
_PIECES = st.builds(
    Piece, _WORDS.map(lambda t: " ".join(t.split())), st.sampled_from([Role.TEXT, Role.TEXT, Role.HEADING, Role.ITEM]),
    label=st.just(""), level=st.integers(0, 3), weight=st.sampled_from([0, 0, 2]),
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=14))
def test_the_text_form_of_any_document_is_read_again_as_the_same_charter(pieces: list[Piece]) -> None:
    try:
        read = read_document(Document(tuple(pieces)))
    except CannotRead:
        return
    again = read_charter(read.text)
    assert (again.title, again.facts, again.body) == (read.title, read.facts, read.body)


@given(st.lists(_PIECES, min_size=1, max_size=14))
def test_no_word_of_a_document_is_lost(pieces: list[Piece]) -> None:
    try:
        read = read_document(Document(tuple(pieces)))
    except CannotRead:
        return
    told = " ".join([*(f"{b.marker} {b.text}" for b in read.blocks), *(one.text for one in read.left_out)])
    for piece in pieces:
        for word_ in piece.text.split():
            if word_.isalpha():
                assert word_ in told


def unmarked(body: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Without what a laid-out page does not show: identities, and how a §'s first line was printed."""
    from dataclasses import replace

    return every(body, lambda p: replace(p, wid=CharterId(""), source=None, layout=""))  # type: ignore[arg-type]


@given(charters())
@settings(max_examples=25)
def test_a_charter_comes_back_from_its_web_page(charter: Charter) -> None:
    read = read_document(html.read(html_writer.write(clean_page(charter, municipality="Norrboda kommun"))))
    assert (read.title, read.facts, unmarked(read.body)) == (charter.title, charter.facts, unmarked(charter.body))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_the_examples_come_back_from_print(path: Path) -> None:
    """As they were adopted, without notes; every wording with its notes, in every format: tests/test_ownprints.py."""
    text = read_charter(path.read_text(encoding="utf-8"))
    charter = Charter(CharterId("x"), text.title, CommitteeId("x"), text.body, text.facts)
    page = clean_page(charter, municipality="Norrboda kommun")
    read = read_document(pdf.read(writer("pdf").write(page)))
    assert (read.title, read.facts, read.body) == (text.title, text.facts, text.body)


# The command.


def test_a_folder_gives_a_draft_for_each_and_tells_what_was_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "gamla"
    folder.mkdir()
    body = [par("Reglemente för hamnnämnden", style="T"), par("Antaget av kommunfullmäktige 2020-05-25, § 40"), par("1 §"), par("Nämnden sköter hamnen.")]  # noqa: E501
    (folder / "hamn.docx").write_bytes(word(*body))
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "bild.png").write_bytes(b"\x89PNG")
    assert typed('reglemente ny r --kommun "Exempelby kommun" --kod 9998')[0] == 0
    code, answer = typed("reglemente importera gamla --register r --text-ut texter --json")
    told = json.loads(answer)
    assert code == 1
    assert [(f["fil"], f["forslag"]) for f in told["filer"]] == [("hamn.docx", "kf-2020-05-25-40"), ("trasig.pdf", None)]
    assert told["andra_filer"] == ["bild.png"]
    assert "trasig" in told["filer"][1]["problem"][0]["text"]
    again = json.loads(typed("reglemente importera texter/hamn.txt --torrkor --json")[1])
    assert [b["text"] for b in again["block"]][-1] == "Nämnden sköter hamnen."
    assert "finns redan" in typed("reglemente importera gamla/hamn.docx --torrkor --text-ut texter/hamn.txt")[1]
