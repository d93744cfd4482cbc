"""A memo bound in before the charter: cut off and listed when that is sure, told as a doubt when it is not, and never imagined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated import charters
from hypothesis import given, settings
from test_importing import typeset

from reglemente_tool.model.charter import Charter
from reglemente_tool.reading.document import Document, Piece, Role
from reglemente_tool.reading.sources import docx, pdf
from reglemente_tool.reading.wording import ReadCharter, read_document
from reglemente_tool.reading.wording.bound import WHAT
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import docx as docx_writer


def texts(*lines: str) -> tuple[Piece, ...]:
    """Pieces of running text, "= …" a heading."""
    return tuple(Piece(x.removeprefix("= "), Role.HEADING if x.startswith("= ") else Role.TEXT, level=x.startswith("= ")) for x in lines)


MEMO = texts(
    "Norrboda kommun", "= Tjänsteskrivelse", "Dnr KS 2026/12", "Handläggare Kommunjuristen", "= Reglemente för hamnnämnden",
    "= Förslag till beslut", "Kommunstyrelsen föreslår att kommunfullmäktige beslutar", "att anta bilagt reglemente för hamnnämnden.",
    "= Sammanfattning", "Hamnnämnden föreslås få ett nytt reglemente. Det nuvarande är från 2006.", "= Beslutsunderlag",
    "Reglemente för hamnnämnden, förslag", "= Beslutet skickas till", "Hamnnämnden",
)  # fmt: skip
CHARTER = texts("= Reglemente för hamnnämnden", "1 §", "Hamnnämnden ansvarar för kajer.", "2 §", "Nämnden har fem ledamöter.")


def read(*pieces: Piece) -> ReadCharter:
    return read_document(Document(pieces))


def codes(found: ReadCharter) -> list[str]:
    return [problem.code for problem in found.problems if problem.code == "ANNAN-HANDLING"]


def test_it_is_cut_off_told_and_kept() -> None:
    found, alone = read(*MEMO, *CHARTER), read(*CHARTER)
    assert (found.title, found.facts, found.body, found.text) == (alone.title, alone.facts, alone.body, alone.text)
    assert [one.text for one in found.left_out if one.what == WHAT] == [piece.text for piece in MEMO]
    assert codes(found) == ["ANNAN-HANDLING"]
    assert codes(alone) == []


@pytest.mark.parametrize("tags", [True, False])
def test_in_a_pdf_the_charter_begins_at_the_head_of_a_page(tags: bool) -> None:
    def set_(pieces: tuple[Piece, ...]) -> str:
        return "\n\n".join(f'#text(size: 15pt, weight: "bold")[{p.text}]' if p.role is Role.HEADING else p.text for p in pieces)

    cover = texts("Norrboda kommuns författningssamling")
    apart = pdf.read(typeset(f"{set_(MEMO)}\n#pagebreak()\n{set_((*cover, *CHARTER))}", tags=tags))
    found = read_document(apart)
    assert {one.page for one in found.left_out if one.what == WHAT} == {1}
    assert [b.text for b in found.blocks if b.level in ("titel", "stycke")] == [
        "Reglemente för hamnnämnden", "Hamnnämnden ansvarar för kajer.", "Nämnden har fem ledamöter.",
    ]  # fmt: skip
    assert "sida 2" in next(p.message for p in found.problems if p.code == "ANNAN-HANDLING")
    # On the page where the memo ends nothing is sure: all is read, and that is said.
    on = read_document(pdf.read(typeset(f"{set_(MEMO)}\n\n{set_(CHARTER)}", tags=tags)))
    assert codes(on) == ["ANNAN-HANDLING"]
    assert not [one for one in on.left_out if one.what == WHAT]


@pytest.mark.parametrize(
    "pieces",
    [
        # The title is not set apart; there is no title; one § of the memo's own is 1 §.
        (*MEMO, *texts("Reglemente för hamnnämnden"), *CHARTER[1:]),
        (*MEMO, *CHARTER[1:]),
        (*MEMO[:3], *texts("1 § i det nu gällande reglementet är från 2006."), *MEMO[3:], *texts("1 §", "Nämnden leder.")),
    ],
)
def test_what_is_not_sure_is_read_and_told(pieces: tuple[Piece, ...]) -> None:
    found = read(*pieces)
    assert not [one for one in found.left_out if one.what == WHAT]
    assert codes(found) == ["ANNAN-HANDLING"]
    assert "Kommunstyrelsen föreslår" in found.text


@pytest.mark.parametrize(
    "pieces",
    [
        # One sign alone, signs below 1 §, a preamble with a heading of its own.
        (*texts("= Förslag till beslut"), *CHARTER),
        (*CHARTER, *texts("3 §", "Ledamöter får lämna yrkanden.", "= Förslag till beslut", "= Beslutsunderlag", "4 §", "Ord.")),
        (*CHARTER[:1], *texts("= Bakgrund", "Reglementet kompletterar kommunallagen."), *CHARTER[1:]),
    ],
)
def test_a_charter_that_only_speaks_of_cases_is_left_whole(pieces: tuple[Piece, ...]) -> None:
    found = read(*pieces)
    assert codes(found) == []
    assert not [one for one in found.left_out if one.what == WHAT]


@given(charters())
@settings(max_examples=15)
def test_any_charter_is_the_same_behind_a_memo_as_alone(charter: Charter) -> None:
    named = replace(charter, title="Reglemente för hamnnämnden")
    alone = docx.read(docx_writer.write(clean_page(named, municipality="Norrboda")))
    behind = read_document(replace(alone, pieces=(*MEMO, *alone.pieces)))
    if any(one.what == WHAT for one in behind.left_out):
        assert behind.body == read_document(alone).body
    else:
        assert all(piece.printed[:3] not in ("1 §", "§ 1") and not piece.printed.startswith("1 kap") for piece in alone.pieces)
