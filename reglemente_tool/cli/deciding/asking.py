"""What is asked at the terminal before a decision is enacted, and answers that no longer stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from reglemente_tool.cli.deciding.reading import show_suggestion
from reglemente_tool.cli.output import heading
from reglemente_tool.cli.register import ask
from reglemente_tool.model.charter import Charter, CharterId
from reglemente_tool.model.proposal import Proposal, Question

Standing = dict[CharterId, Charter]
_DERIVED = "HARLEDD"


def ask_for_missing(proposal: Proposal, standing: Standing, again: Callable[[Proposal, dict[str, str]], Proposal]) -> Proposal:
    """Return the proposal with every blocking question asked and answered; an answer may raise another question.

    `again` reads the draft anew with more answers. What was derived is shown before it is asked about, and asked last, when
    all that it hangs on has been answered. Each question is asked once.
    """
    asked: set[Question] = set()
    while waiting := [q for q in proposal.blocking if q not in asked]:
        first = [q for q in waiting if q.code != _DERIVED] or waiting
        given = {}
        for question in first:
            if question.code == _DERIVED:
                show_derived(proposal, standing, question.clause)
            options = f" ({' / '.join(question.options)})" if question.options else ""
            given[key(question)] = ask(f"{question.text}{options}", _reader(question))
        asked.update(first)
        proposal = again(proposal, given)
    return proposal


def key(question: Question) -> str:
    """Return the code by which a question is answered: PLACERING:2."""
    return f"{question.code}:{question.clause}" if question.clause else question.code


def _reader(question: Question) -> Callable[[str], object]:
    if question.code == "BESLUTSDATUM":
        return date.fromisoformat
    return _yes_or_no if question.code == _DERIVED else str


def _yes_or_no(text: str) -> str:
    if text.strip().lower() not in ("ja", "nej"):
        raise ValueError(text)
    return text


def show_derived(proposal: Proposal, standing: Standing, clause: int = 0) -> None:
    """Print what was derived and nobody has confirmed yet: of one clause, or of all."""
    shown = [s for s in proposal.suggestions if proposal.unconfirmed(s) and clause in (0, s.clause)]
    for number in dict.fromkeys(s.clause for s in shown):
        heading(f"Härlett ur att-sats {number}")
        for suggestion in (s for s in shown if s.clause == number):
            show_suggestion(suggestion, standing, proposal)
    if shown:
        click.echo()


def outdated(draft: Proposal, again: Proposal, answers: dict[str, str]) -> tuple[str, ...]:
    """Return the confirmations of `draft` that `answers` do not repeat and that were of something else than is now derived."""

    def derived(proposal: Proposal, clause: int) -> list[tuple[object, ...]]:
        return [(s.charter, s.amendment) for s in proposal.suggestions if s.derived and s.clause == clause]

    given = [code for code, _ in draft.answers if code.startswith(f"{_DERIVED}:") and code not in answers]
    return tuple(code for code in given if derived(draft, _number(code)) != derived(again, _number(code)))


def confirms(code: str, value: str) -> bool:
    """True for an answer that confirms what was derived: it holds for the reading that was shown, and changes nothing in it."""
    return code.startswith(f"{_DERIVED}:") and value.lower() == "ja"


def _number(code: str) -> int:
    number = code.partition(":")[2]
    return int(number) if number.isdigit() else 0
