"""Two wordings compared: words, one merged reading, and the list of differences."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from edited import pairs
from generated import START, charters, moments
from hypothesis import assume, given
from hypothesis import strategies as st

from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.compare import (
    ONLY_NEW,
    ONLY_OLD,
    DifferenceKind,
    Mark,
    Pair,
    Run,
    Runs,
    compare,
    label,
    merge,
    plain,
    words,
)
from reglemente_tool.consolidate import apply_together, empty
from reglemente_tool.errors import CannotApply
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, Wid, edit, walk
from reglemente_tool.model.history import Change
from reglemente_tool.model.identity import name_body


def shown(runs: Runs) -> str:
    signs = {Mark.SAME: "{}", Mark.ADDED: "{{+{}+}}", Mark.REMOVED: "[-{}-]"}
    return "".join(signs[run.mark].format(run.text) for run in runs)


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "Ny text.", "{+Ny text.+}"),
        ("Gammal text.", "", "[-Gammal text.-]"),
        ("Nämnden har nio ledamöter.", "Nämnden har elva ledamöter.", "Nämnden har [-nio-]{+elva+} ledamöter."),
        ("§ 12", "§ 11", "§ [-12-]{+11+}"),
        ("yttranden, samt", "yttranden,", "yttranden,[- samt-]"),
        ("kommunallagen (1991:900)", "kommunallagen (2017:725)", "kommunallagen ([-1991:900-]{+2017:725+})"),
        ("styrning i kommunen", "styrning och ledning i kommunen", "styrning {+och ledning +}i kommunen"),
        ("personalen vid kontoret.", "personalen vid kontoret, utom chefen.", "personalen vid kontoret{+, utom chefen+}."),
        # What belongs together is exchanged together, not word by word with a blank kept between.
        ("ses över vart tredje år", "ses över varje år", "ses över [-vart tredje-]{+varje+} år"),
        # A word that has only been bent, or joined, is another word.
        ("nämnden och nämndens ordförande", "nämnderna och nämndens ordförande", "[-nämnden-]{+nämnderna+} och nämndens ordförande"),
        ("individ- och familjeomsorg", "individ och familjeomsorg", "individ[---] och familjeomsorg"),
        # What is written anew is shown as such, though an "och" should be left of it.
        ("Samverkan och kvalitet", "Kvalitet och uppföljning", "[-Samverkan och kvalitet-]{+Kvalitet och uppföljning+}"),
    ],
)
def test_words(old: str, new: str, expected: str) -> None:
    assert shown(words(old, new)) == expected


PIECES = ["nämnden", "och", "samt", "2", "§", "–", "parker", "a\u030a", "o\u0308l", "a\u00adb", "\u4e00", "."]
_texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))


@given(_texts, _texts)
def test_words_give_back_both_texts(old: str, new: str) -> None:
    runs = words(old, new)
    assert plain(runs, old=True) == old
    assert plain(runs) == new
    assert all(run.text for run in runs)
    assert words(old, new) == runs


@given(_texts, _texts)
def test_no_word_is_cut(old: str, new: str) -> None:
    """Where one run ends and the next begins, neither text has a letter on both sides."""
    for side in (True, False):
        gone = ONLY_NEW if side else ONLY_OLD
        seen = [run for run in words(old, new) if run.mark not in gone]
        for before, after in pairwise(seen):
            assert not (re.search(r"\w$", before.text) and re.match(r"[\w\u0300-\u036f\u00ad]", after.text)), seen


@given(st.text(max_size=80))
def test_equal_texts_are_one_run(text: str) -> None:
    assert words(text, text) == ((Run(text),) if text else ())


def test_removed_stands_before_added() -> None:
    marks = [run.mark for run in words("ett två tre fyra", "ett fem tre sex")]
    assert marks == [Mark.SAME, Mark.REMOVED, Mark.ADDED, Mark.SAME, Mark.REMOVED, Mark.ADDED]


def test_long_texts_take_no_time_worth_mentioning() -> None:
    dice = random.Random(4)
    pool = [f"ord{i}" for i in range(3000)]
    sentences = [" ".join(dice.choices(pool, k=12)).capitalize() + "." for _ in range(900)]
    old, new = " ".join(sentences), " ".join([*sentences[400:], "En ny mening."])
    runs = words(old, new)
    assert (plain(runs, old=True), plain(runs)) == (old, new)
    assert sum(len(run.text) for run in runs if run.mark is Mark.SAME) > len(old) / 2


def test_the_answer_does_not_hang_on_hash_seeds() -> None:
    script = (
        "from reglemente_tool.compare import words;"
        "print(words('Nämnden svarar för gator, parker och torg samt tillsyn.', 'Nämnden svarar för torg, gator och tillsyn av parker.'))"
    )
    seeds = ({"PYTHONHASHSEED": seed, "PYTHONPATH": "."} for seed in ("1", "77"))
    answers = {subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=env).stdout for env in seeds}
    assert len(answers) == 1


# --- one reading --------------------------------------------------------------------------------------------------


def read_charter(charter: Charter) -> list[str]:
    return [text for p in walk_closing(charter.body) for text in p if text]


def walk_closing(provisions: tuple[Provision, ...]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for p in provisions:
        lines += [(p.heading, label(p), p.text), *walk_closing(p.children), (p.closing,)]
    return lines


def read_pairs(read: tuple[Pair, ...], *, old: bool) -> list[str]:
    lines: list[str] = []
    for pair in read:
        parts = [pair.heading, pair.label, pair.text]
        lines += [plain(part, old=old) for part in parts] + read_pairs(pair.children, old=old) + [plain(pair.closing, old=old)]
    return [line for line in lines if line]


@given(pairs())
def test_a_merged_reading_holds_both_wordings_in_their_order(both: tuple[Charter, Charter]) -> None:
    old, new = both
    read = merge(old, new)
    assert read_pairs(read, old=True) == read_charter(old)
    assert read_pairs(read, old=False) == read_charter(new)


@given(pairs())
def test_no_difference_is_passed_over(both: tuple[Charter, Charter]) -> None:
    """The reverse does not hold: two stycken with the same words that change places are a move, and read the same."""
    old, new = both
    assert compare(old, old) == compare(new, new) == ()
    assert compare(old, new) or read_charter(old) == read_charter(new)


@given(pairs())
def test_every_difference_can_be_told(both: tuple[Charter, Charter]) -> None:
    for difference in compare(*both):
        told = difference.describe()
        assert told[0].isupper() or not told[0].isalpha()
        assert told.endswith(".")
        assert "None" not in told


@given(moments())
def test_what_a_decision_does_is_what_differs(moment: tuple[Charter, Change]) -> None:
    before, change = moment
    try:
        after = apply_together(before, change, DecisionId("kf-2018-06-18-99"))
    except CannotApply:
        assume(False)
    read = merge(before, after)
    assert read_pairs(read, old=True) == read_charter(before)
    assert read_pairs(read, old=False) == read_charter(after)


@given(charters(), st.data())
def test_one_moved_provision_is_one_difference(charter: Charter, data: st.DataObject) -> None:
    homes = [p for p in walk(charter.body) if len(p.children) > 2]
    assume(homes)
    home = data.draw(st.sampled_from(homes))
    goes, at = data.draw(st.sampled_from(home.children)), data.draw(st.integers(0, len(home.children) - 1))
    rest = [p for p in home.children if p is not goes]
    moved = (*rest[:at], goes, *rest[at:])
    assume(moved != home.children)
    found = compare(charter, edit(charter, home.wid, lambda p: replace(p, children=moved)))
    assert [d.kind for d in found] == [DifferenceKind.MOVED]


# --- what the differences are -------------------------------------------------------------------------------------


def item(text: str, wid: str = "") -> Provision:
    return Provision(Kind.STRECKSATS, Wid(wid), marker="–", text=text)


def stycke(text: str, *items: Provision, closing: str = "", wid: str = "") -> Provision:
    return Provision(Kind.STYCKE, Wid(wid), text=text, children=items, closing=closing)


def par(number: str, *stycken: Provision, heading: str = "", wid: str = "", layout: str = "") -> Provision:
    return Provision(Kind.PARAGRAF, Wid(wid), number, f"{number} §", heading, children=stycken, layout=layout)


def kap(number: str, heading: str, *inside: Provision, wid: str = "") -> Provision:
    return Provision(Kind.KAPITEL, Wid(wid), number, f"{number} kap.", heading, children=inside)


def charter(*body: Provision, title: str = "Reglemente för parknämnden") -> Charter:
    return name_body(Charter(CharterId("parknamnden"), title, CommitteeId("parknamnden"), body), DecisionId("kf-2015-01-26-1"))


A, B, C, D = (stycke(f"Om {what}.", wid=f"s-{what}") for what in ("parker", "torg", "gator", "broar"))
ONE, TWO, THREE, FOUR = (par(str(n), s, wid=f"p{n}") for n, s in enumerate((A, B, C, D), start=1))


def numbered(provision: Provision, number: str) -> Provision:
    return replace(provision, number=number, marker=f"{number} §")


def told(old: Charter, new: Charter) -> list[tuple[str, str]]:
    return [(d.kind.name, d.describe()) for d in compare(old, new)]


def test_a_repealed_paragraf_and_those_that_take_its_number() -> None:
    new = charter(ONE, numbered(THREE, "2"), numbered(FOUR, "3"))
    assert told(charter(ONE, TWO, THREE, FOUR), new) == [
        ("REMOVED", "2 § upphör att gälla."),
        ("RENUMBERED", "3 § betecknas 2 §."),
        ("RENUMBERED", "4 § betecknas 3 §."),
    ]


def test_two_paragrafer_that_change_places() -> None:
    assert told(charter(ONE, TWO, THREE), charter(ONE, numbered(THREE, "2"), numbered(TWO, "3"))) == [
        ("RENUMBERED", "3 § betecknas 2 §."),
        ("MOVED", "2 § flyttas och betecknas 3 §."),
    ]


def test_a_new_paragraf_and_a_new_stycke() -> None:
    new = charter(ONE, par("1 a", stycke("Om källor.")), replace(TWO, children=(B, stycke("Om bänkar."))))
    assert told(charter(ONE, TWO), new) == [
        ("ADDED", "En ny paragraf, 1 a §, införs."),
        ("ADDED", "I 2 § införs ett nytt stycke, andra stycket: ”Om bänkar.”."),
    ]


LIST = stycke("Nämnden ska", item("sköta parker,", "i1"), item("städa torg, samt", "i2"), item("ploga gator.", "i3"), wid="lista")


def in_list(*items: Provision) -> Charter:
    return charter(par("1", replace(LIST, children=items), wid="p1"))


def test_a_repair_of_the_list_is_told_as_one() -> None:
    new = in_list(LIST.children[0], replace(LIST.children[1], text="städa torg."))
    assert told(in_list(*LIST.children), new) == [
        ("LIST_MARK", "I 1 § första stycket andra strecksatsen ändras bara listans skiljetecken: från ”, samt” till ”.”."),
        ("REMOVED", "1 § första stycket tredje strecksatsen, ”ploga gator.”, utgår."),
    ]


def test_more_than_the_list_mark_is_another_wording() -> None:
    new = in_list(LIST.children[0], replace(LIST.children[1], text="städa torg och broar, samt"), LIST.children[2])
    assert told(in_list(*LIST.children), new) == [("REWORDED", "I 1 § första stycket andra strecksatsen läggs ”och broar” till.")]


def test_a_moved_item_with_repaired_marks() -> None:
    one, two, three = LIST.children
    new = in_list(replace(three, text="ploga gator,"), replace(one, text="sköta parker, samt"), replace(two, text="städa torg."))
    assert [kind for kind, _ in told(in_list(one, two, three), new)] == ["MOVED", "LIST_MARK", "LIST_MARK", "LIST_MARK"]
    assert told(in_list(one, two, three), new)[0][1] == (
        "1 § första stycket tredje strecksatsen, ”ploga gator,”, flyttas till första strecksatsen."
    )


def test_moved_to_another_parent_is_one_move() -> None:
    assert told(charter(replace(ONE, children=(A, B)), THREE), charter(ONE, replace(THREE, children=(B, C)))) == [
        ("MOVED", "1 § andra stycket, ”Om torg.”, flyttas till 3 § första stycket.")
    ]


def test_moved_to_the_paragraf_that_took_the_number() -> None:
    old = charter(ONE, replace(TWO, children=(B, D)), THREE)
    new = charter(ONE, numbered(replace(THREE, children=(C, D)), "2"))
    assert ("MOVED", "2 § andra stycket, ”Om broar.”, flyttas till nya 2 § andra stycket.") in told(old, new)


def test_moved_from_one_chapter_to_another() -> None:
    old = charter(kap("1", "Ett", ONE, TWO, wid="k1"), kap("2", "Två", THREE, wid="k2"))
    new = charter(kap("1", "Ett", ONE, wid="k1"), kap("2", "Två", TWO, THREE, wid="k2"))
    assert told(old, new) == [("MOVED", "2 § får en annan plats i ordningen.")]


def test_to_divide_a_charter_into_chapters_moves_nothing() -> None:
    flat, divided = charter(ONE, TWO, THREE, FOUR), charter(kap("1", "Ett", ONE, TWO, wid="k1"), kap("2", "Två", THREE, FOUR, wid="k2"))
    assert told(flat, divided) == [
        ("ADDED", "En kapitelrubrik, ”Ett”, införs över paragrafer som finns."),
        ("ADDED", "En kapitelrubrik, ”Två”, införs över paragrafer som finns."),
    ]
    assert told(divided, flat) == [
        ("REMOVED", "Kapitelrubriken ”Ett” utgår, men inte paragraferna under den."),
        ("REMOVED", "Kapitelrubriken ”Två” utgår, men inte paragraferna under den."),
    ]


def test_to_split_a_chapter_moves_nothing() -> None:
    old = charter(kap("1", "Ett", ONE, TWO, THREE, wid="k1"), kap("2", "Två", FOUR, wid="k2"))
    new = charter(kap("1", "Ett", ONE, wid="k1"), kap("1 a", "Nytt", TWO, THREE, wid="kn"), kap("2", "Två", FOUR, wid="k2"))
    assert [kind for kind, _ in told(old, new)] == ["ADDED"]


def test_headings() -> None:
    old = charter(replace(ONE, heading="Parker"), replace(TWO, heading="Torg"), THREE)
    new = charter(replace(ONE, heading="Parker och grönområden"), TWO, replace(THREE, heading="Gator"))
    assert told(old, new) == [
        ("HEADING", "Rubriken närmast före 1 § ändras från ”Parker” till ”Parker och grönområden”."),
        ("HEADING", "Rubriken närmast före 2 §, ”Torg”, utgår."),
        ("HEADING", "Närmast före 3 § införs rubriken ”Gator”."),
    ]


def test_a_heading_that_stays_over_the_next_paragraf() -> None:
    old = charter(replace(ONE, heading="Uppgifter"), TWO)
    assert told(old, charter(replace(TWO, heading="Uppgifter"))) == [
        ("REMOVED", "1 § upphör att gälla."),
        ("HEADING_PASSED_ON", "Rubriken ”Uppgifter” står kvar, nu närmast före 2 §."),
    ]
    first, second = merge(old, charter(replace(TWO, heading="Uppgifter")))
    assert (first.heading, second.heading) == ((Run("Uppgifter"),), ())


def test_a_heading_on_the_number_line_goes_with_its_paragraf() -> None:
    old = charter(replace(ONE, heading="Uppgifter", layout="rubrikrad"), replace(TWO, layout="rubrikrad"))
    new = charter(replace(TWO, heading="Uppgifter", layout="rubrikrad"))
    assert [kind for kind, _ in told(old, new)] == ["REMOVED", "HEADING"]


def test_closing_words_and_the_form_of_a_number() -> None:
    old = charter(par("1", stycke("Nämnden ska", item("a"), closing="i den mån det behövs.", wid="x"), wid="p1"))
    new = edit(edit(old, Wid("x"), lambda p: replace(p, closing="när det behövs.")), Wid("p1"), lambda p: replace(p, marker="§ 1"))
    assert told(old, new) == [
        ("RESTYLED", "1 § skrivs med beteckningen ”§ 1” i stället för ”1 §”."),
        ("CLOSING", "I 1 § första stycket efter listan ersätts ”i den mån” av ”när”."),
    ]


def test_a_title_and_a_whole_charter() -> None:
    old = charter(ONE)
    assert told(old, replace(old, title="Reglemente för gatunämnden")) == [
        ("TITLE", "Reglementets namn ändras från ”Reglemente för parknämnden” till ”Reglemente för gatunämnden”.")
    ]
    assert told(empty(old.id), old) == [("ADDED", "Reglementet är nytt.")]
    assert told(old, replace(old, body=(), repealed=True)) == [("REMOVED", "Reglementet upphör att gälla i sin helhet.")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Möte hålls en gång i månaden.", "Möte hålls två gånger i månaden.", "I 1 § första stycket ersätts ”en gång” av ”två gånger”."),
        ("Möte hålls.", "Möte hålls varje månad.", "I 1 § första stycket läggs ”varje månad” till."),
        ("Möte hålls ej.", "Möte hålls.", "I 1 § första stycket stryks ”ej”."),
        (
            "Ordföranden kallar ledamöterna till möte minst fem dagar i förväg.",
            "Ordföranden kallar ersättarna till möte, senast kl. 12, minst sex dagar i förväg.",
            "I 1 § första stycket ersätts ”ledamöterna” av ”ersättarna”, läggs ”, senast kl. 12,” till och ersätts ”fem” av ”sex”.",
        ),
        (
            "Ordföranden kallar ledamöterna till möte minst fem dagar i förväg.",
            "Ordföranden kallar ersättarna till möte minst sex dagar i förväg.",
            "I 1 § första stycket ersätts ”ledamöterna” av ”ersättarna” och ”fem” av ”sex”.",
        ),
        ("Helt annat.", "Något nytt stod här.", "1 § första stycket får ny lydelse."),
        ("ett  två", "ett två", "I 1 § första stycket ändras bara mellanrum."),
    ],
)
def test_a_reworded_text_is_told_by_its_words(old: str, new: str, expected: str) -> None:
    before = charter(par("1", stycke(old, wid="s"), wid="p"))
    assert [d.describe() for d in compare(before, edit(before, Wid("s"), lambda p: replace(p, text=new)))] == [expected]


def test_what_went_to_another_charter_is_told_so() -> None:
    gone = compare(charter(ONE, TWO), charter(ONE))[0]
    assert gone.describe("flyttad till reglemente för gatunämnden, 4 §") == "2 §: flyttad till reglemente för gatunämnden, 4 §."


def test_identity_decides_and_not_likeness() -> None:
    other = replace(TWO, wid=Wid("annan"), children=(replace(B, wid=Wid("annan-s")),))
    assert [d.kind for d in compare(charter(ONE, TWO), charter(ONE, other))] == [DifferenceKind.REMOVED, DifferenceKind.ADDED]


def test_without_identity_nothing_is_the_same() -> None:
    bare = replace(charter(ONE), body=(par("1", stycke("Om parker.")),))
    assert [d.kind for d in compare(bare, replace(bare, body=(par("1", stycke("Om parkerna.")),)))] == [
        DifferenceKind.REMOVED,
        DifferenceKind.ADDED,
    ]


def test_a_table_row_is_compared_cell_by_cell() -> None:
    def table(*rows: str) -> Charter:
        made = tuple(Provision(Kind.RAD, Wid(f"r{i}"), text=row) for i, row in enumerate(rows))
        return charter(Provision(Kind.BILAGA, Wid("b"), "1", "Bilaga 1", children=(Provision(Kind.TABELL, Wid("t"), children=made),)))

    found = compare(table("Råd | Antal", "Pensionärsrådet | ett"), table("Råd | Antal", "Äldrerådet | två"))
    assert [shown(d.runs) for d in found] == ["[-Pensionärsrådet-]{+Äldrerådet+} | [-ett-]{+två+}"]
    wider = compare(table("Råd | Antal"), table("Råd | Antal | Ordförande"))
    assert [shown(d.runs) for d in wider] == ["[-Råd | Antal-]{+Råd | Antal | Ordförande+}"]


def test_renumbering_by_decision_is_told_as_it_was_decided() -> None:
    before = charter(ONE, TWO, THREE)
    amendment = Renumber(target=compare(before, charter(ONE, TWO))[0].old_address, number="3 a")  # type: ignore[arg-type]
    after = apply_together(before, Change(charter=before.id, in_force_from=START, amendments=(amendment,)), DecisionId("kf-2018-06-18-99"))
    assert [d.describe() for d in compare(before, after)] == [f"{amendment.describe().replace('ska betecknas', 'betecknas')}."]
