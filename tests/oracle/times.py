"""What holds on a day, as known on a day: every event is gone through anew for every question."""

from __future__ import annotations

from dataclasses import dataclass, field

from oracle.text import Deed, Refused, Text, decided


@dataclass(frozen=True)
class Part:
    """What a decision does to one charter from a day (None: on a condition) to a day (that day included; None: for good)."""

    charter: str
    start: int | None
    until: int | None
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class Act:
    """An event. `kind`: decision, correction, commencement (of `about`, on `on`), annulment (of `about`)."""

    kind: str
    id: str
    decided: int
    section: int = 0
    parts: tuple[Part, ...] = ()
    about: str = ""
    on: int = 0
    revokes: tuple[tuple[str, int, str], ...] = ()
    """(decision, from, charter or "" for all)."""


Order = tuple[int, int, int, int, str]


@dataclass
class Oracle:
    """The answers for one history; `memory` only spares going through the same row of changes twice."""

    acts: list[Act] = field(default_factory=list)
    memory: dict[tuple[object, ...], Text | set[str]] = field(default_factory=dict)

    def standing(self, known: int) -> list[Act]:
        """The events known on a day that no court has set aside. A court's word may itself be set aside, by a later one."""
        events = [a for a in self.acts if a.decided <= known]
        struck: set[str] = set()
        for act in sorted((a for a in events if a.kind == "annulment"), key=lambda a: -a.decided):
            if act.id not in struck:
                struck.add(act.about)
        return [a for a in events if a.id not in struck]

    def rows(self, charter: str, known: int) -> list[tuple[Order, Part, str, int | None]]:
        """(order, what changes, by which decision, the first day on which it is repealed) in legal order; of two that are equal in all
        that the law counts, the one whose name comes first, and decisions before corrections.
        """
        events = self.standing(known)
        found = []
        for act in events:
            for position, part in enumerate(act.parts):
                start = part.start
                if start is None:
                    met = [c for c in events if c.kind == "commencement" and c.about == act.id]
                    if not met:
                        continue
                    start = max(met, key=lambda c: (c.decided, c.on)).on
                if part.charter == charter:
                    ends = [day for a in events for about, day, where in a.revokes if about == act.id and where in ("", charter)]
                    if not ends or min(ends) > start:
                        order = (start, act.decided, act.section, position, f"{act.kind == 'correction':d} {act.id}")
                        found.append((order, part, act.id, min(ends, default=None)))
        return sorted(found, key=lambda row: row[0])

    def days(self, charter: str, known: int) -> list[int]:
        """The days on which the text may change."""
        rows = self.rows(charter, known)
        found = {o[0] for o, _, _, _ in rows} | {p.until + 1 for _, p, _, _ in rows if p.until is not None}
        return sorted(found | {e for _, _, _, e in rows if e is not None})

    def text(self, charter: str, day: int, known: int) -> Text:
        """The text on a day. Raises Refused."""
        rows = self.rows(charter, known)
        if any(e is not None and any(d.do in ("adopt", "dissolve", "rename") for d in p.deeds) for _, p, _, e in rows):
            raise Refused("TILLAMPNING")
        here = [r for r in rows if r[0][0] <= day and (r[1].until is None or day <= r[1].until) and (r[3] is None or day < r[3])]
        return self._made(tuple([r[1:3] for r in here if r[1].until is None] + [r[1:3] for r in here if r[1].until is not None]))

    def _made(self, row: tuple[tuple[Part, str], ...]) -> Text:
        if not row:
            return Text()
        key = tuple(d.key for part, _ in row for d in part.deeds)
        if key not in self.memory:
            part, by = row[-1]
            try:
                self.memory[key] = decided(self._made(row[:-1]), part.deeds, by)
            except Refused as refused:
                self.memory[key] = refused.reasons
        found = self.memory[key]
        if isinstance(found, set):
            raise Refused(*found)
        return found

    def all_texts(self, charter: str, known: int) -> list[tuple[int, Text]]:
        """Every text that the charter has, with the day it begins. Raises Refused when there is a day without an answer."""
        return [(day, self.text(charter, day, known)) for day in self.days(charter, known)]


