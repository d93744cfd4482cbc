"""Each amendment by itself: what it does to a small charter, what it stamps, how it refuses, and how it says itself.

The charters are made up for the test. What several do together: test_moment.py and tests/cases/amendments.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
from datetime import date
from pathlib import Path

import pytest

import reglemente_tool
from reglemente_tool import errors
from reglemente_tool.amendments import types
from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import ALL, Reword
from reglemente_tool.consolidate import apply_together
from reglemente_tool.consolidate.moment import empty
from reglemente_tool.consolidate.once import This
from reglemente_tool.errors import CannotApply, Collision
from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.model.amendment import Amendment, Phase
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE, Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body, new_wid
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.shelf import modules
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers.text import write

HOUSE = Path(reglemente_tool.__file__).parent
BASE, LATER = DecisionId("kf-2015-01-26-1"), DecisionId("kf-2018-06-18-9")


def charter(text: str) -> Charter:
    """The charter that a text is, adopted long ago."""
    read = read_charter(f"Reglemente för fyrnämnden\n\n{text}\n")
    return name_body(Charter(CharterId("fyrnamnden"), read.title, CommitteeId("fyrnamnden"), read.body), BASE)


def at(code: str, part: Part = Part.HELA) -> Address:
    """The address that a code is."""
    return dataclasses.replace(Address.from_code(code), part=part)


def made(text: str, amendment: Amendment) -> Charter:
    """The charter after one amendment."""
    change = Change(charter=CharterId("fyrnamnden"), in_force_from=date(2018, 7, 1), amendments=(amendment,))
    return apply_together(charter(text), change, LATER)


def words(c: Charter) -> str:
    """The charter's text without its title."""
    return write(clean_page(c)).decode().split("\n", 2)[2].rstrip("\n")


def stycke(text: str) -> Provision:
    return Provision(kind=Kind.STYCKE, text=text)


DOES = {
    "a sentence comes in between two": (
        "1 §\nFyren lyser. Fyren vårdas.",
        Insert(target=at("par1.st1.m2"), wording=stycke("Den blinkar.")),
        "1 §\nFyren lyser. Den blinkar. Fyren vårdas.",
    ),
    "a sentence comes in right after the last": (
        "1 §\nFyren lyser. Fyren vårdas.",
        Insert(target=at("par1.st1.m3"), wording=stycke("Den blinkar.")),
        "1 §\nFyren lyser. Fyren vårdas. Den blinkar.",
    ),
    "a led comes in last": (
        "1 §\nFyren lyser; fyren vårdas.",
        Insert(target=at("par1.st1.led3"), wording=stycke("fyren målas.")),
        "1 §\nFyren lyser; fyren vårdas; fyren målas.",
    ),
    "the heading before a § goes, and the § stays": (
        "Ljus\n\n1 §\nFyren lyser.",
        Repeal(target=at("par1", Part.RUBRIK)),
        "1 §\nFyren lyser.",
    ),
    "a title on the §'s own line goes": (
        "§ 1 Ljus\nFyren lyser.",
        Repeal(target=at("par1", Part.RUBRIK)),
        "§ 1\nFyren lyser.",
    ),
    "a title on the §'s own line is no heading for the next §": (
        "§ 1 Ljus\nFyren lyser.\n\n§ 2\nFyren vårdas.",
        Repeal(target=at("par1")),
        "§ 2\nFyren vårdas.",
    ),
    "a heading over several §§ stays with the next": (
        "Ljus\n\n1 §\nFyren lyser.\n\n2 §\nFyren vårdas.",
        Repeal(target=at("par1")),
        "Ljus\n\n2 §\nFyren vårdas.",
    ),
    "words in one sentence only": (
        "1 §\nFyren lyser. Fyren vårdas.",
        Reword(target=at("par1.st1.m2"), old="Fyren", new="Huset"),
        "1 §\nFyren lyser. Huset vårdas.",
    ),
    "words in a heading": (
        "Ljus och hus\n\n1 §\nHus och ljus.",
        Reword(target=at("par1", Part.RUBRIK), old="hus", new="mörker"),
        "Ljus och mörker\n\n1 §\nHus och ljus.",
    ),
    "words everywhere, in headings too": (
        "Fyrens hus\n\n1 §\nEtt hus.",
        Reword(target=Address(), old="hus", new="torn", hits=ALL),
        "Fyrens torn\n\n1 §\nEtt torn.",
    ),
}


@pytest.mark.parametrize("name", DOES)
def test_does(name: str) -> None:
    text, amendment, after = DOES[name]
    assert words(made(text, amendment)) == after


REFUSES = {
    "a charter without a title": (
        "1 §\nFyren lyser.",
        Adopt(title=" ", committee=CommitteeId("fyrnamnden"), body=()),
        "Reglementet saknar titel, så det går inte att anta.",
        "Skriv titeln på första raden i dokumentet.",
    ),
    "a sentence with a gap before it": (
        "1 §\nFyren lyser.",
        Insert(target=at("par1.st1.m3"), wording=stycke("Den blinkar.")),
        "1 § första stycket tredje meningen kan inte införas: där finns 1 före.",
        "Ska orden stå sist, så säg det.",
    ),
    "a heading that is there already": (
        "Ljus\n\n1 §\nFyren lyser.",
        Insert(target=at("par1", Part.RUBRIK), wording=stycke("Mörker")),
        "Rubriken närmast före 1 § finns redan: ”Ljus”.",
        "Ska den ändras, så ange dess nya lydelse.",
    ),
    "the only sentence of a stycke": (
        "1 §\nFyren lyser.\n\nFyren vårdas.",
        Repeal(target=at("par1.st1.m1")),
        "1 § första stycket första meningen är allt som står där.",
        "Låt 1 § första stycket upphöra att gälla i stället.",
    ),
    "words that stand there too often": (
        "1 §\nFyren och fyren lyser med fyren.",
        Reword(target=at("par1.st1"), old="fyren", new="huset"),
        "1 § första stycket innehåller ”fyren” 2 gånger, inte 1.",
        "Ange i vilket stycke eller vilken punkt orden står, eller att de ska ändras överallt där.",
    ),
    "words that stand elsewhere": (
        "1 §\nFyren lyser.\n\n2 §\nHuset vårdas.",
        Reword(target=at("par1.st1"), old="Huset", new="Tornet"),
        "1 § första stycket innehåller inte ”Huset”.",
        "Menade du 2 § första stycket? Där finns orden.",
    ),
    "words that stand nowhere": (
        "1 §\nFyren lyser.",
        Reword(target=at("par1.st1"), old="Huset", new="Tornet"),
        "1 § första stycket innehåller inte ”Huset”.",
        "Orden finns inte någonstans i reglementet.",
    ),
    "words that stand nowhere, looked for everywhere": (
        "1 §\nFyren lyser.",
        Reword(target=Address(), old="Huset", new="Tornet"),
        "Reglemente för fyrnämnden innehåller inte ”Huset”.",
        "Orden finns inte någonstans i reglementet.",
    ),
}


@pytest.mark.parametrize("name", REFUSES)
def test_refuses(name: str) -> None:
    text, amendment, message, hint = REFUSES[name]
    with pytest.raises(CannotApply) as refused:
        made(text, amendment)
    assert (refused.value.message, refused.value.hint) == (message, hint)


SAYS = {
    "REGLEMENTE FÖR X antas": (Adopt(title="Reglemente för X", committee=CommitteeId("x")), "reglemente för X antas"),
    "upphävs": (Dissolve(), "reglementet upphör att gälla i sin helhet"),
    "betecknas": (Renumber(target=at("kap2.par3"), number="4"), "2 kap. 3 § ska betecknas 4 §"),
    "byter namn": (
        Rename(committee=CommitteeId("x"), old="fyrnämnden", new="hamnnämnden"), "fyrnämnden byter namn till hamnnämnden",
    ),
    "en mening utgår": (Repeal(target=at("par1.st1.m2")), "1 § första stycket andra meningen utgår"),
    "rubriken utgår": (Repeal(target=at("par1", Part.RUBRIK)), "rubriken närmast före 1 § utgår"),
    "en paragraf upphör": (Repeal(target=at("par1")), "1 § upphör att gälla"),
    "ett reglemente i sin helhet nämns inte som mål": (Repeal(target=at("par1.st2")), "1 § andra stycket upphör att gälla"),
    "ord stryks": (Reword(target=Address(), old="fyren", new=""), "överallt i reglementet stryks orden ”fyren”"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAYS)
def test_says_itself(name: str) -> None:
    amendment, said = SAYS[name]
    assert amendment.describe() == said


def test_a_renumbered_provision_keeps_its_place_in_the_address() -> None:
    assert Renumber(target=at("kap2.par3"), number="4").becomes == at("kap2.par4")


def test_what_is_inserted_is_stamped_with_the_decision_even_when_it_continues_something() -> None:
    was = charter("1 §\nFyren ska\n– lysa\n– stå")
    moved = next(p for p in walk(was.body) if p.text == "lysa")
    insert = Insert(target=at("par1.st1.ss3"), wording=Provision(kind=Kind.STRECKSATS, marker="–", text="blinka"), continues=moved.wid)
    after = insert.apply(was, None, LATER)
    assert [p.source for p in walk(after.body) if p.text == "blinka"] == [LATER]


def test_two_amendment_types_cannot_share_a_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Dissolve, "tag", Adopt.tag)
    with pytest.raises(ValueError, match="two amendment types have the tag antas"):
        types.__wrapped__()


def test_every_value_of_the_lower_floors_is_frozen_and_has_no_more_than_its_fields() -> None:
    values = [
        value
        for room in ("amendments", "consolidate", "model")
        for module in modules(f"reglemente_tool.{room}")
        for _, value in inspect.getmembers(module, inspect.isclass)
        if dataclasses.is_dataclass(value) and value.__module__ == module.__name__
    ]
    assert len(values) > 30
    for value in values:
        assert value.__dataclass_params__.frozen, value
        assert "__slots__" in vars(value), value
    # Amendments are made by name, so that a field that comes later moves no argument.
    assert all(field.kw_only for v in values if issubclass(v, Amendment) for field in dataclasses.fields(v))


# --- what no single amendment shows, and mutants of consolidate/ did -------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stray(Amendment):
    """A faulty amendment, for the test: it says that it rewords one § and rewords all."""

    tag = "stray"
    phase = Phase.REWRITE

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        return dataclasses.replace(charter, body=tuple(dataclasses.replace(p, heading=f"{p.heading}!") for p in charter.body))

    def describe(self) -> str:
        return "en felaktig ändring"


def test_an_amendment_that_changes_more_than_it_says_is_a_fault_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="outside its declared targets"):
        made("Ljus\n\n1 §\nFyren lyser.\n\nVård\n\n2 §\nFyren vårdas.\n\nMål\n\n3 §\nFyren målas.", Stray(target=at("par1")))


def test_words_changed_everywhere_and_in_one_place_at_once_are_refused_where_the_order_would_tell() -> None:
    change = Change(
        charter=CharterId("fyrnamnden"),
        in_force_from=date(2018, 7, 1),
        amendments=(Reword(target=Address(), old="fyr", new="hus", hits=ALL), Reword(target=at("par1"), old="hus", new="torn")),
    )
    with pytest.raises(Collision):
        apply_together(charter("1 §\nEn fyr och ett hus."), change, LATER)


def test_the_identity_that_a_decision_gives_is_made_of_its_name_the_charter_and_the_address() -> None:
    insert = Insert(target=at("par1.st2"), wording=stycke("Den blinkar."))
    change = Change(charter=CharterId("fyrnamnden"), in_force_from=date(2018, 7, 1), amendments=(insert,))
    for part, maker in ((0, LATER), (1, DecisionId(f"{LATER}+1"))):
        after = apply_together(charter("1 §\nFyren lyser."), change, LATER, part=part)
        new = after.body[0].children[1]
        assert (new.wid, new.source) == (new_wid(maker, CharterId("fyrnamnden"), "par1.st2"), LATER)


def test_before_anything_is_decided_a_charter_says_nothing() -> None:
    nothing = empty(CharterId("fyrnamnden"))
    assert (nothing.id, nothing.title, nothing.committee, nothing.body) == ("fyrnamnden", "", "", ())


def test_a_text_is_known_again_as_the_object_that_it_is() -> None:
    one, alike = charter("1 §\nFyren lyser."), charter("1 §\nFyren lyser.")
    assert one == alike
    assert This(one) == This(one)
    assert This(one) != This(alike)
    assert This(one) != one


@pytest.mark.parametrize("nothing", ["", " "])
def test_words_that_are_none_are_never_replaced(nothing: str) -> None:
    # Between any two words there is "nothing", so that this would set `new` in every gap.
    before = charter("1 §\nFyren ska lysa varje natt.")
    amendment = Reword(target=at("par1.st1"), old=nothing, new="x", hits=ALL)
    with pytest.raises(CannotApply, match="vilka ord"):
        apply_together(before, Change(charter=before.id, in_force_from=date(2018, 7, 1), amendments=(amendment,)), LATER)


def test_what_is_left_of_a_heading_that_goes_is_printed_as_it_was() -> None:
    titled, run_in = charter("§ 1 Ljus\nFyren lyser."), charter("Ljus\n\n§ 1 Fyren lyser.")
    assert (titled.body[0].layout, run_in.body[0].layout) == (TITLE_LINE, RUN_IN)
    for before, layout in ((titled, ""), (run_in, RUN_IN)):
        after = Repeal(target=at("par1", Part.RUBRIK)).apply(before, before.body[0].wid, LATER)
        assert (after.body[0].heading, after.body[0].layout) == ("", layout)


def test_of_many_places_where_the_words_stand_three_are_named() -> None:
    text = "\n\n".join(f"{n} §\nHuset vårdas." for n in range(2, 7))
    with pytest.raises(CannotApply) as refused:
        made(f"1 §\nFyren lyser.\n\n{text}", Reword(target=at("par1"), old="Huset", new="Tornet"))
    assert refused.value.hint == "Menade du 2 § första stycket eller 3 § första stycket eller 4 § första stycket? Där finns orden."


def test_several_additions_that_go_last_stand_in_the_order_of_the_decision() -> None:
    items = [Insert(target=at(f"par1.st1.ss:{at_end}"), wording=Provision(kind=Kind.STRECKSATS, text=text)) for at_end, text in (
        ("sist", "ett"), ("sist+1", "två"), ("sist+2", "tre")
    )]  # fmt: skip
    change = Change(charter=CharterId("fyrnamnden"), in_force_from=date(2018, 7, 1), amendments=tuple(items))
    after = apply_together(charter("1 §\nFyren ska\n– lysa\n– stå"), change, LATER)
    assert [p.text for p in after.body[0].children[0].items] == ["lysa", "stå", "ett", "två", "tre"]


def test_a_paragraf_that_gets_another_number_is_no_home_for_an_addition() -> None:
    change = Change(
        charter=CharterId("fyrnamnden"),
        in_force_from=date(2018, 7, 1),
        amendments=(Renumber(target=at("par2"), number="3"), Insert(target=at("par2.st2"), wording=stycke("Den blinkar."))),
    )
    with pytest.raises(Collision, match="upphör eller får ett annat nummer"):
        apply_together(charter("1 §\nFyren lyser.\n\n2 §\nFyren vårdas."), change, LATER)


ROOMS = [path for room in ("amendments", "consolidate") for path in sorted((HOUSE / room).glob("*.py"))]


REFUSALS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, CannotApply)}


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_refusal_says_what_to_do(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS:
            hints = [k.value for k in node.keywords if k.arg == "hint"]
            assert hints, f"{path.name}:{node.lineno} refuses without a hint"
            assert not any(isinstance(h, ast.Constant) and not h.value for h in hints), f"{path.name}:{node.lineno} has an empty hint"


def test_what_moves_while_it_also_stays_in_other_words_is_refused() -> None:
    was = charter("1 §\nFyren ska\n– lysa\n– stå")
    stays = was.body[0].children[0].items[0]
    change = Change(
        charter=CharterId("fyrnamnden"),
        in_force_from=date(2018, 7, 1),
        amendments=(
            Reword(target=at("par1.st1.ss1"), old="lysa", new="blinka"),
            Insert(target=at("par1.st1.ss3"), continues=stays.wid, wording=Provision(kind=Kind.STRECKSATS, marker="–", text="lysa")),
        ),
    )
    with pytest.raises(Collision, match="på två ställen"):
        apply_together(was, change, LATER)


def test_a_number_that_stands_twice_is_two_provisions_with_an_identity_each() -> None:
    twice, once = charter("1 §\nParker.\n\n1 §\nTorg."), charter("1 §\nParker.")
    wids = [p.wid for p in walk(twice.body)]
    assert len(set(wids)) == len(wids) == 4
    assert all(wids)
    assert wids[:2] == [p.wid for p in walk(once.body)], "the first of them has that of the number"
    assert name_body(twice, LATER) == twice, "what has an identity keeps it"
