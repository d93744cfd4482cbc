"""The yrkanden of a protocol: who demands, what of, and in which words. Nothing here is decided; `following` asks for one by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from reglemente_tool.model.proposal import Clause
from reglemente_tool.model.wording import fold
from reglemente_tool.reading.clauses import clauses
from reglemente_tool.reading.protocol import Protocol
from reglemente_tool.reading.quoting import covered
from reglemente_tool.reading.signposts import COUNCIL_SAID, Part

LONGEST = 100_000
"""A stretch of yrkanden longer than this is not read."""
MOST = 60

_SPEAKS = re.compile(
    r"(?:^[ \t]*(?:[-–•*][ \t]+)?|(?<=[.!?\ue000][ ]))(?P<who>[A-ZÅÄÖ][^.;!?\n\ue000]{0,160}?)\s+"
    r"(?P<verb>yrkar|yrkade|lämnar|lämnade|framställer|framställde|föreslår|föreslog|instämmer|instämde|biträder|begär|begärde|återtar|"
    r"ställer|ställde|finner|deltar|reserverar|lägger|anser|anför)\b",
    re.MULTILINE,
)
_DEMANDS = ("yrkar", "yrkade", "lämnar", "lämnade", "framställer", "framställde", "föreslår", "föreslog")
_BASE = (
    r"(?:bifall(?:\s+i\s+första\s+hand)?\s+till|bifalla|att\s+bifalla)\s+(?P<base>(?:\S+s\s+)?förslag(?:et)?(?:\s+till\s+beslut)?)"
)
_CHANGES = r"(?:ändring|tillägg|justering)(?:en|et|ar|arna)?"
_SORT = r"(?:(?:ändrings|tilläggs|huvud)?yrkande(?:n|t)?|tillägg(?:et)?|ändring(?:en|ar)?)"
_BESIDE = (
    rf"(?:,?\s+(?:dock\s+)?med\s+(?:den|det|de|följande)\s+{_CHANGES}(?:\s+nämligen)?,?|,?\s+(?:och|samt)\s+(?:dessutom\s+|som\s+tillägg\s+|"
    rf"följande\s+tillägg,?\s*)?(?=att|:)|,?\s+(?:och|samt)\s+(?=avslag\s+på\s+att-?sats))"
)
_COUNCIL = rf"(?:\s*att)?\s+{COUNCIL_SAID}\s+(?:ska\s+|skall\s+)?beslutar?\b"
_LEAD = re.compile(
    rf"\s+(?:{_BASE}(?P<beside>{_BESIDE})?|(?P<own>(?:som\s+(?:ett\s+)?(?:tillägg|ändring)|(?:om\s+)?(?:följande|ett|en)\s+{_SORT}|"
    rf"följande|på\s+följande\s+sätt)?,?))(?:{_COUNCIL})?\s*:?\s*",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"avslag\s+på\s+(?P<what>att-?sats(?:en)?\s+\d{1,2}|\w+\s+att-?satsen)", re.IGNORECASE)
_PERSON = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<party>[^()]{1,40})\))?")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who demands: the name as folded small letters without genitive, and the party as written, or ""."""

    name: str
    party: str = ""

    def may_be(self, other: Speaker) -> bool:
        """True when nothing tells the two apart: the same name, and not two different parties."""
        names = bool(_forms(self.name) & _forms(other.name))
        return names and (not self.party or not other.party or self.party.lower() == other.party.lower())


@dataclass(frozen=True, slots=True)
class Demand:
    """One yrkande. `clauses` are its own words as att-satser with their places in the text; `base` the proposal that it
    supports ("kommunstyrelsens förslag"), "" when it names none; `plain` is True when it only supports, rejects or sends back."""

    speakers: tuple[Speaker, ...]
    said: str
    start: int
    end: int
    base: str = ""
    clauses: tuple[Clause, ...] = ()

    @property
    def plain(self) -> bool:
        """True when it holds no words of its own."""
        return not self.clauses


def demands(text: str, protocol: Protocol, span: tuple[int, int]) -> tuple[Demand, ...]:
    """Return the yrkanden inside `span` (the case), in order. Those that could not be understood are there too, without clauses."""
    found: list[Demand] = []
    for stretch in protocol.parts(Part.DEMAND):
        if span[0] <= stretch.start < span[1] and stretch.end - stretch.start <= LONGEST:
            found += _in_stretch(text, stretch.start, stretch.end)
    return tuple(found[:MOST])


def speakers_in(words: str) -> tuple[Speaker, ...]:
    """Return who is named in "Ledamot A (X) och Ledamot B (Y)", or in the genitive "Ledamot A:s (X)"."""
    found = []
    for piece in re.split(r",\s*(?:med\s+instämmande\s+av\s+)?|\s+(?:och|samt)\s+|\s+med\s+instämmande\s+av\s+", " ".join(words.split())):
        match = _PERSON.fullmatch(re.sub(r"(\))(?::?s)$", r"\1", piece.strip()))
        if match is not None and match["name"].strip():
            found.append(Speaker(fold(match["name"]).lower(), (match["party"] or "").strip()))
    return tuple(found)


def _forms(name: str) -> set[str]:
    """The name as it may stand with and without the genitive: "ledamot a:s", "ledamot as", "ledamot a"."""
    return {name, re.sub(r":s$", "", name), re.sub(r"(?<=\w)s$", "", re.sub(r":s$", "", name))}


def _in_stretch(text: str, start: int, end: int) -> Iterator[Demand]:
    bare = covered(text[start:end])
    speaks = list(_SPEAKS.finditer(bare))
    for match, below in zip_longest(speaks, speaks[1:]):
        if match["verb"].lower() not in _DEMANDS:
            continue
        stop = _end(bare, match.end(), below.start() if below else len(bare))
        said = Demand(speakers_in(match["who"]), " ".join(match["who"].split()), start + match.start("who"), start + stop)
        yield _with_words(text, bare, start, match.end(), stop, said)


def _end(bare: str, at: int, stop: int) -> int:
    """A demand ends where the next begins, and at a blank line that neither a list nor a quotation goes on from."""
    for gap in re.finditer(r"\n[ \t]*\n(?=([^\n]*))", bare[at:stop]):
        before = bare[at : at + gap.start()].rstrip()
        goes_on = re.match(r"[ \t]*(?:[-–•*\ue000]|\d{1,2}[.)]|att\b|[ \t]{2,}\S)", gap[1], re.IGNORECASE) is not None
        if not goes_on and not before.endswith((":", "att")):
            return at + gap.start()
    return stop


def _with_words(text: str, bare: str, start: int, at: int, stop: int, said: Demand) -> Demand:
    lead = _LEAD.match(bare, at, stop)
    if lead is None:
        return said
    base = " ".join((lead["base"] or "").split()).lower()
    said = replace(said, base=base)
    rest = bare[lead.end() : stop]
    if lead["base"] and not lead["beside"]:
        # Only support; what follows in the same sentence is not understood, and so it is no demand that can be followed.
        return said if not rest.strip(" .\n") else replace(said, base="")
    refused = _REFUSES.match(rest)
    if refused is not None and re.fullmatch(rf"[,.\s]*(?:och\s+(?:i\s+övrigt\s+)?{_BASE})?[.\s]*", rest[refused.end() :], re.IGNORECASE):
        other = re.search(_BASE, rest[refused.end() :], re.IGNORECASE)
        base = base or (" ".join(other["base"].split()).lower() if other else "")
        begin = start + lead.end()
        return replace(said, base=base, clauses=(Clause(1, text[begin : begin + refused.end()].strip(), begin, begin + refused.end()),))
    announced = bare[at : lead.end()].rstrip().endswith((":", "att"))
    if not announced and not re.match(r"[-–•*\d.)\s]*(?:dels\s+)?att\b|[-–•*\d]", rest, re.IGNORECASE):
        return replace(said, base="")
    return replace(said, clauses=clauses(text, start + lead.end(), start + stop))
