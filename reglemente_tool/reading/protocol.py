"""What in a text is the council's decision, and what only speaks of it.

The same att-satser stand in motion, memo, committee proposal, yrkande, decision and reservation. Only what stands under the council's
own "Beslut" is the decision; where a text does not show that, it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from reglemente_tool.model.wording import fold
from reglemente_tool.reading.dates import days
from reglemente_tool.reading.naming import COUNCIL, normal


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


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text, from `start` to `end`; `who` is whose decision or proposal it is, in normal form, or ""."""

    part: Part
    start: int
    end: int
    who: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Protocol:
    """What the text is. `decisions` are the stretches of the council's clauses, none when it holds no decision of the council's.

    `certain` is False when the text is bare clauses that do not say who decided. `cases` are the numbers of the §§ with a decision by
    the council, when there are several and none was chosen.
    """

    decisions: tuple[Stretch, ...] = ()
    body: str = ""
    reason: str = ""
    certain: bool = True
    section: str = ""
    case_number: str = ""
    title: str = ""
    decided_on: date | None = None
    stretches: tuple[Stretch, ...] = ()
    cases: tuple[str, ...] = ()

    def parts(self, *parts: Part) -> tuple[Stretch, ...]:
        """Return the stretches that are one of `parts`, in order."""
        return tuple(s for s in self.stretches if s.part in parts)


_COUNCIL = r"(?:(?:kommun|region)?fullmäktige|KF)"
_BOARD = (
    r"(?:kommunstyrelse(?:n)?|ks|(?:[a-zåäö]+-,? ?(?:och |samt )?)*(?:tekniska |sociala |gemensamma )?[a-zåäö]*nämnd(?:en)?|"
    r"[a-zåäö]*utskottet|regionstyrelsen|(?:[a-zåäö]+-,? ?(?:och |samt )?)*[a-zåäö]*förvaltning(?:en)?|[a-zåäö]*kontoret|"
    r"[a-zåäö]*beredningen|revisorerna|[a-zåäö]*direktören)"
)
_HEADINGS: tuple[tuple[Part, str], ...] = (
    (Part.PROPOSAL, r"(?:(?:reviderat |nytt )?förslag till (?:kommunfullmäktiges |kommunstyrelsens )?beslut|beslutsförslag|[\w "
        r",-]*förslag till (?:kommun)?fullmäktige(?: för beslut)?|[\w -]*beslutsförslag(?: till [\w -]+)?|(?:\w+[ -]){0,3}(?<!beslutar "
        r"enligt )\w+s förslag(?: till beslut)?|hemställan)"),
    (Part.DECISION, rf"(?:{_COUNCIL}s beslut|beslut (?:i|av) {_COUNCIL})"),
    (Part.OTHER_DECISION, rf"(?P<who>{_BOARD})s beslut(?: \d{{4}}-\d\d-\d\d.*)?"),
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
_HEADING = tuple((part, re.compile(rf"{pattern}\s*[:.]?", re.IGNORECASE)) for part, pattern in _HEADINGS)
_TRIM = re.compile(r"^[\s*#_>]+|[\s*_#]+$")
_CASE = re.compile(
    r"^\s*(?:(?:KF|Kf|KS|Ks|[A-ZÅÄÖ]{2,4}),?\s+)?§\s*(?P<n>\d{1,4})(?!\s*(?:i|,|och|samt|–|-|ska|upphör|utgår|ändras|"
    r"\d)\b)(?P<rest>.{0,160})$"
)
_LEAD = re.compile(
    rf"^\s*{_COUNCIL}(?:s beslut är)?\s+(?:beslutar|beslutade|beslöt|har beslutat)(?:\s+(?:följande|enhälligt|därmed|"
    rf"därefter|slutligen|således|för egen del))*\s*:?(?!\w)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"^\s*{_COUNCIL}\s+(?:antar|fastställer|godkänner|avslår|bifaller|upphäver|noterar|utser|väljer|återremitterar|"
    rf"bordlägger|lägger|remitterar|uppdrar|ger|inrättar|medger|beviljar|reviderar|förklarar|lämnar|överlämnar|ställer|tar)(?!\w)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"^\s*(?P<who>{_BOARD})(?:\s+(?:beslutar|beslutade|beslöt|antar|lägger|godkänner|noterar|återremitterar|avslår|"
    rf"överlämnar)(?!\w)|s beslut är)",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    rf"^\s*(?P<who>{_BOARD}|\w+)\s+(?:föreslår|hemställer|tillstyrker|förordar|beslutar (?:att "
    rf")?föreslå)(?:\s+att)?(?:\s+{_COUNCIL})?(?:\s+(?:att\s+)?beslutar?(?:\s+följande)?)?\s*:?"
    rf"|^\s*{_COUNCIL}\s+föreslås(?!\w)(?:\s+besluta)?\s*:?",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"^\s*(?:motionären|motionärerna|förslagsställaren|[\w "
    r"()]{2,60}(?<!styrelsen)(?<!nämnden)(?<!utskottet))\s+(?:föreslår|yrkar|yrkade|vill)(?:\s+i motionen)?(?:\s+(?:därför|bland "
    r"annat))?(?:\s+att)?\s*:?\s*$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^\s*(?:(?:ordförandes?|justerandes?|justerares?|sekreterares?)\s+sign(?:atur)?\.?|utdragsbestyrkande|sign\.?|sida\s+\d+(?:\s*(?:av|"
    r"\()\s*\d+\)?)?|\d{1,3}\s*\(\d{1,3}\)|sammanträdesprotokoll|protokollsutdrag|protokoll|\f)?\s*$",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"^\s*(?:KF|KS|Kf|Ks)?\s*§\s*\d+,?\s*(?:forts|fortsättning)\b.*$")
_CASE_NUMBER = re.compile(
    r"(?<!\w)(?:dnr|diarienummer|diarienr|diarie-?nr|ärendenummer|ärendenr|"
    r"d\.?nr)\s*[:.]?\s*(?P<n>[A-ZÅÄÖ0-9][^\n]{2,40}?)\s*(?=$|\n|\s{2,}|,(?!\d)|;)",
    re.IGNORECASE,
)
_LOOSE_NUMBER = re.compile(
    r"(?<![\w/.-])(?:[A-ZÅÄÖ]{2,5}[ .-]?\s?\d{4}[/.:-]\d{1,5}(?:-\d{1,4})?|[A-ZÅÄÖ]{2,5}-\d{4}-\d{2,6}|"
    r"\d{4}[./]\d{2,6}\s[A-ZÅÄÖ]{2,4}(?:-\d{1,2})?|\d{4}/[A-ZÅÄÖ]{2,4}\s\d{3,5}(?:\s\d{3})?)(?![\w/])"
)
_MEETING = re.compile(
    rf"\s*(?:(?:{_COUNCIL}|sammanträdesprotokoll|protokoll(?:sutdrag)?)[\s,|]*)*(?:(?:sammanträdesdatum|sammanträdesdag|beslutsdatum|"
    rf"mötesdatum|datum för sammanträdet|(?:protokoll\s+)?(?:från\s+)?(?:{_COUNCIL}s\s+)?sammanträde(?:t)?|möte)[\s:,]*)?(?:den\s*)?",
    re.IGNORECASE,
)
_MEETING_SAID = re.compile(rf"{_COUNCIL}|sammanträde|beslutsdatum|mötesdatum|möte|protokoll", re.IGNORECASE)


def read_protocol(text: str, *, section: str = "") -> Protocol:
    """Return what `text` is and which part of it the council decided. `section` chooses among several cases. Never fails."""
    stretches = tuple(_settled(text, list(_stretches(text))))
    head_body = _head_body(text, stretches)
    decisions = [s for s in stretches if s.part is Part.DECISION and _is_council(text, s, head_body)]
    cases = {s.start: _case_of(text, s) for s in decisions}
    numbered = tuple(dict.fromkeys(n for n, _ in cases.values() if n))
    if section and len(numbered) > 1:
        decisions = [s for s in decisions if cases[s.start][0] == section]
    base = Protocol(stretches=stretches, case_number=_case_number(text, None), decided_on=_decided_on(text, None))
    if len(numbered) > 1 and not section:
        return replace(base, body=COUNCIL, cases=numbered)
    if decisions:
        number, at = cases[decisions[0].start]
        return replace(
            base, decisions=_distinct(text, decisions), body=COUNCIL, section=section or number, title=_title(text, at, decisions[0].start),
            case_number=_case_number(text, (at, decisions[0].start)), decided_on=_decided_on(text, at),
        )  # fmt: skip
    if _bare(text, stretches):
        return replace(base, decisions=(Stretch(Part.DECISION, 0, len(text)),), certain=False, section=section)
    number, at = _case_of(text, Stretch(Part.DECISION, len(text), len(text)))
    reason, body = _why_not(stretches, head_body)
    return replace(base, reason=reason, body=body, section=number, title=_title(text, at, len(text)))


# ------------------------------------------------------------------------------------------------------- stretches


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line), line
        start += len(line)


def _stretches(text: str) -> Iterator[Stretch]:
    """Cut the text at headings and at lines that say who decides or proposes."""
    current = Stretch(Part.HEAD, 0, 0)
    for start, end, line in _lines(text):
        opened = _opens(line, start, current)
        if opened is None:
            continue
        if start > current.start or current.part is not Part.HEAD:
            yield replace(current, end=max(start, current.start))
        current = opened
    yield replace(current, end=len(text))


def _opens(line: str, start: int, current: Stretch) -> Stretch | None:
    if line.lstrip()[:1] in ("", "-", "–", "•"):
        return None
    plain = _TRIM.sub("", line)
    if not plain:
        return None
    lead = _LEAD.match(line) or _ACTS.match(line)
    if lead is not None and current.part in (Part.HEAD, Part.DECISION, Part.DEMAND, Part.NOTE) and not _narrates(line):
        if current.part is Part.DECISION and _ACTS.match(line):
            return None
        after = lead.end() if _LEAD.match(line) else 0
        return Stretch(Part.DECISION, start + after, 0, COUNCIL, "")
    if len(plain) <= 90:
        for part, pattern in _HEADING:
            match = pattern.fullmatch(plain)
            if match is not None:
                who = normal(match.groupdict().get("who") or (plain.split()[0] if part is Part.PROPOSAL else ""))
                return Stretch(part, start + len(line), 0, who if part in (Part.PROPOSAL, Part.OTHER_DECISION) else "", plain)
    if len(plain) <= 200 and (case := _CASE.match(line)) is not None and not _CONTINUED.match(line):
        return Stretch(Part.HEAD, start, 0, "", f"§ {case['n']}")
    if current.part in (Part.HEAD, Part.DECISION, Part.OTHER_DECISION, Part.PROPOSAL) and (proposes := _PROPOSES.match(line)) is not None:
        return Stretch(Part.PROPOSAL, start + proposes.end(), 0, normal(proposes["who"] or ""), "")
    if current.part is Part.DECISION and current.start == start and (other := _OTHERS.match(line)) is not None:
        return Stretch(Part.OTHER_DECISION, start, 0, normal(other["who"]), "")
    if current.part in (Part.PROSE, Part.HEAD, Part.MOTION) and _MOVES.match(line):
        return Stretch(Part.MOTION, start + len(line), 0, "", plain)
    return None


def _narrates(line: str) -> bool:
    """ "Kommunfullmäktige beslutade den 25 april att …" tells of another day."""
    return re.match(rf"\s*{_COUNCIL}\s+(?:beslutade|beslöt|har beslutat)\b.{{0,40}}\d", line, re.IGNORECASE) is not None


def _settled(text: str, stretches: list[Stretch]) -> Iterator[Stretch]:
    """Skip blank stretches; a board's words right under "Beslut" make that its decision; a motion's list ends at the next plain text."""
    for stretch in stretches:
        body = text[stretch.start : stretch.end]
        if stretch.part is Part.DECISION and not stretch.who:
            other = _OTHERS.match(body.lstrip())
            if other is not None:
                yield replace(stretch, part=Part.OTHER_DECISION, who=normal(other["who"]))
                continue
        if stretch.part is Part.MOTION:
            end = _list_end(body)
            yield replace(stretch, end=stretch.start + end)
            if body[end:].strip():
                yield Stretch(Part.PROSE, stretch.start + end, stretch.end)
            continue
        if stretch.part is not Part.HEAD or body.strip():
            yield stretch


def _list_end(body: str) -> int:
    end = 0
    for start, stop, line in _lines(body):
        if line.strip() and not re.match(r"\s*(?:[-–•*]|\d+[.)]|att\b)", line, re.IGNORECASE) and end:
            return start
        if line.strip():
            end = stop
    return end or len(body)


def _is_council(text: str, stretch: Stretch, head_body: str) -> bool:
    if stretch.who == COUNCIL:
        return True
    body = text[stretch.start : stretch.end].strip()
    if not body:
        return False
    if re.match(rf"{_COUNCIL}s beslut|beslut (?:i|av) {_COUNCIL}", stretch.title, re.IGNORECASE) or _LEAD.match(body) or _ACTS.match(body):
        return True
    return head_body == COUNCIL


def _distinct(text: str, decisions: list[Stretch]) -> tuple[Stretch, ...]:
    """A decision that is printed twice, at the top and at the end, is one."""
    kept: dict[str, Stretch] = {}
    for stretch in decisions:
        kept.setdefault(fold(text[stretch.start : stretch.end]).strip(" .:"), stretch)
    return tuple(kept.values())


def _head_body(text: str, stretches: tuple[Stretch, ...]) -> str:
    """Return whose paper it is, by a line of the head that is only a name: "Kommunfullmäktige"."""
    for stretch in stretches:
        if stretch.part is not Part.HEAD:
            continue
        for _, _, line in _lines(text[stretch.start : min(stretch.end, stretch.start + 4000)]):
            plain = re.sub(r"\s+\d{4}-\d\d-\d\d$", "", _TRIM.sub("", line))
            plain = re.split(r"\s{3,}|\t", plain)[0]
            if re.fullmatch(_COUNCIL, plain, re.IGNORECASE):
                return COUNCIL
            if re.fullmatch(_BOARD, plain, re.IGNORECASE) and len(plain) < 50:
                return normal(plain)
    return ""


def _bare(text: str, stretches: tuple[Stretch, ...]) -> bool:
    """True for text that is only clauses, pasted without what stood around them."""
    if any(s.part is not Part.HEAD for s in stretches) or not text.strip():
        return False
    first = text.strip().splitlines()[0]
    return re.match(r"\s*(?:[-–•*]\s+|\d{1,2}[.)]\s+)?(?:dels\s+)?att\b", first, re.IGNORECASE) is not None


def _why_not(stretches: tuple[Stretch, ...], head_body: str) -> tuple[str, str]:
    proposals = [s for s in stretches if s.part is Part.PROPOSAL]
    others = [s for s in stretches if s.part is Part.OTHER_DECISION]
    if proposals:
        who = proposals[-1].who
        if who == "kommunstyrelsen":
            return "forslag-av-styrelsen", who
        if who.endswith(("nämnden", "utskottet")):
            return "forslag-av-namnd", who
        return "forslag-av-forvaltningen", head_body
    if others:
        return "annat-organ", others[-1].who
    if any(s.part is Part.DECISION for s in stretches) and head_body:
        return "annat-organ", head_body
    return "inget-beslut", head_body


# ------------------------------------------------------------------------------------------------------------ facts


def _case_of(text: str, stretch: Stretch) -> tuple[str, int]:
    """Return the § of the case that `stretch` belongs to, and where its line begins; "" and 0 when no § is said."""
    found, at = "", 0
    for start, _, line in _lines(text[: stretch.start]):
        match = _CASE.match(line) if "§" in line and len(line) < 220 else None
        if match is not None and not _CONTINUED.match(line):
            found, at = match["n"], start
    return found, at


def _case_number(text: str, span: tuple[int, int] | None) -> str:
    """Return the diarienummer, first as labelled, then by its look; from the case's own head when `span` is given."""
    places = [text[span[0] : span[1]]] if span else []
    head = text[:6000]
    for place in [*places, head]:
        labelled = _CASE_NUMBER.search(place)
        if labelled is not None and any(c.isdigit() for c in labelled["n"]):
            return " ".join(labelled["n"].split()).rstrip(".")
    for place in [*places, head]:
        loose = _LOOSE_NUMBER.search(place)
        if loose is not None:
            return " ".join(loose[0].split())
    return ""


def _title(text: str, at: int, end: int) -> str:
    """Return the heading of the case: what stands after its § and before the decision."""
    found_case = _CASE.match(text[at:end].split("\n", 1)[0]) is not None
    for start, _, line in _lines(text[at:end]):
        plain = _TRIM.sub("", line)
        if start == 0 and (case := _CASE.match(line)) is not None:
            plain = _TRIM.sub("", case["rest"])
        plain = re.sub(r"\*\*.*$", "", _LOOSE_NUMBER.sub("", _CASE_NUMBER.sub("", plain))).strip(" ,;:*")
        plain = re.sub(r"^(?:dnr|diarienummer)\b.*$", "", plain, flags=re.IGNORECASE)
        fact = re.match(
            r"[\w-]+:\s|\S*(?:chef|direktör|sekreterare|strateg|utredare|jurist|handläggare|förvaltningen|kontoret)\b", plain, re.IGNORECASE
        )
        if (fact or len(plain.split()) < 3) and start and not found_case:
            continue
        named = re.fullmatch(rf"(?:{_COUNCIL}|{_BOARD}|\d{{4}}-\d\d-\d\d)(?:\s+\d{{4}}-\d\d-\d\d)?", plain, re.IGNORECASE)
        if len(plain) > 3 and not named and not _FURNITURE.match(plain):
            if any(pattern.fullmatch(plain) for _, pattern in _HEADING) or _LEAD.match(plain) or _PROPOSES.match(plain):
                return ""
            return plain
    return ""


def _decided_on(text: str, at: int | None) -> date | None:
    """Return the day of the meeting, when the head says it beside "sammanträdesdatum" or the council's name, and says one day only."""
    found: set[date] = set()
    head = text[max(0, at - 3000) : at] if at else text[:3000]
    for start, end, day in days(head):
        line_start = head.rfind("\n", 0, start) + 1
        before, after = head[line_start:start], head[end:].split("\n", 1)[0]
        previous = head[:line_start].rstrip().rsplit("\n", 1)[-1]
        told = _MEETING_SAID.search(before) or (
            not before.strip() and _MEETING_SAID.search(previous) and _MEETING.fullmatch(previous.strip() + " ")
        )
        if told and _MEETING.fullmatch(before) and len(after.strip()) < 40 and not re.search(r"\w+(?:ade|de|s) ", after):
            found.add(day)
    return next(iter(found)) if len(found) == 1 else None


def is_furniture(line: str) -> bool:
    """True for a line that only the page gave: signatures, page numbers, the head of the next page, blank lines."""
    return len(line) < 120 and (_FURNITURE.match(line) is not None or _CONTINUED.match(line) is not None)
