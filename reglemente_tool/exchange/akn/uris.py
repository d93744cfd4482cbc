"""What things are called: the URIs of charters, decisions and corrections. Naming convention: Akoma Ntoso Naming Convention 1.0.

    /akn/se/act/reglemente/1487/2014-12-10/socialnamnden                     a charter: kommunkod, first adopted, its id
    /akn/se/act/reglemente/1487/2014-12-10/socialnamnden/swe@2017-07-01      its wording from a day on
    /akn/se/doc/beslut/1487/2017-06-21/kf-2017-06-21-105                     a decision: kommunkod, decided, its id

They hold nothing that a renaming, an amendment or a later discovery changes, as long as the first adoption in the register
is the first there was.
"""

from __future__ import annotations

from datetime import date

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.model.charter import CharterId
from reglemente_tool.model.history import Correction, Decision, History, Municipality

MAIN = "!main"
LANGUAGE = "swe"


def charter_uri(code: str, id: CharterId, adopted_on: date | None) -> str:
    """Return the URI of a charter of the kommun `code`."""
    return "/".join(part for part in ("/akn/se/act/reglemente", code, adopted_on.isoformat() if adopted_on else "", id) if part)


def wording_uri(work: str, start: date, known: date | None = None) -> str:
    """Return the URI of the wording that holds from `start`; of the wording as it was known on `known`, when that is given."""
    return f"{work}/{LANGUAGE}@{start.isoformat()}" + (f":{known.isoformat()}" if known else "")


def event_uri(code: str, event: Decision | Correction) -> str:
    """Return the URI of a decision or a correction."""
    kind = "beslut" if isinstance(event, Decision) else "rattelse"
    return f"/akn/se/doc/{kind}/{code}/{event.decided_on.isoformat()}/{event.id}"


def municipality_uri(municipality: Municipality) -> str:
    """Return the URI of the kommun."""
    return f"/akn/ontology/organization/se/kommun-{municipality.code}"


def first_adopted(history: History, id: CharterId) -> date | None:
    """Return the day on which the council first adopted the charter, as far as the history goes back, or None."""
    return min((decided_on for decided_on, _ in _adoptions(history, id)), default=None)


def adopted_title(history: History, id: CharterId) -> str:
    """Return the title that the charter was last adopted under, or ""."""
    found = _adoptions(history, id)
    return max(found)[1] if found else ""


def _adoptions(history: History, id: CharterId) -> list[tuple[date, str]]:
    decisions = [event for event in history.events if isinstance(event, Decision)]
    return [
        (decision.decided_on, amendment.title)
        for decision in decisions
        for change in decision.changes
        for amendment in change.amendments
        if change.charter == id and isinstance(amendment, Adopt)
    ]
