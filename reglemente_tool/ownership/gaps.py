"""The tasks that the law demands of every kommun, and that nobody has: neither a committee nor anyone that a charter points to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reglemente_tool.model.catalogue import Task
from reglemente_tool.model.charter import Charter, flat, walk_addressed
from reglemente_tool.ownership.answers import Answer, Holding
from reglemente_tool.ownership.duties import Role, duties
from reglemente_tool.ownership.finding import Ground
from reglemente_tool.ownership.lines import names_over_time
from reglemente_tool.ownership.search import Search

_OUTSIDE = ("kommunalförbund", "bolag", "gemensam nämnd", "gemensamma nämnd", "annan kommun", "regionen", "landstinget", "förbundet")


class Gaps:
    """What is lacking in a register on a day. `who` answers a question as of that day (with a cache, if the caller has one)."""

    def __init__(self, search: Search, day: date, who: Callable[[str], Answer], known: date | None = None) -> None:
        """Take the register ready for questions, the day, what answers on it, and what is known."""
        self.search, self.day, self.who, self.known = search, day, who, known
        self.charters = search.standing(in_force=day, known=known)

    def lacking(self) -> tuple[Task, ...]:
        """Return the tasks, the widest of each kin; none for a register without charters."""
        if not self.charters:
            return ()
        found = {t.id: t for t in self.search.tagger.catalogue.tasks if t.demanded and self._lacks(t, self.who(t.name))}
        return tuple(t for t in found.values() if not any(above in found for above in self.search.tagger.above(t.id)))

    def leftover(self, holding: Holding) -> bool:
        """True when the provision gives the board what nobody else has, and not only the lead."""
        charter = self._charter(holding)
        found = duties(charter, self.search.names) if charter is not None else ()
        return any(d.role is Role.RESTEN and d.wid == holding.wid for d in found)

    def _charter(self, holding: Holding) -> Charter | None:
        return next((c for c in self.charters if c.id == holding.charter), None)

    def _lacks(self, task: Task, answer: Answer) -> bool:
        if answer.owners or any(h.ground is Ground.NAMNS for h in answer.also) or self._laid_on_somebody(task):
            return False
        if answer.rest is not None and not task.own_body and self.leftover(answer.rest):
            return False
        return not any(self._outside(h) for h in answer.exceptions)

    def _laid_on_somebody(self, task: Task) -> bool:
        """True when a committee is named after the task, or a provision lays the task or a statute that it rests on upon a committee."""
        named = {
            name.lower()
            for charter in self.charters
            for day, name in names_over_time(self.search.history, self.search.municipality, charter.committee, self.known)
            if day <= self.day
        }
        if any(name.startswith(kind) for name in named for kind in task.usual if task.own_body):
            return True
        kin = {task.id, *(t for t in self.search.tagger.tasks if task.id in self.search.tagger.above(t))}
        profiles = self.search.profiles(self.known)
        for charter in self.charters:
            for profile in profiles[id(charter)]:
                if profile.duty.role is not Role.UPPGIFT:
                    continue
                if any(t in kin for t, _ in profile.tasks):
                    return True
                for ref in task.statutes:
                    for told in profile.statutes:
                        same = self.search.book.same(ref.number, told.number)
                        chapter = told.chapter == ref.chapter if told.chapter and ref.chapter else not task.own_body or profile.whole_law
                        if same and chapter:
                            return True
        return False

    def _outside(self, holding: Holding) -> bool:
        """True when the provision, or the § that it stands in, says that somebody outside the committees has the task."""
        if holding.to:
            return True
        charter = self._charter(holding)
        if charter is None:
            return False
        whole = next((flat(p) for a, p in walk_addressed(charter) if a.covers(holding.address)), holding.text).lower()
        return any(word in whole for word in _OUTSIDE)
