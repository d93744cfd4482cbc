"""A decision as it was read, before a person has confirmed it: what was understood, what changes nothing, what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reglemente_tool.errors import CannotRead, Level, Place, Problem
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.assignment import Assignment
from reglemente_tool.model.charter import CharterId, DecisionId
from reglemente_tool.model.history import Change, Condition, Decision, Revocation
from reglemente_tool.model.names import slug


@dataclass(frozen=True, slots=True)
class Clause:
    """One att-sats (or sentence of a decision): its number from 1, its words, and where they stand in the text that was read.

    `origin` says whose words they are when the decision only names them: "kommunstyrelsens förslag", "yrkandet av …"; "" for its own.
    """

    number: int
    text: str
    start: int = 0
    end: int = 0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An amendment that a clause was read as, the charter it is for, and the phrase that read it.

    `derived` says what it rests on where the clause names no wording ("2 § … är den enda bestämmelse som handlar om …");
    then a person must confirm it before the decision can be enacted, which the question HARLEDD of its clause stands for.
    `in_force_from`, `in_force_until` are set only when the text says of just this amendment when it holds; else the decision's hold.
    """

    clause: int
    charter: CharterId
    amendment: Amendment
    phrase: str = ""
    derived: str = ""
    in_force_from: date | Condition | None = None
    in_force_until: date | None = None


@dataclass(frozen=True, slots=True)
class Revoking:
    """That a clause repeals an earlier decision of the register, or with a `charter` what that changed there; from the day that
    the decision itself holds, unless `in_force_from` is said of just this.
    """

    clause: int
    annuls: DecisionId
    charter: CharterId | None = None
    in_force_from: date | Condition | None = None


@dataclass(frozen=True, slots=True)
class NoChange:
    """A clause that was understood and changes no charter; `reason` is a code ("uppdrag", "annan-handling", "motion-avslagen" …)."""

    clause: int
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the text does not say and a person must. Answered with `--svar CODE=VALUE`; `options` are the allowed values, if few."""

    code: str
    text: str
    clause: int = 0
    options: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The reading of one text.

    `is_decision` is False when the text holds no decision by kommunfullmäktige; `reason` then says what it is.
    `in_force_from`, `decided_on` are None when the text does not say. `unread` are clause numbers that no phrase read.
    """

    id: DecisionId
    body: str = ""
    is_decision: bool = True
    reason: str = ""
    decided_on: date | None = None
    section: str = ""
    case_number: str = ""
    title: str = ""
    text: str = ""
    in_force_from: date | Condition | None = None
    in_force_until: date | None = None
    transitional: str = ""
    clauses: tuple[Clause, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    revocations: tuple[Revoking, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    no_change: tuple[NoChange, ...] = ()
    unread: tuple[int, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    """What a person has answered so far, as (code, value)."""

    def unconfirmed(self, suggestion: Suggestion) -> bool:
        """True for what was derived and nobody has confirmed yet."""
        return bool(suggestion.derived) and any(q.code == "HARLEDD" and q.clause == suggestion.clause for q in self.questions)

    @property
    def enactable(self) -> bool:
        """True when there is something for the register to keep: a change, a repeal, an assignment, or money."""
        return self.is_decision and bool(self.suggestions or self.revocations or self.assignments)

    @property
    def split(self) -> bool:
        """True when its parts do not all hold from and until the same days."""
        return any(s.in_force_from is not None or s.in_force_until is not None for s in self.suggestions)

    def times(self, part: Suggestion | Revoking) -> tuple[date | Condition | None, date | None]:
        """Return from when and until when a part of the decision holds: what is said of itself, else of the decision."""
        until = part.in_force_until if isinstance(part, Suggestion) else None
        return part.in_force_from or self.in_force_from, until or (self.in_force_until if isinstance(part, Suggestion) else None)

    @property
    def blocking(self) -> tuple[Question, ...]:
        """The questions that must be answered before the decision can be enacted: those without a default."""
        return tuple(q for q in self.questions if not q.default)

    def clause(self, number: int) -> Clause:
        """Return the clause with this number. Raises KeyError."""
        for clause in self.clauses:
            if clause.number == number:
                return clause
        raise KeyError(number)


_OPTIONS = {
    "BESLUTSDATUM": "Svara med --beslutat DATUM, till exempel --beslutat 2026-06-17.",
    "IKRAFT": "Svara med --galler-fran DATUM, eller laga-kraft eller beslutsdag i stället för ett datum.",
}
"""The questions that have options of their own on the command line."""


def obstacles(proposal: Proposal) -> tuple[Problem, ...]:
    """Return what stands in the way of enacting `proposal`: unread clauses, unanswered questions, problems that stop."""
    found = []
    if not proposal.is_decision:
        found.append(Problem("INTE-KF", "Texten är inget beslut av kommunfullmäktige.", hint="Läs in fullmäktiges eget protokollsutdrag."))
    for number in proposal.unread:
        place = Place(f"att-sats {number}", proposal.clause(number).text)
        hint = f"Ändrar den inget reglemente, svara --svar OLAST:{number}=ingen-andring. Annars behöver den skrivas om."
        found.append(Problem("OLAST", f"Att-sats {number} har inte kunnat läsas.", place, hint=hint))
    for question in proposal.blocking:
        code = f"{question.code}:{question.clause}" if question.clause else question.code
        place = Place(f"att-sats {question.clause}") if question.clause else Place()
        values = f" VÄRDE är {' eller '.join(question.options)}." if question.options else ""
        hint = _OPTIONS.get(question.code, f"Svara med --svar {code}=VÄRDE.{values}")
        found.append(Problem(question.code, question.text, place, Level.FRAGA, hint))
    return (*found, *(p for p in proposal.problems if p.level is Level.FEL))


def decision_of(proposal: Proposal, confirmed_by: str) -> Decision:
    """Return the decision that `proposal` becomes when the role `confirmed_by` has confirmed its reading.

    One Change for each charter and each pair of days. Raises CannotRead, with every obstacle named, when something is unread,
    unanswered, or has no day.
    """
    problems = obstacles(proposal)
    parts: tuple[Suggestion | Revoking, ...] = (*proposal.suggestions, *proposal.revocations)
    dated = proposal.decided_on is not None and all(proposal.times(part)[0] for part in parts)
    if problems or proposal.decided_on is None or not dated:
        reasons = " ".join(problem.message for problem in problems) or "Beslutets datum eller dag för ikraftträdande saknas."
        raise CannotRead(f"Beslutet kan inte införas än. {reasons}", hint="Se förslaget med reglemente prova.")
    return Decision(
        id=decision_id(proposal.decided_on, proposal.section),
        decided_on=proposal.decided_on,
        section=proposal.section,
        case_number=proposal.case_number,
        title=proposal.title,
        text=proposal.text,
        confirmed_by=confirmed_by,
        changes=_changes(proposal),
        revocations=tuple(
            Revocation(annuls=r.annuls, in_force_from=start, charter=r.charter)
            for r in proposal.revocations
            if (start := proposal.times(r)[0]) is not None
        ),
        assignments=proposal.assignments,
    )


def proposal_of(decision: Decision) -> Proposal:
    """Return the draft that `decision` is when it is no longer enacted: all that was confirmed, and nobody who has confirmed it."""
    listed = (
        Suggestion(0, change.charter, amendment, in_force_from=change.in_force_from, in_force_until=change.in_force_until)
        for change in decision.changes
        for amendment in change.amendments
    )
    return Proposal(
        id=decision.id,
        body="kommunfullmäktige",
        decided_on=decision.decided_on,
        section=decision.section,
        case_number=decision.case_number,
        title=decision.title,
        text=decision.text,
        transitional=next((change.transitional for change in decision.changes if change.transitional), ""),
        suggestions=tuple(listed),
        revocations=tuple(Revoking(0, r.annuls, r.charter, r.in_force_from) for r in decision.revocations),
        assignments=decision.assignments,
    )


def _changes(proposal: Proposal) -> tuple[Change, ...]:
    grouped: dict[tuple[CharterId, date | Condition, date | None], list[Amendment]] = {}
    for suggestion in proposal.suggestions:
        start, until = proposal.times(suggestion)
        if start is not None:
            grouped.setdefault((suggestion.charter, start, until), []).append(suggestion.amendment)
    return tuple(
        Change(
            charter=charter, in_force_from=start, in_force_until=until, amendments=tuple(made), transitional=proposal.transitional
        )
        for (charter, start, until), made in grouped.items()
    )  # fmt: skip


def decision_id(decided_on: date, section: str) -> DecisionId:
    """Return "kf-2017-06-21-105"."""
    return DecisionId("-".join(part for part in ("kf", decided_on.isoformat(), slug(section)) if part))
