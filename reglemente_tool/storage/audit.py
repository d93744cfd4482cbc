"""Does a register hold together? Every file against what was committed, every charter against its decisions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reglemente_tool import consolidate
from reglemente_tool.errors import CannotStore, Level, Place, Problem, ReglementeError
from reglemente_tool.model.assignment import AssignmentKind
from reglemente_tool.model.charter import CharterId
from reglemente_tool.model.history import Decision, Event, History, Municipality
from reglemente_tool.storage.chain import REGISTER, START, Chain, Files, chain_in, event_paths
from reglemente_tool.storage.chainaudit import faults, wording_faults
from reglemente_tool.storage.publishing import charter_path, event_path, laid_on, last_before_end, published
from reglemente_tool.storage.xmlform import event_from_xml, municipality_from_xml


@dataclass(frozen=True, slots=True)
class CharterReport:
    """One charter: how many decisions lie on the one that adopted it, and how many lines of its file they do not explain.

    `ends` is the first day on which it holds no longer; such a charter has no file, so its last wording is only replayed.
    """

    charter: CharterId
    title: str
    decisions: int
    differences: int
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `compared_with_git` is False when the files are not kept in git, so that only replay could be done;
    `chain` None when the events could not be read.
    """

    charters: tuple[CharterReport, ...]
    problems: tuple[Problem, ...]
    compared_with_git: bool
    chain: Chain | None = None

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return not any(problem.level is Level.FEL for problem in self.problems)

    def standing(self, day: date) -> tuple[CharterReport, ...]:
        """The charters that have not ended by `day`, those that are still to begin among them."""
        return tuple(report for report in self.charters if report.ends is None or report.ends > day)


# --- from files to history ----------------------------------------------------------------------------------------


def municipality_in(files: Files) -> Municipality:
    """Return what register.xml among `files` says. Raises CannotStore."""
    if REGISTER not in files:
        raise CannotStore("register.xml saknas.", place=Place(document=REGISTER))
    return municipality_from_xml(files[REGISTER], REGISTER)


def history_in(files: Files) -> History:
    """Return all events in beslut/, in order of day. Raises the first error there is."""
    events = []
    for path in event_paths(files):
        events.append(event_in(files, path))
    _refuse_doubles(events)
    return History(tuple(sorted(events, key=lambda e: (e.decided_on, e.id))))


def event_in(files: Files, path: str) -> Event:
    """Return the event in the file `path`. Raises CannotStore, also when its id and year are not those of its name."""
    event = event_from_xml(files[path], path)
    if path != event_path(event):
        raise CannotStore(
            f"{path}: beslutets id är {event.id}, så filen ska heta {event_path(event)}.",
            place=Place(document=path),
            hint="Låt filen och beslutet ha samma namn.",
        )
    return event


def _refuse_doubles(events: list[Event]) -> None:
    seen: dict[str, Event] = {}
    for event in events:
        if event.id in seen:
            raise CannotStore(f"Beslutet {event.id} finns två gånger: {event_path(seen[event.id])} och {event_path(event)}.")
        seen[event.id] = event


# --- the report ---------------------------------------------------------------------------------------------------


def audit(files: Files, changed: Mapping[str, str] | None, *, reason: str = "") -> Report:
    """Return the report on a register's `files`. `changed` names those that are not as git has them ("" for none such), with
    how; None when they could not be compared, for `reason`.
    """
    problems: list[Problem] = []
    if changed is None:
        problems.append(Problem("UTAN-GIT", reason, Place(document=REGISTER), Level.VARNING, "Bara reglementena är prövade, mot besluten."))
    else:
        problems += [_against_git(path, how) for path, how in sorted(changed.items())]
    history, unread = _read_all(files)
    problems += unread
    charters: list[CharterReport] = []
    chain: Chain | None = None
    if unread:
        problems.append(
            Problem("EJ-PROVAT", "Reglementena är inte prövade mot besluten, eftersom alla beslut inte gick att läsa.", level=Level.VARNING)
        )
    else:
        for charter in consolidate.charters(history):
            report, found = _replayed(files, history, charter)
            charters += [report] if report else []
            problems += found
        problems += _loose_ends(history, municipality_in(files))
        problems += _strangers(files, history, changed or {})
        chain, found = _chained(files, history)
        problems += found
    return Report(tuple(charters), tuple(problems), changed is not None, chain)


def _chained(files: Files, history: History) -> tuple[Chain | None, list[Problem]]:
    municipality = municipality_in(files)
    found = list(faults(files, municipality))
    if any(p.level is Level.FEL for p in found):
        return None, found
    chain = chain_in(files, municipality)
    return chain, [*found, *wording_faults(chain, {event_path(event): event for event in history.events})]


HOW = {
    "ANDRAD-FIL": "{} är inte vad git har sparat.",
    "OKAND-FIL": "{} finns inte i git.",
    "SAKNAD-FIL": "{} finns i git men saknas i mappen.",
}


def _against_git(path: str, how: str) -> Problem:
    hint = "Ta reda på vem som har ändrat den. Den sparade lydelsen kommer tillbaka med git restore." if how != "OKAND-FIL" else (
        "Beslut kommer in i registret med reglemente infor. Flytta filen om den inte hör dit."
    )
    return Problem(how, HOW[how].format(path), Place(document=path), hint=hint)


def _read_all(files: Files) -> tuple[History, list[Problem]]:
    unread: list[Problem] = []
    events: list[Event] = []
    try:
        municipality_in(files)
    except ReglementeError as error:
        unread.append(error.problem())
    for path in event_paths(files):
        try:
            events.append(event_in(files, path))
        except ReglementeError as error:
            unread.append(error.at(Place(document=path)).problem())
    try:
        _refuse_doubles(events)
    except ReglementeError as error:
        unread.append(error.problem())
    return History(tuple(events)), unread


def _loose_ends(history: History, municipality: Municipality) -> Iterator[Problem]:
    """What a decision points at must be there: the decisions that it repeals, the committees that it gives something to."""
    for event in history.events:
        if not isinstance(event, Decision):
            continue
        place = Place(document=event_path(event))
        for revocation in event.revocations:
            if history.decision(revocation.annuls) is None:
                yield Problem("UPPHAVANDE", f"{event.name} upphäver {revocation.annuls}, som inte finns i registret.", place)
        for assignment in event.assignments:
            if assignment.committee and municipality.committee(assignment.committee) is None:
                given = f"{event.name} ger {assignment.to} {_A[assignment.kind]}"
                said = f"{given}, men nämnden {assignment.committee} finns inte i register.xml."
                yield Problem("NAMND", said, place, hint="Lägg till nämnden.")


_A = {AssignmentKind.UPPDRAG: "ett uppdrag", AssignmentKind.ANSLAG: "pengar"}


def _replayed(files: Files, history: History, charter: CharterId) -> tuple[CharterReport | None, list[Problem]]:
    path = charter_path(charter)
    place = Place(document=path)
    try:
        consolidate.versions(history, charter)
        text = consolidate.latest(history, charter)
        wanted = published(history, text)
    except ReglementeError as error:
        return None, [error.at(place).problem()]
    held = files.get(path)
    if wanted is None or text is None:
        return _ended(history, charter, held), [_stray(path, place)] if held is not None else []
    differences = _differing_lines(held or b"", wanted)
    report = CharterReport(charter, text.title, len(laid_on(history, charter)), differences)
    if not differences:
        return report, []
    what = "saknas" if held is None else f"har {differences} {'rad' if differences == 1 else 'rader'} som besluten inte förklarar"
    return report, [Problem("OFORKLARAD", f"{path} {what}.", place, hint=_REBUILD)]


def _ended(history: History, charter: CharterId, held: bytes | None) -> CharterReport | None:
    last = last_before_end(history, charter)
    if last is None:
        return None
    text, ends = last
    return CharterReport(charter, text.title, len(laid_on(history, charter, ends)), _differing_lines(held or b"", b""), ends)


def _stray(path: str, place: Place) -> Problem:
    return Problem("OFORKLARAD", f"{path} finns, fast reglementet är upphävt eller ska upphöra.", place, hint=_REBUILD)


_REBUILD = "Besluten är källan. Skriv om reglementet ur dem:  reglemente laga"


def _differing_lines(held: bytes, wanted: bytes) -> int:
    if held == wanted:
        return 0
    from difflib import SequenceMatcher  # only for a text that is not as the decisions make it

    one, other = held.split(b"\n"), wanted.split(b"\n")
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(a2 - a1, b2 - b1) for tag, a1, a2, b1, b2 in codes if tag != "equal")


def _strangers(files: Files, history: History, named: Mapping[str, str]) -> Iterator[Problem]:
    """What lies among the decisions and charters and is neither, unless it is named already."""
    known = {charter_path(charter) for charter in consolidate.charters(history)} | set(event_paths(files)) | {REGISTER, START}
    for path in sorted(set(files) - known - set(named)):
        yield Problem("OKAND-FIL", f"{path} hör inte till registret.", Place(document=path), hint="Flytta filen.")
