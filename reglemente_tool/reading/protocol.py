"""What in a text is the council's decision, and what only speaks of it.

The same att-satser stand in motion, memo, committee proposal, yrkande, decision and reservation. Only what stands under the council's
own "Beslut" is the decision; where a text does not show that, it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from reglemente_tool.model.wording import fold
from reglemente_tool.reading.casehead import Cases, case_number, decided_on, title
from reglemente_tool.reading.naming import COUNCIL, normal
from reglemente_tool.reading.quoting import quotes
from reglemente_tool.reading.signposts import (
    ACTS,
    BODY_SAID,
    CASE,
    CONTINUED,
    COUNCIL_SAID,
    HEADING,
    LEAD,
    MOVES,
    OTHERS,
    PARAGRAF,
    PROPOSES,
    TRIM,
    Part,
    is_furniture,
    lines,
)  # fmt: skip


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

    `certain` is False when the text is bare clauses that do not say who decided. `cases` are the §§ with a decision by the council,
    number and heading, when there are several and none was chosen. `too_long` is True when the text has more headings than are looked at.
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
    cases: tuple[tuple[str, str], ...] = ()
    too_long: bool = False

    @property
    def cases_said(self) -> str:
        """ "§ 110 Val; § 111 Ändring av socialnämndens reglemente": the cases to choose among."""
        return "; ".join(f"§ {number} {heading}".strip() for number, heading in self.cases)

    def parts(self, *parts: Part) -> tuple[Stretch, ...]:
        """Return the stretches that are one of `parts`, in order."""
        return tuple(s for s in self.stretches if s.part in parts)


def read_protocol(text: str, *, section: str = "") -> Protocol:
    """Return what `text` is and which part of it the council decided. `section` chooses among several cases. Never fails."""
    heads = Cases(text)
    found, too_long = _stretches(text, heads)
    stretches = tuple(_settled(text, _without_floor(text, found, heads)))
    head_body = _head_body(text, stretches)
    decisions = [s for s in stretches if s.part is Part.DECISION and _is_council(text, s, head_body)]
    cases = {s.start: heads.of(s.start) for s in decisions}
    numbered = {number: (at, start) for start, (number, at) in reversed(cases.items()) if number}
    if section in numbered:
        decisions = [s for s in decisions if cases[s.start][0] == section]
    base = Protocol(stretches=stretches, case_number=case_number(text, None), decided_on=decided_on(text, None), too_long=too_long)
    if len(numbered) > 1 and section not in numbered:
        headed = ((number, title(text, *numbered[number])) for number, _ in cases.values() if number)
        return replace(base, body=COUNCIL, cases=tuple(dict.fromkeys(headed)))
    if decisions:
        number, at = cases[decisions[0].start]
        return replace(
            base, decisions=_distinct(text, decisions), body=COUNCIL, section=section or number, title=title(text, at, decisions[0].start),
            case_number=case_number(text, (at, decisions[0].start)), decided_on=decided_on(text, at),
        )  # fmt: skip
    if _bare(text, stretches):
        return replace(base, decisions=(Stretch(Part.DECISION, 0, len(text)),), certain=False, section=section)
    number, at = heads.of(len(text))
    unsigned = [s for s in stretches if s.part is Part.DECISION and _ATT.match(text, s.start)]
    if len(unsigned) == 1 and not head_body and not any(s.part is Part.OTHER_DECISION for s in stretches):
        # Only "Beslut" and att-satser: whose decision it is, a person must see to.
        number, at = heads.of(unsigned[0].start)
        return replace(base, decisions=tuple(unsigned), certain=False, section=section or number, title=title(text, at, unsigned[0].start))
    reason, body = _why_not(stretches, head_body)
    return replace(base, reason=reason, body=body, section=number, title=title(text, at, len(text)))


# ------------------------------------------------------------------------------------------------------- stretches


def _stretches(text: str, cases: Cases) -> tuple[list[Stretch], bool]:
    """Cut the text at headings and at lines that say who decides or proposes. True when there are more than are looked at."""
    found: list[Stretch] = []
    current = Stretch(Part.HEAD, 0, 0)
    passed = 0
    blank = True
    signs = 0
    for start, _, line in lines(text):
        if signs > MOST_SIGNS:
            break
        first = line.lstrip()[:1]
        if first in _NO_SIGN:
            blank = blank and not first
            continue
        opened = _opens(line, start, current)
        quoting = current.part in (Part.DECISION, Part.PROPOSAL) and passed < _MOST_PASSED
        if opened is not None and quoting and _is_wording(text, current, opened, start, cases):
            opened = None
            passed += 1
        if opened is None:
            blank = False
            continue
        signs += 1
        again = (opened.part, opened.who, opened.title) == (current.part, current.who, current.title) and blank
        if (start > current.start or current.part is not Part.HEAD) and not again:
            found.append(Stretch(current.part, current.start, max(start, current.start), current.who, current.title))
        current = opened
        blank = opened.start == start + len(line)
    found.append(replace(current, end=len(text)))
    return found, signs > MOST_SIGNS


_NO_SIGN = ("", "-", "–", "•")
"""What a line that steers the protocol never begins with."""


def _opens(line: str, start: int, current: Stretch) -> Stretch | None:
    sign = _sign(line)
    if sign is None:
        return None
    plain = sign.plain
    if sign.leads is not None and current.part in (Part.HEAD, Part.DECISION, Part.DEMAND, Part.NOTE) and not _narrates(line):
        if current.part is Part.DECISION and sign.acts:
            return None
        return Stretch(Part.DECISION, start + sign.leads, 0, COUNCIL, "")
    if sign.heading is not None:
        part, who = sign.heading
        return Stretch(part, start + len(line), 0, who, plain)
    if sign.case:
        return Stretch(Part.HEAD, start, 0, "", sign.case)
    if current.part in (Part.HEAD, Part.DECISION, Part.OTHER_DECISION, Part.PROPOSAL) and sign.proposes is not None:
        return Stretch(Part.PROPOSAL, start + sign.proposes[0], 0, sign.proposes[1], "")
    if current.part is Part.DECISION and current.start == start and (other := OTHERS.match(line)) is not None:
        return Stretch(Part.OTHER_DECISION, start, 0, normal(other["who"]), "")
    if current.part in (Part.PROSE, Part.HEAD, Part.MOTION) and sign.moves:
        return Stretch(Part.MOTION, start + len(line), 0, "", plain)
    return None


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a line could open, whatever stands above it.

    `leads` where the council's clauses begin in a line that says that it decides, `heading` the part and the body that a
    heading names, `case` "§ 12", `proposes` where a proposal begins and whose it is.
    """

    plain: str
    leads: int | None
    acts: bool
    heading: tuple[Part, str] | None
    case: str
    proposes: tuple[int, str] | None
    moves: bool


def _sign(line: str) -> _Sign | None:
    """Return what `line` could open, or None when it opens nothing. The same lines come again and again in long texts."""
    return _short_sign(line) if len(line) <= 220 else _made_sign(line)


def _made_sign(line: str) -> _Sign | None:
    plain = TRIM.sub("", line[:1000])
    if not plain:
        return None
    lead, acts = LEAD.match(line), ACTS.match(line)
    heading = None
    if len(plain) <= 90:
        for part, pattern in HEADING:
            match = pattern.fullmatch(plain)
            if match is not None:
                who = normal(match.groupdict().get("who") or (plain.split()[0] if part is Part.PROPOSAL else ""))
                heading = part, who if part in (Part.PROPOSAL, Part.OTHER_DECISION) else ""
                break
    case = CASE.match(line) if len(plain) <= 200 and not CONTINUED.match(line) else None
    proposes, moves = PROPOSES.match(line), MOVES.match(line) is not None
    if not (lead or acts or heading or case or proposes or moves or OTHERS.match(line)):
        return None
    begins = (lead.end() if lead else 0) if lead or acts else None
    proposed = (proposes.end(), normal(proposes["who"] or "")) if proposes else None
    return _Sign(plain, begins, acts is not None, heading, f"§ {case['n']}" if case else "", proposed, moves)


_short_sign = lru_cache(maxsize=2048)(_made_sign)


def _is_wording(text: str, current: Stretch, opened: Stretch, start: int, cases: Cases) -> bool:
    """True for a line of new wording that only looks like a signpost: a heading or a "§ 4" of the charter that the decision quotes."""
    before = text[max(current.start, start - _FAR) : start]
    if any(mark in before for mark in '"”“»«'):
        held = text[start - len(before) : start + _FAR]
        if any(q.start < len(before) < q.end for q in quotes(held)):
            return True
    last = [m.start() for m in _ATT_LINE.finditer(before)]
    lead = before[last[-1] :] if last else before
    awaits = _AWAITS.search(lead) is not None
    if opened.part is Part.HEAD:
        own, number = cases.of(current.start)[0], opened.title.removeprefix("§ ")
        new = not own or int(number) > int(own)
        apart = not before.strip() or re.search(r"\n\s*\n$", before) is not None or is_furniture(before.rstrip("\n").rsplit("\n", 1)[-1])
        decides = _DECIDES.search(text, start, start + _FAR) is not None
        return not (new and apart and (decides or not awaits))
    below = text[start : start + 2000].split("\n", 1)[-1].lstrip()
    return awaits and opened.part is not Part.DECISION and PARAGRAF.match(below) is not None


MOST_SIGNS = 60_000
"""A year of protocols has fewer headings and the like; what comes after so many is not cut up, and a person is told."""
_FAR = 20_000
_MOST_PASSED = 300
_MOST_HEADS = 300
_ATT = re.compile(r"\s*(?:[-–•*]\s+|\d{1,2}[.)]\s+)?(?:dels\s+)?att\b", re.IGNORECASE)
_ATT_LINE = re.compile(r"(?m)^[ \t]*(?:[-–•*][ \t]+|\d{1,2}[.)][ \t]+)?(?:dels[ \t]+)?att\b", re.IGNORECASE)
_AWAITS = re.compile(r":[ \t]*\n|(?:följande lydelse|lyda|lyder|ny lydelse|föreslagen lydelse)\.?[ \t]*\n", re.IGNORECASE)
_DECIDES = re.compile(rf"(?mi)^[\s*#]*(?:beslut|{COUNCIL_SAID}s beslut|{COUNCIL_SAID} beslutar)\b")


def _narrates(line: str) -> bool:
    """ "Kommunfullmäktige beslutade den 25 april att …" tells of another day."""
    return re.match(rf"\s*{COUNCIL_SAID}\s+(?:beslutade|beslöt|har beslutat)\b.{{0,40}}\d", line, re.IGNORECASE) is not None


def _without_floor(text: str, stretches: list[Stretch], cases: Cases) -> list[Stretch]:
    """Give back to a yrkande the "Kommunfullmäktige beslutar …" that it demands: what is decided stands under a heading of its own."""
    headed = {
        cases.of(s.start)[1]
        for s, below in zip(stretches, [*stretches[1:], None], strict=True)
        if s.part is Part.DECISION and s.title and (text[s.start : s.end].strip() or (below is not None and below.part is Part.DECISION))
    }
    kept: list[Stretch] = []
    for stretch in stretches:
        above = kept[-1] if kept else None
        if stretch.part is Part.DECISION and not stretch.title and above is not None and above.part is Part.DEMAND:
            demanded = _DEMANDED.search(text, max(above.start, stretch.start - 300), stretch.start) is not None
            # Below "Propositionsordning" a decision may stand without a heading; below "Yrkanden" it stands only where no other does.
            if demanded or (cases.of(stretch.start)[1] in headed and re.search("yrkande|förslag", above.title, re.IGNORECASE)):
                kept[-1] = replace(above, end=stretch.end)
                continue
        kept.append(stretch)
    return kept


_DEMANDED = re.compile(rf"(?:\batt|:|\bföljande|\byrkar|\byrkade)\s*(?:{COUNCIL_SAID}\s+\w+(?:\s+följande)?\s*:?\s*)?\Z", re.IGNORECASE)


def _settled(text: str, stretches: list[Stretch]) -> Iterator[Stretch]:
    """Skip blank stretches; a board's words right under "Beslut" make that its decision; a motion's list ends at the next plain text."""
    for stretch in stretches:
        body = text[stretch.start : stretch.end]
        if stretch.part is Part.DECISION and not stretch.who:
            other = OTHERS.match(body.lstrip())
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
    for start, stop, line in lines(body):
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
    if (
        re.match(rf"{COUNCIL_SAID}s beslut|beslut (?:i|av) {COUNCIL_SAID}", stretch.title, re.IGNORECASE)
        or LEAD.match(body)
        or ACTS.match(body)
    ):
        return True
    return head_body == COUNCIL


def _distinct(text: str, decisions: list[Stretch]) -> tuple[Stretch, ...]:
    """A decision that is printed twice, at the top and at the end, is one."""
    kept: dict[str, Stretch] = {}
    for stretch in decisions:
        words = text[stretch.start : stretch.end]
        kept.setdefault(fold(words).strip(" .:") if len(words) < _FAR else words, stretch)
    return tuple(kept.values())


def _head_body(text: str, stretches: tuple[Stretch, ...]) -> str:
    """Return whose paper it is, by a line of the head that is only a name: "Kommunfullmäktige"."""
    for stretch in [s for s in stretches if s.part is Part.HEAD][:_MOST_HEADS]:
        for _, _, line in lines(text[stretch.start : min(stretch.end, stretch.start + 4000)]):
            plain = re.sub(r"\s+\d{4}-\d\d-\d\d$", "", TRIM.sub("", line))
            plain = re.split(r"\s{3,}|\t", plain)[0]
            if re.fullmatch(COUNCIL_SAID, plain, re.IGNORECASE):
                return COUNCIL
            if re.fullmatch(BODY_SAID, plain, re.IGNORECASE) and len(plain) < 50:
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
