"""Amendments as documents: the text before, the decision, how it was read, the text after.

Sections: `--- före` (one or more charters in the text form, a line `===` between them), `--- beslut` (att-satser),
`--- läst` (one line for each amendment, as it says itself), `--- efter` (what the charters then say). A refused decision has
`--- nekat` instead of `--- efter`. The laws at the end hold on every case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice, permutations
from pathlib import Path

import pytest
from conftest import cases, expect, sections

from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId
from reglemente_tool.model.history import Committee, Decision, Municipality
from reglemente_tool.model.identity import name_body
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, decision_of, obstacles
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.storage.xmlform import event_from_xml, event_to_xml
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers.text import write

BASE, LATER = DecisionId("kf-2015-01-26-1"), DecisionId("kf-2018-06-18-9")
ANSWERS = {"BESLUTSDATUM": "2018-06-18", "IKRAFT": "2018-07-01", "PARAGRAF": "9"}


def charters_in(text: str) -> tuple[Charter, ...]:
    """The charters of a section, each with identities as if adopted long ago."""
    made = []
    for part in text.split("\n===\n"):
        read = read_charter(part)
        name = read.title.removeprefix("Reglemente för ").strip()
        made.append(name_body(Charter(CharterId(slug(name)), read.title, CommitteeId(slug(name)), read.body), BASE))
    return tuple(made)


def reading(before: tuple[Charter, ...], decision: str) -> Proposal:
    """How the decision is read against the charters."""
    committees = tuple(Committee(id=c.committee, name=c.title.removeprefix("Reglemente för ")) for c in before)
    municipality = Municipality(name="Exempelby kommun", code="9998", committees=committees)
    text = decision if "beslutar" in decision else f"§ 9\n\nBeslut\n\nKommunfullmäktige beslutar\n\n{decision}"
    return propose(text, standing=Standing(municipality, before), answers=ANSWERS)


def as_text(charters: tuple[Charter, ...]) -> str:
    """The charters in the text form."""
    return "===\n".join(write(clean_page(charter)).decode("utf-8") for charter in charters)


def enacted(before: tuple[Charter, ...], decision: Decision) -> tuple[Charter, ...]:
    """Every charter after the decision."""
    after = []
    for charter in before:
        for change in decision.changes:
            if change.charter == charter.id:
                charter = apply_together(charter, change, decision.id)
        after.append(charter)
    return tuple(after)


@pytest.mark.parametrize("case", cases("amendments"), ids=lambda path: path.stem)
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    before = charters_in(parts["före"])
    proposal = reading(before, parts["beslut"])
    said = [f"{s.charter}: {s.amendment.describe()}" if len(before) > 1 else s.amendment.describe() for s in proposal.suggestions]
    expect(request, case, "läst", "\n".join(said))
    problems = [f"{p.code} {p.message}" for p in obstacles(proposal)]
    refusal = "\n".join(problems)
    after = before
    if not problems:
        decision = decision_of(proposal, "test")
        try:
            after = enacted(before, decision)
        except CannotApply as error:
            refusal = f"{error.code} {error.message}"
        else:
            laws(before, after, decision)
    if refusal or "nekat" in parts:
        expect(request, case, "nekat", refusal)
        return
    expect(request, case, "efter", as_text(after))


def laws(before: tuple[Charter, ...], after: tuple[Charter, ...], decision: Decision) -> None:
    """What holds for every case, whatever it is about."""
    assert event_from_xml(event_to_xml(decision), "fall.xml") == decision
    for charter, changed in zip(before, after, strict=True):
        for change in decision.changes:
            if change.charter != charter.id:
                continue
            for order in islice(permutations(change.amendments), 24):
                assert apply_together(charter, replace(change, amendments=order), decision.id) == changed
        page = redline_page(charter, changed)
        assert new_text(page) == write(clean_page(changed)).decode()
        assert redline_page(changed, changed).changes == ()


def new_text(page: Page) -> str:
    """The redline's new text in the text form, without the remarks on top."""
    lines = write(page).decode().split("\n")
    while lines and (lines[0].startswith("# ") or not lines[0]):
        lines.pop(0)
    return "\n".join(lines)


def test_there_are_cases_for_every_amendment() -> None:
    from reglemente_tool.amendments import types

    read = set()
    for case in cases("amendments"):
        parts = sections(case)
        read |= {s.amendment.tag for s in reading(charters_in(parts["före"]), parts["beslut"]).suggestions}
    missing = set(types()) - read
    assert missing <= {"antas"}, missing
    assert date.fromisoformat(ANSWERS["IKRAFT"])
