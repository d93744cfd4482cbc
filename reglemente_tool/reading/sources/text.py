"""Plain text files. UTF-8, UTF-16 with its mark, or the old Windows encoding."""

from __future__ import annotations

import codecs

from reglemente_tool.errors import CannotRead, Level, Problem
from reglemente_tool.reading.sources._guard import LARGEST_MARKUP, kind_of, refuse_large

SUFFIX = (".txt",)

def read(data: bytes) -> str:
    """Return the text in `data`, with line ends as they are and without byte order mark.

    Raises CannotRead, which says what the file seems to be, when it is not plain text.
    """
    return _decoded(data)[0]


def problems(data: bytes) -> tuple[Problem, ...]:
    """Return a warning when the encoding had to be guessed. Raises CannotRead as `read` does."""
    if not _decoded(data)[1]:
        return ()
    return (
        Problem(
            "TECKENKODNING",
            "Filen är inte i UTF-8 utan lästes som äldre Windows-text (cp1252).",
            level=Level.VARNING,
            hint="Kontrollera att å, ä, ö och tankstreck blev rätt, och spara filen i UTF-8.",
        ),
    )


def _decoded(data: bytes) -> tuple[str, bool]:
    _refuse_other_kinds(data)
    text, guessed = "", False
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        guessed = True
    if guessed:
        try:
            text = data.decode("utf-16" if marked else "cp1252")
        except UnicodeDecodeError:
            raise _not_text("en fil i en okänd eller trasig teckenkodning") from None
    if "\0" in text:
        raise _not_text("en binär fil, eller text i UTF-16 utan märke")
    return text, guessed


def _refuse_other_kinds(data: bytes) -> None:
    if len(data) > LARGEST_MARKUP:
        refuse_large(data, LARGEST_MARKUP)
    found = kind_of(data)
    if found:
        raise _not_text(found)


def _not_text(what: str) -> CannotRead:
    message = f"Filen är inte vanlig text. Den ser ut att vara {what}."
    return CannotRead(message, hint="Spara dokumentet som text i UTF-8, eller ge filen rätt ändelse.")
