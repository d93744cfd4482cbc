"""What commands print: problems as design says, tables, JSON; and the one place where errors become words and exit codes."""

from __future__ import annotations

import errno
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from itertools import zip_longest
from typing import Any

import click

from reglemente_tool.cli.swedish import wants_colour
from reglemente_tool.errors import CannotStore, Level, NotPossible, Problem, ReglementeError

WIDTH = 80
FORMAT = 1
"""The version of the --json answers. A field may be added under the same number; none changes its meaning or goes."""

_COLOUR = {Level.FEL: "red", Level.FRAGA: "cyan", Level.VARNING: "yellow"}


def say(text: str = "", *, indent: int = 0, hanging: int = 0) -> None:
    """Print a sentence, folded to the screen's width. Control characters in it are shown, never obeyed."""
    for line in text.split("\n"):
        click.echo(folded(line, indent, hanging))


def folded(line: str, indent: int = 0, hanging: int = 0) -> str:
    """Return `line` folded at WIDTH, indented, later lines `hanging` further in. A command to type, after a colon and two blanks, is
    never broken: it goes to a line of its own when there is no room.
    """
    pad = " " * indent
    said, gap, typed = line.partition(":  reglemente ")
    if gap and len(pad) + len(line) > WIDTH:
        return f"{folded(f'{said}:', indent, hanging)}\n{pad}    {visible(f'reglemente {typed}')}"
    # A § sign and its number stay together.
    kept = re.sub(r"§ (?=\d)|(?<=\d) (?=§)", lambda gap: gap[0].replace(" ", "\u00a0"), visible(line))
    filled = textwrap.fill(
        kept, WIDTH, initial_indent=pad, subsequent_indent=pad + " " * hanging, break_on_hyphens=False, break_long_words=False
    )
    return filled.replace("\u00a0", " ")


def visible(text: str) -> str:
    """Return `text` with all that a screen would obey or hide (escapes, turns of the reading direction) as "\ufffd". Tabs stay."""
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)


def heading(text: str) -> None:
    """Print a heading with an empty line before it."""
    click.echo()
    click.secho(visible(text), bold=wants_colour())


def table(rows: Iterable[Sequence[str]], *, indent: int = 2) -> None:
    """Print rows in columns; the last column is folded."""
    listed = [[visible(cell) for cell in row[:-1]] + list(row[-1:]) for row in rows]
    if not listed:
        return
    widths = [max(len(row[i]) for row in listed) for i in range(len(listed[0]) - 1)]
    left = indent + sum(w + 2 for w in widths)
    for row in listed:
        start = "".join(cell.ljust(width + 2) for cell, width in zip(row, widths, strict=False))
        body = folded(row[-1], left).lstrip() if row[-1] else ""
        click.echo(" " * indent + start + body)


def answer(som_json: bool, command: str, data: dict[str, Any]) -> bool:
    """Print `data` as the one JSON object of `command` when asked to; return whether it was."""
    if som_json:
        click.echo(json_object(command, data))
    return som_json


def json_object(command: str, data: dict[str, Any]) -> str:
    """Return `data` as the one JSON object of `command`. What a screen would obey is written as \\uXXXX: the same value."""
    import json

    text = json.dumps({"format": FORMAT, "kommando": command, **data}, ensure_ascii=False, indent=1, default=str)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def show_problems(problems: Sequence[Problem], under: str = "") -> None:
    """Print problems below the heading `under`, if there are any; a hint that several in a row share is said once, after the last."""
    if problems and under:
        heading(under)
    for problem, following in zip_longest(problems, problems[1:]):
        show_problem(problem, hint=following is None or following.hint != problem.hint)


def show_problem(problem: Problem, *, hint: bool = True) -> None:
    """Print one problem: place, the line with the words marked, code and sentence, hint."""
    place = problem.place
    if place.document and not problem.message.startswith(place.document):
        say(place.document)
    if place.line:
        line = " ".join(place.line.split())
        if place.end > place.start and len(line) <= WIDTH - 4 and line == place.line:
            click.echo(f"    {visible(line)}\n    {' ' * place.start}{'~' * (place.end - place.start)}")
        else:
            click.echo(folded(line if len(line) < 300 else line[:297] + "…", 4))
    code = click.style(problem.level.value, fg=_COLOUR[problem.level], bold=True) if wants_colour() else problem.level.value
    first = folded(f"{problem.level.value} {problem.code}  {problem.message}", 0, 4)
    click.echo(first.replace(problem.level.value, code, 1))
    if hint and problem.hint:
        say(problem.hint, indent=4)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Tell a person what is going on when the work inside takes more than a second. Silent elsewhere than at a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    import threading

    notice = threading.Timer(1.0, lambda: click.echo(f"{what} …", err=True))
    notice.start()
    try:
        yield
    finally:
        notice.cancel()


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as it stands in JSON."""
    return {
        "kod": problem.code,
        "niva": problem.level.value,
        "text": problem.message,
        "plats": problem.place.document,
        "rad": problem.place.line,
        "rad_fran": problem.place.start,
        "rad_till": problem.place.end,
        "rad_markerad": problem.place.line[problem.place.start : problem.place.end],
        "tips": problem.hint,
    }


def show_error(error: ReglementeError, *, som_json: bool = False) -> int:
    """Print what stopped the work, on standard error (as JSON on standard output when asked); return the exit code."""
    problem = error.problem()
    if som_json:
        answer(True, "fel", {"fel": problem_data(problem), "problem": [problem_data(problem)]})
    else:
        with redirect_stdout(sys.stderr):
            show_problem(problem)
    return error.exit_code


_TOLD = {
    errno.ENOSPC: ("Disken är full.", "Gör plats och försök igen."),
    errno.EDQUOT: ("Det utrymme som du har på disken är slut.", "Gör plats och försök igen."),
    errno.EFBIG: ("Filen är större än vad du får skriva där.", "Gör plats, eller välj en annan mapp."),
    errno.EROFS: ("Disken kan bara läsas.", "Välj en mapp som du får skriva i."),
    errno.EACCES: ("Du har inte rätt att läsa eller skriva där.", "Be den som sköter mappen om rätt att skriva i den."),
    errno.EPERM: ("Du har inte rätt att läsa eller skriva där.", "Be den som sköter mappen om rätt att skriva i den."),
    errno.ENAMETOOLONG: ("Namnet är för långt för en fil.", "Välj ett kortare namn."),
    errno.ENOENT: ("Filen eller mappen finns inte.", "Kontrollera stavningen och i vilken mapp du står."),
    errno.EEXIST: ("Där finns redan en fil.", "Välj ett annat namn."),
    errno.ENOTDIR: ("Där finns en fil, men det skulle vara en mapp.", "Kontrollera stavningen och i vilken mapp du står."),
    errno.EISDIR: ("Där finns en mapp, men det skulle vara en fil.", "Kontrollera stavningen och i vilken mapp du står."),
}
_LET_DOWN = ("Datorn kunde inte läsa eller skriva en fil.", "Stäng program som har filen öppen, kontrollera disken och försök igen.")


def let_down(error: OSError) -> CannotStore:
    """Return the error for what the machine refused: a full disk, a folder that cannot be written. Every write is whole or not
    made at all, so nothing is half done.
    """
    said, hint = _TOLD.get(error.errno or 0, _LET_DOWN)
    where = visible(str(error.filename or ""))
    where = where if len(where) < 200 else f"{where[:100]}…"
    return CannotStore(f"{where}: {said[:1].lower()}{said[1:]}" if where else said, hint=hint)


def misfit(message: str, hint: str = "") -> NotPossible:
    """Return an error about what was asked for, for a command to raise."""
    return NotPossible(message, hint=hint)
