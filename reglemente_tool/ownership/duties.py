"""What each sentence of a charter lays on its committee, leaves out, or says of somebody else: the charter as duties.

Which sentences are which is told by their own words: who is the subject, what the verb is, whether it is denied, and under
which heading they stand. What cannot be told lays nothing on anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.charter import Charter, CommitteeId, Provision, Wid, walk_addressed
from reglemente_tool.model.wording import clauses, fold, sentences
from reglemente_tool.ownership.signs import (
    COMMON,
    CONSULT,
    DENIED,
    EXCEPT,
    FORBIDDEN,
    FORM_HEADING,
    FORM_SUBJECT,
    FORM_WORDS,
    GOES_ON,
    OF_IT,
    OPEN,
    REPORTS,
    REST,
    SAME,
    Speakers,
)


class Role(Enum):
    """What a sentence does with the task that it speaks of."""

    UPPGIFT = "uppgift"
    MEDVERKAN = "medverkan"
    UTPEKAR = "utpekar"
    UNDANTAG = "undantag"
    RESTEN = "resten"
    ARBETSFORM = "arbetsform"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a charter says of a task. `text` is the words that say it, `lead` those that lead it in, `whole` the
    provision's full text. `to` is the committee (or another, by name) that has the task instead, where one is named.
    """

    address: Address
    wid: Wid
    role: Role
    text: str
    lead: str = ""
    whole: str = ""
    to: str = ""
    open: bool = False
    has_list: bool = False


def duties(charter: Charter, names: Mapping[str, CommitteeId]) -> tuple[Duty, ...]:
    """Return the duties in `charter`, in reading order. `names` are the committees' names and abbreviations, in small letters."""
    return tuple(_Reader(charter, names).read())


def is_common(charter: Charter) -> bool:
    """True when the charter holds for all committees and not for one."""
    title = charter.title.lower()
    return COMMON.search(title) is not None and "gemensam nämnd" not in title and "gemensamma nämnd" not in title


@dataclass(frozen=True, slots=True)
class _Section:
    """Where the reader is: the heading that holds, and what the list's lead-in laid down."""

    form: bool = False
    lead: str = ""
    role: Role | None = None
    to: str = ""
    open: bool = False


class _Reader:
    def __init__(self, charter: Charter, names: Mapping[str, CommitteeId]) -> None:
        self.charter = charter
        self.places = {id(p): address for address, p in walk_addressed(charter)}
        self.says = Speakers(charter.committee, names, common=is_common(charter))

    def read(self) -> Iterator[Duty]:
        yield from self._below(self.charter.body, form=False)

    def _below(self, siblings: tuple[Provision, ...], *, form: bool) -> Iterator[Duty]:
        heading = False
        for p in siblings:
            if p.kind in (Kind.KAPITEL, Kind.AVSNITT):
                yield from self._below(p.children, form=form or bool(FORM_HEADING.search(p.heading.lower())))
            elif p.kind is Kind.PARAGRAF:
                heading = bool(FORM_HEADING.search(p.heading.lower())) if p.heading else heading
                yield from self._inside(p, _Section(form=form or heading))
            elif p.kind is Kind.STYCKE:
                yield from self._provision(p, _Section(form=form), None)

    def _inside(self, paragraf: Provision, section: _Section) -> Iterator[Duty]:
        previous: Duty | None = None
        for p in paragraf.children:
            if p.kind is Kind.STYCKE or p.kind.item:
                for duty in self._provision(p, section, previous):
                    previous = duty
                    yield duty

    def _provision(self, p: Provision, section: _Section, previous: Duty | None) -> Iterator[Duty]:
        found: list[Duty] = []
        text = fold(p.text)
        for start, end in sentences(text):
            sentence = text[start:end].strip()
            to = self._pointed_on(sentence) if found and found[-1].role is Role.UNDANTAG and not found[-1].to else ""
            if to:
                found[-1] = replace(found[-1], text=f"{found[-1].text} {sentence}", to=to)
            else:
                found += self._sentence(sentence, p, section, found[-1] if found else previous)
        if p.items and found:
            # Only the sentence that leads into the list carries over to its items.
            found[-1] = replace(found[-1], has_list=True)
        yield from found
        if not p.items:
            return
        lead = found[-1] if found else None
        inner = replace(
            section,
            lead=f"{section.lead} {lead.text if lead else ''}".strip(),
            role=lead.role if lead else section.role,
            to=lead.to if lead else "",
            open=lead.open if lead else False,
            form=section.form or (lead is not None and lead.role is Role.ARBETSFORM),
        )
        for item in p.items:
            yield from self._provision(item, inner, None)

    def _sentence(self, sentence: str, p: Provision, section: _Section, previous: Duty | None) -> Iterator[Duty]:
        for start, end in clauses(sentence):
            yield from self._clause(sentence[start:end].strip(), p, section, previous)

    def _clause(self, text: str, p: Provision, section: _Section, previous: Duty | None) -> Iterator[Duty]:
        if section.form:
            yield Duty(self.places[id(p)], p.wid, Role.ARBETSFORM, text, section.lead, fold(p.text), open=section.open)
            return
        low = text.lower()
        base = Duty(self.places[id(p)], p.wid, Role.UPPGIFT, text, section.lead, fold(p.text), open=section.open or bool(OPEN.search(low)))
        if SAME.match(low) and previous is not None:
            yield replace(base, role=previous.role, to=previous.to)
            return
        cut = EXCEPT.search(low)
        if cut is not None and cut.start() > 3 and not REST.search(low):
            main, rest = text[: cut.start()].strip(" ,"), text[cut.end() :].strip()
            role, to = self._role(main, p, section)
            yield replace(base, text=main, role=role, to=to)
            if role in (Role.UPPGIFT, Role.UTPEKAR) and not re.match(r"(?:när|om)\b", rest.lower()):
                yield replace(base, text=rest, role=Role.UNDANTAG, to=self._carrier(rest))
            return
        role, to = self._role(text, p, section)
        yield replace(base, role=role, to=to)

    def _role(self, text: str, p: Provision, section: _Section) -> tuple[Role, str]:
        low = text.lower()
        if p.kind.item and section.role is not None:
            if REST.search(low) and section.role is Role.UPPGIFT:
                return Role.RESTEN, ""
            if CONSULT.match(low) and section.role is Role.UPPGIFT:
                return Role.MEDVERKAN, ""
            return section.role, section.to
        if REST.search(low):
            return Role.RESTEN, ""
        if FORM_SUBJECT.match(low) or (FORM_WORDS.search(low) and not p.items):
            return Role.ARBETSFORM, ""
        if DENIED.search(low):
            return Role.UNDANTAG, self._carrier(text)
        if FORBIDDEN.search(low):
            return Role.ARBETSFORM, ""
        passive = self.says.passive.search(low)
        if passive is not None:
            return (Role.UPPGIFT, "") if self.says.own.fullmatch(passive["who"]) else (Role.UTPEKAR, _nominative(passive["who"]))
        active = self.says.active.match(low)
        if active is not None and not self.says.own.fullmatch(active["who"]):
            return Role.UTPEKAR, _nominative(active["who"])
        own = self.says.own.search(low)
        if REPORTS.search(low) and not p.items:
            return Role.MEDVERKAN, ""
        if own is not None:
            after = low[own.end() :].strip()
            if CONSULT.match(after) and not p.items:
                return Role.MEDVERKAN, ""
            return Role.UPPGIFT, ""
        if (
            re.match(r"(?:i |till )(?:uppgift|detta|ansvar|denna|dessa|dess|uppdrag|verksamhet)\w*.*\b(?:ingår|hör|omfattar)\b", low)
            or p.kind.item
        ):
            return Role.UPPGIFT, ""
        if re.match(r"(?:den|de|dessa) (?:ska|skall|får|yttra)", low):
            return Role.MEDVERKAN, ""
        return (Role.UPPGIFT, "") if p.items and not FORM_WORDS.search(low) else (Role.MEDVERKAN, "")

    def _pointed_on(self, text: str) -> str:
        """Who is said to have what the sentence before left out, or ""."""
        low = text.lower()
        if GOES_ON.match(low):
            match = self.says.passive.search(low)
        else:
            match = self.says.instead.match(low) or (self.says.active.match(low) if OF_IT.search(low) else None)
        return _nominative(match["who"]) if match is not None and not self.says.own.fullmatch(match["who"]) else ""

    def _carrier(self, text: str) -> str:
        """Who is said to have what is left out, or ""."""
        low = text.lower()
        for match in self.says.carried.finditer(low):
            if not self.says.own.fullmatch(match["who"]):
                return _nominative(match["who"])
        passive = self.says.passive.search(low)
        return _nominative(passive["who"]) if passive is not None and not self.says.own.fullmatch(passive["who"]) else ""


def _nominative(who: str) -> str:
    return who[:-1] if who.endswith("ens") else who
