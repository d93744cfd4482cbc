"""Decisions that name tasks and committees but no wording: what is derived, what is asked, and what the charters then say.

tests/cases/organisation holds one situation in each file. `svar` are the answers; `läst` the reading, with its questions in
full; `efter` the charters that it changes as they then stand, when nothing stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable
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
from reglemente_tool.cli.deciding import asking
from reglemente_tool.consolidate import charters, versions
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
    return {id: versions(after, id)[-1].charter for id in charters(after)}


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


@pytest.mark.parametrize("path", FOLDER, ids=lambda p: p.stem)
def test_without_a_confirmation_nothing_derived_can_be_enacted(path: Path) -> None:
    standing, proposal = read(path)
    answers = {code: value for code, value in proposal.answers if not code.startswith(("HARLEDD", "OLAST"))}
    unasked = propose(proposal.text, standing=standing, answers=answers)
    for clause in {s.clause for s in unasked.suggestions if s.derived}:
        assert ("HARLEDD", clause) in [(q.code, q.clause) for q in unasked.blocking]
        assert unasked.unconfirmed(next(s for s in unasked.suggestions if s.clause == clause))
        refused = propose(proposal.text, standing=standing, answers={**answers, f"HARLEDD:{clause}": "nej"})
        assert not [s for s in refused.suggestions if s.clause == clause]
        assert "OLAST" in [p.code for p in obstacles(refused)]


@pytest.mark.parametrize("path", FOLDER, ids=lambda p: p.stem)
def test_a_draft_and_what_it_becomes_come_back_from_their_files(path: Path) -> None:
    _, proposal = read(path)
    assert proposal_from_xml(proposal_to_xml(proposal)) == proposal
    if not obstacles(proposal) and proposal.suggestions:
        decision = decision_of(proposal, "kommunjurist")
        stored = event_to_xml(decision)
        assert event_from_xml(stored) == decision
        assert "harlett" not in stored.decode()


@pytest.mark.parametrize("path", FOLDER, ids=lambda p: p.stem)
def test_what_moves_keeps_its_identity_with_all_that_is_in_it(path: Path) -> None:
    standing, proposal = read(path)
    if obstacles(proposal) or not proposal.suggestions:
        return
    before = {wid: p for c in standing.charters for wid, p in by_wid(c).items()}
    after = [p.wid for c in enacted(standing, proposal).values() for p in walk(c.body)]
    assert len(after) == len(set(after))
    for s in proposal.suggestions:
        for part in walk((before[s.amendment.continues],)) if getattr(s.amendment, "continues", "") else ():
            assert part.wid in after


# ------------------------------------------------------------------------------------------ laws on charters made up

THINGS = ["bibliotek", "lekplatser", "simhallen", "färdtjänst", "skolskjuts", "konsumentrådgivning", "gatubelysning", "kulturmiljövård"]
LEADS = ["Nämnden ska", "Nämnden har hand om", "Nämnden ansvarar för"]


@st.composite
def two_committees(draw: st.DrawFn) -> Standing:
    """Two charters with tasks of their own, in one or two lists and sometimes in running text."""
    things = draw(st.permutations(THINGS))
    cut = draw(st.integers(1, 6))
    pieces = []
    for name, tasks in (("parknämnden", things[:cut]), ("tekniska nämnden", things[cut:])):
        marks = draw(st.booleans())
        lines = [f"– sköta {thing}" + ("," if marks and i < len(tasks) - 1 else "." if marks else "") for i, thing in enumerate(tasks)]
        who = draw(st.sampled_from(["Nämnden", name.capitalize()]))
        prose = f"{who} svarar för kommunens {name[:4]}frågor.\n\n" if draw(st.booleans()) else ""
        lead = draw(st.sampled_from(LEADS))
        pieces.append(
            f"Reglemente för {name}\n\nUppgifter\n\n1 §\n{prose}{lead}\n" + "\n".join(lines)
            + "\n\nSammansättning\n\n2 §\nNämnden har fem ledamöter.\n"
        )  # fmt: skip
    return standing_of("===\n".join(pieces))


CLAUSES = [
    "att parknämnden uppgår i tekniska nämnden",
    "att parknämnden avvecklas och att dess uppgifter tas över av tekniska nämnden",
    "att parknämndens uppgifter övertas av tekniska nämnden",
    "att parknämnden och tekniska nämnden slås samman till samhällsnämnden",
]
ANSWERS = {
    "IKRAFT": "2027-04-01", "BESLUTSDATUM": "2027-03-15", "UPPGIFTER": "alla", "REGLEMENTE": "tekniska-namnden", "HARLEDD:1": "ja",
}  # fmt: skip


@given(two_committees(), st.sampled_from(CLAUSES))
def test_every_task_has_one_owner_afterwards_and_is_the_same_task(standing: Standing, clause: str) -> None:
    proposal = propose(_protocol(clause), standing=standing, answers=ANSWERS)
    assert not obstacles(proposal), obstacles(proposal)
    before = {c.id: c for c in standing.charters}
    gone, stays = before[CharterId("parknamnden")], before[CharterId("tekniska-namnden")]
    tasks = [p.wid for c in (gone, stays) for p in (*listed_tasks(c), *prose_tasks(c))]
    after = enacted(standing, proposal)
    places = {wid: [id for id, c in after.items() if wid in by_wid(c)] for wid in tasks}
    assert set(map(tuple, places.values())) == {(stays.id,)}
    assert len([w for w in (p.wid for c in after.values() for p in walk(c.body)) if w in tasks]) == len(tasks)
    history = history_of(standing).with_event(decision_of(proposal, "kommunjurist"))
    for wid in (p.wid for p in listed_tasks(gone)):
        held = tenures(history, Wid(wid))
        assert [t.charter for t in held] == [gone.id, stays.id]
        assert held[0].until is not None
        assert held[1].until is None


@given(two_committees(), st.sampled_from(CLAUSES))
def test_what_is_refused_changes_nothing(standing: Standing, clause: str) -> None:
    proposal = propose(_protocol(clause), standing=standing, answers={**ANSWERS, "HARLEDD:1": "nej"})
    assert not proposal.suggestions
    assert [p.code for p in obstacles(proposal)] == ["OLAST"]
    settled = propose(_protocol(clause), standing=standing, answers={**ANSWERS, "HARLEDD:1": "nej", "OLAST:1": "ingen-andring"})
    assert not settled.suggestions
    assert not obstacles(settled)


@given(two_committees(), st.data())
def test_one_task_that_moves_takes_nothing_along(standing: Standing, data: st.DataObject) -> None:
    """One task of one committee goes to the other: nobody else's text changes, and it has one owner all the while."""
    source = next(c for c in standing.charters if c.id == "parknamnden")
    task = data.draw(st.sampled_from(listed_tasks(source)))
    thing = task.text.split()[-1].strip(".,")
    clause = f"att ansvaret för {thing} flyttas från parknämnden till tekniska nämnden"
    proposal = propose(_protocol(clause), standing=standing, answers=ANSWERS)
    assert not obstacles(proposal), obstacles(proposal)
    after = enacted(standing, proposal)
    assert [id for id, c in after.items() if task.wid in by_wid(c)] == [CharterId("tekniska-namnden")]
    others = [p.wid for p in listed_tasks(source) if p.wid != task.wid]
    assert [p.wid for p in listed_tasks(after[source.id])] == others


# ------------------------------------------------------------------------------------------------ asked at a terminal


class Person:
    """Someone at the terminal: answers in order, and what stood on the screen when each question came."""

    def __init__(self, answers: list[str]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, text: str, read: Callable[[str], object]) -> str:
        self.asked.append(text)
        answer = self.answers.pop(0)
        read(answer)
        return answer


def asked_of(path: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[Person, Proposal]:
    standing, first = read(path)
    person = Person(answers)
    monkeypatch.setattr(asking, "ask", person)

    def again(draft: Proposal, given: dict[str, str]) -> Proposal:
        told = {**dict(draft.answers), **given}
        return replace(propose(draft.text, standing=standing, answers=told), answers=tuple(told.items()))

    return person, asking.ask_for_missing(first, {c.id: c for c in standing.charters}, again)


def test_what_is_derived_is_shown_and_asked_last(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(p for p in FOLDER if p.stem == "flera-listor")
    person, proposal = asked_of(path, ["par2.st1", "ja"], monkeypatch)
    assert [("listor" in text, "Stämmer" in text) for text in person.asked] == [(True, False), (False, True)]
    assert "svara för kulturmiljövård" in capsys.readouterr().out
    assert not obstacles(proposal)


def test_a_no_at_the_terminal_is_asked_once_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    path = next(p for p in FOLDER if p.stem == "ansvaret-flyttas-obekraftat")
    person, proposal = asked_of(path, ["nej"], monkeypatch)
    assert len(person.asked) == 1
    assert [p.code for p in obstacles(proposal)] == ["OLAST"]
    with pytest.raises(ValueError, match="kanske"):
        asked_of(path, ["kanske"], monkeypatch)


def test_a_confirmation_does_not_outlive_what_was_confirmed() -> None:
    standing, yes = read(next(p for p in FOLDER if p.stem == "ansvaret-flyttas"))
    told = {**dict(yes.answers), "PLACERING:1": "1"}
    again = propose(yes.text, standing=standing, answers=told)
    assert asking.outdated(yes, again, {"PLACERING:1": "1"}) == ("HARLEDD:1",)
    assert asking.outdated(yes, yes, {"IKRAFT": "2027-05-01"}) == ()
    assert asking.outdated(yes, again, {"PLACERING:1": "1", "HARLEDD:1": "ja"}) == ()
