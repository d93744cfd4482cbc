"""Before a file is opened: is it what its name says, and is it of a size that a charter can have?

The limits are far above any charter (the longest known are some eighty pages) and far below what would strain a machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from reglemente_tool.errors import CannotRead

LARGEST = 40_000_000
"""Bytes in a file."""
LARGEST_MARKUP = 2_000_000
"""Bytes in a web page or a text file."""
LARGEST_PART = 24_000_000
"""Bytes in one part of a Word file, unpacked."""
LARGEST_RATIO = 150
"""How many times larger a part of more than a megabyte may be unpacked than packed: text in Word files lies at ten to forty."""
MOST_PARTS = 5_000

_KINDS = (
    (b"%PDF", "en PDF-fil"),
    (b"PK\x03\x04", "ett Word-dokument eller en annan zip-fil"),
    (b"\xd0\xcf\x11\xe0", "ett äldre Word-dokument"),
    (b"{\\rtf", "en RTF-fil"),
    (b"\x89PNG", "en bild"),
    (b"\xff\xd8\xff", "en bild"),
    (b"GIF8", "en bild"),
    (b"\x1f\x8b", "en komprimerad fil"),
    (b"MZ", "ett program"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def kind_of(data: bytes) -> str:
    """Return in Swedish what the file seems to be, "" for what could be text."""
    if data[:4] == b"\xd0\xcf\x11\xe0" and _LOCKED in data[:4_000_000]:
        return "ett lösenordsskyddat dokument"
    found = next((what for magic, what in _KINDS if data.startswith(magic)), "")
    # A PDF may have other bytes before its mark; a text may speak of the mark, but never has the mark that ends a PDF.
    if not found and b"%PDF-" in data[:1024] and b"%%EOF" in data[-2048:]:
        found = "en PDF-fil"
    if not found and data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        found = "en webbsida eller XML-fil"
    return found


def refuse_large(data: bytes, most: int = LARGEST) -> None:
    """Raise CannotRead when the file is empty or larger than `most` bytes."""
    if not data:
        raise CannotRead("Filen är tom.", hint="Kontrollera att det är rätt fil.")
    if len(data) > most:
        raise CannotRead(
            f"Filen är {len(data) // 1_000_000} MB. Gränsen är {most // 1_000_000} MB.",
            hint="Kontrollera att det är rätt fil. Ta bort bilder ur den och försök igen.",
        )


def refuse_other(data: bytes, wanted: str, name: str) -> None:
    """Raise CannotRead unless the file is of the kind `wanted`, a word from `kind_of`; `name` is what to call it in the sentence."""
    found = kind_of(data)
    if found == wanted:
        return
    if found == "ett lösenordsskyddat dokument":
        raise CannotRead("Dokumentet är skyddat med lösenord.", hint="Öppna det, ta bort skyddet, spara det på nytt och försök igen.")
    seems = f"Den ser ut att vara {found}." if found else "Innehållet är något annat."
    raise CannotRead(f"Filen är inte {name}. {seems}", hint="Ge filen rätt ändelse, eller spara om dokumentet.")


class Parts:
    """The parts of a Word file, unpacked one at a time and only when asked for, within the limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise _broken() from None
        if len(self._infos) > MOST_PARTS:
            raise CannotRead(f"Filen har {len(self._infos)} delar och läses inte.", hint="Kontrollera att det är rätt fil.")

    def __iter__(self) -> Iterator[str]:
        return iter(self._infos)

    def read(self, name: str) -> bytes:
        """Return a part's bytes, b"" when there is none. Raises CannotRead for one that is too large, encrypted or broken."""
        info = self._infos.get(name)
        if info is None:
            return b""
        swollen = info.file_size > 1_000_000 and info.file_size > LARGEST_RATIO * max(info.compress_size, 1)
        if info.file_size > LARGEST_PART or swollen:
            raise _bomb()
        if info.flag_bits & 1:
            raise CannotRead("Dokumentet är skyddat med lösenord.", hint="Ta bort skyddet och försök igen.")
        try:
            with self._zip.open(info) as part:
                found = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise _broken() from None
        except Exception as error:
            # zlib and lzma have errors of their own, which the zip module lets through.
            if type(error).__name__ in ("error", "LZMAError"):
                raise _broken() from None
            raise
        if len(found) > LARGEST_PART:
            raise _bomb()
        return found


def _broken() -> CannotRead:
    return CannotRead("Filen är trasig och går inte att packa upp.", hint="Öppna den i Word, spara den på nytt och försök igen.")


def _bomb() -> CannotRead:
    return CannotRead(
        "Filen växer orimligt mycket när den packas upp och läses inte.",
        hint="Kontrollera varifrån den kommer. Är den rätt, så öppna den i Word och spara den på nytt.",
    )
