"""Pictures of the pages of a PDF, to be held beside the text that was read from it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reglemente_tool.errors import CannotRead

WIDTH = 1000
"""Pixels. Small print can still be read, and a page of text is some 80 kB."""
TALLEST = 2_000
"""Pixels: a page that is far higher than wide is made smaller."""
HEAVIEST = 400_000
"""Bytes. A page that takes more, a photograph, is made again with half the width."""

_SHADES = 16
_EVEN = bytes(round(round(shade / 255 * (_SHADES - 1)) * 255 / (_SHADES - 1)) for shade in range(256))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG, its width and height in pixels."""

    data: bytes
    width: int
    height: int


def pictures(data: bytes, done: Callable[[], object] = lambda: None) -> tuple[Picture, ...]:
    """Return a picture of every page of the PDF `data`; `done` is called after each. Raises CannotRead for what cannot be drawn."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        try:
            found = []
            for at in range(len(pdf)):
                page = pdf[at]
                drawn = _drawn(page, WIDTH)
                found.append(drawn if len(drawn.data) <= HEAVIEST else _drawn(page, WIDTH // 2))
                page.close()
                done()
            return tuple(found)
        finally:
            pdf.close()
    except (pypdfium2.PdfiumError, ValueError, OverflowError):
        raise CannotRead("Sidorna i PDF-filen går inte att rita.", hint="Håll texten mot originalet i en PDF-läsare.") from None


def _drawn(page: Any, width: int) -> Picture:
    wide, high = page.get_size()
    scale = min(width / max(wide, 1.0), TALLEST * width / WIDTH / max(high, 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    letters = bytes(bitmap.buffer).translate(_EVEN)
    row = bitmap.width * 3
    rows = b"".join(b"\0" + letters[at : at + row] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    return Picture(_png(rows, bitmap.width, bitmap.height), bitmap.width, bitmap.height)


def _png(rows: bytes, width: int, height: int) -> bytes:
    """Return the picture as a PNG of eight bits for each of red, green and blue (ISO/IEC 15948)."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")
