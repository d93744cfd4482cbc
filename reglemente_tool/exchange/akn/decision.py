"""A decision as `doc name="beslut"`: its words as they stand, what they were read as, and what that does to which charters."""

from __future__ import annotations

from datetime import date

from lxml import etree

from reglemente_tool.exchange.akn.beside import read_assignments, read_revocations, write_beside
from reglemente_tool.exchange.akn.meta import MODS, REGISTER, destination, identification, numbered, period, references
from reglemente_tool.exchange.akn.modifications import read_mod, write_mod
from reglemente_tool.exchange.akn.tree import CannotExport, add, document, fault, own, parts, root, tag_of, words, write
from reglemente_tool.exchange.akn.uris import MAIN, adopted_title, charter_uri, event_uri, first_adopted, wording_uri
from reglemente_tool.model.charter import CharterId, DecisionId
from reglemente_tool.model.history import Change, Condition, Decision, History, Municipality

NAME = "beslut"
_TEXT, _CHANGE, _TRANSITIONAL = "protokoll", "andring", "overgang"


# --- out ----------------------------------------------------------------------------------------------------------


def decision_to_akn(decision: Decision, history: History, municipality: Municipality) -> bytes:
    """Return the file of a decision, valid against the schema of OASIS. The history tells what the charters it changes are called.

    Raises CannotExport for a character that XML cannot hold.
    """
    changed = dict.fromkeys(change.charter for change in decision.changes)
    works = {id: charter_uri(municipality.code, id, first_adopted(history, id)) for id in changed}
    uri = event_uri(municipality.code, decision)
    whole = root()
    doc = add(whole, "doc", {"name": NAME})
    meta = add(doc, "meta")
    day = ("beslutad", decision.decided_on)
    identification(
        meta, uri, wording_uri(uri, decision.decided_on), day, day, subtype=NAME, number=decision.section, title=decision.title
    )
    _lifecycle(meta, decision)
    _active(meta, decision, works)
    _temporal(meta, decision)
    titles = {id: adopted_title(history, id) or id for id in works}
    charters = [("activeRef", f"ref_{n}", work, titles[id]) for n, (id, work) in enumerate(works.items(), 1)]
    references(meta, municipality, [("original", "ref_0", uri, decision.name), *charters])
    proprietary = add(meta, "proprietary", {"source": f"#{REGISTER}"})
    held = {"id": str(decision.id), "beslutat": decision.decided_on.isoformat(), "kommunkod": municipality.code}
    held |= {"paragraf": decision.section, "dnr": decision.case_number, "bekraftat-av": decision.confirmed_by}
    _own_element(proprietary, {key: value for key, value in held.items() if value})
    write_beside(proprietary, decision)
    add(add(add(doc, "preface"), "p"), "docTitle", text=decision.title)
    body = add(doc, "mainBody")
    if decision.text or not decision.changes:
        verbatim = add(body, "container", {"name": _TEXT, "eId": _TEXT})
        for line in decision.text.split("\n"):
            add(verbatim, "p", text=line)
    for n, change in enumerate(decision.changes, 1):
        _write_change(body, change, titles[change.charter], n)
    marks = iter(numbered(decision))
    for holder in body.iter("{*}p"):
        if holder.get("class") == "att-sats":
            mod, _, amendment = next(marks)
            write_mod(holder, amendment, mod)
    return write(whole)


def _own_element(holder: etree._Element, attributes: dict[str, str]) -> None:
    try:
        etree.SubElement(holder, own(NAME), attributes)
    except ValueError as error:
        raise CannotExport("Beslutets uppgifter innehåller ett styrtecken som inte kan skrivas i Akoma Ntoso.") from error


def _lifecycle(meta: etree._Element, decision: Decision) -> None:
    holder = add(meta, "lifecycle", {"source": f"#{REGISTER}"})
    first = {"eId": "event_0", "date": decision.decided_on.isoformat(), "source": "#ref_0", "type": "generation"}
    add(holder, "eventRef", {**first, "originatingExpression": "true"})
    numbers = {charter: n for n, charter in enumerate(dict.fromkeys(c.charter for c in decision.changes), 1)}
    for n, change in enumerate(decision.changes, 1):
        for eid, day in ((f"event_{n}", change.in_force_from), (f"event_{n}_slut", change.in_force_until)):
            if isinstance(day, date):
                attributes = {"eId": eid, "date": day.isoformat(), "source": f"#ref_{numbers[change.charter]}", "type": "amendment"}
                add(holder, "eventRef", attributes)


def _active(meta: etree._Element, decision: Decision, works: dict[CharterId, str]) -> None:
    listed = [found for found in numbered(decision) if MODS[found[2].tag]]
    if not listed:
        return
    holder = add(add(meta, "analysis", {"source": f"#{REGISTER}"}), "activeModifications")
    for n, (mod, position, amendment) in enumerate(listed, 1):
        change = decision.changes[position]
        made = add(holder, "textualMod", {"eId": f"amod_{n}", "type": MODS[amendment.tag]})
        add(made, "source", {"href": f"#{mod}"})
        place, rest = destination(amendment.target)
        add(made, "destination", {"href": f"{works[change.charter]}/{MAIN}" + (f"#{place}" if place else ""), **rest})
        if isinstance(change.in_force_from, Condition):
            add(made, "condition", {own("villkor"): change.in_force_from.text})
        else:
            add(made, "force", {"period": f"#tmpg_{position + 1}"})


def _temporal(meta: etree._Element, decision: Decision) -> None:
    dated = [(n, c) for n, c in enumerate(decision.changes, 1) if isinstance(c.in_force_from, date)]
    if dated:
        holder = add(meta, "temporalData", {"source": f"#{REGISTER}"})
        for n, change in dated:
            period(holder, f"tmpg_{n}", f"event_{n}", f"event_{n}_slut" if change.in_force_until else "")


def _write_change(body: etree._Element, change: Change, title: str, number: int) -> None:
    attributes = {"name": _CHANGE, "eId": f"{_CHANGE}_{number}", own("reglemente"): str(change.charter)}
    start = change.in_force_from
    attributes |= {own("villkor"): start.text} if isinstance(start, Condition) else {own("galler-fran"): start.isoformat()}
    if change.in_force_until:
        attributes[own("galler-till")] = change.in_force_until.isoformat()
    made = add(body, "container", attributes)
    when = start.text if isinstance(start, Condition) else f"från och med {start.isoformat()}"
    until = f" till och med {change.in_force_until.isoformat()}" if change.in_force_until else ""
    add(made, "p", {"class": "rubrik"}, f"{title}, {when}{until}:")
    for _ in change.amendments:
        add(made, "p", {"class": "att-sats"})
    if change.transitional:
        add(made, "p", {"class": _TRANSITIONAL}, change.transitional)


# --- in -----------------------------------------------------------------------------------------------------------


def decision_from_akn(data: bytes, name: str = "") -> Decision:
    """Return the decision that the file `name` holds, as `decision_to_akn` wrote it. Raises CannotRead, with the line, for a
    document that is no such decision, and where its words and its data say different things.
    """
    doc = document(data, name, "doc")
    held = {tag_of(part): part for part in parts(doc, name)}
    if doc.get("name") != NAME or held.keys() != {"meta", "preface", "mainBody"}:
        raise fault(name, doc, "dokumentet är inget beslut ur ett register", hint="Det ska ha <meta>, <preface> och <mainBody>.")
    mine = next(held["meta"].iter(own(NAME)), None)
    if mine is None:
        raise fault(name, held["meta"], "uppgifterna om beslutet saknas i <proprietary>")
    title = next(held["preface"].iter("{*}docTitle"), None)
    text = ""
    changes: list[Change] = []
    for part in parts(held["mainBody"], name):
        if part.get("name") == _TEXT and not changes:
            text = "\n".join(words(line, name) for line in parts(part, name))
        elif part.get("name") == _CHANGE:
            changes.append(_read_change(part, name))
        else:
            raise fault(name, part, f"elementet <{tag_of(part)}> är ingen del av ett beslut")
    return Decision(
        id=DecisionId(mine.get("id", "")),
        decided_on=_day(mine, "beslutat", name),
        section=mine.get("paragraf", ""),
        case_number=mine.get("dnr", ""),
        title=words(title, name) if title is not None else "",
        text=text,
        confirmed_by=mine.get("bekraftat-av", ""),
        changes=tuple(changes),
        revocations=read_revocations(held["meta"], name),
        assignments=read_assignments(held["meta"], name),
    )


def _day(element: etree._Element, attribute: str, name: str) -> date:
    try:
        return date.fromisoformat(element.get(attribute, ""))
    except ValueError as error:
        raise fault(name, element, f"dagen {attribute} saknas eller går inte att läsa") from error


def _read_change(part: etree._Element, name: str) -> Change:
    amendments, transitional = [], ""
    condition = part.get(own("villkor"))
    for block in parts(part, name):
        match block.get("class"):
            case "rubrik":
                continue
            case "att-sats":
                amendments.append(read_mod(block, name))
            case "overgang":
                transitional = words(block, name)
            case _:
                raise fault(name, block, f"elementet <{tag_of(block)}> är ingen del av en ändring")
    return Change(
        charter=CharterId(part.get(own("reglemente"), "")),
        in_force_from=Condition(condition) if condition is not None else _day(part, own("galler-fran"), name),
        in_force_until=_day(part, own("galler-till"), name) if part.get(own("galler-till")) else None,
        amendments=tuple(amendments),
        transitional=transitional,
    )
