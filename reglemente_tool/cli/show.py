"""visa, jamfor, historik: the text at a date, what changed between two, and the decisions that made it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.documents import (
    Layout,
    archive_file,
    archive_option,
    deliver,
    only_for_pdf,
    redline_options,
    show_page,
)
from reglemente_tool.cli.forms import format_options
from reglemente_tool.cli.output import WIDTH, answer, heading, json_object, misfit, say, table
from reglemente_tool.cli.register import charter_id, opened, title_of, today
from reglemente_tool.cli.swedish import DAY, command, times
from reglemente_tool.compare import compare
from reglemente_tool.consolidate import Version, timeline, version_at, versions
from reglemente_tool.exchange.jsonform import charter_data
from reglemente_tool.model.address import Address, Part
from reglemente_tool.model.amendment import held_text
from reglemente_tool.model.charter import Charter, CharterId, Provision, Wid, walk, walk_addressed
from reglemente_tool.model.citation import cite, read_citation
from reglemente_tool.model.finding import find, locate
from reglemente_tool.model.history import Decision
from reglemente_tool.model.notices import compared
from reglemente_tool.ownership import tenures
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.build import clean_page, redline_page
from reglemente_tool.writing.front import between, elsewhere, facts, origins, status
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import terminal

FORMATS = ("terminal", "text", "md", "html", "pdf", "docx", "json", "akn", "xml")


def citation(text: str) -> Address:
    """Return the address that a person writes as `text` ("2 §", "§ 2 första stycket"). Raises ReglementeError."""
    read = read_citation(text)
    if read is None or read.end < len(text.rstrip(" .")) or len(read.addresses) != 1:
        raise misfit(f"”{text}” går inte att läsa som ett ställe i reglementet.", "Skriv till exempel ”2 §” eller ”4 § andra stycket”.")
    return read.addresses[0]


@command("visa")
@click.argument("namnd", metavar="NÄMND")
@click.argument("citat", metavar="[CITAT]", required=False)
@times
@format_options(*FORMATS)
@archive_option
def visa(
    namnd: str,
    citat: str | None,
    galler: date | None,
    kant: date | None,
    som: str,
    ut: Path | None,
    arkiv: bool,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Visa ett reglemente, eller en bestämmelse i det, så som det gäller en viss dag.

    \b
    Exempel: reglemente visa socialnämnden --galler 2017-06-30
             reglemente visa KS "2 § första stycket"
    """
    register = opened(mapp)
    id = charter_id(register, namnd)
    day = galler or today()
    if arkiv:
        only_for_pdf(som)
    charter = version_at(register.history, id, in_force=day, known=kant)
    if citat:
        if som not in ("terminal", "json"):
            raise misfit(f"En enda bestämmelse kan inte skrivas som {som}.", "Utelämna stället, så blir hela reglementet ett dokument.")
        return _show_provision(charter, citation(citat), register, day, kant, som_json or som == "json")
    if som == "xml":
        from reglemente_tool.storage.xmlform import charter_to_xml

        return deliver(charter_to_xml(charter), ut, f"{id}-{day}.xml")
    page = clean(register, id, day, kant)
    if som == "akn":
        from reglemente_tool.exchange.akn import about, charter_to_akn

        told = about(register.history, register.municipality, id, in_force=day, known=kant, status=page.status)
        return deliver(charter_to_akn(*told), ut, f"{id}-{day}.akn.xml")
    shown = {"galler": day, "kant": kant, "fakta": dict(page.facts), "status": list(page.status)}
    data = {**charter_data(charter, _since(charter, versions(register.history, id, kant))), **shown}
    if som == "json":
        return deliver(f"{json_object('visa', data)}\n".encode(), ut, f"{id}-{day}.json")
    if answer(som_json, "visa", data):
        return 0
    layout = Layout(attachment=archive_file(register, id, day, kant, page.status) if arkiv else None)
    return show_page(page, som, ut, f"{id}-{day}", register=register, layout=layout)


def _since(charter: Charter, made: Iterable[Version]) -> dict[Wid, date]:
    """Return for each provision of `charter` the first day on which it had these words from the same decision."""
    first: dict[object, date] = {}
    for version in made:
        for provision in walk(version.charter.body):
            first.setdefault(_wording(provision), version.start)
    return {p.wid: first[_wording(p)] for p in walk(charter.body)}


def _wording(provision: Provision) -> tuple[object, ...]:
    return provision.wid, provision.source, provision.text, provision.closing


def clean(register: Register, id: CharterId, day: date, known: date | None = None) -> Page:
    """Return the page of a charter's wording on a day, with everything page one should say."""
    history = register.history
    return clean_page(
        version_at(history, id, in_force=day, known=known),
        municipality=register.municipality.name,
        facts=facts(history, id, in_force=day, known=known),
        status=status(history, id, in_force=day, known=known),
        origins=origins(history, id, in_force=day, known=known),
    )


def _show_provision(charter: Charter, address: Address, register: Register, day: date, known: date | None, som_json: bool) -> int:
    holder = locate(charter, address)
    found = find(charter, address)
    came = origins(register.history, charter.id, in_force=day, known=known)
    text = held_text(charter, address)
    data = {"reglemente": charter.id, "stalle": cite(address), "galler": day, "text": text, "sedan": came.get(holder.wid)}
    if answer(som_json, "visa", data):
        return 0
    say(f"{charter.title}, {cite(address)}, lydelse {day.isoformat()}")
    if found.kind.virtual or address.part is Part.RUBRIK:
        say(text, indent=4)
    else:
        alone = replace(charter, body=(holder,))
        click.echo(textwrap.indent(terminal.render(clean_page(alone), width=WIDTH - 4, body_only=True).strip("\n"), "    "))
    changed = [came[p.wid] for p in walk((holder,)) if p.wid in came]
    for note in dict.fromkeys(changed):
        say(f"({note})", indent=4)
    return 0


@command("jamfor")
@click.argument("namnd", metavar="NÄMND")
@click.argument("forsta", metavar="[DAG1]", type=DAY, required=False)
@click.argument("andra", metavar="[DAG2]", type=DAY, required=False)
@click.option("--kant", type=DAY, metavar="DATUM", help="Så som det var känt den dagen. Annars allt som är känt nu.")
@click.option("--bara-andrat", "bara_andrat", is_flag=True, help="Bara de paragrafer som har ändrats.")
@format_options("terminal", "md", "html", "pdf", "docx")
@redline_options
@archive_option
def jamfor(
    namnd: str,
    forsta: date | None,
    andra: date | None,
    kant: date | None,
    bara_andrat: bool,
    som: str,
    ut: Path | None,
    form: str,
    markorer: str,
    arkiv: bool,
    mapp: Path | None,
    som_json: bool,
) -> int:
    """Visa vad som skiljer lydelsen DAG1 från lydelsen DAG2.

    Utan datum: den senaste ändringen. Med ett datum: från den dagen till den senaste lydelsen.

    \b
    Exempel: reglemente jamfor socialnämnden 2017-06-30 2017-07-01 --som pdf
             reglemente jamfor SN --som pdf --form spalter --bara-andrat
    """
    register = opened(mapp)
    if arkiv:
        only_for_pdf(som)
    id = charter_id(register, namnd)
    first, second = _days(register, id, forsta, andra, kant)
    page, old, new = redline(register, id, first, second, kant, only_changed=bara_andrat)
    data = {
        "reglemente": id,
        "fran": first,
        "till": second,
        "beslut": list(between(register.history, id, first, second, kant)),
        "andringar": [d.describe() for d in compare(old, new)],
    }
    if answer(som_json, "jamfor", data):
        return 0
    archived = archive_file(register, id, second, kant, page.status) if arkiv else None
    layout = Layout(form=form, markers=markorer, attachment=archived)
    return show_page(page, som, ut, f"{id}-{first}-{second}", register=register, layout=layout)


def redline(
    register: Register, id: CharterId, first: date, second: date, known: date | None = None, *, only_changed: bool = False
) -> tuple[Page, Charter, Charter]:
    """Return the redline page from one day's wording to another's, and the two wordings."""
    history = register.history
    old = version_at(history, id, in_force=first, known=known)
    new = version_at(history, id, in_force=second, known=known)
    decisions = between(history, id, first, second, known)
    by = f"Ändringar enligt {', '.join(decisions)}." if decisions else "Lydelserna är lika."
    page = redline_page(
        old,
        new,
        municipality=register.municipality.name,
        facts=facts(history, id, in_force=second, known=known),
        status=(f"{compared(first, second)} {by}",
                *status(history, id, in_force=second, known=known)),
        elsewhere=elsewhere(history, id, first, second, known),
        only_changed=only_changed,
    )
    return replace(page, sides=(f"Lydelsen {first.isoformat()}", f"Lydelsen {second.isoformat()}")), old, new


def _days(register: Register, id: CharterId, first: date | None, second: date | None, known: date | None) -> tuple[date, date]:
    days = timeline(register.history, id, known)
    last = second or (max(days[-1], today()) if first else days[-1])
    if first is None:
        if len(days) < 2:
            raise misfit("Reglementet har inte ändrats sedan det antogs.", "Det finns inget att jämföra med.")
        first = last - timedelta(days=1)
    if first > last:
        raise misfit(f"{first} kommer efter {last}.", "Ange den tidigare dagen först.")
    return first, last


@command("historik")
@click.argument("namnd", metavar="NÄMND")
@click.argument("citat", metavar="[CITAT]", required=False)
@times
@click.option("--rader", is_flag=True, help="Visa för varje rad vilket beslut som satte dit den och vilket som ändrade den senast.")
@format_options("terminal", "md", "html", "pdf", "docx")
def historik(
    namnd: str, citat: str | None, galler: date | None, kant: date | None, rader: bool, som: str, ut: Path | None,
    mapp: Path | None, som_json: bool,
) -> int:  # fmt: skip
    """Visa besluten som har gjort ett reglemente, eller en bestämmelse i det, till vad det är.

    Med --rader visas hela texten, och bredvid varje rubrik, paragraf, stycke och strecksats vilket beslut den kommer ur.

    \b
    Exempel: reglemente historik kommunstyrelsen
             reglemente historik KS "2 §"
             reglemente historik KS --rader --galler 2017-07-01
    """
    register = opened(mapp)
    id = charter_id(register, namnd)
    if rader:
        from reglemente_tool.cli.rows import show_rows

        if citat:
            raise misfit("Med --rader visas hela reglementet.", "Utelämna stället, eller utelämna --rader.")
        return show_rows(register, id, galler or today(), kant, som, ut, som_json=som_json)
    if galler is not None or som != "terminal" or ut is not None:
        raise misfit("--galler, --som och --ut hör till --rader.", "Lägg till --rader, eller utelämna dem.")
    if citat:
        return _provision_history(register, id, citation(citat), kant, som_json)
    rows: list[dict[str, Any]] = []
    made = known_versions(register, id, kant)
    for before, version in zip((None, *made), made, strict=False):
        changes = ["reglementet antas"] if before is None else [d.describe() for d in compare(before.charter, version.charter)]
        names = [_decision_name(register, d) for d in version.fresh] or ["tillfällig ändring upphör"]
        rows.append({"galler_fran": version.start, "beslut": list(version.fresh), "namn": names, "andringar": changes})
    if answer(som_json, "historik", {"reglemente": id, "lydelser": rows}):
        return 0
    say(title_of(register.history, id))
    for row in rows:
        heading(f"{row['galler_fran']}  {', '.join(row['namn'])}")
        for change in row["andringar"]:
            say(f"- {change}", indent=2, hanging=2)
    return 0


def known_versions(register: Register, id: CharterId, known: date | None) -> tuple[Version, ...]:
    """Return every wording of a charter as known on `known`. Raises NotPossible when none was."""
    made = versions(register.history, id, known)
    if not made:
        raise misfit(f"{title_of(register.history, id)} fanns inte, så som det var känt {known}.", "Välj en senare dag med --kant.")
    return made


def _decision_name(register: Register, id: str) -> str:
    event = next((e for e in register.history.events if e.id == id), None)
    if event is None:
        return id
    title = event.title if isinstance(event, Decision) else ""
    return f"{event.name}{f', {title}' if title else ''}"


def _provision_history(register: Register, id: CharterId, address: Address, known: date | None, som_json: bool) -> int:
    made = known_versions(register, id, known)
    holder = locate(made[-1].charter, address)
    rows = []
    for provision in walk((holder,)):
        trail = tenures(register.history, provision.wid, known)
        past = [
            f"{title_of(register.history, t.charter)}, {cite(t.address)}, {t.start} till {t.until}"
            for t in trail
            if t.until and t.charter != id
        ]
        here = next((t for t in trail if t.charter == id and t.until is None), None)
        by = provision.source or (here.by if here else "")
        rows.append(
            {
                "stalle": cite(next(a for a, p in walk_addressed(made[-1].charter) if p.wid == provision.wid)),
                "text": provision.text,
                "beslut": by,
                "namn": _decision_name(register, by),
                "har_sedan": here.start if here else None,
                "tidigare": past,
            }
        )
    if answer(som_json, "historik", {"reglemente": id, "stalle": cite(address), "bestammelser": rows}):
        return 0
    say(f"{made[-1].charter.title}, {cite(address)}")
    for row in rows:
        heading(str(row["stalle"]))
        if row["text"]:
            say(str(row["text"]), indent=4)
        facts_shown = [("lydelse enligt", str(row["namn"])), ("här sedan", str(row["har_sedan"] or ""))]
        table([(name, said) for name, said in facts_shown if said], indent=4)
        for place in past_lines(row["tidigare"]):
            say(f"tidigare i {place}", indent=4)
    return 0


def past_lines(past: object) -> list[str]:
    """Return the earlier places with a small first letter."""
    return [p[:1].lower() + p[1:] for p in past] if isinstance(past, list) else []
