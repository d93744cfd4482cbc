"""The two times: what was decided and known, what holds, and the wording of a charter at any date."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.consolidate.moment import empty
from reglemente_tool.consolidate.once import This, made_once
from reglemente_tool.errors import CannotApply, NotInForce
from reglemente_tool.model.address import number_key
from reglemente_tool.model.charter import Charter, CharterId, DecisionId
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Correction, Decision, Event, History, Revocation

_HISTORIES = 16
"""Of so many histories what stands in them is kept: a command looks at one, with and without what is tried."""

@dataclass(frozen=True, slots=True)
class Entry:
    """One change with its place in time: the decision (or correction) it stands in, and the day it holds from.

    `part` counts the decision's earlier changes to the same charter. `ends` is the first day on which it no longer holds because
    the decision `ended_by` has repealed it; None: never.
    """

    change: Change
    by: DecisionId
    decided_on: date
    section: str
    position: int
    start: date
    part: int = 0
    ends: date | None = None
    ended_by: Decision | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """In force from, then decided on, then the decision's §, then position in it; what is still equal (two councils, a correction
        numbered as a §) by name, so that it does not hang on what was written down first.
        """
        return (self.start, self.decided_on, number_key(self.section), self.position, self.by)

    @property
    def permanent(self) -> bool:
        """True when it is no change for a time."""
        return self.change.in_force_until is None

    def active(self, day: date) -> bool:
        """True when the change holds on `day`."""
        until = self.change.in_force_until
        return self.start <= day and (until is None or day <= until) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands of a history as known on a day: events that no court has annulled, when what hung on a condition began, and by
    what each decision is repealed.
    """

    events: tuple[Event, ...]
    begun: dict[DecisionId, date]
    repealing: dict[DecisionId, list[tuple[Decision, Revocation]]]

    def start(self, decision: DecisionId, said: date | Condition) -> date | Condition:
        """Return the day from which what a decision says holds, or the condition that is not yet met."""
        return said if isinstance(said, date) else self.begun.get(decision, said)

    def ended(self, decision: DecisionId, charter: CharterId) -> tuple[date, Decision] | None:
        """Return the first day on which what a decision changed in a charter is repealed by a later one, and that one."""
        found: list[tuple[date, Decision]] = []
        for event, revocation in self.repealing.get(decision, ()):
            day = self.start(event.id, revocation.in_force_from)
            if revocation.charter in (None, charter) and isinstance(day, date):
                found.append((day, event))
        return min(found, key=lambda pair: pair[0], default=None)


def _known(history: History, known: date | None) -> _Known:
    """Return what stands, gone through once for each history and day."""
    return _gone_through(This(history), known)


@lru_cache(maxsize=_HISTORIES)
def _gone_through(this: This[History], known: date | None) -> _Known:
    history = this.value
    events = [e for e in history.events if known is None or e.decided_on <= known]
    annulled: set[DecisionId] = set()
    for court in sorted((e for e in events if isinstance(e, Annulment)), key=lambda e: e.decided_on, reverse=True):
        # A higher court's word on a lower court's comes first, whatever the order in which they were written down.
        annulled |= {court.annuls} if court.id not in annulled else set()
    standing = tuple(e for e in events if e.id not in annulled)
    met = sorted((e for e in standing if isinstance(e, Commencement)), key=lambda e: (e.decided_on, e.on))
    repealing: dict[DecisionId, list[tuple[Decision, Revocation]]] = {}
    for event in (e for e in standing if isinstance(e, Decision)):
        for revocation in event.revocations:
            repealing.setdefault(revocation.annuls, []).append((event, revocation))
    return _Known(standing, {e.decision: e.on for e in met}, repealing)


def entries(history: History, charter: CharterId, known: date | None = None) -> tuple[Entry, ...]:
    """Return the changes to `charter` that were known on `known` (None: all), have a day in force and stand, in legal order.

    What was repealed before it began is not among them; what was repealed later carries the day on which it ends.
    """
    return _entries(This(history), known).get(charter, ())


@lru_cache(maxsize=_HISTORIES)
def _entries(this: This[History], known: date | None) -> dict[CharterId, tuple[Entry, ...]]:
    """The entries of every charter, gone through once for each history and day."""
    standing = _known(this.value, known)
    found: dict[CharterId, list[Entry]] = {}
    for event in standing.events:
        if not isinstance(event, Decision | Correction):
            continue
        changes = event.changes if isinstance(event, Decision) else (event.change,)
        section = event.section if isinstance(event, Decision) else event.number
        parts = Counter[CharterId]()
        for position, change in enumerate(changes):
            part, start = parts[change.charter], standing.start(event.id, change.in_force_from)
            parts[change.charter] += 1
            if isinstance(start, Condition):
                continue
            ends, by = standing.ended(event.id, change.charter) or (None, None)
            if ends is None or ends > start:
                entry = Entry(change, event.id, event.decided_on, section, position, start, part, ends, by)
                found.setdefault(change.charter, []).append(entry)
    return {charter: tuple(sorted(listed, key=lambda e: e.order)) for charter, listed in found.items()}


def pending(history: History, charter: CharterId, *, in_force: date, known: date | None = None) -> tuple[tuple[Decision, Change], ...]:
    """Return what is decided about `charter` but not in force on `in_force`: later dates, and conditions not yet met.

    A repeal of an earlier decision that is still to come is told as a Change of its decision without amendments.
    """
    standing = _known(history, known)
    found = []
    for event in standing.events:
        if not isinstance(event, Decision):
            continue
        told = []
        for change in (c for c in event.changes if c.charter == charter):
            start, ended = standing.start(event.id, change.in_force_from), standing.ended(event.id, charter)
            over = ended is not None and ended[0] <= (start if isinstance(start, date) else in_force)
            if not over and (isinstance(start, Condition) or start > in_force):
                told.append(change)
        for revocation in event.revocations if not told else ():
            start = standing.start(event.id, revocation.in_force_from)
            about = history.decision(revocation.annuls)
            hit = about is not None and revocation.charter in (None, charter) and any(c.charter == charter for c in about.changes)
            if hit and (isinstance(start, Condition) or start > in_force):
                told.append(Change(charter=charter, in_force_from=revocation.in_force_from))
                break
        found += [(event, change) for change in told]
    return tuple(found)


def repealed_on(history: History, assigned_by: DecisionId, known: date | None = None) -> date | None:
    """Return the day from which a decision as a whole is repealed by a later one, or annulled by a court; None while it stands.

    The day of an annulment is that of the decision itself: it is as if it had never been.
    """
    standing = _known(history, known)
    event = history.decision(assigned_by)
    if event is not None and event not in standing.events:
        return event.decided_on
    ended = standing.ended(assigned_by, CharterId(""))
    return ended[0] if ended is not None else None


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
    listed = entries(history, charter, known)
    _refuse_unmaking(listed)
    lasting = tuple(e for e in listed if e.permanent)
    starts = [e.start for e in lasting]
    for_a_time = tuple(e for e in listed if not e.permanent)
    repealed = tuple(e for e in listed if e.ended_by is not None and e.ends is not None)
    made: list[Version] = []
    current = empty(charter)
    done: tuple[Entry, ...] = ()
    makers: dict[DecisionId, None] = {}
    shown: set[int] = set()
    for day in timeline(history, charter, known):
        standing = lasting[: bisect_right(starts, day)]
        over = tuple(e for e in repealed if e.ends is not None and e.ends <= day)
        if over:
            standing = tuple(e for e in standing if e.active(day))
        if standing[: len(done)] != done:
            current, done, makers = empty(charter), (), {}
        came, done = standing[len(done) :], standing
        for entry in came:
            current = _apply_entry(current, entry, over)
            makers[entry.by] = None
        active = tuple(e for e in for_a_time if e.active(day))
        laid = current
        for entry in active:
            laid = _apply_entry(laid, entry, over)
        fresh = [e.by for e in came if id(e) not in shown] + [e.ended_by.id for e in over if e.ends == day and e.ended_by]
        fresh += [e.by for e in active if id(e) not in shown]
        temporary = tuple(e.by for e in active)
        lasting_by = _makers(standing, over) if over else makers
        made.append(Version(day, laid, (*lasting_by, *temporary), tuple(dict.fromkeys(fresh)), temporary))
        shown = {*map(id, standing), *map(id, active)}
    return tuple(made)


def _makers(standing: tuple[Entry, ...], over: tuple[Entry, ...]) -> tuple[DecisionId, ...]:
    """The decisions that a text is made of, in legal order: those whose changes stand, and those that have repealed others."""
    made = [(e.order, e.by) for e in standing]
    made += [((e.ends, e.ended_by.decided_on, number_key(e.ended_by.section), -1), e.ended_by.id) for e in over if e.ended_by]
    return tuple(dict.fromkeys(by for _, by in sorted(made, key=lambda pair: pair[0])))


def _refuse_unmaking(listed: tuple[Entry, ...]) -> None:
    """A repeal can take away what a decision changed in a text, not that there is a text or what the committee is called."""
    for entry in (e for e in listed if e.ends is not None):
        whole = next((a for a in entry.change.amendments if isinstance(a, Adopt | Dissolve | Rename)), None)
        if whole is not None and entry.ended_by is not None:
            raise CannotApply(
                f"{entry.ended_by.name} upphäver {entry.by}, som har gällt sedan {entry.start}: {whole.describe()}. "
                "Vad som ska gälla i stället framgår inte av att det beslutet upphävs.",
                hint="Fullmäktige behöver besluta vilket reglemente eller namn som ska gälla.",
            )


def _apply_entry(charter: Charter, entry: Entry, over: tuple[Entry, ...] = ()) -> Charter:
    if (not charter.title or charter.repealed) and not any(isinstance(a, Adopt) for a in entry.change.amendments):
        yet = "inte längre" if charter.repealed else "ännu inte"
        raise NotInForce(
            f"{entry.by} ändrar reglementet {charter.id} från {entry.start}, då det {yet} gällde.",
            hint="Kontrollera dagen då ändringen börjar gälla, och dagen då reglementet antogs eller upphörde.",
        )
    try:
        return made_once(charter, entry.change, entry.by, entry.part)
    except CannotApply as error:
        error.message = f"{error.message} (Beslutet {entry.by}, gäller från {entry.start}.)"
        if over:
            gone = ", ".join(dict.fromkeys(e.by for e in over))
            error.hint = f"Det kan bygga på {gone}, som är upphävt. {error.hint}".rstrip()
        raise


def timeline(history: History, charter: CharterId, known: date | None = None) -> tuple[date, ...]:
    """Return the days on which the charter's text changes, as known on `known`, in order."""
    days: set[date] = set()
    for entry in entries(history, charter, known):
        days.add(entry.start)
        if entry.change.in_force_until is not None:
            days.add(entry.change.in_force_until + timedelta(days=1))
        if entry.ends is not None:
            days.add(entry.ends)
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
        name, began = _named(history, charter)
        as_known = f", så som det var känt {known}" if known is not None else ""
        raise NotInForce(f"{name} gällde inte {in_force}{as_known}.", hint=f"Det började gälla {began}." if began else "")
    if past[-1].charter.repealed or not past[-1].charter.title:
        raise NotInForce(f"{_named(history, charter)[0]} gällde inte längre {in_force}.", hint=f"Det upphörde att gälla {past[-1].start}.")
    return past[-1]


def _named(history: History, charter: CharterId) -> tuple[str, date | None]:
    """What a person calls the charter, and the first day on which it holds, by all that is recorded."""
    made = versions(history, charter)
    title = next((v.charter.title for v in reversed(made) if v.charter.title), "")
    return title or f"Reglementet {charter}", made[0].start if made else None


def latest(history: History, charter: CharterId) -> Charter | None:
    """Return the latest decided wording without temporary changes, also when not yet in force; None when there is none."""
    current = empty(charter)
    for entry in entries(history, charter):
        if entry.permanent and entry.ends is None:
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
