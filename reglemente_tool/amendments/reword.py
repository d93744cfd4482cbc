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
        if at is None:
            self._refuse_other(self.found(charter, None), charter)
            title, body = swap(charter.title, self.old, self.new), every(charter.body, lambda p: self._everywhere(p, by))
            return replace(charter, title=title, body=body)
        return edit(charter, at, lambda holder: self._in_holder(holder, charter, by))

    def _in_holder(self, holder: Provision, charter: Charter, by: DecisionId) -> Provision:
        self._refuse_other(self._hits(holder), charter)
        if self.target.part is Part.RUBRIK:
            return replace(holder, heading=swap(holder.heading, self.old, self.new))
        last = self.target.last
        if last is not None and last.kind.virtual:
            start, end = span(holder, self.target)
            text = holder.text[:start] + swap(holder.text[start:end], self.old, self.new) + holder.text[end:]
            return replace(holder, text=text, source=by)
        (reworded,) = every((holder,), lambda p: self._inside(p, by))
        return reworded

    def found(self, charter: Charter, at: Wid | None) -> int:
        """Return how often `old` stands in what this amendment reaches in `charter`."""
        if at is None:
            texts = [charter.title, *(t for p in walk(charter.body) for t in (p.heading, p.text, p.closing))]
            return sum(count(text, self.old) for text in texts)
        holder = with_wid(charter, at)
        assert holder is not None
        return self._hits(holder)

    def _hits(self, holder: Provision) -> int:
        if self.target.part is Part.RUBRIK:
            return count(holder.heading, self.old)
        last = self.target.last
        if last is not None and last.kind.virtual:
            start, end = span(holder, self.target)
            return count(holder.text[start:end], self.old)
        return sum(count(text, self.old) for p in walk((holder,)) for text in (p.text, p.closing))

    def _refuse_other(self, found: int, charter: Charter) -> None:
        if found != self.hits if self.hits != ALL else not found:
            raise self._misfit(charter, found)

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

    def _inside(self, provision: Provision, by: DecisionId) -> Provision:
        text, closing = swap(provision.text, self.old, self.new), swap(provision.closing, self.old, self.new)
        if (text, closing) == (provision.text, provision.closing):
            return provision
        return replace(provision, text=text, closing=closing, source=by)

    def _everywhere(self, provision: Provision, by: DecisionId) -> Provision:
        inside, heading = self._inside(provision, by), swap(provision.heading, self.old, self.new)
        return inside if heading == provision.heading else replace(inside, heading=heading)

    def describe(self) -> str:
        """See Amendment.describe."""
        where = f"i {cite(self.target)}" if self.target.steps else "överallt i reglementet"
        if not self.new:
            return f"{where} stryks orden {said(self.old)}"
        return f"{where} byts {said(self.old)} ut mot {said(self.new)}"
