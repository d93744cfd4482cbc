"""vem: who answers for a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from reglemente_tool.cli.answering.whodata import (
    answer_data,
    decided_said,
    event_name,
    holder,
    line_rows,
    named_on,
    nobody_said,
    place,
    since_said,
    tells_of_tasks,
)
from reglemente_tool.cli.catalogue import catalogue_for
from reglemente_tool.cli.deciding.assigned import entrusted_data, show_entrusted
from reglemente_tool.cli.forms import format_options
from reglemente_tool.cli.output import answer, heading, misfit, say, table
from reglemente_tool.cli.register import opened, today
from reglemente_tool.cli.swedish import command, times
from reglemente_tool.model.assignment import AssignmentKind
from reglemente_tool.model.charter import CommitteeId
from reglemente_tool.model.names import slug
from reglemente_tool.ownership import Answer, Entrusted, Holding, Search, committee_name, entrusted
from reglemente_tool.ownership.entrusted import Asked, asked_for
from reglemente_tool.storage.library import Register


@command("vem", many=True)
@click.argument("fraga", metavar="FRÅGA", nargs=-1, required=True)
@format_options("terminal", "html")
@click.option(
    "--index", type=click.Path(path_type=Path), metavar="FIL", help="Var index över flera register sparas. Annars bland dina cachefiler."
)
@times
def vem(
    fraga: tuple[str, ...],
    som: str,
    ut: Path | None,
    index: Path | None,
    galler: date | None,
    kant: date | None,
    mapp: tuple[Path, ...],
    som_json: bool,
) -> int:
    """Vilken nämnd ansvarar för en uppgift, enligt vilken bestämmelse, sedan när och genom vilket beslut?

    Frågan kan vara ett ord, en lag eller en hel mening. Med flera register jämförs kommunerna. Svaret visar också uppdrag och
    anslag som fullmäktige har beslutat om det som frågan gäller, eller till den nämnd som den nämner. Finns inget svar slutar
    kommandot med 1.

    \b
    Exempel: reglemente vem bygglov
             reglemente vem integrationsfrågor --galler 2017-06-30
             reglemente vem "Vilken nämnd ansvarar för mottagande av nyanlända?"
             reglemente vem "6 kap. 1 § kommunallagen"
             reglemente vem kommunstyrelsen
             reglemente vem anslag
             reglemente vem serveringstillstånd --register NORR --register SYD
    """
    question, day = " ".join(fraga), galler or today()
    folders = registers_in(mapp)
    if len(folders) > 1:
        from reglemente_tool.cli.answering.many import compare_registers

        if som != "terminal":
            raise misfit("Flera register kan inte jämföras med --som.", "Fråga ett register i taget.")
        if asked_for(question, {}) is not None:
            raise misfit("Uppdrag och anslag visas för ett register i taget.", "Ange ett register.")
        return compare_registers(question, day, folders, index, kant, som_json=som_json)
    if index is not None:
        raise misfit("--index hör till frågor om flera register.", "Ange flera med --register, eller utelämna --index.")
    register = opened(folders[0] if folders else None)
    search = search_in(register)
    asked = asked_for(question, search.names)
    committee = committee_named(register, question, day)
    given = entrusted(register.history, question, in_force=day, committee=committee, asked=asked, known=kant)
    found = listing(question, asked, day, given, register) if asked is not None else search.who(question, in_force=day, known=kant)
    if som == "html" and not som_json:
        from reglemente_tool.cli.answering.whopage import answer_page
        from reglemente_tool.cli.documents import deliver

        deliver(answer_page(found, register, given).encode(), ut, "svar.html")
    elif not answer(som_json, "vem", {**answer_data(found, register, known=kant), **entrusted_data(given, register, day)}):
        if tells_of_tasks(found) or found.remarks or not given:
            show_answer(found, register)
        show_entrusted(given, register, day)
    return 0 if found.owners or given else 1


def listing(question: str, asked: Asked, day: date, given: tuple[Entrusted, ...], register: Register) -> Answer:
    """Return the answer to a question for all assignments or money: what is listed beside it, or that there is none."""
    what = " och ".join(kind.value for kind in AssignmentKind if kind in asked.kinds)
    whose = f"till {named_on(register, asked.committee, day)}" if asked.committee else "i registret"
    if not given:
        return Answer(question, day, refusal=f"Inga {what} {whose} gäller den {day.isoformat()}.")
    open_ended = any(one.assignment.last_day is None for one in given)
    note = " Där ingen sista dag står säger beslutet ingen säker dag." if open_ended else ""
    return Answer(question, day, remarks=(f"Alla {what} {whose} som gäller den {day.isoformat()}.{note}",))


def search_in(register: Register) -> Search:
    """Return the register made ready for questions, with the catalogue that holds in it. Raises CannotRead for a faulty katalog.toml."""
    return Search(register.history, register.municipality, catalogue_for(register.folder))


def registers_in(given: Sequence[Path]) -> list[Path]:
    """Return the registers that the folders given are, or hold one or two levels down; a folder that holds none stands for itself."""
    found: list[Path] = []
    for folder in given:
        inside = (
            []
            if (folder / "register.xml").is_file()
            else sorted(p.parent for p in (*folder.glob("*/register.xml"), *folder.glob("*/*/register.xml")))
        )
        if len(given) > 1 and not inside and not (folder / "register.xml").is_file():
            raise misfit(f"{folder} är inget register.", "Ange mappar som har en register.xml, eller som håller sådana mappar.")
        found += inside or [folder]
    return list(dict.fromkeys(found))


def committee_named(register: Register, question: str, day: date) -> CommitteeId | None:
    """Return the committee that the question is, by its name on `day` or any before, its short form or its id; None for a task."""
    wanted = slug(question)
    for committee in register.municipality.committees:
        names = (committee.id, committee.name, *committee.abbreviations)
        if wanted in {slug(n) for n in (*names, committee_name(register.history, register.municipality, committee.id, day))}:
            return committee.id
    return None


def show_answer(found: Answer, register: Register) -> None:
    """Print who answers for the task: each owner with provision, wording, reason, since when, by which decision, from whom."""
    for remark in found.remarks:
        say(remark)
    if found.refusal:
        say(found.refusal)
        if not found.also and "nämner ”" in found.refusal:
            say("Pröva ett annat ord för samma sak, eller en del av ordet.")
    elif not found.owners and found.rest is None and (found.exceptions or not found.remarks):
        say(nobody_said(found))
    elif len({h.committee for h in found.owners}) > 1:
        say(f"”{found.question}” den {found.in_force.isoformat()}: flera nämnder nämner uppgiften.")
    for holding in found.owners:
        _show_holding(holding, found, register)
    if found.rest is not None:
        say(f"Ingen nämnd nämns för ”{found.question}” den {found.in_force.isoformat()}.")
        _show_holding(found.rest, found, register)
    _show_others("Se även", found.also, found, register)
    for holding in found.exceptions:
        heading(f"{'Undantag' if 'undantar' in holding.reason else 'Hänvisning'} i {place(holding)}")
        say(f"”{holding.words}”", indent=2)
        name = named_on(register, holding.committee, found.in_force)
        say(f"{name[:1].upper()}{name[1:]}, sedan {since_said(holding, register)}", indent=2)
    for waiting in found.waiting:
        then = ", ".join(named_on(register, c, found.in_force) for c in waiting.then) or "ingen nämnd"
        heading("Beslutat men inte i kraft")
        say(f"{event_name(register, waiting.decision)}, {waiting.condition.text}: {then}", indent=2)


def _show_holding(holding: Holding, found: Answer, register: Register) -> None:
    name = holder(holding, found, register)
    heading(f"{name[:1].upper()}{name[1:]}" if not holding.each else "Varje nämnd")
    lead = f"{holding.lead} … " if holding.lead else ""
    rows = [("enligt", place(holding, upper=True)), ("lydelse", f"”{lead}{holding.text}”")]
    if holding.tenures:
        rows.append(("sedan", since_said(holding, register)))
    rows.append(("skäl", f"{holding.reason} Svaret är {holding.certainty.neuter}."))
    rows += line_rows(holding, found, register)
    table(rows)


def _show_others(title: str, others: Sequence[Holding], found: Answer, register: Register) -> None:
    if not others:
        return
    heading(title)
    for holding in others:
        say(f"{holder(holding, found, register)}, {place(holding)}: ”{holding.words}”", indent=2, hanging=2)
        say(f"{holding.reason} Sedan {since_said(holding, register)}.", indent=4)
        for decided in decided_said(holding, found.in_force, register):
            say(f"Beslutat: {decided}", indent=4)
