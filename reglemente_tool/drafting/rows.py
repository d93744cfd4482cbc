"""What goes, comes and moves among the provisions beside each other: the stycken of a §, the items of a list."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.compare.likeness import rising
from reglemente_tool.drafting.shapes import shape, worded
from reglemente_tool.model.address import LAST, Address, Kind
from reglemente_tool.model.amendment import Amendment, guard_for, held_text
from reglemente_tool.model.charter import TITLE_LINE, Charter, Provision, Wid, walk
from reglemente_tool.model.wording import bare


def repeal(charter: Charter, address: Address, gone: Provision) -> Repeal:
    """Return the repeal of `gone`."""
    return Repeal(target=address, expects=guard_for(held_text(charter, address, gone)), wid=gone.wid)


def insertion(address: Address, new: Provision, *, continues: Wid = Wid("")) -> Insert:
    """Return the insertion of `new` at `address`, worded as a decision words it: a list gives an item its marks."""
    if new.kind is Kind.PARAGRAF and new.heading and new.layout != TITLE_LINE:
        # The heading stands above the number, so the number must be said with it.
        wording = replace(shape(new), layout="")
    elif new.kind in (Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA):
        wording = shape(new)
    else:
        wording = worded(new)
    if new.kind.item and not new.children and not new.closing:
        wording = replace(wording, text=bare(wording.text))
    return Insert(target=address, wording=wording, continues=continues)


class Row:
    """The rows of two wordings of one charter."""

    def __init__(self, old: Charter, edited: Charter, here: dict[Wid, Address]) -> None:
        self.old, self.here = old, here
        self.home_old = {c.wid: p.wid for p in walk(old.body) for c in p.children}
        self.home_new = {c.wid: p.wid for p in walk(edited.body) for c in p.children if c.wid}
        self._moved: set[Wid] = set()
        for p in walk(edited.body):
            stay = [c.wid for c in p.children if c.wid and self.home_old.get(c.wid) == p.wid and p.wid]
            before = {c.wid: i for q in walk(old.body) if q.wid == p.wid for i, c in enumerate(q.children)}
            settled = set(rising([before[w] for w in stay]))
            self._moved |= {w for w in stay if before[w] not in settled}

    def moved(self, wid: Wid) -> bool:
        """True for what has another place or home than it had."""
        return wid in self._moved or self.home_old.get(wid) != self.home_new.get(wid)

    def shifted(self, was: Provision, now: Provision) -> set[Wid]:
        """Return those that stay but have another ordinal than before: what comes into them cannot be told by its new address."""
        return {c.wid for c in now.children if c.wid and _ordinal(now, c) != _ordinal_of(was, c.wid)}

    def changes(self, was: Provision, now: Provision, base: Address, steady: bool) -> tuple[Amendment, ...] | None:
        """Return the repeals and insertions among the children, or None when they cannot be said one by one."""
        stays = {c.wid for c in now.children if c.wid and not self.moved(c.wid)}
        gone = [repeal(self.old, self.here[c.wid], c) for c in was.children if c.wid not in stays]
        if any(c.number != self._was(was, c.wid).number for c in now.children if c.wid in stays):
            return None
        coming = [c for c in now.children if c.wid not in stays]
        if coming and (not steady or any(c.kind in (Kind.TABELL, Kind.RAD) for c in coming)):
            return None
        made: list[Amendment] = []
        for child in coming:
            number = self._number(was, now, child)
            if number is None:
                return None
            made.append(insertion(base.child(child.kind, number), child, continues=child.wid))
        return (*gone, *made)

    @staticmethod
    def _was(was: Provision, wid: Wid) -> Provision:
        return next(c for c in was.children if c.wid == wid)

    def _number(self, was: Provision, now: Provision, child: Provision) -> str | None:
        alike = [c for c in now.children if c.kind is child.kind]
        before = [c for c in was.children if c.kind is child.kind]
        at = next(i for i, c in enumerate(alike) if c is child)
        at_end = all(c.wid == "" or self.moved(c.wid) for c in alike[at:])
        if not child.kind.positional:
            # A numbered item in the middle would give the others new numbers.
            return child.number if at_end and before else None
        if child.kind.item and not before:
            return None
        if not at_end:
            return str(at + 1) if at + 1 <= len(before) else None
        later = next(i for i in range(at, -1, -1) if i == 0 or not (alike[i - 1].wid == "" or self.moved(alike[i - 1].wid)))
        return LAST if at == later else f"{LAST}+{at - later}"


def _ordinal(parent: Provision, child: Provision) -> int:
    return next(i for i, c in enumerate([c for c in parent.children if c.kind is child.kind]) if c is child)


def _ordinal_of(parent: Provision, wid: Wid) -> int:
    child = next((c for c in parent.children if c.wid == wid), None)
    return -1 if child is None else _ordinal(parent, child)
