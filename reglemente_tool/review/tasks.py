"""Tasks across charters: what the law demands and nobody has, what two committees both have, what went and never came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from reglemente_tool.amendments.repeal import Repeal
from reglemente_tool.consolidate import Entry
from reglemente_tool.errors import Level
from reglemente_tool.model.amendment import said
from reglemente_tool.model.charter import Charter, Wid
from reglemente_tool.model.citation import cite
from reglemente_tool.model.wording import bare, fold
from reglemente_tool.ownership import Ground
from reglemente_tool.ownership.answers import listed
from reglemente_tool.ownership.duties import Duty, Role, duties, is_common
from reglemente_tool.ownership.gaps import Gaps
from reglemente_tool.ownership.language import tokens
from reglemente_tool.review.finding import Finding, definite
from reglemente_tool.review.subject import Subject


def every_duty_has_a_committee(subject: Subject) -> Iterator[Finding]:
    """LUCKA: a task that the law demands of every kommun, and that no charter gives to anybody."""
    gaps = Gaps(subject.search, subject.day, subject.who)
    for task in gaps.lacking():
        rest = subject.who(task.name).rest
        left = (
            f" {cite(rest.address)} i {definite(rest.title)} ger kommunstyrelsen det som inte har "
            "lagts på någon annan, men det räcker inte här."
            if rest and task.own_body and gaps.leftover(rest)
            else ""
        )
        where = f"Uppgiften kan skötas genom {listed(task.elsewhere)}. " if task.elsewhere else ""
        yield Finding(
            code="LUCKA", level=Level.VARNING,
            message=f"Inget reglemente i registret ger någon nämnd uppgiften {task.name}, som kommunen ska sköta "
            f"enligt {task.demanded}.{left}",
            hint=f"{where}Annars saknas ett reglemente i registret, eller uppgiften i ett av dem.",
        )  # fmt: skip


def no_task_twice(subject: Subject) -> Iterator[Finding]:
    """DUBBEL: two committees that both have one task, in words of which neither says less than the other."""
    told: set[frozenset[Wid]] = set()
    for task in subject.catalogue.tasks:
        if task.shared or "varje nämnd" in task.usual:
            continue
        owners = [h for h in subject.who(task.name).owners if h.ground is Ground.NAMNS and not h.each]
        for one, other in combinations(owners, 2):
            pair = frozenset((one.wid, other.wid))
            if one.committee == other.committee or pair in told or not _same(one.words, other.words):
                continue
            told.add(pair)
            first, second = sorted((one, other), key=lambda h: h.title)
            start = first.text.find(first.words)
            yield Finding(
                code="DUBBEL", level=Level.VARNING, charter=first.charter, title=first.title, address=first.address,
                message=f"Två nämnder har samma uppgift, {task.name}. {second.title}, {cite(second.address)}: {said(second.text)}",
                line=first.text, start=max(start, 0), end=max(start, 0) + len(first.words) if start >= 0 else len(first.text),
                hint="Vilken av dem ska ha uppgiften, eller vad skiljer dem åt?",
            )  # fmt: skip
    yield from _in_the_same_words(subject, told)


def _in_the_same_words(subject: Subject, told: set[frozenset[Wid]]) -> Iterator[Finding]:
    """Tasks that the catalogue does not know, and that two committees have in the same words. What three have is what every
    committee is told; and what speaks of a committee's own work is no task that two of them share.
    """
    profiles = subject.search.profiles(None)
    found: dict[frozenset[str], list[tuple[Charter, Duty]]] = {}
    for charter in (c for c in subject.charters if not is_common(c)):
        for profile in profiles[id(charter)]:
            duty = profile.duty
            words = _roots(duty.text)
            own = duty.has_list or profile.tasks or profile.statutes or _OWN.search(duty.text) is not None
            if duty.role is Role.UPPGIFT and len(words) > 1 and not own:
                found.setdefault(words, []).append((charter, duty))
    for those in found.values():
        pair = frozenset(duty.wid for _, duty in those)
        if len({charter.committee for charter, _ in those}) != 2 or len(subject.charters) < 3 or len(pair) != 2 or pair in told:
            continue
        (one, duty), (other, twin) = sorted(those, key=lambda entry: entry[0].title)
        start = duty.whole.find(duty.text)
        yield Finding(
            code="DUBBEL", level=Level.VARNING, charter=one.id, title=one.title, address=duty.address,
            message=f"Två nämnder har uppgiften med samma ord. {other.title}, {cite(twin.address)}: {said(twin.whole)}",
            line=duty.whole, start=max(start, 0), end=max(start, 0) + len(duty.text) if start >= 0 else len(duty.whole),
            hint="Vilken av dem ska ha uppgiften, eller vad skiljer dem åt?",
        )  # fmt: skip


_OWN = re.compile(r"\b(?:nämndens|styrelsens|sin|sitt|sina|egen|eget|egna|respektive|(?:verksamhets|ansvars)områden?)\b", re.IGNORECASE)
"""What is said of a committee's own work."""


def _same(one: str, other: str) -> bool:
    """True when the words that carry the task are those of the other too."""
    first, second = _roots(one), _roots(other)
    return bool(first and second) and (first <= second or second <= first)


def _roots(text: str) -> frozenset[str]:
    return frozenset(min(t.roots) for t in tokens(bare(fold(text))) if not t.silent and not t.generic)


def no_task_lost(subject: Subject) -> Iterator[Finding]:
    """HALVA: a task that a decision took out of a charter, and that no charter has been given since."""
    standing = {p.wid for c in subject.charters for _, p in subject.places(c)}
    for charter in subject.charters:
        versions = subject.versions(charter.id)
        by_day = {v.start: n for n, v in enumerate(versions)}
        for entry in subject.entries(charter.id):
            n = by_day.get(entry.start, 0)
            if n == 0 or entry.change.in_force_until is not None:
                continue
            before = versions[n - 1].charter
            for duty in _repealed(entry, before, subject):
                if duty.wid not in standing and not _found_again(subject, duty):
                    yield Finding(
                        code="HALVA", level=Level.VARNING, charter=charter.id, title=charter.title,
                        message=f"{said(bare(duty.text))} togs bort genom {subject.name_of(entry.by)} "
                        f"({cite(duty.address)} i den lydelse som gällde dessförinnan) och finns inte i något reglemente sedan dess.",
                        hint="Är det meningen att ingen nämnd ska ha uppgiften?",
                    )  # fmt: skip


def _repealed(entry: Entry, before: Charter, subject: Subject) -> Iterator[Duty]:
    targets = [a.target for a in entry.change.amendments if isinstance(a, Repeal) and a.target.steps]
    if not targets:
        return
    wids = [a.wid for a in entry.change.amendments if isinstance(a, Repeal)]
    at = {p.wid: address for address, p in subject.places(before)}
    reached = [at.get(wid, target) for wid, target in zip(wids, targets, strict=False)]
    for duty in duties(before, subject.search.names):
        if duty.role is Role.UPPGIFT and not duty.has_list and any(target.covers(duty.address) for target in reached):
            yield duty


def _found_again(subject: Subject, duty: Duty) -> bool:
    """True when the task is answered for today by name: by the catalogue's task that the words speak of, or by the words."""
    answer = subject.who(bare(duty.text))
    return any(h.ground is Ground.NAMNS for h in answer.owners)
