"""The decision phrases: every example is read by its own phrase, and tests/cases/phrases holds one situation in each file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import cases, expect, sections

from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.consolidate import apply_together, empty
from reglemente_tool.errors import Level
from reglemente_tool.model.address import Address
from reglemente_tool.model.assignment import Assignment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, flat
from reglemente_tool.model.history import Change, Committee, Condition, Decision, History, Municipality
from reglemente_tool.model.identity import name_body
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, Suggestion, decision_id
from reglemente_tool.reading.naming import titled
from reglemente_tool.reading.phrases import Phrase, phrases
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.reader import read_clause
from reglemente_tool.reading.reasons import REASONS
from reglemente_tool.reading.wording import read_charter

BASE = DecisionId("kf-2014-12-10-1")
SHORT = {"kommunstyrelsen": ("KS",), "socialnämnden": ("SN",)}


def charter_of(text: str) -> Charter:
    """Build a charter from its text form, with identities."""
    read = read_charter(text)
    name = slug(titled(read.title) or read.title)
    return name_body(Charter(CharterId(name), read.title, CommitteeId(name), read.body, read.facts), BASE)


def standing_of(text: str, earlier: str = "") -> Standing:
    """Build what the reader may look at from a case's charters, separated by lines of ===."""
    charters = tuple(charter_of(piece) for piece in re.split(r"^===\n", text, flags=re.MULTILINE) if piece.strip())
    committees = tuple(
        Committee(id=c.committee, name=titled(c.title) or c.title, abbreviations=SHORT.get(titled(c.title), ())) for c in charters
    )
    return Standing(Municipality(name="Exempelby", code="0000", committees=committees), charters, history_of(earlier, charters))


def history_of(text: str, charters: tuple[Charter, ...]) -> History:
    """Build the earlier decisions of a case, a line for each, "2026-12-14 § 201 gäller 2027-01-01 valnamnden": each of them has
    repealed the last § of the charters that it names."""
    made = []
    for line in text.splitlines():
        day, section, start, names = re.fullmatch(r"(\S+) § (\S+) gäller (\S+) (.+)", line).groups()  # type: ignore[union-attr]
        last = {c.id: c.body[-1].number for c in charters}
        changes = tuple(
            Change(
                charter=CharterId(name), in_force_from=date.fromisoformat(start),
                amendments=(Repeal(target=Address.from_code(f"par{int(last[CharterId(name)] or 9) + 1}")),),
            )
            for name in names.split()
        )  # fmt: skip
        on = date.fromisoformat(day)
        made.append(Decision(id=decision_id(on, section), decided_on=on, section=section, changes=changes))
    return History(tuple(made))


def answers_of(text: str) -> dict[str, str]:
    """Read a case's answers, one KOD=VÄRDE a line."""
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def shown(proposal: Proposal) -> str:
    """Write a reading as it stands in the case files: one line for each thing that came of it."""
    lines = []
    if not proposal.is_decision:
        lines.append(f"inget beslut: {proposal.reason}")
    start = proposal.in_force_from
    if start is not None:
        lines.append(f"gäller från {start.text if isinstance(start, Condition) else start.isoformat()}")
    if proposal.in_force_until is not None:
        lines.append(f"gäller till {proposal.in_force_until.isoformat()}")
    if proposal.transitional:
        lines.append(f"övergång {proposal.transitional}")
    lines += [_suggestion(s) for s in proposal.suggestions]
    for r in proposal.revocations:
        lines.append(f"upphäver {r.clause} {r.annuls}" + (f" för {r.charter}" if r.charter else "") + _own_times(r.in_force_from, None))
    lines += [_assignment(a) for a in proposal.assignments]
    lines += [f"ingen {n.clause} {n.reason}" for n in proposal.no_change]
    lines += [f"oläst {n}" for n in proposal.unread]
    for q in proposal.questions:
        lines.append(f"fråga {q.code}" + (f":{q.clause}" if q.clause else "") + (f" [{q.default}]" if q.default else ""))
    for p in proposal.problems:
        hint = f" ({p.hint})" if p.hint else ""
        lines.append(f"problem {p.level.value} {p.code}: {p.message}{hint}")
    return "\n".join(lines)


def _own_times(start: date | Condition | None, until: date | None) -> str:
    """What is said of when one part holds, where that differs from the decision."""
    said = "" if start is None else f" FRÅN {start.text if isinstance(start, Condition) else start.isoformat()}"
    return said + (f" TILL {until.isoformat()}" if until else "")


def _assignment(a: Assignment) -> str:
    words = [f"{a.kind.value} {a.clause} {a.to!r} ({a.committee or '-'})"]
    words += [f"senast={a.until.isoformat() if a.until else '?'} {a.until_said!r}"] if a.until_said else []
    words += [f"{s.kronor} kr{' varje år' if s.each_year else ''} {list(s.years) or ''}".rstrip() for s in a.sums]
    words += [f"ändamål={a.purpose!r}"] if a.purpose else []
    words += [f"villkor={a.condition!r}"] if a.condition else []
    return " ".join([*words, f"vad={a.what!r}"])


def _suggestion(s: Suggestion) -> str:
    a = s.amendment
    words = [f"andring {s.clause} {s.charter} {a.tag} {a.target.code or '-'}"]
    if a.reads.value != "nuvarande":
        words.append(f"läser {a.reads.value}")
    for name in ("number", "old", "new", "hits", "title"):
        value = getattr(a, name, "")
        if value != "" and (name, value) != ("hits", 1):
            words.append(f"{name}={value!r}")
    wording = getattr(a, "wording", None)
    if wording is not None:
        text = wording.heading if a.target.part.value else flat(wording)
        words.append(f"ord={text!r}")
    if getattr(a, "continues", ""):
        words.append("fortsätter")
    if a.locates and a.target.steps and not a.wid and a.reads.value == "nuvarande":
        words.append("UTAN IDENTITET")
    if s.derived:
        words.append(f"HÄRLETT: {s.derived}")
    return " ".join(words) + _own_times(s.in_force_from, s.in_force_until)


@pytest.mark.parametrize("path", cases("phrases"), ids=lambda p: p.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(path)
    proposal = propose(
        parts["beslut"].strip("\n"),
        standing=standing_of(parts.get("reglementen", ""), parts.get("tidigare", "")),
        answers=answers_of(parts.get("svar", "")),
    )
    expect(request, path, "läst", shown(proposal))


@pytest.mark.parametrize("path", cases("phrases"), ids=lambda p: p.stem)
def test_what_is_suggested_can_be_made(path: Path) -> None:
    """Every reading that stands without problems fits the charters that it was read against."""
    parts = sections(path)
    standing = standing_of(parts.get("reglementen", ""))
    proposal = propose(parts["beslut"].strip("\n"), standing=standing, answers=answers_of(parts.get("svar", "")))
    if proposal.unread or any(p.level is Level.FEL for p in proposal.problems):
        return
    held = {c.id: c for c in standing.charters}
    for charter in dict.fromkeys(s.charter for s in proposal.suggestions):
        mine = tuple(s.amendment for s in proposal.suggestions if s.charter == charter)
        change = Change(charter=charter, in_force_from=date(2027, 4, 1), amendments=mine)
        after = apply_together(held.get(charter, empty(charter)), change, DecisionId("kf-2027-03-15-41"))
        assert after != held.get(charter), path.name


@pytest.mark.parametrize("phrase", phrases(), ids=lambda p: p.name)
def test_every_example_is_read_by_its_phrase(phrase: Phrase) -> None:
    reading = read_clause(phrase.example)
    assert not reading.unread, phrase.example
    assert phrase.name in reading.phrases, (phrase.example, reading.phrases)


def test_names_and_examples_are_distinct() -> None:
    names = [p.name for p in phrases()]
    assert len(names) == len(set(names))
    examples = [p.example for p in phrases()]
    assert len(examples) == len(set(examples))


def test_every_phrase_has_a_case() -> None:
    read: set[str] = set()
    for path in cases("phrases"):
        parts = sections(path)
        proposal = propose(
            parts["beslut"].strip("\n"), standing=standing_of(parts.get("reglementen", "")), answers=answers_of(parts.get("svar", ""))
        )
        for clause in proposal.clauses:
            read |= set(read_clause(clause.text).phrases)
    assert {p.name for p in phrases()} - read == set()


def test_every_reason_that_a_phrase_gives_can_be_said() -> None:
    for phrase in phrases():
        for nothing in read_clause(phrase.example).reasons:
            assert nothing.reason in REASONS, phrase.name


OPEN_ENDED = {"villkor", "revidera", "beslut_upphavs"}
"""Phrases that take a purpose, a condition or the like as it is said; a word more or less there is a part of it."""
ADOPTING = re.compile("anta|fastställ|redaktionell")
"""A proposal for a charter is what is adopted."""


@pytest.mark.parametrize("word", ["inte", "delvis", "eventuellt", "förslaget till"])
@pytest.mark.parametrize("phrase", [p for p in phrases() if p.name not in OPEN_ENDED], ids=lambda p: p.name)
def test_a_word_that_turns_the_meaning_is_never_passed_over(phrase: Phrase, word: str) -> None:
    """A phrase accounts for every word: "5 § upphör inte att gälla" is not read as "5 § upphör att gälla"."""
    plain = read_clause(phrase.example)
    words = phrase.example.split(" ")
    for at in range(1, len(words) + 1):
        outside = " ".join(words[:at]).count("”") % 2 == 0 and not words[at - 1].endswith((":", ";"))
        said = " ".join([*words[:at], word, *words[at:]])
        if not plain.operations or not outside or (word == "förslaget till" and ADOPTING.search(said)):
            continue
        assert read_clause(said).operations != plain.operations, said
