"""One decision is one moment: laws that hold for every change to every charter."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, permutations

import pytest
from generated import BASE, LATER, START, charters, lists, moments
from hypothesis import assume, given
from hypothesis import strategies as st

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.consolidate import apply_together
from reglemente_tool.errors import AmbiguousAddress, CannotApply, Collision, NoSuchProvision, NumberTaken, WordingDiffers
from reglemente_tool.model.address import Address, Kind, Reads
from reglemente_tool.model.amendment import guard_for
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, Provision, Wid, by_wid, flat, walk, walk_addressed
from reglemente_tool.model.finding import find, locate
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body
from reglemente_tool.model.listmarks import repair
from reglemente_tool.model.wording import split_tail


def outcome(charter: Charter, change: Change) -> Charter | type[CannotApply]:
    """The text after the change, or which kind of refusal."""
    try:
        return apply_together(charter, change, LATER)
    except CannotApply as error:
        return type(error)


@given(moments())
def test_the_order_of_amendments_never_matters(moment: tuple[Charter, Change]) -> None:
    charter, change = moment
    first = outcome(charter, change)
    for order in islice(permutations(change.amendments), 24):
        other = outcome(charter, replace(change, amendments=order))
        assert (other == first) if isinstance(first, Charter) else not isinstance(other, Charter)


@given(moments())
def test_identities_stay_unique_and_old_ones_are_kept(moment: tuple[Charter, Change]) -> None:
    charter, change = moment
    after = outcome(charter, change)
    assume(isinstance(after, Charter))
    assert isinstance(after, Charter)
    wids = [p.wid for p in walk(after.body)]
    assert all(wids)
    assert len(wids) == len(set(wids))
    if all(a.tag in ("byts-ut", "betecknas") for a in change.amendments):
        assert set(wids) == set(by_wid(charter))


@given(moments())
def test_whatever_is_stamped_was_touched(moment: tuple[Charter, Change]) -> None:
    charter, change = moment
    after = outcome(charter, change)
    assume(isinstance(after, Charter))
    assert isinstance(after, Charter)
    old = by_wid(charter)
    for provision in walk(after.body):
        before = old.get(provision.wid)
        if before is None or before.source != provision.source:
            assert provision.source == LATER
        elif provision.text != before.text:
            assert split_tail(provision.text)[0] == split_tail(before.text)[0], "only a list's own marks change without a stamp"


@given(charters())
def test_every_address_finds_its_provision_again(charter: Charter) -> None:
    for address, provision in walk_addressed(charter):
        assert locate(charter, address) == provision
        assert Address.from_code(address.code) == address


@given(charters())
def test_applying_nothing_changes_nothing(charter: Charter) -> None:
    assert apply_together(charter, Change(charter=charter.id, in_force_from=START), LATER) == charter


@given(lists(), st.data())
def test_an_item_that_goes_and_comes_back_leaves_the_list_as_it_was(items: tuple[Provision, ...], data: st.DataObject) -> None:
    named = tuple(replace(p, wid=Wid(f"w{i}")) for i, p in enumerate(items))
    gone = data.draw(st.integers(0, len(named) - 1))
    assume(len(named) > 2)
    without = repair(named, named[:gone] + named[gone + 1 :])
    words = [split_tail(p.text)[0] for p in named]
    assert [split_tail(p.text)[0] for p in without] == words[:gone] + words[gone + 1 :]
    back = repair(without, without[:gone] + (named[gone],) + without[gone:])
    if len(named) > 3:
        assert [p.text for p in back] == [p.text for p in named]


# --- a small charter of its own, for what generated ones seldom hit ------------------------------------------------


def charter(*paragrafer: tuple[str, str, tuple[str, ...]], heading: dict[str, str] | None = None) -> Charter:
    """A charter from (number, text, items); headings by number."""
    body = []
    for number, text, items in paragrafer:
        children = tuple(Provision(kind=Kind.STRECKSATS, marker="–", text=item) for item in items)
        stycke = Provision(kind=Kind.STYCKE, text=text, children=children)
        body.append(
            Provision(kind=Kind.PARAGRAF, number=number, marker=f"{number} §", heading=(heading or {}).get(number, ""), children=(stycke,))
        )
    return name_body(Charter(CharterId("n"), "Reglemente för nämnden", CommitteeId("n"), tuple(body)), BASE)


def made(before: Charter, *amendments: object) -> Charter:
    """`before` after a change of these amendments."""
    return apply_together(before, Change(charter=before.id, in_force_from=START, amendments=amendments), LATER)  # type: ignore[arg-type]


def at(code: str) -> Address:
    """An address from its code."""
    return Address.from_code(code)


def unnamed(p: Provision) -> Provision:
    """The provision without identities, as read from a text."""
    return replace(p, wid=Wid(""), children=tuple(unnamed(child) for child in p.children))


TWO = charter(("4", "Nämnden sammanträder varje månad.", ()), ("5", "Kallelse sker skriftligen.", ()))


def test_two_paragrafer_change_places() -> None:
    after = made(TWO, Renumber(target=at("par4"), number="5"), Renumber(target=at("par5"), number="4"))
    assert [p.marker for p in after.body] == ["4 §", "5 §"]
    assert [flat(p) for p in after.body] == ["Kallelse sker skriftligen.", "Nämnden sammanträder varje månad."]
    assert [p.wid for p in after.body] == [p.wid for p in reversed(TWO.body)]


def test_the_new_number_is_read_after_the_renumbering() -> None:
    wording = Provision(kind=Kind.PARAGRAF, children=(Provision(kind=Kind.STYCKE, text="Ny."),))
    after = made(
        TWO,
        Renumber(target=at("par4"), number="5"),
        Renumber(target=at("par5"), number="4"),
        Substitute(target=at("par4"), reads=Reads.NY, wording=wording),
    )
    assert flat(locate(after, at("par4"))) == "Ny."
    assert locate(after, at("par4")).wid == TWO.body[1].wid


def test_words_may_not_be_swapped_one_after_the_other() -> None:
    with pytest.raises(Collision):
        made(
            charter(("1", "Ordförande och sekreterare utses.", ())),
            Reword(target=at("par1"), old="Ordförande", new="sekreterare"),
            Reword(target=at("par1"), old="sekreterare", new="Ordförande"),
        )


def test_an_ordinal_that_two_lists_could_mean_is_refused() -> None:
    two_lists = charter(("2", "Nämnden ska", ("a", "b", "c")))
    paragraf = two_lists.body[0]
    second = Provision(kind=Kind.STYCKE, text="Den ska också", children=(Provision(kind=Kind.STRECKSATS, text="d"),))
    both = name_body(replace(two_lists, body=(replace(paragraf, children=(*paragraf.children, second)),)), BASE)
    with pytest.raises(AmbiguousAddress):
        made(both, Repeal(target=at("par2.ss1")))
    assert find(both, at("par2.st2.ss1")).text == "d"


def test_the_mark_of_the_list_follows_its_last_item() -> None:
    before = charter(("2", "Nämnden svarar för", ("gator,", "parker, och", "skog.")))
    after = made(before, Repeal(target=at("par2.ss3"), expects="skog"))
    assert [p.text for p in after.body[0].children[0].items] == ["gator, och", "parker."]
    more = made(before, Insert(target=at("par2.st1.ss:sist"), wording=Provision(kind=Kind.STRECKSATS, text="vatten")))
    assert [p.text for p in more.body[0].children[0].items] == ["gator,", "parker,", "skog, och", "vatten."]
    assert [p.source == LATER for p in more.body[0].children[0].items] == [False, False, False, True]


def test_a_list_without_marks_stays_without_them() -> None:
    before = charter(("2", "Nämnden ska", ("ansvara för gator", "ansvara för parker m.m.")))
    after = made(before, Insert(target=at("par2.st1.ss:sist"), wording=Provision(kind=Kind.STRECKSATS, text="ansvara för skog.")))
    assert [p.text for p in after.body[0].children[0].items] == ["ansvara för gator", "ansvara för parker m.m.", "ansvara för skog"]


def test_a_heading_before_several_paragrafer_stays_when_the_first_goes() -> None:
    before = charter(("1", "Ett.", ()), ("2", "Två.", ()), ("3", "Tre.", ()), heading={"1": "Uppgifter", "3": "Möten"})
    after = made(before, Repeal(target=at("par1")))
    assert [(p.number, p.heading) for p in after.body] == [("2", "Uppgifter"), ("3", "Möten")]


@pytest.mark.parametrize(
    ("amendment", "refusal"),
    [
        (Repeal(target=at("par9")), NoSuchProvision),
        (Repeal(target=at("par4.st1"), expects="något helt annat"), WordingDiffers),
        (Renumber(target=at("par4"), number="5"), NumberTaken),
        (Insert(target=at("par5"), wording=Provision(kind=Kind.PARAGRAF, text="x")), NumberTaken),
        (Insert(target=at("par4.st1.ss:sist+1"), wording=Provision(kind=Kind.STRECKSATS, text="x")), NoSuchProvision),
        (Reword(target=at("par4"), old="varje år", new="x"), WordingDiffers),
        (Reword(target=at("par4"), old="varje", new="var", hits=2), WordingDiffers),
        (Repeal(target=at("par4.rubrik")), NoSuchProvision),
        (Repeal(target=at("par4"), reads=Reads.NY), CannotApply),
    ],
)
def test_what_does_not_fit_is_refused(amendment: object, refusal: type[CannotApply]) -> None:
    with pytest.raises(refusal) as caught:
        made(TWO, amendment)
    assert caught.value.message[0] == caught.value.message[0].upper()
    assert caught.value.message.endswith((".", "…"))


def test_an_item_moves_between_committees_and_stays_itself() -> None:
    giver = charter(("2", "Nämnden ska", ("ansvara för ett", "ansvara för två")))
    takes = charter(("2", "Styrelsen har", ("tre", "fyra")))
    taker = name_body(replace(takes, id=CharterId("ks"), body=tuple(unnamed(p) for p in takes.body)), BASE)
    moved = giver.body[0].children[0].items[1]
    after = made(taker, Insert(target=at("par2.st1.ss:sist"), continues=moved.wid, wording=Provision(kind=Kind.STRECKSATS, text="två")))
    assert locate(after, at("par2.st1.ss3")).wid == moved.wid


def test_a_confirmed_identity_outlives_its_address() -> None:
    before = charter(("2", "Nämnden ska", ("ett", "två", "tre")))
    third = before.body[0].children[0].items[2]
    between = made(before, Repeal(target=at("par2.ss1")))
    after = made(between, Repeal(target=at("par2.ss3"), expects="tre", wid=third.wid))
    assert [p.text for p in after.body[0].children[0].items] == ["två"]


def test_a_long_text_is_guarded_by_its_fingerprint() -> None:
    long = "Nämnden ansvarar för " + "mycket " * 40 + "."
    assert guard_for(long).startswith("sha256:")
    before = charter(("1", long, ()))
    assert made(before, Repeal(target=at("par1"), expects=guard_for(long))).body == ()
    with pytest.raises(WordingDiffers):
        made(before, Repeal(target=at("par1"), expects=guard_for(long + "x")))


def test_a_paragraf_is_not_emptied_piece_by_piece() -> None:
    with pytest.raises(CannotApply, match="Inget blir kvar"):
        made(charter(("1", "Ett.", ())), Repeal(target=at("par1.st1")))


def test_a_new_wording_and_an_addition_in_one_place_collide() -> None:
    before = charter(("1", "Nämnden svarar för parker.", ()), ("2", "Nämnden sammanträder.", ()))
    stycke = Provision(kind=Kind.STYCKE, text="Kallelse sker skriftligen.")
    anew = Substitute(target=Address.from_code("par2"), wording=Provision(kind=Kind.PARAGRAF, children=(stycke,)))
    more = Insert(target=Address.from_code("par2.st1"), wording=Provision(kind=Kind.STYCKE, text="Ordföranden kallar."))
    with pytest.raises(Collision, match="ger 2 § en ny lydelse och för också in något nytt där"):
        apply_together(before, Change(charter=before.id, in_force_from=START, amendments=(anew, more)), LATER)


# --- what the oracle has found ---------------------------------------------------------------------------------------


def in_chapters(*chapters: tuple[str, ...]) -> Charter:
    """A charter with these §§ in each kapitel; each says its kapitel and number."""
    body = tuple(
        Provision(
            kind=Kind.KAPITEL,
            number=str(k + 1),
            children=tuple(
                Provision(kind=Kind.PARAGRAF, number=n, marker=f"{n} §", children=(stycke_of(f"{k + 1}:{n}"),)) for n in numbers
            ),
        )
        for k, numbers in enumerate(chapters)
    )
    return name_body(Charter(CharterId("n"), "Reglemente för nämnden", CommitteeId("n"), body), BASE)


def stycke_of(text: str) -> Provision:
    return Provision(kind=Kind.STYCKE, text=text)


def outline(charter: Charter) -> list[list[str]]:
    """For each kapitel its §§ as "number=words"."""
    return [[f"{p.number}={flat(p)}" for p in kapitel.children] for kapitel in charter.body]


def test_the_first_two_paragrafer_of_a_kapitel_change_places_within_it() -> None:
    after = made(in_chapters(("1", "2"), ("3", "4", "5")), Renumber(target=at("par3"), number="4"), Renumber(target=at("par4"), number="3"))
    assert outline(after) == [["1=1:1", "2=1:2"], ["3=2:4", "4=2:3", "5=2:5"]]


def test_a_paragraf_that_gets_a_number_of_the_kapitel_before_goes_there() -> None:
    after = made(in_chapters(("1", "2", "3"), ("4", "5")), Renumber(target=at("par4"), number="2 a"))
    assert outline(after) == [["1=1:1", "2=1:2", "2 a=2:4", "3=1:3"], ["5=2:5"]]


def test_a_paragraf_whose_new_number_still_fits_stays_in_its_kapitel() -> None:
    after = made(in_chapters(("1", "2"), ("3", "4")), Repeal(target=at("par2")), Renumber(target=at("par3"), number="2"))
    assert outline(after) == [["1=1:1"], ["2=2:3", "4=2:4"]]


def test_numbers_that_begin_anew_in_each_kapitel_still_do_when_the_double_one_goes() -> None:
    after = made(in_chapters(("1", "2", "3"), ("1", "3")), Repeal(target=at("kap2.par1")), Renumber(target=at("kap2.par3"), number="1"))
    assert outline(after) == [["1=1:1", "2=1:2", "3=1:3"], ["1=2:3"]]


def test_a_paragraf_goes_together_with_the_heading_before_it() -> None:
    before = charter(("1", "Ett.", ()), ("2", "Två.", ()), heading={"1": "Uppgifter"})
    for order in permutations((Repeal(target=at("par1")), Repeal(target=at("par1.rubrik")))):
        assert [(p.number, p.heading) for p in made(before, *order).body] == [("2", "")]


def test_a_heading_that_goes_is_not_replaced_by_that_of_the_paragraf_before() -> None:
    before = charter(("1", "Ett.", ()), ("2", "Två.", ()), heading={"1": "Uppgifter", "2": "Möten"})
    for order in permutations((Repeal(target=at("par1")), Repeal(target=at("par2.rubrik")))):
        assert [(p.number, p.heading) for p in made(before, *order).body] == [("2", "")]


def test_what_continues_a_provision_may_not_stand_beside_it() -> None:
    before = charter(("2", "Nämnden ska", ("ett", "två")))
    still = before.body[0].children[0].items[0]
    with pytest.raises(Collision, match="på två ställen"):
        made(before, Insert(target=at("par2.st1.ss:sist"), continues=still.wid, wording=Provision(kind=Kind.STRECKSATS, text="ett")))


@pytest.mark.parametrize("place", ["1", "2", "3"])
def test_what_continues_a_provision_may_not_stand_in_the_same_list_in_the_same_words(place: str) -> None:
    before = charter(("2", "Nämnden ska", ("ett", "två")))
    still = before.body[0].children[0].items[1]
    with pytest.raises(Collision, match="på två ställen"):
        made(before, Insert(target=at(f"par2.st1.ss{place}"), continues=still.wid, wording=Provision(kind=Kind.STRECKSATS, text="två")))


def test_two_additions_may_not_have_one_place_under_two_names() -> None:
    before = in_chapters(("1",), ("2",))
    with pytest.raises(Collision, match="ett annat tillägg"):
        made(
            before, Insert(target=at("par2.st2"), wording=stycke_of("Ett.")), Insert(target=at("kap2.par2.st2"), wording=stycke_of("Två."))
        )


def test_a_list_does_not_mix_strecksatser_and_punkter() -> None:
    before = charter(("2", "Nämnden ska", ("ett", "två")))
    with pytest.raises(NoSuchProvision, match="annat slag"):
        made(before, Insert(target=at("par2.st1.p3"), wording=Provision(kind=Kind.PUNKT, text="tre")))


def test_a_lost_identity_is_told_as_such_even_where_the_address_is_gone_too() -> None:
    with pytest.raises(CannotApply, match="finns inte längre") as caught:
        made(TWO, Repeal(target=at("par9"), wid=Wid("borta")))
    assert caught.type is CannotApply


def test_a_paragraf_pushed_on_by_a_new_one_is_still_itself_when_a_charter_is_adopted_anew() -> None:
    before = charter(("1", "Ett.", ()), ("2", "Nämnden svarar för kommunens parker och skogar.", ()))
    new = Provision(kind=Kind.PARAGRAF, number="2", children=(stycke_of("Ärenden bereds av ordföranden."),))
    moved = Provision(kind=Kind.PARAGRAF, number="3", children=(stycke_of("Nämnden svarar för kommunens parker och sjöar."),))
    after = made(before, Adopt(title=before.title, committee=before.committee, body=(unnamed(before.body[0]), new, moved)))
    assert [p.wid for p in after.body] == [before.body[0].wid, after.body[1].wid, before.body[1].wid]
    assert after.body[1].wid not in by_wid(before)
