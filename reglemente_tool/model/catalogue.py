"""The catalogue: municipal tasks, what people call them, and the statutes they rest on. A value; who reads it is no concern here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class StatuteRef:
    """A statute by its SFS number ("2010:900") and, when only a part is meant, the chapter and the section ("9", "2")."""

    number: str
    chapter: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A municipal task. `words` are names and synonyms, as words or phrases; `usual` the kinds of committee that often have
    it; `everyday` what people say who ask for it, which is never looked for in charters; `part_of` the id of the wider task that
    it belongs to; `source` says what the entry rests on; `area` is the heading that
    it stands under on the map (see `Catalogue.area`).
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    statutes: tuple[StatuteRef, ...] = ()
    usual: tuple[str, ...] = ()
    part_of: str = ""
    source: str = ""
    demanded: str = ""
    elsewhere: tuple[str, ...] = ()
    own_body: bool = False
    shared: bool = False
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A statute: SFS number, the name it goes by in definite form, short forms, names that it had before (`formerly`, until
    `renamed`), the numbers that it `replaces`, and from when. No chapter of it has a number above `chapters` (0: it is not
    divided in chapters; None: not told).
    """

    number: str
    name: str
    short: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    renamed: date | None = None
    replaces: tuple[str, ...] = ()
    since: date | None = None
    chapters: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """A statute that holds no longer: SFS number and the name that it went by. `note` says what a reader must know of what
    came instead. `plain` is True when number and name can be exchanged for those of the heir and the sentence still is right.
    `places` pairs a § of it with the § of the heir that says the same ("3 kap. 9 §", "5 kap. 1 §"), where that is known.
    """

    number: str
    name: str
    note: str = ""
    plain: bool = False
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that the law has left: the `word`, what it is called `now`, `since` when (None: not on one day), `source`.

    `forms` pairs each form of the word with the form to write instead; "" where that hangs on the sentence.
    """

    word: str
    now: str
    forms: tuple[tuple[str, str], ...] = ()
    since: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CommitteeName:
    """What committees are commonly called, and the abbreviations of it."""

    name: str
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What people ask the kommun for but somebody else has: `whose` it is, and the words for it."""

    whose: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that the search knows beside the charters' own text. An empty one is a fair catalogue: then only their own words count."""

    tasks: tuple[Task, ...] = ()
    statutes: tuple[Statute, ...] = ()
    committees: tuple[CommitteeName, ...] = ()
    retired: tuple[Retired, ...] = ()
    terms: tuple[Term, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    def task(self, id: str) -> Task | None:
        """Return the task with this id, or None."""
        return next((t for t in self.tasks if t.id == id), None)

    def area(self, id: str) -> str:
        """Return the area of municipal work that the task lies in: its own, or that of the wider task; "" when none is told."""
        task = self.task(id)
        while task is not None and not task.area and task.part_of:
            task = self.task(task.part_of)
        return task.area if task is not None else ""

    def statute(self, number: str) -> Statute | None:
        """Return the statute with this number, or None."""
        return next((s for s in self.statutes if s.number == number), None)

    def replaced_by(self, number: str) -> tuple[Statute, ...]:
        """Return the statutes that have taken the place of `number`: none, one, or several when it was split."""
        return tuple(s for s in self.statutes if number in s.replaces)

    def with_more(self, more: Catalogue) -> Catalogue:
        """Return this catalogue with `more` laid over it: a known id or number gains words, and what `more` says of it wins."""
        return Catalogue(
            tuple(_merged(self.tasks, more.tasks, lambda t: t.id, _task_over)),
            tuple(_merged(self.statutes, more.statutes, lambda s: s.number, _statute_over)),
            tuple(_merged(self.committees, more.committees, lambda c: c.name, _committee_over)),
            tuple(_merged(self.retired, more.retired, lambda r: r.number, lambda old, new: new)),
            tuple(_merged(self.terms, more.terms, lambda t: t.word, lambda old, new: new)),
            tuple(_merged(self.elsewhere, more.elsewhere, lambda e: e.whose, _elsewhere_over)),
        )


Entry = TypeVar("Entry")


def _merged(
    old: Iterable[Entry], new: Iterable[Entry], key: Callable[[Entry], str], over: Callable[[Entry, Entry], Entry]
) -> Iterable[Entry]:
    found = {key(entry): entry for entry in old}
    for entry in new:
        known = found.get(key(entry))
        found[key(entry)] = entry if known is None else over(known, entry)
    return found.values()


def _task_over(old: Task, new: Task) -> Task:
    return replace(
        old,
        name=new.name or old.name,
        words=tuple(dict.fromkeys((*old.words, *new.words))),
        everyday=tuple(dict.fromkeys((*old.everyday, *new.everyday))),
        statutes=new.statutes or old.statutes,
        usual=new.usual or old.usual,
        part_of=new.part_of or old.part_of,
        source=new.source or old.source,
        demanded=new.demanded or old.demanded,
        elsewhere=new.elsewhere or old.elsewhere,
        own_body=new.own_body or old.own_body,
        shared=new.shared or old.shared,
        area=new.area or old.area,
    )


def _statute_over(old: Statute, new: Statute) -> Statute:
    return replace(
        old,
        name=new.name or old.name,
        short=tuple(dict.fromkeys((*old.short, *new.short))),
        formerly=tuple(dict.fromkeys((*old.formerly, *new.formerly))),
        renamed=new.renamed or old.renamed,
        replaces=tuple(dict.fromkeys((*old.replaces, *new.replaces))),
        since=new.since or old.since,
        chapters=old.chapters if new.chapters is None else new.chapters,
    )


def _committee_over(old: CommitteeName, new: CommitteeName) -> CommitteeName:
    return replace(old, short=tuple(dict.fromkeys((*old.short, *new.short))))


def _elsewhere_over(old: Elsewhere, new: Elsewhere) -> Elsewhere:
    return replace(old, words=tuple(dict.fromkeys((*old.words, *new.words))))
