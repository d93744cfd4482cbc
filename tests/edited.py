"""Hypothesis strategies: a charter, and the same charter after any handful of edits, most of them worse than what councils do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generated import charters, stycken
from hypothesis import strategies as st

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, Provision, Wid, edit_in, walk

Body = tuple[Provision, ...]
Edit = Callable[[st.DrawFn, Body, str], Body]

_TEXTS = (
    "Nämnden svarar för kommunens parker.", "nämnden svarar för gator och parker", "Beslut fattas varje år, om inget annat sägs.",
    "yttranden, samt", "yttranden.", "yttranden", "", "Räksmörgås & <b>fet</b> text.", "Taxan ses över var 3:e år (2017:725).",
)  # fmt: skip


_ITEMS = (Kind.STRECKSATS, Kind.PUNKT)
_HOLDS = {
    Kind.KAPITEL: (Kind.PARAGRAF, Kind.STYCKE), Kind.PARAGRAF: (Kind.STYCKE,), Kind.STYCKE: _ITEMS, Kind.PUNKT: _ITEMS,
    Kind.STRECKSATS: _ITEMS,
}  # fmt: skip


def _any(draw: st.DrawFn, body: Body) -> Provision | None:
    every = list(walk(body))
    return draw(st.sampled_from(every)) if every else None


def _changed(body: Body, wid: Wid, change: Callable[[Provision], Provision | None]) -> Body:
    made = edit_in(body, wid, change)
    assert made is not None
    return made


def _reword(draw: st.DrawFn, body: Body, tag: str) -> Body:
    one, text = _any(draw, body), draw(st.sampled_from(_TEXTS))
    if one is None:
        return body
    part = draw(st.sampled_from(["heading", "text"] if one.kind in (Kind.KAPITEL, Kind.PARAGRAF) else ["text", "closing"]))
    return _changed(body, one.wid, lambda p: replace(p, **{part: text}))


def _remove(draw: st.DrawFn, body: Body, tag: str) -> Body:
    one = _any(draw, body)
    return body if one is None else _changed(body, one.wid, lambda _: None)


def _renumber(draw: st.DrawFn, body: Body, tag: str) -> Body:
    one, number = _any(draw, body), draw(st.sampled_from(["1", "2", "3", "4 a", "7"]))
    if one is None or one.kind.positional:
        return body
    return _changed(body, one.wid, lambda p: replace(p, number=number, marker=f"{number} §" if p.kind is Kind.PARAGRAF else p.marker))


def _put(draw: st.DrawFn, body: Body, new: Provision) -> Body:
    """Put `new` among the siblings of anything of its own kind, or inside anything that can hold it."""
    alike = [p for p in walk(body) if p.kind is new.kind]
    if alike and draw(st.booleans()):
        beside, after = draw(st.sampled_from(alike)), draw(st.booleans())
        return _beside(body, beside.wid, (beside, new) if after else (new, beside))
    homes = [p for p in walk(body) if new.kind in _HOLDS.get(p.kind, ())]
    if not homes or (new.kind in (Kind.PARAGRAF, Kind.KAPITEL) and draw(st.booleans())):
        at = draw(st.integers(0, len(body)))
        return body[:at] + (new,) + body[at:]
    home = draw(st.sampled_from(homes))
    at = draw(st.integers(0, len(home.children)))
    return _changed(body, home.wid, lambda p: replace(p, children=p.children[:at] + (new,) + p.children[at:]))


def _beside(body: Body, wid: Wid, both: Body) -> Body:
    made: list[Provision] = []
    for p in body:
        made += both if p.wid == wid else (replace(p, children=_beside(p.children, wid, both)),)
    return tuple(made)


def _insert(draw: st.DrawFn, body: Body, tag: str) -> Body:
    stycke = replace(draw(stycken()), wid=Wid(f"ny-{tag}"))
    new = draw(st.sampled_from([stycke, Provision(Kind.STRECKSATS, Wid(f"ny-{tag}"), marker="–", text="samråd,")]))
    if draw(st.booleans()):
        heading = draw(st.sampled_from(["", "Uppgifter"]))
        new = Provision(Kind.PARAGRAF, Wid(f"nyp-{tag}"), "9", "9 §", heading, children=(new,))
    return _put(draw, body, new)


def _move(draw: st.DrawFn, body: Body, tag: str) -> Body:
    one = _any(draw, body)
    return body if one is None else _put(draw, _changed(body, one.wid, lambda _: None), one)


def _swap(draw: st.DrawFn, body: Body, tag: str) -> Body:
    homes = [p for p in walk(body) if len(p.children) > 1]
    if not homes or draw(st.booleans()):
        return tuple(draw(st.permutations(body)))
    home = draw(st.sampled_from(homes))
    return _changed(body, home.wid, lambda p: replace(p, children=tuple(draw(st.permutations(p.children)))))


def _divide(draw: st.DrawFn, body: Body, tag: str) -> Body:
    """Lay a new chapter around some §§ in a row, or take one away and leave its §§."""
    boxes = [p for p in body if p.kind is Kind.KAPITEL]
    if boxes and draw(st.booleans()):
        gone = draw(st.sampled_from(boxes))
        return tuple(q for p in body for q in (p.children if p is gone else (p,)))
    first = draw(st.integers(0, len(body)))
    last = draw(st.integers(first, len(body)))
    if any(p.kind is Kind.KAPITEL for p in body[first:last]):
        return body
    return body[:first] + (Provision(Kind.KAPITEL, Wid(f"k-{tag}"), "8", "8 kap.", "Delning", children=body[first:last]),) + body[last:]


def _hand_on_heading(draw: st.DrawFn, body: Body, tag: str) -> Body:
    """Take away a § and let the next one have its heading, as a repeal does."""
    for index, p in enumerate(body[:-1]):
        follower = body[index + 1]
        if p.kind is Kind.PARAGRAF and p.heading and not follower.heading and follower.kind is Kind.PARAGRAF:
            return (*body[:index], replace(follower, heading=p.heading), *body[index + 2 :])
    return body


EDITS: tuple[Edit, ...] = (_reword, _remove, _renumber, _insert, _move, _swap, _divide, _hand_on_heading)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Charter, Charter]:
    """A charter and what one to five edits make of it."""
    old = draw(charters())
    body = old.body
    for step in range(draw(st.integers(1, 5))):
        body = draw(st.sampled_from(EDITS))(draw, body, str(step))
    return old, replace(old, body=body)


__all__ = ["EDITS", "pairs"]
