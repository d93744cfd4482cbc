"""The short notes that stand beside a provision on a redline: "Ny paragraf", "flyttad hit från 3 §", "tidigare 12 §"."""

from __future__ import annotations

from reglemente_tool.compare import Mark, Pair
from reglemente_tool.compare.difference import DIVIDERS, LIST_MARK, NAMED, seen_from
from reglemente_tool.model.address import Address, Kind, Step
from reglemente_tool.model.amendment import capital, kind_with_article
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import split_tail

_NEUTER = frozenset({Kind.KAPITEL, Kind.AVSNITT, Kind.STYCKE})
_DEFINITE = {Kind.KAPITEL: "Kapitlet", Kind.AVSNITT: "Avsnittet", Kind.PARAGRAF: "Paragrafen", Kind.BILAGA: "Bilagan"}


def note(pair: Pair, above: Mark) -> str:
    """Return what is said beside `pair`, or "" where its marks say enough. `above` is the fate of what it lies in.

    What has moved, or follows what has, is always told with "flyttad" first: its words open with the note.
    """
    if pair.mark in (Mark.ADDED, Mark.REMOVED):
        if pair.mark is above or pair.here.provision.kind not in NAMED:
            return ""
        return _new(pair) if pair.mark is Mark.ADDED else _gone(pair)
    assert pair.old is not None
    assert pair.new is not None
    if pair.moved:
        return _moved(pair)
    was, now = pair.old.provision, pair.new.provision
    if was.number != now.number and was.number and now.kind in NAMED and pair.mark is not Mark.MOVED_AWAY:
        before = f"tidigare {cite(Address((Step(was.kind, was.number),)))}"
        return before if pair.mark is Mark.SAME else f"{_bent(now.kind)} hit, {before}"
    if was.text != now.text and now.kind.item and pair.mark is Mark.SAME and split_tail(was.text)[0] == split_tail(now.text)[0]:
        return LIST_MARK
    return ""


def _new(pair: Pair) -> str:
    kind = pair.here.provision.kind
    if pair.divides:
        return f"Ny {DIVIDERS[kind]}"
    return capital(kind_with_article(kind).removeprefix("en ").removeprefix("ett "))


def _gone(pair: Pair) -> str:
    kind = pair.here.provision.kind
    return f"{capital(DIVIDERS[kind])}en utgår" if pair.divides else f"{_DEFINITE[kind]} upphör att gälla"


def _moved(pair: Pair) -> str:
    assert pair.old is not None
    assert pair.new is not None
    away = pair.mark is Mark.MOVED_AWAY
    target = pair.new.address if away else pair.old.address
    place = seen_from(target, pair.here.address, beside=pair.beside, to="nya" if away else "tidigare")
    return f"{_bent(pair.here.provision.kind)} {'till' if away else 'hit från'} {place}"


def _bent(kind: Kind) -> str:
    return "flyttat" if kind in _NEUTER else "flyttad"
