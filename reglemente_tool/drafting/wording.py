"""The att-satser that say amendments, in the council's own formal Swedish, so that the reader reads the same amendments back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.model.amendment import Amendment, kind_with_article
from reglemente_tool.model.charter import Provision
from reglemente_tool.model.citation import cite

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
    said = list(_said(amendments))
    head = f"Ändring av {charter}\n\n"
    whole = f"beslutet ska gälla från och med {start}" if start else ""
    if form is Form.KOMMUNAL:
        lines = [f"att {clause(of=f' i {charter}')}" for clause in said] + ([f"att {whole}"] if whole else [])
        return head + "Kommunfullmäktige beslutar\n\n" + ",\n\n".join(lines) + ".\n"
    lines = [f"dels att {clause(of='')}" for clause in said]
    end = f"\n\nBeslutet ska gälla från och med {start}.\n" if start else "\n"
    return head + f"Kommunfullmäktige beslutar i fråga om {charter}\n\n" + ",\n\n".join(lines) + "." + end


class _Clause:
    """One att-sats without its "att"; called with where it is said of: " i reglementet för valnämnden"."""

    def __init__(self, before: str, after: str, wording: str = "") -> None:
        self.before, self.after, self.wording = before, after, wording

    def __call__(self, *, of: str) -> str:
        return f"{self.before}{of}{self.after}{self.wording}"


def _said(amendments: Sequence[Amendment]) -> Iterator[_Clause]:
    moved = {a.continues: a for a in amendments if isinstance(a, Insert) and a.continues}
    for a in amendments:
        if isinstance(a, Repeal) and a.wid in moved and a.target.part is Part.HELA:
            yield _move(a, moved[a.wid])
        elif not (isinstance(a, Insert) and a.continues):
            yield clause(a)


def clause(a: Amendment) -> _Clause:
    """Return the att-sats that says `a`. Raises ValueError when there is none."""
    if isinstance(a, Repeal):
        return _repeal(a)
    if isinstance(a, Renumber):
        return _Clause(f"nuvarande {cite(a.target)}", f" ska betecknas {cite(Address(a.becomes.steps[-1:]))}")
    if isinstance(a, Reword) and a.target.steps and a.hits == 1:
        words = "orden" if " " in a.old else "ordet"
        if not a.new:
            return _Clause(f"i {cite(a.target)}", f" {words} ”{a.old}” ska strykas")
        return _Clause(f"i {cite(a.target)}", f" {words} ”{a.old}” ska bytas ut mot ”{a.new}”")
    if isinstance(a, Substitute):
        return _Clause(cite(a.target), " ska ha följande lydelse:", _quoted(a.wording, a.target))
    if isinstance(a, Insert):
        return _insert(a)
    raise ValueError(f"no att-sats says {a.tag}")


def _repeal(a: Repeal) -> _Clause:
    last = a.target.last
    if a.target.part is Part.RUBRIK or (last is not None and (last.kind.virtual or last.kind.item)):
        short = last is not None and last.kind.item and a.expects and not a.expects.startswith("sha256:") and _plain(a.expects)
        return _Clause(cite(a.target), f", ”{a.expects}”, ska utgå" if short else " ska utgå")
    return _Clause(cite(a.target), " ska upphöra att gälla")


def _insert(a: Insert) -> _Clause:
    last = a.target.steps[-1]
    wording = _quoted(a.wording, a.target)
    if a.target.part is Part.RUBRIK:
        return _Clause(f"närmast före {cite(Address(a.target.steps))}", " ska införas en ny rubrik med följande lydelse:", wording)
    if last.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA):
        return _Clause("det", f" ska införas {kind_with_article(last.kind)}, {cite(a.target)}, med följande lydelse:", wording)
    last_in_row = not last.kind.positional or last.from_end is not None
    what = f"{kind_with_article(last.kind)} sist" if last_in_row else _ordinal(a.target)
    return _Clause(f"i {cite(a.target.parent)}", f" ska införas {what} med följande lydelse:", wording)


def _ordinal(address: Address) -> str:
    """"ett nytt andra stycke", "en ny tredje strecksats"."""
    last = address.steps[-1]
    named = cite(Address((last,)))
    for ending, indefinite in (("stycket", "stycke"), ("strecksatsen", "strecksats"), ("meningen", "mening"), ("raden", "rad")):
        if named.endswith(ending):
            named = named.removesuffix(ending) + indefinite
    first, new = kind_with_article(last.kind).split()[:2]
    return f"{first} {new} {named}"


def _move(gone: Repeal, come: Insert) -> _Clause:
    last = come.target.steps[-1]
    end = last.from_end is not None or not last.kind.positional
    what = f"{'nytt' if last.kind is Kind.STYCKE else 'ny'} "
    what += f"{last.kind.value} sist" if end else _ordinal(come.target).split(" ", 2)[2]
    return _Clause(cite(gone.target), f" ska flyttas till {cite(come.target.parent)} som {what}")


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


def _plain(text: str) -> bool:
    return not any(mark in text for mark in "”“„\"»«\n") and len(text) < 120


__all__ = ["Form", "clause", "decision_text", "printed"]
