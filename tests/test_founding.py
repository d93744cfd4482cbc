"""A charter for a new committee: the outlines, what is filled in, and the tasks that follow from the committees that go up in it."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files

import pytest
from generated import charters
from hypothesis import event, given

from reglemente_tool.drafting.founding import TASKS, UNTIL, Founded, blanks, filled, founded
from reglemente_tool.errors import CannotRead
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Wid, walk
from reglemente_tool.model.identity import name_body
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers import text as text_form

OUTLINES = sorted(place.name.removesuffix(".txt") for place in (files("reglemente_tool") / "outlines").iterdir())
SLOTS = {"{nämnden}": "provnämnden", "{Nämnden}": "Provnämnden", "{kommun}": "Exempelby kommun"}
NAMES = {"kulturnämnden": CommitteeId("kulturnamnden"), "fritidsnämnden": CommitteeId("fritidsnamnden")}


def outline(name: str) -> str:
    return (files("reglemente_tool") / "outlines" / f"{name}.txt").read_text(encoding="utf-8")


def charter(text: str, id: str = "provnamnden", *, named: bool = False) -> Charter:
    read = read_charter(text)
    made = Charter(CharterId(id), read.title, CommitteeId(id), read.body, read.facts)
    return name_body(made, DecisionId("kf-2020-01-27-1")) if named else made


def slots_for(name: str) -> dict[str, str]:
    return SLOTS | ({UNTIL: "31 december 2028"} if UNTIL in outline(name) else {})


KULTUR = charter(
    "Reglemente för kulturnämnden\n\nUppgifter\n\n1 §\nKulturnämnden svarar för\n– folkbibliotek, och\n– kulturskola.\n\n"
    "Nämnden samråder med fritidsnämnden enligt 2 §.\n\nSammansättning\n\n2 §\nKulturnämnden har fem ledamöter.\n",
    "kulturnamnden",
    named=True,
)
FRITID = charter(
    "Reglemente för fritidsnämnden\n\nAnsvar\n\n§ 1\nFritidsnämnden har hand om simhallar.\n\nPersonuppgifter\n\n"
    "§ 2\nFritidsnämnden är personuppgiftsansvarig för sin verksamhet.\n",
    "fritidsnamnden",
    named=True,
)


def merged() -> Founded:
    frame = charter(f"Reglemente för provnämnden\n\nUppgifter\n\n1 §\n{TASKS}\n\nSammansättning\n\n2 §\nNämnden har sju ledamöter.\n")
    return founded(frame, "provnämnden", [(KULTUR, "kulturnämnden"), (FRITID, "fritidsnämnden")], NAMES)


@pytest.mark.parametrize("name", OUTLINES)
def test_an_outline_is_a_charter_in_the_text_form_with_numbers_in_order_and_nothing_doubtful(name: str) -> None:
    read = read_charter(filled(outline(name), slots_for(name)))
    assert read.problems == ()
    numbers = [p.number for p in walk(read.body) if p.kind is Kind.PARAGRAF]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    made = charter(filled(outline(name), slots_for(name)))
    assert charter(text_form.write(clean_page(made)).decode()) == made


@pytest.mark.parametrize("name", OUTLINES)
def test_what_only_a_person_can_say_is_a_blank_and_all_else_is_filled_in(name: str) -> None:
    text = filled(outline(name), slots_for(name))
    assert "{" not in text
    assert len(blanks(charter(text))) == text.count("[") > 0


def test_the_tasks_follow_with_their_identities_and_the_new_name() -> None:
    made = merged().charter
    items = {p.text: p.wid for old in (KULTUR, FRITID) for p in walk(old.body)}
    said = {p.wid: p.text for p in walk(made.body) if p.wid}
    assert said[items["folkbibliotek, och"]] == "folkbibliotek, och"
    assert said[items["Fritidsnämnden har hand om simhallar."]] == "Provnämnden har hand om simhallar."
    assert said[items["Nämnden samråder med fritidsnämnden enligt 2 §."]] == "Nämnden samråder med provnämnden enligt 2 §."


def test_numbers_run_on_and_the_first_task_stands_under_a_heading() -> None:
    made = merged().charter
    paragrafer = [(p.number, p.marker, p.heading) for p in made.body if p.kind is Kind.PARAGRAF]
    assert paragrafer == [("1", "1 §", "Uppgifter"), ("2", "2 §", "Ansvar"), ("3", "3 §", "Sammansättning")]


def test_what_is_not_taken_over_and_what_should_be_looked_at_is_told() -> None:
    made = merged()
    assert [(old.id, address.code) for old, address in made.left] == [("kulturnamnden", "par2"), ("fritidsnamnden", "par2")]
    assert [address.code for address in made.refers] == ["par1.st2"]
    assert [address.code for address in made.meets] == ["par1.st2"]


def test_a_temporary_committee_needs_an_outline_that_says_when_it_ends() -> None:
    with pytest.raises(CannotRead, match="när nämnden upphör"):
        filled(outline("namnd"), SLOTS | {UNTIL: "31 december 2028"})
    with pytest.raises(CannotRead, match="tillfällig"):
        filled(outline("tillfallig"), SLOTS)


def test_an_outline_without_a_place_for_tasks_cannot_take_any() -> None:
    frame = charter("Reglemente för provnämnden\n\n1 §\nNämnden har fem ledamöter.\n")
    with pytest.raises(CannotRead, match="plats för uppgifterna"):
        founded(frame, "provnämnden", [(KULTUR, "kulturnämnden")], NAMES)


@given(charters())
def test_every_paragraf_of_the_old_charter_is_taken_over_or_told(old: Charter) -> None:
    frame = charter(f"Reglemente för provnämnden\n\n1 §\n{TASKS}\n")
    old = name_body(replace(old, id=CharterId("kulturnamnden")), DecisionId("kf-2020-01-27-1"))
    made = founded(frame, "provnämnden", [(old, "kulturnämnden")], NAMES)
    every = {p.wid for p in walk(old.body) if p.kind is Kind.PARAGRAF}
    taken = {p.wid for p in walk(made.charter.body) if p.kind is Kind.PARAGRAF} - {Wid("")}
    event(f"{len(taken)} taken over")
    assert taken <= every
    assert len(taken) + len(made.left) == sum(p.kind is Kind.PARAGRAF for p in walk(old.body))
