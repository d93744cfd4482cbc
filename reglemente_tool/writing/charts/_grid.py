"""The map as a picture: the areas one below the other, a column for each committee, the tasks in the cells where they belong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from reglemente_tool.model.address import Address, Kind, number_key
from reglemente_tool.model.citation import cite
from reglemente_tool.ownership.chart import Chart, Column, Line, Move, State


class Look(Enum):
    """How a task is drawn: had, only named, within a wider one, only a part of it; come here, gone from here."""

    HAR = "har"
    NAMNER = "namner"
    RYMS = "ryms"
    DELVIS = "delvis"
    HIT = "hit"
    BORT = "bort"


@dataclass(frozen=True, slots=True)
class Chip:
    """A task in a cell: its name, where the committee's charter says so ("2 och 5 §§"), how it is drawn, what is said of it
    ("från socialnämnden", "flera nämnder") and the number of its first row in the table, from 1; 0 for none.
    """

    text: str
    places: str
    look: Look
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """An area: its name, and the chips of each column."""

    area: str
    cells: tuple[tuple[Chip, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The picture. `others` are, for each column, the places of what fits no task in the catalogue; `rests` those of what the
    board has because nobody else has been given it. `lacking`, `outside` and `unnamed` are tasks without a committee.
    """

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    others: tuple[str, ...]
    rests: tuple[str, ...]
    lacking: tuple[Line, ...]
    outside: tuple[Line, ...]
    unnamed: tuple[Line, ...]


def grid(chart: Chart) -> Grid:
    """Return the map as a picture."""
    moves = {m.task: m for m in chart.moves}
    numbers = {id(line): n for n, line in enumerate(chart.lines, 1)}
    bands = []
    for area in chart.areas:
        cells = tuple(tuple(_chips(chart, area, column, moves, numbers)) for column in chart.columns)
        if any(cells):
            bands.append(Band(area, cells))
    return Grid(
        columns=chart.columns,
        bands=tuple(bands),
        others=tuple(_places(line for line in chart.of(State.OVRIGT) if line.committee_id == c.id) for c in chart.columns),
        rests=tuple(_places(line for line in chart.of(State.RESTEN) if line.committee_id == c.id) for c in chart.columns),
        lacking=chart.of(State.SAKNAS),
        outside=chart.of(State.UTANFOR),
        unnamed=chart.of(State.INGEN),
    )


WEAKER = {Look.NAMNER: "nämner den", Look.RYMS: "ryms i en vidare uppgift", Look.DELVIS: "bara en del"}
"""What is said of a task that a committee does not have outright."""

_DRAWN = {State.HAR: Look.HAR, State.NAMNER: Look.NAMNER, State.RYMS: Look.RYMS, State.DELVIS: Look.DELVIS}


def _chips(chart: Chart, area: str, column: Column, moves: dict[str, Move], numbers: dict[int, int]) -> Iterable[Chip]:
    mine: dict[str, list[Line]] = {}
    for line in chart.lines:
        if line.area == area and line.committee_id == column.id and line.task and line.state in _DRAWN:
            mine.setdefault(line.task, []).append(line)
    for task, lines in mine.items():
        best = min(lines, key=lambda line: list(_DRAWN).index(line.state))
        shown = [line for line in lines if line.state is best.state]
        move = moves.get(task)
        came = move is not None and column.id in {c.id for c in move.after} - {c.id for c in move.before}
        notes = [_came(move)] if came and move is not None else []
        notes += ["flera nämnder"] if best.several else ["delas"] if best.shared else []
        notes += ["ny lydelse"] if not came and any(line.change for line in shown) else []
        look = Look.HIT if came else _DRAWN[best.state]
        yield Chip(task, _where(shown), look, ", ".join(notes), numbers[id(best)])
    for task, move in moves.items():
        if move.area == area and column.id in {c.id for c in move.before} - {c.id for c in move.after}:
            gone = next((n for line in chart.lines if (n := numbers[id(line)]) and line.task == task and line.state is State.BORTA), 0)
            yield Chip(task, "", Look.BORT, _went(move), gone)


def _came(move: Move) -> str:
    lost = [c.name for c in move.before if all(c.id != a.id for a in move.after)]
    return f"från {_listed(lost)}" if lost else "även här nu" if move.before else "ny"


def _went(move: Move) -> str:
    gained = [c.name for c in move.after if all(c.id != b.id for b in move.before)]
    return f"till {_listed(gained)}" if gained else "inte längre här" if move.after else "borttagen, ingen nämnd har den nu"


def _listed(names: list[str]) -> str:
    return " och ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _where(lines: list[Line]) -> str:
    own = _places(line for line in lines if not line.pointed)
    return own or "utpekad av en annan nämnds reglemente"


def _places(lines: Iterable[Line]) -> str:
    """ "2 och 5 §§", the §§ of the provisions, each once."""
    by_place = {_paragraf(line.address): line.address for line in lines if line.address is not None}
    found = sorted(by_place, key=lambda place: [number_key(step.number) for step in by_place[place].steps[:2]])
    if len(found) > 1 and all(place.endswith(" §") and place.count(" §") == 1 and " kap." not in place for place in found):
        return f"{_listed([place.removesuffix(' §') for place in found])} §§"
    return ", ".join(found)


def _paragraf(address: Address) -> str:
    """The § that an address lies in, or the whole address for what lies in none."""
    for n, step in enumerate(address.steps, 1):
        if step.kind is Kind.PARAGRAF:
            return cite(Address(address.steps[:n]))
    return cite(address)
