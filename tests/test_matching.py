"""What became of each provision when a charter is adopted anew, and the file in which a person corrects it.

A case in tests/cases/matching has `--- före` and `--- ny`, perhaps `--- parfil` (what a person says), and `--- par`: each pair that is
not unchanged, with how sure it is and why.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import cases, expect, sections
from edited import pairs
from generated import charters
from hypothesis import given
from redrafted import edits
from test_drafting import BASE, charter, nameless

from reglemente_tool.compare.matching import Fate, carried, match
from reglemente_tool.drafting.pairfile import pair_lines, read_pairs, said
from reglemente_tool.errors import CannotRead
from reglemente_tool.model.charter import Charter, walk
from reglemente_tool.model.identity import name_body


@pytest.mark.parametrize("case", cases("matching"), ids=lambda path: path.stem)
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    old, new = name_body(charter(parts["före"]), BASE), charter(parts["ny"])
    found = match(old, new, read_pairs(parts.get("parfil", ""), old, new))
    lines = [
        f"{said(p)}: {', '.join(f.value for f in p.fates)} ({p.certainty:.2f}, {p.reason})" for p in found if p.fates != (Fate.SAME,)
    ]
    expect(request, case, "par", "\n".join(lines))


@given(charters())
def test_law_the_same_text_is_the_same_provisions(old: Charter) -> None:
    new = nameless(old)
    found = match(old, new)
    assert {p.fates for p in found} == {(Fate.SAME,)}
    assert carried(old, new, found) == old


@given(pairs())
def test_law_every_provision_stands_in_a_pairing_and_no_identity_is_given_twice(pair: tuple[Charter, Charter]) -> None:
    old, new = pair[0], nameless(pair[1])
    found = match(old, new)
    assert sorted({id(one.provision) for p in found for one in p.olds}) == sorted(id(p) for p in walk(old.body))
    assert sorted({id(one.provision) for p in found for one in p.news}) == sorted(id(p) for p in walk(new.body))
    assert all(0 <= p.certainty <= 1 and p.reason for p in found)
    wids = [p.wid for p in walk(carried(old, new, found).body) if p.wid]
    assert len(wids) == len(set(wids))


@given(edits())
def test_law_the_file_read_back_says_what_was_found(pair: tuple[Charter, Charter]) -> None:
    old, new = pair[0], nameless(pair[1])
    found = match(old, new)
    told = read_pairs(pair_lines(found, old.title, "ny.txt"), old, new)
    again = match(old, new, told)
    assert [(p.olds, p.news, p.fates) for p in again] == [(p.olds, p.news, p.fates) for p in found]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("9 § = 1 §", "9 § finns inte i den gamla texten."),
        ("1 § blir nog 2 §", "Raden går inte att läsa som ett par."),
        ("1 § = 1 §\n1 § utgår", "1 § i den gamla texten står på två rader."),
        ("1 § = 2 § första stycket", "Bara delar av samma slag kan vara samma bestämmelse."),
        ("ett = 1 §", "”ett” går inte att läsa som ett ställe."),
    ],
)
def test_a_line_that_does_not_fit_is_refused_with_its_number(line: str, told: str) -> None:
    old = name_body(charter("Reglemente för exempelnämnden\n\n1 §\nEtt.\n\n2 §\nTvå.\n"), BASE)
    with pytest.raises(CannotRead) as refused:
        read_pairs(line, old, old)
    assert refused.value.message == told
    assert refused.value.place.document.startswith("rad ")
