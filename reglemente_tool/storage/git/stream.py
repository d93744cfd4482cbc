"""A commit as the commands that `git fast-import` takes. Pure."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime

from reglemente_tool.errors import CannotStore
from reglemente_tool.storage.git.files import Changes, own

ROLE = "reglemente"
ADDRESS = "reglemente@localhost"

_EARLIEST = 86_400
"""The first second that git's own dates can be trusted with, a day into 1970; a clock that is further back is wrong anyhow."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the repository stands: the branch ("" when none is checked out) and its commit ("" before the first)."""

    ref: str
    commit: str


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
    """Return the commands that commit `changes` onto `onto` and say the new commit's identity; `written` is when its author wrote
    it, if that was not `when`.

    Nothing in them comes from a person but the message and contents, which are counted out.
    """
    # The log is read on screens: what they would obey is shown as what it is.
    words = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in message).encode("utf-8")
    people = f"author {_person(author)} {_stamp(written or when)}\ncommitter {_person(ROLE)} {_stamp(when)}".encode()
    out = [os.fsencode(f"commit {onto.ref}"), b"mark :1", people, b"data %d" % len(words), words]
    if onto.commit:
        out.append(f"from {onto.commit}".encode())
    for path, data in sorted(changes.items()):
        if data is None:
            out.append(os.fsencode(f"D {prefix}{path}"))
        else:
            out += [os.fsencode(f"M 100644 inline {prefix}{path}"), b"data %d" % len(data), data]
    return b"\n".join([*out, b"get-mark :1", b"done", b""])


def _stamp(when: datetime) -> str:
    return f"{max(int(when.timestamp()), _EARLIEST)} {when.strftime('%z')[:5] or '+0000'}"


def _person(role: str) -> str:
    name = " ".join("".join(c if c.isprintable() and c not in "<>" else " " for c in role).split())
    return f"{name or ROLE} <{ADDRESS}>"
