"""The page of review: the document on the left, the text that it became on the right, what is doubtful where it stands."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from documents import par, run, word
from generated import charters
from hypothesis import given, settings
from lxml import html
from test_commands import typed
from test_importing import typeset

from reglemente_tool.cli.importing.proofs import as_document, proof_of
from reglemente_tool.model.charter import Charter
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.pictures import HEAVIEST, pictures
from reglemente_tool.reading.sources import docx, pdf
from reglemente_tool.reading.wording import read_charter, read_document
from reglemente_tool.reading.wording.standing import standings
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.proof import Proof, write
from reglemente_tool.writing.writers import text as text_writer

_PAGES = """#set text(lang: "sv")
#text(size: 20pt, weight: "bold")[Reglemente för hamnnämnden]

*§ 1*

Nämnden ska yttra sig till xx om farleder.

- kajer
- bryggor
#pagebreak()
*§ 2*

Nämnden har fem ledamöter.

*§ 2*

Nämnden har fem ersättare.
"""


def proofed(document: Document) -> Proof:
    return proof_of(read_document(document), document, "x", (), ())


def page(made: bytes) -> Any:
    return html.fromstring(made)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


# What a line is in the charter.


@given(charters())
@settings(max_examples=25)
def test_every_line_of_a_charter_has_its_place_in_the_charter(charter: Charter) -> None:
    read = read_charter(text_writer.write(clean_page(charter, municipality="Norrboda")).decode())
    for block, standing in zip(read.blocks, standings(read.blocks, read.body), strict=True):
        assert (standing is None) is (block.level in ("titel", "metadata"))


def test_a_line_says_what_it_is() -> None:
    text = "Reglemente\n\nAnsvar\n§ 1\nNämnden ska\n– ett\n  1. två\ni allt.\n\nNämnden leder.\n"
    read = read_charter(text)
    made = proof_of(read, as_document(text), "x.txt", (), ())
    assert [(line.name, line.depth) for sheet in made.sheets for line in sheet.lines] == [
        ("titel", 0), ("rubrik till 1 §", 0), ("paragraf", 0), ("första stycket", 0), ("strecksats 1", 0), ("punkt", 1),
        ("avslutning", 0), ("andra stycket", 0),
    ]  # fmt: skip


# What is doubtful.


def test_a_doubt_stands_at_its_line_with_its_words_marked() -> None:
    document = Document((Piece("Reglemente", Role.TITLE), Piece("§ 1"), Piece("Nämnden ska yttra sig till xx om gator.")))
    made = proofed(document)
    (doubtful,) = [line for sheet in made.sheets for line in sheet.lines if line.doubts]
    assert doubtful.words == (("Nämnden ska yttra sig till ", ""), ("xx", "tveksamt"), (" om gator.", ""))
    assert [(d.code, d.place, d.anchor) for d in made.doubts] == [("PLATSHALLARE", "1 § första stycket", doubtful.anchor)]


def test_words_that_were_put_together_are_marked() -> None:
    doubt = "”nämnden” var avstavat vid radslutet och sattes ihop utan bindestreck."
    made = proofed(Document((Piece("Reglemente", Role.TITLE), Piece("§ 1 Hamnnämnden leder; nämnden vakar.", doubts=(doubt,)))))
    (doubtful,) = [line for sheet in made.sheets for line in sheet.lines if line.doubts]
    assert doubtful.name == "första stycket"
    assert ("nämnden", "tveksamt") in doubtful.words


def test_alike_doubts_stand_at_one_line_each_and_one_doubt_at_every_line_that_it_is_about() -> None:
    pieces = [Piece(w) for n in (1, 2, 2) for w in (f"§ {n}", "Nämnden ska yttra sig till xx.")]
    made = proofed(Document((Piece("Reglemente", Role.TITLE), *pieces)))
    told = [[d.code for d in line.doubts] for sheet in made.sheets for line in sheet.lines if line.doubts]
    assert told == [["PLATSHALLARE"], ["NUMMER"], ["PLATSHALLARE"], ["NUMMER"], ["PLATSHALLARE"]]


def test_a_doubt_about_the_whole_text_is_listed_though_it_stands_nowhere() -> None:
    made = proofed(Document((Piece("Reglemente", Role.TITLE), Piece("Nämnden leder arbetet."))))
    assert [(d.code, d.anchor) for d in made.doubts] == [("NUMMER", "")]
    assert "Texten har inga paragrafer" in page(write(made)).text_content()


# What stands on the left.


def test_every_page_of_a_pdf_has_its_picture_and_the_lines_that_begin_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.chdir(tmp_path)
    Path("hamn.pdf").write_bytes(typeset(_PAGES, tags=False))
    code, said = typed("reglemente importera hamn.pdf --torrkor --granska hamn.html --text-ut hamn.txt")
    assert code == 0, said
    made = Path("hamn.html").read_bytes()
    sheets = page(made).xpath("//section[@class='ark']")
    assert [s.xpath("h2")[0].text for s in sheets] == ["Sida 1", "Sida 2"]
    numbers = [[words(x) for x in s.xpath(".//div[contains(@class, 'rad paragraf')]/span[2]")] for s in sheets]
    assert numbers == [["§ 1"], ["§ 2", "§ 2"]]
    pins = [[words(x) for x in s.xpath(".//a[@class='nal']")] for s in sheets]
    assert pins == numbers
    for sheet in sheets:
        data = b64decode(sheet.xpath(".//img/@src")[0].removeprefix("data:image/png;base64,"))
        assert len(data) < HEAVIEST
        with Image.open(io.BytesIO(data)) as seen:
            seen.load()
            dark, light = seen.convert("L").getextrema()
        assert seen.size == (int(sheet.xpath(".//img/@width")[0]), int(sheet.xpath(".//img/@height")[0]))
        assert (dark, light) == (0, 255)
    # Nothing is fetched, nothing runs.
    assert b"default-src 'none'" in made
    assert page(made).xpath("//script | //link | //@src[not(starts-with(., 'data:'))] | //@href[not(starts-with(., '#'))]") == []

    # A person corrects the text, and sees it beside the same document.
    text = Path("hamn.txt").read_text(encoding="utf-8")
    once = text.replace("till xx om", "till regeringen om").replace("bryggor", "bryggor\n• hamnar", 1)
    Path("hamn.txt").write_text(once.replace("Nämnden har fem ersättare.", ""), encoding="utf-8")
    code, said = typed("reglemente importera hamn.txt --torrkor --granska hamn.html --original hamn.pdf")
    assert code == 0, said
    sheets = page(Path("hamn.html").read_bytes()).xpath("//section[@class='ark']")
    told = [[words(x) for x in s.xpath(".//p[@class='anm' and not(b)] | .//div[@class='utan']/p")] for s in sheets]
    assert told == [
        ["Rättad. Lästes först som: Nämnden ska yttra sig till xx om farleder.", "Tillagd. Raden fanns inte i det som först lästes."],
        ["Inte med, struket vid rättningen: Nämnden har fem ersättare."],
    ]


@pytest.mark.parametrize("tags", [True, False])
@pytest.mark.parametrize("flipped", ["true", "false"])
def test_where_a_line_stands_on_the_page_is_where_its_ink_is(tags: bool, flipped: str) -> None:
    from PIL import Image

    made = typeset(f"#set page(flipped: {flipped})\n{_PAGES}", tags=tags)
    tops = [piece.top for piece in pdf.read(made).pieces if piece.page == 1]
    with Image.open(io.BytesIO(pictures(made)[0].data)) as seen:
        _, first, _, last = seen.convert("L").point(lambda shade: 255 * (shade < 128)).getbbox() or (0, 0, 0, 0)
        assert tops == sorted(tops)
        assert abs(tops[0] - first / seen.height) < 0.02
        assert 0 < last / seen.height - tops[-1] < 0.03


def test_a_photograph_is_made_smaller() -> None:
    noise = "".join(f"<rect x='{x}' y='{y}' width='1' height='1' fill='#{(x * 7919 + y * 104729) % 4096:03x}'/>" for x in range(90) for y in range(90))  # noqa: E501
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'>{noise}</svg>"
    source = f'#set page(margin: 0pt)\n#image(bytes("{svg}"), format: "svg", width: 100%, height: 100%, fit: "stretch")'
    (made,) = pictures(typeset(source, tags=False))
    assert len(made.data) <= HEAVIEST or made.width <= 500


def test_a_document_without_pages_is_shown_as_it_is() -> None:
    who = 'w:author="Handläggaren" w:date="2026-03-02T08:00:00Z"'
    changed = run("Nämnden ska ") + f"<w:del {who}><w:r><w:delText>inte </w:delText></w:r></w:del><w:ins {who}>{run('alltid ')}</w:ins>" + run("höras.")  # noqa: E501
    document = docx.read(word(par("Reglemente", style="T"), par("1 §"), par(changed), par("2 §"), par("Nämnden leder.")))
    made = proofed(document)
    assert [[s.words for s in sheet.shown][-1] for sheet in made.sheets[1:2]] == [
        (("Nämnden ska ", ""), ("inte ", "struket"), ("alltid ", "tillagt"), ("höras.", "")),
    ]
    assert made.changes == (("Handläggaren, 2026-03-02", "struket", "inte "), ("Handläggaren, 2026-03-02", "tillagt", "alltid "))
    assert [[line.name for line in sheet.lines] for sheet in made.sheets] == [
        ["titel"], ["paragraf", "första stycket"], ["paragraf", "första stycket"],
    ]  # fmt: skip


def test_a_row_of_a_table_shows_its_tracked_changes_too() -> None:
    cell = f"<w:tc><w:p>{run('Råd')}</w:p></w:tc><w:tc><w:p><w:ins w:author=\"A\">{run('fem')}</w:ins></w:p></w:tc>"
    made = proofed(docx.read(word(par("Reglemente", style="T"), par("1 §"), par("Ord."), f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")))
    assert made.changes == (("A", "tillagt", "fem"),)
    assert [s.words for s in made.sheets[-1].shown][-1] == (("Råd ", ""), ("fem", "tillagt"))


def test_what_is_left_out_is_there_and_no_word_is_lost() -> None:
    pieces = (
        Piece("Reglemente", Role.TITLE), *(Piece(w) for w in ("Parker ... 1", "Torg ........... 2")), Piece("1 §"), Piece("Nämnden leder."),
    )  # fmt: skip
    made = proofed(Document(pieces, (LeftOut("sidfot", "Kommunen"),)))
    seen = " ".join(page(write(made)).text_content().split())
    for piece in pieces:
        assert piece.text in seen
    assert "Kommunen" in seen
    assert [s.words[0][0] for sheet in made.sheets for s in sheet.shown if s.left_out] == ["Torg ........... 2"]


def test_words_are_only_words() -> None:
    sly = "<script>alert(1)</script> \" onload=x {{ 7 * 7 }} \u202eilagål"
    who = "w:author=\"&lt;b&gt;x\""
    body = (par("Reglemente", style="T"), par("1 §"), par(f"<w:ins {who}>{run(sly.replace('<', '&lt;'))}</w:ins>"))
    made = write(proofed(docx.read(word(*body)))).decode()
    assert page(made.encode()).xpath("//script | //b[. = 'x'] | //@onload") == []
    assert "\u202e" not in made
    assert "49" not in made


# The files.


def test_a_page_is_written_over_its_like_but_over_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text("<h1>Reglemente för hamnnämnden</h1><p>1 §<br>Nämnden leder.</p>", encoding="utf-8")
    for into, says in (("a.html", "ingen granskningssida"), ("a.txt", "måste sluta på .html"), ("x/a.html", "finns inte")):
        code, said = typed(f"reglemente importera a.html --torrkor --granska {into}")
        assert code == 1
        assert says in said
    assert b"Reglemente" in Path("a.html").read_bytes()
    for _ in range(2):
        assert typed("reglemente importera a.html --torrkor --granska b.html")[0] == 0
    assert typed("reglemente importera a.html --torrkor --original a.html")[0] == 1


def test_a_folder_gets_a_page_for_each_document_and_a_table_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("hamn", "park"):
        Path("in", f"{name} 1.txt").write_text(f"Reglemente för {name}nämnden\n\n1 §\nNämnden leder xx.\n", encoding="utf-8")
    Path("in", "fel.pdf").write_bytes(b"PK\x03\x04")
    Path("in", "bild.png").write_bytes(b"x")
    code, _ = typed("reglemente importera in --torrkor --granska ut")
    assert code == 1
    table = page(Path("ut", "index.html").read_bytes())
    links = table.xpath("//a/@href")
    assert links == ["hamn%201.txt.html", "park%201.txt.html"]
    assert all(Path("ut", link.replace("%20", " ")).is_file() for link in links)
    said = table.text_content()
    assert "Filen är inte en PDF" in said
    assert "bild.png" in said
    assert re.findall(r"PLATSHALLARE", said) == ["PLATSHALLARE"] * 2
