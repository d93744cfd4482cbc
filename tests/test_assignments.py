"""Assignments and money as data: what is read for certain, and what is left as words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_repeals import D, repealing

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.consolidate import charters
from reglemente_tool.model.address import Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.assignment import Assignment, AssignmentKind, Sum, kronor_said
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, Provision, Wid
from reglemente_tool.model.history import Annulment, Change, Committee, Decision, History, Municipality
from reglemente_tool.ownership import entrusted
from reglemente_tool.ownership.entrusted import asked_for
from reglemente_tool.reading.proposal import Standing, propose
from reglemente_tool.reading.sums import sums


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("500 tkr", 500_000),
        ("1,2 mnkr", 1_200_000),
        ("1 200 000 kronor", 1_200_000),
        ("1\u00a0200\u00a0000 kr", 1_200_000),
        ("1.200.000 kronor", 1_200_000),
        ("2 miljoner kronor", 2_000_000),
        ("två miljoner kronor", 2_000_000),
        ("en miljon kronor", 1_000_000),
        ("0,75 mkr", 750_000),
        ("12 tusen kronor", 12_000),
        ("250 000 kronor", 250_000),
    ],
)
def test_sums_that_are_read(text: str, kronor: int) -> None:
    assert sums(text) == ((Sum(kronor=kronor),), len(text))


@pytest.mark.parametrize(
    "text",
    ["1.2 mnkr", "1.200 tkr", "1,50 kr", "2–3 mnkr", "cirka 500 tkr", "högst 500 tkr", "0 kr", "500", "en krona", "1 2000 kronor", "10 %"],
)
def test_sums_that_could_mean_two_things_are_not_read(text: str) -> None:
    assert sums(text) == ((), 0)


@given(st.integers(1, 999_999_999))
def test_what_is_said_of_a_sum_reads_back(kronor: int) -> None:
    assert sums(kronor_said(kronor)) == ((Sum(kronor=kronor),), len(kronor_said(kronor)))


@pytest.mark.parametrize(
    ("text", "each", "years"),
    [
        ("5 tkr per år, åren 2016-2018", True, (2016, 2017, 2018)),
        ("5 tkr årligen i tre år", True, ()),
        ("5 tkr för år 2016", False, (2016,)),
        ("5 tkr under 2027, 2028 och 2029", False, (2027, 2028, 2029)),
        ("5 tkr per år 2027–2029", True, (2027, 2028, 2029)),
        ("5 tkr", False, ()),
    ],
)
def test_the_years_of_a_sum(text: str, each: bool, years: tuple[int, ...]) -> None:
    (one,), end = sums(text)
    assert (one.each_year, one.years, end) == (each, years, len(text))


def test_several_sums_in_a_row_each_with_its_time() -> None:
    found, _ = sums("223 000 kr för år 2016 samt 445 000 kr per år, åren 2017-2018 för satsningen")
    assert [(s.kronor, s.each_year, s.years) for s in found] == [(223_000, False, (2016,)), (445_000, True, (2017, 2018))]




def one(kind: AssignmentKind = AssignmentKind.UPPDRAG, **given: object) -> Assignment:
    return Assignment(kind=kind, clause=1, to="socialnämnden", committee=CommitteeId("sn"), what="utreda lokaler", **given)  # type: ignore[arg-type]


def giving(*made: Assignment, on: str = "2018-03-01", section: str = "4") -> Decision:
    return Decision(id=DecisionId(f"kf-{on}-{section}"), decided_on=D(on), section=section, assignments=made)


def test_what_the_council_has_asked_as_of_a_day() -> None:
    history = History((giving(one(until=date(2018, 12, 31))),))
    sn = CommitteeId("sn")
    assert not entrusted(history, "socialnämnden", committee=sn, in_force=D("2018-02-28"))
    assert not entrusted(history, "socialnämnden", committee=sn, in_force=D("2018-12-31"), known=D("2018-02-28"))
    assert [e.past for e in entrusted(history, "socialnämnden", committee=sn, in_force=D("2018-12-31"))] == [False]
    assert [e.past for e in entrusted(history, "lokalerna", in_force=D("2019-01-01"))] == [True]
    assert not entrusted(history, "bygglov", in_force=D("2019-01-01"))
    assert not entrusted(history, "x", committee=CommitteeId("ks"), in_force=D("2019-01-01"))


def test_money_is_past_after_its_last_year() -> None:
    money = one(AssignmentKind.ANSLAG, sums=(Sum(kronor=1, years=(2018,)), Sum(kronor=2, each_year=True, years=(2019, 2020))))
    assert money.last_day == date(2020, 12, 31)
    assert one(AssignmentKind.ANSLAG, sums=(Sum(kronor=1, years=(2018,)), Sum(kronor=2))).last_day is None


def test_what_a_repealed_or_annulled_decision_gave_is_told_as_such() -> None:
    base = giving(one())
    history = History((base, repealing("2018-09-10", "70", "2018-10-01", base)))
    found = [entrusted(history, "lokaler", in_force=D(day))[0].repealed for day in ("2018-09-30", "2018-10-01")]
    assert found == [None, D("2018-10-01")]
    court = History((base, Annulment(decided_on=D("2018-09-01"), annuls=base.id, by="förvaltningsrätten")))
    assert entrusted(court, "lokaler", in_force=D("2018-10-01"))[0].repealed == base.decided_on
    assert entrusted(court, "lokaler", in_force=D("2018-10-01"), known=D("2018-08-31"))[0].repealed is None


def test_a_decision_that_only_assigns_changes_no_charter() -> None:
    assert charters(History((giving(one()),))) == ()


TEXT = """Kommunfullmäktige
Sammanträdesdatum 2027-03-15

§ 41
Uppdrag

Beslut

Kommunfullmäktige beslutar

- {clause}
"""
REGISTER = Municipality(
    name="X",
    code="0000",
    committees=(Committee(id=CommitteeId("ks"), name="kommunstyrelsen", abbreviations=("KS",)),
                Committee(id=CommitteeId("kfn"), name="kultur- och fritidsnämnden")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "to", "committee"),
    [
        ("att ge kommunstyrelsen i uppdrag att utreda frågan", "kommunstyrelsen", "ks"),
        ("att ge kommunstyrelsen i uppdrag att i samråd med kultur- och fritidsnämnden utreda frågan", "kommunstyrelsen", "ks"),
        ("att uppdra åt KS att utreda frågan", "KS", "ks"),
        ("att kultur- och fritidsnämnden får i uppdrag att utreda frågan", "kultur- och fritidsnämnden", "kfn"),
        ("att uppdra åt kommundirektören att utreda frågan", "kommundirektören", None),
        ("att uppdra åt valnämnden att utreda frågan", "valnämnden", None),
    ],
)
def test_who_gets_an_assignment(clause: str, to: str, committee: str | None) -> None:
    (found,) = propose(TEXT.format(clause=clause), standing=Standing(REGISTER, ())).assignments
    assert (found.to, found.committee, found.what[-13:]) == (to, committee, "utreda frågan")


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("senast den 1 juni 2027", date(2027, 6, 1)),
        ("senast i februari 2028", date(2028, 2, 29)),
        ("senast 2027-06-01", date(2027, 6, 1)),
        ("före den 1 juni 2027", date(2027, 5, 31)),
        ("före utgången av 2027", date(2027, 12, 31)),
        ("före juni 2027", date(2027, 5, 31)),
        ("senast under 2027", date(2027, 12, 31)),
        ("senast den 1 juni", None),
        ("senast vid fullmäktiges möte i juni 2027", None),
        ("senast den 1 juni 2027 och slutligt senast den 1 juni 2028", None),
    ],
)
def test_until_when(said: str, until: date | None) -> None:
    clause = f"att ge kommunstyrelsen i uppdrag att redovisa arbetet {said}"
    (found,) = propose(TEXT.format(clause=clause), standing=Standing(REGISTER, ())).assignments
    assert found.until == until
    assert found.until_said


def test_a_decision_with_changes_and_assignments_asks_for_the_day_once() -> None:
    text = TEXT.format(clause="att ge kommunstyrelsen i uppdrag att utreda frågan").replace("Sammanträdesdatum 2027-03-15\n", "")
    proposal = propose(text, standing=Standing(REGISTER, ()))
    assert [q.code for q in proposal.questions] == ["BESLUTSDATUM"]
    assert proposal.enactable




def town(id: str, *items: str, wids: str = "") -> Adopt:
    """The adoption of a charter with a list; `wids` names the committee whose identities it takes over, item by item."""
    listed = tuple(Provision(kind=Kind.STRECKSATS, wid=Wid(f"{wids or id}-{text}"), marker="–", text=text) for text in items)
    stycke = Provision(kind=Kind.STYCKE, wid=Wid(f"{id}-st"), text="Nämnden ansvarar för", children=listed)
    return Adopt(
        title=f"Reglemente för {id}",
        committee=CommitteeId(id),
        body=(Provision(kind=Kind.PARAGRAF, wid=Wid(f"{id}-1"), number="1", marker="1 §", children=(stycke,)),),
    )


def on_charters(day: str, section: str, **made: Amendment) -> Decision:
    changes = tuple(Change(charter=CharterId(id), in_force_from=D(day), amendments=(one,)) for id, one in made.items())
    return Decision(id=DecisionId(f"kf-{day}-{section}"), decided_on=D(day), section=section, changes=changes)


def test_a_committee_that_is_no_more_has_heirs_by_what_was_carried_on_to_them() -> None:
    history = History(
        (
            on_charters("2017-01-01", "1", sn=town("sn", "lokaler", "bad"), kn=town("kn", "konst")),
            giving(one()),
            on_charters("2019-01-01", "2", sn=Dissolve(), an=town("an", "lokaler", "jobb", wids="sn"), bn=town("bn", "bad", wids="sn")),
            on_charters("2020-01-01", "3", an=Dissolve(), dn=town("dn", "lokaler", wids="sn")),
            on_charters("2021-01-01", "4", kn=Dissolve()),
        )
    )

    def taken(committee: str, day: str) -> list[tuple[str, ...] | None]:
        found = entrusted(history, "x", committee=CommitteeId(committee), in_force=D(day))
        return [e.gone and (e.gone.on.isoformat(), *e.gone.heirs) for e in found]

    assert taken("sn", "2018-12-31") == [None]
    assert taken("an", "2018-12-31") == taken("kn", "2019-01-01") == taken("kn", "2021-01-01") == []
    assert taken("sn", "2019-01-01") == taken("an", "2019-01-01") == taken("bn", "2019-01-01") == [("2019-01-01", "an", "bn")]
    assert taken("dn", "2019-12-31") == []
    assert taken("dn", "2020-01-01") == taken("an", "2020-01-01") == [("2019-01-01", "an", "bn")]


@pytest.mark.parametrize(
    ("question", "kinds", "committee"),
    [
        ("anslag", {"anslag"}, None),
        ("Vilka uppdrag finns?", {"uppdrag"}, None),
        ("uppdrag och anslag", {"uppdrag", "anslag"}, None),
        ("Vilka uppdrag har Barn- och utbildningsnämnden fått?", {"uppdrag"}, "bun"),
        ("utbildningsnämndens anslag", {"anslag"}, "un"),
        ("anslag för lekplatser", None, None),
        ("anslagstavla", None, None),
        ("vilka uppgifter har socialnämnden", None, None),
        ("socialnämnden", None, None),
        ("anslag till socialnämnden och utbildningsnämnden", None, None),
    ],
)
def test_when_all_assignments_or_money_is_asked_for(question: str, kinds: set[str] | None, committee: str | None) -> None:
    names = {"barn- och utbildningsnämnden": "bun", "utbildningsnämnden": "un", "socialnämnden": "sn", "sn": "sn"}
    asked = asked_for(question, {name: CommitteeId(id) for name, id in names.items()})
    assert (asked and ({k.value for k in asked.kinds}, asked.committee)) == ((kinds, committee) if kinds else None)


def test_what_is_past_or_repealed_is_not_among_all_that_hold() -> None:
    first, second = giving(one(until=D("2018-06-30")), one(AssignmentKind.ANSLAG)), giving(one(), section="5")
    history = History((first, second, repealing("2018-09-10", "70", "2018-10-01", second)))
    asked = asked_for("alla uppdrag", {})
    found = [len(entrusted(history, "", asked=asked, in_force=D(day))) for day in ("2018-06-30", "2018-09-30", "2018-10-01")]
    assert found == [2, 1, 0]
