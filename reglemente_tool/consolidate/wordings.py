"""The two times: what was decided and known, what holds, and the wording of a charter at any date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.consolidate.moment import apply_together, empty
from reglemente_tool.errors import CannotApply, NotInForce
from reglemente_tool.model.address import number_key
from reglemente_tool.model.charter import Charter, CharterId, DecisionId
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Correction, Decision, History


@dataclass(frozen=True, slots=True)
class Entry:
    """One change with its place in time: the decision (or correction) it stands in, and the day it holds from."""

    change: Change
    by: DecisionId
    decided_on: date
    section: str
    position: int
    start: date

    @property
    def order(self) -> tuple[object, ...]:
        """In force from, then decided on, then the decision's §, then position in it."""
        return (self.start, self.decided_on, number_key(self.section), self.position)

    def active(self, day: date) -> bool:
        """True when the change holds on `day`."""
        until = self.change.in_force_until
        return self.start <= day and (until is None or day <= until)


def entries(history: History, charter: CharterId, known: date | None = None) -> tuple[Entry, ...]:
    """Return the changes to `charter` that were known on `known` (None: all), have a day in force and stand, in legal order."""
    events = [e for e in history.events if known is None or e.decided_on <= known]
    annulled = {e.annuls for e in events if isinstance(e, Annulment)}
    begun = {e.decision: e.on for e in events if isinstance(e, Commencement)}
    found = []
    for event in events:
        if event.id in annulled or not isinstance(event, Decision | Correction):
            continue
        changes = event.changes if isinstance(event, Decision) else (event.change,)
        section = event.section if isinstance(event, Decision) else event.number
        for position, change in enumerate(changes):
            start = change.in_force_from
            if isinstance(start, Condition):
                if event.id not in begun:
                    continue
                start = begun[event.id]
            if change.charter == charter:
                found.append(Entry(change, event.id, event.decided_on, section, position, start))
    return tuple(sorted(found, key=lambda e: e.order))


def pending(history: History, charter: CharterId, *, in_force: date, known: date | None = None) -> tuple[tuple[Decision, Change], ...]:
    """Return what is decided about `charter` but not in force on `in_force`: later dates, and conditions not yet met."""
    events = [e for e in history.events if known is None or e.decided_on <= known]
    annulled = {e.annuls for e in events if isinstance(e, Annulment)}
    begun = {e.decision: e.on for e in events if isinstance(e, Commencement)}
    found = []
    for event in events:
        if not isinstance(event, Decision) or event.id in annulled:
            continue
        for change in event.changes:
            start = begun.get(event.id, change.in_force_from)
            start = change.in_force_from if isinstance(change.in_force_from, date) else start
            if change.charter == charter and (isinstance(start, Condition) or start > in_force):
                found.append((event, change))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Version:
    """A charter's wording from `start` until the day before the next version's, and the decisions that make it up.

    `fresh` are those that made it differ from the version before; `temporary` those that are laid over it for a time.
    """

    start: date
    charter: Charter
    decisions: tuple[DecisionId, ...]
    fresh: tuple[DecisionId, ...] = ()
    temporary: tuple[DecisionId, ...] = ()


def versions(history: History, charter: CharterId, known: date | None = None) -> tuple[Version, ...]:
    """Return every wording that `charter` has had and will have, as known on `known`, in order of date.

    Permanent changes are applied first, then the temporary ones active on that day, so that the text after a temporary
    change is what it would have been without it. Raises CannotApply, with the decision's name, when one does not fit.
    """
    all_entries = entries(history, charter, known)
    permanent = [e for e in all_entries if e.change.in_force_until is None]
    overlays = [e for e in all_entries if e.change.in_force_until is not None]
    made: list[Version] = []
    current, done = empty(charter), 0
    by: tuple[DecisionId, ...] = ()
    shown: tuple[Entry, ...] = ()
    for day in timeline(history, charter, known):
        fresh: list[DecisionId] = []
        while done < len(permanent) and permanent[done].start <= day:
            entry = permanent[done]
            current = _apply_entry(current, entry)
            by, done = (*by, entry.by), done + 1
            fresh.append(entry.by)
        active = tuple(e for e in overlays if e.active(day))
        laid = current
        for entry in active:
            laid = _apply_entry(laid, entry)
        fresh += [e.by for e in active if e not in shown]
        temporary = tuple(e.by for e in active)
        made.append(Version(day, laid, (*by, *temporary), tuple(dict.fromkeys(fresh)), temporary))
        shown = active
    return tuple(made)


def _apply_entry(charter: Charter, entry: Entry) -> Charter:
    if not charter.title and not any(isinstance(a, Adopt) for a in entry.change.amendments):
        raise NotInForce(f"{entry.by} ändrar reglementet {charter.id} från {entry.start}, då det ännu inte gällde.")
    try:
        return apply_together(charter, entry.change, entry.by)
    except CannotApply as error:
        error.message = f"{error.message} (Beslutet {entry.by}, gäller från {entry.start}.)"
        raise


def timeline(history: History, charter: CharterId, known: date | None = None) -> tuple[date, ...]:
    """Return the days on which the charter's text changes, as known on `known`, in order."""
    days: set[date] = set()
    for entry in entries(history, charter, known):
        days.add(entry.start)
        if entry.change.in_force_until is not None:
            days.add(entry.change.in_force_until + timedelta(days=1))
    return tuple(sorted(days))


def version_at(history: History, charter: CharterId, *, in_force: date, known: date | None = None) -> Charter:
    """Return the charter as it holds on `in_force`, as known on `known` (None: all that is recorded).

    Raises NotInForce before its adoption and after its repeal, CannotApply when the history does not fit together.
    """
    return version_on(history, charter, in_force=in_force, known=known).charter


def version_on(history: History, charter: CharterId, *, in_force: date, known: date | None = None) -> Version:
    """Return the version behind `version_at`, with the decisions that make it up. Raises the same."""
    past = [v for v in versions(history, charter, known) if v.start <= in_force]
    if not past:
        raise NotInForce(f"Reglementet {charter} gällde inte den {in_force}.", hint="Välj en senare dag med --galler.")
    if past[-1].charter.repealed or not past[-1].charter.title:
        raise NotInForce(f"Reglementet {charter} gällde inte längre den {in_force}.", hint=f"Det upphörde att gälla {past[-1].start}.")
    return past[-1]


def latest(history: History, charter: CharterId) -> Charter | None:
    """Return the latest decided wording without temporary changes, also when not yet in force; None when there is none."""
    current = empty(charter)
    for entry in entries(history, charter):
        if entry.change.in_force_until is None:
            current = _apply_entry(current, entry)
    return None if current.repealed or not current.title else current


def charters(history: History) -> tuple[CharterId, ...]:
    """Return the ids of all charters that any decision speaks of, in alphabetical order."""
    found = set()
    for event in history.events:
        if isinstance(event, Decision):
            found |= {change.charter for change in event.changes}
        elif isinstance(event, Correction):
            found.add(event.change.charter)
    return tuple(sorted(found))
