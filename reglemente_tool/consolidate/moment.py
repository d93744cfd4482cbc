"""One decision is one moment: all its amendments to a charter, made at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from reglemente_tool.consolidate.additions import Aimed, Maker, Spot, each, insert, refuse_shifted_homes
from reglemente_tool.consolidate.sentences import aimed_anew, in_words, last_first
from reglemente_tool.errors import CannotApply, Collision
from reglemente_tool.model.address import Kind, Part, Reads
from reglemente_tool.model.amendment import Amendment, Phase, check_guard
from reglemente_tool.model.charter import (
    Charter,
    CharterId,
    CommitteeId,
    DecisionId,
    Provision,
    Wid,
    address_of,
    edit,
    restarts,
    unlike,
    walk,
    walk_addressed,
    with_children,
    with_wid,
    wordless,
)
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import check_heading, locate
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import stamp, wids
from reglemente_tool.model.listmarks import repair
from reglemente_tool.model.placing import settle


@lru_cache(maxsize=1024)
def empty(charter: CharterId) -> Charter:
    """Return the charter before anything was decided."""
    return Charter(id=charter, title="", committee=CommitteeId(""))


def apply_together(before: Charter, change: Change, by: DecisionId, *, part: int = 0) -> Charter:
    """Return `before` with all amendments of `change` made at once, as decided by `by`.

    `part` counts the decision's earlier changes to the same charter: what two of them put at one address is not the same.

    Targets are found, and guards checked, in the text before the change; the phases are run (whole charter, repeals,
    renumberings, new wordings, insertions); "den nya 4 §" is found after the renumberings; what was touched is set in
    order and its list marks repaired. The order in which amendments are listed never matters. Raises CannotApply: a
    target that is missing, ambiguous or worded otherwise, a number taken, or two amendments that collide.
    """
    spots = {i: _spot(before, a) for i, a in enumerate(change.amendments) if a.reads is Reads.NUVARANDE}
    charter, name = before, DecisionId(f"{by}+{part}") if part else by
    maker = Maker(name, wids(before.body) if len(change.amendments) > 1 else frozenset())
    amendments = aimed_anew(before, change.amendments, spots, by)
    for phase in sorted({a.phase for a in amendments}):
        batch = [i for i, a in enumerate(amendments) if a.phase is phase]
        if phase >= Phase.REWRITE:
            spots.update({i: _spot(charter, amendments[i]) for i in batch if i not in spots})
        if any(i not in spots for i in batch):
            raise CannotApply("Bara ny lydelse och ändrade ord kan gälla ”den nya” paragrafen.", hint="Ange det nuvarande numret.")
        if phase is Phase.INSERT and charter is not before:
            refuse_shifted_homes(before, charter, [amendments[i] for i in batch])
        aimed = [(amendments[i], spots[i]) for i in batch]
        written = _rewritten(charter, change, spots) if phase is Phase.INSERT else ()
        charter = _run(charter, aimed, phase, maker, written)
        if phase is Phase.RENUMBER:
            charter = settle(charter, frozenset(spot for _, spot in aimed if spot is not None), restarts(before))
    edited = _Edited.of(before, charter)
    _refuse_twins(edited)
    edited = _repair_lists(edited, change, spots)
    _refuse_empty(edited)
    _check_boundary(edited, change, spots, by)
    return stamp(edited.after, edited.made, by, name)


@dataclass(frozen=True, slots=True)
class _Edited:
    """Two texts and what is not the same in them: what has `gone` from the one, what has been `made` in the other, and `pairs` of
    what has been made anew with what it was.
    """

    before: Charter
    after: Charter
    gone: list[Provision]
    made: list[Provision]
    pairs: list[tuple[Provision, Provision]]

    @classmethod
    def of(cls, before: Charter, after: Charter) -> _Edited:
        gone, made = unlike(before.body, after.body)
        old = {p.wid: p for p in gone if p.wid}
        return cls(before, after, gone, made, [(old[p.wid], p) for p in made if p.wid in old])

    @property
    def rows(self) -> Iterator[tuple[Provision, ...]]:
        """Those beside each other, in both texts, wherever one of them is not the same."""
        yield from (self.before.body, *(p.children for p in self.gone))
        yield from (self.after.body, *(p.children for p in self.made))


def _spot(charter: Charter, amendment: Amendment) -> Spot:
    """Find the target once, check its guard, and keep its identity. What has a confirmed identity is found by that."""
    if not amendment.locates or not amendment.target.steps:
        return None
    known = with_wid(charter, amendment.wid) if amendment.wid else None
    if amendment.wid and known is None:
        raise CannotApply(
            f"{amendment.describe()}: bestämmelsen finns inte längre i {charter.title}.",
            hint="En senare tillkommen ändring har tagit bort den. Läs beslutet på nytt mot den text som nu gäller.",
        )
    found = known or locate(charter, amendment.target)
    check_heading(charter, amendment.target, found)
    check_guard(amendment, charter, found)
    return found.wid


def _run(charter: Charter, batch: list[Aimed], phase: Phase, maker: Maker, written: tuple[Provision, ...]) -> Charter:
    """`written`: what the decision has given a whole new wording."""
    if phase is Phase.INSERT:
        return insert(charter, batch, maker, written)
    if phase is Phase.REPEAL:
        batch = _in_place(batch)
    elif phase is Phase.REWRITE:
        batch = sorted(batch, key=lambda aimed: aimed[0].reads is Reads.NY)  # the new identities do not hang on the order either
    _refuse_order_dependence(charter, batch, maker)
    return each(charter, batch, maker)


def _in_place(batch: list[Aimed]) -> list[Aimed]:
    """Repeals in the order that leaves everything where the text before says: "5 § och rubriken närmast före 5 §" go both,
    and a heading that goes by itself goes last, so that no other takes its place. Of meningar the last goes first.
    """
    whole = {spot for amendment, spot in batch if amendment.target.part is Part.HELA}

    def place(aimed: Aimed) -> tuple[int, int]:
        amendment, spot = aimed
        return (1 if amendment.target.part is Part.HELA else 0 if spot in whole else 2, last_first(amendment))

    return sorted(batch, key=place)


def _refuse_order_dependence(charter: Charter, batch: list[Aimed], maker: Maker) -> None:
    """What a decision says at once must not hang on the order in which it is made; making two that meet both ways shows."""
    if len(batch) < 2:
        return
    inside = {spot: wids((found,)) for _, spot in batch if spot is not None and (found := with_wid(charter, spot)) is not None}
    for one, other in combinations(batch, 2):
        if not _meet(inside, one[1], other[1]) or _with_its_heading(one, other) or _two_sentences(one, other):
            continue
        for alone in (one, other):
            each(charter, [alone], maker)
        try:
            same = each(charter, [one, other], maker) == each(charter, [other, one], maker)
        except CannotApply:
            same = False
        if not same:
            raise Collision(
                f"Ändringarna går inte att göra samtidigt: {one[0].describe()}; {other[0].describe()}.",
                hint="Skriv en ny lydelse av hela bestämmelsen i stället.",
            )


def _with_its_heading(one: Aimed, other: Aimed) -> bool:
    """True when a § goes, and the heading nearest before it: no contradiction, and the heading is then not handed on."""
    said = [a for a, _ in (one, other) if a.phase is Phase.REPEAL and a.target.last is not None and not a.target.last.kind.virtual]
    return one[1] == other[1] and {a.target.part for a in said} == {Part.HELA, Part.RUBRIK}


def _two_sentences(one: Aimed, other: Aimed) -> bool:
    """True when two meningar of one provision go: that they are two, `aimed_anew` has seen."""
    return one[1] == other[1] and all(a.phase is Phase.REPEAL and in_words(a) for a, _ in (one, other))


def _meet(inside: Mapping[Wid, frozenset[Wid]], one: Spot, other: Spot) -> bool:
    """True when one target is the other or lies `inside` it; the whole charter meets everything."""
    if one is None or other is None or one not in inside or other not in inside:
        return True
    return one in inside[other] or other in inside[one]


def _repair_lists(edited: _Edited, change: Change, spots: dict[int, Spot]) -> _Edited:
    """Mend the marks of the lists that gained or lost items, except where the council wrote the whole list itself."""
    other = [(was, holder) for was, holder in edited.pairs if was.children is not holder.children]
    mixed = [(was, holder) for was, holder in other if [p.wid for p in was.items] != [p.wid for p in holder.items]]
    if not mixed:
        return edited
    after, written = edited.after, _written(edited, change, spots)
    for was, holder in mixed:
        if holder.wid not in written:
            after = edit(after, holder.wid, _with_items(repair(was.items, holder.items)))
    return _Edited.of(edited.before, after)


def _refuse_empty(edited: _Edited) -> None:
    """A § or stycke of which nothing is left is not a shorter one: then the decision should say that it goes."""
    for provision in edited.made:
        if wordless(provision) and (was := with_wid(edited.before, provision.wid)) is not None and not wordless(was):
            place = cite(address_of(edited.after, provision.wid)).removesuffix(".")
            hint = "Låt bestämmelsen som helhet upphöra att gälla, eller ange dess nya lydelse."
            raise CannotApply(f"Inget blir kvar av {place}.", hint=hint)


def _refuse_twins(edited: _Edited) -> None:
    """A new wording and an addition that both make "2 § första stycket" new, or what moves here while it also stays, would have one
    identity: which is meant cannot be told.
    """
    made = {p.wid for p in edited.made}
    fresh = made.difference(p.wid for p in edited.gone)
    if len(made) == len(edited.made) and (not fresh or fresh.isdisjoint([p.wid for p in walk(edited.before.body)])):
        return  # each has taken the place of what had its identity before, or has one that was not there
    after, seen = edited.after, set[Wid]()
    for provision in walk(after.body):
        if provision.wid and provision.wid in seen:
            places = [cite(address) for address, p in walk_addressed(after) if p.wid == provision.wid]
            if with_wid(edited.before, provision.wid) is not None:
                raise Collision(
                    f"Samma bestämmelse skulle stå på två ställen: {' och '.join(places)}.", hint="Det som flyttas måste utgå där det stod."
                )
            raise Collision(
                f"Beslutet ger en ny lydelse och för också in något nytt på samma plats, {places[0]}.",
                hint="Låt det nya ingå i den nya lydelsen.",
            )
        seen.add(provision.wid)


def _with_items(items: tuple[Provision, ...]) -> Callable[[Provision], Provision]:
    mended = {p.wid: p for p in items}
    return lambda holder: with_children(holder, tuple([mended.get(p.wid, p) for p in holder.children]))


def _written(edited: _Edited, change: Change, spots: dict[int, Spot]) -> frozenset[Wid]:
    """The identities inside whatever got a whole new wording, the charter itself among it."""
    whole = any(a.phase is Phase.ADOPT for a in change.amendments)
    return wids(edited.after.body if whole else _rewritten(edited.after, change, spots))


def _rewritten(charter: Charter, change: Change, spots: dict[int, Spot]) -> tuple[Provision, ...]:
    """The provisions that got a whole new wording."""
    rewritten = {spots[i] for i, a in enumerate(change.amendments) if a.tag == "ny-lydelse" and _writes_lists(a)}
    return tuple(p for p in walk(charter.body) if p.wid in rewritten) if rewritten else ()


def _writes_lists(amendment: Amendment) -> bool:
    """A new heading or sentence says nothing of the list that stands below it."""
    last = amendment.target.last
    return amendment.target.part is Part.HELA and last is not None and not last.kind.virtual


def _check_boundary(edited: _Edited, change: Change, spots: dict[int, Spot], by: DecisionId) -> None:
    """Nothing outside the declared targets may have changed. That would be a fault in this program, so it is not a CannotApply."""
    if any(not a.target.steps for a in change.amendments):
        return
    reworded = {now.wid for was, now in edited.pairs if _words_of(was) != _words_of(now)}
    if reworded <= set(spots.values()):
        return
    for wid in reworded - _reach(edited, change, spots):
        raise RuntimeError(f"{by} changed {wid} in {change.charter}, outside its declared targets")


def _reach(edited: _Edited, change: Change, spots: dict[int, Spot]) -> set[Wid]:
    """What an amendment may touch: its target with all inside, the items beside a list item, the § after a repealed one."""
    aimed = {spot for spot in spots.values() if spot is not None}
    reach: set[Wid] = set()
    for siblings in edited.rows:
        for index, p in enumerate(siblings):
            if p.wid in aimed:
                reach |= wids((p,))
                reach |= {q.wid for q in siblings if q.kind.item} if p.kind.item else set()
                reach |= {q.wid for q in siblings[index + 1 : index + 2]}
    for amendment in change.amendments:
        if not amendment.locates:
            reach |= _beside_insertion(edited, amendment)
    return reach


def _beside_insertion(edited: _Edited, amendment: Amendment) -> set[Wid]:
    try:
        spot = locate(edited.after, amendment.target)
    except CannotApply:
        spot = locate(edited.after, amendment.target.parent)
        return set(wids((spot,)))
    for siblings in edited.rows:
        if any(p is spot for p in siblings):
            return {spot.wid, *(p.wid for p in siblings if p.kind.item)}
    return {spot.wid}


def _words_of(p: Provision) -> tuple[Kind | str, ...]:
    return (p.kind, p.number, p.heading, p.text, p.closing)
