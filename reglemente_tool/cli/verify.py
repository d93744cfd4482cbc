"""kontrollera: everything is replayed from the decisions and compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from reglemente_tool.cli.catalogue import OWN, catalogue_for
from reglemente_tool.cli.output import answer, heading, problem_data, say, show_problem, working
from reglemente_tool.cli.register import opened
from reglemente_tool.cli.swedish import command
from reglemente_tool.errors import Level, ReglementeError
from reglemente_tool.storage.audit import Report
from reglemente_tool.storage.library import Register


@command("kontrollera")
def kontrollera(mapp: Path | None, som_json: bool) -> int:
    """Räkna om alla reglementen från besluten och jämför med vad som ligger i registret.

    Hittar varje skillnad, också en enda ändrad bokstav i reglementen/ eller beslut/.
    """
    register = opened(mapp)
    with working("Räknar om reglementena från besluten"):
        report = with_catalogue(register.verify(), register)
    data = {
        "hel": report.ok,
        "reglementen": [{"reglemente": c.charter, "beslut": c.decisions, "skillnader": c.differences} for c in report.charters],
        "problem": [problem_data(p) for p in report.problems],
    }
    if answer(som_json, "kontrollera", data):
        return int(not report.ok)
    show_report(report, register)
    return int(not report.ok)


def with_catalogue(report: Report, register: Register) -> Report:
    """Return the report with any fault in the register's own katalog.toml added to its problems."""
    try:
        catalogue_for(register.folder)
    except ReglementeError as error:
        return replace(report, problems=(*report.problems, error.problem()))
    return report


def show_report(report: Report, register: Register) -> None:
    """Print what the replay found, charter by charter, and every problem."""
    say(f"{register.municipality.name}: {len(report.charters)} reglemente{'n' if len(report.charters) != 1 else ''}")
    for charter in report.charters:
        found = "1 oförklarad skillnad" if charter.differences == 1 else f"{charter.differences} oförklarade skillnader"
        say(charter.title or charter.charter, indent=2)
        say(f"texten = grundtext + {charter.decisions} beslut, {found}", indent=6)
    if report.problems:
        heading("Att se på")
        for problem in report.problems:
            show_problem(problem)
    click.echo()
    faults = [p for p in report.problems if p.level is Level.FEL]
    if faults and all(p.place.document.startswith(OWN) for p in faults):
        say("Reglementena följer av besluten, men katalogen går inte att läsa.")
    else:
        say("Allt i registret följer av besluten." if report.ok else "Registret stämmer inte med besluten.")
