"""The commands. Each is one function that calls the floors below and prints; its docstring is its help."""

from __future__ import annotations

import gc
import io
import sys

import click

from reglemente_tool import __version__
from reglemente_tool.cli.swedish import SETTINGS, SwedishGroup, usage_message
from reglemente_tool.errors import ReglementeError

COMMANDS = {
    "demo": "reglemente_tool.cli.demo:demo",
    "ny": "reglemente_tool.cli.begin:ny",
    "importera": "reglemente_tool.cli.begin:importera",
    "ny-namnd": "reglemente_tool.cli.found:ny_namnd",
    "las": "reglemente_tool.cli.decide:las",
    "utforma": "reglemente_tool.cli.draft:utforma",
    "matcha": "reglemente_tool.cli.draft:matcha",
    "prova": "reglemente_tool.cli.decide:prova",
    "infor": "reglemente_tool.cli.decide:infor",
    "visa": "reglemente_tool.cli.show:visa",
    "jamfor": "reglemente_tool.cli.show:jamfor",
    "vem": "reglemente_tool.cli.who:vem",
    "karta": "reglemente_tool.cli.chart:karta",
    "historik": "reglemente_tool.cli.show:historik",
    "beslut": "reglemente_tool.cli.decisions:beslut",
    "hamta": "reglemente_tool.cli.sync:hamta",
    "synka": "reglemente_tool.cli.sync:synka",
    "kontrollera": "reglemente_tool.cli.verify:kontrollera",
    "laga": "reglemente_tool.cli.verify:laga",
    "granska": "reglemente_tool.cli.review:granska",
    "ikrafttrad": "reglemente_tool.cli.events:ikrafttrad",
    "upphav": "reglemente_tool.cli.events:upphav",
    "ratta": "reglemente_tool.cli.events:ratta",
}
"""Name of the command -> the function that is it. Imported only when it is called."""


@click.group("reglemente", cls=SwedishGroup, lazy=COMMANDS, context_settings=SETTINGS, invoke_without_command=True)
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
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args: list[str]) -> int:
    """Run one command line and return its exit code. Nothing is raised but faults in the program itself."""
    from reglemente_tool.cli.output import let_down, show_error, visible

    try:
        result = main_group.main(args, prog_name="reglemente", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.UsageError as error:
        click.echo(f"Fel i kommandot: {visible(usage_message(error))}", err=True)
        if error.ctx is not None and error.ctx.command is not main_group:
            click.echo(f"Hjälp: {error.ctx.command_path} --hjalp", err=True)
        return 2
    except click.Abort as abort:
        # At a question nothing has been done yet. During the work the decision may just have gone in: whole or not at all.
        working = isinstance(abort.__cause__, KeyboardInterrupt)
        what = "Inget är gjort till hälften; reglemente beslut visar vad som är infört." if working else "Ingenting är ändrat."
        click.echo(f"\nAvbrutet. {what}", err=True)
        return 3
    except ReglementeError as error:
        return show_error(error, som_json="--json" in args)
    except BrokenPipeError:
        return 0
    except OSError as error:
        return show_error(let_down(error), som_json="--json" in args)
