"""infors: a new provision, sentence or heading comes in; or one that moves here from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.errors import CannotApply, NoSuchProvision, NumberTaken
from reglemente_tool.model import led
from reglemente_tool.model.address import LAST, Address, Kind, Part, Reads
from reglemente_tool.model.amendment import Amendment, Phase, capital, kind_with_article, said
from reglemente_tool.model.charter import Charter, DecisionId, Provision, Wid, edit, flat
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import counted_in, locate
from reglemente_tool.model.identity import name_all
from reglemente_tool.model.placing import place
from reglemente_tool.model.wording import clauses, ended, sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert(Amendment):
    """`wording` is put in so that it has the address `target` ("sist": at the end of that list or §).

    `continues` is the identity that it keeps when a provision has only changed its place, in this charter or another.
    """

    tag: ClassVar[str] = "infors"
    phase: ClassVar[Phase] = Phase.INSERT
    locates: ClassVar[bool] = False

    wording: Provision
    continues: Wid = Wid("")

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter with the new provision in its place; see Amendment.apply."""
        last = self.target.steps[-1]
        if self.target.part is Part.RUBRIK:
            return self._heading(charter)
        if last.kind.virtual:
            return self._words(charter, by)
        number = self.wording.number or (last.number if not last.kind.positional else "")
        new = replace(self.wording, wid=self.continues, number=number, source=None)
        return place(charter, self.target, name_all(new, by, charter.id, self.target))

    def _heading(self, charter: Charter) -> Charter:
        holder = locate(charter, Address(self.target.steps))
        if holder.heading:
            raise NumberTaken(
                f"{capital(cite(self.target))} finns redan: {said(holder.heading)}.", hint="Ska den ändras, så ange dess nya lydelse."
            )
        return edit(charter, holder.wid, lambda p: replace(p, heading=self.wording.heading or self.wording.text))

    def _words(self, charter: Charter, by: DecisionId) -> Charter:
        last = self.target.steps[-1]
        holder = locate(charter, self.target)
        start, end = counted_in(holder, self.target)
        region = holder.text[start:end]
        spans = (sentences if last.kind is Kind.MENING else clauses)(region)
        wanted = len(spans) if last.number.startswith(LAST) else int(last.number) - 1
        if wanted > len(spans):
            raise NoSuchProvision(
                f"{capital(cite(self.target))} kan inte införas: där finns {len(spans)} före.", hint="Ska orden stå sist, så säg det."
            )
        if last.kind is Kind.LED:
            made = led.with_new(region, wanted, self.wording.text)
            if made is None:
                raise CannotApply(f"{capital(cite(self.target))} skulle inleda meningen.", hint="Ange den nya lydelsen av hela meningen.")
            text = holder.text[:start] + made + holder.text[end:]
        else:
            at = spans[wanted][0] if wanted < len(spans) else len(region)
            text = " ".join(part for part in (region[:at].rstrip(), ended(self.wording.text, region[at:]), region[at:]) if part)
        return edit(charter, holder.wid, lambda p: replace(p, text=text, source=by))

    def describe(self) -> str:
        """See Amendment.describe."""
        last, where = self.target.steps[-1], cite(self.target.parent)
        words = said(self.wording.heading or flat(self.wording), 10_000)
        if self.target.part is Part.RUBRIK:
            new = "den nya " if self.reads is Reads.NY else ""
            return f"närmast före {new}{cite(Address(self.target.steps))} införs en ny rubrik, {words}"
        if last.kind in (Kind.PARAGRAF, Kind.KAPITEL, Kind.BILAGA):
            return f"{kind_with_article(last.kind)}, {cite(self.target)}, införs med lydelsen {words}"
        if last.number.startswith(LAST) or not last.number:
            return f"i {where} införs {kind_with_article(last.kind)} sist med lydelsen {words}"
        return f"i {where} införs {kind_with_article(last.kind)} som blir {cite(Address((last,)))}, med lydelsen {words}"
