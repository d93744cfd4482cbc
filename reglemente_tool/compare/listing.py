"""The list of differences between two wordings, one by one, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from reglemente_tool.compare.difference import Difference, DifferenceKind
from reglemente_tool.compare.merging import Pair, label, merge, reworded
from reglemente_tool.compare.runs import Mark, Run, Runs, changed, words
from reglemente_tool.model.address import Address
from reglemente_tool.model.charter import Charter, Wid, flat
from reglemente_tool.model.wording import split_tail


def compare(old: Charter, new: Charter, merged: tuple[Pair, ...] | None = None) -> tuple[Difference, ...]:
    """Return what differs between two wordings of a charter, aligned by identity, in reading order.

    What has moved is one difference, and inside it only what else has changed; what is added or removed is one
    difference with all that it holds. A charter adopted from nothing, or repealed as a whole, is one difference.
    `merged` is what `merge` has made of the two, where that is at hand.
    """
    if old == new:
        return ()
    if new.repealed != old.repealed or bool(old.title) != bool(new.title):
        gone = new.repealed or not new.title
        if gone:
            return (Difference(kind=DifferenceKind.REMOVED, old_address=Address(), runs=(Run(old.title, Mark.REMOVED),)),)
        return (Difference(kind=DifferenceKind.ADDED, new_address=Address(), runs=(Run(new.title, Mark.ADDED),)),)
    found: list[Difference] = []
    if old.title != new.title:
        runs = words(old.title, new.title)
        found.append(Difference(kind=DifferenceKind.TITLE, old_address=Address(), new_address=Address(), runs=runs))
    if old.body != new.body:
        pairs = merge(old, new) if merged is None else merged
        stayed = frozenset(_left_headings(pairs))
        for pair in pairs:
            found += _told(pair, Mark.SAME, stayed)
    return tuple(found)


def _left_headings(pairs: tuple[Pair, ...]) -> Iterator[Wid]:
    """Yield who has moved but left the heading over it where it was, for the § after it."""
    for pair in pairs:
        if pair.mark is Mark.MOVED_AWAY and pair.heading and not changed(pair.heading):
            yield pair.here.provision.wid
        yield from _left_headings(pair.children)


def _told(pair: Pair, above: Mark, stayed: frozenset[Wid]) -> Iterator[Difference]:
    if pair.untouched:
        return
    if pair.mark in (Mark.SAME, Mark.MOVED_HERE):
        yield from _changes(pair, stayed)
    elif pair.mark in (Mark.ADDED, Mark.REMOVED) and above is not pair.mark:
        kind = DifferenceKind.ADDED if pair.mark is Mark.ADDED else DifferenceKind.REMOVED
        yield _difference(pair, kind, (Run(flat(pair.here.provision), pair.mark),))
    for child in pair.children:
        yield from _told(child, pair.mark, stayed)


def _changes(pair: Pair, stayed: frozenset[Wid]) -> Iterator[Difference]:
    assert pair.old is not None
    assert pair.new is not None
    was, now = pair.old.provision, pair.new.provision
    if pair.moved:
        yield _difference(pair, DifferenceKind.MOVED, (Run(flat(now), Mark.MOVED_HERE),))
    elif label(was) != label(now):
        kind = DifferenceKind.RENUMBERED if was.number != now.number else DifferenceKind.RESTYLED
        yield _difference(pair, kind, words(label(was), label(now)))
    if was.heading != now.heading:
        # A heading that one § has handed on to the next is no new heading: the merged text shows it where it stood.
        if pair.heading or (pair.moved and now.wid not in stayed and not now.heading):
            yield _difference(pair, DifferenceKind.HEADING, words(was.heading, now.heading))
        elif now.heading:
            yield _difference(pair, DifferenceKind.HEADING_PASSED_ON, (Run(now.heading),))
    if was.text != now.text:
        bare = now.kind.item and split_tail(was.text)[0] == split_tail(now.text)[0]
        kind = DifferenceKind.LIST_MARK if bare else DifferenceKind.REWORDED
        yield _difference(pair, kind, pair.text if pair.mark is Mark.SAME else reworded(was, now))
    if was.closing != now.closing:
        yield _difference(pair, DifferenceKind.CLOSING, pair.closing if pair.mark is Mark.SAME else words(was.closing, now.closing))


def _difference(pair: Pair, kind: DifferenceKind, runs: Runs) -> Difference:
    old, new = pair.old, pair.new
    return Difference(
        kind=kind,
        old_address=old.address if old else None,
        new_address=new.address if new else None,
        old=old.provision if old else None,
        new=new.provision if new else None,
        runs=runs,
        beside=pair.beside,
        divides=pair.divides,
    )
