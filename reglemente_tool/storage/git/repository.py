"""One folder's part of a git repository: what is committed in it, a commit made whole or not at all, its files set to it."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.git.files import ORDINARY, Changes, Ids, blob_id, changed, own, replace_file, set_down
from reglemente_tool.storage.git.head import Head, standing
from reglemente_tool.storage.git.launching import failed, launch, locked, spool
from reglemente_tool.storage.git.stream import ROLE, answered, commands, refuse_paths

_MARK = "reglemente-pagar-"
_APART = "refs/reglemente/undertecknas-"
_NOTHING = "000000"
_COMMIT = re.compile(r"[0-9a-f]*")
_STALE = 600.0
_PATIENCE = 20
_PAUSE = 0.05


class Moved(CannotStore):
    """Another writer came first; nothing was changed."""


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
        if (found := standing(self.git_dir)) is not None:
            return found
        status, both, _ = self.call("rev-parse", "-q", "HEAD^{commit}", "--symbolic-full-name", "HEAD")
        if not status:
            commit, _, ref = os.fsdecode(both).strip().partition("\n")
            return Head("" if ref == "HEAD" else ref, commit)
        # before the first commit
        _, name = self.run("symbolic-ref", "-q", "HEAD", allowed=(0, 1))
        status, out = self.run("rev-parse", "--verify", "-q", "HEAD^{commit}", allowed=(0, 1))
        return Head(os.fsdecode(name).strip(), "" if status else os.fsdecode(out).strip())

    def files(self, commit: str) -> Ids:
        """Return the folder's files in `commit`; none for ""."""
        if not commit:
            return {}
        _, listing = self.run("ls-tree", "-r", "-z", "--full-tree", commit, *([self.prefix] if self.prefix else []))
        return dict(self._entries(listing, stage=False))

    def _differing(self, old: str, new: str) -> tuple[Ids, Ids]:
        """Return the folder's files that differ between two commits ("": none), as they are in the one and in the other."""
        if not (old and new):
            return self.files(old), self.files(new)
        within = [self.prefix] if self.prefix else []
        _, listing = self.run("diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", old, new, "--", *within)
        pieces = os.fsdecode(listing).split("\0")[:-1]
        was, now = Ids(), Ids()
        for facts, path in zip(pieces[::2], pieces[1::2], strict=True):
            old_mode, new_mode, old_blob, new_blob, _ = facts[1:].split(" ")
            for ids, mode, blob in ((was, old_mode, old_blob), (now, new_mode, new_blob)):
                if mode != _NOTHING:
                    ids[path.removeprefix(self.prefix)] = blob if mode in ORDINARY else ""
        return was, now

    def staged(self, *, settled: bool = False) -> Ids:
        """Return the folder's files in the index; "" for those in conflict. Raises CannotStore, with `settled` also when a lock
        keeps it from being set to what was committed last."""
        if settled and (lock := self.git_dir / "index.lock").exists() and self.unfinished():
            raise locked(str(lock))
        _, listing = self.run("ls-files", "-s", "-z", "--full-name", "--", *([self.prefix.rstrip("/")] if self.prefix else []))
        return dict(self._entries(listing, stage=True))

    def content(self, blob: str) -> bytes:
        """Return the bytes of a file by its identity. Raises CannotStore when the repository has lost it."""
        return self.run("cat-file", "blob", blob)[1]

    def _entries(self, listing: bytes, *, stage: bool) -> Iterator[tuple[str, str]]:
        for entry in os.fsdecode(listing).split("\0")[:-1]:
            facts, _, path = entry.partition("\t")
            mode, second, third = facts.split(" ")
            blob = (second if third == "0" else "") if stage else third
            yield path.removeprefix(self.prefix), blob if mode in ORDINARY else ""

    # --- writing --------------------------------------------------------------------------------------------------

    def commit(
        self, changes: Changes, *, message: str, when: datetime, onto: Head, author: str = ROLE, key: Path | None = None
    ) -> str:
        """Commit `changes` on top of `onto`, signed with the ssh key `key` if one is given, and set the folder's files to them; return
        the new commit.

        Before: the caller has seen that the folder's files are those of `onto`. Raises Moved when the branch has gone on
        since, CannotStore when it cannot be done; then neither branch, index nor any file has changed. When only the
        files could not all be set (another program holds one), the commit stands, and `finish` sets the rest.
        """
        refuse_paths(changes, self.prefix)
        self.refuse_links()
        if not onto.ref:
            raise CannotStore("Ingen gren är utcheckad i förvaret, så beslutet kan inte sparas.", hint="Checka ut en gren med git switch.")
        if key is not None:
            commit = self.build(changes, message=message, when=when, onto=onto, author=author, written=when, key=key)
            self.advance(onto, commit)
            return commit
        mark = self._mark(onto)
        try:
            said = self._import(commands(changes, self.prefix, message, when, onto, author, None), onto)
        except (CannotStore, OSError):
            mark.unlink(missing_ok=True)
            raise
        commit, was = answered(said, changes, onto)
        now = {path: blob_id(data, like=commit) for path, data in changes.items() if data is not None}
        self._set_all(mark, onto, commit, changes, (was, now))
        return commit

    def build(
        self, changes: Changes, *, message: str, when: datetime, onto: Head, author: str, written: datetime, key: Path | None = None
    ) -> str:
        """Commit `changes` on top of `onto`, in a ref that no files are set to, or signed with the key `key` and in no ref; return
        the new commit. Raises CannotStore."""
        refuse_paths(changes, self.prefix)
        if key is None:
            return answered(self._import(commands(changes, self.prefix, message, when, onto, author, written), onto), changes, onto)[0]
        from reglemente_tool.storage.git.signing import signature, signed

        # fast-import cannot sign: the commit that it makes is signed and written anew.
        apart = Head(f"{_APART}{os.getpid()}-{time.monotonic_ns()}", onto.commit)
        try:
            bare, _ = answered(self._import(commands(changes, self.prefix, message, when, apart, author, written), apart), changes, apart)
            raw = self.run("cat-file", "commit", bare)[1]
        finally:
            # Also those that a killed program has left; nobody builds on the name of such a ref.
            _, left = self.run("for-each-ref", "--format=delete %(refname)", f"{_APART}*")
            with spool(left) as file:
                self.call("update-ref", "--stdin", stdin=file)
        with spool(signed(raw, signature(raw, key), sha256=len(bare) == 64)) as file:
            status, out, said = self.call("hash-object", "-t", "commit", "-w", "--stdin", stdin=file)
        if status:
            raise failed(said)
        return out.decode().strip()

    def advance(self, onto: Head, new: str) -> None:
        """Let the branch go on from `onto` to `new`, a commit that is there, and set the folder's files to it.

        Before: the caller has seen that the folder's files are those of `onto`. Raises Moved and CannotStore as `commit` does.
        """
        self.refuse_links()
        mark = self._mark(onto)
        try:
            # A branch that does not exist yet is told by a commit of noughts.
            status, _, said = self.call("update-ref", "-m", ROLE, onto.ref, new, onto.commit or "0" * len(new))
            if status:
                raise _moved() if self.head() != onto else failed(said)
        except CannotStore:
            mark.unlink(missing_ok=True)
            raise
        self._set_all(mark, onto, new, {}, None)

    def _set_all(self, mark: Path, onto: Head, commit: str, contents: Changes, differing: tuple[Ids, Ids] | None) -> None:
        # From here on the decision is made, so whatever fails is left to `finish`.
        with contextlib.suppress(CannotStore, OSError):
            if self._bring(onto.commit, commit, differing, contents=contents, tries=_PATIENCE) == (True, True):
                mark.unlink(missing_ok=True)

    def _mark(self, onto: Head) -> Path:
        """Leave a mark for as long as the commit may be there without the files."""
        mark = self.git_dir / f"{_MARK}{os.getpid()}-{time.monotonic_ns()}"
        set_down(mark, os.fsencode(f"{onto.ref}\n{onto.commit}\n{self.prefix}\n"), self.git_dir)
        return mark

    def refuse_links(self) -> None:
        """Raise CannotStore when git would write through a link, out of its own folder: a stranger may have laid it there."""
        links = [str(self.git_dir)] if self.git_dir.is_symlink() else []
        for within, deep in ((".", False), ("objects", False), ("refs", True), ("logs", True)):
            links += _links(self.git_dir / within, deep=deep)
        if links:
            raise CannotStore(f"{links[0]} är en länk, så git skulle skriva någon annanstans.", hint="Klona registret på nytt.")

    def _import(self, stream: bytes, onto: Head) -> bytes:
        said = ""
        for _ in range(_PATIENCE):
            with spool(stream) as file:
                status, out, said = self.call("fast-import", "--quiet", "--done", "--date-format=raw", stdin=file)
            if not status:
                return out
            if self.head().commit != onto.commit:
                raise _moved()
            if "lock" not in said:
                break
            time.sleep(_PAUSE)  # another program holds the branch this very moment
        raise failed(said)

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
            if prefix != self.prefix or not _COMMIT.fullmatch(old):  # a stranger may have laid it there, with more in it than a commit
                continue
            if ref != head.ref:
                done = True
            elif old == head.commit:
                # The commit has not been made: another program is at it now, or was killed before it.
                done = age > _STALE
            else:
                self.refuse_links()
                set_all, done = self._bring(old, head.commit, tries=1)
                whole = whole and set_all
            if done:
                mark.unlink(missing_ok=True)
        return whole

    def unfinished(self) -> bool:
        """True when a commit's files are perhaps not all set yet."""
        return any(self.git_dir.glob(_MARK + "*"))

    def waits_for_another(self, head: Head) -> bool:
        """Wait a moment when another program is at work here, or has been since the branch stood at `head`; False when none is."""
        if not self.unfinished() and self.head() == head:
            return False
        time.sleep(_PAUSE)
        return True

    def _bring(
        self, old: str, new: str, differing: tuple[Ids, Ids] | None = None, *, contents: Changes | None = None, tries: int
    ) -> tuple[bool, bool]:
        """Bring the folder's files, and then the index, from the commit `old` to `new`; return for each whether all could be set.
        `differing` are the files that differ, as they were and as they are, where that is known.

        When the branch has gone on meanwhile they are brought there too: another program may have set a file between our
        look at it and our write.
        """
        while True:
            before, after = differing or self._differing(old, new)
            files = self._set_files(before, after, contents or {})
            index = files and self._set_index(before, after, tries=tries)
            old, new, contents, differing = new, self.head().commit, None, None
            if old == new:
                return files, index

    def _set_files(self, old: Ids, new: Ids, contents: Changes) -> bool:
        """Set the files that differ between `old` and `new`, but for those that are neither. False when one cannot be set."""
        try:
            for path in changed(old, new):
                self._set_file(path, old.get(path), new.get(path), contents)
        except OSError:
            return False
        return True

    def _set_index(self, old: Ids, new: Ids, *, tries: int) -> bool:
        """Set the index entries likewise. False when another program holds the index."""
        staged = self.staged()
        entries = [
            f"100644 {new[path]}\t{self.prefix}{path}\0" if path in new else f"0 {'0' * len(old[path])}\t{self.prefix}{path}\0"
            for path in changed(old, new)
            if staged.get(path) == old.get(path)
        ]
        for attempt in range(tries):
            if attempt:
                time.sleep(_PAUSE)
            with spool(os.fsencode("".join(entries))) as file:
                status, _, _ = self.call("update-index", "-z", "--index-info", stdin=file)
            if not status:
                return True
        return False

    def _set_file(self, path: str, old: str | None, new: str | None, contents: Changes) -> None:
        place = self.folder / path
        # What no register has is left to others, and nothing is written through a link.
        if not own(path) or place.is_symlink() or place.parent.resolve() != place.parent:
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

    def run(self, *words: str, allowed: tuple[int, ...] = (0,)) -> tuple[int, bytes]:
        """Run git here and return its status and what it wrote. Raises CannotStore for a status that is not `allowed`."""
        status, out, said = self.call(*words)
        if status not in allowed:
            raise failed(said)
        return status, out

    def call(self, *words: str, stdin: BinaryIO | None = None) -> tuple[int, bytes, str]:
        """Run git here and return its status, what it wrote and what it said. Raises CannotStore when it cannot be started."""
        here = {"GIT_DIR": str(self.git_dir), "GIT_WORK_TREE": str(self.root), "GIT_INDEX_FILE": str(self.git_dir / "index")}
        return launch(self.root, words, here=here, stdin=stdin)


def _links(folder: Path, *, deep: bool) -> Iterator[str]:
    """Yield the links in a folder, and with `deep` in what lies in it; none when there is no such folder."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for one in found:
            if one.is_symlink():
                yield one.path
            elif deep and one.is_dir():
                yield from _links(Path(one.path), deep=True)


def _moved() -> Moved:
    return Moved("Registret har ändrats av någon annan under tiden; inget är infört.", hint="Pröva förslaget igen.")


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


def bare(folder: Path) -> Repository | None:
    """Return the repository that `folder` itself is, as on a server, or that lies in it; None when there is none. Does not run git."""
    folder = folder.resolve()
    inner = next((place for place in (folder / ".git", folder) if (place / "HEAD").is_file() and (place / "objects").is_dir()), None)
    return Repository(folder, folder, inner) if inner is not None else find(folder)


def create(folder: Path) -> Repository:
    """Make an empty repository in `folder`, without hooks and templates, and return it. Raises CannotStore."""
    folder = folder.resolve()
    here = {"GIT_DIR": str(folder / ".git"), "GIT_WORK_TREE": str(folder), "GIT_INDEX_FILE": str(folder / ".git" / "index")}
    status, _, said = launch(folder, ("init", "--quiet", "--template=", "--initial-branch=main"), here=here)
    made = find(folder)
    if status or made is None:
        raise failed(said)
    return made
