"""What an act says of its wording beside the wording: whose it is, since when it holds, and what has made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reglemente_tool.consolidate import Entry, entries, version_on, versions
from reglemente_tool.exchange.akn.uris import first_adopted
from reglemente_tool.model.charter import Charter, CharterId
from reglemente_tool.model.history import Correction, Decision, History, Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One change that is part of the wording, the event it stands in, and since when the wording before it held (None: it is the first)."""

    entry: Entry
    event: Decision | Correction
    before: date | None = None

    @property
    def adopts(self) -> bool:
        """True when it adopts the whole charter."""
        return any(amendment.tag == "antas" for amendment in self.entry.change.amendments)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What there is to say of one wording of a charter.

    `adopted_on`  the day of the first adoption, which the charter's URI holds
    `start`       the day from which the wording holds; `known` the day as of which it was known, None for now
    `made`        what has made it, in legal order
    `status`      the honest lines: as of when, by which decisions, what is decided but not in force
    """

    municipality: Municipality
    adopted_on: date
    start: date
    known: date | None = None
    made: tuple[Made, ...] = ()
    status: tuple[str, ...] = ()


def about(
    history: History, municipality: Municipality, id: CharterId, *, in_force: date, known: date | None = None, status: tuple[str, ...] = ()
) -> tuple[Charter, About]:
    """Return the charter as it holds on `in_force`, and what there is to say of that wording. Raises what `version_on` raises."""
    version = version_on(history, id, in_force=in_force, known=known)
    starts = [v.start for v in versions(history, id, known)]
    made = []
    for entry in entries(history, id, known):
        event = history.event(entry.by)
        if entry.start > in_force or entry.by not in version.decisions or not isinstance(event, Decision | Correction):
            continue
        if entry.change.in_force_until is not None and not entry.active(in_force):
            continue
        made.append(Made(entry=entry, event=event, before=max((day for day in starts if day < entry.start), default=None)))
    first = first_adopted(history, id) or version.start
    told = About(municipality=municipality, adopted_on=first, start=version.start, known=known, made=tuple(made), status=status)
    return version.charter, told


def ends(made: Made) -> date | None:
    """Return the day after the last on which a temporary change holds, or None."""
    until = made.entry.change.in_force_until
    return until + timedelta(days=1) if until is not None else None


__all__ = ["About", "Made", "about", "ends"]
