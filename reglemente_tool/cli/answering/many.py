"""vem over many registers: one small database outside them, brought up to date when a register has changed, asked at once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from reglemente_tool import __version__
from reglemente_tool.cli.catalogue import OWN, catalogue_for, packaged
from reglemente_tool.cli.output import answer, heading, misfit, say, working
from reglemente_tool.errors import ReglementeError
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Wid
from reglemente_tool.model.citation import cite
from reglemente_tool.ownership import Answer, Ground, Holding, Search, names_over_time
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.finding import Fit, fit
from reglemente_tool.ownership.index import asked_terms, judged, packed, placed, rest_terms, rows, standing_at, terms, unpacked
from reglemente_tool.ownership.judging import Page
from reglemente_tool.ownership.language import roots
from reglemente_tool.ownership.profile import Profile
from reglemente_tool.ownership.question import Question, read_question
from reglemente_tool.ownership.several import alike, apart, together
from reglemente_tool.storage.library import Register

FORM = "4"
"""The version of the tables; an index of another form is made anew."""

_TABLES = """
create table fact(key text primary key, value text);
create table register(id integer primary key, folder text unique, name text, print text, names text, called text);
create table charter(id integer primary key, register integer, charter text, committee text, title text);
create table profile(id integer primary key, data text);
create table term(term text, profile integer, primary key(term, profile)) without rowid;
create table duty(profile integer, charter integer, place integer, address text, wid text, start text, until text, since text,
                  decision text, primary key(profile, charter, place)) without rowid;
create table word(word text primary key, roots text) without rowid;
create index charter_register on charter(register);
create index duty_charter on duty(charter);
"""
"""What is said alike in many places has one profile, which is found by its terms; a duty is a place where it stands."""


@dataclass(frozen=True, slots=True)
class Town:
    """What one register answers; `since` and `decision` are those of the provision at an owner's place, by its identity."""

    name: str
    folder: str
    answer: Answer
    since: dict[Wid, tuple[str, str]]
    called: dict[str, list[list[str]]]

    def committee(self, holding: Holding, day: date) -> str:
        """Return what the holding's committee was called on `day`."""
        names = [name for start, name in self.called.get(holding.committee, []) if start <= day.isoformat()]
        return names[-1] if names else str(holding.committee)


class Index:
    """The database. A register's rows are made anew when any of its files, or the catalogue, is not what it was."""

    def __init__(self, place: Path) -> None:
        """Open the index in the file `place`, or make it. Raises ReglementeError when the file is something else."""
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(place)
            form = self._db.execute("select value from fact where key = 'form'").fetchone() if self._has_tables() else None
            if form is None or form[0] != FORM:
                self._begin()
        except sqlite3.DatabaseError as error:
            raise misfit(f"{place} är inget index och skrivs inte över.", "Ange en annan fil med --index.") from error
        self._search = _catalogue_search()
        self._lexicon: Lexicon | None = None
        self._keys: dict[Path, str] = {}
        self._towns: dict[int, _Known] | None = None
        self._charters: dict[int, tuple[int, Charter]] = {}
        self._profiles: dict[int, Profile] = {}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _has_tables(self) -> bool:
        return self._db.execute("select 1 from sqlite_master where name = 'fact'").fetchone() is not None

    def _begin(self) -> None:
        for (name,) in self._db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'").fetchall():
            if name not in ("fact", "register", "charter", "profile", "duty", "term", "word"):
                raise sqlite3.DatabaseError(name)
            self._db.execute(f"drop table {name}")
        self._db.executescript(_TABLES)
        self._db.execute("insert into fact values ('form', ?)", (FORM,))
        self._db.commit()

    def update(self, folders: Sequence[Path]) -> int:
        """Bring the registers in `folders` up to date; return how many had changed. Other registers' rows stay."""
        changed = 0
        for folder in folders:
            key, mark = self._key(folder), _fingerprint(folder)
            known = self._db.execute("select id, print from register where folder = ?", (key,)).fetchone()
            if known is not None and known[1] == mark:
                continue
            changed += 1
            before = self._forget(known[0]) if known is not None else []
            self._read(folder, key, mark)
            self._drop_unused(before)
            self._db.commit()
            self._lexicon = self._towns = None
            self._charters, self._profiles = {}, {}
        return changed

    def _forget(self, register: int) -> list[int]:
        """Take away what one register says; return the profiles that it used."""
        mine = "select id from charter where register = ?"
        used = [row[0] for row in self._db.execute(f"select distinct profile from duty where charter in ({mine})", (register,))]
        self._db.execute(f"delete from duty where charter in ({mine})", (register,))
        self._db.execute("delete from charter where register = ?", (register,))
        self._db.execute("delete from register where id = ?", (register,))
        return used

    def _drop_unused(self, profiles: Sequence[int]) -> None:
        for id in profiles:
            if self._db.execute("select 1 from duty where profile = ? limit 1", (id,)).fetchone() is None:
                self._db.execute("delete from term where profile = ?", (id,))
                self._db.execute("delete from profile where id = ?", (id,))

    def _read(self, folder: Path, key: str, mark: str) -> None:
        try:
            register = Register.open(folder)
            search = Search(register.history, register.municipality, catalogue_for(register.folder))
        except ReglementeError as error:
            raise type(error)(f"Registret {folder}: {error}", hint=error.hint) from error
        called = {
            c.id: [[start.isoformat(), name] for start, name in names_over_time(register.history, register.municipality, c.id)]
            for c in register.municipality.committees
        }
        made = self._db.execute(
            "insert into register(folder, name, print, names, called) values (?, ?, ?, ?, ?)",
            (key, register.municipality.name, mark, json.dumps(search.names), json.dumps(called)),
        )
        titles: dict[tuple[str, str, str], int | None] = {}
        for number, row in enumerate(rows(search)):
            title = (str(row.charter), str(row.committee), row.title)
            if title not in titles:
                put = self._db.execute("insert into charter values (null, ?, ?, ?, ?)", (made.lastrowid, *title))
                titles[title] = put.lastrowid
            duty, days = row.profile.duty, (row.start.isoformat(), row.until.isoformat(), row.since.isoformat())
            place = (self._kept(row.profile, search), titles[title], number, duty.address.code, duty.wid)
            self._db.execute("insert into duty values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*place, *days, row.by))
        known = [(word, " ".join(sorted(roots(word)))) for word in search.lexicon(None).words]
        self._db.executemany("insert or ignore into word values (?, ?)", known)

    def _kept(self, profile: Profile, search: Search) -> int:
        """Keep a profile with its terms, unless it is there; return its number, which its content gives."""
        data = json.dumps(packed(profile), ensure_ascii=False, separators=(",", ":"))
        id = int.from_bytes(sha256(data.encode()).digest()[:8], "big", signed=True)
        if self._db.execute("insert or ignore into profile values (?, ?)", (id, data)).rowcount:
            self._db.executemany("insert into term values (?, ?)", [(t, id) for t in terms(profile, search.tagger, search.book)])
        return id

    def _key(self, folder: Path) -> str:
        if folder not in self._keys:
            self._keys[folder] = str(folder.resolve())
        return self._keys[folder]

    def _known_towns(self) -> dict[int, _Known]:
        if self._towns is None:
            listed = self._db.execute("select id, name, folder, names, called from register").fetchall()
            self._towns = {id: (name, folder, json.loads(names), json.loads(called)) for id, name, folder, names, called in listed}
            titles = self._db.execute("select id, register, charter, committee, title from charter")
            self._charters = {id: (town, Charter(CharterId(name), title, CommitteeId(by))) for id, town, name, by, title in titles}
        return self._towns

    def ask(self, question: str, day: date, folders: Sequence[Path]) -> tuple[Question, list[Town]]:
        """Return how the question was read, and what each of the registers in `folders` answers on `day`, in order of name."""
        if self._lexicon is None:
            listed = self._db.execute("select word, roots from word").fetchall()
            self._lexicon = Lexicon((w for w, _ in listed), {r for _, found in listed for r in found.split()})
        wanted = {self._key(folder) for folder in folders}
        towns = {id: town for id, town in self._known_towns().items() if town[1] in wanted}
        committees = {name: id for town in towns.values() for name, id in town[2].items()}
        lexicon, search = self._lexicon, self._search

        def read(text: str) -> Question:
            return read_question(text, tagger=search.tagger, book=search.book, lexicon=lexicon, names=committees)

        asked = read(question)
        parts = [(label, self._answers(part, day, towns)) for label, part in apart(asked, read, search.tagger)]
        answers = self._answers(asked, day, towns)
        if parts:
            apart_in = {id for id in answers if not alike([found[id].answer for _, found in parts])}
            answers |= {id: _joined(question, parts, id) for id in apart_in}
        return asked, sorted(answers.values(), key=lambda t: (t.name, t.folder))

    def _answers(self, asked: Question, day: date, towns: Mapping[int, _Known]) -> dict[int, Town]:
        """What each of the registers in `towns` answers to one question."""
        search = self._search
        nobody = judged(asked, (), {}, search.reading, day)
        answers = {id: Town(name, folder, nobody, {}, called) for id, (name, folder, _, called) in towns.items()}
        unanswered = set(towns)
        # What names the task goes before all else, so the rest is fetched only for those where nothing does.
        for wanted_terms in asked_terms(asked, search.tagger, search.book):
            for id, (fitted, since) in self._fitted(asked, wanted_terms, day, unanswered).items():
                name, folder, names, called = towns[id]
                answers[id] = Town(name, folder, judged(asked, list(fitted.values()), names, search.reading, day), since, called)
            unanswered = {id for id in unanswered if not _named(answers[id].answer)}
            if not unanswered:
                break
        silent = {id for id in unanswered if not (answers[id].answer.owners or answers[id].answer.also or answers[id].answer.exceptions)}
        rest = rest_terms(asked, search.tagger, search.book)
        for id, (pages, since) in (self._pages_of(rest, day, silent) if rest and silent else {}).items():
            name, folder, names, called = towns[id]
            answers[id] = Town(name, folder, judged(asked, (), names, search.reading, day, pages), since, called)
        left = {id for id in silent if answers[id].answer.owners}
        for id in self._once_named(asked_terms(asked, search.tagger, search.book)[0], day, left):
            answers[id] = _asked_alone(answers[id], asked.text, day)
        return answers

    def _fitted(self, asked: Question, wanted: frozenset[str], day: date, towns: Collection[int]) -> dict[int, _Fitted]:
        """What fits the question of the duties that hold on `day` and are found by one of the terms `wanted`: by register and charter."""
        held = {id: fit(asked, self._profiles[id], self._search.tagger, self._search.book) for id in self._fetched(wanted)}
        found: dict[int, _Fitted] = {}
        for charter, profile, address, wid, told in self._places(wanted, day):
            fits = held[profile]
            town, text = self._charters[charter]
            if fits is None or town not in towns:
                continue
            by_charter, times = found.setdefault(town, ({}, {}))
            by_charter.setdefault(charter, (text, []))[1].append(placed(fits, address, wid))
            times[wid] = told
        return found

    def _pages_of(self, wanted: frozenset[str], day: date, towns: Collection[int]) -> dict[int, tuple[list[Page], _Since]]:
        """The charters that hold on `day`, with the duties only that are found by one of the terms `wanted`: by register."""
        self._fetched(wanted)
        found: dict[int, tuple[dict[int, tuple[Charter, list[Profile]]], _Since]] = {}
        for charter, profile, address, wid, told in self._places(wanted, day):
            town, text = self._charters[charter]
            if town in towns:
                by_charter, times = found.setdefault(town, ({}, {}))
                by_charter.setdefault(charter, (text, []))[1].append(standing_at(self._profiles[profile], address, wid))
                times[wid] = told
        return {
            town: ([Page(text, tuple(profiles)) for text, profiles in by_charter.values()], times)
            for town, (by_charter, times) in found.items()
        }

    def _once_named(self, wanted: frozenset[str], day: date, towns: Collection[int]) -> set[int]:
        """The registers in which something found by one of the terms `wanted` stood before `day` and stands no more."""
        if not towns:
            return set()
        query = f"select distinct charter from duty where profile in ({_found_by(wanted)}) and until <= ?"
        return {self._charters[charter][0] for (charter,) in self._db.execute(query, (*sorted(wanted), day.isoformat()))} & set(towns)

    def _fetched(self, wanted: frozenset[str]) -> tuple[int, ...]:
        """The profiles that are found by one of the terms `wanted`; they are read once."""
        listed = self._db.execute(f"select id, data from profile where id in ({_found_by(wanted)})", sorted(wanted)).fetchall()
        for id, data in listed:
            if id not in self._profiles:
                self._profiles[id] = unpacked(json.loads(data))
        return tuple(id for id, _ in listed)

    def _places(self, wanted: frozenset[str], day: date) -> Iterator[tuple[int, int, str, Wid, tuple[str, str]]]:
        """Where what is found by one of the terms `wanted` stands on `day`, in reading order, which decides between equals."""
        query = (
            "select charter, place, profile, address, wid, since, decision from duty "
            f"where profile in ({_found_by(wanted)}) and start <= ? and until > ?"
        )
        for charter, _, profile, address, wid, since, decision in sorted(
            self._db.execute(query, (*sorted(wanted), *[day.isoformat()] * 2))
        ):
            yield charter, profile, address, wid, (since, decision)


def _joined(question: str, parts: Sequence[tuple[str, dict[int, Town]]], id: int) -> Town:
    """What the register `id` answers to a question for several tasks."""
    since = {wid: told for _, towns in parts for wid, told in towns[id].since.items()}
    return replace(parts[0][1][id], answer=together(question, [(label, towns[id].answer) for label, towns in parts]), since=since)


def _asked_alone(town: Town, question: str, day: date, known: date | None = None) -> Town:
    """The register's own answer, which looks back in time, as it was known on `known`."""
    register = Register.open(Path(town.folder))
    search = Search(register.history, register.municipality, catalogue_for(register.folder))
    found = search.who(question, in_force=day, known=known)
    since = {h.wid: (h.present.start.isoformat(), search.event_name(h.present.by)) for h in found.owners}
    return replace(town, answer=found, since={**town.since, **since})


def _found_by(wanted: frozenset[str]) -> str:
    return f"select profile from term where term in ({','.join('?' * len(wanted))})"


_Known = tuple[str, str, dict[str, CommitteeId], dict[str, list[list[str]]]]
"""A register: name, folder, its committees by name, and what they have been called."""
_Since = dict[Wid, tuple[str, str]]
_Fitted = tuple[dict[int, tuple[Charter, list[Fit]]], _Since]
"""In one register: what fits in each charter, and since when and by which decision it stands there."""


def _named(answer: Answer) -> bool:
    return any(holding.ground is Ground.NAMNS for holding in answer.owners)


def _catalogue_search() -> Search:
    """Return a search in no register, for its catalogue."""
    from reglemente_tool.model.history import History

    return Search(History(), catalogue=packaged())


def _fingerprint(folder: Path) -> str:
    """What tells whether anything that the rows are made of has changed: names, sizes and times of files, and the catalogue."""
    marks = [__version__, FORM, _catalogue_print()]
    for place in (folder / "register.xml", folder / OWN, *sorted((folder / "beslut").rglob("*.xml"))):
        if place.is_file():
            told = place.stat()
            marks.append(f"{place.relative_to(folder).as_posix()} {told.st_size} {told.st_mtime_ns}")
    return sha256("\n".join(marks).encode()).hexdigest()


@cache
def _catalogue_print() -> str:
    return sha256(repr(packaged()).encode()).hexdigest()


def cache_file() -> Path:
    """Return where the index lies when no file is given: among the user's cache files, never in a register."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "reglemente" / "uppgifter.sqlite"


def compare_registers(question: str, day: date, folders: Sequence[Path], place: Path | None, known: date | None, *, som_json: bool) -> int:
    """Print what each register answers, and return the exit code: 0 when at least one names an owner."""
    with closing(Index(place or cache_file())) as index, working("Läser in registren"):
        index.update(folders)
        asked, towns = index.ask(question, day, folders)
        if known is not None:  # The index holds what is known now.
            towns = [_asked_alone(town, question, day, known) for town in towns]
    data = {"fraga": question, "galler": day, "kant": known, "register": [_town_data(t, day) for t in towns]}
    if not answer(som_json, "vem", data):
        for note in asked.notes:
            say(note)
        owners = sum(bool(t.answer.owners) for t in towns)
        then = f", så som det var känt den {known.isoformat()}" if known else ""
        say(f"”{question}” den {day.isoformat()}{then}: {owners} av {len(towns)} kommuner har en nämnd som svarar för det.")
        for town in towns:
            _show_town(town, day)
    return int(not any(t.answer.owners for t in towns))


def _show_town(town: Town, day: date) -> None:
    heading(town.name)
    for holding in town.answer.owners:
        since, decision = town.since.get(holding.wid, ("", ""))
        say(f"{town.committee(holding, day)}, {cite(holding.address)}, sedan {since}, {decision}", indent=2, hanging=2)
        say(f"”{holding.text}”", indent=4)
        say(f"{holding.reason} Svaret är {holding.certainty.neuter}.", indent=4)
    if not town.answer.owners:
        click.echo("  Ingen nämnd nämns.")
    for holding in town.answer.exceptions:
        say(f"Undantag eller hänvisning: ”{holding.words}”", indent=4)


def _town_data(town: Town, day: date) -> dict[str, Any]:
    return {
        "kommun": town.name,
        "mapp": town.folder,
        "svar": [
            {
                "namnd": town.committee(h, day),
                "namnd_id": h.committee,
                "reglemente": h.charter,
                "mal": h.address.code,
                "stalle": cite(h.address),
                "inledning": h.lead,
                "lydelse": h.text,
                "grund": h.ground.name.lower(),
                "sakerhet": h.certainty.value,
                "skal": h.reason,
                "sedan": town.since.get(h.wid, ("", ""))[0],
                "beslut_namn": town.since.get(h.wid, ("", ""))[1],
            }
            for h in town.answer.owners
        ],
        "undantag": [{"reglemente": h.charter, "stalle": cite(h.address), "ord": h.words, "till": h.to} for h in town.answer.exceptions],
        "avvisad": town.answer.refusal or None,
    }
