"""Whole charters: adopted with the text at hand, revised by an annex that is not, repealed."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Suggestion
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving.units import bare_source, refuse_proposal
from reglemente_tool.reading.wording import read_charter


def adopt(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A charter is adopted: with its text when that stands in the decision, else it must be read in by itself."""
    if op.charter.startswith("*"):
        _from_annex(op, desk)
    if not op.new:
        _from_annex(op, desk)
    read = read_charter(_titled(op))
    charter = _standing(op, desk)
    yield Outcome(problems=read.problems)
    yield Outcome(
        (
            Suggestion(
                desk.clause.number,
                charter.id,
                Adopt(title=read.title or charter.title, committee=charter.committee, facts=read.facts, body=read.body),
                desk.phrase,
            ),
        ),
        charter=charter.id,
    )


def _titled(op: Operation) -> str:
    text = op.new.strip()
    first = text.splitlines()[0].lower()
    return text if "reglemente" in first or "arbetsordning" in first else f"Reglemente för {op.charter}\n\n{text}"


def _standing(op: Operation, desk: Desk) -> Charter:
    """Return the charter that stands by that name, or an empty new one."""
    found = desk.names.charters(op.charter) if op.charter else ()
    if len(found) == 1:
        return found[0]
    if not op.charter or len(found) > 1:
        return desk.charter(op)
    known = next((c.id for c in desk.municipality.committees if slug(c.name) == slug(op.charter)), CommitteeId(slug(op.charter)))
    return Charter(CharterId(known), f"Reglemente för {op.charter}", known)


def _from_annex(op: Operation, desk: Desk) -> None:
    what = (
        f"reglementet för {op.charter}"
        if op.charter and not op.charter.startswith("*")
        else "reglementena"
        if op.charter
        else "reglementet"
    )
    where = f" ({bare_source(op.source)})" if op.source and op.source != "förslag" else ""
    raise desk.stop(
        "FORSLAG",
        f"Lydelsen av {what} står inte i beslutet{where}.",
        "Läs in det antagna reglementet med reglemente importera, eller klistra in texten efter att-satsen.",
    )


def revise(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """A charter is revised as an annex shows; which is not here."""
    _from_annex(op, desk)
    yield Outcome()


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
