"""Provisions to and from the hierarchy of Akoma Ntoso.

    kapitel chapter · paragraf section · stycke subsection · punkt, bokstav point · strecksats indent
    bilaga attachment (last in a charter) · tabell hcontainer with a table · all else hcontainer, named as its kind

`num` is the designation as printed, `wId` the permanent identity, `eId` the address. Words before a list are `intro`,
after it `wrapUp`. The heading nearest before a § is a `crossHeading`, since it may stand for the next §§ too; in a body,
which can hold none, it lies in an `hcontainer` of its own. A heading on the §'s own line is its `heading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from reglemente_tool.compare import label
from reglemente_tool.exchange.akn.tree import add, fault, own, parts, tag_of, words
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import TITLE_LINE, Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk_addressed

_TAGS = {
    Kind.KAPITEL: "chapter", Kind.PARAGRAF: "section", Kind.STYCKE: "subsection", Kind.PUNKT: "point", Kind.BOKSTAV: "point",
    Kind.STRECKSATS: "indent",
}  # fmt: skip
_KINDS = {tag: kind for kind, tag in _TAGS.items() if kind is not Kind.BOKSTAV}
_BY_NAME = {kind.value: kind for kind in Kind}
_CELLS = " | "
_HEADING = "rubrik"


@dataclass(frozen=True, slots=True)
class Setting:
    """What goes without saying of provisions: the decision `base` that adopted them; and, of others, when they began to hold."""

    base: DecisionId | None = None
    periods: Mapping[DecisionId, str] = field(default_factory=dict)


def eids(body: tuple[Provision, ...], prefix: str = "") -> Iterator[str]:
    """Yield the eId of every provision in reading order. Where two would be the same, the later ones get "-2", "-3" …"""
    seen: set[str] = set()
    for address, _ in walk_addressed(Charter(CharterId(""), "", CommitteeId(""), body)):
        plain = prefix + re.sub(r"\s", "", address.eid)
        eid, copy = plain, 2
        while eid in seen:
            eid, copy = f"{plain}-{copy}", copy + 1
        seen.add(eid)
        yield eid


# --- out ----------------------------------------------------------------------------------------------------------


def write_provision(
    parent: etree._Element, provision: Provision, names: Iterator[str], setting: Setting, *, wrap: bool = False
) -> None:
    """Put `provision` last in `parent`; `names` gives its eId and those of what lies in it. `wrap`: a crossHeading cannot stand there."""
    eid = next(names)
    if _heads_others(provision):
        holder = add(parent, "hcontainer", {"name": _HEADING}) if wrap else parent
        add(holder, "crossHeading", {"eId": f"{eid}__crossheading"}, provision.heading)
    tag = _TAGS.get(provision.kind, "hcontainer")
    made = add(parent, tag, attributes_of(provision, eid, setting))
    if tag == "hcontainer":
        made.set("name", provision.kind.value)
    write_head(made, provision)
    if provision.kind is Kind.TABELL and _is_plain_table(provision):
        _write_table(add(made, "content"), provision, names, setting)
        return
    if not (provision.children or provision.closing):
        if provision.text:
            add(add(made, "content"), "p", text=provision.text)
        return
    if provision.text:
        add(add(made, "intro"), "p", text=provision.text)
    for child in provision.children:
        write_provision(made, child, names, setting)
    if provision.closing:
        add(add(made, "wrapUp"), "p", text=provision.closing)


def attributes_of(provision: Provision, eid: str, setting: Setting) -> dict[str, str]:
    """Return the attributes of a provision's element: its names, since when, and what the standard has no place for."""
    found = {"eId": eid}
    if provision.wid:
        found["wId"] = provision.wid
    if provision.source and provision.source != setting.base and provision.source in setting.periods:
        found["period"] = f"#{setting.periods[provision.source]}"
    if provision.kind is Kind.BOKSTAV:
        found[own("slag")] = provision.kind.value
    printed = label(provision)
    if provision.number != number_in(provision.kind, printed):
        found[own("nr")] = provision.number
    if provision.marker != printed:
        found[own("markor")] = provision.marker
    if provision.source != setting.base:
        found[own("beslut")] = provision.source or ""
    if provision.layout:
        found[own("form")] = provision.layout
    return found


def write_head(made: etree._Element, provision: Provision) -> None:
    """Put the designation and the provision's own heading into its element."""
    printed = label(provision)
    if printed:
        add(made, "num", text=printed)
    if provision.heading and not _heads_others(provision):
        add(made, "heading", text=provision.heading)


def _heads_others(provision: Provision) -> bool:
    return bool(provision.heading) and provision.kind is Kind.PARAGRAF and provision.layout != TITLE_LINE


def _is_plain_table(provision: Provision) -> bool:
    return bool(provision.children) and all(row.kind is Kind.RAD and not row.children for row in provision.children)


def _write_table(content: etree._Element, table: Provision, names: Iterator[str], setting: Setting) -> None:
    if table.text:
        add(content, "p", text=table.text)
    rows = add(content, "table")
    for row in table.children:
        attributes = attributes_of(row, next(names), setting)
        for name, said in (("markor", row.marker), ("rubrik", row.heading), ("avslutning", row.closing)):
            if said:
                attributes[own(name)] = said
        made = add(rows, "tr", attributes)
        for cell in row.text.split(_CELLS):
            add(add(made, "td"), "p", text=cell)
    if table.closing:
        add(content, "p", {own("del"): "avslutning"}, table.closing)


# --- in -----------------------------------------------------------------------------------------------------------


def read_provisions(elements: list[etree._Element], name: str, base: DecisionId | None) -> tuple[Provision, ...]:
    """Return the provisions that the sibling elements of file `name` are. Raises CannotRead for what is none."""
    made: list[Provision] = []
    over: etree._Element | None = None
    for element in elements:
        heading = _cross_heading(element, name)
        if heading is not None:
            if over is not None:
                raise fault(name, element, f"två rubriker står efter varandra: ”{words(over, name)}” och ”{words(heading, name)}”")
            over = heading
            continue
        provision = _read(element, name, base, "" if over is None else words(over, name))
        if over is not None and provision.kind is not Kind.PARAGRAF:
            raise fault(name, over, f"rubriken ”{words(over, name)}” står inte närmast före en paragraf")
        over = None
        made.append(provision)
    if over is not None:
        raise fault(name, over, f"rubriken ”{words(over, name)}” står inte närmast före en paragraf")
    return tuple(made)


def _cross_heading(element: etree._Element, name: str) -> etree._Element | None:
    if tag_of(element) == "hcontainer" and element.get("name") == _HEADING:
        inner = parts(element, name)
        if len(inner) == 1 and tag_of(inner[0]) == "crossHeading":
            return inner[0]
    return element if tag_of(element) == "crossHeading" else None


def kind_of(element: etree._Element, name: str) -> Kind:
    """Return which part of a charter `element` is. Raises CannotRead."""
    tag = tag_of(element)
    kind = _BY_NAME.get(element.get("name", "")) if tag == "hcontainer" else _KINDS.get(tag)
    if kind is None:
        shown = f'<hcontainer name="{element.get("name")}">' if tag == "hcontainer" else f"<{tag}>"
        known = ", ".join((*_KINDS, "hcontainer", "attachment"))
        raise fault(name, element, f"elementet {shown} är ingen del av ett reglemente", hint=f"Delarna är {known}.")
    if kind is not Kind.PUNKT:
        return kind
    said = element.get(own("slag"))
    if said not in (None, Kind.BOKSTAV.value):
        raise fault(name, element, f"slaget {said} är okänt")
    return Kind.BOKSTAV if said else kind


def _read(element: etree._Element, name: str, base: DecisionId | None, over: str) -> Provision:
    kind = kind_of(element, name)
    if element.get("status"):
        said = f"bestämmelsen är märkt {element.get('status')} och kan inte läsas in som gällande text"
        raise fault(name, element, said, hint="Ta bort den ur filen, eller märkningen.")
    inner = parts(element, name)
    printed, heading, rest = read_head(inner, name)
    if over and heading:
        raise fault(name, element, f"paragrafen har två rubriker: ”{over}” och ”{heading}”")
    text = closing = ""
    children: tuple[Provision, ...] = ()
    if len(rest) == 1 and tag_of(rest[0]) == "content":
        if any(tag_of(block) == "table" for block in rest[0]):
            if kind is not Kind.TABELL:
                raise fault(name, rest[0], 'en tabell ska ligga i <hcontainer name="tabell">')
            text, children, closing = _read_table(rest[0], name, base)
        else:
            text = _one_p(rest[0], name)
    else:
        if rest and tag_of(rest[0]) == "intro":
            text = _one_p(rest.pop(0), name)
        if rest and tag_of(rest[-1]) == "wrapUp":
            closing = _one_p(rest.pop(), name)
        children = read_provisions(rest, name, base)
    return provision_of(
        element, kind, printed, over or heading, base, text=text, closing=closing, children=children, own_line=bool(heading)
    )


def provision_of(
    element: etree._Element, kind: Kind, printed: str, heading: str, base: DecisionId | None, *, text: str, closing: str,
    children: tuple[Provision, ...], own_line: bool = False,
) -> Provision:  # fmt: skip
    """Return the provision that `element` is, its own attributes read. `own_line`: its heading stands on the line of its number."""
    source = element.get(own("beslut"), base)
    number = element.get(own("nr"))
    return Provision(
        kind=kind,
        wid=Wid(element.get("wId", "")),
        number=number_in(kind, printed) if number is None else number,
        marker=element.get(own("markor"), printed),
        heading=heading,
        text=text,
        children=children,
        closing=closing,
        source=DecisionId(source) if source else None,
        layout=element.get(own("form"), TITLE_LINE if own_line and kind is Kind.PARAGRAF else ""),
    )


def read_head(inner: list[etree._Element], name: str) -> tuple[str, str, list[etree._Element]]:
    """Return the designation, the heading, and the elements after them."""
    printed = heading = ""
    rest = list(inner)
    if rest and tag_of(rest[0]) == "num":
        printed = words(rest.pop(0), name)
    if rest and tag_of(rest[0]) == "heading":
        heading = words(rest.pop(0), name)
    return printed, heading, rest


def _one_p(holder: etree._Element, name: str) -> str:
    inner = parts(holder, name)
    for block in inner:
        if tag_of(block) != "p":
            raise fault(name, block, f"elementet <{tag_of(block)}> kan inte läsas in som text")
    if len(inner) > 1:
        raise fault(name, inner[1], f"<{tag_of(holder)}> håller flera <p>", hint="Gör varje stycke till en egen <subsection>.")
    return words(inner[0], name) if inner else ""


def _read_table(content: etree._Element, name: str, base: DecisionId | None) -> tuple[str, tuple[Provision, ...], str]:
    text, closing, seen = "", "", False
    rows: tuple[Provision, ...] = ()
    for block in parts(content, name):
        if tag_of(block) == "table" and not seen:
            seen = True
            rows = tuple(_read_row(row, name, base) for row in parts(block, name))
        elif tag_of(block) == "p" and not seen and not text:
            text = words(block, name)
        elif tag_of(block) == "p" and seen and not closing:
            closing = words(block, name)
        else:
            raise fault(name, block, f"elementet <{tag_of(block)}> kan inte stå där i en tabell")
    return text, rows, closing


def _read_row(row: etree._Element, name: str, base: DecisionId | None) -> Provision:
    if tag_of(row) != "tr":
        raise fault(name, row, f"elementet <{tag_of(row)}> är ingen rad i en tabell")
    cells = []
    for cell in parts(row, name):
        if tag_of(cell) not in ("td", "th") or {cell.get("rowspan", "1"), cell.get("colspan", "1")} != {"1"}:
            raise fault(name, cell, "sammanslagna celler kan inte läsas in", hint="Dela upp dem, en cell för varje kolumn.")
        cells.append(_one_p(cell, name))
    return provision_of(
        row, Kind.RAD, "", row.get(own("rubrik"), ""), base, text=_CELLS.join(cells), closing=row.get(own("avslutning"), ""), children=(),
    )  # fmt: skip


_NUMBER = re.compile(
    r"(?:§|kap(?:itel)?\.?|bilaga)?\s*(\d+(?:\.\d+)*(?: ?[a-zåäö])?|[a-zåäö])?\s*(?:§|kap(?:itel)?\.?|[.):])?\s*", re.IGNORECASE
)


def number_in(kind: Kind, printed: str) -> str:
    """Return the number that a designation holds: "4 a" in "4 a §"; "" where position is the number."""
    if kind.positional:
        return ""
    match = _NUMBER.fullmatch(printed)
    return (match[1] or "") if match else ""
