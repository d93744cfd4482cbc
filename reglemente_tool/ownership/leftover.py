"""What no charter names: whether it is surely a municipal task, and which charter has what no committee has been given.

A specific task goes before a statute, that before "övriga uppgifter", and all of them before the board's leading role (6 kap. 1 §
kommunallagen). What only might be the kommun's is nobody's by such a clause: the words have to be the catalogue's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reglemente_tool.model.catalogue import Task
from reglemente_tool.model.charter import Charter, CommitteeId
from reglemente_tool.ownership.duties import Role, is_common
from reglemente_tool.ownership.language import Token, roots, tokens
from reglemente_tool.ownership.profile import Profile
from reglemente_tool.ownership.question import Question
from reglemente_tool.ownership.tagging import Tagger

_OTHERS = frozenset({"revisorerna", "regionen", "staten", "varje nämnd", "kommunfullmäktige", "energibolag"})
_CHECKS = frozenset(r for word in ("tillsyn", "kontroll", "inspektion", "granskning") for r in roots(word))
"""To watch over a task is another task, and often the state's."""


def plainly_municipal(question: Question, tagger: Tagger) -> Task | None:
    """Return the task when every word of the question that counts is the catalogue's own word for it, and nobody but the kommun
    may have it: not a body of its own by law (valnämnd), not each committee, not the region, not the state. None otherwise.
    """
    if question.mended or question.elsewhere or question.statutes or not question.tasks:
        return None
    tasks = [tagger.tasks[id] for id, _ in question.tasks]
    if any(t.own_body or _OTHERS & {*t.usual, *t.elsewhere} for t in tasks):
        return None
    asked = tuple(t for t in tokens(question.text) if not t.silent)
    firm = {w.text for w in question.words if not w.loose}
    return next((t for t in tasks if any(_said(phrase, asked, firm) for phrase in (t.name, *t.words))), None)


def _said(phrase: str, asked: Sequence[Token], firm: set[str]) -> bool:
    cut = tuple(t for t in tokens(phrase) if not t.silent)
    told = [t for t in asked if any(t.roots & own.roots for own in cut)]
    missed = [t for t in asked if t not in told]
    return (
        bool(cut)
        and all(any(t.roots & own.roots for t in told) for own in cut)
        and not any(t.word in firm or t.roots & _CHECKS for t in missed)
    )


def spoken_of(task: Task, profile: Profile, tagger: Tagger) -> bool:
    """True when a charter speaks of the task, of what it is a part of or of a part of it, whatever it says of it."""
    return any(told == task.id or told in tagger.above(task.id) or task.id in tagger.above(told) for told, _ in profile.tasks)


_WHOLE = re.compile(r"\b(?:inte|varken|ej)\b.*\bann(?:an|at) (?:nämnd|organ)")
_PART = re.compile(r"\b(?:inom|rör|rörande|avser|avseende|gällande|kring|områden?|området|i fråga om|med anknytning)\b")
_COMMITTEE = re.compile(r"[\wåäö-]*(?:nämnden|styrelsen)\b")


def gives_all_else(charter: Charter, profile: Profile, known: Callable[[str], CommitteeId | None]) -> bool:
    """True when the duty gives the charter's own committee all that no other has been given, and not only within some field."""
    low = profile.duty.text.lower()
    return (
        profile.duty.role is Role.RESTEN
        and not is_common(charter)
        and not profile.tasks
        and _WHOLE.search(low) is not None
        and _PART.search(low) is None
        and all(known(word) in (None, charter.committee) for word in _COMMITTEE.findall(low))
    )
