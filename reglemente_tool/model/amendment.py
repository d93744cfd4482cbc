"""An amendment: a frozen value that knows how to apply itself and how to say itself in Swedish.

The types lie on the shelf `reglemente_tool.amendments`, one in each file.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from reglemente_tool.errors import Problem, WordingDiffers
from reglemente_tool.model import wording
from reglemente_tool.model.address import Address, Kind, Part, Reads
from reglemente_tool.model.charter import Charter, DecisionId, Provision, Wid, flat
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import find, span

__all__ = ["Amendment", "Part", "Phase", "Reads", "check_guard", "guard_for", "held_text", "said"]

SHORT = 120
"""Texts longer than this many letters are guarded by their fingerprint instead of being written out again."""


class Phase(IntEnum):
    """An amendment's place in the moment. The order is that of the state's own register of amendments."""

    ADOPT = 0
    REPEAL = 1
    RENUMBER = 2
    REWRITE = 3
    INSERT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(ABC):
    """One change to one charter.

    `target`   the address it is about, in the numbering that `reads` says
    `expects`  the text that the target holds today, or its fingerprint ("sha256:…"): a guard; "" for none
    `wid`      the identity that a person confirmed as the target; then the address may since have changed
    """

    tag: ClassVar[str]
    phase: ClassVar[Phase]
    locates: ClassVar[bool] = True
    """True when the target must already be there."""

    target: Address
    reads: Reads = Reads.NUVARANDE
    expects: str = ""
    wid: Wid = Wid("")

    @abstractmethod
    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return `charter` with this change made at the provision `at`. Raises CannotApply when it does not fit."""

    @abstractmethod
    def describe(self) -> str:
        """Return the change as a Swedish att-sats without "att": "5 § ska betecknas 4 §"."""

    def problems(self, before: Charter) -> Iterator[Problem]:
        """Yield what a person should know before confirming, given the charter as it stands."""
        yield from ()


def held_text(charter: Charter, address: Address, provision: Provision | None = None) -> str:
    """Return the words that `address` holds: a heading, a mening, or all lines of a provision."""
    holder = provision or find(charter, address)
    if address.part is Part.RUBRIK:
        return holder.heading
    last = address.last
    if last is not None and last.kind.virtual and not holder.kind.virtual:
        start, end = span(holder, address)
        return holder.text[start:end]
    return flat(holder)


def guard_for(text: str) -> str:
    """Return the guard for `text`: the text itself when it is short, otherwise its fingerprint."""
    return text if len(text) <= SHORT and "\n" not in text else wording.digest(text)


def check_guard(amendment: Amendment, charter: Charter, provision: Provision) -> None:
    """Raise WordingDiffers unless the target holds what the amendment expects. Marks that only the list gives are not held against it."""
    if not amendment.expects:
        return
    held = held_text(charter, amendment.target, provision)
    if amendment.expects.startswith("sha256:"):
        fits = wording.digest(held) == amendment.expects or wording.digest(wording.bare(held)) == amendment.expects
    else:
        fits = wording.same(held, amendment.expects)
    if not fits:
        expected = "en annan lydelse" if amendment.expects.startswith("sha256:") else said(amendment.expects)
        raise WordingDiffers(
            f"{capital(cite(amendment.target))} har inte den lydelse som beslutet utgår från: {expected}.",
            hint=f"Där står: {said(held)}",
        )


def said(text: str, limit: int = 160) -> str:
    """Return `text` in Swedish quotation marks, on one line, cut in the middle when longer than `limit` letters."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = f"{line[: limit - 45].rstrip()} … {line[-40:].lstrip()}"
    return f"”{line}”"


def capital(text: str) -> str:
    """Return `text` with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def kind_with_article(kind: Kind) -> str:
    """"en ny strecksats", "ett nytt stycke"."""
    return _NEW[kind]


_NEW = {
    Kind.KAPITEL: "ett nytt kapitel", Kind.AVSNITT: "ett nytt avsnitt", Kind.PARAGRAF: "en ny paragraf",
    Kind.STYCKE: "ett nytt stycke", Kind.PUNKT: "en ny punkt", Kind.BOKSTAV: "en ny bokstav",
    Kind.STRECKSATS: "en ny strecksats", Kind.TABELL: "en ny tabell", Kind.RAD: "en ny rad", Kind.BILAGA: "en ny bilaga",
    Kind.MENING: "en ny mening", Kind.LED: "ett nytt led",
}  # fmt: skip
