"""From an old and an edited charter to the typed amendments that lead from one to the other.

Each change is tried on the provision that it is about before it is taken, and all of them together on the whole charter
afterwards. What cannot be said by any amendment is told, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.compare import compare
from reglemente_tool.compare.matching import Told, carried, match
from reglemente_tool.drafting.rows import Row, insertion, repeal
from reglemente_tool.drafting.shapes import gives, made, make, only, shape, shapes
from reglemente_tool.drafting.words import rewordings, sentence, whole
from reglemente_tool.errors import CannotApply, Level, Problem
from reglemente_tool.model.address import Address, Kind, Reads
from reglemente_tool.model.amendment import Amendment, guard_for, held_text
from reglemente_tool.model.charter import CONTAINERS, Charter, Provision, Wid, by_wid, walk, walk_addressed
from reglemente_tool.model.wording import bare, split_tail

CODE = "UTFORMNING"
_HELD = frozenset({Kind.PARAGRAF, Kind.BILAGA})


@dataclass(frozen=True, slots=True)
class Draft:
    """The amendments that make `before` into `after`. With `problems` they do not, and are none to decide on."""

    before: Charter
    after: Charter
    amendments: tuple[Amendment, ...]
    problems: tuple[Problem, ...] = ()


def draft(old: Charter, edited: Charter) -> Draft:
    """Return the smallest set of amendments found that makes `old` read as `edited`, whose provisions carry the identities of
    those in `old` that they continue (`compare.matching.carried`). `problems` tell what no amendment can say.

    Where a § has gone where no renumbering puts it, each § is taken for the one that has its number, and gets a new wording.
    """
    found = _drafted(old, edited)
    if not found.problems or edited.title != old.title:
        return found
    by_number = _drafted(old, _by_number(old, edited))
    if by_number.problems:
        return found
    told = Problem(
        CODE,
        "En paragraf har flyttats dit ingen omnumrering för den. Den sägs i stället som nya lydelser av de nummer som finns.",
        level=Level.VARNING,
        hint="Historiken följer då numren, inte orden.",
    )
    return replace(by_number, problems=(told,))


def _drafted(old: Charter, edited: Charter) -> Draft:
    found = tuple(_Drafter(old, edited).amendments())
    return Draft(old, edited, found, tuple(_problems(old, edited, found)))


def _by_number(old: Charter, edited: Charter) -> Charter:
    sides = ([a for a, p in walk_addressed(c) if p.kind in _HELD] for c in (old, edited))
    ours, theirs = ([a for a in side if side.count(a) == 1] for side in sides)
    told = [Told((a,), (a,)) for a in ours if a in theirs]
    return carried(old, edited, match(old, edited, told))


def _problems(old: Charter, edited: Charter, found: tuple[Amendment, ...]) -> Iterator[Problem]:
    hint = "Ändra filen, eller låt fullmäktige anta hela reglementet på nytt: reglemente matcha."
    if edited.title != old.title:
        yield Problem(CODE, f"Reglementets namn är ändrat till {edited.title}; det kan inte sägas som en ändring i texten.", hint=hint)
    try:
        result = make(old, found)
    except CannotApply as error:
        yield Problem(CODE, f"Ändringarna går inte att göra samtidigt. {error.message}", hint=hint)
        return
    if shapes(result) != shapes(edited):
        told = compare(result, replace(edited, title=result.title))
        if not told:
            yield Problem(CODE, "Uppställningen är ändrad på ett sätt som ingen ändring kan säga.", hint=hint)
        for difference in told:
            yield Problem(CODE, f"Detta kan inte sägas som en ändring: {difference.describe()}", hint=hint)


class _Drafter:
    def __init__(self, old: Charter, edited: Charter) -> None:
        self.old, self.edited = old, edited
        self.was, self.now = by_wid(old), by_wid(edited)
        self.here = {p.wid: a for a, p in walk_addressed(old)}
        self.there = {id(p): a for a, p in walk_addressed(edited)}
        self.ranks_old = {a.steps: rank for rank, (a, _) in enumerate(walk_addressed(old))}
        self.ranks_new = {a.steps: rank for rank, (a, _) in enumerate(walk_addressed(edited))}
        self.rows = Row(old, edited, self.here)

    def amendments(self) -> list[Amendment]:
        found = [*self._repeals(), *self._numbers(), *self._insides(), *self._insertions()]
        found += self._headings(found)
        found = _without_half_moves(found, self.was)
        return sorted(found, key=self._order)

    def _order(self, a: Amendment) -> tuple[int, int]:
        """Repeals, renumberings, new wordings, what comes in, as the state orders them; in each the charter's own order."""
        ranks = self.ranks_new if isinstance(a, Insert) else self.ranks_old
        steps = a.target.steps
        return a.phase, next((ranks[steps[:n]] for n in range(len(steps), 0, -1) if steps[:n] in ranks), 0)

    # ------------------------------------------------------------------------------------------- §§ and what holds them

    def _repeals(self) -> Iterator[Amendment]:
        covered: set[Wid] = set()
        for p in walk(self.old.body):
            if p.wid in covered or p.wid in self.now or p.kind not in _HELD | CONTAINERS:
                continue
            inside = list(walk(p.children))
            if p.kind in CONTAINERS and any(q.wid in self.now for q in inside):
                continue
            covered |= {q.wid for q in inside}
            yield repeal(self.old, self.here[p.wid], p)

    def _insertions(self) -> Iterator[Amendment]:
        covered: set[int] = set()
        for p in walk(self.edited.body):
            if id(p) in covered or p.wid or p.kind not in _HELD | CONTAINERS:
                continue
            inside = list(walk(p.children))
            if p.kind in CONTAINERS and any(q.wid for q in inside):
                continue
            covered |= {id(q) for q in inside}
            yield insertion(self.there[id(p)], p)

    def _numbers(self) -> Iterator[Amendment]:
        for p in walk(self.edited.body):
            was = self.was.get(p.wid)
            if was is not None and p.kind in _HELD | CONTAINERS and p.number != was.number and not p.kind.positional:
                target = self.here[p.wid]
                yield Renumber(target=target, number=p.number, expects=guard_for(held_text(self.old, target, was)), wid=p.wid)

    def _headings(self, found: list[Amendment]) -> Iterator[Amendment]:
        """A § that goes hands its heading on to the next, so what is left to say is seen when the rest has been made."""
        result = made(self.old, tuple(found))
        stands = by_wid(result) if result is not None else self.was
        gone = [p for p in walk(self.old.body) if p.heading and p.kind is Kind.PARAGRAF and p.wid not in self.now]
        for p in walk(self.edited.body):
            was, is_ = self.was.get(p.wid), stands.get(p.wid)
            if was is None or is_ is None or p.heading == is_.heading:
                continue
            target = self.here[p.wid].heading()
            if was.heading and p.heading:
                wording = Provision(kind=p.kind, heading=p.heading)
                yield Substitute(target=target, expects=guard_for(was.heading), wid=p.wid, wording=wording)
            elif was.heading:
                yield Repeal(target=target, expects=guard_for(was.heading), wid=p.wid)
            else:
                passed_on = [q for q in gone if q.heading == is_.heading]
                for q in passed_on[-1:]:
                    yield Repeal(target=self.here[q.wid].heading(), expects=guard_for(q.heading), wid=q.wid)
                if p.heading:
                    there = self.there[id(p)]
                    reads = Reads.NUVARANDE if there.steps == self.here[p.wid].steps else Reads.NY
                    yield Insert(target=there.heading(), reads=reads, wording=Provision(kind=p.kind, heading=p.heading))

    # ----------------------------------------------------------------------------------------------------- inside a §

    def _insides(self) -> Iterator[Amendment]:
        for p in walk(self.edited.body):
            was = self.was.get(p.wid)
            if was is None or p.kind not in _HELD | CONTAINERS:
                continue
            if p.kind in CONTAINERS:
                was, p = _loose(was), _loose(p)
            if [shape(c) for c in was.children] == [shape(c) for c in p.children] and (was.text, was.closing) == (p.text, p.closing):
                continue
            yield from self._unit(was, p)
        yield from self._top()

    def _top(self) -> Iterator[Amendment]:
        """Stycken that stand by themselves, outside every §."""
        for p in self.edited.body:
            was = self.was.get(p.wid)
            if was is not None and p.kind not in _HELD | CONTAINERS and shape(was) != shape(p):
                yield from self._node(was, p, only(self.old, p.wid))

    def _unit(self, was: Provision, now: Provision) -> tuple[Amendment, ...]:
        """Return what makes one § of another: change by change where that can be said, else its whole new wording."""
        alone = only(self.old, was.wid)
        steady = self.here[was.wid].steps == self.there.get(id(self.now[now.wid]), Address()).steps
        fine = self._fine(was, now, alone, steady)
        if fine is not None and (was.kind in CONTAINERS or gives(alone, fine, was.wid, now)) and len(fine) <= max(3, 2 * len(now.children)):
            return fine
        if was.kind in CONTAINERS:
            return ()
        return (whole(self.old, self.here[was.wid], was, now),)

    def _node(self, was: Provision, now: Provision, alone: Charter, steady: bool = True) -> tuple[Amendment, ...]:
        """Return what makes one stycke or item of another."""
        address = self.here[was.wid]
        all_of_it = (whole(self.old, address, was, now),)
        fine = self._fine(was, now, alone, steady)
        if fine is None or not gives(alone, fine, was.wid, now):
            return all_of_it
        pieces = 1 + len(now.children)
        return fine if len(fine) <= max(2, pieces // 2 + 1) else all_of_it

    def _fine(self, was: Provision, now: Provision, alone: Charter, steady: bool) -> tuple[Amendment, ...] | None:
        """Return the changes one by one; None when they cannot be said so. `steady`: it has the address that it had."""
        address = self.here[was.wid]
        own: tuple[Amendment, ...] = ()
        if (was.text, was.closing) != (now.text, now.closing):
            words = self._own(was, now, address)
            if words is None:
                return None
            own = words
        changes = self.rows.changes(was, now, address, steady)
        if changes is None:
            return None
        if changes:
            # The marks that a list gives its items follow by themselves when one comes or goes.
            lent = replace(now, children=tuple(self._lent(was, c) for c in now.children))
            inner = self._children(was, lent, alone, steady)
            if gives(alone, (*changes, *own, *inner), was.wid, now):
                return (*changes, *own, *inner)
        return (*changes, *own, *self._children(was, now, alone, steady))

    def _lent(self, was: Provision, child: Provision) -> Provision:
        before = next((c for c in was.children if c.wid == child.wid), None)
        if before is None or not child.kind.item:
            return child
        return replace(child, text=split_tail(child.text)[0] + split_tail(before.text)[1])

    def _children(self, was: Provision, now: Provision, alone: Charter, steady: bool) -> tuple[Amendment, ...]:
        shifted, stayed = self.rows.shifted(was, now), {c.wid: c for c in was.children}
        found: list[Amendment] = []
        for child in now.children:
            before = stayed.get(child.wid)
            if before is not None and not self.rows.moved(child.wid) and shape(before) != shape(child):
                found += self._node(before, child, alone, steady and child.wid not in shifted)
        return tuple(found)

    def _own(self, was: Provision, now: Provision, address: Address) -> tuple[Amendment, ...] | None:
        few = rewordings(self.old, address, was, now)
        one = sentence(self.old, address, was, now)
        if few is not None and (one is None or len(few) == 1):
            return few
        if one is not None:
            return one
        if not was.children and not now.children:
            return (whole(self.old, address, was, now),)
        return None


def _loose(container: Provision) -> Provision:
    return replace(container, children=tuple(c for c in container.children if c.kind not in _HELD | CONTAINERS))


def _without_half_moves(found: list[Amendment], was: dict[Wid, Provision]) -> list[Amendment]:
    """What continues something must be the same words, whose repeal is said beside it; anything else is simply new."""
    gone = {a.wid for a in found if isinstance(a, Repeal)}
    kept: list[Amendment] = []
    for a in found:
        if isinstance(a, Insert) and a.continues:
            old = was[a.continues]
            text = bare(old.text) if old.kind.item else old.text
            alike = not old.children and not old.closing and a.wording.text == text and a.wording.kind is old.kind
            kept.append(a if a.continues in gone and alike else replace(a, continues=Wid("")))
        else:
            kept.append(a)
    return kept


__all__ = ["CODE", "Draft", "draft"]
