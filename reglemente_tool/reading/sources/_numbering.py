"""Word's automatic numbers: what is displayed before a paragraph, counted as Word counts.

Source of the rules: ECMA-376 part 1, 17.9 (numbering). A paragraph's `numPr`, or its style's, names a list instance (`num`),
which uses a definition (`abstractNum`) of nine levels. The counters belong to the definition: instances share them, and one
with a `startOverride` begins anew the first time it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Element = etree._Element

_DEEPEST = 9
_GLYPHS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "–", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "\uf0a8": "•", "\uf06e": "▪",
    "\uf06f": "▪", "\uf0be": "–", "\uf0ae": "•", "\uf02a": "•",
}  # fmt: skip
_FONT_GLYPHS = {
    "symbol": {"·": "•", "-": "–"},
    "wingdings": {"§": "▪", "l": "•", "n": "▪", "ü": "•", "Ø": "•", "v": "•", "q": "▪", "w": "•"},
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts: int | None = None
    legal: bool = False
    indent: float | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A list in the document: which definition it uses, and what it overrides."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Numbering:
    """Counts through one document. Ask for each paragraph's label in the order of the text."""

    definitions: dict[str, dict[int, Level]] = field(default_factory=dict)
    instances: dict[str, Instance] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def level(self, num: str, ilvl: int) -> Level | None:
        """Return the level that a paragraph of list `num` has, None when the file does not define it."""
        instance = self.instances.get(num)
        if instance is None:
            return None
        return instance.levels.get(ilvl) or self.definitions.get(instance.definition, {}).get(ilvl)

    def level_of_style(self, num: str, style: str) -> int:
        """Return the level of list `num` that is bound to the paragraph style `style`, 0 when none is."""
        instance = self.instances.get(num)
        levels = self.definitions.get(instance.definition, {}) if instance else {}
        return next((ilvl for ilvl, level in levels.items() if level.style == style), 0)

    def label(self, num: str, ilvl: int) -> str:
        """Count one paragraph and return what Word displays before it: "§ 3", "2.1", "a)", "•"; "" when nothing is."""
        instance, level = self.instances.get(num), self.level(num, ilvl)
        if instance is None or level is None:
            return ""
        counters = self.counters.setdefault(instance.definition, {})
        for at, start in instance.starts.items():
            if at <= ilvl and (num, at) not in self.started:
                self.started.add((num, at))
                counters[at] = start - 1
        counters[ilvl] = counters[ilvl] + 1 if ilvl in counters else level.start
        for deeper in range(ilvl + 1, _DEEPEST):
            below = self.level(num, deeper)
            if below is None or below.restarts is None or (below.restarts > 0 and ilvl < below.restarts):
                counters.pop(deeper, None)
        if level.format == "bullet":
            return level.text
        return re.sub(r"%([1-9])", lambda m: self._shown(num, int(m[1]) - 1, counters, level.legal), level.text).strip()

    def _shown(self, num: str, ilvl: int, counters: dict[int, int], legal: bool) -> str:
        level = self.level(num, ilvl) or Level()
        return numeral(counters.get(ilvl, level.start), "decimal" if legal else level.format)


def glyph(char: str, font: str = "") -> str:
    """Return a bullet as Unicode has it: fonts for symbols keep theirs in places of their own."""
    name = font.lower()
    for family, known in _FONT_GLYPHS.items():
        if name.startswith(family):
            private = chr(0xF000 + ord(char)) if len(char) == 1 and ord(char) < 256 else char
            return known.get(char) or _GLYPHS.get(private) or ("•" if "\uf000" <= char <= "\uf0ff" else char)
    if len(char) == 1 and "\uf000" <= char <= "\uf0ff":
        return _GLYPHS.get(char, "•")
    return char


def numeral(value: int, format: str) -> str:
    """Return a number as a list shows it, in Word's names for the formats."""
    if format in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman.lower() if format == "lowerRoman" else roman
    if format == "decimalZero":
        return f"{value:02d}"
    return "" if format == "none" else str(value)


def _roman(value: int) -> str:
    pairs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
        (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    made = ""
    for worth, letters in pairs:
        while value >= worth:
            made, value = made + letters, value - worth
    return made


def read_numbering(root: Element | None) -> Numbering:
    """Return the lists that `word/numbering.xml` defines; an empty one for a file without it."""
    found = Numbering()
    if root is None:
        return found
    links: dict[str, str] = {}
    named: dict[str, str] = {}
    for definition in root.iter(f"{W}abstractNum"):
        id = definition.get(f"{W}abstractNumId", "")
        found.definitions[id] = {int(e.get(f"{W}ilvl", "0")): _level(e) for e in definition.findall(f"{W}lvl")}
        link, name = definition.find(f"{W}numStyleLink"), definition.find(f"{W}styleLink")
        if link is not None:
            links[id] = link.get(f"{W}val", "")
        if name is not None:
            named[name.get(f"{W}val", "")] = id
    for num in root.iter(f"{W}num"):
        uses = num.find(f"{W}abstractNumId")
        id = uses.get(f"{W}val", "") if uses is not None else ""
        id = named.get(links.get(id, ""), id)
        starts, levels = {}, {}
        for override in num.findall(f"{W}lvlOverride"):
            ilvl = int(override.get(f"{W}ilvl", "0"))
            start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
            if start is not None:
                starts[ilvl] = _number(start.get(f"{W}val"), 1)
            if level is not None:
                levels[ilvl] = _level(level)
        found.instances[num.get(f"{W}numId", "")] = Instance(id, starts, levels)
    return found


def _level(element: Element) -> Level:
    def value(tag: str, missing: str = "") -> str:
        child = element.find(f"{W}{tag}")
        return child.get(f"{W}val", missing) if child is not None else missing

    restart = element.find(f"{W}lvlRestart")
    form, text = value("numFmt", "decimal"), value("lvlText")
    if form == "bullet":
        fonts = element.find(f"{W}rPr/{W}rFonts")
        text = glyph(text, (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else "") or "•"
    legal = element.find(f"{W}isLgl")
    return Level(
        start=_number(value("start"), 0 if not value("start") else 1),
        format=form,
        text=text,
        restarts=_number(restart.get(f"{W}val"), 0) if restart is not None else None,
        legal=legal is not None and legal.get(f"{W}val") not in ("0", "false"),
        indent=indent_of(element.find(f"{W}pPr/{W}ind")),
        style=value("pStyle"),
    )


def indent_of(ind: Element | None) -> float | None:
    """Return where the first line begins, in points from the margin, None when it is not said."""
    if ind is None:
        return None
    left = ind.get(f"{W}left") or ind.get(f"{W}start")
    hanging, first = ind.get(f"{W}hanging"), ind.get(f"{W}firstLine")
    if left is None and hanging is None and first is None:
        return None
    return (_number(left, 0) - _number(hanging, 0) + _number(first, 0)) / 20


def _number(text: str | None, missing: int) -> int:
    try:
        return int(float(text)) if text else missing
    except ValueError:
        return missing
