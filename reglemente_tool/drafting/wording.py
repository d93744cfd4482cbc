"""The att-satser that say amendments, in the council's own formal Swedish, so that the reader reads the same amendments back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Provision
from reglemente_tool.saying import clause, moved

_STEP = "  "


class Form(Enum):
    """How a decision is set: each att-sats by itself, or "dels … dels" as the state words its own."""

    KOMMUNAL = "kommunal"
    DELS = "dels"


def decision_text(amendments: Sequence[Amendment], charter: str, *, form: Form, start: str = "") -> str:
    """Return the decision: a heading, the lead-in and the att-satser.

    `charter` is how it is spoken of, "reglementet för valnämnden"; `start` when it holds, "den 1 juli 2027", or "".
    Raises ValueError for an amendment that has no att-sats here.
    """
    head = f"Ändring av {charter}\n\n"
    whole = f"beslutet ska gälla från och med {start}" if start else ""
    if form is Form.KOMMUNAL:
        lines = [f"att {said}" for said in _said(amendments, charter)] + ([f"att {whole}"] if whole else [])
        return head + "Kommunfullmäktige beslutar\n\n" + ",\n\n".join(lines) + ".\n"
    lines = [f"dels att {said}" for said in _said(amendments, "")]
    end = f"\n\nBeslutet ska gälla från och med {start}.\n" if start else "\n"
    return head + f"Kommunfullmäktige beslutar i fråga om {charter}\n\n" + ",\n\n".join(lines) + "." + end


def _said(amendments: Sequence[Amendment], charter: str) -> Iterator[str]:
    """Yield the att-satser without "att", what goes and comes in elsewhere as a move."""
    moving = {a.continues: a for a in amendments if isinstance(a, Insert) and a.continues}
    for a in amendments:
        if isinstance(a, Repeal) and a.wid in moving and a.target.part is Part.HELA:
            yield moved(a, moving[a.wid], charter).words
        elif not (isinstance(a, Insert) and a.continues):
            said = clause(a, charter)
            if said is None:
                raise ValueError(f"no att-sats says {a.tag}")
            yield said.words + (_quoted(said.wording, a.target) if said.wording is not None else "")


def _quoted(wording: Provision, target: Address) -> str:
    """Return new wording in quotation marks, on lines of its own when it has several."""
    if target.part is Part.RUBRIK:
        return f" ”{wording.heading}”"
    lines = printed(wording)
    if len(lines) == 1:
        return f" ”{lines[0]}”"
    text = "\n".join(lines)
    return f"\n”{text}”"


def printed(p: Provision) -> list[str]:
    """Return a provision in the text form, as the reader takes it: one stycke, item or row a line."""
    if p.kind in (Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA):
        head = " ".join(part for part in (p.marker, p.heading) if part)
        return _spaced([[head] if head else [], [p.text] if p.text else [], *(printed(c) for c in p.children)])
    if p.kind is Kind.PARAGRAF:
        groups = [printed(c) for c in p.children] or [[]]
        if p.number:
            return _spaced([[p.heading] if p.heading else [], [p.marker or f"{p.number} §", *groups[0]], *groups[1:]])
        if p.heading:
            groups[0] = [p.heading, *groups[0]]
        return _spaced(groups)
    if p.kind is Kind.TABELL:
        return [row.text for row in p.children]
    return list(_lines(p, 0))


def _lines(p: Provision, depth: int) -> Iterator[str]:
    words = " ".join(part for part in (p.marker, p.text) if part)
    if words:
        yield _STEP * depth + words
    inner = depth + (1 if p.kind.item else 0)
    for child in p.children:
        yield from _lines(child, inner)
    if p.closing:
        yield _STEP * inner + p.closing


def _spaced(groups: Sequence[list[str]]) -> list[str]:
    lines: list[str] = []
    for group in groups:
        if group:
            lines += ["", *group] if lines else group
    return lines


__all__ = ["Form", "decision_text", "printed"]
