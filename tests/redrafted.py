"""Hypothesis strategies: a charter, and what an editor at a committee makes of it: edits that a decision can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generated import WORDS, charters, phrases, stycken
from hypothesis import strategies as st

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, Provision, Wid, edit_in, walk
from reglemente_tool.model.wording import split_tail

Body = tuple[Provision, ...]
Edit = Callable[[st.DrawFn, Body], Body]

_some = phrases(WORDS, 2, 7)


def _pick(draw: st.DrawFn, body: Body, fits: Callable[[Provision], bool]) -> Provision | None:
    found = [p for p in walk(body) if fits(p) and p.wid]
    return draw(st.sampled_from(found)) if found else None


def _set(body: Body, wid: Wid, change: Callable[[Provision], Provision | None]) -> Body:
    made = edit_in(body, wid, change)
    assert made is not None
    return made


def _paragraf(p: Provision) -> bool:
    return p.kind is Kind.PARAGRAF


def _list(p: Provision) -> bool:
    return p.kind is Kind.STYCKE and len(p.items) > 2


def _bulleted(p: Provision) -> bool:
    return _list(p) and p.items[0].kind is Kind.STRECKSATS


def words(draw: st.DrawFn, body: Body) -> Body:
    """One word of a text becomes another, comes in or goes."""
    p = _pick(draw, body, lambda p: len(p.text.split()) > 2)
    if p is None:
        return body
    text = p.text.split(" ")
    at = draw(st.integers(1, len(text) - 2))
    how, new = draw(st.sampled_from(["byt", "in", "ut"])), draw(st.sampled_from(["särskilt", "kommunal", "årlig"]))
    text[at : at + (0 if how == "in" else 1)] = [] if how == "ut" else [new]
    return _set(body, p.wid, lambda q: replace(q, text=" ".join(text)))


def sentence(draw: st.DrawFn, body: Body) -> Body:
    """A stycke of running text is written anew."""
    p = _pick(draw, body, lambda p: p.kind is Kind.STYCKE and not p.children)
    new = draw(_some).capitalize() + ". " + draw(_some).capitalize() + "."
    return body if p is None else _set(body, p.wid, lambda q: replace(q, text=new))


def closing(draw: st.DrawFn, body: Body) -> Body:
    """The words after a list become others."""
    p = _pick(draw, body, lambda p: bool(p.closing))
    return body if p is None else _set(body, p.wid, lambda q: replace(q, closing="i den utsträckning som budgeten tillåter."))


def item_in(draw: st.DrawFn, body: Body) -> Body:
    """An item comes into a list of bullets, with the mark that the item there had."""
    p = _pick(draw, body, _bulleted)
    if p is None:
        return body
    at = draw(st.integers(0, len(p.children) - 1))
    before = p.children[at]
    new = Provision(Kind.STRECKSATS, marker=before.marker, text=draw(_some) + split_tail(before.text)[1])
    return _set(body, p.wid, lambda q: replace(q, children=(*q.children[:at], new, *q.children[at:])))


def item_out(draw: st.DrawFn, body: Body) -> Body:
    """An item that is not among the last two leaves a list; the numbers after it are left as they are."""
    p = _pick(draw, body, _list)
    if p is None:
        return body
    at = draw(st.integers(0, len(p.items) - 3))
    return _set(body, p.wid, lambda q: replace(q, children=(*q.children[:at], *q.children[at + 1 :])))


def numbered_in(draw: st.DrawFn, body: Body) -> Body:
    """A numbered item comes in at the front, and the others get new numbers."""
    p = _pick(draw, body, lambda p: _list(p) and p.items[0].kind is Kind.PUNKT)
    if p is None:
        return body
    new = Provision(Kind.PUNKT, text=draw(_some) + split_tail(p.children[0].text)[1])
    items = [replace(c, number=str(n), marker=f"{n}.") for n, c in enumerate((new, *p.children), 1)]
    return _set(body, p.wid, lambda q: replace(q, children=tuple(items)))


def turned(draw: st.DrawFn, body: Body) -> Body:
    """Two bullets in a row change places; the marks stay where they were."""
    p = _pick(draw, body, _bulleted)
    if p is None:
        return body
    at = draw(st.integers(0, len(p.children) - 2))
    one, other = p.children[at : at + 2]
    texts = [split_tail(q.text) for q in (one, other)]
    turned = (replace(other, text=texts[1][0] + texts[0][1]), replace(one, text=texts[0][0] + texts[1][1]))
    return _set(body, p.wid, lambda q: replace(q, children=(*q.children[:at], *turned, *q.children[at + 2 :])))


def stycke_in(draw: st.DrawFn, body: Body) -> Body:
    """A stycke comes into a §."""
    p = _pick(draw, body, _paragraf)
    if p is None:
        return body
    at, new = draw(st.integers(0, len(p.children))), draw(stycken())
    return _set(body, p.wid, lambda q: replace(q, children=(*q.children[:at], new, *q.children[at:])))


def stycke_out(draw: st.DrawFn, body: Body) -> Body:
    """A stycke leaves a §."""
    p = _pick(draw, body, lambda p: _paragraf(p) and len(p.children) > 1)
    if p is None:
        return body
    at = draw(st.integers(0, len(p.children) - 1))
    return _set(body, p.wid, lambda q: replace(q, children=(*q.children[:at], *q.children[at + 1 :])))


def stycke_moves(draw: st.DrawFn, body: Body) -> Body:
    """A stycke moves to another §."""
    p = _pick(draw, body, lambda p: _paragraf(p) and len(p.children) > 1)
    other = _pick(draw, body, _paragraf)
    if p is None or other is None or p.wid == other.wid:
        return body
    gone = p.children[-1]
    body = _set(body, p.wid, lambda q: replace(q, children=q.children[:-1]))
    return _set(body, other.wid, lambda q: replace(q, children=(*q.children, gone)))


def paragraf_in(draw: st.DrawFn, body: Body) -> Body:
    """A § with a letter comes in after another, sometimes with a heading."""
    p = _pick(draw, body, lambda p: _paragraf(p) and p.number.isdigit())
    if p is None or any(q.number == f"{p.number} a" for q in walk(body)):
        return body
    heading = draw(st.sampled_from(["", "", "Presidium"]))
    marker = f"§ {p.number} a" if p.marker.startswith("§") else f"{p.number} a §"
    children = tuple(draw(st.lists(stycken(), min_size=1, max_size=2)))
    new = Provision(Kind.PARAGRAF, Wid(""), f"{p.number} a", marker, heading, children=children)
    return _beside(body, p.wid, (p, new))


def paragraf_out(draw: st.DrawFn, body: Body) -> Body:
    """A § goes, and the heading before it too."""
    p = _pick(draw, body, _paragraf)
    return body if p is None or sum(map(_paragraf, walk(body))) < 3 else _set(body, p.wid, lambda _: None)


def swap(draw: st.DrawFn, body: Body) -> Body:
    """Two §§ change places and numbers."""
    one, other = _pick(draw, body, _paragraf), _pick(draw, body, _paragraf)
    if one is None or other is None or one.wid == other.wid:
        return body

    def as_other(p: Provision) -> Provision:
        to = other if p.wid == one.wid else one
        return replace(to, number=p.number, marker=p.marker, heading=p.heading, children=to.children)

    put = {one.wid: as_other(one), other.wid: as_other(other)}

    def change(siblings: Body) -> Body:
        return tuple(put.get(p.wid) or replace(p, children=change(p.children)) for p in siblings)

    return change(body)


def renumber(draw: st.DrawFn, body: Body) -> Body:
    """All §§ are numbered from 1."""
    count = 0

    def change(siblings: Body) -> Body:
        nonlocal count
        made = []
        for p in siblings:
            if _paragraf(p):
                count += 1
                p = replace(p, number=str(count), marker=f"§ {count}" if p.marker.startswith("§") else f"{count} §")
            made.append(p if _paragraf(p) else replace(p, children=change(p.children)))
        return tuple(made)

    return change(body)


def heading(draw: st.DrawFn, body: Body) -> Body:
    """The heading before a § becomes another, comes or goes."""
    p = _pick(draw, body, _paragraf)
    new = draw(st.sampled_from(["", "Delegering", "Jäv och närvaro"]))
    return body if p is None else _set(body, p.wid, lambda q: replace(q, heading=new))


def chapter_heading(draw: st.DrawFn, body: Body) -> Body:
    """A chapter gets another heading."""
    p = _pick(draw, body, lambda p: p.kind is Kind.KAPITEL)
    return body if p is None else _set(body, p.wid, lambda q: replace(q, heading="Nämndens uppdrag"))


def chapter_in(draw: st.DrawFn, body: Body) -> Body:
    """A chapter comes in at the end, with a § in it."""
    chapters = [p for p in body if p.kind is Kind.KAPITEL]
    if not chapters or len(chapters) != len(body) or chapters[-1].number == "3":
        return body
    last = [p for p in walk(body) if _paragraf(p)][-1]
    number = str(int(last.number.split()[0]) + 1)
    marker = f"§ {number}" if last.marker.startswith("§") else f"{number} §"
    inner = Provision(Kind.PARAGRAF, number=number, marker=marker, children=(draw(stycken()),))
    return (*body, Provision(Kind.KAPITEL, number="3", marker="3 kap.", heading="Övriga frågor", children=(inner,)))


def _beside(body: Body, wid: Wid, both: Body) -> Body:
    made: list[Provision] = []
    for p in body:
        made += both if p.wid == wid else (replace(p, children=_beside(p.children, wid, both)),)
    return tuple(made)


EDITS: tuple[Edit, ...] = (
    words, sentence, closing, item_in, item_out, numbered_in, turned, stycke_in, stycke_out, stycke_moves, paragraf_in, paragraf_out,
    swap, heading, chapter_heading, chapter_in,
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn, most: int = 4) -> tuple[Charter, Charter]:
    """A charter and what one to `most` edits make of it, the last perhaps a new numbering of everything."""
    old = draw(charters())
    body = old.body
    for _ in range(draw(st.integers(1, most))):
        body = draw(st.sampled_from(EDITS))(draw, body)
    if draw(st.integers(0, 9)) == 0:
        body = renumber(draw, body)
    return old, replace(old, body=body)


__all__ = ["EDITS", "edits"]
