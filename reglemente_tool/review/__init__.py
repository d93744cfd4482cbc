"""What a person should look at in the texts that stand: gaps, overlaps, what has grown stale, and scars. Pure.

subject      a register made ready for the review;  finding     what is found, and the mend where it is mechanical
tasks        gaps, overlaps, tasks that went and never came;  references    to what is gone or has another number
statutes     replaced statutes and wrong numbers;  terms    words that the law has left
numbering    §§, items and the conjunctions of lists;  residue    placeholders, foreign committees, the header
mending      findings -> the att-satser of a decision that mends them

To add a review: one generator of findings, and its name in REVIEWS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reglemente_tool.errors import Level
from reglemente_tool.model.charter import CharterId
from reglemente_tool.review.finding import Finding
from reglemente_tool.review.numbering import lists_marked, numbers_in_order
from reglemente_tool.review.references import references_hold
from reglemente_tool.review.residue import header_agrees, no_foreign_committee, no_placeholders
from reglemente_tool.review.statutes import statutes_hold
from reglemente_tool.review.subject import Subject
from reglemente_tool.review.tasks import every_duty_has_a_committee, no_task_lost, no_task_twice
from reglemente_tool.review.terms import terms_hold

__all__ = ["REVIEWS", "Finding", "Subject", "review"]

REVIEWS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    references_hold,
    statutes_hold,
    header_agrees,
    no_placeholders,
    no_foreign_committee,
    numbers_in_order,
    lists_marked,
    terms_hold,
    no_task_twice,
    no_task_lost,
    every_duty_has_a_committee,
)


def review(subject: Subject, charter: CharterId | None = None) -> tuple[Finding, ...]:
    """Return every finding, of one charter or of all: the charter with most faults first, in it faults before warnings, then in
    reading order. What concerns the register as a whole comes last, and only when no charter is asked for.
    """
    found = [f for one in REVIEWS for f in one(subject) if charter is None or f.charter == charter]
    faults: dict[CharterId, tuple[int, int]] = {}
    for f in found:
        fel, all_of_them = faults.get(f.charter, (0, 0))
        faults[f.charter] = (fel + (f.level is Level.FEL), all_of_them + 1)
    place = {
        (c.id, address): n for c in subject.charters for n, address in enumerate([None, *(a for a, _ in subject.places(c))])
    }

    def order(f: Finding) -> tuple[object, ...]:
        fel, many = faults[f.charter]
        where = place.get((f.charter, f.address), 0)
        return (not f.charter, -fel, -many, f.charter, f.level is not Level.FEL, where, f.start, f.code)

    return tuple(sorted(found, key=order))
