"""Collisions seen before anything is enacted: a proposal against what is decided but not in force, and against the other drafts.

Two things collide when they change the same provision, or one inside the other; when the same number is taken; when one takes
away what the other is about; when both count out one place in a list. Two additions that each go last in a list do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together, empty, latest, pending, versions
from reglemente_tool.errors import CannotApply, Level, Problem
from reglemente_tool.model.amendment import Amendment, capital, said
from reglemente_tool.model.charter import Charter, CharterId, DecisionId, Wid, by_wid, flat, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Change, Commencement, Condition, Decision, History
from reglemente_tool.model.identity import wids

_ANY = date.min


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where an amendment strikes in a text: the provision (None: all of the charter), or for an addition the one that it goes into."""

    amendment: Amendment
    at: Wid | None
    into: bool = False


def decided_ahead(history: History, decision: Decision, *, today: date) -> Iterator[Problem]:
    """KROCK: yield what a proposal, as `decision`, meets among what is decided but not in force on `today`, with what that makes of
    the provision. A `fel` where the two cannot be made one after the other, otherwise a `varning`.
    """
    for charter in dict.fromkeys(c.charter for c in decision.changes):
        mine = [a for c in decision.changes if c.charter == charter for a in c.amendments]
        for other, change in pending(history, charter, in_force=today):
            yield from _met(history, decision, charter, mine, other, change)


def _met(
    history: History, decision: Decision, charter: CharterId, mine: list[Amendment], other: Decision, change: Change
) -> Iterator[Problem]:
    text = _before(history, charter, other)
    try:
        after = apply_together(text, change, other.id)
    except CannotApply:
        after = text
    now = latest(history, charter) or text
    start = change.in_force_from
    when = f"från {start.isoformat()}" if isinstance(start, date) else start.text
    why = _misfit(history, decision, charter, other, change)
    for one, rival in _pairs(now, _aims(now, mine), _aims(text, change.amendments), text):
        becomes = by_wid(after).get(rival.at) if rival.at is not None and not rival.into else None
        then = f" Då lyder {cite(rival.amendment.target)}: {said(flat(becomes))}." if becomes is not None else ""
        yield Problem(
            "KROCK",
            f"{_place(one)} ändras också av {other.name}, som är beslutat men inte gäller än ({when}): {rival.amendment.describe()}.{then}",
            level=Level.FEL if why and isinstance(start, date) else Level.VARNING,
            hint=why or "Kontrollera att det här beslutet utgår från den lydelsen.",
        )


def _before(history: History, charter: CharterId, other: Decision) -> Charter:
    """The text that `other` was made for: without it."""
    without = History(tuple(e for e in history.events if e.id != other.id))
    try:
        return latest(without, charter) or empty(charter)
    except CannotApply:
        return latest(history, charter) or empty(charter)


def _misfit(history: History, decision: Decision, charter: CharterId, other: Decision, change: Change) -> str:
    """Return why a proposal and what is decided ahead cannot both be made, "" when they can."""
    both = history.with_event(decision)
    if isinstance(change.in_force_from, Condition):
        # When it begins nobody knows: it must go both before the proposal and after.
        starts = [c.in_force_from for c in decision.changes if isinstance(c.in_force_from, date)]
        after = max([c.start for c in versions(history, charter)] + starts, default=_ANY)
        first = min(starts, default=after) - timedelta(days=1)
        told = []
        for on, order in ((first, f"Börjar {other.name} gälla först"), (date(after.year + 1, 1, 1), f"Börjar {other.name} gälla sedan")):
            begun = Commencement(decision=other.id, on=on, decided_on=other.decided_on)
            tried = replace(decision, decided_on=max(decision.decided_on, other.decided_on))
            told += [f"{order}: {e}" for e in _errors(history.with_event(tried).with_event(begun), charter)]
        return " ".join(told)
    return " ".join(_errors(both, charter))


def _errors(history: History, charter: CharterId) -> list[str]:
    try:
        versions(history, charter)
    except CannotApply as error:
        return [error.message]
    return []


def drafts_ahead(history: History, decision: Decision, others: tuple[tuple[str, Decision], ...]) -> Iterator[Problem]:
    """KROCK: yield what a proposal meets in the other drafts, each a (name, decision): which provision, and what comes of it when
    the one is enacted before the other and the reverse. Always a `varning`: nobody has decided either.
    """
    for name, other in others:
        shared = [c.charter for c in decision.changes if any(o.charter == c.charter for o in other.changes)]
        for charter in dict.fromkeys(shared):
            text = latest(history, charter) or empty(charter)
            yield from _between(text, name, _of(decision, charter), _of(other, charter))


def _of(decision: Decision, charter: CharterId) -> tuple[Change, ...]:
    mine = [c for c in decision.changes if c.charter == charter]
    return tuple(sorted(mine, key=lambda c: c.in_force_from if isinstance(c.in_force_from, date) else date.max))


def _between(text: Charter, name: str, mine: tuple[Change, ...], theirs: tuple[Change, ...]) -> Iterator[Problem]:
    first, wrong_after = _made(text, mine, theirs)
    second, wrong_before = _made(text, theirs, mine)
    told = []
    if wrong_after:
        told.append(f"Förs det här förslaget in först går {name} inte att föra in: {wrong_after}")
    if wrong_before:
        told.append(f"Förs {name} in först går det här förslaget inte att föra in: {wrong_before}")
    if first is not None and second is not None:
        same = _words(first) == _words(second)
        told.append(_SAME if same else "Texten blir olika beroende på vilket som förs in först.")
    one, other = [a for c in mine for a in c.amendments], [a for c in theirs for a in c.amendments]
    pairs = list(_pairs(text, _aims(text, one), _aims(text, other), text))
    for aim, rival in pairs:
        sentence = f"{_place(aim)} ändras också i {name}: {rival.amendment.describe()}."
        yield Problem("KROCK", sentence, level=Level.VARNING, hint=" ".join(told))
    if not pairs and (wrong_after or wrong_before):
        title = text.title or str(text.id)
        both = "bara ett av dem går att föra in" if wrong_after and wrong_before else "de går bara att föra in i en viss ordning"
        said = f"{title} ändras också i {name}, och {both}."
        yield Problem("KROCK", said, level=Level.VARNING, hint=" ".join(told))


_SAME = "Texten blir densamma i vilken ordning de än förs in."


def _made(text: Charter, first: tuple[Change, ...], then: tuple[Change, ...]) -> tuple[Charter | None, str]:
    """Return the text with the one made and then the other, or why the other cannot be. What cannot be made even alone collides
    with nothing.
    """
    try:
        for part, change in enumerate(first):
            text = apply_together(text, change, _MINE, part=part)
    except CannotApply:
        return None, ""
    try:
        for part, change in enumerate(then, start=len(first)):
            text = apply_together(text, change, _MINE, part=part)
    except CannotApply as error:
        return None, error.message
    return text, ""


def _words(charter: Charter) -> tuple[object, ...]:
    return (charter.title, [(p.number, p.heading, flat(p)) for p in walk(charter.body)])


# --- where amendments strike --------------------------------------------------------------------------------------


def _aims(text: Charter, amendments: list[Amendment] | tuple[Amendment, ...]) -> list[_Aim]:
    found = []
    for amendment in amendments:
        into = not amendment.locates
        address = amendment.target.parent if into and amendment.target.steps else amendment.target
        try:
            known = by_wid(text).get(amendment.wid) if amendment.wid else None
            at = (known or locate(text, address)).wid if address.steps else None
        except CannotApply:
            continue
        found.append(_Aim(amendment, at, into))
    return found


def _pairs(now: Charter, mine: list[_Aim], theirs: list[_Aim], then: Charter) -> Iterator[tuple[_Aim, _Aim]]:
    for one in mine:
        for other in theirs:
            if any(_meet(text, one, other) for text in dict.fromkeys((now, then))):
                yield one, other


def _meet(text: Charter, one: _Aim, other: _Aim) -> bool:
    if one.into and other.into:
        return _same_place(one.amendment, other.amendment) and one.at == other.at
    if _takes_number(one.amendment, other.amendment) or _takes_number(other.amendment, one.amendment):
        return True
    if one.into or other.into:
        adds, holds = (one, other) if one.into else (other, one)
        # Words changed beside it, or a § renumbered, do not disturb what is added; what takes the whole away does.
        if isinstance(holds.amendment, Repeal | Substitute) or holds.at is None:
            return holds.at is None or (adds.at is not None and _within(text, adds.at, holds.at))
        return False
    if one.at is None or other.at is None:
        return True
    return _within(text, one.at, other.at) or _within(text, other.at, one.at)


def _within(text: Charter, inner: Wid, outer: Wid) -> bool:
    held = by_wid(text).get(outer)
    return inner == outer or (held is not None and inner in wids((held,)))


def _same_place(one: Amendment, other: Amendment) -> bool:
    last = one.target.last
    return one.target == other.target and last is not None and not last.number.startswith("sist")


def _takes_number(one: Amendment, other: Amendment) -> bool:
    """True when a renumbering gives the number that the other gives as well."""
    if not isinstance(one, Renumber):
        return False
    if isinstance(other, Renumber):
        return one.number == other.number and one.target.parent == other.target.parent and one.target != other.target
    last = other.target.last
    return isinstance(other, Insert) and last is not None and last.number == one.number and other.target.parent == one.target.parent


def _place(aim: _Aim) -> str:
    return capital(cite(aim.amendment.target)) if aim.amendment.target.steps else "Hela reglementet"


_MINE = DecisionId("utkast")
