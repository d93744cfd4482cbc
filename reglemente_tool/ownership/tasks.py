"""Who answers for what, on a date: computed from the charters' own text, never from a register kept by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from reglemente_tool.amendments.rename import Rename
from reglemente_tool.consolidate import Version, charters, entries, versions
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk_addressed
from reglemente_tool.model.history import History, Municipality
from reglemente_tool.model.wording import fold


@dataclass(frozen=True, slots=True)
class Tenure:
    """A task in one committee's charter: where, in which words, from when, until when (None: still), by which decision."""

    committee: CommitteeId
    charter: CharterId
    address: Address
    text: str
    start: date
    until: date | None
    by: DecisionId


@dataclass(frozen=True, slots=True)
class Holding:
    """One committee's hold on a task: the provision with its lead-in, and the tenures that led here, the present one last."""

    committee: CommitteeId
    charter: CharterId
    title: str
    address: Address
    wid: Wid
    lead: str
    text: str
    score: int
    tenures: tuple[Tenure, ...] = ()

    @property
    def present(self) -> Tenure:
        """The tenure that holds on the date of the question."""
        return self.tenures[-1]

    @property
    def came_from(self) -> Tenure | None:
        """The tenure in another charter from which the task came here, or None when it began here."""
        return next((t for t in reversed(self.tenures[:-1]) if t.charter != self.charter), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """`owners` answer for the task; `exceptions` are provisions that speak of it only to leave it out; `later` are tenures
    of the same task that are decided but not in force on the day of the question."""

    question: str
    in_force: date
    owners: tuple[Holding, ...] = ()
    exceptions: tuple[Holding, ...] = ()
    later: tuple[Tenure, ...] = ()


def who(history: History, question: str, *, in_force: date, known: date | None = None) -> Answer:
    """Return which committees answer for `question` (a task in a person's own words) on `in_force`, as known on `known`.

    Every word of the question must be met in the provision or its lead-in, at least one in the provision itself. The
    best-fitting provision of each committee is given, and only those committees whose fit is as good as the best.
    """
    words = question_words(question)
    all_versions = {id: versions(history, id, known) for id in charters(history)}
    found, left_out = [], []
    for made in all_versions.values():
        standing = _standing(made, in_force)
        if standing is None:
            continue
        hits = sorted(_hits(standing, words), key=lambda h: -h.score)
        owned = [h for h in hits if not _excluded(h.text, words)]
        found += [h for h in owned if h.score == owned[0].score]
        left_out += [h for h in hits if _excluded(h.text, words)][:1]
    best = max((h.score for h in found), default=0)
    owners = tuple(_traced(h, all_versions, in_force) for h in found if h.score == best)
    later = tuple(
        t for h in owners for t in _tenures(h.wid, all_versions) if t.start > in_force and t.charter != h.charter
    )
    exceptions = tuple(_traced(h, all_versions, in_force) for h in left_out)
    return Answer(question, in_force, owners, exceptions, later)


def tenures(history: History, wid: Wid, known: date | None = None) -> tuple[Tenure, ...]:
    """Return where the provision `wid` has stood and will stand, in order of date, in every charter."""
    return _tenures(wid, {id: versions(history, id, known) for id in charters(history)})


def committee_name(history: History, municipality: Municipality, id: CommitteeId, day: date) -> str:
    """Return what the committee was called on `day`: its first name, then what decisions in force by then have renamed it to."""
    committee = municipality.committee(id)
    name = committee.name if committee else str(id)
    for charter in charters(history):
        for entry in entries(history, charter):
            for amendment in entry.change.amendments:
                if isinstance(amendment, Rename) and amendment.committee == id and entry.active(day) and name == amendment.old:
                    name = amendment.new
    return name


def _standing(made: tuple[Version, ...], day: date) -> Charter | None:
    past = [v for v in made if v.start <= day]
    return past[-1].charter if past and not past[-1].charter.repealed else None


def _traced(hit: Holding, all_versions: dict[CharterId, tuple[Version, ...]], day: date) -> Holding:
    return replace(hit, tenures=tuple(t for t in _tenures(hit.wid, all_versions) if t.start <= day))


def _tenures(wid: Wid, all_versions: dict[CharterId, tuple[Version, ...]]) -> tuple[Tenure, ...]:
    """One tenure for each unbroken time in one charter; rewordings within it do not end it."""
    found: list[Tenure] = []
    for id, made in all_versions.items():
        current: Tenure | None = None
        for version in made:
            place = _place(version.charter, wid)
            if place is None:
                if current is not None:
                    found.append(replace(current, until=version.start - timedelta(days=1)))
                current = None
                continue
            address, provision = place
            if current is None:
                by = version.fresh[-1] if version.fresh else version.decisions[-1]
                maker = provision.source if provision.source in version.fresh and provision.source else by
                current = Tenure(version.charter.committee, id, address, provision.text, version.start, None, maker)
            else:
                current = replace(current, address=address, text=provision.text)
        if current is not None:
            found.append(current)
    return tuple(sorted(found, key=lambda t: (t.start, t.until or date.max)))


def _place(charter: Charter, wid: Wid) -> tuple[Address, Provision] | None:
    return next(((a, p) for a, p in walk_addressed(charter) if p.wid == wid), None)


# --- words --------------------------------------------------------------------------------------------------------

_STOP_WORDS = """
och eller samt av för i på till med om som att den det de en ett vid enligt från inom är har ska vilken vilka vem
nämnd nämnden ansvarar ansvar ansvaret svarar frågor kommunen kommunens hos under över
"""
_STOP = frozenset(_STOP_WORDS.split())
_LONGEST_FIRST = "ernas arnas ornas andet erna arna orna ande ens ets ers en et er ar or na n a s"
_ENDINGS = tuple(_LONGEST_FIRST.split())
_EXCEPT = re.compile(r"\b(?:med undantag (?:för|av)|förutom|utom|dock (?:inte|ej)|omfattar inte|gäller inte)\b")
_TASK_WORDS = re.compile(r"\b(?:(?:ansvar|svara|fullgör|uppgift|handlägg|handha|besluta|bedriv|utöva)\w*|har hand om)\b")


def question_words(question: str) -> tuple[str, ...]:
    """Return the words of a question that carry meaning, folded, in small letters; all of them when none does."""
    words = re.findall(r"[\w:-]+", fold(question).lower())
    return tuple(w for w in words if w not in _STOP) or tuple(words)


@cache
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@cache
def fit(asked: str, text: str) -> int:
    """3 when the word itself stands in the text, 2 an inflection of it, 1 when it is a part of a compound, else 0."""
    best, stem = 0, _stem(asked)
    for word in re.findall(r"[\w:-]+", text):
        if word == asked:
            return 3
        if _stem(word) == stem:
            best = max(best, 2)
        elif len(stem) >= 4 and stem in word:
            best = max(best, 1)
    return best


def _hits(charter: Charter, words: tuple[str, ...]) -> Iterator[Holding]:
    leads: dict[tuple[object, ...], str] = {}
    for address, provision in walk_addressed(charter):
        leads[address.steps] = provision.text
        if not provision.text or not (provision.kind is Kind.STYCKE or provision.kind.item):
            continue
        lead = leads.get(address.steps[:-1], "") if provision.kind.item else ""
        own, around = fold(provision.text).lower(), fold(lead).lower()
        fits = [(fit(w, own), fit(w, around)) for w in words]
        if not words or not all(a or b for a, b in fits) or not any(a for a, _ in fits):
            continue
        # A list's lead-in is met again in its items; the item itself is the task.
        if provision.items and not _TASK_WORDS.search(own):
            continue
        score = min(max(a, b) for a, b in fits) * 10 + (5 if _TASK_WORDS.search(f"{around} {own}") else 0) + provision.kind.item
        yield Holding(charter.committee, charter.id, charter.title, address, provision.wid, lead, provision.text, score)


def _excluded(text: str, words: tuple[str, ...]) -> bool:
    """True when the task is spoken of only after "med undantag för" and the like."""
    match = _EXCEPT.search(fold(text).lower())
    if match is None:
        return False
    before = fold(text).lower()[: match.start()]
    return not all(fit(w, before) for w in words)
