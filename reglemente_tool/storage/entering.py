"""May an event enter the history? What is refused before anything is computed from it. Pure."""

from __future__ import annotations

import re

from reglemente_tool.consolidate import repealed_on
from reglemente_tool.errors import CannotStore
from reglemente_tool.model.history import Annulment, Commencement, Condition, Decision, Event, History
from reglemente_tool.storage.publishing import days_of

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
    about = event.decision if isinstance(event, Commencement) else event.annuls
    if history.event(about) is None:
        raise CannotStore(f"Beslutet {about} finns inte i registret.", hint="Inför det först.")
    if isinstance(event, Commencement):
        if not any(isinstance(day, Condition) for day in days_of(history, event)):
            raise CannotStore(f"Beslutet {about} har inget villkor för när det ska gälla.", hint="Dagen står redan i beslutet.")
        if any(isinstance(other, Commencement) and other.decision == about for other in history.events):
            raise CannotStore(f"När beslutet {about} började gälla är redan infört.")


def _refuse_repeal(history: History, event: Decision) -> None:
    """What a decision repeals must stand: a decision in the register that nobody has undone, and that repeals nothing itself."""
    for revocation in event.revocations:
        about = history.decision(revocation.annuls)
        if about is None or repealed_on(history, about.id) is not None:
            why = "finns inte i registret" if about is None else "är redan upphävt"
            raise CannotStore(f"Beslutet {revocation.annuls}, som {event.name} upphäver, {why}.", hint="Läs beslutet på nytt.")
        if about.revocations:
            raise CannotStore(
                f"{about.name}, som {event.name} upphäver, upphäver självt ett beslut.",
                hint="Fullmäktige behöver säga vad som ska gälla i stället.",
            )
