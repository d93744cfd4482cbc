"""Does the chain hold? Each link against the files around it, and against what replay gives at that point. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reglemente_tool import consolidate
from reglemente_tool.errors import Level, Place, Problem, ReglementeError
from reglemente_tool.model.charter import CharterId
from reglemente_tool.model.history import Correction, Decision, Event, History, Municipality
from reglemente_tool.storage.chain import (
    REGISTER,
    START,
    Chain,
    End,
    Files,
    broken,
    chain_in,
    digest,
    event_paths,
    link_in,
    without_link,
    wording_digest,
)

_RESTORE = "Den tidigare lydelsen finns i git. Är ändringen riktig, så börja om kedjan öppet:  reglemente laga"


def end_of(files: Files, municipality: Municipality) -> End:
    """Return where the next link goes. Raises CannotStore when the chain does not hold, so that nothing is built on it."""
    for problem in faults(files, municipality):
        if problem.level is Level.FEL:
            raise broken(problem.message, problem.place.document)
    return chain_in(files, municipality).end


def unchained(files: Files) -> bool:
    """True for a register with events that an older version of the program entered: it has no chain yet."""
    return START not in files and bool(event_paths(files)) and not any(b"\n<lank " in files[path] for path in event_paths(files))


def faults(files: Files, municipality: Municipality) -> Iterator[Problem]:
    """Yield what is wrong with the chain as the files have it: edited, missing, added, reordered or doubled events."""
    if unchained(files):
        count = len(event_paths(files))
        said = f"Registret har ingen kedja: {count} {'händelse' if count == 1 else 'händelser'} infördes innan den fanns."
        yield Problem("UTAN-KEDJA", said, Place(document=REGISTER), Level.VARNING, "Den börjar med nästa beslut.")
        return
    unread = list(_unread(files))
    if unread:
        yield from unread
        return
    chain = chain_in(files, municipality)
    yield from _before_the_start(files, chain)
    linked = {path for path, _ in chain.links} | set(chain.start.files if chain.start is not None else ())
    for path in event_paths(files):
        if path not in linked:
            yield _fault(path, f"{path} har ingen plats i kedjan, så det har inte förts in med programmet.")
    for path, link in chain.links:
        if digest(without_link(files[path])) != link.content:
            yield _fault(path, f"{path} är inte som när det infördes, som nummer {link.number}.")
    yield from _in_order(files, chain)
    if chain.links and chain.links[-1][1].register != digest(files[REGISTER]):
        said = f"register.xml är inte som när {chain.links[-1][0]} infördes; ändringen har inte kommit med något beslut."
        yield Problem("REGISTER-ANDRAT", said, Place(document=REGISTER), Level.VARNING, "Se ändringen med git log -p register.xml")


def _unread(files: Files) -> Iterator[Problem]:
    try:
        chain_in({path: data for path, data in files.items() if path == START}, Municipality(name="", code=""))
    except ReglementeError as error:
        yield error.at(Place(document=START)).problem()
    for path in event_paths(files):
        try:
            link_in(files[path], path)
        except ReglementeError as error:
            yield error.at(Place(document=path)).problem()


def _before_the_start(files: Files, chain: Chain) -> Iterator[Problem]:
    if chain.start is None:
        return
    if chain.start.number != len(chain.start.files):
        yield _fault(START, f"{START} säger att kedjan börjar efter nummer {chain.start.number} men räknar upp {len(chain.start.files)}.")
    events = set(event_paths(files))
    for path, known in sorted(chain.start.files.items()):
        if path not in events:
            yield _fault(path, f"{path} fanns när kedjan började men saknas nu.")
        elif digest(files[path]) != known:
            yield _fault(path, f"{path} är inte som när kedjan började.")


def _in_order(files: Files, chain: Chain) -> Iterator[Problem]:
    """Each link names the one before it, and each number stands once."""
    number = chain.start.number if chain.start is not None else 0
    before, known = START if chain.start is not None else REGISTER, chain.digests[0]
    edited = False
    for (path, link), now in zip(chain.links, chain.digests[1:], strict=True):
        if link.number <= number and before not in (START, REGISTER):
            said = f"{before} och {path} har båda nummer {link.number} i kedjan."
            hint = "Två har fört in beslut var för sig, och git har lagt ihop dem. Det ska göras med reglemente synka."
            yield Problem("KEDJA", said, Place(document=path), hint=hint)
        elif link.number != number + 1:
            yield _fault(path, f"{_missing(number + 1, link.number - 1)} i kedjan saknas, före {path}.")
        elif link.after != known and not edited:
            yield _fault(before, _not_the_same(before, path))
        number, before, known = link.number, path, now
        edited = digest(without_link(files[path])) != link.content


def _missing(first: int, last: int) -> str:
    return f"Nummer {first}" if first >= last else f"Nummer {first} till {last}"


def _not_the_same(before: str, path: str) -> str:
    if before == REGISTER:
        return f"Kedjan börjar inte med kommunens namn och kod som de står i register.xml: {path} kom efter något annat."
    return f"{path} infördes inte efter {before} som den filen nu är: den ena har ändrats, bytts ut eller flyttats."


def _fault(path: str, said: str) -> Problem:
    return Problem("KEDJA", said, Place(document=path), hint=_RESTORE)


# --- what the decisions did ---------------------------------------------------------------------------------------


def wording_faults(chain: Chain, events: Mapping[str, Event]) -> Iterator[Problem]:
    """Yield the links whose event, entered where it stands in the chain, now gives other words than it gave then.

    `events` are those of the register by the path of their file. Where the chain holds, this is the program that reckons otherwise.
    """
    entered = [(events[path], _concerned(events[path])) for path in (chain.start.files if chain.start is not None else ())]
    for path, link in chain.links:
        entered.append((events[path], _concerned(events[path])))
        for charter, then in link.wordings:
            history = History(tuple(event for event, concerned in entered if concerned is None or charter in concerned))
            try:
                now = wording_digest(consolidate.latest(history, charter))
            except ReglementeError as error:
                yield error.at(Place(document=path)).problem()
                return
            if now != then:
                said = f"{path} gav reglementet {charter} en annan lydelse när det infördes än det ger nu."
                hint = "Beslutet är orört, så programmet räknar annorlunda. Jämför med den lydelse som git har från den dagen."
                yield Problem("ANNAN-LYDELSE", said, Place(document=path), hint=hint)


def _concerned(event: Event) -> frozenset[CharterId] | None:
    """The charters whose text the event can bear on; None for any. Only these are replayed: a long history has many others."""
    if isinstance(event, Decision):
        return frozenset(change.charter for change in event.changes) if not event.revocations else None
    return frozenset({event.change.charter}) if isinstance(event, Correction) else None
