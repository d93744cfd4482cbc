"""Word order is free in Swedish: every way of saying one thing in a case of tests/cases/orders is read as that one thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import cases, expect, sections

from reglemente_tool.model.citation import cite
from reglemente_tool.reading.operation import Operation
from reglemente_tool.reading.orders import ordered
from reglemente_tool.reading.reader import read_clause


def told(op: Operation) -> str:
    """One operation, as it stands in the cases."""
    position = ""
    if op.position is not None:
        beside = " ".join(cite(a) for a in op.position.beside) or op.position.words
        position = f"{op.position.where.value} {beside}".strip()
    place = cite(op.target) if op.target.steps else ""
    place = f"{place} under {op.under}".strip() if op.under else place
    handed = " och ".join(op.bodies) or op.source_body
    parties = f"{handed} → {op.target_body}" if op.target_body and handed else op.target_body or handed
    number = op.number and f"→ {op.number}"
    parts = (op.type.value, op.charter, place, op.old and f"”{op.old}”", op.new and f"”{op.new}”", number, op.text, parties, position)
    return " | ".join(part for part in parts if part)


def said_by(clause: str) -> str:
    """All that is read of a clause: what it does, or why it does nothing."""
    reading = read_clause(clause)
    lines = [told(op) for op in reading.operations] or [f"ingen {n.reason}" for n in reading.reasons]
    return "\n".join(lines) or "oläst"


@pytest.mark.parametrize("path", cases("orders"), ids=lambda p: p.stem)
def test_said_in_many_ways(path: Path, request: pytest.FixtureRequest) -> None:
    """Every line under `sägs` gives what stands under `läst`, or all of them nothing."""
    lines = sections(path)["sägs"].splitlines()
    assert len(lines) > 2
    readings = {line: said_by(line) for line in lines}
    first = readings[lines[0]]
    assert {line: got for line, got in readings.items() if got != first} == {}
    expect(request, path, "läst", first)


_PASSIVE = (
    "antas|upphävs|fastställs|godkänns|avvecklas|inrättas|överförs|flyttas|övergår|slås|delas|läggs|utgår|stryks|byter|upphör|"
    "ändras|bildas"
)
_ACTIVE = "anta|upphäva|fastställa|godkänna|avveckla|inrätta|överföra|flytta|slå|dela|lägga|stryka|revidera|ändra|bilda|ta"
_UNSAID = (
    (re.compile(rf"\b({_PASSIVE})\b"), r"\1 inte"),
    (re.compile(rf"^att ({_ACTIVE})\b"), r"att inte \1"),
    (re.compile(r"\bska\b"), "ska inte"),
    (re.compile(r"\bska\b"), "bör"),
)


def test_what_is_denied_or_only_wished_is_never_done() -> None:
    """No way of saying a thing does it any longer with "inte" in it, or "bör" for "ska"."""
    done = {}
    for path in cases("orders"):
        for line in sections(path)["sägs"].splitlines():
            for pattern, unsaid in _UNSAID:
                words = pattern.sub(unsaid, line, count=1)
                if words != line and read_clause(words).operations:
                    done[words] = said_by(words)
    assert done == {}


@pytest.mark.parametrize(
    "words",
    [
        "i ⟦A0⟧ införa en ny strecksats och ett nytt stycke: ⟦Q1⟧",
        "i ⟦A0⟧ byta ut ordet ⟦Q1⟧ mot ⟦Q2⟧ eller ⟦Q3⟧",
        "⟦A0⟧ utgår och ⟦A1⟧ införs",
        "inte stryka ⟦A0⟧",
        "⟦A0⟧ bör utgå",
        "ordet ⟦Q0⟧",
    ],
)
def test_what_has_no_order(words: str) -> None:
    """Words that belong to no constituent, and constituents that stand twice, are not set in order."""
    assert ordered(words) == ""
