"""A holding's line in time: by identity as far as decisions say, beyond that by the same question, back and ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from reglemente_tool.model.charter import Wid
from reglemente_tool.model.citation import cite
from reglemente_tool.ownership.answers import Answer, Certainty, Holding, Tenure
from reglemente_tool.ownership.finding import Ground
from reglemente_tool.ownership.lines import ONE_DAY, cut

GENERATIONS = 12
"""So many committees back a task is followed where no decision says that it is the same."""

Line = Callable[[Wid], tuple[Tenure, ...]]
"""Where a provision has stood and will stand, in order of date."""


def past(line: Sequence[Tenure], day: date) -> tuple[Tenure, ...]:
    """Return the tenures that had begun on `day`."""
    return tuple(t for t in line if t.start <= day)


def followed(holding: Holding, on: Callable[[date], Answer], line: Line, day: date, beginning: date) -> Holding:
    """Return the holding with its tenures until `day`, and what is decided for it later. `on` answers the same question on another
    day, and nothing is sought before `beginning`, the first day of the register.
    """
    return replace(holding, tenures=_traced(holding, on, line, day, beginning), later=_later(holding, on, line, day))


def with_doubt(holding: Holding, on: Callable[[date], Answer], turns: Sequence[date], day: date) -> Holding:
    """Return a holding on the ground of "övriga uppgifter" with the doubt that a charter has named the task before `day` and names
    it no more: then it may have been given up. `turns` are the days from which some wording holds.
    """
    if holding.ground is not Ground.OVRIGT:
        return holding
    for turn in sorted((t for t in turns if t <= day), reverse=True):
        last = turn - ONE_DAY
        for before in (h for h in on(last).owners if h.ground is Ground.NAMNS):
            where = f"{before.title[:1].lower()}{before.title[1:]}, {cite(before.address)}"
            doubt = f"Till och med {last.isoformat()} stod den i {where}. Den kan ha tagits bort för att kommunen inte längre har den."
            return replace(holding, certainty=Certainty.OSAKER, reason=f"{holding.reason} {doubt}")
    return holding


def by_identity(holding: Holding, line: Line, day: date) -> Holding:
    """Return the holding with its tenures until `day` and those that are decided, as far as decisions say that it is the same."""
    own = line(holding.wid)
    return replace(holding, tenures=past(own, day), later=tuple(t for t in own if t.start > day))


def _traced(holding: Holding, on: Callable[[date], Answer], line: Line, day: date, beginning: date) -> tuple[Tenure, ...]:
    found = past(line(holding.wid), day)
    seen = {holding.wid}
    for _ in range(GENERATIONS):
        if not found or found[0].start <= beginning:
            break
        start = found[0].start
        before = on(start - ONE_DAY).owners
        if len(before) != 1 or before[0].wid in seen:
            break
        earlier = past(line(before[0].wid), start - ONE_DAY)
        if not earlier:
            break
        last = earlier[-1]
        if last.until is None or last.until >= start:
            # Who still has it did not have it before: it answers beside the other. Who was given other words that day, and
            # with them no longer answers, had it until then.
            if all(w.start != start for w in last.wordings) or any(h.wid == before[0].wid for h in on(start).owners):
                break
            last = cut(last, start - ONE_DAY)
        seen.add(before[0].wid)
        found = (*(replace(t, inferred=True) for t in (*earlier[:-1], last)), *found)
    return found


def _later(holding: Holding, on: Callable[[date], Answer], line: Line, day: date) -> tuple[Tenure, ...]:
    """Where the provision will stand; when its time ends, or new words will take the task from it: who answers then instead."""
    own = line(holding.wid)
    coming = tuple(t for t in own if t.start > day)
    now = next((t for t in own if t.start <= day and (t.until is None or t.until >= day)), None)
    if coming or now is None:
        return coming
    turns = [w.start for w in now.wordings if w.start > day] + ([now.until + ONE_DAY] if now.until is not None else [])
    others = {h.wid for h in on(day).owners}
    for turn in turns:
        after = on(turn).owners
        if any(h.wid == holding.wid for h in after):
            continue
        found = (t for h in after if h.wid not in others for t in line(h.wid) if t.start > day and (t.until is None or t.until >= turn))
        return tuple(replace(t, inferred=True) for t in dict.fromkeys(found))
    return ()
