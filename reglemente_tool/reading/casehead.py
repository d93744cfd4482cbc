"""The head of a case: its § and heading, the diarienummer in its many forms, the day of the meeting."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from reglemente_tool.reading.dates import days
from reglemente_tool.reading.signposts import BODY_SAID, CASE, CONTINUED, COUNCIL_SAID, FURNITURE, HEADING, LEAD, PROPOSES, TRIM, lines

_CASE_NUMBER = re.compile(
    r"(?<!\w)(?:dnr|diarienummer|diarienr|diarie-?nr|ärendenummer|ärendenr|"
    r"d\.?nr)\s*[:.|]?\s*(?P<n>[A-ZÅÄÖ0-9][^\n]{2,40}?)\s*(?=$|\n|\s{2,}|,(?!\d)|;)",
    re.IGNORECASE,
)
_LOOSE_NUMBER = re.compile(
    r"(?<![\w/.-])(?!\S+\s?\d{4}-[01]\d-[0-3]\d(?!\d))(?:[A-ZÅÄÖ]{2,5}[ .-]?\s?\d{4}[/.:-]\d{1,5}(?:-\d{1,4})?|[A-ZÅÄÖ]{2,5}-\d{4}-\d{2,6}|"
    r"\d{4}[./]\d{2,6}\s[A-ZÅÄÖ]{2,4}(?:-\d{1,2})?|\d{4}/[A-ZÅÄÖ]{2,4}\s\d{3,5}(?:\s\d{3})?)(?![\w/])"
)
_MEETING = re.compile(
    rf"\s*(?:(?:{COUNCIL_SAID}|sammanträdesprotokoll|protokoll(?:sutdrag)?)[\s,|]*)*(?:(?:sammanträdesdatum|sammanträdesdag|beslutsdatum|"
    rf"mötesdatum|datum för sammanträdet|(?:protokoll\s+)?(?:från\s+)?(?:{COUNCIL_SAID}s\s+)?sammanträde(?:t)?|möte)[\s:,|]*)?(?:den\s*)?",
    re.IGNORECASE,
)
_MEETING_SAID = re.compile(rf"{COUNCIL_SAID}|sammanträde|beslutsdatum|mötesdatum|möte|protokoll", re.IGNORECASE)


_LABELLED_CASE = re.compile(r"^[ \t]*paragraf[ \t]*[:|][ \t]*(?:§[ \t]*)?(?P<n>\d{1,4}(?: ?[a-z])?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
"""How a table of facts above a single case says its number."""
_HEAD = 6000
_FACT = re.compile(
    r"[\w-]+(?::| \|)\s|\S*(?:chef|direktör|sekreterare|strateg|utredare|jurist|handläggare|förvaltningen|kontoret)\b", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(?:\S+(?:[ -]\S+)?\s(?:kommun|stad)|{COUNCIL_SAID}|{BODY_SAID}|\d{{4}}-\d\d-\d\d)(?:\s+\d{{4}}-\d\d-\d\d)?", re.IGNORECASE
)
"""Lines of a head that are no heading: a fact, somebody's title; the municipality, a body, a day."""
MOST = 60_000
"""So many cases are told apart."""
_LONGEST_HEAD = 20_000
"""No case has its heading further down than so many letters below its §."""


class Cases:
    """Where each case of a protocol begins: found once, asked often."""

    __slots__ = ("_numbers", "_starts")

    def __init__(self, text: str) -> None:
        found = []
        for start, _, line in lines(text) if "§" in text else ():
            if "§" in line and len(line) < 220 and (match := CASE.match(line)) is not None and not CONTINUED.match(line):
                found.append((start, match["n"]))
                if len(found) >= MOST:
                    break
        labelled = {match["n"] for match in _LABELLED_CASE.finditer(text[:_HEAD])} if not found else set()
        found += [(0, number) for number in labelled] if len(labelled) == 1 else []
        self._starts = [start for start, _ in found]
        self._numbers = [number for _, number in found]

    def of(self, at: int) -> tuple[str, int]:
        """Return the § of the case that the place `at` belongs to, and where it begins; "" and 0 when no § is said."""
        index = bisect_left(self._starts, at) - 1
        return (self._numbers[index], self._starts[index]) if index >= 0 else ("", 0)


def case_number(text: str, span: tuple[int, int] | None) -> str:
    """Return the diarienummer, first as labelled, then by its look; from the case's own head when `span` is given."""
    places = [text[span[0] : span[1]]] if span else []
    head = text[:_HEAD]
    for place in [*places, head]:
        labelled = _CASE_NUMBER.search(place)
        if labelled is not None and any(c.isdigit() for c in labelled["n"]):
            return " ".join(labelled["n"].split()).rstrip(".")
    for place in [*places, head]:
        loose = _LOOSE_NUMBER.search(place)
        if loose is not None:
            return " ".join(loose[0].split())
    return ""


def title(text: str, at: int, end: int) -> str:
    """Return the heading of the case: what stands after its § and before the decision."""
    head = text[at : min(end, at + _LONGEST_HEAD)]
    found_case = CASE.match(head.split("\n", 1)[0]) is not None
    for start, _, line in lines(head):
        plain = TRIM.sub("", line)
        if not plain:
            continue
        if start == 0 and (case := CASE.match(line)) is not None:
            plain = TRIM.sub("", case["rest"])
        plain = re.sub(r"\*\*.*$", "", _LOOSE_NUMBER.sub("", _CASE_NUMBER.sub("", plain))).strip(" ,;:*")
        plain = re.sub(r"^(?:dnr|diarienummer)\b.*$", "", plain, flags=re.IGNORECASE)
        fact = _FACT.match(plain)
        if (fact or len(plain.split()) < 3) and start and not found_case:
            continue
        named = _NAMED.fullmatch(plain)
        if len(plain) > 3 and not named and not FURNITURE.match(plain):
            if any(pattern.fullmatch(plain) for _, pattern in HEADING) or LEAD.match(plain) or PROPOSES.match(plain):
                return ""
            return plain
    return ""


def decided_on(text: str, at: int | None) -> date | None:
    """Return the day of the meeting, when the head says it beside "sammanträdesdatum" or the council's name, and says one day only.

    The head is what stands above the case that begins `at`; where that says no day, all of the text must say the same one.
    """
    if at:
        return _meeting(text[max(0, at - 3000) : at]) or _meeting(text[:_LONGEST_TEXT])
    return _meeting(text[:3000])


_LONGEST_TEXT = 300_000


def _meeting(head: str) -> date | None:
    found: set[date] = set()
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


_LABELLED = re.compile(r"\b(?:sammanträdesdatum|sammanträdesdag|mötesdatum)[\s:|]*$", re.IGNORECASE)


def meeting_line(running: Iterable[str]) -> str:
    """Return "Sammanträdesdatum 2026-06-17" when the running heads of a document label one day so, and no other; else ""."""
    found = {day for text in running for start, _, day in days(text) if _LABELLED.search(text[:start])}
    return f"Sammanträdesdatum {next(iter(found)).isoformat()}" if len(found) == 1 else ""
