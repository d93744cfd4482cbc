"""The map as the data that the typst template takes; the keys are the template's."""

from __future__ import annotations

from itertools import groupby
from math import isqrt
from typing import Any

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.writing.charts._grid import WEAKER, Band, Grid, grid
from reglemente_tool.writing.charts._grid import Look as Drawn
from reglemente_tool.writing.charts._rows import HEAD, SHIFTS, rows, shift_rows
from reglemente_tool.writing.charts.text import moved
from reglemente_tool.writing.letters import breakable, harmless, unbroken
from reglemente_tool.writing.look import Look
from reglemente_tool.writing.typesetting import dressed

NARROW, WIDE = 6, 12
"""Up to so many committees the picture fits on A4 lying down, and on A3; with more it is set in several tables."""


def data(chart: Chart, look: Look, *, drawing: bool = False) -> dict[str, Any]:
    """Return what the template sets: the picture, and beside it the words and the tables, which a drawing leaves out."""
    picture = grid(chart)
    count = len(picture.columns)
    parts = 1 if drawing else max(-(-count // WIDE), 1)
    each = -(-count // parts) if count else 0
    return {
        **dressed(look, chart.municipality),
        "teckning": drawing,
        "dag": [chart.in_force.year, chart.in_force.month, chart.in_force.day],
        "titel": "Ansvarskarta",
        "stor": count > NARROW,
        "status": [_said(line) for line in chart.status],
        "jamfor": chart.before.isoformat() if chart.before else "",
        "flyttat": [[_said(m.task), _said(moved(m.before, m.after, m.by, inferred=m.inferred))] for m in chart.moves],
        "kartor": [_part(picture, at * each, (at + 1) * each) for at in range(parts)] if picture.bands else [],
        "utan": [
            {"rubrik": title, "rader": [[_said(line.task), _said(line.reason) if told else ""] for line in lines]}
            for title, lines, told in (
                ("Saknas: lagen kräver uppgiften och ingen nämnd har den", picture.lacking, True),
                ("Sköts utanför nämnderna", picture.outside, True),
                ("Nämns inte i något reglemente", picture.unnamed, False),
            )
            if lines
        ],
        "omraden": [] if drawing else _areas(chart),
        "andrat_huvud": list(SHIFTS),
        "andrat": [] if drawing else [[_said(cell) for cell in row] for row in shift_rows(chart)],
    }


def _part(picture: Grid, start: int, end: int) -> dict[str, Any]:
    """The columns from `start` up to `end`, with the areas that have anything in them."""
    special = [
        {"namn": name, "celler": [_said(said) for said in places[start:end]]}
        for name, places in (
            ("Övrigt: uppgifter som inte finns i katalogen", picture.others),
            ("Det som ingen annan nämnd har fått", picture.rests),
        )
        if any(places[start:end])
    ]
    bands = [_band(band, start, end) for band in picture.bands if any(band.cells[start:end])]
    return {
        "spalter": [_said(c.name[:1].upper() + c.name[1:]) for c in picture.columns[start:end]],
        # A committee with much to do gets more room; one with little keeps enough for its name.
        "vikter": [_weight(picture, n) for n in range(start, min(end, len(picture.columns)))],
        "band": bands,
        "sarskilda": special,
    }


def _weight(picture: Grid, n: int) -> int:
    longest = max(map(len, picture.columns[n].name.split()), default=0)
    return max(10, longest * 3 // 4, min(24, 8 + 2 * isqrt(sum(len(band.cells[n]) for band in picture.bands))))


def _band(band: Band, start: int, end: int) -> dict[str, Any]:
    return {
        "omrade": _said(band.area),
        "celler": [
            [{"ord": _said(c.text), "st": _kept(c.places), "sort": c.look.value, "not": _note(c.look, c.note)} for c in cell]
            for cell in band.cells[start:end]
        ],
    }


def _kept(places: str) -> str:
    """A few §§ stand on one line."""
    return _said(places.replace(" ", "\u00a0") if len(places) < 20 else places)


def _note(look: Drawn, note: str) -> str:
    return _said(", ".join(part for part in (WEAKER.get(look, ""), note) if part))


def _areas(chart: Chart) -> list[dict[str, Any]]:
    at = {name: n for n, name in enumerate(HEAD)}
    found = []
    for area, listed in groupby(rows(chart), key=lambda row: row[0]):
        made = []
        for row in listed:
            cell = {name: _said(row[n]) for name, n in at.items()}
            where = f"{cell['Reglemente']}, {cell['Bestämmelse']}" if cell["Reglemente"] else ""
            since = f"{cell['Gäller sedan']}, {cell['Beslut']}" if cell["Beslut"] else cell["Gäller sedan"]
            made.append({
                "uppgift": cell["Uppgift"], "namnd": cell["Nämnd"], "lage": cell["Läge"], "andrat": cell["Ändrat"], "stalle": where,
                "inledning": cell["Inledning"], "lydelse": cell["Lydelse"], "ord": cell["Orden om uppgiften"],
                "anm": cell["Anmärkning"], "sedan": since,
            })  # fmt: skip
        found.append({"namn": _said(area), "rader": made})
    return found


def _said(text: str) -> str:
    return breakable(unbroken(harmless(text)))
