"""Who is who: new identities, and which provisions of a new wording are the same as before.

A new identity is derived from the decision, the charter and the address that the decision names, so that a replay of
the history gives the same ones. It is opaque: it says nothing about where the provision stands later.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from reglemente_tool.model.address import Address, Kind, Step
from reglemente_tool.model.charter import Charter, CharterId, DecisionId, Provision, Wid, flat, same_or, walk, with_body, with_children
from reglemente_tool.model.wording import fold

ALIKE = 0.5
"""The share of words that two provisions in the same place have in common, in the same order, from which they are held to be one,
reworded. Words in any order would not do: what two charters both say, "nämnden ska", they say often."""
SAME_NUMBER = 0.25
"""What the same number is worth, beside what two texts have in common; by itself less than what makes them alike."""


def new_wid(decision: DecisionId, charter: CharterId, code: str) -> Wid:
    """Return the identity of what `decision` puts at the address `code` in `charter`: ten letters and digits."""
    raw = hashlib.sha256(f"{decision}|{charter}|{code}".encode()).digest()
    fifty = int.from_bytes(raw[:7], "big") >> 6
    return Wid("".join([_PAIRS[fifty >> shift & 1023] for shift in (40, 30, 20, 10, 0)]))


_PAIRS = [one + other for one in "abcdefghijklmnopqrstuvwxyz234567" for other in "abcdefghijklmnopqrstuvwxyz234567"]
"""The letters of base 32 two by two, ten bits a pair."""


def name_all(provision: Provision, decision: DecisionId, charter: CharterId, address: Address) -> Provision:
    """Return `provision` and all inside it with identities (those that have one keep it), and `source` = decision on each that is new
    or has none.
    """
    return _named(provision, decision, charter, address.code)


def _named(provision: Provision, decision: DecisionId, charter: CharterId, code: str) -> Provision:
    children = _all_named(provision.children, decision, charter, f"{code}." if code else "")
    if provision.wid and provision.source:
        return with_children(provision, children)
    p, wid = provision, provision.wid or new_wid(decision, charter, code)
    # As `replace`, but written out: an adoption does this for every provision that there is.
    return Provision(p.kind, wid, p.number, p.marker, p.heading, p.text, children, p.closing, decision, p.layout)


def _all_named(siblings: tuple[Provision, ...], decision: DecisionId, charter: CharterId, base: str) -> tuple[Provision, ...]:
    """Name `siblings` and all inside them; `base` begins the code of each address: "" or "kap2.par4."."""
    counts: dict[Kind, int] = {}
    named = []
    for provision in siblings:
        count = counts[provision.kind] = counts.get(provision.kind, 0) + 1
        number = provision.number if provision.number and not provision.kind.positional else str(count)
        named.append(_named(provision, decision, charter, base + Step(provision.kind, number).code))
    return same_or(siblings, tuple(named))


def name_body(charter: Charter, decision: DecisionId) -> Charter:
    """Return the charter with identities on every provision that has none. Doubled numbers get identities of their own."""
    named = _all_named(charter.body, decision, charter.id, "")
    given = [p.wid for p in walk(named)]
    doubled = len(given) != len(set(given))
    return with_body(charter, _distinct(named, decision, charter.id, set()) if doubled else named)


def _distinct(body: tuple[Provision, ...], decision: DecisionId, charter: CharterId, seen: set[Wid]) -> tuple[Provision, ...]:
    """Adopted texts may carry a number twice; the second one still needs an identity of its own."""
    made = []
    for provision in body:
        wid = provision.wid
        while wid in seen:
            wid = new_wid(decision, charter, wid)
        seen.add(wid)
        inner = with_children(provision, _distinct(provision.children, decision, charter, seen))
        made.append(inner if wid == provision.wid else replace(inner, wid=wid))
    return same_or(body, tuple(made))


def apart(was: Charter, now: Charter, before: frozenset[Wid], decision: DecisionId) -> Charter:
    """Return `now`, made of `was` by one amendment, with identities of their own for what is new in it and has the name of something
    that the same decision made earlier: the old 2 § that becomes 3 § in new words and the new 2 § are two, though the decision calls
    both 2 §. What had its identity in the text `before` the decision is left: the same may not come once more.
    """
    everyone = [p.wid for p in walk(now.body)]
    if len(everyone) == len(set(everyone)):
        return now
    twice = {wid for wid, number in Counter(everyone).items() if number > 1} - before
    old, taken = set(map(id, walk(was.body))), set(everyone)

    def parted(siblings: tuple[Provision, ...]) -> tuple[Provision, ...]:
        return same_or(siblings, tuple(own(p) for p in siblings))

    def own(provision: Provision) -> Provision:
        made = with_children(provision, parted(provision.children))
        if provision.wid not in twice or id(provision) in old:
            return made
        wid = provision.wid
        while wid in taken:
            wid = new_wid(decision, now.id, wid)
        taken.add(wid)
        return replace(made, wid=wid)

    return replace(now, body=parted(now.body))


def carry(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return `new` with the identities of those in `old` that they continue; the rest keep none.

    What `new` names itself is not guessed at, and is nothing else. Of the others first those with the same words, in order; then,
    between them, those of the same kind that have at least ALIKE of their words in common, the most alike first, the same number
    counting for SAME_NUMBER; and last those that have only their number in common. What is the same, word for word, also keeps its
    `source`.
    """
    return _carried(old, new, wids(new))


def _carried(old: tuple[Provision, ...], new: tuple[Provision, ...], given: frozenset[Wid]) -> tuple[Provision, ...]:
    old, unnamed = tuple(p for p in old if p.wid not in given), [i for i, p in enumerate(new) if not p.wid]
    carried = list(new)
    for index, partner in _pairs(old, tuple(new[i] for i in unnamed)).items():
        provision, before = new[unnamed[index]], old[partner]
        unchanged = _own(before) == _own(provision)
        carried[unnamed[index]] = replace(
            provision,
            wid=before.wid,
            source=before.source if unchanged else None,
            children=_carried(before.children, provision.children, given),
        )
    return tuple(carried)


def _own(provision: Provision) -> tuple[Kind | str, ...]:
    return (provision.kind, provision.number, provision.heading, provision.text, provision.closing)


def _key(provision: Provision) -> tuple[Kind, str]:
    return (provision.kind, fold(provision.heading + "\n" + flat(provision)))


def _pairs(old: tuple[Provision, ...], new: tuple[Provision, ...]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for tag, a1, a2, b1, b2 in _opcodes([_key(p) for p in old], [_key(p) for p in new]):
        if tag == "equal":
            pairs.update(zip(range(b1, b2), range(a1, a2), strict=True))
        if tag != "replace":
            continue
        # The most alike first, whoever comes first; those between them must lie between them on both sides.
        rated = sorted((-_likeness(old[a], new[b]), a, b) for a in range(a1, a2) for b in range(b1, b2))
        found: dict[int, int] = {}
        for likeness, a, b in rated:
            if likeness and all(a != x and b != y and (a < x) == (b < y) for y, x in found.items()):
                found[b] = a
        pairs.update(found)
    return pairs


def _opcodes(old: list[tuple[Kind, str]], new: list[tuple[Kind, str]]) -> Sequence[tuple[str, int, int, int, int]]:
    """What is the same and what is not in two rows, as difflib says it; which is said at once where nothing is."""
    if set(old).isdisjoint(new):
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _likeness(one: Provision, other: Provision) -> float:
    """How much speaks for the two being one; 0.0: nothing does."""
    if one.kind is not other.kind:
        return 0.0
    words = _share(fold(flat(one)).split(), fold(flat(other)).split())
    same_number = bool(one.number) and one.number == other.number
    return (words if words >= ALIKE else 0.0) + SAME_NUMBER * same_number


def _share(one: list[str], other: list[str]) -> float:
    """The share of words that stand in both in one order. No more can than stand in both at all, and that is soon counted."""
    wanted = ALIKE * (len(one) + len(other)) / 2
    if min(len(one), len(other)) < wanted or (Counter(one) & Counter(other)).total() < wanted:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def stamp(charter: Charter, made: Iterable[Provision], decision: DecisionId, maker: DecisionId) -> Charter:
    """Return the charter with `decision` as source on those of `made`, which stand in it, that have none, or have the name that new
    identities were made from.
    """
    bare = {id(p) for p in made if p.source is None or p.source == maker != decision}

    def mark(siblings: tuple[Provision, ...]) -> tuple[Provision, ...]:
        return same_or(siblings, tuple(map(marked, siblings)))

    def marked(provision: Provision) -> Provision:
        inner = with_children(provision, mark(provision.children))
        return replace(inner, source=decision) if id(provision) in bare else inner

    return with_body(charter, mark(charter.body)) if bare else charter


def wids(provisions: tuple[Provision, ...]) -> frozenset[Wid]:
    """Return every identity among and inside `provisions`."""
    return frozenset(p.wid for p in walk(provisions) if p.wid)
