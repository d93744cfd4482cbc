"""The example registers: whole, honest about what they are, and exactly what their texts give."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest

from reglemente_tool.cli.demo import examples
from reglemente_tool.consolidate import charters, timeline, version_at
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import CharterId, walk
from reglemente_tool.model.finding import find
from reglemente_tool.storage.library import Register

REGISTERS = ["ale", "alingsas", "lidkoping", "norrboda", "taby", "vanersborg"]


@pytest.mark.parametrize("name", REGISTERS)
def test_the_register_follows_from_its_decisions(name: str) -> None:
    report = Register.open(examples() / name).verify()
    assert report.ok
    assert report.charters
    assert all(line.differences == 0 for line in report.charters)


def test_the_registers_are_what_their_texts_give(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build", examples() / "underlag" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.main(tmp_path)
    for name in REGISTERS:
        made = {p.relative_to(tmp_path).as_posix(): p.read_bytes() for p in (tmp_path / name).rglob("*.xml")}
        kept = {p.relative_to(examples()).as_posix(): p.read_bytes() for p in (examples() / name).rglob("*.xml")}
        assert made == kept


@pytest.mark.parametrize("name", REGISTERS)
def test_every_text_says_that_it_is_an_example(name: str) -> None:
    history = Register.open(examples() / name).history
    for id in charters(history):
        charter = version_at(history, id, in_force=timeline(history, id)[0])
        assert "Exempeltext skriven för projektet" in dict(charter.facts)["Anmärkning"]
    told = [path.read_text(encoding="utf-8") for path in (examples() / "underlag" / name / "beslut").glob("*.txt")]
    assert all(text.startswith("Exempeltext skriven för projektet") for text in told)


def test_the_decision_on_integration_finds_what_it_speaks_of() -> None:
    history = Register.open(examples() / "vanersborg").history
    board = version_at(history, CharterId("kommunstyrelsen"), in_force=date(2015, 1, 1))
    committee = version_at(history, CharterId("socialnamnden"), in_force=date(2015, 1, 1))
    assert find(committee, Address.from_code("par2.ss4")).text == "ansvara för integrationsfrågor"
    assert find(board, Address.from_code("par2.st1")).items
    sizes = [sum(p.kind is Kind.PARAGRAF for p in walk(c.body)) for c in (board, committee)]
    assert 20 <= sizes[0] <= 40
    assert 15 <= sizes[1] <= 25
