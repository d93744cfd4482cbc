"""Words that change inside a provision or everywhere, and the values that words state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.amendments.reword import ALL, Reword
from reglemente_tool.model import wording
from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.model.amendment import capital, said
from reglemente_tool.model.charter import Charter, Provision, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.reading.operation import Operation, Position, Type, Where
from reglemente_tool.reading.resolving._desk import Desk, Outcome
from reglemente_tool.reading.resolving._targets import Target, aim, at
from reglemente_tool.reading.resolving.units import insert, refuse_proposal, repealed


def replace_words(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Words become other words, in one place."""
    refuse_proposal(op, desk)
    charter = desk.charter(op)
    yield desk.suggest(charter, _reworded(charter, op, op.old, op.new, desk))


def delete_words(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Words go; when they are all of a list item, the item goes."""
    refuse_proposal(op, desk)
    charter = desk.charter(op)
    if op.target.steps and op.target.part is Part.HELA:
        home = at(charter, op.target)
        items = [p for p in walk((home.provision,)) if p.kind.item and wording.same(p.text, op.old)]
        if len(items) == 1 and items[0].wid != home.wid:
            place = next(a for a, p in walk_addressed(charter) if p.wid == items[0].wid)
            yield desk.suggest(charter, repealed(at(charter, place)))
            return
    yield desk.suggest(charter, _reworded(charter, op, op.old, "", desk))


def insert_words(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Words come in beside others."""
    refuse_proposal(op, desk)
    charter = desk.charter(op)
    position = op.position
    if position is not None and position.where is Where.LIST and any(p.kind.item for p in walk((at(charter, op.target).provision,))):
        item = replace(op, type=Type.INSERT_UNIT, target=op.target.child(Kind.STRECKSATS), position=Position(Where.END))
        yield from insert(item, desk)
        return
    if position is None or position.where not in (Where.AFTER, Where.BEFORE) or not position.words:
        raise desk.stop(
            "PLACERING",
            f"Beslutet säger inte mellan vilka ord {said(op.new)} ska stå.",
            "Ange orden före eller efter, eller hela den nya lydelsen.",
        )
    joint = "" if op.new[:1] in ",.;:" else " "
    new = f"{op.new} {position.words}" if position.where is Where.BEFORE else f"{position.words}{joint}{op.new}"
    yield desk.suggest(charter, _reworded(charter, op, position.words, new, desk))


def _reworded(charter: Charter, op: Operation, old: str, new: str, desk: Desk) -> Reword:
    """Return the rewording. Raises Stop when the words are not there, or more than once."""
    target = aim(charter, _addressed(op), desk) if op.target.steps else _only_place(charter, old, desk)
    made = Reword(target=target.address, expects=target.expects, wid=target.wid, old=old, new=new, hits=op.hits)
    hits = made.found(charter, target.wid)
    if hits == op.hits:
        return made
    where = capital(cite(target.address))
    if hits and op.hits > 1:
        raise desk.stop(
            "LYDELSE-SKILJER",
            f"{where} innehåller orden {said(old)} på {hits} {'ställe' if hits == 1 else 'ställen'}, inte på {op.hits}.",
            "Kontrollera orden mot reglementets text.",
        )
    if hits:
        raise desk.stop(
            "TVETYDIG",
            f"{where} innehåller orden {said(old)} på {hits} ställen.",
            "Ange stycket eller meningen, eller hela den nya lydelsen.",
        )
    places = [cite(a) for a, p in walk_addressed(charter) if wording.count(f"{p.text}\n{p.closing}", old)]
    raise desk.stop(
        "LYDELSE-SKILJER",
        f"{where} innehåller inte orden {said(old)}.",
        f"Menade du {places[0]}? Där finns orden." if places else "Orden finns inte någonstans i reglementet.",
    )


def _addressed(op: Operation) -> Operation:
    return replace(op, old="", topic="")


def _only_place(charter: Charter, old: str, desk: Desk) -> Target:
    holders = [(a, wording.count(f"{p.text}\n{p.closing}", old)) for a, p in walk_addressed(charter)]
    found = [(a, hits) for a, hits in holders if hits]
    if len(found) == 1 and found[0][1] == 1:
        return at(charter, found[0][0])
    if not found:
        raise desk.stop("SAKNAS", f"{charter.title} innehåller inte orden {said(old)}.", "Kontrollera orden mot reglementets text.")
    places = ", ".join(cite(a) for a, _ in found[:4])
    raise desk.stop(
        "TVETYDIG", f"Orden {said(old)} finns på flera ställen: {places}.", "Ange i vilken paragraf, eller att de ska ändras överallt."
    )


def replace_everywhere(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """Words become other words in a whole charter, or in every charter that has them."""
    refuse_proposal(op, desk)
    charters = desk.charters_named(op)
    any_found = False
    for charter in charters:
        made = Reword(target=Address(), old=op.old, new=op.new, hits=ALL)
        if not made.found(charter, None):
            continue
        any_found = True
        yield desk.suggest(charter, made)
        left = _inflected(charter, op.old)
        if left:
            title = charter.title[:1].lower() + charter.title[1:]
            yield desk.warn(
                "BOJNING",
                f"I {title} finns även {', '.join(said(w) for w in left[:4])}, som inte ändras.",
                "Kontrollera om de också ska ändras.",
            )
    if not any_found:
        where = charters[0].title if len(charters) == 1 else "Inget av reglementena"
        no = "innehåller inte" if len(charters) == 1 else "innehåller"
        raise desk.stop("SAKNAS", f"{where} {no} orden {said(op.old)}.", "Kontrollera orden mot reglementets text.")


def _inflected(charter: Charter, word: str) -> list[str]:
    """Return forms of `word` in the charter that a replacement of whole words leaves: "suppleanten"."""
    if " " in word.strip():
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(word)}\w+", re.IGNORECASE)
    return sorted({m for p in walk(charter.body) for text in (p.heading, p.text, p.closing) for m in pattern.findall(text)})


# ------------------------------------------------------------------------------------------------------------- values

_NUMBERS = (
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo tjugoen tjugotvå "
    "tjugotre tjugofyra tjugofem"
).split()
_TAL = r"(?P<tal>\d{1,2}|" + "|".join(sorted(_NUMBERS[1:], key=len, reverse=True)) + r")"


def set_value(op: Operation, desk: Desk) -> Iterator[Outcome]:
    """The number of members or deputies: the number word in the one provision that states it."""
    charter = desk.charter(op)
    noun = "ledamöter" if "ledamöter" in op.field else "(?:ersättare|suppleanter)"
    pattern = re.compile(rf"(?<!\w){_TAL}\s+(?:ordinarie\s+)?{noun}(?!\w)", re.IGNORECASE)
    found = [(a, p, m) for a, p in walk_addressed(charter) for m in pattern.finditer(p.text) if _may_be(a, op)]
    was = number(op.old)
    fitting = [(a, p, m) for a, p, m in found if was is None or number(m["tal"]) == was]
    if not fitting:
        told = f" {op.old}" if op.old and found else ""
        raise desk.stop(
            "SAKNAS", f"{charter.title} säger ingenstans att {op.field} är{told}.".replace("är.", "är ett visst tal."), _stated(found)
        )
    if len(fitting) > 1:
        places = ", ".join(cite(a) for a, _, _ in fitting[:4])
        raise desk.stop("TVETYDIG", f"{capital(op.field)} kan stå på flera ställen: {places}.", "Ange paragrafen i att-satsen.")
    address, provision, match = fitting[0]
    target = at(charter, address)
    new = match[0].replace(match["tal"], _in_style(op.new, match["tal"]), 1)
    if new == match[0]:
        yield desk.warn("LYDELSE-SKILJER", f"{capital(cite(address))} säger redan {said(new)}.")
        return
    yield desk.suggest(charter, Reword(target=target.address, expects=target.expects, wid=provision.wid, old=match[0], new=new))


def _may_be(address: Address, op: Operation) -> bool:
    return not op.target.steps or op.target.covers(address)


def _stated(found: list[tuple[Address, Provision, re.Match[str]]]) -> str:
    return f"{capital(cite(found[0][0]))} säger {said(found[0][2][0])}." if found else "Ange paragrafen och orden i stället."


def number(text: str) -> int | None:
    """Return the number that a word or digits say ("sju", "7", "ett"), or None."""
    word = text.strip().lower()
    if word.isdigit():
        return int(word)
    return {"ett": 1, "tjugoett": 21}.get(word, _NUMBERS.index(word) if word in _NUMBERS else None)


def _in_style(new: str, old: str) -> str:
    """The charter's own way of writing numbers is kept: digits or words."""
    value = number(new)
    if value is None:
        return new
    if old.isdigit():
        return str(value)
    word = _NUMBERS[value] if value < len(_NUMBERS) else new
    return word.capitalize() if old[:1].isupper() else word


RESOLVERS = {
    Type.REPLACE_WORDS: replace_words,
    Type.DELETE_WORDS: delete_words,
    Type.INSERT_WORDS: insert_words,
    Type.REPLACE_EVERYWHERE: replace_everywhere,
    Type.SET_VALUE: set_value,
}
