"""What a register stores, to and from XML: charters, events, the municipality, drafts. Pure: bytes in, bytes out.

Round trip is a law: what is read from what was written is what was written. Every reader takes the file's name, which
only its error messages use, and raises CannotStore with that name and the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lxml import etree

from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Wid, walk
from reglemente_tool.model.history import Annulment, Commencement, Correction, Decision, Event, Municipality
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.storage.xmlfields import form_of, lines_of, value_from
from reglemente_tool.storage.xmlnames import LINK
from reglemente_tool.storage.xmlprovisions import provision_from, provision_lines, words_in
from reglemente_tool.storage.xmltext import attributes_of, document, fault_at, one_line, opening, parse, refused, tag_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a charter's file says of its wording, beside the wording itself.

    `adopted_by`  the decision that adopted it; provisions that it last touched do not repeat it
    `holds_from`  the day from which the wording holds
    `latest`      the latest decision in it, and `latest_name` what that is called
    """

    adopted_by: DecisionId | None = None
    holds_from: date | None = None
    latest: DecisionId | None = None
    latest_name: str = ""


# --- charters -----------------------------------------------------------------------------------------------------


def charter_to_xml(charter: Charter, edition: Edition = Edition()) -> bytes:
    """Return the file of a charter. Raises CannotStore for what XML cannot hold, and as provision_lines does."""
    attributes = {"id": str(charter.id), "namnd": str(charter.committee)}
    if edition.adopted_by:
        attributes["antaget"] = edition.adopted_by
    if charter.repealed:
        attributes["upphavt"] = "ja"
    lines = [opening("reglemente", attributes), "<huvud>", one_line("titel", charter.title)]
    lines += [one_line("uppgift", words, {"namn": key}) for key, words in charter.facts]
    if edition.holds_from:
        lines.append(opening("lydelse", {"fran": edition.holds_from.isoformat()}, closed=True))
    if edition.latest:
        lines.append(one_line("senast", edition.latest_name, {"beslut": edition.latest}))
    lines.append("</huvud>")
    for provision in charter.body:
        lines += provision_lines(provision, edition.adopted_by)
    return document([*lines, "</reglemente>"])


def charter_from_xml(data: bytes, name: str = "") -> Charter:
    """Return the charter that `data` holds. Raises CannotStore, also when two provisions have one identity."""
    root = _root(data, name, "reglemente")
    attributes = attributes_of(root)
    head, *parts = root
    title, facts = "", []
    for line in head:
        if tag_of(line) == "titel":
            title = words_in(line, name)
        elif tag_of(line) == "uppgift":
            facts.append((attributes_of(line)["namn"], words_in(line, name)))
    base = DecisionId(attributes["antaget"]) if "antaget" in attributes else None
    body = tuple(provision_from(part, name, base) for part in parts)
    seen: set[Wid] = set()
    for provision in walk(body):
        if provision.wid and provision.wid in seen:
            doubled = [e for e in root.iter() if e.get("wid") == provision.wid][1]
            raise fault_at(name, doubled, f"identiteten {provision.wid} finns två gånger")
        seen.add(provision.wid)
    return Charter(
        id=CharterId(attributes["id"]),
        title=title,
        committee=CommitteeId(attributes["namnd"]),
        body=body,
        facts=tuple(facts),
        repealed=attributes.get("upphavt") == "ja",
    )


# --- what was decided ---------------------------------------------------------------------------------------------

EVENTS: dict[str, type[Event]] = {form_of(cls).tag: cls for cls in (Decision, Commencement, Annulment, Correction)}


def event_to_xml(event: Event) -> bytes:
    """Return the file of a decision, commencement, annulment or correction. Raises CannotStore."""
    return document(lines_of(event))


def event_from_xml(data: bytes, name: str = "") -> Event:
    """Return the event that `data` holds; its link in the chain is no part of it. Raises CannotStore."""
    root = parse(data, name)
    for link in root.findall(LINK):
        root.remove(link)
    if tag_of(root) not in EVENTS:
        raise fault_at(name, root, f"elementet <{tag_of(root)}> är ingen händelse", hint=f"Händelser är {', '.join(sorted(EVENTS))}.")
    event: Event = value_from(root, EVENTS[tag_of(root)], name)
    return event


# --- the register and its drafts ----------------------------------------------------------------------------------


def municipality_to_xml(municipality: Municipality) -> bytes:
    """Return register.xml. Raises CannotStore."""
    return document(lines_of(municipality))


def municipality_from_xml(data: bytes, name: str = "register.xml") -> Municipality:
    """Return what register.xml says. Raises CannotStore, also when two committees have one id."""
    municipality = _value(data, name, Municipality)
    seen: set[CommitteeId] = set()
    for committee in municipality.committees:
        if committee.id in seen:
            raise refused(name, 0, f"nämnden {committee.id} finns två gånger")
        seen.add(committee.id)
    return municipality


def proposal_to_xml(proposal: Proposal) -> bytes:
    """Return the file of a draft. Raises CannotStore."""
    return document(lines_of(proposal))


def proposal_from_xml(data: bytes, name: str = "") -> Proposal:
    """Return the draft that `data` holds. Raises CannotStore."""
    return _value(data, name, Proposal)


def _value(data: bytes, name: str, cls: type[_T]) -> _T:
    value: _T = value_from(_root(data, name, form_of(cls).tag), cls, name)
    return value


def _root(data: bytes, name: str, tag: str) -> etree._Element:
    root = parse(data, name)
    if tag_of(root) != tag:
        raise fault_at(name, root, f"där skulle elementet <{tag}> stå, men där står <{tag_of(root)}>")
    return root
