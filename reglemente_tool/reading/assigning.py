"""Assignments and allocations: who shall do what until when, who gets how much for what. From the words of a clause to data.

Only what is written out is read. A sum that could mean two things, a day without its year, a recipient that the register does not
know: the words are kept and the value is left out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reglemente_tool.errors import Level, Problem
from reglemente_tool.model.assignment import Assignment, AssignmentKind
from reglemente_tool.model.charter import CommitteeId
from reglemente_tool.model.names import MONTHS
from reglemente_tool.model.proposal import Clause
from reglemente_tool.reading import dates
from reglemente_tool.reading.kernel import opened
from reglemente_tool.reading.naming import BODY, is_generic, normal
from reglemente_tool.reading.resolving import Desk
from reglemente_tool.reading.resolving._desk import place_of
from reglemente_tool.reading.sums import ANY_SUM, sums

_WHO = r"(?P<who>[^.;:”\"]{2,140}?)"
_ERRAND = r"(?:i\s(?:särskilt\s)?uppdrag|(?:ett\s|det\s)?(?:särskilt\s)?uppdrag(?:et)?)"
_GIVEN = re.compile(
    rf"(?:ge(?:r|\såt)?|lämnar?(?:\såt)?)\s{_WHO}\s{_ERRAND}(?:,?\satt|:)?\s(?P<what>.+)"
    rf"|(?:det\s)?uppdra(?:r|s)?\s(?:åt|till)\s(?P<who2>[^.;:”\"]{{2,140}}?)(?:,?\satt|:)\s(?P<what2>.+)"
    rf"|(?P<who3>[^.;:”\"]{{2,140}}?)\s(?:(?:får|ges|har|ska\sges|ska\sfå|fick)\s(?:i\suppdrag|uppdraget)|uppdras)(?:,?\satt|:)\s"
    rf"(?P<what3>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SEAM = re.compile(
    r"(?:[,;]?\s(?:och|samt)\satt\s|[,;]\satt\s|\sdels\satt\s)(?=(?:ger?|lämna)\s[^.;:,]{2,100}?\s(?:i\s(?:särskilt\s)?|ett\s)?uppdrag\b"
    r"|uppdra\s(?:åt|till)\s)|[.;]\s+(?=[A-ZÅÄÖ][^.;:]{2,100}?\s(?:får|ges)\s(?:i\suppdrag|uppdraget)\s)"
)
_TAKES = r"(?:tilldelas|beviljas|anvisas|erhåller|tillförs|får|ges|ska\s(?:få|tilldelas|beviljas|tillföras))"
_GIVES = r"(?:anvisar?|avsätter?|avsätta|beviljar?|tilldelar?|anslår?|tillför(?:a)?|fördelar?)"
_MORE = r"(?:(?:ytterligare|totalt|sammanlagt)\s|(?:ett\s)?(?:tilläggs)?(?:anslag|medel|bidrag|ram)\s(?:på|om|med)\s)*"
_TO_FIRST = re.compile(rf"(?P<who>[^.;:”\"\d]{{2,140}}?)\s{_TAKES}\s{_MORE}(?=\S)", re.IGNORECASE)
_BY_FIRST = re.compile(rf"(?:till\s(?P<before>[^.;:”\"\d]{{2,140}}?)\s)?{_GIVES}\s{_MORE}(?=\S)", re.IGNORECASE)
_WHOM = re.compile(rf"(?:till\s|åt\s)?(?P<who>{BODY}|[A-ZÅÄÖ][^.;:”\"\d,]{{1,80}}?|[a-zåäö]+(?:chefen|direktören))\s(?=\d|\S+\smiljon)")
_THEN_TO = re.compile(rf"\s(?:till|åt)\s(?P<who>{BODY}|[a-zåäö]+(?:chefen|direktören)|[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]*)*)(?![\w-])")
_FOR = re.compile(r",?\s(?:för\satt|för|till|avseende|att\sanvändas\s(?:för|till))\s(?P<purpose>.+)", re.DOTALL)
_NAMED = re.compile(r"(?:satsning|projekt|insats|åtgärd|verksamhet)\w*\s[”\"“»](?P<name>[^”\"“»«]{2,200})[”\"«]", re.IGNORECASE)
_BESIDE = re.compile(r",?\s(?:i\ssamråd|i\ssamverkan|tillsammans|genom|via)\s.+$", re.IGNORECASE | re.DOTALL)
_BODIES = re.compile(BODY, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """What a clause gives, and what to tell of it."""

    assignments: tuple[Assignment, ...] = ()
    problems: tuple[Problem, ...] = ()


def given_in(clause: Clause, reasons: frozenset[str], desk: Desk) -> Given:
    """Return the assignments of a clause that was read as "uppdrag", and the allocations of one that was read as "anslag"."""
    text = " ".join(clause.text.split())
    if "uppdrag" in reasons:
        return Given(tuple(one for piece in _pieces(text) for one in _assignments(piece, clause, desk)))
    return _allocation(opened(text), clause, desk) if "anslag" in reasons else Given()


def _pieces(text: str) -> Iterator[str]:
    last = 0
    for seam in _SEAM.finditer(text):
        yield text[last : seam.start()]
        last = seam.end()
    yield text[last:]


def _assignments(piece: str, clause: Clause, desk: Desk) -> Iterator[Assignment]:
    match = _GIVEN.fullmatch(opened(piece))
    if match is None:
        return
    who = next(match[name] for name in ("who", "who2", "who3") if match[name])
    what = next(match[name] for name in ("what", "what2", "what3") if match[name]).strip()
    until, said = _deadline(what)
    whole = Assignment(kind=AssignmentKind.UPPDRAG, clause=clause.number, to=who.strip(" ,"), what=what, until=until, until_said=said)
    for to in _each(whole.to):
        yield replace(whole, to=to, committee=_committee(to, desk))


def _each(who: str) -> tuple[str, ...]:
    """ "Kommunstyrelsen och socialnämnden" are two, when each of them is a committee; "nämnden och dess ordförande" is left as it is."""
    found = [m[0] for m in _BODIES.finditer(who)]
    rest = _BODIES.sub("", who)
    return tuple(found) if len(found) > 1 and not re.sub(r"(?:och|samt|,|\s)+", "", rest) else (who,)


def _committee(who: str, desk: Desk) -> CommitteeId | None:
    """Return the id of the committee that is meant, or None: an officer, a company, or a name that is not surely one committee."""
    name = _BESIDE.sub("", who).strip()
    if _BODIES.fullmatch(name) is None:
        return None
    if is_generic(name) and normal(name) != "styrelsen":
        told = set(desk.heading) if len(desk.heading) == 1 else {desk.said} if desk.said and not desk.heading else set()
        return next((c.committee for c in desk.charters if c.id in told), None)
    wanted = normal(name)
    held = {c.committee for c in desk.names.charters(wanted)}
    if not held:
        short = name.lower()
        listed = desk.municipality.committees
        held = {c.id for c in listed if normal(c.name) == wanted or short in {a.lower() for a in c.abbreviations}}
    return held.pop() if len(held) == 1 else None


# --- until when ---------------------------------------------------------------------------------------------------

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_END_OF = r"(?:(?:vid\s|i\s)?(?:utgången|slutet)\sav\s)"
_UNTIL = re.compile(
    rf"(?<!\w)(?:(?P<by>senast|till\soch\smed|t\.?\s?o\.?\s?m\.?|före|innan)\s(?P<when>(?P<day>{dates.DAY})|"
    rf"(?:{_END_OF}|i\s|under\s)?{_MONTH}\s(?:månad\s)?(?P<my>20\d\d)(?!\d)|(?:{_END_OF}|under\s)?(?:år(?:et)?\s)?(?P<year>20\d\d)(?!\d)|"
    r"[^,.;]{2,80}))",
    re.IGNORECASE,
)


def _deadline(what: str) -> tuple[date | None, str]:
    """Return the last day that is said, when one surely is, and the words for it."""
    found = [m for m in _UNTIL.finditer(what) if m["by"].lower() == "senast" or m["day"] or m["month"] or m["year"]]
    said = "; ".join(m[0].strip() for m in found)
    if len(found) != 1:
        return None, said
    match = found[0]
    before = match["by"].lower() in ("före", "innan")
    ended = re.search(r"(?:utgången|slutet)\sav", match["when"], re.IGNORECASE) is not None
    if match["day"]:
        day = dates.day(match["day"])
        return (day - timedelta(days=1) if day is not None and before else day), said
    year = int(match["my"] or match["year"] or 0)
    if not year:
        return None, said
    month = MONTHS.index(match["month"].lower()) + 1 if match["month"] else 0
    if before and not ended:
        # "Före juni 2027": the day before the month or the year begins.
        return date(year, month or 1, 1) - timedelta(days=1), said
    return (date(year, month, calendar.monthrange(year, month)[1]) if month else date(year, 12, 31)), said


# --- money --------------------------------------------------------------------------------------------------------


def _allocation(text: str, clause: Clause, desk: Desk) -> Given:
    first = _TO_FIRST.match(text)
    gives = _BY_FIRST.match(text) if first is None else None
    if first is not None:
        who, at = first["who"], first.end()
    elif gives is not None:
        who, at = gives["before"] or "", gives.end()
        whom = _WHOM.match(text, at)
        if whom is not None and not who:
            who, at = whom["who"], whom.end()
    else:
        return Given()
    read, end = sums(text, at)
    if not read:
        # About so much, at most so much, a share: the words are kept, the sum is not.
        named = ANY_SUM.search(text, at)
        end = named.end() if named is not None else at
    then = _THEN_TO.match(text, end)
    if not who and then is not None:
        who, end = then["who"], then.end()
    if re.match(r"(?:kommun)?fullmäktige$", who, re.IGNORECASE):
        return Given()
    if any(not re.search(r"(?:varav|därav)\s(?:\S+\s){0,2}$", text[: more.start()]) for more in ANY_SUM.finditer(text, end)):
        # Another sum, for somebody else or something else: only the words can tell.
        read = ()
    made = Assignment(
        kind=AssignmentKind.ANSLAG,
        clause=clause.number,
        to=who.strip(" ,"),
        committee=_committee(who.strip(" ,"), desk) if who else None,
        what=text,
        sums=read,
        purpose=_purpose(text[end:]) if read else "",
    )
    if read:
        return Given((made,))
    warned = Problem(
        "BELOPP",
        f"Beloppet i att-sats {clause.number} kan betyda olika saker och sparas bara med beslutets egna ord.",
        place_of(clause),
        Level.VARNING,
    )
    return Given((made,), (warned,))


def _purpose(rest: str) -> str:
    match = _FOR.match(rest)
    if match is None:
        return ""
    named = _NAMED.search(match["purpose"])
    if named is not None:
        return named["name"].strip()
    return re.split(r",?\s(?:varav|som\sfinansieras|att\sfinansieras|och\satt)\s", match["purpose"])[0].strip(" .,”\"“»«")
