"""The PDF: whole or refused, the same bytes every time, both wordings to be read out of it, and text that stays text."""

from __future__ import annotations

import contextlib
import io
import re
import time
import zlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
import typst
from edited import pairs
from hypothesis import given, settings
from sample import TEXT, amended, changed, read, sample

from reglemente_tool.compare import label
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.page import CannotWrite, Page
from reglemente_tool.writing.writers import pdf


def redline(**fields: object) -> Page:
    return replace(redline_page(sample(), amended(), municipality="Ekby kommun", status=("Förslag, inte beslutat.",)), **fields)


def opened(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """The words on all pages as they are copied out: headers and footers away, hyphens at line ends joined, blanks as one."""
    pages = []
    for number, page in enumerate(opened(content), start=1):
        lines = page.get_textpage().get_text_range().splitlines()
        footer = lines.pop()
        assert re.search(rf"sid {number} \(\d+\)$", footer), footer
        pages.append("\n".join(lines if number == 1 else lines[1:]))
    return re.sub(r"\s+", " ", "\n".join(pages).replace("\ufffe", ""))


# --- what stands in it --------------------------------------------------------------------------------------------


def test_a_redline_says_what_it_is_on_page_one() -> None:
    text = text_of(pdf.write(redline()))
    assert text.startswith("Ekby kommun Reglemente för miljö- och")
    for words in ("Antaget kommunfullmäktige 2019-02-25, § 31", "Dnr KS 2018/77", "Förslag, inte beslutat.", "Så märks ändringar"):
        assert words in text


def in_order(provisions: Iterable[Provision]) -> list[str]:
    lines: list[str] = []
    for p in provisions:
        first = [p.heading, label(p)] if p.kind is Kind.PARAGRAF else [label(p), p.heading]
        lines += [*first, p.text.replace("|", ""), *in_order(p.children), p.closing]
    return lines


CHANGE = re.compile(r"⟨(?:flytta[dt] (?P<way>hit|till|härifrån)[^:]*: )?(?P<sign>[−+]?)(?P<words>.*?)[−+]?⟩")
RENUMBERED = re.compile(r"(\d+\.) ([^()⟨⟩]*?) \(tidigare (\d+\.)\)")
NOTES = re.compile(r"\(listans skiljetecken\)|tidigare 12 §|Paragrafen upphör att gälla|Ny paragraf")


def side(page: Page, *, old: bool) -> str:
    """The words of one wording, as they can be copied out of the PDF, without blanks and dashes."""
    text = text_of(pdf.write(replace(page, changes=())))
    body = text[text.index("något har ändrats.") + len("något har ändrats.") :]
    body = RENUMBERED.sub(lambda m: f"{m[3] if old else m[1]} {m[2]}", body)
    body = CHANGE.sub(lambda m: m["words"] if (m["sign"] == "−" or m["way"] in ("till", "härifrån")) is old else "", NOTES.sub("", body))
    return re.sub(r"[\s–•|-]", "", body)


def words_of(charter: Charter) -> str:
    return re.sub(r"[\s–•|-]", "", "".join(in_order(charter.body)))


@pytest.mark.parametrize("old", [True, False])
def test_both_wordings_can_be_read_out_of_it(old: bool) -> None:
    assert side(redline(), old=old) == words_of(sample() if old else amended())


def test_the_words_instead_of_signs() -> None:
    text = text_of(pdf.write(redline(), markers="ord"))
    assert "[utgår: vart tredje] [nytt: varje] år" in text
    assert "[flyttad hit från tredje strecksatsen: följa utvecklingen på området]" in text
    assert "⟨" not in text
    with pytest.raises(CannotWrite) as error:
        pdf.write(redline(), markers="färg")
    assert error.value.hint == "Välj tecken eller ord."


def test_a_clean_page_is_the_text_and_nothing_else() -> None:
    text = text_of(pdf.write(clean_page(sample(), municipality="Ekby kommun")))
    body = text[text.rindex("1 kap. Nämndens uppgifter") :]
    assert re.sub(r"[\s–]", "", body) == re.sub(r"[\s–]", "", "".join(in_order(sample().body)))
    assert "⟨" not in text
    assert "Ändringarna i ord" not in text


def test_a_longer_clean_page_has_contents() -> None:
    text = text_of(pdf.write(clean_page(sample())))
    assert "Innehåll 1 kap. Nämndens uppgifter" in text
    short = read(TEXT[: TEXT.index("2 kap.")])
    assert "Innehåll" not in text_of(pdf.write(clean_page(short)))


def test_bookmarks_follow_the_headings() -> None:
    found = [(mark.level, mark.get_title().replace("\u00a0", " ")) for mark in opened(pdf.write(redline())).get_toc()]
    assert found[:6] == [
        (0, "1 kap. Nämndens uppgifter"), (1, "Ansvarsområde"), (2, "1 §"), (2, "2 §"), (2, "3 §"), (1, "Taxor och avgifter"),
    ]  # fmt: skip
    assert (2, "⟨−12−⟩⟨+14+⟩ §") in found
    assert found[-2:] == [(0, "Bilaga 1 Delegering"), (0, "Ändringarna i ord")]
    assert all(deeper <= level + 1 for (level, _), (deeper, _) in pairwise(found))


def test_references_do_not_break() -> None:
    raw = "".join(page.get_textpage().get_text_range() for page in opened(pdf.write(clean_page(sample()))))
    assert "se 12\u00a0§." in raw


def test_it_is_made_for_the_archive_and_for_screen_readers() -> None:
    content = pdf.write(redline())
    for claim in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<rdf:li>sv-SE<"):
        assert claim in content
    meta = opened(content).get_metadata_dict()
    assert (meta["Title"], meta["Author"]) == ("Reglemente för miljö- och gatunämnden", "Ekby kommun")
    assert meta["CreationDate"].startswith("D:20190401")


# --- the same every time ------------------------------------------------------------------------------------------


def test_same_page_same_bytes_whatever_the_clock_says() -> None:
    first = pdf.write(redline())
    time.sleep(1.1)
    assert pdf.write(redline()) == first


def test_the_date_is_the_pages_own() -> None:
    def dated(page: Page) -> str:
        return str(opened(pdf.write(page)).get_metadata_dict()["CreationDate"])[2:10]

    bare = clean_page(sample(), facts=())
    assert dated(bare) == "20000101"
    assert dated(replace(bare, status=("Lydelse som gäller 2021-02-30, rättat till 2021-03-01.",))) == "20210301"


# --- refused rather than half made --------------------------------------------------------------------------------


@pytest.mark.parametrize(("letter", "code"), [("漢", r"\u6f22"), ("\x1b", r"\x1b"), ("🙂", r"\U0001f642")])
def test_a_letter_that_the_font_lacks_is_refused_by_name(letter: str, code: str) -> None:
    page = clean_page(changed(sample(), "par5.st1", text=f"Nämnden {letter} får."))
    with pytest.raises(CannotWrite) as error:
        pdf.write(page)
    shown = "␛" if letter == "\x1b" else letter
    assert error.value.message.startswith(f"Typsnittet saknar tecknet ”{shown}”")
    assert code in error.value.message or letter == "\x1b"
    assert "html" in error.value.hint


def test_every_letter_that_charters_use_is_there() -> None:
    letters = "åäöÅÄÖéÉüàôæøß – — • · ” ’ » « § … ½ ² ³ € % & @ # / \\ * _ ^ ~ ` { } [ ] < > | = + − ⟨ ⟩ ° × § 0123456789"
    for heading in ("", letters.replace("⟨", "").replace("⟩", "")):
        assert pdf.write(clean_page(changed(sample(), "par5", heading=heading))).startswith(b"%PDF-1.7")
    assert letters in text_of(pdf.write(clean_page(changed(sample(), "par5.st1", text=letters))))


def test_a_warning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    warning = typst.TypstWarning("unknown font family", "warning: unknown font family")
    monkeypatch.setattr(typst, "compile_with_warnings", lambda *_, **__: (b"%PDF", [warning]))
    with pytest.raises(CannotWrite, match="PDF-filen gick inte att göra"):
        pdf.write(clean_page(sample()))


def test_without_a_title_there_is_no_document() -> None:
    with pytest.raises(CannotWrite):
        pdf.write(replace(clean_page(sample()), title=()))


# --- text stays text ----------------------------------------------------------------------------------------------

MARKUP = '#panic("x") $x^2$ *fet* _lut_ `rå` <par1> @par2 = rubrik \\ #import "@preview/x:1.0.0" // slut /* */ {{ 7*7 }} <b>b</b>'


def test_typst_markup_is_text_everywhere() -> None:
    old = replace(sample(), title=f"Reglemente {MARKUP}")
    new = changed(changed(old, "par4.st1", text=MARKUP), "par5", heading=MARKUP)
    new = changed(new, "bil1.tab1.rad2", text=f"{MARKUP} | b | c")
    page = redline_page(old, new, municipality=MARKUP, case_number=MARKUP, facts=((MARKUP, MARKUP),), status=(MARKUP,))
    text = text_of(pdf.write(page))
    assert text.count('#panic("x") $x^2$') >= 7
    assert "{{ 7*7 }}" in text


@settings(max_examples=15)
@given(pairs())
def test_any_redline_can_be_set(both: tuple[Charter, Charter]) -> None:
    assert pdf.write(redline_page(*both)).startswith(b"%PDF-1.7")


# --- odd shapes ---------------------------------------------------------------------------------------------------


def test_odd_charters_can_be_set() -> None:
    def page(*body: Provision) -> Page:
        return clean_page(Charter(CharterId("x"), "Udda", CommitteeId("x"), body))

    deep = Provision(Kind.STRECKSATS, marker="–", text="innerst")
    for _ in range(6):
        deep = Provision(Kind.PUNKT, number="1", marker="1.", text="i", children=(deep,))
    for odd in (
        page(),
        page(Provision(Kind.PARAGRAF, number="1", marker="1 §")),
        page(Provision(Kind.STYCKE, text="Löst stycke.")),
        page(Provision(Kind.STYCKE, children=(deep,))),
        page(Provision(Kind.TABELL)),
        page(Provision(Kind.TABELL, children=tuple(Provision(Kind.RAD, text=row) for row in ("a | b", "c | d | e", "")))),
        page(Provision(Kind.BILAGA, marker="Bilaga", children=(Provision(Kind.AVSNITT, heading="Avsnitt"),))),
        page(Provision(Kind.PARAGRAF, number="1", marker="§ 1", layout="lopande", children=(Provision(Kind.STYCKE, text="Inne."),))),
    ):
        assert len(opened(pdf.write(odd))) >= 1


def test_a_whole_new_charter_and_one_that_goes() -> None:
    nothing = Charter(CharterId("mpn"), "", CommitteeId(""))
    assert "⟨+Nämnden består av nio ledamöter" in text_of(pdf.write(redline_page(nothing, sample())))
    gone = redline_page(sample(), replace(sample(), body=(), repealed=True))
    assert "Reglementet upphör att gälla i sin helhet." in text_of(pdf.write(gone))


def test_what_goes_is_struck_out_and_what_comes_is_underlined() -> None:
    """Also in the tags, for those who ask their screen reader of it."""

    def lines(old: str, new: str) -> tuple[int, int]:
        before, after = (changed(sample(), "par5.st1", text=text) for text in (old, new))
        content = pdf.write(replace(redline_page(before, after), redline=False))
        objects = content + b"".join(inflated(content))
        return objects.count(b"/LineThrough"), objects.count(b"/Underline")

    assert lines("Nämnden får besluta.", "Nämnden får besluta.") == (0, 0)
    assert lines("Nämnden får snart besluta.", "Nämnden får besluta.") == (1, 0)
    assert lines("Nämnden får besluta.", "Nämnden får snart besluta.") == (0, 1)


def inflated(content: bytes) -> Iterable[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(found[1])
