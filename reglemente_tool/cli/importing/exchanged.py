"""importera, from Akoma Ntoso: what the file says, which identities are kept, what a person must decide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reglemente_tool.cli.output import misfit
from reglemente_tool.consolidate import charters, versions
from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.charter import Provision, Wid, every
from reglemente_tool.model.identity import wids
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.storage.library import Register

SUFFIXES = (".xml", ".akn")


def is_exchanged(name: str) -> bool:
    """True for a file that is read as Akoma Ntoso, by its ending."""
    return Path(name).suffix.lower() in SUFFIXES


def read_exchanged(register: Register, name: str) -> ReadCharter:
    """Return the charter that the Akoma Ntoso file `name` holds, as an import reads it: with header lines for what the file says.

    The permanent identities are kept when the file comes from this kommun and none of them is in the register already.
    Raises NotPossible for a file that is not there or holds no text in force, and CannotRead.
    """
    from reglemente_tool.exchange.akn import charter_from_akn
    from reglemente_tool.exchange.akn.tree import refused
    from reglemente_tool.safexml import MAX_BYTES

    path = Path(name)
    if not path.is_file():
        raise misfit(f"Filen {name} finns inte.", "Kontrollera stavningen och i vilken mapp du står.")
    if path.stat().st_size > MAX_BYTES:
        raise refused(name, 0, f"filen är större än {MAX_BYTES // 1_000_000} MB")
    act = charter_from_akn(path.read_bytes(), name)
    if act.charter.repealed or not act.charter.body:
        raise misfit(f"Reglementet i {name} har ingen text.", "Det är upphävt. Välj en fil med en lydelse som gäller.")
    facts, problems = [], []
    if act.amended:
        first = f" {act.adopted_on}" if act.adopted_on else ""
        problems.append(
            Problem(
                "VERSION",
                f"Filen är en lydelse som har ändrats sedan reglementet antogs{first}. Besluten följer inte med texten.",
                level=Level.VARNING,
                hint="Ange vilket beslut texten ska föras in under: --beslutat, --paragraf, --galler-fran.",
            )
        )
    elif act.adopted_on:
        facts.append(("Antaget", f"kommunfullmäktige {act.adopted_on}" + (f", § {act.section}" if act.section else "")))
        facts += [("Gäller från", str(act.in_force))] if act.in_force else []
        facts += [("Dnr", act.case_number)] if act.case_number else []
    body = every(act.charter.body, lambda p: replace(p, source=None))
    if act.code != register.municipality.code:
        body = _nameless(body)
    elif _taken(register) & wids(body):
        body = _nameless(body)
        said = "Bestämmelserna får nya identiteter, eftersom de som står i filen redan finns i registret."
        problems.append(Problem("IDENTITET", said, level=Level.VARNING, hint="Texten är kanske redan införd, för en annan nämnd."))
    return ReadCharter(act.charter.title, (*facts, *act.charter.facts), body, tuple(problems))


def _nameless(body: tuple[Provision, ...]) -> tuple[Provision, ...]:
    return every(body, lambda p: replace(p, wid=Wid("")))


def _taken(register: Register) -> frozenset[Wid]:
    """Every identity that any provision in the register has or has had."""
    found: frozenset[Wid] = frozenset()
    for id in charters(register.history):
        for version in versions(register.history, id):
            found |= wids(version.charter.body)
    return found
