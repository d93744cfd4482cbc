"""git is started: under settings of our own, with nothing of what a repository's configuration names, and its refusals in Swedish."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from reglemente_tool.errors import CannotStore

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


def executable() -> str:
    """Return the name of the git program that is used."""
    import git

    return str(git.Git.GIT_PYTHON_GIT_EXECUTABLE or "git")


def launch(
    cwd: Path, words: tuple[str, ...], *, here: Mapping[str, str], stdin: BinaryIO | None = None
) -> tuple[int, bytes, str]:
    """Run git with `words` in `cwd`, `here` added to its environment; return its status, what it wrote and what it said.
    Raises CannotStore when it cannot be started.
    """
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


def locked(lock: str) -> CannotStore:
    """Return the error for a lock that another program holds."""
    hint = f"Vänta en stund. Är inget annat program igång, så ta bort filen {lock}."
    return CannotStore("Ett annat program håller på att skriva i registret; inget är ändrat.", hint=hint)


def failed(said: str) -> CannotStore:
    """Return the error for what git `said` when it would not do its work."""
    held = re.search(r"Unable to create '([^']+\.lock)'", said)
    if held is not None:
        return locked(held[1])
    reason = said.strip().splitlines()[-1] if said.strip() else "inget"
    return CannotStore("Git kunde inte utföra det som behövdes; inget är ändrat.", hint=f"Git säger: {reason}")


@contextlib.contextmanager
def spool(data: bytes) -> Iterator[BinaryIO]:
    """Give a file with `data` in it, for a program to read from."""
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        yield cast(BinaryIO, file)
