"""ikrafttrad, upphav, ratta: what happens to a decision after it was taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from reglemente_tool.amendments.reword import Reword
from reglemente_tool.cli.output import answer, misfit, problem_data, say, show_problems
from reglemente_tool.cli.register import charter_id, now, opened, today
from reglemente_tool.cli.show import citation
from reglemente_tool.cli.swedish import DAY, WORDS, command
from reglemente_tool.consolidate import latest, version_at
from reglemente_tool.model.amendment import guard_for, held_text
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Correction, Decision, Event
from reglemente_tool.storage.library import Register

ROLE = click.option("--bekraftad-av", "bekraftad_av", type=WORDS, required=True, metavar="ROLL", help="Vem som har bekräftat uppgiften.")


def _decision(register: Register, id: str) -> Decision:
    found = register.history.decision(DecisionId(id))
    if found is None:
        raise misfit(f"Beslutet {id} finns inte i registret.", "Se vilka som finns med reglemente beslut.")
    return found


def _enact(register: Register, event: Event, done: str, command_name: str, som_json: bool) -> int:
    enacted = register.enact(event, now=now())
    data = {"handelse": event.id, "incheckning": enacted.commit, "problem": [problem_data(p) for p in enacted.problems]}
    if not answer(som_json, command_name, data):
        say(done)
        show_problems(enacted.problems)
    return 0


@command("ikrafttrad")
@click.argument("beslut", metavar="BESLUT")
@click.argument("dag", metavar="DAG", type=DAY)
@click.option("--kant", type=DAY, metavar="DATUM", help="Dagen då det blev känt. Annars i dag.")
@ROLE
def ikrafttrad(beslut: str, dag: date, kant: date | None, bekraftad_av: str, mapp: Path | None, som_json: bool) -> int:
    """Ange dagen då ett villkorat beslut började gälla, till exempel när det vann laga kraft.

    \b
    Exempel: reglemente ikrafttrad kf-2026-06-17-88 2026-07-20
                 --bekraftad-av registrator
    """
    register = opened(mapp)
    decision = _decision(register, beslut)
    days = [c.in_force_from for c in decision.changes] + [r.in_force_from for r in decision.revocations]
    if not any(isinstance(day, Condition) for day in days):
        raise misfit(f"{decision.name} har redan en dag då det börjar gälla.", "Bara villkorade beslut behöver en sådan uppgift.")
    if any(isinstance(e, Commencement) and e.decision == decision.id for e in register.history.events):
        raise misfit(f"{decision.name} har redan fått en dag för ikraftträdande.", f"Se den med reglemente beslut {decision.id}.")
    if dag < decision.decided_on:
        raise misfit(f"{decision.name} kan inte gälla från {dag.isoformat()}, före den dag då det fattades.", "Kontrollera dagen.")
    event = Commencement(decision=decision.id, on=dag, decided_on=kant or today(), confirmed_by=bekraftad_av)
    return _enact(register, event, f"{decision.name} gäller från {dag.isoformat()}.", "ikrafttrad", som_json)


@command("upphav")
@click.argument("beslut", metavar="BESLUT")
@click.option("--beslutat", type=DAY, required=True, metavar="DATUM", help="Dagen då beslutet upphävdes.")
@click.option("--av", "by", type=WORDS, required=True, metavar="ORGAN", help="Vem som upphävde det, till exempel Förvaltningsrätten.")
@click.option("--dnr", default="", metavar="NUMMER", help="Mål- eller diarienummer.")
@ROLE
def upphav(beslut: str, beslutat: date, by: str, dnr: str, bekraftad_av: str, mapp: Path | None, som_json: bool) -> int:
    """Ange att ett beslut har upphävts. Dess ändringar räknas bort, så som det är känt från den dagen.

    Har en högre domstol upphävt avgörandet, så ange avgörandet i stället för beslutet. Vad det heter står när du anger beslutet igen.

    \b
    Exempel: reglemente upphav kf-2026-06-17-88 --beslutat 2026-11-02
                 --av Förvaltningsrätten --bekraftad-av kommunjurist
    """
    register = opened(mapp)
    court = register.history.event(DecisionId(beslut))
    about = court if isinstance(court, Annulment) else _decision(register, beslut)
    if earlier := register.history.annulled(about.id):
        hint = f"Har en högre domstol upphävt det avgörandet, så ange det: reglemente upphav {earlier.id}"
        raise misfit(f"{_named(about)} är redan upphävt av {earlier.by}, {earlier.decided_on}.", hint)
    if beslutat < about.decided_on:
        raise misfit(f"{_named(about)} kan inte ha upphävts {beslutat.isoformat()}, före den dag då det fattades.", "Kontrollera dagen.")
    event = Annulment(decided_on=beslutat, annuls=about.id, by=by, case_number=dnr, confirmed_by=bekraftad_av)
    done = f"{_named(about)} är upphävt av {by}."
    first: Event | None = about
    while isinstance(first, Annulment):
        first = register.history.event(first.annuls)
    if isinstance(about, Annulment) and first is not None:
        stands = register.history.with_event(event).annulled(first.id) is None
        done += f" {first.name} är {'inte längre' if stands else 'åter'} upphävt."
    return _enact(register, event, done, "upphav", som_json)


def _named(event: Decision | Annulment) -> str:
    return event.name if isinstance(event, Decision) else f"Avgörandet {event.decided_on} av {event.by}"


@command("ratta")
@click.argument("namnd", metavar="NÄMND")
@click.argument("citat", metavar="CITAT")
@click.option("--fran", "old", type=WORDS, required=True, metavar="ORD", help="Orden som är fel.")
@click.option("--till", "new", required=True, metavar="ORD", help="Orden som ska stå där.")
@click.option("--skal", "reason", type=WORDS, required=True, metavar="TEXT", help="Vad som var fel och med vilket stöd det rättas.")
@click.option("--galler-fran", "start", type=DAY, metavar="DATUM", help="Lydelsen från och med den dagen rättas. Annars i dag.")
@ROLE
def ratta(
    namnd: str,
    citat: str,
    old: str,
    new: str,
    reason: str,
    start: date | None,
    bekraftad_av: str,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Rätta ett skrivfel. Rättelsen syns alltid som en rättelse, med sitt skäl, och är inget beslut av fullmäktige.

    \b
    Exempel: reglemente ratta SN "4 §" --fran nämden --till nämnden
                 --skal "Skrivfel, jfr protokollet" --bekraftad-av kommunjurist
    """
    if old == new.strip():
        raise misfit("Orden efter --fran och --till är desamma.", "Ange med --till de ord som ska stå där.")
    register = opened(mapp)
    id = charter_id(register, namnd)
    day = start or today()
    charter = latest(register.history, id) if start is None else version_at(register.history, id, in_force=day)
    if charter is None:
        raise misfit("Reglementet gäller inte längre.", "En upphävd text kan inte rättas.")
    address = citation(citat)
    holder = locate(charter, address)
    word = Reword(target=address, old=old, new=new, expects=guard_for(held_text(charter, address)), wid=holder.wid)
    found = word.found(charter, holder.wid)
    change = Change(charter=id, in_force_from=day, amendments=(replace(word, hits=found or 1),))
    number = str(1 + sum(1 for e in register.history.events if isinstance(e, Correction) and e.decided_on == today()))
    event = Correction(decided_on=today(), number=number, change=change, reason=reason, confirmed_by=bekraftad_av)
    return _enact(register, event, f"Rättelsen är införd: {word.describe()}.", "ratta", som_json)
