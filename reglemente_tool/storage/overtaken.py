"""Others have entered events since an event was prepared: which, what they changed, and does it still do exactly the same? Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reglemente_tool import consolidate
from reglemente_tool.compare import Difference, compare
from reglemente_tool.errors import CannotApply, CannotStore, Level, Place, Problem
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import Charter, CharterId
from reglemente_tool.model.history import Change, Condition, Correction, Decision, Event, History
from reglemente_tool.storage.publishing import changes_of, event_path, touched

FEW = 3
"""As many decisions are told, and of each as many amendments."""


def newcomers(was: History, now: History) -> tuple[Event, ...]:
    """Return the events that `now` has besides those of `was`. Raises CannotStore when one of these is gone or is another."""
    before, after = ({event.id: event for event in history.events} for history in (was, now))
    for id, event in before.items():
        if after.get(id) != event:
            what = "är borta" if id not in after else "har ändrats"
            raise CannotStore(
                f"{capital(event.name)} {what} sedan registret lästes.",
                place=Place(document=event_path(event)),
                hint="Beslut som är införda ändras aldrig. Ta reda på vad som har hänt: reglemente kontrollera",
            )
    return tuple(event for id, event in after.items() if id not in before)


def still_the_same(was: History, now: History, event: Event) -> str:
    """Return why `event` does not do in `now` exactly what it does in `was`, as a Swedish sentence; "" when it does.

    The same is: each charter that it touches differs with it and without it in the same way on every day, the provisions being
    the same by identity, place and words, and the checks find no more that stops or must be asked.
    """
    try:
        for charter in sorted({*touched(was.with_event(event), event), *touched(now.with_event(event), event)}):
            if (reason := _done_otherwise(was, now, event, charter)) != "":
                return reason
        return _new_problem(was, now, event)
    except CannotApply as error:
        return " ".join(part for part in (error.message, error.hint) if part)


def _done_otherwise(was: History, now: History, event: Event, charter: CharterId) -> str:
    old, new = consolidate.versions(was, charter), consolidate.versions(now, charter)
    if old == new:
        return ""
    # What holds from a day that is not known yet is seen as if it held from a day after all others.
    last = max([event.decided_on, *(version.start for version in (*old, *new)), *_named(event)])
    dated = _dated(event, date(last.year + 1, 1, 1))
    old_with, new_with = (consolidate.versions(history.with_event(dated), charter) for history in (was, now))
    days = sorted({version.start for made in (old, old_with, new, new_with) for version in made})
    for day in days:
        then, still = (_told(_on(before, day), _on(after, day)) for before, after in ((old, old_with), (new, new_with)))
        if then != still:
            title = next((v.charter.title for v in reversed(new) if v.charter.title), charter)
            said, says = (_said([one for one in a if one not in b]) for a, b in ((then, still), (still, then)))
            return f"{title} skulle ändras på ett annat sätt än det som bekräftades. Bekräftat: {said}. Nu: {says}."
    return ""


def _told(before: Charter | None, after: Charter | None) -> tuple[Difference | Charter, ...]:
    if before is None or after is None:
        return tuple(charter for charter in (before, after) if charter is not None)
    return compare(before, after)


def _said(told: list[Difference | Charter]) -> str:
    if not told:
        return "ingenting ändras"
    return told[0].describe().rstrip(".") if isinstance(told[0], Difference) else f"hela {told[0].title}"


def _on(made: tuple[consolidate.Version, ...], day: date) -> Charter | None:
    past = [version.charter for version in made if version.start <= day]
    return past[-1] if past else None


def _named(event: Event) -> Iterable[date]:
    days = [event.change.in_force_from] if isinstance(event, Correction) else []
    if isinstance(event, Decision):
        days = [*(change.in_force_from for change in event.changes), *(r.in_force_from for r in event.revocations)]
    return [day for day in days if isinstance(day, date)]


def _dated(event: Event, day: date) -> Event:
    def settled(change: Change) -> Change:
        return change if isinstance(change.in_force_from, date) else replace(change, in_force_from=day)

    if isinstance(event, Correction):
        return replace(event, change=settled(event.change))
    if not isinstance(event, Decision):
        return event
    revocations = tuple(replace(r, in_force_from=day) if isinstance(r.in_force_from, Condition) else r for r in event.revocations)
    return replace(event, changes=tuple(map(settled, event.changes)), revocations=revocations)


def _new_problem(was: History, now: History, event: Event) -> str:
    if not isinstance(event, Decision):
        return ""
    # Only what writes needs the checks; whoever reads a register does not wait for them.
    from reglemente_tool.check import check, moment_of

    known = set(check(moment_of(was, event)))
    found = [p for p in check(moment_of(now, event)) if p not in known and p.level is not Level.VARNING]
    return found[0].message if found else ""


def what_came(history: History, events: Iterable[Event], near: Event | None = None) -> str:
    """Return the events with what each changes, as they are named in a sentence: "KF 2020-01-01 § 4 (Reglemente för …: 2 § …)".
    The first few are named, and first those that touch what `near` touches.
    """
    mine = set(touched(history.with_event(near), near)) if near is not None else set()
    listed = sorted(events, key=lambda event: not mine.intersection(touched(history, event)))
    more = f"; och {len(listed) - FEW} till" if len(listed) > FEW else ""
    return "; ".join(_described(history, event) for event in listed[:FEW]) + more


def _described(history: History, event: Event) -> str:
    said = []
    for change in changes_of(history, event):
        made = consolidate.versions(history, change.charter)
        title = next((v.charter.title for v in reversed(made) if v.charter.title), change.charter)
        said += [f"{title}: {amendment.describe()}" for amendment in change.amendments]
    more = f" och {len(said) - FEW} till" if len(said) > FEW else ""
    return f"{event.name} ({', '.join(said[:FEW])}{more})" if said else event.name


def in_between(came: tuple[Event, ...], history: History) -> tuple[Problem, ...]:
    """Return what a person is told when others' events have come between and nothing became different by that."""
    if not came:
        return ()
    words = f"Under tiden har andra infört {what_came(history, came)}. Beslutet är prövat på nytt mot det och ändrar samma sak."
    return (Problem("MELLANKOMMET", words, level=Level.VARNING),)
