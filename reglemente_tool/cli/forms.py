"""In what form a command answers: --som, or the ending of the file after --ut. Loads no writer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.output import misfit
from reglemente_tool.cli.swedish import OneOf

FILES_ONLY = ("pdf", "docx", "xlsx")
"""Forms that are of no use on a screen."""


def format_options(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add --som and --ut to a command that prints a document. It gets as `som` the form asked for, by name or by the file's ending."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def settled(*args: Any, som: str, ut: Path | None, **others: Any) -> Any:
            return function(*args, som=som if others.get("som_json") else asked_form(som, ut, formats), ut=ut, **others)

        files = " och ".join(name for name in FILES_ONLY if name in formats)
        where = "Fil att skriva till. Annars skärmen" + (f", och för {files} en fil i mappen du står i." if files else ".")
        command = click.option("--ut", type=click.Path(path_type=Path), metavar="FIL", help=where)(settled)
        what = "Vilken form svaret ska ha. Annars den som filens ändelse säger."
        return click.option("--som", type=OneOf(*formats), default="terminal", help=what)(command)

    return decorate


_ENDINGS = {"txt": "text", "htm": "html", "markdown": "md"}


def asked_form(form: str, out: Path | None, formats: tuple[str, ...]) -> str:
    """Return the form asked for with --som, or else the one that the ending of the file `out` says. Raises NotPossible when the two
    cannot both be meant, and when neither says it.
    """
    if out is None:
        return form
    said = "" if out.is_dir() else out.suffix.lower().removeprefix(".")
    ending = _ENDINGS.get(said, said)
    if form != "terminal":
        if said and ending != form and {ending, form} & set(FILES_ONLY):
            raise misfit(f"{out.name} slutar på .{said}, men --som säger {form}.", "Ändra det ena, så att de säger detsamma.")
        return form
    if ending == "xml" and ending in formats:
        raise misfit(
            "En fil som slutar på .xml kan hålla två olika former.", "Välj --som akn (Akoma Ntoso) eller --som xml (registrets egen)."
        )
    if ending not in formats or ending == "terminal":
        known = ", ".join(f".{'txt' if name == 'text' else name}" for name in formats if name not in ("terminal", "akn", "xml"))
        raise misfit(f"Det syns inte på {out} i vilken form svaret ska skrivas.", f"Ange den med --som, eller låt filen sluta på {known}.")
    return ending
