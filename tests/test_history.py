"""The two times: what held on a day, as known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from generated import BASE, charters, moments
from hypothesis import given
from hypothesis import strategies as st

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.rename import Rename
from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.check import check, moment_of
from reglemente_tool.consolidate import apply_together, entries, latest, pending, timeline, version_at, versions
from reglemente_tool.errors import CannotApply, NotInForce
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId, DecisionId, Provision, walk
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Correction, Decision, Event, History
from reglemente_tool.ownership import who

SN, KS = CharterId("socialnamnden"), CharterId("kommunstyrelsen")
D = date.fromisoformat


def item(text: str) -> Provision:
    return Provision(kind=Kind.STRECKSATS, marker="–", text=text)


def adopt(charter: CharterId, title: str, *items: str) -> Adopt:
    stycke = Provision(kind=Kind.STYCKE, text="Den svarar för", children=tuple(item(t) for t in items))
    paragraf = Provision(kind=Kind.PARAGRAF, number="1", marker="1 §", children=(stycke,))
    return Adopt(title=title, committee=CommitteeId(charter), body=(paragraf,))


def decision(on: str, section: str, from_: str | Condition, *amendments: Amendment, charter: CharterId = SN, until: str = "") -> Decision:
    start = D(from_) if isinstance(from_, str) else from_
    change = Change(charter=charter, in_force_from=start, in_force_until=D(until) if until else None, amendments=amendments)
    return Decision(id=DecisionId(f"kf-{on}-{section}"), decided_on=D(on), section=section, changes=(change,))


def repeal(number: int, expects: str = "") -> Repeal:
    return Repeal(target=Address.from_code(f"par1.st1.ss{number}"), expects=expects)


def insert(text: str, place: str = "ss:sist", continues: str = "") -> Insert:
    from reglemente_tool.model.charter import Wid

    return Insert(target=Address.from_code(f"par1.st1.{place}"), wording=item(text), continues=Wid(continues))


START = decision("2015-01-26", "1", "2015-02-01", adopt(SN, "Reglemente för socialnämnden", "ett", "två", "tre"))


def texts(events: tuple[Event, ...], day: str, known: str = "", charter: CharterId = SN) -> list[str]:
    found = version_at(History(events), charter, in_force=D(day), known=D(known) if known else None)
    return [p.text for p in walk(found.body) if p.kind is Kind.STRECKSATS]


def test_a_later_decision_for_an_earlier_day_comes_first() -> None:
    january = decision("2018-01-20", "5", "2018-07-01", insert("sommar"))
    march = decision("2018-03-20", "9", "2018-04-01", insert("vår"))
    assert texts((START, january, march), "2018-08-01") == ["ett", "två", "tre", "vår", "sommar"]
    assert texts((march, january, START), "2018-05-01") == ["ett", "två", "tre", "vår"]
    assert texts((START, january, march), "2018-08-01", known="2018-02-01") == ["ett", "två", "tre", "sommar"]


def test_a_confirmed_target_survives_a_late_found_decision_that_shifts_the_ordinals() -> None:
    base = version_at(History((START,)), SN, in_force=D("2015-02-01"))
    third = locate(base, Address.from_code("par1.ss3"))
    summer = decision("2018-01-20", "5", "2018-07-01", Repeal(target=Address.from_code("par1.st1.ss3"), expects="tre", wid=third.wid))
    spring = decision("2018-03-20", "9", "2018-04-01", repeal(1, "ett"))
    assert texts((START, summer, spring), "2018-08-01") == ["två"]


def test_a_temporary_change_ends_by_itself_and_keeps_what_came_meanwhile() -> None:
    temporary = decision("2020-03-01", "2", "2020-04-01", insert("distans"), until="2020-12-31")
    meanwhile = decision("2020-05-01", "3", "2020-06-01", repeal(1, "ett"))
    events = (START, temporary, meanwhile)
    assert texts(events, "2020-05-15") == ["ett", "två", "tre", "distans"]
    assert texts(events, "2020-12-31") == ["två", "tre", "distans"]
    assert texts(events, "2021-01-01") == ["två", "tre"]
    charter = latest(History(events), SN)
    assert charter is not None
    assert [p.text for p in walk(charter.body) if p.kind is Kind.STRECKSATS] == ["två", "tre"]
    assert D("2021-01-01") in timeline(History(events), SN)


def test_a_condition_holds_nothing_until_it_is_met() -> None:
    conditional = decision("2019-05-01", "7", Condition("när beslutet vunnit laga kraft"), insert("villkorad"))
    assert texts((START, conditional), "2025-01-01") == ["ett", "två", "tre"]
    waiting = pending(History((START, conditional)), SN, in_force=D("2025-01-01"))
    assert [d.id for d, _ in waiting] == [conditional.id]
    met = Commencement(decision=conditional.id, on=D("2019-06-15"), decided_on=D("2019-07-01"))
    assert texts((START, conditional, met), "2019-06-15") == ["ett", "två", "tre", "villkorad"]
    assert texts((START, conditional, met), "2019-06-15", known="2019-06-20") == ["ett", "två", "tre"]
    assert not pending(History((START, conditional, met)), SN, in_force=D("2025-01-01"))


def test_an_annulment_changes_what_held_before_but_only_as_known_afterwards() -> None:
    changed = decision("2018-03-01", "4", "2018-04-01", repeal(2, "två"))
    court = Annulment(decided_on=D("2018-05-10"), annuls=changed.id, by="förvaltningsrätten")
    events = (START, changed, court)
    assert texts(events, "2018-04-15", known="2018-05-09") == ["ett", "tre"]
    assert texts(events, "2018-04-15", known="2018-05-10") == ["ett", "två", "tre"]


def test_a_correction_is_visible_as_such() -> None:
    word = Reword(target=Address.from_code("par1.st1.ss2"), old="två", new="2")
    change = Change(charter=SN, in_force_from=D("2015-02-01"), amendments=(word,))
    mend = Correction(decided_on=D("2016-01-01"), number="1", change=change, reason="skrivfel")
    assert texts((START, mend), "2015-03-01") == ["ett", "2", "tre"]
    assert texts((START, mend), "2015-03-01", known="2015-12-31") == ["ett", "två", "tre"]
    charter = version_at(History((START, mend)), SN, in_force=D("2016-02-01"))
    assert locate(charter, Address.from_code("par1.ss2")).source == mend.id


def test_before_its_adoption_and_after_its_repeal_a_charter_holds_nothing() -> None:
    end = decision("2022-01-01", "8", "2022-12-31", Dissolve())
    history = History((START, end))
    with pytest.raises(NotInForce):
        version_at(history, SN, in_force=D("2015-01-31"))
    with pytest.raises(NotInForce):
        version_at(history, SN, in_force=D("2022-12-31"))
    assert version_at(history, SN, in_force=D("2022-12-30")).body
    assert latest(history, SN) is None


def test_on_one_day_the_order_is_decision_day_then_section() -> None:
    first = decision("2018-03-01", "9", "2018-07-01", insert("nio"))
    second = decision("2018-03-01", "10", "2018-07-01", insert("tio"))
    assert texts((second, START, first), "2018-07-01")[-2:] == ["nio", "tio"]


def test_a_decision_that_no_longer_fits_is_named() -> None:
    summer = decision("2018-01-20", "5", "2018-07-01", repeal(2, "två"))
    spring = decision("2018-03-20", "9", "2018-04-01", repeal(2, "två"))
    with pytest.raises(CannotApply, match=summer.id):
        versions(History((START, summer, spring)), SN)


def test_adopting_anew_keeps_the_identity_of_what_is_the_same() -> None:
    again = decision("2019-01-01", "3", "2019-02-01", adopt(SN, "Reglemente för socialnämnden", "ett", "tre", "fyra"))
    old = version_at(History((START,)), SN, in_force=D("2018-01-01"))
    new = version_at(History((START, again)), SN, in_force=D("2019-02-01"))
    before = {p.text: p.wid for p in walk(old.body)}
    after = {p.text: p.wid for p in walk(new.body)}
    assert {t for t in before if before[t] == after.get(t)} >= {"ett", "tre"}
    assert after["fyra"] not in before.values()


def test_a_committee_changes_its_name_in_every_charter_and_only_there() -> None:
    rename = Rename(committee=CommitteeId(SN), old="omsorgsnämnden", new="socialnämnden")
    text = "Omsorgsnämnden och omsorgsnämndens utskott, men inte vård- och omsorgsnämnden."
    assert rename.renamed(text) == "Socialnämnden och socialnämndens utskott, men inte vård- och omsorgsnämnden."


MOVE_FROM = decision("2014-12-10", "147", "2015-01-01", adopt(SN, "Reglemente för socialnämnden", "ansvara för flyktingar", "två"))
MOVE_TO = decision("2014-12-10", "143", "2015-01-01", adopt(KS, "Reglemente för kommunstyrelsen", "näringsliv", "fyra"), charter=KS)


def moved() -> tuple[Event, ...]:
    before = version_at(History((MOVE_FROM,)), SN, in_force=D("2015-01-01"))
    task = locate(before, Address.from_code("par1.ss1"))
    out = Change(charter=SN, in_force_from=D("2017-07-01"), amendments=(repeal(1, "ansvara för flyktingar"),))
    into = Change(charter=KS, in_force_from=D("2017-07-01"), amendments=(insert("flyktingar", continues=task.wid),))
    return MOVE_FROM, MOVE_TO, Decision(id=DecisionId("kf-2017-06-21-105"), decided_on=D("2017-06-21"), section="105", changes=(out, into))


def test_a_task_that_moves_is_followed_from_committee_to_committee() -> None:
    history = History(moved())
    before = who(history, "flyktingar", in_force=D("2017-06-30"))
    after = who(history, "flyktingarna", in_force=D("2017-07-01"))
    assert [h.committee for h in before.owners] == [SN]
    assert [h.committee for h in after.owners] == [KS]
    came = after.owners[0].came_from
    assert came is not None
    assert (came.charter, came.until, came.start) == (SN, D("2017-06-30"), D("2015-01-01"))
    assert after.owners[0].present.by == "kf-2017-06-21-105"
    assert [t.charter for t in before.owners[0].later] == [KS]
    assert not who(history, "rymdfart", in_force=D("2017-07-01")).owners


def test_a_move_with_only_one_half_is_noticed() -> None:
    events = moved()
    whole = events[2]
    assert isinstance(whole, Decision)
    assert not check(moment_of(History(events[:2]), whole))
    only_out = Decision(id=whole.id, decided_on=whole.decided_on, changes=whole.changes[:1])
    assert [p.code for p in check(moment_of(History(events[:2]), only_out))] == ["HALVA"]
    only_in = Decision(id=whole.id, decided_on=whole.decided_on, changes=whole.changes[1:])
    assert "IDENTITET" in [p.code for p in check(moment_of(History(events[:2]), only_in))]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 6)), max_size=6), st.integers(0, 60), st.integers(0, 60))
def test_the_two_times_against_brute_force(plan: list[tuple[int, int, int]], day: int, known: int) -> None:
    """Every change adds one item of its own, permanent (length 0) or temporary; which items stand is plain arithmetic."""
    zero = D("2018-01-01")
    events: list[Event] = [START]
    expected = []
    for number, (decided, start, length) in enumerate(plan):
        until = zero + timedelta(days=start + length) if length else None
        change = Change(
            charter=SN, in_force_from=zero + timedelta(days=start), in_force_until=until, amendments=(insert(f"nr {number}"),)
        )
        on = zero + timedelta(days=decided)
        events.append(Decision(id=DecisionId(f"kf-{on}-{number}"), decided_on=on, section=str(number), changes=(change,)))
        if decided <= known and start <= day and (not length or day <= start + length):
            expected.append(f"nr {number}")
    found = version_at(History(tuple(events)), SN, in_force=zero + timedelta(days=day), known=zero + timedelta(days=known))
    standing = [p.text for p in walk(found.body) if p.kind is Kind.STRECKSATS]
    assert sorted(standing[3:]) == sorted(expected)


@given(moments())
def test_a_history_of_one_moment_is_that_moment(moment: tuple[Charter, Change]) -> None:
    charter, change = moment
    base = Decision(
        id=BASE,
        decided_on=D("2015-01-26"),
        changes=(
            Change(
                charter=charter.id,
                in_force_from=D("2015-01-26"),
                amendments=(Adopt(title=charter.title, committee=charter.committee, body=charter.body),),
            ),
        ),
    )
    later = Decision(id=DecisionId("kf-2018-06-18-99"), decided_on=D("2018-06-18"), section="99", changes=(change,))
    try:
        expected = apply_together(charter, change, later.id)
    except CannotApply:
        with pytest.raises(CannotApply):
            versions(History((base, later)), charter.id)
        return
    assert version_at(History((base, later)), charter.id, in_force=change.in_force_from) == expected  # type: ignore[arg-type]
    assert len(entries(History((base, later)), charter.id)) == 2


@given(charters())
def test_an_adopted_text_is_never_tidied(charter: Charter) -> None:
    change = Change(
        charter=charter.id,
        in_force_from=D("2015-01-26"),
        amendments=(Adopt(title=charter.title, committee=charter.committee, body=charter.body),),
    )
    decided = Decision(id=BASE, decided_on=D("2015-01-26"), changes=(change,))
    assert version_at(History((decided,)), charter.id, in_force=D("2016-01-01")) == charter


# --- what the oracle has found ---------------------------------------------------------------------------------------


def test_two_days_of_one_decision_may_add_to_the_same_place() -> None:
    spring = Change(charter=SN, in_force_from=D("2018-04-01"), amendments=(insert("vår"),))
    summer = Change(charter=SN, in_force_from=D("2018-07-01"), amendments=(insert("sommar"),))
    both = Decision(id=DecisionId("kf-2018-03-20-9"), decided_on=D("2018-03-20"), section="9", changes=(spring, summer))
    assert texts((START, both), "2018-08-01")[3:] == ["vår", "sommar"]
    found = version_at(History((START, both)), SN, in_force=D("2018-08-01"))
    items = [p for p in walk(found.body) if p.kind is Kind.STRECKSATS]
    assert len({p.wid for p in items}) == 5
    assert {p.source for p in items[3:]} == {both.id}


@pytest.mark.parametrize("change", [insert("efter"), adopt(SN, "Nytt", "x")], ids=["ändras", "antas på nytt"])
def test_a_repealed_charter_is_not_amended_but_may_be_adopted_anew(change: Amendment) -> None:
    end = decision("2022-01-01", "8", "2022-02-01", Dissolve())
    late = decision("2022-03-01", "9", "2022-04-01", change)
    if isinstance(change, Adopt):
        assert texts((START, end, late), "2022-05-01") == ["x"]
        return
    with pytest.raises(NotInForce, match="inte längre"):
        texts((START, end, late), "2022-05-01")


def test_the_last_word_on_when_a_condition_was_met_holds_whatever_the_order() -> None:
    conditional = decision("2019-05-01", "7", Condition("när beslutet vunnit laga kraft"), insert("villkorad"))
    first = Commencement(decision=conditional.id, on=D("2019-06-15"), decided_on=D("2019-07-01"))
    mended = Commencement(decision=conditional.id, on=D("2019-08-01"), decided_on=D("2019-09-01"))
    for events in ((START, conditional, first, mended), (mended, first, conditional, START)):
        assert timeline(History(events), SN) == (D("2015-02-01"), D("2019-08-01"))
        assert timeline(History(events), SN, D("2019-08-15")) == (D("2015-02-01"), D("2019-06-15"))


def test_a_higher_court_may_set_the_lower_courts_word_aside() -> None:
    changed = decision("2018-03-01", "4", "2018-04-01", repeal(2, "två"))
    lower = Annulment(decided_on=D("2018-05-10"), annuls=changed.id, by="förvaltningsrätten")
    higher = Annulment(decided_on=D("2018-09-01"), annuls=lower.id, by="kammarrätten")
    for events in ((START, changed, lower, higher), (higher, lower, changed, START)):
        assert texts(events, "2018-04-15", known="2018-06-01") == ["ett", "två", "tre"]
        assert texts(events, "2018-04-15", known="2018-09-01") == ["ett", "tre"]


def test_two_decisions_alike_in_all_that_the_law_counts_are_made_in_one_order_however_they_are_listed() -> None:
    ours = decision("2018-03-01", "4", "2018-04-01", insert("vår"))
    theirs = replace(decision("2018-03-01", "4", "2018-04-01", insert("deras")), id=DecisionId("kf-2018-03-01-4-grannkommunen"))
    for events in ((START, ours, theirs), (theirs, ours, START)):
        assert texts(events, "2018-05-01") == ["ett", "två", "tre", "vår", "deras"]
