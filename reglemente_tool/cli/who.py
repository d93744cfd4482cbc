"""vem: who answers for a task."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.assigned import entrusted_data, show_entrusted
from reglemente_tool.cli.output import answer, heading, say, table
from reglemente_tool.cli.register import opened, today
from reglemente_tool.cli.swedish import command, times
from reglemente_tool.model.charter import CommitteeId
from reglemente_tool.model.citation import cite
from reglemente_tool.model.names import slug
from reglemente_tool.ownership import Answer, Holding, Tenure, committee_name, entrusted, who
from reglemente_tool.storage.library import Register


@command("vem")
@click.argument("fraga", metavar="FRÅGA", nargs=-1, required=True)
@times
def vem(fraga: tuple[str, ...], galler: date | None, kant: date | None, mapp: Path | None, som_json: bool) -> int:
    """Vilken nämnd ansvarar för en uppgift, enligt vilken bestämmelse, sedan när och genom vilket beslut?

    Svaret visar också uppdrag och anslag som fullmäktige har beslutat om det som frågan gäller, eller till den nämnd som den
    nämner.

    \b
    Exempel: reglemente vem bygglov
             reglemente vem integrationsfrågor --galler 2017-06-30
             reglemente vem kommunstyrelsen
    """
    register = opened(mapp)
    question = " ".join(fraga)
    day = galler or today()
    found = who(register.history, question, in_force=day, known=kant)
    committee = committee_named(register, question, day)
    given = entrusted(register.history, question, in_force=day, committee=committee, known=kant)
    if not answer(som_json, "vem", {**answer_data(found, register), **entrusted_data(given)}):
        if found.owners or not given:
            show_answer(found, register)
        show_entrusted(given)
    return 0 if found.owners or given else 1


def _named(register: Register, tenure: Tenure) -> str:
    """What the committee was called at the end of the tenure, or is called now."""
    return committee_name(register.history, register.municipality, tenure.committee, tenure.until or today())


def committee_named(register: Register, question: str, day: date) -> CommitteeId | None:
    """Return the committee that the question is, by its name on `day` or any before, its short form or its id; None for a task."""
    wanted = slug(question)
    for committee in register.municipality.committees:
        names = (committee.id, committee.name, *committee.abbreviations)
        if wanted in {slug(n) for n in (*names, committee_name(register.history, register.municipality, committee.id, day))}:
            return committee.id
    return None


def event_name(register: Register, id: str) -> str:
    """Return "KF 2017-06-21 § 105" for an event's id."""
    return next((event.name for event in register.history.events if event.id == id), id)


def show_answer(found: Answer, register: Register) -> None:
    """Print who answers for the task; each owner with provision, wording, since when, by which decision, from whom."""
    if not found.owners:
        say(f"Inget reglemente i registret nämner ”{found.question}” den {found.in_force.isoformat()}.")
        say("Pröva ett annat ord för samma sak, eller en del av ordet.")
    elif len({h.committee for h in found.owners}) > 1:
        say(f"”{found.question}” den {found.in_force.isoformat()}: flera nämnder nämner uppgiften.")
    for holding in found.owners:
        _show_holding(holding, found, register)
    for holding in found.exceptions:
        heading(f"Undantag i {holding.title[:1].lower()}{holding.title[1:]}, {cite(holding.address)}")
        say(f"”{holding.text}”", indent=2)


def _show_holding(holding: Holding, found: Answer, register: Register) -> None:
    name = committee_name(register.history, register.municipality, holding.committee, found.in_force)
    heading(f"{name[:1].upper()}{name[1:]}")
    lead = f"{holding.lead} … " if holding.lead else ""
    rows = [
        ("enligt", f"{holding.title}, {cite(holding.address)}"),
        ("lydelse", f"”{lead}{holding.text}”"),
        ("sedan", f"{holding.present.start.isoformat()}, {event_name(register, holding.present.by)}"),
    ]
    came = holding.came_from
    if came is not None:
        before = _named(register, came)
        rows.append(("dessförinnan", f"{before}, {cite(came.address)}, till och med {came.until}: ”{came.text}”"))
    for later in found.later:
        rows.append(("beslutat", f"från {later.start.isoformat()} {_named(register, later)}, {event_name(register, later.by)}"))
    table(rows)


def answer_data(found: Answer, register: Register) -> dict[str, Any]:
    """Return the answer as it stands in JSON."""
    return {
        "fraga": found.question,
        "galler": found.in_force,
        "svar": [_holding_data(h, found.in_force, register) for h in found.owners],
        "undantag": [{"reglemente": h.charter, "stalle": cite(h.address), "text": h.text} for h in found.exceptions],
        "kommande": [_tenure_data(t, register) for t in found.later],
    }


def _holding_data(holding: Holding, day: date, register: Register) -> dict[str, Any]:
    came = holding.came_from
    return {
        "namnd": committee_name(register.history, register.municipality, holding.committee, day),
        "namnd_id": holding.committee,
        "reglemente": holding.charter,
        "mal": holding.address.code,
        "stalle": cite(holding.address),
        "inledning": holding.lead,
        "lydelse": holding.text,
        "sedan": holding.present.start,
        "beslut": holding.present.by,
        "beslut_namn": event_name(register, holding.present.by),
        "kom_fran": _tenure_data(came, register) if came else None,
        "wid": holding.wid,
    }


def _tenure_data(tenure: Tenure, register: Register) -> dict[str, Any]:
    return {
        "namnd": _named(register, tenure),
        "reglemente": tenure.charter,
        "stalle": cite(tenure.address),
        "lydelse": tenure.text,
        "fran": tenure.start,
        "till": tenure.until,
        "beslut": tenure.by,
    }
