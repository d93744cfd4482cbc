"""karta: which committee has which task, as a map and as a table; and what has moved since an earlier day."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.answering.who import search_in
from reglemente_tool.cli.documents import deliver, look_of
from reglemente_tool.cli.forms import format_options
from reglemente_tool.cli.output import answer, misfit, working
from reglemente_tool.cli.register import opened, today
from reglemente_tool.cli.swedish import DAY, command, times
from reglemente_tool.ownership.chart import Chart, Line, Move, Shift, Side, chart
from reglemente_tool.ownership.shifts import chart_between
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.charts import ChartWriter, chart_writer

FORMS = ("terminal", "text", "html", "svg", "pdf", "csv", "xlsx")
_FILES_ONLY = ("svg", "pdf", "xlsx")


@command("karta")
@times
@click.option("--sedan", type=DAY, metavar="DATUM", help="Visa också vad som har ändrats sedan den dagen.")
@format_options(*FORMS)
def karta(
    galler: date | None, kant: date | None, sedan: date | None, som: str, ut: Path | None, mapp: Path | None, som_json: bool
) -> int:
    """Ansvarskartan: vilken nämnd har vilken uppgift, område för område, och enligt vilken bestämmelse?

    Kartan är uträknad ur reglementena och säger detsamma som vem. Det som inte finns i katalogen står som övrigt under sin
    nämnd, och uppgifter som ingen har står sist. Med --sedan syns också vad som har kommit, gått och bytt nämnd.

    \b
    Exempel: reglemente karta
             reglemente karta --som html --ut karta.html
             reglemente karta --galler 2017-07-01 --sedan 2017-06-30 --som pdf
             reglemente karta --som xlsx --ut ansvar.xlsx
    """
    register, day = opened(mapp), galler or today()
    if sedan is not None and sedan > day:
        raise misfit(f"{sedan} kommer efter {day}.", "Ange med --sedan en dag före den som kartan gäller.")
    with working("Ritar kartan"):
        drawn = drawn_for(register, day, kant, sedan)
    if answer(som_json, "karta", chart_data(drawn)):
        return 0
    chosen = chart_writer("text" if som == "terminal" else som)
    name = f"karta-{day}{chosen.SUFFIX}"
    if chosen.NAME in _FILES_ONLY and ut is None:
        ut = Path(name)
    with working("Sätter kartan"):
        content = written(drawn, chosen, register)
    return deliver(content, ut, name)


def drawn_for(register: Register, day: date, known: date | None = None, before: date | None = None) -> Chart:
    """Return the map of a register on `day`, with what has happened since `before` where that is given. Raises NotPossible for a
    day on which there was nothing to compare with.
    """
    search = search_in(register)
    if before is None:
        return chart(search, in_force=day, known=known)
    if not search.standing(in_force=before, known=known):
        first = min((v.start for made in search.versions(known).values() for v in made), default=None)
        hint = f"Registrets första reglemente gäller från {first.isoformat()}." if first else "Registret är tomt."
        raise misfit(f"Inget reglemente i registret gällde {before}, så det finns inget att jämföra med.", hint)
    return chart_between(search, before, in_force=day, known=known)


def written(drawn: Chart, chosen: ChartWriter, register: Register) -> bytes:
    """Return the map in a form, dressed as the municipality wants it where the form can be."""
    dress = {"look": look_of(register)} if "look" in inspect.signature(chosen.write).parameters else {}
    return chosen.write(drawn, **dress)


def chart_data(drawn: Chart) -> dict[str, Any]:
    """Return the map as it stands in JSON."""
    return {
        "kommun": drawn.municipality,
        "galler": drawn.in_force,
        "kant": drawn.known,
        "sedan": drawn.before,
        "status": list(drawn.status),
        "namnder": [{"id": c.id, "namn": c.name, "kort": c.short or None} for c in drawn.columns],
        "omraden": list(drawn.areas),
        "rader": [_line_data(line) for line in drawn.lines],
        "flyttat": [_move_data(m) for m in drawn.moves],
        "andrat": [_shift_data(s) for s in drawn.shifts],
    }


def _line_data(line: Line) -> dict[str, Any]:
    return {
        "omrade": line.area,
        "uppgift": line.task or None,
        "uppgift_id": line.task_id or None,
        "lage": line.state.name.lower(),
        "lage_text": line.state.value,
        "namnd": line.committee or None,
        "namnd_id": line.committee_id,
        "reglemente": line.charter,
        "titel": line.title or None,
        "mal": line.address.code if line.address else None,
        "stalle": line.place or None,
        "inledning": line.lead,
        "lydelse": line.text,
        "ord": line.words,
        "sedan": line.since,
        "beslut_namn": line.by or None,
        "skal": line.reason,
        "flera_namnder": line.several,
        "delas": line.shared,
        "andrat": line.change or None,
        "wid": line.wid,
    }


def _move_data(move: Move) -> dict[str, Any]:
    return {
        "omrade": move.area,
        "uppgift": move.task,
        "fran": [c.name for c in move.before],
        "till": [c.name for c in move.after],
        "beslut_namn": list(move.by),
        "antagen": move.inferred,
    }


def _shift_data(shift: Shift) -> dict[str, Any]:
    return {
        "vad": shift.kind,
        "uppgifter": list(shift.tasks),
        "fran": _side_data(shift.before),
        "till": _side_data(shift.after),
        "dag": shift.on,
        "beslut_namn": list(shift.by),
        "wid": shift.wid,
    }


def _side_data(side: Side | None) -> dict[str, Any] | None:
    return {"namnd": side.committee, "titel": side.title, "stalle": side.place, "lydelse": side.text} if side else None
