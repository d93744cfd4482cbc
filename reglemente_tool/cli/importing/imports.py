"""What an import is told as: on screen, as data, and as the text form in a file."""

from __future__ import annotations

from pathlib import Path

import click

from reglemente_tool.cli.output import answer, heading, misfit, problem_data, say, show_problems, table
from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.charter import walk
from reglemente_tool.model.names import slug
from reglemente_tool.model.proposal import Proposal
from reglemente_tool.reading.wording import ReadCharter
from reglemente_tool.storage.entering import Enacted


def told(
    read: ReadCharter, proposal: Proposal | None, done: Enacted | None, som_json: bool, namnd: str | None, granska: str | None
) -> int:
    """Answer with what was read and what became of it; return the exit code."""
    problems = (*(proposal.problems if proposal is not None else read.problems), *(done.problems if done is not None else ()))
    stops = any(p.level is Level.FEL for p in problems) or (proposal is not None and bool(proposal.blocking))
    data = {
        "forslag": proposal.id if proposal is not None and done is None else None,
        "beslut": proposal.id if proposal is not None and done is not None else None,
        "infort": done is not None,
        "reglemente": slug(dict(proposal.answers)["NAMND"]) if proposal is not None else slug(namnd or "") or None,
        "rubrik": read.title,
        "fakta": dict(read.facts),
        "antal": _counts(read),
        "fragor": [{"kod": q.code, "text": q.text} for q in (proposal.questions if proposal is not None else ())],
        "problem": [problem_data(p) for p in problems],
        "block": block_data(read),
        "granskningssida": granska,
        "utelamnat": [{"vad": one.what, "text": one.text, "sida": one.page or None} for one in read.left_out],
    }
    if not answer(som_json, "importera", data):
        _tell(read, proposal, done)
        if granska:
            say(f"Originalet och texten bredvid varandra: öppna {granska} i webbläsaren.")
    return int(stops)


def block_data(read: ReadCharter) -> list[dict[str, object]]:
    """Return the blocks of a reading as they stand in JSON."""
    return [
        {"niva": b.level, "nr": b.number, "markor": b.marker, "text": b.text, "sida": b.page or None, "tveksamt": list(b.doubts)}
        for b in read.blocks
    ]


def _counts(read: ReadCharter) -> dict[str, int]:
    counts: dict[str, int] = {}
    for provision in walk(read.body):
        counts[provision.kind.value] = counts.get(provision.kind.value, 0) + 1
    return counts


_PLURAL = {"paragraf": "paragrafer", "stycke": "stycken", "punkt": "punkter", "bokstav": "bokstäver", "strecksats": "strecksatser",
           "tabell": "tabeller", "rad": "rader", "bilaga": "bilagor"}  # fmt: skip


def contents_said(read: ReadCharter) -> tuple[tuple[str, str], ...]:
    """Return how much of each sort the text holds, as a line for a table."""
    return (("Innehåll", ", ".join(f"{n} {_PLURAL.get(kind, kind) if n > 1 else kind}" for kind, n in _counts(read).items())),)


def _tell(read: ReadCharter, proposal: Proposal | None, done: Enacted | None) -> None:
    say(read.title or "(utan titel)")
    facts = list(contents_said(read))
    if proposal is not None:
        day = f"{proposal.decided_on or 'okänt'}" + (f", § {proposal.section}" if proposal.section else "")
        start = str(proposal.in_force_from or "okänt")
        facts = [("Antaget", day), ("Gäller från", start), ("Dnr", proposal.case_number or "anges inte"), *facts]
    table(facts)
    questions = proposal.questions if proposal is not None else ()
    show_problems([*read.problems, *(Problem(q.code, q.text, level=Level.FRAGA) for q in questions)])
    show_left_out(read, "Inte med i texten")
    click.echo()
    if proposal is None:
        say("Inget är sparat.")
    elif done is not None:
        say("Reglementet är infört.")
        show_problems(done.problems)
    else:
        say(f"Sparat som förslaget {proposal.id}. Registret är inte ändrat.")
        say(f"För in det:  reglemente infor {proposal.id} --bekraftad-av ROLL")


_LONGEST_SHOWN = 70


def show_left_out(read: ReadCharter, under: str) -> None:
    """Print what stood in the document and is no part of the text, below the heading `under`, if there is any."""
    if read.left_out:
        heading(under)
        table((what, text) for what, text in _left_out(read))


def _left_out(read: ReadCharter) -> list[tuple[str, str]]:
    """One line for each kind of what was left out: how much, and how it begins."""
    kinds: dict[str, list[str]] = {}
    for one in read.left_out:
        kinds.setdefault(one.what, []).append(" ".join(one.text.split()))
    shown = []
    for what, texts in kinds.items():
        first = texts[0] if len(texts[0]) <= _LONGEST_SHOWN else texts[0][:_LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
        shown.append((what, first + (f" (och {len(texts) - 1} till)" if len(texts) > 1 else "")))
    return shown


def write_text_form(read: ReadCharter, into: Path, source: Path) -> None:
    """Write the text form of what was read. Raises NotPossible when the file is there already: it may hold someone's corrections."""
    if into.exists():
        raise misfit(f"Filen {into} finns redan.", "Ta bort den, eller ange ett annat namn efter --text-ut.")
    if not into.parent.is_dir():
        raise misfit(f"Mappen {into.parent} finns inte.", "Skapa den först.")
    into.write_text(read.text, encoding="utf-8", newline="\n")
