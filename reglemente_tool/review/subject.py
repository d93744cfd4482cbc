"""A register made ready for the review: its charters as they stand on a day, how they came to be so, and who may be asked."""

from __future__ import annotations

from datetime import date
from functools import cache

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.consolidate import Entry, Version, entries
from reglemente_tool.model.address import Address
from reglemente_tool.model.catalogue import Catalogue
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, walk_addressed
from reglemente_tool.model.history import Decision, History, Municipality
from reglemente_tool.ownership import Answer, Search
from reglemente_tool.ownership.lines import names_over_time, standing
from reglemente_tool.review.finding import Words, own_words


class Subject:
    """What is reviewed: the texts that hold on `day`, by all that is known. What is costly is computed once."""

    def __init__(self, history: History, municipality: Municipality, catalogue: Catalogue, day: date) -> None:
        """Take the register's history and municipality, the catalogue, and the day. Raises CannotApply for a history that does not fit."""
        self.history, self.municipality, self.catalogue, self.day = history, municipality, catalogue, day
        self.search = Search(history, municipality, catalogue)
        self.made = self.search.versions(None)
        found = (standing(versions, day) for versions in self.made.values())
        self.charters: tuple[Charter, ...] = tuple(c for c in found if c is not None)
        self.places = cache(self._places)
        self.words = cache(self._words)
        self.who = cache(self._who)
        self.names = cache(self._names)

    def charter(self, id: CharterId) -> Charter | None:
        """Return the charter as it stands on the day, or None."""
        return next((c for c in self.charters if c.id == id), None)

    def versions(self, id: CharterId) -> tuple[Version, ...]:
        """Return the wordings of a charter until the day, in order of date."""
        return tuple(v for v in self.made.get(id, ()) if v.start <= self.day)

    def entries(self, id: CharterId) -> tuple[Entry, ...]:
        """Return what has been done to a charter until the day and still stands, in legal order."""
        return tuple(e for e in entries(self.history, id) if e.start <= self.day)

    def name_of(self, id: str) -> str:
        """Return "KF 2017-06-21 § 105" for the id of a decision."""
        return self.search.event_name(id)

    def decisions(self, id: CharterId) -> tuple[Decision, ...]:
        """Return the decisions that make up the charter's wording on the day, in legal order."""
        versions = self.versions(id)
        found = (self.history.event(d) for d in (versions[-1].decisions if versions else ()))
        return tuple(e for e in found if isinstance(e, Decision))

    def removed_by(self, charter: CharterId, wid: Wid) -> str:
        """Return the name of the decision with which the provision `wid` went out of the charter; "" when it never stood there."""
        stood = False
        for version in self.versions(charter):
            here = any(p.wid == wid for _, p in self.places(version.charter))
            if stood and not here:
                return self.name_of(version.fresh[-1]) if version.fresh else ""
            stood = here
        return ""

    def written(self, words: Words) -> Version:
        """Return the wording of the charter in which the words came to read as they do; at the earliest its latest adoption."""
        versions = self.versions(words.charter.id)
        adopted = {e.start for e in self.entries(words.charter.id) if any(isinstance(a, Adopt) for a in e.change.amendments)}
        found = versions[-1]
        for version in reversed(versions):
            if not any(p.wid == words.provision.wid and getattr(p, words.field) == words.text for _, p in self.places(version.charter)):
                break
            found = version
            if version.start in adopted:
                break
        return found

    def _places(self, charter: Charter) -> tuple[tuple[Address, Provision], ...]:
        return tuple(walk_addressed(charter))

    def _words(self, charter: Charter) -> tuple[Words, ...]:
        return own_words(charter, self.places(charter))

    def _who(self, question: str) -> Answer:
        return self.search.who(question, in_force=self.day)

    def _names(self, charter: Charter) -> tuple[tuple[date, str], ...]:
        """What the charter's committee has been called until the day, in small letters."""
        return tuple(
            (day, name.lower()) for day, name in names_over_time(self.history, self.municipality, charter.committee) if day <= self.day
        )
