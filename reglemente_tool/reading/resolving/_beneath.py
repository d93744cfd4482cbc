"""From "andra stycket under rubriken ”Presidium”" and "ingressen" to the address that is meant in the charter as it stands."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from reglemente_tool.model import wording
from reglemente_tool.model.address import Address, Kind, Step
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, address_of, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import locate
from reglemente_tool.reading.operation import INGRESS, Operation
from reglemente_tool.reading.resolving._desk import Desk


def beneath(op: Operation, desk: Desk) -> Operation:
    """Return the operation with its target in full. Raises Stop: no such heading, several, no ingress, or a § that lies elsewhere."""
    charter = desk.charter(op)
    if op.under == INGRESS:
        return _ingress(op, charter, desk)
    carriers = [p for p in walk(charter.body) if p.heading and wording.same(p.heading, op.under)]
    if not carriers:
        raise desk.stop("SAKNAS", f"{charter.title} har ingen rubrik {said(op.under)}.", "Ange paragrafen.")
    if len(carriers) > 1:
        raise desk.stop("TVETYDIG", f"Rubriken {said(op.under)} finns på {len(carriers)} ställen.", "Ange paragrafen.")
    first = op.target.steps[0].kind if op.target.steps else None
    if first in (Kind.PARAGRAF, Kind.KAPITEL):
        nodes = list(walk(charter.body))
        start, end = nodes.index(carriers[0]), nodes.index(locate(charter, op.target))
        if end < start or any(p.heading for p in nodes[start + 1 : end + 1]):
            raise desk.stop("TVETYDIG", f"{cite(op.target)} står inte under rubriken {said(op.under)}.", "Ange det ena eller det andra.")
        return op
    base = address_of(charter, carriers[0].wid)
    return replace(op, target=Address((*base.steps, *op.target.steps), op.target.part))


def _ingress(op: Operation, charter: Charter, desk: Desk) -> Operation:
    opening = list(takewhile(lambda p: p.kind is Kind.STYCKE and not p.heading, charter.body))
    if not opening:
        raise desk.stop("SAKNAS", f"{charter.title} har ingen ingress.", "Ange var texten står.")
    if op.target.steps and op.target.steps[0].kind is Kind.STYCKE:
        return op
    if len(opening) > 1:
        raise desk.stop("TVETYDIG", f"Ingressen till {charter.title} har {len(opening)} stycken.", "Ange stycket.")
    return replace(op, target=Address((Step(Kind.STYCKE, "1"), *op.target.steps), op.target.part))
