"""A font for the tests: one that lies inside the typst wheel, under a name that nothing else has."""

from __future__ import annotations

import mmap
import struct
from functools import cache
from pathlib import Path

import typst

FAMILY = "Ekbyyy Sans Mono"
_INSIDE = "DejaVu Sans Mono"
assert len(FAMILY) == len(_INSIDE)


@cache
def fonts() -> tuple[bytes, ...]:
    """Return the cuts of FAMILY, as files: the regular one first."""
    library = next(Path(typst.__file__).parent.glob("_typst*"))
    found: set[bytes] = set()
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        at = held.find(b"\x00\x01\x00\x00\x00")
        while at >= 0:
            data = _font(held, at)
            if data and _INSIDE.encode("utf-16-be") in data[: 1 << 22]:
                found.add(data.replace(_INSIDE.encode("utf-16-be"), FAMILY.encode("utf-16-be")).replace(_INSIDE.encode(), FAMILY.encode()))
            at = held.find(b"\x00\x01\x00\x00\x00", at + 4)
    return tuple(sorted(found, key=_weight))


def _font(held: mmap.mmap, at: int) -> bytes:
    count = struct.unpack(">H", held[at + 4 : at + 6])[0]
    if not 9 <= count <= 40:
        return b""
    tables = [struct.unpack(">4sLLL", held[at + 12 + 16 * i : at + 28 + 16 * i]) for i in range(count)]
    if not {b"name", b"glyf", b"OS/2"} <= {tag for tag, *_ in tables}:
        return b""
    return held[at : at + max(offset + length for _, _, offset, length in tables)]


def _weight(data: bytes) -> tuple[int, int]:
    count = struct.unpack(">H", data[4:6])[0]
    listed = (struct.unpack(">4sLLL", data[12 + 16 * i : 28 + 16 * i]) for i in range(count))
    at = next(offset for tag, _, offset, _ in listed if tag == b"OS/2")
    weight, selection = struct.unpack(">H", data[at + 4 : at + 6])[0], struct.unpack(">H", data[at + 62 : at + 64])[0]
    return selection & 1, weight
