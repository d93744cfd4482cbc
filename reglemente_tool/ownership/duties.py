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


COMMON = re.compile(r"\bgemensam(?:t|ma)?\b|\ballmänt reglemente|\b(?:samtliga|alla|kommunens) nämnder|styrelsen? och (?:övriga )?nämnder", re.IGNORECASE)
"""A charter with such a title holds for every committee."""


def is_common(charter: Charter) -> bool:
    """True when the charter holds for all committees and not for one."""
    return bool(COMMON.search(charter.title)) and "gemensam nämnd" not in charter.title.lower() and "gemensamma nämnd" not in charter.title.lower()


_FORM_HEADING = re.compile(
    r"arbetsform|sammanträd|kallelse|jäv|juster|protokoll|ersätt|reservation|delgivning|underteckn|underskrift|sammansättning|ledamöter|"
    r"ordförande|presidi|närvaro|distans|förhinder|utskott|råd och beredningar|beslutsordning|beslutsför|mandattid|tjänstgöring|"
    r"turordning|anslag|omröstning|yrkande|brådskande|organisation$|ikraftträdande|reglementets innehåll",
    re.IGNORECASE,
)
_FORM_SUBJECT = re.compile(
    r"^(?:(?:till|för|i|bland|när|om|är|har|kan|kommer|blir|under|vid|inom|nämndens|styrelsens|kommunstyrelsens|det åligger|en|den|icke|ej|alla|varje) )*"
    r"(?:vice |förste |förvaltningens |hela )?(?:ordförand|presidi|ledam|ersättare|kallelse|protokoll|justering|sekreterar|reserv|utskott|arbetsutskott|samhällsutskott|"
    r"individutskott|myndighetsutskott|sammanträd|delgiv|tjänstgörande|förhind|handling(?:en|ar)\b|omröst|votering|kommundirektör|förvaltningschef|råden\b|rådet\b|extra sammanträde|motivering|skälen|partigrupp)",
    re.IGNORECASE,
)
_FORM_WORDS = re.compile(
    r"\b(?:består av|har) (?:\w+ ){0,3}(?:ledamöter|ersättare)|\bledamöter och \w+ ersättare|\bsammanträder\b|\bsammanträdesplan|\bstängda dörrar|\bjusteras?\b|"
    r"\bkallelsen?\b|\bjävi?g?\b|\bdelgiv|\bpresidium|\bersättare\b|\breservation|\bskriv\w* under\b|\bundertecknas?\b|\bpå nämndens vägnar\b.*\bbrådsk|\bvice ordförande",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:uppgifter|uppgift|frågor|ärenden|angelägenheter|verksamheter|det som)\b.{0,60}\b(?:inte|varken|ej)\b.{0,90}\bann(?:an|at) (?:nämnd|organ)|"
    r"^övriga (?:uppgifter|frågor|ärenden)\b|\bövriga (?:uppgifter|frågor|ärenden) som\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:ansvarar|svarar|gäller|omfattar|omfattas|ingår|hör|ligger|tillhör|ankommer|åvilar|har|avser)(?: (?:dock|heller|således|alltså))? (?:inte|ej)\b|\b(?:inte|ej) (?:heller )?(?:inom|ingår|hör)\b",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r"\b(?:ska|får|bör|kan|skall)(?: \w+)?(?: \w+)? (?:inte|ej)\b|\bi den (?:ordning|utsträckning) som anges\b", re.IGNORECASE)
_SAME = re.compile(r"^(?:detsamma|samma|det gäller även|så är även)\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r",? ?\b(?:med undantag (?:för|av)|förutom|undantaget|undantagna|utom|bortsett från|dock (?:inte|ej)|men (?:inte|ej)|exklusive)\b", re.IGNORECASE
)
_OPEN = re.compile(r"\b(?:bl\.? ?a\.?|bland annat|såsom|t\.? ?ex\.?|till exempel|särskilt|främst|i vilk(?:et|a|en) ingår|häri ingår|i detta ingår)\b|\bm\.?m\b", re.IGNORECASE)
_BY = (
    "utövas handläggs handhas sköts fullgörs beslutas prövas leds bedrivs tillhandahålls antas fastställs utförs drivs förvaltas genomförs görs sker "
    "ansvaras ombesörjs hanteras organiseras samordnas upprättas meddelas tas anordnas bereds"
).replace(" ", "|")
_OUTSIDE = r"kommunalförbund\w*|räddningsförbund\w*|\w*förbundet|kommunfullmäktige|fullmäktige|länsstyrelsen|regionen|(?:det )?kommunala bolag\w*|bolaget"
_CONSULT = re.compile(
    r"^(?:(?:ska|får|bör|skall|kan|också|även|dessutom|vidare|särskilt|samtidigt|minst|varje|två|gånger|om|året|år|en|gång|per|fortlöpande) )*"
    r"(?:yttrar?|avger yttranden?|avge yttranden?|samråd(?:a|er)|samverkar?|samarbetar?|bistår?|medverkar?|delta(?:r)? i|hållas? kontakt|hålla sig|följer upp|följa upp|inhämtar?|"
    r"rapporterar?|redovisar?|anmäl(?:a|er)|höras?|lämna(?:r)? (?:in )?(?:\w+ )?(?:rapport|underlag|redovisning|sammanställning|förslag)|bestämmer|fastställer en)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:redovisa|rapportera)r?\b.{0,60}\b(?:för|till)\b|\bhåller sig inom\b|\bhushålla med\b|\butöver budget\b|\bbudgeten hålls\b|\bska \w+ höras\b|"
    r"\bbinder kommunen\b|\brapporten\b|\bnår de mål\b",
    re.IGNORECASE,
)
"""Duties that every committee has towards the council, whatever its tasks."""


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
        own = [re.escape(n) for n, id in names.items() if id == charter.committee and len(n) > 4]
        common = is_common(charter)
        self.own = re.compile(rf"(?:\b(?:{'|'.join([*own, 'nämnden', 'styrelsen', *(['nämnderna', 'varje nämnd', 'respektive nämnd'] if common else [])])})s?\b)")
        others = sorted((re.escape(n) for n, id in names.items() if id != charter.committee and len(n) > 4), key=len, reverse=True)
        if charter.committee != "kommunstyrelsen":
            others.append("kommunstyrelsen")
        other = "|".join([*others, r"\w{4,}nämnden", _OUTSIDE])
        mine = self.own.pattern
        agent = rf"(?P<who>{mine}|\b(?:{other})s?\b)"
        self.any = re.compile(agent)
        self.passive = re.compile(
            rf"\b(?:(?:{_BY}) (?:\w+ ){{0,4}}?av|(?:hör|tillhör|hänförs|förs) (?:\w+ ){{0,2}}?(?:till|under)|(?:ligger|ankommer|vilar|åvilar) (?:\w+ )?(?:på|hos)) (?:det |den |de )?{agent}"
        )
        self.active = re.compile(rf"^(?:(?:i|på|för|enligt) [^,]*, )?{agent} (?:\w+ ){{0,2}}?(?:ansvarar|svarar|har hand om|fullgör|handlägger|beslutar|prövar|utövar|sköter|är)\b")
        self.carried = re.compile(rf"\b(?:(?:som|vilk\w+) (?:\w+ ){{0,2}}?|utan (?:ligger|hör|ankommer|vilar|sköts|handläggs|är)? ?(?:på|till|av|hos)? ?){agent}")

    def read(self) -> Iterator[Duty]:
        yield from self._below(self.charter.body, form=False)

    def _below(self, siblings: tuple[Provision, ...], *, form: bool) -> Iterator[Duty]:
        heading = False
        for p in siblings:
            if p.kind in (Kind.KAPITEL, Kind.AVSNITT):
                yield from self._below(p.children, form=form or bool(_FORM_HEADING.search(p.heading)))
            elif p.kind is Kind.PARAGRAF:
                heading = bool(_FORM_HEADING.search(p.heading)) if p.heading else heading
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
            found += self._sentence(text[start:end].strip(), p, section, found[-1] if found else previous)
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
        low = text.lower()
        base = Duty(self.places[id(p)], p.wid, Role.UPPGIFT, text, section.lead, fold(p.text), open=section.open or bool(_OPEN.search(low)))
        if section.form:
            yield replace(base, role=Role.ARBETSFORM)
            return
        if _SAME.match(low) and previous is not None:
            yield replace(base, role=previous.role, to=previous.to)
            return
        cut = _EXCEPT.search(low)
        if cut is not None and cut.start() > 3 and not _REST.search(low):
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
            if _REST.search(low) and section.role is Role.UPPGIFT:
                return Role.RESTEN, ""
            if _CONSULT.match(low) and section.role is Role.UPPGIFT:
                return Role.MEDVERKAN, ""
            return section.role, section.to
        if _REST.search(low):
            return Role.RESTEN, ""
        if _FORM_SUBJECT.match(low) or (_FORM_WORDS.search(low) and not p.items):
            return Role.ARBETSFORM, ""
        if _DENIED.search(low):
            return Role.UNDANTAG, self._carrier(text)
        if _FORBIDDEN.search(low):
            return Role.ARBETSFORM, ""
        passive = self.passive.search(low)
        if passive is not None:
            return (Role.UPPGIFT, "") if self.own.fullmatch(passive["who"]) else (Role.UTPEKAR, _nominative(passive["who"]))
        active = self.active.match(low)
        if active is not None and not self.own.fullmatch(active["who"]):
            return Role.UTPEKAR, _nominative(active["who"])
        own = self.own.search(low)
        if _REPORTS.search(low) and not p.items:
            return Role.MEDVERKAN, ""
        if own is not None:
            after = low[own.end() :].strip()
            if _CONSULT.match(after) and not p.items:
                return Role.MEDVERKAN, ""
            return Role.UPPGIFT, ""
        if re.match(r"(?:i |till )(?:uppgift|detta|ansvar|denna|dessa|dess|uppdrag|verksamhet)\w*.*\b(?:ingår|hör|omfattar)\b", low) or p.kind.item:
            return Role.UPPGIFT, ""
        if re.match(r"(?:den|de|dessa) (?:ska|skall|får|yttra)", low):
            return Role.MEDVERKAN, ""
        return (Role.UPPGIFT, "") if p.items and not _FORM_WORDS.search(low) else (Role.MEDVERKAN, "")

    def _carrier(self, text: str) -> str:
        """Who is said to have what is left out, or ""."""
        low = text.lower()
        for match in self.carried.finditer(low):
            if not self.own.fullmatch(match["who"]):
                return _nominative(match["who"])
        passive = self.passive.search(low)
        return _nominative(passive["who"]) if passive is not None and not self.own.fullmatch(passive["who"]) else ""


def _nominative(who: str) -> str:
    return who[:-1] if who.endswith("ens") else who

