"""Asking a whole register: who answers for what, on a day, and how it came there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from reglemente_tool.consolidate import apply_together, charters, empty, pending
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.catalogue import Catalogue
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId
from reglemente_tool.model.history import Condition, History, Municipality
from reglemente_tool.ownership.answers import Answer, Holding, Tenure, Waiting
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.duties import Duty, Role, duties
from reglemente_tool.ownership.judging import Page, Reading, judge, outside_name
from reglemente_tool.ownership.language import tokens
from reglemente_tool.ownership.lines import ONE_DAY, Versions, all_versions, names_over_time, standing, tenures_in
from reglemente_tool.ownership.profile import Profile, Profiler
from reglemente_tool.ownership.question import Question, read_question
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tagger

GENERATIONS = 12
"""So many committees back a task is followed where no decision says that it is the same."""


NOWHERE = Municipality(name="", code="")
EMPTY = Catalogue()


class Search:
    """One register made ready for questions. What is costly is computed once for each day's wording and kept."""

    def __init__(self, history: History, municipality: Municipality = NOWHERE, catalogue: Catalogue = EMPTY) -> None:
        """Take the register's history, its municipality (for the committees' names) and the catalogue."""
        self.history, self.municipality = history, municipality
        self.tagger, self.book = Tagger(catalogue), StatuteBook(catalogue)
        self._catalogue_names = {n.lower(): c.name for c in catalogue.committees for n in (c.name, *c.short)}
        self._versions: dict[date | None, Versions] = {}
        self._names: dict[str, CommitteeId] | None = None
        self._duties: dict[int, tuple[Charter, tuple[Duty, ...], tuple[Duty, ...]]] = {}
        self._pages: dict[tuple[int, ...], tuple[tuple[Page, ...], Lexicon]] = {}

    def who(self, question: str, *, in_force: date, known: date | None = None) -> Answer:
        """Return who answers for `question` on `in_force`, as known on `known` (None: all that is recorded). Raises CannotApply."""
        made = self.versions(known)
        answer = self._judged(question, made, in_force)[1]
        owners = tuple(self._traced(h, question, made, in_force) for h in answer.owners)
        also = tuple(self._plainly_traced(h, made, in_force) for h in answer.also)
        exceptions = tuple(self._plainly_traced(h, made, in_force) for h in answer.exceptions)
        rest = self._plainly_traced(answer.rest, made, in_force) if answer.rest else None
        later = self._later(owners, question, made, in_force)
        waiting = self._waiting(question, made, in_force, known, answer)
        return replace(answer, owners=owners, also=also, exceptions=exceptions, rest=rest, later=later, waiting=waiting)

    def task(self, id: str, *, in_force: date, known: date | None = None) -> Answer:
        """Return who answers for the catalogue's task `id`, as `who` would for its name, without lines in time. Raises CannotApply."""
        task = self.tagger.tasks[id]
        made = self.versions(known)
        asked, answer = self._judged(task.name, made, in_force)
        if any(said == id for said, _ in asked.tasks):
            return answer
        # The name alone says too little ("ledning och samordning"), but here it is known which task is meant.
        return judge(Question(task.name, tasks=((id, frozenset()),)), self.pages(in_force=in_force, known=known), self.reading, in_force)

    def standing(self, *, in_force: date, known: date | None = None) -> tuple[Charter, ...]:
        """Return the charters that hold on a day."""
        found = (standing(wordings, in_force) for wordings in self.versions(known).values())
        return tuple(c for c in found if c is not None)

    def pages(self, *, in_force: date, known: date | None = None) -> tuple[Page, ...]:
        """Return the charters that hold on a day, each with the profiles of what it says."""
        return self._made(self.standing(in_force=in_force, known=known))[0]

    @property
    def reading(self) -> Reading:
        """What judging needs beside a question."""
        return Reading(self.tagger, self.book, lambda to: outside_name(to, self.names))

    def versions(self, known: date | None) -> Versions:
        """Return every wording of every charter, as known on `known`."""
        if known not in self._versions:
            self._versions[known] = all_versions(self.history, known)
        return self._versions[known]

    @property
    def names(self) -> dict[str, CommitteeId]:
        """The committees by every name and abbreviation that they have or have had, in small letters."""
        if self._names is None:
            found: dict[str, CommitteeId] = {}
            for committee in self.municipality.committees:
                for _, name in names_over_time(self.history, self.municipality, committee.id):
                    found.setdefault(name.lower(), committee.id)
                for short in committee.abbreviations:
                    found.setdefault(short.lower(), committee.id)
            for short, name in self._catalogue_names.items():
                if name.lower() in found:
                    found.setdefault(short, found[name.lower()])
            self._names = found
        return self._names

    def profiles(self, known: date | None) -> dict[int, tuple[Profile, ...]]:
        """Return the profiles of every wording of every charter, by the charter object's id. Working forms have none."""
        texts = tuple(version.charter for wordings in self.versions(known).values() for version in wordings)
        return {id(page.charter): page.profiles for page in self._made(texts)[0]}

    def words(self, known: date | None) -> frozenset[str]:
        """Return every word that is known when the register's wordings are searched."""
        return self._made(tuple(version.charter for wordings in self.versions(known).values() for version in wordings))[1].words

    def event_name(self, id: str) -> str:
        """Return "KF 2017-06-21 § 105" for an event's id."""
        return next((event.name for event in self.history.events if event.id == id), id)

    # --- one day ------------------------------------------------------------------------------------------------------

    def _judged(
        self, question: str, made: Versions, day: date, instead: Mapping[CharterId, Charter] | None = None
    ) -> tuple[Question, Answer]:
        texts = {c.id: c for wordings in made.values() if (c := standing(wordings, day)) is not None} | dict(instead or {})
        pages, lexicon = self._made(tuple(c for c in texts.values() if not c.repealed))
        asked = read_question(question, tagger=self.tagger, book=self.book, lexicon=lexicon, names=self.names)
        return asked, judge(asked, pages, self.reading, day)

    def _made(self, texts: tuple[Charter, ...]) -> tuple[tuple[Page, ...], Lexicon]:
        key = tuple(id(c) for c in texts)
        if key not in self._pages:
            listed = [(c, *self._duties_of(c)) for c in texts]
            words = {t.word for _, said, _ in listed for duty in said for t in tokens(duty.text)}
            lexicon = Lexicon(words | self.tagger.words)
            profiler = Profiler(self.tagger, self.book, lexicon)
            pages = tuple(Page(c, tuple(profiler.profile(d) for d in said), forms) for c, said, forms in listed)
            self._pages[key] = (pages, lexicon)
        return self._pages[key]

    def _duties_of(self, charter: Charter) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
        """What the charter says of tasks, and what it says of how the committee works."""
        if id(charter) not in self._duties:
            found = duties(charter, self.names)
            said = tuple(d for d in found if d.role is not Role.ARBETSFORM)
            # The charter is kept too, so that no other object gets its id.
            self._duties[id(charter)] = (charter, said, tuple(d for d in found if d.role is Role.ARBETSFORM))
        return self._duties[id(charter)][1:]

    # --- in time ------------------------------------------------------------------------------------------------------

    def _traced(self, holding: Holding, question: str, made: Versions, day: date) -> Holding:
        """Give the holding its line: by identity as far as decisions say, and before that by the same question."""
        line = list(_past(tenures_in(made, holding.wid), day))
        seen = {holding.wid}
        for _ in range(GENERATIONS):
            if not line or line[0].start <= _beginning(made):
                break
            before = self._judged(question, made, line[0].start - ONE_DAY)[1].owners
            if len(before) != 1 or before[0].wid in seen:
                break
            earlier = [replace(t, inferred=True) for t in _past(tenures_in(made, before[0].wid), line[0].start - ONE_DAY)]
            # Who still has it did not have it before: it answers beside the other.
            if not earlier or earlier[-1].until is None or earlier[-1].until >= line[0].start:
                break
            seen.add(before[0].wid)
            line = [*earlier, *line]
        return replace(holding, tenures=tuple(line))

    def _plainly_traced(self, holding: Holding, made: Versions, day: date) -> Holding:
        return replace(holding, tenures=tuple(_past(tenures_in(made, holding.wid), day)))

    def _later(self, owners: tuple[Holding, ...], question: str, made: Versions, day: date) -> tuple[Tenure, ...]:
        found: list[Tenure] = []
        for holding in owners:
            line = tenures_in(made, holding.wid)
            coming = [t for t in line if t.start > day]
            ends = next((t.until for t in line if t.start <= day and t.until and t.until >= day), None)
            if ends is not None and not coming:
                after = self._judged(question, made, ends + ONE_DAY)[1].owners
                coming = [
                    replace(t, inferred=True)
                    for h in after
                    for t in tenures_in(made, h.wid)
                    if t.start > day and (t.until is None or t.until > ends)
                ]
            found += [t for t in coming if t not in found]
        return tuple(found)

    def _waiting(self, question: str, made: Versions, day: date, known: date | None, now: Answer) -> tuple[Waiting, ...]:
        """What would be answered if a decision that waits for its condition held today, in all the charters that it changes."""
        changed: dict[DecisionId, tuple[Condition, dict[CharterId, Charter]]] = {}
        for id in charters(self.history):
            for decision, change in pending(self.history, id, in_force=day, known=known):
                condition, text = change.in_force_from, standing(made.get(id, ()), day)
                if not isinstance(condition, Condition):
                    continue
                held = changed.setdefault(decision.id, (condition, {}))[1]
                with suppress(CannotApply):
                    held[id] = apply_together(held.get(id) or text or empty(id), change, decision.id)
        found: list[Waiting] = []
        for decision_id, (condition, texts) in changed.items():
            after = tuple(dict.fromkeys(h.committee for h in self._judged(question, made, day, texts)[1].owners))
            if set(after) != {h.committee for h in now.owners}:
                found.append(Waiting(decision_id, condition, after))
        return tuple(found)


def _past(line: tuple[Tenure, ...], day: date) -> tuple[Tenure, ...]:
    return tuple(t for t in line if t.start <= day)


def _beginning(made: Versions) -> date:
    return min((v.start for wordings in made.values() for v in wordings), default=date.min)


def who(
    history: History,
    question: str,
    *,
    in_force: date,
    known: date | None = None,
    municipality: Municipality = NOWHERE,
    catalogue: Catalogue = EMPTY,
) -> Answer:
    """Return which committees answer for `question` on `in_force`. For more than one question make a `Search`."""
    return Search(history, municipality, catalogue).who(question, in_force=in_force, known=known)
