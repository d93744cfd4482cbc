"""Marks and layout: what an edited document prints otherwise, though it says the same. No amendment can say that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.errors import Problem
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import TITLE_LINE, Charter, Provision, by_wid, renumbered, walk, walk_addressed
from reglemente_tool.model.citation import cite

MOST_TOLD = 5


def kept(old: Charter, edited: Charter) -> Charter:
    """Return `edited` with the marks and the layout that `old` has, also on what is new beside it. No word changes."""
    was = by_wid(old)
    first = next((p for p in walk(old.body) if p.kind is Kind.PARAGRAF), None)

    def styled(p: Provision, beside: Provision | None) -> Provision:
        model = was.get(p.wid) if p.wid else beside
        before = was.get(p.wid)
        own = before.children if before is not None else ()
        children = tuple(
            styled(c, next((o for o in own if o.kind is c.kind), first if c.kind is Kind.PARAGRAF else None)) for c in p.children
        )
        if model is None or model.kind is not p.kind:
            return replace(p, children=children)
        layout = model.layout if model.layout != TITLE_LINE or p.heading else ""
        return replace(p, marker=renumbered(model, p.number).marker, layout=layout, children=children)

    return replace(edited, body=tuple(styled(p, first if p.kind is Kind.PARAGRAF else None) for p in edited.body))


def problems(old: Charter, edited: Charter) -> Iterator[Problem]:
    """Yield one problem for the places where `edited` has other marks or another layout than `old`, though number and kind are the same."""
    places = dict(zip((id(p) for p in walk(edited.body)), (a for a, _ in walk_addressed(edited)), strict=True))
    was = by_wid(old)
    pairs = zip(walk(edited.body), walk(kept(old, edited).body), strict=True)
    other = [p for p, q in pairs if p.wid in was and (p.marker, p.layout) != (q.marker, q.layout)]
    if other:
        told = ", ".join(cite(places[id(p)]) for p in other[:MOST_TOLD])
        more = f" och {len(other) - MOST_TOLD} till" if len(other) > MOST_TOLD else ""
        yield Problem(
            "FORM",
            f"Listtecken, beteckningens form eller uppställning är en annan än i reglementet: {told}{more}. "
            "Det kan inte sägas som en ändring.",
            hint="Ändra tillbaka i filen, eller låt reglementets egen uppställning gälla med --behall-form.",
        )
