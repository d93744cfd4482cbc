"""beslut: the council's decisions as they lie in the register, for a person, for the archive, for other systems."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.answering.whodata import event_name
from reglemente_tool.cli.deciding.assigned import assignments_data, show_assignment
from reglemente_tool.cli.deciding.reading import day_said
from reglemente_tool.cli.documents import Layout, deliver, redline_options, refuse_on_screen, show_page
from reglemente_tool.cli.forms import format_options
from reglemente_tool.cli.output import answer, heading, misfit, say, table
from reglemente_tool.cli.register import opened, title_of
from reglemente_tool.cli.swedish import command
from reglemente_tool.model.charter import CharterId
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Decision
from reglemente_tool.model.names import slug
from reglemente_tool.storage.library import Register

_DOCUMENTS = ("md", "html", "pdf", "docx")


@command("beslut")
@click.argument("beslut", metavar="[BESLUT]", required=False)
@click.option("--bara-andrat", "bara_andrat", is_flag=True, help="I bilagorna: bara de paragrafer som ändras.")
@format_options("terminal", "md", "html", "pdf", "docx", "akn", "xml")
@redline_options
def beslut(
    beslut: str | None,
    bara_andrat: bool,
    som: str,
    ut: Path | None,
    form: str,
    markorer: str,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Visa ett beslut som det är infört: fullmäktiges ord, och vad de har lästs som.

    Utan BESLUT: alla beslut i registret.

    Som pdf, docx, html eller md blir det ett dokument: att-satserna med de nya lydelserna, och varje reglemente med
    ändringarna markerade som bilaga.

    \b
    Exempel: reglemente beslut
             reglemente beslut kf-2017-06-21-105
             reglemente beslut kf-2017-06-21-105 --som docx
             reglemente beslut "KF 2017-06-21 § 105" --som akn --ut beslut.xml
    """
    register = opened(mapp)
    if beslut is None:
        if som != "terminal":
            raise misfit("Ange vilket beslut som ska skrivas.", "Se vilka som finns med reglemente beslut.")
        return _list(register, som_json)
    decision = decided(register, beslut)
    if som == "xml":
        from reglemente_tool.storage.xmlform import event_to_xml

        return deliver(event_to_xml(decision), ut, f"{decision.id}.xml")
    if som == "akn":
        from reglemente_tool.exchange.akn import decision_to_akn

        return deliver(decision_to_akn(decision, register.history, register.municipality), ut, f"{decision.id}.akn.xml")
    layout = Layout(form=form, markers=markorer)
    if som in _DOCUMENTS:
        from reglemente_tool.cli.deciding.minutes import enacted_page

        page = enacted_page(register, decision, only_changed=bara_andrat)
        return show_page(page, som, ut, str(decision.id), register=register, layout=layout)
    refuse_on_screen(layout)
    if not answer(som_json, "beslut", {"beslut": _data(register, decision)}):
        _show(register, decision)
    return 0


def decided(register: Register, name: str) -> Decision:
    """Return the decision that a person calls `name`: its id, or "KF 2017-06-21 § 105". Raises NotPossible."""
    for event in register.history.events:
        if isinstance(event, Decision) and slug(name) in (slug(event.id), slug(event.name)):
            return event
    if not slug(name):
        raise misfit(f"”{name}” är inget beslut.", "Se vilka som finns med reglemente beslut.")
    raise misfit(f"Beslutet {name} finns inte i registret.", "Se vilka som finns med reglemente beslut.")


def _in_order(register: Register) -> list[Decision]:
    return sorted((e for e in register.history.events if isinstance(e, Decision)), key=lambda d: (d.decided_on, d.id))


def _changed(decision: Decision) -> list[CharterId]:
    return list(dict.fromkeys(change.charter for change in decision.changes))


def _list(register: Register, som_json: bool) -> int:
    listed = _in_order(register)
    rows = [
        {"id": d.id, "namn": d.name, "rubrik": d.title, "beslutat": d.decided_on, "reglementen": _changed(d)}
        for d in listed
    ]
    if answer(som_json, "beslut", {"lista": rows}):
        return 0
    if not listed:
        say("Registret har inga beslut.")
        say("Läs in ett reglemente med importera, eller ett beslut med las.")
    about = {d.id: d.title or ", ".join(title_of(register.history, id) for id in _changed(d)) for d in listed}
    table([(d.id, about[d.id] + (" (upphävt)" if _court(register, d) else "")) for d in listed], indent=0)
    return 0


def _data(register: Register, decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "namn": decision.name,
        "rubrik": decision.title,
        "beslutat": decision.decided_on,
        "paragraf": decision.section,
        "dnr": decision.case_number,
        "bekraftat_av": decision.confirmed_by,
        "text": decision.text,
        "reglementen": [
            {
                "reglemente": change.charter,
                "rubrik": title_of(register.history, change.charter),
                "galler_fran": change.in_force_from if isinstance(change.in_force_from, date) else None,
                "villkor": change.in_force_from.text if isinstance(change.in_force_from, Condition) else None,
                "galler_till": change.in_force_until,
                "overgang": change.transitional,
                "andringar": [{"typ": a.tag, "mal": a.target.code, "wid": a.wid, "beskrivning": a.describe()} for a in change.amendments],
            }
            for change in decision.changes
        ],
        "upphaver": [
            {"beslut": r.annuls, "reglemente": r.charter, "galler_fran": day_said(r.in_force_from)} for r in decision.revocations
        ],
        "upphavt": _undone(register, decision) or None,
        "ikrafttrad": _begun(register, decision),
        **assignments_data(decision.assignments),
    }


def _show(register: Register, decision: Decision) -> None:
    say(decision.name + (f", {decision.title}" if decision.title else ""))
    facts = [("Dnr", decision.case_number), ("Läsningen bekräftad av", decision.confirmed_by), ("Upphävt", _undone(register, decision))]
    table([(key, said) for key, said in facts if said])
    for change in decision.changes:
        heading(f"{title_of(register.history, change.charter)}, {_when(change, register, decision)}")
        for amendment in change.amendments:
            say(f"- {amendment.describe()}", indent=2, hanging=2)
        if change.transitional:
            say(change.transitional, indent=2)
    for revocation in decision.revocations:
        part = f", bara för {title_of(register.history, revocation.charter)}" if revocation.charter else ""
        heading(f"Upphäver {event_name(register, revocation.annuls)}{part}, från {day_said(revocation.in_force_from)}")
    if decision.assignments:
        heading("Uppdrag och anslag")
    for one in decision.assignments:
        show_assignment(one)
    if decision.text:
        heading("Beslutets ord")
        say(decision.text, indent=2)


def _undone(register: Register, decision: Decision) -> str:
    """By whom and when a court annulled the decision, or which later decision repeals it and from when; empty while it stands."""
    by_court = _court(register, decision)
    if by_court is not None:
        return ", ".join(filter(None, (f"{by_court.decided_on.isoformat()} av {by_court.by}", by_court.case_number)))
    repeals = [
        f"genom {event.name}, från {day_said(r.in_force_from)}" + (f", i {title_of(register.history, r.charter)}" if r.charter else "")
        for event in _in_order(register)
        if _court(register, event) is None
        for r in event.revocations
        if r.annuls == decision.id
    ]
    return "; ".join(repeals)


def _court(register: Register, decision: Decision) -> Annulment | None:
    return next((e for e in register.history.events if isinstance(e, Annulment) and e.annuls == decision.id), None)


def _begun(register: Register, decision: Decision) -> date | None:
    """The day on which what the decision makes conditional began to hold, where somebody has said so."""
    return next((e.on for e in register.history.events if isinstance(e, Commencement) and e.decision == decision.id), None)


def _when(change: Change, register: Register, decision: Decision) -> str:
    start = change.in_force_from
    begun = _begun(register, decision)
    when = start.text if isinstance(start, Condition) else f"från {start.isoformat()}"
    when += f" ({begun.isoformat()})" if isinstance(start, Condition) and begun else ""
    return when + (f" till och med {change.in_force_until.isoformat()}" if change.in_force_until else "")
