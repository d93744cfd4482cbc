"""Meningar that one decision speaks of are those of the text before it, also where some of them go.

A mening is no node of the tree and has no identity: it is told by its place. When the first one goes, the decision's "andra meningen"
is what then stands first, so its amendment is aimed anew before it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reglemente_tool.errors import Collision
from reglemente_tool.model.address import LAST, Address, Kind, Reads, Step
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import Charter, DecisionId, Wid, with_wid
from reglemente_tool.model.wording import sentences


def in_words(amendment: Amendment) -> bool:
    """True when the target is a mening or led: words in a provision, and no provision of its own."""
    return bool(amendment.target.steps) and amendment.target.steps[-1].kind.virtual


def aimed_anew(
    before: Charter, amendments: tuple[Amendment, ...], spots: Mapping[int, Wid | None], by: DecisionId
) -> tuple[Amendment, ...]:
    """Return `amendments` with those about meningar of a provision that loses some of them aimed at what they mean, at their turn.

    `spots`: the identity of each one's provision in the text `before`, by its place among the amendments. Repeals are given with
    ordinals from the start, to be made last mening first. Raises Collision where a mening both goes and is named otherwise, or where
    led go beside other words; and, as it stands in the text before, whatever the amendment itself refuses.
    """
    shrinking = {spots[i] for i, a in enumerate(amendments) if i in spots and in_words(a) and a.phase is Phase.REPEAL}
    if not shrinking:
        return amendments
    aimed = list(amendments)
    for holder in shrinking - {None}:
        mine = [i for i, a in enumerate(amendments) if spots.get(i) == holder and in_words(a) and a.reads is Reads.NUVARANDE]
        if len(mine) > 1:
            for i, amendment in _in_one(before, [(i, amendments[i]) for i in mine], holder, by):
                aimed[i] = amendment
    return tuple(aimed)


def _in_one(before: Charter, said: list[tuple[int, Amendment]], spot: Wid | None, by: DecisionId) -> list[tuple[int, Amendment]]:
    provision = with_wid(before, spot) if spot else None
    assert provision is not None
    for _, amendment in said:
        last, above = amendment.target.steps[-1], amendment.target.parent.last
        if last.kind is not Kind.MENING or (above is not None and above.kind.virtual):
            raise Collision(
                f"Ändringarna går inte att göra samtidigt: {said[0][1].describe()}; {said[1][1].describe()}.",
                hint="Skriv en ny lydelse av hela stycket i stället.",
            )
        amendment.apply(before, spot, by)  # what it refuses, it refuses in the words of the decision
    size = len(sentences(provision.text))
    index = {i: _index(amendment.target.steps[-1], size) for i, amendment in said}
    gone = sorted(index[i] for i, amendment in said if amendment.phase is Phase.REPEAL)
    for one, amendment in said:
        if amendment.phase is not Phase.REPEAL or gone.count(index[one]) > 1:
            other = next((a for i, a in said if i != one and index[i] == index[one] and a.phase is Phase.REPEAL), None)
            if other is not None:
                raise Collision(
                    f"Beslutet tar bort det som det också ändrar: {other.describe()}; {amendment.describe()}.",
                    hint="Låt meningen nämnas en gång i beslutet.",
                )
    return [(i, _aimed(amendment, index[i], gone)) for i, amendment in said]


def _index(step: Step, size: int) -> int:
    return int(step.number) - 1 if step.from_end is None else size - 1 - step.from_end


def _aimed(amendment: Amendment, index: int, gone: list[int]) -> Amendment:
    step = amendment.target.steps[-1]
    if amendment.phase is Phase.REPEAL:
        number = str(index + 1)
    elif step.from_end is not None:
        back = step.from_end - sum(g > index for g in gone)
        number = f"{LAST}-{back}" if back else LAST
    else:
        number = str(index + 1 - sum(g < index for g in gone))
    steps = (*amendment.target.steps[:-1], Step(step.kind, number))
    return replace(amendment, target=Address(steps, amendment.target.part))


def last_first(amendment: Amendment) -> int:
    """A key that makes repeals of meningar from the last to the first, so that none moves another's place."""
    step = amendment.target.last
    return -int(step.number) if step is not None and in_words(amendment) and step.number.isdigit() else 0
