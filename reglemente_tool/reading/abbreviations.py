"""Short ways of writing in a decision, written out: "enl. bil. 1 resp. 2", "under perioden 2027-01-01–2027-12-31"."""

from __future__ import annotations

import re

from reglemente_tool.reading import dates
from reglemente_tool.reading.naming import ABBREVIATION, BODY
from reglemente_tool.reading.quoting import quotes

_WRITTEN_OUT = (
    (re.compile(r"\bi enl\.? med\b|\bi enligt?het m\. ?", re.IGNORECASE), "i enlighet med "),
    (re.compile(r"\benl\.?(?= )", re.IGNORECASE), "enligt"),
    (re.compile(r"\bresp\.?(?= )", re.IGNORECASE), "respektive"),
    (re.compile(r"\bbil\.?(?= ?\d)", re.IGNORECASE), "bilaga "),
    (re.compile(r"\brevid\.(?= )|\brev\.(?= reglement)", re.IGNORECASE), "reviderat"),
    (re.compile(r"\breglem\.(?= )", re.IGNORECASE), "reglemente"),
    (re.compile(r"\bm\.a\.a\.|\bm a a\b", re.IGNORECASE), "med anledning av"),
    (re.compile(r"\bf\.?ö\.(?= )", re.IGNORECASE), "för övrigt"),
)
_SHORT = rf"(?:(?-i:KS|KF|{ABBREVIATION})|{BODY})"
_TELEGRAM = (
    (re.compile(r"\breglemente(t?) (?=(?-i:KS|KF|[A-ZÅÄÖ]{1,4}N)(?![\w:-]))", re.IGNORECASE), r"reglemente\1 för "),
    (re.compile(rf"^(?P<who>{_SHORT})(?: [–—-]|:) (?P<what>(?:nytt|reviderat|uppdaterat|ändrat) reglemente)\b", re.IGNORECASE),
     r"\g<what> för \g<who>"),
    (re.compile(rf"^(?P<who>{_SHORT})(?: [–—-]|:) (?P<what>nedläggning|avveckling|upplösning|avskaffande)\b", re.IGNORECASE),
     r"\g<what> av \g<who>"),
    (re.compile(rf"^(?P<who>{_SHORT}) = (?=[a-zåäö]+$|[a-zåäö]+\.$)", re.IGNORECASE), r"\g<who> är "),
    (re.compile(r"^ny nämnd: ", re.IGNORECASE), "inrätta en ny nämnd, "),
    (re.compile(r"^ikraft:? (?=\d)", re.IGNORECASE), "ikraftträdande: "),
)  # fmt: skip
"""Notes in a table: who, a dash, and what."""
_PERIOD = re.compile(
    rf"\b(?:under|för) (?:perioden|tiden)(?: från och med)? (?P<from>{dates.DAY})(?: ?[–-] ?| till och med | till | t\.?o\.?m\.? )"
    rf"(?P<to>{dates.DAY})",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(
    r"\b(från och med|fr\.?o\.?m\.?) (den \d{1,2} [a-zåäö]{3,9}) (till och med|t\.?o\.?m\.?) (den \d{1,2} [a-zåäö]{3,9} (\d{4}))\b",
    re.IGNORECASE,
)


def spelled_out(text: str) -> str:
    """Return a clause with abbreviations and periods written out. Where anything is quoted or set on lines of its own it comes back as it
    is: new wording is never touched."""
    if "\n" in text or quotes(text):
        return text
    for short, plain in (*_WRITTEN_OUT, *_TELEGRAM):
        text = short.sub(plain, text)
    text = _ONE_YEAR.sub(r"\1 \2 \5 \3 \4", text)
    return " ".join(_PERIOD.sub(r"från och med \g<from> till och med \g<to>", text).split(" "))
