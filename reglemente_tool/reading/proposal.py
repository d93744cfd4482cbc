"""From a decision's text to a proposal: what it would change in the charters, what it leaves as it is, what a person must say.

    text -> protocol -> clauses -> readings (phrases, no charter looked at) -> amendments against the charters

Nothing is guessed: what the text does not say is a Question, what does not fit is a Problem, what no phrase reads is unread.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.assignment import Assignment
from reglemente_tool.model.charter import Charter, CharterId, DecisionId
from reglemente_tool.model.history import History, Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Clause, NoChange, Proposal, Question, Revoking, Suggestion, decision_id
from reglemente_tool.model.wording import fold
from reglemente_tool.reading.annexes import parted, unused
from reglemente_tool.reading.asproposed import change_proposed, said_of_proposal
from reglemente_tool.reading.assigning import given_in
from reglemente_tool.reading.clauses import clauses
from reglemente_tool.reading.columns import Table
from reglemente_tool.reading.commencing import Clauses, Held, commencing, decided
from reglemente_tool.reading.comparison import compare_table, read_table
from reglemente_tool.reading.following import ADOPTS, Followed, Protocolled, Role, follow
from reglemente_tool.reading.handover import settled
from reglemente_tool.reading.naming import COUNCIL, Register, register, titled
from reglemente_tool.reading.operation import Nothing, Reading, Type
from reglemente_tool.reading.operation import Place as Where
from reglemente_tool.reading.phrases import nearest
from reglemente_tool.reading.protocol import Protocol, Stretch, read_protocol
from reglemente_tool.reading.reader import read_clause
from reglemente_tool.reading.resolving import Desk, Outcome, resolve
from reglemente_tool.reading.resolving._desk import place_of
from reglemente_tool.reading.signposts import Part
from reglemente_tool.reading.skeleton import skeleton
from reglemente_tool.reading.whole import whole

MOST_CLAUSES = 300
MOST_UNREAD = 30_000
"""No decision has more clauses, or as many letters that no phrase reads; what comes after is listed as unread without being tried."""
MOST_FOLDED = 500_000
"""A longer text is known by its letters as they are."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reader may look at: the municipality, the latest decided wording of each charter, and what has been decided."""

    municipality: Municipality
    charters: tuple[Charter, ...]
    history: History = field(default_factory=History)


@dataclass(slots=True)
class _Heap:
    """What has come of the clauses so far."""

    clauses: list[Clause] = field(default_factory=list)
    readings: dict[int, Reading] = field(default_factory=dict)
    no_change: list[NoChange] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)
    problems: list[Problem] = field(default_factory=list)
    tables: dict[int, Table] = field(default_factory=dict)
    stuck: set[int] = field(default_factory=set)
    """The clauses that could not be read, or do not fit."""
    changes: dict[int, tuple[frozenset[int], bool]] = field(default_factory=dict)
    """The clauses that change what other clauses propose: which ones, and whether only what is proposed can be meant."""


def propose(text: str, *, standing: Standing, id: DecisionId | None = None, answers: Mapping[str, str] = {}) -> Proposal:
    """Return the reading of `text` against `standing`, with what a person has answered taken in. Never fails.

    `answers` are by code, "PLACERING" for all clauses or "PLACERING:2" for one; what is answered is no longer asked.
    """
    said, annexes = parted(text)
    section = re.sub(r"^§\s*", "", answers.get("PARAGRAF", "")).strip()
    protocol = read_protocol(said, section=section)
    names = register(standing.municipality, standing.charters)
    heap = _Heap()
    desk = Desk(
        standing.municipality, standing.charters, names, answers, _heading(protocol.title, names) if protocol.decisions else (),
        history=standing.history, decided_on=decided(protocol.decided_on, answers, []), annexes=annexes,
    )  # fmt: skip
    if not protocol.decisions:
        if not protocol.cases:
            _note(said, protocol, heap, desk)
        return _without_decision(text, protocol, heap, id, section, answers)
    for stretch in protocol.decisions:
        heap.clauses += clauses(said, stretch.start, stretch.end, first=len(heap.clauses) + 1)
    _read(said, protocol, heap)
    desk = replace(desk, adopting=_adopting(heap))
    _resolve(heap, desk)
    heap.outcome = whole(heap.outcome, standing.charters, answers, _prose(said, protocol), names)
    heap.outcome = settled(heap.outcome, standing.charters, names)
    adopted = {titled(s.amendment.title) for s in heap.outcome.suggestions if isinstance(s.amendment, Adopt)}
    heap.problems += unused(annexes, desk.adopting | adopted)
    return _proposal(text, protocol, heap, id, section or protocol.section, desk)


# --------------------------------------------------------------------------------------------------------- clauses


def _read(text: str, protocol: Protocol, heap: _Heap) -> None:
    """Read every clause; where one adopts what stands elsewhere in the text, read that one's clauses too."""
    source = Protocolled(text, protocol)
    spent = 0
    for clause in tuple(heap.clauses):
        tried = clause.number <= MOST_CLAUSES and spent <= MOST_UNREAD
        reading = _reading(clause, heap) if tried else Reading(unread=True)
        spent += len(clause.text) if reading.unread else 0
        followed = follow(source, clause) if tried and ADOPTS.search(clause.text) else None
        if followed is None:
            heap.readings[clause.number] = reading
        elif followed.problem is not None:
            heap.readings[clause.number] = Reading()
            heap.problems.append(followed.problem)
        else:
            rest = tuple(op for op in reading.operations if op.type is not Type.APPLY_PROPOSAL and op.source != "förslaget")
            heap.readings[clause.number] = replace(
                reading, operations=rest, reasons=(*reading.reasons, Nothing("enligt-forslaget")), unread=False, rivals=()
            )
            _add_followed(clause, followed, heap)


def _reading(clause: Clause, heap: _Heap) -> Reading:
    """Return what a clause says; a table of two columns in it is kept for the charters."""
    tabled = read_table(clause) if "\n" in clause.text else None
    if tabled is None:
        return read_clause(clause.text)
    table, reading = tabled
    if not reading.unread:
        heap.tables[clause.number] = table
    return reading


def _add_followed(clause: Clause, followed: Followed, heap: _Heap) -> None:
    """Put the clauses that were adopted by name after those of the decision. What two clauses adopt is adopted once."""
    taken = {(c.start, c.end): c.number for c in heap.clauses if c.origin}
    base: set[int] = set()
    for other, role in followed.clauses:
        number = len(heap.clauses) + 1
        before = taken.get((other.start, other.end))
        if before is not None:
            base.add(before)
            if role is Role.GONE:
                place = Place(f"att-sats {clause.number}", " ".join(clause.text.split())[:300])
                message = f"Att-sats {clause.number} stryker något i förslaget som en annan att-sats antar."
                heap.problems.append(Problem("FORSLAG", message, place, hint="Skriv ut beslutets att-satser."))
            continue
        heap.clauses.append(replace(other, number=number))
        if role is Role.GONE:
            heap.readings[number] = Reading(reasons=(Nothing("utgar-ur-forslaget"),))
            continue
        words, only_proposed = said_of_proposal(other.text) if role is Role.CHANGE else (other.text, False)
        heap.readings[number] = _reading(replace(other, number=number, text=words), heap)
        if role is Role.CHANGE:
            heap.changes[number] = (frozenset(base), only_proposed)
        else:
            base.add(number)


def _resolve(heap: _Heap, desk: Desk) -> None:
    for clause in heap.clauses:
        reading = heap.readings[clause.number]
        told = desk.answer_for("OLAST", clause.number) == "ingen-andring"
        if reading.unread:
            if told:
                heap.no_change.append(NoChange(clause.number, "ingen-andring"))
            else:
                heap.unread.append(clause.number)
                heap.stuck.add(clause.number)
                heap.problems += _why_unread(clause, reading, len(heap.unread))
            continue
        here = replace(desk, said=heap.outcome.charter, earlier=heap.outcome.suggestions)
        if clause.number in heap.changes and reading.operations:
            base, only = heap.changes[clause.number]
            if base & heap.stuck:
                hint = "Klistra in förslagets hela text, eller skriv ut de lydelser som beslutades."
                heap.problems.append(Problem("FORSLAG", "Förslaget som ändras har inte kunnat läsas.", place_of(clause), hint=hint))
                continue
            heap.outcome = change_proposed(clause, reading, here, heap.outcome, base, only_proposed=only)
            continue
        if clause.number in heap.tables:
            outcome = compare_table(clause, heap.tables[clause.number], reading, here)
        else:
            outcome = resolve(clause, reading.operations, reading.phrases, here)
        if outcome.stopped and told:
            outcome = Outcome(no_change=(NoChange(clause.number, "ingen-andring"),))
        if outcome.stopped:
            heap.stuck.add(clause.number)
        heap.outcome = heap.outcome.and_then(replace(outcome, stopped=False))
        if not outcome.suggestions and not outcome.stopped and not outcome.no_change and reading.reasons:
            heap.no_change.append(NoChange(clause.number, _reason(reading)))
        if not outcome.stopped:
            _give(clause, frozenset((*(r.reason for r in reading.reasons), *(n.reason for n in outcome.no_change))), here, heap)


def _give(clause: Clause, reasons: frozenset[str], desk: Desk, heap: _Heap) -> None:
    given = given_in(clause, reasons, desk)
    heap.assignments += given.assignments
    heap.problems += given.problems


def _adopting(heap: _Heap) -> frozenset[str]:
    """Return the names of the committees whose charters some clause adopts or revises."""
    whole = (Type.ADOPT_CHARTER, Type.REPLACE_CHARTER, Type.REVISE_BY_ANNEX)
    return frozenset(op.charter for reading in heap.readings.values() for op in reading.operations if op.type in whole and op.charter)


def _reason(reading: Reading) -> str:
    reasons = [r.reason for r in reading.reasons]
    if "enligt-forslaget" in reasons:
        return "enligt-forslaget"
    return next((r for r in reasons if r not in ("ikrafttradande", "overgang")), reasons[0])


def _why_unread(clause: Clause, reading: Reading, count: int) -> Iterator[Problem]:
    place = Place(f"att-sats {clause.number}", " ".join(clause.text.split())[:300])
    if reading.rivals:
        yield Problem(
            "TVETYDIG",
            f"Att-sats {clause.number} kan läsas på två sätt ({' och '.join(reading.rivals)}).",
            place,
            Level.VARNING,
            "Skriv om att-satsen, eller gör ändringen för hand.",
        )
    elif count <= 20 and (near := nearest(clause.text)):
        yield Problem(
            "OLAST", f"Att-sats {clause.number} liknar en formulering som går att läsa.", place, Level.VARNING, f"Menade du: {near}"
        )


def _heading(title: str, names: Register) -> tuple[CharterId, ...]:
    """Return the charters that the heading of the case names."""
    bones = skeleton(title)
    named = [c for s in bones.slots if s.letter in "AR" and isinstance(s.value, Where) for c in s.value.charters]
    if not named and re.search(r"reglement|arbetsordning|ansvarsområde|verksamhetsområde", title, re.IGNORECASE):
        named = [str(s.value) for s in bones.slots if s.letter == "N"]
    found = [charter.id for name in dict.fromkeys(named) if name and not name.startswith("*") for charter in names.charters(name)]
    return tuple(dict.fromkeys(found))


def _prose(text: str, protocol: Protocol) -> str:
    return "\n\n".join(text[s.start : s.end] for s in protocol.parts(Part.PROSE))


# ------------------------------------------------------------------------------------------------------- no decision

_REASON_OF = {
    Part.PROPOSAL: "forslag-av-forvaltningen", Part.MOTION: "yrkande", Part.DEMAND: "yrkande", Part.RESERVATION: "reservation",
    Part.NOTE: "protokollsanteckning", Part.OTHER_DECISION: "annat-organ",
}  # fmt: skip
_OTHERS_LEAD = re.compile(r"^\s*(?:kommunstyrelsen|\S*nämnden|\S*utskottet)(?:s beslut är| beslutar)\s+(?=att\b)", re.IGNORECASE)
_SUM = re.compile(r"(?m)^\s*[-–•*]\s+\S.*\d[\d  .,]*\s*(?:kr|kronor|tkr|mnkr)\b.*$")


def _note(text: str, protocol: Protocol, heap: _Heap, desk: Desk) -> None:
    """List what is proposed, demanded, decided by others and allotted, each with why it changes nothing."""
    for stretch in protocol.stretches:
        if stretch.part is Part.PROSE:
            for match in list(_SUM.finditer(text, stretch.start, stretch.end))[:MOST_CLAUSES]:
                _note_clauses(clauses(text, match.start(), match.end(), first=len(heap.clauses) + 1), "redogorelse", heap, desk)
        elif stretch.part in _REASON_OF:
            _note_clauses(clauses(text, stretch.start, stretch.end, first=len(heap.clauses) + 1), _stretch_reason(stretch), heap, desk)


def _note_clauses(found: tuple[Clause, ...], reason: str, heap: _Heap, desk: Desk) -> None:
    for clause in found:
        if len(clause.text.split()) <= 4 and not re.search(r"[.:]$|\batt\b", clause.text):
            # A name or a title below the proposal, no clause.
            continue
        clause = Clause(len(heap.clauses) + 1, clause.text, clause.start, clause.end)
        own = (
            read_clause(_OTHERS_LEAD.sub("", clause.text))
            if clause.number <= MOST_CLAUSES and reason not in ("yrkande", "reservation")
            else Reading()
        )
        said = _reason(own) if own.reasons and not own.operations and not own.unread else reason
        heap.clauses.append(clause)
        heap.no_change.append(NoChange(clause.number, said))
        _give(clause, frozenset((said,)), desk, heap)


def _stretch_reason(stretch: Stretch) -> str:
    if stretch.part is Part.PROPOSAL and stretch.who == "kommunstyrelsen":
        return "forslag-av-styrelsen"
    if stretch.part is Part.PROPOSAL and stretch.who.endswith(("nämnden", "utskottet")):
        return "forslag-av-namnd"
    return _REASON_OF[stretch.part]


def _without_decision(
    text: str, protocol: Protocol, heap: _Heap, id: DecisionId | None, section: str, answers: Mapping[str, str]
) -> Proposal:
    several = bool(protocol.cases)
    listed = f"Texten har flera beslut av kommunfullmäktige: {protocol.cases_said}. Vilken paragraf ska läsas?"
    asked = Question("PARAGRAF", listed, options=tuple(number for number, _ in protocol.cases))
    return Proposal(
        id=id or _draft_id(text, protocol, section or protocol.section, answers),
        body=protocol.body,
        is_decision=several,
        reason="" if several else protocol.reason,
        decided_on=protocol.decided_on,
        section=section or protocol.section,
        case_number=protocol.case_number,
        title=protocol.title,
        text=text,
        clauses=tuple(heap.clauses),
        assignments=tuple(heap.assignments),
        no_change=tuple(heap.no_change),
        questions=(asked,) if several else (),
        problems=(*_who(replace(protocol, certain=True)), *heap.problems),
    )


# ------------------------------------------------------------------------------------------------------- the proposal


def _proposal(text: str, protocol: Protocol, heap: _Heap, id: DecisionId | None, section: str, desk: Desk) -> Proposal:
    outcome = heap.outcome
    parts: tuple[Suggestion | Revoking, ...] = (*outcome.suggestions, *outcome.revocations)
    begins = bool(parts or heap.unread)
    decides = begins or bool(heap.assignments)
    said = Clauses(heap.readings, parts, desk.names, desk.heading)
    held = commencing(said, protocol.decided_on, desk.answers, needs_start=begins, needs_day=decides)
    questions = [*held.questions]
    if not section and decides:
        questions.append(Question("PARAGRAF", "Vilken paragraf i kommunfullmäktiges protokoll är det?"))
    problems = [*_who(protocol), *held.problems, *heap.problems, *outcome.problems]
    if not heap.clauses:
        problems.append(Problem("OLAST", "Beslutet har inga att-satser.", hint="Kontrollera att hela beslutet är med i texten."))
    return Proposal(
        id=id or _identity(text, held, section),
        body=COUNCIL if protocol.certain else "",
        decided_on=held.decided_on,
        section=section,
        case_number=protocol.case_number,
        title=protocol.title,
        text=text,
        in_force_from=held.start,
        in_force_until=held.until,
        transitional=held.transitional,
        clauses=tuple(heap.clauses),
        suggestions=tuple(p for p in held.parts if isinstance(p, Suggestion)),
        revocations=tuple(p for p in held.parts if isinstance(p, Revoking)),
        assignments=tuple(replace(a, condition=held.condition) for a in heap.assignments),
        no_change=tuple(sorted((*heap.no_change, *_unique(outcome.no_change)), key=lambda n: n.clause)),
        unread=tuple(heap.unread),
        questions=tuple(dict.fromkeys((*questions, *outcome.questions))),
        problems=tuple(dict.fromkeys(problems)),
    )


def _unique(found: tuple[NoChange, ...]) -> tuple[NoChange, ...]:
    first: dict[int, NoChange] = {}
    for note in found:
        first.setdefault(note.clause, note)
    return tuple(first.values())


def _who(protocol: Protocol) -> Iterator[Problem]:
    if protocol.too_long:
        yield Problem(
            "OLAST", "Texten är för lång för att läsas i ett stycke.", Place(), hint="Klistra in bara den paragraf som beslutet står i."
        )
    if not protocol.certain:
        yield Problem(
            "INTE-KF",
            "Texten säger inte vem som har beslutat. Den läses som kommunfullmäktiges beslut.",
            Place(),
            Level.VARNING,
            "Kontrollera att det är kommunfullmäktige och inget förslag.",
        )


def _draft_id(text: str, protocol: Protocol, section: str, answers: Mapping[str, str]) -> DecisionId:
    held = commencing(Clauses(), protocol.decided_on, answers)
    return _identity(text, held, section)


def _identity(text: str, held: Held, section: str) -> DecisionId:
    """Return "kf-2017-06-21-105", or a draft's name that stays the same as long as the text does."""
    if held.decided_on is not None and slug(section):
        return decision_id(held.decided_on, section)
    day = held.decided_on.isoformat() if held.decided_on else "okant-datum"
    known_by = fold(text) if len(text) < MOST_FOLDED else text
    mark = slug(section) or "utkast-" + hashlib.sha256(known_by.encode("utf-8", "replace")).hexdigest()[:6]
    return DecisionId(f"kf-{day}-{mark}")


__all__ = ["Standing", "propose"]
