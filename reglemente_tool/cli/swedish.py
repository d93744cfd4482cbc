"""click in Swedish: help pages, types and faults of usage, and commands that are imported only when they are called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

HELP = ["--hjalp", "--hjälp", "--help", "-h"]
SETTINGS = {"help_option_names": HELP, "max_content_width": 96}


_PIECES = {"[OPTIONS]": "[VAL]", "COMMAND [ARGS]...": "KOMMANDO ...", "[COMMAND] [ARGS]...": "KOMMANDO ..."}


class SwedishHelp:
    """The parts of a click command that speak, in Swedish."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write "Användning: reglemente vem [VAL] FRÅGA"."""
        pieces = [_PIECES.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Användning: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under "Val"."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        rows = [row for row in (option.get_help_record(ctx) for option in options) if row]
        # Every spelling of --hjalp works; one is enough to show.
        rows = [("--hjalp", text) if "--hjalp" in name else (name, text.replace("[required]", "[måste anges]")) for name, text in rows]
        if rows:
            with formatter.section("Val"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --hjalp with a Swedish explanation."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Visa den här hjälpen."
        return option


class SwedishCommand(SwedishHelp, click.Command):
    """A command whose help is Swedish."""


class SwedishGroup(SwedishHelp, click.Group):
    """A group that imports a command's module when the command is called, and that knows å, ä, ö and slips of the key."""

    def __init__(self, *args: Any, groups: dict[str, dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        self.lazy = {name: where for group in groups.values() for name, where in group.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a secretary's work."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command; "läs" is las. None when there is none."""
        name = plain(cmd_name)
        if name not in self.lazy:
            return None
        module, function = self.lazy[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command called, or say which one was perhaps meant."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            from difflib import get_close_matches  # only for what was misspelt

            close = get_close_matches(plain(args[0]), self.lazy, n=1)
            hint = f" Menade du {close[0]}?" if close else " Alla kommandon: reglemente --hjalp"
            raise click.UsageError(f"Det finns inget kommando som heter {args[0]}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands with a line each."""
        super().format_options(ctx, formatter)
        widest = max(map(len, self.lazy))
        for title, names in self.groups.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(name.ljust(widest), command.get_short_help_str(200)) for name, command in commands if command is not None]
            with formatter.section(title):
                formatter.write_dl(rows)


def plain(name: str) -> str:
    """Return a command's name without å, ä, ö: "jämför" is jamfor."""
    return name.lower().replace("å", "a").replace("ä", "a").replace("ö", "o")


class Day(click.ParamType[date]):
    """A date as ÅÅÅÅ-MM-DD."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with what a date looks like."""
        if isinstance(value, date):
            return value
        try:
            # fromisoformat also takes weeks ("2026-W27-3"), which nobody here means.
            if "W" not in value.upper():
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fail(f"{value} är inget datum. Skriv till exempel 2026-07-01.", param, ctx)


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "ord"

    def __init__(self, *words: str) -> None:
        self.words = words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the words themselves in the help."""
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or fail with those there are."""
        word = plain(str(value))
        if word not in self.words:
            self.fail(f"{value} går inte att välja. Välj {', '.join(self.words[:-1])} eller {self.words[-1]}.", param, ctx)
        return word


class Words(click.ParamType[str]):
    """Words that must say something: a role, a name, a reason."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words as they stand, without blanks around them; fail when there are none."""
        if not str(value).strip():
            name = param.metavar if isinstance(param, click.Argument) and param.metavar else param.opts[0] if param else "Värdet"
            self.fail(f"{name} är tomt. Skriv något efter det, inom citattecken om det är flera ord.", param, ctx)
        return str(value).strip()


class AnswerType(click.ParamType[tuple[str, str]]):
    """KOD=VÄRDE."""

    name = "kod=värde"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return (code, value), or fail with what an answer looks like."""
        if isinstance(value, tuple):
            return value
        code, sign, answer = str(value).partition("=")
        if not sign or not code.strip():
            self.fail(f"{value} är inget svar. Skriv till exempel --svar PLACERING=3.", param, ctx)
        return code.strip().upper(), answer.strip()


DAY = Day()
WORDS = Words()


def usage_message(error: click.UsageError) -> str:
    """Return a fault of usage as a Swedish sentence."""
    if isinstance(error, click.NoSuchOption):
        close = f" Menade du {error.possibilities[0]}?" if error.possibilities else ""
        if error.ctx is not None and error.ctx.parent is None and error.option_name in ("--register", "--json"):
            return f"{error.option_name} skrivs efter kommandots namn: reglemente vem bygglov {error.option_name}"
        return f"Det finns inget val som heter {error.option_name}.{close}"
    if isinstance(error, click.MissingParameter):
        param = error.param
        if isinstance(param, click.Argument):
            return f"{param.metavar or (param.name or 'ett ord').upper()} saknas."
        return f"{param.opts[0] if param else 'Ett val'} saknas."
    if isinstance(error, click.BadParameter):
        return error.message
    if isinstance(error, click.BadOptionUsage):
        return f"Valet {error.option_name} behöver ett värde."
    if error.message.startswith("Got unexpected extra argument"):
        return "Det står för många ord på raden. Sätt citattecken om det som hör ihop: \"kultur- och fritidsnämnden\""
    return error.message


def command(name: str, *, many: bool = False, here: bool = True) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a function into the Swedish command `name`, with the options that all have: --register and --json.

    With `many` --register may be given more than once, and `mapp` is then a tuple. A command that makes its own folder is not
    `here`, in a register: it refuses --register and does not show it.
    """

    def decorate(function: Callable[..., Any]) -> click.Command:
        function = click.option("--json", "som_json", is_flag=True, help="Svara med JSON, för andra program.")(function)
        where = "Registrets mapp. Annars det register som mappen du står i hör till."
        where += " Kan anges flera gånger, eller vara en mapp med flera register." if many else ""
        refuse = None if here else _makes_its_own
        folder = click.option(
            "--register", "mapp", type=click.Path(path_type=Path), metavar="MAPP", multiple=many,
            help=where, hidden=not here, callback=refuse,
        )  # fmt: skip
        function = folder(function)
        return click.command(name, cls=SwedishCommand, context_settings=SETTINGS)(function)

    return decorate


def _makes_its_own(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        raise click.UsageError("--register hör inte hit. Ange den nya mappen på raden.", ctx)


def times(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --galler and --kant to a command that shows text."""
    known = "Så som det var känt den dagen. Annars allt som är känt nu."
    function = click.option("--kant", type=DAY, metavar="DATUM", help=known)(function)
    return click.option("--galler", type=DAY, metavar="DATUM", help="Det som gäller den dagen. Annars i dag.")(function)


def wants_colour() -> bool:
    """True when the screen is a terminal that a person has not asked to be without colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
