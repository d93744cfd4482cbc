"""Who has signed what is committed or tagged in a register, by a list that lies in it in the open or that the person has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from reglemente_tool.errors import CannotStore, Level, Place, Problem
from reglemente_tool.storage.git import Repository
from reglemente_tool.storage.git.commits import commits_in, tags_in
from reglemente_tool.storage.git.signing import Standing, judged, tag_taken_apart, taken_apart

SIGNERS = "undertecknare"
"""The register's own list, in the form that ssh and git know: who, from when, which key."""
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Signatures:
    """How many commits a register has, how many are signed (and how many tags), and by whom those are whose signatures are good."""

    commits: int
    signed: int
    tags: int
    by: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def signatures(repository: Repository, signers: bytes) -> Signatures:
    """Return what the signatures on the branch are, by the list `signers`; b"" for none. Raises CannotStore."""
    commits = commits_in(repository)
    found = [(_commit_named(id, data), *taken_apart(data)) for id, data in commits.items()]
    found = [one for one in found if one[2]]
    tags = [(f"Taggen {name[:60]}", *tag_taken_apart(data)) for name, data in tags_in(repository).items()]
    tags = [one for one in tags if one[2]]
    good: Counter[str] = Counter()
    problems: list[Problem] = []
    try:
        for name, payload, made in (*found, *tags):
            verdict = judged(payload, made, signers, _when(payload))
            if verdict.standing is Standing.GOOD:
                good[verdict.by] += 1
            elif signers or verdict.standing in (Standing.BAD, Standing.OTHER):
                problems += _told(name, verdict.standing, verdict.key)
    except CannotStore as error:
        problems = [Problem("UNDERSKRIFT", error.message, level=Level.VARNING, hint=error.hint)]
    if (found or tags) and not signers and not problems:
        said = f"{len(found) + len(tags)} underskrifter finns, men ingen lista över vilka nycklar som gäller."
        hint = f"Lägg den i filen {SIGNERS} i registret, eller ange den med --undertecknare. Handboken säger hur."
        problems.append(Problem("UNDERSKRIFT", said, Place(document=SIGNERS), Level.VARNING, hint))
    if len(problems) > _SHOWN:
        more = Problem("UNDERSKRIFT", f"Och {len(problems) - _SHOWN} underskrifter till.", level=problems[_SHOWN].level)
        problems = [*problems[:_SHOWN], more]
    return Signatures(len(commits), len(found), len(tags), tuple(sorted(good.items())), tuple(problems))


def _commit_named(id: str, data: bytes) -> str:
    subject = data.partition(b"\n\n")[2].split(b"\n")[0].decode("utf-8", "replace")
    return f"Incheckningen {id[:10]} (”{subject[:60]}”)"


def _told(about: str, standing: Standing, key: str) -> Iterator[Problem]:
    said, level, hint = {
        Standing.BAD: ("har en underskrift som inte stämmer: den är ändrad efteråt.", Level.FEL, "Ta reda på vem som har gjort den."),
        Standing.UNKNOWN: (f"är undertecknad med en nyckel som inte finns i listan: {key}.", Level.FEL, "Är nyckeln rätt, lägg till den."),
        Standing.NOT_THEN: (
            f"är undertecknad med en nyckel som inte gällde då, eller inte för detta: {key}.",
            Level.FEL,
            "Kontrollera dagarna i listan.",
        ),
        Standing.OTHER: ("är undertecknad på ett sätt som inte kan prövas här.", Level.VARNING, "Bara ssh-nycklar prövas."),
    }[standing]
    yield Problem("UNDERSKRIFT", f"{about} {said}", level=level, hint=hint)


def _when(payload: bytes) -> datetime:
    """The committer's or tagger's time: what the person who signed says that it was."""
    line = next((line for line in payload.split(b"\n") if line.startswith((b"committer ", b"tagger "))), b"")
    seconds = line.split(b" ")[-2] if line.count(b" ") > 2 else b""
    return datetime.fromtimestamp(min(int(seconds), 32_503_680_000) if seconds.isdigit() else 0, UTC)
