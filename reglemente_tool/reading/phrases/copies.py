"""What comes in without its words being said again: "motsvarande strecksats", "de förs i stället in i …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.model.address import Kind
from reglemente_tool.reading.operation import Type
from reglemente_tool.reading.phrases import Match, Result, phrase
from reglemente_tool.reading.phrases.insertions import PLACE, inserted

_SAME = (
    r"(?P<same>motsvarande (?:strecksats(?:er)?|punkt(?:er)?|text|skrivning|lydelse|uppgift(?:er)?)|samma (?:strecksats(?:er)?|"
    r"punkt(?:er)?|uppgift(?:er)?)|de(?:n|t|ssa|nna)?(?: (?:strecksats(?:er|en|erna)?|punkt(?:er|en|erna)?))?)"
)


@phrase(
    rf"{_SAME}(?: i stället)? {{införs}}(?: i stället)?(?: som {{ny}}{{enhet}})?(?:,? {PLACE})?",
    rf"{{införa}} {_SAME}(?: i stället)?(?: som {{ny}}{{enhet}})?(?:,? {PLACE})?",
    rf"{PLACE} (?:{{införs}}|{{införa}}) {_SAME}(?: som {{ny}}{{enhet}})?",
    rf"(?P<same>)(?:i stället )?(?:{{införs}}|{{införa}})(?: i stället)?(?: som {{ny}}{{enhet}})?(?:,? {PLACE})?",
)
def motsvarande_fors_in(m: Match) -> Iterator[Result]:
    """att strecksatsen ”parkeringstillstånd” i 2 § stryks och att motsvarande strecksats förs in i 4 § i reglementet för byggnadsnämnden"""
    gone = [op for op in m.before if op.type is Type.REPEAL_UNIT and op.target.steps and op.target.steps[-1].kind.item]
    one = re.match(r"(?:den|det|denna|detta|motsvarande \w+(?:sats|punkt|uppgift)|samma \w+(?:sats|punkt|uppgift))$", m.group("same"))
    if one and len(gone) != 1:
        return
    for op in gone:
        for made in inserted(m, Kind.STRECKSATS, op.old, "motsvarande"):
            yield replace(made, copies=True)
