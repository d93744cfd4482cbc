"""Scars in numbering and in lists: a number missing or taken twice, a conjunction that is not before the last item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.errors import Level
from reglemente_tool.model.address import Address, Kind, number_key
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import CONTAINERS, Charter, Provision
from reglemente_tool.model.listmarks import marks_of
from reglemente_tool.model.wording import split_tail
from reglemente_tool.review.finding import Edit, Finding, Words, at, edit
from reglemente_tool.review.subject import Subject

_SIGN = {Kind.PARAGRAF: "{} §", Kind.KAPITEL: "{} kap.", Kind.PUNKT: "punkt {}", Kind.BOKSTAV: "bokstav {}"}
Run = tuple[tuple[Address, Provision], ...]


def numbers_in_order(subject: Subject) -> Iterator[Finding]:
    """NUMMER: a § (kapitel, punkt, bokstav) that is missing, stands twice, or stands after a higher number. A number that a decision
    has repealed may be missing.
    """
    for charter in subject.charters:
        repealed = {(p.kind, p.number) for v in subject.versions(charter.id) for _, p in subject.places(v.charter)}
        for kind, run in _runs(charter, subject.places(charter)):
            yield from _doubles(charter, kind, run)
            yield from _astray(charter, kind, run)
            yield from _missing(charter, kind, run, repealed if not kind.item else set())


def _runs(charter: Charter, places: Run) -> Iterator[tuple[Kind, Run]]:
    """The provisions that are counted together: §§ of the charter, or of each chapter where they start anew; items of one list."""
    by_id = {id(p): (address, p) for address, p in places}
    for kind in (Kind.KAPITEL, Kind.PARAGRAF):
        groups = list(_groups(charter.body, kind))
        anew = len(groups) > 1 and all(g[0].number == "1" for g in groups)
        for group in groups if anew else [[p for g in groups for p in g]]:
            yield kind, tuple(by_id[id(p)] for p in group if p.number)
    for _, holder in places:
        for kind in (Kind.PUNKT, Kind.BOKSTAV):
            items = [p for p in holder.children if p.kind is kind and p.number]
            if len(items) > 1:
                yield kind, tuple(by_id[id(p)] for p in items)


def _groups(siblings: tuple[Provision, ...], kind: Kind) -> Iterator[list[Provision]]:
    """Each chapter's (or the charter's own) provisions of `kind`, in reading order."""
    here = [p for p in siblings if p.kind is kind]
    if here:
        yield here
    for p in siblings:
        if p.kind in CONTAINERS:
            yield from _groups(p.children, kind)


def _doubles(charter: Charter, kind: Kind, run: Run) -> Iterator[Finding]:
    seen: set[str] = set()
    for address, p in run:
        if p.number.lower() in seen:
            message = f"{capital(_SIGN[kind].format(p.number))} finns två gånger."
            yield _found(charter, address, p, message, Level.FEL, "Det ena numret är fel.")
        seen.add(p.number.lower())


def _astray(charter: Charter, kind: Kind, run: Run) -> Iterator[Finding]:
    """The fewest that would have to move for the numbers to rise. Where a number stands twice the run is counted on some other plan."""
    numbers = [number_key(p.number) for _, p in run]
    if len(set(numbers)) < len(numbers):
        return
    rising = _longest_rise(numbers)
    if len(numbers) - len(rising) > max(len(numbers) // 4, 1):
        return
    for n, (address, p) in enumerate(run):
        if n not in rising:
            before = next((run[m][1].number for m in range(n - 1, -1, -1) if m in rising), "")
            after = next((run[m][1].number for m in range(n + 1, len(run)) if m in rising), "")
            where = f"efter {_SIGN[kind].format(before)}" if before else f"före {_SIGN[kind].format(after)}"
            message = f"{capital(_SIGN[kind].format(p.number))} står {where}, i fel ordning."
            yield _found(charter, address, p, message, Level.VARNING, "Har bestämmelsen hamnat på fel plats, eller är numret fel?")


def _longest_rise(numbers: list[tuple[tuple[int, int | str], ...]]) -> set[int]:
    """The places of the longest row of numbers that rises; of several, the one that keeps the earlier ones."""
    best: list[list[int]] = []
    for n, number in enumerate(numbers):
        before: list[int] = []
        for row in best:
            if numbers[row[-1]] < number and len(row) > len(before):
                before = row
        best.append([*before, n])
    return set(next((row for row in best if len(row) == max(map(len, best))), ()))


def _missing(charter: Charter, kind: Kind, run: Run, repealed: set[tuple[Kind, str]]) -> Iterator[Finding]:
    numbers = {p.number.lower() for _, p in run}
    before = 0 if kind is not Kind.BOKSTAV else ord("a") - 1
    for address, p in run:
        value = _value(kind, p.number)
        if value is None:
            continue
        gone = [_number(kind, n) for n in range(before + 1, value)]
        lost = [n for n in gone if n not in numbers and (kind, n) not in repealed]
        # A run that begins late, or jumps far, is counted on some other plan than this one.
        if lost and len(lost) == len(gone) <= 2 and (before or value == 2):
            which = " och ".join(_SIGN[kind].format(n) for n in lost)
            hint = "Har något fallit bort, eller har numret blivit fel?"
            yield _found(charter, address, p, f"{capital(which)} saknas före {_SIGN[kind].format(p.number)}.", Level.VARNING, hint)
        before = max(before, value)


def _value(kind: Kind, number: str) -> int | None:
    if kind is Kind.BOKSTAV:
        return ord(number.lower()) if len(number) == 1 and "a" <= number.lower() <= "z" else None
    match = re.match(r"\d+(?=$|\s?[a-z]$)", number.lower())
    return int(match[0]) if match else None


def _number(kind: Kind, value: int) -> str:
    return chr(value) if kind is Kind.BOKSTAV else str(value)


def _found(charter: Charter, address: Address, p: Provision, message: str, level: Level, hint: str) -> Finding:
    line = f"{p.marker or _SIGN[p.kind].format(p.number)} {p.text or p.heading}".strip()
    return Finding(
        code="NUMMER", message=message, level=level, charter=charter.id, title=charter.title, address=address, line=line,
        end=len(p.marker or _SIGN[p.kind].format(p.number)), hint=hint,
    )  # fmt: skip


def lists_marked(subject: Subject) -> Iterator[Finding]:
    """LISTA: "…, samt" after another item than the last but one, as when an item has been put in or taken out by hand."""
    for charter in subject.charters:
        words = {id(w.provision): w for w in subject.words(charter) if w.field == "text"}
        for _, holder in subject.places(charter):
            items = holder.items
            if len(items) > 1 and not any(p.children for p in items):
                yield from _list([words[id(p)] for p in items if id(p) in words], bool(holder.closing))


def _joins(text: str) -> bool:
    return split_tail(text)[1].strip(",; ") in ("och", "samt", "eller")


def _list(items: list[Words], closed: bool) -> Iterator[Finding]:
    wrong = [n for n, w in enumerate(items) if _joins(w.text) and n != len(items) - 2]
    if not wrong:
        return
    right = len(items) > 1 and _joins(items[-2].text)
    for n in wrong:
        words = items[n]
        core, tail = split_tail(words.text)
        last = n == len(items) - 1
        mends: list[Edit] = []
        new = _end(items, closed) if last else _middle(items, wrong)
        conjunction = tail.strip(",; ")
        start = len(core)
        if not right and n == wrong[-1]:
            # The list has no other conjunction: this one belongs after the last item but one.
            other = items[-2]
            mends.append(edit(other, len(split_tail(other.text)[0]), len(other.text), tail))
        where = "den sista punkten" if last else f"punkt {n + 1} av {len(items)}"
        yield at(
            words, start + tail.index(conjunction), len(words.text), "LISTA",
            f"”{conjunction}” står efter {where} i listan, inte efter den näst sista.",
            level=Level.VARNING, hint="En punkt har troligen lagts till eller tagits bort utan att listan sågs över.",
            mends=(*mends, edit(words, start, len(words.text), new)),
        )  # fmt: skip


def _middle(items: list[Words], wrong: list[int]) -> str:
    """The mark that the list's ordinary items have."""
    plain = tuple(w.provision for n, w in enumerate(items[:-1]) if not _joins(w.text))
    if plain:
        return split_tail(plain[0].text)[1]
    return marks_of(tuple(w.provision for w in items)).middle.split(" ")[0] if wrong else ","


def _end(items: list[Words], closed: bool) -> str:
    """The mark after the last item: a full stop where the list has marks, and none where words follow that close the sentence."""
    marks = {split_tail(w.text)[1] for w in items[:-1]} - {""}
    return "." if marks and not closed else ""
