"""What a person asks for and the charter does not have, or has more than once: what is answered, in words."""

from __future__ import annotations

import pytest
import sample

from reglemente_tool.cli.show import citation
from reglemente_tool.errors import AmbiguousAddress, CannotApply, NoSuchProvision, NumberTaken
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, Provision, Wid, walk
from reglemente_tool.model.finding import find, locate
from reglemente_tool.model.placing import beside, list_holder, place

ONE = sample.sample()
TWICE = sample.read(sample.TEXT.replace("6 §\nNämnden består", "1 §\nNämnden består") + "\nBilaga 2 Taxa\n\nText i bilagan.\n")
BARE = sample.read("Reglemente för x\n\nBara en text utan paragrafer.\n")
LISTS = sample.read("Reglemente för x\n\n1 §\nNämnden ska\n– ett\n– två\n\nNämnden får\n– tre\n– fyra\n")


@pytest.mark.parametrize(
    ("charter", "asked", "error", "words", "hint"),
    [
        (ONE, "andra meningen", AmbiguousAddress, "Adressen säger inte vilken bestämmelse som avses.", ""),
        (ONE, "1 § tionde meningen", NoSuchProvision, "1 § tionde meningen finns inte.", "Där finns 2 meningar."),
        (ONE, "2 § andra meningen", AmbiguousAddress, "andra meningen kan betyda flera ställen", "Paragrafen har 2 stycken. Ange stycket."),
        (ONE, "9 kap. 1 §", NoSuchProvision, "har ingen bestämmelse 9 kap.", "Sista kapitlet är 3 kap."),
        (ONE, "1 § tredje strecksatsen", NoSuchProvision, "ingen bestämmelse 1 § tredje strecksatsen.", "Där finns inga strecksatser."),
        (ONE, "2 § femte strecksatsen", NoSuchProvision, "ingen bestämmelse 2 § femte strecksatsen.", "Där finns 4 strecksatser."),
        (ONE, "1 § tredje stycket", NoSuchProvision, "ingen bestämmelse 1 § tredje stycket.", "Där finns bara ett stycke."),
        (ONE, "bilaga 7", NoSuchProvision, "ingen bestämmelse bilaga 7.", "Där finns bara en bilaga."),
        (ONE, "99 §", NoSuchProvision, "ingen bestämmelse 99 §.", "Sista paragrafen är 13 §."),
        (ONE, "rubriken närmast före 2 §", NoSuchProvision, "Rubriken närmast före 2 § finns inte i", ""),
        (TWICE, "1 §", AmbiguousAddress, "1 § kan betyda 2 ställen", "Ange även kapitlet."),
        (TWICE, "bilagan", AmbiguousAddress, "Bilagan kan betyda 2 ställen", "Ange bilagans nummer."),
        (LISTS, "1 § första strecksatsen", AmbiguousAddress, "kan betyda 2 ställen", "Där finns 2 listor. Ange stycket."),
        (BARE, "1 §", NoSuchProvision, "har ingen bestämmelse 1 §.", "Där finns inga paragrafer."),
        (BARE, "2 kap.", NoSuchProvision, "har ingen bestämmelse 2 kap.", "Reglementet har inga kapitel."),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(
    charter: Charter, asked: str, error: type[CannotApply], words: str, hint: str
) -> None:
    with pytest.raises(error) as caught:
        find(charter, citation(asked))
    assert words in caught.value.message
    assert (".." in caught.value.message, caught.value.hint) == (False, hint)
    assert caught.value.message[0].isupper() or caught.value.message[0].isdigit()


def test_the_only_bilaga_needs_no_number_and_a_bullet_may_be_called_a_point() -> None:
    assert find(ONE, citation("bilagan")).number == "1"
    assert find(ONE, citation("2 § tredje punkten")).text == "följa utvecklingen på området"


ITEM = Provision(kind=Kind.STRECKSATS, text="ny")


@pytest.mark.parametrize(
    ("charter", "at", "new", "error", "words"),
    [
        (ONE, "par1.ss:sist", ITEM, NoSuchProvision, "1 § har ingen lista."),
        (ONE, "par4.st1.ss2", ITEM, NoSuchProvision, "4 § första stycket har ingen lista."),
        (ONE, "par3.st1.ss:sist", ITEM, NoSuchProvision, "listan där är av ett annat slag"),
        (LISTS, "par1.ss:sist", ITEM, AmbiguousAddress, "1 § har 2 listor."),
        (ONE, "par1.st4", Provision(kind=Kind.STYCKE, text="x"), NoSuchProvision, "där finns bara 1 före"),
        (ONE, "par2", Provision(kind=Kind.PARAGRAF, number="2"), NumberTaken, "2 § finns redan."),
    ],
)
def test_what_has_no_place_is_not_put_in(charter: Charter, at: str, new: Provision, error: type[CannotApply], words: str) -> None:
    with pytest.raises(error, match=words):
        place(charter, Address.from_code(at), new)


def test_the_first_paragraf_goes_last_and_into_the_chapter_that_is_named() -> None:
    new = Provision(kind=Kind.PARAGRAF, number="1", marker="1 §")
    assert [p.kind for p in place(BARE, Address.from_code("par1"), new).body] == [BARE.body[0].kind, Kind.PARAGRAF]
    empty = sample.changed(ONE, "kap3", children=())
    placed = place(empty, Address.from_code("kap3.par14"), Provision(kind=Kind.PARAGRAF, number="14", marker="14 §"))
    assert [p.number for p in locate(placed, Address.from_code("kap3")).children] == ["14"]
    first = place(ONE, Address.from_code("par0"), Provision(kind=Kind.PARAGRAF, number="0", marker="0 §"))
    assert [p.number for p in walk(first.body) if p.kind is Kind.PARAGRAF][:2] == ["0", "1"]


def test_the_list_of_an_item_is_found_from_its_paragraf() -> None:
    assert list_holder(ONE, Address.from_code("par2.ss1")) == sample.at(ONE, "par2.st1")
    assert list_holder(ONE, Address.from_code("par2.st1.ss1")) == sample.at(ONE, "par2.st1")
    with pytest.raises(NoSuchProvision, match="identiteten okand"):
        beside(ONE, Wid("okand"), ITEM, 1)
