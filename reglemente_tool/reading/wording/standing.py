"""Where each block of a reading stands in the charter that it became: for whoever holds the two beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reglemente_tool.compare.merging import Placed, placed
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import TITLE_LINE, Charter, CharterId, CommitteeId, Provision
from reglemente_tool.reading.wording.blocks import Block


@dataclass(frozen=True, slots=True)
class Standing:
    """A provision's address, and which of its words a block holds: its "rubrik", its "text" (with its number) or its "avslutning"."""

    address: Address
    part: str


def standings(blocks: tuple[Block, ...], body: tuple[Provision, ...]) -> tuple[Standing | None, ...]:
    """Return where each block stands in `body`, None for title, header facts and footnotes, which stand nowhere in it.

    Both are in the order of the text, so that a block is the first words in the body, after those of the block before, that
    are the same; words that are not there at all get None too.
    """
    parts = list(_parts(placed(Charter(CharterId("-"), "", CommitteeId("-"), body))))
    at = 0
    found: list[Standing | None] = []
    for block in blocks:
        if block.level in ("titel", "metadata", "fotnot"):
            found.append(None)
            continue
        words = _key(block)
        place = next((n for n in range(at, len(parts)) if parts[n][0] == words), None)
        found.append(parts[place][1] if place is not None else None)
        at = place + 1 if place is not None else at
    return tuple(found)


_Words = tuple[str, str]


def _key(block: Block) -> _Words:
    if block.level in ("paragraf", "kapitel", "bilaga"):
        return block.level, block.number
    return "", block.printed


def _parts(row: tuple[Placed, ...]) -> Iterator[tuple[_Words, Standing]]:
    """Yield the words of the provisions in the order of the text, each with where it stands."""
    for one in row:
        provision, address = one.provision, one.address
        own = Standing(address, "text")
        if provision.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA):
            if provision.heading and provision.kind is Kind.PARAGRAF and provision.layout != TITLE_LINE:
                yield ("", provision.heading), Standing(address, "rubrik")
            yield (provision.kind.value, provision.number), own
        elif provision.heading:
            yield ("", provision.heading), Standing(address, "rubrik")
        if provision.text:
            yield ("", f"{provision.marker} {provision.text}".strip()), own
        yield from _parts(one.children)
        if provision.closing:
            yield ("", provision.closing), Standing(address, "avslutning")
