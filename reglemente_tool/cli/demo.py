"""demo: the whole road once, on an example register."""

from __future__ import annotations

import shutil
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.answering.who import search_in, show_answer
from reglemente_tool.cli.answering.whodata import answer_data
from reglemente_tool.cli.deciding.decide import enact, read_into
from reglemente_tool.cli.deciding.reading import reading_data, show_reading
from reglemente_tool.cli.deciding.trying import show_change
from reglemente_tool.cli.output import answer, heading, misfit, say, working
from reglemente_tool.cli.register import latest_charters, now, standing_charters
from reglemente_tool.cli.show import clean, redline
from reglemente_tool.cli.swedish import command
from reglemente_tool.cli.verify import show_report
from reglemente_tool.model.history import Decision
from reglemente_tool.model.proposal import decision_of
from reglemente_tool.reading.sources import source_for
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.writers import writer

EXAMPLE = "vanersborg"
TASK = "integrationsfrågor"
ANSWERS = {"BESLUTSDATUM": "2017-06-21", "IKRAFT": "2017-07-01"}
"""Not in the extract. A person must answer; for the example these days are made up."""

BEFORE, AFTER = date(2017, 6, 30), date(2017, 7, 1)


def examples() -> Path:
    """Return the folder with the example registers: in the installed package, or in the checkout beside it."""
    inside = Path(str(files("reglemente_tool"))) / "charters"
    return inside if inside.is_dir() else inside.parent.parent / "charters"


@command("demo", here=False)
@click.argument("plats", metavar="[MAPP]", type=click.Path(path_type=Path), required=False)
@click.option("--word", is_flag=True, help="Visa i stället hur en mapp med Word-filer blir ett register.")
@click.option("--om", is_flag=True, help="Gör om en tidigare demonstration i samma mapp.")
def demo(plats: Path | None, word: bool, om: bool, mapp: Path | None, som_json: bool) -> int:
    """Visa hela vägen på ett exempel: från fullmäktiges beslut till gällande text, jämförelse och svar.

    Bygger ett exempelregister i MAPP, läser ett beslut, för in det och skriver dokumenten. Med --word skrivs i stället
    några Word-filer i MAPP, och vägen går från dem till ett register. Texterna är skrivna för programmet och är inte
    kommunens gällande reglementen.
    """
    plats = plats or Path("demo-word" if word else "demo")
    _make_room(plats, om, word)
    if word:
        return _from_word(plats, som_json)
    register = build(plats / "register")
    quiet = som_json
    before = search_in(register).who(TASK, in_force=BEFORE)
    text = source_for(".txt").read((examples() / "beslut" / "vanersborg-kf-105.txt").read_bytes())
    standing = latest_charters(register)
    proposal = read_into(register, text, ANSWERS)
    if not quiet:
        _chapter("1. Ett exempelregister")
        say(f"{register.municipality.name}: {len(standing)} reglementen i {plats / 'register'}, ett git-förvar.")
        for charter in standing.values():
            say(f"- {charter.title}", indent=2)
        _chapter(f"2. Vem ansvarar för {TASK} den {BEFORE}?")
        show_answer(before, register)
        _chapter("3. Ett beslut läses")
        show_reading(proposal, standing)
        click.echo()
        days = f"{ANSWERS['BESLUTSDATUM']} och {ANSWERS['IKRAFT']}"
        say(f"Utdraget säger inte när beslutet togs eller börjar gälla. Det måste en person svara på; i exemplet är svaren {days}.")
    decision = decision_of(proposal, "kommunsekreterare (exempel)")
    old = {c.id: c for c in standing_charters(register.history, in_force=BEFORE)}
    commit = enact(register, decision, proposal).commit
    new = {c.id: c for c in standing_charters(register.history, in_force=AFTER)}
    if not quiet:
        _chapter("4. Läsningen är bekräftad, och beslutet förs in")
        for change in decision.changes:
            show_change(old.get(change.charter), new.get(change.charter), register)
        click.echo()
        say(f"{decision.name} är infört i {len(decision.changes)} reglementen i en enda incheckning, {commit[:10]}.")
    written = documents(register, decision, plats / "dokument", show=not quiet)
    after = search_in(register).who(TASK, in_force=AFTER)
    report = register.verify()
    if not quiet:
        _chapter(f"6. Vem ansvarar för {TASK} den {AFTER}?")
        show_answer(after, register)
        _chapter("7. Kontroll")
        show_report(report, register.municipality.name)
        click.echo()
        say(f"Fortsätt själv: reglemente vem bygglov --register {plats / 'register'}")
    data: dict[str, Any] = {
        "register": str(plats / "register"),
        "lasning": reading_data(proposal, standing),
        "beslut": decision.id,
        "incheckning": commit,
        "dokument": [str(path) for path in written],
        "fore": answer_data(before, register),
        "efter": answer_data(after, register),
        "hel": report.ok,
    }
    answer(som_json, "demo", data)
    return int(not report.ok)


def _from_word(place: Path, som_json: bool) -> int:
    from reglemente_tool.cli.worddemo import quietly, word_demo

    files, register = (quietly if som_json else word_demo)(Register.open(examples() / "norrboda"), place)
    report = register.verify()
    data = {
        "register": str(place / "register"),
        "filer": [str(path) for path in files],
        "beslut": [event.id for event in register.history.events],
        "hel": report.ok,
    }
    if not answer(som_json, "demo", data):
        say(f"Fortsätt själv: reglemente vem bygglov --register {place / 'register'}")
    return int(not report.ok)


def _chapter(text: str) -> None:
    click.echo()
    click.echo("=" * 80)
    heading(text)


def _make_room(place: Path, again: bool, word: bool) -> None:
    if not place.exists() or not any(place.iterdir()):
        return
    if not (place / "register" / "register.xml").is_file():
        usage = f"reglemente demo MAPP{' --word' if word else ''}"
        raise misfit(f"Mappen {place} finns redan och är ingen demonstration.", f"Ange en annan mapp: {usage}")
    if not again:
        raise misfit(f"Mappen {place} har redan en demonstration.", "Gör om den med --om, eller ange en annan mapp.")
    shutil.rmtree(place)


def build(folder: Path) -> Register:
    """Make the example register anew in `folder`, decision by decision, so that its git history is real."""
    source = Register.open(examples() / EXAMPLE)
    register = Register.create(folder, source.municipality, now=now())
    for event in sorted(source.history.events, key=lambda e: (e.decided_on, e.id)):
        register.enact(event, now=now())
    return register


def documents(register: Register, decision: Decision, folder: Path, *, show: bool) -> list[Path]:
    """Write consolidated texts and redlines of what `decision` changed into `folder`; return the files, redlines first."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    pdf, html, text = writer("pdf"), writer("html"), writer("text")
    for change in decision.changes:
        page, _, _ = redline(register, change.charter, BEFORE, AFTER)
        name = f"{change.charter}-andring-{decision.id}"
        with working("Sätter dokumenten"):
            written += [_write(folder / f"{name}.pdf", pdf.write(page)), _write(folder / f"{name}.html", html.write(page))]
    for change in decision.changes:
        page = clean(register, change.charter, AFTER)
        name = f"{change.charter}-{AFTER}"
        written += [_write(folder / f"{name}.{end}", made.write(page)) for end, made in (("pdf", pdf), ("html", html), ("txt", text))]
    if show:
        _chapter("5. Dokumenten")
        for path in written:
            say(str(path), indent=2)
    return written


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
