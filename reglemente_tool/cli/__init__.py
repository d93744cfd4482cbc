"""The commands. Each is one function that calls the floors below and prints; its docstring is its help."""

from __future__ import annotations

import gc
import io
import sys

import click

from reglemente_tool import __version__
from reglemente_tool.cli.swedish import SETTINGS, SwedishGroup, usage_message
from reglemente_tool.errors import ReglementeError

GROUPS = {
    "Börja": {
        "demo": "reglemente_tool.cli.demo:demo",
        "ny": "reglemente_tool.cli.importing.begin:ny",
        "importera": "reglemente_tool.cli.importing.begin:importera",
    },
    "Ett beslut av fullmäktige": {
        "las": "reglemente_tool.cli.deciding.decide:las",
        "prova": "reglemente_tool.cli.deciding.decide:prova",
        "infor": "reglemente_tool.cli.deciding.decide:infor",
        "beslut": "reglemente_tool.cli.deciding.decisions:beslut",
    },
    "Texter att publicera": {
        "visa": "reglemente_tool.cli.show:visa",
        "jamfor": "reglemente_tool.cli.show:jamfor",
    },
    "Svar på frågor": {
        "vem": "reglemente_tool.cli.answering.who:vem",
        "karta": "reglemente_tool.cli.answering.chart:karta",
        "historik": "reglemente_tool.cli.show:historik",
    },
    "Det som händer med beslut efteråt": {
        "ikrafttrad": "reglemente_tool.cli.deciding.events:ikrafttrad",
        "upphav": "reglemente_tool.cli.deciding.events:upphav",
        "ratta": "reglemente_tool.cli.deciding.events:ratta",
    },
    "Kontroll och granskning": {
        "kontrollera": "reglemente_tool.cli.verify:kontrollera",
        "laga": "reglemente_tool.cli.verify:laga",
        "granska": "reglemente_tool.cli.review:granska",
    },
    "Förbered ett beslut": {
        "utforma": "reglemente_tool.cli.draft:utforma",
        "matcha": "reglemente_tool.cli.draft:matcha",
        "ny-namnd": "reglemente_tool.cli.found:ny_namnd",
    },
    "Flera sekreterare, ett register": {
        "hamta": "reglemente_tool.cli.sync:hamta",
        "synka": "reglemente_tool.cli.sync:synka",
    },
}
"""The commands as a secretary works, in the order of docs/handbok.md. Name -> the function that is it, imported only when called."""

COMMANDS = tuple(name for group in GROUPS.values() for name in group)


@click.group("reglemente", cls=SwedishGroup, groups=GROUPS, context_settings=SETTINGS, invoke_without_command=True)
@click.option("--version", "version", is_flag=True, help="Visa vilken version det är.")
@click.pass_context
def main_group(context: click.Context, version: bool) -> None:
    """Kommunens reglementen, från fullmäktiges beslut till gällande text.

    Läser beslut, visar vad de ändrar, för in dem när du har bekräftat läsningen, och ger lydelsen vid varje datum,
    jämförelser, och svar på vilken nämnd som ansvarar för vad.

    Börja med: reglemente demo
    """
    if version:
        click.echo(f"reglemente {__version__}")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(args: list[str] | None = None) -> None:
    """Run the command line `args` (default: the program's own) and leave: 0 well, 1 problems in the text, 2 usage, 3 could not."""
    # A command lives for a moment: to look for cycles after every 700 objects costs a twentieth of it.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = run(sys.argv[1:] if args is None else args)
    # What is left goes with the process: it is not looked through for cycles on the way out.
    gc.freeze()
    sys.exit(code)


def run(args: list[str]) -> int:
    """Run one command line and return its exit code. Nothing is raised but faults in the program itself."""
    try:
        result = main_group.main(args, prog_name="reglemente", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except BrokenPipeError:
        return 0
    except (click.UsageError, click.Abort, ReglementeError, OSError) as error:
        return _told(error, som_json="--json" in args)


def _told(error: click.UsageError | click.Abort | ReglementeError | OSError, *, som_json: bool) -> int:
    """Print why a command could not do its work, and return its exit code. What prints is not loaded until something is printed."""
    from reglemente_tool.cli.output import folded, let_down, show_error

    if isinstance(error, click.UsageError):
        click.echo(folded(f"Fel i kommandot: {usage_message(error)}", 0, 4), err=True)
        if error.ctx is not None and error.ctx.command is not main_group:
            click.echo(f"Hjälp: {error.ctx.command_path} --hjalp", err=True)
        return 2
    if isinstance(error, click.Abort):
        # At a question nothing has been done yet. During the work the decision may just have gone in: whole or not at all.
        working = isinstance(error.__cause__, KeyboardInterrupt)
        what = "Inget är gjort till hälften; reglemente beslut visar vad som är infört." if working else "Ingenting är ändrat."
        click.echo(f"\nAvbrutet. {what}", err=True)
        return 3
    return show_error(error if isinstance(error, ReglementeError) else let_down(error), som_json=som_json)
