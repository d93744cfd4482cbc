"""From findings to a decision: the mends as att-satser in the words that the reader reads, so that the draft goes the common road."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reglemente_tool.amendments.reword import Reword
from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import count
from reglemente_tool.review.finding import Edit, definite

MOST = 12
"""So many words on each side are taken along, to make the words the only ones of their kind in the provision."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One att-sats: in which charter, and the rewording."""

    charter: Charter
    amendment: Reword

    @property
    def clause(self) -> str:
        """ "att i 8 § första stycket i reglementet för socialnämnden byta ut ”…” mot ”…”"."""
        where = f"{cite(self.amendment.target)} i {definite(self.charter.title)}"
        return f"att i {where} byta ut ”{self.amendment.old}” mot ”{self.amendment.new}”"


def mends(edits: Iterable[Edit], charters: Sequence[Charter]) -> tuple[Mend, ...]:
    """Return the rewordings that make `edits`, one for each spot that stands apart, in reading order.

    Each takes as many words along as make it the only one of its kind in the provision and what lies inside it; two that come
    to overlap become one. What cannot be told so (no such words any more, quotation marks) is left out.
    """
    grouped: dict[tuple[CharterId, Wid, str], list[Edit]] = {}
    for one in dict.fromkeys(edits):
        grouped.setdefault((one.charter, one.wid, one.field), []).append(one)
    found: list[Mend] = []
    for charter in charters:
        for address, provision in walk_addressed(charter):
            for field in ("heading", "text", "closing"):
                listed = grouped.get((charter.id, provision.wid, field), [])
                if listed:
                    target = address.heading() if field == "heading" else address
                    found += [Mend(charter, r) for r in _rewordings(target, provision, field, listed)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Spot:
    start: int
    end: int
    edits: tuple[Edit, ...]


def _rewordings(target: Address, provision: Provision, field: str, edits: list[Edit]) -> Iterable[Reword]:
    text: str = getattr(provision, field)
    reach = [text] if field == "heading" else [t for p in walk((provision,)) for t in (p.text, p.closing)]
    wide = (_widened(text, _Spot(e.start, e.end, (e,)), reach) for e in sorted(edits, key=lambda e: e.start) if e.end <= len(text))
    for spot in _apart([s for s in wide if s is not None], text, reach):
        old, new = text[spot.start : spot.end], _rewritten(text, spot)
        if old != new and not set("”“\"»«") & set(old + new):
            yield Reword(target=target, old=old, new=new, wid=provision.wid)


def _apart(spots: list[_Spot], text: str, reach: list[str]) -> list[_Spot]:
    joined: list[_Spot] = []
    for spot in spots:
        if joined and spot.start < joined[-1].end + 1:
            last = joined.pop()
            wide = _widened(text, _Spot(last.start, max(last.end, spot.end), last.edits + spot.edits), reach)
            if wide is not None:
                joined.append(wide)
        else:
            joined.append(spot)
    return joined


def _widened(text: str, spot: _Spot, reach: list[str]) -> _Spot | None:
    """The spot with whole words, and so many around them that they stand only once; None when that takes too many."""
    start, end = spot.start, spot.end
    while start > 0 and not text[start - 1].isspace() and (start == end or text[start - 1].isalnum() or text[start - 1] in "-("):
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    for step in range(2 * MOST):
        words = text[start:end]
        if words.strip() and sum(count(t, words) for t in reach) == 1:
            return replace(spot, start=start, end=end)
        if (step % 2 == 0 and start > 0) or end >= len(text):
            start = text.rfind(" ", 0, max(start - 1, 0)) + 1
        else:
            cut = text.find(" ", end + 1)
            end = len(text) if cut < 0 else cut
        if start == 0 and end == len(text) and sum(count(t, text) for t in reach) != 1:
            return None
    return None


def _rewritten(text: str, spot: _Spot) -> str:
    made, at = "", spot.start
    for one in sorted(spot.edits, key=lambda e: e.start):
        if one.start < at:
            continue
        made += text[at : one.start] + one.new
        at = one.end
    return made + text[at : spot.end]


def decision_text(listed: Sequence[Mend]) -> str:
    """Return the mends as the text of a decision by kommunfullmäktige, without date and § as nobody has decided it yet."""
    clauses = [m.clause for m in listed]
    joined = [f"{c}{', och' if n == len(clauses) - 2 else '.' if n == len(clauses) - 1 else ','}" for n, c in enumerate(clauses)]
    return "\n\n".join(["Kommunfullmäktige beslutar", *joined]) + "\n"
