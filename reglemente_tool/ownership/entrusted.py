"""What the council has asked of whom, and allotted to whom, beside the charters: from its decisions, as of a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reglemente_tool.consolidate import repealed_on
from reglemente_tool.model.assignment import Assignment, AssignmentKind
from reglemente_tool.model.charter import CommitteeId, DecisionId
from reglemente_tool.model.history import Decision, History
from reglemente_tool.model.wording import whole
from reglemente_tool.ownership.language import Token, tokens
from reglemente_tool.ownership.lines import all_versions
from reglemente_tool.ownership.succession import Gone, forebears, gone

_EVERYONE = re.compile(r"(?:samtliga|alla|kommunens)\s+(?:nämnder|nämnderna)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entrusted:
    """An assignment with the decision that gave it. `past` when its last day is gone on the day of the question;
    `repealed` the day from which the decision no longer holds, if that has come; `gone` what has become of the committee that
    got it, when it is no more.
    """

    assignment: Assignment
    decision: DecisionId
    name: str
    decided_on: date
    past: bool = False
    repealed: date | None = None
    gone: Gone | None = None

    @property
    def holds(self) -> bool:
        """True when neither its time nor its decision has ended."""
        return not self.past and self.repealed is None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for all assignments, or all money: of which `kinds`, and given to which `committee` (None: to anybody)."""

    kinds: frozenset[AssignmentKind]
    committee: CommitteeId | None = None


_KINDS = {
    "uppdrag": AssignmentKind.UPPDRAG,
    "uppdragen": AssignmentKind.UPPDRAG,
    "anslag": AssignmentKind.ANSLAG,
    "anslagen": AssignmentKind.ANSLAG,
    "pengar": AssignmentKind.ANSLAG,
}
_BESIDE = frozenset(
    "alla vilka vilket vad vem som har finns gäller gällde från av till åt för och i nu idag fullmäktige kommunfullmäktige "
    "fullmäktiges kommunfullmäktiges kommunen kommunens nämnder nämnderna nämnden fått gett givit gav beslutat beslutade tilldelats".split()
)


def asked_for(question: str, names: Mapping[str, CommitteeId]) -> Asked | None:
    """Return what `question` asks for when it asks for assignments or money as such ("anslag", "Vilka uppdrag har
    socialnämnden?"); None when it speaks of anything more. `names` are the committees' names and abbreviations in small letters.
    """
    text, committee = question.lower(), None
    for name in sorted(names, key=len, reverse=True):
        cut = whole(name).sub(" ", whole(f"{name}s").sub(" ", text))
        if cut != text:
            if committee is not None and names[name] != committee:
                return None
            text, committee = cut, names[name]
    words = [t.word for t in tokens(text)]
    kinds = frozenset(_KINDS[word] for word in words if word in _KINDS)
    return Asked(kinds, committee) if kinds and all(word in _KINDS or word in _BESIDE for word in words) else None


def entrusted(
    history: History,
    question: str,
    *,
    in_force: date,
    committee: CommitteeId | None = None,
    asked: Asked | None = None,
    known: date | None = None,
) -> tuple[Entrusted, ...]:
    """Return what had been decided by `in_force`, as known on `known`: all that `committee` was given, or, without one, all that
    speaks of every word of `question`. The latest decision first; what is past or repealed is among it, and says so. What a
    committee was given that is no more is given with it, and to those that have taken over its tasks.

    With `asked`, instead: all that it asks for and that holds on the day.
    """
    cut = tokens(question)
    words = tuple(t for t in cut if not t.silent and not t.generic) or cut
    given = [e for e in history.events if isinstance(e, Decision) and e.assignments and e.decided_on <= min(in_force, known or in_force)]
    ended = gone(all_versions(history, known), in_force) if given else {}
    wanted = asked.committee if asked is not None else committee
    whose = {wanted} | forebears(wanted, ended) if wanted is not None else None
    found = []
    for event in given:
        over = repealed_on(history, event.id, known)
        for one in event.assignments:
            last = one.last_day
            past = last is not None and last < in_force
            told = Entrusted(
                one,
                event.id,
                event.name,
                event.decided_on,
                past,
                over if over is not None and over <= in_force else None,
                ended.get(one.committee) if one.committee is not None else None,
            )
            if whose is not None:
                meant = one.committee in whose or _EVERYONE.match(one.to) is not None
            else:
                meant = asked is not None or _speaks(one, words)
            if meant and (asked is None or (one.kind in asked.kinds and told.holds)):
                found.append(told)
    return tuple(sorted(found, key=lambda e: (-e.decided_on.toordinal(), e.decision, e.assignment.clause)))


def _speaks(one: Assignment, words: tuple[Token, ...]) -> bool:
    said = tokens(f"{one.to} {one.what} {one.purpose}")
    return bool(words) and all(any(_meets(word, other) for other in said) for word in words)


def _meets(asked: Token, said: Token) -> bool:
    """True for the same word in any inflection, and for a compound that holds it ("lekplats" in "lekplatsupprustning")."""
    return bool(asked.roots & said.roots) or any(len(root) >= 4 and root in said.word for root in asked.roots)
