"""What an answer is made of: who holds a task, by which provision, since when, for which reason, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, Wid
from reglemente_tool.model.history import Condition
from reglemente_tool.ownership.finding import Ground


class Certainty(Enum):
    """How sure an answer is: the provision names the task; the tool has had to read something into it; or it is only near."""

    SAKER = "säker"
    TROLIG = "trolig"
    OSAKER = "osäker"

    @property
    def neuter(self) -> str:
        """ "säkert", as of a svar."""
        return f"{self.value}t"


def whom(to: str) -> str:
    """Return whom a provision points to, as it stands in a sentence: "regionen", "ett kommunalförbund"."""
    return f"ett {to}" if to.endswith(("förbund", "bolag")) else to


def listed(words: tuple[str, ...]) -> str:
    """Return several of whom a task may be done by, as it stands in a sentence: "ett kommunalförbund eller en gemensam nämnd"."""
    plain = ("en", "kommun", "fullmäktige")
    named = [w if w.endswith(plain) else f"ett {w}" if w.endswith(("förbund", "bolag")) else f"en {w}" for w in words]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} eller {named[-1]}"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a provision read and where it stood, from `start`, by the decision `by`."""

    start: date
    address: Address
    text: str
    by: DecisionId


@dataclass(frozen=True, slots=True)
class Tenure:
    """A task in one committee's charter: where, in which words, from when, until when (None: still), by which decision.

    `wordings` are its rewordings and renumberings meanwhile, the first one first. `inferred` is True when no decision says
    that the task is the same as the one that was asked for, but the same question is answered by it.
    """

    committee: CommitteeId
    charter: CharterId
    address: Address
    text: str
    start: date
    until: date | None
    by: DecisionId
    wordings: tuple[Wording, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """One committee's hold on a task: the provision with its lead-in, why it answers, how sure that is, and the task's line
    in time until now, the present tenure last.

    `words` is the part of the provision that speaks of the task, `to` who has it instead when the provision leaves it out or
    points on. `later` is where the task will be by what is already decided. `each` is True when the charter holds for every
    committee; `open` when its list is not closed ("bland annat").
    """

    committee: CommitteeId
    charter: CharterId
    title: str
    address: Address
    wid: Wid
    lead: str
    text: str
    words: str
    ground: Ground
    certainty: Certainty
    reason: str
    score: float
    to: str = ""
    each: bool = False
    open: bool = False
    tenures: tuple[Tenure, ...] = ()
    later: tuple[Tenure, ...] = ()

    @property
    def present(self) -> Tenure:
        """The tenure that holds on the date of the question."""
        return self.tenures[-1]

    @property
    def came_from(self) -> Tenure | None:
        """The tenure of another committee from which the task came here, or None when it began here."""
        return next((t for t in reversed(self.tenures[:-1]) if t.committee != self.committee or t.charter != self.charter), None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A decision that would change the answer but waits for something: `then` are the committees that would have the task."""

    decision: DecisionId
    condition: Condition
    then: tuple[CommitteeId, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`owners` answer for the task. `also` speak of it on weaker grounds and are not presented as owners. `exceptions` speak
    of it to leave it out or to say that somebody else has it. `rest` is the provision on what no committee has been given,
    when nothing else answers. `waiting` is what is decided but waits for something. `remarks` say what was made of the
    question; `refusal`, when not empty, why there is no answer.
    """

    question: str
    in_force: date
    owners: tuple[Holding, ...] = ()
    also: tuple[Holding, ...] = ()
    exceptions: tuple[Holding, ...] = ()
    rest: Holding | None = None
    waiting: tuple[Waiting, ...] = ()
    remarks: tuple[str, ...] = ()
    refusal: str = ""
