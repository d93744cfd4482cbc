"""A register's files as bytes: which names they may have, their identities, and how one is written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

PATH = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*\.xml")
OWN_FILES = frozenset({".gitattributes", ".gitignore", "README.md", "katalog.toml", "undertecknare", "utseende.toml", ".gitlab-ci.yml"})
BESIDE = re.compile(r"utseende/[A-Za-z0-9][A-Za-z0-9_-]*\.(svg|png|ttf|otf)|\.github/workflows/[a-z0-9-]+\.yml")
"""What a register may have besides: the kommun's look, and what makes a server try it."""

ORDINARY = frozenset({"100644", "100755"})
"""The modes that git gives ordinary files."""

Changes = Mapping[str, bytes | None]
"""What is to be written, by path in the folder; None for a file that goes."""
Ids = dict[str, str]
"""The identity of each file's content (git's blob id), by path in the folder; "" for what is no ordinary file."""


def own(path: str) -> bool:
    """True for a name that a file of a register may have."""
    return path in OWN_FILES or any(names.fullmatch(path) for names in (PATH, BESIDE))


def changed(old: Ids, new: Ids) -> list[str]:
    """Return the paths of the files that differ, in order."""
    return sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def blob_id(data: bytes, *, like: str) -> str:
    """Return git's identity of `data`, by the same algorithm as the identity `like`."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(data) + data).hexdigest()


def replace_file(place: Path, data: bytes, *, beside: Path) -> None:
    """Write the file whole or not at all: the old bytes are there until the new ones are. `beside` takes the temporary file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    set_down(place, data, beside)


def set_down(place: Path, data: bytes, beside: Path) -> None:
    """Write the file whole or not at all, in a folder that is there."""
    import tempfile

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
