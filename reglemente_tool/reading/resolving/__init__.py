"""From what a clause says to amendments that fit the charters as they stand.

`resolve` takes the operations of one clause. Each type of operation has one function, on the shelf's modules; all of them find
charters and provisions through `_targets`, so that a place is looked up in one way whatever is done to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from reglemente_tool.errors import CannotRead, Level, Problem, ReglementeError
from reglemente_tool.model.proposal import Clause
from reglemente_tool.reading.operation import Operation, Type
from reglemente_tool.reading.resolving._beneath import beneath
from reglemente_tool.reading.resolving._deriving import confirmed
from reglemente_tool.reading.resolving._desk import Desk, Outcome, Stop, place_of
from reglemente_tool.reading.scoping import instant
from reglemente_tool.shelf import modules

Resolver = Callable[[Operation, Desk], Iterator[Outcome]]

__all__ = ["Desk", "Outcome", "resolve"]


def resolve(clause: Clause, operations: Iterable[Operation], phrases: Iterable[str], desk: Desk) -> Outcome:
    """Return suggestions, questions and problems of one clause.

    When one operation cannot be resolved the clause suggests nothing at all: half a clause is not what the council decided.
    """
    total = Outcome(charter=desk.said)
    name = ", ".join(dict.fromkeys(phrases))
    for operation in operations:
        here = desk.at(clause, total.charter or desk.said, total.suggestions, name)
        try:
            meant = beneath(operation, here) if operation.under else operation
            for outcome in _resolvers()[operation.type](meant, here):
                total = total.and_then(_timed(outcome, operation, desk))
        except Stop as stop:
            total = total.and_then(stop.outcome).and_then(_spoken_of(operation, desk))
        except ReglementeError as error:
            kept = error.problem()
            code = "LYDELSE-SKILJER" if isinstance(error, CannotRead) else kept.code
            problem = Problem(code, kept.message, place_of(clause), Level.FEL, kept.hint)
            total = total.and_then(Outcome(problems=(problem,), stopped=True))
    return total.emptied() if total.stopped else confirmed(total, clause, desk)


def _timed(outcome: Outcome, operation: Operation, desk: Desk) -> Outcome:
    """What an operation comes to holds from and until when the part of the clause that it stands in says, if it says."""
    start = instant(operation.moment, desk.decided_on)
    until = operation.until.day if operation.until is not None else None
    if start is None and until is None:
        return outcome
    return replace(
        outcome,
        suggestions=tuple(replace(s, in_force_from=start, in_force_until=until) for s in outcome.suggestions),
        revocations=tuple(replace(r, in_force_from=start) for r in outcome.revocations),
    )


def _spoken_of(operation: Operation, desk: Desk) -> Outcome:
    """The charter that an operation names is spoken of, also when nothing came of it."""
    found = desk.names.charters(operation.charter) if operation.charter and not operation.charter.startswith("*") else ()
    return Outcome(charter=found[0].id if len(found) == 1 else None)


@cache
def _resolvers() -> Mapping[Type, Resolver]:
    found: dict[Type, Resolver] = {}
    for module in modules(__name__):
        found.update(module.RESOLVERS)
    return found
