"""The responsibility map: every task that the charters speak of on a day, by area and committee, with the provision that says so.

A line is one sentence of a charter and one task, or a task that no charter gives to anybody. Nothing that a charter says of a
task is left out: what fits no task of the catalogue has lines too, under no task. What concerns how a committee works is no task.
Who has a task is answered as `vem` answers it. What the board must do because nobody else has been given it stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from reglemente_tool.consolidate import pending
from reglemente_tool.model.address import Address
from reglemente_tool.model.catalogue import Task
from reglemente_tool.model.charter import CharterId, CommitteeId, Wid
from reglemente_tool.model.citation import cite
from reglemente_tool.model.history import Condition
from reglemente_tool.ownership.answers import Answer, Certainty, Holding, Tenure, whom
from reglemente_tool.ownership.duties import Duty, Role, is_common
from reglemente_tool.ownership.finding import Ground, fit
from reglemente_tool.ownership.gaps import Gaps
from reglemente_tool.ownership.judging import Page
from reglemente_tool.ownership.lines import committee_name, holder_name, lineage
from reglemente_tool.ownership.profile import Profile
from reglemente_tool.ownership.question import Question
from reglemente_tool.ownership.search import Search

OTHER_AREA = "Övrigt"
"""Where tasks stand that the catalogue gives no area, and what fits none of its tasks."""

EACH = "varje nämnd"
"""What a charter that holds for all committees is shown as."""


class State(Enum):
    """What a line says of its task and its committee, in the order in which it is shown."""

    HAR = "har uppgiften"
    NAMNER = "nämner uppgiften"
    RYMS = "ryms i en vidare uppgift"
    DELVIS = "bara en del nämns"
    UTANFOR = "sköts utanför nämnderna"
    MEDVERKAR = "medverkar"
    UNDANTAR = "undantar"
    HANVISAR = "hänvisar till annan"
    OVRIGT = "övrigt"
    SAGT = "sägs, men inte läst som uppgift"
    RESTEN = "det som ingen annan har"
    SAKNAS = "saknas, men krävs i lag"
    INGEN = "nämns inte"
    BORTA = "borttagen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the map. `task` and `area` are names, `task` "" for what fits no task of the catalogue; `committee` "" for nobody.

    `lead` are the words that lead in, `words` the sentence, `text` the provision's full text. `since` and `by` say from when and
    by which decision the provision stands in this charter. `several` is True when more than one committee has the task and the
    task is not shared by nature (`shared`); `pointed` when the provision stands in another committee's charter. `reason` says
    why, as `vem` does; `change` what has happened since the day of comparison.
    """

    area: str
    task: str
    task_id: str = ""
    state: State
    committee_id: CommitteeId | None = None
    committee: str = ""
    charter: CharterId | None = None
    title: str = ""
    address: Address | None = None
    wid: Wid | None = None
    lead: str = ""
    words: str = ""
    text: str = ""
    since: date | None = None
    by: str = ""
    reason: str = ""
    several: bool = False
    shared: bool = False
    pointed: bool = False
    change: str = ""

    @property
    def place(self) -> str:
        """Return "2 § första stycket", or "" for a line without a provision."""
        return cite(self.address) if self.address is not None else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A committee on the map: its id, what it is called on the day, and its abbreviation or ""."""

    id: CommitteeId
    name: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Where a provision stood, before or after: committee, charter, place, words."""

    committee: str
    title: str
    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What happened to a provision between two days: `kind` as `shifts` has them ("flyttad"), which tasks it speaks of (before or
    after), the day, and the decisions by name: several when that day has several and it cannot be told which.
    """

    kind: str
    wid: Wid
    tasks: tuple[str, ...]
    before: Side | None
    after: Side | None
    on: date | None
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A task that other committees have on the later day than on the earlier. `inferred` is True when no decision says that it
    is the same task that has moved; no committee before means new, none after that nobody has it any more.
    """

    area: str
    task: str
    before: tuple[Column, ...]
    after: tuple[Column, ...]
    by: tuple[str, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The whole map of a municipality on a day; with `before`, also what has happened since that day."""

    municipality: str
    in_force: date
    known: date | None = None
    before: date | None = None
    columns: tuple[Column, ...] = ()
    areas: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    moves: tuple[Move, ...] = ()
    shifts: tuple[Shift, ...] = ()
    status: tuple[str, ...] = field(default=())

    def of(self, *states: State) -> tuple[Line, ...]:
        """Return the lines in these states."""
        return tuple(line for line in self.lines if line.state in states)


def chart(search: Search, *, in_force: date, known: date | None = None) -> Chart:
    """Return the map of the register on `in_force`, as known on `known` (None: all that is recorded). Raises CannotApply."""
    return _Drawer(search, in_force, known).chart()


class _Drawer:
    def __init__(self, search: Search, day: date, known: date | None) -> None:
        self.search, self.day, self.known = search, day, known
        self.pages = search.pages(in_force=day, known=known)
        self.line_of = lineage(search.versions(known))
        self.catalogue = search.tagger.catalogue
        self.areas = {t.id: self.catalogue.area(t.id) or OTHER_AREA for t in self.catalogue.tasks}
        self.answers: dict[str, Answer] = {}
        self.lawful: dict[int, tuple[str, ...]] = {}

    def chart(self) -> Chart:
        lines = [*self.of_tasks(), *self.of_no_task()] if self.pages else []
        order = [*dict.fromkeys(a for a in self.areas.values() if a != OTHER_AREA), OTHER_AREA]
        seen = {line.area for line in lines}
        return Chart(
            municipality=self.search.municipality.name,
            in_force=self.day,
            known=self.known,
            columns=self.columns(lines),
            areas=tuple(a for a in order if a in seen),
            lines=tuple(sorted(lines, key=lambda line: order.index(line.area))),
            status=self.status(lines),
        )

    # --- the catalogue's tasks ----------------------------------------------------------------------------------------

    def of_tasks(self) -> Iterator[Line]:
        for task in self.catalogue.tasks:
            self.answers[task.id] = self.search.task(task.id, in_force=self.day, known=self.known)
        gaps = Gaps(self.search, self.day, self.who, self.known)
        lacking = {t.id for t in gaps.lacking()}
        for task in self.catalogue.tasks:
            found = sorted(self.of_task(task, self.answers[task.id]), key=lambda line: list(State).index(line.state))
            if not any(line.state in (State.HAR, State.NAMNER, State.RYMS, State.DELVIS) for line in found):
                found.append(self.nobody(task, self.answers[task.id], task.id in lacking))
            yield from found

    def who(self, question: str) -> Answer:
        """Asked of the gaps: by name, which is by task here."""
        return next(self.answers[t.id] for t in self.catalogue.tasks if t.name == question)

    def of_task(self, task: Task, answer: Answer) -> list[Line]:
        firm = [h for h in answer.owners if h.ground <= Ground.LAG]
        owners = {h.committee for h in firm}
        several = len(owners) > 1
        done: set[tuple[Address, str, CommitteeId]] = set()
        found: list[Line] = []

        def add(line: Line) -> None:
            key = (line.address or Address(()), line.words, line.committee_id or CommitteeId(""))
            if key not in done:
                done.add(key)
                found.append(line)

        for h in firm:
            add(self.held(task, h, State.HAR, several=several))
        for page in self.pages:
            for profile in page.profiles:
                if profile.duty.role is not Role.ARBETSFORM and (profile.phrase(task.id) or task.id in self.by_law(profile)):
                    add(self.told(task, page, profile, owners, several))
        for h in answer.also:
            if h.ground in (Ground.NAMNS, Ground.LAG):
                add(self.held(task, h, State.NAMNER))
        for h in () if found and owners else (h for h in answer.owners if h.ground is not Ground.OVRIGT):
            add(self.held(task, h, State.RYMS if h.ground is Ground.OMRADE else State.DELVIS))
        for h in answer.exceptions:
            if h.to or h.ground is Ground.NAMNS:
                add(self.held(task, h, State.HANVISAR if h.to else State.UNDANTAR))
        return found

    def by_law(self, profile: Profile) -> tuple[str, ...]:
        """The tasks, the widest of each kin, that rest on the statute which a duty lays on its committee without naming any task."""
        if profile.tasks or not profile.statutes or profile.duty.role is not Role.UPPGIFT:
            return ()
        if id(profile) not in self.lawful:
            reading = self.search.reading
            found = [
                task.id
                for task in self.catalogue.tasks
                if (fitting := fit(Question(task.name, tasks=((task.id, frozenset()),)), profile, reading.tagger, reading.book))
                and fitting.ground is Ground.LAG
                and any(reading.book.same(r.number, fitting.statute) and (not r.chapter or not profile.whole_law) for r in task.statutes)
            ]
            self.lawful[id(profile)] = tuple(t for t in found if not any(a in found for a in reading.tagger.above(t)))
        return self.lawful[id(profile)]

    def told(self, task: Task, page: Page, profile: Profile, owners: set[CommitteeId], several: bool) -> Line:
        """The line of a duty that speaks of the task by name."""
        duty = profile.duty
        state = _STATES[duty.role]
        if state is State.HAR and page.charter.committee not in owners:
            state = State.NAMNER
        if duty.role is Role.UNDANTAG and duty.to:
            state = State.HANVISAR
        return self.line(page, duty, task, state, several=several and state is State.HAR)

    def held(self, task: Task, holding: Holding, state: State, *, several: bool = False) -> Line:
        """The line of an answer's holding."""
        since, by = self.since(holding.wid, holding.charter)
        name = holder_name(self.search.history, self.search.municipality, holding, self.day)
        return Line(
            area=self.areas[task.id], task=task.name, task_id=task.id, state=state,
            committee_id=holding.committee, committee=EACH if holding.each else name,
            charter=holding.charter, title=holding.title, address=holding.address, wid=holding.wid, lead=holding.lead,
            words=holding.words, text=holding.text, since=since, by=by, reason=_reason(holding),
            several=several and not _shared(task), shared=several and _shared(task),
            pointed=any(page.charter.id == holding.charter and page.charter.committee != holding.committee for page in self.pages),
        )  # fmt: skip

    def nobody(self, task: Task, answer: Answer, lacking: bool) -> Line:
        """The line of a task that no charter gives to a committee."""
        outside = next((h for h in answer.exceptions if h.to and self.search.reading.known(h.to) is None), None)
        place = {"area": self.areas[task.id], "task": task.name, "task_id": task.id}
        if lacking:
            why = f"Ingen nämnd har uppgiften, som kommunen ska sköta enligt {task.demanded}."
            return Line(**place, state=State.SAKNAS, reason=why)  # type: ignore[arg-type]
        if outside is not None:
            said = f"{outside.title}, {cite(outside.address)}, hänvisar till {whom(outside.to)}."
            return Line(**place, state=State.UTANFOR, reason=said)  # type: ignore[arg-type]
        left_out = [f"Undantas i {h.title[:1].lower()}{h.title[1:]}, {cite(h.address)}." for h in answer.exceptions]
        left = [h.reason for h in answer.owners if h.ground is Ground.OVRIGT]
        left += [answer.rest.reason.replace("Ingen nämnd nämns.", "Ingen nämnd har den.")] if answer.rest else []
        return Line(**place, state=State.INGEN, reason=" ".join((*left_out, *left)))  # type: ignore[arg-type]

    # --- what fits no task --------------------------------------------------------------------------------------------

    def of_no_task(self) -> Iterator[Line]:
        by_law = {
            (h.charter, h.address, h.words)
            for answer in self.answers.values()
            for h in (*answer.owners, *answer.also)
            if h.ground is Ground.LAG
        }
        for page in self.pages:
            for profile in page.profiles:
                duty = profile.duty
                placed = profile.tasks or self.by_law(profile) or (page.charter.id, duty.address, duty.text) in by_law
                if duty.role is Role.ARBETSFORM or placed:
                    continue
                if duty.has_list and duty.role is Role.UPPGIFT and not profile.statutes:
                    # It only leads in what its items say, and stands before each of them.
                    continue
                state = {State.HAR: State.OVRIGT, State.MEDVERKAR: State.SAGT}.get(_STATES[duty.role], _STATES[duty.role])
                yield self.line(page, duty, None, state)

    def line(self, page: Page, duty: Duty, task: Task | None, state: State, *, several: bool = False) -> Line:
        since, by = self.since(duty.wid, page.charter.id)
        shared = task is not None and _shared(task)
        return Line(
            area=self.areas[task.id] if task else OTHER_AREA, task=task.name if task else "", task_id=task.id if task else "",
            state=state, committee_id=page.charter.committee,
            committee=EACH if is_common(page.charter) else self.named(page.charter.committee),
            charter=page.charter.id, title=page.charter.title, address=duty.address, wid=duty.wid, lead=duty.lead,
            words=duty.text, text=duty.whole, since=since, by=by, reason=f"Till: {duty.to}." if duty.to else "",
            several=several and not shared, shared=several and shared,
        )  # fmt: skip

    # --- names and times ----------------------------------------------------------------------------------------------

    def named(self, id: CommitteeId) -> str:
        return committee_name(self.search.history, self.search.municipality, id, self.day)

    def since(self, wid: Wid, charter: CharterId) -> tuple[date | None, str]:
        """From when the provision stands in the charter, and the name of the decision."""
        tenure = tenure_on(self.line_of.get(wid, ()), charter, self.day)
        return (tenure.start, self.search.event_name(tenure.by)) if tenure else (None, "")

    def columns(self, lines: Iterable[Line]) -> tuple[Column, ...]:
        """The committees that have a charter or are pointed out: the board first, then as in the register, the common charter last."""
        known = {c.id: n for n, c in enumerate(self.search.municipality.committees)}
        shorts = {c.id: next(iter(c.abbreviations), "") for c in self.search.municipality.committees}
        named = {page.charter.committee: EACH if is_common(page.charter) else self.named(page.charter.committee) for page in self.pages}
        for line in lines:
            if line.committee_id is not None:
                named.setdefault(line.committee_id, line.committee)
        order = sorted(named, key=lambda id: (named[id] == EACH, "styrelse" not in id, known.get(id, len(known)), id))
        return tuple(Column(id, named[id], shorts.get(id, "")) for id in order)

    def status(self, lines: Iterable[Line]) -> tuple[str, ...]:
        seen = f", så som det var känt {self.known.isoformat()}" if self.known else ""
        if not self.pages:
            return (f"Inget reglemente i registret gäller {self.day.isoformat()}{seen}.",)
        count = len(self.pages)
        said = [f"Det som gäller {self.day.isoformat()}{seen}, enligt {count} reglemente{'n' if count > 1 else ''}."]
        waiting: dict[str, str] = {}
        for id in self.search.versions(self.known):
            for decision, change in pending(self.search.history, id, in_force=self.day, known=self.known):
                start = change.in_force_from
                when = start.text if isinstance(start, Condition) else f"gäller från {start.isoformat()}"
                waiting.setdefault(decision.name, f"{decision.name} ({when})")
        said.append(
            f"Beslutat men ännu inte i kraft: {', '.join(waiting.values())}." if waiting else "Inget är beslutat som ännu inte är i kraft."
        )
        if any(line.state is State.INGEN for line in lines) and any("styrelse" in page.charter.committee for page in self.pages):
            said.append(
                "Kommunstyrelsen leder och samordnar förvaltningen och har uppsikt över nämnderna (6 kap. 1 § kommunallagen). "
                "Den har inte för den skull varje uppgift som inget reglemente nämner."
            )
        forms = sum(len(page.forms) for page in self.pages)
        said.append(f"Hur nämnderna arbetar är inga uppgifter och står inte här ({forms} meningar).")
        return tuple(said)


def tenure_on(line: Iterable[Tenure], charter: CharterId, day: date) -> Tenure | None:
    """Return the tenure in `charter` that holds on `day`, or None."""
    return next((t for t in line if t.charter == charter and t.start <= day and (t.until is None or day <= t.until)), None)


def _reason(holding: Holding) -> str:
    """Why the holding answers, where that is more than that the provision names the task."""
    return "" if holding.ground is Ground.NAMNS and holding.certainty is Certainty.SAKER else holding.reason


def _shared(task: Task) -> bool:
    """True for what several committees have by nature."""
    return task.shared or "varje nämnd" in task.usual


_STATES = {
    Role.UPPGIFT: State.HAR,
    Role.MEDVERKAN: State.MEDVERKAR,
    Role.UTPEKAR: State.HANVISAR,
    Role.UNDANTAG: State.UNDANTAR,
    Role.RESTEN: State.RESTEN,
    Role.ARBETSFORM: State.SAGT,
}
