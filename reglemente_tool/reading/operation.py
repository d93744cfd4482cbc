"""What a clause says, before any charter has been looked at: operations, the places they point at, and reasons for no change.

A phrase yields these; `reading.resolving` turns them into amendments against the charters as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from reglemente_tool.model.address import Address, Kind, Part, Reads
from reglemente_tool.reading.dates import Moment


class Type(Enum):
    """What kind of operation: on words, on a unit, on a whole charter, on the organisation, on the decision itself."""

    REPLACE_WORDS = "replace_words"
    INSERT_WORDS = "insert_words"
    DELETE_WORDS = "delete_words"
    REPLACE_EVERYWHERE = "replace_everywhere"
    REPLACE_UNIT = "replace_unit"
    INSERT_UNIT = "insert_unit"
    REPEAL_UNIT = "repeal_unit"
    MOVE_UNIT = "move_unit"
    RENUMBER = "renumber"
    SET_VALUE = "set_value"
    ADOPT_CHARTER = "adopt_charter"
    REPLACE_CHARTER = "replace_charter"
    REVISE_BY_ANNEX = "revise_by_annex"
    REPEAL_CHARTER = "repeal_charter"
    CREATE_BODY = "create_body"
    ABOLISH_BODY = "abolish_body"
    MERGE_BODIES = "merge_bodies"
    SPLIT_BODY = "split_body"
    RENAME_BODY = "rename_body"
    JOIN_BODY = "join_body"
    TRANSFER_RESPONSIBILITY = "transfer_responsibility"
    REPEAL_RESPONSIBILITY = "repeal_responsibility"
    ASSIGN_ROLE = "assign_role"
    SET_IN_FORCE = "set_in_force"
    SET_EXPIRY = "set_expiry"
    SET_CONDITION = "set_condition"
    REPEAL_DECISION = "repeal_decision"
    EDITORIAL_MANDATE = "editorial_mandate"
    APPLY_PROPOSAL = "apply_proposal"


class Where(Enum):
    """Where something new goes."""

    END = "end"
    START = "start"
    AFTER = "after"
    BEFORE = "before"
    BETWEEN = "between"
    AS = "as"
    LIST = "end_of_enumeration"
    UNSPECIFIED = "unspecified"


INGRESS = "ingressen"
"""What stands before the first heading and the first § of a charter."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where something new goes, beside what: provisions (`beside`) or words (`words`); `said` when the clause says so itself."""

    where: Where
    beside: tuple[Address, ...] = ()
    words: str = ""
    said: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What a clause points at: charters by name (normal form; none: not said), and places in them.

    `quoted` are the wordings by which items are named, `topic` what "strecksatsen om …" says instead. `under` is the heading that the
    addresses lie under ("andra stycket under rubriken ”Presidium”"), or INGRESS.
    """

    charters: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    reads: Reads = Reads.NUVARANDE
    explicit: bool = False
    quoted: tuple[str, ...] = ()
    topic: str = ""
    under: str = ""

    @property
    def charter(self) -> str:
        """The one charter that is named, or ""."""
        return self.charters[0] if len(self.charters) == 1 else ""

    @property
    def address(self) -> Address:
        """The one address, or that of the charter as a whole."""
        return self.addresses[0] if len(self.addresses) == 1 else Address()

    def inside(self, outer: Place) -> Place:
        """Return this place as it is meant when said of `outer`: charter and larger units that it leaves out are filled in."""
        charters, under = self.charters or outer.charters, self.under or outer.under
        if self.charters and outer.charters and self.charters != outer.charters:
            return self
        if not self.addresses:
            return replace(outer, charters=charters, under=under)
        if len(outer.addresses) > 1:
            return replace(self, charters=charters, under=under)
        return replace(self, charters=charters, under=under, addresses=tuple(_inside(a, outer.address) for a in self.addresses))

    def meant(self, where: Place, near: Address) -> Place:
        """Return this place as meant within `where`, and within the § last spoken of when it is less than a §."""
        full = self.inside(where)
        low = bool(full.addresses) and all(a.steps and _ORDER[a.steps[0].kind] > _ORDER[Kind.PARAGRAF] for a in full.addresses)
        named = bool(self.charters) and self.charters != where.charters
        return full.inside(Place((), (near,))) if low and near.steps and not named else full


_LARGE_TO_SMALL = (
    Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA, Kind.PARAGRAF, Kind.STYCKE, Kind.TABELL, Kind.RAD, Kind.PUNKT, Kind.BOKSTAV,
    Kind.STRECKSATS, Kind.MENING, Kind.LED,
)  # fmt: skip
_ORDER = {kind: rank for rank, kind in enumerate(_LARGE_TO_SMALL)}


def _inside(address: Address, outer: Address) -> Address:
    if not address.steps or outer.part is Part.RUBRIK:
        return address
    first = _ORDER[address.steps[0].kind]
    above = tuple(step for step in outer.steps if _ORDER[step.kind] < first)
    if address.steps[0].kind is Kind.PARAGRAF:
        above = tuple(step for step in above if step.kind is Kind.KAPITEL)
    return replace(address, steps=(*above, *address.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that a clause does.

    `charter`   normal form of the name; "" not said, "*" every one, "*nämnder" every committee's
    `target`    the address in the charter, larger units first; what is put in has a last step without number
                when the clause does not say where it goes
    `old`       words that are there: those replaced or struck, or the wording by which an item is named
    `hits`      how many times `old` is said to stand there ("på samtliga 2 ställen")
    `new`       words that shall be there; "" with `source` saying where they are to be found ("bilaga 2")
    `number`    what a renumbered unit shall be called
    `to`        where a moved unit goes
    `source_body` `target_body`   the committees that a task, or a whole committee, goes from and to
    `text`      what the operation is about when it is not wording: the task, the condition, the role
    `field`     the value that is set ("antal ledamöter")
    `items`     numbers of the clauses of a proposal that are adopted; empty for all
    `copies`    True when the new text is that of the items repealed before it in the same clause ("motsvarande strecksatser")
    `moment` `until`   from when and until when, where the same part of the clause says so
    `under`     the heading that the target lies under, when that is how it is found, or INGRESS
    `expectation`  True for what only states a consequence ("varvid nuvarande andra stycket blir tredje stycket")
    """

    type: Type
    charter: str = ""
    target: Address = Address()
    reads: Reads = Reads.NUVARANDE
    old: str = ""
    hits: int = 1
    new: str = ""
    topic: str = ""
    source: str = ""
    number: str = ""
    position: Position | None = None
    to: Place | None = None
    source_body: str = ""
    target_body: str = ""
    bodies: tuple[str, ...] = ()
    text: str = ""
    field: str = ""
    items: tuple[int, ...] = ()
    moment: Moment | None = None
    until: Moment | None = None
    copies: bool = False
    expectation: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a time is said of, when it is not the whole decision: places in charters, the numbers of clauses, or all that is left.

    `itself` when it is said of a charter or a § as such ("reglementet gäller till …"), not of what is changed in it.
    """

    places: tuple[Place, ...] = ()
    items: tuple[int, ...] = ()
    rest: bool = False
    itself: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """A clause, or part of one, that changes no charter; `reason` is a code of `reading.reasons`.

    What says when something holds carries its `scope` (None: the decision) and the times themselves.
    """

    reason: str
    text: str = ""
    scope: Scope | None = None
    start: tuple[Moment, ...] = ()
    until: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of one clause.

    `unread` is True when any part of it was not understood: then `operations` is empty. `rivals` names the phrases that
    read one part differently. `start`, `until`, `condition` are what it says of when it holds.
    """

    operations: tuple[Operation, ...] = ()
    phrases: tuple[str, ...] = ()
    reasons: tuple[Nothing, ...] = ()
    start: tuple[Moment, ...] = ()
    until: tuple[Moment, ...] = ()
    condition: str = ""
    transitional: str = ""
    unread: bool = False
    rivals: tuple[str, ...] = ()
    rest: tuple[str, ...] = field(default=())
