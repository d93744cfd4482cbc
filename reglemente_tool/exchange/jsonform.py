"""A charter as the one JSON object of `visa`, and back. What its fields mean stands in docs/json.md.

The provisions are a list in reading order; `djup` says how deep each lies (0 for those that lie in nothing), and so gives the tree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from reglemente_tool.errors import CannotRead
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk_addressed
from reglemente_tool.model.citation import cite

Dates = Mapping[Wid, date]


def charter_data(charter: Charter, since: Dates | None = None) -> dict[str, Any]:
    """Return the charter's own fields: all that it takes to make the same charter again. `since`: from when each one's words hold."""
    depths = _depths(charter.body, 0)
    return {
        "reglemente": charter.id,
        "rubrik": charter.title,
        "namnd": charter.committee,
        "upphavt": charter.repealed,
        "uppgifter": [{"namn": key, "text": said} for key, said in charter.facts],
        "bestammelser": [
            {**provision_data(address, provision, since or {}), "djup": next(depths)} for address, provision in walk_addressed(charter)
        ],
    }


def provision_data(address: Address, provision: Provision, since: Dates) -> dict[str, Any]:
    """Return the fields of one provision, without what lies in it."""
    start = since.get(provision.wid)
    return {
        "mal": address.code,
        "stalle": cite(address),
        "slag": provision.kind.value,
        "nr": provision.number,
        "markor": provision.marker,
        "rubrik": provision.heading,
        "text": provision.text,
        "avslutning": provision.closing,
        "form": provision.layout,
        "wid": provision.wid,
        "beslut": provision.source,
        "sedan": start.isoformat() if start else None,
    }


def _depths(siblings: tuple[Provision, ...], depth: int) -> Iterator[int]:
    for provision in siblings:
        yield depth
        yield from _depths(provision.children, depth + 1)


def charter_from_json(data: bytes | str, name: str = "") -> Charter:
    """Return the charter that a `visa` object holds. Raises CannotRead for what is no such object."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise CannotRead(f"{name or 'Texten'} är inte JSON.", hint=f"Läsaren säger: {error}.") from error
    try:
        return Charter(
            id=CharterId(_text(held["reglemente"])),
            title=_text(held["rubrik"]),
            committee=CommitteeId(_text(held["namnd"])),
            body=_tree(held["bestammelser"]),
            facts=tuple((_text(fact["namn"]), _text(fact["text"])) for fact in held["uppgifter"]),
            repealed=held["upphavt"] is True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CannotRead(f"{name or 'Texten'} är inget reglemente som visa har skrivit: {error}.", hint="Se docs/json.md.") from error


def _tree(listed: Sequence[Mapping[str, Any]]) -> tuple[Provision, ...]:
    """Put each provision into the nearest one before it that lies less deep."""

    def gather(at: int, depth: int) -> tuple[tuple[Provision, ...], int]:
        made: list[Provision] = []
        while at < len(listed) and int(listed[at]["djup"]) >= depth:
            if int(listed[at]["djup"]) > depth:
                raise ValueError(f"djup {listed[at]['djup']} vid {listed[at].get('mal')}")
            children, after = gather(at + 1, depth + 1)
            made.append(_provision(listed[at], children))
            at = after
        return tuple(made), at

    return gather(0, 0)[0]


def _provision(held: Mapping[str, Any], children: tuple[Provision, ...]) -> Provision:
    source = held["beslut"]
    return Provision(
        kind=Kind(held["slag"]),
        wid=Wid(_text(held["wid"])),
        number=_text(held["nr"]),
        marker=_text(held["markor"]),
        heading=_text(held["rubrik"]),
        text=_text(held["text"]),
        children=children,
        closing=_text(held["avslutning"]),
        source=DecisionId(_text(source)) if source is not None else None,
        layout=_text(held["form"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} är ingen text")
    return value
