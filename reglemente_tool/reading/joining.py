"""Slots of a skeleton that stand side by side and are one thing: a place and its charter, a list of places, a step further in.

"4 §" and "reglementet för valnämnden" in "4 § i reglementet för valnämnden" become one place; so do "§ 3" and "strecksats 6" in
"§ 3 – strecksats 6", while "§ 2 och reglementet för valnämnden, § 3" are places in two charters.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reglemente_tool.model.address import Address, Kind, Part, Reads
from reglemente_tool.reading.operation import Place
from reglemente_tool.reading.slots import Slot

_SHORT_CHARTER = re.compile(
    r"^(?:att )?(?:(?:[Ff]ör |[Ii] )?⟦N(?P<n>\d+)⟧(?:,| [–—-]|:)? (?=(?:⟦A\d+⟧|antal))"
    r"|[Ff]ör ⟦N(?P<of>\d+)⟧(?:(?::?s)? (?:del|vidkommande))?,?(?: gäller(?: följande:?| att)?)? (?=.*⟦A))"
)
_TITLED = re.compile(
    r"⟦A(?P<place>\d+)⟧ \((?:⟦Q(?P<quoted>\d+)⟧|(?P<words>(?!Ny|Änd|Utg|Bil|Se |KFS|SFS|Dnr|KS|KF|Nuv|Tid)[A-ZÅÄÖ][^()⟦⟧]{2,60}))\)"
)
_NEXT_NUMBER = re.compile(r"(?:blir|bli|betecknas|till|som) $")
_BECOMES = re.compile(r" (?:ska )?(?:blir|bli|betecknas|numreras|får)\b")
_ABOUT = re.compile(
    r"(⟦R\d+⟧),? (?:avseende|såvitt avser|när det gäller|vad gäller|med avseende på|i fråga om|beträffande|gällande) (⟦A\d+⟧)",
    re.IGNORECASE,
)
_CHANGED_IN = re.compile(
    r"(⟦R\d+⟧) ((?:ska )?(?:ändras|revideras|justeras|kompletteras|ändra|revidera)) i (⟦A\d+⟧)(?= så att| på| genom|:)"
)
_R, _A = r"⟦R(\d+)⟧", r"⟦A(\d+)⟧"
_JOINS = (
    (re.compile(rf"{_A} (?P<joint>i|under|av|ur) {_A}"), "inside"),
    (re.compile(rf"{_A} [–—-] {_A}"), "stepwise"),
    (re.compile(rf"{_A} {_A}"), "stepwise beside"),
    (re.compile(rf"{_R}(?: ?,)? {_A}(?:(?: ?,)(?= (?:\w|⟦)))?"), "charter-first"),
    (re.compile(rf"{_A},? (?P<joint>(?:i|av|ur|till) )?{_R}"), "charter-last"),
    (re.compile(rf"{_A}(?:,| och| samt|, samt|, och| respektive) {_A}"), "list"),
    (re.compile(rf"{_R}(?:,| och| samt|, samt|, och) {_R}"), "charters"),
)  # fmt: skip


def joined(words: str, slots: list[Slot]) -> str:
    """Return the words with a charter and a place beside it joined into one place, and places that are listed into one list.

    What is joined becomes a new slot, put last in `slots`.
    """
    short = _SHORT_CHARTER.match(words)
    if short is not None:
        # "KFN, § 4: …" speaks of the committee's charter.
        named = slots[int(short["n"] or short["of"])]
        slots.append(Slot("R", named.said, Place((str(named.value),))))
        lead = "" if words[short.end() :].startswith(("⟦A", "antal")) else "i "
        words = f"{lead}⟦R{len(slots) - 1}⟧ {words[short.end() :]}"
    words = _TITLED.sub(lambda m: _titled(m, slots), words)
    words = _CHANGED_IN.sub(r"\1 \3 \2", _ABOUT.sub(r"\1 \2", words))
    words = re.sub(r"(⟦R\d+⟧),? ?\(?⟦K(\d+)⟧\)?,?", lambda m: m[1] if _adopted(slots[int(m[2])]) else m[0], words)
    changed = True
    while changed and len(slots) < 500:
        changed = False
        for pattern, how in _JOINS:
            for match in pattern.finditer(words):
                one, other = (int(n) for n in match.groups() if n and n.strip().isdigit())
                if how == "charter-first" and "," not in match[0] and _anchored_before(words[: match.start()], slots):
                    # "ge 5 § i reglementet för … rubriken ”…”": the charter is that of 5 §.
                    continue
                if how == "list" and _NEXT_NUMBER.search(words[: match.start()]) and _BECOMES.match(words[match.end() :]):
                    # "5 § blir 4 §, 6 § blir 5 §": the comma parts two renumberings.
                    continue
                both = _together(
                    slots[one], slots[other], f"{how} {(match.groupdict().get('joint') or '').strip()}".strip(), words[match.end() :]
                )
                if both is not None:
                    slots.append(both)
                    words = f"{words[: match.start()]}⟦{both.letter}{len(slots) - 1}⟧{words[match.end() :]}"
                    changed = True
                    break
            if changed:
                break
    return words


def _titled(match: re.Match[str], slots: list[Slot]) -> str:
    """ "4 § (Bidrag)": the § under that heading."""
    slot = slots[int(match["place"])]
    place, last = slot.value, slot.value.address.last if isinstance(slot.value, Place) else None
    if not isinstance(place, Place) or last is None or last.kind is not Kind.PARAGRAF or place.under or place.reads is Reads.NY:
        return match[0]
    heading = str(slots[int(match["quoted"])].value) if match["quoted"] else match["words"]
    slots.append(Slot("A", f"{slot.said} ({heading})", replace(place, under=heading)))
    return f"⟦A{len(slots) - 1}⟧"


def _anchored_before(words: str, slots: list[Slot]) -> bool:
    held = re.search(r"⟦A(\d+)⟧ (?:i|av|ur) $", words)
    place = slots[int(held[1])].value if held else None
    return isinstance(place, Place) and not place.charters and _anchored(place)


def _adopted(slot: Slot) -> bool:
    return isinstance(slot.value, tuple) and slot.value[0] == "antaget"


def _together(one: Slot, other: Slot, how: str, after: str) -> Slot | None:
    first, second = one.value, other.value
    assert isinstance(first, Place)
    assert isinstance(second, Place)
    if how.startswith("inside"):
        within = first.inside(second)
        fits = (
            not _anchored(first)
            and _anchored(second)
            and len(second.addresses) == 1
            and not (first.charters or second.quoted or second.topic)
        )
        return Slot("A", f"{one.said} i {other.said}", within) if fits else None
    if how.startswith("stepwise"):
        # "§ 3 – strecksats 6": each is a step further in.
        plain = _anchored(first) and len(first.addresses) == 1 and not (first.quoted or first.topic or first.under)
        # With nothing between them only what a charter has parted is one: "4 § kulturnämndens reglemente första meningen".
        fits = plain and not _anchored(second) and not second.charters and (how == "stepwise" or any(first.charters))
        return Slot("A", f"{one.said} {other.said}", second.inside(first)) if fits else None
    if how == "charter-first":
        return (
            None
            if second.charters or not _anchored(second) or re.match(r",? (?:i|av|ur) ⟦R", after)
            else Slot("A", f"{one.said}, {other.said}", replace(second, charters=first.charters or _HERE))
        )
    if how == "charter-last till" and not all(a.steps and a.steps[0].kind is Kind.BILAGA for a in first.addresses):
        # "från 2 § till reglementet för …": only an annex is "till" its charter.
        return None
    if how.startswith("charter-last"):
        return None if first.charters else Slot("A", f"{one.said} i {other.said}", replace(first, charters=second.charters or _HERE))
    if how == "charters":
        both = first.charters and second.charters and not re.match(r",? ?⟦A", after)
        return Slot("R", f"{one.said} och {other.said}", Place(first.charters + second.charters)) if both else None
    alike = (first.reads, first.explicit) == (second.reads, second.explicit) and not (
        first.quoted or second.quoted or first.topic or second.topic
    )
    alike = alike and {a.part for a in first.addresses} == {a.part for a in second.addresses}
    if not alike or (first.charters and second.charters and first.charters != second.charters):
        return None
    # "§ 2 och reglementet för valnämnden, § 3" are places in two charters.
    if second.charters and not first.charters and one.said != other.said and second.charters == _HERE:
        return Slot("A", f"{one.said} och {other.said}", replace(second, addresses=first.addresses + second.addresses))
    charters = first.charters or second.charters
    return Slot("A", f"{one.said} och {other.said}", replace(second, charters=charters, addresses=_continued(first, second)))


def _anchored(place: Place) -> bool:
    """True for a place that begins with a §, a chapter or the like, or is a heading."""
    return bool(place.under) or (bool(place.addresses) and all(
        a.part is Part.RUBRIK or (a.steps and a.steps[0].kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA, Kind.AVSNITT))
        for a in place.addresses
    ))


def _continued(first: Place, second: Place) -> tuple[Address, ...]:
    return first.addresses + tuple(Place((), (a,)).inside(Place((), first.addresses[-1:])).address for a in second.addresses)


_HERE = ("",)
"""The charter is named only as "reglementet": the one that the context tells."""
