"""What a decision does beside changing charters, repeals of earlier decisions and what it assigns and allots, as elements of our own.

The standard has no place for either; they stand in `proprietary`, one element for each, and read back as they were.
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from reglemente_tool.exchange.akn.tree import CannotExport, fault, own
from reglemente_tool.model.assignment import Assignment, AssignmentKind, Sum
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId
from reglemente_tool.model.history import Condition, Decision, Revocation

_REPEALS, _GIVES, _SUM = "upphaver", "tilldelning", "belopp"


def write_beside(holder: etree._Element, decision: Decision) -> None:
    """Put the repeals and assignments of `decision` last in `holder`. Raises CannotExport for a character that XML cannot hold."""
    for revocation in decision.revocations:
        start = revocation.in_force_from
        held = {"beslut": str(revocation.annuls), "reglemente": revocation.charter}
        held |= {"villkor": start.text} if isinstance(start, Condition) else {"galler-fran": start.isoformat()}
        _put(holder, _REPEALS, held)
    for one in decision.assignments:
        made = _put(
            holder,
            _GIVES,
            {
                "slag": one.kind.value, "att-sats": str(one.clause), "till": one.to, "namnd": one.committee, "vad": one.what,
                "senast": one.until.isoformat() if one.until else None, "senast-ord": one.until_said, "andamal": one.purpose,
                "villkor": one.condition,
            },
        )  # fmt: skip
        for s in one.sums:
            years = " ".join(str(year) for year in s.years) or None
            _put(made, _SUM, {"kronor": str(s.kronor), "varje-ar": "ja" if s.each_year else None, "ar": years, "tid": s.time})


def _put(holder: etree._Element, tag: str, attributes: dict[str, str | None]) -> etree._Element:
    try:
        return etree.SubElement(holder, own(tag), {key: value for key, value in attributes.items() if value is not None})
    except ValueError as error:
        raise CannotExport("Beslutets uppgifter innehåller ett styrtecken som inte kan skrivas i Akoma Ntoso.") from error


def read_revocations(holder: etree._Element, name: str) -> tuple[Revocation, ...]:
    """Return the repeals that stand in `holder`. Raises CannotRead, with the line, for a day that cannot be read."""
    found = []
    for element in holder.iter(own(_REPEALS)):
        condition, charter = element.get("villkor"), element.get("reglemente")
        found.append(
            Revocation(
                annuls=DecisionId(element.get("beslut", "")),
                in_force_from=Condition(condition) if condition is not None else _day(element, "galler-fran", name),
                charter=CharterId(charter) if charter is not None else None,
            )
        )
    return tuple(found)


def read_assignments(holder: etree._Element, name: str) -> tuple[Assignment, ...]:
    """Return the assignments that stand in `holder`. Raises CannotRead, with the line, for a value that cannot be read."""
    return tuple(_assignment(element, name) for element in holder.iter(own(_GIVES)))


def _assignment(element: etree._Element, name: str) -> Assignment:
    committee = element.get("namnd")
    try:
        return Assignment(
            kind=AssignmentKind(element.get("slag", "")),
            clause=int(element.get("att-sats", "")),
            to=element.get("till", ""),
            committee=CommitteeId(committee) if committee is not None else None,
            what=element.get("vad", ""),
            until=_day(element, "senast", name) if element.get("senast") else None,
            until_said=element.get("senast-ord", ""),
            sums=tuple(_sum(part) for part in element.iter(own(_SUM))),
            purpose=element.get("andamal", ""),
            condition=element.get("villkor", ""),
        )
    except ValueError as error:
        raise fault(name, element, "uppdraget eller anslaget går inte att läsa") from error


def _sum(element: etree._Element) -> Sum:
    return Sum(
        kronor=int(element.get("kronor", "")),
        each_year=element.get("varje-ar") == "ja",
        years=tuple(int(year) for year in element.get("ar", "").split()),
        time=element.get("tid", ""),
    )


def _day(element: etree._Element, attribute: str, name: str) -> date:
    try:
        return date.fromisoformat(element.get(attribute, ""))
    except ValueError as error:
        raise fault(name, element, f"dagen {attribute} saknas eller går inte att läsa") from error
