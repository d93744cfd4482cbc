"""What stands on which day, in small histories made up for the test: what mutants of consolidate/wordings showed no other test saw."""

from __future__ import annotations

from datetime import date

import pytest

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.dissolve import Dissolve
from reglemente_tool.amendments.insert import Insert
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.consolidate import charters, pending, version_on, versions
from reglemente_tool.errors import NotInForce
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId, Provision
from reglemente_tool.model.history import Change, Condition, Correction, Decision, Event, History, Revocation
from reglemente_tool.model.identity import new_wid
from reglemente_tool.reading.wording import read_charter

FYR, HAMN = CharterId("fyrnamnden"), CharterId("hamnnamnden")


def at(code: str) -> Address:
    return Address.from_code(code)


def adopted(charter: CharterId, text: str) -> Adopt:
    read = read_charter(text)
    return Adopt(title=read.title, committee=CommitteeId(charter), body=read.body)


def change(charter: CharterId, start: date | Condition, *amendments: Amendment, until: date | None = None) -> Change:
    return Change(charter=charter, in_force_from=start, in_force_until=until, amendments=amendments)


def decision(day: date, *changes: Change, section: str = "1", revocations: tuple[Revocation, ...] = ()) -> Decision:
    id = DecisionId(f"kf-{day}-{section}")
    return Decision(id=id, decided_on=day, section=section, changes=changes, revocations=revocations)


ADOPTION = decision(
    date(2015, 1, 1),
    change(FYR, date(2015, 2, 1), adopted(FYR, "Reglemente för fyrnämnden\n\n1 §\nFyren lyser varje natt.\n")),
    change(HAMN, date(2015, 3, 1), adopted(HAMN, "Reglemente för hamnnämnden\n\n1 §\nHamnen är öppen varje dag.\n")),
)


def told(*events: Event) -> History:
    history = History()
    for event in (ADOPTION, *events):
        history = history.with_event(event)
    return history


def swap(old: str, new: str) -> Reword:
    return Reword(target=at("par1.st1"), old=old, new=new)


def test_before_the_first_day_and_as_known_earlier_it_is_said_when_it_begins_and_what_is_asked() -> None:
    with pytest.raises(NotInForce) as refused:
        version_on(told(), FYR, in_force=date(2015, 1, 31))
    assert "Reglemente för fyrnämnden" in refused.value.message
    assert "2015-02-01" in refused.value.hint
    assert "känt" not in refused.value.message
    with pytest.raises(NotInForce) as refused:
        version_on(told(), FYR, in_force=date(2015, 2, 1), known=date(2014, 12, 31))
    assert "så som det var känt 2014-12-31" in refused.value.message


def test_a_charter_that_only_a_correction_speaks_of_is_among_the_charters() -> None:
    other = CharterId("slussnamnden")
    mend = Correction(decided_on=date(2016, 1, 1), number="1", change=change(other, date(2016, 1, 1)), reason="exempel")
    assert charters(told(mend)) == (FYR, HAMN, other)


def test_what_waits_is_told_of_the_charter_that_it_is_about() -> None:
    when = Condition("när beslutet vunnit laga kraft")
    both = decision(date(2016, 1, 1), change(FYR, when, swap("natt", "kväll")), change(HAMN, date(2017, 1, 1), swap("dag", "morgon")))
    history = told(both)
    assert [c.charter for _, c in pending(history, FYR, in_force=date(2016, 2, 1))] == [FYR]
    assert [c.charter for _, c in pending(history, HAMN, in_force=date(2016, 2, 1))] == [HAMN]
    assert pending(history, HAMN, in_force=date(2017, 1, 1)) == ()


def test_a_repeal_to_come_is_told_only_of_the_charter_that_it_names() -> None:
    day = date(2016, 2, 1)
    both = decision(date(2016, 1, 1), change(FYR, day, swap("natt", "kväll")), change(HAMN, day, swap("dag", "morgon")))
    repeal = decision(date(2016, 5, 1), revocations=(Revocation(annuls=both.id, in_force_from=date(2017, 1, 1), charter=FYR),))
    history = told(both, repeal)
    assert [d.id for d, _ in pending(history, FYR, in_force=date(2016, 6, 1))] == [repeal.id]
    assert pending(history, HAMN, in_force=date(2016, 6, 1)) == ()


def test_of_two_repeals_the_one_that_holds_first_ends_it() -> None:
    changed = decision(date(2016, 1, 1), change(FYR, date(2016, 2, 1), swap("natt", "kväll")))
    late = decision(date(2016, 5, 1), revocations=(Revocation(annuls=changed.id, in_force_from=date(2018, 1, 1)),))
    early = decision(date(2016, 6, 1), revocations=(Revocation(annuls=changed.id, in_force_from=date(2017, 1, 1)),))
    for order in ((late, early), (early, late)):
        texts = [(v.start, v.charter.body[0].children[0].text) for v in versions(told(changed, *order), FYR)]
        assert [(start, "natt" in text) for start, text in texts if start >= date(2016, 2, 1)][:2] == [
            (date(2016, 2, 1), False), (date(2017, 1, 1), True),
        ]  # fmt: skip


def test_three_changes_of_one_decision_to_one_charter_give_three_identities() -> None:
    def new(words: str) -> Insert:
        return Insert(target=at("par1.st2"), wording=Provision(kind=Kind.STYCKE, text=words))

    days = [date(2016, 2, 1), date(2016, 3, 1), date(2016, 4, 1)]
    thrice = decision(date(2016, 1, 1), *(change(FYR, day, new(f"Rad {n}.")) for n, day in enumerate(days)))
    added = versions(told(thrice), FYR)[-1].charter.body[0].children[1:]
    makers = [thrice.id, f"{thrice.id}+1", f"{thrice.id}+2"]
    assert {p.wid for p in added} == {new_wid(DecisionId(maker), FYR, "par1.st2") for maker in makers}


def test_what_holds_for_a_time_is_fresh_only_when_it_begins() -> None:
    for_a_time = decision(date(2016, 1, 1), change(FYR, date(2016, 2, 1), swap("natt", "kväll"), until=date(2016, 12, 31)))
    beside = decision(date(2016, 5, 1), change(FYR, date(2016, 6, 1), swap("Fyren", "Tornet")))
    made = {v.start: v for v in versions(told(for_a_time, beside), FYR)}
    assert made[date(2016, 2, 1)].fresh == (for_a_time.id,)
    assert made[date(2016, 6, 1)].fresh == (beside.id,)
    assert made[date(2016, 6, 1)].temporary == (for_a_time.id,)
    assert made[date(2017, 1, 1)].temporary == ()


def test_a_repeal_is_told_with_its_charter_and_day_until_the_day_that_it_holds() -> None:
    changed = decision(date(2016, 1, 1), change(FYR, date(2016, 2, 1), swap("natt", "kväll")))
    repeal = decision(date(2016, 5, 1), revocations=(Revocation(annuls=changed.id, in_force_from=date(2017, 1, 1)),))
    history = told(changed, repeal)
    assert [(c.charter, c.in_force_from) for _, c in pending(history, FYR, in_force=date(2016, 12, 31))] == [(FYR, date(2017, 1, 1))]
    assert pending(history, FYR, in_force=date(2017, 1, 1)) == ()


def test_what_is_repealed_from_the_day_that_it_would_hold_waits_for_nothing() -> None:
    changed = decision(date(2016, 1, 1), change(FYR, date(2017, 1, 1), swap("natt", "kväll")))
    repeal = decision(date(2016, 5, 1), revocations=(Revocation(annuls=changed.id, in_force_from=date(2017, 1, 1)),))
    assert [d.id for d, _ in pending(told(changed, repeal), FYR, in_force=date(2016, 6, 1))] == [repeal.id]


def test_two_repeals_of_one_day_end_it_on_that_day_and_the_decisions_stand_in_legal_order() -> None:
    changed = decision(date(2016, 1, 1), change(FYR, date(2016, 2, 1), swap("natt", "kväll")))
    one = decision(date(2016, 5, 1), section="9", revocations=(Revocation(annuls=changed.id, in_force_from=date(2017, 1, 1)),))
    two = decision(date(2016, 6, 1), section="2", revocations=(Revocation(annuls=changed.id, in_force_from=date(2017, 1, 1)),))
    later = decision(date(2016, 12, 1), change(FYR, date(2018, 1, 1), swap("Fyren", "Tornet")))
    made = versions(told(changed, one, two, later), FYR)[-1]
    assert made.charter.body[0].children[0].text == "Tornet lyser varje natt."
    assert made.decisions[0] == ADOPTION.id
    assert made.decisions[-1] == later.id
    assert one.id in made.decisions


def test_after_its_end_a_charter_is_named_by_its_title_with_the_day() -> None:
    ended = decision(date(2016, 1, 1), change(FYR, date(2017, 1, 1), Dissolve()))
    with pytest.raises(NotInForce) as refused:
        version_on(told(ended), FYR, in_force=date(2018, 1, 1))
    assert refused.value.message == "Reglemente för fyrnämnden gällde inte längre 2018-01-01."
    assert "2017-01-01" in refused.value.hint
