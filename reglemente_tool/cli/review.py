"""granska: gaps, overlaps, what has grown stale and scars, in the texts as they stand; and a draft decision that mends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.catalogue import catalogue_for
from reglemente_tool.cli.output import WIDTH, answer, folded, heading, problem_data, say, working
from reglemente_tool.cli.register import charter_id, opened, today
from reglemente_tool.cli.swedish import DAY, command, wants_colour
from reglemente_tool.errors import Level
from reglemente_tool.model.citation import cite
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.review import Finding, Subject, review
from reglemente_tool.review.mending import Mend, decision_text, mends
from reglemente_tool.storage.library import Register

_INDENT = 4
_COLOUR = {Level.FEL: "red", Level.FRAGA: "cyan", Level.VARNING: "yellow"}


@command("granska")
@click.argument("namnd", metavar="[NÄMND]", required=False)
@click.option("--galler", type=DAY, metavar="DATUM", help="Granska lydelsen som gäller den dagen. Annars i dag.")
@click.option("--utkast", is_flag=True, help="Skriv ett förslag till beslut som rättar det som kan rättas utan bedömning.")
def granska(namnd: str | None, galler: date | None, utkast: bool, mapp: Path | None, som_json: bool) -> int:
    """Sök fel och brister i reglementena som de lyder: luckor, dubbleringar, gamla lagar, hänvisningar.

    Utan NÄMND granskas hela registret, och då också det som rör flera reglementen. Kommandot slutar med 1 när något är fel,
    och med 0 när det bara finns sådant att se över.

    \b
    Exempel: reglemente granska
             reglemente granska socialnämnden --utkast
    """
    register = opened(mapp)
    only = charter_id(register, namnd) if namnd else None
    day = galler or today()
    with working("Granskar reglementena"):
        subject = Subject(register.history, register.municipality, catalogue_for(register.folder), day)
        found = review(subject, only)
        draft, told = _draft(register, subject, found) if utkast else (None, ())
    faults = sum(f.level is Level.FEL for f in found)
    data = {
        "galler": day.isoformat(),
        "fel": faults,
        "varningar": len(found) - faults,
        "fynd": [finding_data(f) for f in found],
        "utkast": draft.id if draft else None,
        "utkast_att_satser": [m.clause for m in told],
    }
    if not answer(som_json, "granska", data):
        show_findings(found)
        click.echo()
        say(_summary(faults, len(found) - faults, subject))
        if utkast and subject.charters:
            _show_draft(draft, told, sum(bool(f.mends) for f in found))
        elif any(f.mends for f in found):
            count = sum(bool(f.mends) for f in found)
            say(f"{count} av dem kan rättas utan bedömning. Skriv ett förslag till beslut:  reglemente granska --utkast")
    return int(faults > 0)


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as it stands in JSON: a problem, and where it is."""
    return {
        **problem_data(finding.problem),
        "reglemente": finding.charter or None,
        "mal": finding.address.code if finding.address else None,
        "stalle": cite(finding.address) if finding.address else None,
        "kan_rattas": bool(finding.mends),
    }


def show_findings(found: Sequence[Finding]) -> None:
    """Print the findings, charter by charter."""
    for title, listed in groupby(found, key=lambda f: f.title):
        heading(title or "Registret som helhet")
        for finding in listed:
            _show(finding)


def _show(finding: Finding) -> None:
    level = finding.level.value
    place = f"{cite(finding.address)}: " if finding.address else ""
    place = place[:1].upper() + place[1:]
    click.echo()
    first = folded(f"{level} {finding.code}  {place}{finding.message}", 2, 2)
    click.echo(first.replace(level, click.style(level, fg=_COLOUR[finding.level], bold=True), 1) if wants_colour() else first)
    if finding.line:
        shown, start, end = excerpt(finding.line, finding.start, finding.end, WIDTH - _INDENT - 2)
        click.echo(f"{' ' * (_INDENT + 2)}{shown}\n{' ' * (_INDENT + 2 + start)}{'~' * max(end - start, 1)}")
    if finding.hint:
        say(finding.hint, indent=_INDENT)


def excerpt(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Return as much of `line` around the letters `start` to `end` as has room in `width`, "…" where something is left out, and
    where the letters then stand.
    """
    text = "".join(c if c.isprintable() else " " for c in line)
    if len(text) <= width:
        return text, start, end
    room = max(width - 2 - (end - start), 0)
    left = max(0, min(start - room // 2, len(text) - width + 1))
    if left:
        cut = text.find(" ", left, start)
        left = cut + 1 if cut >= 0 else left
    head = "…" if left else ""
    right = min(len(text), left + width - len(head) - 1)
    if right < len(text):
        cut = text.rfind(" ", min(end, right), right)
        right = cut if cut > 0 else right
    shown = head + text[left:right] + ("…" if right < len(text) else "")
    at = start - left + len(head)
    return shown, at, min(end - left + len(head), len(shown))


def _summary(faults: int, others: int, subject: Subject) -> str:
    size = f"{len(subject.charters)} reglemente{'n' if len(subject.charters) != 1 else ''}"
    if not subject.charters:
        return f"Inget reglemente i registret gäller {subject.day.isoformat()}, så det finns inget att granska."
    if not faults and not others:
        return f"Inget att anmärka på. Granskade lydelsen {subject.day.isoformat()}, {size} i registret."
    more = "1 sak" if others == 1 else f"{others} saker"
    return f"{faults} fel och {more} att se över i lydelsen {subject.day.isoformat()}, {size} i registret."


def _draft(register: Register, subject: Subject, found: Sequence[Finding]) -> tuple[Proposal | None, tuple[Mend, ...]]:
    """Write the draft of what can be mended, read as any decision is; only what the reader gives back as it was meant."""
    from reglemente_tool.cli.deciding.decide import read_into
    from reglemente_tool.cli.register import latest_charters
    from reglemente_tool.reading.proposal import Standing, propose

    latest = latest_charters(register)
    standing = Standing(register.municipality, tuple(latest.values()))
    listed = list(mends((e for f in found for e in f.mends), tuple(latest.values())))
    while listed:
        read = propose(decision_text(listed), standing=standing, answers={})
        kept = [m for n, m in enumerate(listed, 1) if _as_meant(m, read, n)]
        if len(kept) == len(listed):
            return read_into(register, decision_text(listed), {}), tuple(listed)
        listed = kept
    return None, ()


def _as_meant(mend: Mend, read: Proposal, number: int) -> bool:
    made = [s for s in read.suggestions if s.clause == number]
    if len(made) != 1 or made[0].charter != mend.charter.id:
        return False
    got, meant = made[0].amendment, mend.amendment
    return type(got) is type(meant) and (got.wid, got.target.part, getattr(got, "old", ""), getattr(got, "new", "")) == (
        meant.wid, meant.target.part, meant.old, meant.new,
    )  # fmt: skip


def _show_draft(draft: Proposal | None, told: Sequence[Mend], mendable: int) -> None:
    if draft is None:
        say("Inget av det går att rätta utan bedömning, så det blir inget utkast.")
        return
    heading(f"Utkast till beslut: {draft.id}")
    for mend in told:
        say(f"– {mend.clause}", indent=2, hanging=2)
    click.echo()
    say(f"Utkastet har {len(told)} att-sats{'er' if len(told) != 1 else ''} för {mendable} fynd. Registret är inte ändrat.")
    say(f"Se hur texten blir:  reglemente prova {draft.id}")
