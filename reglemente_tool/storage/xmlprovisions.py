"""Provisions to and from XML: the vocabulary that charters and the wordings in decisions share. Pure.

An element is named as its kind. `nr` is the designation; `markor` the printed glyph, left out where it is the usual one;
`wid` the identity; `form` the layout; `beslut` the decision that last touched it, left out where that is the decision
that adopted the charter, so that a line changes only when what it says changes. A leaf is one line. Anything else has
its heading (`rubrik`), its own words, its children and the words after them (`avslutning`) on lines of their own:

    <stycke wid="k2m4">Nämnden ansvarar för
    <strecksats wid="p7qx">skolskjuts,</strecksats>
    <strecksats wid="t3ab" beslut="kf-2019-03-25-40">elevhälsa.</strecksats>
    </stycke>

White space that holds a line break, at either end of an element's words, is layout and no part of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reglemente_tool.errors import CannotStore
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import DecisionId, Provision, Wid, usual_marker
from reglemente_tool.storage.xmltext import attributes_of, escaped, fault_at, one_line, opening, tag_of

KINDS = {kind.value: kind for kind in Kind}
_EDGES = re.compile(r"\A[ \t]*\n[ \t\n]*|[ \t]*\n[ \t\n]*\Z")


def provision_lines(provision: Provision, base: DecisionId | None = None) -> Iterator[str]:
    """Yield the lines of `provision`. `base` is the decision that goes without saying.

    Raises CannotStore when its words could not be told from layout: a line break in them, or blanks at their edge where
    something else follows.
    """
    tag, attributes = provision.kind.value, _attributes(provision, base)
    for words in (provision.heading, provision.text, provision.closing):
        if "\n" in words or "\r" in words:
            raise _unfit("en radbrytning", words)
    if not (provision.heading or provision.children or provision.closing):
        yield one_line(tag, provision.text, attributes)
        return
    if provision.text != provision.text.rstrip(" \t") or (provision.heading and provision.text != provision.text.lstrip(" \t")):
        raise _unfit("blanksteg före eller efter orden", provision.text)
    start, words = opening(tag, attributes), escaped(provision.text)
    if provision.heading:
        yield start
        yield one_line("rubrik", provision.heading)
        if words:
            yield words
    else:
        yield start + words
    for child in provision.children:
        yield from provision_lines(child, base)
    if provision.closing:
        yield one_line("avslutning", provision.closing)
    yield f"</{tag}>"


def _attributes(provision: Provision, base: DecisionId | None) -> dict[str, str]:
    attributes: dict[str, str] = {}
    if provision.number:
        attributes["nr"] = provision.number
    if provision.marker != usual_marker(provision.kind, provision.number):
        attributes["markor"] = provision.marker
    if provision.wid:
        attributes["wid"] = provision.wid
    if provision.source != base:
        attributes["beslut"] = provision.source or ""
    if provision.layout:
        attributes["form"] = provision.layout
    return attributes


def _unfit(what: str, words: str) -> CannotStore:
    said = " ".join(words.split())
    return CannotStore(f"En bestämmelse har {what}, och kan inte sparas så: ”{said[:100]}”.", hint="Skriv orden i en följd.")


def provision_from(element: etree._Element, name: str, base: DecisionId | None = None) -> Provision:
    """Return the provision that `element` of the file `name` holds. Raises CannotStore for what does not belong in one."""
    kind = KINDS.get(tag_of(element))
    if kind is None:
        raise fault_at(name, element, f"elementet <{tag_of(element)}> är ingen del av ett reglemente")
    attributes = attributes_of(element)
    number = attributes.get("nr", "")
    source = attributes.get("beslut", base)
    heading, closing, children = "", "", []
    text = element.text or ""
    for child in element:
        tag, tail = tag_of(child), child.tail or ""
        if tag == "rubrik":
            heading = words_in(child, name)
            if not text.strip():
                text, tail = tail, ""  # below a heading the provision's own words stand after it
        elif tag == "avslutning":
            closing = words_in(child, name)
        else:
            children.append(provision_from(child, name, base))
        if tail.strip():
            raise fault_at(name, child, f"orden ”{' '.join(tail.split())[:60]}” står mellan elementen i <{kind.value}>")
    if "\n" in text:
        text = _EDGES.sub("", text)
    for broken in (heading, text, closing):
        if "\n" in broken or "\r" in broken:
            said = " ".join(broken.split())[:60]
            raise fault_at(name, element, f"orden ”{said}” är brutna på flera rader", hint="Skriv dem på en rad.")
    return Provision(
        kind=kind,
        wid=Wid(attributes.get("wid", "")),
        number=number,
        marker=attributes["markor"] if "markor" in attributes else usual_marker(kind, number),
        heading=heading,
        text=text,
        children=tuple(children),
        closing=closing,
        source=DecisionId(source) if source else None,
        layout=attributes.get("form", ""),
    )


def words_in(element: etree._Element, name: str) -> str:
    """Return the words of an element that holds nothing else, exactly. Raises CannotStore when it holds elements."""
    if len(element):
        raise fault_at(name, element[0], f"elementet <{tag_of(element[0])}> hör inte hemma i <{tag_of(element)}>")
    return element.text or ""
