"""An event enters the history, at the end of the chain: what is refused, and what the register then holds, file by file. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from reglemente_tool import consolidate
from reglemente_tool.errors import CannotStore, Level, Place, Problem
from reglemente_tool.model.charter import Charter, CharterId
from reglemente_tool.model.history import Annulment, Commencement, Committee, Condition, Decision, Event, History, Municipality
from reglemente_tool.storage.chain import REGISTER, START, Files, begun, joined
from reglemente_tool.storage.chainaudit import end_of, faults, unchained
from reglemente_tool.storage.git.files import Changes
from reglemente_tool.storage.publishing import charter_path, days_of, event_path, message, named_by, published, touched
from reglemente_tool.storage.xmlform import charter_from_xml, event_from_xml, event_to_xml, municipality_to_xml

_IDENTITY = re.compile(r"(?!(con|prn|aux|nul|(com|lpt)\d)\Z)(?=.{1,100}\Z)[a-z0-9]+(-[a-z0-9]+)*")
"""Also a file's name, so none that Windows keeps for its devices, and none that is too long."""


def refuse_identity(id: str) -> None:
    """Raise CannotStore for an id that could not be a file's name and an XML id."""
    if not _IDENTITY.fullmatch(id):
        raise CannotStore(f"”{id}” kan inte vara ett namn i registret.", hint="Namn får ha små bokstäver a–z, siffror och bindestreck.")


def refuse_event(history: History, event: Event) -> None:
    """Raise CannotStore for an event that is known already, that nobody has confirmed, or that is about what is not there."""
    refuse_identity(event.id)
    if history.event(event.id) is not None:
        raise CannotStore(f"{event.id} är redan infört.", hint="Ska något rättas, så gör det med en rättelse.")
    if not event.confirmed_by:
        raise CannotStore(f"Ingen har bekräftat {event.id}.", hint="Ange vem, som roll, med --bekraftad-av.")
    if isinstance(event, Decision):
        _refuse_repeal(history, event)
    if not isinstance(event, Commencement | Annulment):
        return
    named, about = named_by(history, event), event.decision if isinstance(event, Commencement) else event.annuls
    if named is None:
        raise CannotStore(f"Beslutet {about} finns inte i registret.", hint="Inför det först.")
    if isinstance(event, Annulment) and isinstance(named, Annulment) and event.decided_on <= named.decided_on:
        raise CannotStore(
            f"Avgörandet {named.decided_on} av {named.by} kan bara upphävas av ett från en senare dag.",
            hint="Kontrollera dagen för avgörandet.",
        )
    if isinstance(event, Commencement):
        if not isinstance(named, Decision) or not any(isinstance(day, Condition) for day in days_of(history, event)):
            raise CannotStore(f"Beslutet {about} har inget villkor för när det ska gälla.", hint="Dagen står redan i beslutet.")
        if any(isinstance(other, Commencement) and other.decision == about for other in history.events):
            raise CannotStore(f"När beslutet {about} började gälla är redan infört.")


def _refuse_repeal(history: History, event: Decision) -> None:
    """What a decision repeals must stand: a decision in the register that nobody has undone, and that repeals nothing itself."""
    for revocation in event.revocations:
        about = history.decision(revocation.annuls)
        if about is None or consolidate.repealed_on(history, about.id) is not None:
            why = "finns inte i registret" if about is None else "är redan upphävt"
            raise CannotStore(f"Beslutet {revocation.annuls}, som {event.name} upphäver, {why}.", hint="Läs beslutet på nytt.")
        if about.revocations:
            raise CannotStore(
                f"{about.name}, som {event.name} upphäver, upphäver självt ett beslut.",
                hint="Fullmäktige behöver säga vad som ska gälla i stället.",
            )


# --- what is then written -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """What a register holds at one moment: its files, and what register.xml and the events among them say."""

    files: Files
    municipality: Municipality
    history: History


@dataclass(frozen=True, slots=True)
class Touched:
    """A charter that an event changes: its latest decided wording before and after; None where there is none."""

    charter: CharterId
    before: Charter | None
    after: Charter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enacted:
    """What enacting an event did, or would do: `commit` is "" after a dry run; `files` are those written or taken away."""

    event: Event
    message: str
    touched: tuple[Touched, ...]
    changes: Changes
    commit: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are written or taken away, in order of name."""
        return tuple(sorted(self.changes))


def entered(held: Held, event: Event, add_committees: Iterable[Committee] = ()) -> tuple[Enacted, Held]:
    """Return what `event` writes when it enters the history of a register, and what the register holds then.

    Every touched charter's whole timeline is replayed, and the event gets its link at the end of the chain. Raises CannotApply
    when an amendment does not fit, now or at any later day; CannotStore when the event is refused, a charter's file is not what
    the decisions say, or the chain is broken.
    """
    refuse_event(held.history, event)
    after = held.history.with_event(event)
    municipality = _with_committees(held.municipality, add_committees)
    marks = tuple(_touched(held, after, charter, municipality) for charter in touched(after, event))
    changes: dict[str, bytes | None] = {event_path(event): _exact(event_to_xml, event_from_xml, event)}
    for mark in marks:
        path, data = charter_path(mark.charter), published(after, mark.after)
        if data != held.files.get(path):
            changes[path] = data
    if municipality != held.municipality:
        changes[REGISTER] = municipality_to_xml(municipality)
    changes |= _linked(held, event, changes, marks)
    titles = {mark.charter: text.title for mark in marks if (text := mark.after or mark.before) is not None}
    done = Enacted(event=event, message=message(after, event, titles), touched=marks, changes=changes)
    return done, Held(laid_over(held.files, changes), municipality, after)


def _linked(held: Held, event: Event, changes: Changes, marks: tuple[Touched, ...]) -> Changes:
    """The event's file with its link, and the start of the chain in a register that has events from before there were any."""
    data, register = changes[event_path(event)], changes.get(REGISTER) or held.files[REGISTER]
    assert data is not None
    start: dict[str, bytes] = {}
    if unchained(held.files):
        start[START] = begun(held.files, held.municipality, confirmed_by=event.confirmed_by, reason="Registret är äldre än kedjan.")
    end = end_of({**held.files, **start}, held.municipality)
    left = ((mark.charter, mark.after) for mark in marks)
    return {**start, event_path(event): joined(end, data, register=register, wordings=left)}


def laid_over(files: Files, changes: Changes) -> Files:
    """Return `files` as they are after `changes`."""
    return {path: data for path, data in {**files, **changes}.items() if data is not None}


def rewritten(held: Held) -> Changes:
    """Return the charters that are not what the decisions say, as they should be; None for one that should not be there."""
    standing = {charter: consolidate.latest(held.history, charter) for charter in consolidate.charters(held.history)}
    wanted = {charter_path(charter): published(held.history, text) for charter, text in standing.items()}
    return {path: data for path, data in wanted.items() if data != held.files.get(path)}


def restarted(held: Held, *, confirmed_by: str, reason: str, on: date) -> Changes:
    """Return the kedja.xml with which the chain begins anew after the events that are there; nothing where it holds."""
    if not unchained(held.files) and not any(p.level is Level.FEL for p in faults(held.files, held.municipality)):
        return {}
    return {START: begun(held.files, held.municipality, confirmed_by=confirmed_by, reason=reason, on=on)}


def _touched(held: Held, after: History, charter: CharterId, municipality: Municipality) -> Touched:
    refuse_identity(charter)
    path = charter_path(charter)
    old = consolidate.latest(held.history, charter)
    if published(held.history, old) != held.files.get(path):
        raise CannotStore(
            f"{path} är inte vad besluten säger.", place=Place(document=path), hint="Se vad som skiljer med: reglemente kontrollera"
        )
    consolidate.versions(after, charter)
    text = consolidate.latest(after, charter)
    if text is not None and municipality.committee(text.committee) is None:
        raise CannotStore(f"{text.title}: nämnden {text.committee} finns inte i register.xml.", hint="Lägg till nämnden.")
    data = published(after, text)
    if data is not None and charter_from_xml(data, path) != text:
        raise RuntimeError(f"{path} would not read back as what was written")
    return Touched(charter, old, text)


def _with_committees(municipality: Municipality, new: Iterable[Committee]) -> Municipality:
    for committee in new:
        refuse_identity(committee.id)
        known = municipality.committee(committee.id)
        if known is not None and known != committee:
            raise CannotStore(f"Nämnden {committee.id} finns redan i register.xml, som {known.name}.", hint="Ge den nya ett annat id.")
        if known is None:
            municipality = replace(municipality, committees=(*municipality.committees, committee))
    return municipality


def _exact(write: Callable[[Event], bytes], read: Callable[[bytes, str], Event], event: Event) -> bytes:
    data = write(event)
    if read(data, event_path(event)) != event:
        raise RuntimeError(f"{event_path(event)} would not read back as what was written")
    return data
