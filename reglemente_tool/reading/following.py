"""What the council adopts by naming it is followed to its text: a proposal, a yrkande, a proposal as a yrkande changes it.

Followed only when exactly one text fits. Otherwise a Problem says what there is, and nothing is read: which of two texts was
adopted is for a person to see in the protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.ordinals import ordinal
from reglemente_tool.model.proposal import Clause
from reglemente_tool.model.wording import fold
from reglemente_tool.reading.casehead import Cases
from reglemente_tool.reading.clauses import clauses
from reglemente_tool.reading.demands import Demand, Speaker, demands, speakers_in
from reglemente_tool.reading.naming import normal
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.protocol import Protocol, Stretch
from reglemente_tool.reading.quoting import covered, quotes
from reglemente_tool.reading.reader import read_clause
from reglemente_tool.reading.signposts import LEAD, PROPOSES, Part


class Role(Enum):
    """What a followed clause is: read as it stands, a change of what the proposal would say, or adopted by nobody."""

    OWN = "egen"
    CHANGE = "ändring i förslaget"
    GONE = "utgår ur förslaget"


@dataclass(frozen=True, slots=True)
class Followed:
    """What a clause adopts: clauses with their `origin` and role, in order; or the problem that stopped it."""

    clauses: tuple[tuple[Clause, Role], ...] = ()
    problem: Problem | None = None


MOST_PROPOSALS = 40
"""No protocol holds more proposals than this for one case; only so many are looked at."""


class _Unclear(Exception):
    """No text, or more than one, fits what the council adopted."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Protocolled:
    """A text with all that a decision in it can name. What is looked for is looked for once, however many clauses ask."""

    __slots__ = ("_cases", "_found", "protocol", "text")

    def __init__(self, text: str, protocol: Protocol) -> None:
        self.text, self.protocol = text, protocol
        self._cases: Cases | None = None
        self._found: dict[int, _Case] = {}

    def case_of(self, clause: Clause) -> _Case:
        """Return the case that the clause stands in."""
        self._cases = self._cases or Cases(self.text)
        own = self._cases.of(clause.start)[1]
        if own not in self._found:
            self._found[own] = _Case(self.text, self.protocol, self._cases, own)
        return self._found[own]


def follow(source: Protocolled, clause: Clause) -> Followed | None:
    """Return what `clause` adopts by naming it, or None when it adopts nothing so. Never fails."""
    head, change = _amended(clause.text)
    reading = read_clause(_plain(head))
    adopted = [op for op in reading.operations if op.type is Type.APPLY_PROPOSAL]
    if len(adopted) != 1 or (change and len(reading.operations) > 1):
        return None
    try:
        return Followed(tuple(_followed(source.case_of(clause), clause, adopted[0], change)))
    except _Unclear as unclear:
        place = Place(f"att-sats {clause.number}", " ".join(clause.text.split())[:300])
        return Followed(problem=Problem("FORSLAG", unclear.message, place, Level.FEL, unclear.hint))


ADOPTS = re.compile(r"förslag|yrkande|bif[aö]ll|att-?sats", re.IGNORECASE)
"""What every clause says that adopts something by naming it; the others need not be tried."""

_AMENDED = re.compile(
    r",?\s+(?:dock\s+)?med\s+(?:den|det|de|följande)\s+(?:ändring|tillägg|justering)(?:en|et|ar|arna)?(?:\s+nämligen)?,?(?:\s+(?=att\b)|\s*:\s*)",
    re.IGNORECASE,
)


def _amended(words: str) -> tuple[str, str]:
    """Cut "… förslag med den ändringen att …" before and after."""
    seam = _AMENDED.search(covered(words))
    return (words[: seam.start()], words[seam.end() :]) if seam else (words, "")


def _plain(head: str) -> str:
    return re.sub(r"(förslag)\s+till\s+(?:kommunfullmäktiges\s+)?beslut\b", r"\1", head, flags=re.IGNORECASE)


# --------------------------------------------------------------------------------------------------- what there is


class _Case:
    """The proposals and yrkanden that the decision can mean: those of its own case."""

    def __init__(self, text: str, protocol: Protocol, cases: Cases, own: int) -> None:
        self.text = text
        decided = {cases.of(s.start)[1] for s in protocol.parts(Part.DECISION)}
        held = [s for s in protocol.parts(Part.PROPOSAL) if text[s.start : s.end].strip()][:MOST_PROPOSALS]
        # The board's own protocol may lie beside: a case where the council decides nothing.
        self.proposals = [s for s in held if cases.of(s.start)[1] == own] or [s for s in held if cases.of(s.start)[1] not in decided]
        inside = [s for s in protocol.stretches if cases.of(s.start)[1] == own]
        span = (min(s.start for s in inside), max(s.end for s in inside)) if inside else (0, len(text))
        self.demands = demands(text, protocol, span)
        self.rejected = tuple(_rejected(text, protocol, span))
        self._clauses: dict[Stretch, tuple[Clause, ...]] = {}

    def clauses_of(self, stretch: Stretch) -> tuple[Clause, ...]:
        """Return the att-satser of a proposal."""
        if stretch not in self._clauses:
            self._clauses[stretch] = _clauses_of(self.text, stretch)
        return self._clauses[stretch]

    def proposal(self, source: str) -> tuple[tuple[Clause, ...], str]:
        """Return the clauses of the one proposal that `source` names ("" for whichever there is), and whose it is."""
        who = _owner(source)
        wanted = [s for s in self.proposals if s.who == who] if who else self.proposals
        made = {tuple(fold(c.text) for c in found): (found, s) for s in reversed(wanted) if (found := self.clauses_of(s))}
        if len(made) == 1:
            ((found, stretch),) = made.values()
            return found, _origin(stretch, who)
        there = ", ".join(dict.fromkeys(_origin(s, "") for s in self.proposals))
        if made:
            told = [f"{_origin(s, who)} ({_counted(len(found), 'att-sats', 'att-satser')})" for found, s in reversed(made.values())]
            counts = " och ".join(told)
            raise _Unclear(
                f"Kommunfullmäktige beslutar enligt ett förslag, men texten har flera som skiljer sig åt: {counts}.",
                "Ta bort det förslag som inte antogs, eller skriv ut beslutets att-satser.",
            )
        raise _Unclear(
            "Kommunfullmäktige beslutar enligt ett förslag vars text inte står här.",
            f"Texten har {there}. " * bool(there) + "Klistra in förslagets att-satser också.",
        )

    def demand(self, named: str) -> tuple[Demand, ...]:
        """Return the one yrkande by those who are named, or one for each of them."""
        wanted = () if named.lower() == "yrkandet" else speakers_in(named)
        if not wanted:
            return (self._one(list(self.demands), "yrkande"),)
        joint = [d for d in self.demands if all(any(w.may_be(s) for s in d.speakers) for w in wanted)]
        if len(wanted) == 1 or joint:
            return (self._one(joint, f"yrkande av {_said(wanted)}"),)
        by = [(w, [d for d in self.demands if any(w.may_be(s) for s in d.speakers)]) for w in wanted]
        return tuple(self._one(found, f"yrkande av {_said((w,))}") for w, found in by)

    def _one(self, found: list[Demand], what: str) -> Demand:
        worded = [d for d in found if not d.plain]
        if len(worded) > 1:
            raise _Unclear(
                f"Texten har {len(worded)} {what.replace('yrkande', 'yrkanden', 1)}, och beslutet säger inte vilket som antogs.",
                "Ta bort de yrkanden som inte antogs, eller skriv ut beslutets att-satser.",
            )
        if not worded:
            there = ", ".join(dict.fromkeys(d.said for d in self.demands if not d.plain))
            known = f"Texten har yrkanden av {there}. " if there else ""
            why = "har ingen text som går att följa" if found else "står inte här"
            raise _Unclear(
                f"Kommunfullmäktige bifaller ett {what}, men yrkandet {why}.",
                f"{known}Klistra in yrkandets ord under rubriken Yrkanden, eller skriv ut beslutets att-satser.",
            )
        if any(w.may_be(s) for w in self.rejected for s in worded[0].speakers):
            raise _Unclear(
                f"Beslutet bifaller ett {what}, men enligt propositionsordningen avslogs yrkandet av {worded[0].said}.",
                "Kontrollera mot det justerade protokollet.",
            )
        return worded[0]


_FINDS = re.compile(
    r"finner\s+att\s+(?:kommun)?fullmäktige\s+(?:har\s+)?(?:avslår|avslagit)\s+"
    r"(?P<who>[A-ZÅÄÖ][^.;\n]{0,80}?)\s+(?:ändrings|tilläggs)?yrkande", re.IGNORECASE
)


def _rejected(text: str, protocol: Protocol, span: tuple[int, int]) -> Iterator[Speaker]:
    for stretch in protocol.parts(Part.DEMAND):
        if span[0] <= stretch.start < span[1]:
            for match in _FINDS.finditer(text, stretch.start, min(stretch.end, stretch.start + 100_000)):
                yield from speakers_in(match["who"])


def _owner(source: str) -> str:
    """Return whose proposal is meant, in normal form: "kommunstyrelsen"; "" when it is only "förslaget"."""
    match = re.search(r"(\S+)s\s+(?:\w+\s+)?förslag", source, re.IGNORECASE)
    return normal(match[1]) if match else ""


def _origin(stretch: Stretch, who: str) -> str:
    owner = who or stretch.who
    return f"{owner}s förslag" if re.search(r"(?:n|t|e|r)$", owner) and owner not in ("förslag",) else "förslaget"


def _clauses_of(text: str, stretch: Stretch) -> tuple[Clause, ...]:
    start = stretch.start
    body = text[start : stretch.end]
    blank = len(body) - len(body.lstrip())
    for lead in (PROPOSES, LEAD):
        match = lead.match(body, blank)
        if match is not None:
            start += match.end()
            break
    return clauses(text, start, stretch.end)


def _said(speakers: tuple[Speaker, ...]) -> str:
    named = (re.sub(r":s$", "", s.name).title() + (f" ({s.party})" if s.party else "") for s in speakers)
    return " och ".join(named)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


# ------------------------------------------------------------------------------------------------- what is adopted


def _followed(case: _Case, clause: Clause, op: Operation, change: str) -> Iterator[tuple[Clause, Role]]:
    wanted = case.demand(op.text) if op.text else ()
    base_named = op.source or next((d.base for d in wanted if d.base), "")
    if op.source and any(d.base and _owner(d.base) and _owner(op.source) not in ("", _owner(d.base)) for d in wanted):
        raise _Unclear("Beslutet och yrkandet nämner olika förslag.", "Skriv ut beslutets att-satser.")
    based = bool(base_named or op.items or change)
    base, origin = case.proposal(base_named) if based else ((), "")
    if op.items and max(op.items) > len(base):
        raise _Unclear(
            f"Beslutet gäller att-sats {max(op.items)}, men {origin} har {_counted(len(base), 'att-sats', 'att-satser')}.",
            "Kontrollera att hela förslaget är med i texten.",
        )
    kept = {c.number: replace(c, origin=origin) for c in base if not op.items or c.number in op.items}
    gone: dict[int, Clause] = {}
    added: list[Clause] = []
    for words in (*_of_decision(case, clause, change), *(replace(c, origin=f"yrkandet av {d.said}") for d in wanted for c in d.clauses)):
        item = _on_item(words, case.text) if based else None
        if item is None:
            added.append(words)
            continue
        number, new = item
        if number not in kept or number in gone:
            raise _Unclear(
                f"Ändringen gäller att-sats {number} i {origin}, som har {_counted(len(base), 'att-sats', 'att-satser')}.",
                "Kontrollera att hela förslaget är med i texten, eller skriv ut beslutets att-satser.",
            )
        gone[number] = kept[number]
        if new is not None:
            kept[number] = new
        else:
            del kept[number]
    if not based:
        _apart(case, added)
    for number in sorted({*kept, *gone}):
        if number in gone:
            yield gone[number], Role.GONE
        if number in kept:
            yield kept[number], Role.OWN
    for words in added:
        yield words, Role.CHANGE if based else Role.OWN


def _of_decision(case: _Case, clause: Clause, change: str) -> tuple[Clause, ...]:
    """Return the changes that the decision itself makes to what it adopts, with their places in the text."""
    if not change:
        return ()
    at = case.text.rfind(change, clause.start, clause.end)
    if at < 0:
        # The page was broken inside: the words are those of the clause, and so is the place.
        made = clauses(change, 0, len(change))
        return tuple(replace(c, start=clause.start, end=clause.end, origin="beslutet") for c in made)
    return tuple(replace(c, origin="beslutet") for c in clauses(case.text, at, at + len(change)))


_ITEM = (
    r"(?:(?:propositionens|förslagets|\S+s\s+förslags)\s+)?(?:(?P<{0}ord>[a-zåäö]+)\s+att-?satsen|att-?sats(?:en)?\s+(?P<{0}n>\d{{1,2}}))"
    r"(?:\s+i\s+(?:\S+s\s+)?förslag(?:et)?(?:\s+till\s+beslut)?)?"
)
_GOES = re.compile(
    rf"(?:att\s+)?(?:{_ITEM.format('a')}\s+(?:ska\s+)?(?:stryks|utgår|avslås|tas\s+bort|strykas|utgå|avslås)|(?:stryka|avslå|ta\s+bort|avslag\s+på)"
    rf"\s+{_ITEM.format('b')})[\s.]*",
    re.IGNORECASE,
)
_BECOMES = re.compile(
    rf"(?:att\s+)?(?:{_ITEM.format('a')}\s+(?:(?:ska\s+)?ändras\s+till|(?:ska|får)\s+(?:ha\s+|få\s+)?(?:följande\s+)?lydelse(?:n)?|ska\s+lyda|"
    rf"ersätts\s+(?:med|av)|byts\s+ut\s+mot)|(?:ändra|ersätta)\s+{_ITEM.format('b')}\s+(?:till|med))\s*:?\s*(?P<new>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def _on_item(words: Clause, text: str) -> tuple[int, Clause | None] | None:
    """Return which att-sats of the proposal is struck (None) or becomes another; None when the words are about something else."""
    goes, becomes = _GOES.fullmatch(words.text), _BECOMES.fullmatch(words.text)
    match = goes or becomes
    if match is None:
        return None
    groups = match.groupdict()
    word = (groups["aord"] or groups["bord"] or "").lower()
    counted = groups["an"] or groups["bn"] or ordinal(word) or ""
    if not counted.isdigit():
        return None
    number = int(counted)
    if becomes is None:
        return number, None
    new = becomes["new"].strip()
    held = [q for q in quotes(new) if q.start == 0 and not new[q.end :].strip(" .,\n")]
    new = held[0].words if held else new
    at = text.find(new, words.start, words.end)
    start, end = (at, at + len(new)) if at >= 0 else (words.start, words.end)
    return number, Clause(words.number, new, start, end, words.origin)


def _apart(case: _Case, added: list[Clause]) -> None:
    """Refuse a yrkande that changes what a proposal, which the decision does not mention, also changes."""
    proposed = {place for s in case.proposals for c in case.clauses_of(s) for place in _places(c)}
    for words in added:
        clash = next((p for p in _places(words) if any(p[1] == q[1] and (not p[0] or not q[0] or p[0] == q[0]) for q in proposed)), None)
        if clash is not None:
            raise _Unclear(
                f"Yrkandet gäller {clash[1]} §, som ett förslag i texten också ändrar; beslutet säger inte om förslaget antogs.",
                "Skriv ut beslutets att-satser, eller ta bort förslaget om det inte antogs.",
            )


def _places(clause: Clause) -> set[tuple[str, str]]:
    """Return the (charter, §) that a clause speaks of."""
    found = set()
    for op in read_clause(clause.text).operations:
        found |= {(op.charter, step.number) for step in op.target.steps if step.kind.value == "paragraf"}
    return found
