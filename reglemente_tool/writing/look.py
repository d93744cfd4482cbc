"""How a municipality's documents look: name, logotype, font and colours, as the register's `utseende.toml` has them."""

from __future__ import annotations

import re
import struct
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reglemente_tool.errors import Place
from reglemente_tool.writing.page import CannotWrite

LOOK_FILE = "utseende.toml"
LOOK_FOLDER = "utseende"
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(svg|png|ttf|otf)")
"""What a logotype or a font may be called: a file right in LOOK_FOLDER, never a path out of it."""

LARGEST = {LOOK_FILE: 16_000, ".svg": 200_000, ".png": 300_000, ".ttf": 4_000_000, ".otf": 4_000_000}
"""How many bytes a file may have, by its name or its ending."""

LEAST_CONTRAST = 4.5
"""Between text and paper, as WCAG 2.2 has it (criterion 1.4.3)."""

_PAPER = ("#ffffff", "#f4f4f2")
_HEIGHTS = (6, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of words on white paper, as "#rrggbb": text, headings, what is said in grey, and what has changed."""

    text: str = "#000000"
    heading: str = "#000000"
    grey: str = "#4a4a4a"
    added: str = "#1b4f9c"
    removed: str = "#a3171c"
    moved: str = "#1d6b38"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logotype:
    """A picture (`format` "svg" or "png"), the words for those who do not see it, and its height in millimetres."""

    data: bytes
    format: str
    words: str
    height: int = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One file of a font: where it lies on the disk, its bytes, its weight (400 regular, 700 bold) and whether it is italic."""

    path: str
    data: bytes
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font by its family name, and its cuts. What it has no letter for is set in the tool's own font."""

    family: str
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How documents look. Look() is the tool's own: no logotype, the font and the colours that come with it.

    `name` is printed over the title in place of the municipality's name in the register; "" for no difference.
    """

    name: str = ""
    logotype: Logotype | None = None
    font: Font | None = None
    colours: Colours = field(default_factory=Colours)


def read_look(files: Mapping[str, bytes], *, folder: str = "") -> Look:
    """Return the look that `files` hold: LOOK_FILE, and by "utseende/<name>" what it names. Without LOOK_FILE, Look().

    `folder` is where the register lies on the disk, for the program that sets PDF reads fonts itself. Raises CannotWrite
    that names the key, for anything that is not understood: a key too many, a colour too pale, a picture that is none.
    """
    if LOOK_FILE not in files:
        return Look()
    _refuse_large(LOOK_FILE, files[LOOK_FILE])
    try:
        told = tomllib.loads(files[LOOK_FILE].decode())
    except UnicodeDecodeError as error:
        raise _wrong("", "filen är inte text i UTF-8", "Spara den som UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        where = f"rad {found[1]} går inte att läsa" if found else "filen slutar mitt i en uppgift"
        raise _wrong("", where, "Skriv nyckel = värde, och text inom citattecken: namn = \"Ekby kommun\".") from error
    _only(told, "", ("namn", "logotyp", "typsnitt", "farger"))
    return Look(
        name=_text(told, "namn", ""),
        logotype=_logotype(_table(told, "logotyp"), files),
        font=_font(_table(told, "typsnitt"), files, folder),
        colours=_colours(_table(told, "farger")),
    )


def _wrong(key: str, what: str, hint: str = "") -> CannotWrite:
    return CannotWrite(f"{LOOK_FILE}{f', {key}' if key else ''}: {what}.", place=Place(document=LOOK_FILE), hint=hint)


def _only(told: Mapping[str, Any], above: str, known: tuple[str, ...]) -> None:
    for key in told:
        if key not in known:
            raise _wrong(f"{above}{key}", "nyckeln är okänd", f"Nycklarna är {', '.join(known)}.")


def _table(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = told.get(key, {})
    if not isinstance(found, dict):
        raise _wrong(key, "ska vara en grupp av uppgifter", f"Skriv [{key}] på en egen rad och uppgifterna under den.")
    return found


def _text(told: Mapping[str, Any], key: str, above: str, *, longest: int = 200) -> str:
    found = told.get(key, "")
    if not isinstance(found, str) or len(found) > longest or not found.isprintable():
        raise _wrong(f"{above}{key}", f"ska vara text inom citattecken, på en rad och högst {longest} tecken")
    return found.strip()


# --- files --------------------------------------------------------------------------------------------------------


def _file(name: object, key: str, files: Mapping[str, bytes], endings: tuple[str, ...]) -> tuple[str, bytes]:
    """Return the ending and the bytes of the file called `name` in LOOK_FOLDER."""
    named = name.removeprefix(f"{LOOK_FOLDER}/") if isinstance(name, str) else ""
    if not FILE_NAME.fullmatch(named) or not named.endswith(endings):
        raise _wrong(
            key, f"{name!r} kan inte vara filen".replace("'", "”"),
            f"Lägg filen i mappen {LOOK_FOLDER}. Namnet får ha a–z, siffror, - och _, och ska sluta på {' eller '.join(endings)}.",
        )  # fmt: skip
    path = f"{LOOK_FOLDER}/{named}"
    if path not in files:
        raise _wrong(key, f"filen {path} finns inte i registret")
    _refuse_large(path, files[path])
    return named[-4:], files[path]


def _refuse_large(path: str, data: bytes) -> None:
    most = LARGEST.get(path) or LARGEST[path[-4:]]
    if len(data) > most:
        raise _wrong("" if path == LOOK_FILE else path, f"filen är {len(data) // 1000} kB, och högst {most // 1000} kB går att använda")


def _logotype(told: Mapping[str, Any], files: Mapping[str, bytes]) -> Logotype | None:
    if not told:
        return None
    _only(told, "logotyp.", ("fil", "text", "hojd_mm"))
    ending, data = _file(told.get("fil"), "logotyp.fil", files, (".svg", ".png"))
    words = _text(told, "text", "logotyp.")
    if not words:
        raise _wrong("logotyp.text", "saknas", "Säg vad bilden visar, för den som inte ser den: text = \"Ekby kommuns vapen\".")
    height = told.get("hojd_mm", 18)
    if type(height) is not int or not _HEIGHTS[0] <= height <= _HEIGHTS[1]:
        raise _wrong("logotyp.hojd_mm", f"ska vara ett helt tal från {_HEIGHTS[0]} till {_HEIGHTS[1]}")
    if ending == ".png":
        if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or len(data) < 33:
            raise _wrong("logotyp.fil", "filen är inte en bild i formatet PNG")
        if max(struct.unpack(">II", data[16:24])) > 4000:
            raise _wrong("logotyp.fil", "bilden har mer än 4000 bildpunkter på höjden eller bredden")
    else:
        _refuse_odd_svg(data)
    return Logotype(data=data, format=ending[1:], words=words, height=height)


_SHAPES = frozenset("""
svg g defs title desc metadata path rect circle ellipse line polyline polygon linearGradient radialGradient stop use clipPath symbol style
""".split())


def _refuse_odd_svg(data: bytes) -> None:
    """Refuse a drawing that is more than lines and areas: scripts, other files, text that needs a font."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _wrong("logotyp.fil", "filen är inte en bild i formatet SVG") from error
    if root.tag != "{http://www.w3.org/2000/svg}svg" or b"<!DOCTYPE" in data:
        raise _wrong("logotyp.fil", "filen är inte en vanlig bild i formatet SVG", "Ta bort DOCTYPE, och låt det yttersta vara <svg>.")
    for node in root.iter():
        name = node.tag if isinstance(node.tag, str) else ""
        space, _, shape = name.rpartition("}")
        if name and space == "{http://www.w3.org/2000/svg" and shape not in _SHAPES:
            raise _wrong(
                "logotyp.fil", f"bilden har <{shape}> på rad {node.sourceline}, och det går inte att använda",
                "Gör om text till kurvor och ta bort inbäddade bilder och program.",
            )  # fmt: skip
        for attribute, told in node.attrib.items() if name else ():
            key, value = str(attribute), str(told)
            leads_out = key.endswith("href") and not value.startswith("#")
            if leads_out or key.startswith("on") or re.search(r"url\(\s*['\"]?(?!#)[^'\")\s]|javascript:", value):
                raise _wrong("logotyp.fil", f"bilden hämtar något utifrån på rad {node.sourceline} ({key})")
        if shape == "style" and re.search(r"@import|url\(\s*['\"]?(?!#)", node.text or ""):
            raise _wrong("logotyp.fil", f"bilden hämtar något utifrån på rad {node.sourceline} (style)")


def _font(told: Mapping[str, Any], files: Mapping[str, bytes], folder: str) -> Font | None:
    if not told:
        return None
    _only(told, "typsnitt.", ("filer",))
    names = told.get("filer")
    if not isinstance(names, list) or not 1 <= len(names) <= 6:
        example = 'Skriv till exempel filer = ["Ekby-Regular.ttf", "Ekby-Bold.ttf"].'
        raise _wrong("typsnitt.filer", "ska vara en lista med en till sex filer", example)
    cuts: list[Cut] = []
    family = ""
    for name in names:
        _, data = _file(name, "typsnitt.filer", files, (".ttf", ".otf"))
        found = _font_facts(data)
        if found is None:
            raise _wrong("typsnitt.filer", f"{name} är inte ett typsnitt i formatet TTF eller OTF")
        if family and found[0] != family:
            raise _wrong("typsnitt.filer", f"filerna hör till olika typsnitt, ”{family}” och ”{found[0]}”")
        family = found[0]
        path = f"{folder}/{LOOK_FOLDER}/{name.removeprefix(f'{LOOK_FOLDER}/')}"
        cuts.append(Cut(path=path, data=data, weight=found[1], italic=found[2]))
    return Font(family=family, cuts=tuple(cuts))


def _font_facts(data: bytes) -> tuple[str, int, bool] | None:
    """Return a font file's family name, weight and whether it is italic; None when it is no TrueType or OpenType font.

    Source: the OpenType specification, tables `name` (identities 16 and 1) and `OS/2` (usWeightClass, fsSelection).
    """
    try:
        version, count = struct.unpack(">4sH", data[:6])
        if version not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
            return None
        listed = [struct.unpack(">4sLLL", data[12 + 16 * i : 28 + 16 * i]) for i in range(count)]
        tables = {tag: data[at : at + size] for tag, _, at, size in listed}
        weight, selection = struct.unpack(">H", tables[b"OS/2"][4:6])[0], struct.unpack(">H", tables[b"OS/2"][62:64])[0]
        names = _names(tables[b"name"])
    except (struct.error, KeyError, UnicodeDecodeError):
        return None
    family = names.get(16) or names.get(1, "")
    return (family, weight, bool(selection & 1)) if family.isprintable() and family else None


def _names(table: bytes) -> dict[int, str]:
    _, count, start = struct.unpack(">HHH", table[:6])
    found: dict[int, str] = {}
    for index in range(count):
        platform, _, _, name, length, offset = struct.unpack(">6H", table[6 + 12 * index : 18 + 12 * index])
        if name in (1, 16) and platform in (0, 3):
            found.setdefault(name, table[start + offset : start + offset + length].decode("utf-16-be"))
    return found


# --- colours ------------------------------------------------------------------------------------------------------

_COLOURS = {"text": "text", "rubrik": "heading", "gratt": "grey", "nytt": "added", "utgar": "removed", "flyttat": "moved"}


def _colours(told: Mapping[str, Any]) -> Colours:
    _only(told, "farger.", tuple(_COLOURS))
    found = {}
    for key, value in told.items():
        if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise _wrong(f"farger.{key}", "ska vara en färg som ”#1b4f9c”: sex siffror eller bokstäver a–f efter #")
        least = min(contrast(value, paper) for paper in _PAPER)
        if least < LEAST_CONTRAST:
            shown = f"{int(least * 10) / 10:.1f}".replace(".", ",")
            raise _wrong(
                f"farger.{key}", f"{value} är för ljus för att läsas på vitt (kontrasten är {shown}, och 4,5 är det minsta)",
                "Välj en mörkare färg.",
            )  # fmt: skip
        found[_COLOURS[key]] = value.lower()
    return Colours(**found)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours "#rrggbb", from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
