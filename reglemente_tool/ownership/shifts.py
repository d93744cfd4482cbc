"""What has happened to the map between two days: provisions that came, went, moved or read otherwise; tasks that changed hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from reglemente_tool.model.charter import CommitteeId, Wid
from reglemente_tool.model.wording import bare
from reglemente_tool.ownership.answers import Tenure
from reglemente_tool.ownership.chart import EACH, Chart, Line, Move, Shift, Side, State, chart, tenure_on
from reglemente_tool.ownership.lines import ONE_DAY, Versions, committee_name, lineage, names_over_time
from reglemente_tool.ownership.search import Search

NEW, GONE, MOVED, REWORDED = "ny", "borttagen", "flyttad", "ny lydelse"
NOW_A_TASK, NO_TASK_NOW = "läses nu som uppgift", "läses inte längre som uppgift"


def chart_between(search: Search, before: date, *, in_force: date, known: date | None = None) -> Chart:
    """Return the map on `in_force` with what has happened since `before`, each line that is touched saying how. What has gone
    stands as lines in the state BORTA. Raises CannotApply.
    """
    old, new = chart(search, in_force=before, known=known), chart(search, in_force=in_force, known=known)
    return _Comparison(search, old, new).chart()


class _Comparison:
    def __init__(self, search: Search, old: Chart, new: Chart) -> None:
        self.search, self.old, self.new = search, old, new
        self.made: Versions = search.versions(new.known)
        self.line_of = lineage(self.made)

    def chart(self) -> Chart:
        shifts = tuple(self.shifts())
        happened = {s.wid: s for s in shifts}
        lines = [replace(line, change=_said(happened.get(line.wid)) if line.wid else "") for line in self.new.lines]
        gone = [
            replace(line, state=State.BORTA, several=False, shared=False, change=_said(happened[line.wid]))
            for line in self.old.lines
            if line.wid in happened and happened[line.wid].kind in (GONE, MOVED, NO_TASK_NOW) and line.state is not State.RYMS
        ]
        areas = tuple(a for a in dict.fromkeys((*self.new.areas, *self.old.areas)) if a)
        columns = (*self.new.columns, *(c for c in self.old.columns if all(c.id != n.id for n in self.new.columns)))
        listed = sorted([*lines, *gone], key=lambda line: areas.index(line.area))
        return replace(
            self.new,
            before=self.old.in_force,
            areas=areas,
            columns=columns,
            lines=tuple(_together(listed)),
            moves=tuple(self.moves(shifts)),
            shifts=shifts,
            status=(*self.new.status, f"Jämfört med det som gällde {self.old.in_force.isoformat()}.", *self.names()),
        )

    # --- provisions ---------------------------------------------------------------------------------------------------

    def shifts(self) -> Iterator[Shift]:
        was, now = _by_wid(self.old.lines), _by_wid(self.new.lines)
        for wid in dict.fromkeys((*now, *was)):
            before, after = was.get(wid, ()), now.get(wid, ())
            old, new = self.tenure(before, self.old.in_force), self.tenure(after, self.new.in_force)
            kind, on, by = self.happened(old, new)
            if kind:
                tasks = tuple(dict.fromkeys(line.task for line in (*after, *before) if line.task))
                sides = (self.side(self.old, before, old), self.side(self.new, after, new))
                yield Shift(kind=kind, wid=wid, tasks=tasks, before=sides[0], after=sides[1], on=on, by=by)

    def happened(self, old: Tenure | None, new: Tenure | None) -> tuple[str, date | None, tuple[str, ...]]:
        """What has become of a provision, on which day, by which decisions; "" for nothing."""
        if old is not None and new is not None:
            if old.charter != new.charter:
                return MOVED, new.start, (self.name(new.by),)
            return (REWORDED, *self.reworded(new)) if self.text(old, self.old) != self.text(new, self.new) else ("", None, ())
        if new is not None:
            return (NEW, new.start, (self.name(new.by),)) if new.start > self.old.in_force else (NOW_A_TASK, *self.reworded(new))
        if old is not None:
            if old.until is None or old.until >= self.new.in_force:
                # The provision stands there still, but the heading or the words around it have changed.
                return NO_TASK_NOW, None, ()
            day = old.until + ONE_DAY
            fresh = next((v.fresh for v in self.made[old.charter] if v.start == day), ())
            return GONE, day, tuple(self.name(by) for by in fresh)
        return "", None, ()

    def reworded(self, tenure: Tenure) -> tuple[date | None, tuple[str, ...]]:
        """The last day since the first one on which the provision was given other words or another place, and by which decision."""
        made = [w for w in tenure.wordings if self.old.in_force < w.start <= self.new.in_force]
        return (made[-1].start, (self.name(made[-1].by),)) if made else (None, ())

    def text(self, tenure: Tenure, chart: Chart) -> str:
        """The words on the day of the map, without the comma or full stop that only says where in its list they stand."""
        return bare([w.text for w in tenure.wordings if w.start <= chart.in_force][-1])

    def side(self, chart: Chart, lines: tuple[Line, ...], tenure: Tenure | None) -> Side | None:
        if not lines or tenure is None:
            return None
        names = {c.id: c.name for c in chart.columns}
        return Side(committee=names[tenure.committee], title=lines[0].title, place=lines[0].place, text=lines[0].text)

    def tenure(self, lines: tuple[Line, ...], day: date) -> Tenure | None:
        line = next(iter(lines), None)
        return tenure_on(self.line_of.get(line.wid, ()), line.charter, day) if line and line.wid and line.charter else None

    def name(self, id: str) -> str:
        return self.search.event_name(id)

    # --- tasks --------------------------------------------------------------------------------------------------------

    def moves(self, shifts: tuple[Shift, ...]) -> Iterator[Move]:
        was, now = _owners(self.old.lines), _owners(self.new.lines)
        old, new = ({c.id: c for c in chart.columns} for chart in (self.old, self.new))
        happened = {s.wid: s for s in shifts}
        for task_id in dict.fromkeys((*now, *was)):
            before, after = was.get(task_id, {}), now.get(task_id, {})
            if before.keys() == after.keys():
                continue
            area, task = next((line.area, line.task) for lines in (*after.values(), *before.values()) for line in lines)
            lost = [line for id in before if id not in after for line in before[id]]
            gained = [line for id in after if id not in before for line in after[id]]
            touched = [happened[line.wid] for line in (*gained, *lost) if line.wid in happened]
            same = {line.wid for line in lost} & {line.wid for line in gained}
            yield Move(
                area=area,
                task=task,
                before=tuple(old[id] for id in before),
                after=tuple(new[id] for id in after),
                by=tuple(dict.fromkeys(name for s in touched for name in s.by)),
                inferred=bool(lost and gained) and not same,
            )

    def names(self) -> Iterator[str]:
        """Committees that have another name than they had."""
        for column in self.new.columns:
            old = committee_name(self.search.history, self.search.municipality, column.id, self.old.in_force)
            if column.name not in (EACH, old):
                start = max(
                    (d for d, _ in names_over_time(self.search.history, self.search.municipality, column.id) if d <= self.new.in_force),
                    default=self.new.in_force,
                )
                yield f"{old[:1].upper()}{old[1:]} heter sedan {start.isoformat()} {column.name}."


def _by_wid(lines: Iterable[Line]) -> dict[Wid, tuple[Line, ...]]:
    found: dict[Wid, list[Line]] = {}
    for line in lines:
        # A provision that points another out stands with that committee too, but lies in one charter.
        if line.wid is not None and line.state is not State.RYMS:
            found.setdefault(line.wid, []).append(line)
    return {wid: tuple(listed) for wid, listed in found.items()}


def _owners(lines: Iterable[Line]) -> dict[str, dict[CommitteeId, list[Line]]]:
    found: dict[str, dict[CommitteeId, list[Line]]] = {}
    for line in lines:
        if line.state is State.HAR and line.committee_id is not None:
            found.setdefault(line.task_id, {}).setdefault(line.committee_id, []).append(line)
    return found


def _said(shift: Shift | None) -> str:
    """ "flyttad från socialnämnden 2017-07-01, KF 2017-06-21 § 105"."""
    if shift is None:
        return ""
    what = shift.kind
    if shift.kind == MOVED and shift.before and shift.after:
        what = f"flyttad från {shift.before.committee} till {shift.after.committee}"
    when = f" {shift.on.isoformat()}" if shift.on else ""
    return f"{what}{when}{', ' if shift.by else ''}{' eller '.join(shift.by)}"


def _together(lines: list[Line]) -> Iterator[Line]:
    """What has gone stands after the other lines of its task; what fits no task keeps its order."""
    order = {id: n for n, id in enumerate(dict.fromkeys((line.area, line.task_id) for line in lines if line.state is not State.BORTA))}
    yield from sorted(lines, key=lambda line: (order.get((line.area, line.task_id), -1) if line.task_id else len(order)))
