"""Changes that stand in a list: below a lead-in that names the charter ("ändras så att", "enligt följande:"), or as points alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reglemente_tool.reading.clauses import clauses
from reglemente_tool.reading.phrases import compiled
from reglemente_tool.reading.quoting import quotes

MOST_ITEMS = 60
_MARK = r"(?:\d{1,2}[.)]|[a-zåäö]\)|[-–—•*·])"
_ITEM = re.compile(rf"[ \t]*({_MARK})[ \t]+(?=\S)", re.IGNORECASE)
_POINTED = re.compile(r"(?:^|(?<=[.,;:])[ \t]*\n|\n)[ \t]*(?:\d{1,2}[.)]|[-–•*])[ \t]+")
_SAYS = re.compile(r"^(?:(?:kommun|stads)?fullmäktige|KF) beslutar(?: följande| att)?:?\s*(?=\n|[•*–-] |1[.)] )", re.IGNORECASE)
_OWN = re.compile(
    r"(?:(?:reglements)?ändring(?:en|arna)|(?:detta )?beslut(?:et)?|reglementet|reglementena|bestämmelsen|bestämmelserna|ovanstående|detta|"
    r"revideringen|ikraftträdande)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\s,;]+(?:och|samt|dels)?[\s,;]*$|[\s,;]+$", re.IGNORECASE)
_UNIT = r"(?:stycke|strecksats|punkt|mening|paragraf|bestämmelse|lydelse|text|kapitel|rubrik|bokstav|§)"
_INLINE = re.compile(rf"(?P<what>[^:\n]*\b{_UNIT}(?: i [^:\n]{{1,80}})?): ?(?P<words>[^\s:][^:\n]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A lead-in, the items below it, and what the clause says after them ("Ändringarna gäller från …"); "" for nothing."""

    lead: str
    items: tuple[str, ...]
    tail: str


def below(text: str) -> Listed | None:
    """Return a clause that is a lead-in with a list below it, one change in each item; None when it is anything else.

    A line that begins with no mark goes on with the item above it, unless it speaks of the decision itself.
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    first = next((n for n, line in enumerate(lines) if n and _ITEM.match(line)), 0)
    if not first or len(lines) - first > MOST_ITEMS:
        return None
    sort = _sort(lines[first])
    items: list[str] = []
    tail: list[str] = []
    for line in lines[first:]:
        match = _ITEM.match(line)
        if match is not None and tail:
            return None
        if match is not None and _sort(line) == sort:
            items.append(line[match.end() :].strip())
        elif tail or (match is None and _OWN.match(line.strip())):
            tail.append(line.strip())
        elif match is not None and not _in_quotes(items[-1]):
            # A list in a list: which item a change belongs to is not sure.
            return None
        else:
            items[-1] += f"\n{line.strip()}"
    lead = " ".join(" ".join(lines[:first]).split())
    return Listed(lead, tuple(inline(_TAIL.sub("", item)) for item in items), " ".join(tail))


def _sort(line: str) -> str:
    match = _ITEM.match(line)
    mark = match[1] if match else ""
    return "1" if mark[:1].isdigit() else "a" if mark[:1].isalpha() else mark


def _in_quotes(words: str) -> bool:
    return sum(words.count(mark) for mark in '”"“') % 2 == 1


def inline(item: str) -> str:
    """Return an item whose new wording stands after a colon with quotation marks around it: in a list it goes to the end of the item."""
    match = _INLINE.fullmatch(item)
    if match is None or any(mark in item for mark in '"”“„»«'):
        return item
    return f"{match['what']}: ”{match['words'].strip()}”"


def items(block: str) -> tuple[str, ...]:
    """Return the changes in a block, one on each line; where new wording goes over several lines, one in each clause."""
    lines = tuple(line.strip(" -–•*\t") for line in block.splitlines() if line.strip())
    if any(line.endswith(":") for line in lines) or len(quotes(block)) != sum(len(quotes(line)) for line in lines):
        return tuple(clause.text for clause in clauses(block, 0, len(block)))
    return tuple(inline(line) for line in lines)


def points(text: str) -> tuple[str, ...]:
    """Return the points of a clause that is itself a list, "1. … 2. …"; none when it is not."""
    said = _SAYS.sub("", text.strip())
    found = tuple(line.strip() for line in _POINTED.split(said) if line.strip())
    return found if len(found) > 1 and _POINTED.match(said) else ()


_NOUN = (
    r"(?:(?:följande|nedanstående|nedan angivna|dessa|de|den|en) )*(?:ändring|ändringar|revidering|revideringar|justering|justeringar|"
    r"tillägg|"
    r"förändringar|omarbetning|uppdatering)(?:en|arna|et)?"
)
_CLOSE = (
    r"(?:(?:,? (?:så|på (?:så|det|följande) (?:sätt|vis)(?: så)?|genom|därigenom|innebärande|med innebörd|vilket innebär|som innebär))? att"
    rf"|,? (?:enligt|i enlighet med) (?:följande|nedan|nedanstående)(?: punkter| {_NOUN})?|,? på följande (?:sätt|vis|punkter)"
    rf"|,? (?:med|genom) {_NOUN}|,? i följande (?:delar|avseenden|hänseenden|punkter)|,? som följer|,? dels|,? nedan)?[:.]?(?: att)?"
)
_CHANGE = r"(?:revidera|reviderar|ändra|ändrar|justera|justerar|uppdatera|uppdaterar|komplettera|kompletterar|omarbeta)"
_CHANGED = r"(?:revideras|ändras|justeras|uppdateras|kompletteras|omarbetas)"
_MAKE = r"(?:göra|gör|vidta|vidtar|genomföra|besluta om|beslutar om|anta|antar|fastställa|godkänna|införa|inför)"
_MADE = r"(?:görs|göras|vidtas|genomförs|genomföras|beslutas|antas|införs)"
LEADS = tuple(
    compiled(pattern)
    for pattern in (
        rf"{_CHANGE} {{P}}{_CLOSE}",
        rf"(?:i )?{{P}} (?:ska )?{_CHANGED}{_CLOSE}",
        rf"(?:i )?{{P}} (?:ska )?{_MADE} {_NOUN}{_CLOSE}",
        rf"{_MAKE} {_NOUN} (?:i|av|till) {{P}}{_CLOSE}",
        rf"{_NOUN} (?:i|av|till) {{P}} (?:ska )?{_MADE}{_CLOSE}",
        rf"(?:ska )?{_MADE} {_NOUN} (?:i|av|till) {{P}}{_CLOSE}",
        rf"{_NOUN} (?:i|av|till) {{P}}{_CLOSE}",
        rf"(?:i fråga om|vad gäller|beträffande|när det gäller|för|i) {{P}}(?: gäller)?{_CLOSE}",
        rf"{{P}}{_CLOSE}",
        rf"{{P}} får (?:följande|nedanstående) {_NOUN}{_CLOSE}",
    )
)
"""What says that a charter, or a place in it, is changed as the list below tells."""
