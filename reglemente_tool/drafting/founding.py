"""A charter for a committee that does not exist yet: an outline with the field's sections, filled in as far as it can be.

An outline is a charter in the text form with slots in braces and, in square brackets, what only a person can say. The tasks of
committees that go up in the new one are taken over § by §, with their identities, so that it shows where each task came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reglemente_tool.amendments.rename import Rename
from reglemente_tool.errors import CannotRead
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, CommitteeId, Provision, Wid, every, walk, walk_addressed
from reglemente_tool.model.citation import citations
from reglemente_tool.model.wording import fold, whole
from reglemente_tool.ownership.duties import Role, duties

TASKS = "{uppgifter}"
"""The slot that is a whole §: where the tasks go."""
UNTIL = "{till}"
"""The slot for the last day of a committee that is temporary."""

_NO_TASKS = "Nämnden ska\n– [ange en uppgift],\n– [ange en uppgift], samt\n– [ange en uppgift]."
_SLOT = re.compile(r"\{[^{}\n]*\}")
_BLANK = re.compile(r"\[[^\[\]\n]+\]")
_TASK = frozenset({Role.UPPGIFT, Role.MEDVERKAN, Role.UTPEKAR, Role.UNDANTAG, Role.RESTEN})
_EVERY_COMMITTEES = re.compile(
    r"mål|riktlinje|kontroll|personuppgift|dataskydd|uppfölj|redovis|rapporter|information|samråd|medborgarförslag|organisation|personal|"
    r"arkiv|kvalitet|reglemente",
    re.IGNORECASE,
)
"""Headings of what every committee has to see to: the outline has its own sections for that."""


@dataclass(frozen=True, slots=True)
class Founded:
    """A charter put together from an outline and the charters that go up in it.

    `charter`   what was taken over carries the identities that it has in the old charters; the rest has none
    `left`      the §§ of the old charters that were not taken over, as (old charter, address)
    `refers`    the provisions taken over that speak of §§ or kapitel of a charter, whose numbers may be others now
    `meets`     those in which one of the old committees spoke of another of them: now the new one speaks of itself
    """

    charter: Charter
    left: tuple[tuple[Charter, Address], ...] = ()
    refers: tuple[Address, ...] = ()
    meets: tuple[Address, ...] = ()


def filled(outline: str, slots: Mapping[str, str], *, merged: bool = False) -> str:
    """Return the outline with its slots filled from `slots` ("{nämnden}" -> "kulturnämnden"); TASKS stays when `merged`, else it
    becomes blanks. Raises CannotRead for a slot that nobody knows, or a temporary committee whose outline does not say when it ends.
    """
    known = dict(slots) | {TASKS: TASKS if merged else _NO_TASKS}
    if UNTIL in known and UNTIL not in outline:
        raise CannotRead(
            "Mallen säger inte när nämnden upphör.", hint=f"Sätt {UNTIL} i mallen där datumet ska stå, eller välj mallen tillfallig."
        )
    for slot in _SLOT.findall(outline):
        if slot == UNTIL and slot not in known:
            hint = "Ange dess sista dag med --till DATUM, eller välj en annan mall."
            raise CannotRead("Mallen är till för en tillfällig nämnd.", hint=hint)
        if slot not in known:
            raise CannotRead(f"Mallen har en plats som inte går att fylla i: {slot}.", hint=f"Platserna är {', '.join(sorted(known))}.")
    return _SLOT.sub(lambda found: known[found[0]], outline)


def founded(frame: Charter, committee: str, olds: Sequence[tuple[Charter, str]], names: Mapping[str, CommitteeId]) -> Founded:
    """Return `frame`, a filled outline, with the task §§ of the `olds` (each with its committee's name) in the place of TASKS.

    §§ are numbered from 1 to the end in the frame's way; the old committees' names become `committee`. `names` are those of the
    register's committees in small letters. Raises CannotRead when there are tasks to take over and the frame has no place for them.
    """
    if not olds:
        return Founded(frame)
    if sum(_holds_tasks(p) for p in walk(frame.body)) != 1:
        raise CannotRead("Mallen har inte en plats för uppgifterna.", hint=f"Låt en paragraf i mallen ha bara raden {TASKS}.")
    taken: list[Provision] = []
    left: list[tuple[Charter, Address]] = []
    referring: set[Wid] = set()
    meeting: set[Wid] = set()
    for old, own in olds:
        others = [whole(name) for _, name in olds if name != own]
        tasks = {duty.wid for duty in duties(old, names) if duty.role in _TASK}
        for address, p, heading in _paragrafer(old):
            if any(inner.wid in tasks for inner in walk((p,))) and not _EVERY_COMMITTEES.search(heading):
                taken.append(_renamed(p, olds, committee))
                referring |= {inner.wid for inner in walk((p,)) if any(not c.law for c in citations(f"{inner.text} {inner.closing}"))}
                meeting |= {inner.wid for inner in walk((p,)) if any(other.search(fold(inner.text).lower()) for other in others)}
            else:
                left.append((old, address))
    charter = replace(frame, body=_numbered(_put_in(frame.body, tuple(taken))))
    refers, meets = (tuple(address for address, p in walk_addressed(charter) if p.wid in some) for some in (referring, meeting))
    return Founded(charter, tuple(left), refers, meets)


def blanks(charter: Charter) -> tuple[tuple[Address, str], ...]:
    """Return what nobody has filled in yet: (where, the words in brackets), in reading order."""
    return tuple(
        (address, blank)
        for address, p in walk_addressed(charter)
        for text in (p.heading, p.text, p.closing)
        for blank in _BLANK.findall(text)
    )


def _paragrafer(charter: Charter) -> Iterator[tuple[Address, Provision, str]]:
    """Yield each § with the headings that it stands under."""
    above = inner = ""
    for address, p in walk_addressed(charter):
        if p.kind in (Kind.KAPITEL, Kind.AVSNITT):
            above, inner = p.heading, ""
        elif p.kind is Kind.PARAGRAF:
            inner = p.heading or inner
            yield address, p, inner or above


def _holds_tasks(p: Provision) -> bool:
    return p.kind is Kind.PARAGRAF and [child.text for child in p.children] == [TASKS]


def _put_in(body: tuple[Provision, ...], taken: tuple[Provision, ...]) -> tuple[Provision, ...]:
    made: list[Provision] = []
    for p in body:
        if _holds_tasks(p):
            first = taken[0] if taken else p
            # The outline's own heading stands over what comes without one.
            made += [replace(first, heading=first.heading or p.heading), *taken[1:]] if taken else [p]
        else:
            made.append(replace(p, children=_put_in(p.children, taken)) if p.kind in (Kind.KAPITEL, Kind.AVSNITT) else p)
    return tuple(made)


def _numbered(body: tuple[Provision, ...]) -> tuple[Provision, ...]:
    number = 0

    def one(p: Provision) -> Provision:
        nonlocal number
        if p.kind is Kind.PARAGRAF:
            number += 1
            return replace(p, number=str(number), marker=f"{number} §", layout="")
        return replace(p, children=tuple(one(child) for child in p.children)) if p.kind in (Kind.KAPITEL, Kind.AVSNITT) else p

    return tuple(one(p) for p in body)


def _renamed(paragraf: Provision, olds: Sequence[tuple[Charter, str]], committee: str) -> Provision:
    changes = [Rename(committee=old.committee, old=name, new=committee) for old, name in olds]

    def to(text: str) -> str:
        for change in changes:
            text = change.renamed(text)
        return text

    def one(p: Provision) -> Provision:
        return replace(p, heading=to(p.heading), text=to(p.text), closing=to(p.closing), source=None)

    return every((paragraf,), one)[0]
