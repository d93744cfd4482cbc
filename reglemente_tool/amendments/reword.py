"""byts-ut: words in a provision, or everywhere in the charter, are replaced by others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.errors import WordingDiffers
from reglemente_tool.model.address import Part
from reglemente_tool.model.amendment import Amendment, Phase, capital, said
from reglemente_tool.model.charter import Charter, DecisionId, Provision, Wid, edit, every, walk, walk_addressed, with_wid
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import span
from reglemente_tool.model.wording import count, swap

ALL = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reword(Amendment):
    """`old` becomes `new` in the target and all inside it; `new` may be empty. Refuses unless `old` stands there exactly
    `hits` times as whole words (ALL: at least once). Headings are reached by their own address, or by the whole charter.
    """

    tag: ClassVar[str] = "byts-ut"
    phase: ClassVar[Phase] = Phase.REWRITE

    old: str
    new: str
    hits: int = 1

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter with the words replaced; see Amendment.apply."""
        if not self.old.strip():
            raise WordingDiffers("Ändringen säger inte vilka ord som ska bytas ut.", hint="Ange orden som de står i reglementet.")
        found = self.found(charter, at)
        if found != self.hits if self.hits != ALL else not found:
            raise self._misfit(charter, found)
        if at is None:
            return replace(charter, title=swap(charter.title, self.old, self.new), body=every(charter.body, self._everywhere))
        if self.target.part is Part.RUBRIK:
            return edit(charter, at, lambda p: replace(p, heading=swap(p.heading, self.old, self.new)))
        last = self.target.last
        if last is not None and last.kind.virtual:
            return edit(charter, at, self._in_span)
        return edit(charter, at, lambda p: self._inside(replace(p, children=every(p.children, self._inside))))

    def found(self, charter: Charter, at: Wid | None) -> int:
        """Return how often `old` stands in what this amendment reaches in `charter`."""
        if at is None:
            texts = [charter.title, *(t for p in walk(charter.body) for t in (p.heading, p.text, p.closing))]
            return sum(count(text, self.old) for text in texts)
        holder = with_wid(charter, at)
        assert holder is not None
        if self.target.part is Part.RUBRIK:
            return count(holder.heading, self.old)
        last = self.target.last
        if last is not None and last.kind.virtual:
            start, end = span(holder, self.target)
            return count(holder.text[start:end], self.old)
        return sum(count(text, self.old) for p in walk((holder,)) for text in (p.text, p.closing))

    def _misfit(self, charter: Charter, found: int) -> WordingDiffers:
        where = capital(cite(self.target)) if self.target.steps else charter.title
        if found:
            return WordingDiffers(
                f"{where} innehåller {said(self.old)} {found} gånger, inte {self.hits}.",
                hint="Ange i vilket stycke eller vilken punkt orden står, eller att de ska ändras överallt där.",
            )
        places = [cite(a) for a, p in walk_addressed(charter) if count(f"{p.text}\n{p.closing}", self.old)]
        return WordingDiffers(
            f"{where} innehåller inte {said(self.old)}.",
            hint=f"Menade du {' eller '.join(places[:3])}? Där finns orden." if places else "Orden finns inte någonstans i reglementet.",
        )

    def _in_span(self, holder: Provision) -> Provision:
        start, end = span(holder, self.target)
        text = holder.text[:start] + swap(holder.text[start:end], self.old, self.new) + holder.text[end:]
        return replace(holder, text=text, source=None)

    def _inside(self, provision: Provision) -> Provision:
        text, closing = swap(provision.text, self.old, self.new), swap(provision.closing, self.old, self.new)
        if (text, closing) == (provision.text, provision.closing):
            return provision
        return replace(provision, text=text, closing=closing, source=None)

    def _everywhere(self, provision: Provision) -> Provision:
        inside = self._inside(provision)
        return replace(inside, heading=swap(inside.heading, self.old, self.new))

    def describe(self) -> str:
        """See Amendment.describe."""
        where = f"i {cite(self.target)}" if self.target.steps else "överallt i reglementet"
        if not self.new:
            return f"{where} stryks orden {said(self.old)}"
        return f"{where} byts {said(self.old)} ut mot {said(self.new)}"
