"""A commit as the commands that `git fast-import` takes. Pure."""

from __future__ import annotations

import os
import re
from datetime import datetime

from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.git.files import ORDINARY, Changes, Ids, own
from reglemente_tool.storage.git.head import Head

ROLE = "reglemente"
ADDRESS = "reglemente@localhost"

_EARLIEST = 86_400
"""The first second that git's own dates can be trusted with, a day into 1970; a clock that is further back is wrong anyhow."""


def refuse_paths(changes: Changes, prefix: str) -> None:
    """Raise CannotStore for a file that no register has, or a folder that cannot be named in the commands."""
    for path in changes:
        if not own(path):
            raise CannotStore(
                f"”{path}” är inget namn på en fil i registret.", hint="Namn får ha små bokstäver a–z, siffror och bindestreck."
            )
    if re.search(r'[\x00-\x1f"\\]|(^|/)\.git(/|$)', prefix, re.IGNORECASE):
        raise CannotStore(f"Registret ligger i en mapp vars namn git inte kan hantera: {prefix}", hint="Byt namn på mappen.")


def commands(changes: Changes, prefix: str, message: str, when: datetime, onto: Head, author: str, written: datetime | None) -> bytes:
    """Return the commands that commit `changes` onto `onto`, and let git say what `answered` reads; `written` is when its author
    wrote it, if that was not `when`.

    Nothing in them comes from a person but the message and contents, which are counted out.
    """
    # The log is read on screens: what they would obey is shown as what it is.
    words = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in message).encode("utf-8")
    people = f"author {_person(author)} {_stamp(written or when)}\ncommitter {_person(ROLE)} {_stamp(when)}".encode()
    out = [os.fsencode(f"ls {onto.commit} {prefix}{path}") for path in sorted(changes) if onto.commit]
    out += [os.fsencode(f"commit {onto.ref}"), b"mark :1", people, b"data %d" % len(words), words]
    if onto.commit:
        out.append(f"from {onto.commit}".encode())
    for path, data in sorted(changes.items()):
        if data is None:
            out.append(os.fsencode(f"D {prefix}{path}"))
        else:
            out += [os.fsencode(f"M 100644 inline {prefix}{path}"), b"data %d" % len(data), data]
    return b"\n".join([*out, b"get-mark :1", b"done", b""])


def answered(said: bytes, changes: Changes, onto: Head) -> tuple[str, Ids]:
    """Return what git `said` to the commands of `changes`: the new commit, and the files of `changes` as they were in `onto`."""
    *listed, commit = os.fsdecode(said).split("\n")[:-1]
    was = Ids()
    for path, line in zip(sorted(changes) if onto.commit else (), listed, strict=True):
        facts, _, _ = line.partition("\t")
        mode, _, held = facts.partition(" ")
        if mode != "missing":
            was[path] = held.partition(" ")[2] if mode in ORDINARY else ""
    return commit, was


def _stamp(when: datetime) -> str:
    return f"{max(int(when.timestamp()), _EARLIEST)} {when.strftime('%z')[:5] or '+0000'}"


def _person(role: str) -> str:
    name = " ".join("".join(c if c.isprintable() and c not in "<>" else " " for c in role).split())
    return f"{name or ROLE} <{ADDRESS}>"
