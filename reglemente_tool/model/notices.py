"""What a print says about itself and is no part of the charter: how it is said, and how it is known again when the print is read.

Whoever writes such a sentence makes it here, and whoever reads a document asks here. What is known is the whole sentence, letter for
letter but for days and names of decisions: words of a charter that only look like it are the charter's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

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
