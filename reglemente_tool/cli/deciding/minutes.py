"""A decision as a document: its att-satser, and as annexes the redline of each charter. For beslut, and for prova --beslutstext."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.check import Moment, moment_of
from reglemente_tool.cli.deciding.drafts import NOT_ADOPTED, NOT_CONFIRMED, draft_pages
from reglemente_tool.cli.output import misfit
from reglemente_tool.cli.register import title_of
from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.charter import Charter, CharterId, DecisionId
from reglemente_tool.model.history import Decision, History
from reglemente_tool.model.notices import ENTERED, NOT_ENTERED
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.decided import Annexed, decision_page
from reglemente_tool.writing.front import moved_between
from reglemente_tool.writing.page import Page

OPEN = frozenset({"BESLUTSDATUM", "IKRAFT", "PARAGRAF"})
"""What a text for the council to decide on may leave open: the council has not met."""

_NOT_THE_MINUTES = "Att-satserna är skrivna ur de ändringar som registret har. Det justerade protokollet gäller."


def enacted_page(register: Register, decision: Decision, *, only_changed: bool = False) -> Page:
    """Return a decision in the register as a page, each annex the redline of what it did.

    Raises CannotWrite and what `moment_of` raises.
    """
    others = History(tuple(event for event in register.history.events if event.id != decision.id))
    moment = moment_of(others, decision)
    pages: dict[CharterId, Page] = {}
    for id in moment.touched:
        before, after = moment.was(id), _after(moment, id)
        if after is not None:
            pages[id] = _annex(moment, before, after, only_changed)
    status: tuple[str, ...] = (f"{decision.name}, {ENTERED} {_NOT_THE_MINUTES}",)
    if decision.assignments:
        status += ("Beslutet ger också uppdrag eller anslag. De står inte här.",)
    return _page(register, moment, pages, status)


def draft_page(
    register: Register, proposal: Proposal, moment: Moment | None, problems: list[Problem], *, only_changed: bool = False
) -> Page:
    """Return a draft as a page for the council to decide on, marked as such on every page. Raises NotPossible when it does not fit yet."""
    left = [problem for problem in problems if problem.level is not Level.VARNING and problem.code not in OPEN]
    if moment is None or left:
        told = " ".join(problem.message for problem in left[:3])
        raise misfit(f"Beslutstexten kan inte skrivas än. {told}".strip(), f"Se allt som hindrar med reglemente prova {proposal.id}.")
    made = dict(draft_pages(register, proposal, moment, [], only_changed=only_changed))
    pages = {}
    for id, page in made.items():
        after = _after(moment, id)
        if after is not None:
            annex = page if moment.was(id) is not None else clean_page(after, facts=())
            pages[id] = replace(annex, facts=(), status=(), municipality="", draft="")
    unchanging = len({one.clause for one in proposal.no_change} | {one.clause for one in proposal.assignments})
    status = [f"Skrivet ur förslaget {proposal.id}. {NOT_ENTERED}"]
    if unchanging:
        said = "en att-sats som inte ändrar något reglemente; den" if unchanging == 1 else (
            f"{unchanging} att-satser som inte ändrar något reglemente; de"
        )
        status.append(f"Beslutet har också {said} står inte här.")
    mark = NOT_ADOPTED if proposal.decided_on is None else NOT_CONFIRMED
    undecided = frozenset(problem.code for problem in problems) & OPEN
    return _page(register, moment, pages, tuple(status), draft=mark, undecided=undecided)


def _page(
    register: Register, moment: Moment, pages: dict[CharterId, Page], status: tuple[str, ...], *, draft: str = "",
    undecided: frozenset[str] = frozenset(),
) -> Page:  # fmt: skip
    charters = {id: Annexed(_title(register, moment, id), pages.get(id)) for id in moment.touched}
    revoked = {one.annuls: _named(register.history, one.annuls) for one in moment.decision.revocations}
    return decision_page(
        moment.decision, charters, municipality=register.municipality.name, status=status, draft=draft, undecided=undecided,
        revoked=revoked,
    )


def _after(moment: Moment, id: CharterId) -> Charter | None:
    return next((charter for charter in moment.after if charter.id == id), None)


def _title(register: Register, moment: Moment, id: CharterId) -> str:
    """What the charter is called in the decision: as it was before it, where it was."""
    charter = moment.was(id) or _after(moment, id)
    return charter.title if charter is not None else title_of(register.history, id)


def _annex(moment: Moment, before: Charter | None, after: Charter, only_changed: bool) -> Page:
    if before is None:
        return clean_page(after, facts=())
    elsewhere = moved_between(after.id, moment.before, moment.after)
    return redline_page(before, after, elsewhere=elsewhere, only_changed=only_changed, facts=())


def _named(history: History, id: DecisionId) -> str:
    event = history.decision(id)
    if event is None:
        return f"beslutet {id}"
    return f"kommunfullmäktiges beslut {event.decided_on.isoformat()}" + (f", § {event.section}," if event.section else "")
