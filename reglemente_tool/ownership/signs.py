"""The signs by which a sentence of a charter is read: who speaks, what is denied, what is a working form, what points on.

Each pattern is written as a list of its cases, so that one can be added without reading the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from reglemente_tool.model.charter import CommitteeId


def _either(*cases: str, start: str = "", end: str = "") -> re.Pattern[str]:
    """A pattern that one of `cases` begins; what is read with it is put in small letters first."""
    return re.compile(f"{start}(?:{'|'.join(cases)}){end}")


COMMON = _either(
    r"\bgemensam(?:t|ma)?\b", r"\ballmänt reglemente", r"\b(?:samtliga|alla|kommunens) nämnder", r"styrelsen? och (?:övriga )?nämnder"
)
"""A charter with such a title holds for every committee."""

FORM_HEADING = _either(
    *"arbetsform sammanträd kallelse jäv juster protokoll ersätt reservation delgivning underteckn underskrift".split(),
    *"sammansättning ledamöter".split(),
    *"ordförande presidi närvaro distans förhinder utskott beslutsordning beslutsför mandattid tjänstgöring turordning anslag".split(),
    *"omröstning yrkande brådskande ikraftträdande organisation$".split(),
    "råd och beredningar",
    "reglementets innehåll",
)
"""Under such a heading stands how the committee works, not what it answers for."""

_BEFORE_SUBJECT = (
    "till för i bland när om är har kan kommer blir under vid inom nämndens styrelsens kommunstyrelsens "
    "det åligger en den icke ej alla varje"
)
_FORM_PEOPLE = (
    "ordförand presidi ledam ersättare kallelse protokoll justering sekreterar reserv utskott arbetsutskott samhällsutskott individutskott "
    "myndighetsutskott sammanträd delgiv tjänstgörande förhind omröst votering kommundirektör förvaltningschef motivering skälen partigrupp"
)
FORM_SUBJECT = _either(
    *_FORM_PEOPLE.split(),
    *(r"handling(?:en|ar)\b", r"råden\b", r"rådet\b", "extra sammanträde"),
    start=rf"^(?:(?:{'|'.join(_BEFORE_SUBJECT.split())}) )*(?:vice |förste |förvaltningens |hela )?",
)
"""A sentence about the chair, the members, the minutes … is about how the committee works."""

FORM_WORDS = _either(
    r"\b(?:består av|har) (?:\w+ ){0,3}(?:ledamöter|ersättare)",
    r"\bledamöter och \w+ ersättare",
    r"\bsammanträder\b",
    r"\bsammanträdesplan",
    r"\bstängda dörrar",
    r"\bjusteras?\b",
    r"\bkallelsen?\b",
    r"\bjävi?g?\b",
    r"\bdelgiv",
    r"\bpresidium",
    r"\bersättare\b",
    r"\breservation",
    r"\bskriv\w* under\b",
    r"\bundertecknas?\b",
    r"\bpå nämndens vägnar\b.*\bbrådsk",
    r"\bvice ordförande",
)

REST = _either(
    r"\b(?:uppgifter|uppgift|frågor|ärenden|angelägenheter|verksamheter|det som)\b.{0,60}\b(?:inte|varken|ej)\b"
    r".{0,90}\bann(?:an|at) (?:nämnd|organ)",
    r"^övriga (?:uppgifter|frågor|ärenden)\b",
    r"\bövriga (?:uppgifter|frågor|ärenden) som\b",
)
"""What no committee has been given."""

DENIED = _either(
    r"\b(?:ansvarar|svarar|gäller|omfattar|omfattas|ingår|hör|ligger|tillhör|ankommer|åvilar|har|avser)"
    r"(?: (?:dock|heller|således|alltså))? (?:inte|ej)\b",
    r"\b(?:inte|ej) (?:heller )?(?:inom|ingår|hör)\b",
)
"""The sentence takes a task out."""

FORBIDDEN = _either(r"\b(?:ska|får|bör|kan|skall)(?: \w+)?(?: \w+)? (?:inte|ej)\b", r"\bi den (?:ordning|utsträckning) som anges\b")
"""The sentence says what may not be done, which gives nobody a task."""

SAME = _either(r"^(?:detsamma|samma|det gäller även|så är även)\b")
"""The sentence says of something more what the one before it said."""

EXCEPT = _either(
    *(
        "med undantag (?:för|av)",
        "förutom",
        "undantaget",
        "undantagna",
        "utom",
        "bortsett från",
        "dock (?:inte|ej)",
        "men (?:inte|ej)",
        "exklusive",
    ),
    start=r",? ?\b",
    end=r"\b",
)

OPEN = _either(
    r"\bbl\.? ?a\.?\b",
    r"\b(?:bland annat|såsom|till exempel|särskilt|främst|i vilk(?:et|a|en) ingår|häri ingår|i detta ingår)\b",
    r"\bt\.? ?ex\b",
    r"\bm\.?m\b",
)
"""The list that follows is not closed."""

_ADVERBS = "ska får bör skall kan också även dessutom vidare särskilt samtidigt minst varje två gånger om året år en gång per fortlöpande"
CONSULT = _either(
    *(
        "yttrar?",
        "avger? yttranden?",
        "samråd(?:a|er)",
        "samverkar?",
        "samarbetar?",
        "bistår?",
        "medverkar?",
        "delta(?:r)? i",
        "hållas? kontakt",
    ),
    *(
        "hålla sig",
        "följer upp",
        "följa upp",
        "inhämtar?",
        "rapporterar?",
        "redovisar?",
        "anmäl(?:a|er)",
        "höras?",
        r"bestämmer(?=\.?$| (?:själv|tid|plats|hur|form|vem|när|vilk|om |sin|ordning|i vilken|var ))",
        "fastställer en",
    ),
    r"lämna(?:r)? (?:in )?(?:\w+ )?(?:rapport|underlag|redovisning|sammanställning|förslag)",
    start=rf"^(?:(?:{'|'.join(_ADVERBS.split())}) )*",
    end=r"\b",
)
"""The committee takes part in what another one has, or looks after itself."""

REPORTS = _either(
    r"\b(?:redovisa|rapportera)r?\b.{0,60}\b(?:för|till)\b",
    r"\bhåller sig inom\b",
    r"\bhushålla med\b",
    r"\butöver budget\b",
    r"\bbudgeten hålls\b",
    r"\bska \w+ höras\b",
    r"\bbinder kommunen\b",
    r"\brapporten\b",
    r"\bnår de mål\b",
)
"""Duties that every committee has towards the council, whatever its tasks."""

_DONE_BY = (
    "utövas handläggs handhas sköts fullgörs beslutas prövas leds bedrivs tillhandahålls antas fastställs utförs drivs förvaltas genomförs "
    "görs sker ansvaras ombesörjs hanteras organiseras samordnas upprättas meddelas tas anordnas bereds"
)
_OUTSIDE = (
    r"kommunalförbund\w*", r"räddningsförbund\w*", r"\w*förbundet", "kommunfullmäktige", "fullmäktige", "länsstyrelsen", "regionen",
    "landstinget", "staten", "polismyndigheten", "polisen",
    r"(?:det )?kommunala bolag\w*", "bolaget",
)  # fmt: skip
_HAS = "ansvarar|svarar|har hand om|fullgör|handlägger|beslutar|prövar|utövar|sköter|är"


_IT = "den|det|de|dem|denna|detta|dessa"
GOES_ON = _either(
    rf"(?:{_IT}|uppgiften|uppgifterna|ansvaret|verksamheten)(?: (?:uppgift|ansvar|verksamhet|fråg|ärend)\w*)?(?:, [^,]*,)? "
    rf"(?:{'|'.join(_DONE_BY.split())}|ligger|hör|tillhör|ankommer|vilar|åvilar)\b",
    start="^",
)
"""The sentence goes on about the task that the one before it spoke of ("Den sköts av …")."""
OF_IT = _either(rf"\b(?:för|om) (?:{_IT})(?: (?:uppgift|ansvar|verksamhet|fråg)\w*)?\.?$")
"""The sentence ends with that task ("Regionen ansvarar för den.")."""


class Speakers:
    """Who is meant in one charter: `own` finds its committee; `passive` ("sköts av …"), `active` ("… ansvarar") `carried`
    ("som … ansvarar för") and `instead` ("för den ansvarar …") find who is said to have a task, as the group "who", which may be
    its own committee.
    """

    def __init__(self, committee: CommitteeId, names: Mapping[str, CommitteeId], *, common: bool) -> None:
        """Take the charter's committee and the committees' names in small letters; `common` when it holds for all of them."""
        own = [re.escape(name) for name, id in names.items() if id == committee and len(name) > 4]
        own += [committee] if committee == "kommunstyrelsen" else []
        self.own = re.compile(rf"\b(?:{'|'.join([*own, *_SELF, *(_EACH if common else ())])})s?\b")
        self.passive, self.active, self.carried, self.instead = _said(tuple(sorted(name for name in names if len(name) > 4)), common)


_SELF = ("nämnden", "styrelsen")
_EACH = ("nämnderna", "varje nämnd", "respektive nämnd")


@lru_cache(maxsize=64)
def _said(names: tuple[str, ...], common: bool) -> tuple[re.Pattern[str], ...]:
    """The patterns of `Speakers` for all charters of a register. The longest name first: "nämnden för teknik" is not "nämnden"."""
    known = sorted({*names, *_SELF, "kommunstyrelsen", *(_EACH if common else ())}, key=lambda name: (-len(name), name))
    who = rf"(?P<who>\b(?:{'|'.join([*map(re.escape, known), r'[^ ]{4,}nämnden', *_OUTSIDE])})s?\b)"
    done = "|".join(_DONE_BY.split())
    few, some = r"(?:\w+ ){0,2}?", r"(?:\w+ ){0,4}?"
    belongs = rf"(?:hör|tillhör|hänförs|förs) {few}(?:till|under)|(?:ligger|ankommer|vilar|åvilar) (?:\w+ )?(?:på|hos)"
    rests = "(?:ligger|hör|ankommer|vilar|sköts|handläggs|är)? ?(?:på|till|av|hos)? ?"
    return (
        re.compile(rf"\b(?:(?:{done}) {some}av|{belongs}) (?:det |den |de |ett |en )?{who}"),
        re.compile(rf"^(?:(?:i|på|för|enligt) [^,]*, )?{who} {few}(?:{_HAS})\b"),
        re.compile(rf"\b(?:(?:som|vilk\w+) {few}|utan {rests}){who}"),
        re.compile(rf"^(?:(?:för|om) (?:{_IT})(?: \w+)?|i ?stället) (?:{_HAS}) (?:det |den |ett |en )?{who}"),
    )
