"""prova, as a document: what a draft would change, marked on every page as what nobody has decided or confirmed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reglemente_tool.check import Moment
from reglemente_tool.cli.documents import Layout, deliver, rendered
from reglemente_tool.cli.output import misfit
from reglemente_tool.cli.register import today
from reglemente_tool.consolidate import charters, timeline
from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.charter import Charter, CharterId, CommitteeId
from reglemente_tool.model.history import Condition
from reglemente_tool.model.notices import NOT_ENTERED
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import redline_page
from reglemente_tool.writing.front import draft_facts, facts, moved_between
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import writer

NOT_ADOPTED = "Utkast, inte antaget"
NOT_CONFIRMED = "Utkast, läsningen är inte bekräftad"


def write_drafts(
    register: Register, proposal: Proposal, moment: Moment | None, problems: list[Problem], form: str, out: Path | None, layout: Layout,
    *, only_changed: bool = False,
) -> int:  # fmt: skip
    """Write one document for each charter that the draft changes, and return 1 when something hinders it, else 0."""
    pages = draft_pages(register, proposal, moment, problems, only_changed=only_changed)
    if not pages:
        raise misfit("Det finns inget att göra ett dokument av.", "Se vad som hindrar med reglemente prova, utan --som.")
    chosen = writer(form)
    if len(pages) > 1 and out is not None and not out.is_dir():
        raise misfit(f"Förslaget ändrar {len(pages)} reglementen, och vart och ett blir ett dokument.", "Ange en mapp som finns med --ut.")
    made = [(f"{proposal.id}-{id}{chosen.SUFFIX}", rendered(page, chosen, register, layout)) for id, page in pages]
    for name, content in made:
        deliver(content, out or Path(name), name)
    return int(any(problem.level is not Level.VARNING for problem in problems))


def draft_pages(
    register: Register, proposal: Proposal, moment: Moment | None, problems: list[Problem], *, only_changed: bool = False
) -> list[tuple[CharterId, Page]]:
    """Return the redline of each charter that the draft changes, told as a draft on page one and in the head of each page."""
    if moment is None:
        return []
    made = []
    for id in moment.touched:
        before = moment.was(id)
        after = next((c for c in moment.after if c.id == id), None)
        known = after or before
        assert known is not None
        nothing = Charter(known.id, "", CommitteeId(""))
        page = redline_page(
            before or nothing,
            after or replace(known, body=(), repealed=True),
            municipality=register.municipality.name,
            facts=draft_facts(_facts_now(register, known.id), _start(proposal), proposal.case_number),
            status=_status(proposal, problems),
            elsewhere=moved_between(known.id, moment.before, moment.after),
            only_changed=only_changed and before is not None and after is not None,
        )
        mark = NOT_ADOPTED if proposal.decided_on is None else NOT_CONFIRMED
        made.append((known.id, replace(page, draft=mark, sides=("Nuvarande lydelse", "Föreslagen lydelse"))))
    return made


def _facts_now(register: Register, id: CharterId) -> tuple[tuple[str, str], ...]:
    """The header of the wording that the draft changes: the latest decided. None for a charter that is new."""
    if id not in charters(register.history):
        return ()
    return facts(register.history, id, in_force=max(*timeline(register.history, id), today()))


def _start(proposal: Proposal) -> str:
    if proposal.split:
        return "olika dagar för olika ändringar"
    start = proposal.in_force_from
    if start is None:
        return "en dag som inte är bestämd"
    return start.text if isinstance(start, Condition) else start.isoformat()


def _status(proposal: Proposal, problems: list[Problem]) -> tuple[str, ...]:
    name = f"förslaget {proposal.id}"
    if proposal.decided_on is not None:
        section = f", § {proposal.section}" if proposal.section else ""
        name = f"kommunfullmäktiges beslut {proposal.decided_on.isoformat()}{section}, så som programmet har läst det"
    lines = [f"Så blir lydelsen enligt {name}. {NOT_ENTERED}"]
    left = [problem for problem in problems if problem.level is not Level.VARNING]
    if left:
        told = " ".join(problem.message for problem in left[:5])
        more = f" Och {len(left) - 5} till." if len(left) > 5 else ""
        lines.append(f"Det går inte att föra in än: {told}{more}")
    return tuple(lines)
