"""From an address to the provision it means, or an error that says why there is none or more than one.

Kapitel and avsnitt need not be named on the way to a §, nor stycke on the way to a list item. An ordinal that
could mean two items (several lists in one §) is AmbiguousAddress, never a guess.
"""

from __future__ import annotations

from reglemente_tool.errors import AmbiguousAddress, NoSuchProvision
from reglemente_tool.model import wording
from reglemente_tool.model.address import Address, Kind, Part, Step
from reglemente_tool.model.charter import CONTAINERS, Charter, Provision
from reglemente_tool.model.citation import cite

_THROUGH_CONTAINER = frozenset({Kind.PARAGRAF, Kind.BILAGA})
_THROUGH_STYCKE = frozenset({Kind.PUNKT, Kind.BOKSTAV, Kind.STRECKSATS, Kind.MENING, Kind.LED})


def find(charter: Charter, address: Address) -> Provision:
    """Return the provision that `address` means; for a mening or led a provision of that kind that only holds its words.

    For a heading: the provision that carries it. Raises NoSuchProvision or AmbiguousAddress.
    """
    holder = locate(charter, address)
    virtual = address.last
    if virtual is None or not virtual.kind.virtual:
        return holder
    start, end = span(holder, address)
    return Provision(kind=virtual.kind, number=virtual.number, text=holder.text[start:end])


def locate(charter: Charter, address: Address) -> Provision:
    """Return the node of the tree that holds what `address` means (for a mening: its stycke or item).

    Raises NoSuchProvision or AmbiguousAddress, also when a heading is meant and there is none.
    """
    found: Provision | None = None
    for depth, step in enumerate(address.steps):
        if step.kind.virtual:
            break
        found = _one(charter, charter.body if found is None else found.children, address, depth)
    if found is None:
        raise AmbiguousAddress("Adressen säger inte vilken bestämmelse som avses.")
    last = address.steps[-1]
    if last.kind.virtual and found.kind is Kind.PARAGRAF:
        found = _only_stycke(charter, found, address)
    check_heading(charter, address, found)
    return found


def check_heading(charter: Charter, address: Address, holder: Provision) -> None:
    """Raise NoSuchProvision when `address` means the heading of `holder` and it has none."""
    if address.part is Part.RUBRIK and not holder.heading:
        raise NoSuchProvision(f"{_cited(address)} finns inte i {_name(charter)}.")


def span(holder: Provision, address: Address) -> tuple[int, int]:
    """Return where in `holder.text` the mening or led at the end of `address` stands. Raises NoSuchProvision, AmbiguousAddress."""
    start, end = counted_in(holder, address)
    return _narrowed(holder.text, start, end, address.steps[-1], address)


def counted_in(holder: Provision, address: Address) -> tuple[int, int]:
    """Return where in `holder.text` that stands in which the mening or led at the end of `address` is counted: for a led its mening,
    and where none is named the only one that has several led. Raises NoSuchProvision, AmbiguousAddress.
    """
    virtual = [step for step in address.steps if step.kind.virtual]
    start, end = 0, len(holder.text)
    for step in virtual[:-1]:
        start, end = _narrowed(holder.text, start, end, step, address)
    if [step.kind for step in virtual] == [Kind.LED]:
        every = wording.sentences(holder.text)
        several = [(one, other) for one, other in every if ";" in holder.text[one:other]]
        if len(every) > 1 and len(several) != 1:
            raise AmbiguousAddress(f"{_cited(address)} kan betyda flera ställen: där finns {len(every)} meningar.", hint="Ange meningen.")
        start, end = several[0] if several else (start, end)
    return start, end


def _narrowed(text: str, start: int, end: int, step: Step, address: Address) -> tuple[int, int]:
    cut = wording.sentences if step.kind is Kind.MENING else wording.clauses
    spans = cut(text[start:end])
    index = _index(step, len(spans))
    if index is None:
        raise NoSuchProvision(
            f"{_cited(address)} finns inte.", hint=f"Där finns {len(spans)} {'meningar' if cut is wording.sentences else 'led'}."
        )
    return start + spans[index][0], start + spans[index][1]


def _index(step: Step, length: int) -> int | None:
    back = step.from_end
    if back is not None:
        index = length - 1 - back
    elif step.number.isdigit():
        index = int(step.number) - 1
    else:
        return None
    return index if 0 <= index < length else None


def groups(siblings: tuple[Provision, ...], kind: Kind) -> list[tuple[Provision, ...]]:
    """Return the runs of `kind` that can be reached from `siblings`, one for each parent that holds any."""
    here = tuple([p for p in siblings if p.kind is kind])
    found = [here] if here else []
    if len(here) == len(siblings):  # no kind is found through itself
        return found
    through = _THROUGH[kind]
    for provision in siblings:
        if provision.kind in through:
            found.extend(groups(provision.children, kind))
    return found


def _transparent(passed: Kind, sought: Kind) -> bool:
    if passed is Kind.STYCKE:
        return sought in _THROUGH_STYCKE
    return passed in CONTAINERS and (sought in _THROUGH_CONTAINER or (sought is Kind.KAPITEL and passed is Kind.AVSNITT))


_THROUGH = {sought: frozenset(passed for passed in Kind if _transparent(passed, sought)) for sought in Kind}
"""What need not be named on the way to each kind."""


def _one(charter: Charter, siblings: tuple[Provision, ...], address: Address, depth: int) -> Provision:
    """The provision among and inside `siblings` that the step at `depth` of `address` means."""
    step = address.steps[depth]
    sought, number = step.kind, step.number.lower()
    runs = groups(siblings, sought)
    if sought is Kind.PUNKT and not any(p.number == step.number for run in runs for p in run):
        # "tolfte punkten" is said of bullets too.
        bullets = groups(siblings, Kind.STRECKSATS)
        if bullets and not runs:
            return _positional(charter, bullets, address, depth)
    if sought.positional or step.from_end is not None:
        return _positional(charter, runs, address, depth)
    matches = [p for run in runs for p in run if p.number.lower() == number]
    if sought is Kind.BILAGA and not step.number:
        matches = [p for run in runs for p in run]
    if len(matches) > 1:
        raise AmbiguousAddress(
            f"{_cited(_until(address, depth))} kan betyda {len(matches)} ställen i {_name(charter)}.",
            hint=_NARROWER.get(sought, "Ange även stycket."),
        )
    if not matches:
        raise _missing(charter, runs, address, depth)
    return matches[0]


def _positional(charter: Charter, runs: list[tuple[Provision, ...]], address: Address, depth: int) -> Provision:
    step = address.steps[depth]
    flat = tuple(p for run in runs for p in run)
    if not step.number:
        candidates = list(flat)
    else:
        candidates = []
        for run in [*runs, flat] if len(runs) > 1 else runs:
            index = _index(step, len(run))
            if index is not None and run[index] not in candidates:
                candidates.append(run[index])
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise AmbiguousAddress(
            f"{_cited(_until(address, depth))} kan betyda {len(candidates)} ställen i {_name(charter)}.",
            hint=f"Där finns {len(runs)} listor. Ange stycket." if step.kind.item and len(runs) > 1 else "Ange ordningstal.",
        )
    raise _missing(charter, runs, address, depth)


def _until(address: Address, depth: int) -> Address:
    return Address(address.steps[: depth + 1])


def _only_stycke(charter: Charter, paragraf: Provision, address: Address) -> Provision:
    stycken = [p for p in paragraf.children if p.kind is Kind.STYCKE]
    if len(stycken) != 1:
        raise AmbiguousAddress(
            f"{_cited(address)} kan betyda flera ställen i {_name(charter)}.", hint=f"Paragrafen har {len(stycken)} stycken. Ange stycket."
        )
    return stycken[0]


_PLURAL = {
    Kind.STYCKE: ("ett stycke", "stycken"), Kind.STRECKSATS: ("en strecksats", "strecksatser"), Kind.PUNKT: ("en punkt", "punkter"),
    Kind.BOKSTAV: ("en bokstav", "bokstäver"), Kind.BILAGA: ("en bilaga", "bilagor"), Kind.TABELL: ("en tabell", "tabeller"),
    Kind.RAD: ("en rad", "rader"), Kind.AVSNITT: ("ett avsnitt", "avsnitt"),
}  # fmt: skip


def _missing(charter: Charter, runs: list[tuple[Provision, ...]], address: Address, depth: int) -> NoSuchProvision:
    step, said = address.steps[depth], cite(_until(address, depth)).rstrip(".")  # "9 kap." ends the sentence itself
    return NoSuchProvision(f"{_name(charter, capital=True)} har ingen bestämmelse {said}.", hint=_what_there_is(runs, step))


def _what_there_is(runs: list[tuple[Provision, ...]], step: Step) -> str:
    total = sum(len(run) for run in runs)
    if step.kind is Kind.PARAGRAF:
        return f"Sista paragrafen är {runs[-1][-1].number} §." if total else "Där finns inga paragrafer."
    if step.kind is Kind.KAPITEL:
        return f"Sista kapitlet är {runs[-1][-1].number} kap." if total else "Reglementet har inga kapitel."
    one, many = _PLURAL[step.kind]
    if not total:
        return f"Där finns inga {many}."
    return f"Där finns bara {one}." if total == 1 else f"Där finns {total} {many}."


_NARROWER = {
    Kind.PARAGRAF: "Ange även kapitlet.",
    Kind.KAPITEL: "Ange paragrafen.",
    Kind.BILAGA: "Ange bilagans nummer.",
}


def _cited(address: Address) -> str:
    """The address as a sentence begins."""
    said = cite(address)
    return said[:1].upper() + said[1:]


def _name(charter: Charter, *, capital: bool = False) -> str:
    name = charter.title or charter.id
    return name if capital else name[:1].lower() + name[1:]
