"""Where a repository stands: which branch is checked out, and at which commit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_BRANCH = re.compile(rb"ref: (refs/heads/(?!.*\.\.)[A-Za-z0-9._/-]+)\n")
_COMMIT = re.compile(rb"([0-9a-f]{40}|[0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the repository stands: the branch ("" when none is checked out) and its commit ("" before the first)."""

    ref: str
    commit: str


def standing(git_dir: Path) -> Head | None:
    """Return where the repository stands as its files say, without running git; None where git must be asked.

    That is where it keeps the branch otherwise than in a file of its own: packed, in a table, or beside a linked work tree.
    Source: gitrepository-layout(5), HEAD and refs. git replaces these files whole, and one that is there counts before what is packed.
    """
    if (git_dir / "commondir").exists():
        return None
    try:
        branch = _BRANCH.fullmatch((git_dir / "HEAD").read_bytes())
        commit = _COMMIT.fullmatch((git_dir / branch[1].decode()).read_bytes()) if branch else None
    except OSError:
        return None
    return Head(branch[1].decode(), commit[1].decode()) if branch and commit else None
