"""What the long run against the oracle has found wrong in the engine, each as small as it gets: what holds now, and why.

The charters are made up. What it found before: test_moment.py and test_history.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import CannotApply, Collision, NoSuchProvision, WordingDiffers
from reglemente_tool.model.address import Address, Kind, Reads
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, walk
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.writing.build import clean_page
from reglemente_tool.writing.writers.text import write

BASE, LATER = DecisionId("kf-2015-01-26-1"), DecisionId("kf-2018-06-18-9")
MANY = "1 §\nEn bro. Två broar. Tre broar. Fyra broar."


def charter(text: str) -> Charter:
    """The charter that a text is, adopted long ago."""
    read = read_charter(f"Reglemente för bronämnden\n\n{text}\n")
    return name_body(Charter(CharterId("bronamnden"), read.title, CommitteeId("bronamnden"), read.body), BASE)


def after(before: Charter, *amendments: Amendment) -> Charter:
    """The charter after one decision, which must give the same whatever the order in which it lists its amendments."""
    made = [
        apply_together(before, Change(charter=before.id, in_force_from=date(2018, 7, 1), amendments=order), LATER)
        for order in permutations(amendments)
    ]
    assert all(other == made[0] for other in made)
    return made[0]


def words(c: Charter) -> str:
    """The charter's text without its title."""
    return write(clean_page(c)).decode().split("\n", 2)[2].rstrip("\n")


def at(code: str) -> Address:
    return Address.from_code(code)


def stycke(text: str) -> Provision:
    return Provision(kind=Kind.STYCKE, text=text)


def paragraf(*stycken: str, number: str = "", wid: str = "") -> Provision:
    marker = f"{number} §" if number else ""
    return Provision(kind=Kind.PARAGRAF, number=number, marker=marker, wid=Wid(wid), children=tuple(map(stycke, stycken)))


def adopted(before: Charter, *body: Provision) -> list[str]:
    """The identities of the §§ when the charter is adopted anew, each as the number that it had, or "ny"."""
    were = {p.wid: p.number for p in before.body}
    made = after(before, Adopt(title=before.title, committee=before.committee, body=body))
    identities = [p.wid for p in walk(made.body)]
    assert len(set(identities)) == len(identities)
    return [were.get(p.wid, "ny") for p in made.body]


def test_the_first_item_of_a_list_is_printed_as_items_are() -> None:
    """Nothing beside it says how: "1." and "–" go without saying."""
    for kind, step, mark in ((Kind.PUNKT, "p1", "1."), (Kind.STRECKSATS, "ss1", "–")):
        made = after(charter("2 §\nNämnden bygger"), Insert(target=at(f"par2.st1.{step}"), wording=Provision(kind=kind, text="broar")))
        assert made.body[0].children[0].children[0].marker == mark
        assert words(made) == f"2 §\nNämnden bygger\n{mark} broar"


def test_a_new_wording_and_words_that_change_inside_it_collide_whichever_is_said_first() -> None:
    before = charter("1 §\nEn bro.\n\n2 §\nNämnden har fem ledamöter.")
    wording = Provision(kind=Kind.PARAGRAF, children=(stycke("Nämnden har fem ledamöter och två ersättare."),))
    both = Substitute(target=at("par2"), wording=wording), Reword(target=at("par2.st1"), old="fem", new="sju")
    for order in permutations(both):
        with pytest.raises(Collision, match="går inte att göra samtidigt"):
            after(before, *order)
        with pytest.raises(Collision, match="går inte att göra samtidigt"):
            apply_together(before, Change(charter=before.id, in_force_from=date(2018, 7, 1), amendments=order), LATER)


def test_a_new_kapitel_may_get_more_by_the_same_decision() -> None:
    before = charter("1 kap. Bron\n\n1 §\nEn bro.\n\n2 kap. Vägen\n\n2 §\nEn väg.")
    tunnel = Provision(kind=Kind.PARAGRAF, number="3", children=(stycke("En tunnel."),))
    chapter = Insert(target=at("kap3"), wording=Provision(kind=Kind.KAPITEL, heading="Tunneln", children=(tunnel,)))
    more = Insert(target=at("par4"), wording=Provision(kind=Kind.PARAGRAF, children=(stycke("Två tunnlar."),)))
    assert words(after(before, chapter, more)).endswith("3 kap. Tunneln\n\n3 §\nEn tunnel.\n\n4 §\nTvå tunnlar.")


# --- meningar that go and meningar that change ---------------------------------------------------------------------------


def test_a_mening_is_the_one_that_the_text_before_has_there_though_another_goes() -> None:
    anew = Substitute(target=at("par1.st1.m2"), expects="Två broar.", wording=stycke("Två färjor."))
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m1")), anew)) == "1 §\nTvå färjor. Tre broar. Fyra broar."


def test_words_are_replaced_in_the_mening_that_the_text_before_has_there() -> None:
    swap = Reword(target=at("par1.st1.m3"), old="broar", new="färjor")
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m1")), swap)) == "1 §\nTvå broar. Tre färjor. Fyra broar."
    last = Reword(target=at("par1.st1.m:sist"), old="broar", new="färjor")
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m1")), last)) == "1 §\nTvå broar. Tre broar. Fyra färjor."


def test_two_that_change_beside_one_that_goes_do_not_count_each_other() -> None:
    second = Reword(target=at("par1.st1.m2"), old="Två", new="Tolv")
    third = Reword(target=at("par1.st1.m:sist-1"), old="broar", new="färjor")
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m1")), second, third)) == "1 §\nTolv broar. Tre färjor. Fyra broar."
    last = Reword(target=at("par1.st1.m4"), old="broar", new="färjor")
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m1")), second, last)) == "1 §\nTolv broar. Tre broar. Fyra färjor."


@pytest.mark.parametrize("ordinal", ["m:sist-1", "m3"])
def test_a_mening_counted_from_the_end_is_that_of_the_text_before_too(ordinal: str) -> None:
    swap = Reword(target=at(f"par1.st1.{ordinal}"), old="broar", new="färjor")
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m:sist")), swap)) == "1 §\nEn bro. Två broar. Tre färjor."


def test_several_meningar_may_go_at_once() -> None:
    gone = [Repeal(target=at(f"par1.st1.{ordinal}")) for ordinal in ("m1", "m3", "m:sist")]
    assert words(after(charter(MANY), *gone)) == "1 §\nTvå broar."


def test_the_new_ones_mening_is_counted_in_the_new_text() -> None:
    swap = Reword(target=at("par1.st1.m2"), reads=Reads.NY, old="broar", new="färjor")
    assert words(after(charter(MANY), Repeal(target=at("par1.st1.m1")), swap)) == "1 §\nTvå broar. Tre färjor. Fyra broar."


@pytest.mark.parametrize("ordinals", [("m1", "m1"), ("m4", "m:sist")])
def test_a_mening_goes_once(ordinals: tuple[str, str]) -> None:
    with pytest.raises(Collision, match="det som det också ändrar"):
        after(charter(MANY), *(Repeal(target=at(f"par1.st1.{ordinal}")) for ordinal in ordinals))


def test_a_mening_that_goes_has_no_words_to_replace() -> None:
    with pytest.raises(Collision, match="det som det också ändrar"):
        after(charter(MANY), Repeal(target=at("par1.st1.m2")), Reword(target=at("par1.st1.m2"), old="broar", new="färjor"))


def test_what_does_not_fit_beside_a_mening_that_goes_is_told_in_the_decisions_own_words() -> None:
    with pytest.raises(WordingDiffers, match="första stycket tredje meningen innehåller inte ”Två”"):
        after(charter(MANY), Repeal(target=at("par1.st1.m1")), Reword(target=at("par1.st1.m3"), old="Två", new="Flera"))


def test_all_meningar_do_not_go_one_by_one() -> None:
    with pytest.raises(CannotApply, match="allt som står där"):
        after(charter("1 §\nEn bro. Två broar.\n\nTre broar."), Repeal(target=at("par1.st1.m1")), Repeal(target=at("par1.st1.m2")))


@pytest.mark.parametrize("quoted", ["Två färjor", "Två färjor."])
def test_a_mening_that_is_quoted_without_its_full_stop_does_not_run_on_into_the_next(quoted: str) -> None:
    before = charter("1 §\nEn bro. Två broar. Tre broar.")
    anew = Substitute(target=at("par1.st1.m2"), wording=stycke(quoted))
    assert words(after(before, anew)) == "1 §\nEn bro. Två färjor. Tre broar."
    new = Insert(target=at("par1.st1.m2"), wording=stycke(quoted))
    assert words(after(before, new)) == "1 §\nEn bro. Två färjor. Två broar. Tre broar."


def test_a_mening_inside_a_led_beside_a_mening_that_goes_is_refused() -> None:
    inside, other = (Repeal(target=at(f"par1.st1.{code}")) for code in ("led1.m1", "m2"))
    with pytest.raises(Collision, match="går inte att göra samtidigt"):
        after(charter("1 §\nEn bro, en väg; två broar. Tre broar."), inside, other)


def test_led_that_go_beside_other_words_that_change_are_refused() -> None:
    led = Repeal(target=at("par1.st1.led1"))
    with pytest.raises(Collision, match="samtidigt"):
        after(charter("1 §\nEn bro; två broar; tre broar."), led, Reword(target=at("par1.st1.led2"), old="två", new="flera"))


# --- headings and numbers that are not there -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "amendment",
    [Repeal(target=at("par1.rubrik")), Substitute(target=at("par1.rubrik"), wording=stycke("Broar"))],
    ids=["upphör", "ny lydelse"],
)
def test_a_heading_that_is_not_there_is_missed_also_where_the_paragraf_is_confirmed(amendment: Amendment) -> None:
    before = charter("1 §\nEn bro.")
    with pytest.raises(NoSuchProvision, match="Rubriken närmast före 1 § finns inte"):
        after(before, replace(amendment, wid=before.body[0].wid))


def test_a_heading_goes_once_as_a_paragraf_does() -> None:
    before = charter("Broar\n\n1 §\nEn bro.\n\n2 §\nTvå broar.")
    for gone in ("par1.rubrik", "par1"):
        with pytest.raises(Collision):
            after(before, Repeal(target=at(gone)), Repeal(target=at(gone)))


def test_a_strecksats_has_no_number_to_change() -> None:
    before = charter("1 §\nNämnden ska\n– bygga\n– vårda")
    with pytest.raises(CannotApply, match="har ingen beteckning"):
        after(before, Renumber(target=at("par1.p2"), number="1"))


def test_an_item_is_not_struck_down_to_its_list_mark() -> None:
    before = charter("1 §\nNämnden ska\n– bygga hus,\n– vårda broar, och\n– riva.")
    with pytest.raises(CannotApply, match="Inget blir kvar av 1 § första stycket andra strecksatsen"):
        after(before, Reword(target=at("par1.ss2"), old="vårda broar", new=""))


# --- a new wording, and something more -----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["par1.st1", "par1.st2", "par1.st3", "par1.st:sist", "par1.st1.m1"])
def test_nothing_is_added_to_what_the_decision_words_anew_wherever_it_would_stand(place: str) -> None:
    anew = Substitute(target=at("par1"), wording=paragraf("Två broar.", "Tre broar."))
    with pytest.raises(Collision, match="en ny lydelse och för också in något nytt där"):
        after(charter("1 §\nEn bro."), anew, Insert(target=at(place), wording=stycke("Fyra broar.")))


def test_a_heading_may_come_before_what_is_worded_anew_and_a_stycke_after_a_stycke() -> None:
    before = charter("1 §\nEn bro.")
    anew = Substitute(target=at("par1"), wording=paragraf("Två broar."))
    headed = after(before, anew, Insert(target=at("par1.rubrik"), wording=stycke("Broar")))
    assert words(headed) == "Broar\n\n1 §\nTvå broar."
    first = Substitute(target=at("par1.st1"), wording=stycke("Två broar."))
    assert words(after(before, first, Insert(target=at("par1.st2"), wording=stycke("Tre.")))) == "1 §\nTvå broar.\n\nTre."


def test_nothing_is_added_to_what_the_decision_itself_adds() -> None:
    new = Insert(target=at("par2"), wording=paragraf("Två broar."))
    with pytest.raises(Collision, match="för också in något nytt där"):
        after(charter("1 §\nEn bro."), new, Insert(target=at("par2.st2"), wording=stycke("Tre broar.")))


def test_a_paragraf_may_move_on_in_new_words_and_another_take_its_number() -> None:
    moved = (Renumber(target=at("par1"), number="2"), Substitute(target=at("par1"), wording=paragraf("Två broar.")))
    made = after(charter("1 §\nEn bro."), *moved, Insert(target=at("par1"), wording=paragraf("En färja.")))
    assert words(made) == "1 §\nEn färja.\n\n2 §\nTvå broar."
    assert len({p.wid for p in walk(made.body)}) == 4


def test_two_paragrafer_may_change_places_and_both_be_worded_anew() -> None:
    places = (Renumber(target=at("par1"), number="2"), Renumber(target=at("par2"), number="1"))
    now, then = paragraf("Bron är ny.", "Den är av trä."), paragraf("Färjan är ny.", "Den är av stål.")
    anew = (Substitute(target=at("par1"), wording=now), Substitute(target=at("par1"), reads=Reads.NY, wording=then))
    made = after(charter("1 §\nEn bro.\n\n2 §\nEn färja."), *places, *anew)
    assert words(made) == "1 §\nFärjan är ny.\n\nDen är av stål.\n\n2 §\nBron är ny.\n\nDen är av trä."
    assert len({p.wid for p in walk(made.body)}) == 6


@pytest.mark.parametrize("other", ["par1.st1.ss:sist", "par1.st:sist.ss:sist"])
def test_two_additions_do_not_both_go_last_under_two_names(other: str) -> None:
    before = charter("1 §\nNämnden ska\n– bygga\n– vårda")
    new = [Provision(kind=Kind.STRECKSATS, text=text) for text in ("måla", "riva")]
    last = Insert(target=at("par1.ss:sist"), wording=new[0])
    with pytest.raises(Collision, match="ett annat tillägg i beslutet ska stå där"):
        after(before, last, Insert(target=at(other), wording=new[1]))
    then = after(before, last, Insert(target=at("par1.st1.ss:sist+1"), wording=new[1]))
    assert words(then) == "1 §\nNämnden ska\n– bygga\n– vårda\n– måla\n– riva"
    third = after(before, last, Insert(target=at("par1.st1.ss3"), wording=new[1]))
    assert words(third) == "1 §\nNämnden ska\n– bygga\n– vårda\n– riva\n– måla"


# --- who is who when a charter is adopted anew ---------------------------------------------------------------------------


def test_the_number_alone_decides_after_those_that_are_alike() -> None:
    before = charter("1 §\nHamnen hålls öppen.\n\n2 §\nNämnden bygger broar.")
    half = paragraf("Nämnden bygger broar.", "Ordföranden kallar alltid.", number="1")
    assert adopted(before, half) == ["2"], "half of the words are those of the old 2 §, none those of the old 1 §"


def test_words_in_common_are_words_in_the_same_order() -> None:
    before = charter("1 §\nNämnden bygger och vårdar broar och kajer.")
    assert adopted(before, paragraf("Kajer och broar vårdar nämnden och bygger.", number="2")) == ["ny"]
    assert adopted(before, paragraf("Nämnden bygger broar och kajer.", number="2")) == ["1"]


def test_an_identity_that_the_new_text_names_is_nothing_elses() -> None:
    before = charter("1 §\nEn bro.\n\n2 §\nNämnden vårdar kommunens alla broar.")
    moved = paragraf("Något annat.", number="3", wid=before.body[1].wid)
    assert adopted(before, paragraf("En bro.", number="1"), paragraf("Nämnden vårdar broar.", number="2"), moved) == ["1", "ny", "2"]


def test_what_stands_there_already_is_not_put_in_once_more() -> None:
    """The decision for July puts in what the charter adopted for June, with the decision in sight, has taken up."""
    before = charter("1 §\nNämnden ska\n– bygga\n– vårda")
    new = Insert(target=at("par1.st1.ss:sist"), wording=Provision(kind=Kind.STRECKSATS, text="riva"))
    there = after(before, new)
    with pytest.raises(Collision, match="på två ställen"):
        after(there, new, Reword(target=at("par1.ss1"), old="bygga", new="resa"))
    with pytest.raises(Collision, match="på två ställen"):
        after(there, new)
