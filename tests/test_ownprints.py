"""What the tool has printed comes back as the charter that was printed: what a print says about itself is no law, and is told."""

from __future__ import annotations

from datetime import date

import pytest
from generated import charters
from hypothesis import given, settings
from hypothesis import strategies as st
from prints import Print, lost, prints, returned
from test_days import FYR, change, decision, swap, told

from reglemente_tool.consolidate import version_at
from reglemente_tool.model.charter import Charter, walk
from reglemente_tool.model.history import Condition, Correction
from reglemente_tool.model.notices import (
    NOTHING_AWAITED,
    as_of,
    awaited,
    footnote,
    is_as_of,
    is_footnote,
    is_notice,
    overlay,
    parted,
    since,
)
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role
from reglemente_tool.reading.wording import read_document
from reglemente_tool.reading.wording.ownprint import ABOUT, TOUCHED
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.front import facts, origins, status

# The law.


def touched(one: Print) -> list[str]:
    """What the page says of when its provisions were touched."""

    def origins(blocks: tuple[object, ...]) -> list[str]:
        return [note for b in blocks for note in (*([b.origin] if b.origin else []), *origins(b.children))]  # type: ignore[attr-defined]

    return origins(one.page.blocks)


@pytest.mark.parametrize("format", ["text", "md", "html", "docx"])
def test_every_wording_comes_back_from_its_print(format: str) -> None:
    for one in prints():
        read = returned(one.page, format)
        assert lost(one, read) == [], one.name
        if format != "text":
            assert sorted(x.text.strip("()") for x in read.left_out if x.what == TOUCHED) == sorted(
                footnote(note) if format == "docx" else note for note in touched(one)
            ), one.name
            assert [x.text for x in read.left_out if x.what == ABOUT] == list(one.page.status), one.name
        assert not [p.code for p in read.problems if p.code in ("FOTNOT", "UPPLYSNING")], one.name


@pytest.mark.parametrize("one", [one for one in prints() if one.last], ids=lambda one: one.name.replace(" ", "-"))
def test_the_latest_wording_of_every_charter_comes_back_from_its_pdf(one: Print) -> None:
    read = returned(one.page, "pdf")
    assert lost(one, read) == []
    assert [x.text for x in read.left_out if x.what == ABOUT] == list(one.page.status)
    assert len([x for x in read.left_out if x.what == TOUCHED]) == len(touched(one))


@pytest.mark.parametrize("format", ["md", "html", "docx", "pdf"])
def test_every_sort_of_honest_line_is_known(format: str) -> None:
    """As known on a day, with a change laid over the text for a time, a condition, a mend that is no decision."""
    history = told(
        decision(date(2016, 1, 1), change(FYR, date(2016, 2, 1), swap("varje natt", "var natt"))),
        decision(date(2017, 1, 1), change(FYR, date(2017, 2, 1), swap("lyser", "blinkar"), until=date(2017, 12, 31)), section="2 a"),
        decision(date(2017, 1, 2), change(FYR, Condition("när beslutet har fått laga kraft"), swap("Fyren", "Båken")), section=""),
        Correction(decided_on=date(2017, 1, 3), number="1", change=change(FYR, date(2017, 1, 3), swap("natt", "mörk natt")), reason="Fel"),
    )
    on = {"in_force": date(2017, 6, 1), "known": date(2017, 5, 1)}
    charter, lines = version_at(history, FYR, **on), status(history, FYR, **on)
    page = clean_page(charter, facts=facts(history, FYR, **on), status=lines, origins=origins(history, FYR, **on))
    read = returned(page, format)
    assert lost(Print("", charter, page, last=True), read) == []
    assert [x.text for x in read.left_out if x.what == ABOUT] == list(lines)
    assert len(lines) == 3


@given(charters(), st.data())
@settings(max_examples=15)
def test_any_charter_comes_back_with_notes_after_any_of_its_parts(charter: Charter, data: st.DataObject) -> None:
    wids = sorted(p.wid for p in walk(charter.body))
    touched = data.draw(st.sets(st.sampled_from(wids), max_size=6)) if wids else set()
    notes = {wid: since(date(2019, 1, 1), "KF § 133") for wid in touched}
    page = clean_page(charter, facts=charter.facts, status=(as_of(date(2026, 1, 1), "KF 2019-01-01 § 133"), NOTHING_AWAITED), origins=notes)
    for format in ("md", "html", "docx"):
        assert lost(Print("", charter, page, last=True), returned(page, format)) == []


_SECTIONS = st.from_regex(r"[1-9][0-9]{0,2}(?: [a-z])?", fullmatch=True)
_DAYS = st.dates(date(1992, 1, 1), date(2099, 12, 31))
_NAMES = st.builds(lambda day, section: f"KF {day}" + (f" § {section}" if section else ""), _DAYS, st.none() | _SECTIONS) | st.builds(
    lambda day: f"rättelse {day}", _DAYS
)
_BY = _NAMES | _SECTIONS.map(lambda section: f"KF § {section}")


@given(_DAYS, _NAMES, st.none() | _DAYS, _BY)
def test_what_is_said_is_known_again(day: date, name: str, known: date | None, by: str) -> None:
    assert is_as_of(as_of(day, name, known))
    assert is_notice(as_of(day, name, known))
    assert is_notice(overlay(day, name))
    assert is_notice(awaited([f"KF {day} § 7 (gäller från {day})", "KF 2017-01-02 (när beslutet har fått laga kraft)"]))
    assert is_notice(NOTHING_AWAITED)
    note = since(day, by)
    assert parted(f"Nämnden har nio ledamöter. ({note})") == ("Nämnden har nio ledamöter.", f"({note})")
    assert is_footnote(footnote(note))


HONEST = Piece("Lydelse som gäller 2026-01-01, enligt beslut till och med KF 2019-05-27 § 92.")
NOTE = "(sedan 2019-01-01, KF § 133)"


def document(*pieces: Piece) -> Document:
    return Document((Piece("Reglemente för hamnnämnden", Role.TITLE), *pieces[:1], Piece("1 §"), Piece("Nämnden har hand om"), *pieces[1:]))


@pytest.mark.parametrize(
    "words",
    [
        "hamnen (sedan 2019)", "hamnen sedan 2019-01-01, KF § 133", "hamnen (sedan 2019-01-01, KF § 133).",
        "hamnen (sedan 1 januari 2019, KF § 133)",
        "hamnen (sedan 2019-01-01, KS § 133)", "hamnen (sedan 2019-01-01, KF § 133) och bryggan", "hamnen(sedan 2019-01-01, KF § 133)",
        "hamnen (gäller sedan 2019-01-01, KF § 133)", "hamnen (sedan 2019-01-01, KF §)",
        "Inget är beslutat som ännu inte är i kraft, utom hamnen.",
        "Lydelse som gäller 2026-01-01, enligt beslut till och med KF 2019-05-27 § 92. Nämnden har hand om hamnen.",
        "Tillfällig ändring till och med sommaren 2026: KF 2026-01-01 § 4.", "Lydelse sedan 2019-01-01, KF § 133.",
    ],
)  # fmt: skip
def test_words_of_the_charter_that_look_alike_stay(words: str) -> None:
    read = read_document(document(HONEST, Piece(words, Role.ITEM, "•")))
    assert read.body[0].children[0].children[0].text == words
    assert [x.what for x in read.left_out] == [ABOUT]


def test_a_note_is_taken_from_the_words_it_stands_after_and_told() -> None:
    read = read_document(document(HONEST, Piece(f"hamnen {NOTE}", Role.ITEM, "•", page=2), Piece(NOTE, page=2)))
    assert [p.text for p in read.body[0].children[0].children] == ["hamnen"]
    assert read.left_out == (LeftOut(ABOUT, HONEST.text), LeftOut(TOUCHED, NOTE, 2), LeftOut(TOUCHED, NOTE, 2))
    assert [b.piece for b in read.blocks] == [0, 2, 3, 4]


def test_in_a_document_that_is_no_print_of_ours_it_stays_and_is_told_as_a_doubt() -> None:
    read = read_document(document(Piece("Antaget av kommunfullmäktige 2019-01-01"), Piece(f"hamnen {NOTE}", Role.ITEM, "•")))
    assert read.body[0].children[0].children[0].text == f"hamnen {NOTE}"
    assert [(p.code, p.place.line) for p in read.problems] == [("UPPLYSNING", f"• hamnen {NOTE}")]
