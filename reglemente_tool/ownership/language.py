"""Swedish words as they are compared: cut out of text, brought to a root, and told from words that carry no task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from reglemente_tool.model.wording import fold
from reglemente_tool.ownership.stems import stem

_WORD = re.compile(r"[^\W_]+(?:[-:][^\W_]+)*-?")

STOP = frozenset(
    """
    alla allt att av bli blir bland blev borde både bör ca de del delar delen dem den denna dennas deras dess dessa det detta
    dig din ditt dock du där då efter eller en enligt er ert ett ev exempelvis fanns finns flera fler framför från får få
    fått för före ge ger genom gett gäller göra görs gör gå går göras ha hade han hand hans har hela heller henne hon hos hur
    här i inklusive innan innefattar inom inte ingår ingå ej is istället ja jag jämte just kan kanske kommer kunna kunde med
    medan mellan men mer mera mig min mina mitt mot mycket måste m.m m.fl mm mfl motsvarande nedan ni nu någon något
    några när nära och också om omfattar oss på rör rörande samma samt sig sin sina sitt ska skall skulle snart som sådan
    sådana sådant så till tills tillhör trots under upp ut utom utöver vad var vara varför vars vart varje vem vems vet
    vi vid vidare vilka vilken vilket vill vissa visst våra vår vårt vårat är år än ännu ändå även åt över övrig övriga
    övrigt avser avses hör höra ligger ligga anges nämns säga säger sägs tar ta tas ansvara ansvarar ansvarig ansvariga svara
    svarar sköter sköta skött skötseln bestämma bestämmer bestäms besluta beslutar beslutas driver driva drivs bedriver
    bedriva bedrivs ansvaret hantera hanterar hanteras handlägga handlägger handläggs utöva utövar utövas pröva prövar prövas
    fullgöra fullgör fullgörs förvaltar förvalta förvaltas lämna lämnar lämnas utför utföra anordna anordnar erbjuda erbjuder
    ordnar ordna beviljar bevilja godkänner ansöka ansöker söka söker sök vänder vända frågar fråga hjälper hjälpa hjälp
    betalar utfärdar utfärda kontrollerar leder sätter äger sysslar arbetar jobbar behöver behövs heter hittar tycker tro
    sker tog hette gällde hade fick emot ihop fram ner åt kontakta kontaktar
    ringer ringa pratar prata hej tack undrar vore skulle hjälpte verkar blivit fatta fattar fattat dygnet
    eu mån månad månaden månader kostar kosta uppgiften uppgifterna frågan frågorna
    """.split()
)
"""Words that are nobody's task: small words, and the verbs by which any task is asked for or given."""

GENERIC = frozenset(
    """
    ansvar ansvarsområde ansvarsområden uppgift uppgifter fråga frågor ärende ärenden verksamhet verksamheten verksamheter
    område områden nämnd nämnden nämnder nämnderna nämndens styrelse styrelsen styrelsens kommun kommunen kommunens kommuner
    kommunal kommunala kommunalt myndighet myndigheter tillsyn tillsynen tillstånd tillståndet ansökan ansökningar
    tillståndsgivning prövning kontroll kontroller handläggning handläggare beslut beslutet lag lagen lagar förordning
    bestämmelse bestämmelser regler föreskrifter taxa taxor avgift avgifter avgiften insats insatser åtgärd åtgärder arbete
    arbetet service stöd bidrag bidraget råd rådgivning planering plan planer utveckling samordning ledning drift underhåll
    skötsel förvaltning organisation politik person personer människor invånare medborgare allmänheten enskild enskilda
    särskild särskilda särskilt landet landsbygden centrum
    man ny nya nytt gamla stor stora större liten lokal lokala viss olika annan annat andra
    kommungemensam gemensam gemensamma övergripande mottagande utredning information yttrande yttranden anmälan register
    registrering system dispens dispenser sverige stad staden ort orten huvudman huvudmän ansvarsfrågor väsen väsendet
    anordning inrättning försörjning verka delegering bygden bäst bästa plats platser kö många utan trasig trasiga trasigt sönder
    """.split()
)
"""Words that any task may be spoken of with; none of them alone is a question."""

WIDE = frozenset(
    "barn barnen barns unga ungas ungdom ungdomar ungdomars vuxna äldre äldres elever elev vård vården omsorg omsorgen "
    "hälsa hälsan miljö miljön bygg "
    "byggande natur trafik mark vatten samhälle samhället frivillig familj familjer vuxen".split()
)
"""Words that say whom or what sphere a task concerns but not which task. One of them alone is no question."""

KIN = frozenset(
    "son sonen dotter dottern mamma mammas pappa pappas mor far mormor morfar farmor farfar fru frun make maken maka man mannen "
    "bror syster släkting släktingar granne grannen förälder föräldrar anhörig anhöriga vän "
    "tonåring tonåringen tonåringar ungen barnbarn kusin".split()
)
"""Persons that a question is asked for; they do not say what it is about."""

SIDE = frozenset(
    """
    felanmälan felanmäla klagomål klaga klagan synpunkt synpunkter överklagande överklaga besvär blankett blanketter formulär
    öppettid öppettider telefonnummer kopia kopior påminnelse statistik rapport fel problem bekymmer brist kostnad kostnader pris
    priser villkor krav rätt rättighet skyldighet hantering rutin rutiner policy riktlinje riktlinjer strategi mål program projekt
    uppföljning utvärdering inspektion inspektör besiktning öppet stängt tid tider datum chef chefer personal personalen förbud
    undantag besked svar ersättning behov önskemål förslag möjlighet ändring förändring ökning minskning införande avveckling
    inrättande genomförande tillhandahållande upprättande framtagande antagande fastställande handhavande anordnande bedrivande
    överklagan tillsynsbesök vanligast senast länk webbadress hembesök granskning
    förening föreningen klubb klubben företag företaget butik butiken affär affären granne grannen chefen kompis kompisen vän
    vännen fru frun man mannen sambo barn barnet barnen son dotter elev elever kund kunder ägare fastighetsägare hyresgäst
    student studenter invånare rättigheter skyldigheter tips intresse blanketten ansvarig beställning beställa bokning boka
    avbokning uppsägning taxan höjning sänkning storlek storleken antal mängd sort skick kvalitet kvaliteten
    """.split()
)
"""Words that say what somebody wants with a task, what is wrong with it, or who asks: beside a task they only narrow the question."""

LIGHT = frozenset(
    "bygga bygger byggs byggt byggde köra kör jobba städa städar köpa köper sälja säljer hyra hyr betala odla odlar måla målar".split()
)
"""Verbs that name a task when nothing else does, but that much else can be done with."""

VERBAL = frozenset("låna lånar lånas lånade spela spelar spelas spelade passa passar passas lova lovar stör skatta".split())
"""Verbs that share a root with the name of a task: one of them alone names none."""

HEADS = frozenset(
    "tillstånd ansökan ärende fråga verksamhet handläggning handläggare prövning uppgift avgift taxa tillsyn kontroll nämnd område "
    "beslut arbete ansvar lag".split()
)
"""Heads of compounds that leave the rest to say what is meant: a "färdtjänsttillstånd" is a matter of "färdtjänst"."""

ASKED_HEADS = HEADS | frozenset(
    "klagomål anmälan kurs plats taxa överklagande blankett kö personal chef tid regel policy plan program räkning dispens inspektör "
    "enhet kontor förvaltning faktura besök kontakt kontrakt avtal ansvarig projekt fel problem kostnad pris karta bidrag stöd "
    "ersättning villkor krav rutin strategi mål underhåll skötsel drift utbyggnad ombyggnad renovering reparation byggnad lokal "
    "föreskrift information rådgivning rådgivare utredning samordnare assistent sekreterare skada olycka störning service system "
    "utbildning verkstad anläggning bygge fråga person grupp råd".split()
)
"""As HEADS, in a question, where what stands before the head is what is meant: "komvuxkurs", "bullerklagomål"."""

ADJUNCT = frozenset("på i inom vid hos bland under nära utanför runt kring".split())
"""Prepositions that begin a place, a time or a receiver: what stands after one narrows a question, and need not be met word for word."""

NARROWING = frozenset("för till av åt med från mot om enligt".split())
"""Prepositions that may lead in what the task is done to, or whom for: when the words before name it, what follows only narrows it."""

_ENGLISH = frozenset(
    """
    who what which where when why how is are was does do the of responsible responsibility municipality municipal committee
    board handles handle permit permits school schools building care and or to my should can could would about decides in
    charge runs council services please
    """.split()
)
_SWEDISH_TOO = frozenset("is in my to do board can care runs and or".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands (in small letters), where it begins, and the roots that it may be met by.

    `half` is True for the first part of a compound whose rest stands further on: "budget-" in "budget- och skuldrådgivning".
    It is met only by another such half.
    """

    word: str
    start: int
    roots: frozenset[str]
    half: bool = False

    @property
    def silent(self) -> bool:
        """True for a word that carries no task."""
        return self.word in STOP

    @property
    def generic(self) -> bool:
        """True for a word that any task may be spoken of with."""
        return self.word in GENERIC


@lru_cache(maxsize=1 << 14)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of `text`, folded and in small letters. A compound's part before a hyphen ("plan-") is a word of its own."""
    return tuple(_cut(fold(text).lower()))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of all the `texts`, as `tokens` would cut them."""
    found = {match[0].rstrip("-") for text in texts for match in _WORD.finditer(fold(text).lower())}
    return frozenset(found - {""})


def _cut(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word = match[0].rstrip("-")
        if word:
            half = match[0].endswith("-")
            yield Token(word, match.start(), frozenset(f"{r}-" for r in roots(word)) if half else roots(word), half)


_UMLAUT = {"städ": "stad", "böck": "bok", "stränd": "strand", "bönd": "bond"}
"""Stems of plurals that change their vowel, in any compound: "bostäder" is met by "bostad"."""


@cache
def roots(word: str) -> frozenset[str]:
    """Return the roots by which `word` (small letters) is met: "gator" and "gata" share one.

    Snowball's Swedish stemmer leaves the definite forms in -an and -et; a word that ends so is met by both readings.
    """
    base = stem(word)
    found = {base}
    if len(base) >= 5 and base[-1] in "snt":
        for ending in ("ans", "ets", "an", "et"):
            if base.endswith(ending):
                found |= {base.removesuffix(ending), stem(base.removesuffix(ending))}
                break
    elif len(base) >= 5 and base[-1] in "aeo":
        found.add(base[:-1])
    elif len(base) >= (4 if base.endswith("l") else 5) and base[-1] in "lnr" and base[-2] in "bdfgkmptv":
        # The vowel that is lost before an ending: "klottra" is met by "klotter", "cyklar" by "cykel".
        found.add(stem(f"{base[:-1]}e{base[-1]}"))
    elif base.endswith(tuple(_UMLAUT)):
        plural = next(p for p in _UMLAUT if base.endswith(p))
        found.add(stem(base.removesuffix(plural) + _UMLAUT[plural]))
    return frozenset(found)


def names_committee(word: str) -> bool:
    """True for "byggnadsnämnden" (in small letters): the name of a committee, whichever there are."""
    return len(word) > 8 and word.removesuffix("s").endswith(("nämnden", "styrelsen"))


def looks_english(text: str) -> bool:
    """True when `text` is a question in English: at least two of its words are English ones, one of them not Swedish as well."""
    words = re.findall(r"[a-zåäöé]+", text.lower())
    hits = [w for w in words if w in _ENGLISH]
    return (
        len(hits) >= 2
        and 2 * len(hits) >= len(words) - 2
        and any(w not in _SWEDISH_TOO for w in hits)
        and not re.search("[åäö]", text.lower())
    )
