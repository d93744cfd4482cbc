"""hamta, synka: a register from a git server, and the one here and the one there become one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.output import answer, heading, say, table, working
from reglemente_tool.cli.register import SIGN, now, opened
from reglemente_tool.cli.swedish import WORDS, command
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.history import Annulment, Commencement, Decision, Event


@command("synka")
@click.argument("server", metavar="[SERVER]", required=False)
@click.option("--bara-hamta", "bara_hamta", is_flag=True, help="Hämta och sammanfoga, men skicka inget.")
@click.option("--som-forslag", "som_forslag", default="", metavar="BESLUT", help="Låt ett beslut som bara finns här bli ett förslag igen.")
@click.option("--torrkor", is_flag=True, help="Hämta och pröva, men ändra inget här eller på servern.")
@SIGN
def synka(
    server: str | None, bara_hamta: bool, som_forslag: str, torrkor: bool, signera: Path | None, mapp: Path | None, som_json: bool
) -> int:
    """Hämta vad andra har infört, lägg egna beslut ovanpå det, och skicka dem till servern.

    SERVER är en adress (https://…, ssh://…), en mapp, eller namnet på en server som git känner; annars den som registret
    klonades från. Det som hämtas prövas innan det tas emot. Har båda gått vidare prövas varje eget beslut på nytt mot det
    som andra har infört, och går något inte ihop ändras ingenting.
    Med --signera undertecknar du det som läggs ovanpå.

    \b
    Exempel: reglemente synka --torrkor
             reglemente synka ssh://git@git.kommunen.example/reglementen.git
    """
    from reglemente_tool.storage.syncing import sync

    register = opened(mapp, signera)
    with working("Synkar med servern"):
        done = sync(register, server or "", now=now(), fetch_only=bara_hamta, set_aside=som_forslag, dry_run=torrkor)
    data = {
        "server": done.address,
        "gren": done.branch.removeprefix("refs/heads/"),
        "andrat": not torrkor,
        "fran_servern": _listed(done.theirs),
        "harifran": _listed(done.ours),
        "lagda_ovanpa": [event.id for event in done.joined],
        "forslag": done.set_aside.id if done.set_aside else None,
        "skickat": done.sent,
        "fore": done.before or None,
        "incheckning": done.commit,
    }
    if answer(som_json, "synka", data):
        return 0
    say(f"Server: {done.address}")
    _show("Fanns bara på servern", done.theirs)
    _show("Fanns bara här", done.ours)
    click.echo()
    if torrkor:
        said = "Allt går ihop." if done.theirs or done.ours else "Här och på servern är det lika."
        say(f"Torrkörning: {said} Ingenting är ändrat, vare sig här eller på servern.")
        return 0
    if done.joined:
        say(f"{_names(done.joined)} ligger nu ovanpå det som fanns på servern. Varje ändring är prövad på nytt och är densamma.")
        say(f"Registret som det var före finns kvar i git: refs/reglemente/fore-synk/{done.before}")
    elif done.theirs:
        say("Det som fanns på servern är prövat och hämtat hit.")
    if done.set_aside:
        say(f"{capital(done.set_aside.name)} är inte längre infört här, utan ett förslag:  reglemente prova {done.set_aside.id}")
    say("Här och på servern är det lika." if done.sent else "Inget är skickat till servern.")
    return 0


@command("hamta", here=False)
@click.argument("adress", metavar="ADRESS", type=WORDS)
@click.argument("ny", metavar="MAPP", type=click.Path(path_type=Path))
def hamta(adress: str, ny: Path, mapp: Path | None, som_json: bool) -> int:
    """Hämta kommunens register från en git-server till en ny mapp. Det prövas innan det tas emot.

    Registret minns adressen, så att synka sedan hittar servern.

    \b
    Exempel: reglemente hamta ssh://git@git.kommunen.example/reglementen.git
                 reglementen
    """
    from reglemente_tool.storage.syncing import obtain

    with working("Hämtar registret"):
        register = obtain(ny, adress)
    data = {"mapp": str(register.folder), "kommun": register.municipality.name, "beslut": len(register.history.events)}
    if not answer(som_json, "hamta", data):
        say(f"Registret för {register.municipality.name} är hämtat till {ny} och prövat. Det har {data['beslut']} beslut och händelser.")
    return 0


def _listed(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [{"id": e.id, "namn": e.name, "rubrik": getattr(e, "title", ""), "beslutat": e.decided_on.isoformat()} for e in events]


def _show(title: str, events: tuple[Event, ...]) -> None:
    if events:
        heading(title)
        table((capital(event.name), _about(event)) for event in events)


def _about(event: Event) -> str:
    """What stands beside an event's name: its title, or the decision that it is about."""
    if isinstance(event, Decision):
        return event.title
    about = event.annuls if isinstance(event, Annulment) else event.decision if isinstance(event, Commencement) else ""
    return f"om {about}" if about else ""


def _names(events: tuple[Event, ...]) -> str:
    names = [capital(event.name) for event in events]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"
