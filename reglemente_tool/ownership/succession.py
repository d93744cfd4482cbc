"""Committees that are no more, and which have taken over their tasks: told by the identities that decisions have carried on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reglemente_tool.consolidate import Version
from reglemente_tool.model.charter import CommitteeId, DecisionId, Wid, walk
from reglemente_tool.ownership.lines import ONE_DAY, Versions, standing


@dataclass(frozen=True, slots=True)
class Gone:
    """A committee without a charter from the day `on`, by the decision `by`. `heirs` had tasks of it carried on to them that day,
    in the order of the register; none when the decision says of no provision that it goes on elsewhere.
    """

    committee: CommitteeId
    on: date
    by: DecisionId
    heirs: tuple[CommitteeId, ...]


def gone(made: Versions, day: date) -> dict[CommitteeId, Gone]:
    """Return the committees that have had a charter and have none on `day`. `made` is every wording of every charter."""
    left = {c.committee for wordings in made.values() if (c := standing(wordings, day)) is not None}
    found: dict[CommitteeId, Gone] = {}
    for wordings in made.values():
        last = _last(wordings, day)
        if last is None or last[0].charter.committee in left:
            continue
        before, end = last
        one = Gone(before.charter.committee, end.start, (end.fresh or end.decisions)[-1], _heirs(made, before, end.start))
        if one.committee not in found or found[one.committee].on < one.on:
            found[one.committee] = one
    return found


def forebears(committee: CommitteeId, known: dict[CommitteeId, Gone]) -> frozenset[CommitteeId]:
    """Return the committees in `known` whose tasks, or some of them, have come to `committee`, also by way of others."""
    found: set[CommitteeId] = set()
    while more := {id for id, one in known.items() if id not in found and ({committee} | found) & set(one.heirs)}:
        found |= more
    return frozenset(found - {committee})


def _last(wordings: tuple[Version, ...], day: date) -> tuple[Version, Version] | None:
    """The last wording in force, and the version that ended it by `day`; None while one holds."""
    past = [v for v in wordings if v.start <= day]
    held = [n for n, v in enumerate(past) if not v.charter.repealed and v.charter.title]
    return (past[held[-1]], past[held[-1] + 1]) if held and held[-1] + 1 < len(past) else None


def _heirs(made: Versions, before: Version, on: date) -> tuple[CommitteeId, ...]:
    own: set[Wid] = {p.wid for p in walk(before.charter.body)}
    heirs = []
    for id, wordings in made.items():
        now, earlier = standing(wordings, on), standing(wordings, on - ONE_DAY)
        if now is None or id == before.charter.id:
            continue
        had = {p.wid for p in walk(earlier.body)} if earlier is not None else set()
        if own & ({p.wid for p in walk(now.body)} - had):
            heirs.append(now.committee)
    return tuple(dict.fromkeys(heirs))
