"""Two wordings in one reading order: what stays, what leaves, what comes, and where it does so.

Provisions are aligned by identity (`wid`), never by likeness: what has no identity in common has nothing in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reglemente_tool.compare.runs import ONLY_NEW, ONLY_OLD, Mark, Run, Runs, replaced, same, words
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import CONTAINERS, TITLE_LINE, Charter, Provision, Wid, addressed, restarts, walk


@dataclass(frozen=True, slots=True)
class Placed:
    """A provision, the address at which it stands, and the identity of what it lies in ("" at the top)."""

    address: Address
    provision: Provision
    children: tuple[Placed, ...] = ()
    within: Wid = Wid("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One line of the merged reading: a provision as it was, as it is, and what has become of its words.

    `mark`      SAME it stands where it stood; REMOVED, ADDED it is in one wording only; MOVED_AWAY, MOVED_HERE one of
                the two places of what has moved (both have `old` and `new`)
    `moved`     True when it has itself changed places, False when it only follows what it lies in
    `divides`   True for the line of a kapitel or avsnitt that comes or goes while §§ under it are in both wordings
    `children`  what lies inside; for kapitel and avsnitt what follows until the next one that is in both wordings
    """

    old: Placed | None
    new: Placed | None
    mark: Mark
    moved: bool = False
    divides: bool = False
    label: Runs = ()
    heading: Runs = ()
    text: Runs = ()
    closing: Runs = ()
    children: tuple[Pair, ...] = ()

    @property
    def here(self) -> Placed:
        """The side that this line shows: the old one where something leaves, otherwise the new one."""
        side = self.old if self.mark in ONLY_OLD else self.new
        assert side is not None
        return side

    @property
    def untouched(self) -> bool:
        """True for the very same value where it stood: neither it nor anything in it has changed."""
        return self.old is self.new and self.mark is Mark.SAME

    @property
    def beside(self) -> bool:
        """True when it lies in the same provision as before, or at the top as before."""
        return self.old is not None and self.new is not None and self.old.within == self.new.within


def label(provision: Provision) -> str:
    """Return the designation as printed: the marker, or for what has none what its kind and number give."""
    if provision.marker:
        return provision.marker
    number = provision.number
    match provision.kind:
        case Kind.STRECKSATS:
            return "–"
        case _ if not number:
            return ""
        case Kind.KAPITEL:
            return f"{number} kap."
        case Kind.PARAGRAF:
            return f"{number} §"
        case Kind.PUNKT:
            return f"{number}."
        case Kind.BOKSTAV:
            return f"{number})"
        case Kind.BILAGA:
            return f"Bilaga {number}"
    return number


def placed(charter: Charter) -> tuple[Placed, ...]:
    """Return the charter's body with the address of every provision."""
    return _placed(charter.body, {}, anew=restarts(charter))


def _placed(body: tuple[Provision, ...], beside: Mapping[Wid, Placed], *, anew: bool) -> tuple[Placed, ...]:
    """As `placed`. `beside` is another wording by identity, and what is the very same object there, at the same address, is that
    wording's own value: with all that it holds the same in both. No container is, since more than it holds may count as standing in it.
    """

    def build(siblings: tuple[Provision, ...], base: Address, within: Wid) -> tuple[Placed, ...]:
        made = []
        for address, provision in addressed(siblings, base, anew=anew):
            one = beside.get(provision.wid)
            same_object = one is not None and one.provision is provision and provision.kind not in CONTAINERS
            if one is None or not same_object or one.address != address or one.within != within:
                one = Placed(address, provision, build(provision.children, address, provision.wid), within)
            made.append(one)
        return tuple(made)

    return build(body, Address(), _ROOT)


def merge(old: Charter, new: Charter) -> tuple[Pair, ...]:
    """Return both wordings in one reading order: what is gone stands where it stood, what has moved stands in both places.

    Walked through, the pairs that are not ONLY_NEW are the old wording in its order, those not ONLY_OLD the new one.
    """
    were_anew, anew = restarts(old), restarts(new)
    before = _placed(old.body, {}, anew=were_anew)
    known = _identified(before, {})
    return _Merger(before, known, _placed(new.body, known if anew is were_anew else {}, anew=anew)).merged()


def alone(charter: Charter) -> tuple[Pair, ...]:
    """Return one wording as such a reading, in which nothing has changed."""
    return tuple(_whole(one, Mark.SAME) for one in placed(charter))


Row = list[Placed]
_ROOT = Wid("")


class _Merger:
    """The alignment of two bodies, each cut into rows: what stands beside one another at the top or inside one provision.

    A kapitel or avsnitt that only one of the wordings has is a line among its §§, not a box around them: to divide a
    charter into chapters moves no §. Its §§ then count as standing in the chapter before it, if there is one.
    """

    def __init__(self, old: tuple[Placed, ...], known: dict[Wid, Placed], new: tuple[Placed, ...]) -> None:
        self.old, self.new = known, _identified(new, known)
        both = self.old.keys() & self.new.keys()
        self.common = {w for w in both if self.old[w].provision.kind is self.new[w].provision.kind}
        self.old_rows, self.new_rows = self._rows(old), self._rows(new)
        self.settled: set[Wid] = set()
        for home in self.old_rows.keys() & self.new_rows.keys():
            self.settled |= _in_order(self.old_rows[home], self.new_rows[home], self.common)

    def merged(self) -> tuple[Pair, ...]:
        return self._row(self.old_rows[_ROOT], self.new_rows[_ROOT])

    def _home(self, one: Placed) -> object:
        """The name of the row inside `one`: the same in both wordings when it is the same provision, otherwise its own."""
        return one.provision.wid if one.provision.wid in self.common else id(one)

    def _shared(self, one: Placed) -> bool:
        """True for what is the very same value in both wordings, so that nobody needs to look into it."""
        wid = one.provision.wid
        return self.old.get(wid) is self.new.get(wid) is one

    def _rows(self, body: tuple[Placed, ...]) -> dict[object, Row]:
        rows: dict[object, Row] = {_ROOT: []}

        def fill(siblings: tuple[Placed, ...], home: object) -> None:
            nearest = home
            for one in siblings:
                container = one.provision.kind in CONTAINERS
                if container and one.provision.wid not in self.common:
                    rows[nearest].append(one)
                    fill(one.children, nearest)
                    continue
                rows[home].append(one)
                if self._shared(one):
                    continue
                inner = self._home(one)
                rows[inner] = []
                fill(one.children, inner)
                nearest = inner if container else home

        fill(body, _ROOT)
        return rows

    def _row(self, ours: Sequence[Placed], theirs: Sequence[Placed]) -> tuple[Pair, ...]:
        """In each gap between what stays, first what leaves and then what comes."""
        merged: list[Pair] = []
        rest = list(reversed(ours))
        for one in theirs:
            while rest and rest[-1].provision.wid not in self.settled:
                merged.append(self._leaving(rest.pop()))
            merged.append(self._staying(rest.pop(), one) if one.provision.wid in self.settled else self._coming(one))
        merged += [self._leaving(one) for one in reversed(rest)]
        return _with_shared_headings(merged)

    def _staying(self, was: Placed, now: Placed) -> Pair:
        if was is now:
            return _whole(was, Mark.SAME)
        home = self._home(was)
        return _pair(was, now, Mark.SAME, children=self._row(self.old_rows[home], self.new_rows[home]))

    def _leaving(self, was: Placed) -> Pair:
        wid = was.provision.wid
        if self._shared(was):
            return _whole(was, Mark.MOVED_AWAY, moved=wid not in self.settled)
        inside = _with_shared_headings([self._leaving(one) for one in self.old_rows.get(self._home(was), ())])
        if wid not in self.common:
            return replace(_pair(was, None, Mark.REMOVED, children=inside), divides=self._divides(was))
        return _pair(was, self.new[wid], Mark.MOVED_AWAY, moved=wid not in self.settled, children=inside)

    def _coming(self, now: Placed) -> Pair:
        wid = now.provision.wid
        if self._shared(now):
            return _whole(now, Mark.MOVED_HERE, moved=wid not in self.settled)
        inside = _with_shared_headings([self._coming(one) for one in self.new_rows.get(self._home(now), ())])
        if wid not in self.common:
            return replace(_pair(None, now, Mark.ADDED, children=inside), divides=self._divides(now))
        return _pair(self.old[wid], now, Mark.MOVED_HERE, moved=wid not in self.settled, children=inside)

    def _divides(self, one: Placed) -> bool:
        return one.provision.kind in CONTAINERS and any(p.wid in self.common for p in walk(one.provision.children))


def _with_shared_headings(row: list[Pair]) -> tuple[Pair, ...]:
    """A heading over several §§ is not changed when the first of them goes or a new first one comes: it stays where it is."""
    for index, first in enumerate(row):
        if not _has_group_heading(first) or first.mark is Mark.SAME:
            continue
        fading = ONLY_OLD if first.mark in ONLY_OLD else ONLY_NEW
        for at in range(index + 1, len(row)):
            heir = row[at]
            if _has_group_heading(heir):
                if _text(heir.heading) == _text(first.heading) and all(run.mark not in fading | {Mark.SAME} for run in heir.heading):
                    row[index] = replace(first, heading=(Run(_text(first.heading)),))
                    row[at] = replace(heir, heading=())
                break
            if heir.mark not in fading:
                break
    return tuple(row)


def _has_group_heading(pair: Pair) -> bool:
    sides = [side.provision for side in (pair.old, pair.new) if side is not None]
    return pair.here.provision.kind is Kind.PARAGRAF and bool(pair.heading) and all(p.layout != TITLE_LINE for p in sides)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _identified(body: tuple[Placed, ...], known: Mapping[Wid, Placed]) -> dict[Wid, Placed]:
    """The provisions by identity, but for what lies in those that are `known`. One that two provisions claim identifies neither."""
    found: dict[Wid, Placed] = {}
    twice: set[Wid] = {Wid("")}
    stack = list(body)
    while stack:
        one = stack.pop()
        wid = one.provision.wid
        if wid in found:
            twice.add(wid)
        found[wid] = one
        if known.get(wid) is not one:
            stack.extend(one.children)
    return {wid: one for wid, one in found.items() if wid not in twice}


def _in_order(ours: Row, theirs: Row, common: set[Wid]) -> set[Wid]:
    """Return those that stand in both rows and have kept their order: as many as can be, and the larger ones of them."""
    if not (ours and theirs):
        return set()
    place = {one.provision.wid: index for index, one in enumerate(ours) if one.provision.wid in common}
    both = [one for one in theirs if one.provision.wid in place]
    places = [place[one.provision.wid] for one in both]
    if places == sorted(places):
        return {one.provision.wid for one in both}
    best: list[tuple[int, int, int]] = []  # (how many, how large, the one before) of the best chain that ends here
    for index, one in enumerate(both):
        tails = [(*best[i][:2], i) for i in range(index) if places[i] < places[index]]
        many, large, before = max(tails, key=lambda t: t[:2], default=(0, 0, -1))
        best.append((many + 1, large + _size(one), before))
    kept: set[Wid] = set()
    at = max(range(len(best)), key=lambda i: best[i][:2])
    while at >= 0:
        kept.add(both[at].provision.wid)
        at = best[at][2]
    return kept


def _size(one: Placed) -> int:
    return len(one.provision.text) + sum(_size(child) for child in one.children) + 1


def _whole(one: Placed, mark: Mark, *, moved: bool = False) -> Pair:
    """What is the same in both wordings with all that it holds, which then only follows it."""
    inside = tuple([_whole(child, mark) for child in one.children])
    if mark is not Mark.SAME:
        return _pair(one, one, mark, moved=moved, children=inside)
    p = one.provision
    designation, heading, text, closing = same(label(p)), same(p.heading), reworded(p, p), same(p.closing)
    return Pair(old=one, new=one, mark=mark, children=inside, label=designation, heading=heading, text=text, closing=closing)


_NOTHING = Provision(Kind.STYCKE)


def _pair(was: Placed | None, now: Placed | None, mark: Mark, *, moved: bool = False, children: tuple[Pair, ...]) -> Pair:
    old = was.provision if was else _NOTHING
    new = now.provision if now else _NOTHING
    return Pair(
        old=was, new=now, mark=mark, moved=moved, children=children,
        label=_designation(label(old), label(new), mark),
        heading=_seen(words(old.heading, new.heading), mark),
        text=_seen(reworded(old, new), mark),
        closing=_seen(words(old.closing, new.closing), mark),
    )  # fmt: skip


_MOVED = frozenset({Mark.MOVED_AWAY, Mark.MOVED_HERE})


def _designation(old: str, new: str, mark: Mark) -> Runs:
    """What has moved shows its number whole: the one it had where it stood, the one it has where it stands."""
    if mark not in _MOVED:
        return words(old, new)
    shown = old if mark is Mark.MOVED_AWAY else new
    return (Run(shown, mark),) if shown else ()


def _seen(runs: Runs, mark: Mark) -> Runs:
    """Of two places that are shown apart, each shows its own words only. A lone mark goes with the changed words beside it."""
    if mark not in _MOVED:
        return runs
    other = Mark.ADDED if mark is Mark.MOVED_AWAY else Mark.REMOVED
    seen: list[Run] = []
    for run in runs:
        if run.mark is other:
            continue
        fate = mark if run.mark is Mark.SAME else run.mark
        if seen and (fate is seen[-1].mark or not any(letter.isalnum() for letter in run.text)):
            seen[-1] = Run(seen[-1].text + run.text, seen[-1].mark)
        else:
            seen.append(Run(run.text, fate))
    return tuple(seen)


def reworded(old: Provision, new: Provision) -> Runs:
    """Return what became of each word of the provision's own text; a table row is compared cell by cell."""
    if old.kind is not Kind.RAD and new.kind is not Kind.RAD:
        return words(old.text, new.text)
    ours, theirs = old.text.split("|"), new.text.split("|")
    if len(ours) != len(theirs):
        return replaced(old.text, new.text)
    runs = [run for was, now in zip(ours, theirs, strict=True) for run in (Run("|"), *words(was, now))]
    return tuple(runs[1:])
