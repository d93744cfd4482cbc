"""What would come of a proposal: the moment around it, the problems, and how the texts change. Nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import click

from reglemente_tool.amendments.adopt import Adopt
from reglemente_tool.check import Moment, check, moment_of
from reglemente_tool.cli.deciding.reading import day_said
from reglemente_tool.cli.output import heading, say, table
from reglemente_tool.cli.register import now, title_of
from reglemente_tool.cli.swedish import wants_colour
from reglemente_tool.compare import compare
from reglemente_tool.conflicts import decided_ahead, drafts_ahead
from reglemente_tool.errors import Level, Problem, ReglementeError
from reglemente_tool.model.charter import Charter
from reglemente_tool.model.history import Decision
from reglemente_tool.model.proposal import Proposal, decision_of
from reglemente_tool.storage.library import Register


def tried(register: Register, proposal: Proposal, problems: list[Problem]) -> Moment | None:
    """Return the moment around the proposal, as far as it can be tried; add what the checks find to `problems`."""
    if not proposal.is_decision or not (proposal.suggestions or proposal.revocations):
        return None
    try:
        moment = moment_of(register.history, _assumed(proposal, now().date()))
    except ReglementeError as error:
        problems.append(error.problem())
        return None
    problems.extend(check(moment))
    return moment


def _assumed(proposal: Proposal, today: date) -> Decision:
    """The decision that the proposal would be if it were enacted today with all that is open left out."""
    settled = replace(
        proposal,
        unread=(),
        questions=(),
        problems=(),
        decided_on=proposal.decided_on or today,
        in_force_from=proposal.in_force_from or today,
    )
    return decision_of(settled, "prövning")


def collisions(register: Register, proposal: Proposal) -> list[Problem]:
    """Return where the proposal meets what is decided but not in force, and the other drafts."""
    if not proposal.is_decision or not proposal.suggestions:
        return []
    today = now().date()
    mine = _assumed(proposal, today)
    if register.history.decision(mine.id) is not None:
        return []
    found, others = [], []
    for id in register.drafts:
        try:
            draft = register.draft(id) if id != proposal.id else proposal
        except ReglementeError as error:
            said = f"Förslaget {id} går inte att läsa, så det är inte prövat mot det här. {error.message}"
            found.append(Problem("KROCK", said, level=Level.VARNING, hint="Läs beslutet på nytt med reglemente las."))
            continue
        if id != proposal.id and draft.is_decision and draft.suggestions:
            others.append((f"förslaget {id}", _assumed(draft, today)))
    found += decided_ahead(register.history, mine, today=today)
    found += drafts_ahead(register.history, mine, tuple(others))
    return list(dict.fromkeys(found))


def times_data(proposal: Proposal) -> list[dict[str, Any]]:
    """Return for each part when it holds, as it stands in JSON."""
    return [
        {
            "att_sats": s.clause, "reglemente": s.charter, "beskrivning": s.amendment.describe(),
            "galler_fran": day_said(start) if (start := proposal.times(s)[0]) is not None else None, "galler_till": proposal.times(s)[1],
        }
        for s in proposal.suggestions
    ]  # fmt: skip


def show_times(proposal: Proposal, register: Register) -> None:
    """Print when each amendment holds, when not all hold from and until the same days."""
    if not proposal.split:
        return
    heading("När ändringarna gäller")
    new = {s.charter: s.amendment.title for s in proposal.suggestions if isinstance(s.amendment, Adopt)}
    for told in times_data(proposal):
        until = f" till och med {told['galler_till']}" if told["galler_till"] else ""
        title = new.get(told["reglemente"]) or title_of(register.history, told["reglemente"])
        table([(f"från {told['galler_fran'] or 'en dag som inte anges'}{until}", f"{title}: {told['beskrivning']}")])


def changed(moment: Moment | None) -> list[tuple[Charter | None, Charter | None]]:
    """Return each charter that the decision touches as it was and as it becomes; None where there is none."""
    if moment is None:
        return []
    return [(moment.was(id), next((c for c in moment.after if c.id == id), None)) for id in moment.touched]


def change_data(before: Charter | None, after: Charter | None) -> dict[str, Any]:
    """Return what a decision does to one charter as it stands in JSON."""
    charter = after or before
    assert charter is not None
    lines = [d.describe() for d in compare(before, after)] if before and after else ["hela reglementet"]
    return {"reglemente": charter.id, "rubrik": charter.title, "nytt": before is None, "upphor": after is None, "andringar": lines}


def show_change(before: Charter | None, after: Charter | None, register: Register) -> None:
    """Print what a decision does to one charter: only what changes, old and new marked."""
    from reglemente_tool.writing.build import redline_page
    from reglemente_tool.writing.writers import terminal

    charter = after or before
    assert charter is not None
    heading(charter.title)
    if before is None:
        say("Ett nytt reglemente. Läs det med reglemente visa när det är infört.", indent=2)
    elif after is None:
        say("Reglementet upphör att gälla i sin helhet.", indent=2)
    else:
        page = redline_page(before, after, municipality=register.municipality.name, only_changed=True)
        click.echo(terminal.render(page, colour=wants_colour(), body_only=True))


