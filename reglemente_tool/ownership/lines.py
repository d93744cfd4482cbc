"""A task's line in time: where it has stood and will stand, through moves, rewordings and new names of committees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from reglemente_tool.amendments.rename import Rename
from reglemente_tool.consolidate import Version, charters, entries, versions
from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision, Wid, walk_addressed
from reglemente_tool.model.history import History, Municipality
from reglemente_tool.ownership.answers import Holding, Tenure, Wording

Versions = dict[CharterId, tuple[Version, ...]]
ONE_DAY = timedelta(days=1)


def all_versions(history: History, known: date | None = None) -> Versions:
    """Return every wording of every charter, as known on `known` (None: all that is recorded). Raises CannotApply."""
    return {id: versions(history, id, known) for id in charters(history)}


def standing(made: tuple[Version, ...], day: date) -> Charter | None:
    """Return the charter as it holds on `day`, or None when it does not."""
    past = [v for v in made if v.start <= day]
    return past[-1].charter if past and not past[-1].charter.repealed and past[-1].charter.title else None


def tenures(history: History, wid: Wid, known: date | None = None) -> tuple[Tenure, ...]:
    """Return where the provision `wid` has stood and will stand, in order of date, in every charter."""
    return tenures_in(all_versions(history, known), wid)


def tenures_in(made: Versions, wid: Wid) -> tuple[Tenure, ...]:
    """As `tenures`, with the versions at hand. One tenure for each unbroken time in one charter."""
    found: list[Tenure] = []
    for wordings in made.values():
        current: Tenure | None = None
        for version in wordings:
            place = _place(version.charter, wid)
            if place is None:
                if current is not None:
                    found.append(replace(current, until=version.start - ONE_DAY))
                current = None
                continue
            address, provision = place
            current = _going_on(current, version, address, provision)
        if current is not None:
            found.append(current)
    return tuple(sorted(found, key=lambda t: (t.start, t.until or date.max)))


def cut(tenure: Tenure, last: date) -> Tenure:
    """Return the tenure as it would read if it had ended on `last`, a day within it."""
    wordings = tuple(w for w in tenure.wordings if w.start <= last)
    return replace(tenure, address=wordings[-1].address, text=wordings[-1].text, until=last, wordings=wordings)


def lineage(made: Versions) -> dict[Wid, tuple[Tenure, ...]]:
    """As `tenures_in`, for every provision there has been."""
    found: dict[Wid, list[Tenure]] = {}
    for wordings in made.values():
        current: dict[Wid, Tenure] = {}
        for version in wordings:
            here = {p.wid: (a, p) for a, p in walk_addressed(version.charter)}
            for wid in [wid for wid in current if wid not in here]:
                found.setdefault(wid, []).append(replace(current.pop(wid), until=version.start - ONE_DAY))
            for wid, (address, provision) in here.items():
                current[wid] = _going_on(current.get(wid), version, address, provision)
        for wid, tenure in current.items():
            found.setdefault(wid, []).append(tenure)
    return {wid: tuple(sorted(line, key=lambda t: (t.start, t.until or date.max))) for wid, line in found.items()}


def _going_on(current: Tenure | None, version: Version, address: Address, provision: Provision) -> Tenure:
    """The tenure, begun or gone on with in one more version."""
    if current is not None and (address, provision.text) == (current.address, current.text):
        return current
    maker = _maker(version, provision)
    wording = Wording(version.start, address, provision.text, maker)
    if current is None:
        charter = version.charter
        return Tenure(charter.committee, charter.id, address, provision.text, version.start, None, maker, (wording,))
    return replace(current, address=address, text=provision.text, wordings=(*current.wordings, wording))


def _maker(version: Version, provision: Provision):  # type: ignore[no-untyped-def]
    if provision.source and provision.source in version.fresh:
        return provision.source
    return version.fresh[-1] if version.fresh else version.decisions[-1]


def _place(charter: Charter, wid: Wid) -> tuple[Address, Provision] | None:
    return next(((a, p) for a, p in walk_addressed(charter) if p.wid == wid), None)


def names_over_time(
    history: History, municipality: Municipality, id: CommitteeId, known: date | None = None
) -> tuple[tuple[date, str], ...]:
    """Return what the committee has been called, each name with the day it began; the first from the beginning of time."""
    committee = municipality.committee(id)
    names = [(date.min, committee.name if committee else str(id))]
    changes = [
        (entry.start, amendment)
        for charter in charters(history)
        for entry in entries(history, charter, known)
        for amendment in entry.change.amendments
        if isinstance(amendment, Rename) and amendment.committee == id
    ]
    for start, amendment in sorted(changes, key=lambda c: c[0]):
        if names[-1][1] == amendment.old:
            names.append((start, amendment.new))
    return tuple(names)


def committee_name(history: History, municipality: Municipality, id: CommitteeId, day: date) -> str:
    """Return what the committee was called on `day`."""
    return [name for start, name in names_over_time(history, municipality, id) if start <= day][-1]


def holder_name(history: History, municipality: Municipality, holding: Holding, day: date) -> str:
    """Return what the committee that has the task was called on `day`; for one that the register does not know, as the charter
    that points it out calls it.
    """
    if holding.to and municipality.committee(holding.committee) is None:
        return holding.to
    return committee_name(history, municipality, holding.committee, day)
