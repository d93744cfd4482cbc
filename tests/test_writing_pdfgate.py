"""Every sort of PDF that the tool writes passes the gate (`pdfgate`), and the gate refuses what it should."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf
import pytest
from edited import pairs
from hypothesis import given, settings
from pdfgate import faults
from pikepdf import Array, Dictionary, Name, Pdf
from sample import amended, sample

from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.look import Logotype, Look
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import pdf

NOTHING = Charter(CharterId("mpn"), "", CommitteeId(""))
FILE = ("reglemente.xml", "application/xml", "<akomaNtoso>räksmörgås</akomaNtoso>".encode())
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path fill="#114477" fill-opacity="0.8" d="M0 0h10v10z"/></svg>'


def png() -> bytes:
    """A picture of four dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"\x00\xff\x00\x00\x00\xff\x00" * 2
    parts = (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def redline(**fields: object) -> Page:
    page = redline_page(sample(), amended(), municipality="Ekby kommun", only_changed=bool(fields.pop("short", False)))
    return replace(page, status=("Förslag.",), **fields)


DRAFT = "Utkast, inte antaget"
MARK = Logotype(data=SVG, format="svg", words="Ekby kommun")
DOTS = Logotype(data=png(), format="png", words="Ekby kommun")

KINDS: dict[str, Callable[[], bytes]] = {
    "ren": lambda: pdf.write(clean_page(sample(), municipality="Ekby kommun")),
    "ren med arkivfil": lambda: pdf.write(clean_page(sample()), attachment=FILE),
    "löpande": lambda: pdf.write(redline()),
    "löpande, bara ändrat, ord, utkast": lambda: pdf.write(redline(short=True, draft=DRAFT), markers="ord"),
    "löpande med arkivfil": lambda: pdf.write(redline(), attachment=FILE),
    "spalter": lambda: pdf.write(redline(), form="spalter"),
    "spalter, bara ändrat, ord, utkast": lambda: pdf.write(redline(short=True, draft=DRAFT), form="spalter", markers="ord"),
    "spalter med arkivfil": lambda: pdf.write(redline(), form="spalter", attachment=("a.bin", "application/octet-stream", b"\xff\xfe\x00")),
    "märke i svg": lambda: pdf.write(redline(), look=Look(logotype=MARK)),
    "märke i png": lambda: pdf.write(redline(), form="spalter", look=Look(logotype=DOTS)),
    "helt nytt": lambda: pdf.write(redline_page(NOTHING, sample()), form="spalter"),
    "helt borta": lambda: pdf.write(redline_page(sample(), replace(sample(), body=(), repealed=True)), form="spalter"),
    "inget ändrat": lambda: pdf.write(redline_page(sample(), sample(), only_changed=True), form="spalter"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_sort_of_pdf_passes(kind: str) -> None:
    assert faults(KINDS[kind]()) == []


@settings(max_examples=8)
@given(pairs())
def test_any_redline_passes(both: tuple[Charter, Charter]) -> None:
    page = redline_page(*both)
    assert faults(pdf.write(page)) == []
    assert faults(pdf.write(page, form="spalter")) == []


# --- the gate itself ----------------------------------------------------------------------------------------------


@cache
def good() -> bytes:
    return pdf.write(redline(), look=Look(logotype=MARK), attachment=FILE)


def harmed(change: Callable[[Pdf], None]) -> list[str]:
    """What the gate says of the good file after `change`."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(good())) as file:
        change(file)
        file.save(out)
    return faults(out.getvalue())


def tagged(file: Pdf, role: str) -> pikepdf.Object:
    """The first structure element with that role."""
    stack = [file.Root.StructTreeRoot]
    while stack:
        node = stack.pop()
        if node.get("/S") == Name(f"/{role}"):
            return node
        kids = node.get("/K", [])
        listed = list(kids) if isinstance(kids, Array) else [kids]
        stack += [kid for kid in reversed(listed) if isinstance(kid, Dictionary)]
    raise AssertionError(role)


def no_language(file: Pdf) -> None:
    file.Root.Lang = pikepdf.String("en")


def not_marked(file: Pdf) -> None:
    del file.Root.MarkInfo


def no_title_shown(file: Pdf) -> None:
    del file.Root.ViewerPreferences


def no_metadata(file: Pdf) -> None:
    del file.Root.Metadata


def metadata_of_another_sort(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    def change(file: Pdf) -> None:
        data = file.Root.Metadata.read_bytes()
        assert old in data
        file.Root.Metadata.write(data.replace(old, new))

    return change


def no_structure(file: Pdf) -> None:
    del file.Root.StructTreeRoot


def odd_role(file: Pdf) -> None:
    tagged(file, "P").S = Name("/Stycke")


def heading_that_jumps(file: Pdf) -> None:
    tagged(file, "H2").S = Name("/H4")


def picture_without_words(file: Pdf) -> None:
    del tagged(file, "Figure").Alt


def header_without_scope(file: Pdf) -> None:
    del tagged(file, "TH").A


def item_outside_list(file: Pdf) -> None:
    tagged(file, "L").S = Name.Div


def row_outside_table(file: Pdf) -> None:
    tagged(file, "THead").S = Name.Div


def uneven_table(file: Pdf) -> None:
    row = tagged(file, "TR")
    row.K = Array(list(row.K)[:-1])


def paints(stream: bytes) -> Callable[[Pdf], None]:
    def change(file: Pdf) -> None:
        file.pages[0].contents_add(stream)

    return change


def font_left_out(file: Pdf) -> None:
    font = next(iter(dict(file.pages[0].Resources.Font).values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def no_profile(file: Pdf) -> None:
    del file.Root.OutputIntents
    file.pages[0].contents_add(b"/Artifact BMC 1 0 0 rg 0 0 9 9 re f EMC")


def link_without_tag(file: Pdf) -> None:
    page = next(page for page in file.pages if "/Annots" in page)
    del page.Annots[0].StructParent


def link_without_words(file: Pdf) -> None:
    page = next(page for page in file.pages if "/Annots" in page)
    del page.Annots[0].Contents


def program(file: Pdf) -> None:
    file.Root.Names.JavaScript = Dictionary()


def file_of_no_relation(file: Pdf) -> None:
    del file.Root.AF[0].AFRelationship


def file_of_no_sort(file: Pdf) -> None:
    del file.Root.AF[0].EF.F.Subtype


FAULTY: list[tuple[Callable[[Pdf], None], str]] = [
    (no_language, "språket är inte svenska"),
    (not_marked, "inte märkt som taggad"),
    (no_title_shown, "titeln visas inte"),
    (no_metadata, "metadata saknas"),
    (metadata_of_another_sort(b"<pdfuaid:part>1<", b"<pdfuaid:part>2<"), "PDF/UA-1"),
    (metadata_of_another_sort(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<"), "PDF/A-2a"),
    (metadata_of_another_sort(b"<pdfaid:part>3<", b"<pdfaid:part>2<"), "bara PDF/A-3"),
    (metadata_of_another_sort(b"dc:title", b"dc:titel"), "titeln saknas"),
    (metadata_of_another_sort(b"http://www.aiim.org/pdfua/ns/id/</pdfaSchema", b"http://example.org/</pdfaSchema"), "inte förklarat"),
    (no_structure, "strukturen saknas"),
    (odd_role, "taggen Stycke är okänd"),
    (heading_that_jumps, "rubriknivå 4 följer på"),
    (picture_without_words, "bild har inga ord"),
    (header_without_scope, "rubrikcell säger inte"),
    (item_outside_list, "punkt står utanför"),
    (row_outside_table, "rad står utanför"),
    (uneven_table, "olika breda"),
    (paints(b"BT /F0 9 Tf (x) Tj ET"), "målar utan att vara märkt"),
    (paints(b"0 0 9 9 re f"), "målar utan att vara märkt"),
    (paints(b"/P <</MCID 99999>> BDC 0 0 9 9 re f EMC"), "strukturen inte känner"),
    (font_left_out, "följer inte med"),
    (no_profile, "färgerna har ingen profil"),
    (link_without_tag, "länk är inte taggad"),
    (link_without_words, "länk säger inte vart"),
    (program, "ett program i sig"),
    (file_of_no_relation, "inte vad den är för texten"),
    (file_of_no_sort, "inte av vilken sort"),
]  # fmt: skip


def test_the_good_file_is_good_also_when_saved_anew() -> None:
    assert harmed(lambda _: None) == []


@pytest.mark.parametrize(("change", "said"), FAULTY)
def test_the_gate_refuses(change: Callable[[Pdf], None], said: str) -> None:
    assert any(said in fault for fault in harmed(change)), harmed(change)


def test_the_gate_refuses_a_file_without_identity() -> None:
    assert any("ingen identitet" in fault for fault in faults(good().replace(b"/ID", b"/IX")))
