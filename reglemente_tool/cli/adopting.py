"""The draft decision by which a whole charter is adopted: read from a document, adopted anew, or for a new committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reglemente_tool.cli.output import misfit
from reglemente_tool.errors import Problem
from reglemente_tool.model.charter import DecisionId
from reglemente_tool.model.proposal import Proposal, Question, Suggestion, decision_id
from reglemente_tool.storage.library import Register


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a person or a header has said of the council's decision; None and "" for what nobody has."""

    decided_on: date | None
    section: str
    in_force_from: date | None
    case_number: str


def adoption(
    register: Register, title: str, suggestions: Sequence[Suggestion], said: Adopted, *, otherwise: str, problems: Sequence[Problem],
    answers: tuple[tuple[str, str], ...] = (), anew: str = "", needs_section: bool = True,
) -> Proposal:  # fmt: skip
    """Return the draft, with what is not said asked for. It is called `otherwise` until its day (and § where `needs_section`) is known.

    `anew` is put into the first question (" på nytt"). Raises NotPossible when the register has a decision of that name already.
    """
    questions = []
    if said.decided_on is None:
        questions.append(Question("BESLUTSDATUM", f"Vilken dag antog fullmäktige reglementet{anew}?"))
    if said.in_force_from is None:
        questions.append(Question("IKRAFT", f"Från vilken dag gäller {'den nya texten' if anew else 'det'}?"))
    known = said.decided_on is not None and (bool(said.section) or not needs_section)
    id = decision_id(said.decided_on, said.section) if known and said.decided_on else DecisionId(otherwise)
    if any(event.id == id for event in register.history.events):
        raise misfit(f"Beslutet {id} finns redan i registret.", "Kontrollera datum och paragraf: --beslutat, --paragraf.")
    return Proposal(
        id=id,
        body="kommunfullmäktige",
        decided_on=said.decided_on,
        section=said.section,
        case_number=said.case_number,
        title=title,
        in_force_from=said.in_force_from,
        suggestions=tuple(suggestions),
        questions=tuple(questions),
        problems=tuple(problems),
        answers=answers,
    )


def named(committee: str, abbreviations: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what a draft keeps of what its committee is called."""
    return (("NAMND", committee), *((("KORT", ", ".join(abbreviations)),) if abbreviations else ()))
