"""Finding what an operation points at: by its address, by its wording, by what it is about; all that is said must agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from reglemente_tool.errors import CannotApply
from reglemente_tool.model import wording
from reglemente_tool.model.address import Address, Kind, Part
from reglemente_tool.model.amendment import capital, guard_for, held_text, said
from reglemente_tool.model.charter import Charter, Provision, Wid, address_of, flat, walk, walk_addressed
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import locate
from reglemente_tool.reading.operation import INGRESS, Operation
from reglemente_tool.reading.resolving._desk import Desk

_ANCHORS = frozenset({Kind.PARAGRAF, Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA})


@dataclass(frozen=True, slots=True)
class Target:
    """A provision that was found: where it is, what it holds, who it is, and the guard on its text."""

    address: Address
    provision: Provision
    held: str

    @property
    def wid(self) -> Wid:
        """Its permanent identity."""
        return self.provision.wid

    @property
    def expects(self) -> str:
        """The guard: the text that it holds today, or its fingerprint."""
        return guard_for(self.held)


def aim(charter: Charter, operation: Operation, desk: Desk) -> Target:
    """Return what the operation points at in `charter`. Raises Stop or CannotApply: nothing there, several, other words."""
    address = operation.target
    if address.part is Part.RUBRIK:
        return _heading(charter, operation, desk)
    last = address.last
    if last is not None and (last.kind.item or last.kind is Kind.RAD) and not last.number:
        if operation.old:
            return _by_wording(charter, address, operation.old, desk)
        if operation.topic:
            return _by_topic(charter, address, operation.topic, desk)
    if not any(step.kind in _ANCHORS for step in address.steps) and operation.under != INGRESS:
        raise desk.stop("TVETYDIG", f"Beslutet säger inte i vilken paragraf {cite(address)} står.", "Ange paragrafen.")
    found = at(charter, address)
    if operation.old and last is not None and not _same(found.held, operation.old):
        elsewhere = _places(charter, operation.old)
        raise desk.stop(
            "LYDELSE-SKILJER",
            f"{capital(cite(address))} lyder inte {said(operation.old)}, utan {said(found.held)}.",
            f"Orden finns i {elsewhere[0]}." if elsewhere else "Orden finns inte i reglementet.",
        )
    return found


def at(charter: Charter, address: Address) -> Target:
    """Return what stands at `address`, with the address in full. Raises CannotApply."""
    holder = locate(charter, address)
    full = address_of(charter, holder.wid)
    virtual = tuple(step for step in address.steps if step.kind.virtual)
    full = Address((*full.steps, *virtual), address.part)
    return Target(full, holder, held_text(charter, full))


def _heading(charter: Charter, operation: Operation, desk: Desk) -> Target:
    if operation.target.steps:
        found = at(charter, operation.target)
        if operation.old and not _same(found.held, operation.old):
            raise desk.stop("LYDELSE-SKILJER", f"{capital(cite(found.address))} lyder inte {said(operation.old)}, utan {said(found.held)}.")
        return found
    carriers = [p for p in walk(charter.body) if p.heading and _same(p.heading, operation.old)]
    if len(carriers) == 1:
        return at(charter, address_of(charter, carriers[0].wid).heading())
    if carriers:
        raise desk.stop(
            "TVETYDIG", f"Rubriken {said(operation.old)} finns på {len(carriers)} ställen.", "Ange närmast före vilken paragraf."
        )
    near = _nearest(operation.old, [p.heading for p in walk(charter.body) if p.heading])
    raise desk.stop("SAKNAS", f"{charter.title} har ingen rubrik {said(operation.old)}.", f"Menade du {said(near)}?" if near else "")


def _by_wording(charter: Charter, address: Address, words: str, desk: Desk) -> Target:
    home = locate(charter, address.parent) if address.parent.steps else None
    within = walk((home,)) if home is not None else walk(charter.body)
    items = [p for p in within if _takes(p, address)]
    found = [p for p in items if _same(flat(p), words)] or [p for p in items if _same(p.text, words)]
    if len(found) == 1:
        return at(charter, address_of(charter, found[0].wid))
    where = cite(address.parent) if address.parent.steps else charter.title
    if found:
        places = " och ".join(cite(address_of(charter, p.wid)) for p in found)
        raise desk.stop(
            "TVETYDIG", f"{capital(where)} har orden {said(words)} på flera ställen: {places}.", "Ange vilket ställe som avses."
        )
    elsewhere = _places(charter, words)
    near = _nearest(words, [p.text for p in items])
    hint = f"Orden finns i {elsewhere[0]}." if elsewhere else f"Menade du {said(near)}?" if near else _what_there_is(items)
    raise desk.stop("SAKNAS", f"{capital(where)} har ingen strecksats {said(words)}.", hint)


def _by_topic(charter: Charter, address: Address, topic: str, desk: Desk) -> Target:
    home = locate(charter, address.parent) if address.parent.steps else None
    items = [p for p in (walk((home,)) if home is not None else walk(charter.body)) if _takes(p, address)]
    found = [p for p in items if about(flat(p), topic)]
    if len(found) == 1:
        return at(charter, address_of(charter, found[0].wid))
    where = cite(address.parent) if address.parent.steps else charter.title
    if found:
        raise desk.stop("TVETYDIG", f"{capital(where)} har {len(found)} punkter om {topic}.", "Ange ordningstal eller orden i punkten.")
    raise desk.stop("SAKNAS", f"{capital(where)} har ingen punkt om {topic}.", _what_there_is(items))


def _takes(p: Provision, address: Address) -> bool:
    kind = address.steps[-1].kind
    return p.kind.item if kind.item else p.kind is kind


def _what_there_is(items: list[Provision]) -> str:
    return (
        f"Där finns {said(items[0].text)}" + (f" och {len(items) - 1} till." if len(items) > 1 else ".")
        if items
        else "Där finns ingen lista."
    )


def _same(one: str, other: str) -> bool:
    """True for the same words, when dirt from pasting is folded: line-end hyphens, and a marker that was quoted along."""
    other = re.sub(r"^[-–—•·]\s+", "", re.sub(r"(?<=\w)-\n\s*(?=[a-zåäö])", "", other))
    return wording.same(one, other)


def _places(charter: Charter, words: str) -> tuple[str, ...]:
    return tuple(cite(a) for a, p in walk_addressed(charter) if _same(p.text, words) or (p.kind.item and _same(flat(p), words)))


def _nearest(words: str, texts: list[str]) -> str:
    wanted = wording.fold(words).lower()
    ranked = sorted(((likeness(wanted, wording.fold(text).lower()), text) for text in texts), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] >= 0.5 else ""


def likeness(one: str, other: str) -> float:
    """Return how like two texts are, from 0 to 1; one that holds the other is very like it."""
    if one and other and (one in other or other in one):
        return 0.9
    return SequenceMatcher(None, one[:300], other[:300], autojunk=False).ratio()


# ------------------------------------------------------------------------------------------------------- same subject

_VERBS = re.compile(
    r"^(?:att\s+)?(?:ska\s+)?(?:(?:vara\s+)?ansvar(?:a|ar|et|ig)?(?:\s+för)?|svara(?:r)?(?:\s+för)?|ha(?:r)?\s+hand\s+om|handha|"
    r"handlägga|fullgöra|utöva|bedriva|sköta|driva|anordna|erbjuda|pröva|ta\s+hand\s+om|leda|samordna)\s+(?:för\s+)?",
    re.IGNORECASE,
)
_SMALL = frozenset("och samt eller i av för på till med om den det de en ett som kommunens enligt inom".split())


def subject(text: str) -> tuple[str, ...]:
    """Return the words that say what a task is about, in small letters, without the verb that leads it in."""
    bare = _VERBS.sub("", wording.bare(wording.fold(text)))
    return tuple(w for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+:\d+", bare.lower()) if w not in _SMALL)


def about(text: str, topic: str) -> bool:
    """True when every word of `topic` stands in `text`, endings aside."""
    held, wanted = subject(text), subject(topic)
    return bool(wanted) and all(any(kin(w, h) or (len(w) >= 5 and h.startswith(w)) for h in held) for w in wanted)


def same_subject(one: str, other: str) -> bool:
    """True when two tasks speak of the same thing: the words of one are those of the other, endings and lead-in verbs aside."""
    first, second = subject(one), subject(other)
    return bool(first) and bool(second) and len(first) == len(second) and all(kin(a, b) for a, b in zip(first, second, strict=True))


def contained_subject(one: str, other: str) -> bool:
    """True when what the shorter of two tasks speaks of is all said in the longer."""
    first, second = sorted((subject(one), subject(other)), key=len)
    return bool(first) and all(any(kin(w, h) for h in second) for w in first)


def kin(one: str, other: str) -> bool:
    """True for forms of one word: "fråga" and "frågor", "verksamhet" and "verksamheten", but not "skola" and "skolskjuts"."""
    if one == other:
        return True
    stem = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        stem += 1
    return stem >= 4 and max(len(one), len(other)) - stem <= 3


def try_at(charter: Charter, address: Address) -> Target | None:
    """Return what stands at `address`, or None."""
    try:
        return at(charter, address)
    except CannotApply:
        return None
