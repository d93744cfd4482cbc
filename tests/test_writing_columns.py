"""Two columns: down the left one the old wording, down the right one the new, and a row for each §."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from edited import pairs
from hypothesis import given
from sample import amended, read, sample, without

from reglemente_tool.compare import plain
from reglemente_tool.model.charter import Charter
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.columns import Row, columns
from reglemente_tool.writing.flow import Line, Role, flow
from reglemente_tool.writing.page import LEFT_OUT, ONLY_NEW, ONLY_OLD, Mark, Run


def every(lines: Iterable[Line]) -> list[Line]:
    return [x for line in lines for x in (line, *every(line.inner))]


def runs_of(lines: Iterable[Line]) -> list[Run]:
    return [run for line in every(lines) for part in (line.label, line.runs, *line.cells) for run in part]


def letters(lines: Iterable[Line]) -> str:
    return re.sub(r"[\s|]", "", "".join(run.text for run in runs_of(lines)))


def down(rows: tuple[Row, ...], side: str) -> list[Line]:
    return [line for row in rows for line in getattr(row, side)]


@given(pairs())
def test_each_column_is_one_wording(both: tuple[Charter, Charter]) -> None:
    rows = columns(redline_page(*both))
    assert letters(down(rows, "left")) == letters(flow(clean_page(both[0])))
    assert letters(down(rows, "right")) == letters(flow(clean_page(both[1])))


@given(pairs())
def test_what_has_changed_is_marked_on_its_own_side(both: tuple[Charter, Charter]) -> None:
    for only_changed in (False, True):
        rows = columns(redline_page(*both, only_changed=only_changed))
        assert not {run.mark for run in runs_of(down(rows, "left"))} & ONLY_NEW
        assert not {run.mark for run in runs_of(down(rows, "right"))} & ONLY_OLD
        for row in rows:
            # Nothing is said to have changed on one side only, unless the row shows that something has.
            assert letters(row.left) == letters(row.right) or any(
                run.mark is not Mark.SAME for run in runs_of((*row.left, *row.right))
            )


@given(pairs())
def test_an_anchor_stands_once(both: tuple[Charter, Charter]) -> None:
    rows = columns(redline_page(*both))
    found = [line.anchor for line in every([*down(rows, "left"), *down(rows, "right")]) if line.anchor]
    assert sorted(found) == sorted(set(found))
    running = {line.anchor: line for line in every(flow(redline_page(*both))) if line.anchor}
    assert set(found) <= running.keys()
    for missing in running.keys() - set(found):
        # It has lost all its words, so that there is nothing to lead to today.
        assert not plain(running[missing].label) + plain(running[missing].runs), missing


def shown(lines: tuple[Line, ...]) -> list[str]:
    return [" ".join(filter(None, (plain(line.label), plain(line.runs)))) for line in every(lines)]


def by_anchor(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row.anchor: row for row in rows}


def test_new_is_only_right_gone_only_left_and_moved_in_two_rows() -> None:
    rows = by_anchor(columns(redline_page(sample(), amended())))
    assert (rows["par11a"].left, rows["par9"].right) == ((), ())
    assert [line.note for line in rows["par11a"].right if line.note] == ["Ny paragraf"]
    assert [line.note for line in rows["par9"].left if line.note] == ["Paragrafen upphör att gälla"]
    assert [run for line in rows["par14"].left[1:2] for run in line.label] == [Run("12", Mark.REMOVED), Run(" §")]
    assert [run for line in rows["par14"].right[1:2] for run in line.label] == [Run("14", Mark.ADDED), Run(" §")]
    moved = [line for line in rows["par6"].right if line.note]
    assert [(line.note, line.link) for line in moved] == [("flyttat hit från 7 § andra stycket", "par7.st2")]
    assert letters(rows["par6"].left) != letters(rows["par6"].right)


def test_a_heading_that_stays_spans_both_columns() -> None:
    rows = by_anchor(columns(redline_page(sample(), amended())))
    assert rows["kap1"].spans
    assert not rows["kap3"].spans  # It has a new name.
    assert shown(rows["kap1"].left) == shown(rows["kap1"].right) == ["1 kap. Nämndens uppgifter"]
    assert not any(row.spans for row in rows.values() if row.left[:1] and row.left[0].role is Role.TEXT)


def test_a_bilaga_has_a_row_for_each_of_its_parts() -> None:
    rows = columns(redline_page(sample(), amended()))
    last = [row for row in rows if row.anchor.startswith("bil1")]
    assert [row.anchor for row in last] == ["bil1", "bil1.st1", "bil1.tab1"]
    table = last[-1].right[0]
    assert [[plain(cell) for cell in row.cells] for row in table.inner] == [
        ["Ärende", "Delegat", "Villkor"], ["Grävtillstånd", "gatuchefen", "högst två år"],
    ]  # fmt: skip


def test_unchanged_stycken_are_left_out_once_on_each_side() -> None:
    old = read("Reglemente\n\n1 §\nEtt står kvar.\n\nTvå utgår.\n\nTre står kvar.\n\n2 §\nAnnat.\n")
    (row,) = columns(redline_page(old, without(old, "par1.st2"), only_changed=True))
    assert [plain(line.runs, old=True) for line in row.left if line.role is Role.TEXT] == [LEFT_OUT, "Två utgår.", LEFT_OUT]
    assert [plain(line.runs) for line in row.right if line.role is Role.TEXT] == [LEFT_OUT]


@pytest.mark.parametrize("charter", [sample(), amended()])
def test_nothing_has_changed_and_both_sides_are_alike(charter: Charter) -> None:
    for row in columns(redline_page(charter, charter)):
        assert letters(row.left) == letters(row.right)
    assert columns(redline_page(charter, charter, only_changed=True)) == ()
