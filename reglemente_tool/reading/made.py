"""What was made of the parts of a clause, and what holds of them when all of it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reglemente_tool.model.address import Kind, Part
from reglemente_tool.reading.dates import Moment
from reglemente_tool.reading.operation import Nothing, Operation, Type
from reglemente_tool.reading.phrases import Match, Result


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of some words: results, phrases, times. `rivals` when two phrases read them differently."""

    results: tuple[Result, ...] = ()
    names: tuple[str, ...] = ()
    start: tuple[Moment, ...] = ()
    until: tuple[Moment, ...] = ()
    condition: str = ""
    rivals: tuple[str, ...] = ()
    free: str = field(default="", compare=False)

    def and_then(self, other: Made) -> Made:
        """Return both, this one first."""
        return Made(
            self.results + other.results,
            self.names + other.names,
            self.start + other.start,
            self.until + other.until,
            self.condition or other.condition,
            self.rivals + other.rivals,
        )

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The results that do something."""
        return tuple(r for r in self.results if isinstance(r, Operation))


def timed_result(result: Result, start: tuple[Moment, ...], until: tuple[Moment, ...]) -> Result:
    """What a part of a clause says of its time belongs to what that part does, or to what it says it of."""
    if isinstance(result, Nothing):
        return replace(result, start=start, until=until) if result.reason == "ikrafttradande" else result
    return replace(result, moment=start[0] if len(start) == 1 else None, until=until[0] if len(until) == 1 else None)


def for_each_charter(made: tuple[Result, ...], match: Match) -> tuple[Result, ...]:
    """What is said of a place in several charters ("5 § i reglementena för …") is said of each; nothing when that is unclear."""
    several = {place.charters for place in (match.where, *match.named) if len(place.charters) > 1}
    operations = [r for r in made if isinstance(r, Operation)]
    if not several or not operations:
        return made
    (charters, *others) = several
    if all(op.charter in charters for op in operations):
        return made
    if others or any(op.charter for op in operations):
        return ()
    return tuple(replace(op, charter=charter) for charter in charters for op in operations)


def under_heading(made: tuple[Result, ...], match: Match) -> tuple[Result, ...]:
    """What is done in a place that is told by the heading above it is told so too; nothing when there are two such headings."""
    headings = {place.under for place in (match.where, *match.named) if place.under}
    if not headings:
        return made
    if len(headings) > 1:
        return ()
    (under,) = headings
    return tuple(replace(r, under=under) if isinstance(r, Operation) else r for r in made)


def without_metadata(made: Made) -> Made:
    """A document's own line, "Antaget … Gäller från …", tells when that document holds and not when the decision does."""
    if not any(isinstance(r, Nothing) and r.reason == "dokumentuppgift" for r in made.results) or made.operations:
        return made
    kept = tuple(r for r in made.results if not (isinstance(r, Nothing) and r.reason == "ikrafttradande"))
    return replace(made, results=kept, start=(), until=())


def each_once(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """One and the same moment may be said twice: "direkt, den dag fullmäktige fattar det"."""
    return tuple({(m.day, m.event): m for m in reversed(moments)}.values())[::-1]


def one_chain(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """In "3 a § ska betecknas 4 § och 4 § ska betecknas 5 § i reglementet för …" the charter is that of the whole chain."""
    chain = [r for r in results if isinstance(r, Operation)]
    renumbered = [op for op in chain if op.type is Type.RENUMBER]
    named = {op.charter for op in chain if op.charter}
    if len(chain) != len(results) or len(named) != 1 or not renumbered:
        return results
    if len(chain) == 2 and chain[-1].text == "efterföljande" and not chain[0].charter:
        # "2 § stryks och efterföljande paragrafer i reglementet för … numreras om"
        return (replace(chain[0], charter=chain[-1].charter), chain[-1])
    (charter,) = named
    held = {number for op in chain if op.charter for number in _numbers(op)}
    while more := {n for op in chain if held & _numbers(op) for n in _numbers(op)} - held:
        held |= more
    return tuple(replace(op, charter=charter) if not op.charter and held & _numbers(op) else op for op in chain)


def _numbers(op: Operation) -> set[str]:
    """The number of the § that an operation is about, and the one that it gets: by these "4 § utgår" and "5 § blir 4 §" are one chain."""
    last = op.target.last
    if last is None or last.kind is not Kind.PARAGRAF or op.target.part is not Part.HELA:
        return set()
    return {n for n in (last.number, op.number) if n}


def gapped(results: tuple[Result, ...], names: tuple[str, ...]) -> tuple[Result, ...]:
    """In "i 4 § byta ”a” mot ”b” och i 5 § ”c” mot ”d” i reglementet för …" there is one verb, and the charter is that of it all."""
    operations = [r for r in results if isinstance(r, Operation)]
    charters = {op.charter for op in operations} - {""}
    if "och_ett_till" not in names or len(charters) != 1 or len(operations) != len(results):
        return results
    if any(op.type not in (Type.REPLACE_WORDS, Type.REPLACE_EVERYWHERE) for op in operations):
        return results
    return tuple(replace(op, charter=next(iter(charters))) for op in operations)


def to_source(result: Result) -> Result:
    """What amends a proposal before it is adopted has the proposal for its source."""
    return replace(result, source="förslaget") if isinstance(result, Operation) else result
