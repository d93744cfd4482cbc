"""Where a provision is: kinds, steps, addresses, in their two machine forms.

The code ("kap2.par4a.st2.p3") stands in XML and in files. The eId ("chp_2__sec_4a__subsec_2__point_3")
follows the Akoma Ntoso Naming Convention 1.0 and is only ever written out. The Swedish spelling of an
address is `model.citation`'s business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache


class Kind(Enum):
    """The parts of a charter; the value is the XML element's name."""

    KAPITEL = "kapitel"
    AVSNITT = "avsnitt"
    PARAGRAF = "paragraf"
    STYCKE = "stycke"
    PUNKT = "punkt"
    BOKSTAV = "bokstav"
    STRECKSATS = "strecksats"
    TABELL = "tabell"
    RAD = "rad"
    BILAGA = "bilaga"
    MENING = "mening"
    LED = "led"

    __hash__ = object.__hash__  # a member is one object; Enum's own hash is a function in Python, asked for at every step of a walk

    @property
    def short(self) -> str:
        """The kind in an address code: "par", "st", "ss"."""
        return _SHORT[self]

    @property
    def positional(self) -> bool:
        """True when the place among its siblings is the number (stycke, strecksats, mening …)."""
        return self in _POSITIONAL

    @property
    def virtual(self) -> bool:
        """True for what can be addressed but is no node of its own: mening and led."""
        return self in (Kind.MENING, Kind.LED)

    @property
    def item(self) -> bool:
        """True for what stands in a list."""
        return self in ITEMS


_SHORT = {
    Kind.KAPITEL: "kap", Kind.AVSNITT: "avs", Kind.PARAGRAF: "par", Kind.STYCKE: "st", Kind.PUNKT: "p",
    Kind.BOKSTAV: "b", Kind.STRECKSATS: "ss", Kind.TABELL: "tab", Kind.RAD: "rad", Kind.BILAGA: "bil",
    Kind.MENING: "m", Kind.LED: "led",
}  # fmt: skip
_BY_SHORT = {short: kind for kind, short in _SHORT.items()}
_AKN = {
    Kind.KAPITEL: "chp", Kind.AVSNITT: "hcontainer", Kind.PARAGRAF: "sec", Kind.STYCKE: "subsec", Kind.PUNKT: "point",
    Kind.BOKSTAV: "point", Kind.STRECKSATS: "indent", Kind.TABELL: "table", Kind.RAD: "tr", Kind.BILAGA: "att",
    Kind.MENING: "sentence", Kind.LED: "clause",
}  # fmt: skip
_POSITIONAL = frozenset(
    {Kind.AVSNITT, Kind.STYCKE, Kind.STRECKSATS, Kind.TABELL, Kind.RAD, Kind.MENING, Kind.LED}
)
ITEMS = frozenset({Kind.PUNKT, Kind.BOKSTAV, Kind.STRECKSATS})

LAST = "sist"
"""The number of "sista"; "sist-1" is "näst sista", and for what is put in "sist+1" goes after "sist"."""


class Part(Enum):
    """Which part of a provision is meant: the whole, or the heading (for a §: the one nearest before it)."""

    HELA = ""
    RUBRIK = "rubrik"


class Reads(Enum):
    """Which numbering a decision speaks in: the text before it, or the text that it makes ("den nya 4 §")."""

    NUVARANDE = "nuvarande"
    NY = "ny"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: a kind and a number ("4 a"; an ordinal as "2"; "sist", "sist-1"; "" when not stated)."""

    kind: Kind
    number: str = ""

    @property
    def code(self) -> str:
        """"par4a", "ss:sist", "ss" when the number is not stated."""
        if not self.number:
            return self.kind.short
        plain = self.number.replace(" ", "")
        return f"{self.kind.short}{plain}" if plain[0].isdigit() else f"{self.kind.short}:{plain}"

    @property
    def from_end(self) -> int | None:
        """0 for "sist", 1 for "sist-1", -1 for "sist+1"; None when counted from the start."""
        if not self.number.startswith(LAST):
            return None
        return -int(self.number[len(LAST) :] or 0)


_STEP = re.compile(r"([a-z]+)(?:(\d[\d.]*)([a-zåäö]*)|:([^\W\d_]+(?:[+-]\d+)?))?")


@dataclass(frozen=True, slots=True)
class Address:
    """A path of steps from the charter's root, and which part of the provision at its end is meant.

    An address without steps means the charter as a whole.
    """

    steps: tuple[Step, ...] = ()
    part: Part = Part.HELA

    @property
    def code(self) -> str:
        """The form that stands in XML and in files: "kap2.par4a.st2.p3", "par4.rubrik"."""
        code = ".".join([step.code for step in self.steps])
        return code if self.part is Part.HELA else f"{code}.{self.part.value}" if code else self.part.value

    @property
    def eid(self) -> str:
        """The form of Akoma Ntoso: "chp_2__sec_4a__subsec_2__point_3"."""
        steps = (f"{_AKN[s.kind]}_{s.number.replace(' ', '') or 'nn'}" for s in self.steps)
        tail = ("crossheading",) if self.part is Part.RUBRIK else ()
        return "__".join((*steps, *tail))

    @property
    def last(self) -> Step | None:
        """The last step, or None for the charter as a whole."""
        return self.steps[-1] if self.steps else None

    @property
    def parent(self) -> Address:
        """The address one step up, always the whole of it."""
        return Address(self.steps[:-1])

    def child(self, kind: Kind, number: str = "") -> Address:
        """Return the address of a part of this provision."""
        return Address((*self.steps, Step(kind, number)))

    def heading(self) -> Address:
        """Return the address of the heading of this provision (of the heading nearest before a §)."""
        return replace(self, part=Part.RUBRIK)

    def covers(self, other: Address) -> bool:
        """True when `other` is this provision or lies inside it. A heading covers only itself."""
        if self.part is not Part.HELA:
            return self == other
        return other.steps[: len(self.steps)] == self.steps

    @classmethod
    def from_code(cls, code: str) -> Address:
        """Read the form that `code` writes. Raises ValueError when it is not one."""
        return _from_code(code)


@lru_cache(maxsize=4096)
def _from_code(code: str) -> Address:
    """One address for each code: a register says the same ones in decision after decision."""
    steps: list[Step] = []
    part = Part.HELA
    # Decimal numbers hold dots, so a step begins at a letter that follows a dot.
    pieces = re.split(r"\.(?=[a-z])", code) if code else []
    for position, piece in enumerate(pieces):
        if piece == Part.RUBRIK.value and position == len(pieces) - 1:
            part = Part.RUBRIK
            continue
        match = _STEP.fullmatch(piece)
        if match is None or match[1] not in _BY_SHORT:
            raise ValueError(f"ingen adress: {code!r}")
        number = f"{match[2]} {match[3]}".strip() if match[2] else (match[4] or "")
        # Where position is the number, the only word that counts is "sist".
        worded = match[4] and (_BY_SHORT[match[1]].positional or number.startswith(LAST))
        if worded and not re.fullmatch(rf"{LAST}(?:[+-]\d+)?", number):
            raise ValueError(f"ingen adress: {code!r}")
        steps.append(Step(_BY_SHORT[match[1]], number))
    return Address(tuple(steps), part)


@lru_cache(maxsize=4096)
def number_key(number: str) -> tuple[tuple[int, int | str], ...]:
    """Return a key that sorts designations as a charter does: 7, 7 a, 7 b, 8, 10; A, B; 2.9 before 2.10."""
    parts = re.findall(r"\d+|[^\W\d_]+", number.lower())
    return tuple((0, int(p)) if p.isdigit() else (1, p) for p in parts)
