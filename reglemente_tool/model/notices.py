"""What a print says about itself and is no part of the charter: how it is said, and how it is known again when the print is read.

Whoever writes such a sentence makes it here, and whoever reads a document asks here. What is known is the whole sentence, letter for
letter but for days and names of decisions: words of a charter that only look like it are the charter's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

_DAY = r"\d{4}-\d{2}-\d{2}"
_NUMBER = r"§ [^\s()](?:[^()]{0,18}[^\s()])?"
_NAME = rf"(?:KF {_DAY}(?: {_NUMBER})?|rättelse {_DAY})"

_AS_OF = re.compile(rf"Lydelse som gäller {_DAY}(?:, så som det var känt {_DAY})?, enligt beslut till och med {_NAME}\.")
_OVERLAY = re.compile(rf"Tillfällig ändring till och med {_DAY}: (?:{_NAME}|[a-z0-9-]{{1,60}})\.")
_AWAITED = re.compile(rf"Beslutat men ännu inte i kraft: KF {_DAY}[^\n]{{1,4000}}\)\.")
_SINCE = rf"sedan {_DAY}, (?:KF {_NUMBER}|{_NAME})"
_AFTER_WORDS = re.compile(rf"(?:\A|\s)\((?P<note>{_SINCE})\)\Z")
_FOOTNOTE = re.compile(rf"Lydelse (?P<note>{_SINCE})\.")

NOTHING_AWAITED = "Inget är beslutat som ännu inte är i kraft."


def as_of(day: date, last: str, known: date | None = None) -> str:
    """Return the honest line: as of which day, by decisions up to and including the one named `last`."""
    seen = f", så som det var känt {known.isoformat()}" if known else ""
    return f"Lydelse som gäller {day.isoformat()}{seen}, enligt beslut till och med {last}."


def overlay(until: date | None, by: str) -> str:
    """Return the line on what is laid over the text for a time by the decision named `by`."""
    return f"Tillfällig ändring till och med {until}: {by}."


def awaited(decisions: Iterable[str]) -> str:
    """Return the line on what is decided and not in force; each decision as "KF 2017-06-21 § 105 (gäller från 2017-07-01)"."""
    waiting = ", ".join(decisions)
    return f"Beslutat men ännu inte i kraft: {waiting}." if waiting else NOTHING_AWAITED


def since(day: date, by: str) -> str:
    """Return what is said after a provision that a later decision has touched: "sedan 2017-07-01, KF § 105"."""
    return f"sedan {day.isoformat()}, {by}"


def footnote(since: str) -> str:
    """Return the same as a footnote."""
    return f"Lydelse {since}."


def is_as_of(text: str) -> bool:
    """True for the honest line, which every print of a wording has."""
    return _AS_OF.fullmatch(text) is not None


def is_notice(text: str) -> bool:
    """True for a line that a print of a wording says of itself."""
    return text == NOTHING_AWAITED or any(form.fullmatch(text) is not None for form in (_AS_OF, _OVERLAY, _AWAITED))


def is_footnote(text: str) -> bool:
    """True for a footnote on when a provision was touched."""
    return _FOOTNOTE.fullmatch(text) is not None


def parted(text: str) -> tuple[str, str]:
    """Return the words before a note in brackets that they end with ("… (sedan 2017-07-01, KF § 105)"), and that note; "" for none."""
    found = _AFTER_WORDS.search(text)
    return (text[: found.start()].rstrip(), f"({found['note']})") if found is not None else (text, "")


# Prints that are no wording of a charter.


class Sort(Enum):
    """What a print is, where it is something else than the wording of a charter on a day."""

    COMPARISON = "jämförelse"
    TRACKED = "spårad jämförelse"
    DECISION = "beslut"
    ROWS = "rader"


LEGEND = "Så märks ändringar: "
"""How the words on what marks stand for which changes begin."""
TRACKED = "Ändringarna är spårade: godkänn alla så står den nya lydelsen här, avvisa alla så står den tidigare."
SHORTENED = "Ändringarna är spårade. Bara de paragrafer som ändras står här, så ingen av lydelserna blir hel om de godkänns eller avvisas."
COLUMNS = "Ord som är kursiva och understrukna är ändrade. – – – står för text som inte ändras."
ON_SCREEN = "{+ny text+}  [-text som utgår-]  | raden innehåller en ändring"
NOT_ENTERED = "Ingenting av detta är infört i registret."
ENTERED = "så som beslutet är infört i registret."
ROWS = "Efter varje rad står vilket beslut den kommer ur."

_COMPARED = re.compile(rf"Jämförelse av lydelsen {_DAY} med lydelsen {_DAY}\. ")
_ENTERED = re.compile(rf"{_NAME}, {re.escape(ENTERED)} ")
_DRAFTED = re.compile(rf"Skrivet ur förslaget [a-z0-9-]{{1,80}}\. {re.escape(NOT_ENTERED)}")
_BECOMES = re.compile(rf"Så blir lydelsen enligt [^\n]{{1,200}}\. {re.escape(NOT_ENTERED)}")
_SAID = {SHORTENED: Sort.COMPARISON, COLUMNS: Sort.COMPARISON, TRACKED: Sort.TRACKED, ROWS: Sort.ROWS}


def compared(first: date, second: date) -> str:
    """Return how a comparison of the wordings on two days begins."""
    return f"Jämförelse av lydelsen {first.isoformat()} med lydelsen {second.isoformat()}."


def sort_of(text: str) -> Sort | None:
    """Return what print the line is on, when it is one that only a comparison, a decision or a list of origins has; else None."""
    if text in _SAID:
        return _SAID[text]
    if text.startswith(LEGEND) or text == " ".join(ON_SCREEN.split()) or _COMPARED.match(text) or _BECOMES.fullmatch(text):
        return Sort.COMPARISON
    return Sort.DECISION if _ENTERED.match(text) or _DRAFTED.fullmatch(text) else None
