"""What is read out of a clause as wording stands in the clause, letter for letter: nothing is added to it and nothing left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reglemente_tool.reading.reader import read_clause

CLAUSES = Path(__file__).parent.parent / "bench" / "data" / "clauses_tuned.jsonl"


def test_wording_stands_in_the_clause() -> None:
    """Old and new words of every operation, in every clause of the bench, are pieces of the clause as it was written."""
    seen = 0
    for line in CLAUSES.read_text(encoding="utf-8").splitlines():
        clause = json.loads(line)["clause"]
        written = " ".join(clause.split())
        for op in read_clause(clause).operations:
            for words in (op.old, op.new):
                seen += bool(words)
                assert " ".join(words.split()) in written or words.lower() in written.lower(), clause
    assert seen > 150


@pytest.mark.parametrize(
    "clause",
    [
        "att i 3 § i reglementet för miljönämnden efter ”miljöbalken” infoga ”, strålskyddslagen (2018:396)”",
        "att i 3 § i reglementet för miljönämnden ersätta ”lagen (dnr KS 2019/44)” med ”lagen (KS 2020/51)”",
    ],
)
def test_numbers_in_quotations_stay(clause: str) -> None:
    """The number of the case is left aside, but never out of a quotation."""
    (op,) = read_clause(clause).operations
    assert f"”{op.new}”" in clause
