"""A difference between two wordings, and how it is said in a Swedish sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reglemente_tool.compare.runs import Mark, Runs, plain
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import capital, kind_with_article, said
from reglemente_tool.model.charter import CONTAINERS, TITLE_LINE, Provision, walk
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import split_tail


class DifferenceKind(Enum):
    """What sort of difference it is; the value is the word for it in machine answers."""

    ADDED = "tillagt"
    REMOVED = "borttaget"
    MOVED = "flyttat"
    RENUMBERED = "ny beteckning"
    RESTYLED = "beteckningens form"
    REWORDED = "ändrad lydelse"
    CLOSING = "ändrad avslutning"
    LIST_MARK = "listans skiljetecken"
    HEADING = "rubrik"
    HEADING_PASSED_ON = "rubrik över nästa paragraf"
    TITLE = "reglementets namn"


NAMED = frozenset({*CONTAINERS, Kind.PARAGRAF, Kind.BILAGA})
"""Parts that have a name of their own; the others are told by where they stand and by what they say."""

DIVIDERS = {Kind.KAPITEL: "kapitelrubrik", Kind.AVSNITT: "avsnittsrubrik"}
LIST_MARK = "listans skiljetecken"
FEW = 3
"""As many changed places in one text are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference. An address without steps means the charter as a whole.

    `runs`    the words it is about: for ADDED, REMOVED and MOVED all of the provision's, otherwise the text, heading or
              designation as it was and is
    `beside`  True when it lies in the same provision as before
    `divides` True for the line of a kapitel or avsnitt that comes or goes while its §§ stay
    """

    kind: DifferenceKind
    old_address: Address | None = None
    new_address: Address | None = None
    old: Provision | None = None
    new: Provision | None = None
    runs: Runs = ()
    beside: bool = False
    divides: bool = False

    def describe(self, elsewhere: str = "") -> str:
        """Return the difference as a Swedish sentence.

        `elsewhere` says where what is added or removed has come from or gone to in another charter: "flyttad till …".
        """
        if elsewhere and self.kind in (DifferenceKind.ADDED, DifferenceKind.REMOVED):
            provision, address = (self.new, self.new_address) if self.old is None else (self.old, self.old_address)
            if provision is not None and address is not None:
                return capital(f"{_name(address, provision).rstrip(',')}: {elsewhere}.")
        return capital(_TELLERS[self.kind](self))


def seen_from(target: Address, here: Address, *, beside: bool, to: str) -> str:
    """Return how `target` is cited from `here`.

    Beside it the last step is enough. Where both lie in §§ that have had the same number, `to` says which: "nya", "tidigare".
    """
    if beside and target.steps[-1].kind not in NAMED:
        return cite(Address(target.steps[-1:]))
    renumbered = not beside and target.parent.steps and target.parent == here.parent
    return f"{to} {cite(target)}" if renumbered else cite(target)


def _name(address: Address, provision: Provision) -> str:
    """"5 §", "andra avsnittet, ”Personal”", "2 § första stycket fjärde strecksatsen, ”ansvara för …”"."""
    words = provision.heading if provision.kind in NAMED else plain_words(provision)
    whole = provision.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA) or not words
    return cite(address) if whole else f"{cite(address)}, {said(words)},"


def plain_words(provision: Provision) -> str:
    """Return the words of a provision on one line."""
    return " ".join(p for one in walk((provision,)) for p in (one.text, one.closing) if p)


def _added(d: Difference) -> str:
    if d.new is None or d.new_address is None:
        return "Reglementet är nytt."
    kind, where, last = d.new.kind, d.new_address.parent, d.new_address.steps[-1:]
    if d.divides:
        return f"en {DIVIDERS[kind]}, {said(d.new.heading or cite(d.new_address))}, införs över paragrafer som finns."
    if kind in NAMED:
        name = said(d.new.heading) if kind is Kind.AVSNITT and d.new.heading else cite(d.new_address)
        return f"{kind_with_article(kind)}, {name}, införs."
    what = f"{kind_with_article(kind)} {last[0].number}" if not kind.positional else f"{kind_with_article(kind)}, {cite(Address(last))}"
    place = f"i {cite(where)} införs " if where.steps else ""
    verb = "" if place else " införs"
    return f"{place}{what}{verb}: {said(plain_words(d.new))}."


def _removed(d: Difference) -> str:
    if d.old is None or d.old_address is None:
        return "Reglementet upphör att gälla i sin helhet."
    if d.divides:
        return f"{DIVIDERS[d.old.kind]}en {said(d.old.heading or cite(d.old_address))} utgår, men inte paragraferna under den."
    return f"{_name(d.old_address, d.old)} {'upphör att gälla' if d.old.kind in NAMED else 'utgår'}."


def _moved(d: Difference) -> str:
    assert d.old is not None
    assert d.new is not None
    assert d.old_address is not None
    assert d.new_address is not None
    old, new = d.old_address, d.new_address
    name = _name(old, d.new)
    if d.new.kind is Kind.AVSNITT or (old == new and (d.beside or d.new.kind in NAMED)):
        return f"{name} får en annan plats i ordningen."
    if d.new.kind in NAMED and old.steps[-1].number != new.steps[-1].number:
        return f"{name} flyttas och betecknas {cite(new)}."
    return f"{name} flyttas till {seen_from(new, old, beside=d.beside, to='nya')}."


def _renumbered(d: Difference) -> str:
    assert d.new is not None
    assert d.old_address is not None
    assert d.new_address is not None
    new = cite(d.new_address) if d.new.kind in NAMED else d.new.number
    return f"{cite(d.old_address)} betecknas {new or 'utan nummer'}."


def _restyled(d: Difference) -> str:
    assert d.new_address is not None
    before, after = plain(d.runs, old=True), plain(d.runs)
    if before and after:
        return f"{cite(d.new_address)} skrivs med beteckningen {said(after)} i stället för {said(before)}."
    return f"{cite(d.new_address)} skrivs {f'med beteckningen {said(after)}' if after else f'utan beteckningen {said(before)}'}."


def _heading(d: Difference) -> str:
    assert d.new is not None
    assert d.new_address is not None
    before, after = plain(d.runs, old=True), plain(d.runs)
    over = d.new.kind is Kind.PARAGRAF and d.new.layout != TITLE_LINE
    place = cite(d.new_address.heading()) if over else f"rubriken till {cite(d.new_address)}"
    if before and after:
        return f"{place} ändras från {said(before)} till {said(after)}."
    if before:
        return f"{place}, {said(before)}, utgår."
    if over:
        return f"närmast före {cite(d.new_address)} införs rubriken {said(after)}."
    return f"{cite(d.new_address)} får rubriken {said(after)}."


def _passed_on(d: Difference) -> str:
    assert d.new_address is not None
    return f"rubriken {said(plain(d.runs))} står kvar, nu närmast före {cite(d.new_address)}."


def _reworded(d: Difference) -> str:
    assert d.new_address is not None
    place = cite(d.new_address)
    if d.kind is DifferenceKind.CLOSING:
        place += " efter listan"
    spots = [spot for spot in _spots(d.runs) if any(spot)]
    kept = any(run.mark is Mark.SAME and run.text.strip(" .,;:") for run in d.runs)
    if not spots:
        return f"i {place} ändras bara mellanrum."
    if len(spots) > FEW or (not kept and all(spots[0])):
        return f"{place} får {'ändrad' if kept else 'ny'} lydelse."
    parts = [_exchange(*spot) for spot in spots]
    # "ersätts A av B och C av D": the verb is said once.
    said_parts = [
        part.removeprefix("ersätts ").removeprefix("stryks ") if index and part.split()[0] == parts[index - 1].split()[0] else part
        for index, part in enumerate(parts)
    ]
    return f"i {place} {', '.join(said_parts[:-1]) + ' och ' if said_parts[:-1] else ''}{said_parts[-1]}."


def _spots(runs: Runs) -> list[tuple[str, str]]:
    """The changed places in a text: what stood there, and what stands there."""
    spots: list[tuple[str, str]] = []
    for index, run in enumerate(runs):
        if run.mark is Mark.REMOVED:
            spots.append((run.text.strip(), ""))
        elif run.mark is Mark.ADDED and index and runs[index - 1].mark is Mark.REMOVED:
            spots[-1] = (spots[-1][0], run.text.strip())
        elif run.mark is Mark.ADDED:
            spots.append(("", run.text.strip()))
    return spots


def _exchange(before: str, after: str) -> str:
    if not before:
        return f"läggs {said(after)} till"
    return f"ersätts {said(before)} av {said(after)}" if after else f"stryks {said(before)}"


def _list_mark(d: Difference) -> str:
    assert d.new_address is not None
    before, after = (_tail(d.runs, old=old) for old in (True, False))
    if before and after:
        told = f"från {said(before)} till {said(after)}"
    else:
        told = f"{said(after)} tillkommer" if after else f"{said(before)} utgår"
    return f"i {cite(d.new_address)} ändras bara {LIST_MARK}: {told}."


def _tail(runs: Runs, *, old: bool) -> str:
    return split_tail(plain(runs, old=old))[1].strip()


def _title(d: Difference) -> str:
    return f"reglementets namn ändras från {said(plain(d.runs, old=True))} till {said(plain(d.runs))}."


_TELLERS = {
    DifferenceKind.ADDED: _added,
    DifferenceKind.REMOVED: _removed,
    DifferenceKind.MOVED: _moved,
    DifferenceKind.RENUMBERED: _renumbered,
    DifferenceKind.RESTYLED: _restyled,
    DifferenceKind.HEADING: _heading,
    DifferenceKind.HEADING_PASSED_ON: _passed_on,
    DifferenceKind.REWORDED: _reworded,
    DifferenceKind.CLOSING: _reworded,
    DifferenceKind.LIST_MARK: _list_mark,
    DifferenceKind.TITLE: _title,
}
