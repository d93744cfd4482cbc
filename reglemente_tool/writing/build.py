"""From a charter to a Page of clean text, and from two charters to a Page that shows what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reglemente_tool.compare import ONLY_OLD, Difference, DifferenceKind, Mark, Pair, Run, Runs, alone, changed, compare, merge, same, words
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import CONTAINERS, Charter, Wid, walk
from reglemente_tool.writing.excerpt import only_what_changed
from reglemente_tool.writing.levels import with_levels
from reglemente_tool.writing.notes import note
from reglemente_tool.writing.page import Block, Page, Told

Facts = tuple[tuple[str, str], ...]
Notes = Mapping[Wid, str]


def clean_page(
    charter: Charter,
    *,
    municipality: str = "",
    case_number: str = "",
    facts: Facts | None = None,
    status: tuple[str, ...] = (),
    origins: Notes | None = None,
) -> Page:
    """Return the charter as a page.

    `facts` are the header lines; without them, the charter's own. `origins` says of what has been amended since when and
    by which decision ("sedan 2017-07-01, KF § 105"); it is printed once where a whole § has the same one.
    """
    return Page(
        title=same(charter.title),
        municipality=municipality,
        case_number=case_number,
        facts=charter.facts if facts is None else facts,
        status=status,
        blocks=with_levels(_Builder(alone(charter), origins or {}, sectioned=_sectioned(charter)).blocks()),
    )


def redline_page(
    old: Charter,
    new: Charter,
    *,
    municipality: str = "",
    case_number: str = "",
    facts: Facts | None = None,
    status: tuple[str, ...] = (),
    origins: Notes | None = None,
    elsewhere: Notes | None = None,
    only_changed: bool = False,
) -> Page:
    """Return both wordings as one page: what is gone stands where it stood, what has moved stands in both places.

    `elsewhere` says, of what has gone to or come from another charter, where: "flyttad till kommunstyrelsen § 2". With
    `only_changed` the page has just the §§ that have changed, under their headings, and LEFT_OUT for the rest of them.
    """
    merged = merge(old, new)
    builder = _Builder(merged, origins or {}, elsewhere or {}, _sectioned(new))
    blocks = builder.blocks()
    if only_changed:
        blocks = only_what_changed(blocks)
    shown = _anchored(blocks, set())
    return Page(
        title=words(old.title, new.title),
        municipality=municipality,
        case_number=case_number,
        facts=new.facts if facts is None else facts,
        status=status,
        blocks=with_levels(blocks),
        changes=tuple(builder.told(difference, shown) for difference in compare(old, new, merged)),
        redline=True,
        shortened=only_changed,
    )


def _sectioned(charter: Charter) -> frozenset[int]:
    """The provisions right inside an avsnitt. A merged reading does not say, since they may stand elsewhere in it."""
    return frozenset(id(inner) for p in walk(charter.body) if p.kind is Kind.AVSNITT for inner in p.children)


def _anchored(blocks: Iterable[Block], found: set[str]) -> set[str]:
    for block in blocks:
        found.add(block.anchor)
        _anchored(block.children, found)
    return found


@dataclass(slots=True)
class _Builder:
    """Dresses the pairs of a merged reading as blocks. Its fields do not change; it is only what all functions need."""

    pairs: tuple[Pair, ...]
    origins: Notes
    elsewhere: Notes = field(default_factory=dict)
    sectioned: frozenset[int] = frozenset()
    anchors: dict[int, str] = field(init=False)
    places: dict[tuple[bool, str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.anchors, self.places = _anchors(self.pairs)

    def blocks(self) -> tuple[Block, ...]:
        return self._row(self.pairs, Mark.SAME, "")

    def _row(self, pairs: tuple[Pair, ...], above: Mark, origin: str) -> tuple[Block, ...]:
        made: list[Block] = []
        for pair in pairs:
            provision = pair.here.provision
            own = "" if pair.mark in ONLY_OLD else self.origins.get(provision.wid, "")
            inside = self._row(pair.children, pair.mark, own or origin)
            in_a_row = provision.kind in CONTAINERS
            block = Block(
                kind=provision.kind,
                anchor=self.anchors[id(pair)],
                label=pair.label,
                heading=pair.heading,
                text=pair.text,
                children=() if in_a_row else inside,
                closing=pair.closing,
                layout=provision.layout,
                inside=pair.new is not None and id(pair.new.provision) in self.sectioned,
                mark=pair.mark,
                note=note(pair, above),
                link=self._link(pair),
                origin=own if own != origin else "",
            )
            if block.heading and block.mark is not Mark.SAME and not changed(block.heading):
                # The heading stays for the §§ after this one, so it stands apart from what goes or comes.
                made.append(Block(kind=block.kind, anchor=f"{block.anchor}.rubrik", heading=block.heading, inside=block.inside))
                block = replace(block, heading=())
            if provision.wid in self.elsewhere and pair.mark in (Mark.REMOVED, Mark.ADDED):
                block = replace(_as_moved(block), note=self.elsewhere[provision.wid])
            made.append(block)
            made += inside if in_a_row else ()
        return tuple(made)

    def _link(self, pair: Pair) -> str:
        if not pair.moved or pair.old is None or pair.new is None:
            return ""
        away = pair.mark is Mark.MOVED_AWAY
        return self.places.get((False, pair.new.address.code) if away else (True, pair.old.address.code), "")

    def told(self, difference: Difference, shown: set[str]) -> Told:
        gone = difference.kind is DifferenceKind.REMOVED
        address, provision = (difference.old_address, difference.old) if gone else (difference.new_address, difference.new)
        anchor = self.places.get((gone, address.code), "") if address is not None else ""
        apart = self.elsewhere.get(provision.wid, "") if provision is not None else ""
        return Told(difference.describe(apart), anchor if anchor in shown else "")


def _anchors(pairs: tuple[Pair, ...]) -> tuple[dict[int, str], dict[tuple[bool, str], str]]:
    """Return an anchor for each pair, and where to find what stands at an address: (True, …) as of old, (False, …) now.

    The provisions as they are now have the plain addresses, so that a link to 5 § leads to what is 5 § today.
    """
    anchors: dict[int, str] = {}
    places: dict[tuple[bool, str], str] = {}
    taken: set[str] = set()
    every = _every(pairs, [])
    for of_old in (False, True):
        for pair in every:
            if (pair.mark in ONLY_OLD) is not of_old:
                continue
            code = pair.here.address.code
            anchor = code if not of_old or code not in taken else f"tidigare.{code}"
            copy = 2
            while anchor in taken:
                anchor, copy = f"{code}-{copy}", copy + 1
            taken.add(anchor)
            anchors[id(pair)] = anchor
            places.setdefault((of_old, code), anchor)
    return anchors, places


def _every(pairs: Iterable[Pair], found: list[Pair]) -> list[Pair]:
    for pair in pairs:
        found.append(pair)
        _every(pair.children, found)
    return found


_ELSEWHERE = {Mark.REMOVED: Mark.MOVED_AWAY, Mark.ADDED: Mark.MOVED_HERE}


def _as_moved(block: Block) -> Block:
    """What has left for another charter, or come from one, has moved rather than gone or come."""

    def moved(runs: Runs) -> Runs:
        return tuple(Run(run.text, _ELSEWHERE.get(run.mark, run.mark)) for run in runs)

    return replace(
        block,
        label=moved(block.label),
        heading=moved(block.heading),
        text=moved(block.text),
        closing=moved(block.closing),
        mark=_ELSEWHERE.get(block.mark, block.mark),
        children=tuple(_as_moved(child) for child in block.children),
    )
