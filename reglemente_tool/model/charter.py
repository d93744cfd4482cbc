"""A charter as a tree of provisions, and the pure functions that walk and rebuild it.

Nothing here knows what an amendment is. To find a provision by its address: `model.finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import is_
from typing import NewType

from reglemente_tool.errors import NoSuchProvision
from reglemente_tool.model.address import ITEMS, Address, Kind

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
        return tuple([child for child in self.children if child.kind in ITEMS])


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
    """Return every provision in `provisions` and inside them, in reading order."""
    found: list[Provision] = []

    def take(siblings: tuple[Provision, ...]) -> None:
        for provision in siblings:
            found.append(provision)
            if provision.children:
                take(provision.children)

    take(provisions)
    return iter(found)


def unlike(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> tuple[list[Provision], list[Provision]]:
    """Return (gone, made): the provisions among and inside `old` that an edit has taken away or made anew, and those among and inside
    `new` that it has made, in reading order.

    An edit makes anew what it changes and all that lies around it; the rest of a tree is the very same objects as before. So what
    changed is found without comparing any words, and without looking at what did not.
    """
    gone: list[Provision] = []
    made: list[Provision] = []

    def compare(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> None:
        if not old or not new:
            gone.extend(walk(old))
            made.extend(walk(new))
            return
        for was, now in _paired(old, new):
            if was is None or now is None:  # it came from nowhere, or went for good, with all inside
                compare((was,) if was is not None else (), (now,) if now is not None else ())
                continue
            gone.append(was)
            made.append(now)
            if was.children is not now.children:
                compare(was.children, now.children)

    compare(old, new)
    return gone, made


def _paired(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> Sequence[tuple[Provision | None, Provision | None]]:
    """What is not the same object in two rows, each beside what has its identity in the other."""
    if len(old) == len(new):
        replaced = [(was, now) for was, now in zip(old, new, strict=True) if was is not now]
        if all(was.wid == now.wid for was, now in replaced):
            return replaced
    kept = set(map(id, old)).intersection(map(id, new))
    left = [p for p in old if id(p) not in kept]
    partners = {p.wid: p for p in left}
    pairs: list[tuple[Provision | None, Provision | None]] = []
    for now in new:
        if id(now) in kept:
            kept.remove(id(now))  # only once: should it stand there again, then that is new
        else:
            pairs.append((partners.pop(now.wid, None), now))
    met = {id(was) for was, _ in pairs}
    return [*pairs, *((p, None) for p in left if id(p) not in met)]


def walk_addressed(charter: Charter) -> Iterator[tuple[Address, Provision]]:
    """Return (address, provision) for every provision, in reading order. Each address finds its provision again.

    Kapitel are named in a paragraf's address only where the charter's §§ start anew in each kapitel.
    """
    found: list[tuple[Address, Provision]] = []
    anew = restarts(charter)

    def take(siblings: tuple[Provision, ...], base: Address) -> None:
        for address, provision in addressed(siblings, base, anew=anew):
            found.append((address, provision))
            if provision.children:
                take(provision.children, address)

    take(charter.body, Address())
    return iter(found)


def addressed(siblings: tuple[Provision, ...], base: Address, *, anew: bool) -> Iterator[tuple[Address, Provision]]:
    """Yield (address, provision) for what stands in a row inside `base`; what lies inside them is not looked at.

    `anew` is what `restarts` says of the charter.
    """
    counts: dict[Kind, int] = {}
    for provision in siblings:
        kind, above = provision.kind, base
        count = counts[kind] = counts.get(kind, 0) + 1
        if kind is Kind.PARAGRAF and base.steps:
            above = Address(tuple(step for step in base.steps if anew and step.kind is Kind.KAPITEL))
        yield above.child(kind, str(count) if kind.positional else provision.number), provision


def restarts(charter: Charter) -> bool:
    """Return whether the §§ begin anew in each kapitel: some number stands more than once."""
    numbers = [p.number for p in walk(charter.body) if p.kind is Kind.PARAGRAF]
    return len(numbers) != len(set(numbers))


def address_of(charter: Charter, wid: Wid) -> Address:
    """Return where the provision with identity `wid` stands now. Raises NoSuchProvision."""
    for address, provision in walk_addressed(charter):
        if provision.wid == wid:
            return address
    raise NoSuchProvision(f"{charter.title} har ingen bestämmelse med identiteten {wid}.")


def by_wid(charter: Charter) -> dict[Wid, Provision]:
    """Return the charter's provisions by identity."""
    return {p.wid: p for p in walk(charter.body) if p.wid}


def with_wid(charter: Charter, wid: Wid) -> Provision | None:
    """Return the provision with identity `wid`, or None. To look up many: `by_wid`."""
    return _among(charter.body, wid)


def _among(siblings: tuple[Provision, ...], wid: Wid) -> Provision | None:
    for provision in siblings:
        if provision.wid == wid:
            return provision
        if provision.children and (inner := _among(provision.children, wid)) is not None:
            return inner
    return None


def edit(charter: Charter, wid: Wid, change: Callable[[Provision], Provision | None]) -> Charter:
    """Return `charter` with `change` made to the one provision `wid`; None takes it away. Raises NoSuchProvision."""
    body = edit_in(charter.body, wid, change)
    if body is None:
        raise NoSuchProvision(f"{charter.title} har ingen bestämmelse med identiteten {wid}.")
    return with_body(charter, body)


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
                return siblings[:index] + (with_children(provision, children),) + siblings[index + 1 :]
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
    """Return `siblings` with `change` made to every provision, the innermost first. What `change` gives back as it was stays the
    same object, and so does all that lies around it.
    """
    return same_or(siblings, tuple([change(with_children(p, every(p.children, change)) if p.children else p) for p in siblings]))


def with_body(charter: Charter, body: tuple[Provision, ...]) -> Charter:
    """Return the charter with this body; itself when it is the one that it has."""
    c = charter
    return c if body is c.body else Charter(c.id, c.title, c.committee, body, c.facts, c.repealed)


def with_children(provision: Provision, children: tuple[Provision, ...]) -> Provision:
    """Return the provision with these children; itself when they are those that it has."""
    if children is provision.children:
        return provision
    # As `replace`, but written out: this is done at every step on the way to whatever changes, and takes a third of the time.
    p = provision
    return Provision(p.kind, p.wid, p.number, p.marker, p.heading, p.text, children, p.closing, p.source, p.layout)


def same_or(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return `old` when `new` holds the very same objects, otherwise `new`: what does not change is kept, not copied."""
    return old if len(old) == len(new) and all(map(is_, old, new)) else new


def flat(provision: Provision) -> str:
    """Return the provision's words as lines: text, then each child, then closing. Markers and numbers are left out."""
    if not provision.children and not provision.closing:
        return provision.text
    lines = [provision.text, *(flat(child) for child in provision.children), provision.closing]
    return "\n".join(line for line in lines if line)


def wordless(provision: Provision) -> bool:
    """Return whether `flat` gives no words: nothing, or only the marks that a place in a list gives (", och")."""
    if provision.text.strip(" ,.;") not in _MARKS or provision.closing.strip(" ,.;") not in _MARKS:
        return False
    return all(map(wordless, provision.children))


_MARKS = ("", "och", "samt", "eller")


_USUAL = {
    Kind.STRECKSATS: "–",
    Kind.PUNKT: "{}.",
    Kind.BOKSTAV: "{})",
    Kind.PARAGRAF: "{} §",
    Kind.KAPITEL: "{} kap.",
    Kind.BILAGA: "Bilaga {}",
}


def usual_marker(kind: Kind, number: str) -> str:
    """Return the glyph that goes without saying: "–", "4 a.", "a)", "4 a §", "2 kap."; "" where a number is wanted and there is none."""
    pattern = _USUAL.get(kind, "")
    return pattern.format(number) if number or "{}" not in pattern else ""


def renumbered(provision: Provision, number: str) -> Provision:
    """Return the provision with another designation, its printed marker following ("§ 2" becomes "§ 3")."""
    marker = provision.marker
    if provision.number and provision.number in marker:
        marker = marker.replace(provision.number, number, 1)
    return replace(provision, number=number, marker=marker)
