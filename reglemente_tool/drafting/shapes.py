"""What an edit is judged by: a provision without identities and sources, and a charter pared down to one provision."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, DecisionId, Provision, Wid, by_wid, walk
from reglemente_tool.model.history import Change, Condition

TRIAL = DecisionId("utkast")
"""Who makes an amendment that is only tried."""


def shape(provision: Provision) -> Provision:
    """Return the provision as it is printed: all of it but who it is and who touched it last."""
    return replace(provision, wid=Wid(""), source=None, children=tuple(shape(child) for child in provision.children))


def shapes(charter: Charter) -> tuple[Provision, ...]:
    """Return the charter's body as it is printed."""
    return tuple(shape(p) for p in charter.body)


def worded(provision: Provision, *, kind: Kind | None = None) -> Provision:
    """Return the provision as a decision words it: its number and marker are told by the address."""
    bare = shape(provision)
    return replace(bare, kind=kind or bare.kind, number="", marker="", layout="")


def made(charter: Charter, amendments: tuple[Amendment, ...]) -> Charter | None:
    """Return `charter` with the amendments made at once, or None when they do not fit."""
    try:
        return make(charter, amendments)
    except CannotApply:
        return None


def make(charter: Charter, amendments: tuple[Amendment, ...]) -> Charter:
    """Return `charter` with the amendments made at once. Raises CannotApply when they do not fit."""
    change = Change(charter=charter.id, in_force_from=Condition("utkast"), amendments=amendments)
    return apply_together(charter, change, TRIAL)


def gives(charter: Charter, amendments: tuple[Amendment, ...], wid: Wid, wanted: Provision) -> bool:
    """True when the amendments make of the provision `wid` what `wanted` says, its number and heading aside."""
    # What moves here may not have left its old place in a trial of one provision only.
    tried = tuple(replace(a, continues=Wid("")) if isinstance(a, Insert) else a for a in amendments)
    result = made(charter, tried)
    now = by_wid(result).get(wid) if result is not None else None
    if now is None:
        return False

    def inner(p: Provision) -> Provision:
        return replace(shape(p), number="", marker="", heading="", layout="")

    return inner(now) == inner(wanted)


def only(charter: Charter, wid: Wid) -> Charter:
    """Return the charter with nothing in it but the provision `wid`, what it holds, and what it lies in; addresses stay."""

    def pared(siblings: tuple[Provision, ...]) -> tuple[Provision, ...]:
        kept = []
        for p in siblings:
            if p.wid == wid:
                kept.append(p)
            elif any(q.wid == wid for q in walk(p.children)):
                kept.append(replace(p, children=pared(p.children)))
        return tuple(kept)

    return replace(charter, body=pared(charter.body))
