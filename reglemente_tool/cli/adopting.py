"""The draft decision by which a whole charter is adopted: read from a document, adopted anew, or for a new committee."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.cli.output import misfit
from reglemente_tool.cli.register import latest_charters
from reglemente_tool.errors import Problem
from reglemente_tool.model.charter import CharterId, CommitteeId, DecisionId
from reglemente_tool.model.history import Committee
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal, Question, Suggestion, decision_id
from reglemente_tool.reading.commencing import Clauses, commencing
from reglemente_tool.reading.dates import days
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.reading.wording.head import stated
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


def imported(
    register: Register, read: ReadCharter, committee: str, abbreviations: tuple[str, ...], given: Mapping[str, object]
) -> Proposal:
    """Return the draft decision by which `read` is adopted for `committee`; what neither header nor options say is asked for."""
    id = slug(committee)
    if not id:
        raise misfit(f"{committee} är inget namn på en nämnd.")
    facts = dict(read.facts)
    adopted = next((facts[k] for k in facts if k.lower().startswith(("antag", "fastställ", "beslutad", "beslutat", "beslutsdatum"))), "")
    decided = given["beslutat"] or _first_day(adopted)
    section = given["paragraf"] or (m[1] if (m := re.search(r"§\s*(\d+)", adopted)) else "")
    start = given["galler_fran"] or _first_day(next((facts[k] for k in facts if k.lower().startswith("gäller fr")), ""))
    case = given["dnr"] or next((facts[k] for k in facts if k.lower().startswith(("dnr", "diarienummer"))), "")
    days = [day if isinstance(day, date) else None for day in (decided, start)]
    kept = tuple((k, v) for k, v in read.facts if not stated(k))
    adopt = Adopt(title=read.title, committee=CommitteeId(id), facts=kept, body=read.body)
    if CharterId(id) in latest_charters(register):
        raise misfit(
            "Nämnden har redan ett reglemente i registret.",
            f"Har fullmäktige antagit ett helt nytt: reglemente las BESLUT --bilaga FIL, eller reglemente matcha {id} FIL.",
        )
    said = Adopted(days[0], str(section), days[1], str(case))
    return adoption(
        register, read.title, [Suggestion(0, CharterId(id), adopt, "import")], said, otherwise=f"import-{id}", problems=read.problems,
        answers=named(committee, abbreviations), needs_section=False,
    )  # fmt: skip


def committee_in(title: str) -> str:
    """Return the committee that a title names: "Reglemente för hamnnämnden i Norrboda kommun" names hamnnämnden. Raises NotPossible."""
    match = _TITLE.fullmatch(title.strip()) or _TITLE_LAST.fullmatch(title.strip())
    if match is None:
        raise misfit(f"Titeln ”{title}” säger inte vilken nämnd det gäller.", "Ange den med --namnd NAMN.")
    name = match["name"].strip()
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]


_TITLE = re.compile(
    r"(?i)(?:\w*reglemente|arbetsordning|instruktion|bestämmelser)\s+för\s+(?:den\s+)?(?P<name>.+?)"
    r"(?:\s+i\s+[^\s]+(?:\s+stad)?(?:\s+kommun)?)?"
)
_TITLE_LAST = re.compile(r"(?i)(?P<name>\S*(?:nämnd|styrelse|utskott|fullmäktig)\w*?)s?\s*(?:[-–,]\s*)?(?:reglemente|arbetsordning)")


def _first_day(text: str) -> date | None:
    return next((found for _, _, found in days(text)), None)


def dated(draft: Proposal, answers: dict[str, str]) -> Proposal:
    """Return an imported charter's draft with the dates that were asked for."""
    held = commencing(Clauses(), draft.decided_on, answers, needs_start=True)
    if held.problems:
        raise misfit(held.problems[0].message, held.problems[0].hint)
    decided = held.decided_on
    start = held.start if "IKRAFT" in answers else draft.in_force_from
    answered = {code for code, value in (("BESLUTSDATUM", decided), ("IKRAFT", start)) if value is not None}
    questions = tuple(q for q in draft.questions if q.code not in answered)
    return replace(draft, decided_on=decided, in_force_from=start, section=answers.get("PARAGRAF", draft.section), questions=questions)


def new_committees(register: Register, proposal: Proposal) -> tuple[Committee, ...]:
    """Return the committees that `proposal` brings into the register."""
    answers = dict(proposal.answers)
    found = []
    for suggestion in proposal.suggestions:
        if isinstance(suggestion.amendment, Adopt) and register.municipality.committee(suggestion.amendment.committee) is None:
            name = answers.get("NAMND", suggestion.amendment.title.removeprefix("Reglemente för ").strip())
            short = tuple(part.strip() for part in answers.get("KORT", "").split(",") if part.strip())
            found.append(Committee(id=suggestion.amendment.committee, name=name, abbreviations=short))
    return tuple(found)
