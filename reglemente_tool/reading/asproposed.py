"""A change of what a proposal would say: "sista meningen i 5 § ska ändras till …", said of a 5 § that the proposal words anew.

The change is made in the text as the proposal would leave it. What the proposal words anew then reads as the change leaves it;
what the proposal does not touch is changed in the text that stands. Anything between the two is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import CannotApply, Level, Problem
from reglemente_tool.model.address import Part
from reglemente_tool.model.charter import Charter, CharterId, DecisionId, Provision, Wid, by_wid, every
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import new_wid
from reglemente_tool.model.proposal import Clause, NoChange, Suggestion
from reglemente_tool.reading.dates import day
from reglemente_tool.reading.naming import register
from reglemente_tool.reading.operation import Reading
from reglemente_tool.reading.resolving import Desk, Outcome, resolve
from reglemente_tool.reading.resolving._desk import place_of

_BY = DecisionId("forslag")
_ANY = day("0001-01-01")
_PROPOSED = re.compile(r"\b(?:det|den|de)\s+(?:nya\s+)?föreslagna\s+|\bföreslagna\s+(?=\d|§)", re.IGNORECASE)


def said_of_proposal(words: str) -> tuple[str, bool]:
    """Return the words without "det föreslagna", and whether they had it: then the place is the proposal's."""
    plain = _PROPOSED.sub("", words)
    return plain, plain != words


class _Refused(Exception):
    """A change that cannot be made in the proposal's wording without guessing."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def change_proposed(clause: Clause, reading: Reading, desk: Desk, so_far: Outcome, base: frozenset[int], *, only_proposed: bool) -> Outcome:
    """Return all outcomes so far with the change in `clause` made to what the clauses `base` suggest. Never fails."""
    operations = tuple(replace(op, source="" if op.source == "förslaget" else op.source) for op in reading.operations)
    mine = tuple(s for s in so_far.suggestions if s.clause in base)
    try:
        proposed = {c.id: _after(c, tuple(s for s in mine if s.charter == c.id)) for c in desk.charters}
        there = replace(desk, charters=tuple(proposed.values()), names=register(desk.municipality, proposed.values()))
        seen = resolve(clause, operations, reading.phrases, there)
        if seen.stopped or not seen.suggestions:
            return so_far.and_then(replace(seen, suggestions=(), stopped=False))
        touched = {s.charter: _touched(s.charter, mine) for s in seen.suggestions}
        hits = [_hit(s, proposed[s.charter], touched[s.charter]) for s in seen.suggestions]
        if not any(hits):
            if only_proposed:
                raise _Refused("Förslaget har ingen ny lydelse av den bestämmelse som ändras.")
            standing = resolve(clause, operations, reading.phrases, desk)
            if not standing.stopped and [s.amendment.wid for s in standing.suggestions] != [s.amendment.wid for s in seen.suggestions]:
                raise _Refused("Ändringen träffar olika bestämmelser före och efter förslaget.")
            return so_far.and_then(replace(standing, stopped=False))
        if not all(hits):
            raise _Refused("Ändringen gäller både det som förslaget ändrar och annat.")
        return _composed(clause, seen, [h for h in hits if h], proposed, so_far)
    except (_Refused, CannotApply) as error:
        message = error.message if isinstance(error, _Refused) else f"Förslaget går inte att ändra så: {error}"
        hint = "Skriv ut hela den lydelse som beslutades."
        return so_far.and_then(Outcome(problems=(Problem("FORSLAG", message, place_of(clause), Level.FEL, hint),)))


def _after(charter: Charter, suggestions: tuple[Suggestion, ...]) -> Charter:
    if not suggestions:
        return charter
    assert _ANY is not None
    amendments = tuple(s.amendment for s in suggestions)
    return apply_together(charter, Change(charter=charter.id, in_force_from=_ANY, amendments=amendments), _BY)


def _touched(charter: CharterId, suggestions: tuple[Suggestion, ...]) -> dict[Wid, Suggestion]:
    """Return what the proposal touches in a charter, by the identity that it has as proposed."""
    found: dict[Wid, Suggestion] = {}
    for s in suggestions:
        if s.charter != charter:
            continue
        a = s.amendment
        wid = (a.continues or new_wid(_BY, charter, a.target.code)) if isinstance(a, Insert) else a.wid
        if wid in found:
            raise _Refused("Förslaget ändrar samma bestämmelse på flera sätt.")
        found[wid] = s
    return found


def _hit(change: Suggestion, charter: Charter, touched: dict[Wid, Suggestion]) -> Wid | None:
    """Return the provision of the proposal's own wording that the change lies in; None when the proposal touches nothing near."""
    a = change.amendment
    if not a.target.steps:
        raise _Refused("En ändring av hela reglementet går inte att göra i förslaget.")
    if Wid("") in touched:
        raise _Refused("Förslaget ändrar hela reglementet.")
    if a.locates:
        line = _line(charter.body, a.wid)
    else:
        # What comes in lies in what it comes into; a new § lies in nothing.
        home = a.target.parent
        line = _line(charter.body, locate(charter, home).wid) if home.steps and isinstance(a, Insert) else ()
    inside = {p.wid for p in _within(line[-1])} if line and a.locates else set()
    above = [p.wid for p in line if p.wid in touched]
    if not above:
        if inside & touched.keys():
            raise _Refused("Ändringen gäller en bestämmelse som förslaget ändrar en del av.")
        return None
    base = touched[above[-1]].amendment
    whole = isinstance(base, Insert | Substitute) and base.target.part is Part.HELA and not base.target.steps[-1].kind.virtual
    if len(above) > 1 or not whole or (inside - {above[-1]}) & touched.keys():
        raise _Refused("Ändringen gäller en bestämmelse som förslaget ändrar på annat sätt.")
    return above[-1]


def _line(siblings: tuple[Provision, ...], wid: Wid) -> tuple[Provision, ...]:
    """Return the provisions from the outermost in to the one with identity `wid`; none when it is not there."""
    for provision in siblings:
        if provision.wid == wid:
            return (provision,)
        below = _line(provision.children, wid)
        if below:
            return (provision, *below)
    return ()


def _within(provision: Provision) -> tuple[Provision, ...]:
    return (provision, *(inner for child in provision.children for inner in _within(child)))


def _composed(clause: Clause, seen: Outcome, hits: list[Wid], proposed: dict[CharterId, Charter], so_far: Outcome) -> Outcome:
    """Put the wording that comes of proposal and change together in the place of the proposal's."""
    assert _ANY is not None
    made = list(so_far.suggestions)
    emptied: set[int] = set()
    for charter in dict.fromkeys(s.charter for s in seen.suggestions):
        mine = [(s, hit) for s, hit in zip(seen.suggestions, hits, strict=True) if s.charter == charter]
        change = Change(charter=charter, in_force_from=_ANY, amendments=tuple(s.amendment for s, _ in mine))
        was, becomes = by_wid(proposed[charter]), by_wid(apply_together(proposed[charter], change, _BY))
        touched = _touched(charter, tuple(so_far.suggestions))
        for hit in dict.fromkeys(hit for _, hit in mine):
            old = touched[hit]
            index = made.index(old)
            emptied.add(old.clause)
            if hit not in becomes:
                if not isinstance(old.amendment, Insert) or not all(isinstance(s.amendment, Repeal) for s, h in mine if h == hit):
                    raise _Refused("Beslutet säger inte om bestämmelsen utgår eller behåller sin nuvarande lydelse.")
                del made[index]
                continue
            assert isinstance(old.amendment, Insert | Substitute)
            wording = _worded(old.amendment.wording, was[hit], becomes[hit])
            phrases = ", ".join(dict.fromkeys((old.phrase, *(s.phrase for s, h in mine if h == hit))))
            made[index] = Suggestion(clause.number, charter, replace(old.amendment, wording=wording), phrases)
    rest = {s.clause for s in made}
    notes = tuple(NoChange(number, "andras-i-beslutet") for number in sorted(emptied - rest))
    if clause.number not in rest:
        notes += (NoChange(clause.number, "andrar-forslaget"),)
    kept = replace(so_far, suggestions=tuple(made))
    return kept.and_then(replace(seen, suggestions=(), no_change=(*seen.no_change, *notes), stopped=False))


def _worded(own: Provision, was: Provision, becomes: Provision) -> Provision:
    """Return the proposal's wording as the change leaves it, without identities: number and mark are as they were printed."""
    (bare,) = every((becomes,), lambda p: replace(p, wid=Wid(""), source=None))
    heading = own.heading if was.heading == becomes.heading else becomes.heading
    text = own.text if was.text == becomes.text else bare.text
    return replace(own, heading=heading, text=text, children=bare.children, closing=bare.closing)
