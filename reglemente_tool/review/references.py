"""References from one provision to another: in the charter itself, and from one charter to another.

A reference means the provision that had that number when the words were written. That the number now belongs to another
provision is told from the history; what was never there, from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.errors import AmbiguousAddress, CannotApply, Level
from reglemente_tool.model.address import Address, Kind
from reglemente_tool.model.amendment import capital
from reglemente_tool.model.charter import Charter, CharterId, Provision
from reglemente_tool.model.citation import Citation, citations, cite
from reglemente_tool.model.finding import locate
from reglemente_tool.model.wording import sentences
from reglemente_tool.ownership.lines import standing
from reglemente_tool.review.finding import Finding, Words, at, definite
from reglemente_tool.review.subject import Subject

_STATUTE = re.compile(
    r"\w*(?:lagen|balken|förordningen|direktivet|konventionen)s?\b|\blag(?:en)? \("
    r"|\(\d{4}:\d+\)|\b(?:KL|SoL|HSL|PBL|MB|LSS|LVU|LVM|OSL|FB|TF|FL)\b"
)
_ELSEWHERE = re.compile(
    r"[\s,]*(?:i |av |ur |enligt )?(?:(?:samma|denna|den|nämnda|nyssnämnda|angivna|kommunens|kommunfullmäktiges|fullmäktiges|nämndens|"
    r"styrelsens) )?(?:(?:kapitel|lag|lagrum|författning|förordning|balk)\b|\w*(?:ordning|avtal|stadga|policy|taxa|instruktion|föreskrift|"
    r"riktlinje|arbetsordning)\w*)",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{4}|beslut\w*|protokoll\w*|KF|KS|fullmäktige)[,.:;]? *(?:den )?$", re.IGNORECASE)
_LEVELS = (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA)


def references_hold(subject: Subject) -> Iterator[Finding]:
    """KORSHANVISNING: a reference to a provision that has gone, has another number now, or never was."""
    others = _Others(subject)
    for charter in subject.charters:
        for words in subject.words(charter):
            if words.field == "heading":
                continue
            for citation in citations(words.text):
                if citation.law or not citation.addresses[0].steps or citation.addresses[0].steps[0].kind not in _LEVELS:
                    continue
                named = others.named(words.text, citation)
                if named is None and (_ELSEWHERE.match(words.text, citation.end) or _DECIDED.search(words.text[: citation.start])):
                    continue
                yield from _citation(subject, words, citation, named or charter.id)


class _Others:
    """How a reference says that it goes to another charter: "7 § i reglementet för socialnämnden", "socialnämndens reglemente"."""

    def __init__(self, subject: Subject) -> None:
        self.ids = {name: CharterId(committee) for name, committee in subject.search.names.items()}
        listed = "|".join(re.escape(n) for n in sorted(self.ids, key=len, reverse=True))
        self.pattern = re.compile(
            rf"\s*(?:i\s+|av\s+|ur\s+)?(?:(?:reglementet\s+|reglemente\s+)?för\s+(?P<a>{listed})\b|(?P<b>{listed})s?\s+reglemente\b)",
            re.IGNORECASE,
        )

    def named(self, text: str, citation: Citation) -> CharterId | None:
        match = self.pattern.match(text, citation.end) if self.ids else None
        return self.ids[(match["a"] or match["b"]).lower()] if match else None


def _citation(subject: Subject, words: Words, citation: Citation, id: CharterId) -> Iterator[Finding]:
    written = subject.written(words)
    now = subject.charter(id)
    versions = subject.versions(id)
    if not versions:
        return
    then = written.charter if id == words.charter.id else standing(versions, written.start) or versions[0].charter
    if now is None:
        gone = subject.name_of(versions[-1].fresh[-1]) if versions[-1].fresh else ""
        message = f"{_here(words)} hänvisar till ett reglemente som har upphört att gälla{f' ({gone})' if gone else ''}."
        yield at(words, citation.start, citation.end, "KORSHANVISNING", message, hint="Hänvisningen behöver ändras eller utgå.")
        return
    foreign = "" if id == words.charter.id else f" i {definite(now.title)}"
    for pointed in dict.fromkeys(citation.addresses):
        found = _one(subject, words, citation, pointed, then, now, foreign)
        if found is not None:
            yield found


def _one(
    subject: Subject, words: Words, citation: Citation, pointed: Address, then: Charter, now: Charter, foreign: str
) -> Finding | None:
    try:
        old, new = _at(then, pointed), _at(now, pointed)
    except AmbiguousAddress:
        return None
    if (old is None and new is not None) or (old is not None and new is not None and old.wid == new.wid):
        return None
    span = (words, citation.start, citation.end, "KORSHANVISNING")
    place = f"{cite(pointed)}{foreign}"
    if old is None:
        if _may_be_a_law(words, citation, pointed, now):
            return None
        return at(*span, f"{_here(words)} hänvisar till {place}, som inte finns.", hint=_last(now, pointed))
    moved = next((a for a, p in subject.places(now) if p.wid == old.wid), None)
    if moved is not None:
        return at(
            *span, f"{_here(words)} hänvisar till {place}, men den bestämmelsen är nu {cite(moved)}.",
            hint=f"{_since(subject, now, old)}Skriv {cite(moved)}." if not foreign else f"Skriv {cite(moved)}{foreign}.",
            new=_renumbered(words.text[citation.start : citation.end], citation, pointed, moved),
        )  # fmt: skip
    by = subject.removed_by(now.id, old.wid)
    gone = f"som upphörde att gälla{f' genom {by}' if by else ''}"
    if new is None:
        return at(*span, f"{_here(words)} hänvisar till {place}, {gone}.", hint="Hänvisningen behöver ändras eller utgå.")
    return at(
        *span, f"{_here(words)} hänvisar till {place}. Där står numera en annan bestämmelse än den {gone}.",
        level=Level.VARNING, hint="Stämmer hänvisningen med den bestämmelse som står där nu?",
    )  # fmt: skip


def _at(charter: Charter, address: Address) -> Provision | None:
    try:
        return locate(charter, address)
    except AmbiguousAddress:
        raise
    except CannotApply:
        return None


def _may_be_a_law(words: Words, citation: Citation, pointed: Address, charter: Charter) -> bool:
    """True when a statute is spoken of beside the reference, or chapters are cited and the charter has none: then it may be the law's."""
    chapters = any(p.kind is Kind.KAPITEL for p in charter.body)
    if pointed.steps[0].kind is Kind.KAPITEL and not chapters:
        return True
    left, right = next(((a, b) for a, b in sentences(words.text) if a <= citation.start < b), (0, len(words.text)))
    return _STATUTE.search(words.text, left, right) is not None


def _renumbered(said: str, citation: Citation, pointed: Address, moved: Address) -> str | None:
    """The reference with the new number in the old one's place; None where more than one number of a § would have to change."""
    old, new = pointed.steps, moved.steps
    if len(citation.addresses) != 1 or [s.kind for s in old] != [s.kind for s in new]:
        return None
    differ = [(o.number, n.number) for o, n in zip(old, new, strict=True) if o != n]
    kinds = [o.kind for o, n in zip(old, new, strict=True) if o != n]
    if len(differ) != 1 or kinds not in ([Kind.PARAGRAF], [Kind.KAPITEL]):
        return None
    number, wanted = (re.sub(r"\s+", " ", n) for n in differ[0])
    found = list(re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", said))
    return said[: found[0].start()] + wanted + said[found[0].end() :] if len(found) == 1 else None


def _since(subject: Subject, charter: Charter, provision: Provision) -> str:
    """ "Så sedan KF … . " when a decision gave the provision its number."""
    last, name = "", ""
    for version in subject.versions(charter.id):
        number = next((p.number for _, p in subject.places(version.charter) if p.wid == provision.wid), "")
        if last and number and number != last and version.fresh:
            name = subject.name_of(version.fresh[-1])
        last = number or last
    return f"Så sedan {name}. " if name else ""


def _here(words: Words) -> str:
    return capital(cite(words.target))


def _last(charter: Charter, pointed: Address) -> str:
    numbers = [p.number for p in charter.body if p.kind is Kind.PARAGRAF]
    if pointed.steps[0].kind is Kind.PARAGRAF and len(pointed.steps) == 1 and numbers:
        return f"Sista paragrafen är {numbers[-1]} §. Hänvisningen behöver ändras eller utgå."
    return "Hänvisningen behöver ändras eller utgå."
