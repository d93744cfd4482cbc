"""Documents out of the program: the options that say how they are made, the municipality's look, and where they are written."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from reglemente_tool.cli.forms import FILES_ONLY
from reglemente_tool.cli.output import let_down, misfit, say, visible, working
from reglemente_tool.cli.swedish import OneOf, wants_colour
from reglemente_tool.model.charter import CharterId
from reglemente_tool.storage.library import Register
from reglemente_tool.writing.look import Look, read_look
from reglemente_tool.writing.page import Page
from reglemente_tool.writing.writers import Writer, terminal, writer

FORMS = ("lopande", "spalter")
MARKERS = ("tecken", "ord")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a document is to be made: `form` and `markers` of a redline, and a file for a PDF to carry (name, MIME type, bytes)."""

    form: str = "lopande"
    markers: str = "tecken"
    attachment: tuple[str, str, bytes] | None = None


def redline_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --form and --markorer to a command that prints what has changed."""
    words = "Vad som står runt ändrade ord i en pdf: tecken, eller ord för den som får texten uppläst."
    function = click.option("--markorer", type=OneOf(*MARKERS), default="tecken", help=words)(function)
    form = "En löpande text, eller två spalter med lydelserna sida vid sida (pdf, html, docx)."
    return click.option("--form", "form", type=OneOf(*FORMS), default="lopande", help=form)(function)


def archive_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --arkiv to a command that writes a PDF."""
    told = "Gör pdf-filen till PDF/A-3a för arkivet, med texten som Akoma Ntoso bifogad."
    return click.option("--arkiv", is_flag=True, help=told)(function)


def look_of(register: Register) -> Look:
    """Return how the register's municipality wants its documents. Raises CannotWrite, and CannotStore for a link."""
    return read_look(register.look_files(), folder=register.folder.as_posix())


def archive_file(register: Register, id: CharterId, day: date, known: date | None, status: tuple[str, ...]) -> tuple[str, str, bytes]:
    """Return the wording on `day` as Akoma Ntoso, for a PDF to carry."""
    from reglemente_tool.exchange.akn import about, charter_to_akn

    told = about(register.history, register.municipality, id, in_force=day, known=known, status=status)
    return f"{id}-{day}.akn.xml", "application/xml", charter_to_akn(*told)


def only_for_pdf(form: str) -> None:
    """Refuse --arkiv for any other format."""
    if form != "pdf":
        raise misfit("Bara en pdf kan göras för arkivet.", "Lägg till --som pdf, eller ta bort --arkiv.")


def show_page(page: Page, form: str, out: Path | None, name: str, *, register: Register, layout: Layout = Layout()) -> int:
    """Print a page on the screen or write it to a file, in the form asked for."""
    if form == "terminal":
        refuse_on_screen(layout)
        click.echo(terminal.render(page, colour=wants_colour()))
        return 0
    chosen = writer(form)
    if chosen.NAME in FILES_ONLY and out is None:
        out = Path(f"{name}{chosen.SUFFIX}")
    return deliver(rendered(page, chosen, register, layout), out, f"{name}{chosen.SUFFIX}")


def refuse_on_screen(layout: Layout) -> None:
    """Refuse settings that the screen does not know. Raises NotPossible."""
    _refuse_settings(terminal, _settings(layout))


def rendered(page: Page, chosen: Writer, register: Register, layout: Layout) -> bytes:
    """Return the page in a format, with the settings that the format knows. A setting that it does not know is refused."""
    settings = _settings(layout)
    _refuse_settings(chosen, settings)
    if "look" in _known(chosen):
        settings["look"] = look_of(register)
    with working("Sätter dokumentet"):
        return chosen.write(page, **settings)


def _settings(layout: Layout) -> dict[str, Any]:
    """The settings that are not what they are without being asked for."""
    plain = Layout()
    names = ("form", "markers", "attachment")
    return {name: getattr(layout, name) for name in names if getattr(layout, name) != getattr(plain, name)}


def _known(chosen: Writer) -> set[str]:
    return set(inspect.signature(chosen.write).parameters)


_SPOKEN = {"form": "i två spalter", "markers": "med ord i stället för tecken", "attachment": "med en bifogad fil"}


def _refuse_settings(chosen: Writer, settings: dict[str, Any]) -> None:
    for name in settings.keys() - _known(chosen):
        raise misfit(f"Formatet {chosen.NAME} kan inte skrivas {_SPOKEN[name]}.", "Välj till exempel --som pdf.")


def deliver(content: bytes, out: Path | None, name: str) -> int:
    """Write `content` to the file asked for, or to the screen when none was."""
    if out is not None:
        target = out / name if out.is_dir() else out
        try:
            target.write_bytes(content)
        except OSError as error:
            raise misfit(let_down(error).message, "Välj en annan plats med --ut.") from error
        say(f"Skrivet till {target}.")
    elif sys.stdout.isatty():
        # A person looks at it: what a screen would obey is shown instead. A pipe or a file gets the bytes as they are.
        click.echo("\n".join(visible(line) for line in content.decode("utf-8", "replace").split("\n")), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    return 0
