"""What comes from elsewhere is tried before it is believed: a commit that lies in a repository, without any folder of files.

Used of what a server has (synka) and of what is sent to one (kontrollera --inlagt, in a hook).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from reglemente_tool.errors import CannotStore, Place, Problem
from reglemente_tool.safexml import MAX_BYTES
from reglemente_tool.storage.audit import Report, audit, municipality_in
from reglemente_tool.storage.chain import REGISTER, START, Files
from reglemente_tool.storage.git import Ids, Repository
from reglemente_tool.storage.git.commits import builds_on, contents, refuse_giants

KEPT = ("beslut", "reglementen")


def kept(path: str) -> bool:
    """True for a file that the register itself keeps: what was decided, and what follows from it."""
    return path in (REGISTER, START) or path.partition("/")[0] in KEPT


@lru_cache(maxsize=8)
def kept_files(repository: Repository, commit: str) -> Files:
    """Return the register's files in `commit`, by path; none for "". A commit never changes, so they are read once. Raises
    CannotStore.
    """
    return contents(repository, {path: id for path, id in repository.files(commit).items() if kept(path)})


def tried(repository: Repository, new: str, old: str = "") -> Report:
    """Return the report on the register in the commit `new`, and on whether it is what `old` was with only more added ("" for
    the first). Raises CannotStore when the repository cannot be read; what the files hold is in the report.
    """
    ids = repository.files(new)
    odd = list(_odd(ids))
    if odd:
        return Report((), tuple(odd), False)
    if REGISTER not in ids:
        return Report((), (Problem("SAKNAD-FIL", "register.xml saknas.", Place(document=REGISTER), hint=_NONE),), False)
    refuse_giants(repository, ids)
    files = kept_files(repository, new)
    large = [path for path, data in files.items() if len(data) > MAX_BYTES]
    if large:
        said = f"{large[0]} är större än {MAX_BYTES // 1_000_000} MB."
        return Report((), (Problem("OVANLIG-FIL", said, Place(document=large[0]), hint="Ta bort den och lägg in på nytt."),), False)
    report = audit(files, {})
    return replace(report, problems=(*_not_continued(repository, new, old, files), *report.problems))


_NONE = "Det som läggs in ska vara ett register, med register.xml överst."


def _odd(ids: Ids) -> Iterator[Problem]:
    for path in sorted(path for path, id in ids.items() if not id):
        said = f"{path} är en länk eller en delmodul, och sådana finns inte i ett register."
        yield Problem("OVANLIG-FIL", said, Place(document=path), hint="Ta bort den och lägg in på nytt.")


def _not_continued(repository: Repository, new: str, old: str, files: Files) -> Iterator[Problem]:
    if not old:
        return
    if not builds_on(repository, new, old):
        yield Problem(
            "OMSKRIVEN",
            "Historiken är omskriven: det nya bygger inte på det som redan är inlagt.",
            hint="Hämta det som är inlagt och lägg det nya ovanpå: reglemente synka",
        )
    yield from continued(kept_files(repository, old), files)


def continued(old: Files, new: Files) -> Iterator[Problem]:
    """Yield what keeps `new` from being `old` with only more added: every event in `old` is in `new`, byte for byte, and the
    kommun and its nämnder are still there.
    """
    for path in sorted(path for path in old if path.startswith("beslut/")):
        place = Place(document=path)
        if path not in new:
            yield Problem("BESLUT-BORTA", f"{path} är inlagt men saknas i det nya.", place, hint=_UNDONE)
        elif new[path] != old[path]:
            yield Problem("BESLUT-ANDRAT", f"{path} är inte längre vad som lades in.", place, hint=_MENDED)
    try:
        was, now = municipality_in(old), municipality_in(new)
    except CannotStore:
        return
    if was.code != now.code:
        said = f"register.xml gäller {now.name} ({now.code}), men det som är inlagt gäller {was.name} ({was.code})."
        yield Problem("ANNAT-REGISTER", said, Place(document=REGISTER), hint="Kontrollera adressen.")
    for committee in was.committees:
        if now.committee(committee.id) is None:
            yield Problem("NAMND", f"Nämnden {committee.id} är borta ur register.xml.", Place(document=REGISTER), hint=_KEPT)


_UNDONE = "Ett infört beslut tas aldrig bort. Är det upphävt, för in det med reglemente upphav."
_MENDED = "Ett infört beslut ändras aldrig. Ett skrivfel rättas med reglemente ratta."
_KEPT = "En nämnd som har haft ett reglemente står kvar."
