"""Checks: what a person should know of a decision before it is enacted. Each check yields Problems; none stops the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.consolidate import Version, charters, timeline, versions
from reglemente_tool.errors import CannotApply, Level, Place, Problem
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, CharterId, Wid, by_wid, flat, walk, walk_addressed
from reglemente_tool.model.citation import citations, cite
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Decision, History


@dataclass(frozen=True, slots=True)
class Moment:
    """A decision and the texts of every charter in the register right before it and right after.

    `touched` are the charters that it changes, or whose earlier changes it repeals.
    """

    decision: Decision
    before: tuple[Charter, ...]
    after: tuple[Charter, ...]
    touched: tuple[CharterId, ...] = ()

    def was(self, charter: CharterId) -> Charter | None:
        """Return the charter before, or None."""
        return next((c for c in self.before if c.id == charter), None)


def moment_of(history: History, decision: Decision) -> Moment:
    """Return the texts around `decision`: each charter on the day when its change takes effect, without it and with it.

    A change under a condition is seen as if it took effect after everything else that is decided. Raises CannotApply when
    the decision does not fit, or when it makes an earlier decision with a later day in force not fit any more.
    """
    last = max((d for id in charters(history) for d in timeline(history, id)), default=decision.decided_on)
    settled = max(last, decision.decided_on)
    dated = replace(
        decision,
        changes=tuple(c if isinstance(c.in_force_from, date) else replace(c, in_force_from=settled) for c in decision.changes),
        revocations=tuple(r if isinstance(r.in_force_from, date) else replace(r, in_force_from=settled) for r in decision.revocations),
    )
    with_it = history.with_event(dated)
    days: dict[CharterId, date] = {}
    for charter, day in sorted(_days(history, dated), key=lambda one: one[1]):
        # What the same decision both begins and ends is seen as it is while it holds.
        if charter not in days or _on(versions(with_it, charter), day) or _on(versions(history, charter), day):
            days[charter] = day
    usual = min(days.values(), default=settled)
    before, after = [], []
    for id in charters(with_it):
        before.append(_on(versions(history, id), days.get(id, usual)))
        after.append(_on(versions(with_it, id), days.get(id, usual)))
    return Moment(decision, tuple(c for c in before if c), tuple(c for c in after if c), tuple(days))


def _days(history: History, decision: Decision) -> Iterator[tuple[CharterId, date]]:
    """Each charter that a dated decision touches, with a day from which it does: by a change, or by repealing what changed it.

    The last of them shows the most: all that the decision does to the charter then holds.
    """
    for change in decision.changes:
        if isinstance(change.in_force_from, date):
            yield change.charter, change.in_force_from
    for revocation in decision.revocations:
        about = history.decision(revocation.annuls)
        for change in about.changes if about is not None else ():
            if revocation.charter not in (None, change.charter) or not isinstance(revocation.in_force_from, date):
                continue
            # What has not begun by then never does; the text that it would have made is the one to compare with.
            start = change.in_force_from
            yield change.charter, max(revocation.in_force_from, start if isinstance(start, date) else revocation.in_force_from)


def _on(made: tuple[Version, ...], day: date) -> Charter | None:
    past = [v.charter for v in made if v.start <= day]
    return past[-1] if past and past[-1].title and not past[-1].repealed else None


def check(moment: Moment) -> tuple[Problem, ...]:
    """Return every problem that the checks find, in the order of CHECKS."""
    return tuple(problem for one in CHECKS for problem in one(moment))


def _amendments(moment: Moment) -> Iterator[tuple[CharterId, object]]:
    for change in moment.decision.changes:
        for amendment in change.amendments:
            yield change.charter, amendment


def one_identity_one_place(moment: Moment) -> Iterator[Problem]:
    """IDENTITET: a task that "continues" must have left the place it came from."""
    places = Counter(wid for charter in moment.after for wid in by_wid(charter))
    continued = {a.continues for _, a in _amendments(moment) if isinstance(a, Insert) and a.continues}
    known = {wid for charter in moment.before for wid in by_wid(charter)}
    for wid in sorted(continued):
        if places[wid] > 1:
            yield Problem(
                "IDENTITET",
                "En uppgift sägs flytta men står kvar på det ställe som den flyttar från.",
                hint="Beslutet behöver också ta bort den där, eller så är det en ny uppgift.",
            )
        elif wid not in known:
            yield Problem(
                "IDENTITET", f"En uppgift sägs fortsätta {wid}, som inte finns i något reglemente.", hint="Läs beslutet på nytt."
            )


def both_halves(moment: Moment) -> Iterator[Problem]:
    """HALVA: a task that goes out of one charter without coming in anywhere, so that nobody may own it."""
    arrived = {a.continues for _, a in _amendments(moment) if isinstance(a, Insert)}
    still: set[Wid] = {wid for charter in moment.after for wid in by_wid(charter)}
    for charter, amendment in _amendments(moment):
        if not isinstance(amendment, Repeal) or not amendment.target.steps or not amendment.target.steps[-1].kind.item:
            continue
        before = moment.was(charter)
        if before is None:
            continue
        try:
            gone = by_wid(before).get(amendment.wid) or locate(before, amendment.target)
        except CannotApply:
            continue
        if gone.wid not in still and gone.wid not in arrived:
            yield Problem(
                "HALVA",
                f"{said(gone.text)} tas bort ur {before.title} och förs inte in någon annanstans i beslutet.",
                level=Level.VARNING,
                hint="Är det meningen att ingen nämnd ska ha uppgiften?",
            )


def lists_stand(moment: Moment) -> Iterator[Problem]:
    """LISTA: a lead-in that has lost every item of its list and now leads in nothing."""
    for after in moment.after:
        before = moment.was(after.id)
        old = by_wid(before) if before is not None else {}
        for address, provision in walk_addressed(after):
            was = old.get(provision.wid)
            if was is not None and was.items and not provision.items and provision.text == was.text:
                yield Problem(
                    "LISTA",
                    f"{cite(address)} har kvar sin inledning, {said(provision.text)}, men listan efter den är borta.",
                    Place(after.title),
                    Level.VARNING,
                    "Ska inledningen också utgå?",
                )


def references_hold(moment: Moment) -> Iterator[Problem]:
    """KORSHANVISNING: a reference in the charter to a § that has gone, or that now is another one."""
    changed = {change.charter for change in moment.decision.changes} | set(moment.touched)
    for after in moment.after:
        before = moment.was(after.id)
        if before is None or after.id not in changed:
            continue
        for address, provision in walk_addressed(after):
            for citation in citations(provision.text):
                if citation.law:
                    continue
                for pointed in citation.addresses:
                    yield from _reference(before, after, address, pointed)


def _reference(before: Charter, after: Charter, at: Address, pointed: Address) -> Iterator[Problem]:
    if not pointed.steps or pointed.steps[0].kind not in (Kind.PARAGRAF, Kind.KAPITEL):
        return
    old, new = _wid_at(before, pointed), _wid_at(after, pointed)
    if old is None or old == new:
        return
    what = "inte längre finns" if new is None else "nu är en annan bestämmelse"
    moved = [a for a, p in walk_addressed(after) if p.wid == old]
    yield Problem(
        "KORSHANVISNING",
        f"{cite(at)} hänvisar till {cite(pointed)}, som {what}.",
        Place(after.title),
        Level.VARNING,
        f"Bestämmelsen är nu {cite(moved[0])}." if moved else "Hänvisningen behöver ändras i ett beslut.",
    )


def _wid_at(charter: Charter, address: Address) -> Wid | None:
    try:
        return locate(charter, address).wid
    except CannotApply:
        return None


def something_changes(moment: Moment) -> Iterator[Problem]:
    """UTAN-VERKAN: an amendment after which the charter says what it said before."""
    for after in moment.after:
        before = moment.was(after.id)
        mine = any(change.charter == after.id for change in moment.decision.changes)
        if mine and before is not None and _words(before) == _words(after):
            yield Problem(
                "UTAN-VERKAN",
                f"{after.title} får samma lydelse som förut.",
                level=Level.VARNING,
                hint="Kanske är beslutet redan infört, eller så är ändringen redan gjord i ett annat beslut.",
            )


def _words(charter: Charter) -> tuple[object, ...]:
    return (charter.title, [(p.number, p.heading, flat(p)) for p in walk(charter.body)])


CHECKS: tuple[Callable[[Moment], Iterator[Problem]], ...] = (
    one_identity_one_place,
    both_halves,
    lists_stand,
    references_hold,
    something_changes,
)
