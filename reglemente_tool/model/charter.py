"""A charter as a tree of provisions, and the pure functions that walk and rebuild it.

Nothing here knows what an amendment is. To find a provision by its address: `model.finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NewType

from reglemente_tool.errors import NoSuchProvision
from reglemente_tool.model.address import Address, Kind

Wid = NewType("Wid", str)
CharterId = NewType("CharterId", str)
CommitteeId = NewType("CommitteeId", str)
DecisionId = NewType("DecisionId", str)

RUN_IN = "lopande"
TITLE_LINE = "rubrikrad"

CONTAINERS = frozenset({Kind.KAPITEL, Kind.AVSNITT})


@dataclass(frozen=True, slots=True)
class Provision:
    """One part of a charter with all that lies inside it.

    `wid`       permanent identity, given once, kept through renumbering and moving; "" before it is given
    `number`    the designation ("4 a"); "" where position is the number (stycke, strecksats)
    `marker`    the glyph as printed: "–", "•", "a)", "§ 2", "2 §", "1 kap."
    `heading`   a chapter's or annex's own, or the heading nearest before a paragraf
    `text`      words before any children
    `closing`   words after a list that end the sentence
    `source`    the decision that last touched it
    `layout`    how a paragraf's first line was printed: "" number alone, RUN_IN text on the number's
                line, TITLE_LINE heading on the number's line
    """

    kind: Kind
    wid: Wid = Wid("")
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    children: tuple[Provision, ...] = ()
    closing: str = ""
    source: DecisionId | None = None
    layout: str = ""

    @property
    def items(self) -> tuple[Provision, ...]:
        """The list items among the children."""
        return tuple(child for child in self.children if child.kind.item)


@dataclass(frozen=True, slots=True)
class Charter:
    """A reglemente at one moment. `facts` are header lines as printed that no decision can tell (responsible officer …).

    `repealed` is True after a Dissolve: the body is empty and no wording is in force.
    """

    id: CharterId
    title: str
    committee: CommitteeId
    body: tuple[Provision, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    repealed: bool = False


def walk(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    """Yield every provision in `provisions` and inside them, in reading order."""
    for provision in provisions:
        yield provision
        yield from walk(provision.children)


def walk_addressed(charter: Charter) -> Iterator[tuple[Address, Provision]]:
    """Yield (address, provision) for every provision, in reading order. Each address finds its provision again.

    Kapitel are named in a paragraf's address only where the charter's §§ start anew in each kapitel.
    """
    yield from _addressed(charter.body, Address(), restarts(charter))


def restarts(charter: Charter) -> bool:
    """Return whether the §§ begin anew in each kapitel: some number stands more than once."""
    numbers = [p.number for p in walk(charter.body) if p.kind is Kind.PARAGRAF]
    return len(numbers) != len(set(numbers))


def _addressed(siblings: tuple[Provision, ...], base: Address, anew: bool) -> Iterator[tuple[Address, Provision]]:
    counts: dict[Kind, int] = {}
    for provision in siblings:
        counts[provision.kind] = counts.get(provision.kind, 0) + 1
        number = str(counts[provision.kind]) if provision.kind.positional else provision.number
        above = base
        if provision.kind is Kind.PARAGRAF:
            above = Address(tuple(step for step in base.steps if anew and step.kind is Kind.KAPITEL))
        address = above.child(provision.kind, number)
        yield address, provision
        yield from _addressed(provision.children, address, anew)


def address_of(charter: Charter, wid: Wid) -> Address:
    """Return where the provision with identity `wid` stands now. Raises NoSuchProvision."""
    for address, provision in walk_addressed(charter):
        if provision.wid == wid:
            return address
    raise NoSuchProvision(f"{charter.title} har ingen bestämmelse med identiteten {wid}.")


def by_wid(charter: Charter) -> dict[Wid, Provision]:
    """Return the charter's provisions by identity."""
    return {p.wid: p for p in walk(charter.body) if p.wid}


def edit(charter: Charter, wid: Wid, change: Callable[[Provision], Provision | None]) -> Charter:
    """Return `charter` with `change` made to the one provision `wid`; None takes it away. Raises NoSuchProvision."""
    body = edit_in(charter.body, wid, change)
    if body is None:
        raise NoSuchProvision(f"{charter.title} har ingen bestämmelse med identiteten {wid}.")
    return replace(charter, body=body)


def edit_in(
    siblings: tuple[Provision, ...], wid: Wid, change: Callable[[Provision], Provision | None]
) -> tuple[Provision, ...] | None:
    """Return `siblings` with `change` made to the provision `wid` among or inside them, or None when it is not there."""
    for index, provision in enumerate(siblings):
        if provision.wid == wid:
            new = change(provision)
            return siblings[:index] + ((new,) if new is not None else ()) + siblings[index + 1 :]
        if provision.children:
            children = edit_in(provision.children, wid, change)
            if children is not None:
                return siblings[:index] + (replace(provision, children=children),) + siblings[index + 1 :]
    return None


def siblings_of(charter: Charter, wid: Wid) -> tuple[Provision, ...]:
    """Return the provision `wid` and the provisions beside it, in order. Raises NoSuchProvision."""

    def search(siblings: tuple[Provision, ...]) -> tuple[Provision, ...] | None:
        if any(p.wid == wid for p in siblings):
            return siblings
        for provision in siblings:
            found = search(provision.children)
            if found is not None:
                return found
        return None

    found = search(charter.body)
    if found is None:
        raise NoSuchProvision(f"{charter.title} har ingen bestämmelse med identiteten {wid}.")
    return found


def every(siblings: tuple[Provision, ...], change: Callable[[Provision], Provision]) -> tuple[Provision, ...]:
    """Return `siblings` with `change` made to every provision, the innermost first."""
    return tuple(change(replace(p, children=every(p.children, change))) for p in siblings)


def flat(provision: Provision) -> str:
    """Return the provision's words as lines: text, then each child, then closing. Markers and numbers are left out."""
    lines = [provision.text, *(flat(child) for child in provision.children), provision.closing]
    return "\n".join(line for line in lines if line)


def renumbered(provision: Provision, number: str) -> Provision:
    """Return the provision with another designation, its printed marker following ("§ 2" becomes "§ 3")."""
    marker = provision.marker
    if provision.number and provision.number in marker:
        marker = marker.replace(provision.number, number, 1)
    return replace(provision, number=number, marker=marker)
