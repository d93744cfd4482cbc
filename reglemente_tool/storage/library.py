"""A register: the folder of one municipality as an object. Reads it, keeps drafts, enacts decisions, and proves that it holds.

    register.xml              the kommun and its nämnder
    beslut/2017/<id>.xml      source: what was decided, and has happened to it
    reglementen/<id>.xml      derived: the latest decided wording of each charter
    forslag/<id>.xml          drafts; not in git, not in the history

A commit is the truth. Files are read from the folder, for plainness, and nothing is enacted unless they are what git has.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reglemente_tool.errors import CannotStore, Level, Place, Problem
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.history import Committee, Event, History, Municipality
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.safexml import MAX_BYTES
from reglemente_tool.storage import git
from reglemente_tool.storage.audit import Report, audit, history_in, municipality_in
from reglemente_tool.storage.chain import REGISTER, START, Files
from reglemente_tool.storage.incoming import KEPT, kept
from reglemente_tool.storage.xmlform import municipality_to_xml, proposal_from_xml, proposal_to_xml

if TYPE_CHECKING:
    from reglemente_tool.storage.entering import Enacted, Held
    from reglemente_tool.storage.signatures import Signatures

# Most commands only read. What enacts and proves is imported by the methods that do so.

__all__ = ["DRAFTS", "KEPT", "LOOK", "Register"]

DRAFTS = "forslag"
LOOK = "utseende.toml"
_TRIES = 8
"""As many times a decision is written anew on top of what others have enacted meanwhile."""
_PATIENCE = 20
_NEW_FILES = {
    ".gitattributes": "* -text\n",
    ".gitignore": f"{DRAFTS}/\n.reglemente-*.tmp\n",
    "README.md": (
        "# Reglementen för {}\n\n"
        "Mappen är ett register som programmet reglemente har gjort och sköter.\n\n"
        "- `beslut/` är källan: kommunfullmäktiges beslut, ordagrant och som ändringar.\n"
        "- `reglementen/` är härlett: den senast beslutade lydelsen av varje reglemente.\n"
        "- `register.xml` säger vilken kommun det är och vilka nämnder den har.\n\n"
        "Ändra inget här för hand. `reglemente kontrollera` prövar att allt stämmer.\n"
    ),
}


class Register:
    """One register. What it says is read once, when first asked for; `enact` and `republish` keep it up to date.

    `sign_with` is the ssh key that commits are signed with; None: they are not signed.
    """

    __slots__ = ("_history", "_municipality", "_sources", "folder", "repository", "sign_with")

    def __init__(self, folder: Path) -> None:
        """Take `folder`, which holds a register.xml. Use `open` or `create`."""
        self.folder = folder.resolve()
        self.repository = git.find(self.folder)
        self.sign_with: Path | None = None
        self._sources: Mapping[str, bytes] = {}
        self._municipality: Municipality | None = None
        self._history: History | None = None

    # --- opening --------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, folder: Path = Path()) -> Register:
        """Return the register that `folder` lies in. Finishes first what a killed program left half done.

        Raises CannotStore when there is none, or when its files are not yet what was committed last.
        """
        start = folder.resolve()
        found = next((place for place in (start, *start.parents) if (place / REGISTER).is_file()), None)
        if found is None:
            raise CannotStore(f"Det finns inget register i {folder} eller i någon mapp ovanför.", hint="Gör ett med: reglemente ny MAPP")
        register = cls(found)
        register._finish()
        return register

    @classmethod
    def create(cls, folder: Path, municipality: Municipality, *, now: datetime, inside: bool = False) -> Register:
        """Make an empty register in `folder`, commit it, and return it.

        It gets a repository of its own, unless the folder is one already; with `inside` it becomes a part of the
        repository that the folder lies in. Raises CannotStore when something is in the way; then nothing is written.
        """
        files = {REGISTER: municipality_to_xml(municipality)}
        municipality_in(files)
        files |= {name: text.replace("{}", municipality.name).encode() for name, text in _NEW_FILES.items()}
        for name in files:
            if (folder / name).exists():
                raise CannotStore(f"{folder / name} finns redan.", hint="Välj en tom mapp.")
        repository = git.find(folder)
        if inside and repository is None:
            raise CannotStore(f"{folder} ligger inte i något git-förvar.", hint="Gör ett register med eget förvar i stället.")
        folder.mkdir(parents=True, exist_ok=True)
        if repository is None or not (inside or repository.root == folder.resolve()):
            repository = git.create(folder)
        repository.commit(files, message=f"Nytt register för {municipality.name}\n", when=now, onto=repository.head())
        return cls(folder)

    def _finish(self) -> None:
        if self.repository is not None and not self.repository.finish():
            raise CannotStore(
                "Det senaste beslutet är infört, men alla filer i mappen är inte uppdaterade än.",
                hint="Stäng program som har registrets filer öppna, och försök igen.",
            )

    # --- reading --------------------------------------------------------------------------------------------------

    @property
    def municipality(self) -> Municipality:
        """What register.xml says; the decisions need not be readable for that. Raises CannotStore."""
        if self._municipality is None:
            place = self._ordinary(self.folder / REGISTER)
            self._municipality = municipality_in({REGISTER: place.read_bytes()} if place.is_file() else {})
        return self._municipality

    @property
    def history(self) -> History:
        """All that has been decided. Raises CannotStore when a file cannot be read."""
        if self._history is None:
            self._load()
        assert self._history is not None
        return self._history

    def _load(self) -> None:
        files = self._files()
        self._municipality, self._history = municipality_in(files), history_in(files)
        self._sources = _sources(files)

    def _files(self) -> dict[str, bytes]:
        """register.xml and all files in the kept folders, by path. Raises CannotStore for what is no ordinary file or folder."""
        found: dict[str, bytes] = {}
        waiting = [self.folder / name for name in (REGISTER, START, *KEPT)]
        while waiting:
            place = self._ordinary(waiting.pop())
            if place.is_dir():
                waiting += place.iterdir()
            elif place.exists():
                found[place.relative_to(self.folder).as_posix()] = place.read_bytes()
        return found

    def look_files(self) -> dict[str, bytes]:
        """Return utseende.toml and the files right in utseende/, by path; none when there is no utseende.toml. Raises CannotStore."""
        if not self._ordinary(self.folder / LOOK).is_file():
            return {}
        found = [self.folder / LOOK, *sorted(self._ordinary(self.folder / LOOK.removesuffix(".toml")).glob("*.*"))]
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in map(self._ordinary, found) if p.is_file()}

    def _ordinary(self, place: Path) -> Path:
        """Return `place` when it is a folder, a file of a reasonable size, or nothing yet. Raises CannotStore."""
        path, wrong = place.relative_to(self.folder).as_posix(), ""
        if place.is_symlink():
            wrong = "är en länk, och sådana följs inte"
        elif place.exists() and not place.is_dir() and not (place.is_file() and place.stat().st_size <= MAX_BYTES):
            wrong = f"är ingen vanlig fil, eller större än {MAX_BYTES // 1_000_000} MB"
        if wrong:
            raise CannotStore(f"{path} {wrong}.", place=Place(document=path))
        return place

    # --- drafts ---------------------------------------------------------------------------------------------------

    @property
    def drafts(self) -> tuple[DecisionId, ...]:
        """The ids of the drafts, in order of name."""
        return tuple(DecisionId(place.stem) for place in sorted((self.folder / DRAFTS).glob("*.xml")))

    def draft(self, id: DecisionId) -> Proposal:
        """Return a draft. Raises CannotStore when there is none, or it cannot be read."""
        place = self._draft_place(id)
        if not place.is_file():
            hint = f"Förslagen är {', '.join(self.drafts)}." if self.drafts else "Läs in ett med: reglemente las FIL"
            raise CannotStore(f"Det finns inget förslag {id}.", hint=hint)
        proposal = proposal_from_xml(place.read_bytes(), f"{DRAFTS}/{place.name}")
        if proposal.id != id:
            raise CannotStore(f"{DRAFTS}/{place.name}: förslagets id är {proposal.id}.", hint="Låt filen och förslaget ha samma namn.")
        return proposal

    def save_draft(self, proposal: Proposal) -> Path:
        """Write a draft, in place of any with its id, and return where it lies. Raises CannotStore."""
        place, data = self._draft_place(proposal.id), proposal_to_xml(proposal)
        proposal_from_xml(data, f"{DRAFTS}/{place.name}")
        git.replace_file(place, data, beside=self.folder)
        return place

    def remove_draft(self, id: DecisionId) -> None:
        """Take a draft away, if it is there."""
        self._draft_place(id).unlink(missing_ok=True)

    def _draft_place(self, id: DecisionId) -> Path:
        from reglemente_tool.storage.entering import refuse_identity

        refuse_identity(id)
        return self._ordinary(self._ordinary(self.folder / DRAFTS) / f"{id}.xml")

    # --- enacting -------------------------------------------------------------------------------------------------

    def enact(
        self,
        event: Event,
        *,
        now: datetime,
        draft_id: str = "",
        add_committees: Iterable[Committee] = (),
        dry_run: bool = False,
    ) -> Enacted:
        """Let `event` enter the history: its file, the charters it changes, and any new committees, in one commit.

        Every touched charter's whole timeline is replayed first. The draft is taken away afterwards. Raises CannotApply
        when an amendment does not fit, now or at any later day; CannotStore when the event is known already, nobody has
        confirmed it, files have been edited by hand, the chain is broken, or others have enacted what makes it do something else
        than when the register was read. Then nothing has changed. With `dry_run` nothing is written at all.
        """
        from reglemente_tool.storage.entering import entered, refuse_event
        from reglemente_tool.storage.overtaken import in_between

        refuse_event(self.history, event)
        for _ in range(_TRIES):
            files, head = self.settled(dry_run=dry_run)
            held, came = self._gone_on(files, event)
            done, after = entered(held, event, add_committees)
            if dry_run:
                return done
            try:
                commit = self._commit(done.changes, done.message, now, head, author=event.confirmed_by)
            except git.Moved:
                continue
            break
        else:
            raise git.Moved("Andra har infört beslut hela tiden medan det här skulle föras in; det är inte infört.", hint="Försök igen.")
        self._municipality, self._history, self._sources = after.municipality, after.history, _sources(after.files)
        # A draft that is left can do no harm: the decision is known, and is refused the next time.
        with contextlib.suppress(OSError, CannotStore):
            self.remove_draft(DecisionId(draft_id))
        return replace(done, commit=commit, problems=(*in_between(came, after.history), *self._left_over()))

    def _gone_on(self, files: Files, event: Event) -> tuple[Held, tuple[Event, ...]]:
        """Return what the register holds now, and the events that have come since it was read. Raises CannotStore when
        `event` does not do the same with them as without, or when something else has happened to the register.
        """
        from reglemente_tool.storage.entering import Held, refuse_event
        from reglemente_tool.storage.overtaken import newcomers, still_the_same, what_came

        if self.repository is None or _sources(files) == self._sources:
            return Held(files, self.municipality, self.history), ()
        held = Held(files, municipality_in(files), history_in(files))
        came = newcomers(self.history, held.history)
        refuse_event(held.history, event)
        if why := still_the_same(self.history, held.history, event):
            others = what_came(held.history, came, event)
            raise CannotStore(
                f"{capital(event.name)} är inte infört, eftersom andra under tiden har infört {others}. {why}",
                hint="Inget är ändrat. Se hur texten blir nu, och för in det på nytt.",
            )
        return held, came

    def republish(self, *, now: datetime, reason: str = "", confirmed_by: str = "") -> tuple[str, ...]:
        """Write anew, from the decisions, the charters whose committed files differ from them; return the paths.

        With a `reason` the chain begins anew after the events that are there, if it is broken or there is none: kedja.xml says who
        confirmed it, and why. Raises as `enact` does.
        """
        from reglemente_tool.storage.entering import Held, restarted, rewritten

        history = self.history
        files, head = self.settled(dry_run=False)
        held = Held(files, self.municipality, history)
        changes = {**rewritten(held), **(restarted(held, confirmed_by=confirmed_by, reason=reason, on=now.date()) if reason else {})}
        if _sources(files) != self._sources:
            raise git.Moved("Registret har ändrats sedan det lästes; inget är skrivet.", hint="Försök igen.")
        if changes:
            said = f"Kedjan av beslut börjar om: {reason}" if START in changes else "Reglementena skrivna på nytt ur besluten"
            self._commit(changes, f"{said}\n", now, head, author=confirmed_by or git.ROLE)
        return tuple(sorted(changes))

    def prove(self, report: Report) -> bytes:
        """Return the proof of the register, which `verify` has found whole. Raises CannotStore when it was not."""
        from reglemente_tool.storage.proof import proof

        if not report.ok or report.chain is None:
            hint = "Se vad som är fel med: reglemente kontrollera"
            raise CannotStore("Registret stämmer inte, så det finns inget att bevisa.", hint=hint)
        return proof(self._files(), report.chain)

    def signatures(self, signers: bytes | None = None) -> Signatures:
        """Return who has signed what is committed, by the list `signers` (None: the register's own). Raises CannotStore."""
        from reglemente_tool.storage.signatures import SIGNERS, Signatures, signatures

        if self.repository is None:
            return Signatures(0, 0, 0, (), ())
        own = self._ordinary(self.folder / SIGNERS)
        return signatures(self.repository, (own.read_bytes() if own.is_file() else b"") if signers is None else signers)

    def continues(self, then: Files, report: Report) -> tuple[Problem, ...]:
        """Return what shows that the register does not go on from the files of a proof; `report` is what `verify` has found."""
        from reglemente_tool.storage.proof import continued

        return tuple(continued(then, self._files(), report.chain))

    def settled(self, *, dry_run: bool = False) -> tuple[dict[str, bytes], git.Head]:
        """Return the files and the commit that they are. Raises CannotStore unless the folder is what git has."""
        repository = self.repository
        if repository is None:
            if dry_run:
                return self._files(), git.Head("", "")
            raise CannotStore(
                "Registret ligger inte i git och kan bara läsas.",
                hint="Gör ett eget med: reglemente ny MAPP, eller kopiera mappen till ett git-förvar och checka in den.",
            )
        for _ in range(_PATIENCE):
            self._finish()
            head = repository.head()
            files = self._files()
            edited = _unlike(files, repository.files(head.commit)) or _unlike(files, repository.staged())
            if not edited:
                return files, head
            if not repository.waits_for_another(head):
                break
        repository.staged(settled=True)
        raise CannotStore(
            f"{edited[0]} är ändrad i mappen men inte sparad i git, så inget kan införas.",
            place=Place(document=edited[0]),
            hint="Se ändringen med git diff. Ta bort den, eller spara den, och försök igen.",
        )

    def _commit(self, changes: git.Changes, words: str, now: datetime, head: git.Head, *, author: str) -> str:
        assert self.repository is not None
        commit = self.repository.commit(changes, message=words, when=now, onto=head, author=author, key=self.sign_with)
        self._sources = {**self._sources, **_sources(changes)}
        return commit

    def _left_over(self) -> tuple[Problem, ...]:
        if self.repository is None or not self.repository.unfinished():
            return ()
        words = "Beslutet är infört, men alla filer i mappen är inte uppdaterade än, eftersom ett annat program håller dem."
        return (Problem("EJ-UPPDATERAD", words, Place(document=str(self.folder)), Level.VARNING, "Nästa kommando gör det."),)

    # --- proving --------------------------------------------------------------------------------------------------

    def verify(self) -> Report:
        """Replay everything and compare every file with git. Never raises for what the files hold: that is in the report."""
        try:
            files = self._files()
        except CannotStore as error:
            return Report((), (error.problem(),), False)
        committed = self.repository.files(self.repository.head().commit) if self.repository is not None else {}
        if not any(kept(path) for path in committed):
            reason = "Registret är inte sparat i git." if self.repository is not None else "Registret ligger inte i git."
            return audit(files, None, reason=reason)
        return audit(files, {path: _how(path, files, committed) for path in _unlike(files, committed)})


def _sources(files: git.Changes) -> dict[str, bytes]:
    """What the history is read from, without what is derived."""
    return {path: data for path, data in files.items() if data is not None and not path.startswith("reglementen/") and kept(path)}


def _unlike(files: Mapping[str, bytes], ids: git.Ids) -> list[str]:
    """The register's files that are not, byte for byte, those with the identities `ids`; also what is missing or too many."""
    ours = {path for path in ids if kept(path)}
    return sorted(p for p in ours | files.keys() if p not in ours or p not in files or git.blob_id(files[p], like=ids[p]) != ids[p])


def _how(path: str, files: Mapping[str, bytes], ids: git.Ids) -> str:
    return "OKAND-FIL" if path not in ids else "ANDRAD-FIL" if path in files else "SAKNAD-FIL"
