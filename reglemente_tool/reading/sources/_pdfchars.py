"""The letters of a PDF page: where each stands, how large, how heavy, and which marked content it belongs to."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

_BOLD = 1 << 18
_HEAVY = 600


@dataclass(slots=True)
class Char:
    """One letter. `x0` `x1` `y` in points, y the baseline from the bottom of the page; `mcid` is -1 outside marked content;
    `turned` says that it does not stand upright."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    slanted: bool
    mcid: int
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    bold: bool
    slanted: bool
    mcid: int
    soft: bool
    turned: bool


def chars(page: Any, textpage: Any) -> list[Char]:
    """Return the letters of a page in the order of its content; blanks too, but not what pdfium itself put in."""
    import pypdfium2.raw as raw

    found: list[Char] = []
    looks: dict[int, _Look] = {}
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        handle = raw.FPDFText_GetTextObject(textpage, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if address is None or raw.FPDFText_IsGenerated(textpage, index) == 1 or code in (0, 10, 13):
            continue
        if not raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        look = looks.get(address)
        if look is None:
            look = looks[address] = _look(raw, textpage, index, handle, box.top - box.bottom)
        text = "\u00ad" if look.soft and code in (2, 45, 0x2010, 0xAD) else "-" if code in (2, 0x2010) else chr(code)
        # The loose box is as wide as the letter's place on the line; the letter itself may be much narrower ("1").
        x0, x1 = (box.left, box.right) if box.right > box.left else (left.value, right.value)
        found.append(Char(text, x0, x1, y.value, look.size, look.bold, look.slanted, look.mcid, look.turned))
    return found


def _look(raw: Any, textpage: Any, index: int, handle: Any, height: float) -> _Look:
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, 256, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    bold = any(w in name for w in ("bold", "black", "heavy", "semibold")) or bool(flags.value & _BOLD)
    bold = bold or raw.FPDFText_GetFontWeight(textpage, index) >= _HEAVY
    slanted = "italic" in name or "oblique" in name
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(textpage, index)
    turned = False
    if raw.FPDFText_GetMatrix(textpage, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5
        turned = abs(matrix.b) > 0.2 * abs(matrix.a)
    return _Look(round(size or height, 1), bold, slanted, raw.FPDFPageObj_GetMarkedContentID(handle), _soft(raw, handle), turned)


def _soft(raw: Any, handle: Any) -> bool:
    """True for a hyphen that the printer put in: the file says that it stands for U+00AD."""
    for at in range(raw.FPDFPageObj_CountMarks(handle)):
        mark = raw.FPDFPageObj_GetMark(handle, at)
        length = ctypes.c_ulong()
        buffer = ctypes.create_string_buffer(16)
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), 16, length):
            # pdfium gives U+00AD as a zero.
            return length.value == 4 and buffer.raw[:2] in (b"\xad\x00", b"\x00\x00")
    return False


@dataclass(frozen=True, slots=True)
class Run:
    """Letters on one line with no wide gap between them: words that belong together."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    slanted: bool


_BLANK = 0.16
"""So many times its size must the gap before a letter be for a blank to stand there."""
_BLANK_BEFORE_J = 0.09
"""A j reaches out to the left of its place: with a blank 0.12 and more, without one less than nothing (measured in Chromium's prints)."""


def run_of(letters: list[Char]) -> Run:
    """Return the words that `letters`, all on one line and in order, spell; blanks where letters stand apart."""
    made: list[str] = []
    above: Char | None = None
    for char in without_note_marks(letters):
        if above is not None and not char.text.isspace() and not above.text.isspace():
            gap = char.x0 - above.x1
            if gap > (_BLANK_BEFORE_J if char.text == "j" else _BLANK) * char.size and not _combining(char.text):
                made.append(" ")
        if char.text.isspace() and above is not None and _combining(above.text):
            continue
        made.append(char.text)
        above = char
    solid = [c for c in letters if not c.text.isspace()] or letters
    letters_only = [c for c in solid if c.text.isalnum()] or solid
    size = sorted(c.size for c in letters_only)[len(letters_only) // 2]
    y = next((c.y for c in letters_only if c.size == size), solid[0].y)
    return Run(
        "".join(made).strip(), solid[0].x0, max(c.x1 for c in solid), y, size,
        sum(c.bold for c in letters_only) * 10 >= len(letters_only) * 9, sum(c.slanted for c in letters_only) * 10 >= len(letters_only) * 9,
    )  # fmt: skip


def without_note_marks(letters: list[Char]) -> list[Char]:
    """Return the letters without small raised figures: the marks of footnotes. One that opens the line stays."""
    sizes = sorted(c.size for c in letters)
    main = sizes[len(sizes) // 2]
    base = next((c.y for c in letters if c.size == main), 0.0)

    def is_mark(at: int) -> bool:
        char = letters[at]
        raised = char.text.isdigit() and char.size < 0.86 * main and char.y > base + 0.2 * main
        return raised and not (char.text in "23" and _MEASURE.search("".join(c.text for c in letters[max(at - 4, 0) : at])))

    first = next((at for at, c in enumerate(letters) if not (c.text.isspace() or is_mark(at))), 0)
    return [c for at, c in enumerate(letters) if at < first or not is_mark(at)]


_MEASURE = re.compile(r"(?:^|[\s\d])[kcdm]?m$")
"""What a raised 2 or 3 belongs to: "m²"."""


def _combining(text: str) -> bool:
    return "\u0300" <= text[:1] <= "\u036f"


def upright(pages: list[tuple[list[Char], float]]) -> tuple[list[tuple[list[Char], float]], tuple[str, ...]]:
    """Return the pages without the letters that stand aslant or on end, and the words of these: watermarks and stamps.

    A document most of which is turned is one that was laid on its side; it is left as it is.
    """
    turned = sum(char.turned for letters, _ in pages for char in letters)
    if not turned or turned * 2 > sum(len(letters) for letters, _ in pages):
        return pages, ()
    words = ["".join(c.text for c in letters if c.turned).strip() for letters, _ in pages]
    kept = [([c for c in letters if not c.turned], height) for letters, height in pages]
    return kept, tuple(dict.fromkeys(word for word in words if word))
