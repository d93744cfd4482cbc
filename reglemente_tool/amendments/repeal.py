"""upphor: a provision or a heading goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from reglemente_tool.errors import CannotApply
from reglemente_tool.model import led
from reglemente_tool.model.address import Kind, Part
from reglemente_tool.model.amendment import Amendment, Phase, capital, said
from reglemente_tool.model.charter import TITLE_LINE, Charter, DecisionId, Provision, Wid, edit, siblings_of, with_wid
from reglemente_tool.model.citation import cite
from reglemente_tool.model.finding import check_heading, counted_in, span
from reglemente_tool.model.wording import clauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeal(Amendment):
    """The target goes. A heading that stood before several §§ stays with the next of them when the first goes."""

    tag: ClassVar[str] = "upphor"
    phase: ClassVar[Phase] = Phase.REPEAL

    def apply(self, charter: Charter, at: Wid | None, by: DecisionId) -> Charter:
        """Return the charter without the target; see Amendment.apply."""
        assert at is not None
        gone = with_wid(charter, at)
        assert gone is not None
        if self.target.part is Part.RUBRIK:
            check_heading(charter, self.target, gone)
            return edit(charter, at, lambda p: replace(p, heading="", layout="" if p.layout == TITLE_LINE else p.layout))
        last = self.target.last
        if last is not None and last.kind.virtual:
            return edit(charter, at, lambda p: self._without_words(p, by))
        if gone.kind is Kind.PARAGRAF and gone.heading and gone.layout != TITLE_LINE:
            charter = self._hand_on_heading(charter, gone)
        return edit(charter, at, lambda _: None)

    def _hand_on_heading(self, charter: Charter, gone: Provision) -> Charter:
        beside = siblings_of(charter, gone.wid)
        index = [p.wid for p in beside].index(gone.wid)
        follower = beside[index + 1] if index + 1 < len(beside) else None
        if follower is None or follower.kind is not Kind.PARAGRAF or follower.heading:
            return charter
        return edit(charter, follower.wid, lambda p: replace(p, heading=gone.heading))

    def _without_words(self, holder: Provision, by: DecisionId) -> Provision:
        start, end = span(holder, self.target)
        if self.target.steps[-1].kind is Kind.LED:
            return replace(holder, text=self._without_led(holder, start), source=by)
        before, after = holder.text[:start].rstrip(), holder.text[end:].lstrip()
        joint = " " if before and after else ""
        text = before + joint + after
        if not text:
            raise CannotApply(
                f"{capital(cite(self.target))} är allt som står där.", hint=f"Låt {cite(self.target.parent)} upphöra att gälla i stället."
            )
        return replace(holder, text=text, source=by)

    def _without_led(self, holder: Provision, at: int) -> str:
        start, end = counted_in(holder, self.target)
        mening = holder.text[start:end]
        left = led.without(mening, [one for one, _ in clauses(mening)].index(at - start))
        if left is None:
            told = f"{capital(cite(self.target))} inleder meningen, eller är allt som står där."
            raise CannotApply(told, hint="Ange den nya lydelsen av hela meningen.")
        return holder.text[:start] + left + holder.text[end:]

    def describe(self) -> str:
        """See Amendment.describe."""
        where, last = cite(self.target), self.target.last
        if last is not None and last.kind.item and self.expects and not self.expects.startswith("sha256:"):
            return f"{where}, {said(self.expects)}, utgår"
        if self.target.part is Part.RUBRIK or (last is not None and last.kind.virtual):
            return f"{where} utgår"
        return f"{where} upphör att gälla"
