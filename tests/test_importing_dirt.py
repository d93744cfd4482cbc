"""What real files hold beside their text, and what has befallen them: numbers twice, boxes, stamps, footnotes, tables that are none."""

from __future__ import annotations

import pytest
from documents import NS, level, par, run, word, zipped
from test_importing import abstract, blocks, num, printed, typeset

from reglemente_tool.errors import CannotRead
from reglemente_tool.reading.document import Piece, Role
from reglemente_tool.reading.sources import docx, pdf
from reglemente_tool.reading.sources._pdfchars import Char, without_note_marks
from reglemente_tool.reading.sources._pdflines import rows_of_pages
from reglemente_tool.reading.sources._pdftags import TagReader
from reglemente_tool.reading.sources._pieces import paragraf_alone
from reglemente_tool.reading.wording import read_document

PARAGRAFER = abstract(1, level(0, "decimal", "§ %1")) + num(1, 1)


def box(inner: str) -> str:
    """A text box in both forms that Word writes; only one of them is the text."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return f"<w:r><mc:AlternateContent {mc}><mc:Choice Requires=\"wps\">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>"  # noqa: E501


def table(*rows: tuple[str, ...]) -> str:
    """A table whose cells hold paragraphs made already."""
    made = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{made}</w:tbl>"


# Word.


def test_a_number_that_stands_alone_in_an_empty_paragraph_is_displayed_and_counted() -> None:
    made = word(par("", num=1), par("Nämnden sköter hamnen."), par("", num=1), par("Nämnden har sju ledamöter."), numbering=PARAGRAFER)
    assert printed(docx.read(made)) == ["§ 1", "Nämnden sköter hamnen.", "§ 2", "Nämnden har sju ledamöter."]


def test_an_empty_item_counts_and_is_no_text() -> None:
    made = word(par("parker", num=1), par("", num=1), par("torg", num=1), numbering=abstract(1, level(0, "decimal", "%1.")) + num(1, 1))
    assert printed(docx.read(made)) == ["1. parker", "3. torg"]


@pytest.mark.parametrize(("typed", "numbers"), [("1 § Nämnden sköter hamnen.", ["1"]), ("§ 4 Nämnden sköter hamnen.", ["1", "4"])])
def test_a_number_typed_beside_words_own_is_one_paragraf_or_two_but_never_in_the_words(typed: str, numbers: list[str]) -> None:
    read = read_document(docx.read(word(par("Reglemente", style="T"), par(typed, num=1), numbering=PARAGRAFER)))
    assert [b.number for b in read.blocks if b.level == "paragraf"] == numbers
    assert read.blocks[-1].text == "Nämnden sköter hamnen."
    assert "NUMMER" in [p.code for p in read.problems]


def test_a_number_or_a_title_in_a_text_box_belongs_to_the_text() -> None:
    made = word(
        par(box(par("Reglemente för hamnnämnden", style="T"))), par(box(par("1 §"))), par("Nämnden sköter hamnen."), par(box(par("Ring oss")) + run("Ord.")),  # noqa: E501
    )  # fmt: skip
    document = docx.read(made)
    assert blocks(document) == [("titel", "", "Reglemente för hamnnämnden"), ("paragraf", "1", ""), ("stycke", "", "Nämnden sköter hamnen."), ("stycke", "", "Ord.")]  # noqa: E501
    assert [(one.what, one.text) for one in document.left_out] == [("textruta", "Ring oss")]


def test_words_are_bold_by_a_character_style_too() -> None:
    styles = f'<w:styles {NS}><w:style w:type="character" w:styleId="Stark"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    made = word(par(run("Sammanträden", '<w:rStyle w:val="Stark"/>')), parts={"word/styles.xml": styles})
    assert docx.read(made).pieces[0].weight == 2


@pytest.mark.parametrize("strict", [False, True])
def test_a_file_says_itself_what_its_parts_are_called(strict: bool) -> None:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = NS.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main") if strict else NS  # noqa: E501

    def rels(what: str, target: str) -> str:
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{kind}/{what}" Target="{target}"/></Relationships>'  # noqa: E501

    made = zipped(
        {
            "_rels/.rels": rels("officeDocument", "/word/document2.xml"),
            "word/document2.xml": f"<w:document {names}><w:body>{par('Ett', num=1)}{par('Två', num=1)}</w:body></w:document>",
            "word/_rels/document2.xml.rels": rels("numbering", "numbering3.xml"),
            "word/numbering3.xml": f"<w:numbering {names}>{PARAGRAFER}</w:numbering>",
        }
    )
    assert printed(docx.read(made)) == ["§ 1 Ett", "§ 2 Två"]


@pytest.mark.parametrize("tag", ["altChunk", "subDoc"])
def test_a_document_that_takes_text_from_another_file_is_refused(tag: str) -> None:
    with pytest.raises(CannotRead, match="en annan fil"):
        docx.read(word(par("Ord."), f"<w:{tag}/>"))


def test_what_follows_a_deleted_mark_at_the_end_is_not_lost() -> None:
    last = '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>' + run("Sist.") + "</w:p>"
    assert printed(docx.read(word(par("Först."), last))) == ["Först.", "Sist."]


def test_a_table_that_sets_numbers_beside_words_is_no_table() -> None:
    rows = [(par(f"§ {n}"), par(text)) for n, text in ((1, "Nämnden sköter hamnen."), (2, "Nämnden sköter kajen."))]
    read = docx.read(word(par("Reglemente", style="T"), table(*rows)))
    assert [b[0] for b in blocks(read)] == ["titel", "paragraf", "stycke", "paragraf", "stycke"]


def test_a_box_of_one_cell_is_a_paragraph_and_a_table_is_a_table() -> None:
    made = word(table((par("Gäller alla nämnder."),)), table((par("Råd"), par("Kallar")), (par("Näringsrådet"), par("Ordföranden"))))
    assert [p.role for p in docx.read(made).pieces] == [Role.TEXT, Role.ROW, Role.ROW]


def test_a_footnote_in_a_cell_stands_after_the_row() -> None:
    notes = f'<w:footnotes {NS}><w:footnote w:id="5">{par("Se bilagan.")}</w:footnote></w:footnotes>'
    cell = par(run("Råd") + '<w:r><w:footnoteReference w:id="5"/></w:r>')
    read = docx.read(word(table((cell, par("Kallar"))), parts={"word/footnotes.xml": notes}))
    assert [(p.role, p.text) for p in read.pieces] == [(Role.ROW, "Råd | Kallar"), (Role.NOTE, "Se bilagan.")]


@pytest.mark.parametrize(("text", "alone"), [("§ 4", True), ("4 a §", True), ("§ 4 a.", True), ("§§ 4–5", False), ("4 § första", False), ("4", False)])  # noqa: E501
def test_a_paragraf_number_and_nothing_else(text: str, alone: bool) -> None:
    assert paragraf_alone(text) is alone


# PDF.

_HEAD = '#set text(lang: "sv")\n= Reglemente för hamnnämnden\n\n*§ 1*\n\n'


@pytest.mark.parametrize("tags", [True, False])
def test_a_watermark_is_left_out_and_told(tags: bool) -> None:
    water = '#set page(background: rotate(-45deg, text(60pt, fill: luma(200))[UTKAST]))\n'
    document = pdf.read(typeset(water + _HEAD + "Nämnden sköter hamnen. " * 30, tags=tags))
    assert ("vattenstämpel", "UTKAST") in {(one.what, one.text) for one in document.left_out}
    assert [b[0] for b in blocks(document)] == ["titel", "paragraf", "stycke"]


@pytest.mark.parametrize("tags", [True, False])
def test_a_paragraph_broken_by_a_page_with_a_footnote_is_one(tags: bool) -> None:
    text = " ".join(f"Nämnden sköter kaj nummer {n} i hamnen och ser till att den hålls i stånd." for n in range(60))
    source = f"{_HEAD}Inledande ord#footnote[Se även bilagan om kajerna.].\n\n{text}\n\n*§ 2*\n\nNämnden har sju ledamöter.\n\n"
    found = blocks(pdf.read(typeset(source, tags=tags)))
    assert ("stycke", "", text) in found
    assert ("fotnot", "", "Se även bilagan om kajerna.") in found


def test_a_paragraph_that_ends_a_sentence_at_the_foot_of_the_page_goes_on_when_the_tags_say_so() -> None:
    source = f"{_HEAD}#v(215mm)\nNämnden sköter alla kajer. \\ Den sköter dem väl. \\ Den har gjort det länge.\n\n*§ 2*\n\nOrd."
    texts = [text for kind, _, text in blocks(pdf.read(typeset(source, tags=True))) if kind == "stycke"]
    assert texts == ["Nämnden sköter alla kajer. Den sköter dem väl. Den har gjort det länge.", "Ord."]


def test_a_table_with_little_room_between_its_columns() -> None:
    rows = ("Beslut", "Datum", "Avser"), ("KF § 12", "2016-02-29", "Ersättare"), ("KF § 88", "2019-09-30", "Hela reglementet")
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    read = read_document(pdf.read(typeset(f"{_HEAD}Nämnden sköter hamnen.\n\n#table(columns: 3, {cells})", tags=False)))
    assert [b.text for b in read.blocks if b.level == "tabellrad"] == [" | ".join(row) for row in rows]


def test_a_row_broken_by_the_page_is_joined_and_doubtful() -> None:
    reader = TagReader(frozenset())
    reader.add(Piece("Nr 4 | Badplatser | Snöröjning av gång- och", Role.ROW, page=1), 60.0, 1)
    reader.fresh = True
    assert reader.goes_on_in(["", "", "cykelvägar"])
    assert reader.pieces[0].text == "Nr 4 | Badplatser | Snöröjning av gång- och cykelvägar"
    assert reader.pieces[0].doubts
    assert not reader.goes_on_in(["Nr 5", "", ""])


def test_a_running_head_with_the_page_number_on_a_document_of_one_page() -> None:
    source = '#set page(header: [Hamnnämnden sid 1])\n' + _HEAD + "Nämnden sköter hamnen.\n\nNämnden sköter kajen."
    document = pdf.read(typeset(source, tags=False))
    assert "Hamnnämnden sid 1" in [one.text for one in document.left_out]
    assert "Hamnnämnden sid 1" not in [text for _, _, text in blocks(document)]


@pytest.mark.parametrize(("words", "kept"), [("hamnen1", "hamnen"), ("100 m2", "100 m2"), ("5 km2", "5 km2"), ("hamn2", "hamn")])
def test_the_mark_of_a_footnote_goes_and_a_square_metre_stays(words: str, kept: str) -> None:
    letters = [Char(c, 5.0 * at, 5.0 * at + 5, 100.0, 11.0, False, False, 0) for at, c in enumerate(words[:-1])]
    letters.append(Char(words[-1], 5.0 * len(words), 5.0 * len(words) + 4, 104.0, 9.0, False, False, 0))
    assert "".join(c.text for c in without_note_marks(letters)) == kept


def test_a_page_laid_on_its_side_is_read() -> None:
    source = "#rotate(-90deg, reflow: true)[#set text(lang: \"sv\")\n= Reglemente för hamnnämnden\n\nNämnden sköter hamnen.]"
    assert "vattenstämpel" not in {one.what for one in pdf.read(typeset(source, tags=False)).left_out}




def test_a_list_that_is_only_typed_with_line_breaks_is_a_list() -> None:
    source = f"{_HEAD}Nämnden svarar för \\ • drift av gator, \\ • parkering, och \\ • skolskjuts.\n\nNämnden samråder."
    kinds = [b[0] for b in blocks(pdf.read(typeset(source, tags=True)))]
    assert kinds[2:] == ["stycke", "strecksats", "strecksats", "strecksats", "stycke"]


def test_what_comes_again_at_the_same_height_is_no_running_head_when_it_is_text() -> None:
    pages = "#pagebreak()\n".join(f"*{n} §*\n\nNämnden sköter kaj {n}\n\n#v(1fr)\n\ni den mån budgeten medger det.\n\n" for n in (4, 8, 12))
    source = f'#set page(height: 60mm, margin: 4mm)\n#set text(lang: "sv")\n{pages}'
    document = pdf.read(typeset(source, tags=False))
    assert [p.text for p in document.pieces if "§" in p.text] == ["4 §", "8 §", "12 §"]
    assert sum(p.text.endswith("i den mån budgeten medger det.") for p in document.pieces) == 3


def test_a_sentence_with_a_word_right_below_a_cell_is_no_row_of_the_table() -> None:
    def words(y: float, *placed: tuple[str, float, float]) -> list[Char]:
        return [Char(c, x + n * w, x + (n + 1) * w, y, 12.0, False, False, 0) for text, x, w in placed for n, c in enumerate(text)]

    table = words(200.0, ("Beslut", 0, 6), ("Datum", 100, 6), ("Avser", 200, 6))
    sentence = words(188.0, ("Underteckna", 0, 8.6), ("handlingar", 100, 6), ("som", 163, 6))
    found = [len(row.runs) for page in rows_of_pages([(table + sentence, 400.0)]) for row in page]
    assert found == [3, 1]
