"""What the commands share about the register: opening it, naming a committee, dates, who is asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from reglemente_tool.cli.output import misfit
from reglemente_tool.consolidate import charters, latest, version_on, versions
from reglemente_tool.errors import NotInForce
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.model.history import History
from reglemente_tool.model.names import genitive, slug
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.publishing import last_before_end


def today() -> date:
    """Return today's date. Only the shell reads the clock."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """Return this moment, with its time zone."""
    return datetime.now().astimezone()


KEY = "REGLEMENTE_NYCKEL"
"""The environment variable that says which ssh key a person signs with."""


SIGN = click.option("--signera", type=click.Path(path_type=Path), metavar="NYCKEL", help="Underteckna med ssh-nyckeln i den filen.")


def opened(folder: Path | None, key: Path | None = None) -> Register:
    """Open the register in `folder`, or the one that the current folder lies in, to be signed with `key` or else with the person's
    usual one. Raises CannotStore."""
    register = Register.open(folder or Path.cwd())
    usual = os.environ.get(KEY, "").strip()
    if key is not None or usual:
        register.sign_with = (key or Path(usual)).expanduser()
    return register


def charter_id(register: Register, name: str) -> CharterId:
    """Return the charter that a person calls `name` ("socialnämnden", "SN", "Reglemente för …"). Raises ReglementeError with a guess."""
    known = charters(register.history)
    wanted = slug(name)
    if not wanted:
        raise misfit(f"”{name}” är inget namn på en nämnd.", "Skriv nämndens namn eller förkortning.")
    names: dict[str, CharterId] = {}
    for id in known:
        names[slug(id)] = id
        for text in _spellings(register, id):
            names.setdefault(slug(text), id)
    if wanted in names:
        return names[wanted]
    for prefix in ("reglemente-for-", "reglementet-for-"):
        if wanted.removeprefix(prefix) in names:
            return names[wanted.removeprefix(prefix)]
    from difflib import get_close_matches  # only for what was misspelt

    close = get_close_matches(wanted, names, n=1, cutoff=0.6)
    shown = ", ".join(sorted({title_of(register.history, id) for id in known}))
    if close:
        raise misfit(f"Det finns inget reglemente för {name}.", f"Menade du {_spoken(register, names[close[0]])}?")
    raise misfit(f"Det finns inget reglemente för {name}.", f"Det här registret har: {shown}." if known else "Registret är tomt.")


def _spoken(register: Register, id: CharterId) -> str:
    committee = register.municipality.committee(CommitteeId(id))
    return committee.name if committee else id


def _spellings(register: Register, id: CharterId) -> tuple[str, ...]:
    found: list[str] = []
    committee = register.municipality.committee(CommitteeId(id))
    if committee is not None:
        found += [committee.name, *committee.abbreviations, f"{genitive(committee.name)} reglemente"]
    title = title_of(register.history, id)
    return (*found, title, title.removeprefix("Reglemente för ").strip())


def title_of(history: History, id: CharterId) -> str:
    """Return the latest title that a charter has had, also when it no longer holds; its id when it never had any."""
    titles = [version.charter.title for version in versions(history, id) if version.charter.title]
    return titles[-1] if titles else id


def standing_charters(history: History, *, in_force: date, known: date | None = None) -> tuple[Charter, ...]:
    """Return every charter that is in force on `in_force`, as known on `known`."""
    found = []
    for id in charters(history):
        try:
            found.append(version_on(history, id, in_force=in_force, known=known).charter)
        except NotInForce:
            continue
    return tuple(found)


def latest_charters(register: Register) -> dict[CharterId, Charter]:
    """Return the latest decided wording of every charter in the register; of one that is to end on a later day, its last."""
    found = {id: latest(register.history, id) or _until_its_end(register.history, id) for id in charters(register.history)}
    return {id: charter for id, charter in found.items() if charter is not None}


def _until_its_end(history: History, id: CharterId) -> Charter | None:
    last = last_before_end(history, id)
    return last[0] if last is not None and last[1] > today() else None


def at_terminal() -> bool:
    """True when a person sits there and can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(text: str, read: Callable[[str], object]) -> str:
    """Ask until `read` takes the answer without ValueError, and return it as typed."""
    while True:
        given: str = click.prompt(text, prompt_suffix=" ")
        try:
            read(given)
        except ValueError:
            click.echo("Det går inte att läsa. Försök igen, eller avbryt med Ctrl+C.")
            continue
        return given.strip()


def yes(question: str) -> bool:
    """Ask a question that is answered with ja or nej, and return whether it was ja. An empty answer is nej."""
    given: str = click.prompt(f"{question} (ja/nej)", default="nej", show_default=False, prompt_suffix=" ")
    return given.strip().lower() in ("j", "ja")
