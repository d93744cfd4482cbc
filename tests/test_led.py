"""Led, between the semicolons of a mening: what goes, comes and reads otherwise, and the marks around it. The texts are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import AmbiguousAddress, CannotApply
from reglemente_tool.model import led
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body

LATER = DecisionId("kf-2018-06-18-9")
THREE = "Nämnden bygger; den vårdar; den river."
AMONG = "Först detta. Nämnden bygger; den river. Sist detta."


def after(text: str, amendment: Amendment) -> str:
    """The only stycke of a charter after one amendment."""
    stycke = Provision(kind=Kind.STYCKE, text=text)
    body = (Provision(kind=Kind.PARAGRAF, number="1", marker="1 §", children=(stycke,)),)
    before = name_body(Charter(CharterId("n"), "Reglemente för nämnden", CommitteeId("n"), body), DecisionId("kf-2015-01-26-1"))
    made = apply_together(before, Change(charter=before.id, in_force_from=date(2018, 7, 1), amendments=(amendment,)), LATER)
    return made.body[0].children[0].text


def at(code: str) -> Address:
    return Address.from_code(f"par1.st1.{code}")


def words(text: str) -> Provision:
    return Provision(kind=Kind.STYCKE, text=text)


@pytest.mark.parametrize(
    ("text", "amendment", "becomes"),
    [
        (THREE, Repeal(target=at("led2")), "Nämnden bygger; den river."),
        (THREE, Repeal(target=at("led3")), "Nämnden bygger; den vårdar."),
        (AMONG, Repeal(target=at("m2.led2")), "Först detta. Nämnden bygger. Sist detta."),
        (AMONG, Repeal(target=at("led2")), "Först detta. Nämnden bygger. Sist detta."),
        (THREE, Insert(target=at("led2"), wording=words("den målar")), "Nämnden bygger; den målar; den vårdar; den river."),
        (THREE, Insert(target=at("led2"), wording=words("den målar.")), "Nämnden bygger; den målar; den vårdar; den river."),
        (THREE, Insert(target=at("led:sist"), wording=words("den målar")), "Nämnden bygger; den vårdar; den river; den målar."),
        (AMONG, Insert(target=at("m2.led3"), wording=words("målar.")), "Först detta. Nämnden bygger; den river; målar. Sist detta."),
        (THREE, Substitute(target=at("led3"), wording=words("den målar")), "Nämnden bygger; den vårdar; den målar."),
        (THREE, Substitute(target=at("led2"), wording=words("den målar.")), "Nämnden bygger; den målar; den river."),
        ("bygger; vårdar", Repeal(target=at("led1")), "vårdar"),
        ("Bygga hus m.m.; riva dem.", Repeal(target=at("led2")), "Bygga hus m.m."),
    ],
)
def test_does(text: str, amendment: Amendment, becomes: str) -> None:
    assert after(text, amendment) == becomes


@pytest.mark.parametrize(
    ("text", "amendment", "why"),
    [
        (THREE, Repeal(target=at("led1")), "inleder meningen"),
        (THREE, Insert(target=at("led1"), wording=words("Nämnden målar")), "skulle inleda meningen"),
        ("Nämnden bygger.", Repeal(target=at("led1")), "allt som står där"),
    ],
)
def test_refuses_what_is_no_question_of_marks(text: str, amendment: Amendment, why: str) -> None:
    with pytest.raises(CannotApply, match=why):
        after(text, amendment)


def test_a_led_of_a_stycke_with_several_meningar_that_have_led_is_ambiguous() -> None:
    with pytest.raises(AmbiguousAddress, match="flera ställen"):
        after("Ett; två. Tre; fyra.", Repeal(target=at("led2")))


_LED = st.text("abcdefåäö ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(_LED, min_size=2, max_size=5), st.data())
def test_a_led_that_comes_and_goes_leaves_the_mening_as_it_was(parts: list[str], data: st.DataObject) -> None:
    mening = "; ".join(parts) + "."
    index = data.draw(st.integers(0, len(parts)))
    more = led.with_new(mening, index, "ny")
    assert more is not None
    assert led.without(more, index) == mening
    assert led.reworded(mening, 0, parts[0]) == mening
