"""Two registers of the same kommun become one again: what a git server has, and what has been entered here meanwhile.

What the server has is fetched into a place apart and tried there. When both have gone on, the decisions that only we have are
entered anew on top of the server's, each only when it does exactly what it did here; no derived text is ever merged. All is made
ready apart, and then the branch goes on in one step, so the register is as it was or as it is to be. The commits that were here
stay, under refs/reglemente/fore-synk.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reglemente_tool.errors import CannotApply, CannotStore, Level, Place
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.history import Committee, Decision, Event, History
from reglemente_tool.model.proposal import proposal_of
from reglemente_tool.storage.audit import Report, event_in, history_in, municipality_in
from reglemente_tool.storage.chain import REGISTER
from reglemente_tool.storage.entering import Held, entered
from reglemente_tool.storage.git import Head, Moved, Repository, create, server
from reglemente_tool.storage.git.commits import Commit, builds_on, common, contents, since
from reglemente_tool.storage.git.files import changed, own
from reglemente_tool.storage.incoming import KEPT, kept, kept_files, tried
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.overtaken import still_the_same, what_came

KEEP = "refs/reglemente/fore-synk"
_SEEN = "refs/reglemente/server"
_BUILD = "refs/heads/bygge"
_TRIES = 5
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Synced:
    """What was found and done. `theirs` are the events that only the server had, `ours` those that only the register had.

    `joined` are those of ours that were entered anew on top of theirs; `set_aside` the one that was not, as asked.
    `sent` is True when the server has all that is here.
    """

    address: str
    branch: str
    theirs: tuple[Event, ...] = ()
    ours: tuple[Event, ...] = ()
    joined: tuple[Event, ...] = ()
    set_aside: Event | None = None
    commit: str = ""
    before: str = ""
    sent: bool = False


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides as they stand: here, and what has been fetched into the place apart `there`."""

    there: Repository
    here: Held
    theirs: Held
    head: Head
    tip: str


def sync(
    register: Register, said: str = "", *, now: datetime, fetch_only: bool = False, set_aside: str = "", dry_run: bool = False
) -> Synced:
    """Make the register and the server that is meant by `said` one, and return what was done.

    `set_aside` is the id of a decision that only we have and that is to be left out. Raises CannotStore when something is in
    the way; then nothing here has changed, unless the message says so. With `dry_run` nothing changes anywhere.
    """
    repository = register.repository
    if repository is None or repository.prefix:
        why = "ligger inte i git" if repository is None else "är en del av ett större förvar"
        raise CannotStore(f"Registret {why}, så det går inte att synka.", hint="Synka hela förvaret med git.")
    url = server.address_of(repository, said)
    repository.refuse_links()
    for _ in range(_TRIES):
        files, head = register.settled()
        if not head.ref or not head.commit:
            raise CannotStore("Ingen gren är utcheckad i förvaret.", hint="Checka ut en gren med git switch.")
        here = Held(files, municipality_in(files), history_in(files))
        try:
            done = _brought_together(register, repository, url, here, head, now, set_aside, dry_run)
        except Moved:
            continue
        if dry_run or fetch_only or done.sent or _sent(repository, url, head.ref, done):
            if not dry_run:
                server.keep_address(repository, url)
            return replace(done, sent=done.sent or not (dry_run or fetch_only))
    raise CannotStore("Andra har skickat och infört hela tiden, så synkningen blev inte klar.", hint="Försök igen om en stund.")


def obtain(folder: Path, said: str) -> Register:
    """Make `folder`, which is empty or not there, a register with all that the server at the address `said` has; return it.

    What the server has is tried before it is let in. Raises CannotStore; then there is no register in the folder.
    """
    url = server.address_of(None, said)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotStore(f"{folder} finns redan och är inte tom.", hint="Välj en ny mapp.")
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Made beside, and given its name when it is whole.
    with tempfile.TemporaryDirectory(prefix=".reglemente-", dir=folder.parent) as beside:
        place = Path(beside) / "register"
        place.mkdir()
        _obtained(create(place), url)
        if folder.exists():
            folder.rmdir()
        place.rename(folder)
    return Register.open(folder)


def _obtained(repository: Repository, url: str) -> None:
    with server.apart(repository, "") as there:
        tips = server.branches(there, url)
        ref = repository.head().ref if repository.head().ref in tips or len(tips) != 1 else next(iter(tips))
        if ref not in tips:
            raise _no_branch(ref, tips)
        tip = server.fetch(there, url, ref)
        _refuse_faulty(tried(there, tip), "Det som servern har tas inte emot.")
        _refuse_odd({}, there.files(tip))
        server.let_in(there, repository)
    repository.run("symbolic-ref", "HEAD", ref)
    repository.advance(Head(ref, ""), tip)
    _remember(repository, url, ref, tip)
    server.keep_address(repository, url)


def _no_branch(ref: str, tips: dict[str, str]) -> CannotStore:
    has = ", ".join(sorted(name.removeprefix("refs/heads/") for name in tips)) or "inga alls"
    name = ref.removeprefix("refs/heads/")
    return CannotStore(f"Servern har ingen gren som heter {name}. Den har: {has}.", hint="Kontrollera adressen.")


def _sent(repository: Repository, url: str, ref: str, done: Synced) -> bool:
    try:
        if not server.send(repository, url, Head(ref, done.commit)):
            return False
    except CannotStore as error:
        if not done.theirs:
            raise
        raise CannotStore(f"Det som fanns på servern är hämtat hit. {error.message}", hint=error.hint) from error
    _remember(repository, url, ref, done.commit)
    return True


def _brought_together(
    register: Register, repository: Repository, url: str, here: Held, head: Head, now: datetime, set_aside: str, dry_run: bool
) -> Synced:
    """Let in what the server has, and join what is here with it; but nothing is sent."""
    with server.apart(repository, head.commit) as there:
        tips = server.branches(there, url)
        seen = _seen(repository, url, head.ref)
        if not tips and not seen:
            _refuse_faulty(tried(repository, head.commit), "Registret här är inte helt, så det skickas inte.")
            return Synced(url, head.ref, ours=here.history.events, commit=head.commit)
        if head.ref not in tips:
            raise _no_branch(head.ref, tips)
        tip = tips[head.ref] if tips[head.ref] == head.commit else server.fetch(there, url, head.ref)
        _refuse_other_history(there, head, tip, seen)
        _refuse_faulty(tried(there, tip, seen or common(there, head.commit, tip)), "Det som servern har tas inte emot. Inget är ändrat.")
        files = kept_files(there, tip)
        sides = _Sides(there, here, Held(files, municipality_in(files), history_in(files)), head, tip)
        ahead = builds_on(there, head.commit, tip)
        if ahead:
            _refuse_faulty(tried(there, head.commit, tip), "Registret här är inte helt, så det skickas inte.")
        told = _compared(sides, url, set_aside)
        if set_aside and (not told.before or sides.here.history.decision(DecisionId(set_aside)) is None):
            raise _not_needed(set_aside)
        if ahead:
            if not dry_run:
                _remember(repository, url, head.ref, tip)
            return replace(told, commit=head.commit, sent=tip == head.commit)
        _refuse_odd(repository.files(head.commit), there.files(tip))
        if not told.before:
            new, told = tip, replace(told, commit=tip, sent=True)
        else:
            new, joined, left = _joined(sides, now, set_aside, None if dry_run else register.sign_with)
            _refuse_faulty(tried(there, new, tip), "Det sammanfogade registret är inte helt. Inget är ändrat.")
            told = replace(told, joined=joined, set_aside=left, commit=new, sent=new == tip)
        if dry_run:
            return told
        if isinstance(told.set_aside, Decision):
            register.save_draft(proposal_of(told.set_aside))
        server.let_in(there, repository)
        if told.before:
            repository.run("update-ref", f"{KEEP}/{head.commit}", head.commit)
        repository.advance(head, new)
        _remember(repository, url, head.ref, tip)
        return told


# --- what is refused ----------------------------------------------------------------------------------------------


def _refuse_other_history(there: Repository, head: Head, tip: str, seen: str) -> None:
    if seen and not builds_on(there, tip, seen):
        raise CannotStore(
            "Servern har inte längre den historik som den hade när registret synkades sist: den är omskriven eller tillbakaspolad. "
            "Inget är ändrat.",
            hint="Ta reda på vem som har ändrat på servern. Det som finns här är kvar och kan skickas till en ny, tom plats.",
        )
    if not common(there, head.commit, tip):
        raise CannotStore(
            "Servern har ett annat register, utan historik gemensam med det här. Inget är ändrat.", hint="Kontrollera adressen."
        )


def _refuse_faulty(report: Report, words: str) -> None:
    faults = [problem for problem in report.problems if problem.level is Level.FEL]
    if not faults:
        return
    more = f" Och {len(faults) - _SHOWN} till." if len(faults) > _SHOWN else ""
    told = " ".join(f"{fault.code}: {fault.message}" for fault in faults[:_SHOWN])
    raise CannotStore(f"{words} {told}{more}", place=faults[0].place, hint=faults[0].hint)


def _refuse_odd(here: dict[str, str], theirs: dict[str, str]) -> None:
    for path in changed(here, theirs):
        if not own(path):
            raise CannotStore(
                f"Servern har filen {path}, som inget register har. Inget är ändrat.",
                place=Place(document=path),
                hint="Ska den vara där, hämta den med git. Annars bör den tas bort på servern.",
            )


def _not_needed(id: str) -> CannotStore:
    return CannotStore(f"{id} står inte i vägen för något på servern, så det blir inget förslag av det.", hint="Synka utan --som-forslag.")


# --- joining ------------------------------------------------------------------------------------------------------


def _compared(sides: _Sides, url: str, set_aside: str) -> Synced:
    """Return what each side has that the other lacks. Raises CannotStore when one event is two different things."""
    here, theirs = ({event.id: event for event in held.history.events} for held in (sides.here, sides.theirs))
    for id in sorted(here.keys() & theirs.keys()):
        if here[id] != theirs[id] and id != set_aside:
            raise CannotStore(
                f"{capital(here[id].name)} ({id}) är infört både här och på servern, men inte likadant. Inget är ändrat.",
                hint=f"Jämför dem. Är serverns rätt, synka med --som-forslag {id}, så blir det som finns här ett förslag.",
            )
    came = tuple(event for id, event in theirs.items() if id not in here)
    mine = tuple(event for id, event in here.items() if id not in theirs)
    diverged = not builds_on(sides.there, sides.head.commit, sides.tip) and not builds_on(sides.there, sides.tip, sides.head.commit)
    return Synced(url, sides.head.ref, came, mine, before=sides.head.commit if diverged else "")


def _joined(sides: _Sides, now: datetime, set_aside: str, key: Path | None) -> tuple[str, tuple[Event, ...], Event | None]:
    """Enter what only we have on top of what the server has, apart, signed with `key`; return the last commit, what was entered and
    what was not."""
    there, held, at = sides.there, sides.theirs, sides.tip
    came = tuple(event for event in held.history.events if sides.here.history.event(event.id) is None)
    was = history_in(kept_files(there, common(there, sides.head.commit, sides.tip)))
    joined: list[Event] = []
    left: Event | None = None
    for commit, event, committees in _own_events(sides):
        if event.id == set_aside:
            left = event
        elif held.history.event(event.id) is None:
            at, held = _on_top(sides, at, held, event, was, came, (committees, commit, now, key))
            joined.append(event)
        was = was.with_event(event)
    if set_aside and not isinstance(left, Decision):
        raise _not_needed(set_aside)
    return at, tuple(joined), left


def _on_top(
    sides: _Sides,
    at: str,
    held: Held,
    event: Event,
    was: History,
    came: tuple[Event, ...],
    entry: tuple[tuple[Committee, ...], Commit, datetime, Path | None],
) -> tuple[str, Held]:
    committees, commit, now, key = entry
    try:
        why = still_the_same(was, held.history, event)
        if not why:
            done, after = entered(held, event, committees)
    except (CannotApply, CannotStore) as error:
        why = error.message
    if why:
        raise CannotStore(
            f"{capital(event.name)}, som är infört här, går inte att lägga ovanpå det som finns på servern. Där finns "
            f"{what_came(held.history, came, event)}. {why} Inget är ändrat.",
            hint=f"Gör det till ett förslag igen, och pröva det mot serverns lydelse: reglemente synka --som-forslag {event.id}",
        )
    words = f"{done.message}Infort: {commit.written.date().isoformat()}\nUrsprunglig-incheckning: {commit.id}\n"
    onto = Head(_BUILD, at)
    author, written = event.confirmed_by, commit.written
    return sides.there.build(done.changes, message=words, when=now, onto=onto, author=author, written=written, key=key), after


def _own_events(sides: _Sides) -> Iterator[tuple[Commit, Event, tuple[Committee, ...]]]:
    """Yield what each of our commits enters that the server does not have. Raises CannotStore for one that does something else."""
    there = sides.there
    for commit in since(there, sides.head.commit, [sides.tip]):
        if len(commit.parents) != 1:
            raise _by_hand(commit, "är en sammanslagning")
        before, after = there.files(commit.parents[0]), there.files(commit.id)
        paths = changed(before, after)
        events = [path for path in paths if path.startswith("beslut/")]
        # Derived files are computed anew; what else the register keeps goes with an event, and alone it is somebody's own doing.
        loose = [path for path in paths if path != REGISTER and path.partition("/")[0] not in KEPT]
        if odd := [path for path in loose if not (events and kept(path))]:
            raise _by_hand(commit, f"ändrar {odd[0]}")
        if gone := [path for path in events if path in before]:
            raise _by_hand(commit, f"ändrar {gone[0]}, som redan var infört")
        read = contents(there, {path: after[path] for path in {*events, REGISTER} & after.keys()})
        was = municipality_in(contents(there, {REGISTER: before[REGISTER]}) if REGISTER in before else {})
        now = municipality_in(read)
        new = tuple(committee for committee in now.committees if was.committee(committee.id) is None)
        if replace(now, committees=was.committees) != was or now.committees != (*was.committees, *new):
            raise _by_hand(commit, "ändrar register.xml")
        for path in events:
            yield commit, event_in(read, path), new


def _by_hand(commit: Commit, what: str) -> CannotStore:
    return CannotStore(
        f"Incheckningen {commit.id[:10]} (”{commit.subject}”) {what}, och både här och på servern har registret gått vidare. "
        "Bara beslut kan läggas ovanpå det som finns på servern. Inget är ändrat.",
        hint="Den är gjord för hand. Be någon som kan git att lägga den ovanpå serverns gren.",
    )


# --- what the server had ------------------------------------------------------------------------------------------


def _place(url: str, ref: str) -> str:
    return f"{_SEEN}/{hashlib.sha256(url.encode()).hexdigest()[:16]}/{ref.removeprefix('refs/heads/')}"


def _seen(repository: Repository, url: str, ref: str) -> str:
    """The commit that the server had when the register was last synced with it; "" the first time."""
    return repository.run("rev-parse", "--verify", "-q", f"{_place(url, ref)}^{{commit}}", allowed=(0, 1))[1].decode().strip()


def _remember(repository: Repository, url: str, ref: str, commit: str) -> None:
    repository.run("update-ref", _place(url, ref), commit)
