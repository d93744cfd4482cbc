"""Which provisions of a charter adopted anew continue which of the old one's: proposed identities, for a person to confirm.

"Reglementet antas enligt bilaga" says nothing of what became of what. §§ are paired first, over chapters too; then stycken
inside what belongs together; then list items; then what is left over anywhere, which has moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from reglemente_tool.compare.likeness import LEAST, LEAST_BESIDE, Link, Nearest, Scale, Unit, paired, rising, units
from reglemente_tool.compare.merging import Placed, placed
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import CONTAINERS, Charter, DecisionId, Provision, Wid, by_wid, flat
from reglemente_tool.model.citation import cite
from reglemente_tool.model.identity import new_wid


class Fate(Enum):
    """What became of a provision; the value is the word for it in tables and machine answers."""

    SAME = "oförändrad"
    REWORDED = "ändrad"
    RENUMBERED = "ny beteckning"
    MOVED = "flyttad"
    SPLIT = "delad"
    MERGED = "sammanförd"
    NEW = "ny"
    GONE = "utgår"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Some provisions of the old wording and those of the new that continue them; one side is empty for NEW and GONE.

    `fates`      what became of them; several may be true, "ny beteckning" and "ändrad"
    `certainty`  from 0 to 1; 1 only for what is the same word for word and alone in that, or was told by a person
    `reason`     why, in Swedish
    """

    olds: tuple[Placed, ...]
    news: tuple[Placed, ...]
    fates: tuple[Fate, ...]
    certainty: float
    reason: str

    @property
    def kind(self) -> Kind:
        """The kind of provision that it is about."""
        return (self.news or self.olds)[0].provision.kind


@dataclass(frozen=True, slots=True)
class Told:
    """What a person has said belongs together, by address: old ones, new ones. One side empty: gone, or new."""

    olds: tuple[Address, ...]
    news: tuple[Address, ...]


MOVED_ALIKE = 0.75
"""So alike must a stycke or an item be to be the same at quite another place."""
WORD_FOR_WORD = 1.01
"""More than any likeness: only what is the same text."""
PIECE = 0.75
"""So much of a part must stand in the whole that it was split from."""
_FEWEST = 3
"""Shorter texts than so many words have moved only when they are the same word for word."""
_HELD = frozenset({Kind.PARAGRAF, Kind.BILAGA})


def match(old: Charter, adopted: Charter, told: Sequence[Told] = ()) -> tuple[Pairing, ...]:
    """Return what became of every provision from `old` to `adopted`, in the new reading order, what is gone last in its place.

    Every provision stands in exactly one pairing, but for the parts of what was split or merged, which stand together in
    one. `told` is taken as it stands. Raises KeyError for an address that neither wording has.
    """
    return _Matcher(old, adopted, told).pairings()


class _Matcher:
    def __init__(self, old: Charter, adopted: Charter, told: Sequence[Told]) -> None:
        self.olds, self.news = units(placed(old)), units(placed(adopted))
        self.scale = Scale((*self.olds, *self.news))
        self.links: dict[int, Link] = {}
        self.back: dict[int, int] = {}
        self.split: dict[int, list[int]] = {}
        self.merged: dict[int, list[int]] = {}
        self.hand_old: set[int] = set()
        self.hand_new: set[int] = set()
        self.sole: set[int] = set()
        self.near: dict[tuple[bool, Kind], Nearest] = {}
        self.taken_old: set[int] = set()
        self.taken_new: set[int] = set()
        self._take(told)
        self._containers()
        self._top()
        self._inside()
        self._left_over()

    # ------------------------------------------------------------------------------------------------------- pairing

    def _take(self, told: Sequence[Told]) -> None:
        by_old, by_new = ({u.placed.address: u.index for u in reversed(side)} for side in (self.olds, self.news))
        for one in sorted(told, key=lambda one: not (one.olds and one.news)):
            ours, theirs = [by_old[a] for a in one.olds], [by_new[a] for a in one.news]
            self.hand_old |= set(ours)
            self.hand_new |= set(theirs)
            if ours and theirs:
                self._link(Link(ours[0], theirs[0], 1.0, 1.0))
            else:
                # What goes, or is new, does so with all that it holds.
                self.hand_old |= {i for o in ours for i in _inside(self.olds, o)}
                self.hand_new |= {i for n in theirs for i in _inside(self.news, n)}
            if len(theirs) > 1:
                self.split[ours[0]] = theirs
            if len(ours) > 1:
                self.merged[theirs[0]] = ours
        self.taken_old |= self.hand_old
        self.taken_new |= self.hand_new

    def _link(self, link: Link) -> None:
        self.links[link.old] = link
        self.back[link.new] = link.old
        self.taken_old.add(link.old)
        self.taken_new.add(link.new)

    def _free(self, side: Sequence[Unit], *, old: bool) -> list[Unit]:
        taken = self.taken_old if old else self.taken_new
        return [u for u in side if u.index not in taken]

    def _pair(self, ours: Iterable[Unit], theirs: Iterable[Unit], least: float = LEAST) -> None:
        mine = self._free(list(ours), old=True)
        for link in paired(mine, self._free(list(theirs), old=False), self.scale, least):
            self._link(link)

    def _containers(self) -> None:
        """Chapters go by their headings, or by their numbers where the heading is new; what they hold is no help when §§ move about."""
        for kind in CONTAINERS:
            for told in (slice(0, 2), slice(1, 2), slice(0, 1)):
                known: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
                for unit in self._free([u for u in self.olds if u.kind is kind], old=True):
                    known[unit.name[told]].append(unit)
                for unit in self._free([u for u in self.news if u.kind is kind], old=False):
                    if any(unit.name[told]) and known[unit.name[told]]:
                        self._link(Link(known[unit.name[told]].pop(0).index, unit.index, 1.0, 1.0))

    def _top(self) -> None:
        ours, theirs = ([u for u in side if u.kind in _HELD] for side in (self.olds, self.news))
        self._pair(ours, theirs)
        self._split(ours, theirs, self.split, forward=True)
        self._split(theirs, ours, self.merged, forward=False)

    def _split(self, wholes: Sequence[Unit], parts: Sequence[Unit], into: dict[int, list[int]], *, forward: bool) -> None:
        """Find which wholes have become several parts: each part's words stand in the whole, and together they are more like it."""
        free = self._free(parts, old=not forward)
        for whole in wholes:
            if not free or whole.index in into or whole.index in (self.hand_old if forward else self.hand_new):
                continue
            partner = self.links[whole.index].new if whole.index in self.links else None
            first = partner if forward else self.back.get(whole.index)
            side = self.news if forward else self.olds
            chosen = [] if first is None else [side[first]]
            if chosen and chosen[0].key == whole.key:
                continue
            likeness = self._union(whole, chosen)
            found = sorted(((self._held(whole, part), part.index, part) for part in free), key=lambda f: (-f[0], f[1]))
            for held, _, part in found:
                if held < PIECE or part.kind is not whole.kind:
                    break
                better = self._union(whole, [*chosen, part])
                if better > likeness + 0.02:
                    chosen, likeness = [*chosen, part], better
            if len(chosen) > 1 and likeness >= 0.7:
                chosen.sort(key=lambda part: (part.index != first, part.index))
                into[whole.index] = [part.index for part in chosen]
                (self.taken_new if forward else self.taken_old).update(into[whole.index])
                free = [u for u in free if u.index not in into[whole.index]]
                head = chosen[0]
                pair = (whole.index, head.index) if forward else (head.index, whole.index)
                if pair[0] not in self.links:
                    self._link(Link(*pair, likeness, likeness))

    def _held(self, whole: Unit, part: Unit) -> float:
        weight = self.scale.of(part)
        return self.scale.shared(whole.words, part.words) / weight if weight else 0.0

    def _union(self, whole: Unit, parts: Sequence[Unit]) -> float:
        words: dict[str, int] = {}
        for part in parts:
            for word, count in part.words.items():
                words[word] = words.get(word, 0) + count
        return self.scale.alike(whole, words)

    def _inside(self) -> None:
        """What lies in what belongs together, level by level."""
        below_old, below_new = _children(self.olds), _children(self.news)
        homes = [([o], [n.new]) for o, n in sorted(self.links.items())]
        homes = [(ours, self.split.get(ours[0], theirs)) for ours, theirs in homes]
        homes = [(self.merged.get(theirs[0], ours), theirs) for ours, theirs in homes]
        homes.append(([-1], [-1]))
        while homes:
            deeper = []
            for ours, theirs in homes:
                mine = [c for o in ours for c in below_old.get(o, ())]
                yours = [c for n in theirs for c in below_new.get(n, ())]
                known = {c.index for c in mine if c.index in self.links}
                mine, yours = ([c for c in side if c.kind not in _HELD | CONTAINERS] for side in (mine, yours))
                self._pair(mine, yours)
                self._only(mine, yours)
                deeper += [
                    ([c.index], [self.links[c.index].new])
                    for c in mine
                    if c.index in self.links and c.index not in known
                ]
            homes = deeper

    def _only(self, mine: Sequence[Unit], yours: Sequence[Unit]) -> None:
        """The only stycke of a § goes on as the only stycke of the same §, however it is worded."""
        if len(mine) == len(yours) == 1 and mine[0].kind is yours[0].kind is Kind.STYCKE:
            for one in self._free(mine, old=True):
                for other in self._free(yours, old=False):
                    likeness = self.scale.alike(one, other.words)
                    self._link(Link(one.index, other.index, likeness, likeness))
                    self.sole.add(one.index)

    def _left_over(self) -> None:
        """What has left its place is looked for everywhere, stycken before items."""
        before = set(self.links)
        for item in (False, True):
            for fewest, least in ((1, WORD_FOR_WORD), (_FEWEST, MOVED_ALIKE)):
                ours, theirs = (
                    [u for u in side if _loose(u, item=item, fewest=fewest)]
                    for side in (self._free(self.olds, old=True), self._free(self.news, old=False))
                )
                self._pair(ours, theirs, least)
        below_old, below_new = _children(self.olds), _children(self.news)
        for link in [link for old, link in self.links.items() if old not in before]:
            self._pair(below_old.get(link.old, ()), below_new.get(link.new, ()))

    # ------------------------------------------------------------------------------------------------------- telling

    def pairings(self) -> tuple[Pairing, ...]:
        steady = self._steady()
        told: dict[int, list[Pairing]] = defaultdict(list)
        inner_new = {n for s in self.split.values() for n in s[1:]}
        inner_old = {o for m in self.merged.values() for o in m[1:]}
        for unit in self.news:
            if unit.index in inner_new:
                continue
            told[unit.index].append(self._told(unit, steady) if unit.index in self.back else self._alone(unit, Fate.NEW))
        last = -1
        for gone in self.olds:
            if gone.index in self.links:
                last = self.links[gone.index].new
            elif gone.index not in inner_old:
                told[last].append(self._alone(gone, Fate.GONE))
        return tuple(p for index in (-1, *range(len(self.news))) for p in told[index])

    def _told(self, unit: Unit, steady: set[int]) -> Pairing:
        old = self.olds[self.back[unit.index]]
        link = self.links[old.index]
        olds = [self.olds[o] for o in self.merged.get(unit.index, [old.index])]
        news = [self.news[n] for n in self.split.get(old.index, [unit.index])]
        was, now = old.placed.provision, unit.placed.provision
        fates = []
        if len(news) > 1:
            fates.append(Fate.SPLIT)
        if len(olds) > 1:
            fates.append(Fate.MERGED)
        if was.number != now.number and not was.kind.positional:
            fates.append(Fate.RENUMBERED)
        if old.index not in steady:
            fates.append(Fate.MOVED)
        if not fates[:1] or fates[0] not in (Fate.SPLIT, Fate.MERGED):
            container = was.kind in CONTAINERS
            if was.heading != now.heading or (not container and flat(was) != flat(now)):
                fates.append(Fate.REWORDED)
        certainty, reason = self._why(old, unit, link, len(news) > 1, len(olds) > 1)
        return Pairing(
            olds=tuple(u.placed for u in olds), news=tuple(u.placed for u in news),
            fates=tuple(fates) or (Fate.SAME,), certainty=certainty, reason=reason,
        )  # fmt: skip

    def _why(self, old: Unit, new: Unit, link: Link, split: bool, merged: bool) -> tuple[float, str]:
        if old.index in self.hand_old or new.index in self.hand_new:
            return 1.0, "bekräftat"
        if split or merged:
            return round(min(0.9, link.likeness), 2), "orden finns i delarna" if split else "orden kommer från flera"
        if old.placed.provision.kind in CONTAINERS:
            same = old.name[1] == new.name[1]
            return (1.0 if same else 0.7), "samma rubrik" if same and new.name[1] else "samma beteckning"
        if old.index in self.sole:
            return 0.9, "det enda stycket, före och efter"
        if link.likeness == 1.0 and old.key == new.key:
            heading = "" if old.name[1] == new.name[1] else ", men rubriken är en annan"
            return (1.0, f"ordagrant lika{heading}") if link.margin > 0 else (0.9, f"ordagrant lika, som flera andra{heading}")
        share = f"{round(100 * link.likeness)} % av orden lika"
        also = [word for word, a, b in zip(("nummer", "rubrik"), old.name, new.name, strict=True) if a and a == b]
        # What no other is nearly as like, and what keeps its name, is surer than the shared words alone make it.
        doubt = (1 - link.likeness) * (1 - 0.6 * max(0.0, min(1.0, link.margin / 0.3)))
        certainty = 1 - doubt * 0.5 ** len(also)
        return round(min(0.99, certainty), 2), share + (f", samma {' och '.join(also)}" if also else "")

    def _alone(self, unit: Unit, fate: Fate) -> Pairing:
        new = fate is Fate.NEW
        hand = unit.index in (self.hand_new if new else self.hand_old)
        near = None if hand else self._among(unit.kind, old=new).to(unit)
        best = near[0] if near else 0.0
        reason = "inget liknar den"
        if hand:
            reason = "bekräftat"
        elif near and best >= LEAST_BESIDE:
            reason = f"närmast är {cite(near[1].placed.address)}, {round(100 * best)} % av orden lika"
        sides = {"olds": (), "news": (unit.placed,)} if new else {"olds": (unit.placed,), "news": ()}
        certainty = 1.0 if hand else round(1 - best * (0.8 if best >= LEAST_BESIDE else 0.2), 2)
        return Pairing(**sides, fates=(fate,), certainty=certainty, reason=reason)

    def _among(self, kind: Kind, *, old: bool) -> Nearest:
        if (old, kind) not in self.near:
            self.near[old, kind] = Nearest([u for u in (self.olds if old else self.news) if u.kind is kind], self.scale)
        return self.near[old, kind]

    def _steady(self) -> set[int]:
        """The old ones that stand where they stood: in the same home, and in order among those that stayed in it."""
        rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for old, link in self.links.items():
            was, now = _home(self.olds, old), _home(self.news, link.new)
            stays = (was == -1 and now == -1) or (was in self.links and self.links[was].new == now)
            joined = now in self.split.get(was, ()) or was in self.merged.get(now, ())
            if stays or joined:
                rows[now].append((link.new, old))
        return {old for row in rows.values() for old in rising([o for _, o in sorted(row)])}


def _home(side: Sequence[Unit], index: int) -> int:
    """What a provision lies in. A § lies in the charter, whatever its chapter: §§ are numbered through it."""
    return -1 if side[index].placed.provision.kind in _HELD | CONTAINERS else side[index].parent


def _inside(side: Sequence[Unit], index: int) -> set[int]:
    found = {index}
    for unit in side[index + 1 :]:
        if unit.parent in found:
            found.add(unit.index)
    return found


def _children(side: Sequence[Unit]) -> dict[int, list[Unit]]:
    found: dict[int, list[Unit]] = defaultdict(list)
    for unit in side:
        found[unit.parent].append(unit)
    return found


def _loose(unit: Unit, *, item: bool, fewest: int) -> bool:
    kind = unit.kind
    return kind not in _HELD | CONTAINERS and kind.item is item and sum(unit.words.values()) >= fewest


def carried(old: Charter, adopted: Charter, pairings: Sequence[Pairing], *, fresh: bool = False) -> Charter:
    """Return `adopted` with the identities of what each provision continues; what is the same also keeps its `source`.

    `pairings` are what `match` said of this very `adopted`. What is new has no identity, or with `fresh` one of its own that
    no provision of `old` has: then nothing else can take it for something that was there before.
    """
    known = by_wid(old)
    heirs = {id(p.news[0].provision): p.olds[0].provision for p in pairings if p.olds and p.news}
    used: set[Wid] = set(known)

    def named(provision: Provision, address: str) -> Provision:
        was = heirs.get(id(provision))
        children = tuple(named(child, f"{address}.{index}") for index, child in enumerate(provision.children))
        if was is not None and was.wid and was.kind is provision.kind:
            same = (was.number, was.heading, was.text, was.closing) == (
                provision.number, provision.heading, provision.text, provision.closing,
            )  # fmt: skip
            return replace(provision, wid=was.wid, source=was.source if same else None, children=children)
        wid = Wid("")
        if fresh:
            wid = new_wid(DecisionId(flat(provision)), old.id, address)
            while wid in used:
                wid = new_wid(DecisionId(wid), old.id, address)
            used.add(wid)
        return replace(provision, wid=wid, source=None, children=children)

    return replace(
        adopted, id=old.id, committee=old.committee, body=tuple(named(p, str(index)) for index, p in enumerate(adopted.body))
    )


__all__ = ["Fate", "Pairing", "Told", "carried", "match"]
