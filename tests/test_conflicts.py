"""Collisions between decisions that nobody has enacted yet, and with what is decided ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from generated import BASE, LATER, START, moments
from hypothesis import given
from test_history import SN, D, decision, insert, repeal
from test_history import START as FIRST

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.conflicts import decided_ahead, drafts_ahead
from reglemente_tool.consolidate import version_at
from reglemente_tool.errors import Level
from reglemente_tool.model.address import Address
from reglemente_tool.model.amendment import Amendment
from reglemente_tool.model.charter import Charter, DecisionId
from reglemente_tool.model.finding import locate
from reglemente_tool.model.history import Change, Condition, Decision, History


def reword(number: int, old: str, new: str) -> Reword:
    return Reword(target=Address.from_code(f"par1.st1.ss{number}"), old=old, new=new, expects=old)


def linked(amendment: Amendment) -> Amendment:
    """With the identity that a person has confirmed, as every reading has it."""
    text = version_at(History((FIRST,)), SN, in_force=D("2018-01-01"))
    return replace(amendment, wid=locate(text, amendment.target).wid) if amendment.locates else amendment


def draft(section: str, *amendments: Amendment) -> Decision:
    return decision("2018-03-01", section, "2018-04-01", *amendments)


@pytest.mark.parametrize(
    ("one", "other", "hint"),
    [
        (repeal(2, "två"), repeal(2, "två"), "inte att föra in"),
        (repeal(2, "två"), reword(2, "två", "2"), "inte att föra in"),
        (reword(2, "två", "2"), reword(2, "två", "ii"), "inte att föra in"),
        (insert("a", "ss2"), insert("b", "ss2"), "olika beroende på vilket"),
    ],
)
def test_two_drafts_that_collide(one: Amendment, other: Amendment, hint: str) -> None:
    (problem,) = drafts_ahead(History((FIRST,)), draft("8", one), (("förslaget b", draft("9", other)),))
    assert (problem.code, problem.level) == ("KROCK", Level.VARNING)
    assert "förslaget b" in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (insert("a"), insert("b")),
        (repeal(1, "ett"), reword(2, "två", "2")),
        (insert("a"), repeal(1, "ett")),
        (insert("a", "ss2"), reword(3, "tre", "3")),
    ],
)
def test_two_drafts_that_do_not(one: Amendment, other: Amendment) -> None:
    assert not list(drafts_ahead(History((FIRST,)), draft("8", linked(one)), (("förslaget b", draft("9", linked(other))),)))


def test_what_is_decided_ahead_is_told_with_its_wording() -> None:
    ahead = decision("2018-01-01", "3", "2018-07-01", reword(2, "två", "2"))
    history = History((FIRST, ahead))
    (problem,) = decided_ahead(history, draft("8", repeal(2, "två")), today=D("2018-03-01"))
    assert problem.level is Level.FEL
    assert ahead.name in problem.message
    assert "Då lyder" in problem.message
    later = decision("2018-03-01", "8", "2018-08-01", repeal(2, "2"))
    (problem,) = decided_ahead(history, later, today=D("2018-03-01"))
    assert problem.level is Level.VARNING
    assert not list(decided_ahead(history, draft("8", repeal(1, "ett")), today=D("2018-03-01")))
    assert not list(decided_ahead(history, later, today=D("2018-07-01")))


def test_what_hangs_on_a_condition_warns_in_either_order() -> None:
    ahead = decision("2018-01-01", "3", Condition("när beslutet har vunnit laga kraft"), reword(2, "två", "2"))
    (problem,) = decided_ahead(History((FIRST, ahead)), draft("8", repeal(2, "två")), today=D("2018-03-01"))
    assert problem.level is Level.VARNING
    assert "gälla först" in problem.hint
    assert "gälla sedan" in problem.hint


def adopted(charter: Charter) -> History:
    adopt = Adopt(title=charter.title, committee=charter.committee, body=charter.body)
    first = Change(charter=charter.id, in_force_from=date(2015, 1, 26), amendments=(adopt,))
    return History((Decision(id=BASE, decided_on=date(2015, 1, 26), changes=(first,)),))


@given(moments())
def test_never_fails_and_is_the_same_from_either_side(moment: tuple[Charter, Change]) -> None:
    """Whatever two drafts say, looking for collisions gives problems and no error; and the same ones seen from either side."""
    charter, change = moment
    one = Decision(id=LATER, decided_on=START, changes=(change,))
    half = Change(charter=charter.id, in_force_from=START, amendments=change.amendments[:1])
    other = Decision(id=DecisionId("kf-2018-06-18-100"), decided_on=START, changes=(half,))
    there = list(drafts_ahead(adopted(charter), one, (("b", other),)))
    back = list(drafts_ahead(adopted(charter), other, (("a", one),)))
    assert bool(there) == bool(back)
    assert all(p.code == "KROCK" and p.level is Level.VARNING for p in there + back)
    list(decided_ahead(adopted(charter).with_event(other), one, today=date(2018, 1, 1)))
