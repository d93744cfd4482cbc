"""The engine against the oracle: the same histories, every day as known on every day, texts, identities, sources and refusals.

`python bench/oracle.py 10000` is the long run. What it has found stands as tests of its own in test_moment and test_history.
"""

from __future__ import annotations

from collections import Counter

import pytest
from oracle.bridge import Disagreement, Pair, one_history
from oracle.shrink import difference, shown, smallest
from oracle.text import Deed, Node, Refused
from oracle.times import Act, Part
from oracle.wider import Wider


@pytest.mark.parametrize("tens", range(20))
def test_the_engine_and_the_oracle_agree(tens: int) -> None:
    told: Counter[str] = Counter()
    for seed in range(tens * 10, tens * 10 + 10):
        told.update(one_history(seed)[1])
    assert told["texts"] > 50, "the histories drawn must say something"


@pytest.mark.parametrize("tens", range(5))
def test_they_agree_where_a_decision_says_several_things_of_one_place(tens: int) -> None:
    for seed in range(tens * 10, tens * 10 + 10):
        one_history(seed, draw=Wider)


@pytest.mark.parametrize("seed", [278, 331, 423, 521, 920, 1094, 1483, 1663, 2115, 2228, 2351, 2698, 7797, 8085, 8387, 9035])
def test_they_agree_on_what_the_long_run_once_found(seed: int) -> None:
    assert one_history(seed)[1]


@pytest.mark.parametrize("seed", [548, 708, 2864, 3260])
def test_they_agree_on_what_the_wider_run_once_found(seed: int) -> None:
    assert one_history(seed, draw=Wider)[1]


def test_the_smallest_history_has_nothing_left_that_could_go() -> None:
    def inserts(acts: tuple[Act, ...]) -> str:
        return "inserts" if any(d.do == "insert" for a in acts for p in a.parts for d in p.deeds) else ""

    whole = tuple(one_history(3)[0].oracle.acts)
    assert inserts(whole)
    (act,) = smallest(whole, inserts)
    ((deed,),) = [part.deeds for part in act.parts]
    assert deed.do == "insert"
    assert deed.wording is not None
    assert deed.wording.heading == deed.wording.closing == ""
    assert "insert" in shown((act,))
    assert difference(whole) is None


def item(text: str) -> Node:
    return Node("ss", text=text)


def small() -> Pair:
    """A charter with one list, told to both."""
    stycke = Node("st", text="Nämnden svarar för", children=[item("gator,"), item("parker, och"), item("skog.")])
    body = (Node("par", "1", children=[stycke]),)
    pair = Pair()
    pair.add(Act("decision", "1-1-0", 1, 1, (Part("ett", 1, None, (Deed("adopt", "1-1-0#0.0", title="Reglemente", body=body),)),)))
    return pair


def test_the_oracle_mends_a_list_and_knows_who_is_who() -> None:
    pair = small()
    gone = Deed("repeal", "2-1-1#0.0", (("par", "1"), ("ss", "sist")), expects="skog")
    pair.add(Act("decision", "2-1-1", 2, 1, (Part("ett", 3, None, (gone,)),)))
    assert [n.text for n in pair.oracle.text("ett", 3, 9).all() if n.kind == "ss"] == ["gator, och", "parker."]
    assert [n.text for n in pair.oracle.text("ett", 3, 1).all() if n.kind == "ss"] == ["gator,", "parker, och", "skog."]
    assert pair.compare("ett", 9) == set()


def test_the_oracle_refuses_what_does_not_fit_and_says_why() -> None:
    pair = small()
    lost = Deed("repeal", "2-1-1#0.0", (("par", "1"), ("ss", "4")))
    pair.add(Act("decision", "2-1-1", 2, 1, (Part("ett", 3, None, (lost,)),)))
    with pytest.raises(Refused):
        pair.oracle.text("ett", 3, 9)
    assert pair.compare("ett", 9) == {"SAKNAS"}


def test_a_difference_is_seen() -> None:
    pair = small()
    pair.compare("ett", 9)
    pair.oracle.text("ett", 1, 9).body[0].children[0].children[0].text = "annat,"
    with pytest.raises(Disagreement, match=r"annat,"):
        pair.compare("ett", 9)
    other = small()
    other.compare("ett", 9)
    other.oracle.text("ett", 1, 9).body[0].tag = "någon annan"
    with pytest.raises(Disagreement, match=r"identity|was"):
        other.compare("ett", 9)
