"""A charter as `act name="reglemente"`: one wording, with the events that made it, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from reglemente_tool.exchange.akn.about import About, Made, ends
from reglemente_tool.exchange.akn.meta import MODS, REGISTER, destination, identification, numbered, period, references
from reglemente_tool.exchange.akn.provisions import (
    Setting,
    attributes_of,
    eids,
    provision_of,
    read_head,
    read_provisions,
    write_head,
    write_provision,
)
from reglemente_tool.exchange.akn.tree import add, document, fault, own, parts, root, tag_of, words, write
from reglemente_tool.exchange.akn.uris import MAIN, charter_uri, event_uri, municipality_uri, wording_uri
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk
from reglemente_tool.model.history import Decision
from reglemente_tool.model.identity import new_wid
from reglemente_tool.model.names import slug

NAME = "reglemente"
_EMPTY = "tom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was read: the charter, and what the file says of it, None and "" where it does not say.

    `code`        the kommunkod; `adopted_on`, `section`, `case_number` of the decision that adopted it
    `in_force`    the day from which what was adopted holds, or this wording, when it is `amended` by later decisions
    """

    charter: Charter
    code: str = ""
    adopted_on: date | None = None
    section: str = ""
    case_number: str = ""
    in_force: date | None = None
    amended: bool = False


# --- out ----------------------------------------------------------------------------------------------------------


def charter_to_akn(charter: Charter, about: About) -> bytes:
    """Return the file of one wording of a charter, valid against the schema of OASIS.

    Raises CannotExport for a character that XML cannot hold.
    """
    work = charter_uri(about.municipality.code, charter.id, about.adopted_on)
    names = tuple(eids(charter.body))
    adopted = next((made for made in reversed(about.made) if made.adopts), None)
    setting = Setting(adopted.entry.by if adopted else None, _periods(about))
    whole = root()
    act = add(whole, "act", {"name": NAME, "contains": "singleVersion" if about.made[1:] else "originalVersion"})
    meta = add(act, "meta")
    expression = wording_uri(work, about.start, about.known)
    _identify(meta, about, work, expression, charter)
    _lifecycle(meta, about)
    _passive(meta, about, charter, work, names)
    _temporal(meta, about)
    _refer(meta, about, charter, work)
    _notes(meta, about)
    proprietary = add(meta, "proprietary", {"source": f"#{REGISTER}"})
    held = {"id": str(charter.id), "namnd": str(charter.committee), "kommunkod": about.municipality.code}
    held |= {"antaget": setting.base} if setting.base else {}
    held |= {"upphavt": "ja"} if charter.repealed else {}
    etree.SubElement(proprietary, own("reglemente"), held)
    _preface(act, charter)
    _body(act, about, charter, (work, expression), iter(names), setting)
    return write(whole)


def _periods(about: About) -> dict[DecisionId, str]:
    """The period of each decision; none for one whose changes to the charter began on different days, since which did what is not told."""
    listed = [made.entry.by for made in about.made]
    return {by: f"tmpg_{n}" for n, by in enumerate(listed, 1) if listed.count(by) == 1}


def _identify(meta: etree._Element, about: About, work: str, expression: str, charter: Charter, component: str = MAIN) -> None:
    identification(
        meta, work, expression, ("antagen", about.adopted_on), ("lydelse", about.start), subtype=NAME, title=charter.title,
        component=component,
    )  # fmt: skip


def _lifecycle(meta: etree._Element, about: About) -> None:
    if not about.made:
        return
    holder = add(meta, "lifecycle", {"source": f"#{REGISTER}"})
    for n, made in enumerate(about.made, 1):
        event = made.event
        attributes = {"eId": f"event_{n}", "date": made.entry.start.isoformat(), "source": f"#ref_{n}", "type": _event_type(made)}
        if made.adopts and n == 1:
            attributes["originatingExpression"] = "true"
        attributes |= {own("beslut"): event.id, own("beslutat"): event.decided_on.isoformat()}
        if isinstance(event, Decision):
            attributes |= {own(name): said for name, said in (("paragraf", event.section), ("dnr", event.case_number)) if said}
        add(holder, "eventRef", attributes)
        last = ends(made)
        if last is not None:
            end = {"eId": f"event_{n}_slut", "date": last.isoformat(), "source": f"#ref_{n}", "type": "amendment"}
            add(holder, "eventRef", {**end, own("upphor"): event.id})


def _event_type(made: Made) -> str:
    tags = {amendment.tag for amendment in made.entry.change.amendments}
    return "generation" if "antas" in tags else "repeal" if "upphavs" in tags else "amendment"


def _passive(meta: etree._Element, about: About, charter: Charter, work: str, names: tuple[str, ...]) -> None:
    """Each amendment of the wording, where it is said and what it has become; what is gone is pointed to where it last stood."""
    here = {p.wid: eid for p, eid in zip(walk(charter.body), names, strict=True) if p.wid}
    mods = list(_mods(about))
    if not mods:
        return
    holder = add(add(meta, "analysis", {"source": f"#{REGISTER}"}), "passiveModifications")
    for n, (number, made, mod, amendment) in enumerate(mods, 1):
        made_mod = add(holder, "textualMod", {"eId": f"pmod_{n}", "type": MODS[amendment.tag]})
        add(made_mod, "source", {"href": f"{event_uri(about.municipality.code, made.event)}/{MAIN}#{mod}"})
        wid = _identity(amendment, made, charter.id)
        eid = here.get(wid)
        before = wording_uri(work, made.before, about.known) if made.before else work
        place, rest = destination(amendment.target)
        there = f"{before}/{MAIN}" + (f"#{place}" if place else "")
        if eid:
            rest = {own("mal"): amendment.target.code}
        add(made_mod, "destination", {"href": f"#{eid}" if eid else there, **rest} | ({own("wid"): wid} if wid else {}))
        add(made_mod, "force", {"period": f"#tmpg_{number}"})


def _mods(about: About) -> Iterator[tuple[int, Made, str, Amendment]]:
    for number, made in enumerate(about.made, 1):
        for mod, position, amendment in numbered(made.event):
            if position == made.entry.position and MODS[amendment.tag]:
                yield number, made, mod, amendment


def _identity(amendment: Amendment, made: Made, charter: CharterId) -> Wid:
    continues: Wid = getattr(amendment, "continues", Wid(""))
    if amendment.locates or not amendment.target.steps:
        return amendment.wid
    return continues or new_wid(made.entry.by, charter, Address(amendment.target.steps).code)


def _temporal(meta: etree._Element, about: About) -> None:
    if not about.made:
        return
    holder = add(meta, "temporalData", {"source": f"#{REGISTER}"})
    for n, made in enumerate(about.made, 1):
        period(holder, f"tmpg_{n}", f"event_{n}", f"event_{n}_slut" if ends(made) else "")


def _refer(meta: etree._Element, about: About, charter: Charter, work: str) -> None:
    code = about.municipality.code
    made = [
        ("original" if m.adopts else "passiveRef", f"ref_{n}", event_uri(code, m.event), m.event.name) for n, m in enumerate(about.made, 1)
    ]
    holder = references(meta, about.municipality, made)
    committee = about.municipality.committee(charter.committee)
    uri = f"{municipality_uri(about.municipality)}/{charter.committee}"
    add(holder, "TLCOrganization", {"eId": "namnd", "href": uri, "showAs": committee.name if committee else charter.committee})


def _notes(meta: etree._Element, about: About) -> None:
    if about.status:
        holder = add(meta, "notes", {"source": f"#{REGISTER}"})
        for n, line in enumerate(about.status, 1):
            add(add(holder, "note", {"eId": f"note_{n}", "class": "status"}), "p", text=line)


def _preface(act: etree._Element, charter: Charter) -> None:
    preface = add(act, "preface")
    add(add(preface, "p"), "docTitle", text=charter.title)
    for key, said in charter.facts:
        write_fact(preface, key, said)


def write_fact(holder: etree._Element, key: str, said: str) -> None:
    """Put a header line into `holder`, as a p with the key and the value in inline elements."""
    line = add(holder, "p", {"class": "uppgift"})
    add(line, "inline", {"name": "uppgift"}, key).tail = ": "
    add(line, "inline", {"name": "varde"}, said)


def _body(
    act: etree._Element, about: About, charter: Charter, uris: tuple[str, str], names: Iterator[str], setting: Setting
) -> None:
    """The provisions; annexes that stand last become attachments, any others stand where they stand."""
    last = len(charter.body)
    while last and charter.body[last - 1].kind is Kind.BILAGA:
        last -= 1
    body = add(act, "body")
    for provision in charter.body[:last]:
        write_provision(body, provision, names, setting, wrap=True)
    if not last:
        add(body, "hcontainer", {"name": _EMPTY})
    if last == len(charter.body):
        return
    attachments = add(act, "attachments")
    for provision in charter.body[last:]:
        _attach(attachments, about, charter, provision, uris, names, setting)


def _attach(
    attachments: etree._Element, about: About, charter: Charter, annex: Provision, uris: tuple[str, str], names: Iterator[str],
    setting: Setting,
) -> None:  # fmt: skip
    eid = next(names)
    made = add(attachments, "attachment", attributes_of(annex, eid, setting))
    write_head(made, annex)
    doc = add(made, "doc", {"name": "bilaga"})
    _identify(add(doc, "meta"), about, *uris, charter, component=f"!{eid}")
    body = add(doc, "mainBody")
    if annex.text or not (annex.children or annex.closing):
        add(body, "p", text=annex.text)
    for child in annex.children:
        write_provision(body, child, names, setting, wrap=True)
    if annex.closing:
        add(body, "p", {own("del"): "avslutning"}, annex.closing)


# --- in -----------------------------------------------------------------------------------------------------------


def charter_from_akn(data: bytes, name: str = "") -> Act:
    """Return the charter that the file `name` holds, and what it says of it. Raises CannotRead, with the line, for what is no act
    and for whatever in it has no place in a charter. No words are passed over.
    """
    act = document(data, name, "act")
    if act.get("contains") == "multipleVersions":
        raise fault(name, act, "filen håller flera lydelser på en gång", hint="Välj en fil som håller en enda lydelse.")
    held = {tag_of(part): part for part in parts(act, name)}
    known = ("meta", "preface", "body", "attachments")
    for tag, part in held.items():
        if tag not in known:
            raise fault(name, part, f"elementet <{tag}> kan inte läsas in", hint=f"Delarna är {', '.join(known)}.")
    if len(held) != len(act) or not {"meta", "body"} <= held.keys():
        raise fault(name, act, "reglementet ska ha <meta> och <body>, och varje del en gång")
    meta = held["meta"]
    mine = next(meta.iter(own("reglemente")), None)
    own_data = {str(key): str(value) for key, value in mine.attrib.items()} if mine is not None else {}
    base = DecisionId(own_data["antaget"]) if "antaget" in own_data else None
    title, facts = _read_preface(held["preface"], name) if "preface" in held else ("", ())
    title = title or _value(meta, "FRBRname")
    body = read_provisions([e for e in parts(held["body"], name) if e.get("name") != _EMPTY], name, base)
    if "attachments" in held:
        body += tuple(_read_attachment(part, name, base) for part in parts(held["attachments"], name))
    _refuse_doubles(held, name)
    id = own_data.get("id") or slug(title.removeprefix("Reglemente för "))
    charter = Charter(
        id=CharterId(id), title=title, committee=CommitteeId(own_data.get("namnd", id)), body=body, facts=facts,
        repealed=own_data.get("upphavt") == "ja",
    )  # fmt: skip
    return _with_dates(charter, meta, own_data.get("kommunkod", ""), name)


def _with_dates(charter: Charter, meta: etree._Element, code: str, name: str) -> Act:
    events = [e for e in meta.iter("{*}eventRef") if e.get(own("upphor")) is None]
    adopting = [e for e in events if e.get("type") == "generation"]
    last = adopting[-1] if adopting else None
    amended = bool(events) and events[-1] is not last
    expression = next(meta.iter("{*}FRBRExpression"), None)
    dated = next(expression.iter("{*}FRBRdate"), None) if expression is not None else None
    # A wording as adopted may be dated later, when a temporary change has come and gone; what was adopted holds from its own day.
    dated = last if last is not None and not amended else dated
    return Act(
        charter=charter,
        code=code,
        adopted_on=_day(last, own("beslutat"), name),
        section=last.get(own("paragraf"), "") if last is not None else "",
        case_number=last.get(own("dnr"), "") if last is not None else "",
        in_force=_day(dated, "date", name),
        amended=amended,
    )


def _day(element: etree._Element | None, attribute: str, name: str) -> date | None:
    said = element.get(attribute) if element is not None else None
    if element is None or said is None:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError as error:
        raise fault(name, element, f"{said} är inget datum") from error


def _value(meta: etree._Element, tag: str) -> str:
    found = next(meta.iter(f"{{*}}{tag}"), None)
    return found.get("value", "") if found is not None else ""


def _read_preface(preface: etree._Element, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    title, facts = "", []
    for block in parts(preface, name):
        inner = list(block)
        if tag_of(block) == "p" and [tag_of(e) for e in inner] == ["docTitle"] and not title:
            parts(block, name)
            title = words(inner[0], name)
        elif block.get("class") == "uppgift":
            facts.append(read_fact(block, name))
        else:
            shown = " ".join("".join(str(text) for text in block.itertext()).split())
            raise fault(name, block, f"raden ”{shown[:60]}” i huvudet kan inte läsas in")
    return title, tuple(facts)


def read_fact(line: etree._Element, name: str) -> tuple[str, str]:
    """Return the key and the value of a header line. Raises CannotRead."""
    inner = list(line)
    if [tag_of(e) for e in inner] != ["inline", "inline"] or (inner[0].tail, inner[1].tail, line.text) != (": ", None, None):
        raise fault(name, line, "uppgiften i huvudet ska ha ett namn och ett värde")
    return words(inner[0], name), words(inner[1], name)


def _read_attachment(element: etree._Element, name: str, base: DecisionId | None) -> Provision:
    printed, heading, rest = read_head(parts(element, name), name)
    if tag_of(element) != "attachment" or len(rest) != 1 or tag_of(rest[0]) != "doc":
        raise fault(name, element, "bilagan ska vara ett <attachment> med ett <doc>")
    held = parts(rest[0], name)
    if [tag_of(e) for e in held] != ["meta", "mainBody"]:
        raise fault(name, rest[0], "bilagan ska ha <meta> och <mainBody> och inget annat")
    inner = parts(held[1], name)
    text = closing = ""
    if inner and tag_of(inner[0]) == "p" and inner[0].get(own("del")) is None:
        text = words(inner.pop(0), name)
    if inner and tag_of(inner[-1]) == "p":
        closing = words(inner.pop(), name)
    children = read_provisions(inner, name, base)
    return provision_of(element, Kind.BILAGA, printed, heading, base, text=text, closing=closing, children=children)


def _refuse_doubles(held: dict[str, etree._Element], name: str) -> None:
    seen: set[str] = set()
    for part in ("body", "attachments"):
        for element in held[part].iter() if part in held else ():
            wid = element.get("wId")
            if wid is not None and wid in seen:
                raise fault(name, element, f"identiteten {wid} finns två gånger")
            seen |= {wid} if wid is not None else set()


__all__ = ["Act", "charter_from_akn", "charter_to_akn", "read_fact", "write_fact"]
