"""The kernel of a part of a clause: its words without what opens it, without filler, time and place, in the order that phrases expect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.model.address import Address
from reglemente_tool.reading.dates import Moment
from reglemente_tool.reading.operation import Place
from reglemente_tool.reading.orders import ordered
from reglemente_tool.reading.paraphrase import paraphrased
from reglemente_tool.reading.parties import settled
from reglemente_tool.reading.skeleton import Skeleton

_LEAD = re.compile(
    r"^(?:(?:kommun|stads|region)?fullmäktige|KF)(?: föreslås)? (?:beslutar|beslutade|föreskriver|beslutar följande)"
    r"(?:,? (?:för (?:egen|sin|kommunens) del|enhälligt|utan omröstning|med acklamation|därför|således))*(?: att|"
    r" följande|, (?=med ändring av ))?[:.]? ?|^(?:\d{1,2}[.)]|[-–•*]|a\)) (?=\S)|^för (?:egen|sin|kommunens) del,? (?:att )?"
    r"|^härigenom (?:föreskrivs|beslutas)(?: följande)?:? ?|^(?:dels )?att\b ?(?:det )?|^dels (?:att )?",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"^(?:(?:kommun|stads|region)?fullmäktige|KF|vi) (?!har\b|är\b|får\b|utgör\b|består\b|ansvarar\b|svarar\b|beslutar\b|föreskriver\b|"
    r"ska\b)(?P<verb>[a-zåäö]+r)\b",
    re.IGNORECASE,
)
_INFINITIVES = {
    "inför": "införa", "för": "föra", "ger": "ge", "utser": "utse", "anser": "anse", "anslår": "anslå", "avslår": "avslå", "slår": "slå",
}  # fmt: skip
_FILLER = re.compile(
    r"^(?:som (?:en )?följd (?:härav|därav|av detta)|till följd (?:härav|därav|av detta)|med anledning (?:härav|därav|av detta)|"
    r"i konsekvens (?:härmed|därmed)),? |"
    r",? att (?:gälla tills ?vidare|lända till efterrättelse)$|,? (?:allt|samtliga|båda|alla)$|\b(?:härmed|således|därmed|därigenom|"
    r"också|även|vidare|dessutom|"
    r"därutöver|samtidigt) |(?:^|(?<= ))för (?:egen|sin|kommunens) del,? |,? (?:från "
    r")?samma (?:dag|tidpunkt|datum)(?= |$)"
    r"|\b(?:hela|den|det|de|(?:nuvarande )?(?:texten|(?<!följande )(?<!ny )(?<!nya )lydelsen?|formuleringen|ordalydelsen|skrivningen|"
    r"innehållet|hänvisningen|lagrumshänvisningen|laghänvisningen) (?:i|av|under|till)) (?=⟦A)"
    r"|\b(?:det |den |de )(?:nya )?(?=⟦R)|^nya (?=⟦R)",
    re.IGNORECASE,
)
_V2 = r"(?:ska|skall|får|byts|ersätts|ändras|stryks|utgår|införs|upphör|upphävs|tas|läggs|förs|fogas|infogas|tillförs|flyttas|betecknas)"
_ACTIVE = r"(?:stryka|ändra|införa|byta|ersätta|upphäva|ta bort|lägga till|föra in|infoga|flytta)"
_BECAUSE = re.compile(
    r"(?<=⟧), som (?!(?:[^⟦⟧,;:]+ )?(?:ska|får|ges|blir|kallas|heter|benämns)\b)[^⟦⟧,;:]{3,120},(?= )|"
    r"^(?:med anledning av (?:att )?|eftersom |då |med hänsyn till (?:att )?|till följd av (?:att )?|mot bakgrund av (?:att )?|sedan |"
    rf"som en följd av (?:att )?)(?:[^⟦⟧:;]|⟦[NDL]\d+⟧){{3,200}}?,? (?={_V2} (?:[^⟦⟧ ]+ ){{0,4}}⟦)"
    rf"|^(?:med anledning av|till följd av|som en följd av|med hänsyn till) (?:[^⟦⟧:;,]|⟦[NDL]\d+⟧){{3,120}}? (?={_ACTIVE} (?:[^⟦⟧ ]+ "
    rf"){{0,4}}⟦)"
    r"|^,? ?(?:då|eftersom|sedan|efter|innan|med anledning av|mot bakgrund av|med beaktande av|i enlighet med|i syfte att|för att|"
    r"till följd av|med hänsyn till|som ett led i|i ärende|såsom|så som|på grund av|i likhet med|på förslag av|på initiativ av|inför)\b "
    r"(?:[^⟦⟧:;]|⟦[NDLC]\d+⟧){3,300}?, (?:att )?(?=(?:i|ur|till|under|från|inom) ⟦|[a-zåäö]{2,}(?:a|å|e) |⟦[ARN]|"
    r"(?:det |den )?(?:ansvar|uppgift|verksamhet)|(?:en |ett )?(?:ny |nytt |reviderat )*(?:⟦R|[a-zåäö]*(?:nämnd|utskott)))"
    r"|^för att (?:[^⟦⟧:;,]|⟦[NDL]\d+⟧){3,120}? (?=(?:anta|revidera|fastställa|godkänna|upphäva|inrätta|avveckla) (?:[^⟦⟧ ]+ ){0,4}⟦[RN])"
    r"|, (?:med anledning av|eftersom|till följd av|med hänsyn till|mot bakgrund av|som en följd av) (?:[^⟦⟧:;,]|⟦[NDL]\d+⟧){3,200}?,(?= )"
    r"|,? (?<!dag )(?:då|på grund av att|därför att|med anledning av att|till följd av att|med hänsyn till att) "
    r"(?!(?:beslutet|det) (?:har )?(?:vunnit|vinner))(?:[^⟦⟧:;,]|⟦[NDL]\d+⟧){3,200}$"
    r"|,? (?:eftersom|då den inte längre|som inte längre (?:behövs|är|har|gäller)|vilket inte längre) (?:[^⟦⟧:;,]|⟦[NDL]\d+⟧){0,200}$",
    re.IGNORECASE,
)
"""Why something is decided changes nothing of what is decided. A reason names no place, charter, quotation or annex."""
_LIST_IN = re.compile(r"^i (?:punkt)?(?:listan|förteckningen|uppräkningen) (?=i ⟦A)|^i samband (?:därmed|med detta) ", re.IGNORECASE)
_VERB_FIRST = re.compile(
    r"^(?P<verb>ska|får|stryks|utgår|upphävs|ersätts|ändras|införs|infogas|läggs|förs|tas|skrivs|byts|tillförs|slopas) (?P<what>(?:[^⟦⟧ "
    r"]+ ){0,3}⟦[A-Z]\d+⟧)(?P<rest>.*)$",
    re.IGNORECASE,
)
_BY_LAW = re.compile(r",? ?(?:enligt|i enlighet med|med stöd av|jml|jfr|med hänvisning till) ⟦L\d+⟧,?", re.IGNORECASE)
_TIME = re.compile(r"(?:,|,? och)? ?(?:att gälla )?⟦[TU](\d+)⟧(?: (?:och )?tills vidare)?,?")
_IN_LIST = re.compile(
    r"^i (?:(?:punkt)?listan|uppräkningen|förteckningen) (i ⟦A\d+⟧) (?=(?:införa|lägga till|infoga|föra in|tillfoga|införs|läggs|förs) "
    r"[^⟦]*⟦Q\d+⟧(?: till| in)?$)",
    re.IGNORECASE,
)
"""Words that go into an enumeration, and are no item of their own."""
_TEMPORARY = re.compile(r"(?:^|(?<= ))tillfälligt,? ?(?=\S)|,? tillfälligt$", re.IGNORECASE)
"""Said beside an end, "tillfälligt" says nothing more."""
_ARTICLE = re.compile(r"\b(?:den|det) (?=⟦N)", re.IGNORECASE)
_OLD_PASSIVE = re.compile(
    r"\b(upphäv|fastställ|godkänn|väl|utväl|bordlägg|lägg|bifall|avskriv|avsätt|tillsätt|tillför|överför|inför|stryk|ersätt|nedlägg)j?es\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\b(an|bort|upp|under|över|in)?tages\b", re.IGNORECASE)
_SAME_PARAGRAF = re.compile(r"(?:^|(?<= ))(?:(?:i|ur|under|av) )?samma (?:paragraf|§),?(?= |$)", re.IGNORECASE)
_SAME_CHARTER = re.compile(r"(?:^|(?<= ))(?:i|ur) samma reglemente,?(?= |$)", re.IGNORECASE)
_SLOT = re.compile(r"⟦[AR](\d+)⟧")
_LOCATIVE = re.compile(r"(?:^|(?<= ))(?:i|ur|under|inom|till|från) (⟦[AR](\d+)⟧),?(?= |$)", re.IGNORECASE)


def opened(words: str) -> str:
    """Return the words without what only opens the clause ("Kommunfullmäktige beslutar att") or closes it."""
    words = words.strip()
    decides = _DECIDES.match(words)
    if decides is not None:
        # "Kommunfullmäktige avskaffar …" is "att avskaffa …".
        verb = decides["verb"].lower()
        words = (_INFINITIVES.get(verb) or (verb[:-1] if verb.endswith("ar") else re.sub("er$", "a", verb))) + words[decides.end() :]
    while True:
        match = _LEAD.match(words)
        if match is None or not match.end():
            break
        words = words[match.end() :].strip(" ,")
    return re.sub(r"[\s.,;:]+$|,? (?:och|samt)$", "", words)


def _modern(match: re.Match[str]) -> str:
    stem = match[1]
    return f"{stem}js" if stem.lower().endswith("väl") else f"{stem}s"


def timed(words: str, bones: Skeleton) -> tuple[str, tuple[Moment, ...], tuple[Moment, ...]]:
    """Return the words of a part without its times and filler, when it says that it begins to hold, and until when."""
    start: list[Moment] = []
    until: list[Moment] = []

    def note(match: re.Match[str]) -> str:
        slot = bones.slots[int(match[1])]
        if isinstance(slot.value, Moment):
            (start if slot.letter == "T" else until).append(slot.value)
        return ""

    words = re.sub(r"\b[Ss]kall\b", "ska", words)
    words = _ARTICLE.sub("", words)
    words = _OLD_PASSIVE.sub(_modern, _TAKEN.sub(r"\1tas", words))
    kernel = _TIME.sub(note, words)
    kernel = _IN_LIST.sub(r"\1 i uppräkningen ", kernel)
    if until:
        kernel = _TEMPORARY.sub("", kernel)
    kernel = _BECAUSE.sub("", _LIST_IN.sub("", _BY_LAW.sub("", kernel)))
    kernel = _FILLER.sub("", kernel)
    kernel = _LIST_IN.sub("", re.sub(r"(⟦[AR]\d+⟧), (?=\w)", r"\1 ", kernel))
    return " ".join(kernel.split()).strip(" ,"), tuple(start), tuple(until)


_ALONE = re.compile(r"(?P<before>⟦N\d+⟧s?|[a-zåäö]+),? ⟦D(?P<n>\d+)⟧(?=$| (?:från|till|i|av|upp|över|och|som|under|inom|en|ett|"
                    r"[a-zåäö]+(?:s|r))\b| ⟦N)", re.IGNORECASE)
_OF_ELSE = re.compile(
    r"(?:av|från|den|till|sedan|datera[dt]e?|antag(?:et|en|na)|fastställ[dt]a?|besluta[dt]e?|beslut(?:et)?|reviderad?t?e?|protokoll(?:et)?|"
    r"skrivelse(?:n)?|avtal(?:et)?|före|efter|senast|per)s?",
    re.IGNORECASE,
)
"""A day after one of these is that of something else."""


def dated_alone(words: str) -> tuple[str, int] | None:
    """Return the words without the one day in them that stands for itself ("upplöses den 31 december"), and its slot's number."""
    match = _ALONE.search(words) if words.count("⟦D") == 1 else None
    if match is None or _OF_ELSE.fullmatch(match["before"]):
        return None
    return " ".join(f"{words[: match.end('before')]}{words[match.end() :]}".split()), int(match["n"])


def variants(kernel: str, bones: Skeleton, where: Place, near: Address) -> Iterator[tuple[str, Place]]:
    """The words as they are; with the place that they are said of taken out; with the verb put after what it is about; in order."""
    # "i samma paragraf" is the one last spoken of; where none has been, the words stay, and nothing reads them.
    if near.steps and _SAME_PARAGRAF.search(kernel):
        kernel, where = " ".join(_SAME_PARAGRAF.sub(" ", kernel).split()), Place(where.charters, (near,))
    named = {p.charters for n in _SLOT.findall(kernel) if isinstance(p := bones.slots[int(n)].value, Place) and any(p.charters)}
    one = any(where.charters) and len(where.charters) == 1 and named <= {where.charters}
    if (one or len(named) <= 1) and _SAME_CHARTER.search(kernel):
        kernel = " ".join(_SAME_CHARTER.sub(" ", kernel).split())
    tried: dict[tuple[str, Place], None] = {}
    for words, here in _turned(kernel, bones, where, near):
        tried[words, here] = None
        yield words, here
    for words, here in tuple(tried):
        said = paraphrased(words)
        for turned in _turned(said, bones, here, near) if said else ():
            if turned not in tried:
                tried[turned] = None
                yield turned
    put = settled(paraphrased(kernel) or kernel)
    if put:
        yield put, where


def _turned(kernel: str, bones: Skeleton, where: Place, near: Address) -> Iterator[tuple[str, Place]]:
    plain = list(_placed(kernel, bones, where, near))
    yield from plain
    for words, here in plain:
        turned = _VERB_FIRST.match(words)
        if turned is not None:
            yield f"{turned['what']} {turned['verb']}{turned['rest']}", here
    put = ordered(kernel)
    if put and put != kernel:
        yield from _placed(put, bones, where, near)


_ACT = re.compile("reglemente|arbetsordning|instruktion", re.IGNORECASE)
_CHARTER_FIRST = re.compile(r"^i (⟦A(\d+)⟧) (?!⟦)", re.IGNORECASE)


def _placed(kernel: str, bones: Skeleton, where: Place, near: Address) -> Iterator[tuple[str, Place]]:
    yield kernel, where
    first = _CHARTER_FIRST.match(kernel)
    if first is not None and _ACT.search(bones.slots[int(first[2])].said.split(",")[0]):
        # "i reglementet för … 5 § utgår": "i" is said of the charter, and 5 § is what goes.
        yield kernel[2:], where
    found = list(_LOCATIVE.finditer(kernel))
    both = [bones.slots[int(m[2])].value for m in found]
    if len(both) == 2 and all(isinstance(p, Place) and not p.quoted and not p.topic for p in both):
        # "i 4 § stryka orden … i reglementet för …": the charter and the place in it, apart.
        one, other = both
        assert isinstance(one, Place)
        assert isinstance(other, Place)
        if bool(one.addresses) != bool(other.addresses) and not (one.charters and other.charters):
            without = " ".join(_LOCATIVE.sub("", kernel).split()).strip(" ,")
            whole = Place(one.charters or other.charters, one.addresses or other.addresses, one.reads)
            yield without, whole.meant(where, near)
    for match in found[:3]:
        place = bones.slots[int(match[2])].value
        if isinstance(place, Place) and not place.quoted and not place.topic:
            without = " ".join((kernel[: match.start()] + kernel[match.end() :]).split()).strip(" ,")
            yield without, place.meant(where, near)
