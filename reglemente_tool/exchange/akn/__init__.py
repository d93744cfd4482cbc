"""Akoma Ntoso 3.0 (OASIS LegalDocML), out and in. Laws: charter -> act -> charter and decision -> doc -> decision.

What the standard has no place for (the printed glyph where there is none, the layout of a §'s first line, the guard of an
amendment …) stands in attributes of a namespace of our own, which the schema allows on every element of the content; what
is said of the whole file stands in `proprietary`. A file is valid without them, and readable by who does not know them.
"""

from __future__ import annotations

from reglemente_tool.exchange.akn.about import About, Made, about
from reglemente_tool.exchange.akn.act import Act, charter_from_akn, charter_to_akn
from reglemente_tool.exchange.akn.decision import decision_from_akn, decision_to_akn
from reglemente_tool.exchange.akn.tree import CannotExport

__all__ = [
    "About", "Act", "CannotExport", "Made", "about", "charter_from_akn", "charter_to_akn", "decision_from_akn", "decision_to_akn",
]  # fmt: skip
