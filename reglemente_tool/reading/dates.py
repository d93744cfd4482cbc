"""Days in Swedish text: "den 1 juli 2017", "2017-07-01", "1/7 2017"; from when, until when, and on what condition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from reglemente_tool.model.names import MONTHS

_SHORT = {m[:3]: n for n, m in enumerate(MONTHS, start=1)} | {"sept": 9}
_BY_NAME = {m: n for n, m in enumerate(MONTHS, start=1)} | _SHORT
_MONTH = "(?:" + "|".join(sorted(_BY_NAME, key=len, reverse=True)) + r")\.?"
DAY = (
    rf"(?:(?:den\s+)?(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}[\s-]+\d{{4}}|"
    rf"\d{{1,2}}\.\d{{1,2}}\.\d{{4}}))(?!\d)"
)
"""A day as a regular expression, for use with IGNORECASE; what it matches, `day` reads."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(rf"(\d{{1,2}})\s+({_MONTH})\s+(\d{{4}})", re.IGNORECASE)
_SLASH = re.compile(r"(\d{1,2})/(\d{1,2})[\s-]+(\d{4})")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")

DECISION_DAY = "beslutsdag"
LEGAL_FORCE = "laga-kraft"
NEW_YEAR = "arsskifte"
TERM = "mandatperiod"


def day(text: str) -> date | None:
    """Return the day that `text` says, or None when there is no such day ("31 juni 2020")."""
    text = re.sub(r"^den\s+", "", text.strip(), flags=re.IGNORECASE)
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _WORDS.fullmatch(text):
            return date(int(match[3]), _BY_NAME[match[2].lower().rstrip(".")], int(match[1]))
        if match := _SLASH.fullmatch(text) or _DOTS.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except (ValueError, KeyError):
        return None
    return None


def days(text: str) -> tuple[tuple[int, int, date], ...]:
    """Return every day in `text` as (start, end, day)."""
    found = []
    for match in _ANY.finditer(text):
        read = day(match[0])
        if read is not None:
            found.append((match.start(), match.end(), read))
    return tuple(found)


_ANY = re.compile(rf"(?<![\w/-]){DAY}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something begins or ends: a `day`, or an `event` (DECISION_DAY, LEGAL_FORCE, NEW_YEAR, TERM); `said` is how it was written."""

    said: str
    day: date | None = None
    event: str = ""

    def on(self, decided_on: date | None) -> date | None:
        """Return the day; an event may need that of the decision ("årsskiftet" is the New Year's Day after it). None when untold."""
        if self.day is not None or decided_on is None:
            return self.day
        if self.event == DECISION_DAY:
            return decided_on
        if self.event == NEW_YEAR:
            return date(decided_on.year + 1, 1, 1)
        return None


_FROM = (
    r"(?:från\s+och\s+med|fr\.?\s?o\.?\s?m\.?|med\s+(?:verkan|start|ikraftträdande)\s+(?:från(?:\s+och\s+med)?|fr\.?\s?o\.?\s?m\.?)?|"
    r"med\s+ikraftträdande|med\s+början|från|per)"
)
_TO = (
    r"(?:(?:dock\s+)?(?:längst\s+)?(?:till\s+och\s+med|t\.?\s?o\.?\s?m\.?|intill)(?:\s+utgången\s+av)?|(?:dock\s+)?längst\s+till|"
    r"till\s+(?:och\s+med\s+)?utgången\s+av|till(?=\s+(?:den\s+)?\d))"
)
_IN_FORCE = r"(?:att\s+gälla|gällande|att\s+träda\s+i\s+kraft|med\s+ikraftträdande|att\s+börja\s+gälla)"
_LEGAL = (
    r"(?:när|så\s+snart|sedan|den\s+dag(?:\s+(?:då|när|som))?|från\s+(?:och\s+med\s+)?(?:den\s+dag|den\s+dagen|dagen|det)?(?:\s+(?:då|när|"
    r"som|"
    r"att))?)\s+"
    r"(?:(?:kommun)?fullmäktiges\s+)?(?:beslutet|beslut|det)\s+(?:har\s+)?(?:vunnit|vinner|fått|får)\s+laga\s+kraft"
)
_NOW = (
    r"(?:(?:(?:från|per)\s+(?:och\s+med\s+)?|fr\.?\s?o\.?\s?m\.?\s+)(?:beslutsdagen|dagen\s+för\s+(?:detta\s+)?beslut(?:et)?(?!s)|"
    r"beslutsdatum(?:et)?)"
    r"|(?:från\s+och\s+med\s+)?(?:den|samma)\s+dag\s+(?:(?:då|när|som)\s+)?(?:beslutet\s+(?:fattas|tas)|(?:kommun)?fullmäktige\s+(?:fattar|"
    r"beslutar|tar)(?:\s+(?:det|beslutet|beslut))?(?:\s+om\s+(?:dem|den|det|saken))?)"
    r"|(?:(?<=gälla\s)|(?<=gäller\s)|(?<=kraft\s))(?:direkt|dagen\s+för\s+beslutet|(?:på\s+)?beslutsdagen)|omedelbart(?=\s+i\s+kraft)|"
    r"(?:(?<=gälla\s)|(?<=gäller\s)|(?<=kraft\s))omedelbart|"
    r"(?:(?<=gälla\s)|(?<=gäller\s)|(?<=kraft\s))(?:omgående|genast)|med\s+omedelbar\s+verkan|"
    r"från\s+(?:och\s+med\s+)?(?:i\s?dag|dags\s+dato))"
)
_YEAR_TURN = (
    r"(?:(?:(?:från|vid|per)(?:\s+och\s+med)?|fr\.?\s?o\.?\s?m\.?)\s+(?:(?:det\s+)?(?:kommande|nästa|nästkommande)\s+)?årsskift(?:et|"
    r"e)(?:\s+(?P<y1>\d{4})\s?[/–-]\s?(?P<y2>\d{2,4}))?)"
)
_TERM = (
    r"(?:(?:från|vid)(?:\s+och\s+med)?\s+(?:(?:den\s+)?(?:nya|nästa|kommande)\s+)?mandatperiod(?:en|"
    r"ens)?(?:\s+början)?(?:\s+\d{4}\s?[–-]\s?\d{4})?"
    r"|(?:inför|under)\s+(?:den\s+)?(?:nya|nästa|kommande)\s+mandatperiod(?:en)?)"
)
_AFTER = rf"vid\s+utgången\s+av\s+(?:(?P<last>{DAY})|(?P<month>{_MONTH})\s+(?P<my>\d{{4}})|(?:år\s+)?(?P<ly>\d{{4}}))"
START = re.compile(
    rf"(?<!\w)(?:{_IN_FORCE}\s+)?(?:(?P<ended>{_AFTER})|(?P<legal>{_LEGAL})|(?P<now>{_NOW})|(?P<turn>{_YEAR_TURN})|(?P<term>{_TERM})"
    rf"|(?:{_FROM}|(?<=gälla\s)|(?<=gäller\s)|(?<=kraft\s)|(?<=sker\s)|(?<=upphör\s)|(?<=trädande:\s)|(?<=trädande\s)|"
    rf"(?<=gäller:\s))\s*(?P<day>{DAY})|"
    rf"(?P<year>{_FROM}\s+(?:år\s+)?(?P<y>20\d\d)(?!\S?\d)))(?:\s+(?:och\s+)?tills\s+vidare)?(?!\w)",
    re.IGNORECASE,
)
"""When something begins to hold. `beginning` reads the match."""
END = re.compile(rf"(?<!\w)(?:och\s+)?(?:att\s+gälla\s+)?{_TO}\s*(?:(?P<day>{DAY})|(?:år\s+)?(?P<year>\d{{4}})(?!\d))", re.IGNORECASE)
"""Until when something holds, that day included. `ending` reads the match."""


def beginning(match: re.Match[str]) -> Moment | None:
    """Return the Moment that a match of START says; None for a day that does not exist."""
    said = " ".join(match[0].split())
    if match["legal"]:
        return Moment(said, event=LEGAL_FORCE)
    if match["now"]:
        return Moment(said, event=DECISION_DAY)
    if match["turn"]:
        if match["y1"]:
            return Moment(said, day=date(int(match["y1"]) + 1, 1, 1))
        return Moment(said, event=NEW_YEAR)
    if match["term"]:
        return Moment(said, event=TERM)
    if match["ended"]:
        return _day_after(match, said)
    if match["year"]:
        return Moment(said, day=date(int(match["y"]), 1, 1))
    read = day(match["day"])
    return Moment(said, day=read) if read else None


def ending(match: re.Match[str]) -> Moment | None:
    """Return the Moment, that day included, that a match of END says; None for a day that does not exist."""
    said = " ".join(match[0].split())
    if match["year"]:
        return Moment(said, day=date(int(match["year"]), 12, 31)) if int(match["year"]) > 1 else None
    read = day(match["day"])
    return Moment(said, day=read) if read else None


def _day_after(match: re.Match[str], said: str) -> Moment | None:
    """ "Vid utgången av juni 2027": what ends then is gone the day after."""
    if match["last"]:
        last = day(match["last"])
        return Moment(said, day=last + timedelta(days=1)) if last else None
    year, month = int(match["my"] or match["ly"]), 12
    if match["month"]:
        month = _BY_NAME[match["month"].lower().rstrip(".")]
    if not 1 <= year < 9999:
        return None
    return Moment(said, day=date(year + month // 12, month % 12 + 1, 1))
