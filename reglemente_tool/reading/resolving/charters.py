"""Whole charters: adopted with the text of the clause or of an annex, repealed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.compare.matching import Pairing, carried, match
from reglemente_tool.compare.merging import Placed
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.model.citation import cite
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Suggestion
from reglemente_tool.model.wording import bare
from reglemente_tool.reading.annexes import Annex
from reglemente_tool.reading.naming import titled
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving.units import bare_source, refuse_proposal
from reglemente_tool.reading.wording import ReadCharter, read_charter
from reglemente_tool.reading.wording.head import stated


def adopt(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A charter is adopted: with its text when that stands in the clause, else with that of its annex."""
    if not op.new or op.charter.startswith("*"):
        yield from revise(op, desk)
        return
    yield from _adopted(read_charter(_titled(op)), _standing(op.charter, desk, op), desk)


def revise(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A charter is adopted or revised as an annex shows: it gets the text of the annex, when that lies beside the decision."""
    for name in _meant(op, desk):
        annex = _annex(op, name, desk)
        yield from _adopted(annex.read, _standing(name, desk, op), desk)


def _adopted(read: ReadCharter, charter: Charter, desk: Desk) -> Iterator[Outcome]:
    """What is surely the same provision keeps its identity; of what may be a person is asked."""
    body, answer = read.body, desk.answer("FORTSATTER")
    if charter.body:
        new = replace(charter, body=read.body)
        pairs = match(charter, new)
        doubtful = [p for p in pairs if p.olds and p.news and p.certainty < _SURE and _own(p.news[0]) != _own(p.olds[0])]
        body = carried(charter, new, [p for p in pairs if p.certainty >= _SURE or answer != "nej"], fresh=True).body
        if doubtful and answer not in ("ja", "nej"):
            yield desk.ask("FORTSATTER", _doubted(doubtful), options=("ja", "nej"), default="ja")
    facts = tuple((key, value) for key, value in read.facts if not stated(key))
    amendment = Adopt(title=read.title or charter.title, committee=charter.committee, facts=facts, body=body)
    yield Outcome(problems=read.problems)
    yield Outcome((Suggestion(desk.clause.number, charter.id, amendment, desk.phrase),), charter=charter.id)


_SURE = 0.9
"""Pairs that claim so much have been right (docs/results.md, pairs)."""
_MOST_NAMED = 5


def _own(one: Placed) -> str:
    """The words of a provision itself, without what lies in it."""
    return bare(one.provision.text or one.provision.heading)


def _doubted(pairs: Sequence[Pairing]) -> str:
    named = [
        f"{cite(p.news[0].address)} {said(_own(p.news[0]), 60)} (var {cite(p.olds[0].address)} {said(_own(p.olds[0]), 60)})"
        for p in pairs[:_MOST_NAMED]
    ]
    more = f"; och {len(pairs) - _MOST_NAMED} till, som reglemente matcha visar" if len(pairs) > _MOST_NAMED else ""
    which = "Är detta samma bestämmelse som förut, med nya ord" if len(pairs) == 1 else "Är detta samma bestämmelser som förut, med nya ord"
    return f"{which}: {'; '.join(named)}{more}?"


def _titled(op: Operation) -> str:
    text = op.new.strip()
    first = text.splitlines()[0].lower()
    return text if "reglemente" in first or "arbetsordning" in first else f"Reglemente för {op.charter}\n\n{text}"


def _standing(name: str, desk: Desk, op: Operation) -> Charter:
    """Return the charter that stands by that name, or an empty new one."""
    found = desk.names.charters(name) if name else ()
    if len(found) == 1:
        return found[0]
    if not name or len(found) > 1:
        return desk.charter(op)
    known = next((c.id for c in desk.municipality.committees if slug(c.name) == slug(name)), CommitteeId(slug(name)))
    return Charter(CharterId(known), f"Reglemente för {name}", known)


def _meant(op: Operation, desk: Desk) -> tuple[str, ...]:
    """Return the committees whose charters the operation is about: the one it names, all of "*", else the one that the case or
    the only annex tells.
    """
    if op.charter.startswith("*"):
        standing = {titled(charter.title) for charter in desk.names.charters(op.charter)}
        return tuple(dict.fromkeys((*sorted(standing), *(annex.committee for annex in desk.annexes))))
    if op.charter:
        return (op.charter,)
    if desk.said or desk.heading:
        return (titled(desk.charter(op).title),)
    return (desk.annexes[0].committee,) if len(desk.annexes) == 1 else ("",)


def _annex(op: Operation, name: str, desk: Desk) -> Annex:
    """Return the annex that holds the charter of a committee. Raises Stop: there is none, several, another number, no clear end."""
    what = "reglementena" if not name and op.charter else f"reglementet för {name}" if name else "reglementet"
    where = f" ({bare_source(op.source)})" if op.source and op.source != "förslag" else ""
    mine = set(desk.names.charters(name)) if name else set()
    found = [a for a in desk.annexes if a.committee == name or (mine and set(desk.names.charters(a.committee)) == mine)]
    if not found:
        raise desk.stop("FORSLAG", f"Lydelsen av {what} står inte i beslutet{where}.", _GIVE_IT)
    if len(found) > 1:
        raise desk.stop("FORSLAG", f"{what.capitalize()} finns i {' och i '.join(a.name for a in found)}.", "Ta bort den som inte antogs.")
    annex = found[0]
    numbers = re.findall(r"bilag\w*\s+(\w+)", op.source)
    if annex.number and numbers and annex.number not in numbers:
        message = f"Beslutet hänvisar till {bare_source(op.source)}, men {what} står i {annex.name}."
        raise desk.stop("FORSLAG", message, "Kontrollera vilken bilaga som fullmäktige antog.")
    if annex.unsure:
        message = f"Det går inte att se om ”{annex.unsure}” hör till {what} eller till beslutet."
        raise desk.stop("FORSLAG", message, "Ta bort bilagorna ur texten, och ange reglementet som fil med --bilaga FIL.")
    return annex


_GIVE_IT = "Ange filen med texten: reglemente las BESLUT --bilaga FIL. Eller klistra in den sist i texten, under en rad med ordet Bilaga."


def dissolve(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A charter is repealed; when the same decision adopts a new one for the committee, that is all there is to it.

    Where only the committee is said to end, that its charter goes with it is derived.
    """
    refuse_proposal(op, desk)
    adopted = {s.charter for s in (*desk.earlier, *desk.made) if isinstance(s.amendment, Adopt)}
    why = f"{op.charter} avvecklas, och då upphör dess reglemente" if op.text == "härledd" else ""
    for charter in desk.charters_named(op):
        if charter.id not in adopted:
            yield desk.suggest(charter, Dissolve(), derived=why)


RESOLVERS = {
    Type.ADOPT_CHARTER: adopt,
    Type.REPLACE_CHARTER: adopt,
    Type.REVISE_BY_ANNEX: revise,
    Type.REPEAL_CHARTER: dissolve,
}
