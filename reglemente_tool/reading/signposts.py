"""The lines that steer a protocol: headings, who decides, who proposes, a new case, and what only the page gave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum


class Part(Enum):
    """What a stretch of the text is."""

    HEAD = "huvud"
    DECISION = "beslut"
    OTHER_DECISION = "annans beslut"
    PROPOSAL = "förslag"
    MOTION = "motion"
    DEMAND = "yrkande"
    RESERVATION = "reservation"
    NOTE = "protokollsanteckning"
    PROSE = "berättelse"
    AFTER = "efter beslutet"


COUNCIL_SAID = r"(?:(?:kommun|region)?fullmäktige|KF)"
BODY_SAID = (
    r"(?:kommunstyrelse(?:n)?|ks|(?:[a-zåäö]+-,? ?(?:och |samt )?)*(?:tekniska |sociala |gemensamma )?[a-zåäö]*nämnd(?:en)?|"
    r"[a-zåäö]*utskottet|regionstyrelsen|(?:[a-zåäö]+-,? ?(?:och |samt )?)*[a-zåäö]*förvaltning(?:en)?|[a-zåäö]*kontoret|"
    r"[a-zåäö]*beredningen|revisorerna|[a-zåäö]*direktören)"
)
_HEADINGS: tuple[tuple[Part, str], ...] = (
    (Part.PROPOSAL, r"(?:(?:reviderat |nytt )?förslag till (?:kommunfullmäktiges |kommunstyrelsens )?beslut|beslutsförslag|[\w "
        r",-]*förslag till (?:kommun)?fullmäktige(?: för beslut)?|[\w -]*beslutsförslag(?: till [\w -]+)?|(?:\w+[ -]){0,3}(?<!beslutar "
        r"enligt )\w+s förslag(?: till beslut)?|hemställan)"),
    (Part.DECISION, rf"(?:{COUNCIL_SAID}s beslut|beslut (?:i|av) {COUNCIL_SAID})"),
    (Part.OTHER_DECISION, rf"(?P<who>{BODY_SAID})s beslut(?: \d{{4}}-\d\d-\d\d.*)?"),
    (Part.DECISION, r"beslut"),
    (Part.MOTION, r"(?:motion(?:en)?s?(?: yrkanden| att-satser)?|motionären (?:föreslår|yrkar)(?: att)?|medborgarförslaget)"),
    (Part.DEMAND, r"(?:(?:ändrings|tilläggs|avslags|återremiss)?yrkande(?:n|t)?(?: på sammanträdet)?|förslag på sammanträdet|framställda "
        r"yrkanden|yrkanden och förslag|förslag till beslut på sammanträdet)"),
    (Part.DEMAND, r"(?:propositions?ordning|beslutsgång|propositioner|omröstning(?:en)?|omröstningsresultat|votering(?:en)?|"
        r"kontrapropositionsordning|ajournering|beslutsordning|inlägg|yttranden)"),
    (Part.RESERVATION, r"(?:reservation(?:er)?|skriftlig reservation|reserverar sig)"),
    (Part.NOTE, r"(?:protokollsanteckning(?:ar)?|särskilt yttrande|särskilda yttranden|till protokollet|röstförklaring|anteckning till "
        r"protokollet|deltar (?:inte|ej) i beslutet|jäv)"),
    (Part.AFTER, r"(?:beslutet (?:ska )?(?:skickas|sänds|expedieras|delges|meddelas)(?: till)?|ärendet expedieras(?: efter beslut)?(?: "
        r"till)?|expedieras(?: till)?|expediering|(?:sänd)?lista|kopia till|delges|delgivning|för kännedom|skickas till|underskrifter|"
        r"sekreterare|vid protokollet|hur man överklagar|överklagande(?:hänvisning)?|besvärshänvisning|bilag(?:a|or)(?: till "
        r"protokollet)?)"),
    (Part.PROSE, r"(?:(?:kort )?sammanfattning(?: av ärendet)?|ärendet|ärendebeskrivning|beskrivning av ärendet|ärendeinformation|"
        r"bakgrund|beredning|ärendets (?:beredning|gång|handläggning)|tidigare (?:beslut|behandling|beredning)|beslutsunderlag|"
        r"underlag(?: för beslut)?|handlingar(?: i ärendet)?|bedömning|motivering(?:ar)?|skäl(?:en)? för beslutet|överväganden|"
        r"samråd(?:/samverkan)?|samverkan|konsekvenser|barnperspektivet|miljöperspektivet|funktionshinderperspektivet|[\w/ "
        r"]*perspektiv(?:et)?|ekonomisk(?:a)? [\w/ ]+|juridiska? [\w/ ]+|information|utredning|remissvar|yttrande|uppföljning|"
        r"finansiering|tidplan|förvaltningens [\w ]+|övriga i kommunen förekommande styrdokument[\w ]*)"),
)  # fmt: skip
HEADING = tuple((part, re.compile(rf"{pattern}\s*[:.]?", re.IGNORECASE)) for part, pattern in _HEADINGS)
TRIM = re.compile(r"^[\s*#_>]+|[\s*_#]+$")
CASE = re.compile(
    r"^\s*(?:KF,?\s+)?§\s*(?P<n>\d{1,4})(?!\s*(?:i|,|och|samt|–|-|ska|upphör|utgår|ändras|\d)\b)(?P<rest>.{0,160})$", re.IGNORECASE
)
PARAGRAF = re.compile(r"^\s*(?:§\s*\d+|\d+\s*(?:[a-zåäö]\s*)?§)")
LEAD = re.compile(
    rf"^\s*{COUNCIL_SAID}(?:s beslut är)?\s+(?:beslutar|beslutade|beslöt|har beslutat)(?:\s+(?:följande|enhälligt|därmed|"
    rf"därefter|slutligen|således|för egen del))*\s*:?(?!\w)(?!\s+(?:om|när|vilka|vilken|hur|själv|ensam|på|vem)\b)",
    re.IGNORECASE,
)
ACTS = re.compile(
    rf"^\s*{COUNCIL_SAID}\s+(?:antar|fastställer|godkänner|avslår|bifaller|upphäver|noterar|utser|väljer|återremitterar|"
    rf"bordlägger|lägger|remitterar|uppdrar|ger|inrättar|medger|beviljar|reviderar|förklarar|lämnar|överlämnar|ställer|tar)(?!\w)",
    re.IGNORECASE,
)
OTHERS = re.compile(
    rf"^\s*(?P<who>{BODY_SAID})(?:\s+(?:beslutar|beslutade|beslöt|antar|lägger|godkänner|noterar|återremitterar|avslår|"
    rf"överlämnar)(?!\w)|s beslut är)",
    re.IGNORECASE,
)
PROPOSES = re.compile(
    rf"^\s*(?P<who>{BODY_SAID}|\w+)\s+(?:föreslår|hemställer|tillstyrker|förordar|beslutar (?:att "
    rf")?föreslå)(?:\s+att)?(?:\s+{COUNCIL_SAID})?(?:\s+(?:att\s+)?beslutar?(?:\s+följande)?)?\s*:?"
    rf"|^\s*{COUNCIL_SAID}\s+föreslås(?!\w)(?:\s+besluta)?\s*:?",
    re.IGNORECASE,
)
MOVES = re.compile(
    r"^\s*(?:motionären|motionärerna|förslagsställaren|[\w "
    r"()]{2,60}(?<!styrelsen)(?<!nämnden)(?<!utskottet))\s+(?:föreslår|yrkar|yrkade|vill)(?:\s+i motionen)?(?:\s+(?:därför|bland "
    r"annat))?(?:\s+att)?\s*:?\s*$",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^\s*(?:(?:ordförandes?|justerandes?|justerares?|sekreterares?)\s+sign(?:atur)?\.?|utdragsbestyrkande|sign\.?|sida\s+\d+(?:\s*(?:av|"
    r"\()\s*\d+\)?)?|\d{1,3}\s*\(\d{1,3}\)|sammanträdesprotokoll|protokollsutdrag|protokoll|\f)?\s*$",
    re.IGNORECASE,
)
CONTINUED = re.compile(r"^\s*(?:KF|KS|Kf|Ks)?\s*§\s*\d+,?\s*(?:forts|fortsättning)\b.*$")


def lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, line) for every line of `text`, its line break included."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line), line
        start += len(line)


def is_furniture(line: str) -> bool:
    """True for a line that only the page gave: signatures, page numbers, the head of the next page, blank lines."""
    return len(line) < 120 and (FURNITURE.match(line) is not None or CONTINUED.match(line) is not None)
