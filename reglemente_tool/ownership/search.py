"""Asking a whole register: who answers for what, on a day, and how it came there."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from reglemente_tool.consolidate import apply_together, charters, empty, pending
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.catalogue import Catalogue
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Wid, walk
from reglemente_tool.model.history import Condition, History, Municipality
from reglemente_tool.ownership.answers import Answer, Holding, Tenure, Waiting
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.duties import Role, duties
from reglemente_tool.ownership.following import by_identity, followed, with_doubt
from reglemente_tool.ownership.judging import Page, Reading, judge, outside_name
from reglemente_tool.ownership.language import words_of
from reglemente_tool.ownership.lines import Versions, all_versions, lineage, names_over_time, standing
from reglemente_tool.ownership.profile import Profile, Profiler
from reglemente_tool.ownership.question import Question, read_question
from reglemente_tool.ownership.several import alike, apart, together
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.tagging import Tagger

NOWHERE = Municipality(name="", code="")
EMPTY = Catalogue()


class Search:
    """One register made ready for questions. What is costly is computed once, for each charter's wording, and kept."""

    def __init__(self, history: History, municipality: Municipality = NOWHERE, catalogue: Catalogue = EMPTY) -> None:
        """Take the register's history, its municipality (for the committees' names) and the catalogue."""
        self.history, self.municipality = history, municipality
        self.tagger, self.book = Tagger(catalogue), StatuteBook(catalogue)
        self._catalogue_names = {n.lower(): c.name for c in catalogue.committees for n in (c.name, *c.short)}
        self._versions: dict[date | None, Versions] = {}
        self._lines: dict[date | None, dict[Wid, tuple[Tenure, ...]]] = {}
        self._lexicons: dict[date | None, Lexicon] = {}
        self._names: dict[str, CommitteeId] | None = None
        self._pages: dict[int, Page] = {}

    def who(self, question: str, *, in_force: date, known: date | None = None) -> Answer:
        """Return who answers for `question` on `in_force`, as known on `known` (None: all that is recorded). Raises CannotApply."""
        asked = _Asked(self, self.read(question, known=known), known)
        parts = apart(asked.question, lambda text: self.read(text, known=known), self.tagger)
        answers = [(label, self._who(_Asked(self, part, known), in_force)) for label, part in parts]
        return self._who(asked, in_force) if alike([answer for _, answer in answers]) or not answers else together(question, answers)

    def _who(self, asked: _Asked, in_force: date) -> Answer:
        answer = asked.on(in_force)
        return replace(
            answer,
            owners=tuple(asked.followed(h, in_force) for h in answer.owners),
            also=tuple(asked.plainly(h, in_force) for h in answer.also),
            exceptions=tuple(asked.plainly(h, in_force) for h in answer.exceptions),
            rest=asked.plainly(answer.rest, in_force) if answer.rest else None,
            waiting=self._waiting(asked, in_force),
        )

    def read(self, question: str, *, known: date | None = None) -> Question:
        """Return what `question` asks for. It is read alike for every day."""
        return read_question(question, tagger=self.tagger, book=self.book, lexicon=self.lexicon(known), names=self.names)

    def task(self, id: str, *, in_force: date, known: date | None = None) -> Answer:
        """Return who answers for the catalogue's task `id`, as `who` would for its name, without lines in time. Raises CannotApply."""
        asked = self.read(self.tagger.tasks[id].name, known=known)
        if all(said != id for said, _ in asked.tasks):
            # The name alone says too little ("ledning och samordning"), but here it is known which task is meant.
            asked = Question(asked.text, tasks=((id, frozenset()),))
        return judge(asked, self.pages(in_force=in_force, known=known), self.reading, in_force)

    def standing(self, *, in_force: date, known: date | None = None) -> tuple[Charter, ...]:
        """Return the charters that hold on a day."""
        found = (standing(wordings, in_force) for wordings in self.versions(known).values())
        return tuple(c for c in found if c is not None)

    def pages(self, *, in_force: date, known: date | None = None) -> tuple[Page, ...]:
        """Return the charters that hold on a day, each with the profiles of what it says."""
        return tuple(self._page(c, known) for c in self.standing(in_force=in_force, known=known))

    @property
    def reading(self) -> Reading:
        """What judging needs beside a question."""
        return Reading(self.tagger, self.book, lambda to: outside_name(to, self.names))

    def versions(self, known: date | None) -> Versions:
        """Return every wording of every charter, as known on `known`."""
        if known not in self._versions:
            self._versions[known] = all_versions(self.history, known)
        return self._versions[known]

    def lines(self, known: date | None) -> dict[Wid, tuple[Tenure, ...]]:
        """Return where every provision has stood, as known on `known`."""
        if known not in self._lines:
            self._lines[known] = lineage(self.versions(known))
        return self._lines[known]

    def lexicon(self, known: date | None) -> Lexicon:
        """Return the words that are known: the catalogue's and those of every wording, so that a question reads alike for every day."""
        if known not in self._lexicons:
            texts = {p.text for wordings in self.versions(known).values() for v in wordings for p in walk(v.charter.body)}
            self._lexicons[known] = Lexicon(words_of(texts) | self.tagger.words)
        return self._lexicons[known]

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
        texts = (version.charter for wordings in self.versions(known).values() for version in wordings)
        return {id(charter): self._page(charter, known).profiles for charter in texts}

    def event_name(self, id: str) -> str:
        """Return "KF 2017-06-21 § 105" for an event's id."""
        return next((event.name for event in self.history.events if event.id == id), id)

    def _page(self, charter: Charter, known: date | None) -> Page:
        # The page holds the charter, so that no other object gets its id.
        if id(charter) not in self._pages:
            self._pages[id(charter)] = self.page_of(charter, known)
        return self._pages[id(charter)]

    def page_of(self, charter: Charter, known: date | None) -> Page:
        """Return a charter with the profiles of what it says, made anew."""
        profiler = Profiler(self.tagger, self.book, self.lexicon(known))
        said = duties(charter, self.names)
        forms = tuple(d for d in said if d.role is Role.ARBETSFORM)
        return Page(charter, tuple(profiler.profile(d) for d in said if d.role is not Role.ARBETSFORM), forms)

    def _waiting(self, asked: _Asked, day: date) -> tuple[Waiting, ...]:
        """What would be answered if a decision that waits for its condition held today, in all the charters that it changes."""
        changed: dict[DecisionId, tuple[Condition, dict[CharterId, Charter]]] = {}
        for id in charters(self.history):
            for decision, change in pending(self.history, id, in_force=day, known=asked.known):
                condition, text = change.in_force_from, standing(self.versions(asked.known).get(id, ()), day)
                if not isinstance(condition, Condition):
                    continue
                held = changed.setdefault(decision.id, (condition, {}))[1]
                with suppress(CannotApply):
                    held[id] = apply_together(held.get(id) or text or empty(id), change, decision.id)
        found: list[Waiting] = []
        for decision_id, (condition, texts) in changed.items():
            pages = {page.charter.id: page for page in self.pages(in_force=day, known=asked.known)}
            pages |= {id: self.page_of(text, asked.known) for id, text in texts.items()}
            kept = [page for page in pages.values() if not page.charter.repealed]
            after = tuple(dict.fromkeys(h.committee for h in judge(asked.question, kept, self.reading, day).owners))
            if set(after) != {h.committee for h in asked.on(day).owners}:
                found.append(Waiting(decision_id, condition, after))
        return tuple(found)


class _Asked:
    """One question, as known on one day: judged day by day, and followed in time."""

    def __init__(self, search: Search, question: Question, known: date | None) -> None:
        self.search, self.question, self.known = search, question, known
        self.lines = search.lines(known)
        self._answers: dict[date, Answer] = {}

    def on(self, day: date) -> Answer:
        if day not in self._answers:
            pages = self.search.pages(in_force=day, known=self.known)
            self._answers[day] = judge(self.question, pages, self.search.reading, day)
        return self._answers[day]

    def followed(self, holding: Holding, day: date) -> Holding:
        turns = {v.start for wordings in self.search.versions(self.known).values() for v in wordings}
        sure = with_doubt(holding, self.on, tuple(turns), day)
        return followed(sure, self.on, self.line, day, min(turns, default=date.min))

    def plainly(self, holding: Holding, day: date) -> Holding:
        return by_identity(holding, self.line, day)

    def line(self, wid: Wid) -> tuple[Tenure, ...]:
        return self.lines.get(wid, ())


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
