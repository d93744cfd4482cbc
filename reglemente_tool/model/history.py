"""What the council decided, and what has happened to its decisions since.

Two times: `decided_on` says when we could know, `in_force_from` when it holds. Git's dates are never read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.assignment import Assignment
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId


@dataclass(frozen=True, slots=True)
class Condition:
    """What must happen before a change is in force, in the decision's own words ("när beslutet vunnit laga kraft")."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one decision does to one charter from one day. With `in_force_until` (that day included) it is temporary."""

    charter: CharterId
    in_force_from: date | Condition
    in_force_until: date | None = None
    amendments: tuple[Amendment, ...] = ()
    transitional: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """That a decision repeals an earlier one: what `annuls` changed stops holding from `in_force_from`, and is not undone before that.

    With a `charter` only what it changed there. An Annulment, by a court, is another thing: it works backwards.
    """

    annuls: DecisionId
    in_force_from: date | Condition
    charter: CharterId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision by kommunfullmäktige. `text` is the extract word for word; `confirmed_by` the role that confirmed the reading.

    It may change charters, repeal earlier decisions, and give assignments and money; any of these, or all.
    """

    id: DecisionId
    decided_on: date
    section: str = ""
    case_number: str = ""
    title: str = ""
    text: str = ""
    confirmed_by: str = ""
    changes: tuple[Change, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    @property
    def name(self) -> str:
        """"KF 2017-06-21 § 105"."""
        return f"KF {self.decided_on.isoformat()}" + (f" § {self.section}" if self.section else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commencement:
    """The day on which a conditional decision came into force, as found out on `decided_on`."""

    decision: DecisionId
    on: date
    decided_on: date
    confirmed_by: str = ""

    @property
    def id(self) -> DecisionId:
        """The event's own identity."""
        return DecisionId(f"ikraft-{self.on.isoformat()}-{self.decision}")

    @property
    def name(self) -> str:
        """What the event is called in a list."""
        return f"ikraftträdande {self.on.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulment:
    """A decision set aside on `decided_on`, by a court: it is as if it had never been, as known from that day. What the council
    itself repeals by a decision of its own is a Revocation.
    """

    decided_on: date
    annuls: DecisionId
    by: str
    case_number: str = ""
    confirmed_by: str = ""

    @property
    def id(self) -> DecisionId:
        """The event's own identity."""
        return DecisionId(f"upphavt-{self.decided_on.isoformat()}-{self.annuls}")

    @property
    def name(self) -> str:
        """What the event is called in a list."""
        return f"upphävt {self.decided_on.isoformat()} av {self.by}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An editorial mend of one charter, visible as such and never silent. `reason` says what was wrong and who found it."""

    decided_on: date
    number: str
    change: Change
    reason: str
    confirmed_by: str = ""

    @property
    def id(self) -> DecisionId:
        """The event's own identity."""
        return DecisionId(f"rattelse-{self.decided_on.isoformat()}-{self.number}")

    @property
    def name(self) -> str:
        """"rättelse 2019-02-03"."""
        return f"rättelse {self.decided_on.isoformat()}"


Event = Decision | Commencement | Annulment | Correction


@dataclass(frozen=True, slots=True)
class History:
    """All events of a register, in any order: what they mean does not hang on the order in which they were written down."""

    events: tuple[Event, ...] = ()

    def decision(self, id: DecisionId) -> Decision | None:
        """Return the decision with this id, or None."""
        return next((e for e in self.events if isinstance(e, Decision) and e.id == id), None)

    def event(self, id: DecisionId) -> Event | None:
        """Return the event with this id, or None."""
        return next((e for e in self.events if e.id == id), None)

    def annulled(self, id: DecisionId) -> Annulment | None:
        """Return the court's word by which the event with this id is set aside, None when it stands. A word that a higher court has
        set aside counts for nothing."""
        courts = [e for e in self.events if isinstance(e, Annulment) and e.annuls == id and self.annulled(e.id) is None]
        return max(courts, key=lambda e: e.decided_on, default=None)

    def with_event(self, event: Event) -> History:
        """Return the history with one more event."""
        return History((*self.events, event))


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A nämnd: permanent id, its name when the register began, short forms, and the years it has existed, when they are known."""

    id: CommitteeId
    name: str
    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """What register.xml says: the kommun, its four-digit code, and its committees."""

    name: str
    code: str
    committees: tuple[Committee, ...] = ()

    def committee(self, id: CommitteeId) -> Committee | None:
        """Return the committee with this id, or None."""
        return next((c for c in self.committees if c.id == id), None)
