"""Who answers for what, as cases: a few charters, questions as people write them, and what is answered.

A case has one section for each charter, named by its committee, then `--- frågor` (one a line; a line may begin with a day)
and `--- svar`. Every charter was adopted on 2019-12-01 and holds from 2020-01-01.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import cases, expect, sections
from generated import charters
from hypothesis import given, settings
from hypothesis import strategies as st
from snowballstemmer import stemmer

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.substitute import Substitute
from reglemente_tool.cli.answering.many import Index, compare_registers
from reglemente_tool.cli.catalogue import packaged
from reglemente_tool.consolidate import version_at
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.history import Change, Committee, Condition, Decision, History, Municipality
from reglemente_tool.model.names import slug
from reglemente_tool.ownership import Answer, Ground, Search, committee_name, holder_name
from reglemente_tool.ownership.compounds import Lexicon
from reglemente_tool.ownership.duties import Role, duties
from reglemente_tool.ownership.finding import Fit
from reglemente_tool.ownership.index import packed, placed, unpacked
from reglemente_tool.ownership.language import looks_english, roots, tokens
from reglemente_tool.ownership.profile import Profiler
from reglemente_tool.ownership.spelling import distance, meant
from reglemente_tool.ownership.statutes import StatuteBook
from reglemente_tool.ownership.stems import stem
from reglemente_tool.ownership.tagging import Tagger
from reglemente_tool.reading.wording import read_charter
from reglemente_tool.storage.library import Register

START = date(2020, 1, 1)
SNOWBALL = stemmer("swedish")


def adopted(charter: Charter, section: int = 1) -> Decision:
    """The decision that adopts `charter` as it is."""
    made = Adopt(title=charter.title, committee=charter.committee, body=charter.body)
    change = Change(charter=charter.id, in_force_from=START, amendments=(made,))
    return Decision(id=DecisionId(f"kf-2019-12-01-{section}"), decided_on=date(2019, 12, 1), section=str(section), changes=(change,))


def search_of(texts: dict[str, str]) -> Search:
    """A register of the charters in `texts`, by committee, ready for questions."""
    decisions, committees = [], []
    for number, (name, text) in enumerate(texts.items(), 1):
        id = slug(name)
        read = read_charter(f"Reglemente för {name}\n\n{text.strip()}\n")
        decisions.append(adopted(Charter(CharterId(id), f"Reglemente för {name}", CommitteeId(id), read.body), number))
        committees.append(Committee(id=CommitteeId(id), name=name))
    return Search(History(tuple(decisions)), Municipality(name="Provköping", code="9998", committees=tuple(committees)), packaged())


def shown(answer: Answer, search: Search) -> str:
    """An answer in a few lines."""
    lines = [f"  ! {text}" for text in (*answer.remarks, answer.refusal) if text]
    for mark, holdings in (
        ("=", answer.owners),
        ("~", answer.also),
        ("-", answer.exceptions),
        ("?", (answer.rest,) if answer.rest else ()),
    ):
        for h in holdings:
            name = "varje nämnd" if h.each else holder_name(search.history, search.municipality, h, answer.in_force)
            where = "" if h.charter == h.committee else f" (i {h.title})"
            lines += [f"  {mark} {name}, {cite(h.address)}{where}: {h.words}", f"      {h.reason} {h.certainty.value.capitalize()}."]
    return "\n".join(lines) or "  ingen"


@pytest.mark.parametrize("case", cases("ownership"), ids=lambda path: path.stem)
def test_who_answers(case: Path, request: pytest.FixtureRequest) -> None:
    parts = sections(case)
    search = search_of({name: text for name, text in parts.items() if name not in ("", "frågor", "svar")})
    told = []
    for question in parts["frågor"].strip().split("\n"):
        told.append(f"{question}\n{shown(search.who(question, in_force=date(2021, 1, 1)), search)}")
    expect(request, case, "svar", "\n".join(told))


def test_there_are_cases() -> None:
    assert len(cases("ownership")) >= 9


# --- laws -------------------------------------------------------------------------------------------------------------


@given(charters())
def test_every_duty_is_said_by_the_provision_it_stands_in(charter: Charter) -> None:
    places = dict(walk_addressed(charter))
    for duty in duties(charter, {"exempelnämnden": charter.committee}):
        provision: Provision = places[duty.address]
        assert provision.wid == duty.wid
        assert set(tokens(duty.text)) <= set(tokens(duty.text)) | set(tokens(provision.text))
        assert all(t.word in {w.word for w in tokens(provision.text)} for t in tokens(duty.text))


@given(charters(), st.sampled_from(["gator", "skolskjuts", "bibliotek", "budget", "tillsyn", "protokoll", "rymdfart"]))
@settings(max_examples=40)
def test_an_owner_is_never_a_working_form_nor_a_weak_match(charter: Charter, question: str) -> None:
    search = Search(History((adopted(charter),)), catalogue=packaged())
    answer = search.who(question, in_force=START)
    forms = {d.address for d in duties(charter, {}) if d.role is Role.ARBETSFORM}
    others = {d.address for d in duties(charter, {}) if d.role is not Role.ARBETSFORM}
    for holding in answer.owners:
        assert holding.address in others
        assert holding.ground < Ground.MEDVERKAR
        assert holding.reason
        assert holding.tenures
    assert not (answer.owners and answer.refusal)
    assert forms.isdisjoint({h.address for h in answer.owners} - others)


TAGGER = Tagger(packaged())
PROFILER = Profiler(TAGGER, StatuteBook(packaged()), Lexicon(TAGGER.words))


@given(charters())
@settings(max_examples=30)
def test_a_profile_is_kept_and_read_back_as_it_was(charter: Charter) -> None:
    for duty in duties(charter, {}):
        profile = PROFILER.profile(duty)
        again = placed(Fit(unpacked(packed(profile)), Ground.NAMNS, 1.0), duty.address.code, duty.wid)
        assert again.profile == profile


@given(st.text(alphabet="abcdefgåäö", max_size=8), st.text(alphabet="abcdefgåäö", max_size=8))
def test_slips_are_counted_alike_both_ways(one: str, other: str) -> None:
    far = distance(one, other, 8)
    assert far == distance(other, one, 8)
    assert (far == 0) == (one == other)
    assert distance(one, other, 2) == min(far, 3)


@given(st.text(max_size=80))
def test_any_question_gets_an_answer_or_a_reason(question: str) -> None:
    answer = NORRBODA.who(question, in_force=START)
    assert answer.owners or answer.also or answer.exceptions or answer.rest or answer.refusal


NORRBODA = search_of({"kommunstyrelsen": "1 §\nKommunstyrelsen ansvarar för\n– näringsliv,\n– turism, samt\n– arkiv.\n"})


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gata", "gator"),
        ("förskola", "förskolan"),
        ("tillstånd", "tillståndet"),
        ("detaljplan", "detaljplaner"),
        ("nyanlända", "nyanländas"),
    ],
)
def test_inflections_share_a_root(one: str, other: str) -> None:
    assert roots(one) & roots(other)


ENDINGS = (
    "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as arnas ernas ornas es ades andes ens "
    "arens hetens erns at et ets andet het ast lig ig els fullt löst öst dd gd nn dt gt kt tt"
)


@given(st.text(alphabet="abcdefghijklmnoprstuvxyåäöé1", max_size=9), st.sampled_from(["", *ENDINGS.split()]))
@settings(max_examples=400)
def test_a_made_up_word_has_the_stem_that_snowball_gives_it(beginning: str, ending: str) -> None:
    assert stem(beginning + ending) == SNOWBALL.stemWord(beginning + ending)


def test_the_words_of_the_catalogue_have_the_stems_that_snowball_gives_them() -> None:
    words = {w for word in Tagger(packaged()).words for w in (word, *(word[:size] for size in range(3, len(word))))}
    assert len(words) > 3000
    assert {w: stem(w) for w in words} == {w: SNOWBALL.stemWord(w) for w in words}


@pytest.mark.parametrize("word", ["ansvar", "tillstånd", "bibliotek", "utbildning", "kommun", "protokoll"])
def test_simple_words_stay_whole(word: str) -> None:
    assert Lexicon(Tagger(packaged()).words).split(word) == ()


@pytest.mark.parametrize(
    ("word", "parts"),
    [("bygglovshandläggare", 2), ("gatubelysning", 2), ("skolbarnsomsorg", 3), ("kvinnofridsfrågor", 2), ("hemtjänstavgift", 2)],
)
def test_compounds_come_apart(word: str, parts: int) -> None:
    assert len(Lexicon(Tagger(packaged()).words).split(word)) == parts


def test_only_one_near_word_is_taken_for_what_was_meant() -> None:
    known = {"bygglov", "marklov", "serveringstillstånd", "förskola", "förskolan"}
    assert meant("serveringstilstånd", known) == "serveringstillstånd"
    assert meant("förskolla", known) == "förskola"
    assert meant("lov", known) == ""
    assert meant("rymdfart", known) == ""


def test_english_is_told_from_swedish() -> None:
    assert looks_english("Who is responsible for building permits?")
    assert not looks_english("vem har hand om information i kommunen")
    assert not looks_english("is i hamnen")


# --- statutes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "chapter", "section"),
    [
        ("alkohollagen", "2010:1622", "", ""),
        ("2010:1622", "2010:1622", "", ""),
        ("6 kap. 1 § kommunallagen", "2017:725", "6", "1"),
        ("kommunallagen 6 kap. 1 §", "2017:725", "6", "1"),
        ("PBL", "2010:900", "", ""),
        ("lss", "1993:387", "", ""),
        ("plan och bygglagen", "2010:900", "", ""),
        ("15 kap. miljöbalken", "1998:808", "15", ""),
        ("SoL 4:1", "2025:400", "4", "1"),
    ],
)
def test_a_statute_is_read_in_every_spelling(text: str, number: str, chapter: str, section: str) -> None:
    (mention,) = StatuteBook(packaged()).asked(text)
    assert (mention.ref.number, mention.ref.chapter, mention.ref.section) == (number, chapter, section)


def test_what_replaced_a_statute_is_the_same_statute_and_what_split_it_is_both() -> None:
    book = StatuteBook(packaged())
    assert book.same("1980:620", "2025:400")
    assert book.same("1993:963", "1997:736")
    assert book.same("1993:963", "1997:735")
    assert not book.same("1997:735", "1997:736")


# --- in time ----------------------------------------------------------------------------------------------------------


def told(events: tuple[Decision, ...], question: str, day: str, known: str = "") -> Answer:
    """What is answered in the register of `events`."""
    towns = tuple(
        Committee(id=CommitteeId(id), name=name)
        for id, name in (("sn", "socialnämnden"), ("ks", "kommunstyrelsen"), ("an", "arbetsnämnden"))
    )
    search = Search(History(events), Municipality(name="Provköping", code="9998", committees=towns), packaged())
    return search.who(question, in_force=date.fromisoformat(day), known=date.fromisoformat(known) if known else None)


def charter(id: str, *items: str) -> Charter:
    """A charter with one list."""
    listed = tuple(Provision(kind=Kind.STRECKSATS, marker="–", text=text) for text in items)
    stycke = Provision(kind=Kind.STYCKE, text="Nämnden ansvarar för", children=listed)
    return Charter(
        CharterId(id),
        f"Reglemente för {id}",
        CommitteeId(id),
        (Provision(kind=Kind.PARAGRAF, number="1", marker="1 §", children=(stycke,)),),
    )


def decided(on: str, section: str, from_: date | Condition, *changes: tuple[str, tuple[Amendment, ...]]) -> Decision:
    """A decision on some charters, from one day."""
    made = tuple(Change(charter=CharterId(id), in_force_from=from_, amendments=amendments) for id, amendments in changes)
    return Decision(id=DecisionId(f"kf-{on}-{section}"), decided_on=date.fromisoformat(on), section=section, changes=made)


SN, KS, AN = (
    charter("sn", "äldreomsorg", "integrationsfrågor"),
    charter("ks", "näringsliv", "turism"),
    charter("an", "integration", "sommarjobb"),
)
BASE = (adopted(SN, 1), adopted(KS, 2))
OUT = Repeal(target=Address.from_code("par1.st1.ss2"), expects="integrationsfrågor")


def moved_on(from_: date | Condition) -> Decision:
    """The task goes from the social committee to the board."""
    wid = next(p.wid for a, p in walk_addressed(version_at(History(BASE), SN.id, in_force=START)) if a.code == "par1.st1.ss2")
    new = Provision(kind=Kind.STRECKSATS, marker="–", text="integration och etablering")
    into = Insert(target=Address.from_code("par1.st1.ss:sist"), wording=new, continues=wid)
    return decided("2021-05-10", "105", from_, ("sn", (OUT,)), ("ks", (into,)))


def line(answer: Answer) -> list[tuple[str, str, str, bool]]:
    """The line of the first owner: committee, first and last day, whether it is inferred."""
    return [(t.committee, t.start.isoformat(), t.until.isoformat() if t.until else "", t.inferred) for t in answer.owners[0].tenures]


def test_a_moved_task_has_a_whole_line_and_what_is_decided_is_said_beside_the_answer() -> None:
    events = (*BASE, moved_on(date(2021, 7, 1)))
    before, after = told(events, "integration", "2021-06-30"), told(events, "integrationsfrågor", "2021-07-01")
    assert [h.committee for h in before.owners] == ["sn"]
    assert [(t.committee, t.start) for t in before.owners[0].later] == [("ks", date(2021, 7, 1))]
    assert line(after) == [("sn", "2020-01-01", "2021-06-30", False), ("ks", "2021-07-01", "", False)]
    assert after.owners[0].present.by == "kf-2021-05-10-105"
    assert not told(events, "integration", "2021-06-30", known="2021-05-09").owners[0].later


def test_a_rewording_does_not_end_a_tenure_but_is_kept_in_it() -> None:
    new = Provision(kind=Kind.STRECKSATS, text="integration av nyanlända")
    reworded = decided(
        "2022-02-01", "7", date(2022, 3, 1), ("sn", (Substitute(target=OUT.target, wording=new, expects="integrationsfrågor"),))
    )
    found = told((*BASE, reworded), "integration", "2022-04-01")
    assert line(found) == [("sn", "2020-01-01", "", False)]
    assert [w.text for w in found.owners[0].present.wordings] == ["integrationsfrågor", "integration av nyanlända"]
    assert found.owners[0].present.wordings[-1].by == "kf-2022-02-01-7"


def test_a_merger_without_said_identity_is_followed_by_the_question_and_marked_so() -> None:
    merger = decided(
        "2021-05-10", "9", date(2021, 7, 1), ("sn", (Dissolve(),)), ("an", (Adopt(title=AN.title, committee=AN.committee, body=AN.body),))
    )
    found = told((*BASE, merger), "integration", "2022-01-01")
    assert line(found) == [("sn", "2020-01-01", "2021-06-30", True), ("an", "2021-07-01", "", False)]
    assert [t.committee for t in told((*BASE, merger), "integration", "2021-01-01").owners[0].later] == ["an"]


def test_a_decision_that_waits_for_its_condition_is_said_and_not_applied() -> None:
    events = (*BASE, moved_on(Condition("när beslutet har vunnit laga kraft")))
    found = told(events, "integration", "2022-01-01")
    assert [h.committee for h in found.owners] == ["sn"]
    assert [(w.decision, w.then) for w in found.waiting] == [("kf-2021-05-10-105", ("ks",))]


def test_a_committee_is_called_what_it_was_called_on_the_day() -> None:
    renamed = decided(
        "2021-05-10", "3", date(2021, 7, 1), ("sn", (Rename(committee=CommitteeId("sn"), old="socialnämnden", new="omsorgsnämnden"),))
    )
    towns = Municipality(name="Provköping", code="9998", committees=(Committee(id=CommitteeId("sn"), name="socialnämnden"),))
    history = History((*BASE, renamed))
    assert committee_name(history, towns, CommitteeId("sn"), date(2021, 6, 30)) == "socialnämnden"
    assert committee_name(history, towns, CommitteeId("sn"), date(2021, 7, 1)) == "omsorgsnämnden"
    asked = Search(history, towns, packaged()).who("Har omsorgsnämnden hand om äldreomsorg?", in_force=date(2022, 1, 1))
    assert [h.committee for h in asked.owners] == ["sn"]


# --- many registers ---------------------------------------------------------------------------------------------------


def test_an_index_answers_as_each_register_does_alone_and_keeps_what_is_said_alike_once(tmp_path: Path) -> None:
    folders = [Path(__file__).parent.parent / "charters" / name for name in ("norrboda", "ale", "vanersborg")]
    index = Index(tmp_path / "index.sqlite")
    assert index.update(folders) == 3
    assert index.update(folders) == 0
    registers = {str(folder.resolve()): Register.open(folder) for folder in folders}
    alone = {place: Search(r.history, r.municipality, packaged()) for place, r in registers.items()}
    named = ("internkontroll", "Vem plogar gatorna?", "8 kap. miljöbalken", "Vem utfärdar pass?")
    left = ("energirådgivning", "skolskjuts", "turism", "konsumentrådgivning")
    for question, day in (*((q, date(2018, 6, 1)) for q in (*named, *left)), ("konsumentrådgivning", date(2019, 7, 1))):
        for town in index.ask(question, day, folders)[1]:
            single = alone[town.folder].who(question, in_force=day)
            told = [(h.charter, h.address, h.ground, h.score, h.reason) for h in single.owners]
            assert [(h.charter, h.address, h.ground, h.score, h.reason) for h in town.answer.owners] == told
            assert all(town.since[h.wid][0] == h.present.start.isoformat() for h in single.owners)
    index.close()


def test_many_registers_answer_as_it_was_known_on_a_day_as_each_does_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [Path(__file__).parent.parent / "charters" / name for name in ("alingsas", "vanersborg")]
    for known in (date(2017, 1, 1), date(2026, 1, 1)):
        compare_registers("integration", date(2018, 1, 1), folders, tmp_path / "i.sqlite", known, som_json=True)
        told = json.loads(capsys.readouterr().out)
        for folder, town in zip(folders, told["register"], strict=True):
            register = Register.open(folder)
            alone = Search(register.history, register.municipality, packaged()).who("integration", in_force=date(2018, 1, 1), known=known)
            assert [one["mal"] for one in town["svar"]] == [h.address.code for h in alone.owners]
