"""Charters that a decision adopts by annex: what is laid beside a decision can be taken apart again, and nothing else is an annex."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import cases

from reglemente_tool.reading.annexes import parted, with_annex
from reglemente_tool.reading.wording import read_charter

UNDERLAG = Path(__file__).parent.parent / "charters" / "underlag"
CHARTERS = sorted(path for path in UNDERLAG.rglob("*.txt") if path.parent.name != "beslut")
DECISIONS = sorted(path for path in UNDERLAG.rglob("beslut/*.txt"))
SAID = "Kommunfullmäktige 2026-05-25\n\n§ 61\n\nBeslut\n\nKommunfullmäktige beslutar att anta reglemente enligt bilaga 1."


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_laid_beside_a_decision_comes_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said, annexes = parted(with_annex(SAID, path.name, text))
    assert said.rstrip() == SAID
    assert [(a.name, a.read.title, a.read.body) for a in annexes] == [(path.name, (alone := read_charter(text)).title, alone.body)]


def test_two_files_are_two_annexes_in_order() -> None:
    first, second = (path.read_text(encoding="utf-8") for path in CHARTERS[:2])
    _, annexes = parted(with_annex(with_annex(SAID, "a.docx", first), "b.pdf", second))
    assert [(a.name, a.read.body) for a in annexes] == [("a.docx", read_charter(first).body), ("b.pdf", read_charter(second).body)]


@pytest.mark.parametrize("path", [*DECISIONS, *cases("phrases")], ids=lambda path: path.stem)
def test_a_decision_without_annexes_is_left_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert parted(text) == (text, ())


CHARTER = "Reglemente för lotterinämnden\n\n1 §\nNämnden ansvarar för lotterier.\n"


@pytest.mark.parametrize("head", ["Bilaga", "Bilaga 1", "BILAGA 1", "  Bilaga 1  ", "Bilaga 1\n\n# Antaget i går"])
def test_a_pasted_charter_below_the_word_bilaga_is_an_annex(head: str) -> None:
    said, annexes = parted(f"{SAID}\n\n{head}\n\n{CHARTER}")
    assert said.rstrip() == SAID
    assert [(a.committee, a.unsure) for a in annexes] == [("lotterinämnden", "")]


@pytest.mark.parametrize(
    "after",
    [
        "Bilaga 1\n\nTaxa för lotterier\n\n1 §\nAvgiften är 100 kronor.",
        "Bilaga 1\n\nArbetsordning för arbetsutskottet\n\n1 §\nUtskottet sammanträder varje månad.",
        "Se bilaga 1\n\n" + CHARTER,
        "Bilaga 1 till protokollet antogs\n\n" + CHARTER,
        CHARTER,
    ],
)
def test_what_is_no_charter_or_stands_below_no_such_line_is_none(after: str) -> None:
    text = f"{SAID}\n\n{after}"
    assert parted(text) == (text, ())


def test_a_charter_alone_is_no_decision_with_an_annex() -> None:
    assert parted(f"Bilaga 1\n\n{CHARTER}") == (f"Bilaga 1\n\n{CHARTER}", ())


def test_files_stand_for_what_was_pasted_too() -> None:
    """Who points at the file need not cut the annexes out of the protocol."""
    pasted = f"{SAID}\n\nBilaga 1\n\n{CHARTER}\nBilaga 2\n\nTaxa för lotterier\n"
    assert [a.unsure for a in parted(pasted)[1]] == ["Bilaga 2"]
    said, annexes = parted(with_annex(pasted, "lotteri.docx", CHARTER))
    assert said.rstrip() == SAID
    assert [(a.name, a.unsure) for a in annexes] == [("lotteri.docx", "")]


TITLES = ["Reviderat reglemente för lotterinämnden", "Lotterinämndens reglemente 2026", "REGLEMENTE FÖR LOTTERINÄMNDEN"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("file", ["lotteri.docx", "a" * 200 + ".docx", "två\nrader.docx"])
def test_what_a_person_points_at_is_an_annex_whatever_its_title_and_file_are_like(title: str, file: str) -> None:
    said, annexes = parted(with_annex(SAID, file, CHARTER.replace("Reglemente för lotterinämnden", title)))
    assert said.rstrip() == SAID
    assert [(a.read.title, a.committee) for a in annexes] == [(title, "lotterinämnden")]
