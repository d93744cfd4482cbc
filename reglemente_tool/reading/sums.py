"""Sums of money in Swedish text, as whole kronor: "500 tkr", "1,2 mnkr", "1 200 000 kronor per år, åren 2026–2028".

What could mean two things is not read: about so much, from so much to so much, a part of another sum, a number with a dot that
may be a decimal or a thousand.
"""

from __future__ import annotations

import re
from decimal import Decimal

from reglemente_tool.model.assignment import Sum

_TIMES = {
    "kr": 1, "kronor": 1, "sek": 1, "tkr": 1000, "kkr": 1000, "tusen kronor": 1000, "tusen kr": 1000, "mkr": 1_000_000,
    "mnkr": 1_000_000, "miljon kronor": 1_000_000, "miljoner kronor": 1_000_000, "miljoner kr": 1_000_000, "miljon kr": 1_000_000,
}  # fmt: skip
_WORDS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12,
}  # fmt: skip
_GAP = "[ \u00a0\u2009\u202f]"
_NUMBER = rf"(?:\d{{1,3}}(?:{_GAP}\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d+)(?:,\d+)?"
_UNIT = r"(?:miljoner|miljon|tusen)\s(?:kronor|kr)|kronor|mnkr|mkr|tkr|kkr|kr|sek"
_MONEY = rf"(?P<number>{_NUMBER}|{'|'.join(_WORDS)})\s?(?P<unit>{_UNIT})(?![\wåäö])\.?:?-?"
_YEARS = r"(?:20\d\d)(?:\s?[–-]\s?20\d\d|(?:,\s?20\d\d)*,?\s(?:och|samt)\s20\d\d)?(?!\d)"
_EACH = r"(?:per\sår|årligen|varje\sår|/år|om\såret)"
_TIME = (
    rf"(?:,?\s?(?P<each>{_EACH}))?(?:,?\s?(?P<span>(?:för|under|i|från)?\s?(?:vart\soch\sett\sav\s)?(?:åren|året|år|budgetåret|perioden)"
    rf"\s(?P<y1>{_YEARS})|(?:för|under|i)\s(?P<y2>{_YEARS})|(?P<y3>20\d\d\s?[–-]\s?20\d\d)(?!\d)|"
    r"(?:i|under)\s(?:\d{1,2}|två|tre|fyra|fem|sex|sju|åtta|nio|tio)\sår))?"
)
SUM = re.compile(rf"{_MONEY}(?P<time>{_TIME})", re.IGNORECASE)
ANY_SUM = re.compile(rf"(?<![\w.,])(?:{_NUMBER}|{'|'.join(_WORDS)})\s?(?:{_UNIT})(?![\wåäö])", re.IGNORECASE)
"""Where a sum of money stands, whatever is said of it."""

_AND = re.compile(r",?\s(?:och|samt)\s(?:med\s)?|,\s(?:och\s)?|\s?;\s", re.IGNORECASE)


def sums(text: str, start: int = 0) -> tuple[tuple[Sum, ...], int]:
    """Return the sums that stand in a row from `start`, each with its time, and where the row ends. None when there is none, or
    when one of them could mean two things.
    """
    found: list[Sum] = []
    at = start
    while (match := SUM.match(text, at)) is not None:
        kronor = _kronor(match["number"], match["unit"])
        if kronor is None:
            return (), start
        named = tuple(sorted({year for key in ("y1", "y2", "y3") if match[key] for year in _years(match[key])}))
        found.append(Sum(kronor=kronor, each_year=match["each"] is not None, years=named, time=_tidy(match["time"])))
        at = match.end()
        seam = _AND.match(text, at)
        if seam is None or SUM.match(text, seam.end()) is None:
            break
        at = seam.end()
    return tuple(found), at


def _kronor(number: str, unit: str) -> int | None:
    """Return the whole kronor, or None: a part of a krona, or a number that may be read in two ways."""
    unit = " ".join(unit.lower().split())
    if number.lower() in _WORDS:
        return _WORDS[number.lower()] * _TIMES[unit] if _TIMES[unit] > 1 else None
    if "." in number and _TIMES[unit] != 1:
        return None
    plain = re.sub(rf"{_GAP}|\.", "", number).replace(",", ".")
    value = Decimal(plain) * _TIMES[unit]
    whole = int(value)
    return whole if whole == value and whole else None


def _years(text: str) -> tuple[int, ...]:
    years = [int(y) for y in re.findall(r"20\d\d", text)]
    if re.search(r"[–-]", text):
        return tuple(range(years[0], years[1] + 1)) if years[0] < years[1] <= years[0] + 30 else ()
    return tuple(years)


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,")
