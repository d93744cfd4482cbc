"""A catalogue as TOML: text -> `Catalogue`. What may stand in the file is told in docs/katalog.md, and every fault is told in Swedish.

Nothing here opens a file; the shell does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from reglemente_tool.errors import CannotRead, Place
from reglemente_tool.model.catalogue import Catalogue, CommitteeName, Elsewhere, Retired, Statute, StatuteRef, Task, Term

EMPTY = Catalogue()
_KEYS = {
    "uppgift": {
        "id", "namn", "ord", "vardag", "lagar", "brukar", "del_av", "kalla", "kravs", "utanfor", "eget_organ", "delas", "omrade",
    },
    "lag": {"nr", "namn", "kort", "hette", "bytte_namn", "ersatter", "fran", "kapitel", "kalla"},
    "namnd": {"namn", "kort"},
    "upphavd": {"nr", "namn", "anm", "rakt", "kalla", "paragrafer"},
    "begrepp": {"ord", "heter", "former", "sedan", "kalla"},
    "annan": {"hos", "ord", "kalla"},
}
_NUMBER = re.compile(r"\d{4}[:/]\d{1,4}")
_REF = re.compile(r"(\d{4}[:/]\d{1,4})(?: (\d+(?: ?[a-z])?) kap\.)?(?: (\d+(?: ?[a-z])?) §)?")
_PLACE = re.compile(r"(?:\d+(?: [a-z])? kap\. )?\d+(?: [a-z])? §")
_AT = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def read_catalogue(text: str, document: str, *, over: Catalogue = EMPTY) -> Catalogue:
    """Return the catalogue that the TOML `text` of the file `document` says, laid over `over`.

    Raises CannotRead, with the line and the key, for what is no TOML, for keys and tables that are not known, for a
    statute's number that is none, and for a `del_av` that names no task.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error, text, document) from error
    for table in data:
        if table not in _KEYS:
            parts = "Delarna heter uppgift, lag, namnd, upphavd, begrepp och annan."
            raise _fault(f"”{table}” är ingen del av en katalog.", document, _line_of(text, table, 0), parts)
        if not isinstance(data[table], list):
            line = _line_of(text, table, 0)
            raise _fault(f"{table} ska stå inom dubbla hakar.", document, line, f"Skriv [[{table}]] ovanför varje post.")
    reader = _Reader(text, document)
    own = Catalogue(
        tuple(reader.task(entry, i, over) for i, entry in enumerate(data.get("uppgift", []))),
        tuple(reader.statute(entry, i, over) for i, entry in enumerate(data.get("lag", []))),
        tuple(reader.committee(entry, i) for i, entry in enumerate(data.get("namnd", []))),
        tuple(reader.retired(entry, i) for i, entry in enumerate(data.get("upphavd", []))),
        tuple(reader.term(entry, i) for i, entry in enumerate(data.get("begrepp", []))),
        tuple(reader.elsewhere(entry, i) for i, entry in enumerate(data.get("annan", []))),
    )
    _refuse_doubles(own, text, document)
    merged = over.with_more(own)
    known = {t.id for t in merged.tasks}
    for index, task in enumerate(own.tasks):
        if task.part_of and task.part_of not in known:
            line = _line_of(text, "uppgift", index)
            raise _fault(
                f"Uppgiften {task.id}: del_av = ”{task.part_of}” är ingen känd uppgift.", document, line, "Ange id på en uppgift som finns."
            )
    _refuse_circles(merged, document)
    return merged


class _Reader:
    def __init__(self, text: str, document: str) -> None:
        self.text, self.document = text, document

    def task(self, entry: Any, index: int, over: Catalogue) -> Task:
        self._known(entry, "uppgift", index)
        id = self._word(entry, "uppgift", index, "id", needed=True)
        known = over.task(id)
        name = self._word(entry, "uppgift", index, "namn", needed=known is None)
        refs = tuple(self._ref(text, index) for text in self._words(entry, "uppgift", index, "lagar"))
        return Task(
            id=id,
            name=name,
            words=self._phrases(entry, "uppgift", index, "ord"),
            everyday=self._phrases(entry, "uppgift", index, "vardag"),
            statutes=refs,
            usual=self._words(entry, "uppgift", index, "brukar"),
            part_of=self._word(entry, "uppgift", index, "del_av"),
            source=self._word(entry, "uppgift", index, "kalla"),
            demanded=self._word(entry, "uppgift", index, "kravs"),
            elsewhere=self._words(entry, "uppgift", index, "utanfor"),
            own_body=self._flag(entry, "uppgift", index, "eget_organ"),
            shared=self._flag(entry, "uppgift", index, "delas"),
            area=self._word(entry, "uppgift", index, "omrade"),
        )

    def statute(self, entry: Any, index: int, over: Catalogue) -> Statute:
        self._known(entry, "lag", index)
        number = self._word(entry, "lag", index, "nr", needed=True)
        replaces = self._words(entry, "lag", index, "ersatter")
        for given in (number, *replaces):
            if not _NUMBER.fullmatch(given):
                raise self._wrong(f"”{given}” är inget nummer på en författning.", "lag", index, "Skriv till exempel 2010:900.")
        since = self._day(entry, "lag", index, "fran")
        name = self._word(entry, "lag", index, "namn", needed=over.statute(number) is None)
        short, formerly = self._words(entry, "lag", index, "kort"), self._words(entry, "lag", index, "hette")
        renamed = self._day(entry, "lag", index, "bytte_namn")
        chapters = entry.get("kapitel")
        if chapters is not None and (type(chapters) is not int or chapters < 0):
            raise self._wrong("kapitel ska vara ett antal.", "lag", index, "Skriv till exempel kapitel = 16, eller 0 utan kapitel.")
        return Statute(
            number=number,
            name=name,
            short=short,
            formerly=formerly,
            renamed=renamed,
            replaces=replaces,
            since=since,
            chapters=chapters,
        )

    def retired(self, entry: Any, index: int) -> Retired:
        self._known(entry, "upphavd", index)
        number = self._word(entry, "upphavd", index, "nr", needed=True)
        if not _NUMBER.fullmatch(number):
            raise self._wrong(f"”{number}” är inget nummer på en författning.", "upphavd", index, "Skriv till exempel 1991:900.")
        name, note = self._word(entry, "upphavd", index, "namn", needed=True), self._word(entry, "upphavd", index, "anm")
        places = entry.get("paragrafer", {})
        if not isinstance(places, Mapping) or not all(isinstance(p, str) and _PLACE.fullmatch(p) for pair in places.items() for p in pair):
            example = 'Skriv paragrafer."3 kap. 9 §" = "5 kap. 1 §".'
            raise self._wrong("paragrafer ska para ihop paragrafer.", "upphavd", index, example)
        plain = self._flag(entry, "upphavd", index, "rakt")
        return Retired(number=number, name=name, note=note, plain=plain, places=tuple(places.items()))

    def term(self, entry: Any, index: int) -> Term:
        self._known(entry, "begrepp", index)
        forms = entry.get("former", {})
        if not isinstance(forms, Mapping) or not all(isinstance(new, str) and old.strip() for old, new in forms.items()):
            raise self._wrong("former ska para ihop ord.", "begrepp", index, 'Skriv former = { suppleanter = "ersättare" }.')
        word, now = (self._word(entry, "begrepp", index, key, needed=True) for key in ("ord", "heter"))
        since, source = self._day(entry, "begrepp", index, "sedan"), self._word(entry, "begrepp", index, "kalla")
        return Term(word=word, now=now, forms=tuple((old.strip(), new.strip()) for old, new in forms.items()), since=since, source=source)

    def committee(self, entry: Any, index: int) -> CommitteeName:
        self._known(entry, "namnd", index)
        return CommitteeName(self._word(entry, "namnd", index, "namn", needed=True), self._words(entry, "namnd", index, "kort"))

    def elsewhere(self, entry: Any, index: int) -> Elsewhere:
        self._known(entry, "annan", index)
        return Elsewhere(whose=self._word(entry, "annan", index, "hos", needed=True), words=self._phrases(entry, "annan", index, "ord"))

    def _ref(self, text: str, index: int) -> StatuteRef:
        match = _REF.fullmatch(text)
        if match is None:
            raise self._wrong(
                f"lagar: ”{text}” går inte att läsa.", "uppgift", index, "Skriv till exempel ”2010:900” eller ”2010:900 9 kap.”."
            )
        return StatuteRef(match[1], match[2] or "", match[3] or "")

    def _known(self, entry: Any, table: str, index: int) -> None:
        if not isinstance(entry, Mapping):
            raise self._wrong(f"{table} ska vara en post med nycklar.", table, index, f"Skriv [[{table}]] ovanför den.")
        for key in entry:
            if key not in _KEYS[table]:
                raise self._wrong(f"Nyckeln {key} finns inte.", table, index, f"Nycklarna är {', '.join(sorted(_KEYS[table]))}.")

    def _word(self, entry: Mapping[str, Any], table: str, index: int, key: str, *, needed: bool = False) -> str:
        value = entry.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            raise self._wrong(f"{key} saknas eller är ingen text.", table, index, f'Skriv {key} = "…".')
        return value.strip()

    def _flag(self, entry: Mapping[str, Any], table: str, index: int, key: str) -> bool:
        value = entry.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(f"{key} ska vara true eller false.", table, index, f"Skriv {key} = true, utan citattecken.")
        return value

    def _day(self, entry: Mapping[str, Any], table: str, index: int, key: str) -> date | None:
        value = entry.get(key)
        if value is not None and type(value) is not date:
            raise self._wrong(f"{key} ska vara ett datum.", table, index, f"Skriv till exempel {key} = 2025-07-01, utan citattecken.")
        return value

    def _words(self, entry: Mapping[str, Any], table: str, index: int, key: str) -> tuple[str, ...]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self._wrong(f"{key} ska vara en lista med texter.", table, index, f'Skriv {key} = ["…", "…"].')
        return tuple(word.strip() for word in value)

    def _phrases(self, entry: Mapping[str, Any], table: str, index: int, key: str) -> tuple[str, ...]:
        """Words and phrases; one text may hold several with commas between, which is read in half the time."""
        given = (word.strip() for text in self._words(entry, table, index, key) for word in text.split(","))
        return tuple(word for word in given if word)

    def _wrong(self, message: str, table: str, index: int, hint: str) -> CannotRead:
        return _fault(f"[[{table}]] nummer {index + 1}: {message}", self.document, _line_of(self.text, table, index), hint)


def _refuse_doubles(own: Catalogue, text: str, document: str) -> None:
    for table, keys in (
        ("uppgift", [t.id for t in own.tasks]),
        ("lag", [s.number for s in own.statutes]),
        ("upphavd", [r.number for r in own.retired]),
        ("begrepp", [t.word for t in own.terms]),
        ("annan", [e.whose for e in own.elsewhere]),
    ):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                raise _fault(f"”{key}” står två gånger.", document, _line_of(text, table, index), "Slå ihop de två posterna.")


def _refuse_circles(catalogue: Catalogue, document: str) -> None:
    above = {t.id: t.part_of for t in catalogue.tasks}
    for start in above:
        seen, here = {start}, above[start]
        while here:
            if here in seen:
                raise _fault(f"Uppgiften {start} är, genom del_av, en del av sig själv.", document, 0, "Ta bort ett del_av.")
            seen.add(here)
            here = above.get(here, "")


def _line_of(text: str, table: str, index: int) -> int:
    """The line on which the entry number `index` (from 0) of `table` begins, from 1; 0 when it cannot be told."""
    starts = [n for n, line in enumerate(text.split("\n"), 1) if re.match(rf"\s*\[{{0,2}}{re.escape(table)}\b", line)]
    return starts[index] if index < len(starts) else 0


def _not_toml(error: tomllib.TOMLDecodeError, text: str, document: str) -> CannotRead:
    found = _AT.search(str(error))
    line = int(found[1]) if found and found[1] else len(text.rstrip("\n").split("\n"))
    return _fault(
        "Raden går inte att läsa som TOML.", document, line, "Kontrollera citattecken, hakar och kommatecken. Se docs/katalog.md.", text
    )


def _fault(message: str, document: str, line: int, hint: str, text: str = "") -> CannotRead:
    where = f"{document}, rad {line}" if line else document
    shown = text.split("\n")[line - 1] if text and 0 < line <= text.count("\n") + 1 else ""
    return CannotRead(f"{where}: {message}", place=Place(document=where, line=shown), hint=hint)
