"""The map as a table: one row for each line, the same in every form."""

from __future__ import annotations

from reglemente_tool.ownership.chart import Chart, Line, Shift, State
from reglemente_tool.writing.letters import harmless

HEAD = (
    "Område", "Uppgift", "Nämnd", "Läge", "Reglemente", "Bestämmelse", "Inledning", "Lydelse", "Orden om uppgiften", "Gäller sedan",
    "Beslut", "Anmärkning", "Ändrat",
)  # fmt: skip
"""The columns. "Ändrat" is empty unless the map is compared with an earlier day."""

SHIFTS = ("Vad", "Uppgifter", "Från", "Lydelse förut", "Till", "Lydelse nu", "Dag", "Beslut")
"""The columns of what has happened to provisions between two days."""


def rows(chart: Chart) -> tuple[tuple[str, ...], ...]:
    """Return the lines as rows of text, in the order of the map."""
    return tuple(row(line) for line in chart.lines)


def row(line: Line) -> tuple[str, ...]:
    """Return one line as a row: a cell for each of HEAD."""
    words = "" if line.words == line.text else line.words
    cells = (
        line.area, line.task, line.committee, line.state.value, line.title, line.place, line.lead, line.text, words,
        line.since.isoformat() if line.since else "", line.by, remark(line), line.change,
    )  # fmt: skip
    return tuple(harmless(cell) for cell in cells)


def remark(line: Line) -> str:
    """Return what is to be noted of a line: that several committees have the task, and why it is read as it is."""
    several = "Flera nämnder har uppgiften." if line.several else "Uppgiften delas av flera nämnder." if line.shared else ""
    return " ".join(part for part in (several if line.state is State.HAR else "", line.reason) if part)


def shift_rows(chart: Chart) -> tuple[tuple[str, ...], ...]:
    """Return what has happened to provisions as rows of text: a cell for each of SHIFTS."""
    return tuple(_shift(s) for s in chart.shifts)


def _shift(s: Shift) -> tuple[str, ...]:
    before = (f"{s.before.title}, {s.before.place}", s.before.text) if s.before else ("", "")
    after = (f"{s.after.title}, {s.after.place}", s.after.text) if s.after else ("", "")
    cells = (s.kind, ", ".join(s.tasks), *before, *after, s.on.isoformat() if s.on else "", " eller ".join(s.by))
    return tuple(harmless(cell) for cell in cells)
