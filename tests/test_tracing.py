"""Each row of a text comes from a decision that can be named: checked against every wording, compared day by day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_commands import typed
from test_storage_register import FIRST, KS, LAW, MOVE, SN, address, adoption, decision

from reglemente_tool.amendments.renumber import Renumber
from reglemente_tool.amendments.reword import Reword
from reglemente_tool.cli.demo import examples
from reglemente_tool.consolidate import Trace, trace, versions
from reglemente_tool.errors import NotInForce
from reglemente_tool.model.charter import CharterId, Provision, walk, walk_addressed
from reglemente_tool.model.history import Commencement, History
from reglemente_tool.model.wording import split_tail
from reglemente_tool.storage.library import Register

DAY = date(2024, 1, 1)


def made(history: History, charter: CharterId, day: date = DAY) -> dict[str, Trace]:
    """The traces by address."""
    text, traces = trace(history, charter, in_force=day)
    assert {p.wid for p in walk(text.body)} == set(traces)
    return {a.code: traces[p.wid] for a, p in walk_addressed(text)}


def parts(p: Provision | None) -> tuple[object, ...]:
    """What a trace tells of, in its order: words, list mark, number, heading."""
    if p is None:
        return (None,) * 4
    words, mark = split_tail(p.text)
    return (words, p.closing), mark, (p.number, p.marker), p.heading


@pytest.mark.parametrize("name", ["ale", "alingsas", "lidkoping", "taby", "vanersborg", "norrboda"])
def test_what_did_something_to_a_row_is_what_came_on_the_day_it_changed(name: str) -> None:
    history = Register.open(examples() / name).history
    for charter in {change.charter for e in history.events for change in getattr(e, "changes", ())}:
        wordings = versions(history, charter)
        if wordings[-1].charter.repealed:
            continue
        _, traces = trace(history, charter, in_force=date(2030, 1, 1))
        for wid, told in traces.items():
            rows = [next((p for p in walk(v.charter.body) if p.wid == wid), None) for v in wordings]
            base = next(i for i, v in enumerate(wordings) if told.base.by in v.fresh)
            for at, entry in enumerate((told.words, told.marks, told.number, told.heading)):
                if entry is None:
                    assert rows[-1] is not None
                    assert rows[-1].heading == ""
                    continue
                seen = [parts(row)[at] for row in rows]
                last = max((i for i in range(base + 1, len(rows)) if seen[i] != seen[i - 1] or rows[i - 1] is None), default=base)
                assert entry.by in wordings[last].fresh or (at == 1 and entry == told.words)


def test_words_marks_numbers_and_headings_are_told_apart() -> None:
    one = decision("kf-2020-05-05-9", date(2020, 5, 5), (SN, Renumber(target=address("par2"), number="3")))
    told = made(History((FIRST, MOVE, one)), SN)
    moved, first, rest = told["par1.st1.ss2"], told["par1.st1.ss1"], told["par3"]
    assert (first.placed.by, first.words.by, first.marks.by) == (FIRST.id,) * 3
    assert (moved.placed.by, moved.words.by) == (FIRST.id, FIRST.id), "what stands in its place now was there before"
    assert (rest.placed.by, rest.words.by, rest.number.by, rest.heading) == (FIRST.id, FIRST.id, one.id, None)
    assert told["par1"].heading == told["par1"].base
    board = made(History((FIRST, MOVE)), KS)
    assert board["par1.st1.ss3"].placed.by == MOVE.id
    assert (board["par1.st1.ss2"].words.by, board["par1.st1.ss2"].marks.by) == (FIRST.id, MOVE.id), "only the full stop went"


def test_what_came_for_a_time_and_what_hangs_on_a_condition() -> None:
    met = Commencement(decision=LAW.id, on=date(2019, 5, 1), decided_on=date(2019, 5, 3), confirmed_by="kansli")
    assert made(History((FIRST, LAW)), SN)["par2.st1"].words.by == FIRST.id
    assert made(History((FIRST, LAW, met)), SN)["par2.st1"].words.by == LAW.id
    assert made(History((FIRST, LAW, met)), SN, date(2019, 4, 30))["par2.st1"].words.by == FIRST.id
    brief = decision("kf-2018-01-01-1", date(2018, 1, 1), (SN, Reword(target=address("par2.st1"), old="bilda", new="ha")))
    brief = replace(brief, changes=tuple(replace(c, in_force_until=date(2018, 6, 30)) for c in brief.changes))
    assert made(History((FIRST, brief)), SN, date(2018, 6, 30))["par2.st1"].words.by == brief.id
    assert made(History((FIRST, brief)), SN, date(2018, 7, 1))["par2.st1"].words.by == FIRST.id


def test_a_new_adoption_is_the_base_of_all_that_it_took_in() -> None:
    again = decision("kf-2021-01-01-1", date(2021, 1, 1), adoption(SN, "hemtjänst, samt", "budgetrådgivning."))
    told = made(History((FIRST, MOVE, again)), SN)
    assert {t.placed.by for t in told.values()} == {t.words.by for t in told.values()} == {again.id}
    with pytest.raises(NotInForce):
        trace(History((FIRST,)), SN, in_force=date(2010, 1, 1))


def test_the_command_says_it_for_programs_and_as_a_page(tmp_path: Path) -> None:
    where = f"--register {examples() / 'taby'}"
    code, printed = typed(f"reglemente historik kommunstyrelsen --rader --galler 2024-01-01 --json {where}")
    assert code == 0
    answer = json.loads(printed)
    assert answer["grundtext"] == "KF 2014-12-08 § 180"
    row = next(row for row in answer["rader"] if row["text"] == "vuxenutbildning,")
    assert (row["infort"]["namn"], row["infort"]["grundtext"]) == ("KF 2014-12-08 § 180", True)
    assert (row["ord"]["namn"], row["ord"]["grundtext"]) == ("KF 2018-11-19 § 133", False)
    assert all(len(line) <= 80 for line in typed(f"reglemente historik KS --rader {where}")[1].splitlines())
    page = tmp_path / "rader.html"
    assert typed(f"reglemente historik KS --rader --ut {page} {where}")[0] == 0
    assert "ändrat KF 2018-11-19 § 133" in page.read_text(encoding="utf-8").replace("\u00a0", " ")
