"""The Swedish names of fields in XML, and how each class is laid out as an element.

A field that is not in NAMES goes by its own name, so a new amendment type needs no line here; it gets a Swedish name by
one. Left out of a file is every field that has its default value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reglemente_tool.errors import Place, Problem
from reglemente_tool.model.assignment import Assignment, Sum
from reglemente_tool.model.history import (
    Annulment,
    Change,
    Commencement,
    Committee,
    Correction,
    Decision,
    Municipality,
    Revocation,
)
from reglemente_tool.model.proposal import Clause, NoChange, Proposal, Question, Revoking, Suggestion

NAMES = {
    "abbreviations": "kort",
    "annuls": "beslut",
    "answers": "svar",
    "body": "organ",
    "by": "av",
    "case_number": "dnr",
    "charter": "reglemente",
    "clause": "att-sats",
    "code": "kod",
    "committee": "namnd",
    "confirmed_by": "bekraftat-av",
    "continues": "fortsatter",
    "decided_on": "beslutat",
    "decision": "beslut",
    "default": "forval",
    "derived": "harlett",
    "document": "dokument",
    "each_year": "varje-ar",
    "end": "slut",
    "expects": "lyder",
    "facts": "uppgift",
    "hint": "tips",
    "hits": "antal",
    "in_force_from": "galler-fran",
    "in_force_until": "galler-till",
    "is_decision": "ar-beslut",
    "kind": "slag",
    "level": "niva",
    "line": "rad",
    "message": "text",
    "name": "namn",
    "new": "till",
    "number": "nr",
    "old": "fran",
    "on": "galler-fran",
    "options": "alternativ",
    "origin": "ur",
    "phrase": "fras",
    "purpose": "andamal",
    "reads": "laser",
    "reason": "skal",
    "section": "paragraf",
    "target": "mal",
    "time": "tid",
    "title": "titel",
    "transitional": "overgang",
    "unread": "olasta",
    "until": "senast",
    "until_said": "senast-ord",
    "what": "vad",
    "wording": "lydelse",
    "years": "ar",
}
CONDITION = "villkor"
"""Where a day in force may be a condition instead, the attribute that holds the condition's words."""

LINK = "lank"
"""An event's place in the chain of entry (storage/chain.py): it stands in the event's file and is no part of the event."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a class is laid out: its element's name, and what differs from "one attribute for each field".

    `lines`     fields that are elements of their own, kept letter for letter
    `content`   the field that is the element's own words
    `names`     names that differ from NAMES
    `derived`   properties that are written for the reader and must agree when read
    `constant`  attributes that are always there
    """

    tag: str
    lines: tuple[str, ...] = ()
    content: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    constant: Mapping[str, str] = field(default_factory=dict)


_HEADED = {"title": "rubrik"}

FORMS: Mapping[type, Form] = {
    Municipality: Form("register", names={"name": "kommun"}, constant={"format": "1"}),
    Committee: Form("namnd"),
    Decision: Form("beslut", lines=("title", "text"), names=_HEADED),
    Change: Form("andring", lines=("transitional",)),
    Revocation: Form("upphaver"),
    Assignment: Form("tilldelning", lines=("what", "purpose"), names={"to": "till", "condition": "villkor"}),
    Sum: Form("belopp"),
    Commencement: Form("ikrafttradande", derived=("id",)),
    Annulment: Form("upphavande", derived=("id",)),
    Correction: Form("rattelse", lines=("reason",), derived=("id",)),
    Proposal: Form("forslag", lines=("title", "text", "transitional"), names=_HEADED),
    Clause: Form("att-sats", content="text"),
    Suggestion: Form("tolkning"),
    Revoking: Form("upphaver-beslut"),
    NoChange: Form("ingen-andring"),
    Question: Form("fraga"),
    Problem: Form("problem"),
    Place: Form("plats"),
}
