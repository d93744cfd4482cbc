"""A decision that repeals an earlier one: forwards from its own day, never backwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_history import KS, MOVE_FROM, MOVE_TO, SN, START, D, adopt, decision, insert, repeal, texts

from reglemente_tool.check import moment_of
from reglemente_tool.consolidate import latest, pending, repealed_on, timeline, versions
from reglemente_tool.errors import CannotApply, CannotStore
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import CharterId, DecisionId, walk
from reglemente_tool.model.history import Annulment, Change, Commencement, Condition, Decision, Event, History, Revocation
from reglemente_tool.storage.entering import refuse_event
from reglemente_tool.storage.publishing import edition, touched


def repealing(on: str, section: str, from_: str | Condition, about: Decision, charter: CharterId | None = None) -> Decision:
    start = D(from_) if isinstance(from_, str) else from_
    gone = Revocation(annuls=about.id, in_force_from=start, charter=charter)
    return Decision(id=DecisionId(f"kf-{on}-{section}"), decided_on=D(on), section=section, confirmed_by="jurist", revocations=(gone,))


STRUCK = decision("2018-03-01", "4", "2018-04-01", repeal(2, "två"))


def test_the_wording_stays_until_the_day_of_the_repeal_and_not_after() -> None:
    back = repealing("2018-09-10", "70", "2018-10-01", STRUCK)
    events = (START, STRUCK, back)
    assert texts(events, "2018-09-30") == ["ett", "tre"]
    assert texts(events, "2018-10-01") == ["ett", "två", "tre"]
    assert texts(events, "2018-10-01", known="2018-09-09") == ["ett", "tre"]
    assert timeline(History(events), SN) == (D("2015-02-01"), D("2018-04-01"), D("2018-10-01"))
    made = versions(History(events), SN)
    assert [v.fresh for v in made] == [(START.id,), (STRUCK.id,), (back.id,)]
    assert made[-1].decisions == (START.id, back.id)
    assert edition(History(events), SN).latest == back.id
    assert edition(History(events), SN).holds_from == D("2018-10-01")
    assert touched(History(events), back) == (SN,)


def test_what_was_decided_meanwhile_stays() -> None:
    meanwhile = decision("2018-05-01", "9", "2018-06-01", insert("fyra"))
    back = repealing("2018-09-10", "70", "2018-10-01", STRUCK)
    assert texts((START, STRUCK, meanwhile, back), "2018-10-01") == ["ett", "två", "tre", "fyra"]
    assert texts((back, meanwhile, STRUCK, START), "2018-07-01") == ["ett", "tre", "fyra"]


def test_a_decision_that_has_not_begun_never_does() -> None:
    back = repealing("2018-03-20", "30", "2018-03-20", STRUCK)
    assert texts((START, STRUCK, back), "2018-05-01") == ["ett", "två", "tre"]
    assert texts((START, STRUCK, back), "2018-05-01", known="2018-03-19") == ["ett", "tre"]
    assert not pending(History((START, STRUCK, back)), SN, in_force=D("2018-03-25"))


def test_a_temporary_change_ends_on_the_day_of_the_repeal() -> None:
    summer = decision("2020-03-01", "2", "2020-04-01", insert("distans"), until="2020-12-31")
    back = repealing("2020-08-01", "8", "2020-09-01", summer)
    assert texts((START, summer, back), "2020-08-31")[-1] == "distans"
    assert texts((START, summer, back), "2020-09-01") == ["ett", "två", "tre"]


def test_a_repeal_on_a_condition_waits_for_it() -> None:
    back = repealing("2018-09-10", "70", Condition("när beslutet har vunnit laga kraft"), STRUCK)
    assert texts((START, STRUCK, back), "2019-01-01") == ["ett", "tre"]
    waiting = pending(History((START, STRUCK, back)), SN, in_force=D("2019-01-01"))
    assert [(d.id, c.amendments) for d, c in waiting] == [(back.id, ())]
    met = Commencement(decision=back.id, on=D("2018-11-01"), decided_on=D("2018-11-05"))
    assert texts((START, STRUCK, back, met), "2019-01-01") == ["ett", "två", "tre"]
    assert touched(History((START, STRUCK, back)), met) == (SN,)


def test_a_court_that_annuls_the_repeal_lets_the_repealed_decision_stand() -> None:
    back = repealing("2018-09-10", "70", "2018-10-01", STRUCK)
    court = Annulment(decided_on=D("2018-12-01"), annuls=back.id, by="förvaltningsrätten")
    assert texts((START, STRUCK, back, court), "2019-01-01") == ["ett", "tre"]
    assert texts((START, STRUCK, back, court), "2019-01-01", known="2018-11-30") == ["ett", "två", "tre"]
    assert repealed_on(History((START, STRUCK, back)), STRUCK.id) == D("2018-10-01")
    assert repealed_on(History((START, STRUCK, back, court)), STRUCK.id) is None
    assert repealed_on(History((START, STRUCK, back, court)), back.id) == back.decided_on


def test_only_the_charter_that_is_named() -> None:
    both = Decision(
        id=DecisionId("kf-2018-03-01-4"),
        decided_on=D("2018-03-01"),
        changes=(
            Change(charter=SN, in_force_from=D("2018-04-01"), amendments=(repeal(2, "två"),)),
            Change(charter=KS, in_force_from=D("2018-04-01"), amendments=(repeal(2, "fyra"),)),
        ),
    )
    back = repealing("2018-09-10", "70", "2018-10-01", both, SN)
    events = (MOVE_FROM, MOVE_TO, both, back)
    assert texts(events, "2018-11-01") == ["ansvara för flyktingar", "två"]
    assert texts(events, "2018-11-01", charter=KS) == ["näringsliv"]
    assert touched(History(events), back) == (SN,)
    assert repealed_on(History(events), both.id) is None


def test_a_later_decision_that_builds_on_the_repealed_one_refuses_the_repeal() -> None:
    built = decision("2018-05-01", "9", "2018-06-01", repeal(4, "fyra"))
    base = decision("2018-03-01", "4", "2018-04-01", insert("fyra"))
    back = repealing("2018-09-10", "70", "2018-10-01", base)
    with pytest.raises(CannotApply, match=built.id) as caught:
        versions(History((START, base, built, back)), SN)
    assert base.id in caught.value.hint
    with pytest.raises(CannotApply, match=built.id):
        moment_of(History((START, base, built)), back)


def test_an_adoption_that_has_held_is_not_unmade() -> None:
    again = decision("2019-01-01", "3", "2019-02-01", adopt(SN, "Reglemente för socialnämnden", "ny"))
    with pytest.raises(CannotApply, match="Vad som ska gälla"):
        versions(History((START, again, repealing("2019-05-01", "5", "2019-06-01", again))), SN)
    early = repealing("2019-01-20", "5", "2019-01-20", again)
    assert texts((START, again, early), "2019-06-01") == ["ett", "två", "tre"]


def test_the_moment_of_a_repeal_shows_the_text_before_and_after() -> None:
    moment = moment_of(History((START, STRUCK)), repealing("2018-09-10", "70", "2018-10-01", STRUCK))
    counts = [sum(p.kind is Kind.STRECKSATS for p in walk(c.body)) for c in (*moment.before, *moment.after)]
    assert counts == [2, 3]
    assert moment.touched == (SN,)


def test_what_cannot_be_repealed_is_refused_at_the_door() -> None:
    back = repealing("2018-09-10", "70", "2018-10-01", STRUCK)
    with pytest.raises(CannotStore, match="finns inte"):
        refuse_event(History((START,)), back)
    twice = repealing("2019-09-10", "71", "2019-10-01", STRUCK)
    with pytest.raises(CannotStore, match="redan upphävt"):
        refuse_event(History((START, STRUCK, back)), twice)
    with pytest.raises(CannotStore, match="upphäver självt"):
        refuse_event(History((START, STRUCK, back)), repealing("2019-09-10", "71", "2019-10-01", back))
    refuse_event(History((START, STRUCK)), back)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 6), st.integers(-1, 40)), max_size=6),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_the_days_of_a_repeal_against_brute_force(plan: list[tuple[int, int, int, int]], day: int, known: int) -> None:
    """Every change adds an item of its own and some are repealed, decided that day and from it; which stand is plain arithmetic."""
    zero = D("2018-01-01")
    events: list[Event] = [START]
    expected = []
    for number, (decided, start, length, gone) in enumerate(plan):
        until = zero + timedelta(days=start + length) if length else None
        from_, on = zero + timedelta(days=start), zero + timedelta(days=decided)
        change = Change(charter=SN, in_force_from=from_, in_force_until=until, amendments=(insert(f"nr {number}"),))
        made = Decision(id=DecisionId(f"kf-{on}-{number}"), decided_on=on, section=str(number), changes=(change,))
        events.append(made)
        if gone >= 0:
            off: date = zero + timedelta(days=gone)
            events.append(repealing(off.isoformat(), f"9{number}", off.isoformat(), made))
        over = 0 <= gone <= known and gone <= day
        if decided <= known and start <= day and (not length or day <= start + length) and not over:
            expected.append(f"nr {number}")
    found = texts(tuple(events), (zero + timedelta(days=day)).isoformat(), (zero + timedelta(days=known)).isoformat())
    assert sorted(found[3:]) == sorted(expected)
    standing = latest(History(tuple(events)), SN)
    assert standing is not None
    kept = {f"nr {n}" for n, (_, _, length, gone) in enumerate(plan) if not length and gone < 0}
    assert {p.text for p in walk(standing.body) if p.kind is Kind.STRECKSATS} == {"ett", "två", "tre"} | kept
