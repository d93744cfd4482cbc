"""From an edited text to a decision: the amendments make exactly that text, and the att-satser are read as those amendments.

A case in tests/cases/drafting has `--- före` and `--- ny`, a charter as it is and as it was edited, and `--- beslut`, the decision
that is written (or `--- nekat`, why none is); in the form "dels … dels" when its first line says so.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from edited import pairs
from generated import charters
from hypothesis import assume, event, given
from redrafted import edits

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.compare.matching import carried, match
from reglemente_tool.consolidate import apply_together
from reglemente_tool.drafting import Draft, Form, decision_text, draft
from reglemente_tool.drafting.form import kept, problems
from reglemente_tool.drafting.shapes import make, shapes
from reglemente_tool.errors import Level
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Wid, by_wid, every, walk
from reglemente_tool.model.history import Change, Committee, Condition, Municipality
from reglemente_tool.model.identity import name_body
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import text as text_form

BASE = DecisionId("kf-2020-01-27-1")
SPOKEN = "reglementet för exempelnämnden"


def charter(text: str) -> Charter:
    """Return the charter that a text is, without identities."""
    read = read_charter(text)
    return Charter(CharterId("exempelnamnden"), read.title, CommitteeId("exempelnamnden"), read.body, read.facts)


def printed(c: Charter) -> str:
    """Return a charter in the text form."""
    return text_form.write(clean_page(c)).decode()


def nameless(c: Charter) -> Charter:
    """Return the charter as it comes out of a document."""
    return replace(c, body=every(c.body, lambda p: replace(p, wid=Wid(""), source=None)))


def identified(old: Charter, new: Charter) -> Charter:
    """Return the edited charter with the identities that the matching gives it."""
    return carried(old, new, match(old, new))


def read_back(d: Draft, form: Form) -> Proposal:
    """Return the reading of the decision that says `d`."""
    places = Municipality(name="Norrboda kommun", code="9999", committees=(Committee(id=d.before.committee, name="exempelnämnden"),))
    text = decision_text(d.amendments, SPOKEN, form=form)
    return propose(text, standing=Standing(places, (d.before,)), answers={"FORTSATTER": "nej"})


@pytest.mark.parametrize("case", cases("drafting"), ids=lambda path: path.stem)
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    old = name_body(charter(parts["före"]), BASE)
    new = identified(old, charter(parts["ny"]))
    d = draft(old, kept(old, new) if "behåll form" in parts[""] else new)
    found = [*(() if "behåll form" in parts[""] else problems(old, new)), *d.problems]
    stops = any(p.level is Level.FEL for p in found)
    if "nekat" in parts or found:
        expect(request, case, "nekat", "\n".join(f"{p.level.value} {p.code} {p.message}" for p in found))
        assert stops == ("beslut" not in parts)
    if not stops:
        form = Form.DELS if "dels" in parts[""] else Form.KOMMUNAL
        expect(request, case, "beslut", decision_text(d.amendments, SPOKEN, form=form))
        for either in Form:
            assert [s.amendment for s in read_back(d, either).suggestions] == list(d.amendments)
        assert printed(make(old, d.amendments)) == printed(d.after)


@given(edits())
def test_law_the_amendments_make_the_edited_text_and_their_clauses_are_read_back(pair: tuple[Charter, Charter]) -> None:
    old, new = pair
    d = draft(old, identified(old, nameless(new)))
    if any(p.level is Level.FEL for p in d.problems):
        # The only edit here that no decision can say: a chapter of which nothing but the heading is left.
        assert d.problems[0].message.startswith("Ändringarna går inte att göra samtidigt. Inget blir kvar av")
        return
    assert shapes(make(old, d.amendments)) == shapes(nameless(new))
    for form in Form if d.amendments else ():
        reading = read_back(d, form)
        assert not reading.unread
        assert sorted(map(repr, (s.amendment for s in reading.suggestions))) == sorted(map(repr, d.amendments))


@given(pairs())
def test_law_an_edit_is_said_exactly_or_refused(pair: tuple[Charter, Charter]) -> None:
    old, new = pair
    for edited in (identified(old, nameless(new)), _own_identities(old, new)):
        d = draft(old, edited)
        if any(p.level is Level.FEL for p in d.problems):
            event("refused")
        else:
            assert shapes(make(old, d.amendments)) == shapes(nameless(new))


def _own_identities(old: Charter, new: Charter) -> Charter:
    known = by_wid(old)
    return replace(new, body=every(new.body, lambda p: p if p.wid in known else replace(p, wid=Wid(""), source=None)))


@given(charters())
def test_law_what_is_the_same_needs_no_decision(old: Charter) -> None:
    assert draft(old, identified(old, nameless(old))) == Draft(old, old, ())


@given(edits())
def test_law_a_text_adopted_whole_and_the_amendments_that_explain_it_give_the_same(pair: tuple[Charter, Charter]) -> None:
    old, new = pair[0], nameless(pair[1])
    pairings = match(old, new)
    d = draft(old, carried(old, new, pairings))
    assume(not any(p.level is Level.FEL for p in d.problems))
    adopted = carried(old, new, pairings, fresh=True)
    wids = [p.wid for p in walk(adopted.body)]
    assert len(set(wids)) == len(wids)
    adopt = Adopt(title=old.title, committee=old.committee, facts=old.facts, body=adopted.body)
    change = Change(charter=old.id, in_force_from=Condition("nu"), amendments=(adopt,))
    whole = apply_together(old, change, DecisionId("kf-2024-01-29-1"))
    assert shapes(whole) == shapes(make(old, d.amendments))
    assert [p.wid for p in walk(whole.body)] == wids


def test_a_change_of_marks_alone_is_refused_and_may_be_let_be() -> None:
    old = name_body(charter("Reglemente för exempelnämnden\n\n1 §\nNämnden svarar för\n– gator\n– parker\n"), BASE)
    new = identified(old, charter("Reglemente för exempelnämnden\n\n1 §\nNämnden svarar för\n• gator\n• parker\n"))
    assert [p.code for p in problems(old, new)] == ["FORM"]
    assert draft(old, kept(old, new)).amendments == ()


def test_a_charter_that_has_got_another_name_is_refused() -> None:
    old = name_body(charter("Reglemente för exempelnämnden\n\n1 §\nNämnden svarar för gator.\n"), BASE)
    d = draft(old, replace(old, title="Reglemente för parknämnden"))
    assert d.amendments == ()
    assert "namn" in d.problems[0].message


