"""Typst, which sets PDF and drawings: the program is called here and nowhere else. Data goes in as JSON and stays text."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from reglemente_tool.writing.letters import harmless
from reglemente_tool.writing.look import Font, Look
from reglemente_tool.writing.page import CannotWrite

if TYPE_CHECKING:
    from typst import Fonts

_FONT = "Libertinus Serif"
"""The font that comes with typst; it also gives what a municipality's own font lacks."""

_LONG = 1_000_000
"""Letters of data from which lines are broken one by one: to weigh all breaks of a paragraph takes half the time of a long document."""

_MISSING = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def dressed(look: Look, municipality: str) -> dict[str, Any]:
    """Return what a template takes of the look, and the name to print over the title."""
    logotype, colours = look.logotype, look.colours
    return {
        "kommun": harmless(look.name or municipality),
        "logotyp": logotype
        and {"data": loose(logotype.data), "format": logotype.format, "text": harmless(logotype.words), "hojd": logotype.height},
        "farger": {
            "text": colours.text, "rubrik": colours.heading, "gratt": colours.grey,
            "nytt": colours.added, "utgar": colours.removed, "flyttat": colours.moved,
        },
    }  # fmt: skip


def loose(data: bytes) -> str | list[int]:
    """Return bytes as JSON takes them: text as text, the rest as numbers."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return list(data)


def set_pdf(template: str, data: dict[str, Any], font: Font | None, *, archive: Literal["a-2a", "a-3a"] = "a-2a") -> bytes:
    """Return the PDF that `template` (a file in templates/) makes of `data`: PDF/UA-1, and PDF/A of the kind asked for.

    Raises CannotWrite when the document would not be whole: a character that the font does not have, or anything else that
    typst warns of.
    """
    return _compiled(template, data, font, format="pdf", pdf_standards=["ua-1", archive])


def set_drawing(template: str, data: dict[str, Any], font: Font | None) -> bytes:
    """Return the drawing (SVG) that `template` makes of `data`; the letters in it are lines. Raises as `set_pdf`."""
    return _compiled(template, data, font, format="svg")


def _compiled(template: str, data: dict[str, Any], font: Font | None, **how: Any) -> bytes:
    import typst  # Thirty megabytes, so not before there is something to set.

    folders = sorted({cut.path.rpartition("/")[0] for cut in font.cuts}) if font else []
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    told = json.dumps({**data, "typsnitt": [*_families(fonts, font), _FONT] if font else [_FONT]}, ensure_ascii=False)
    breaks = "optimized" if len(told) < _LONG else "simple"
    source = files("reglemente_tool.writing").joinpath(f"templates/{template}").read_bytes()
    try:
        made, warnings = typst.compile_with_warnings(
            source, sys_inputs={"page": told, "breaks": breaks}, ignore_system_fonts=True, font_paths=fonts, **how
        )
    except typst.TypstError as error:
        raise _refused(str(error)) from error
    if warnings:
        raise _refused(str(warnings[0]))
    if not isinstance(made, bytes):
        raise _refused("typst gave no document")
    return made


def _families(fonts: Fonts, font: Font) -> list[str]:
    """What typst calls the font. It shortens some names, and a name that it does not know would give empty pages."""
    ours = {cut.path.rpartition("/")[2] for cut in font.cuts}
    found = sorted({one.family for one in fonts.fonts() if one.path and one.path.replace("\\", "/").rpartition("/")[2] in ours})
    if not found:
        raise CannotWrite(f"Typsnittet ”{font.family}” gick inte att läsa.", hint="Se att filerna i utseende.toml finns kvar i registret.")
    return found


def _refused(reason: str) -> CannotWrite:
    missing = _MISSING.search(reason)
    if missing is None:
        return CannotWrite("PDF-filen gick inte att göra.", hint=f"Typst säger: {reason.splitlines()[0]}")
    letters = missing[1].encode("ascii", "backslashreplace").decode()
    return CannotWrite(
        f"Typsnittet saknar tecknet ”{missing[1]}” ({letters}), så PDF-filen skulle inte bli hel.",
        hint="Rätta tecknet i texten eller välj ett annat format, till exempel html.",
    )
