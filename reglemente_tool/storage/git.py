"""The only module that touches git: one folder's part of a repository, through GitPython as launcher.

A commit is written by one `git fast-import` that names the commit it builds on, so it is made whole or not at all, and
not at all when another writer came first. Then the folder's files are set to what was committed, each by one replacement.
A mark in the git folder says that this is going on: should the program be killed in between, the next reader finishes it.

Nothing that a repository's configuration names is ever run: no hooks, no filters, no fsmonitor, no transports. To that
end no command that reads or writes work-tree files is used; this module does that itself, and only in its own folder.
Importing GitPython is slow, so only what needs git imports it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from reglemente_tool.errors import CannotStore

PATH = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*\.xml")
OWN_FILES = frozenset({".gitattributes", ".gitignore", "README.md"})
ROLE = "reglemente"
ADDRESS = "reglemente@localhost"

_EARLIEST = 86_400
"""The first second that git's own dates can be trusted with, a day into 1970; a clock that is further back is wrong anyhow."""
_MARK = "reglemente-pagar-"
_STALE = 600.0
_PATIENCE = 20
_PAUSE = 0.05
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.fsync": "all",
    "core.autocrlf": "false",
    "core.quotePath": "false",
    "gc.auto": "0",
}
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
    **{f"GIT_CONFIG_KEY_{i}": key for i, key in enumerate(_SETTINGS)},
    **{f"GIT_CONFIG_VALUE_{i}": value for i, value in enumerate(_SETTINGS.values())},
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}

Changes = Mapping[str, bytes | None]
"""What is to be written, by path in the folder; None for a file that goes."""
Ids = dict[str, str]
"""The identity of each file's content (git's blob id), by path in the folder; "" for what is no ordinary file."""


class Moved(CannotStore):
    """Another writer came first; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the repository stands: the branch ("" when none is checked out) and its commit ("" before the first)."""

    ref: str
    commit: str


@dataclass(frozen=True, slots=True)
class Repository:
    """The part of a git repository that lies in one folder. All paths are relative to that folder, with "/" between."""

    folder: Path
    root: Path
    git_dir: Path

    @property
    def prefix(self) -> str:
        """The folder as seen from the root: "" or "charters/norrboda/"."""
        return "" if self.folder == self.root else f"{self.folder.relative_to(self.root).as_posix()}/"

    # --- reading --------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        """Return the branch that is checked out and its commit. Raises CannotStore when git cannot tell."""
        _, ref = self._run("symbolic-ref", "-q", "HEAD", allowed=(0, 1))
        status, commit = self._run("rev-parse", "--verify", "-q", "HEAD^{commit}", allowed=(0, 1))
        return Head(os.fsdecode(ref).strip(), "" if status else commit.decode().strip())

    def files(self, commit: str) -> Ids:
        """Return the folder's files in `commit`; none for ""."""
        if not commit:
            return {}
        _, listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *([self.prefix] if self.prefix else []))
        return dict(self._entries(listing, stage=False))

    def staged(self, *, settled: bool = False) -> Ids:
        """Return the folder's files in the index; "" for those in conflict. Raises CannotStore, with `settled` also when a lock
        keeps it from being set to what was committed last."""
        if settled and (lock := self.git_dir / "index.lock").exists() and self.unfinished():
            raise _locked(str(lock))
        _, listing = self._run("ls-files", "-s", "-z", "--full-name", "--", *([self.prefix.rstrip("/")] if self.prefix else []))
        return dict(self._entries(listing, stage=True))

    def content(self, blob: str) -> bytes:
        """Return the bytes of a file by its identity. Raises CannotStore when the repository has lost it."""
        return self._run("cat-file", "blob", blob)[1]

    def _entries(self, listing: bytes, *, stage: bool) -> Iterator[tuple[str, str]]:
        for entry in os.fsdecode(listing).split("\0")[:-1]:
            facts, _, path = entry.partition("\t")
            mode, second, third = facts.split(" ")
            blob = (second if third == "0" else "") if stage else third
            yield path.removeprefix(self.prefix), blob if mode in ("100644", "100755") else ""

    # --- writing --------------------------------------------------------------------------------------------------

    def commit(self, changes: Changes, *, message: str, when: datetime, onto: Head, author: str = ROLE) -> str:
        """Commit `changes` on top of `onto` and set the folder's files to them; return the new commit.

        Before: the caller has seen that the folder's files are those of `onto`. Raises Moved when the branch has gone on
        since, CannotStore when it cannot be done; then neither branch, index nor any file has changed. When only the
        files could not all be set (another program holds one), the commit stands, and `finish` sets the rest.
        """
        _refuse_paths(changes, self.prefix)
        self._refuse_links()
        if not onto.ref:
            raise CannotStore("Ingen gren är utcheckad i förvaret, så beslutet kan inte sparas.", hint="Checka ut en gren med git switch.")
        mark = self._mark(onto)
        try:
            commit = self._import(_stream(changes, self.prefix, message, when, onto, author), onto)
        except (CannotStore, OSError):
            mark.unlink(missing_ok=True)
            raise
        # From here on the decision is made, so whatever fails is left to `finish`.
        with contextlib.suppress(CannotStore, OSError):
            old, new = self.files(onto.commit), self.files(commit)
            if self._set_files(old, new, changes) and self._set_index(old, new, tries=_PATIENCE):
                mark.unlink(missing_ok=True)
        return commit

    def _mark(self, onto: Head) -> Path:
        """Leave a mark for as long as the commit may be there without the files."""
        mark = self.git_dir / f"{_MARK}{os.getpid()}-{time.monotonic_ns()}"
        _set_down(mark, os.fsencode(f"{onto.ref}\n{onto.commit}\n{self.prefix}\n"), self.git_dir)
        return mark

    def _refuse_links(self) -> None:
        """Raise CannotStore when git would write through a link, out of its own folder: a stranger may have laid it there."""
        inner = [self.git_dir, *self.git_dir.iterdir(), *(self.git_dir / "objects").glob("*")]
        for top in ("refs", "logs"):
            inner += (self.git_dir / top).rglob("*")
        for place in inner:
            if place.is_symlink():
                raise CannotStore(f"{place} är en länk, så git skulle skriva någon annanstans.", hint="Klona registret på nytt.")

    def _import(self, stream: bytes, onto: Head) -> str:
        said = ""
        for _ in range(_PATIENCE):
            with _spool(stream) as file:
                status, out, said = self._call("fast-import", "--quiet", "--done", "--date-format=raw", stdin=file)
            if not status:
                return out.decode().strip()
            if self.head().commit != onto.commit:
                raise Moved("Registret har ändrats av någon annan under tiden; inget är infört.", hint="Pröva förslaget igen.")
            if "lock" not in said:
                break
            time.sleep(_PAUSE)  # another program holds the branch this very moment
        raise _failed(said)

    def finish(self) -> bool:
        """Finish what a killed program left half done: files of this folder that a commit has changed and that are exactly
        as they were before it. A file that a person has edited since is left alone. Does not run git when all is well.

        Returns False when a file is still not what was committed, because another program holds it. Raises CannotStore.
        """
        whole = True
        for mark in sorted(self.git_dir.glob(_MARK + "*")):
            try:
                ref, old, prefix = os.fsdecode(mark.read_bytes()).split("\n")[:3]
                age = time.time() - mark.stat().st_mtime
            except (OSError, ValueError):
                continue
            head = self.head()
            if prefix != self.prefix:
                continue
            if ref != head.ref:
                done = True
            elif old == head.commit:
                # The commit has not been made: another program is at it now, or was killed before it.
                done = age > _STALE
            else:
                self._refuse_links()
                before, after = self.files(old), self.files(head.commit)
                done = self._set_files(before, after, {})
                whole = whole and done
                done = done and self._set_index(before, after, tries=1)
            if done:
                mark.unlink(missing_ok=True)
        return whole

    def unfinished(self) -> bool:
        """True when a commit's files are perhaps not all set yet."""
        return any(self.git_dir.glob(_MARK + "*"))

    def _set_files(self, old: Ids, new: Ids, contents: Changes) -> bool:
        """Set the files that differ between `old` and `new`, but for those that are neither. False when one cannot be set."""
        try:
            for path in _changed(old, new):
                self._set_file(path, old.get(path), new.get(path), contents)
        except OSError:
            return False
        return True

    def _set_index(self, old: Ids, new: Ids, *, tries: int) -> bool:
        """Set the index entries likewise. False when another program holds the index."""
        staged = self.staged()
        entries = [
            f"100644 {new[path]}\t{self.prefix}{path}\0" if path in new else f"0 {'0' * len(old[path])}\t{self.prefix}{path}\0"
            for path in _changed(old, new)
            if staged.get(path) == old.get(path)
        ]
        for attempt in range(tries):
            if attempt:
                time.sleep(_PAUSE)
            with _spool(os.fsencode("".join(entries))) as file:
                status, _, _ = self._call("update-index", "-z", "--index-info", stdin=file)
            if not status:
                return True
        return False

    def _set_file(self, path: str, old: str | None, new: str | None, contents: Changes) -> None:
        place = self.folder / path
        # What no register has is left to others, and nothing is written through a link.
        if not _own(path) or place.is_symlink() or place.parent.resolve() != place.parent:
            return
        held = blob_id(place.read_bytes(), like=old or new or "") if place.is_file() else None
        if held == new or held != old:
            return
        if new is None:
            place.unlink()
            return
        data = contents.get(path)
        replace_file(place, self.content(new) if data is None else data, beside=self.folder)

    # --- git itself -----------------------------------------------------------------------------------------------

    def _run(self, *words: str, allowed: tuple[int, ...] = (0,)) -> tuple[int, bytes]:
        status, out, said = self._call(*words)
        if status not in allowed:
            raise _failed(said)
        return status, out

    def _call(self, *words: str, stdin: BinaryIO | None = None) -> tuple[int, bytes, str]:
        here = {"GIT_DIR": str(self.git_dir), "GIT_WORK_TREE": str(self.root), "GIT_INDEX_FILE": str(self.git_dir / "index")}
        return _launch(self.root, words, here, stdin)


def find(folder: Path) -> Repository | None:
    """Return the repository that `folder` lies in, or None. Does not run git."""
    folder = folder.resolve()
    for root in (folder, *folder.parents):
        inner = root / ".git"
        if inner.is_dir():
            return Repository(folder, root, inner)
        if inner.is_file():
            # A linked work tree: the file names its git folder.
            named = inner.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            return Repository(folder, root, (root / named).resolve())
    return None


def create(folder: Path) -> Repository:
    """Make an empty repository in `folder`, without hooks and templates, and return it. Raises CannotStore."""
    folder = folder.resolve()
    here = {"GIT_DIR": str(folder / ".git"), "GIT_WORK_TREE": str(folder), "GIT_INDEX_FILE": str(folder / ".git" / "index")}
    status, _, said = _launch(folder, ("init", "--quiet", "--template=", "--initial-branch=main"), here, None)
    made = find(folder)
    if status or made is None:
        raise _failed(said)
    return made


def blob_id(data: bytes, *, like: str) -> str:
    """Return git's identity of `data`, by the same algorithm as the identity `like`."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data).hexdigest()


def replace_file(place: Path, data: bytes, *, beside: Path) -> None:
    """Write the file whole or not at all: the old bytes are there until the new ones are. `beside` takes the temporary file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    _set_down(place, data, beside)


def _set_down(place: Path, data: bytes, beside: Path) -> None:
    handle, path = tempfile.mkstemp(prefix=".reglemente-", suffix=".tmp", dir=beside)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(path).chmod(0o644)
        Path(path).replace(place)
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise


def _launch(cwd: Path, words: tuple[str, ...], here: Mapping[str, str], stdin: BinaryIO | None) -> tuple[int, bytes, str]:
    try:
        import git
    except ImportError as error:
        raise CannotStore("Programmet git hittas inte på datorn.", hint="Installera git och försök igen.") from error
    try:
        answer: Any = git.Git(str(cwd)).execute(
            [git.Git.GIT_PYTHON_GIT_EXECUTABLE or "git", *words],
            istream=stdin,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            env={**_ENVIRONMENT, **here},
        )
    except git.GitError as error:
        raise CannotStore("Programmet git gick inte att starta.", hint="Kontrollera att git är installerat.") from error
    status, out, said = answer
    return int(status), bytes(out), str(said)


def _locked(lock: str) -> CannotStore:
    hint = f"Vänta en stund. Är inget annat program igång, så ta bort filen {lock}."
    return CannotStore("Ett annat program håller på att skriva i registret; inget är ändrat.", hint=hint)


def _failed(said: str) -> CannotStore:
    held = re.search(r"Unable to create '([^']+\.lock)'", said)
    if held is not None:
        return _locked(held[1])
    reason = said.strip().splitlines()[-1] if said.strip() else "inget"
    return CannotStore("Git kunde inte utföra det som behövdes; inget är ändrat.", hint=f"Git säger: {reason}")


@contextlib.contextmanager
def _spool(data: bytes) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield cast(BinaryIO, file)


def _changed(old: Ids, new: Ids) -> list[str]:
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def _own(path: str) -> bool:
    return path in OWN_FILES or PATH.fullmatch(path) is not None


def _refuse_paths(changes: Changes, prefix: str) -> None:
    for path in changes:
        if not _own(path):
            raise CannotStore(
                f"”{path}” är inget namn på en fil i registret.", hint="Namn får ha små bokstäver a–z, siffror och bindestreck."
            )
    if re.search(r'[\x00-\x1f"\\]|(^|/)\.git(/|$)', prefix, re.IGNORECASE):
        raise CannotStore(f"Registret ligger i en mapp vars namn git inte kan hantera: {prefix}", hint="Byt namn på mappen.")


def _stream(changes: Changes, prefix: str, message: str, when: datetime, onto: Head, author: str) -> bytes:
    """The commands for fast-import. Nothing in them comes from a person but the message and contents, which are counted out."""
    stamp = f"{max(int(when.timestamp()), _EARLIEST)} {when.strftime('%z')[:5] or '+0000'}"
    # The log is read on screens: what they would obey is shown as what it is.
    words = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in message).encode("utf-8")
    people = f"author {_person(author)} {stamp}\ncommitter {_person(ROLE)} {stamp}".encode()
    out = [os.fsencode(f"commit {onto.ref}"), b"mark :1", people, b"data %d" % len(words), words]
    if onto.commit:
        out.append(f"from {onto.commit}".encode())
    for path, data in sorted(changes.items()):
        if data is None:
            out.append(os.fsencode(f"D {prefix}{path}"))
        else:
            out += [os.fsencode(f"M 100644 inline {prefix}{path}"), b"data %d" % len(data), data]
    return b"\n".join([*out, b"get-mark :1", b"done", b""])


def _person(role: str) -> str:
    name = " ".join("".join(c if c.isprintable() and c not in "<>" else " " for c in role).split())
    return f"{name or ROLE} <{ADDRESS}>"
