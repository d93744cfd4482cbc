"""kontrollera: everything is replayed from the decisions and compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.catalogue import OWN, catalogue_for
from reglemente_tool.cli.output import answer, heading, misfit, problem_data, say, show_problem, working
from reglemente_tool.cli.register import opened
from reglemente_tool.cli.swedish import command
from reglemente_tool.errors import Level, ReglementeError
from reglemente_tool.storage.audit import Report
from reglemente_tool.storage.git import bare
from reglemente_tool.storage.git.commits import commit_of
from reglemente_tool.storage.incoming import tried
from reglemente_tool.storage.library import Register


@command("kontrollera")
@click.option("--forvar", type=click.Path(path_type=Path), metavar="MAPP", help="Ett git-förvar, också en servers, utan mapp med filer.")
@click.option("--inlagt", metavar="INCHECKNING", help="Pröva det som är inlagt där, i stället för filerna i en mapp.")
@click.option("--fore", metavar="INCHECKNING", help="Det som var inlagt före; allt i det ska finnas kvar.")
def kontrollera(forvar: Path | None, inlagt: str | None, fore: str | None, mapp: Path | None, som_json: bool) -> int:
    """Räkna om alla reglementen från besluten och jämför med vad som ligger i registret.

    Hittar varje skillnad, också en enda ändrad bokstav i reglementen/ eller beslut/. Med --inlagt prövas en incheckning,
    så som en git-server tar emot den, och med --fore också att den bara lägger till: inget beslut ändrat eller borta.

    \b
    Exempel: reglemente kontrollera
             reglemente kontrollera --forvar . --inlagt main --fore main~1
    """
    if inlagt is not None:
        return _arrived(forvar or mapp or Path.cwd(), inlagt, fore or "", som_json)
    if forvar is not None or fore is not None:
        raise click.UsageError("--forvar och --fore hör ihop med --inlagt. Ange vilken incheckning som ska prövas.")
    register = opened(mapp)
    with working("Räknar om reglementena från besluten"):
        report = with_catalogue(register.verify(), register)
    if not answer(som_json, "kontrollera", _data(report)):
        show_report(report, register.municipality.name)
    return int(not report.ok)


def _arrived(folder: Path, new: str, old: str, som_json: bool) -> int:
    repository = bare(folder)
    if repository is None:
        raise misfit(f"Det finns inget git-förvar i {folder}.", "Ange det med --forvar MAPP.")
    none = not old.strip("0")
    report = tried(repository, commit_of(repository, new), "" if none else commit_of(repository, old))
    if not answer(som_json, "kontrollera", _data(report)):
        show_report(report)
    return int(not report.ok)


def _data(report: Report) -> dict[str, Any]:
    return {
        "hel": report.ok,
        "reglementen": [{"reglemente": c.charter, "beslut": c.decisions, "skillnader": c.differences} for c in report.charters],
        "problem": [problem_data(p) for p in report.problems],
    }


def with_catalogue(report: Report, register: Register) -> Report:
    """Return the report with any fault in the register's own katalog.toml added to its problems."""
    try:
        catalogue_for(register.folder)
    except ReglementeError as error:
        return replace(report, problems=(*report.problems, error.problem()))
    return report


def show_report(report: Report, name: str = "") -> None:
    """Print what the replay found in the register of `name`, charter by charter, and every problem."""
    say(f"{name or 'Det inlagda'}: {len(report.charters)} reglemente{'n' if len(report.charters) != 1 else ''}")
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
