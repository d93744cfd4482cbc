"""When a decision was taken and from when it holds: what the text says, what was answered, what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.charter import CharterId
from reglemente_tool.model.history import Condition
from reglemente_tool.model.proposal import Question, Suggestion
from reglemente_tool.reading import dates
from reglemente_tool.reading.dates import Moment
from reglemente_tool.reading.naming import Register
from reglemente_tool.reading.operation import Reading, Type
from reglemente_tool.reading.scoping import LEGAL_FORCE, Part, Times, instant, scoped, settled


@dataclass(frozen=True, slots=True)
class Held:
    """The times of a decision, with what must be asked and told about them. `parts` are those given, each with its own times
    where it has any other than the decision's.
    """

    decided_on: date | None = None
    start: date | Condition | None = None
    until: date | None = None
    transitional: str = ""
    condition: str = ""
    parts: tuple[Part, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses by number, the parts of the decision that came of them with the times of their own, and what names mean."""

    readings: Mapping[int, Reading] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    names: Register = field(default_factory=Register)
    heading: tuple[CharterId, ...] = ()


def commencing(
    clauses: Clauses, told_on: date | None, answers: Mapping[str, str], *, needs_start: bool = False, needs_day: bool = False
) -> Held:
    """Return the times that the text and the answers give.

    `told_on` is the day that the protocol says. `needs_start`: something shall begin to hold, so its day must be known;
    `needs_day`: something is decided at all, so that day must be.
    """
    problems: list[Problem] = []
    questions: list[Question] = []
    decided_on = decided(told_on, answers, problems)
    if decided_on is None and (needs_day or needs_start):
        questions.append(Question("BESLUTSDATUM", "Vilken dag beslutade kommunfullmäktige?"))
    readings = clauses.readings
    times = Times(list(clauses.parts), decided_on, problems)
    _spread(times, readings)
    inline = times.starts()
    scoped(readings, times, clauses.names, clauses.heading)
    general = _general(readings)
    start, until = _one_day(general, times, inline, problems), _until(readings, times, problems)
    conditions = tuple(dict.fromkeys(r.condition for r in readings.values() if r.condition))
    condition = _condition(conditions, general, start, times, problems)
    start = condition or start
    partial = bool(times.starts()) and bool(times.unsaid()) and start is None
    start = _answered(start, _asked_of(general, readings, times), partial, answers, decided_on, problems, questions, needs_start, times)
    parts = _merged(times, start, until)
    if start is None and parts and all(p.in_force_from is not None for p in parts) and len(times.starts()) == 1:
        start = next(iter(times.starts()))
        parts = _merged(times, start, until)
    until, parts = _same_end(until, parts)
    problems += _backwards(start, until, parts)
    times.parts = list(parts)
    settled(times, start)
    transitional = "\n".join(n.text for r in readings.values() for n in r.reasons if n.reason == "overgang" and n.text)
    return Held(
        decided_on, start, until, transitional, condition.text if condition else "", parts, tuple(questions), tuple(problems)
    )  # fmt: skip


def _merged(times: Times, start: date | Condition | None, until: date | None) -> tuple[Part, ...]:
    """The parts without the times that are the decision's own."""
    made: list[Part] = []
    for part in times.parts:
        if part.in_force_from == start:
            part = replace(part, in_force_from=None)
        if isinstance(part, Suggestion) and part.in_force_until == until:
            part = replace(part, in_force_until=None)
        made.append(part)
    return tuple(made)


def _same_end(until: date | None, parts: tuple[Part, ...]) -> tuple[date | None, tuple[Part, ...]]:
    """An end that is said of every amendment is the decision's."""
    ends = {p.in_force_until for p in parts if isinstance(p, Suggestion)}
    if until is None and len(ends) == 1 and None not in ends and all(isinstance(p, Suggestion) for p in parts):
        until = next(iter(ends))
        parts = tuple(replace(p, in_force_until=None) if isinstance(p, Suggestion) else p for p in parts)
    return until, parts


def _backwards(start: date | Condition | None, until: date | None, parts: tuple[Part, ...]) -> list[Problem]:
    pairs = {(start, until)} | {(p.in_force_from or start, p.in_force_until or until) for p in parts if isinstance(p, Suggestion)}
    return [
        _wrong("TILLFALLIG", f"Ändringen skulle upphöra {end}, innan den börjar gälla {first}.", "Kontrollera dagarna.")
        for first, end in sorted(pairs, key=str)
        if isinstance(first, date) and end is not None and end < first
    ]


def _wrong(code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, Place(), Level.FEL, hint)


def decided(told_on: date | None, answers: Mapping[str, str], problems: list[Problem]) -> date | None:
    """Return the day that the council decided: as answered, else as told; what is wrong with the answer goes to `problems`."""
    answer = answers.get("BESLUTSDATUM", "")
    if not answer:
        return told_on
    day = dates.day(answer)
    if day is None:
        problems.append(_wrong("BESLUTSDATUM", f"{answer} är ingen dag.", "Skriv dagen som 2027-06-21."))
        return told_on
    if told_on is not None and told_on != day:
        problems.append(
            Problem("BESLUTSDATUM", f"Protokollet säger {told_on}, svaret {day}.", Place(), Level.VARNING, "Kontrollera sammanträdets dag.")
        )
    return day


def _spread(times: Times, readings: Mapping[int, Reading]) -> None:
    """What one clause says of its time at its beginning or end holds for all that it does, as long as no other clause says another."""
    for number, reading in readings.items():
        mine = [i for i, p in enumerate(times.parts) if p.clause == number]
        _give_all(times, mine, reading)
        starts = {times.parts[i].in_force_from for i in mine}
        lacking = [i for i in mine if times.parts[i].in_force_from is None]
        if len(starts - {None}) == 1 and lacking and len(times.starts()) == 1:
            for index in lacking:
                times.parts[index] = replace(times.parts[index], in_force_from=next(iter(starts - {None})))
        elif starts - {None} and lacking and reading.operations:
            times.problems.append(
                _wrong("IKRAFT", f"Att-sats {number} anger en dag, men inte säkert för allt som den ändrar.", _DIVIDE)
            )  # fmt: skip


def _give_all(times: Times, mine: list[int], reading: Reading) -> None:
    """What came of a clause in another way than operation by operation, a table or a changed proposal, has the one time of them all."""
    says_itself = any(r.reason == "ikrafttradande" for r in reading.reasons)
    own = any(op.moment is not None or op.until is not None for op in reading.operations) or says_itself
    moments: set[Moment | None] = {op.moment for op in reading.operations} if own else set(reading.start)
    ends: set[Moment | None] = {op.until for op in reading.operations} if own else set(reading.until)
    start = instant(next(iter(moments)), times.decided_on) if len(moments) == 1 else None
    end = next(iter(ends)) if len(ends) == 1 else None
    for index in mine:
        part = times.parts[index]
        part = replace(part, in_force_from=part.in_force_from or start)
        if isinstance(part, Suggestion) and end is not None:
            part = replace(part, in_force_until=part.in_force_until or end.day)
        times.parts[index] = part


_DIVIDE = "Dela upp beslutet, en läsning för varje dag."


def _general(readings: Mapping[int, Reading]) -> tuple[Moment, ...]:
    """Return the moments that are said of the decision as a whole."""
    said = [m for r in readings.values() for n in r.reasons if n.scope is None for m in n.start]
    beside = [op.moment for r in readings.values() for op in r.operations if op.type is Type.SET_CONDITION and op.moment is not None]
    return tuple(dict.fromkeys((*said, *beside)))


def _one_day(general: tuple[Moment, ...], times: Times, inline: set[date | Condition], problems: list[Problem]) -> date | Condition | None:
    """Return the one day that is said of the decision as a whole; a clause that says another contradicts it."""
    days = {day for m in general if (day := instant(m, times.decided_on)) is not None}
    rivals = {p.in_force_from for i, p in enumerate(times.parts) if i not in times.said_of} & inline
    if len(days) > 1 or (days and rivals - days):
        said = [m.said for m in general] or [""]
        others = sorted(day.text if isinstance(day, Condition) else day.isoformat() for day in rivals - days if day is not None)
        told = " och ".join([*said, *others])
        problems.append(_wrong("IKRAFT", f"Beslutet anger olika tider för ikraftträdandet: {told}.", _DIVIDE))
        return None
    return next(iter(days)) if days else None


def _condition(
    conditions: tuple[str, ...], general: tuple[Moment, ...], start: date | Condition | None, times: Times, problems: list[Problem]
) -> Condition | None:
    """Return the condition that the whole decision hangs on, with the day that is said beside it; None when there is none."""
    if not conditions:
        return None
    starts = times.starts() | ({start} if start is not None else set())
    if len(starts) > 1:
        message = "Beslutet gäller på ett villkor, och anger olika tider för sina delar."
        problems.append(_wrong("IKRAFT", message, _DIVIDE))
    first = next(iter(starts), None)
    words = "under förutsättning att " + "; ".join(" ".join(c.split()) for c in conditions)
    after = f", tidigast {first.isoformat()}" if isinstance(first, date) else f", {LEGAL_FORCE.text}" if first == LEGAL_FORCE else ""
    problems.append(
        Problem(
            "VILLKOR",
            "Beslutet gäller bara på ett villkor. Det träder i kraft när du registrerar att villkoret är uppfyllt.",
            Place(),
            Level.VARNING,
        )
    )
    times.parts = [replace(p, in_force_from=None) for p in times.parts]
    return Condition(words + after)


def _asked_of(general: tuple[Moment, ...], readings: Mapping[int, Reading], times: Times) -> tuple[Moment, ...]:
    """Return the moments that are said, for the question that they leave open."""
    return general or tuple(dict.fromkeys(op.moment for r in readings.values() for op in r.operations if op.moment is not None))


def _answered(
    start: date | Condition | None,
    said: tuple[Moment, ...],
    partial: bool,
    answers: Mapping[str, str],
    decided_on: date | None,
    problems: list[Problem],
    questions: list[Question],
    needed: bool,
    times: Times,
) -> date | Condition | None:
    answer = answers.get("IKRAFT", "").strip()
    waits = any(m.event in (dates.NEW_YEAR, dates.DECISION_DAY) for m in said) and decided_on is None
    if not answer:
        told = start is not None or (bool(times.parts) and not times.unsaid())
        if needed and not problems_about(problems) and (partial or (not told and not waits)):
            questions.append(Question("IKRAFT", _question(said, partial)))
        return start
    given: date | Condition | None
    if answer == "laga-kraft":
        given = LEGAL_FORCE
    elif answer == "beslutsdag":
        given = decided_on
    else:
        given = dates.day(answer)
        if given is None:
            problems.append(_wrong("IKRAFT", f"{answer} är ingen dag.", "Skriv dagen som 2027-07-01, eller laga-kraft eller beslutsdag."))
            return start
    if start is None and given is not None and times.parts and not times.unsaid() and given not in times.starts():
        start = next(iter(times.starts()))
    if start is not None and given is not None and given != start:
        told_day = start.text if isinstance(start, Condition) else start.isoformat()
        message = f"Beslutet säger själv när det gäller: {told_day}. Svaret säger {answer}."
        problems.append(_wrong("IKRAFT", message, "Ta bort svaret, eller dela upp beslutet."))
        return start
    return given if given is not None else start


def problems_about(problems: list[Problem]) -> bool:
    """True when the day it takes effect is already known to be in dispute."""
    return any(p.code == "IKRAFT" and p.level is Level.FEL for p in problems)


def _question(said: tuple[Moment, ...], partial: bool) -> str:
    if partial:
        return f"Bara en del av beslutet har en dag ({said[0].said}). Från vilken dag gäller ändringarna?"
    if said:
        return f"Beslutet gäller {said[0].said}. Vilken dag är det?"
    return "Från vilken dag gäller ändringarna?"


def _until(readings: Mapping[int, Reading], times: Times, problems: list[Problem]) -> date | None:
    """Return the last day that is said of the decision as a whole. An end that a clause says of what it does is that part's own."""
    ends = {m.day for r in readings.values() for n in r.reasons if n.scope is None for m in n.until if m.day}
    own = {p.in_force_until for i, p in enumerate(times.parts) if isinstance(p, Suggestion) and i not in times.said_of} - {None}
    if len(ends) > 1 or (ends and own - ends):
        problems.append(_wrong("TILLFALLIG", "Beslutet anger olika slutdagar.", _DIVIDE))
        return None
    for number in readings:
        mine = [p.in_force_until for p in times.parts if isinstance(p, Suggestion) and p.clause == number]
        if not ends and len(set(mine)) > 1 and not times.said_of:
            message = f"Att-sats {number} anger en slutdag, men inte säkert för allt som den ändrar."
            problems.append(_wrong("TILLFALLIG", message, _DIVIDE))
    return next(iter(ends)) if ends else None
