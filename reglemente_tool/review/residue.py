"""What a template or an earlier text has left: placeholders never filled in, another committee's name, a header that lags behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import Charter
from reglemente_tool.model.history import Decision
from reglemente_tool.model.wording import whole
from reglemente_tool.ownership.duties import is_common
from reglemente_tool.review.finding import Finding, at, of_charter
from reglemente_tool.review.subject import Subject

_PLACEHOLDER = re.compile(
    r"(?i:(?<!\w)x{2,} ?§|§ ?x{2,}(?!\w)|(?<!\w)(?:19|20)xx(?:-xx){0,2}(?!\w)|(?<!\w)(?:19|20)\d\d-xx(?:-xx)?|(?<!\w)åååå-mm-dd(?!\w)"
    r"|(?<!\w)x{1,}[- ](?:nämnden|kommun|utskottet|förvaltningen)(?!\w)|(?<!\w)x{3,}(?!\w))"
    r"|\[(?:…|\.{3}|x+|X+|(?i:[^\]]*(?:namn|nämnd|datum|kommun|ange|fyll|antal|ort|text|välj|belopp|lagrum|paragraf|dnr)[^\]]*))\]"
    r"|<(?i:[^>]*(?:namn|nämnd|datum|kommun|ange|fyll|antal|text)[^>]*)>|_{3,}|(?<!\w)(?:NN|N\.N\.)(?!\w)|\?{3,}"
)
_COMMITTEE = r"(?P<who>(?:[\wåäö]+-,? (?:och |[\wåäö]+-,? )*)?[\wåäö]*(?:nämnden|kommunstyrelsen))"
_FORM = (
    re.compile(rf"(?:^|[.] ){_COMMITTEE} (?:(?:ska |skall )?(?:bestå|består) av"
               r"|(?:ska |skall )?(?:ha|har) (?:\d+|\w+) (?:ledamöter|ersättare)|"
               r"(?:ska |skall )?samman(?:träder|träda)|bestämmer (?:dag|tid|när)"
               r"|håller sina sammanträden|får hålla sammanträde)", re.IGNORECASE),
    re.compile(rf"\b(?:delgivning (?:med|sker med)|på) {_COMMITTEE}(?=s vägnar|\b)", re.IGNORECASE),

    re.compile(rf"\b{_COMMITTEE}s (?:protokoll|sammanträden|sammanträde|handlingar|kallelse|ordförande leder)\b", re.IGNORECASE),
)  # fmt: skip
"""How a charter speaks of its own committee's working forms: with another committee's name there, the words are another charter's."""


def no_placeholders(subject: Subject) -> Iterator[Finding]:
    """PLATSHALLARE: "xx §", "20xx", "[namn]": what should have been filled in before the charter was adopted."""
    for charter in subject.charters:
        for words in subject.words(charter):
            for match in _PLACEHOLDER.finditer(words.text):
                message = f"”{match[0]}” är en plats som skulle ha fyllts i."
                yield at(words, match.start(), match.end(), "PLATSHALLARE", message, hint="Se efter i beslutet vad som skulle stå.")


def no_foreign_committee(subject: Subject) -> Iterator[Finding]:
    """NAMND: another committee's name where the charter speaks of its own committee's members, meetings or minutes; or its own old name."""
    for charter in subject.charters:
        if is_common(charter):
            continue
        names = subject.names(charter)
        now, before = names[-1][1], {n for _, n in names[:-1]}
        title = charter.title.lower()
        for words in subject.words(charter):
            if words.field == "heading" or any(s.kind is Kind.BILAGA for s in words.address.steps):
                continue
            seen: set[int] = set()
            for pattern in _FORM:
                for match in pattern.finditer(words.text):
                    who, (start, end) = match["who"].lower(), match.span("who")
                    if start in seen or who in ("nämnden", now) or who in title or who == "krisledningsnämnden":
                        continue
                    if match[0].lower().startswith("på ") and not words.text.startswith("s vägnar", match.end()):
                        continue
                    seen.add(start)
                    if who in before:
                        continue
                    message = f"”{match['who']}” nämns som om reglementet vore den nämndens. Det gäller {now}."
                    hint = "Har texten kommit från ett annat reglemente?"
                    yield at(words, start, end, "NAMND", message, hint=hint)
            if before:
                longer = _spans(words.text, (n for n in subject.search.names if any(old in n and old != n for old in before)))
                for match in re.finditer(rf"(?<![\w-])({'|'.join(map(re.escape, before))})(?=s?(?!\w))", words.text, re.IGNORECASE):
                    if _HALVES.search(words.text, 0, match.start()) or any(a <= match.start() and match.end() <= b for a, b in longer):
                        continue
                    new = now[:1].upper() + now[1:] if match[0][:1].isupper() else now
                    message = f"Nämnden heter sedan {names[-1][0].isoformat()} {now}."
                    yield at(words, match.start(), match.end(), "NAMND", message, new=new)


_HALVES = re.compile(r"\w- (?:och|samt|eller) $")
"""Before a name that is only the end of a longer one ("kultur- och utbildningsnämnden")."""


def _spans(text: str, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where committees are named in `text`, by any of `names` (in small letters)."""
    return tuple(m.span() for name in names for m in whole(name).finditer(text.lower()))


_DATE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:[,;]? ?§ ?(?P<section>\d+))?")
_ADOPTED = re.compile(r"antag|fastst|beslut", re.IGNORECASE)
_REVISED = re.compile(r"revider|ändra|senast|version|uppdater", re.IGNORECASE)
_STARTS = re.compile(r"gäller|giltig|kraft", re.IGNORECASE)


def header_agrees(subject: Subject) -> Iterator[Finding]:
    """SIDHUVUD: a header line (or a line before the first §) that does not name the last decision, or one that is not in the history."""
    for charter in subject.charters:
        for key, value in charter.facts:
            yield from _fact(subject, charter, key, value)
        for p in charter.body:
            if p.kind is Kind.STYCKE and "fullmäktige" in p.text.lower() and len(p.text) < 300:
                yield from _fact(subject, charter, _DATE.split(p.text)[0].strip(), p.text)


def _fact(subject: Subject, charter: Charter, key: str, value: str) -> Iterator[Finding]:
    found = [(_day(m["day"]), m["section"] or "") for m in _DATE.finditer(value)]
    dates = [(day, section) for day, section in found if day is not None]
    made = subject.decisions(charter.id)
    if not dates or not made:
        return
    line = value if value.startswith(key) and key else f"{key}: {value}"
    if _STARTS.search(key) and not _REVISED.search(key):
        start = subject.versions(charter.id)[-1].start
        if all(day != start for day, _ in dates):
            message = f"Sidhuvudet säger att reglementet gäller från {dates[-1][0]}. Lydelsen gäller från {start.isoformat()}."
            yield of_charter(charter, "SIDHUVUD", message, line=line)
        return
    if not (_ADOPTED.search(key) or _REVISED.search(key)):
        return
    last = made[-1]
    for day, section in dates:
        if not any(_is(d, day, section) for d in made):
            said = f"{day.isoformat()}{f', § {section}' if section else ''}"
            message = f"Sidhuvudet nämner ett beslut {said} som inte finns bland reglementets beslut."
            hint = f"Registret har {', '.join(d.name for d in made[-3:])}. Saknas ett beslut, eller är dagen fel?"
            yield of_charter(charter, "SIDHUVUD", message, line=line, hint=hint)
            return
    if _REVISED.search(key) and not any(_is(last, day, section) for day, section in dates):
        message = f"Sidhuvudet nämner inte det senaste beslutet, {last.name}."
        yield of_charter(charter, "SIDHUVUD", message, line=line, hint="Raden har inte följt med när reglementet ändrades.")


def _is(decision: Decision, day: date, section: str) -> bool:
    return decision.decided_on == day and (not section or not decision.section or decision.section.strip("§ ") == section)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

