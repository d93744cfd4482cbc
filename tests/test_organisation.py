"""Decisions that name tasks and committees but no wording: what is derived, what is asked, and what the charters then say.

tests/cases/organisation holds one situation in each file. `svar` are the answers; `läst` the reading, with its questions in
full; `efter` the charters that it changes as they then stand, when nothing stands in the way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from hypothesis import given
from hypothesis import strategies as st
from test_phrases import answers_of, shown, standing_of

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.check import check, moment_of
from reglemente_tool.consolidate import versions
from reglemente_tool.errors import Level
from reglemente_tool.model.charter import Charter, CharterId, DecisionId, Wid, by_wid, walk
from reglemente_tool.model.history import Change, Decision, History
from reglemente_tool.model.proposal import Proposal, decision_of, obstacles
from reglemente_tool.ownership import tenures
from reglemente_tool.reading.duties import listed_tasks, prose_tasks
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.storage.xmlform import event_from_xml, event_to_xml, proposal_from_xml, proposal_to_xml
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers.text import write

FOLDER = cases("organisation")
START = date(2027, 4, 1)


def read(path: Path) -> tuple[Standing, Proposal]:
    parts = sections(path)
    standing = standing_of(parts["reglementen"])
    answers = {"IKRAFT": START.isoformat(), **answers_of(parts.get("svar", ""))}
    proposal = propose(_protocol(parts["beslut"].strip("\n")), standing=standing, answers=answers)
    return standing, replace(proposal, answers=tuple(answers.items()))


def _protocol(clauses: str) -> str:
    return f"Kommunfullmäktige\nSammanträdesdatum 2027-03-15\n\n§ 41\nOrganisation\n\nBeslut\n\nKommunfullmäktige beslutar\n\n{clauses}\n"


def history_of(standing: Standing) -> History:
    """The standing charters as one decision to adopt each of them."""
    made = []
    for n, charter in enumerate(standing.charters):
        adopt = Adopt(title=charter.title, committee=charter.committee, facts=charter.facts, body=charter.body)
        change = Change(charter=charter.id, in_force_from=date(2015, 1, 1), amendments=(adopt,))
        made.append(Decision(id=DecisionId(f"kf-2014-12-10-{n}"), decided_on=date(2014, 12, 10), section=str(n), changes=(change,)))
    return History(tuple(made))


def enacted(standing: Standing, proposal: Proposal) -> dict[CharterId, Charter]:
    """Every charter as it stands when the proposal has been enacted; the dissolved ones without text."""
    history = history_of(standing)
    decision = decision_of(proposal, "kommunjurist")
    assert not [p for p in check(moment_of(history, decision)) if p.level is Level.FEL]
    after = history.with_event(decision)
    return {c.id: versions(after, c.id)[-1].charter for c in standing.charters}


def in_full(proposal: Proposal) -> str:
    lines = []
    for line in shown(proposal).splitlines():
        if not line.startswith("fråga "):
            lines.append(line)
    asked = [f"fråga {q.code}:{q.clause} {q.text} ({' / '.join(q.options)})" for q in proposal.questions]
    return "\n".join((*lines, *asked))


def printed(standing: Standing, proposal: Proposal) -> str:
    if obstacles(proposal):
        return "ändras inte"
    if not proposal.suggestions:
        return "ändras inte, och inget hindrar"
    touched = {s.charter for s in proposal.suggestions}
    after = enacted(standing, proposal)
    pieces = [f"{c.title}: upphävt\n" if c.repealed else _page(c) for c in after.values() if c.id in touched]
    return "===\n".join(pieces)


def _page(charter: Charter) -> str:
    return write(clean_page(charter, municipality="Exempelby")).decode()


@pytest.mark.parametrize("path", FOLDER, ids=lambda p: p.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    standing, proposal = read(path)
    expect(request, path, "läst", in_full(proposal))
    expect(request, path, "efter", printed(standing, proposal))
