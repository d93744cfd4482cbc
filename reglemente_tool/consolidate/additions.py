"""Additions of one decision: in the order of their addresses, and each in the end at its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reglemente_tool.errors import CannotApply, Collision
from reglemente_tool.model.address import Address, Kind, Part, Reads, number_key
from reglemente_tool.model.amendment import Amendment, capital
from reglemente_tool.model.charter import CONTAINERS, Charter, DecisionId, Provision, Wid, address_of, by_wid, siblings_of, unlike, with_wid
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import locate
from reglemente_tool.model.identity import apart

Spot = Wid | None
Aimed = tuple[Amendment, Spot]
"""An amendment and the identity of what it is about, found once in the text before; None for the whole charter, and for additions."""


@dataclass(frozen=True, slots=True)
class Maker:
    """By what new identities are made: the decision, and the identities in the text before it (none when it has one amendment only, for
    then nothing can have the same name).
    """

    by: DecisionId
    before: frozenset[Wid]


def each(charter: Charter, batch: Sequence[Aimed], maker: Maker) -> Charter:
    """Return the charter with one after the other made. Raises CannotApply, and Collision where the target has gone."""
    for amendment, spot in batch:
        if spot is not None and with_wid(charter, spot) is None:
            raise Collision(
                f"Beslutet tar bort det som det också ändrar: {amendment.describe()}.", hint="Låt bestämmelsen nämnas en gång i beslutet."
            )
        after = amendment.apply(charter, spot, maker.by)
        charter = apart(charter, after, maker.before, maker.by) if maker.before else after
    return charter


def refuse_shifted_homes(before: Charter, charter: Charter, additions: list[Amendment]) -> None:
    """ "I 5 § införs …", or "närmast före 5 §", in a decision by which another § becomes 5 § does not say which of the two it means."""
    for amendment in additions:
        headed = amendment.target.part is Part.RUBRIK
        kinds = [step.kind for step in (amendment.target.steps if headed else amendment.target.steps[:-1])]
        if amendment.reads is not Reads.NUVARANDE or Kind.PARAGRAF not in kinds:
            continue
        home = Address(amendment.target.steps[: kinds.index(Kind.PARAGRAF) + 1])
        was, becomes = _standing(before, home), _standing(charter, home)
        if headed and was is not None and with_wid(charter, was) is None:
            continue  # that § is no more, so it is not what the heading comes before
        if was is not None and becomes != was:
            raise Collision(
                f"{capital(amendment.describe())}: {cite(home)} upphör eller får ett annat nummer i samma beslut.",
                hint=f"Skriv ”närmast före den nya {cite(home)}” om det är den som så ska betecknas."
                if headed
                else f"Ange hela lydelsen i stället: ”den nya {cite(home)} ska ha följande lydelse”, om det är den som så ska betecknas.",
            )


def _standing(charter: Charter, address: Address) -> Wid | None:
    try:
        return locate(charter, address).wid
    except CannotApply:
        return None


def insert(charter: Charter, batch: list[Aimed], maker: Maker, written: tuple[Provision, ...]) -> Charter:
    """Every addition must in the end have the address that the decision gives it; two names for one place would push one on.
    Several that go last stand in the order of the decision, each with a number of its own ("sist", "sist+1"). `written`: what the
    decision has given a whole new wording. Raises CannotApply, and Collision for two that meet.
    """
    ordered = sorted(batch, key=lambda aimed: _insertion_key(aimed[0]))
    _refuse_equal_places(ordered)
    added: list[tuple[Amendment, Provision]] = []
    for aimed in ordered:
        before, charter = charter, each(charter, [aimed], maker)
        if len(ordered) > 1:
            gone, made = unlike(before.body, charter.body)
            known = {p.wid for p in gone}
            added += [(aimed[0], new) for new in made if new.wid not in known][:1]
    _refuse_additions_to((*written, *(p for _, p in added if p.kind not in CONTAINERS)), charter)
    back = {p.wid: amendment.target.steps[-1].from_end for amendment, p in added}
    for amendment, new in added:
        if (last := back[new.wid]) is None:
            well = _standing(charter, amendment.target) == new.wid
        else:
            run = [p.wid for p in siblings_of(charter, new.wid) if p.kind is new.kind]
            behind = [back.get(wid) for wid in run[run.index(new.wid) + 1 :]]
            well = all(other is not None and other < last for other in behind)
        if not well:
            raise Collision(
                f"{capital(cite(amendment.target))} blir det inte, för ett annat tillägg i beslutet ska stå där: {amendment.describe()}.",
                hint="Ange i vilken ordning tilläggen ska stå.",
            )
    return charter


def _insertion_key(amendment: Amendment) -> tuple[object, ...]:
    steps = amendment.target.steps
    keys = []
    for step in steps:
        back = step.from_end
        keys.append((step.kind.value, (1, ((0, -back),)) if back is not None else (0, number_key(step.number))))
    return (len(steps), keys, amendment.target.part.value)


def _refuse_equal_places(ordered: list[Aimed]) -> None:
    for (one, _), (other, _) in pairwise(ordered):
        if one.target == other.target:
            raise Collision(
                f"Två tillägg ska stå på samma plats: {one.describe()}; {other.describe()}.", hint="Ange i vilken ordning de ska stå."
            )


def _refuse_additions_to(written: tuple[Provision, ...], charter: Charter) -> None:
    """ "2 § ska ha följande lydelse …" and "i 2 § införs ett nytt stycke" in one decision do not tell whether the one counts the
    other in. A heading before the § is no part of its wording.
    """
    known = by_wid(charter) if written else {}
    for was in written:
        now = known.get(was.wid, was)
        if replace(now, heading=was.heading) != was:
            raise Collision(
                f"Beslutet ger {cite(address_of(charter, was.wid))} en ny lydelse och för också in något nytt där.",
                hint="Låt det nya ingå i den nya lydelsen.",
            )
