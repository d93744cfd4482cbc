"""What a decision asks of somebody, or allots, beside the charters: assignments and sums of money, kept as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from reglemente_tool.model.charter import CommitteeId


class AssignmentKind(Enum):
    """An assignment (uppdrag) or an allocation of money (anslag)."""

    UPPDRAG = "uppdrag"
    ANSLAG = "anslag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """So many whole kronor; `each_year` when that is the sum for every year, `years` those that are named, and `time` as written."""

    kronor: int
    each_year: bool = False
    years: tuple[int, ...] = ()
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One assignment or allocation.

    `clause`     the number of the att-sats (or sentence) that gives it
    `to`         who gets it, as written; `committee` that committee's id, when the register knows it
    `what`       the decision's own words for what is to be done or is given
    `until`      the last day for it, when the text says one; `until_said` what it says ("senast vid mötet i juni 2027")
    `sums`       the money, none when the text names none or it could not be read for certain
    `purpose`    what the money is for
    `condition`  what the decision as a whole hangs on
    """

    kind: AssignmentKind
    clause: int
    to: str
    committee: CommitteeId | None = None
    what: str = ""
    until: date | None = None
    until_said: str = ""
    sums: tuple[Sum, ...] = ()
    purpose: str = ""
    condition: str = ""

    @property
    def last_day(self) -> date | None:
        """The day after which it is past: the day that is said, or the last day of the last year that money is given for."""
        if self.until is not None:
            return self.until
        if self.sums and all(s.years for s in self.sums):
            return date(max(year for s in self.sums for year in s.years), 12, 31)
        return None


def kronor_said(kronor: int) -> str:
    """Return "1 200 000 kronor"."""
    return f"{kronor:,} kronor".replace(",", " ")
