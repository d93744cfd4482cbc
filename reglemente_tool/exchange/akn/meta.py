"""The metadata that acts and decisions share: identification, references, what an amendment is called, and where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lxml import etree

from reglemente_tool.exchange.akn.tree import add, own
from reglemente_tool.exchange.akn.uris import LANGUAGE, MAIN, municipality_uri
from reglemente_tool.model.address import Address, Step
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.history import Correction, Decision, Municipality

COUNCIL = "kf"
REGISTER = "registret"
IN_FORCE = "i-kraft"

MODS = {
    "antas": "", "ny-lydelse": "substitution", "byts-ut": "substitution", "infors": "insertion", "upphor": "repeal",
    "betecknas": "renumbering", "byter-namn": "substitution", "upphavs": "repeal",
}  # fmt: skip
"""The type of textualMod that an amendment is, by tag; "" for an adoption, which is an event in the charter's life and no mod."""


def identification(
    meta: etree._Element, work: str, expression: str, work_date: tuple[str, date], expression_date: tuple[str, date], *,
    subtype: str = "", number: str = "", title: str = "", component: str = MAIN,
) -> None:  # fmt: skip
    """Put in what the document is called: as a work, as this wording of it, and as this file, which says no more and so is dated alike."""
    holder = add(meta, "identification", {"source": f"#{REGISTER}"})
    for tag, uri, this, (what, day), author in (
        ("FRBRWork", work, f"{work}/{component}", work_date, COUNCIL),
        ("FRBRExpression", expression, f"{expression}/{component}", expression_date, COUNCIL),
        ("FRBRManifestation", f"{expression}.xml", f"{expression}/{component}.xml", expression_date, REGISTER),
    ):
        part = add(holder, tag)
        add(part, "FRBRthis", {"value": this})
        add(part, "FRBRuri", {"value": uri})
        add(part, "FRBRdate", {"date": day.isoformat(), "name": what})
        add(part, "FRBRauthor", {"href": f"#{author}"})
        if tag == "FRBRWork":
            add(part, "FRBRcountry", {"value": "se"})
            for name, value in (("FRBRsubtype", subtype), ("FRBRnumber", number), ("FRBRname", title)):
                if value:
                    add(part, name, {"value": value})
        elif tag == "FRBRExpression":
            add(part, "FRBRlanguage", {"language": LANGUAGE})


def references(meta: etree._Element, municipality: Municipality, documents: Iterable[tuple[str, str, str, str]]) -> etree._Element:
    """Put in whom and what the file speaks of; `documents` as (element, eId, URI, name). Return the element, for more."""
    holder = add(meta, "references", {"source": f"#{REGISTER}"})
    for tag, eid, uri, name in documents:
        add(holder, tag, {"eId": eid, "href": uri, "showAs": name})
    base = municipality_uri(municipality)
    for tag, eid, uri, name in (
        ("TLCOrganization", "kommun", base, municipality.name),
        ("TLCOrganization", COUNCIL, f"{base}/kommunfullmaktige", f"Kommunfullmäktige i {municipality.name}"),
        ("TLCOrganization", REGISTER, f"{base}/reglementen", f"Registret över reglementen, {municipality.name}"),
        ("TLCConcept", IN_FORCE, "/akn/ontology/concept/se/i-kraft", "I kraft"),
    ):
        add(holder, tag, {"eId": eid, "href": uri, "showAs": name})
    return holder


def period(holder: etree._Element, eid: str, start: str, end: str = "") -> None:
    """Put a temporal group into temporalData: from the event `start`, until the event `end` when there is one."""
    group = add(holder, "temporalGroup", {"eId": eid})
    attributes = {"start": f"#{start}"} | ({"end": f"#{end}"} if end else {})
    add(group, "timeInterval", {**attributes, "refersTo": f"#{IN_FORCE}"})


def destination(address: Address) -> tuple[str, dict[str, str]]:
    """Return the eId of the nearest element that an amendment is about ("" for the charter), and the attributes that say the rest.

    What has no element of its own (a mening, the heading before a §) lies in the element pointed to; what is counted from the
    end ("sist") lies at the end of it.
    """
    kept: list[Step] = []
    for step in address.steps:
        if step.kind.virtual or step.from_end is not None or not step.number:
            break
        kept.append(step)
    ending = {"pos": "end"} if len(kept) < len(address.steps) and address.steps[len(kept)].from_end in (0, -1) else {}
    return Address(tuple(kept)).eid, {**ending, own("mal"): address.code}


def numbered(event: Decision | Correction) -> Iterator[tuple[str, int, Amendment]]:
    """Yield (eId, position of its change, amendment) for every amendment of the event. The eId is that of its `mod` in the event's
    own document.
    """
    count = 0
    for position, change in enumerate(event.changes if isinstance(event, Decision) else (event.change,)):
        for amendment in change.amendments:
            count += 1
            yield f"mod_{count}", position, amendment
