"""Commits as they are read: all files of one at once, which builds on which, and what lies between two."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.git.files import Ids
from reglemente_tool.storage.git.launching import failed, spool
from reglemente_tool.storage.git.repository import Repository

MOST_BYTES = 500_000_000
"""As much is read of one commit, in all; no register is near it."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its identity, those it builds on, who is named as its author and when, and the first line of what it says."""

    id: str
    parents: tuple[str, ...]
    author: str
    written: datetime
    subject: str


def contents(repository: Repository, ids: Ids) -> dict[str, bytes]:
    """Return the bytes of the files with the identities `ids`, by path. Raises CannotStore when one is no ordinary file, or is
    missing.
    """
    if odd := sorted(path for path, id in ids.items() if not id):
        raise CannotStore(f"{odd[0]} är ingen vanlig fil.", hint="I ett register finns inga länkar och inga delmoduler.")
    out = _batch(repository, ids, "--batch")
    found, at = {}, 0
    for path, id in ids.items():
        end = out.find(b"\n", at)
        facts = out[at:end].split(b" ")
        if len(facts) != 3 or facts[0].decode() != id or facts[1] != b"blob":
            raise CannotStore(f"{path} saknas i förvaret.", hint="Förvaret är skadat. Klona registret på nytt.")
        at = end + 1 + int(facts[2]) + 1
        found[path] = out[end + 1 : at - 1]
    return found


def refuse_giants(repository: Repository, ids: Ids) -> None:
    """Raise CannotStore when the files are larger together than any register, before one is read."""
    sizes = _batch(repository, ids, "--batch-check=%(objectsize)").split()
    if sum(int(size) for size in sizes if size.isdigit()) > MOST_BYTES:
        raise CannotStore(f"Det som är inlagt är större än {MOST_BYTES // 1_000_000} MB.", hint="Så stort är inget register.")


def _batch(repository: Repository, ids: Ids, how: str) -> bytes:
    with spool("".join(f"{id}\n" for id in ids.values()).encode()) as file:
        status, out, said = repository.call("cat-file", how, stdin=file)
    if status:
        raise failed(said)
    return out


def commit_of(repository: Repository, name: str) -> str:
    """Return the identity of the commit that a person calls `name`. Raises CannotStore when there is none."""
    wrong = not name or name.startswith("-") or not name.isprintable()
    status, out, _ = (1, b"", "") if wrong else repository.call("rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")
    if status:
        raise CannotStore(f"”{name}” är ingen incheckning i förvaret.", hint="Ange den med sina siffror och bokstäver, som i git log.")
    return out.decode().strip()


@lru_cache(maxsize=64)
def builds_on(repository: Repository, newer: str, older: str) -> bool:
    """True when `older` is `newer` or among those that it builds on. Raises CannotStore."""
    return repository.run("merge-base", "--is-ancestor", older, newer, allowed=(0, 1))[0] == 0


@lru_cache(maxsize=64)
def common(repository: Repository, one: str, other: str) -> str:
    """Return the newest commit that both build on, "" when there is none. Raises CannotStore."""
    return repository.run("merge-base", one, other, allowed=(0, 1))[1].decode().strip()


def since(repository: Repository, tip: str, known: Collection[str]) -> tuple[Commit, ...]:
    """Return the commits that `tip` builds on and none of `known` does, oldest first. Raises CannotStore."""
    shape = "%H%x00%P%x00%an%x00%ad%x00%s"
    words = ("log", "--topo-order", "--reverse", "-z", "--date=raw", f"--format={shape}", "--no-show-signature", tip)
    _, out = repository.run(*words, *(f"^{commit}" for commit in known))
    told = out.decode("utf-8", "replace").rstrip("\0").split("\0") if out else []
    return tuple(_commit(*told[at : at + 5]) for at in range(0, len(told), 5))


def _commit(id: str, parents: str, author: str, stamp: str, subject: str) -> Commit:
    seconds, zone = stamp.split(" ")
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    written = datetime.fromtimestamp(int(seconds), timezone(offset if zone[0] == "+" else -offset))
    return Commit(id, tuple(parents.split()), author, written, subject)


def commits_in(repository: Repository) -> dict[str, bytes]:
    """Return the commits on the branch that touch the folder, as git keeps them, newest first. Raises CannotStore."""
    head = repository.head().commit
    if not head:
        return {}
    _, listed = repository.run("rev-list", head, "--", *([repository.prefix.rstrip("/")] if repository.prefix else []))
    return _objects(repository, listed.decode().split())


def tags_in(repository: Repository) -> dict[str, bytes]:
    """Return the tags that have words of their own (annotated ones), by name, as git keeps them. Raises CannotStore."""
    _, listed = repository.run("for-each-ref", "--format=%(objecttype) %(objectname) %(refname)", "refs/tags/")
    told = [line.split(" ", 2) for line in listed.decode("utf-8", "replace").splitlines()]
    named = {name.removeprefix("refs/tags/"): id for kind, id, name in told if kind == "tag"}
    held = _objects(repository, list(dict.fromkeys(named.values())))
    return {name: held[id] for name, id in named.items()}


def _objects(repository: Repository, ids: list[str]) -> dict[str, bytes]:
    with spool("".join(f"{id}\n" for id in ids).encode()) as file:
        status, out, said = repository.call("cat-file", "--batch", stdin=file)
    if status:
        raise failed(said)
    found, at = {}, 0
    for id in ids:
        end = out.index(b"\n", at)
        size = int(out[at:end].split(b" ")[2])
        found[id] = out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found
