"""What lies before the reader while a clause is resolved, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId
from reglemente_tool.model.history import History, Municipality
from reglemente_tool.model.proposal import Clause, NoChange, Question, Revoking, Suggestion
from reglemente_tool.reading import naming
from reglemente_tool.reading.annexes import Annex
from reglemente_tool.reading.operation import Operation


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation came to. `stopped`: it could not be resolved, and so nothing of its clause can.

    `charter` is the charter last spoken of, for the clauses that follow.
    """

    suggestions: tuple[Suggestion, ...] = ()
    no_change: tuple[NoChange, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    stopped: bool = False
    charter: CharterId | None = None
    revocations: tuple[Revoking, ...] = ()

    def and_then(self, other: Outcome) -> Outcome:
        """Return both together."""
        return Outcome(
            self.suggestions + other.suggestions,
            self.no_change + other.no_change,
            self.questions + other.questions,
            self.problems + other.problems,
            self.stopped or other.stopped,
            other.charter or self.charter,
            self.revocations + other.revocations,
        )

    def emptied(self) -> Outcome:
        """Return the outcome without its suggestions, and without questions that only they raised."""
        return replace(self, suggestions=(), revocations=(), no_change=(), questions=tuple(q for q in self.questions if not q.default))


class Stop(Exception):
    """An operation that cannot be resolved, with the problem or question that says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = replace(outcome, stopped=True)


def place_of(clause: Clause) -> Place:
    """Return where a clause is, for problems."""
    line = " ".join(clause.text.split())
    return Place(f"att-sats {clause.number}", line if len(line) <= 300 else line[:297] + "...")


@dataclass(frozen=True, slots=True)
class Desk:
    """The charters as they stand, what names mean, what was answered, and what the decision has said so far.

    `history` is what the register holds already; `decided_on` the day of this decision, when it is known.
    `heading` are the charters that the case heading names, `said` the charter that the clauses before spoke of last;
    `adopting` the names of the committees whose charters the decision itself adopts or revises, with or without their text;
    `annexes` the charters that lie beside the decision.
    """

    municipality: Municipality
    charters: tuple[Charter, ...]
    names: naming.Register
    answers: Mapping[str, str]
    heading: tuple[CharterId, ...] = ()
    said: CharterId | None = None
    clause: Clause = field(default_factory=lambda: Clause(0, ""))
    made: tuple[Suggestion, ...] = ()
    phrase: str = ""
    earlier: tuple[Suggestion, ...] = ()
    adopting: frozenset[str] = frozenset()
    history: History = field(default_factory=History)
    decided_on: date | None = None
    annexes: tuple[Annex, ...] = ()

    def at(self, clause: Clause, said: CharterId | None, made: tuple[Suggestion, ...], phrase: str) -> Desk:
        """Return the desk as it is at one operation of `clause`."""
        return replace(self, clause=clause, said=said, made=made, phrase=phrase)

    @property
    def place(self) -> Place:
        """Where the clause is."""
        return place_of(self.clause)

    def answer(self, code: str) -> str:
        """Return what was answered to `code` for this clause, or for all; "" when nothing was."""
        return self.answers.get(f"{code}:{self.clause.number}", self.answers.get(code, ""))

    def answer_for(self, code: str, number: int) -> str:
        """Return what was answered to `code` for the clause with that number; "" when nothing was."""
        return self.answers.get(f"{code}:{number}", "")

    def suggest(self, charter: Charter, amendment: Amendment, *, derived: str = "") -> Outcome:
        """Return the outcome that `amendment` is suggested for `charter`; `derived` says how, where no words say it."""
        return Outcome((Suggestion(self.clause.number, charter.id, amendment, self.phrase, derived),), charter=charter.id)

    def after(self, outcome: Outcome) -> Desk:
        """Return the desk when `outcome` has come of the operation at hand."""
        return replace(self, made=self.made + outcome.suggestions)

    def ask(self, code: str, text: str, *, options: tuple[str, ...] = (), default: str = "") -> Outcome:
        """Return the outcome that a person is asked."""
        return Outcome(questions=(Question(code, text, self.clause.number, options, default),))

    def warn(self, code: str, message: str, hint: str = "") -> Outcome:
        """Return the outcome that a person is told."""
        return Outcome(problems=(Problem(code, message, self.place, Level.VARNING, hint),))

    def stop(self, code: str, message: str, hint: str = "") -> Stop:
        """Return the Stop for a problem."""
        return Stop(Outcome(problems=(Problem(code, message, self.place, Level.FEL, hint),)))

    def stop_asking(self, code: str, text: str, options: tuple[str, ...] = ()) -> Stop:
        """Return the Stop for a question that must be answered first."""
        return Stop(self.ask(code, text, options=options))

    def charter(self, operation: Operation) -> Charter:
        """Return the charter that the operation is about. Raises Stop: unknown, several, or not said."""
        return self.charter_named(operation.charter)

    def charter_named(self, name: str) -> Charter:
        """Return the charter that `name` (normal form; "" for the one that the context tells) means. Raises Stop."""
        answered = self.answer("NAMND")
        if answered and (not name or not self.names.charters(name)):
            return self._answered(answered)
        if name:
            found = self.names.charters(name)
            if len(found) == 1:
                return found[0]
            if not found:
                raise Stop(Outcome(problems=(naming.unknown(name, self.names, self.place),)))
            raise Stop(Outcome(problems=(naming.double(name, self.place),)))
        told = set(self.heading) | ({self.said} if self.said else set())
        if self.said in self.heading:
            told = {self.said}
        if len(told) == 1:
            return self.by_id(told.pop())
        raise Stop(Outcome(problems=(naming.nameless(self.place),)))

    def _answered(self, answer: str) -> Charter:
        found = [c for c in self.charters if c.id == answer] or list(self.names.charters(naming.normal(answer)))
        if len(found) != 1:
            raise Stop(Outcome(problems=(naming.unknown(answer, self.names, self.place),)))
        return found[0]

    def by_id(self, id: CharterId | None) -> Charter:
        """Return the charter with this id. Raises Stop when the register has none."""
        for charter in self.charters:
            if charter.id == id:
                return charter
        raise Stop(Outcome(problems=(naming.unknown(str(id), self.names, self.place),)))

    def charters_named(self, operation: Operation) -> tuple[Charter, ...]:
        """Return the charters that the operation is about: every one for "*". Raises Stop."""
        if operation.charter in (naming.ALL, naming.ALL_COMMITTEES):
            return self.names.charters(operation.charter)
        return (self.charter(operation),)
