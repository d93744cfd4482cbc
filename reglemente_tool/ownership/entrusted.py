"""What the council has asked of whom, and allotted to whom, beside the charters: from its decisions, as of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reglemente_tool.consolidate import repealed_on
from reglemente_tool.model.assignment import Assignment
from reglemente_tool.model.charter import CommitteeId, DecisionId
from reglemente_tool.model.history import Decision, History
from reglemente_tool.ownership.language import Token, tokens

_EVERYONE = re.compile(r"(?:samtliga|alla|kommunens)\s+(?:nämnder|nämnderna)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entrusted:
    """An assignment with the decision that gave it. `past` when its last day is gone on the day of the question;
    `repealed` the day from which the decision no longer holds, if that has come.
    """

    assignment: Assignment
    decision: DecisionId
    name: str
    decided_on: date
    past: bool = False
    repealed: date | None = None


def entrusted(
    history: History, question: str, *, in_force: date, committee: CommitteeId | None = None, known: date | None = None
) -> tuple[Entrusted, ...]:
    """Return what had been decided by `in_force`, as known on `known`: all that `committee` was given, or, without one, all that
    speaks of every word of `question`. The latest decision first; what is past or repealed is among it, and says so.
    """
    asked = tokens(question)
    words = tuple(t for t in asked if not t.silent and not t.generic) or asked
    found = []
    for event in history.events:
        if not isinstance(event, Decision) or event.decided_on > min(in_force, known or in_force):
            continue
        ended = repealed_on(history, event.id, known) if event.assignments else None
        gone = ended if ended is not None and ended <= in_force else None
        for one in event.assignments:
            if _speaks(one, words, committee):
                last = one.last_day
                past = last is not None and last < in_force
                found.append(Entrusted(one, event.id, event.name, event.decided_on, past, gone))
    return tuple(sorted(found, key=lambda e: (-e.decided_on.toordinal(), e.decision, e.assignment.clause)))


def _speaks(one: Assignment, words: tuple[Token, ...], committee: CommitteeId | None) -> bool:
    if committee is not None:
        return one.committee == committee or _EVERYONE.match(one.to) is not None
    said = tokens(f"{one.to} {one.what} {one.purpose}")
    return bool(words) and all(any(_meets(word, other) for other in said) for word in words)


def _meets(asked: Token, said: Token) -> bool:
    """True for the same word in any inflection, and for a compound that holds it ("lekplats" in "lekplatsupprustning")."""
    return bool(asked.roots & said.roots) or any(len(root) >= 4 and root in said.word for root in asked.roots)
