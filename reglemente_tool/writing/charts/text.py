"""The map as plain text, 80 columns wide: which committee has which task, and by which §."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from reglemente_tool.ownership.chart import Chart, Line, State
from reglemente_tool.writing.charts._grid import WEAKER, Chip, Grid, Look, grid
from reglemente_tool.writing.letters import harmless

NAME = "text"
SUFFIX = ".txt"

WIDTH = 80
_TASK = 30


def write(chart: Chart) -> bytes:
    """Return the map as UTF-8 text."""
    return f"{render(chart)}\n".encode()


def render(chart: Chart) -> str:
    """Return the map as lines of text."""
    return "\n".join(_lines(chart, grid(chart)))


def _lines(chart: Chart, picture: Grid) -> Iterator[str]:
    yield harmless(f"Ansvarskarta för {chart.municipality}" if chart.municipality else "Ansvarskarta")
    for said in chart.status:
        yield from _folded(said)
    for move in _moves(chart):
        yield from move
    for band in picture.bands:
        yield from ("", harmless(band.area))
        tasks: dict[str, list[str]] = {}
        for column, cell in zip(picture.columns, band.cells, strict=True):
            for chip in cell:
                tasks.setdefault(chip.text, []).append(_said(column.name, chip))
        for task, holders in tasks.items():
            yield from _row(task, "; ".join(holders))
    yield from _by_committee(picture, picture.others, "Uppgifter som inte finns i katalogen")
    yield from _by_committee(picture, picture.rests, "Det som ingen annan nämnd har fått")
    for title, lines in (
        ("Saknas: lagen kräver uppgiften och ingen nämnd har den", picture.lacking),
        ("Sköts utanför nämnderna", picture.outside),
        ("Nämns inte i något reglemente", picture.unnamed),
    ):
        yield from _named(title, lines)
    if chart.lines:
        count = len(chart.of(State.SAGT, State.MEDVERKAR, State.UNDANTAR, State.HANVISAR))
        yield ""
        yield from _folded(
            f"Kartan har {len(chart.lines)} rader. {count} av dem säger att en nämnd medverkar, undantar eller hänvisar, eller är inte "
            "lästa som uppgifter; de står i tabellen: reglemente karta --som xlsx"
        )


def _said(name: str, chip: Chip) -> str:
    if chip.look is Look.BORT:
        return f"[inte längre {name}{f': {chip.note}' if chip.note else ''}]"
    note = ", ".join(part for part in (WEAKER.get(chip.look, ""), chip.note) if part)
    return f"{name}, {chip.places}{f' ({note})' if note else ''}"


def _moves(chart: Chart) -> Iterator[list[str]]:
    if chart.before is None:
        return
    yield ["", f"Ändrat sedan {chart.before.isoformat()}"]
    if not chart.moves and not chart.shifts:
        yield ["  Inget."]
    for move in chart.moves:
        yield list(_row(move.task, moved(move.before, move.after, move.by, inferred=move.inferred)))
    for shift in chart.shifts:
        if shift.kind == "flyttad" and shift.tasks and any(m.task in shift.tasks for m in chart.moves):
            continue
        side = shift.after or shift.before
        if side is not None:
            by = f", {' eller '.join(shift.by)}" if shift.by else ""
            on = f" {shift.on.isoformat()}" if shift.on else ""
            yield list(_folded(f"{shift.kind}{on}{by}: {side.title}, {side.place}: ”{side.text}”", 2, 4))


def moved(before: Iterable[object], after: Iterable[object], by: Iterable[str], *, inferred: bool) -> str:
    """Return "socialnämnden → kommunstyrelsen, KF 2017-06-21 § 105"."""
    names = [", ".join(getattr(c, "name", str(c)) for c in side) or "ingen nämnd" for side in (before, after)]
    doubt = " (inget beslut säger att det är samma uppgift)" if inferred else ""
    decided = " och ".join(by)
    return f"{names[0]} → {names[1]}{f', {decided}' if decided else ''}{doubt}"


def _by_committee(picture: Grid, places: tuple[str, ...], title: str) -> Iterator[str]:
    listed = [(c.name, said) for c, said in zip(picture.columns, places, strict=True) if said]
    if listed:
        yield from ("", title)
    for name, said in listed:
        yield from _row(name, said)


def _named(title: str, lines: tuple[Line, ...]) -> Iterator[str]:
    if lines:
        yield from ("", title)
        plain = [line.task for line in lines if line.state is State.INGEN and not line.reason.startswith("Undantas")]
        if plain:
            yield from _folded(", ".join(plain), 2, 0)
        for line in lines:
            if line.task not in plain:
                yield from _row(line.task, line.reason)


def _row(first: str, rest: str) -> Iterator[str]:
    """Two columns; a first one that is too long stands on a line of its own."""
    head = harmless(first)
    left = f"  {head.ljust(_TASK)}  "
    if len(head) > _TASK:
        yield from _folded(head, 2, 2)
        left = " " * (_TASK + 4)
    filled = textwrap.wrap(_kept(rest), WIDTH - _TASK - 4, break_on_hyphens=False) or [""]
    for n, line in enumerate(filled):
        yield ((left if n == 0 else " " * (_TASK + 4)) + line).replace("\u00a0", " ").rstrip()


def _folded(text: str, indent: int = 0, hanging: int = 0) -> Iterator[str]:
    first, later = " " * indent, " " * (indent + hanging)
    for line in textwrap.wrap(_kept(text), WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False) or [""]:
        yield line.replace("\u00a0", " ")


def _kept(text: str) -> str:
    """No line ends between a number and its § sign."""
    return harmless(text).replace(" §", "\u00a0§").replace("§ ", "§\u00a0")
