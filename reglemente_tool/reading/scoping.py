"""When each part of a decision holds, where its parts do not all hold from one day: what the text says of which part.

A time inside a clause is that of what the clause does; "ändringen i 4 § gäller från …", "punkt 2 träder i kraft …" is that of the
amendments which it names, and of no others; "övriga ändringar" is all that is left. What is not surely one of these stays a Problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.charter import CharterId
from reglemente_tool.model.history import Condition
from reglemente_tool.model.proposal import Revoking, Suggestion
from reglemente_tool.reading import dates
from reglemente_tool.reading.dates import Moment
from reglemente_tool.reading.naming import Register
from reglemente_tool.reading.operation import Nothing, Reading
from reglemente_tool.reading.operation import Place as Where

LEGAL_FORCE = Condition("när beslutet har vunnit laga kraft")
Part = Suggestion | Revoking


def instant(moment: Moment | None, decided_on: date | None) -> date | Condition | None:
    """Return the day that a moment is, or the condition; None when it is not known yet."""
    if moment is None:
        return None
    return LEGAL_FORCE if moment.event == dates.LEGAL_FORCE else moment.on(decided_on)


@dataclass(slots=True)
class Times:
    """The parts of a decision with the times that are said of each, while they are gathered.

    `said_of` are those of its parts that a sentence of its own has given a time, which no general time takes away.
    """

    parts: list[Part]
    decided_on: date | None
    problems: list[Problem] = field(default_factory=list)
    said_of: set[int] = field(default_factory=set)

    def starts(self) -> set[date | Condition]:
        """The different times from which single parts hold."""
        return {p.in_force_from for p in self.parts if p.in_force_from is not None}

    def unsaid(self) -> list[int]:
        """The parts of which nothing is said of when they begin."""
        return [i for i, p in enumerate(self.parts) if p.in_force_from is None]

    def give(self, index: int, start: date | Condition | None, until: date | None, clause: int) -> None:
        """Let a part hold from and until these; where it already has another, that is a Problem."""
        part = self.parts[index]
        if start is not None:
            if part.in_force_from not in (None, start):
                self.problems.append(_unclear(clause, "Beslutet anger olika tider för samma ändring."))
            part = replace(part, in_force_from=start)
        if until is not None and isinstance(part, Suggestion):
            if part.in_force_until not in (None, until):
                self.problems.append(_unclear(clause, "Beslutet anger olika slutdagar för samma ändring.", "TILLFALLIG"))
            part = replace(part, in_force_until=until)
        self.parts[index] = part
        self.said_of.add(index)


def _unclear(clause: int, message: str, code: str = "IKRAFT") -> Problem:
    return Problem(code, message, Place(f"att-sats {clause}"), Level.FEL, "Dela upp beslutet, en läsning för varje dag.")


def scoped(readings: Mapping[int, Reading], times: Times, names: Register, heading: tuple[CharterId, ...]) -> None:
    """Give the parts the times that are said of just them. What cannot be told apart becomes a Problem of `times`."""
    said = [(n, r) for n, reading in readings.items() for r in reading.reasons if r.reason == "ikrafttradande" and r.scope is not None]
    for clause, nothing in said:
        if nothing.scope is not None and not nothing.scope.rest:
            _say(clause, nothing, times, _found(nothing, times, names, heading))
    for clause, nothing in said:
        if nothing.scope is not None and nothing.scope.rest:
            _say(clause, nothing, times, [i for i in range(len(times.parts)) if i not in times.said_of])


def _say(clause: int, nothing: Nothing, times: Times, found: list[int]) -> None:
    start = {instant(m, times.decided_on) for m in nothing.start}
    until = {m.day for m in nothing.until}
    if not found:
        times.problems.append(_unclear(clause, f"Att-sats {clause} säger när något gäller som beslutet inte säkert ändrar."))
    elif len(start) > 1 or len(until) > 1 or None in start | until:
        times.problems.append(_unclear(clause, f"Att-sats {clause} anger en tid som inte går att läsa säkert."))
    elif until and nothing.scope is not None and nothing.scope.itself:
        message = f"Att-sats {clause} säger till och med när texten själv gäller, inte ändringen av den."
        times.problems.append(_unclear(clause, message, "TILLFALLIG"))
    else:
        for index in found:
            times.give(index, next(iter(start), None), next(iter(until), None), clause)


def _found(nothing: Nothing, times: Times, names: Register, heading: tuple[CharterId, ...]) -> list[int]:
    """Return the parts that a scope means; none when that is not sure."""
    assert nothing.scope is not None
    if nothing.scope.items:
        found = [i for i, p in enumerate(times.parts) if p.clause in nothing.scope.items]
        return found if {times.parts[i].clause for i in found} == set(nothing.scope.items) else []
    total: list[int] = []
    for place in nothing.scope.places:
        for index in (of := _in(place, times, names, heading)):
            total += [index] if index not in total else []
        if not of:
            return []
    return total


def _in(place: Where, times: Times, names: Register, heading: tuple[CharterId, ...]) -> list[int]:
    changed = {p.charter for p in times.parts if isinstance(p, Suggestion)}
    if any(place.charters):
        meant = {c.id for name in place.charters for c in names.charters(name)}
    else:
        meant = changed if len(changed) == 1 else set(heading) if len(heading) == 1 else set()
    mine = [(i, p) for i, p in enumerate(times.parts) if isinstance(p, Suggestion) and p.charter in meant]
    if not place.addresses:
        return [i for i, _ in mine] if meant <= changed else []
    if any(isinstance(p.amendment, Renumber) for _, p in mine):
        # "Ändringen i 4 §": the old 4 § or the new? That must be said otherwise.
        return []
    found: list[int] = []
    for address in place.addresses:
        inside = [i for i, p in mine if address.covers(p.amendment.target)]
        if not inside or any(p.amendment.target.covers(address) for i, p in mine if i not in inside):
            return []
        found += inside
    return found


def settled(times: Times, start: date | Condition | None) -> None:
    """See to that parts of one charter which hold from different days can be made one by one, as well as together."""
    by_charter: dict[CharterId, list[Suggestion]] = {}
    for part in times.parts:
        if isinstance(part, Suggestion):
            by_charter.setdefault(part.charter, []).append(part)
    for mine in by_charter.values():
        for new in (s for s in mine if isinstance(s.amendment, Insert) and not s.amendment.target.steps[-1].number.startswith("sist")):
            parent = new.amendment.target.parent
            apart = [s for s in mine if (s.in_force_from, s.in_force_until) != (new.in_force_from, new.in_force_until)]
            ordinal = new.amendment.target.steps[-1].kind.item or new.amendment.target.steps[-1].kind.value == "stycke"
            if ordinal and any(s.amendment.target.steps and parent.covers(s.amendment.target) for s in apart):
                message = "Ett tillägg räknar sin plats i en text som beslutet också ändrar från en annan dag."
                times.problems.append(_unclear(new.clause, message))
    conditions = {day for p in times.parts if isinstance(day := p.in_force_from or start, Condition)}
    if len(conditions) > 1:
        times.problems.append(Problem("IKRAFT", "Olika delar av beslutet hänger på olika villkor.", hint="Dela upp beslutet."))
