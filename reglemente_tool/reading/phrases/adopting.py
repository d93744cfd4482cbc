"""What the council adopts by naming it: a yrkande, or a proposal as a yrkande changes it. The text is looked up in the protocol."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.reading.operation import Nothing, Operation, Type
from reglemente_tool.reading.phrases import Match, Result, phrase

_NAME = r"(?-i:[A-ZÅÄÖ][\w.-]*(?::s)?(?: (?:[A-ZÅÄÖ][\w.-]*(?::s)?|von|af|de))*)(?: \((?-i:[A-ZÅÄÖ][^()⟦⟧]{0,30})\)(?::s)?)?"
_WHO = rf"(?P<who>{_NAME}(?: (?:och|samt) {_NAME})?)"
_SORT = r"(?:ändrings|tilläggs)?yrkande(?:t|n|na)?"
_DEMAND = rf"(?:{_WHO} {_SORT}|{_SORT} (?:av|från) (?P<by>{_NAME}(?: (?:och|samt) {_NAME})?)|(?:ändrings|tilläggs)?yrkandet)"
_BESIDE = r",? (?:med(?: ändring enligt| tillägg (?:av|enligt)| bifall till)?|samt|och|jämte|inklusive|ändrat enligt|i enlighet med|enligt)"


@phrase(
    f"(?:bifalla|bifaller|anta|antar|godkänna|godkänner) {_DEMAND}",
    f"(?:enligt|i enlighet med) {_DEMAND}",
    f"{_DEMAND} (?:bifalls|bifalles|bifölls|antas)",
)
def yrkandet_bifalls(m: Match) -> Iterator[Result]:
    """att bifalla Ledamot A:s (X) yrkande"""
    yield Operation(type=Type.APPLY_PROPOSAL, text=m.group("who") or m.group("by") or "yrkandet")


@phrase(f"(?:(?:bifalla|bifaller|anta|antar|godkänna|godkänner|enligt|i enlighet med) )?{{S}}{_BESIDE} (?:bifall till )?{_DEMAND}")
def forslaget_med_yrkande(m: Match) -> Iterator[Result]:
    """att bifalla kommunstyrelsens förslag med Ledamot A:s (X) tilläggsyrkande"""
    if m.sources and "förslag" in m.sources[0].lower():
        yield Operation(type=Type.APPLY_PROPOSAL, source=m.sources[0], text=m.group("who") or m.group("by") or "yrkandet")


@phrase(f"(?:avslå|avslår) {_DEMAND}", f"{_DEMAND} (?:avslås|avslogs)")
def yrkandet_avslas(m: Match) -> Iterator[Result]:
    """att avslå Ledamot A:s (X) yrkande"""
    yield Nothing("yrkande-avslaget")
