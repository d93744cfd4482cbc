"""When a decision was taken and from when it holds: what the text says, what was answered, what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.history import Condition
from reglemente_tool.model.proposal import Question
from reglemente_tool.reading import dates
from reglemente_tool.reading.dates import Moment
from reglemente_tool.reading.operation import Reading

LEGAL_FORCE = Condition("när beslutet har vunnit laga kraft")


@dataclass(frozen=True, slots=True)
class Held:
    """The times of a decision, with what must be asked and told about them."""

    decided_on: date | None = None
    start: date | Condition | None = None
    until: date | None = None
    transitional: str = ""
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


def commencing(readings: tuple[tuple[Reading, bool], ...], told_on: date | None, answers: Mapping[str, str], needed: bool) -> Held:
    """Return the times that the text and the answers give.

    `readings` are those of all clauses, each with whether it changes a charter; `told_on` the day that the protocol says;
    `needed` is whether anything is changed, so that dates must be known at all.
    """
    problems: list[Problem] = []
    questions: list[Question] = []
    decided_on = _decided(told_on, answers, problems)
    if decided_on is None and needed:
        questions.append(Question("BESLUTSDATUM", "Vilken dag beslutade kommunfullmäktige?"))
    said, partial = _said(readings)
    conditions = tuple(dict.fromkeys(r.condition for r, _ in readings if r.condition))
    start = _start(said, conditions, decided_on, problems)
    start = _answered(start, said, partial, answers, decided_on, problems, questions, needed)
    until = _until(readings, problems)
    if isinstance(start, date) and until is not None and until < start:
        problems.append(_wrong("TILLFALLIG", f"Ändringen skulle upphöra {until}, innan den börjar gälla {start}.", "Kontrollera dagarna."))
    transitional = "\n".join(n.text for r, _ in readings for n in r.reasons if n.reason == "overgang" and n.text)
    return Held(decided_on, start, until, transitional, tuple(questions), tuple(problems))


def _wrong(code: str, message: str, hint: str) -> Problem:
    return Problem(code, message, Place(), Level.FEL, hint)


def _decided(told_on: date | None, answers: Mapping[str, str], problems: list[Problem]) -> date | None:
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


def _said(readings: tuple[tuple[Reading, bool], ...]) -> tuple[tuple[Moment, ...], bool]:
    """Return the moments that hold for what is changed, and whether some changing clause has none while others have."""
    general = [m for r, _ in readings for m in r.start if not r.operations and any(n.reason == "ikrafttradande" for n in r.reasons)]
    inside = [
        m for r, changes in readings for m in r.start if r.operations and (changes or any(n.reason == "ikrafttradande" for n in r.reasons))
    ]
    stated = any(n.reason == "ikrafttradande" for r, _ in readings for n in r.reasons)
    lacking = any(changes and not r.start for r, changes in readings)
    return tuple(dict.fromkeys((*general, *inside))), bool(inside) and lacking and not stated


def _start(
    said: tuple[Moment, ...], conditions: tuple[str, ...], decided_on: date | None, problems: list[Problem]
) -> date | Condition | None:
    days = {m.on(decided_on) for m in said if m.on(decided_on) is not None}
    legal = any(m.event == dates.LEGAL_FORCE for m in said)
    if len(days) + (1 if legal else 0) > 1:
        told = " och ".join(m.said for m in said)
        problems.append(
            _wrong("IKRAFT", f"Beslutet anger olika tider för ikraftträdandet: {told}.", "Dela upp beslutet, en läsning för varje dag.")
        )
        return None
    day = next(iter(days)) if days else None
    if conditions:
        words = "under förutsättning att " + "; ".join(" ".join(c.split()) for c in conditions)
        after = f", tidigast {day.isoformat()}" if day else ", när beslutet har vunnit laga kraft" if legal else ""
        problems.append(
            Problem(
                "VILLKOR",
                "Beslutet gäller bara på ett villkor. Det träder i kraft när du registrerar att villkoret är uppfyllt.",
                Place(),
                Level.VARNING,
            )
        )
        return Condition(words + after)
    return LEGAL_FORCE if legal else day


def _answered(
    start: date | Condition | None,
    said: tuple[Moment, ...],
    partial: bool,
    answers: Mapping[str, str],
    decided_on: date | None,
    problems: list[Problem],
    questions: list[Question],
    needed: bool,
) -> date | Condition | None:
    answer = answers.get("IKRAFT", "").strip()
    waits = any(m.event in (dates.NEW_YEAR, dates.DECISION_DAY) for m in said) and decided_on is None
    if not answer:
        if needed and (partial or (start is None and not waits and not problems_about(problems))):
            questions.append(Question("IKRAFT", _question(said, partial)))
            return None if partial else start
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
    if start is not None and given is not None and given != start:
        told = start.text if isinstance(start, Condition) else start.isoformat()
        problems.append(
            _wrong(
                "IKRAFT", f"Beslutet säger själv när det gäller: {told}. Svaret säger {answer}.", "Ta bort svaret, eller dela upp beslutet."
            )
        )
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


def _until(readings: tuple[tuple[Reading, bool], ...], problems: list[Problem]) -> date | None:
    ends = {
        m.day for r, changes in readings for m in r.until if m.day and (changes or any(n.reason == "ikrafttradande" for n in r.reasons))
    }
    if len(ends) > 1:
        problems.append(_wrong("TILLFALLIG", "Beslutet anger olika slutdagar.", "Dela upp beslutet, en läsning för varje dag."))
        return None
    general = any(r.until and not r.operations for r, _ in readings)
    if ends and not general and any(changes and not r.until for r, changes in readings):
        problems.append(_wrong("TILLFALLIG", "Bara en del av beslutet gäller för en tid.", "Dela upp beslutet, en läsning för varje del."))
        return None
    return next(iter(ends)) if ends else None
